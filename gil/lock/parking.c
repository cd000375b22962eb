/* parking.c - the parking lot: queues of sleeping threads by address.
 * Keeps true: see parking.h. An entry lives on its thread's C stack; who takes it off the queue (the waker, or the thread itself after a
 *   timeout) decides how the wait ended.  Next: mutex.c. */
#include "gil/lock/parking.h"

#include <stdint.h>

typedef struct Parked {
  struct Parked *next, *prev;
  const void *address;
  SchedThread *thread;
  int64_t since_ns;
  bool is_queued; /* GUARDED_BY(bucket->mutex) */
  bool handed;    /* as is_queued */
} Parked;

static ParkingBucket *bucket_of(Sched *s, const void *address) { return &s->parking[((uintptr_t)address >> 4) % PARKING_BUCKETS]; }

void parking_init(Sched *s) {
  for (int i = 0; i < PARKING_BUCKETS; i++) s->machine->mutex_init(s->machine, &s->parking[i].mutex);
}
void parking_free(Sched *s) {
  for (int i = 0; i < PARKING_BUCKETS; i++) s->machine->mutex_free(s->machine, &s->parking[i].mutex);
}
void parking_after_fork(Sched *s) {
  parking_init(s);
  for (int i = 0; i < PARKING_BUCKETS; i++) s->parking[i].first = s->parking[i].last = NULL; /* who waited is not here any more */
}

static void enqueue(ParkingBucket *b, Parked *p) {
  p->prev = b->last;
  if (b->last) b->last->next = p;
  else b->first = p;
  b->last = p;
  p->is_queued = true;
}
static void dequeue(ParkingBucket *b, Parked *p) {
  if (p->prev) p->prev->next = p->next;
  else b->first = p->next;
  if (p->next) p->next->prev = p->prev;
  else b->last = p->prev;
  p->is_queued = false;
}

/* t waits without a deadline from now on. True: so do all. */
static bool count_blocked(SchedThread *t) {
  Sched *s = t->sched;
  s->machine->lock(s->machine, &s->mutex);
  t->waits_for_ever = true;
  bool all = ++s->blocked == s->live;
  s->machine->unlock(s->machine, &s->mutex);
  return all;
}
static void count_unblocked(SchedThread *t) {
  Sched *s = t->sched;
  s->machine->lock(s->machine, &s->mutex);
  if (t->waits_for_ever) s->blocked--;
  t->waits_for_ever = false;
  s->machine->unlock(s->machine, &s->mutex);
}

/* Sleep until woken; after a timeout or a signal leave the queue, unless a waker was quicker. */
static ParkedResult sleep_in(ParkingBucket *b, Parked *p, int64_t deadline_ns) {
  SchedThread *t = p->thread;
  Machine *m = t->sched->machine;
  ParkResult ended = m->park(m, t, deadline_ns);
  if (ended == PARK_WOKEN) return PARKED_WOKEN;
  m->lock(m, &b->mutex);
  bool was_queued = p->is_queued;
  if (was_queued) dequeue(b, p);
  m->unlock(m, &b->mutex);
  if (was_queued) return ended == PARK_TIMED_OUT ? PARKED_TIMED_OUT : PARKED_INTERRUPTED;
  while (m->park(m, t, FOREVER) != PARK_WOKEN) { /* its token is on the way */
  }
  if (ended == PARK_INTERRUPTED) m->interrupt(m, t); /* keep it for the next wait; BREAK_SIGNAL is still set */
  return PARKED_WOKEN;
}

ParkedResult parking_park(SchedThread *t, _Atomic uint8_t *byte, uint8_t expected, BlockReason reason, int64_t deadline_ns, bool *handed) {
  Sched *s = t->sched;
  Machine *m = s->machine;
  ParkingBucket *b = bucket_of(s, byte);
  Parked me = {.address = byte, .thread = t};
  bool is_free = sched_is_free(t);
  if (is_free && s->hooks.detaches) s->hooks.detaches(t); /* before it counts as blocked: others may wait for what it holds */
  m->lock(m, &b->mutex);
  if (atomic_load_explicit(byte, memory_order_relaxed) != expected) {
    m->unlock(m, &b->mutex);
    if (is_free && reason != BLOCK_OBJECT && s->hooks.attached) s->hooks.attached(t);
    return PARKED_CHANGED;
  }
  if (s->profile->fair_locks) me.since_ns = m->now_ns(m, CLOCK_OF_MONOTONIC);
  enqueue(b, &me);
  t->waits_on = byte;
  atomic_store_explicit(&t->waits_for, reason, memory_order_relaxed);
  bool all_blocked = deadline_ns == FOREVER && count_blocked(t); /* before the bucket opens: a waker takes it back */
  m->unlock(m, &b->mutex);
  if (all_blocked && s->watch_deadlocks && !s->can_be_woken_from_outside && s->hooks.deadlock) s->hooks.deadlock(t);
  t->counters[COUNTER_PARK]++;
  sched_detach(t, reason);
  ParkedResult result = sleep_in(b, &me, deadline_ns);
  if (result != PARKED_WOKEN && deadline_ns == FOREVER) count_unblocked(t);
  sched_blocking_end(t);
  t->waits_on = NULL;
  *handed = me.handed;
  return result;
}

void parking_unpark(SchedThread *t, _Atomic uint8_t *byte, bool (*wake)(_Atomic uint8_t *byte, SchedThread *woken, int64_t waited_ns, bool more, void *arg), void *arg) {
  Sched *s = t->sched;
  Machine *m = s->machine;
  ParkingBucket *b = bucket_of(s, byte);
  m->lock(m, &b->mutex);
  Parked *first = NULL, *p = b->first;
  bool more = false;
  for (; p && !more; p = p->next) {
    if (p->address != byte) continue;
    if (first) more = true;
    else first = p;
  }
  SchedThread *woken = first ? first->thread : NULL;
  if (first) {
    dequeue(b, first);
    count_unblocked(woken);
  }
  int64_t waited_ns = first && s->profile->fair_locks ? m->now_ns(m, CLOCK_OF_MONOTONIC) - first->since_ns : first ? 0 : -1;
  bool handed = wake(byte, woken, waited_ns, more, arg);
  if (first) first->handed = handed;
  if (woken) m->unpark(m, woken); /* under the mutex: `first` lies on a stack that goes on as soon as it may */
  m->unlock(m, &b->mutex);
}

SchedThread *parking_first(Sched *s, const void *byte) {
  for (Parked *p = bucket_of(s, byte)->first; p; p = p->next)
    if (p->address == byte) return p->thread;
  return NULL;
}
