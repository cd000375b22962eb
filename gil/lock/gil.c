/* gil.c - the global interpreter lock: one holder, turns of 5 ms.
 *
 * The hand-off between two threads that compute (times as CPython's):
 *
 *   A  ==holds=======================|drop, wait on switch_cond......|
 *   B  want: wait on cond, 5 ms ...|request A|  take, signal switch_cond ==holds======
 *                                            ^ A saw BREAK_DROP at its next check point
 *
 * Keeps true: at most one thread holds it. Waiters make the clock: a thread alone never lets go. Each waiter restarts its own
 *   interval after any switch. After a drop request the old holder waits until another thread has taken over; without one (I/O)
 *   it may take the lock straight back. A waiter that must not go on first withdraws its request, or the holder would
 *   wait for it for ever.
 * The short way: taking a free lock is one compare-and-swap, and letting go with nobody waiting is one exchange. A waiter counts itself in
 *   `waiters` before it tries `locked`, and a holder clears `locked` before it looks at `waiters` (both sequentially consistent), so one of
 *   the two sees the other and no wake-up is lost.
 * Locks: mutex guards waiting for the lock; switch_mutex guards last_holder and the wait for a switch. Never both at once.
 * Next: sched.c (who asks), docs/internals/gil.md. Sources: CPython Python/ceval_gil.c (A. Pitrou's lock of 3.2), gh-96387, gh-87135;
 *   Python 2's Python/ceval.c for the tick lock. */
#include "gil/lock/gil.h"

#include <errno.h>
#include <string.h>

#include "gil/sched/sched.h"

const Profile profiles[PROFILE_COUNT] = {
#define PROFILE(NAME, KIND, CHECKS, FAIR, MEANING) {#NAME, MEANING, GIL_##KIND, CHECKS_##CHECKS, FAIR},
#include "gil/lock/profiles.def"
#undef PROFILE
};
const Profile *profile_find(const char *name) {
  for (int i = 0; i < PROFILE_COUNT; i++)
    if (strcmp(profiles[i].name, name) == 0) return &profiles[i];
  return NULL;
}

static void init_waiting(Gil *g) {
  Machine *m = g->machine;
  m->mutex_init(m, &g->mutex);
  m->cond_init(m, &g->cond);
  m->mutex_init(m, &g->switch_mutex);
  m->cond_init(m, &g->switch_cond);
}

void gil_init(Gil *g, Machine *m, GilKind kind, int64_t interval_us) {
  *g = (Gil){.machine = m, .kind = kind};
  g->interval_us = interval_us;
  g->check_interval = DEFAULT_TICKS;
  init_waiting(g);
}

void gil_free(Gil *g) {
  Machine *m = g->machine;
  m->mutex_free(m, &g->mutex);
  m->cond_free(m, &g->cond);
  m->mutex_free(m, &g->switch_mutex);
  m->cond_free(m, &g->switch_cond);
}

bool gil_holds(Gil *g, SchedThread *t) { return g->locked && g->last_holder == t; }

static bool try_take(Gil *g) {
  int free_now = 0;
  return atomic_compare_exchange_strong(&g->locked, &free_now, 1);
}

static bool may_run(Gil *g, SchedThread *t) {
  SchedThread *finalizer = atomic_load_explicit(&g->finalizer, memory_order_acquire);
  return finalizer == NULL || finalizer == t;
}

/* Ask the holder to let go. The holder cannot be gone: it would have to pass gil_drop, which takes `mutex` while anybody waits. */
static SchedThread *request_drop(Gil *g, SchedThread *t) {
  SchedThread *holder = atomic_load_explicit(&g->last_holder, memory_order_relaxed);
  if (holder == NULL) return NULL;
  sched_request(holder, BREAK_DROP);
  event_emit(t, EVENT_DROP_REQUEST, holder->id, 0);
  return holder;
}

/* True: t has the lock. False: it may not have it any more. */
static bool wait_for_lock(Gil *g, SchedThread *t) {
  Machine *m = g->machine;
  SchedThread *asked = NULL;
  bool taken = false;
  m->lock(m, &g->mutex);
  atomic_fetch_add(&g->waiters, 1);
  while (may_run(g, t) && !(taken = try_take(g))) {
    uint64_t seen = atomic_load(&g->switch_number);
    int64_t interval_us = atomic_load_explicit(&g->interval_us, memory_order_relaxed);
    int64_t deadline = g->kind == GIL_TIMED ? m->now_ns(m, CLOCK_OF_MONOTONIC) + interval_us * 1000 : FOREVER;
    bool timed_out = m->wait_until(m, &g->cond, &g->mutex, deadline);
    if (!atomic_load(&g->locked)) continue;
    if (!timed_out) event_emit(t, EVENT_FAILED_WAKE, 0, 0);
    else if (atomic_load(&g->switch_number) == seen && may_run(g, t)) asked = request_drop(g, t);
  }
  atomic_fetch_sub(&g->waiters, 1);
  if (!may_run(g, t) && asked && asked == atomic_load(&g->last_holder)) sched_done(asked, BREAK_DROP); /* gh-96387 */
  m->unlock(m, &g->mutex);
  return taken;
}

/* The lock has a new holder: say so to the old one, which may be waiting to see it. */
static void take_over(Gil *g, SchedThread *t) {
  Machine *m = g->machine;
  m->lock(m, &g->switch_mutex);
  atomic_store_explicit(&g->last_holder, t, memory_order_relaxed);
  atomic_fetch_add(&g->switch_number, 1);
  m->signal(m, &g->switch_cond);
  m->unlock(m, &g->switch_mutex);
}

static void let_go(Gil *g) {
  Machine *m = g->machine;
  atomic_store(&g->locked, 0);
  if (atomic_load(&g->waiters) == 0) return;
  m->lock(m, &g->mutex);
  m->signal(m, &g->cond);
  m->unlock(m, &g->mutex);
}

void gil_take(Gil *g, SchedThread *t) {
  bool taken = try_take(g);
  if (!taken) {
    int error = errno;
    event_emit(t, EVENT_WANT, 0, 0);
    taken = wait_for_lock(g, t);
    errno = error;
  }
  if (UNLIKELY(!may_run(g, t))) {
    if (taken) let_go(g);
    g->machine->hang(g->machine, t);
  }
  SchedThread *before = atomic_load_explicit(&g->last_holder, memory_order_relaxed);
  if (before != t) take_over(g, t);
  if (atomic_load_explicit(&t->breaker, memory_order_relaxed) & BREAK_DROP) sched_done(t, BREAK_DROP); /* an old request */
  event_emit(t, EVENT_GOT, g->last_holder_id, 0);
  g->last_holder_id = t->id;
}

/* Wait until somebody else took the lock: else the thread that asked, still waking up, would find it retaken. Not after the end of the
 * program: who asked will never take it. */
static void wait_for_switch(Gil *g, SchedThread *t) {
  Machine *m = g->machine;
  m->lock(m, &g->switch_mutex);
  if (atomic_load_explicit(&g->last_holder, memory_order_relaxed) == t && atomic_load(&g->finalizer) == NULL) {
    sched_done(t, BREAK_DROP);
    m->wait_until(m, &g->switch_cond, &g->switch_mutex, FOREVER);
  }
  m->unlock(m, &g->switch_mutex);
}

void gil_drop(Gil *g, SchedThread *t, DropReason why) {
  if (why == DROP_FOR_REQUEST || why == DROP_FOR_TICKS) event_emit_here(t, EVENT_DROP, why, 0);
  else event_emit(t, EVENT_DROP, why, 0);
  if (why == DROP_AT_END) atomic_store_explicit(&g->last_holder, NULL, memory_order_relaxed); /* its memory may go */
  if (LIKELY(atomic_load_explicit(&g->waiters, memory_order_relaxed) == 0)) {
    let_go(g);
    return;
  }
  int error = errno;
  let_go(g);
  if (g->kind == GIL_TIMED && why != DROP_AT_END && atomic_load_explicit(&t->breaker, memory_order_relaxed) & BREAK_DROP) wait_for_switch(g, t);
  errno = error;
}

void gil_after_fork(Gil *g, SchedThread *t) {
  init_waiting(g);
  g->waiters = 0;
  g->locked = 1;
  g->last_holder = t;
}
