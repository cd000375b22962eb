/* functools.c - the module _functools: reduce, partial, cmp_to_key and the wrapper behind lru_cache.
 * The bounded cache is a dict from key to node, and a ring of the nodes from least to most recently used:
 *
 *      cache --> dict { key: node }          ring: first <-> node <-> node <-> last     (each node is owned by both)
 *
 * Keeps true: user code (calls, __eq__, __hash__) may change the cache at any call; nodes in hand are held.
 * Next: runtime/lib/functools.py. CPython: Modules/_functoolsmodule.c. */
#include "runtime/module.h"
#include "runtime/slots.h"

static int heap_or_attrs(Value self, Visit visit, void *arg) { return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg); }

/* ---- reduce ---- */

static Value reduce(NATIVE_ARGS) {
  Value it = iter_of(ts, args[1]), item;
  if (it == NULL) {
    if (err_matches(ts, EXC(TypeError))) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "reduce() arg 2 must support iteration");
    }
    return NULL;
  }
  Value r = nargs > 2 ? incref(args[2]) : NULL;
  while ((item = iter_next(ts, it)) != NULL) {
    if (r == NULL) {
      r = item;
      continue;
    }
    Value next = call2(ts, args[0], r, item);
    decref(ts, item);
    decref(ts, r);
    if ((r = next) == NULL) break;
  }
  decref(ts, it);
  if (err_occurred(ts)) {
    CLEAR(r);
    return NULL;
  }
  return r ? r : err_format(ts, EXC(TypeError), "reduce() of empty iterable with no initial value");
}

/* ---- partial ---- */

typedef struct {
  Object base;
  Value function, args, keywords; /* args: tuple, keywords: dict */
} Partial;
static Partial *as_partial(Value v) { return (Partial *)v; }

static void partial_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  xdecref(ts, as_partial(self)->function);
  xdecref(ts, as_partial(self)->args);
  xdecref(ts, as_partial(self)->keywords);
  object_release(ts, self);
}
static int partial_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_partial(self)->function);
  VISIT(as_partial(self)->args);
  VISIT(as_partial(self)->keywords);
  return heap_or_attrs(self, visit, arg);
}
static int partial_clear(ThreadState *ts, Value self) { return attrs_clear(ts, self); }
static bool has_attributes(Value v) {
  Attrs *attrs = attrs_of(v);
  return attrs && (shape_of(v)->count > 0 || (shape_of(v)->is_dict && attrs->more && dict_len(attrs->more) > 0));
}
static Value partial_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs < 1) return err_format(ts, EXC(TypeError), "type 'partial' takes at least one argument");
  Value function = args[0], before = NULL;
  if (!is_callable(ts, function)) return err_format(ts, EXC(TypeError), "the first argument must be callable");
  if (is_object(function) && type_of(ts, function)->slots.dealloc == partial_dealloc && !has_attributes(function)) {
    before = function;
    function = as_partial(before)->function;
  }
  ssize_t old = before ? tuple_len(as_partial(before)->args) : 0;
  Value self = object_new_instance(ts, type);
  if (self == NULL) return NULL;
  Partial *p = as_partial(self);
  p->function = incref(function);
  p->args = tuple_new(ts, old + nargs - 1);
  p->keywords = before ? dict_copy(ts, as_partial(before)->keywords) : dict_new(ts);
  if (p->args == NULL || p->keywords == NULL) goto error;
  for (ssize_t i = 0; i < old; i++) tuple_set(p->args, i, incref(tuple_get(as_partial(before)->args, i)));
  for (ssize_t i = 1; i < nargs; i++) tuple_set(p->args, old + i - 1, incref(args[i]));
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++)
    if (dict_set(ts, p->keywords, tuple_get(kwnames, k), args[nargs + k]) < 0) goto error;
  return self;
error:
  decref(ts, self);
  return NULL;
}
static Value partial_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Partial *p = as_partial(self);
  ssize_t own = tuple_len(p->args), given = kwnames ? tuple_len(kwnames) : 0;
  Value r = NULL, keywords = NULL, all = NULL, held = incref(self);
  Value small[12], *items = small;
  if (dict_len(p->keywords) == 0) {
    if (own + nargs + given > 12 && (items = mem_alloc(ts, (size_t)(own + nargs + given) * sizeof *items)) == NULL) goto done;
    Value own_args = incref(p->args);
    if (own) memcpy(items, tuple_items(own_args), (size_t)own * sizeof *items);
    if (nargs + given) memcpy(items + own, args, (size_t)(nargs + given) * sizeof *items);
    r = call(ts, p->function, items, own + nargs, kwnames);
    decref(ts, own_args);
    goto done;
  }
  if ((keywords = dict_copy(ts, p->keywords)) == NULL || (all = tuple_new(ts, own + nargs)) == NULL) goto done;
  for (ssize_t i = 0; i < own; i++) tuple_set(all, i, incref(tuple_get(p->args, i)));
  for (ssize_t i = 0; i < nargs; i++) tuple_set(all, own + i, incref(args[i]));
  for (ssize_t k = 0; k < given; k++)
    if (dict_set(ts, keywords, tuple_get(kwnames, k), args[nargs + k]) < 0) goto done;
  r = call_tuple_dict(ts, p->function, all, keywords);
done:
  if (items != small) mem_free(ts, items);
  xdecref(ts, keywords);
  xdecref(ts, all);
  decref(ts, held);
  return r;
}
static int put(StrBuilder *b, Value text) {
  int r = text ? strb_str(b, text) : -1;
  xdecref(b->ts, text);
  return r;
}
static Value partial_repr(ThreadState *ts, Value self) {
  int entered = repr_enter(ts, self);
  if (entered) return entered > 0 ? str_from_ascii(ts, "...") : NULL;
  Partial *p = as_partial(self);
  Type *type = type_of(ts, self);
  StrBuilder b;
  strb_init(&b, ts);
  Value args = incref(p->args), keywords = incref(p->keywords), key, value;
  int r = put(&b, str_format(ts, "%N(%R", type, p->function));
  for (ssize_t i = 0; r == 0 && i < tuple_len(args); i++) r = put(&b, str_format(ts, ", %R", tuple_get(args, i)));
  for (ssize_t pos = 0; r == 0 && dict_next(keywords, &pos, &key, &value);) {
    incref(key), incref(value); /* their __str__ and __repr__ may take them out of the dict */
    r = put(&b, str_format(ts, ", %S=%R", key, value));
    decref(ts, key);
    decref(ts, value);
  }
  decref(ts, args);
  decref(ts, keywords);
  if (r == 0) r = strb_char(&b, ')');
  repr_leave(ts, self);
  if (r == 0) return strb_finish(&b);
  strb_drop(&b);
  return NULL;
}
static Value partial_func(ThreadState *ts, Value self) { return incref(as_partial(self)->function); }
static Value partial_args(ThreadState *ts, Value self) { return incref(as_partial(self)->args); }
static Value partial_keywords(ThreadState *ts, Value self) { return incref(as_partial(self)->keywords); }
static Value partial_reduce(NATIVE_ARGS) {
  Partial *p = as_partial(self);
  Value dict = has_attributes(self) ? object_get_dict(ts, self) : V_NONE;
  if (dict == NULL) return NULL;
  Value state = tuple_new(ts, 4);
  if (state == NULL) {
    decref(ts, dict);
    return NULL;
  }
  tuple_set(state, 0, incref(p->function));
  tuple_set(state, 1, incref(p->args));
  tuple_set(state, 2, incref(p->keywords));
  tuple_set(state, 3, dict);
  return tuple_steal3(ts, incref((Value)type_of(ts, self)), tuple_of1(ts, p->function), state);
}
static Value partial_setstate(NATIVE_ARGS) {
  Value state = args[0];
  Partial *p = as_partial(self);
  if (!is_tuple(state) || tuple_len(state) != 4) return err_format(ts, EXC(TypeError), "invalid partial state");
  Value f = tuple_get(state, 0), a = tuple_get(state, 1), k = tuple_get(state, 2), d = tuple_get(state, 3);
  if (!is_callable(ts, f) || !is_tuple(a) || (k != V_NONE && !is_dict(k))) return err_format(ts, EXC(TypeError), "invalid partial state");
  Value new_args = is_kind(a, K_TUPLE) ? incref(a) : tuple_from_items(ts, tuple_items(a), tuple_len(a));
  Value new_keywords = new_args == NULL ? NULL : k == V_NONE ? dict_new(ts) : is_kind(k, K_DICT) ? incref(k) : dict_copy(ts, k);
  if (new_keywords == NULL) {
    xdecref(ts, new_args);
    return NULL;
  }
  replace(ts, &p->args, new_args);
  replace(ts, &p->keywords, new_keywords);
  replace(ts, &p->function, incref(f));
  if (d != V_NONE && object_set_dict(ts, self, d) < 0) return NULL;
  return V_NONE;
}
static Value class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }
static const MethodDef partial_methods[] = {{"__reduce__", partial_reduce, 0, 0, 0, NULL}, {"__setstate__", partial_setstate, 1, 1, 0, NULL}, {"__class_getitem__", class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"}, {0}};
static const GetSetDef partial_getsets[] = {{"func", partial_func, readonly_attribute, "function object to use in future partial calls"},
                                            {"args", partial_args, readonly_attribute, "tuple of arguments to future partial calls"},
                                            {"keywords", partial_keywords, readonly_attribute, "dictionary of keyword arguments to future partial calls"},
                                            {0}};

/* ---- cmp_to_key ---- */

typedef struct {
  Object base;
  Value cmp, obj; /* obj NULL: the key function itself */
} KeyWrapper;
static void key_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((KeyWrapper *)self)->cmp);
  xdecref(ts, ((KeyWrapper *)self)->obj);
  object_release(ts, self);
}
static int key_traverse(Value self, Visit visit, void *arg) {
  VISIT(((KeyWrapper *)self)->cmp);
  VISIT(((KeyWrapper *)self)->obj);
  return 0;
}
static int key_clear(ThreadState *ts, Value self) {
  CLEAR(((KeyWrapper *)self)->obj);
  return 0;
}
static Value key_make(ThreadState *ts, Type *type, Value cmp, NULLABLE Value obj) {
  Value v = object_alloc(ts, type, sizeof(KeyWrapper));
  if (v == NULL) return NULL;
  ((KeyWrapper *)v)->cmp = incref(cmp);
  ((KeyWrapper *)v)->obj = xincref(obj);
  return v;
}
static Value key_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"obj"};
  static const ArgSpec spec = {"K", 0, 1, 1, 1, names};
  Value given[1];
  return args_bind(ts, &spec, args, nargs, kwnames, given) < 0 ? NULL : key_make(ts, type_of(ts, self), ((KeyWrapper *)self)->cmp, given[0]);
}
static Value key_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_object(b) || type_of(ts, b) != type_of(ts, a)) return err_format(ts, EXC(TypeError), "other argument must be K instance");
  KeyWrapper *x = (KeyWrapper *)a, *y = (KeyWrapper *)b;
  if (x->obj == NULL || y->obj == NULL) return err_format(ts, EXC(AttributeError), "object");
  Value r = call2(ts, x->cmp, x->obj, y->obj);
  if (r == NULL) return NULL;
  Value answer = compare(ts, r, small_int_value(0), op);
  decref(ts, r);
  return answer;
}
static Value key_get_obj(ThreadState *ts, Value self) { return ((KeyWrapper *)self)->obj ? incref(((KeyWrapper *)self)->obj) : err_format(ts, EXC(AttributeError), "obj"); }
static int key_set_obj(ThreadState *ts, Value self, Value v) {
  replace(ts, &((KeyWrapper *)self)->obj, xincref(v));
  return 0;
}
static const GetSetDef key_getsets[] = {{"obj", key_get_obj, key_set_obj, "Value wrapped by a key function."}, {0}};
typedef struct {
  Type *key, *node;
} State;
static Value cmp_to_key(NATIVE_ARGS) {
  static const char *const names[] = {"mycmp"};
  static const ArgSpec spec = {"cmp_to_key", 0, 1, 1, 1, names};
  Value given[1];
  return args_bind(ts, &spec, args, nargs, kwnames, given) < 0 ? NULL : key_make(ts, ((State *)module_state(self))->key, given[0], NULL);
}

/* ---- lru_cache ---- */

typedef struct Node {
  Object base;
  struct Node *prev, *next; /* in the ring; NULL outside it */
  Value key, result;
  int64_t hash;
} Node;
typedef struct {
  Object base;
  Value function, cache, info_type, mark; /* mark: between positional and keyword arguments in a key */
  int64_t max_size; /* -1: no bound */
  int64_t hits, misses, count;
  bool typed;
  Node *first, *last;
} Lru;
static Lru *as_lru(Value v) { return (Lru *)v; }

static void node_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Node *)self)->key);
  xdecref(ts, ((Node *)self)->result);
  object_release(ts, self);
}
static int node_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Node *)self)->key);
  VISIT(((Node *)self)->result);
  return 0;
}
static void ring_unlink(Lru *l, Node *n) {
  *(n->prev ? &n->prev->next : &l->first) = n->next;
  *(n->next ? &n->next->prev : &l->last) = n->prev;
  n->prev = n->next = NULL;
  l->count--;
}
static void ring_append(Lru *l, Node *n) {
  n->prev = l->last;
  n->next = NULL;
  *(l->last ? &l->last->next : &l->first) = n;
  l->last = n;
  l->count++;
}
static bool in_ring(Lru *l, Node *n) { return n->prev || l->first == n; }
static void lru_empty(ThreadState *ts, Lru *l) {
  Node *n = l->first;
  l->first = l->last = NULL;
  l->count = 0;
  for (Node *at = n; at; at = at->next) at->prev = NULL;
  if (l->cache) dict_clear(ts, l->cache);
  while (n) {
    Node *next = n->next;
    n->next = NULL;
    decref(ts, (Value)n);
    n = next;
  }
}
static void lru_dealloc(ThreadState *ts, Value self) {
  Lru *l = as_lru(self);
  attrs_release(ts, self);
  lru_empty(ts, l);
  xdecref(ts, l->function);
  xdecref(ts, l->cache);
  xdecref(ts, l->info_type);
  xdecref(ts, l->mark);
  object_release(ts, self);
}
static int lru_traverse(Value self, Visit visit, void *arg) {
  Lru *l = as_lru(self);
  VISIT(l->function);
  VISIT(l->cache);
  VISIT(l->info_type);
  VISIT(l->mark);
  for (Node *n = l->first; n; n = n->next) VISIT(n);
  return heap_or_attrs(self, visit, arg);
}
static int lru_clear(ThreadState *ts, Value self) {
  lru_empty(ts, as_lru(self));
  return attrs_clear(ts, self);
}
static Value lru_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"user_function", "maxsize", "typed", "cache_info_type"};
  static const ArgSpec spec = {"lru_cache", 0, 4, 4, 4, names};
  Value given[4];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (!is_callable(ts, given[0])) return err_format(ts, EXC(TypeError), "the first argument must be callable");
  int typed = truth(ts, given[2]);
  if (typed < 0) return NULL;
  int64_t max_size = -1;
  if (given[1] != V_NONE) {
    if (!has_index(ts, given[1])) return err_format(ts, EXC(TypeError), "maxsize should be integer or None");
    max_size = num_as_ssize(ts, given[1], EXC(OverflowError));
    if (max_size == -1 && err_occurred(ts)) return NULL;
    if (max_size < 0) max_size = 0;
  }
  Value self = object_new_instance(ts, type);
  if (self == NULL) return NULL;
  Lru *l = as_lru(self);
  l->function = incref(given[0]);
  l->info_type = incref(given[3]);
  l->max_size = max_size;
  l->typed = typed;
  l->cache = dict_new(ts);
  l->mark = object_new_instance(ts, TYPE(OBJECT));
  if (l->cache == NULL || l->mark == NULL) CLEAR(self);
  return self;
}
static bool is_simple_key(Value v) { return is_small_int(v) || is_kind(v, K_STR) || is_kind(v, K_INT); }
static Value make_key(ThreadState *ts, Lru *l, Value *args, ssize_t nargs, Value kwnames) {
  ssize_t keywords = kwnames ? tuple_len(kwnames) : 0, at = 0;
  if (!l->typed && keywords == 0 && nargs == 1 && !is_special(args[0]) && is_simple_key(args[0])) return incref(args[0]);
  Value key = tuple_new(ts, nargs + (keywords ? 1 + 2 * keywords : 0) + (l->typed ? nargs + keywords : 0));
  if (key == NULL) return NULL;
  for (ssize_t i = 0; i < nargs; i++) tuple_set(key, at++, incref(args[i]));
  if (keywords) tuple_set(key, at++, incref(l->mark));
  for (ssize_t k = 0; k < keywords; k++) {
    tuple_set(key, at++, incref(tuple_get(kwnames, k)));
    tuple_set(key, at++, incref(args[nargs + k]));
  }
  for (ssize_t i = 0; l->typed && i < nargs + keywords; i++) tuple_set(key, at++, incref((Value)type_of(ts, args[i])));
  return key;
}
/* Remember result under key: the oldest goes when the cache is full. */
static int remember(ThreadState *ts, Lru *l, Type *node_type, Value key, int64_t hash, Value result) {
  HOLD(ts, &l->base);
  if (l->max_size < 0) return dict_set_hash(ts, l->cache, key, hash, result);
  if (dict_get_hash(ts, l->cache, key, hash)) return 0; /* a call within the call was quicker */
  if (err_occurred(ts)) return -1;
  while (l->count >= l->max_size && l->first) {
    Node *oldest = l->first;
    bool failed;
    ring_unlink(l, oldest); /* its reference is ours now */
    Value popped = dict_pop(ts, l->cache, oldest->key, &failed);
    decref(ts, (Value)oldest);
    xdecref(ts, popped);
    if (failed) return -1;
  }
  Node *n = (Node *)object_alloc(ts, node_type, sizeof(Node));
  if (n == NULL) return -1;
  n->key = incref(key);
  n->result = incref(result);
  n->hash = hash;
  if (dict_set_hash(ts, l->cache, key, hash, (Value)n) < 0) {
    decref(ts, (Value)n);
    return -1;
  }
  ring_append(l, n);
  return 0;
}
/* What was remembered: OWNED, or NULL with or without an exception. It is the newest now. */
static Value recall(ThreadState *ts, Lru *l, Value key, int64_t hash) {
  HOLD(ts, &l->base);
  Value found = dict_get_hash(ts, l->cache, key, hash);
  if (found == NULL) {
    if (!err_occurred(ts)) l->misses++;
    return NULL;
  }
  l->hits++;
  if (l->max_size < 0) return incref(found);
  Node *n = (Node *)found;
  if (l->last != n && in_ring(l, n)) {
    ring_unlink(l, n);
    ring_append(l, n);
  }
  return incref(n->result);
}
/* The function itself runs without the lock. */
static Value lru_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Lru *l = as_lru(self);
  if (l->max_size == 0) {
    SECTION(ts, self) l->misses++;
    return call(ts, l->function, args, nargs, kwnames);
  }
  Value key = make_key(ts, l, args, nargs, kwnames), r = NULL;
  int64_t hash = key ? hash_of(ts, key) : -1;
  if (hash == -1) goto done;
  r = recall(ts, l, key, hash);
  if (r || err_occurred(ts)) goto done;
  incref(self);
  r = call(ts, l->function, args, nargs, kwnames);
  Type *type = type_of(ts, self);
  while (type->flags & TYPE_HEAP) type = type->base;
  if (r && remember(ts, l, type->native_data, key, hash, r) < 0) CLEAR(r);
  decref(ts, self);
done:
  xdecref(ts, key);
  return r;
}
static Value lru_get(ThreadState *ts, Value self, Value obj, Value type) { return obj == NULL || obj == V_NONE ? incref(self) : method_new(ts, self, obj); }
static Value cache_info(NATIVE_ARGS) {
  HOLD(ts, self);
  Lru *l = as_lru(self);
  Value given[] = {int_from_i64(ts, l->hits), int_from_i64(ts, l->misses), l->max_size < 0 ? V_NONE : int_from_i64(ts, l->max_size), small_int_value(dict_len(l->cache))};
  return call(ts, l->info_type, given, 4, NULL);
}
static Value cache_clear(NATIVE_ARGS) {
  HOLD(ts, self);
  as_lru(self)->hits = as_lru(self)->misses = 0;
  lru_empty(ts, as_lru(self));
  return V_NONE;
}
static Value itself(NATIVE_ARGS) { return incref(self); }
static Value lru_reduce(NATIVE_ARGS) { return attr_get(ts, self, ID(__qualname__)); }
static const MethodDef lru_methods[] = {{"cache_info", cache_info, 0, 0, 0, "Report cache statistics"}, {"cache_clear", cache_clear, 0, 0, 0, "Clear the cache and cache statistics"},
                                        {"__reduce__", lru_reduce, 0, 0, 0, NULL}, {"__copy__", itself, 0, 0, 0, NULL}, {"__deepcopy__", itself, 1, 1, 0, NULL}, {0}};

static const MethodDef methods[] = {{"reduce", reduce, 2, 3, 0, "reduce(function, iterable[, initial], /) -> value\n\nApply a function of two arguments cumulatively, from left to right."},
                                    {"cmp_to_key", cmp_to_key, 0, -1, METHOD_KW, "cmp_to_key($module, /, mycmp)\n--\n\nConvert a cmp= function into a key= function."},
                                    {0}};
static int start(ThreadState *ts, Value module) {
  static const TypeSpec partial_spec = {.name = "functools.partial", .doc = "partial(func, *args, **keywords) - new function with partial application\n    of the given arguments and keywords.\n", .size = sizeof(Partial), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_HAS_DICT | TYPE_WEAKREFS,
                                        .slots = {.dealloc = partial_dealloc, .traverse = partial_traverse, .clear = partial_clear, .new = partial_new, .call = partial_call, .repr = partial_repr}, .methods = partial_methods, .getsets = partial_getsets};
  static const TypeSpec lru_spec = {.name = "functools._lru_cache_wrapper", .doc = "Create a cached callable that wraps another function.", .size = sizeof(Lru), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_HAS_DICT | TYPE_WEAKREFS,
                                    .slots = {.dealloc = lru_dealloc, .traverse = lru_traverse, .clear = lru_clear, .new = lru_new, .call = lru_call, .descr_get = lru_get}, .methods = lru_methods};
  static const TypeSpec node_spec = {.name = "functools._lru_list_elem", .size = sizeof(Node), .flags = TYPE_GC | TYPE_NO_NEW, .slots = {.dealloc = node_dealloc, .traverse = node_traverse}};
  static const TypeSpec key_spec = {.name = "functools.KeyWrapper", .size = sizeof(KeyWrapper), .flags = TYPE_GC | TYPE_NO_NEW, .slots = {.dealloc = key_dealloc, .traverse = key_traverse, .clear = key_clear, .call = key_call, .compare = key_compare}, .getsets = key_getsets};
  State *state = module_state(module);
  Type *lru_type;
  if ((state->node = type_from_spec(ts, &node_spec, NULL, K_OBJECT)) == NULL || (state->key = type_from_spec(ts, &key_spec, NULL, K_OBJECT)) == NULL) return -1;
  if (module_add_type(ts, module, &partial_spec, NULL, NULL) < 0 || module_add_type(ts, module, &lru_spec, NULL, &lru_type) < 0) return -1;
  lru_type->native_data = state->node;
  decref(ts, (Value)lru_type);
  return 0;
}
const ModuleDef functools_module_def = {.name = "_functools", .doc = "Tools that operate on functions.", .methods = methods, .start = start, .state_size = sizeof(State), .owned_values = 2};
