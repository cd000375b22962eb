/* waiting.h - calls that may wait: the GIL is let go around them, and they are made again after a signal whose handler did not raise (PEP 475).
 * Next: gil/sched/sched.h. */
#ifndef RUNTIME_MODULES_WAITING_H
#define RUNTIME_MODULES_WAITING_H

#include <errno.h>
#include <poll.h>

#include "runtime/object.h"

/* result = call, without the GIL; again as long as a signal interrupts it. Afterwards result < 0 means: look at err_occurred(ts) (a signal handler
 * raised), else at errno. */
#define WAIT_IN_CALL(ts, reason, result, call) \
  do { \
    sched_blocking_begin_for(&(ts)->sched, reason); \
    result = call; \
    sched_blocking_end(&(ts)->sched); \
  } while (result < 0 && errno == EINTR && (ts)->interp->up.check_pending(ts) == 0)

#define NO_TIMEOUT (-1)

/* The time at which a wait of timeout_ns ends; NO_TIMEOUT: FOREVER. */
static inline int64_t deadline_after(ThreadState *ts, int64_t timeout_ns) {
  int64_t deadline;
  if (timeout_ns < 0 || __builtin_add_overflow(sched_thread_now_ns(&ts->sched, CLOCK_OF_MONOTONIC), timeout_ns, &deadline)) return FOREVER;
  return deadline;
}
/* Milliseconds from now to the deadline, rounded up, as poll() and epoll_wait() want them. */
static inline int milliseconds_until(ThreadState *ts, int64_t deadline) {
  if (deadline == FOREVER) return -1;
  int64_t left = deadline - sched_thread_now_ns(&ts->sched, CLOCK_OF_MONOTONIC);
  if (left <= 0) return 0;
  int64_t ms = (left + 999999) / 1000000;
  return ms > INT32_MAX ? INT32_MAX : (int)ms;
}
/* A file descriptor: an int, or what v.fileno() gives; -1 with TypeError or ValueError. */
int descriptor_of(ThreadState *ts, Value v);

#endif
