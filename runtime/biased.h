/* biased.h - counting references in the free-threaded core: cheaply for the thread that made an object, atomically for all others.
 *
 *      0        4      5      6       7       8              16       20
 *     +--------+------+------+-------+-------+--------------+--------+--------+----- - -
 *     | refcnt | kind | gc   | mutex | flags | Shape *shape | owner  | shared | the type's own fields
 *     +--------+------+------+-------+-------+--------------+--------+--------+----- - -
 *       ^ the owner's count, plain                           ^ a thread's id    ^ everybody else's count, atomic: count << 4 | bits
 *
 * The true count is refcnt + (shared >> 4). shared may be negative: a thread gave away a reference that the owner had counted.
 *
 *   owner T            T counts in refcnt, the others in shared.
 *     | refcnt reaches 0 while others have references, or the owner is asked because shared went below 0, or T has ended
 *   OWNER_MERGED       all count in shared; who brings it to 0 frees the object
 *   OWNER_SPREAD       a much used object: each thread counts in a table of its own (spread_), so that no cache line is fought over;
 *                      freed by the collector, or when one thread is left
 *   OWNER_IMMORTAL     not counted: interned strings, from when a second thread starts
 *
 * While several threads run, an object without references is not freed at once: it waits for a grace period (reclaim.h), so that a thread
 * that had just read a pointer to it may still count a reference.  SHARED_LIMBO (or LIMBO in refcnt, while an owner has it): it waits;
 * SHARED_TOUCHED: it had references again meanwhile, and must wait once more.
 *
 * Keeps true: only the owner writes refcnt; owner changes from a thread's id to another state once and never back.
 * Next: biased.c, reclaim.h, docs/internals/free-threading.md. Sources: J. Choi, T. Shull, J. Torrellas, "Biased reference counting" (2018);
 *   PEP 703; CPython Python/brc.c. Spread counts: per-thread counts as CPython 3.14's for classes and code. */
#ifndef RUNTIME_BIASED_H
#define RUNTIME_BIASED_H

#define OWNER_MERGED 0u
#define OWNER_SPREAD (UINT32_MAX - 1)
#define OWNER_IMMORTAL UINT32_MAX
#define LIMBO 0x80000000u
enum { SHARED_QUEUED = 1, SHARED_MERGED = 2, SHARED_LIMBO = 4, SHARED_TOUCHED = 8, SHARED_ONE = 16, SHARED_BITS = 15 };
static inline int32_t shared_count(int32_t shared) { return shared >> 4; }

/* The thread that runs here, and its id. Set when a thread begins. */
extern _Thread_local ThreadState *this_thread __attribute__((tls_model("initial-exec")));
extern _Thread_local uint32_t this_owner __attribute__((tls_model("initial-exec")));

#ifdef __SANITIZE_THREAD__
#define REFCNT_LOAD(o) __atomic_load_n(&(o)->refcnt, __ATOMIC_RELAXED)
#define REFCNT_STORE(o, n) __atomic_store_n(&(o)->refcnt, (n), __ATOMIC_RELAXED)
#else
#define REFCNT_LOAD(o) ((o)->refcnt)
#define REFCNT_STORE(o, n) ((o)->refcnt = (n))
#endif
static inline uint32_t owner_of(const Object *o) { return __atomic_load_n(&o->owner, __ATOMIC_RELAXED); }

/* The ways that are not short. */
void incref_foreign(Object *o, int32_t n);
void decref_foreign(ThreadState *ts, Object *o);
void refcnt_is_zero(ThreadState *ts, Object *o); /* the owner's count has reached 0 */

static inline void incref_object(Object *o) {
  if (LIKELY(owner_of(o) == this_owner)) REFCNT_STORE(o, REFCNT_LOAD(o) + 1);
  else incref_foreign(o, 1);
}
static inline void incref_times(Object *o, uint32_t n) {
  if (owner_of(o) == this_owner) REFCNT_STORE(o, REFCNT_LOAD(o) + n);
  else incref_foreign(o, (int32_t)n);
}
#define FREE_LAST(ts, o) refcnt_is_zero(ts, o)
/* True: it was the owner's last; refcnt_is_zero(ts, o) must follow. */
static inline bool decref_is_last_of_owner(ThreadState *ts, Object *o) {
  REFCNT_STORE(o, REFCNT_LOAD(o) - 1);
  return REFCNT_LOAD(o) == 0;
}
static inline bool decref_is_last(STEALS Object *o) {
  if (UNLIKELY(owner_of(o) != this_owner)) {
    decref_foreign(this_thread, o);
    return false;
  }
  return decref_is_last_of_owner(this_thread, o);
}
static inline void decref_object(ThreadState *ts, STEALS Object *o) {
  if (LIKELY(owner_of(o) == this_owner)) {
    ASSERT(ts, (REFCNT_LOAD(o) & ~LIMBO) > 0);
    if (UNLIKELY(decref_is_last_of_owner(ts, o))) refcnt_is_zero(ts, o);
  } else {
    decref_foreign(ts, o);
  }
}
/* All references, as far as this thread can tell. */
int64_t refcount_of(const Object *o);
static inline bool is_unique(const Object *o) { return owner_of(o) == this_owner && REFCNT_LOAD(o) == 1 && atomic_load_explicit(&o->shared, memory_order_acquire) == 0; }
/* All references have gone; it is being freed, or will be. */
static inline bool is_dead(const Object *o) { return (REFCNT_LOAD(o) & ~LIMBO) == 0 && owner_of(o) < OWNER_SPREAD && shared_count(atomic_load(&o->shared)) == 0; }

/* Two threads that replace the same thing at once each release another old one. */
static inline Value exchange(ThreadState *ts, Value *place, NULLABLE Value v) {
  if (UNLIKELY(ts->parallel)) return __atomic_exchange_n(place, v, __ATOMIC_ACQ_REL);
  Value old = *place;
  *place = v;
  return old;
}

/* ---- for reclaim.c, gc.c and the end of a thread ---- */

/* o, dead, is the caller's alone: make it countable as a fresh object of this thread, with n references. */
static inline void refcount_take_over(ThreadState *ts, Object *o, uint32_t n) {
  __atomic_store_n(&o->owner, this_owner, __ATOMIC_RELAXED);
  atomic_store_explicit(&o->shared, 0, memory_order_relaxed);
  REFCNT_STORE(o, n);
}
/* What is to become of an object whose grace period is over? */
typedef enum { SETTLED_ALIVE, SETTLED_DEAD, SETTLED_WAIT_AGAIN } Settled;
Settled refcount_settle(ThreadState *ts, Object *o);
void refcount_merge_queue(ThreadState *ts, bool is_last_time); /* at a check point: merge what others asked for */
void spread_leave(ThreadState *ts);         /* a thread ends: its counts go to the objects */
void spread_gather(ThreadState *ts);        /* one thread is left, or the world stands still: no object is spread any more */
static inline bool is_immortal(const Object *o) { return owner_of(o) == OWNER_IMMORTAL; }
static inline void make_immortal(Object *o) { __atomic_store_n(&o->owner, OWNER_IMMORTAL, __ATOMIC_RELAXED); }

#endif
