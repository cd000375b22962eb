/* io_memory.c - BytesIO and StringIO: files in memory.
 * Keeps true: the position may lie past the end; writing there fills the gap with zeros.
 * Next: io_text.c. CPython: Modules/_io/bytesio.c, stringio.c. */
#include "runtime/modules/io/io_internal.h"

/* ---- BytesIO ---- */

typedef struct {
  Object base;
  char *data;
  ssize_t length, capacity, pos, exports;
  bool closed;
} BytesIO;
static BytesIO *as_bytes_io(Value v) { return (BytesIO *)v; }

static Value new_instance(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return object_new_instance(ts, type); }
static int check(ThreadState *ts, bool closed) {
  if (closed) err_format(ts, EXC(ValueError), "I/O operation on closed file.");
  return closed ? -1 : 0;
}
static int check_text(ThreadState *ts, bool closed) { /* StringIO leaves the full stop out */
  if (closed) err_format(ts, EXC(ValueError), "I/O operation on closed file");
  return closed ? -1 : 0;
}
static int bytes_resize(ThreadState *ts, BytesIO *b, ssize_t n) {
  if (b->exports > 0) {
    err_format(ts, EXC(BufferError), "Existing exports of data: object cannot be re-sized");
    return -1;
  }
  if (n > b->capacity) {
    ssize_t capacity = n + n / 8 + 64;
    char *grown = mem_realloc(ts, b->data, (size_t)capacity);
    if (grown == NULL) return -1;
    b->data = grown;
    b->capacity = capacity;
  }
  if (n > b->length) memset(b->data + b->length, 0, (size_t)(n - b->length));
  b->length = n;
  return 0;
}
static int bytes_put(ThreadState *ts, BytesIO *b, const char *p, ssize_t n) {
  if (n == 0) return 0;
  if (b->pos > INT64_MAX - n) {
    err_format(ts, EXC(OverflowError), "new position too large");
    return -1;
  }
  if (b->pos + n > b->length ? bytes_resize(ts, b, b->pos + n) < 0 : b->exports < 0) return -1;
  copy_shared(b->data + b->pos, p, (size_t)n);
  b->pos += n;
  return 0;
}
static int bytes_io_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"initial_bytes"};
  static const ArgSpec spec = {"BytesIO", 0, 1, 0, 1, names};
  Value given[1];
  BytesIO *b = as_bytes_io(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  b->pos = b->length = 0;
  b->closed = false;
  if (given[0] == NULL || given[0] == V_NONE) return 0;
  Buffer view;
  if (buffer_get(ts, given[0], &view, false) < 0) return -1;
  int r = bytes_put(ts, b, view.data, view.length);
  b->pos = 0;
  buffer_release(ts, &view);
  return r;
}
static void bytes_io_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  mem_free(ts, as_bytes_io(self)->data);
  object_release(ts, self);
}
static ssize_t bytes_left(BytesIO *b) { return b->pos < b->length ? b->length - b->pos : 0; }
static Value take(ThreadState *ts, BytesIO *b, ssize_t n) {
  Value r = bytes_new(ts, n ? b->data + b->pos : "", n);
  if (r) b->pos += n;
  return r;
}
static Value bytes_io_read(NATIVE_ARGS) {
  BytesIO *b = as_bytes_io(self);
  ssize_t n;
  if (check(ts, b->closed) < 0 || io_size_arg(ts, args, nargs, &n) < 0) return NULL;
  ssize_t left = bytes_left(b);
  return take(ts, b, n < 0 || n > left ? left : n);
}
static Value line_of(ThreadState *ts, BytesIO *b, ssize_t limit) {
  ssize_t left = bytes_left(b);
  if (limit >= 0 && limit < left) left = limit;
  char *end = left ? memchr(b->data + b->pos, '\n', (size_t)left) : NULL;
  return take(ts, b, end ? end - (b->data + b->pos) + 1 : left);
}
static Value bytes_io_readline(NATIVE_ARGS) {
  ssize_t n;
  return check(ts, as_bytes_io(self)->closed) < 0 || io_size_arg(ts, args, nargs, &n) < 0 ? NULL : line_of(ts, as_bytes_io(self), n);
}
static Value bytes_io_next(ThreadState *ts, Value self) {
  if (check(ts, as_bytes_io(self)->closed) < 0) return NULL;
  return bytes_left(as_bytes_io(self)) ? line_of(ts, as_bytes_io(self), -1) : NULL;
}
static Value bytes_io_readinto(NATIVE_ARGS) {
  BytesIO *b = as_bytes_io(self);
  Buffer view;
  if (check(ts, b->closed) < 0 || io_writable_arg(ts, args[0], "readinto", &view) < 0) return NULL;
  ssize_t n = bytes_left(b) < view.length ? bytes_left(b) : view.length;
  if (n) memcpy(view.data, b->data + b->pos, (size_t)n);
  b->pos += n;
  buffer_release(ts, &view);
  return int_from_i64(ts, n);
}
static Value bytes_io_write(NATIVE_ARGS) {
  BytesIO *b = as_bytes_io(self);
  Buffer view;
  if (check(ts, b->closed) < 0 || buffer_get(ts, args[0], &view, false) < 0) return NULL;
  int r = bytes_put(ts, b, view.data, view.length);
  ssize_t n = view.length;
  buffer_release(ts, &view);
  return r < 0 ? NULL : int_from_i64(ts, n);
}
static Value bytes_io_seek(NATIVE_ARGS) {
  BytesIO *b = as_bytes_io(self);
  int64_t offset;
  int whence = 0;
  if (check(ts, b->closed) < 0 || num_as_i64(ts, args[0], &offset) < 0 || (nargs > 1 && num_as_int(ts, args[1], &whence) < 0)) return NULL;
  if (whence < 0 || whence > 2) return err_format(ts, EXC(ValueError), "invalid whence (%d, should be 0, 1 or 2)", whence);
  if (whence == 0 && offset < 0) return err_format(ts, EXC(ValueError), "negative seek value %lld", (long long)offset);
  offset += whence == 1 ? b->pos : whence == 2 ? b->length : 0;
  b->pos = offset < 0 ? 0 : offset;
  return int_from_i64(ts, b->pos);
}
static Value bytes_io_tell(NATIVE_ARGS) { return check(ts, as_bytes_io(self)->closed) < 0 ? NULL : int_from_i64(ts, as_bytes_io(self)->pos); }
static Value bytes_io_truncate(NATIVE_ARGS) {
  BytesIO *b = as_bytes_io(self);
  int64_t n = b->pos;
  if (check(ts, b->closed) < 0 || (nargs && args[0] != V_NONE && num_as_i64(ts, args[0], &n) < 0)) return NULL;
  if (n < 0) return err_format(ts, EXC(ValueError), "negative size value %lld", (long long)n);
  if (n < b->length && bytes_resize(ts, b, n) < 0) return NULL;
  return int_from_i64(ts, n);
}
static Value bytes_io_getvalue(NATIVE_ARGS) { return check(ts, as_bytes_io(self)->closed) < 0 ? NULL : bytes_new(ts, as_bytes_io(self)->length ? as_bytes_io(self)->data : "", as_bytes_io(self)->length); }
static Value bytes_io_getbuffer(NATIVE_ARGS) { return check(ts, as_bytes_io(self)->closed) < 0 ? NULL : memoryview_from(ts, self); }
static int bytes_io_get_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  BytesIO *b = as_bytes_io(self);
  if (check(ts, b->closed) < 0) return -1;
  *view = (Buffer){.owner = incref(self), .data = b->data, .length = b->length, .item_size = 1, .format = "B", .ndim = 1, .shape = {b->length}, .strides = {1}};
  b->exports++;
  return 0;
}
static void bytes_io_release_buffer(ThreadState *ts, Value self, Buffer *view) { as_bytes_io(self)->exports--; }
static Value bytes_io_close(NATIVE_ARGS) {
  if (as_bytes_io(self)->exports > 0) return err_format(ts, EXC(BufferError), "Existing exports of data: object cannot be re-sized");
  as_bytes_io(self)->closed = true;
  mem_free(ts, as_bytes_io(self)->data);
  as_bytes_io(self)->data = NULL;
  as_bytes_io(self)->length = as_bytes_io(self)->capacity = 0;
  return V_NONE;
}
static Value bytes_io_yes(NATIVE_ARGS) { return check(ts, as_bytes_io(self)->closed) < 0 ? NULL : V_TRUE; }
static Value bytes_io_closed(ThreadState *ts, Value self) { return bool_value(as_bytes_io(self)->closed); }
/* (value, position, attributes or None) */
static Value attributes_or_none(ThreadState *ts, Value self) {
  if (!(type_of(ts, self)->flags & TYPE_HEAP)) return V_NONE;
  bool failed;
  Value own = attr_get_optional(ts, self, ID(__dict__), &failed);
  Value copy = own && is_dict(own) ? dict_copy(ts, own) : NULL;
  bool had = own != NULL;
  xdecref(ts, own);
  return failed || (had && copy == NULL) ? NULL : copy ? copy : V_NONE;
}
static int take_attributes(ThreadState *ts, Value self, Value attributes) {
  if (attributes == V_NONE) return 0;
  if (!is_dict(attributes)) {
    err_format(ts, EXC(TypeError), "state item should be a dict, got a %T", attributes);
    return -1;
  }
  Value own = attr_get(ts, self, ID(__dict__));
  int r = own ? dict_update(ts, own, attributes) : -1;
  xdecref(ts, own);
  return r;
}
static Value bytes_io_getstate(NATIVE_ARGS) {
  if (check(ts, as_bytes_io(self)->closed) < 0) return NULL;
  Value value = bytes_io_getvalue(ts, self, NULL, 0, NULL), attributes = value ? attributes_or_none(ts, self) : NULL;
  if (attributes) return tuple_steal3(ts, value, int_from_i64(ts, as_bytes_io(self)->pos), attributes);
  xdecref(ts, value);
  return NULL;
}
/* The position in args[at] of a state. -1 with an exception. */
static ssize_t state_position(ThreadState *ts, Value state, ssize_t at) {
  Value v = tuple_get(state, at);
  ssize_t pos = is_int(v) ? num_as_ssize(ts, v, EXC(OverflowError)) : -1;
  if (!is_int(v)) err_format(ts, EXC(TypeError), "state position must be an integer, got %T", v);
  else if (pos < 0 && !err_occurred(ts)) err_format(ts, EXC(ValueError), "position value cannot be negative");
  return pos;
}
static Value bytes_io_setstate(NATIVE_ARGS) {
  BytesIO *b = as_bytes_io(self);
  if (check(ts, b->closed) < 0) return NULL;
  if (!is_tuple(args[0]) || tuple_len(args[0]) != 3) return err_format(ts, EXC(TypeError), "%T.__setstate__ argument should be 3-tuple, got %T", self, args[0]);
  if (b->exports > 0) return err_format(ts, EXC(BufferError), "Existing exports of data: object cannot be re-sized");
  b->length = b->pos = 0;
  Value value = tuple_get(args[0], 0), r = bytes_io_write(ts, self, &value, 1, NULL);
  if (r == NULL) return NULL;
  decref(ts, r);
  ssize_t pos = state_position(ts, args[0], 1);
  if (pos < 0) return NULL;
  b->pos = pos;
  return take_attributes(ts, self, tuple_get(args[0], 2)) < 0 ? NULL : V_NONE;
}
static const MethodDef bytes_io_methods[] = {
    {"__getstate__", bytes_io_getstate, 0, 0, 0, NULL}, {"__setstate__", bytes_io_setstate, 1, 1, 0, NULL},
    {"read", bytes_io_read, 0, 1, 0, NULL}, {"read1", bytes_io_read, 0, 1, 0, NULL}, {"readline", bytes_io_readline, 0, 1, 0, NULL}, {"readinto", bytes_io_readinto, 1, 1, 0, NULL},
    {"write", bytes_io_write, 1, 1, 0, NULL}, {"seek", bytes_io_seek, 1, 2, 0, NULL}, {"tell", bytes_io_tell, 0, 0, 0, NULL}, {"truncate", bytes_io_truncate, 0, 1, 0, NULL},
    {"getvalue", bytes_io_getvalue, 0, 0, 0, NULL}, {"getbuffer", bytes_io_getbuffer, 0, 0, 0, NULL}, {"close", bytes_io_close, 0, 0, 0, NULL}, {"readable", bytes_io_yes, 0, 0, 0, NULL},
    {"writable", bytes_io_yes, 0, 0, 0, NULL}, {"seekable", bytes_io_yes, 0, 0, 0, NULL}, {0}};
static const GetSetDef bytes_io_getsets[] = {{"closed", bytes_io_closed, NULL, NULL}, {0}};

/* ---- StringIO: an array of code points ---- */

typedef struct {
  Object base;
  Char *data;
  ssize_t length, capacity, pos;
  bool closed, translate_read, translate_write; /* newline=None: \r\n and \r become \n when written */
  bool any_newline; /* newline="": lines end at \n, \r or \r\n */
  bool seen_cr, seen_lf, seen_crlf; /* with newline None or "" */
  char write_newline[3]; /* what \n is written as, "" for itself */
} StringIO;
static StringIO *as_string_io(Value v) { return (StringIO *)v; }

static int string_put(ThreadState *ts, StringIO *s, Value text) {
  ssize_t n = str_len(text);
  ssize_t extra = strlen(s->write_newline) == 2 ? n : 0, need = s->pos + n + extra;
  if (need > s->capacity) {
    ssize_t capacity = need + need / 4 + 64;
    Char *grown = mem_realloc(ts, s->data, (size_t)capacity * sizeof(Char));
    if (grown == NULL) return -1;
    s->data = grown;
    s->capacity = capacity;
  }
  while (s->length < s->pos) s->data[s->length++] = 0;
  for (ssize_t i = 0; i < n; i++) {
    Char c = str_at(text, i);
    if (c == '\r' && i + 1 < n && str_at(text, i + 1) == '\n') s->seen_crlf = true;
    else if (c == '\r') s->seen_cr = true;
    else if (c == '\n' && !(i > 0 && str_at(text, i - 1) == '\r')) s->seen_lf = true;
    if (s->translate_read && c == '\r') {
      c = '\n';
      if (i + 1 < n && str_at(text, i + 1) == '\n') i++;
    }
    if (c == '\n' && s->write_newline[0]) {
      for (const char *p = s->write_newline; *p; p++) s->data[s->pos++] = (Char)*p;
      continue;
    }
    s->data[s->pos++] = c;
  }
  if (s->pos > s->length) s->length = s->pos;
  return 0;
}
static int string_io_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"initial_value", "newline"};
  static const ArgSpec spec = {"StringIO", 0, 2, 0, 2, names};
  Value given[2];
  StringIO *s = as_string_io(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  s->length = s->pos = 0;
  s->closed = s->translate_read = s->any_newline = s->seen_cr = s->seen_lf = s->seen_crlf = false;
  s->write_newline[0] = 0;
  if (given[1] == V_NONE) s->translate_read = true;
  else if (given[1]) {
    if (!is_str(given[1])) {
      err_format(ts, EXC(TypeError), "newline must be str or None, not %T", given[1]);
      return -1;
    }
    if (str_equal_cstr(given[1], "\r") || str_equal_cstr(given[1], "\r\n")) strcpy(s->write_newline, str_chars(given[1]));
    else if (str_len(given[1]) && !str_equal_cstr(given[1], "\n")) {
      err_format(ts, EXC(ValueError), "illegal newline value: %R", given[1]);
      return -1;
    }
    s->any_newline = str_len(given[1]) == 0;
  }
  if (given[0] == NULL || given[0] == V_NONE) return 0;
  if (!is_str(given[0])) {
    err_format(ts, EXC(TypeError), "initial_value must be str or None, not %T", given[0]);
    return -1;
  }
  int r = string_put(ts, s, given[0]);
  s->pos = 0;
  return r;
}
static void string_io_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  mem_free(ts, as_string_io(self)->data);
  object_release(ts, self);
}
static ssize_t string_left(StringIO *s) { return s->pos < s->length ? s->length - s->pos : 0; }
static Value string_take(ThreadState *ts, StringIO *s, ssize_t n) {
  Value r = n ? str_from_ucs4(ts, s->data + s->pos, n) : incref(ts->interp->empty_str);
  if (r) s->pos += n;
  return r;
}
static Value string_io_read(NATIVE_ARGS) {
  StringIO *s = as_string_io(self);
  ssize_t n;
  if (check_text(ts, s->closed) < 0 || io_size_arg(ts, args, nargs, &n) < 0) return NULL;
  ssize_t left = string_left(s);
  return string_take(ts, s, n < 0 || n > left ? left : n);
}
static Value string_line(ThreadState *ts, StringIO *s, ssize_t limit) {
  ssize_t left = string_left(s), n = 0;
  if (limit >= 0 && limit < left) left = limit;
  const char *end = s->write_newline;
  while (n < left) {
    Char c = s->data[s->pos + n++];
    if (s->any_newline && c == '\r') {
      if (n < left && s->data[s->pos + n] == '\n') n++;
      break;
    }
    if (end[0] == 0 ? c == '\n' : c == (Char)end[strlen(end) - 1] && (end[1] == 0 || (n > 1 && s->data[s->pos + n - 2] == '\r'))) break;
  }
  return string_take(ts, s, n);
}
static Value string_io_readline(NATIVE_ARGS) {
  ssize_t n;
  return check_text(ts, as_string_io(self)->closed) < 0 || io_size_arg(ts, args, nargs, &n) < 0 ? NULL : string_line(ts, as_string_io(self), n);
}
static Value string_io_next(ThreadState *ts, Value self) {
  if (check_text(ts, as_string_io(self)->closed) < 0) return NULL;
  return string_left(as_string_io(self)) ? string_line(ts, as_string_io(self), -1) : NULL;
}
static Value string_io_write(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "string argument expected, got '%T'", args[0]);
  if (check_text(ts, as_string_io(self)->closed) < 0 || string_put(ts, as_string_io(self), args[0]) < 0) return NULL;
  return int_from_i64(ts, str_len(args[0]));
}
static Value string_io_seek(NATIVE_ARGS) {
  StringIO *s = as_string_io(self);
  int64_t offset;
  int whence = 0;
  if (check_text(ts, s->closed) < 0 || num_as_i64(ts, args[0], &offset) < 0 || (nargs > 1 && num_as_int(ts, args[1], &whence) < 0)) return NULL;
  if (whence < 0 || whence > 2) return err_format(ts, EXC(ValueError), "Invalid whence (%d, should be 0, 1 or 2)", whence);
  if (whence == 0 && offset < 0) return err_format(ts, EXC(ValueError), "Negative seek position %lld", (long long)offset);
  if (whence != 0 && offset != 0) return err_format(ts, EXC(OSError), "Can't do nonzero cur-relative seeks");
  s->pos = whence == 1 ? s->pos : whence == 2 ? s->length : offset;
  return int_from_i64(ts, s->pos);
}
static Value string_io_tell(NATIVE_ARGS) { return check_text(ts, as_string_io(self)->closed) < 0 ? NULL : int_from_i64(ts, as_string_io(self)->pos); }
static Value string_io_truncate(NATIVE_ARGS) {
  StringIO *s = as_string_io(self);
  int64_t n = s->pos;
  if (check_text(ts, s->closed) < 0 || (nargs && args[0] != V_NONE && num_as_i64(ts, args[0], &n) < 0)) return NULL;
  if (n < 0) return err_format(ts, EXC(ValueError), "Negative size value %lld", (long long)n);
  if (n < s->length) s->length = n;
  return int_from_i64(ts, n);
}
static Value string_io_getvalue(NATIVE_ARGS) {
  StringIO *s = as_string_io(self);
  if (check_text(ts, s->closed) < 0) return NULL;
  return s->length ? str_from_ucs4(ts, s->data, s->length) : incref(ts->interp->empty_str);
}
static Value string_io_close(NATIVE_ARGS) {
  StringIO *s = as_string_io(self);
  s->closed = true;
  mem_free(ts, s->data);
  s->data = NULL;
  s->length = s->capacity = 0;
  return V_NONE;
}
static Value string_io_yes(NATIVE_ARGS) { return check_text(ts, as_string_io(self)->closed) < 0 ? NULL : V_TRUE; }
static Value string_io_closed(ThreadState *ts, Value self) { return bool_value(as_string_io(self)->closed); }
static Value string_io_newlines(ThreadState *ts, Value self) {
  StringIO *s = as_string_io(self);
  if (check_text(ts, s->closed) < 0) return NULL;
  return s->translate_read || s->any_newline ? io_newlines(ts, s->seen_cr, s->seen_lf, s->seen_crlf) : V_NONE;
}
static Value string_io_false(ThreadState *ts, Value self) { return check_text(ts, as_string_io(self)->closed) < 0 ? NULL : V_FALSE; }
/* (value, newline, position, attributes or None) */
static Value string_io_getstate(NATIVE_ARGS) {
  StringIO *s = as_string_io(self);
  Value value = string_io_getvalue(ts, self, NULL, 0, NULL), attributes = value ? attributes_or_none(ts, self) : NULL;
  Value newline = attributes == NULL || s->translate_read ? V_NONE : str_from_ascii(ts, s->any_newline ? "" : s->write_newline[0] ? s->write_newline : "\n");
  if (attributes && newline) {
    Value items[] = {value, newline, int_from_i64(ts, s->pos), attributes};
    Value state = items[2] ? tuple_from_items(ts, items, 4) : NULL;
    for (int i = 0; i < 4; i++) xdecref(ts, items[i]);
    return state;
  }
  xdecref(ts, value);
  xdecref(ts, attributes);
  return NULL;
}
static Value string_io_setstate(NATIVE_ARGS) {
  StringIO *s = as_string_io(self);
  if (check_text(ts, s->closed) < 0) return NULL;
  if (!is_tuple(args[0]) || tuple_len(args[0]) != 4) return err_format(ts, EXC(TypeError), "%T.__setstate__ argument should be 4-tuple, got %T", self, args[0]);
  if (!is_str(tuple_get(args[0], 0))) return err_format(ts, EXC(TypeError), "state item should be a str, got a %T", tuple_get(args[0], 0));
  Value init_args[] = {ts->interp->empty_str, tuple_get(args[0], 1)};
  if (string_io_init(ts, self, init_args, 2, NULL) < 0) return NULL;
  StringIO settings = *s; /* the value has had its newlines translated already */
  s->translate_read = false;
  s->write_newline[0] = 0;
  int failed = string_put(ts, s, tuple_get(args[0], 0));
  s->translate_read = settings.translate_read;
  memcpy(s->write_newline, settings.write_newline, sizeof s->write_newline);
  ssize_t pos = failed ? -1 : state_position(ts, args[0], 2);
  if (pos < 0) return NULL;
  s->pos = pos;
  return take_attributes(ts, self, tuple_get(args[0], 3)) < 0 ? NULL : V_NONE;
}
static const MethodDef string_io_methods[] = {
    {"__getstate__", string_io_getstate, 0, 0, 0, NULL}, {"__setstate__", string_io_setstate, 1, 1, 0, NULL},
    {"read", string_io_read, 0, 1, 0, NULL}, {"readline", string_io_readline, 0, 1, 0, NULL}, {"write", string_io_write, 1, 1, 0, NULL}, {"seek", string_io_seek, 1, 2, 0, NULL},
    {"tell", string_io_tell, 0, 0, 0, NULL}, {"truncate", string_io_truncate, 0, 1, 0, NULL}, {"getvalue", string_io_getvalue, 0, 0, 0, NULL}, {"close", string_io_close, 0, 0, 0, NULL},
    {"readable", string_io_yes, 0, 0, 0, NULL}, {"writable", string_io_yes, 0, 0, 0, NULL}, {"seekable", string_io_yes, 0, 0, 0, NULL}, {0}};
static const GetSetDef string_io_getsets[] = {{"closed", string_io_closed, NULL, NULL}, {"line_buffering", string_io_false, NULL, NULL}, {"newlines", string_io_newlines, NULL, NULL}, {0}};

int io_memory_init(ThreadState *ts, Value module, IoState *s) {
  static const TypeSpec bytes = {.name = "_io.BytesIO", .doc = "Buffered I/O implementation using an in-memory bytes buffer.", .size = sizeof(BytesIO), .flags = TYPE_BASETYPE, .methods = bytes_io_methods, .getsets = bytes_io_getsets,
                                 .slots = {.new = new_instance, .init = bytes_io_init, .dealloc = bytes_io_dealloc, .next = bytes_io_next, .get_buffer = bytes_io_get_buffer, .release_buffer = bytes_io_release_buffer}};
  static const TypeSpec string = {.name = "_io.StringIO", .doc = "Text I/O implementation using an in-memory buffer.", .size = sizeof(StringIO), .flags = TYPE_BASETYPE, .methods = string_io_methods, .getsets = string_io_getsets,
                                  .slots = {.new = new_instance, .init = string_io_init, .dealloc = string_io_dealloc, .next = string_io_next}};
  return io_add_type(ts, module, &bytes, s->buffered_base, &s->bytes_io) < 0 || io_add_type(ts, module, &string, s->text_base, &s->string_io) < 0 ? -1 : 0;
}
