/* deadlock.c - the report when all threads of an Interp wait for ever, and the end of the process with status 3.
 * Keeps true: the caller is attached and everybody else is parked, so that frames and locks stand still while they are read.
 * Next: gil/lock/parking.c (who finds it), thread.h. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "interp/vm/frame.h"
#include "interp/vm/interp.h"
#include "interp/vm/thread.h"
#include "runtime/modules/thread_module.h"
#include "runtime/thread_state.h"

typedef struct {
  ThreadState *items[1000];
  int count;
} Threads;
static int gather(ThreadState *thread, void *arg) {
  Threads *all = arg;
  if (all->count < 1000) all->items[all->count++] = thread;
  return 0;
}
static ThreadState *find(Threads *all, uint32_t id) {
  for (int i = 0; i < all->count; i++)
    if (all->items[i]->sched.id == id) return all->items[i];
  return NULL;
}
static LockObject *lock_of(ThreadState *thread) { return (LockObject *)thread->waiting_for; }
/* In Condition.wait, which everything else of threading.py waits with: the lock is a private one, taken twice by the waiter itself. */
static bool waits_for_notify(ThreadState *thread) { return thread->frame && frame_is_library(thread->frame) && is_str(thread->frame->code->qualname) && str_equal_cstr(thread->frame->code->qualname, "Condition.wait"); }
/* The thread that could end this one's wait by letting its lock go; NULL: nobody in particular. */
static ThreadState *holder(Threads *all, ThreadState *thread) {
  LockObject *l = lock_of(thread);
  return l && l->owner && !waits_for_notify(thread) ? find(all, l->owner) : NULL;
}

/* The line at which its owner took the lock, if that frame is still there. 0: not known. */
static int line_taken(LockObject *l, ThreadState *owner) {
  for (Frame *f = owner->frame; f; f = f->prev)
    if ((const void *)f->code == l->code) return code_line(f->code, l->unit - 1);
  return 0;
}

static void describe_wait(Threads *all, ThreadState *thread) {
  LockObject *l = lock_of(thread);
  ThreadState *owner = holder(all, thread);
  if (l == NULL) {
    fprintf(stderr, "waits for %s", block_reason_names[thread->sched.waits_for]);
  } else if (waits_for_notify(thread)) {
    fputs("waits to be notified", stderr);
  } else if (l->kind == LOCK_THREAD_END) {
    fprintf(stderr, "waits for %s to end", owner ? owner->sched.name : "a thread");
  } else {
    fprintf(stderr, "waits for %s %p", l->kind == LOCK_REENTRANT ? "RLock" : "lock", (void *)l);
    if (owner == thread) fputs(", which it holds itself", stderr);
    else if (owner) fprintf(stderr, ", held by %s", owner->sched.name);
    int line = owner ? line_taken(l, owner) : 0;
    if (line) fprintf(stderr, " since line %d", line);
  }
}

static void print_frames(ThreadState *thread) {
  Frame *f = thread->frame;
  char helper[128] = "";
  for (; f && f->prev && frame_is_library(f); f = f->prev) copy_text(helper, sizeof helper, f->code->qualname);
  if (f == NULL) return;
  char file[512], function[128];
  copy_text(file, sizeof file, f->code->filename);
  copy_text(function, sizeof function, f->code->qualname);
  fprintf(stderr, "    File \"%s\", line %d, in %s%s%s\n", file, frame_line(f), function, helper[0] ? ", in a call of " : "", helper);
}

/* A round of threads in which each waits for what the next one holds. */
static void print_cycle(Threads *all) {
  for (int i = 0; i < all->count; i++) {
    ThreadState *slow = all->items[i], *t = slow;
    int steps = 0;
    do {
      t = holder(all, t);
      steps++;
    } while (t && t != slow && steps <= all->count);
    if (t != slow) continue;
    fputs("gilly: the wait cycle: ", stderr);
    for (int k = 0; k <= steps; k++, t = holder(all, t)) {
      Frame *f = thread_user_frame(t);
      if (k) fputs(" -> ", stderr);
      fprintf(stderr, "%s", t->sched.name);
      if (k < steps && f) fprintf(stderr, " (line %d)", frame_line(f));
    }
    fputc('\n', stderr);
    return;
  }
}

static int by_id(const void *a, const void *b) {
  uint32_t x = (*(ThreadState *const *)a)->sched.id, y = (*(ThreadState *const *)b)->sched.id;
  return x < y ? -1 : x > y;
}

void deadlock_report(SchedThread *t) {
  ThreadState *ts = (ThreadState *)t;
  static Threads all; /* the process ends here */
  t->sched->hooks.deadlock = NULL;
  interp_flush(ts);
  thread_each(ts, gather, &all);
  qsort(all.items, (size_t)all.count, sizeof *all.items, by_id);
  if (all.count == 1) fputs("gilly: deadlock: the only thread waits for ever\n", stderr);
  else fprintf(stderr, "gilly: deadlock: all %d threads wait for ever\n", all.count);
  for (int i = 0; i < all.count && i < 20; i++) {
    fprintf(stderr, "  %s%s ", all.items[i]->sched.name, all.items[i]->sched.is_daemon ? " (daemon)" : "");
    describe_wait(&all, all.items[i]);
    fputc('\n', stderr);
    print_frames(all.items[i]);
  }
  if (all.count > 20) fprintf(stderr, "  ... and %d more\n", all.count - 20);
  print_cycle(&all);
  interp_observers_report(ts);
  fflush(stderr);
  _exit(3);
}
