/* builtins.c - the functions of the builtins module. Its types come from kinds.def and exceptions.def.
 * Next: runtime/abstract.h (what most of them call). CPython: Python/bltinmodule.c. */
#include "interp/front/front.h"
#include "interp/vm/eval_internal.h"
#include "interp/vm/import.h"

static Value builtin_abs(NATIVE_ARGS) { return num_absolute(ts, args[0]); }
static Value builtin_ascii(NATIVE_ARGS) { return ascii_of(ts, args[0]); }
static Value builtin_callable(NATIVE_ARGS) { return bool_value(is_callable(ts, args[0])); }
static Value builtin_hash(NATIVE_ARGS) {
  int64_t h = hash_of(ts, args[0]);
  return h == -1 && err_occurred(ts) ? NULL : int_from_i64(ts, h);
}
static Value builtin_id(NATIVE_ARGS) { return id_of(ts, args[0]); }
static Value builtin_len(NATIVE_ARGS) {
  ssize_t n = length(ts, args[0]);
  return n < 0 ? NULL : int_from_i64(ts, n);
}
static Value builtin_repr(NATIVE_ARGS) { return repr_of(ts, args[0]); }
static Value builtin_divmod(NATIVE_ARGS) { return num_binary(ts, NB_DIVMOD, args[0], args[1]); }
static Value builtin_dir(NATIVE_ARGS) { return dir_of(ts, nargs ? args[0] : NULL); }
static Value builtin_globals(NATIVE_ARGS) { return incref(ts->interp->up.frame_globals(ts)); }
static Value builtin_locals(NATIVE_ARGS) { return ts->interp->up.frame_locals(ts); }

static Value builtin_all(NATIVE_ARGS) {
  Value it = iter_of(ts, args[0]), v;
  if (it == NULL) return NULL;
  int t = 1;
  while (t > 0 && (v = iter_next(ts, it)) != NULL) {
    t = truth(ts, v);
    decref(ts, v);
  }
  decref(ts, it);
  return err_occurred(ts) ? NULL : bool_value(t);
}
static Value builtin_any(NATIVE_ARGS) {
  Value it = iter_of(ts, args[0]), v;
  if (it == NULL) return NULL;
  int t = 0;
  while (t == 0 && (v = iter_next(ts, it)) != NULL) {
    t = truth(ts, v);
    decref(ts, v);
  }
  decref(ts, it);
  return err_occurred(ts) ? NULL : bool_value(t);
}

static Value with_prefix(ThreadState *ts, Value v, int base, const char *prefix) {
  Value i = num_index(ts, v);
  if (i == NULL) return NULL;
  bool negative = int_sign(i) < 0;
  Value magnitude = negative ? num_negative(ts, i) : incref(i);
  Value digits = magnitude ? int_to_str(ts, magnitude, base) : NULL;
  Value r = digits ? str_format(ts, "%s%s%U", negative ? "-" : "", prefix, digits) : NULL;
  decref(ts, i);
  xdecref(ts, magnitude);
  xdecref(ts, digits);
  return r;
}
static Value builtin_bin(NATIVE_ARGS) { return with_prefix(ts, args[0], 2, "0b"); }
static Value builtin_oct(NATIVE_ARGS) { return with_prefix(ts, args[0], 8, "0o"); }
static Value builtin_hex(NATIVE_ARGS) { return with_prefix(ts, args[0], 16, "0x"); }

static Value builtin_chr(NATIVE_ARGS) {
  Value i = num_index(ts, args[0]);
  if (i == NULL) return NULL;
  int64_t c;
  bool fits = int_fits_i64(i, &c);
  decref(ts, i);
  if (!fits || c > INT32_MAX || c < INT32_MIN) return err_format(ts, EXC(OverflowError), fits ? (c > 0 ? "signed integer is greater than maximum" : "signed integer is less than minimum") : "Python int too large to convert to C int");
  if (c < 0 || c > 0x10FFFF) return err_format(ts, EXC(ValueError), "chr() arg not in range(0x110000)");
  return str_from_char(ts, (Char)c);
}
static Value builtin_ord(NATIVE_ARGS) {
  Value v = args[0];
  ssize_t n = -1;
  if (is_str(v)) {
    if ((n = str_len(v)) == 1) return small_int_value(str_at(v, 0));
  } else if (is_bytes(v)) {
    if ((n = bytes_len(v)) == 1) return small_int_value((uint8_t)bytes_data(v)[0]);
  } else if (is_bytearray(v)) {
    if ((n = ((ByteArray *)v)->length) == 1) return small_int_value((uint8_t)((ByteArray *)v)->data[0]);
  } else {
    return err_format(ts, EXC(TypeError), "ord() expected string of length 1, but %T found", v);
  }
  return err_format(ts, EXC(TypeError), "ord() expected a character, but string of length %zd found", n);
}

static int attribute_name(ThreadState *ts, Value v, Value *out) {
  if (!is_str(v)) {
    err_format(ts, EXC(TypeError), "attribute name must be string, not '%T'", v);
    return -1;
  }
  return (*out = str_intern(ts, incref(v))) ? 0 : -1;
}
static Value builtin_getattr(NATIVE_ARGS) {
  Value name;
  if (attribute_name(ts, args[1], &name) < 0) return NULL;
  Value r;
  if (nargs == 2) {
    r = attr_get(ts, args[0], name);
  } else {
    bool failed;
    r = attr_get_optional(ts, args[0], name, &failed);
    if (r == NULL && !failed) r = incref(args[2]);
  }
  decref(ts, name);
  return r;
}
static Value builtin_hasattr(NATIVE_ARGS) {
  Value name;
  if (attribute_name(ts, args[1], &name) < 0) return NULL;
  bool failed;
  Value r = attr_get_optional(ts, args[0], name, &failed);
  decref(ts, name);
  if (failed) return NULL;
  xdecref(ts, r);
  return bool_value(r != NULL);
}
static Value builtin_setattr(NATIVE_ARGS) {
  Value name;
  if (attribute_name(ts, args[1], &name) < 0) return NULL;
  int r = attr_set(ts, args[0], name, args[2]);
  decref(ts, name);
  return r < 0 ? NULL : V_NONE;
}
static Value builtin_delattr(NATIVE_ARGS) {
  Value name;
  if (attribute_name(ts, args[1], &name) < 0) return NULL;
  int r = attr_set(ts, args[0], name, NULL);
  decref(ts, name);
  return r < 0 ? NULL : V_NONE;
}
static Value builtin_isinstance(NATIVE_ARGS) {
  int r = is_instance(ts, args[0], args[1]);
  return r < 0 ? NULL : bool_value(r);
}
static Value builtin_issubclass(NATIVE_ARGS) {
  int r = is_subclass(ts, args[0], args[1]);
  return r < 0 ? NULL : bool_value(r);
}
static Value builtin_vars(NATIVE_ARGS) {
  if (nargs == 0) return ts->interp->up.frame_locals(ts);
  bool failed;
  Value d = attr_get_optional(ts, args[0], ID(__dict__), &failed);
  return d || failed ? d : err_format(ts, EXC(TypeError), "vars() argument must have __dict__ attribute");
}
static Value builtin_format(NATIVE_ARGS) {
  if (nargs > 1 && !is_str(args[1])) return err_format(ts, EXC(TypeError), "format() argument 2 must be str, not %T", args[1]);
  return format_of(ts, args[0], nargs > 1 ? args[1] : NULL);
}

static Value builtin_iter(NATIVE_ARGS) {
  if (nargs == 1) return iter_of(ts, args[0]);
  if (!is_callable(ts, args[0])) return err_format(ts, EXC(TypeError), "iter(v, w): v must be callable");
  return callable_iterator_new(ts, args[0], args[1]);
}
static Value builtin_next(NATIVE_ARGS) {
  if (!is_iterator(ts, args[0])) return err_format(ts, EXC(TypeError), "'%T' object is not an iterator", args[0]);
  Value v = type_of(ts, args[0])->slots.next(ts, args[0]);
  if (v) return v;
  if (nargs > 1) {
    if (err_occurred(ts)) {
      if (!err_matches(ts, EXC(StopIteration))) return NULL;
      err_clear(ts);
    }
    return incref(args[1]);
  }
  return err_occurred(ts) ? NULL : err_stop_iteration(ts, NULL);
}
static Value builtin_aiter(NATIVE_ARGS) {
  Type *type = type_of(ts, args[0]);
  if (type->slots.aiter == NULL) return err_format(ts, EXC(TypeError), "'%T' object is not an async iterable", args[0]);
  Value it = type->slots.aiter(ts, args[0]);
  if (it && type_of(ts, it)->slots.anext == NULL) {
    err_format(ts, EXC(TypeError), "aiter() returned not an async iterator of type '%T'", it);
    CLEAR(it);
  }
  return it;
}
Value anext_with_default(ThreadState *ts, Value awaitable, Value fallback); /* async_generator.c */
static Value builtin_anext(NATIVE_ARGS) {
  Type *type = type_of(ts, args[0]);
  if (type->slots.anext == NULL) return err_format(ts, EXC(TypeError), "'%T' object is not an async iterator", args[0]);
  Value awaitable = type->slots.anext(ts, args[0]);
  if (awaitable == NULL || nargs == 1) return awaitable;
  Value r = anext_with_default(ts, awaitable, args[1]);
  decref(ts, awaitable);
  return r;
}

/* ---- min, max, sum, sorted, round, pow ---- */

static Value min_max(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, CompareOp op, const char *name) {
  Value key = NULL, fallback = NULL;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++) {
    Value keyword = tuple_get(kwnames, k);
    if (str_equal_cstr(keyword, "key")) key = args[nargs + k] == V_NONE ? NULL : args[nargs + k];
    else if (str_equal_cstr(keyword, "default")) fallback = args[nargs + k];
    else return err_format(ts, EXC(TypeError), "'%U' is an invalid keyword argument for %s()", keyword, name);
  }
  if (nargs == 0) return err_format(ts, EXC(TypeError), "%s expected at least 1 argument, got 0", name);
  if (nargs > 1 && fallback) return err_format(ts, EXC(TypeError), "Cannot specify a default for %s() with multiple positional arguments", name);
  Value it = nargs == 1 ? iter_of(ts, args[0]) : NULL;
  if (nargs == 1 && it == NULL) return NULL;
  Value best = NULL, best_key = NULL;
  for (ssize_t i = 0; it || i < nargs; i++) {
    Value v = it ? iter_next(ts, it) : incref(args[i]);
    if (v == NULL) break;
    Value k = key ? call1(ts, key, v) : incref(v);
    int better = k == NULL ? -1 : best == NULL ? 1 : compare_bool(ts, k, best_key, op);
    if (better > 0) {
      xdecref(ts, best);
      xdecref(ts, best_key);
      best = v;
      best_key = k;
      continue;
    }
    decref(ts, v);
    xdecref(ts, k);
    if (better < 0) break;
  }
  xdecref(ts, it);
  xdecref(ts, best_key);
  if (err_occurred(ts)) {
    xdecref(ts, best);
    return NULL;
  }
  if (best) return best;
  return fallback ? incref(fallback) : err_format(ts, EXC(ValueError), "%s() arg is an empty sequence", name);
}
static Value builtin_min(NATIVE_ARGS) { return min_max(ts, args, nargs, kwnames, CMP_LT, "min"); }
static Value builtin_max(NATIVE_ARGS) { return min_max(ts, args, nargs, kwnames, CMP_GT, "max"); }

static Value builtin_sum(NATIVE_ARGS) {
  static const char *const names[] = {"iterable", "start"};
  static const ArgSpec spec = {"sum", 1, 2, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value total = given[1] ? given[1] : small_int_value(0);
  if (is_str(total)) return err_format(ts, EXC(TypeError), "sum() can't sum strings [use ''.join(seq) instead]");
  if (is_bytes(total)) return err_format(ts, EXC(TypeError), "sum() can't sum bytes [use b''.join(seq) instead]");
  if (is_bytearray(total)) return err_format(ts, EXC(TypeError), "sum() can't sum bytearray [use b''.join(seq) instead]");
  Value it = iter_of(ts, given[0]), v;
  if (it == NULL) return NULL;
  UnaryFn next = type_of(ts, it)->slots.next;
  incref(total);
  while ((v = next(ts, it)) != NULL) {
    int64_t r;
    double x, y;
    Value sum;
    if (both_small_int(total, v) && !__builtin_add_overflow((int64_t)value_bits(total) - 1, (int64_t)value_bits(v), &r)) sum = (Value)(uintptr_t)r;
    else if (kind_of(total) == K_FLOAT && as_number(total, &x) && as_number(v, &y)) sum = float_new(ts, x + y);
    else sum = num_binary(ts, NB_ADD, total, v);
    decref(ts, v);
    decref(ts, total);
    total = sum;
    if (total == NULL) break;
  }
  decref(ts, it);
  if (v == NULL) iter_ended(ts);
  if (v == NULL && total && err_occurred(ts)) CLEAR(total);
  return total;
}

static Value builtin_sorted(NATIVE_ARGS) {
  static const char *const names[] = {"key", "reverse"};
  static const ArgSpec spec = {"sort", 0, 0, 0, 2, names};
  Value given[2];
  if (nargs != 1) return err_format(ts, EXC(TypeError), "sorted expected 1 argument, got %zd", nargs);
  if (args_bind(ts, &spec, args + 1, 0, kwnames, given) < 0) return NULL;
  int reverse = 0;
  if (given[1] && num_as_int(ts, given[1], &reverse) < 0) return NULL;
  Value list = list_from_iterable(ts, args[0]);
  if (list && list_sort(ts, list, given[0] == V_NONE ? NULL : given[0], reverse != 0) < 0) CLEAR(list);
  return list;
}

static Value builtin_round(NATIVE_ARGS) {
  static const char *const names[] = {"number", "ndigits"};
  static const ArgSpec spec = {"round", 0, 2, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  bool missing;
  Value r = call_special(ts, given[0], ID(__round__), &given[1], given[1] && given[1] != V_NONE, &missing);
  return missing ? err_format(ts, EXC(TypeError), "type %T doesn't define __round__ method", given[0]) : r;
}
static Value builtin_pow(NATIVE_ARGS) {
  static const char *const names[] = {"base", "exp", "mod"};
  static const ArgSpec spec = {"pow", 0, 3, 2, 3, names};
  Value given[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  return num_power(ts, given[0], given[1], given[2] ? given[2] : V_NONE);
}

/* ---- print and input ---- */

static Value stream(ThreadState *ts, Value name) {
  Value file = dict_get_str(ts, ts->interp->sys_dict, name);
  if (file == NULL) err_format(ts, EXC(RuntimeError), "lost sys.%U", name);
  return file;
}

static int separator(ThreadState *ts, Value v, const char *name, Value *out) {
  if (v == NULL || v == V_NONE) *out = NULL;
  else if (is_str(v)) *out = v;
  else {
    err_format(ts, EXC(TypeError), "%s must be None or a string, not %T", name, v);
    return -1;
  }
  return 0;
}

static Value builtin_print(NATIVE_ARGS) {
  static const char *const names[] = {"sep", "end", "file", "flush"};
  static const ArgSpec spec = {"print", 0, 0, 0, 4, names};
  Value given[4], sep, end;
  if (args_bind(ts, &spec, args + nargs, 0, kwnames, given) < 0) return NULL;
  if (separator(ts, given[0], "sep", &sep) < 0 || separator(ts, given[1], "end", &end) < 0) return NULL;
  Value file = given[2] && given[2] != V_NONE ? given[2] : stream(ts, ID(stdout));
  if (file == NULL) return NULL;
  if (file == V_NONE) return V_NONE;
  incref(file);
  Value space = ts->interp->latin1[' '], newline = ts->interp->latin1['\n'];
  int failed = 0;
  for (ssize_t i = 0; i < nargs && !failed; i++) {
    if (i) failed = file_write_str(ts, file, sep ? sep : space);
    Value text = failed ? NULL : str_of(ts, args[i]);
    if (text == NULL || file_write_str(ts, file, text) < 0) failed = -1;
    xdecref(ts, text);
  }
  if (!failed) failed = file_write_str(ts, file, end ? end : newline);
  int flush = !failed && given[3] ? truth(ts, given[3]) : 0;
  if (flush < 0) failed = -1;
  if (flush > 0) {
    Value r = call_method0(ts, file, ID(flush));
    xdecref(ts, r);
    failed = r ? 0 : -1;
  }
  decref(ts, file);
  return failed ? NULL : V_NONE;
}

static Value builtin_input(NATIVE_ARGS) {
  Value in = stream(ts, ID(stdin)), out = in ? stream(ts, ID(stdout)) : NULL;
  if (out == NULL) return NULL;
  if (in == V_NONE) return err_format(ts, EXC(RuntimeError), "input(): lost sys.stdin");
  if (out == V_NONE) return err_format(ts, EXC(RuntimeError), "input(): lost sys.stdout");
  if (nargs) {
    Value text = str_of(ts, args[0]);
    int failed = text ? file_write_str(ts, out, text) : -1;
    xdecref(ts, text);
    if (failed) return NULL;
  }
  Value flushed = call_method0(ts, out, ID(flush));
  if (flushed == NULL) return NULL;
  decref(ts, flushed);
  Value line = call_method0(ts, in, ID(readline));
  if (line == NULL) return NULL;
  if (!is_str(line)) {
    err_format(ts, EXC(TypeError), "object.readline() returned non-string");
    CLEAR(line);
    return NULL;
  }
  ssize_t n = str_len(line);
  if (n == 0) {
    decref(ts, line);
    return err_format(ts, EXC(EOFError), "EOF when reading a line");
  }
  if (str_at(line, n - 1) != '\n') return line;
  Value cut = str_substring(ts, line, 0, n - 1);
  decref(ts, line);
  return cut;
}

/* ---- compile, eval, exec ---- */

/* Source text of a str or bytes-like value. *holder is OWNED. */
static const char *source_text(ThreadState *ts, Value v, const char *function, const char *what, ssize_t *n, Value *holder, int *flags) {
  *holder = NULL;
  *flags = 0;
  if (is_str(v)) {
    *flags = FRONT_IS_TEXT;
    return str_utf8(ts, v, n, holder);
  }
  Buffer view;
  if (!has_buffer(ts, v) || buffer_get(ts, v, &view, false) < 0) {
    err_clear(ts);
    return (const char *)err_format(ts, EXC(TypeError), "%s() arg 1 must be a %s", function, what);
  }
  *holder = bytes_new(ts, view.data, view.length);
  buffer_release(ts, &view);
  *n = *holder ? bytes_len(*holder) : 0;
  return *holder ? bytes_data(*holder) : NULL;
}

static int inherited_flags(ThreadState *ts) {
  return ts->frame && ts->frame->code->flags & CO_FUTURE_ANNOTATIONS ? FRONT_ANNOTATIONS : 0;
}

static Value compile_source(ThreadState *ts, Value source, Value filename, FrontMode mode, int flags, const char *function, const char *what) {
  ssize_t n;
  Value holder;
  int text_flags;
  const char *text = source_text(ts, source, function, what, &n, &holder, &text_flags);
  Value code = NULL;
  if (text) code = front_compile(ts, text, (size_t)n, filename, mode, flags | text_flags, NULL);
  xdecref(ts, holder);
  return code;
}

/* The objects of the module ast for an exported tree. */
static Value tree_objects(ThreadState *ts, STEALS Value tree) {
  Value make = import_attr(ts, "ast", "_from_export"), objects = make ? call1(ts, make, tree) : NULL;
  xdecref(ts, make);
  decref(ts, tree);
  return objects;
}

static Value builtin_compile(NATIVE_ARGS) {
  static const char *const names[] = {"source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version"};
  static const ArgSpec spec = {"compile", 0, 6, 3, 7, names};
  Value given[7];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  int flags = 0, optimize = -1;
  if (given[3] && num_as_int(ts, given[3], &flags) < 0) return NULL;
  if (given[5] && num_as_int(ts, given[5], &optimize) < 0) return NULL;
  int inherit = given[4] ? truth(ts, given[4]) : 0;
  if (inherit < 0) return NULL;
  if (flags & ~(0x1000000 | 0x2000 | 0x200 | 0x400 | 0x1fe0000)) return err_format(ts, EXC(ValueError), "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) return err_format(ts, EXC(ValueError), "compile(): invalid optimize value");
  if (!is_str(given[2])) return err_format(ts, EXC(TypeError), "compile() argument 'mode' must be str, not %T", given[2]);
  FrontMode mode;
  if (str_equal_cstr(given[2], "exec")) mode = FRONT_FILE;
  else if (str_equal_cstr(given[2], "eval")) mode = FRONT_EVAL;
  else if (str_equal_cstr(given[2], "single")) mode = FRONT_SINGLE;
  else return err_format(ts, EXC(ValueError), "compile() mode must be 'exec', 'eval' or 'single'");
  Value filename = is_str(given[1]) ? incref(given[1]) : is_bytes(given[1]) ? str_from_fs(ts, bytes_data(given[1]), bytes_len(given[1])) : NULL;
  if (filename == NULL) {
    if (err_occurred(ts)) return NULL;
    Value hook = attr_get_optional(ts, given[1], ID(__fspath__), &(bool){0});
    if (hook == NULL) return err_format(ts, EXC(TypeError), "expected str, bytes or os.PathLike object, not %T", given[1]);
    filename = call0(ts, hook);
    decref(ts, hook);
    if (filename == NULL) return NULL;
  }
  int front_flags = flags & FRONT_ANNOTATIONS;
  if (!inherit) front_flags |= inherited_flags(ts);
  if (optimize > 0) front_flags |= FRONT_OPTIMIZE;
  if (flags & 0x400) front_flags |= FRONT_TREE; /* ast.PyCF_ONLY_AST */
  Value code = compile_source(ts, given[0], filename, mode, front_flags, "compile", "string, bytes or AST object");
  decref(ts, filename);
  return code && flags & 0x400 ? tree_objects(ts, code) : code;
}

static int check_namespaces(ThreadState *ts, const char *function, Value *globals, Value *locals) {
  if (*globals == V_NONE) *globals = NULL;
  if (*locals == V_NONE) *locals = NULL;
  if (*globals && !is_dict(*globals)) {
    if (strcmp(function, "eval") == 0 && is_mapping(ts, *globals)) err_format(ts, EXC(TypeError), "globals must be a real dict; try eval(code, {}, mapping)");
    else if (strcmp(function, "eval") == 0) err_format(ts, EXC(TypeError), "globals must be a dict");
    else err_format(ts, EXC(TypeError), "%s() globals must be a dict, not %T", function, *globals);
    return -1;
  }
  if (*locals && !is_mapping(ts, *locals)) {
    if (strcmp(function, "eval") == 0) err_format(ts, EXC(TypeError), "locals must be a mapping");
    else err_format(ts, EXC(TypeError), "locals must be a mapping or None, not %T", *locals);
    return -1;
  }
  return 0;
}

static Value run_text(ThreadState *ts, Value source, Value globals, Value locals, Value closure, bool is_eval) {
  const char *function = is_eval ? "eval" : "exec";
  if (check_namespaces(ts, function, &globals, &locals) < 0) return NULL;
  Value own_locals = NULL, code = NULL, r = NULL;
  if (globals == NULL) {
    globals = ts->interp->up.frame_globals(ts);
    if (locals == NULL) locals = own_locals = ts->interp->up.frame_locals(ts);
    if (locals == NULL) return NULL;
  } else if (locals == NULL) {
    locals = globals;
  }
  incref(globals);
  if (dict_get_str(ts, as_dict(globals), ID(__builtins__)) == NULL) {
    Value builtins = ts->frame ? ts->frame->func->builtins : (Value)ts->interp->builtins;
    if (dict_set(ts, globals, ID(__builtins__), builtins) < 0) goto done;
  }
  if (is_object(source) && source->kind == K_CODE) {
    code = incref(source);
    ssize_t wants = as_code(code)->free_count, have = closure && closure != V_NONE ? tuple_len(closure) : 0;
    if (is_eval && wants) {
      err_format(ts, EXC(TypeError), "code object passed to eval() may not contain free variables");
      goto done;
    }
    bool fits = wants == have;
    for (ssize_t i = 0; fits && i < have; i++) fits = is_kind(tuple_get(closure, i), K_CELL);
    if (!fits || (wants == 0 && closure && closure != V_NONE)) {
      if (wants > 0) err_format(ts, EXC(TypeError), "code object requires a closure of exactly length %zd", wants);
      else err_format(ts, EXC(TypeError), "cannot use a closure with this code object");
      goto done;
    }
  } else if (closure && closure != V_NONE) {
    err_format(ts, EXC(TypeError), "closure can only be used when source is a code object");
  } else {
    Value filename = str_from_ascii(ts, "<string>");
    Value text = incref(source);
    if (is_eval && is_str(text)) { /* leading blanks do not count in eval */
      ssize_t i = 0;
      while (i < str_len(text) && (str_at(text, i) == ' ' || str_at(text, i) == '\t')) i++;
      if (i) {
        Value cut = str_substring(ts, text, i, str_len(text));
        decref(ts, text);
        text = cut;
      }
    }
    if (filename && text) code = compile_source(ts, text, filename, is_eval ? FRONT_EVAL : FRONT_FILE, inherited_flags(ts), function, "string, bytes or code object");
    xdecref(ts, text);
    xdecref(ts, filename);
  }
  if (code) r = run_code(ts, code, globals, locals, closure == V_NONE ? NULL : closure);
done:
  decref(ts, globals);
  xdecref(ts, code);
  xdecref(ts, own_locals);
  if (r && !is_eval) {
    decref(ts, r);
    r = V_NONE;
  }
  return r;
}
static Value builtin_eval(NATIVE_ARGS) { return run_text(ts, args[0], nargs > 1 ? args[1] : V_NONE, nargs > 2 ? args[2] : V_NONE, NULL, true); }
static Value builtin_exec(NATIVE_ARGS) {
  Value closure = NULL;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++) {
    if (!str_equal_cstr(tuple_get(kwnames, k), "closure")) return err_format(ts, EXC(TypeError), "'%U' is an invalid keyword argument for exec()", tuple_get(kwnames, k));
    closure = args[nargs + k];
    if (closure != V_NONE && !is_tuple(closure)) return err_format(ts, EXC(TypeError), "cannot use a closure with this code object");
  }
  if (args_count(ts, "exec", nargs, 1, 3) < 0) return NULL;
  return run_text(ts, args[0], nargs > 1 ? args[1] : V_NONE, nargs > 2 ? args[2] : V_NONE, closure, false);
}

static Value builtin_import(NATIVE_ARGS) {
  static const char *const names[] = {"name", "globals", "locals", "fromlist", "level"};
  static const ArgSpec spec = {"__import__", 0, 5, 1, 5, names};
  Value given[5];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (!is_str(given[0])) return err_format(ts, EXC(TypeError), "module name must be a string");
  int level = 0;
  if (given[4] && num_as_int(ts, given[4], &level) < 0) return NULL;
  return import_name(ts, given[0], given[1] == V_NONE ? NULL : given[1], given[3], level);
}

static Value builtin_breakpoint(NATIVE_ARGS) {
  Value hook = sys_get(ts, "breakpointhook");
  if (hook == NULL) return err_format(ts, EXC(RuntimeError), "lost sys.breakpointhook");
  incref(hook);
  Value r = call(ts, hook, args, nargs, kwnames);
  decref(ts, hook);
  return r;
}

/* ---- class statements ---- */

/* bases with __mro_entries__ replaced: OWNED tuple (the same when nothing changed). */
static Value resolve_bases(ThreadState *ts, Value bases) {
  Value list = NULL;
  for (ssize_t i = 0; i < tuple_len(bases); i++) {
    Value base = tuple_get(bases, i), entries = NULL;
    if (!is_type(base)) {
      bool failed;
      Value hook = attr_get_optional(ts, base, ID(__mro_entries__), &failed);
      if (failed) goto error;
      if (hook) {
        entries = call1(ts, hook, bases);
        decref(ts, hook);
        if (entries == NULL) goto error;
        if (!is_tuple(entries)) {
          err_format(ts, EXC(TypeError), "__mro_entries__ must return a tuple");
          decref(ts, entries);
          goto error;
        }
      }
    }
    if (entries && list == NULL && (list = list_from_items(ts, tuple_items(bases), i)) == NULL) goto error;
    if (entries) {
      int failed = list_extend(ts, list, entries);
      decref(ts, entries);
      if (failed < 0) goto error;
    } else if (list && list_append(ts, list, base) < 0) {
      goto error;
    }
  }
  if (list == NULL) return incref(bases);
  Value t = list_to_tuple(ts, list);
  decref(ts, list);
  return t;
error:
  xdecref(ts, list);
  return NULL;
}

/* The most derived metaclass: BORROWED or NULL. */
static Value most_derived(ThreadState *ts, Value meta, Value bases) {
  if (!is_type(meta)) return meta;
  Type *winner = (Type *)meta;
  for (ssize_t i = 0; i < tuple_len(bases); i++) {
    Type *candidate = type_of(ts, tuple_get(bases, i));
    if (type_is_subtype(winner, candidate)) continue;
    if (!type_is_subtype(candidate, winner))
      return err_format(ts, EXC(TypeError), "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    winner = candidate;
  }
  return (Value)winner;
}

static Value builtin_build_class(NATIVE_ARGS) {
  if (nargs < 2) return err_format(ts, EXC(TypeError), "__build_class__: not enough arguments");
  Value function = args[0], name = args[1];
  if (!is_kind(function, K_FUNCTION)) return err_format(ts, EXC(TypeError), "__build_class__: func must be a function");
  if (!is_str(name)) return err_format(ts, EXC(TypeError), "__build_class__: name is not a string");
  Value given = tuple_from_items(ts, args + 2, nargs - 2);
  Value bases = given ? resolve_bases(ts, given) : NULL;
  Value meta = NULL, keywords = NULL, namespace = NULL, cell = NULL, cls = NULL, call_args_block = NULL;
  if (bases == NULL) goto done;
  ssize_t n = kwnames ? tuple_len(kwnames) : 0, kept = 0;
  /* keyword arguments without metaclass=, as (name, value) in two parallel arrays */
  Value *values = mem_alloc(ts, (size_t)(n + 3) * sizeof *values);
  call_args_block = (Value)values;
  Value kept_names = values ? list_new(ts, n) : NULL;
  if (kept_names == NULL) goto done;
  for (ssize_t k = 0; k < n; k++) {
    Value keyword = tuple_get(kwnames, k);
    if (str_equal_cstr(keyword, "metaclass")) meta = incref(args[nargs + k]);
    else {
      list_append(ts, kept_names, keyword);
      values[3 + kept++] = args[nargs + k];
    }
  }
  keywords = list_to_tuple(ts, kept_names);
  decref(ts, kept_names);
  if (keywords == NULL) goto done;
  if (meta == NULL) meta = incref(tuple_len(bases) ? (Value)type_of(ts, tuple_get(bases, 0)) : (Value)TYPE(TYPE));
  Value winner = most_derived(ts, meta, bases);
  if (winner == NULL) goto done;
  replace(ts, &meta, incref(winner));
  values[1] = name;
  values[2] = bases;
  if (meta == (Value)TYPE(TYPE)) {
    namespace = dict_new(ts);
  } else {
    bool failed;
    Value prepare = attr_get_optional(ts, meta, ID(__prepare__), &failed);
    if (failed) goto done;
    namespace = prepare ? call(ts, prepare, values + 1, 2, keywords) : dict_new(ts);
    xdecref(ts, prepare);
    if (namespace && !is_mapping(ts, namespace)) {
      if (is_type(meta)) err_format(ts, EXC(TypeError), "%N.__prepare__() must return a mapping, not %T", (Type *)meta, namespace);
      else err_format(ts, EXC(TypeError), "<metaclass>.__prepare__() must return a mapping, not %T", namespace);
      goto done;
    }
  }
  if (namespace == NULL) goto done;
  cell = run_function_in(ts, function, namespace);
  if (cell == NULL) goto done;
  if (bases != given && item_set(ts, namespace, ID(__orig_bases__), given) < 0) goto done;
  { /* meta(name, bases, namespace, **keywords) */
    Value *all = mem_alloc(ts, (size_t)(kept + 3) * sizeof *all);
    if (all == NULL) goto done;
    all[0] = name;
    all[1] = bases;
    all[2] = namespace;
    memcpy(all + 3, values + 3, (size_t)kept * sizeof *all);
    cls = call(ts, meta, all, 3, keywords);
    mem_free(ts, all);
  }
  if (cls && is_type(cls) && is_object(cell) && cell->kind == K_CELL) {
    Value in_cell = ((Cell *)cell)->value;
    if (in_cell != cls) {
      if (in_cell == NULL) err_format(ts, EXC(RuntimeError), "__class__ not set defining %R as %R. Was __classcell__ propagated to type.__new__?", name, cls);
      else err_format(ts, EXC(TypeError), "__class__ set to %R defining %R as %R", in_cell, name, cls);
      CLEAR(cls);
    }
  }
done:
  mem_free(ts, call_args_block);
  xdecref(ts, given);
  xdecref(ts, bases);
  xdecref(ts, meta);
  xdecref(ts, keywords);
  xdecref(ts, namespace);
  xdecref(ts, cell);
  return cls;
}

static const MethodDef methods[] = {
    {"__build_class__", builtin_build_class, 2, -1, METHOD_KW, "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class"},
    {"__import__", builtin_import, 0, -1, METHOD_KW, "__import__(name, globals=None, locals=None, fromlist=(), level=0)\n--\n\nImport a module."},
    {"abs", builtin_abs, 1, 1, 0, "abs(x, /)\n--\n\nReturn the absolute value of the argument."},
    {"aiter", builtin_aiter, 1, 1, 0, "aiter(async_iterable, /)\n--\n\nReturn an AsyncIterator for an AsyncIterable object."},
    {"all", builtin_all, 1, 1, 0, "all(iterable, /)\n--\n\nReturn True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True."},
    {"anext", builtin_anext, 1, 2, 0, "async anext(aiterator[, default])"},
    {"any", builtin_any, 1, 1, 0, "any(iterable, /)\n--\n\nReturn True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False."},
    {"ascii", builtin_ascii, 1, 1, 0, "ascii(obj, /)\n--\n\nReturn an ASCII-only representation of an object."},
    {"bin", builtin_bin, 1, 1, 0, "bin(number, /)\n--\n\nReturn the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'"},
    {"breakpoint", builtin_breakpoint, 0, -1, METHOD_KW, "breakpoint(*args, **kws)"},
    {"callable", builtin_callable, 1, 1, 0, "callable(obj, /)\n--\n\nReturn whether the object is callable (i.e., some kind of function)."},
    {"chr", builtin_chr, 1, 1, 0, "chr(i, /)\n--\n\nReturn a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."},
    {"compile", builtin_compile, 0, -1, METHOD_KW, "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)\n--\n\nCompile source into a code object that can be executed by exec() or eval()."},
    {"delattr", builtin_delattr, 2, 2, 0, "delattr(obj, name, /)\n--\n\nDeletes the named attribute from the given object."},
    {"dir", builtin_dir, 0, 1, 0, "dir([object]) -> list of strings"},
    {"divmod", builtin_divmod, 2, 2, 0, "divmod(x, y, /)\n--\n\nReturn the tuple (x//y, x%y).  Invariant: div*y + mod == x."},
    {"eval", builtin_eval, 1, 3, 0, "eval(source, globals=None, locals=None, /)\n--\n\nEvaluate the given source in the context of globals and locals."},
    {"exec", builtin_exec, 1, 3, METHOD_KW, "exec(source, globals=None, locals=None, /, *, closure=None)\n--\n\nExecute the given source in the context of globals and locals."},
    {"format", builtin_format, 1, 2, 0, "format(value, format_spec='', /)\n--\n\nReturn value.__format__(format_spec)"},
    {"getattr", builtin_getattr, 2, 3, 0, "getattr(object, name[, default]) -> value"},
    {"globals", builtin_globals, 0, 0, 0, "globals()\n--\n\nReturn the dictionary containing the current scope's global variables."},
    {"hasattr", builtin_hasattr, 2, 2, 0, "hasattr(obj, name, /)\n--\n\nReturn whether the object has an attribute with the given name."},
    {"hash", builtin_hash, 1, 1, 0, "hash(obj, /)\n--\n\nReturn the hash value for the given object."},
    {"hex", builtin_hex, 1, 1, 0, "hex(number, /)\n--\n\nReturn the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'"},
    {"id", builtin_id, 1, 1, 0, "id(obj, /)\n--\n\nReturn the identity of an object."},
    {"input", builtin_input, 0, 1, 0, "input(prompt='', /)\n--\n\nRead a string from standard input.  The trailing newline is stripped."},
    {"isinstance", builtin_isinstance, 2, 2, 0, "isinstance(obj, class_or_tuple, /)\n--\n\nReturn whether an object is an instance of a class or of a subclass thereof."},
    {"issubclass", builtin_issubclass, 2, 2, 0, "issubclass(cls, class_or_tuple, /)\n--\n\nReturn whether 'cls' is derived from another class or is the same class."},
    {"iter", builtin_iter, 1, 2, 0, "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator"},
    {"len", builtin_len, 1, 1, 0, "len(obj, /)\n--\n\nReturn the number of items in a container."},
    {"locals", builtin_locals, 0, 0, 0, "locals()\n--\n\nReturn a dictionary containing the current scope's local variables."},
    {"max", builtin_max, 0, -1, METHOD_KW, "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value"},
    {"min", builtin_min, 0, -1, METHOD_KW, "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value"},
    {"next", builtin_next, 1, 2, 0, "next(iterator[, default])"},
    {"oct", builtin_oct, 1, 1, 0, "oct(number, /)\n--\n\nReturn the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'"},
    {"ord", builtin_ord, 1, 1, 0, "ord(c, /)\n--\n\nReturn the Unicode code point for a one-character string."},
    {"pow", builtin_pow, 0, -1, METHOD_KW, "pow(base, exp, mod=None)\n--\n\nEquivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments."},
    {"print", builtin_print, 0, -1, METHOD_KW, "print(*args, sep=' ', end='\\n', file=None, flush=False)\n--\n\nPrints the values to a stream, or to sys.stdout by default."},
    {"repr", builtin_repr, 1, 1, 0, "repr(obj, /)\n--\n\nReturn the canonical string representation of the object."},
    {"round", builtin_round, 0, -1, METHOD_KW, "round(number, ndigits=None)\n--\n\nRound a number to a given precision in decimal digits."},
    {"setattr", builtin_setattr, 3, 3, 0, "setattr(obj, name, value, /)\n--\n\nSets the named attribute on the given object to the specified value."},
    {"sorted", builtin_sorted, 0, -1, METHOD_KW, "sorted(iterable, /, *, key=None, reverse=False)\n--\n\nReturn a new list containing all items from the iterable in ascending order."},
    {"sum", builtin_sum, 0, -1, METHOD_KW, "sum(iterable, /, start=0)\n--\n\nReturn the sum of a 'start' value (default: 0) plus an iterable of numbers"},
    {"vars", builtin_vars, 0, 1, 0, "vars([object]) -> dictionary"},
    {0}};

/* Which types have a name in builtins: those that a script can call by it. */
static const uint8_t public_kinds[] = {K_OBJECT, K_TYPE, K_INT, K_BOOL, K_FLOAT, K_COMPLEX, K_STR, K_BYTES, K_BYTEARRAY, K_MEMORYVIEW, K_TUPLE, K_LIST, K_DICT, K_SET,
                                       K_FROZENSET, K_RANGE, K_SLICE, K_PROPERTY, K_CLASSMETHOD, K_STATICMETHOD, K_SUPER, K_ENUMERATE, K_ZIP, K_MAP, K_FILTER, K_REVERSED};

static int start(ThreadState *ts, Value module) {
  Interp *interp = ts->interp;
  for (size_t i = 0; i < sizeof public_kinds; i++) {
    Type *t = interp->types[public_kinds[i]];
    if (dict_set(ts, (Value)module_dict(module), t->name, (Value)t) < 0) return -1;
  }
  for (int i = 0; i < EXC_COUNT; i++) {
    Type *t = interp->exceptions[i];
    if (t && dict_set(ts, (Value)module_dict(module), t->name, (Value)t) < 0) return -1;
  }
  if (module_add(ts, module, "IOError", incref(EXC(OSError))) < 0 || module_add(ts, module, "EnvironmentError", incref(EXC(OSError))) < 0) return -1;
  if (module_add(ts, module, "None", V_NONE) < 0 || module_add(ts, module, "True", V_TRUE) < 0 || module_add(ts, module, "False", V_FALSE) < 0) return -1;
  if (module_add(ts, module, "Ellipsis", V_ELLIPSIS) < 0 || module_add(ts, module, "NotImplemented", V_NOT_IMPLEMENTED) < 0) return -1;
  return module_add(ts, module, "__debug__", V_TRUE);
}

const ModuleDef builtins_module_def = {
    .name = "builtins",
    .doc = "Built-in functions, types, exceptions, and other objects.",
    .methods = methods,
    .start = start,
};
