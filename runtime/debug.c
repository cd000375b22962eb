/* debug.c - the message of a failed assertion.  Next: debug.h; alloc.c (poison), teardown.c (what is left at the end). */
#include "runtime/object.h"

#include <stdlib.h>

#ifdef GILLY_DEBUG
void assertion_failed(ThreadState *ts, const char *file, int line, const char *condition) {
  char where[400] = "no frame";
  ts->interp->up.describe_place(ts, where, sizeof where);
  fprintf(stderr, "gilly: bug: %s:%d: not true: %s (thread %u, in %s)\n", file, line, condition, (unsigned)ts->sched.id, where);
  abort();
}
#endif
