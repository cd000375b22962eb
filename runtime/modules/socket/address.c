/* address.c - addresses of sockets: (host, port) for IPv4, with flow info and scope for IPv6, a path for Unix.
 * Next: socket.c, lookup.c. CPython: getsockaddrarg and makesockaddr in Modules/socketmodule.c. */
#include <arpa/inet.h>
#include <stdio.h>

#include "runtime/modules/socket/socket.h"

/* The bytes of a host name; NULL with TypeError. *holder is OWNED. */
static const char *host_text(ThreadState *ts, Value v, Value *holder) {
  ssize_t n;
  if (is_str(v)) return str_utf8(ts, v, &n, holder);
  if (is_bytes(v)) return bytes_data(v);
  if (is_bytearray(v)) return bytelike_data(v, &n);
  err_format(ts, EXC(TypeError), "str, bytes or bytearray expected, not %T", v);
  return NULL;
}
static int number_of_port(ThreadState *ts, Value v, const char *function, int *port) {
  int64_t n = -1;
  if (!is_int(v)) {
    if (num_as_i64(ts, v, &n) < 0) return -1;
  } else if (!int_fits_i64(v, &n)) {
    n = -1;
  }
  if (n < 0 || n > 65535) return err_format(ts, EXC(OverflowError), "%s(): port must be 0-65535.", function), -1;
  *port = (int)n;
  return 0;
}

static int from_inet(ThreadState *ts, Value v, const char *function, Address *out) {
  int port;
  if (!is_tuple(v)) return err_format(ts, EXC(TypeError), "%s(): AF_INET address must be tuple, not %T", function, v), -1;
  if (tuple_len(v) != 2) return err_format(ts, EXC(TypeError), "AF_INET address must be a pair (host, port)"), -1;
  Value holder = NULL;
  const char *host = host_text(ts, tuple_get(v, 0), &holder);
  int r = -1;
  if (host && number_of_port(ts, tuple_get(v, 1), function, &port) == 0) {
    out->length = sizeof out->in;
    out->in = (struct sockaddr_in){.sin_family = AF_INET};
    if (*host == 0) r = 0;
    else if (strcmp(host, "<broadcast>") == 0) out->in.sin_addr.s_addr = INADDR_BROADCAST, r = 0;
    else if (inet_pton(AF_INET, host, &out->in.sin_addr) == 1) r = 0;
    else r = socket_lookup_numeric(ts, host, AF_INET, out);
    out->in.sin_port = htons((uint16_t)port);
  }
  xdecref(ts, holder);
  return r;
}
static int from_inet6(ThreadState *ts, Value v, const char *function, Address *out) {
  int port;
  int64_t flow = 0, scope = 0;
  if (!is_tuple(v)) return err_format(ts, EXC(TypeError), "%s(): AF_INET6 address must be tuple, not %T", function, v), -1;
  ssize_t n = tuple_len(v);
  if (n < 2 || n > 4) return err_format(ts, EXC(TypeError), "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"), -1;
  if ((n > 2 && num_as_i64(ts, tuple_get(v, 2), &flow) < 0) || (n > 3 && num_as_i64(ts, tuple_get(v, 3), &scope) < 0)) return -1;
  if (flow < 0 || flow > 0xfffff) return err_format(ts, EXC(OverflowError), "%s(): flowinfo must be 0-1048575.", function), -1;
  Value holder = NULL;
  const char *host = host_text(ts, tuple_get(v, 0), &holder);
  int r = -1;
  if (host && number_of_port(ts, tuple_get(v, 1), function, &port) == 0) {
    out->length = sizeof out->in6;
    out->in6 = (struct sockaddr_in6){.sin6_family = AF_INET6};
    if (*host == 0 || inet_pton(AF_INET6, host, &out->in6.sin6_addr) == 1) r = 0;
    else r = socket_lookup_numeric(ts, host, AF_INET6, out);
    out->in6.sin6_port = htons((uint16_t)port);
    out->in6.sin6_flowinfo = htonl((uint32_t)flow);
    if (n > 3) out->in6.sin6_scope_id = (uint32_t)scope;
  }
  xdecref(ts, holder);
  return r;
}
static int from_path(ThreadState *ts, Value v, Address *out) {
  Value holder = NULL;
  if (is_str(v)) {
    Value encode = import_attr(ts, "os", "fsencode");
    holder = encode ? call1(ts, encode, v) : NULL;
    xdecref(ts, encode);
    if (holder == NULL) return -1;
    v = holder;
  }
  Buffer view;
  if (buffer_get(ts, v, &view, false) < 0) return xdecref(ts, holder), -1;
  out->un = (struct sockaddr_un){.sun_family = AF_UNIX};
  bool is_abstract = view.length > 0 && view.data[0] == 0;
  int r = 0;
  if (view.length + !is_abstract > (ssize_t)sizeof out->un.sun_path) {
    err_format(ts, EXC(OSError), "AF_UNIX path too long");
    r = -1;
  } else {
    memcpy(out->un.sun_path, view.data, (size_t)view.length);
    out->length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)view.length + !is_abstract);
  }
  buffer_release(ts, &view);
  xdecref(ts, holder);
  return r;
}

int address_from(ThreadState *ts, int family, Value v, const char *function, Address *out) {
  switch (family) {
    case AF_INET: return from_inet(ts, v, function, out);
    case AF_INET6: return from_inet6(ts, v, function, out);
    case AF_UNIX: return from_path(ts, v, out);
    default: return err_format(ts, EXC(OSError), "%s(): bad family", function), -1;
  }
}

static OWNED Value path_value(ThreadState *ts, const struct sockaddr_un *un, socklen_t length) {
  ssize_t n = (ssize_t)length - (ssize_t)offsetof(struct sockaddr_un, sun_path);
  if (n <= 0) return str_from_ascii(ts, "");
  if (un->sun_path[0] == 0) return bytes_new(ts, un->sun_path, n);
  return str_from_fs(ts, un->sun_path, (ssize_t)strnlen(un->sun_path, (size_t)n));
}
Value address_value(ThreadState *ts, const struct sockaddr *address, socklen_t length) {
  char text[INET6_ADDRSTRLEN + 20];
  if (length == 0) return V_NONE;
  switch (address->sa_family) {
    case AF_INET: {
      const struct sockaddr_in *in = (const struct sockaddr_in *)address;
      inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
      return tuple_steal2(ts, str_from_ascii(ts, text), small_int_value(ntohs(in->sin_port)));
    }
    case AF_INET6: {
      const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)address;
      inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof text);
      Value four[] = {str_from_ascii(ts, text), small_int_value(ntohs(in->sin6_port)), small_int_value(ntohl(in->sin6_flowinfo)), small_int_value(in->sin6_scope_id)};
      Value t = four[0] ? tuple_from_items(ts, four, 4) : NULL;
      xdecref(ts, four[0]);
      return t;
    }
    case AF_UNIX: return path_value(ts, (const struct sockaddr_un *)address, length);
    default: return tuple_steal2(ts, small_int_value(address->sa_family), bytes_new(ts, address->sa_data, (ssize_t)(length - sizeof address->sa_family)));
  }
}
