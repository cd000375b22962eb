/* biased.c - the ways of biased counting that are not short: other threads' objects, merging, spread counts.
 * Locks: Interp.counts_mutex guards the queues of objects to merge and the list of spread objects; a leaf, but for Sched.mutex.
 * Next: biased.h (the states), reclaim.c. */
#ifdef FREE_THREADED
#include "runtime/object.h"

#include <stdlib.h>

#include "runtime/reclaim.h"

_Thread_local ThreadState *this_thread __attribute__((tls_model("initial-exec")));
_Thread_local uint32_t this_owner __attribute__((tls_model("initial-exec")));

static void lock_counts(ThreadState *ts) { ts->interp->sched->machine->lock(ts->interp->sched->machine, &ts->interp->counts_mutex); }
static void unlock_counts(ThreadState *ts) { ts->interp->sched->machine->unlock(ts->interp->sched->machine, &ts->interp->counts_mutex); }

/* ---- spread counts: a table of (object, count) a thread, by address ---- */

static size_t spread_start(const SpreadTable *t, const Object *o) { return (((uintptr_t)o >> 4) * 0x9E3779B97F4A7C15u >> 20) & (t->capacity - 1); }

static SpreadRow *spread_row(SpreadTable *t, Object *o) {
  size_t i = spread_start(t, o);
  while (t->rows[i].object != o && t->rows[i].object != NULL) i = (i + 1) & (t->capacity - 1);
  return &t->rows[i];
}

static bool spread_grow(SpreadTable *t) {
  SpreadTable grown = {.capacity = t->capacity ? t->capacity * 2 : 64};
  grown.rows = calloc(grown.capacity, sizeof *grown.rows);
  if (grown.rows == NULL) return false;
  for (size_t i = 0; i < t->capacity; i++) {
    if (t->rows[i].object == NULL) continue;
    *spread_row(&grown, t->rows[i].object) = t->rows[i];
    grown.used++;
  }
  free(t->rows);
  *t = grown;
  return true;
}

static void spread_add_slow(ThreadState *ts, Object *o, int32_t n) {
  SpreadTable *t = &ts->spread;
  if (UNLIKELY(t->used * 2 >= t->capacity) && !spread_grow(t)) {
    atomic_fetch_add(&o->shared, n * SHARED_ONE); /* counted all the same, only not apart */
    return;
  }
  SpreadRow *row = spread_row(t, o);
  if (row->object == NULL) {
    row->object = o;
    t->used++;
  }
  row->count += n;
}

static inline void spread_add(ThreadState *ts, Object *o, int32_t n) {
  SpreadTable *t = &ts->spread;
  SpreadRow *row = LIKELY(t->rows != NULL) ? &t->rows[spread_start(t, o)] : NULL;
  if (LIKELY(row && row->object == o)) row->count += n;
  else spread_add_slow(ts, o, n);
}

/* May its end wait for the collector? Not what a script could notice the end of. */
static bool may_spread(Object *o) {
  Type *type = shape_of(o)->type;
  return !(type->flags & TYPE_HAS_FINALIZER) && !(RACY_LOAD(o->flags) & OBJ_HAS_WEAKREF) && (o->kind != K_OBJECT || !(type->flags & TYPE_HEAP));
}

enum { FOREIGN_COUNTS_A_LOOK = 32 };
/* Now and then a thread looks at which object of others it is counting: chances are that it is a much used one. */
static void maybe_spread(ThreadState *ts, Object *o, uint32_t owner) {
  ts->foreign_counts = FOREIGN_COUNTS_A_LOOK;
  if (!ts->parallel || !may_spread(o)) return;
  lock_counts(ts);
  Interp *interp = ts->interp;
  if (interp->spread_count == interp->spread_capacity) {
    size_t capacity = interp->spread_capacity ? interp->spread_capacity * 2 : 64;
    Object **grown = realloc(interp->spread_objects, capacity * sizeof *grown);
    if (grown == NULL) goto done;
    interp->spread_objects = grown;
    interp->spread_capacity = capacity;
  }
  int32_t shared = atomic_load(&o->shared);
  if (owner == OWNER_MERGED) {
    do {
      if (shared_count(shared) <= 0 || shared & (SHARED_QUEUED | SHARED_LIMBO)) goto done;
    } while (!atomic_compare_exchange_weak(&o->shared, &shared, shared & ~SHARED_MERGED));
  } else if (shared & (SHARED_QUEUED | SHARED_LIMBO)) {
    goto done;
  }
  if (__atomic_compare_exchange_n(&o->owner, &owner, OWNER_SPREAD, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) interp->spread_objects[interp->spread_count++] = o;
done:
  unlock_counts(ts);
}

/* ---- counting other threads' objects ---- */

void incref_foreign(Object *o, int32_t n) {
  uint32_t owner = owner_of(o);
  ThreadState *ts = this_thread;
  if (LIKELY(owner == OWNER_SPREAD)) {
    spread_add(ts, o, n);
    return;
  }
  if (owner == OWNER_IMMORTAL) return;
  atomic_fetch_add_explicit(&o->shared, n * SHARED_ONE, memory_order_relaxed);
  if (UNLIKELY(--ts->foreign_counts < 0)) maybe_spread(ts, o, owner);
}

/* Counted to 0 by somebody, with all counts in `shared`. */
static void shared_is_zero(ThreadState *ts, Object *o, int32_t shared) {
  for (;;) {
    if (shared_count(shared) != 0 || shared & SHARED_QUEUED || !(shared & SHARED_MERGED)) return;
    int32_t wanted = shared | (shared & SHARED_LIMBO ? SHARED_TOUCHED : SHARED_LIMBO);
    if (atomic_compare_exchange_weak(&o->shared, &shared, wanted)) break;
  }
  if (!(shared & SHARED_LIMBO)) reclaim_object(ts, o);
}

/* An object that waits in a batch goes on doing so whoever counts it: in two batches it would be freed twice. */
static int32_t shared_limbo(const Object *o) { return REFCNT_LOAD(o) & LIMBO ? SHARED_LIMBO | SHARED_TOUCHED : 0; }

/* Only the owner, or who keeps it from running, may call it: from now on all count in `shared`. Returns what stands there then; the caller
 * calls shared_is_zero() with it. */
static int32_t merge_counts(ThreadState *ts, Object *o) {
  uint32_t owner = owner_of(o);
  int32_t shared = atomic_load(&o->shared), merged;
  if (owner >= OWNER_SPREAD || owner == OWNER_MERGED || !__atomic_compare_exchange_n(&o->owner, &owner, OWNER_MERGED, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    return atomic_fetch_and(&o->shared, ~SHARED_QUEUED) & ~SHARED_QUEUED; /* it has happened otherwise */
  int32_t own = (int32_t)(REFCNT_LOAD(o) & ~LIMBO), limbo = shared_limbo(o);
  REFCNT_STORE(o, 0);
  do merged = ((shared & ~(SHARED_QUEUED | SHARED_LIMBO | SHARED_TOUCHED)) | SHARED_MERGED | limbo) + own * SHARED_ONE;
  while (!atomic_compare_exchange_weak(&o->shared, &shared, merged));
  ts->sched.counters[COUNTER_MERGE]++;
  return merged;
}
static void merge(ThreadState *ts, Object *o) {
  int32_t merged = merge_counts(ts, o);
  if (owner_of(o) == OWNER_MERGED) shared_is_zero(ts, o, merged);
}

void refcnt_is_zero(ThreadState *ts, Object *o) {
  int32_t shared = atomic_load_explicit(&o->shared, memory_order_acquire);
  if (owner_of(o) != this_owner) return; /* spread meanwhile */
  if (LIKELY(shared == 0)) {
    if (!ts->parallel || world_is_mine(&ts->interp->sched->world)) {
      object_free(ts, o);
      return;
    }
    REFCNT_STORE(o, LIMBO);
    reclaim_object(ts, o);
  } else if (!(shared & SHARED_QUEUED)) {
    merge(ts, o);
  }
}

typedef struct {
  ThreadState *ts;
  Object *o;
  int32_t merged;
} Ask;
static void merge_for(SchedThread *owner, void *arg) {
  Ask *ask = arg;
  ask->merged = merge_counts(ask->ts, ask->o);
}

static int queue_for(ThreadState *ts, ThreadState *owner, Object *o) {
  ObjectQueue *q = &owner->to_merge;
  if (owner->merges_no_more) return -1; /* it is on its way off the list: try again */
  if (q->count == q->capacity) {
    size_t capacity = q->capacity ? q->capacity * 2 : 64;
    Object **grown = realloc(q->items, capacity * sizeof *grown);
    if (grown == NULL) return -1;
    q->items = grown;
    q->capacity = capacity;
  }
  q->items[q->count] = o;
  RACY_STORE(q->count, q->count + 1);
  sched_request(&owner->sched, BREAK_RECLAIM);
  return 0;
}

/* Others have given back more than they took: only the owner can tell whether any reference is left. It merges at its next check point,
 * or we do at once when it stands still or is gone. */
static void ask_owner(ThreadState *ts, Object *o, uint32_t id) {
  int32_t shared = atomic_load(&o->shared);
  do {
    if (shared & (SHARED_QUEUED | SHARED_MERGED) || shared_count(shared) >= 0) return;
  } while (!atomic_compare_exchange_weak(&o->shared, &shared, shared | SHARED_QUEUED));
  Ask ask = {ts, o, 0};
  Sched *s = ts->interp->sched;
  while (!world_while_detached(&s->world, &ts->sched, id, merge_for, &ask)) {
    lock_counts(ts);
    s->machine->lock(s->machine, &s->mutex);
    SchedThread *owner = s->threads;
    while (owner && owner->id != id) owner = owner->next;
    int done = owner && atomic_load(&owner->world_state) != WORLD_DETACHED ? queue_for(ts, (ThreadState *)owner, o) == 0 : 0;
    s->machine->unlock(s->machine, &s->mutex);
    unlock_counts(ts);
    if (done) return;
    s->machine->yield(s->machine);
  }
  if (owner_of(o) == OWNER_MERGED) shared_is_zero(ts, o, ask.merged);
}

void decref_foreign(ThreadState *ts, Object *o) {
  uint32_t owner = owner_of(o);
  if (LIKELY(owner == OWNER_SPREAD)) {
    spread_add(this_thread, o, -1);
    return;
  }
  if (owner == OWNER_IMMORTAL) return;
  ts->sched.counters[COUNTER_FOREIGN_DECREF]++;
  int32_t shared = atomic_fetch_sub_explicit(&o->shared, SHARED_ONE, memory_order_acq_rel) - SHARED_ONE;
  if (shared & SHARED_MERGED) {
    if (shared_count(shared) == 0) shared_is_zero(ts, o, shared);
  } else if (shared_count(shared) < 0) {
    owner = owner_of(o);
    if (owner != OWNER_SPREAD && owner != OWNER_MERGED) ask_owner(ts, o, owner);
  } else if (shared_count(shared) == 0 && REFCNT_LOAD(o) & LIMBO) {
    atomic_fetch_or(&o->shared, SHARED_TOUCHED);
  }
}

void refcount_merge_queue(ThreadState *ts, bool is_last_time) {
  lock_counts(ts);
  ts->merges_no_more = is_last_time;
  ObjectQueue mine = ts->to_merge;
  ts->to_merge.items = NULL;
  ts->to_merge.capacity = 0;
  RACY_STORE(ts->to_merge.count, 0);
  unlock_counts(ts);
  for (size_t i = 0; i < mine.count; i++) merge(ts, mine.items[i]);
  free(mine.items);
}

Settled refcount_settle(ThreadState *ts, Object *o) {
  if (owner_of(o) == OWNER_SPREAD) { /* much used, and so alive */
    REFCNT_STORE(o, REFCNT_LOAD(o) & ~LIMBO);
    atomic_fetch_and(&o->shared, ~(SHARED_LIMBO | SHARED_TOUCHED));
    return SETTLED_ALIVE;
  }
  int32_t shared = atomic_load(&o->shared);
  if (REFCNT_LOAD(o) & LIMBO) { /* it died in its owner's hands */
    if (shared & SHARED_QUEUED) return SETTLED_WAIT_AGAIN; /* its owner merges soon, or who has asked for that */
    bool is_zero = REFCNT_LOAD(o) == LIMBO && shared_count(shared) == 0;
    if (is_zero && shared == 0) return SETTLED_DEAD;
    if (is_zero) {
      atomic_fetch_and(&o->shared, ~SHARED_TOUCHED);
      return SETTLED_WAIT_AGAIN;
    }
    shared = merge_counts(ts, o);
  }
  for (;;) {
    if (owner_of(o) == OWNER_MERGED && !(shared & SHARED_MERGED)) return SETTLED_WAIT_AGAIN; /* another thread is in the midst of merging */
    int32_t wanted = shared;
    Settled answer = SETTLED_DEAD;
    if (shared_count(shared) != 0) wanted &= ~(SHARED_LIMBO | SHARED_TOUCHED), answer = SETTLED_ALIVE;
    else if (shared & SHARED_TOUCHED) wanted &= ~SHARED_TOUCHED, answer = SETTLED_WAIT_AGAIN;
    if (atomic_compare_exchange_weak(&o->shared, &shared, wanted)) return answer;
  }
}

/* ---- the end of spreading ---- */

void spread_leave(ThreadState *ts) {
  for (size_t i = 0; i < ts->spread.capacity; i++) {
    SpreadRow *row = &ts->spread.rows[i];
    if (row->object && row->count) atomic_fetch_add(&row->object->shared, row->count * SHARED_ONE);
  }
  free(ts->spread.rows);
  ts->spread = (SpreadTable){0};
}

void spread_gather(ThreadState *ts) {
  Interp *interp = ts->interp;
  for (SchedThread *t = interp->sched->threads; t; t = t->next) spread_leave((ThreadState *)t);
  size_t count = interp->spread_count;
  interp->spread_count = 0;
  Object **objects = interp->spread_objects;
  interp->spread_objects = NULL;
  interp->spread_capacity = 0;
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) { /* all of them first, each held by us: freeing one may count another down */
    Object *o = objects[i];
    if (owner_of(o) != OWNER_SPREAD) continue; /* immortal meanwhile */
    int32_t own = (int32_t)(REFCNT_LOAD(o) & ~LIMBO), limbo = shared_limbo(o);
    REFCNT_STORE(o, 0);
    __atomic_store_n(&o->owner, OWNER_MERGED, __ATOMIC_SEQ_CST);
    atomic_store(&o->shared, (atomic_load(&o->shared) | SHARED_MERGED | limbo) + (own + 1) * SHARED_ONE);
    objects[kept++] = o;
  }
  for (size_t i = 0; i < kept; i++) decref_object(ts, objects[i]);
  free(objects);
}

int64_t refcount_of(const Object *o) {
  uint32_t owner = owner_of(o);
  if (owner == OWNER_IMMORTAL) return UINT32_MAX;
  int64_t n = (int64_t)(REFCNT_LOAD(o) & ~LIMBO) + shared_count(atomic_load(&o->shared));
  if (owner == OWNER_SPREAD && this_thread->spread.capacity) n += spread_row(&this_thread->spread, (Object *)o)->count;
  return n;
}

#else
typedef int biased_is_for_the_free_threaded_core;
#endif
