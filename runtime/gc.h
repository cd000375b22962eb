/* gc.h - the cycle collector: finds objects that only hold each other. CPython: Modules/gcmodule.c */
#ifndef RUNTIME_GC_H
#define RUNTIME_GC_H

#include "runtime/object.h"

int64_t gc_collect(ThreadState *ts); /* how many objects were found unreachable */
void gc_at_check_point(ThreadState *ts); /* BREAK_GC was seen */
/* Call fn on every live collectable object until it returns non-zero. */
int gc_each_object(Interp *interp, int (*fn)(Value v, void *arg), void *arg);
static inline bool gc_is_tracked(Value v) { return is_object(v) && v->shape->type->flags & TYPE_GC; }

#endif
