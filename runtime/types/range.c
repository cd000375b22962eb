/* range.c - range and slice.
 * Keeps true: start, stop, step and length of a range are exact ints of any size; iterating over one within 62 bits makes no
 *   objects. Next: iterators.c. CPython: Objects/rangeobject.c, sliceobject.c. */
#include "runtime/module.h"
#include "runtime/slots.h"

static Range *as_range(Value v) { return (Range *)v; }

/* (stop - start + step -+ 1) // step, at least 0. */
static Value compute_length(ThreadState *ts, Value start, Value stop, Value step) {
  if (is_small_int(start) && is_small_int(stop) && is_small_int(step)) {
    int64_t a = small_int(start), b = small_int(stop), s = small_int(step);
    if (s > 0 ? a >= b : a <= b) return small_int_value(0);
    uint64_t span = s > 0 ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b;
    uint64_t stride = s > 0 ? (uint64_t)s : (uint64_t)-s;
    return int_from_u64(ts, (span - 1) / stride + 1);
  }
  bool up = int_sign(step) > 0;
  Value lo = up ? start : stop, hi = up ? stop : start;
  if (int_compare(lo, hi) >= 0) return small_int_value(0);
  Value span = num_binary(ts, NB_SUBTRACT, hi, lo);
  Value less = span ? num_binary(ts, NB_SUBTRACT, span, small_int_value(1)) : NULL;
  Value stride = up ? incref(step) : num_negative(ts, step);
  Value q = less && stride ? num_binary(ts, NB_FLOOR_DIVIDE, less, stride) : NULL;
  Value r = q ? num_binary(ts, NB_ADD, q, small_int_value(1)) : NULL;
  xdecref(ts, span);
  xdecref(ts, less);
  xdecref(ts, stride);
  xdecref(ts, q);
  return r;
}

/* Takes the three ints. */
static Value make_range(ThreadState *ts, STEALS Value start, STEALS Value stop, STEALS Value step) {
  Value length = compute_length(ts, start, stop, step);
  Value v = length ? object_alloc(ts, TYPE(RANGE), sizeof(Range)) : NULL;
  if (v == NULL) {
    decref(ts, start);
    decref(ts, stop);
    decref(ts, step);
    xdecref(ts, length);
    return NULL;
  }
  as_range(v)->start = start;
  as_range(v)->stop = stop;
  as_range(v)->step = step;
  as_range(v)->length = length;
  return v;
}

static Value range_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "range", kwnames) < 0 || args_count(ts, "range", nargs, 1, 3) < 0) return NULL;
  Value start = nargs > 1 ? num_index(ts, args[0]) : small_int_value(0);
  Value stop = start ? num_index(ts, args[nargs > 1]) : NULL;
  Value step = stop ? nargs > 2 ? num_index(ts, args[2]) : small_int_value(1) : NULL;
  if (step && int_sign(step) == 0) {
    err_format(ts, EXC(ValueError), "range() arg 3 must not be zero");
    CLEAR(step);
  }
  if (step == NULL) {
    xdecref(ts, start);
    xdecref(ts, stop);
    return NULL;
  }
  return make_range(ts, start, stop, step);
}

static void range_dealloc(ThreadState *ts, Value self) {
  Range *r = as_range(self);
  decref(ts, r->start);
  decref(ts, r->stop);
  decref(ts, r->step);
  decref(ts, r->length);
  object_release(ts, self);
}
static Value range_repr(ThreadState *ts, Value self) {
  Range *r = as_range(self);
  if (r->step == small_int_value(1)) return str_format(ts, "range(%R, %R)", r->start, r->stop);
  return str_format(ts, "range(%R, %R, %R)", r->start, r->stop, r->step);
}
static ssize_t range_len(ThreadState *ts, Value self) {
  int64_t n;
  if (int_fits_i64(as_range(self)->length, &n)) return n;
  err_format(ts, EXC(OverflowError), "Python int too large to convert to C ssize_t");
  return -1;
}
static int range_truth(ThreadState *ts, Value self) { return int_sign(as_range(self)->length) > 0; }

/* start + i * step, i an exact int. */
static Value item_at(ThreadState *ts, Range *r, Value i) {
  Value product = num_binary(ts, NB_MULTIPLY, i, r->step);
  Value v = product ? num_binary(ts, NB_ADD, r->start, product) : NULL;
  xdecref(ts, product);
  return v;
}

/* One end of a slice as an exact int within [low, high]: OWNED. CPython: _PySlice_GetLongIndices. */
static Value clip_end(ThreadState *ts, Value end, Value length, Value low, Value high) {
  Value i = num_index(ts, end);
  if (i == NULL) return NULL;
  if (int_sign(i) < 0) {
    Value moved = num_binary(ts, NB_ADD, i, length);
    decref(ts, i);
    if ((i = moved) == NULL) return NULL;
  }
  Value bound = int_compare(i, low) < 0 ? low : int_compare(i, high) > 0 ? high : NULL;
  if (bound == NULL) return i;
  decref(ts, i);
  return incref(bound);
}

/* slice.indices() with ints of any size: parts[] get start, stop, step, OWNED; -1 with an exception. */
static int slice_indices_big(ThreadState *ts, Slice *s, Value length, Value parts[3]) {
  Value one = small_int_value(1), minus_one = small_int_value(-1);
  Value step = s->step == V_NONE ? one : has_index(ts, s->step) ? num_index(ts, s->step) : err_format(ts, EXC(TypeError), "slice indices must be integers or None or have an __index__ method");
  if (step == NULL) return -1;
  bool down = int_sign(step) < 0;
  Value last = num_binary(ts, NB_SUBTRACT, length, one), low = down ? minus_one : small_int_value(0), high = down ? last : length;
  Value ends[2] = {s->start, s->stop}, defaults[2] = {down ? high : low, down ? low : high};
  parts[0] = parts[1] = NULL;
  parts[2] = step;
  if (int_sign(step) == 0) err_format(ts, EXC(ValueError), "slice step cannot be zero");
  for (int i = 0; i < 2 && last && !err_occurred(ts); i++) {
    if (ends[i] == V_NONE) parts[i] = incref(defaults[i]);
    else if (has_index(ts, ends[i])) parts[i] = clip_end(ts, ends[i], length, low, high);
    else err_format(ts, EXC(TypeError), "slice indices must be integers or None or have an __index__ method");
  }
  xdecref(ts, last);
  if (!err_occurred(ts)) return 0;
  for (int i = 0; i < 3; i++) CLEAR(parts[i]);
  return -1;
}

static Value big_range_slice(ThreadState *ts, Range *r, Slice *s) {
  Value parts[3];
  if (slice_indices_big(ts, s, r->length, parts) < 0) return NULL;
  Value from = item_at(ts, r, parts[0]), to = item_at(ts, r, parts[1]), stride = num_binary(ts, NB_MULTIPLY, r->step, parts[2]);
  for (int i = 0; i < 3; i++) decref(ts, parts[i]);
  if (from && to && stride) return make_range(ts, from, to, stride);
  xdecref(ts, from);
  xdecref(ts, to);
  xdecref(ts, stride);
  return NULL;
}

static Value range_slice(ThreadState *ts, Range *r, Slice *s) {
  int64_t n;
  if (!int_fits_i64(r->length, &n)) return big_range_slice(ts, r, s);
  ssize_t start, stop, step, count;
  if (slice_indices(ts, (Value)s, n, &start, &stop, &step, &count) < 0) return NULL;
  Value from = item_at(ts, r, small_int_value(start)), to = item_at(ts, r, small_int_value(stop));
  Value stride = num_binary(ts, NB_MULTIPLY, r->step, small_int_value(step));
  if (from && to && stride) return make_range(ts, from, to, stride);
  xdecref(ts, from);
  xdecref(ts, to);
  xdecref(ts, stride);
  return NULL;
}

static Value range_getitem(ThreadState *ts, Value self, Value key) {
  Range *r = as_range(self);
  if (is_object(key) && key->kind == K_SLICE) return range_slice(ts, r, (Slice *)key);
  if (!has_index(ts, key)) return err_format(ts, EXC(TypeError), "range indices must be integers or slices, not %T", key);
  Value i = num_index(ts, key), v = NULL;
  if (i == NULL) return NULL;
  if (int_sign(i) < 0) {
    Value moved = num_binary(ts, NB_ADD, i, r->length);
    decref(ts, i);
    if ((i = moved) == NULL) return NULL;
  }
  if (int_sign(i) < 0 || int_compare(i, r->length) >= 0) err_format(ts, EXC(IndexError), "range object index out of range");
  else v = item_at(ts, r, i);
  decref(ts, i);
  return v;
}

/* The index of an exact int in the range: OWNED, or NULL without exception when it is not in it. */
static Value index_of(ThreadState *ts, Range *r, Value item) {
  bool up = int_sign(r->step) > 0;
  if (up ? int_compare(item, r->start) < 0 || int_compare(item, r->stop) >= 0 : int_compare(item, r->start) > 0 || int_compare(item, r->stop) <= 0) return NULL;
  Value offset = num_binary(ts, NB_SUBTRACT, item, r->start);
  Value rest = offset ? num_binary(ts, NB_REMAINDER, offset, r->step) : NULL, i = NULL;
  if (rest && int_sign(rest) == 0) i = num_binary(ts, NB_FLOOR_DIVIDE, offset, r->step);
  xdecref(ts, offset);
  xdecref(ts, rest);
  return i;
}
static bool is_exact_int(Value v) { return kind_of(v) == K_INT || is_bool(v); }

static int range_contains(ThreadState *ts, Value self, Value item) {
  if (is_exact_int(item)) {
    Value i = index_of(ts, as_range(self), int_value(item));
    if (i == NULL) return err_occurred(ts) ? -1 : 0;
    decref(ts, i);
    return 1;
  }
  Value it = iter_of(ts, self);
  if (it == NULL) return -1;
  int found = 0;
  while (found == 0) {
    Value v = iter_next(ts, it);
    if (v == NULL) break;
    found = equals(ts, v, item);
    decref(ts, v);
  }
  decref(ts, it);
  return err_occurred(ts) ? -1 : found;
}

static Value range_index(NATIVE_ARGS) {
  if (is_exact_int(args[0])) {
    Value i = index_of(ts, as_range(self), int_value(args[0]));
    if (i || err_occurred(ts)) return i;
    return err_format(ts, EXC(ValueError), "%R is not in range", args[0]);
  }
  Value it = iter_of(ts, self);
  for (ssize_t at = 0; it; at++) {
    Value v = iter_next(ts, it);
    int found = v ? equals(ts, v, args[0]) : -1;
    xdecref(ts, v);
    if (found == 0) continue;
    decref(ts, it);
    if (found > 0) return int_from_i64(ts, at);
    return err_occurred(ts) ? NULL : err_format(ts, EXC(ValueError), "sequence.index(x): x not in sequence");
  }
  return NULL;
}
static Value range_count(NATIVE_ARGS) {
  if (is_exact_int(args[0])) {
    int in = range_contains(ts, self, args[0]);
    return in < 0 ? NULL : small_int_value(in);
  }
  Value it = iter_of(ts, self);
  int64_t n = 0;
  while (it) {
    Value v = iter_next(ts, it);
    if (v == NULL) break;
    int same = equals(ts, v, args[0]);
    decref(ts, v);
    if (same < 0) break;
    n += same;
  }
  xdecref(ts, it);
  return err_occurred(ts) ? NULL : int_from_i64(ts, n);
}

static Value range_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_object(b) || !is_kind(b, K_RANGE)) return V_NOT_IMPLEMENTED;
  Range *x = as_range(a), *y = as_range(b);
  bool eq = int_compare(x->length, y->length) == 0;
  if (eq && int_sign(x->length) > 0) {
    eq = int_compare(x->start, y->start) == 0;
    if (eq && x->length != small_int_value(1)) eq = int_compare(x->step, y->step) == 0;
  }
  return bool_value(op == CMP_EQ ? eq : !eq);
}
static int64_t range_hash(ThreadState *ts, Value self) {
  Range *r = as_range(self);
  bool empty = int_sign(r->length) == 0, one = r->length == small_int_value(1);
  Value t = tuple_of3(ts, r->length, empty ? V_NONE : r->start, empty || one ? V_NONE : r->step);
  int64_t h = t ? hash_of(ts, t) : -1;
  xdecref(ts, t);
  return h;
}

/* ---- iterating ---- */

static Value big_iter(ThreadState *ts, Value range, bool reverse);

Value range_iterator_new(ThreadState *ts, int64_t start, int64_t step, int64_t count) {
  Value v = object_alloc_raw(ts, TYPE(RANGE_ITERATOR), sizeof(RangeIterator));
  if (v == NULL) return NULL;
  RangeIterator *it = (RangeIterator *)v;
  it->next = start;
  it->step = step;
  it->left = it->count = count;
  return v;
}

static bool is_short(Range *r, int64_t *start, int64_t *step, int64_t *count) {
  const int64_t limit = (int64_t)1 << 60;
  if (!is_small_int(r->start) || !is_small_int(r->step) || !is_small_int(r->stop) || !is_small_int(r->length)) return false;
  *start = small_int(r->start);
  *step = small_int(r->step);
  *count = small_int(r->length);
  int64_t stop = small_int(r->stop);
  return *start < limit && *start > -limit && stop < limit && stop > -limit && *step < limit && *step > -limit;
}

static Value range_iter(ThreadState *ts, Value self) {
  int64_t start, step, count;
  if (is_short(as_range(self), &start, &step, &count)) return range_iterator_new(ts, start, step, count);
  return big_iter(ts, self, false);
}
static Value range_reversed(NATIVE_ARGS) {
  int64_t start, step, count;
  if (is_short(as_range(self), &start, &step, &count)) return range_iterator_new(ts, start + (count - 1) * step, -step, count);
  return big_iter(ts, self, true);
}

static Value range_iterator_next(ThreadState *ts, Value self) {
  RangeIterator *it = (RangeIterator *)self;
  ssize_t left = RACY_LOAD(it->left);
  if (left <= 0) return NULL;
  RACY_STORE(it->left, left - 1);
  int64_t v = RACY_LOAD(it->next);
  RACY_STORE(it->next, v + it->step);
  return small_int_value(v);
}
static Value self_iter(ThreadState *ts, Value self) { return incref(self); }
static Value range_iterator_hint(NATIVE_ARGS) { return int_from_i64(ts, RACY_LOAD(((RangeIterator *)self)->left)); }
static Value range_iterator_reduce(NATIVE_ARGS) {
  RangeIterator *it = (RangeIterator *)self;
  int64_t left = RACY_LOAD(it->left), done = it->count - left, start = RACY_LOAD(it->next) - it->step * done;
  Value iter = dict_get_cstr(ts, (Value)ts->interp->builtins, "iter");
  if (iter == NULL) return err_occurred(ts) ? NULL : err_format(ts, EXC(AttributeError), "iter");
  Value whole = make_range(ts, int_from_i64(ts, start), int_from_i64(ts, start + it->step * it->count), int_from_i64(ts, it->step));
  Value argument = whole ? tuple_of1(ts, whole) : NULL;
  xdecref(ts, whole);
  return argument ? tuple_steal3(ts, incref(iter), argument, int_from_i64(ts, done)) : NULL;
}
static Value range_iterator_setstate(NATIVE_ARGS) {
  RangeIterator *it = (RangeIterator *)self;
  ssize_t done = arg_as_ssize(ts, args[0]);
  if (done == -1 && err_occurred(ts)) return NULL;
  if (done < 0) done = 0;
  if (done > it->count) done = it->count;
  int64_t start = RACY_LOAD(it->next) - it->step * (it->count - RACY_LOAD(it->left));
  RACY_STORE(it->next, start + it->step * done);
  RACY_STORE(it->left, it->count - done);
  return V_NONE;
}
static const MethodDef range_iterator_methods[] = {{"__length_hint__", range_iterator_hint, 0, 0, 0, NULL}, {"__reduce__", range_iterator_reduce, 0, 0, 0, NULL}, {"__setstate__", range_iterator_setstate, 1, 1, 0, NULL}, {0}};

Type *type_range_iterator_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "range_iterator", .size = sizeof(RangeIterator), .flags = TYPE_NO_NEW, .slots = {.dealloc = object_release, .iter = self_iter, .next = range_iterator_next}, .methods = range_iterator_methods};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_RANGE_ITERATOR);
}

/* Ranges past 60 bits are rare: they go through __getitem__. */
static Value big_iter(ThreadState *ts, Value range, bool reverse) {
  if (!reverse) return iter_of_sequence_protocol(ts, range);
  Value index = num_binary(ts, NB_SUBTRACT, as_range(range)->length, small_int_value(1));
  if (index == NULL) return NULL;
  Range *r = as_range(range);
  Value last = item_at(ts, r, index), stop = num_binary(ts, NB_SUBTRACT, r->start, r->step), step = num_negative(ts, r->step);
  decref(ts, index);
  Value mirrored = last && stop && step ? make_range(ts, last, stop, step) : NULL;
  if (mirrored == NULL) return NULL;
  Value it = iter_of_sequence_protocol(ts, mirrored);
  decref(ts, mirrored);
  return it;
}

static Value get_start(ThreadState *ts, Value self) { return incref(as_range(self)->start); }
static Value get_stop(ThreadState *ts, Value self) { return incref(as_range(self)->stop); }
static Value get_step(ThreadState *ts, Value self) { return incref(as_range(self)->step); }
static Value range_reduce(NATIVE_ARGS) {
  Range *r = as_range(self);
  return tuple_steal2(ts, incref((Value)TYPE(RANGE)), tuple_of3(ts, r->start, r->stop, r->step));
}
static const MethodDef range_methods[] = {
    {"__reversed__", range_reversed, 0, 0, 0, "Return a reverse iterator."},
    {"__reduce__", range_reduce, 0, 0, 0, NULL},
    {"count", range_count, 1, 1, 0, "rangeobject.count(value) -> integer -- return number of occurrences of value"},
    {"index", range_index, 1, 1, 0, "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present."},
    {0}};
static const GetSetDef range_getsets[] = {{"start", get_start, readonly_attribute, NULL}, {"stop", get_stop, readonly_attribute, NULL}, {"step", get_step, readonly_attribute, NULL}, {0}};

Type *type_range_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "range",
      .doc = "range(stop) -> range object\nrange(start, stop[, step]) -> range object",
      .size = sizeof(Range),
      .flags = TYPE_SEQUENCE,
      .slots = {.dealloc = range_dealloc, .repr = range_repr, .hash = range_hash, .compare = range_compare, .iter = range_iter, .len = range_len,
                .truth = range_truth, .getitem = range_getitem, .contains = range_contains, .new = range_new},
      .methods = range_methods,
      .getsets = range_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_RANGE);
}

/* ---- slice ---- */

Value slice_new(ThreadState *ts, Value start, Value stop, Value step) {
  Value v = object_alloc_raw(ts, TYPE(SLICE), sizeof(Slice));
  if (v == NULL) return NULL;
  ((Slice *)v)->start = incref(start);
  ((Slice *)v)->stop = incref(stop);
  ((Slice *)v)->step = incref(step);
  return v;
}
static Value slice_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "slice", kwnames) < 0 || args_count(ts, "slice", nargs, 1, 3) < 0) return NULL;
  return slice_new(ts, nargs > 1 ? args[0] : V_NONE, args[nargs > 1], nargs > 2 ? args[2] : V_NONE);
}
static void slice_dealloc(ThreadState *ts, Value self) {
  Slice *s = (Slice *)self;
  decref(ts, s->start);
  decref(ts, s->stop);
  decref(ts, s->step);
  object_release(ts, self);
}
static int slice_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Slice *)self)->start);
  VISIT(((Slice *)self)->stop);
  VISIT(((Slice *)self)->step);
  return 0;
}
static Value slice_repr(ThreadState *ts, Value self) {
  Slice *s = (Slice *)self;
  return str_format(ts, "slice(%R, %R, %R)", s->start, s->stop, s->step);
}
static Value slice_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_object(b) || !is_kind(b, K_SLICE)) return V_NOT_IMPLEMENTED;
  Slice *x = (Slice *)a, *y = (Slice *)b;
  Value s = tuple_of3(ts, x->start, x->stop, x->step), t = tuple_of3(ts, y->start, y->stop, y->step);
  Value r = s && t ? compare(ts, s, t, op) : NULL;
  xdecref(ts, s);
  xdecref(ts, t);
  return r;
}
static Value slice_start(ThreadState *ts, Value self) { return incref(((Slice *)self)->start); }
static Value slice_stop(ThreadState *ts, Value self) { return incref(((Slice *)self)->stop); }
static Value slice_step(ThreadState *ts, Value self) { return incref(((Slice *)self)->step); }
static Value slice_indices_py(NATIVE_ARGS) {
  Value length = num_index(ts, args[0]), parts[3];
  if (length == NULL) return NULL;
  if (int_sign(length) < 0) err_format(ts, EXC(ValueError), "length should not be negative");
  int failed = err_occurred(ts) ? -1 : slice_indices_big(ts, (Slice *)self, length, parts);
  decref(ts, length);
  return failed ? NULL : tuple_steal3(ts, parts[0], parts[1], parts[2]);
}
static Value slice_reduce(NATIVE_ARGS) {
  Slice *s = (Slice *)self;
  return tuple_steal2(ts, incref((Value)TYPE(SLICE)), tuple_of3(ts, s->start, s->stop, s->step));
}
static const MethodDef slice_methods[] = {{"indices", slice_indices_py, 1, 1, 0, "S.indices(len) -> (start, stop, stride)"}, {"__reduce__", slice_reduce, 0, 0, 0, NULL}, {0}};
static const GetSetDef slice_getsets[] = {{"start", slice_start, readonly_attribute, NULL}, {"stop", slice_stop, readonly_attribute, NULL}, {"step", slice_step, readonly_attribute, NULL}, {0}};
static int64_t slice_hash(ThreadState *ts, Value self) {
  err_format(ts, EXC(TypeError), "unhashable type: 'slice'");
  return -1;
}

Type *type_slice_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "slice",
      .doc = "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
      .size = sizeof(Slice),
      .flags = TYPE_GC,
      .slots = {.dealloc = slice_dealloc, .traverse = slice_traverse, .repr = slice_repr, .compare = slice_compare, .hash = slice_hash, .new = slice_new_py},
      .methods = slice_methods,
      .getsets = slice_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_SLICE);
}
