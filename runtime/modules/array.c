/* array.c - the module array: rows of C numbers or characters, all of one type, packed as C packs them.
 * How: a type code's row in `codes` tells size, range and words of errors; `load` and `store` go between memory and values.
 * Keeps true: data is NULL only while capacity is 0; while buffers are lent out (exports > 0) the length does not change,
 *   BufferError tells; user code (__index__, __float__, __iter__) never runs between a check of the length and its use.
 * Next: types/bytearray.c, struct_module.c. CPython: Modules/arraymodule.c. */
#include "runtime/module.h"

enum { RANGE_CHECKED, RANGE_UNSIGNED, RANGE_LONG, RANGE_LONG_LONG, RANGE_UNSIGNED_LONG_LONG, FLOATING, CHARACTER };

/* What is known of a type code. */
typedef struct {
  char code[2];       /* and as a str */
  const char *format; /* of buffers */
  int8_t size, check; /* check: how values are held against the range, a name of the enum above */
  int8_t machine;     /* code of the layout in pickles, for a little-endian machine; a big-endian one adds 1 */
  int64_t min, max;   /* of RANGE_CHECKED */
  const char *words;  /* the C type in errors */
  int64_t first_min, first_max; /* what the C type that is read first can hold, and its words */
  const char *first_words;
} Code;

#define SHORT INT16_MIN, INT16_MAX, "signed short integer"
#define INT INT32_MIN, INT32_MAX, "signed integer"
static const Code codes[] = {
    {"b", "b", 1, RANGE_CHECKED, 1, INT8_MIN, INT8_MAX, "signed char", SHORT},
    {"B", "B", 1, RANGE_CHECKED, 0, 0, UINT8_MAX, "unsigned byte integer", INT64_MIN, INT64_MAX, NULL},
    {"u", "w", 4, CHARACTER, 20, 0, 0, NULL, 0, 0, NULL},
    {"h", "h", 2, RANGE_CHECKED, 4, SHORT, SHORT},
    {"H", "H", 2, RANGE_CHECKED, 2, 0, UINT16_MAX, "unsigned short", INT},
    {"i", "i", 4, RANGE_CHECKED, 8, INT, INT},
    {"I", "I", 4, RANGE_UNSIGNED, 6, 0, UINT32_MAX, "unsigned int", 0, 0, NULL},
    {"l", "l", 8, RANGE_LONG, 12, 0, 0, NULL, 0, 0, NULL},
    {"L", "L", 8, RANGE_UNSIGNED, 10, 0, 0, NULL, 0, 0, NULL},
    {"q", "q", 8, RANGE_LONG_LONG, 12, 0, 0, NULL, 0, 0, NULL},
    {"Q", "Q", 8, RANGE_UNSIGNED_LONG_LONG, 10, 0, 0, NULL, 0, 0, NULL},
    {"f", "f", 4, FLOATING, 14, 0, 0, NULL, 0, 0, NULL},
    {"d", "d", 8, FLOATING, 16, 0, 0, NULL, 0, 0, NULL},
};
#undef SHORT
#undef INT
enum { CODE_COUNT = sizeof codes / sizeof codes[0], IS_BIG_HOST = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ };

typedef struct {
  Object base;
  const Code *code;
  ssize_t length, capacity; /* items */
  char *data;
  ssize_t exports;
} Array;
typedef struct {
  Type *array, *iterator;
} Types; /* the module's state, also at array.array's native_data */

static inline Array *as_array(Value v) { return (Array *)v; }
static inline char *place(Array *a, ssize_t i) { return a->data + i * a->code->size; }
static inline bool is_letter(const Array *a) { return a->code->check == CHARACTER; }
static void array_dealloc(ThreadState *ts, Value self);
static Type *native_type(ThreadState *ts, Type *t) {
  while (t->flags & TYPE_HEAP) t = t->base;
  return t;
}
static bool is_array(ThreadState *ts, Value v) { return is_object(v) && native_type(ts, type_of(ts, v))->slots.dealloc == array_dealloc; }
static Types *types_of(ThreadState *ts, Value self) { return native_type(ts, type_of(ts, self))->native_data; }
static const Code *find_code(Char c) {
  for (int i = 0; i < CODE_COUNT; i++)
    if ((Char)codes[i].code[0] == c) return &codes[i];
  return NULL;
}

/* ---- items to values and back ---- */

static OWNED Value load(ThreadState *ts, const Code *code, const char *p) {
  union {
    int16_t h; uint16_t H; int32_t i; uint32_t I; int64_t q; uint64_t Q; float f; double d;
  } u;
  memcpy(&u, p, (size_t)code->size);
  switch (code->code[0]) {
    case 'b': return small_int_value(*(const int8_t *)p);
    case 'B': return small_int_value(*(const uint8_t *)p);
    case 'h': return small_int_value(u.h);
    case 'H': return small_int_value(u.H);
    case 'i': return small_int_value(u.i);
    case 'I': return small_int_value(u.I);
    case 'f': return float_new(ts, (double)u.f);
    case 'd': return float_new(ts, u.d);
    case 'u':
      if (u.I > 0x10ffff) return err_format(ts, EXC(ValueError), "character U+%x is not in range [U+0000; U+10ffff]", (int)u.I);
      return str_from_char(ts, u.I);
    case 'l':
    case 'q': return int_from_i64(ts, u.q);
    default: return int_from_u64(ts, u.Q);
  }
}

static int out_of_range(ThreadState *ts, const char *words, bool below) {
  err_format(ts, EXC(OverflowError), "%s is %s", words, below ? "less than minimum" : "greater than maximum");
  return -1;
}
static int too_large(ThreadState *ts, const char *message) {
  err_format(ts, EXC(OverflowError), message);
  return -1;
}

/* The bits of the exact int v, or -1 with the OverflowError that CPython gives for this code. */
static int integer_bits(ThreadState *ts, const Code *code, Value v, uint64_t *bits) {
  int64_t i;
  bool fits = int_fits_i64(v, &i), is_negative = int_sign(v) < 0;
  *bits = (uint64_t)i;
  switch (code->check) {
    case RANGE_CHECKED:
      if (!fits) return too_large(ts, "Python int too large to convert to C long");
      if (i < code->first_min || i > code->first_max) return out_of_range(ts, code->first_words, i < 0);
      return i < code->min || i > code->max ? out_of_range(ts, code->words, i < code->min) : 0;
    case RANGE_LONG: return fits ? 0 : too_large(ts, "Python int too large to convert to C long");
    case RANGE_LONG_LONG: return fits ? 0 : too_large(ts, "int too big to convert");
  }
  bool is_quad = code->check == RANGE_UNSIGNED_LONG_LONG;
  if (is_negative) return too_large(ts, is_quad ? "can't convert negative int to unsigned" : "can't convert negative value to unsigned int");
  if (!fits) {
    if (int_bit_length(v) > 64) return too_large(ts, is_quad ? "int too big to convert" : "Python int too large to convert to C unsigned long");
    mpz_t view;
    mp_limb_t limb;
    *bits = mpz_getlimbn(int_view(v, view, &limb), 0);
  }
  return code->max && *bits > (uint64_t)code->max ? out_of_range(ts, code->words, false) : 0;
}

/* v as an item of this code, in item[8]: 0 or -1. Runs user code, so it never writes into an array itself. */
static int store(ThreadState *ts, const Code *code, char *item, Value v) {
  if (code->check == CHARACTER) {
    if (!is_str(v) || str_len(v) != 1) return err_format(ts, EXC(TypeError), "array item must be unicode character"), -1;
    Char c = str_at(v, 0);
    memcpy(item, &c, sizeof c);
    return 0;
  }
  if (code->check == FLOATING) {
    double d;
    if (num_as_double(ts, v, &d) < 0) return -1;
    float single = (float)d;
    if (code->size == 4) memcpy(item, &single, 4);
    else memcpy(item, &d, 8);
    return 0;
  }
  Value i = num_index(ts, v);
  if (i == NULL) return -1;
  uint64_t bits;
  int r = integer_bits(ts, code, i, &bits);
  decref(ts, i);
  if (IS_BIG_HOST) bits <<= 64 - 8 * code->size;
  if (r == 0) memcpy(item, &bits, (size_t)code->size);
  return r;
}

/* ---- memory ---- */

static int check_exports(ThreadState *ts, Array *a) {
  if (a->exports == 0) return 0;
  err_format(ts, EXC(BufferError), "cannot resize an array that is exporting buffers");
  return -1;
}
static int resize(ThreadState *ts, Array *a, ssize_t n) {
  if (n == a->length) return 0;
  if (check_exports(ts, a) < 0) return -1;
  if (n > a->capacity || n < a->capacity / 2) {
    ssize_t capacity = n == 0 ? 0 : n + (n >> 4) + (a->length < 8 ? 3 : 7), size;
    if (capacity < n || __builtin_mul_overflow(capacity, (ssize_t)a->code->size, &size)) return err_no_memory(ts), -1;
    char *data = NULL;
    if (size == 0) mem_free(ts, a->data);
    else if ((data = mem_realloc(ts, a->data, (size_t)size)) == NULL) return -1;
    a->data = data;
    a->capacity = capacity;
  }
  a->length = n;
  return 0;
}

static OWNED Value array_make(ThreadState *ts, Type *type, const Code *code, const char *p, ssize_t n) {
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  as_array(v)->code = code;
  if (resize(ts, as_array(v), n) < 0) return decref(ts, v), NULL;
  if (p && n) memcpy(as_array(v)->data, p, (size_t)(n * code->size));
  return v;
}
static OWNED Value like(ThreadState *ts, Value self, const char *p, ssize_t n) { return array_make(ts, types_of(ts, self)->array, as_array(self)->code, p, n); }
static void array_dealloc(ThreadState *ts, Value self) {
  mem_free(ts, as_array(self)->data);
  object_release(ts, self);
}

static int append(ThreadState *ts, Array *a, Value v) {
  char item[8];
  if (store(ts, a->code, item, v) < 0 || resize(ts, a, a->length + 1) < 0) return -1;
  memcpy(place(a, a->length - 1), item, (size_t)a->code->size);
  return 0;
}
static int append_bytes(ThreadState *ts, Array *a, const char *p, ssize_t bytes) {
  ssize_t at = a->length;
  if (bytes % a->code->size) return err_format(ts, EXC(ValueError), "bytes length not a multiple of item size"), -1;
  if (bytes == 0) return 0;
  if (resize(ts, a, at + bytes / a->code->size) < 0) return -1;
  memcpy(place(a, at), p, (size_t)bytes);
  return 0;
}
/* All items of an iterable. */
static int append_each(ThreadState *ts, Array *a, Value iterable) {
  Value it = iter_of(ts, iterable), item;
  if (it == NULL) return -1;
  while ((item = iter_next(ts, it)) != NULL) {
    int r = append(ts, a, item);
    decref(ts, item);
    if (r < 0) break;
  }
  decref(ts, it);
  return err_occurred(ts) ? -1 : 0;
}
static int append_text(ThreadState *ts, Array *a, Value text) {
  ssize_t at = a->length, n = str_len(text);
  if (n == 0) return 0;
  if (resize(ts, a, at + n) < 0) return -1;
  for (ssize_t i = 0; i < n; i++) {
    Char c = str_at(text, i);
    memcpy(place(a, at + i), &c, sizeof c);
  }
  return 0;
}
static int append_array(ThreadState *ts, Array *a, Array *from) {
  ssize_t at = a->length, n = from->length;
  if (a->code != from->code) return err_format(ts, EXC(TypeError), "can only extend with array of same kind"), -1;
  if (n == 0) return 0;
  if (resize(ts, a, at + n) < 0) return -1;
  memcpy(place(a, at), from->data, (size_t)(n * a->code->size));
  return 0;
}
static int extend(ThreadState *ts, Value self, Value v) {
  return is_array(ts, v) ? append_array(ts, as_array(self), as_array(v)) : append_each(ts, as_array(self), v);
}

/* ---- making one ---- */

static int check_initializer(ThreadState *ts, Char code, Value from) {
  const char *what = is_str(from) ? "str" : is_array(ts, from) && is_letter(as_array(from)) ? "unicode array" : NULL;
  if (what == NULL || code == 'u') return 0;
  err_format(ts, EXC(TypeError), "cannot use a %s to initialize an array with typecode '%c'", what, (int)code);
  return -1;
}
static int fill(ThreadState *ts, Value self, Value from) {
  Array *a = as_array(self);
  ssize_t n;
  if (is_bytes(from) || is_bytearray(from)) {
    const char *p = bytelike_data(from, &n);
    return append_bytes(ts, a, p, n);
  }
  if (is_letter(a) && is_str(from)) return append_text(ts, a, from);
  if (is_array(ts, from) && as_array(from)->code == a->code) return append_array(ts, a, as_array(from));
  return append_each(ts, a, from);
}
static Value array_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Type *native = native_type(ts, type);
  if (kwnames && tuple_len(kwnames) && type->slots.init == native->slots.init) return err_format(ts, EXC(TypeError), "array.array() takes no keyword arguments");
  if (nargs < 1) return err_format(ts, EXC(TypeError), "array() takes at least 1 argument (0 given)");
  if (nargs > 2) return err_format(ts, EXC(TypeError), "array() takes at most 2 arguments (%zd given)", nargs);
  if (!is_str(args[0]) || str_len(args[0]) != 1) return err_format(ts, EXC(TypeError), "array() argument 1 must be a unicode character, not %T", args[0]);
  Char c = str_at(args[0], 0);
  const Code *code = find_code(c);
  if (nargs == 2 && check_initializer(ts, c, args[1]) < 0) return NULL;
  if (code == NULL) return err_format(ts, EXC(ValueError), "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  Value self = array_make(ts, type, code, NULL, 0);
  if (self && nargs == 2 && fill(ts, self, args[1]) < 0) CLEAR(self);
  return self;
}
static int array_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return 0; } /* array_new did it */

/* ---- lists and text of it ---- */

static OWNED Value to_list(ThreadState *ts, Array *a) {
  Value list = list_new(ts, a->length);
  for (ssize_t i = 0; list && i < a->length; i++) {
    Value item = load(ts, a->code, place(a, i));
    if (item == NULL || list_append_steal(ts, list, item) < 0) CLEAR(list);
  }
  return list;
}
static OWNED Value to_text(ThreadState *ts, Array *a) {
  for (ssize_t i = 0; i < a->length; i++) {
    Value c = load(ts, a->code, place(a, i)); /* only to see that it is a character */
    if (c == NULL) return NULL;
    decref(ts, c);
  }
  return str_from_ucs4(ts, (const Char *)a->data, a->length);
}
static Value array_repr(ThreadState *ts, Value self) {
  Array *a = as_array(self);
  Value name = type_of(ts, self)->name;
  if (a->length == 0) return str_format(ts, "%U('%c')", name, a->code->code[0]);
  Value items = is_letter(a) ? to_text(ts, a) : to_list(ts, a);
  Value r = items ? str_format(ts, "%U('%c', %R)", name, a->code->code[0], items) : NULL;
  xdecref(ts, items);
  return r;
}

/* ---- methods: one item ---- */

static Value m_append(NATIVE_ARGS) { return append(ts, as_array(self), args[0]) < 0 ? NULL : V_NONE; }

/* self[start:start+removed] = n items at p; p NULL leaves them to be filled. */
static int splice(ThreadState *ts, Array *a, ssize_t start, ssize_t removed, const char *p, ssize_t n) {
  ssize_t tail = a->length - start - removed, size = a->code->size;
  if (n != removed && check_exports(ts, a) < 0) return -1;
  if (n < removed) memmove(place(a, start + n), place(a, start + removed), (size_t)(tail * size));
  if (resize(ts, a, a->length + n - removed) < 0) return -1;
  if (n > removed) memmove(place(a, start + n), place(a, start + removed), (size_t)(tail * size));
  if (p && n) memcpy(place(a, start), p, (size_t)(n * size));
  return 0;
}
static Value m_insert(NATIVE_ARGS) {
  Array *a = as_array(self);
  char item[8];
  ssize_t at = num_as_ssize(ts, args[0], EXC(OverflowError));
  if ((at == -1 && err_occurred(ts)) || store(ts, a->code, item, args[1]) < 0) return NULL;
  if (at < 0) at = at + a->length < 0 ? 0 : at + a->length;
  if (at > a->length) at = a->length;
  return splice(ts, a, at, 0, item, 1) < 0 ? NULL : V_NONE;
}
static Value m_pop(NATIVE_ARGS) {
  Array *a = as_array(self);
  ssize_t i = nargs ? num_as_ssize(ts, args[0], EXC(OverflowError)) : -1;
  if (nargs && i == -1 && err_occurred(ts)) return NULL;
  if (a->length == 0) return err_format(ts, EXC(IndexError), "pop from empty array");
  if (i < 0) i += a->length;
  if (i < 0 || i >= a->length) return err_format(ts, EXC(IndexError), "pop index out of range");
  Value v = load(ts, a->code, place(a, i));
  if (v && splice(ts, a, i, 1, NULL, 0) < 0) CLEAR(v);
  return v;
}

/* The first index in [start, stop) of an equal item; -1 none, -2 error. */
static ssize_t find(ThreadState *ts, Array *a, Value v, ssize_t start, ssize_t stop) {
  for (ssize_t i = start; i < stop && i < a->length; i++) {
    Value item = load(ts, a->code, place(a, i));
    int same = item ? compare_bool(ts, item, v, CMP_EQ) : -1;
    xdecref(ts, item);
    if (same) return same < 0 ? -2 : i;
  }
  return -1;
}
static int clipped(ThreadState *ts, Value v, ssize_t length, ssize_t *out) {
  if (!has_index(ts, v)) return err_format(ts, EXC(TypeError), "slice indices must be integers or have an __index__ method"), -1;
  *out = num_as_ssize(ts, v, NULL);
  if (*out == -1 && err_occurred(ts)) return -1;
  if (*out < 0) *out = *out + length < 0 ? 0 : *out + length;
  return 0;
}
static Value m_index(NATIVE_ARGS) {
  Array *a = as_array(self);
  ssize_t start = 0, stop = PTRDIFF_MAX;
  if ((nargs > 1 && clipped(ts, args[1], a->length, &start) < 0) || (nargs > 2 && clipped(ts, args[2], a->length, &stop) < 0)) return NULL;
  ssize_t i = find(ts, a, args[0], start, stop);
  if (i == -1) return err_format(ts, EXC(ValueError), "array.index(x): x not in array");
  return i < 0 ? NULL : small_int_value(i);
}
static Value m_remove(NATIVE_ARGS) {
  ssize_t i = find(ts, as_array(self), args[0], 0, PTRDIFF_MAX);
  if (i == -1) return err_format(ts, EXC(ValueError), "array.remove(x): x not in array");
  return i < 0 || splice(ts, as_array(self), i, 1, NULL, 0) < 0 ? NULL : V_NONE;
}
static Value m_count(NATIVE_ARGS) {
  int64_t n = 0;
  for (ssize_t i = 0;; n++) {
    i = find(ts, as_array(self), args[0], i, PTRDIFF_MAX) + 1;
    if (i == -1) return NULL;
    if (i == 0) return int_from_i64(ts, n);
  }
}
static int array_contains(ThreadState *ts, Value self, Value v) {
  ssize_t i = find(ts, as_array(self), v, 0, PTRDIFF_MAX);
  return i == -2 ? -1 : i >= 0;
}

/* ---- methods: the whole ---- */

static Value m_extend(NATIVE_ARGS) { return extend(ts, self, args[0]) < 0 ? NULL : V_NONE; }
static Value m_fromlist(NATIVE_ARGS) {
  Array *a = as_array(self);
  if (!is_list(args[0])) return err_format(ts, EXC(TypeError), "arg must be list");
  ssize_t old = a->length, n = list_len(args[0]);
  for (ssize_t i = 0; i < n; i++) {
    Value item = incref(list_get(args[0], i));
    int r = append(ts, a, item);
    decref(ts, item);
    if (r == 0 && list_len(args[0]) != n) r = (err_format(ts, EXC(RuntimeError), "list changed size during iteration"), -1);
    if (r == 0) continue;
    Value why = err_fetch(ts); /* all or nothing */
    if (old < a->length && resize(ts, a, old) < 0) err_clear(ts);
    err_restore(ts, why);
    return NULL;
  }
  return V_NONE;
}
static Value m_tolist(NATIVE_ARGS) { return to_list(ts, as_array(self)); }
static Value m_frombytes(NATIVE_ARGS) {
  Buffer view;
  if (buffer_get(ts, args[0], &view, false) < 0) return NULL;
  int r = -1;
  if (view.item_size != 1) err_format(ts, EXC(TypeError), "a bytes-like object is required");
  else r = append_bytes(ts, as_array(self), view.data, view.length);
  buffer_release(ts, &view);
  return r < 0 ? NULL : V_NONE;
}
static Value m_tobytes(NATIVE_ARGS) { return bytes_new(ts, as_array(self)->length ? as_array(self)->data : "", as_array(self)->length * as_array(self)->code->size); }
static Value m_fromunicode(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "fromunicode() argument must be str, not %T", args[0]);
  if (!is_letter(as_array(self))) return err_format(ts, EXC(ValueError), "fromunicode() may only be called on unicode type arrays");
  return append_text(ts, as_array(self), args[0]) < 0 ? NULL : V_NONE;
}
static Value m_tounicode(NATIVE_ARGS) {
  if (!is_letter(as_array(self))) return err_format(ts, EXC(ValueError), "tounicode() may only be called on unicode type arrays");
  return to_text(ts, as_array(self));
}
static Value m_fromfile(NATIVE_ARGS) {
  Array *a = as_array(self);
  if (nargs != 2) return err_format(ts, EXC(TypeError), "fromfile() takes exactly 2 positional arguments (%zd given)", nargs);
  ssize_t n = num_as_ssize(ts, args[1], EXC(OverflowError)), bytes;
  if (n == -1 && err_occurred(ts)) return NULL;
  if (n < 0) return err_format(ts, EXC(ValueError), "negative count");
  if (__builtin_mul_overflow(n, (ssize_t)a->code->size, &bytes)) return err_no_memory(ts);
  Value count = small_int_value(bytes), b = call_method1(ts, args[0], ID(read), count), r = NULL;
  if (b == NULL) return NULL;
  if (!is_bytes(b)) err_format(ts, EXC(TypeError), "read() didn't return bytes");
  else if (append_bytes(ts, a, bytes_data(b), bytes_len(b)) == 0)
    r = bytes_len(b) == bytes ? V_NONE : err_format(ts, EXC(EOFError), "read() didn't return enough bytes");
  decref(ts, b);
  return r;
}
static Value m_tofile(NATIVE_ARGS) {
  enum { BLOCK = 64 * 1024 };
  Array *a = as_array(self);
  if (nargs != 1) return err_format(ts, EXC(TypeError), "tofile() takes exactly 1 positional argument (%zd given)", nargs);
  for (ssize_t at = 0; at < a->length * a->code->size; at += BLOCK) {
    ssize_t left = a->length * a->code->size - at;
    Value block = bytes_new(ts, a->data + at, left < BLOCK ? left : BLOCK);
    Value done = block ? call_method1(ts, args[0], ID(write), block) : NULL;
    xdecref(ts, block);
    if (done == NULL) return NULL;
    decref(ts, done);
  }
  return V_NONE;
}
static void swap_items(char *data, ssize_t length, ssize_t size) {
  for (ssize_t i = 0; i < length; i++, data += size)
    for (ssize_t j = 0; j < size / 2; j++) {
      char c = data[j];
      data[j] = data[size - 1 - j];
      data[size - 1 - j] = c;
    }
}
static Value m_byteswap(NATIVE_ARGS) {
  swap_items(as_array(self)->data, as_array(self)->length, as_array(self)->code->size);
  return V_NONE;
}
static Value m_reverse(NATIVE_ARGS) {
  Array *a = as_array(self);
  char item[8];
  size_t size = (size_t)a->code->size;
  for (ssize_t i = 0, j = a->length - 1; i < j; i++, j--) {
    memcpy(item, place(a, i), size);
    memcpy(place(a, i), place(a, j), size);
    memcpy(place(a, j), item, size);
  }
  return V_NONE;
}
static Value m_buffer_info(NATIVE_ARGS) {
  return tuple_steal2(ts, int_from_i64(ts, (int64_t)(intptr_t)as_array(self)->data), small_int_value(as_array(self)->length));
}
static Value m_copy(NATIVE_ARGS) { return like(ts, self, as_array(self)->data, as_array(self)->length); }
static Value m_sizeof(NATIVE_ARGS) { return int_from_i64(ts, (int64_t)sizeof(Array) + as_array(self)->capacity * as_array(self)->code->size); }

/* ---- pickling ---- */

static OWNED Value code_text(ThreadState *ts, const Code *code) { return str_from_ascii(ts, code->code); }
static int machine_code(const Code *code) { return code->size == 1 ? code->machine : code->machine + IS_BIG_HOST; }

static Value m_reduce_ex(NATIVE_ARGS) {
  Array *a = as_array(self);
  if (nargs != 1) return err_format(ts, EXC(TypeError), "__reduce_ex__() takes exactly 1 positional argument (%zd given)", nargs);
  if (!is_int(args[0])) return err_format(ts, EXC(TypeError), "__reduce_ex__ argument should be an integer");
  ssize_t protocol = num_as_ssize(ts, args[0], EXC(OverflowError));
  if (protocol == -1 && err_occurred(ts)) return NULL;
  Value state = type_of(ts, self)->flags & TYPE_HAS_DICT ? object_get_dict(ts, self) : V_NONE;
  if (state == NULL) return NULL;
  Value type = (Value)type_of(ts, self), code = code_text(ts, a->code);
  if (protocol < 3) return tuple_steal3(ts, incref(type), tuple_steal2(ts, code, to_list(ts, a)), state);
  Value parts = tuple_new(ts, 4), maker = import_attr(ts, "array", "_array_reconstructor"), data = m_tobytes(ts, self, NULL, 0, NULL);
  if (parts == NULL || maker == NULL || data == NULL || code == NULL) {
    xdecref(ts, parts), xdecref(ts, maker), xdecref(ts, data), xdecref(ts, code), decref(ts, state);
    return NULL;
  }
  tuple_set(parts, 0, incref(type));
  tuple_set(parts, 1, code);
  tuple_set(parts, 2, small_int_value(machine_code(a->code)));
  tuple_set(parts, 3, data);
  return tuple_steal3(ts, maker, parts, state);
}

/* The items of a pickle from another machine, or of another size, as a list (text for characters). */
static OWNED Value read_foreign(ThreadState *ts, int machine, const char *p, ssize_t bytes) {
  bool is_big = machine & 1;
  if (machine >= 18) return str_decode(ts, p, bytes, machine < 20 ? (is_big ? "utf-16-be" : "utf-16-le") : is_big ? "utf-32-be" : "utf-32-le", NULL);
  const Code *code = &codes[0];
  while (code->check == CHARACTER || (code->machine & ~1) != (machine & ~1)) code++;
  if (machine < 2) is_big = IS_BIG_HOST, code = find_code(machine ? 'b' : 'B');
  if (bytes % code->size) return err_format(ts, EXC(ValueError), "string length not a multiple of item size");
  Value list = list_new(ts, bytes / code->size);
  for (ssize_t at = 0; list && at < bytes; at += code->size) {
    char item[8];
    memcpy(item, p + at, (size_t)code->size);
    if (is_big != IS_BIG_HOST) swap_items(item, 1, code->size);
    Value v = load(ts, code, item);
    if (v == NULL || list_append_steal(ts, list, v) < 0) CLEAR(list);
  }
  return list;
}
static Value reconstruct(NATIVE_ARGS) {
  Types *types = module_state(self);
  Type *type = (Type *)args[0];
  if (!is_type(args[0])) return err_format(ts, EXC(TypeError), "first argument must be a type object, not %T", args[0]);
  if (!type_is_subtype(type, types->array)) return err_format(ts, EXC(TypeError), "%N is not a subtype of %N", type, types->array);
  if (!is_str(args[1]) || str_len(args[1]) != 1) return err_format(ts, EXC(TypeError), "_array_reconstructor() argument 2 must be a unicode character, not %T", args[1]);
  const Code *code = find_code(str_at(args[1], 0));
  if (code == NULL) return err_format(ts, EXC(ValueError), "second argument must be a valid type code");
  int machine;
  if (num_as_int(ts, args[2], &machine) < 0) return NULL;
  if (machine < 0 || machine > 21) return err_format(ts, EXC(ValueError), "third argument must be a valid machine format code.");
  if (!is_bytes(args[3])) return err_format(ts, EXC(TypeError), "fourth argument should be bytes, not %T", args[3]);
  Value items = machine == machine_code(code) ? incref(args[3]) : read_foreign(ts, machine, bytes_data(args[3]), bytes_len(args[3]));
  for (int i = 0; i < CODE_COUNT && machine < 14 && machine != machine_code(code); i++) /* the code whose items fit best */
    if (codes[i].check < FLOATING && (codes[i].machine & ~1) == (machine & ~1) && (machine > 1 || codes[i].machine == machine)) {
      code = &codes[i];
      break;
    }
  Value text = items ? code_text(ts, code) : NULL, r = text ? call2(ts, (Value)type, text, items) : NULL;
  xdecref(ts, items);
  xdecref(ts, text);
  return r;
}

/* ---- subscripts ---- */

static ssize_t array_len(ThreadState *ts, Value self) { return as_array(self)->length; }
static int index_of(ThreadState *ts, Value key, ssize_t *i) {
  if (!has_index(ts, key)) return err_format(ts, EXC(TypeError), "array indices must be integers"), -1;
  *i = num_as_ssize(ts, key, EXC(IndexError));
  return *i == -1 && err_occurred(ts) ? -1 : 0;
}
static int check_index(ThreadState *ts, Array *a, ssize_t *i, const char *message) {
  if (*i < 0) *i += a->length;
  if (*i >= 0 && *i < a->length) return 0;
  err_format(ts, EXC(IndexError), message);
  return -1;
}
static int slice_of(ThreadState *ts, Array *a, Value slice, ssize_t *start, ssize_t *step, ssize_t *count) {
  ssize_t stop;
  if ((slice = slice_settle(ts, slice)) == NULL) return -1;
  int r = slice_indices(ts, slice, a->length, start, &stop, step, count);
  decref(ts, slice);
  return r;
}
static Value array_getitem(ThreadState *ts, Value self, Value key) {
  Array *a = as_array(self);
  ssize_t start, step, count;
  if (!is_kind(key, K_SLICE)) return index_of(ts, key, &start) < 0 || check_index(ts, a, &start, "array index out of range") < 0 ? NULL : load(ts, a->code, place(a, start));
  if (slice_of(ts, a, key, &start, &step, &count) < 0) return NULL;
  if (step == 1 || count <= 0) return like(ts, self, count > 0 ? place(a, start) : NULL, count > 0 ? count : 0);
  Value r = like(ts, self, NULL, count);
  for (ssize_t i = 0; r && i < count; i++) memcpy(place(as_array(r), i), place(a, start + i * step), (size_t)a->code->size);
  return r;
}

static void delete_stepped(Array *a, ssize_t start, ssize_t step, ssize_t count) {
  if (step < 0) start += step * (count - 1), step = -step;
  ssize_t to = start;
  for (ssize_t from = start, gone = 0; from < a->length; from++) {
    if (gone < count && from == start + gone * step) gone++;
    else memcpy(place(a, to++), place(a, from), (size_t)a->code->size);
  }
}
static int set_slice(ThreadState *ts, Value self, Value slice, Value value) {
  Array *a = as_array(self);
  ssize_t start, step, count, n = value ? as_array(value)->length : 0;
  Value copy = NULL;
  if (value == self) {
    if ((copy = value = like(ts, self, a->data, n)) == NULL) return -1;
  } else if (value && as_array(value)->code != a->code) {
    return err_bad_call(ts), -1;
  }
  int r = slice_of(ts, a, slice, &start, &step, &count);
  if (r == 0 && count < 0) count = 0;
  if (r == 0 && (n == 0 || count != n)) r = check_exports(ts, a);
  if (r < 0) {
  } else if (step == 1) {
    r = splice(ts, a, start, count, value ? as_array(value)->data : NULL, n);
  } else if (n == 0) {
    if (count) delete_stepped(a, start, step, count);
    r = resize(ts, a, a->length - count);
  } else if (n != count) {
    err_format(ts, EXC(ValueError), "attempt to assign array of size %zd to extended slice of size %zd", n, count);
    r = -1;
  } else {
    for (ssize_t i = 0; i < n; i++) memcpy(place(a, start + i * step), place(as_array(value), i), (size_t)a->code->size);
  }
  xdecref(ts, copy);
  return r;
}
static int array_setitem(ThreadState *ts, Value self, Value key, Value value) {
  Array *a = as_array(self);
  ssize_t i;
  char item[8];
  if (is_kind(key, K_SLICE)) {
    if (value == NULL || is_array(ts, value)) return set_slice(ts, self, key, value);
    err_format(ts, EXC(TypeError), "can only assign array (not \"%T\") to array slice", value);
    return -1;
  }
  if (index_of(ts, key, &i) < 0 || check_index(ts, a, &i, "array assignment index out of range") < 0) return -1;
  if (value == NULL) return splice(ts, a, i, 1, NULL, 0);
  if (store(ts, a->code, item, value) < 0 || check_index(ts, a, &i, "array assignment index out of range") < 0) return -1;
  memcpy(place(a, i), item, (size_t)a->code->size);
  return 0;
}

/* ---- operators ---- */

static Value array_concat(ThreadState *ts, Value a, Value b) {
  if (!is_array(ts, b)) return err_format(ts, EXC(TypeError), "can only append array (not \"%T\") to array", b);
  if (as_array(a)->code != as_array(b)->code) return err_bad_call(ts);
  Value r = like(ts, a, as_array(a)->data, as_array(a)->length);
  if (r && append_array(ts, as_array(r), as_array(b)) < 0) CLEAR(r);
  return r;
}
static Value array_inplace_concat(ThreadState *ts, Value a, Value b) {
  if (!is_array(ts, b)) return err_format(ts, EXC(TypeError), "can only extend array with array (not \"%T\")", b);
  return append_array(ts, as_array(a), as_array(b)) < 0 ? NULL : incref(a);
}
static int repeat_count(ThreadState *ts, Array *a, Value count, ssize_t *total) {
  ssize_t times = num_as_ssize(ts, count, EXC(OverflowError));
  if (times == -1 && err_occurred(ts)) return -1;
  if (times < 0) times = 0;
  if (__builtin_mul_overflow(times, a->length, total)) return err_no_memory(ts), -1;
  return 0;
}
static void fill_repeats(Array *a, ssize_t n) {
  for (ssize_t at = n; n && at < a->length; at += n) memcpy(place(a, at), a->data, (size_t)(n * a->code->size));
}
static Value array_repeat(ThreadState *ts, Value self, Value count) {
  Array *a = as_array(self);
  ssize_t total;
  if (!has_index(ts, count)) return err_format(ts, EXC(TypeError), "can't multiply sequence by non-int of type '%T'", count);
  if (repeat_count(ts, a, count, &total) < 0) return NULL;
  Value r = like(ts, self, NULL, total);
  if (r && total) memcpy(as_array(r)->data, a->data, (size_t)(a->length * a->code->size)), fill_repeats(as_array(r), a->length);
  return r;
}
static Value array_inplace_repeat(ThreadState *ts, Value self, Value count) {
  Array *a = as_array(self);
  ssize_t total, n = a->length;
  if (!has_index(ts, count)) return V_NOT_IMPLEMENTED;
  if (repeat_count(ts, a, count, &total) < 0 || resize(ts, a, total) < 0) return NULL;
  fill_repeats(a, n);
  return incref(self);
}

static Value array_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_array(ts, a) || !is_array(ts, b)) return V_NOT_IMPLEMENTED;
  Array *x = as_array(a), *y = as_array(b);
  if (x->length != y->length && (op == CMP_EQ || op == CMP_NE)) return bool_value(op == CMP_NE);
  for (ssize_t i = 0; i < x->length && i < y->length; i++) {
    if (x->code == y->code && x->code->check != FLOATING && memcmp(place(x, i), place(y, i), (size_t)x->code->size) == 0) continue;
    Value v = load(ts, x->code, place(x, i)), w = v ? load(ts, y->code, place(y, i)) : NULL, r = w ? compare(ts, v, w, CMP_EQ) : NULL;
    if (r == V_FALSE && op > CMP_NE) r = compare(ts, v, w, op);
    else if (r == V_FALSE && op < CMP_EQ) r = compare(ts, v, w, op);
    else if (r == V_FALSE) r = bool_value(op == CMP_NE);
    else if (r == V_TRUE) r = V_NOT_IMPLEMENTED; /* go on */
    xdecref(ts, v);
    xdecref(ts, w);
    if (r != V_NOT_IMPLEMENTED) return r;
  }
  return compare(ts, small_int_value(x->length), small_int_value(y->length), op);
}

/* ---- buffers and iterators ---- */

static int array_get_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  Array *a = as_array(self);
  buffer_fill(view, self, a->data ? a->data : (char *)"", a->length * a->code->size, false);
  view->item_size = view->strides[0] = a->code->size;
  view->shape[0] = a->length;
  view->format = a->code->format;
  a->exports++;
  return 0;
}
static void array_release_buffer(ThreadState *ts, Value self, Buffer *view) { as_array(self)->exports--; }

static Value iterator_next(ThreadState *ts, Value self) {
  HOLD2(ts, self, RACY_LOAD(((SequenceIterator *)self)->sequence));
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return NULL;
  Array *a = as_array(it->sequence);
  if (it->index < a->length) return load(ts, a->code, place(a, it->index++));
  CLEAR(it->sequence);
  return NULL;
}
static Value array_iter(ThreadState *ts, Value self) { return sequence_iterator_new(ts, types_of(ts, self)->iterator, self); }

static Value get_typecode(ThreadState *ts, Value self) { return code_text(ts, as_array(self)->code); }
static Value get_itemsize(ThreadState *ts, Value self) { return small_int_value(as_array(self)->code->size); }

static const GetSetDef getsets[] = {{"typecode", get_typecode, NULL, "the type code that the array was made with"}, {"itemsize", get_itemsize, NULL, "bytes of one item"}, {0}};
static const MethodDef array_methods[] = {
    {"append", m_append, 1, 1, 0, "append($self, v, /)\n--\n\nAdd one item at the end."},
    {"buffer_info", m_buffer_info, 0, 0, 0, "buffer_info($self, /)\n--\n\nThe memory's address and its length in items."},
    {"byteswap", m_byteswap, 0, 0, 0, "byteswap($self, /)\n--\n\nReverse the bytes of every item."},
    {"count", m_count, 1, 1, 0, "count($self, v, /)\n--\n\nHow many items are equal to v."},
    {"extend", m_extend, 1, 1, 0, "extend($self, bb, /)\n--\n\nAdd all items of an array of the same kind, or of any iterable, at the end."},
    {"fromfile", m_fromfile, 0, -1, 0, "fromfile($self, f, n, /)\n--\n\nRead n items from a binary file and add them at the end."},
    {"frombytes", m_frombytes, 1, 1, 0, "frombytes($self, buffer, /)\n--\n\nAdd items given as the bytes that they have in memory."},
    {"fromlist", m_fromlist, 1, 1, 0, "fromlist($self, list, /)\n--\n\nAdd all items of a list, or none if one does not fit."},
    {"fromunicode", m_fromunicode, 1, 1, 0, "fromunicode($self, ustr, /)\n--\n\nAdd the characters of a str to an array of type 'u'."},
    {"index", m_index, 1, 3, 0, "index($self, v, start=0, stop=sys.maxsize, /)\n--\n\nThe first place of an item equal to v; ValueError if there is none."},
    {"insert", m_insert, 2, 2, 0, "insert($self, i, v, /)\n--\n\nPut v before place i."},
    {"pop", m_pop, 0, 1, 0, "pop($self, i=-1, /)\n--\n\nTake an item out and return it."},
    {"remove", m_remove, 1, 1, 0, "remove($self, v, /)\n--\n\nTake out the first item equal to v."},
    {"reverse", m_reverse, 0, 0, 0, "reverse($self, /)\n--\n\nTurn the order of the items around."},
    {"tobytes", m_tobytes, 0, 0, 0, "tobytes($self, /)\n--\n\nThe items as the bytes that they have in memory."},
    {"tofile", m_tofile, 0, -1, 0, "tofile($self, f, /)\n--\n\nWrite the items' bytes to a binary file."},
    {"tolist", m_tolist, 0, 0, 0, "tolist($self, /)\n--\n\nA list of the items."},
    {"tounicode", m_tounicode, 0, 0, 0, "tounicode($self, /)\n--\n\nThe str of an array of type 'u'."},
    {"__copy__", m_copy, 0, 0, 0, "__copy__($self, /)\n--\n\nA copy of the array."},
    {"__deepcopy__", m_copy, 1, 1, 0, "__deepcopy__($self, unused, /)\n--\n\nA copy of the array."},
    {"__reduce_ex__", m_reduce_ex, 0, -1, 0, "__reduce_ex__($self, value, /)\n--\n\nHow to make it again, for pickle."},
    {"__sizeof__", m_sizeof, 0, 0, 0, "__sizeof__($self, /)\n--\n\nBytes of memory, the items included."},
    {0}};
static const MethodDef functions[] = {{"_array_reconstructor", reconstruct, 4, 4, 0, "_array_reconstructor($module, arraytype, typecode, mformat_code, items, /)\n--\n\nInternal: an array from its pickle."}, {0}};

static int register_sequence(ThreadState *ts, Type *array) {
  Value abc = import_attr(ts, "collections.abc", "MutableSequence"), name = abc ? str_intern_cstr(ts, "register") : NULL;
  Value r = name ? call_method1(ts, abc, name, (Value)array) : NULL;
  xdecref(ts, abc);
  xdecref(ts, name);
  xdecref(ts, r);
  return r ? 0 : -1;
}

static int start(ThreadState *ts, Value module) {
  static const TypeSpec array_spec = {
    .name = "array.array",
    .doc = "array(typecode [, initializer]) -> array\n\nA sequence of numbers or characters of one C type, kept packed. The type code\n"
           "is one of b B h H i I l L q Q (signed and unsigned integers), f d (floats), u (characters).\n"
           "The initializer is a list, an iterable of items, a bytes-like object of the items'\nmemory, or for 'u' a str.",
    .size = sizeof(Array),
    .flags = TYPE_BASETYPE | TYPE_WEAKREFS | TYPE_SEQUENCE,
    .slots = {.dealloc = array_dealloc, .new = array_new, .init = array_init, .repr = array_repr, .compare = array_compare, .iter = array_iter,
              .len = array_len, .getitem = array_getitem, .setitem = array_setitem, .contains = array_contains, .concat = array_concat,
              .repeat = array_repeat, .inplace_concat = array_inplace_concat, .inplace = {[NB_MULTIPLY] = array_inplace_repeat},
              .get_buffer = array_get_buffer, .release_buffer = array_release_buffer},
    .methods = array_methods,
    .getsets = getsets,
  };
  static const TypeSpec iterator_spec = {
    .name = "array.arrayiterator",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear,
              .iter = iterator_itself, .next = iterator_next},
    .methods = sequence_iterator_methods,
  };
  Types *types = module_state(module);
  if ((types->iterator = type_from_spec(ts, &iterator_spec, NULL, K_OBJECT)) == NULL) return -1;
  if (module_add_type(ts, module, &array_spec, NULL, &types->array) < 0) return -1;
  types->array->native_data = types;
  if (register_sequence(ts, types->array) < 0) return -1;
  if (module_add(ts, module, "ArrayType", incref((Value)types->array)) < 0) return -1;
  char letters[CODE_COUNT + 1] = {0};
  for (int i = 0; i < CODE_COUNT; i++) letters[i] = codes[i].code[0];
  return module_add_str(ts, module, "typecodes", letters);
}

const ModuleDef array_module_def = {
  .name = "array",
  .doc = "Arrays of numbers or characters, all of one C type.",
  .methods = functions,
  .start = start,
  .state_size = sizeof(Types),
  .owned_values = 2,
};
