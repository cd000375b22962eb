/* signal_module.h - signals of the process: who gets them, and what Python code runs for them. (signal_module.c) */
#ifndef RUNTIME_MODULES_SIGNAL_MODULE_H
#define RUNTIME_MODULES_SIGNAL_MODULE_H

#include "runtime/object.h"

int signals_install(ThreadState *ts);      /* the main thread of the Interp that owns the process's signals; SIGINT raises KeyboardInterrupt. -1: no memory */
int signals_deliver(ThreadState *ts);      /* run the handlers of what has arrived; -1 when one raised. Main thread only */
void signal_arrived(int number);           /* as if it had come from the system */
void signals_forget(ThreadState *ts);      /* at the end of the Interp */
void signals_after_fork(ThreadState *ts);
/* The process's main thread goes into another Interp, as inner, and comes back: what arrives meanwhile stops what runs there (KeyboardInterrupt),
 * and is delivered to its handler afterwards. Nothing when ts is another thread. */
void signals_lend(ThreadState *ts, ThreadState *inner);
void signals_take_back(ThreadState *ts, ThreadState *inner);

#endif
