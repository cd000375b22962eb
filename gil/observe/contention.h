/* contention.h - without the GIL: which objects threads had to wait for, by type and source line, and what shared counts cost.
 * A part of the statistics (stats.h); every thread keeps its own table, which the report adds up.  Next: contention.c. */
#ifndef GIL_OBSERVE_CONTENTION_H
#define GIL_OBSERVE_CONTENTION_H

#include <stdio.h>

#include "gil/observe/stats.h"

void contention_add(ThreadStats *s, const char *type_name, uint32_t location);
void contention_free(ThreadStats *s);
void contention_print(EventHub *hub, const StatsHead *head, FILE *out);
void contention_print_json(EventHub *hub, const StatsHead *head, FILE *out); /* members of the report's object, each with a comma before it */
void counters_print_json(const EventLog *log, FILE *out);                    /* members of a thread's object, likewise */

#endif
