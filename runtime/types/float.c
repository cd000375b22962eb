/* float.c - floats: immediates for the usual range, boxes for the rest. Objects/floatobject.c in CPython.
 * Keeps true: a float that fits small_float_value() is never boxed unless it is an instance of a subclass.
 * Next: value.h (the coding), float_text.c (printing and reading), complex.c. */
#include "runtime/object.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

Value float_new_boxed(ThreadState *ts, double d) {
  Value v = object_alloc_raw(ts, TYPE(FLOAT), sizeof(FloatObject));
  if (v) ((FloatObject *)v)->value = d;
  return v;
}

/* ---- hashing and comparing ---- */

/* d modulo 2**61 - 1, so that equal ints and floats hash alike. */
int64_t float_hash(double d) {
  if (!isfinite(d)) return isinf(d) ? (d > 0 ? 314159 : -314159) : 0;
  int exponent;
  double m = frexp(fabs(d), &exponent);
  uint64_t h = 0;
  while (m != 0) {
    h = ((h << 28) & (((uint64_t)1 << 61) - 1)) | h >> (61 - 28);
    m *= 268435456.0; /* 2**28 */
    exponent -= 28;
    uint64_t whole = (uint64_t)m;
    m -= (double)whole;
    h += whole;
    if (h >= ((uint64_t)1 << 61) - 1) h -= ((uint64_t)1 << 61) - 1;
  }
  exponent = exponent >= 0 ? exponent % 61 : 61 - 1 - (-1 - exponent) % 61;
  h = ((h << exponent) & (((uint64_t)1 << 61) - 1)) | h >> (61 - exponent);
  int64_t hash = d < 0 ? -(int64_t)h : (int64_t)h;
  return hash == -1 ? -2 : hash;
}

static int64_t slot_hash(ThreadState *ts, Value v) {
  double d = float_value(v);
  if (!isnan(d)) return float_hash(d);
  uintptr_t address = value_bits(v); /* each nan object hashes by its identity */
  int64_t hash = (int64_t)(address >> 4 | address << 60);
  return hash == -1 ? -2 : hash;
}

static Value slot_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_float(a)) return V_NOT_IMPLEMENTED;
  double x = float_value(a), y = 0;
  if (is_float(b)) {
    y = float_value(b);
  } else if (is_int(b)) {
    if (isfinite(x)) { /* exactly: x against y with both moved to 0 */
      x = -(double)int_compare_double(int_value(b), x);
    }
  } else {
    return V_NOT_IMPLEMENTED;
  }
  switch (op) {
    case CMP_LT: return bool_value(x < y);
    case CMP_LE: return bool_value(x <= y);
    case CMP_EQ: return bool_value(x == y);
    case CMP_NE: return bool_value(x != y);
    case CMP_GT: return bool_value(x > y);
    default: return bool_value(x >= y);
  }
}

/* ---- arithmetic ---- */

double float_floor_mod(double a, double b, double *mod) {
  double m = fmod(a, b), q = (a - m) / b;
  if (m != 0) {
    if ((b < 0) != (m < 0)) {
      m += b;
      q -= 1.0;
    }
  } else {
    m = copysign(0.0, b);
  }
  *mod = m;
  if (q == 0) return copysign(0.0, a / b);
  double floored = floor(q);
  return q - floored > 0.5 ? floored + 1.0 : floored;
}

static OWNED Value out_of_range(ThreadState *ts) {
  Value text = str_from_ascii(ts, "Numerical result out of range");
  if (text == NULL) return NULL;
  Value e = call2(ts, EXC(OverflowError), small_int_value(34), text);
  decref(ts, text);
  return e ? err_set_instance(ts, e) : NULL;
}

static OWNED Value power(ThreadState *ts, double a, double b) {
  if (b == 0) return float_new(ts, 1.0);
  if (isnan(a)) return float_new(ts, a);
  if (isnan(b)) return float_new(ts, a == 1.0 ? 1.0 : b);
  if (a == 0 && b < 0 && isfinite(b))
    return err_format(ts, EXC(ZeroDivisionError), "0.0 cannot be raised to a negative power");
  if (a < 0 && isfinite(a) && isfinite(b) && b != floor(b)) return complex_power(ts, a, 0, b, 0);
  double r = pow(a, b);
  if (isinf(r) && isfinite(a) && isfinite(b)) return out_of_range(ts);
  return float_new(ts, r);
}

Value float_binary(ThreadState *ts, BinaryOp op, double a, double b) {
  double mod;
  switch (op) {
    case NB_ADD: return float_new(ts, a + b);
    case NB_SUBTRACT: return float_new(ts, a - b);
    case NB_MULTIPLY: return float_new(ts, a * b);
    case NB_TRUE_DIVIDE:
      if (b == 0) return err_format(ts, EXC(ZeroDivisionError), "float division by zero");
      return float_new(ts, a / b);
    case NB_FLOOR_DIVIDE:
      if (b == 0) return err_format(ts, EXC(ZeroDivisionError), "float floor division by zero");
      return float_new(ts, float_floor_mod(a, b, &mod));
    case NB_REMAINDER:
      if (b == 0) return err_format(ts, EXC(ZeroDivisionError), "float modulo");
      float_floor_mod(a, b, &mod);
      return float_new(ts, mod);
    case NB_DIVMOD: {
      if (b == 0) return err_format(ts, EXC(ZeroDivisionError), "float divmod()");
      Value q = float_new(ts, float_floor_mod(a, b, &mod));
      return q ? tuple_steal2(ts, q, float_new(ts, mod)) : NULL;
    }
    case NB_POWER: return power(ts, a, b);
    default: return V_NOT_IMPLEMENTED;
  }
}

/* 1: *out is v as a double; 0: v is no real number; -1: error. */
static int to_double(ThreadState *ts, Value v, double *out) {
  if (is_float(v)) {
    *out = float_value(v);
    return 1;
  }
  if (!is_int(v)) return 0;
  *out = int_as_double(ts, v);
  return *out == -1.0 && err_occurred(ts) ? -1 : 1;
}

static Value binary(ThreadState *ts, BinaryOp op, Value a, Value b) {
  double x, y;
  int got = to_double(ts, a, &x);
  if (got > 0) got = to_double(ts, b, &y);
  if (got <= 0) return got < 0 ? NULL : V_NOT_IMPLEMENTED;
  return float_binary(ts, op, x, y);
}

#define FLOAT_SLOT(name, OP) \
  static Value name(ThreadState *ts, Value a, Value b) { return binary(ts, OP, a, b); }
FLOAT_SLOT(slot_add, NB_ADD)
FLOAT_SLOT(slot_subtract, NB_SUBTRACT)
FLOAT_SLOT(slot_multiply, NB_MULTIPLY)
FLOAT_SLOT(slot_true_divide, NB_TRUE_DIVIDE)
FLOAT_SLOT(slot_floor_divide, NB_FLOOR_DIVIDE)
FLOAT_SLOT(slot_remainder, NB_REMAINDER)
FLOAT_SLOT(slot_divmod, NB_DIVMOD)
FLOAT_SLOT(slot_power, NB_POWER)
#undef FLOAT_SLOT

static Value slot_power3(ThreadState *ts, Value a, Value b, Value mod) {
  return err_format(ts, EXC(TypeError), "pow() 3rd argument not allowed unless all arguments are integers");
}

static Value slot_negative(ThreadState *ts, Value v) { return float_new(ts, -float_value(v)); }
static Value slot_exact(ThreadState *ts, Value v) {
  return is_object(v) && v->kind != K_FLOAT ? float_new(ts, float_value(v)) : incref(v);
}
static Value slot_absolute(ThreadState *ts, Value v) { return float_new(ts, fabs(float_value(v))); }
static Value slot_int(ThreadState *ts, Value v) { return int_from_double(ts, float_value(v)); }
static int slot_truth(ThreadState *ts, Value v) { return float_value(v) != 0; }
static Value slot_repr(ThreadState *ts, Value v) { return float_repr_of(ts, float_value(v)); }

/* ---- float(x) ---- */

static OWNED Value as_instance(ThreadState *ts, Type *type, STEALS Value v) {
  if (v == NULL || type == TYPE(FLOAT)) return v;
  Value self = object_new_instance(ts, type);
  if (self) ((FloatObject *)self)->value = float_value(v);
  decref(ts, v);
  return self;
}

static Value float_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords_new(ts, type, TYPE(FLOAT), kwnames) < 0) return NULL;
  if (args_count(ts, "float", nargs, 0, 1) < 0) return NULL;
  return as_instance(ts, type, nargs ? num_float(ts, args[0]) : V_ZERO);
}

static void float_dealloc(ThreadState *ts, Value self) { object_release(ts, self); }

/* ---- methods ---- */

static Value float_is_integer(NATIVE_ARGS) {
  double d = float_value(self);
  return bool_value(isfinite(d) && floor(d) == d);
}

static Value float_as_integer_ratio(NATIVE_ARGS) {
  double d = float_value(self);
  if (isinf(d)) return err_format(ts, EXC(OverflowError), "cannot convert Infinity to integer ratio");
  if (isnan(d)) return err_format(ts, EXC(ValueError), "cannot convert NaN to integer ratio");
  int exponent;
  int64_t top = (int64_t)ldexp(frexp(d, &exponent), 53);
  if (top == 0) return tuple_of2(ts, small_int_value(0), small_int_value(1));
  exponent -= 53;
  while ((top & 1) == 0) top /= 2, exponent++;
  Value shift = small_int_value(exponent < 0 ? -exponent : exponent);
  Value scaled = int_binary(ts, NB_LSHIFT, small_int_value(exponent < 0 ? 1 : top), shift);
  return exponent < 0 ? tuple_steal2(ts, small_int_value(top), scaled) : tuple_steal2(ts, scaled, small_int_value(1));
}

static Value float_hex(NATIVE_ARGS) {
  double d = float_value(self);
  if (!isfinite(d)) return float_repr_of(ts, d);
  const char *sign = signbit(d) ? "-" : "";
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  int biased = (int)(bits >> 52 & 0x7ff);
  uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
  char text[48];
  if (d == 0) snprintf(text, sizeof text, "%s0x0.0p+0", sign);
  else
    snprintf(text, sizeof text, "%s0x%d.%013llxp%+d", sign, biased != 0, (unsigned long long)fraction,
             biased ? biased - 1023 : -1022);
  return str_from_ascii(ts, text);
}

static bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }

/* Reads [sign] [0x] digits [. digits] [p exponent], or a special word. */
static bool read_hex(const char *p, const char *end, double *out) {
  char few[128], *copy = (size_t)(end - p) + 4 <= sizeof few ? few : malloc((size_t)(end - p) + 4), *to = copy;
  if (copy == NULL) return false;
  const char *start = p;
  bool good = false;
  if (p < end && (*p == '+' || *p == '-')) *to++ = *p++;
  if (p < end && ((*p | 0x20) == 'i' || (*p | 0x20) == 'n')) {
    good = float_from_chars(start, (size_t)(end - start), out);
    goto done;
  }
  if (end - p >= 2 && p[0] == '0' && (p[1] | 0x20) == 'x') p += 2;
  *to++ = '0';
  *to++ = 'x';
  int digits = 0;
  for (; p < end && is_hex_digit(*p); digits++) *to++ = *p++;
  if (p < end && *p == '.') {
    *to++ = *p++;
    for (; p < end && is_hex_digit(*p); digits++) *to++ = *p++;
  }
  if (digits == 0) goto done;
  if (p < end && (*p | 0x20) == 'p') {
    *to++ = *p++;
    if (p < end && (*p == '+' || *p == '-')) *to++ = *p++;
    if (p == end) goto done;
    while (p < end && *p >= '0' && *p <= '9') *to++ = *p++;
  }
  if (p < end) goto done;
  *to = 0;
  *out = strtod(copy, NULL);
  good = true;
done:
  if (copy != few) free(copy);
  return good;
}

static Value float_fromhex(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "bad argument type for built-in operation");
  const char *p = str_chars(args[0]), *end = p + str_len(args[0]);
  double d = 0;
  bool good = str_is_ascii(args[0]);
  if (good) {
    while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r'))) p++;
    while (p < end && (end[-1] == ' ' || (end[-1] >= '\t' && end[-1] <= '\r'))) end--;
    good = read_hex(p, end, &d);
  }
  if (!good) return err_format(ts, EXC(ValueError), "invalid hexadecimal floating-point string");
  if (isinf(d) && memchr(p, 'n', (size_t)(end - p)) == NULL && memchr(p, 'N', (size_t)(end - p)) == NULL)
    return err_format(ts, EXC(OverflowError), "hexadecimal value too large to represent as a float");
  Value v = float_new(ts, d);
  if (v == NULL || self == (Value)TYPE(FLOAT)) return v;
  Value instance = call1(ts, self, v);
  decref(ts, v);
  return instance;
}

/* d to n decimals, through its exact decimal text: halves go to even only when d lies exactly between. */
static OWNED Value round_to(ThreadState *ts, double d, ssize_t n) {
  if (!isfinite(d) || d == 0 || n > 323) return float_new(ts, d);
  if (n < -308) return float_new(ts, 0.0 * d);
  char text[400];
  if (n >= 0) {
    if (fabs(d) >= 4503599627370496.0) return float_new(ts, d); /* 2**52: whole already */
    char long_text[768];
    snprintf(long_text, sizeof long_text, "%.*f", (int)n, d);
    return float_new(ts, strtod(long_text, NULL));
  }
  int exponent;
  snprintf(text, sizeof text, "%.17e", fabs(d));
  exponent = atoi(strchr(text, 'e') + 1);
  int digits = exponent + (int)n; /* behind the first one */
  if (digits < -1) return float_new(ts, copysign(0.0, d));
  double r;
  if (digits == -1) {
    double half = 5 * pow(10, (double)-n - 1);
    r = fabs(d) > half ? pow(10, (double)-n) : 0.0;
  } else {
    snprintf(text, sizeof text, "%.*e", digits, fabs(d));
    r = strtod(text, NULL);
  }
  if (isinf(r)) return err_format(ts, EXC(OverflowError), "rounded value too large to represent");
  return float_new(ts, copysign(r, d));
}

static Value float_round(NATIVE_ARGS) {
  double d = float_value(self);
  if (nargs == 0 || is_none(args[0])) return int_from_double(ts, isfinite(d) ? nearbyint(d) : d);
  ssize_t n = num_as_ssize(ts, args[0], NULL);
  if (n == -1 && err_occurred(ts)) return NULL;
  return round_to(ts, d, n);
}

static Value float_trunc(NATIVE_ARGS) { return int_from_double(ts, float_value(self)); }
static Value float_floor(NATIVE_ARGS) { return int_from_double(ts, floor(float_value(self))); }
static Value float_ceil(NATIVE_ARGS) { return int_from_double(ts, ceil(float_value(self))); }
static Value float_conjugate(NATIVE_ARGS) { return slot_exact(ts, self); }
static Value float_getnewargs(NATIVE_ARGS) {
  Value exact = slot_exact(ts, self);
  if (exact == NULL) return NULL;
  Value t = tuple_of1(ts, exact);
  decref(ts, exact);
  return t;
}
static Value float_format_method(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "__format__() argument must be str, not %T", args[0]);
  return float_format(ts, self, args[0]);
}
static Value float_getformat(NATIVE_ARGS) {
  if (is_str(args[0]) && (str_equal_cstr(args[0], "double") || str_equal_cstr(args[0], "float")))
    return str_from_ascii(ts, "IEEE, little-endian");
  return err_format(ts, EXC(ValueError), "__getformat__() argument 1 must be 'double' or 'float'");
}
static Value get_zero(ThreadState *ts, Value self) { return V_ZERO; }

static const MethodDef float_methods[] = {
  {"conjugate", float_conjugate, 0, 0, 0, "conjugate($self, /)\n--\n\nReturn self, the complex conjugate of any float."},
  {"__trunc__", float_trunc, 0, 0, 0, NULL},
  {"__floor__", float_floor, 0, 0, 0, NULL},
  {"__ceil__", float_ceil, 0, 0, 0, NULL},
  {"__round__", float_round, 0, 1, 0, NULL},
  {"as_integer_ratio", float_as_integer_ratio, 0, 0, 0, "as_integer_ratio($self, /)\n--\n\nReturn the pair of integers whose ratio is exactly this float."},
  {"fromhex", float_fromhex, 1, 1, METHOD_CLASS, "fromhex($type, string, /)\n--\n\nCreate a floating-point number from a hexadecimal string."},
  {"hex", float_hex, 0, 0, 0, "hex($self, /)\n--\n\nReturn a hexadecimal representation of a floating-point number."},
  {"is_integer", float_is_integer, 0, 0, 0, "is_integer($self, /)\n--\n\nReturn True if the float is an integer."},
  {"__getnewargs__", float_getnewargs, 0, 0, 0, NULL},
  {"__getformat__", float_getformat, 1, 1, METHOD_CLASS, NULL},
  {"__format__", float_format_method, 1, 1, 0, NULL},
  {0}};

static const GetSetDef float_getsets[] = {
  {"real", slot_exact, NULL, "the real part of a complex number"},
  {"imag", get_zero, NULL, "the imaginary part of a complex number"},
  {0}};

Type *type_float_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "float",
    .doc = "float(x=0, /)\n--\n\nA floating-point number, made from a number or a string.",
    .size = sizeof(FloatObject),
    .flags = TYPE_BASETYPE | TYPE_MATCH_SELF,
    .slots = {
      .dealloc = float_dealloc,
      .repr = slot_repr,
      .hash = slot_hash,
      .compare = slot_compare,
      .new = float_type_new,
      .binary = {[NB_ADD] = slot_add, [NB_SUBTRACT] = slot_subtract, [NB_MULTIPLY] = slot_multiply,
                 [NB_TRUE_DIVIDE] = slot_true_divide, [NB_FLOOR_DIVIDE] = slot_floor_divide,
                 [NB_REMAINDER] = slot_remainder, [NB_DIVMOD] = slot_divmod, [NB_POWER] = slot_power},
      .power = slot_power3,
      .negative = slot_negative,
      .positive = slot_exact,
      .absolute = slot_absolute,
      .to_int = slot_int,
      .to_float = slot_exact,
      .truth = slot_truth,
    },
    .methods = float_methods,
    .getsets = float_getsets,
  };
  return type_from_spec(ts, &spec, NULL, K_FLOAT);
}
