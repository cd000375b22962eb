/* socket.h - what the files of _socket share. (socket.c: the objects; address.c: addresses; lookup.c: names and services) */
#ifndef RUNTIME_MODULES_SOCKET_H
#define RUNTIME_MODULES_SOCKET_H

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "runtime/module.h"

typedef struct {
  Type *socket;
  Value gaierror, herror;
  int64_t default_timeout_ns; /* NO_TIMEOUT: sockets wait as long as it takes */
} SocketModule;
static inline SocketModule *socket_state(ThreadState *ts) { return native_state(ts, NATIVE_socket); }

typedef struct {
  union {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_un un;
    struct sockaddr_storage room;
  };
  socklen_t length;
} Address;

/* address.c: a script's address for a socket of this family, and back. function: for errors. */
int address_from(ThreadState *ts, int family, Value v, const char *function, Address *out);
OWNED Value address_value(ThreadState *ts, const struct sockaddr *address, socklen_t length);

extern const MethodDef socket_lookup_functions[]; /* lookup.c */
int socket_lookup_numeric(ThreadState *ts, const char *name, int family, Address *out); /* resolve a host name; -1 with an exception */

#endif
