/* toy_machine.h - a Machine for unit tests: threads are fibers, the clock moves only when all of them wait, and a wake-up takes a stated time.
 * So the lock's algorithm runs with exact times: no sleeps, no luck. It has as many cores as there are threads.
 *   toy_start(&toy); sched_new with machine &toy.machine; toy_spawn(...) for each thread; toy_run(&toy) until nothing can happen.
 *   In a thread: toy_compute(ns) lets time pass without letting the lock go. */
#ifndef TESTS_C_TOY_MACHINE_H
#define TESTS_C_TOY_MACHINE_H

#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include "gil/sched/sched.h"

enum { TOY_FIBERS = 32, TOY_STACK = 65536 };
typedef struct {
  SchedThread thread;
  ucontext_t context;
  char *stack;
  void (*main)(SchedThread *t);
  void (*body)(SchedThread *t);
  bool is_used, is_waiting, timed_out, ended;
  int64_t wakes_at; /* FOREVER: only when somebody wakes it */
  uint64_t order;   /* of those that wake at the same time, the one that began to wait first */
  OsCond *on;       /* the condition it waits for, or NULL */
  bool has_token, is_parked, is_interrupted;
} ToyFiber;
typedef struct {
  Machine machine; /* first */
  int64_t now, wake_latency;
  uint64_t next_order;
  ucontext_t loop;
  ToyFiber fibers[TOY_FIBERS];
  ToyFiber *current;
} Toy;
static Toy toy;

static ToyFiber *toy_of(SchedThread *t) { return (ToyFiber *)t; }
/* Wait until `at`, or until something sets wakes_at. */
static void toy_wait(int64_t at) {
  ToyFiber *f = toy.current;
  f->wakes_at = at;
  f->order = toy.next_order++;
  f->is_waiting = true;
  swapcontext(&f->context, &toy.loop);
}
static inline void toy_compute(int64_t ns) { toy_wait(toy.now + ns); }

static int64_t toy_now(Machine *m, SchedClock clock) { return toy.now; }
static void toy_mutex(Machine *m, OsMutex *mutex) {}
static void toy_cond(Machine *m, OsCond *cond) {}
static bool toy_wait_until(Machine *m, OsCond *cond, OsMutex *mutex, int64_t deadline) {
  toy.current->on = cond;
  toy_wait(deadline);
  bool signalled = toy.current->on == NULL;
  toy.current->on = NULL;
  return !signalled;
}
static void toy_wake(ToyFiber *f) {
  f->wakes_at = toy.now + toy.wake_latency;
  f->order = toy.next_order++;
}
static void toy_signal(Machine *m, OsCond *cond) {
  ToyFiber *first = NULL;
  for (int i = 0; i < TOY_FIBERS; i++) {
    ToyFiber *f = &toy.fibers[i];
    if (f->is_used && f->is_waiting && f->on == cond && (first == NULL || f->order < first->order)) first = f;
  }
  if (first == NULL) return;
  first->on = NULL;
  toy_wake(first);
}
static void toy_broadcast(Machine *m, OsCond *cond) {
  for (int i = 0; i < TOY_FIBERS; i++) toy_signal(m, cond);
}
static void toy_entry(int index) {
  ToyFiber *f = &toy.fibers[index];
  f->main(&f->thread);
  f->ended = true;
  swapcontext(&f->context, &toy.loop);
}
static int toy_spawn_fiber(Machine *m, SchedThread *t, void (*main)(SchedThread *t), size_t stack) {
  ToyFiber *f = toy_of(t);
  f->main = main;
  f->stack = malloc(TOY_STACK);
  getcontext(&f->context);
  f->context.uc_stack.ss_sp = f->stack;
  f->context.uc_stack.ss_size = TOY_STACK;
  f->context.uc_link = &toy.loop;
  makecontext(&f->context, (void (*)(void))toy_entry, 1, (int)(f - toy.fibers));
  f->is_waiting = true;
  f->wakes_at = toy.now;
  f->order = toy.next_order++;
  return 0;
}
static ParkResult toy_park(Machine *m, SchedThread *t, int64_t deadline) {
  ToyFiber *f = toy_of(t);
  if (!f->has_token && !f->is_interrupted) {
    f->is_parked = true;
    toy_wait(deadline);
    f->is_parked = false;
  }
  if (f->has_token) {
    f->has_token = false;
    return PARK_WOKEN;
  }
  if (f->is_interrupted) {
    f->is_interrupted = false;
    return PARK_INTERRUPTED;
  }
  return PARK_TIMED_OUT;
}
static void toy_unpark(Machine *m, SchedThread *t) {
  toy_of(t)->has_token = true;
  if (toy_of(t)->is_parked) toy_wake(toy_of(t));
}
static void toy_interrupt(Machine *m, SchedThread *t) {
  toy_of(t)->is_interrupted = true;
  if (toy_of(t)->is_parked) toy_wake(toy_of(t));
}
static void toy_yield(Machine *m) {}
static void toy_hang(Machine *m, SchedThread *t) { toy_wait(FOREVER); }

static void toy_start(void) {
  memset(&toy, 0, sizeof toy);
  toy.machine = (Machine){toy_now, toy_mutex, toy_mutex, toy_mutex, toy_mutex, toy_cond, toy_cond, toy_wait_until, toy_signal, toy_broadcast, toy_spawn_fiber, toy_park, toy_unpark, toy_interrupt, toy_park, toy_yield, toy_hang};
}
/* Add a thread to the Sched and let it begin at the time `at`; it attaches by itself. */
static void toy_body(SchedThread *t) {
  sched_attach(t);
  toy_of(t)->body(t);
  sched_remove(t);
}
static ToyFiber *toy_add(Sched *s, int64_t at, void (*body)(SchedThread *t)) {
  int i = 0;
  while (toy.fibers[i].is_used) i++;
  ToyFiber *f = &toy.fibers[i];
  f->is_used = true;
  f->body = body;
  sched_add(s, &f->thread);
  toy_spawn_fiber(&toy.machine, &f->thread, toy_body, 0);
  f->wakes_at = at;
  return f;
}
/* Let time pass until nobody has anything to do any more. */
static void toy_run(void) {
  for (;;) {
    ToyFiber *next = NULL;
    for (int i = 0; i < TOY_FIBERS; i++) {
      ToyFiber *f = &toy.fibers[i];
      if (!f->is_used || !f->is_waiting || f->ended || f->wakes_at == FOREVER) continue;
      if (next == NULL || f->wakes_at < next->wakes_at || (f->wakes_at == next->wakes_at && f->order < next->order)) next = f;
    }
    if (next == NULL) return;
    if (next->wakes_at > toy.now) toy.now = next->wakes_at;
    next->is_waiting = false;
    toy.current = next;
    swapcontext(&toy.loop, &next->context);
  }
}
static void toy_stop(void) {
  for (int i = 0; i < TOY_FIBERS; i++) free(toy.fibers[i].stack);
}

#endif
