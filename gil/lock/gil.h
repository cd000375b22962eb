/* gil.h - the global interpreter lock: one holder, turns of 5 ms, as CPython's; and the tick lock of Python 2.
 * Locks: see gil.c.  Next: gil.c, docs/internals/gil.md. */
#ifndef GIL_LOCK_GIL_H
#define GIL_LOCK_GIL_H

#include "gil/events.h"

typedef enum { GIL_TIMED, GIL_TICK, GIL_NONE } GilKind;
typedef enum { CHECKS_EVERY, CHECKS_LOOPS, CHECKS_LOOPS_ENTER } CheckPoints;
typedef struct {
  const char *name, *meaning;
  GilKind kind;
  CheckPoints checks;
  bool fair_locks;
} Profile;
enum {
#define PROFILE(NAME, KIND, CHECKS, FAIR, MEANING) PROFILE_##NAME,
#include "gil/lock/profiles.def"
#undef PROFILE
  PROFILE_COUNT
};
extern const Profile profiles[PROFILE_COUNT];
const Profile *profile_find(const char *name); /* NULL: there is none of that name */

enum { DEFAULT_INTERVAL_US = 5000, DEFAULT_TICKS = 100 };

typedef struct Gil {
  Machine *machine;
  GilKind kind;
  _Atomic int locked;
  _Atomic int waiters;                /* threads in the slow part of gil_take: GUARDED_BY(mutex) for writing */
  SchedThread *_Atomic last_holder;   /* who took it last; written by the holder under switch_mutex */
  uint32_t last_holder_id;            /* the holder's */
  _Atomic uint64_t switch_number;     /* times that the holder changed; as last_holder */
  _Atomic int64_t interval_us;
  _Atomic int32_t check_interval;     /* ticks of a turn (py27) */
  SchedThread *_Atomic finalizer;     /* the only thread that may still take it, or NULL: any */
  OsMutex mutex;                      /* for `cond`: waiters for the lock */
  OsCond cond;
  OsMutex switch_mutex;               /* for `switch_cond`: an old holder waits here until another has taken over */
  OsCond switch_cond;
} Gil;

void gil_init(Gil *g, Machine *m, GilKind kind, int64_t interval_us);
void gil_free(Gil *g);
/* Wait for the lock and take it. Does not return to a thread that may not run any more (finalizer). */
void gil_take(Gil *g, SchedThread *t);
/* Let it go. With a drop request pending on t, wait until another thread has taken it (forced switch). */
void gil_drop(Gil *g, SchedThread *t, DropReason why);
bool gil_holds(Gil *g, SchedThread *t); /* for assertions */
void gil_after_fork(Gil *g, SchedThread *t);

#endif
