/* mutex.c - the slow ways of the one-byte lock.  Next: mutex.h, parking.c. */
#include "gil/lock/mutex.h"

/* Without a GIL the holder runs now, on another core, and mostly lets go within a microsecond: sooner than anybody is put to sleep and woken.
 * But each look at the lock takes its cache line from the holder, who then pays as much as for the update that the lock protects; and whoever
 * gets a busy lock at once takes the line of what it protects too. So a waiter looks at growing intervals: the holder, which often comes back
 * for the same lock, does many updates in a row at full speed. Not when others sleep already.
 * CPython: Python/lock.c, MAX_SPIN_COUNT; T. Anderson, The Performance of Spin Lock Alternatives, 1990 (back-off). */
enum { FIRST_PAUSES = 128, MOST_PAUSES = 1024 };

static void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static bool spin(Mutex *m) {
  for (int pauses = FIRST_PAUSES; pauses <= MOST_PAUSES; pauses *= 2) {
    for (int i = 0; i < pauses; i++) relax();
    uint8_t bits = atomic_load_explicit(&m->bits, memory_order_relaxed);
    if (bits & MUTEX_PARKED) return false;
    if (bits == 0 && atomic_compare_exchange_weak_explicit(&m->bits, &bits, MUTEX_LOCKED, memory_order_acquire, memory_order_relaxed)) return true;
  }
  return false;
}

MutexResult mutex_wait(SchedThread *t, Mutex *m, BlockReason reason, int64_t deadline_ns) {
  if (sched_is_free(t) && deadline_ns != 0 && spin(m)) return MUTEX_TAKEN;
  for (;;) {
    uint8_t bits = atomic_load_explicit(&m->bits, memory_order_relaxed);
    if (!(bits & MUTEX_LOCKED)) {
      if (atomic_compare_exchange_weak_explicit(&m->bits, &bits, bits | MUTEX_LOCKED, memory_order_acquire, memory_order_relaxed)) return MUTEX_TAKEN;
      continue;
    }
    if (deadline_ns == 0) return MUTEX_TIMED_OUT;
    if (!(bits & MUTEX_PARKED) && !atomic_compare_exchange_weak_explicit(&m->bits, &bits, bits | MUTEX_PARKED, memory_order_relaxed, memory_order_relaxed)) continue;
    bool handed = false;
    switch (parking_park(t, &m->bits, MUTEX_LOCKED | MUTEX_PARKED, reason, deadline_ns, &handed)) {
      case PARKED_WOKEN:
        if (handed) return MUTEX_TAKEN;
        break;
      case PARKED_CHANGED: break;
      case PARKED_TIMED_OUT: return mutex_try(m) ? MUTEX_TAKEN : MUTEX_TIMED_OUT;
      case PARKED_INTERRUPTED: return MUTEX_INTERRUPTED;
    }
  }
}

/* Under the bucket's mutex. Handed over, the lock stays locked; else the next to come takes it. */
static bool wake(_Atomic uint8_t *byte, SchedThread *woken, int64_t waited_ns, bool more, void *arg) {
  bool hand_over = woken && waited_ns > FAIR_AFTER_NS;
  if (hand_over) event_emit(arg, EVENT_LOCK_HANDOVER, woken->id, (uint64_t)(uintptr_t)byte);
  atomic_store_explicit(byte, (uint8_t)((hand_over ? MUTEX_LOCKED : 0) | (more ? MUTEX_PARKED : 0)), memory_order_release);
  return hand_over;
}

void mutex_unlock_slow(SchedThread *t, Mutex *m) {
  for (;;) {
    uint8_t bits = atomic_load_explicit(&m->bits, memory_order_relaxed);
    if (bits & MUTEX_PARKED) {
      parking_unpark(t, &m->bits, wake, t);
      return;
    }
    if (atomic_compare_exchange_weak_explicit(&m->bits, &bits, 0, memory_order_release, memory_order_relaxed)) return;
  }
}
