/* critical.c - taking, letting go and taking back the locks of objects.
 * Keeps true: see critical.h. ts->sections is the innermost section; those further out may be suspended.
 * Next: gil/lock/mutex.c. */
#ifdef FREE_THREADED
#include "runtime/object.h"

#include "gil/lock/mutex.h"

static Mutex *mutex_of(Object *o) { return (Mutex *)&o->mutex; }

/* Does an enclosing section that still holds its locks have o? */
static bool is_held(ThreadState *ts, Object *o) {
  for (Section *s = ts->sections; s; s = s->outer)
    if (!s->is_suspended && (s->a == o || s->b == o)) return true;
  return false;
}

static void let_go(Section *s) {
  if (s->b) mutex_unlock(&s->ts->sched, mutex_of(s->b));
  mutex_unlock(&s->ts->sched, mutex_of(s->a));
}

/* Waiting suspends all sections of the thread (sections_suspend), also the one that is being taken. */
static void take(Section *s) {
  for (;;) {
    if (UNLIKELY(!mutex_try(mutex_of(s->a)))) {
      s->ts->contended = s->a;
      while (mutex_wait(&s->ts->sched, mutex_of(s->a), BLOCK_OBJECT, FOREVER) != MUTEX_TAKEN) {
      }
      s->ts->contentions++;
    }
    if (s->b == NULL || LIKELY(mutex_try(mutex_of(s->b)))) break;
    mutex_unlock(&s->ts->sched, mutex_of(s->a));
    while (mutex_wait(&s->ts->sched, mutex_of(s->b), BLOCK_OBJECT, FOREVER) != MUTEX_TAKEN) {
    }
    mutex_unlock(&s->ts->sched, mutex_of(s->b));
    s->ts->contentions++;
  }
  s->is_suspended = false;
}

void section_enter_slow(Section *s, Object *a, Object *b) {
  ThreadState *ts = s->ts;
  if (b == a || (b && is_held(ts, b))) b = NULL;
  if (is_held(ts, a)) a = b, b = NULL;
  if (a == NULL) return;
  if (b && b < a) {
    Object *first = b;
    b = a;
    a = first;
  }
  s->a = a;
  s->b = b;
  take(s); /* not on the list yet: a wait must not let go of what it does not hold */
  s->outer = ts->sections;
  ts->sections = s;
}

void section_leave_slow(Section *s) {
  ThreadState *ts = s->ts;
  if (!s->is_suspended) let_go(s);
  ts->sections = s->outer;
  if (s->outer && s->outer->is_suspended) take(s->outer);
}

void sections_suspend(SchedThread *t) {
  ThreadState *ts = (ThreadState *)t;
  for (Section *s = ts->sections; s; s = s->outer) {
    if (s->is_suspended) continue;
    let_go(s);
    s->is_suspended = true;
  }
}

void sections_resume(SchedThread *t) {
  ThreadState *ts = (ThreadState *)t;
  if (ts->sections && ts->sections->is_suspended) take(ts->sections);
}
#else
typedef int critical_is_for_the_free_threaded_core;
#endif
