/* struct_module.c - the module struct: values to the bytes of C structs and back.
 * How: a format is read once into a row of items (code, place, size); packing and unpacking walk over them. The last
 *   formats that functions were called with are kept as Structs.
 * Keeps true: length is the number of values of items, size the number of bytes; items lie inside of size.
 * Next: array.c. CPython: Modules/_struct.c. */
#include "runtime/module.h"

#include <math.h>

typedef struct {
  Type *struct_type, *iterator_type;
  Value error; /* struct.error */
  Value cache; /* dict: format to Struct */
} Shared;      /* the module's state, also at the types' native_data */

typedef struct {
  char code;
  bool is_native;         /* C's own type: decides about error texts and float overflow */
  ssize_t offset, size;   /* of one value */
  ssize_t repeat;         /* values; 1 for 's' and 'p' */
} Item;
typedef struct {
  Object base;
  Value format; /* str */
  Item *items;
  ssize_t n_items, size, length;
  bool is_little;
} Struct;
typedef struct {
  Object base;
  Value owner; /* Struct */
  Buffer view;
  ssize_t offset;
} UnpackIterator;

static Struct *as_struct(Value v) { return (Struct *)v; }
static Shared *shared_of(ThreadState *ts, Value v) {
  Type *t = type_of(ts, v);
  while (t->flags & TYPE_HEAP) t = t->base;
  return t->native_data;
}
static Shared *shared_of_module(Value module) { return module_state(module); }
#define ERROR(v) (shared_of(ts, v)->error)
enum { IS_LITTLE_HOST = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ };

/* ---- formats ---- */

/* Sizes of a code: of the C type (also its alignment), and after = < > !, 0 where it is not allowed. */
static bool code_sizes(char code, int *native, int *standard) {
  static const struct {
    char code;
    int8_t native, standard;
  } rows[] = {{'x', 1, 1}, {'c', 1, 1}, {'b', 1, 1}, {'B', 1, 1}, {'s', 1, 1}, {'p', 1, 1}, {'?', sizeof(bool), 1}, {'h', sizeof(short), 2}, {'H', sizeof(short), 2},
              {'i', sizeof(int), 4}, {'I', sizeof(int), 4}, {'l', sizeof(long), 4}, {'L', sizeof(long), 4}, {'q', sizeof(long long), 8}, {'Q', sizeof(long long), 8},
              {'n', sizeof(ssize_t), 0}, {'N', sizeof(size_t), 0}, {'P', sizeof(void *), 0}, {'e', 2, 2}, {'f', sizeof(float), 4}, {'d', sizeof(double), 8}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    if (rows[i].code != code) continue;
    *native = rows[i].native, *standard = rows[i].standard;
    return true;
  }
  return false;
}
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* The next item of a format: 1, 0 at its end, -1. Moves *p on. */
static int next_code(ThreadState *ts, Value error, const char **p, const char *end, ssize_t *count, char *code) {
  while (*p < end && is_blank(**p)) (*p)++;
  if (*p == end) return 0;
  bool counted = false, too_long = false;
  *count = 1;
  for (; *p < end && **p >= '0' && **p <= '9'; (*p)++) {
    if (!counted) *count = 0;
    counted = true;
    too_long |= __builtin_mul_overflow(*count, 10, count) || __builtin_add_overflow(*count, **p - '0', count);
  }
  if (too_long) return err_format(ts, error, "total struct size too long"), -1;
  if (*p == end) return err_format(ts, error, "repeat count given without format specifier"), -1;
  *code = *(*p)++;
  return 1;
}

/* One item more: its place and size, and what it adds to the struct's size and length. */
static int add_item(ThreadState *ts, Value error, Struct *s, char mode, char code, ssize_t count) {
  int native, standard, size;
  if (!code_sizes(code, &native, &standard) || (mode != '@' && standard == 0)) return err_format(ts, error, "bad char in struct format"), -1;
  size = mode == '@' ? native : standard;
  ssize_t at = s->size, bytes;
  bool too_long = mode == '@' && size > 1 && __builtin_add_overflow(at, -at & (size - 1), &at);
  too_long = too_long || __builtin_mul_overflow(count, (ssize_t)size, &bytes) || __builtin_add_overflow(at, bytes, &s->size);
  if (too_long) return err_format(ts, error, "total struct size too long"), -1;
  if (code == 'x') return 0;
  bool is_text = code == 's' || code == 'p';
  bool is_native = mode == '@' || (s->is_little == IS_LITTLE_HOST && native == standard && code != 'f' && code != 'd');
  if (!is_text && count == 0) return 0;
  s->items[s->n_items++] = (Item){code, is_native, at, is_text ? count : size, is_text ? 1 : count};
  s->length += is_text ? 1 : count;
  return 0;
}

static int read_format(ThreadState *ts, Value error, Struct *s) {
  const char *p = str_chars(s->format), *end = p + str_len(s->format);
  if (memchr(p, 0, (size_t)(end - p))) return err_format(ts, error, "embedded null character"), -1;
  s->items = mem_alloc(ts, (size_t)(end - p + 1) * sizeof *s->items);
  if (s->items == NULL) return -1;
  char mode = '@', code;
  if (p < end && strchr("@=<>!", *p)) mode = *p++;
  s->is_little = mode == '<' || ((mode == '@' || mode == '=') && IS_LITTLE_HOST);
  ssize_t count;
  int r;
  while ((r = next_code(ts, error, &p, end, &count, &code)) == 1)
    if (add_item(ts, error, s, mode, code, count) < 0) return -1;
  return r;
}

/* OWNED ASCII str of a format argument. */
static Value format_text(ThreadState *ts, Value v) {
  if (is_bytes(v)) return str_decode(ts, bytes_data(v), bytes_len(v), "ascii", "surrogateescape");
  if (!is_str(v)) return err_format(ts, EXC(TypeError), "Struct() argument 1 must be a str or bytes object, not %T", v);
  if (str_is_ascii(v)) return incref(v);
  Value ascii = str_encode(ts, v, "ascii", NULL);
  xdecref(ts, ascii);
  return NULL;
}
static Value struct_make(ThreadState *ts, Type *type, Value format) {
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  as_struct(v)->format = format_text(ts, format);
  if (as_struct(v)->format && read_format(ts, ERROR(v), as_struct(v)) == 0) return v;
  decref(ts, v);
  return NULL;
}
/* The Struct of a format that a function was called with: OWNED. */
static Value cached_struct(ThreadState *ts, Value module, Value format) {
  Shared *shared = shared_of_module(module);
  bool can_keep = is_exact_str(format) || is_kind(format, K_BYTES);
  Value known = can_keep ? dict_get(ts, shared->cache, format) : NULL;
  if (known) return incref(known);
  Value made = err_occurred(ts) ? NULL : struct_make(ts, shared->struct_type, format);
  if (made == NULL || !can_keep) return made;
  if (dict_len(shared->cache) >= 100) dict_clear(ts, shared->cache);
  if (dict_set(ts, shared->cache, format, made) < 0) CLEAR(made);
  return made;
}

/* ---- one number ---- */

static void put_bytes(uint8_t *p, uint64_t bits, ssize_t size, bool little) {
  for (ssize_t i = 0; i < size; i++) p[little ? i : size - 1 - i] = (uint8_t)(bits >> (8 * i));
}
static uint64_t get_bytes(const uint8_t *p, ssize_t size, bool little) {
  uint64_t bits = 0;
  for (ssize_t i = 0; i < size; i++) bits |= (uint64_t)p[little ? i : size - 1 - i] << (8 * i);
  return bits;
}

/* A half float from a double, rounded to even: 1 bit sign, 5 exponent, 10 fraction. -1: too large. */
static int32_t half_from_double(double d) {
  int32_t sign = signbit(d) ? 0x8000 : 0;
  if (isnan(d)) return sign | 0x7e00;
  d = fabs(d);
  if (isinf(d)) return sign | 0x7c00;
  int exponent;
  frexp(d, &exponent); /* d = f * 2**exponent, .5 <= f < 1 */
  if (exponent < -13) exponent = -13; /* subnormal: steps of 2**-24 */
  double steps = nearbyint(ldexp(d, 11 - exponent)); /* 11 bits, the first of them hidden */
  int32_t half = d == 0 ? 0 : (int32_t)steps + ((exponent + 13) << 10); /* the hidden bit counts one into the exponent */
  return half >= 0x7c00 ? -1 : sign | half;
}
static double double_from_half(unsigned half) {
  int exponent = half >> 10 & 31, fraction = half & 0x3ff;
  double d = exponent == 31 ? (fraction ? NAN : INFINITY) : exponent ? ldexp(fraction + 1024, exponent - 25) : ldexp(fraction, -24);
  return half & 0x8000 ? -d : d;
}

/* An exact int of v (OWNED), for the integer codes. */
static Value integer_of(ThreadState *ts, Value error, Value v) {
  if (is_int(v)) return incref(int_value(v));
  if (!has_index(ts, v)) return err_format(ts, error, "required argument is not an integer");
  return num_index(ts, v);
}
static int range_error(ThreadState *ts, Value error, const Item *item) {
  bool is_signed = item->code >= 'a';
  int bits = (int)item->size * 8;
  if (item->size == 1) err_format(ts, error, is_signed ? "byte format requires -128 <= number <= 127" : "ubyte format requires 0 <= number <= 255");
  else if (item->size == 2 && item->is_native) err_format(ts, error, is_signed ? "short format requires -32768 <= number <= 32767" : "ushort format requires 0 <= number <= 65535");
  else if (is_signed) err_format(ts, error, "'%c' format requires %lld <= number <= %lld", item->code, -(1LL << (bits - 1)), (1LL << (bits - 1)) - 1);
  else err_format(ts, error, "'%c' format requires 0 <= number <= %lld", item->code, (1LL << bits) - 1);
  return -1;
}
/* A non-negative int of at most 64 bits. */
static bool fits_u64(Value v, uint64_t *out) {
  int64_t i;
  if (int_fits_i64(v, &i)) {
    *out = (uint64_t)i;
    return i >= 0;
  }
  if (int_sign(v) < 0 || int_bit_length(v) > 64) return false;
  mpz_t view;
  mp_limb_t limb;
  *out = mpz_getlimbn(int_view(v, view, &limb), 0);
  return true;
}
/* The bits of the exact int v in the item's size: 0, or -1 with struct.error. */
static int integer_bits(ThreadState *ts, Value error, const Item *item, Value v, uint64_t *bits) {
  int64_t i = 0;
  bool is_signed = item->code >= 'a', fits_signed = int_fits_i64(v, &i);
  const char *too_large = item->code == 'P' || (!item->is_native && item->size == 8) ? "int too large to convert" : "argument out of range";
  if (item->code == 'P' && fits_signed) return *bits = (uint64_t)i, 0;
  bool through_long = is_signed || item->size == 1 || (item->size == 2 && item->is_native);
  if (through_long) {
    if (!fits_signed) return err_format(ts, error, too_large), -1;
    *bits = (uint64_t)i;
    if (item->size == 8) return 0;
    int64_t limit = (int64_t)1 << (item->size * 8 - is_signed);
    return i >= limit || i < (is_signed ? -limit : 0) ? range_error(ts, error, item) : 0;
  }
  if (!fits_u64(v, bits)) return err_format(ts, error, too_large), -1;
  return item->size < 8 && *bits >> (item->size * 8) ? range_error(ts, error, item) : 0;
}

/* The bits of a float item: 0 or -1. */
static int float_bits(ThreadState *ts, Value error, const Item *item, Value v, uint64_t *bits) {
  double d;
  if (is_float(v)) {
    d = float_value(v);
  } else if (num_as_double(ts, v, &d) < 0) {
    err_clear(ts);
    return err_format(ts, error, "required argument is not a float"), -1;
  }
  bool too_large = false;
  if (item->code == 'd') {
    memcpy(bits, &d, 8);
  } else if (item->code == 'f') {
    float f = (float)d;
    uint32_t word;
    memcpy(&word, &f, 4);
    *bits = word;
    too_large = !item->is_native && isinf(f) && !isinf(d);
  } else {
    int32_t half = half_from_double(d);
    *bits = (uint64_t)half;
    too_large = half < 0;
  }
  if (!too_large) return 0;
  if (is_int(v)) err_format(ts, error, "int too large to convert");
  else err_format(ts, EXC(OverflowError), "float too large to pack with %c format", item->code);
  return -1;
}

/* ---- one value ---- */

static int pack_text(ThreadState *ts, Value error, const Item *item, uint8_t *p, Value v) {
  if (!is_bytes(v) && !is_bytearray(v)) return err_format(ts, error, "argument for '%c' must be a bytes object", item->code), -1;
  ssize_t n, room = item->size;
  const char *from = bytelike_data(v, &n);
  if (item->code == 'p') {
    if (room == 0) return 0;
    if (n > --room) n = room;
    *p++ = (uint8_t)(n > 255 ? 255 : n);
  }
  if (n > room) n = room;
  if (n) memcpy(p, from, (size_t)n);
  return 0;
}
static int pack_value(ThreadState *ts, Value error, const Struct *s, const Item *item, uint8_t *p, Value v) {
  uint64_t bits;
  int r;
  switch (item->code) {
    case 's':
    case 'p': return pack_text(ts, error, item, p, v);
    case 'c':
      if (!is_bytes(v) || bytes_len(v) != 1) return err_format(ts, error, "char format requires a bytes object of length 1"), -1;
      *p = (uint8_t)bytes_data(v)[0];
      return 0;
    case '?':
      if ((r = truth(ts, v)) < 0) return -1;
      *p = (uint8_t)r;
      return 0;
    case 'e':
    case 'f':
    case 'd': r = float_bits(ts, error, item, v, &bits); break;
    default: {
      Value i = integer_of(ts, error, v);
      if (i == NULL) return -1;
      r = integer_bits(ts, error, item, i, &bits);
      decref(ts, i);
    }
  }
  if (r == 0) put_bytes(p, bits, item->size, s->is_little);
  return r;
}
static Value unpack_value(ThreadState *ts, const Struct *s, const Item *item, const uint8_t *p) {
  if (item->code == 's' || item->code == 'c') return bytes_new(ts, (const char *)p, item->size);
  if (item->code == 'p') {
    ssize_t n = item->size == 0 ? 0 : p[0] < item->size ? p[0] : item->size - 1;
    return bytes_new(ts, (const char *)p + 1, n);
  }
  uint64_t bits = get_bytes(p, item->size, s->is_little);
  switch (item->code) {
    case '?': return bool_value(bits != 0);
    case 'e': return float_new(ts, double_from_half((unsigned)bits));
    case 'f': {
      uint32_t word = (uint32_t)bits;
      float f;
      memcpy(&f, &word, 4);
      return float_new(ts, (double)f);
    }
    case 'd': {
      double d;
      memcpy(&d, &bits, 8);
      return float_new(ts, d);
    }
    case 'P': return int_from_u64(ts, bits);
  }
  int unused = 64 - 8 * (int)item->size;
  return item->code >= 'a' ? int_from_i64(ts, (int64_t)(bits << unused) >> unused) : int_from_u64(ts, bits);
}

/* ---- whole structs ---- */

static int pack_to(ThreadState *ts, Value self, uint8_t *p, Value *values) {
  Struct *s = as_struct(self);
  Value error = ERROR(self);
  memset(p, 0, (size_t)s->size);
  for (ssize_t k = 0; k < s->n_items; k++) {
    const Item *item = &s->items[k];
    for (ssize_t i = 0; i < item->repeat; i++)
      if (pack_value(ts, error, s, item, p + item->offset + i * item->size, *values++) < 0) return -1;
  }
  return 0;
}
static Value unpack_from_memory(ThreadState *ts, Value self, const char *p) {
  Struct *s = as_struct(self);
  Value t = tuple_new(ts, s->length);
  ssize_t at = 0;
  for (ssize_t k = 0; t && k < s->n_items; k++) {
    const Item *item = &s->items[k];
    for (ssize_t i = 0; t && i < item->repeat; i++) {
      Value v = unpack_value(ts, s, item, (const uint8_t *)p + item->offset + i * item->size);
      if (v) tuple_set(t, at++, v);
      else CLEAR(t);
    }
  }
  return t;
}
static int check_count(ThreadState *ts, Value self, const char *function, ssize_t given) {
  if (given == as_struct(self)->length) return 0;
  err_format(ts, ERROR(self), "%s expected %zd items for packing (got %zd)", function, as_struct(self)->length, given);
  return -1;
}
static Value pack_values(ThreadState *ts, Value self, Value *values, ssize_t n) {
  if (check_count(ts, self, "pack", n) < 0) return NULL;
  Value v = bytes_new(ts, NULL, as_struct(self)->size);
  if (v && pack_to(ts, self, (uint8_t *)bytes_data(v), values) < 0) CLEAR(v);
  return v;
}
/* The place in a buffer of `length` bytes where `size` bytes shall be read or written. */
static int find_place(ThreadState *ts, Value self, bool packs, ssize_t length, ssize_t *offset) {
  ssize_t size = as_struct(self)->size;
  if (*offset < 0) {
    if (*offset + size > 0)
      return err_format(ts, ERROR(self), packs ? "no space to pack %zd bytes at offset %zd" : "not enough data to unpack %zd bytes at offset %zd", size, *offset), -1;
    if (*offset + length < 0) return err_format(ts, ERROR(self), "offset %zd out of range for %zd-byte buffer", *offset, length), -1;
    *offset += length;
  }
  if (length - *offset >= size) return 0;
  err_format(ts, ERROR(self), "%s requires a buffer of at least %llu bytes for %s %zd bytes at offset %zd (actual buffer size is %zd)", packs ? "pack_into" : "unpack_from",
             (unsigned long long)size + (unsigned long long)*offset, packs ? "packing" : "unpacking", size, *offset, length);
  return -1;
}
static Value pack_values_into(ThreadState *ts, Value self, Value *args, ssize_t nargs) {
  if (nargs == 0) return err_format(ts, ERROR(self), "pack_into expected buffer argument");
  if (nargs == 1) return err_format(ts, ERROR(self), "pack_into expected offset argument");
  if (check_count(ts, self, "pack_into", nargs - 2) < 0) return NULL;
  Buffer view;
  if (buffer_get(ts, args[0], &view, true) < 0) {
    err_clear(ts);
    return err_format(ts, EXC(TypeError), "argument must be read-write bytes-like object, not %T", args[0]);
  }
  ssize_t offset = num_as_ssize(ts, args[1], EXC(IndexError));
  bool failed = (offset == -1 && err_occurred(ts)) || find_place(ts, self, true, view.length, &offset) < 0 || pack_to(ts, self, (uint8_t *)view.data + offset, args + 2) < 0;
  buffer_release(ts, &view);
  return failed ? NULL : V_NONE;
}
static Value unpack_buffer(ThreadState *ts, Value self, Value buffer) {
  Buffer view;
  if (buffer_get(ts, buffer, &view, false) < 0) return NULL;
  Value t = NULL;
  if (view.length == as_struct(self)->size) t = unpack_from_memory(ts, self, view.data);
  else err_format(ts, ERROR(self), "unpack requires a buffer of %zd bytes", as_struct(self)->size);
  buffer_release(ts, &view);
  return t;
}
static Value unpack_buffer_from(ThreadState *ts, Value self, Value buffer, NULLABLE Value at) {
  Buffer view;
  ssize_t offset = at ? num_as_ssize(ts, at, EXC(IndexError)) : 0;
  if ((offset == -1 && err_occurred(ts)) || buffer_get(ts, buffer, &view, false) < 0) return NULL;
  Value t = find_place(ts, self, false, view.length, &offset) < 0 ? NULL : unpack_from_memory(ts, self, view.data + offset);
  buffer_release(ts, &view);
  return t;
}

/* ---- unpack_iterator ---- */

static Value iterate(ThreadState *ts, Value self, Value buffer) {
  ssize_t size = as_struct(self)->size;
  if (size == 0) return err_format(ts, ERROR(self), "cannot iteratively unpack with a struct of length 0");
  UnpackIterator *it = (UnpackIterator *)object_new_instance(ts, shared_of(ts, self)->iterator_type);
  if (it == NULL) return NULL;
  it->owner = incref(self);
  if (buffer_get(ts, buffer, &it->view, false) < 0) goto error;
  if (it->view.length % size == 0) return (Value)it;
  err_format(ts, ERROR(self), "iterative unpacking requires a buffer of a multiple of %zd bytes", size);
error:
  decref(ts, (Value)it);
  return NULL;
}
static Value iterator_next(ThreadState *ts, Value self) {
  UnpackIterator *it = (UnpackIterator *)self;
  if (it->owner == NULL) return NULL;
  if (it->offset < it->view.length) {
    ssize_t at = it->offset;
    it->offset += as_struct(it->owner)->size;
    return unpack_from_memory(ts, it->owner, it->view.data + at);
  }
  CLEAR(it->owner);
  buffer_release(ts, &it->view);
  return NULL;
}
static void iterator_dealloc(ThreadState *ts, Value self) {
  UnpackIterator *it = (UnpackIterator *)self;
  xdecref(ts, it->owner);
  buffer_release(ts, &it->view);
  object_release(ts, self);
}
static int iterator_traverse(Value self, Visit visit, void *arg) {
  VISIT(((UnpackIterator *)self)->owner);
  VISIT(((UnpackIterator *)self)->view.owner);
  return 0;
}
static Value iterator_hint(NATIVE_ARGS) {
  UnpackIterator *it = (UnpackIterator *)self;
  return small_int_value(it->owner ? (it->view.length - it->offset) / as_struct(it->owner)->size : 0);
}

/* ---- Struct ---- */

static Value struct_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"format"};
  static const ArgSpec spec = {"Struct", 0, 1, 1, 1, names};
  Value format;
  return args_bind(ts, &spec, args, nargs, kwnames, &format) < 0 ? NULL : struct_make(ts, type, format);
}
static void struct_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_struct(self)->format);
  mem_free(ts, as_struct(self)->items);
  object_release(ts, self);
}
static Value s_pack(NATIVE_ARGS) { return pack_values(ts, self, args, nargs); }
static Value s_pack_into(NATIVE_ARGS) { return pack_values_into(ts, self, args, nargs); }
static Value s_unpack(NATIVE_ARGS) { return unpack_buffer(ts, self, args[0]); }
static Value s_unpack_from(NATIVE_ARGS) {
  static const char *const names[] = {"buffer", "offset"};
  static const ArgSpec spec = {"unpack_from", 0, 2, 1, 2, names};
  Value given[2];
  return args_bind(ts, &spec, args, nargs, kwnames, given) < 0 ? NULL : unpack_buffer_from(ts, self, given[0], given[1]);
}
static Value s_iter_unpack(NATIVE_ARGS) { return iterate(ts, self, args[0]); }
static Value s_sizeof(NATIVE_ARGS) { return small_int_value((int64_t)sizeof(Struct) + as_struct(self)->n_items * (int64_t)sizeof(Item)); }
static Value get_format(ThreadState *ts, Value self) { return incref(as_struct(self)->format); }
static Value get_size(ThreadState *ts, Value self) { return small_int_value(as_struct(self)->size); }

/* ---- the module's functions ---- */

static Value m_calcsize(NATIVE_ARGS) {
  Value s = cached_struct(ts, self, args[0]), size = s ? small_int_value(as_struct(s)->size) : NULL;
  xdecref(ts, s);
  return size;
}
static Value m_pack(NATIVE_ARGS) {
  if (nargs == 0) return err_format(ts, EXC(TypeError), "missing format argument");
  Value s = cached_struct(ts, self, args[0]), r = s ? pack_values(ts, s, args + 1, nargs - 1) : NULL;
  xdecref(ts, s);
  return r;
}
static Value m_pack_into(NATIVE_ARGS) {
  if (nargs == 0) return err_format(ts, EXC(TypeError), "missing format argument");
  Value s = cached_struct(ts, self, args[0]), r = s ? pack_values_into(ts, s, args + 1, nargs - 1) : NULL;
  xdecref(ts, s);
  return r;
}
static Value m_unpack(NATIVE_ARGS) {
  Value s = cached_struct(ts, self, args[0]), r = s ? unpack_buffer(ts, s, args[1]) : NULL;
  xdecref(ts, s);
  return r;
}
static Value m_unpack_from(NATIVE_ARGS) {
  static const char *const names[] = {"format", "buffer", "offset"};
  static const ArgSpec spec = {"unpack_from", 1, 3, 2, 3, names};
  Value given[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value s = cached_struct(ts, self, given[0]), r = s ? unpack_buffer_from(ts, s, given[1], given[2]) : NULL;
  xdecref(ts, s);
  return r;
}
static Value m_iter_unpack(NATIVE_ARGS) {
  Value s = cached_struct(ts, self, args[0]), r = s ? iterate(ts, s, args[1]) : NULL;
  xdecref(ts, s);
  return r;
}
static Value m_clearcache(NATIVE_ARGS) {
  dict_clear(ts, shared_of_module(self)->cache);
  return V_NONE;
}

static const MethodDef struct_methods[] = {
    {"pack", s_pack, 0, -1, 0, "Bytes of the values v1, v2, ... after this format."}, {"pack_into", s_pack_into, 0, -1, 0, "Write the values' bytes into a writable buffer, from offset on."},
    {"unpack", s_unpack, 1, 1, 0, "unpack($self, buffer, /)\n--\n\nTuple of the values in a buffer of exactly this size."}, {"unpack_from", s_unpack_from, 0, -1, METHOD_KW, "unpack_from($self, /, buffer, offset=0)\n--\n\nTuple of the values in a buffer, from offset on."},
    {"iter_unpack", s_iter_unpack, 1, 1, 0, "iter_unpack($self, buffer, /)\n--\n\nIterator over the structs that fill a buffer."}, {"__sizeof__", s_sizeof, 0, 0, 0, NULL}, {0}};
static const GetSetDef struct_getsets[] = {{"format", get_format, NULL, "the format string"}, {"size", get_size, NULL, "size of the packed struct in bytes"}, {0}};
static const MethodDef iterator_methods[] = {{"__length_hint__", iterator_hint, 0, 0, 0, NULL}, {0}};
static const MethodDef methods[] = {
    {"calcsize", m_calcsize, 1, 1, 0, "calcsize($module, format, /)\n--\n\nSize in bytes of the struct that format describes."}, {"pack", m_pack, 0, -1, 0, "pack(format, v1, v2, ...) -> bytes"},
    {"pack_into", m_pack_into, 0, -1, 0, "pack_into(format, buffer, offset, v1, v2, ...)"}, {"unpack", m_unpack, 2, 2, 0, "unpack($module, format, buffer, /)\n--\n\nTuple of the values in a buffer of exactly the format's size."},
    {"unpack_from", m_unpack_from, 0, -1, METHOD_KW, "unpack_from($module, format, /, buffer, offset=0)\n--\n\nTuple of the values in a buffer, from offset on."},
    {"iter_unpack", m_iter_unpack, 2, 2, 0, "iter_unpack($module, format, buffer, /)\n--\n\nIterator over the structs that fill a buffer."}, {"_clearcache", m_clearcache, 0, 0, 0, "Forget the formats that were kept."}, {0}};

static Value error_class(ThreadState *ts) {
  Value name = str_intern_cstr(ts, "error"), bases = name ? tuple_of1(ts, EXC(Exception)) : NULL, dict = bases ? dict_new(ts) : NULL, module = dict ? str_intern_cstr(ts, "struct") : NULL, r = NULL;
  if (module && dict_set_cstr(ts, dict, "__module__", module) == 0) r = type_new_class(ts, TYPE(TYPE), name, bases, dict, NULL, NULL);
  Value owned[] = {name, bases, dict, module};
  for (int i = 0; i < 4; i++) xdecref(ts, owned[i]);
  return r;
}
static int start(ThreadState *ts, Value module) {
  static const TypeSpec struct_spec = {.name = "_struct.Struct", .doc = "Struct(fmt) --> compiled struct object", .size = sizeof(Struct), .flags = TYPE_BASETYPE | TYPE_WEAKREFS, .slots = {.new = struct_new, .dealloc = struct_dealloc}, .methods = struct_methods, .getsets = struct_getsets};
  static const TypeSpec iterator_spec = {.name = "_struct.unpack_iterator", .size = sizeof(UnpackIterator), .flags = TYPE_GC | TYPE_NO_NEW, .slots = {.dealloc = iterator_dealloc, .traverse = iterator_traverse, .iter = iterator_itself, .next = iterator_next}, .methods = iterator_methods};
  Shared *shared = module_state(module);
  if ((shared->error = error_class(ts)) == NULL || (shared->cache = dict_new(ts)) == NULL) return -1;
  if (module_add_type(ts, module, &struct_spec, NULL, &shared->struct_type) < 0 || (shared->iterator_type = type_from_spec(ts, &iterator_spec, NULL, K_OBJECT)) == NULL) return -1;
  shared->struct_type->native_data = shared->iterator_type->native_data = shared;
  return module_add(ts, module, "error", incref(shared->error));
}
const ModuleDef struct_module_def = {.name = "struct", .doc = "Values to the bytes of C structs and back.", .methods = methods, .start = start, .state_size = sizeof(Shared), .owned_values = 4};
