/* format_spec.c - format(value, spec) for int, float, complex and str: "[[fill]align][sign][z][#][0][width][,][.prec][type]".
 * How: every number becomes four pieces of ASCII - sign, prefix, digits before the point, the rest - which put_number()
 *   groups, pads and puts together.
 * Next: format.c (str.format), percent.c. CPython: Python/formatter_unicode.c. */
#include "runtime/object.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
  Char fill;
  char align; /* < > ^ = */
  char sign;  /* + - space, 0: none given */
  char group; /* , _ or 0 */
  Char type;  /* 0: none given */
  bool fill_given, align_given, alternate, no_negative_zero;
  ssize_t width, precision; /* -1: none given */
} Spec;

/* ---- reading the spec ---- */

static bool is_align(Char c) { return c == '<' || c == '>' || c == '^' || c == '='; }

/* A whole number at *at; -1 when there is none, -2 with ValueError when it is too large. */
static ssize_t read_number(ThreadState *ts, Value spec, ssize_t *at) {
  ssize_t n = 0, i = *at;
  for (; i < str_len(spec); i++) {
    int digit = char_decimal_value(str_at(spec, i));
    if (digit < 0) break;
    if (n > (PTRDIFF_MAX - digit) / 10) {
      err_format(ts, EXC(ValueError), "Too many decimal digits in format string");
      return -2;
    }
    n = n * 10 + digit;
  }
  if (i == *at) return -1;
  *at = i;
  return n;
}

static int unknown_code(ThreadState *ts, Char type, Value v) {
  Value c = str_from_char(ts, type);
  if (c && type > 32 && type < 128) err_format(ts, EXC(ValueError), "Unknown format code '%U' for object of type '%T'", c, v);
  else if (c) err_format(ts, EXC(ValueError), "Unknown format code '\\x%x' for object of type '%T'", (unsigned)type, v);
  xdecref(ts, c);
  return -1;
}

static int check_group(ThreadState *ts, const Spec *s) {
  if (s->group == 0) return 0;
  static const char with_comma[] = "defgEGF%", with_underscore[] = "defgEGF%boxX";
  if (s->type == 0 || (s->type < 128 && strchr(s->group == ',' ? with_comma : with_underscore, (int)s->type))) return 0;
  if (s->type > 32 && s->type < 128) err_format(ts, EXC(ValueError), "Cannot specify '%c' with '%c'.", s->group, (int)s->type);
  else err_format(ts, EXC(ValueError), "Cannot specify '%c' with '\\x%x'.", s->group, (unsigned)s->type);
  return -1;
}

static int parse_spec(ThreadState *ts, Value text, Value v, char default_align, Char default_type, Spec *s) {
  ssize_t at = 0, n = str_len(text);
  *s = (Spec){.fill = ' ', .align = default_align, .width = -1, .precision = -1, .type = default_type};
#define PEEK (at < n ? str_at(text, at) : 0)
  if (n >= 2 && is_align(str_at(text, 1))) {
    s->fill = str_at(text, 0);
    s->align = (char)str_at(text, 1);
    s->fill_given = s->align_given = true;
    at = 2;
  } else if (n >= 1 && is_align(PEEK)) {
    s->align = (char)str_at(text, at++);
    s->align_given = true;
  }
  if (PEEK == '+' || PEEK == '-' || PEEK == ' ') s->sign = (char)str_at(text, at++);
  if (PEEK == 'z') s->no_negative_zero = true, at++;
  if (PEEK == '#') s->alternate = true, at++;
  if (!s->fill_given && PEEK == '0') {
    s->fill = '0';
    if (!s->align_given && default_align == '>') s->align = '=';
    at++;
  }
  if ((s->width = read_number(ts, text, &at)) == -2) return -1;
  for (int i = 0; i < 2; i++) {
    char c = i ? '_' : ',';
    if (PEEK != (Char)c) continue;
    if (s->group) goto both;
    s->group = c;
    at++;
  }
  if (PEEK == ',' && s->group == '_') goto both;
  if (PEEK == '.') {
    at++;
    if ((s->precision = read_number(ts, text, &at)) == -2) return -1;
    if (s->precision == -1) {
      err_format(ts, EXC(ValueError), "Format specifier missing precision");
      return -1;
    }
  }
#undef PEEK
  if (n - at > 1) {
    err_format(ts, EXC(ValueError), "Invalid format specifier '%U' for object of type '%T'", text, v);
    return -1;
  }
  if (n - at == 1) s->type = str_at(text, at);
  return check_group(ts, s);
both:
  err_format(ts, EXC(ValueError), "Cannot specify both ',' and '_'.");
  return -1;
}

/* ---- putting together ---- */

/* How much fill stands before something of length n. */
static void share_padding(const Spec *s, ssize_t n, ssize_t *left, ssize_t *right) {
  ssize_t room = s->width > n ? s->width - n : 0;
  *left = s->align == '>' || s->align == '=' ? room : s->align == '^' ? room / 2 : 0;
  *right = room - *left;
}

/* digits[0..n) with a separator every `size`, and zeros in front up to min_width in all; into out when not NULL.
 * Returns the length. Works from the right, so out is filled backwards from out + length. */
static ssize_t group_digits(const char *digits, ssize_t n, char separator, int size, ssize_t min_width, char *out_end) {
  ssize_t length = 0, left = n;
  for (bool first = true;; first = false) {
    if (!first) {
      if (out_end) *--out_end = separator;
      length++;
    }
    ssize_t want = left > min_width ? left : min_width;
    if (want < 1) want = 1;
    ssize_t take = separator && want > size ? size : want;
    for (ssize_t i = 0; i < take; i++) {
      char c = left > 0 ? digits[--left] : '0';
      if (out_end) *--out_end = c;
    }
    length += take;
    min_width -= take;
    if (left <= 0 && min_width <= 0) return length;
    min_width--;
  }
}

typedef struct {
  char sign; /* 0: none */
  const char *prefix;
  const char *digits; /* before the point */
  ssize_t n_digits;
  const char *rest;
  ssize_t n_rest;
} Number;

static int put_number(StrBuilder *b, const Spec *s, const Number *x, int group_size) {
  ssize_t around = (x->sign != 0) + (ssize_t)strlen(x->prefix) + x->n_rest;
  ssize_t min_digits = s->fill == '0' && s->align == '=' && s->width > around ? s->width - around : 0;
  ssize_t grouped = x->n_digits ? group_digits(x->digits, x->n_digits, s->group, group_size, min_digits, NULL) : 0, left, right;
  share_padding(s, around + grouped, &left, &right);
  if (s->align != '=' && strb_fill(b, s->fill, left) < 0) return -1;
  if (x->sign && strb_char(b, (Char)x->sign) < 0) return -1;
  if (strb_ascii(b, x->prefix, -1) < 0) return -1;
  if (s->align == '=' && strb_fill(b, s->fill, left) < 0) return -1;
  if (grouped == x->n_digits) {
    if (strb_ascii(b, x->digits, grouped) < 0) return -1;
  } else {
    char *text = mem_alloc(b->ts, (size_t)grouped);
    if (text == NULL) return -1;
    group_digits(x->digits, x->n_digits, s->group, group_size, min_digits, text + grouped);
    int r = strb_ascii(b, text, grouped);
    mem_free(b->ts, text);
    if (r < 0) return -1;
  }
  return strb_ascii(b, x->rest, x->n_rest) < 0 ? -1 : strb_fill(b, s->fill, right);
}

static OWNED Value finish(StrBuilder *b, int r) {
  if (r == 0) return strb_finish(b);
  strb_drop(b);
  return NULL;
}

static char sign_for(const Spec *s, bool negative) { return negative ? '-' : s->sign == '+' || s->sign == ' ' ? s->sign : 0; }

/* ---- str ---- */

Value str_format_spec(ThreadState *ts, Value v, Value spec) {
  if (str_len(spec) == 0) return str_of(ts, v);
  Spec s;
  if (parse_spec(ts, spec, v, '<', 's', &s) < 0) return NULL;
  if (s.type != 's') return unknown_code(ts, s.type, v), NULL;
  if (s.sign) {
    return err_format(ts, EXC(ValueError),
                      s.sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
  }
  if (s.no_negative_zero) return err_format(ts, EXC(ValueError), "Negative zero coercion (z) not allowed in string format specifier");
  if (s.alternate) return err_format(ts, EXC(ValueError), "Alternate form (#) not allowed in string format specifier");
  if (s.align == '=') return err_format(ts, EXC(ValueError), "'=' alignment not allowed in string format specifier");
  ssize_t n = str_len(v), left, right;
  if (s.precision >= 0 && s.precision < n) n = s.precision;
  share_padding(&s, n, &left, &right);
  if (left + right == 0 && n == str_len(v)) return str_as_instance(ts, TYPE(STR), v);
  StrBuilder b;
  strb_init(&b, ts);
  int r = strb_fill(&b, s.fill, left) < 0 || strb_sub(&b, v, 0, n) < 0 || strb_fill(&b, s.fill, right) < 0 ? -1 : 0;
  return finish(&b, r);
}

/* ---- float ---- */

/* d in the given style; *text is to be freed. Cuts the sign off. */
static int float_pieces(ThreadState *ts, double d, const Spec *s, Char type, char **text, Number *x) {
  int flags = s->alternate ? FLOAT_ALT : 0;
  ssize_t precision = s->precision;
  bool percent = type == '%';
  if (s->no_negative_zero) flags |= FLOAT_NO_NEGATIVE_0;
  if (precision > INT32_MAX) {
    err_format(ts, EXC(ValueError), "precision too big");
    return -1;
  }
  char code = percent ? 'f' : type == 'n' ? 'g' : type == 0 || type == 'r' ? 'r' : (char)type;
  if (type == 0) flags |= FLOAT_ADD_DOT_0;
  if (percent) d *= 100;
  if (code == 'r') {
    if (precision >= 0) code = 'g';
  } else if (precision < 0) {
    precision = 6;
  }
  char *p = float_to_chars(ts, d, code, (int)precision, flags);
  if (p == NULL) return -1;
  size_t n = strlen(p);
  if (percent) {
    char *longer = mem_realloc(ts, p, n + 2);
    if (longer == NULL) {
      mem_free(ts, p);
      return -1;
    }
    p = longer;
    memcpy(p + n++, "%", 2);
  }
  *text = p;
  bool negative = *p == '-';
  if (negative) p++, n--;
  size_t digits = 0;
  while (digits < n && p[digits] >= '0' && p[digits] <= '9') digits++;
  *x = (Number){sign_for(s, negative), "", p, (ssize_t)digits, p + digits, (ssize_t)(n - digits)};
  return 0;
}

static OWNED Value format_double(ThreadState *ts, double d, const Spec *s) {
  char *text = NULL;
  Number x;
  if (float_pieces(ts, d, s, s->type, &text, &x) < 0) return NULL;
  StrBuilder b;
  strb_init(&b, ts);
  int r = put_number(&b, s, &x, 3);
  mem_free(ts, text);
  return finish(&b, r);
}

static bool is_float_type(Char type) { return type && type < 128 && strchr("eEfFgGn%", (int)type) != NULL; }

Value float_format(ThreadState *ts, Value v, Value spec) {
  if (str_len(spec) == 0) return str_of(ts, v);
  Spec s;
  if (parse_spec(ts, spec, v, '>', 0, &s) < 0) return NULL;
  if (s.type && !is_float_type(s.type)) return unknown_code(ts, s.type, v), NULL;
  return format_double(ts, float_value(v), &s);
}

/* ---- int ---- */

static OWNED Value format_char(ThreadState *ts, Value v, const Spec *s) {
  int64_t c;
  if (s->sign) return err_format(ts, EXC(ValueError), "Sign not allowed with integer format specifier 'c'");
  if (s->alternate) return err_format(ts, EXC(ValueError), "Alternate form (#) not allowed with integer format specifier 'c'");
  if (!int_fits_i64(v, &c)) return err_format(ts, EXC(OverflowError), "Python int too large to convert to C long");
  if (c < 0 || c > 0x10ffff) return err_format(ts, EXC(OverflowError), "%%c arg not in range(0x110000)");
  ssize_t left, right;
  share_padding(s, 1, &left, &right);
  StrBuilder b;
  strb_init(&b, ts);
  int r = strb_fill(&b, s->fill, left) < 0 || strb_char(&b, (Char)c) < 0 || strb_fill(&b, s->fill, right) < 0 ? -1 : 0;
  return finish(&b, r);
}

static OWNED Value format_whole(ThreadState *ts, Value v, const Spec *s) {
  int base = s->type == 'b' ? 2 : s->type == 'o' ? 8 : s->type == 'x' || s->type == 'X' ? 16 : 10;
  Value text = int_to_str(ts, v, base);
  if (text == NULL) return NULL;
  const char *p = str_chars(text);
  ssize_t n = str_len(text);
  bool negative = *p == '-';
  const char *prefix = !s->alternate ? "" : base == 2 ? "0b" : base == 8 ? "0o" : s->type == 'X' ? "0X" : base == 16 ? "0x" : "";
  char few[80], *upper = NULL;
  if (s->type == 'X') {
    upper = n < (ssize_t)sizeof few ? few : mem_alloc(ts, (size_t)n);
    for (ssize_t i = 0; upper && i < n; i++) upper[i] = p[i] >= 'a' ? (char)(p[i] - 32) : p[i];
    if (upper == NULL) return decref(ts, text), NULL;
    p = upper;
  }
  Number x = {sign_for(s, negative), prefix, p + negative, n - negative, "", 0};
  StrBuilder b;
  strb_init(&b, ts);
  int r = put_number(&b, s, &x, base == 10 ? 3 : 4);
  if (upper && upper != few) mem_free(ts, upper);
  decref(ts, text);
  return finish(&b, r);
}

Value int_format(ThreadState *ts, Value v, Value spec) {
  if (str_len(spec) == 0) return is_small_int(v) ? int_repr(ts, v) : str_of(ts, v);
  Spec s;
  if (parse_spec(ts, spec, v, '>', 'd', &s) < 0) return NULL;
  if (s.type != 'n' && is_float_type(s.type)) {
    double d = int_as_double(ts, v);
    return d == -1.0 && err_occurred(ts) ? NULL : format_double(ts, d, &s);
  }
  if (s.type > 127 || strchr("bcdoxXn", (int)s.type) == NULL || s.type == 0) return unknown_code(ts, s.type, v), NULL;
  if (s.precision >= 0) return err_format(ts, EXC(ValueError), "Precision not allowed in integer format specifier");
  if (s.no_negative_zero) return err_format(ts, EXC(ValueError), "Negative zero coercion (z) not allowed in integer format specifier");
  return s.type == 'c' ? format_char(ts, v, &s) : format_whole(ts, v, &s);
}

/* ---- complex ---- */

Value complex_format(ThreadState *ts, Value v, Value spec) {
  if (str_len(spec) == 0) return str_of(ts, v);
  Spec s;
  if (parse_spec(ts, spec, v, '>', 0, &s) < 0) return NULL;
  if (s.type && (!is_float_type(s.type) || s.type == '%')) return unknown_code(ts, s.type, v), NULL;
  if (s.fill == '0') return err_format(ts, EXC(ValueError), "Zero padding is not allowed in complex format specifier");
  if (s.align == '=') return err_format(ts, EXC(ValueError), "'=' alignment flag is not allowed in complex format specifier");
  double re = ((Complex *)v)->real, im = ((Complex *)v)->imag;
  bool skip_real = s.type == 0 && re == 0 && !signbit(re), parens = s.type == 0 && !skip_real;
  Char type = s.type ? s.type : 'r';
  Spec part = s, imag_part = s;
  part.width = imag_part.width = -1;
  if (!skip_real) imag_part.sign = '+';
  char *re_text = NULL, *im_text = NULL;
  Number x, y;
  StrBuilder inner, b;
  strb_init(&inner, ts);
  strb_init(&b, ts);
  int r = skip_real ? 0 : float_pieces(ts, re, &part, type, &re_text, &x);
  if (r == 0) r = float_pieces(ts, im, &imag_part, type, &im_text, &y);
  if (r == 0 && parens) r = strb_char(&inner, '(');
  if (r == 0 && !skip_real) r = put_number(&inner, &part, &x, 3);
  if (r == 0) r = put_number(&inner, &imag_part, &y, 3);
  if (r == 0) r = strb_ascii(&inner, parens ? "j)" : "j", -1);
  mem_free(ts, re_text);
  mem_free(ts, im_text);
  Value text = finish(&inner, r);
  if (text == NULL) return NULL;
  ssize_t left, right;
  share_padding(&s, str_len(text), &left, &right);
  r = strb_fill(&b, s.fill, left) < 0 || strb_str(&b, text) < 0 || strb_fill(&b, s.fill, right) < 0 ? -1 : 0;
  decref(ts, text);
  return finish(&b, r);
}
