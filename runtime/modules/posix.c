/* posix.c - the natives under os: files, folders, environment, ids. (posix.h tells where the others are.)
 * Keeps true: every call that may wait lets go between sched_blocking_begin and _end; errors carry errno and the path given.
 * Next: runtime/lib/os.py. CPython: Modules/posixmodule.c. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "runtime/modules/io/io_internal.h"
#include "runtime/modules/posix.h"
#include "runtime/modules/posix_process.h"
#include "runtime/reclaim.h"

extern char **environ;

typedef struct {
  Type *stat_result, *uname_result, *dir_entry, *scandir, *terminal_size;
  ProcessState process;
} PosixState;
static PosixState *state(ThreadState *ts) { return native_state(ts, NATIVE_posix); }

ProcessState *posix_process_state(ThreadState *ts) { return &state(ts)->process; }

/* ---- paths ---- */

/* str, bytes, os.PathLike; with allow_fd also an int. */
int posix_path_of(ThreadState *ts, Value v, bool allow_fd, const char *function, Path *p) {
  *p = (Path){.given = v, .fd = -1};
  if (allow_fd && is_int(v)) return num_as_int(ts, v, &p->fd);
  Value s = incref(v);
  if (!is_str(v) && !is_bytes(v)) {
    bool missing;
    decref(ts, s);
    s = call_special(ts, v, ID(__fspath__), NULL, 0, &missing);
    if (missing) err_format(ts, EXC(TypeError), "%s: path should be string, bytes%s, not %T", function, allow_fd ? ", os.PathLike or integer" : " or os.PathLike", v);
    if (s == NULL) return -1;
    if (!is_str(s) && !is_bytes(s)) {
      err_format(ts, EXC(TypeError), "expected %T.__fspath__() to return str or bytes, not %T", v, s);
      decref(ts, s);
      return -1;
    }
  }
  p->is_bytes = is_bytes(s);
  if (!p->is_bytes) {
    Value b = str_encode(ts, s, "utf-8", "surrogateescape");
    decref(ts, s);
    if ((s = b) == NULL) return -1;
  }
  if (memchr(bytes_data(s), 0, (size_t)bytes_len(s))) {
    err_format(ts, EXC(ValueError), "embedded null byte");
    decref(ts, s);
    return -1;
  }
  p->holder = s;
  p->chars = bytes_data(s);
  return 0;
}
Value posix_name_value(ThreadState *ts, const char *name, bool as_bytes) {
  return as_bytes ? bytes_new(ts, name, (ssize_t)strlen(name)) : str_from_fs(ts, name, (ssize_t)strlen(name));
}

/* Run `call` as a blocking system call; `result` and errno in `error`. */
#define BLOCKING(result, call) \
  int error; \
  sched_blocking_begin(&ts->sched); \
  result = call; \
  error = errno; \
  sched_blocking_end(&ts->sched)

static Value posix_chdir(NATIVE_ARGS) {
  Path p;
  int r;
  if (posix_path_of(ts, args[0], true, "chdir", &p) < 0) return NULL;
  BLOCKING(r, p.chars ? chdir(p.chars) : fchdir(p.fd));
  posix_path_done(ts, &p);
  return r < 0 ? err_errno(ts, error, args[0], NULL) : V_NONE;
}
static Value current_folder(ThreadState *ts, bool as_bytes) {
  char *cwd = getcwd(NULL, 0);
  if (cwd == NULL) return err_errno(ts, errno, NULL, NULL);
  Value r = posix_name_value(ts, cwd, as_bytes);
  free(cwd);
  return r;
}
static Value posix_getcwd(NATIVE_ARGS) { return current_folder(ts, false); }
static Value posix_getcwdb(NATIVE_ARGS) { return current_folder(ts, true); }

/* ---- stat ---- */

static const char *const stat_fields[] = {"st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime", "st_ctime",
                                          "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"};
static Value stat_value(ThreadState *ts, const struct stat *s) {
  const struct timespec *times[] = {&s->st_atim, &s->st_mtim, &s->st_ctim};
  Value v[16] = {int_from_i64(ts, s->st_mode), int_from_u64(ts, s->st_ino), int_from_u64(ts, s->st_dev), int_from_u64(ts, s->st_nlink), int_from_i64(ts, s->st_uid), int_from_i64(ts, s->st_gid), int_from_i64(ts, s->st_size)};
  for (int i = 0; i < 3; i++) {
    v[7 + i] = float_new(ts, (double)times[i]->tv_sec + 1e-9 * (double)times[i]->tv_nsec);
    v[10 + i] = int_from_i64(ts, (int64_t)times[i]->tv_sec * 1000000000 + times[i]->tv_nsec);
  }
  v[13] = int_from_i64(ts, s->st_blksize);
  v[14] = int_from_i64(ts, s->st_blocks);
  v[15] = int_from_u64(ts, s->st_rdev);
  return structseq_new(ts, state(ts)->stat_result, v);
}
static int follow_arg(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, const char *function) {
  int follow = 1;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++) {
    if (str_equal_cstr(tuple_get(kwnames, k), "follow_symlinks")) {
      if ((follow = truth(ts, args[nargs + k])) < 0) return -1;
    } else if (args[nargs + k] != V_NONE) {
      err_format(ts, EXC(NotImplementedError), "%s: %U is not supported", function, tuple_get(kwnames, k));
      return -1;
    }
  }
  return follow;
}
static Value do_stat(ThreadState *ts, Value v, NULLABLE Value folder, bool follow, const char *function) {
  Place p;
  struct stat s;
  int r;
  if (posix_place_of(ts, v, folder, true, function, &p) < 0) return NULL;
  if (p.path.chars == NULL && !follow) return err_format(ts, EXC(ValueError), "%s: cannot use fd and follow_symlinks together", function);
  BLOCKING(r, p.path.chars ? fstatat(p.folder, p.path.chars, &s, follow ? 0 : AT_SYMLINK_NOFOLLOW) : fstat(p.path.fd, &s));
  posix_path_done(ts, &p.path);
  return r < 0 ? err_errno(ts, error, v, NULL) : stat_value(ts, &s);
}
static Value posix_stat(NATIVE_ARGS) {
  static const char *const names[] = {"path", "dir_fd", "follow_symlinks"};
  static const ArgSpec spec = {"stat", 0, 1, 1, 3, names};
  Value given[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  int follow = given[2] ? truth(ts, given[2]) : 1;
  return follow < 0 ? NULL : do_stat(ts, given[0], given[1], follow, "stat");
}
static Value posix_lstat(NATIVE_ARGS) {
  static const char *const names[] = {"path", "dir_fd"};
  static const ArgSpec spec = {"lstat", 0, 1, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (is_int(given[0])) return err_format(ts, EXC(TypeError), "lstat: path should be string, bytes or os.PathLike, not %T", given[0]);
  return do_stat(ts, given[0], given[1], false, "lstat");
}
static Value posix_fstat(NATIVE_ARGS) {
  int fd;
  struct stat s;
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  return fstat(fd, &s) < 0 ? err_errno(ts, errno, NULL, NULL) : stat_value(ts, &s);
}

/* ---- folders ---- */

/* A descriptor stays the caller's own, and begins anew for the next who reads it. */
static DIR *open_folder(const Path *p) {
  if (p->chars) return opendir(p->chars);
  int fd = fcntl(p->fd, F_DUPFD_CLOEXEC, 0);
  DIR *d = fd < 0 ? NULL : fdopendir(fd);
  if (d == NULL && fd >= 0) {
    int error = errno;
    close(fd);
    errno = error;
  }
  return d;
}
static void close_folder(DIR *d, bool is_shared) {
  if (is_shared) rewinddir(d);
  closedir(d);
}

static Value posix_listdir(NATIVE_ARGS) {
  Path p = {.fd = -1};
  Value dot = nargs == 0 || args[0] == V_NONE ? str_from_ascii(ts, ".") : incref(args[0]);
  if (dot == NULL || posix_path_of(ts, dot, true, "listdir", &p) < 0) {
    xdecref(ts, dot);
    return NULL;
  }
  DIR *d;
  BLOCKING(d, open_folder(&p));
  Value list = NULL;
  if (d == NULL) {
    err_errno(ts, error, dot, NULL);
  } else {
    list = list_new(ts, 16);
    for (struct dirent *e; list && (e = readdir(d)) != NULL;) {
      if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
      Value name = posix_name_value(ts, e->d_name, p.is_bytes);
      if (name == NULL || list_append_steal(ts, list, name) < 0) CLEAR(list);
    }
    close_folder(d, p.chars == NULL);
  }
  posix_path_done(ts, &p);
  decref(ts, dot);
  return list;
}

typedef struct {
  Object base;
  Value name, path;
  Value folder; /* its number when the directory was given as a descriptor: path starts there; or NULL */
  unsigned char type;
  ino_t inode;
} DirEntry;
static DirEntry *as_entry(Value v) { return (DirEntry *)v; }
static void entry_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_entry(self)->name);
  xdecref(ts, as_entry(self)->path);
  xdecref(ts, as_entry(self)->folder);
  object_release(ts, self);
}
static int entry_mode(ThreadState *ts, Value self, bool follow, mode_t *mode) {
  Place p;
  struct stat s;
  if (posix_place_of(ts, as_entry(self)->path, as_entry(self)->folder, false, "stat", &p) < 0) return -1;
  int r;
  BLOCKING(r, fstatat(p.folder, p.path.chars, &s, follow ? 0 : AT_SYMLINK_NOFOLLOW));
  posix_path_done(ts, &p.path);
  if (r < 0 && error != ENOENT) {
    err_errno(ts, error, as_entry(self)->path, NULL);
    return -1;
  }
  *mode = r < 0 ? 0 : s.st_mode;
  return 0;
}
static Value entry_is(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames, mode_t wanted, unsigned char type) {
  int follow = follow_arg(ts, args, nargs, kwnames, "is_dir");
  if (follow < 0) return NULL;
  unsigned char have = as_entry(self)->type;
  if (have != DT_UNKNOWN && !(have == DT_LNK && follow)) return bool_value(have == type);
  mode_t mode;
  return entry_mode(ts, self, follow, &mode) < 0 ? NULL : bool_value((mode & S_IFMT) == wanted);
}
static Value entry_is_dir(NATIVE_ARGS) { return entry_is(ts, self, args, nargs, kwnames, S_IFDIR, DT_DIR); }
static Value entry_is_file(NATIVE_ARGS) { return entry_is(ts, self, args, nargs, kwnames, S_IFREG, DT_REG); }
static Value entry_is_symlink(NATIVE_ARGS) {
  if (as_entry(self)->type != DT_UNKNOWN) return bool_value(as_entry(self)->type == DT_LNK);
  mode_t mode;
  return entry_mode(ts, self, false, &mode) < 0 ? NULL : bool_value(S_ISLNK(mode));
}
static Value entry_stat(NATIVE_ARGS) {
  int follow = follow_arg(ts, args, nargs, kwnames, "stat");
  return follow < 0 ? NULL : do_stat(ts, as_entry(self)->path, as_entry(self)->folder, follow, "stat");
}
static Value entry_inode(NATIVE_ARGS) { return int_from_u64(ts, as_entry(self)->inode); }
static Value entry_fspath(NATIVE_ARGS) { return incref(as_entry(self)->path); }
static Value entry_name(ThreadState *ts, Value self) { return incref(as_entry(self)->name); }
static Value entry_path(ThreadState *ts, Value self) { return incref(as_entry(self)->path); }
static Value entry_repr(ThreadState *ts, Value self) { return str_format(ts, "<DirEntry %R>", as_entry(self)->name); }
static const MethodDef entry_methods[] = {{"is_dir", entry_is_dir, 0, 0, METHOD_KW, NULL}, {"is_file", entry_is_file, 0, 0, METHOD_KW, NULL}, {"is_symlink", entry_is_symlink, 0, 0, 0, NULL},
                                          {"stat", entry_stat, 0, 0, METHOD_KW, NULL}, {"inode", entry_inode, 0, 0, 0, NULL}, {"__fspath__", entry_fspath, 0, 0, 0, NULL}, {0}};
static const GetSetDef entry_getsets[] = {{"name", entry_name, NULL, NULL}, {"path", entry_path, NULL, NULL}, {0}};

typedef struct {
  Object base;
  DIR *dir; /* NULL: closed */
  Value folder; /* str or bytes with a slash at its end; a descriptor: its number */
  bool is_bytes;
} Scandir;
static void scandir_close_dir(Scandir *s) {
  if (s->dir) close_folder(s->dir, s->folder && is_int(s->folder));
  s->dir = NULL;
}
static void scandir_dealloc(ThreadState *ts, Value self) {
  scandir_close_dir((Scandir *)self);
  xdecref(ts, ((Scandir *)self)->folder);
  object_release(ts, self);
}
static Value scandir_next(ThreadState *ts, Value self) {
  Scandir *s = (Scandir *)self;
  struct dirent *e;
  do {
    if (s->dir == NULL) return NULL;
    e = readdir(s->dir);
    if (e == NULL) {
      scandir_close_dir(s);
      return NULL;
    }
  } while (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0);
  Value v = object_alloc(ts, state(ts)->dir_entry, sizeof(DirEntry));
  if (v == NULL) return NULL;
  as_entry(v)->name = posix_name_value(ts, e->d_name, s->is_bytes);
  bool has_path = !is_int(s->folder);
  as_entry(v)->folder = has_path ? NULL : incref(s->folder);
  as_entry(v)->path = as_entry(v)->name == NULL ? NULL : has_path ? num_binary(ts, NB_ADD, s->folder, as_entry(v)->name) : incref(as_entry(v)->name);
  as_entry(v)->type = e->d_type;
  as_entry(v)->inode = e->d_ino;
  if (as_entry(v)->path == NULL) CLEAR(v);
  return v;
}
static Value scandir_close(NATIVE_ARGS) {
  scandir_close_dir((Scandir *)self);
  return V_NONE;
}
static Value self_iter(ThreadState *ts, Value self) { return incref(self); }
static Value scandir_enter(NATIVE_ARGS) { return incref(self); }
static const MethodDef scandir_methods[] = {{"close", scandir_close, 0, 0, 0, NULL}, {"__enter__", scandir_enter, 0, 0, 0, NULL}, {"__exit__", scandir_close, 0, -1, 0, NULL}, {0}};
static OWNED Value with_slash(ThreadState *ts, const Path *p) {
  size_t n = strlen(p->chars);
  char *folder = mem_alloc(ts, n + 2);
  if (folder == NULL) return NULL;
  memcpy(folder, p->chars, n + 1);
  if (n && folder[n - 1] != '/') strcpy(folder + n, "/");
  Value v = posix_name_value(ts, folder, p->is_bytes);
  mem_free(ts, folder);
  return v;
}
static Value posix_scandir(NATIVE_ARGS) {
  Value given = nargs == 0 || args[0] == V_NONE ? str_from_ascii(ts, ".") : incref(args[0]);
  Path p;
  if (given == NULL || posix_path_of(ts, given, true, "scandir", &p) < 0) {
    xdecref(ts, given);
    return NULL;
  }
  DIR *d;
  BLOCKING(d, open_folder(&p));
  Value v = d ? object_alloc(ts, state(ts)->scandir, sizeof(Scandir)) : err_errno(ts, error, given, NULL);
  if (v) {
    ((Scandir *)v)->dir = d;
    ((Scandir *)v)->is_bytes = p.is_bytes;
    ((Scandir *)v)->folder = p.chars ? with_slash(ts, &p) : int_from_i64(ts, p.fd);
    if (((Scandir *)v)->folder == NULL) CLEAR(v);
  } else if (d) {
    closedir(d);
  }
  posix_path_done(ts, &p);
  decref(ts, given);
  return v;
}

/* ---- descriptors ---- */

static Value posix_close(NATIVE_ARGS) {
  int fd, r;
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  BLOCKING(r, close(fd));
  return r < 0 ? err_errno(ts, error, NULL, NULL) : V_NONE;
}
static Value posix_read(NATIVE_ARGS) {
  int fd;
  int64_t n;
  if (num_as_int(ts, args[0], &fd) < 0 || num_as_i64(ts, args[1], &n) < 0) return NULL;
  if (n < 0) return err_errno(ts, EINVAL, NULL, NULL);
  char *p = mem_alloc(ts, (size_t)n + 1);
  if (p == NULL) return NULL;
  reclaim_before_wait(ts);
  ssize_t got = fd_read(ts, fd, p, (size_t)n);
  if (got == -2) err_errno(ts, EAGAIN, NULL, NULL);
  Value r = got < 0 ? NULL : bytes_new(ts, p, got);
  mem_free(ts, p);
  return r;
}
static Value posix_write(NATIVE_ARGS) {
  int fd;
  Buffer view;
  if (num_as_int(ts, args[0], &fd) < 0 || buffer_get(ts, args[1], &view, false) < 0) return NULL;
  ssize_t put = fd_write(ts, fd, view.data, (size_t)view.length);
  buffer_release(ts, &view);
  if (put == -2) err_errno(ts, EAGAIN, NULL, NULL);
  return put < 0 ? NULL : int_from_i64(ts, put);
}
static Value posix_lseek(NATIVE_ARGS) {
  int fd, whence;
  int64_t offset;
  if (num_as_int(ts, args[0], &fd) < 0 || num_as_i64(ts, args[1], &offset) < 0 || num_as_int(ts, args[2], &whence) < 0) return NULL;
  off_t r = lseek(fd, offset, whence);
  return r < 0 ? err_errno(ts, errno, NULL, NULL) : int_from_i64(ts, r);
}
static Value posix_isatty(NATIVE_ARGS) {
  int fd;
  return num_as_int(ts, args[0], &fd) < 0 ? NULL : bool_value(isatty(fd));
}
static Value posix_dup(NATIVE_ARGS) {
  int fd;
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  int r = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return r < 0 ? err_errno(ts, errno, NULL, NULL) : small_int_value(r);
}
static Value posix_truncate(NATIVE_ARGS) {
  Path p;
  int64_t n;
  int r;
  if (num_as_i64(ts, args[1], &n) < 0 || posix_path_of(ts, args[0], true, "truncate", &p) < 0) return NULL;
  BLOCKING(r, p.chars ? truncate(p.chars, n) : ftruncate(p.fd, n));
  posix_path_done(ts, &p);
  return r < 0 ? err_errno(ts, error, args[0], NULL) : V_NONE;
}
static Value posix_fsync(NATIVE_ARGS) {
  int fd, r;
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  BLOCKING(r, fsync(fd));
  return r < 0 ? err_errno(ts, error, NULL, NULL) : V_NONE;
}
static Value posix_get_terminal_size(NATIVE_ARGS) {
  int fd = 1;
  struct winsize w;
  if (nargs && num_as_int(ts, args[0], &fd) < 0) return NULL;
  if (ioctl(fd, TIOCGWINSZ, &w) < 0) return err_errno(ts, errno, NULL, NULL);
  Value v[] = {small_int_value(w.ws_col), small_int_value(w.ws_row)};
  return structseq_new(ts, state(ts)->terminal_size, v);
}

/* ---- environment, ids, system ---- */

static Value bytes_of(ThreadState *ts, Value v) {
  if (is_bytes(v)) return incref(v);
  if (is_str(v)) return str_encode(ts, v, "utf-8", "surrogateescape");
  return err_format(ts, EXC(TypeError), "expected str or bytes, not %T", v);
}
static Value posix_putenv(NATIVE_ARGS) {
  Value name = bytes_of(ts, args[0]), value = name ? bytes_of(ts, args[1]) : NULL;
  int r = -1;
  if (value) {
    if (strchr(bytes_data(name), '=') || bytes_len(name) == 0) err_format(ts, EXC(ValueError), "illegal environment variable name");
    else if ((r = setenv(bytes_data(name), bytes_data(value), 1)) < 0) err_errno(ts, errno, NULL, NULL);
  }
  xdecref(ts, name);
  xdecref(ts, value);
  return r < 0 ? NULL : V_NONE;
}
static Value posix_unsetenv(NATIVE_ARGS) {
  Value name = bytes_of(ts, args[0]);
  if (name == NULL) return NULL;
  int r = unsetenv(bytes_data(name)), error = errno;
  decref(ts, name);
  return r < 0 ? err_errno(ts, error, NULL, NULL) : V_NONE;
}
#define ID_CALL(function, call) \
  static Value function(NATIVE_ARGS) { return int_from_i64(ts, (int64_t)call); }
ID_CALL(posix_getpid, getpid())
ID_CALL(posix_getppid, getppid())
ID_CALL(posix_getuid, getuid())
ID_CALL(posix_geteuid, geteuid())
ID_CALL(posix_getgid, getgid())
ID_CALL(posix_getegid, getegid())
ID_CALL(posix_getpgrp, getpgrp())
static Value posix_umask(NATIVE_ARGS) {
  int mask;
  return num_as_int(ts, args[0], &mask) < 0 ? NULL : small_int_value(umask((mode_t)mask));
}
static Value posix_cpu_count(NATIVE_ARGS) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? V_NONE : small_int_value(n);
}
static Value posix_affinity(NATIVE_ARGS) {
  int pid;
  cpu_set_t set;
  if (num_as_int(ts, args[0], &pid) < 0) return NULL;
  if (sched_getaffinity(pid, sizeof set, &set) < 0) return err_errno(ts, errno, NULL, NULL);
  Value s = set_new(ts);
  for (int i = 0; s && i < CPU_SETSIZE; i++)
    if (CPU_ISSET(i, &set) && set_add(ts, s, small_int_value(i)) < 0) CLEAR(s);
  return s;
}
static Value posix_urandom(NATIVE_ARGS) {
  int64_t n;
  if (num_as_i64(ts, args[0], &n) < 0) return NULL;
  if (n < 0) return err_format(ts, EXC(ValueError), "negative argument not allowed");
  Value b = bytes_new(ts, NULL, n);
  for (int64_t done = 0; b && done < n;) {
    ssize_t got = getrandom(bytes_data(b) + done, (size_t)(n - done), 0);
    if (got < 0 && errno != EINTR) {
      decref(ts, b);
      return err_errno(ts, errno, NULL, NULL);
    }
    if (got > 0) done += got;
  }
  return b;
}
static Value posix_strerror(NATIVE_ARGS) {
  int n;
  return num_as_int(ts, args[0], &n) < 0 ? NULL : str_from_fs(ts, strerror(n), (ssize_t)strlen(strerror(n)));
}
static Value posix_uname(NATIVE_ARGS) {
  struct utsname u;
  if (uname(&u) < 0) return err_errno(ts, errno, NULL, NULL);
  const char *parts[] = {u.sysname, u.nodename, u.release, u.version, u.machine};
  Value v[5];
  for (int i = 0; i < 5; i++) v[i] = str_from_fs(ts, parts[i], (ssize_t)strlen(parts[i]));
  return structseq_new(ts, state(ts)->uname_result, v);
}
static Value posix_exit(NATIVE_ARGS) {
  int status;
  if (num_as_int(ts, args[0], &status) < 0) return NULL;
  _exit(status);
}
static Value posix_fspath(NATIVE_ARGS) {
  if (is_str(args[0]) || is_bytes(args[0])) return incref(args[0]);
  bool missing;
  Value r = call_special(ts, args[0], ID(__fspath__), NULL, 0, &missing);
  if (missing) return err_format(ts, EXC(TypeError), "expected str, bytes or os.PathLike object, not %T", args[0]);
  if (r && !is_str(r) && !is_bytes(r)) {
    err_format(ts, EXC(TypeError), "expected %T.__fspath__() to return str or bytes, not %T", args[0], r);
    CLEAR(r);
  }
  return r;
}

static const MethodDef methods[] = {
 {"chdir", posix_chdir, 1, 1, 0, NULL},

 {"getcwd", posix_getcwd, 0, 0, 0, NULL}, {"getcwdb", posix_getcwdb, 0, 0, 0, NULL},
    {"stat", posix_stat, 0, 1, METHOD_KW, NULL}, {"lstat", posix_lstat, 0, 1, METHOD_KW, NULL}, {"fstat", posix_fstat, 1, 1, 0, NULL},
    {"listdir", posix_listdir, 0, 1, 0, NULL}, {"scandir", posix_scandir, 0, 1, 0, NULL}, {"close", posix_close, 1, 1, 0, NULL}, {"read", posix_read, 2, 2, 0, NULL},
    {"write", posix_write, 2, 2, 0, NULL}, {"lseek", posix_lseek, 3, 3, 0, NULL}, {"isatty", posix_isatty, 1, 1, 0, NULL}, {"dup", posix_dup, 1, 1, 0, NULL}, {"truncate", posix_truncate, 2, 2, 0, NULL},
    {"ftruncate", posix_truncate, 2, 2, 0, NULL}, {"fsync", posix_fsync, 1, 1, 0, NULL}, {"get_terminal_size", posix_get_terminal_size, 0, 1, 0, NULL}, {"putenv", posix_putenv, 2, 2, 0, NULL},
    {"unsetenv", posix_unsetenv, 1, 1, 0, NULL}, {"getpid", posix_getpid, 0, 0, 0, NULL}, {"getppid", posix_getppid, 0, 0, 0, NULL}, {"getuid", posix_getuid, 0, 0, 0, NULL}, {"geteuid", posix_geteuid, 0, 0, 0, NULL},
    {"getgid", posix_getgid, 0, 0, 0, NULL}, {"getegid", posix_getegid, 0, 0, 0, NULL}, {"getpgrp", posix_getpgrp, 0, 0, 0, NULL}, {"umask", posix_umask, 1, 1, 0, NULL}, {"cpu_count", posix_cpu_count, 0, 0, 0, NULL},
    {"sched_getaffinity", posix_affinity, 1, 1, 0, NULL}, {"urandom", posix_urandom, 1, 1, 0, NULL}, {"strerror", posix_strerror, 1, 1, 0, NULL}, {"uname", posix_uname, 0, 0, 0, NULL}, {"_exit", posix_exit, 1, 1, 0, NULL},
    {"fspath", posix_fspath, 1, 1, 0, NULL}, {0}};

static int add_environ(ThreadState *ts, Value m) {
  Value d = dict_new(ts);
  for (char **e = environ; d && e && *e; e++) {
    const char *equals = strchr(*e, '=');
    if (equals == NULL) continue;
    Value k = bytes_new(ts, *e, equals - *e), v = bytes_new(ts, equals + 1, (ssize_t)strlen(equals + 1));
    int r = k && v ? dict_set(ts, d, k, v) : -1;
    xdecref(ts, k);
    xdecref(ts, v);
    if (r < 0) CLEAR(d);
  }
  return module_add(ts, m, "environ", d);
}

static int add_type(ThreadState *ts, Value m, const char *name, Type *t, Type **place) {
  if (t == NULL) return -1;
  *place = (Type *)incref((Value)t);
  return module_add(ts, m, name, (Value)t);
}

int posix_add(ThreadState *ts, Value m, const MethodDef *functions, const PosixNumber *numbers) {
  Value name = str_intern_cstr(ts, "posix");
  int r = name ? 0 : -1;
  for (; r == 0 && functions->name; functions++) r = module_add(ts, m, functions->name, native_function_new(ts, functions, m, name));
  for (; r == 0 && numbers && numbers->name; numbers++) r = module_add_int(ts, m, numbers->name, numbers->value);
  xdecref(ts, name);
  return r;
}

static int start(ThreadState *ts, Value m) {
  static const TypeSpec entry = {.name = "posix.DirEntry", .size = sizeof(DirEntry), .flags = TYPE_NO_NEW, .methods = entry_methods, .getsets = entry_getsets, .slots = {.dealloc = entry_dealloc, .repr = entry_repr}};
  static const TypeSpec scandir = {.name = "posix.ScandirIterator", .size = sizeof(Scandir), .flags = TYPE_NO_NEW, .methods = scandir_methods, .slots = {.dealloc = scandir_dealloc, .iter = self_iter, .next = scandir_next}};
  static const char *const uname_fields[] = {"sysname", "nodename", "release", "version", "machine"}, *const size_fields[] = {"columns", "lines"};
  PosixState *s = module_state(m);
  if (module_add_type(ts, m, &entry, NULL, &s->dir_entry) < 0 || (s->scandir = type_from_spec(ts, &scandir, NULL, K_OBJECT)) == NULL) return -1;
  if (add_type(ts, m, "stat_result", structseq_type(ts, "os.stat_result", NULL, stat_fields, 16, 10), &s->stat_result) < 0 ||
      add_type(ts, m, "uname_result", structseq_type(ts, "posix.uname_result", NULL, uname_fields, 5, 5), &s->uname_result) < 0 ||
      add_type(ts, m, "terminal_size", structseq_type(ts, "os.terminal_size", NULL, size_fields, 2, 2), &s->terminal_size) < 0)
    return -1;
  static const struct {
    const char *name;
    int value;
  } numbers[] = {{"O_RDONLY", O_RDONLY}, {"O_WRONLY", O_WRONLY}, {"O_RDWR", O_RDWR}, {"O_CREAT", O_CREAT}, {"O_EXCL", O_EXCL}, {"O_TRUNC", O_TRUNC}, {"O_APPEND", O_APPEND}, {"O_NONBLOCK", O_NONBLOCK}, {"O_SYNC", O_SYNC},
                 {"O_CLOEXEC", O_CLOEXEC}, {"O_DIRECTORY", O_DIRECTORY}, {"O_NOFOLLOW", O_NOFOLLOW}, {"F_OK", F_OK}, {"R_OK", R_OK}, {"W_OK", W_OK}, {"X_OK", X_OK}, {"EX_OK", 0}, {"EX_USAGE", 64}, {"EX_DATAERR", 65},
                 {"EX_NOINPUT", 66}, {"EX_SOFTWARE", 70}, {"EX_OSERR", 71}, {"EX_IOERR", 74}, {"EX_TEMPFAIL", 75}, {"EX_NOPERM", 77}, {"EX_CONFIG", 78}, {"NGROUPS_MAX", 65536}, {"TMP_MAX", 238328}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (module_add_int(ts, m, numbers[i].name, numbers[i].value) < 0) return -1;
  if (posix_process_start(ts, m, &s->process) < 0 || posix_paths_start(ts, m) < 0 || posix_more_start(ts, m) < 0 || posix_system_start(ts, m) < 0) return -1;
  return module_add(ts, m, "error", incref(EXC(OSError))) < 0 ? -1 : add_environ(ts, m);
}

const ModuleDef posix_module_def = {.name = "posix", .doc = "The natives under os.", .methods = methods, .start = start, .state_size = sizeof(PosixState), .owned_values = 13};
