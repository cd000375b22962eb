/* thread_state.c - looking over all threads of an Interp.  Next: gil/sched/sched.h, modules/thread_module.c. CPython: Python/pystate.c. */
#include "runtime/thread_state.h"

int thread_each(ThreadState *ts, int (*fn)(ThreadState *thread, void *arg), void *arg) {
  Sched *s = ts->interp->sched;
  int result = 0;
  s->machine->lock(s->machine, &s->mutex);
  for (SchedThread *t = s->threads; t && result == 0; t = t->next) result = fn((ThreadState *)t, arg);
  s->machine->unlock(s->machine, &s->mutex);
  return result;
}

typedef struct {
  uint32_t id;
  uintptr_t ident;
  ThreadState *found;
} Search;
static int match(ThreadState *thread, void *arg) {
  Search *s = arg;
  if (thread->sched.id != s->id && (uintptr_t)thread != s->ident) return 0;
  s->found = thread;
  return 1;
}
ThreadState *thread_by_id(ThreadState *ts, uint32_t id) {
  Search s = {.id = id};
  thread_each(ts, match, &s);
  return s.found;
}
ThreadState *thread_by_ident(ThreadState *ts, uintptr_t ident) {
  Search s = {.ident = ident};
  thread_each(ts, match, &s);
  return s.found;
}

int thread_raise_in(ThreadState *ts, uintptr_t ident, Value cls) {
  ThreadState *thread = thread_by_ident(ts, ident);
  if (thread == NULL) return 0;
  replace(ts, &thread->async_exc, xincref(cls));
  if (cls) sched_request(&thread->sched, BREAK_ASYNC);
  return 1;
}
