/* random.c - the module _random: the Mersenne Twister MT19937, the same numbers as CPython's from the same seed.
 * Next: runtime/lib/random.py. Sources: M. Matsumoto, T. Nishimura, "Mersenne Twister" (1998); CPython: Modules/_randommodule.c. */
#include <sys/random.h>

#include "runtime/module.h"

enum { N = 624, M = 397 };
typedef struct {
  Object base;
  uint32_t state[N];
  int index; /* next word of state to give out; N: make new ones first */
} Random;
static Random *as_random(Value v) { return (Random *)v; }

static uint32_t next_word(Random *r) {
  uint32_t *s = r->state;
  if (r->index >= N) {
    for (int k = 0; k < N; k++) {
      uint32_t y = (s[k] & 0x80000000u) | (s[(k + 1) % N] & 0x7fffffffu);
      s[k] = s[(k + M) % N] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
    }
    r->index = 0;
  }
  uint32_t y = s[r->index++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}
static void seed_word(Random *r, uint32_t seed) {
  r->state[0] = seed;
  for (uint32_t i = 1; i < N; i++) r->state[i] = 1812433253u * (r->state[i - 1] ^ (r->state[i - 1] >> 30)) + i;
  r->index = N;
}
static void seed_words(Random *r, const uint32_t *key, size_t n) {
  uint32_t *s = r->state;
  seed_word(r, 19650218u);
  size_t i = 1, j = 0;
  for (size_t k = N > n ? N : n; k; k--) {
    s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1664525u)) + key[j] + (uint32_t)j;
    if (++i >= N) s[0] = s[N - 1], i = 1;
    if (++j >= n) j = 0;
  }
  for (size_t k = N - 1; k; k--) {
    s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1566083941u)) - (uint32_t)i;
    if (++i >= N) s[0] = s[N - 1], i = 1;
  }
  s[0] = 0x80000000u;
}
static int seed_from(ThreadState *ts, Random *r, NULLABLE Value v) {
  if (v == NULL || v == V_NONE) {
    uint32_t key[N];
    if (getrandom(key, sizeof key, 0) != sizeof key)
      for (int i = 0; i < N; i++) key[i] = (uint32_t)(sched_now_ns(CLOCK_OF_MONOTONIC) * (i + 1) >> 3);
    seed_words(r, key, N);
    return 0;
  }
  Value n;
  if (is_int(v)) n = num_absolute(ts, int_value(v));
  else {
    int64_t hash = hash_of(ts, v);
    if (hash == -1 && err_occurred(ts)) return -1;
    n = int_from_u64(ts, (uint64_t)hash);
  }
  if (n == NULL) return -1;
  size_t words = (int_bit_length(n) + 31) / 32, count = 0;
  uint32_t *key = mem_alloc_zeroed(ts, (words ? words : 1) * sizeof *key);
  if (key) {
    mpz_t view;
    mp_limb_t one;
    mpz_export(key, &count, -1, sizeof *key, 0, 0, int_view(n, view, &one));
    seed_words(r, key, words ? words : 1);
    mem_free(ts, key);
  }
  decref(ts, n);
  return key ? 0 : -1;
}

static Value random_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (!(type->flags & TYPE_HEAP) && args_no_keywords(ts, "Random", kwnames) < 0) return NULL;
  if (nargs > 1) return err_format(ts, EXC(TypeError), "Random expected at most 1 argument, got %zd", nargs);
  Value self = object_new_instance(ts, type);
  if (self && seed_from(ts, as_random(self), nargs ? args[0] : NULL) < 0) CLEAR(self);
  return self;
}
static int random_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs <= 1) return seed_from(ts, as_random(self), nargs ? args[0] : NULL);
  return args_count(ts, "Random", nargs, 0, 1);
}
static Value r_random(NATIVE_ARGS) {
  uint32_t a = next_word(as_random(self)) >> 5, b = next_word(as_random(self)) >> 6;
  return float_new(ts, (a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}
static Value r_seed(NATIVE_ARGS) { return seed_from(ts, as_random(self), nargs ? args[0] : NULL) < 0 ? NULL : V_NONE; }
static Value r_getrandbits(NATIVE_ARGS) {
  int k;
  if (num_as_int(ts, args[0], &k) < 0) return NULL;
  if (k < 0) return err_format(ts, EXC(ValueError), "number of bits must be non-negative");
  if (k == 0) return small_int_value(0);
  if (k <= 32) return small_int_value(next_word(as_random(self)) >> (32 - k));
  size_t words = ((size_t)k - 1) / 32 + 1;
  uint32_t *all = mem_alloc(ts, words * sizeof *all);
  if (all == NULL) return NULL;
  for (size_t i = 0; i < words; i++, k -= 32) {
    all[i] = next_word(as_random(self));
    if (k < 32) all[i] >>= 32 - k;
  }
  mpz_t z;
  mpz_init(z);
  mpz_import(z, words, -1, sizeof *all, 0, 0, all);
  Value r = int_from_mpz(ts, z);
  mpz_clear(z);
  mem_free(ts, all);
  return r;
}
static Value r_getstate(NATIVE_ARGS) {
  Value t = tuple_new(ts, N + 1);
  for (int i = 0; t && i < N; i++) tuple_set(t, i, small_int_value(as_random(self)->state[i]));
  if (t) tuple_set(t, N, small_int_value(as_random(self)->index));
  return t;
}
static Value r_setstate(NATIVE_ARGS) {
  uint32_t fresh[N];
  int64_t word;
  if (!is_tuple(args[0])) return err_format(ts, EXC(TypeError), "state vector must be a tuple");
  if (tuple_len(args[0]) != N + 1) return err_format(ts, EXC(ValueError), "state vector is the wrong size");
  for (int i = 0; i <= N; i++) {
    if (!is_int(tuple_get(args[0], i))) return err_format(ts, EXC(TypeError), "an integer is required");
    if (num_as_i64(ts, tuple_get(args[0], i), &word) < 0) return NULL;
    if (i < N) fresh[i] = (uint32_t)word;
  }
  if (word < 0 || word > N) return err_format(ts, EXC(ValueError), "invalid state");
  memcpy(as_random(self)->state, fresh, sizeof fresh);
  as_random(self)->index = (int)word;
  return V_NONE;
}
static int start(ThreadState *ts, Value module) {
  static const MethodDef methods[] = {{"random", r_random, 0, 0, 0, "random() -> x in the interval [0, 1)."}, {"seed", r_seed, 0, 1, 0, "seed([n]) -> None."}, {"getrandbits", r_getrandbits, 1, 1, 0, "getrandbits(k) -> x.  Generates an int with k random bits."},
                                      {"getstate", r_getstate, 0, 0, 0, "getstate() -> tuple containing the current state."}, {"setstate", r_setstate, 1, 1, 0, "setstate(state) -> None.  Restores generator state."}, {0}};
  static const TypeSpec spec = {.name = "_random.Random", .doc = "Random() -> create a random number generator with its own internal state.", .size = sizeof(Random), .flags = TYPE_BASETYPE, .slots = {.new = random_new, .init = random_init}, .methods = methods};
  return module_add_type(ts, module, &spec, NULL, NULL);
}
const ModuleDef random_module_def = {.name = "_random", .doc = "Module implements the Mersenne Twister random number generator.", .start = start};
