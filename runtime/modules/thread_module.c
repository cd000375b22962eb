/* thread_module.c - _thread while there is one thread: locks that know their state, and a clear error for starting threads.
 * Keeps true: a blocking acquire that nobody could ever end is a RuntimeError, not a hang.
 * Next: gil/ (where threads will come from). CPython: Modules/_threadmodule.c. */
#include "runtime/module.h"

typedef struct {
  Object base;
  int64_t count; /* times held; at most 1 for a plain lock */
  bool reentrant;
} Lock;
static Lock *as_lock(Value v) { return (Lock *)v; }
typedef struct {
  Type *lock, *rlock;
} ThreadModule;
static ThreadModule *state(ThreadState *ts) { return module_state(dict_get_cstr(ts, ts->interp->modules, "_thread")); }

static Value acquire(NATIVE_ARGS) {
  static const char *const names[] = {"blocking", "timeout"};
  static const ArgSpec spec = {"acquire", 0, 2, 0, 2, names};
  Value given[2];
  double timeout = -1;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  int blocking = given[0] ? truth(ts, given[0]) : 1;
  if (blocking < 0 || (given[1] && num_as_double(ts, given[1], &timeout) < 0)) return NULL;
  if (!blocking && timeout != -1) return err_format(ts, EXC(ValueError), "can't specify a timeout for a non-blocking call");
  if (blocking && timeout < 0 && timeout != -1) return err_format(ts, EXC(ValueError), "timeout value must be a non-negative number");
  Lock *l = as_lock(self);
  if (l->count == 0 || l->reentrant) {
    l->count++;
    return V_TRUE;
  }
  if (!blocking) return V_FALSE;
  if (timeout < 0) return err_format(ts, EXC(RuntimeError), "deadlock: the only thread waits for a lock that it holds itself");
  int64_t deadline = sched_now_ns(CLOCK_OF_MONOTONIC) + (int64_t)(timeout * 1e9);
  while (sched_sleep_until(&ts->sched, deadline))
    if (ts->interp->up.check_pending(ts) < 0) return NULL;
  return V_FALSE;
}
static Value release(NATIVE_ARGS) {
  Lock *l = as_lock(self);
  if (l->count == 0) return err_format(ts, EXC(RuntimeError), l->reentrant ? "cannot release un-acquired lock" : "release unlocked lock");
  l->count--;
  return V_NONE;
}
static Value locked(NATIVE_ARGS) { return bool_value(as_lock(self)->count > 0); }
static Value leave(NATIVE_ARGS) { return release(ts, self, NULL, 0, NULL); }
static Value is_owned(NATIVE_ARGS) { return bool_value(as_lock(self)->count > 0); }
static Value lock_repr(ThreadState *ts, Value self) {
  Lock *l = as_lock(self);
  if (!l->reentrant) return str_format(ts, "<%s _thread.lock object at %p>", l->count ? "locked" : "unlocked", (void *)self);
  return str_format(ts, "<%s _thread.RLock object owner=%d count=%lld at %p>", l->count ? "locked" : "unlocked", l->count ? 1 : 0, (long long)l->count, (void *)self);
}
static Value rlock_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value v = object_new_instance(ts, type);
  if (v) as_lock(v)->reentrant = true;
  return v;
}
static const MethodDef lock_methods[] = {{"acquire", acquire, 0, 2, METHOD_KW, NULL}, {"release", release, 0, 0, 0, NULL}, {"locked", locked, 0, 0, 0, NULL}, {"__enter__", acquire, 0, 0, 0, NULL}, {"__exit__", leave, 0, -1, 0, NULL}, {0}};
static const MethodDef rlock_methods[] = {{"acquire", acquire, 0, 2, METHOD_KW, NULL}, {"release", release, 0, 0, 0, NULL}, {"_is_owned", is_owned, 0, 0, 0, NULL}, {"__enter__", acquire, 0, 0, 0, NULL}, {"__exit__", leave, 0, -1, 0, NULL}, {0}};

static Value allocate_lock(NATIVE_ARGS) { return object_new_instance(ts, state(ts)->lock); }
static Value get_ident(NATIVE_ARGS) { return int_from_u64(ts, (uint64_t)(uintptr_t)ts); }
static Value start_new_thread(NATIVE_ARGS) { return err_format(ts, EXC(NotImplementedError), "threads are not supported by this version of gilly"); }
static const MethodDef methods[] = {{"allocate_lock", allocate_lock, 0, 0, 0, NULL}, {"allocate", allocate_lock, 0, 0, 0, NULL}, {"get_ident", get_ident, 0, 0, 0, NULL}, {"get_native_id", get_ident, 0, 0, 0, NULL}, {"start_new_thread", start_new_thread, 2, 3, 0, NULL}, {0}};

static int start(ThreadState *ts, Value m) {
  static const TypeSpec lock = {.name = "_thread.lock", .size = sizeof(Lock), .flags = TYPE_NO_NEW | TYPE_WEAKREFS, .methods = lock_methods, .slots = {.repr = lock_repr}};
  static const TypeSpec rlock = {.name = "_thread.RLock", .size = sizeof(Lock), .flags = TYPE_BASETYPE | TYPE_WEAKREFS, .methods = rlock_methods, .slots = {.repr = lock_repr, .new = rlock_new}};
  ThreadModule *s = module_state(m);
  if (module_add_type(ts, m, &lock, NULL, &s->lock) < 0 || module_add_type(ts, m, &rlock, NULL, &s->rlock) < 0) return -1;
  return module_add(ts, m, "LockType", incref((Value)s->lock)) < 0 || module_add(ts, m, "error", incref(EXC(RuntimeError))) < 0 ? -1 : module_add(ts, m, "TIMEOUT_MAX", float_new(ts, 9223372036.0));
}
const ModuleDef thread_module_def = {.name = "_thread", .doc = "Primitive locks.", .methods = methods, .start = start, .state_size = sizeof(ThreadModule)};
