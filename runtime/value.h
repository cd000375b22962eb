/* value.h - what a variable holds: one 64-bit word, either an immediate or a pointer to an object.
 *
 *      63                                  3 2 1 0
 *     +-------------------------------------+-+-+-+
 *     | 63-bit two's complement integer         |1|   int in -2**62 .. 2**62-1
 *     +-------------------------------------+-+-+-+
 *     | double, exponent moved by +256, rotl 3|1 0|   float with 2**-255 <= |x| < 2**257
 *     +-------------------------------------+-+-+-+
 *     | index                             |1 0 0|    None, False, True, ..., 0.0, -0.0
 *     +-------------------------------------+-+-+-+
 *     | address of an Object              |0 0 0|    everything else; NULL is "no value"
 *     +-------------------------------------+-+-+-+
 *
 * Keeps true: an int that fits the immediate range is never an object, and equal immediates are identical words.
 *   So is a float that fits; the few that do not (very large, very small, nan, inf) are boxed (types/float.c).
 * Why this float coding: adding 256 to the exponent puts the useful half of all exponents where their top two bits
 *   read 10, so one add and one rotate encode, and two low bits tell. (Idea: Ruby's flonum, O. Melancon's self-tagging.)
 * Next: object.h (what a pointer points to), refcount.h. */
#ifndef RUNTIME_VALUE_H
#define RUNTIME_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

typedef struct Object Object;
typedef Object *Value;

/* Empty markers that tell who owns a reference; a checker can read them. */
#define OWNED
#define BORROWED
#define STEALS
#define NULLABLE

#include "gil/hints.h"

/* ---- the special immediates ---- */
enum {
  SPECIAL_NONE,
  SPECIAL_FALSE,
  SPECIAL_TRUE,
  SPECIAL_ELLIPSIS,
  SPECIAL_NOT_IMPLEMENTED,
  SPECIAL_ZERO,          /* 0.0: its bits do not fit the coding above */
  SPECIAL_NEGATIVE_ZERO, /* -0.0 */
  SPECIAL_COUNT
};
#define SPECIAL(i) ((Value)(uintptr_t)(((uintptr_t)(i) << 3) | 4))
#define V_NONE SPECIAL(SPECIAL_NONE)
#define V_FALSE SPECIAL(SPECIAL_FALSE)
#define V_TRUE SPECIAL(SPECIAL_TRUE)
#define V_ELLIPSIS SPECIAL(SPECIAL_ELLIPSIS)
#define V_NOT_IMPLEMENTED SPECIAL(SPECIAL_NOT_IMPLEMENTED)
#define V_ZERO SPECIAL(SPECIAL_ZERO)
#define V_NEGATIVE_ZERO SPECIAL(SPECIAL_NEGATIVE_ZERO)

static inline uintptr_t value_bits(Value v) { return (uintptr_t)v; }
static inline bool is_object(Value v) { return (value_bits(v) & 7) == 0; } /* also true of NULL */
static inline bool is_special(Value v) { return (value_bits(v) & 7) == 4; }
static inline bool is_none(Value v) { return v == V_NONE; }
static inline bool is_bool(Value v) { return v == V_TRUE || v == V_FALSE; }
static inline Value bool_value(bool b) { return b ? V_TRUE : V_FALSE; }

/* ---- immediate ints ---- */
#define SMALL_INT_MAX (((int64_t)1 << 62) - 1)
#define SMALL_INT_MIN (-((int64_t)1 << 62))
static inline bool is_small_int(Value v) { return value_bits(v) & 1; }
static inline bool both_small_int(Value a, Value b) { return value_bits(a) & value_bits(b) & 1; }
static inline int64_t small_int(Value v) { return (int64_t)value_bits(v) >> 1; }
static inline bool fits_small_int(int64_t i) { return i >= SMALL_INT_MIN && i <= SMALL_INT_MAX; }
static inline Value small_int_value(int64_t i) { return (Value)(((uintptr_t)i << 1) | 1); }

/* ---- immediate floats ---- */
#define FLOAT_BIAS ((uint64_t)256 << 52)
static inline bool is_small_float(Value v) { return (value_bits(v) & 3) == 2; }
static inline bool both_small_float(Value a, Value b) { return is_small_float(a) && is_small_float(b); }
static inline double small_float(Value v) {
  uint64_t bits = value_bits(v);
  bits = ((bits >> 3) | (bits << 61)) - FLOAT_BIAS;
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}
/* The immediate for d, or NULL when d needs a box.  0.0 and -0.0 are specials. */
static inline Value small_float_value(double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  uint64_t moved = bits + FLOAT_BIAS;
  moved = (moved << 3) | (moved >> 61);
  if (LIKELY((moved & 3) == 2)) return (Value)(uintptr_t)moved;
  if (bits == 0) return V_ZERO;
  if (bits == (uint64_t)1 << 63) return V_NEGATIVE_ZERO;
  return NULL;
}

#endif
