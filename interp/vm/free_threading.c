/* free_threading.c - threads of the free-threaded core from begin to end.
 * Keeps true: this_thread and this_owner name the thread that runs here. The thread that is left alone is told, so that it goes back to freeing
 *   at once and to locks that cost nothing.
 * Next: runtime/biased.h, runtime/reclaim.c. */
#include "interp/vm/free_threading.h"

#ifdef FREE_THREADED
#include <stdlib.h>

#include "runtime/alloc.h"
#include "runtime/reclaim.h"

static void each_mutex(Interp *interp, void (*fn)(Machine *m, OsMutex *mutex)) {
  OsMutex *all[] = {&interp->counts_mutex, &interp->alloc_mutex, &interp->tables_mutex, &interp->types_mutex, &interp->code_mutex, &interp->import_mutex};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) fn(interp->sched->machine, all[i]);
}

void free_threading_start(ThreadState *ts) {
  this_thread = ts;
  this_owner = ts->sched.id;
  each_mutex(ts->interp, ts->interp->sched->machine->mutex_init);
}
void free_threading_end(Interp *interp) { each_mutex(interp, interp->sched->machine->mutex_free); }

int free_threading_thread_new(ThreadState *ts, ThreadState *child) {
  if (type_lookup_cache_new(child) < 0) return -1;
  heap_adopt(ts, child);
  become_parallel(ts, child);
  return 0;
}
int free_threading_adopt_new(ThreadState *ts) { return type_lookup_cache_new(ts); }
/* The main thread may think it is alone, and takes no locks: that changes while it stands still at a check point. */
void free_threading_adopted(ThreadState *ts) {
  World *w = &ts->interp->sched->world;
  world_stop(w, &ts->sched);
  become_parallel(ts->interp->main_thread, ts);
  world_restart(w, &ts->sched);
  heap_adopt(ts, ts);
}
void free_threading_thread_begin(ThreadState *ts) {
  this_thread = ts;
  this_owner = ts->sched.id;
}
void free_threading_thread_end(ThreadState *ts) {
  reclaim_leave(ts);
  heap_leave(ts);
}

void free_threading_thread_free(ThreadState *ts) {
  type_lookup_cache_free(ts);
  free(attr_cache_of(ts));
  free(ts->to_merge.items);
  free(ts->in_repr.items);
  free(ts->filling.entries);
  free(ts->waiting.entries);
}

void free_threading_check_point(ThreadState *ts, uint32_t why) {
  world_check_point(&ts->interp->sched->world, &ts->sched);
  if (why & BREAK_RECLAIM) reclaim_check_point(ts);
}

/* Nobody else attaches any more (sched_finalize), but who is attached has to come to a check point, or to its end: then all that waits to be
 * freed is. A thread that is in one long operation for a second is not waited for. */
void free_threading_finish(ThreadState *ts) {
  Sched *s = ts->interp->sched;
  Machine *m = s->machine;
  int64_t until = m->now_ns(m, CLOCK_OF_MONOTONIC) + 1000000000;
  while (ts->parallel && m->now_ns(m, CLOCK_OF_MONOTONIC) < until) {
    if (world_is_mine(&s->world) && atomic_load(&s->leaving) == 0) {
      reclaim_all(ts);
      return;
    }
    world_check_point(&s->world, &ts->sched);
    m->yield(m);
  }
}
#else
typedef int free_threading_is_for_the_free_threaded_core;
#endif
