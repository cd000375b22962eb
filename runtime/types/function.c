/* function.c - Python functions and bound methods as values. How they run: interp/vm/call.c.
 * Keeps true: version is 0 or unique; whatever a call site's cache may rely on (code, defaults, keyword defaults) resets it.
 * Next: native.c, descriptor.c. CPython: Objects/funcobject.c, Objects/classobject.c. */
#include "runtime/module.h"
#include "runtime/reclaim.h"
#include "runtime/slots.h"

static Function *as_function(Value v) { return (Function *)v; }

static void function_dealloc(ThreadState *ts, Value self) {
  Function *f = as_function(self);
  attrs_release(ts, self);
  decref(ts, f->code);
  xdecref(ts, f->globals);
  xdecref(ts, f->builtins);
  xdecref(ts, f->closure);
  xdecref(ts, f->defaults);
  xdecref(ts, f->kwdefaults);
  xdecref(ts, f->name);
  xdecref(ts, f->qualname);
  xdecref(ts, f->module);
  xdecref(ts, f->doc);
  xdecref(ts, f->annotations);
  object_release(ts, self);
}
static int function_traverse(Value self, Visit visit, void *arg) {
  Function *f = as_function(self);
  VISIT(f->code);
  VISIT(f->globals);
  VISIT(f->builtins);
  VISIT(f->closure);
  VISIT(f->defaults);
  VISIT(f->kwdefaults);
  VISIT(f->module);
  VISIT(f->doc);
  VISIT(f->annotations);
  return attrs_traverse(self, visit, arg);
}
static int function_clear(ThreadState *ts, Value self) {
  Function *f = as_function(self);
  f->version = 0;
  CLEAR(f->closure);
  CLEAR(f->defaults);
  CLEAR(f->kwdefaults);
  CLEAR(f->doc);
  CLEAR(f->annotations);
  CLEAR(f->module);
  return attrs_clear(ts, self);
}

static Value function_repr(ThreadState *ts, Value self) { return str_format(ts, "<function %U at %p>", as_function(self)->qualname, (void *)self); }
static Value function_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  return ts->interp->up.call_function(ts, self, args, nargs, kwnames);
}
static Value function_descr_get(ThreadState *ts, Value self, Value obj, Value type) {
  return obj == NULL ? incref(self) : method_new(ts, self, obj);
}

/* ---- attributes ---- */

static Value none_if_null(Value v) { return v ? incref(v) : V_NONE; }
static Value get_code(ThreadState *ts, Value self) { return incref(load_field(&as_function(self)->code)); }
/* What a call looks at together with the version changes while nobody is between the two. */
static void change(ThreadState *ts, Value self, Value *place, STEALS Value value) {
  STOP_WORLD(ts);
  Value old = *place;
  *place = value;
  as_function(self)->version = 0;
  START_WORLD(ts);
  xdecref(ts, old);
}
static int set_code(ThreadState *ts, Value self, Value value) {
  if (value == NULL || !is_kind(value, K_CODE)) {
    err_format(ts, EXC(TypeError), "__code__ must be set to a code object");
    return -1;
  }
  change(ts, self, &as_function(self)->code, incref(value));
  return 0;
}
static Value get_globals(ThreadState *ts, Value self) { return incref(load_field(&as_function(self)->globals)); }
static Value get_builtins(ThreadState *ts, Value self) { return incref(load_field(&as_function(self)->builtins)); }
static Value get_closure(ThreadState *ts, Value self) { return none_if_null(load_field(&as_function(self)->closure)); }
static Value get_defaults(ThreadState *ts, Value self) { return none_if_null(load_field(&as_function(self)->defaults)); }
static int set_defaults(ThreadState *ts, Value self, Value value) {
  if (value && value != V_NONE && !is_tuple(value)) {
    err_format(ts, EXC(TypeError), "__defaults__ must be set to a tuple object");
    return -1;
  }
  change(ts, self, &as_function(self)->defaults, value == V_NONE ? NULL : xincref(value));
  return 0;
}
static Value get_kwdefaults(ThreadState *ts, Value self) { return none_if_null(load_field(&as_function(self)->kwdefaults)); }
static int set_kwdefaults(ThreadState *ts, Value self, Value value) {
  if (value && value != V_NONE && !is_dict(value)) {
    err_format(ts, EXC(TypeError), "__kwdefaults__ must be set to a dict object");
    return -1;
  }
  change(ts, self, &as_function(self)->kwdefaults, value == V_NONE ? NULL : xincref(value));
  return 0;
}
static int set_string(ThreadState *ts, Value *place, Value value, const char *name) {
  if (value == NULL || !is_str(value)) {
    err_format(ts, EXC(TypeError), "%s must be set to a string object", name);
    return -1;
  }
  replace(ts, place, incref(value));
  return 0;
}
static Value get_name(ThreadState *ts, Value self) { return incref(load_field(&as_function(self)->name)); }
static int set_name(ThreadState *ts, Value self, Value value) { return set_string(ts, &as_function(self)->name, value, "__name__"); }
static Value get_qualname(ThreadState *ts, Value self) { return incref(load_field(&as_function(self)->qualname)); }
static int set_qualname(ThreadState *ts, Value self, Value value) { return set_string(ts, &as_function(self)->qualname, value, "__qualname__"); }
static Value get_module(ThreadState *ts, Value self) { return none_if_null(load_field(&as_function(self)->module)); }
static int set_module(ThreadState *ts, Value self, Value value) {
  replace(ts, &as_function(self)->module, xincref(value));
  return 0;
}
static Value get_doc(ThreadState *ts, Value self) { return none_if_null(load_field(&as_function(self)->doc)); }
static int set_doc(ThreadState *ts, Value self, Value value) {
  replace(ts, &as_function(self)->doc, xincref(value));
  return 0;
}
/* The compiler gives annotations as a flat tuple; the dict is made when somebody looks. */
static Value get_annotations(ThreadState *ts, Value self) {
  Function *f = as_function(self);
  HOLD(ts, self); /* one dict, also for two that look at once */
  Value flat = load_field(&f->annotations);
  if (flat && is_dict(flat)) return incref(flat);
  Value dict = dict_new(ts);
  if (dict == NULL) return NULL;
  for (ssize_t i = 0; flat && i < tuple_len(flat); i += 2)
    if (dict_set(ts, dict, tuple_get(flat, i), tuple_get(flat, i + 1)) < 0) {
      decref(ts, dict);
      return NULL;
    }
  replace(ts, &f->annotations, incref(dict));
  return dict;
}
static int set_annotations(ThreadState *ts, Value self, Value value) {
  if (value && value != V_NONE && !is_dict(value)) {
    err_format(ts, EXC(TypeError), "__annotations__ must be set to a dict object");
    return -1;
  }
  replace(ts, &as_function(self)->annotations, value == V_NONE ? NULL : xincref(value));
  return 0;
}

static const GetSetDef function_getsets[] = {
    {"__code__", get_code, set_code, NULL},
    {"__globals__", get_globals, readonly_attribute, NULL},
    {"__builtins__", get_builtins, readonly_attribute, NULL},
    {"__closure__", get_closure, readonly_attribute, NULL},
    {"__defaults__", get_defaults, set_defaults, NULL},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults, NULL},
    {"__name__", get_name, set_name, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL},
    {"__module__", get_module, set_module, NULL},
    {"__doc__", get_doc, set_doc, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL},
    {"__dict__", object_get_dict, object_set_dict, NULL},
    {0}};

/* A closure must have a cell for each of the code's free variables: the eval loop relies on it. */
static int check_closure(ThreadState *ts, Value code, NULLABLE Value closure) {
  Value free = attr_get_cstr(ts, code, "co_freevars"), name = free ? attr_get_cstr(ts, code, "co_name") : NULL;
  ssize_t wanted = free ? tuple_len(free) : 0, have = closure && is_tuple(closure) ? tuple_len(closure) : 0;
  xdecref(ts, free);
  if (name == NULL) return -1;
  if (closure && closure != V_NONE && !is_tuple(closure)) err_format(ts, EXC(TypeError), "arg 5 (closure) must be None or tuple");
  else if (wanted && (closure == NULL || closure == V_NONE)) err_format(ts, EXC(TypeError), "arg 5 (closure) must be tuple");
  else if (wanted != have) err_format(ts, EXC(ValueError), "%U requires closure of length %zd, not %zd", name, wanted, have);
  for (ssize_t i = 0; i < have && !err_occurred(ts); i++)
    if (!is_kind(tuple_get(closure, i), K_CELL)) err_format(ts, EXC(TypeError), "arg 5 (closure) expected cell, found %T", tuple_get(closure, i));
  decref(ts, name);
  return err_occurred(ts) ? -1 : 0;
}

/* function(code, globals, name=None, argdefs=None, closure=None) */
static Value function_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"code", "globals", "name", "argdefs", "closure"};
  static const ArgSpec spec = {"function", 0, 5, 2, 5, names};
  Value given[5];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (!is_kind(given[0], K_CODE)) return err_format(ts, EXC(TypeError), "function() argument 'code' must be code, not %T", given[0]);
  if (!is_dict(given[1])) return err_format(ts, EXC(TypeError), "function() argument 'globals' must be dict, not %T", given[1]);
  if (given[2] && given[2] != V_NONE && !is_str(given[2])) return err_format(ts, EXC(TypeError), "arg 3 (name) must be None or string");
  if (given[3] && given[3] != V_NONE && !is_tuple(given[3])) return err_format(ts, EXC(TypeError), "arg 4 (defaults) must be None or tuple");
  if (check_closure(ts, given[0], given[4]) < 0) return NULL;
  Value f = function_new(ts, given[0], given[1], NULL);
  if (f == NULL) return NULL;
  if (given[2] && given[2] != V_NONE && set_name(ts, f, given[2]) < 0) CLEAR(f);
  if (f && given[3] && set_defaults(ts, f, given[3]) < 0) CLEAR(f);
  if (f && given[4] && given[4] != V_NONE) as_function(f)->closure = incref(given[4]);
  return f;
}

Type *type_function_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "function",
      .doc = "Create a function object.",
      .size = sizeof(Function),
      .flags = TYPE_GC | TYPE_HAS_DICT | TYPE_WEAKREFS,
      .slots = {.dealloc = function_dealloc, .traverse = function_traverse, .clear = function_clear, .repr = function_repr,
                .call = function_call, .descr_get = function_descr_get, .new = function_type_new},
      .getsets = function_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_FUNCTION);
}

/* ---- bound methods ---- */

Value method_new(ThreadState *ts, Value function, Value self) {
  Value v = object_alloc(ts, TYPE(METHOD), sizeof(Method));
  if (v == NULL) return NULL;
  ((Method *)v)->function = incref(function);
  ((Method *)v)->self = incref(self);
  return v;
}

static void method_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Method *)self)->function);
  xdecref(ts, ((Method *)self)->self);
  object_release(ts, self);
}
static int method_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Method *)self)->function);
  VISIT(((Method *)self)->self);
  return 0;
}

static Value method_call(ThreadState *ts, Value v, Value *args, ssize_t nargs, Value kwnames) {
  Method *m = (Method *)v;
  ssize_t total = nargs + (kwnames ? tuple_len(kwnames) : 0);
  Value small[8], *all = small;
  if (total + 1 > 8 && (all = mem_alloc(ts, (size_t)(total + 1) * sizeof *all)) == NULL) return NULL;
  all[0] = m->self;
  if (total) memcpy(all + 1, args, (size_t)total * sizeof *all);
  Value function = incref(m->function);
  Value r = call(ts, function, all, nargs + 1, kwnames);
  decref(ts, function);
  if (all != small) mem_free(ts, all);
  return r;
}

static Value method_repr(ThreadState *ts, Value v) {
  Method *m = (Method *)v;
  bool failed;
  Value name = attr_get_optional(ts, m->function, ID(__qualname__), &failed);
  if (failed) return NULL;
  if (name == NULL) name = attr_get_optional(ts, m->function, ID(__name__), &failed);
  if (failed) return NULL;
  Value r = str_format(ts, "<bound method %S of %R>", name && is_str(name) ? name : str_intern_cstr(ts, "?"), m->self);
  xdecref(ts, name);
  return r;
}

static Value method_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_kind(a, K_METHOD) || !is_object(b) || !is_kind(b, K_METHOD)) return V_NOT_IMPLEMENTED;
  bool same = ((Method *)a)->self == ((Method *)b)->self;
  int eq = same ? compare_bool(ts, ((Method *)a)->function, ((Method *)b)->function, CMP_EQ) : 0;
  return eq < 0 ? NULL : bool_value(op == CMP_EQ ? eq : !eq);
}

static int64_t method_hash(ThreadState *ts, Value v) {
  int64_t h = hash_of(ts, ((Method *)v)->function);
  if (h == -1) return -1;
  h ^= (int64_t)(value_bits(((Method *)v)->self) >> 4);
  return h == -1 ? -2 : h;
}

/* Unknown attributes are the function's. */
static Value method_getattr(ThreadState *ts, Value v, Value name) {
  Value r = object_getattr_optional(ts, v, name);
  return r || err_occurred(ts) ? r : attr_get(ts, ((Method *)v)->function, name);
}

static Value method_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "method", kwnames) < 0 || args_count(ts, "method", nargs, 2, 2) < 0) return NULL;
  if (!is_callable(ts, args[0])) return err_format(ts, EXC(TypeError), "first argument must be callable");
  if (args[1] == V_NONE) return err_format(ts, EXC(TypeError), "instance must not be None");
  return method_new(ts, args[0], args[1]);
}
static Value method_get_function(ThreadState *ts, Value v) { return incref(((Method *)v)->function); }
static Value method_get_self(ThreadState *ts, Value v) { return incref(((Method *)v)->self); }
static Value method_get_doc(ThreadState *ts, Value v) { return attr_get(ts, ((Method *)v)->function, ID(__doc__)); }
static Value method_reduce(NATIVE_ARGS) {
  Value getattr = dict_get_cstr(ts, (Value)ts->interp->builtins, "getattr");
  Value name = attr_get(ts, ((Method *)self)->function, ID(__name__));
  if (name == NULL) return NULL;
  return tuple_steal2(ts, incref(getattr), tuple_steal2(ts, incref(((Method *)self)->self), name));
}
static const MethodDef method_methods[] = {{"__reduce__", method_reduce, 0, 0, 0, NULL}, {0}};
static const GetSetDef method_getsets[] = {
    {"__func__", method_get_function, readonly_attribute, "the function (or other callable) implementing a method"},
    {"__self__", method_get_self, readonly_attribute, "the instance to which a method is bound"},
    {"__doc__", method_get_doc, NULL, NULL},
    {0}};

static Value method_descr_get(ThreadState *ts, Value self, Value obj, Value type) { return incref(self); }

Type *type_method_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "method",
      .doc = "Create a bound instance method object.",
      .size = sizeof(Method),
      .flags = TYPE_GC | TYPE_WEAKREFS,
      .slots = {.dealloc = method_dealloc, .traverse = method_traverse, .repr = method_repr, .call = method_call, .compare = method_compare,
                .hash = method_hash, .getattr = method_getattr, .descr_get = method_descr_get, .new = method_new_py},
      .methods = method_methods,
      .getsets = method_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_METHOD);
}

/* ---- cells ---- */

Value cell_new(ThreadState *ts, Value value) {
  Value v = object_alloc_raw(ts, TYPE(CELL), sizeof(Cell));
  if (v == NULL) {
    xdecref(ts, value);
    return NULL;
  }
  ((Cell *)v)->value = value;
  return v;
}
static void cell_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Cell *)self)->value);
  object_release(ts, self);
}
static int cell_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Cell *)self)->value);
  return 0;
}
static int cell_clear(ThreadState *ts, Value self) {
  CLEAR(((Cell *)self)->value);
  return 0;
}
static Value cell_repr(ThreadState *ts, Value self) {
  Value v = ((Cell *)self)->value;
  if (v == NULL) return str_format(ts, "<cell at %p: empty>", (void *)self);
  return str_format(ts, "<cell at %p: %T object at %p>", (void *)self, v, (void *)v);
}
static Value cell_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_object(b) || !is_kind(b, K_CELL)) return V_NOT_IMPLEMENTED;
  Value x = ((Cell *)a)->value, y = ((Cell *)b)->value;
  if (x && y) return compare(ts, x, y, op);
  int order = (x != NULL) - (y != NULL);
  bool r = op == CMP_EQ ? order == 0 : op == CMP_NE ? order != 0 : op == CMP_LT ? order < 0 : op == CMP_LE ? order <= 0 : op == CMP_GT ? order > 0 : order >= 0;
  return bool_value(r);
}
static Value cell_get_contents(ThreadState *ts, Value self) {
  Value v = load_field(&((Cell *)self)->value);
  return v ? incref(v) : err_format(ts, EXC(ValueError), "Cell is empty");
}
static int cell_set_contents(ThreadState *ts, Value self, Value value) {
  replace(ts, &((Cell *)self)->value, xincref(value));
  return 0;
}
static Value cell_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "cell", kwnames) < 0 || args_count(ts, "cell", nargs, 0, 1) < 0) return NULL;
  return cell_new(ts, nargs ? incref(args[0]) : NULL);
}
static const GetSetDef cell_getsets[] = {{"cell_contents", cell_get_contents, cell_set_contents, NULL}, {0}};

Type *type_cell_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "cell",
      .doc = "Create a new cell object.",
      .size = sizeof(Cell),
      .flags = TYPE_GC,
      .slots = {.dealloc = cell_dealloc, .traverse = cell_traverse, .clear = cell_clear, .repr = cell_repr, .compare = cell_compare, .new = cell_new_py},
      .getsets = cell_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_CELL);
}
