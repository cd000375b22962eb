/* parking.h - where threads wait for an address: a table of queues beside the locks, so that a lock itself needs only a byte.
 * park: "if this byte still has that value, put me to sleep in the queue of its address".  unpark: "wake the one that waits longest".
 * Keeps true: the check of the byte and the queueing are one step under the bucket's mutex, so no wake-up is lost. A thread is detached
 *   while it sleeps. First come, first woken. Threads parked without a deadline are counted, and the last one of its Sched that does so
 *   finds a deadlock.
 * Locks: one mutex a bucket, taken before sched->mutex, never two buckets at once.
 * Next: parking.c, mutex.h. Sources: WebKit's WTF::ParkingLot (F. Pizlo, 2015), CPython Python/parking_lot.c. */
#ifndef GIL_LOCK_PARKING_H
#define GIL_LOCK_PARKING_H

#include "gil/sched/sched.h"

typedef enum { PARKED_WOKEN, PARKED_TIMED_OUT, PARKED_INTERRUPTED, PARKED_CHANGED /* the byte had another value: did not wait */ } ParkedResult;

/* Wait for an unpark of `byte`, unless *byte != expected. `handed` gets what the waker gave. The caller is attached before and after. */
ParkedResult parking_park(SchedThread *t, _Atomic uint8_t *byte, uint8_t expected, BlockReason reason, int64_t deadline_ns, bool *handed);
/* Wake the first that waits for `byte`, if any. `wake` runs under the bucket's mutex to change the byte: waited_ns tells how long the
 * woken one has waited (-1: nobody does), more whether others remain; what it returns reaches the woken one as `handed`. */
void parking_unpark(SchedThread *t, _Atomic uint8_t *byte, bool (*wake)(_Atomic uint8_t *byte, SchedThread *woken, int64_t waited_ns, bool more, void *arg), void *arg);
/* The thread that has waited longest for byte, or NULL. For reports, while nobody runs. */
SchedThread *parking_first(Sched *s, const void *byte);
void parking_init(Sched *s);
void parking_free(Sched *s);
void parking_after_fork(Sched *s);

#endif
