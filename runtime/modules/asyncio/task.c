/* task.c - Task: a coroutine and the one who drives it; and the module _asyncio. What it does: runtime/lib/asyncio/tasks.py.
 *
 *      step:  coroutine.send(None)
 *               it yields a future     the task leaves its wakeup there, and the coroutine rests until it is done
 *               it yields None         another step at the loop's next pass
 *               it returns or raises   the task, itself a future, is done
 *
 * Keeps true: while a step runs, current[loop] is the task, and no other task of that loop is in a step.
 * Next: runtime/lib/asyncio/loop.py. CPython: task_step_impl in Modules/_asynciomodule.c. */
#include "runtime/modules/asyncio/asyncio.h"
#include "runtime/modules/contextvars.h"
#include "runtime/types/weakref.h"

static Value or_none(NULLABLE Value v) { return v ? incref(v) : V_NONE; }
static Value step_method(NATIVE_ARGS);
static Value wakeup_method(NATIVE_ARGS);
static const MethodDef step_def = {"_step", step_method, 0, 1, METHOD_FREE, NULL}, wakeup_def = {"_wakeup", wakeup_method, 1, 1, METHOD_FREE, NULL};

/* ---- beginning and end ---- */

static bool is_coroutine(Value v) { return is_kind(v, K_COROUTINE); }
static int check_coroutine(ThreadState *ts, Value v) {
  if (is_coroutine(v)) return 0;
  Value answer = asyncio_python(ts, "asyncio.tasks", "iscoroutine", v, NULL);
  int yes = answer ? truth(ts, answer) : -1;
  xdecref(ts, answer);
  if (yes == 0) err_format(ts, EXC(TypeError), "a coroutine was expected, got %R", v);
  return yes > 0 ? 0 : -1;
}
static int register_task(ThreadState *ts, Task *t) {
  Value key = int_from_u64(ts, (uint64_t)(uintptr_t)t), ref = key ? weakref_new(ts, TYPE(WEAKREF), (Value)t, NULL) : NULL;
  int r = ref ? dict_set(ts, asyncio_state(ts)->all_tasks, key, ref) : -1;
  xdecref(ts, ref);
  xdecref(ts, key);
  return r;
}
static int schedule_step(ThreadState *ts, Task *t, NULLABLE Value exc) {
  Value step = asyncio_bound(ts, &step_def, (Value)t);
  int r = step ? loop_call_soon(ts, t->future.loop, step, exc, t->context) : -1;
  xdecref(ts, step);
  return r;
}
static int task_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"coro", "loop", "name", "context"};
  static const ArgSpec spec = {.function = "Task", .n_pos = 1, .n_required = 1, .n_total = 4, .names = names};
  Value given[4], name = NULL;
  Task *t = as_task(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || future_begin(ts, &t->future, given[1]) < 0 || check_coroutine(ts, given[0]) < 0) return -1;
  if (given[2] && !is_none(given[2]) && (name = is_exact_str(given[2]) ? incref(given[2]) : str_of(ts, given[2])) == NULL) return -1;
  replace(ts, &t->name, name);
  Value context = given[3] && !is_none(given[3]) ? incref(given[3]) : context_copy_current(ts);
  if (context == NULL) return -1;
  replace(ts, &t->context, context);
  replace(ts, &t->coroutine, incref(given[0]));
  if (name == NULL) t->number = __atomic_add_fetch(&asyncio_state(ts)->tasks_made, 1, __ATOMIC_RELAXED);
  t->log_destroy_pending = true;
  return schedule_step(ts, t, NULL) < 0 || register_task(ts, t) < 0 ? -1 : 0;
}
static void task_dealloc(ThreadState *ts, Value self) {
  Task *t = as_task(self);
  Value owned[] = {t->coroutine, t->context, t->name, t->waiter};
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(ts, owned[i]);
  future_drop(ts, &t->future);
  object_release(ts, self);
}
static int task_traverse(Value self, Visit visit, void *arg) {
  Task *t = as_task(self);
  VISIT(t->coroutine);
  VISIT(t->context);
  VISIT(t->waiter);
  VISIT(t->name);
  return future_traverse(self, visit, arg);
}
static int task_clear(ThreadState *ts, Value self) {
  CLEAR(as_task(self)->coroutine);
  CLEAR(as_task(self)->waiter);
  return future_clear(ts, self);
}
static void task_finalize(ThreadState *ts, Value self) {
  Task *t = as_task(self);
  Value pending = err_fetch(ts), key = int_from_u64(ts, (uint64_t)(uintptr_t)t);
  bool failed = key == NULL;
  Value ref = key ? dict_pop(ts, asyncio_state(ts)->all_tasks, key, &failed) : NULL;
  xdecref(ts, ref);
  xdecref(ts, key);
  err_clear(ts);
  if (t->future.state != FUTURE_PENDING) future_report_unseen(ts, &t->future);
  else if (t->log_destroy_pending && t->coroutine) {
    Value told = asyncio_python(ts, "asyncio.tasks", "_report_destroyed", self, NULL);
    if (told == NULL) err_write_unraisable(ts, self);
    xdecref(ts, told);
  }
  err_restore(ts, pending);
}

/* ---- cancelling ---- */

static int cancel_any(ThreadState *ts, Value future, NULLABLE Value message);
static int task_cancel(ThreadState *ts, Task *t, NULLABLE Value message) {
  t->future.log_traceback = false;
  if (t->future.state != FUTURE_PENDING) return 0;
  t->cancels_requested++;
  if (t->waiter) {
    Value waits_for = incref(t->waiter);
    int r = cancel_any(ts, waits_for, message);
    decref(ts, waits_for);
    if (r) return r; /* its wakeup will come with the CancelledError */
  }
  t->must_cancel = true;
  replace(ts, &t->future.cancel_message, message && !is_none(message) ? incref(message) : NULL);
  return 1;
}
/* future.cancel(msg=message) of any future: 1/0/-1. */
static int cancel_any(ThreadState *ts, Value future, Value message) {
  if (is_plain_future(ts, future)) return type_of(ts, future) == asyncio_state(ts)->task ? task_cancel(ts, as_task(future), message) : future_cancel(ts, as_future(future), message);
  Value method = attr_get(ts, future, ID(cancel)), args[] = {message ? message : V_NONE};
  Value r = method ? call(ts, method, args, 0, asyncio_state(ts)->msg_keyword) : NULL;
  int yes = r ? truth(ts, r) : -1;
  xdecref(ts, r);
  xdecref(ts, method);
  return yes;
}
static Value method_cancel(NATIVE_ARGS) {
  static const char *const names[] = {"msg"};
  static const ArgSpec spec = {.function = "cancel", .n_pos = 1, .n_total = 1, .names = names};
  Value message;
  int r = args_bind(ts, &spec, args, nargs, kwnames, &message) < 0 ? -1 : task_cancel(ts, as_task(self), message);
  return r < 0 ? NULL : bool_value(r);
}

/* ---- a step ---- */

static int complain(ThreadState *ts, Task *t, STEALS Value message) {
  Value e = message ? call1(ts, EXC(RuntimeError), message) : NULL;
  int r = e ? schedule_step(ts, t, e) : -1;
  xdecref(ts, message);
  xdecref(ts, e);
  return r;
}
/* The coroutine rests until future is done. */
static int rest(ThreadState *ts, Task *t, Value future) {
  Value wakeup = asyncio_bound(ts, &wakeup_def, (Value)t), args[] = {wakeup, t->context};
  int r = wakeup ? 0 : -1;
  if (r == 0 && is_plain_future(ts, future)) r = future_add_callback(ts, as_future(future), wakeup, t->context);
  else if (r == 0) {
    Value method = attr_get(ts, future, ID(add_done_callback)), added = method ? call(ts, method, args, 1, asyncio_state(ts)->context_keyword) : NULL;
    r = added ? 0 : -1;
    xdecref(ts, added);
    xdecref(ts, method);
  }
  xdecref(ts, wakeup);
  if (r < 0) return -1;
  replace(ts, &t->waiter, incref(future));
  if (!t->must_cancel) return 0;
  int cancelled = cancel_any(ts, future, t->future.cancel_message);
  if (cancelled > 0) t->must_cancel = false;
  return cancelled < 0 ? -1 : 0;
}
static int wait_for_future(ThreadState *ts, Task *t, Value yielded, bool is_blocking, Value loop) {
  if (!is_blocking) return complain(ts, t, str_format(ts, "yield was used instead of yield from in task %R with %R", (Value)t, yielded));
  if (loop != t->future.loop) return complain(ts, t, str_format(ts, "Task %R got Future %R attached to a different loop", (Value)t, yielded));
  if (yielded == (Value)t) return complain(ts, t, str_format(ts, "Task cannot await on itself: %R", (Value)t));
  return 1;
}
static int wait_for(ThreadState *ts, Task *t, Value yielded) {
  if (is_none(yielded)) return schedule_step(ts, t, NULL);
  if (is_plain_future(ts, yielded)) {
    Future *f = as_future(yielded);
    int r = wait_for_future(ts, t, yielded, f->is_blocking, f->loop);
    if (r <= 0) return r;
    f->is_blocking = false;
    return rest(ts, t, yielded);
  }
  bool failed;
  Value blocking = attr_get_optional(ts, yielded, ID(_asyncio_future_blocking), &failed);
  if (failed) return -1;
  if (blocking && !is_none(blocking)) {
    int yes = truth(ts, blocking);
    decref(ts, blocking);
    Value loop = yes < 0 ? NULL : attr_get(ts, yielded, ID(_loop));
    int r = loop ? wait_for_future(ts, t, yielded, yes, loop) : -1;
    xdecref(ts, loop);
    if (r <= 0) return r;
    return attr_set(ts, yielded, ID(_asyncio_future_blocking), V_FALSE) < 0 ? -1 : rest(ts, t, yielded);
  }
  xdecref(ts, blocking);
  if (is_kind(yielded, K_GENERATOR)) return complain(ts, t, str_format(ts, "yield was used instead of yield from for generator in task %R with %R", (Value)t, yielded));
  return complain(ts, t, str_format(ts, "Task got bad yield: %R", yielded));
}

/* Let the coroutine run: what it yields; *finished: what it returned; NULL: it raised. */
static Value resume(ThreadState *ts, Task *t, NULLABLE Value exc, int *finished) {
  Value coroutine = incref(t->coroutine), r;
  if (exc == NULL) r = ts->interp->up.generator_send(ts, coroutine, V_NONE, finished);
  else {
    r = call_method1(ts, coroutine, ID(throw), exc);
    if (r == NULL && err_matches(ts, EXC(StopIteration))) {
      Value stop = err_fetch(ts);
      r = or_none(EXC_FIELD(stop, extra[X_STOP_VALUE]));
      *finished = 1;
      decref(ts, stop);
    }
  }
  decref(ts, coroutine);
  return r;
}
/* The coroutine has raised. -1: the exception goes on, as it is to end the program. */
static int has_failed(ThreadState *ts, Task *t) {
  Value e = err_fetch(ts);
  int r;
  if (exception_matches(ts, e, asyncio_state(ts)->cancelled_error)) {
    replace(ts, &t->future.cancelled_error, e);
    return future_cancel(ts, &t->future, NULL) < 0 ? -1 : 0;
  }
  bool ends_program = exception_matches(ts, e, EXC(KeyboardInterrupt)) || exception_matches(ts, e, EXC(SystemExit));
  r = future_set_exception(ts, &t->future, e);
  if (r == 0 && ends_program) return err_restore(ts, e), -1;
  decref(ts, e);
  return r;
}
static int has_returned(ThreadState *ts, Task *t, Value v) {
  if (!t->must_cancel) return future_set_result(ts, &t->future, v);
  t->must_cancel = false; /* cancelled in its very last step */
  Value message = xincref(t->future.cancel_message);
  int r = future_cancel(ts, &t->future, message);
  xdecref(ts, message);
  return r < 0 ? -1 : 0;
}
static int enter_task(ThreadState *ts, Value task, Value loop) {
  Value current = asyncio_state(ts)->current, before = dict_get(ts, current, loop);
  if (before) err_format(ts, EXC(RuntimeError), "Cannot enter into task %R while another task %R is being executed.", task, before);
  return before || err_occurred(ts) ? -1 : dict_set(ts, current, loop, task);
}
static int leave_task(ThreadState *ts, Value loop) {
  Value pending = err_fetch(ts);
  int r = dict_delete(ts, asyncio_state(ts)->current, loop);
  if (pending) err_restore(ts, pending);
  return pending ? -1 : r;
}

static Value step(ThreadState *ts, Task *t, NULLABLE Value given) {
  if (t->future.state != FUTURE_PENDING) return err_format(ts, asyncio_state(ts)->invalid_state, "_step(): already done: %R, %R", (Value)t, given ? given : V_NONE);
  Value exc = xincref(given), loop = incref(t->future.loop);
  int r = -1, finished = 0;
  if (t->must_cancel) {
    if (exc == NULL || !exception_matches(ts, exc, asyncio_state(ts)->cancelled_error)) {
      xdecref(ts, exc);
      if ((exc = future_make_cancelled_error(ts, &t->future)) == NULL) goto done;
    }
    t->must_cancel = false;
  }
  CLEAR(t->waiter);
  if (enter_task(ts, (Value)t, loop) < 0) goto done;
  Value v = resume(ts, t, exc, &finished);
  r = v == NULL ? has_failed(ts, t) : finished ? has_returned(ts, t, v) : wait_for(ts, t, v);
  xdecref(ts, v);
  if (leave_task(ts, loop) < 0) r = -1;
done:
  xdecref(ts, exc);
  decref(ts, loop);
  return r < 0 ? NULL : V_NONE;
}
static Value step_method(NATIVE_ARGS) { return step(ts, as_task(self), nargs && !is_none(args[0]) ? args[0] : NULL); }
/* What the coroutine waited for is done. */
static Value wakeup_method(NATIVE_ARGS) {
  Value result = is_plain_future(ts, args[0]) ? future_get_result(ts, as_future(args[0])) : call_method0(ts, args[0], ID(result));
  if (result) return decref(ts, result), step(ts, as_task(self), NULL);
  Value e = err_fetch(ts), r = step(ts, as_task(self), e);
  decref(ts, e);
  return r;
}

/* ---- methods ---- */

static Value no_set_result(NATIVE_ARGS) { return err_format(ts, EXC(RuntimeError), "Task does not support set_result operation"); }
static Value no_set_exception(NATIVE_ARGS) { return err_format(ts, EXC(RuntimeError), "Task does not support set_exception operation"); }
static Value get_coroutine(ThreadState *ts, Value self) { return or_none(as_task(self)->coroutine); }
static Value get_waiter(ThreadState *ts, Value self) { return or_none(as_task(self)->waiter); }
static Value get_must_cancel(ThreadState *ts, Value self) { return bool_value(as_task(self)->must_cancel); }
static Value get_log(ThreadState *ts, Value self) { return bool_value(as_task(self)->log_destroy_pending); }
static int set_log(ThreadState *ts, Value self, Value v) {
  int yes = v ? truth(ts, v) : (err_format(ts, EXC(AttributeError), "cannot delete attribute"), -1);
  if (yes >= 0) as_task(self)->log_destroy_pending = yes;
  return yes < 0 ? -1 : 0;
}
static Value get_name(ThreadState *ts, Value self) { return as_task(self)->name ? incref(as_task(self)->name) : str_format(ts, "Task-%lld", (long long)as_task(self)->number); }
static Value method_get_name(NATIVE_ARGS) { return get_name(ts, self); }
static Value method_set_name(NATIVE_ARGS) {
  Value name = is_exact_str(args[0]) ? incref(args[0]) : str_of(ts, args[0]);
  if (name == NULL) return NULL;
  replace(ts, &as_task(self)->name, name);
  return V_NONE;
}
static Value method_get_coro(NATIVE_ARGS) { return get_coroutine(ts, self); }
static Value method_cancelling(NATIVE_ARGS) { return small_int_value(as_task(self)->cancels_requested); }
static Value method_uncancel(NATIVE_ARGS) {
  Task *t = as_task(self);
  if (t->cancels_requested > 0) t->cancels_requested--;
  return small_int_value(t->cancels_requested);
}
static Value call_stack_helper(ThreadState *ts, const char *function, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Value f = import_attr(ts, "asyncio.tasks", function), all[8];
  ssize_t keywords = kwnames ? tuple_len(kwnames) : 0;
  if (f == NULL) return NULL;
  if (nargs + keywords > 6) return decref(ts, f), err_format(ts, EXC(TypeError), "too many arguments");
  all[0] = self;
  memcpy(all + 1, args, (size_t)(nargs + keywords) * sizeof *args);
  Value r = call(ts, f, all, nargs + 1, kwnames);
  decref(ts, f);
  return r;
}
static Value method_get_stack(NATIVE_ARGS) { return call_stack_helper(ts, "_task_get_stack", self, args, nargs, kwnames); }
static Value method_print_stack(NATIVE_ARGS) { return call_stack_helper(ts, "_task_print_stack", self, args, nargs, kwnames); }
static Value class_alias(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

static const MethodDef task_methods[] = {
    {"cancel", method_cancel, 0, 1, METHOD_KW, NULL}, {"cancelling", method_cancelling, 0, 0, 0, NULL}, {"uncancel", method_uncancel, 0, 0, 0, NULL}, {"get_coro", method_get_coro, 0, 0, 0, NULL},
    {"get_name", method_get_name, 0, 0, 0, NULL}, {"set_name", method_set_name, 1, 1, 0, NULL}, {"get_stack", method_get_stack, 0, 0, METHOD_KW, NULL}, {"print_stack", method_print_stack, 0, 0, METHOD_KW, NULL},
    {"set_result", no_set_result, 1, 1, 0, NULL}, {"set_exception", no_set_exception, 1, 1, 0, NULL}, {"_step", step_method, 0, 1, METHOD_FREE, NULL}, {"_wakeup", wakeup_method, 1, 1, METHOD_FREE, NULL},
    {"__class_getitem__", class_alias, 1, 1, METHOD_CLASS, NULL}, {0}};
static const GetSetDef task_getsets[] = {{"_coro", get_coroutine, NULL, NULL}, {"_fut_waiter", get_waiter, NULL, NULL}, {"_must_cancel", get_must_cancel, NULL, NULL}, {"_log_destroy_pending", get_log, set_log, NULL},
                                         {"_name", get_name, NULL, NULL}, {0}};
static Value task_repr(ThreadState *ts, Value self) { return asyncio_python(ts, "asyncio.formatting", "task_text", self, NULL); }
const TypeSpec task_spec = {.name = "_asyncio.Task", .doc = "A coroutine that the loop drives.", .size = sizeof(Task), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_HAS_DICT | TYPE_WEAKREFS | TYPE_HAS_FINALIZER,
                            .slots = {.dealloc = task_dealloc, .traverse = task_traverse, .clear = task_clear, .finalize = task_finalize, .init = task_init, .repr = task_repr}, .methods = task_methods, .getsets = task_getsets};

/* ---- the module ---- */

static Value next_number(NATIVE_ARGS) { return small_int_value(__atomic_add_fetch(&asyncio_state(ts)->tasks_made, 1, __ATOMIC_RELAXED)); }
static const MethodDef functions[] = {{"_next_task_number", next_number, 0, 0, 0, NULL}, {0}};

static OWNED Value keyword(ThreadState *ts, const char *name) {
  Value text = str_intern_cstr(ts, name), names = text ? tuple_of1(ts, text) : NULL;
  xdecref(ts, text);
  return names;
}
static int start(ThreadState *ts, Value m) {
  AsyncioState *s = module_state(m);
  Value contexts = import_module(ts, "_contextvars");
  if (contexts == NULL) return -1;
  decref(ts, contexts);
  if (module_add_type(ts, m, &handle_spec, NULL, &s->handle) < 0 || module_add_type(ts, m, &timer_spec, s->handle, &s->timer) < 0 || module_add_type(ts, m, &future_spec, NULL, &s->future) < 0 ||
      module_add_type(ts, m, &task_spec, s->future, &s->task) < 0 || (s->future_iterator = type_from_spec(ts, &future_iterator_spec, NULL, K_OBJECT)) == NULL)
    return -1;
  if ((s->current = dict_new(ts)) == NULL || (s->all_tasks = dict_new(ts)) == NULL || (s->context_keyword = keyword(ts, "context")) == NULL || (s->msg_keyword = keyword(ts, "msg")) == NULL) return -1;
  if (module_add(ts, m, "_current_tasks", incref(s->current)) < 0 || module_add(ts, m, "_all_tasks", incref(s->all_tasks)) < 0) return -1;
  s->cancelled_error = import_attr(ts, "asyncio.exceptions", "CancelledError");
  s->invalid_state = s->cancelled_error ? import_attr(ts, "asyncio.exceptions", "InvalidStateError") : NULL;
  return s->invalid_state ? 0 : -1;
}
const ModuleDef asyncio_module_def = {.name = "_asyncio", .doc = "Handles, futures and tasks. Scripts use asyncio.", .methods = functions, .start = start, .state_size = sizeof(AsyncioState), .owned_values = 11};
