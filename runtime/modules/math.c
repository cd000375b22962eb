/* math.c - the module math: the C library's functions with Python's errors, and exact integer functions through GMP.
 * Keeps true: nan out of a non-nan is "math domain error"; inf out of finite is "math range error" where it can overflow.
 * Next: cmath.c. CPython: Modules/mathmodule.c. */
#include <math.h>

#include "runtime/module.h"

static Value domain_error(ThreadState *ts) { return err_format(ts, EXC(ValueError), "math domain error"); }
static Value range_error(ThreadState *ts) { return err_format(ts, EXC(OverflowError), "math range error"); }

static inline int double_arg(ThreadState *ts, Value v, double *out) {
  if (LIKELY(is_small_float(v))) {
    *out = small_float(v);
    return 0;
  }
  return num_as_double(ts, v, out);
}

static Value one_argument(ThreadState *ts, Value v, double (*fn)(double), bool can_overflow) {
  double x;
  if (double_arg(ts, v, &x) < 0) return NULL;
  double r = fn(x);
  if (UNLIKELY(!isfinite(r))) {
    if (isnan(r) && !isnan(x)) return domain_error(ts);
    if (isinf(r) && isfinite(x)) return can_overflow ? range_error(ts) : domain_error(ts);
  }
  return float_new(ts, r);
}
#define FUNCTION(name, fn, can_overflow) \
  static Value m_##name(NATIVE_ARGS) { return one_argument(ts, args[0], fn, can_overflow); }
FUNCTION(acos, acos, false)
FUNCTION(acosh, acosh, false)
FUNCTION(asin, asin, false)
FUNCTION(asinh, asinh, false)
FUNCTION(atan, atan, false)
FUNCTION(atanh, atanh, false)
FUNCTION(cbrt, cbrt, false)
FUNCTION(cos, cos, false)
FUNCTION(cosh, cosh, true)
FUNCTION(erf, erf, false)
FUNCTION(erfc, erfc, false)
FUNCTION(exp, exp, true)
FUNCTION(exp2, exp2, true)
FUNCTION(expm1, expm1, true)
FUNCTION(fabs, fabs, false)
FUNCTION(log1p, log1p, false)
FUNCTION(sin, sin, false)
FUNCTION(sinh, sinh, true)
FUNCTION(sqrt, sqrt, false)
FUNCTION(tan, tan, false)
FUNCTION(tanh, tanh, false)
#undef FUNCTION

static Value m_gamma(NATIVE_ARGS) {
  double x;
  if (double_arg(ts, args[0], &x) < 0) return NULL;
  if (x == -INFINITY || x == 0.0 || (x < 0 && isfinite(x) && x == floor(x))) return domain_error(ts);
  double r = 1;
  if (x >= 1 && x <= 23 && x == floor(x)) {
    for (int i = 2; i < (int)x; i++) r *= i;
  } else {
    r = tgamma(x);
  }
  if (isinf(r) && isfinite(x)) return range_error(ts);
  return float_new(ts, r);
}
static Value m_lgamma(NATIVE_ARGS) {
  double x;
  int sign;
  if (double_arg(ts, args[0], &x) < 0) return NULL;
  if (isinf(x)) return float_new(ts, INFINITY);
  if (x <= 0 && x == floor(x)) return domain_error(ts);
  double r = lgamma_r(x, &sign);
  return isinf(r) ? range_error(ts) : float_new(ts, r);
}

/* ---- two arguments ---- */

static int two_doubles(ThreadState *ts, Value *args, double *x, double *y) { return double_arg(ts, args[0], x) < 0 || double_arg(ts, args[1], y) < 0 ? -1 : 0; }
static Value m_atan2(NATIVE_ARGS) {
  double y, x;
  return two_doubles(ts, args, &y, &x) < 0 ? NULL : float_new(ts, atan2(y, x));
}
static Value m_copysign(NATIVE_ARGS) {
  double x, y;
  return two_doubles(ts, args, &x, &y) < 0 ? NULL : float_new(ts, copysign(x, y));
}
static Value m_nextafter(NATIVE_ARGS) {
  double x, y;
  return two_doubles(ts, args, &x, &y) < 0 ? NULL : float_new(ts, nextafter(x, y));
}
static Value m_fmod(NATIVE_ARGS) {
  double x, y;
  if (two_doubles(ts, args, &x, &y) < 0) return NULL;
  if (isinf(y) && isfinite(x)) return float_new(ts, x);
  double r = fmod(x, y);
  return isnan(r) && !isnan(x) && !isnan(y) ? domain_error(ts) : float_new(ts, r);
}
static Value m_remainder(NATIVE_ARGS) {
  double x, y;
  if (two_doubles(ts, args, &x, &y) < 0) return NULL;
  double r = isinf(y) && isfinite(x) ? x : remainder(x, y);
  return isnan(r) && !isnan(x) && !isnan(y) ? domain_error(ts) : float_new(ts, r);
}
static Value m_pow(NATIVE_ARGS) {
  double x, y;
  if (two_doubles(ts, args, &x, &y) < 0) return NULL;
  double r = pow(x, y);
  if (isnan(r) && !isnan(x) && !isnan(y)) return domain_error(ts);
  if (isinf(r) && isfinite(x) && isfinite(y)) return x == 0 ? domain_error(ts) : range_error(ts);
  return float_new(ts, r);
}
static Value m_ldexp(NATIVE_ARGS) {
  double x;
  int64_t e;
  if (double_arg(ts, args[0], &x) < 0) return NULL;
  if (!is_int(args[1])) return err_format(ts, EXC(TypeError), "Expected an int as second argument to ldexp.");
  if (!int_fits_i64(args[1], &e)) e = int_sign(int_value(args[1])) < 0 ? INT64_MIN : INT64_MAX;
  if (x == 0 || !isfinite(x)) return float_new(ts, x);
  if (e > 4000) return range_error(ts);
  double r = e < -4000 ? copysign(0.0, x) : ldexp(x, (int)e);
  return isinf(r) ? range_error(ts) : float_new(ts, r);
}

/* ---- logarithms: also of ints past the range of double ---- */

/* v = m * 2**e with 0.5 <= m < 1, m rounded to nearest even. */
static double big_frexp(Value v, int64_t *e) {
  mpz_t view;
  mp_limb_t one;
  mpz_srcptr z = int_view(v, view, &one);
  size_t bits = mpz_sizeinbase(z, 2), shift = bits > 64 ? bits - 64 : 0;
  mpz_t top;
  mpz_init(top);
  mpz_tdiv_q_2exp(top, z, shift);
  uint64_t m = mpz_get_ui(top);
  if (shift && mpz_scan1(z, 0) < shift) m |= 1;
  mpz_clear(top);
  int small;
  double x = frexp((double)m, &small);
  *e = (int64_t)shift + small;
  return x;
}
static int log_of(ThreadState *ts, Value v, double (*fn)(double), double *out) {
  double x;
  if (is_int(v)) {
    Value i = int_value(v);
    if (int_sign(i) <= 0) {
      domain_error(ts);
      return -1;
    }
    if (!is_small_int(i) && int_bit_length(i) > 1023) {
      int64_t e;
      x = big_frexp(i, &e);
      *out = fn(x) + fn(2.0) * (double)e;
      return 0;
    }
  }
  if (double_arg(ts, v, &x) < 0) return -1;
  if (x <= 0) {
    domain_error(ts);
    return -1;
  }
  *out = fn(x);
  return 0;
}
static Value m_log(NATIVE_ARGS) {
  double x, base;
  if (log_of(ts, args[0], log, &x) < 0) return NULL;
  if (nargs == 1) return float_new(ts, x);
  if (log_of(ts, args[1], log, &base) < 0) return NULL;
  if (base == 0) return err_format(ts, EXC(ZeroDivisionError), "float division by zero");
  return float_new(ts, x / base);
}
static Value m_log2(NATIVE_ARGS) {
  double x;
  return log_of(ts, args[0], log2, &x) < 0 ? NULL : float_new(ts, x);
}
static Value m_log10(NATIVE_ARGS) {
  double x;
  return log_of(ts, args[0], log10, &x) < 0 ? NULL : float_new(ts, x);
}

/* ---- rounding and taking apart ---- */

static Value rounded(ThreadState *ts, Value v, Value dunder, double (*fn)(double)) {
  if (is_float(v) && !is_object(v)) return int_from_double(ts, fn(float_value(v)));
  if (is_kind(v, K_FLOAT)) return int_from_double(ts, fn(float_value(v)));
  bool missing;
  Value r = call_special(ts, v, dunder, NULL, 0, &missing);
  if (!missing) return r;
  double x;
  return double_arg(ts, v, &x) < 0 ? NULL : int_from_double(ts, fn(x));
}
static Value m_floor(NATIVE_ARGS) { return is_small_int(args[0]) ? args[0] : rounded(ts, args[0], ID(__floor__), floor); }
static Value m_ceil(NATIVE_ARGS) { return is_small_int(args[0]) ? args[0] : rounded(ts, args[0], ID(__ceil__), ceil); }
static Value m_trunc(NATIVE_ARGS) {
  if (is_small_float(args[0])) return int_from_double(ts, small_float(args[0]));
  bool missing;
  Value r = call_special(ts, args[0], ID(__trunc__), NULL, 0, &missing);
  return missing ? err_format(ts, EXC(TypeError), "type %T doesn't define __trunc__ method", args[0]) : r;
}
static Value m_frexp(NATIVE_ARGS) {
  double x;
  int e = 0;
  if (double_arg(ts, args[0], &x) < 0) return NULL;
  if (isfinite(x)) x = frexp(x, &e);
  return tuple_steal2(ts, float_new(ts, x), small_int_value(e));
}
static Value m_modf(NATIVE_ARGS) {
  double x, whole;
  if (double_arg(ts, args[0], &x) < 0) return NULL;
  double part = modf(x, &whole);
  return tuple_steal2(ts, float_new(ts, part), float_new(ts, whole));
}
static Value m_ulp(NATIVE_ARGS) {
  double x;
  if (double_arg(ts, args[0], &x) < 0) return NULL;
  x = fabs(x);
  if (!isfinite(x)) return float_new(ts, x);
  double up = nextafter(x, INFINITY);
  return float_new(ts, isinf(up) ? x - nextafter(x, 0) : up - x);
}
static Value m_degrees(NATIVE_ARGS) {
  double x;
  return double_arg(ts, args[0], &x) < 0 ? NULL : float_new(ts, x * (180.0 / M_PI));
}
static Value m_radians(NATIVE_ARGS) {
  double x;
  return double_arg(ts, args[0], &x) < 0 ? NULL : float_new(ts, x * (M_PI / 180.0));
}
static Value m_isfinite(NATIVE_ARGS) {
  double x;
  return double_arg(ts, args[0], &x) < 0 ? NULL : bool_value(isfinite(x));
}
static Value m_isinf(NATIVE_ARGS) {
  double x;
  return double_arg(ts, args[0], &x) < 0 ? NULL : bool_value(isinf(x));
}
static Value m_isnan(NATIVE_ARGS) {
  double x;
  return double_arg(ts, args[0], &x) < 0 ? NULL : bool_value(isnan(x));
}
static Value m_isclose(NATIVE_ARGS) {
  static const char *const names[] = {"a", "b", "rel_tol", "abs_tol"};
  static const ArgSpec spec = {"isclose", 0, 2, 2, 4, names};
  Value given[4];
  double a, b, rel = 1e-9, abs = 0;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || double_arg(ts, given[0], &a) < 0 || double_arg(ts, given[1], &b) < 0) return NULL;
  if ((given[2] && double_arg(ts, given[2], &rel) < 0) || (given[3] && double_arg(ts, given[3], &abs) < 0)) return NULL;
  if (rel < 0 || abs < 0) return err_format(ts, EXC(ValueError), "tolerances must be non-negative");
  if (a == b) return V_TRUE;
  if (isinf(a) || isinf(b)) return V_FALSE;
  double difference = fabs(b - a);
  return bool_value(difference <= fabs(rel * b) || difference <= fabs(rel * a) || difference <= abs);
}

/* ---- sums ---- */

/* J. Shewchuk's exact sum: partials that do not overlap, growing in size; one rounding at the end. */
typedef struct {
  double small[32], *p;
  ssize_t n, capacity;
  double special_sum, inf_sum;
} Partials;
static int partials_add(ThreadState *ts, Partials *s, double x) {
  double given = x;
  ssize_t kept = 0;
  for (ssize_t j = 0; j < s->n; j++) {
    double y = s->p[j];
    if (fabs(x) < fabs(y)) {
      double swap = x;
      x = y;
      y = swap;
    }
    double high = x + y, low = y - (high - x);
    if (low != 0) s->p[kept++] = low;
    x = high;
  }
  s->n = kept;
  if (x == 0) return 0;
  if (!isfinite(x)) {
    if (isfinite(given)) {
      err_format(ts, EXC(OverflowError), "intermediate overflow in fsum");
      return -1;
    }
    if (isinf(given)) s->inf_sum += given;
    s->special_sum += given;
    s->n = 0;
    return 0;
  }
  if (s->n == s->capacity) {
    double *grown = mem_alloc(ts, (size_t)s->capacity * 2 * sizeof *grown);
    if (grown == NULL) return -1;
    memcpy(grown, s->p, (size_t)s->n * sizeof *grown);
    if (s->p != s->small) mem_free(ts, s->p);
    s->p = grown;
    s->capacity *= 2;
  }
  s->p[s->n++] = x;
  return 0;
}
static double partials_total(Partials *s) {
  ssize_t n = s->n;
  if (n == 0) return 0;
  double high = s->p[--n], low = 0;
  while (n > 0) {
    double x = high, y = s->p[--n];
    high = x + y;
    low = y - (high - x);
    if (low != 0) break;
  }
  /* half way between two doubles: the partials below decide */
  if (n > 0 && ((low < 0 && s->p[n - 1] < 0) || (low > 0 && s->p[n - 1] > 0))) {
    double twice = low * 2, moved = high + twice;
    if (twice == moved - high) high = moved;
  }
  return high;
}
static Value m_fsum(NATIVE_ARGS) {
  Partials s = {.capacity = 32};
  s.p = s.small;
  Value it = iter_of(ts, args[0]), item, r = NULL;
  if (it == NULL) return NULL;
  while ((item = iter_next(ts, it)) != NULL) {
    double x;
    int bad = double_arg(ts, item, &x);
    decref(ts, item);
    if (bad < 0 || partials_add(ts, &s, x) < 0) goto done;
  }
  if (err_occurred(ts)) goto done;
  if (s.special_sum != 0) r = isnan(s.inf_sum) ? err_format(ts, EXC(ValueError), "-inf + inf in fsum") : float_new(ts, s.special_sum);
  else r = float_new(ts, partials_total(&s));
done:
  decref(ts, it);
  if (s.p != s.small) mem_free(ts, s.p);
  return r;
}
static Value m_prod(NATIVE_ARGS) {
  static const char *const names[] = {"iterable", "start"};
  static const ArgSpec spec = {"prod", 1, 1, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  Value it = iter_of(ts, given[0]), item;
  if (it == NULL) return NULL;
  Value r = given[1] ? incref(given[1]) : small_int_value(1);
  while (r && (item = iter_next(ts, it)) != NULL) {
    int64_t small;
    Value product;
    if (both_small_int(r, item) && !__builtin_mul_overflow(small_int(r), small_int(item), &small)) product = int_from_i64(ts, small);
    else if (both_small_float(r, item)) product = float_new(ts, small_float(r) * small_float(item));
    else product = num_binary(ts, NB_MULTIPLY, r, item);
    decref(ts, r);
    decref(ts, item);
    r = product;
  }
  decref(ts, it);
  if (r && err_occurred(ts)) CLEAR(r);
  return r;
}

/* sqrt of the sum of squares, with 113 bits in between: the last rounding is the only one that shows. */
static double norm(const double *x, ssize_t n) {
  bool nan = false;
  __float128 sum = 0;
  for (ssize_t i = 0; i < n; i++) {
    if (isinf(x[i])) return INFINITY;
    nan = nan || isnan(x[i]);
    sum += (__float128)x[i] * x[i];
  }
  if (nan) return NAN;
  if (sum == 0) return 0;
  if (n == 1) return fabs(x[0]);
  /* bring the sum near 1, so that a double can hold the first guess */
  double largest = 0;
  for (ssize_t i = 0; i < n; i++) largest = fmax(largest, fabs(x[i]));
  int e;
  frexp(largest, &e);
  __float128 scale = 1, step = e > 0 ? 0.5 : 2;
  for (int i = e < 0 ? -e : e; i; i >>= 1, step *= step)
    if (i & 1) scale *= step;
  sum = sum * scale * scale;
  double guess = sqrt((double)sum);
  __float128 root = guess + (sum - (__float128)guess * guess) / (2 * (__float128)guess);
  return (double)(root / scale);
}
static Value norm_of(ThreadState *ts, Value *a, NULLABLE Value *b, ssize_t n) {
  double small[16], *x = small;
  Value r = NULL;
  if (n > 16 && (x = mem_alloc(ts, (size_t)n * sizeof *x)) == NULL) return NULL;
  for (ssize_t i = 0; i < n; i++) {
    double y = 0;
    if (double_arg(ts, a[i], &x[i]) < 0 || (b && double_arg(ts, b[i], &y) < 0)) goto done;
    x[i] = fabs(x[i] - y);
  }
  r = float_new(ts, norm(x, n));
done:
  if (x != small) mem_free(ts, x);
  return r;
}
static Value m_hypot(NATIVE_ARGS) { return norm_of(ts, args, NULL, nargs); }
static Value m_dist(NATIVE_ARGS) {
  Value p = is_tuple(args[0]) ? incref(args[0]) : tuple_from_iterable(ts, args[0]), r = NULL;
  Value q = p ? is_tuple(args[1]) ? incref(args[1]) : tuple_from_iterable(ts, args[1]) : NULL;
  if (q && tuple_len(p) != tuple_len(q)) err_format(ts, EXC(ValueError), "both points must have the same number of dimensions");
  else if (q) r = norm_of(ts, tuple_items(p), tuple_items(q), tuple_len(p));
  xdecref(ts, p);
  xdecref(ts, q);
  return r;
}

/* ---- integers ---- */

static Value from_mpz(ThreadState *ts, mpz_t z) {
  Value r = int_from_mpz(ts, z);
  mpz_clear(z);
  return r;
}
static uint64_t small_gcd(uint64_t a, uint64_t b) {
  while (b) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}
static Value gcd2(ThreadState *ts, Value a, Value b) {
  if (both_small_int(a, b)) {
    int64_t x = small_int(a), y = small_int(b);
    return int_from_u64(ts, small_gcd((uint64_t)(x < 0 ? -x : x), (uint64_t)(y < 0 ? -y : y)));
  }
  mpz_t x, y, r;
  mp_limb_t one, two;
  mpz_srcptr xz = int_view(a, x, &one), yz = int_view(b, y, &two);
  mpz_init(r);
  mpz_gcd(r, xz, yz);
  return from_mpz(ts, r);
}
static Value lcm2(ThreadState *ts, Value a, Value b) {
  mpz_t x, y, r;
  mp_limb_t one, two;
  mpz_srcptr xz = int_view(a, x, &one), yz = int_view(b, y, &two);
  if (int_check_bits(ts, (double)int_bit_length(a) + (double)int_bit_length(b)) < 0) return NULL;
  mpz_init(r);
  mpz_lcm(r, xz, yz);
  return from_mpz(ts, r);
}
static Value fold_ints(ThreadState *ts, Value *args, ssize_t nargs, Value empty, Value (*fn)(ThreadState *, Value, Value)) {
  Value r = nargs ? num_index(ts, args[0]) : empty;
  if (nargs == 1 && r) {
    Value positive = num_absolute(ts, r);
    decref(ts, r);
    return positive;
  }
  for (ssize_t i = 1; r && i < nargs; i++) {
    Value x = num_index(ts, args[i]);
    Value next = x ? fn(ts, r, x) : NULL;
    xdecref(ts, x);
    decref(ts, r);
    r = next;
  }
  return r;
}
static Value m_gcd(NATIVE_ARGS) { return fold_ints(ts, args, nargs, small_int_value(0), gcd2); }
static Value m_lcm(NATIVE_ARGS) { return fold_ints(ts, args, nargs, small_int_value(1), lcm2); }

static Value m_isqrt(NATIVE_ARGS) {
  Value v = num_index(ts, args[0]);
  if (v == NULL) return NULL;
  if (int_sign(v) < 0) {
    decref(ts, v);
    return err_format(ts, EXC(ValueError), "isqrt() argument must be nonnegative");
  }
  mpz_t view, r;
  mp_limb_t one;
  mpz_init(r);
  mpz_sqrt(r, int_view(v, view, &one));
  decref(ts, v);
  return from_mpz(ts, r);
}
static Value m_factorial(NATIVE_ARGS) {
  Value v = num_index(ts, args[0]);
  int64_t n;
  if (v == NULL) return NULL;
  bool fits = int_fits_i64(v, &n), negative = int_sign(v) < 0;
  decref(ts, v);
  if (negative) return err_format(ts, EXC(ValueError), "factorial() not defined for negative values");
  if (!fits) return err_format(ts, EXC(OverflowError), "factorial() argument should not exceed %lld", (long long)INT64_MAX);
  if (int_check_bits(ts, n < 2 ? 1 : (double)n * (log2((double)n) - 1.4) + 64) < 0) return NULL;
  mpz_t r;
  mpz_init(r);
  mpz_fac_ui(r, (unsigned long)n);
  return from_mpz(ts, r);
}
/* n * (n-1) * ... of k factors, by halves. */
static void falling_product(mpz_t r, mpz_srcptr n, uint64_t from, uint64_t k) {
  if (k <= 8) {
    mpz_t factor;
    mpz_init(factor);
    mpz_set_ui(r, 1);
    for (uint64_t i = 0; i < k; i++) {
      mpz_sub_ui(factor, n, from + i);
      mpz_mul(r, r, factor);
    }
    mpz_clear(factor);
    return;
  }
  mpz_t right;
  mpz_init(right);
  falling_product(r, n, from, k / 2);
  falling_product(right, n, from + k / 2, k - k / 2);
  mpz_mul(r, r, right);
  mpz_clear(right);
}
static int two_naturals(ThreadState *ts, Value *args, Value *n, Value *k) {
  *n = num_index(ts, args[0]);
  *k = *n ? num_index(ts, args[1]) : NULL;
  if (*k == NULL) {
    xdecref(ts, *n);
    return -1;
  }
  const char *bad = int_sign(*n) < 0 ? "n" : int_sign(*k) < 0 ? "k" : NULL;
  if (bad == NULL) return 0;
  err_format(ts, EXC(ValueError), "%s must be a non-negative integer", bad);
  decref(ts, *n);
  decref(ts, *k);
  return -1;
}
static Value m_perm(NATIVE_ARGS) {
  if (nargs < 2 || args[1] == V_NONE) return m_factorial(ts, self, args, 1, NULL);
  Value n, k, r = NULL;
  int64_t count;
  if (two_naturals(ts, args, &n, &k) < 0) return NULL;
  if (int_compare(n, k) < 0) {
    r = small_int_value(0);
  } else if (!int_fits_i64(k, &count)) {
    err_format(ts, EXC(OverflowError), "k must not exceed %lld", (long long)INT64_MAX);
  } else if (int_check_bits(ts, (double)count * (double)int_bit_length(n)) == 0) {
    mpz_t view, product;
    mp_limb_t one;
    mpz_init(product);
    falling_product(product, int_view(n, view, &one), 0, (uint64_t)count);
    r = from_mpz(ts, product);
  }
  decref(ts, n);
  decref(ts, k);
  return r;
}
static Value m_comb(NATIVE_ARGS) {
  Value n, k, r = NULL;
  int64_t count;
  if (two_naturals(ts, args, &n, &k) < 0) return NULL;
  Value rest = int_binary(ts, NB_SUBTRACT, n, k);
  if (rest == NULL) goto done;
  if (int_sign(rest) < 0) {
    r = small_int_value(0);
    goto done;
  }
  if (!int_fits_i64(int_compare(rest, k) < 0 ? rest : k, &count)) {
    err_format(ts, EXC(OverflowError), "min(n - k, k) must not exceed %lld", (long long)INT64_MAX);
    goto done;
  }
  double bits = fmin((double)int_bit_length(n) * (double)count, is_small_int(n) ? (double)small_int(n) + 64 : INFINITY);
  if (int_check_bits(ts, bits) < 0) goto done;
  mpz_t view, result;
  mp_limb_t one;
  mpz_init(result);
  mpz_bin_ui(result, int_view(n, view, &one), (unsigned long)count);
  r = from_mpz(ts, result);
done:
  xdecref(ts, rest);
  decref(ts, n);
  decref(ts, k);
  return r;
}

#define ONE(name, doc) {#name, m_##name, 1, 1, 0, #name "($module, x, /)\n--\n\n" doc}
static const MethodDef methods[] = {
    ONE(acos, "Return the arc cosine (measured in radians) of x."), ONE(acosh, "Inverse hyperbolic cosine."), ONE(asin, "Arc sine in radians."), ONE(asinh, "Inverse hyperbolic sine."),
    ONE(atan, "Arc tangent in radians."), ONE(atanh, "Inverse hyperbolic tangent."), ONE(cbrt, "The cube root."), ONE(ceil, "The smallest integer >= x."),
    ONE(cos, "Cosine of x radians."), ONE(cosh, "Hyperbolic cosine."), ONE(degrees, "Radians to degrees."), ONE(erf, "Error function at x."),
    ONE(erfc, "1 - erf(x)."), ONE(exp, "e to the power x."), ONE(exp2, "2 to the power x."), ONE(expm1, "exp(x)-1, exact near 0."),
    ONE(fabs, "Absolute value as a float."), ONE(floor, "The largest integer <= x."), ONE(frexp, "(m, e) with x == m * 2.**e."), ONE(gamma, "Gamma function at x."),
    ONE(isfinite, "Neither an infinity nor a NaN?"), ONE(isinf, "Is x an infinity?"), ONE(isnan, "Is x a NaN?"), ONE(lgamma, "Logarithm of |gamma(x)|."),
    ONE(log10, "Logarithm to base 10."), ONE(log1p, "log(1+x), exact near 0."), ONE(log2, "Logarithm to base 2."), ONE(modf, "Fractional and integer part."),
    ONE(radians, "Degrees to radians."), ONE(sin, "Sine of x radians."), ONE(sinh, "Hyperbolic sine."), ONE(sqrt, "The square root."),
    ONE(tan, "Tangent of x radians."), ONE(tanh, "Hyperbolic tangent."), ONE(trunc, "x without its fraction."), ONE(ulp, "The value of the last bit of x."),
    {"isqrt", m_isqrt, 1, 1, 0, "isqrt($module, n, /)\n--\n\nThe integer part of the square root."},
    {"factorial", m_factorial, 1, 1, 0, "factorial($module, n, /)\n--\n\nFind n!."},
    {"fsum", m_fsum, 1, 1, 0, "fsum($module, seq, /)\n--\n\nAn exact sum, rounded once."},
    {"atan2", m_atan2, 2, 2, 0, "atan2($module, y, x, /)\n--\n\nArc tangent of y/x, in the right quadrant."},
    {"copysign", m_copysign, 2, 2, 0, "copysign($module, x, y, /)\n--\n\nx with the sign of y."},
    {"nextafter", m_nextafter, 2, 2, 0, "nextafter($module, x, y, /)\n--\n\nThe next float from x towards y."},
    {"fmod", m_fmod, 2, 2, 0, "fmod($module, x, y, /)\n--\n\nC's fmod."},
    {"remainder", m_remainder, 2, 2, 0, "remainder($module, x, y, /)\n--\n\nx minus the nearest multiple of y."},
    {"pow", m_pow, 2, 2, 0, "pow($module, x, y, /)\n--\n\nx to the power y, as floats."},
    {"ldexp", m_ldexp, 2, 2, 0, "ldexp($module, x, i, /)\n--\n\nx * (2**i)."},
    {"dist", m_dist, 2, 2, 0, "dist($module, p, q, /)\n--\n\nThe distance of two points."},
    {"comb", m_comb, 2, 2, 0, "comb($module, n, k, /)\n--\n\nWays to choose k of n, without order."},
    {"perm", m_perm, 1, 2, 0, "perm($module, n, k=None, /)\n--\n\nWays to choose k of n, in order."},
    {"log", m_log, 1, 2, 0, "log(x, [base=math.e])\nThe logarithm of x to the given base."},
    {"hypot", m_hypot, 0, -1, 0, "hypot(*coordinates) -> value"},
    {"gcd", m_gcd, 0, -1, 0, "gcd($module, /, *integers)\n--\n\nGreatest common divisor."},
    {"lcm", m_lcm, 0, -1, 0, "lcm($module, /, *integers)\n--\n\nLeast common multiple."},
    {"isclose", m_isclose, 0, -1, METHOD_KW, "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nAre two floats close in value?"},
    {"prod", m_prod, 0, -1, METHOD_KW, "prod($module, iterable, /, *, start=1)\n--\n\nThe product of all items."},
    {0}};
#undef ONE

static int start(ThreadState *ts, Value module) {
  return module_add(ts, module, "pi", float_new(ts, M_PI)) < 0 || module_add(ts, module, "e", float_new(ts, M_E)) < 0 || module_add(ts, module, "tau", float_new(ts, 2 * M_PI)) < 0 ||
                 module_add(ts, module, "inf", float_new(ts, INFINITY)) < 0 || module_add(ts, module, "nan", float_new(ts, NAN)) < 0
             ? -1
             : 0;
}
const ModuleDef math_module_def = {.name = "math", .doc = "This module provides access to the mathematical functions\ndefined by the C standard.", .methods = methods, .start = start};
