/* bytes.h - bytes, bytearray, memoryview and the buffer interface between them. (bytes.c, bytearray.c, memoryview.c,
 * bytes_methods.c: what bytes and bytearray share) */
#ifndef RUNTIME_TYPES_BYTES_H
#define RUNTIME_TYPES_BYTES_H

/* An object whose own part has `size` bytes, with room for a subclass's attributes behind it (attrs_offset -1).
 * The own part behind the header is not cleared. */
static inline OWNED Value object_alloc_var(ThreadState *ts, Type *type, size_t size) {
  if (LIKELY(type->attrs_offset == 0)) { /* a class with empty __slots__ is counted all the same */
    Value plain = object_alloc_raw(ts, type, size);
    if (plain && UNLIKELY(type->flags & TYPE_HEAP)) incref_object(&type->base_object);
    return plain;
  }
  size_t own = (size + 7) & ~(size_t)7, extra = type_extra_size(type);
  Value v = object_alloc_raw(ts, type, own + extra);
  if (v == NULL) return NULL;
  memset((char *)v + own, 0, extra);
  if (type->flags & TYPE_HEAP) incref_object(&type->base_object);
  return v;
}

typedef struct {
  Object base;
  int64_t hash;
  ssize_t length;
  char data[]; /* and a zero byte */
} Bytes;
typedef struct {
  Object base;
  ssize_t length, capacity;
  char *data;       /* mem_alloc'ed; NULL when empty */
  ssize_t exports;  /* buffers given out: no resize while > 0 */
} ByteArray;

/* A view of memory that an object lends. release with buffer_release. */
typedef struct Buffer {
  Value owner; /* OWNED */
  char *data;
  ssize_t length; /* bytes */
  ssize_t item_size;
  const char *format; /* struct module format, "B" for bytes */
  bool readonly;
  int ndim;
  ssize_t shape[8], strides[8]; /* of multi-dimensional views */
  void *internal;
} Buffer;
int buffer_get(ThreadState *ts, Value v, Buffer *view, bool writable); /* TypeError: a bytes-like object is required, not 'x' */
void buffer_release(ThreadState *ts, Buffer *view);
bool has_buffer(ThreadState *ts, Value v);

static inline ssize_t bytes_len(Value v) { return ((Bytes *)v)->length; }
static inline char *bytes_data(Value v) { return ((Bytes *)v)->data; }
OWNED Value bytes_new(ThreadState *ts, NULLABLE const char *p, ssize_t n); /* p NULL: to be filled */
OWNED Value bytes_from_value(ThreadState *ts, Value v); /* bytes(v) for one argument */
OWNED Value bytes_repr(ThreadState *ts, const char *p, ssize_t n, const char *prefix, const char *suffix);
OWNED Value bytearray_new(ThreadState *ts, NULLABLE const char *p, ssize_t n);
int bytearray_resize(ThreadState *ts, Value v, ssize_t n);
/* The bytes of a bytes or bytearray object. */
static inline const char *bytelike_data(Value v, ssize_t *n) {
  if (is_layout(v, K_BYTES)) {
    *n = ((Bytes *)v)->length;
    return ((Bytes *)v)->data;
  }
  *n = ((ByteArray *)v)->length;
  return ((ByteArray *)v)->data ? ((ByteArray *)v)->data : "";
}
OWNED Value bytelike_new(ThreadState *ts, Value like, NULLABLE const char *p, ssize_t n); /* bytes or bytearray, as like is */
char *bytelike_fill(Value fresh);
ssize_t bytes_find(const char *p, ssize_t n, const char *sub, ssize_t m, int direction); /* -1: none; +1 forward */
int bytelike_contains(ThreadState *ts, Value self, Value item);
/* A byte value argument: 0..255, or -1 with "byte must be in range(0, 256)". */
int byte_argument(ThreadState *ts, Value v);
/* The bytes of any source that bytes() and bytearray() take, with encoding and errors: OWNED bytes. */
OWNED Value bytes_from_args(ThreadState *ts, const char *function, Value *args, ssize_t nargs, Value kwnames);
OWNED Value buffer_compare(ThreadState *ts, Value a, Value b, CompareOp op); /* any two bytes-like objects */
void buffer_fill(Buffer *view, Value owner, char *data, ssize_t n, bool readonly); /* plain bytes */
extern const MethodDef bytes_methods[], bytearray_methods[]; /* bytes_methods.c */
OWNED Value bytes_hex(ThreadState *ts, const char *p, ssize_t n, Value *args, ssize_t nargs, Value kwnames);
OWNED Value memoryview_from(ThreadState *ts, Value v);
static inline bool is_bytearray(Value v) { return is_layout(v, K_BYTEARRAY); }

#endif
