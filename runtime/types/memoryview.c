/* memoryview.c - a window on another object's memory, with a shape and an item format. Objects/memoryobject.c in CPython.
 * Keeps true: each view has its own buffer of the owner, taken with buffer_get and given back once; slices and casts take
 *   another one and change its shape. A view that has lent buffers itself (exports > 0) cannot be released.
 * Item formats are the native single letters of the struct module.
 * Next: bytes.c (buffers). */
#include "runtime/object.h"

#include <stdlib.h>

typedef struct {
  Object base;
  Buffer view; /* owner NULL: released */
  ssize_t exports;
  int64_t hash;    /* -1: not computed */
  char format[8];  /* view.format points here after a cast */
} MemoryView;

static inline MemoryView *as_view(Value v) { return (MemoryView *)v; }

static int check_live(ThreadState *ts, Value self) {
  if (LIKELY(as_view(self)->view.owner != NULL)) return 0;
  err_format(ts, EXC(ValueError), "operation forbidden on released memoryview object");
  return -1;
}

/* ---- new ---- */

Value memoryview_from(ThreadState *ts, Value v) {
  if (!has_buffer(ts, v)) return err_format(ts, EXC(TypeError), "memoryview: a bytes-like object is required, not '%T'", v);
  MemoryView *m = (MemoryView *)object_alloc(ts, TYPE(MEMORYVIEW), sizeof(MemoryView));
  if (m == NULL) return NULL;
  m->hash = -1;
  Value owner = v;
  if (is_kind(v, K_MEMORYVIEW)) { /* a view of the same owner, with the same shape */
    if (check_live(ts, v) < 0) return decref(ts, (Value)m), NULL;
    owner = as_view(v)->view.owner;
  }
  if (buffer_get(ts, owner, &m->view, false) < 0) return decref(ts, (Value)m), NULL;
  if (owner != v) {
    Buffer *from = &as_view(v)->view;
    memcpy(m->format, as_view(v)->format, sizeof m->format);
    m->view.data = from->data, m->view.length = from->length, m->view.item_size = from->item_size;
    m->view.format = from->format == as_view(v)->format ? m->format : from->format;
    m->view.readonly = from->readonly, m->view.ndim = from->ndim;
    memcpy(m->view.shape, from->shape, sizeof from->shape);
    memcpy(m->view.strides, from->strides, sizeof from->strides);
  }
  return (Value)m;
}

static Value memoryview_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"object"};
  static const ArgSpec spec = {"memoryview", 0, 1, 1, 1, names};
  Value v;
  return args_bind(ts, &spec, args, nargs, kwnames, &v) < 0 ? NULL : memoryview_from(ts, v);
}

static void memoryview_dealloc(ThreadState *ts, Value self) {
  buffer_release(ts, &as_view(self)->view);
  object_release(ts, self);
}
static int memoryview_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_view(self)->view.owner);
  return 0;
}

/* ---- items ---- */

/* Size of an item of a format; 0: not supported. */
static ssize_t format_size(const char *format) {
  if (*format == '@') format++;
  if (format[0] == 0 || format[1] != 0) return 0;
  switch (*format) {
    case 'c': case 'b': case 'B': case '?': return 1;
    case 'h': case 'H': case 'e': return 2;
    case 'i': case 'I': case 'f': return 4;
    case 'l': case 'L': case 'q': case 'Q': case 'n': case 'N': case 'P': case 'd': return 8;
    default: return 0;
  }
}

static char format_letter(const Buffer *view) { return view->format[0] == '@' ? view->format[1] : view->format[0]; }

static bool is_one_letter(const char *format) { return format[0] && format[format[0] == '@' ? 2 : 1] == 0; }
static int refuse_format(ThreadState *ts, const char *format) {
  bool is_letter = is_one_letter(format);
  err_format(ts, EXC(NotImplementedError), is_letter ? "memoryview: format %s not supported" : "memoryview: unsupported format %s", format);
  return -1;
}

static OWNED Value unpack(ThreadState *ts, const Buffer *view, const char *p) {
  union {
    int16_t h; uint16_t H; int32_t i; uint32_t I; int64_t q; uint64_t Q; float f; double d;
  } u;
  ssize_t size = format_size(view->format); /* may be less than that of an item: a packed C structure is said to be of bytes */
  if (size == 0) return refuse_format(ts, view->format), NULL;
  memcpy(&u, p, (size_t)size);
  switch (format_letter(view)) {
    case 'c': return bytes_new(ts, p, 1);
    case 'b': return small_int_value(*(const int8_t *)p);
    case 'B': return small_int_value(*(const uint8_t *)p);
    case '?': return bool_value(*p != 0);
    case 'h': return small_int_value(u.h);
    case 'H': return small_int_value(u.H);
    case 'i': return small_int_value(u.i);
    case 'I': return small_int_value(u.I);
    case 'l': case 'q': case 'n': return int_from_i64(ts, u.q);
    case 'L': case 'Q': case 'N': case 'P': return int_from_u64(ts, u.Q);
    case 'f': return float_new(ts, (double)u.f);
    case 'd': return float_new(ts, u.d);
    default: return refuse_format(ts, view->format), NULL;
  }
}

static int pack_error(ThreadState *ts, const Buffer *view, bool range) {
  if (range) err_format(ts, EXC(ValueError), "memoryview: invalid value for format '%s'", view->format);
  else err_format(ts, EXC(TypeError), "memoryview: invalid type for format '%s'", view->format);
  return -1;
}

static int pack_int(ThreadState *ts, const Buffer *view, char *p, Value v) {
  static const char letters[] = "bBhHiIlLqQnNP";
  char letter = format_letter(view);
  bool is_signed = letter >= 'a';
  if (strchr(letters, letter) == NULL || !has_index(ts, v)) return pack_error(ts, view, false);
  Value i = num_index(ts, v);
  if (i == NULL) return -1;
  Value bytes = int_to_bytes(ts, i, format_size(view->format), true, is_signed);
  decref(ts, i);
  if (bytes == NULL) {
    if (!err_matches(ts, EXC(OverflowError))) return -1;
    err_clear(ts);
    return pack_error(ts, view, true);
  }
  memcpy(p, bytes_data(bytes), (size_t)bytes_len(bytes));
  decref(ts, bytes);
  return 0;
}

static int pack(ThreadState *ts, const Buffer *view, char *p, Value v) {
  if (format_size(view->format) == 0) return refuse_format(ts, view->format);
  char letter = format_letter(view);
  double d;
  if (letter == 'c') {
    if (!is_bytes(v)) return pack_error(ts, view, false);
    if (bytes_len(v) != 1) return pack_error(ts, view, true);
    *p = bytes_data(v)[0];
    return 0;
  }
  if (letter == '?') {
    int t = truth(ts, v);
    *p = t > 0;
    return t < 0 ? -1 : 0;
  }
  if (letter != 'f' && letter != 'd') return pack_int(ts, view, p, v);
  if (!is_float(v) && !is_int(v) && !type_of(ts, v)->slots.to_float) return pack_error(ts, view, false);
  if (num_as_double(ts, v, &d) < 0) return -1;
  float single = (float)d;
  if (letter == 'f') memcpy(p, &single, sizeof single);
  else memcpy(p, &d, sizeof d);
  return 0;
}

/* ---- indexing ---- */

static char *item_at(ThreadState *ts, const Buffer *view, char *p, int dim, ssize_t i) {
  if (i < 0) i += view->shape[dim];
  if (i < 0 || i >= view->shape[dim]) {
    err_format(ts, EXC(IndexError), "index out of bounds on dimension %d", dim + 1);
    return NULL;
  }
  return p + i * view->strides[dim];
}

static ssize_t bytes_of_shape(const Buffer *view) {
  ssize_t n = view->item_size;
  for (int d = 0; d < view->ndim; d++) n *= view->shape[d];
  return n;
}

static OWNED Value slice_view(ThreadState *ts, Value self, Value slice) {
  Buffer *view = &as_view(self)->view;
  ssize_t start, stop, step, count;
  if (slice_indices(ts, slice, view->shape[0], &start, &stop, &step, &count) < 0) return NULL;
  Value v = memoryview_from(ts, self); /* checks again that it is not released */
  if (v == NULL) return NULL;
  Buffer *to = &as_view(v)->view;
  if (count < 0) count = 0;
  to->data += start * to->strides[0];
  to->shape[0] = count;
  to->strides[0] *= step;
  to->length = bytes_of_shape(to);
  return v;
}

/* The indices that key gives, out[0..ndim); user code may run. */
static int read_indices(ThreadState *ts, Value self, Value key, ssize_t *out) {
  int ndim = as_view(self)->view.ndim;
  Value *keys = &key;
  ssize_t n = 1;
  if (is_tuple(key)) {
    keys = tuple_items(key), n = tuple_len(key);
    if (n < ndim) return err_format(ts, EXC(NotImplementedError), "sub-views are not implemented"), -1;
    if (n > ndim) {
      err_format(ts, EXC(TypeError), "cannot index %d-dimension view with %zd-element tuple", ndim, n);
      return -1;
    }
  }
  for (ssize_t d = 0; d < n; d++) {
    if (!has_index(ts, keys[d])) return err_format(ts, EXC(TypeError), "memoryview: invalid slice key"), -1;
    out[d] = num_as_ssize(ts, keys[d], EXC(IndexError));
    if (out[d] == -1 && err_occurred(ts)) return -1;
  }
  if (is_tuple(key) || ndim == 1) return 0;
  if (ndim == 0) err_format(ts, EXC(TypeError), "invalid indexing of 0-dim memory");
  else if (format_size(as_view(self)->view.format) == 0) refuse_format(ts, as_view(self)->view.format);
  else err_format(ts, EXC(NotImplementedError), "multi-dimensional sub-views are not implemented");
  return -1;
}

/* Where the item that key means lies; NULL with an exception. */
static char *find_item(ThreadState *ts, Value self, Value key) {
  ssize_t at[8];
  if (read_indices(ts, self, key, at) < 0 || check_live(ts, self) < 0) return NULL;
  Buffer *view = &as_view(self)->view;
  char *p = view->data;
  for (int d = 0; p && d < view->ndim; d++) p = item_at(ts, view, p, d, at[d]);
  return p;
}

static Value memoryview_getitem(ThreadState *ts, Value self, Value key) {
  if (check_live(ts, self) < 0) return NULL;
  Buffer *view = &as_view(self)->view;
  if (view->ndim == 0 && key == V_ELLIPSIS) return incref(self);
  if (view->ndim == 0 && is_tuple(key) && tuple_len(key) == 0) return unpack(ts, view, view->data);
  if (is_kind(key, K_SLICE) && view->ndim > 0) return slice_view(ts, self, key);
  char *p = find_item(ts, self, key);
  return p ? unpack(ts, view, p) : NULL;
}

static const char *plain_format(const Buffer *view) { return view->format + (view->format[0] == '@'); }
static bool same_format(const Buffer *a, const Buffer *b) { return strcmp(plain_format(a), plain_format(b)) == 0 && a->item_size == b->item_size; }

/* self[slice] = other bytes-like object of the same format and size; they may overlap. */
static int set_slice(ThreadState *ts, Value self, Value slice, Value value) {
  Value to = slice_view(ts, self, slice), from = NULL;
  if (to && !has_buffer(ts, value)) err_format(ts, EXC(TypeError), "a bytes-like object is required, not '%T'", value);
  else if (to) from = memoryview_from(ts, value);
  int r = -1;
  if (from) {
    Buffer *x = &as_view(to)->view, *y = &as_view(from)->view;
    if (x->ndim != 1 || y->ndim != 1 || !same_format(x, y) || x->shape[0] != y->shape[0]) {
      err_format(ts, EXC(ValueError), "memoryview assignment: lvalue and rvalue have different structures");
    } else {
      ssize_t n = x->shape[0], size = x->item_size;
      char *copy = mem_alloc(ts, (size_t)(n * size));
      for (ssize_t i = 0; copy && i < n; i++) memcpy(copy + i * size, y->data + i * y->strides[0], (size_t)size);
      for (ssize_t i = 0; copy && i < n; i++) memcpy(x->data + i * x->strides[0], copy + i * size, (size_t)size);
      if (copy) r = 0;
      mem_free(ts, copy);
    }
  }
  xdecref(ts, to);
  xdecref(ts, from);
  return r;
}

static int memoryview_setitem(ThreadState *ts, Value self, Value key, Value value) {
  if (check_live(ts, self) < 0) return -1;
  Buffer *view = &as_view(self)->view;
  if (view->readonly) {
    err_format(ts, EXC(TypeError), "cannot modify read-only memory");
    return -1;
  }
  if (value == NULL) {
    err_format(ts, EXC(TypeError), "cannot delete memory");
    return -1;
  }
  if (!is_one_letter(view->format)) return refuse_format(ts, view->format);
  if (is_kind(key, K_SLICE) && view->ndim == 1) return set_slice(ts, self, key, value);
  if (is_kind(key, K_SLICE)) {
    err_format(ts, EXC(NotImplementedError), "memoryview slice assignments are currently restricted to ndim = 1");
    return -1;
  }
  char *p = find_item(ts, self, key);
  if (p == NULL) return -1;
  char item[8];
  if (pack(ts, view, item, value) < 0 || check_live(ts, self) < 0) return -1; /* user code may have released it */
  memcpy(p, item, (size_t)format_size(view->format)); /* which may be less than an item has, as in unpack */
  return 0;
}

static ssize_t memoryview_len(ThreadState *ts, Value self) {
  if (check_live(ts, self) < 0) return -1;
  return as_view(self)->view.ndim == 0 ? 1 : as_view(self)->view.shape[0];
}

/* ---- walking all items ---- */

static bool is_contiguous(const Buffer *view) {
  ssize_t size = view->item_size;
  for (int d = view->ndim - 1; d >= 0; d--) {
    if (view->shape[d] > 1 && view->strides[d] != size) return false;
    size *= view->shape[d];
  }
  return true;
}

static char *copy_items(const Buffer *view, const char *p, int dim, char *to) {
  if (dim == view->ndim) {
    copy_shared(to, p, (size_t)view->item_size);
    return to + view->item_size;
  }
  for (ssize_t i = 0; i < view->shape[dim]; i++) to = copy_items(view, p + i * view->strides[dim], dim + 1, to);
  return to;
}

static OWNED Value to_bytes(ThreadState *ts, const Buffer *view) {
  Value v = bytes_new(ts, NULL, bytes_of_shape(view));
  if (v == NULL || bytes_len(v) == 0) return v;
  if (is_contiguous(view)) copy_shared(bytes_data(v), view->data, (size_t)bytes_len(v));
  else copy_items(view, view->data, 0, bytes_data(v));
  return v;
}

static OWNED Value to_list(ThreadState *ts, const Buffer *view, const char *p, int dim) {
  if (dim == view->ndim) return unpack(ts, view, p);
  Value list = list_new(ts, view->shape[dim]);
  for (ssize_t i = 0; list && i < view->shape[dim]; i++) {
    Value item = to_list(ts, view, p + i * view->strides[dim], dim + 1);
    if (item == NULL || list_append_steal(ts, list, item) < 0) CLEAR(list);
  }
  return list;
}

/* A view for comparing: its format without the mark of the machine's order of bytes. False: a format of which nothing is known. */
static bool comparable(const Buffer *view, Buffer *out) {
  *out = *view;
  if (*out->format == '<') out->format++;
  return format_size(out->format) == out->item_size;
}
static Value memoryview_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_kind(a, K_MEMORYVIEW) || !has_buffer(ts, b)) return V_NOT_IMPLEMENTED;
  if (as_view(a)->view.owner == NULL || (is_kind(b, K_MEMORYVIEW) && as_view(b)->view.owner == NULL))
    return bool_value((a == b) == (op == CMP_EQ));
  Value other = memoryview_from(ts, b);
  if (other == NULL) return err_clear(ts), V_NOT_IMPLEMENTED;
  Buffer one, two, *x = &one, *y = &two;
  bool same = comparable(&as_view(a)->view, x) & comparable(&as_view(other)->view, y) && x->ndim == y->ndim;
  for (int d = 0; same && d < x->ndim; d++) same = x->shape[d] == y->shape[d];
  Value r = NULL;
  if (!same) {
    r = bool_value(op == CMP_NE);
  } else {
    bool whole = same_format(x, y) && strchr("fd", format_letter(x)) == NULL;
    Value p = whole ? to_bytes(ts, x) : to_list(ts, x, x->data, 0), q = p ? (whole ? to_bytes(ts, y) : to_list(ts, y, y->data, 0)) : NULL;
    if (q) r = compare(ts, p, q, op);
    xdecref(ts, p);
    xdecref(ts, q);
  }
  decref(ts, other);
  return r;
}

static int64_t memoryview_hash(ThreadState *ts, Value self) {
  MemoryView *m = as_view(self);
  if (m->hash != -1) return m->hash;
  if (check_live(ts, self) < 0) return -1;
  if (!m->view.readonly) {
    err_format(ts, EXC(ValueError), "cannot hash writable memoryview object");
    return -1;
  }
  if (strchr("Bbc", format_letter(&m->view)) == NULL) {
    err_format(ts, EXC(ValueError), "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    return -1;
  }
  Value b = to_bytes(ts, &m->view);
  if (b == NULL) return -1;
  m->hash = hash_bytes(ts, bytes_data(b), bytes_len(b));
  decref(ts, b);
  return m->hash;
}

static Value memoryview_repr(ThreadState *ts, Value self) {
  char address[24];
  snprintf(address, sizeof address, "%p", (void *)self);
  return str_format(ts, as_view(self)->view.owner ? "<memory at %s>" : "<released memory at %s>", address);
}

/* ---- lending on ---- */

static int memoryview_get_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  if (check_live(ts, self) < 0) return -1;
  MemoryView *m = as_view(self);
  if (writable && m->view.readonly) {
    err_format(ts, EXC(BufferError), "memoryview: underlying buffer is not writable");
    return -1;
  }
  if (!is_contiguous(&m->view)) { /* our callers take plain memory only: lend a copy */
    Value copy = writable ? NULL : to_bytes(ts, &m->view);
    if (copy == NULL) {
      if (writable) err_format(ts, EXC(BufferError), "memoryview: underlying buffer is not C-contiguous");
      return -1;
    }
    buffer_fill(view, copy, bytes_data(copy), bytes_len(copy), true);
    decref(ts, copy);
    return 0;
  }
  *view = m->view;
  view->owner = incref(self);
  m->exports++;
  return 0;
}
static void memoryview_release_buffer(ThreadState *ts, Value self, Buffer *view) { as_view(self)->exports--; }

/* ---- methods ---- */

static Value memoryview_release(NATIVE_ARGS) {
  MemoryView *m = as_view(self);
  if (m->exports > 0)
    return err_format(ts, EXC(BufferError), "memoryview has %zd exported buffer%s", m->exports, m->exports == 1 ? "" : "s");
  buffer_release(ts, &m->view);
  return V_NONE;
}

static Value memoryview_tobytes(NATIVE_ARGS) {
  static const char *const names[] = {"order"};
  static const ArgSpec spec = {"tobytes", 0, 1, 0, 1, names};
  Value order;
  if (args_bind(ts, &spec, args, nargs, kwnames, &order) < 0 || check_live(ts, self) < 0) return NULL;
  if (order && order != V_NONE) {
    if (!is_str(order)) return err_format(ts, EXC(TypeError), "tobytes() argument 'order' must be str or None, not %T", order);
    if (str_len(order) != 1 || strchr("CFA", (char)str_at(order, 0)) == NULL) return err_format(ts, EXC(ValueError), "order must be 'C', 'F' or 'A'");
  }
  return to_bytes(ts, &as_view(self)->view);
}

static Value memoryview_tolist(NATIVE_ARGS) {
  return check_live(ts, self) < 0 ? NULL : to_list(ts, &as_view(self)->view, as_view(self)->view.data, 0);
}

static Value memoryview_hex(NATIVE_ARGS) {
  if (check_live(ts, self) < 0) return NULL;
  Value b = to_bytes(ts, &as_view(self)->view);
  Value text = b ? bytes_hex(ts, bytes_data(b), bytes_len(b), args, nargs, kwnames) : NULL;
  xdecref(ts, b);
  return text;
}

static Value memoryview_toreadonly(NATIVE_ARGS) {
  if (check_live(ts, self) < 0) return NULL;
  Value v = memoryview_from(ts, self);
  if (v) as_view(v)->view.readonly = true;
  return v;
}

static int cast_shape(ThreadState *ts, Buffer *view, Value shape) {
  Value fast = seq_fast(ts, shape, "shape must be a list or a tuple");
  if (fast == NULL) return -1;
  ssize_t n, total = view->item_size;
  Value *items = seq_items(fast, &n);
  int r = -1;
  if (n > 8) {
    err_format(ts, EXC(ValueError), "memoryview: number of dimensions must not exceed 64");
    goto done;
  }
  for (ssize_t i = 0; i < n; i++) {
    if (!is_int(items[i])) {
      err_format(ts, EXC(TypeError), "memoryview.cast(): elements of shape must be integers");
      goto done;
    }
    view->shape[i] = num_as_ssize(ts, items[i], EXC(OverflowError));
    if (view->shape[i] == -1 && err_occurred(ts)) goto done;
    if (view->shape[i] <= 0) {
      err_format(ts, EXC(ValueError), "memoryview.cast(): elements of shape must be integers > 0");
      goto done;
    }
    if (__builtin_mul_overflow(total, view->shape[i], &total)) total = PTRDIFF_MAX;
  }
  if (total != view->length) {
    err_format(ts, EXC(TypeError), "memoryview: product(shape) * itemsize != buffer size");
    goto done;
  }
  view->ndim = (int)n;
  ssize_t stride = view->item_size;
  for (ssize_t i = n; --i >= 0; stride *= view->shape[i]) view->strides[i] = stride;
  r = 0;
done:
  decref(ts, fast);
  return r;
}

static Value memoryview_cast(NATIVE_ARGS) {
  static const char *const names[] = {"format", "shape"};
  static const ArgSpec spec = {"cast", 0, 2, 1, 2, names};
  Value out[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0 || check_live(ts, self) < 0) return NULL;
  Buffer *from = &as_view(self)->view;
  if (!is_str(out[0])) return err_format(ts, EXC(TypeError), "cast() argument 'format' must be str, not %T", out[0]);
  if (!is_contiguous(from)) return err_format(ts, EXC(TypeError), "memoryview: casts are restricted to C-contiguous views");
  if (out[1] && from->ndim != 1 && out[1] != V_NONE)
    return err_format(ts, EXC(TypeError), "memoryview: cast must be 1D -> ND or ND -> 1D");
  const char *format = str_chars(out[0]);
  ssize_t size = str_is_ascii(out[0]) && str_len(out[0]) < 3 ? format_size(format) : 0;
  if (size == 0)
    return err_format(ts, EXC(ValueError), "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  char letter = format[0] == '@' ? format[1] : format[0];
  if (strchr("Bbc", format_letter(from)) == NULL && strchr("Bbc", letter) == NULL)
    return err_format(ts, EXC(TypeError), "memoryview: cannot cast between two non-byte formats");
  ssize_t length = bytes_of_shape(from);
  if (length % size) return err_format(ts, EXC(TypeError), "memoryview: length is not a multiple of itemsize");
  Value v = memoryview_from(ts, self);
  if (v == NULL) return NULL;
  Buffer *to = &as_view(v)->view;
  strcpy(as_view(v)->format, format);
  to->format = as_view(v)->format;
  to->item_size = size;
  to->length = length;
  to->ndim = 1;
  to->shape[0] = length / size;
  to->strides[0] = size;
  if (out[1] && out[1] != V_NONE && cast_shape(ts, to, out[1]) < 0) CLEAR(v);
  return v;
}

static Value memoryview_enter(NATIVE_ARGS) { return check_live(ts, self) < 0 ? NULL : incref(self); }

static OWNED Value ssize_tuple(ThreadState *ts, const ssize_t *items, int n) {
  Value t = tuple_new(ts, n);
  for (int i = 0; t && i < n; i++) tuple_set(t, i, small_int_value(items[i]));
  return t;
}

#define GETTER(name, result) \
  static Value get_##name(ThreadState *ts, Value self) { \
    if (check_live(ts, self) < 0) return NULL; \
    Buffer *view = &as_view(self)->view; \
    (void)view; \
    return result; \
  }
GETTER(obj, incref(view->owner))
GETTER(nbytes, small_int_value(bytes_of_shape(view)))
GETTER(readonly, bool_value(view->readonly))
GETTER(itemsize, small_int_value(view->item_size))
GETTER(format, str_from_ascii(ts, view->format))
GETTER(ndim, small_int_value(view->ndim))
GETTER(shape, ssize_tuple(ts, view->shape, view->ndim))
GETTER(strides, ssize_tuple(ts, view->strides, view->ndim))
GETTER(suboffsets, tuple_new(ts, 0))
GETTER(c_contiguous, bool_value(is_contiguous(view)))
GETTER(f_contiguous, bool_value(view->ndim <= 1 && is_contiguous(view)))
#undef GETTER

static const MethodDef memoryview_methods[] = {
  {"release", memoryview_release, 0, 0, 0, "release($self, /)\n--\n\nRelease the underlying buffer exposed by the memoryview object."},
  {"tobytes", memoryview_tobytes, 0, -1, METHOD_KW, "tobytes($self, /, order='C')\n--\n\nReturn the data in the buffer as a byte string."},
  {"hex", memoryview_hex, 0, -1, METHOD_KW, "Return the data in the buffer as a str of hexadecimal numbers."},
  {"tolist", memoryview_tolist, 0, 0, 0, "tolist($self, /)\n--\n\nReturn the data in the buffer as a list of elements."},
  {"cast", memoryview_cast, 0, -1, METHOD_KW, "cast($self, /, format, shape=<unrepresentable>)\n--\n\nCast a memoryview to a new format or shape."},
  {"toreadonly", memoryview_toreadonly, 0, 0, 0, "toreadonly($self, /)\n--\n\nReturn a readonly version of the memoryview."},
  {"__enter__", memoryview_enter, 0, 0, 0, NULL},
  {"__exit__", memoryview_release, 0, -1, 0, NULL},
  {0}};
static const GetSetDef memoryview_getsets[] = {
  {"obj", get_obj, NULL, "The underlying object of the memoryview."},
  {"nbytes", get_nbytes, NULL, "The amount of space in bytes that the array would use in a contiguous representation."},
  {"readonly", get_readonly, NULL, "A bool indicating whether the memory is read only."},
  {"itemsize", get_itemsize, NULL, "The size in bytes of each element of the memoryview."},
  {"format", get_format, NULL, "The format of each element, in struct module style."},
  {"ndim", get_ndim, NULL, "How many dimensions the memory represents."},
  {"shape", get_shape, NULL, "The length of each dimension."},
  {"strides", get_strides, NULL, "The steps in bytes to the next element of each dimension."},
  {"suboffsets", get_suboffsets, NULL, "Used internally for PIL-style arrays."},
  {"c_contiguous", get_c_contiguous, NULL, "A bool indicating whether the memory is C contiguous."},
  {"f_contiguous", get_f_contiguous, NULL, "A bool indicating whether the memory is Fortran contiguous."},
  {"contiguous", get_c_contiguous, NULL, "A bool indicating whether the memory is contiguous."},
  {0}};

/* ---- iterating ---- */

static Value iterator_next(ThreadState *ts, Value self) {
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return NULL;
  if (check_live(ts, it->sequence) < 0) return NULL;
  Buffer *view = &as_view(it->sequence)->view;
  if (it->index < view->shape[0]) return unpack(ts, view, view->data + it->index++ * view->strides[0]);
  CLEAR(it->sequence);
  return NULL;
}

static Value memoryview_iter(ThreadState *ts, Value self) {
  static const TypeSpec spec = {
    .name = "memory_iterator",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear,
              .iter = iterator_itself, .next = iterator_next},
  };
  if (check_live(ts, self) < 0) return NULL;
  if (as_view(self)->view.ndim == 0) return err_format(ts, EXC(TypeError), "invalid indexing of 0-dim memory");
  if (as_view(self)->view.ndim != 1) return err_format(ts, EXC(NotImplementedError), "multi-dimensional sub-views are not implemented");
  return sequence_iterator_new(ts, more_type(ts, MORE_MEMORY_ITERATOR, &spec, K_OBJECT), self);
}

Type *type_memoryview_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "memoryview",
    .doc = "memoryview(object)\n--\n\nCreate a new memoryview object which references the given object.",
    .size = sizeof(MemoryView),
    .flags = TYPE_GC | TYPE_SEQUENCE | TYPE_WEAKREFS,
    .slots = {.dealloc = memoryview_dealloc, .traverse = memoryview_traverse, .repr = memoryview_repr, .hash = memoryview_hash,
              .compare = memoryview_compare, .iter = memoryview_iter, .new = memoryview_new, .len = memoryview_len,
              .getitem = memoryview_getitem, .setitem = memoryview_setitem, .get_buffer = memoryview_get_buffer,
              .release_buffer = memoryview_release_buffer},
    .methods = memoryview_methods,
    .getsets = memoryview_getsets,
  };
  return type_from_spec(ts, &spec, NULL, K_MEMORYVIEW);
}
