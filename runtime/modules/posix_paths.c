/* posix_paths.c - calls on paths, which may start from an open folder: os.mkdir("x", dir_fd=folder).
 * Keeps true: every call runs without the GIL, and again after a signal; errors carry errno and the path given.
 *   Without dir_fd a path starts from the current folder, AT_FDCWD: each function has one form, that of the ...at() calls.
 * Next: posix.c. CPython: Modules/posixmodule.c. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/modules/io/io_internal.h"
#include "runtime/modules/posix.h"

int posix_place_of(ThreadState *ts, Value path, NULLABLE Value folder, bool allow_fd, const char *function, Place *p) {
  p->folder = AT_FDCWD;
  if (folder && !is_none(folder)) {
    if (!has_index(ts, folder)) return err_format(ts, EXC(TypeError), "argument should be integer or None, not %T", folder), -1;
    if (num_as_int(ts, folder, &p->folder) < 0) return -1;
  }
  if (posix_path_of(ts, path, allow_fd, function, &p->path) < 0) return -1;
  if (p->path.chars || p->folder == AT_FDCWD) return 0;
  err_format(ts, EXC(ValueError), "%s: can't specify dir_fd without matching path", function);
  return -1;
}
/* Ends a call that gave r, and errno when r is negative. */
static Value finish(ThreadState *ts, Place *p, long r) {
  int error = errno;
  posix_path_done(ts, &p->path);
  return r < 0 ? posix_error(ts, error, p->path.given) : V_NONE;
}
static int int_or(ThreadState *ts, NULLABLE Value v, int fallback, int *out) {
  *out = fallback;
  return v ? num_as_int(ts, v, out) : 0;
}
static int truth_or(ThreadState *ts, NULLABLE Value v, int fallback) { return v ? truth(ts, v) : fallback; }

/* ---- removing ---- */

static Value drop(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, const char *function, int flags) {
  static const char *const names[] = {"path", "dir_fd"};
  const ArgSpec spec = {function, 0, 1, 1, 2, names};
  Value given[2];
  Place p;
  int r;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || posix_place_of(ts, given[0], given[1], false, function, &p) < 0) return NULL;
  POSIX_WAIT(r, unlinkat(p.folder, p.path.chars, flags));
  return finish(ts, &p, r);
}
static Value posix_unlink(NATIVE_ARGS) { return drop(ts, args, nargs, kwnames, "unlink", 0); }
static Value posix_remove(NATIVE_ARGS) { return drop(ts, args, nargs, kwnames, "remove", 0); }
static Value posix_rmdir(NATIVE_ARGS) { return drop(ts, args, nargs, kwnames, "rmdir", AT_REMOVEDIR); }

/* ---- making ---- */

/* path, a mode, a folder: of the functions that make something. */
static int bind_new(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, const char *function, int fallback, int *mode, Place *p) {
  static const char *const names[] = {"path", "mode", "dir_fd"};
  const ArgSpec spec = {function, 0, 2, 1, 3, names};
  Value given[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || int_or(ts, given[1], fallback, mode) < 0) return -1;
  return posix_place_of(ts, given[0], given[2], false, function, p);
}
static Value posix_mkdir(NATIVE_ARGS) {
  Place p;
  int mode, r;
  if (bind_new(ts, args, nargs, kwnames, "mkdir", 0777, &mode, &p) < 0) return NULL;
  POSIX_WAIT(r, mkdirat(p.folder, p.path.chars, (mode_t)mode));
  return finish(ts, &p, r);
}
static Value posix_mkfifo(NATIVE_ARGS) {
  Place p;
  int mode, r;
  if (bind_new(ts, args, nargs, kwnames, "mkfifo", 0666, &mode, &p) < 0) return NULL;
  p.path.given = NULL; /* its errors name no path */
  POSIX_WAIT(r, mkfifoat(p.folder, p.path.chars, (mode_t)mode));
  return finish(ts, &p, r);
}
static Value posix_mknod(NATIVE_ARGS) {
  static const char *const names[] = {"path", "mode", "device", "dir_fd"};
  static const ArgSpec spec = {"mknod", 0, 3, 1, 4, names};
  Value given[4];
  Place p;
  int mode, r;
  int64_t device = 0;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || int_or(ts, given[1], 0600, &mode) < 0 || (given[2] && num_as_i64(ts, given[2], &device) < 0) ||
      posix_place_of(ts, given[0], given[3], false, "mknod", &p) < 0)
    return NULL;
  p.path.given = NULL;
  POSIX_WAIT(r, mknodat(p.folder, p.path.chars, (mode_t)mode, (dev_t)device));
  return finish(ts, &p, r);
}
static Value posix_open(NATIVE_ARGS) {
  static const char *const names[] = {"path", "flags", "mode", "dir_fd"};
  static const ArgSpec spec = {"open", 0, 3, 2, 4, names};
  Value given[4];
  Place p;
  int flags, mode, r;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[1], &flags) < 0 || int_or(ts, given[2], 0777, &mode) < 0 ||
      posix_place_of(ts, given[0], given[3], false, "open", &p) < 0)
    return NULL;
  POSIX_WAIT(r, openat(p.folder, p.path.chars, flags | O_CLOEXEC, mode));
  Value done = finish(ts, &p, r);
  return done ? small_int_value(r) : NULL;
}

/* ---- what a path may do, who owns it, when it was used ---- */

static Value posix_chmod(NATIVE_ARGS) {
  static const char *const names[] = {"path", "mode", "dir_fd", "follow_symlinks"};
  static const ArgSpec spec = {"chmod", 0, 2, 2, 4, names};
  Value given[4];
  Place p;
  int mode, r, follow;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[1], &mode) < 0 || (follow = truth_or(ts, given[3], 1)) < 0) return NULL;
  if (!follow) return err_format(ts, EXC(NotImplementedError), "chmod: follow_symlinks unavailable on this platform");
  if (posix_place_of(ts, given[0], given[2], true, "chmod", &p) < 0) return NULL;
  POSIX_WAIT(r, p.path.chars ? fchmodat(p.folder, p.path.chars, (mode_t)mode, 0) : fchmod(p.path.fd, (mode_t)mode));
  return finish(ts, &p, r);
}
static Value posix_access(NATIVE_ARGS) {
  static const char *const names[] = {"path", "mode", "dir_fd", "effective_ids", "follow_symlinks"};
  static const ArgSpec spec = {"access", 0, 2, 2, 5, names};
  Value given[5];
  Place p;
  int mode, r, effective, follow;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[1], &mode) < 0 || (effective = truth_or(ts, given[3], 0)) < 0 || (follow = truth_or(ts, given[4], 1)) < 0 ||
      posix_place_of(ts, given[0], given[2], false, "access", &p) < 0)
    return NULL;
  POSIX_WAIT(r, faccessat(p.folder, p.path.chars, mode, (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW)));
  posix_path_done(ts, &p.path);
  return err_occurred(ts) ? NULL : bool_value(r == 0);
}
static Value change_owner(ThreadState *ts, Value *given, NULLABLE Value folder, bool follow, const char *function) {
  Place p;
  int64_t uid, gid;
  int r;
  if (num_as_i64(ts, given[1], &uid) < 0 || num_as_i64(ts, given[2], &gid) < 0 || posix_place_of(ts, given[0], folder, follow, function, &p) < 0) return NULL;
  POSIX_WAIT(r, p.path.chars ? fchownat(p.folder, p.path.chars, (uid_t)uid, (gid_t)gid, follow ? 0 : AT_SYMLINK_NOFOLLOW) : fchown(p.path.fd, (uid_t)uid, (gid_t)gid));
  return finish(ts, &p, r);
}
static Value posix_chown(NATIVE_ARGS) {
  static const char *const names[] = {"path", "uid", "gid", "dir_fd", "follow_symlinks"};
  static const ArgSpec spec = {"chown", 0, 3, 3, 5, names};
  Value given[5];
  int follow;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || (follow = truth_or(ts, given[4], 1)) < 0) return NULL;
  return change_owner(ts, given, given[3], follow, "chown");
}
static Value posix_lchown(NATIVE_ARGS) { return change_owner(ts, args, NULL, false, "lchown"); }

static int time_arg(ThreadState *ts, Value v, struct timespec *out) {
  double d;
  if (is_int(v)) {
    int64_t s;
    if (num_as_i64(ts, v, &s) < 0) return -1;
    *out = (struct timespec){.tv_sec = s};
    return 0;
  }
  if (num_as_double(ts, v, &d) < 0) return -1;
  double whole = __builtin_floor(d);
  *out = (struct timespec){.tv_sec = (time_t)whole, .tv_nsec = (long)((d - whole) * 1e9)};
  return 0;
}
static int nanoseconds_arg(ThreadState *ts, Value v, struct timespec *out) {
  int64_t ns;
  if (num_as_i64(ts, v, &ns) < 0) return -1;
  *out = (struct timespec){.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
  return 0;
}
/* The times to set: now, seconds, or nanoseconds. */
static int times_of(ThreadState *ts, NULLABLE Value seconds, NULLABLE Value ns, struct timespec t[2]) {
  bool has_seconds = seconds && !is_none(seconds);
  Value pair = has_seconds ? seconds : ns;
  if (has_seconds && ns) return err_format(ts, EXC(ValueError), "utime: you may specify either 'times' or 'ns' but not both"), -1;
  if (pair == NULL) return 0;
  if (!is_tuple(pair) || tuple_len(pair) != 2)
    return err_format(ts, EXC(TypeError), has_seconds ? "utime: 'times' must be either a tuple of two ints or None" : "utime: 'ns' must be a tuple of two ints"), -1;
  for (int i = 0; i < 2; i++)
    if ((has_seconds ? time_arg : nanoseconds_arg)(ts, tuple_get(pair, i), &t[i]) < 0) return -1;
  return 0;
}
static Value posix_utime(NATIVE_ARGS) {
  static const char *const names[] = {"path", "times", "ns", "dir_fd", "follow_symlinks"};
  static const ArgSpec spec = {"utime", 0, 2, 1, 5, names};
  Value given[5];
  Place p;
  struct timespec t[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
  int r, follow;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || times_of(ts, given[1], given[2], t) < 0 || (follow = truth_or(ts, given[4], 1)) < 0 ||
      posix_place_of(ts, given[0], given[3], true, "utime", &p) < 0)
    return NULL;
  POSIX_WAIT(r, p.path.chars ? utimensat(p.folder, p.path.chars, t, follow ? 0 : AT_SYMLINK_NOFOLLOW) : futimens(p.path.fd, t));
  return finish(ts, &p, r);
}

/* ---- two paths ---- */

typedef int TwoPathCall(int from_folder, const char *from, int to_folder, const char *to);

static Value two_places(ThreadState *ts, Value *paths, Value *folders, const char *function, TwoPathCall *act) {
  Place a, b;
  int r;
  if (posix_place_of(ts, paths[0], folders[0], false, function, &a) < 0) return NULL;
  if (posix_place_of(ts, paths[1], folders[1], false, function, &b) < 0) return posix_path_done(ts, &a.path), NULL;
  POSIX_WAIT(r, act(a.folder, a.path.chars, b.folder, b.path.chars));
  int error = errno;
  posix_path_done(ts, &a.path);
  posix_path_done(ts, &b.path);
  if (r == 0) return V_NONE;
  return err_occurred(ts) ? NULL : err_errno(ts, error, paths[0], paths[1]);
}
static Value move(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, const char *function) {
  static const char *const names[] = {"src", "dst", "src_dir_fd", "dst_dir_fd"};
  const ArgSpec spec = {function, 0, 2, 2, 4, names};
  Value given[4];
  return args_bind(ts, &spec, args, nargs, kwnames, given) < 0 ? NULL : two_places(ts, given, given + 2, function, renameat);
}
static Value posix_rename(NATIVE_ARGS) { return move(ts, args, nargs, kwnames, "rename"); }
static Value posix_replace(NATIVE_ARGS) { return move(ts, args, nargs, kwnames, "replace"); }

static int link_itself(int from_folder, const char *from, int to_folder, const char *to) { return linkat(from_folder, from, to_folder, to, 0); }
static int link_followed(int from_folder, const char *from, int to_folder, const char *to) { return linkat(from_folder, from, to_folder, to, AT_SYMLINK_FOLLOW); }
static Value posix_link(NATIVE_ARGS) {
  static const char *const names[] = {"src", "dst", "src_dir_fd", "dst_dir_fd", "follow_symlinks"};
  static const ArgSpec spec = {"link", 0, 2, 2, 5, names};
  Value given[5];
  int follow;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || (follow = truth_or(ts, given[4], 1)) < 0) return NULL;
  bool has_folder = (given[2] && !is_none(given[2])) || (given[3] && !is_none(given[3]));
  return two_places(ts, given, given + 2, "link", follow && has_folder ? link_followed : link_itself); /* a plain link() follows nothing on Linux */
}
static int symlink_at(int unused, const char *target, int folder, const char *path) {
  (void)unused;
  return symlinkat(target, folder, path);
}
static Value posix_symlink(NATIVE_ARGS) {
  static const char *const names[] = {"src", "dst", "target_is_directory", "dir_fd"};
  static const ArgSpec spec = {"symlink", 0, 3, 2, 4, names};
  Value given[4];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value folders[] = {NULL, given[3]};
  return two_places(ts, given, folders, "symlink", symlink_at);
}
static Value posix_readlink(NATIVE_ARGS) {
  static const char *const names[] = {"path", "dir_fd"};
  static const ArgSpec spec = {"readlink", 0, 1, 1, 2, names};
  Value given[2];
  Place p;
  char target[4097];
  ssize_t r;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || posix_place_of(ts, given[0], given[1], false, "readlink", &p) < 0) return NULL;
  POSIX_WAIT(r, readlinkat(p.folder, p.path.chars, target, sizeof target - 1));
  if (finish(ts, &p, r) == NULL) return NULL;
  target[r] = 0;
  return posix_name_value(ts, target, p.path.is_bytes);
}

static const MethodDef functions[] = {{"unlink", posix_unlink, 0, 1, METHOD_KW, NULL}, {"remove", posix_remove, 0, 1, METHOD_KW, NULL}, {"rmdir", posix_rmdir, 0, 1, METHOD_KW, NULL},
    {"mkdir", posix_mkdir, 0, 2, METHOD_KW, NULL}, {"mkfifo", posix_mkfifo, 0, 2, METHOD_KW, NULL}, {"mknod", posix_mknod, 0, 3, METHOD_KW, NULL}, {"open", posix_open, 0, 3, METHOD_KW, NULL},
    {"chmod", posix_chmod, 0, 2, METHOD_KW, NULL}, {"access", posix_access, 0, 2, METHOD_KW, NULL}, {"chown", posix_chown, 0, 3, METHOD_KW, NULL}, {"lchown", posix_lchown, 3, 3, 0, NULL},
    {"utime", posix_utime, 0, 2, METHOD_KW, NULL}, {"rename", posix_rename, 0, 2, METHOD_KW, NULL}, {"replace", posix_replace, 0, 2, METHOD_KW, NULL}, {"link", posix_link, 0, 2, METHOD_KW, NULL},
    {"symlink", posix_symlink, 0, 3, METHOD_KW, NULL}, {"readlink", posix_readlink, 0, 1, METHOD_KW, NULL}, {0}};
int posix_paths_start(ThreadState *ts, Value module) { return posix_add(ts, module, functions, NULL); }
