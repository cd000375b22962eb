/* atexit.c - the module atexit: functions to call at the end, last in first out (interp_free calls _run_exitfuncs).
 * Keeps true: an entry is a tuple (function, args, keywords or None); a dropped one is None. CPython: Modules/atexitmodule.c. */
#include "runtime/module.h"

typedef struct {
  Value entries; /* list */
} State;
static Value entries(Value module) { return ((State *)module_state(module))->entries; }

static Value atexit_register(NATIVE_ARGS) {
  if (nargs < 1) return err_format(ts, EXC(TypeError), "register() takes at least 1 argument (0 given)");
  if (!is_callable(ts, args[0])) return err_format(ts, EXC(TypeError), "the first argument must be callable");
  Value keywords = kwnames && tuple_len(kwnames) ? dict_new(ts) : V_NONE;
  for (ssize_t k = 0; keywords && kwnames && k < tuple_len(kwnames); k++)
    if (dict_set(ts, keywords, tuple_get(kwnames, k), args[nargs + k]) < 0) CLEAR(keywords);
  Value given = keywords ? tuple_from_items(ts, args + 1, nargs - 1) : NULL;
  if (given == NULL) {
    xdecref(ts, keywords);
    return NULL;
  }
  Value entry = tuple_steal3(ts, incref(args[0]), given, keywords);
  return entry == NULL || list_append_steal(ts, entries(self), entry) < 0 ? NULL : incref(args[0]);
}
/* An exception is reported and the others run; the last first. */
static Value run(NATIVE_ARGS) {
  Value all = entries(self);
  while (all && list_len(all) > 0) {
    Value entry = as_list(all)->items[--as_list(all)->length];
    if (entry == V_NONE) continue;
    Value keywords = tuple_get(entry, 2);
    Value r = call_tuple_dict(ts, tuple_get(entry, 0), tuple_get(entry, 1), keywords == V_NONE ? NULL : keywords);
    if (r == NULL) err_write_unraisable(ts, tuple_get(entry, 0));
    xdecref(ts, r);
    decref(ts, entry);
  }
  return V_NONE;
}
static Value clear(NATIVE_ARGS) {
  list_clear(ts, entries(self));
  return V_NONE;
}
static Value ncallbacks(NATIVE_ARGS) { return small_int_value(list_len(entries(self))); }
static Value unregister(NATIVE_ARGS) {
  Value all = entries(self);
  for (ssize_t i = 0; i < list_len(all); i++) {
    Value entry = incref(list_get(all, i));
    int same = entry == V_NONE ? 0 : compare_bool(ts, tuple_get(entry, 0), args[0], CMP_EQ);
    if (same > 0 && i < list_len(all) && list_get(all, i) == entry) replace(ts, &as_list(all)->items[i], V_NONE);
    decref(ts, entry);
    if (same < 0) return NULL;
  }
  return V_NONE;
}
static const MethodDef methods[] = {{"register", atexit_register, 0, -1, METHOD_KW, "register(func, *args, **kwargs) -> func\n\nRegister a function to be executed upon normal program termination"},
                                    {"unregister", unregister, 1, 1, 0, "unregister(func) -> None"}, {"_clear", clear, 0, 0, 0, "_clear() -> None"}, {"_ncallbacks", ncallbacks, 0, 0, 0, "_ncallbacks() -> int"}, {"_run_exitfuncs", run, 0, 0, 0, "_run_exitfuncs() -> None"}, {0}};
static int start(ThreadState *ts, Value module) {
  ((State *)module_state(module))->entries = list_new(ts, 0);
  return entries(module) ? 0 : -1;
}
const ModuleDef atexit_module_def = {.name = "atexit", .doc = "allow programmer to define multiple exit functions to be executed\nupon normal program termination.", .methods = methods, .start = start, .state_size = sizeof(State), .owned_values = 1};
