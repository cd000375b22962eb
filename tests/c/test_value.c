/* test_value.c - the coding of ints and floats in a word, at its edges. Next: runtime/value.h. */
#include "tests/c/gilly_test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* ---- ints ---- */

static void small_ints_round_trip(void **state) {
  int64_t edges[] = {0, 1, -1, INT32_MAX, INT32_MIN, SMALL_INT_MAX - 1, SMALL_INT_MAX, SMALL_INT_MIN + 1, SMALL_INT_MIN};
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
    Value v = small_int_value(edges[i]);
    assert_true(is_small_int(v));
    assert_false(is_object(v));
    assert_false(is_small_float(v));
    assert_false(is_special(v));
    assert_int_equal(small_int(v), edges[i]);
  }
}

static void only_63_bits_fit(void **state) {
  assert_true(fits_small_int(SMALL_INT_MAX));
  assert_true(fits_small_int(SMALL_INT_MIN));
  assert_false(fits_small_int(SMALL_INT_MAX + 1));
  assert_false(fits_small_int(SMALL_INT_MIN - 1));
}

static void ints_past_the_edge_are_objects_and_come_back(void **state) {
  ThreadState *ts = *state;
  Value big = int_from_i64(ts, SMALL_INT_MAX + 1);
  assert_non_null(big);
  assert_true(is_object(big));
  assert_int_equal(kind_of(big), K_INT);
  Value back = num_binary(ts, NB_SUBTRACT, big, small_int_value(1));
  assert_ptr_equal(back, small_int_value(SMALL_INT_MAX));
  decref(ts, big);
}

static void the_sum_of_two_small_ints_may_be_an_object(void **state) {
  ThreadState *ts = *state;
  Value edge = small_int_value(SMALL_INT_MAX), sum = num_binary(ts, NB_ADD, edge, edge);
  int64_t n;
  assert_true(is_object(sum));
  assert_true(int_fits_i64(sum, &n));
  assert_true(n == 2 * SMALL_INT_MAX);
  decref(ts, sum);
}

/* ---- floats ---- */

static bool same_bits(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

static void middle_floats_are_immediate(void **state) {
  double edges[] = {1.0, -1.0, 0.1, M_PI, 1e76, -1e-76, 0x1p-255, -0x1p-255, nextafter(0x1p257, 0), -nextafter(0x1p257, 0)};
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
    Value v = small_float_value(edges[i]);
    assert_non_null(v);
    assert_true(is_small_float(v));
    assert_false(is_small_int(v));
    assert_false(is_object(v));
    assert_true(same_bits(small_float(v), edges[i]));
  }
}

static void far_floats_need_a_box(void **state) {
  double edges[] = {nextafter(0x1p-255, 0), 0x1p257, -0x1p257, DBL_MIN, DBL_TRUE_MIN, DBL_MAX, INFINITY, -INFINITY, NAN};
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) assert_null(small_float_value(edges[i]));
}

static void zeros_are_specials_that_keep_their_sign(void **state) {
  assert_ptr_equal(small_float_value(0.0), V_ZERO);
  assert_ptr_equal(small_float_value(-0.0), V_NEGATIVE_ZERO);
  assert_true(same_bits(float_value(V_ZERO), 0.0));
  assert_true(same_bits(float_value(V_NEGATIVE_ZERO), -0.0));
  assert_int_equal(kind_of(V_ZERO), K_FLOAT);
}

static void every_double_round_trips(void **state) {
  ThreadState *ts = *state;
  srand48(1);
  for (int i = 0; i < 200000; i++) {
    uint64_t bits = (uint64_t)mrand48() << 32 ^ (uint64_t)(uint32_t)mrand48();
    double d;
    memcpy(&d, &bits, sizeof d);
    Value v = float_new(ts, d);
    assert_non_null(v);
    assert_int_equal(kind_of(v), K_FLOAT);
    assert_true(same_bits(float_value(v), d));
    decref(ts, v);
  }
}

/* ---- specials ---- */

static void specials_are_told_apart(void **state) {
  assert_int_equal(kind_of(V_NONE), K_NONE);
  assert_int_equal(kind_of(V_TRUE), K_BOOL);
  assert_int_equal(kind_of(V_FALSE), K_BOOL);
  assert_int_equal(kind_of(V_ELLIPSIS), K_ELLIPSIS);
  assert_ptr_equal(bool_value(true), V_TRUE);
  for (int i = 0; i < SPECIAL_COUNT; i++) assert_true(is_special(SPECIAL(i)) && !is_object(SPECIAL(i)) && !is_small_int(SPECIAL(i)) && !is_small_float(SPECIAL(i)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(small_ints_round_trip),
      cmocka_unit_test(only_63_bits_fit),
      TEST(ints_past_the_edge_are_objects_and_come_back),
      TEST(the_sum_of_two_small_ints_may_be_an_object),
      cmocka_unit_test(middle_floats_are_immediate),
      cmocka_unit_test(far_floats_need_a_box),
      cmocka_unit_test(zeros_are_specials_that_keep_their_sign),
      TEST(every_double_round_trips),
      cmocka_unit_test(specials_are_told_apart),
  };
  return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
