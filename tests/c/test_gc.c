/* test_gc.c - what counting frees at once, and what the cycle collector must find. Next: runtime/gc.c. */
#include "tests/c/gilly_test.h"

#include "runtime/gc.h"

static int count_one(Value v, void *arg) {
  ++*(int64_t *)arg;
  return 0;
}
static int64_t live(ThreadState *ts) {
  int64_t n = 0;
  gc_each_object(ts->interp, count_one, &n);
  return n;
}

static void a_list_in_itself_is_collected(void **state) {
  ThreadState *ts = *state;
  gc_collect(ts);
  int64_t before = live(ts);
  Value list = list_new(ts, 0);
  assert_int_equal(list_append(ts, list, list), 0);
  assert_int_equal(list->refcnt, 2);
  assert_int_equal(live(ts), before + 1);
  decref(ts, list); /* only its own item holds it now */
  assert_int_equal(live(ts), before + 1);
  assert_true(gc_collect(ts) >= 1);
  assert_int_equal(live(ts), before);
}

static void a_cycle_that_C_holds_stays(void **state) {
  ThreadState *ts = *state;
  gc_collect(ts);
  int64_t before = live(ts);
  Value list = list_new(ts, 0);
  assert_int_equal(list_append(ts, list, list), 0);
  gc_collect(ts);
  assert_int_equal(live(ts), before + 1);
  assert_int_equal(list_len(list), 1);
  assert_ptr_equal(list_get(list, 0), list);
  decref(ts, list);
  gc_collect(ts);
  assert_int_equal(live(ts), before);
}

static void what_holds_no_cycle_is_freed_without_the_collector(void **state) {
  ThreadState *ts = *state;
  int64_t before = live(ts);
  Value outer = list_new(ts, 0), inner = list_new(ts, 0);
  assert_int_equal(list_append_steal(ts, outer, inner), 0);
  assert_int_equal(live(ts), before + 2);
  decref(ts, outer);
  assert_int_equal(live(ts), before);
}

static void a_large_object_takes_part(void **state) {
  ThreadState *ts = *state;
  gc_collect(ts);
  int64_t before = live(ts);
  enum { N = 1000 }; /* past 512 bytes: a block outside the pages */
  Value t = tuple_new(ts, N), list = list_new(ts, 0);
  assert_true(t->flags & OBJ_LARGE);
  for (int i = 0; i < N; i++) tuple_items(t)[i] = incref(list);
  assert_int_equal(list_append_steal(ts, list, t), 0);
  assert_int_equal(live(ts), before + 2);
  decref(ts, list);
  gc_collect(ts);
  assert_int_equal(live(ts), before);
}

static void finalizers_of_a_cycle_run_once_and_may_bring_it_back(void **state) {
  ThreadState *ts = *state;
  Value g = new_globals(ts);
  run(ts, g,
      "saved = []\n"
      "class Phoenix:\n"
      "    def __del__(self): saved.append(self)\n"
      "p = Phoenix(); p.self = p; del p");
  gc_collect(ts);
  assert_int_equal(list_len(global(ts, g, "saved")), 1);
  run(ts, g, "assert saved[0].self is saved[0]\nsaved.clear()");
  gc_collect(ts);
  assert_int_equal(list_len(global(ts, g, "saved")), 0);
  decref(ts, g);
}

static void the_collector_runs_by_itself(void **state) {
  ThreadState *ts = *state;
  Value g = new_globals(ts);
  int64_t before = ts->interp->gc_collections;
  run(ts, g,
      "for i in range(100000):\n"
      "    cycle = []\n"
      "    cycle.append(cycle)");
  assert_true(ts->interp->gc_collections > before);
  assert_true(live(ts) < 100000);
  decref(ts, g);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_list_in_itself_is_collected),
      TEST(a_cycle_that_C_holds_stays),
      TEST(what_holds_no_cycle_is_freed_without_the_collector),
      TEST(a_large_object_takes_part),
      TEST(finalizers_of_a_cycle_run_once_and_may_bring_it_back),
      TEST(the_collector_runs_by_itself),
  };
  return cmocka_run_group_tests_name("gc", tests, NULL, NULL);
}
