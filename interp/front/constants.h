/* constants.h - the values a source text can spell, and what the compiler may compute with them beforehand. */
#ifndef GILLY_FRONT_CONSTANTS_H
#define GILLY_FRONT_CONSTANTS_H

#include "interp/front/ast.h"

/* The value of a NUMBER token, or NULL with ValueError (too many digits) or MemoryError. */
OWNED Value constant_number(ThreadState *ts, const char *text, size_t n);

bool constant_is_complex(Value v);

/* Same type and same value all the way down: 1, 1.0 and True differ, so do 0.0 and -0.0. */
bool constant_same(ThreadState *ts, Value a, Value b);
uint64_t constant_hash(ThreadState *ts, Value v);

/* Results of operators on constants: NULL without an exception where CPython does not fold (error, too large a result). */
OWNED Value constant_unary(ThreadState *ts, int op, Value v);
OWNED Value constant_binary(ThreadState *ts, int op, Value a, Value b);
OWNED Value constant_subscript(ThreadState *ts, Value v, Value index);

/* A UTF-8 view of a str; decref *holder afterwards when it is not NULL.  NULL with an exception for lone surrogates. */
const char *constant_text(ThreadState *ts, Value str, size_t *n, Value *holder);

#endif
