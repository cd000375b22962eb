/* weakref_module.c - the module _weakref: ref is types/weakref.c's type; proxies stand for their target in every operation.
 * Next: types/weakref.c, runtime/lib/weakref.py. CPython: Modules/_weakref.c, Objects/weakrefobject.c. */
#include "runtime/types/weakref.h"

#include "runtime/module.h"

typedef struct {
  Type *proxy, *callable_proxy;
} State;

static bool is_proxy(ThreadState *ts, Value v);
/* What v stands for, OWNED; v itself when it is no proxy; NULL with ReferenceError when it is gone. */
static Value target_of(ThreadState *ts, Value v) {
  if (!is_proxy(ts, v)) return incref(v);
  Value target = weakref_target(v);
  return target ? incref(target) : err_format(ts, EXC(ReferenceError), "weakly-referenced object no longer exists");
}
#define WITH_TARGET(type, bad, expression) \
  Value x = target_of(ts, self); \
  if (x == NULL) return bad; \
  type r = expression; \
  decref(ts, x); \
  return r
static Value proxy_str(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, str_of(ts, x)); }
static Value proxy_repr(ThreadState *ts, Value self) {
  Value target = weakref_target(self);
  return target ? str_format(ts, "<weakproxy at %p to %T at %p>", (void *)self, target, (void *)target) : str_format(ts, "<weakproxy at %p to NoneType at %p>", (void *)self, (void *)V_NONE);
}
static Value proxy_getattr(ThreadState *ts, Value self, Value name) { WITH_TARGET(Value, NULL, attr_get(ts, x, name)); }
static int proxy_setattr(ThreadState *ts, Value self, Value name, Value value) { WITH_TARGET(int, -1, attr_set(ts, x, name, value)); }
static Value proxy_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { WITH_TARGET(Value, NULL, call(ts, x, args, nargs, kwnames)); }
static Value proxy_iter(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, iter_of(ts, x)); }
static Value proxy_next(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, is_iterator(ts, x) ? iter_next(ts, x) : err_format(ts, EXC(TypeError), "Weakref proxy referenced a non-iterator '%T' object", x)); }
static ssize_t proxy_len(ThreadState *ts, Value self) { WITH_TARGET(ssize_t, -1, length(ts, x)); }
static Value proxy_getitem(ThreadState *ts, Value self, Value key) { WITH_TARGET(Value, NULL, item_get(ts, x, key)); }
static int proxy_setitem(ThreadState *ts, Value self, Value key, Value value) { WITH_TARGET(int, -1, value ? item_set(ts, x, key, value) : item_delete(ts, x, key)); }
static int proxy_contains(ThreadState *ts, Value self, Value item) { WITH_TARGET(int, -1, contains(ts, x, item)); }
static int proxy_truth(ThreadState *ts, Value self) { WITH_TARGET(int, -1, truth(ts, x)); }
static Value proxy_negative(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, num_negative(ts, x)); }
static Value proxy_positive(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, num_positive(ts, x)); }
static Value proxy_absolute(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, num_absolute(ts, x)); }
static Value proxy_invert(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, num_invert(ts, x)); }
static Value proxy_int(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, num_int(ts, x)); }
static Value proxy_float(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, num_float(ts, x)); }
static Value proxy_index(ThreadState *ts, Value self) { WITH_TARGET(Value, NULL, num_index(ts, x)); }
static int64_t proxy_hash(ThreadState *ts, Value self) {
  err_format(ts, EXC(TypeError), "unhashable type: '%T'", self);
  return -1;
}
static Value both(ThreadState *ts, Value a, Value b, int op, Value (*fn)(ThreadState *, int, Value, Value)) {
  Value x = target_of(ts, a), y = x ? target_of(ts, b) : NULL;
  Value r = y ? fn(ts, op, x, y) : NULL;
  xdecref(ts, x);
  xdecref(ts, y);
  return r;
}
static Value do_compare(ThreadState *ts, int op, Value a, Value b) { return compare(ts, a, b, (CompareOp)op); }
static Value do_binary(ThreadState *ts, int op, Value a, Value b) { return num_binary(ts, (BinaryOp)op, a, b); }
static Value do_inplace(ThreadState *ts, int op, Value a, Value b) { return num_inplace(ts, (BinaryOp)op, a, b); }
static Value do_divmod(ThreadState *ts, int op, Value a, Value b) {
  Value f = dict_get_cstr(ts, (Value)ts->interp->builtins, "divmod");
  return f ? call2(ts, f, a, b) : V_NOT_IMPLEMENTED;
}
static Value proxy_compare(ThreadState *ts, Value a, Value b, CompareOp op) { return both(ts, a, b, (int)op, do_compare); }
#define EACH(X) X(ADD) X(AND) X(FLOOR_DIVIDE) X(LSHIFT) X(MATRIX_MULTIPLY) X(MULTIPLY) X(REMAINDER) X(OR) X(POWER) X(RSHIFT) X(SUBTRACT) X(TRUE_DIVIDE) X(XOR)
#define FUNCTIONS(NAME) \
  static Value proxy_##NAME(ThreadState *ts, Value a, Value b) { return both(ts, a, b, NB_##NAME, do_binary); } \
  static Value proxy_inplace_##NAME(ThreadState *ts, Value a, Value b) { return both(ts, a, b, NB_##NAME, do_inplace); }
EACH(FUNCTIONS)
#undef FUNCTIONS
static Value proxy_divmod(ThreadState *ts, Value a, Value b) { return both(ts, a, b, 0, do_divmod); }
static bool is_proxy(ThreadState *ts, Value v) { return is_object(v) && type_of(ts, v)->slots.getattr == proxy_getattr; }

static Value proxy_dunder(ThreadState *ts, Value self, const char *name) {
  Value x = target_of(ts, self);
  if (x == NULL) return NULL;
  Value method = attr_get_cstr(ts, x, name), r = method ? call0(ts, method) : NULL;
  xdecref(ts, method);
  decref(ts, x);
  return r;
}
static Value proxy_bytes(NATIVE_ARGS) { return proxy_dunder(ts, self, "__bytes__"); }
static Value proxy_reversed(NATIVE_ARGS) { return proxy_dunder(ts, self, "__reversed__"); }
static const MethodDef proxy_methods[] = {{"__bytes__", proxy_bytes, 0, 0, 0, NULL}, {"__reversed__", proxy_reversed, 0, 0, 0, NULL}, {0}};

static Value proxy(NATIVE_ARGS) {
  State *state = module_state(self);
  Type *type = is_callable(ts, args[0]) ? state->callable_proxy : state->proxy;
  if (nargs < 2 || args[1] == V_NONE) { /* one without a callback is shared */
    Value all = weakref_list(ts, args[0]), found = NULL;
    if (all == NULL) return NULL;
    for (ssize_t i = 0; found == NULL && i < list_len(all); i++) {
      Value r = list_get(all, i);
      if (type_of(ts, r) == type && ((WeakRef *)r)->callback == NULL) found = incref(r);
    }
    decref(ts, all);
    if (found) return found;
  }
  return weakref_new(ts, type, args[0], nargs > 1 ? args[1] : NULL);
}
static Value getweakrefcount(NATIVE_ARGS) { return int_from_i64(ts, weakref_count(ts, args[0])); }
static Value getweakrefs(NATIVE_ARGS) { return weakref_list(ts, args[0]); }
static Value remove_dead(NATIVE_ARGS) {
  if (!is_dict(args[0])) return err_format(ts, EXC(TypeError), "_remove_dead_weakref() argument 1 must be dict, not %T", args[0]);
  Value r = dict_get(ts, args[0], args[1]);
  if (r == NULL) return err_occurred(ts) ? NULL : V_NONE;
  if (!is_layout(r, K_WEAKREF)) return err_format(ts, EXC(TypeError), "not a weakref");
  if (weakref_target(r)) return V_NONE;
  bool failed;
  Value old = dict_pop(ts, args[0], args[1], &failed);
  xdecref(ts, old);
  return failed ? NULL : V_NONE;
}
static const MethodDef methods[] = {{"proxy", proxy, 1, 2, 0, "proxy($module, object, callback=None, /)\n--\n\nCreate a proxy object that weakly references 'object'."},
                                    {"getweakrefcount", getweakrefcount, 1, 1, 0, "Return the number of weak references to 'object'."},
                                    {"getweakrefs", getweakrefs, 1, 1, 0, "Return a list of all weak reference objects pointing to 'object'."},
                                    {"_remove_dead_weakref", remove_dead, 2, 2, 0, "Atomically remove key from dict if it points to a dead weakref."}, {0}};
#define PROXY_SLOTS \
  .getattr = proxy_getattr, .setattr = proxy_setattr, .repr = proxy_repr, .str = proxy_str, .hash = proxy_hash, .compare = proxy_compare, .iter = proxy_iter, .next = proxy_next, .len = proxy_len, .getitem = proxy_getitem, .setitem = proxy_setitem, .contains = proxy_contains, .truth = proxy_truth, \
  .negative = proxy_negative, .positive = proxy_positive, .absolute = proxy_absolute, .invert = proxy_invert, .to_int = proxy_int, .to_float = proxy_float, .index = proxy_index, .binary = {EACH(BINARY)[NB_DIVMOD] = proxy_divmod}, .inplace = {EACH(INPLACE)}
#define BINARY(NAME) [NB_##NAME] = proxy_##NAME,
#define INPLACE(NAME) [NB_##NAME] = proxy_inplace_##NAME,
static Value no_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return err_format(ts, EXC(TypeError), "'%T' object is not callable", self); }

static int start(ThreadState *ts, Value module) {
  static const TypeSpec proxy_spec = {.name = "weakref.ProxyType", .size = sizeof(WeakRef), .flags = TYPE_GC | TYPE_NO_NEW, .slots = {PROXY_SLOTS, .call = no_call}, .methods = proxy_methods};
  static const TypeSpec callable_spec = {.name = "weakref.CallableProxyType", .size = sizeof(WeakRef), .flags = TYPE_GC | TYPE_NO_NEW, .slots = {PROXY_SLOTS, .call = proxy_call}, .methods = proxy_methods};
  State *state = module_state(module);
  if (module_add_type(ts, module, &proxy_spec, TYPE(WEAKREF), &state->proxy) < 0 || module_add_type(ts, module, &callable_spec, TYPE(WEAKREF), &state->callable_proxy) < 0) return -1;
  return module_add(ts, module, "ref", incref((Value)TYPE(WEAKREF))) < 0 || module_add(ts, module, "ReferenceType", incref((Value)TYPE(WEAKREF))) < 0 ? -1 : 0;
}
const ModuleDef weakref_module_def = {.name = "_weakref", .doc = "Weak-reference support module.", .methods = methods, .start = start, .state_size = sizeof(State), .owned_values = 2};
