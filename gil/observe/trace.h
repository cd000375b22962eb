/* trace.h - a recorded run as a file: Chrome's trace-event JSON, which Perfetto opens and `gilly timeline` draws.  Next: trace.c. */
#ifndef GIL_OBSERVE_TRACE_H
#define GIL_OBSERVE_TRACE_H

#include "gil/observe/stats.h"

/* Write all that was recorded. The logs stand still: their threads have ended or wait. 0; -1 with errno. */
int trace_write(EventHub *hub, const StatsHead *head, FILE *out);

#endif
