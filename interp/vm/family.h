/* family.h - the interpreters of one process: the first one, and the isolated ones that it and they have made (PEP 684, PEP 734).
 *
 *   Family        one a process, made by the first Interp when it is asked for: a list of members, and of the queues between them
 *   FamilyMember  an isolated Interp, with its own objects, modules and GIL. Nobody runs in it until an OS thread of another member enters it,
 *                 which it does as the Interp's main thread; meanwhile it is detached from the Interp that it came from
 *
 * Keeps true: no Value crosses. What goes from one to another is copied into memory of nobody's heap (malloc) in between.
 * Locks: family->mutex guards all of it; no object is touched and nothing else is locked while it is held.
 * Next: family.c, family_queue.c, interpreters_module.c, runtime/lib/concurrent/interpreters. CPython: Python/crossinterp.c. */
#ifndef INTERP_VM_FAMILY_H
#define INTERP_VM_FAMILY_H

#include "runtime/object.h"

typedef enum { MEMBER_READY, MEMBER_RUNNING, MEMBER_ENDING } MemberState;
typedef struct FamilyMember {
  struct FamilyMember *next;
  int64_t id;
  MemberState state;
  int64_t holders;    /* Interpreter objects, in all members, that name it: the last one ends it */
  bool is_kept;       /* its number has travelled: it lives until it is closed */
  int64_t lent;       /* pieces of its memory that others look at (SharedBuffer) */
  ThreadState *ts;    /* its main thread */
} FamilyMember;

typedef struct Item Item;
typedef struct CrossQueue {
  struct CrossQueue *next;
  int64_t id, max_size; /* max_size <= 0: no limit */
  int64_t size;
  bool is_counter;    /* a semaphore: put() counts up, get() waits and counts down; there are no items */
  int64_t holders;
  bool is_kept;
  int unbound;        /* what becomes of items whose interpreter has ended, unless put() says otherwise: for the library to read */
  Item *first, *last;
  struct Waiter *getters, *putters;
} CrossQueue;

typedef struct Lent Lent;
typedef struct Family {
  Machine *machine;
  OsMutex mutex;
  int64_t next_id, next_queue, next_lent;
  FamilyMember *members;     /* without the first Interp; oldest first */
  CrossQueue *queues;
  Lent *lent;
} Family;

Family *family_of(ThreadState *ts); /* NULL: no memory, with an exception */
static inline void family_lock(Family *f) { f->machine->lock(f->machine, &f->mutex); }
static inline void family_unlock(Family *f) { f->machine->unlock(f->machine, &f->mutex); }
FamilyMember *family_find(Family *f, int64_t id); /* with the mutex held */

/* A new isolated Interp; its id, or -1 with an exception. */
int64_t member_create(ThreadState *ts);
/* Go into another Interp: the calling thread detaches from ts, and goes on as the main thread of the member, attached. NULL: an exception
 * stands in ts (there is no such interpreter, or another thread is in it). */
ThreadState *member_enter(ThreadState *ts, int64_t id);
void member_leave(ThreadState *ts, ThreadState *inner); /* back: ts is attached again */
int member_close(ThreadState *ts, int64_t id); /* -1 with an exception */
/* The end of the first Interp: members that are left, and that nobody runs in, end as well. How many there were. */
int family_end(ThreadState *ts);
void family_free(Interp *first); /* when nothing of it is used any more */

/* Which exceptions a module raises here: of interpreters_module.c. */
Value err_interpreter(ThreadState *ts, const char *format, ...);

/* ---- family_queue.c ---- */
CrossQueue *queue_find(Family *f, int64_t id); /* with the mutex held */
void queues_forget_member(Family *f, int64_t id); /* an Interp has ended: its items are marked. With the mutex held */
void queues_free(Family *f);
extern const MethodDef cross_queue_methods[];

/* ---- lending.c ---- */
int lending_start(ThreadState *ts, Value module);
void lending_collect(ThreadState *ts); /* let go of what others have given back; at each call of the module */
void lending_end(ThreadState *ts);
void lendings_free(Family *f);
extern const MethodDef lending_methods[];

#endif
