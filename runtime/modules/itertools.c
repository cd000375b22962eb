/* itertools.c - the module itertools: iterators made of iterators.
 * All but tee (itertools_tee.c) share one struct: up to five values, four numbers and an array of indices; each type's comment names its own.
 * Keeps true: a value that user code could drop while it runs is held during the call; NULL in v[0] means used up.
 * Next: types/iterators.c (zip, map ...). CPython: Modules/itertoolsmodule.c. */
#include "runtime/modules/itertools_tee.h"

typedef struct {
  Object base;
  Value v[5];
  int64_t n[4];
  ssize_t *indices;
  void *mark; /* groupby: the group being read, not owned; a group that dies takes itself out */
} Iter;
static inline Iter *as_iter(Value v) { return (Iter *)v; }

static void iter_dealloc(ThreadState *ts, Value self) {
  for (int i = 0; i < 5; i++) xdecref(ts, as_iter(self)->v[i]);
  mem_free(ts, as_iter(self)->indices);
  object_release(ts, self);
}
static int iter_traverse(Value self, Visit visit, void *arg) {
  for (int i = 0; i < 5; i++) VISIT(as_iter(self)->v[i]);
  return 0;
}
static int iter_clear(ThreadState *ts, Value self) {
  for (int i = 0; i < 5; i++) CLEAR(as_iter(self)->v[i]);
  return 0;
}
/* A new instance that takes over the values; NULL among the first `needed` means an error happened before. */
static Value iter_make(ThreadState *ts, Type *type, int needed, STEALS Value a, STEALS Value b, STEALS Value c) {
  bool good = (needed < 1 || a) && (needed < 2 || b) && (needed < 3 || c);
  Value self = good ? object_new_instance(ts, type) : NULL;
  if (self == NULL) {
    xdecref(ts, a);
    xdecref(ts, b);
    xdecref(ts, c);
    return NULL;
  }
  as_iter(self)->v[0] = a;
  as_iter(self)->v[1] = b;
  as_iter(self)->v[2] = c;
  return self;
}
static int no_keywords(ThreadState *ts, Type *type, const char *name, Value kwnames) { return type->flags & TYPE_HEAP ? 0 : args_no_keywords(ts, name, kwnames); }
/* The next item of the iterator in v[i], which is held meanwhile. */
static inline Value held_next(ThreadState *ts, Iter *it, int i) {
  Value source = incref(it->v[i]);
  Value item = iter_next(ts, source);
  decref(ts, source);
  return item;
}
static Value state_type(ThreadState *ts, Value self) { return incref((Value)type_of(ts, self)); }

/* ---- count: v = next value, step ---- */

static bool is_number(ThreadState *ts, Value v) {
  Slots *s = &type_of(ts, v)->slots;
  return is_int(v) || is_float(v) || s->to_int || s->to_float || s->index || is_layout(v, K_COMPLEX);
}
static Value count_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"start", "step"};
  static const ArgSpec spec = {"count", 0, 2, 0, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if ((given[0] && !is_number(ts, given[0])) || (given[1] && !is_number(ts, given[1]))) return err_format(ts, EXC(TypeError), "a number is required");
  return iter_make(ts, type, 2, given[0] ? incref(given[0]) : small_int_value(0), given[1] ? incref(given[1]) : small_int_value(1), NULL);
}
static Value count_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  Value r = it->v[0];
  if (LIKELY(r && both_small_int(r, it->v[1]))) {
    it->v[0] = int_from_i64(ts, small_int(r) + small_int(it->v[1]));
    return r;
  }
  if (r == NULL) return NULL;
  Value next = num_binary(ts, NB_ADD, r, it->v[1]);
  if (next == NULL) return NULL;
  r = it->v[0];
  it->v[0] = next;
  return r;
}
static bool is_one(Value v) { return v == small_int_value(1); }
static Value count_repr(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  return is_one(it->v[1]) ? str_format(ts, "%U(%R)", type_of(ts, self)->name, it->v[0]) : str_format(ts, "%U(%R, %R)", type_of(ts, self)->name, it->v[0], it->v[1]);
}
static Value count_reduce(NATIVE_ARGS) {
  Iter *it = as_iter(self);
  return tuple_steal2(ts, state_type(ts, self), is_one(it->v[1]) ? tuple_of1(ts, it->v[0]) : tuple_of2(ts, it->v[0], it->v[1]));
}
static const MethodDef count_methods[] = {{"__reduce__", count_reduce, 0, 0, 0, "Return state information for pickling."}, {0}};

/* ---- cycle: v = iterator (NULL: used up), list of what it gave; n = index ---- */

static Value cycle_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (no_keywords(ts, type, "cycle", kwnames) < 0 || args_count(ts, "cycle", nargs, 1, 1) < 0) return NULL;
  Value it = iter_of(ts, args[0]);
  return iter_make(ts, type, 2, it, it ? list_new(ts, 0) : NULL, NULL);
}
static Value cycle_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  if (it->v[0]) {
    Value item = held_next(ts, it, 0);
    if (item) {
      if (it->v[1] && list_append(ts, it->v[1], item) < 0) {
        decref(ts, item);
        return NULL;
      }
      return item;
    }
    if (err_occurred(ts)) return NULL;
    CLEAR(it->v[0]);
  }
  if (it->v[1] == NULL || list_len(it->v[1]) == 0) return NULL;
  if (it->n[0] >= list_len(it->v[1])) it->n[0] = 0;
  return incref(list_get(it->v[1], it->n[0]++));
}

/* ---- repeat: v = object; n = how often still (-1: for ever) ---- */

static Value repeat_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"object", "times"};
  static const ArgSpec spec = {"repeat", 0, 2, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  ssize_t n = given[1] ? num_as_ssize(ts, given[1], EXC(OverflowError)) : -1;
  if (given[1] && n == -1 && err_occurred(ts)) return NULL;
  Value self = iter_make(ts, type, 1, incref(given[0]), NULL, NULL);
  if (self) as_iter(self)->n[0] = given[1] && n < 0 ? 0 : n;
  return self;
}
static Value repeat_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  if (it->n[0] == 0 || it->v[0] == NULL) return NULL;
  if (it->n[0] > 0) it->n[0]--;
  return incref(it->v[0]);
}
static Value repeat_repr(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  return it->n[0] < 0 ? str_format(ts, "%U(%R)", type_of(ts, self)->name, it->v[0]) : str_format(ts, "%U(%R, %lld)", type_of(ts, self)->name, it->v[0], (long long)it->n[0]);
}
static Value repeat_hint(NATIVE_ARGS) {
  if (as_iter(self)->n[0] < 0) return err_format(ts, EXC(TypeError), "len() of unsized object");
  return int_from_i64(ts, as_iter(self)->n[0]);
}
static Value repeat_reduce(NATIVE_ARGS) {
  Iter *it = as_iter(self);
  return tuple_steal2(ts, state_type(ts, self), it->n[0] < 0 ? tuple_of1(ts, it->v[0]) : tuple_steal2(ts, incref(it->v[0]), int_from_i64(ts, it->n[0])));
}
static const MethodDef repeat_methods[] = {{"__length_hint__", repeat_hint, 0, 0, 0, "Private method returning an estimate of len(list(it))."},
                                           {"__reduce__", repeat_reduce, 0, 0, 0, "Return state information for pickling."},
                                           {0}};

/* ---- accumulate: v = iterator, function or NULL, total or NULL, initial or NULL ---- */

static Value accumulate_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"iterable", "func", "initial"};
  static const ArgSpec spec = {"accumulate", 0, 2, 1, 3, names};
  Value given[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value self = iter_make(ts, type, 1, iter_of(ts, given[0]), given[1] && given[1] != V_NONE ? incref(given[1]) : NULL, NULL);
  if (self && given[2] && given[2] != V_NONE) as_iter(self)->v[3] = incref(given[2]);
  return self;
}
static Value accumulate_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  if (it->v[3]) {
    it->v[2] = it->v[3];
    it->v[3] = NULL;
    return incref(it->v[2]);
  }
  if (it->v[0] == NULL) return NULL;
  Value item = iter_next(ts, it->v[0]);
  if (item == NULL) return NULL;
  if (it->v[2] == NULL) {
    it->v[2] = incref(item);
    return item;
  }
  Value old = incref(it->v[2]);
  Value total = it->v[1] ? call2(ts, it->v[1], old, item) : num_binary(ts, NB_ADD, old, item);
  decref(ts, old);
  decref(ts, item);
  if (total == NULL) return NULL;
  replace(ts, &it->v[2], incref(total));
  return total;
}

/* ---- chain: v = iterator over the iterables, the one being read ---- */

static Value chain_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (no_keywords(ts, type, "chain", kwnames) < 0) return NULL;
  Value all = tuple_from_items(ts, args, nargs);
  Value it = all ? iter_of(ts, all) : NULL;
  xdecref(ts, all);
  return iter_make(ts, type, 1, it, NULL, NULL);
}
static Value chain_from_iterable(NATIVE_ARGS) { return iter_make(ts, (Type *)self, 1, iter_of(ts, args[0]), NULL, NULL); }
static Value chain_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  while (it->v[0]) {
    if (it->v[1] == NULL) {
      Value iterable = held_next(ts, it, 0);
      if (iterable == NULL) {
        if (!err_occurred(ts)) CLEAR(it->v[0]);
        else {
          Value pending = err_fetch(ts);
          CLEAR(it->v[0]);
          err_restore(ts, pending);
        }
        return NULL;
      }
      Value active = iter_of(ts, iterable);
      decref(ts, iterable);
      if (active == NULL) {
        Value pending = err_fetch(ts);
        CLEAR(it->v[0]);
        err_restore(ts, pending);
        return NULL;
      }
      replace(ts, &it->v[1], active);
    }
    Value item = held_next(ts, it, 1);
    if (item) return item;
    if (err_occurred(ts)) return NULL;
    CLEAR(it->v[1]);
  }
  return NULL;
}
static Value class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }
static Value chain_reduce(NATIVE_ARGS) {
  Iter *it = as_iter(self);
  if (it->v[0] == NULL) return tuple_steal2(ts, state_type(ts, self), incref(ts->interp->empty_tuple));
  return tuple_steal3(ts, state_type(ts, self), incref(ts->interp->empty_tuple), it->v[1] ? tuple_of2(ts, it->v[0], it->v[1]) : tuple_of1(ts, it->v[0]));
}
static Value chain_setstate(NATIVE_ARGS) {
  if (!is_tuple(args[0]) || tuple_len(args[0]) < 1 || tuple_len(args[0]) > 2) return err_format(ts, EXC(TypeError), "state is not a tuple");
  for (ssize_t i = 0; i < tuple_len(args[0]); i++)
    if (!is_iterator(ts, tuple_get(args[0], i))) return err_format(ts, EXC(TypeError), "Arguments must be iterators.");
  replace(ts, &as_iter(self)->v[0], incref(tuple_get(args[0], 0)));
  replace(ts, &as_iter(self)->v[1], tuple_len(args[0]) > 1 ? incref(tuple_get(args[0], 1)) : NULL);
  return V_NONE;
}
static const MethodDef chain_methods[] = {{"from_iterable", chain_from_iterable, 1, 1, METHOD_CLASS, "from_iterable($type, iterable, /)\n--\n\nChain the items of one iterable."},
                                          {"__class_getitem__", class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"},
                                          {"__reduce__", chain_reduce, 0, 0, 0, "Return state information for pickling."},
                                          {"__setstate__", chain_setstate, 1, 1, 0, "Set state information for unpickling."},
                                          {0}};

/* ---- compress: v = data, selectors ---- */

static Value compress_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"data", "selectors"};
  static const ArgSpec spec = {"compress", 0, 2, 2, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value data = iter_of(ts, given[0]);
  return iter_make(ts, type, 2, data, data ? iter_of(ts, given[1]) : NULL, NULL);
}
static Value compress_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  while (it->v[0] && it->v[1]) {
    Value item = iter_next(ts, it->v[0]);
    if (item == NULL) return NULL;
    Value selector = iter_next(ts, it->v[1]);
    int keep = selector ? truth(ts, selector) : -1;
    xdecref(ts, selector);
    if (keep > 0) return item;
    decref(ts, item);
    if (keep < 0) return NULL;
  }
  return NULL;
}

/* ---- dropwhile, takewhile, filterfalse, starmap: v = function, iterator; n = started / stopped ---- */

static Value function_new_iter(ThreadState *ts, Type *type, const char *name, Value *args, ssize_t nargs, Value kwnames) {
  if (no_keywords(ts, type, name, kwnames) < 0 || args_count(ts, name, nargs, 2, 2) < 0) return NULL;
  Value it = iter_of(ts, args[1]);
  return iter_make(ts, type, 2, it ? incref(args[0]) : NULL, it, NULL);
}
static int ask(ThreadState *ts, Value function, Value item) {
  Value r = call1(ts, function, item);
  int yes = r ? truth(ts, r) : -1;
  xdecref(ts, r);
  return yes;
}
static Value dropwhile_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return function_new_iter(ts, type, "dropwhile", args, nargs, kwnames); }
static Value dropwhile_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  while (it->v[1]) {
    Value item = iter_next(ts, it->v[1]);
    if (item == NULL || it->n[0]) return item;
    int drop = ask(ts, it->v[0], item);
    if (drop == 0) {
      it->n[0] = 1;
      return item;
    }
    decref(ts, item);
    if (drop < 0) return NULL;
  }
  return NULL;
}
static Value takewhile_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return function_new_iter(ts, type, "takewhile", args, nargs, kwnames); }
static Value takewhile_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  Value item = it->n[0] || it->v[1] == NULL ? NULL : iter_next(ts, it->v[1]);
  if (item == NULL) return NULL;
  int take = ask(ts, it->v[0], item);
  if (take > 0) return item;
  decref(ts, item);
  if (take == 0) it->n[0] = 1;
  return NULL;
}
static Value filterfalse_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return function_new_iter(ts, type, "filterfalse", args, nargs, kwnames); }
static Value filterfalse_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  while (it->v[1]) {
    Value item = iter_next(ts, it->v[1]);
    if (item == NULL) return NULL;
    int drop = it->v[0] == V_NONE || it->v[0] == (Value)TYPE(BOOL) ? truth(ts, item) : ask(ts, it->v[0], item);
    if (drop == 0) return item;
    decref(ts, item);
    if (drop < 0) return NULL;
  }
  return NULL;
}
static Value starmap_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return function_new_iter(ts, type, "starmap", args, nargs, kwnames); }
static Value starmap_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  Value item = it->v[1] ? iter_next(ts, it->v[1]) : NULL;
  if (item == NULL) return NULL;
  if (!is_kind(item, K_TUPLE)) {
    Value t = tuple_from_iterable(ts, item);
    decref(ts, item);
    if (t == NULL) return NULL;
    item = t;
  }
  Value r = call(ts, it->v[0], tuple_items(item), tuple_len(item), NULL);
  decref(ts, item);
  return r;
}

/* ---- islice: v = iterator; n = next wanted, stop (-1: none), step, how many were read ---- */

static int slice_number(ThreadState *ts, Value v, int64_t none, int64_t low, int64_t *out, const char *complaint) {
  *out = none;
  if (v == V_NONE) return 0;
  ssize_t n = has_index(ts, v) ? num_as_ssize(ts, v, NULL) : -1;
  if (n == -1 && err_occurred(ts)) err_clear(ts);
  *out = n;
  if (n >= low) return 0;
  err_format(ts, EXC(ValueError), "%s", complaint);
  return -1;
}
static Value islice_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  int64_t start = 0, stop, step = 1;
  if (no_keywords(ts, type, "islice", kwnames) < 0 || args_count(ts, "islice", nargs, 2, 4) < 0) return NULL;
  if (slice_number(ts, args[nargs == 2 ? 1 : 2], -1, 0, &stop, nargs == 2 ? "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize." : "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.") < 0) return NULL;
  if (nargs > 2 && slice_number(ts, args[1], 0, 0, &start, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.") < 0) return NULL;
  if (nargs > 3 && slice_number(ts, args[3], 1, 1, &step, "Step for islice() must be a positive integer or None.") < 0) return NULL;
  Value self = iter_make(ts, type, 1, iter_of(ts, args[0]), NULL, NULL);
  if (self) as_iter(self)->n[0] = start, as_iter(self)->n[1] = stop, as_iter(self)->n[2] = step;
  return self;
}
static Value islice_end(ThreadState *ts, Iter *it) {
  Value pending = err_fetch(ts);
  CLEAR(it->v[0]);
  err_restore(ts, pending);
  return NULL;
}
static Value islice_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  int64_t stop = it->n[1];
  if (it->v[0] == NULL) return NULL;
  while (it->n[3] < it->n[0] && (stop < 0 || it->n[3] < stop)) {
    Value skipped = it->v[0] ? held_next(ts, it, 0) : NULL;
    if (skipped == NULL) return islice_end(ts, it);
    decref(ts, skipped);
    it->n[3]++;
  }
  if ((stop >= 0 && it->n[3] >= stop) || it->v[0] == NULL) return islice_end(ts, it);
  Value item = held_next(ts, it, 0);
  if (item == NULL) return islice_end(ts, it);
  it->n[3]++;
  int64_t old = it->n[0];
  if (__builtin_add_overflow(old, it->n[2], &it->n[0]) || (stop >= 0 && it->n[0] > stop)) it->n[0] = stop >= 0 ? stop : INT64_MAX;
  return item;
}

/* ---- pairwise: v = iterator, the item before ---- */

static Value pairwise_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (no_keywords(ts, type, "pairwise", kwnames) < 0 || args_count(ts, "pairwise", nargs, 1, 1) < 0) return NULL;
  return iter_make(ts, type, 1, iter_of(ts, args[0]), NULL, NULL);
}
static Value pairwise_end(ThreadState *ts, Iter *it) {
  Value pending = err_fetch(ts);
  CLEAR(it->v[0]);
  CLEAR(it->v[1]);
  err_restore(ts, pending);
  return NULL;
}
static Value pairwise_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  if (it->v[0] == NULL) return NULL;
  if (it->v[1] == NULL) {
    Value first = held_next(ts, it, 0);
    if (first == NULL) return pairwise_end(ts, it);
    replace(ts, &it->v[1], first);
    if (it->v[0] == NULL) return pairwise_end(ts, it);
  }
  Value old = incref(it->v[1]);
  Value item = held_next(ts, it, 0);
  if (item == NULL) {
    decref(ts, old);
    return pairwise_end(ts, it);
  }
  replace(ts, &it->v[1], incref(item));
  return tuple_steal2(ts, old, item);
}

/* ---- product: v = tuple of pools (tuples); indices; n = state ---- */

enum { FRESH, RUNNING, STOPPED };
static int give_indices(ThreadState *ts, Value self, ssize_t n) {
  as_iter(self)->indices = mem_alloc_zeroed(ts, (size_t)(n ? n : 1) * sizeof(ssize_t));
  return as_iter(self)->indices ? 0 : -1;
}
static Value product_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  ssize_t repeat = 1;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++) {
    if (!str_equal_cstr(tuple_get(kwnames, k), "repeat")) return err_format(ts, EXC(TypeError), "'%U' is an invalid keyword argument for product()", tuple_get(kwnames, k));
    repeat = num_as_ssize(ts, args[nargs + k], EXC(OverflowError));
    if (repeat == -1 && err_occurred(ts)) return NULL;
    if (repeat < 0) return err_format(ts, EXC(ValueError), "repeat argument cannot be negative");
  }
  if (nargs && repeat > INT64_MAX / 64 / nargs) return err_format(ts, EXC(OverflowError), "repeat argument too large");
  ssize_t n = repeat == 0 ? 0 : nargs * repeat;
  Value pools = tuple_new(ts, n);
  bool empty = false;
  for (ssize_t i = 0; pools && i < n; i++) {
    Value pool = i < nargs ? tuple_from_iterable(ts, args[i]) : incref(tuple_get(pools, i - nargs));
    if (pool == NULL) CLEAR(pools);
    else tuple_set(pools, i, pool), empty = empty || tuple_len(pool) == 0;
  }
  Value self = iter_make(ts, type, 1, pools, NULL, NULL);
  if (self && give_indices(ts, self, n) < 0) CLEAR(self);
  if (self && empty) as_iter(self)->n[0] = STOPPED;
  return self;
}
static Value product_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  Value pools = it->v[0];
  if (pools == NULL || it->n[0] == STOPPED) return NULL;
  ssize_t n = tuple_len(pools), i = n - 1;
  if (it->n[0] == FRESH) {
    it->n[0] = RUNNING;
  } else {
    for (; i >= 0; i--) {
      if (++it->indices[i] < tuple_len(tuple_get(pools, i))) break;
      it->indices[i] = 0;
    }
    if (i < 0) {
      it->n[0] = STOPPED;
      return NULL;
    }
  }
  Value r = tuple_new(ts, n);
  for (ssize_t k = 0; r && k < n; k++) tuple_set(r, k, incref(tuple_get(tuple_get(pools, k), it->indices[k])));
  return r;
}

/* ---- combinations, with replacement, permutations: v = pool; n = state, r; indices ---- */

static Value pool_make(ThreadState *ts, Type *type, Value iterable, Value r_or_null, bool default_all) {
  Value pool = tuple_from_iterable(ts, iterable);
  if (pool == NULL) return NULL;
  ssize_t n = tuple_len(pool), r = n;
  if (!(default_all && (r_or_null == NULL || r_or_null == V_NONE))) {
    if (default_all && !is_int(r_or_null)) {
      decref(ts, pool);
      return err_format(ts, EXC(TypeError), "Expected int as r");
    }
    r = num_as_ssize(ts, r_or_null, EXC(OverflowError));
    if (r == -1 && err_occurred(ts)) {
      decref(ts, pool);
      return NULL;
    }
  }
  if (r < 0) {
    decref(ts, pool);
    return err_format(ts, EXC(ValueError), "r must be non-negative");
  }
  Value self = iter_make(ts, type, 1, pool, NULL, NULL);
  if (self == NULL) return NULL;
  as_iter(self)->n[1] = r;
  if (r > INT64_MAX / 64) {
    decref(ts, self);
    return err_no_memory(ts);
  }
  if (give_indices(ts, self, n + r) < 0) CLEAR(self);
  return self;
}
static Value pick(ThreadState *ts, Iter *it) {
  ssize_t r = it->n[1];
  Value t = tuple_new(ts, r);
  for (ssize_t i = 0; t && i < r; i++) tuple_set(t, i, incref(tuple_get(it->v[0], it->indices[i])));
  return t;
}
static int bind_pool(ThreadState *ts, const char *name, int required, Value *args, ssize_t nargs, Value kwnames, Value *given) {
  static const char *const names[] = {"iterable", "r"};
  ArgSpec spec = {name, 0, 2, required, 2, names};
  return args_bind(ts, &spec, args, nargs, kwnames, given);
}
static Value combinations_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value given[2];
  if (bind_pool(ts, "combinations", 2, args, nargs, kwnames, given) < 0) return NULL;
  Value self = pool_make(ts, type, given[0], given[1], false);
  if (self == NULL) return NULL;
  Iter *it = as_iter(self);
  if (it->n[1] > tuple_len(it->v[0])) it->n[0] = STOPPED;
  else
    for (ssize_t i = 0; i < it->n[1]; i++) it->indices[i] = i;
  return self;
}
static Value combinations_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  if (it->v[0] == NULL || it->n[0] == STOPPED) return NULL;
  if (it->n[0] == FRESH) {
    it->n[0] = RUNNING;
    return pick(ts, it);
  }
  ssize_t n = tuple_len(it->v[0]), r = it->n[1], i = r - 1;
  while (i >= 0 && it->indices[i] == i + n - r) i--;
  if (i < 0) {
    it->n[0] = STOPPED;
    return NULL;
  }
  it->indices[i]++;
  for (i++; i < r; i++) it->indices[i] = it->indices[i - 1] + 1;
  return pick(ts, it);
}
static Value replacement_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value given[2];
  if (bind_pool(ts, "combinations_with_replacement", 2, args, nargs, kwnames, given) < 0) return NULL;
  Value self = pool_make(ts, type, given[0], given[1], false);
  if (self && tuple_len(as_iter(self)->v[0]) == 0 && as_iter(self)->n[1] > 0) as_iter(self)->n[0] = STOPPED;
  return self;
}
static Value replacement_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  if (it->v[0] == NULL || it->n[0] == STOPPED) return NULL;
  if (it->n[0] == FRESH) {
    it->n[0] = RUNNING;
    return pick(ts, it);
  }
  ssize_t n = tuple_len(it->v[0]), r = it->n[1], i = r - 1;
  while (i >= 0 && it->indices[i] == n - 1) i--;
  if (i < 0) {
    it->n[0] = STOPPED;
    return NULL;
  }
  ssize_t next = it->indices[i] + 1;
  for (; i < r; i++) it->indices[i] = next;
  return pick(ts, it);
}
/* permutations: indices[0..n) is the order, then r counters of how many swaps each place still makes. */
static Value permutations_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value given[2];
  if (bind_pool(ts, "permutations", 1, args, nargs, kwnames, given) < 0) return NULL;
  Value self = pool_make(ts, type, given[0], given[1], true);
  if (self == NULL) return NULL;
  Iter *it = as_iter(self);
  ssize_t n = tuple_len(it->v[0]), r = it->n[1];
  if (r > n) it->n[0] = STOPPED;
  for (ssize_t i = 0; i < n; i++) it->indices[i] = i;
  for (ssize_t i = 0; i < r && r <= n; i++) it->indices[n + i] = n - i;
  return self;
}
static Value permutations_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  if (it->v[0] == NULL || it->n[0] == STOPPED) return NULL;
  if (it->n[0] == FRESH) {
    it->n[0] = RUNNING;
    return pick(ts, it);
  }
  ssize_t n = tuple_len(it->v[0]), *order = it->indices, *left = it->indices + n;
  for (ssize_t i = it->n[1] - 1; i >= 0; i--) {
    if (--left[i] == 0) { /* all swaps made: move this one to the end */
      ssize_t first = order[i];
      memmove(&order[i], &order[i + 1], (size_t)(n - 1 - i) * sizeof *order);
      order[n - 1] = first;
      left[i] = n - i;
    } else {
      ssize_t other = n - left[i], swap = order[i];
      order[i] = order[other];
      order[other] = swap;
      return pick(ts, it);
    }
  }
  it->n[0] = STOPPED;
  return NULL;
}

/* ---- zip_longest: v = tuple of iterators (None: used up), fill; n = how many are not used up ---- */

static Value zip_longest_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value fill = V_NONE;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++) {
    if (!str_equal_cstr(tuple_get(kwnames, k), "fillvalue")) return err_format(ts, EXC(TypeError), "zip_longest() got an unexpected keyword argument");
    fill = args[nargs + k];
  }
  Value iterators = tuple_new(ts, nargs);
  for (ssize_t i = 0; iterators && i < nargs; i++) {
    Value it = iter_of(ts, args[i]);
    if (it) tuple_set(iterators, i, it);
    else CLEAR(iterators);
  }
  Value self = iter_make(ts, type, 1, iterators, iterators ? incref(fill) : NULL, NULL);
  if (self) as_iter(self)->n[0] = nargs;
  return self;
}
static Value zip_longest_next(ThreadState *ts, Value self) {
  Iter *it = as_iter(self);
  if (it->v[0] == NULL || it->n[0] <= 0) return NULL;
  Value iterators = it->v[0];
  ssize_t n = tuple_len(iterators);
  Value r = tuple_new(ts, n);
  for (ssize_t i = 0; r && i < n; i++) {
    Value source = incref(tuple_get(iterators, i)), item = source == V_NONE ? NULL : iter_next(ts, source);
    decref(ts, source);
    if (item == NULL) {
      if (err_occurred(ts)) it->n[0] = 0;
      else if (source != V_NONE && tuple_get(iterators, i) != V_NONE) replace(ts, &tuple_items(iterators)[i], V_NONE), it->n[0]--;
      if (err_occurred(ts) || it->n[0] <= 0) {
        Value pending = err_fetch(ts);
        decref(ts, r);
        err_restore(ts, pending);
        return NULL;
      }
      item = incref(it->v[1]);
    }
    tuple_set(r, i, item);
  }
  return r;
}

/* ---- groupby: v = iterator, key function or None, wanted key, current key, current value; mark = current group.
 *      _grouper: v = the groupby, its key ---- */

static Value groupby_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"iterable", "key"};
  static const ArgSpec spec = {"groupby", 0, 2, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value it = iter_of(ts, given[0]);
  return iter_make(ts, type, 2, it, it ? incref(given[1] ? given[1] : V_NONE) : NULL, NULL);
}
/* Read one more item: 0, or -1 at the end or on error. */
static int groupby_step(ThreadState *ts, Iter *g) {
  Value value = g->v[0] ? held_next(ts, g, 0) : NULL;
  if (value == NULL) return -1;
  Value key = g->v[1] == V_NONE || g->v[1] == NULL ? incref(value) : call1(ts, g->v[1], value);
  if (key == NULL) {
    decref(ts, value);
    return -1;
  }
  replace(ts, &g->v[4], value);
  replace(ts, &g->v[3], key);
  return 0;
}
static int same_key(ThreadState *ts, Value a, Value b) {
  incref(a);
  incref(b);
  int r = compare_bool(ts, a, b, CMP_EQ);
  decref(ts, a);
  decref(ts, b);
  return r;
}
static Value groupby_next(ThreadState *ts, Value self) {
  Iter *g = as_iter(self);
  RACY_STORE(g->mark, NULL);
  for (;;) {
    if (g->v[3]) {
      if (g->v[2] == NULL) break;
      int same = same_key(ts, g->v[2], g->v[3]);
      if (same < 0) return NULL;
      if (same == 0) break;
    }
    if (groupby_step(ts, g) < 0) return NULL;
  }
  if (g->v[3] == NULL) return NULL;
  replace(ts, &g->v[2], incref(g->v[3]));
  Type *type = type_of(ts, self);
  while (type->flags & TYPE_HEAP) type = type->base;
  Value group = iter_make(ts, type->native_data, 2, incref(self), incref(g->v[2]), NULL);
  if (group == NULL) return NULL;
  RACY_STORE(g->mark, (void *)group);
  return tuple_steal2(ts, incref(g->v[3]), group);
}
static Value grouper_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return err_format(ts, EXC(TypeError), "cannot create 'itertools._grouper' instances"); }
static void grouper_dealloc(ThreadState *ts, Value self) {
  Value parent = as_iter(self)->v[0];
  void *mine = self;
  if (parent) __atomic_compare_exchange_n(&as_iter(parent)->mark, &mine, NULL, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  iter_dealloc(ts, self);
}
static Value grouper_next(ThreadState *ts, Value self) {
  Iter *group = as_iter(self);
  if (group->v[0] == NULL) return NULL;
  HOLD(ts, group->v[0]); /* what the groups share is there */
  Iter *g = as_iter(group->v[0]);
  if (RACY_LOAD(g->mark) != self) return NULL;
  if (g->v[4] == NULL && groupby_step(ts, g) < 0) return NULL;
  if (g->v[3] == NULL) return NULL;
  int same = same_key(ts, group->v[1], g->v[3]);
  if (same <= 0) return NULL;
  Value r = g->v[4];
  g->v[4] = NULL;
  CLEAR(g->v[3]);
  return r;
}

typedef struct {
  Type *tee, *grouper, *block, *groupby;
} State;
static Value tee(NATIVE_ARGS) {
  return tee_call(ts, ((State *)module_state(self))->tee, args, nargs);
}
static const MethodDef methods[] = {{"tee", tee, 1, 2, 0, "tee($module, iterable, n=2, /)\n--\n\nReturns a tuple of n independent iterators."}, {0}};

#define ITERATOR(python_name, c_name, text, ...) \
  { \
    .name = "itertools." python_name, .doc = text, .size = sizeof(Iter), .flags = TYPE_GC | TYPE_BASETYPE, \
    .slots = {.dealloc = iter_dealloc, .traverse = iter_traverse, .clear = iter_clear, .iter = iterator_itself, .next = c_name##_next, .new = c_name##_new}, __VA_ARGS__ \
  }
static int start(ThreadState *ts, Value module) {
  static const TypeSpec plain[] = {
      ITERATOR("accumulate", accumulate, "Return series of accumulated sums (or other binary function results).", .methods = NULL),
      ITERATOR("chain", chain, "chain(*iterables) --> chain object\n\nThe items of one iterable after those of the other.", .methods = chain_methods),
      ITERATOR("combinations", combinations, "Return successive r-length combinations of elements in the iterable.", .methods = NULL),
      ITERATOR("combinations_with_replacement", replacement, "Combinations in which an element may come again.", .methods = NULL),
      ITERATOR("compress", compress, "The data whose selectors are true.", .methods = NULL),
      ITERATOR("cycle", cycle, "The items of an iterable, over and over.", .methods = NULL),
      ITERATOR("dropwhile", dropwhile, "Drop items while the predicate is true, then return all.", .methods = NULL),
      ITERATOR("filterfalse", filterfalse, "Those items for which the function is false.", .methods = NULL),
      ITERATOR("islice", islice, "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object", .methods = NULL),
      ITERATOR("pairwise", pairwise, "Overlapping pairs: s -> (s0,s1), (s1,s2), ...", .methods = NULL),
      ITERATOR("permutations", permutations, "Successive r-length permutations of the elements.", .methods = NULL),
      ITERATOR("product", product, "product(*iterables, repeat=1) --> product object\n\nNested loops over all.", .methods = NULL),
      ITERATOR("starmap", starmap, "function(*item) for each item.", .methods = NULL),
      ITERATOR("takewhile", takewhile, "Items as long as the predicate is true.", .methods = NULL),
      ITERATOR("zip_longest", zip_longest, "zip_longest(*iterables, fillvalue=None) --> zip_longest object", .methods = NULL),
  };
  static const TypeSpec count_spec = {.name = "itertools.count", .doc = "count(start=0, step=1): values with a fixed step, for ever.", .size = sizeof(Iter), .flags = TYPE_GC | TYPE_BASETYPE, .slots = {.dealloc = iter_dealloc, .traverse = iter_traverse, .clear = iter_clear, .iter = iterator_itself, .next = count_next, .new = count_new, .repr = count_repr}, .methods = count_methods};
  static const TypeSpec repeat_spec = {.name = "itertools.repeat", .doc = "repeat(object [,times]) -> an iterator which returns the object times times, or for ever.", .size = sizeof(Iter), .flags = TYPE_GC | TYPE_BASETYPE, .slots = {.dealloc = iter_dealloc, .traverse = iter_traverse, .clear = iter_clear, .iter = iterator_itself, .next = repeat_next, .new = repeat_new, .repr = repeat_repr}, .methods = repeat_methods};
  static const TypeSpec groupby_spec = ITERATOR("groupby", groupby, "groupby(iterable, key=None): consecutive items of equal key.", .methods = NULL);
  static const TypeSpec grouper_spec = {.name = "itertools._grouper", .size = sizeof(Iter), .flags = TYPE_GC, .slots = {.dealloc = grouper_dealloc, .traverse = iter_traverse, .clear = iter_clear, .iter = iterator_itself, .next = grouper_next, .new = grouper_new}};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
    if (module_add_type(ts, module, &plain[i], NULL, NULL) < 0) return -1;
  State *state = module_state(module);
  if (module_add_type(ts, module, &count_spec, NULL, NULL) < 0 || module_add_type(ts, module, &repeat_spec, NULL, NULL) < 0 || module_add_type(ts, module, &groupby_spec, NULL, &state->groupby) < 0) return -1;
  if (module_add_type(ts, module, &grouper_spec, NULL, &state->grouper) < 0 || tee_add_types(ts, module, &state->tee, &state->block) < 0) return -1;
  state->groupby->native_data = state->grouper;
  return 0;
}
const ModuleDef itertools_module_def = {.name = "itertools", .doc = "Functional tools for creating and using iterators.", .methods = methods, .start = start, .state_size = sizeof(State), .owned_values = 4};
