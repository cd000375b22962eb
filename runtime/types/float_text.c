/* float_text.c - floats to text and back.
 * Keeps true: repr gives the shortest decimal that reads back as the same float, and among those the nearest one.
 * How: Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2020): one 64 x 128 bit multiplication for the
 *   float and for each end of its rounding interval, with the table of powers of ten in float_powers.def. Fixed
 *   precisions and hard readings are left to the C library, which rounds correctly.
 * Next: float.c, format.c. CPython: Python/dtoa.c, Python/pystrtod.c. */
#include "runtime/object.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

/* ---- shortest digits ---- */

typedef struct {
  uint64_t high, low;
} Power;
static const Power powers[] = {
#define POWER(high, low) {high##u, low##u},
#include "runtime/types/float_powers.def"
#undef POWER
};
enum { FIRST_POWER = -292 };

/* floor(g * c / 2**128) with the lowest bit set when bits were lost. */
static uint64_t multiply_to_odd(Power g, uint64_t c) {
  unsigned __int128 low = (unsigned __int128)g.low * c, high = (unsigned __int128)g.high * c + (uint64_t)(low >> 64);
  return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* d = digits * 10**exponent, digits as few as possible. d finite and > 0. */
static uint64_t shortest(double d, int *exponent) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
  int biased = (int)(bits >> 52 & 0x7ff);
  uint64_t c = biased ? fraction | (uint64_t)1 << 52 : fraction;
  int q = biased ? biased - 1075 : -1074; /* d = c * 2**q */
  if (biased && q <= 0 && q > -53 && (c & (((uint64_t)1 << -q) - 1)) == 0) { /* a small whole number */
    *exponent = 0;
    return c >> -q;
  }
  bool narrow_below = fraction == 0 && biased > 1; /* the float below is only half as far */
  bool ends_belong = (c & 1) == 0;                 /* half to even: the interval's ends round to d */
  int k = (q * 1262611 - (narrow_below ? 524031 : 0)) >> 22;
  int h = q + ((-k * 1741647) >> 19) + 1;
  Power g = powers[-k - FIRST_POWER];
  uint64_t lower = multiply_to_odd(g, (4 * c - 2 + narrow_below) << h);
  uint64_t middle = multiply_to_odd(g, (4 * c) << h);
  uint64_t upper = multiply_to_odd(g, (4 * c + 2) << h);
  if (!ends_belong) lower++, upper--;
  uint64_t s = middle / 4;
  if (s >= 10) { /* one digit fewer? */
    uint64_t t = s / 10;
    bool down_inside = lower <= 40 * t, up_inside = 40 * t + 40 <= upper;
    if (down_inside != up_inside) {
      *exponent = k + 1;
      return t + up_inside;
    }
  }
  *exponent = k;
  bool down_inside = lower <= 4 * s, up_inside = 4 * s + 4 <= upper;
  if (down_inside != up_inside) return s + up_inside;
  uint64_t half = 4 * s + 2;
  return s + (middle > half || (middle == half && (s & 1)));
}

int float_shortest_digits(double d, char *digits, int *point) {
  int exponent;
  uint64_t u = shortest(d, &exponent);
  while (u % 10 == 0) u /= 10, exponent++;
  char text[20], *p = text + sizeof text;
  for (; u; u /= 10) *--p = (char)('0' + u % 10);
  int n = (int)(text + sizeof text - p);
  memcpy(digits, p, (size_t)n);
  *point = n + exponent;
  return n;
}

/* ---- printing ---- */

enum { REPR_ROOM = 40 };

/* The repr of d into out; returns its length. */
static int write_repr(double d, int flags, char *out) {
  char *p = out;
  if (isnan(d)) {
    memcpy(p, flags & FLOAT_SIGN ? "+nan" : "nan", 4);
    return flags & FLOAT_SIGN ? 4 : 3;
  }
  if (signbit(d)) *p++ = '-';
  else if (flags & FLOAT_SIGN) *p++ = '+';
  if (isinf(d)) {
    memcpy(p, "inf", 3);
    return (int)(p + 3 - out);
  }
  char digits[20] = "0";
  int point = 1, n = 1;
  if (d != 0) n = float_shortest_digits(fabs(d), digits, &point);
  if (point > -4 && point <= 16) { /* 0.000123  123.456  1230000.0 */
    if (point <= 0) {
      *p++ = '0';
      *p++ = '.';
      for (int i = point; i < 0; i++) *p++ = '0';
      memcpy(p, digits, (size_t)n);
      return (int)(p + n - out);
    }
    for (int i = 0; i < point; i++) *p++ = i < n ? digits[i] : '0';
    if (n > point) {
      *p++ = '.';
      memcpy(p, digits + point, (size_t)(n - point));
      p += n - point;
    } else if (flags & (FLOAT_ADD_DOT_0 | FLOAT_ALT)) {
      *p++ = '.';
      if (flags & FLOAT_ADD_DOT_0) *p++ = '0';
    }
    return (int)(p - out);
  }
  *p++ = digits[0]; /* 1.23e-07 */
  if (n > 1 || flags & FLOAT_ALT) {
    *p++ = '.';
    memcpy(p, digits + 1, (size_t)(n - 1));
    p += n - 1;
  }
  return (int)(p - out) + sprintf(p, "e%+03d", point - 1);
}

Value float_repr_of(ThreadState *ts, double d) {
  char text[REPR_ROOM];
  int n = write_repr(d, FLOAT_ADD_DOT_0, text);
  Value s = str_new(ts, n, 0x7f);
  if (s) memcpy(as_str(s)->data, text, (size_t)n);
  return s;
}

/* "-0.00" is "0.00" for those who asked. */
static void drop_zero_sign(char *text) {
  if (text[0] != '-') return;
  for (char *p = text + 1; *p && *p != 'e' && *p != 'E'; p++)
    if (*p != '0' && *p != '.') return;
  memmove(text, text + 1, strlen(text));
}

/* With ADD_DOT_0 a 'g' has room for one digit fewer before it turns to an exponent: 123.0 in 3 digits is 1.23e+02. */
static bool needs_exponent(double d, int precision) {
  char text[400];
  if (precision < 1) precision = 1;
  if (precision > 300) return false;
  snprintf(text, sizeof text, "%.*e", precision - 1, d);
  return atoi(strchr(text, 'e') + 1) == precision - 1;
}

/* 1.2300e+02 -> 1.23e+02 */
static void drop_trailing_zeros(char *text) {
  char *e = strchr(text, 'e'), *end = e;
  if (e == NULL || memchr(text, '.', (size_t)(e - text)) == NULL) return;
  while (end[-1] == '0') end--;
  if (end[-1] == '.') end--;
  memmove(end, e, strlen(e) + 1);
}

char *float_to_chars(ThreadState *ts, double d, char code, int precision, int flags) {
  if (code == 'r' || !isfinite(d)) {
    char *text = mem_alloc(ts, REPR_ROOM);
    if (text == NULL) return NULL;
    int n = write_repr(d, flags, text);
    text[n] = 0;
    if (code >= 'A' && code <= 'Z')
      for (int i = 0; i < n; i++) text[i] = (char)toupper((unsigned char)text[i]);
    if (flags & FLOAT_NO_NEGATIVE_0) drop_zero_sign(text);
    return text;
  }
  bool as_exponent = code == 'g' && flags & FLOAT_ADD_DOT_0 && needs_exponent(d, precision);
  if (as_exponent) {
    code = 'e';
    precision = precision > 0 ? precision - 1 : 0;
  }
  char format[12], *f = format;
  *f++ = '%';
  if (flags & FLOAT_SIGN) *f++ = '+';
  if (flags & FLOAT_ALT) *f++ = '#';
  *f++ = '.';
  *f++ = '*';
  *f++ = code;
  *f = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  char few[128];
  int n = snprintf(few, sizeof few, format, precision, d);
  char *text = n < 0 ? err_no_memory(ts), NULL : mem_alloc(ts, (size_t)n + 4);
  if (text == NULL) return NULL;
  if ((size_t)n < sizeof few) memcpy(text, few, (size_t)n + 1);
  else snprintf(text, (size_t)n + 1, format, precision, d);
#pragma GCC diagnostic pop
  if (as_exponent && !(flags & FLOAT_ALT)) drop_trailing_zeros(text);
  if (flags & FLOAT_ADD_DOT_0 && strpbrk(text, ".eE") == NULL) strcat(text, ".0");
  if (flags & FLOAT_NO_NEGATIVE_0) drop_zero_sign(text);
  return text;
}

/* ---- reading ---- */

static const double exact_tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static bool is_word(const char *p, const char *end, const char *word) {
  for (; p < end && *word; p++, word++)
    if ((*p | 0x20) != *word) return false;
  return p == end && *word == 0;
}

/* inf, infinity and nan behind the sign. */
static bool read_special(const char *p, const char *end, double *out) {
  if (is_word(p, end, "inf") || is_word(p, end, "infinity")) *out = INFINITY;
  else if (is_word(p, end, "nan")) *out = NAN;
  else return false;
  return true;
}

static bool read_with_strtod(const char *p, size_t n, double *out) {
  char few[64], *copy = n < sizeof few ? few : malloc(n + 1);
  if (copy == NULL) return false;
  memcpy(copy, p, n);
  copy[n] = 0;
  *out = strtod(copy, NULL);
  if (copy != few) free(copy);
  return true;
}

bool float_from_chars(const char *text, size_t n, double *out) {
  const char *p = text, *end = text + n;
  bool negative = false;
  if (p < end && (*p == '-' || *p == '+')) negative = *p++ == '-';
  uint64_t digits = 0;
  int count = 0, significant = 0, exponent = 0;
  for (; p < end && *p >= '0' && *p <= '9'; p++, count++)
    if (significant < 18 && (digits || *p != '0')) digits = digits * 10 + (uint64_t)(*p - '0'), significant++;
    else if (digits) exponent++, significant = 99;
  if (p < end && *p == '.')
    for (p++; p < end && *p >= '0' && *p <= '9'; p++, count++) {
      if (significant >= 18) {
        significant = 99;
        continue;
      }
      digits = digits * 10 + (uint64_t)(*p - '0');
      if (digits) significant++;
      exponent--;
    }
  if (count == 0) {
    if (!read_special(p, end, out) || (p > text && p[-1] == '.')) return false;
    if (negative) *out = -*out;
    return true;
  }
  if (p < end && (*p == 'e' || *p == 'E')) {
    p++;
    bool minus = false;
    if (p < end && (*p == '-' || *p == '+')) minus = *p++ == '-';
    if (p == end) return false;
    int e = 0;
    for (; p < end && *p >= '0' && *p <= '9'; p++)
      if (e < 100000) e = e * 10 + (*p - '0');
    exponent += minus ? -e : e;
  }
  if (p < end) return false;
  if (significant <= 18 && digits <= (uint64_t)1 << 53 && exponent >= -22 && exponent <= 22) { /* one rounding only */
    double d = (double)digits;
    d = exponent < 0 ? d / exact_tens[-exponent] : d * exact_tens[exponent];
    *out = negative ? -d : d;
    return true;
  }
  return read_with_strtod(text, n, out);
}

/* Underscores must stand between digits; they are dropped. *n changes. */
static bool drop_underscores(char *p, size_t *n) {
  size_t to = 0;
  for (size_t i = 0; i < *n; i++) {
    if (p[i] != '_') p[to++] = p[i];
    else if (i == 0 || i + 1 == *n || !isdigit((unsigned char)p[i - 1]) || !isdigit((unsigned char)p[i + 1])) return false;
    else continue;
    if (i > 0 && p[i] == '_' && p[i - 1] == '_') return false;
  }
  *n = to;
  return true;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Value float_parse(ThreadState *ts, Value text) {
  const char *p;
  size_t n;
  Buffer view = {0};
  char few[64], *copy = NULL;
  if (is_str(text)) p = as_str(text)->data, n = (size_t)str_len(text);
  else if (is_bytes(text)) p = bytes_data(text), n = (size_t)bytes_len(text);
  else if (buffer_get(ts, text, &view, false) == 0) p = view.data, n = (size_t)view.length;
  else return NULL;
  double d = 0;
  bool is_wide = is_str(text) && !str_is_ascii(text);
  bool good = !is_wide;
  if (is_wide || (n && memchr(p, '_', n))) {
    copy = n <= sizeof few ? few : mem_alloc(ts, n);
    if (copy == NULL) goto done;
    if (is_wide) {
      for (size_t i = 0; i < n; i++) {
        Char c = str_at(text, (ssize_t)i);
        int digit = c < 0x80 ? -1 : char_decimal_value(c);
        copy[i] = c < 0x80 ? (char)c : digit >= 0 ? (char)('0' + digit) : char_is_space(c) ? ' ' : '?';
      }
    } else {
      memcpy(copy, p, n);
    }
    p = copy;
    good = true;
  }
  while (n && is_space(*p)) p++, n--;
  while (n && is_space(p[n - 1])) n--;
  if (copy) good = drop_underscores((char *)p, &n);
  good = good && float_from_chars(p, n, &d);
  if (!good) err_format(ts, EXC(ValueError), "could not convert string to float: %R", text);
done:
  if (copy != few) mem_free(ts, copy);
  if (view.owner) buffer_release(ts, &view);
  return good ? float_new(ts, d) : NULL;
}
