/* thread_state.h - looking over all threads of an Interp. The caller is attached. (thread_state.c) */
#ifndef RUNTIME_THREAD_STATE_H
#define RUNTIME_THREAD_STATE_H

#include "runtime/object.h"

/* Call fn for each thread until it returns something else than 0, and return that. Takes sched->mutex: fn must not wait or call out. */
int thread_each(ThreadState *ts, int (*fn)(ThreadState *thread, void *arg), void *arg);
BORROWED ThreadState *thread_by_id(ThreadState *ts, uint32_t id);         /* NULL: it has ended */
BORROWED ThreadState *thread_by_ident(ThreadState *ts, uintptr_t ident);  /* ident as _thread.get_ident gives; NULL: none */
/* Raise cls in the thread at its next check point; NULL takes that back. Threads found (0 or 1). CPython: PyThreadState_SetAsyncExc */
int thread_raise_in(ThreadState *ts, uintptr_t ident, NULLABLE Value cls);

#endif
