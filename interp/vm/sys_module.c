/* sys_module.c - the module sys. It stands beside the eval loop because half of it asks about frames.
 * Next: interp.c. CPython: Python/sysmodule.c. */
#include <float.h>
#include <stdlib.h>
#include <unistd.h>

#include "interp/vm/eval_internal.h"
#include "interp/vm/import.h"
#include "interp/vm/interp.h"
#include "runtime/thread_state.h"

static Value sys_exit(NATIVE_ARGS) {
  Value exc = nargs && args[0] != V_NONE ? call1(ts, EXC(SystemExit), args[0]) : call0(ts, EXC(SystemExit));
  if (exc && nargs && is_tuple(args[0])) {
    decref(ts, exc);
    exc = call_args(ts, EXC(SystemExit), tuple_items(args[0]), tuple_len(args[0]));
  }
  return err_set_instance(ts, exc);
}
static Value sys_getrefcount(NATIVE_ARGS) { return int_from_i64(ts, is_object(args[0]) ? refcount_of(args[0]) : 1000000000); }
static Value sys_getrecursionlimit(NATIVE_ARGS) { return small_int_value(ts->interp->recursion_limit); }
static Value sys_setrecursionlimit(NATIVE_ARGS) {
  int limit;
  if (num_as_int(ts, args[0], &limit) < 0) return NULL;
  if (limit < 1) return err_format(ts, EXC(ValueError), "recursion limit must be greater or equal than 1");
  int depth = ts->interp->recursion_limit + 1 - ts->recursion_left;
  if (depth >= limit) return err_format(ts, EXC(RecursionError), "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low", limit, depth);
  ts->recursion_left += limit - ts->interp->recursion_limit;
  ts->interp->recursion_limit = limit;
  return V_NONE;
}
static Value sys_intern(NATIVE_ARGS) {
  if (!is_exact_str(args[0])) return err_format(ts, EXC(TypeError), is_str(args[0]) ? "can't intern %T" : "intern() argument must be str, not %T", args[0]);
  return str_intern(ts, incref(args[0]));
}
static Value handled_exception(ThreadState *ts) {
  ExcItem *item = ts->exc_info;
  while (item->exc == NULL && item->prev) item = item->prev;
  return item->exc;
}
static Value sys_exc_info(NATIVE_ARGS) {
  Value exc = handled_exception(ts);
  if (exc == NULL) return tuple_of3(ts, V_NONE, V_NONE, V_NONE);
  Value tb = EXC_FIELD(exc, traceback);
  return tuple_steal3(ts, incref((Value)type_of(ts, exc)), incref(exc), incref(tb ? tb : V_NONE));
}
static Value sys_exception(NATIVE_ARGS) {
  Value exc = handled_exception(ts);
  return exc ? incref(exc) : V_NONE;
}
static Value sys_getframe(NATIVE_ARGS) {
  int depth = 0;
  if (nargs && num_as_int(ts, args[0], &depth) < 0) return NULL;
  Frame *f = ts->frame;
  for (; f && depth > 0; depth--) f = f->prev;
  return f ? frame_object(ts, f) : err_format(ts, EXC(ValueError), "call stack is not deep enough");
}
static Value sys_getsizeof(NATIVE_ARGS) {
  static const char *const names[] = {"object", "default"};
  static const ArgSpec spec = {"getsizeof", 0, 2, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  bool missing;
  Value r = call_special(ts, given[0], ID(__sizeof__), NULL, 0, &missing);
  ssize_t size = r && is_int(r) ? num_as_ssize(ts, r, EXC(OverflowError)) : -1;
  if (r && !is_int(r)) err_format(ts, EXC(TypeError), "an integer is required");
  else if (r && size < 0 && !err_occurred(ts)) err_format(ts, EXC(ValueError), "__sizeof__() should return >= 0");
  xdecref(ts, r);
  if (r && !err_occurred(ts)) { /* and what CPython keeps before the object: for the collector, for attributes */
    uint32_t flags = type_of(ts, given[0])->flags;
    int64_t before = flags & TYPE_GC ? 16 : 0;
    if (flags & TYPE_HEAP && flags & TYPE_HAS_DICT) before += 16;
    return int_from_i64(ts, size + before);
  }
  if (given[1] && (missing || err_matches(ts, EXC(TypeError)))) {
    err_clear(ts);
    return incref(given[1]);
  }
  return missing ? err_format(ts, EXC(TypeError), "Type %T doesn't define __sizeof__", given[0]) : NULL;
}
static Value sys_getdefaultencoding(NATIVE_ARGS) { return str_from_ascii(ts, "utf-8"); }
static Value sys_getfilesystemencodeerrors(NATIVE_ARGS) { return str_from_ascii(ts, "surrogateescape"); }
static Value sys_get_max_digits(NATIVE_ARGS) { return small_int_value(ts->interp->int_max_str_digits); }
static Value sys_set_max_digits(NATIVE_ARGS) {
  static const char *const names[] = {"maxdigits"};
  static const ArgSpec spec = {"set_int_max_str_digits", 0, 1, 1, 1, names};
  Value given[1];
  int n;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[0], &n) < 0) return NULL;
  if (n != 0 && n < 640) return err_format(ts, EXC(ValueError), "maxdigits must be 0 or larger than 640");
  ts->interp->int_max_str_digits = n;
  return V_NONE;
}

/* repr(v) on a line of its own, as at the prompt; v is remembered as builtins._ */
static Value sys_displayhook(NATIVE_ARGS) {
  Value v = args[0];
  if (v == V_NONE) return V_NONE;
  if (dict_set_cstr(ts, (Value)ts->interp->builtins, "_", V_NONE) < 0) return NULL;
  Value out = dict_get_str(ts, ts->interp->sys_dict, ID(stdout));
  if (out == NULL || out == V_NONE) return err_format(ts, EXC(RuntimeError), "lost sys.stdout");
  Value text = repr_of(ts, v);
  int failed = text == NULL || file_write_str(ts, out, text) < 0;
  xdecref(ts, text);
  if (failed || file_write_cstr(ts, out, "\n") < 0) return NULL;
  return dict_set_cstr(ts, (Value)ts->interp->builtins, "_", v) < 0 ? NULL : V_NONE;
}

/* PEP 553: $PYTHONBREAKPOINT names what breakpoint() calls; 0 is nothing. */
static Value sys_breakpointhook(NATIVE_ARGS) {
  const char *wanted = ts->interp->options && ts->interp->options->ignore_environment ? NULL : getenv("PYTHONBREAKPOINT"), *dot = wanted ? strrchr(wanted, '.') : NULL;
  if (wanted == NULL || *wanted == 0 || strcmp(wanted, "pdb.set_trace") == 0)
    return err_format(ts, EXC(NotImplementedError), "breakpoint(): there is no debugger in this version of gilly");
  if (strcmp(wanted, "0") == 0) return V_NONE;
  char *module = dot ? strndup(wanted, (size_t)(dot - wanted)) : strdup("builtins");
  if (module == NULL) return err_no_memory(ts);
  Value hook = *module ? import_attr(ts, module, dot ? dot + 1 : wanted) : NULL;
  free(module);
  if (hook == NULL) {
    if (err_occurred(ts) && !err_matches(ts, EXC(ImportError)) && !err_matches(ts, EXC(AttributeError))) return NULL;
    err_clear(ts);
    return err_warn(ts, EXC(RuntimeWarning), 0, "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"", wanted) < 0 ? NULL : V_NONE;
  }
  Value r = call(ts, hook, args, nargs, kwnames);
  decref(ts, hook);
  return r;
}

static Value sys_excepthook(NATIVE_ARGS) {
  Value print = import_attr(ts, "traceback", "_print_uncaught");
  if (print == NULL) {
    err_clear(ts);
    print = import_attr(ts, "traceback", "print_exception");
  }
  Value r = print ? call_args(ts, print, args, 3) : NULL;
  xdecref(ts, print);
  return r;
}

/* "Exception ignored in: ..." and the traceback. args[0] has exc_type, exc_value, exc_traceback, err_msg, object (or is a tuple of them). */
static Value sys_unraisablehook(NATIVE_ARGS) {
  Value parts[5];
  static const char *const names[] = {"exc_type", "exc_value", "exc_traceback", "err_msg", "object"};
  Value result = NULL, out = dict_get_str(ts, ts->interp->sys_dict, ID(stderr));
  if (out == NULL || out == V_NONE) return V_NONE;
  for (int i = 0; i < 5; i++) parts[i] = is_tuple(args[0]) ? incref(tuple_get(args[0], i)) : attr_get_cstr(ts, args[0], names[i]);
  for (int i = 0; i < 5; i++)
    if (parts[i] == NULL) goto done;
  Value text = repr_of(ts, parts[4]);
  if (text == NULL) {
    err_clear(ts);
    text = str_from_ascii(ts, "<object repr() failed>");
  }
  Value head = NULL;
  if (parts[3] != V_NONE) head = parts[4] == V_NONE ? str_format(ts, "%S:\n", parts[3]) : str_format(ts, "%S: %U\n", parts[3], text);
  else if (parts[4] != V_NONE) head = str_format(ts, "Exception ignored in: %U\n", text);
  xdecref(ts, text);
  if (head && file_write_str(ts, out, head) < 0) goto done;
  xdecref(ts, head);
  Value print = import_attr(ts, "traceback", "print_exception");
  result = print ? call_args(ts, print, parts, 3) : NULL;
  xdecref(ts, print);
done:
  for (int i = 0; i < 5; i++) xdecref(ts, parts[i]);
  return result;
}

static Value sys_is_finalizing(NATIVE_ARGS) { return bool_value(ts->interp->finalizing); }
static Value sys_no_trace(NATIVE_ARGS) { return V_NONE; }
static Value sys_settrace(NATIVE_ARGS) {
  if (args[0] == V_NONE) return V_NONE;
  return err_format(ts, EXC(NotImplementedError), "trace and profile functions are not supported");
}
static Value sys_setswitchinterval(NATIVE_ARGS) {
  double seconds;
  if (num_as_double(ts, args[0], &seconds) < 0) return NULL;
  if (!(seconds > 0)) return err_format(ts, EXC(ValueError), "switch interval must be strictly positive");
  if (seconds > 9e12) return err_format(ts, EXC(OverflowError), "switch interval too large");
  int64_t us = (int64_t)(seconds * 1e6);
  ts->interp->sched->gil.interval_us = us > 0 ? us : 1;
  return V_NONE;
}
static Value sys_getswitchinterval(NATIVE_ARGS) { return float_new(ts, (double)ts->interp->sched->gil.interval_us * 1e-6); }
/* Python 2's: turns are counted in ticks. Only there when that lock is emulated. */
static Value sys_setcheckinterval(NATIVE_ARGS) {
  int n;
  if (num_as_int(ts, args[0], &n) < 0) return NULL;
  ts->interp->sched->gil.check_interval = n;
  return V_NONE;
}
static Value sys_getcheckinterval(NATIVE_ARGS) { return small_int_value(ts->interp->sched->gil.check_interval); }
/* Hooks lie in a list of the module, made when the first one is added; gilly itself reports nothing to them. */
static Value sys_addaudithook(NATIVE_ARGS) {
  Value hooks = sys_get(ts, "_audit_hooks");
  if (hooks == NULL) {
    if ((hooks = list_new(ts, 1)) == NULL) return NULL;
    int r = sys_set(ts, "_audit_hooks", hooks);
    decref(ts, hooks);
    if (r < 0) return NULL;
  }
  return list_append(ts, hooks, args[0]) < 0 ? NULL : V_NONE;
}
static Value sys_audit(NATIVE_ARGS) {
  if (nargs == 0) return err_format(ts, EXC(TypeError), "audit() missing 1 required positional argument: 'event'");
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "expected str for argument 'event', not %T", args[0]);
  Value hooks = sys_get(ts, "_audit_hooks");
  if (hooks == NULL || !is_list(hooks)) return V_NONE;
  Value rest = tuple_from_items(ts, args + 1, nargs - 1);
  for (ssize_t i = 0; rest && i < list_len(hooks); i++) {
    Value r = call2(ts, list_get(hooks, i), args[0], rest);
    if (r == NULL) return decref(ts, rest), NULL;
    decref(ts, r);
  }
  xdecref(ts, rest);
  return rest ? V_NONE : NULL;
}
static const MethodDef tick_methods[] = {{"setcheckinterval", sys_setcheckinterval, 1, 1, 0, "setcheckinterval(n)\n\nLet other threads run every n ticks."},
                                         {"getcheckinterval", sys_getcheckinterval, 0, 0, 0, "getcheckinterval() -> ticks"}, {0}};
static int gather_frame(ThreadState *thread, void *arg) {
  ThreadState **all = arg;
  for (int i = 1; i < 1024; i++)
    if (all[i] == NULL) {
      all[i] = thread;
      return 0;
    }
  return 1;
}
static Value sys_current_frames(NATIVE_ARGS) {
  ThreadState *all[1025] = {ts};
  thread_each(ts, gather_frame, all);
  Value d = dict_new(ts);
  for (int i = 1; d && all[i]; i++) {
    if (all[i]->frame == NULL) continue;
    Value k = int_from_u64(ts, (uint64_t)(uintptr_t)all[i]), f = k ? frame_object(ts, all[i]->frame) : NULL;
    if (f == NULL || dict_set(ts, d, k, f) < 0) CLEAR(d);
    xdecref(ts, k);
    xdecref(ts, f);
  }
  return d;
}
static Value sys_is_gil_enabled(NATIVE_ARGS) { return bool_value(CORE_HAS_GIL); }
static Value sys_get_asyncgen_hooks(NATIVE_ARGS) {
  return tuple_of2(ts, ts->async_gen_firstiter ? ts->async_gen_firstiter : V_NONE, ts->async_gen_finalizer ? ts->async_gen_finalizer : V_NONE);
}
static Value sys_set_asyncgen_hooks(NATIVE_ARGS) {
  static const char *const names[] = {"firstiter", "finalizer"};
  static const ArgSpec spec = {"set_asyncgen_hooks", 0, 2, 0, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  for (int i = 0; i < 2; i++) {
    if (given[i] == NULL) continue;
    if (given[i] != V_NONE && !is_callable(ts, given[i])) return err_format(ts, EXC(TypeError), "callable %s expected, got %T", i ? "finalizer" : "firstiter", given[i]);
    replace(ts, i ? &ts->async_gen_finalizer : &ts->async_gen_firstiter, given[i] == V_NONE ? NULL : incref(given[i]));
  }
  return V_NONE;
}
static Value sys_call_tracing(NATIVE_ARGS) {
  if (!is_tuple(args[1])) return err_format(ts, EXC(TypeError), "call_tracing() argument 2 must be tuple, not %T", args[1]);
  return call_tuple_dict(ts, args[0], args[1], NULL);
}
static Value sys_match_like(NATIVE_ARGS) {
  if (is_type(args[0]) && is_type(args[1])) type_match_like((Type *)args[0], (Type *)args[1]);
  return V_NONE;
}
static Value sys_allocated_blocks(NATIVE_ARGS) { return int_from_i64(ts, ts->interp->allocation_number); }

/* The text of an embedded library file, for linecache and inspect: None when there is none. */
static Value sys_library_source(NATIVE_ARGS) {
  if (!is_str(args[0]) || !str_is_ascii(args[0])) return V_NONE;
  const char *path = str_chars(args[0]);
  if (strncmp(path, LIBRARY_PATH "/", strlen(LIBRARY_PATH) + 1) == 0) path += strlen(LIBRARY_PATH) + 1;
  const LibraryFile *f = library_find(path);
  return f ? str_from_utf8(ts, f->text, (ssize_t)f->size) : V_NONE;
}

static const MethodDef methods[] = {
    {"exit", sys_exit, 0, 1, 0, "exit(status=None, /)\n--\n\nExit the interpreter by raising SystemExit(status)."},
    {"getrefcount", sys_getrefcount, 1, 1, 0, "getrefcount(object, /)\n--\n\nReturn the reference count of object."},
    {"getrecursionlimit", sys_getrecursionlimit, 0, 0, 0, "Return the current value of the recursion limit."},
    {"setrecursionlimit", sys_setrecursionlimit, 1, 1, 0, "Set the maximum depth of the Python interpreter stack to n."},
    {"intern", sys_intern, 1, 1, 0, "``Intern'' the given string."},
    {"exc_info", sys_exc_info, 0, 0, 0, "Return current exception information: (type, value, traceback)."},
    {"exception", sys_exception, 0, 0, 0, "Return the current exception."},
    {"_getframe", sys_getframe, 0, 1, 0, "Return a frame object from the call stack."},
    {"getsizeof", sys_getsizeof, 0, -1, METHOD_KW, "getsizeof(object [, default]) -> int"},
    {"getdefaultencoding", sys_getdefaultencoding, 0, 0, 0, "Return the current default encoding used by the Unicode implementation."},
    {"getfilesystemencoding", sys_getdefaultencoding, 0, 0, 0, "Return the encoding used to convert Unicode filenames to OS filenames."},
    {"getfilesystemencodeerrors", sys_getfilesystemencodeerrors, 0, 0, 0, "Return the error mode used for Unicode to OS filename conversion."},
    {"get_int_max_str_digits", sys_get_max_digits, 0, 0, 0, "Return the maximum string digits limit for non-binary int<->str conversions."},
    {"set_int_max_str_digits", sys_set_max_digits, 0, 1, METHOD_KW, "Set the maximum string digits limit for non-binary int<->str conversions."},
    {"breakpointhook", sys_breakpointhook, 0, -1, METHOD_KW, "This hook function is called by built-in breakpoint()."},
    {"displayhook", sys_displayhook, 1, 1, 0, "Print an object to sys.stdout and also save it in builtins._"},
    {"excepthook", sys_excepthook, 3, 3, 0, "Handle an exception by displaying it with a traceback on sys.stderr."},
    {"unraisablehook", sys_unraisablehook, 1, 1, 0, "Handle an unraisable exception."},
    {"is_finalizing", sys_is_finalizing, 0, 0, 0, "Return True if Python is exiting."},
    {"gettrace", sys_no_trace, 0, 0, 0, "Return the global debug tracing function set with sys.settrace."},
    {"getprofile", sys_no_trace, 0, 0, 0, "Return the profiling function set with sys.setprofile."},
    {"settrace", sys_settrace, 1, 1, 0, "Set the global debug tracing function."},
    {"setprofile", sys_settrace, 1, 1, 0, "Set the profiling function."},
    {"call_tracing", sys_call_tracing, 2, 2, 0, "Call func(*args), while tracing is enabled."},
    {"get_asyncgen_hooks", sys_get_asyncgen_hooks, 0, 0, 0, "Return the installed asynchronous generators hooks."},
    {"set_asyncgen_hooks", sys_set_asyncgen_hooks, 0, -1, METHOD_KW, "Set a finalizer for async generators objects."},
    {"getallocatedblocks", sys_allocated_blocks, 0, 0, 0, "Return the number of memory blocks allocated."},
    {"setswitchinterval", sys_setswitchinterval, 1, 1, 0, "setswitchinterval(interval, /)\n--\n\nSet how long, in seconds, a waiting thread waits before it asks for the lock."},
    {"getswitchinterval", sys_getswitchinterval, 0, 0, 0, "getswitchinterval()\n--\n\nReturn the current thread switch interval; see sys.setswitchinterval()."},
    {"_current_frames", sys_current_frames, 0, 0, 0, "_current_frames()\n--\n\nReturn a dict mapping each thread's thread id to its current stack frame."},
    {"_match_like", sys_match_like, 2, 2, 0, "After abc.register(cls): let patterns match cls as they match abc."},
    {"_is_gil_enabled", sys_is_gil_enabled, 0, 0, 0, "Return True if the GIL is currently enabled."},
    {"audit", sys_audit, 0, -1, 0, "audit(event, *args)\n\nTell the audit hooks of an event."},
    {"addaudithook", sys_addaudithook, 1, 1, 0, "addaudithook(hook)\n--\n\nLet hook(event, args) be called for each event."},
    {"_library_source", sys_library_source, 1, 1, 0, "The source text of an embedded library file, or None."},
    {0}};

/* Only the first n_visible of the n fields are items of the tuple; the others are attributes. */
static int add_structure_with_hidden(ThreadState *ts, Value m, const char *attribute, const char *name, const char *const *fields, int n, int n_visible, Value *values) {
  Type *type = structseq_type(ts, name, NULL, fields, n, n_visible);
  if (type == NULL) return -1;
  type->flags |= TYPE_NO_NEW;
  decref(ts, (Value)type); /* it stays for as long as the Interp, as every type made by C code */
  return module_add(ts, m, attribute, structseq_new(ts, type, values));
}
static int add_structure(ThreadState *ts, Value m, const char *attribute, const char *name, const char *const *fields, int n, Value *values) {
  return add_structure_with_hidden(ts, m, attribute, name, fields, n, n, values);
}

static int add_version(ThreadState *ts, Value m) {
  static const char *const fields[] = {"major", "minor", "micro", "releaselevel", "serial"};
  Value v[] = {small_int_value(3), small_int_value(11), small_int_value(2), str_from_ascii(ts, "final"), small_int_value(0)};
  return add_structure(ts, m, "version_info", "sys.version_info", fields, 5, v);
}

static int add_flags(ThreadState *ts, Value m) {
  static const char *const fields[] = {"debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment", "verbose",
                                       "bytes_warning", "quiet", "hash_randomization", "isolated", "dev_mode", "utf8_mode", "warn_default_encoding", "safe_path", "int_max_str_digits",
                                       "gil" /* of 3.13 */};
  Options none = {0}, *o = ts->interp->options ? ts->interp->options : &none;
  Value v[19];
  for (int i = 0; i < 19; i++) v[i] = small_int_value(0);
  v[1] = v[2] = small_int_value(o->interactive);
  v[3] = small_int_value(o->optimize);
  v[6] = small_int_value(o->no_site);
  v[7] = small_int_value(o->ignore_environment);
  v[10] = small_int_value(o->quiet);
  v[11] = small_int_value(getenv("PYTHONHASHSEED") && strcmp(getenv("PYTHONHASHSEED"), "0") == 0 ? 0 : 1);
  v[12] = small_int_value(o->isolated);
  v[13] = V_FALSE;
  v[16] = bool_value(o->safe_path);
  v[17] = small_int_value(-1);
  v[18] = small_int_value(CORE_HAS_GIL);
  return add_structure_with_hidden(ts, m, "flags", "sys.flags", fields, 19, 18, v);
}

static int add_numbers(ThreadState *ts, Value m) {
  static const char *const float_fields[] = {"max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"};
  Value f[] = {float_new(ts, DBL_MAX), small_int_value(DBL_MAX_EXP), small_int_value(DBL_MAX_10_EXP), float_new(ts, DBL_MIN), small_int_value(DBL_MIN_EXP), small_int_value(DBL_MIN_10_EXP),
               small_int_value(DBL_DIG), small_int_value(DBL_MANT_DIG), float_new(ts, DBL_EPSILON), small_int_value(FLT_RADIX), small_int_value(1)};
  static const char *const int_fields[] = {"bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"};
  Value i[] = {small_int_value(30), small_int_value(4), small_int_value(4300), small_int_value(640)};
  static const char *const hash_fields[] = {"width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"};
  Value h[] = {small_int_value(64), small_int_value(((int64_t)1 << 61) - 1), small_int_value(314159), small_int_value(0), small_int_value(1000003), str_from_ascii(ts, "siphash13"), small_int_value(64), small_int_value(128), small_int_value(0)};
  return add_structure(ts, m, "float_info", "sys.float_info", float_fields, 11, f) < 0 || add_structure(ts, m, "int_info", "sys.int_info", int_fields, 4, i) < 0 ||
                 add_structure(ts, m, "hash_info", "sys.hash_info", hash_fields, 9, h) < 0
             ? -1
             : 0;
}

static int add_implementation(ThreadState *ts, Value m) {
  Value d = dict_new(ts), version = dict_get_cstr(ts, (Value)module_dict(m), "version_info");
  if (d == NULL) return -1;
  Value name = str_from_ascii(ts, "gilly"), tag = str_from_ascii(ts, "gilly-311"), multiarch = str_from_ascii(ts, "x86_64-linux-gnu");
  int failed = dict_set_cstr(ts, d, "name", name) < 0 || dict_set_cstr(ts, d, "cache_tag", tag) < 0 || dict_set_cstr(ts, d, "version", version) < 0 ||
               dict_set_cstr(ts, d, "hexversion", small_int_value(0x030b02f0)) < 0 || dict_set_cstr(ts, d, "_multiarch", multiarch) < 0;
  xdecref(ts, name);
  xdecref(ts, tag);
  xdecref(ts, multiarch);
  int r = failed ? -1 : module_add(ts, m, "implementation", namespace_new(ts, d));
  decref(ts, d);
  return r;
}


/* -X name or -X name=value */
static int add_x_options(ThreadState *ts, Value m) {
  const Options *o = ts->interp->options;
  Value d = dict_new(ts);
  if (module_add(ts, m, "_xoptions", d) < 0) return -1;
  for (int i = 0; o && i < o->x_option_count; i++) {
    const char *text = o->x_options[i], *equals = strchr(text, '=');
    Value name = str_from_fs(ts, text, equals ? equals - text : (ssize_t)strlen(text));
    Value value = equals == NULL ? V_TRUE : name ? str_from_fs(ts, equals + 1, (ssize_t)strlen(equals + 1)) : NULL;
    int failed = name == NULL || value == NULL || dict_set(ts, d, name, value) < 0;
    xdecref(ts, name);
    xdecref(ts, value);
    if (failed) return -1;
  }
  return 0;
}

/* sys.stdlib_module_names: the native modules and the first parts of the embedded library's paths. */
static Value library_names(ThreadState *ts, Value natives) {
  Value names = list_from_iterable(ts, natives);
  for (size_t i = 0; names && i < library_file_count; i++) {
    Value s = str_from_utf8(ts, library_files[i].path, (ssize_t)strcspn(library_files[i].path, "/."));
    if (s == NULL || list_append_steal(ts, names, s) < 0) CLEAR(names);
  }
  Value set = names ? frozenset_from_iterable(ts, names) : NULL;
  xdecref(ts, names);
  return set;
}

static int add_lists(ThreadState *ts, Value m) {
  Value names = list_new(ts, 32);
  for (int i = 0; names && i < NATIVE_COUNT; i++) {
    Value s = str_from_ascii(ts, module_native(i)->name);
    if (s == NULL || list_append_steal(ts, names, s) < 0) return -1;
  }
  if (names == NULL || list_sort(ts, names, NULL, false) < 0) return -1;
  int r = module_add(ts, m, "builtin_module_names", list_to_tuple(ts, names));
  if (r == 0) r = module_add(ts, m, "stdlib_module_names", library_names(ts, names));
  decref(ts, names);
  if (r < 0 || module_add(ts, m, "path", list_new(ts, 2)) < 0 || module_add(ts, m, "argv", list_new(ts, 2)) < 0 || module_add(ts, m, "orig_argv", list_new(ts, 2)) < 0 || module_add(ts, m, "_inherited_options", list_new(ts, 0)) < 0) return -1;
  if (module_add(ts, m, "meta_path", list_new(ts, 0)) < 0 || module_add(ts, m, "path_hooks", list_new(ts, 0)) < 0 || module_add(ts, m, "path_importer_cache", dict_new(ts)) < 0) return -1;
  return module_add(ts, m, "warnoptions", list_new(ts, 0)) < 0 ? -1 : add_x_options(ts, m);
}

static int add_thread_info(ThreadState *ts, Value m) {
  static const char *const fields[] = {"name", "lock", "version"};
  Value v[] = {str_from_ascii(ts, "pthread"), str_from_ascii(ts, "mutex+cond"), V_NONE};
  return v[0] && v[1] ? add_structure(ts, m, "thread_info", "sys.thread_info", fields, 3, v) : -1;
}

static int start(ThreadState *ts, Value m) {
  char exe[4096];
  ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
  exe[n > 0 ? n : 0] = 0;
  if (add_version(ts, m) < 0 || add_flags(ts, m) < 0 || add_numbers(ts, m) < 0 || add_implementation(ts, m) < 0 || add_lists(ts, m) < 0) return -1;
  if (module_add_str(ts, m, "version", CORE_HAS_GIL ? "3.11.2 (gilly " GILLY_VERSION ")" : "3.11.2 free-threading build (gilly " GILLY_VERSION ")") < 0 || module_add_int(ts, m, "hexversion", 0x030b02f0) < 0 || module_add_int(ts, m, "api_version", 1013) < 0) return -1;
  if (module_add_str(ts, m, "copyright", "Copyright (c) the gilly authors. MIT licence.") < 0) return -1;
  if (module_add_int(ts, m, "maxsize", INT64_MAX) < 0 || module_add_int(ts, m, "maxunicode", 0x10ffff) < 0) return -1;
  if (module_add_str(ts, m, "byteorder", "little") < 0 || module_add_str(ts, m, "platform", "linux") < 0 || module_add_str(ts, m, "abiflags", "") < 0) return -1;
  if (module_add_str(ts, m, "executable", exe) < 0 || module_add_str(ts, m, "_base_executable", exe) < 0) return -1;
  if (module_add_str(ts, m, "prefix", "/usr") < 0 || module_add_str(ts, m, "base_prefix", "/usr") < 0 || module_add_str(ts, m, "exec_prefix", "/usr") < 0 || module_add_str(ts, m, "base_exec_prefix", "/usr") < 0) return -1;
  if (module_add_str(ts, m, "platlibdir", "lib") < 0 || module_add_str(ts, m, "float_repr_style", "short") < 0) return -1;
  if (module_add(ts, m, "dont_write_bytecode", V_TRUE) < 0 || module_add(ts, m, "pycache_prefix", V_NONE) < 0) return -1;
  if (module_add(ts, m, "modules", incref(ts->interp->modules)) < 0) return -1;
  if (ts->interp->sched->profile->kind == GIL_TICK)
    for (const MethodDef *d = tick_methods; d->name; d++)
      if (module_add(ts, m, d->name, native_function_new(ts, d, m, ID(sys))) < 0) return -1;
  static const char *const unraisable_fields[] = {"exc_type", "exc_value", "exc_traceback", "err_msg", "object"};
  if (add_thread_info(ts, m) < 0 || (ts->interp->unraisable_args = structseq_type(ts, "UnraisableHookArgs", NULL, unraisable_fields, 5, 5)) == NULL) return -1;
  if (module_add(ts, m, "UnraisableHookArgs", incref((Value)ts->interp->unraisable_args)) < 0) return -1;
  const char *const hooks[] = {"breakpointhook", "displayhook", "excepthook", "unraisablehook"};
  for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++) {
    char name[32];
    snprintf(name, sizeof name, "__%s__", hooks[i]);
    if (module_add(ts, m, name, xincref(dict_get_cstr(ts, (Value)module_dict(m), hooks[i]))) < 0) return -1;
  }
  return 0;
}

const ModuleDef sys_module_def = {
    .name = "sys",
    .doc = "This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.",
    .methods = methods,
    .start = start,
};
