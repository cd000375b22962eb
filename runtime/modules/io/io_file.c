/* io_file.c - FileIO: a file descriptor as a raw stream.
 * Keeps true: every system call that may wait stands between sched_blocking_begin and _end, and is tried again after a
 *   signal whose handler did not raise (PEP 475).
 * Next: io_buffered.c. CPython: Modules/_io/fileio.c. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/modules/io/io_internal.h"

static FileIO *as_file(Value v) { return (FileIO *)v; }

static bool interrupted(ThreadState *ts, int error, bool *raised) {
  *raised = false;
  if (error != EINTR) return false;
  *raised = ts->interp->up.check_pending(ts) < 0;
  return true;
}

ssize_t fd_read(ThreadState *ts, int fd, char *p, size_t n) {
  for (;;) {
    sched_blocking_begin(&ts->sched);
    ssize_t got = read(fd, p, n);
    int error = errno;
    sched_blocking_end(&ts->sched);
    if (got >= 0) return got;
    bool raised;
    if (interrupted(ts, error, &raised)) {
      if (raised) return -1;
      continue;
    }
    if (error == EAGAIN) return -2;
    err_errno(ts, error, NULL, NULL);
    return -1;
  }
}
ssize_t fd_write(ThreadState *ts, int fd, const char *p, size_t n) {
  for (;;) {
    sched_blocking_begin(&ts->sched);
    ssize_t put = write(fd, p, n);
    int error = errno;
    sched_blocking_end(&ts->sched);
    if (put >= 0) return put;
    bool raised;
    if (interrupted(ts, error, &raised)) {
      if (raised) return -1;
      continue;
    }
    if (error == EAGAIN) return -2;
    err_errno(ts, error, NULL, NULL);
    return -1;
  }
}

static int parse_mode(ThreadState *ts, FileIO *f, const char *mode, int *flags) {
  bool plus = false, chosen = false;
  *flags = O_CLOEXEC;
  for (const char *p = mode; *p; p++) {
    if (strchr("rwxa", *p)) {
      if (chosen) goto bad_mode;
      chosen = true;
      f->readable = *p == 'r';
      f->writable = *p != 'r';
      f->created = *p == 'x';
      f->appending = *p == 'a';
      *flags |= *p == 'w' ? O_CREAT | O_TRUNC : *p == 'x' ? O_CREAT | O_EXCL : *p == 'a' ? O_CREAT | O_APPEND : 0;
    } else if (*p == '+') {
      if (plus) goto bad_mode;
      plus = f->readable = f->writable = true;
    } else if (*p != 'b') {
      err_format(ts, EXC(ValueError), "invalid mode: %s", mode);
      return -1;
    }
  }
  if (!chosen) goto bad_mode;
  if (plus) f->readable = f->writable = true;
  *flags |= f->readable && f->writable ? O_RDWR : f->readable ? O_RDONLY : O_WRONLY;
  return 0;
bad_mode:
  err_format(ts, EXC(ValueError), "Must have exactly one of create/read/write/append mode and at most one plus");
  return -1;
}

/* The path of a str, bytes or os.PathLike: OWNED bytes. */
static Value fs_path(ThreadState *ts, Value name) {
  Value v = incref(name);
  if (!is_str(v) && !is_bytes(v)) {
    bool missing;
    Value p = call_special(ts, v, ID(__fspath__), NULL, 0, &missing);
    if (missing) err_format(ts, EXC(TypeError), "expected str, bytes or os.PathLike object, not %T", v);
    decref(ts, v);
    if (p == NULL) return NULL;
    v = p;
  }
  if (is_str(v)) {
    Value b = str_encode(ts, v, "utf-8", "surrogateescape");
    decref(ts, v);
    v = b;
  }
  if (v && !is_bytes(v)) {
    err_format(ts, EXC(TypeError), "expected %T.__fspath__() to return str or bytes, not %T", name, v);
    CLEAR(v);
  }
  if (v && memchr(bytes_data(v), 0, (size_t)bytes_len(v))) {
    err_format(ts, EXC(ValueError), "embedded null byte");
    CLEAR(v);
  }
  return v;
}

static int open_path(ThreadState *ts, Value self, Value name, int flags, NULLABLE Value opener) {
  FileIO *f = as_file(self);
  if (opener && opener != V_NONE) {
    Value args[] = {name, small_int_value(flags)};
    Value r = call_args(ts, opener, args, 2);
    int fd = -1;
    if (r == NULL) return -1;
    int bad = !is_int(r) ? (err_format(ts, EXC(TypeError), "expected integer from opener"), -1) : num_as_int(ts, r, &fd);
    decref(ts, r);
    if (bad < 0) return -1;
    if (fd < 0) {
      err_format(ts, EXC(ValueError), "opener returned %d", fd);
      return -1;
    }
    f->fd = fd;
  } else {
    Value path = fs_path(ts, name);
    if (path == NULL) return -1;
    sched_blocking_begin(&ts->sched);
    int fd = open(bytes_data(path), flags, 0666), error = errno;
    sched_blocking_end(&ts->sched);
    decref(ts, path);
    if (fd < 0) {
      err_errno(ts, error, name, NULL);
      return -1;
    }
    f->fd = fd;
  }
  return 0;
}

static int file_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"file", "mode", "closefd", "opener"};
  static const ArgSpec spec = {"FileIO", 0, 4, 1, 4, names};
  Value given[4];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  FileIO *f = as_file(self);
  int flags, close_fd = given[2] ? truth(ts, given[2]) : 1;
  if (close_fd < 0) return -1;
  if (given[1] && (!is_str(given[1]) || !str_is_ascii(given[1]))) {
    err_format(ts, EXC(TypeError), "FileIO() argument 'mode' must be str, not %T", given[1]);
    return -1;
  }
  if (f->fd >= 0 && f->close_fd) close(f->fd);
  f->fd = -1;
  f->seekable = -1;
  f->close_fd = close_fd;
  if (parse_mode(ts, f, given[1] ? str_chars(given[1]) : "r", &flags) < 0) return -1;
  if (is_float(given[0])) {
    err_format(ts, EXC(TypeError), "integer argument expected, got float");
    return -1;
  }
  if (is_int(given[0]) && !is_str(given[0])) {
    int fd;
    if (num_as_int(ts, given[0], &fd) < 0) return -1;
    if (fd < 0) {
      err_format(ts, EXC(ValueError), "negative file descriptor");
      return -1;
    }
    f->fd = fd;
  } else {
    if (!close_fd) {
      err_format(ts, EXC(ValueError), "Cannot use closefd=False with file name");
      return -1;
    }
    if (open_path(ts, self, given[0], flags, given[3]) < 0) return -1;
  }
  struct stat info;
  if (fstat(f->fd, &info) < 0) {
    int error = errno;
    if (!is_int(given[0])) close(f->fd);
    f->fd = -1;
    err_errno(ts, error, NULL, NULL);
    return -1;
  }
  if (S_ISDIR(info.st_mode)) {
    if (!is_int(given[0])) close(f->fd);
    f->fd = -1;
    err_errno(ts, EISDIR, given[0], NULL);
    return -1;
  }
  if (f->appending) lseek(f->fd, 0, SEEK_END);
  return instance_set(ts, self, ID(name), given[0]);
}

static Value file_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value v = object_new_instance(ts, type);
  if (v) as_file(v)->fd = -1;
  return v;
}
static int check_open(ThreadState *ts, FileIO *f) {
  if (f->fd >= 0) return 0;
  err_format(ts, EXC(ValueError), "I/O operation on closed file");
  return -1;
}
static Value file_readinto(NATIVE_ARGS) {
  FileIO *f = as_file(self);
  Buffer view;
  if (check_open(ts, f) < 0) return NULL;
  if (!f->readable) return io_unsupported(ts, "File not open for reading");
  if (io_writable_arg(ts, args[0], "readinto", &view) < 0) return NULL;
  ssize_t n = fd_read(ts, f->fd, view.data, (size_t)view.length);
  buffer_release(ts, &view);
  return n == -2 ? V_NONE : n < 0 ? NULL : int_from_i64(ts, n);
}
static Value file_readall(NATIVE_ARGS) {
  FileIO *f = as_file(self);
  if (check_open(ts, f) < 0) return NULL;
  if (!f->readable) return io_unsupported(ts, "File not open for reading");
  struct stat info;
  off_t at = lseek(f->fd, 0, SEEK_CUR);
  size_t capacity = fstat(f->fd, &info) == 0 && at >= 0 && info.st_size > at ? (size_t)(info.st_size - at) + 1 : 8192, used = 0;
  char *p = mem_alloc(ts, capacity);
  while (p) {
    if (used == capacity) {
      char *grown = mem_realloc(ts, p, capacity + capacity / 2 + 4096);
      if (grown == NULL) break;
      p = grown;
      capacity += capacity / 2 + 4096;
    }
    ssize_t n = fd_read(ts, f->fd, p + used, capacity - used);
    if (n == -2 && used == 0) {
      mem_free(ts, p);
      return V_NONE;
    }
    if (n <= 0) break;
    used += (size_t)n;
  }
  Value r = p && !err_occurred(ts) ? bytes_new(ts, p, (ssize_t)used) : NULL;
  mem_free(ts, p);
  return r;
}
static Value file_read(NATIVE_ARGS) {
  FileIO *f = as_file(self);
  ssize_t size;
  if (io_size_arg(ts, args, nargs, &size) < 0 || check_open(ts, f) < 0) return NULL;
  if (!f->readable) return io_unsupported(ts, "File not open for reading");
  if (size < 0) return file_readall(ts, self, NULL, 0, NULL);
  char *p = mem_alloc(ts, (size_t)size + 1);
  if (p == NULL) return NULL;
  ssize_t n = fd_read(ts, f->fd, p, (size_t)size);
  Value r = n == -2 ? V_NONE : n < 0 ? NULL : bytes_new(ts, p, n);
  mem_free(ts, p);
  return r;
}
static Value file_write(NATIVE_ARGS) {
  FileIO *f = as_file(self);
  Buffer view;
  if (check_open(ts, f) < 0) return NULL;
  if (!f->writable) return io_unsupported(ts, "File not open for writing");
  if (buffer_get(ts, args[0], &view, false) < 0) return NULL;
  ssize_t n = fd_write(ts, f->fd, view.data, (size_t)view.length);
  buffer_release(ts, &view);
  return n == -2 ? V_NONE : n < 0 ? NULL : int_from_i64(ts, n);
}
static Value file_seek(NATIVE_ARGS) {
  FileIO *f = as_file(self);
  int64_t offset;
  int whence = 0;
  if (check_open(ts, f) < 0 || num_as_i64(ts, args[0], &offset) < 0 || (nargs > 1 && num_as_int(ts, args[1], &whence) < 0)) return NULL;
  off_t at = lseek(f->fd, offset, whence);
  return at < 0 ? err_errno(ts, errno, NULL, NULL) : int_from_i64(ts, at);
}
static Value file_tell(NATIVE_ARGS) {
  if (check_open(ts, as_file(self)) < 0) return NULL;
  off_t at = lseek(as_file(self)->fd, 0, SEEK_CUR);
  return at < 0 ? err_errno(ts, errno, NULL, NULL) : int_from_i64(ts, at);
}
static Value file_truncate(NATIVE_ARGS) {
  FileIO *f = as_file(self);
  if (check_open(ts, f) < 0) return NULL;
  if (!f->writable) return io_unsupported(ts, "File not open for writing");
  int64_t size = lseek(f->fd, 0, SEEK_CUR);
  if (nargs && args[0] != V_NONE && num_as_i64(ts, args[0], &size) < 0) return NULL;
  return ftruncate(f->fd, size) < 0 ? err_errno(ts, errno, NULL, NULL) : int_from_i64(ts, size);
}
static Value file_close(NATIVE_ARGS) {
  FileIO *f = as_file(self);
  /* only a class's own flush() does anything; when it raises, the file is closed all the same */
  int flushed = f->fd >= 0 && type_of(ts, self) != io_state(ts)->file_io ? io_call(ts, self, ID(flush)) : 0;
  int fd = f->fd, r = 0, error = 0;
  f->fd = -1;
  if (fd >= 0 && f->close_fd) {
    sched_blocking_begin(&ts->sched);
    r = close(fd);
    error = errno;
    sched_blocking_end(&ts->sched);
  }
  if (flushed < 0) return NULL;
  return r < 0 ? err_errno(ts, error, NULL, NULL) : V_NONE;
}
static Value file_fileno(NATIVE_ARGS) { return check_open(ts, as_file(self)) < 0 ? NULL : small_int_value(as_file(self)->fd); }
static Value file_isatty(NATIVE_ARGS) { return check_open(ts, as_file(self)) < 0 ? NULL : bool_value(isatty(as_file(self)->fd)); }
static Value file_readable(NATIVE_ARGS) { return check_open(ts, as_file(self)) < 0 ? NULL : bool_value(as_file(self)->readable); }
static Value file_writable(NATIVE_ARGS) { return check_open(ts, as_file(self)) < 0 ? NULL : bool_value(as_file(self)->writable); }
static Value file_seekable(NATIVE_ARGS) {
  FileIO *f = as_file(self);
  if (check_open(ts, f) < 0) return NULL;
  if (f->seekable < 0) f->seekable = lseek(f->fd, 0, SEEK_CUR) >= 0;
  return bool_value(f->seekable);
}
static const char *mode_text(FileIO *f) {
  if (f->created) return f->readable ? "xb+" : "xb";
  if (f->appending) return f->readable ? "ab+" : "ab";
  return f->readable ? (f->writable ? "rb+" : "rb") : "wb";
}
static Value get_mode(ThreadState *ts, Value self) { return str_from_ascii(ts, mode_text(as_file(self))); }
static Value get_closed(ThreadState *ts, Value self) { return bool_value(as_file(self)->fd < 0); }
static Value get_blksize(ThreadState *ts, Value self) {
  struct stat info;
  return int_from_i64(ts, fstat(as_file(self)->fd, &info) == 0 && info.st_blksize > 1 ? info.st_blksize : 8192);
}
static Value get_closefd(ThreadState *ts, Value self) { return bool_value(as_file(self)->close_fd); }
static Value file_repr(ThreadState *ts, Value self) {
  FileIO *f = as_file(self);
  if (f->fd < 0) return str_from_ascii(ts, "<_io.FileIO [closed]>");
  Value name = instance_get(ts, self, ID(name));
  const char *close_fd = f->close_fd ? "True" : "False";
  if (name == NULL) return str_format(ts, "<_io.FileIO fd=%d mode='%s' closefd=%s>", f->fd, mode_text(f), close_fd);
  return str_format(ts, "<_io.FileIO name=%R mode='%s' closefd=%s>", name, mode_text(f), close_fd);
}
static void file_finalize(ThreadState *ts, Value self) {
  io_warn_unclosed(ts, self, self);
  io_finalize(ts, self);
}
static const MethodDef methods[] = {
    {"readinto", file_readinto, 1, 1, 0, NULL}, {"readall", file_readall, 0, 0, 0, NULL}, {"read", file_read, 0, 1, 0, NULL}, {"write", file_write, 1, 1, 0, NULL}, {"seek", file_seek, 1, 2, 0, NULL},
    {"tell", file_tell, 0, 0, 0, NULL}, {"truncate", file_truncate, 0, 1, 0, NULL}, {"close", file_close, 0, 0, 0, NULL}, {"fileno", file_fileno, 0, 0, 0, NULL}, {"isatty", file_isatty, 0, 0, 0, NULL},
    {"readable", file_readable, 0, 0, 0, NULL}, {"writable", file_writable, 0, 0, 0, NULL}, {"seekable", file_seekable, 0, 0, 0, NULL}, {0}};
static const GetSetDef getsets[] = {{"mode", get_mode, NULL, NULL}, {"closed", get_closed, NULL, NULL}, {"closefd", get_closefd, NULL, NULL}, {"_blksize", get_blksize, NULL, NULL}, {0}};

int io_file_init(ThreadState *ts, Value module, IoState *s) {
  static const TypeSpec spec = {.name = "_io.FileIO", .doc = "Open a file.", .size = sizeof(FileIO), .flags = TYPE_BASETYPE, .slots = {.new = file_new, .init = file_init, .repr = file_repr, .finalize = file_finalize}, .methods = methods, .getsets = getsets};
  return io_add_type(ts, module, &spec, s->raw_base, &s->file_io);
}
