/* io_internal.h - the parts of the module _io: raw files, buffers, memory files, text; and what they share.
 * Every class derives from _IOBase; a method of one class calls another stream through its Python methods, except where both
 * are the native classes, which is checked by kind of type (io_state). */
#ifndef RUNTIME_MODULES_IO_INTERNAL_H
#define RUNTIME_MODULES_IO_INTERNAL_H

#include "runtime/module.h"

typedef struct {
  Type *io_base, *raw_base, *buffered_base, *text_base;
  Type *file_io, *reader, *writer, *random, *rw_pair, *bytes_io, *string_io, *text;
  Type *unsupported; /* UnsupportedOperation */
} IoState;
IoState *io_state(ThreadState *ts);
Value io_unsupported(ThreadState *ts, const char *what);

/* io_base.c */
int io_base_init(ThreadState *ts, Value module, IoState *s);
bool io_is_closed(ThreadState *ts, Value self, bool *failed);
int io_check_closed(ThreadState *ts, Value self); /* -1 ValueError: I/O operation on closed file. */
void io_finalize(ThreadState *ts, Value self);    /* close() when dropped open */
/* ResourceWarning "unclosed file <source>", if `stream` is an open file that will be closed, or a native buffer over one. */
void io_warn_unclosed(ThreadState *ts, Value stream, Value source);
/* io_file.c */
typedef struct {
  Object base;
  int fd; /* -1: closed */
  bool readable, writable, created, appending, close_fd;
  int8_t seekable; /* -1: not known */
} FileIO;
int io_file_init(ThreadState *ts, Value module, IoState *s);
ssize_t fd_read(ThreadState *ts, int fd, char *p, size_t n);         /* -1 error set, -2: would block */
ssize_t fd_write(ThreadState *ts, int fd, const char *p, size_t n);
/* io_buffered.c */
int io_buffered_init(ThreadState *ts, Value module, IoState *s);
BORROWED NULLABLE Value io_buffered_raw(ThreadState *ts, Value v); /* what a native buffer lies over; NULL for anything else */
/* io_memory.c */
int io_memory_init(ThreadState *ts, Value module, IoState *s);
/* io_text.c */
int io_text_init(ThreadState *ts, Value module, IoState *s);
Value io_newlines(ThreadState *ts, bool seen_cr, bool seen_lf, bool seen_crlf); /* the attribute: None, a str or a tuple */
/* io_open.c */
Value io_open(NATIVE_ARGS);

/* Call method `name` and throw the result away. */
static inline int io_call(ThreadState *ts, Value v, Value name) {
  Value r = call_method0(ts, v, name);
  xdecref(ts, r);
  return r ? 0 : -1;
}
/* size arguments: None means -1. */
int io_size_arg(ThreadState *ts, Value *args, ssize_t nargs, ssize_t *size);
/* A buffer to write into, for readinto(); TypeError. */
int io_writable_arg(ThreadState *ts, Value v, const char *function, Buffer *view);
int io_add_type(ThreadState *ts, Value module, const TypeSpec *spec, Type *base, Type **place);

#endif
