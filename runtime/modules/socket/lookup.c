/* lookup.c - names of hosts and services: getaddrinfo() and its kin. The resolver may ask the network, so the GIL is let go.
 * Next: socket.c, address.c. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/modules/socket/socket.h"

static Value lookup_error(ThreadState *ts, int error) {
  if (error == EAI_SYSTEM) return err_errno(ts, errno, NULL, NULL);
  Value pair = tuple_steal2(ts, small_int_value(error), str_from_ascii(ts, gai_strerror(error)));
  Value e = pair ? call_tuple_dict(ts, socket_state(ts)->gaierror, pair, NULL) : NULL;
  xdecref(ts, pair);
  return e ? err_set_instance(ts, e) : NULL;
}
static int ask(ThreadState *ts, const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  sched_blocking_begin(&ts->sched);
  int error = getaddrinfo(host, service, hints, found);
  sched_blocking_end(&ts->sched);
  return error == 0 ? 0 : (lookup_error(ts, error), -1);
}
int socket_lookup_numeric(ThreadState *ts, const char *name, int family, Address *out) {
  struct addrinfo hints = {.ai_family = family}, *found;
  if (ask(ts, name, NULL, &hints, &found) < 0) return -1;
  out->length = found->ai_addrlen;
  memcpy(&out->room, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  return 0;
}

/* A host name as C text: str is written in IDNA by the caller if need be; here UTF-8. NULL with TypeError; *is_none tells None. */
static const char *host_of(ThreadState *ts, Value v, Value *holder, bool *none) {
  ssize_t n;
  *none = is_none(v);
  if (is_none(v)) return NULL;
  if (is_str(v)) return str_utf8(ts, v, &n, holder);
  if (is_bytes(v)) return bytes_data(v);
  err_format(ts, EXC(TypeError), "getaddrinfo() argument 1 must be string or None");
  return NULL;
}
static const char *service_of(ThreadState *ts, Value v, char *room, size_t size, Value *holder) {
  int64_t port;
  ssize_t n;
  if (is_int(v)) {
    if (num_as_i64(ts, v, &port) < 0) return NULL;
    snprintf(room, size, "%lld", (long long)port);
    return room;
  }
  if (is_str(v)) return str_utf8(ts, v, &n, holder);
  if (is_bytes(v)) return bytes_data(v);
  if (!is_none(v)) err_format(ts, EXC(OSError), "Int or String expected");
  return NULL;
}
static OWNED Value found_list(ThreadState *ts, const struct addrinfo *first) {
  Value list = list_new(ts, 0);
  for (const struct addrinfo *a = first; list && a; a = a->ai_next) {
    Value five[] = {small_int_value(a->ai_family), small_int_value(a->ai_socktype), small_int_value(a->ai_protocol), str_from_ascii(ts, a->ai_canonname ? a->ai_canonname : ""), address_value(ts, a->ai_addr, a->ai_addrlen)};
    Value t = five[3] && five[4] ? tuple_from_items(ts, five, 5) : NULL;
    xdecref(ts, five[3]);
    xdecref(ts, five[4]);
    if (t == NULL || list_append_steal(ts, list, t) < 0) CLEAR(list);
  }
  return list;
}
static Value lookup_getaddrinfo(NATIVE_ARGS) {
  static const char *const names[] = {"host", "port", "family", "type", "proto", "flags"};
  static const ArgSpec spec = {"getaddrinfo", 0, 6, 2, 6, names};
  Value given[6], hold_host = NULL, hold_service = NULL, list = NULL;
  int numbers[4] = {AF_UNSPEC, 0, 0, 0};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  for (int i = 0; i < 4; i++)
    if (given[2 + i] && num_as_int(ts, given[2 + i], &numbers[i]) < 0) return NULL;
  bool no_host;
  char room[32];
  const char *host = host_of(ts, given[0], &hold_host, &no_host);
  if (host || no_host) {
    const char *service = service_of(ts, given[1], room, sizeof room, &hold_service);
    struct addrinfo hints = {.ai_family = numbers[0], .ai_socktype = numbers[1], .ai_protocol = numbers[2], .ai_flags = numbers[3]}, *found;
    if (!err_occurred(ts) && ask(ts, host, service, &hints, &found) == 0) {
      list = found_list(ts, found);
      freeaddrinfo(found);
    }
  }
  xdecref(ts, hold_host);
  xdecref(ts, hold_service);
  return list;
}
static Value lookup_getnameinfo(NATIVE_ARGS) {
  int flags, error;
  char host[NI_MAXHOST], service[NI_MAXSERV];
  Address a;
  if (!is_tuple(args[0])) return err_format(ts, EXC(TypeError), "getnameinfo() argument 1 must be a tuple");
  if (num_as_int(ts, args[1], &flags) < 0 || address_from(ts, tuple_len(args[0]) > 2 ? AF_INET6 : AF_INET, args[0], "getnameinfo", &a) < 0) return NULL;
  sched_blocking_begin(&ts->sched);
  error = getnameinfo(&a.any, a.length, host, sizeof host, service, sizeof service, flags);
  sched_blocking_end(&ts->sched);
  return error ? lookup_error(ts, error) : tuple_steal2(ts, str_from_utf8(ts, host, (ssize_t)strlen(host)), str_from_utf8(ts, service, (ssize_t)strlen(service)));
}
static Value lookup_gethostbyname(NATIVE_ARGS) {
  Address a;
  Value pair = tuple_of2(ts, args[0], small_int_value(0));
  if (pair == NULL || address_from(ts, AF_INET, pair, "gethostbyname", &a) < 0) return xdecref(ts, pair), NULL;
  decref(ts, pair);
  char text[INET_ADDRSTRLEN];
  return str_from_ascii(ts, inet_ntop(AF_INET, &a.in.sin_addr, text, sizeof text));
}
static Value lookup_gethostname(NATIVE_ARGS) {
  char name[1024];
  return gethostname(name, sizeof name) < 0 ? err_errno(ts, errno, NULL, NULL) : str_from_fs(ts, name, (ssize_t)strnlen(name, sizeof name));
}
static Value lookup_getservbyname(NATIVE_ARGS) {
  if (!is_str(args[0]) || (nargs > 1 && !is_str(args[1]))) return err_format(ts, EXC(TypeError), "getservbyname() argument 1 must be str, not %T", args[0]);
  struct servent *s = getservbyname(str_chars(args[0]), nargs > 1 ? str_chars(args[1]) : NULL);
  return s ? small_int_value(ntohs((uint16_t)s->s_port)) : err_format(ts, EXC(OSError), "service/proto not found");
}

static Value lookup_getservbyport(NATIVE_ARGS) {
  int port;
  if (num_as_int(ts, args[0], &port) < 0) return NULL;
  if (port < 0 || port > 65535) return err_format(ts, EXC(OverflowError), "getservbyport: port must be 0-65535.");
  if (nargs > 1 && !is_str(args[1])) return err_format(ts, EXC(TypeError), "getservbyport() argument 2 must be str, not %T", args[1]);
  struct servent *s = getservbyport(htons((uint16_t)port), nargs > 1 ? str_chars(args[1]) : NULL);
  return s ? str_from_ascii(ts, s->s_name) : err_format(ts, EXC(OSError), "port/proto not found");
}
static Value lookup_getprotobyname(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "getprotobyname() argument 1 must be str, not %T", args[0]);
  struct protoent *p = getprotobyname(str_chars(args[0]));
  return p ? small_int_value(p->p_proto) : err_format(ts, EXC(OSError), "protocol not found");
}
static Value host_error(ThreadState *ts, int error) {
  Value pair = tuple_steal2(ts, small_int_value(error), str_from_ascii(ts, hstrerror(error)));
  Value e = pair ? call_tuple_dict(ts, socket_state(ts)->herror, pair, NULL) : NULL;
  xdecref(ts, pair);
  return e ? err_set_instance(ts, e) : NULL;
}
static OWNED Value texts_of(ThreadState *ts, char **texts, int family) {
  Value list = list_new(ts, 0);
  for (; list && *texts; texts++) {
    char room[INET6_ADDRSTRLEN];
    Value text = str_from_ascii(ts, family == AF_UNSPEC ? *texts : inet_ntop(family, *texts, room, sizeof room));
    if (text == NULL || list_append_steal(ts, list, text) < 0) CLEAR(list);
  }
  return list;
}
/* (name, aliases, addresses) */
static Value host_entry(ThreadState *ts, int failed, const struct hostent *h, int error) {
  if (failed || h == NULL) return host_error(ts, error);
  Value three[] = {str_from_ascii(ts, h->h_name), texts_of(ts, h->h_aliases, AF_UNSPEC), texts_of(ts, h->h_addr_list, h->h_addrtype)};
  Value t = three[0] && three[1] && three[2] ? tuple_from_items(ts, three, 3) : NULL;
  for (int i = 0; i < 3; i++) xdecref(ts, three[i]);
  return t;
}
static int numeric_address(ThreadState *ts, Value v, const char *function, Address *a) {
  Value pair = tuple_of2(ts, v, small_int_value(0));
  bool is_v6 = is_str(v) && str_is_ascii(v) && strchr(str_chars(v), ':');
  int r = pair ? address_from(ts, is_v6 ? AF_INET6 : AF_INET, pair, function, a) : -1;
  xdecref(ts, pair);
  return r;
}
static Value lookup_gethostbyname_ex(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "gethostbyname_ex() argument 1 must be str, bytes or bytearray, not %T", args[0]);
  Address a;
  if (numeric_address(ts, args[0], "gethostbyname_ex", &a) < 0) return NULL; /* gaierror, as in CPython */
  struct hostent room, *h = NULL;
  char more[8192];
  int error = 0;
  sched_blocking_begin(&ts->sched);
  int failed = gethostbyname_r(str_chars(args[0]), &room, more, sizeof more, &h, &error);
  sched_blocking_end(&ts->sched);
  return host_entry(ts, failed, h, error);
}
static Value lookup_gethostbyaddr(NATIVE_ARGS) {
  Address a;
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "gethostbyaddr() argument 1 must be str, bytes or bytearray, not %T", args[0]);
  if (numeric_address(ts, args[0], "gethostbyaddr", &a) < 0) return NULL;
  bool is_v6 = a.any.sa_family == AF_INET6;
  struct hostent room, *h = NULL;
  char more[8192];
  int error = 0;
  sched_blocking_begin(&ts->sched);
  int failed = gethostbyaddr_r(is_v6 ? (void *)&a.in6.sin6_addr : (void *)&a.in.sin_addr, is_v6 ? 16 : 4, a.any.sa_family, &room, more, sizeof more, &h, &error);
  sched_blocking_end(&ts->sched);
  return host_entry(ts, failed, h, error);
}
static Value lookup_sethostname(NATIVE_ARGS) {
  ssize_t n;
  Value holder = NULL;
  const char *name = is_str(args[0]) ? str_utf8(ts, args[0], &n, &holder) : is_bytes(args[0]) ? bytelike_data(args[0], &n) : NULL;
  if (name == NULL) return err_occurred(ts) ? NULL : err_format(ts, EXC(TypeError), "sethostname() argument 1 must be str, not %T", args[0]);
  int r = sethostname(name, (size_t)n), error = errno;
  xdecref(ts, holder);
  return r < 0 ? err_errno(ts, error, NULL, NULL) : V_NONE;
}

/* ---- interfaces ---- */

static Value interface_index(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "if_nametoindex() argument 1 must be str, not %T", args[0]);
  unsigned i = if_nametoindex(str_chars(args[0]));
  return i ? small_int_value(i) : err_format(ts, EXC(OSError), "no interface with this name");
}
static Value interface_name(NATIVE_ARGS) {
  int64_t i;
  char name[IF_NAMESIZE];
  if (num_as_i64(ts, args[0], &i) < 0) return NULL;
  return i >= 0 && i <= UINT32_MAX && if_indextoname((unsigned)i, name) ? str_from_fs(ts, name, (ssize_t)strlen(name)) : err_errno(ts, ENXIO, NULL, NULL);
}
static Value interface_list(NATIVE_ARGS) {
  struct if_nameindex *all = if_nameindex();
  Value list = all ? list_new(ts, 0) : err_errno(ts, errno, NULL, NULL);
  for (struct if_nameindex *i = all; list && i && i->if_index; i++) {
    Value pair = tuple_steal2(ts, small_int_value(i->if_index), str_from_fs(ts, i->if_name, (ssize_t)strlen(i->if_name)));
    if (pair == NULL || list_append_steal(ts, list, pair) < 0) CLEAR(list);
  }
  if (all) if_freenameindex(all);
  return list;
}

/* ---- addresses as text and as bytes ---- */

static Value inet_aton_value(NATIVE_ARGS) {
  struct in_addr a;
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "inet_aton() argument 1 must be str, not %T", args[0]);
  return inet_aton(str_chars(args[0]), &a) ? bytes_new(ts, (char *)&a, sizeof a) : err_format(ts, EXC(OSError), "illegal IP address string passed to inet_aton");
}
static Value packed_to_text(ThreadState *ts, int family, Value packed) {
  char text[INET6_ADDRSTRLEN];
  Buffer view;
  if (buffer_get(ts, packed, &view, false) < 0) return NULL;
  bool good = view.length == (family == AF_INET ? 4 : 16);
  const char *p = good ? inet_ntop(family, view.data, text, sizeof text) : NULL;
  buffer_release(ts, &view);
  return p ? str_from_ascii(ts, p) : NULL;
}
static Value inet_ntoa_value(NATIVE_ARGS) {
  Value v = packed_to_text(ts, AF_INET, args[0]);
  return v || err_occurred(ts) ? v : err_format(ts, EXC(OSError), "packed IP wrong length for inet_ntoa");
}
static Value inet_pton_value(NATIVE_ARGS) {
  int family;
  char packed[16];
  if (num_as_int(ts, args[0], &family) < 0) return NULL;
  if (!is_str(args[1])) return err_format(ts, EXC(TypeError), "inet_pton() argument 2 must be str, not %T", args[1]);
  if (family != AF_INET && family != AF_INET6) return err_errno(ts, EAFNOSUPPORT, NULL, NULL);
  if (inet_pton(family, str_chars(args[1]), packed) != 1) return err_format(ts, EXC(OSError), "illegal IP address string passed to inet_pton");
  return bytes_new(ts, packed, family == AF_INET ? 4 : 16);
}
static Value inet_ntop_value(NATIVE_ARGS) {
  int family;
  if (num_as_int(ts, args[0], &family) < 0) return NULL;
  if (family != AF_INET && family != AF_INET6) return err_format(ts, EXC(ValueError), "unknown address family %d", family);
  Value v = packed_to_text(ts, family, args[1]);
  return v || err_occurred(ts) ? v : err_format(ts, EXC(ValueError), "invalid length of packed IP address string");
}
static int unsigned_of(ThreadState *ts, Value v, int64_t max, int64_t *n, const char *function) {
  if (num_as_i64(ts, v, n) < 0) return -1;
  if (*n >= 0 && *n <= max) return 0;
  err_format(ts, EXC(OverflowError), *n < 0 ? "%s: can't convert negative Python int to C %d-bit unsigned integer" : "%s: Python int too large to convert to C %d-bit unsigned integer", function, max > 65535 ? 32 : 16);
  return -1;
}
#define ORDER(name, max, type) \
  static Value order_##name(NATIVE_ARGS) { \
    int64_t n; \
    return unsigned_of(ts, args[0], max, &n, #name) < 0 ? NULL : small_int_value(name((type)n)); \
  }
ORDER(htons, UINT16_MAX, uint16_t)
ORDER(ntohs, UINT16_MAX, uint16_t)
ORDER(htonl, UINT32_MAX, uint32_t)
ORDER(ntohl, UINT32_MAX, uint32_t)
#undef ORDER

const MethodDef socket_lookup_functions[] = {{"getaddrinfo", lookup_getaddrinfo, 2, 6, METHOD_KW, NULL}, {"getnameinfo", lookup_getnameinfo, 2, 2, 0, NULL}, {"gethostbyname", lookup_gethostbyname, 1, 1, 0, NULL},
    {"gethostname", lookup_gethostname, 0, 0, 0, NULL}, {"getservbyname", lookup_getservbyname, 1, 2, 0, NULL}, {"inet_aton", inet_aton_value, 1, 1, 0, NULL}, {"inet_ntoa", inet_ntoa_value, 1, 1, 0, NULL},
    {"inet_pton", inet_pton_value, 2, 2, 0, NULL}, {"inet_ntop", inet_ntop_value, 2, 2, 0, NULL}, {"htons", order_htons, 1, 1, 0, NULL}, {"ntohs", order_ntohs, 1, 1, 0, NULL}, {"htonl", order_htonl, 1, 1, 0, NULL},
    {"ntohl", order_ntohl, 1, 1, 0, NULL}, {"getservbyport", lookup_getservbyport, 1, 2, 0, NULL}, {"getprotobyname", lookup_getprotobyname, 1, 1, 0, NULL}, {"gethostbyname_ex", lookup_gethostbyname_ex, 1, 1, 0, NULL},
    {"gethostbyaddr", lookup_gethostbyaddr, 1, 1, 0, NULL}, {"sethostname", lookup_sethostname, 1, 1, 0, NULL}, {"if_nametoindex", interface_index, 1, 1, 0, NULL}, {"if_indextoname", interface_name, 1, 1, 0, NULL},
    {"if_nameindex", interface_list, 0, 0, 0, NULL}, {0}};
