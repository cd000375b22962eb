/* sched.h - the one interface through which anything waits, wakes, or reads a clock.
 * Behind it stands real.c (this machine's clock and threads); a simulated scheduler can stand there instead.
 * Keeps true: nothing outside gil/ blocks, spawns or looks at a clock.
 * Units: nanoseconds. Next: real.c, ../events.h. */
#ifndef GIL_SCHED_SCHED_H
#define GIL_SCHED_SCHED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Bits of the eval breaker: reasons to stop at the next check point. */
enum {
  BREAK_SIGNAL = 1,   /* a signal handler set a flag */
  BREAK_GC = 2,       /* enough was allocated: collect cycles */
  BREAK_TIMEOUT = 4,  /* --timeout has passed */
  BREAK_PENDING = 8   /* other pending calls */
};

/* gil/'s own part of a thread: embedded first in ThreadState. */
typedef struct SchedThread {
  _Atomic uint32_t breaker; /* BREAK_ bits; set by anyone, read by the owner at check points */
  bool is_attached;         /* may touch objects; owner thread only */
} SchedThread;

static inline bool sched_should_check(SchedThread *t) {
  return atomic_load_explicit(&t->breaker, memory_order_relaxed) != 0;
}
static inline void sched_request(SchedThread *t, uint32_t bits) { atomic_fetch_or(&t->breaker, bits); }
static inline void sched_done(SchedThread *t, uint32_t bits) { atomic_fetch_and(&t->breaker, ~bits); }

typedef enum {
  CLOCK_OF_WALL,      /* since 1970 */
  CLOCK_OF_MONOTONIC, /* since some start, never back */
  CLOCK_OF_PROCESS,   /* CPU time of the process */
  CLOCK_OF_THREAD     /* CPU time of the thread */
} SchedClock;
int64_t sched_now_ns(SchedClock clock);
/* Sleep until the monotonic deadline. 0 done; 1 interrupted by a signal (the caller looks at signals and calls again). */
int sched_sleep_until(SchedThread *t, int64_t deadline_ns);
/* Around a call that may block: the thread gives up its right to touch objects, and takes it again. */
void sched_blocking_begin(SchedThread *t);
void sched_blocking_end(SchedThread *t);
/* Call `fn(arg)` after delay_ns on another thread (for --timeout); at most one per process. -1: could not start. */
int sched_alarm(int64_t delay_ns, void (*fn)(void *arg), void *arg);

#endif
