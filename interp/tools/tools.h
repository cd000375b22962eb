/* tools.h - the verbs of the command, one function each, and signals. */
#ifndef INTERP_TOOLS_TOOLS_H
#define INTERP_TOOLS_TOOLS_H

#include "runtime/object.h"

int tool_dis(ThreadState *ts, const char *script); /* 0, or -1 with an exception */
int tool_repl(ThreadState *ts, Value globals, bool banner); /* the exit status */

/* signals.c: Ctrl-C becomes KeyboardInterrupt at the next check point. */
void signals_install(ThreadState *ts);
int signals_deliver(ThreadState *ts); /* -1 when a handler raised */

#endif
