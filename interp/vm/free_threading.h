/* free_threading.h - what the VM does more in the free-threaded core when threads and the Interp begin and end, and at check points.
 * Everything here is nothing in the plain core.  Next: free_threading.c, runtime/reclaim.h. */
#ifndef INTERP_VM_FREE_THREADING_H
#define INTERP_VM_FREE_THREADING_H

#include <stdlib.h>

#include "runtime/object.h"

#ifdef FREE_THREADED
#define FREE_THREADING_HOOKS sections_suspend, sections_resume
#define FREE_THREADING_PROFILE(profile) ((void)(profile), &profiles[PROFILE_ft])
void free_threading_start(ThreadState *ts); /* the Interp's main thread, before there is any object */
void free_threading_end(Interp *interp);
int free_threading_thread_new(ThreadState *ts, ThreadState *child); /* -1: no memory */
int free_threading_adopt_new(ThreadState *ts);                      /* of a thread that C code has started; -1: no memory */
void free_threading_adopted(ThreadState *ts);                       /* it is attached now: nobody is alone any more */
void free_threading_thread_begin(ThreadState *ts);                  /* on its own OS thread */
void free_threading_thread_end(ThreadState *ts);                    /* attached, for the last time */
void free_threading_thread_free(ThreadState *ts);
void free_threading_check_point(ThreadState *ts, uint32_t why);
void free_threading_finish(ThreadState *ts); /* the program has ended: if no thread is left, go back to being alone */
#else
#define FREE_THREADING_HOOKS NULL, NULL
#define FREE_THREADING_PROFILE(profile) (profile)
static inline void free_threading_start(ThreadState *ts) { (void)ts; }
static inline void free_threading_end(Interp *interp) { free(interp->attr_cache); }
static inline int free_threading_thread_new(ThreadState *ts, ThreadState *child) { return 0; }
static inline int free_threading_adopt_new(ThreadState *ts) { return 0; }
static inline void free_threading_adopted(ThreadState *ts) { (void)ts; }
static inline void free_threading_thread_begin(ThreadState *ts) { (void)ts; }
static inline void free_threading_thread_end(ThreadState *ts) { (void)ts; }
static inline void free_threading_thread_free(ThreadState *ts) { (void)ts; }
static inline void free_threading_finish(ThreadState *ts) { (void)ts; }
static inline void free_threading_check_point(ThreadState *ts, uint32_t why) { (void)ts; }
#endif

#endif
