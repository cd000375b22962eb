/* direct.c - calls without libffi, where the machine's calling convention lets plain C make them.
 *
 * On x86-64 and 64-bit ARM (the conventions of System V and of AAPCS64) arguments that fit go to registers, integers and pointers to one kind,
 * floating-point numbers to another, each kind in its own order. So one prototype with six words and then eight doubles puts the arguments of every
 * such function where it looks for them:
 *
 *      f(int a, double x, char *p)      words  a p . . . .      reals  x . . . . . . .
 *
 * The prototype is variadic, since f may be: then x86-64 says in a register of its own how many reals there are.
 * Keeps true: a value shorter than a word is widened as its type says. What does not fit - structures, long double, more arguments - goes to libffi.
 * Next: call.c. Sources: System V ABI for AMD64, 3.2.3; AAPCS64, 6.8. */
#include "runtime/modules/ctypes/ctypes.h"

#if defined(__x86_64__) || (defined(__aarch64__) && !defined(__APPLE__))
enum { CAN_CALL = 1 };
#else
enum { CAN_CALL = 0 };
#endif
enum { MAX_WORDS = 6, MAX_REALS = 8 };

static bool is_word(const ffi_type *t) {
  switch (t->type) {
    case FFI_TYPE_POINTER: case FFI_TYPE_SINT8: case FFI_TYPE_UINT8: case FFI_TYPE_SINT16: case FFI_TYPE_UINT16: case FFI_TYPE_SINT32: case FFI_TYPE_UINT32: case FFI_TYPE_SINT64: case FFI_TYPE_UINT64: return true;
    default: return false;
  }
}
static bool is_real(const ffi_type *t) { return t->type == FFI_TYPE_DOUBLE || t->type == FFI_TYPE_FLOAT; }

DirectKind direct_kind(ffi_type **types, ssize_t n, const ffi_type *result) {
  ssize_t words = 0, reals = 0;
  for (ssize_t i = 0; i < n; i++) {
    words += is_word(types[i]);
    reals += is_real(types[i]);
  }
  if (!CAN_CALL || words + reals != n || words > MAX_WORDS || reals > MAX_REALS) return DIRECT_NOT;
  if (result->type == FFI_TYPE_DOUBLE) return reals ? DIRECT_REALS_TO_DOUBLE : DIRECT_WORDS_TO_DOUBLE;
  if (result->type == FFI_TYPE_FLOAT) return DIRECT_TO_FLOAT;
  if (result->type != FFI_TYPE_VOID && !is_word(result)) return DIRECT_NOT;
  return reals ? DIRECT_REALS_TO_WORD : DIRECT_WORDS_TO_WORD;
}

/* Values of c_* objects stand wherever a structure or a caller's address put them, so they are copied, not read in place. */
#define LOAD(type, p) ({ \
  type loaded_; \
  memcpy(&loaded_, p, sizeof loaded_); \
  loaded_; \
})
static inline uint64_t word_at(const ffi_type *t, const void *p) {
  switch (t->type) {
    case FFI_TYPE_SINT32: return (uint64_t)(int64_t)LOAD(int32_t, p);
    case FFI_TYPE_UINT32: return LOAD(uint32_t, p);
    case FFI_TYPE_SINT16: return (uint64_t)(int64_t)LOAD(int16_t, p);
    case FFI_TYPE_UINT16: return LOAD(uint16_t, p);
    case FFI_TYPE_SINT8: return (uint64_t)(int64_t)*(const int8_t *)p;
    case FFI_TYPE_UINT8: return *(const uint8_t *)p;
    default: return LOAD(uint64_t, p);
  }
}
/* A register of this kind holds a float in its low half. */
static inline double real_at(const ffi_type *t, const void *p) {
  double d = 0;
  memcpy(&d, p, t->type == FFI_TYPE_FLOAT ? sizeof(float) : sizeof d);
  return d;
}

#define WORDS w[0], w[1], w[2], w[3], w[4], w[5]
#define REALS r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]

void direct_call(DirectKind kind, void (*f)(void), ffi_type **types, ssize_t n, void **where, void *result) {
  uint64_t w[MAX_WORDS] = {0};
  if (kind == DIRECT_WORDS_TO_WORD) {
    for (ssize_t i = 0; i < n; i++) w[i] = word_at(types[i], where[i]);
    *(uint64_t *)result = ((uint64_t(*)(uint64_t, ...))f)(WORDS);
    return;
  }
  double r[MAX_REALS] = {0};
  for (ssize_t i = 0, words = 0, reals = 0; i < n; i++) {
    if (is_real(types[i])) r[reals++] = real_at(types[i], where[i]);
    else w[words++] = word_at(types[i], where[i]);
  }
  switch (kind) {
    case DIRECT_WORDS_TO_DOUBLE: *(double *)result = ((double (*)(uint64_t, ...))f)(WORDS); break;
    case DIRECT_REALS_TO_WORD: *(uint64_t *)result = ((uint64_t(*)(uint64_t, ...))f)(WORDS, REALS); break;
    case DIRECT_REALS_TO_DOUBLE: *(double *)result = ((double (*)(uint64_t, ...))f)(WORDS, REALS); break;
    case DIRECT_TO_FLOAT: *(float *)result = ((float (*)(uint64_t, ...))f)(WORDS, REALS); break;
    default: break;
  }
}
