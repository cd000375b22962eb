/* events.h - the one hook through which all that can be observed goes.
 * A listener is a bit of EventHub.listeners: the statistics keep sums, the trace keeps every event. Each thread writes to a log of
 * its own without a lock; when it is full the oldest events make room, and their number is kept.
 * Keeps true: with no listener sched->events is NULL and an event costs one well-predicted branch; switches, waits and starts are the
 *   only places that emit, so the eval loop pays nothing.
 * Locks: EventHub.mutex guards the list of logs and the table of locations; a log is its thread's own until the thread has ended.
 * Next: event_kinds.def, observe/stats.h, observe/trace.h. */
#ifndef GIL_EVENTS_H
#define GIL_EVENTS_H

#include "gil/sched/machine.h"

typedef enum {
#define EVENT(NAME, text, a, b, meaning) EVENT_##NAME,
#include "gil/event_kinds.def"
#undef EVENT
  EVENT_COUNT
} EventKind;
extern const char *const event_names[EVENT_COUNT];

/* Why a thread let the lock go. */
typedef enum { DROP_FOR_REQUEST, DROP_TO_BLOCK, DROP_AT_END, DROP_FOR_TICKS, DROP_REASON_COUNT } DropReason;
extern const char *const drop_reason_names[DROP_REASON_COUNT];

typedef struct {
  int64_t time_ns;
  uint64_t b;
  uint32_t a;
  uint32_t location; /* 0: where the one before was */
  uint32_t kind;
  uint32_t pad;
} Event;

/* What a thread does with its time; the sums of --stats, and the colours of the picture. */
typedef enum { DOES_HOLD, DOES_WANT, DOES_BLOCK_LOCK, DOES_BLOCK_IO, DOES_SLEEP, DOES_FOREIGN, DOES_COUNT } Doing;

/* What a thread counts without the GIL. */
typedef enum {
#define COUNTER(NAME, name, meaning) COUNTER_##NAME,
#include "gil/counters.def"
#undef COUNTER
  COUNTER_COUNT
} Counter;

typedef struct { /* an object lock that was taken, at a source line */
  uint64_t count;
  uint32_t location;
  char type[36];
} Contended;

enum { SLICE_BUCKETS = 16 }; /* lengths of slices: below 2^i * 31.25 us */
typedef struct {
  int64_t ns[DOES_COUNT];
  int64_t began_ns, ended_ns, since_ns, slice_began_ns, cpu_ns;
  int64_t os_voluntary, os_forced; /* context switches as the kernel counts them */
  Doing doing;
  uint64_t forced, voluntary, ticks, requests, failed_wakes, lock_waits, slices[SLICE_BUCKETS];
  uint64_t counters[COUNTER_COUNT]; /* when the thread ends, or at the report */
  Contended *contended; /* observe/contention.c */
  int contended_count;
} ThreadStats;

enum { EVENTS_A_CHUNK = 2046 };
typedef struct EventChunk {
  struct EventChunk *next;
  uint64_t count;
  Event events[EVENTS_A_CHUNK];
} EventChunk;

struct EventHub;
typedef struct EventLog {
  struct EventLog *next; /* GUARDED_BY(hub->mutex) */
  struct EventHub *hub;
  uint32_t thread;
  char name[48];
  bool has_ended;
  _Atomic bool is_busy; /* its thread is writing just now: see events_stop() */
  ThreadStats stats;
  EventChunk *first, *last;
  uint64_t chunk_count, lost; /* lost: events whose chunk was used again */
} EventLog;

/* A source line that an event happened at. */
typedef struct {
  char *file, *function;
  int line;
} EventLocation;

enum { LISTEN_STATS = 1, LISTEN_TRACE = 2 };
typedef struct EventHub {
  Machine *machine;
  int listeners; /* LISTEN_ bits */
  uint64_t chunks_a_thread;
  int64_t began_ns, wall_began_ns;
  _Atomic bool is_stopped;
  OsMutex mutex;
  EventLog *logs, *last_log;
  EventLocation *locations; /* [0] is "not known" */
  uint32_t location_count, location_capacity, *index, index_size;
} EventHub;

/* listeners: LISTEN_ bits. NULL: no memory. */
EventHub *events_new(Machine *m, int listeners);
void events_free(EventHub *hub);
EventLog *events_open_log(EventHub *hub, uint32_t thread, const char *name); /* NULL: no memory, events are not kept */
/* Nothing is recorded any more: the logs stand still and may be read, though daemon threads may run on. */
void events_stop(EventHub *hub);
void events_close_log(SchedThread *t, EventLog *log); /* on the thread itself, at its end */
/* A number for a source line; the texts are copied. 0 when there is no memory. Takes hub->mutex. */
uint32_t event_location(EventHub *hub, const char *file, const char *function, int line);
void event_record(SchedThread *t, EventKind kind, uint32_t a, uint64_t b, bool with_location);

#endif
