/* message.c - sendmsg(), recvmsg() and recvmsg_into(): data in several pieces, and what travels beside it (descriptors of open files, credentials).
 *
 *      ancillary data    [(level, type, bytes), ...]  <->  a buffer of control messages, each with a header and padding (cmsg(3))
 *
 * Keeps true: the buffers that the system reads or writes are held until the call is over.
 * Next: socket.c. CPython: sock_sendmsg and sock_recvmsg in Modules/socketmodule.c. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/modules/socket/socket.h"

typedef struct {
  struct msghdr header;
  int flags;
} Message;

/* ---- pieces of data ---- */

typedef struct {
  Buffer *views;
  struct iovec *places;
  ssize_t count;
} Pieces;

static void pieces_release(ThreadState *ts, Pieces *p) {
  for (ssize_t i = 0; i < p->count; i++) buffer_release(ts, &p->views[i]);
  mem_free(ts, p->views);
  mem_free(ts, p->places);
}
static int pieces_of(ThreadState *ts, Value iterable, bool writable, const char *complaint, Pieces *p) {
  *p = (Pieces){0};
  Value list = list_from_iterable(ts, iterable);
  if (list == NULL) {
    if (err_matches(ts, EXC(TypeError))) err_format(ts, EXC(TypeError), "%s", complaint);
    return -1;
  }
  ssize_t n = list_len(list);
  if (n > IOV_MAX) err_format(ts, EXC(OSError), "too many buffers: at most %d", IOV_MAX);
  else if ((p->views = mem_alloc(ts, (size_t)(n + 1) * sizeof *p->views)) && (p->places = mem_alloc(ts, (size_t)(n + 1) * sizeof *p->places)))
    for (; p->count < n && buffer_get(ts, list_get(list, p->count), &p->views[p->count], writable) == 0; p->count++)
      p->places[p->count] = (struct iovec){p->views[p->count].data, (size_t)p->views[p->count].length};
  if (writable && p->count < n && err_matches(ts, EXC(BufferError))) err_format(ts, EXC(TypeError), "%s of single-segment read-write buffers", complaint);
  decref(ts, list);
  if (!err_occurred(ts)) return 0;
  pieces_release(ts, p);
  return -1;
}

/* ---- what travels beside them ---- */

static int add_control(ThreadState *ts, Value three, char *room, size_t size, size_t *used) {
  int level, type;
  Buffer view;
  Value parts = is_tuple(three) ? incref(three) : tuple_from_iterable(ts, three);
  if (parts == NULL) return -1;
  int r = -1;
  if (tuple_len(parts) != 3) err_format(ts, EXC(TypeError), "[sendmsg() ancillary data items]() argument must be sequence of length 3, not %zd", tuple_len(parts));
  else if (num_as_int(ts, tuple_get(parts, 0), &level) == 0 && num_as_int(ts, tuple_get(parts, 1), &type) == 0 && buffer_get(ts, tuple_get(parts, 2), &view, false) == 0) {
    size_t need = CMSG_SPACE((size_t)view.length);
    if (need < (size_t)view.length || *used + need > size) err_format(ts, EXC(OSError), "ancillary data too large");
    else {
      struct cmsghdr *c = (struct cmsghdr *)(room + *used);
      *c = (struct cmsghdr){.cmsg_len = CMSG_LEN((size_t)view.length), .cmsg_level = level, .cmsg_type = type};
      memcpy(CMSG_DATA(c), view.data, (size_t)view.length);
      *used += need;
      r = 0;
    }
    buffer_release(ts, &view);
  }
  decref(ts, parts);
  return r;
}
enum { MOST_CONTROL = 1 << 16 };
/* An OWNED bytes object that holds all control messages, or NULL. */
static Value control_of(ThreadState *ts, Value iterable) {
  Value list = list_from_iterable(ts, iterable), room = list ? bytes_new(ts, NULL, MOST_CONTROL) : NULL;
  size_t used = 0;
  if (list == NULL && err_matches(ts, EXC(TypeError))) err_format(ts, EXC(TypeError), "sendmsg() argument 2 must be an iterable");
  if (room) memset(bytes_data(room), 0, MOST_CONTROL);
  for (ssize_t i = 0; room && i < list_len(list); i++)
    if (add_control(ts, list_get(list, i), bytes_data(room), MOST_CONTROL, &used) < 0) CLEAR(room);
  Value result = room ? bytes_new(ts, bytes_data(room), (ssize_t)used) : NULL;
  xdecref(ts, room);
  xdecref(ts, list);
  return result;
}
static OWNED Value control_list(ThreadState *ts, struct msghdr *m) {
  Value list = list_new(ts, 0);
  for (struct cmsghdr *c = CMSG_FIRSTHDR(m); list && c; c = CMSG_NXTHDR(m, c)) {
    ssize_t room = (char *)m->msg_control + m->msg_controllen - (char *)CMSG_DATA(c), n = (ssize_t)c->cmsg_len - (ssize_t)CMSG_LEN(0);
    if (n > room) n = room; /* cut off */
    Value three[] = {small_int_value(c->cmsg_level), small_int_value(c->cmsg_type), n < 0 ? NULL : bytes_new(ts, (char *)CMSG_DATA(c), n)};
    Value item = three[2] ? tuple_from_items(ts, three, 3) : NULL;
    xdecref(ts, three[2]);
    if (n < 0) break;
    if (item == NULL || list_append_steal(ts, list, item) < 0) CLEAR(list);
  }
  return list;
}

/* ---- the calls ---- */

static ssize_t try_sendmsg(Socket *s, void *arg) { return sendmsg(s->fd, &((Message *)arg)->header, ((Message *)arg)->flags | MSG_NOSIGNAL); }
static ssize_t try_recvmsg(Socket *s, void *arg) { return recvmsg(s->fd, &((Message *)arg)->header, ((Message *)arg)->flags); }

/* sendmsg(buffers[, ancdata[, flags[, address]]]) */
Value socket_sendmsg(NATIVE_ARGS) {
  Pieces p;
  Address to;
  Message m = {0};
  Value control = NULL, result = NULL;
  if (nargs > 2 && num_as_int(ts, args[2], &m.flags) < 0) return NULL;
  if (pieces_of(ts, args[0], false, "sendmsg() argument 1 must be an iterable", &p) < 0) return NULL;
  if (nargs > 3 && !is_none(args[3])) {
    if (address_from(ts, as_socket(self)->family, args[3], "sendmsg", &to) < 0) goto done;
    m.header.msg_name = &to.any, m.header.msg_namelen = to.length;
  }
  if (nargs > 1) {
    if ((control = control_of(ts, args[1])) == NULL) goto done;
    if (bytes_len(control)) m.header.msg_control = bytes_data(control), m.header.msg_controllen = (size_t)bytes_len(control);
  }
  m.header.msg_iov = p.places, m.header.msg_iovlen = (size_t)p.count;
  ssize_t n = socket_perform(ts, as_socket(self), POLLOUT, try_sendmsg, &m);
  if (n >= 0) result = small_int_value(n);
done:
  xdecref(ts, control);
  pieces_release(ts, &p);
  return result;
}

static int control_room(ThreadState *ts, const char *function, Value *args, ssize_t nargs, ssize_t *size, int *flags) {
  *size = 0, *flags = 0;
  if (nargs > 0 && (*size = arg_as_ssize(ts, args[0])) == -1 && err_occurred(ts)) return -1;
  if (nargs > 1 && num_as_int(ts, args[1], flags) < 0) return -1;
  if (*size < 0 || *size > INT_MAX) return err_format(ts, EXC(ValueError), "invalid ancillary data buffer length"), -1;
  return 0;
}
/* (first, ancdata, msg_flags, address); first: what make gives of the number of bytes. */
static Value receive(ThreadState *ts, Value self, struct iovec *places, ssize_t count, ssize_t control_size, int flags, Value (*make)(ThreadState *, const char *, ssize_t)) {
  Address from = {.length = sizeof from.room};
  char *control = control_size ? mem_alloc_zeroed(ts, (size_t)control_size) : NULL;
  if (control_size && control == NULL) return NULL;
  Message m = {.header = {.msg_name = &from.any, .msg_namelen = from.length, .msg_iov = places, .msg_iovlen = (size_t)count, .msg_control = control, .msg_controllen = (size_t)control_size}, .flags = flags};
  memset(&from.room, 0, sizeof from.room);
  ssize_t n = socket_perform(ts, as_socket(self), POLLIN, try_recvmsg, &m);
  Value four[4] = {NULL}, result = NULL;
  if (n >= 0 && (four[0] = make(ts, places[0].iov_base, n)) && (four[1] = control_list(ts, &m.header)) && (four[3] = address_value(ts, &from.any, m.header.msg_namelen))) {
    four[2] = small_int_value(m.header.msg_flags);
    result = tuple_from_items(ts, four, 4);
  }
  for (int i = 0; i < 4; i++) xdecref(ts, four[i]);
  mem_free(ts, control);
  return result;
}
static Value make_bytes(ThreadState *ts, const char *data, ssize_t n) { return bytes_new(ts, data, n); }
static Value make_number(ThreadState *ts, const char *data, ssize_t n) { return small_int_value(n); }

/* recvmsg(bufsize[, ancbufsize[, flags]]) */
Value socket_recvmsg(NATIVE_ARGS) {
  ssize_t control;
  int flags;
  ssize_t size = arg_as_ssize(ts, args[0]);
  if ((size == -1 && err_occurred(ts)) || control_room(ts, "recvmsg", args + 1, nargs - 1, &control, &flags) < 0) return NULL;
  if (size < 0) return err_format(ts, EXC(ValueError), "negative buffer size in recvmsg()");
  char *data = mem_alloc(ts, (size_t)size + 1);
  if (data == NULL) return NULL;
  struct iovec place = {data, (size_t)size};
  Value result = receive(ts, self, &place, 1, control, flags, make_bytes);
  mem_free(ts, data);
  return result;
}
/* recvmsg_into(buffers[, ancbufsize[, flags]]) */
Value socket_recvmsg_into(NATIVE_ARGS) {
  ssize_t control;
  int flags;
  Pieces p;
  if (control_room(ts, "recvmsg_into", args + 1, nargs - 1, &control, &flags) < 0 || pieces_of(ts, args[0], true, "recvmsg_into() argument 1 must be an iterable", &p) < 0) return NULL;
  Value result = receive(ts, self, p.places, p.count, control, flags, make_number);
  pieces_release(ts, &p);
  return result;
}

static Value cmsg_size(ThreadState *ts, Value v, const char *name, size_t more) {
  ssize_t n = arg_as_ssize(ts, v);
  if (n == -1 && err_occurred(ts)) return NULL;
  if (n < 0 || n > INT_MAX) return err_format(ts, EXC(OverflowError), "%s() argument out of range", name);
  return small_int_value((int64_t)((more ? CMSG_SPACE((size_t)n) : CMSG_LEN((size_t)n))));
}
static Value cmsg_len(NATIVE_ARGS) { return cmsg_size(ts, args[0], "CMSG_LEN", 0); }
static Value cmsg_space(NATIVE_ARGS) { return cmsg_size(ts, args[0], "CMSG_SPACE", 1); }
const MethodDef socket_message_functions[] = {{"CMSG_LEN", cmsg_len, 1, 1, 0, NULL}, {"CMSG_SPACE", cmsg_space, 1, 1, 0, NULL}, {0}};
