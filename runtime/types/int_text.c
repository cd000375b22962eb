/* int_text.c - ints to text and back. Objects/longobject.c in CPython.
 * Keeps true: decimal conversions longer than interp->int_max_str_digits are refused in both directions, as they take
 *   more than linear time; bases that are powers of two are free.
 * Next: int.c (arithmetic), format.c (format specs). */
#include "runtime/object.h"

#include <stdlib.h>

/* ---- int -> text ---- */

static const char digit_pairs[] =
  "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657"
  "5859606162636465666768697071727374757677787980818283848586878889909192939495969798990";

/* Write u's decimal digits so that they end before `end`; returns where they begin. */
static char *write_decimal(char *end, uint64_t u) {
  while (u >= 100) {
    memcpy(end -= 2, digit_pairs + u % 100 * 2, 2);
    u /= 100;
  }
  if (u >= 10) memcpy(end -= 2, digit_pairs + u * 2, 2);
  else *--end = (char)('0' + u);
  return end;
}

static OWNED Value small_to_str(ThreadState *ts, int64_t i, int base) {
  char buffer[72], *end = buffer + sizeof buffer, *p = end;
  uint64_t u = i < 0 ? -(uint64_t)i : (uint64_t)i;
  if (base == 10) {
    if (i >= 0 && i < 10) return str_from_char(ts, (Char)('0' + i));
    p = write_decimal(end, u);
  } else {
    do *--p = "0123456789abcdefghijklmnopqrstuvwxyz"[u % (unsigned)base];
    while ((u /= (unsigned)base) != 0);
  }
  if (i < 0) *--p = '-';
  if (end - p == 1) return str_from_char(ts, (Char)*p);
  Value s = str_new(ts, end - p, 0x7f);
  if (s) memcpy(as_str(s)->data, p, (size_t)(end - p));
  return s;
}

static OWNED Value too_many_digits(ThreadState *ts) {
  return err_format(ts, EXC(ValueError),
                    "Exceeds the limit (%d digits) for integer string conversion; "
                    "use sys.set_int_max_str_digits() to increase the limit",
                    ts->interp->int_max_str_digits);
}

Value int_to_str(ThreadState *ts, Value v, int base) {
  v = int_value(v);
  if (LIKELY(is_small_int(v))) return small_to_str(ts, small_int(v), base);
  int limit = ts->interp->int_max_str_digits;
  bool is_limited = limit > 0 && (base & (base - 1)) != 0;
  /* surely too long: stop before the work; 3.33 > log2(10) */
  if (is_limited && base == 10 && (double)int_bit_length(v) > 3.33 * limit + 64) return too_many_digits(ts);
  mpz_t view;
  mp_limb_t one;
  mpz_srcptr z = int_view(v, view, &one);
  size_t room = mpz_sizeinbase(z, base) + 2;
  char *text = mem_alloc(ts, room);
  if (text == NULL) return NULL;
  mpz_get_str(text, base, z);
  size_t n = strlen(text);
  Value s = NULL;
  if (is_limited && base == 10 && n - (text[0] == '-') > (size_t)limit) too_many_digits(ts);
  else if ((s = str_new(ts, (ssize_t)n, 0x7f)) != NULL) memcpy(as_str(s)->data, text, n);
  mem_free(ts, text);
  return s;
}

Value int_repr(ThreadState *ts, Value v) { return int_to_str(ts, v, 10); }

/* ---- text -> int ---- */

static inline int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

static OWNED Value long_text(ThreadState *ts, const char *digits, size_t n, int base) {
  int limit = ts->interp->int_max_str_digits;
  if (limit > 0 && n > (size_t)limit && (base & (base - 1)) != 0)
    return err_format(ts, EXC(ValueError),
                      "Exceeds the limit (%d digits) for integer string conversion: value has %zd digits; "
                      "use sys.set_int_max_str_digits() to increase the limit",
                      limit, (ssize_t)n);
  char *copy = mem_alloc(ts, n + 1);
  if (copy == NULL) return NULL;
  memcpy(copy, digits, n);
  copy[n] = 0;
  mpz_t z;
  mpz_init(z);
  Value v = mpz_set_str(z, copy, base) == 0 ? int_from_mpz(ts, z) : err_format(ts, EXC(ValueError), "invalid digits");
  mpz_clear(z);
  mem_free(ts, copy);
  return v;
}

Value int_from_text(ThreadState *ts, const char *digits, size_t n, int base) {
  while (n > 1 && *digits == '0') digits++, n--;
  if (n > 11 && !(base <= 10 && n <= 18)) return long_text(ts, digits, n, base);
  uint64_t u = 0;
  for (size_t i = 0; i < n; i++) u = u * (unsigned)base + (unsigned)digit_of(digits[i]);
  return int_from_u64(ts, u);
}

static OWNED Value invalid_literal(ThreadState *ts, Value text, int base) {
  Value shown = repr_of(ts, text);
  if (shown && str_len(shown) > 200) {
    Value cut = str_substring(ts, shown, 0, 200);
    decref(ts, shown);
    shown = cut;
  }
  if (shown == NULL) return NULL;
  err_format(ts, EXC(ValueError), "invalid literal for int() with base %d: %U", base, shown);
  decref(ts, shown);
  return NULL;
}

static bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Take sign, prefix and underscores off p[0..n) and read the digits. *bad: not an int. digits: room for n. */
static OWNED Value read_literal(ThreadState *ts, const char *p, size_t n, int base, char *digits, bool *bad) {
  *bad = true;
  const char *end = p + n;
  while (p < end && is_ascii_space(*p)) p++;
  while (p < end && is_ascii_space(end[-1])) end--;
  bool negative = false;
  if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
  bool zero_only = false;
  if (p + 1 < end && *p == '0') {
    char letter = p[1] | 0x20;
    int prefix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (prefix && (base == 0 || base == prefix)) {
      base = prefix;
      p += 2;
      if (p < end && *p == '_') p++;
    } else if (base == 0) {
      zero_only = true;
    }
  }
  if (base == 0) base = 10;
  size_t count = 0;
  bool after_digit = false;
  for (; p < end; p++) {
    if (*p == '_') {
      if (!after_digit) return NULL;
      after_digit = false;
      continue;
    }
    if (digit_of(*p) >= base || (zero_only && *p != '0')) return NULL;
    digits[count++] = *p;
    after_digit = true;
  }
  if (!after_digit) return NULL;
  *bad = false;
  Value v = int_from_text(ts, digits, count, base);
  if (v == NULL || !negative) return v;
  Value minus = int_negate(ts, v);
  decref(ts, v);
  return minus;
}

/* Text of a str as ASCII: other decimal digits become 0..9, other spaces ' ', the rest '?'. Into room for all. */
static void plain_digits(Value text, char *out) {
  for (ssize_t i = 0; i < str_len(text); i++) {
    Char c = str_at(text, i);
    int digit = c < 0x80 ? -1 : char_decimal_value(c);
    out[i] = c < 0x80 ? (char)c : digit >= 0 ? (char)('0' + digit) : char_is_space(c) ? ' ' : '?';
  }
}

Value int_parse(ThreadState *ts, Value text, int base) {
  const char *p;
  size_t n;
  char *plain = NULL;
  if (is_str(text)) {
    p = as_str(text)->data;
    n = (size_t)str_len(text);
    if (!str_is_ascii(text)) {
      if ((plain = mem_alloc(ts, n)) == NULL) return NULL;
      plain_digits(text, plain);
      p = plain;
    }
  } else if (is_bytes(text)) {
    p = bytes_data(text);
    n = (size_t)bytes_len(text);
  } else {
    p = ((ByteArray *)text)->data;
    n = (size_t)((ByteArray *)text)->length;
  }
  char few[64], *digits = n <= sizeof few ? few : mem_alloc(ts, n);
  Value v = NULL;
  bool bad = false;
  if (digits) v = read_literal(ts, p, n, base, digits, &bad);
  if (digits != few) mem_free(ts, digits);
  mem_free(ts, plain);
  return bad ? invalid_literal(ts, text, base) : v;
}
