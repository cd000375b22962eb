/* asyncio.h - _asyncio: the event loop's small objects in C, since each turn of a loop makes and runs several of them.
 *
 *      Handle        a callback in the loop's queue       TimerHandle   one that waits for a time
 *      Future        a result that is still to come       Task          a future whose coroutine the loop drives
 *
 * What they do stands readable in runtime/lib/asyncio/{events,futures,tasks}.py, whose classes these replace; the two behave alike, and the pure
 * ones can be had as asyncio.tasks._PyTask and so on. The loop itself, and all that waits for several things, stays in Python.
 * Keeps true: an object that several threads share is memory-safe; what it does then is open, as asyncio's objects belong to the loop's thread.
 * Next: handle.c, future.c, task.c. CPython: Modules/_asynciomodule.c. */
#ifndef RUNTIME_MODULES_ASYNCIO_H
#define RUNTIME_MODULES_ASYNCIO_H

#include "runtime/module.h"

typedef enum { FUTURE_PENDING, FUTURE_CANCELLED, FUTURE_FINISHED } FutureState;
typedef struct {
  Object base;
  Value loop;
  Value callback, callback_context; /* the first one, as most have one only; or NULL */
  Value more;                       /* list of (callback, context): the others; or NULL */
  Value result, exception, traceback;
  Value cancel_message;             /* or NULL */
  Value cancelled_error;            /* the CancelledError that ended a task, until it is raised; or NULL */
  uint8_t state;
  bool is_blocking;                 /* yielded up to the task: a plain `yield` cannot look the same */
  bool log_traceback;               /* somebody ought to be told of the exception */
} Future;

typedef struct {
  Future future;
  Value coroutine, context, name;   /* name: NULL, by number */
  Value waiter;                     /* what the coroutine waits for, or NULL */
  int64_t number, cancels_requested;
  bool must_cancel;                 /* CancelledError at the next step */
  bool log_destroy_pending;
} Task;

typedef struct {
  Type *handle, *timer, *future, *future_iterator, *task; /* owned */
  Value current;   /* dict: loop -> the task whose step runs */
  Value all_tasks; /* dict: id -> weak reference */
  Value cancelled_error, invalid_state; /* exceptions */
  Value context_keyword, msg_keyword;   /* ("context",), ("msg",) */
  int64_t tasks_made;
} AsyncioState;
static inline AsyncioState *asyncio_state(ThreadState *ts) { return native_state(ts, NATIVE_asyncio); }
static inline Future *as_future(Value v) { return (Future *)v; }
static inline Task *as_task(Value v) { return (Task *)v; }

extern const TypeSpec handle_spec, timer_spec, future_spec, future_iterator_spec, task_spec;

/* v is a Future or Task itself and no subclass, whose methods may be others. */
static inline bool is_plain_future(ThreadState *ts, Value v) {
  AsyncioState *s = asyncio_state(ts);
  return is_object(v) && (type_of(ts, v) == s->task || type_of(ts, v) == s->future);
}

/* future.c */
int future_begin(ThreadState *ts, Future *f, NULLABLE Value loop);       /* as __init__(loop=loop) */
int future_add_callback(ThreadState *ts, Future *f, Value callback, NULLABLE Value context);
int future_set_result(ThreadState *ts, Future *f, Value result);
int future_set_exception(ThreadState *ts, Future *f, Value exception);
int future_cancel(ThreadState *ts, Future *f, NULLABLE Value message);   /* 1; 0: it is done already; -1 */
OWNED Value future_get_result(ThreadState *ts, Future *f);               /* or its exception raised */
OWNED Value future_make_cancelled_error(ThreadState *ts, Future *f);
void future_report_unseen(ThreadState *ts, Future *f);                   /* its finalizer's part */
void future_drop(ThreadState *ts, Future *f);
int future_traverse(Value self, Visit visit, void *arg);
int future_clear(ThreadState *ts, Value self);
int loop_call_soon(ThreadState *ts, Value loop, Value callback, NULLABLE Value argument, NULLABLE Value context);
OWNED Value asyncio_bound(ThreadState *ts, const MethodDef *def, Value self); /* a bound method of ours, as a callback */
/* module.function(a) for a function that is written in Python. */
OWNED Value asyncio_python(ThreadState *ts, const char *module, const char *function, Value a, NULLABLE Value b);

#endif
