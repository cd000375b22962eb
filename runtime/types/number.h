/* number.h - int, float and complex as C code sees them. (int.c, int_text.c, float.c, complex.c)
 * Ints past 63 bits keep GMP limbs inline; results come through mpz scratch numbers. */
#ifndef RUNTIME_TYPES_NUMBER_H
#define RUNTIME_TYPES_NUMBER_H

#include <gmp.h>

typedef struct {
  Object base;
  int64_t size; /* number of limbs; negative: a negative number */
  mp_limb_t limbs[];
} BigInt; /* K_INT: exactly int, outside the immediate range */
typedef struct {
  Object base;
  Value value; /* immediate or BigInt */
} IntSubclass; /* instances of subclasses of int (layout K_INT, kind K_OBJECT); attributes follow */
typedef struct {
  Object base;
  double value;
} FloatObject; /* K_FLOAT: floats outside the immediate range; also subclasses */
typedef struct {
  Object base;
  double real, imag;
} Complex;

OWNED Value int_from_i64(ThreadState *ts, int64_t i);
OWNED Value int_from_u64(ThreadState *ts, uint64_t u);
OWNED Value int_from_mpz(ThreadState *ts, mpz_srcptr z);
OWNED Value int_from_double(ThreadState *ts, double d); /* truncates; OverflowError/ValueError for inf and nan */
/* Digits without sign, underscores or prefix. */
OWNED Value int_from_text(ThreadState *ts, const char *digits, size_t n, int base);
/* int(text, base) with all of Python's rules (sign, prefix, underscores, spaces): ValueError. */
OWNED Value int_parse(ThreadState *ts, Value text, int base);
/* The exact int (immediate or BigInt, borrowed) in an int, a bool or an instance of a subclass. */
static inline BORROWED Value int_value(Value v) {
  if (is_small_int(v) || !is_object(v)) return v == V_TRUE ? small_int_value(1) : v == V_FALSE ? small_int_value(0) : v;
  return v->kind == K_INT ? v : ((IntSubclass *)v)->value;
}
/* View an exact int as an mpz without copying; valid while v lives. one: room for a limb. */
mpz_srcptr int_view(Value v, mpz_t view, mp_limb_t *one);
int int_sign(Value v);
bool int_fits_i64(Value v, int64_t *out);     /* any is_int value */
double int_as_double(ThreadState *ts, Value v); /* -1 + OverflowError "int too large to convert to float" */
size_t int_bit_length(Value v);
OWNED Value int_to_str(ThreadState *ts, Value v, int base); /* no prefix */
OWNED Value int_binary(ThreadState *ts, BinaryOp op, Value a, Value b); /* two is_int values; or V_NOT_IMPLEMENTED */
int int_compare(Value a, Value b); /* -1, 0, 1; exact ints */
int64_t int_hash(Value v);
OWNED Value int_to_bytes(ThreadState *ts, Value v, ssize_t length, bool little, bool is_signed);
OWNED Value int_from_bytes(ThreadState *ts, const uint8_t *p, size_t n, bool little, bool is_signed);
OWNED Value int_divmod(ThreadState *ts, Value a, Value b); /* tuple (a // b, a % b) of two is_int values */
OWNED Value int_power_mod(ThreadState *ts, Value a, Value b, Value mod); /* pow(a, b, mod) of ints */
OWNED Value int_negate(ThreadState *ts, Value v);
/* MemoryError when a number of so many bits is out of the question: GMP would abort. */
int int_check_bits(ThreadState *ts, double bits);
OWNED Value int_repr(ThreadState *ts, Value v); /* decimal */
int64_t int_compare_double(Value i, double d); /* -1, 0, 1: exact comparison of an exact int with a finite double */

OWNED Value float_new_boxed(ThreadState *ts, double d);
static inline OWNED Value float_new(ThreadState *ts, double d) {
  Value v = small_float_value(d);
  return LIKELY(v != NULL) ? v : float_new_boxed(ts, d);
}
static inline double float_value(Value v) { /* of an is_float value */
  if (is_small_float(v)) return small_float(v);
  if (is_object(v)) return ((FloatObject *)v)->value;
  return v == V_ZERO ? 0.0 : -0.0;
}
OWNED Value float_repr_of(ThreadState *ts, double d);
/* strtod on ASCII text without spaces: false when not all of it is a float (underscores are not accepted). */
bool float_from_chars(const char *p, size_t n, double *out);
/* The shortest digits that read back as d (finite, > 0): at most 17 characters, no zero at the end; value = 0.DIGITS * 10**point. */
int float_shortest_digits(double d, char *digits, int *point);
OWNED Value float_parse(ThreadState *ts, Value text); /* float("...") ; ValueError */
/* Shortest repr ('r'), or 'e' 'f' 'g' with precision; flags below. mem_free the result. CPython: PyOS_double_to_string */
enum { FLOAT_ADD_DOT_0 = 1, FLOAT_SIGN = 2, FLOAT_ALT = 4, FLOAT_NO_NEGATIVE_0 = 8 };
char *float_to_chars(ThreadState *ts, double d, char code, int precision, int flags);
int64_t float_hash(double d);
OWNED Value float_binary(ThreadState *ts, BinaryOp op, double a, double b); /* ZeroDivisionError and so on */
double float_floor_mod(double a, double b, double *mod);

OWNED Value complex_new(ThreadState *ts, double real, double imag);
OWNED Value complex_power(ThreadState *ts, double real, double imag, double exp_real, double exp_imag);
/* format(v, spec) of the three, and of str: types/format.c */
OWNED Value int_format(ThreadState *ts, Value v, Value spec);
OWNED Value float_format(ThreadState *ts, Value v, Value spec);
OWNED Value complex_format(ThreadState *ts, Value v, Value spec);
OWNED Value str_format_spec(ThreadState *ts, Value v, Value spec);
OWNED Value str_percent(ThreadState *ts, Value format, Value args);   /* "..." % args */
OWNED Value bytes_percent(ThreadState *ts, Value format, Value args); /* b"..." % args */
OWNED Value str_format_method(ThreadState *ts, Value format, Value *args, ssize_t nargs, Value kwnames); /* "...".format() */
OWNED Value str_format_map(ThreadState *ts, Value format, Value mapping);

#endif
