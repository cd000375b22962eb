/* test_dict.c - dict as C code uses it: order, growth, versions, errors. Next: runtime/types/dict.c. */
#include "tests/c/gilly_test.h"

static void fill(ThreadState *ts, Value d, int64_t n) {
  for (int64_t i = 0; i < n; i++) assert_int_equal(dict_set(ts, d, small_int_value(i * 7919), small_int_value(i)), 0);
}

static void what_was_set_is_found_through_every_growth(void **state) {
  ThreadState *ts = *state;
  Value d = dict_new(ts);
  enum { N = 70000 }; /* the index goes from one byte an entry to four */
  fill(ts, d, N);
  assert_int_equal(dict_len(d), N);
  for (int64_t i = 0; i < N; i++) assert_ptr_equal(dict_get(ts, d, small_int_value(i * 7919)), small_int_value(i));
  assert_null(dict_get(ts, d, small_int_value(1)));
  assert_false(err_occurred(ts));
  decref(ts, d);
}

static void order_is_insertion_order_also_after_deletes(void **state) {
  ThreadState *ts = *state;
  Value d = dict_new(ts), key, value;
  fill(ts, d, 100);
  for (int64_t i = 0; i < 100; i += 2) assert_int_equal(dict_delete(ts, d, small_int_value(i * 7919)), 0);
  assert_int_equal(dict_set(ts, d, small_int_value(0), V_NONE), 0); /* comes last now */
  ssize_t pos = 0;
  for (int64_t i = 1; i < 100; i += 2) {
    assert_true(dict_next(d, &pos, &key, &value));
    assert_ptr_equal(value, small_int_value(i));
  }
  assert_true(dict_next(d, &pos, &key, &value));
  assert_ptr_equal(key, small_int_value(0));
  assert_false(dict_next(d, &pos, &key, &value));
  decref(ts, d);
}

static void equal_numbers_are_one_key(void **state) {
  ThreadState *ts = *state;
  Value d = dict_new(ts);
  assert_int_equal(dict_set(ts, d, small_int_value(1), small_int_value(10)), 0);
  assert_int_equal(dict_set(ts, d, V_TRUE, small_int_value(20)), 0);
  assert_int_equal(dict_set(ts, d, small_float_value(1.0), small_int_value(30)), 0);
  assert_int_equal(dict_len(d), 1);
  assert_ptr_equal(dict_get(ts, d, small_int_value(1)), small_int_value(30));
  decref(ts, d);
}

static void keys_version_outlives_stores_but_not_new_keys(void **state) {
  ThreadState *ts = *state;
  Value d = dict_new(ts);
  assert_int_equal(dict_set_cstr(ts, d, "a", V_NONE), 0);
  uint32_t version = dict_keys_version(ts, as_dict(d));
  assert_true(version != 0);
  assert_int_equal(dict_set_cstr(ts, d, "a", V_TRUE), 0);
  assert_int_equal(dict_keys_version(ts, as_dict(d)), version);
  assert_int_equal(dict_set_cstr(ts, d, "b", V_TRUE), 0);
  assert_true(dict_keys_version(ts, as_dict(d)) != version);
  decref(ts, d);
}

static void a_dict_counts_its_references(void **state) {
  ThreadState *ts = *state;
  Value d = dict_new(ts), item = list_new(ts, 0);
  assert_int_equal(dict_set_cstr(ts, d, "item", item), 0);
  assert_int_equal(item->refcnt, 2);
  assert_int_equal(dict_set_cstr(ts, d, "item", V_NONE), 0);
  assert_int_equal(item->refcnt, 1);
  assert_int_equal(dict_set_cstr(ts, d, "item", item), 0);
  decref(ts, d);
  assert_int_equal(item->refcnt, 1);
  decref(ts, item);
}

static void a_missing_or_unhashable_key_raises(void **state) {
  ThreadState *ts = *state;
  Value d = dict_new(ts), list = list_new(ts, 0);
  assert_int_equal(dict_delete(ts, d, V_NONE), -1);
  assert_true(err_matches(ts, EXC(KeyError)));
  err_clear(ts);
  assert_int_equal(dict_set(ts, d, list, V_NONE), -1);
  assert_true(err_matches(ts, EXC(TypeError)));
  err_clear(ts);
  assert_int_equal(dict_len(d), 0);
  decref(ts, list);
  decref(ts, d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(what_was_set_is_found_through_every_growth),
      TEST(order_is_insertion_order_also_after_deletes),
      TEST(equal_numbers_are_one_key),
      TEST(keys_version_outlives_stores_but_not_new_keys),
      TEST(a_dict_counts_its_references),
      TEST(a_missing_or_unhashable_key_raises),
  };
  return cmocka_run_group_tests_name("dict", tests, NULL, NULL);
}
