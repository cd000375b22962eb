/* deque.h - what collections.c adds from deque.c. */
#ifndef RUNTIME_MODULES_DEQUE_H
#define RUNTIME_MODULES_DEQUE_H
#include "runtime/module.h"
typedef struct {
  Type *forward, *backward;
} IteratorTypes; /* in the module's state, also at the deque type's native_data */
int deque_add_types(ThreadState *ts, Value module, IteratorTypes *types);
#endif
