/* mro.c - where a class comes from: its bases, their lists of subclasses, the C3 order; and what happens when `__bases__` is assigned.
 * Keeps true: following `base` always ends at object. The lists of subclasses hold a class once for each base that it has now; they are
 *   borrowed, a class takes itself off when it ends. A metaclass's mro() runs Python code, which may assign `__bases__` of the very class
 *   whose order is being made, or of others: after each such call the state is looked at anew, and the inner assignment wins.
 * Next: class.c (look-up along the order), type_object.c (the attribute `__bases__`).   CPython: Objects/typeobject.c; C3: K. Barrett et al. 1996. */
#include "runtime/module.h"
#include "runtime/reclaim.h"
#include "runtime/slots.h"

/* ---- subclasses ---- */

static int add_subclass_locked(ThreadState *ts, Type *base, Type *t) {
  if (base->subclass_count == base->subclass_capacity) {
    uint32_t capacity = base->subclass_capacity ? base->subclass_capacity * 2 : 4;
    Type **grown = mem_realloc(ts, base->subclasses, capacity * sizeof *grown);
    if (grown == NULL) return -1;
    base->subclasses = grown;
    base->subclass_capacity = capacity;
  }
  base->subclasses[base->subclass_count++] = t;
  return 0;
}

static int add_subclass(ThreadState *ts, Type *base, Type *t) {
  LEAF_LOCK(ts, types_mutex);
  int result = add_subclass_locked(ts, base, t);
  LEAF_UNLOCK(ts, types_mutex);
  return result;
}

static void remove_subclass(Type *base, Type *t) {
  for (uint32_t i = 0; i < base->subclass_count; i++)
    if (base->subclasses[i] == t) {
      memmove(&base->subclasses[i], &base->subclasses[i + 1], (--base->subclass_count - i) * sizeof *base->subclasses);
      return;
    }
}

void type_leave_bases(ThreadState *ts, Type *t, NULLABLE Value bases) {
  LEAF_LOCK(ts, types_mutex);
  for (ssize_t i = 0; bases && i < tuple_len(bases); i++) remove_subclass((Type *)tuple_get(bases, i), t);
  LEAF_UNLOCK(ts, types_mutex);
}

static int join_bases(ThreadState *ts, Type *t, Value bases) {
  for (ssize_t i = 0; i < tuple_len(bases); i++)
    if (add_subclass(ts, (Type *)tuple_get(bases, i), t) < 0) {
      while (--i >= 0) remove_subclass((Type *)tuple_get(bases, i), t);
      return -1;
    }
  return 0;
}

/* ---- the method resolution order ---- */

static bool in_tail(Value list, ssize_t from, Value c) {
  for (ssize_t i = from + 1; i < list_len(list); i++)
    if (list_get(list, i) == c) return true;
  return false;
}

static Value mro_conflict(ThreadState *ts, Value *lists, ssize_t *at, ssize_t n) {
  StrBuilder b;
  strb_init(&b, ts);
  Value seen = list_new(ts, 4);
  for (ssize_t i = 0; seen && i < n; i++) {
    if (at[i] >= list_len(lists[i])) continue;
    Value c = list_get(lists[i], at[i]);
    bool known = false;
    for (ssize_t k = 0; k < list_len(seen); k++) known |= list_get(seen, k) == c;
    if (known) continue;
    if (list_len(seen)) strb_ascii(&b, ", ", 2);
    strb_str(&b, ((Type *)c)->name);
    list_append(ts, seen, c);
  }
  xdecref(ts, seen);
  Value names = strb_finish(&b);
  if (names) err_format(ts, EXC(TypeError), "Cannot create a consistent method resolution\norder (MRO) for bases %U", names);
  xdecref(ts, names);
  return NULL;
}

/* C3: take the first head that is in no tail, again and again. */
static Value c3_merge(ThreadState *ts, Type *t, Value *lists, ssize_t n) {
  ssize_t small[16] = {0}, *at = small;
  Value result = list_new(ts, 8);
  if (result == NULL) return NULL;
  if (n > 16 && (at = mem_alloc_zeroed(ts, (size_t)n * sizeof *at)) == NULL) goto error;
  if (list_append(ts, result, (Value)t) < 0) goto error;
  for (;;) {
    bool any = false;
    Value head = NULL;
    for (ssize_t i = 0; i < n && head == NULL; i++) {
      if (at[i] >= list_len(lists[i])) continue;
      any = true;
      Value c = list_get(lists[i], at[i]);
      bool blocked = false;
      for (ssize_t k = 0; k < n && !blocked; k++) blocked = in_tail(lists[k], at[k], c);
      if (!blocked) head = c;
    }
    if (!any) break;
    if (head == NULL) {
      mro_conflict(ts, lists, at, n);
      goto error;
    }
    if (list_append(ts, result, head) < 0) goto error;
    for (ssize_t i = 0; i < n; i++)
      if (at[i] < list_len(lists[i]) && list_get(lists[i], at[i]) == head) at[i]++;
  }
  if (at != small) mem_free(ts, at);
  return result;
error:
  if (at != small) mem_free(ts, at);
  decref(ts, result);
  return NULL;
}

static Value incomplete(ThreadState *ts, Type *t) { return err_format(ts, EXC(TypeError), "Cannot extend an incomplete type '%N'", t); }

/* With one base there is nothing to merge. */
static Value mro_of_only_base(ThreadState *ts, Type *t, Type *base) {
  Value order = mro_of(base);
  if (order == NULL) return incomplete(ts, base);
  Value result = list_new(ts, tuple_len(order) + 1);
  if (result == NULL) return NULL;
  bool failed = list_append(ts, result, (Value)t) < 0;
  for (ssize_t i = 0; !failed && i < tuple_len(order); i++) failed = list_append(ts, result, tuple_get(order, i)) < 0;
  if (failed) CLEAR(result);
  return result;
}

/* type.mro(): OWNED list. */
Value type_compute_mro(ThreadState *ts, Type *t) {
  ssize_t n = tuple_len(t->bases) + 1;
  if (n == 2) return mro_of_only_base(ts, t, (Type *)tuple_get(t->bases, 0));
  Value *lists = mem_alloc_zeroed(ts, (size_t)n * sizeof *lists);
  if (lists == NULL) return NULL;
  Value result = NULL;
  for (ssize_t i = 0; i < n - 1; i++) {
    Type *base = (Type *)tuple_get(t->bases, i);
    Value order = mro_of(base);
    if (order == NULL) {
      incomplete(ts, base);
      goto done;
    }
    for (ssize_t k = 0; k < i; k++)
      if (tuple_get(t->bases, k) == (Value)base) {
        err_format(ts, EXC(TypeError), "duplicate base class %N", base);
        goto done;
      }
    if ((lists[i] = list_from_items(ts, tuple_items(order), tuple_len(order))) == NULL) goto done;
  }
  if ((lists[n - 1] = list_from_items(ts, tuple_items(t->bases), n - 1)) == NULL) goto done;
  result = c3_merge(ts, t, lists, n);
done:
  for (ssize_t i = 0; i < n; i++) xdecref(ts, lists[i]);
  mem_free(ts, lists);
  return result;
}

/* Methods of base may be run on instances of t: the struct they need is there. */
static bool fits_layout(Type *t, Type *base) {
  while (base->flags & TYPE_HEAP && base->base && base->size == base->base->size) base = base->base;
  for (; t; t = t->base)
    if (t == base) return true;
  return base->layout == K_OBJECT && base->size == sizeof(Object);
}

/* What a metaclass's own mro() says of t, or the C3 order: OWNED tuple. */
static Value ask_for_mro(ThreadState *ts, Type *t) {
  Type *meta = type_of(ts, (Value)t);
  Value method = meta == TYPE(TYPE) ? NULL : type_lookup(ts, meta, ID(mro));
  bool is_custom = method && !is_kind(method, K_METHOD_DESCR);
  Value answer = is_custom ? call_unbound(ts, method, (Value)t, NULL, 0) : type_compute_mro(ts, t);
  Value tuple = answer ? tuple_from_iterable(ts, answer) : NULL;
  xdecref(ts, answer);
  if (tuple && tuple_len(tuple) == 0) {
    err_format(ts, EXC(TypeError), "type MRO must not be empty");
    CLEAR(tuple);
  }
  for (ssize_t i = 0; is_custom && tuple && i < tuple_len(tuple); i++) {
    Value one = tuple_get(tuple, i);
    if (is_type(one) && fits_layout(t, (Type *)one)) continue;
    if (!is_type(one)) err_format(ts, EXC(TypeError), "mro() returned a non-class ('%T')", one);
    else err_format(ts, EXC(TypeError), "mro() returned base with unsuitable layout ('%N')", (Type *)one);
    CLEAR(tuple);
  }
  return tuple;
}

/* Set t->mro. 1: done, 0: code in mro() has set it meanwhile, and that stands, -1: error. */
static int renew_mro(ThreadState *ts, Type *t) {
  Value before = t->mro;
  if (before) incref(before);
  Value tuple = ask_for_mro(ts, t);
  bool is_overtaken = t->mro != before;
  xdecref(ts, before);
  if (tuple == NULL) return -1;
  if (is_overtaken) {
    decref(ts, tuple);
    return 0;
  }
  replace(ts, &t->mro, tuple);
  return 1;
}

/* ---- bases ---- */

int type_start_bases(ThreadState *ts, Type *t, Value bases, Type *base) {
  t->bases = incref(bases);
  t->base = base;
  if (renew_mro(ts, t) < 0) return -1;
  return t->bases == bases ? join_bases(ts, t, bases) : 0;
}

/* Onto `undo`, in this order: the class, the order it has been given, the order before. */
static int remember(ThreadState *ts, Value undo, Type *t, Value before) {
  if (list_append(ts, undo, (Value)t) < 0 || list_append(ts, undo, t->mro) < 0) return -1;
  return list_append(ts, undo, before ? before : V_NONE);
}

/* Orders of t and of all below it. */
static int renew_mro_tree(ThreadState *ts, Type *t, Value undo) {
  if (enter_recursive(ts, " while renewing classes") < 0) return -1;
  Value before = t->mro ? incref(t->mro) : NULL, below = NULL;
  int result = renew_mro(ts, t);
  if (result > 0) {
    below = list_new(ts, t->subclass_count);
    result = below ? remember(ts, undo, t, before) : -1;
    for (uint32_t i = 0; result == 0 && i < t->subclass_count; i++) result = list_append(ts, below, (Value)t->subclasses[i]);
    for (ssize_t i = 0; result == 0 && i < list_len(below); i++) result = renew_mro_tree(ts, (Type *)list_get(below, i), undo);
    xdecref(ts, below);
  }
  xdecref(ts, before);
  leave_recursive(ts);
  return result;
}

static void restore_mros(ThreadState *ts, Value undo) {
  for (ssize_t i = list_len(undo) / 3 * 3; (i -= 3) >= 0;) {
    Type *t = (Type *)list_get(undo, i);
    Value before = list_get(undo, i + 2);
    if (t->mro == list_get(undo, i + 1)) replace(ts, &t->mro, before == V_NONE ? NULL : incref(before));
  }
}

static bool has_base(Type *t, Type *base) {
  while (t && t != base) t = t->base;
  return t != NULL;
}

static int check_bases(ThreadState *ts, Type *t, Value bases) {
  for (ssize_t i = 0; i < tuple_len(bases); i++) {
    Value base = tuple_get(bases, i);
    if (!is_type(base)) {
      err_format(ts, EXC(TypeError), "%N.__bases__ must be tuple of classes, not '%T'", t, base);
      return -1;
    }
    if (type_is_subtype((Type *)base, t) || has_base((Type *)base, t)) {
      err_format(ts, EXC(TypeError), "a __bases__ item causes an inheritance cycle");
      return -1;
    }
  }
  return 0;
}

int type_change_bases(ThreadState *ts, Type *t, Value bases) {
  HOLD(ts, (Value)t);
  if (check_bases(ts, t, bases) < 0) return -1;
  Type *base = type_best_base(ts, bases), *old_base = t->base;
  if (base == NULL) return -1;
  if ((base->flags & TYPE_HEAP) != (t->base->flags & TYPE_HEAP)) {
    err_format(ts, EXC(TypeError), "__bases__ assignment: '%N' deallocator differs from '%N'", base, t->base);
    return -1;
  }
  if (base->layout != t->base->layout || base->size > t->size || (base->size != t->base->size && t->slot_members)) {
    err_format(ts, EXC(TypeError), "__bases__ assignment: '%N' object layout differs from '%N'", base, t->base);
    return -1;
  }
  Value undo = list_new(ts, 4), old = incref(t->bases);
  if (undo) {
    replace(ts, &t->bases, incref(bases));
    RACY_STORE(t->base, base);
  }
  int result = undo ? renew_mro_tree(ts, t, undo) : -1;
  if (result < 0 && undo) {
    Value error = err_fetch(ts);
    restore_mros(ts, undo);
    if (t->bases == bases) {
      replace(ts, &t->bases, incref(old));
      RACY_STORE(t->base, old_base);
    }
    err_restore(ts, error);
  }
  STOP_WORLD(ts);
  type_leave_bases(ts, t, old);
  type_leave_bases(ts, t, t->bases);
  if (join_bases(ts, t, t->bases) < 0) result = -1;
  type_modified(ts, t, NULL);
  START_WORLD(ts);
  xdecref(ts, undo);
  decref(ts, old);
  return result < 0 ? -1 : 0;
}
