/* io_buffered.c - BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair.
 *
 *   reading:  buf | read already | pos ... end: not yet given out |      the raw stream stands at `end`
 *   writing:  buf | 0 ... pending: not yet written               |      the raw stream stands at 0
 *
 * Keeps true: never both at once: a write first seeks back over what was read ahead, a read first flushes.
 * Locks: the interpreter's lock goes while the raw stream reads or writes, so each object has a mutex of its own, taken by the methods' outer
 *   forms (LOCKED). A method that is called again from inside itself (a signal handler that prints) is a RuntimeError, as in CPython.
 * Next: io_text.c. CPython: Modules/_io/bufferedio.c. */
#include <errno.h>

#include "gil/lock/mutex.h"
#include "runtime/modules/io/io_internal.h"

typedef struct {
  Object base;
  Value raw;
  char *buf;
  ssize_t capacity, pos, end, pending;
  bool readable, writable, detached;
  Mutex mutex;    /* held by a method that looks at the buffer, across its reads and writes */
  uint32_t owner; /* id of the thread that holds it; written by that thread */
} Buffered;
static Buffered *as_buffered(Value v) { return (Buffered *)v; }

static int check(ThreadState *ts, Buffered *b) {
  if (b->raw == NULL) {
    err_format(ts, EXC(ValueError), b->detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
    return -1;
  }
  return 0;
}
static FileIO *native_file(ThreadState *ts, Buffered *b) {
  return type_of(ts, b->raw) == io_state(ts)->file_io ? (FileIO *)b->raw : NULL;
}
static int check_raw_open(ThreadState *ts, Buffered *b, const char *what) {
  if (check(ts, b) < 0) return -1;
  FileIO *f = native_file(ts, b);
  bool failed = false, closed = f ? f->fd < 0 : io_is_closed(ts, b->raw, &failed);
  if (failed) return -1;
  if (!closed) return 0;
  err_format(ts, EXC(ValueError), "%s of closed file", what);
  return -1;
}

static int enter(ThreadState *ts, Value self) {
  Buffered *b = as_buffered(self);
  if (UNLIKELY(!mutex_try(&b->mutex))) {
    if (b->owner == ts->sched.id) {
      err_format(ts, EXC(RuntimeError), "reentrant call inside %R", self);
      return -1;
    }
    if (!ts->interp->finalizing) {
      mutex_lock(&ts->sched, &b->mutex);
    } else if (mutex_wait(&ts->sched, &b->mutex, BLOCK_LOCK, sched_thread_now_ns(&ts->sched, CLOCK_OF_MONOTONIC) + 1000000000) != MUTEX_TAKEN) {
      err_format(ts, EXC(RuntimeError), "could not acquire lock for %R at interpreter shutdown, possibly due to daemon threads", self);
      return -1;
    }
  }
  b->owner = ts->sched.id;
  return 0;
}
static void leave(ThreadState *ts, Value self) {
  Buffered *b = as_buffered(self);
  b->owner = 0;
  mutex_unlock(&ts->sched, &b->mutex);
}
/* The outer form of a method. */
#define LOCKED(function) \
  static Value function##_locked(NATIVE_ARGS) { \
    if (enter(ts, self) < 0) return NULL; \
    Value r = function(ts, self, args, nargs, kwnames); \
    leave(ts, self); \
    return r; \
  }

/* What a raw stream written in Python answered: a length, or -2 for None (it would have to wait), or -1: `what` failed. */
static ssize_t raw_length(ThreadState *ts, STEALS NULLABLE Value r, ssize_t most, const char *what) {
  if (r == NULL || r == V_NONE) return r ? -2 : -1;
  ssize_t n = num_as_ssize(ts, r, EXC(ValueError));
  decref(ts, r);
  if (n == -1 && err_occurred(ts)) {
    err_from_cause(ts, EXC(OSError), "raw %s failed", what);
    return -1;
  }
  if (n >= 0 && n <= most) return n;
  err_format(ts, EXC(OSError), "raw %s returned invalid length %zd (should have been between 0 and %zd)", what, n, most);
  return -1;
}
/* Read up to n bytes from the raw stream; 0 end, -1 error, -2 nothing there now. */
static ssize_t raw_read(ThreadState *ts, Buffered *b, char *p, ssize_t n) {
  FileIO *f = native_file(ts, b);
  if (f) return fd_read(ts, f->fd, p, (size_t)n);
  Value mem = bytearray_new(ts, NULL, n), r = mem ? call_method1(ts, b->raw, ID(readinto), mem) : NULL;
  ssize_t got = raw_length(ts, r, n, "readinto()");
  if (got > ((ByteArray *)mem)->length) got = ((ByteArray *)mem)->length; /* it was handed the object and may have shrunk it */
  if (got > 0) memcpy(p, ((ByteArray *)mem)->data, (size_t)got);
  xdecref(ts, mem);
  return got;
}
static ssize_t raw_write(ThreadState *ts, Buffered *b, const char *p, ssize_t n) {
  FileIO *f = native_file(ts, b);
  if (f) return fd_write(ts, f->fd, p, (size_t)n);
  Value data = bytes_new(ts, p, n), r = data ? call_method1(ts, b->raw, ID(write), data) : NULL;
  ssize_t put = raw_length(ts, r, n, "write()");
  xdecref(ts, data);
  return put;
}

/* BlockingIOError with what has been taken of the data at hand (characters_written). */
static void would_block(ThreadState *ts, ssize_t written) {
  Value args[] = {small_int_value(EAGAIN), str_from_ascii(ts, "write could not complete without blocking"), int_from_i64(ts, written)};
  if (args[1] && args[2]) err_set_instance(ts, call_args(ts, EXC(BlockingIOError), args, 3));
  xdecref(ts, args[1]);
  xdecref(ts, args[2]);
}

static int flush_pending(ThreadState *ts, Buffered *b) {
  ssize_t done = 0;
  while (done < b->pending) {
    ssize_t n = raw_write(ts, b, b->buf + done, b->pending - done);
    if (n == -2) would_block(ts, 0);
    if (n < 0) break;
    done += n;
  }
  memmove(b->buf, b->buf + done, (size_t)(b->pending - done));
  b->pending -= done;
  return b->pending ? -1 : 0;
}
/* A position that the raw stream gave, or -1 with an exception. */
static int64_t raw_position(ThreadState *ts, STEALS NULLABLE Value r) {
  int64_t at = -1;
  if (r == NULL || num_as_i64(ts, r, &at) < 0) at = -1;
  else if (at < 0) err_format(ts, EXC(OSError), "Raw stream returned invalid position %lld", (long long)at);
  xdecref(ts, r);
  return at < 0 ? -1 : at;
}
static int64_t raw_seek(ThreadState *ts, Buffered *b, int64_t offset, int whence) {
  Value args[] = {int_from_i64(ts, offset), small_int_value(whence)};
  Value r = args[0] ? call_method(ts, b->raw, ID(seek), args, 2) : NULL;
  return raw_position(ts, r);
}
/* Forget what was read ahead, and put the raw stream where the reader is. */
static int drop_read_ahead(ThreadState *ts, Buffered *b) {
  ssize_t ahead = b->end - b->pos;
  b->pos = b->end = 0;
  return ahead > 0 && raw_seek(ts, b, -ahead, 1) < 0 ? -1 : 0;
}

static Value buffered_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return object_new_instance(ts, type); }
static int init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames, const char *name, bool reads, bool writes) {
  static const char *const names[] = {"raw", "buffer_size"};
  ArgSpec spec = {name, 0, 2, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  ssize_t size = 8192;
  if (given[1] && (size = num_as_ssize(ts, given[1], EXC(OverflowError))) == -1 && err_occurred(ts)) return -1;
  if (size <= 0) {
    err_format(ts, EXC(ValueError), "buffer size must be strictly positive");
    return -1;
  }
  const char *checks[] = {reads ? "readable" : NULL, writes ? "writable" : NULL, reads && writes ? "seekable" : NULL};
  for (int i = 0; i < 3; i++) {
    if (checks[i] == NULL) continue;
    Value m = attr_get_cstr(ts, given[0], checks[i]), r = m ? call0(ts, m) : NULL;
    xdecref(ts, m);
    if (r == NULL) return -1;
    int t = truth(ts, r);
    decref(ts, r);
    if (t == 0) err_format(ts, i == 2 ? (Value)io_state(ts)->unsupported : EXC(OSError), "File or stream is not %s.", checks[i]);
    if (t <= 0) return -1;
  }
  Buffered *b = as_buffered(self);
  char *buf = mem_realloc(ts, b->buf, (size_t)size);
  if (buf == NULL) return -1;
  b->buf = buf;
  b->capacity = size;
  b->pos = b->end = b->pending = 0;
  b->readable = reads;
  b->writable = writes;
  b->detached = false;
  replace(ts, &b->raw, incref(given[0]));
  return 0;
}
static int reader_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return init(ts, self, args, nargs, kwnames, "BufferedReader", true, false); }
static int writer_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return init(ts, self, args, nargs, kwnames, "BufferedWriter", false, true); }
static int random_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return init(ts, self, args, nargs, kwnames, "BufferedRandom", true, true); }

static void buffered_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  xdecref(ts, as_buffered(self)->raw);
  mem_free(ts, as_buffered(self)->buf);
  object_release(ts, self);
}
static int buffered_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_buffered(self)->raw);
  return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg);
}

/* ---- reading ---- */

/* Fill the empty buffer: bytes got, 0 end, -1, -2. */
static ssize_t fill(ThreadState *ts, Buffered *b) {
  b->pos = b->end = 0;
  ssize_t n = raw_read(ts, b, b->buf, b->capacity);
  if (n > 0) b->end = n;
  return n;
}
static int start_reading(ThreadState *ts, Buffered *b, const char *what) {
  if (check_raw_open(ts, b, what) < 0) return -1;
  if (!b->readable) {
    io_unsupported(ts, "read");
    return -1;
  }
  return b->pending ? flush_pending(ts, b) : 0;
}

/* What was read ahead, and all that readall() of a raw stream written in Python gives. *has_none: it has no such method. */
static Value read_all(ThreadState *ts, Buffered *b, bool *has_none) {
  bool failed = false;
  Value name = str_intern_cstr(ts, "readall"), readall = name ? attr_get_optional(ts, b->raw, name, &failed) : NULL;
  failed = failed || name == NULL;
  xdecref(ts, name);
  *has_none = readall == NULL && !failed;
  if (readall == NULL) return NULL;
  Value rest = call0(ts, readall);
  decref(ts, readall);
  ssize_t have = b->end - b->pos;
  if (rest == V_NONE && have == 0) return rest;
  if (rest && rest != V_NONE && !is_bytes(rest)) {
    decref(ts, rest);
    return err_format(ts, EXC(TypeError), "readall() should return bytes");
  }
  Value r = NULL;
  if (rest) {
    ssize_t n = rest == V_NONE ? 0 : bytes_len(rest);
    r = bytes_new(ts, NULL, have + n);
    if (r) {
      memcpy(bytes_data(r), b->buf + b->pos, (size_t)have);
      if (n) memcpy(bytes_data(r) + have, bytes_data(rest), (size_t)n);
      b->pos = b->end = 0;
    }
  }
  xdecref(ts, rest);
  return r;
}

/* n < 0: to the end. */
static Value read_bytes(ThreadState *ts, Buffered *b, ssize_t n) {
  ssize_t have = b->end - b->pos;
  if (n >= 0 && n <= have) {
    Value r = bytes_new(ts, b->buf + b->pos, n);
    if (r) b->pos += n;
    return r;
  }
  if (n < 0 && !native_file(ts, b)) {
    bool has_none;
    Value all = read_all(ts, b, &has_none);
    if (!has_none) return all;
  }
  size_t capacity = n >= 0 ? (size_t)n + 1 : (size_t)have + 8192, used = (size_t)have;
  char *p = mem_alloc(ts, capacity);
  if (p == NULL) return NULL;
  memcpy(p, b->buf + b->pos, used);
  b->pos = b->end = 0;
  bool nothing = false;
  while (n < 0 || used < (size_t)n) {
    if (used == capacity) {
      char *grown = mem_realloc(ts, p, capacity * 2);
      if (grown == NULL) {
        mem_free(ts, p);
        return NULL;
      }
      p = grown;
      capacity *= 2;
    }
    ssize_t want = n < 0 ? (ssize_t)(capacity - used) : n - (ssize_t)used, got;
    if (n >= 0 && want < b->capacity) { /* the tail through the buffer */
      got = fill(ts, b);
      if (got > 0) {
        if (got > want) got = want;
        memcpy(p + used, b->buf, (size_t)got);
        b->pos = got;
      }
    } else {
      got = raw_read(ts, b, p + used, want);
    }
    if (got == -1) {
      mem_free(ts, p);
      return NULL;
    }
    if (got <= 0) {
      nothing = got == -2 && used == 0;
      break;
    }
    used += (size_t)got;
  }
  Value r = nothing ? V_NONE : bytes_new(ts, p, (ssize_t)used);
  mem_free(ts, p);
  return r;
}
static Value buffered_read(NATIVE_ARGS) {
  ssize_t n;
  if (nargs && args[0] != V_NONE && !has_index(ts, args[0])) return err_format(ts, EXC(TypeError), "argument should be integer or None, not '%T'", args[0]);
  if (io_size_arg(ts, args, nargs, &n) < 0) return NULL;
  if (n < -1) return err_format(ts, EXC(ValueError), "read length must be non-negative or -1");
  return start_reading(ts, as_buffered(self), "read") < 0 ? NULL : read_bytes(ts, as_buffered(self), n);
}
static Value buffered_read1(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  ssize_t n;
  if (io_size_arg(ts, args, nargs, &n) < 0 || start_reading(ts, b, "read") < 0) return NULL;
  if (n < 0) n = b->capacity;
  if (b->pos == b->end && n > 0 && fill(ts, b) == -1) return NULL;
  ssize_t have = b->end - b->pos;
  return read_bytes(ts, b, n < have ? n : have);
}
static Value buffered_peek(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  if (start_reading(ts, b, "peek") < 0) return NULL;
  if (b->pos == b->end && fill(ts, b) == -1) return NULL;
  return bytes_new(ts, b->buf + b->pos, b->end - b->pos);
}
/* Fill p from what was read ahead and then from the raw stream, which is asked once at most with `once`, and not at all if there was something. */
static Value read_into(ThreadState *ts, Buffered *b, char *p, ssize_t n, bool once) {
  ssize_t used = 0;
  bool nothing = false;
  for (;;) {
    ssize_t have = b->end - b->pos, part = have < n - used ? have : n - used;
    memcpy(p + used, b->buf + b->pos, (size_t)part);
    b->pos += part;
    used += part;
    if (used == n || (once && used)) break;
    bool direct = n - used > b->capacity; /* past the buffer */
    if (direct) b->pos = b->end = 0;
    ssize_t got = direct ? raw_read(ts, b, p + used, n - used) : fill(ts, b);
    if (got == -1) return NULL;
    if (got <= 0) {
      nothing = got == -2 && used == 0;
      break;
    }
    if (direct) used += got;
    if (direct && once) break;
  }
  return nothing ? V_NONE : int_from_i64(ts, used);
}
static Value buffered_readinto(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  Buffer view;
  if (start_reading(ts, b, "readinto") < 0 || io_writable_arg(ts, args[0], "readinto", &view) < 0) return NULL;
  Value r = read_into(ts, b, view.data, view.length, false);
  buffer_release(ts, &view);
  return r;
}
static Value buffered_readinto1(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  Buffer view;
  if (start_reading(ts, b, "readinto") < 0 || io_writable_arg(ts, args[0], "readinto1", &view) < 0) return NULL;
  Value r = read_into(ts, b, view.data, view.length, true);
  buffer_release(ts, &view);
  return r;
}
static Value read_line(ThreadState *ts, Buffered *b, ssize_t limit) {
  Value line = NULL;
  for (;;) {
    ssize_t have = b->end - b->pos;
    if (limit >= 0 && have > limit) have = limit;
    char *end = have ? memchr(b->buf + b->pos, '\n', (size_t)have) : NULL;
    ssize_t n = end ? end - (b->buf + b->pos) + 1 : have;
    Value part = bytes_new(ts, b->buf + b->pos, n);
    if (part) b->pos += n;
    if (line && part) {
      Value joined = bytes_new(ts, NULL, bytes_len(line) + n);
      if (joined) {
        memcpy(bytes_data(joined), bytes_data(line), (size_t)bytes_len(line));
        memcpy(bytes_data(joined) + bytes_len(line), bytes_data(part), (size_t)n);
      }
      decref(ts, line);
      decref(ts, part);
      line = joined;
    } else {
      xdecref(ts, line);
      line = part;
    }
    if (line == NULL || end) return line;
    if (limit >= 0 && (limit -= n) == 0) return line;
    ssize_t got = fill(ts, b);
    if (got == -1) {
      decref(ts, line);
      return NULL;
    }
    if (got <= 0) return line;
  }
}
static Value buffered_readline(NATIVE_ARGS) {
  ssize_t n;
  if (io_size_arg(ts, args, nargs, &n) < 0 || start_reading(ts, as_buffered(self), "readline") < 0) return NULL;
  return read_line(ts, as_buffered(self), n);
}
static Value buffered_next(ThreadState *ts, Value self) {
  if (start_reading(ts, as_buffered(self), "readline") < 0) return NULL;
  Value line = read_line(ts, as_buffered(self), -1);
  if (line && bytes_len(line) == 0) CLEAR(line);
  return line;
}

/* ---- writing ---- */

static Value buffered_write(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  Buffer view;
  if (is_str(args[0])) return err_format(ts, EXC(TypeError), "a bytes-like object is required, not 'str'");
  if (check_raw_open(ts, b, "write to") < 0) {
    if (b->raw && err_matches(ts, EXC(ValueError))) {
      err_clear(ts);
      err_format(ts, EXC(ValueError), "write to closed file");
    }
    return NULL;
  }
  if (!b->writable) return io_unsupported(ts, "write");
  if (b->end > 0 && drop_read_ahead(ts, b) < 0) return NULL;
  if (buffer_get(ts, args[0], &view, false) < 0) return NULL;
  Value r = NULL;
  ssize_t n = view.length;
  ssize_t done = 0;
  bool blocked = false;
  if (n > b->capacity - b->pending && flush_pending(ts, b) < 0) {
    if (!err_matches(ts, EXC(BlockingIOError))) goto done;
    err_clear(ts);
    blocked = true;
  }
  while (!blocked && n - done > b->capacity - b->pending) {
    ssize_t put = raw_write(ts, b, view.data + done, n - done);
    if (put == -1) goto done;
    if (put == -2) blocked = true;
    else done += put;
  }
  ssize_t room = b->capacity - b->pending, part = n - done < room ? n - done : room;
  memcpy(b->buf + b->pending, view.data + done, (size_t)part);
  b->pending += part;
  done += part;
  if (done < n) would_block(ts, done);
  else r = int_from_i64(ts, n);
done:
  buffer_release(ts, &view);
  return r;
}
static Value buffered_flush(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  if (check_raw_open(ts, b, "flush") < 0) return NULL;
  if (b->pending && flush_pending(ts, b) < 0) return NULL;
  if (b->readable && b->writable && b->end && drop_read_ahead(ts, b) < 0) return NULL;
  return native_file(ts, b) ? V_NONE : call_method0(ts, b->raw, ID(flush));
}
static Value buffered_close(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  if (check(ts, b) < 0) return NULL;
  bool failed, closed = io_is_closed(ts, b->raw, &failed);
  if (failed) return NULL;
  if (closed) return V_NONE;
  int flushed = io_call(ts, self, ID(flush));
  Value pending = err_fetch(ts);
  int r = io_call(ts, b->raw, ID(close));
  if (flushed < 0) err_chain(ts, pending);
  return flushed < 0 || r < 0 ? NULL : V_NONE;
}
static Value buffered_detach(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  if (check(ts, b) < 0 || io_call(ts, self, ID(flush)) < 0) return NULL;
  Value raw = b->raw;
  b->raw = NULL;
  b->detached = true;
  return raw;
}

/* ---- position and questions ---- */

static Value buffered_tell(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  if (check(ts, b) < 0) return NULL;
  int64_t at = raw_position(ts, call_method0(ts, b->raw, ID(tell)));
  return at < 0 ? NULL : int_from_i64(ts, at - (b->end - b->pos) + b->pending);
}
static Value buffered_seek(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  int64_t offset;
  int whence = 0;
  if (check_raw_open(ts, b, "seek") < 0 || (nargs > 1 && num_as_int(ts, args[1], &whence) < 0) || num_as_i64(ts, args[0], &offset) < 0) return NULL;
  if (whence < 0 || whence > 2) return err_format(ts, EXC(ValueError), "whence value %d unsupported", whence);
  if (b->pending && flush_pending(ts, b) < 0) return NULL;
  if (whence == 1) offset -= b->end - b->pos;
  int64_t at = raw_seek(ts, b, offset, whence);
  if (at < 0) return NULL;
  b->pos = b->end = 0;
  return int_from_i64(ts, at);
}
static Value buffered_truncate(NATIVE_ARGS) {
  Buffered *b = as_buffered(self);
  if (check_raw_open(ts, b, "truncate") < 0) return NULL;
  if (!b->writable) return io_unsupported(ts, "truncate");
  if (b->pending && flush_pending(ts, b) < 0) return NULL;
  Value at = nargs && args[0] != V_NONE ? incref(args[0]) : buffered_tell(ts, self, NULL, 0, NULL);
  Value r = at ? call_method1(ts, b->raw, ID(truncate), at) : NULL;
  xdecref(ts, at);
  return r;
}
static Value forward(ThreadState *ts, Value self, const char *name) {
  Buffered *b = as_buffered(self);
  if (check(ts, b) < 0) return NULL;
  Value m = attr_get_cstr(ts, b->raw, name), r = m ? call0(ts, m) : NULL;
  xdecref(ts, m);
  return r;
}
static Value buffered_fileno(NATIVE_ARGS) { return forward(ts, self, "fileno"); }
static Value buffered_isatty(NATIVE_ARGS) { return forward(ts, self, "isatty"); }
static Value buffered_seekable(NATIVE_ARGS) { return forward(ts, self, "seekable"); }
static Value buffered_readable(NATIVE_ARGS) { return as_buffered(self)->readable ? forward(ts, self, "readable") : V_FALSE; }
static Value buffered_writable(NATIVE_ARGS) { return as_buffered(self)->writable ? forward(ts, self, "writable") : V_FALSE; }
static Value get_raw_attr(ThreadState *ts, Value self, const char *name) { return check(ts, as_buffered(self)) < 0 ? NULL : attr_get_cstr(ts, as_buffered(self)->raw, name); }
static Value get_closed(ThreadState *ts, Value self) { return get_raw_attr(ts, self, "closed"); }
static Value get_name(ThreadState *ts, Value self) { return get_raw_attr(ts, self, "name"); }
static Value get_mode(ThreadState *ts, Value self) { return get_raw_attr(ts, self, "mode"); }
static Value get_raw(ThreadState *ts, Value self) { return as_buffered(self)->raw ? incref(as_buffered(self)->raw) : V_NONE; }
static Value buffered_repr(ThreadState *ts, Value self) {
  Value full = type_full_name(ts, type_of(ts, self));
  bool failed;
  Value name = as_buffered(self)->raw ? attr_get_optional(ts, as_buffered(self)->raw, ID(name), &failed) : NULL;
  err_clear(ts);
  Value r = name ? str_format(ts, "<%U name=%R>", full, name) : str_format(ts, "<%U>", full);
  xdecref(ts, full);
  xdecref(ts, name);
  return r;
}
static void buffered_finalize(ThreadState *ts, Value self) {
  if (as_buffered(self)->raw == NULL) return;
  io_warn_unclosed(ts, as_buffered(self)->raw, self);
  io_finalize(ts, self);
}
Value io_buffered_raw(ThreadState *ts, Value v) {
  IoState *s = io_state(ts);
  Type *t = type_of(ts, v);
  return type_is_subtype(t, s->reader) || type_is_subtype(t, s->writer) || type_is_subtype(t, s->random) ? as_buffered(v)->raw : NULL;
}

LOCKED(buffered_read)
LOCKED(buffered_read1)
LOCKED(buffered_peek)
LOCKED(buffered_readinto)
LOCKED(buffered_readinto1)
LOCKED(buffered_readline)
LOCKED(buffered_write)
LOCKED(buffered_flush)
LOCKED(buffered_seek)
LOCKED(buffered_truncate)
static Value buffered_next_locked(ThreadState *ts, Value self) {
  if (enter(ts, self) < 0) return NULL;
  Value r = buffered_next(ts, self);
  leave(ts, self);
  return r;
}

#define SHARED_METHODS \
  {"flush", buffered_flush_locked, 0, 0, 0, NULL}, {"close", buffered_close, 0, 0, 0, NULL}, {"detach", buffered_detach, 0, 0, 0, NULL}, {"tell", buffered_tell, 0, 0, 0, NULL}, \
      {"seek", buffered_seek_locked, 1, 2, 0, NULL}, {"truncate", buffered_truncate_locked, 0, 1, 0, NULL}, {"fileno", buffered_fileno, 0, 0, 0, NULL}, {"isatty", buffered_isatty, 0, 0, 0, NULL}, \
      {"seekable", buffered_seekable, 0, 0, 0, NULL}, {"readable", buffered_readable, 0, 0, 0, NULL}, {"writable", buffered_writable, 0, 0, 0, NULL}
#define READ_METHODS \
  {"read", buffered_read_locked, 0, 1, 0, NULL}, {"read1", buffered_read1_locked, 0, 1, 0, NULL}, {"peek", buffered_peek_locked, 0, 1, 0, NULL}, {"readinto", buffered_readinto_locked, 1, 1, 0, NULL}, \
      {"readinto1", buffered_readinto1_locked, 1, 1, 0, NULL}, {"readline", buffered_readline_locked, 0, 1, 0, NULL}
static const MethodDef reader_methods[] = {READ_METHODS, SHARED_METHODS, {0}};
static const MethodDef writer_methods[] = {{"write", buffered_write_locked, 1, 1, 0, NULL}, SHARED_METHODS, {0}};
static const MethodDef random_methods[] = {READ_METHODS, {"write", buffered_write_locked, 1, 1, 0, NULL}, SHARED_METHODS, {0}};
static const GetSetDef getsets[] = {{"closed", get_closed, NULL, NULL}, {"name", get_name, NULL, NULL}, {"mode", get_mode, NULL, NULL}, {"raw", get_raw, NULL, NULL}, {0}};

/* ---- BufferedRWPair: a reader and a writer side by side ---- */

typedef struct {
  Object base;
  Value reader, writer;
} Pair;
static int pair_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (args_count(ts, "BufferedRWPair", nargs, 2, 3) < 0) return -1;
  Value reader = call1(ts, (Value)io_state(ts)->reader, args[0]), writer = reader ? call1(ts, (Value)io_state(ts)->writer, args[1]) : NULL;
  if (writer == NULL) {
    xdecref(ts, reader);
    return -1;
  }
  replace(ts, &((Pair *)self)->reader, reader);
  replace(ts, &((Pair *)self)->writer, writer);
  return 0;
}
static void pair_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  xdecref(ts, ((Pair *)self)->reader);
  xdecref(ts, ((Pair *)self)->writer);
  object_release(ts, self);
}
#define PAIR_METHOD(function, half, name) \
  static Value function(NATIVE_ARGS) { \
    if (((Pair *)self)->half == NULL) return err_format(ts, EXC(ValueError), "I/O operation on uninitialized object"); \
    Value m = attr_get_cstr(ts, ((Pair *)self)->half, name), r = m ? call(ts, m, args, nargs, NULL) : NULL; \
    xdecref(ts, m); \
    return r; \
  }
PAIR_METHOD(pair_read, reader, "read")
PAIR_METHOD(pair_peek, reader, "peek")
PAIR_METHOD(pair_read1, reader, "read1")
PAIR_METHOD(pair_readinto, reader, "readinto")
PAIR_METHOD(pair_readinto1, reader, "readinto1")
PAIR_METHOD(pair_readable, reader, "readable")
PAIR_METHOD(pair_write, writer, "write")
PAIR_METHOD(pair_flush, writer, "flush")
PAIR_METHOD(pair_writable, writer, "writable")
static Value pair_isatty(NATIVE_ARGS) {
  Pair *p = (Pair *)self;
  if (p->writer == NULL || p->reader == NULL) return err_format(ts, EXC(ValueError), "I/O operation on uninitialized object");
  Value halves[] = {p->writer, p->reader}, r = V_FALSE;
  for (int i = 0; i < 2 && r == V_FALSE; i++) {
    Value m = attr_get_cstr(ts, halves[i], "isatty");
    r = m ? call0(ts, m) : NULL;
    xdecref(ts, m);
  }
  return r;
}
static Value pair_close(NATIVE_ARGS) {
  if (((Pair *)self)->writer == NULL || ((Pair *)self)->reader == NULL) return err_format(ts, EXC(ValueError), "I/O operation on uninitialized object");
  int w = io_call(ts, ((Pair *)self)->writer, ID(close));
  Value pending = err_fetch(ts);
  int r = io_call(ts, ((Pair *)self)->reader, ID(close));
  if (w < 0) err_chain(ts, pending);
  return w < 0 || r < 0 ? NULL : V_NONE;
}
static Value pair_closed(ThreadState *ts, Value self) { return ((Pair *)self)->writer ? attr_get(ts, ((Pair *)self)->writer, ID(closed)) : V_TRUE; }
static const MethodDef pair_methods[] = {{"read", pair_read, 0, 1, 0, NULL}, {"peek", pair_peek, 0, 1, 0, NULL}, {"read1", pair_read1, 0, 1, 0, NULL}, {"readinto", pair_readinto, 1, 1, 0, NULL}, {"readinto1", pair_readinto1, 1, 1, 0, NULL}, {"isatty", pair_isatty, 0, 0, 0, NULL}, {"readable", pair_readable, 0, 0, 0, NULL},
                                         {"write", pair_write, 1, 1, 0, NULL}, {"flush", pair_flush, 0, 0, 0, NULL}, {"writable", pair_writable, 0, 0, 0, NULL}, {"close", pair_close, 0, 0, 0, NULL}, {0}};
static const GetSetDef pair_getsets[] = {{"closed", pair_closed, NULL, NULL}, {0}};

int io_buffered_init(ThreadState *ts, Value module, IoState *s) {
  static const TypeSpec reader = {.name = "_io.BufferedReader", .size = sizeof(Buffered), .flags = TYPE_BASETYPE, .methods = reader_methods, .getsets = getsets,
                                  .slots = {.new = buffered_new, .init = reader_init, .dealloc = buffered_dealloc, .traverse = buffered_traverse, .repr = buffered_repr, .next = buffered_next_locked, .finalize = buffered_finalize}};
  static const TypeSpec writer = {.name = "_io.BufferedWriter", .size = sizeof(Buffered), .flags = TYPE_BASETYPE, .methods = writer_methods, .getsets = getsets,
                                  .slots = {.new = buffered_new, .init = writer_init, .dealloc = buffered_dealloc, .traverse = buffered_traverse, .repr = buffered_repr, .finalize = buffered_finalize}};
  static const TypeSpec random = {.name = "_io.BufferedRandom", .size = sizeof(Buffered), .flags = TYPE_BASETYPE, .methods = random_methods, .getsets = getsets,
                                  .slots = {.new = buffered_new, .init = random_init, .dealloc = buffered_dealloc, .traverse = buffered_traverse, .repr = buffered_repr, .next = buffered_next_locked, .finalize = buffered_finalize}};
  static const TypeSpec pair = {.name = "_io.BufferedRWPair", .size = sizeof(Pair), .flags = TYPE_BASETYPE, .methods = pair_methods, .getsets = pair_getsets, .slots = {.new = buffered_new, .init = pair_init, .dealloc = pair_dealloc}};
  return io_add_type(ts, module, &reader, s->buffered_base, &s->reader) < 0 || io_add_type(ts, module, &writer, s->buffered_base, &s->writer) < 0 ||
                 io_add_type(ts, module, &random, s->buffered_base, &s->random) < 0 || io_add_type(ts, module, &pair, s->buffered_base, &s->rw_pair) < 0
             ? -1
             : 0;
}
