/* deque.h - what collections.c adds from deque.c. */
#ifndef RUNTIME_MODULES_DEQUE_H
#define RUNTIME_MODULES_DEQUE_H
#include "runtime/module.h"
int deque_add_types(ThreadState *ts, Value module);
#endif
