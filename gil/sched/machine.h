/* machine.h - what a scheduler stands on: clocks, OS threads, mutexes and condition variables, a place to wait.
 * Two things can be a Machine: this computer (real.c), and one with simulated cores and a virtual clock. The lock's algorithm
 * (lock/gil.c), the parking lot and sched.c are written against this table only, so one text serves both, and unit tests
 * drive it with a clock of their own (tests/c/toy_machine.h).
 * Keeps true: nothing else in gil/ calls the system to wait, to wake or to read a clock.
 * Units: nanoseconds of CLOCK_OF_MONOTONIC for deadlines; FOREVER for none.  Next: sched.h, real.c. */
#ifndef GIL_SCHED_MACHINE_H
#define GIL_SCHED_MACHINE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct SchedThread SchedThread;
typedef struct Machine Machine;

#define FOREVER INT64_MAX

typedef enum {
  CLOCK_OF_WALL,      /* since 1970 */
  CLOCK_OF_MONOTONIC, /* since some start, never back */
  CLOCK_OF_PROCESS,   /* CPU time of the process */
  CLOCK_OF_THREAD     /* CPU time of the thread */
} SchedClock;

typedef struct {
  pthread_mutex_t real;
} OsMutex;
typedef struct {
  pthread_cond_t real;
  void *waiters; /* of a simulated machine */
} OsCond;

typedef enum { PARK_WOKEN, PARK_TIMED_OUT, PARK_INTERRUPTED /* by a signal: look at the eval breaker */ } ParkResult;

struct Machine {
  int64_t (*now_ns)(Machine *m, SchedClock clock);
  void (*mutex_init)(Machine *m, OsMutex *mutex);
  void (*mutex_free)(Machine *m, OsMutex *mutex);
  void (*lock)(Machine *m, OsMutex *mutex);
  void (*unlock)(Machine *m, OsMutex *mutex);
  void (*cond_init)(Machine *m, OsCond *cond);
  void (*cond_free)(Machine *m, OsCond *cond);
  /* Let the mutex go, wait to be signalled, take it again. True: the deadline passed first. May wake for no reason. */
  bool (*wait_until)(Machine *m, OsCond *cond, OsMutex *mutex, int64_t deadline_ns);
  void (*signal)(Machine *m, OsCond *cond); /* one waiter */
  void (*broadcast)(Machine *m, OsCond *cond);
  /* Run main(t) on a thread of its own, with at least stack_bytes of C stack (0: the system's default). 0, or an errno. */
  int (*spawn)(Machine *m, SchedThread *t, void (*main)(SchedThread *t), size_t stack_bytes);
  /* Each thread has one token. park waits for it and takes it; unpark gives it. */
  ParkResult (*park)(Machine *m, SchedThread *t, int64_t deadline_ns);
  void (*unpark)(Machine *m, SchedThread *t);
  /* As a signal handler may call it: make a park or sleep of t return PARK_INTERRUPTED. */
  void (*interrupt)(Machine *m, SchedThread *t);
  ParkResult (*sleep_until)(Machine *m, SchedThread *t, int64_t deadline_ns); /* TIMED_OUT: slept; or INTERRUPTED */
  void (*yield)(Machine *m); /* let another thread have the core */
  void (*hang)(Machine *m, SchedThread *t); /* never comes back: a daemon thread after the end */
};

Machine *machine_real(void); /* this computer; one for all Interps of the process */

#endif
