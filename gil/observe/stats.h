/* stats.h - sums over a run: what each thread did with its time, how often the lock changed hands, how long the slices were.
 * A listener of events.h: stats_on_event keeps the sums in the thread's own log.  Next: stats.c. */
#ifndef GIL_OBSERVE_STATS_H
#define GIL_OBSERVE_STATS_H

#include <stdio.h>

#include "gil/events.h"

void stats_on_event(ThreadStats *s, const Event *e);
typedef struct {
  const char *profile, *clock;
  int64_t interval_us;
  bool has_lock;
  uint64_t world_stops, world_stopped_ns; /* without a lock */
} StatsHead;
void stats_close(EventHub *hub); /* stop recording, and bring the sums of threads that have not ended up to now */
/* The report at the end of a run: a table for people, or one JSON object. */
void stats_print(EventHub *hub, const StatsHead *head, FILE *out, bool as_json);

void put_json_text(FILE *out, const char *text); /* as a JSON string, with its quotes */

#endif
