/* iterators.c - enumerate, zip, map, filter, reversed, iter(callable, sentinel), and iteration by __getitem__.
 * Next: range.c, runtime/modules/itertools.c. CPython: Objects/enumobject.c, iterobject.c, Python/bltinmodule.c. */
#include "runtime/module.h"

static Value self_iter(ThreadState *ts, Value self) { return incref(self); }

/* ---- iteration by __getitem__ ---- */

static void sequence_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((SequenceIterator *)self)->sequence);
  object_release(ts, self);
}
static int sequence_traverse(Value self, Visit visit, void *arg) {
  VISIT(((SequenceIterator *)self)->sequence);
  return 0;
}
static Value sequence_next(ThreadState *ts, Value self) {
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return NULL;
  Value v = item_get(ts, it->sequence, small_int_value(it->index));
  if (v) {
    it->index++;
    return v;
  }
  if (err_matches(ts, EXC(IndexError)) || err_matches(ts, EXC(StopIteration))) {
    err_clear(ts);
    CLEAR(it->sequence);
  }
  return NULL;
}
static Value sequence_hint(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return small_int_value(0);
  ssize_t n = type_of(ts, it->sequence)->slots.len ? length(ts, it->sequence) : -1;
  if (n < 0) {
    err_clear(ts);
    return V_NOT_IMPLEMENTED;
  }
  return int_from_i64(ts, n > it->index ? n - it->index : 0);
}
/* (iter, (sequence,), index), or (iter, ((),)) when it is used up: also of reversed, with its class. */
static Value reduce_as(ThreadState *ts, SequenceIterator *it, STEALS Value maker) {
  if (it->sequence == NULL) return tuple_steal2(ts, maker, tuple_of1(ts, ts->interp->empty_tuple));
  return tuple_steal3(ts, maker, tuple_of1(ts, it->sequence), int_from_i64(ts, it->index));
}
static Value sequence_reduce(NATIVE_ARGS) {
  Value iter = dict_get_cstr(ts, (Value)ts->interp->builtins, "iter");
  if (iter == NULL) return err_occurred(ts) ? NULL : err_format(ts, EXC(AttributeError), "iter");
  return reduce_as(ts, (SequenceIterator *)self, incref(iter));
}
static Value sequence_setstate(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  ssize_t i = arg_as_ssize(ts, args[0]);
  if (i == -1 && err_occurred(ts)) return NULL;
  if (it->sequence) it->index = i < 0 ? 0 : i;
  return V_NONE;
}
static const MethodDef sequence_methods[] = {
    {"__length_hint__", sequence_hint, 0, 0, 0, NULL}, {"__reduce__", sequence_reduce, 0, 0, 0, NULL}, {"__setstate__", sequence_setstate, 1, 1, 0, NULL}, {0}};

/* One type object an Interp for each helper iterator: made on first use, kept in interp->helper_types. */
static Type *helper_type(ThreadState *ts, int i, const TypeSpec *spec) {
  Type **place = &ts->interp->helper_types[i];
  if (*place == NULL) *place = type_from_spec(ts, spec, NULL, K_OBJECT);
  return *place;
}

Value iter_of_sequence_protocol(ThreadState *ts, Value v) {
  static const TypeSpec spec = {.name = "iterator", .size = sizeof(SequenceIterator), .flags = TYPE_GC | TYPE_NO_NEW,
                                .slots = {.dealloc = sequence_dealloc, .traverse = sequence_traverse, .iter = self_iter, .next = sequence_next}, .methods = sequence_methods};
  Type *type = helper_type(ts, 0, &spec);
  Value it = type ? object_alloc(ts, type, sizeof(SequenceIterator)) : NULL;
  if (it) ((SequenceIterator *)it)->sequence = incref(v);
  return it;
}

/* ---- iter(callable, sentinel) ---- */

typedef struct {
  Object base;
  Value callable, sentinel; /* NULL when exhausted */
} CallableIterator;
static void callable_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((CallableIterator *)self)->callable);
  xdecref(ts, ((CallableIterator *)self)->sentinel);
  object_release(ts, self);
}
static int callable_traverse(Value self, Visit visit, void *arg) {
  VISIT(((CallableIterator *)self)->callable);
  VISIT(((CallableIterator *)self)->sentinel);
  return 0;
}
static Value callable_next(ThreadState *ts, Value self) {
  CallableIterator *it = (CallableIterator *)self;
  if (it->callable == NULL) return NULL;
  Value v = call0(ts, it->callable);
  if (v && it->sentinel) {
    int end = equals(ts, it->sentinel, v);
    if (end == 0) return v;
    decref(ts, v);
    if (end < 0) return NULL;
  } else if (v) {
    decref(ts, v);
  } else if (err_matches(ts, EXC(StopIteration))) {
    err_clear(ts);
  } else {
    return NULL;
  }
  CLEAR(it->callable);
  CLEAR(it->sentinel);
  return NULL;
}
Value callable_iterator_new(ThreadState *ts, Value callable, Value sentinel) {
  static const TypeSpec spec = {.name = "callable_iterator", .size = sizeof(CallableIterator), .flags = TYPE_GC | TYPE_NO_NEW,
                                .slots = {.dealloc = callable_dealloc, .traverse = callable_traverse, .iter = self_iter, .next = callable_next}};
  Type *type = helper_type(ts, 1, &spec);
  Value it = type ? object_alloc(ts, type, sizeof(CallableIterator)) : NULL;
  if (it == NULL) return NULL;
  ((CallableIterator *)it)->callable = incref(callable);
  ((CallableIterator *)it)->sentinel = incref(sentinel);
  return it;
}

/* ---- enumerate ---- */

typedef struct {
  Object base;
  Value iterator, index; /* index: exact int */
} Enumerate;
static Value enumerate_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"iterable", "start"};
  static const ArgSpec spec = {"enumerate", 0, 2, 1, 2, names};
  Value given[2];
  if (nargs == 0 && kwnames == NULL) return err_format(ts, EXC(TypeError), "enumerate() missing required argument 'iterable'");
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value index = given[1] ? num_index(ts, given[1]) : small_int_value(0);
  Value it = index ? iter_of(ts, given[0]) : NULL;
  Value v = it ? object_new_instance(ts, type) : NULL;
  if (v == NULL) {
    xdecref(ts, it);
    xdecref(ts, index);
    return NULL;
  }
  ((Enumerate *)v)->iterator = it;
  ((Enumerate *)v)->index = index;
  return v;
}
static void enumerate_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Enumerate *)self)->iterator);
  xdecref(ts, ((Enumerate *)self)->index);
  object_release(ts, self);
}
static int enumerate_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Enumerate *)self)->iterator);
  return 0;
}
static Value enumerate_next(ThreadState *ts, Value self) {
  Enumerate *e = (Enumerate *)self;
  Value v = iter_next(ts, e->iterator);
  if (v == NULL) return NULL;
  Value next = is_small_int(e->index) && e->index != small_int_value(SMALL_INT_MAX) ? small_int_value(small_int(e->index) + 1) : num_binary(ts, NB_ADD, e->index, small_int_value(1));
  if (next == NULL) {
    decref(ts, v);
    return NULL;
  }
  Value index = e->index;
  e->index = next;
  return tuple_steal2(ts, index, v);
}
static Value class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }
static Value enumerate_reduce(NATIVE_ARGS) {
  Enumerate *e = (Enumerate *)self;
  return tuple_steal2(ts, incref((Value)type_of(ts, self)), tuple_of2(ts, e->iterator, e->index));
}
static const MethodDef enumerate_methods[] = {{"__class_getitem__", class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"}, {"__reduce__", enumerate_reduce, 0, 0, 0, NULL}, {0}};
Type *type_enumerate_init(ThreadState *ts) {
  static const TypeSpec spec = {.name = "enumerate", .doc = "Return an enumerate object.", .size = sizeof(Enumerate), .flags = TYPE_GC | TYPE_BASETYPE,
                                .slots = {.dealloc = enumerate_dealloc, .traverse = enumerate_traverse, .iter = self_iter, .next = enumerate_next, .new = enumerate_new}, .methods = enumerate_methods};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_ENUMERATE);
}

/* ---- zip and map: a function (NULL for zip) over several iterators ---- */

typedef struct {
  Object base;
  Value function;  /* map's */
  Value iterators; /* tuple */
  bool strict;
} Parallel;
static Value parallel_new(ThreadState *ts, Type *type, Value function, Value *iterables, ssize_t n) {
  Value iterators = tuple_new(ts, n);
  if (iterators == NULL) return NULL;
  for (ssize_t i = 0; i < n; i++) {
    Value it = iter_of(ts, iterables[i]);
    if (it == NULL) {
      decref(ts, iterators);
      return NULL;
    }
    tuple_set(iterators, i, it);
  }
  Value v = object_new_instance(ts, type);
  if (v == NULL) {
    decref(ts, iterators);
    return NULL;
  }
  ((Parallel *)v)->function = xincref(function);
  ((Parallel *)v)->iterators = iterators;
  return v;
}
static void parallel_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Parallel *)self)->function);
  xdecref(ts, ((Parallel *)self)->iterators);
  object_release(ts, self);
}
static int parallel_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Parallel *)self)->function);
  VISIT(((Parallel *)self)->iterators);
  return 0;
}

static Value zip_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  bool strict = false;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++) {
    if (!str_equal_cstr(tuple_get(kwnames, k), "strict")) return err_format(ts, EXC(TypeError), "'%U' is an invalid keyword argument for zip()", tuple_get(kwnames, k));
    int t = truth(ts, args[nargs + k]);
    if (t < 0) return NULL;
    strict = t;
  }
  Value v = parallel_new(ts, type, NULL, args, nargs);
  if (v) ((Parallel *)v)->strict = strict;
  return v;
}
/* Iterator i ended early (or i > 0 and the first did): with strict that is an error unless all end together. */
static Value zip_strict_end(ThreadState *ts, Parallel *z, ssize_t i) {
  if (i > 0) return err_format(ts, EXC(ValueError), "zip() argument %zd is shorter than argument%s%zd", i + 1, i == 1 ? " " : "s 1-", i);
  for (ssize_t k = 1; k < tuple_len(z->iterators); k++) {
    Value v = iter_next(ts, tuple_get(z->iterators, k));
    if (v) {
      decref(ts, v);
      return err_format(ts, EXC(ValueError), "zip() argument %zd is longer than argument%s%zd", k + 1, k == 1 ? " " : "s 1-", k);
    }
    if (err_occurred(ts)) return NULL;
  }
  return NULL;
}
static Value zip_next(ThreadState *ts, Value self) {
  Parallel *z = (Parallel *)self;
  ssize_t n = tuple_len(z->iterators);
  if (n == 0) return NULL;
  Value t = tuple_new(ts, n);
  for (ssize_t i = 0; t && i < n; i++) {
    Value v = iter_next(ts, tuple_get(z->iterators, i));
    if (v == NULL) {
      decref(ts, t);
      return z->strict && !err_occurred(ts) ? zip_strict_end(ts, z, i) : NULL;
    }
    tuple_set(t, i, v);
  }
  return t;
}
static Value parallel_reduce(NATIVE_ARGS) {
  Parallel *p = (Parallel *)self;
  if (p->function == NULL) return p->strict ? tuple_of3(ts, (Value)type_of(ts, self), p->iterators, V_TRUE) : tuple_of2(ts, (Value)type_of(ts, self), p->iterators);
  ssize_t n = tuple_len(p->iterators);
  Value t = tuple_new(ts, n + 1);
  if (t == NULL) return NULL;
  tuple_set(t, 0, incref(p->function));
  for (ssize_t i = 0; i < n; i++) tuple_set(t, i + 1, incref(tuple_get(p->iterators, i)));
  return tuple_steal2(ts, incref((Value)type_of(ts, self)), t);
}
static Value zip_setstate(NATIVE_ARGS) {
  int t = truth(ts, args[0]);
  if (t < 0) return NULL;
  ((Parallel *)self)->strict = t;
  return V_NONE;
}
static const MethodDef zip_methods[] = {{"__reduce__", parallel_reduce, 0, 0, 0, NULL}, {"__setstate__", zip_setstate, 1, 1, 0, NULL}, {0}};
Type *type_zip_init(ThreadState *ts) {
  static const TypeSpec spec = {.name = "zip", .doc = "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.", .size = sizeof(Parallel), .flags = TYPE_GC | TYPE_BASETYPE,
                                .slots = {.dealloc = parallel_dealloc, .traverse = parallel_traverse, .iter = self_iter, .next = zip_next, .new = zip_new}, .methods = zip_methods};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_ZIP);
}

static Value map_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "map", kwnames) < 0) return NULL;
  if (nargs < 2) return err_format(ts, EXC(TypeError), "map() must have at least two arguments.");
  return parallel_new(ts, type, args[0], args + 1, nargs - 1);
}
static Value map_next(ThreadState *ts, Value self) {
  Parallel *m = (Parallel *)self;
  ssize_t n = tuple_len(m->iterators), got = 0;
  Value small[6], *items = small, r = NULL;
  if (n > 6 && (items = mem_alloc(ts, (size_t)n * sizeof *items)) == NULL) return NULL;
  for (; got < n; got++)
    if ((items[got] = iter_next(ts, tuple_get(m->iterators, got))) == NULL) break;
  if (got == n) r = call(ts, m->function, items, n, NULL);
  while (got > 0) decref(ts, items[--got]);
  if (items != small) mem_free(ts, items);
  return r;
}
static const MethodDef map_methods[] = {{"__reduce__", parallel_reduce, 0, 0, 0, NULL}, {0}};
Type *type_map_init(ThreadState *ts) {
  static const TypeSpec spec = {.name = "map", .doc = "map(func, *iterables) --> map object\n\nMake an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.", .size = sizeof(Parallel), .flags = TYPE_GC | TYPE_BASETYPE,
                                .slots = {.dealloc = parallel_dealloc, .traverse = parallel_traverse, .iter = self_iter, .next = map_next, .new = map_new}, .methods = map_methods};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_MAP);
}

/* ---- filter ---- */

typedef struct {
  Object base;
  Value function, iterator;
} Filter;
static Value filter_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "filter", kwnames) < 0 || args_count(ts, "filter", nargs, 2, 2) < 0) return NULL;
  Value it = iter_of(ts, args[1]);
  Value v = it ? object_new_instance(ts, type) : NULL;
  if (v == NULL) {
    xdecref(ts, it);
    return NULL;
  }
  ((Filter *)v)->function = incref(args[0]);
  ((Filter *)v)->iterator = it;
  return v;
}
static void filter_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Filter *)self)->function);
  xdecref(ts, ((Filter *)self)->iterator);
  object_release(ts, self);
}
static int filter_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Filter *)self)->function);
  VISIT(((Filter *)self)->iterator);
  return 0;
}
static Value filter_next(ThreadState *ts, Value self) {
  Filter *f = (Filter *)self;
  bool plain = f->function == V_NONE || f->function == (Value)TYPE(BOOL);
  for (;;) {
    Value v = iter_next(ts, f->iterator);
    if (v == NULL) return NULL;
    int keep;
    if (plain) {
      keep = truth(ts, v);
    } else {
      Value r = call1(ts, f->function, v);
      keep = r ? truth(ts, r) : -1;
      xdecref(ts, r);
    }
    if (keep > 0) return v;
    decref(ts, v);
    if (keep < 0) return NULL;
  }
}
static Value filter_reduce(NATIVE_ARGS) {
  return tuple_steal2(ts, incref((Value)type_of(ts, self)), tuple_of2(ts, ((Filter *)self)->function, ((Filter *)self)->iterator));
}
static const MethodDef filter_methods[] = {{"__reduce__", filter_reduce, 0, 0, 0, NULL}, {0}};
Type *type_filter_init(ThreadState *ts) {
  static const TypeSpec spec = {.name = "filter", .doc = "filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true.", .size = sizeof(Filter), .flags = TYPE_GC | TYPE_BASETYPE,
                                .slots = {.dealloc = filter_dealloc, .traverse = filter_traverse, .iter = self_iter, .next = filter_next, .new = filter_new}, .methods = filter_methods};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_FILTER);
}

/* ---- reversed ---- */

static Value reversed_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "reversed", kwnames) < 0 || args_count(ts, "reversed", nargs, 1, 1) < 0) return NULL;
  bool missing;
  Value hook = type_lookup(ts, type_of(ts, args[0]), ID(__reversed__));
  if (hook == V_NONE) return err_format(ts, EXC(TypeError), "'%T' object is not reversible", args[0]);
  Value r = call_special(ts, args[0], ID(__reversed__), NULL, 0, &missing);
  if (!missing) return r;
  Type *t = type_of(ts, args[0]);
  if (t->slots.getitem == NULL || is_dict(args[0])) return err_format(ts, EXC(TypeError), "'%T' object is not reversible", args[0]);
  ssize_t n = length(ts, args[0]);
  if (n < 0) return NULL;
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  ((SequenceIterator *)v)->index = n - 1;
  ((SequenceIterator *)v)->sequence = incref(args[0]);
  return v;
}
static Value reversed_next(ThreadState *ts, Value self) {
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->index >= 0 && it->sequence) {
    Value v = seq_get(ts, it->sequence, it->index);
    if (v) {
      it->index--;
      return v;
    }
    if (!err_matches(ts, EXC(IndexError)) && !err_matches(ts, EXC(StopIteration))) return NULL;
    err_clear(ts);
  }
  it->index = -1;
  CLEAR(it->sequence);
  return NULL;
}
static Value reversed_hint(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  ssize_t n = it->sequence ? length(ts, it->sequence) : 0;
  if (n < 0) return NULL;
  return int_from_i64(ts, n < it->index + 1 ? 0 : it->index + 1);
}
static Value reversed_reduce(NATIVE_ARGS) { return reduce_as(ts, (SequenceIterator *)self, incref((Value)type_of(ts, self))); }
static Value reversed_setstate(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  ssize_t i = arg_as_ssize(ts, args[0]);
  if (i == -1 && err_occurred(ts)) return NULL;
  ssize_t n = it->sequence ? length(ts, it->sequence) : 0;
  if (n < 0) return NULL;
  if (it->sequence) it->index = i < -1 ? -1 : i > n - 1 ? n - 1 : i;
  return V_NONE;
}
static const MethodDef reversed_methods[] = {
    {"__length_hint__", reversed_hint, 0, 0, 0, NULL}, {"__reduce__", reversed_reduce, 0, 0, 0, NULL}, {"__setstate__", reversed_setstate, 1, 1, 0, NULL}, {0}};
Type *type_reversed_init(ThreadState *ts) {
  static const TypeSpec spec = {.name = "reversed", .doc = "Return a reverse iterator over the values of the given sequence.", .size = sizeof(SequenceIterator), .flags = TYPE_GC | TYPE_BASETYPE,
                                .slots = {.dealloc = sequence_dealloc, .traverse = sequence_traverse, .iter = self_iter, .next = reversed_next, .new = reversed_new}, .methods = reversed_methods};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_REVERSED);
}
