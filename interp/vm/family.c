/* family.c - isolated interpreters: made, entered, left, ended.
 * How a thread changes its Interp: it detaches from the one (letting that GIL go), then attaches to the other as its main thread, taking that
 *   GIL. The stack of C goes on; the frames of each Interp are its own. Between two visits nobody is attached to a member, and its main thread
 *   state waits.
 * Keeps true: one visitor at a time (as CPython: an interpreter's __main__ runs once); threads that the member's own code has started run beside.
 *   Ctrl-C reaches the code that the process's main thread runs, wherever that is (signals_lend).
 * Next: family.h, interp.c (interp_new). CPython: Python/crossinterp.c, Modules/_interpretersmodule.c. */
#include "interp/vm/family.h"

#include <stdlib.h>
#include <unistd.h>

#include "interp/vm/free_threading.h"
#include "interp/vm/interp.h"
#include "runtime/gc.h"
#include "runtime/modules/signal_module.h"

Family *family_of(ThreadState *ts) {
  Interp *interp = ts->interp;
  if (interp->family) return interp->family;
  Family *f = calloc(1, sizeof *f), *nobody = NULL;
  if (f == NULL) return err_no_memory(ts), NULL;
  f->machine = interp->sched->machine;
  f->machine->mutex_init(f->machine, &f->mutex);
  f->next_id = 1;
  f->next_queue = f->next_lent = 1;
  if (__atomic_compare_exchange_n(&interp->family, &nobody, f, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return f;
  f->machine->mutex_free(f->machine, &f->mutex);
  free(f);
  return nobody;
}

FamilyMember *family_find(Family *f, int64_t id) {
  FamilyMember *m = f->members;
  while (m && m->id != id) m = m->next;
  return m;
}

/* ---- from one to the other ---- */

static void arrive(ThreadState *inner, ThreadState *outer) {
  inner->sched.os_thread = pthread_self();
  inner->sched.native_id = gettid();
  inner->c_stack_limit = outer->c_stack_limit;
  free_threading_thread_begin(inner);
  sched_attach(&inner->sched);
}
static void come_back(ThreadState *ts) {
  free_threading_thread_begin(ts);
  sched_blocking_end(&ts->sched);
}

ThreadState *member_enter(ThreadState *ts, int64_t id) {
  Family *f = family_of(ts);
  if (f == NULL) return NULL;
  family_lock(f);
  FamilyMember *m = family_find(f, id);
  bool is_ready = m && m->state == MEMBER_READY;
  if (is_ready) m->state = MEMBER_RUNNING;
  ThreadState *inner = m ? m->ts : NULL;
  family_unlock(f);
  if (id == 0) return err_interpreter(ts, "interpreter already running"), NULL; /* the first one always is */
  if (inner == NULL) return err_interpreter(ts, "interpreter not found"), NULL;
  if (!is_ready) return err_interpreter(ts, "interpreter already running"), NULL;
  sched_blocking_begin_for(&ts->sched, BLOCK_INTERPRETER);
  arrive(inner, ts);
  signals_lend(ts, inner);
  return inner;
}

void member_leave(ThreadState *ts, ThreadState *inner) {
  Family *f = ts->interp->family;
  signals_take_back(ts, inner);
  sched_detach(&inner->sched, BLOCK_INTERPRETER);
  family_lock(f);
  for (FamilyMember *m = f->members; m; m = m->next)
    if (m->ts == inner && m->state == MEMBER_RUNNING) m->state = MEMBER_READY;
  family_unlock(f);
  come_back(ts);
}

/* ---- made ---- */

/* A list of str in sys as C code can carry it across: a malloc'ed text each, NULL at the end. What is no text is left out. */
static char **copy_list(ThreadState *ts, const char *name) {
  Value list = dict_get_cstr(ts, (Value)ts->interp->sys_dict, name);
  ssize_t n = list && is_list(list) ? list_len(list) : 0, used = 0;
  char **copy = calloc((size_t)n + 1, sizeof *copy);
  for (ssize_t i = 0; copy && i < n && i < list_len(list); i++) {
    ssize_t size;
    Value item = list_get(list, i), holder = NULL;
    const char *text = is_str(item) ? str_utf8(ts, item, &size, &holder) : NULL;
    if (text && (copy[used] = strdup(text)) != NULL) used++;
    xdecref(ts, holder);
    err_clear(ts);
  }
  return copy;
}
static int set_list(ThreadState *inner, const char *name, char **texts) {
  Value list = dict_get_cstr(inner, (Value)inner->interp->sys_dict, name);
  for (; list && *texts; texts++) {
    Value s = str_from_utf8(inner, *texts, (ssize_t)strlen(*texts));
    if (s == NULL || list_append_steal(inner, list, s) < 0) return -1;
  }
  return 0;
}
static void free_list(char **texts) {
  for (char **p = texts; p && *p; p++) free(*p);
  free(texts);
}

static ThreadState *make(ThreadState *ts, Family *f, int64_t id, char **path, char **argv) {
  ThreadState *inner = interp_new_isolated(ts->interp, id);
  if (inner == NULL) return NULL;
  char name[40];
  snprintf(name, sizeof name, "interpreter %lld", (long long)id);
  sched_set_name(&inner->sched, name);
  inner->interp->family = f;
  inner->c_stack_limit = ts->c_stack_limit;
  if (set_list(inner, "path", path) < 0 || set_list(inner, "argv", argv) < 0 || interp_make_main(inner) == NULL) {
    err_clear(inner);
    interp_free(inner);
    return NULL;
  }
  gc_begin(inner);
  sched_detach(&inner->sched, BLOCK_INTERPRETER);
  return inner;
}

int64_t member_create(ThreadState *ts) {
  Family *f = family_of(ts);
  FamilyMember *m = f ? calloc(1, sizeof *m) : NULL;
  char **path = m ? copy_list(ts, "path") : NULL, **argv = path ? copy_list(ts, "argv") : NULL;
  if (argv) {
    family_lock(f);
    m->id = f->next_id++;
    family_unlock(f);
    sched_blocking_begin_for(&ts->sched, BLOCK_INTERPRETER);
    m->ts = make(ts, f, m->id, path, argv);
    come_back(ts);
  }
  free_list(path);
  free_list(argv);
  if (m == NULL || m->ts == NULL) {
    free(m);
    err_no_memory(ts);
    return -1;
  }
  family_lock(f);
  int64_t id = m->id;
  FamilyMember **last = &f->members;
  while (*last) last = &(*last)->next;
  *last = m;
  family_unlock(f);
  return id;
}

/* ---- ended ---- */

static void take_off(Family *f, FamilyMember *gone) {
  family_lock(f);
  FamilyMember **p = &f->members;
  while (*p && *p != gone) p = &(*p)->next;
  if (*p) *p = gone->next;
  queues_forget_member(f, gone->id);
  family_unlock(f);
}

/* The state is ENDING: nobody else looks at it. Threads that its code has started are waited for, its finalizers run. */
static void end_member(ThreadState *ts, Family *f, FamilyMember *m) {
  sched_blocking_begin_for(&ts->sched, BLOCK_INTERPRETER);
  arrive(m->ts, ts);
  signals_lend(ts, m->ts);
  interp_finish(m->ts);
  signals_take_back(ts, m->ts);
  take_off(f, m);
  lending_end(m->ts);
  interp_free(m->ts);
  come_back(ts);
  free(m);
}

int member_close(ThreadState *ts, int64_t id) {
  Family *f = family_of(ts);
  if (f == NULL) return -1;
  family_lock(f);
  FamilyMember *m = family_find(f, id);
  MemberState state = m ? m->state : MEMBER_ENDING;
  bool is_lent = m && m->lent > 0;
  if (state == MEMBER_READY && !is_lent) m->state = MEMBER_ENDING;
  family_unlock(f);
  if (id == 0) return err_interpreter(ts, "cannot close the main interpreter"), -1;
  if (m == NULL || state == MEMBER_ENDING) return err_interpreter(ts, "interpreter not found"), -1;
  if (ts->interp->id == id) return err_interpreter(ts, "cannot close the current interpreter"), -1;
  if (state == MEMBER_RUNNING) return err_interpreter(ts, "interpreter is running"), -1;
  if (is_lent) return err_interpreter(ts, "others look at the interpreter's memory"), -1;
  end_member(ts, f, m);
  return 0;
}

int family_end(ThreadState *ts) {
  Family *f = ts->interp->family;
  int count = 0;
  while (f && ts->interp->id == 0) {
    family_lock(f);
    FamilyMember *m = f->members;
    while (m && m->state != MEMBER_READY) m = m->next;
    if (m) m->state = MEMBER_ENDING;
    family_unlock(f);
    if (m == NULL) break;
    end_member(ts, f, m);
    count++;
  }
  if (f && ts->interp->id == 0) lending_end(ts);
  return count;
}

void family_free(Interp *first) {
  Family *f = first->family;
  if (f == NULL || first->id != 0 || f->members) return; /* a thread that hangs in a member may still use it */
  queues_free(f);
  lendings_free(f);
  f->machine->mutex_free(f->machine, &f->mutex);
  free(f);
}
