/* function.c - foreign functions: objects that stand for C code at an address; and the libraries that they come from.
 * Keeps true: `signature` is what argtypes and restype say, or NULL: who changes these drops it.
 * Next: call.c (what a call does), callback.c. CPython: PyCFuncPtr_* in Modules/_ctypes/_ctypes.c, and callproc.c. */
#include <dlfcn.h>
#include <stdlib.h>

#include "runtime/modules/ctypes/ctypes.h"

/* ---- making them ---- */

static void *symbol_of(ThreadState *ts, Value library, Value name, Value error) {
  Value handle = attr_get(ts, library, ID(_handle)), holder = NULL;
  int64_t h = 0;
  ssize_t n;
  void *p = NULL;
  const char *text = handle && is_str(name) ? str_utf8(ts, name, &n, &holder) : NULL;
  if (handle && !is_str(name)) err_format(ts, EXC(TypeError), "function name must be string, bytes object or integer");
  if (text && num_as_i64(ts, handle, &h) == 0) {
    dlerror();
    p = dlsym((void *)(uintptr_t)h, text);
    const char *problem = dlerror();
    if (p == NULL) err_format(ts, error, "%s", problem ? problem : "symbol not found");
  }
  xdecref(ts, holder);
  xdecref(ts, handle);
  return p;
}

static int function_from_library(ThreadState *ts, CFunction *f, Value pair) {
  if (tuple_len(pair) != 2) return err_format(ts, EXC(TypeError), "argument 1 must be 2-item sequence, not tuple"), -1;
  void *p = symbol_of(ts, tuple_get(pair, 1), tuple_get(pair, 0), EXC(AttributeError));
  if (p == NULL) return -1;
  memcpy(f->data.data, &p, sizeof p);
  f->name = incref(tuple_get(pair, 0));
  f->library = incref(tuple_get(pair, 1));
  return 0;
}
/* What the arguments are called, and which are results. */
static int set_paramflags(ThreadState *ts, CFunction *f, Value flags) {
  if (is_none(flags) || f->argtypes == NULL) return 0;
  Value check = import_attr(ts, "ctypes._paramflags", "check"), given[] = {flags, f->argtypes};
  Value r = check ? call_args(ts, check, given, 2) : NULL;
  xdecref(ts, check);
  if (r == NULL) return -1;
  decref(ts, r);
  f->paramflags = incref(flags);
  return 0;
}
static Value function_new_slot(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Layout *l = layout_of_class(ts, (Value)type);
  if (args_no_keywords(ts, type_name(type), kwnames) < 0) return NULL;
  if (l == NULL || l->kind != C_FUNCTION) return err_format(ts, EXC(TypeError), "cannot construct instance of this class: no argtypes");
  Value v = cdata_new(ts, (Value)type, l);
  if (v == NULL) return NULL;
  CFunction *f = as_function(v);
  f->flags = l->flags;
  f->argtypes = xincref(l->item);
  f->restype = incref(l->fields);
  char *address = NULL;
  int r = 0;
  if (nargs == 0) return v;
  if (is_tuple(args[0]) && args_count(ts, "function", nargs, 1, 2) < 0) r = -1;
  else if (!is_tuple(args[0]) && nargs > 1) r = (err_format(ts, EXC(TypeError), "function takes exactly 1 argument (%zd given)", nargs), -1);
  else if (is_tuple(args[0])) r = function_from_library(ts, f, args[0]) < 0 || (nargs > 1 && set_paramflags(ts, f, args[1]) < 0) ? -1 : 0;
  else if (is_int(args[0]) || is_none(args[0])) {
    r = address_of(ts, args[0], &address);
    if (r == 0) memcpy(f->data.data, &address, sizeof address);
  } else if (is_callable(ts, args[0])) r = function_new_callback(ts, f, l, args[0]) ? 0 : -1;
  else r = (err_format(ts, EXC(TypeError), "argument must be callable or integer function address"), -1);
  if (r < 0) return decref(ts, v), NULL;
  return v;
}
static void function_dealloc(ThreadState *ts, Value self) {
  CFunction *f = as_function(self);
  if (f->callback) callback_free(f->callback);
  cdata_drop(ts, &f->data);
  Value owned[] = {f->argtypes, f->restype, f->errcheck, f->name, f->library, f->callable, f->signature, f->paramflags};
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(ts, owned[i]);
  object_release(ts, self);
}
static int function_traverse(Value self, Visit visit, void *arg) {
  CFunction *f = as_function(self);
  VISIT(f->data.owner);
  VISIT(f->data.kept);
  VISIT(f->argtypes);
  VISIT(f->restype);
  VISIT(f->errcheck);
  VISIT(f->library);
  VISIT(f->callable);
  VISIT(f->signature);
  VISIT(f->paramflags);
  return 0;
}
static int function_clear(ThreadState *ts, Value self) {
  CFunction *f = as_function(self);
  CLEAR(f->data.kept);
  CLEAR(f->errcheck);
  CLEAR(f->library);
  return 0;
}

/* ---- attributes ---- */

static Value field_or_none(Value *place) {
  Value v = load_field(place);
  return v ? incref(v) : V_NONE;
}
static Value get_argtypes(ThreadState *ts, Value self) { return field_or_none(&as_function(self)->argtypes); }
static int check_argtype(ThreadState *ts, Value cls, ssize_t i) {
  Layout *l = layout_of_class(ts, cls);
  if (l && l->has_bits) return err_format(ts, EXC(TypeError), "item %zd in _argtypes_ passes a struct/union with a bitfield by value, which is unsupported.", i + 1), -1;
  if (l) return 0;
  bool failed;
  Value convert = attr_get_optional(ts, cls, ID(from_param), &failed);
  if (failed) return -1;
  if (convert == NULL) return err_format(ts, EXC(TypeError), "item %zd in _argtypes_ has no from_param method", i + 1), -1;
  decref(ts, convert);
  return 0;
}
static int set_argtypes(ThreadState *ts, Value self, Value v) {
  if (v == NULL || is_none(v)) {
    CLEAR(as_function(self)->argtypes);
    CLEAR(as_function(self)->signature);
    return 0;
  }
  if (!is_tuple(v) && !is_list(v)) return err_format(ts, EXC(TypeError), "_argtypes_ must be a sequence of types"), -1;
  Value types = tuple_from_iterable(ts, v);
  for (ssize_t i = 0; types && i < tuple_len(types); i++)
    if (check_argtype(ts, tuple_get(types, i), i) < 0) CLEAR(types);
  if (types == NULL) return -1;
  replace(ts, &as_function(self)->argtypes, types);
  CLEAR(as_function(self)->signature);
  return 0;
}
static Value get_restype(ThreadState *ts, Value self) { return field_or_none(&as_function(self)->restype); }
static int set_restype(ThreadState *ts, Value self, Value v) {
  if (v == NULL) {
    Layout *l = layout_of(ts, self);
    v = l ? l->fields : V_NONE;
  }
  if (!is_none(v) && layout_of_class(ts, v) == NULL && !is_callable(ts, v)) return err_format(ts, EXC(TypeError), "restype must be a type, a callable, or None"), -1;
  replace(ts, &as_function(self)->restype, incref(v));
  CLEAR(as_function(self)->signature);
  return 0;
}
static Value get_errcheck(ThreadState *ts, Value self) { return field_or_none(&as_function(self)->errcheck); }
static Value get_paramflags(ThreadState *ts, Value self) { return field_or_none(&as_function(self)->paramflags); }
static int set_errcheck(ThreadState *ts, Value self, Value v) {
  if (v && !is_callable(ts, v)) return err_format(ts, EXC(TypeError), "the errcheck attribute must be callable"), -1;
  replace(ts, &as_function(self)->errcheck, v ? incref(v) : NULL);
  return 0;
}
static const GetSetDef function_getsets[] = {{"argtypes", get_argtypes, set_argtypes, "specify the argument types"}, {"restype", get_restype, set_restype, "specify the result type"},
                                             {"errcheck", get_errcheck, set_errcheck, "a function to check for errors"}, {"_paramflags", get_paramflags, NULL, NULL}, {0}};
static int function_truth(ThreadState *ts, Value self) {
  void *p;
  memcpy(&p, as_function(self)->data.data, sizeof p);
  return p != NULL;
}
static Value function_repr(ThreadState *ts, Value self) { return str_format(ts, "<%N object at %p>", type_of(ts, self), (void *)self); }
const TypeSpec function_spec = {.name = "_ctypes._FunctionBase", .doc = "Function Pointer", .size = sizeof(CFunction), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS,
                                .slots = {.dealloc = function_dealloc, .traverse = function_traverse, .clear = function_clear, .new = function_new_slot, .call = function_call, .truth = function_truth, .repr = function_repr},
                                .getsets = function_getsets};

/* ---- libraries ---- */

static Value library_open(NATIVE_ARGS) {
  int mode;
  ssize_t n;
  Value holder = NULL;
  if (num_as_int(ts, args[1], &mode) < 0) return NULL;
  const char *name = is_none(args[0]) ? NULL : is_str(args[0]) ? str_utf8(ts, args[0], &n, &holder) : NULL;
  if (name == NULL && !is_none(args[0])) return err_occurred(ts) ? NULL : err_format(ts, EXC(TypeError), "a library's name is a str, not %T", args[0]);
  sched_blocking_begin(&ts->sched); /* its initialisers may do anything */
  void *handle = dlopen(name, mode | RTLD_NOW);
  const char *problem = handle ? NULL : dlerror();
  sched_blocking_end(&ts->sched);
  xdecref(ts, holder);
  if (handle == NULL) return err_format(ts, EXC(OSError), "%s", problem ? problem : "dlopen() error");
  fault_watch();
  return int_from_u64(ts, (uint64_t)(uintptr_t)handle);
}
static Value library_symbol(NATIVE_ARGS) {
  void *p = symbol_of(ts, args[0], args[1], EXC(ValueError));
  return p ? int_from_u64(ts, (uint64_t)(uintptr_t)p) : NULL;
}
static Value library_close(NATIVE_ARGS) {
  char *handle;
  if (address_of(ts, args[0], &handle) < 0) return NULL;
  return dlclose(handle) == 0 ? V_NONE : err_format(ts, EXC(OSError), "%s", dlerror());
}
static Value errno_get(NATIVE_ARGS) { return small_int_value(*foreign_errno()); }
static Value errno_set(NATIVE_ARGS) {
  int number, before = *foreign_errno();
  if (num_as_int(ts, args[0], &number) < 0) return NULL;
  *foreign_errno() = number;
  return small_int_value(before);
}
static const MethodDef functions[] = {{"layout", layout_new, 11, 11, 0, NULL}, {"call", function_call_plain, 2, 2, 0, NULL}, {"from_param", argument_convert, 2, 2, 0, NULL}, {"byref", argument_byref, 1, 2, 0, "A pointer to a C instance, for a foreign call only."},
    {"dlopen", library_open, 2, 2, 0, NULL}, {"dlsym", library_symbol, 2, 2, 0, NULL}, {"dlclose", library_close, 1, 1, 0, NULL}, {"get_errno", errno_get, 0, 0, 0, NULL}, {"set_errno", errno_set, 1, 1, 0, NULL}, {0}};

/* ---- the module ---- */

static int add_functions(ThreadState *ts, Value m, const MethodDef *defs) {
  for (; defs->name; defs++)
    if (module_add(ts, m, defs->name, native_function_new(ts, defs, m, NULL)) < 0) return -1;
  return 0;
}
static int start(ThreadState *ts, Value m) {
  CTypes *s = module_state(m);
  if (ts->interp->no_foreign_code) return err_format(ts, EXC(ImportError), "ctypes is turned off (--no-ffi)"), -1;
  if (module_add_type(ts, m, &layout_spec, NULL, &s->layout) < 0 || module_add_type(ts, m, &argument_spec, NULL, &s->argument) < 0 || module_add_type(ts, m, &field_spec, NULL, &s->field) < 0 ||
      module_add_type(ts, m, &data_spec, NULL, &s->data) < 0 || module_add_type(ts, m, &signature_spec, NULL, &s->signature) < 0)
    return -1;
  const TypeSpec *specs[] = {&simple_spec, &structure_spec, &union_spec, &array_spec, &pointer_spec, &function_spec};
  Type **places[] = {&s->simple, &s->structure, &s->union_, &s->array, &s->pointer, &s->function};
  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
    if (module_add_type(ts, m, specs[i], s->data, places[i]) < 0) return -1;
    (*places[i])->native_data = s;
  }
  s->data->native_data = s;
  Value bases = tuple_of1(ts, EXC(Exception)), dict = dict_new(ts), name = str_intern_cstr(ts, "ArgumentError"), module = str_from_ascii(ts, "ctypes");
  if (bases && dict && name && module && dict_set(ts, dict, ID(__module__), module) == 0) s->argument_error = (Value)type_new_class(ts, TYPE(TYPE), name, bases, dict, NULL, NULL);
  xdecref(ts, bases);
  xdecref(ts, dict);
  xdecref(ts, name);
  xdecref(ts, module);
  if (s->argument_error == NULL || module_add(ts, m, "ArgumentError", incref(s->argument_error)) < 0) return -1;
  return add_functions(ts, m, cdata_functions);
}
const ModuleDef ctypes_module_def = {.name = "_ctypes", .doc = "Calls of C code, on libffi. Scripts use ctypes.", .methods = functions, .start = start, .state_size = sizeof(CTypes), .owned_values = 13};
