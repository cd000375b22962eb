/* call.c - what a call of a foreign function does.
 *
 *   f(1, b"x")     each argument becomes a C value: frequent ones on the spot, all others by arguments.c
 *                  libffi is told the types: prepared at the first call and kept as the function's signature, as most calls look alike;
 *                  where the arguments fit registers the call needs no libffi (direct.c)
 *                  the GIL is let go, the C code runs, the GIL is taken back      (not for PyDLL, PYFUNCTYPE)
 *                  restype turns the result into a Python value, errcheck may look at it
 *
 * Keeps true: nothing of ours is touched while the GIL is let go: the C code sees only copies, memory that `keep` keeps, and that of the arguments,
 *   which the caller keeps. A signature never changes; another thread may take it out of the function while a call uses it.
 *   errno belongs to the calling C code: with use_errno the thread has a copy of its own, swapped in and out around the call.
 * Next: arguments.c, values.c, gil/sched/sched.h. CPython: Modules/_ctypes/callproc.c. */
#include <errno.h>
#include <stdlib.h>

#include "runtime/modules/ctypes/ctypes.h"
#include "runtime/types/number.h"

enum { MAX_ARGUMENTS = 1024, FEW = 8 };
enum { RESULT_OTHER = 0, RESULT_NONE = 1 }; /* Signature.result, beside the codes of simple types */

/* How calls of one function go whose arguments have these types. */
typedef struct {
  Object base;
  Value argtypes;        /* tuple, or NULL */
  Value restype;         /* class, callable or None */
  ffi_cif cif;           /* over `types` */
  int n;                 /* arguments */
  char result;           /* code of a simple type that is read as a plain value; RESULT_ */
  DirectKind direct;
  char codes[FEW];       /* code of a simple class that converts by our rules only; 0: argument_for must look */
  ffi_type *types[FEW];
} Signature;

/* ---- arguments ---- */

/* The pending exception as ArgumentError "argument 2: TypeError: ..." */
static void explain_argument(ThreadState *ts, ssize_t i) {
  Value e = err_fetch(ts);
  if (e == NULL) return;
  err_format(ts, ctypes_state(ts)->argument_error, "argument %zd: %N: %S", i + 1, type_of(ts, e), e);
  decref(ts, e);
}
/* The frequent pairs of a class and a value; false: look further. What a pointer points to is the argument's, which the caller keeps. */
static inline bool convert_at_once(char code, Value v, Argument *out) {
  out->keep = NULL;
  out->where = &out->value;
  switch (code) {
    case 'i': case 'I': case 'l': case 'L': case 'h': case 'H': case 'b': case 'B': case 'q': case 'Q':
      out->value.q = small_int(v); /* its low bytes, as C's conversions take them */
      return is_small_int(v);
    case 'd':
      out->value.d = is_small_float(v) ? small_float(v) : (double)small_int(v);
      return is_small_float(v) || is_small_int(v);
    case 'P':
      out->value.p = (void *)(uintptr_t)small_int(v);
      if (is_small_int(v)) return true;
      /* fall through */
    case 'z':
      out->value.p = is_kind(v, K_BYTES) ? bytes_data(v) : NULL;
      return is_kind(v, K_BYTES) || is_none(v);
    default: return false;
  }
}
static int convert(ThreadState *ts, Value types, ssize_t i, Value v, Argument *out) {
  out->keep = NULL;
  out->number = (int)i + 1;
  int r = types && i < tuple_len(types) ? argument_for(ts, tuple_get(types, i), v, out) : argument_plain(ts, v, out);
  if (r < 0) explain_argument(ts, i);
  return r;
}
static void drop_arguments(ThreadState *ts, Argument *a, ssize_t n) {
  for (ssize_t i = 0; i < n; i++) xdecref(ts, a[i].keep);
}
/* All arguments, without a signature. types: the function's, which the caller keeps, since a conversion may run anything. */
static int convert_all(ThreadState *ts, Value types, Value *args, ssize_t n, Argument *out) {
  ssize_t typed = types ? tuple_len(types) : 0;
  if (n < typed) return err_format(ts, EXC(TypeError), "this function takes at least %zd argument%s (%zd given)", typed, typed == 1 ? "" : "s", n), -1;
  if (n > MAX_ARGUMENTS) return err_format(ts, ctypes_state(ts)->argument_error, "too many arguments (%zd), maximum is %d", n, MAX_ARGUMENTS), -1;
  for (ssize_t i = 0; i < n; i++)
    if (convert(ts, types, i, args[i], &out[i]) < 0) return drop_arguments(ts, out, i), -1;
  return 0;
}
static inline int convert_by(ThreadState *ts, const Signature *s, Value *args, Argument *out) {
  for (int i = 0; i < s->n; i++) {
    if (LIKELY(convert_at_once(s->codes[i], args[i], &out[i]))) out[i].type = s->types[i];
    else if (convert(ts, s->argtypes, i, args[i], &out[i]) < 0) return drop_arguments(ts, out, i), -1;
  }
  return 0;
}

/* ---- signatures ---- */

static int prepare(ThreadState *ts, ffi_cif *cif, Value argtypes, ffi_type **types, ssize_t n, ffi_type *result) {
  ssize_t fixed = argtypes ? tuple_len(argtypes) : 0;
  ffi_status status = fixed && fixed < n ? ffi_prep_cif_var(cif, FFI_DEFAULT_ABI, (unsigned)fixed, (unsigned)n, result, types) : ffi_prep_cif(cif, FFI_DEFAULT_ABI, (unsigned)n, result, types);
  if (status == FFI_OK) return 0;
  err_format(ts, EXC(RuntimeError), "ffi_prep_cif failed");
  return -1;
}
/* A class whose values become C values, and back, by the rules of simple types and nothing else: its code, or 0. */
static char simple_code(ThreadState *ts, Value cls, Value custom_hook) {
  Layout *l = layout_of_class(ts, cls);
  return l && l->kind == C_SIMPLE && type_lookup(ts, (Type *)cls, custom_hook) == NULL ? l->code : 0;
}
static char result_code(ThreadState *ts, Value restype) {
  if (is_none(restype)) return RESULT_NONE;
  Layout *l = layout_of_class(ts, restype);
  return l && l->is_plain && !l->is_swapped ? simple_code(ts, restype, ID(_check_retval_)) : RESULT_OTHER;
}
/* Types of structures belong to a layout, which may go before the signature does. */
static bool types_last(ffi_type **types, ssize_t n, ffi_type *result) {
  for (ssize_t i = 0; i < n; i++)
    if (types[i]->type == FFI_TYPE_STRUCT) return false;
  return result->type != FFI_TYPE_STRUCT;
}
/* Of calls with these types something is known already (perhaps with another number of arguments). */
static bool is_known(CFunction *f, Value argtypes, Value restype) {
  Signature *s = (Signature *)load_field(&f->signature);
  return s && s->argtypes == argtypes && s->restype == restype;
}
/* Keep what a call has found out for the next ones. */
static int remember(ThreadState *ts, CFunction *f, Value argtypes, Value restype, ffi_type **types, ssize_t n, ffi_type *result) {
  if (n > FEW || !types_last(types, n, result)) return 0;
  Signature *s = (Signature *)object_new_instance(ts, ctypes_state(ts)->signature);
  if (s == NULL) return -1;
  s->argtypes = xincref(argtypes);
  s->restype = incref(restype);
  s->n = (int)n;
  s->result = result_code(ts, restype);
  memcpy(s->types, types, (size_t)n * sizeof *types);
  for (ssize_t i = 0; s->argtypes && i < n && i < tuple_len(s->argtypes); i++) {
    char code = simple_code(ts, tuple_get(s->argtypes, i), ID(from_param));
    if (code && types[i] == simple_ffi_type(code)) s->codes[i] = code;
  }
  s->direct = direct_kind(s->types, n, result);
  if (prepare(ts, &s->cif, s->argtypes, s->types, n, result) < 0) return decref(ts, (Value)s), -1;
  replace(ts, &f->signature, (Value)s);
  return 0;
}
static void signature_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Signature *)self)->argtypes);
  xdecref(ts, ((Signature *)self)->restype);
  object_release(ts, self);
}
static int signature_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Signature *)self)->argtypes);
  VISIT(((Signature *)self)->restype);
  return 0;
}
const TypeSpec signature_spec = {.name = "_ctypes.Signature", .doc = "How calls of a foreign function are made.", .size = sizeof(Signature), .flags = TYPE_GC | TYPE_NO_NEW,
                                 .slots = {.dealloc = signature_dealloc, .traverse = signature_traverse}};

/* ---- the call ---- */

int *foreign_errno(void) {
  static _Thread_local int number; /* of the OS thread, as errno itself */
  return &number;
}
static inline void swap_errno(CFunction *f) {
  if (LIKELY(!(f->flags & FUNCTION_USES_ERRNO))) return;
  int number = errno;
  errno = *foreign_errno();
  *foreign_errno() = number;
}
static inline const char *name_for_reports(CFunction *f) { return f->name && is_str(f->name) && str_is_ascii(f->name) ? str_chars(f->name) : "at an address without a name"; }

/* Run the C code; the caller keeps cif and all that it points to. */
static inline void run(ThreadState *ts, CFunction *f, ffi_cif *cif, DirectKind direct, void *address, void *result, void **where) {
  bool lets_go = !(f->flags & FUNCTION_IS_PYTHON);
  const char *outer = fault_running();
  event_emit_here(&ts->sched, EVENT_FOREIGN_BEGIN, 0, (uint64_t)(uintptr_t)address);
  if (lets_go) sched_blocking_begin_for(&ts->sched, BLOCK_FOREIGN);
  fault_begin(name_for_reports(f));
  swap_errno(f);
  if (LIKELY(direct)) direct_call(direct, FFI_FN(address), cif->arg_types, cif->nargs, where, result);
  else ffi_call(cif, FFI_FN(address), result, where);
  swap_errno(f);
  fault_begin(outer);
  if (lets_go) sched_blocking_end(&ts->sched);
  event_emit(&ts->sched, EVENT_FOREIGN_END, 0, (uint64_t)(uintptr_t)address);
}

/* Where a result is put that fits: libffi writes a whole word at least. */
typedef union {
  ffi_arg word;
  long double wide;
  char bytes[64];
} Result;

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
/* Run it with a cif of this call's own. */
static Value run_unprepared(ThreadState *ts, CFunction *f, Value argtypes, void *address, ffi_type **types, void **where, ssize_t n) {
  Value restype = incref(load_field(&f->restype)), v = NULL;
  Layout *l = is_none(restype) ? NULL : layout_of_class(ts, restype);
  ffi_type *type = is_none(restype) ? &ffi_type_void : l ? l->ffi : &ffi_type_sint32;
  ffi_cif cif;
  Result small = {0};
  char *result = small.bytes;
  if (l && l->kind == C_ARRAY) err_format(ts, EXC(TypeError), "a C function cannot return an array");
  else if (prepare(ts, &cif, argtypes, types, n, type) == 0 && (is_known(f, argtypes, restype) || remember(ts, f, argtypes, restype, types, n, type) == 0)) {
    if (l && l->size > (ssize_t)sizeof small && (result = calloc(1, (size_t)l->size)) == NULL) err_no_memory(ts);
    else {
      run(ts, f, &cif, DIRECT_NOT, address, result, where);
      v = convert_result(ts, restype, l, result);
      if (result != small.bytes) free(result);
    }
  }
  decref(ts, restype);
  return v;
}
static Value run_prepared(ThreadState *ts, CFunction *f, Signature *s, void *address, void **where) { /* the caller keeps s */
  Result result;
  result.word = 0;
  run(ts, f, &s->cif, s->direct, address, &result, where);
  if (s->result > RESULT_NONE) return c_to_value(ts, s->result, &result);
  if (s->result == RESULT_NONE) return V_NONE;
  return convert_result(ts, s->restype, layout_of_class(ts, s->restype), result.bytes);
}

static Value check_result(ThreadState *ts, Value self, STEALS Value check, STEALS Value v, Value *args, ssize_t nargs) {
  Value all = tuple_from_items(ts, args, nargs), checked = NULL;
  if (all) {
    Value given[] = {v, self, all};
    checked = call_args(ts, check, given, 3);
  }
  xdecref(ts, all);
  decref(ts, check);
  decref(ts, v);
  return checked;
}

static void *address_to_call(ThreadState *ts, CFunction *f) {
  void *address;
  memcpy(&address, f->data.data, sizeof address);
  if (UNLIKELY(address == NULL)) err_format(ts, EXC(ValueError), "attempt to call a NULL function pointer");
  return address;
}
/* Room for the arguments of a call: of few ones on the C stack. */
typedef struct {
  Argument *arguments;
  ffi_type **types;
  void **where;
} Places;

static Value call_at(ThreadState *ts, CFunction *f, Value *args, ssize_t n, Places p) {
  Value argtypes = xincref(load_field(&f->argtypes)), v = NULL;
  if (convert_all(ts, argtypes, args, n, p.arguments) == 0) {
    for (ssize_t i = 0; i < n; i++) {
      p.types[i] = p.arguments[i].type;
      p.where[i] = p.arguments[i].where;
    }
    void *address = address_to_call(ts, f);
    if (address) v = run_unprepared(ts, f, argtypes, address, p.types, p.where, n);
    drop_arguments(ts, p.arguments, n);
  }
  xdecref(ts, argtypes);
  return v;
}
static Value call_unprepared(ThreadState *ts, CFunction *f, Value *args, ssize_t n) {
  if (n <= FEW) {
    Argument a[FEW];
    ffi_type *types[FEW];
    void *where[FEW];
    return call_at(ts, f, args, n, (Places){a, types, where});
  }
  Argument *a = mem_alloc(ts, (size_t)n * (sizeof *a + sizeof(ffi_type *) + sizeof(void *)));
  if (a == NULL) return NULL;
  ffi_type **types = (ffi_type **)(a + n);
  Value v = call_at(ts, f, args, n, (Places){a, types, (void **)(types + n)});
  mem_free(ts, a);
  return v;
}
/* A call as the ones before. The arguments may have other types all the same: without argtypes, or if a from_param says so. */
static Value call_prepared(ThreadState *ts, CFunction *f, Signature *s, Value *args) {
  Argument a[FEW];
  void *where[FEW];
  bool fits = true;
  if (UNLIKELY(convert_by(ts, s, args, a) < 0)) return NULL;
  for (int i = 0; i < s->n; i++) {
    where[i] = a[i].where;
    fits &= a[i].type == s->types[i];
  }
  void *address = address_to_call(ts, f);
  Value v = NULL;
  if (LIKELY(address && fits)) v = run_prepared(ts, f, s, address, where);
  else if (address) {
    ffi_type *types[FEW];
    for (int i = 0; i < s->n; i++) types[i] = a[i].type;
    v = run_unprepared(ts, f, s->argtypes, address, types, where, s->n);
  }
  drop_arguments(ts, a, s->n);
  return v;
}

static inline Value call_function(ThreadState *ts, CFunction *f, Value *args, ssize_t nargs) {
  Signature *s = (Signature *)load_field(&f->signature);
  /* a signature that another thread has left behind when it called before the types were changed does not count */
  if (UNLIKELY(s == NULL || s->n != nargs || s->argtypes != load_field(&f->argtypes) || s->restype != load_field(&f->restype))) return call_unprepared(ts, f, args, nargs);
  incref((Value)s);
  Value v = call_prepared(ts, f, s, args);
  decref(ts, (Value)s);
  return v;
}
Value function_call_plain(NATIVE_ARGS) {
  if (!is_cdata(ts, args[0]) || !type_is_subtype(type_of(ts, args[0]), ctypes_state(ts)->function) || !is_tuple(args[1])) return err_bad_call(ts);
  return call_function(ts, as_function(args[0]), tuple_items(args[1]), tuple_len(args[1]));
}
/* With parameters that have names and directions: the part that is written in the language sorts them out. */
static Value call_with_flags(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Value function = import_attr(ts, "ctypes._paramflags", "call"), v = NULL;
  Value *all = function ? mem_alloc(ts, (size_t)(nargs + (kwnames ? tuple_len(kwnames) : 0) + 1) * sizeof *all) : NULL;
  if (all) {
    all[0] = self;
    memcpy(all + 1, args, (size_t)(nargs + (kwnames ? tuple_len(kwnames) : 0)) * sizeof *all);
    v = call(ts, function, all, nargs + 1, kwnames);
  }
  mem_free(ts, all);
  xdecref(ts, function);
  return v;
}
Value function_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  CFunction *f = as_function(self);
  if (UNLIKELY(f->paramflags)) return call_with_flags(ts, self, args, nargs, kwnames);
  if (UNLIKELY(kwnames && tuple_len(kwnames))) return err_format(ts, EXC(TypeError), "this function takes no keyword arguments");
  Value v = call_function(ts, f, args, nargs);
  Value check = v ? load_field(&f->errcheck) : NULL;
  return check ? check_result(ts, self, incref(check), v, args, nargs) : v;
}
