/* dict_views.c - what d.keys(), d.values() and d.items() return, iterators over dicts, and read-only mapping proxies.
 * Objects/dictobject.c and Objects/descrobject.c in CPython.
 * Keeps true: a view holds its dict and nothing else; an iterator notices when the dict's size has changed.
 * Next: dict.c. */
#include "runtime/object.h"

typedef struct {
  Object base;
  Value dict;
} DictView;

static inline Value view_dict(Value view) { return ((DictView *)view)->dict; }
static inline bool is_set_view(Value v) { return is_layout(v, K_DICT_KEYS) || is_layout(v, K_DICT_ITEMS); }

/* ---- iterators ---- */

static void iterator_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((DictIterator *)self)->dict);
  object_release(ts, self);
}
static int iterator_traverse(Value self, Visit visit, void *arg) {
  VISIT(((DictIterator *)self)->dict);
  return 0;
}

static Value next_locked(ThreadState *ts, DictIterator *it) {
  if (it->dict == NULL) return NULL;
  Dict *d = as_dict(it->dict);
  if (UNLIKELY(d->used != it->used)) {
    it->used = -1; /* stays so */
    return err_format(ts, EXC(RuntimeError), "dictionary changed size during iteration");
  }
  ssize_t i = it->reverse ? dict_entry_before(d, it->pos) : dict_entry_from(d, it->pos);
  if (i < 0) {
    CLEAR(it->dict);
    return NULL;
  }
  if (UNLIKELY(it->left-- == 0) && !it->reverse) {
    CLEAR(it->dict);
    return err_format(ts, EXC(RuntimeError), "dictionary keys changed during iteration");
  }
  it->pos = it->reverse ? i - 1 : i + 1;
  DictEntry *e = &d->entries[i];
  return it->what == 0 ? incref(e->key) : it->what == 1 ? incref(e->value) : tuple_of2(ts, e->key, e->value);
}
static Value iterator_next(ThreadState *ts, Value self) {
  DictIterator *it = (DictIterator *)self;
  Value dict = __atomic_load_n(&it->dict, __ATOMIC_ACQUIRE), result = NULL;
  if (dict == NULL) return NULL;
  SECTION2(ts, self, dict) result = next_locked(ts, it);
  return result;
}

static Value iterator_length_hint(NATIVE_ARGS) {
  DictIterator *it = (DictIterator *)self;
  if (it->dict == NULL || it->used != dict_len(it->dict)) return small_int_value(0);
  return small_int_value(it->left);
}

static Value iterator_reduce(NATIVE_ARGS) { /* (iter, (list of what is left,)) */
  DictIterator copy = *(DictIterator *)self;
  Value list = list_new(ts, 0);
  xincref(copy.dict);
  Value fake = list ? object_alloc(ts, shape_of(self)->type, sizeof(DictIterator)) : NULL;
  if (fake) {
    DictIterator *it = (DictIterator *)fake;
    it->pos = copy.pos, it->used = copy.used, it->dict = copy.dict, it->what = copy.what, it->reverse = copy.reverse, it->left = copy.left;
    if (list_extend(ts, list, fake) < 0) CLEAR(list);
    decref(ts, fake);
  } else {
    xdecref(ts, copy.dict);
    CLEAR(list);
  }
  if (list == NULL) return NULL;
  Value iter = dict_get_cstr(ts, (Value)ts->interp->builtins, "iter"), holder = tuple_of1(ts, list);
  decref(ts, list);
  return holder ? tuple_steal2(ts, xincref(iter), holder) : NULL;
}

static const MethodDef iterator_methods[] = {{"__length_hint__", iterator_length_hint, 0, 0, 0, NULL},
                                             {"__reduce__", iterator_reduce, 0, 0, 0, NULL},
                                             {0}};
#define ITERATOR_SPEC(python_name) \
  { \
    .name = python_name, .size = sizeof(DictIterator), .flags = TYPE_GC | TYPE_NO_NEW, \
    .slots = {.dealloc = iterator_dealloc, .traverse = iterator_traverse, .iter = iterator_itself, .next = iterator_next}, \
    .methods = iterator_methods, \
  }

Type *type_dict_iterator_init(ThreadState *ts) {
  static const TypeSpec spec = ITERATOR_SPEC("dict_keyiterator");
  return type_from_spec(ts, &spec, NULL, K_DICT_ITERATOR);
}

/* All have the same layout and kind; only their names differ. */
static Type *iterator_type(ThreadState *ts, int what, bool reverse) {
  static const TypeSpec specs[] = {ITERATOR_SPEC("dict_valueiterator"), ITERATOR_SPEC("dict_itemiterator"),
                                   ITERATOR_SPEC("dict_reversekeyiterator"), ITERATOR_SPEC("dict_reversevalueiterator"),
                                   ITERATOR_SPEC("dict_reverseitemiterator")};
  if (what == 0 && !reverse) return TYPE(DICT_ITERATOR);
  int i = reverse ? 2 + what : what - 1;
  return more_type(ts, MORE_DICT_VALUE_ITERATOR + i, &specs[i], K_DICT_ITERATOR);
}

Value dict_iterator_new(ThreadState *ts, Value dict, int what, bool reverse) {
  Type *type = iterator_type(ts, what, reverse);
  DictIterator *it = (DictIterator *)(type ? object_alloc_raw(ts, type, sizeof(DictIterator)) : NULL);
  if (it == NULL) return NULL;
  it->pos = reverse ? as_dict(dict)->entry_count - 1 : 0;
  it->used = it->left = dict_len(dict);
  it->dict = incref(dict);
  it->what = (uint8_t)what;
  it->reverse = reverse;
  return (Value)it;
}

/* ---- views: making, walking ---- */

Value dict_view_new(ThreadState *ts, Value dict, Kind kind) {
  DictView *v = (DictView *)object_alloc_raw(ts, ts->interp->types[kind], sizeof(DictView));
  if (v) v->dict = incref(dict);
  return (Value)v;
}

static void view_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, view_dict(self));
  object_release(ts, self);
}
static int view_traverse(Value self, Visit visit, void *arg) {
  VISIT(view_dict(self));
  return 0;
}

static int what_of(Value view) { return is_kind(view, K_DICT_KEYS) ? 0 : is_kind(view, K_DICT_VALUES) ? 1 : 2; }
static Value view_iter(ThreadState *ts, Value self) { return dict_iterator_new(ts, view_dict(self), what_of(self), false); }
static Value view_reversed(NATIVE_ARGS) { return dict_iterator_new(ts, view_dict(self), what_of(self), true); }
static ssize_t view_len(ThreadState *ts, Value self) { return dict_len(view_dict(self)); }
static Value view_mapping(ThreadState *ts, Value self) { return mapping_proxy_new(ts, view_dict(self)); }

static Value view_repr(ThreadState *ts, Value self) {
  int printing = repr_enter(ts, self);
  if (printing != 0) return printing < 0 ? NULL : str_from_ascii(ts, "...");
  Value list = list_from_iterable(ts, self);
  Value text = list ? str_format(ts, "%U(%R)", type_of(ts, self)->name, list) : NULL;
  repr_leave(ts, self);
  xdecref(ts, list);
  return text;
}

static int keys_contains(ThreadState *ts, Value self, Value item) { return dict_contains(ts, view_dict(self), item); }

static int items_contains(ThreadState *ts, Value self, Value item) {
  if (!is_tuple(item) || tuple_len(item) != 2) return 0;
  Value found = dict_get(ts, view_dict(self), tuple_get(item, 0));
  if (found == NULL) return err_occurred(ts) ? -1 : 0;
  incref(found);
  int same = compare_bool(ts, found, tuple_get(item, 1), CMP_EQ);
  decref(ts, found);
  return same;
}

/* ---- views as sets ---- */

/* Is every item of a in b? -1/0/1 */
static int all_in(ThreadState *ts, Value a, Value b) {
  Value it = iter_of(ts, a);
  if (it == NULL) return -1;
  int r = 1;
  for (Value item; r == 1 && (item = iter_next(ts, it)) != NULL; decref(ts, item)) r = contains(ts, b, item);
  decref(ts, it);
  return err_occurred(ts) ? -1 : r;
}

static Value view_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_set(b) && !is_set_view(b)) return V_NOT_IMPLEMENTED;
  ssize_t n = length(ts, a), m = length(ts, b);
  if (n < 0 || m < 0) return NULL;
  int r = 0;
  switch (op) {
    case CMP_EQ:
    case CMP_NE:
      if (n == m) r = all_in(ts, a, b);
      if (op == CMP_NE && r >= 0) r = !r;
      break;
    case CMP_LT: r = n < m ? all_in(ts, a, b) : 0; break;
    case CMP_LE: r = n <= m ? all_in(ts, a, b) : 0; break;
    case CMP_GT: r = n > m ? all_in(ts, b, a) : 0; break;
    case CMP_GE: r = n >= m ? all_in(ts, b, a) : 0; break;
  }
  return r < 0 ? NULL : bool_value(r);
}

static OWNED Value call_named(ThreadState *ts, Value v, const char *name, Value arg) {
  Value id = str_intern_cstr(ts, name);
  if (id == NULL) return NULL;
  Value r = call_method1(ts, v, id, arg);
  decref(ts, id);
  return r;
}

/* set(a), then one of its methods applied to b. */
static OWNED Value set_with(ThreadState *ts, Value a, const char *method, Value b) {
  Value set = set_from_iterable(ts, is_layout(a, K_DICT_KEYS) ? view_dict(a) : a); /* a dict is walked faster */
  if (set == NULL) return NULL;
  Value done = call_named(ts, set, method, b);
  if (done == NULL) CLEAR(set);
  xdecref(ts, done);
  return set;
}

static Value view_subtract(ThreadState *ts, Value a, Value b) { return set_with(ts, a, "difference_update", b); }
static Value view_or(ThreadState *ts, Value a, Value b) { return set_with(ts, a, "update", b); }
static Value view_xor(ThreadState *ts, Value a, Value b) { return set_with(ts, a, "symmetric_difference_update", b); }

static Value view_and(ThreadState *ts, Value a, Value b) {
  if (!is_set_view(a)) {
    Value t = a;
    a = b, b = t;
  }
  if (is_kind(b, K_SET) && dict_len(view_dict(a)) <= set_len(b)) return call_named(ts, b, "intersection", a);
  if (is_set_view(b) && dict_len(view_dict(b)) > dict_len(view_dict(a))) {
    Value t = a;
    a = b, b = t;
  }
  Value set = set_new(ts), it = set ? iter_of(ts, b) : NULL;
  int r = it ? 0 : -1;
  for (Value item; r == 0 && (item = iter_next(ts, it)) != NULL; decref(ts, item)) {
    int there = contains(ts, a, item);
    r = there < 0 ? -1 : there ? set_add(ts, set, item) : 0;
  }
  if (r < 0 || err_occurred(ts)) {
    xdecref(ts, set);
    set = NULL;
  }
  xdecref(ts, it);
  return set;
}

static Value view_isdisjoint(NATIVE_ARGS) {
  Value other = args[0], small = other, large = self;
  if (self == other) return bool_value(dict_len(view_dict(self)) == 0);
  if (is_set(other) || is_set_view(other)) { /* walk the smaller one */
    ssize_t n = length(ts, other);
    if (n < 0) return NULL;
    if (n > dict_len(view_dict(self))) small = self, large = other;
  }
  Value it = iter_of(ts, small);
  if (it == NULL) return NULL;
  int r = 0;
  for (Value item; r == 0 && (item = iter_next(ts, it)) != NULL; decref(ts, item)) r = contains(ts, large, item);
  decref(ts, it);
  return r < 0 || err_occurred(ts) ? NULL : bool_value(!r);
}

static const MethodDef set_view_methods[] = {
  {"isdisjoint", view_isdisjoint, 1, 1, 0, "Return True if the view and the given iterable have a null intersection."},
  {"__reversed__", view_reversed, 0, 0, 0, "Return a reverse iterator over the dict's entries."},
  {0}};
static const MethodDef values_methods[] = {
  {"__reversed__", view_reversed, 0, 0, 0, "Return a reverse iterator over the dict values."}, {0}};
static const GetSetDef view_getsets[] = {{"mapping", view_mapping, NULL, "dictionary that this view refers to"}, {0}};

#define SET_VIEW_SLOTS(contains_function) \
  { \
    .dealloc = view_dealloc, .traverse = view_traverse, .repr = view_repr, .compare = view_compare, .iter = view_iter, \
    .binary = {[NB_SUBTRACT] = view_subtract, [NB_OR] = view_or, [NB_XOR] = view_xor, [NB_AND] = view_and}, \
    .len = view_len, .contains = contains_function, \
  }

Type *type_dict_keys_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "dict_keys",
    .size = sizeof(DictView),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = SET_VIEW_SLOTS(keys_contains),
    .methods = set_view_methods,
    .getsets = view_getsets,
  };
  return type_from_spec(ts, &spec, NULL, K_DICT_KEYS);
}

Type *type_dict_items_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "dict_items",
    .size = sizeof(DictView),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = SET_VIEW_SLOTS(items_contains),
    .methods = set_view_methods,
    .getsets = view_getsets,
  };
  return type_from_spec(ts, &spec, NULL, K_DICT_ITEMS);
}

Type *type_dict_values_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "dict_values",
    .size = sizeof(DictView),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = view_dealloc, .traverse = view_traverse, .repr = view_repr, .iter = view_iter, .len = view_len},
    .methods = values_methods,
    .getsets = view_getsets,
  };
  return type_from_spec(ts, &spec, NULL, K_DICT_VALUES);
}

/* ---- mapping proxies ---- */

typedef struct {
  Object base;
  Value mapping;
} MappingProxy;

static inline Value proxied(Value v) { return is_kind(v, K_MAPPING_PROXY) ? ((MappingProxy *)v)->mapping : v; }

Value mapping_proxy_new(ThreadState *ts, Value mapping) {
  MappingProxy *p = (MappingProxy *)object_alloc_raw(ts, TYPE(MAPPING_PROXY), sizeof(MappingProxy));
  if (p) p->mapping = incref(mapping);
  return (Value)p;
}

static Value proxy_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"mapping"};
  static const ArgSpec spec = {"mappingproxy", 0, 1, 1, 1, names};
  Value mapping;
  if (args_bind(ts, &spec, args, nargs, kwnames, &mapping) < 0) return NULL;
  if (!is_mapping(ts, mapping) || is_list(mapping) || is_tuple(mapping))
    return err_format(ts, EXC(TypeError), "mappingproxy() argument must be a mapping, not %T", mapping);
  return mapping_proxy_new(ts, mapping);
}

static void proxy_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, proxied(self));
  object_release(ts, self);
}
static int proxy_traverse(Value self, Visit visit, void *arg) {
  VISIT(((MappingProxy *)self)->mapping);
  return 0;
}
static Value proxy_getitem(ThreadState *ts, Value self, Value key) { return item_get(ts, proxied(self), key); }
static int proxy_contains(ThreadState *ts, Value self, Value key) { return contains(ts, proxied(self), key); }
static ssize_t proxy_len(ThreadState *ts, Value self) { return length(ts, proxied(self)); }
static Value proxy_iter(ThreadState *ts, Value self) { return iter_of(ts, proxied(self)); }
static Value proxy_str(ThreadState *ts, Value self) { return str_of(ts, proxied(self)); }
static Value proxy_repr(ThreadState *ts, Value self) { return str_format(ts, "mappingproxy(%R)", proxied(self)); }
static Value proxy_compare(ThreadState *ts, Value a, Value b, CompareOp op) { return compare(ts, proxied(a), b, op); }
static Value proxy_or(ThreadState *ts, Value a, Value b) { return num_binary(ts, NB_OR, proxied(a), proxied(b)); }
static Value proxy_inplace_or(ThreadState *ts, Value a, Value b) {
  return err_format(ts, EXC(TypeError), "'|=' is not supported by %T; use '|' instead", a);
}
static Value proxy_get(NATIVE_ARGS) {
  return call_method2(ts, proxied(self), ID(get), args[0], nargs > 1 ? args[1] : V_NONE);
}
static Value proxy_keys(NATIVE_ARGS) { return call_method0(ts, proxied(self), ID(keys)); }
static Value proxy_values(NATIVE_ARGS) { return call_method0(ts, proxied(self), ID(values)); }
static Value proxy_items(NATIVE_ARGS) { return call_method0(ts, proxied(self), ID(items)); }
static Value proxy_copy(NATIVE_ARGS) { return call_method0(ts, proxied(self), ID(copy)); }
static Value proxy_reversed(NATIVE_ARGS) { return call_method0(ts, proxied(self), ID(__reversed__)); }
static Value proxy_class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

static const MethodDef proxy_methods[] = {
  {"get", proxy_get, 1, 2, 0, "get($self, key, default=None, /)\n--\n\nReturn the value for key if key is in the mapping, else default."},
  {"keys", proxy_keys, 0, 0, 0, NULL},
  {"values", proxy_values, 0, 0, 0, NULL},
  {"items", proxy_items, 0, 0, 0, NULL},
  {"copy", proxy_copy, 0, 0, 0, NULL},
  {"__reversed__", proxy_reversed, 0, 0, 0, NULL},
  {"__class_getitem__", proxy_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"},
  {0}};

Type *type_mapping_proxy_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "mappingproxy",
    .size = sizeof(MappingProxy),
    .flags = TYPE_GC | TYPE_MAPPING,
    .slots = {.dealloc = proxy_dealloc, .traverse = proxy_traverse, .repr = proxy_repr, .str = proxy_str, .compare = proxy_compare,
              .iter = proxy_iter, .new = proxy_type_new, .binary = {[NB_OR] = proxy_or}, .inplace = {[NB_OR] = proxy_inplace_or},
              .len = proxy_len, .getitem = proxy_getitem, .contains = proxy_contains},
    .methods = proxy_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_MAPPING_PROXY);
}
