/* posix_system.c - the part of posix about users, priorities, scheduling, terminals and limits of the system.
 * Keeps true: as all of posix: a call that may wait lets the GIL go.
 * Next: posix_calls.def (calls whose arguments are numbers), posix.h. CPython: Modules/posixmodule.c. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pty.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <utmp.h>

#include "runtime/module.h"
#include "runtime/modules/posix.h"
#include "runtime/modules/posix_process.h"

static Value os_error(ThreadState *ts) { return posix_error(ts, errno, NULL); }

/* ---- calls of numbers ---- */

/* A user or group: 0 .. 2**32 - 1, or -1. */
static int user_of(ThreadState *ts, Value v, int64_t *id) {
  if (!is_int(v)) return err_format(ts, EXC(TypeError), "uid should be integer, not %T", v), -1;
  if (num_as_i64(ts, v, id) < 0) return -1;
  if (*id >= -1 && *id < UINT32_MAX) return 0;
  err_format(ts, EXC(OverflowError), *id < 0 ? "uid is less than minimum" : "uid is greater than maximum");
  return -1;
}
static int numbers_of(ThreadState *ts, const char *name, const char *kinds, Value *args, ssize_t nargs, int64_t *out) {
  const char *optional = strchr(kinds, '|');
  ssize_t most = (ssize_t)strlen(kinds) - (optional != NULL), least = optional ? optional - kinds : most;
  if (args_count(ts, name, nargs, least, most) < 0) return -1;
  for (ssize_t i = 0; i < most; i++, kinds++) {
    int n = 0;
    out[i] = 0;
    if (*kinds == '|') kinds++;
    if (i >= nargs) continue;
    int r = *kinds == 'i' ? num_as_int(ts, args[i], &n) : *kinds == 'u' ? user_of(ts, args[i], &out[i]) : num_as_i64(ts, args[i], &out[i]);
    if (r < 0) return -1;
    if (*kinds == 'i') out[i] = n;
  }
  return 0;
}
#define NONE(r) V_NONE
#define NUMBER(r) int_from_i64(ts, r)
#define CALL(name, kinds, result, expression) \
  static Value call_##name(NATIVE_ARGS) { \
    int64_t a[5]; \
    long r; \
    if (numbers_of(ts, #name, kinds, args, nargs, a) < 0) return NULL; \
    POSIX_WAIT(r, (expression)); \
    return r < 0 ? os_error(ts) : result(r); \
  }
#include "runtime/modules/posix_calls.def"
#undef CALL
#undef NONE
#undef NUMBER

/* ---- users and groups ---- */

static Value posix_getresuid(NATIVE_ARGS) {
  uid_t r, e, s;
  return getresuid(&r, &e, &s) < 0 ? os_error(ts) : tuple_steal3(ts, small_int_value(r), small_int_value(e), small_int_value(s));
}
static Value posix_getresgid(NATIVE_ARGS) {
  gid_t r, e, s;
  return getresgid(&r, &e, &s) < 0 ? os_error(ts) : tuple_steal3(ts, small_int_value(r), small_int_value(e), small_int_value(s));
}
static OWNED Value groups_list(ThreadState *ts, const gid_t *groups, int n) {
  Value list = list_new(ts, n);
  for (int i = 0; list && i < n; i++)
    if (list_append(ts, list, small_int_value(groups[i])) < 0) CLEAR(list);
  return list;
}
static Value posix_getgroups(NATIVE_ARGS) {
  int n = getgroups(0, NULL);
  gid_t *groups = n < 0 ? NULL : mem_alloc(ts, ((size_t)n + 1) * sizeof *groups);
  if (groups == NULL) return n < 0 ? os_error(ts) : NULL;
  n = getgroups(n, groups);
  Value list = n < 0 ? os_error(ts) : groups_list(ts, groups, n);
  mem_free(ts, groups);
  return list;
}
static Value posix_setgroups(NATIVE_ARGS) {
  Value list = list_from_iterable(ts, args[0]);
  ssize_t n = list ? list_len(list) : 0;
  gid_t *groups = list ? mem_alloc(ts, ((size_t)n + 1) * sizeof *groups) : NULL;
  bool good = groups != NULL;
  for (ssize_t i = 0; good && i < n; i++) {
    int64_t id = 0;
    good = user_of(ts, list_get(list, i), &id) == 0;
    groups[i] = (gid_t)id;
  }
  Value r = !good ? NULL : setgroups((size_t)n, groups) < 0 ? os_error(ts) : V_NONE;
  mem_free(ts, groups);
  xdecref(ts, list);
  return r;
}
static Value posix_initgroups(NATIVE_ARGS) {
  int64_t group;
  char *user = user_of(ts, args[1], &group) < 0 ? NULL : posix_string(ts, args[0]);
  if (user == NULL) return NULL;
  int r = initgroups(user, (gid_t)group);
  free(user);
  return r < 0 ? os_error(ts) : V_NONE;
}
static Value posix_getgrouplist(NATIVE_ARGS) {
  int64_t group;
  char *user = user_of(ts, args[1], &group) < 0 ? NULL : posix_string(ts, args[0]);
  gid_t groups[1024];
  int n = 1024;
  if (user == NULL) return NULL;
  int r = getgrouplist(user, (gid_t)group, groups, &n);
  free(user);
  return r < 0 ? os_error(ts) : groups_list(ts, groups, n);
}
static Value posix_getlogin(NATIVE_ARGS) {
  char name[256];
  int error = getlogin_r(name, sizeof name);
  return error ? err_errno(ts, error, NULL, NULL) : str_from_fs(ts, name, (ssize_t)strlen(name));
}

/* ---- priorities and scheduling ---- */

static Value posix_getpriority(NATIVE_ARGS) {
  int64_t a[2];
  if (numbers_of(ts, "getpriority", "ii", args, nargs, a) < 0) return NULL;
  errno = 0;
  int r = getpriority((int)a[0], (id_t)a[1]);
  return errno ? os_error(ts) : small_int_value(r);
}
static Value sched_param_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"sched_priority"};
  static const ArgSpec spec = {"sched_param", 0, 1, 1, 1, names};
  Value given[1];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  incref(given[0]);
  return structseq_new(ts, type, given);
}
static int priority_of(ThreadState *ts, Value param, struct sched_param *out) {
  if (type_of(ts, param) != posix_process_state(ts)->sched_param) return err_format(ts, EXC(TypeError), "must have a sched_param object"), -1;
  return num_as_int(ts, tuple_get(param, 0), &out->sched_priority);
}
static Value posix_sched_getparam(NATIVE_ARGS) {
  int pid;
  struct sched_param p;
  if (num_as_int(ts, args[0], &pid) < 0) return NULL;
  if (sched_getparam(pid, &p) < 0) return os_error(ts);
  Value fields[] = {small_int_value(p.sched_priority)};
  return structseq_new(ts, posix_process_state(ts)->sched_param, fields);
}
static Value posix_sched_setparam(NATIVE_ARGS) {
  int pid;
  struct sched_param p;
  if (num_as_int(ts, args[0], &pid) < 0 || priority_of(ts, args[1], &p) < 0) return NULL;
  return sched_setparam(pid, &p) < 0 ? os_error(ts) : V_NONE;
}
static Value posix_sched_setscheduler(NATIVE_ARGS) {
  int pid, policy;
  struct sched_param p;
  if (num_as_int(ts, args[0], &pid) < 0 || num_as_int(ts, args[1], &policy) < 0 || priority_of(ts, args[2], &p) < 0) return NULL;
  return sched_setscheduler(pid, policy, &p) < 0 ? os_error(ts) : V_NONE;
}
static Value posix_sched_rr_get_interval(NATIVE_ARGS) {
  int pid;
  struct timespec t;
  if (num_as_int(ts, args[0], &pid) < 0) return NULL;
  return sched_rr_get_interval(pid, &t) < 0 ? os_error(ts) : float_new(ts, (double)t.tv_sec + 1e-9 * (double)t.tv_nsec);
}

/* ---- terminals ---- */

static Value posix_ctermid(NATIVE_ARGS) {
  char name[L_ctermid] = "";
  ctermid(name);
  return str_from_fs(ts, name, (ssize_t)strlen(name));
}
static Value posix_ttyname(NATIVE_ARGS) {
  int fd;
  char name[256];
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  int error = ttyname_r(fd, name, sizeof name);
  return error ? err_errno(ts, error, NULL, NULL) : str_from_fs(ts, name, (ssize_t)strlen(name));
}
static Value posix_openpty(NATIVE_ARGS) {
  int master, slave;
  if (openpty(&master, &slave, NULL, NULL, NULL) < 0) return os_error(ts);
  fcntl(master, F_SETFD, FD_CLOEXEC);
  fcntl(slave, F_SETFD, FD_CLOEXEC);
  return tuple_steal2(ts, small_int_value(master), small_int_value(slave));
}
static Value posix_forkpty(NATIVE_ARGS) {
  int master = -1;
  process_before_fork(ts);
  pid_t pid = forkpty(&master, NULL, NULL, NULL);
  int error = errno;
  if (pid == 0) process_after_fork_in_child(ts);
  else process_after_fork_in_parent(ts);
  return pid < 0 ? err_errno(ts, error, NULL, NULL) : tuple_steal2(ts, small_int_value(pid), small_int_value(pid ? master : -1));
}

/* ---- limits ---- */

#define ROW(name) {#name, _##name}
static const PosixNumber sysconf_names[] = {ROW(SC_ARG_MAX), ROW(SC_CHILD_MAX), ROW(SC_CLK_TCK), ROW(SC_NGROUPS_MAX), ROW(SC_OPEN_MAX), ROW(SC_STREAM_MAX), ROW(SC_TZNAME_MAX), ROW(SC_JOB_CONTROL), ROW(SC_SAVED_IDS),
    ROW(SC_REALTIME_SIGNALS), ROW(SC_PRIORITY_SCHEDULING), ROW(SC_TIMERS), ROW(SC_ASYNCHRONOUS_IO), ROW(SC_FSYNC), ROW(SC_MAPPED_FILES), ROW(SC_MEMLOCK), ROW(SC_SEMAPHORES), ROW(SC_SHARED_MEMORY_OBJECTS),
    ROW(SC_VERSION), ROW(SC_PAGESIZE), ROW(SC_PAGE_SIZE), ROW(SC_RTSIG_MAX), ROW(SC_SEM_NSEMS_MAX), ROW(SC_SEM_VALUE_MAX), ROW(SC_SIGQUEUE_MAX), ROW(SC_TIMER_MAX), ROW(SC_BC_BASE_MAX), ROW(SC_BC_DIM_MAX), ROW(SC_BC_SCALE_MAX),
    ROW(SC_BC_STRING_MAX), ROW(SC_COLL_WEIGHTS_MAX), ROW(SC_EXPR_NEST_MAX), ROW(SC_LINE_MAX), ROW(SC_RE_DUP_MAX), ROW(SC_2_VERSION), ROW(SC_2_C_BIND), ROW(SC_2_C_DEV), ROW(SC_IOV_MAX), ROW(SC_UIO_MAXIOV), ROW(SC_THREADS),
    ROW(SC_THREAD_SAFE_FUNCTIONS), ROW(SC_GETGR_R_SIZE_MAX), ROW(SC_GETPW_R_SIZE_MAX), ROW(SC_LOGIN_NAME_MAX), ROW(SC_TTY_NAME_MAX), ROW(SC_THREAD_DESTRUCTOR_ITERATIONS), ROW(SC_THREAD_KEYS_MAX), ROW(SC_THREAD_STACK_MIN),
    ROW(SC_THREAD_THREADS_MAX), ROW(SC_NPROCESSORS_CONF), ROW(SC_NPROCESSORS_ONLN), ROW(SC_PHYS_PAGES), ROW(SC_AVPHYS_PAGES), ROW(SC_ATEXIT_MAX), ROW(SC_PASS_MAX), ROW(SC_XOPEN_VERSION), {0}};
static const PosixNumber pathconf_names[] = {ROW(PC_LINK_MAX), ROW(PC_MAX_CANON), ROW(PC_MAX_INPUT), ROW(PC_NAME_MAX), ROW(PC_PATH_MAX), ROW(PC_PIPE_BUF), ROW(PC_CHOWN_RESTRICTED), ROW(PC_NO_TRUNC), ROW(PC_VDISABLE),
    ROW(PC_SYNC_IO), ROW(PC_ASYNC_IO), ROW(PC_PRIO_IO), ROW(PC_SOCK_MAXBUF), ROW(PC_FILESIZEBITS), ROW(PC_REC_INCR_XFER_SIZE), ROW(PC_REC_MAX_XFER_SIZE), ROW(PC_REC_MIN_XFER_SIZE), ROW(PC_REC_XFER_ALIGN),
    ROW(PC_ALLOC_SIZE_MIN), ROW(PC_SYMLINK_MAX), {0}};
static const PosixNumber confstr_names[] = {ROW(CS_PATH), ROW(CS_GNU_LIBC_VERSION), ROW(CS_GNU_LIBPTHREAD_VERSION), {0}};
#undef ROW

static OWNED Value names_dict(ThreadState *ts, const PosixNumber *rows) {
  Value d = dict_new(ts);
  for (; d && rows->name; rows++) {
    Value name = str_intern_cstr(ts, rows->name);
    if (name == NULL || dict_set(ts, d, name, small_int_value(rows->value)) < 0) CLEAR(d);
    xdecref(ts, name);
  }
  return d;
}
/* The number of a limit that a script names or numbers. */
static int limit_of(ThreadState *ts, Value v, const PosixNumber *rows, int *number) {
  if (!is_str(v)) return is_int(v) ? num_as_int(ts, v, number) : (err_format(ts, EXC(TypeError), "configuration names must be strings or integers"), -1);
  for (; rows->name; rows++)
    if (str_equal_cstr(v, rows->name)) return *number = (int)rows->value, 0;
  err_format(ts, EXC(ValueError), "unrecognized configuration name");
  return -1;
}
static Value posix_sysconf(NATIVE_ARGS) {
  int number;
  if (limit_of(ts, args[0], sysconf_names, &number) < 0) return NULL;
  errno = 0;
  long r = sysconf(number);
  return r == -1 && errno ? os_error(ts) : int_from_i64(ts, r);
}
static Value posix_confstr(NATIVE_ARGS) {
  int number;
  char text[512];
  if (limit_of(ts, args[0], confstr_names, &number) < 0) return NULL;
  errno = 0;
  size_t n = confstr(number, text, sizeof text);
  if (n == 0) return errno ? os_error(ts) : V_NONE;
  return str_from_fs(ts, text, (ssize_t)strnlen(text, sizeof text));
}
static Value path_limit(ThreadState *ts, Value *args, const char *function) {
  Path p;
  int number;
  if (limit_of(ts, args[1], pathconf_names, &number) < 0 || posix_path_of(ts, args[0], true, function, &p) < 0) return NULL;
  errno = 0;
  long r = p.chars ? pathconf(p.chars, number) : fpathconf(p.fd, number);
  int error = errno;
  posix_path_done(ts, &p);
  return r == -1 && error ? posix_error(ts, error, p.chars ? args[0] : NULL) : int_from_i64(ts, r);
}
static Value posix_pathconf(NATIVE_ARGS) { return path_limit(ts, args, "pathconf"); }
static Value posix_fpathconf(NATIVE_ARGS) { return path_limit(ts, args, "fpathconf"); }

static const MethodDef functions[] = {
#define CALL(name, kinds, result, expression) {#name, call_##name, 0, -1, 0, NULL},
#include "runtime/modules/posix_calls.def"
#undef CALL
    {"getresuid", posix_getresuid, 0, 0, 0, NULL}, {"getresgid", posix_getresgid, 0, 0, 0, NULL}, {"getgroups", posix_getgroups, 0, 0, 0, NULL}, {"setgroups", posix_setgroups, 1, 1, 0, NULL}, {"initgroups", posix_initgroups, 2, 2, 0, NULL},
    {"getgrouplist", posix_getgrouplist, 2, 2, 0, NULL}, {"getlogin", posix_getlogin, 0, 0, 0, NULL}, {"getpriority", posix_getpriority, 0, -1, 0, NULL}, {"sched_getparam", posix_sched_getparam, 1, 1, 0, NULL},
    {"sched_setparam", posix_sched_setparam, 2, 2, 0, NULL}, {"sched_setscheduler", posix_sched_setscheduler, 3, 3, 0, NULL}, {"sched_rr_get_interval", posix_sched_rr_get_interval, 1, 1, 0, NULL}, {"ctermid", posix_ctermid, 0, 0, 0, NULL},
    {"ttyname", posix_ttyname, 1, 1, 0, NULL}, {"openpty", posix_openpty, 0, 0, 0, NULL}, {"forkpty", posix_forkpty, 0, 0, 0, NULL}, {"sysconf", posix_sysconf, 1, 1, 0, NULL}, {"confstr", posix_confstr, 1, 1, 0, NULL},
    {"pathconf", posix_pathconf, 2, 2, 0, NULL}, {"fpathconf", posix_fpathconf, 2, 2, 0, NULL}, {0}};
static const PosixNumber numbers[] = {{"SCHED_OTHER", SCHED_OTHER}, {"SCHED_FIFO", SCHED_FIFO}, {"SCHED_RR", SCHED_RR}, {"SCHED_BATCH", SCHED_BATCH}, {"SCHED_IDLE", SCHED_IDLE}, {"SCHED_RESET_ON_FORK", SCHED_RESET_ON_FORK},
    {"PRIO_PGRP", PRIO_PGRP}, {"PRIO_USER", PRIO_USER}, {"F_LOCK", F_LOCK}, {"F_TLOCK", F_TLOCK}, {"F_ULOCK", F_ULOCK}, {"F_TEST", F_TEST}, {"POSIX_FADV_NORMAL", POSIX_FADV_NORMAL}, {"POSIX_FADV_SEQUENTIAL", POSIX_FADV_SEQUENTIAL},
    {"POSIX_FADV_RANDOM", POSIX_FADV_RANDOM}, {"POSIX_FADV_NOREUSE", POSIX_FADV_NOREUSE}, {"POSIX_FADV_WILLNEED", POSIX_FADV_WILLNEED}, {"POSIX_FADV_DONTNEED", POSIX_FADV_DONTNEED}, {0}};

int posix_system_start(ThreadState *ts, Value m) {
  static const char *const param_fields[] = {"sched_priority"};
  ProcessState *s = posix_process_state(ts);
  if ((s->sched_param = structseq_type(ts, "posix.sched_param", NULL, param_fields, 1, 1)) == NULL) return -1;
  s->sched_param->slots.new = sched_param_new; /* its field, not a sequence */
  if (module_add(ts, m, "sched_param", incref((Value)s->sched_param)) < 0) return -1;
  if (module_add(ts, m, "sysconf_names", names_dict(ts, sysconf_names)) < 0 || module_add(ts, m, "pathconf_names", names_dict(ts, pathconf_names)) < 0 || module_add(ts, m, "confstr_names", names_dict(ts, confstr_names)) < 0)
    return -1;
  return posix_add(ts, m, functions, numbers);
}
