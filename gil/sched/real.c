/* real.c - the Machine that this computer is: its clocks, pthreads, futexes.
 * Keeps true: a sleep or park never ends early except by a signal; all waits use the monotonic clock. Threads are detached pthreads: nobody
 *   joins them in C, the script's join waits for a lock that the thread lets go at its end.
 * The token of a thread is a futex word: bit 0, woken; bit 1, interrupted by a signal.
 * Next: machine.h. Sources: futex(2), clock_gettime(3), pthreads(7). */
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "gil/sched/sched.h"

static const clockid_t clock_ids[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID};

static int64_t now_ns(Machine *m, SchedClock clock) {
  (void)m;
  struct timespec now;
  clock_gettime(clock_ids[clock], &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
static struct timespec timespec_of(int64_t ns) { return (struct timespec){.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000}; }

/* ---- mutexes and conditions ---- */

static void mutex_init(Machine *m, OsMutex *mutex) { pthread_mutex_init(&mutex->real, NULL); }
static void mutex_free(Machine *m, OsMutex *mutex) { pthread_mutex_destroy(&mutex->real); }
static void lock(Machine *m, OsMutex *mutex) { pthread_mutex_lock(&mutex->real); }
static void unlock(Machine *m, OsMutex *mutex) { pthread_mutex_unlock(&mutex->real); }
static void cond_init(Machine *m, OsCond *cond) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&cond->real, &attributes);
  pthread_condattr_destroy(&attributes);
}
static void cond_free(Machine *m, OsCond *cond) { pthread_cond_destroy(&cond->real); }
static bool wait_until(Machine *m, OsCond *cond, OsMutex *mutex, int64_t deadline_ns) {
  if (deadline_ns == FOREVER) {
    pthread_cond_wait(&cond->real, &mutex->real);
    return false;
  }
  struct timespec until = timespec_of(deadline_ns);
  return pthread_cond_timedwait(&cond->real, &mutex->real, &until) == ETIMEDOUT;
}
static void signal_one(Machine *m, OsCond *cond) { pthread_cond_signal(&cond->real); }
static void broadcast(Machine *m, OsCond *cond) { pthread_cond_broadcast(&cond->real); }

/* ---- threads ---- */

static void *thread_main(void *arg) {
  SchedThread *t = arg;
  void (*main)(SchedThread *) = (void (*)(SchedThread *))t->waits_on; /* lent by spawn */
  t->waits_on = NULL;
  t->native_id = syscall(SYS_gettid);
  main(t);
  return NULL;
}
/* With less the interpreter has no room to work in. The sanitizers put large things of their own on each stack. */
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
enum { LEAST_STACK = 8 << 20 };
#else
enum { LEAST_STACK = 256 << 10 };
#endif
static int spawn(Machine *m, SchedThread *t, void (*main)(SchedThread *t), size_t stack_bytes) {
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error) return error;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (stack_bytes) error = pthread_attr_setstacksize(&attributes, stack_bytes < LEAST_STACK ? LEAST_STACK : stack_bytes);
  t->waits_on = (const void *)main;
  if (!error) error = pthread_create(&t->os_thread, &attributes, thread_main, t);
  pthread_attr_destroy(&attributes);
  return error;
}
static void yield(Machine *m) { sched_yield(); }
static void hang(Machine *m, SchedThread *t) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  for (;;) pause();
}

/* ---- waiting for the token ---- */

enum { TOKEN_WOKEN = 1, TOKEN_INTERRUPTED = 2 };

static long futex(_Atomic uint32_t *word, int op, uint32_t value, const struct timespec *until) {
  return syscall(SYS_futex, word, op | FUTEX_PRIVATE_FLAG, value, until, NULL, FUTEX_BITSET_MATCH_ANY);
}
/* Wait until the token is not 0. FUTEX_WAIT_BITSET takes an absolute monotonic time. */
static bool token_wait(SchedThread *t, int64_t deadline_ns) {
  struct timespec until = timespec_of(deadline_ns);
  return !(futex(&t->token, FUTEX_WAIT_BITSET, 0, deadline_ns == FOREVER ? NULL : &until) < 0 && errno == ETIMEDOUT);
}
static ParkResult park(Machine *m, SchedThread *t, int64_t deadline_ns) {
  for (;;) {
    uint32_t token = atomic_load(&t->token);
    if (token & TOKEN_WOKEN) {
      atomic_fetch_and(&t->token, ~(uint32_t)TOKEN_WOKEN);
      return PARK_WOKEN;
    }
    if (token & TOKEN_INTERRUPTED) {
      atomic_fetch_and(&t->token, ~(uint32_t)TOKEN_INTERRUPTED);
      if (sched_should_check(t)) return PARK_INTERRUPTED;
      continue;
    }
    if (!token_wait(t, deadline_ns)) return PARK_TIMED_OUT;
  }
}
static void give_token(SchedThread *t, uint32_t token) {
  atomic_fetch_or(&t->token, token);
  futex(&t->token, FUTEX_WAKE, 1, NULL);
}
static void unpark(Machine *m, SchedThread *t) { give_token(t, TOKEN_WOKEN); }
static void interrupt(Machine *m, SchedThread *t) {
  int error = errno; /* called from signal handlers */
  give_token(t, TOKEN_INTERRUPTED);
  errno = error;
}
static ParkResult sleep_until(Machine *m, SchedThread *t, int64_t deadline_ns) {
  if (deadline_ns > now_ns(m, CLOCK_OF_MONOTONIC)) return park(m, t, deadline_ns);
  /* sleep(0): a real trip to the kernel, which gives others the time to take what we let go, as CPython's does */
  struct timespec until = timespec_of(deadline_ns);
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  return PARK_TIMED_OUT;
}

Machine *machine_real(void) {
  static Machine machine = {now_ns, mutex_init, mutex_free, lock, unlock, cond_init, cond_free, wait_until, signal_one, broadcast, spawn, park, unpark, interrupt, sleep_until, yield, hang};
  return &machine;
}

/* ---- the clock of --timeout ---- */

typedef struct {
  int64_t deadline_ns;
  void (*fn)(void *arg);
  void *arg;
} Alarm;

static void *alarm_main(void *p) {
  Alarm alarm = *(Alarm *)p;
  free(p);
  struct timespec until = timespec_of(alarm.deadline_ns);
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
  }
  alarm.fn(alarm.arg);
  return NULL;
}

int sched_alarm(int64_t delay_ns, void (*fn)(void *arg), void *arg) {
  Alarm *alarm = malloc(sizeof *alarm);
  if (alarm == NULL) return -1;
  *alarm = (Alarm){sched_now_ns(CLOCK_OF_MONOTONIC) + delay_ns, fn, arg};
  sigset_t all, old;
  sigfillset(&all); /* signals stay with the main thread */
  pthread_sigmask(SIG_SETMASK, &all, &old);
  pthread_t thread;
  int failed = pthread_create(&thread, NULL, alarm_main, alarm);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  if (failed) {
    free(alarm);
    return -1;
  }
  pthread_detach(thread);
  return 0;
}
