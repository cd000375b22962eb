/* thread_module.c - _thread: starting threads, locks, thread-local data. What threading.py is built on.
 * Keeps true: acquire tries first and lets the interpreter's lock go only when it must wait; only the main thread's waits are ended by signals.
 *   A plain lock belongs to nobody; who took it last is noted for reports only.
 * Next: gil/lock/mutex.h, runtime/lib/threading.py. CPython: Modules/_threadmodule.c. */
#include "runtime/modules/thread_module.h"

#include <errno.h>
#include <string.h>

#include "runtime/module.h"
#include "runtime/modules/signal_module.h"
#include "runtime/modules/time_module.h"
#include "runtime/reclaim.h"
#include "runtime/thread_state.h"

static LockObject *as_lock(Value v) { return (LockObject *)v; }
typedef struct {
  Type *lock, *rlock, *local, *except_hook_args;
  size_t stack_bytes; /* of new threads; 0: the system's default */
} ThreadModule;
static ThreadModule *state(ThreadState *ts) { return native_state(ts, NATIVE_thread); }
static Value ident_of(ThreadState *ts, ThreadState *thread) { return int_from_u64(ts, (uint64_t)(uintptr_t)thread); }

/* ---- locks ---- */

/* *deadline: 0 do not wait, FOREVER, or a time. */
static int acquire_arguments(ThreadState *ts, Value *args, ssize_t nargs, Value kwnames, int64_t *deadline) {
  *deadline = FOREVER;
  if (nargs == 0 && kwnames == NULL) return 0;
  static const char *const names[] = {"blocking", "timeout"};
  static const ArgSpec spec = {"acquire", 0, 2, 0, 2, names};
  Value given[2];
  int64_t timeout_ns = -1000000000;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  int blocking = given[0] ? truth(ts, given[0]) : 1;
  if (blocking < 0 || (given[1] && seconds_to_ns(ts, given[1], &timeout_ns) < 0)) return -1;
  bool no_timeout = timeout_ns == -1000000000;
  if (!blocking && !no_timeout) err_format(ts, EXC(ValueError), "can't specify a timeout for a non-blocking call");
  else if (timeout_ns < 0 && !no_timeout) err_format(ts, EXC(ValueError), "timeout value must be positive");
  if (err_occurred(ts)) return -1;
  if (!blocking || timeout_ns == 0) *deadline = 0;
  else if (!no_timeout && __builtin_add_overflow(sched_thread_now_ns(&ts->sched, CLOCK_OF_MONOTONIC), timeout_ns, deadline)) *deadline = FOREVER - 1;
  return 0;
}

static void note_owner(ThreadState *ts, LockObject *l) {
  RACY_STORE(l->owner, ts->sched.id);
  l->unit = ts->interp->up.where(ts, &l->code);
}

/* 1 taken, 0 not in time, -1 a signal handler raised. */
static int take(ThreadState *ts, LockObject *l, int64_t deadline) {
  if (LIKELY(mutex_try(&l->mutex))) {
    note_owner(ts, l);
    return 1;
  }
  if (deadline == 0) return 0;
  reclaim_before_wait(ts);
  event_emit_here(&ts->sched, EVENT_LOCK_WAIT, RACY_LOAD(l->owner), (uint64_t)(uintptr_t)l);
  ts->waiting_for = (Value)l;
  MutexResult result;
  while ((result = mutex_wait(&ts->sched, &l->mutex, BLOCK_LOCK, deadline)) == MUTEX_INTERRUPTED)
    if (ts->interp->up.check_pending(ts) < 0) break;
  ts->waiting_for = NULL;
  if (result != MUTEX_TAKEN) return result == MUTEX_TIMED_OUT ? 0 : -1;
  event_emit(&ts->sched, EVENT_LOCK_GOT, 0, (uint64_t)(uintptr_t)l);
  note_owner(ts, l);
  return 1;
}
static void let_go(ThreadState *ts, LockObject *l) {
  RACY_STORE(l->owner, 0);
  mutex_unlock(&ts->sched, &l->mutex);
}

static Value lock_acquire(NATIVE_ARGS) {
  int64_t deadline;
  if (acquire_arguments(ts, args, nargs, kwnames, &deadline) < 0) return NULL;
  int taken = take(ts, as_lock(self), deadline);
  return taken < 0 ? NULL : bool_value(taken);
}
static Value lock_release(NATIVE_ARGS) {
  if (!mutex_is_locked(&as_lock(self)->mutex)) return err_format(ts, EXC(RuntimeError), "release unlocked lock");
  let_go(ts, as_lock(self));
  return V_NONE;
}
static Value lock_leave(NATIVE_ARGS) { return lock_release(ts, self, NULL, 0, NULL); }
static Value lock_locked(NATIVE_ARGS) { return bool_value(mutex_is_locked(&as_lock(self)->mutex)); }
/* In the child of a fork: nobody holds it. */
static Value lock_reset(NATIVE_ARGS) {
  LockObject *l = as_lock(self);
  l->mutex.bits = 0;
  RACY_STORE(l->owner, 0);
  RACY_STORE(l->count, 0);
  return V_NONE;
}
static Value lock_repr(ThreadState *ts, Value self) {
  LockObject *l = as_lock(self);
  const char *is = mutex_is_locked(&l->mutex) ? "locked" : "unlocked";
  if (l->kind != LOCK_REENTRANT) return str_format(ts, "<%s _thread.lock object at %p>", is, (void *)self);
  int64_t count = RACY_LOAD(l->count);
  ThreadState *owner = count ? thread_by_id(ts, RACY_LOAD(l->owner)) : NULL;
  return str_format(ts, "<%s %N object owner=%lld count=%lld at %p>", is, type_of(ts, self), (long long)(uintptr_t)owner, (long long)count, (void *)self);
}

/* Only its owner changes the two, so that what anybody else reads here says no. */
static bool is_mine(ThreadState *ts, LockObject *l) { return RACY_LOAD(l->count) > 0 && RACY_LOAD(l->owner) == ts->sched.id; }
static Value rlock_acquire(NATIVE_ARGS) {
  LockObject *l = as_lock(self);
  int64_t deadline;
  if (acquire_arguments(ts, args, nargs, kwnames, &deadline) < 0) return NULL;
  if (is_mine(ts, l)) {
    RACY_STORE(l->count, l->count + 1);
    return V_TRUE;
  }
  int taken = take(ts, l, deadline);
  if (taken > 0) RACY_STORE(l->count, 1);
  return taken < 0 ? NULL : bool_value(taken);
}
static Value rlock_release(NATIVE_ARGS) {
  LockObject *l = as_lock(self);
  if (!is_mine(ts, l)) return err_format(ts, EXC(RuntimeError), "cannot release un-acquired lock");
  RACY_STORE(l->count, l->count - 1);
  if (l->count == 0) let_go(ts, l);
  return V_NONE;
}
static Value rlock_leave(NATIVE_ARGS) { return rlock_release(ts, self, NULL, 0, NULL); }
static Value rlock_is_owned(NATIVE_ARGS) { return bool_value(is_mine(ts, as_lock(self))); }
static Value rlock_recursion_count(NATIVE_ARGS) { return int_from_i64(ts, is_mine(ts, as_lock(self)) ? as_lock(self)->count : 0); }
/* For Condition.wait: let go however often it is held, and take it as often again. */
static Value rlock_release_save(NATIVE_ARGS) {
  LockObject *l = as_lock(self);
  if (!is_mine(ts, l)) return err_format(ts, EXC(RuntimeError), "cannot release un-acquired lock");
  Value saved = tuple_steal2(ts, int_from_i64(ts, l->count), ident_of(ts, ts));
  if (saved == NULL) return NULL;
  RACY_STORE(l->count, 0);
  let_go(ts, l);
  return saved;
}
static Value rlock_acquire_restore(NATIVE_ARGS) {
  LockObject *l = as_lock(self);
  int64_t count;
  if (!is_tuple(args[0]) || tuple_len(args[0]) != 2) return err_format(ts, EXC(TypeError), "_acquire_restore() argument 1 must be a tuple of two");
  if (num_as_i64(ts, tuple_get(args[0], 0), &count) < 0 || take(ts, l, FOREVER) < 0) return NULL;
  RACY_STORE(l->count, count);
  return V_NONE;
}
static Value rlock_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value v = object_new_instance(ts, type);
  if (v) as_lock(v)->kind = LOCK_REENTRANT;
  return v;
}

#define ACQUIRE_DOC "acquire(blocking=True, timeout=-1) -> bool\n\nTake the lock, waiting for it if need be. False: it could not be had in time."
static const MethodDef lock_methods[] = {{"acquire", lock_acquire, 0, 2, METHOD_KW, ACQUIRE_DOC}, {"acquire_lock", lock_acquire, 0, 2, METHOD_KW, ACQUIRE_DOC},
    {"release", lock_release, 0, 0, 0, "release()\n\nLet the lock go; any thread may."}, {"release_lock", lock_release, 0, 0, 0, "As release()."}, {"locked", lock_locked, 0, 0, 0, "locked() -> bool"},
    {"locked_lock", lock_locked, 0, 0, 0, "As locked()."}, {"_at_fork_reinit", lock_reset, 0, 0, 0, NULL}, {"__enter__", lock_acquire, 0, 0, 0, "Take the lock."}, {"__exit__", lock_leave, 0, -1, 0, "Let the lock go."}, {0}};
static const MethodDef rlock_methods[] = {{"acquire", rlock_acquire, 0, 2, METHOD_KW, ACQUIRE_DOC}, {"release", rlock_release, 0, 0, 0, "release()\n\nLet the lock go once; only its owner may."},
    {"_is_owned", rlock_is_owned, 0, 0, 0, NULL}, {"_recursion_count", rlock_recursion_count, 0, 0, 0, NULL}, {"_release_save", rlock_release_save, 0, 0, 0, NULL}, {"_acquire_restore", rlock_acquire_restore, 1, 1, 0, NULL},
    {"_at_fork_reinit", lock_reset, 0, 0, 0, NULL}, {"__enter__", rlock_acquire, 0, 2, METHOD_KW, "Take the lock."}, {"__exit__", rlock_leave, 0, -1, 0, "Let the lock go."}, {0}};

static Value allocate_lock(NATIVE_ARGS) { return object_new_instance(ts, state(ts)->lock); }

/* ---- threads ---- */


typedef struct {
  ThreadState *ts;
  Value function, args, kwargs; /* owned; kwargs or NULL */
} Boot;

static void run_boot(ThreadState *ts, Boot *boot) {
  Value r = call_tuple_dict(ts, boot->function, boot->args, boot->kwargs);
  if (r == NULL) {
    if (err_matches(ts, EXC(SystemExit))) err_clear(ts);
    else err_write_unraisable_text(ts, "Exception ignored in thread started by", boot->function);
  }
  xdecref(ts, r);
  decref(ts, boot->function);
  decref(ts, boot->args);
  xdecref(ts, boot->kwargs);
}

static void thread_main(SchedThread *t) {
  ThreadState *ts = (ThreadState *)t;
  Boot *boot = ts->boot;
  ts->interp->up.thread_begin(ts);
  sched_attach(t);
  __atomic_add_fetch(&ts->interp->thread_count, 1, __ATOMIC_RELAXED);
  run_boot(ts, boot);
  mem_free(ts, boot);
  __atomic_sub_fetch(&ts->interp->thread_count, 1, __ATOMIC_RELAXED);
  Value end_lock = ts->end_lock;
  ts->end_lock = NULL;
  thread_drop_locals(ts);
  if (end_lock) {
    if (mutex_is_locked(&as_lock(end_lock)->mutex)) let_go(ts, as_lock(end_lock));
    decref(ts, end_lock);
  }
  ts->interp->up.thread_end(ts);
}

static Value start_new_thread(NATIVE_ARGS) {
  if (!is_callable(ts, args[0])) return err_format(ts, EXC(TypeError), "first arg must be callable");
  if (!is_tuple(args[1])) return err_format(ts, EXC(TypeError), "2nd arg must be a tuple");
  if (nargs > 2 && !is_dict(args[2])) return err_format(ts, EXC(TypeError), "optional 3rd arg must be a dictionary");
  Boot *boot = mem_alloc(ts, sizeof *boot);
  ThreadState *child = boot ? ts->interp->up.thread_new(ts) : NULL;
  if (child == NULL) {
    mem_free(ts, boot);
    return NULL;
  }
  *boot = (Boot){child, incref(args[0]), incref(args[1]), nargs > 2 ? incref(args[2]) : NULL};
  child->boot = boot;
  Value ident = ident_of(ts, child);
  int error = sched_spawn(&ts->sched, &child->sched, thread_main, state(ts)->stack_bytes);
  if (error == 0) return ident;
  decref(ts, boot->function);
  decref(ts, boot->args);
  xdecref(ts, boot->kwargs);
  mem_free(ts, boot);
  ts->interp->up.thread_free(child);
  return err_format(ts, EXC(RuntimeError), "can't start new thread");
}

static Value get_ident(NATIVE_ARGS) { return ident_of(ts, ts); }
static Value get_native_id(NATIVE_ARGS) { return int_from_i64(ts, ts->sched.native_id); }
static Value count(NATIVE_ARGS) { return int_from_i64(ts, RACY_LOAD(ts->interp->thread_count)); }
static Value daemons_allowed(NATIVE_ARGS) { return bool_value(!ts->interp->is_isolated); }
static Value thread_exit(NATIVE_ARGS) { return err_set(ts, EXC(SystemExit), NULL); }
/* A lock that is held until this thread ends. */
static Value set_sentinel(NATIVE_ARGS) {
  Value lock = object_new_instance(ts, state(ts)->lock);
  if (lock == NULL) return NULL;
  mutex_try(&as_lock(lock)->mutex);
  as_lock(lock)->kind = LOCK_THREAD_END;
  as_lock(lock)->owner = ts->sched.id;
  replace(ts, &ts->end_lock, incref(lock));
  return lock;
}
static Value set_name(NATIVE_ARGS) {
  ssize_t n;
  Value holder = NULL;
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "a name is a str, not %T", args[0]);
  const char *name = str_utf8(ts, args[0], &n, &holder);
  if (name) sched_set_name(&ts->sched, name);
  else err_clear(ts); /* a name for pictures only */
  xdecref(ts, holder);
  return V_NONE;
}
static Value set_daemon(NATIVE_ARGS) {
  int yes = truth(ts, args[0]);
  if (yes < 0) return NULL;
  ts->sched.is_daemon = yes;
  return V_NONE;
}
static Value stack_size(NATIVE_ARGS) {
  ThreadModule *s = state(ts);
  size_t before = s->stack_bytes;
  if (nargs) {
    ssize_t wanted = num_as_ssize(ts, args[0], EXC(OverflowError));
    if (wanted == -1 && err_occurred(ts)) return NULL;
    if (wanted < 0) return err_format(ts, EXC(ValueError), "size must be 0 or a positive value");
    if (wanted > 0 && wanted < 32768) return err_format(ts, EXC(ValueError), "size not valid: %zd bytes", wanted);
    s->stack_bytes = (size_t)wanted;
  }
  return int_from_i64(ts, (int64_t)before);
}
static Value interrupt_main(NATIVE_ARGS) {
  int number = 2;
  if (nargs && num_as_int(ts, args[0], &number) < 0) return NULL;
  if (number < 1 || number > 64) return err_format(ts, EXC(ValueError), "signal number out of range");
  signal_arrived(number);
  return V_NONE;
}

/* ---- thread-local data ---- */

/* Each object keeps a dict for each thread that has used it. So a circle through it can be collected; the end of a thread takes its dicts out
 * of all objects, which are therefore in a list. */
typedef struct Local {
  Object base;
  struct Local *next, *prev;
  Value dicts;        /* dict: id of a thread -> dict of its attributes */
  Value args, kwargs; /* for __init__ in each new thread; or NULL */
} Local;
static Local *as_local(Value v) { return (Local *)v; }
static Value thread_key(ThreadState *ts) { return small_int_value(ts->sched.id); }

void thread_drop_locals(ThreadState *ts) {
  while (ts->local_uses > 0) { /* dropping may run anything: look from the start again */
    Local *l = ts->interp->locals;
    Value dict = NULL;
    bool failed;
    for (; l && dict == NULL; l = l->next) dict = l->dicts ? dict_pop(ts, l->dicts, thread_key(ts), &failed) : NULL;
    err_clear(ts);
    if (dict == NULL) break;
    ts->local_uses--;
    decref(ts, dict);
  }
  ts->local_uses = 0;
}

static Value new_dict_here(ThreadState *ts, Local *l) {
  Value dict = dict_new(ts);
  if (dict == NULL || dict_set_steal(ts, l->dicts, thread_key(ts), dict) < 0) return NULL;
  ts->local_uses++;
  return dict;
}

static Value local_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if ((nargs || (kwnames && tuple_len(kwnames))) && type->slots.init == ts->interp->types[K_OBJECT]->slots.init) return err_format(ts, EXC(TypeError), "Initialization arguments are not supported");
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  Local *l = as_local(v);
  l->next = ts->interp->locals;
  if (l->next) l->next->prev = l;
  ts->interp->locals = l;
  l->dicts = dict_new(ts);
  l->args = l->dicts ? tuple_from_items(ts, args, nargs) : NULL;
  if (l->args && kwnames && tuple_len(kwnames)) {
    l->kwargs = dict_new(ts);
    for (ssize_t i = 0; l->kwargs && i < tuple_len(kwnames); i++)
      if (dict_set(ts, l->kwargs, tuple_get(kwnames, i), args[nargs + i]) < 0) CLEAR(l->kwargs);
  }
  /* the thread that makes it runs __init__ by the usual way */
  if (l->args == NULL || err_occurred(ts) || new_dict_here(ts, l) == NULL) {
    decref(ts, v);
    return NULL;
  }
  return v;
}

/* This thread's dict: BORROWED. The first time in a thread, __init__ runs for it. */
static Value local_dict(ThreadState *ts, Value self) {
  Local *l = as_local(self);
  if (l->dicts == NULL) return err_format(ts, EXC(SystemError), "the object is being taken apart");
  Value dict = dict_get(ts, l->dicts, thread_key(ts));
  if (dict || err_occurred(ts) || (dict = new_dict_here(ts, l)) == NULL) return dict;
  Type *type = type_of(ts, self);
  if (type->slots.init == ts->interp->types[K_OBJECT]->slots.init) return dict;
  Value init = attr_get_cstr(ts, self, "__init__"), r = init ? call_tuple_dict(ts, init, l->args, l->kwargs) : NULL;
  xdecref(ts, init);
  if (r == NULL) {
    Value pending = err_fetch(ts);
    if (dict_delete(ts, l->dicts, thread_key(ts)) < 0) err_clear(ts);
    err_restore(ts, pending);
    return NULL;
  }
  decref(ts, r);
  return dict_get(ts, l->dicts, thread_key(ts));
}

static Value local_getattr(ThreadState *ts, Value self, Value name) {
  Value dict = local_dict(ts, self);
  if (dict == NULL) return NULL;
  if (name == ID(__dict__)) return incref(dict);
  Type *type = type_of(ts, self);
  Value found = type_lookup(ts, type, name);
  Slots *slots = found ? &type_of(ts, found)->slots : NULL;
  if (found && slots->descr_get && slots->descr_set) {
    incref(found);
    Value r = slots->descr_get(ts, found, self, (Value)type);
    decref(ts, found);
    return r;
  }
  Value own = dict_get(ts, dict, name);
  if (own || err_occurred(ts)) return xincref(own);
  return object_getattr(ts, self, name);
}
static int local_setattr(ThreadState *ts, Value self, Value name, Value value) {
  Value dict = local_dict(ts, self);
  if (dict == NULL) return -1;
  if (name == ID(__dict__)) {
    err_format(ts, EXC(AttributeError), "'%T' object attribute '__dict__' is read-only", self);
    return -1;
  }
  Value found = type_lookup(ts, type_of(ts, self), name);
  if (found && type_of(ts, found)->slots.descr_set) return object_setattr(ts, self, name, value);
  if (value) return dict_set(ts, dict, name, value);
  if (dict_get(ts, dict, name) == NULL) {
    if (!err_occurred(ts)) err_format(ts, EXC(AttributeError), "'%T' object has no attribute '%U'", self, name);
    return -1;
  }
  return dict_delete(ts, dict, name);
}
static int local_clear(ThreadState *ts, Value self) {
  CLEAR(as_local(self)->dicts);
  CLEAR(as_local(self)->args);
  CLEAR(as_local(self)->kwargs);
  return 0;
}
static void local_dealloc(ThreadState *ts, Value self) {
  Local *l = as_local(self);
  if (l->prev) l->prev->next = l->next;
  else if (ts->interp->locals == l) ts->interp->locals = l->next;
  if (l->next) l->next->prev = l->prev;
  local_clear(ts, self);
  attrs_release(ts, self);
  object_release(ts, self);
}
static int local_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_local(self)->dicts);
  VISIT(as_local(self)->args);
  VISIT(as_local(self)->kwargs);
  return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg);
}

/* ---- the module ---- */

static Value raise_async(NATIVE_ARGS) {
  int64_t ident;
  if (num_as_i64(ts, args[0], &ident) < 0) return NULL;
  return small_int_value(thread_raise_in(ts, (uintptr_t)ident, args[1] == V_NONE ? NULL : args[1]));
}

static Value drop_locals(NATIVE_ARGS) {
  thread_drop_locals(ts);
  return V_NONE;
}

static const MethodDef methods[] = {{"allocate_lock", allocate_lock, 0, 0, 0, "allocate_lock() -> lock object"}, {"allocate", allocate_lock, 0, 0, 0, "As allocate_lock()."},
    {"get_ident", get_ident, 0, 0, 0, "get_ident() -> integer\n\nA number that names this thread while it lives."}, {"get_native_id", get_native_id, 0, 0, 0, "get_native_id() -> integer\n\nThe system's number of this thread."},
    {"start_new_thread", start_new_thread, 2, 3, 0, "start_new_thread(function, args[, kwargs]) -> ident"}, {"start_new", start_new_thread, 2, 3, 0, "As start_new_thread()."},
    {"_drop_locals", drop_locals, 0, 0, 0, "_drop_locals()\n\nThis thread forgets what it keeps in objects of threading.local."},
    {"daemon_threads_allowed", daemons_allowed, 0, 0, 0, "daemon_threads_allowed() -> bool\n\nFalse in an isolated interpreter."},
    {"exit", thread_exit, 0, 0, 0, "exit()\n\nRaise SystemExit."}, {"exit_thread", thread_exit, 0, 0, 0, "As exit()."}, {"_count", count, 0, 0, 0, "_count() -> integer\n\nThreads of this module that run now."},
    {"_set_sentinel", set_sentinel, 0, 0, 0, "_set_sentinel() -> lock\n\nA lock that is held until this thread ends."}, {"_set_name", set_name, 1, 1, 0, "_set_name(str)\n\nWhat pictures and reports call this thread."},
    {"_set_daemon", set_daemon, 1, 1, 0, "_set_daemon(bool)\n\nWhether the end of the program waits for this thread, for reports."}, {"stack_size", stack_size, 0, 1, 0, "stack_size([size]) -> size\n\nBytes of C stack of new threads; 0 is the system's default."},
    {"interrupt_main", interrupt_main, 0, 1, 0, "interrupt_main(signum=SIGINT)\n\nAs if the signal had come for the main thread."}, {"_raise_async", raise_async, 2, 2, 0, "_raise_async(ident, class or None) -> number of threads"}, {0}};

static int start(ThreadState *ts, Value m) {
  static const TypeSpec lock = {.name = "_thread.lock", .doc = "A lock that is not owned: any thread may release it.", .size = sizeof(LockObject), .flags = TYPE_NO_NEW | TYPE_WEAKREFS, .methods = lock_methods, .slots = {.repr = lock_repr}};
  static const TypeSpec rlock = {.name = "_thread.RLock", .doc = "A lock that its owner may take again.", .size = sizeof(LockObject), .flags = TYPE_BASETYPE | TYPE_WEAKREFS, .methods = rlock_methods, .slots = {.repr = lock_repr, .new = rlock_new}};
  static const TypeSpec local = {.name = "_thread._local", .doc = "Attributes that each thread has its own of.", .size = sizeof(Local), .flags = TYPE_BASETYPE | TYPE_GC | TYPE_WEAKREFS,
                                 .slots = {.new = local_new, .getattr = local_getattr, .setattr = local_setattr, .dealloc = local_dealloc, .traverse = local_traverse, .clear = local_clear}};
  static const char *const fields[] = {"exc_type", "exc_value", "exc_traceback", "thread"};
  ThreadModule *s = module_state(m);
  if (module_add_type(ts, m, &lock, NULL, &s->lock) < 0 || module_add_type(ts, m, &rlock, NULL, &s->rlock) < 0 || module_add_type(ts, m, &local, NULL, &s->local) < 0) return -1;
  if ((s->except_hook_args = structseq_type(ts, "_thread._ExceptHookArgs", "What threading.excepthook gets.", fields, 4, 4)) == NULL) return -1;
  return module_add(ts, m, "_ExceptHookArgs", incref((Value)s->except_hook_args)) < 0 || module_add(ts, m, "LockType", incref((Value)s->lock)) < 0 || module_add(ts, m, "error", incref(EXC(RuntimeError))) < 0
             ? -1
             : module_add(ts, m, "TIMEOUT_MAX", float_new(ts, 9223372036.0));
}
const ModuleDef thread_module_def = {.name = "_thread", .doc = "Threads, locks and thread-local data, as the system has them. Scripts use the module threading.", .methods = methods, .start = start, .state_size = sizeof(ThreadModule), .owned_values = 4};
