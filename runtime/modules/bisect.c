/* bisect.c - the module _bisect. Next: runtime/lib/bisect.py. CPython: Modules/_bisectmodule.c. */
#include "runtime/module.h"

typedef struct {
  Value a, x, key; /* key NULL: none */
  ssize_t lo, hi;
} Search;
static int bind(ThreadState *ts, const char *name, Value *args, ssize_t nargs, Value kwnames, Search *s) {
  static const char *const names[] = {"a", "x", "lo", "hi", "key"};
  ArgSpec spec = {name, 0, 4, 2, 5, names};
  Value given[5];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  *s = (Search){given[0], given[1], given[4] && given[4] != V_NONE ? given[4] : NULL, 0, -1};
  if (given[2] && (s->lo = num_as_ssize(ts, given[2], EXC(OverflowError))) == -1 && err_occurred(ts)) return -1;
  if (given[3] && given[3] != V_NONE && (s->hi = num_as_ssize(ts, given[3], EXC(OverflowError))) == -1 && err_occurred(ts)) return -1;
  if (s->lo < 0) {
    err_format(ts, EXC(ValueError), "lo must be non-negative");
    return -1;
  }
  if (s->hi == -1 && (s->hi = length(ts, s->a)) < 0) return -1;
  return 0;
}
static ssize_t search(ThreadState *ts, Search *s, Value x, bool right) {
  ssize_t lo = s->lo, hi = s->hi;
  while (lo < hi) {
    ssize_t middle = (ssize_t)(((size_t)lo + (size_t)hi) / 2);
    Value item = is_kind(s->a, K_LIST) && middle < list_len(s->a) ? incref(list_get(s->a, middle)) : seq_get(ts, s->a, middle);
    if (item && s->key) {
      Value k = call1(ts, s->key, item);
      decref(ts, item);
      item = k;
    }
    if (item == NULL) return -1;
    int less = both_small_int(item, x) ? (right ? small_int(x) < small_int(item) : small_int(item) < small_int(x)) : right ? compare_bool(ts, x, item, CMP_LT) : compare_bool(ts, item, x, CMP_LT);
    decref(ts, item);
    if (less < 0) return -1;
    if (less == right) hi = middle;
    else lo = middle + 1;
  }
  return lo;
}
static Value bisect(ThreadState *ts, const char *name, Value *args, ssize_t nargs, Value kwnames, bool right) {
  Search s;
  if (bind(ts, name, args, nargs, kwnames, &s) < 0) return NULL;
  ssize_t i = search(ts, &s, s.x, right);
  return i < 0 ? NULL : int_from_i64(ts, i);
}
static Value insort(ThreadState *ts, const char *name, Value *args, ssize_t nargs, Value kwnames, bool right) {
  Search s;
  if (bind(ts, name, args, nargs, kwnames, &s) < 0) return NULL;
  HOLD(ts, OBJECT_TO_LOCK(ts, s.a));
  Value x = s.key ? call1(ts, s.key, s.x) : incref(s.x);
  ssize_t i = x ? search(ts, &s, x, right) : -1;
  xdecref(ts, x);
  if (i < 0) return NULL;
  if (is_kind(s.a, K_LIST)) return list_insert(ts, s.a, i, s.x) < 0 ? NULL : V_NONE;
  Value at = int_from_i64(ts, i), r = at ? call_method2(ts, s.a, ID(insert), at, s.x) : NULL;
  xdecref(ts, at);
  if (r == NULL) return NULL;
  decref(ts, r);
  return V_NONE;
}
static Value bisect_right(NATIVE_ARGS) { return bisect(ts, "bisect_right", args, nargs, kwnames, true); }
static Value bisect_left(NATIVE_ARGS) { return bisect(ts, "bisect_left", args, nargs, kwnames, false); }
static Value insort_right(NATIVE_ARGS) { return insort(ts, "insort_right", args, nargs, kwnames, true); }
static Value insort_left(NATIVE_ARGS) { return insort(ts, "insort_left", args, nargs, kwnames, false); }
#define SIGNATURE(name) name "($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
static const MethodDef methods[] = {{"bisect_right", bisect_right, 0, -1, METHOD_KW, SIGNATURE("bisect_right") "Where to insert x behind its equals."}, {"bisect_left", bisect_left, 0, -1, METHOD_KW, SIGNATURE("bisect_left") "Where to insert x before its equals."},
                                    {"insort_right", insort_right, 0, -1, METHOD_KW, SIGNATURE("insort_right") "Insert x behind its equals."}, {"insort_left", insort_left, 0, -1, METHOD_KW, SIGNATURE("insort_left") "Insert x before its equals."}, {0}};
const ModuleDef bisect_module_def = {.name = "_bisect", .doc = "Bisection algorithms.", .methods = methods};
