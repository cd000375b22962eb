/* front.h - the front end's door: source text to code object. */
#ifndef GILLY_FRONT_FRONT_H
#define GILLY_FRONT_FRONT_H

#include "runtime/object.h"

typedef enum { FRONT_FILE, FRONT_EVAL, FRONT_SINGLE } FrontMode;

enum {
    FRONT_ANNOTATIONS = 0x1000000, /* CO_FUTURE_ANNOTATIONS: as if from __future__ import annotations stood first */
    FRONT_ALLOW_INCOMPLETE = 1,    /* set *incomplete instead of failing where more text could mend it (the prompt) */
    FRONT_IS_FILE = 2,             /* the text is a file's bytes: a coding cookie counts, NUL bytes are reported as in files */
    FRONT_IS_TEXT = 4,             /* the text was a str: UTF-8 whatever a cookie says */
    FRONT_TREE = 16,               /* give the syntax tree as nested lists (ast_export) instead of a code object */
    FRONT_OPTIMIZE = 8             /* -O: no asserts, __debug__ False */
};

/* OWNED Code, or NULL with an exception; NULL without one and *incomplete true when the text only lacks its end.
 * bytes[0..n) need not end with NUL. */
OWNED Value front_compile(ThreadState *ts, const char *bytes, size_t n, Value filename, FrontMode mode, int flags, bool *incomplete);

/* The stages in print, for lectures and golden tests. 0, or -1 with an exception. */
int front_dump_tokens(ThreadState *ts, const char *bytes, size_t n, Value filename, FILE *out);
int front_dump_ast(ThreadState *ts, const char *bytes, size_t n, Value filename, FILE *out);
int front_dump_scopes(ThreadState *ts, const char *bytes, size_t n, Value filename, FILE *out);

#endif
