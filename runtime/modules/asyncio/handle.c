/* handle.c - Handle and TimerHandle: callbacks that wait for their turn, or for a time. What they do: runtime/lib/asyncio/events.py.
 * Keeps true: a cancelled handle keeps neither callback nor arguments.
 * Next: future.c. CPython: Lib/asyncio/events.py. */
#include "runtime/modules/asyncio/asyncio.h"
#include "runtime/modules/contextvars.h"
#include "runtime/types/number.h"

typedef struct {
  Object base;
  Value callback, args; /* args: tuple; NULL both: cancelled */
  Value loop, context;
  bool is_cancelled;
  /* of a TimerHandle */
  bool is_scheduled; /* in the loop's heap */
  double seconds;    /* `when`, to compare by */
  Value when;
} Handle;
static Handle *as_handle(Value v) { return (Handle *)v; }

static int handle_fill(ThreadState *ts, Handle *h, Value callback, Value args, Value loop, NULLABLE Value context) {
  if (!is_tuple(args)) return err_format(ts, EXC(TypeError), "a handle's arguments are a tuple, not %T", args), -1;
  Value own = context && !is_none(context) ? incref(context) : context_copy_current(ts);
  if (own == NULL) return -1;
  replace(ts, &h->callback, incref(callback));
  replace(ts, &h->args, incref(args));
  replace(ts, &h->loop, incref(loop));
  replace(ts, &h->context, own);
  h->is_cancelled = false;
  return 0;
}
static int handle_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"callback", "args", "loop", "context"};
  static const ArgSpec spec = {.function = "Handle", .n_pos = 4, .n_required = 3, .n_total = 4, .names = names};
  Value given[4];
  return args_bind(ts, &spec, args, nargs, kwnames, given) < 0 ? -1 : handle_fill(ts, as_handle(self), given[0], given[1], given[2], given[3]);
}
static int timer_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"when", "callback", "args", "loop", "context"};
  static const ArgSpec spec = {.function = "TimerHandle", .n_pos = 5, .n_required = 4, .n_total = 5, .names = names};
  Value given[5];
  Handle *h = as_handle(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_double(ts, given[0], &h->seconds) < 0) return -1;
  replace(ts, &h->when, incref(given[0]));
  return handle_fill(ts, h, given[1], given[2], given[3], given[4]);
}
static void handle_dealloc(ThreadState *ts, Value self) {
  Handle *h = as_handle(self);
  Value owned[] = {h->callback, h->args, h->loop, h->context, h->when};
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(ts, owned[i]);
  object_release(ts, self);
}
static int handle_traverse(Value self, Visit visit, void *arg) {
  Handle *h = as_handle(self);
  VISIT(h->callback);
  VISIT(h->args);
  VISIT(h->loop);
  VISIT(h->context);
  VISIT(h->when);
  return 0;
}
static int handle_clear(ThreadState *ts, Value self) {
  CLEAR(as_handle(self)->callback);
  CLEAR(as_handle(self)->args);
  CLEAR(as_handle(self)->loop);
  return 0;
}

/* ---- what they do ---- */

static Value handle_cancel(NATIVE_ARGS) {
  Handle *h = as_handle(self);
  h->is_cancelled = true;
  CLEAR(h->callback);
  CLEAR(h->args);
  return V_NONE;
}
static Value timer_cancel(NATIVE_ARGS) {
  if (as_handle(self)->is_cancelled) return V_NONE;
  if (as_handle(self)->is_scheduled) { /* the loop counts them */
    Value loop = incref(as_handle(self)->loop), told = call_method1(ts, loop, ID(_timer_handle_cancelled), self);
    decref(ts, loop);
    if (told == NULL) return NULL;
    decref(ts, told);
  }
  return handle_cancel(ts, self, args, nargs, kwnames);
}
/* Its turn has come. An exception is the exception handler's affair, unless it is to end the program. */
static Value handle_run(NATIVE_ARGS) {
  Handle *h = as_handle(self);
  if (h->callback == NULL || h->context == NULL) return V_NONE;
  Value callback = incref(h->callback), given = incref(h->args), context = incref(h->context);
  Value r = context_call(ts, context, callback, tuple_items(given), tuple_len(given));
  decref(ts, context);
  decref(ts, given);
  decref(ts, callback);
  if (LIKELY(r != NULL)) return decref(ts, r), V_NONE;
  if (err_matches(ts, EXC(SystemExit)) || err_matches(ts, EXC(KeyboardInterrupt))) return NULL;
  Value e = err_fetch(ts), told = asyncio_python(ts, "asyncio.events", "_report", self, e);
  decref(ts, e);
  return told;
}
static Value handle_repr(ThreadState *ts, Value self) { return asyncio_python(ts, "asyncio.events", "_handle_text", self, NULL); }
static Value timer_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  Type *timer = asyncio_state(ts)->timer;
  if (!is_object(b) || !type_is_subtype(type_of(ts, b), timer) || !type_is_subtype(type_of(ts, a), timer)) return V_NOT_IMPLEMENTED;
  Handle *x = as_handle(a), *y = as_handle(b);
  switch (op) {
    case CMP_LT: return bool_value(x->seconds < y->seconds);
    case CMP_LE: return bool_value(x->seconds <= y->seconds);
    case CMP_GT: return bool_value(x->seconds > y->seconds);
    case CMP_GE: return bool_value(x->seconds >= y->seconds);
    default: break;
  }
  int same = x == y;
  if (!same && x->seconds == y->seconds && x->is_cancelled == y->is_cancelled && x->callback && y->callback) {
    same = compare_bool(ts, x->callback, y->callback, CMP_EQ);
    if (same > 0) same = compare_bool(ts, x->args, y->args, CMP_EQ);
    if (same < 0) return NULL;
  }
  return bool_value(op == CMP_EQ ? same : !same);
}
static int64_t timer_hash(ThreadState *ts, Value self) { return hash_of(ts, as_handle(self)->when ? as_handle(self)->when : V_NONE); }

static Value or_none(NULLABLE Value v) { return v ? incref(v) : V_NONE; }
static Value get_callback(ThreadState *ts, Value self) { return or_none(as_handle(self)->callback); }
static Value get_args(ThreadState *ts, Value self) { return or_none(as_handle(self)->args); }
static Value get_loop(ThreadState *ts, Value self) { return or_none(as_handle(self)->loop); }
static Value get_context(ThreadState *ts, Value self) { return or_none(as_handle(self)->context); }
static Value get_cancelled(ThreadState *ts, Value self) { return bool_value(as_handle(self)->is_cancelled); }
static Value get_when(ThreadState *ts, Value self) { return or_none(as_handle(self)->when); }
static Value get_scheduled(ThreadState *ts, Value self) { return bool_value(as_handle(self)->is_scheduled); }
static int set_scheduled(ThreadState *ts, Value self, Value v) {
  int yes = v ? truth(ts, v) : (err_format(ts, EXC(AttributeError), "cannot delete attribute"), -1);
  if (yes >= 0) as_handle(self)->is_scheduled = yes;
  return yes < 0 ? -1 : 0;
}
static Value handle_cancelled(NATIVE_ARGS) { return get_cancelled(ts, self); }
static Value handle_get_context(NATIVE_ARGS) { return get_context(ts, self); }
static Value timer_when(NATIVE_ARGS) { return get_when(ts, self); }

static const MethodDef handle_methods[] = {{"cancel", handle_cancel, 0, 0, 0, NULL}, {"cancelled", handle_cancelled, 0, 0, 0, NULL}, {"get_context", handle_get_context, 0, 0, 0, NULL},
                                           {"_run", handle_run, 0, 0, METHOD_FREE, NULL}, {0}};
static const GetSetDef handle_getsets[] = {{"_callback", get_callback, NULL, NULL}, {"_args", get_args, NULL, NULL}, {"_loop", get_loop, NULL, NULL}, {"_context", get_context, NULL, NULL},
                                           {"_cancelled", get_cancelled, NULL, NULL}, {0}};
static const MethodDef timer_methods[] = {{"cancel", timer_cancel, 0, 0, 0, NULL}, {"when", timer_when, 0, 0, 0, NULL}, {0}};
static const GetSetDef timer_getsets[] = {{"_when", get_when, NULL, NULL}, {"_scheduled", get_scheduled, set_scheduled, NULL}, {0}};
const TypeSpec handle_spec = {.name = "asyncio.events.Handle", .doc = "A callback that waits for its turn. cancel() takes it out.", .size = sizeof(Handle), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS,
                              .slots = {.dealloc = handle_dealloc, .traverse = handle_traverse, .clear = handle_clear, .init = handle_init, .repr = handle_repr}, .methods = handle_methods, .getsets = handle_getsets};
const TypeSpec timer_spec = {.name = "asyncio.events.TimerHandle", .doc = "A callback that waits for a time.", .size = sizeof(Handle), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS,
                             .slots = {.dealloc = handle_dealloc, .traverse = handle_traverse, .clear = handle_clear, .init = timer_init, .compare = timer_compare, .hash = timer_hash},
                             .methods = timer_methods, .getsets = timer_getsets};
