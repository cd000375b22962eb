/* contention.c - tables of the objects that threads waited for.
 * Keeps true: a thread's table has at most MOST_ROWS rows; what finds no room is counted in the first one, which has no line.
 * Next: contention.h. */
#include "gil/observe/contention.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 512, ROWS_SHOWN = 10 };

static Contended *find(Contended *rows, int n, const char *type_name, uint32_t location) {
  for (int i = 0; i < n; i++)
    if (rows[i].location == location && strncmp(rows[i].type, type_name, sizeof rows->type - 1) == 0) return &rows[i];
  return NULL;
}

static Contended *add_row(Contended **rows, int *n, const char *type_name, uint32_t location) {
  if ((*n & (*n - 1)) == 0) { /* none, or a power of two: full */
    Contended *grown = realloc(*rows, (size_t)(*n ? 2 * *n : 1) * sizeof *grown);
    if (grown == NULL) return NULL;
    *rows = grown;
  }
  Contended *row = &(*rows)[(*n)++];
  *row = (Contended){.location = location};
  strncpy(row->type, type_name, sizeof row->type - 1);
  return row;
}

static void add(Contended **rows, int *n, int most, const char *type_name, uint32_t location, uint64_t count) {
  Contended *row = find(*rows, *n, type_name, location);
  if (row == NULL && *n < most) row = add_row(rows, n, type_name, location);
  if (row == NULL && *n > 0) row = *rows;
  if (row) row->count += count;
}

void contention_add(ThreadStats *s, const char *type_name, uint32_t location) {
  if (s->contended_count == 0) add(&s->contended, &s->contended_count, MOST_ROWS, "others", 0, 0);
  add(&s->contended, &s->contended_count, MOST_ROWS, type_name, location, 1);
}
void contention_free(ThreadStats *s) {
  free(s->contended);
  s->contended = NULL;
  s->contended_count = 0;
}

/* ---- the report ---- */

static int more_first(const void *a, const void *b) {
  uint64_t x = ((const Contended *)a)->count, y = ((const Contended *)b)->count;
  return x < y ? 1 : x > y ? -1 : 0;
}

/* The rows of all threads, to be freed. */
static Contended *gather(EventHub *hub, int *n) {
  Contended *rows = NULL;
  *n = 0;
  for (EventLog *log = hub->logs; log; log = log->next)
    for (int i = 0; i < log->stats.contended_count; i++) {
      Contended *row = &log->stats.contended[i];
      if (row->count > 0) add(&rows, n, 64 * MOST_ROWS, row->type, row->location, row->count);
    }
  if (rows) qsort(rows, (size_t)*n, sizeof *rows, more_first);
  return rows;
}

static const char *const counter_names[COUNTER_COUNT] = {
#define COUNTER(NAME, name, meaning) name,
#include "gil/counters.def"
#undef COUNTER
};

void contention_print(EventHub *hub, const StatsHead *head, FILE *out) {
  uint64_t sums[COUNTER_COUNT] = {0};
  for (EventLog *log = hub->logs; log; log = log->next)
    for (int i = 0; i < COUNTER_COUNT; i++) sums[i] += log->stats.counters[i];
  fprintf(out, "without the GIL: %llu object locks were taken, %llu parks; %llu merges and %llu foreign decrements of counts; the world stopped %llu times, %.3f ms in all\n",
          (unsigned long long)sums[COUNTER_CONTENTION], (unsigned long long)sums[COUNTER_PARK], (unsigned long long)sums[COUNTER_MERGE],
          (unsigned long long)sums[COUNTER_FOREIGN_DECREF], (unsigned long long)head->world_stops, (double)head->world_stopped_ns / 1e6);
  int n;
  Contended *rows = gather(hub, &n);
  if (n > 0) fprintf(out, "\nobjects that threads waited for\n  %9s  %-20s %s\n", "times", "type", "line");
  for (int i = 0; i < n && i < ROWS_SHOWN; i++) {
    const EventLocation *l = &hub->locations[rows[i].location];
    fprintf(out, "  %9llu  %-20s ", (unsigned long long)rows[i].count, rows[i].type);
    if (rows[i].location) fprintf(out, "%s:%d, %s\n", l->file, l->line, l->function);
    else fputs("-\n", out);
  }
  if (n > ROWS_SHOWN) fprintf(out, "  and %d rows more\n", n - ROWS_SHOWN);
  free(rows);
}

void contention_print_json(EventHub *hub, const StatsHead *head, FILE *out) {
  int n;
  Contended *rows = gather(hub, &n);
  fprintf(out, ", \"world_stops\": %llu, \"world_stopped_ns\": %llu, \"contended\": [", (unsigned long long)head->world_stops, (unsigned long long)head->world_stopped_ns);
  for (int i = 0; i < n; i++) {
    fprintf(out, "%s\n  {\"type\": ", i ? "," : "");
    put_json_text(out, rows[i].type);
    if (rows[i].location) {
      const EventLocation *l = &hub->locations[rows[i].location];
      fputs(", \"file\": ", out);
      put_json_text(out, l->file);
      fprintf(out, ", \"line\": %d, \"function\": ", l->line);
      put_json_text(out, l->function);
    }
    fprintf(out, ", \"count\": %llu}", (unsigned long long)rows[i].count);
  }
  fputc(']', out);
  free(rows);
}

void counters_print_json(const EventLog *log, FILE *out) {
  for (int i = 0; i < COUNTER_COUNT; i++) fprintf(out, ", \"%s\": %llu", counter_names[i], (unsigned long long)log->stats.counters[i]);
}
