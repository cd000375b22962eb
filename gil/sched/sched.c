/* sched.c - the threads of an Interp: who is there, who is attached, who waits. The same text on the real and on a simulated machine.
 * Keeps true: `live` counts the threads on the list, `blocked` those that are parked without a deadline and that nobody has unparked yet; when
 *   the two are equal nobody is left who could wake anybody: a deadlock.
 * Locks: sched->mutex is a leaf, but for the event hub's.
 * Next: ../lock/gil.c (attach and detach with the lock), ../lock/parking.c (waiting). Sources: CPython Python/pystate.c, Python/thread.c. */
#include "gil/sched/sched.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gil/lock/parking.h"

const char *const block_reason_names[BLOCK_COUNT] = {
#define BLOCK_REASON(NAME, text) text,
#include "gil/block_reasons.def"
#undef BLOCK_REASON
};

Sched *sched_new(const SchedConfig *config) {
  Sched *s = calloc(1, sizeof *s);
  if (s == NULL) return NULL;
  s->machine = config->machine;
  s->profile = config->profile ? config->profile : &profiles[PROFILE_py314];
  s->hooks = config->hooks;
  s->watch_deadlocks = config->watch_deadlocks;
  s->events = config->events;
  s->first_id = s->next_id = config->first_id;
  s->machine->mutex_init(s->machine, &s->mutex);
  gil_init(&s->gil, s->machine, s->profile->kind, config->interval_us ? config->interval_us : DEFAULT_INTERVAL_US);
  world_init(&s->world, s->machine);
  parking_init(s);
  return s;
}

void sched_free(Sched *s) {
  while (atomic_load_explicit(&s->leaving, memory_order_acquire)) s->machine->yield(s->machine);
  parking_free(s);
  gil_free(&s->gil);
  world_free(&s->world);
  s->machine->mutex_free(s->machine, &s->mutex);
  free(s);
}

/* ---- life ---- */

static void locked(Sched *s) { s->machine->lock(s->machine, &s->mutex); }
static void unlocked(Sched *s) { s->machine->unlock(s->machine, &s->mutex); }

void sched_add(Sched *s, SchedThread *t) {
  t->sched = s;
  t->ticks_left = DEFAULT_TICKS;
  locked(s);
  t->id = ++s->next_id;
  t->is_main = t->id == s->first_id + 1;
  t->next = s->threads;
  if (s->threads) s->threads->prev = t;
  s->threads = t;
  s->live++;
  unlocked(s);
  if (t->is_main) sched_set_name(t, "MainThread");
  if (s->events) t->log = events_open_log(s->events, t->id, t->name);
}

static void unlink_thread(Sched *s, SchedThread *t) {
  if (t->prev) t->prev->next = t->next;
  else s->threads = t->next;
  if (t->next) t->next->prev = t->prev;
  t->next = t->prev = NULL;
}

/* Take or give back the right to touch objects. */
static void take(SchedThread *t) {
  if (sched_is_free(t)) {
    world_attach(&t->sched->world, t);
    event_emit(t, EVENT_GOT, 0, 0);
  } else {
    gil_take(&t->sched->gil, t);
  }
  t->is_attached = true;
}
static void let_go(SchedThread *t, DropReason why, bool is_quiet) {
  t->is_attached = false;
  if (sched_is_free(t)) world_detach(&t->sched->world, t, is_quiet);
  else gil_drop(&t->sched->gil, t, why);
}

/* Off the list. True: those that are left all wait for ever. */
static bool leave(SchedThread *t) {
  Sched *s = t->sched;
  locked(s);
  atomic_fetch_add(&s->leaving, 1);
  unlink_thread(s, t);
  s->live--;
  if (s->live == 1 && sched_is_free(t)) sched_request(s->threads, BREAK_RECLAIM); /* it is alone now */
  bool stuck = s->live > 0 && s->blocked == s->live;
  unlocked(s);
  return stuck;
}

void sched_remove(SchedThread *t) {
  Sched *s = t->sched;
  if (leave(t) && s->watch_deadlocks && !s->can_be_woken_from_outside && s->hooks.deadlock) s->hooks.deadlock(t);
  event_emit(t, EVENT_DROP, DROP_AT_END, 0);
  event_emit(t, EVENT_EXIT, 0, 0);
  if (t->log) events_close_log(t, t->log); /* while it holds the lock: who joined it may want to read its sums at once */
  t->log = NULL;
  if (s->hooks.leaves && !t->is_main) s->hooks.leaves(t);
  let_go(t, DROP_AT_END, true);
  atomic_fetch_sub_explicit(&s->leaving, 1, memory_order_release);
}

static void start(SchedThread *t) {
  event_emit(t, EVENT_START, 0, 0);
  t->main(t);
}

int sched_spawn(SchedThread *parent, SchedThread *child, void (*main)(SchedThread *child), size_t stack_bytes) {
  child->main = main;
  event_emit_here(parent, EVENT_SPAWN, child->id, 0);
  int error = parent->sched->machine->spawn(parent->sched->machine, child, start, stack_bytes);
  if (error == 0) return 0;
  leave(child);
  if (child->log) events_close_log(child, child->log);
  child->log = NULL;
  atomic_fetch_sub(&child->sched->leaving, 1);
  return error;
}

void sched_set_name(SchedThread *t, const char *name) {
  strncpy(t->name, name, sizeof t->name - 1);
  if (t->log) memcpy(t->log->name, t->name, sizeof t->name);
}

void sched_after_fork(SchedThread *t) {
  Sched *s = t->sched;
  Machine *m = s->machine;
  m->mutex_init(m, &s->mutex);
  if (s->events) m->mutex_init(m, &s->events->mutex);
  s->threads = t;
  t->next = t->prev = NULL;
  t->is_main = true;
  s->live = 1;
  s->blocked = 0;
  s->leaving = 0;
  gil_after_fork(&s->gil, t);
  world_after_fork(&s->world, t);
  parking_after_fork(s);
}

void sched_finalize(SchedThread *t) {
  atomic_store_explicit(&t->sched->gil.finalizer, t, memory_order_release);
  atomic_store(&t->sched->world.finalizer, t);
}

SchedThread *sched_here(Sched *s) {
  pthread_t self = pthread_self();
  locked(s);
  SchedThread *t = s->threads;
  while (t && !pthread_equal(t->os_thread, self)) t = t->next;
  unlocked(s);
  return t;
}

uint32_t sched_others(SchedThread *t) {
  locked(t->sched);
  uint32_t n = t->sched->live - 1;
  unlocked(t->sched);
  return n;
}

/* ---- attached or not ---- */

void sched_attach(SchedThread *t) {
  take(t);
  atomic_store_explicit(&t->waits_for, BLOCK_NOTHING, memory_order_relaxed);
}

void sched_detach(SchedThread *t, BlockReason reason) {
  bool is_free = sched_is_free(t);
  if (is_free && t->sched->hooks.detaches) t->sched->hooks.detaches(t);
  atomic_store_explicit(&t->waits_for, reason, memory_order_relaxed);
  event_emit_here(t, EVENT_BLOCK, reason, (uint64_t)(uintptr_t)t->waits_on);
  if (is_free) event_emit(t, EVENT_DROP, DROP_TO_BLOCK, 0);
  let_go(t, DROP_TO_BLOCK, reason != BLOCK_OBJECT);
}

void sched_blocking_begin_for(SchedThread *t, BlockReason reason) { sched_detach(t, reason); }

void sched_blocking_end(SchedThread *t) {
  bool was_taking_an_object = t->waits_for == BLOCK_OBJECT; /* what it held before waits until it has let go of that */
  event_emit(t, EVENT_UNBLOCK, (uint32_t)t->waits_for, 0);
  sched_attach(t);
  if (sched_is_free(t) && !was_taking_an_object && t->sched->hooks.attached) t->sched->hooks.attached(t);
}

void sched_yield_to_request(SchedThread *t) {
  let_go(t, DROP_FOR_REQUEST, true);
  take(t);
}

void sched_tick(SchedThread *t) {
  t->ticks_left = atomic_load_explicit(&t->sched->gil.check_interval, memory_order_relaxed);
  let_go(t, DROP_FOR_TICKS, true);
  take(t);
}

void sched_interrupt(SchedThread *t) {
  sched_request(t, BREAK_SIGNAL);
  t->sched->machine->interrupt(t->sched->machine, t);
}

/* ---- time ---- */

int64_t sched_now_ns(SchedClock clock) {
  Machine *m = machine_real();
  return m->now_ns(m, clock);
}
int64_t sched_thread_now_ns(SchedThread *t, SchedClock clock) { return t->sched->machine->now_ns(t->sched->machine, clock); }

int sched_sleep_until(SchedThread *t, int64_t deadline_ns) {
  sched_blocking_begin_for(t, BLOCK_SLEEP);
  ParkResult result = t->sched->machine->sleep_until(t->sched->machine, t, deadline_ns);
  sched_blocking_end(t);
  return result == PARK_INTERRUPTED;
}
