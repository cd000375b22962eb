/* weakref.c - weak references: an Interp-wide table from object to the references that point at it.
 * Keeps true: OBJ_HAS_WEAKREF is set exactly on objects in the table; a dying object's references read None before any of
 *   its fields is released. Next: runtime/modules/weakref.c, runtime/lib/weakref.py. CPython: Objects/weakrefobject.c. */
#include "runtime/types/weakref.h"

#include "runtime/module.h"
#include "runtime/slots.h"

/* Open addressing by address; a row is a chain of WeakRef. */
struct WeakTable {
  size_t used, capacity; /* capacity: power of two */
  struct {
    Value target;
    WeakRef *first;
  } *rows;
};
#define TOMBSTONE ((Value)(uintptr_t)8)

static size_t slot_of(struct WeakTable *t, Value v) { return ((value_bits(v) >> 4) * 0x9E3779B97F4A7C15u) & (t->capacity - 1); }

static WeakRef **find(struct WeakTable *t, Value target) {
  if (t == NULL || t->capacity == 0) return NULL;
  for (size_t i = slot_of(t, target);; i = (i + 1) & (t->capacity - 1)) {
    if (t->rows[i].target == target) return &t->rows[i].first;
    if (t->rows[i].target == NULL) return NULL;
  }
}

static int grow(ThreadState *ts, struct WeakTable *t) {
  struct WeakTable old = *t;
  size_t live = 0;
  for (size_t i = 0; i < old.capacity; i++) live += old.rows[i].target != NULL && old.rows[i].target != TOMBSTONE;
  size_t capacity = 16;
  while (capacity < live * 4) capacity *= 2;
  void *rows = mem_alloc_zeroed(ts, capacity * sizeof *t->rows);
  if (rows == NULL) return -1;
  t->rows = rows;
  t->capacity = capacity;
  t->used = live;
  for (size_t i = 0; i < old.capacity; i++) {
    if (old.rows[i].target == NULL || old.rows[i].target == TOMBSTONE) continue;
    size_t at = slot_of(t, old.rows[i].target);
    while (t->rows[at].target) at = (at + 1) & (capacity - 1);
    t->rows[at].target = old.rows[i].target;
    t->rows[at].first = old.rows[i].first;
  }
  mem_free(ts, old.rows);
  return 0;
}

static WeakRef **find_or_add(ThreadState *ts, Value target) {
  Interp *interp = ts->interp;
  if (interp->weakrefs == NULL && (interp->weakrefs = mem_alloc_zeroed(ts, sizeof *interp->weakrefs)) == NULL) return NULL;
  struct WeakTable *t = interp->weakrefs;
  WeakRef **found = find(t, target);
  if (found) return found;
  if ((t->used + 1) * 2 > t->capacity && grow(ts, t) < 0) return NULL;
  size_t at = slot_of(t, target);
  while (t->rows[at].target) at = (at + 1) & (t->capacity - 1);
  t->used++;
  t->rows[at].target = target;
  t->rows[at].first = NULL;
  __atomic_fetch_or(&target->flags, OBJ_HAS_WEAKREF, __ATOMIC_RELAXED);
  __atomic_fetch_and(&target->gc, (uint8_t)~GC_FROM_START, __ATOMIC_RELAXED); /* its end is noticed from now on */
  return &t->rows[at].first;
}

static void remove_row(struct WeakTable *t, Value target) {
  for (size_t i = slot_of(t, target);; i = (i + 1) & (t->capacity - 1))
    if (t->rows[i].target == target) {
      t->rows[i].target = TOMBSTONE;
      t->rows[i].first = NULL;
      __atomic_fetch_and(&target->flags, (uint8_t)~OBJ_HAS_WEAKREF, __ATOMIC_RELAXED);
      return;
    }
}

static void unlink_locked(ThreadState *ts, WeakRef *r) {
  if (r->target == NULL) return;
  if (r->prev) r->prev->next = r->next;
  if (r->next) r->next->prev = r->prev;
  WeakRef **first = find(ts->interp->weakrefs, r->target);
  if (first && *first == r) *first = r->next;
  if (first && *first == NULL) remove_row(ts->interp->weakrefs, r->target);
  r->target = NULL;
  r->prev = r->next = NULL;
}

static void unlink_ref(ThreadState *ts, WeakRef *r) {
  LEAF_LOCK(ts, tables_mutex);
  unlink_locked(ts, r);
  LEAF_UNLOCK(ts, tables_mutex);
}

void weakrefs_clear(ThreadState *ts, Value dying) {
  LEAF_LOCK(ts, tables_mutex);
  WeakRef **first = find(ts->interp->weakrefs, dying), *list = first ? *first : NULL;
  if (first) remove_row(ts->interp->weakrefs, dying);
  for (WeakRef *r = list; r; r = r->next) RACY_STORE(r->target, NULL);
  LEAF_UNLOCK(ts, tables_mutex);
  if (first == NULL) return;
  Value pending = err_fetch(ts);
  /* Callbacks of references that die in the same collection are not called. */
  WeakRef *with_callbacks = NULL;
  for (WeakRef *r = list, *next; r; r = next) {
    next = r->next;
    r->prev = r->next = NULL;
    if (r->callback == NULL || is_dead(&r->base) || ts->interp->is_torn_down || (ts->interp->gc_collector == ts && !(r->base.gc & GC_REACHABLE))) continue;
    incref_object(&r->base);
    r->next = with_callbacks; /* newest first, as CPython */
    with_callbacks = r;
  }
  /* the list is oldest first; with_callbacks is reversed already */
  for (WeakRef *r = with_callbacks, *next; r; r = next) {
    next = r->next;
    r->next = NULL;
    Value callback = r->callback;
    r->callback = NULL;
    Value done = call1(ts, callback, &r->base);
    if (done == NULL) err_write_unraisable(ts, callback);
    xdecref(ts, done);
    decref(ts, callback);
    decref(ts, &r->base);
  }
  err_restore(ts, pending);
}

bool can_weakref(ThreadState *ts, Value v) { return is_object(v) && type_of(ts, v)->flags & TYPE_WEAKREFS; }

/* A reference without a callback is shared. */
static OWNED NULLABLE Value find_plain(ThreadState *ts, Value target) {
  Value found = NULL;
  LEAF_LOCK(ts, tables_mutex);
  WeakRef **first = find(ts->interp->weakrefs, target);
  for (WeakRef *r = first ? *first : NULL; r && found == NULL; r = r->next)
    if (r->callback == NULL && shape_of(&r->base)->type == TYPE(WEAKREF) && !is_dead(&r->base)) found = incref(&r->base);
  LEAF_UNLOCK(ts, tables_mutex);
  return found;
}
static void link_last(WeakRef **first, WeakRef *r, Value target) {
  WeakRef *last = *first;
  while (last && last->next) last = last->next;
  r->prev = last;
  r->target = target;
  if (last) last->next = r;
  else *first = r;
}

Value weakref_new(ThreadState *ts, Type *type, Value target, Value callback) {
  if (!can_weakref(ts, target)) return err_format(ts, EXC(TypeError), "cannot create weak reference to '%T' object", target);
  if (callback == V_NONE) callback = NULL;
  Value same = callback == NULL && type == TYPE(WEAKREF) ? find_plain(ts, target) : NULL;
  if (same) return same;
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  WeakRef *r = (WeakRef *)v;
  r->callback = xincref(callback);
  r->hash = -1;
  LEAF_LOCK(ts, tables_mutex);
  WeakRef **first = find_or_add(ts, target);
  if (first) link_last(first, r, target);
  LEAF_UNLOCK(ts, tables_mutex);
  if (first == NULL) {
    decref(ts, v);
    return NULL;
  }
  return v;
}

ssize_t weakref_count(ThreadState *ts, Value target) {
  ssize_t n = 0;
  LEAF_LOCK(ts, tables_mutex);
  WeakRef **first = is_object(target) ? find(ts->interp->weakrefs, target) : NULL;
  for (WeakRef *r = first ? *first : NULL; r; r = r->next) n++;
  LEAF_UNLOCK(ts, tables_mutex);
  return n;
}
Value weakref_list(ThreadState *ts, Value target) {
  Value list = list_new(ts, 0);
  LEAF_LOCK(ts, tables_mutex);
  WeakRef **first = is_object(target) ? find(ts->interp->weakrefs, target) : NULL;
  for (WeakRef *r = first ? *first : NULL; list && r; r = r->next)
    if (!is_dead(&r->base) && list_append(ts, list, &r->base) < 0) CLEAR(list);
  LEAF_UNLOCK(ts, tables_mutex);
  return list;
}

/* ---- the type ---- */

static Value weakref_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (type == TYPE(WEAKREF) && args_no_keywords(ts, "ref", kwnames) < 0) return NULL;
  if (nargs < 1 || (nargs > 2 && type == TYPE(WEAKREF))) {
    args_count(ts, "__new__", nargs, 1, 2);
    return NULL;
  }
  return weakref_new(ts, type, args[0], nargs > 1 ? args[1] : NULL);
}
static int weakref_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return 0; }
static void weakref_dealloc(ThreadState *ts, Value self) {
  unlink_ref(ts, (WeakRef *)self);
  xdecref(ts, ((WeakRef *)self)->callback);
  object_release(ts, self);
}
static int weakref_traverse(Value self, Visit visit, void *arg) {
  VISIT(((WeakRef *)self)->callback);
  return 0;
}
static int weakref_clear(ThreadState *ts, Value self) {
  CLEAR(((WeakRef *)self)->callback);
  return 0;
}
static Value weakref_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs || (kwnames && tuple_len(kwnames))) return err_format(ts, EXC(TypeError), "weakref.ReferenceType() takes no arguments");
  Value target = weakref_target(self);
  return target ? incref(target) : V_NONE;
}
static Value weakref_repr(ThreadState *ts, Value self) {
  Value target = weakref_target(self);
  if (target == NULL) return str_format(ts, "<weakref at %p; dead>", (void *)self);
  bool failed;
  incref(target);
  Value name = attr_get_optional(ts, target, ID(__name__), &failed);
  Value r = NULL;
  if (!failed) r = name && is_str(name) ? str_format(ts, "<weakref at %p; to '%T' at %p (%U)>", (void *)self, target, (void *)target, name) : str_format(ts, "<weakref at %p; to '%T' at %p>", (void *)self, target, (void *)target);
  xdecref(ts, name);
  decref(ts, target);
  return r;
}
static int64_t weakref_hash(ThreadState *ts, Value self) {
  WeakRef *r = (WeakRef *)self;
  if (r->hash != -1) return r->hash;
  if (weakref_target(self) == NULL) {
    err_format(ts, EXC(TypeError), "weak object has gone away");
    return -1;
  }
  Value target = incref(r->target);
  r->hash = hash_of(ts, target);
  decref(ts, target);
  return r->hash;
}
static Value weakref_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_layout(a, K_WEAKREF) || !is_object(b) || !is_layout(b, K_WEAKREF)) return V_NOT_IMPLEMENTED;
  Value x = weakref_target(a), y = weakref_target(b);
  if (x == NULL || y == NULL) return bool_value((a == b) == (op == CMP_EQ));
  incref(x);
  incref(y);
  Value r = compare(ts, x, y, op);
  decref(ts, x);
  decref(ts, y);
  return r;
}
static Value weakref_get_callback(ThreadState *ts, Value self) {
  Value c = ((WeakRef *)self)->callback;
  return c ? incref(c) : V_NONE;
}
static Value class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }
static const MethodDef methods[] = {{"__class_getitem__", class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"}, {0}};
static const GetSetDef getsets[] = {{"__callback__", weakref_get_callback, readonly_attribute, NULL}, {0}};

Type *type_weakref_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "weakref.ReferenceType",
      .size = sizeof(WeakRef),
      .flags = TYPE_GC | TYPE_BASETYPE,
      .slots = {.dealloc = weakref_dealloc, .traverse = weakref_traverse, .clear = weakref_clear, .repr = weakref_repr, .hash = weakref_hash,
                .compare = weakref_compare, .call = weakref_call, .new = weakref_new_py, .init = weakref_init},
      .methods = methods,
      .getsets = getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_WEAKREF);
}

void weaktable_free(ThreadState *ts) {
  if (ts->interp->weakrefs == NULL) return;
  mem_free(ts, ts->interp->weakrefs->rows);
  mem_free(ts, ts->interp->weakrefs);
  ts->interp->weakrefs = NULL;
}
