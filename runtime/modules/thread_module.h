/* thread_module.h - the script's locks, for the deadlock report and whoever else looks at who holds what. */
#ifndef RUNTIME_MODULES_THREAD_MODULE_H
#define RUNTIME_MODULES_THREAD_MODULE_H

#include "gil/lock/mutex.h"
#include "runtime/object.h"

typedef enum { LOCK_PLAIN, LOCK_REENTRANT, LOCK_THREAD_END /* held by a thread until its end: what join waits for */ } LockKind;
typedef struct {
  Object base;
  Mutex mutex;
  uint8_t kind;      /* LockKind */
  int32_t unit;      /* where it was taken: index in `code` */
  uint32_t owner;    /* id of the thread that took it last, while it is locked; 0: not known. Written by that thread */
  const void *code;  /* where it was taken: the code object, borrowed and perhaps gone: compare it, do not follow it */
  int64_t count;     /* of a reentrant lock: times that its owner holds it */
} LockObject;

void thread_drop_locals(ThreadState *ts); /* at the end of a thread: its dicts of all threading.local objects */

#endif
