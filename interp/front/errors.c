/* errors.c - raising SyntaxError and its kin, warning, and the bound on C recursion.
 * Next: explain.c (finds the words).   Sources: CPython Python/errors.c, Parser/pegen_errors.c. */
#include "interp/front/errors.h"

#include <stdlib.h>

static Value offset_value(ThreadState *ts, int offset)
{
    return offset == NO_OFFSET ? incref(V_NONE) : int_from_i64(ts, offset);
}

static Value text_value(ThreadState *ts, const ErrorPlace *at)
{
    if (at->line_text)
        return incref(at->line_text);
    return at->text ? str_decode(ts, at->text, (ssize_t)at->text_length, "utf-8", "replace") : incref(V_NONE);
}

void *front_syntax_error(ThreadState *ts, Value type, const char *message, const ErrorPlace *at)
{
    Value args[2] = {str_from_utf8(ts, message, (ssize_t)strlen(message)), tuple_new(ts, 6)};
    if (args[0] && args[1]) {
        Value text = text_value(ts, at);
        tuple_set(args[1], 0, incref(at->filename ? at->filename : V_NONE));
        tuple_set(args[1], 1, int_from_i64(ts, at->line));
        tuple_set(args[1], 2, int_from_i64(ts, at->offset));
        tuple_set(args[1], 3, text ? text : incref(V_NONE));
        tuple_set(args[1], 4, offset_value(ts, at->end_line));
        tuple_set(args[1], 5, offset_value(ts, at->end_offset));
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

static int set_attribute(ThreadState *ts, Value exception, const char *name, STEALS NULLABLE Value v)
{
    Value key = v ? str_intern_cstr(ts, name) : NULL;
    int status = key ? attr_set(ts, exception, key, v) : -1;
    if (key)
        decref(ts, key);
    if (v)
        decref(ts, v);
    return status;
}

void *front_late_error(ThreadState *ts, const char *message, const ErrorPlace *at)
{
    Value text = str_from_utf8(ts, message, (ssize_t)strlen(message));
    Value exception = text ? call_args(ts, EXC(SyntaxError), &text, 1) : NULL;
    if (text)
        decref(ts, text);
    if (!exception)
        return NULL;
    Value line = front_source_line(ts, at->filename, at->line);
    bool ok = !err_occurred(ts) && set_attribute(ts, exception, "filename", incref(at->filename)) == 0
              && set_attribute(ts, exception, "lineno", int_from_i64(ts, at->line)) == 0
              && set_attribute(ts, exception, "offset", int_from_i64(ts, at->offset)) == 0
              && set_attribute(ts, exception, "end_lineno", int_from_i64(ts, at->end_line)) == 0
              && set_attribute(ts, exception, "end_offset", offset_value(ts, at->end_offset)) == 0
              && set_attribute(ts, exception, "text", line ? incref(line) : incref(V_NONE)) == 0;
    if (line)
        decref(ts, line);
    if (ok)
        err_set_instance(ts, exception);
    else
        decref(ts, exception);
    return NULL;
}

Value front_source_line(ThreadState *ts, Value filename, int line)
{
    Value holder = NULL, text = NULL;
    ssize_t length = 0;
    const char *path = str_utf8(ts, filename, &length, &holder);
    if (!path)
        err_clear(ts);
    FILE *file = path && path[0] != '<' ? fopen(path, "r") : NULL;
    if (holder)
        decref(ts, holder);
    if (!file)
        return NULL;
    char *buffer = NULL;
    size_t room = 0;
    ssize_t got = -1;
    for (int i = 0; i < line && (got = getline(&buffer, &room, file)) >= 0; i++)
        ;
    if (got >= 0)
        text = str_decode(ts, buffer, got, "utf-8", "replace");
    free(buffer);
    fclose(file);
    return text;
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
