/* posix.h - what the files of posix share: paths as scripts give them, and the parts that posix.c puts together.
 * posix.c: folders, descriptors, the environment; posix_paths.c: calls on paths; posix_process.c: processes; posix_more.c: reading and writing at places, space, attributes, spawn; posix_calls.def and
 * posix_system.c: users, priorities, terminals, limits. */
#ifndef RUNTIME_MODULES_POSIX_H
#define RUNTIME_MODULES_POSIX_H

#include "runtime/object.h"

typedef struct {
  const char *chars; /* NULL: a descriptor */
  int fd;
  Value given, holder;
  bool is_bytes;
} Path;
/* str, bytes, os.PathLike; with allow_fd also an int. function: for errors. */
int posix_path_of(ThreadState *ts, Value v, bool allow_fd, const char *function, Path *p);
static inline void posix_path_done(ThreadState *ts, Path *p) { xdecref(ts, p->holder); }
/* A path and the open folder it starts from: AT_FDCWD, or what a script gave as dir_fd. (posix_paths.c) */
typedef struct {
  Path path;
  int folder;
} Place;
int posix_place_of(ThreadState *ts, Value path, NULLABLE Value folder, bool allow_fd, const char *function, Place *p);
OWNED Value posix_name_value(ThreadState *ts, const char *name, bool as_bytes);

/* Run a call that may wait, without the GIL; again after a signal whose handler did not raise (PEP 475). result < 0: errno, or an exception. */
#define POSIX_WAIT(result, call) \
  do { \
    sched_blocking_begin(&ts->sched); \
    result = call; \
    int error_ = errno; \
    sched_blocking_end(&ts->sched); \
    errno = error_; \
  } while (result < 0 && errno == EINTR && ts->interp->up.check_pending(ts) == 0)
static inline Value posix_error(ThreadState *ts, int number, NULLABLE Value path) { return err_occurred(ts) ? NULL : err_errno(ts, number, path, NULL); }

/* Parts: functions and constants that they add to the module. */
typedef struct {
  const char *name;
  int64_t value;
} PosixNumber;
int posix_add(ThreadState *ts, Value module, const MethodDef *functions, NULLABLE const PosixNumber *numbers); /* both end with an empty row */
int posix_paths_start(ThreadState *ts, Value module);
int posix_more_start(ThreadState *ts, Value module);
int posix_system_start(ThreadState *ts, Value module);

/* Texts as C strings: malloc'ed, NULL-terminated. (posix_process.c) */
char *posix_string(ThreadState *ts, Value v);
char **posix_strings(ThreadState *ts, Value list);
void posix_strings_free(char **strings);
OWNED Value posix_environment(ThreadState *ts, Value mapping); /* as a list of KEY=VALUE bytes */

#endif
