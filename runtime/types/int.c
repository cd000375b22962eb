/* int.c - whole numbers of any size, and bool. Objects/longobject.c, Objects/boolobject.c in CPython.
 * Keeps true: a value that fits 63 bits is an immediate; a BigInt never has a zero limb on top and never fits.
 * How: sums, products and quotients are computed by mpn_ functions straight into the new object's limbs; the rarer
 *   operations (powers, bit operations on negatives) go through an mpz and are copied.
 * GMP aborts when memory runs out, so results too large to be thought of are refused first (int_check_bits).
 * Next: int_text.c (digits in and out), float.c. */
#include "runtime/object.h"

#include <math.h>
#include <stdlib.h>

/* ---- limbs of an exact int, immediate or not ---- */

typedef struct {
  const mp_limb_t *p;
  mp_size_t n;
  bool negative;
  mp_limb_t one;
} Limbs;

static void limbs_of(Value v, Limbs *out) {
  if (is_small_int(v)) {
    int64_t i = small_int(v);
    out->negative = i < 0;
    out->one = i < 0 ? -(uint64_t)i : (uint64_t)i;
    out->p = &out->one;
    out->n = i != 0;
  } else {
    BigInt *b = (BigInt *)v;
    out->negative = b->size < 0;
    out->n = b->size < 0 ? -b->size : b->size;
    out->p = b->limbs;
  }
}

int int_check_bits(ThreadState *ts, double bits) {
  size_t limit = ts->interp->memory_limit, used = RACY_LOAD(ts->interp->memory_used);
  if (LIKELY(bits < 1e6)) return 0;
  if (bits > 68719476736.0 || (limit && bits / 8 > (double)(limit > used ? limit - used : 0))) {
    err_no_memory(ts);
    return -1;
  }
  return 0;
}

static BigInt *big_new(ThreadState *ts, mp_size_t limbs) {
  if (UNLIKELY(int_check_bits(ts, (double)limbs * 64) < 0)) return NULL;
  return (BigInt *)object_alloc_raw(ts, TYPE(INT), sizeof(BigInt) + (size_t)limbs * sizeof(mp_limb_t));
}

/* Turn filled limbs into the right kind of int: drops zero limbs, makes an immediate where it fits. */
static OWNED Value big_finish(ThreadState *ts, STEALS BigInt *b, mp_size_t n, bool negative) {
  while (n > 0 && b->limbs[n - 1] == 0) n--;
  if (n <= 1) {
    uint64_t u = n ? b->limbs[0] : 0;
    if (u <= (uint64_t)SMALL_INT_MAX || (negative && u == (uint64_t)1 << 62)) {
      b->size = 0;
      decref(ts, (Value)b);
      return small_int_value(negative ? (int64_t)-u : (int64_t)u);
    }
  }
  b->size = negative ? -n : n;
  return (Value)b;
}

Value int_from_i64(ThreadState *ts, int64_t i) {
  if (LIKELY(fits_small_int(i))) return small_int_value(i);
  BigInt *b = big_new(ts, 1);
  if (b == NULL) return NULL;
  b->size = i < 0 ? -1 : 1;
  b->limbs[0] = i < 0 ? -(uint64_t)i : (uint64_t)i;
  return (Value)b;
}

Value int_from_u64(ThreadState *ts, uint64_t u) {
  if (LIKELY(u <= (uint64_t)SMALL_INT_MAX)) return small_int_value((int64_t)u);
  BigInt *b = big_new(ts, 1);
  if (b == NULL) return NULL;
  b->size = 1;
  b->limbs[0] = u;
  return (Value)b;
}

static OWNED Value int_from_i128(ThreadState *ts, __int128 wide) {
  bool negative = wide < 0;
  unsigned __int128 u = negative ? -(unsigned __int128)wide : (unsigned __int128)wide;
  BigInt *b = big_new(ts, 2);
  if (b == NULL) return NULL;
  b->limbs[0] = (uint64_t)u;
  b->limbs[1] = (uint64_t)(u >> 64);
  return big_finish(ts, b, 2, negative);
}

Value int_from_mpz(ThreadState *ts, mpz_srcptr z) {
  mp_size_t n = (mp_size_t)mpz_size(z);
  BigInt *b = big_new(ts, n ? n : 1);
  if (b == NULL) return NULL;
  memcpy(b->limbs, mpz_limbs_read(z), (size_t)n * sizeof(mp_limb_t));
  return big_finish(ts, b, n, mpz_sgn(z) < 0);
}

Value int_from_double(ThreadState *ts, double d) {
  if (LIKELY(d > -4611686018427387904.0 && d < 4611686018427387904.0)) return small_int_value((int64_t)d);
  if (isinf(d)) return err_format(ts, EXC(OverflowError), "cannot convert float infinity to integer");
  if (isnan(d)) return err_format(ts, EXC(ValueError), "cannot convert float NaN to integer");
  mpz_t z;
  mpz_init_set_d(z, d);
  Value v = int_from_mpz(ts, z);
  mpz_clear(z);
  return v;
}

mpz_srcptr int_view(Value v, mpz_t view, mp_limb_t *one) {
  v = int_value(v);
  if (!is_small_int(v)) return mpz_roinit_n(view, ((BigInt *)v)->limbs, ((BigInt *)v)->size);
  int64_t i = small_int(v);
  *one = i < 0 ? -(uint64_t)i : (uint64_t)i;
  return mpz_roinit_n(view, one, i < 0 ? -1 : i > 0);
}

/* ---- asking ---- */

int int_sign(Value v) {
  v = int_value(v);
  if (is_small_int(v)) return small_int(v) < 0 ? -1 : small_int(v) > 0;
  return ((BigInt *)v)->size < 0 ? -1 : 1;
}

bool int_fits_i64(Value v, int64_t *out) {
  v = int_value(v);
  if (LIKELY(is_small_int(v))) {
    *out = small_int(v);
    return true;
  }
  BigInt *b = (BigInt *)v;
  if (b->size == 1 && b->limbs[0] <= INT64_MAX) *out = (int64_t)b->limbs[0];
  else if (b->size == -1 && b->limbs[0] <= (uint64_t)1 << 63) *out = (int64_t)-b->limbs[0];
  else return false;
  return true;
}

size_t int_bit_length(Value v) {
  Limbs x;
  limbs_of(int_value(v), &x);
  return x.n == 0 ? 0 : (size_t)x.n * 64 - (size_t)__builtin_clzll(x.p[x.n - 1]);
}

/* Round half to even from the top 64 bits and a sticky bit for the rest. */
double int_as_double(ThreadState *ts, Value v) {
  v = int_value(v);
  if (LIKELY(is_small_int(v))) return (double)small_int(v);
  Limbs x;
  limbs_of(v, &x);
  size_t bits = int_bit_length(v);
  double d = INFINITY;
  if (bits <= 1024) {
    int shift = __builtin_clzll(x.p[x.n - 1]);
    uint64_t top = x.p[x.n - 1] << shift;
    mp_size_t rest = x.n - 1;
    bool sticky = false;
    if (shift && rest > 0) {
      top |= x.p[rest - 1] >> (64 - shift);
      sticky = x.p[rest - 1] << shift != 0;
      rest--;
    }
    while (rest > 0 && !sticky) sticky = x.p[--rest] != 0;
    d = ldexp((double)(top | sticky), (int)bits - 64);
  }
  if (isinf(d)) {
    err_format(ts, EXC(OverflowError), "int too large to convert to float");
    return -1.0;
  }
  return x.negative ? -d : d;
}

static int compare_magnitude(const Limbs *x, const Limbs *y) {
  if (x->n != y->n) return x->n < y->n ? -1 : 1;
  return x->n ? mpn_cmp(x->p, y->p, x->n) : 0;
}

int int_compare(Value a, Value b) {
  if (both_small_int(a, b)) return small_int(a) < small_int(b) ? -1 : small_int(a) > small_int(b);
  Limbs x, y;
  limbs_of(a, &x);
  limbs_of(b, &y);
  if (x.negative != y.negative) return x.negative ? -1 : 1;
  int c = compare_magnitude(&x, &y);
  c = c < 0 ? -1 : c > 0;
  return x.negative ? -c : c;
}

int64_t int_compare_double(Value i, double d) {
  if (is_small_int(i)) {
    int64_t n = small_int(i);
    if (n >= -((int64_t)1 << 53) && n <= (int64_t)1 << 53) return (double)n < d ? -1 : (double)n > d;
    if (d >= 9223372036854775808.0) return -1;
    if (d < -9223372036854775808.0) return 1;
    int64_t whole = (int64_t)d; /* truncated; exact when |d| > 2**53 */
    if (n != whole) return n < whole ? -1 : 1;
    return d > (double)whole ? -1 : d < (double)whole;
  }
  mpz_t view;
  mp_limb_t one;
  int c = mpz_cmp_d(int_view(i, view, &one), d);
  return c < 0 ? -1 : c > 0;
}

#define HASH_MODULUS (((uint64_t)1 << 61) - 1)

int64_t int_hash(Value v) {
  v = int_value(v);
  Limbs x;
  limbs_of(v, &x);
  uint64_t h;
  if (x.n <= 1) h = x.n ? x.p[0] % HASH_MODULUS : 0;
  else h = mpn_mod_1(x.p, x.n, HASH_MODULUS);
  int64_t hash = x.negative ? -(int64_t)h : (int64_t)h;
  return hash == -1 ? -2 : hash;
}

/* ---- sums ---- */

static OWNED Value add_limbs(ThreadState *ts, const Limbs *x, const Limbs *y) {
  const Limbs *big = x, *little = y;
  if (x->negative == y->negative) {
    if (x->n < y->n) big = y, little = x;
    BigInt *r = big_new(ts, big->n + 1);
    if (r == NULL) return NULL;
    if (little->n == 0) {
      memcpy(r->limbs, big->p, (size_t)big->n * 8);
      r->limbs[big->n] = 0;
    } else {
      r->limbs[big->n] = mpn_add(r->limbs, big->p, big->n, little->p, little->n);
    }
    return big_finish(ts, r, big->n + 1, x->negative);
  }
  int c = compare_magnitude(x, y);
  if (c == 0) return small_int_value(0);
  if (c < 0) big = y, little = x;
  BigInt *r = big_new(ts, big->n);
  if (r == NULL) return NULL;
  if (little->n == 0) memcpy(r->limbs, big->p, (size_t)big->n * 8);
  else mpn_sub(r->limbs, big->p, big->n, little->p, little->n);
  return big_finish(ts, r, big->n, big->negative);
}

static OWNED Value add(ThreadState *ts, Value a, Value b) {
  if (LIKELY(both_small_int(a, b))) return int_from_i64(ts, small_int(a) + small_int(b));
  Limbs x, y;
  limbs_of(a, &x);
  limbs_of(b, &y);
  return add_limbs(ts, &x, &y);
}

static OWNED Value subtract(ThreadState *ts, Value a, Value b) {
  if (LIKELY(both_small_int(a, b))) return int_from_i64(ts, small_int(a) - small_int(b));
  Limbs x, y;
  limbs_of(a, &x);
  limbs_of(b, &y);
  y.negative = !y.negative;
  if (y.n == 0) y.negative = x.negative;
  return add_limbs(ts, &x, &y);
}

Value int_negate(ThreadState *ts, Value v) {
  v = int_value(v);
  if (LIKELY(is_small_int(v))) return int_from_i64(ts, -small_int(v));
  BigInt *b = (BigInt *)v;
  mp_size_t n = b->size < 0 ? -b->size : b->size;
  BigInt *r = big_new(ts, n);
  if (r == NULL) return NULL;
  memcpy(r->limbs, b->limbs, (size_t)n * 8);
  return big_finish(ts, r, n, b->size > 0);
}

/* ---- products ---- */

static OWNED Value multiply(ThreadState *ts, Value a, Value b) {
  if (LIKELY(both_small_int(a, b))) {
    int64_t product;
    if (LIKELY(!__builtin_mul_overflow(small_int(a), small_int(b), &product))) return int_from_i64(ts, product);
    return int_from_i128(ts, (__int128)small_int(a) * small_int(b));
  }
  Limbs x, y;
  limbs_of(a, &x);
  limbs_of(b, &y);
  if (x.n == 0 || y.n == 0) return small_int_value(0);
  const Limbs *big = x.n >= y.n ? &x : &y, *little = x.n >= y.n ? &y : &x;
  BigInt *r = big_new(ts, x.n + y.n);
  if (r == NULL) return NULL;
  if (little->n == 1) r->limbs[big->n] = mpn_mul_1(r->limbs, big->p, big->n, little->p[0]);
  else if (x.p == y.p) mpn_sqr(r->limbs, x.p, x.n);
  else mpn_mul(r->limbs, big->p, big->n, little->p, little->n);
  return big_finish(ts, r, x.n + y.n, x.negative != y.negative);
}

/* ---- quotients: rounded down, the remainder has the divisor's sign ---- */

static OWNED Value zero_division(ThreadState *ts, const char *text) {
  return err_format(ts, EXC(ZeroDivisionError), "%s", text);
}

/* quotient and remainder may be NULL when not wanted. 0 or -1. */
static int divide_limbs(ThreadState *ts, Value a, Value b, OWNED Value *quotient, OWNED Value *remainder) {
  Limbs x, y;
  limbs_of(a, &x);
  limbs_of(b, &y);
  bool adjust_sign = x.negative != y.negative;
  if (compare_magnitude(&x, &y) < 0) {
    bool down = adjust_sign && x.n > 0;
    if (remainder) {
      *remainder = down ? add(ts, a, b) : incref(a);
      if (*remainder == NULL) return -1;
    }
    if (quotient) *quotient = small_int_value(down ? -1 : 0);
    return 0;
  }
  mp_size_t qn = x.n - y.n + 1;
  BigInt *q = big_new(ts, qn + 1), *r = q ? big_new(ts, y.n) : NULL;
  if (r == NULL) {
    if (q) decref(ts, (Value)q);
    return -1;
  }
  if (y.n == 1) r->limbs[0] = mpn_divrem_1(q->limbs, 0, x.p, x.n, y.p[0]);
  else mpn_tdiv_qr(q->limbs, r->limbs, 0, x.p, x.n, y.p, y.n);
  q->limbs[qn] = 0;
  if (adjust_sign && !mpn_zero_p(r->limbs, y.n)) {
    mpn_add_1(q->limbs, q->limbs, qn + 1, 1);
    mpn_sub_n(r->limbs, y.p, r->limbs, y.n);
  }
  if (quotient) *quotient = big_finish(ts, q, qn + 1, adjust_sign);
  else decref(ts, (Value)q);
  if (remainder) *remainder = big_finish(ts, r, y.n, y.negative);
  else decref(ts, (Value)r);
  return 0;
}

static OWNED Value floor_divide(ThreadState *ts, Value a, Value b) {
  if (b == small_int_value(0)) return zero_division(ts, "integer division or modulo by zero");
  if (LIKELY(both_small_int(a, b))) {
    int64_t x = small_int(a), y = small_int(b), q = x / y;
    if (q * y != x && (x < 0) != (y < 0)) q--;
    return int_from_i64(ts, q);
  }
  Value q;
  return divide_limbs(ts, a, b, &q, NULL) < 0 ? NULL : q;
}

static OWNED Value remainder_of(ThreadState *ts, Value a, Value b) {
  if (b == small_int_value(0)) return zero_division(ts, "integer modulo by zero");
  if (LIKELY(both_small_int(a, b))) {
    int64_t x = small_int(a), y = small_int(b), r = x % y;
    if (r != 0 && (r < 0) != (y < 0)) r += y;
    return small_int_value(r);
  }
  Value r;
  return divide_limbs(ts, a, b, NULL, &r) < 0 ? NULL : r;
}

Value int_divmod(ThreadState *ts, Value a, Value b) {
  a = int_value(a), b = int_value(b);
  if (b == small_int_value(0)) return zero_division(ts, "integer division or modulo by zero");
  if (both_small_int(a, b)) {
    Value q = floor_divide(ts, a, b);
    return q ? tuple_steal2(ts, q, remainder_of(ts, a, b)) : NULL;
  }
  Value q, r;
  return divide_limbs(ts, a, b, &q, &r) < 0 ? NULL : tuple_steal2(ts, q, r);
}

/* a / b, correctly rounded: an integer quotient of 55 or 56 bits, the lost rest noted in a sticky bit. */
static OWNED Value true_divide_big(ThreadState *ts, Value a, Value b) {
  static const char too_large[] = "integer division result too large for a float";
  bool negative = (int_sign(a) < 0) != (int_sign(b) < 0);
  if (int_sign(a) == 0) return float_new(ts, negative ? -0.0 : 0.0);
  double exponent = (double)int_bit_length(a) - (double)int_bit_length(b);
  if (exponent > 1025) return err_format(ts, EXC(OverflowError), too_large);
  if (exponent < -1080) return float_new(ts, negative ? -0.0 : 0.0);
  int shift = (exponent > -1021 ? (int)exponent : -1021) - 55; /* the quotient's unit is 2**shift */
  mpz_t x_view, y_view, x, y, rest;
  mp_limb_t x_one, y_one;
  mpz_inits(x, y, rest, NULL);
  mpz_abs(x, int_view(a, x_view, &x_one));
  mpz_abs(y, int_view(b, y_view, &y_one));
  if (shift <= 0) mpz_mul_2exp(x, x, (mp_bitcnt_t)-shift);
  else mpz_mul_2exp(y, y, (mp_bitcnt_t)shift);
  mpz_tdiv_qr(x, rest, x, y);
  bool sticky = mpz_sgn(rest) != 0;
  uint64_t q = mpz_get_ui(x);
  mpz_clears(x, y, rest, NULL);
  int q_bits = q ? 64 - __builtin_clzll(q) : 0;
  int drop = q_bits - 53 > -1074 - shift ? q_bits - 53 : -1074 - shift;
  uint64_t half = (uint64_t)1 << (drop - 1), low = q & (2 * half - 1);
  q >>= drop;
  if (low > half || (low == half && (sticky || (q & 1)))) q++;
  double d = ldexp((double)q, shift + drop);
  if (isinf(d)) return err_format(ts, EXC(OverflowError), too_large);
  return float_new(ts, negative ? -d : d);
}

static OWNED Value true_divide(ThreadState *ts, Value a, Value b) {
  if (b == small_int_value(0)) return zero_division(ts, "division by zero");
  if (LIKELY(both_small_int(a, b))) {
    int64_t x = small_int(a), y = small_int(b), exact = (int64_t)1 << 53;
    if (x >= -exact && x <= exact && y >= -exact && y <= exact) return float_new(ts, (double)x / (double)y);
  }
  return true_divide_big(ts, a, b);
}

/* ---- powers ---- */

static OWNED Value power(ThreadState *ts, Value a, Value b) {
  if (int_sign(b) < 0) {
    double x = int_as_double(ts, a);
    if (x == -1.0 && err_occurred(ts)) return NULL;
    double y = int_as_double(ts, b);
    if (y == -1.0 && err_occurred(ts)) return NULL;
    return float_binary(ts, NB_POWER, x, y);
  }
  if (is_small_int(a) && small_int(a) >= -1 && small_int(a) <= 1 && b != small_int_value(0)) {
    bool odd = is_small_int(b) ? small_int(b) & 1 : ((BigInt *)b)->limbs[0] & 1;
    return small_int(a) == -1 && !odd ? small_int_value(1) : a;
  }
  if (!is_small_int(b)) return err_no_memory(ts);
  uint64_t n = (uint64_t)small_int(b);
  if (is_small_int(a)) { /* as long as it fits a word */
    int64_t result = 1, square = small_int(a);
    uint64_t left = n;
    for (;;) {
      if (left & 1 && __builtin_mul_overflow(result, square, &result)) break;
      left >>= 1;
      if (left == 0) return int_from_i64(ts, result);
      if (__builtin_mul_overflow(square, square, &square)) break;
    }
  }
  if (int_check_bits(ts, (double)int_bit_length(a) * (double)n) < 0) return NULL;
  mpz_t view, z;
  mp_limb_t one;
  mpz_init(z);
  mpz_pow_ui(z, int_view(a, view, &one), n);
  Value v = int_from_mpz(ts, z);
  mpz_clear(z);
  return v;
}

static OWNED Value power_mod_mpz(ThreadState *ts, Value a, Value b, Value mod) {
  mpz_t a_view, b_view, m_view, z, m, exponent;
  mp_limb_t a_one, b_one, m_one;
  mpz_inits(z, m, exponent, NULL);
  mpz_abs(m, int_view(mod, m_view, &m_one));
  mpz_set(z, int_view(a, a_view, &a_one));
  mpz_abs(exponent, int_view(b, b_view, &b_one));
  Value v = NULL;
  if (int_sign(b) < 0 && mpz_cmp_ui(m, 1) != 0 && !mpz_invert(z, z, m)) {
    err_format(ts, EXC(ValueError), "base is not invertible for the given modulus");
  } else {
    mpz_powm(z, z, exponent, m);
    if (mpz_sgn(z) > 0 && int_sign(mod) < 0) mpz_sub(z, z, m);
    v = int_from_mpz(ts, z);
  }
  mpz_clears(z, m, exponent, NULL);
  return v;
}

Value int_power_mod(ThreadState *ts, Value a, Value b, Value mod) {
  a = int_value(a), b = int_value(b), mod = int_value(mod);
  if (mod == small_int_value(0)) return err_format(ts, EXC(ValueError), "pow() 3rd argument cannot be 0");
  if (!both_small_int(a, b) || !is_small_int(mod) || small_int(b) < 0) return power_mod_mpz(ts, a, b, mod);
  int64_t m = small_int(mod) < 0 ? -small_int(mod) : small_int(mod);
  uint64_t square = (uint64_t)(((small_int(a) % m) + m) % m), result = (uint64_t)(1 % m);
  for (uint64_t left = (uint64_t)small_int(b); left; left >>= 1) {
    if (left & 1) result = (uint64_t)((unsigned __int128)result * square % (uint64_t)m);
    square = (uint64_t)((unsigned __int128)square * square % (uint64_t)m);
  }
  return int_from_i64(ts, result && small_int(mod) < 0 ? (int64_t)result - m : (int64_t)result);
}

/* ---- bits ---- */

static OWNED Value shift_left(ThreadState *ts, Value a, Value b) {
  if (int_sign(b) < 0) return err_format(ts, EXC(ValueError), "negative shift count");
  if (a == small_int_value(0)) return a;
  if (!is_small_int(b)) { /* CPython counts digits of 30 bits in 4 bytes each, and gives up where their size needs more than a word */
    return int_as_double(ts, b) < 30 * 2305843009213693952.0 && !err_occurred(ts) ? err_no_memory(ts) : (err_clear(ts), err_format(ts, EXC(OverflowError), "too many digits in integer"));
  }
  int64_t count = small_int(b);
  if (is_small_int(a) && count < 62) {
    int64_t i = small_int(a), shifted = (int64_t)((uint64_t)i << count);
    if (shifted >> count == i) return int_from_i64(ts, shifted);
  }
  if (int_check_bits(ts, (double)int_bit_length(a) + (double)count) < 0) return NULL;
  Limbs x;
  limbs_of(a, &x);
  mp_size_t whole = (mp_size_t)(count / 64);
  unsigned part = (unsigned)(count % 64);
  BigInt *r = big_new(ts, x.n + whole + 1);
  if (r == NULL) return NULL;
  memset(r->limbs, 0, (size_t)whole * 8);
  if (part) {
    r->limbs[x.n + whole] = mpn_lshift(r->limbs + whole, x.p, x.n, part);
  } else {
    memcpy(r->limbs + whole, x.p, (size_t)x.n * 8);
    r->limbs[x.n + whole] = 0;
  }
  return big_finish(ts, r, x.n + whole + 1, x.negative);
}

static OWNED Value shift_right(ThreadState *ts, Value a, Value b) {
  if (int_sign(b) < 0) return err_format(ts, EXC(ValueError), "negative shift count");
  if (!is_small_int(b)) return small_int_value(int_sign(a) < 0 ? -1 : 0);
  int64_t count = small_int(b);
  if (is_small_int(a)) return small_int_value(small_int(a) >> (count > 63 ? 63 : count));
  Limbs x;
  limbs_of(a, &x);
  int64_t whole = count / 64;
  unsigned part = (unsigned)(count % 64);
  if (whole >= x.n) return small_int_value(x.negative ? -1 : 0);
  mp_size_t n = x.n - whole;
  BigInt *r = big_new(ts, n + 1);
  if (r == NULL) return NULL;
  mp_limb_t lost = 0;
  if (part) lost = mpn_rshift(r->limbs, x.p + whole, n, part);
  else memcpy(r->limbs, x.p + whole, (size_t)n * 8);
  r->limbs[n] = 0;
  if (x.negative) { /* rounded down, so away from zero when bits are lost */
    for (int64_t i = 0; i < whole && lost == 0; i++) lost = x.p[i];
    if (lost) mpn_add_1(r->limbs, r->limbs, n + 1, 1);
  }
  return big_finish(ts, r, n + 1, x.negative);
}

static OWNED Value bitwise(ThreadState *ts, BinaryOp op, Value a, Value b) {
  if (LIKELY(both_small_int(a, b))) {
    int64_t x = small_int(a), y = small_int(b);
    return small_int_value(op == NB_AND ? (x & y) : op == NB_OR ? (x | y) : (x ^ y));
  }
  mpz_t a_view, b_view, z;
  mp_limb_t a_one, b_one;
  mpz_srcptr x = int_view(a, a_view, &a_one), y = int_view(b, b_view, &b_one);
  mpz_init(z);
  if (op == NB_AND) mpz_and(z, x, y);
  else if (op == NB_OR) mpz_ior(z, x, y);
  else mpz_xor(z, x, y);
  Value v = int_from_mpz(ts, z);
  mpz_clear(z);
  return v;
}

/* ---- the operators ---- */

Value int_binary(ThreadState *ts, BinaryOp op, Value a, Value b) {
  a = int_value(a), b = int_value(b);
  switch (op) {
    case NB_ADD: return add(ts, a, b);
    case NB_SUBTRACT: return subtract(ts, a, b);
    case NB_MULTIPLY: return multiply(ts, a, b);
    case NB_FLOOR_DIVIDE: return floor_divide(ts, a, b);
    case NB_REMAINDER: return remainder_of(ts, a, b);
    case NB_TRUE_DIVIDE: return true_divide(ts, a, b);
    case NB_POWER: return power(ts, a, b);
    case NB_LSHIFT: return shift_left(ts, a, b);
    case NB_RSHIFT: return shift_right(ts, a, b);
    case NB_AND:
    case NB_OR:
    case NB_XOR: return bitwise(ts, op, a, b);
    case NB_DIVMOD: return int_divmod(ts, a, b);
    default: return V_NOT_IMPLEMENTED;
  }
}

#define INT_SLOT(name, OP) \
  static Value name(ThreadState *ts, Value a, Value b) { \
    if (!is_int(a) || !is_int(b)) return V_NOT_IMPLEMENTED; \
    return int_binary(ts, OP, a, b); \
  }
INT_SLOT(slot_add, NB_ADD)
INT_SLOT(slot_subtract, NB_SUBTRACT)
INT_SLOT(slot_multiply, NB_MULTIPLY)
INT_SLOT(slot_floor_divide, NB_FLOOR_DIVIDE)
INT_SLOT(slot_remainder, NB_REMAINDER)
INT_SLOT(slot_true_divide, NB_TRUE_DIVIDE)
INT_SLOT(slot_power, NB_POWER)
INT_SLOT(slot_lshift, NB_LSHIFT)
INT_SLOT(slot_rshift, NB_RSHIFT)
INT_SLOT(slot_and, NB_AND)
INT_SLOT(slot_or, NB_OR)
INT_SLOT(slot_xor, NB_XOR)
INT_SLOT(slot_divmod, NB_DIVMOD)
#undef INT_SLOT

static Value slot_power3(ThreadState *ts, Value a, Value b, Value mod) {
  if (!is_int(a) || !is_int(b) || !is_int(mod)) return V_NOT_IMPLEMENTED;
  return int_power_mod(ts, a, b, mod);
}

static Value slot_negative(ThreadState *ts, Value v) { return int_negate(ts, v); }
static Value slot_exact(ThreadState *ts, Value v) { return incref(int_value(v)); }
static Value slot_absolute(ThreadState *ts, Value v) {
  return int_sign(v) < 0 ? int_negate(ts, v) : incref(int_value(v));
}
static Value slot_invert(ThreadState *ts, Value v) { /* -v - 1 */
  return subtract(ts, small_int_value(-1), int_value(v));
}
static Value slot_float(ThreadState *ts, Value v) {
  double d = int_as_double(ts, v);
  return d == -1.0 && err_occurred(ts) ? NULL : float_new(ts, d);
}
static int slot_truth(ThreadState *ts, Value v) { return int_value(v) != small_int_value(0); }
static int64_t slot_hash(ThreadState *ts, Value v) { return int_hash(v); }

static Value slot_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_int(a) || !is_int(b)) return V_NOT_IMPLEMENTED;
  int c = int_compare(int_value(a), int_value(b));
  switch (op) {
    case CMP_LT: return bool_value(c < 0);
    case CMP_LE: return bool_value(c <= 0);
    case CMP_EQ: return bool_value(c == 0);
    case CMP_NE: return bool_value(c != 0);
    case CMP_GT: return bool_value(c > 0);
    default: return bool_value(c >= 0);
  }
}

/* ---- int(x, base) ---- */

static OWNED Value as_instance(ThreadState *ts, Type *type, STEALS Value v) {
  if (v == NULL) return NULL;
  if (type == TYPE(INT)) {
    Value exact = incref(int_value(v));
    decref(ts, v);
    return exact;
  }
  Value self = object_new_instance(ts, type);
  if (self) ((IntSubclass *)self)->value = incref(int_value(v));
  decref(ts, v);
  return self;
}

static Value int_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"", "base"};
  static const ArgSpec spec = {"int", 1, 2, 0, 2, names};
  if (LIKELY(nargs == 1 && kwnames == NULL)) return as_instance(ts, type, num_int(ts, args[0]));
  Value out[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  if (out[0] == NULL) {
    if (out[1]) return err_format(ts, EXC(TypeError), "int() missing string argument");
    return as_instance(ts, type, small_int_value(0));
  }
  if (out[1] == NULL) return as_instance(ts, type, num_int(ts, out[0]));
  ssize_t base = num_as_ssize(ts, out[1], NULL);
  if (base == -1 && err_occurred(ts)) return NULL;
  if ((base != 0 && base < 2) || base > 36)
    return err_format(ts, EXC(ValueError), "int() base must be >= 2 and <= 36, or 0");
  if (!is_str(out[0]) && !is_bytes(out[0]) && !is_bytearray(out[0]))
    return err_format(ts, EXC(TypeError), "int() can't convert non-string with explicit base");
  return as_instance(ts, type, int_parse(ts, out[0], (int)base));
}

static void int_dealloc(ThreadState *ts, Value self) {
  if (self->kind != K_INT) xdecref(ts, ((IntSubclass *)self)->value);
  object_release(ts, self);
}

/* ---- bytes ---- */

Value int_from_bytes(ThreadState *ts, const uint8_t *p, size_t n, bool little, bool is_signed) {
  bool negative = n > 0 && is_signed && (little ? p[n - 1] : p[0]) & 0x80;
  if (n <= 8) {
    uint64_t u = negative && n < 8 ? ~(uint64_t)0 << (n * 8) : 0;
    for (size_t i = 0; i < n; i++) u |= (uint64_t)p[i] << (8 * (little ? i : n - 1 - i));
    return negative ? int_from_i64(ts, (int64_t)u) : int_from_u64(ts, u);
  }
  mp_size_t limbs = (mp_size_t)((n + 7) / 8);
  BigInt *b = big_new(ts, limbs);
  if (b == NULL) return NULL;
  memset(b->limbs, negative ? 0xff : 0, (size_t)limbs * 8);
  uint8_t *bytes = (uint8_t *)b->limbs;
  for (size_t i = 0; i < n; i++) bytes[i] = little ? p[i] : p[n - 1 - i];
  if (negative) mpn_neg(b->limbs, b->limbs, limbs);
  return big_finish(ts, b, limbs, negative);
}

Value int_to_bytes(ThreadState *ts, Value v, ssize_t length, bool little, bool is_signed) {
  Limbs x;
  limbs_of(int_value(v), &x);
  if (x.negative && !is_signed) return err_format(ts, EXC(OverflowError), "can't convert negative int to unsigned");
  size_t bits = int_bit_length(v);
  if (is_signed) { /* -2**k needs only k + 1 bits */
    bool power_of_two = x.negative && mpn_popcount(x.p, x.n) == 1;
    bits += power_of_two || x.n == 0 ? 0 : 1;
    if (bits == 0 && x.n) bits = 1;
  }
  if (bits > (size_t)length * 8) return err_format(ts, EXC(OverflowError), "int too big to convert");
  Value result = bytes_new(ts, NULL, length);
  if (result == NULL) return NULL;
  uint8_t *out = (uint8_t *)bytes_data(result);
  unsigned carry = x.negative;
  for (ssize_t i = 0; i < length; i++) {
    unsigned byte = i / 8 < x.n ? (x.p[i / 8] >> (i % 8 * 8)) & 0xff : 0;
    if (x.negative) {
      byte = (byte ^ 0xff) + carry;
      carry = byte >> 8;
    }
    out[little ? i : length - 1 - i] = (uint8_t)byte;
  }
  return result;
}

static int parse_byteorder(ThreadState *ts, Value order, bool *little) {
  *little = false;
  if (order == NULL) return 0;
  if (!is_str(order)) {
    err_format(ts, EXC(TypeError), "byteorder must be str, not %T", order);
    return -1;
  }
  *little = str_equal_cstr(order, "little");
  if (*little || str_equal_cstr(order, "big")) return 0;
  err_format(ts, EXC(ValueError), "byteorder must be either 'little' or 'big'");
  return -1;
}

static Value int_to_bytes_method(NATIVE_ARGS) {
  static const char *const names[] = {"length", "byteorder", "signed"};
  static const ArgSpec spec = {"to_bytes", 0, 2, 0, 3, names};
  Value out[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  ssize_t length = 1;
  if (out[0]) length = num_as_ssize(ts, out[0], EXC(OverflowError));
  if (length == -1 && err_occurred(ts)) return NULL;
  bool little;
  if (out[1] && !is_str(out[1]))
    return err_format(ts, EXC(TypeError), "to_bytes() argument 'byteorder' must be str, not %T", out[1]);
  if (parse_byteorder(ts, out[1], &little) < 0) return NULL;
  int is_signed = out[2] ? truth(ts, out[2]) : 0;
  if (is_signed < 0) return NULL;
  if (length < 0) return err_format(ts, EXC(ValueError), "length argument must be non-negative");
  return int_to_bytes(ts, self, length, little, is_signed);
}

static Value int_from_bytes_method(NATIVE_ARGS) {
  static const char *const names[] = {"bytes", "byteorder", "signed"};
  static const ArgSpec spec = {"from_bytes", 0, 2, 1, 3, names};
  Value out[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  bool little;
  if (out[1] && !is_str(out[1]))
    return err_format(ts, EXC(TypeError), "from_bytes() argument 'byteorder' must be str, not %T", out[1]);
  if (parse_byteorder(ts, out[1], &little) < 0) return NULL;
  int is_signed = out[2] ? truth(ts, out[2]) : 0;
  if (is_signed < 0) return NULL;
  if (is_str(out[0])) return err_format(ts, EXC(TypeError), "cannot convert 'str' object to bytes");
  if (is_int(out[0])) return err_format(ts, EXC(TypeError), "cannot convert '%T' object to bytes", out[0]);
  Value bytes = is_bytes(out[0]) ? incref(out[0]) : bytes_from_value(ts, out[0]);
  if (bytes == NULL) return NULL;
  Value v = int_from_bytes(ts, (const uint8_t *)bytes_data(bytes), (size_t)bytes_len(bytes), little, is_signed);
  decref(ts, bytes);
  if (v == NULL || self == (Value)TYPE(INT)) return v;
  Value instance = call1(ts, self, v);
  decref(ts, v);
  return instance;
}

/* ---- methods ---- */

static Value int_bit_length_method(NATIVE_ARGS) { return small_int_value((int64_t)int_bit_length(self)); }

static Value int_bit_count(NATIVE_ARGS) {
  Limbs x;
  limbs_of(int_value(self), &x);
  return small_int_value(x.n ? (int64_t)mpn_popcount(x.p, x.n) : 0);
}

static Value int_as_integer_ratio(NATIVE_ARGS) { return tuple_of2(ts, int_value(self), small_int_value(1)); }
static Value int_itself(NATIVE_ARGS) { return incref(int_value(self)); }

/* round(v, -k): to the nearest multiple of 10**k, halves to even. */
static Value int_round(NATIVE_ARGS) {
  if (nargs == 0) return incref(int_value(self));
  Value digits = num_index(ts, args[0]);
  if (digits == NULL) return NULL;
  if (int_sign(digits) >= 0) {
    decref(ts, digits);
    return incref(int_value(self));
  }
  Value unit = NULL, r = NULL, twice = NULL, result = NULL, minus = int_negate(ts, digits);
  decref(ts, digits);
  if (minus) unit = power(ts, small_int_value(10), minus);
  Value v = int_value(self);
  if (unit) r = remainder_of(ts, v, unit);
  if (r) twice = add(ts, r, r);
  if (twice) {
    int c = int_compare(twice, unit);
    Value down = subtract(ts, v, r);
    if (c == 0 && down) { /* to the even multiple */
      Value half = floor_divide(ts, down, unit);
      if (half && (is_small_int(half) ? small_int(half) & 1 : ((BigInt *)half)->limbs[0] & 1)) c = 1;
      if (half == NULL) CLEAR(down);
      xdecref(ts, half);
    }
    if (down && c > 0) {
      result = add(ts, down, unit);
      decref(ts, down);
    } else {
      result = down;
    }
  }
  xdecref(ts, minus);
  xdecref(ts, unit);
  xdecref(ts, r);
  xdecref(ts, twice);
  return result;
}

static Value int_getnewargs(NATIVE_ARGS) { return tuple_of1(ts, int_value(self)); }
static Value int_format_method(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "__format__() argument must be str, not %T", args[0]);
  return int_format(ts, self, args[0]);
}
static Value int_sizeof(NATIVE_ARGS) { /* what CPython's 30-bit digits would take */
  size_t digits = (int_bit_length(self) + 29) / 30;
  return small_int_value((int64_t)(24 + 4 * digits));
}

static Value get_itself(ThreadState *ts, Value self) { return incref(int_value(self)); }
static Value get_zero(ThreadState *ts, Value self) { return small_int_value(0); }
static Value get_one(ThreadState *ts, Value self) { return small_int_value(1); }

static const MethodDef int_methods[] = {
  {"conjugate", int_itself, 0, 0, 0, "Returns self, the complex conjugate of any int."},
  {"bit_length", int_bit_length_method, 0, 0, 0, "bit_length($self, /)\n--\n\nNumber of bits necessary to represent self in binary."},
  {"bit_count", int_bit_count, 0, 0, 0, "bit_count($self, /)\n--\n\nNumber of ones in the binary representation of the absolute value of self."},
  {"to_bytes", int_to_bytes_method, 0, -1, METHOD_KW, "to_bytes($self, /, length=1, byteorder='big', *, signed=False)\n--\n\nReturn an array of bytes representing an integer."},
  {"from_bytes", int_from_bytes_method, 0, -1, METHOD_KW | METHOD_CLASS, "from_bytes($type, /, bytes, byteorder='big', *, signed=False)\n--\n\nReturn the integer represented by the given array of bytes."},
  {"as_integer_ratio", int_as_integer_ratio, 0, 0, 0, "as_integer_ratio($self, /)\n--\n\nReturn the pair (self, 1)."},
  {"__trunc__", int_itself, 0, 0, 0, NULL},
  {"__floor__", int_itself, 0, 0, 0, NULL},
  {"__ceil__", int_itself, 0, 0, 0, NULL},
  {"__round__", int_round, 0, 1, 0, NULL},
  {"__getnewargs__", int_getnewargs, 0, 0, 0, NULL},
  {"__format__", int_format_method, 1, 1, 0, "__format__($self, format_spec, /)\n--\n\n"},
  {"__sizeof__", int_sizeof, 0, 0, 0, NULL},
  {0}};

static const GetSetDef int_getsets[] = {
  {"real", get_itself, NULL, "the real part of a complex number"},
  {"imag", get_zero, NULL, "the imaginary part of a complex number"},
  {"numerator", get_itself, NULL, "the numerator of a rational number in lowest terms"},
  {"denominator", get_one, NULL, "the denominator of a rational number in lowest terms"},
  {0}};

Type *type_int_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "int",
    .doc = "int([x]) -> integer\nint(x, base=10) -> integer\n\nA whole number of any size, made from a number or a string.",
    .size = sizeof(IntSubclass),
    .flags = TYPE_BASETYPE | TYPE_MATCH_SELF,
    .slots = {
      .dealloc = int_dealloc,
      .repr = int_repr,
      .hash = slot_hash,
      .compare = slot_compare,
      .new = int_new,
      .binary = {
        [NB_ADD] = slot_add, [NB_SUBTRACT] = slot_subtract, [NB_MULTIPLY] = slot_multiply,
        [NB_FLOOR_DIVIDE] = slot_floor_divide, [NB_REMAINDER] = slot_remainder, [NB_TRUE_DIVIDE] = slot_true_divide,
        [NB_POWER] = slot_power, [NB_LSHIFT] = slot_lshift, [NB_RSHIFT] = slot_rshift, [NB_AND] = slot_and,
        [NB_OR] = slot_or, [NB_XOR] = slot_xor, [NB_DIVMOD] = slot_divmod},
      .power = slot_power3,
      .negative = slot_negative,
      .positive = slot_exact,
      .absolute = slot_absolute,
      .invert = slot_invert,
      .to_int = slot_exact,
      .to_float = slot_float,
      .index = slot_exact,
      .truth = slot_truth,
    },
    .methods = int_methods,
    .getsets = int_getsets,
  };
  if (ts->interp->int_max_str_digits == 0) ts->interp->int_max_str_digits = 4300;
  return type_from_spec(ts, &spec, NULL, K_INT);
}

/* ---- bool ---- */

static Value bool_repr(ThreadState *ts, Value v) { return str_intern_cstr(ts, v == V_TRUE ? "True" : "False"); }

static Value bool_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "bool", kwnames) < 0 || args_count(ts, "bool", nargs, 0, 1) < 0) return NULL;
  if (nargs == 0) return V_FALSE;
  int t = truth(ts, args[0]);
  return t < 0 ? NULL : bool_value(t);
}

static Value bool_and(ThreadState *ts, Value a, Value b) {
  return is_bool(a) && is_bool(b) ? bool_value(a == V_TRUE && b == V_TRUE) : slot_and(ts, a, b);
}
static Value bool_or(ThreadState *ts, Value a, Value b) {
  return is_bool(a) && is_bool(b) ? bool_value(a == V_TRUE || b == V_TRUE) : slot_or(ts, a, b);
}
static Value bool_xor(ThreadState *ts, Value a, Value b) {
  return is_bool(a) && is_bool(b) ? bool_value(a != b) : slot_xor(ts, a, b);
}

Type *type_bool_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "bool",
    .doc = "bool(x) -> bool\n\nTrue when x counts as true, False otherwise.",
    .size = sizeof(IntSubclass),
    .flags = TYPE_MATCH_SELF,
    .slots = {.repr = bool_repr, .new = bool_new, .binary = {[NB_AND] = bool_and, [NB_OR] = bool_or, [NB_XOR] = bool_xor}},
  };
  return type_from_spec(ts, &spec, TYPE(INT), K_BOOL);
}
