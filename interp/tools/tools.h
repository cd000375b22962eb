/* tools.h - the verbs of the command, one function each. */
#ifndef INTERP_TOOLS_TOOLS_H
#define INTERP_TOOLS_TOOLS_H

#include "runtime/object.h"

int tool_dis(ThreadState *ts, const char *script); /* 0, or -1 with an exception */
int tool_repl(ThreadState *ts, Value globals, bool banner); /* the exit status */

/* The verbs that are scripts of the library: call main(arguments) of the module; the exit status. (timeline_tool.c) */
int tool_script(ThreadState *ts, const char *module, char **argv, int argc);
int draw_trace(FILE *json, const char *path); /* Options.draw_trace */

#endif
