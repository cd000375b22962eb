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
    Value line_text;  /* or the line as a str, borrowed */
} ErrorPlace;
enum { NO_OFFSET = -1000 }; /* an end_offset or end_line of None */

/* Raises type (SyntaxError, IndentationError, TabError) with message.  Always NULL. */
void *front_syntax_error(ThreadState *ts, Value type, const char *message, const ErrorPlace *place);

/* The same for what symbol table and future statements find: CPython then sets the place as attributes, args holds the
 * message only, and the text is read from the file. */
void *front_late_error(ThreadState *ts, const char *message, const ErrorPlace *place);

/* Line number `line` of the file, as str with its newline; NULL without an exception when there is no such file. */
OWNED Value front_source_line(ThreadState *ts, Value filename, int line);

/* Warns as the compiler does (SyntaxWarning, DeprecationWarning).  -1 when a filter made it an exception. */
int front_warn(ThreadState *ts, Value category, const char *message, Value filename, int line);

/* Counts *depth up; false with RecursionError "maximum recursion depth exceeded<where>" past limit or at the C stack's end. */
bool front_enter(ThreadState *ts, int *depth, int limit, const char *where);

#endif
