/* signal_module.c - _signal: handlers in Python, run by the main thread at its next check point.
 * Keeps true: the C handler only notes the number, sets a bit of the main thread's eval breaker and ends its wait. A handler of the system
 *   can reach nothing but globals: those here are the only mutable ones of runtime/, and belong to the one Interp that owns the signals.
 * Next: runtime/lib/signal.py, interp/vm/interp.c (check_pending). CPython: Modules/signalmodule.c. */
#include "runtime/modules/signal_module.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "runtime/module.h"
#include "runtime/modules/time_module.h"
#include "runtime/modules/waiting.h"
#include "runtime/thread_state.h"

typedef struct {
  Type *siginfo;
} SignalModule;
static SignalModule *state(ThreadState *ts) { return native_state(ts, NATIVE_signal); }

enum { SIGNAL_COUNT = 65 };
typedef struct Signals {
  Value handlers[SIGNAL_COUNT]; /* owned: small ints 0 (SIG_DFL) and 1 (SIG_IGN), None (not set from Python), or a callable */
  Value default_int_handler;
} Signals;

static SchedThread *volatile main_thread; /* of the Interp that owns the process's signals */
static volatile sig_atomic_t arrived[SIGNAL_COUNT];
static volatile sig_atomic_t wakeup_fd = -1;

void signal_arrived(int number) {
  arrived[number] = 1;
  SchedThread *t = main_thread;
  if (t) sched_interrupt(t);
}
static void on_signal(int number) {
  int error = errno;
  signal_arrived(number);
  if (wakeup_fd >= 0) {
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(wakeup_fd, &byte, 1);
    (void)ignored;
  }
  errno = error;
}

static Value default_int_handler(NATIVE_ARGS) { return err_set(ts, EXC(KeyboardInterrupt), NULL); }
static const MethodDef default_int_handler_def = {"default_int_handler", default_int_handler, 0, 2, 0, "The default handler of SIGINT: it raises KeyboardInterrupt."};

static int set_action(int number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler}; /* no SA_RESTART: a blocking call shall return */
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, NULL);
}

int signals_install(ThreadState *ts) {
  Signals *s = calloc(1, sizeof *s);
  if (s == NULL) return -1;
  for (int i = 1; i < SIGNAL_COUNT; i++) {
    struct sigaction now;
    s->handlers[i] = sigaction(i, NULL, &now) < 0 || (now.sa_handler != SIG_DFL && now.sa_handler != SIG_IGN) ? V_NONE : small_int_value(now.sa_handler == SIG_IGN);
  }
  if ((s->default_int_handler = native_function_new(ts, &default_int_handler_def, NULL, NULL)) == NULL) {
    free(s);
    return -1;
  }
  ts->interp->signals = s;
  main_thread = &ts->sched;
  if (s->handlers[SIGINT] == small_int_value(0)) {
    s->handlers[SIGINT] = incref(s->default_int_handler);
    set_action(SIGINT, on_signal);
  }
  return 0;
}

void signals_forget(ThreadState *ts) {
  Signals *s = ts->interp->signals;
  if (s == NULL) return;
  main_thread = NULL;
  for (int i = 1; i < SIGNAL_COUNT; i++) {
    if (is_object(s->handlers[i]) && i != SIGINT) set_action(i, SIG_DFL);
    decref(ts, s->handlers[i]);
  }
  decref(ts, s->default_int_handler);
  ts->interp->signals = NULL;
  free(s);
}

void signals_after_fork(ThreadState *ts) {
  if (ts->interp->signals == NULL) return;
  main_thread = &ts->sched;
  for (int i = 1; i < SIGNAL_COUNT; i++) arrived[i] = 0;
}

void signals_lend(ThreadState *ts, ThreadState *inner) {
  if (main_thread == &ts->sched) main_thread = &inner->sched;
}
void signals_take_back(ThreadState *ts, ThreadState *inner) {
  if (main_thread != &inner->sched) return;
  main_thread = &ts->sched;
  sched_done(&inner->sched, BREAK_SIGNAL);
  sched_request(&ts->sched, BREAK_SIGNAL); /* perhaps one came */
}

int signals_deliver(ThreadState *ts) {
  Signals *s = ts->interp->signals;
  sched_done(&ts->sched, BREAK_SIGNAL);
  if (s == NULL) return main_thread == &ts->sched && arrived[SIGINT] ? (err_set(ts, EXC(KeyboardInterrupt), NULL), -1) : 0;
  for (int i = 1; i < SIGNAL_COUNT; i++) {
    if (!arrived[i]) continue;
    arrived[i] = 0;
    Value handler = s->handlers[i];
    if (!is_object(handler)) continue;
    incref(handler);
    Value frame = ts->interp->up.frame_object(ts), r = NULL;
    if (frame) r = call2(ts, handler, small_int_value(i), frame);
    xdecref(ts, frame);
    decref(ts, handler);
    if (r == NULL) {
      for (int k = 1; k < SIGNAL_COUNT; k++)
        if (arrived[k]) sched_request(&ts->sched, BREAK_SIGNAL); /* the others at the next check point */
      return -1;
    }
    decref(ts, r);
  }
  return 0;
}

/* ---- functions ---- */

static int signal_number(ThreadState *ts, Value v, int *number) {
  if (num_as_int(ts, v, number) < 0) return -1;
  if (*number >= 1 && *number < SIGNAL_COUNT) return 0;
  err_format(ts, EXC(ValueError), "signal number out of range");
  return -1;
}

static bool is_owner(ThreadState *ts) { return ts->interp->signals && &ts->sched == main_thread; }

static Value signal_signal(NATIVE_ARGS) {
  int number;
  Signals *s = ts->interp->signals;
  if (num_as_int(ts, args[0], &number) < 0) return NULL;
  if (!is_owner(ts)) return err_format(ts, EXC(ValueError), "signal only works in main thread of the main interpreter");
  if (number < 1 || number >= SIGNAL_COUNT) return err_format(ts, EXC(ValueError), "signal number out of range");
  Value handler = args[1];
  bool is_default = handler == small_int_value(0), is_ignore = handler == small_int_value(1);
  if (is_int(handler) && !is_small_int(handler)) { /* the enum Handlers */
    int64_t which = 2;
    if (int_fits_i64(handler, &which)) is_default = which == 0, is_ignore = which == 1;
  }
  if (!is_default && !is_ignore && !is_callable(ts, handler)) return err_format(ts, EXC(TypeError), "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  if (ts->interp->up.check_pending(ts) < 0) return NULL;
  if (set_action(number, is_default ? SIG_DFL : is_ignore ? SIG_IGN : on_signal) < 0) return err_errno(ts, errno, NULL, NULL);
  Value before = s->handlers[number];
  s->handlers[number] = is_default ? small_int_value(0) : is_ignore ? small_int_value(1) : incref(handler);
  if (!is_default && !is_ignore && handler != s->default_int_handler) ts->interp->sched->can_be_woken_from_outside = true;
  return before;
}
static Value signal_getsignal(NATIVE_ARGS) {
  int number;
  if (signal_number(ts, args[0], &number) < 0) return NULL;
  return ts->interp->signals ? incref(ts->interp->signals->handlers[number]) : V_NONE;
}
static Value signal_alarm(NATIVE_ARGS) {
  int seconds;
  if (num_as_int(ts, args[0], &seconds) < 0) return NULL;
  ts->interp->sched->can_be_woken_from_outside = true;
  return int_from_i64(ts, alarm((unsigned)seconds));
}
static Value timer_value(ThreadState *ts, const struct itimerval *t) {
  return tuple_steal2(ts, float_new(ts, (double)t->it_value.tv_sec + (double)t->it_value.tv_usec * 1e-6), float_new(ts, (double)t->it_interval.tv_sec + (double)t->it_interval.tv_usec * 1e-6));
}
static struct timeval timeval_of(double seconds) {
  struct timeval t = {.tv_sec = (time_t)seconds, .tv_usec = (suseconds_t)((seconds - floor(seconds)) * 1e6)};
  if (seconds > 0 && t.tv_sec == 0 && t.tv_usec == 0) t.tv_usec = 1;
  return t;
}
/* ItimerError is OSError's subclass in signal.py; here the number tells. */
static Value signal_setitimer(NATIVE_ARGS) {
  int which;
  double first, every = 0;
  if (num_as_int(ts, args[0], &which) < 0 || num_as_double(ts, args[1], &first) < 0 || (nargs > 2 && num_as_double(ts, args[2], &every) < 0)) return NULL;
  struct itimerval new = {timeval_of(every), timeval_of(first)}, old;
  ts->interp->sched->can_be_woken_from_outside = true;
  if (!(first >= 0) || !(every >= 0) || setitimer((__itimer_which_t)which, &new, &old) < 0) return err_errno(ts, EINVAL, NULL, NULL);
  return timer_value(ts, &old);
}
static Value signal_getitimer(NATIVE_ARGS) {
  int which;
  struct itimerval now;
  if (num_as_int(ts, args[0], &which) < 0) return NULL;
  return getitimer((__itimer_which_t)which, &now) < 0 ? err_errno(ts, errno, NULL, NULL) : timer_value(ts, &now);
}
static Value signal_pause(NATIVE_ARGS) {
  sched_blocking_begin(&ts->sched);
  pause();
  sched_blocking_end(&ts->sched);
  return ts->interp->up.check_pending(ts) < 0 ? NULL : V_NONE;
}
static Value signal_raise(NATIVE_ARGS) {
  int number;
  if (signal_number(ts, args[0], &number) < 0) return NULL;
  if (raise(number) < 0) return err_errno(ts, errno, NULL, NULL);
  return ts->interp->up.check_pending(ts) < 0 ? NULL : V_NONE;
}
static Value signal_strsignal(NATIVE_ARGS) {
  int number;
  if (signal_number(ts, args[0], &number) < 0) return NULL;
  const char *text = sigdescr_np(number);
  if (text) return str_from_ascii(ts, text);
  if (number < SIGRTMIN || number > SIGRTMAX) return V_NONE;
  return str_format(ts, "Real-time signal %d", number - SIGRTMIN);
}
static Value set_of(ThreadState *ts, const sigset_t *mask) {
  Value list = list_new(ts, 0);
  for (int i = 1; list && i < SIGNAL_COUNT; i++)
    if (sigismember(mask, i) == 1 && list_append(ts, list, small_int_value(i)) < 0) CLEAR(list);
  return list;
}
static Value signal_valid(NATIVE_ARGS) {
  sigset_t all;
  sigfillset(&all);
  return set_of(ts, &all);
}
static int mask_of(ThreadState *ts, Value iterable, sigset_t *mask) {
  Value list = list_from_iterable(ts, iterable);
  if (list == NULL) return -1;
  sigemptyset(mask);
  int failed = 0;
  for (ssize_t i = 0; i < list_len(list) && !failed; i++) {
    int64_t number;
    if (num_as_i64(ts, list_get(list, i), &number) < 0) {
      if (!err_matches(ts, EXC(OverflowError))) failed = -1;
      else err_clear(ts);
      number = 0;
    }
    if (!failed && (number < 1 || number >= SIGNAL_COUNT)) {
      err_format(ts, EXC(ValueError), "signal number %lld out of range [1; 64]", (long long)number);
      failed = -1;
    }
    if (!failed) sigaddset(mask, (int)number);
  }
  decref(ts, list);
  return failed;
}
static Value signal_sigmask(NATIVE_ARGS) {
  int how;
  sigset_t mask, old;
  if (num_as_int(ts, args[0], &how) < 0 || mask_of(ts, args[1], &mask) < 0) return NULL;
  int error = pthread_sigmask(how, &mask, &old);
  if (error) return err_errno(ts, error, NULL, NULL);
  return ts->interp->up.check_pending(ts) < 0 ? NULL : set_of(ts, &old);
}
static Value signal_pending(NATIVE_ARGS) {
  sigset_t mask;
  return sigpending(&mask) < 0 ? err_errno(ts, errno, NULL, NULL) : set_of(ts, &mask);
}
static Value signal_wait(NATIVE_ARGS) {
  sigset_t mask;
  int number;
  if (mask_of(ts, args[0], &mask) < 0) return NULL;
  sched_blocking_begin(&ts->sched);
  int error = sigwait(&mask, &number);
  sched_blocking_end(&ts->sched);
  return error ? err_errno(ts, error, NULL, NULL) : small_int_value(number);
}
/* struct_siginfo of a signal that was waited for */
static Value info_value(ThreadState *ts, const siginfo_t *info) {
  Value fields[] = {small_int_value(info->si_signo), small_int_value(info->si_code), small_int_value(info->si_errno), small_int_value(info->si_pid), small_int_value(info->si_uid), small_int_value(info->si_status), int_from_i64(ts, info->si_band)};
  return structseq_new(ts, state(ts)->siginfo, fields);
}
/* deadline FOREVER: sigwaitinfo. None when the time is over. */
static Value wait_for_info(ThreadState *ts, Value signals, int64_t deadline) {
  sigset_t mask;
  siginfo_t info;
  if (mask_of(ts, signals, &mask) < 0) return NULL;
  for (;;) {
    struct timespec left = {0};
    if (deadline != FOREVER) {
      int64_t ns = deadline - sched_thread_now_ns(&ts->sched, CLOCK_OF_MONOTONIC);
      if (ns > 0) left = (struct timespec){ns / 1000000000, ns % 1000000000};
    }
    sched_blocking_begin(&ts->sched);
    int r = deadline == FOREVER ? sigwaitinfo(&mask, &info) : sigtimedwait(&mask, &info, &left);
    sched_blocking_end(&ts->sched);
    if (r >= 0) return info_value(ts, &info);
    if (errno == EAGAIN) return V_NONE;
    if (errno != EINTR) return err_errno(ts, errno, NULL, NULL);
    if (ts->interp->up.check_pending(ts) < 0) return NULL;
  }
}
static Value signal_waitinfo(NATIVE_ARGS) { return wait_for_info(ts, args[0], FOREVER); }
static Value signal_timedwait(NATIVE_ARGS) {
  int64_t ns;
  if (seconds_to_ns(ts, args[1], &ns) < 0) return NULL;
  if (ns < 0) return err_format(ts, EXC(ValueError), "timeout must be non-negative");
  return wait_for_info(ts, args[0], deadline_after(ts, ns));
}
/* pidfd_send_signal(pidfd, signalnum[, siginfo[, flags]]) */
static Value signal_pidfd_send(NATIVE_ARGS) {
  int fd, number, flags = 0;
  if (num_as_int(ts, args[0], &fd) < 0 || num_as_int(ts, args[1], &number) < 0 || (nargs > 3 && num_as_int(ts, args[3], &flags) < 0)) return NULL;
  if (nargs > 2 && !is_none(args[2])) return err_format(ts, EXC(TypeError), "siginfo must be None");
  return syscall(SYS_pidfd_send_signal, fd, number, NULL, flags) < 0 ? err_errno(ts, errno, NULL, NULL) : V_NONE;
}
static int find_os_thread(ThreadState *thread, void *arg) {
  void **search = arg;
  if ((void *)thread != search[0]) return 0;
  search[1] = (void *)thread->sched.os_thread;
  return 1;
}
static Value signal_pthread_kill(NATIVE_ARGS) {
  int64_t ident;
  int number;
  if (num_as_i64(ts, args[0], &ident) < 0 || num_as_int(ts, args[1], &number) < 0) return NULL;
  void *search[2] = {(void *)(uintptr_t)ident, NULL};
  if (!thread_each(ts, find_os_thread, search)) return err_errno(ts, ESRCH, NULL, NULL);
  int error = pthread_kill((pthread_t)search[1], number);
  if (error) return err_errno(ts, error, NULL, NULL);
  return ts->interp->up.check_pending(ts) < 0 ? NULL : V_NONE;
}
static Value signal_siginterrupt(NATIVE_ARGS) {
  int number, yes;
  struct sigaction action;
  if (signal_number(ts, args[0], &number) < 0 || (yes = truth(ts, args[1])) < 0) return NULL;
  sigaction(number, NULL, &action);
  action.sa_flags = yes ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  return sigaction(number, &action, NULL) < 0 ? err_errno(ts, errno, NULL, NULL) : V_NONE;
}
static Value signal_set_wakeup_fd(NATIVE_ARGS) {
  static const char *const names[] = {"fd", "warn_on_full_buffer"};
  static const ArgSpec spec = {"set_wakeup_fd", 1, 1, 1, 2, names};
  Value given[2];
  int fd;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[0], &fd) < 0) return NULL;
  if (!is_owner(ts)) return err_format(ts, EXC(ValueError), "set_wakeup_fd only works in main thread of the main interpreter");
  struct stat info;
  int flags = fd < 0 || fstat(fd, &info) < 0 ? -1 : fcntl(fd, F_GETFL);
  if (fd >= 0 && flags < 0) return err_errno(ts, errno, NULL, NULL);
  if (fd >= 0 && !(flags & O_NONBLOCK)) return err_format(ts, EXC(ValueError), "the fd %d must be in non-blocking mode", fd);
  int before = wakeup_fd;
  wakeup_fd = fd < 0 ? -1 : fd;
  return small_int_value(before);
}

static const MethodDef methods[] = {{"signal", signal_signal, 2, 2, 0, NULL}, {"getsignal", signal_getsignal, 1, 1, 0, NULL}, {"alarm", signal_alarm, 1, 1, 0, NULL}, {"setitimer", signal_setitimer, 2, 3, 0, NULL},
    {"getitimer", signal_getitimer, 1, 1, 0, NULL}, {"pause", signal_pause, 0, 0, 0, NULL}, {"raise_signal", signal_raise, 1, 1, 0, NULL}, {"strsignal", signal_strsignal, 1, 1, 0, NULL}, {"valid_signals", signal_valid, 0, 0, 0, NULL},
    {"pthread_sigmask", signal_sigmask, 2, 2, 0, NULL}, {"sigpending", signal_pending, 0, 0, 0, NULL}, {"sigwait", signal_wait, 1, 1, 0, NULL}, {"pthread_kill", signal_pthread_kill, 2, 2, 0, NULL},
    {"siginterrupt", signal_siginterrupt, 2, 2, 0, NULL}, {"set_wakeup_fd", signal_set_wakeup_fd, 1, 1, METHOD_KW, NULL}, {"sigwaitinfo", signal_waitinfo, 1, 1, 0, NULL},
    {"sigtimedwait", signal_timedwait, 2, 2, 0, NULL}, {"pidfd_send_signal", signal_pidfd_send, 2, 4, 0, NULL}, {0}};

static int start(ThreadState *ts, Value m) {
  static const struct {
    const char *name;
    int number;
  } constants[] = {{"SIGHUP", SIGHUP}, {"SIGINT", SIGINT}, {"SIGQUIT", SIGQUIT}, {"SIGILL", SIGILL}, {"SIGTRAP", SIGTRAP}, {"SIGABRT", SIGABRT}, {"SIGIOT", SIGIOT}, {"SIGBUS", SIGBUS}, {"SIGFPE", SIGFPE}, {"SIGKILL", SIGKILL},
                   {"SIGUSR1", SIGUSR1}, {"SIGSEGV", SIGSEGV}, {"SIGUSR2", SIGUSR2}, {"SIGPIPE", SIGPIPE}, {"SIGALRM", SIGALRM}, {"SIGTERM", SIGTERM}, {"SIGSTKFLT", SIGSTKFLT}, {"SIGCHLD", SIGCHLD}, {"SIGCONT", SIGCONT},
                   {"SIGSTOP", SIGSTOP}, {"SIGTSTP", SIGTSTP}, {"SIGTTIN", SIGTTIN}, {"SIGTTOU", SIGTTOU}, {"SIGURG", SIGURG}, {"SIGXCPU", SIGXCPU}, {"SIGXFSZ", SIGXFSZ}, {"SIGVTALRM", SIGVTALRM}, {"SIGPROF", SIGPROF},
                   {"SIGWINCH", SIGWINCH}, {"SIGIO", SIGIO}, {"SIGPWR", SIGPWR}, {"SIGSYS", SIGSYS}, {"SIGRTMIN", 34}, {"SIGRTMAX", 64}, {"SIG_DFL", 0}, {"SIG_IGN", 1}, {"SIG_BLOCK", SIG_BLOCK},
                   {"SIG_UNBLOCK", SIG_UNBLOCK}, {"SIG_SETMASK", SIG_SETMASK}, {"ITIMER_REAL", ITIMER_REAL}, {"ITIMER_VIRTUAL", ITIMER_VIRTUAL}, {"ITIMER_PROF", ITIMER_PROF}, {"NSIG", SIGNAL_COUNT}};
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(ts, m, constants[i].name, constants[i].number) < 0) return -1;
  static const char *const info_fields[] = {"si_signo", "si_code", "si_errno", "si_pid", "si_uid", "si_status", "si_band"};
  SignalModule *s = module_state(m);
  if ((s->siginfo = structseq_type(ts, "signal.struct_siginfo", NULL, info_fields, 7, 7)) == NULL || module_add(ts, m, "struct_siginfo", incref((Value)s->siginfo)) < 0) return -1;
  Value handler = ts->interp->signals ? incref(ts->interp->signals->default_int_handler) : native_function_new(ts, &default_int_handler_def, NULL, NULL);
  return module_add(ts, m, "default_int_handler", handler);
}
const ModuleDef signal_module_def = {.name = "_signal", .doc = "Signals as the system has them. Scripts use the module signal.", .methods = methods, .start = start, .state_size = sizeof(SignalModule), .owned_values = 1};
