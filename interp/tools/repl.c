/* repl.c - the prompt: read a statement, compile it, run it, print what it gives.
 * Next: main.c. CPython: Python/pythonrun.c (PyRun_InteractiveLoop). */
#include <unistd.h>

#include "interp/front/front.h"
#include "interp/tools/tools.h"
#include "interp/vm/frame.h"
#include "interp/vm/interp.h"
#include "runtime/module.h"

int tool_repl(ThreadState *ts, Value globals, bool banner) {
  (void)globals;
  (void)banner;
  fputs("gilly: the prompt is not built yet\n", stderr);
  return 2;
}
