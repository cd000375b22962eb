/* exception.c - the exception classes, made from exceptions.def.
 * Keeps true: one struct for all; the families differ in which extra[] fields have names (the tables below), what
 *   __init__ puts there, and how str() reads.
 * Next: exception_group.c, traceback.c, runtime/error.c. CPython: Objects/exceptions.c. */
#include <errno.h>

#include "runtime/module.h"
#include "runtime/slots.h"

/* ---- fields of the families ---- */

typedef struct {
  const char *name;
  int index;
} Field;
static const Field fields[][8] = {
    [FAMILY_PLAIN] = {{0}},
    [FAMILY_GROUP] = {{"message", X_GROUP_MESSAGE}, {0}},
    [FAMILY_EXIT] = {{"code", X_EXIT_CODE}, {0}},
    [FAMILY_STOP] = {{"value", X_STOP_VALUE}, {0}},
    [FAMILY_ATTRIBUTE] = {{"name", X_ATTRIBUTE_NAME}, {"obj", X_ATTRIBUTE_OBJ}, {0}},
    [FAMILY_IMPORT] = {{"msg", X_IMPORT_MSG}, {"name", X_IMPORT_NAME}, {"path", X_IMPORT_PATH}, {0}},
    [FAMILY_NAME] = {{"name", X_NAME_NAME}, {0}},
    [FAMILY_OS] = {{"errno", X_OS_ERRNO}, {"strerror", X_OS_STRERROR}, {"filename", X_OS_FILENAME}, {"filename2", X_OS_FILENAME2}, {0}},
    [FAMILY_SYNTAX] = {{"msg", X_SYNTAX_MSG}, {"filename", X_SYNTAX_FILENAME}, {"lineno", X_SYNTAX_LINENO}, {"offset", X_SYNTAX_OFFSET}, {"text", X_SYNTAX_TEXT}, {"end_lineno", X_SYNTAX_END_LINENO}, {"end_offset", X_SYNTAX_END_OFFSET}, {0}},
    [FAMILY_UNICODE] = {{"encoding", X_UNICODE_ENCODING}, {"object", X_UNICODE_OBJECT}, {"start", X_UNICODE_START}, {"end", X_UNICODE_END}, {"reason", X_UNICODE_REASON}, {0}},
};

static void set_extra(ThreadState *ts, Value self, int index, BORROWED NULLABLE Value v) {
  replace(ts, &as_exception(self)->extra[index], xincref(v));
}

/* ---- making ---- */

static ExceptionFamily family_of(ThreadState *ts, Type *type) {
  for (; type; type = type->base)
    if (!(type->flags & TYPE_HEAP)) return (ExceptionFamily)(uintptr_t)type->native_data;
  return FAMILY_PLAIN;
}

static Value plain_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  as_exception(v)->family = (uint8_t)family_of(ts, type);
  if ((as_exception(v)->args = tuple_from_items(ts, args, nargs)) == NULL) CLEAR(v);
  return v;
}

static int set_args(ThreadState *ts, Value self, Value *args, ssize_t nargs) {
  Value old = EXC_FIELD(self, args);
  if (old && tuple_len(old) == nargs && (nargs == 0 || memcmp(tuple_items(old), args, (size_t)nargs * sizeof *args) == 0)) return 0;
  Value tuple = tuple_from_items(ts, args, nargs);
  if (tuple == NULL) return -1;
  replace(ts, &as_exception(self)->args, tuple);
  return 0;
}

static int no_keywords(ThreadState *ts, Value self, Value kwnames) {
  if (LIKELY(kwnames == NULL || tuple_len(kwnames) == 0)) return 0;
  err_format(ts, EXC(TypeError), "%T() takes no keyword arguments", self);
  return -1;
}

/* Keyword fields (name=, obj=, path=) go to extra[]. */
static int keyword_fields(ThreadState *ts, Value self, const Field *known, const char *function, Value kwnames, Value *values) {
  ssize_t n = kwnames ? tuple_len(kwnames) : 0;
  for (ssize_t i = 0; i < n; i++) {
    const Field *f = known;
    while (f->name && !str_equal_cstr(tuple_get(kwnames, i), f->name)) f++;
    if (f->name == NULL) {
      err_format(ts, EXC(TypeError), "'%U' is an invalid keyword argument for %s()", tuple_get(kwnames, i), function);
      return -1;
    }
    set_extra(ts, self, f->index, values[i]);
  }
  return 0;
}

static int init_syntax(ThreadState *ts, Value self, Value *args, ssize_t nargs) {
  if (nargs > 0) set_extra(ts, self, X_SYNTAX_MSG, args[0]);
  if (nargs != 2) return 0;
  Value info = tuple_from_iterable(ts, args[1]);
  if (info == NULL) return -1;
  ssize_t n = tuple_len(info);
  if (n != 4 && n != 6) {
    err_format(ts, EXC(TypeError), n < 4 ? "function takes at least 4 arguments (%zd given)" : n == 5 ? "end_offset must be provided when end_lineno is provided" : "function takes at most 6 arguments (%zd given)", n);
    decref(ts, info);
    return -1;
  }
  for (int i = 0; i < n; i++) set_extra(ts, self, X_SYNTAX_FILENAME + i, tuple_get(info, i));
  decref(ts, info);
  return 0;
}

static const struct {
  int number;
  int exception;
} errno_classes[] = {
    {EAGAIN, EXC_BlockingIOError}, {EALREADY, EXC_BlockingIOError}, {EINPROGRESS, EXC_BlockingIOError}, {EPIPE, EXC_BrokenPipeError}, {ESHUTDOWN, EXC_BrokenPipeError},
    {ECHILD, EXC_ChildProcessError}, {ECONNABORTED, EXC_ConnectionAbortedError}, {ECONNREFUSED, EXC_ConnectionRefusedError}, {ECONNRESET, EXC_ConnectionResetError},
    {EEXIST, EXC_FileExistsError}, {ENOENT, EXC_FileNotFoundError}, {EISDIR, EXC_IsADirectoryError}, {ENOTDIR, EXC_NotADirectoryError}, {EINTR, EXC_InterruptedError},
    {EACCES, EXC_PermissionError}, {EPERM, EXC_PermissionError}, {ESRCH, EXC_ProcessLookupError}, {ETIMEDOUT, EXC_TimeoutError}};

static int init_os(ThreadState *ts, Value self, Value *args, ssize_t nargs);
static int no_keywords(ThreadState *ts, Value self, Value kwnames);

/* OSError reads its arguments in __new__, so that it can choose the class; a subclass that only has its own __init__ in __init__. */
static bool os_reads_in_init(ThreadState *ts, Type *type) {
  Type *base = ts->interp->exceptions[EXC_OSError];
  return type->slots.init != base->slots.init && type->slots.new == base->slots.new;
}

static Value os_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (type == ts->interp->exceptions[EXC_OSError] && nargs >= 2 && nargs <= 5 && is_small_int(args[0]))
    for (size_t i = 0; i < sizeof errno_classes / sizeof *errno_classes; i++)
      if (errno_classes[i].number == small_int(args[0])) type = ts->interp->exceptions[errno_classes[i].exception];
  Value v = plain_new(ts, type, args, nargs, kwnames);
  if (v == NULL) return NULL;
  if (os_reads_in_init(ts, type)) return replace(ts, &as_exception(v)->args, incref(ts->interp->empty_tuple)), v;
  if (no_keywords(ts, v, kwnames) < 0 || init_os(ts, v, args, nargs) < 0) CLEAR(v);
  return v;
}

static int init_os(ThreadState *ts, Value self, Value *args, ssize_t nargs) {
  if (nargs < 2 || nargs > 5) return 0;
  set_extra(ts, self, X_OS_ERRNO, args[0]);
  set_extra(ts, self, X_OS_STRERROR, args[1]);
  if (nargs > 2 && args[2] != V_NONE) {
    if (is_small_int(args[2]) && type_is_subtype(type_of(ts, self), ts->interp->exceptions[EXC_BlockingIOError])) {
      set_extra(ts, self, X_OS_WRITTEN, args[2]);
      return 0;
    }
    set_extra(ts, self, X_OS_FILENAME, args[2]);
    if (nargs == 5 && args[4] != V_NONE) set_extra(ts, self, X_OS_FILENAME2, args[4]);
    return set_args(ts, self, args, 2);
  }
  return 0;
}

static int init_unicode(ThreadState *ts, Value self, Value *args, ssize_t nargs) {
  bool translate = type_is_subtype(type_of(ts, self), ts->interp->exceptions[EXC_UnicodeTranslateError]);
  ssize_t want = translate ? 4 : 5;
  if (nargs != want) {
    err_format(ts, EXC(TypeError), "function takes exactly %zd arguments (%zd given)", want, nargs);
    return -1;
  }
  bool decode = type_is_subtype(type_of(ts, self), ts->interp->exceptions[EXC_UnicodeDecodeError]);
  for (int i = 0; i < want; i++) {
    int field = translate ? i + 1 : i;
    bool ok = field == X_UNICODE_START || field == X_UNICODE_END ? is_int(args[i]) : field == X_UNICODE_OBJECT && decode ? has_buffer(ts, args[i]) : is_str(args[i]);
    if (!ok) {
      if (field == X_UNICODE_OBJECT && decode) err_format(ts, EXC(TypeError), "a bytes-like object is required, not '%T'", args[i]);
      else if (field == X_UNICODE_START || field == X_UNICODE_END) err_format(ts, EXC(TypeError), "'%T' object cannot be interpreted as an integer", args[i]);
      else err_format(ts, EXC(TypeError), "argument %d must be str, not %T", i + 1, args[i]);
      return -1;
    }
    set_extra(ts, self, field, args[i]);
  }
  return 0;
}

static int exception_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (as_exception(self)->family == FAMILY_OS && !os_reads_in_init(ts, type_of(ts, self))) return 0;
  if (set_args(ts, self, args, nargs) < 0) return -1;
  Value *kw = args + nargs;
  switch (as_exception(self)->family) {
    case FAMILY_ATTRIBUTE: return keyword_fields(ts, self, fields[FAMILY_ATTRIBUTE], "AttributeError", kwnames, kw);
    case FAMILY_NAME: return keyword_fields(ts, self, fields[FAMILY_NAME], "NameError", kwnames, kw);
    case FAMILY_IMPORT:
      set_extra(ts, self, X_IMPORT_MSG, nargs == 1 ? args[0] : NULL);
      set_extra(ts, self, X_IMPORT_NAME, NULL);
      set_extra(ts, self, X_IMPORT_PATH, NULL);
      return keyword_fields(ts, self, fields[FAMILY_IMPORT] + 1, "ImportError", kwnames, kw);
    default: break;
  }
  if (no_keywords(ts, self, kwnames) < 0) return -1;
  switch (as_exception(self)->family) {
    case FAMILY_EXIT:
      if (nargs == 1) set_extra(ts, self, X_EXIT_CODE, args[0]);
      else if (nargs > 1) set_extra(ts, self, X_EXIT_CODE, EXC_FIELD(self, args));
      return 0;
    case FAMILY_STOP: set_extra(ts, self, X_STOP_VALUE, nargs > 0 ? args[0] : V_NONE); return 0;
    case FAMILY_OS: return init_os(ts, self, args, nargs);
    case FAMILY_SYNTAX: return init_syntax(ts, self, args, nargs);
    case FAMILY_UNICODE: return init_unicode(ts, self, args, nargs);
    default: return 0;
  }
}

static void exception_dealloc(ThreadState *ts, Value self) {
  Exception *e = as_exception(self);
  attrs_release(ts, self);
  xdecref(ts, e->args);
  xdecref(ts, e->traceback);
  xdecref(ts, e->context);
  xdecref(ts, e->cause);
  for (int i = 0; i < EXTRA_MAX; i++) xdecref(ts, e->extra[i]);
  object_release(ts, self);
}
static int exception_traverse(Value self, Visit visit, void *arg) {
  Exception *e = as_exception(self);
  VISIT(e->args);
  VISIT(e->traceback);
  VISIT(e->context);
  VISIT(e->cause);
  for (int i = 0; i < EXTRA_MAX; i++) VISIT(e->extra[i]);
  return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg);
}
static int exception_clear(ThreadState *ts, Value self) {
  Exception *e = as_exception(self);
  CLEAR(e->traceback);
  CLEAR(e->context);
  CLEAR(e->cause);
  for (int i = 0; i < EXTRA_MAX; i++) CLEAR(e->extra[i]);
  return attrs_clear(ts, self);
}

/* ---- text ---- */

/* The text of a tuple of arguments, which is used up. */
static Value text_of_args(ThreadState *ts, STEALS NULLABLE Value args) {
  if (args == NULL) return incref(ts->interp->empty_str);
  ssize_t n = tuple_len(args);
  Value text = n == 0 ? incref(ts->interp->empty_str) : str_of(ts, n == 1 ? tuple_get(args, 0) : args);
  decref(ts, args);
  return text;
}
static Value str_of_args(ThreadState *ts, Value self) { return text_of_args(ts, xincref(EXC_FIELD(self, args))); }

/* format() with the extra fields held: to put them into text may run code that replaces them. */
static Value with_fields(ThreadState *ts, Value self, Value (*format)(ThreadState *ts, Value self, Value *x)) {
  Value x[EXTRA_MAX];
  for (int i = 0; i < EXTRA_MAX; i++) x[i] = xincref(EXC_FIELD(self, extra[i]));
  Value text = format(ts, self, x);
  for (int i = 0; i < EXTRA_MAX; i++) xdecref(ts, x[i]);
  return text;
}

static Value base_name(ThreadState *ts, Value path) {
  ssize_t slash = str_find_char(path, '/', 0, str_len(path)), last = -1;
  while (slash >= 0) {
    last = slash;
    slash = str_find_char(path, '/', last + 1, str_len(path));
  }
  return str_substring(ts, path, last + 1, str_len(path));
}

static Value syntax_text(ThreadState *ts, Value self, Value *x) {
  Value msg = str_of(ts, x[X_SYNTAX_MSG] ? x[X_SYNTAX_MSG] : V_NONE);
  if (msg == NULL) return NULL;
  Value file = x[X_SYNTAX_FILENAME], line = x[X_SYNTAX_LINENO], r;
  bool has_file = file && is_str(file), has_line = line && kind_of(line) == K_INT;
  if (!has_file && !has_line) return msg;
  Value short_name = has_file ? base_name(ts, file) : NULL;
  if (has_file && has_line) r = str_format(ts, "%U (%U, line %S)", msg, short_name, line);
  else if (has_file) r = str_format(ts, "%U (%U)", msg, short_name);
  else r = str_format(ts, "%U (line %S)", msg, line);
  decref(ts, msg);
  xdecref(ts, short_name);
  return r;
}

static Value str_of_syntax(ThreadState *ts, Value self) { return with_fields(ts, self, syntax_text); }

static Value os_text(ThreadState *ts, Value self, Value *x) {
  if (x[X_OS_FILENAME]) {
    Value number = x[X_OS_ERRNO] ? x[X_OS_ERRNO] : V_NONE, text = x[X_OS_STRERROR] ? x[X_OS_STRERROR] : V_NONE;
    if (x[X_OS_FILENAME2]) return str_format(ts, "[Errno %S] %S: %R -> %R", number, text, x[X_OS_FILENAME], x[X_OS_FILENAME2]);
    return str_format(ts, "[Errno %S] %S: %R", number, text, x[X_OS_FILENAME]);
  }
  if (x[X_OS_ERRNO] && x[X_OS_STRERROR]) return str_format(ts, "[Errno %S] %S", x[X_OS_ERRNO], x[X_OS_STRERROR]);
  return str_of_args(ts, self);
}

static Value str_of_os(ThreadState *ts, Value self) { return with_fields(ts, self, os_text); }

static Value unicode_text(ThreadState *ts, Value self, Value *x) {
  if (x[X_UNICODE_OBJECT] == NULL) return incref(ts->interp->empty_str);
  int64_t start = 0, end = 0;
  if (x[X_UNICODE_START] && is_int(x[X_UNICODE_START])) int_fits_i64(x[X_UNICODE_START], &start);
  if (x[X_UNICODE_END] && is_int(x[X_UNICODE_END])) int_fits_i64(x[X_UNICODE_END], &end);
  Value encoding = x[X_UNICODE_ENCODING] ? x[X_UNICODE_ENCODING] : V_NONE;
  bool decode = type_is_subtype(type_of(ts, self), ts->interp->exceptions[EXC_UnicodeDecodeError]);
  bool translate = type_is_subtype(type_of(ts, self), ts->interp->exceptions[EXC_UnicodeTranslateError]);
  Value reason = x[X_UNICODE_REASON] ? x[X_UNICODE_REASON] : V_NONE;
  if (decode) {
    if (end == start + 1 && start >= 0 && is_bytes(x[X_UNICODE_OBJECT]) && start < bytes_len(x[X_UNICODE_OBJECT]))
      return str_format(ts, "'%S' codec can't decode byte 0x%02x in position %lld: %S", encoding, (unsigned char)bytes_data(x[X_UNICODE_OBJECT])[start], (long long)start, reason);
    return str_format(ts, "'%S' codec can't decode bytes in position %lld-%lld: %S", encoding, (long long)start, (long long)end - 1, reason);
  }
  char shown[16] = "";
  if (end == start + 1 && start >= 0 && is_str(x[X_UNICODE_OBJECT]) && start < str_len(x[X_UNICODE_OBJECT])) {
    Char c = str_at(x[X_UNICODE_OBJECT], start);
    snprintf(shown, sizeof shown, c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x", (unsigned)c);
    if (translate) return str_format(ts, "can't translate character '%s' in position %lld: %S", shown, (long long)start, reason);
    return str_format(ts, "'%S' codec can't encode character '%s' in position %lld: %S", encoding, shown, (long long)start, reason);
  }
  if (translate) return str_format(ts, "can't translate characters in position %lld-%lld: %S", (long long)start, (long long)end - 1, reason);
  return str_format(ts, "'%S' codec can't encode characters in position %lld-%lld: %S", encoding, (long long)start, (long long)end - 1, reason);
}

static Value str_of_unicode(ThreadState *ts, Value self) { return with_fields(ts, self, unicode_text); }

static Value str_of_import(ThreadState *ts, Value self) {
  Value msg = EXC_FIELD(self, extra[X_IMPORT_MSG]);
  return msg && is_str(msg) ? incref(msg) : str_of_args(ts, self);
}
static Value str_of_key(ThreadState *ts, Value self) {
  Value args = xincref(EXC_FIELD(self, args));
  if (args == NULL || tuple_len(args) != 1) return text_of_args(ts, args);
  Value text = repr_of(ts, tuple_get(args, 0));
  decref(ts, args);
  return text;
}

/* str() of the classes that have a way of their own; the others inherit. */
static UnaryFn str_of_class(const char *name) {
  static const struct {
    const char *name;
    UnaryFn str;
  } own[] = {{"BaseException", str_of_args}, {"BaseExceptionGroup", group_str}, {"SyntaxError", str_of_syntax}, {"OSError", str_of_os}, {"ImportError", str_of_import}, {"KeyError", str_of_key},
             {"UnicodeDecodeError", str_of_unicode}, {"UnicodeEncodeError", str_of_unicode}, {"UnicodeTranslateError", str_of_unicode}};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (strcmp(own[i].name, name) == 0) return own[i].str;
  return NULL;
}

static Value exception_repr(ThreadState *ts, Value self) {
  Value args = EXC_FIELD(self, args);
  args = incref(args ? args : ts->interp->empty_tuple); /* a repr() may replace them */
  Value text = tuple_len(args) == 1 ? str_format(ts, "%T(%R)", self, tuple_get(args, 0)) : str_format(ts, "%T%R", self, args);
  decref(ts, args);
  return text;
}

/* ---- attributes and methods ---- */

static Value get_args(ThreadState *ts, Value self) { return incref(EXC_FIELD(self, args)); }
static int set_args_attr(ThreadState *ts, Value self, Value value) {
  if (value == NULL) {
    err_format(ts, EXC(TypeError), "args may not be deleted");
    return -1;
  }
  Value tuple = tuple_from_iterable(ts, value);
  if (tuple == NULL) return -1;
  replace(ts, &as_exception(self)->args, tuple);
  return 0;
}
static Value none_if_null(Value v) { return v ? incref(v) : V_NONE; }
static Value get_traceback(ThreadState *ts, Value self) { return none_if_null(EXC_FIELD(self, traceback)); }
static int set_traceback(ThreadState *ts, Value self, Value value) {
  if (value == NULL || (value != V_NONE && !is_kind(value, K_TRACEBACK))) {
    err_format(ts, EXC(TypeError), value ? "__traceback__ must be a traceback or None" : "__traceback__ may not be deleted");
    return -1;
  }
  replace(ts, &as_exception(self)->traceback, value == V_NONE ? NULL : incref(value));
  return 0;
}
static int set_linked(ThreadState *ts, Value *place, Value value, const char *name) {
  if (value == NULL || (value != V_NONE && !is_exception(value))) {
    if (value == NULL) err_format(ts, EXC(TypeError), "__%s__ may not be deleted", name);
    else err_format(ts, EXC(TypeError), "exception %s must be None or derive from BaseException", name);
    return -1;
  }
  replace(ts, place, value == V_NONE ? NULL : incref(value));
  return 0;
}
static Value get_context(ThreadState *ts, Value self) { return none_if_null(EXC_FIELD(self, context)); }
static int set_context(ThreadState *ts, Value self, Value value) { return set_linked(ts, &as_exception(self)->context, value, "context"); }
static Value get_cause(ThreadState *ts, Value self) { return none_if_null(EXC_FIELD(self, cause)); }
static int set_cause(ThreadState *ts, Value self, Value value) {
  if (set_linked(ts, &as_exception(self)->cause, value, "cause") < 0) return -1;
  RACY_STORE(as_exception(self)->suppress_context, true);
  return 0;
}
static Value get_suppress(ThreadState *ts, Value self) { return bool_value(RACY_LOAD(as_exception(self)->suppress_context)); }
static int set_suppress(ThreadState *ts, Value self, Value value) {
  if (value == NULL || !is_bool(value)) {
    err_format(ts, EXC(TypeError), value ? "attribute value type must be bool" : "can't delete numeric/char attribute");
    return -1;
  }
  RACY_STORE(as_exception(self)->suppress_context, value == V_TRUE);
  return 0;
}

static Value with_traceback(NATIVE_ARGS) { return set_traceback(ts, self, args[0]) < 0 ? NULL : incref(self); }

static Value add_note(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "note must be a str, not '%T'", args[0]);
  bool failed;
  Value notes = attr_get_optional(ts, self, ID(__notes__), &failed);
  if (failed) return NULL;
  if (notes == NULL) {
    if ((notes = list_new(ts, 1)) == NULL) return NULL;
    if (attr_set(ts, self, ID(__notes__), notes) < 0) goto error;
  }
  if (!is_list(notes)) {
    err_format(ts, EXC(TypeError), "Cannot add note: __notes__ is not a list");
    goto error;
  }
  if (list_append(ts, notes, args[0]) < 0) goto error;
  decref(ts, notes);
  return V_NONE;
error:
  decref(ts, notes);
  return NULL;
}

static Value exception_reduce(NATIVE_ARGS) {
  Exception *e = as_exception(self);
  Value arguments = incref(EXC_FIELD(self, args)), file = xincref(EXC_FIELD(self, extra[X_OS_FILENAME]));
  if (e->family == FAMILY_OS && tuple_len(arguments) == 2 && file) {
    Value two = arguments, all[] = {tuple_get(two, 0), tuple_get(two, 1), file};
    arguments = tuple_from_items(ts, all, 3);
    decref(ts, two);
  }
  xdecref(ts, file);
  if (arguments == NULL) return NULL;
  Value dict = object_get_dict(ts, self);
  if (dict == NULL) {
    decref(ts, arguments);
    return NULL;
  }
  Value cls = incref((Value)type_of(ts, self));
  if (dict_len(dict) == 0) {
    decref(ts, dict);
    return tuple_steal2(ts, cls, arguments);
  }
  return tuple_steal3(ts, cls, arguments, dict);
}

static Value exception_setstate(NATIVE_ARGS) {
  if (args[0] == V_NONE) return V_NONE;
  if (!is_dict(args[0])) return err_format(ts, EXC(TypeError), "state is not a dictionary");
  Value key, value;
  for (ssize_t pos = 0; dict_next(args[0], &pos, &key, &value);)
    if (attr_set(ts, self, key, value) < 0) return NULL;
  return V_NONE;
}

static Value get_characters_written(ThreadState *ts, Value self) {
  Value written = EXC_FIELD(self, extra[X_OS_WRITTEN]);
  return written ? incref(written) : err_format(ts, EXC(AttributeError), "characters_written");
}
static int set_characters_written(ThreadState *ts, Value self, Value value) {
  int64_t n;
  if (value == NULL && EXC_FIELD(self, extra[X_OS_WRITTEN]) == NULL) return get_characters_written(ts, self) ? 0 : -1;
  if (value && num_as_i64(ts, value, &n) < 0) return -1;
  set_extra(ts, self, X_OS_WRITTEN, value);
  return 0;
}
static const GetSetDef os_getsets[] = {{"characters_written", get_characters_written, set_characters_written, NULL}, {0}};

static const MethodDef methods[] = {
    {"with_traceback", with_traceback, 1, 1, 0, "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self."},
    {"add_note", add_note, 1, 1, 0, "Exception.add_note(note) --\n    add a note to the exception"},
    {"__reduce__", exception_reduce, 0, 0, 0, NULL},
    {"__setstate__", exception_setstate, 1, 1, 0, NULL},
    {0}};
static const GetSetDef getsets[] = {
    {"args", get_args, set_args_attr, NULL},
    {"__traceback__", get_traceback, set_traceback, NULL},
    {"__context__", get_context, set_context, "exception context"},
    {"__cause__", get_cause, set_cause, "exception cause"},
    {"__suppress_context__", get_suppress, set_suppress, NULL},
    {0}};

/* ---- the classes ---- */

static Type *make_class(ThreadState *ts, const char *name, Type *base, ExceptionFamily family) {
  TypeSpec spec = {.name = name, .size = sizeof(Exception), .flags = TYPE_BASETYPE | TYPE_GC | TYPE_HAS_DICT | TYPE_UNLOCKED};
  if (base->layout != LAYOUT_EXCEPTION) {
    spec.doc = "Common base class for all exceptions";
    spec.slots = (Slots){.dealloc = exception_dealloc, .traverse = exception_traverse, .clear = exception_clear, .repr = exception_repr,
                         .new = plain_new, .init = exception_init};
    spec.methods = methods;
    spec.getsets = getsets;
  }
  spec.slots.str = str_of_class(name);
  if (family == FAMILY_OS) spec.slots.new = os_new;
  if (strcmp(name, "OSError") == 0) spec.getsets = os_getsets;
  bool is_group = family == FAMILY_GROUP && base->layout == LAYOUT_EXCEPTION && base->slots.new != group_new;
  if (is_group) {
    spec.slots.new = group_new;
    spec.methods = group_methods;
  }
  Type *type = type_from_spec(ts, &spec, base, K_OBJECT);
  if (type == NULL) return NULL;
  type->layout = LAYOUT_EXCEPTION;
  type->native_data = (void *)(uintptr_t)family;
  for (const Field *f = fields[family]; f->name; f++) {
    Value field_name = str_intern_cstr(ts, f->name);
    Value member = field_name ? member_new(ts, field_name, type, (ssize_t)(offsetof(Exception, extra) + (size_t)f->index * sizeof(Value))) : NULL;
    if (member == NULL) return NULL;
    member->flags |= OBJ_FLAG_A; /* None while empty */
    if (family == FAMILY_GROUP) member->flags |= OBJ_FLAG_B; /* read-only */
    if (dict_set_steal(ts, (Value)type->dict, field_name, member) < 0) return NULL;
    decref(ts, field_name);
  }
  return type;
}

int exceptions_init(ThreadState *ts) {
  Interp *interp = ts->interp;
  Type *object = TYPE(OBJECT);
  (void)object;
#define EXC_object (-1)
#define EXCEPTION(name, base, family) \
  interp->exceptions[EXC_##name] = make_class(ts, #name, EXC_##base == EXC_object ? object : interp->exceptions[EXC_##base < 0 ? 0 : EXC_##base], FAMILY_##family); \
  if (interp->exceptions[EXC_##name] == NULL) return -1;
#include "runtime/exceptions.def"
#undef EXCEPTION
#undef EXC_object
  return exception_groups_init(ts);
}
