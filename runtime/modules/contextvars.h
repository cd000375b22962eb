/* contextvars.h - contexts for other native modules. (contextvars.c) */
#ifndef RUNTIME_MODULES_CONTEXTVARS_H
#define RUNTIME_MODULES_CONTEXTVARS_H

#include "runtime/object.h"

OWNED Value context_copy_current(ThreadState *ts);
/* context.run(f, *args), for whatever object context is. */
OWNED Value context_call(ThreadState *ts, Value context, Value f, Value *args, ssize_t nargs);

#endif
