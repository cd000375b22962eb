/* cmath.c - the module cmath: the C library's complex functions with Python's errors. Next: math.c. CPython: Modules/cmathmodule.c. */
#include <complex.h>
#undef I
#include <math.h>

#include "runtime/module.h"

#ifndef CMPLX /* the C library defines it for gcc only */
#define CMPLX(real, imaginary) __builtin_complex((double)(real), (double)(imaginary))
#endif

typedef double complex Z;
static Z make(double real, double imag) { return CMPLX(real, imag); }

static int complex_arg(ThreadState *ts, Value v, Z *out) {
  double x;
  if (is_layout(v, K_COMPLEX)) {
    *out = make(((Complex *)v)->real, ((Complex *)v)->imag);
    return 0;
  }
  bool missing = true;
  Value r = is_int(v) || is_float(v) ? NULL : call_special(ts, v, ID(__complex__), NULL, 0, &missing);
  if (missing) {
    if (num_as_double(ts, v, &x) < 0) return -1;
    *out = make(x, 0);
    return 0;
  }
  if (r == NULL) return -1;
  bool good = is_layout(r, K_COMPLEX);
  if (good) *out = make(((Complex *)r)->real, ((Complex *)r)->imag);
  else err_format(ts, EXC(TypeError), "__complex__ returned non-complex (type %T)", r);
  decref(ts, r);
  return good ? 0 : -1;
}
static bool finite_z(Z z) { return isfinite(creal(z)) && isfinite(cimag(z)); }
static Value domain_error(ThreadState *ts) { return err_format(ts, EXC(ValueError), "math domain error"); }
static Value range_error(ThreadState *ts) { return err_format(ts, EXC(OverflowError), "math range error"); }
static Value apply(ThreadState *ts, Value v, Z (*fn)(Z)) {
  Z z;
  if (complex_arg(ts, v, &z) < 0) return NULL;
  Z r = fn(z);
  if (!finite_z(r) && finite_z(z)) return isnan(creal(r)) || isnan(cimag(r)) ? domain_error(ts) : range_error(ts);
  return complex_new(ts, creal(r), cimag(r));
}
#define FUNCTION(name) \
  static Value z_##name(NATIVE_ARGS) { return apply(ts, args[0], c##name); }
FUNCTION(acos)
FUNCTION(acosh)
FUNCTION(asin)
FUNCTION(asinh)
FUNCTION(atan)
FUNCTION(cos)
FUNCTION(cosh)
FUNCTION(exp)
FUNCTION(sin)
FUNCTION(sinh)
FUNCTION(sqrt)
FUNCTION(tan)
FUNCTION(tanh)
#undef FUNCTION
static Value z_atanh(NATIVE_ARGS) {
  Z z;
  if (complex_arg(ts, args[0], &z) < 0) return NULL;
  return cimag(z) == 0 && fabs(creal(z)) == 1 ? domain_error(ts) : apply(ts, args[0], catanh);
}
static int log_of(ThreadState *ts, Value v, Z *out) {
  Z z;
  if (complex_arg(ts, v, &z) < 0) return -1;
  *out = clog(z);
  if (z != 0) return 0;
  domain_error(ts);
  return -1;
}
static Value z_log(NATIVE_ARGS) {
  Z z, base;
  if (log_of(ts, args[0], &z) < 0) return NULL;
  if (nargs == 1) return complex_new(ts, creal(z), cimag(z));
  if (log_of(ts, args[1], &base) < 0) return NULL;
  Value a = complex_new(ts, creal(z), cimag(z)), b = complex_new(ts, creal(base), cimag(base));
  Value r = a && b ? num_binary(ts, NB_TRUE_DIVIDE, a, b) : NULL;
  xdecref(ts, a);
  xdecref(ts, b);
  return r;
}
static Value z_log10(NATIVE_ARGS) {
  Z z;
  return log_of(ts, args[0], &z) < 0 ? NULL : complex_new(ts, creal(z) / M_LN10, cimag(z) / M_LN10);
}
static Value z_phase(NATIVE_ARGS) {
  Z z;
  return complex_arg(ts, args[0], &z) < 0 ? NULL : float_new(ts, carg(z));
}
static Value z_polar(NATIVE_ARGS) {
  Z z;
  if (complex_arg(ts, args[0], &z) < 0) return NULL;
  double r = cabs(z);
  return isinf(r) && finite_z(z) ? range_error(ts) : tuple_steal2(ts, float_new(ts, r), float_new(ts, carg(z)));
}
static Value z_rect(NATIVE_ARGS) {
  double r, phi;
  if (num_as_double(ts, args[0], &r) < 0 || num_as_double(ts, args[1], &phi) < 0) return NULL;
  if (isinf(phi) && r != 0 && !isnan(r)) return domain_error(ts);
  if (r == 0 && !isfinite(phi)) return complex_new(ts, 0, 0);
  if (phi == 0) return complex_new(ts, r, r * phi);
  return complex_new(ts, r * cos(phi), r * sin(phi));
}
static Value z_isfinite(NATIVE_ARGS) {
  Z z;
  return complex_arg(ts, args[0], &z) < 0 ? NULL : bool_value(finite_z(z));
}
static Value z_isnan(NATIVE_ARGS) {
  Z z;
  return complex_arg(ts, args[0], &z) < 0 ? NULL : bool_value(isnan(creal(z)) || isnan(cimag(z)));
}
static Value z_isinf(NATIVE_ARGS) {
  Z z;
  return complex_arg(ts, args[0], &z) < 0 ? NULL : bool_value(isinf(creal(z)) || isinf(cimag(z)));
}
static Value z_isclose(NATIVE_ARGS) {
  static const char *const names[] = {"a", "b", "rel_tol", "abs_tol"};
  static const ArgSpec spec = {"isclose", 0, 2, 2, 4, names};
  Value given[4];
  Z a, b;
  double rel = 1e-9, absolute = 0;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || complex_arg(ts, given[0], &a) < 0 || complex_arg(ts, given[1], &b) < 0) return NULL;
  if ((given[2] && num_as_double(ts, given[2], &rel) < 0) || (given[3] && num_as_double(ts, given[3], &absolute) < 0)) return NULL;
  if (rel < 0 || absolute < 0) return err_format(ts, EXC(ValueError), "tolerances must be non-negative");
  if (creal(a) == creal(b) && cimag(a) == cimag(b)) return V_TRUE;
  if (isinf(creal(a)) || isinf(cimag(a)) || isinf(creal(b)) || isinf(cimag(b))) return V_FALSE;
  double difference = cabs(a - b);
  return bool_value(difference <= rel * cabs(b) || difference <= rel * cabs(a) || difference <= absolute);
}
#define ONE(name) {#name, z_##name, 1, 1, 0, #name "($module, z, /)\n--\n\nAs math." #name ", for complex numbers."}
static const MethodDef methods[] = {ONE(acos), ONE(acosh), ONE(asin), ONE(asinh), ONE(atan), ONE(atanh), ONE(cos), ONE(cosh), ONE(exp), ONE(isfinite), ONE(isinf), ONE(isnan), ONE(log10), ONE(phase), ONE(polar), ONE(sin), ONE(sinh), ONE(sqrt), ONE(tan), ONE(tanh),
                                    {"log", z_log, 1, 2, 0, "log(z[, base]) -> the logarithm of z to the given base."}, {"rect", z_rect, 2, 2, 0, "rect($module, r, phi, /)\n--\n\nConvert from polar coordinates to rectangular coordinates."},
                                    {"isclose", z_isclose, 0, -1, METHOD_KW, "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nAre two complex numbers close in value?"}, {0}};
static int start(ThreadState *ts, Value module) {
  return module_add(ts, module, "pi", float_new(ts, M_PI)) < 0 || module_add(ts, module, "e", float_new(ts, M_E)) < 0 || module_add(ts, module, "tau", float_new(ts, 2 * M_PI)) < 0 || module_add(ts, module, "inf", float_new(ts, INFINITY)) < 0 ||
                 module_add(ts, module, "nan", float_new(ts, NAN)) < 0 || module_add(ts, module, "infj", complex_new(ts, 0, INFINITY)) < 0 || module_add(ts, module, "nanj", complex_new(ts, 0, NAN)) < 0
             ? -1
             : 0;
}
const ModuleDef cmath_module_def = {.name = "cmath", .doc = "This module provides access to mathematical functions for complex\nnumbers.", .methods = methods, .start = start};
