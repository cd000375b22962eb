/* gc_module.c - the module gc. Next: runtime/gc.c. CPython: Modules/gcmodule.c. */
#include "runtime/gc.h"
#include "runtime/reclaim.h"

#include "runtime/module.h"

static Value collect(NATIVE_ARGS) {
  static const char *const names[] = {"generation"};
  static const ArgSpec spec = {"collect", 0, 1, 0, 1, names};
  Value given[1];
  int generation = 2;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (given[0] && num_as_int(ts, given[0], &generation) < 0) return NULL;
  if (generation < 0 || generation > 2) return err_format(ts, EXC(ValueError), "invalid generation");
  reclaim_of_all_threads(ts);
  return int_from_i64(ts, gc_collect(ts));
}
static Value enable(NATIVE_ARGS) {
  ts->interp->gc_enabled = true;
  return V_NONE;
}
static Value disable(NATIVE_ARGS) {
  ts->interp->gc_enabled = false;
  return V_NONE;
}
static Value isenabled(NATIVE_ARGS) { return bool_value(ts->interp->gc_enabled); }
static Value get_threshold(NATIVE_ARGS) {
  int *t = ts->interp->gc_threshold;
  return tuple_steal3(ts, small_int_value(t[0]), small_int_value(t[1]), small_int_value(t[2]));
}
static Value set_threshold(NATIVE_ARGS) {
  for (ssize_t i = 0; i < nargs; i++)
    if (num_as_int(ts, args[i], &ts->interp->gc_threshold[i]) < 0) return NULL;
  heap_of(ts)->gc_threshold_now = ts->interp->gc_threshold[0];
  return V_NONE;
}
static Value get_count(NATIVE_ARGS) { return tuple_steal3(ts, int_from_i64(ts, heap_of(ts)->gc_allocations), small_int_value(0), small_int_value(0)); }
static Value get_stats(NATIVE_ARGS) {
  Value list = list_new(ts, 3);
  for (int i = 0; list && i < 3; i++) {
    Value d = dict_new(ts);
    bool last = i == 2;
    if (d == NULL || dict_set_cstr(ts, d, "collections", int_from_i64(ts, last ? ts->interp->gc_collections : 0)) < 0 ||
        dict_set_cstr(ts, d, "collected", int_from_i64(ts, last ? ts->interp->gc_collected : 0)) < 0 ||
        dict_set_cstr(ts, d, "uncollectable", small_int_value(0)) < 0 || list_append_steal(ts, list, d) < 0)
      CLEAR(list);
  }
  return list;
}
typedef struct {
  ThreadState *ts;
  Value list, target; /* target: a tuple */
} Search;
static int add_object(Value v, void *arg) {
  Search *s = arg;
  return v->shape == NULL || v == s->list ? 0 : list_append(s->ts, s->list, v);
}
static Value get_objects(NATIVE_ARGS) {
  Search s = {ts, list_new(ts, 1024), NULL};
  STOP_WORLD(ts);
  if (s.list && gc_each_object(ts->interp, add_object, &s) < 0) CLEAR(s.list);
  START_WORLD(ts);
  return s.list;
}
static int is_wanted(Value v, void *arg) {
  Search *s = arg;
  for (ssize_t i = 0; i < tuple_len(s->target); i++)
    if (tuple_get(s->target, i) == v) return 1;
  return 0;
}
static int add_referrer(Value v, void *arg) {
  Search *s = arg;
  Type *type = shape_of(v)->type;
  if (v == s->list || v == s->target || type->slots.traverse == NULL) return 0;
  return type->slots.traverse(v, is_wanted, s) ? list_append(s->ts, s->list, v) : 0;
}
static Value get_referrers(NATIVE_ARGS) {
  Search s = {ts, list_new(ts, 8), tuple_from_items(ts, args, nargs)};
  STOP_WORLD(ts);
  if (s.list && s.target && gc_each_object(ts->interp, add_referrer, &s) < 0) CLEAR(s.list);
  START_WORLD(ts);
  xdecref(ts, s.target);
  return s.list;
}
static int add_referent(Value v, void *arg) { return list_append(((Search *)arg)->ts, ((Search *)arg)->list, v); }
static Value get_referents(NATIVE_ARGS) {
  Search s = {ts, list_new(ts, 8), NULL};
  for (ssize_t i = 0; s.list && i < nargs; i++) {
    if (!gc_is_tracked(args[i])) continue;
    Type *type = shape_of(args[i])->type;
    if (type->slots.traverse && type->slots.traverse(args[i], add_referent, &s) < 0) CLEAR(s.list);
  }
  return s.list;
}
static Value is_tracked(NATIVE_ARGS) { return bool_value(gc_is_tracked(args[0])); }
static Value is_finalized(NATIVE_ARGS) { return bool_value(is_object(args[0]) && args[0]->gc & GC_FINALIZED); }
static Value freeze(NATIVE_ARGS) { return V_NONE; }
static Value get_freeze_count(NATIVE_ARGS) { return small_int_value(0); }
static Value get_debug(NATIVE_ARGS) { return small_int_value(ts->interp->gc_debug); }
static Value set_debug(NATIVE_ARGS) {
  int flags;
  if (num_as_int(ts, args[0], &flags) < 0) return NULL;
  ts->interp->gc_debug = flags;
  return V_NONE;
}

static const MethodDef methods[] = {
    {"collect", collect, 0, 1, METHOD_KW, "collect($module, /, generation=2)\n--\n\nRun the garbage collector."},
    {"enable", enable, 0, 0, 0, "Enable automatic garbage collection."},
    {"disable", disable, 0, 0, 0, "Disable automatic garbage collection."},
    {"isenabled", isenabled, 0, 0, 0, "Returns true if automatic garbage collection is enabled."},
    {"get_threshold", get_threshold, 0, 0, 0, "Return the current collection thresholds."},
    {"set_threshold", set_threshold, 1, 3, 0, "set_threshold(threshold0, [threshold1, threshold2]) -> None"},
    {"get_count", get_count, 0, 0, 0, "Return a three-tuple of the current collection counts."},
    {"get_stats", get_stats, 0, 0, 0, "Return a list of dictionaries containing per-generation statistics."},
    {"get_objects", get_objects, 0, 1, METHOD_KW, "Return a list of objects tracked by the collector."},
    {"get_referrers", get_referrers, 0, -1, 0, "get_referrers(*objs) -> list"},
    {"get_referents", get_referents, 0, -1, 0, "get_referents(*objs) -> list"},
    {"is_tracked", is_tracked, 1, 1, 0, "Returns true if the object is tracked by the garbage collector."},
    {"is_finalized", is_finalized, 1, 1, 0, "Returns true if the object has been already finalized by the GC."},
    {"freeze", freeze, 0, 0, 0, "Freeze all current tracked objects and ignore them for future collections."},
    {"unfreeze", freeze, 0, 0, 0, "Unfreeze all objects in the permanent generation."},
    {"get_freeze_count", get_freeze_count, 0, 0, 0, "Return the number of objects in the permanent generation."},
    {"set_debug", set_debug, 1, 1, 0, "Set the garbage collection debugging flags: DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_SAVEALL, ... added up."},
    {"get_debug", get_debug, 0, 0, 0, "Get the garbage collection debugging flags."},
    {0}};

static int start(ThreadState *ts, Value module) {
  static const struct {
    const char *name;
    int flags;
  } flags[] = {{"DEBUG_STATS", GC_DEBUG_STATS}, {"DEBUG_COLLECTABLE", GC_DEBUG_COLLECTABLE}, {"DEBUG_UNCOLLECTABLE", GC_DEBUG_UNCOLLECTABLE}, {"DEBUG_SAVEALL", GC_DEBUG_SAVEALL},
               {"DEBUG_LEAK", GC_DEBUG_COLLECTABLE | GC_DEBUG_UNCOLLECTABLE | GC_DEBUG_SAVEALL}};
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (module_add_int(ts, module, flags[i].name, flags[i].flags) < 0) return -1;
  Value garbage = list_new(ts, 0);
  if (garbage == NULL) return -1;
  replace(ts, &ts->interp->gc_garbage, incref(garbage));
  return module_add(ts, module, "garbage", garbage) < 0 || module_add(ts, module, "callbacks", list_new(ts, 0)) < 0 ? -1 : 0;
}

const ModuleDef gc_module_def = {.name = "gc", .doc = "This module provides access to the garbage collector for reference cycles.", .methods = methods, .start = start};
