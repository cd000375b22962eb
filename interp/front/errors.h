/* errors.h - how the front end raises: syntax errors with their place, warnings, depth. */
#ifndef GILLY_FRONT_ERRORS_H
#define GILLY_FRONT_ERRORS_H

#include "runtime/module.h" // import_attr()
#include "runtime/object.h"

/* A place as SyntaxError shows it: lines from 1, offsets in characters from 1 (0, -1: CPython's "none"). */
typedef struct {
    Value filename;
    int line, offset, end_line, end_offset;
    const char *text; /* the line, UTF-8; NULL: unknown */
    size_t text_length;
} ErrorPlace;

/* Raises type (SyntaxError, IndentationError, TabError) with message.  Always NULL. */
void *front_syntax_error(ThreadState *ts, Value type, const char *message, const ErrorPlace *place);

/* Warns as the compiler does (SyntaxWarning, DeprecationWarning).  -1 when a filter made it an exception. */
int front_warn(ThreadState *ts, Value category, const char *message, Value filename, int line);

/* Counts *depth up; false with RecursionError "maximum recursion depth exceeded<where>" past limit or at the C stack's end. */
bool front_enter(ThreadState *ts, int *depth, int limit, const char *where);

#endif
