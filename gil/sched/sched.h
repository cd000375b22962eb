/* sched.h - the one interface through which anything waits, wakes, starts a thread, or reads a clock.
 * A Sched is the set of threads of one Interp with its lock and its observers; a SchedThread is gil/'s part of a thread, embedded
 * first in ThreadState. Behind them stands a Machine: real cores and time, or simulated ones.
 *
 *            attach                 a thread is either attached (may touch objects; with the lock: holds it)
 *   DETACHED -------> ATTACHED      or detached (waits, sleeps, does I/O, or has ended).
 *            <-------
 *            detach
 *
 * Keeps true: nothing outside gil/ blocks, spawns or looks at a clock. Every wait names its reason, so that the stepper, the
 *   statistics and the deadlock report can say what a thread is doing.
 * Locks: `mutex` guards the list of threads and the two counts; see lock/ for the others and docs/internals/lock-order.md.
 * Units: nanoseconds, except where the name says microseconds.
 * Next: sched.c, ../lock/gil.h, ../lock/parking.h, ../events.h. Sources: CPython Include/internal/pycore_gil.h, Python/pystate.c. */
#ifndef GIL_SCHED_SCHED_H
#define GIL_SCHED_SCHED_H

#include "gil/events.h"
#include "gil/hints.h"
#include "gil/lock/gil.h"
#include "gil/lock/world.h"
#include "gil/sched/machine.h"

typedef struct Sched Sched;

/* Bits of the eval breaker: reasons to stop at the next check point. */
enum {
  BREAK_SIGNAL = 1,   /* a signal handler set a flag */
  BREAK_GC = 2,       /* enough was allocated: collect cycles */
  BREAK_TIMEOUT = 4,  /* --timeout has passed */
  BREAK_PENDING = 8,  /* other pending calls */
  BREAK_DROP = 16,    /* another thread wants the lock */
  BREAK_ASYNC = 32,   /* an exception was sent to this thread */
  BREAK_QUIET = 64,   /* without a lock: a grace period or a stop of the world waits for this thread */
  BREAK_RECLAIM = 128 /* without a lock: dead objects and memory wait to be freed, or counts to be merged */
};

/* Why a thread is detached. */
typedef enum {
#define BLOCK_REASON(NAME, text) BLOCK_##NAME,
#include "gil/block_reasons.def"
#undef BLOCK_REASON
  BLOCK_COUNT
} BlockReason;
extern const char *const block_reason_names[BLOCK_COUNT];

/* gil/'s own part of a thread: embedded first in ThreadState. */
struct SchedThread {
  _Atomic uint32_t breaker; /* BREAK_ bits; set by anyone, read by the owner at check points */
  bool is_attached;         /* may touch objects; owner thread only */
  bool is_main;             /* gets the signals */
  bool is_daemon;           /* nobody waits for it at the end */
  int32_t ticks_left;       /* of the tick lock (py27); owner thread only */
  Sched *sched;
  uint32_t id;              /* 1 is the main thread; never used again */
  _Atomic int world_state;  /* WORLD_: without a lock; written by the owner */
  _Atomic uint64_t quiet_epoch; /* the grace period in which it was quiet last */
  _Atomic uint32_t token;   /* of Machine.park: a futex */
  _Atomic int waits_for;    /* BlockReason while detached, for reports */
  const void *waits_on;     /* what it is parked on; written by the owner before it parks */
  bool waits_for_ever;      /* counted in sched->blocked; GUARDED_BY(sched->mutex) */
  int64_t native_id;        /* the kernel's */
  char name[48];            /* for reports; owner thread, or its creator before it runs */
  SchedThread *next, *prev; /* GUARDED_BY(sched->mutex) */
  void (*main)(SchedThread *t);
  EventLog *log;            /* of this thread, or NULL when nobody listens */
  uint64_t counters[COUNTER_COUNT]; /* for the statistics */
  pthread_t os_thread;      /* the real machine's */
};

/* What the layer above hands down. Each is called on an attached thread. */
typedef struct {
  uint32_t (*locate)(SchedThread *t); /* a number for the source line it is at: see event_location() */
  void (*deadlock)(SchedThread *t);   /* all threads of t->sched wait for ever: report it and end the process */
  void (*leaves)(SchedThread *t);     /* t runs nothing any more: the last moment to leave something for others */
  void (*detaches)(SchedThread *t);   /* without a lock: t is about to detach; NULL: nothing to do */
  void (*attached)(SchedThread *t);   /* without a lock: t has come back */
} SchedHooks;

enum { PARKING_BUCKETS = 61 };
typedef struct {
  OsMutex mutex;
  struct Parked *first, *last;
} ParkingBucket;

struct Sched {
  Machine *machine;
  Gil gil;
  World world;          /* in place of the lock, for profiles without one */
  const Profile *profile;
  SchedHooks hooks;
  OsMutex mutex;
  SchedThread *threads; /* all that were added and not removed; GUARDED_BY(mutex) */
  uint32_t live;        /* threads in it; GUARDED_BY(mutex) */
  uint32_t blocked;     /* of these, parked without a deadline and not yet unparked; GUARDED_BY(mutex) */
  uint32_t next_id;     /* the last one given; GUARDED_BY(mutex) */
  uint32_t first_id;    /* ids are above it: several Scheds that tell one EventHub are told apart */
  _Atomic uint32_t leaving; /* threads off the list that have not let the lock go yet: sched_free waits for them */
  bool watch_deadlocks; /* immutable after start */
  _Atomic bool can_be_woken_from_outside; /* Python signal handlers may end a wait: no deadlock is sure then */
  EventHub *events;     /* NULL: nobody listens; immutable after start */
  ParkingBucket parking[PARKING_BUCKETS];
};

/* No lock: all attached threads run at once. */
static inline bool sched_is_free(const SchedThread *t) { return t->sched->profile->kind == GIL_NONE; }

typedef struct {
  Machine *machine;
  const Profile *profile; /* NULL: the default */
  int64_t interval_us;    /* 0: the default, 5000 */
  bool watch_deadlocks;
  EventHub *events;       /* or NULL */
  SchedHooks hooks;
  uint32_t first_id;
} SchedConfig;

/* ---- life ---- */

Sched *sched_new(const SchedConfig *config); /* NULL: no memory */
void sched_free(Sched *s);                   /* no thread may be left */
/* Add a thread to s. The first one is the main thread. It is detached; call sched_attach on the OS thread that is to run it. */
void sched_add(Sched *s, SchedThread *t);
/* The end of a thread: it must be attached; afterwards it is detached and not known any more, and its memory may go.
 * When all that are left wait for ever, the deadlock hook runs first. */
void sched_remove(SchedThread *t);
/* Start an OS thread that runs main(child); child was added already. 0, or an errno (then the child was removed). */
int sched_spawn(SchedThread *parent, SchedThread *child, void (*main)(SchedThread *child), size_t stack_bytes);
void sched_set_name(SchedThread *t, const char *name);
/* In the child of fork(): t is the only thread left, attached as before. The others are taken off the list. */
void sched_after_fork(SchedThread *t);
/* From now on only t may attach; other threads hang at their next attempt for ever (CPython 3.14's daemon threads). */
void sched_finalize(SchedThread *t);
/* The thread of s that runs on this OS thread, NULL: none. Takes sched->mutex. */
SchedThread *sched_here(Sched *s);
/* Threads other than t that have not ended. Takes sched->mutex. */
uint32_t sched_others(SchedThread *t);

/* ---- attached or not ---- */

void sched_attach(SchedThread *t);
void sched_detach(SchedThread *t, BlockReason reason);
/* Around a call that may block: the thread gives up its right to touch objects, and takes it again. Keeps errno. */
void sched_blocking_begin_for(SchedThread *t, BlockReason reason);
static inline void sched_blocking_begin(SchedThread *t) { sched_blocking_begin_for(t, BLOCK_IO); }
void sched_blocking_end(SchedThread *t);
/* At a check point with BREAK_DROP set: let the lock go, let another run, take it back. */
void sched_yield_to_request(SchedThread *t);
/* The tick lock's turn is over: let go and take again at once. */
void sched_tick(SchedThread *t);

/* ---- the eval breaker ---- */

static inline bool sched_should_check(SchedThread *t) { return atomic_load_explicit(&t->breaker, memory_order_relaxed) != 0; }
static inline void sched_request(SchedThread *t, uint32_t bits) { atomic_fetch_or(&t->breaker, bits); }
static inline void sched_done(SchedThread *t, uint32_t bits) { atomic_fetch_and(&t->breaker, ~bits); }
/* From a signal handler: set BREAK_SIGNAL and end a wait of t. */
void sched_interrupt(SchedThread *t);

/* ---- events ---- */

static inline void event_emit(SchedThread *t, EventKind kind, uint32_t a, uint64_t b) {
  if (UNLIKELY(t->log != NULL)) event_record(t, kind, a, b, false);
}
/* With the source line that t, which must be attached, is at. */
static inline void event_emit_here(SchedThread *t, EventKind kind, uint32_t a, uint64_t b) {
  if (UNLIKELY(t->log != NULL)) event_record(t, kind, a, b, true);
}

/* ---- time ---- */

int64_t sched_now_ns(SchedClock clock); /* of the real machine: for code without a thread */
int64_t sched_thread_now_ns(SchedThread *t, SchedClock clock);
/* Sleep until the monotonic deadline. 0 done; 1 interrupted by a signal (the caller looks at signals and calls again). */
int sched_sleep_until(SchedThread *t, int64_t deadline_ns);
/* Call fn(arg) after delay_ns on another thread (for --timeout); at most one per process. -1: could not start. */
int sched_alarm(int64_t delay_ns, void (*fn)(void *arg), void *arg);

#endif
