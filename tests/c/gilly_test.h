/* gilly_test.h - what the unit tests in C share: cmocka, an Interp for a group of tests, running a line of Python.
 * Keeps true: each test file is one program; its main() runs one group.
 * Next: test_value.c (the simplest), interp/vm/interp.h. */
#ifndef TESTS_C_GILLY_TEST_H
#define TESTS_C_GILLY_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "interp/vm/import.h"
#include "interp/vm/interp.h"
#include "runtime/module.h"

/* A fresh Interp of its own for each test: use with cmocka_unit_test_setup_teardown(test, start, end); *state is the ThreadState. */
static inline int start(void **state) {
  *state = interp_new(NULL);
  return *state ? 0 : -1;
}
static inline int end(void **state) {
  return interp_free(*state) == 0 ? 0 : -1; /* a test that leaks fails */
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

/* A namespace to run source in: OWNED dict. */
static inline Value new_globals(ThreadState *ts) {
  Value globals = dict_new(ts);
  assert_non_null(globals);
  assert_int_equal(dict_set(ts, globals, ID(__builtins__), ts->interp->builtins_module), 0);
  return globals;
}

/* Let ts import the library that is embedded in the program. */
static inline void add_library(ThreadState *ts) {
  Value path = str_from_ascii(ts, LIBRARY_PATH);
  assert_int_equal(list_append_steal(ts, dict_get_cstr(ts, (Value)ts->interp->sys_dict, "path"), path), 0);
}

/* Run source; the test fails if it raises. */
static inline void run(ThreadState *ts, Value globals, const char *source) {
  Value filename = str_from_ascii(ts, "<test>");
  Value r = run_source(ts, source, strlen(source), filename, globals);
  if (r == NULL) interp_report(ts);
  assert_non_null(r);
  decref(ts, r);
  decref(ts, filename);
}

/* The value of a global variable, borrowed. */
static inline Value global(ThreadState *ts, Value globals, const char *name) {
  Value v = dict_get_cstr(ts, globals, name);
  assert_non_null(v);
  return v;
}

#endif
