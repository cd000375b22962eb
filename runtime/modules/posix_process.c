/* posix_process.c - the part of posix about processes, pipes and descriptors' flags.
 * Keeps true: a call that may wait lets the lock go, and is tried again after a signal whose handler did not raise (PEP 475). After fork() the child has
 *   one thread, the one that called; a lock that another thread held stays locked for ever.
 * Next: posix.c (files), runtime/lib/os.py, gil/sched/sched.c (sched_after_fork). CPython: Modules/posixmodule.c. */
#include "runtime/modules/posix_process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/module.h"
#include "runtime/modules/posix.h"
#include "runtime/modules/signal_module.h"
#include "runtime/reclaim.h"
#include "runtime/thread_state.h"

static ProcessState *state(ThreadState *ts) { return posix_process_state(ts); }

static Value os_error(ThreadState *ts) { return err_errno(ts, errno, NULL, NULL); }
static Value none_or_error(ThreadState *ts, int result) { return result < 0 ? os_error(ts) : V_NONE; }

/* Run a call that may wait; again after a signal. -1: `errno`, or an exception when a handler raised. */
#define WAITING(result, reason, call) \
  reclaim_before_wait(ts); \
  do { \
    sched_blocking_begin_for(&ts->sched, reason); \
    result = call; \
    int error_ = errno; \
    sched_blocking_end(&ts->sched); \
    errno = error_; \
  } while (result < 0 && errno == EINTR && ts->interp->up.check_pending(ts) == 0); \
  if (err_occurred(ts)) return NULL

/* ---- fork ---- */

static Value register_at_fork(NATIVE_ARGS) {
  static const char *const names[] = {"before", "after_in_child", "after_in_parent"};
  static const ArgSpec spec = {"register_at_fork", 0, 0, 0, 3, names};
  Value given[3], *lists[3] = {&state(ts)->before, &state(ts)->in_child, &state(ts)->in_parent};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (!given[0] && !given[1] && !given[2]) return err_format(ts, EXC(TypeError), "At least one argument is required.");
  for (int i = 0; i < 3; i++)
    if (given[i] && !is_callable(ts, given[i])) return err_format(ts, EXC(TypeError), "'%s' must be callable, not %T", names[i], given[i]);
  for (int i = 0; i < 3; i++) {
    if (given[i] == NULL) continue;
    if (*lists[i] == NULL && (*lists[i] = list_new(ts, 1)) == NULL) return NULL;
    if (list_append(ts, *lists[i], given[i]) < 0) return NULL;
  }
  return V_NONE;
}

static void run_hooks(ThreadState *ts, Value list, bool backward) {
  Value all = list ? list_to_tuple(ts, list) : NULL;
  ssize_t n = all ? tuple_len(all) : 0;
  for (ssize_t i = 0; i < n; i++) {
    Value hook = tuple_get(all, backward ? n - 1 - i : i), r = call0(ts, hook);
    if (r == NULL) err_write_unraisable(ts, hook);
    xdecref(ts, r);
  }
  xdecref(ts, all);
  err_clear(ts);
}

/* Without the GIL the others stand still meanwhile, so that in the child nothing is half done and no lock of ours is held. */
void process_before_fork(ThreadState *ts) {
  run_hooks(ts, state(ts)->before, true);
  STOP_WORLD(ts);
}
void process_after_fork_in_parent(ThreadState *ts) {
  START_WORLD(ts);
  run_hooks(ts, state(ts)->in_parent, false);
}
void process_after_fork_in_child(ThreadState *ts) {
  sched_after_fork(&ts->sched);
  reclaim_after_fork(ts);
  ts->interp->main_thread = ts;
  ts->interp->thread_count = 0;
  ts->interp->family = NULL; /* the others' threads are not here, so nobody may use them */
  ts->sched.native_id = gettid();
  ts->sched.os_thread = pthread_self();
  signals_after_fork(ts);
  run_hooks(ts, state(ts)->in_child, false);
}

/* From 3.12 on CPython warns: what other threads held stays locked in the child for ever. */
static int warn_of_threads(ThreadState *ts, uint32_t others) {
  if (others == 0 || !ts->sched.sched->profile->fair_locks) return 0;
  return err_warn(ts, EXC(DeprecationWarning), 1, "This process (pid=%d) is multi-threaded, use of fork() may lead to deadlocks in the child.", (int)getpid());
}

static Value posix_fork(NATIVE_ARGS) {
  if (ts->interp->is_isolated) return err_format(ts, EXC(RuntimeError), "fork not supported for isolated subinterpreters");
  process_before_fork(ts);
  uint32_t others = sched_others(&ts->sched);
  pid_t pid = fork();
  int error = errno;
  if (pid == 0) process_after_fork_in_child(ts);
  else process_after_fork_in_parent(ts);
  if (pid > 0 && warn_of_threads(ts, others) < 0) return NULL;
  return pid < 0 ? err_errno(ts, error, NULL, NULL) : int_from_i64(ts, pid);
}

/* ---- wait, kill ---- */

static Value posix_waitpid(NATIVE_ARGS) {
  int pid, options, status = 0;
  pid_t got;
  if (num_as_int(ts, args[0], &pid) < 0 || num_as_int(ts, args[1], &options) < 0) return NULL;
  WAITING(got, BLOCK_PROCESS, waitpid(pid, &status, options));
  return got < 0 ? os_error(ts) : tuple_steal2(ts, small_int_value(got), small_int_value(status));
}
static Value posix_wait(NATIVE_ARGS) {
  Value any[] = {small_int_value(-1), small_int_value(0)};
  return posix_waitpid(ts, self, any, 2, NULL);
}
static Value seconds_of(ThreadState *ts, struct timeval t) { return float_new(ts, (double)t.tv_sec + (double)t.tv_usec * 1e-6); }
static Value rusage_value(ThreadState *ts, const struct rusage *u) {
  Value v[] = {seconds_of(ts, u->ru_utime), seconds_of(ts, u->ru_stime), small_int_value(u->ru_maxrss), small_int_value(u->ru_ixrss), small_int_value(u->ru_idrss), small_int_value(u->ru_isrss),
               small_int_value(u->ru_minflt), small_int_value(u->ru_majflt), small_int_value(u->ru_nswap), small_int_value(u->ru_inblock), small_int_value(u->ru_oublock), small_int_value(u->ru_msgsnd),
               small_int_value(u->ru_msgrcv), small_int_value(u->ru_nsignals), small_int_value(u->ru_nvcsw), small_int_value(u->ru_nivcsw)};
  return structseq_new(ts, state(ts)->rusage, v);
}
static Value wait_with_usage(ThreadState *ts, int pid, int options) {
  int status = 0;
  struct rusage usage = {0};
  pid_t got;
  WAITING(got, BLOCK_PROCESS, wait4(pid, &status, options, &usage));
  return got < 0 ? os_error(ts) : tuple_steal3(ts, small_int_value(got), small_int_value(status), rusage_value(ts, &usage));
}
static Value posix_wait3(NATIVE_ARGS) {
  int options;
  return num_as_int(ts, args[0], &options) < 0 ? NULL : wait_with_usage(ts, -1, options);
}
static Value posix_wait4(NATIVE_ARGS) {
  int pid, options;
  return num_as_int(ts, args[0], &pid) < 0 || num_as_int(ts, args[1], &options) < 0 ? NULL : wait_with_usage(ts, pid, options);
}
#define STATUS_CALL(name, macro, make) \
  static Value posix_##name(NATIVE_ARGS) { \
    int status; \
    return num_as_int(ts, args[0], &status) < 0 ? NULL : make(macro(status)); \
  }
STATUS_CALL(WIFEXITED, WIFEXITED, bool_value)
STATUS_CALL(WIFSIGNALED, WIFSIGNALED, bool_value)
STATUS_CALL(WIFSTOPPED, WIFSTOPPED, bool_value)
STATUS_CALL(WIFCONTINUED, WIFCONTINUED, bool_value)
STATUS_CALL(WCOREDUMP, WCOREDUMP, bool_value)
STATUS_CALL(WEXITSTATUS, WEXITSTATUS, small_int_value)
STATUS_CALL(WTERMSIG, WTERMSIG, small_int_value)
STATUS_CALL(WSTOPSIG, WSTOPSIG, small_int_value)
#undef STATUS_CALL
static Value posix_waitstatus_to_exitcode(NATIVE_ARGS) {
  static const char *const names[] = {"status"};
  static const ArgSpec spec = {"waitstatus_to_exitcode", 0, 1, 1, 1, names};
  Value given[1];
  int status;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[0], &status) < 0) return NULL;
  if (WIFEXITED(status)) return small_int_value(WEXITSTATUS(status));
  if (WIFSIGNALED(status)) return small_int_value(-WTERMSIG(status));
  if (WIFSTOPPED(status)) return err_format(ts, EXC(ValueError), "process stopped by delivery of signal %d", WSTOPSIG(status));
  return err_format(ts, EXC(ValueError), "invalid wait status: %d", status);
}
static int two_ints(ThreadState *ts, Value *args, int *a, int *b) { return num_as_int(ts, args[0], a) < 0 || num_as_int(ts, args[1], b) < 0 ? -1 : 0; }
static Value posix_kill(NATIVE_ARGS) {
  int pid, number;
  if (two_ints(ts, args, &pid, &number) < 0) return NULL;
  if (kill(pid, number) < 0) return os_error(ts);
  return ts->interp->up.check_pending(ts) < 0 ? NULL : V_NONE;
}
static Value posix_killpg(NATIVE_ARGS) {
  int group, number;
  if (two_ints(ts, args, &group, &number) < 0) return NULL;
  if (killpg(group, number) < 0) return os_error(ts);
  return ts->interp->up.check_pending(ts) < 0 ? NULL : V_NONE;
}
static Value posix_abort(NATIVE_ARGS) { abort(); }

/* ---- who and where ---- */

static Value posix_getpgid(NATIVE_ARGS) {
  int pid;
  if (num_as_int(ts, args[0], &pid) < 0) return NULL;
  pid_t r = getpgid(pid);
  return r < 0 ? os_error(ts) : small_int_value(r);
}
static Value posix_setpgid(NATIVE_ARGS) {
  int pid, group;
  return two_ints(ts, args, &pid, &group) < 0 ? NULL : none_or_error(ts, setpgid(pid, group));
}
static Value posix_setpgrp(NATIVE_ARGS) { return none_or_error(ts, setpgid(0, 0)); }
static Value posix_setsid(NATIVE_ARGS) { return none_or_error(ts, setsid()); }
static Value posix_getsid(NATIVE_ARGS) {
  int pid;
  if (num_as_int(ts, args[0], &pid) < 0) return NULL;
  pid_t r = getsid(pid);
  return r < 0 ? os_error(ts) : small_int_value(r);
}
static Value posix_nice(NATIVE_ARGS) {
  int more;
  if (num_as_int(ts, args[0], &more) < 0) return NULL;
  errno = 0;
  int r = nice(more);
  return r == -1 && errno ? os_error(ts) : small_int_value(r);
}
static Value posix_setaffinity(NATIVE_ARGS) {
  int pid, core;
  cpu_set_t set;
  CPU_ZERO(&set);
  if (num_as_int(ts, args[0], &pid) < 0) return NULL;
  Value list = list_from_iterable(ts, args[1]);
  for (ssize_t i = 0; list && i < list_len(list); i++) {
    if (num_as_int(ts, list_get(list, i), &core) < 0) CLEAR(list);
    else if (core < 0) {
      err_format(ts, EXC(ValueError), "negative CPU number");
      CLEAR(list);
    } else if (core < CPU_SETSIZE) {
      CPU_SET(core, &set);
    }
  }
  if (list == NULL) return NULL;
  decref(ts, list);
  return none_or_error(ts, sched_setaffinity(pid, sizeof set, &set));
}
static Value posix_sched_yield(NATIVE_ARGS) {
  sched_blocking_begin(&ts->sched);
  sched_yield();
  sched_blocking_end(&ts->sched);
  return V_NONE;
}
static Value posix_times(NATIVE_ARGS) {
  struct tms t;
  clock_t now = times(&t);
  double tick = (double)sysconf(_SC_CLK_TCK);
  if (now == (clock_t)-1) return os_error(ts);
  Value v[] = {float_new(ts, (double)t.tms_utime / tick), float_new(ts, (double)t.tms_stime / tick), float_new(ts, (double)t.tms_cutime / tick), float_new(ts, (double)t.tms_cstime / tick), float_new(ts, (double)now / tick)};
  return structseq_new(ts, state(ts)->times, v);
}
static Value posix_getloadavg(NATIVE_ARGS) {
  double load[3];
  if (getloadavg(load, 3) != 3) return err_format(ts, EXC(OSError), "Load averages are unobtainable");
  return tuple_steal3(ts, float_new(ts, load[0]), float_new(ts, load[1]), float_new(ts, load[2]));
}

/* ---- descriptors ---- */

static Value posix_pipe2(NATIVE_ARGS) {
  int fds[2], flags = O_CLOEXEC;
  if (nargs && num_as_int(ts, args[0], &flags) < 0) return NULL;
  return pipe2(fds, flags) < 0 ? os_error(ts) : tuple_steal2(ts, small_int_value(fds[0]), small_int_value(fds[1]));
}
static Value posix_dup2(NATIVE_ARGS) {
  static const char *const names[] = {"fd", "fd2", "inheritable"};
  static const ArgSpec spec = {"dup2", 0, 3, 2, 3, names};
  Value given[3];
  int from, to;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || two_ints(ts, given, &from, &to) < 0) return NULL;
  int inheritable = given[2] ? truth(ts, given[2]) : 1;
  if (inheritable < 0) return NULL;
  int r = inheritable || from == to ? dup2(from, to) : dup3(from, to, O_CLOEXEC);
  return r < 0 ? os_error(ts) : small_int_value(r);
}
static Value flag_get(ThreadState *ts, Value *args, int command, int flag) {
  int fd;
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  int flags = fcntl(fd, command);
  return flags < 0 ? os_error(ts) : bool_value(!(flags & flag));
}
static Value flag_set(ThreadState *ts, Value *args, int get, int set, int flag) {
  int fd, off;
  if (num_as_int(ts, args[0], &fd) < 0 || (off = truth(ts, args[1])) < 0) return NULL;
  int flags = fcntl(fd, get);
  return none_or_error(ts, flags < 0 ? -1 : fcntl(fd, set, off ? flags & ~flag : flags | flag));
}
static Value posix_get_inheritable(NATIVE_ARGS) { return flag_get(ts, args, F_GETFD, FD_CLOEXEC); }
static Value posix_set_inheritable(NATIVE_ARGS) { return flag_set(ts, args, F_GETFD, F_SETFD, FD_CLOEXEC); }
static Value posix_get_blocking(NATIVE_ARGS) { return flag_get(ts, args, F_GETFL, O_NONBLOCK); }
static Value posix_set_blocking(NATIVE_ARGS) { return flag_set(ts, args, F_GETFL, F_SETFL, O_NONBLOCK); }

/* ---- exec ---- */

/* Each text is a str, bytes or path. */
void posix_strings_free(char **strings) {
  for (char **p = strings; p && *p; p++) free(*p);
  free(strings);
}
char *posix_string(ThreadState *ts, Value v) {
  Value fsencode = import_attr(ts, "os", "fsencode"), b = fsencode ? call1(ts, fsencode, v) : NULL;
  xdecref(ts, fsencode);
  if (b == NULL) return NULL;
  char *s = NULL;
  if (memchr(bytes_data(b), 0, (size_t)bytes_len(b))) err_format(ts, EXC(ValueError), "embedded null byte");
  else if ((s = strndup(bytes_data(b), (size_t)bytes_len(b))) == NULL) err_no_memory(ts);
  decref(ts, b);
  return s;
}
char **posix_strings(ThreadState *ts, Value list) {
  ssize_t n = list_len(list);
  char **strings = calloc((size_t)n + 1, sizeof *strings);
  for (ssize_t i = 0; strings && i < n; i++)
    if ((strings[i] = posix_string(ts, list_get(list, i))) == NULL) {
      posix_strings_free(strings);
      return NULL;
    }
  if (strings == NULL) err_no_memory(ts);
  return strings;
}
/* A mapping as a list of KEY=VALUE bytes. */
Value posix_environment(ThreadState *ts, Value mapping) {
  Value items = call_method0(ts, mapping, ID(items)), pairs = items ? list_from_iterable(ts, items) : NULL;
  Value encode = import_attr(ts, "os", "fsencode"), out = list_new(ts, 0);
  for (ssize_t i = 0; pairs && encode && out && i < list_len(pairs); i++) {
    Value pair = tuple_from_iterable(ts, list_get(pairs, i));
    Value k = pair && tuple_len(pair) == 2 ? call1(ts, encode, tuple_get(pair, 0)) : NULL, v = k ? call1(ts, encode, tuple_get(pair, 1)) : NULL;
    Value line = v ? bytes_new(ts, NULL, bytes_len(k) + bytes_len(v) + 1) : NULL;
    if (line) {
      memcpy(bytes_data(line), bytes_data(k), (size_t)bytes_len(k));
      bytes_data(line)[bytes_len(k)] = '=';
      memcpy(bytes_data(line) + bytes_len(k) + 1, bytes_data(v), (size_t)bytes_len(v));
      if (list_append_steal(ts, out, line) < 0) CLEAR(out);
    } else {
      CLEAR(out);
    }
    xdecref(ts, pair);
    xdecref(ts, k);
    xdecref(ts, v);
  }
  xdecref(ts, encode);
  xdecref(ts, items);
  if (pairs == NULL) CLEAR(out);
  xdecref(ts, pairs);
  return out;
}
static Value exec_with(ThreadState *ts, Value path, Value arguments, NULLABLE Value environment) {
  if (ts->interp->is_isolated) return err_format(ts, EXC(RuntimeError), "exec not supported for isolated subinterpreters");
  const char *name = environment ? "execve" : "execv";
  if (!is_list(arguments) && !is_tuple(arguments)) return err_format(ts, EXC(TypeError), environment ? "%s: argv must be a tuple or list" : "%s() arg 2 must be a tuple or list", name);
  Value list = list_from_iterable(ts, arguments);
  if (list && list_len(list) == 0) err_format(ts, EXC(ValueError), environment ? "%s: argv must not be empty" : "%s() arg 2 must not be empty", name);
  Value lines = environment && list && !err_occurred(ts) ? posix_environment(ts, environment) : NULL;
  char **argv = list && !err_occurred(ts) ? posix_strings(ts, list) : NULL, **env = lines ? posix_strings(ts, lines) : NULL;
  char *file = argv && !err_occurred(ts) ? posix_string(ts, path) : NULL;
  if (file && *argv[0] == 0 && environment == NULL) err_format(ts, EXC(ValueError), "%s() arg 2 first element cannot be empty", name);
  if (file && !err_occurred(ts)) {
    if (environment) execve(file, argv, env);
    else execv(file, argv);
    err_errno(ts, errno, path, NULL);
  }
  free(file);
  posix_strings_free(argv);
  posix_strings_free(env);
  xdecref(ts, lines);
  xdecref(ts, list);
  return NULL;
}
static Value posix_execv(NATIVE_ARGS) { return exec_with(ts, args[0], args[1], NULL); }
static Value posix_execve(NATIVE_ARGS) { return exec_with(ts, args[0], args[1], args[2]); }
static Value posix_system(NATIVE_ARGS) {
  char *command = posix_string(ts, args[0]);
  if (command == NULL) return NULL;
  sched_blocking_begin_for(&ts->sched, BLOCK_PROCESS);
  int r = system(command);
  sched_blocking_end(&ts->sched);
  free(command);
  return small_int_value(r);
}

static const MethodDef methods[] = {
    {"fork", posix_fork, 0, 0, 0, "fork() -> pid\n\n0 in the child, the child's number in the parent."}, {"register_at_fork", register_at_fork, 0, 0, METHOD_KW, NULL}, {"wait", posix_wait, 0, 0, 0, NULL},
    {"waitpid", posix_waitpid, 2, 2, 0, NULL}, {"wait3", posix_wait3, 1, 1, 0, NULL}, {"wait4", posix_wait4, 2, 2, 0, NULL}, {"WIFEXITED", posix_WIFEXITED, 1, 1, 0, NULL}, {"WIFSIGNALED", posix_WIFSIGNALED, 1, 1, 0, NULL},
    {"WIFSTOPPED", posix_WIFSTOPPED, 1, 1, 0, NULL}, {"WIFCONTINUED", posix_WIFCONTINUED, 1, 1, 0, NULL}, {"WCOREDUMP", posix_WCOREDUMP, 1, 1, 0, NULL}, {"WEXITSTATUS", posix_WEXITSTATUS, 1, 1, 0, NULL},
    {"WTERMSIG", posix_WTERMSIG, 1, 1, 0, NULL}, {"WSTOPSIG", posix_WSTOPSIG, 1, 1, 0, NULL}, {"waitstatus_to_exitcode", posix_waitstatus_to_exitcode, 1, 1, METHOD_KW, NULL}, {"kill", posix_kill, 2, 2, 0, NULL},
    {"killpg", posix_killpg, 2, 2, 0, NULL}, {"abort", posix_abort, 0, 0, 0, NULL}, {"getpgid", posix_getpgid, 1, 1, 0, NULL}, {"setpgid", posix_setpgid, 2, 2, 0, NULL}, {"setpgrp", posix_setpgrp, 0, 0, 0, NULL},
    {"setsid", posix_setsid, 0, 0, 0, NULL}, {"getsid", posix_getsid, 1, 1, 0, NULL}, {"nice", posix_nice, 1, 1, 0, NULL}, {"sched_setaffinity", posix_setaffinity, 2, 2, 0, NULL}, {"sched_yield", posix_sched_yield, 0, 0, 0, NULL},
    {"times", posix_times, 0, 0, 0, NULL}, {"getloadavg", posix_getloadavg, 0, 0, 0, NULL}, {"pipe", posix_pipe2, 0, 0, 0, NULL}, {"pipe2", posix_pipe2, 1, 1, 0, NULL}, {"dup2", posix_dup2, 2, 3, METHOD_KW, NULL},
    {"get_inheritable", posix_get_inheritable, 1, 1, 0, NULL}, {"set_inheritable", posix_set_inheritable, 2, 2, 0, NULL}, {"get_blocking", posix_get_blocking, 1, 1, 0, NULL}, {"set_blocking", posix_set_blocking, 2, 2, 0, NULL},
    {"execv", posix_execv, 2, 2, 0, NULL}, {"execve", posix_execve, 3, 3, 0, NULL}, {"system", posix_system, 1, 1, 0, NULL}, {0}};

int posix_process_start(ThreadState *ts, Value m, ProcessState *s) {
  static const char *const usage_fields[] = {"ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss", "ru_isrss", "ru_minflt", "ru_majflt", "ru_nswap", "ru_inblock", "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw", "ru_nivcsw"};
  static const char *const times_fields[] = {"user", "system", "children_user", "children_system", "elapsed"};
  static const struct {
    const char *name;
    int value;
  } numbers[] = {{"WNOHANG", WNOHANG}, {"WUNTRACED", WUNTRACED}, {"WCONTINUED", WCONTINUED}, {"PRIO_PROCESS", PRIO_PROCESS}};
  Value name = str_intern_cstr(ts, "posix");
  if (name == NULL || (s->rusage = structseq_type(ts, "resource.struct_rusage", NULL, usage_fields, 16, 16)) == NULL || (s->times = structseq_type(ts, "posix.times_result", NULL, times_fields, 5, 5)) == NULL) return -1;
  for (const MethodDef *d = methods; d->name; d++)
    if (module_add(ts, m, d->name, native_function_new(ts, d, m, name)) < 0) return -1;
  decref(ts, name);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (module_add_int(ts, m, numbers[i].name, numbers[i].value) < 0) return -1;
  return module_add(ts, m, "times_result", incref((Value)s->times));
}
