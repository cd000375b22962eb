/* spawn.c - _posixsubprocess: start another program, in one step and in C.
 * Why in C: between fork() and exec() a child of a process with threads may only do what a signal handler may do: another thread may have held any
 *   lock. So all memory is made before, and the child calls the system only. An error goes to the parent through a pipe that exec closes.
 * Keeps true: the parent comes back with the child's number, whatever becomes of the child. Only with preexec_fn Python runs in the child.
 * Next: runtime/lib/subprocess.py, posix_process.c (os.fork). CPython: Modules/_posixsubprocess.c. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/module.h"
#include "runtime/modules/posix_process.h"

typedef struct {
  char **argv, **programs, **env; /* env NULL: the parent's */
  const char *cwd;
  int in, out, err, report; /* descriptors of the child; -1: the parent's. report: where errors go */
  int *keep;                /* descriptors to leave open, in order, ended by -1 */
  bool close_others, restore_signals, new_session, has_python;
  const sigset_t *mask;     /* the signals that were blocked before; all are until exec, as our handlers must not run in the child */
  int64_t group;            /* process group, -1: the parent's */
} Plan;

/* ---- in the child ---- */

static void tell(Plan *p, const char *what, int error) {
  char text[64];
  char digits[12], *d = digits + sizeof digits;
  size_t n = strlen(what);
  for (*--d = 0; error; error /= 16) *--d = "0123456789ABCDEF"[error % 16];
  memcpy(text, what, n);
  memcpy(text + n, d, strlen(d));
  memcpy(text + n + strlen(d), ":", 1);
  ssize_t ignored = write(p->report, text, n + strlen(d) + 1);
  (void)ignored;
}
/* fd as number `to`, open across exec. */
static int put_at(int fd, int to) {
  if (fd == -1) return 0;
  if (fd == to) return fcntl(fd, F_SETFD, 0);
  return dup2(fd, to) < 0 ? -1 : 0;
}
/* A descriptor below 3 that is to become another one must get out of the way first. */
static int lift(int fd) { return fd >= 0 && fd < 3 ? fcntl(fd, F_DUPFD_CLOEXEC, 3) : fd; }
static void close_others(Plan *p) {
  unsigned from = 3;
  for (int *k = p->keep; *k >= 0; k++) {
    if ((unsigned)*k > from) syscall(SYS_close_range, from, (unsigned)*k - 1, 0);
    if ((unsigned)*k >= from) from = (unsigned)*k + 1;
  }
  syscall(SYS_close_range, from, ~0U, 0);
}
static const char *prepare_child(Plan *p) {
  p->in = lift(p->in), p->out = lift(p->out), p->err = lift(p->err);
  if (put_at(p->in, 0) < 0 || put_at(p->out, 1) < 0 || put_at(p->err, 2) < 0) return "OSError:";
  for (int *k = p->keep; *k >= 0; k++)
    if (*k != p->report) fcntl(*k, F_SETFD, 0);
  if (p->cwd && chdir(p->cwd) < 0) return "OSError:noexec:";
  if (p->restore_signals) signal(SIGPIPE, SIG_DFL), signal(SIGXFSZ, SIG_DFL);
  if (p->new_session && setsid() < 0) return "OSError:";
  if (p->group >= 0 && setpgid(0, (pid_t)p->group) < 0) return "OSError:";
  return NULL;
}
static void become(Plan *p) {
  int error = ENOENT;
  if (p->close_others) close_others(p);
  sigprocmask(SIG_SETMASK, p->mask, NULL);
  for (char **program = p->programs; *program; program++) {
    execve(*program, p->argv, p->env ? p->env : environ);
    if (errno != ENOENT && errno != ENOTDIR) error = errno;
  }
  tell(p, "OSError:", error);
}
static void child(ThreadState *ts, Plan *p, Value preexec) {
  const char *failed = prepare_child(p);
  if (failed) {
    tell(p, failed, errno);
  } else if (p->has_python) {
    process_after_fork_in_child(ts);
    Value r = call0(ts, preexec);
    if (r == NULL) tell(p, "SubprocessError:", 0);
    else become(p);
  } else {
    become(p);
  }
  _exit(255);
}

/* ---- before ---- */

static void strings_free(char **strings) {
  for (char **s = strings; s && *s; s++) free(*s);
  free(strings);
}
static char **strings_of(ThreadState *ts, Value list) {
  Value items = list_from_iterable(ts, list);
  if (items == NULL) return NULL;
  char **strings = calloc((size_t)list_len(items) + 1, sizeof *strings);
  for (ssize_t i = 0; strings && i < list_len(items); i++) {
    Value b = list_get(items, i);
    if (!is_bytes(b)) err_format(ts, EXC(TypeError), "expected bytes, %T found", b);
    else if (memchr(bytes_data(b), 0, (size_t)bytes_len(b))) err_format(ts, EXC(ValueError), "embedded null byte");
    else strings[i] = strdup(bytes_data(b));
    if (strings[i] == NULL) {
      strings_free(strings);
      strings = NULL;
      if (!err_occurred(ts)) err_no_memory(ts);
    }
  }
  if (strings == NULL && !err_occurred(ts)) err_no_memory(ts);
  decref(ts, items);
  return strings;
}
static int *numbers_of(ThreadState *ts, Value list) {
  Value items = list_from_iterable(ts, list);
  if (items == NULL) return NULL;
  int *numbers = calloc((size_t)list_len(items) + 1, sizeof *numbers);
  for (ssize_t i = 0; numbers && i < list_len(items); i++)
    if (num_as_int(ts, list_get(items, i), &numbers[i]) < 0) {
      free(numbers);
      numbers = NULL;
    }
  if (numbers) numbers[list_len(items)] = -1;
  decref(ts, items);
  return numbers;
}

/* fork_exec(argv, programs, env or None, cwd or None, (in, out, err, report), kept descriptors, close_fds, restore_signals, new_session, group, preexec_fn or None) */
static Value spawn_fork_exec(NATIVE_ARGS) {
  Plan p = {.group = -1};
  int flags[3], fds[4];
  Value preexec = args[10];
  pid_t pid = -1;
  for (int i = 0; i < 4; i++)
    if (!is_tuple(args[4]) || tuple_len(args[4]) != 4 || num_as_int(ts, tuple_get(args[4], i), &fds[i]) < 0) return err_occurred(ts) ? NULL : err_bad_call(ts);
  for (int i = 0; i < 3; i++)
    if ((flags[i] = truth(ts, args[6 + i])) < 0) return NULL;
  if (num_as_i64(ts, args[9], &p.group) < 0) return NULL;
  p.in = fds[0], p.out = fds[1], p.err = fds[2], p.report = fds[3];
  p.close_others = flags[0], p.restore_signals = flags[1], p.new_session = flags[2];
  p.has_python = !is_none(preexec);
  p.cwd = is_none(args[3]) ? NULL : is_bytes(args[3]) ? bytes_data(args[3]) : NULL;
  if ((p.argv = strings_of(ts, args[0])) && (p.programs = strings_of(ts, args[1])) && (is_none(args[2]) || (p.env = strings_of(ts, args[2]))) && (p.keep = numbers_of(ts, args[5]))) {
    sigset_t all, before;
    sigfillset(&all);
    if (p.has_python) process_before_fork(ts);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    p.mask = &before;
    pid = p.has_python ? fork() : vfork();
    if (pid == 0) child(ts, &p, preexec);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (p.has_python) process_after_fork_in_parent(ts);
    if (pid < 0) err_errno(ts, error, NULL, NULL);
  }
  strings_free(p.argv);
  strings_free(p.programs);
  strings_free(p.env);
  free(p.keep);
  return pid < 0 ? NULL : small_int_value(pid);
}

static const MethodDef methods[] = {{"fork_exec", spawn_fork_exec, 11, 11, 0, NULL}, {0}};
const ModuleDef spawn_module_def = {.name = "_posixsubprocess", .doc = "Start another program. Scripts use subprocess.", .methods = methods};
