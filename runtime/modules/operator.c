/* operator.c - the module operator: the language's operators as functions, and itemgetter, attrgetter, methodcaller.
 * Next: runtime/abstract.h. CPython: Modules/_operator.c, Lib/operator.py. */
#include "runtime/module.h"

#define BINARY(name, op) \
  static Value op_##name(NATIVE_ARGS) { return num_binary(ts, op, args[0], args[1]); } \
  static Value op_i##name(NATIVE_ARGS) { return num_inplace(ts, op, args[0], args[1]); }
BINARY(add, NB_ADD)
BINARY(sub, NB_SUBTRACT)
BINARY(mul, NB_MULTIPLY)
BINARY(matmul, NB_MATRIX_MULTIPLY)
BINARY(floordiv, NB_FLOOR_DIVIDE)
BINARY(truediv, NB_TRUE_DIVIDE)
BINARY(mod, NB_REMAINDER)
BINARY(lshift, NB_LSHIFT)
BINARY(rshift, NB_RSHIFT)
BINARY(and_, NB_AND)
BINARY(or_, NB_OR)
BINARY(xor, NB_XOR)
BINARY(pow, NB_POWER)
#undef BINARY
#define COMPARE(name, op) \
  static Value op_##name(NATIVE_ARGS) { return compare(ts, args[0], args[1], op); }
COMPARE(lt, CMP_LT)
COMPARE(le, CMP_LE)
COMPARE(eq, CMP_EQ)
COMPARE(ne, CMP_NE)
COMPARE(ge, CMP_GE)
COMPARE(gt, CMP_GT)
#undef COMPARE
static Value op_neg(NATIVE_ARGS) { return num_negative(ts, args[0]); }
static Value op_pos(NATIVE_ARGS) { return num_positive(ts, args[0]); }
static Value op_abs(NATIVE_ARGS) { return num_absolute(ts, args[0]); }
static Value op_invert(NATIVE_ARGS) { return num_invert(ts, args[0]); }
static Value op_index(NATIVE_ARGS) { return num_index(ts, args[0]); }
static Value truth_value(int t) { return t < 0 ? NULL : bool_value(t); }
static Value op_truth(NATIVE_ARGS) { return truth_value(truth(ts, args[0])); }
static Value op_not(NATIVE_ARGS) {
  int t = truth(ts, args[0]);
  return t < 0 ? NULL : bool_value(!t);
}
static Value op_is(NATIVE_ARGS) { return bool_value(args[0] == args[1]); }
static Value op_is_not(NATIVE_ARGS) { return bool_value(args[0] != args[1]); }
static Value op_contains(NATIVE_ARGS) { return truth_value(contains(ts, args[0], args[1])); }
static Value op_getitem(NATIVE_ARGS) { return item_get(ts, args[0], args[1]); }
static Value op_setitem(NATIVE_ARGS) { return item_set(ts, args[0], args[1], args[2]) < 0 ? NULL : V_NONE; }
static Value op_delitem(NATIVE_ARGS) { return item_delete(ts, args[0], args[1]) < 0 ? NULL : V_NONE; }
static int check_sequence(ThreadState *ts, Value v) {
  Slots *s = &type_of(ts, v)->slots;
  if (s->concat || (!is_dict(v) && s->getitem && !is_int(v))) return 0;
  err_format(ts, EXC(TypeError), "'%T' object can't be concatenated", v);
  return -1;
}
static Value op_concat(NATIVE_ARGS) { return check_sequence(ts, args[0]) < 0 || check_sequence(ts, args[1]) < 0 ? NULL : num_binary(ts, NB_ADD, args[0], args[1]); }
static Value op_iconcat(NATIVE_ARGS) { return check_sequence(ts, args[0]) < 0 || check_sequence(ts, args[1]) < 0 ? NULL : num_inplace(ts, NB_ADD, args[0], args[1]); }
/* The first equal item's place (stop at it), or how many there are; -1 on error. */
static int64_t look(ThreadState *ts, Value v, Value wanted, bool first, bool *found) {
  Value it = iter_of(ts, v), item;
  if (it == NULL) {
    if (err_matches(ts, EXC(TypeError))) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "argument of type '%T' is not iterable", v);
    }
    return -1;
  }
  int64_t at = 0, n = 0;
  *found = false;
  for (; (item = iter_next(ts, it)) != NULL; at++) {
    int same = compare_bool(ts, item, wanted, CMP_EQ);
    decref(ts, item);
    if (same < 0) break;
    n += same;
    *found = *found || same;
    if (same && first) break;
  }
  decref(ts, it);
  return err_occurred(ts) ? -1 : first ? at : n;
}
static Value op_count_of(NATIVE_ARGS) {
  bool found;
  int64_t n = look(ts, args[0], args[1], false, &found);
  return n < 0 ? NULL : int_from_i64(ts, n);
}
static Value op_index_of(NATIVE_ARGS) {
  bool found;
  int64_t n = look(ts, args[0], args[1], true, &found);
  if (n < 0) return NULL;
  return found ? int_from_i64(ts, n) : err_format(ts, EXC(ValueError), "sequence.index(x): x not in sequence");
}
static Value op_length_hint(NATIVE_ARGS) {
  ssize_t guess = 0;
  if (nargs > 1 && !is_int(args[1]) && !has_index(ts, args[1])) return err_format(ts, EXC(TypeError), "'%T' object cannot be interpreted as an integer", args[1]);
  if (nargs > 1 && (guess = num_as_ssize(ts, args[1], EXC(OverflowError))) == -1 && err_occurred(ts)) return NULL;
  ssize_t n = length_hint(ts, args[0], guess);
  return n == -1 && err_occurred(ts) ? NULL : int_from_i64(ts, n);
}
static Value op_call(NATIVE_ARGS) { return nargs < 1 ? err_format(ts, EXC(TypeError), "call expected at least 1 argument, got %zd", nargs) : call(ts, args[0], args + 1, nargs - 1, kwnames); }
static Value compare_digest(NATIVE_ARGS) {
  Value a = args[0], b = args[1];
  if (is_str(a) && is_str(b)) {
    if (!str_is_ascii(a) || !str_is_ascii(b)) return err_format(ts, EXC(TypeError), "comparing strings with non-ASCII characters is not supported");
    return bool_value(str_equal(a, b));
  }
  Buffer x, y;
  if (!has_buffer(ts, a) || !has_buffer(ts, b)) return err_format(ts, EXC(TypeError), "unsupported operand types(s) or combination of types: '%T' and '%T'", a, b);
  if (buffer_get(ts, a, &x, false) < 0) return NULL;
  if (buffer_get(ts, b, &y, false) < 0) {
    buffer_release(ts, &x);
    return NULL;
  }
  uint8_t differs = x.length != y.length;
  for (ssize_t i = 0; i < y.length; i++) differs |= (uint8_t)((differs ? y.data[i] : x.data[i]) ^ y.data[i]);
  buffer_release(ts, &x);
  buffer_release(ts, &y);
  return bool_value(!differs);
}

/* ---- the three callables ---- */

typedef struct {
  Object base;
  Value items;    /* itemgetter: keys; attrgetter: names; methodcaller: (name, args...) */
  Value paths;    /* attrgetter: tuple of tuples of interned parts; methodcaller: keywords dict or NULL */
} Getter;
static Getter *as_getter(Value v) { return (Getter *)v; }
static void getter_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_getter(self)->items);
  xdecref(ts, as_getter(self)->paths);
  object_release(ts, self);
}
static int getter_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_getter(self)->items);
  VISIT(as_getter(self)->paths);
  return 0;
}
static Value getter_make(ThreadState *ts, Type *type, STEALS Value items, STEALS NULLABLE Value paths) {
  Value self = items ? object_new_instance(ts, type) : NULL;
  if (self == NULL) {
    xdecref(ts, items);
    xdecref(ts, paths);
    return NULL;
  }
  as_getter(self)->items = items;
  as_getter(self)->paths = paths;
  return self;
}
static Value getter_reduce(NATIVE_ARGS) { return tuple_steal2(ts, incref((Value)type_of(ts, self)), incref(as_getter(self)->items)); }
static int one_object(ThreadState *ts, const char *name, ssize_t nargs, Value kwnames) { return args_no_keywords(ts, name, kwnames) < 0 ? -1 : args_count(ts, name, nargs, 1, 1); }
static Value each(ThreadState *ts, Value parts, Value obj, Value (*get)(ThreadState *, Value, Value)) {
  ssize_t n = tuple_len(parts);
  if (n == 1) return get(ts, obj, tuple_get(parts, 0));
  Value r = tuple_new(ts, n);
  for (ssize_t i = 0; r && i < n; i++) {
    Value v = get(ts, obj, tuple_get(parts, i));
    if (v) tuple_set(r, i, v);
    else CLEAR(r);
  }
  return r;
}
static Value getter_repr(ThreadState *ts, Value self) {
  int entered = repr_enter(ts, self);
  if (entered) return entered > 0 ? str_format(ts, "%N(...)", type_of(ts, self)) : NULL;
  Type *t = type_of(ts, self);
  Value items = as_getter(self)->items, r;
  if (tuple_len(items) == 1) r = str_format(ts, "%N(%R)", t, tuple_get(items, 0));
  else r = str_format(ts, "%N%R", t, items);
  repr_leave(ts, self);
  return r;
}
static Value itemgetter_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "itemgetter", kwnames) < 0 || (nargs < 1 && args_count(ts, "itemgetter", nargs, 1, 1) < 0)) return NULL;
  return getter_make(ts, type, tuple_from_items(ts, args, nargs), NULL);
}
static Value itemgetter_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return one_object(ts, "itemgetter", nargs, kwnames) < 0 ? NULL : each(ts, as_getter(self)->items, args[0], item_get); }

static Value follow(ThreadState *ts, Value obj, Value path) {
  incref(obj);
  for (ssize_t i = 0; obj && i < tuple_len(path); i++) {
    Value next = attr_get(ts, obj, tuple_get(path, i));
    decref(ts, obj);
    obj = next;
  }
  return obj;
}
static Value path_of(ThreadState *ts, Value name) {
  ssize_t n = str_len(name), parts = 1, from = 0, at = 0;
  for (ssize_t i = 0; i < n; i++) parts += str_at(name, i) == '.';
  Value path = tuple_new(ts, parts);
  for (ssize_t i = 0; path && i <= n; i++) {
    if (i < n && str_at(name, i) != '.') continue;
    Value part = str_substring(ts, name, from, i);
    if (part) part = str_intern(ts, part);
    if (part) tuple_set(path, at++, part);
    else CLEAR(path);
    from = i + 1;
  }
  return path;
}
static Value attrgetter_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "attrgetter", kwnames) < 0 || (nargs < 1 && args_count(ts, "attrgetter", nargs, 1, 1) < 0)) return NULL;
  Value paths = tuple_new(ts, nargs);
  for (ssize_t i = 0; paths && i < nargs; i++) {
    if (!is_str(args[i])) {
      decref(ts, paths);
      return err_format(ts, EXC(TypeError), "attribute name must be a string");
    }
    Value path = path_of(ts, args[i]);
    if (path) tuple_set(paths, i, path);
    else CLEAR(paths);
  }
  return paths ? getter_make(ts, type, tuple_from_items(ts, args, nargs), paths) : NULL;
}
static Value attrgetter_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return one_object(ts, "attrgetter", nargs, kwnames) < 0 ? NULL : each(ts, as_getter(self)->paths, args[0], follow); }

static Value methodcaller_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs < 1) return err_format(ts, EXC(TypeError), "methodcaller needs at least one argument, the method name");
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "method name must be a string");
  Value items = tuple_from_items(ts, args, nargs), keywords = NULL;
  if (items == NULL) return NULL;
  if (is_exact_str(args[0])) tuple_set(items, 0, str_intern(ts, tuple_get(items, 0)));
  if (kwnames && tuple_len(kwnames)) {
    keywords = dict_new(ts);
    for (ssize_t k = 0; keywords && k < tuple_len(kwnames); k++)
      if (dict_set(ts, keywords, tuple_get(kwnames, k), args[nargs + k]) < 0) CLEAR(keywords);
    if (keywords == NULL) {
      decref(ts, items);
      return NULL;
    }
  }
  return getter_make(ts, type, items, keywords);
}
static Value methodcaller_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (one_object(ts, "methodcaller", nargs, kwnames) < 0) return NULL;
  Value items = as_getter(self)->items, keywords = as_getter(self)->paths;
  if (keywords == NULL) return call_method(ts, args[0], tuple_get(items, 0), tuple_items(items) + 1, tuple_len(items) - 1);
  Value method = attr_get(ts, args[0], tuple_get(items, 0));
  Value rest = method ? tuple_slice(ts, items, 1, tuple_len(items)) : NULL;
  Value r = rest ? call_tuple_dict(ts, method, rest, keywords) : NULL;
  xdecref(ts, method);
  xdecref(ts, rest);
  return r;
}
static Value methodcaller_repr(ThreadState *ts, Value self) {
  int entered = repr_enter(ts, self);
  if (entered) return entered > 0 ? str_format(ts, "%N(...)", type_of(ts, self)) : NULL;
  Getter *g = as_getter(self);
  Type *t = type_of(ts, self);
  Value r = str_format(ts, "%N(%R", t, tuple_get(g->items, 0)), key, value;
  for (ssize_t i = 1; r && i < tuple_len(g->items); i++) {
    Value longer = str_format(ts, "%U, %R", r, tuple_get(g->items, i));
    decref(ts, r);
    r = longer;
  }
  for (ssize_t pos = 0; r && g->paths && dict_next(g->paths, &pos, &key, &value);) {
    Value longer = str_format(ts, "%U, %U=%R", r, key, value);
    decref(ts, r);
    r = longer;
  }
  if (r) {
    Value whole = str_format(ts, "%U)", r);
    decref(ts, r);
    r = whole;
  }
  repr_leave(ts, self);
  return r;
}
static Value methodcaller_reduce(NATIVE_ARGS) {
  Getter *g = as_getter(self);
  Value type = (Value)type_of(ts, self);
  if (g->paths == NULL) return tuple_steal2(ts, incref(type), incref(g->items));
  Value partial = import_attr(ts, "functools", "partial"), positional = partial ? tuple_of2(ts, type, tuple_get(g->items, 0)) : NULL;
  Value constructor = positional ? call_tuple_dict(ts, partial, positional, g->paths) : NULL;
  xdecref(ts, partial);
  xdecref(ts, positional);
  return constructor ? tuple_steal2(ts, constructor, tuple_slice(ts, g->items, 1, tuple_len(g->items))) : NULL;
}

/* name, its dunder alias or NULL, arguments */
#define TWO(name, f) {name, f, 2, 2, 0, "operator function of (a, b)"}
#define ONE(name, f) {name, f, 1, 1, 0, "operator function of (a)"}
#define TWO_BOTH(name, f) TWO(name, f), TWO("__" name "__", f)
#define ONE_BOTH(name, f) ONE(name, f), ONE("__" name "__", f)
static const MethodDef methods[] = {
    TWO_BOTH("add", op_add), TWO_BOTH("sub", op_sub), TWO_BOTH("mul", op_mul), TWO_BOTH("matmul", op_matmul), TWO_BOTH("floordiv", op_floordiv), TWO_BOTH("truediv", op_truediv), TWO_BOTH("mod", op_mod),
    TWO_BOTH("lshift", op_lshift), TWO_BOTH("rshift", op_rshift), TWO("and_", op_and_), TWO("__and__", op_and_), TWO("or_", op_or_), TWO("__or__", op_or_), TWO_BOTH("xor", op_xor), TWO_BOTH("pow", op_pow),
    TWO_BOTH("iadd", op_iadd), TWO_BOTH("isub", op_isub), TWO_BOTH("imul", op_imul), TWO_BOTH("imatmul", op_imatmul), TWO_BOTH("ifloordiv", op_ifloordiv), TWO_BOTH("itruediv", op_itruediv), TWO_BOTH("imod", op_imod),
    TWO_BOTH("ilshift", op_ilshift), TWO_BOTH("irshift", op_irshift), TWO_BOTH("iand", op_iand_), TWO_BOTH("ior", op_ior_), TWO_BOTH("ixor", op_ixor), TWO_BOTH("ipow", op_ipow),
    TWO_BOTH("lt", op_lt), TWO_BOTH("le", op_le), TWO_BOTH("eq", op_eq), TWO_BOTH("ne", op_ne), TWO_BOTH("ge", op_ge), TWO_BOTH("gt", op_gt),
    ONE_BOTH("neg", op_neg), ONE_BOTH("pos", op_pos), ONE_BOTH("abs", op_abs), ONE_BOTH("index", op_index), ONE_BOTH("invert", op_invert), ONE("inv", op_invert), ONE("__inv__", op_invert),
    ONE("not_", op_not), ONE("__not__", op_not), ONE("truth", op_truth), TWO("is_", op_is), TWO("is_not", op_is_not), TWO_BOTH("contains", op_contains), TWO_BOTH("getitem", op_getitem), TWO_BOTH("delitem", op_delitem),
    {"setitem", op_setitem, 3, 3, 0, "Same as a[b] = c."}, {"__setitem__", op_setitem, 3, 3, 0, "Same as a[b] = c."}, TWO_BOTH("concat", op_concat), TWO_BOTH("iconcat", op_iconcat), TWO("countOf", op_count_of), TWO("indexOf", op_index_of),
    {"length_hint", op_length_hint, 1, 2, 0, "An estimate of the number of items in obj."}, {"call", op_call, 0, -1, METHOD_KW, "Same as obj(*args, **kwargs)."}, {"__call__", op_call, 0, -1, METHOD_KW, "Same as obj(*args, **kwargs)."},
    TWO("_compare_digest", compare_digest), {0}};

/* __all__: the functions' and classes' public names. */
static int add_name(ThreadState *ts, Value names, const char *name) {
  Value s = str_from_ascii(ts, name);
  return s ? list_append_steal(ts, names, s) : -1;
}
static Value public_names(ThreadState *ts) {
  Value names = list_new(ts, 64);
  for (const MethodDef *m = methods; names && m->name; m++)
    if (m->name[0] != '_' && add_name(ts, names, m->name) < 0) CLEAR(names);
  static const char *const classes[] = {"attrgetter", "itemgetter", "methodcaller"};
  for (int i = 0; names && i < 3; i++)
    if (add_name(ts, names, classes[i]) < 0) CLEAR(names);
  return names;
}

static int start(ThreadState *ts, Value module) {
  Value names = public_names(ts);
  if (names == NULL || module_add(ts, module, "__all__", names) < 0) return -1;
  static const MethodDef getter_methods[] = {{"__reduce__", getter_reduce, 0, 0, 0, "Return state information for pickling"}, {0}};
  static const MethodDef caller_methods[] = {{"__reduce__", methodcaller_reduce, 0, 0, 0, "Return state information for pickling"}, {0}};
  static const TypeSpec item_spec = {.name = "operator.itemgetter", .doc = "itemgetter(item, ...) --> itemgetter object", .size = sizeof(Getter), .flags = TYPE_GC, .slots = {.dealloc = getter_dealloc, .traverse = getter_traverse, .new = itemgetter_new, .call = itemgetter_call, .repr = getter_repr}, .methods = getter_methods};
  static const TypeSpec attr_spec = {.name = "operator.attrgetter", .doc = "attrgetter(attr, ...) --> attrgetter object", .size = sizeof(Getter), .flags = TYPE_GC, .slots = {.dealloc = getter_dealloc, .traverse = getter_traverse, .new = attrgetter_new, .call = attrgetter_call, .repr = getter_repr}, .methods = getter_methods};
  static const TypeSpec caller_spec = {.name = "operator.methodcaller", .doc = "methodcaller(name, ...) --> methodcaller object", .size = sizeof(Getter), .flags = TYPE_GC, .slots = {.dealloc = getter_dealloc, .traverse = getter_traverse, .new = methodcaller_new, .call = methodcaller_call, .repr = methodcaller_repr}, .methods = caller_methods};
  return module_add_type(ts, module, &item_spec, NULL, NULL) < 0 || module_add_type(ts, module, &attr_spec, NULL, NULL) < 0 || module_add_type(ts, module, &caller_spec, NULL, NULL) < 0 ? -1 : 0;
}
const ModuleDef operator_module_def = {.name = "operator", .doc = "Operator interface: the operators of Python as functions.", .methods = methods, .start = start};
