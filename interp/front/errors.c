/* errors.c - raising SyntaxError and its kin, warning, and the bound on C recursion.
 * Next: explain.c (finds the words).   Sources: CPython Python/errors.c, Parser/pegen_errors.c. */
#include "interp/front/errors.h"

void *front_syntax_error(ThreadState *ts, Value type, const char *message, const ErrorPlace *at)
{
    Value args[2] = {str_from_utf8(ts, message, (ssize_t)strlen(message)), tuple_new(ts, 6)};
    if (args[0] && args[1]) {
        tuple_set(args[1], 0, incref(at->filename ? at->filename : V_NONE));
        tuple_set(args[1], 1, int_from_i64(ts, at->line));
        tuple_set(args[1], 2, int_from_i64(ts, at->offset));
        Value text = at->text ? str_decode(ts, at->text, (ssize_t)at->text_length, "utf-8", "replace") : incref(V_NONE);
        tuple_set(args[1], 3, text ? text : incref(V_NONE));
        tuple_set(args[1], 4, int_from_i64(ts, at->end_line));
        tuple_set(args[1], 5, int_from_i64(ts, at->end_offset));
        Value exception = text ? call_args(ts, type, args, 2) : NULL;
        if (exception)
            err_set_instance(ts, exception);
    }
    if (args[0])
        decref(ts, args[0]);
    if (args[1])
        decref(ts, args[1]);
    return NULL;
}

/* Through warnings.warn_explicit, so that the place is the source line's and not the running code's. */
int front_warn(ThreadState *ts, Value category, const char *message, Value filename, int line)
{
    Value warn = import_attr(ts, "warnings", "warn_explicit");
    if (!warn) {
        err_clear(ts); /* no warnings module: stay silent */
        return 0;
    }
    Value args[4] = {str_from_utf8(ts, message, (ssize_t)strlen(message)), category, filename, int_from_i64(ts, line)};
    Value result = args[0] ? call_args(ts, warn, args, 4) : NULL;
    if (args[0])
        decref(ts, args[0]);
    decref(ts, warn);
    if (!result)
        return -1;
    decref(ts, result);
    return 0;
}

bool front_enter(ThreadState *ts, int *depth, int limit, const char *where)
{
    char here;
    if (++*depth <= limit && &here > ts->c_stack_limit)
        return true;
    --*depth;
    err_format(ts, EXC(RecursionError), "maximum recursion depth exceeded%s", where);
    return false;
}
