/* complex.c - complex numbers: two doubles. Objects/complexobject.c in CPython.
 * Next: float.c, format.c (complex_format). */
#include "runtime/slots.h"
#include "runtime/object.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
  double re, im;
} C;

static inline Complex *as_complex(Value v) { return (Complex *)v; }
static inline bool is_complex(Value v) { return is_layout(v, K_COMPLEX); }
static inline C c_of(Value v) { return (C){as_complex(v)->real, as_complex(v)->imag}; }

static OWNED Value make(ThreadState *ts, Type *type, C c) {
  Value v = type == TYPE(COMPLEX) ? object_alloc_raw(ts, type, sizeof(Complex)) : object_new_instance(ts, type);
  if (v == NULL) return NULL;
  as_complex(v)->real = c.re;
  as_complex(v)->imag = c.im;
  return v;
}

Value complex_new(ThreadState *ts, double real, double imag) { return make(ts, TYPE(COMPLEX), (C){real, imag}); }

static void complex_dealloc(ThreadState *ts, Value self) { object_release(ts, self); }

/* ---- arithmetic ---- */

static C product(C a, C b) { return (C){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }

/* Smith's way: scaled by the larger part of b. false: b is 0. */
static bool quotient(C a, C b, C *r) {
  double x = fabs(b.re), y = fabs(b.im);
  if (x >= y) {
    if (x == 0) return false;
    double ratio = b.im / b.re, denom = b.re + b.im * ratio;
    *r = (C){(a.re + a.im * ratio) / denom, (a.im - a.re * ratio) / denom};
  } else if (y >= x) {
    double ratio = b.re / b.im, denom = b.re * ratio + b.im;
    *r = (C){(a.re * ratio + a.im) / denom, (a.im * ratio - a.re) / denom};
  } else {
    *r = (C){NAN, NAN};
  }
  return true;
}

static C power_whole(C a, long n) {
  C r = {1, 0}, base = a;
  for (long left = n < 0 ? -n : n; left; left >>= 1) {
    if (left & 1) r = product(r, base);
    base = product(base, base);
  }
  if (n < 0) {
    C inverse;
    return quotient((C){1, 0}, r, &inverse) ? inverse : (C){NAN, NAN};
  }
  return r;
}

static C power_any(C a, C b) {
  double size = hypot(a.re, a.im), length = pow(size, b.re), angle = atan2(a.im, a.re), phase = angle * b.re;
  if (b.im != 0) {
    length *= exp(-angle * b.im);
    phase += b.im * log(size);
  }
  return (C){length * cos(phase), length * sin(phase)};
}

Value complex_power(ThreadState *ts, double real, double imag, double exp_real, double exp_imag) {
  C a = {real, imag}, b = {exp_real, exp_imag}, r;
  bool zero = a.re == 0 && a.im == 0;
  if (b.re == 0 && b.im == 0) return complex_new(ts, 1, 0);
  if (zero && (b.im != 0 || b.re < 0)) return err_format(ts, EXC(ZeroDivisionError), "0.0 to a negative or complex power");
  if (zero) return complex_new(ts, 0, 0);
  if (b.im == 0 && b.re == floor(b.re) && fabs(b.re) <= 100) r = power_whole(a, (long)b.re);
  else r = power_any(a, b);
  if ((isinf(r.re) || isinf(r.im)) && isfinite(a.re) && isfinite(a.im) && isfinite(b.re) && isfinite(b.im))
    return err_format(ts, EXC(OverflowError), "complex exponentiation");
  return complex_new(ts, r.re, r.im);
}

/* 1: *out is v; 0: v is no number; -1 error. */
static int to_complex(ThreadState *ts, Value v, C *out) {
  if (is_complex(v)) *out = c_of(v);
  else if (is_float(v)) *out = (C){float_value(v), 0};
  else if (is_int(v)) {
    *out = (C){int_as_double(ts, v), 0};
    if (out->re == -1.0 && err_occurred(ts)) return -1;
  } else return 0;
  return 1;
}

static Value binary(ThreadState *ts, BinaryOp op, Value v, Value w) {
  C a, b, r;
  int got = to_complex(ts, v, &a);
  if (got > 0) got = to_complex(ts, w, &b);
  if (got <= 0) return got < 0 ? NULL : V_NOT_IMPLEMENTED;
  switch (op) {
    case NB_ADD: return complex_new(ts, a.re + b.re, a.im + b.im);
    case NB_SUBTRACT: return complex_new(ts, a.re - b.re, a.im - b.im);
    case NB_MULTIPLY: r = product(a, b); return complex_new(ts, r.re, r.im);
    case NB_TRUE_DIVIDE:
      if (!quotient(a, b, &r)) return err_format(ts, EXC(ZeroDivisionError), "complex division by zero");
      return complex_new(ts, r.re, r.im);
    default: return complex_power(ts, a.re, a.im, b.re, b.im);
  }
}
static Value slot_add(ThreadState *ts, Value a, Value b) { return binary(ts, NB_ADD, a, b); }
static Value slot_subtract(ThreadState *ts, Value a, Value b) { return binary(ts, NB_SUBTRACT, a, b); }
static Value slot_multiply(ThreadState *ts, Value a, Value b) { return binary(ts, NB_MULTIPLY, a, b); }
static Value slot_true_divide(ThreadState *ts, Value a, Value b) { return binary(ts, NB_TRUE_DIVIDE, a, b); }
static Value slot_power(ThreadState *ts, Value a, Value b) { return binary(ts, NB_POWER, a, b); }
static Value slot_power3(ThreadState *ts, Value a, Value b, Value mod) {
  return err_format(ts, EXC(ValueError), "complex modulo");
}

static Value slot_negative(ThreadState *ts, Value v) { return complex_new(ts, -c_of(v).re, -c_of(v).im); }
static Value slot_positive(ThreadState *ts, Value v) {
  return is_kind(v, K_COMPLEX) ? incref(v) : complex_new(ts, c_of(v).re, c_of(v).im);
}
static Value slot_absolute(ThreadState *ts, Value v) {
  C c = c_of(v);
  double size = isinf(c.re) || isinf(c.im) ? INFINITY : hypot(c.re, c.im);
  if (isinf(size) && isfinite(c.re) && isfinite(c.im)) return err_format(ts, EXC(OverflowError), "absolute value too large");
  return float_new(ts, size);
}
static int slot_truth(ThreadState *ts, Value v) { return c_of(v).re != 0 || c_of(v).im != 0; }

static int64_t part_hash(Value v, double d) {
  if (!isnan(d)) return float_hash(d);
  uintptr_t address = value_bits(v);
  return (int64_t)(address >> 4 | address << 60);
}
static int64_t slot_hash(ThreadState *ts, Value v) {
  C c = c_of(v);
  uint64_t hash = (uint64_t)part_hash(v, c.re) + 1000003u * (uint64_t)part_hash(v, c.im);
  return (int64_t)hash == -1 ? -2 : (int64_t)hash;
}

static Value slot_compare(ThreadState *ts, Value v, Value w, CompareOp op) {
  if (op != CMP_EQ && op != CMP_NE) return V_NOT_IMPLEMENTED;
  if (!is_complex(v)) return V_NOT_IMPLEMENTED;
  C a = c_of(v);
  bool same;
  if (is_complex(w)) same = a.re == c_of(w).re && a.im == c_of(w).im;
  else if (is_float(w)) same = a.re == float_value(w) && a.im == 0;
  else if (is_int(w)) same = a.im == 0 && isfinite(a.re) && int_compare_double(int_value(w), a.re) == 0;
  else return V_NOT_IMPLEMENTED;
  return bool_value(same == (op == CMP_EQ));
}

static Value slot_repr(ThreadState *ts, Value v) {
  C c = c_of(v);
  bool imag_only = c.re == 0 && !signbit(c.re);
  char *re = imag_only ? NULL : float_to_chars(ts, c.re, 'r', 0, 0);
  char *im = re || imag_only ? float_to_chars(ts, c.im, 'r', 0, imag_only ? 0 : FLOAT_SIGN) : NULL;
  Value text = NULL;
  if (im) text = imag_only ? str_format(ts, "%sj", im) : str_format(ts, "(%s%sj)", re, im);
  mem_free(ts, re);
  mem_free(ts, im);
  return text;
}

/* ---- complex(real, imag) ---- */

/* The longest float at p: its end, or p when there is none. */
static const char *float_end(const char *p, const char *end) {
  const char *start = p;
  if (p < end && (*p == '+' || *p == '-')) p++;
  if (end - p >= 3 && (strncasecmp(p, "inf", 3) == 0 || strncasecmp(p, "nan", 3) == 0))
    return end - p >= 8 && strncasecmp(p, "infinity", 8) == 0 ? p + 8 : p + 3;
  int digits = 0;
  for (; p < end && *p >= '0' && *p <= '9'; p++) digits++;
  if (p < end && *p == '.')
    for (p++; p < end && *p >= '0' && *p <= '9'; p++) digits++;
  if (digits == 0) return start;
  if (p < end && (*p == 'e' || *p == 'E')) {
    const char *q = p + 1;
    if (q < end && (*q == '+' || *q == '-')) q++;
    if (q < end && *q >= '0' && *q <= '9') {
      while (q < end && *q >= '0' && *q <= '9') q++;
      p = q;
    }
  }
  return p;
}

static bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }

/* [(] [float] [float j] [)] with spaces around. */
static bool parse(const char *p, const char *end, C *out) {
  while (p < end && is_space(*p)) p++;
  while (p < end && is_space(end[-1])) end--;
  if (p < end && *p == '(') {
    if (end[-1] != ')') return false;
    p++, end--;
    while (p < end && is_space(*p)) p++;
    while (p < end && is_space(end[-1])) end--;
  }
  *out = (C){0, 0};
  if (p == end) return false;
  const char *stop = float_end(p, end);
  if (stop > p) {
    double first;
    if (!float_from_chars(p, (size_t)(stop - p), &first)) return false;
    if (stop < end && (*stop == '+' || *stop == '-')) { /* real part first */
      out->re = first;
      p = stop;
      stop = float_end(p, end);
      if (stop > p) {
        if (!float_from_chars(p, (size_t)(stop - p), &out->im)) return false;
      } else {
        out->im = *p == '-' ? -1 : 1;
        stop = p + 1;
      }
      return stop + 1 == end && (*stop | 0x20) == 'j';
    }
    if (stop == end) {
      out->re = first;
      return true;
    }
    out->im = first;
    return stop + 1 == end && (*stop | 0x20) == 'j';
  }
  out->im = 1; /* j, +j, -j */
  if (*p == '+' || *p == '-') out->im = *p++ == '-' ? -1 : 1;
  return p + 1 == end && (*p | 0x20) == 'j';
}

static OWNED Value from_text(ThreadState *ts, Type *type, Value text) {
  ssize_t n = str_len(text), to = 0;
  char *copy = mem_alloc(ts, (size_t)n + 1);
  if (copy == NULL) return NULL;
  bool good = true;
  for (ssize_t i = 0; i < n; i++) {
    Char c = str_at(text, i);
    int digit = c < 0x80 ? -1 : char_decimal_value(c);
    if (c >= 0x80) c = digit >= 0 ? (Char)('0' + digit) : char_is_space(c) ? ' ' : '?';
    if (c == '_') { /* only between digits */
      bool between = i > 0 && i + 1 < n && char_is_decimal(str_at(text, i - 1)) && char_is_decimal(str_at(text, i + 1));
      good = good && between;
    } else {
      copy[to++] = (char)c;
    }
  }
  C c;
  good = good && parse(copy, copy + to, &c);
  mem_free(ts, copy);
  if (!good) return err_format(ts, EXC(ValueError), "complex() arg is a malformed string");
  return make(ts, type, c);
}

/* v.__complex__(): 1 done, 0 has none, -1 error. */
static int from_dunder(ThreadState *ts, Value v, C *out) {
  bool failed;
  Value method = lookup_special(ts, v, ID(__complex__), &failed);
  if (method == NULL) return failed ? -1 : 0;
  Value r = call0(ts, method);
  decref(ts, method);
  if (r == NULL) return -1;
  if (!is_complex(r)) {
    err_format(ts, EXC(TypeError), "__complex__ returned non-complex (type %T)", r);
    decref(ts, r);
    return -1;
  }
  *out = c_of(r);
  decref(ts, r);
  return 1;
}

static bool is_real_number(ThreadState *ts, Value v) {
  Slots *s = &type_of(ts, v)->slots;
  return is_float(v) || is_int(v) || s->to_float || s->index;
}

static int part_value(ThreadState *ts, Value v, C *out, const char *message) {
  if (is_complex(v)) {
    *out = c_of(v);
    return 0;
  }
  if (!is_real_number(ts, v)) {
    err_format(ts, EXC(TypeError), message, type_name_of(ts, v));
    return -1;
  }
  out->im = 0;
  return num_as_double(ts, v, &out->re);
}

static Value complex_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"real", "imag"};
  static const ArgSpec spec = {"complex", 0, 2, 0, 2, names};
  Value out[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  C re = {0, 0}, im = {0, 0};
  if (out[0] && out[1] == NULL && is_kind(out[0], K_COMPLEX) && type == TYPE(COMPLEX)) return incref(out[0]);
  if (out[0] && is_str(out[0])) {
    if (out[1]) return err_format(ts, EXC(TypeError), "complex() can't take second arg if first is a string");
    return from_text(ts, type, out[0]);
  }
  if (out[1] && is_str(out[1])) return err_format(ts, EXC(TypeError), "complex() second arg can't be a string");
  if (out[0]) {
    int got = is_kind(out[0], K_COMPLEX) || !is_object(out[0]) ? 0 : from_dunder(ts, out[0], &re);
    if (got < 0) return NULL;
    if (got == 0 && part_value(ts, out[0], &re, "complex() first argument must be a string or a number, not '%s'") < 0) return NULL;
  }
  if (out[1] && part_value(ts, out[1], &im, "complex() second argument must be a number, not '%s'") < 0) return NULL;
  /* real + imag * 1j, keeping the signs of zeros where a part was not complex */
  C r = {re.re, im.re};
  if (out[1] && is_complex(out[1])) r.re -= im.im;
  if (out[0] && re.im != 0) r.im += re.im;
  else if (out[0] && out[1] == NULL) r.im = re.im;
  return make(ts, type, r);
}

/* ---- methods ---- */

static Value complex_conjugate(NATIVE_ARGS) { return complex_new(ts, c_of(self).re, -c_of(self).im); }
static Value complex_complex(NATIVE_ARGS) { return slot_positive(ts, self); }
static Value complex_getnewargs(NATIVE_ARGS) {
  Value re = float_new(ts, c_of(self).re);
  return re ? tuple_steal2(ts, re, float_new(ts, c_of(self).im)) : NULL;
}
static Value complex_format_method(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "__format__() argument must be str, not %T", args[0]);
  return complex_format(ts, self, args[0]);
}
static Value get_real(ThreadState *ts, Value v) { return float_new(ts, c_of(v).re); }
static Value get_imag(ThreadState *ts, Value v) { return float_new(ts, c_of(v).im); }

static const MethodDef complex_methods[] = {
  {"conjugate", complex_conjugate, 0, 0, 0, "conjugate($self, /)\n--\n\nReturn the complex conjugate of its argument. (3-4j).conjugate() == 3+4j."},
  {"__complex__", complex_complex, 0, 0, 0, "__complex__($self, /)\n--\n\nConvert this value to exact type complex."},
  {"__getnewargs__", complex_getnewargs, 0, 0, 0, NULL},
  {"__format__", complex_format_method, 1, 1, 0, NULL},
  {0}};
static const GetSetDef complex_getsets[] = {
  {"real", get_real, readonly_attribute, "the real part of a complex number"}, {"imag", get_imag, readonly_attribute, "the imaginary part of a complex number"}, {0}};

Type *type_complex_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "complex",
    .doc = "complex(real=0, imag=0)\n--\n\nA complex number, made from a real part and an optional imaginary part.",
    .size = sizeof(Complex),
    .flags = TYPE_BASETYPE,
    .slots = {.dealloc = complex_dealloc, .repr = slot_repr, .hash = slot_hash, .compare = slot_compare, .new = complex_type_new,
              .binary = {[NB_ADD] = slot_add, [NB_SUBTRACT] = slot_subtract, [NB_MULTIPLY] = slot_multiply,
                         [NB_TRUE_DIVIDE] = slot_true_divide, [NB_POWER] = slot_power},
              .power = slot_power3, .negative = slot_negative, .positive = slot_positive, .absolute = slot_absolute, .truth = slot_truth},
    .methods = complex_methods,
    .getsets = complex_getsets,
  };
  return type_from_spec(ts, &spec, NULL, K_COMPLEX);
}
