/* function.c - foreign functions: objects that call C code at an address.
 *
 *   f(1, b"x")     arguments.c turns each argument into a C value, and says which libffi type it has
 *                  the call is prepared; the last preparation is kept, as most calls of a function look alike
 *                  the GIL is let go, the C code runs, the GIL is taken back      (not for PyDLL, PYFUNCTYPE)
 *                  restype turns the result into a Python value, errcheck may look at it
 *
 * Keeps true: nothing of ours is touched while the GIL is let go: the C code sees only copies and memory that `keep` keeps.
 *   errno belongs to the calling C code: with use_errno the thread has a copy of its own, swapped in and out around the call.
 * Next: arguments.c, callback.c, gil/sched/sched.h. CPython: Modules/_ctypes/callproc.c. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

#include "runtime/modules/ctypes/ctypes.h"

enum { MAX_ARGUMENTS = 1024, FEW = 8 };

int *foreign_errno(void) {
  static _Thread_local int number; /* of the OS thread, as errno itself */
  return &number;
}

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
static Value function_new_slot(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Layout *l = layout_of_class(ts, (Value)type);
  if (args_no_keywords(ts, type_name(type), kwnames) < 0) return NULL;
  if (l == NULL || l->kind != C_FUNCTION) return err_format(ts, EXC(TypeError), "cannot construct instance of this class: no argtypes");
  Value v = cdata_new(ts, (Value)type, l);
  if (v == NULL) return NULL;
  CFunction *f = as_function(v);
  f->prepared = -1;
  f->flags = l->flags;
  f->argtypes = xincref(l->item);
  f->restype = incref(l->fields);
  char *address = NULL;
  int r = 0;
  if (nargs == 0) return v;
  if (is_tuple(args[0])) r = function_from_library(ts, f, args[0]);
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
  Value owned[] = {f->argtypes, f->restype, f->errcheck, f->name, f->library, f->callable};
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
  return 0;
}
static int function_clear(ThreadState *ts, Value self) {
  CFunction *f = as_function(self);
  CLEAR(f->data.kept);
  CLEAR(f->errcheck);
  CLEAR(f->library);
  return 0;
}

/* ---- arguments ---- */

/* The pending exception as ArgumentError "argument 2: TypeError: ..." */
static void explain_argument(ThreadState *ts, ssize_t i) {
  Value e = err_fetch(ts);
  if (e == NULL) return;
  err_format(ts, ctypes_state(ts)->argument_error, "argument %zd: %N: %S", i + 1, type_of(ts, e), e);
  decref(ts, e);
}
static int convert_arguments(ThreadState *ts, CFunction *f, Value *args, ssize_t n, Argument *out) {
  ssize_t typed = f->argtypes ? tuple_len(f->argtypes) : 0;
  if (n < typed) return err_format(ts, EXC(TypeError), "this function takes at least %zd argument%s (%zd given)", typed, typed == 1 ? "" : "s", n), -1;
  if (n > MAX_ARGUMENTS) return err_format(ts, ctypes_state(ts)->argument_error, "too many arguments (%zd), maximum is %d", n, MAX_ARGUMENTS), -1;
  Value types = f->argtypes ? incref(f->argtypes) : NULL; /* a conversion may run anything */
  int r = 0;
  for (ssize_t i = 0; i < n && r == 0; i++) {
    out[i].keep = NULL;
    out[i].number = (int)i + 1;
    r = i < typed ? argument_for(ts, tuple_get(types, i), args[i], &out[i]) : argument_plain(ts, args[i], &out[i]);
    if (r < 0) {
      explain_argument(ts, i);
      while (i-- > 0) xdecref(ts, out[i].keep);
      break;
    }
  }
  xdecref(ts, types);
  return r;
}

/* ---- the call ---- */

static int prepare(ThreadState *ts, CFunction *f, ffi_type **types, ssize_t n, ffi_type *result) {
  if (f->prepared == n && f->result == result && memcmp(f->types, types, (size_t)n * sizeof *types) == 0) return 0;
  ssize_t fixed = f->argtypes ? tuple_len(f->argtypes) : 0;
  ffi_status status = fixed && fixed < n ? ffi_prep_cif_var(&f->cif, FFI_DEFAULT_ABI, (unsigned)fixed, (unsigned)n, result, types) : ffi_prep_cif(&f->cif, FFI_DEFAULT_ABI, (unsigned)n, result, types);
  f->prepared = -1;
  if (status != FFI_OK) return err_format(ts, EXC(RuntimeError), "ffi_prep_cif failed"), -1;
  if (n > FEW) return 0;
  memcpy(f->types, types, (size_t)n * sizeof *types);
  f->result = result;
  f->prepared = (int)n;
  return 0;
}

static void swap_errno(CFunction *f) {
  if (!(f->flags & FUNCTION_USES_ERRNO)) return;
  int number = errno;
  errno = *foreign_errno();
  *foreign_errno() = number;
}
static const char *name_for_reports(CFunction *f) { return f->name && is_str(f->name) && str_is_ascii(f->name) ? str_chars(f->name) : "at an address without a name"; }

/* Run the C code. cif and all it points to are the caller's own: another thread may prepare f for another call meanwhile. */
static void run(ThreadState *ts, CFunction *f, ffi_cif *cif, void *address, void *result, void **where) {
  bool lets_go = !(f->flags & FUNCTION_IS_PYTHON);
  const char *outer = fault_running();
  event_emit_here(&ts->sched, EVENT_FOREIGN_BEGIN, 0, (uint64_t)(uintptr_t)address);
  if (lets_go) sched_blocking_begin_for(&ts->sched, BLOCK_FOREIGN);
  fault_begin(name_for_reports(f));
  swap_errno(f);
  ffi_call(cif, FFI_FN(address), result, where);
  swap_errno(f);
  fault_begin(outer);
  if (lets_go) sched_blocking_end(&ts->sched);
  event_emit(&ts->sched, EVENT_FOREIGN_END, 0, (uint64_t)(uintptr_t)address);
}

/* restype's view of the memory in which the result lies. */
static Value convert_result(ThreadState *ts, Value restype, Layout *l, char *result) {
  if (is_none(restype)) return V_NONE;
  if (l == NULL) {
    int32_t i;
    memcpy(&i, result, sizeof i);
    return call1(ts, restype, small_int_value(i));
  }
  Value v = c_read(ts, restype, l, result, NULL);
  Value check = v ? type_lookup(ts, (Type *)restype, ID(_check_retval_)) : NULL;
  if (check == NULL) return v;
  Value bound = attr_get(ts, restype, ID(_check_retval_)), checked = bound ? call1(ts, bound, v) : NULL;
  xdecref(ts, bound);
  decref(ts, v);
  return checked;
}

typedef struct {
  Argument *arguments;
  ffi_type **types;
  void **where;
} Places;

static Value call_converted(ThreadState *ts, CFunction *f, Places *p, ssize_t n) {
  Value restype = incref(f->restype), v = NULL;
  Layout *l = is_none(restype) ? NULL : layout_of_class(ts, restype);
  ffi_type *type = is_none(restype) ? &ffi_type_void : l ? l->ffi : &ffi_type_sint32;
  union {
    ffi_arg word;
    long double wide;
    char bytes[64];
  } small = {0};
  char *result = small.bytes;
  void *address;
  memcpy(&address, f->data.data, sizeof address);
  for (ssize_t i = 0; i < n; i++) {
    p->types[i] = p->arguments[i].type;
    p->where[i] = p->arguments[i].where;
  }
  if (address == NULL) err_format(ts, EXC(ValueError), "attempt to call a NULL function pointer");
  else if (l && l->kind == C_ARRAY) err_format(ts, EXC(TypeError), "a C function cannot return an array");
  else if (prepare(ts, f, p->types, n, type) == 0) {
    if (l && l->size > (ssize_t)sizeof small && (result = calloc(1, (size_t)l->size)) == NULL) err_no_memory(ts);
    else {
      ffi_cif cif = f->cif;
      cif.arg_types = p->types;
      run(ts, f, &cif, address, result, p->where);
      v = convert_result(ts, restype, l, result);
      if (result != small.bytes) free(result);
    }
  }
  decref(ts, restype);
  return v;
}

static Value check_result(ThreadState *ts, Value self, STEALS Value v, Value *args, ssize_t nargs) {
  Value all = tuple_from_items(ts, args, nargs), check = incref(as_function(self)->errcheck), checked = NULL;
  if (all) {
    Value given[] = {v, self, all};
    checked = call_args(ts, check, given, 3);
  }
  xdecref(ts, all);
  decref(ts, check);
  decref(ts, v);
  return checked;
}

static Value call_many(ThreadState *ts, Value self, Value *args, ssize_t nargs) {
  CFunction *f = as_function(self);
  size_t one = sizeof(Argument) + sizeof(ffi_type *) + sizeof(void *);
  Argument *a = mem_alloc(ts, (size_t)(nargs + 1) * one);
  if (a == NULL) return NULL;
  Places p = {a, (ffi_type **)(a + nargs + 1), (void **)((ffi_type **)(a + nargs + 1) + nargs + 1)};
  Value v = NULL;
  if (convert_arguments(ts, f, args, nargs, a) == 0) {
    v = call_converted(ts, f, &p, nargs);
    for (ssize_t i = 0; i < nargs; i++) xdecref(ts, a[i].keep);
  }
  mem_free(ts, a);
  return v;
}
static Value call_few(ThreadState *ts, Value self, Value *args, ssize_t nargs) {
  CFunction *f = as_function(self);
  Argument a[FEW];
  ffi_type *types[FEW];
  void *where[FEW];
  Places p = {a, types, where};
  if (convert_arguments(ts, f, args, nargs, a) < 0) return NULL;
  Value v = call_converted(ts, f, &p, nargs);
  for (ssize_t i = 0; i < nargs; i++) xdecref(ts, a[i].keep);
  return v;
}
static Value function_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (kwnames && tuple_len(kwnames)) return err_format(ts, EXC(TypeError), "this function takes no keyword arguments");
  Value v = nargs <= FEW ? call_few(ts, self, args, nargs) : call_many(ts, self, args, nargs);
  return v && as_function(self)->errcheck ? check_result(ts, self, v, args, nargs) : v;
}

/* ---- attributes ---- */

static Value get_argtypes(ThreadState *ts, Value self) { return as_function(self)->argtypes ? incref(as_function(self)->argtypes) : V_NONE; }
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
  if (v == NULL || is_none(v)) return CLEAR(as_function(self)->argtypes), 0;
  if (!is_tuple(v) && !is_list(v)) return err_format(ts, EXC(TypeError), "_argtypes_ must be a sequence of types"), -1;
  Value types = tuple_from_iterable(ts, v);
  for (ssize_t i = 0; types && i < tuple_len(types); i++)
    if (check_argtype(ts, tuple_get(types, i), i) < 0) CLEAR(types);
  if (types == NULL) return -1;
  replace(ts, &as_function(self)->argtypes, types);
  as_function(self)->prepared = -1;
  return 0;
}
static Value get_restype(ThreadState *ts, Value self) { return incref(as_function(self)->restype); }
static int set_restype(ThreadState *ts, Value self, Value v) {
  if (v == NULL) {
    Layout *l = layout_of(ts, self);
    v = l ? l->fields : V_NONE;
  }
  if (!is_none(v) && layout_of_class(ts, v) == NULL && !is_callable(ts, v)) return err_format(ts, EXC(TypeError), "restype must be a type, a callable, or None"), -1;
  replace(ts, &as_function(self)->restype, incref(v));
  return 0;
}
static Value get_errcheck(ThreadState *ts, Value self) { return as_function(self)->errcheck ? incref(as_function(self)->errcheck) : V_NONE; }
static int set_errcheck(ThreadState *ts, Value self, Value v) {
  if (v && !is_callable(ts, v)) return err_format(ts, EXC(TypeError), "the errcheck attribute must be callable"), -1;
  replace(ts, &as_function(self)->errcheck, v ? incref(v) : NULL);
  return 0;
}
static const GetSetDef function_getsets[] = {{"argtypes", get_argtypes, set_argtypes, "specify the argument types"}, {"restype", get_restype, set_restype, "specify the result type"},
                                             {"errcheck", get_errcheck, set_errcheck, "a function to check for errors"}, {0}};
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
static const MethodDef functions[] = {{"layout", layout_new, 10, 10, 0, NULL}, {"from_param", argument_convert, 2, 2, 0, NULL}, {"byref", argument_byref, 1, 2, 0, "A pointer to a C instance, for a foreign call only."},
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
      module_add_type(ts, m, &data_spec, NULL, &s->data) < 0)
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
const ModuleDef ctypes_module_def = {.name = "_ctypes", .doc = "Calls of C code, on libffi. Scripts use ctypes.", .methods = functions, .start = start, .state_size = sizeof(CTypes), .owned_values = 12};
