/* reclaim.c - grace periods for dead objects and replaced arrays.
 * Keeps true: nothing is freed here but at a check point of the thread, or when no other thread is in the middle of anything. An object is
 *   in one batch at most (SHARED_LIMBO). Entries with the lowest bit set are arrays.
 * Locks: Interp.counts_mutex for the batches that ended threads have left.
 * Next: reclaim.h, biased.c. */
#ifdef FREE_THREADED
#include "runtime/reclaim.h"

#include <stdlib.h>

#include "runtime/alloc.h"
#include "runtime/types/list.h"

enum { BATCH = 512, TOO_MANY = 1 << 18, AHEAD = 8 /* so far ahead memory is asked for */ };
#define IS_ARRAY ((uintptr_t)1)

static World *world_of(ThreadState *ts) { return &ts->interp->sched->world; }

static bool add(ReclaimBatch *b, uintptr_t entry) {
  if (b->count == b->capacity) {
    size_t capacity = b->capacity ? b->capacity * 2 : BATCH;
    uintptr_t *grown = realloc(b->entries, capacity * sizeof *grown);
    if (grown == NULL) return false;
    b->entries = grown;
    b->capacity = capacity;
  }
  b->entries[b->count++] = entry;
  return true;
}

static void free_object(ThreadState *ts, Object *dead) {
  refcount_take_over(ts, dead, 0);
  object_free(ts, dead);
}

static void settle(ThreadState *ts, uintptr_t entry) {
  if (entry & IS_ARRAY) {
    mem_free_now(ts, (void *)(entry & ~IS_ARRAY));
    return;
  }
  Object *o = (Object *)entry;
  switch (refcount_settle(ts, o)) {
    case SETTLED_ALIVE: break;
    case SETTLED_WAIT_AGAIN: add(&ts->filling, entry); break;
    case SETTLED_DEAD: free_object(ts, o);
  }
}

static void settle_all(ThreadState *ts, ReclaimBatch *b) {
  ReclaimBatch done = *b;
  *b = (ReclaimBatch){0};
  for (size_t i = 0; i < done.count; i++) {
    if (i + AHEAD < done.count) __builtin_prefetch((void *)(done.entries[i + AHEAD] & ~IS_ARRAY), 1);
    settle(ts, done.entries[i]);
  }
  if (b->entries == NULL) {
    done.count = done.looked_at = 0;
    *b = done;
  } else {
    free(done.entries);
  }
}

/* When even the list of the dead has no memory left, they are leaked: better than freed too early. A large container takes many with it. */
static void add_or_leak(ThreadState *ts, uintptr_t entry, ssize_t weight) {
  if (!add(&ts->filling, entry)) return;
  ts->filling_weight += weight;
  if (LIKELY(ts->filling_weight < BATCH)) return;
  ts->filling_weight = 0;
  sched_request(&ts->sched, BREAK_RECLAIM);
}

static ssize_t weight_of(Object *o) {
  switch (o->kind) {
    case K_LIST: return 1 + list_len(o);
    case K_TUPLE: return 1 + tuple_len(o);
    default: return 1;
  }
}

/* Can a script see its end? */
static bool is_noticed(Object *o) { return shape_of(o)->type->flags & TYPE_HAS_FINALIZER || RACY_LOAD(o->flags) & OBJ_HAS_WEAKREF; }

void reclaim_object(ThreadState *ts, Object *dead) {
  if (!ts->parallel || world_is_mine(world_of(ts))) {
    settle(ts, (uintptr_t)dead);
    return;
  }
  add_or_leak(ts, (uintptr_t)dead, weight_of(dead));
  if (is_noticed(dead)) {
    ts->reclaim_hurries = true;
    sched_request(&ts->sched, BREAK_RECLAIM);
  }
}

void reclaim_memory(ThreadState *ts, void *p) {
  if (world_is_mine(world_of(ts))) mem_free_now(ts, p);
  else add_or_leak(ts, (uintptr_t)p | IS_ARRAY, 1);
}

static void begin_grace(ThreadState *ts) {
  if (ts->waiting.count > 0 || ts->filling.count == 0) return;
  ReclaimBatch empty = ts->waiting;
  ts->waiting = ts->filling;
  ts->filling = empty;
  ts->filling.count = ts->filling.looked_at = 0;
  ts->grace = world_begin_grace(world_of(ts), &ts->sched);
}

static bool end_grace(ThreadState *ts) {
  if (ts->waiting.count == 0) return true;
  if (!world_grace_is_over(world_of(ts), &ts->sched, ts->grace)) return false;
  settle_all(ts, &ts->waiting);
  return true;
}

/* Begin and end grace periods until nothing is left (what dies holds more that dies), or so much time is over. */
static bool settle_within(ThreadState *ts, int64_t ns) {
  Machine *m = ts->interp->sched->machine;
  int64_t until = m->now_ns(m, CLOCK_OF_MONOTONIC) + ns;
  while (ts->waiting.count + ts->filling.count > 0) {
    begin_grace(ts);
    while (!end_grace(ts)) {
      if (m->now_ns(m, CLOCK_OF_MONOTONIC) > until) return false;
      world_check_point(world_of(ts), &ts->sched);
      m->yield(m);
    }
  }
  return true;
}
/* The others come to a check point within microseconds, unless they are in a long operation: then the matter waits for our next one. */
static void hurry(ThreadState *ts) {
  ts->reclaim_hurries = false;
  if (!settle_within(ts, 500000)) ts->reclaim_hurries = true;
}

/* Garbage grows faster than others let us free it: stand still until they do. */
static void wait_for_room(ThreadState *ts) {
  while (ts->filling.count > TOO_MANY && !end_grace(ts)) {
    sched_blocking_begin_for(&ts->sched, BLOCK_SLEEP);
    ts->interp->sched->machine->yield(ts->interp->sched->machine);
    sched_blocking_end(&ts->sched);
  }
}

/* What an ended thread left, if its grace period is over. */
static void adopt(ThreadState *ts) {
  Interp *interp = ts->interp;
  Machine *m = interp->sched->machine;
  m->lock(m, &interp->counts_mutex);
  Orphans *o = interp->orphans, *rest = NULL;
  RACY_STORE(interp->orphans, NULL);
  m->unlock(m, &interp->counts_mutex);
  while (o) {
    Orphans *next = o->next;
    if (world_grace_is_over(world_of(ts), &ts->sched, o->grace)) {
      settle_all(ts, &o->batch);
      free(o->batch.entries);
      free(o);
    } else {
      o->next = rest;
      rest = o;
    }
    o = next;
  }
  if (rest == NULL) return;
  Orphans *last = rest;
  while (last->next) last = last->next;
  m->lock(m, &interp->counts_mutex);
  last->next = interp->orphans;
  RACY_STORE(interp->orphans, rest);
  m->unlock(m, &interp->counts_mutex);
}

static void leave_batch(ThreadState *ts, ReclaimBatch *b, uint64_t grace) {
  if (b->count == 0) {
    free(b->entries);
    *b = (ReclaimBatch){0};
    return;
  }
  Orphans *o = malloc(sizeof *o);
  if (o == NULL) return;
  Machine *m = ts->interp->sched->machine;
  m->lock(m, &ts->interp->counts_mutex);
  *o = (Orphans){ts->interp->orphans, *b, grace};
  RACY_STORE(ts->interp->orphans, o);
  m->unlock(m, &ts->interp->counts_mutex);
  *b = (ReclaimBatch){0};
}

/* ---- before a wait ---- */

enum { LOOK_AT_MOST = 64, HELD_BY_MANY = 3, LONG_OPERATION_NS = 10000000 /* who comes to no check point for so long computes, and inherits */ };
typedef struct {
  int left; /* objects that may still be looked at */
  bool found;
} Search;

/* Held by another besides the dead one we come from: that may be dead, too, or alive and changing under our eyes, so that we cannot look. */
static bool may_die_with_others(Object *o) {
  switch (o->kind) {
    case K_LIST:
    case K_TUPLE:
    case K_DICT:
    case K_SET:
    case K_OBJECT: return true;
    default: return false;
  }
}
/* Does its end show, or that of what hangs on it alone? When that cannot be told: perhaps. A frame may be running. */
static int look_into(Value v, void *arg) {
  Search *s = arg;
  if (s->found || !is_object(v) || is_type(v)) return 0;
  Type *type = shape_of(v)->type;
  int64_t refs = refcount_of(v);
  if (refs > HELD_BY_MANY) return 0; /* it lives on, most likely */
  if (is_noticed(v) || v->kind == K_FRAME || --s->left < 0) s->found = true;
  else if (refs > 1) s->found = may_die_with_others(v);
  else if (type->slots.traverse) type->slots.traverse(v, look_into, s);
  return 0;
}
static bool may_be_noticed(ReclaimBatch *b) {
  Search s = {.left = LOOK_AT_MOST};
  for (; b->looked_at < b->count && !s.found; b->looked_at++, s.left = LOOK_AT_MOST)
    if (!(b->entries[b->looked_at] & IS_ARRAY)) look_into((Value)b->entries[b->looked_at], &s);
  return s.found;
}

/* For those that are attached: they look at what is left to them at their next check point. */
static void wake_heirs(ThreadState *ts) {
  Sched *sched = ts->interp->sched;
  sched->machine->lock(sched->machine, &sched->mutex);
  for (SchedThread *other = sched->threads; other; other = other->next)
    if (other != &ts->sched && atomic_load(&other->world_state) == WORLD_ATTACHED) sched_request(other, BREAK_RECLAIM);
  sched->machine->unlock(sched->machine, &sched->mutex);
}

/* What others wait for may hang on what this thread has let go of: a connection in a dropped list, say. */
void reclaim_before_wait_slow(ThreadState *ts) {
  if (RACY_LOAD(ts->interp->orphans)) adopt(ts);
  if (ts->waiting.count + ts->filling.count == 0) return;
  end_grace(ts);
  if (!may_be_noticed(&ts->waiting) && !may_be_noticed(&ts->filling)) return;
  ts->reclaim_hurries = false;
  if (settle_within(ts, LONG_OPERATION_NS)) return;
  leave_batch(ts, &ts->waiting, ts->grace);
  if (ts->filling.count) leave_batch(ts, &ts->filling, world_begin_grace(world_of(ts), &ts->sched));
  wake_heirs(ts);
}

/* ---- all threads' batches at once ---- */

/* While the world stands still: keep in b what must wait on, and take what is dead. */
static void take_dead(ThreadState *ts, ReclaimBatch *b, ReclaimBatch *dead) {
  size_t kept = 0;
  for (size_t i = 0; i < b->count; i++) {
    uintptr_t entry = b->entries[i];
    Settled what = entry & IS_ARRAY ? SETTLED_DEAD : refcount_settle(ts, (Object *)entry);
    if (what == SETTLED_WAIT_AGAIN || (what == SETTLED_DEAD && !add(dead, entry))) b->entries[kept++] = entry;
  }
  b->count = kept;
  b->looked_at = 0;
}

static void take_dead_of_all(ThreadState *ts, ReclaimBatch *dead) {
  Interp *interp = ts->interp;
  Machine *m = interp->sched->machine;
  m->lock(m, &interp->counts_mutex);
  for (Orphans *o = interp->orphans; o; o = o->next) take_dead(ts, &o->batch, dead);
  m->unlock(m, &interp->counts_mutex);
  m->lock(m, &interp->sched->mutex);
  for (SchedThread *t = interp->sched->threads; t; t = t->next) {
    take_dead(ts, &((ThreadState *)t)->waiting, dead);
    take_dead(ts, &((ThreadState *)t)->filling, dead);
  }
  m->unlock(m, &interp->sched->mutex);
}

void reclaim_of_all_threads(ThreadState *ts) {
  for (int round = 0; round < 8 && ts->parallel; round++) { /* what dies holds more that dies */
    ReclaimBatch dead = {0};
    stop_world(ts);
    take_dead_of_all(ts, &dead);
    start_world(ts);
    for (size_t i = 0; i < dead.count; i++) {
      Object *o = (Object *)(dead.entries[i] & ~IS_ARRAY);
      if (dead.entries[i] & IS_ARRAY) mem_free_now(ts, o);
      else free_object(ts, o);
    }
    free(dead.entries);
    if (dead.count == 0) return;
  }
}

/* ---- the end of a thread, and of being several ---- */

void reclaim_leave(ThreadState *ts) {
  refcount_merge_queue(ts, true);
  spread_leave(ts);
  leave_batch(ts, &ts->waiting, ts->grace);
  if (ts->filling.count) leave_batch(ts, &ts->filling, world_begin_grace(world_of(ts), &ts->sched));
  else free(ts->filling.entries);
  ts->filling = (ReclaimBatch){0};
}

void reclaim_all(ThreadState *ts) {
  if (RACY_LOAD(ts->to_merge.count)) refcount_merge_queue(ts, false);
  ts->parallel = ts->interp->parallel = false;
  spread_gather(ts);
  do {
    adopt(ts);
    settle_all(ts, &ts->waiting);
    settle_all(ts, &ts->filling);
  } while (ts->waiting.count + ts->filling.count > 0);
}

void reclaim_check_point(ThreadState *ts) {
  sched_done(&ts->sched, BREAK_RECLAIM);
  if (!ts->parallel) return;
  if (RACY_LOAD(ts->to_merge.count)) refcount_merge_queue(ts, false);
  if (sched_others(&ts->sched) == 0) {
    if (atomic_load(&ts->interp->sched->leaving) == 0) reclaim_all(ts);
    else sched_request(&ts->sched, BREAK_RECLAIM); /* in a moment */
    return;
  }
  if (RACY_LOAD(ts->interp->orphans)) adopt(ts);
  if (ts->reclaim_hurries) {
    hurry(ts);
    return;
  }
  if (end_grace(ts)) begin_grace(ts);
  if (UNLIKELY(ts->filling.count > TOO_MANY)) wait_for_room(ts);
}

void stop_world(ThreadState *ts) {
  if (ts->world_stops++ > 0) return;
  world_stop(world_of(ts), &ts->sched);
  spread_gather(ts);
}
void start_world(ThreadState *ts) {
  if (--ts->world_stops == 0) world_restart(world_of(ts), &ts->sched);
}

void reclaim_after_fork(ThreadState *ts) {
  ts->world_stops = 0;
  if (ts->parallel) sched_request(&ts->sched, BREAK_RECLAIM); /* alone again: free at once from now on */
}

void become_parallel(ThreadState *ts, ThreadState *child) {
  child->parallel = true;
  if (ts->parallel) return; /* as all others are */
  str_make_interned_immortal(ts->interp);
  ts->parallel = ts->interp->parallel = true;
}
#else
typedef int reclaim_is_for_the_free_threaded_core;
#endif
