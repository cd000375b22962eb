/* posix_more.c - the part of posix about files beyond open, read and write: reading at a place, several pieces at once, file to file in the kernel, kinds of
 * files, owners, space, extended attributes; waitid() and posix_spawn().
 * Keeps true: as all of posix: a call that may wait lets the GIL go, and is made again after a signal whose handler did not raise (PEP 475). A buffer is
 *   held while the system reads or writes it.
 * Next: posix.h, posix_calls.def (calls whose arguments are numbers). CPython: Modules/posixmodule.c. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>
#include <unistd.h>

#include "runtime/module.h"
#include "runtime/modules/posix.h"
#include "runtime/modules/posix_process.h"

static Value os_error(ThreadState *ts) { return posix_error(ts, errno, NULL); }
static Value number_or_error(ThreadState *ts, int64_t r) { return r < 0 ? os_error(ts) : int_from_i64(ts, r); }

/* ---- at a place, without moving the file's own ---- */

static Value posix_pread(NATIVE_ARGS) {
  int fd;
  int64_t size, offset;
  if (num_as_int(ts, args[0], &fd) < 0 || num_as_i64(ts, args[1], &size) < 0 || num_as_i64(ts, args[2], &offset) < 0) return NULL;
  if (size < 0) return err_errno(ts, EINVAL, NULL, NULL);
  Value data = bytes_new(ts, NULL, size);
  if (data == NULL) return NULL;
  ssize_t n;
  POSIX_WAIT(n, pread(fd, bytes_data(data), (size_t)size, offset));
  Value result = n < 0 ? os_error(ts) : n == size ? incref(data) : bytes_new(ts, bytes_data(data), n);
  decref(ts, data);
  return result;
}
static Value posix_pwrite(NATIVE_ARGS) {
  int fd;
  int64_t offset;
  Buffer view;
  if (num_as_int(ts, args[0], &fd) < 0 || num_as_i64(ts, args[2], &offset) < 0 || buffer_get(ts, args[1], &view, false) < 0) return NULL;
  ssize_t n;
  POSIX_WAIT(n, pwrite(fd, view.data, (size_t)view.length, offset));
  int error = errno;
  buffer_release(ts, &view);
  errno = error;
  return number_or_error(ts, n);
}

/* ---- several pieces ---- */

typedef struct {
  Buffer *views;
  struct iovec *places;
  int count;
} Pieces;
static void pieces_release(ThreadState *ts, Pieces *p) {
  int error = errno;
  for (int i = 0; i < p->count; i++) buffer_release(ts, &p->views[i]);
  mem_free(ts, p->views);
  mem_free(ts, p->places);
  errno = error;
}
static int pieces_of(ThreadState *ts, Value sequence, bool writable, const char *name, Pieces *p) {
  *p = (Pieces){0};
  Value list = list_from_iterable(ts, sequence);
  if (list == NULL && err_matches(ts, EXC(TypeError))) err_format(ts, EXC(TypeError), "%s() arg 2 must be a sequence", name);
  ssize_t n = list ? list_len(list) : 0;
  if (n > IOV_MAX) errno = EINVAL, os_error(ts);
  else if (list && (p->views = mem_alloc(ts, (size_t)(n + 1) * sizeof *p->views)) && (p->places = mem_alloc(ts, (size_t)(n + 1) * sizeof *p->places)))
    for (; p->count < n && buffer_get(ts, list_get(list, p->count), &p->views[p->count], writable) == 0; p->count++)
      p->places[p->count] = (struct iovec){p->views[p->count].data, (size_t)p->views[p->count].length};
  xdecref(ts, list);
  if (!err_occurred(ts)) return 0;
  pieces_release(ts, p);
  return -1;
}
typedef ssize_t VectorCall(int, const struct iovec *, int, off_t, int);
static ssize_t call_readv(int fd, const struct iovec *v, int n, off_t offset, int flags) { return readv(fd, v, n); }
static ssize_t call_writev(int fd, const struct iovec *v, int n, off_t offset, int flags) { return writev(fd, v, n); }

/* fd, pieces, and for the p kind: offset, flags */
static Value vector_call(ThreadState *ts, Value *args, ssize_t nargs, bool writable, const char *name, VectorCall *call) {
  int fd, flags = 0;
  int64_t offset = 0;
  Pieces p;
  if (num_as_int(ts, args[0], &fd) < 0 || (nargs > 2 && num_as_i64(ts, args[2], &offset) < 0) || (nargs > 3 && num_as_int(ts, args[3], &flags) < 0) || pieces_of(ts, args[1], writable, name, &p) < 0) return NULL;
  ssize_t n;
  POSIX_WAIT(n, call(fd, p.places, p.count, offset, flags));
  pieces_release(ts, &p);
  return number_or_error(ts, n);
}
static Value posix_readv(NATIVE_ARGS) { return vector_call(ts, args, nargs, true, "readv", call_readv); }
static Value posix_writev(NATIVE_ARGS) { return vector_call(ts, args, nargs, false, "writev", call_writev); }
static Value posix_preadv(NATIVE_ARGS) { return vector_call(ts, args, nargs, true, "preadv", preadv2); }
static Value posix_pwritev(NATIVE_ARGS) { return vector_call(ts, args, nargs, false, "pwritev", pwritev2); }

/* ---- file to file ---- */

/* An offset that may be None: the file's own, which moves. */
static int offset_of(ThreadState *ts, NULLABLE Value v, int64_t *offset, int64_t **place) {
  *place = NULL;
  if (v == NULL || is_none(v)) return 0;
  *place = offset;
  return num_as_i64(ts, v, offset);
}
static Value posix_sendfile(NATIVE_ARGS) {
  static const char *const names[] = {"out_fd", "in_fd", "offset", "count"};
  static const ArgSpec spec = {"sendfile", 0, 4, 4, 4, names};
  Value given[4];
  int out, in;
  int64_t offset, *place, count;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[0], &out) < 0 || num_as_int(ts, given[1], &in) < 0 || offset_of(ts, given[2], &offset, &place) < 0 || num_as_i64(ts, given[3], &count) < 0) return NULL;
  ssize_t n;
  POSIX_WAIT(n, sendfile(out, in, place, (size_t)count));
  return number_or_error(ts, n);
}
/* src, dst, count, offset_src=None, offset_dst=None (splice: flags=0) */
static Value between_files(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, const ArgSpec *spec, ssize_t (*call)(int, off_t *, int, off_t *, size_t, unsigned)) {
  Value given[6] = {NULL};
  int in, out, flags = 0;
  int64_t count, from, to, *from_place, *to_place;
  if (args_bind(ts, spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[0], &in) < 0 || num_as_int(ts, given[1], &out) < 0 || num_as_i64(ts, given[2], &count) < 0 || offset_of(ts, given[3], &from, &from_place) < 0 ||
      offset_of(ts, given[4], &to, &to_place) < 0 || (given[5] && num_as_int(ts, given[5], &flags) < 0))
    return NULL;
  if (count < 0) return err_format(ts, EXC(ValueError), "negative value for 'count' not allowed");
  ssize_t n;
  POSIX_WAIT(n, call(in, from_place, out, to_place, (size_t)count, (unsigned)flags));
  return number_or_error(ts, n);
}
static const char *const between_names[] = {"src", "dst", "count", "offset_src", "offset_dst", "flags"};
static Value posix_copy_file_range(NATIVE_ARGS) {
  static const ArgSpec spec = {"copy_file_range", 0, 5, 3, 5, between_names};
  return between_files(ts, args, nargs, kwnames, &spec, copy_file_range);
}
static Value posix_splice(NATIVE_ARGS) {
  static const ArgSpec spec = {"splice", 0, 6, 3, 6, between_names};
  return between_files(ts, args, nargs, kwnames, &spec, splice);
}

/* ---- descriptors of other kinds ---- */

static Value posix_eventfd(NATIVE_ARGS) {
  static const char *const names[] = {"initval", "flags"};
  static const ArgSpec spec = {"eventfd", 0, 2, 1, 2, names};
  Value given[2];
  int64_t start;
  int flags = EFD_CLOEXEC;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_i64(ts, given[0], &start) < 0 || (given[1] && num_as_int(ts, given[1], &flags) < 0)) return NULL;
  if (start < 0 || start > UINT32_MAX) return err_format(ts, EXC(OverflowError), start < 0 ? "can't convert negative value to unsigned int" : "Python int too large to convert to C unsigned int");
  return number_or_error(ts, eventfd((unsigned)start, flags));
}
static Value posix_eventfd_read(NATIVE_ARGS) {
  int fd, r;
  eventfd_t value;
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  POSIX_WAIT(r, eventfd_read(fd, &value));
  return r < 0 ? os_error(ts) : int_from_u64(ts, value);
}
static Value posix_eventfd_write(NATIVE_ARGS) {
  int fd, r;
  int64_t value;
  if (num_as_int(ts, args[0], &fd) < 0 || num_as_i64(ts, args[1], &value) < 0) return NULL;
  POSIX_WAIT(r, eventfd_write(fd, (eventfd_t)value));
  return r < 0 ? os_error(ts) : V_NONE;
}
static Value posix_memfd_create(NATIVE_ARGS) {
  static const char *const names[] = {"name", "flags"};
  static const ArgSpec spec = {"memfd_create", 0, 2, 1, 2, names};
  Value given[2];
  unsigned flags = MFD_CLOEXEC;
  int number;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (given[1]) {
    if (num_as_int(ts, given[1], &number) < 0) return NULL;
    flags = (unsigned)number;
  }
  char *name = posix_string(ts, given[0]);
  if (name == NULL) return NULL;
  int fd = memfd_create(name, flags);
  free(name);
  return number_or_error(ts, fd);
}
static Value posix_pidfd_open(NATIVE_ARGS) {
  int pid, flags = 0;
  if (num_as_int(ts, args[0], &pid) < 0 || (nargs > 1 && num_as_int(ts, args[1], &flags) < 0)) return NULL;
  return number_or_error(ts, pidfd_open(pid, (unsigned)flags));
}
static Value posix_getrandom(NATIVE_ARGS) {
  int64_t size;
  int flags = 0;
  if (num_as_i64(ts, args[0], &size) < 0 || (nargs > 1 && num_as_int(ts, args[1], &flags) < 0)) return NULL;
  if (size < 0) return err_errno(ts, EINVAL, NULL, NULL);
  Value data = bytes_new(ts, NULL, size);
  if (data == NULL) return NULL;
  ssize_t n;
  POSIX_WAIT(n, getrandom(bytes_data(data), (size_t)size, (unsigned)flags));
  Value result = n < 0 ? os_error(ts) : n == size ? incref(data) : bytes_new(ts, bytes_data(data), n);
  decref(ts, data);
  return result;
}

/* ---- the root, space ---- */

static Value posix_chroot(NATIVE_ARGS) {
  Path p;
  int r;
  if (posix_path_of(ts, args[0], false, "chroot", &p) < 0) return NULL;
  POSIX_WAIT(r, chroot(p.chars));
  int error = errno;
  posix_path_done(ts, &p);
  return r < 0 ? posix_error(ts, error, args[0]) : V_NONE;
}

/* ---- space ---- */

static Value posix_statvfs(NATIVE_ARGS) {
  Path p;
  struct statvfs s;
  int r;
  if (posix_path_of(ts, args[0], true, "statvfs", &p) < 0) return NULL;
  POSIX_WAIT(r, p.chars ? statvfs(p.chars, &s) : fstatvfs(p.fd, &s));
  int error = errno;
  posix_path_done(ts, &p);
  if (r < 0) return posix_error(ts, error, args[0]);
  Value fields[] = {int_from_u64(ts, s.f_bsize), int_from_u64(ts, s.f_frsize), int_from_u64(ts, s.f_blocks), int_from_u64(ts, s.f_bfree), int_from_u64(ts, s.f_bavail), int_from_u64(ts, s.f_files),
                    int_from_u64(ts, s.f_ffree), int_from_u64(ts, s.f_favail), int_from_u64(ts, s.f_flag), int_from_u64(ts, s.f_namemax), int_from_u64(ts, s.f_fsid)};
  return structseq_new(ts, posix_process_state(ts)->statvfs_result, fields);
}

/* ---- extended attributes ---- */

enum { ATTRIBUTE_ROOM = 1 << 16 }; /* XATTR_SIZE_MAX; the list of names is no longer either */
typedef struct {
  Path path;
  bool follow;
  char *name; /* NULL: none asked */
} Attribute;
static void attribute_done(ThreadState *ts, Attribute *a) {
  int error = errno;
  free(a->name);
  posix_path_done(ts, &a->path);
  errno = error;
}
static int attribute_of(ThreadState *ts, Value path, NULLABLE Value name, NULLABLE Value follow, const char *function, Attribute *a) {
  *a = (Attribute){.follow = true};
  if (follow) {
    int yes = truth(ts, follow);
    if (yes < 0) return -1;
    a->follow = yes;
  }
  if (posix_path_of(ts, path, true, function, &a->path) < 0) return -1;
  if (name == NULL || (a->name = posix_string(ts, name))) return 0;
  posix_path_done(ts, &a->path);
  return -1;
}
static ssize_t attribute_get(Attribute *a, char *room, size_t size) {
  if (a->path.chars == NULL) return fgetxattr(a->path.fd, a->name, room, size);
  return a->follow ? getxattr(a->path.chars, a->name, room, size) : lgetxattr(a->path.chars, a->name, room, size);
}
static ssize_t attribute_list(Attribute *a, char *room, size_t size) {
  if (a->path.chars == NULL) return flistxattr(a->path.fd, room, size);
  return a->follow ? listxattr(a->path.chars, room, size) : llistxattr(a->path.chars, room, size);
}
static int attribute_set(Attribute *a, Buffer *view, int flags) {
  size_t size = (size_t)view->length;
  if (a->path.chars == NULL) return fsetxattr(a->path.fd, a->name, view->data, size, flags);
  return a->follow ? setxattr(a->path.chars, a->name, view->data, size, flags) : lsetxattr(a->path.chars, a->name, view->data, size, flags);
}
static int attribute_remove(Attribute *a) {
  if (a->path.chars == NULL) return fremovexattr(a->path.fd, a->name);
  return a->follow ? removexattr(a->path.chars, a->name) : lremovexattr(a->path.chars, a->name);
}
static const char *const attribute_names[] = {"path", "attribute", "follow_symlinks"};
static Value posix_getxattr(NATIVE_ARGS) {
  static const ArgSpec spec = {"getxattr", 0, 2, 2, 3, attribute_names};
  Value given[3];
  Attribute a;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || attribute_of(ts, given[0], given[1], given[2], "getxattr", &a) < 0) return NULL;
  char *room = mem_alloc(ts, ATTRIBUTE_ROOM);
  ssize_t n = -1;
  if (room) POSIX_WAIT(n, attribute_get(&a, room, ATTRIBUTE_ROOM));
  Value result = room == NULL ? NULL : n < 0 ? posix_error(ts, errno, given[0]) : bytes_new(ts, room, n);
  mem_free(ts, room);
  attribute_done(ts, &a);
  return result;
}
static Value posix_removexattr(NATIVE_ARGS) {
  static const ArgSpec spec = {"removexattr", 0, 2, 2, 3, attribute_names};
  Value given[3];
  Attribute a;
  int r;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || attribute_of(ts, given[0], given[1], given[2], "removexattr", &a) < 0) return NULL;
  POSIX_WAIT(r, attribute_remove(&a));
  attribute_done(ts, &a);
  return r < 0 ? posix_error(ts, errno, given[0]) : V_NONE;
}
static Value posix_setxattr(NATIVE_ARGS) {
  static const char *const names[] = {"path", "attribute", "value", "flags", "follow_symlinks"};
  static const ArgSpec spec = {"setxattr", 0, 4, 3, 5, names};
  Value given[5];
  Attribute a;
  Buffer view;
  int flags = 0, r;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || (given[3] && num_as_int(ts, given[3], &flags) < 0) || attribute_of(ts, given[0], given[1], given[4], "setxattr", &a) < 0) return NULL;
  if (buffer_get(ts, given[2], &view, false) < 0) {
    attribute_done(ts, &a);
    return NULL;
  }
  POSIX_WAIT(r, attribute_set(&a, &view, flags));
  int error = errno;
  buffer_release(ts, &view);
  attribute_done(ts, &a);
  return r < 0 ? posix_error(ts, error, given[0]) : V_NONE;
}
static Value posix_listxattr(NATIVE_ARGS) {
  static const char *const names[] = {"path", "follow_symlinks"};
  static const ArgSpec spec = {"listxattr", 0, 1, 0, 2, names};
  Value given[2];
  Attribute a;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value path = given[0] == NULL || is_none(given[0]) ? str_from_ascii(ts, ".") : incref(given[0]);
  if (path == NULL || attribute_of(ts, path, NULL, given[1], "listxattr", &a) < 0) {
    xdecref(ts, path);
    return NULL;
  }
  char *room = mem_alloc(ts, ATTRIBUTE_ROOM);
  ssize_t n = -1;
  if (room) POSIX_WAIT(n, attribute_list(&a, room, ATTRIBUTE_ROOM));
  Value list = room == NULL ? NULL : n < 0 ? posix_error(ts, errno, path) : list_new(ts, 0);
  for (char *name = room; list && name < room + n; name += strlen(name) + 1) {
    Value v = posix_name_value(ts, name, false);
    if (v == NULL || list_append_steal(ts, list, v) < 0) CLEAR(list);
  }
  mem_free(ts, room);
  attribute_done(ts, &a);
  decref(ts, path);
  return list;
}

/* ---- processes ---- */

static Value posix_waitid(NATIVE_ARGS) {
  int type, id, options, r;
  siginfo_t info = {0};
  if (num_as_int(ts, args[0], &type) < 0 || num_as_int(ts, args[1], &id) < 0 || num_as_int(ts, args[2], &options) < 0) return NULL;
  POSIX_WAIT(r, waitid((idtype_t)type, (id_t)id, &info, options));
  if (r < 0) return os_error(ts);
  if (info.si_pid == 0) return V_NONE;
  Value fields[] = {small_int_value(info.si_pid), small_int_value(info.si_uid), small_int_value(info.si_signo), small_int_value(info.si_status), small_int_value(info.si_code)};
  return structseq_new(ts, posix_process_state(ts)->waitid_result, fields);
}

enum { SPAWN_OPEN, SPAWN_CLOSE, SPAWN_DUP2 };
/* One of (POSIX_SPAWN_OPEN, fd, path, flags, mode), (POSIX_SPAWN_CLOSE, fd), (POSIX_SPAWN_DUP2, fd, new_fd). */
static int add_file_action(ThreadState *ts, Value action, posix_spawn_file_actions_t *actions) {
  int kind, numbers[4] = {0};
  if (!is_tuple(action) || tuple_len(action) == 0) return err_format(ts, EXC(TypeError), "Each file_actions element must be a non-empty tuple"), -1;
  if (num_as_int(ts, tuple_get(action, 0), &kind) < 0) return -1;
  if (kind < SPAWN_OPEN || kind > SPAWN_DUP2) return err_format(ts, EXC(TypeError), "Unknown file_actions identifier"), -1;
  static const struct {
    int length;
    const char *complaint;
  } shapes[] = {{5, "A open file_action tuple must have 5 elements"}, {2, "A close file_action tuple must have 2 elements"}, {3, "A dup2 file_action tuple must have 3 elements"}};
  if (tuple_len(action) != shapes[kind].length) return err_format(ts, EXC(TypeError), shapes[kind].complaint), -1;
  for (int i = 1; i < shapes[kind].length; i++)
    if (!(kind == SPAWN_OPEN && i == 2) && num_as_int(ts, tuple_get(action, i), &numbers[i - 1]) < 0) return -1;
  int error = 0;
  if (kind == SPAWN_CLOSE) error = posix_spawn_file_actions_addclose(actions, numbers[0]);
  else if (kind == SPAWN_DUP2) error = posix_spawn_file_actions_adddup2(actions, numbers[0], numbers[1]);
  else {
    char *path = posix_string(ts, tuple_get(action, 2));
    if (path == NULL) return -1;
    error = posix_spawn_file_actions_addopen(actions, numbers[0], path, numbers[2], (mode_t)numbers[3]);
    free(path);
  }
  return error ? (err_errno(ts, error, NULL, NULL), -1) : 0;
}
static int signals_of(ThreadState *ts, Value iterable, sigset_t *set) {
  Value list = list_from_iterable(ts, iterable);
  bool good = list != NULL;
  sigemptyset(set);
  for (ssize_t i = 0; good && i < list_len(list); i++) {
    int number;
    good = num_as_int(ts, list_get(list, i), &number) == 0;
    if (good && (number < 1 || number > 64)) good = false, err_format(ts, EXC(ValueError), "signal number %d out of range [1; 64]", number);
    if (good) sigaddset(set, number);
  }
  xdecref(ts, list);
  return good ? 0 : -1;
}
static int spawn_attributes(ThreadState *ts, Value *given, posix_spawnattr_t *attributes) { /* given: setpgroup, resetids, setsid, setsigmask, setsigdef */
  short flags = 0;
  int group, yes;
  sigset_t set;
  if (given[0]) {
    if (num_as_int(ts, given[0], &group) < 0) return -1;
    posix_spawnattr_setpgroup(attributes, group);
    flags |= POSIX_SPAWN_SETPGROUP;
  }
  if (given[1]) {
    if ((yes = truth(ts, given[1])) < 0) return -1;
    if (yes) flags |= POSIX_SPAWN_RESETIDS;
  }
  if (given[2]) {
    if ((yes = truth(ts, given[2])) < 0) return -1;
    if (yes) flags |= POSIX_SPAWN_SETSID;
  }
  if (given[3]) {
    if (signals_of(ts, given[3], &set) < 0) return -1;
    posix_spawnattr_setsigmask(attributes, &set);
    flags |= POSIX_SPAWN_SETSIGMASK;
  }
  if (given[4]) {
    if (signals_of(ts, given[4], &set) < 0) return -1;
    posix_spawnattr_setsigdefault(attributes, &set);
    flags |= POSIX_SPAWN_SETSIGDEF;
  }
  posix_spawnattr_setflags(attributes, flags);
  return 0;
}
static Value spawn(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, const char *name, bool along_path) {
  static const char *const names[] = {"path", "argv", "env", "file_actions", "setpgroup", "resetids", "setsid", "setsigmask", "setsigdef", "scheduler"};
  const ArgSpec spec = {name, 3, 3, 3, 10, names};
  Value given[10];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (!is_list(given[1]) && !is_tuple(given[1])) return err_format(ts, EXC(TypeError), "%s: argv must be a tuple or list", name);
  if (given[9]) return err_format(ts, EXC(NotImplementedError), "%s: scheduler is not supported", name);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  Value list = list_from_iterable(ts, given[1]), lines = list ? posix_environment(ts, given[2]) : NULL, wanted = NULL;
  if (list && list_len(list) == 0 && !err_occurred(ts)) err_format(ts, EXC(ValueError), "%s: argv must not be empty", name);
  if (given[3] && !is_none(given[3]) && !err_occurred(ts)) {
    if (is_list(given[3]) || is_tuple(given[3])) wanted = list_from_iterable(ts, given[3]);
    else err_format(ts, EXC(TypeError), "file_actions must be a sequence or None");
  }
  for (ssize_t i = 0; wanted && i < list_len(wanted) && !err_occurred(ts); i++) add_file_action(ts, list_get(wanted, i), &actions);
  if (!err_occurred(ts)) spawn_attributes(ts, given + 4, &attributes);
  char **argv = err_occurred(ts) ? NULL : posix_strings(ts, list), **env = argv ? posix_strings(ts, lines) : NULL;
  char *path = env ? posix_string(ts, given[0]) : NULL;
  Value result = NULL;
  if (path) {
    pid_t pid;
    int error = (along_path ? posix_spawnp : posix_spawn)(&pid, path, &actions, &attributes, argv, env);
    result = error ? err_errno(ts, error, given[0], NULL) : small_int_value(pid);
  }
  free(path);
  posix_strings_free(argv);
  posix_strings_free(env);
  xdecref(ts, wanted);
  xdecref(ts, lines);
  xdecref(ts, list);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return result;
}
static Value posix_spawn_value(NATIVE_ARGS) { return spawn(ts, args, nargs, kwnames, "posix_spawn", false); }
static Value posix_spawnp_value(NATIVE_ARGS) { return spawn(ts, args, nargs, kwnames, "posix_spawnp", true); }

/* ---- the part of the module ---- */

static const MethodDef functions[] = {{"pread", posix_pread, 3, 3, 0, NULL}, {"pwrite", posix_pwrite, 3, 3, 0, NULL}, {"readv", posix_readv, 2, 2, 0, NULL}, {"writev", posix_writev, 2, 2, 0, NULL}, {"preadv", posix_preadv, 3, 4, 0, NULL},
    {"pwritev", posix_pwritev, 3, 4, 0, NULL}, {"sendfile", posix_sendfile, 0, 4, METHOD_KW, NULL}, {"copy_file_range", posix_copy_file_range, 0, 5, METHOD_KW, NULL}, {"splice", posix_splice, 0, 6, METHOD_KW, NULL},
    {"eventfd", posix_eventfd, 0, 2, METHOD_KW, NULL}, {"eventfd_read", posix_eventfd_read, 1, 1, 0, NULL}, {"eventfd_write", posix_eventfd_write, 2, 2, 0, NULL}, {"memfd_create", posix_memfd_create, 0, 2, METHOD_KW, NULL},
    {"pidfd_open", posix_pidfd_open, 1, 2, 0, NULL}, {"getrandom", posix_getrandom, 1, 2, 0, NULL},
 {"chroot", posix_chroot, 1, 1, 0, NULL}, {"statvfs", posix_statvfs, 1, 1, 0, NULL}, {"fstatvfs", posix_statvfs, 1, 1, 0, NULL}, {"getxattr", posix_getxattr, 0, 2, METHOD_KW, NULL},
    {"setxattr", posix_setxattr, 0, 4, METHOD_KW, NULL}, {"removexattr", posix_removexattr, 0, 2, METHOD_KW, NULL}, {"listxattr", posix_listxattr, 0, 1, METHOD_KW, NULL}, {"waitid", posix_waitid, 3, 3, 0, NULL},
    {"posix_spawn", posix_spawn_value, 3, 3, METHOD_KW, NULL}, {"posix_spawnp", posix_spawnp_value, 3, 3, METHOD_KW, NULL}, {0}};

#define ROW(name) {#name, name}
static const PosixNumber numbers[] = {ROW(EFD_CLOEXEC), ROW(EFD_NONBLOCK), ROW(EFD_SEMAPHORE), ROW(MFD_CLOEXEC), ROW(MFD_ALLOW_SEALING), ROW(MFD_HUGETLB), ROW(GRND_NONBLOCK), ROW(GRND_RANDOM), ROW(P_ALL), ROW(P_PID), ROW(P_PGID), ROW(P_PIDFD),
    ROW(WEXITED), ROW(WSTOPPED), ROW(WNOWAIT), ROW(CLD_EXITED), ROW(CLD_KILLED), ROW(CLD_DUMPED), ROW(CLD_TRAPPED), ROW(CLD_STOPPED), ROW(CLD_CONTINUED), ROW(RWF_HIPRI), ROW(RWF_DSYNC), ROW(RWF_SYNC), ROW(RWF_NOWAIT), ROW(RWF_APPEND),
    ROW(SPLICE_F_MOVE), ROW(SPLICE_F_NONBLOCK), ROW(SPLICE_F_MORE), ROW(ST_RDONLY), ROW(ST_NOSUID), ROW(ST_NODEV), ROW(ST_NOEXEC), ROW(ST_SYNCHRONOUS), ROW(ST_MANDLOCK), ROW(ST_WRITE), ROW(ST_APPEND), ROW(ST_NOATIME),
    ROW(ST_NODIRATIME), ROW(ST_RELATIME), ROW(XATTR_CREATE), ROW(XATTR_REPLACE), {"XATTR_SIZE_MAX", ATTRIBUTE_ROOM}, {"POSIX_SPAWN_OPEN", SPAWN_OPEN}, {"POSIX_SPAWN_CLOSE", SPAWN_CLOSE}, {"POSIX_SPAWN_DUP2", SPAWN_DUP2},
    ROW(RTLD_LAZY), ROW(RTLD_NOW), ROW(RTLD_GLOBAL), ROW(RTLD_LOCAL), ROW(RTLD_NODELETE), ROW(RTLD_NOLOAD), ROW(RTLD_DEEPBIND), ROW(O_ACCMODE), ROW(O_ASYNC), ROW(O_DIRECT), ROW(O_DSYNC), ROW(O_FSYNC), ROW(O_NDELAY),
    ROW(O_NOATIME), ROW(O_NOCTTY), ROW(O_PATH), ROW(O_RSYNC), ROW(O_TMPFILE), ROW(O_LARGEFILE), ROW(SEEK_DATA), ROW(SEEK_HOLE), ROW(EX_CANTCREAT), ROW(EX_NOHOST), ROW(EX_NOUSER), ROW(EX_OSFILE), ROW(EX_PROTOCOL),
    ROW(EX_UNAVAILABLE), {0}};
#undef ROW

static int add_kind(ThreadState *ts, Value m, const char *name, const char *full, const char *const *fields, int count, int in_sequence, Type **place) {
  return (*place = structseq_type(ts, full, NULL, fields, count, in_sequence)) == NULL ? -1 : module_add(ts, m, name, incref((Value)*place));
}
int posix_more_start(ThreadState *ts, Value m) {
  static const char *const space[] = {"f_bsize", "f_frsize", "f_blocks", "f_bfree", "f_bavail", "f_files", "f_ffree", "f_favail", "f_flag", "f_namemax", "f_fsid"};
  static const char *const waited[] = {"si_pid", "si_uid", "si_signo", "si_status", "si_code"};
  ProcessState *s = posix_process_state(ts);
  if (add_kind(ts, m, "statvfs_result", "os.statvfs_result", space, 11, 10, &s->statvfs_result) < 0 || add_kind(ts, m, "waitid_result", "posix.waitid_result", waited, 5, 5, &s->waitid_result) < 0) return -1;
  return posix_add(ts, m, functions, numbers);
}
