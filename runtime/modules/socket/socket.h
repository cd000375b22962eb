/* socket.h - what the files of _socket share. (socket.c: the objects; message.c: sendmsg and recvmsg; address.c: addresses; lookup.c: names and services) */
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
  Object base;
  int fd; /* -1: closed */
  int family, type, proto;
  int64_t timeout_ns; /* NO_TIMEOUT: wait as long as it takes */
} Socket;
static inline Socket *as_socket(Value v) { return (Socket *)v; }

/* One try of what a call does; as a system call: -1 and errno. Runs without the GIL. */
typedef ssize_t (*Try)(Socket *s, void *arg);
/* Do it, waiting for `events` (of poll) as the socket's timeout says. -1 with an exception. */
ssize_t socket_perform(ThreadState *ts, Socket *s, short events, Try try_it, void *arg);

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

extern const MethodDef socket_lookup_functions[], socket_message_functions[]; /* lookup.c, message.c */
Value socket_sendmsg(NATIVE_ARGS);
Value socket_recvmsg(NATIVE_ARGS);
Value socket_recvmsg_into(NATIVE_ARGS);
int socket_lookup_numeric(ThreadState *ts, const char *name, int family, Address *out); /* resolve a host name; -1 with an exception */

#endif
