/* itertools_tee.c - itertools.tee: iterators over a shared chain of blocks; a block fills itself from the source.
 * Keeps true: an iterator and its block are looked at with both locked, which neither does by itself; a block that waits for its source is
 * marked, and who comes meanwhile is refused.
 * Next: itertools.c. CPython: Modules/itertoolsmodule.c (teedataobject). */
#include "runtime/modules/itertools_tee.h"

enum { TEE_BLOCK = 57 };
typedef struct {
  Object base;
  Value source, next; /* next: block or NULL */
  int count;
  bool is_running;
  Value items[TEE_BLOCK];
} TeeBlock;
typedef struct {
  Object base;
  Value block; /* TeeBlock */
  int index;
} Tee;
static void block_dealloc(ThreadState *ts, Value self) {
  TeeBlock *b = (TeeBlock *)self;
  for (int i = 0; i < b->count; i++) decref(ts, b->items[i]);
  xdecref(ts, b->source);
  Value next = b->next;
  object_release(ts, self);
  while (next && is_unique(next)) { /* a long chain goes one by one */
    Value after = ((TeeBlock *)next)->next;
    ((TeeBlock *)next)->next = NULL;
    decref(ts, next);
    next = after;
  }
  xdecref(ts, next);
}
static int block_traverse(Value self, Visit visit, void *arg) {
  TeeBlock *b = (TeeBlock *)self;
  VISIT(b->source);
  VISIT(b->next);
  for (int i = 0; i < b->count; i++) VISIT(b->items[i]);
  return 0;
}
static int block_clear(ThreadState *ts, Value self) {
  TeeBlock *b = (TeeBlock *)self;
  CLEAR(b->source);
  CLEAR(b->next);
  while (b->count > 0) {
    b->count--;
    decref(ts, b->items[b->count]);
  }
  return 0;
}
static void tee_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Tee *)self)->block);
  object_release(ts, self);
}
static int tee_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Tee *)self)->block);
  return 0;
}
static int tee_clear(ThreadState *ts, Value self) {
  CLEAR(((Tee *)self)->block);
  return 0;
}
static Value block_new(ThreadState *ts, Type *type, Value source) {
  Value b = object_alloc(ts, type, sizeof(TeeBlock));
  if (b) ((TeeBlock *)b)->source = incref(source);
  return b;
}
static Value tee_make(ThreadState *ts, Type *type, STEALS Value block, int index) {
  Value t = block ? object_new_instance(ts, type) : NULL;
  if (t == NULL) {
    xdecref(ts, block);
    return NULL;
  }
  ((Tee *)t)->block = block;
  ((Tee *)t)->index = index;
  return t;
}
/* The block that t stands on, held by the caller; NULL: none. */
static Value block_of(ThreadState *ts, Tee *t) {
  HOLD(ts, (Value)t);
  return t->block ? incref(t->block) : NULL;
}
/* With t and its block b locked. */
static Value next_from(ThreadState *ts, Tee *t, TeeBlock *b) {
  if (t->index == TEE_BLOCK) {
    if (b->next == NULL && (b->next = block_new(ts, shape_of(&b->base)->type, b->source)) == NULL) return NULL;
    Value next = incref(b->next);
    replace(ts, &t->block, next);
    b = (TeeBlock *)next;
    t->index = 0;
  }
  if (t->index < b->count) return incref(b->items[t->index++]);
  if (b->is_running) return err_format(ts, EXC(RuntimeError), "cannot re-enter the tee iterator");
  if (b->source == NULL) return NULL;
  b->is_running = true;
  Value held = incref((Value)b), item = iter_next(ts, b->source);
  b->is_running = false;
  if (item) {
    b->items[b->count++] = incref(item);
    if (t->block == held) t->index++;
  }
  decref(ts, held);
  return item;
}
static Value tee_next(ThreadState *ts, Value self) {
  Tee *t = (Tee *)self;
  for (;;) {
    Value b = block_of(ts, t), item = NULL;
    if (b == NULL) return NULL;
    bool is_current;
    SECTION2(ts, self, b) {
      is_current = t->block == b;
      if (is_current) item = next_from(ts, t, (TeeBlock *)b);
    }
    decref(ts, b);
    if (LIKELY(is_current)) return item;
  }
}
static Value tee_copy(NATIVE_ARGS) {
  Tee *t = (Tee *)self;
  HOLD(ts, self);
  return t->block ? tee_make(ts, type_of(ts, self), incref(t->block), t->index) : err_format(ts, EXC(ValueError), "tee was cleared");
}
static Value tee_from(ThreadState *ts, Type *type, Value iterable) {
  Value it = iter_of(ts, iterable);
  if (it == NULL) return NULL;
  Value t;
  if (is_object(it) && type_of(ts, it) == type) t = tee_copy(ts, it, NULL, 0, NULL);
  else t = tee_make(ts, type, block_new(ts, type->native_data, it), 0);
  decref(ts, it);
  return t;
}
static Value tee_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return args_no_keywords(ts, "_tee", kwnames) < 0 || args_count(ts, "_tee", nargs, 1, 1) < 0 ? NULL : tee_from(ts, type, args[0]); }

Value tee_call(ThreadState *ts, Type *type, Value *args, ssize_t nargs) {
  int64_t n = 2;
  if (nargs > 1 && num_as_i64(ts, args[1], &n) < 0) return NULL;
  if (n < 0) return err_format(ts, EXC(ValueError), "n must be >= 0");
  if (n == 0) return incref(ts->interp->empty_tuple);
  bool failed;
  Value name = str_intern_cstr(ts, "__copy__"), r = NULL, copy = NULL;
  Value it = name ? iter_of(ts, args[0]) : NULL;
  if (it == NULL) goto done;
  copy = attr_get_optional(ts, it, ID(__copy__), &failed);
  if (failed) goto done;
  if (copy == NULL) {
    Value t = tee_from(ts, type, it);
    if (t == NULL) goto done;
    decref(ts, it);
    it = t;
    if ((copy = attr_get(ts, it, ID(__copy__))) == NULL) goto done;
  }
  r = tuple_new(ts, n);
  if (r) tuple_set(r, 0, incref(it));
  for (ssize_t i = 1; r && i < n; i++) {
    Value another = call0(ts, copy);
    if (another) tuple_set(r, i, another);
    else CLEAR(r);
  }
done:
  xdecref(ts, copy);
  xdecref(ts, it);
  xdecref(ts, name);
  return r;
}
static const MethodDef tee_methods[] = {{"__copy__", tee_copy, 0, 0, 0, "Returns an independent iterator."}, {0}};

int tee_add_types(ThreadState *ts, Value module, Type **tee, Type **block) {
  static const TypeSpec tee_spec = {.name = "itertools._tee", .doc = "Iterator wrapped to make it copyable.", .size = sizeof(Tee), .flags = TYPE_GC | TYPE_WEAKREFS, .slots = {.dealloc = tee_dealloc, .traverse = tee_traverse, .clear = tee_clear, .iter = iterator_itself, .next = tee_next, .new = tee_type_new}, .methods = tee_methods};
  static const TypeSpec block_spec = {.name = "itertools._tee_dataobject", .size = sizeof(TeeBlock), .flags = TYPE_GC | TYPE_NO_NEW, .slots = {.dealloc = block_dealloc, .traverse = block_traverse, .clear = block_clear}};
  if (module_add_type(ts, module, &tee_spec, NULL, tee) < 0 || module_add_type(ts, module, &block_spec, NULL, block) < 0) return -1;
  (*tee)->native_data = *block;
  return 0;
}
