/* error.h - raising and catching in C. A function that fails returns NULL or -1 with ts->exc set; one that succeeds
 * leaves ts->exc NULL. The pending exception is always an instance. */
#ifndef RUNTIME_ERROR_H
#define RUNTIME_ERROR_H

/* Raise type(message). Formats: %s char*, %d int, %zd ssize_t, %lld, %c, %x, %%, %U str Value as it is, %S str(v), %R repr(v),
 * %T type name of v, %N name of a Type*, %.200s and %.*s as printf. Always returns NULL, so `return err_format(...)`. */
Value err_format(ThreadState *ts, Value type, const char *format, ...);
/* Raise type(arg), arg borrowed; type() when arg is NULL. Returns NULL. */
Value err_set(ThreadState *ts, Value type, NULLABLE Value arg);
/* Raise an instance. Returns NULL. */
Value err_set_instance(ThreadState *ts, STEALS Value exc);
Value err_no_memory(ThreadState *ts);
/* KeyError(key), with key wrapped so that a tuple stays one argument. */
Value err_key(ThreadState *ts, Value key);
/* OSError of errno value `number`, with file names when given. */
Value err_errno(ThreadState *ts, int number, NULLABLE Value filename, NULLABLE Value filename2);
/* StopIteration(value); value may be NULL. */
Value err_stop_iteration(ThreadState *ts, NULLABLE Value value);
/* TypeError "... takes ..." helpers */
Value err_unsupported(ThreadState *ts, const char *op, Value a, Value b); /* unsupported operand type(s) for +: ... */
/* SystemError-free internal check: "bad argument type for built-in operation" */
Value err_bad_call(ThreadState *ts);

static inline bool err_occurred(ThreadState *ts) { return ts->exc != NULL; }
void err_clear(ThreadState *ts);
/* The pending exception is an instance of type (or of one of a tuple's). */
bool err_matches(ThreadState *ts, Value type);
/* Take the pending exception out (OWNED, may be NULL) and put it back. */
static inline NULLABLE OWNED Value err_fetch(ThreadState *ts) {
  Value e = ts->exc;
  ts->exc = NULL;
  return e;
}
static inline void err_restore(ThreadState *ts, STEALS NULLABLE Value exc) { replace(ts, &ts->exc, exc); }
/* The pending exception becomes __context__ of a newer one: err_fetch, do something that raises, err_chain(old). */
void err_chain(ThreadState *ts, STEALS NULLABLE Value context);
/* As err_format, with the pending exception as __cause__ and __context__ ("raise ... from"). */
Value err_from_cause(ThreadState *ts, Value type, const char *format, ...);
/* Report an exception that nobody can catch (in __del__, a callback ...) to sys.unraisablehook, and clear it. */
void err_write_unraisable(ThreadState *ts, NULLABLE Value where);
void err_write_unraisable_text(ThreadState *ts, NULLABLE const char *text, NULLABLE Value where); /* text instead of "Exception ignored in" */
/* Warn through the warnings module; -1 when the filter turned it into an exception. category: EXC(DeprecationWarning)... */
int err_warn(ThreadState *ts, Value category, int stack_level, const char *format, ...);
/* Make an owned str as err_format would. */
OWNED Value str_format(ThreadState *ts, const char *format, ...);
OWNED Value str_vformat(ThreadState *ts, const char *format, __builtin_va_list list);

/* Bound C recursion: 0, or -1 with RecursionError "maximum recursion depth exceeded<where>". Pair with leave_recursive. */
int enter_recursive_slow(ThreadState *ts, const char *where);
static inline int enter_recursive(ThreadState *ts, const char *where) {
  char here;
  if (LIKELY(--ts->recursion_left > 0 && &here > ts->c_stack_limit)) return 0;
  return enter_recursive_slow(ts, where);
}
static inline void leave_recursive(ThreadState *ts) { ts->recursion_left++; }

#endif
