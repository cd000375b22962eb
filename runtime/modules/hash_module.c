/* hash_module.c - _hashlib: SHA-2, SHA-3, BLAKE2, MD5 and whatever else libcrypto has.
 * From GIL_FREE_SIZE bytes on the GIL is let go while the bytes are worked through. From then on the object has a lock of its own in use, since
 *   another thread may come to it meanwhile.
 * Keeps true: the EVP context is touched only with the object's mutex held.
 * Next: runtime/lib/hashlib.py. CPython: Modules/_hashopenssl.c. */
#include <openssl/evp.h>

#include "gil/lock/mutex.h"
#include "runtime/module.h"

enum { GIL_FREE_SIZE = 2048 }; /* as CPython's HASHLIB_GIL_MINSIZE */

typedef struct {
  Object base;
  EVP_MD_CTX *context;
  const char *name; /* as Python spells it: static text */
  Mutex mutex;
} Hash;
typedef struct {
  Type *hash;
} HashModule;
static HashModule *state(ThreadState *ts) { return native_state(ts, NATIVE_hash); }
static Hash *as_hash(Value v) { return (Hash *)v; }

static const struct {
  const char *name, *openssl;
} algorithms[] = {{"md5", "MD5"}, {"sha1", "SHA1"}, {"sha224", "SHA2-224"}, {"sha256", "SHA2-256"}, {"sha384", "SHA2-384"}, {"sha512", "SHA2-512"}, {"sha3_224", "SHA3-224"}, {"sha3_256", "SHA3-256"}, {"sha3_384", "SHA3-384"},
                  {"sha3_512", "SHA3-512"}, {"shake_128", "SHAKE128"}, {"shake_256", "SHAKE256"}, {"blake2b", "BLAKE2B-512"}, {"blake2s", "BLAKE2S-256"}};
enum { ALGORITHM_COUNT = sizeof algorithms / sizeof *algorithms };

static int find(ThreadState *ts, Value name) {
  for (int i = 0; is_str(name) && i < ALGORITHM_COUNT; i++)
    if (str_equal_cstr(name, algorithms[i].name)) return i;
  if (!is_str(name)) err_format(ts, EXC(TypeError), "name must be a string");
  else err_format(ts, EXC(ValueError), "unsupported hash type %U", name);
  return -1;
}
static Value failed(ThreadState *ts) { return err_format(ts, EXC(ValueError), "libcrypto refuses"); }

/* ---- the mutex ---- */

static void enter(ThreadState *ts, Hash *h) {
  while (!mutex_try(&h->mutex) && mutex_wait(&ts->sched, &h->mutex, BLOCK_LOCK, FOREVER) != MUTEX_TAKEN) continue;
}
static void leave(ThreadState *ts, Hash *h) { mutex_unlock(&ts->sched, &h->mutex); }

static int feed(ThreadState *ts, Hash *h, Value data) {
  Buffer view;
  if (is_str(data)) return err_format(ts, EXC(TypeError), "Strings must be encoded before hashing"), -1;
  if (!has_buffer(ts, data)) return err_format(ts, EXC(TypeError), "object supporting the buffer API required"), -1;
  if (buffer_get(ts, data, &view, false) < 0) return -1;
  bool lets_go = view.length >= GIL_FREE_SIZE;
  enter(ts, h);
  if (lets_go) sched_blocking_begin_for(&ts->sched, BLOCK_FOREIGN);
  int good = EVP_DigestUpdate(h->context, view.data, (size_t)view.length);
  if (lets_go) sched_blocking_end(&ts->sched);
  leave(ts, h);
  buffer_release(ts, &view);
  return good ? 0 : (failed(ts), -1);
}

/* ---- life ---- */

static OWNED Value make(ThreadState *ts, const char *name) {
  Value v = object_new_instance(ts, state(ts)->hash);
  if (v == NULL) return NULL;
  as_hash(v)->name = name;
  if ((as_hash(v)->context = EVP_MD_CTX_new()) == NULL) return decref(ts, v), err_no_memory(ts);
  return v;
}
static void hash_dealloc(ThreadState *ts, Value self) {
  EVP_MD_CTX_free(as_hash(self)->context);
  object_release(ts, self);
}
/* new(name, data=b"", *, usedforsecurity=True) */
static Value hash_new(NATIVE_ARGS) {
  static const char *const names[] = {"name", "string", "usedforsecurity"};
  static const ArgSpec spec = {"new", 0, 2, 1, 3, names};
  Value given[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  int i = find(ts, given[0]);
  Value v = i < 0 ? NULL : make(ts, algorithms[i].name);
  if (v == NULL) return NULL;
  EVP_MD *kind = EVP_MD_fetch(NULL, algorithms[i].openssl, NULL);
  int good = kind && EVP_DigestInit_ex(as_hash(v)->context, kind, NULL);
  EVP_MD_free(kind);
  if (!good) return decref(ts, v), err_format(ts, EXC(ValueError), "unsupported hash type %s", algorithms[i].name);
  if (given[1] && feed(ts, as_hash(v), given[1]) < 0) CLEAR(v);
  return v;
}
static OWNED Value copy_of(ThreadState *ts, Value self) {
  Value v = make(ts, as_hash(self)->name);
  if (v == NULL) return NULL;
  enter(ts, as_hash(self));
  int good = EVP_MD_CTX_copy(as_hash(v)->context, as_hash(self)->context);
  leave(ts, as_hash(self));
  if (good) return v;
  decref(ts, v);
  return failed(ts);
}

/* ---- methods ---- */

static Value hash_update(NATIVE_ARGS) { return feed(ts, as_hash(self), args[0]) < 0 ? NULL : V_NONE; }
static Value hash_copy(NATIVE_ARGS) { return copy_of(ts, self); }
static bool is_xof(Hash *h) { return h->name[0] == 's' && h->name[1] == 'h' && h->name[2] == 'a' && h->name[3] == 'k'; }
static Value hash_digest(NATIVE_ARGS) {
  Hash *h = as_hash(self);
  int64_t n = EVP_MD_CTX_get_size(h->context);
  if (is_xof(h)) {
    if (nargs == 0) return err_format(ts, EXC(TypeError), "digest() missing required argument 'length' (pos 1)");
    if (num_as_i64(ts, args[0], &n) < 0) return NULL;
    if (n < 0 || n >= 1 << 29) return err_format(ts, EXC(ValueError), "value must be positive");
  } else if (nargs) {
    return err_format(ts, EXC(TypeError), "HASH.digest() takes no arguments (%zd given)", nargs);
  }
  Value copy = copy_of(ts, self), b = copy ? bytes_new(ts, NULL, n) : NULL;
  if (b) {
    EVP_MD_CTX *c = as_hash(copy)->context;
    int good = is_xof(h) ? n == 0 || EVP_DigestFinalXOF(c, (unsigned char *)bytes_data(b), (size_t)n) : EVP_DigestFinal_ex(c, (unsigned char *)bytes_data(b), NULL);
    if (!good) CLEAR(b), failed(ts);
  }
  xdecref(ts, copy);
  return b;
}
static Value hash_hexdigest(NATIVE_ARGS) {
  Value b = hash_digest(ts, self, args, nargs, NULL);
  if (b == NULL) return NULL;
  Value text = bytes_hex(ts, bytes_data(b), bytes_len(b), NULL, 0, NULL);
  decref(ts, b);
  return text;
}
static Value hash_name(ThreadState *ts, Value self) { return str_from_ascii(ts, as_hash(self)->name); }
static Value hash_digest_size(ThreadState *ts, Value self) { return small_int_value(is_xof(as_hash(self)) ? 0 : EVP_MD_CTX_get_size(as_hash(self)->context)); }
static Value hash_block_size(ThreadState *ts, Value self) { return small_int_value(EVP_MD_CTX_get_block_size(as_hash(self)->context)); }
static Value hash_repr(ThreadState *ts, Value self) { return str_format(ts, "<%s _hashlib.HASH object @ %p>", as_hash(self)->name, (void *)self); }
static const MethodDef hash_methods[] = {{"update", hash_update, 1, 1, 0, "Update this hash object's state with the provided string."}, {"digest", hash_digest, 0, 1, 0, "Return the digest value as a bytes object."},
                                         {"hexdigest", hash_hexdigest, 0, 1, 0, "Return the digest value as a string of hexadecimal digits."}, {"copy", hash_copy, 0, 0, 0, "Return a copy of the hash object."}, {0}};
static const GetSetDef hash_getsets[] = {{"name", hash_name, NULL, NULL}, {"digest_size", hash_digest_size, NULL, NULL}, {"block_size", hash_block_size, NULL, NULL}, {0}};
static const TypeSpec hash_spec = {.name = "_hashlib.HASH", .size = sizeof(Hash), .flags = TYPE_NO_NEW, .slots = {.dealloc = hash_dealloc, .repr = hash_repr}, .methods = hash_methods, .getsets = hash_getsets};

/* pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None) */
static Value hash_pbkdf2(NATIVE_ARGS) {
  static const char *const names[] = {"hash_name", "password", "salt", "iterations", "dklen"};
  static const ArgSpec spec = {"pbkdf2_hmac", 0, 5, 4, 5, names};
  Value given[5];
  Buffer password, salt;
  int iterations, n = 0;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || num_as_int(ts, given[3], &iterations) < 0) return NULL;
  int i = find(ts, given[0]);
  const EVP_MD *kind = i < 0 ? NULL : EVP_get_digestbyname(algorithms[i].name);
  if (kind == NULL) return err_occurred(ts) ? NULL : err_format(ts, EXC(ValueError), "unsupported hash type %U", given[0]);
  if (given[4] && !is_none(given[4]) ? num_as_int(ts, given[4], &n) < 0 : (n = EVP_MD_get_size(kind)) < 0) return NULL;
  if (iterations < 1) return err_format(ts, EXC(ValueError), "iteration value must be greater than 0.");
  if (n < 1) return err_format(ts, EXC(ValueError), "key length must be greater than 0.");
  if (buffer_get(ts, given[1], &password, false) < 0) return NULL;
  if (buffer_get(ts, given[2], &salt, false) < 0) return buffer_release(ts, &password), NULL;
  Value key = bytes_new(ts, NULL, n);
  if (key) {
    sched_blocking_begin_for(&ts->sched, BLOCK_FOREIGN);
    int good = PKCS5_PBKDF2_HMAC(password.data, (int)password.length, (unsigned char *)salt.data, (int)salt.length, iterations, kind, n, (unsigned char *)bytes_data(key));
    sched_blocking_end(&ts->sched);
    if (!good) CLEAR(key), failed(ts);
  }
  buffer_release(ts, &salt);
  buffer_release(ts, &password);
  return key;
}
static const MethodDef methods[] = {{"new", hash_new, 1, 2, METHOD_KW, NULL}, {"pbkdf2_hmac", hash_pbkdf2, 4, 5, METHOD_KW, "Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function."}, {0}};
static int start(ThreadState *ts, Value m) {
  HashModule *s = module_state(m);
  return module_add_type(ts, m, &hash_spec, NULL, &s->hash);
}
const ModuleDef hash_module_def = {.name = "_hashlib", .doc = "Hashes of libcrypto. Scripts use hashlib.", .methods = methods, .start = start, .state_size = sizeof(HashModule), .owned_values = 1};
