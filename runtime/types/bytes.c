/* bytes.c - bytes, and the buffer interface through which bytes-like objects lend their memory. Objects/bytesobject.c in
 * CPython.
 * Keeps true: a zero byte stands behind the data; there is one empty bytes object; bytes never change once seen.
 * Next: bytes_methods.c (methods shared with bytearray), bytearray.c, memoryview.c. */
#include "runtime/object.h"

#include <stdlib.h>

/* ---- buffers ---- */

bool has_buffer(ThreadState *ts, Value v) { return type_of(ts, v)->slots.get_buffer != NULL; }

int buffer_get(ThreadState *ts, Value v, Buffer *view, bool writable) {
  Type *type = type_of(ts, v);
  memset(view, 0, sizeof *view);
  if (type->slots.get_buffer == NULL) {
    err_format(ts, EXC(TypeError), writable ? "a read-write bytes-like object is required, not '%T'" : "a bytes-like object is required, not '%T'", v);
    return -1;
  }
  return type->slots.get_buffer(ts, v, view, writable);
}

void buffer_release(ThreadState *ts, Buffer *view) {
  Value owner = view->owner;
  if (owner == NULL) return;
  Type *type = type_of(ts, owner);
  if (type->slots.release_buffer) type->slots.release_buffer(ts, owner, view);
  view->owner = NULL;
  decref(ts, owner);
}

void buffer_fill(Buffer *view, Value owner, char *data, ssize_t n, bool readonly) {
  *view = (Buffer){.owner = incref(owner), .data = data, .length = n, .item_size = 1, .format = "B", .readonly = readonly, .ndim = 1};
  view->shape[0] = n;
  view->strides[0] = 1;
}

Value buffer_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  Buffer x, y;
  if (!has_buffer(ts, a) || !has_buffer(ts, b)) return V_NOT_IMPLEMENTED;
  if (buffer_get(ts, a, &x, false) < 0) return err_clear(ts), V_NOT_IMPLEMENTED;
  if (buffer_get(ts, b, &y, false) < 0) {
    err_clear(ts);
    buffer_release(ts, &x);
    return V_NOT_IMPLEMENTED;
  }
  ssize_t n = x.length < y.length ? x.length : y.length;
  int c = (op == CMP_EQ || op == CMP_NE) && x.length != y.length ? 1 : n ? memcmp(x.data, y.data, (size_t)n) : 0;
  if (c == 0) c = x.length < y.length ? -1 : x.length > y.length;
  buffer_release(ts, &x);
  buffer_release(ts, &y);
  switch (op) {
    case CMP_LT: return bool_value(c < 0);
    case CMP_LE: return bool_value(c <= 0);
    case CMP_EQ: return bool_value(c == 0);
    case CMP_NE: return bool_value(c != 0);
    case CMP_GT: return bool_value(c > 0);
    default: return bool_value(c >= 0);
  }
}

/* ---- new ---- */

static OWNED Value alloc_bytes(ThreadState *ts, Type *type, ssize_t n) {
  if (UNLIKELY(n > PTRDIFF_MAX - 4096)) return err_no_memory(ts);
  Bytes *b = (Bytes *)object_alloc_var(ts, type, sizeof(Bytes) + (size_t)n + 1);
  if (b == NULL) return NULL;
  b->hash = -1;
  b->length = n;
  b->data[n] = 0;
  return (Value)b;
}

Value bytes_new(ThreadState *ts, const char *p, ssize_t n) {
  if (n == 0 && LIKELY(ts->interp->empty_bytes != NULL)) return incref(ts->interp->empty_bytes);
  Value v = alloc_bytes(ts, TYPE(BYTES), n);
  if (v && p && n) copy_shared(bytes_data(v), p, (size_t)n);
  return v;
}

static void bytes_dealloc(ThreadState *ts, Value self) { object_release(ts, self); }

static OWNED Value from_count(ThreadState *ts, Value v) {
  ssize_t n = num_as_ssize(ts, v, EXC(OverflowError));
  if (n == -1 && err_occurred(ts)) return NULL;
  if (n < 0) return err_format(ts, EXC(ValueError), "negative count");
  Value b = bytes_new(ts, NULL, n);
  if (b) memset(bytes_data(b), 0, (size_t)n);
  return b;
}

static int one_byte(ThreadState *ts, Value item, const char *target) {
  int64_t i;
  if (is_small_int(item)) {
    i = small_int(item);
  } else {
    Value index = num_index(ts, item);
    if (index == NULL) return -1;
    if (!int_fits_i64(index, &i)) i = -1;
    decref(ts, index);
  }
  if (i >= 0 && i < 256) return (int)i;
  err_format(ts, EXC(ValueError), "%s must be in range(0, 256)", strcmp(target, "bytes") == 0 ? "bytes" : "byte");
  return -1;
}

/* From an iterable of ints. */
static OWNED Value from_items(ThreadState *ts, Value iterable, const char *target) {
  Value it = iter_of(ts, iterable);
  if (it == NULL) {
    if (err_matches(ts, EXC(TypeError))) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "cannot convert '%T' object to %s", iterable, target);
    }
    return NULL;
  }
  size_t n = 0, capacity = 64;
  char *data = mem_alloc(ts, capacity);
  Value result = NULL, item;
  if (data == NULL) goto done;
  while ((item = iter_next(ts, it)) != NULL) {
    int byte = one_byte(ts, item, target);
    decref(ts, item);
    if (byte < 0) goto done;
    if (n == capacity) {
      char *grown = mem_realloc(ts, data, capacity * 2);
      if (grown == NULL) goto done;
      data = grown;
      capacity *= 2;
    }
    data[n++] = (char)byte;
  }
  if (!err_occurred(ts)) result = bytes_new(ts, data, (ssize_t)n);
done:
  mem_free(ts, data);
  decref(ts, it);
  return result;
}

/* What is not a str: __bytes__, a count, a buffer, or ints. */
static OWNED Value from_object(ThreadState *ts, Value v, const char *target) {
  if (is_kind(v, K_BYTES)) return incref(v);
  bool failed = false;
  Value method = strcmp(target, "bytes") == 0 ? lookup_special(ts, v, ID(__bytes__), &failed) : NULL; /* bytearray() does not ask */
  if (failed) return NULL;
  if (method) {
    Value b = call0(ts, method);
    decref(ts, method);
    if (b && !is_bytes(b)) {
      err_format(ts, EXC(TypeError), "__bytes__ returned non-bytes (type %T)", b);
      CLEAR(b);
    }
    return b;
  }
  if (is_str(v)) return err_format(ts, EXC(TypeError), "string argument without an encoding");
  if (has_index(ts, v)) {
    Value b = from_count(ts, v);
    if (b || !err_matches(ts, EXC(TypeError))) return b;
    err_clear(ts);
  }
  if (!has_buffer(ts, v)) return from_items(ts, v, target);
  Buffer view;
  if (buffer_get(ts, v, &view, false) < 0) return NULL;
  Value b = bytes_new(ts, view.data, view.length);
  buffer_release(ts, &view);
  return b;
}

Value bytes_from_value(ThreadState *ts, Value v) {
  if (is_list(v) || is_tuple(v)) return from_items(ts, v, "bytes");
  return from_object(ts, v, "bytes");
}

Value bytes_from_args(ThreadState *ts, const char *function, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"source", "encoding", "errors"};
  ArgSpec spec = {function, 0, 3, 0, 3, names};
  Value out[3] = {nargs == 1 ? args[0] : NULL, NULL, NULL};
  if ((nargs != 1 || kwnames) && args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  for (int i = 1; i < 3; i++)
    if (out[i] && !is_str(out[i]))
      return err_format(ts, EXC(TypeError), "%s() argument '%s' must be str, not %T", function, names[i], out[i]);
  if (out[0] == NULL) {
    if (out[1] || out[2])
      return err_format(ts, EXC(TypeError), out[1] ? "encoding without a string argument" : "errors without a string argument");
    return bytes_new(ts, "", 0);
  }
  if (out[1]) {
    if (!is_str(out[0]))
      return err_format(ts, EXC(TypeError), "encoding without a string argument");
    return str_encode(ts, out[0], str_chars(out[1]), out[2] ? str_chars(out[2]) : NULL);
  }
  if (out[2] && !is_str(out[0])) return err_format(ts, EXC(TypeError), "errors without a string argument");
  return from_object(ts, out[0], function);
}

static Value bytes_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value b = bytes_from_args(ts, "bytes", args, nargs, kwnames);
  if (b == NULL || (type == TYPE(BYTES))) return b;
  Value self = alloc_bytes(ts, type, bytes_len(b));
  if (self) memcpy(bytes_data(self), bytes_data(b), (size_t)bytes_len(b));
  decref(ts, b);
  return self;
}

/* ---- operations ---- */

Value bytes_repr(ThreadState *ts, const char *p, ssize_t n, const char *prefix, const char *suffix) {
  char quote = n && memchr(p, '\'', (size_t)n) && !memchr(p, '"', (size_t)n) ? '"' : '\'';
  StrBuilder b;
  strb_init(&b, ts);
  int r = strb_ascii(&b, prefix, -1);
  if (r == 0) r = strb_char(&b, (Char)quote);
  for (ssize_t i = 0; i < n && r == 0; i++) {
    char c = p[i], text[8];
    int length = 2;
    if (c == quote || c == '\\' || (c == '\'' && *suffix == ')')) text[0] = '\\', text[1] = c;
    else if (c == '\t') memcpy(text, "\\t", 2);
    else if (c == '\n') memcpy(text, "\\n", 2);
    else if (c == '\r') memcpy(text, "\\r", 2);
    else if (c < ' ' || c >= 0x7f) length = snprintf(text, sizeof text, "\\x%02x", (unsigned char)c);
    else text[0] = c, length = 1;
    r = strb_ascii(&b, text, length);
  }
  if (r == 0) r = strb_char(&b, (Char)quote);
  if (r == 0) r = strb_ascii(&b, suffix, -1);
  if (r == 0) return strb_finish(&b);
  strb_drop(&b);
  return NULL;
}

static Value slot_repr(ThreadState *ts, Value self) { return bytes_repr(ts, bytes_data(self), bytes_len(self), "b", ""); }

static int64_t slot_hash(ThreadState *ts, Value self) {
  Bytes *b = (Bytes *)self;
  if (b->hash == -1) b->hash = hash_bytes(ts, b->data, b->length);
  return b->hash;
}

static Value slot_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_bytes(a) || !is_bytes(b)) return V_NOT_IMPLEMENTED;
  return buffer_compare(ts, a, b, op);
}

static ssize_t slot_len(ThreadState *ts, Value self) { return bytes_len(self); }

static Value slot_getitem(ThreadState *ts, Value self, Value key) {
  if (is_kind(key, K_SLICE)) {
    ssize_t start, stop, step, count;
    if (slice_indices(ts, key, bytes_len(self), &start, &stop, &step, &count) < 0) return NULL;
    if (count <= 0) return bytes_new(ts, "", 0);
    if (step == 1 && count == bytes_len(self) && is_kind(self, K_BYTES)) return incref(self);
    Value v = bytes_new(ts, step == 1 ? bytes_data(self) + start : NULL, count);
    for (ssize_t i = 0; v && step != 1 && i < count; i++) bytes_data(v)[i] = bytes_data(self)[start + i * step];
    return v;
  }
  if (!has_index(ts, key)) return err_format(ts, EXC(TypeError), "byte indices must be integers or slices, not %T", key);
  ssize_t i = num_as_ssize(ts, key, EXC(IndexError));
  if (i == -1 && err_occurred(ts)) return NULL;
  if (i < 0) i += bytes_len(self);
  if (i < 0 || i >= bytes_len(self)) return err_format(ts, EXC(IndexError), "index out of range");
  return small_int_value((uint8_t)bytes_data(self)[i]);
}

static Value slot_concat(ThreadState *ts, Value a, Value b) {
  Buffer x, y;
  if (!has_buffer(ts, b)) return err_format(ts, EXC(TypeError), "can't concat %T to bytes", b);
  if (is_kind(a, K_BYTES) && is_bytes(b) && bytes_len(b) == 0) return incref(a);
  if (buffer_get(ts, a, &x, false) < 0) return NULL;
  Value v = NULL;
  if (buffer_get(ts, b, &y, false) == 0) {
    if (x.length > PTRDIFF_MAX - y.length) err_no_memory(ts);
    else if ((v = bytes_new(ts, NULL, x.length + y.length)) != NULL) {
      memcpy(bytes_data(v), x.data, (size_t)x.length);
      memcpy(bytes_data(v) + x.length, y.data, (size_t)y.length);
    }
    buffer_release(ts, &y);
  }
  buffer_release(ts, &x);
  return v;
}

static Value slot_repeat(ThreadState *ts, Value self, Value count) {
  ssize_t times = num_as_ssize(ts, count, EXC(OverflowError)), n = bytes_len(self), total;
  if (times == -1 && err_occurred(ts)) return NULL;
  if (times <= 0 || n == 0) return bytes_new(ts, "", 0);
  if (times == 1 && is_kind(self, K_BYTES)) return incref(self);
  if (__builtin_mul_overflow(n, times, &total)) return err_format(ts, EXC(OverflowError), "repeated bytes are too long");
  Value v = bytes_new(ts, NULL, total);
  if (v == NULL) return NULL;
  if (n == 1) memset(bytes_data(v), bytes_data(self)[0], (size_t)total);
  else
    for (ssize_t i = 0; i < times; i++) memcpy(bytes_data(v) + i * n, bytes_data(self), (size_t)n);
  return v;
}

static Value slot_remainder(ThreadState *ts, Value a, Value b) {
  return is_bytes(a) ? bytes_percent(ts, a, b) : V_NOT_IMPLEMENTED;
}

static int slot_get_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  if (writable) {
    err_format(ts, EXC(BufferError), "Object is not writable.");
    return -1;
  }
  buffer_fill(view, self, bytes_data(self), bytes_len(self), true);
  return 0;
}

/* ---- iterating ---- */

static Value iterator_next(ThreadState *ts, Value self) {
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return NULL;
  if (it->index < bytes_len(it->sequence)) return small_int_value((uint8_t)bytes_data(it->sequence)[it->index++]);
  CLEAR(it->sequence);
  return NULL;
}

static Value slot_iter(ThreadState *ts, Value self) {
  static const TypeSpec spec = {
    .name = "bytes_iterator",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear,
              .iter = iterator_itself, .next = iterator_next},
    .methods = sequence_iterator_methods,
  };
  return sequence_iterator_new(ts, more_type(ts, MORE_BYTES_ITERATOR, &spec, K_OBJECT), self);
}

Type *type_bytes_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "bytes",
    .doc = "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable copy\n"
           "bytes(int) -> that many zero bytes\nbytes() -> empty bytes object",
    .size = sizeof(Bytes),
    .flags = TYPE_BASETYPE | TYPE_MATCH_SELF,
    .slots = {.dealloc = bytes_dealloc, .repr = slot_repr, .str = slot_repr, .hash = slot_hash, .compare = slot_compare, .iter = slot_iter,
              .new = bytes_type_new, .binary = {[NB_REMAINDER] = slot_remainder}, .len = slot_len,
              .getitem = slot_getitem, .contains = bytelike_contains, .concat = slot_concat, .repeat = slot_repeat,
              .get_buffer = slot_get_buffer},
    .methods = bytes_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_BYTES);
}
