/* family_queue.c - queues between interpreters: bytes that wait in memory of nobody's heap.
 * Keeps true: items come out in the order in which they went in. A thread that waits is detached and parked, and stands in the queue's list of
 *   waiters until a put or get takes it off and gives it its token; a token that is on its way is waited for, so that none is left over.
 * Next: family.h, runtime/lib/concurrent/interpreters/_queues.py. CPython: Modules/_interpqueuesmodule.c. */
#include <stdlib.h>

#include "interp/vm/family.h"
#include "runtime/modules/waiting.h"
#include "runtime/reclaim.h"

enum { UNBOUND_REMOVE = 1 }; /* as in _queues.py; the others are the library's matter */
struct Item {
  Item *next;
  int64_t origin; /* the member that put it in */
  int unbound;    /* as CrossQueue.unbound */
  bool is_orphan; /* its origin has ended */
  ssize_t size;
  char bytes[];
};

typedef struct Waiter {
  struct Waiter *next;
  SchedThread *thread;
  bool is_queued;
} Waiter;

CrossQueue *queue_find(Family *f, int64_t id) {
  CrossQueue *q = f->queues;
  while (q && q->id != id) q = q->next;
  return q;
}

static void queue_free(CrossQueue *q) {
  for (Item *i = q->first, *next; i; i = next) {
    next = i->next;
    free(i);
  }
  free(q);
}
void queues_free(Family *f) {
  for (CrossQueue *q = f->queues, *next; q; q = next) {
    next = q->next;
    queue_free(q);
  }
  f->queues = NULL;
}

static void wake_first(Family *f, Waiter **list) {
  Waiter *w = *list;
  if (w == NULL) return;
  *list = w->next;
  w->is_queued = false;
  f->machine->unpark(f->machine, w->thread);
}

/* Items of an Interp that has ended: some are taken out, the others marked. */
void queues_forget_member(Family *f, int64_t id) {
  for (CrossQueue *q = f->queues; q; q = q->next) {
    q->last = NULL;
    for (Item **p = &q->first, *i; (i = *p) != NULL;) {
      if (i->origin == id && i->unbound == UNBOUND_REMOVE) {
        *p = i->next;
        free(i);
        q->size--;
        wake_first(f, &q->putters);
      } else {
        i->is_orphan |= i->origin == id;
        q->last = i;
        p = &i->next;
      }
    }
  }
}

/* ---- waiting ---- */

/* With the mutex held, which is let go: until woken, or the deadline. -1: a signal handler raised. */
static int wait_in(ThreadState *ts, Family *f, Waiter **list, int64_t deadline) {
  Machine *m = f->machine;
  Waiter me = {.thread = &ts->sched, .is_queued = true};
  while (*list) list = &(*list)->next;
  *list = &me;
  family_unlock(f);
  sched_blocking_begin_for(&ts->sched, BLOCK_QUEUE);
  ParkResult ended = m->park(m, &ts->sched, deadline);
  if (ended != PARK_WOKEN) {
    family_lock(f);
    Waiter **p = list;
    while (*p && *p != &me) p = &(*p)->next;
    if (*p) *p = me.next;
    bool token_comes = !me.is_queued;
    family_unlock(f);
    while (token_comes && m->park(m, &ts->sched, FOREVER) != PARK_WOKEN) {
    }
  }
  sched_blocking_end(&ts->sched);
  return ended == PARK_INTERRUPTED && ts->interp->up.check_pending(ts) < 0 ? -1 : 0;
}

static Value not_found(ThreadState *ts, int64_t id) { return err_format(ts, EXC(LookupError), "queue %lld not found", (long long)id); }

/* Take the mutex when the queue can be used: room for an item, or an item there. 1; 0 not in time; -1 with an exception. */
static int lock_when_ready(ThreadState *ts, Family *f, int64_t id, bool to_put, int64_t deadline, CrossQueue **found) {
  reclaim_before_wait(ts);
  for (;;) {
    family_lock(f);
    CrossQueue *q = *found = queue_find(f, id);
    if (q && (to_put ? q->max_size <= 0 || q->size < q->max_size : q->size > 0)) return 1;
    bool is_over = q && deadline != FOREVER && sched_thread_now_ns(&ts->sched, CLOCK_OF_MONOTONIC) >= deadline;
    if (q == NULL || is_over) {
      family_unlock(f);
      return q ? 0 : (not_found(ts, id), -1);
    }
    if (wait_in(ts, f, to_put ? &q->putters : &q->getters, deadline) < 0) return -1;
  }
}

/* Arguments that every function begins with: the family, with the mutex held, and the queue. */
static CrossQueue *lock_queue(ThreadState *ts, Value number, Family **f) {
  int64_t id;
  if (num_as_i64(ts, number, &id) < 0 || (*f = family_of(ts)) == NULL) return NULL;
  family_lock(*f);
  CrossQueue *q = queue_find(*f, id);
  if (q) return q;
  family_unlock(*f);
  not_found(ts, id);
  return NULL;
}

/* None: for ever. */
static int deadline_argument(ThreadState *ts, Value seconds, int64_t *deadline) {
  double s;
  *deadline = FOREVER;
  if (is_none(seconds)) return 0;
  if (num_as_double(ts, seconds, &s) < 0) return -1;
  *deadline = deadline_after(ts, s <= 0 ? 0 : s > 9e9 ? NO_TIMEOUT : (int64_t)(s * 1e9));
  return 0;
}

/* ---- functions ---- */

static Value queue_create(NATIVE_ARGS) {
  int64_t max_size;
  int unbound;
  Family *f = family_of(ts);
  if (f == NULL || num_as_i64(ts, args[0], &max_size) < 0 || num_as_int(ts, args[1], &unbound) < 0) return NULL;
  CrossQueue *q = calloc(1, sizeof *q);
  if (q == NULL) return err_no_memory(ts);
  q->max_size = max_size;
  q->unbound = unbound;
  q->is_counter = nargs > 2;
  if (q->is_counter && num_as_i64(ts, args[2], &q->size) < 0) {
    free(q);
    return NULL;
  }
  family_lock(f);
  int64_t id = q->id = f->next_queue++;
  q->next = f->queues;
  f->queues = q;
  family_unlock(f);
  return int_from_i64(ts, id);
}

/* With the mutex held, which is let go. item: NULL for a counter. */
static void add_item(Family *f, CrossQueue *q, Item *item) {
  if (item) {
    if (q->last) q->last->next = item;
    else q->first = item;
    q->last = item;
  }
  q->size++;
  wake_first(f, &q->getters);
  if (q->max_size <= 0 || q->size < q->max_size) wake_first(f, &q->putters);
  family_unlock(f);
}
/* The same for taking one out. */
static Item *take_item(Family *f, CrossQueue *q) {
  Item *item = q->first;
  if (item) q->first = item->next;
  if (q->first == NULL) q->last = NULL;
  q->size--;
  wake_first(f, &q->putters);
  if (q->size > 0) wake_first(f, &q->getters);
  family_unlock(f);
  return item;
}

static Value queue_put(NATIVE_ARGS) {
  int64_t id, deadline;
  int unbound;
  Family *f = family_of(ts);
  if (f == NULL || num_as_i64(ts, args[0], &id) < 0 || num_as_int(ts, args[2], &unbound) < 0 || deadline_argument(ts, args[3], &deadline) < 0) return NULL;
  if (!is_layout(args[1], K_BYTES)) return err_format(ts, EXC(TypeError), "expected bytes, got %T", args[1]);
  Item *item = malloc(sizeof *item + (size_t)bytes_len(args[1]));
  if (item == NULL) return err_no_memory(ts);
  *item = (Item){.origin = ts->interp->id, .unbound = unbound, .size = bytes_len(args[1])};
  memcpy(item->bytes, bytes_data(args[1]), (size_t)item->size);
  CrossQueue *q;
  int ready = lock_when_ready(ts, f, id, true, deadline, &q);
  if (ready <= 0) {
    free(item);
    return ready < 0 ? NULL : V_FALSE;
  }
  add_item(f, q, item);
  return V_TRUE;
}

/* (bytes, how to treat an item whose interpreter has ended, whether it has); None: not in time. */
static Value queue_get(NATIVE_ARGS) {
  int64_t id, deadline;
  Family *f = family_of(ts);
  if (f == NULL || num_as_i64(ts, args[0], &id) < 0 || deadline_argument(ts, args[1], &deadline) < 0) return NULL;
  CrossQueue *q;
  int ready = lock_when_ready(ts, f, id, false, deadline, &q);
  if (ready <= 0) return ready < 0 ? NULL : V_NONE;
  Item *item = take_item(f, q);
  Value bytes = bytes_new(ts, item->bytes, item->size);
  Value answer = bytes ? tuple_steal3(ts, bytes, small_int_value(item->unbound), bool_value(item->is_orphan)) : NULL;
  free(item);
  return answer;
}

/* (items in it, its limit, its way with orphans) */
static Value queue_state(NATIVE_ARGS) {
  Family *f;
  CrossQueue *q = lock_queue(ts, args[0], &f);
  if (q == NULL) return NULL;
  int64_t size = q->size, max_size = q->max_size, unbound = q->unbound;
  family_unlock(f);
  return tuple_steal3(ts, int_from_i64(ts, size), int_from_i64(ts, max_size), int_from_i64(ts, unbound));
}

/* The same for a counter, without items. */
static Value counter_up(NATIVE_ARGS) {
  Family *f;
  CrossQueue *q = lock_queue(ts, args[0], &f);
  if (q == NULL) return NULL;
  add_item(f, q, NULL);
  return V_NONE;
}
static Value counter_down(NATIVE_ARGS) {
  int64_t id, deadline;
  Family *f = family_of(ts);
  if (f == NULL || num_as_i64(ts, args[0], &id) < 0 || deadline_argument(ts, args[1], &deadline) < 0) return NULL;
  CrossQueue *q;
  int ready = lock_when_ready(ts, f, id, false, deadline, &q);
  if (ready < 0) return NULL;
  if (ready) free(take_item(f, q));
  return bool_value(ready);
}

static Value queue_hold(NATIVE_ARGS) {
  Family *f;
  CrossQueue *q = lock_queue(ts, args[0], &f);
  if (q == NULL) return NULL;
  q->holders++;
  family_unlock(f);
  return V_NONE;
}
static Value queue_keep(NATIVE_ARGS) {
  Family *f;
  CrossQueue *q = lock_queue(ts, args[0], &f);
  if (q == NULL) return NULL;
  q->is_kept = true;
  family_unlock(f);
  return V_NONE;
}
/* Let go: the last holder of a queue whose number never left its Interp ends it. */
static Value queue_drop(NATIVE_ARGS) {
  Family *f;
  CrossQueue *q = lock_queue(ts, args[0], &f);
  if (q == NULL) return NULL;
  bool is_last = --q->holders == 0 && !q->is_kept;
  CrossQueue **p = &f->queues;
  while (is_last && *p != q) p = &(*p)->next;
  if (is_last) *p = q->next;
  family_unlock(f);
  if (is_last) queue_free(q);
  return V_NONE;
}
static Value queue_list(NATIVE_ARGS) {
  Family *f = family_of(ts);
  Value list = f ? list_new(ts, 0) : NULL;
  for (int64_t id = 1; list; id++) {
    family_lock(f);
    bool is_there = queue_find(f, id) != NULL, is_past = id >= f->next_queue;
    family_unlock(f);
    if (is_past) break;
    if (is_there && list_append_steal(ts, list, int_from_i64(ts, id)) < 0) CLEAR(list);
  }
  return list;
}

const MethodDef cross_queue_methods[] = {
  {"queue_create", queue_create, 2, 3, 0, "queue_create(maxsize, unbound) -> id; with a third argument: of a counter that begins there"},
  {"queue_put", queue_put, 4, 4, 0, "queue_put(id, bytes, unbound, timeout or None) -> whether there was room in time"},
  {"queue_get", queue_get, 2, 2, 0, "queue_get(id, timeout or None) -> (bytes, unbound, is_orphan), or None: nothing in time"},
  {"counter_up", counter_up, 1, 1, 0, "counter_up(id)"},
  {"counter_down", counter_down, 2, 2, 0, "counter_down(id, timeout or None) -> whether it was above 0 in time"},
  {"queue_state", queue_state, 1, 1, 0, "queue_state(id) -> (size, maxsize, unbound)"},
  {"queue_hold", queue_hold, 1, 1, 0, "queue_hold(id): one more object names it"},
  {"queue_keep", queue_keep, 1, 1, 0, "queue_keep(id): it lives as long as the process"},
  {"queue_drop", queue_drop, 1, 1, 0, "queue_drop(id): an object that named it has gone"},
  {"queue_list", queue_list, 0, 0, 0, "queue_list() -> [id]"},
  {0}};
