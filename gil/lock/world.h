/* world.h - threads without a global lock: who is attached, how one thread stops all others, and when a grace period is over.
 *
 *   DETACHED --attach--> ATTACHED --wait for an object's lock--> WAITING
 *
 * An attached thread may touch objects, together with others. It is quiet, that is, holds no reference that it did not count, at each of its
 * check points, and all the time while it is detached. A thread that WAITS for an object's lock stands still in the middle of something:
 * the world counts it as stopped, but it is not quiet.
 *
 * A grace period begins with world_begin_grace() and is over when every other thread was quiet once since: what had been unlinked
 * before it began can then be reached by nobody (QSBR; RCU).
 *
 * Keeps true: while world_stop() holds, all other threads are DETACHED or WAITING and stay so.
 * Locks: mutex guards the waits for a stop and a restart; it is taken before sched->mutex.
 * Next: world.c, ../sched/sched.c. Sources: PEP 703; CPython Python/pystate.c (stop_the_world), InternalDocs/qsbr.md; P. McKenney, "RCU". */
#ifndef GIL_LOCK_WORLD_H
#define GIL_LOCK_WORLD_H

#include "gil/hints.h"
#include "gil/sched/machine.h"

enum { WORLD_DETACHED, WORLD_ATTACHED, WORLD_WAITING };

typedef struct World {
  Machine *machine;
  _Atomic uint64_t epoch;            /* of the latest grace period */
  SchedThread *_Atomic stopper;      /* who has stopped the world, or is about to; NULL: it runs */
  _Atomic int attached;              /* threads that run, or wait in the middle of something */
  SchedThread *_Atomic finalizer;    /* the only thread that may still attach, or NULL: any */
  OsMutex mutex;                     /* for the two conditions */
  OsCond came_to_stop, restarted;
  int64_t stopped_at_ns; /* the stopper's */
  _Atomic uint64_t stops, stopped_ns; /* how often the world was stopped, and for how long in all */
} World;

void world_init(World *w, Machine *m);
void world_free(World *w);
void world_after_fork(World *w, SchedThread *t);

/* Does not return to a thread that may not run any more (finalizer). */
void world_attach(World *w, SchedThread *t);
void world_detach(World *w, SchedThread *t, bool is_quiet);
/* At a check point: t is quiet now; while another thread has stopped the world, wait for it to go on. */
void world_check_point(World *w, SchedThread *t);

/* Wait until all other threads stand still. The caller is attached, and may have to let another stop the world first: a check point. */
void world_stop(World *w, SchedThread *t);
void world_restart(World *w, SchedThread *t);

/* Begin a grace period: its number. Asks all attached threads to come to a check point. */
uint64_t world_begin_grace(World *w, SchedThread *t);
bool world_grace_is_over(World *w, SchedThread *t, uint64_t grace);
/* No other thread than the caller is attached or waits in the middle of something. What the caller unlinked before can be reached by nobody. */
static inline bool world_is_mine(World *w) {
  if (LIKELY(atomic_load_explicit(&w->attached, memory_order_relaxed) != 1)) return false;
  return atomic_fetch_add(&w->attached, 0) == 1; /* written, as a fence: who attaches from now on sees what was unlinked before */
}
/* Run fn(owner, arg) while the thread with this id is detached and kept so, or is gone (then owner is NULL). False: it is attached. */
bool world_while_detached(World *w, SchedThread *t, uint32_t id, void (*fn)(SchedThread *owner, void *arg), void *arg);

#endif
