/* refcount.h - counting references. The plain core counts with ordinary adds; the free-threaded core counts an owner's references apart
 * from everybody else's (biased.h). Immediates are not counted. This is one of the few files in which the two cores differ. */
#ifndef RUNTIME_REFCOUNT_H
#define RUNTIME_REFCOUNT_H

#ifdef FREE_THREADED
#include "runtime/biased.h"
#else

/* For a pointer that is known to be an object. */
static inline void incref_object(Object *o) { o->refcnt++; }
static inline void decref_object(ThreadState *ts, STEALS Object *o) {
  ASSERT(ts, o->refcnt > 0);
  if (--o->refcnt == 0) object_free(ts, o);
}
/* As decref_object, but true when o has to be freed: the caller then does FREE_LAST(ts, o) itself, after what must come first. */
#define FREE_LAST(ts, o) object_free(ts, o)
static inline bool decref_is_last(STEALS Object *o) { return --o->refcnt == 0; }
/* n references more at once. */
static inline void incref_times(Object *o, uint32_t n) { o->refcnt += n; }
/* Nobody else has a reference: the caller may change even an immutable object. */
static inline bool is_unique(const Object *o) { return o->refcnt == 1; }
/* All references have gone; it is being freed. */
static inline bool is_dead(const Object *o) { return o->refcnt == 0; }
static inline int64_t refcount_of(const Object *o) { return o->refcnt; }
static inline bool is_immortal(const Object *o) { return false; }
static inline void make_immortal(Object *o) { (void)o; } /* the free-threaded core does not count what all threads use all the time */
/* Put v into *place, whose old content the caller now owns. */
static inline Value exchange(ThreadState *ts, Value *place, NULLABLE Value v) {
  Value old = *place;
  *place = v;
  return old;
}
#endif

/* Of a new object: one reference, the caller's. */
static inline Object new_header(const Type *type) {
  Object header = {.refcnt = 1, .kind = type->kind, .shape = root_of(type)};
#ifdef FREE_THREADED
  header.owner = this_owner;
#endif
  return header;
}

/* v may be an immediate, not NULL. Returns v. */
static inline OWNED Value incref(Value v) {
  if (is_object(v)) incref_object(v);
  return v;
}
static inline NULLABLE Value xincref(NULLABLE Value v) {
  if (is_object(v) && v != NULL) incref_object(v);
  return v;
}
static inline void decref(ThreadState *ts, STEALS Value v) {
  if (is_object(v)) decref_object(ts, v);
}
static inline void xdecref(ThreadState *ts, STEALS NULLABLE Value v) {
  if (is_object(v) && v != NULL) decref_object(ts, v);
}
static inline bool xdecref_is_last(STEALS NULLABLE Value v) { return is_object(v) && v != NULL && decref_is_last(v); }
/* The value of a field that another thread may replace (see replace) at this moment. The old one stays in memory until this thread's next
 * check point. */
static inline BORROWED NULLABLE Value load_field(Value *place) { return __atomic_load_n(place, __ATOMIC_ACQUIRE); }
/* Set *place to a new owned value (or NULL) and release the old one, in that order. */
static inline void replace(ThreadState *ts, Value *place, STEALS NULLABLE Value v) { xdecref(ts, exchange(ts, place, v)); }
#define CLEAR(place) replace(ts, (Value *)&(place), NULL)

#endif
