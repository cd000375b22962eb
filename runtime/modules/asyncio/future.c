/* future.c - Future: a result that is still to come, and the iterator behind `await future`. What it does: runtime/lib/asyncio/futures.py.
 *
 *      PENDING --set_result, set_exception--> FINISHED
 *              --cancel-->                    CANCELLED
 *
 * Keeps true: the state leaves PENDING once; then the callbacks go to the loop's queue, in order, and none is left here.
 * Next: task.c. CPython: Modules/_asynciomodule.c. */
#include "runtime/modules/asyncio/asyncio.h"
#include "runtime/modules/contextvars.h"

static Value or_none(NULLABLE Value v) { return v ? incref(v) : V_NONE; }
static int heap_or_attrs(Value self, Visit visit, void *arg) { return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg); }
static NULLABLE Value unless_none(NULLABLE Value v) { return v && is_none(v) ? NULL : v; }

Value asyncio_python(ThreadState *ts, const char *module, const char *function, Value a, Value b) {
  Value f = import_attr(ts, module, function), args[] = {a, b};
  Value r = f ? call_args(ts, f, args, b ? 2 : 1) : NULL;
  xdecref(ts, f);
  return r;
}
Value asyncio_bound(ThreadState *ts, const MethodDef *def, Value self) { return native_function_new(ts, def, self, NULL); }

int loop_call_soon(ThreadState *ts, Value loop, Value callback, Value argument, Value context) {
  Value method = attr_get(ts, loop, ID(call_soon)), args[3] = {callback};
  if (method == NULL) return -1;
  ssize_t n = 1;
  if (argument) args[n++] = argument;
  args[n] = context ? context : V_NONE;
  Value handle = call(ts, method, args, n, asyncio_state(ts)->context_keyword);
  decref(ts, method);
  xdecref(ts, handle);
  return handle ? 0 : -1;
}

/* ---- beginning and end ---- */

int future_begin(ThreadState *ts, Future *f, Value loop) {
  Value own = unless_none(loop) ? incref(loop) : import_attr(ts, "asyncio.events", "get_event_loop");
  if (own && !unless_none(loop)) {
    Value get = own;
    own = call0(ts, get);
    decref(ts, get);
  }
  if (own == NULL) return -1;
  replace(ts, &f->loop, own);
  return 0;
}
static int future_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"loop"};
  static const ArgSpec spec = {.function = "Future", .n_total = 1, .names = names};
  Value loop;
  return args_bind(ts, &spec, args, nargs, kwnames, &loop) < 0 ? -1 : future_begin(ts, as_future(self), loop);
}
void future_drop(ThreadState *ts, Future *f) {
  Value owned[] = {f->loop, f->callback, f->callback_context, f->more, f->result, f->exception, f->traceback, f->cancel_message, f->cancelled_error};
  attrs_release(ts, (Value)f);
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(ts, owned[i]);
}
static void future_dealloc(ThreadState *ts, Value self) {
  future_drop(ts, as_future(self));
  object_release(ts, self);
}
int future_traverse(Value self, Visit visit, void *arg) {
  Future *f = as_future(self);
  VISIT(f->loop);
  VISIT(f->callback);
  VISIT(f->callback_context);
  VISIT(f->more);
  VISIT(f->result);
  VISIT(f->exception);
  VISIT(f->traceback);
  VISIT(f->cancelled_error);
  VISIT(f->cancel_message);
  return heap_or_attrs(self, visit, arg);
}
int future_clear(ThreadState *ts, Value self) {
  Future *f = as_future(self);
  CLEAR(f->callback);
  CLEAR(f->callback_context);
  CLEAR(f->more);
  CLEAR(f->result);
  CLEAR(f->exception);
  CLEAR(f->traceback);
  CLEAR(f->cancelled_error);
  return attrs_clear(ts, self);
}
/* {"message": "... was never retrieved", "exception": e, "future": f} to the loop's exception handler. */
void future_report_unseen(ThreadState *ts, Future *f) {
  if (!f->log_traceback || f->exception == NULL) return;
  f->log_traceback = false;
  Value told = asyncio_python(ts, "asyncio.futures", "_report_unseen", (Value)f, f->exception);
  if (told == NULL) err_write_unraisable(ts, (Value)f);
  xdecref(ts, told);
}
static void future_finalize(ThreadState *ts, Value self) {
  Value pending = err_fetch(ts);
  future_report_unseen(ts, as_future(self));
  err_restore(ts, pending);
}

/* ---- callbacks ---- */

int future_add_callback(ThreadState *ts, Future *f, Value callback, Value context) {
  if (f->state != FUTURE_PENDING) return loop_call_soon(ts, f->loop, callback, (Value)f, context);
  Value own = unless_none(context) ? incref(context) : context_copy_current(ts);
  if (own == NULL) return -1;
  HOLD(ts, (Value)f);
  if (f->callback == NULL && f->more == NULL) {
    f->callback = incref(callback);
    f->callback_context = own;
    return 0;
  }
  Value pair = tuple_of2(ts, callback, own);
  decref(ts, own);
  if (pair == NULL || (f->more == NULL && (f->more = list_new(ts, 4)) == NULL)) return xdecref(ts, pair), -1;
  return list_append_steal(ts, f->more, pair);
}
/* The state has changed: everybody who waits gets a turn at the loop's next pass. */
static int schedule_callbacks(ThreadState *ts, Future *f) {
  Value loop = incref(f->loop), callback = f->callback, context = f->callback_context, more = f->more;
  f->callback = f->callback_context = f->more = NULL;
  int r = callback ? loop_call_soon(ts, loop, callback, (Value)f, context) : 0;
  for (ssize_t i = 0; more && r == 0 && i < list_len(more); i++) {
    Value pair = list_get(more, i);
    r = loop_call_soon(ts, loop, tuple_get(pair, 0), (Value)f, tuple_get(pair, 1));
  }
  xdecref(ts, callback);
  xdecref(ts, context);
  xdecref(ts, more);
  decref(ts, loop);
  return r;
}
/* All callbacks as a list of pairs. */
static OWNED Value callbacks_list(ThreadState *ts, Future *f) {
  Value all = list_new(ts, 4), pair = f->callback ? tuple_of2(ts, f->callback, f->callback_context) : NULL;
  int r = all && (pair || f->callback == NULL) ? 0 : -1;
  if (r == 0 && pair) r = list_append(ts, all, pair);
  for (ssize_t i = 0; r == 0 && f->more && i < list_len(f->more); i++) r = list_append(ts, all, list_get(f->more, i));
  xdecref(ts, pair);
  if (r < 0) CLEAR(all);
  return all;
}
static Value remove_done_callback(NATIVE_ARGS) {
  Future *f = as_future(self);
  Value all = callbacks_list(ts, f), left = all ? list_new(ts, 4) : NULL;
  int r = left ? 0 : -1;
  for (ssize_t i = 0; r >= 0 && i < list_len(all); i++) {
    r = compare_bool(ts, tuple_get(list_get(all, i), 0), args[0], CMP_EQ);
    if (r == 0) r = list_append(ts, left, list_get(all, i));
  }
  ssize_t removed = left ? list_len(all) - list_len(left) : 0;
  xdecref(ts, all);
  if (r < 0) return xdecref(ts, left), NULL;
  CLEAR(f->callback);
  CLEAR(f->callback_context);
  if (list_len(left) == 0) CLEAR(left);
  replace(ts, &f->more, left);
  return small_int_value(removed);
}

/* ---- changes of state ---- */

static int invalid_state(ThreadState *ts, const char *text) {
  err_format(ts, asyncio_state(ts)->invalid_state, "%s", text);
  return -1;
}
static int end_pending(ThreadState *ts, Future *f) {
  if (f->loop == NULL) return err_format(ts, EXC(RuntimeError), "Future object is not initialized."), -1;
  return f->state == FUTURE_PENDING ? 0 : invalid_state(ts, "invalid state");
}
int future_set_result(ThreadState *ts, Future *f, Value result) {
  if (end_pending(ts, f) < 0) return -1;
  replace(ts, &f->result, incref(result));
  f->state = FUTURE_FINISHED;
  return schedule_callbacks(ts, f);
}
int future_set_exception(ThreadState *ts, Future *f, Value exception) {
  if (end_pending(ts, f) < 0) return -1;
  Value e = is_exception_class(ts, exception) ? call0(ts, exception) : incref(exception);
  if (e == NULL) return -1;
  if (!is_exception(e)) err_format(ts, EXC(TypeError), "invalid exception object");
  else if ((Value)type_of(ts, e) == EXC(StopIteration)) err_format(ts, EXC(TypeError), "StopIteration interacts badly with generators and cannot be raised into a Future");
  if (err_occurred(ts)) return decref(ts, e), -1;
  replace(ts, &f->exception, e);
  replace(ts, &f->traceback, xincref(EXC_FIELD(e, traceback)));
  f->state = FUTURE_FINISHED;
  int r = schedule_callbacks(ts, f);
  f->log_traceback = true;
  return r;
}
int future_cancel(ThreadState *ts, Future *f, Value message) {
  f->log_traceback = false;
  if (f->loop == NULL || f->state != FUTURE_PENDING) return f->loop ? 0 : end_pending(ts, f);
  f->state = FUTURE_CANCELLED;
  replace(ts, &f->cancel_message, xincref(unless_none(message)));
  return schedule_callbacks(ts, f) < 0 ? -1 : 1;
}

/* ---- what came of it ---- */

Value future_make_cancelled_error(ThreadState *ts, Future *f) {
  Value e = f->cancelled_error;
  f->cancelled_error = NULL;
  if (e) return e;
  return f->cancel_message ? call1(ts, asyncio_state(ts)->cancelled_error, f->cancel_message) : call0(ts, asyncio_state(ts)->cancelled_error);
}
static Value raise_cancelled(ThreadState *ts, Future *f) {
  Value e = future_make_cancelled_error(ts, f);
  return e ? err_set_instance(ts, e) : NULL;
}
static int must_be_done(ThreadState *ts, Future *f, const char *otherwise) {
  if (f->state == FUTURE_CANCELLED) return raise_cancelled(ts, f), -1;
  return f->state == FUTURE_FINISHED ? 0 : invalid_state(ts, otherwise);
}
Value future_get_result(ThreadState *ts, Future *f) {
  if (must_be_done(ts, f, "Result is not set.") < 0) return NULL;
  if (f->exception == NULL) return incref(f->result);
  f->log_traceback = false;
  Value e = incref(f->exception);
  replace(ts, &as_exception(e)->traceback, xincref(f->traceback));
  return err_set_instance(ts, e);
}

/* ---- methods ---- */

static Value method_result(NATIVE_ARGS) { return future_get_result(ts, as_future(self)); }
static Value method_exception(NATIVE_ARGS) {
  Future *f = as_future(self);
  if (must_be_done(ts, f, "Exception is not set.") < 0) return NULL;
  f->log_traceback = false;
  return or_none(f->exception);
}
static Value method_set_result(NATIVE_ARGS) { return future_set_result(ts, as_future(self), args[0]) < 0 ? NULL : V_NONE; }
static Value method_set_exception(NATIVE_ARGS) { return future_set_exception(ts, as_future(self), args[0]) < 0 ? NULL : V_NONE; }
static Value method_cancel(NATIVE_ARGS) {
  static const char *const names[] = {"msg"};
  static const ArgSpec spec = {.function = "cancel", .n_pos = 1, .n_total = 1, .names = names};
  Value message;
  int r = args_bind(ts, &spec, args, nargs, kwnames, &message) < 0 ? -1 : future_cancel(ts, as_future(self), message);
  return r < 0 ? NULL : bool_value(r);
}
static Value method_cancelled(NATIVE_ARGS) { return bool_value(as_future(self)->state == FUTURE_CANCELLED); }
static Value method_done(NATIVE_ARGS) { return bool_value(as_future(self)->state != FUTURE_PENDING); }
static Value method_get_loop(NATIVE_ARGS) { return as_future(self)->loop ? incref(as_future(self)->loop) : err_format(ts, EXC(RuntimeError), "Future object is not initialized."); }
static Value method_add_done_callback(NATIVE_ARGS) {
  static const char *const names[] = {"", "context"};
  static const ArgSpec spec = {.function = "add_done_callback", .n_pos_only = 1, .n_pos = 1, .n_required = 1, .n_total = 2, .names = names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || future_add_callback(ts, as_future(self), given[0], given[1]) < 0) return NULL;
  return V_NONE;
}
static Value method_make_cancelled_error(NATIVE_ARGS) { return future_make_cancelled_error(ts, as_future(self)); }
static Value class_alias(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

static Value get_state(ThreadState *ts, Value self) {
  static const char *const names[] = {"PENDING", "CANCELLED", "FINISHED"};
  return str_intern_cstr(ts, names[as_future(self)->state]);
}
static Value get_result(ThreadState *ts, Value self) { return or_none(as_future(self)->result); }
static Value get_exception(ThreadState *ts, Value self) { return or_none(as_future(self)->exception); }
static Value get_loop(ThreadState *ts, Value self) { return or_none(as_future(self)->loop); }
static Value get_callbacks(ThreadState *ts, Value self) { return as_future(self)->callback || as_future(self)->more ? callbacks_list(ts, as_future(self)) : V_NONE; }
static Value get_none(ThreadState *ts, Value self) { return V_NONE; }
static Value get_message(ThreadState *ts, Value self) { return or_none(as_future(self)->cancel_message); }
static int set_message(ThreadState *ts, Value self, Value v) { return replace(ts, &as_future(self)->cancel_message, xincref(unless_none(v))), 0; }
static Value get_blocking(ThreadState *ts, Value self) { return bool_value(as_future(self)->is_blocking); }
static int set_blocking(ThreadState *ts, Value self, Value v) {
  int yes = v ? truth(ts, v) : (err_format(ts, EXC(AttributeError), "cannot delete attribute"), -1);
  if (yes >= 0) as_future(self)->is_blocking = yes;
  return yes < 0 ? -1 : 0;
}
static Value get_log(ThreadState *ts, Value self) { return bool_value(as_future(self)->log_traceback); }
static int set_log(ThreadState *ts, Value self, Value v) {
  int yes = v ? truth(ts, v) : (err_format(ts, EXC(AttributeError), "cannot delete attribute"), -1);
  if (yes > 0) yes = (err_format(ts, EXC(ValueError), "_log_traceback can only be set to False"), -1);
  if (yes == 0) as_future(self)->log_traceback = false;
  return yes;
}
static Value future_repr(ThreadState *ts, Value self) { return asyncio_python(ts, "asyncio.formatting", "future_text", self, NULL); }

/* ---- await ---- */

typedef struct {
  Object base;
  Value future; /* NULL: over */
} FutureIterator;

static Value future_iter(ThreadState *ts, Value self) {
  if (as_future(self)->loop == NULL) return err_format(ts, EXC(RuntimeError), "Future object is not initialized.");
  Value it = object_alloc(ts, asyncio_state(ts)->future_iterator, sizeof(FutureIterator));
  if (it) ((FutureIterator *)it)->future = incref(self);
  return it;
}
/* Up to the task while it is pending; the second time with its result. */
static Value iterator_next(ThreadState *ts, Value self) {
  FutureIterator *it = (FutureIterator *)self;
  Future *f = as_future(it->future);
  if (f == NULL) return NULL;
  if (f->state == FUTURE_PENDING) {
    if (f->is_blocking) return err_format(ts, EXC(RuntimeError), "await wasn't used with future");
    f->is_blocking = true;
    return incref(it->future);
  }
  it->future = NULL;
  Value result = future_get_result(ts, f);
  decref(ts, (Value)f);
  if (result && !is_none(result)) err_stop_iteration(ts, result);
  xdecref(ts, result);
  return NULL;
}
static Value iterator_send(NATIVE_ARGS) {
  Value v = iterator_next(ts, self);
  return v || err_occurred(ts) ? v : err_stop_iteration(ts, NULL);
}
static Value iterator_throw(NATIVE_ARGS) {
  Value exc = is_exception(args[0]) ? incref(args[0]) : NULL;
  if (exc == NULL && is_exception_class(ts, args[0])) exc = nargs > 1 && is_exception(args[1]) ? incref(args[1]) : nargs > 1 && !is_none(args[1]) ? call1(ts, args[0], args[1]) : call0(ts, args[0]);
  else if (exc == NULL) err_format(ts, EXC(TypeError), "exceptions must be classes or instances deriving from BaseException, not %T", args[0]);
  CLEAR(((FutureIterator *)self)->future);
  return exc ? err_set_instance(ts, exc) : NULL;
}
static Value iterator_close(NATIVE_ARGS) {
  CLEAR(((FutureIterator *)self)->future);
  return V_NONE;
}
static void iterator_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((FutureIterator *)self)->future);
  object_release(ts, self);
}
static int iterator_traverse(Value self, Visit visit, void *arg) {
  VISIT(((FutureIterator *)self)->future);
  return 0;
}
static Value self_iter(ThreadState *ts, Value self) { return incref(self); }
static const MethodDef iterator_methods[] = {{"send", iterator_send, 1, 1, 0, NULL}, {"throw", iterator_throw, 1, 3, 0, NULL}, {"close", iterator_close, 0, 0, 0, NULL}, {0}};
const TypeSpec future_iterator_spec = {.name = "_asyncio.FutureIter", .doc = "What awaits a future.", .size = sizeof(FutureIterator), .flags = TYPE_GC | TYPE_NO_NEW, .methods = iterator_methods,
                                       .slots = {.dealloc = iterator_dealloc, .traverse = iterator_traverse, .iter = self_iter, .next = iterator_next}};

static const MethodDef future_methods[] = {
    {"result", method_result, 0, 0, 0, NULL}, {"exception", method_exception, 0, 0, 0, NULL}, {"set_result", method_set_result, 1, 1, 0, NULL}, {"set_exception", method_set_exception, 1, 1, 0, NULL},
    {"cancel", method_cancel, 0, 1, METHOD_KW, NULL}, {"cancelled", method_cancelled, 0, 0, 0, NULL}, {"done", method_done, 0, 0, 0, NULL}, {"get_loop", method_get_loop, 0, 0, 0, NULL},
    {"add_done_callback", method_add_done_callback, 1, 1, METHOD_KW, NULL}, {"remove_done_callback", remove_done_callback, 1, 1, 0, NULL}, {"_make_cancelled_error", method_make_cancelled_error, 0, 0, 0, NULL},
    {"__class_getitem__", class_alias, 1, 1, METHOD_CLASS, NULL}, {0}};
static const GetSetDef future_getsets[] = {{"_state", get_state, NULL, NULL}, {"_result", get_result, NULL, NULL}, {"_exception", get_exception, NULL, NULL}, {"_loop", get_loop, NULL, NULL},
                                           {"_callbacks", get_callbacks, NULL, NULL}, {"_source_traceback", get_none, NULL, NULL}, {"_cancel_message", get_message, set_message, NULL},
                                           {"_asyncio_future_blocking", get_blocking, set_blocking, NULL}, {"_log_traceback", get_log, set_log, NULL}, {0}};
const TypeSpec future_spec = {.name = "_asyncio.Future", .doc = "A result that is still to come.", .size = sizeof(Future), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_HAS_DICT | TYPE_WEAKREFS | TYPE_HAS_FINALIZER,
                              .slots = {.dealloc = future_dealloc, .traverse = future_traverse, .clear = future_clear, .finalize = future_finalize, .init = future_init, .repr = future_repr, .iter = future_iter, .await = future_iter},
                              .methods = future_methods, .getsets = future_getsets};
