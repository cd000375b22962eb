/* select_module.c - waiting for many descriptors at once: select(), poll objects, epoll objects.
 * Keeps true: each wait lets the GIL go, ends with a signal whose handler raises, and goes on after one that does not, for the time that is left.
 *   An epoll object that was closed refuses everything.
 * Next: waiting.h, runtime/lib/selectors.py. CPython: Modules/selectmodule.c. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

#include "runtime/module.h"
#include "runtime/modules/time_module.h"
#include "runtime/modules/waiting.h"
#include "runtime/reclaim.h"

typedef struct {
  Type *poll, *epoll;
} SelectModule;
static SelectModule *state(ThreadState *ts) { return native_state(ts, NATIVE_select); }

int descriptor_of(ThreadState *ts, Value v) {
  int fd = -1;
  if (!is_int(v)) {
    bool failed;
    Value name = str_intern_cstr(ts, "fileno"), method = name ? attr_get_optional(ts, v, name, &failed) : NULL;
    xdecref(ts, name);
    if (method == NULL) {
      if (!err_occurred(ts)) err_format(ts, EXC(TypeError), "argument must be an int, or have a fileno() method.");
      return -1;
    }
    Value number = call0(ts, method);
    decref(ts, method);
    if (number == NULL) return -1;
    if (!is_int(number)) err_format(ts, EXC(TypeError), "fileno() returned a non-integer");
    else if (num_as_int(ts, number, &fd) < 0) fd = -1;
    decref(ts, number);
    if (err_occurred(ts)) return -1;
  } else if (num_as_int(ts, v, &fd) < 0) {
    return -1;
  }
  if (fd < 0) err_format(ts, EXC(ValueError), "file descriptor cannot be a negative integer (%d)", fd);
  return fd < 0 ? -1 : fd;
}

static Value os_error(ThreadState *ts) { return err_occurred(ts) ? NULL : err_errno(ts, errno, NULL, NULL); }

/* ---- select() ---- */

typedef struct {
  Value items; /* list of the objects */
  int *fds;
  fd_set set;
} Waited;

static void waited_free(ThreadState *ts, Waited *w) {
  xdecref(ts, w->items);
  mem_free(ts, w->fds);
}
static int waited_from(ThreadState *ts, Value v, Waited *w, int *highest) {
  FD_ZERO(&w->set);
  Value items = seq_fast(ts, v, "arguments 1-3 must be sequences"), list = items ? list_from_iterable(ts, items) : NULL;
  xdecref(ts, items);
  if ((w->items = list) == NULL || (w->fds = mem_alloc(ts, sizeof(int) * (size_t)(list_len(list) + 1))) == NULL) return -1;
  for (ssize_t i = 0; i < list_len(list); i++) {
    int fd = descriptor_of(ts, list_get(list, i));
    if (fd < 0) return -1;
    if (fd >= FD_SETSIZE) return err_format(ts, EXC(ValueError), "filedescriptor out of range in select()"), -1;
    w->fds[i] = fd;
    FD_SET(fd, &w->set);
    if (fd > *highest) *highest = fd;
  }
  return 0;
}
static OWNED Value ready_of(ThreadState *ts, Waited *w, fd_set *ready) {
  Value list = list_new(ts, 0);
  for (ssize_t i = 0; list && i < list_len(w->items); i++)
    if (FD_ISSET(w->fds[i], ready) && list_append(ts, list, list_get(w->items, i)) < 0) CLEAR(list);
  return list;
}
static int select_until(ThreadState *ts, Waited w[3], fd_set ready[3], int highest, int64_t deadline) {
  int r;
  reclaim_before_wait(ts);
  for (;;) {
    for (int i = 0; i < 3; i++) ready[i] = w[i].set;
    int64_t left = deadline == FOREVER ? 0 : deadline - sched_thread_now_ns(&ts->sched, CLOCK_OF_MONOTONIC);
    if (left < 0) left = 0;
    struct timeval time = {left / 1000000000, (left % 1000000000 + 999) / 1000};
    if (time.tv_usec == 1000000) time.tv_sec++, time.tv_usec = 0;
    sched_blocking_begin(&ts->sched);
    r = select(highest + 1, &ready[0], &ready[1], &ready[2], deadline == FOREVER ? NULL : &time);
    sched_blocking_end(&ts->sched);
    if (r >= 0 || errno != EINTR || ts->interp->up.check_pending(ts) < 0) return r;
  }
}
/* A timeout argument in seconds: None is NO_TIMEOUT. */
static int timeout_seconds(ThreadState *ts, NULLABLE Value v, const char *wanted, int64_t *ns) {
  *ns = NO_TIMEOUT;
  if (v == NULL || is_none(v)) return 0;
  if (!is_int(v) && !is_float(v) && !has_index(ts, v)) return err_format(ts, EXC(TypeError), "timeout must be %s or None", wanted), -1;
  return seconds_to_ns(ts, v, ns);
}
static Value select_select(NATIVE_ARGS) {
  Waited w[3] = {0};
  fd_set ready[3];
  int64_t timeout_ns;
  int highest = -1;
  Value result = NULL;
  if (timeout_seconds(ts, nargs > 3 ? args[3] : NULL, "a float", &timeout_ns) < 0) return NULL;
  if (nargs > 3 && !is_none(args[3]) && timeout_ns < 0) return err_format(ts, EXC(ValueError), "timeout must be non-negative");
  if (waited_from(ts, args[0], &w[0], &highest) == 0 && waited_from(ts, args[1], &w[1], &highest) == 0 && waited_from(ts, args[2], &w[2], &highest) == 0) {
    if (select_until(ts, w, ready, highest, deadline_after(ts, timeout_ns)) < 0) os_error(ts);
    else result = tuple_steal3(ts, ready_of(ts, &w[0], &ready[0]), ready_of(ts, &w[1], &ready[1]), ready_of(ts, &w[2], &ready[2]));
  }
  for (int i = 0; i < 3; i++) waited_free(ts, &w[i]);
  return result;
}

/* ---- poll objects ---- */

typedef struct {
  Object base;
  Value events; /* dict: descriptor -> mask */
  bool is_polling;
} Poll;

static Value poll_make(NATIVE_ARGS) {
  Value v = object_new_instance(ts, state(ts)->poll);
  if (v && (((Poll *)v)->events = dict_new(ts)) == NULL) CLEAR(v);
  return v;
}
static void poll_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Poll *)self)->events);
  object_release(ts, self);
}
static int mask_argument(ThreadState *ts, Value v, int64_t max, int64_t *mask) {
  if (!has_index(ts, v)) return err_format(ts, EXC(TypeError), "an integer is required"), -1;
  if (num_as_i64(ts, v, mask) < 0) return -1;
  if (*mask >= 0 && *mask <= max) return 0;
  err_format(ts, *mask < 0 ? EXC(ValueError) : EXC(OverflowError), *mask < 0 ? "value must be positive" : "Python int too large for C unsigned short");
  return -1;
}
static Value poll_register(NATIVE_ARGS) {
  int fd = descriptor_of(ts, args[0]);
  int64_t mask = POLLIN | POLLPRI | POLLOUT;
  if (fd < 0 || (nargs > 1 && mask_argument(ts, args[1], UINT16_MAX, &mask) < 0)) return NULL;
  return dict_set(ts, ((Poll *)self)->events, small_int_value(fd), small_int_value(mask)) < 0 ? NULL : V_NONE;
}
static Value poll_modify(NATIVE_ARGS) {
  int fd = descriptor_of(ts, args[0]);
  if (fd < 0) return NULL;
  int known = dict_contains(ts, ((Poll *)self)->events, small_int_value(fd));
  if (known < 0) return NULL;
  return known ? poll_register(ts, self, args, nargs, NULL) : err_errno(ts, ENOENT, NULL, NULL);
}
static Value poll_unregister(NATIVE_ARGS) {
  int fd = descriptor_of(ts, args[0]);
  return fd < 0 || dict_delete(ts, ((Poll *)self)->events, small_int_value(fd)) < 0 ? NULL : V_NONE;
}
static int poll_until(ThreadState *ts, struct pollfd *fds, ssize_t n, int64_t deadline) {
  int r;
  reclaim_before_wait(ts);
  for (;;) {
    int ms = milliseconds_until(ts, deadline);
    sched_blocking_begin(&ts->sched);
    r = poll(fds, (nfds_t)n, ms);
    sched_blocking_end(&ts->sched);
    if (r >= 0 || errno != EINTR || ts->interp->up.check_pending(ts) < 0) return r;
  }
}
static Value poll_poll(NATIVE_ARGS) {
  Poll *p = (Poll *)self;
  int64_t timeout_ns = NO_TIMEOUT;
  double ms;
  if (nargs && !is_none(args[0])) {
    if (!is_int(args[0]) && !is_float(args[0]) && !has_index(ts, args[0])) return err_format(ts, EXC(TypeError), "timeout must be an integer or None");
    if (num_as_double(ts, args[0], &ms) < 0) return NULL;
    if (ms * 1e6 >= (double)INT64_MAX) return err_format(ts, EXC(OverflowError), "timestamp too large to convert to C _PyTime_t");
    if (ms > INT32_MAX) return err_format(ts, EXC(OverflowError), "timeout is too large");
    if (ms >= 0) timeout_ns = (int64_t)(ms * 1e6);
  }
  if (p->is_polling) return err_format(ts, EXC(RuntimeError), "concurrent poll() invocation");
  ssize_t n = 0, room = dict_len(p->events), pos = 0;
  struct pollfd *fds = mem_alloc(ts, sizeof *fds * (size_t)(room + 1));
  Value key, mask;
  if (fds == NULL) return NULL;
  while (n < room && dict_next(p->events, &pos, &key, &mask)) fds[n++] = (struct pollfd){(int)small_int(key), (short)small_int(mask), 0};
  p->is_polling = true;
  int r = poll_until(ts, fds, n, deadline_after(ts, timeout_ns));
  p->is_polling = false;
  Value list = r < 0 ? os_error(ts) : list_new(ts, r);
  for (ssize_t i = 0; list && i < n; i++) {
    if (fds[i].revents == 0) continue;
    Value pair = tuple_steal2(ts, small_int_value(fds[i].fd), small_int_value((uint16_t)fds[i].revents));
    if (pair == NULL || list_append_steal(ts, list, pair) < 0) CLEAR(list);
  }
  mem_free(ts, fds);
  return list;
}
static const MethodDef poll_methods[] = {{"register", poll_register, 1, 2, 0, NULL}, {"modify", poll_modify, 2, 2, 0, NULL}, {"unregister", poll_unregister, 1, 1, 0, NULL}, {"poll", poll_poll, 0, 1, 0, NULL}, {0}};
static const TypeSpec poll_spec = {.name = "select.poll", .size = sizeof(Poll), .flags = TYPE_NO_NEW, .slots = {.dealloc = poll_dealloc}, .methods = poll_methods};

/* ---- epoll objects ---- */

typedef struct {
  Object base;
  int fd; /* -1: closed */
} Epoll;
static Epoll *as_epoll(Value v) { return (Epoll *)v; }

static Value epoll_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"sizehint", "flags"};
  static const ArgSpec spec = {"epoll", 0, 2, 0, 2, names};
  Value given[2];
  int hint = -1, flags = 0;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || (given[0] && num_as_int(ts, given[0], &hint) < 0) || (given[1] && num_as_int(ts, given[1], &flags) < 0)) return NULL;
  if (hint < -1 || hint == 0) return err_format(ts, EXC(ValueError), "negative sizehint");
  if (flags & ~EPOLL_CLOEXEC) return err_format(ts, EXC(OSError), "invalid flags");
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  as_epoll(v)->fd = epoll_create1(EPOLL_CLOEXEC);
  if (as_epoll(v)->fd >= 0) return v;
  int error = errno;
  decref(ts, v);
  return err_errno(ts, error, NULL, NULL);
}
static void epoll_dealloc(ThreadState *ts, Value self) {
  if (as_epoll(self)->fd >= 0) close(as_epoll(self)->fd);
  object_release(ts, self);
}
static int check_open(ThreadState *ts, Value self) {
  if (as_epoll(self)->fd >= 0) return 0;
  err_format(ts, EXC(ValueError), "I/O operation on closed epoll object");
  return -1;
}
static Value control(ThreadState *ts, Value self, int what, Value file, uint32_t mask) {
  if (check_open(ts, self) < 0) return NULL;
  int fd = descriptor_of(ts, file);
  if (fd < 0) return NULL;
  struct epoll_event event = {.events = mask, .data.fd = fd};
  return epoll_ctl(as_epoll(self)->fd, what, fd, &event) < 0 ? err_errno(ts, errno, NULL, NULL) : V_NONE;
}
static Value register_or_modify(ThreadState *ts, Value self, int what, const ArgSpec *spec, Value *args, ssize_t nargs, Value kwnames) {
  Value given[2];
  int64_t mask = EPOLLIN | EPOLLPRI | EPOLLOUT;
  if (args_bind(ts, spec, args, nargs, kwnames, given) < 0 || (given[1] && num_as_i64(ts, given[1], &mask) < 0)) return NULL;
  return control(ts, self, what, given[0], (uint32_t)mask);
}
static const char *const epoll_names[] = {"fd", "eventmask"};
static Value epoll_register(NATIVE_ARGS) {
  static const ArgSpec spec = {"register", 0, 2, 1, 2, epoll_names};
  return register_or_modify(ts, self, EPOLL_CTL_ADD, &spec, args, nargs, kwnames);
}
static Value epoll_modify(NATIVE_ARGS) {
  static const ArgSpec spec = {"modify", 0, 2, 2, 2, epoll_names};
  return register_or_modify(ts, self, EPOLL_CTL_MOD, &spec, args, nargs, kwnames);
}
static Value epoll_unregister(NATIVE_ARGS) { return control(ts, self, EPOLL_CTL_DEL, args[0], 0); }

static int epoll_until(ThreadState *ts, int fd, struct epoll_event *events, int room, int64_t deadline) {
  int r;
  reclaim_before_wait(ts);
  for (;;) {
    int ms = milliseconds_until(ts, deadline);
    sched_blocking_begin(&ts->sched);
    r = epoll_wait(fd, events, room, ms);
    sched_blocking_end(&ts->sched);
    if (r >= 0 || errno != EINTR || ts->interp->up.check_pending(ts) < 0) return r;
  }
}
static Value epoll_poll(NATIVE_ARGS) {
  static const char *const names[] = {"timeout", "maxevents"};
  static const ArgSpec spec = {"poll", 0, 2, 0, 2, names};
  Value given[2];
  int64_t timeout_ns;
  int room = -1;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || timeout_seconds(ts, given[0], "an integer", &timeout_ns) < 0 || (given[1] && num_as_int(ts, given[1], &room) < 0) || check_open(ts, self) < 0) return NULL;
  if (room == -1) room = FD_SETSIZE - 1;
  if (room < 1) return err_format(ts, EXC(ValueError), "maxevents must be greater than 0, got %d", room);
  struct epoll_event few[64], *events = room <= 64 ? few : mem_alloc(ts, sizeof *events * (size_t)room);
  if (events == NULL) return NULL;
  int n = epoll_until(ts, as_epoll(self)->fd, events, room, deadline_after(ts, timeout_ns));
  Value list = n < 0 ? os_error(ts) : list_new(ts, n);
  for (int i = 0; list && i < n; i++) {
    Value pair = tuple_steal2(ts, small_int_value(events[i].data.fd), small_int_value(events[i].events));
    if (pair == NULL || list_append_steal(ts, list, pair) < 0) CLEAR(list);
  }
  if (events != few) mem_free(ts, events);
  return list;
}
static Value epoll_close(NATIVE_ARGS) {
  int fd = as_epoll(self)->fd;
  as_epoll(self)->fd = -1;
  return fd >= 0 && close(fd) < 0 ? err_errno(ts, errno, NULL, NULL) : V_NONE;
}
static Value epoll_fileno(NATIVE_ARGS) { return check_open(ts, self) < 0 ? NULL : small_int_value(as_epoll(self)->fd); }
static Value epoll_enter(NATIVE_ARGS) { return check_open(ts, self) < 0 ? NULL : incref(self); }
static Value epoll_exit(NATIVE_ARGS) { return epoll_close(ts, self, NULL, 0, NULL); }
static Value epoll_fromfd(NATIVE_ARGS) {
  int fd;
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  Value v = object_new_instance(ts, (Type *)self);
  if (v) as_epoll(v)->fd = fd;
  return v;
}
static Value epoll_closed(ThreadState *ts, Value self) { return bool_value(as_epoll(self)->fd < 0); }
static const MethodDef epoll_methods[] = {{"register", epoll_register, 1, 2, METHOD_KW, NULL}, {"modify", epoll_modify, 2, 2, METHOD_KW, NULL}, {"unregister", epoll_unregister, 1, 1, 0, NULL}, {"poll", epoll_poll, 0, 2, METHOD_KW, NULL},
    {"close", epoll_close, 0, 0, 0, NULL}, {"fileno", epoll_fileno, 0, 0, 0, NULL}, {"__enter__", epoll_enter, 0, 0, 0, NULL}, {"__exit__", epoll_exit, 0, 3, 0, NULL}, {"fromfd", epoll_fromfd, 1, 1, METHOD_CLASS, NULL}, {0}};
static const GetSetDef epoll_getsets[] = {{"closed", epoll_closed, NULL, "True if the epoll handler is closed"}, {0}};
static const TypeSpec epoll_spec = {.name = "select.epoll", .size = sizeof(Epoll), .slots = {.dealloc = epoll_dealloc, .new = epoll_new}, .methods = epoll_methods, .getsets = epoll_getsets};

static const MethodDef methods[] = {{"select", select_select, 3, 4, 0, "Wait until one or more file descriptors are ready."}, {"poll", poll_make, 0, 0, 0, "A polling object."}, {0}};
static int start(ThreadState *ts, Value m) {
  SelectModule *s = module_state(m);
  Value poll = module_dict(m) ? dict_get_cstr(ts, (Value)module_dict(m), "poll") : NULL; /* the function stands for the type */
  xincref(poll);
  if (module_add_type(ts, m, &poll_spec, NULL, &s->poll) < 0 || module_add(ts, m, "poll", poll) < 0 || module_add_type(ts, m, &epoll_spec, NULL, &s->epoll) < 0 || module_add(ts, m, "error", incref(EXC(OSError))) < 0) return -1;
#define CONSTANT(name) {#name, name}
  static const struct {
    const char *name;
    int64_t value;
  } constants[] = {CONSTANT(POLLIN), CONSTANT(POLLPRI), CONSTANT(POLLOUT), CONSTANT(POLLERR), CONSTANT(POLLHUP), CONSTANT(POLLNVAL), CONSTANT(POLLRDNORM), CONSTANT(POLLRDBAND), CONSTANT(POLLWRNORM), CONSTANT(POLLWRBAND),
                   CONSTANT(POLLMSG), CONSTANT(POLLRDHUP), CONSTANT(EPOLLIN), CONSTANT(EPOLLOUT), CONSTANT(EPOLLPRI), CONSTANT(EPOLLERR), CONSTANT(EPOLLHUP), CONSTANT(EPOLLRDHUP), {"EPOLLET", 1LL << 31},
                   CONSTANT(EPOLLONESHOT), CONSTANT(EPOLLEXCLUSIVE), CONSTANT(EPOLLRDNORM), CONSTANT(EPOLLRDBAND), CONSTANT(EPOLLWRNORM), CONSTANT(EPOLLWRBAND), CONSTANT(EPOLLMSG), CONSTANT(EPOLL_CLOEXEC), {"PIPE_BUF", 4096}};
#undef CONSTANT
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(ts, m, constants[i].name, constants[i].value) < 0) return -1;
  return 0;
}
const ModuleDef select_module_def = {.name = "select", .doc = "Waiting for many descriptors at once.", .methods = methods, .start = start, .state_size = sizeof(SelectModule), .owned_values = 2};
