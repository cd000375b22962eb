/* io_open.c - open(), and the module _io.
 * Next: io_internal.h. CPython: Modules/_io/_iomodule.c. */
#include "runtime/modules/io/io_internal.h"

IoState *io_state(ThreadState *ts) {
  return native_state(ts, NATIVE_io);
}

typedef struct {
  bool reading, writing, creating, appending, updating, text, binary;
} Mode;
static int parse_mode(ThreadState *ts, Value mode, Mode *m) {
  *m = (Mode){0};
  for (ssize_t i = 0; i < str_len(mode); i++) {
    Char c = str_at(mode, i);
    bool *flag = c == 'r' ? &m->reading : c == 'w' ? &m->writing : c == 'x' ? &m->creating : c == 'a' ? &m->appending : c == '+' ? &m->updating : c == 't' ? &m->text : c == 'b' ? &m->binary : NULL;
    if (flag == NULL || *flag) {
      err_format(ts, EXC(ValueError), "invalid mode: %R", mode);
      return -1;
    }
    *flag = true;
  }
  if (m->text && m->binary) {
    err_format(ts, EXC(ValueError), "can't have text and binary mode at once");
    return -1;
  }
  int chosen = m->reading + m->writing + m->creating + m->appending;
  if (chosen == 0) {
    err_format(ts, EXC(ValueError), "Must have exactly one of create/read/write/append mode and at most one plus");
    return -1;
  }
  if (chosen != 1) {
    err_format(ts, EXC(ValueError), "must have exactly one of create/read/write/append mode");
    return -1;
  }
  return 0;
}

static Value open_raw(ThreadState *ts, Value file, Mode *m, Value closefd, Value opener) {
  char text[6] = {m->creating ? 'x' : m->reading ? 'r' : m->writing ? 'w' : 'a', m->updating ? '+' : 0, 0};
  Value mode = str_from_ascii(ts, text);
  Value args[] = {file, mode, closefd, opener};
  Value raw = mode ? call_args(ts, (Value)io_state(ts)->file_io, args, 4) : NULL;
  xdecref(ts, mode);
  return raw;
}

static Value wrap_text(ThreadState *ts, Value buffer, Value encoding, Value errors, Value newline, bool line_buffering, Value mode) {
  Value args[] = {buffer, encoding, errors, newline, bool_value(line_buffering)};
  Value text = call_args(ts, (Value)io_state(ts)->text, args, 5);
  if (text && instance_set(ts, text, ID(mode), mode) < 0) CLEAR(text);
  return text;
}

Value io_open(NATIVE_ARGS) {
  static const char *const names[] = {"file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"};
  static const ArgSpec spec = {"open", 0, 8, 1, 8, names};
  Value given[8];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value mode = given[1] ? given[1] : ts->interp->latin1['r'];
  if (!is_str(mode)) return err_format(ts, EXC(TypeError), "open() argument 'mode' must be str, not %T", mode);
  for (int i = 3; i < 6; i++)
    if (given[i] && given[i] != V_NONE && !is_str(given[i])) return err_format(ts, EXC(TypeError), "open() argument '%s' must be str or None, not %T", names[i], given[i]);
  int buffering = -1;
  if (given[2] && num_as_int(ts, given[2], &buffering) < 0) return NULL;
  Mode m;
  if (parse_mode(ts, mode, &m) < 0) return NULL;
  const char *only_text[] = {"an encoding", "an errors", "a newline"};
  for (int i = 3; i < 6; i++)
    if (m.binary && given[i] && given[i] != V_NONE) return err_format(ts, EXC(ValueError), "binary mode doesn't take %s argument", only_text[i - 3]);
  Value file = given[0];
  if (!is_str(file) && !is_bytes(file) && !is_int(file)) {
    bool missing;
    Value p = call_special(ts, file, ID(__fspath__), NULL, 0, &missing);
    if (missing) return err_format(ts, EXC(TypeError), "expected str, bytes or os.PathLike object, not %T", file);
    if (p == NULL) return NULL;
    file = p;
  } else {
    incref(file);
  }
  Value raw = open_raw(ts, file, &m, given[6] ? given[6] : V_TRUE, given[7] ? given[7] : V_NONE), buffer = NULL, result = NULL;
  decref(ts, file);
  if (raw == NULL) return NULL;
  Value tty = buffering < 0 || buffering == 1 ? call_method0(ts, raw, ID(isatty)) : V_FALSE;
  if (tty == NULL) goto error;
  bool line_buffering = (buffering == 1 && !m.binary) || (buffering < 0 && tty == V_TRUE);
  if (buffering == 1 && m.binary && err_warn(ts, EXC(RuntimeWarning), 1, "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used") < 0) goto error;
  if (buffering < 0 || buffering == 1) buffering = 8192;
  if (buffering == 0) {
    if (!m.binary) {
      err_format(ts, EXC(ValueError), "can't have unbuffered text I/O");
      goto error;
    }
    return raw;
  }
  IoState *s = io_state(ts);
  Type *type = m.updating ? s->random : m.reading ? s->reader : s->writer;
  buffer = call2(ts, (Value)type, raw, small_int_value(buffering));
  if (buffer == NULL) goto error;
  decref(ts, raw);
  if (m.binary) return buffer;
  result = wrap_text(ts, buffer, given[3] ? given[3] : V_NONE, given[4] ? given[4] : V_NONE, given[5] ? given[5] : V_NONE, line_buffering, mode);
  if (result == NULL) {
    Value exc = err_fetch(ts);
    io_call(ts, buffer, ID(close));
    err_clear(ts);
    err_restore(ts, exc);
  }
  decref(ts, buffer);
  return result;
error: {
  Value exc = err_fetch(ts);
  io_call(ts, raw, ID(close));
  err_clear(ts);
  decref(ts, raw);
  err_restore(ts, exc);
  return NULL;
}
}

static Value text_encoding(NATIVE_ARGS) { return args[0] == V_NONE ? str_from_ascii(ts, "locale") : incref(args[0]); }
static Value open_code(NATIVE_ARGS) {
  Value mode = str_from_ascii(ts, "rb"), open_args[] = {args[0], mode};
  Value r = mode ? io_open(ts, self, open_args, 2, NULL) : NULL;
  xdecref(ts, mode);
  return r;
}
static const MethodDef methods[] = {
    {"open", io_open, 0, -1, METHOD_KW, "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)\n--\n\nOpen file and return a stream.  Raise OSError upon failure."},
    {"text_encoding", text_encoding, 1, 2, 0, NULL}, {"open_code", open_code, 1, 1, 0, NULL}, {0}};

static int start(ThreadState *ts, Value module) {
  IoState *s = module_state(module);
  Value bases = tuple_of2(ts, EXC(OSError), EXC(ValueError)), dict = dict_new(ts), name = str_from_ascii(ts, "UnsupportedOperation"), io = str_from_ascii(ts, "io");
  if (bases == NULL || dict == NULL || name == NULL || io == NULL || dict_set(ts, dict, ID(__module__), io) < 0) return -1;
  s->unsupported = (Type *)type_new_class(ts, TYPE(TYPE), name, bases, dict, NULL, NULL);
  xdecref(ts, bases);
  xdecref(ts, dict);
  xdecref(ts, name);
  xdecref(ts, io);
  if (s->unsupported == NULL || module_add(ts, module, "UnsupportedOperation", incref((Value)s->unsupported)) < 0) return -1;
  if (module_add(ts, module, "BlockingIOError", incref(EXC(BlockingIOError))) < 0 || module_add_int(ts, module, "DEFAULT_BUFFER_SIZE", 8192) < 0) return -1;
  return io_base_init(ts, module, s) < 0 || io_file_init(ts, module, s) < 0 || io_buffered_init(ts, module, s) < 0 || io_memory_init(ts, module, s) < 0 ? -1 : io_text_init(ts, module, s);
}

const ModuleDef io_module_def = {.name = "_io", .doc = "The io module's native part: streams.", .methods = methods, .start = start, .state_size = sizeof(IoState), .owned_values = 13};
