/* critical.h - the lock of a mutable object: held while a built-in operation changes it or reads more than one word of it.
 *
 *   SECTION(ts, list) { ... }            one object
 *   SECTION2(ts, a, b) { ... }           two, taken in the order of their addresses
 *
 * In the plain core, and in the free-threaded one while one thread runs alone, a section costs nothing (a test).
 * A thread that must wait, for another object's lock or in a blocking call, first lets go of all its sections and takes the innermost back
 * afterwards (the others when they become innermost again). So built-in operations cannot deadlock, and are atomic as long as they neither
 * wait nor call Python code: what they could rely on under the lock.
 * A NULL object is nothing to lock.
 * Keeps true: sections nest; a section on an object that an enclosing one of this thread holds does nothing.
 * Leave by falling out of the block or with `continue`-free code; `return` inside is allowed (the section ends by itself).
 * Next: critical.c, gil/lock/mutex.h. Sources: PEP 703; CPython Python/critical_section.c. */
#ifndef RUNTIME_CRITICAL_H
#define RUNTIME_CRITICAL_H

#ifdef FREE_THREADED
typedef struct Section {
  ThreadState *ts;
  struct Section *outer;
  Object *a, *b;     /* held objects, NULL: none */
  bool is_suspended; /* the thread had to let go of it */
} Section;

void section_enter_slow(Section *s, Object *a, Object *b);
void section_leave_slow(Section *s);
static inline void section_leave(Section *s) {
  if (UNLIKELY(s->a != NULL)) section_leave_slow(s);
}
static inline int section_once(Section *s, ThreadState *ts, Value a, NULLABLE Value b) {
  s->ts = ts;
  s->a = s->b = NULL;
  if (UNLIKELY(ts->parallel)) section_enter_slow(s, a, b);
  return 1;
}
#define SECTION2(ts_, a_, b_) \
  for (Section section_ __attribute__((cleanup(section_leave))), *once_ = section_once(&section_, (ts_), (a_), (b_)) ? &section_ : NULL; once_; once_ = NULL)
#define SECTION(ts_, a_) SECTION2(ts_, a_, NULL)
#define HOLD2(ts_, a_, b_) \
  Section held_ __attribute__((cleanup(section_leave))); \
  section_once(&held_, (ts_), (a_), (b_))
#define HOLD(ts_, a_) HOLD2(ts_, a_, NULL)
void sections_suspend(SchedThread *t); /* SchedHooks.detaches */
void sections_resume(SchedThread *t);  /* SchedHooks.attached */
/* A native method with the object it belongs to locked, if objects of its type need that. */
Value call_locked(ThreadState *ts, const MethodDef *def, Value self, Value *args, ssize_t nargs, Value kwnames);
#define CALL_NATIVE_DEF(ts, def, self, args, nargs, kwnames) (IS_PARALLEL(ts) ? call_locked(ts, def, self, args, nargs, kwnames) : (def)->fn(ts, self, args, nargs, kwnames))
/* v if its built-in type is one whose methods lock, else NULL. */
Value object_to_lock(ThreadState *ts, Value v);
#define OBJECT_TO_LOCK(ts, v) object_to_lock(ts, v)
/* A built-in type's slots as its C code has them: to know a type by one of its functions. */
#define NATIVE_SLOTS(t) ((t)->inner ? (t)->inner : &(t)->slots)
/* Put functions that lock first in place of a built-in type's slots. */
int type_lock_slots(ThreadState *ts, Type *t);
#else
#define OBJECT_TO_LOCK(ts, v) (v)
#define NATIVE_SLOTS(t) (&(t)->slots)
#define CALL_NATIVE_DEF(ts, def, self, args, nargs, kwnames) ((def)->fn(ts, self, args, nargs, kwnames))
#define SECTION(ts_, a_) for (int once_ = 1; once_; once_ = 0)
#define SECTION2(ts_, a_, b_) for (int once_ = 1; once_; once_ = 0)
#define HOLD(ts_, a_) ((void)0)
#define HOLD2(ts_, a_, b_) ((void)0)
#endif

#endif
