/* gc.h - the cycle collector: finds objects that only hold each other. CPython: Modules/gcmodule.c */
#ifndef RUNTIME_GC_H
#define RUNTIME_GC_H

#include "runtime/object.h"

/* Interp.gc_debug: the flags of gc.set_debug(), numbered as CPython's. */
enum { GC_DEBUG_STATS = 1, GC_DEBUG_COLLECTABLE = 2, GC_DEBUG_UNCOLLECTABLE = 4, GC_DEBUG_SAVEALL = 32 };

int64_t gc_collect(ThreadState *ts); /* how many objects were found unreachable */
/* The Interp has started, and starting leaves no trash: count what lives now as if it had survived a collection, and remember it. */
void gc_begin(ThreadState *ts);
/* Does an object live, made since gc_begin, with a finalizer or a weak reference to it? */
bool gc_has_last_words(Interp *interp);
void gc_at_check_point(ThreadState *ts); /* BREAK_GC was seen */
/* Call fn on every live collectable object until it returns non-zero. */
int gc_each_object(Interp *interp, int (*fn)(Value v, void *arg), void *arg);
static inline bool gc_is_tracked(Value v) { return is_object(v) && shape_of(v)->type->flags & TYPE_GC; }

#endif
