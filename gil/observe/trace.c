/* trace.c - --trace: the events of a run as Chrome trace-event JSON.
 * A thread's events become slices, one a state, from the event that begins it to the one that ends it:
 *
 *   GOT ....... DROP(request) .... GOT ........ BLOCK, DROP ......... UNBLOCK, WANT .... GOT
 *   | hold     | want             | hold       | io                  | want             |
 *
 * and arrows (flow events) from the lane of the holder before to the one that got the lock; requests and failed wake-ups are instants.
 * Keeps true: times are microseconds since the run began, with three decimals; slices of a lane do not overlap and leave no gap.
 * Next: runtime/lib/_timeline.py (who draws it). Source: the Trace Event Format document of Chrome's about:tracing. */
#include "gil/observe/trace.h"

#include <string.h>

#include "gil/sched/sched.h"

typedef struct {
  FILE *out;
  EventHub *hub;
  EventLog *log;
  bool first;
  const char *state; /* of the slice that is open, or NULL */
  int64_t since_ns;
  uint32_t location; /* the last one known */
  uint64_t lock;
  uint32_t flows;
} Writer;

static double us(Writer *w, int64_t ns) { return (double)(ns - w->hub->began_ns) / 1000.0; }

/* The head of one event; the caller adds fields and the brace. */
static void begin(Writer *w, const char *phase, uint32_t thread, int64_t time_ns) {
  fprintf(w->out, "%s\n{\"ph\":\"%s\",\"pid\":1,\"tid\":%u,\"ts\":%.3f", w->first ? "" : ",", phase, thread, us(w, time_ns));
  w->first = false;
}

static void put_place(Writer *w, uint32_t location) {
  if (location == 0 || location >= w->hub->location_count) return;
  EventLocation *l = &w->hub->locations[location];
  fputs(",\"file\":", w->out);
  put_json_text(w->out, l->file);
  fprintf(w->out, ",\"line\":%d,\"function\":", l->line);
  put_json_text(w->out, l->function);
}

static void close_slice(Writer *w, int64_t time_ns, uint32_t location_at_end) {
  if (w->state == NULL) return;
  begin(w, "X", w->log->thread, w->since_ns);
  fprintf(w->out, ",\"dur\":%.3f,\"name\":\"%s\",\"cat\":\"state\",\"args\":{\"state\":\"%s\"", (double)(time_ns - w->since_ns) / 1000.0, w->state, w->state);
  if (w->lock) fprintf(w->out, ",\"on\":\"0x%llx\"", (unsigned long long)w->lock);
  put_place(w, location_at_end ? location_at_end : w->location);
  fputs("}}", w->out);
  w->state = NULL;
  w->lock = 0;
}
static void open_slice(Writer *w, const char *state, int64_t time_ns) {
  w->state = state;
  w->since_ns = time_ns;
}

static void instant(Writer *w, const Event *e, const char *name) {
  begin(w, "i", w->log->thread, e->time_ns);
  fprintf(w->out, ",\"s\":\"t\",\"name\":\"%s\",\"cat\":\"event\",\"args\":{\"thread\":%u", name, e->a);
  put_place(w, e->location);
  fputs("}}", w->out);
}

/* From the lane that had the lock before. */
static void arrow(Writer *w, const Event *e) {
  if (e->a == 0 || e->a == w->log->thread) return;
  uint64_t id = ((uint64_t)w->log->thread << 32) | ++w->flows;
  begin(w, "s", e->a, e->time_ns);
  fprintf(w->out, ",\"id\":%llu,\"name\":\"hand-over\",\"cat\":\"lock\"}", (unsigned long long)id);
  begin(w, "f", w->log->thread, e->time_ns);
  fprintf(w->out, ",\"bp\":\"e\",\"id\":%llu,\"name\":\"hand-over\",\"cat\":\"lock\",\"args\":{\"from\":%u}}", (unsigned long long)id, e->a);
}

static const char *state_while_blocked(uint32_t reason) {
  static const char *const states[BLOCK_COUNT] = {[BLOCK_IO] = "io", [BLOCK_SLEEP] = "sleep", [BLOCK_LOCK] = "lock", [BLOCK_OBJECT] = "lock", [BLOCK_FOREIGN] = "foreign", [BLOCK_PROCESS] = "process", [BLOCK_INPUT] = "input"};
  return reason < BLOCK_COUNT && states[reason] ? states[reason] : "io";
}

static void put_event(Writer *w, const Event *e) {
  switch (e->kind) {
    case EVENT_START:
    case EVENT_WANT:
    case EVENT_UNBLOCK:
      if (w->state && strcmp(w->state, "want") == 0) break;
      close_slice(w, e->time_ns, 0);
      open_slice(w, "want", e->time_ns);
      break;
    case EVENT_GOT:
      close_slice(w, e->time_ns, 0);
      open_slice(w, "hold", e->time_ns);
      arrow(w, e);
      break;
    case EVENT_BLOCK:
      close_slice(w, e->time_ns, e->location);
      open_slice(w, state_while_blocked(e->a), e->time_ns);
      w->lock = e->b;
      break;
    case EVENT_DROP:
      if (e->a != DROP_FOR_REQUEST && e->a != DROP_FOR_TICKS) break;
      close_slice(w, e->time_ns, e->location);
      open_slice(w, "want", e->time_ns);
      break;
    case EVENT_DROP_REQUEST: instant(w, e, "drop request"); break;
    case EVENT_FAILED_WAKE: instant(w, e, "failed wake"); break;
    case EVENT_SPAWN: instant(w, e, "spawn"); break;
    case EVENT_LOCK_HANDOVER: instant(w, e, "lock hand-over"); break;
    case EVENT_EXIT: close_slice(w, e->time_ns, 0); break;
    default: break;
  }
  if (e->location) w->location = e->location;
}

static void put_log(Writer *w, EventLog *log) {
  w->log = log;
  w->state = NULL;
  w->location = 0;
  begin(w, "M", log->thread, w->hub->began_ns);
  fputs(",\"name\":\"thread_name\",\"args\":{\"name\":", w->out);
  put_json_text(w->out, log->name);
  fprintf(w->out, ",\"lost\":%llu,\"began\":%.3f,\"ended\":%.3f}}", (unsigned long long)log->lost, us(w, log->stats.began_ns), us(w, log->stats.ended_ns));
  for (EventChunk *c = log->first; c; c = c->next)
    for (uint64_t i = 0; i < c->count; i++) put_event(w, &c->events[i]);
  close_slice(w, log->stats.ended_ns, 0);
}

int trace_write(EventHub *hub, const StatsHead *head, FILE *out) {
  Writer w = {.out = out, .hub = hub, .first = true};
  stats_close(hub);
  fprintf(out, "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"program\":\"gilly\",\"profile\":\"%s\",\"clock\":\"%s\",\"interval_us\":%lld},\"traceEvents\":[", head->profile, head->clock, (long long)head->interval_us);
  for (EventLog *log = hub->logs; log; log = log->next) put_log(&w, log);
  fputs("\n]}\n", out);
  return ferror(out) || fflush(out) != 0 ? -1 : 0;
}
