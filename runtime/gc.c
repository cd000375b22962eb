/* gc.c - the cycle collector.
 *
 * How it finds trash (as CPython): copy every count; walk all objects and subtract one for each reference found inside the
 * heap; who is left above zero is held from outside (a frame, C code). Mark all that those reach. The rest is trash:
 * clear its weak references, run its finalizers, look again who came back to life, and break the cycles of the others.
 *
 * Keeps true: runs only at check points and in gc.collect(), never inside an allocation, so no object is half made.
 *   Not generational: it runs when the heap has grown by half since the last time. Without a lock the other threads stand still while counts
 *   are compared; finalizers run with the world going on.
 * Next: alloc.h (pages). Sources: CPython Modules/gcmodule.c (N. Schemenauer), InternalDocs/garbage_collector.md. */
#include "runtime/gc.h"

#include <stdlib.h>

#include "runtime/alloc.h"
#include "runtime/reclaim.h"

typedef struct {
  ThreadState *ts;
  Value *items;
  size_t count, capacity;
  bool failed; /* out of memory: give this collection up */
} Worklist;

static void push(Worklist *w, Value v) {
  if (w->count == w->capacity) {
    size_t capacity = w->capacity ? w->capacity * 2 : 256;
    Value *grown = realloc(w->items, capacity * sizeof *grown);
    if (grown == NULL) {
      w->failed = true;
      return;
    }
    w->items = grown;
    w->capacity = capacity;
  }
  w->items[w->count++] = v;
}

int gc_each_object(Interp *interp, int (*fn)(Value v, void *arg), void *arg) {
  for (Page *page = interp->pages_gc; page; page = page->next)
    for (uint32_t i = 0; i < page->slot_count; i++) {
      Value v = page_slot(page, i);
      if (slot_is_fresh(v)) break;
      if (slot_is_live(v)) {
        int stop = fn(v, arg);
        if (stop) return stop;
      }
    }
  for (LargeObject *large = interp->large, *next; large; large = next) {
    next = large->next;
    int stop = large->is_gc ? fn(large_object(large), arg) : 0;
    if (stop) return stop;
  }
  return 0;
}

static int32_t *refs_of(Value v) {
  if (v->flags & OBJ_LARGE) return &large_of(v)->refs;
  Page *page = page_of(v);
  return &page->refs[page_index(page, v)];
}

static void traverse(Value v, Visit visit, void *arg) {
  Type *type = shape_of(v)->type;
  if (type->slots.traverse) type->slots.traverse(v, visit, arg);
  if (type->flags & TYPE_HEAP) visit((Value)type, arg);
}

/* ---- finding what is unreachable ---- */

static int start_count(Value v, void *arg) {
  *refs_of(v) = (int32_t)refcount_of(v);
  v->gc &= (uint8_t)~GC_REACHABLE;
  return 0;
}
static int subtract_reference(Value v, void *arg) {
  if (gc_is_tracked(v)) --*refs_of(v);
  return 0;
}
/* An object that is being freed while we run (a weak reference's callback collects) has no count, and lets go of its fields
 * one by one: it is not looked into, so that what it still holds counts as held from outside. */
static bool is_dying(Value v) { return is_dead(v); }
static int subtract_children(Value v, void *arg) {
  if (is_dying(v)) return 0;
  traverse(v, subtract_reference, arg);
  return 0;
}
static int mark(Value v, void *arg) {
  if (!gc_is_tracked(v) || v->gc & GC_REACHABLE) return 0;
  v->gc |= GC_REACHABLE;
  push(arg, v);
  return 0;
}
/* A type made by C code is not counted by its instances: it stays until the Interp ends (teardown.c). */
static bool is_kept_type(ThreadState *ts, Value v) { return is_type(v) && !(((Type *)v)->flags & TYPE_HEAP) && !ts->interp->is_torn_down; }
static int mark_if_held(Value v, void *arg) {
  ASSERT(((Worklist *)arg)->ts, *refs_of(v) >= 0); /* traverse visits no reference that is not owned */
  return *refs_of(v) > 0 || is_kept_type(((Worklist *)arg)->ts, v) ? mark(v, arg) : 0;
}
static void mark_all(Worklist *w) {
  while (w->count > 0 && !w->failed) traverse(w->items[--w->count], mark, w);
}
static int gather_unreachable(Value v, void *arg) {
  if (v->gc & GC_REACHABLE || is_dying(v)) return 0;
  push(arg, v);
  return 0;
}
static int count_live(Value v, void *arg) {
  ++*(int64_t *)arg;
  return 0;
}

static bool give_pages_refs(Interp *interp) {
  for (Page *page = interp->pages_gc; page; page = page->next) {
    page->refs = malloc(page->slot_count * sizeof *page->refs);
    if (page->refs == NULL) return false;
  }
  return true;
}
static void take_pages_refs(Interp *interp) {
  for (Page *page = interp->pages_gc; page; page = page->next) {
    free(page->refs);
    page->refs = NULL;
  }
}

/* Of these objects, each held once by us, drop those that something outside them holds. */
static void drop_revived(Worklist *trash) {
  Worklist held = {.ts = trash->ts};
  for (size_t i = 0; i < trash->count; i++) {
    *refs_of(trash->items[i]) = (int32_t)refcount_of(trash->items[i]) - 1;
    trash->items[i]->gc = (uint8_t)((trash->items[i]->gc & ~GC_REACHABLE) | GC_TENTATIVE);
  }
  for (size_t i = 0; i < trash->count; i++) subtract_children(trash->items[i], NULL);
  for (size_t i = 0; i < trash->count; i++) mark_if_held(trash->items[i], &held);
  while (held.count > 0 && !held.failed) {
    Value v = held.items[--held.count];
    if (v->gc & GC_TENTATIVE) traverse(v, mark, &held);
  }
  size_t kept = 0;
  for (size_t i = 0; i < trash->count; i++) {
    Value v = trash->items[i];
    v->gc &= (uint8_t)~GC_TENTATIVE;
    if (v->gc & GC_REACHABLE || held.failed) decref(trash->ts, v);
    else trash->items[kept++] = v;
  }
  trash->count = kept;
  free(held.items);
}

/* ---- getting rid of it ---- */

static bool run_finalizers(ThreadState *ts, Worklist *trash) {
  bool any = false;
  if (ts->interp->is_torn_down) return false;
  for (size_t i = 0; i < trash->count; i++) {
    Value v = trash->items[i];
    Type *type = shape_of(v)->type;
    if (!(type->flags & TYPE_HAS_FINALIZER) || v->gc & GC_FINALIZED) continue;
    v->gc |= GC_FINALIZED;
    type->slots.finalize(ts, v);
    any = true;
  }
  return any;
}

/* gc.set_debug(): tell of the trash on stderr, keep it in gc.garbage instead of freeing it. */
static void tell_of_trash(ThreadState *ts, Worklist *trash) {
  for (size_t i = 0; ts->interp->gc_debug & GC_DEBUG_COLLECTABLE && i < trash->count; i++)
    fprintf(stderr, "gc: collectable <%s %p>\n", type_name(trash->items[i]->shape->type), (void *)trash->items[i]);
  if (ts->interp->gc_debug & GC_DEBUG_STATS) fprintf(stderr, "gc: done, %zu unreachable, 0 uncollectable\n", trash->count);
}
static bool keep_as_garbage(ThreadState *ts, Worklist *trash) {
  if (!(ts->interp->gc_debug & GC_DEBUG_SAVEALL) || ts->interp->gc_garbage == NULL) return false;
  for (size_t i = 0; i < trash->count; i++)
    if (list_append(ts, ts->interp->gc_garbage, trash->items[i]) < 0) err_clear(ts);
  for (size_t i = 0; i < trash->count; i++) decref(ts, trash->items[i]);
  return true;
}

static void break_cycles(ThreadState *ts, Worklist *trash) {
  for (size_t i = 0; i < trash->count; i++) {
    Value v = trash->items[i];
    Type *type = shape_of(v)->type;
    if (refcount_of(v) > 1 && type->slots.clear) type->slots.clear(ts, v);
  }
  for (size_t i = 0; i < trash->count; i++) decref(ts, trash->items[i]);
}

static void find_trash(ThreadState *ts, Worklist *trash) {
  Interp *interp = ts->interp;
  Worklist reachable = {.ts = ts};
  gc_each_object(interp, start_count, NULL);
  gc_each_object(interp, subtract_children, NULL);
  gc_each_object(interp, mark_if_held, &reachable);
  /* A marked object is taken off the list at once, so marking one page at a time would do as well. */
  mark_all(&reachable);
  if (!reachable.failed) gc_each_object(interp, gather_unreachable, trash);
  if (reachable.failed || trash->failed) trash->count = 0;
  free(reachable.items);
}

/* While all other threads stand still. What is found is held once by us. */
static bool find_and_hold_trash(ThreadState *ts, Worklist *trash) {
  Interp *interp = ts->interp;
  STOP_WORLD(ts);
  bool done = give_pages_refs(interp);
  if (done) {
    find_trash(ts, trash);
    for (size_t i = 0; i < trash->count; i++) incref(trash->items[i]);
  }
  take_pages_refs(interp);
  START_WORLD(ts);
  return done;
}

/* Finalizers, and other threads through weak references, may have made some of it reachable again. */
static void look_again(ThreadState *ts, Worklist *trash) {
  Interp *interp = ts->interp;
  STOP_WORLD(ts);
  if (give_pages_refs(interp)) drop_revived(trash);
  else trash->count = 0; /* it stays held for ever: better than freed too early */
  take_pages_refs(interp);
  START_WORLD(ts);
}

static void count_what_lives(ThreadState *ts) {
  Interp *interp = ts->interp;
  int64_t live = 0;
  STOP_WORLD(ts);
  gc_each_object(interp, count_live, &live);
  START_WORLD(ts);
  interp->gc_live = live;
  heap_of(ts)->gc_allocations = 0;
  heap_of(ts)->gc_threshold_now = interp->gc_threshold[0] > live / 2 ? interp->gc_threshold[0] : live / 2;
}

int64_t gc_collect(ThreadState *ts) {
  Interp *interp = ts->interp;
  ThreadState *nobody = NULL;
  if (!atomic_compare_exchange_strong(&interp->gc_collector, &nobody, ts)) return 0;
  Value pending = err_fetch(ts);
  Worklist trash = {.ts = ts};
  int64_t found = 0;
  if (find_and_hold_trash(ts, &trash)) {
    found = (int64_t)trash.count;
    for (size_t i = 0; i < trash.count; i++)
      if (trash.items[i]->flags & OBJ_HAS_WEAKREF) weakrefs_clear(ts, trash.items[i]);
    if (run_finalizers(ts, &trash) || IS_PARALLEL(ts)) look_again(ts, &trash);
    if (interp->gc_debug) tell_of_trash(ts, &trash);
    if (!keep_as_garbage(ts, &trash)) break_cycles(ts, &trash);
  }
  free(trash.items);
  count_what_lives(ts);
  interp->gc_collections++;
  interp->gc_collected += found;
  interp->gc_collector = NULL;
  err_restore(ts, pending);
  return found;
}

void gc_at_check_point(ThreadState *ts) {
  sched_done(&ts->sched, BREAK_GC);
  Interp *interp = ts->interp;
  if (interp->gc_enabled && interp->gc_threshold[0] > 0) gc_collect(ts);
  else heap_of(ts)->gc_allocations = 0;
}

/* ---- the beginning and the end of a process ---- */

/* Freeing it runs code: its own, or that of a weak reference to it. */
static bool has_last_words(Value v) {
  return v->flags & OBJ_HAS_WEAKREF || (shape_of(v)->type->flags & TYPE_HAS_FINALIZER && !(v->gc & GC_FINALIZED));
}

static int mark_from_start(Value v, void *arg) {
  if (has_last_words(v)) v->gc |= GC_FROM_START;
  return 0;
}
void gc_begin(ThreadState *ts) {
  count_what_lives(ts);
  alloc_each_object(ts->interp, mark_from_start, NULL);
}

static int is_noticed(Value v, void *arg) { return has_last_words(v) && !(v->gc & GC_FROM_START) && !is_dying(v); }
bool gc_has_last_words(Interp *interp) { return alloc_each_object(interp, is_noticed, NULL) != 0; }
