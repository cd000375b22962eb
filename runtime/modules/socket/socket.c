/* socket.c - _socket: sockets as the system has them. What is convenient about them is written in the language (runtime/lib/socket.py).
 *
 *   timeout    the descriptor      a call
 *   None       blocks              waits in the system call
 *   0          does not block      BlockingIOError at once
 *   t > 0      does not block      tries; when that would block waits in poll() for what is left of t, and tries again; TimeoutError
 *
 * Keeps true: every system call that may wait runs without the GIL, and is made again after a signal whose handler did not raise (PEP 475).
 *   A buffer is held while C code reads or writes it. A closed socket has fd -1, so that a number that the system uses again is never touched.
 * Next: message.c, address.c, lookup.c, waiting.h. CPython: Modules/socketmodule.c. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <linux/netlink.h>
#include <linux/if_packet.h>
#include <linux/vm_sockets.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/modules/socket/socket.h"
#include "runtime/modules/time_module.h"
#include "runtime/modules/waiting.h"
#include "runtime/reclaim.h"

static Value os_error(ThreadState *ts) { return err_occurred(ts) ? NULL : err_errno(ts, errno, NULL, NULL); }

/* ---- waiting ---- */

/* Wait until the descriptor is ready. 1 ready, 0 the time is over, -1 errno or an exception. */
static int wait_ready(ThreadState *ts, int fd, short events, int64_t deadline) {
  reclaim_before_wait(ts);
  for (;;) {
    struct pollfd one = {fd, events, 0};
    int ms = milliseconds_until(ts, deadline);
    sched_blocking_begin(&ts->sched);
    int r = poll(&one, 1, ms);
    sched_blocking_end(&ts->sched);
    if (r >= 0 || errno != EINTR || ts->interp->up.check_pending(ts) < 0) return r;
  }
}
static Value timed_out(ThreadState *ts) { return err_format(ts, EXC(TimeoutError), "timed out"); }

/* Do it, waiting as the socket's timeout says. -1 with an exception. */
static ssize_t perform(ThreadState *ts, Socket *s, short events, Try try_it, void *arg, int64_t deadline) {
  if (s->timeout_ns < 0) reclaim_before_wait(ts);
  for (;;) {
    sched_blocking_begin(&ts->sched);
    ssize_t r = try_it(s, arg);
    sched_blocking_end(&ts->sched);
    if (r >= 0) return r;
    if (errno == EINTR) {
      if (ts->interp->up.check_pending(ts) < 0) return -1;
      continue;
    }
    if ((errno != EAGAIN && errno != EWOULDBLOCK) || s->timeout_ns <= 0) return os_error(ts), -1;
    int ready = wait_ready(ts, s->fd, events, deadline);
    if (ready < 0) return os_error(ts), -1;
    if (ready == 0) return timed_out(ts), -1;
  }
}
static int64_t deadline_of(ThreadState *ts, Socket *s) { return s->timeout_ns > 0 ? deadline_after(ts, s->timeout_ns) : FOREVER; }
ssize_t socket_perform(ThreadState *ts, Socket *s, short events, Try try_it, void *arg) { return perform(ts, s, events, try_it, arg, deadline_of(ts, s)); }

static int set_blocking(ThreadState *ts, int fd, bool blocking) {
  int off = !blocking;
  return ioctl(fd, FIONBIO, &off) < 0 ? (os_error(ts), -1) : 0;
}

/* ---- life ---- */

static Value socket_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value v = object_new_instance(ts, type);
  if (v) as_socket(v)->fd = -1, as_socket(v)->timeout_ns = NO_TIMEOUT;
  return v;
}
static int number_of_fd(ThreadState *ts, Value v, int *fd) {
  if (is_float(v)) return err_format(ts, EXC(TypeError), "integer argument expected, got float"), -1;
  if (num_as_int(ts, v, fd) < 0) return -1;
  if (*fd < 0) return err_format(ts, EXC(ValueError), "negative file descriptor"), -1;
  return 0;
}
static int option_of(int fd, int option) {
  int value = -1;
  socklen_t n = sizeof value;
  return getsockopt(fd, SOL_SOCKET, option, &value, &n) < 0 ? -1 : value;
}
static int open_existing(ThreadState *ts, Socket *s, Value number) {
  int fd;
  if (number_of_fd(ts, number, &fd) < 0) return -1;
  struct sockaddr_storage room;
  socklen_t n = sizeof room;
  if (getsockname(fd, (struct sockaddr *)&room, &n) < 0) return os_error(ts), -1;
  if (s->family == -1) s->family = room.ss_family;
  if (s->type == -1) s->type = option_of(fd, SO_TYPE);
  if (s->proto == -1) s->proto = option_of(fd, SO_PROTOCOL);
  s->fd = fd;
  return 0;
}
static int socket_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"family", "type", "proto", "fileno"};
  static const ArgSpec spec = {"socket", 0, 4, 0, 4, names};
  Value given[4];
  Socket *s = as_socket(self);
  int numbers[3] = {-1, -1, -1};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  for (int i = 0; i < 3; i++)
    if (given[i] && num_as_int(ts, given[i], &numbers[i]) < 0) return -1;
  s->family = numbers[0], s->type = numbers[1], s->proto = numbers[2];
  if (given[3] && !is_none(given[3])) {
    if (open_existing(ts, s, given[3]) < 0) return -1;
  } else {
    if (s->family == -1) s->family = AF_INET;
    if (s->type == -1) s->type = SOCK_STREAM;
    if (s->proto == -1) s->proto = 0;
    s->fd = socket(s->family, s->type | SOCK_CLOEXEC, s->proto);
    if (s->fd < 0) return os_error(ts), -1;
  }
  if (s->type & SOCK_NONBLOCK) s->timeout_ns = 0;
  else if ((s->timeout_ns = socket_state(ts)->default_timeout_ns) >= 0 && set_blocking(ts, s->fd, false) < 0) return -1;
  s->type &= ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  return 0;
}
static void socket_finalize(ThreadState *ts, Value self) {
  Socket *s = as_socket(self);
  if (s->fd < 0) return;
  Value pending = err_fetch(ts);
  if (err_warn(ts, EXC(ResourceWarning), 1, "unclosed %R", self) < 0) err_write_unraisable(ts, self);
  err_restore(ts, pending);
  if (s->fd >= 0) close(s->fd);
  s->fd = -1;
}
static void socket_dealloc(ThreadState *ts, Value self) { object_release(ts, self); }
static Value socket_repr(ThreadState *ts, Value self) {
  Socket *s = as_socket(self);
  return str_format(ts, "<socket object, fd=%d, family=%d, type=%d, proto=%d>", s->fd, s->family, s->type, s->proto);
}
static ssize_t try_close(Socket *s, void *arg) { return close(*(int *)arg); }
static Value socket_close(NATIVE_ARGS) {
  int fd = as_socket(self)->fd;
  if (fd < 0) return V_NONE;
  as_socket(self)->fd = -1;
  sched_blocking_begin(&ts->sched);
  ssize_t r = try_close(NULL, &fd);
  sched_blocking_end(&ts->sched);
  return r < 0 && errno != ECONNRESET && errno != EINTR ? os_error(ts) : V_NONE;
}
static Value socket_detach(NATIVE_ARGS) {
  int fd = as_socket(self)->fd;
  as_socket(self)->fd = -1;
  return small_int_value(fd);
}
static Value socket_fileno(NATIVE_ARGS) { return small_int_value(as_socket(self)->fd); }

/* ---- timeouts ---- */

static Value set_timeout(ThreadState *ts, Socket *s, int64_t timeout_ns) {
  s->timeout_ns = timeout_ns;
  return set_blocking(ts, s->fd, timeout_ns < 0) < 0 ? NULL : V_NONE;
}
static int timeout_argument(ThreadState *ts, Value v, int64_t *ns) {
  *ns = NO_TIMEOUT;
  if (is_none(v)) return 0;
  if (seconds_to_ns(ts, v, ns) < 0) return -1;
  return *ns < 0 ? (err_format(ts, EXC(ValueError), "Timeout value out of range"), -1) : 0;
}
static Value timeout_value(ThreadState *ts, int64_t ns) { return ns < 0 ? V_NONE : float_new(ts, (double)ns / 1e9); }
static Value socket_settimeout(NATIVE_ARGS) {
  int64_t ns;
  return timeout_argument(ts, args[0], &ns) < 0 ? NULL : set_timeout(ts, as_socket(self), ns);
}
static Value socket_gettimeout(NATIVE_ARGS) { return timeout_value(ts, as_socket(self)->timeout_ns); }
static Value socket_setblocking(NATIVE_ARGS) {
  int yes = truth(ts, args[0]);
  return yes < 0 ? NULL : set_timeout(ts, as_socket(self), yes ? NO_TIMEOUT : 0);
}
static Value socket_getblocking(NATIVE_ARGS) { return bool_value(as_socket(self)->timeout_ns != 0); }

/* ---- connections ---- */

static Value socket_bind(NATIVE_ARGS) {
  Address a;
  Socket *s = as_socket(self);
  if (address_from(ts, s->family, args[0], "bind", &a) < 0) return NULL;
  return bind(s->fd, &a.any, a.length) < 0 ? os_error(ts) : V_NONE;
}
static Value socket_listen(NATIVE_ARGS) {
  int backlog = 128;
  if (nargs && num_as_int(ts, args[0], &backlog) < 0) return NULL;
  return listen(as_socket(self)->fd, backlog < 0 ? 0 : backlog) < 0 ? os_error(ts) : V_NONE;
}
static ssize_t try_accept(Socket *s, void *arg) {
  Address *a = arg;
  a->length = sizeof a->room;
  return accept4(s->fd, &a->any, &a->length, SOCK_CLOEXEC);
}
static Value socket_accept(NATIVE_ARGS) {
  Address a;
  ssize_t fd = socket_perform(ts, as_socket(self), POLLIN, try_accept, &a);
  if (fd < 0) return NULL;
  Value pair = tuple_steal2(ts, small_int_value(fd), address_value(ts, &a.any, a.length));
  if (pair == NULL) close((int)fd);
  return pair;
}
/* 0, or an errno; -1 with an exception that a signal handler raised or a timeout. A connect that a signal interrupts goes on by itself. */
static int connect_to(ThreadState *ts, Socket *s, Address *a) {
  sched_blocking_begin(&ts->sched);
  int r = connect(s->fd, &a->any, a->length), error = errno;
  sched_blocking_end(&ts->sched);
  if (r == 0) return 0;
  bool goes_on = error == EINTR || (error == EINPROGRESS && s->timeout_ns > 0);
  if (error == EINTR && ts->interp->up.check_pending(ts) < 0) return -1;
  if (!goes_on) return error;
  int ready = wait_ready(ts, s->fd, POLLOUT, deadline_of(ts, s));
  if (ready == 0) return timed_out(ts), -1;
  if (ready < 0) return err_occurred(ts) ? -1 : errno;
  error = option_of(s->fd, SO_ERROR);
  return error == EISCONN ? 0 : error;
}
static Value socket_connect(NATIVE_ARGS) {
  Address a;
  if (address_from(ts, as_socket(self)->family, args[0], "connect", &a) < 0) return NULL;
  int error = connect_to(ts, as_socket(self), &a);
  return error == 0 ? V_NONE : error < 0 ? NULL : err_errno(ts, error, NULL, NULL);
}
static Value socket_connect_ex(NATIVE_ARGS) {
  Address a;
  if (address_from(ts, as_socket(self)->family, args[0], "connect_ex", &a) < 0) return NULL;
  int error = connect_to(ts, as_socket(self), &a);
  if (error >= 0) return small_int_value(error);
  if (!err_matches(ts, EXC(TimeoutError))) return NULL;
  err_clear(ts);
  return small_int_value(EAGAIN);
}
static Value socket_shutdown(NATIVE_ARGS) {
  int how;
  return num_as_int(ts, args[0], &how) < 0 ? NULL : shutdown(as_socket(self)->fd, how) < 0 ? os_error(ts) : V_NONE;
}
static Value name_of(ThreadState *ts, Value self, int (*ask)(int, struct sockaddr *, socklen_t *)) {
  Address a = {.length = sizeof a.room};
  memset(&a.room, 0, sizeof a.room);
  return ask(as_socket(self)->fd, &a.any, &a.length) < 0 ? os_error(ts) : address_value(ts, &a.any, a.length);
}
static Value socket_getsockname(NATIVE_ARGS) { return name_of(ts, self, getsockname); }
static Value socket_getpeername(NATIVE_ARGS) { return name_of(ts, self, getpeername); }

/* ---- receiving ---- */

typedef struct {
  char *data;
  size_t size;
  int flags;
  Address *address;
} Piece;

static ssize_t try_recv(Socket *s, void *arg) {
  Piece *p = arg;
  return recv(s->fd, p->data, p->size, p->flags);
}
static ssize_t try_recvfrom(Socket *s, void *arg) {
  Piece *p = arg;
  p->address->length = sizeof p->address->room;
  ssize_t n = recvfrom(s->fd, p->data, p->size, p->flags, &p->address->any, &p->address->length);
  return n;
}
static int size_and_flags(ThreadState *ts, const char *function, Value *args, ssize_t nargs, ssize_t *size, int *flags) {
  *flags = 0;
  if ((*size = arg_as_ssize(ts, args[0])) == -1 && err_occurred(ts)) return -1;
  if (*size < 0) return err_format(ts, EXC(ValueError), "negative buffersize in %s", function), -1;
  return nargs > 1 ? num_as_int(ts, args[1], flags) : 0;
}
/* Up to size bytes as a bytes object no longer than what came. */
static OWNED Value receive(ThreadState *ts, Value self, ssize_t size, int flags, Try try_it, Address *from) {
  char few[16384];
  Value whole = size > (ssize_t)sizeof few ? bytes_new(ts, NULL, size) : NULL;
  if (size > (ssize_t)sizeof few && whole == NULL) return NULL;
  Piece p = {whole ? bytes_data(whole) : few, (size_t)size, flags, from};
  ssize_t n = socket_perform(ts, as_socket(self), POLLIN, try_it, &p);
  Value result = n < 0 ? NULL : n == size && whole ? incref(whole) : bytes_new(ts, p.data, n);
  xdecref(ts, whole);
  return result;
}
static Value socket_recv(NATIVE_ARGS) {
  ssize_t size;
  int flags;
  return size_and_flags(ts, "recv", args, nargs, &size, &flags) < 0 ? NULL : receive(ts, self, size, flags, try_recv, NULL);
}
static Value socket_recvfrom(NATIVE_ARGS) {
  ssize_t size;
  int flags;
  Address from;
  if (size_and_flags(ts, "recvfrom", args, nargs, &size, &flags) < 0) return NULL;
  Value data = receive(ts, self, size, flags, try_recvfrom, &from);
  return data ? tuple_steal2(ts, data, address_value(ts, &from.any, from.length)) : NULL;
}
static ssize_t receive_into(ThreadState *ts, Value self, const char *function, Value *args, ssize_t nargs, Value kwnames, Try try_it, Address *from) {
  static const char *const names[] = {"buffer", "nbytes", "flags"};
  ArgSpec spec = {function, 0, 3, 1, 3, names};
  Value given[3];
  Buffer view;
  ssize_t size = 0;
  int flags = 0;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || (given[1] && (size = arg_as_ssize(ts, given[1])) == -1 && err_occurred(ts)) || (given[2] && num_as_int(ts, given[2], &flags) < 0)) return -1;
  if (size < 0) return err_format(ts, EXC(ValueError), "negative buffersize in %s", function), -1;
  if (buffer_get(ts, given[0], &view, true) < 0) return -1;
  ssize_t n = -1;
  Piece p = {view.data, (size_t)(size ? size : view.length), flags, from};
  if (size > view.length) err_format(ts, EXC(ValueError), "buffer too small for requested bytes");
  else n = socket_perform(ts, as_socket(self), POLLIN, try_it, &p);
  buffer_release(ts, &view);
  return n;
}
static Value socket_recv_into(NATIVE_ARGS) {
  ssize_t n = receive_into(ts, self, "recv_into", args, nargs, kwnames, try_recv, NULL);
  return n < 0 ? NULL : small_int_value(n);
}
static Value socket_recvfrom_into(NATIVE_ARGS) {
  Address from;
  ssize_t n = receive_into(ts, self, "recvfrom_into", args, nargs, kwnames, try_recvfrom, &from);
  return n < 0 ? NULL : tuple_steal2(ts, small_int_value(n), address_value(ts, &from.any, from.length));
}

/* ---- sending ---- */

static ssize_t try_send(Socket *s, void *arg) {
  Piece *p = arg;
  return send(s->fd, p->data, p->size, p->flags | MSG_NOSIGNAL);
}
static ssize_t try_sendto(Socket *s, void *arg) {
  Piece *p = arg;
  return sendto(s->fd, p->data, p->size, p->flags | MSG_NOSIGNAL, &p->address->any, p->address->length);
}
static Value socket_send(NATIVE_ARGS) {
  Buffer view;
  int flags = 0;
  if ((nargs > 1 && num_as_int(ts, args[1], &flags) < 0) || buffer_get(ts, args[0], &view, false) < 0) return NULL;
  Piece p = {view.data, (size_t)view.length, flags, NULL};
  ssize_t n = socket_perform(ts, as_socket(self), POLLOUT, try_send, &p);
  buffer_release(ts, &view);
  return n < 0 ? NULL : small_int_value(n);
}
/* The timeout is for the whole. */
static Value socket_sendall(NATIVE_ARGS) {
  Buffer view;
  int flags = 0;
  if ((nargs > 1 && num_as_int(ts, args[1], &flags) < 0) || buffer_get(ts, args[0], &view, false) < 0) return NULL;
  Piece p = {view.data, (size_t)view.length, flags, NULL};
  int64_t deadline = deadline_of(ts, as_socket(self));
  ssize_t n = 0;
  while (p.size > 0 && (n = perform(ts, as_socket(self), POLLOUT, try_send, &p, deadline)) >= 0) p.data += n, p.size -= (size_t)n;
  buffer_release(ts, &view);
  return n < 0 ? NULL : V_NONE;
}
static Value socket_sendto(NATIVE_ARGS) {
  Buffer view;
  Address to;
  int flags = 0;
  if ((nargs > 2 && num_as_int(ts, args[1], &flags) < 0) || address_from(ts, as_socket(self)->family, args[nargs - 1], "sendto", &to) < 0 || buffer_get(ts, args[0], &view, false) < 0) return NULL;
  Piece p = {view.data, (size_t)view.length, flags, &to};
  ssize_t n = socket_perform(ts, as_socket(self), POLLOUT, try_sendto, &p);
  buffer_release(ts, &view);
  return n < 0 ? NULL : small_int_value(n);
}

/* ---- options ---- */

static Value socket_getsockopt(NATIVE_ARGS) {
  int level, option, size = 0;
  if (num_as_int(ts, args[0], &level) < 0 || num_as_int(ts, args[1], &option) < 0 || (nargs > 2 && num_as_int(ts, args[2], &size) < 0)) return NULL;
  int value = 0;
  socklen_t n = sizeof value;
  if (size == 0) return getsockopt(as_socket(self)->fd, level, option, &value, &n) < 0 ? os_error(ts) : small_int_value(value);
  if (size < 0 || size > 1024) return err_format(ts, EXC(OSError), "getsockopt buflen out of range");
  char room[1024];
  n = (socklen_t)size;
  return getsockopt(as_socket(self)->fd, level, option, room, &n) < 0 ? os_error(ts) : bytes_new(ts, room, (ssize_t)n);
}
static Value socket_setsockopt(NATIVE_ARGS) {
  int level, option, value;
  if (num_as_int(ts, args[0], &level) < 0 || num_as_int(ts, args[1], &option) < 0) return NULL;
  if (is_int(args[2])) {
    if (num_as_int(ts, args[2], &value) < 0) return NULL;
    return setsockopt(as_socket(self)->fd, level, option, &value, sizeof value) < 0 ? os_error(ts) : V_NONE;
  }
  Buffer view;
  if (buffer_get(ts, args[2], &view, false) < 0) return NULL;
  int r = setsockopt(as_socket(self)->fd, level, option, view.data, (socklen_t)view.length), error = errno;
  buffer_release(ts, &view);
  errno = error;
  return r < 0 ? os_error(ts) : V_NONE;
}

static Value get_family(ThreadState *ts, Value self) { return small_int_value(as_socket(self)->family); }
static Value get_type(ThreadState *ts, Value self) { return small_int_value(as_socket(self)->type); }
static Value get_proto(ThreadState *ts, Value self) { return small_int_value(as_socket(self)->proto); }
static Value get_timeout(ThreadState *ts, Value self) { return timeout_value(ts, as_socket(self)->timeout_ns); }
static const GetSetDef socket_getsets[] = {{"family", get_family, NULL, "the socket family"}, {"type", get_type, NULL, "the socket type"}, {"proto", get_proto, NULL, "the socket protocol"}, {"timeout", get_timeout, NULL, "the socket timeout"}, {0}};
static const MethodDef socket_methods[] = {{"_accept", socket_accept, 0, 0, 0, NULL}, {"bind", socket_bind, 1, 1, 0, NULL}, {"listen", socket_listen, 0, 1, 0, NULL}, {"connect", socket_connect, 1, 1, 0, NULL},
    {"connect_ex", socket_connect_ex, 1, 1, 0, NULL}, {"shutdown", socket_shutdown, 1, 1, 0, NULL}, {"close", socket_close, 0, 0, 0, NULL}, {"detach", socket_detach, 0, 0, 0, NULL}, {"fileno", socket_fileno, 0, 0, 0, NULL},
    {"getsockname", socket_getsockname, 0, 0, 0, NULL}, {"getpeername", socket_getpeername, 0, 0, 0, NULL}, {"settimeout", socket_settimeout, 1, 1, 0, NULL}, {"gettimeout", socket_gettimeout, 0, 0, 0, NULL},
    {"setblocking", socket_setblocking, 1, 1, 0, NULL}, {"getblocking", socket_getblocking, 0, 0, 0, NULL}, {"recv", socket_recv, 1, 2, 0, NULL}, {"recvfrom", socket_recvfrom, 1, 2, 0, NULL},
    {"recv_into", socket_recv_into, 1, 3, METHOD_KW, NULL}, {"recvfrom_into", socket_recvfrom_into, 1, 3, METHOD_KW, NULL}, {"send", socket_send, 1, 2, 0, NULL}, {"sendall", socket_sendall, 1, 2, 0, NULL},
    {"sendto", socket_sendto, 2, 3, 0, NULL}, {"getsockopt", socket_getsockopt, 2, 3, 0, NULL}, {"setsockopt", socket_setsockopt, 3, 3, 0, NULL}, {"sendmsg", socket_sendmsg, 1, 4, 0, NULL},
    {"recvmsg", socket_recvmsg, 1, 3, 0, NULL}, {"recvmsg_into", socket_recvmsg_into, 1, 3, 0, NULL}, {0}};
static const TypeSpec socket_spec = {.name = "_socket.socket", .doc = "A socket as the system has it.", .size = sizeof(Socket), .flags = TYPE_BASETYPE | TYPE_GC | TYPE_WEAKREFS,
                                     .slots = {.new = socket_new, .init = socket_init, .finalize = socket_finalize, .dealloc = socket_dealloc, .repr = socket_repr}, .methods = socket_methods, .getsets = socket_getsets};

/* ---- the module ---- */

static Value module_socketpair(NATIVE_ARGS) {
  int numbers[3] = {AF_UNIX, SOCK_STREAM, 0}, fds[2];
  for (ssize_t i = 0; i < nargs; i++)
    if (num_as_int(ts, args[i], &numbers[i]) < 0) return NULL;
  return socketpair(numbers[0], numbers[1] | SOCK_CLOEXEC, numbers[2], fds) < 0 ? os_error(ts) : tuple_steal2(ts, small_int_value(fds[0]), small_int_value(fds[1]));
}
static Value module_close(NATIVE_ARGS) {
  int fd;
  return num_as_int(ts, args[0], &fd) < 0 ? NULL : close(fd) < 0 ? os_error(ts) : V_NONE;
}
static Value module_dup(NATIVE_ARGS) {
  int fd;
  if (num_as_int(ts, args[0], &fd) < 0) return NULL;
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return copy < 0 ? os_error(ts) : small_int_value(copy);
}
static Value module_getdefaulttimeout(NATIVE_ARGS) { return timeout_value(ts, socket_state(ts)->default_timeout_ns); }
static Value module_setdefaulttimeout(NATIVE_ARGS) {
  int64_t ns;
  if (timeout_argument(ts, args[0], &ns) < 0) return NULL;
  socket_state(ts)->default_timeout_ns = ns;
  return V_NONE;
}
static const MethodDef methods[] = {{"_socketpair", module_socketpair, 0, 3, 0, NULL}, {"close", module_close, 1, 1, 0, NULL}, {"dup", module_dup, 1, 1, 0, NULL}, {"getdefaulttimeout", module_getdefaulttimeout, 0, 0, 0, NULL},
    {"setdefaulttimeout", module_setdefaulttimeout, 1, 1, 0, NULL}, {0}};

static Value error_class(ThreadState *ts, Value m, const char *name) {
  Value bases = tuple_of1(ts, EXC(OSError)), dict = dict_new(ts), text = str_intern_cstr(ts, name), module = str_from_ascii(ts, "socket"), cls = NULL;
  if (bases && dict && text && module && dict_set(ts, dict, ID(__module__), module) == 0) cls = (Value)type_new_class(ts, TYPE(TYPE), text, bases, dict, NULL, NULL);
  xdecref(ts, bases);
  xdecref(ts, dict);
  xdecref(ts, text);
  xdecref(ts, module);
  if (cls == NULL || module_add(ts, m, name, incref(cls)) < 0) return NULL;
  return cls;
}
static int start(ThreadState *ts, Value m) {
  SocketModule *s = module_state(m);
  s->default_timeout_ns = NO_TIMEOUT;
  if (module_add_type(ts, m, &socket_spec, NULL, &s->socket) < 0 || (s->gaierror = error_class(ts, m, "gaierror")) == NULL || (s->herror = error_class(ts, m, "herror")) == NULL ||
      module_add(ts, m, "error", incref(EXC(OSError))) < 0 || module_add(ts, m, "timeout", incref(EXC(TimeoutError))) < 0)
    return -1;
  const MethodDef *const more[] = {socket_lookup_functions, socket_message_functions};
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    for (const MethodDef *d = more[i]; d->name; d++)
      if (module_add(ts, m, d->name, native_function_new(ts, d, m, NULL)) < 0) return -1;
#define CONSTANT(name) {#name, (int64_t)(name)}
  static const struct {
    const char *name;
    int64_t value;
  } constants[] = {
#include "runtime/modules/socket/constants.def"
  };
#undef CONSTANT
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(ts, m, constants[i].name, constants[i].value) < 0) return -1;
  return module_add(ts, m, "has_ipv6", V_TRUE);
}
const ModuleDef socket_module_def = {.name = "_socket", .doc = "Sockets as the system has them. Scripts use socket.", .methods = methods, .start = start, .state_size = sizeof(SocketModule), .owned_values = 3};
