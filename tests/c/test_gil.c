/* test_gil.c - the lock's promises, one test each, on a clock that tests move themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/c/toy_machine.h"

#define US INT64_C(1000)
#define MS INT64_C(1000000)

/* What happened, as text: "A got 0us", in the order of time. */
static struct {
  int64_t at;
  char who;
  char what[16];
} story[4096];
static int story_length;
static void tell(SchedThread *t, const char *what) {
  if (story_length == 4096) return;
  story[story_length].at = toy.now;
  story[story_length].who = (char)('A' + t->id - 1);
  snprintf(story[story_length++].what, sizeof story[0].what, "%s", what);
}
static int64_t when(char who, const char *what, int nth) {
  for (int i = 0; i < story_length; i++)
    if (story[i].who == who && strcmp(story[i].what, what) == 0 && nth-- == 0) return story[i].at;
  return -1;
}

static Sched *sched;
static int start_of(int profile, int64_t wake_latency) {
  toy_start();
  story_length = 0;
  toy.wake_latency = wake_latency;
  SchedConfig config = {.machine = &toy.machine, .profile = &profiles[profile]};
  sched = sched_new(&config);
  return 0;
}
static void finish(void) {
  sched_free(sched);
  toy_stop();
}

/* Compute for `ns`, with a check point every `check` ns. */
static void compute(SchedThread *t, int64_t ns, int64_t check) {
  for (int64_t done = 0; done < ns; done += check) {
    toy_compute(check);
    if (atomic_load(&t->breaker) & BREAK_DROP) {
      tell(t, "asked");
      sched_yield_to_request(t);
      tell(t, "back");
    }
  }
}
static void computes_40_ms(SchedThread *t) {
  tell(t, "got");
  compute(t, 40 * MS, 100 * US);
  tell(t, "done");
}
static void computes_1_ms(SchedThread *t) {
  tell(t, "got");
  compute(t, 1 * MS, 100 * US);
  tell(t, "done");
}

static void lone_thread_never_switches(void **state) {
  start_of(PROFILE_py314, 50 * US);
  toy_add(sched, 0, computes_40_ms);
  toy_run();
  assert_int_equal(when('A', "asked", 0), -1);
  assert_int_equal(atomic_load(&sched->gil.switch_number), 1); /* its own first take */
  assert_int_equal(toy.now, 40 * MS);
  finish();
}

static void waiter_asks_after_its_own_interval(void **state) {
  start_of(PROFILE_py314, 50 * US);
  toy_add(sched, 0, computes_40_ms);
  toy_add(sched, 3 * MS, computes_1_ms); /* the interval runs from when it began to wait */
  toy_run();
  assert_int_equal(when('A', "asked", 0), 8 * MS);
  assert_int_equal(when('B', "got", 0), 8 * MS + 50 * US);
  finish();
}

static void holder_runs_on_to_its_next_check_point(void **state) {
  start_of(PROFILE_py314, 0);
  toy_add(sched, 0, computes_40_ms);
  ToyFiber *b = toy_add(sched, 50 * US, computes_1_ms); /* asks at 5.05 ms; A looks at 5.1 */
  toy_run();
  assert_int_equal(when('A', "asked", 0), 5100 * US);
  assert_true(b->ended);
  finish();
}

static void drop_request_waits_for_switch(void **state) {
  start_of(PROFILE_py314, 2 * MS); /* B needs long to wake: A must not be back before it */
  toy_add(sched, 0, computes_40_ms);
  toy_add(sched, 0, computes_1_ms);
  toy_run();
  assert_int_equal(when('A', "asked", 0), 5 * MS);
  assert_int_equal(when('B', "got", 0), 7 * MS);
  assert_true(when('A', "back", 0) > when('B', "got", 0));
  finish();
}

static void lets_go_for_io(SchedThread *t) {
  tell(t, "got");
  sched_blocking_begin(t);
  sched_blocking_end(t); /* a call that is over at once */
  tell(t, "back");
  compute(t, 1 * MS, 100 * US);
}
static void voluntary_release_may_take_it_straight_back(void **state) {
  start_of(PROFILE_py314, 50 * US);
  toy_add(sched, 0, lets_go_for_io);
  toy_add(sched, 0, computes_1_ms);
  toy.fibers[0].wakes_at = 0;
  toy_run();
  assert_int_equal(when('A', "back", 0), 0);
  assert_true(when('B', "got", 0) >= 1 * MS); /* woken in vain at 50 us */
  finish();
}

static void each_waiter_restarts_its_interval_after_a_switch(void **state) {
  start_of(PROFILE_py314, 0);
  for (int i = 0; i < 4; i++) toy_add(sched, 0, computes_40_ms);
  toy_run();
  /* one switch per interval in all, however many wait */
  assert_in_range(atomic_load(&sched->gil.switch_number), 160 / 5 - 4, 160 / 5 + 8);
  assert_int_equal(toy.now, 160 * MS);
  finish();
}

static void interval_is_taken_from_the_setting(void **state) {
  start_of(PROFILE_py314, 0);
  sched->gil.interval_us = 500;
  toy_add(sched, 0, computes_40_ms);
  toy_add(sched, 0, computes_1_ms);
  toy_run();
  assert_int_equal(when('A', "asked", 0), 500 * US);
  finish();
}

static void sleeps_when_asked(SchedThread *t) {
  tell(t, "got");
  toy_compute(6 * MS); /* asked at 5 ms, but no check point */
  assert_true(atomic_load(&t->breaker) & BREAK_DROP);
  sched_sleep_until(t, toy.now + 10 * MS);
  assert_false(atomic_load(&t->breaker) & BREAK_DROP); /* taking the lock clears an old request */
  tell(t, "back");
}
static void old_request_is_cleared_by_taking(void **state) {
  start_of(PROFILE_py314, 0);
  toy_add(sched, 0, sleeps_when_asked);
  toy_add(sched, 0, computes_1_ms);
  toy_run();
  assert_int_equal(when('B', "got", 0), 6 * MS);
  assert_int_equal(when('A', "back", 0), 16 * MS);
  finish();
}

static void finalizes(SchedThread *t) {
  tell(t, "got");
  toy_compute(6 * MS); /* B has asked by now */
  sched_finalize(t);
  sched_blocking_begin(t); /* would wait for B for ever, had B not withdrawn */
  toy_compute(20 * MS);
  sched_blocking_end(t);
  tell(t, "done");
}
static void nobody_runs_after_the_end_but_the_finalizer(void **state) {
  start_of(PROFILE_py314, 0);
  toy_add(sched, 0, finalizes);
  ToyFiber *b = toy_add(sched, 0, computes_1_ms);
  toy_run();
  assert_true(when('A', "done", 0) >= 26 * MS);
  assert_int_equal(when('B', "got", 0), -1);
  assert_false(b->ended); /* it hangs */
  finish();
}

static void computes_in_ticks(SchedThread *t) {
  tell(t, "got");
  for (int i = 0; i < 400; i++) {
    toy_compute(100 * US);
    sched_tick(t);
  }
  tell(t, "done");
}
static void tick_lock_forces_nothing(void **state) {
  start_of(PROFILE_py27, 50 * US); /* the holder is back before a woken waiter */
  toy_add(sched, 0, computes_in_ticks);
  toy_add(sched, 0, computes_in_ticks);
  toy_run();
  assert_true(when('B', "got", 0) >= when('A', "done", 0));
  assert_int_equal(atomic_load(&sched->gil.switch_number), 2);
  finish();
}

static void asks_twice(SchedThread *t) {
  tell(t, "got");
  compute(t, 12 * MS, 100 * US);
  tell(t, "done");
}
static void turns_alternate_between_two(void **state) {
  start_of(PROFILE_py314, 0);
  toy_add(sched, 0, asks_twice);
  toy_add(sched, 0, asks_twice);
  toy_run();
  assert_int_equal(when('A', "asked", 0), 5 * MS);
  assert_int_equal(when('B', "asked", 0), 10 * MS);
  assert_int_equal(when('A', "asked", 1), 15 * MS);
  assert_int_equal(toy.now, 24 * MS);
  finish();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lone_thread_never_switches),
      cmocka_unit_test(waiter_asks_after_its_own_interval),
      cmocka_unit_test(holder_runs_on_to_its_next_check_point),
      cmocka_unit_test(drop_request_waits_for_switch),
      cmocka_unit_test(voluntary_release_may_take_it_straight_back),
      cmocka_unit_test(each_waiter_restarts_its_interval_after_a_switch),
      cmocka_unit_test(interval_is_taken_from_the_setting),
      cmocka_unit_test(old_request_is_cleared_by_taking),
      cmocka_unit_test(nobody_runs_after_the_end_but_the_finalizer),
      cmocka_unit_test(tick_lock_forces_nothing),
      cmocka_unit_test(turns_alternate_between_two),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
