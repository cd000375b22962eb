/* test_shape.c - shapes: who shares one, what changes its version, when attributes move to a dict. Next: runtime/shape.c. */
#include "tests/c/gilly_test.h"

static const char classes[] =
    "class Point:\n"
    "    pass\n"
    "def make(*names):\n"
    "    p = Point()\n"
    "    for name in names:\n"
    "        setattr(p, name, name)\n"
    "    return p\n";

static void the_same_attributes_in_the_same_order_share_a_shape(void **state) {
  ThreadState *ts = *state;
  Value g = new_globals(ts);
  run(ts, g, classes);
  run(ts, g, "make('x', 'y')\na = make('x', 'y')\nb = make('x', 'y')\nc = make('y', 'x')");
  assert_ptr_equal(global(ts, g, "a")->shape, global(ts, g, "b")->shape);
  assert_ptr_not_equal(global(ts, g, "a")->shape, global(ts, g, "c")->shape);
  assert_int_equal(global(ts, g, "a")->shape->count, 2);
  decref(ts, g);
}

static void a_slot_index_never_changes_along_the_tree(void **state) {
  ThreadState *ts = *state;
  Value g = new_globals(ts), x = str_intern_cstr(ts, "x"), y = str_intern_cstr(ts, "y");
  run(ts, g, classes);
  run(ts, g, "a = make('x')");
  Shape *before = global(ts, g, "a")->shape;
  run(ts, g, "a.y = 1");
  Shape *after = global(ts, g, "a")->shape;
  assert_ptr_equal(after->parent, before);
  assert_int_equal(shape_find(before, x), 0);
  assert_int_equal(shape_find(after, x), 0);
  assert_int_equal(shape_find(before, y), -1);
  assert_int_equal(shape_find(after, y), 1);
  decref(ts, x);
  decref(ts, y);
  decref(ts, g);
}

static void later_instances_get_the_slots_their_class_was_seen_to_need(void **state) {
  ThreadState *ts = *state;
  Value g = new_globals(ts);
  run(ts, g, classes);
  run(ts, g, "a = make('x', 'y', 'z')\nb = make('x', 'y', 'z')");
  assert_int_equal(global(ts, g, "b")->shape->inline_slots, 3);
  decref(ts, g);
}

static void a_change_of_the_class_renews_versions(void **state) {
  ThreadState *ts = *state;
  Value g = new_globals(ts);
  run(ts, g, classes);
  run(ts, g, "a = make('x')");
  Shape *shape = global(ts, g, "a")->shape;
  uint32_t before = shape->version;
  run(ts, g, "Point.method = len");
  assert_ptr_equal(global(ts, g, "a")->shape, shape);
  assert_true(shape->version != before);
  decref(ts, g);
}

static void deleting_an_attribute_or_asking_for_dict_moves_attributes_to_a_dict(void **state) {
  ThreadState *ts = *state;
  Value g = new_globals(ts);
  run(ts, g, classes);
  run(ts, g, "a = make('x', 'y')\nb = make('x', 'y')\ndel a.x\nd = b.__dict__\nb.z = 3");
  Value a = global(ts, g, "a"), b = global(ts, g, "b"), d = global(ts, g, "d");
  assert_true(a->shape->is_dict);
  assert_true(b->shape->is_dict);
  assert_int_equal(dict_len(d), 3);
  run(ts, g, "assert a.y == 'y' and not hasattr(a, 'x') and list(d) == ['x', 'y', 'z']");
  decref(ts, g);
}

static void many_attributes_still_hold(void **state) {
  ThreadState *ts = *state;
  Value g = new_globals(ts);
  run(ts, g, classes);
  run(ts, g,
      "names = ['n%d' % i for i in range(300)]\n"
      "a = make(*names)\n"
      "assert all(getattr(a, n) == n for n in names)\n"
      "assert list(vars(a)) == names");
  decref(ts, g);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(the_same_attributes_in_the_same_order_share_a_shape),
      TEST(a_slot_index_never_changes_along_the_tree),
      TEST(later_instances_get_the_slots_their_class_was_seen_to_need),
      TEST(a_change_of_the_class_renews_versions),
      TEST(deleting_an_attribute_or_asking_for_dict_moves_attributes_to_a_dict),
      TEST(many_attributes_still_hold),
  };
  return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}
