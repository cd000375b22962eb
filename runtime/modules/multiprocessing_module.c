/* multiprocessing_module.c - _multiprocessing and _posixshmem: what processes share that only C can make: named semaphores and shared memory.
 * A SemLock is a POSIX semaphore with a memory of who took it. The semaphore lives in memory that processes share; `count` (how often this process
 * has it) and `owner` (the thread that took it last) do not, so each process has its own.
 *
 *     kind              value       who may release                      taken again by its owner
 *     RECURSIVE_MUTEX   1           the thread that holds it             counts
 *     SEMAPHORE         maxvalue    anyone, up to maxvalue               waits
 *
 * Keeps true: acquire tries first and lets the GIL go only when it must wait; a signal ends the wait if its handler raises (PEP 475).
 * Units: seconds in Python, nanoseconds of the monotonic clock here.
 * Next: runtime/lib/multiprocessing/synchronize.py, shared_memory.py. CPython: Modules/_multiprocessing/semaphore.c, posixshmem.c. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "runtime/module.h"
#include "runtime/modules/time_module.h"
#include "runtime/modules/waiting.h"
#include "runtime/reclaim.h"
#include "runtime/thread_state.h"

enum { RECURSIVE_MUTEX, SEMAPHORE };

typedef struct {
  Object base;
  sem_t *semaphore; /* NULL: not open */
  int kind, maxvalue;
  int count;        /* times this process took it and did not release it */
  uint32_t owner;   /* SchedThread.id of the thread that took it last */
  Value name;       /* str, or None */
} SemLock;
static SemLock *as_semlock(Value v) { return (SemLock *)v; }
static Value os_error(ThreadState *ts) { return err_occurred(ts) ? NULL : err_errno(ts, errno, NULL, NULL); }
static bool is_mine(ThreadState *ts, SemLock *s) { return s->count > 0 && s->owner == ts->sched.id; }

/* The str v as a C string that lives as long as *holder, which the caller drops; NULL: an exception. */
static const char *c_string(ThreadState *ts, Value v, const char *what, Value *holder) {
  ssize_t n;
  *holder = NULL;
  if (!is_str(v)) return err_format(ts, EXC(TypeError), "%s must be str, not %T", what, v), NULL;
  const char *text = str_utf8(ts, v, &n, holder);
  if (text == NULL || strlen(text) == (size_t)n) return text;
  CLEAR(*holder);
  return err_format(ts, EXC(ValueError), "embedded null character"), NULL;
}

/* ---- making one ---- */

static OWNED Value semlock_make(ThreadState *ts, Type *type, sem_t *semaphore, int kind, int maxvalue, Value name) {
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  SemLock *s = as_semlock(v);
  s->semaphore = semaphore, s->kind = kind, s->maxvalue = maxvalue, s->name = incref(name);
  return v;
}
static Value semlock_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"kind", "value", "maxvalue", "name", "unlink"};
  static const ArgSpec spec = {"SemLock", 0, 5, 5, 5, names};
  Value given[5];
  int kind, value, maxvalue;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[0], &kind) < 0 || num_as_int(ts, given[1], &value) < 0 || num_as_int(ts, given[2], &maxvalue) < 0) return NULL;
  int unlink = truth(ts, given[4]);
  if (unlink < 0) return NULL;
  if (kind != RECURSIVE_MUTEX && kind != SEMAPHORE) return err_format(ts, EXC(ValueError), "unrecognized kind");
  Value holder, v = NULL;
  const char *path = c_string(ts, given[3], "SemLock() argument 'name'", &holder);
  if (path == NULL) return NULL;
  sem_t *semaphore = sem_open(path, O_CREAT | O_EXCL, 0600, (unsigned)value);
  if (semaphore == SEM_FAILED || (unlink && sem_unlink(path) < 0)) os_error(ts);
  else v = semlock_make(ts, type, semaphore, kind, maxvalue, unlink ? V_NONE : given[3]);
  if (v == NULL && semaphore != SEM_FAILED) sem_close(semaphore);
  xdecref(ts, holder);
  return v;
}
/* In a process that was spawned: open the semaphore by its name. */
static Value semlock_rebuild(NATIVE_ARGS) {
  int kind, maxvalue;
  if (num_as_int(ts, args[1], &kind) < 0 || num_as_int(ts, args[2], &maxvalue) < 0) return NULL;
  if (!is_str(args[3])) return err_format(ts, EXC(ValueError), "the semaphore has no name: only a forked process can use it");
  Value holder, v = NULL;
  const char *path = c_string(ts, args[3], "_rebuild() argument 4", &holder);
  if (path == NULL) return NULL;
  sem_t *semaphore = sem_open(path, 0);
  if (semaphore == SEM_FAILED) os_error(ts);
  else if ((v = semlock_make(ts, (Type *)self, semaphore, kind, maxvalue, args[3])) == NULL) sem_close(semaphore);
  xdecref(ts, holder);
  return v;
}
static void semlock_dealloc(ThreadState *ts, Value self) {
  if (as_semlock(self)->semaphore) sem_close(as_semlock(self)->semaphore);
  xdecref(ts, as_semlock(self)->name);
  object_release(ts, self);
}

/* ---- take and release ---- */

static int wait_until(sem_t *semaphore, int64_t deadline) {
  if (deadline == FOREVER) return sem_wait(semaphore);
  struct timespec when = {deadline / 1000000000, deadline % 1000000000};
  return sem_clockwait(semaphore, CLOCK_MONOTONIC, &when);
}
/* 1 taken, 0 not in time, -1 an exception. timeout_ns: NO_TIMEOUT waits for ever, 0 not at all. */
static int take(ThreadState *ts, Value self, int64_t timeout_ns) {
  SemLock *s = as_semlock(self);
  if (s->kind == RECURSIVE_MUTEX && is_mine(ts, s)) return s->count++, 1;
  int r;
  do r = sem_trywait(s->semaphore);
  while (r < 0 && errno == EINTR);
  if (r < 0 && errno == EAGAIN && timeout_ns != 0) {
    int64_t deadline = deadline_after(ts, timeout_ns);
    reclaim_before_wait(ts);
    WAIT_IN_CALL(ts, BLOCK_LOCK, r, wait_until(s->semaphore, deadline));
  }
  if (r < 0) return err_occurred(ts) || (errno != EAGAIN && errno != ETIMEDOUT) ? (os_error(ts), -1) : 0;
  s->count++;
  s->owner = ts->sched.id;
  return 1;
}
static Value semlock_acquire(NATIVE_ARGS) {
  static const char *const names[] = {"block", "timeout"};
  static const ArgSpec spec = {"acquire", 0, 2, 0, 2, names};
  Value given[2];
  int64_t timeout_ns = NO_TIMEOUT;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  int blocking = given[0] ? truth(ts, given[0]) : 1;
  if (blocking < 0) return NULL;
  if (given[1] && !is_none(given[1])) {
    double seconds;
    if (num_as_double(ts, given[1], &seconds) < 0) return NULL;
    if (seconds <= 0) timeout_ns = 0;
    else if (seconds < 9e9) timeout_ns = (int64_t)(seconds * 1e9);
  }
  int taken = take(ts, self, blocking ? timeout_ns : 0);
  return taken < 0 ? NULL : bool_value(taken);
}
static int value_of(ThreadState *ts, SemLock *s, int *value) {
  if (sem_getvalue(s->semaphore, value) < 0) return os_error(ts), -1;
  if (*value < 0) *value = 0; /* some systems count those who wait */
  return 0;
}
static Value semlock_release(NATIVE_ARGS) {
  SemLock *s = as_semlock(self);
  int value;
  if (s->kind == RECURSIVE_MUTEX) {
    if (!is_mine(ts, s)) return err_format(ts, EXC(AssertionError), "attempt to release recursive lock not owned by thread");
    if (s->count > 1) return s->count--, V_NONE;
  } else {
    if (value_of(ts, s, &value) < 0) return NULL;
    if (value >= s->maxvalue) return err_format(ts, EXC(ValueError), "semaphore or lock released too many times");
  }
  if (sem_post(s->semaphore) < 0) return os_error(ts);
  s->count--;
  return V_NONE;
}
static Value semlock_enter(NATIVE_ARGS) {
  int taken = take(ts, self, NO_TIMEOUT);
  return taken < 0 ? NULL : bool_value(taken);
}
static Value semlock_exit(NATIVE_ARGS) { return semlock_release(ts, self, NULL, 0, NULL); }

static Value semlock_count(NATIVE_ARGS) { return small_int_value(as_semlock(self)->count); }
static Value semlock_is_mine(NATIVE_ARGS) { return bool_value(is_mine(ts, as_semlock(self))); }
static Value semlock_get_value(NATIVE_ARGS) {
  int value;
  return value_of(ts, as_semlock(self), &value) < 0 ? NULL : small_int_value(value);
}
static Value semlock_is_zero(NATIVE_ARGS) {
  int value;
  return value_of(ts, as_semlock(self), &value) < 0 ? NULL : bool_value(value == 0);
}
static Value semlock_after_fork(NATIVE_ARGS) {
  as_semlock(self)->count = 0;
  return V_NONE;
}

static Value get_handle(ThreadState *ts, Value self) { return int_from_u64(ts, (uint64_t)(uintptr_t)as_semlock(self)->semaphore); }
static Value get_kind(ThreadState *ts, Value self) { return small_int_value(as_semlock(self)->kind); }
static Value get_maxvalue(ThreadState *ts, Value self) { return small_int_value(as_semlock(self)->maxvalue); }
static Value get_name(ThreadState *ts, Value self) { return incref(as_semlock(self)->name); }
static const GetSetDef semlock_getsets[] = {{"handle", get_handle, NULL, NULL}, {"kind", get_kind, NULL, NULL}, {"maxvalue", get_maxvalue, NULL, NULL}, {"name", get_name, NULL, NULL}, {0}};
static const MethodDef semlock_methods[] = {
    {"acquire", semlock_acquire, 0, 2, METHOD_KW, "Acquire the semaphore/lock."},
    {"release", semlock_release, 0, 0, 0, "Release the semaphore/lock."},
    {"_count", semlock_count, 0, 0, 0, "Num of `acquire()`s minus num of `release()`s for this process."},
    {"_is_mine", semlock_is_mine, 0, 0, 0, "Whether the lock is owned by this thread."},
    {"_get_value", semlock_get_value, 0, 0, 0, "Get the value of the semaphore."},
    {"_is_zero", semlock_is_zero, 0, 0, 0, "Return whether semaphore has value zero."},
    {"_rebuild", semlock_rebuild, 4, 4, METHOD_CLASS, NULL},
    {"_after_fork", semlock_after_fork, 0, 0, 0, "Rezero the net acquisition count after fork()."},
    {"__enter__", semlock_enter, 0, 0, 0, "Enter the semaphore/lock."},
    {"__exit__", semlock_exit, 0, 3, 0, "Exit the semaphore/lock."},
    {0}};
static const TypeSpec semlock_spec = {.name = "_multiprocessing.SemLock", .doc = "Semaphore/Mutex type", .size = sizeof(SemLock), .flags = TYPE_BASETYPE, .slots = {.dealloc = semlock_dealloc, .new = semlock_new},
    .methods = semlock_methods, .getsets = semlock_getsets};

static Value unlink_semaphore(NATIVE_ARGS) {
  Value holder;
  const char *path = c_string(ts, args[0], "sem_unlink() argument", &holder);
  Value r = path == NULL ? NULL : sem_unlink(path) < 0 ? os_error(ts) : V_NONE;
  xdecref(ts, holder);
  return r;
}

/* From now on the signal comes when the last writer of the pipe is gone. The kernel looks at no more than the descriptor's file: no thread is needed. */
static Value signal_at_hangup(NATIVE_ARGS) {
  int fd, number, flags;
  if (num_as_int(ts, args[0], &fd) < 0 || num_as_int(ts, args[1], &number) < 0) return NULL;
  if (fcntl(fd, F_SETOWN, getpid()) < 0 || fcntl(fd, F_SETSIG, number) < 0 || (flags = fcntl(fd, F_GETFL)) < 0 || fcntl(fd, F_SETFL, flags | O_ASYNC) < 0) return os_error(ts);
  return V_NONE;
}

static const MethodDef functions[] = {{"signal_at_hangup", signal_at_hangup, 2, 2, 0, "Send this process a signal when a pipe has no writer any more."}, {"sem_unlink", unlink_semaphore, 1, 1, 0, "Remove a named semaphore."}, {0}};
static int start(ThreadState *ts, Value module) {
  Type *type = NULL;
  Value key = str_intern_cstr(ts, "SEM_VALUE_MAX");
  if (key == NULL || module_add_type(ts, module, &semlock_spec, NULL, &type) < 0) return xdecref(ts, key), -1;
  int r = type_set_attr(ts, type, key, small_int_value(SEM_VALUE_MAX));
  decref(ts, (Value)type);
  decref(ts, key);
  return r < 0 ? -1 : module_add(ts, module, "flags", dict_new(ts));
}
const ModuleDef multiprocessing_module_def = {.name = "_multiprocessing", .doc = "Semaphores that processes share.", .methods = functions, .start = start};

/* ---- shared memory ---- */

static Value shared_memory_open(NATIVE_ARGS) {
  static const char *const names[] = {"path", "flags", "mode"};
  static const ArgSpec spec = {"shm_open", 0, 3, 2, 3, names};
  Value given[3];
  int flags, mode = 0777, fd;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[1], &flags) < 0 || (given[2] && num_as_int(ts, given[2], &mode) < 0)) return NULL;
  Value holder;
  const char *path = c_string(ts, given[0], "shm_open() argument 'path'", &holder);
  if (path == NULL) return NULL;
  WAIT_IN_CALL(ts, BLOCK_IO, fd, shm_open(path, flags, (mode_t)mode)); /* closed on exec, as POSIX says */
  xdecref(ts, holder);
  if (fd < 0) return err_occurred(ts) ? NULL : err_errno(ts, errno, given[0], NULL);
  return small_int_value(fd);
}
static Value shared_memory_unlink(NATIVE_ARGS) {
  static const char *const names[] = {"path"};
  static const ArgSpec spec = {"shm_unlink", 0, 1, 1, 1, names};
  Value given[1];
  int r;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value holder;
  const char *path = c_string(ts, given[0], "shm_unlink() argument 'path'", &holder);
  if (path == NULL) return NULL;
  WAIT_IN_CALL(ts, BLOCK_IO, r, shm_unlink(path));
  xdecref(ts, holder);
  if (r < 0) return err_occurred(ts) ? NULL : err_errno(ts, errno, given[0], NULL);
  return V_NONE;
}
static const MethodDef shared_memory_functions[] = {{"shm_open", shared_memory_open, 2, 3, METHOD_KW, "Open a shared memory object.  Returns a file descriptor (integer)."},
    {"shm_unlink", shared_memory_unlink, 1, 1, METHOD_KW, "Remove a shared memory object (similar to unlink())."}, {0}};
const ModuleDef posixshmem_module_def = {.name = "_posixshmem", .doc = "POSIX shared memory module", .methods = shared_memory_functions};
