/* posix_process.h - the part of posix about processes. (posix_process.c) */
#ifndef RUNTIME_MODULES_POSIX_PROCESS_H
#define RUNTIME_MODULES_POSIX_PROCESS_H

#include "runtime/object.h"

typedef struct {
  Value before, in_child, in_parent; /* lists of os.register_at_fork, or NULL */
  Type *rusage, *times, *sched_param, *statvfs_result, *waitid_result;
} ProcessState;
ProcessState *posix_process_state(ThreadState *ts); /* of the module posix (posix.c) */
int posix_process_start(ThreadState *ts, Value module, ProcessState *s); /* add its functions */

/* What every fork does, around fork(2). */
void process_before_fork(ThreadState *ts);
void process_after_fork_in_parent(ThreadState *ts);
void process_after_fork_in_child(ThreadState *ts);

#endif
