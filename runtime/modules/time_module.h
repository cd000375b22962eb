/* time_module.h - seconds as scripts give them. (time.c) */
#ifndef RUNTIME_MODULES_TIME_MODULE_H
#define RUNTIME_MODULES_TIME_MODULE_H

#include "runtime/object.h"

/* Seconds, an int or a float, as nanoseconds, rounded up. -1: TypeError, ValueError (NaN) or OverflowError, as CPython's _PyTime_FromSecondsObject. */
int seconds_to_ns(ThreadState *ts, Value seconds, int64_t *ns);

#endif
