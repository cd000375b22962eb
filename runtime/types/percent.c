/* percent.c - "..." % args, for str and for bytes. In CPython it stands in unicodeobject.c and bytesobject.c.
 * How: one engine on text; a bytes format is read as Latin-1 text, and the result turned back into bytes.
 * Next: format_spec.c. */
#include "runtime/object.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
  ThreadState *ts;
  Value format;
  bool is_bytes;
  ssize_t at;
  StrBuilder out;
  Value args;       /* the tuple, or the one argument */
  bool single;      /* args is the one argument */
  ssize_t used;     /* arguments taken */
  NULLABLE Value mapping;
  NULLABLE Value field; /* OWNED: what %(key) found */
  bool has_field;
} Percent;

typedef struct {
  bool left, plus, space, alternate, zero;
  ssize_t width, precision; /* -1: none */
  Char type;
} Field;

static int fail(Percent *p, const char *text) {
  ThreadState *ts = p->ts;
  err_format(ts, EXC(TypeError), "%s", text);
  return -1;
}

/* The next argument, BORROWED. */
static Value next_arg(Percent *p) {
  if (p->has_field) {
    if (p->field && !p->single) goto none;
    return p->field;
  }
  if (p->single) {
    if (p->used++ == 0) return p->args;
  } else if (p->used < tuple_len(p->args)) {
    return tuple_get(p->args, p->used++);
  }
none:
  fail(p, "not enough arguments for format string");
  return NULL;
}

/* ---- reading %(key)-+ #0width.precision ---- */

static int read_key(Percent *p) {
  ThreadState *ts = p->ts;
  ssize_t start = ++p->at, depth = 1, n = str_len(p->format);
  if (p->mapping == NULL) return fail(p, "format requires a mapping");
  for (; p->at < n && depth > 0; p->at++) {
    Char c = str_at(p->format, p->at);
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
  }
  if (depth > 0) {
    err_format(ts, EXC(ValueError), "incomplete format key");
    return -1;
  }
  Value key = str_substring(ts, p->format, start, p->at - 1);
  if (key && p->is_bytes) replace(ts, &key, str_encode(ts, key, "latin-1", NULL));
  if (key == NULL) return -1;
  replace(ts, &p->field, item_get(ts, p->mapping, key));
  decref(ts, key);
  p->has_field = true;
  p->single = true;
  return p->field ? 0 : -1;
}

/* A number or * : into *out, which stays when there is none. */
static int read_size(Percent *p, ssize_t *out, bool *minus, const char *too_big) {
  ThreadState *ts = p->ts;
  ssize_t n = str_len(p->format), value = 0;
  *minus = false;
  if (p->at < n && str_at(p->format, p->at) == '*') {
    p->at++;
    Value v = next_arg(p);
    if (v == NULL) return -1;
    if (!is_int(v)) return fail(p, "* wants int");
    value = num_as_ssize(ts, v, EXC(OverflowError));
    if (value == -1 && err_occurred(ts)) return -1;
    *minus = value < 0;
    *out = value < 0 ? -value : value;
    return 0;
  }
  for (; p->at < n && str_at(p->format, p->at) >= '0' && str_at(p->format, p->at) <= '9'; p->at++) {
    int digit = (int)(str_at(p->format, p->at) - '0');
    if (value > (PTRDIFF_MAX - digit) / 10) {
      err_format(ts, EXC(ValueError), "%s", too_big);
      return -1;
    }
    *out = value = value * 10 + digit;
  }
  return 0;
}

static int read_field(Percent *p, Field *f) {
  ThreadState *ts = p->ts;
  ssize_t n = str_len(p->format);
  bool minus;
  *f = (Field){.width = -1, .precision = -1};
  if (p->at < n && str_at(p->format, p->at) == '(' && read_key(p) < 0) return -1;
  for (; p->at < n; p->at++) {
    Char c = str_at(p->format, p->at);
    if (c == '-') f->left = true;
    else if (c == '+') f->plus = true;
    else if (c == ' ') f->space = true;
    else if (c == '#') f->alternate = true;
    else if (c == '0') f->zero = true;
    else break;
  }
  if (read_size(p, &f->width, &minus, "width too big") < 0) return -1;
  if (minus) f->left = true;
  if (p->at < n && str_at(p->format, p->at) == '.') {
    p->at++;
    f->precision = 0;
    if (read_size(p, &f->precision, &minus, p->is_bytes ? "prec too big" : "precision too big") < 0) return -1;
    if (minus) f->precision = 0;
    if (f->precision > INT32_MAX) {
      err_format(ts, EXC(ValueError), p->is_bytes ? "prec too big" : "precision too big");
      return -1;
    }
  }
  while (p->at < n && (str_at(p->format, p->at) == 'h' || str_at(p->format, p->at) == 'l' || str_at(p->format, p->at) == 'L')) p->at++;
  if (p->at >= n) {
    err_format(ts, EXC(ValueError), "incomplete format");
    return -1;
  }
  f->type = str_at(p->format, p->at++);
  return 0;
}

/* ---- writing ---- */

static int put_text(Percent *p, const Field *f, Value text, bool cut) {
  ssize_t n = str_len(text);
  if (cut && f->precision >= 0 && f->precision < n) n = f->precision;
  ssize_t pad = f->width > n ? f->width - n : 0;
  if (!f->left && strb_fill(&p->out, ' ', pad) < 0) return -1;
  if (strb_sub(&p->out, text, 0, n) < 0) return -1;
  return f->left ? strb_fill(&p->out, ' ', pad) : 0;
}

/* sign and prefix, then zeros or spaces, then digits. min_digits: precision of whole numbers. */
static int put_number(Percent *p, const Field *f, bool negative, const char *prefix, const char *digits, ssize_t n, ssize_t min_digits) {
  char sign[2] = {negative ? '-' : f->plus ? '+' : f->space ? ' ' : 0, 0};
  ssize_t zeros = min_digits > n ? min_digits - n : 0;
  ssize_t length = (ssize_t)strlen(sign) + (ssize_t)strlen(prefix) + zeros + n;
  ssize_t pad = f->width > length ? f->width - length : 0;
  if (f->zero && !f->left) zeros += pad, pad = 0;
  if (!f->left && strb_fill(&p->out, ' ', pad) < 0) return -1;
  if (strb_ascii(&p->out, sign, -1) < 0 || strb_ascii(&p->out, prefix, -1) < 0 || strb_fill(&p->out, '0', zeros) < 0) return -1;
  if (strb_ascii(&p->out, digits, n) < 0) return -1;
  return f->left ? strb_fill(&p->out, ' ', pad) : 0;
}

/* The int that v stands for under %d or %x. */
static OWNED Value whole_number(Percent *p, Value v, Char type) {
  ThreadState *ts = p->ts;
  if (is_int(v)) return incref(int_value(v));
  bool decimal = type == 'd' || type == 'i' || type == 'u';
  Slots *s = &type_of(ts, v)->slots;
  Value i = NULL;
  if (decimal && (s->to_int || s->index || s->to_float)) i = is_float(v) ? int_from_double(ts, float_value(v)) : num_int(ts, v);
  else if (!decimal && s->index) i = num_index(ts, v);
  if (i) return i;
  if (err_occurred(ts)) {
    if (!err_matches(ts, EXC(TypeError))) return NULL;
    err_clear(ts);
  }
  return err_format(ts, EXC(TypeError), decimal ? "%%%c format: a real number is required, not %T" : "%%%c format: an integer is required, not %T",
                    (int)type, v);
}

static int put_whole(Percent *p, const Field *f, Value v) {
  ThreadState *ts = p->ts;
  Value i = whole_number(p, v, f->type);
  if (i == NULL) return -1;
  int base = f->type == 'o' ? 8 : f->type == 'x' || f->type == 'X' ? 16 : 10;
  Value text = int_to_str(ts, i, base);
  decref(ts, i);
  if (text == NULL) return -1;
  const char *prefix = !f->alternate || base == 10 ? "" : base == 8 ? "0o" : f->type == 'X' ? "0X" : "0x";
  bool negative = str_chars(text)[0] == '-';
  const char *digits = str_chars(text) + negative;
  ssize_t n = str_len(text) - negative;
  int r;
  if (f->type == 'X') {
    char *upper = mem_alloc(ts, (size_t)n);
    for (ssize_t k = 0; upper && k < n; k++) upper[k] = digits[k] >= 'a' ? (char)(digits[k] - 32) : digits[k];
    r = upper ? put_number(p, f, negative, prefix, upper, n, f->precision) : -1;
    mem_free(ts, upper);
  } else {
    r = put_number(p, f, negative, prefix, digits, n, f->precision);
  }
  decref(ts, text);
  return r;
}

static int put_float(Percent *p, const Field *f, Value v) {
  ThreadState *ts = p->ts;
  double d;
  if (!is_float(v) && !is_int(v) && !type_of(ts, v)->slots.to_float && !type_of(ts, v)->slots.index) {
    err_format(ts, EXC(TypeError), p->is_bytes ? "float argument required, not %T" : "must be real number, not %T", v);
    return -1;
  }
  if (num_as_double(ts, v, &d) < 0) return -1;
  char *text = float_to_chars(ts, d, (char)f->type, f->precision < 0 ? 6 : (int)f->precision, f->alternate ? FLOAT_ALT : 0);
  if (text == NULL) return -1;
  bool negative = text[0] == '-';
  int r = put_number(p, f, negative, "", text + negative, (ssize_t)strlen(text + negative), 0);
  mem_free(ts, text);
  return r;
}

static int put_char(Percent *p, const Field *f, Value v) {
  ThreadState *ts = p->ts;
  Value text = NULL;
  int64_t c = -1;
  ssize_t n = 0;
  if (p->is_bytes && (is_bytes(v) || is_bytearray(v))) {
    const char *data = bytelike_data(v, &n);
    if (n == 1) text = str_from_latin1(ts, data, 1);
  } else if (!p->is_bytes && is_str(v) && str_len(v) == 1) {
    text = incref(v);
  } else if (!is_str(v) && !is_float(v) && has_index(ts, v)) {
    Value i = num_index(ts, v);
    if (i == NULL) return -1;
    if (!int_fits_i64(i, &c)) c = -1;
    decref(ts, i);
    if (c < 0 || c > (p->is_bytes ? 255 : 0x10ffff)) {
      err_format(ts, EXC(OverflowError), "%%c arg not in range(%s)", p->is_bytes ? "256" : "0x110000");
      return -1;
    }
    text = str_from_char(ts, (Char)c);
  }
  if (text == NULL) {
    if (err_occurred(ts)) return -1;
    return fail(p, p->is_bytes ? "%c requires an integer in range(256) or a single byte" : "%c requires int or char");
  }
  int r = put_text(p, f, text, false);
  decref(ts, text);
  return r;
}

/* %s and %b of a bytes format: the bytes as Latin-1 text. */
static OWNED Value bytes_as_text(Percent *p, Value v) {
  ThreadState *ts = p->ts;
  Buffer view;
  if (has_buffer(ts, v)) {
    if (buffer_get(ts, v, &view, false) < 0) return NULL;
    Value text = str_from_latin1(ts, view.data, view.length);
    buffer_release(ts, &view);
    return text;
  }
  bool failed;
  Value method = lookup_special(ts, v, ID(__bytes__), &failed);
  if (failed) return NULL;
  if (method == NULL)
    return err_format(ts, EXC(TypeError), "%%b requires a bytes-like object, or an object that implements __bytes__, not '%T'", v);
  Value b = call0(ts, method), text = NULL;
  decref(ts, method);
  if (b && !is_bytes(b)) err_format(ts, EXC(TypeError), "__bytes__ returned non-bytes (type %T)", b);
  else if (b) text = str_from_latin1(ts, bytes_data(b), bytes_len(b));
  xdecref(ts, b);
  return text;
}

static int unsupported(Percent *p, Char type) {
  ThreadState *ts = p->ts;
  Value c = str_from_char(ts, type > 31 && type < 127 ? type : '?');
  if (c) err_format(ts, EXC(ValueError), "unsupported format character '%U' (0x%x) at index %zd", c, (unsigned)type, p->at - 1);
  xdecref(ts, c);
  return -1;
}

static int put_field(Percent *p, const Field *f) {
  ThreadState *ts = p->ts;
  Value v = next_arg(p), text = NULL;
  if (v == NULL) return -1;
  switch (f->type) {
    case 'd': case 'i': case 'u': case 'x': case 'X': case 'o': return put_whole(p, f, v);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return put_float(p, f, v);
    case 'c': return put_char(p, f, v);
    case 'b':
      if (!p->is_bytes) return unsupported(p, f->type);
      text = bytes_as_text(p, v);
      break;
    case 's': text = p->is_bytes ? bytes_as_text(p, v) : str_of(ts, v); break;
    case 'r': text = p->is_bytes ? ascii_of(ts, v) : repr_of(ts, v); break;
    case 'a': text = ascii_of(ts, v); break;
    default: return unsupported(p, f->type);
  }
  if (text == NULL) return -1;
  int r = put_text(p, f, text, true);
  decref(ts, text);
  return r;
}

/* ---- the engine ---- */

static int run(Percent *p) {
  ssize_t n = str_len(p->format);
  while (p->at < n) {
    ssize_t found = str_find_char(p->format, '%', p->at, n);
    if (found < 0) found = n;
    if (strb_sub(&p->out, p->format, p->at, found) < 0) return -1;
    p->at = found + 1;
    if (found == n) break;
    if (p->at < n && str_at(p->format, p->at) == '%') {
      if (strb_char(&p->out, '%') < 0) return -1;
      p->at++;
      continue;
    }
    Field f;
    bool single = p->single;
    if (read_field(p, &f) < 0 || put_field(p, &f) < 0) return -1;
    if (p->has_field) {
      replace(p->ts, &p->field, NULL);
      p->has_field = false;
      p->single = single;
      p->used = p->single ? 1 : p->used; /* the mapping itself counts as used up */
    }
  }
  bool all_used = p->single ? p->used > 0 : p->used >= tuple_len(p->args);
  if (all_used || p->mapping) return 0;
  return fail(p, p->is_bytes ? "not all arguments converted during bytes formatting" : "not all arguments converted during string formatting");
}

static OWNED Value percent(ThreadState *ts, Value format, Value args, bool is_bytes) {
  Percent p = {.ts = ts, .format = format, .is_bytes = is_bytes, .args = args, .single = !is_tuple(args)};
  if (p.single && !is_str(args) && (!is_bytes || !has_buffer(ts, args)) && is_mapping(ts, args)) p.mapping = args;
  strb_init(&p.out, ts);
  int r = run(&p);
  xdecref(ts, p.field);
  if (r == 0) return strb_finish(&p.out);
  strb_drop(&p.out);
  return NULL;
}

Value str_percent(ThreadState *ts, Value format, Value args) { return percent(ts, format, args, false); }

Value bytes_percent(ThreadState *ts, Value format, Value args) {
  ssize_t n;
  const char *data = bytelike_data(format, &n);
  Value text = str_from_latin1(ts, data, n), made = text ? percent(ts, text, args, true) : NULL;
  Value bytes = made ? str_encode(ts, made, "latin-1", NULL) : NULL;
  xdecref(ts, text);
  xdecref(ts, made);
  if (bytes == NULL || !is_bytearray(format)) return bytes;
  Value array = bytearray_new(ts, bytes_data(bytes), bytes_len(bytes));
  decref(ts, bytes);
  return array;
}
