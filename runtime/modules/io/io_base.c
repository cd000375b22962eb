/* io_base.c - _IOBase and the other abstract bases: what every stream can do by way of read, write, close and flush.
 * Next: io_file.c. CPython: Modules/_io/iobase.c. */
#include "runtime/modules/io/io_internal.h"

Value io_unsupported(ThreadState *ts, const char *what) { return err_format(ts, (Value)io_state(ts)->unsupported, "%s", what); }

int io_add_type(ThreadState *ts, Value module, const TypeSpec *spec, Type *base, Type **place) {
  if (module_add_type(ts, module, spec, base, place) < 0) return -1;
  (*place)->flags &= ~(uint32_t)TYPE_IMMUTABLE;
  return 0;
}

bool io_is_closed(ThreadState *ts, Value self, bool *failed) {
  Value v = attr_get_optional(ts, self, ID(closed), failed);
  if (v == NULL) return false;
  int t = truth(ts, v);
  decref(ts, v);
  *failed = t < 0;
  return t > 0;
}
int io_check_closed(ThreadState *ts, Value self) {
  bool failed;
  if (!io_is_closed(ts, self, &failed)) return failed ? -1 : 0;
  err_format(ts, EXC(ValueError), "I/O operation on closed file.");
  return -1;
}

int io_size_arg(ThreadState *ts, Value *args, ssize_t nargs, ssize_t *size) {
  *size = -1;
  if (nargs == 0 || args[0] == V_NONE) return 0;
  if (!has_index(ts, args[0])) {
    err_format(ts, EXC(TypeError), "argument should be integer or None, not '%T'", args[0]);
    return -1;
  }
  *size = num_as_ssize(ts, args[0], EXC(OverflowError));
  return *size == -1 && err_occurred(ts) ? -1 : 0;
}

void io_finalize(ThreadState *ts, Value self) {
  Value pending = err_fetch(ts);
  bool failed;
  if (!io_is_closed(ts, self, &failed) && !failed) {
    Value r = call_method0(ts, self, ID(close));
    if (r == NULL) err_clear(ts);
    xdecref(ts, r);
  }
  err_clear(ts);
  err_restore(ts, pending);
}

void io_warn_unclosed(ThreadState *ts, Value stream, Value source) {
  Value raw = io_buffered_raw(ts, stream);
  if (raw) stream = raw;
  if (!type_is_subtype(type_of(ts, stream), io_state(ts)->file_io) || ((FileIO *)stream)->fd < 0 || !((FileIO *)stream)->close_fd) return;
  Value pending = err_fetch(ts);
  if (err_warn(ts, EXC(ResourceWarning), 1, "unclosed file %R", source) < 0) {
    if (err_matches(ts, EXC(Warning))) err_write_unraisable(ts, source); /* warnings are errors */
    err_clear(ts);
  }
  err_restore(ts, pending);
}

/* ---- _IOBase ---- */

static Value base_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return object_new_instance(ts, type); }
static int base_no_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return 0; }

#define CLOSED_MARK "__IOBase_closed"
static Value get_closed(ThreadState *ts, Value self) {
  Value name = str_intern_cstr(ts, CLOSED_MARK);
  Value v = name ? instance_get(ts, self, name) : NULL;
  xdecref(ts, name);
  return bool_value(v != NULL);
}
static Value base_flush(NATIVE_ARGS) { return io_check_closed(ts, self) < 0 ? NULL : V_NONE; }
static Value base_close(NATIVE_ARGS) {
  Value name = str_intern_cstr(ts, CLOSED_MARK);
  if (name == NULL) return NULL;
  if (instance_get(ts, self, name)) return decref(ts, name), V_NONE;
  int flushed = io_call(ts, self, ID(flush));
  Value pending = err_fetch(ts);
  int r = instance_set(ts, self, name, V_TRUE);
  err_restore(ts, pending);
  decref(ts, name);
  return flushed < 0 || r < 0 ? NULL : V_NONE;
}
static Value no_false(NATIVE_ARGS) { return io_check_closed(ts, self) < 0 ? NULL : V_FALSE; }
static Value no_seek(NATIVE_ARGS) { return io_unsupported(ts, "seek"); }
static Value no_truncate(NATIVE_ARGS) { return io_unsupported(ts, "truncate"); }
static Value no_fileno(NATIVE_ARGS) { return io_unsupported(ts, "fileno"); }
static Value base_tell(NATIVE_ARGS) {
  Value a[] = {small_int_value(0), small_int_value(1)};
  return call_method(ts, self, ID(seek), a, 2);
}
static Value base_enter(NATIVE_ARGS) { return io_check_closed(ts, self) < 0 ? NULL : incref(self); }
static Value base_exit(NATIVE_ARGS) { return call_method0(ts, self, ID(close)); }
static Value base_iter(ThreadState *ts, Value self) { return io_check_closed(ts, self) < 0 ? NULL : incref(self); }
static Value base_next(ThreadState *ts, Value self) {
  Value line = call_method0(ts, self, ID(readline));
  if (line == NULL) return NULL;
  ssize_t n = length(ts, line);
  if (n > 0) return line;
  decref(ts, line);
  return NULL;
}
/* A byte at a time: only for classes that do not bring their own. */
static Value base_readline(NATIVE_ARGS) {
  ssize_t size;
  if (io_size_arg(ts, args, nargs, &size) < 0) return NULL;
  Value line = bytearray_new(ts, NULL, 0);
  while (line && (size < 0 || ((ByteArray *)line)->length < size)) {
    Value b = call_method1(ts, self, ID(read), small_int_value(1));
    if (b == NULL || !is_bytes(b)) {
      if (b) err_format(ts, EXC(OSError), "read() should have returned a bytes object, not '%T'", b);
      xdecref(ts, b);
      CLEAR(line);
      break;
    }
    ssize_t n = ((ByteArray *)line)->length;
    bool end = bytes_len(b) == 0 || bytes_data(b)[bytes_len(b) - 1] == '\n';
    if (bytearray_resize(ts, line, n + bytes_len(b)) < 0) CLEAR(line);
    else memcpy(((ByteArray *)line)->data + n, bytes_data(b), (size_t)bytes_len(b));
    decref(ts, b);
    if (end) break;
  }
  if (line == NULL) return NULL;
  Value r = bytes_new(ts, ((ByteArray *)line)->length ? ((ByteArray *)line)->data : "", ((ByteArray *)line)->length);
  decref(ts, line);
  return r;
}
static Value base_readlines(NATIVE_ARGS) {
  ssize_t hint, total = 0;
  if (io_size_arg(ts, args, nargs, &hint) < 0) return NULL;
  Value list = list_new(ts, 8), it = list ? iter_of(ts, self) : NULL, line;
  while (it && (line = iter_next(ts, it)) != NULL) {
    ssize_t n = hint > 0 ? length(ts, line) : 0;
    if (list_append_steal(ts, list, line) < 0 || n < 0) break;
    total += n;
    if (hint > 0 && total >= hint) break;
  }
  xdecref(ts, it);
  if (err_occurred(ts)) CLEAR(list);
  return list;
}
static Value base_writelines(NATIVE_ARGS) {
  if (io_check_closed(ts, self) < 0) return NULL;
  Value it = iter_of(ts, args[0]), line;
  while (it && (line = iter_next(ts, it)) != NULL) {
    Value r = call_method1(ts, self, ID(write), line);
    decref(ts, line);
    xdecref(ts, r);
    if (r == NULL) break;
  }
  xdecref(ts, it);
  return err_occurred(ts) || it == NULL ? NULL : V_NONE;
}
static Value base_isatty(NATIVE_ARGS) { return no_false(ts, self, args, nargs, kwnames); }
static Value check_able(ThreadState *ts, Value self, const char *method, const char *message) {
  Value r = attr_get_cstr(ts, self, method), answer = r ? call0(ts, r) : NULL;
  xdecref(ts, r);
  if (answer == NULL) return NULL;
  if (answer == V_TRUE) return V_NONE;
  decref(ts, answer);
  return io_unsupported(ts, message);
}
static Value check_readable(NATIVE_ARGS) { return check_able(ts, self, "readable", "File or stream is not readable."); }
static Value check_writable(NATIVE_ARGS) { return check_able(ts, self, "writable", "File or stream is not writable."); }
static Value check_seekable(NATIVE_ARGS) { return check_able(ts, self, "seekable", "File or stream is not seekable."); }
static Value check_closed_py(NATIVE_ARGS) { return io_check_closed(ts, self) < 0 ? NULL : V_NONE; }

static const MethodDef base_methods[] = {
    {"flush", base_flush, 0, 0, 0, NULL}, {"close", base_close, 0, 0, 0, NULL}, {"seekable", no_false, 0, 0, 0, NULL}, {"readable", no_false, 0, 0, 0, NULL}, {"writable", no_false, 0, 0, 0, NULL},
    {"seek", no_seek, 0, -1, 0, NULL}, {"tell", base_tell, 0, 0, 0, NULL}, {"truncate", no_truncate, 0, 1, 0, NULL}, {"fileno", no_fileno, 0, 0, 0, NULL}, {"isatty", base_isatty, 0, 0, 0, NULL},
    {"__enter__", base_enter, 0, 0, 0, NULL}, {"__exit__", base_exit, 0, -1, 0, NULL}, {"readline", base_readline, 0, 1, 0, NULL}, {"readlines", base_readlines, 0, 1, 0, NULL},
    {"writelines", base_writelines, 1, 1, 0, NULL}, {"_checkReadable", check_readable, 0, -1, 0, NULL}, {"_checkWritable", check_writable, 0, -1, 0, NULL}, {"_checkSeekable", check_seekable, 0, -1, 0, NULL},
    {"_checkClosed", check_closed_py, 0, -1, 0, NULL}, {0}};
static const GetSetDef base_getsets[] = {{"closed", get_closed, NULL, NULL}, {"__dict__", object_get_dict, object_set_dict, NULL}, {0}};

/* ---- _RawIOBase: read and readall by readinto ---- */

static Value raw_read(NATIVE_ARGS) {
  ssize_t size;
  if (io_size_arg(ts, args, nargs, &size) < 0) return NULL;
  if (size < 0) {
    Value name = str_intern_cstr(ts, "readall");
    Value r = name ? call_method0(ts, self, name) : NULL;
    xdecref(ts, name);
    return r;
  }
  Value b = bytearray_new(ts, NULL, size), n = b ? call_method1(ts, self, ID(readinto), b) : NULL, r = NULL;
  if (n == V_NONE) r = V_NONE;
  else if (n) {
    ssize_t got = num_as_ssize(ts, n, EXC(ValueError));
    if (got >= 0 && got <= ((ByteArray *)b)->length) r = bytes_new(ts, got ? ((ByteArray *)b)->data : "", got);
    else if (!err_occurred(ts)) err_format(ts, EXC(ValueError), "readinto returned %zd outside buffer size %zd", got, size);
  }
  xdecref(ts, n);
  xdecref(ts, b);
  return r;
}
static Value raw_readall(NATIVE_ARGS) {
  Value parts = list_new(ts, 4), chunk;
  while (parts) {
    chunk = call_method1(ts, self, ID(read), small_int_value(8192));
    if (chunk == NULL) {
      CLEAR(parts);
      break;
    }
    if (chunk == V_NONE && list_len(parts) == 0) {
      decref(ts, parts);
      return V_NONE;
    }
    bool end = chunk == V_NONE || (is_bytes(chunk) && bytes_len(chunk) == 0);
    if (end || list_append(ts, parts, chunk) < 0) {
      decref(ts, chunk);
      break;
    }
    decref(ts, chunk);
  }
  if (parts == NULL) return NULL;
  Value r = call_method1(ts, ts->interp->empty_bytes, ID(join), parts);
  decref(ts, parts);
  return r;
}
static const MethodDef raw_methods[] = {{"read", raw_read, 0, 1, 0, NULL}, {"readall", raw_readall, 0, 0, 0, NULL}, {0}};

int io_writable_arg(ThreadState *ts, Value v, const char *function, Buffer *view) {
  if (has_buffer(ts, v) && buffer_get(ts, v, view, true) == 0) return 0;
  err_clear(ts);
  err_format(ts, EXC(TypeError), "%s() argument must be read-write bytes-like object, not %T", function, v);
  return -1;
}

static Value buffered_readinto(NATIVE_ARGS) {
  Buffer view;
  if (io_writable_arg(ts, args[0], "readinto", &view) < 0) return NULL;
  Value b = call_method1(ts, self, ID(read), small_int_value(view.length)), r = NULL;
  if (b && is_bytes(b) && bytes_len(b) <= view.length) {
    memcpy(view.data, bytes_data(b), (size_t)bytes_len(b));
    r = int_from_i64(ts, bytes_len(b));
  } else if (b) {
    err_format(ts, EXC(ValueError), "read() returned too much data");
  }
  xdecref(ts, b);
  buffer_release(ts, &view);
  return r;
}
static Value no_read(NATIVE_ARGS) { return io_unsupported(ts, "read"); }
static Value no_write(NATIVE_ARGS) { return io_unsupported(ts, "write"); }
static Value no_detach(NATIVE_ARGS) { return io_unsupported(ts, "detach"); }
static const MethodDef buffered_methods[] = {{"read", no_read, 0, 1, 0, NULL}, {"read1", no_read, 0, 1, 0, NULL}, {"write", no_write, 1, 1, 0, NULL}, {"detach", no_detach, 0, 0, 0, NULL}, {"readinto", buffered_readinto, 1, 1, 0, NULL}, {"readinto1", buffered_readinto, 1, 1, 0, NULL}, {0}};
static const MethodDef text_methods[] = {{"read", no_read, 0, 1, 0, NULL}, {"readline", no_read, 0, 1, 0, NULL}, {"write", no_write, 1, 1, 0, NULL}, {"detach", no_detach, 0, 0, 0, NULL}, {0}};
static Value none_attr(ThreadState *ts, Value self) { return V_NONE; }
static const GetSetDef text_getsets[] = {{"encoding", none_attr, NULL, NULL}, {"newlines", none_attr, NULL, NULL}, {"errors", none_attr, NULL, NULL}, {0}};

int io_base_init(ThreadState *ts, Value module, IoState *s) {
  static const TypeSpec base = {.name = "_io._IOBase", .size = sizeof(Object), .flags = TYPE_BASETYPE | TYPE_GC | TYPE_HAS_DICT | TYPE_WEAKREFS,
                                .slots = {.new = base_new, .init = base_no_init, .iter = base_iter, .next = base_next, .finalize = io_finalize}, .methods = base_methods, .getsets = base_getsets};
  static const TypeSpec raw = {.name = "_io._RawIOBase", .flags = TYPE_BASETYPE, .methods = raw_methods};
  static const TypeSpec buffered = {.name = "_io._BufferedIOBase", .flags = TYPE_BASETYPE, .methods = buffered_methods};
  static const TypeSpec text = {.name = "_io._TextIOBase", .flags = TYPE_BASETYPE, .methods = text_methods, .getsets = text_getsets};
  return io_add_type(ts, module, &base, NULL, &s->io_base) < 0 || io_add_type(ts, module, &raw, s->io_base, &s->raw_base) < 0 ||
                 io_add_type(ts, module, &buffered, s->io_base, &s->buffered_base) < 0 || io_add_type(ts, module, &text, s->io_base, &s->text_base) < 0
             ? -1
             : 0;
}
