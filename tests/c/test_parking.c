/* test_parking.c - parking, the one-byte lock, and who notices a deadlock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gil/lock/mutex.h"
#include "tests/c/toy_machine.h"

#define US INT64_C(1000)
#define MS INT64_C(1000000)

static Sched *sched;
static Mutex mutex;
static char order[64];
static int deadlocks;

static void note(char c) {
  size_t n = strlen(order);
  order[n] = c;
  order[n + 1] = 0;
}
static void found_deadlock(SchedThread *t) { deadlocks++; }
static void start_of(int profile) {
  toy_start();
  mutex = (Mutex){0};
  order[0] = 0;
  deadlocks = 0;
  SchedConfig config = {.machine = &toy.machine, .profile = &profiles[profile], .watch_deadlocks = true, .hooks = {.deadlock = found_deadlock}};
  sched = sched_new(&config);
}
static void finish(void) {
  sched_free(sched);
  toy_stop();
}

static void holds_for_3_ms(SchedThread *t) {
  assert_true(mutex_try(&mutex));
  sched_sleep_until(t, toy.now + 3 * MS);
  mutex_unlock(t, &mutex);
}
static void takes(SchedThread *t) {
  mutex_lock(t, &mutex);
  note((char)('A' + t->id - 1));
  mutex_unlock(t, &mutex);
}
static void waiters_are_served_in_turn(void **state) {
  start_of(PROFILE_py311);
  toy_add(sched, 0, holds_for_3_ms);
  for (int i = 1; i <= 4; i++) toy_add(sched, i * 100 * US, takes);
  toy_run();
  assert_string_equal(order, "BCDE");
  finish();
}

static void tries_for_1_ms(SchedThread *t) {
  MutexResult r = mutex_wait(t, &mutex, BLOCK_LOCK, toy.now + 1 * MS);
  note(r == MUTEX_TIMED_OUT ? 'T' : 'X');
  assert_int_equal(toy.now, 2 * MS);
}
static void wait_ends_at_its_deadline(void **state) {
  start_of(PROFILE_py314);
  toy_add(sched, 0, holds_for_3_ms);
  toy_add(sched, 1 * MS, tries_for_1_ms);
  toy_run();
  assert_string_equal(order, "T");
  assert_int_equal(mutex.bits & MUTEX_LOCKED, 0);
  assert_int_equal(deadlocks, 0); /* a wait with an end is none */
  finish();
}

/* Lets it go and takes it again before the woken waiter can. */
static void barges(SchedThread *t) {
  assert_true(mutex_try(&mutex));
  sched_sleep_until(t, toy.now + 3 * MS);
  mutex_unlock(t, &mutex);
  note(mutex_try(&mutex) ? 'a' : '-');
  if (order[strlen(order) - 1] == 'a') mutex_unlock(t, &mutex);
}
static void fair_profile_hands_over_after_1_ms(void **state) {
  start_of(PROFILE_py314);
  toy_add(sched, 0, barges);
  toy_add(sched, 100 * US, takes); /* has waited for 2.9 ms */
  toy_run();
  assert_string_equal(order, "-B");
  finish();
  start_of(PROFILE_py311);
  toy_add(sched, 0, barges);
  toy_add(sched, 100 * US, takes);
  toy_run();
  assert_string_equal(order, "aB");
  finish();
}

static void changed_byte_does_not_wait(void **state) {
  start_of(PROFILE_py314);
  toy_run();
  _Atomic uint8_t byte = 7;
  ToyFiber *f = &toy.fibers[0];
  f->is_used = true;
  sched_add(sched, &f->thread);
  bool handed;
  assert_int_equal(parking_park(&f->thread, &byte, 6, BLOCK_LOCK, FOREVER, &handed), PARKED_CHANGED);
  assert_int_equal(sched->blocked, 0);
  finish();
}

static Mutex other;
static void first_then_second(SchedThread *t) {
  mutex_lock(t, &mutex);
  sched_sleep_until(t, toy.now + 1 * MS);
  mutex_lock(t, &other);
}
static void second_then_first(SchedThread *t) {
  mutex_lock(t, &other);
  sched_sleep_until(t, toy.now + 1 * MS);
  mutex_lock(t, &mutex);
}
static void crossed_locks_are_a_deadlock(void **state) {
  start_of(PROFILE_py314);
  other = (Mutex){0};
  toy_add(sched, 0, first_then_second);
  toy_add(sched, 0, second_then_first);
  toy_run();
  assert_int_equal(deadlocks, 1);
  finish();
}

static void waits_for_ever(SchedThread *t) {
  mutex_lock(t, &mutex);
  mutex_lock(t, &mutex);
}
static void ends_after_5_ms(SchedThread *t) {
  sched_sleep_until(t, 5 * MS);
  assert_int_equal(deadlocks, 0); /* while one sleeps there is hope */
}
static void end_of_the_last_runner_shows_the_deadlock(void **state) {
  start_of(PROFILE_py314);
  toy_add(sched, 0, waits_for_ever);
  toy_add(sched, 0, ends_after_5_ms);
  toy_run();
  assert_int_equal(deadlocks, 1);
  assert_int_equal(toy.now, 5 * MS);
  finish();
}

static void signals_a(SchedThread *t) {
  sched_sleep_until(t, 2 * MS);
  sched_interrupt(&toy.fibers[0].thread);
}
static void is_interrupted(SchedThread *t) {
  assert_true(mutex_try(&mutex));
  assert_int_equal(mutex_wait(t, &mutex, BLOCK_LOCK, FOREVER), MUTEX_INTERRUPTED);
  assert_int_equal(toy.now, 2 * MS);
  assert_true(atomic_load(&t->breaker) & BREAK_SIGNAL);
  note('i');
}
static void signal_ends_a_wait(void **state) {
  start_of(PROFILE_py314);
  toy_add(sched, 0, is_interrupted);
  toy_add(sched, 0, signals_a);
  toy_run();
  assert_string_equal(order, "i");
  assert_int_equal(sched->blocked, 0);
  finish();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(waiters_are_served_in_turn),
      cmocka_unit_test(wait_ends_at_its_deadline),
      cmocka_unit_test(fair_profile_hands_over_after_1_ms),
      cmocka_unit_test(changed_byte_does_not_wait),
      cmocka_unit_test(crossed_locks_are_a_deadlock),
      cmocka_unit_test(end_of_the_last_runner_shows_the_deadlock),
      cmocka_unit_test(signal_ends_a_wait),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
