/* bytearray.c - bytes that can be changed. Objects/bytearrayobject.c in CPython.
 * Keeps true: data is NULL only while capacity is 0; a zero byte stands behind the data; while buffers are lent out
 *   (exports > 0) the size does not change, BufferError tells.
 * Next: bytes.c, bytes_methods.c. */
#include "runtime/object.h"

#include <stdlib.h>

static inline ByteArray *as_array(Value v) { return (ByteArray *)v; }

/* ---- memory ---- */

int bytearray_resize(ThreadState *ts, Value self, ssize_t n) {
  ByteArray *a = as_array(self);
  if (n == a->length) return 0;
  if (a->exports > 0) {
    err_format(ts, EXC(BufferError), "Existing exports of data: object cannot be re-sized");
    return -1;
  }
  if (n + 1 > a->capacity || n < a->capacity / 2) {
    ssize_t capacity = n + 1;
    if (a->capacity && n + 1 > a->capacity && n < a->capacity + a->capacity / 8) capacity = n + (n >> 3) + (n < 9 ? 3 : 6);
    char *data = mem_realloc(ts, a->data, (size_t)capacity);
    if (data == NULL) return -1;
    a->data = data;
    a->capacity = capacity;
  }
  a->length = n;
  a->data[n] = 0;
  return 0;
}

static OWNED Value make(ThreadState *ts, Type *type, const char *p, ssize_t n) {
  Value v = type == TYPE(BYTEARRAY) ? object_alloc(ts, type, sizeof(ByteArray)) : object_new_instance(ts, type);
  if (v && n && bytearray_resize(ts, v, n) < 0) CLEAR(v);
  if (v && p && n) memcpy(as_array(v)->data, p, (size_t)n);
  return v;
}

Value bytearray_new(ThreadState *ts, const char *p, ssize_t n) { return make(ts, TYPE(BYTEARRAY), p, n); }

static void bytearray_dealloc(ThreadState *ts, Value self) {
  mem_free(ts, as_array(self)->data);
  object_release(ts, self);
}

static Value bytearray_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  return make(ts, type, NULL, 0);
}

static int bytearray_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs == 0 && kwnames == NULL) return bytearray_resize(ts, self, 0);
  Value b = bytes_from_args(ts, "bytearray", args, nargs, kwnames);
  if (b == NULL) return -1;
  int r = bytearray_resize(ts, self, bytes_len(b));
  if (r == 0 && bytes_len(b)) memcpy(as_array(self)->data, bytes_data(b), (size_t)bytes_len(b));
  decref(ts, b);
  return r;
}

/* ---- items and slices ---- */

/* The index that key gives, before it is held against the length; user code may run. */
static int index_of_key(ThreadState *ts, Value key, ssize_t *out) {
  if (!has_index(ts, key)) {
    err_format(ts, EXC(TypeError), "bytearray indices must be integers or slices, not %T", key);
    return -1;
  }
  *out = num_as_ssize(ts, key, EXC(IndexError));
  return *out == -1 && err_occurred(ts) ? -1 : 0;
}

static int check_index(ThreadState *ts, Value self, ssize_t *i) {
  if (*i < 0) *i += as_array(self)->length;
  if (*i >= 0 && *i < as_array(self)->length) return 0;
  err_format(ts, EXC(IndexError), "bytearray index out of range");
  return -1;
}

static int indices(ThreadState *ts, Value self, Value slice, ssize_t *start, ssize_t *stop, ssize_t *step, ssize_t *count) {
  if ((slice = slice_settle(ts, slice)) == NULL) return -1;
  int r = slice_indices(ts, slice, as_array(self)->length, start, stop, step, count);
  decref(ts, slice);
  return r;
}

static Value slot_getitem(ThreadState *ts, Value self, Value key) {
  ssize_t i, start, stop, step, count;
  if (!is_kind(key, K_SLICE))
    return index_of_key(ts, key, &i) < 0 || check_index(ts, self, &i) < 0 ? NULL : small_int_value((uint8_t)as_array(self)->data[i]);
  if (indices(ts, self, key, &start, &stop, &step, &count) < 0) return NULL;
  if (count <= 0) return bytearray_new(ts, "", 0);
  if (step == 1) return bytearray_new(ts, as_array(self)->data + start, count);
  Value v = bytearray_new(ts, NULL, count);
  for (i = 0; v && i < count; i++) as_array(v)->data[i] = as_array(self)->data[start + i * step];
  return v;
}

/* self[start:start+removed] = p[0..n) */
static int splice(ThreadState *ts, Value self, ssize_t start, ssize_t removed, const char *p, ssize_t n) {
  ByteArray *a = as_array(self);
  ssize_t length = a->length, tail = length - start - removed;
  if (n < removed) {
    if (a->exports > 0) return bytearray_resize(ts, self, length + n - removed);
    memmove(a->data + start + n, a->data + start + removed, (size_t)tail);
    if (bytearray_resize(ts, self, length + n - removed) < 0) return -1;
  } else if (n > removed) {
    if (bytearray_resize(ts, self, length + n - removed) < 0) return -1;
    memmove(a->data + start + n, a->data + start + removed, (size_t)tail);
  }
  if (n) memcpy(a->data + start, p, (size_t)n);
  return 0;
}

static int delete_stepped(ThreadState *ts, Value self, ssize_t start, ssize_t step, ssize_t count) {
  ByteArray *a = as_array(self);
  if (a->exports > 0) return bytearray_resize(ts, self, a->length - count);
  if (step < 0) start += step * (count - 1), step = -step;
  ssize_t to = start;
  for (ssize_t from = start, gone = 0; from < a->length; from++) {
    if (gone < count && from == start + gone * step) gone++;
    else a->data[to++] = a->data[from];
  }
  return bytearray_resize(ts, self, to);
}

static int delete_slice(ThreadState *ts, Value self, Value slice) {
  ssize_t start, stop, step, count;
  if (indices(ts, self, slice, &start, &stop, &step, &count) < 0) return -1;
  if (count == 0) return 0;
  return step == 1 ? splice(ts, self, start, count, NULL, 0) : delete_stepped(ts, self, start, step, count);
}

static int set_slice(ThreadState *ts, Value self, Value slice, Value value) {
  ssize_t start, stop, step, count;
  if (is_int(value) || is_str(value)) {
    err_format(ts, EXC(TypeError), "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    return -1;
  }
  if ((slice = slice_settle(ts, slice)) == NULL) return -1;
  Value b = bytes_from_value(ts, value); /* a copy: value may be self */
  int r = b ? slice_indices(ts, slice, as_array(self)->length, &start, &stop, &step, &count) : -1;
  if (r == 0 && step == 1) {
    r = splice(ts, self, start, count, bytes_data(b), bytes_len(b));
  } else if (r == 0 && bytes_len(b) == 0) {
    r = count ? delete_stepped(ts, self, start, step, count) : 0;
  } else if (r == 0 && bytes_len(b) != count) {
    err_format(ts, EXC(ValueError), "attempt to assign bytes of size %zd to extended slice of size %zd", bytes_len(b), count);
    r = -1;
  } else if (r == 0) {
    for (ssize_t i = 0; i < count; i++) as_array(self)->data[start + i * step] = bytes_data(b)[i];
  }
  xdecref(ts, b);
  decref(ts, slice);
  return r;
}

static int slot_setitem(ThreadState *ts, Value self, Value key, Value value) {
  ssize_t i;
  if (is_kind(key, K_SLICE)) return value ? set_slice(ts, self, key, value) : delete_slice(ts, self, key);
  if (index_of_key(ts, key, &i) < 0) return -1;
  int byte = value ? byte_argument(ts, value) : 0;
  if (byte < 0 || check_index(ts, self, &i) < 0) return -1;
  if (value == NULL) return splice(ts, self, i, 1, NULL, 0);
  as_array(self)->data[i] = (char)byte;
  return 0;
}

/* ---- operations ---- */

static ssize_t slot_len(ThreadState *ts, Value self) { return as_array(self)->length; }

static Value slot_repr(ThreadState *ts, Value self) {
  Value open = str_format(ts, "%U(b", type_of(ts, self)->name);
  if (open == NULL) return NULL;
  Value v = bytes_repr(ts, as_array(self)->data, as_array(self)->length, str_chars(open), ")");
  decref(ts, open);
  return v;
}

static Value slot_inplace_concat(ThreadState *ts, Value self, Value other) {
  Buffer view;
  if (!has_buffer(ts, other)) return err_format(ts, EXC(TypeError), "can't concat %T to %T", other, self);
  if (buffer_get(ts, other, &view, false) < 0) return NULL;
  ssize_t n = as_array(self)->length;
  int r = bytearray_resize(ts, self, n + view.length);
  if (r == 0 && view.length) memcpy(as_array(self)->data + n, view.data, (size_t)view.length);
  buffer_release(ts, &view);
  return r < 0 ? NULL : incref(self);
}

static Value slot_concat(ThreadState *ts, Value a, Value b) {
  if (!has_buffer(ts, b)) return err_format(ts, EXC(TypeError), "can't concat %T to %T", b, a);
  Value v = bytearray_new(ts, as_array(a)->data, as_array(a)->length);
  Value done = v ? slot_inplace_concat(ts, v, b) : NULL;
  xdecref(ts, done);
  if (done == NULL) CLEAR(v);
  return v;
}

static int repeat_count(ThreadState *ts, Value self, Value count, ssize_t *times) {
  *times = num_as_ssize(ts, count, EXC(OverflowError));
  if (*times == -1 && err_occurred(ts)) return -1;
  if (*times < 0) *times = 0;
  ssize_t total;
  if (__builtin_mul_overflow(*times, as_array(self)->length, &total)) return err_no_memory(ts), -1;
  return 0;
}

static void fill_repeats(ByteArray *a, ssize_t n) {
  for (ssize_t at = n; n && at < a->length; at += n) memcpy(a->data + at, a->data, (size_t)n);
}

static Value slot_repeat(ThreadState *ts, Value self, Value count) {
  ssize_t times, n = as_array(self)->length;
  if (repeat_count(ts, self, count, &times) < 0) return NULL;
  Value v = bytearray_new(ts, NULL, n * times);
  if (v && n > 0 && times > 0) {
    memcpy(as_array(v)->data, as_array(self)->data, (size_t)n);
    fill_repeats(as_array(v), n);
  }
  return v;
}

static Value slot_inplace_repeat(ThreadState *ts, Value self, Value count) {
  ssize_t times, n = as_array(self)->length;
  if (!has_index(ts, count)) return V_NOT_IMPLEMENTED;
  if (repeat_count(ts, self, count, &times) < 0 || bytearray_resize(ts, self, n * times) < 0) return NULL;
  if (times > 1) fill_repeats(as_array(self), n);
  return incref(self);
}

static Value slot_remainder(ThreadState *ts, Value a, Value b) {
  return is_bytearray(a) ? bytes_percent(ts, a, b) : V_NOT_IMPLEMENTED;
}

static Value slot_compare(ThreadState *ts, Value a, Value b, CompareOp op) { return buffer_compare(ts, a, b, op); }

static int slot_get_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  ByteArray *a = as_array(self);
  buffer_fill(view, self, a->data ? a->data : (char *)"", a->length, false);
  a->exports++;
  return 0;
}
static void slot_release_buffer(ThreadState *ts, Value self, Buffer *view) { as_array(self)->exports--; }

/* ---- iterating ---- */

static Value iterator_next(ThreadState *ts, Value self) {
  HOLD2(ts, self, RACY_LOAD(((SequenceIterator *)self)->sequence));
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return NULL;
  ByteArray *a = as_array(it->sequence);
  if (it->index < a->length) return small_int_value((uint8_t)a->data[it->index++]);
  CLEAR(it->sequence);
  return NULL;
}

static Value slot_iter(ThreadState *ts, Value self) {
  static const TypeSpec spec = {
    .name = "bytearray_iterator",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear,
              .iter = iterator_itself, .next = iterator_next},
    .methods = sequence_iterator_methods,
  };
  return sequence_iterator_new(ts, more_type(ts, MORE_BYTEARRAY_ITERATOR, &spec, K_OBJECT), self);
}

Type *type_bytearray_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "bytearray",
    .doc = "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
           "bytearray(bytes_or_buffer) -> mutable copy\nbytearray(int) -> that many zero bytes\nbytearray() -> empty bytearray",
    .size = sizeof(ByteArray),
    .flags = TYPE_BASETYPE | TYPE_MATCH_SELF,
    .slots = {.dealloc = bytearray_dealloc, .repr = slot_repr, .str = slot_repr, .compare = slot_compare, .iter = slot_iter,
              .new = bytearray_type_new, .init = bytearray_init, .binary = {[NB_REMAINDER] = slot_remainder},
              .inplace = {[NB_MULTIPLY] = slot_inplace_repeat}, .len = slot_len, .getitem = slot_getitem,
              .setitem = slot_setitem, .contains = bytelike_contains, .concat = slot_concat, .repeat = slot_repeat,
              .inplace_concat = slot_inplace_concat, .get_buffer = slot_get_buffer, .release_buffer = slot_release_buffer},
    .methods = bytearray_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_BYTEARRAY);
}
