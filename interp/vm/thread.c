/* thread.c - thread states: what a thread of an Interp needs beside gil/'s part, from its start to its end.
 * Keeps true: a thread state is freed by its own thread, after it has left the Sched; who holds the lock may look at the frames of any other
 *   thread of the Interp.
 * Next: runtime/modules/thread_module.c (start_new_thread), gil/sched/sched.h, deadlock.c. CPython: Python/pystate.c. */
#include "interp/vm/thread.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "interp/vm/frame.h"
#include "interp/vm/free_threading.h"
#include "interp/vm/import.h"
#include "interp/vm/interp.h"
#include "interp/vm/specialized.h"
#include "runtime/alloc.h"

/* Room that is left at the end of the C stack, for libraries and signal handlers. */
static size_t reserve_of(size_t size) {
  size_t reserve = size / 8 < 256 * 1024 ? 256 * 1024 : size / 8;
  return reserve > size / 2 ? size / 2 : reserve;
}
static char *main_stack_limit(void) {
  struct rlimit limit;
  size_t size = 8 << 20;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < ((size_t)1 << 30)) size = limit.rlim_cur;
  else if (limit.rlim_cur == RLIM_INFINITY) size = (size_t)64 << 20;
  return (char *)__builtin_frame_address(0) - (size - reserve_of(size));
}

/* Most blocks that are used a lot lie in the first part of a page: a thread state, which every call writes to, does not (see FRAME_OFFSET in frame.c). */
enum { STATE_PAGE = 4096, STATE_OFFSET = 3072, STATE_BLOCK = (STATE_OFFSET + sizeof(ThreadState) + STATE_PAGE - 1) / STATE_PAGE * STATE_PAGE };

ThreadState *thread_state_alloc(void) {
  char *block = aligned_alloc(STATE_PAGE, STATE_BLOCK);
  return block ? memset(block + STATE_OFFSET, 0, sizeof(ThreadState)) : NULL;
}
static void thread_state_free(ThreadState *ts) { free((char *)ts - STATE_OFFSET); }

int thread_init(ThreadState *ts, Interp *interp, bool is_main) {
  ts->interp = interp;
  ts->recursion_left = interp->recursion_limit + 1; /* as many frames as the limit says, and then the failing one */
  ts->exc_info = &ts->exc_base;
  if ((attr_cache_of(ts) == NULL && (attr_cache_of(ts) = calloc(1, sizeof(struct AttrCache))) == NULL)) return -1;
  if (is_main) ts->c_stack_limit = main_stack_limit();
  Options *o = interp->options;
  ts->checks_everywhere = interp->sched->profile->checks == CHECKS_EVERY;
  ts->hooked = ts->checks_everywhere || (o && o->max_instructions);
  ts->instructions_left = o && o->max_instructions ? 0 : INT64_MAX;
  return frame_stacks_init(ts, is_main);
}

ThreadState *thread_new(ThreadState *ts) {
  ThreadState *child = thread_state_alloc();
  if (child == NULL || thread_init(child, ts->interp, false) < 0) {
    if (child) thread_state_free(child);
    err_no_memory(ts);
    return NULL;
  }
  if (free_threading_thread_new(ts, child) < 0) {
    thread_free(child);
    err_no_memory(ts);
    return NULL;
  }
  sched_add(ts->interp->sched, &child->sched);
  return child;
}

void thread_begin(ThreadState *ts) {
  free_threading_thread_begin(ts);
  pthread_attr_t attributes;
  void *low = NULL;
  size_t size = 8 << 20;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
  }
  if (low == NULL) low = (char *)__builtin_frame_address(0) - size;
  ts->c_stack_limit = (char *)low + reserve_of(size); /* from below: the system keeps things of its own at the top */
}

ThreadState *thread_adopt(Interp *interp) {
  ThreadState *ts = thread_state_alloc();
  if (ts == NULL || thread_init(ts, interp, false) < 0) {
    if (ts) thread_state_free(ts);
    return NULL;
  }
  ts->sched.is_daemon = true; /* nobody joins it */
  ts->sched.os_thread = pthread_self();
  ts->sched.native_id = gettid();
  if (free_threading_adopt_new(ts) < 0) {
    thread_free(ts);
    return NULL;
  }
  sched_add(interp->sched, &ts->sched);
  thread_begin(ts);
  sched_attach(&ts->sched);
  free_threading_adopted(ts);
  return ts;
}

void thread_release(ThreadState *ts) {
  CLEAR(ts->context);
  CLEAR(ts->async_gen_firstiter);
  CLEAR(ts->async_gen_finalizer);
  CLEAR(ts->async_exc);
  CLEAR(ts->end_lock);
  CLEAR(ts->exc_base.exc);
  err_clear(ts);
}

void thread_end(ThreadState *ts) {
  thread_release(ts);
  if (ts->instructions_left != INT64_MAX) ts->interp->instructions_left += ts->instructions_left > 0 ? ts->instructions_left : 0;
  free_threading_thread_end(ts);
  sched_remove(&ts->sched);
  thread_free(ts);
}
void thread_free(ThreadState *ts) {
  free_threading_thread_free(ts);
  frame_stacks_free(ts);
  raw_free(ts->deferred);
  thread_state_free(ts);
}

/* ---- what gil/ asks ---- */

void thread_leaves(SchedThread *t) { frame_stacks_keep((ThreadState *)t); }

static void put_utf8(char **p, char *end, Char c) {
  char b[4];
  int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  if (n == 1) b[0] = (char)c;
  else b[0] = (char)((0xF00 >> n) | (c >> (6 * (n - 1))));
  for (int i = 1; i < n; i++) b[i] = (char)(0x80 | ((c >> (6 * (n - 1 - i))) & 0x3F));
  if (*p + n >= end) return;
  memcpy(*p, b, (size_t)n);
  *p += n;
}
void copy_text(char *out, size_t size, Value s) {
  char *p = out, *end = out + size;
  for (ssize_t i = 0; is_str(s) && i < str_len(s); i++) put_utf8(&p, end, str_at(s, i));
  *p = 0;
}

bool frame_is_library(Frame *f) {
  Value name = f->code->filename;
  return is_str(name) && str_is_ascii(name) && strncmp(str_chars(name), LIBRARY_PATH, sizeof LIBRARY_PATH - 1) == 0;
}
Frame *thread_user_frame(ThreadState *ts) {
  for (Frame *f = ts->frame; f; f = f->prev)
    if (!frame_is_library(f)) return f;
  return ts->frame;
}

void thread_describe_place(ThreadState *ts, char *out, size_t size) {
  Frame *f = ts->frame;
  if (f == NULL) return;
  char file[200], function[100];
  copy_text(file, sizeof file, f->code->filename);
  copy_text(function, sizeof function, f->code->qualname);
  snprintf(out, size, "%s, %s:%d", function, file, frame_line(f));
}

uint32_t thread_locate(SchedThread *t) {
  Frame *f = thread_user_frame((ThreadState *)t);
  if (f == NULL || t->sched->events == NULL) return 0;
  char file[512], function[128];
  copy_text(file, sizeof file, f->code->filename);
  copy_text(function, sizeof function, f->code->qualname);
  return event_location(t->sched->events, file, function, frame_line(f));
}
