/* real.c - the scheduler on this machine's clock and threads.
 * Keeps true: a sleep never ends early except by a signal. Next: sched.h. Sources: clock_gettime(3), clock_nanosleep(3). */
#include "gil/sched/sched.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

static const clockid_t clock_ids[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID};

int64_t sched_now_ns(SchedClock clock) {
  struct timespec now;
  clock_gettime(clock_ids[clock], &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int sched_sleep_until(SchedThread *t, int64_t deadline_ns) {
  struct timespec until = {.tv_sec = deadline_ns / 1000000000, .tv_nsec = deadline_ns % 1000000000};
  sched_blocking_begin(t);
  int result = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  sched_blocking_end(t);
  return result == EINTR;
}

void sched_blocking_begin(SchedThread *t) { t->is_attached = false; }
void sched_blocking_end(SchedThread *t) { t->is_attached = true; }

typedef struct {
  int64_t deadline_ns;
  void (*fn)(void *arg);
  void *arg;
} Alarm;

static void *alarm_main(void *p) {
  Alarm alarm = *(Alarm *)p;
  free(p);
  struct timespec until = {.tv_sec = alarm.deadline_ns / 1000000000, .tv_nsec = alarm.deadline_ns % 1000000000};
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
