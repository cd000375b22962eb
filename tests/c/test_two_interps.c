/* test_two_interps.c - two Interps side by side in one process share nothing. Next: interp/vm/interp.c. */
#include "tests/c/gilly_test.h"

typedef struct {
  ThreadState *a, *b;
  Value ga, gb; /* a namespace in each */
} Pair;

static int start_pair(void **state) {
  static Pair pair;
  static Options options;
  pair.a = interp_new(NULL);
  pair.b = interp_new(&options);
  if (pair.a == NULL || pair.b == NULL) return -1;
  pair.ga = new_globals(pair.a);
  pair.gb = new_globals(pair.b);
  *state = &pair;
  return 0;
}
static int end_pair(void **state) {
  Pair *p = *state;
  decref(p->a, p->ga);
  decref(p->b, p->gb);
  assert_int_equal(interp_free(p->a), 0);
  assert_int_equal(interp_free(p->b), 0);
  return 0;
}

static void globals_are_separate(void **state) {
  Pair *p = *state;
  run(p->a, p->ga, "x = 1");
  run(p->b, p->gb, "x = 2");
  run(p->a, p->ga, "x += 10");
  assert_int_equal(small_int(global(p->a, p->ga, "x")), 11);
  assert_int_equal(small_int(global(p->b, p->gb, "x")), 2);
}

static void interned_strings_are_separate(void **state) {
  Pair *p = *state;
  Value a = str_intern_cstr(p->a, "gilly_name"), b = str_intern_cstr(p->b, "gilly_name"), again = str_intern_cstr(p->a, "gilly_name");
  assert_ptr_equal(a, again);
  assert_ptr_not_equal(a, b);
  decref(p->a, a);
  decref(p->a, again);
  decref(p->b, b);
}

static void types_and_modules_are_separate(void **state) {
  Pair *p = *state;
  assert_ptr_not_equal(p->a->interp->types[K_LIST], p->b->interp->types[K_LIST]);
  assert_ptr_not_equal(p->a->interp->modules, p->b->interp->modules);
  run(p->a, p->ga, "import math; math.answer = 42");
  run(p->b, p->gb, "import math\nassert not hasattr(math, 'answer')");
}

static void one_may_fail_while_the_other_goes_on(void **state) {
  Pair *p = *state;
  static const char source[] = "1 / 0";
  Value name = str_from_ascii(p->a, "<test>");
  assert_null(run_source(p->a, source, sizeof source - 1, name, p->ga));
  decref(p->a, name);
  assert_true(err_matches(p->a, ((Value)p->a->interp->exceptions[EXC_ZeroDivisionError])));
  assert_false(err_occurred(p->b));
  run(p->b, p->gb, "y = sum(range(10))");
  err_clear(p->a);
  assert_int_equal(small_int(global(p->b, p->gb, "y")), 45);
}

static void library_modules_run_in_both(void **state) {
  Pair *p = *state;
  static const char source[] = "import functools\nr = functools.reduce(lambda x, y: x * y, range(1, 6))";
  add_library(p->a);
  add_library(p->b);
  run(p->a, p->ga, source);
  run(p->b, p->gb, source);
  assert_int_equal(small_int(global(p->a, p->ga, "r")), 120);
  assert_int_equal(small_int(global(p->b, p->gb, "r")), 120);
}

static void one_may_end_before_the_other(void **state) {
  ThreadState *a = interp_new(NULL), *b = interp_new(NULL);
  assert_non_null(a);
  assert_non_null(b);
  Value gb = new_globals(b);
  run(b, gb, "words = ['a', 'b']");
  assert_int_equal(interp_free(a), 0);
  run(b, gb, "words.append('c')");
  assert_int_equal(list_len(global(b, gb, "words")), 3);
  decref(b, gb);
  assert_int_equal(interp_free(b), 0);
}

static void a_hundred_one_after_the_other(void **state) {
  for (int i = 0; i < 100; i++) {
    ThreadState *ts = interp_new(NULL);
    assert_non_null(ts);
    assert_int_equal(interp_free(ts), 0);
  }
}

#define PAIR_TEST(name) cmocka_unit_test_setup_teardown(name, start_pair, end_pair)
int main(void) {
  const struct CMUnitTest tests[] = {
      PAIR_TEST(globals_are_separate),
      PAIR_TEST(interned_strings_are_separate),
      PAIR_TEST(types_and_modules_are_separate),
      PAIR_TEST(one_may_fail_while_the_other_goes_on),
      PAIR_TEST(library_modules_run_in_both),
      cmocka_unit_test(one_may_end_before_the_other),
      cmocka_unit_test(a_hundred_one_after_the_other),
  };
  return cmocka_run_group_tests_name("two interps", tests, NULL, NULL);
}
