/* events.c - logs of events, one a thread, and the table of source lines they happened at.
 * Keeps true: see events.h. A log keeps the newest chunks; the oldest is used again when a thread has its share.
 * Next: observe/stats.c, observe/trace.c. */
#include "gil/events.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "gil/observe/contention.h"
#include "gil/sched/sched.h"

const char *const event_names[EVENT_COUNT] = {
#define EVENT(NAME, text, a, b, meaning) text,
#include "gil/event_kinds.def"
#undef EVENT
};
const char *const drop_reason_names[DROP_REASON_COUNT] = {"request", "blocking call", "end", "ticks"};

EventHub *events_new(Machine *m, int listeners) {
  EventHub *hub = calloc(1, sizeof *hub);
  if (hub == NULL) return NULL;
  hub->machine = m;
  hub->listeners = listeners;
  hub->chunks_a_thread = 512; /* a million events */
  hub->began_ns = m->now_ns(m, CLOCK_OF_MONOTONIC);
  hub->wall_began_ns = m->now_ns(m, CLOCK_OF_WALL);
  hub->location_count = 1;
  m->mutex_init(m, &hub->mutex);
  return hub;
}

void events_free(EventHub *hub) {
  if (hub == NULL) return;
  for (EventLog *log = hub->logs, *next; log; log = next) {
    next = log->next;
    for (EventChunk *c = log->first, *after; c; c = after) {
      after = c->next;
      free(c);
    }
    contention_free(&log->stats);
    free(log);
  }
  for (uint32_t i = 1; i < hub->location_count; i++) {
    free(hub->locations[i].file);
    free(hub->locations[i].function);
  }
  free(hub->locations);
  free(hub->index);
  hub->machine->mutex_free(hub->machine, &hub->mutex);
  free(hub);
}

EventLog *events_open_log(EventHub *hub, uint32_t thread, const char *name) {
  EventLog *log = calloc(1, sizeof *log);
  if (log == NULL) return NULL;
  Machine *m = hub->machine;
  log->hub = hub;
  log->thread = thread;
  memcpy(log->name, name, sizeof log->name);
  log->stats.began_ns = log->stats.since_ns = m->now_ns(m, CLOCK_OF_MONOTONIC);
  log->stats.doing = DOES_WANT;
  m->lock(m, &hub->mutex);
  if (hub->last_log) hub->last_log->next = log;
  else hub->logs = log;
  hub->last_log = log;
  m->unlock(m, &hub->mutex);
  return log;
}

void events_close_log(SchedThread *t, EventLog *log) {
  Machine *m = log->hub->machine;
  memcpy(log->stats.counters, t->counters, sizeof log->stats.counters);
  struct rusage usage;
  log->stats.cpu_ns = m->now_ns(m, CLOCK_OF_THREAD);
  if (getrusage(RUSAGE_THREAD, &usage) == 0) {
    log->stats.os_voluntary = usage.ru_nvcsw;
    log->stats.os_forced = usage.ru_nivcsw;
  }
  log->stats.ended_ns = m->now_ns(m, CLOCK_OF_MONOTONIC);
  log->has_ended = true;
}

/* ---- source lines ---- */

static uint32_t hash_of(const char *file, const char *function, int line) {
  uint32_t h = 2166136261u ^ (uint32_t)line * 2654435761u;
  for (const char *p = file; *p; p++) h = (h ^ (uint8_t)*p) * 16777619u;
  for (const char *p = function; *p; p++) h = (h ^ (uint8_t)*p) * 16777619u;
  return h;
}

static bool grow_locations(EventHub *hub) {
  uint32_t capacity = hub->location_capacity ? hub->location_capacity * 2 : 64, size = capacity * 2;
  EventLocation *grown = realloc(hub->locations, capacity * sizeof *grown);
  uint32_t *index = calloc(size, sizeof *index);
  if (grown) {
    hub->locations = grown;
    hub->locations[0] = (EventLocation){0};
  }
  if (grown == NULL || index == NULL) {
    free(index);
    return false;
  }
  free(hub->index);
  hub->location_capacity = capacity;
  hub->index = index;
  hub->index_size = size;
  for (uint32_t i = 1; i < hub->location_count; i++) {
    EventLocation *l = &hub->locations[i];
    uint32_t at = hash_of(l->file, l->function, l->line) % size;
    while (index[at]) at = (at + 1) % size;
    index[at] = i;
  }
  return true;
}

static uint32_t find_or_add(EventHub *hub, const char *file, const char *function, int line) {
  if (hub->location_count >= hub->location_capacity && !grow_locations(hub)) return 0;
  uint32_t at = hash_of(file, function, line) % hub->index_size;
  for (; hub->index[at]; at = (at + 1) % hub->index_size) {
    EventLocation *l = &hub->locations[hub->index[at]];
    if (l->line == line && strcmp(l->file, file) == 0 && strcmp(l->function, function) == 0) return hub->index[at];
  }
  EventLocation new = {strdup(file), strdup(function), line};
  if (new.file == NULL || new.function == NULL) {
    free(new.file);
    free(new.function);
    return 0;
  }
  hub->locations[hub->location_count] = new;
  return hub->index[at] = hub->location_count++;
}

uint32_t event_location(EventHub *hub, const char *file, const char *function, int line) {
  hub->machine->lock(hub->machine, &hub->mutex);
  uint32_t id = find_or_add(hub, file, function, line);
  hub->machine->unlock(hub->machine, &hub->mutex);
  return id;
}

/* ---- recording ---- */

static EventChunk *new_chunk(EventLog *log) {
  EventChunk *c = NULL;
  if (log->chunk_count < log->hub->chunks_a_thread) c = malloc(sizeof *c);
  if (c) {
    log->chunk_count++;
  } else if (log->first && log->first->next) { /* the oldest gives way */
    c = log->first;
    log->first = c->next;
    log->lost += c->count;
  } else {
    return NULL;
  }
  c->next = NULL;
  c->count = 0;
  if (log->last) log->last->next = c;
  else log->first = c;
  return log->last = c;
}

static void keep(EventLog *log, const Event *e) {
  EventChunk *c = log->last;
  if ((c == NULL || c->count == EVENTS_A_CHUNK) && (c = new_chunk(log)) == NULL) {
    log->lost++;
    return;
  }
  c->events[c->count++] = *e;
}

void events_stop(EventHub *hub) {
  atomic_store(&hub->is_stopped, true);
  hub->machine->lock(hub->machine, &hub->mutex);
  for (EventLog *log = hub->logs; log; log = log->next)
    while (atomic_load(&log->is_busy)) hub->machine->yield(hub->machine);
  hub->machine->unlock(hub->machine, &hub->mutex);
}

static void record(SchedThread *t, EventLog *log, EventKind kind, uint32_t a, uint64_t b, uint32_t location) {
  EventHub *hub = log->hub;
  Event e = {.time_ns = hub->machine->now_ns(hub->machine, CLOCK_OF_MONOTONIC), .kind = kind, .a = a, .b = b, .location = location};
  stats_on_event(&log->stats, &e);
  if (hub->listeners & LISTEN_TRACE) keep(log, &e);
}

void event_record(SchedThread *t, EventKind kind, uint32_t a, uint64_t b, bool with_location) {
  EventLog *log = t->log;
  bool wants_location = with_location && (log->hub->listeners & LISTEN_TRACE || kind == EVENT_CONTENDED) && t->sched->hooks.locate;
  uint32_t location = wants_location ? t->sched->hooks.locate(t) : 0;
  /* Either we see that it is stopped, or events_stop sees that we write (both sequentially consistent). */
  atomic_store(&log->is_busy, true);
  if (LIKELY(!atomic_load(&log->hub->is_stopped))) record(t, log, kind, a, b, location);
  atomic_store_explicit(&log->is_busy, false, memory_order_release);
}
