/* refcount.h - counting references. The plain core counts with ordinary adds; this is one of the few files in which the
 * free-threaded core will differ. Immediates are not counted. */
#ifndef RUNTIME_REFCOUNT_H
#define RUNTIME_REFCOUNT_H

/* v may be an immediate, not NULL. Returns v. */
static inline OWNED Value incref(Value v) {
  if (is_object(v)) v->refcnt++;
  return v;
}
static inline NULLABLE Value xincref(NULLABLE Value v) {
  if (is_object(v) && v != NULL) v->refcnt++;
  return v;
}
/* For a pointer that is known to be an object. */
static inline void incref_object(Object *o) { o->refcnt++; }

static inline void decref(ThreadState *ts, STEALS Value v) {
  ASSERT(ts, !is_object(v) || v->refcnt > 0);
  if (is_object(v) && --v->refcnt == 0) object_free(ts, v);
}
static inline void xdecref(ThreadState *ts, STEALS NULLABLE Value v) {
  ASSERT(ts, !is_object(v) || v == NULL || v->refcnt > 0);
  if (is_object(v) && v != NULL && --v->refcnt == 0) object_free(ts, v);
}
/* As xdecref, but true when v has to be freed: the caller then does object_free(ts, v) itself, after what must come first. */
static inline bool xdecref_is_last(STEALS NULLABLE Value v) { return is_object(v) && v != NULL && --v->refcnt == 0; }
/* Set *place to a new owned value (or NULL) and release the old one, in that order. */
static inline void replace(ThreadState *ts, Value *place, STEALS NULLABLE Value v) {
  Value old = *place;
  *place = v;
  xdecref(ts, old);
}
#define CLEAR(place) replace(ts, (Value *)&(place), NULL)

#endif
