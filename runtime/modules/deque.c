/* deque.c - collections.deque: a ring of values, so that both ends are cheap and d[i] is too.
 *
 *      items:  | c | d |   |   |   | a | b |     head = 5, length = 4; item i is at (head + i) & (capacity - 1)
 *
 * Keeps true: capacity is 0 or a power of two; `state` changes with every change of length or order, so that iterators notice.
 * Next: collections.c. CPython: Modules/_collectionsmodule.c. */
#include "runtime/modules/deque.h"

typedef struct {
  Object base;
  Value *items;
  size_t head, capacity;
  ssize_t length, max_length; /* -1: no bound */
  uint64_t state;
} Deque;
typedef struct {
  Object base;
  Deque *deque;
  ssize_t index, left;
  uint64_t state;
} DequeIterator;

static Deque *as_deque(Value v) { return (Deque *)v; }
static inline Value *place(Deque *d, ssize_t i) { return &d->items[(d->head + (size_t)i) & (d->capacity - 1)]; }
static void deque_dealloc(ThreadState *ts, Value self);
static bool is_deque(ThreadState *ts, Value v) {
  if (!is_object(v)) return false;
  Type *t = type_of(ts, v);
  while (t->flags & TYPE_HEAP) t = t->base;
  return t->slots.dealloc == deque_dealloc;
}
static Type *native_type(ThreadState *ts, Value v) {
  Type *t = type_of(ts, v);
  while (t->flags & TYPE_HEAP) t = t->base;
  return t;
}

static int grow(ThreadState *ts, Deque *d) {
  size_t capacity = d->capacity ? d->capacity * 2 : 8;
  Value *items = mem_alloc(ts, capacity * sizeof *items);
  if (items == NULL) return -1;
  for (ssize_t i = 0; i < d->length; i++) items[i] = *place(d, i);
  mem_free(ts, d->items);
  d->items = items;
  d->capacity = capacity;
  d->head = 0;
  return 0;
}
static Value take_first(Deque *d) {
  Value v = d->items[d->head];
  d->head = (d->head + 1) & (d->capacity - 1);
  d->length--;
  d->state++;
  return v;
}
static Value take_last(Deque *d) {
  Value v = *place(d, d->length - 1);
  d->length--;
  d->state++;
  return v;
}
static int push_last(ThreadState *ts, Deque *d, STEALS Value v) {
  if ((size_t)d->length == d->capacity && grow(ts, d) < 0) {
    decref(ts, v);
    return -1;
  }
  *place(d, d->length++) = v;
  d->state++;
  if (d->max_length >= 0 && d->length > d->max_length) decref(ts, take_first(d));
  return 0;
}
static int push_first(ThreadState *ts, Deque *d, STEALS Value v) {
  if ((size_t)d->length == d->capacity && grow(ts, d) < 0) {
    decref(ts, v);
    return -1;
  }
  d->head = (d->head - 1) & (d->capacity - 1);
  d->items[d->head] = v;
  d->length++;
  d->state++;
  if (d->max_length >= 0 && d->length > d->max_length) decref(ts, take_last(d));
  return 0;
}
static void empty(ThreadState *ts, Deque *d) {
  Deque old = *d;
  d->items = NULL;
  d->capacity = d->head = 0;
  d->length = 0;
  d->state++;
  for (ssize_t i = 0; i < old.length; i++) decref(ts, *place(&old, i));
  mem_free(ts, old.items);
}
static void deque_dealloc(ThreadState *ts, Value self) {
  empty(ts, as_deque(self));
  object_release(ts, self);
}
static int deque_traverse(Value self, Visit visit, void *arg) {
  for (ssize_t i = 0; i < as_deque(self)->length; i++) VISIT(*place(as_deque(self), i));
  return 0;
}
static int deque_clear_slot(ThreadState *ts, Value self) {
  empty(ts, as_deque(self));
  return 0;
}

static int extend(ThreadState *ts, Deque *d, Value iterable, int (*push)(ThreadState *, Deque *, Value)) {
  Value source = iterable == (Value)d ? list_from_iterable(ts, iterable) : incref(iterable);
  Value it = source ? iter_of(ts, source) : NULL, item;
  xdecref(ts, source);
  if (it == NULL) return -1;
  while ((item = iter_next(ts, it)) != NULL)
    if (push(ts, d, item) < 0) break;
  decref(ts, it);
  return err_occurred(ts) ? -1 : 0;
}
static Value deque_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value self = object_new_instance(ts, type);
  if (self) as_deque(self)->max_length = -1;
  return self;
}
static int deque_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"iterable", "maxlen"};
  static const ArgSpec spec = {"deque", 0, 2, 0, 2, names};
  Value given[2];
  Deque *d = as_deque(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  ssize_t max_length = -1;
  if (given[1] && given[1] != V_NONE) {
    if (!is_int(given[1])) {
      err_format(ts, EXC(TypeError), "an integer is required");
      return -1;
    }
    max_length = arg_as_ssize(ts, given[1]);
    if (max_length == -1 && err_occurred(ts)) return -1;
    if (max_length < 0) {
      err_format(ts, EXC(ValueError), "maxlen must be non-negative");
      return -1;
    }
  }
  d->max_length = max_length;
  empty(ts, d);
  return given[0] ? extend(ts, d, given[0], push_last) : 0;
}
/* A new deque with the same items and bound; subclasses are called. */
static Value copy(ThreadState *ts, Value self) {
  Deque *d = as_deque(self);
  Type *type = type_of(ts, self);
  if (type->flags & TYPE_HEAP) {
    if (d->max_length < 0) return call1(ts, (Value)type, self);
    return call2(ts, (Value)type, self, small_int_value(d->max_length));
  }
  Value v = deque_new(ts, type, NULL, 0, NULL);
  if (v == NULL) return NULL;
  as_deque(v)->max_length = d->max_length;
  for (ssize_t i = 0; i < d->length; i++)
    if (push_last(ts, as_deque(v), incref(*place(d, i))) < 0) {
      decref(ts, v);
      return NULL;
    }
  return v;
}

/* ---- methods ---- */

static Value d_append(NATIVE_ARGS) { return push_last(ts, as_deque(self), incref(args[0])) < 0 ? NULL : V_NONE; }
static Value d_appendleft(NATIVE_ARGS) { return push_first(ts, as_deque(self), incref(args[0])) < 0 ? NULL : V_NONE; }
static Value d_extend(NATIVE_ARGS) { return extend(ts, as_deque(self), args[0], push_last) < 0 ? NULL : V_NONE; }
static Value d_extendleft(NATIVE_ARGS) { return extend(ts, as_deque(self), args[0], push_first) < 0 ? NULL : V_NONE; }
static Value d_pop(NATIVE_ARGS) { return as_deque(self)->length ? take_last(as_deque(self)) : err_format(ts, EXC(IndexError), "pop from an empty deque"); }
static Value d_popleft(NATIVE_ARGS) { return as_deque(self)->length ? take_first(as_deque(self)) : err_format(ts, EXC(IndexError), "pop from an empty deque"); }
static Value d_clear(NATIVE_ARGS) {
  empty(ts, as_deque(self));
  return V_NONE;
}
static Value d_copy(NATIVE_ARGS) { return copy(ts, self); }
static void rotate(Deque *d, ssize_t n) {
  if (d->length < 2) return;
  n %= d->length;
  if (n > d->length / 2) n -= d->length;
  else if (n < -d->length / 2) n += d->length;
  size_t mask = d->capacity - 1;
  for (; n > 0; n--) {
    Value v = *place(d, d->length - 1);
    d->head = (d->head - 1) & mask;
    d->items[d->head] = v;
  }
  for (; n < 0; n++) {
    Value v = d->items[d->head];
    d->head = (d->head + 1) & mask;
    *place(d, d->length - 1) = v;
  }
  d->state++;
}
static Value d_rotate(NATIVE_ARGS) {
  ssize_t n = nargs ? arg_as_ssize(ts, args[0]) : 1;
  if (n == -1 && err_occurred(ts)) return NULL;
  rotate(as_deque(self), n);
  return V_NONE;
}
static Value d_reverse(NATIVE_ARGS) {
  Deque *d = as_deque(self);
  for (ssize_t i = 0, j = d->length - 1; i < j; i++, j--) {
    Value swap = *place(d, i);
    *place(d, i) = *place(d, j);
    *place(d, j) = swap;
  }
  return V_NONE;
}
/* The first index in [start, stop) of an equal item; -1 none, -2 error (also when the deque changed meanwhile). */
static ssize_t find(ThreadState *ts, Deque *d, Value v, ssize_t start, ssize_t stop, Value changed, const char *message) {
  uint64_t state = d->state;
  for (ssize_t i = start; i < stop && i < d->length; i++) {
    Value item = incref(*place(d, i));
    int same = compare_bool(ts, item, v, CMP_EQ);
    decref(ts, item);
    if (same < 0) return -2;
    if (state != d->state) {
      err_format(ts, changed, "%s", message);
      return -2;
    }
    if (same) return i;
  }
  return -1;
}
#define MUTATED "deque mutated during iteration"
static int d_contains(ThreadState *ts, Value self, Value v) {
  ssize_t i = find(ts, as_deque(self), v, 0, as_deque(self)->length, EXC(RuntimeError), MUTATED);
  return i == -2 ? -1 : i >= 0;
}
static Value d_count(NATIVE_ARGS) {
  int64_t n = 0;
  for (ssize_t i = 0;; n++) {
    i = find(ts, as_deque(self), args[0], i, as_deque(self)->length, EXC(RuntimeError), MUTATED) + 1;
    if (i == -1) return NULL;
    if (i == 0) return int_from_i64(ts, n);
  }
}
static int clipped(ThreadState *ts, Value v, ssize_t length, ssize_t *out) {
  if (!has_index(ts, v)) {
    err_format(ts, EXC(TypeError), "slice indices must be integers or have an __index__ method");
    return -1;
  }
  *out = num_as_ssize(ts, v, NULL);
  if (*out == -1 && err_occurred(ts)) return -1;
  if (*out < 0) *out = *out + length < 0 ? 0 : *out + length;
  return 0;
}
static Value d_index(NATIVE_ARGS) {
  Deque *d = as_deque(self);
  ssize_t start = 0, stop = d->length;
  if ((nargs > 1 && clipped(ts, args[1], d->length, &start) < 0) || (nargs > 2 && clipped(ts, args[2], d->length, &stop) < 0)) return NULL;
  ssize_t i = find(ts, d, args[0], start, stop, EXC(RuntimeError), MUTATED);
  if (i == -1) return err_format(ts, EXC(ValueError), "%R is not in deque", args[0]);
  return i < 0 ? NULL : small_int_value(i);
}
static Value remove_at(Deque *d, ssize_t i) { /* OWNED, the others close up */
  Value v = *place(d, i);
  for (; i + 1 < d->length; i++) *place(d, i) = *place(d, i + 1);
  d->length--;
  d->state++;
  return v;
}
static Value d_remove(NATIVE_ARGS) {
  Deque *d = as_deque(self);
  ssize_t i = find(ts, d, args[0], 0, d->length, EXC(IndexError), MUTATED);
  if (i == -1) return err_format(ts, EXC(ValueError), "%R is not in deque", args[0]);
  if (i < 0) return NULL;
  decref(ts, remove_at(d, i));
  return V_NONE;
}
static Value d_insert(NATIVE_ARGS) {
  Deque *d = as_deque(self);
  ssize_t at = arg_as_ssize(ts, args[0]);
  if (at == -1 && err_occurred(ts)) return NULL;
  if (d->max_length >= 0 && d->length >= d->max_length) return err_format(ts, EXC(IndexError), "deque already at its maximum size");
  if (at < 0) at = at + d->length < 0 ? 0 : at + d->length;
  if (at > d->length) at = d->length;
  if (push_last(ts, d, incref(args[1])) < 0) return NULL;
  Value v = *place(d, d->length - 1);
  for (ssize_t i = d->length - 1; i > at; i--) *place(d, i) = *place(d, i - 1);
  *place(d, at) = v;
  return V_NONE;
}
static Value d_reduce(NATIVE_ARGS) {
  Deque *d = as_deque(self);
  Value state = V_NONE, dict = NULL;
  if (type_of(ts, self)->flags & TYPE_HAS_DICT) {
    if ((dict = object_get_dict(ts, self)) == NULL) return NULL;
    if (dict_len(dict) > 0) state = incref(dict);
    decref(ts, dict);
  }
  Value r = tuple_new(ts, 4), args_tuple = d->max_length < 0 ? incref(ts->interp->empty_tuple) : tuple_steal2(ts, incref(ts->interp->empty_tuple), small_int_value(d->max_length));
  Value it = args_tuple ? iter_of(ts, self) : NULL;
  if (r == NULL || it == NULL) {
    xdecref(ts, r);
    xdecref(ts, args_tuple);
    xdecref(ts, it);
    decref(ts, state);
    return NULL;
  }
  tuple_set(r, 0, incref((Value)type_of(ts, self)));
  tuple_set(r, 1, args_tuple);
  tuple_set(r, 2, state);
  tuple_set(r, 3, it);
  return r;
}
static Value d_sizeof(NATIVE_ARGS) { return int_from_i64(ts, (int64_t)(sizeof(Deque) + as_deque(self)->capacity * sizeof(Value))); }
static Value d_class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }
static Value d_maxlen(ThreadState *ts, Value self) { return as_deque(self)->max_length < 0 ? V_NONE : small_int_value(as_deque(self)->max_length); }

/* ---- slots ---- */

static ssize_t deque_len(ThreadState *ts, Value self) { return as_deque(self)->length; }
static int checked_index(ThreadState *ts, Deque *d, Value key, ssize_t *i) {
  if (!has_index(ts, key)) {
    err_format(ts, EXC(TypeError), "sequence index must be integer, not '%T'", key);
    return -1;
  }
  *i = num_as_ssize(ts, key, EXC(IndexError));
  if (*i == -1 && err_occurred(ts)) return -1;
  if (*i < 0) *i += d->length;
  if (*i >= 0 && *i < d->length) return 0;
  err_format(ts, EXC(IndexError), "deque index out of range");
  return -1;
}
static Value deque_getitem(ThreadState *ts, Value self, Value key) {
  ssize_t i;
  return checked_index(ts, as_deque(self), key, &i) < 0 ? NULL : incref(*place(as_deque(self), i));
}
static int deque_setitem(ThreadState *ts, Value self, Value key, Value v) {
  ssize_t i;
  Deque *d = as_deque(self);
  if (checked_index(ts, d, key, &i) < 0) return -1;
  Value old = v ? *place(d, i) : remove_at(d, i);
  if (v) *place(d, i) = incref(v);
  decref(ts, old);
  return 0;
}
static Value deque_repr(ThreadState *ts, Value self) {
  int entered = repr_enter(ts, self);
  if (entered) return entered > 0 ? str_from_ascii(ts, "[...]") : NULL;
  Value list = list_from_iterable(ts, self), r = NULL;
  ssize_t max_length = as_deque(self)->max_length;
  Value name = type_of(ts, self)->name;
  if (list) r = max_length < 0 ? str_format(ts, "%U(%R)", name, list) : str_format(ts, "%U(%R, maxlen=%zd)", name, list, max_length);
  xdecref(ts, list);
  repr_leave(ts, self);
  return r;
}
static Value deque_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_deque(ts, a) || !is_deque(ts, b)) return V_NOT_IMPLEMENTED;
  Deque *x = as_deque(a), *y = as_deque(b);
  if (x->length != y->length && (op == CMP_EQ || op == CMP_NE)) return bool_value(op == CMP_NE);
  Value left = list_from_iterable(ts, a), right = left ? list_from_iterable(ts, b) : NULL;
  Value r = right ? compare(ts, left, right, op) : NULL;
  xdecref(ts, left);
  xdecref(ts, right);
  return r;
}
static Value deque_concat(ThreadState *ts, Value a, Value b) {
  if (!is_deque(ts, b)) return err_format(ts, EXC(TypeError), "can only concatenate deque (not \"%T\") to deque", b);
  Value r = copy(ts, a);
  if (r && (!is_deque(ts, r) || extend(ts, as_deque(r), b, push_last) < 0)) CLEAR(r);
  return r;
}
static Value deque_inplace_concat(ThreadState *ts, Value a, Value b) { return extend(ts, as_deque(a), b, push_last) < 0 ? NULL : incref(a); }
static int repeat_in_place(ThreadState *ts, Deque *d, Value count) {
  ssize_t n = num_as_ssize(ts, count, EXC(OverflowError));
  if (n == -1 && err_occurred(ts)) return -1;
  if (n <= 0) {
    empty(ts, d);
    return 0;
  }
  ssize_t length = d->length;
  if (length == 0 || n == 1) return 0;
  if (n > INT64_MAX / 64 / length && d->max_length < 0) {
    err_no_memory(ts);
    return -1;
  }
  Value items = list_from_iterable(ts, (Value)d);
  int r = items ? 0 : -1;
  ssize_t total = d->max_length >= 0 && n > d->max_length / length + 2 ? d->max_length / length + 2 : n;
  for (ssize_t k = 1; r == 0 && k < total; k++)
    for (ssize_t i = 0; r == 0 && i < length; i++) r = push_last(ts, d, incref(list_get(items, i)));
  xdecref(ts, items);
  return r;
}
static Value deque_repeat(ThreadState *ts, Value a, Value count) {
  if (!has_index(ts, count)) return err_format(ts, EXC(TypeError), "can't multiply sequence by non-int of type '%T'", count);
  Value r = copy(ts, a);
  if (r && (!is_deque(ts, r) || repeat_in_place(ts, as_deque(r), count) < 0)) CLEAR(r);
  return r;
}
static Value deque_inplace_repeat(ThreadState *ts, Value a, Value count) {
  if (!has_index(ts, count)) return err_format(ts, EXC(TypeError), "can't multiply sequence by non-int of type '%T'", count);
  return repeat_in_place(ts, as_deque(a), count) < 0 ? NULL : incref(a);
}

/* ---- iterators ---- */

static void iterator_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, (Value)((DequeIterator *)self)->deque);
  object_release(ts, self);
}
static int iterator_traverse(Value self, Visit visit, void *arg) {
  VISIT(((DequeIterator *)self)->deque);
  return 0;
}
static Value iterator_make(ThreadState *ts, Type *type, Deque *d, bool backward) {
  DequeIterator *it = (DequeIterator *)object_alloc(ts, type, sizeof(DequeIterator));
  if (it == NULL) return NULL;
  it->deque = (Deque *)incref((Value)d);
  it->left = d->length;
  it->index = backward ? d->length - 1 : 0;
  it->state = d->state;
  return (Value)it;
}
static Value iterator_step(ThreadState *ts, Value self, int step) {
  HOLD2(ts, self, (Value)((DequeIterator *)self)->deque);
  DequeIterator *it = (DequeIterator *)self;
  Deque *d = it->deque;
  if (it->left == 0) return NULL;
  if (d->state != it->state) {
    it->left = 0;
    return err_format(ts, EXC(RuntimeError), MUTATED);
  }
  Value v = incref(*place(d, it->index));
  it->index += step;
  it->left--;
  return v;
}
static Value forward_next(ThreadState *ts, Value self) { return iterator_step(ts, self, 1); }
static Value backward_next(ThreadState *ts, Value self) { return iterator_step(ts, self, -1); }
static Value iterator_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  int64_t index = 0;
  if (args_count(ts, type_name(type), nargs, 1, 2) < 0) return NULL;
  if (!is_deque(ts, args[0])) return err_format(ts, EXC(TypeError), "argument 1 must be collections.deque, not %T", args[0]);
  if (nargs > 1 && num_as_i64(ts, args[1], &index) < 0) return NULL;
  Value it = iterator_make(ts, type, as_deque(args[0]), NATIVE_SLOTS(type)->next == backward_next);
  for (; it && index > 0; index--) {
    Value skipped = type->slots.next(ts, it);
    if (skipped == NULL) break;
    decref(ts, skipped);
  }
  return it;
}
static Value iterator_hint(NATIVE_ARGS) { return small_int_value(((DequeIterator *)self)->left); }
static Value iterator_reduce(NATIVE_ARGS) {
  DequeIterator *it = (DequeIterator *)self;
  return tuple_steal2(ts, incref((Value)type_of(ts, self)), tuple_steal2(ts, incref((Value)it->deque), small_int_value(it->deque->length - it->left)));
}
static const MethodDef iterator_methods[] = {{"__length_hint__", iterator_hint, 0, 0, 0, "Private method returning an estimate of len(list(it))."}, {"__reduce__", iterator_reduce, 0, 0, 0, NULL}, {0}};
static IteratorTypes *iterator_types(ThreadState *ts, Value deque) { return native_type(ts, deque)->native_data; }
static Value deque_iter(ThreadState *ts, Value self) { return iterator_make(ts, iterator_types(ts, self)->forward, as_deque(self), false); }
static Value d_reversed(NATIVE_ARGS) { return iterator_make(ts, iterator_types(ts, self)->backward, as_deque(self), true); }

static const MethodDef deque_methods[] = {
    {"append", d_append, 1, 1, 0, "Add an element to the right side of the deque."}, {"appendleft", d_appendleft, 1, 1, 0, "Add an element to the left side of the deque."},
    {"clear", d_clear, 0, 0, 0, "Remove all elements from the deque."}, {"copy", d_copy, 0, 0, 0, "Return a shallow copy of a deque."},
    {"__copy__", d_copy, 0, 0, 0, "Return a shallow copy of a deque."}, {"count", d_count, 1, 1, 0, "D.count(value) -- return number of occurrences of value"},
    {"extend", d_extend, 1, 1, 0, "Extend the right side of the deque with elements from the iterable"}, {"extendleft", d_extendleft, 1, 1, 0, "Extend the left side of the deque with elements from the iterable"},
    {"index", d_index, 1, 3, 0, "D.index(value, [start, [stop]]) -- return first index of value."}, {"insert", d_insert, 2, 2, 0, "D.insert(index, object) -- insert object before index"},
    {"pop", d_pop, 0, 0, 0, "Remove and return the rightmost element."}, {"popleft", d_popleft, 0, 0, 0, "Remove and return the leftmost element."},
    {"remove", d_remove, 1, 1, 0, "D.remove(value) -- remove first occurrence of value."}, {"reverse", d_reverse, 0, 0, 0, "D.reverse() -- reverse *IN PLACE*"},
    {"rotate", d_rotate, 0, 1, 0, "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left."}, {"__reversed__", d_reversed, 0, 0, 0, "D.__reversed__() -- return a reverse iterator over the deque"},
    {"__reduce__", d_reduce, 0, 0, 0, "Return state information for pickling."}, {"__sizeof__", d_sizeof, 0, 0, 0, NULL},
    {"__class_getitem__", d_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"}, {0}};
static const GetSetDef deque_getsets[] = {{"maxlen", d_maxlen, NULL, "maximum size of a deque or None if unbounded"}, {0}};

int deque_add_types(ThreadState *ts, Value module, IteratorTypes *types) {
  static const TypeSpec deque_spec = {.name = "collections.deque", .doc = "deque([iterable[, maxlen]]) --> deque object\n\nA list-like sequence with quick access to both ends.", .size = sizeof(Deque), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS | TYPE_SEQUENCE,
                                      .slots = {.dealloc = deque_dealloc, .traverse = deque_traverse, .clear = deque_clear_slot, .new = deque_new, .init = deque_init, .repr = deque_repr, .compare = deque_compare, .iter = deque_iter, .len = deque_len, .getitem = deque_getitem, .setitem = deque_setitem,
                                                .contains = d_contains, .concat = deque_concat, .inplace_concat = deque_inplace_concat, .repeat = deque_repeat, .inplace = {[NB_MULTIPLY] = deque_inplace_repeat}}, .methods = deque_methods, .getsets = deque_getsets};
  static const TypeSpec forward_spec = {.name = "collections._deque_iterator", .size = sizeof(DequeIterator), .flags = TYPE_GC, .slots = {.dealloc = iterator_dealloc, .traverse = iterator_traverse, .iter = iterator_itself, .next = forward_next, .new = iterator_new}, .methods = iterator_methods};
  static const TypeSpec backward_spec = {.name = "collections._deque_reverse_iterator", .size = sizeof(DequeIterator), .flags = TYPE_GC, .slots = {.dealloc = iterator_dealloc, .traverse = iterator_traverse, .iter = iterator_itself, .next = backward_next, .new = iterator_new}, .methods = iterator_methods};
  Type *deque;
  if (module_add_type(ts, module, &deque_spec, NULL, &deque) < 0) return -1;
  deque->native_data = types;
  decref(ts, (Value)deque);
  return module_add_type(ts, module, &forward_spec, NULL, &types->forward) < 0 || module_add_type(ts, module, &backward_spec, NULL, &types->backward) < 0 ? -1 : 0;
}
