/* str_build.c - the builder: text put together piece by piece, then made a str once.
 * Keeps true: data holds `length` characters of `width` bytes, and width is enough for max_char. Growing widens the
 *   whole when a wider character comes; strb_finish makes the narrowest str.
 * Next: str.c. CPython: _PyUnicodeWriter in Objects/unicodeobject.c. */
#include "runtime/object.h"

void strb_init(StrBuilder *b, ThreadState *ts) { *b = (StrBuilder){.ts = ts, .width = 1}; }

static inline int width_for(Char c) { return c < 0x100 ? 1 : c < 0x10000 ? 2 : 4; }

static void put_at(char *data, int width, ssize_t i, Char c) {
  if (width == 1) data[i] = (char)c;
  else if (width == 2) ((uint16_t *)data)[i] = (uint16_t)c;
  else ((uint32_t *)data)[i] = c;
}

static Char get_at(const char *data, int width, ssize_t i) {
  return width == 1 ? (uint8_t)data[i] : width == 2 ? ((const uint16_t *)data)[i] : ((const uint32_t *)data)[i];
}

static int widen(StrBuilder *b, int width, ssize_t capacity) {
  char *wide = mem_alloc(b->ts, (size_t)capacity * (size_t)width);
  if (wide == NULL) return -1;
  for (ssize_t i = 0; i < b->length; i++) put_at(wide, width, i, get_at(b->data, b->width, i));
  mem_free(b->ts, b->data);
  b->data = wide;
  b->width = width;
  b->capacity = capacity;
  return 0;
}

/* Room for n more characters up to max_char. */
static int reserve_slow(StrBuilder *b, ssize_t n, Char max_char) {
  int width = width_for(max_char);
  if (n > PTRDIFF_MAX / 8 - b->length) return err_no_memory(b->ts), -1;
  ssize_t capacity = b->capacity;
  if (b->length + n > capacity) {
    capacity = b->length + n;
    capacity += capacity / 2;
    if (capacity < 64) capacity = 64;
  }
  if (max_char > b->max_char) b->max_char = max_char;
  if (width > b->width) return widen(b, width, capacity);
  if (capacity == b->capacity) return 0;
  char *grown = mem_realloc(b->ts, b->data, (size_t)capacity * (size_t)b->width);
  if (grown == NULL) return -1;
  b->data = grown;
  b->capacity = capacity;
  return 0;
}

static inline int reserve(StrBuilder *b, ssize_t n, Char max_char) {
  if (LIKELY(max_char <= b->max_char && n <= b->capacity - b->length)) return 0;
  return reserve_slow(b, n, max_char);
}

int strb_char(StrBuilder *b, Char c) {
  if (reserve(b, 1, c) < 0) return -1;
  put_at(b->data, b->width, b->length++, c);
  return 0;
}

int strb_fill(StrBuilder *b, Char c, ssize_t n) {
  if (n <= 0) return 0;
  if (reserve(b, n, c) < 0) return -1;
  if (b->width == 1) memset(b->data + b->length, (int)c, (size_t)n);
  else
    for (ssize_t i = 0; i < n; i++) put_at(b->data, b->width, b->length + i, c);
  b->length += n;
  return 0;
}

int strb_ascii(StrBuilder *b, const char *p, ssize_t n) {
  if (n < 0) n = (ssize_t)strlen(p);
  if (n == 0) return 0;
  if (reserve(b, n, 0x7f) < 0) return -1;
  if (b->width == 1) memcpy(b->data + b->length, p, (size_t)n);
  else
    for (ssize_t i = 0; i < n; i++) put_at(b->data, b->width, b->length + i, (uint8_t)p[i]);
  b->length += n;
  return 0;
}

int strb_sub(StrBuilder *b, Value s, ssize_t start, ssize_t stop) {
  ssize_t n = stop - start;
  if (n <= 0) return 0;
  bool whole = start == 0 && stop == str_len(s);
  Char max_char = str_is_ascii(s) ? 0x7f
                  : whole         ? (Char)(str_width(s) == 1 ? 0xff : str_width(s) == 2 ? 0xffff : 0x10ffff)
                                  : str_max_char(s, start, stop);
  if (reserve(b, n, max_char) < 0) return -1;
  int width = str_width(s);
  if (width == b->width) {
    memcpy(b->data + b->length * width, as_str(s)->data + start * width, (size_t)(n * width));
  } else {
    for (ssize_t i = 0; i < n; i++) put_at(b->data, b->width, b->length + i, str_at(s, start + i));
  }
  b->length += n;
  return 0;
}

int strb_str(StrBuilder *b, Value s) { return strb_sub(b, s, 0, str_len(s)); }

void strb_drop(StrBuilder *b) {
  mem_free(b->ts, b->data);
  b->data = NULL;
  b->length = b->capacity = 0;
}

Value strb_finish(StrBuilder *b) {
  Value s;
  if (b->length == 1) {
    s = str_from_char(b->ts, get_at(b->data, b->width, 0));
  } else {
    /* max_char only tells the width: within it the characters themselves decide (ASCII or not). */
    s = str_new(b->ts, b->length, b->max_char ? b->max_char : 0x7f);
    if (s && b->length) memcpy(as_str(s)->data, b->data, (size_t)(b->length * b->width));
  }
  strb_drop(b);
  return s;
}
