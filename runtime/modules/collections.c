/* collections.c - the module _collections: defaultdict, OrderedDict (both are dicts) and the loop of Counter; deque is in deque.c.
 * gilly's dict keeps its order itself, so that OrderedDict only adds methods. Its popitem(last=False) marks how many entries
 * at the front are dead, in the dead entry 0 itself (value True, hash = how many), and so need not walk over them again.
 * Next: deque.c, types/dict.c. CPython: Modules/_collectionsmodule.c, Objects/odictobject.c. */
#include "runtime/modules/deque.h"

/* ---- defaultdict ---- */

typedef struct {
  Dict dict;
  Value factory; /* or NULL */
} DefaultDict;
static DefaultDict *as_default(Value v) { return (DefaultDict *)v; }
static Value class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

static void default_dealloc(ThreadState *ts, Value self) {
  CLEAR(as_default(self)->factory);
  TYPE(DICT)->slots.dealloc(ts, self);
}
static Type *dict_type_of(Value self) { /* dict, found without a thread state */
  Type *t = shape_of(self)->type;
  while (t->kind != K_DICT) t = t->base;
  return t;
}
static int default_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_default(self)->factory);
  return dict_type_of(self)->slots.traverse(self, visit, arg);
}
static int default_clear(ThreadState *ts, Value self) {
  CLEAR(as_default(self)->factory);
  return NATIVE_SLOTS(TYPE(DICT))->clear(ts, self);
}
static int default_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Value factory = nargs ? args[0] : V_NONE;
  if (factory != V_NONE && !is_callable(ts, factory)) {
    err_format(ts, EXC(TypeError), "first argument must be callable or None");
    return -1;
  }
  replace(ts, &as_default(self)->factory, factory == V_NONE ? NULL : incref(factory));
  return NATIVE_SLOTS(TYPE(DICT))->init(ts, self, nargs ? args + 1 : args, nargs ? nargs - 1 : 0, kwnames);
}
static Value default_missing(NATIVE_ARGS) {
  Value factory = as_default(self)->factory;
  if (factory == NULL) return err_key(ts, args[0]);
  incref(factory);
  Value v = call0(ts, factory);
  decref(ts, factory);
  if (v && item_set(ts, self, args[0], v) < 0) CLEAR(v);
  return v;
}
static Value default_getitem(ThreadState *ts, Value self, Value key) {
  if (type_of(ts, self)->flags & TYPE_HEAP) return NATIVE_SLOTS(TYPE(DICT))->getitem(ts, self, key);
  Value v = dict_get(ts, self, key);
  if (v) return incref(v);
  return err_occurred(ts) ? NULL : default_missing(ts, self, &key, 1, NULL);
}
static Value default_repr(ThreadState *ts, Value self) {
  Value dict = NATIVE_SLOTS(TYPE(DICT))->repr(ts, self), factory, r = NULL;
  if (dict == NULL) return NULL;
  Value f = as_default(self)->factory;
  int entered = f ? repr_enter(ts, f) : 0;
  if (entered < 0) factory = NULL;
  else if (f == NULL || entered > 0) factory = str_from_ascii(ts, f ? "..." : "None");
  else {
    factory = repr_of(ts, f);
    repr_leave(ts, f);
  }
  if (factory) r = str_format(ts, "%U(%U, %U)", type_of(ts, self)->name, factory, dict);
  xdecref(ts, factory);
  decref(ts, dict);
  return r;
}
static Value default_copy(NATIVE_ARGS) { return call2(ts, (Value)type_of(ts, self), as_default(self)->factory ? as_default(self)->factory : V_NONE, self); }
static Value default_reduce(NATIVE_ARGS) {
  Value factory = as_default(self)->factory;
  Value items = call_method0(ts, self, ID(items)), it = items ? iter_of(ts, items) : NULL, r = it ? tuple_new(ts, 5) : NULL;
  Value given = factory ? tuple_of1(ts, factory) : incref(ts->interp->empty_tuple);
  xdecref(ts, items);
  if (r == NULL || given == NULL) {
    xdecref(ts, it);
    xdecref(ts, r);
    xdecref(ts, given);
    return NULL;
  }
  Value parts[] = {incref((Value)type_of(ts, self)), given, V_NONE, V_NONE, it};
  for (int i = 0; i < 5; i++) tuple_set(r, i, parts[i]);
  return r;
}
static Value default_or(ThreadState *ts, Value a, Value b) {
  if (!is_dict(a) || !is_dict(b)) return V_NOT_IMPLEMENTED;
  Value like = type_of(ts, a)->slots.dealloc == default_dealloc || !(type_of(ts, b)->slots.dealloc == default_dealloc) ? a : b;
  bool a_is_default = false;
  for (Type *t = type_of(ts, a); t; t = t->base) a_is_default = a_is_default || t->slots.dealloc == default_dealloc;
  like = a_is_default ? a : b;
  Value factory = as_default(like)->factory;
  Value r = call2(ts, (Value)type_of(ts, like), factory ? factory : V_NONE, a);
  if (r && dict_update(ts, r, b) < 0) CLEAR(r);
  return r;
}
static Value default_get_factory(ThreadState *ts, Value self) { return as_default(self)->factory ? incref(as_default(self)->factory) : V_NONE; }
static int default_set_factory(ThreadState *ts, Value self, Value v) {
  replace(ts, &as_default(self)->factory, v == NULL || v == V_NONE ? NULL : incref(v));
  return 0;
}
static const MethodDef default_methods[] = {{"__missing__", default_missing, 1, 1, 0, "__missing__(key) # Called by __getitem__ for a missing key: calls the factory and stores what it gives."},
                                            {"copy", default_copy, 0, 0, 0, "D.copy() -> a shallow copy of D."}, {"__copy__", default_copy, 0, 0, 0, "D.copy() -> a shallow copy of D."},
                                            {"__reduce__", default_reduce, 0, 0, 0, "Return state information for pickling."}, {"__class_getitem__", class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"}, {0}};
static const GetSetDef default_getsets[] = {{"default_factory", default_get_factory, default_set_factory, "Factory for default value called by __missing__()."}, {0}};

/* ---- OrderedDict ---- */

typedef struct {
  Type *keys, *values, *items;
  IteratorTypes iterators;
} ViewTypes; /* the module's state, also at the type's native_data */

static bool is_ordered(ThreadState *ts, Value v);
static void ordered_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  TYPE(DICT)->slots.dealloc(ts, self);
}
static Type *ordered_type(Value self) {
  Type *t = shape_of(self)->type;
  while (t->flags & TYPE_HEAP) t = t->base;
  return t;
}
static bool is_ordered(ThreadState *ts, Value v) { return is_dict(v) && ordered_type(v)->slots.dealloc == ordered_dealloc; }
static int ordered_traverse(Value self, Visit visit, void *arg) {
  int stop = shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg);
  return stop ? stop : dict_type_of(self)->slots.traverse(self, visit, arg);
}
static int ordered_clear(ThreadState *ts, Value self) {
  attrs_clear(ts, self);
  return NATIVE_SLOTS(TYPE(DICT))->clear(ts, self);
}
static int set_one(ThreadState *ts, Value self, Value key, Value value) { return type_of(ts, self)->flags & TYPE_HEAP ? item_set(ts, self, key, value) : dict_set(ts, self, key, value); }
static int update_pairs(ThreadState *ts, Value self, Value pairs) {
  Value it = iter_of(ts, pairs), item;
  if (it == NULL) return -1;
  for (ssize_t i = 0; (item = iter_next(ts, it)) != NULL; i++) {
    Value pair = seq_fast(ts, item, "object is not iterable");
    decref(ts, item);
    if (pair == NULL) break;
    ssize_t n;
    Value *parts = seq_items(pair, &n);
    int r = -1;
    if (n != 2) err_format(ts, EXC(ValueError), n < 2 ? "need more than %zd value%s to unpack" : "too many values to unpack (expected 2)", n, n == 1 ? "" : "s");
    else {
      Value key = incref(parts[0]), value = incref(parts[1]);
      r = set_one(ts, self, key, value);
      decref(ts, key);
      decref(ts, value);
    }
    decref(ts, pair);
    if (r < 0) break;
  }
  decref(ts, it);
  return err_occurred(ts) ? -1 : 0;
}
static int update_from(ThreadState *ts, Value self, Value other) {
  if (!(type_of(ts, self)->flags & TYPE_HEAP)) {
    if (is_kind(other, K_DICT) || (is_dict(other) && !(type_of(ts, other)->flags & TYPE_HEAP))) return dict_merge(ts, self, other, 1);
  }
  bool failed;
  Value keys = attr_get_optional(ts, other, ID(keys), &failed);
  if (failed) return -1;
  if (keys == NULL) {
    Value items = attr_get_optional(ts, other, ID(items), &failed);
    if (failed) return -1;
    if (items == NULL) return update_pairs(ts, self, other);
    Value pairs = call0(ts, items);
    decref(ts, items);
    int r = pairs ? update_pairs(ts, self, pairs) : -1;
    xdecref(ts, pairs);
    return r;
  }
  Value list = call0(ts, keys), it = list ? iter_of(ts, list) : NULL, key;
  decref(ts, keys);
  xdecref(ts, list);
  if (it == NULL) return -1;
  while ((key = iter_next(ts, it)) != NULL) {
    Value value = item_get(ts, other, key);
    int r = value ? set_one(ts, self, key, value) : -1;
    xdecref(ts, value);
    decref(ts, key);
    if (r < 0) break;
  }
  decref(ts, it);
  return err_occurred(ts) ? -1 : 0;
}
static int update(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs > 1) {
    err_format(ts, EXC(TypeError), "update() takes at most 1 positional argument (%zd given)", nargs);
    return -1;
  }
  if (nargs && update_from(ts, self, args[0]) < 0) return -1;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++)
    if (set_one(ts, self, tuple_get(kwnames, k), args[nargs + k]) < 0) return -1;
  return 0;
}
static int ordered_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs > 1) {
    err_format(ts, EXC(TypeError), "expected at most 1 arguments, got %zd", nargs);
    return -1;
  }
  return update(ts, self, args, nargs, kwnames);
}
static Value o_update(NATIVE_ARGS) { return update(ts, self, args, nargs, kwnames) < 0 ? NULL : V_NONE; }

/* The first live entry, or -1. */
static ssize_t first_entry(Dict *d) {
  if (d->used == 0) return -1;
  DictEntry *zero = &d->entries[0];
  ssize_t i = zero->key == NULL && zero->value == V_TRUE ? (ssize_t)zero->hash : 0;
  i = dict_entry_from(d, i);
  if (i > 0) {
    zero->value = V_TRUE;
    zero->hash = i;
  }
  return i;
}
static int bind_last(ThreadState *ts, const ArgSpec *spec, Value *args, ssize_t nargs, Value kwnames, int at, Value *given) {
  if (args_bind(ts, spec, args, nargs, kwnames, given) < 0) return -1;
  return given[at] ? truth(ts, given[at]) : 1;
}
static Value o_popitem(NATIVE_ARGS) {
  static const char *const names[] = {"last"};
  static const ArgSpec spec = {"popitem", 0, 1, 0, 1, names};
  Value given[1];
  int last = bind_last(ts, &spec, args, nargs, kwnames, 0, given);
  if (last < 0) return NULL;
  Dict *d = as_dict(self);
  ssize_t i = last ? dict_entry_before(d, d->entry_count - 1) : first_entry(d);
  if (i < 0) return err_format(ts, EXC(KeyError), "dictionary is empty");
  bool failed;
  Value key = incref(d->entries[i].key), value = dict_pop(ts, self, key, &failed);
  if (value) return tuple_steal2(ts, key, value);
  if (!failed) err_key(ts, key);
  decref(ts, key);
  return NULL;
}
static Value o_move_to_end(NATIVE_ARGS) {
  static const char *const names[] = {"key", "last"};
  static const ArgSpec spec = {"move_to_end", 0, 2, 1, 2, names};
  Value given[2], kept = NULL, r = NULL, items = NULL;
  int last = bind_last(ts, &spec, args, nargs, kwnames, 1, given);
  bool failed;
  if (last < 0) return NULL;
  int there = dict_contains(ts, self, given[0]);
  if (there <= 0) return there < 0 ? NULL : err_key(ts, given[0]);
  /* the key that stays is the one in the dict */
  Dict *d = as_dict(self);
  int64_t hash = hash_of(ts, given[0]);
  for (ssize_t i = last ? -1 : first_entry(d); i >= 0;) {
    if (d->entries[i].key == given[0]) return V_NONE; /* first already */
    break;
  }
  for (ssize_t i = 0; i < d->entry_count && kept == NULL; i++) {
    ssize_t at = last ? d->entry_count - 1 - i : i; /* near the end where it will be found, most often */
    if (d->entries[at].key && d->entries[at].hash == hash && d->entries[at].key == given[0]) kept = incref(given[0]);
    if (i > 64) break;
  }
  if (kept == NULL) {
    for (ssize_t i = 0; i < d->entry_count && kept == NULL; i++) {
      if (d->entries[i].key == NULL || d->entries[i].hash != hash) continue;
      Value key = incref(d->entries[i].key);
      int same = compare_bool(ts, key, given[0], CMP_EQ);
      if (same > 0) kept = key;
      else decref(ts, key);
      if (same < 0) return NULL;
    }
    if (kept == NULL) return err_key(ts, given[0]);
  }
  Value value = dict_pop(ts, self, kept, &failed);
  if (value == NULL) {
    if (!failed) err_key(ts, kept);
    goto done;
  }
  if (!last && (items = dict_copy(ts, self)) != NULL) dict_clear(ts, self);
  if (dict_set(ts, self, kept, value) == 0 && (last || (items && dict_merge(ts, self, items, 1) == 0))) r = V_NONE;
done:
  xdecref(ts, value);
  xdecref(ts, items);
  decref(ts, kept);
  return r;
}
static Value o_pop(NATIVE_ARGS) {
  static const char *const names[] = {"key", "default"};
  static const ArgSpec spec = {"pop", 0, 2, 1, 2, names};
  Value given[2];
  bool failed;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value v = dict_pop(ts, self, given[0], &failed);
  if (v || failed) return v;
  return given[1] ? incref(given[1]) : err_key(ts, given[0]);
}
static Value o_setdefault(NATIVE_ARGS) {
  static const char *const names[] = {"key", "default"};
  static const ArgSpec spec = {"setdefault", 0, 2, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value v = dict_get(ts, self, given[0]);
  if (v) return incref(v);
  v = given[1] ? given[1] : V_NONE;
  return err_occurred(ts) || set_one(ts, self, given[0], v) < 0 ? NULL : incref(v);
}
static Value o_copy(NATIVE_ARGS) {
  Value r = call0(ts, (Value)type_of(ts, self)), key, value;
  for (ssize_t pos = 0; r && dict_next(self, &pos, &key, &value);) {
    incref(key);
    incref(value);
    int bad = is_ordered(ts, r) ? set_one(ts, r, key, value) : item_set(ts, r, key, value);
    decref(ts, key);
    decref(ts, value);
    if (bad < 0) CLEAR(r);
  }
  return r;
}
static Value o_reduce(NATIVE_ARGS) {
  Value dict = object_get_dict(ts, self), state = NULL;
  if (dict == NULL) return NULL;
  state = dict_len(dict) ? incref(dict) : V_NONE;
  decref(ts, dict);
  Value items = call_method0(ts, self, ID(items)), it = items ? iter_of(ts, items) : NULL, r = it ? tuple_new(ts, 5) : NULL;
  xdecref(ts, items);
  if (r == NULL) {
    xdecref(ts, it);
    decref(ts, state);
    return NULL;
  }
  Value parts[] = {incref((Value)type_of(ts, self)), incref(ts->interp->empty_tuple), state, V_NONE, it};
  for (int i = 0; i < 5; i++) tuple_set(r, i, parts[i]);
  return r;
}
static Value ordered_repr(ThreadState *ts, Value self) {
  if (dict_len(self) == 0) return str_format(ts, "%U()", type_of(ts, self)->name);
  int entered = repr_enter(ts, self);
  if (entered) return entered > 0 ? str_from_ascii(ts, "...") : NULL;
  Value list = NULL, r = NULL;
  if (type_of(ts, self)->flags & TYPE_HEAP) {
    Value items = call_method0(ts, self, ID(items));
    list = items ? list_from_iterable(ts, items) : NULL;
    xdecref(ts, items);
  } else {
    list = dict_items_list(ts, self);
  }
  if (list) r = str_format(ts, "%U(%R)", type_of(ts, self)->name, list);
  xdecref(ts, list);
  repr_leave(ts, self);
  return r;
}
static Value ordered_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_dict(a) || !is_object(b) || !is_dict(b)) return V_NOT_IMPLEMENTED;
  Value r = NATIVE_SLOTS(TYPE(DICT))->compare(ts, a, b, CMP_EQ);
  if (r == V_TRUE && is_ordered(ts, b)) {
    Value x = dict_keys_list(ts, a), y = x ? dict_keys_list(ts, b) : NULL;
    r = y ? compare(ts, x, y, CMP_EQ) : NULL;
    xdecref(ts, x);
    xdecref(ts, y);
  }
  return r == NULL ? NULL : bool_value((r == V_TRUE) == (op == CMP_EQ));
}
static Value ordered_or(ThreadState *ts, Value a, Value b) {
  if (!is_dict(a) || !is_object(b) || !is_dict(b)) return V_NOT_IMPLEMENTED;
  Value like = is_ordered(ts, a) ? a : b;
  Value r = call1(ts, (Value)type_of(ts, like), a);
  if (r && (!is_ordered(ts, r) || update_from(ts, r, b) < 0)) CLEAR(r);
  return r;
}
static Value ordered_inplace_or(ThreadState *ts, Value a, Value b) { return update_from(ts, a, b) < 0 ? NULL : incref(a); }
static Value view(ThreadState *ts, Value self, Type *type) {
  struct {
    Object base;
    Value dict;
  } *v = (void *)object_new_instance(ts, type);
  if (v) v->dict = incref(self);
  return (Value)v;
}
static Value o_keys(NATIVE_ARGS) { return view(ts, self, ((ViewTypes *)ordered_type(self)->native_data)->keys); }
static Value o_values(NATIVE_ARGS) { return view(ts, self, ((ViewTypes *)ordered_type(self)->native_data)->values); }
static Value o_items(NATIVE_ARGS) { return view(ts, self, ((ViewTypes *)ordered_type(self)->native_data)->items); }

static Value viewed(Value view) { return *(Value *)((Object *)view + 1); }
static Value keys_iter(ThreadState *ts, Value self) { return dict_iterator_new(ts, viewed(self), 0, false); }
static Value values_iter(ThreadState *ts, Value self) { return dict_iterator_new(ts, viewed(self), 1, false); }
static Value items_iter(ThreadState *ts, Value self) { return dict_iterator_new(ts, viewed(self), 2, false); }
static Value keys_reversed(NATIVE_ARGS) { return dict_iterator_new(ts, viewed(self), 0, true); }
static Value values_reversed(NATIVE_ARGS) { return dict_iterator_new(ts, viewed(self), 1, true); }
static Value items_reversed(NATIVE_ARGS) { return dict_iterator_new(ts, viewed(self), 2, true); }
static const MethodDef keys_methods[] = {{"__reversed__", keys_reversed, 0, 0, 0, NULL}, {0}}, values_methods[] = {{"__reversed__", values_reversed, 0, 0, 0, NULL}, {0}}, items_methods[] = {{"__reversed__", items_reversed, 0, 0, 0, NULL}, {0}};

static const MethodDef ordered_methods[] = {
    {"move_to_end", o_move_to_end, 0, -1, METHOD_KW, "move_to_end($self, /, key, last=True)\n--\n\nMove an existing element to the end (or beginning if last is false)."},
    {"popitem", o_popitem, 0, -1, METHOD_KW, "popitem($self, /, last=True)\n--\n\nRemove and return a (key, value) pair from the dictionary."},
    {"pop", o_pop, 0, -1, METHOD_KW, "pop($self, /, key, default=<unrepresentable>)\n--\n\nRemove the key and return its value."},
    {"setdefault", o_setdefault, 0, -1, METHOD_KW, "setdefault($self, /, key, default=None)\n--\n\nInsert key with a value of default if key is not in the dictionary."},
    {"update", o_update, 0, -1, METHOD_KW, "D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F."},
    {"keys", o_keys, 0, 0, 0, NULL}, {"values", o_values, 0, 0, 0, NULL}, {"items", o_items, 0, 0, 0, NULL},
    {"copy", o_copy, 0, 0, 0, "od.copy() -> a shallow copy of od"}, {"__reduce__", o_reduce, 0, 0, 0, "Return state information for pickling"}, {0}};

/* ---- Counter's loop ---- */

static bool counts_plainly(ThreadState *ts, Value mapping) {
  if (!is_dict(mapping)) return false;
  Type *t = type_of(ts, mapping);
  return t == TYPE(DICT) || (type_lookup(ts, t, ID(get)) == type_lookup(ts, TYPE(DICT), ID(get)) && type_lookup(ts, t, ID(__setitem__)) == type_lookup(ts, TYPE(DICT), ID(__setitem__)));
}
static int count_plain(ThreadState *ts, Value mapping, Value key) {
  int64_t hash = hash_of(ts, key);
  if (hash == -1) return -1;
  Value old = dict_get_hash(ts, mapping, key, hash);
  if (old == NULL && err_occurred(ts)) return -1;
  Value next = old == NULL ? small_int_value(1) : num_binary(ts, NB_ADD, old, small_int_value(1));
  int r = next ? dict_set_hash(ts, mapping, key, hash, next) : -1;
  xdecref(ts, next);
  return r;
}
static int count_slowly(ThreadState *ts, Value mapping, Value get, Value key) {
  Value old = call2(ts, get, key, small_int_value(0));
  Value next = old ? num_binary(ts, NB_ADD, old, small_int_value(1)) : NULL;
  int r = next ? item_set(ts, mapping, key, next) : -1;
  xdecref(ts, old);
  xdecref(ts, next);
  return r;
}
static Value count_elements(NATIVE_ARGS) {
  Value it = iter_of(ts, args[1]), key, get = NULL;
  if (it == NULL) return NULL;
  bool plain = counts_plainly(ts, args[0]);
  if (!plain && (get = attr_get(ts, args[0], ID(get))) == NULL) goto done;
  while ((key = iter_next(ts, it)) != NULL) {
    int r = plain ? count_plain(ts, args[0], key) : count_slowly(ts, args[0], get, key);
    decref(ts, key);
    if (r < 0) break;
  }
done:
  xdecref(ts, get);
  decref(ts, it);
  return err_occurred(ts) ? NULL : V_NONE;
}

static const MethodDef methods[] = {{"_count_elements", count_elements, 2, 2, 0, "_count_elements($module, mapping, iterable, /)\n--\n\nCount elements in the iterable, updating the mapping"}, {0}};
static int start(ThreadState *ts, Value module) {
  static const TypeSpec default_spec = {.name = "collections.defaultdict", .doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory", .size = sizeof(DefaultDict), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS,
                                        .slots = {.dealloc = default_dealloc, .traverse = default_traverse, .clear = default_clear, .init = default_init, .getitem = default_getitem, .repr = default_repr, .binary = {[NB_OR] = default_or}}, .methods = default_methods, .getsets = default_getsets};
  static const TypeSpec ordered_spec = {.name = "collections.OrderedDict", .doc = "Dictionary that remembers insertion order", .size = sizeof(Dict), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_HAS_DICT | TYPE_WEAKREFS,
                                        .slots = {.dealloc = ordered_dealloc, .traverse = ordered_traverse, .clear = ordered_clear, .init = ordered_init, .repr = ordered_repr, .compare = ordered_compare, .binary = {[NB_OR] = ordered_or}, .inplace = {[NB_OR] = ordered_inplace_or}}, .methods = ordered_methods};
  static const TypeSpec keys_spec = {.name = "odict_keys", .flags = TYPE_GC | TYPE_NO_NEW, .slots = {.iter = keys_iter}, .methods = keys_methods}, values_spec = {.name = "odict_values", .flags = TYPE_GC | TYPE_NO_NEW, .slots = {.iter = values_iter}, .methods = values_methods}, items_spec = {.name = "odict_items", .flags = TYPE_GC | TYPE_NO_NEW, .slots = {.iter = items_iter}, .methods = items_methods};
  ViewTypes *views = module_state(module);
  Type *ordered;
  if ((views->keys = type_from_spec(ts, &keys_spec, TYPE(DICT_KEYS), K_OBJECT)) == NULL || (views->values = type_from_spec(ts, &values_spec, TYPE(DICT_VALUES), K_OBJECT)) == NULL || (views->items = type_from_spec(ts, &items_spec, TYPE(DICT_ITEMS), K_OBJECT)) == NULL) return -1;
  if (deque_add_types(ts, module, &views->iterators) < 0 || module_add_type(ts, module, &default_spec, TYPE(DICT), NULL) < 0 || module_add_type(ts, module, &ordered_spec, TYPE(DICT), &ordered) < 0) return -1;
  ordered->native_data = views;
  decref(ts, (Value)ordered);
  return 0;
}
const ModuleDef collections_module_def = {.name = "_collections", .doc = "High performance data structures.", .methods = methods, .start = start, .state_size = sizeof(ViewTypes), .owned_values = 5};
