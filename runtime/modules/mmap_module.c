/* mmap_module.c - mmap: a file's bytes, or memory that processes share, as a mutable sequence of bytes with a file's position.
 * Keeps true: data is NULL when it is closed, and every method asks first; while buffers are lent out (exports > 0) it is neither closed nor
 *   resized (BufferError); user code never runs between a check of the size and the use of the memory.
 * A mapping past the end of a file that shrank ends in SIGBUS, as in CPython: the system has no other answer.
 * Next: multiprocessing_module.c (shared memory), runtime/lib/multiprocessing/heap.py. CPython: Modules/mmapmodule.c. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/module.h"
#include "runtime/modules/waiting.h"

enum { ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, ACCESS_COPY };
static const char *const access_names[] = {"ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"};

typedef struct {
  Object base;
  char *data;         /* NULL: closed */
  ssize_t size, at;   /* at: the position of read() and write() */
  int64_t offset;     /* in the file */
  int fd, access;     /* fd: our own descriptor of the file; -1: none */
  ssize_t exports;
} Map;
typedef struct {
  Type *map, *iterator;
} Types;
static Map *as_map(Value v) { return (Map *)v; }
static Value os_error(ThreadState *ts) { return err_occurred(ts) ? NULL : err_errno(ts, errno, NULL, NULL); }

/* The object, if it is open; else NULL with ValueError. */
static Map *open_map(ThreadState *ts, Value self) {
  if (as_map(self)->data) return as_map(self);
  return err_format(ts, EXC(ValueError), "mmap closed or invalid"), NULL;
}
static Map *writable_map(ThreadState *ts, Value self) {
  Map *m = open_map(ts, self);
  if (m == NULL || m->access != ACCESS_READ) return m;
  return err_format(ts, EXC(TypeError), "mmap can't modify a readonly memory map."), NULL;
}

/* ---- making one ---- */

typedef struct {
  int fd, flags, prot, access;
  int64_t length, offset;
} Request;

/* What is asked for with `access` in place of flags and prot. */
static int set_access(ThreadState *ts, Request *r) {
  bool has_flags = r->flags != MAP_SHARED || r->prot != (PROT_READ | PROT_WRITE);
  if (r->access != ACCESS_DEFAULT && has_flags) return err_format(ts, EXC(ValueError), "mmap can't specify both access and flags, prot."), -1;
  switch (r->access) {
    case ACCESS_READ: r->flags = MAP_SHARED, r->prot = PROT_READ; return 0;
    case ACCESS_WRITE: r->flags = MAP_SHARED, r->prot = PROT_READ | PROT_WRITE; return 0;
    case ACCESS_COPY: r->flags = MAP_PRIVATE, r->prot = PROT_READ | PROT_WRITE; return 0;
    case ACCESS_DEFAULT:
      if ((r->prot & (PROT_READ | PROT_WRITE)) == PROT_READ) r->access = ACCESS_READ;
      else if ((r->prot & (PROT_READ | PROT_WRITE)) == (PROT_READ | PROT_WRITE)) r->access = ACCESS_DEFAULT;
      else r->access = ACCESS_WRITE;
      return 0;
  }
  return err_format(ts, EXC(ValueError), "mmap invalid access parameter."), -1;
}
/* Length 0 is the rest of the file; more than the file has is refused. */
static int fit_to_file(ThreadState *ts, Request *r) {
  struct stat s;
  if (r->fd == -1 || fstat(r->fd, &s) < 0 || !S_ISREG(s.st_mode)) return 0;
  if (r->length == 0) {
    if (s.st_size == 0) return err_format(ts, EXC(ValueError), "cannot mmap an empty file"), -1;
    if (r->offset >= s.st_size) return err_format(ts, EXC(ValueError), "mmap offset is greater than file size"), -1;
    r->length = s.st_size - r->offset;
    return 0;
  }
  if (r->offset <= s.st_size && s.st_size - r->offset >= r->length) return 0;
  return err_format(ts, EXC(ValueError), "mmap length is greater than file size"), -1;
}
static int read_request(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, Request *r) {
  static const char *const names[] = {"fileno", "length", "flags", "prot", "access", "offset"};
  static const ArgSpec spec = {"mmap", 0, 6, 2, 6, names};
  Value given[6];
  *r = (Request){-1, MAP_SHARED, PROT_READ | PROT_WRITE, ACCESS_DEFAULT, 0, 0};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[0], &r->fd) < 0) return -1;
  r->length = num_as_ssize(ts, given[1], EXC(OverflowError));
  if (err_occurred(ts) || (given[2] && num_as_int(ts, given[2], &r->flags) < 0) || (given[3] && num_as_int(ts, given[3], &r->prot) < 0) || (given[4] && num_as_int(ts, given[4], &r->access) < 0) ||
      (given[5] && num_as_i64(ts, given[5], &r->offset) < 0))
    return -1;
  if (r->length < 0) return err_format(ts, EXC(OverflowError), "memory mapped length must be positive"), -1;
  if (r->offset < 0) return err_format(ts, EXC(OverflowError), "memory mapped offset must be positive"), -1;
  return set_access(ts, r) < 0 ? -1 : fit_to_file(ts, r);
}
static Value map_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Request r;
  if (read_request(ts, args, nargs, kwnames, &r) < 0) return NULL;
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  Map *m = as_map(v);
  m->fd = -1;
  if (r.fd == -1) r.flags |= MAP_ANONYMOUS;
  else if ((m->fd = fcntl(r.fd, F_DUPFD_CLOEXEC, 0)) < 0) goto error;
  void *data = mmap(NULL, (size_t)r.length, r.prot, r.flags, r.fd, (off_t)r.offset);
  if (data == MAP_FAILED) goto error;
  m->data = data, m->size = (ssize_t)r.length, m->offset = r.offset, m->access = r.access;
  return v;
error:
  os_error(ts);
  decref(ts, v);
  return NULL;
}
static void let_go(Map *m) {
  if (m->data) munmap(m->data, (size_t)m->size);
  if (m->fd >= 0) close(m->fd);
  m->data = NULL, m->fd = -1;
}
static void map_dealloc(ThreadState *ts, Value self) {
  let_go(as_map(self));
  object_release(ts, self);
}
static Value map_close(NATIVE_ARGS) {
  if (as_map(self)->exports > 0) return err_format(ts, EXC(BufferError), "cannot close exported pointers exist");
  let_go(as_map(self));
  return V_NONE;
}

/* ---- as a file: a position ---- */

/* Argument n as a number, or what is there without it. */
static int number(ThreadState *ts, Value *args, ssize_t nargs, int n, ssize_t otherwise, ssize_t *out) {
  *out = otherwise;
  if (n >= nargs || is_none(args[n])) return 0;
  *out = num_as_ssize(ts, args[n], EXC(OverflowError));
  return *out == -1 && err_occurred(ts) ? -1 : 0;
}
static ssize_t left(const Map *m) { return m->at < m->size ? m->size - m->at : 0; }
static Value advance(ThreadState *ts, Map *m, ssize_t n) {
  Value b = bytes_new(ts, m->data + (n ? m->at : 0), n);
  if (b) m->at += n;
  return b;
}
static Value map_read(NATIVE_ARGS) {
  ssize_t n;
  if (nargs && !is_none(args[0]) && !has_index(ts, args[0])) return err_format(ts, EXC(TypeError), "argument should be integer or None, not %T", args[0]);
  if (open_map(ts, self) == NULL || number(ts, args, nargs, 0, PTRDIFF_MAX, &n) < 0) return NULL;
  Map *m = open_map(ts, self);
  return m ? advance(ts, m, n < 0 || n > left(m) ? left(m) : n) : NULL;
}
static Value map_readline(NATIVE_ARGS) {
  Map *m = open_map(ts, self);
  if (m == NULL) return NULL;
  const char *end = left(m) ? memchr(m->data + m->at, '\n', (size_t)left(m)) : NULL;
  return advance(ts, m, end ? end + 1 - (m->data + m->at) : left(m));
}
static Value map_read_byte(NATIVE_ARGS) {
  Map *m = open_map(ts, self);
  if (m == NULL) return NULL;
  if (left(m) == 0) return err_format(ts, EXC(ValueError), "read byte out of range");
  return small_int_value((uint8_t)m->data[m->at++]);
}
static Value map_write(NATIVE_ARGS) {
  Buffer view;
  if (open_map(ts, self) == NULL || buffer_get(ts, args[0], &view, false) < 0) return NULL;
  Map *m = writable_map(ts, self);
  Value r = NULL;
  if (m == NULL) {
  } else if (view.length > left(m)) {
    err_format(ts, EXC(ValueError), "data out of range");
  } else {
    memmove(m->data + (view.length ? m->at : 0), view.data, (size_t)view.length);
    m->at += view.length;
    r = small_int_value(view.length);
  }
  buffer_release(ts, &view);
  return r;
}
/* A byte as an int in range(256). */
static int byte_of(ThreadState *ts, Value v, const char *not_int, const char *out_of_range) {
  if (!has_index(ts, v)) return err_format(ts, EXC(TypeError), not_int), -1;
  ssize_t i = num_as_ssize(ts, v, NULL);
  if (i == -1 && err_occurred(ts)) return -1;
  return i < 0 || i > 255 ? (err_format(ts, EXC(ValueError), out_of_range), -1) : (int)i;
}
static Value map_write_byte(NATIVE_ARGS) {
  int b;
  if (open_map(ts, self) == NULL) return NULL;
  if (!has_index(ts, args[0])) return err_format(ts, EXC(TypeError), "'%T' object cannot be interpreted as an integer", args[0]);
  ssize_t i = num_as_ssize(ts, args[0], EXC(OverflowError));
  if (i == -1 && err_occurred(ts)) return NULL;
  if (i < 0 || i > 255) return err_format(ts, EXC(OverflowError), i < 0 ? "unsigned byte integer is less than minimum" : "unsigned byte integer is greater than maximum");
  b = (int)i;
  Map *m = writable_map(ts, self);
  if (m == NULL) return NULL;
  if (left(m) == 0) return err_format(ts, EXC(ValueError), "write byte out of range");
  m->data[m->at++] = (char)b;
  return V_NONE;
}
static Value map_tell(NATIVE_ARGS) { return open_map(ts, self) ? int_from_i64(ts, as_map(self)->at) : NULL; }
static Value map_seek(NATIVE_ARGS) {
  ssize_t distance;
  int from = 0;
  if (number(ts, args, nargs, 0, 0, &distance) < 0 || (nargs > 1 && num_as_int(ts, args[1], &from) < 0)) return NULL;
  Map *m = open_map(ts, self);
  if (m == NULL) return NULL;
  if (from < 0 || from > 2) return err_format(ts, EXC(ValueError), "unknown seek type");
  ssize_t base = from == 0 ? 0 : from == 1 ? m->at : m->size, to;
  if (__builtin_add_overflow(base, distance, &to) || to < 0 || to > m->size) return err_format(ts, EXC(ValueError), "seek out of range");
  m->at = to;
  return V_NONE;
}

/* ---- the whole ---- */

static Value map_size(NATIVE_ARGS) {
  Map *m = open_map(ts, self);
  struct stat s;
  if (m == NULL) return NULL;
  return fstat(m->fd, &s) < 0 ? os_error(ts) : int_from_i64(ts, s.st_size);
}
static Value map_resize(NATIVE_ARGS) {
  ssize_t n = num_as_ssize(ts, args[0], EXC(OverflowError));
  if (n == -1 && err_occurred(ts)) return NULL;
  Map *m = open_map(ts, self);
  if (m == NULL) return NULL;
  if (m->exports > 0) return err_format(ts, EXC(BufferError), "mmap can't resize with extant buffers exported.");
  if (m->access != ACCESS_DEFAULT && m->access != ACCESS_WRITE) return err_format(ts, EXC(TypeError), "mmap can't resize a readonly or copy-on-write memory map.");
  if (n < 0 || PTRDIFF_MAX - n < m->offset) return err_format(ts, EXC(ValueError), "new size out of range");
  if (m->fd != -1 && ftruncate(m->fd, (off_t)(m->offset + n)) < 0) return os_error(ts);
  void *data = mremap(m->data, (size_t)m->size, (size_t)n, MREMAP_MAYMOVE);
  if (data == MAP_FAILED) return os_error(ts);
  m->data = data, m->size = n;
  return V_NONE;
}
static Value map_flush(NATIVE_ARGS) {
  ssize_t offset, n;
  int r;
  Map *m = open_map(ts, self);
  if (m == NULL || number(ts, args, nargs, 0, 0, &offset) < 0 || number(ts, args, nargs, 1, m->size, &n) < 0 || (m = open_map(ts, self)) == NULL) return NULL;
  if (offset < 0 || n < 0 || m->size - offset < n) return err_format(ts, EXC(ValueError), "flush values out of range");
  if (m->access == ACCESS_READ || m->access == ACCESS_COPY) return V_NONE;
  char *data = m->data + offset;
  m->exports++; /* it stays while the disk works */
  WAIT_IN_CALL(ts, BLOCK_IO, r, msync(data, (size_t)n, MS_SYNC));
  m->exports--;
  return r < 0 ? os_error(ts) : V_NONE;
}
static Value map_madvise(NATIVE_ARGS) {
  int advice;
  ssize_t start, n;
  if (num_as_int(ts, args[0], &advice) < 0 || number(ts, args, nargs, 1, 0, &start) < 0) return NULL;
  Map *m = open_map(ts, self);
  if (m == NULL || number(ts, args, nargs, 2, m->size, &n) < 0 || (m = open_map(ts, self)) == NULL) return NULL;
  if (start < 0 || start >= m->size) return err_format(ts, EXC(ValueError), "madvise start out of bounds");
  if (n < 0) return err_format(ts, EXC(ValueError), "madvise length invalid");
  if (PTRDIFF_MAX - start < n) return err_format(ts, EXC(OverflowError), "madvise length too large");
  if (start + n > m->size) n = m->size - start;
  return madvise(m->data + start, (size_t)n, advice) < 0 ? os_error(ts) : V_NONE;
}
static Value map_move(NATIVE_ARGS) {
  ssize_t to, from, n;
  if (number(ts, args, nargs, 0, 0, &to) < 0 || number(ts, args, nargs, 1, 0, &from) < 0 || number(ts, args, nargs, 2, 0, &n) < 0) return NULL;
  Map *m = writable_map(ts, self);
  if (m == NULL) return NULL;
  if (to < 0 || from < 0 || n < 0 || m->size - to < n || m->size - from < n) return err_format(ts, EXC(ValueError), "source, destination, or count out of range");
  memmove(m->data + to, m->data + from, (size_t)n);
  return V_NONE;
}
static ssize_t clip(ssize_t i, ssize_t size) {
  if (i < 0) i += size;
  return i < 0 ? 0 : i > size ? size : i;
}
static Value search(ThreadState *ts, Value self, Value *args, ssize_t nargs, bool from_right) {
  Buffer view;
  ssize_t start, end;
  Map *m = open_map(ts, self);
  if (m == NULL || number(ts, args, nargs, 1, m->at, &start) < 0 || number(ts, args, nargs, 2, m->size, &end) < 0 || buffer_get(ts, args[0], &view, false) < 0) return NULL;
  if ((m = open_map(ts, self)) == NULL) return buffer_release(ts, &view), NULL;
  start = clip(start, m->size), end = clip(end, m->size);
  ssize_t found = -1, n = view.length;
  if (!from_right && end - start >= n) {
    const char *p = n == 0 ? m->data + start : memmem(m->data + start, (size_t)(end - start), view.data, (size_t)n);
    if (p) found = p - m->data;
  }
  for (ssize_t i = end - n; from_right && found < 0 && i >= start; i--)
    if (memcmp(m->data + i, view.data, (size_t)n) == 0) found = i;
  buffer_release(ts, &view);
  return int_from_i64(ts, found);
}
static Value map_find(NATIVE_ARGS) { return search(ts, self, args, nargs, false); }
static Value map_rfind(NATIVE_ARGS) { return search(ts, self, args, nargs, true); }
static Value map_enter(NATIVE_ARGS) { return open_map(ts, self) ? incref(self) : NULL; }
static Value map_exit(NATIVE_ARGS) { return map_close(ts, self, NULL, 0, NULL); }
static Value map_sizeof(NATIVE_ARGS) { return small_int_value((ssize_t)sizeof(Map)); }
static Value map_closed(ThreadState *ts, Value self) { return bool_value(as_map(self)->data == NULL); }
static Value map_repr(ThreadState *ts, Value self) {
  Map *m = as_map(self);
  Value name = type_full_name(ts, type_of(ts, self)), r = NULL;
  if (name == NULL) return NULL;
  if (m->data == NULL) r = str_format(ts, "<%U closed=True>", name);
  else r = str_format(ts, "<%U closed=False, access=%s, length=%zd, pos=%zd, offset=%zd>", name, access_names[m->access], m->size, m->at, (ssize_t)m->offset);
  decref(ts, name);
  return r;
}

/* ---- as a sequence ---- */

static ssize_t map_len(ThreadState *ts, Value self) { return open_map(ts, self) ? as_map(self)->size : -1; }
static int place(ThreadState *ts, Value self, Value key, ssize_t *i) {
  *i = num_as_ssize(ts, key, EXC(IndexError));
  if ((*i == -1 && err_occurred(ts)) || open_map(ts, self) == NULL) return -1;
  if (*i < 0) *i += as_map(self)->size;
  if (*i >= 0 && *i < as_map(self)->size) return 0;
  return err_format(ts, EXC(IndexError), "mmap index out of range"), -1;
}
typedef struct {
  ssize_t start, step, count;
} Steps;
static int steps_of(ThreadState *ts, Value self, Value slice, Steps *s) {
  ssize_t stop;
  if ((slice = slice_settle(ts, slice)) == NULL) return -1;
  int r = open_map(ts, self) ? slice_indices(ts, slice, as_map(self)->size, &s->start, &stop, &s->step, &s->count) : -1;
  decref(ts, slice);
  return r;
}
static Value map_getitem(ThreadState *ts, Value self, Value key) {
  ssize_t i;
  Steps s;
  if (open_map(ts, self) == NULL) return NULL;
  if (has_index(ts, key)) return place(ts, self, key, &i) < 0 ? NULL : small_int_value((uint8_t)as_map(self)->data[i]);
  if (!is_kind(key, K_SLICE)) return err_format(ts, EXC(TypeError), "mmap indices must be integers");
  if (steps_of(ts, self, key, &s) < 0) return NULL;
  if (s.step == 1 || s.count <= 0) return bytes_new(ts, as_map(self)->data + (s.count > 0 ? s.start : 0), s.count > 0 ? s.count : 0);
  Value b = bytes_new(ts, NULL, s.count);
  for (ssize_t k = 0; b && k < s.count; k++) ((char *)bytes_data(b))[k] = as_map(self)->data[s.start + k * s.step];
  return b;
}
static int set_slice(ThreadState *ts, Value self, Value key, Value value) {
  Buffer view;
  Steps s;
  if (value == NULL) return err_format(ts, EXC(TypeError), "mmap object doesn't support slice deletion"), -1;
  if (buffer_get(ts, value, &view, false) < 0) return -1;
  int r = steps_of(ts, self, key, &s);
  if (r == 0 && s.count < 0) s.count = 0;
  if (r == 0 && view.length != s.count) r = (err_format(ts, EXC(IndexError), "mmap slice assignment is wrong size"), -1);
  char *data = as_map(self)->data;
  if (r == 0 && s.step == 1) memmove(data + (s.count ? s.start : 0), view.data, (size_t)s.count);
  else if (r == 0)
    for (ssize_t k = 0; k < s.count; k++) data[s.start + k * s.step] = view.data[k];
  buffer_release(ts, &view);
  return r;
}
static int map_setitem(ThreadState *ts, Value self, Value key, Value value) {
  ssize_t i;
  if (writable_map(ts, self) == NULL) return -1;
  if (is_kind(key, K_SLICE)) return set_slice(ts, self, key, value);
  if (!has_index(ts, key)) return err_format(ts, EXC(TypeError), "mmap indices must be integers"), -1;
  if (value == NULL) return err_format(ts, EXC(TypeError), "mmap doesn't support item deletion"), -1;
  if (place(ts, self, key, &i) < 0) return -1;
  int b = byte_of(ts, value, "mmap item value must be an int", "mmap item value must be in range(0, 256)");
  if (b < 0 || place(ts, self, key, &i) < 0) return -1; /* again, as value.__index__() may have closed it */
  as_map(self)->data[i] = (char)b;
  return 0;
}
/* Its items, as CPython's sequence protocol gives them, are bytes of length 1. */
static int map_contains(ThreadState *ts, Value self, Value v) {
  if (open_map(ts, self) == NULL) return -1;
  return is_bytes(v) && bytes_len(v) == 1 && memchr(as_map(self)->data, *bytes_data(v), (size_t)as_map(self)->size) != NULL;
}
static Value iterator_next(ThreadState *ts, Value self) {
  HOLD2(ts, self, RACY_LOAD(((SequenceIterator *)self)->sequence));
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL || open_map(ts, it->sequence) == NULL) return NULL;
  Map *m = as_map(it->sequence);
  if (it->index < m->size) return bytes_new(ts, m->data + it->index++, 1);
  CLEAR(it->sequence);
  return NULL;
}
static Value map_iter(ThreadState *ts, Value self) { return sequence_iterator_new(ts, ((Types *)native_state(ts, NATIVE_mmap))->iterator, self); }

static int map_get_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  Map *m = open_map(ts, self);
  if (m == NULL) return -1;
  if (writable && m->access == ACCESS_READ) return err_format(ts, EXC(BufferError), "Object is not writable."), -1;
  buffer_fill(view, self, m->data, m->size, m->access == ACCESS_READ);
  m->exports++;
  return 0;
}
static void map_release_buffer(ThreadState *ts, Value self, Buffer *view) { as_map(self)->exports--; }

static const GetSetDef map_getsets[] = {{"closed", map_closed, NULL, NULL}, {0}};
static const MethodDef map_methods[] = {
    {"close", map_close, 0, 0, 0, NULL}, {"find", map_find, 1, 3, 0, NULL}, {"rfind", map_rfind, 1, 3, 0, NULL}, {"flush", map_flush, 0, 2, 0, NULL}, {"madvise", map_madvise, 1, 3, 0, NULL}, {"move", map_move, 3, 3, 0, NULL},
    {"read", map_read, 0, 1, 0, NULL}, {"read_byte", map_read_byte, 0, 0, 0, NULL}, {"readline", map_readline, 0, 0, 0, NULL}, {"resize", map_resize, 1, 1, 0, NULL}, {"seek", map_seek, 1, 2, 0, NULL}, {"size", map_size, 0, 0, 0, NULL},
    {"tell", map_tell, 0, 0, 0, NULL}, {"write", map_write, 1, 1, 0, NULL}, {"write_byte", map_write_byte, 1, 1, 0, NULL}, {"__enter__", map_enter, 0, 0, 0, NULL}, {"__exit__", map_exit, 0, 3, 0, NULL}, {"__sizeof__", map_sizeof, 0, 0, 0, NULL}, {0}};

static int start(ThreadState *ts, Value module) {
  static const TypeSpec map_spec = {.name = "mmap.mmap", .doc = "Memory that is mapped to a file, or shared by processes.", .size = sizeof(Map), .flags = TYPE_BASETYPE | TYPE_WEAKREFS,
      .slots = {.dealloc = map_dealloc, .new = map_new, .repr = map_repr, .iter = map_iter, .len = map_len, .getitem = map_getitem, .setitem = map_setitem, .contains = map_contains, .get_buffer = map_get_buffer, .release_buffer = map_release_buffer},
      .methods = map_methods, .getsets = map_getsets};
  static const TypeSpec iterator_spec = {.name = "iterator", .size = sizeof(SequenceIterator), .flags = TYPE_GC | TYPE_NO_NEW,
      .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear, .iter = iterator_itself, .next = iterator_next}, .methods = sequence_iterator_methods};
  Types *types = module_state(module);
  if ((types->iterator = type_from_spec(ts, &iterator_spec, NULL, K_OBJECT)) == NULL || module_add_type(ts, module, &map_spec, NULL, &types->map) < 0 || module_add(ts, module, "error", incref(EXC(OSError))) < 0) return -1;
#define CONSTANT(name) {#name, name}
  const struct {
    const char *name;
    int64_t value;
  } constants[] = {CONSTANT(PROT_EXEC), CONSTANT(PROT_READ), CONSTANT(PROT_WRITE), CONSTANT(MAP_SHARED), CONSTANT(MAP_PRIVATE), CONSTANT(MAP_DENYWRITE), CONSTANT(MAP_EXECUTABLE), CONSTANT(MAP_ANONYMOUS), CONSTANT(MAP_ANON),
                   CONSTANT(MAP_POPULATE), CONSTANT(MAP_STACK), {"PAGESIZE", sysconf(_SC_PAGESIZE)}, {"ALLOCATIONGRANULARITY", sysconf(_SC_PAGESIZE)}, CONSTANT(ACCESS_DEFAULT), CONSTANT(ACCESS_READ), CONSTANT(ACCESS_WRITE),
                   CONSTANT(ACCESS_COPY), CONSTANT(MADV_NORMAL), CONSTANT(MADV_RANDOM), CONSTANT(MADV_SEQUENTIAL), CONSTANT(MADV_WILLNEED), CONSTANT(MADV_DONTNEED), CONSTANT(MADV_REMOVE), CONSTANT(MADV_DONTFORK),
                   CONSTANT(MADV_DOFORK), CONSTANT(MADV_HWPOISON), CONSTANT(MADV_MERGEABLE), CONSTANT(MADV_UNMERGEABLE), CONSTANT(MADV_HUGEPAGE), CONSTANT(MADV_NOHUGEPAGE), CONSTANT(MADV_DONTDUMP), CONSTANT(MADV_DODUMP), CONSTANT(MADV_FREE)};
#undef CONSTANT
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(ts, module, constants[i].name, constants[i].value) < 0) return -1;
  return 0;
}
const ModuleDef mmap_module_def = {.name = "mmap", .doc = "Memory that is mapped to files.", .start = start, .state_size = sizeof(Types), .owned_values = 2};
