/* reclaim.h - memory of the free-threaded core that nobody may reach any more, given back after a grace period.
 *
 *   filling --its grace period begins--> waiting --over: every thread was quiet once--> freed
 *
 * While one thread runs alone everything is freed at once. While several run, objects without references and arrays that were replaced go
 * through this first. That is what keeps reads without locks safe, and every borrowed reference good until the thread's
 * next check point, as it is under the lock.
 * Objects whose end a script can notice (__del__, weak references) hurry: their thread waits for the grace period at its next check point.
 * What they are held by does not; so before a thread waits for others, it looks whether such an end hangs on what it has let go of.
 * Next: reclaim.c, biased.h, gil/lock/world.h. Sources: McKenney and Slingwine, RCU (1998); CPython InternalDocs/qsbr.md. */
#ifndef RUNTIME_RECLAIM_H
#define RUNTIME_RECLAIM_H

#include "runtime/object.h"

#ifdef FREE_THREADED
void reclaim_object(ThreadState *ts, Object *dead);
void reclaim_memory(ThreadState *ts, void *p);
void reclaim_check_point(ThreadState *ts); /* BREAK_RECLAIM is set */
void reclaim_leave(ThreadState *ts);       /* the thread ends: others go on with what it left */
void reclaim_all(ThreadState *ts);         /* no other thread runs any more */
void reclaim_after_fork(ThreadState *ts);     /* in the child: the world that was stopped for it is gone */
void reclaim_of_all_threads(ThreadState *ts); /* for gc.collect(): stops the world, then frees what was dead. Runs finalizers */
/* A native is about to wait for other threads or processes. Runs finalizers, as a check point does. */
void reclaim_before_wait_slow(ThreadState *ts);
static inline void reclaim_before_wait(ThreadState *ts) {
  if (ts->parallel && (ts->filling.count + ts->waiting.count > 0 || RACY_LOAD(ts->interp->orphans) != NULL)) reclaim_before_wait_slow(ts);
}
/* A second thread is about to start. */
void become_parallel(ThreadState *ts, ThreadState *child);
/* All other threads stand still in between, their counts gathered. May wait for another thread that stops the world: a check point, so no
 * borrowed reference is good across it. */
#define STOP_WORLD(ts) ((ts)->parallel ? stop_world(ts) : (void)0)
#define START_WORLD(ts) ((ts)->parallel ? start_world(ts) : (void)0)
void stop_world(ThreadState *ts);
void start_world(ThreadState *ts);
#else
static inline void reclaim_before_wait(ThreadState *ts) {}
static inline void reclaim_of_all_threads(ThreadState *ts) {}
static inline void reclaim_after_fork(ThreadState *ts) {}
#define STOP_WORLD(ts) ((void)0)
#define START_WORLD(ts) ((void)0)
#endif
#endif
