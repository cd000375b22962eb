/* world.c - threads without a global lock: attaching, stopping the world, grace periods.
 * How a stop and an attach meet: the stopper sets `stopper`, then looks at the threads' states; who attaches sets its state, then looks at
 *   `stopper`. Both are sequentially consistent, so one of the two sees the other, and the attaching thread steps back.
 * Next: world.h (what is kept true). */
#include "gil/lock/world.h"

#include <errno.h>

#include "gil/sched/sched.h"

void world_init(World *w, Machine *m) {
  *w = (World){.machine = m};
  m->mutex_init(m, &w->mutex);
  m->cond_init(m, &w->came_to_stop);
  m->cond_init(m, &w->restarted);
}
void world_free(World *w) {
  Machine *m = w->machine;
  m->mutex_free(m, &w->mutex);
  m->cond_free(m, &w->came_to_stop);
  m->cond_free(m, &w->restarted);
}
void world_after_fork(World *w, SchedThread *t) {
  Machine *m = w->machine;
  m->mutex_init(m, &w->mutex);
  m->cond_init(m, &w->came_to_stop);
  m->cond_init(m, &w->restarted);
  w->stopper = NULL;
  t->world_state = WORLD_ATTACHED;
  w->attached = 1;
}

static bool is_stopped_for(World *w, SchedThread *t) {
  SchedThread *stopper = atomic_load(&w->stopper);
  return stopper != NULL && stopper != t;
}

static void tell_stopper(World *w) {
  Machine *m = w->machine;
  m->lock(m, &w->mutex);
  m->broadcast(m, &w->came_to_stop);
  m->unlock(m, &w->mutex);
}

static void wait_for_restart(World *w, SchedThread *t) {
  Machine *m = w->machine;
  m->lock(m, &w->mutex);
  while (is_stopped_for(w, t)) m->wait_until(m, &w->restarted, &w->mutex, FOREVER);
  m->unlock(m, &w->mutex);
}

void world_attach(World *w, SchedThread *t) {
  int error = errno;
  for (;;) {
    SchedThread *finalizer = atomic_load(&w->finalizer);
    if (UNLIKELY(finalizer != NULL && finalizer != t)) w->machine->hang(w->machine, t);
    int state = WORLD_DETACHED;
    if (!atomic_compare_exchange_strong(&t->world_state, &state, WORLD_ATTACHED) && state != WORLD_WAITING) {
      w->machine->yield(w->machine); /* world_while_detached() keeps it for a moment */
      continue;
    }
    if (state == WORLD_WAITING) atomic_store(&t->world_state, WORLD_ATTACHED);
    if (LIKELY(!is_stopped_for(w, t))) {
      if (state == WORLD_DETACHED) atomic_fetch_add(&w->attached, 1);
      break;
    }
    atomic_store(&t->world_state, state);
    tell_stopper(w);
    wait_for_restart(w, t);
  }
  atomic_store(&t->quiet_epoch, atomic_load(&w->epoch));
  errno = error;
}

void world_detach(World *w, SchedThread *t, bool is_quiet) {
  if (is_quiet) atomic_fetch_sub(&w->attached, 1);
  atomic_store(&t->world_state, is_quiet ? WORLD_DETACHED : WORLD_WAITING);
  if (UNLIKELY(is_stopped_for(w, t))) tell_stopper(w);
}

void world_check_point(World *w, SchedThread *t) {
  sched_done(t, BREAK_QUIET);
  atomic_store(&t->quiet_epoch, atomic_load(&w->epoch));
  if (!is_stopped_for(w, t)) return;
  world_detach(w, t, true);
  wait_for_restart(w, t);
  world_attach(w, t);
}

/* ---- stopping the world ---- */

static uint32_t count_running(SchedThread *t) {
  Sched *s = t->sched;
  uint32_t running = 0;
  s->machine->lock(s->machine, &s->mutex);
  for (SchedThread *other = s->threads; other; other = other->next) {
    if (other == t || atomic_load(&other->world_state) != WORLD_ATTACHED) continue;
    running++;
    sched_request(other, BREAK_QUIET);
  }
  s->machine->unlock(s->machine, &s->mutex);
  return running + atomic_load(&s->leaving);
}

void world_stop(World *w, SchedThread *t) {
  Machine *m = w->machine;
  SchedThread *nobody = NULL;
  while (!atomic_compare_exchange_strong(&w->stopper, &nobody, t)) {
    world_check_point(w, t);
    nobody = NULL;
  }
  w->stopped_at_ns = m->now_ns(m, CLOCK_OF_MONOTONIC);
  m->lock(m, &w->mutex);
  while (count_running(t) > 0) m->wait_until(m, &w->came_to_stop, &w->mutex, m->now_ns(m, CLOCK_OF_MONOTONIC) + 1000000);
  m->unlock(m, &w->mutex);
  atomic_fetch_add(&w->stops, 1);
}

void world_restart(World *w, SchedThread *t) {
  Machine *m = w->machine;
  atomic_fetch_add(&w->stopped_ns, (uint64_t)(m->now_ns(m, CLOCK_OF_MONOTONIC) - w->stopped_at_ns));
  m->lock(m, &w->mutex);
  atomic_store(&w->stopper, NULL);
  m->broadcast(m, &w->restarted);
  m->unlock(m, &w->mutex);
}

/* ---- grace periods ---- */

uint64_t world_begin_grace(World *w, SchedThread *t) {
  Sched *s = t->sched;
  uint64_t grace = atomic_fetch_add(&w->epoch, 1) + 1;
  s->machine->lock(s->machine, &s->mutex);
  for (SchedThread *other = s->threads; other; other = other->next)
    if (other != t && atomic_load(&other->world_state) == WORLD_ATTACHED) sched_request(other, BREAK_QUIET);
  s->machine->unlock(s->machine, &s->mutex);
  return grace;
}

bool world_grace_is_over(World *w, SchedThread *t, uint64_t grace) {
  Sched *s = t->sched;
  bool over = true;
  s->machine->lock(s->machine, &s->mutex);
  for (SchedThread *other = s->threads; other && over; other = other->next)
    if (other != t && atomic_load(&other->world_state) != WORLD_DETACHED && atomic_load(&other->quiet_epoch) < grace) over = false;
  s->machine->unlock(s->machine, &s->mutex);
  return over && atomic_load(&s->leaving) == 0;
}

bool world_while_detached(World *w, SchedThread *t, uint32_t id, void (*fn)(SchedThread *owner, void *arg), void *arg) {
  Sched *s = t->sched;
  enum { KEPT = 3 };
  bool done = true;
  s->machine->lock(s->machine, &s->mutex);
  SchedThread *owner = s->threads;
  while (owner && owner->id != id) owner = owner->next;
  int state = WORLD_DETACHED;
  if (owner == t || (owner && !atomic_compare_exchange_strong(&owner->world_state, &state, KEPT))) done = false;
  if (done) fn(owner, arg);
  if (done && owner) atomic_store(&owner->world_state, WORLD_DETACHED);
  s->machine->unlock(s->machine, &s->mutex);
  return done;
}
