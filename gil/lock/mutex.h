/* mutex.h - a lock of one byte, for the script's locks and for whatever else must be held across a wait.
 *
 *     bit 0  locked
 *     bit 1  somebody is parked for it
 *
 * Keeps true: not owned (anybody may unlock) and not reentrant. Trying first does not detach, so a free lock never switches threads.
 *   With a fair profile a waiter that has waited for FAIR_AFTER_NS is handed the lock as it is; otherwise the woken one has to take
 *   it in competition with whoever comes by.
 * Next: mutex.c, parking.h. Sources: WTF::Lock; CPython Python/lock.c (PyMutex). */
#ifndef GIL_LOCK_MUTEX_H
#define GIL_LOCK_MUTEX_H

#include "gil/lock/parking.h"

typedef struct {
  _Atomic uint8_t bits;
} Mutex;
enum { MUTEX_LOCKED = 1, MUTEX_PARKED = 2 };
#define FAIR_AFTER_NS 1000000

typedef enum { MUTEX_TAKEN, MUTEX_TIMED_OUT, MUTEX_INTERRUPTED } MutexResult;

static inline bool mutex_try(Mutex *m) {
  uint8_t bits = atomic_load_explicit(&m->bits, memory_order_relaxed);
  return !(bits & MUTEX_LOCKED) && atomic_compare_exchange_strong_explicit(&m->bits, &bits, bits | MUTEX_LOCKED, memory_order_acquire, memory_order_relaxed);
}
static inline bool mutex_is_locked(Mutex *m) { return atomic_load_explicit(&m->bits, memory_order_relaxed) & MUTEX_LOCKED; }
/* Wait for it until the deadline. INTERRUPTED: a signal came for the main thread; the caller looks at it and tries again. */
MutexResult mutex_wait(SchedThread *t, Mutex *m, BlockReason reason, int64_t deadline_ns);
void mutex_unlock_slow(SchedThread *t, Mutex *m);
static inline void mutex_unlock(SchedThread *t, Mutex *m) {
  uint8_t locked = MUTEX_LOCKED;
  if (!atomic_compare_exchange_strong_explicit(&m->bits, &locked, 0, memory_order_release, memory_order_relaxed)) mutex_unlock_slow(t, m);
}
/* Take it however long that takes; signals wait. For locks of our own that are held shortly. */
static inline void mutex_lock(SchedThread *t, Mutex *m) {
  if (UNLIKELY(!mutex_try(m)))
    while (mutex_wait(t, m, BLOCK_LOCK, FOREVER) != MUTEX_TAKEN) {
    }
}

#endif
