/* io_text.c - TextIOWrapper: text over a binary stream; and the start of stdin, stdout, stderr.
 * Keeps true: written text waits encoded in `out` until 8 KiB, a newline with line buffering, or flush; decoded text that was
 *   read ahead waits in `ahead` from `ahead_pos`; raw bytes of an unfinished character wait in `tail`.
 * Next: io_open.c. CPython: Modules/_io/textio.c. */
#include <unistd.h>

#include "runtime/modules/io/io_internal.h"

enum { CHUNK = 8192 };
typedef struct {
  Object base;
  Value buffer, encoding, errors;
  Value ahead; /* str or NULL */
  ssize_t ahead_pos;
  char tail[8];
  int tail_length;
  char *out;
  ssize_t out_length, out_capacity;
  bool line_buffering, write_through, universal, translate, detached, ended, pending_cr, is_utf8, started, can_read, can_write;
  bool iterating; /* next() has been called and the end is not reached: tell() is refused */
  bool seen_cr, seen_lf, seen_crlf;
  char newline[3];       /* what lines end with when reading; "" with universal */
  char write_newline[3]; /* what \n becomes; "" for itself */
} Text;
static Text *as_text(Value v) { return (Text *)v; }

static int check(ThreadState *ts, Text *t) {
  if (t->buffer == NULL) {
    err_format(ts, EXC(ValueError), t->detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object");
    return -1;
  }
  return io_check_closed(ts, t->buffer);
}

static Value text_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return object_new_instance(ts, type); }

static int set_newline(ThreadState *ts, Text *t, NULLABLE Value newline) {
  t->newline[0] = t->write_newline[0] = 0;
  t->universal = t->translate = false;
  if (newline == NULL || newline == V_NONE) {
    t->universal = t->translate = true;
    return 0;
  }
  if (!is_str(newline)) {
    err_format(ts, EXC(TypeError), "newline must be str or None, not %T", newline);
    return -1;
  }
  if (str_len(newline) == 0) t->universal = true;
  else if (str_equal_cstr(newline, "\n")) strcpy(t->newline, "\n");
  else if (str_equal_cstr(newline, "\r") || str_equal_cstr(newline, "\r\n")) {
    strcpy(t->newline, str_chars(newline));
    strcpy(t->write_newline, str_chars(newline));
  } else {
    err_format(ts, EXC(ValueError), "illegal newline value: %U", newline);
    return -1;
  }
  return 0;
}

static bool is_utf8_name(Value encoding) {
  char lower[16];
  ssize_t n = str_len(encoding);
  if (!str_is_ascii(encoding) || n > 8) return false;
  for (ssize_t i = 0; i <= n; i++) {
    char c = str_chars(encoding)[i];
    lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '_' ? '-' : c;
  }
  return strcmp(lower, "utf-8") == 0 || strcmp(lower, "utf8") == 0;
}

/* A stream that does not stand at its beginning has its byte order mark already. */
static int note_start(ThreadState *ts, Text *t) {
  Value seekable = attr_get_cstr(ts, t->buffer, "seekable"), yes = seekable ? call0(ts, seekable) : NULL;
  xdecref(ts, seekable);
  int can_seek = yes ? truth(ts, yes) : -1;
  xdecref(ts, yes);
  if (can_seek <= 0) return can_seek;
  Value at = call_method0(ts, t->buffer, ID(tell));
  if (at) t->started = at != small_int_value(0);
  xdecref(ts, at);
  return at ? 0 : -1;
}

static int text_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"buffer", "encoding", "errors", "newline", "line_buffering", "write_through"};
  static const ArgSpec spec = {"TextIOWrapper", 0, 6, 1, 6, names};
  Value given[6];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  Text *t = as_text(self);
  for (int i = 1; i < 3; i++)
    if (given[i] && given[i] != V_NONE && !is_str(given[i])) {
      err_format(ts, EXC(TypeError), "TextIOWrapper() argument '%s' must be str or None, not %T", names[i], given[i]);
      return -1;
    }
  if (set_newline(ts, t, given[3]) < 0) return -1;
  int line = given[4] ? truth(ts, given[4]) : 0, through = given[5] ? truth(ts, given[5]) : 0;
  if (line < 0 || through < 0) return -1;
  t->line_buffering = line;
  t->write_through = through;
  Value encoding = given[1] && given[1] != V_NONE && !str_equal_cstr(given[1], "locale") ? incref(given[1]) : str_from_ascii(ts, "UTF-8");
  Value errors = given[2] && given[2] != V_NONE ? incref(given[2]) : incref(ID(strict));
  if (encoding == NULL) return -1;
  Value probe = str_encode(ts, ts->interp->empty_str, str_chars(encoding), "strict"); /* LookupError: unknown encoding */
  if (probe == NULL) {
    decref(ts, encoding);
    decref(ts, errors);
    return -1;
  }
  decref(ts, probe);
  replace(ts, &t->encoding, encoding);
  replace(ts, &t->errors, errors);
  t->is_utf8 = is_utf8_name(encoding);
  const char *const questions[] = {"readable", "writable"};
  bool *const answers[] = {&t->can_read, &t->can_write};
  for (int i = 0; i < 2; i++) {
    Value m = attr_get_cstr(ts, given[0], questions[i]), yes = m ? call0(ts, m) : NULL;
    xdecref(ts, m);
    if (yes == NULL) return -1;
    *answers[i] = truth(ts, yes) == 1;
    decref(ts, yes);
  }
  replace(ts, &t->buffer, incref(given[0]));
  replace(ts, &t->ahead, NULL);
  t->ahead_pos = t->tail_length = 0;
  t->out_length = 0;
  t->ended = t->pending_cr = t->detached = t->started = t->iterating = false;
  return t->can_write && !t->is_utf8 ? note_start(ts, t) : 0;
}
static void text_dealloc(ThreadState *ts, Value self) {
  Text *t = as_text(self);
  attrs_release(ts, self);
  xdecref(ts, t->buffer);
  xdecref(ts, t->encoding);
  xdecref(ts, t->errors);
  xdecref(ts, t->ahead);
  mem_free(ts, t->out);
  object_release(ts, self);
}
static int text_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_text(self)->buffer);
  return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg);
}

/* ---- writing ---- */

static int flush_out(ThreadState *ts, Text *t) {
  if (t->out_length == 0) return 0;
  Value data = bytes_new(ts, t->out, t->out_length);
  if (data == NULL) return -1;
  t->out_length = 0; /* as CPython: what could not be written is not tried again */
  Value r = call_method1(ts, t->buffer, ID(write), data);
  decref(ts, data);
  xdecref(ts, r);
  return r ? 0 : -1;
}

static int put_bytes(ThreadState *ts, Text *t, const char *p, ssize_t n) {
  if (n == 0) return 0;
  if (t->out_length + n > t->out_capacity) {
    ssize_t capacity = t->out_length + n > CHUNK ? t->out_length + n : CHUNK;
    char *grown = mem_realloc(ts, t->out, (size_t)capacity);
    if (grown == NULL) return -1;
    t->out = grown;
    t->out_capacity = capacity;
  }
  memcpy(t->out + t->out_length, p, (size_t)n);
  t->out_length += n;
  return 0;
}

static Value text_write(NATIVE_ARGS) {
  Text *t = as_text(self);
  Value s = args[0];
  if (!is_str(s)) return err_format(ts, EXC(TypeError), "write() argument must be str, not %T", s);
  if (check(ts, t) < 0) return NULL;
  if (!t->can_write) return io_unsupported(ts, "not writable");
  ssize_t n = str_len(s);
  bool has_newline = (t->line_buffering || t->write_newline[0]) && str_find_char(s, '\n', 0, n) >= 0;
  Value text = incref(s);
  if (has_newline && t->write_newline[0]) {
    Value to = str_from_ascii(ts, t->write_newline);
    replace(ts, &text, to ? str_replace(ts, s, ts->interp->latin1['\n'], to, -1) : NULL);
    xdecref(ts, to);
    if (text == NULL) return NULL;
  }
  int failed;
  if (t->is_utf8 && str_is_ascii(text)) {
    failed = put_bytes(ts, t, str_chars(text), str_len(text));
  } else {
    const char *encoding = str_chars(t->encoding);
    if (t->started && strncasecmp(encoding, "utf-16", 7) == 0) encoding = "utf-16-le"; /* the mark comes once */
    if (t->started && strncasecmp(encoding, "utf-32", 7) == 0) encoding = "utf-32-le";
    if (t->started && strncasecmp(encoding, "utf-8-sig", 10) == 0) encoding = "utf-8";
    Value b = str_encode(ts, text, encoding, str_chars(t->errors));
    failed = b ? put_bytes(ts, t, bytes_data(b), bytes_len(b)) : -1;
    xdecref(ts, b);
  }
  decref(ts, text);
  if (failed < 0) return NULL;
  t->started = true;
  if (t->ahead) { /* reading and writing mixed: what was read ahead is forgotten */
    CLEAR(t->ahead);
    t->ahead_pos = 0;
  }
  bool now = t->write_through || (t->line_buffering && (has_newline || str_find_char(s, '\r', 0, n) >= 0));
  if ((t->out_length >= CHUNK || now) && flush_out(ts, t) < 0) return NULL;
  if (t->line_buffering && now && io_call(ts, t->buffer, ID(flush)) < 0) return NULL;
  return int_from_i64(ts, n);
}
static Value text_flush(NATIVE_ARGS) {
  as_text(self)->iterating = false;
  Text *t = as_text(self);
  if (check(ts, t) < 0 || flush_out(ts, t) < 0) return NULL;
  return call_method0(ts, t->buffer, ID(flush));
}

/* ---- reading ---- */

/* Bytes at the end of p that begin a UTF-8 character without its rest. */
static int utf8_unfinished(const unsigned char *p, ssize_t n) {
  for (int back = 1; back <= 3 && back <= n; back++) {
    unsigned char c = p[n - back];
    if (c < 0x80) return 0;
    if (c >= 0xC0) {
      int need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
      return need > back ? back : 0;
    }
  }
  return 0;
}

/* \r\n and \r become \n. Takes s; a \r at the very end waits for what follows unless `final`. */
static Value translate(ThreadState *ts, Text *t, STEALS Value s, bool final) {
  ssize_t n = str_len(s);
  if (t->pending_cr) {
    Value cr = ts->interp->latin1['\r'], joined = str_concat(ts, cr, s);
    decref(ts, s);
    t->pending_cr = false;
    if (joined == NULL) return NULL;
    s = joined;
    n++;
  }
  if (!final && n && str_at(s, n - 1) == '\r') {
    t->pending_cr = true;
    Value cut = str_substring(ts, s, 0, n - 1);
    decref(ts, s);
    if (cut == NULL) return NULL;
    s = cut;
    n--;
  }
  if (!t->translate || str_find_char(s, '\r', 0, n) < 0) {
    if (!t->seen_lf && str_find_char(s, '\n', 0, n) >= 0) t->seen_lf = true;
    return s;
  }
  StrBuilder b;
  strb_init(&b, ts);
  int failed = 0;
  for (ssize_t i = 0; i < n && !failed; i++) {
    Char c = str_at(s, i);
    if (c == '\r') {
      bool pair = i + 1 < n && str_at(s, i + 1) == '\n';
      if (pair) i++;
      *(pair ? &t->seen_crlf : &t->seen_cr) = true;
      c = '\n';
    } else if (c == '\n') {
      t->seen_lf = true;
    }
    failed = strb_char(&b, c);
  }
  decref(ts, s);
  if (failed) {
    strb_drop(&b);
    return NULL;
  }
  return strb_finish(&b);
}

/* Decode one more chunk onto `ahead`: 1 got some, 0 end, -1 error. */
static int read_chunk(ThreadState *ts, Text *t, bool everything) {
  bool whole = everything || !(t->is_utf8 || strncasecmp(str_chars(t->encoding), "ascii", 6) == 0 || strncasecmp(str_chars(t->encoding), "latin", 5) == 0 || strncasecmp(str_chars(t->encoding), "iso", 3) == 0);
  Value size = small_int_value(whole ? -1 : CHUNK), data = NULL, read1 = NULL;
  if (whole) {
    data = call_method1(ts, t->buffer, ID(read), size);
  } else {
    bool failed;
    read1 = attr_get_optional(ts, t->buffer, ID(read1), &failed);
    data = failed ? NULL : read1 ? call1(ts, read1, size) : call_method1(ts, t->buffer, ID(read), size);
    xdecref(ts, read1);
  }
  if (data == NULL) return -1;
  if (!is_bytes(data)) {
    err_format(ts, EXC(TypeError), "underlying read1() should have returned a bytes-like object, not '%T'", data);
    decref(ts, data);
    return -1;
  }
  bool end = bytes_len(data) == 0;
  ssize_t n = bytes_len(data) + t->tail_length;
  char *p = mem_alloc(ts, (size_t)n + 1);
  if (p == NULL) {
    decref(ts, data);
    return -1;
  }
  memcpy(p, t->tail, (size_t)t->tail_length);
  memcpy(p + t->tail_length, bytes_data(data), (size_t)bytes_len(data));
  decref(ts, data);
  int unfinished = end || whole || !t->is_utf8 ? 0 : utf8_unfinished((unsigned char *)p, n);
  Value text = str_decode(ts, p, n - unfinished, str_chars(t->encoding), str_chars(t->errors));
  memcpy(t->tail, p + n - unfinished, (size_t)unfinished);
  t->tail_length = unfinished;
  mem_free(ts, p);
  if (text && t->universal) text = translate(ts, t, text, end || whole);
  if (text == NULL) return -1;
  if (t->ahead && t->ahead_pos < str_len(t->ahead)) {
    Value rest = t->ahead_pos ? str_substring(ts, t->ahead, t->ahead_pos, str_len(t->ahead)) : incref(t->ahead);
    Value joined = rest ? str_concat(ts, rest, text) : NULL;
    xdecref(ts, rest);
    decref(ts, text);
    if (joined == NULL) return -1;
    text = joined;
  }
  replace(ts, &t->ahead, text);
  t->ahead_pos = 0;
  return end && unfinished == 0 ? 0 : 1;
}
static int start_reading(ThreadState *ts, Text *t) {
  if (check(ts, t) < 0) return -1;
  if (!t->can_read) {
    io_unsupported(ts, "not readable");
    return -1;
  }
  return t->out_length ? flush_out(ts, t) : 0;
}
static Value take(ThreadState *ts, Text *t, ssize_t n) {
  if (t->ahead == NULL || n == 0) return incref(ts->interp->empty_str);
  Value r = str_substring(ts, t->ahead, t->ahead_pos, t->ahead_pos + n);
  if (r) t->ahead_pos += n;
  if (t->ahead_pos == str_len(t->ahead)) {
    CLEAR(t->ahead);
    t->ahead_pos = 0;
  }
  return r;
}
static ssize_t available(Text *t) { return t->ahead ? str_len(t->ahead) - t->ahead_pos : 0; }

static Value text_read(NATIVE_ARGS) {
  Text *t = as_text(self);
  ssize_t n;
  if (io_size_arg(ts, args, nargs, &n) < 0 || start_reading(ts, t) < 0) return NULL;
  if (n < 0) {
    if (read_chunk(ts, t, true) < 0) return NULL;
    return take(ts, t, available(t));
  }
  while (available(t) < n) {
    int r = read_chunk(ts, t, false);
    if (r < 0) return NULL;
    if (r == 0) break;
  }
  return take(ts, t, n < available(t) ? n : available(t));
}

/* Length of the line at ahead_pos with its end, or -1 when its end is not there yet. */
static ssize_t line_length(Text *t) {
  ssize_t n = str_len(t->ahead);
  if (t->universal && !t->translate) {
    for (ssize_t i = t->ahead_pos; i < n; i++) {
      Char c = str_at(t->ahead, i);
      if (c == '\n') return i + 1 - t->ahead_pos;
      if (c == '\r') return (i + 1 < n && str_at(t->ahead, i + 1) == '\n' ? i + 2 : i + 1) - t->ahead_pos;
    }
    return -1;
  }
  Char last = t->universal ? '\n' : (Char)t->newline[strlen(t->newline) - 1];
  for (ssize_t i = t->ahead_pos;;) {
    i = str_find_char(t->ahead, last, i, n);
    if (i < 0) return -1;
    if (t->newline[0] && t->newline[1] && !(i > t->ahead_pos && str_at(t->ahead, i - 1) == '\r')) {
      i++;
      continue;
    }
    return i + 1 - t->ahead_pos;
  }
}
static Value read_line(ThreadState *ts, Text *t, ssize_t limit) {
  for (;;) {
    ssize_t n = t->ahead ? line_length(t) : -1;
    if (n >= 0 || (limit >= 0 && available(t) >= limit)) {
      if (n < 0 || (limit >= 0 && n > limit)) n = limit;
      return take(ts, t, n);
    }
    int r = read_chunk(ts, t, false);
    if (r < 0) return NULL;
    if (r == 0) {
      n = t->ahead ? line_length(t) : -1;
      if (n < 0) n = available(t);
      return take(ts, t, limit >= 0 && n > limit ? limit : n);
    }
  }
}
static Value text_readline(NATIVE_ARGS) {
  ssize_t n;
  return io_size_arg(ts, args, nargs, &n) < 0 || start_reading(ts, as_text(self)) < 0 ? NULL : read_line(ts, as_text(self), n);
}
static Value text_next(ThreadState *ts, Value self) {
  if (start_reading(ts, as_text(self)) < 0) return NULL;
  Value line = read_line(ts, as_text(self), -1);
  if (line && str_len(line) == 0) CLEAR(line);
  as_text(self)->iterating = line != NULL;
  return line;
}

/* ---- position ---- */

/* The position of what is read next: the buffer's, less the bytes of the text that waits. */
static Value text_tell(NATIVE_ARGS) {
  Text *t = as_text(self);
  if (check(ts, t) < 0) return NULL;
  if (t->iterating) return err_format(ts, EXC(OSError), "telling position disabled by next() call");
  if (flush_out(ts, t) < 0 || io_call(ts, t->buffer, ID(flush)) < 0) return NULL;
  Value at = call_method0(ts, t->buffer, ID(tell));
  int64_t n;
  if (at == NULL || num_as_i64(ts, at, &n) < 0) {
    xdecref(ts, at);
    return NULL;
  }
  decref(ts, at);
  if (t->ahead) {
    Value rest = str_substring(ts, t->ahead, t->ahead_pos, str_len(t->ahead));
    Value b = rest ? str_encode(ts, rest, str_chars(t->encoding), "surrogateescape") : NULL;
    xdecref(ts, rest);
    if (b == NULL) return NULL;
    n -= bytes_len(b);
    decref(ts, b);
  }
  return int_from_i64(ts, n - t->tail_length - t->pending_cr);
}
static Value text_seek(NATIVE_ARGS) {
  Text *t = as_text(self);
  int whence = 0;
  if (check(ts, t) < 0 || (nargs > 1 && num_as_int(ts, args[1], &whence) < 0)) return NULL;
  Value target = num_index(ts, args[0]);
  if (target == NULL) return NULL;
  if (whence == 1 && int_sign(target) != 0) return io_unsupported(ts, "can't do nonzero cur-relative seeks");
  if (whence == 2 && int_sign(target) != 0) return io_unsupported(ts, "can't do nonzero end-relative seeks");
  if (whence == 0 && int_sign(target) < 0) return err_format(ts, EXC(ValueError), "negative seek position %R", target);
  if (whence < 0 || whence > 2) return err_format(ts, EXC(ValueError), "invalid whence (%d, should be %d, %d or %d)", whence, 0, 1, 2);
  if (whence == 1) {
    decref(ts, target);
    if ((target = text_tell(ts, self, NULL, 0, NULL)) == NULL) return NULL;
    whence = 0;
  }
  if (flush_out(ts, t) < 0 || io_call(ts, t->buffer, ID(flush)) < 0) {
    decref(ts, target);
    return NULL;
  }
  Value pair[] = {target, small_int_value(whence)}, r = call_method(ts, t->buffer, ID(seek), pair, 2);
  CLEAR(t->ahead);
  t->ahead_pos = t->tail_length = 0;
  t->pending_cr = t->ended = t->iterating = false;
  if (r) t->started = r != small_int_value(0);
  decref(ts, target);
  return r;
}
static Value text_truncate(NATIVE_ARGS) {
  if (check(ts, as_text(self)) < 0 || io_call(ts, self, ID(flush)) < 0) return NULL;
  Value at = nargs && args[0] != V_NONE ? incref(args[0]) : text_tell(ts, self, NULL, 0, NULL);
  Value r = at ? call_method1(ts, as_text(self)->buffer, ID(truncate), at) : NULL;
  xdecref(ts, at);
  return r;
}

/* ---- the rest ---- */

static Value text_close(NATIVE_ARGS) {
  Text *t = as_text(self);
  if (t->buffer == NULL) return check(ts, t) < 0 ? NULL : V_NONE;
  bool failed, closed = io_is_closed(ts, t->buffer, &failed);
  if (failed) return NULL;
  if (closed) return V_NONE;
  int flushed = io_call(ts, self, ID(flush));
  Value pending = err_fetch(ts);
  int r = io_call(ts, t->buffer, ID(close));
  if (flushed < 0) err_chain(ts, pending);
  return flushed < 0 || r < 0 ? NULL : V_NONE;
}
static Value text_detach(NATIVE_ARGS) {
  Text *t = as_text(self);
  if (check(ts, t) < 0 || io_call(ts, self, ID(flush)) < 0) return NULL;
  Value b = t->buffer;
  t->buffer = NULL;
  t->detached = true;
  return b;
}
static Value text_reconfigure(NATIVE_ARGS) {
  static const char *const names[] = {"encoding", "errors", "newline", "line_buffering", "write_through"};
  static const ArgSpec spec = {"reconfigure", 0, 0, 0, 5, names};
  Value given[5];
  Text *t = as_text(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || check(ts, t) < 0 || flush_out(ts, t) < 0) return NULL;
  if (given[0] && given[0] != V_NONE) {
    if (!is_str(given[0])) return err_format(ts, EXC(TypeError), "reconfigure() argument 'encoding' must be str or None, not %T", given[0]);
    Value probe = str_encode(ts, ts->interp->empty_str, str_chars(given[0]), "strict");
    if (probe == NULL) return NULL;
    decref(ts, probe);
    replace(ts, &t->encoding, incref(given[0]));
    t->is_utf8 = is_utf8_name(given[0]);
    if (!given[1] || given[1] == V_NONE) replace(ts, &t->errors, incref(ID(strict)));
  }
  if (given[1] && given[1] != V_NONE) replace(ts, &t->errors, incref(given[1]));
  if (given[2] && set_newline(ts, t, given[2]) < 0) return NULL;
  int v;
  if (given[3] && given[3] != V_NONE) {
    if ((v = truth(ts, given[3])) < 0) return NULL;
    t->line_buffering = v;
  }
  if (given[4] && given[4] != V_NONE) {
    if ((v = truth(ts, given[4])) < 0) return NULL;
    t->write_through = v;
  }
  return V_NONE;
}
static Value forward(ThreadState *ts, Value self, const char *name) {
  Text *t = as_text(self);
  if (check(ts, t) < 0) return NULL;
  Value m = attr_get_cstr(ts, t->buffer, name), r = m ? call0(ts, m) : NULL;
  xdecref(ts, m);
  return r;
}
static Value text_fileno(NATIVE_ARGS) { return forward(ts, self, "fileno"); }
static Value text_isatty(NATIVE_ARGS) { return forward(ts, self, "isatty"); }
static Value text_readable(NATIVE_ARGS) { return forward(ts, self, "readable"); }
static Value text_writable(NATIVE_ARGS) { return forward(ts, self, "writable"); }
static Value text_seekable(NATIVE_ARGS) { return forward(ts, self, "seekable"); }
static Value get_encoding(ThreadState *ts, Value self) { return incref(as_text(self)->encoding); }
static Value get_errors(ThreadState *ts, Value self) { return incref(as_text(self)->errors); }
static Value get_buffer(ThreadState *ts, Value self) { return as_text(self)->buffer ? incref(as_text(self)->buffer) : check(ts, as_text(self)) < 0 ? NULL : V_NONE; }
static Value get_closed(ThreadState *ts, Value self) {
  Text *t = as_text(self);
  if (t->buffer == NULL) {
    check(ts, t);
    return NULL;
  }
  return attr_get(ts, t->buffer, ID(closed));
}
static Value get_name(ThreadState *ts, Value self) { return as_text(self)->buffer ? attr_get(ts, as_text(self)->buffer, ID(name)) : get_closed(ts, self); }
static Value get_line_buffering(ThreadState *ts, Value self) { return bool_value(as_text(self)->line_buffering); }
static Value get_write_through(ThreadState *ts, Value self) { return bool_value(as_text(self)->write_through); }
static Value get_newlines(ThreadState *ts, Value self) { return io_newlines(ts, as_text(self)->seen_cr, as_text(self)->seen_lf, as_text(self)->seen_crlf); }
Value io_newlines(ThreadState *ts, bool seen_cr, bool seen_lf, bool seen_crlf) {
  Value list = list_new(ts, 3);
  const char *names[] = {seen_cr ? "\r" : NULL, seen_lf ? "\n" : NULL, seen_crlf ? "\r\n" : NULL};
  for (int i = 0; list && i < 3; i++)
    if (names[i] && list_append_steal(ts, list, str_from_ascii(ts, names[i])) < 0) CLEAR(list);
  if (list == NULL) return NULL;
  Value r = list_len(list) == 0 ? V_NONE : list_len(list) == 1 ? incref(list_get(list, 0)) : list_to_tuple(ts, list);
  decref(ts, list);
  return r;
}
static Value text_repr(ThreadState *ts, Value self) {
  Text *t = as_text(self);
  bool failed = false;
  if (t->encoding == NULL) return err_format(ts, EXC(ValueError), "I/O operation on uninitialized object");
  Value name = t->buffer ? attr_get_optional(ts, t->buffer, ID(name), &failed) : NULL, mode = instance_get(ts, self, ID(mode));
  err_clear(ts);
  StrBuilder b;
  strb_init(&b, ts);
  Value part = str_from_ascii(ts, "<_io.TextIOWrapper"), n = name ? str_format(ts, " name=%R", name) : NULL, m = mode ? str_format(ts, " mode=%R", mode) : NULL, e = str_format(ts, " encoding=%R>", t->encoding ? t->encoding : V_NONE);
  int bad = part == NULL || e == NULL || strb_str(&b, part) < 0 || (n && strb_str(&b, n) < 0) || (m && strb_str(&b, m) < 0) || strb_str(&b, e) < 0;
  Value parts[] = {part, n, m, e, name};
  for (int i = 0; i < 5; i++) xdecref(ts, parts[i]);
  if (bad) {
    strb_drop(&b);
    return NULL;
  }
  return strb_finish(&b);
}
static void text_finalize(ThreadState *ts, Value self) {
  if (as_text(self)->buffer == NULL) return;
  io_warn_unclosed(ts, as_text(self)->buffer, self);
  io_finalize(ts, self);
}
static const MethodDef methods[] = {
    {"write", text_write, 1, 1, 0, NULL}, {"flush", text_flush, 0, 0, 0, NULL}, {"read", text_read, 0, 1, 0, NULL}, {"readline", text_readline, 0, 1, 0, NULL}, {"tell", text_tell, 0, 0, 0, NULL},
    {"seek", text_seek, 1, 2, 0, NULL}, {"truncate", text_truncate, 0, 1, 0, NULL}, {"close", text_close, 0, 0, 0, NULL}, {"detach", text_detach, 0, 0, 0, NULL}, {"reconfigure", text_reconfigure, 0, -1, METHOD_KW, NULL},
    {"fileno", text_fileno, 0, 0, 0, NULL}, {"isatty", text_isatty, 0, 0, 0, NULL}, {"readable", text_readable, 0, 0, 0, NULL}, {"writable", text_writable, 0, 0, 0, NULL}, {"seekable", text_seekable, 0, 0, 0, NULL}, {0}};
static const GetSetDef getsets[] = {{"encoding", get_encoding, NULL, NULL}, {"errors", get_errors, NULL, NULL}, {"buffer", get_buffer, NULL, NULL}, {"closed", get_closed, NULL, NULL}, {"name", get_name, NULL, NULL},
                                    {"line_buffering", get_line_buffering, NULL, NULL}, {"write_through", get_write_through, NULL, NULL}, {"newlines", get_newlines, NULL, NULL}, {0}};

int io_text_init(ThreadState *ts, Value module, IoState *s) {
  static const TypeSpec spec = {.name = "_io.TextIOWrapper", .doc = "Character and line based layer over a BufferedIOBase object, buffer.", .size = sizeof(Text), .flags = TYPE_BASETYPE, .methods = methods, .getsets = getsets,
                                .slots = {.new = text_new, .init = text_init, .dealloc = text_dealloc, .traverse = text_traverse, .repr = text_repr, .next = text_next, .finalize = text_finalize}};
  return io_add_type(ts, module, &spec, s->text_base, &s->text);
}

/* ---- the standard streams ---- */

int io_open_standard_streams(ThreadState *ts);

/* FileIO(fd, mode, closefd=False), or NULL without an exception: it is closed, or not a file. */
static Value standard_file(ThreadState *ts, int fd, const char *mode) {
  Value args[] = {small_int_value(fd), str_from_ascii(ts, mode), V_FALSE};
  Value keyword = str_intern_cstr(ts, "closefd"), names = keyword ? tuple_of1(ts, keyword) : NULL;
  Value raw = args[1] && names ? call(ts, (Value)io_state(ts)->file_io, args, 2, names) : NULL;
  xdecref(ts, args[1]);
  xdecref(ts, keyword);
  xdecref(ts, names);
  if (raw == NULL) err_clear(ts);
  return raw;
}

static Value standard_stream(ThreadState *ts, int fd, const char *name, const char *mode, const char *errors) {
  Value raw = standard_file(ts, fd, mode);
  if (raw == NULL) return V_NONE; /* as Python has it */
  Value label = str_from_ascii(ts, name);
  if (label) instance_set(ts, raw, ID(name), label);
  bool through = fd > 0 && ts->interp->unbuffered;
  Value buffer = through ? incref(raw) : call1(ts, fd == 0 ? (Value)io_state(ts)->reader : (Value)io_state(ts)->writer, raw);
  Value encoding = str_from_ascii(ts, "utf-8"), handler = str_from_ascii(ts, errors), newline = str_from_ascii(ts, "\n");
  Value text_args[] = {buffer, encoding, handler, fd == 0 ? V_NONE : newline, bool_value(fd == 2 || isatty(fd)), bool_value(through)};
  Value text = buffer && encoding && handler ? call_args(ts, (Value)io_state(ts)->text, text_args, 6) : NULL;
  Value text_mode = str_from_ascii(ts, fd == 0 ? "r" : "w");
  if (text && text_mode) instance_set(ts, text, ID(mode), text_mode);
  Value used[] = {raw, label, buffer, encoding, handler, newline, text_mode};
  for (size_t i = 0; i < sizeof used / sizeof *used; i++) xdecref(ts, used[i]);
  return text;
}

int io_open_standard_streams(ThreadState *ts) {
  Value module = import_module(ts, "_io");
  if (module == NULL) return -1;
  static const struct {
    const char *name, *label, *mode, *errors;
  } rows[] = {{"stdin", "<stdin>", "rb", "strict"}, {"stdout", "<stdout>", "wb", "strict"}, {"stderr", "<stderr>", "wb", "backslashreplace"}};
  for (int fd = 0; fd < 3; fd++) {
    Value s = standard_stream(ts, fd, rows[fd].label, rows[fd].mode, rows[fd].errors);
    if (s == NULL || sys_set(ts, rows[fd].name, s) < 0) return -1;
    char saved[16];
    snprintf(saved, sizeof saved, "__%s__", rows[fd].name);
    if (sys_set(ts, saved, s) < 0) return -1;
    decref(ts, s);
  }
  Value open = attr_get(ts, module, ID(open));
  int r = open ? dict_set(ts, (Value)ts->interp->builtins, ID(open), open) : -1;
  xdecref(ts, open);
  decref(ts, module);
  return r;
}
