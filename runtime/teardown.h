/* teardown.h - the end of an Interp's objects. */
#ifndef RUNTIME_TEARDOWN_H
#define RUNTIME_TEARDOWN_H

#include "runtime/object.h"

/* Free everything that lives in the Interp and give its pages back. No Python code may run any more. Whatever is still held
 * by somebody is a leak, told on stderr by type; returns 0 when there is none. */
size_t objects_free_all(ThreadState *ts);

#endif
