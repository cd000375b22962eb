/* weakref.h - weak references for the natives that make or list them. (weakref.c) */
#ifndef RUNTIME_TYPES_WEAKREF_H
#define RUNTIME_TYPES_WEAKREF_H

#include "runtime/object.h"

bool can_weakref(ThreadState *ts, Value v);
OWNED Value weakref_new(ThreadState *ts, Type *type, BORROWED Value target, NULLABLE Value callback);
ssize_t weakref_count(ThreadState *ts, Value target);
OWNED Value weakref_list(ThreadState *ts, Value target);
void weaktable_free(ThreadState *ts);

#endif
