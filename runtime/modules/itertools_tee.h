/* itertools_tee.h - itertools.tee, for the module itertools. Source: CPython Modules/itertoolsmodule.c. */
#ifndef RUNTIME_MODULES_ITERTOOLS_TEE_H
#define RUNTIME_MODULES_ITERTOOLS_TEE_H

#include "runtime/module.h"

/* Make the types of tee's iterators and of their blocks. 0, or -1 with an error. Locks: none. */
int tee_add_types(ThreadState *ts, Value module, Type **tee, Type **block);
/* tee(iterable, n=2): a new tuple of n iterators, or NULL with an error. */
Value tee_call(ThreadState *ts, Type *type, Value *args, ssize_t nargs);

#endif
