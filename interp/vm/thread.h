/* thread.h - thread states of an Interp: made, begun, ended; and what gil/ asks of them. (thread.c, deadlock.c) */
#ifndef INTERP_VM_THREAD_H
#define INTERP_VM_THREAD_H

#include "runtime/object.h"

ThreadState *thread_state_alloc(void); /* zeroed; NULL: no memory */
/* What every thread state has from the start, the main one too. -1: no memory. */
int thread_init(ThreadState *ts, Interp *interp, bool is_main);
ThreadState *thread_new(ThreadState *ts); /* added to the Sched, not running; NULL: exception set */
ThreadState *thread_adopt(Interp *interp); /* for an OS thread that C code has started; attached; NULL: no memory */
void thread_begin(ThreadState *ts);       /* on its own OS thread, detached */
void thread_end(ThreadState *ts);         /* attached; afterwards ts is gone */
void thread_free(ThreadState *ts);         /* one whose OS thread could not be started: it is off the list already */
void thread_release(ThreadState *ts);     /* drop the references it holds */
/* The innermost frame of the script itself, not of the library; else the innermost; NULL: none. */
Frame *thread_user_frame(ThreadState *ts);
bool frame_is_library(Frame *f);
void copy_text(char *out, size_t size, Value s); /* as UTF-8, cut to fit */
void thread_describe_place(ThreadState *ts, char *out, size_t size);
uint32_t thread_locate(SchedThread *t);   /* SchedHooks.locate */
void thread_leaves(SchedThread *t);       /* SchedHooks.leaves */
void deadlock_report(SchedThread *t);     /* SchedHooks.deadlock: does not return */

#endif
