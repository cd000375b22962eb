/* str.c - text: how it is stored, hashed, interned, compared, joined, cut and searched. Objects/unicodeobject.c in CPython.
 * Keeps true: a string is as narrow as its widest character allows, and STR_ASCII is set exactly when all of it is ASCII,
 *   so two equal strings have equal flags of width. interp->interned holds no references: a string that dies leaves it.
 *   The empty string and those of one character below 256 are shared.
 * Next: str_methods.c, str_codec.c, str_build.c, format.c. */
#include "runtime/object.h"

#include <stdlib.h>

enum { STR_KIND_BITS = STR_WIDE2 | STR_WIDE4 | STR_ASCII };

/* ---- new ---- */

static inline bool is_one_byte(Value s) { return !(s->flags & (STR_WIDE2 | STR_WIDE4)); }

static inline void end_with_zero(Value v, int width) {
  Str *s = as_str(v);
  char *end = s->data + s->length * width;
  if (LIKELY(width == 1)) *end = 0;
  else memset(end, 0, (size_t)width);
}

static OWNED Value alloc_str(ThreadState *ts, Type *type, ssize_t n, int flags) {
  int width = flags & STR_WIDE2 ? 2 : flags & STR_WIDE4 ? 4 : 1;
  if (UNLIKELY(n > (PTRDIFF_MAX - 4096) / width)) return err_no_memory(ts);
  Value v = object_alloc_var(ts, type, sizeof(Str) + (size_t)(n + 1) * (size_t)width);
  if (UNLIKELY(v == NULL)) return NULL;
  Str *s = as_str(v);
  s->base.flags |= (uint8_t)flags;
  s->hash = -1;
  s->length = n;
  end_with_zero(v, width);
  return v;
}

static int flags_for(Char max_char) {
  return max_char < 0x80 ? STR_ASCII : max_char < 0x100 ? 0 : max_char < 0x10000 ? STR_WIDE2 : STR_WIDE4;
}

static OWNED Value make_char(ThreadState *ts, Char c) {
  Value v = alloc_str(ts, TYPE(STR), 1, flags_for(c));
  if (v) str_put(v, 0, c);
  return v;
}

/* The shared strings: made when the first string is. */
static int make_shared(ThreadState *ts) {
  Value empty = alloc_str(ts, TYPE(STR), 0, STR_ASCII);
  if ((ts->interp->empty_str = str_intern(ts, empty)) == NULL) return -1;
  for (Char c = 0; c < 256; c++)
    if ((ts->interp->latin1[c] = str_intern(ts, make_char(ts, c))) == NULL) return -1;
  return 0;
}

static OWNED Value empty_str(ThreadState *ts) {
  if (UNLIKELY(ts->interp->empty_str == NULL) && make_shared(ts) < 0) return NULL;
  return incref(ts->interp->empty_str);
}

Value str_new(ThreadState *ts, ssize_t n, Char max_char) {
  if (UNLIKELY(n == 0)) return empty_str(ts);
  return alloc_str(ts, TYPE(STR), n, flags_for(max_char));
}

Value str_from_char(ThreadState *ts, Char c) {
  if (LIKELY(c < 256) && LIKELY(ts->interp->latin1[c] != NULL)) return incref(ts->interp->latin1[c]);
  return make_char(ts, c);
}

bool bytes_are_ascii(const char *p, size_t n) {
  const uint64_t high = 0x8080808080808080u;
  size_t i = 0;
  uint64_t w[4];
  for (; i + 32 <= n; i += 32) {
    memcpy(w, p + i, 32);
    if ((w[0] | w[1] | w[2] | w[3]) & high) return false;
  }
  for (; i + 8 <= n; i += 8) {
    memcpy(w, p + i, 8);
    if (w[0] & high) return false;
  }
  for (; i < n; i++)
    if (p[i] & 0x80) return false;
  return true;
}

Value str_ascii_new(ThreadState *ts, const char *p, ssize_t n) {
  if (n == 1) return str_from_char(ts, (uint8_t)*p);
  Value v = str_new(ts, n, 0x7f);
  if (v && n) memcpy(as_str(v)->data, p, (size_t)n);
  return v;
}

Value str_from_ascii(ThreadState *ts, const char *text) { return str_ascii_new(ts, text, (ssize_t)strlen(text)); }

Value str_from_latin1(ThreadState *ts, const char *p, ssize_t n) {
  if (n == 1) return str_from_char(ts, (uint8_t)*p);
  Value v = str_new(ts, n, bytes_are_ascii(p, (size_t)n) ? 0x7f : 0xff);
  if (v && n) memcpy(as_str(v)->data, p, (size_t)n);
  return v;
}

Value str_from_ucs4(ThreadState *ts, const Char *p, ssize_t n) {
  if (n == 1) return str_from_char(ts, *p);
  Char max_char = 0;
  for (ssize_t i = 0; i < n; i++) max_char |= p[i];
  Value v = str_new(ts, n, max_char > 0x10ffff ? 0x10ffff : max_char);
  if (v == NULL || n == 0) return v;
  for (ssize_t i = 0; i < n; i++) str_put(v, i, p[i]);
  return v;
}

Value str_from_utf8(ThreadState *ts, const char *p, ssize_t n) {
  if (bytes_are_ascii(p, (size_t)n)) return str_ascii_new(ts, p, n);
  return str_decode(ts, p, n, "utf-8", "strict");
}

Value str_from_fs(ThreadState *ts, const char *p, ssize_t n) {
  if (n < 0) n = (ssize_t)strlen(p);
  if (bytes_are_ascii(p, (size_t)n)) return str_ascii_new(ts, p, n);
  return str_decode(ts, p, n, "utf-8", "surrogateescape");
}

/* An upper bound of the same width as the widest character. */
Char str_max_char(Value s, ssize_t start, ssize_t stop) {
  const Str *str = as_str(s);
  Char all = 0;
  if (str_is_ascii(s)) return 0x7f;
  if (is_one_byte(s)) return bytes_are_ascii(str->data + start, (size_t)(stop - start)) ? 0x7f : 0xff;
  if (s->flags & STR_WIDE2)
    for (ssize_t i = start; i < stop; i++) all |= ((const uint16_t *)str->data)[i];
  else
    for (ssize_t i = start; i < stop; i++) all |= ((const uint32_t *)str->data)[i];
  return all > 0x10ffff ? 0x10ffff : all;
}

Value str_as_instance(ThreadState *ts, Type *type, Value s) {
  if (type == TYPE(STR) && is_exact_str(s)) return incref(s);
  Value v = alloc_str(ts, type, str_len(s), s->flags & STR_KIND_BITS);
  if (v) memcpy(as_str(v)->data, as_str(s)->data, (size_t)str_len(s) * (size_t)str_width(s));
  return v;
}

/* ---- hashing: SipHash-1-3 with the interpreter's secret ---- */

static inline uint64_t rotl(uint64_t x, int b) { return x << b | x >> (64 - b); }

typedef struct {
  uint64_t a, b, c, d;
} Sip;
static inline void sip_round(Sip *s) {
  s->a += s->b, s->b = rotl(s->b, 13) ^ s->a, s->a = rotl(s->a, 32);
  s->c += s->d, s->d = rotl(s->d, 16) ^ s->c;
  s->a += s->d, s->d = rotl(s->d, 21) ^ s->a;
  s->c += s->b, s->b = rotl(s->b, 17) ^ s->c, s->c = rotl(s->c, 32);
}

int64_t hash_bytes(ThreadState *ts, const void *data, ssize_t n) {
  if (n == 0) return 0;
  uint64_t k0 = ts->interp->hash_key0, k1 = ts->interp->hash_key1, w;
  Sip s = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u, k1 ^ 0x7465646279746573u};
  const char *p = data;
  ssize_t left = n;
  for (; left >= 8; left -= 8, p += 8) {
    memcpy(&w, p, 8);
    s.d ^= w;
    sip_round(&s);
    s.a ^= w;
  }
  w = (uint64_t)n << 56;
  for (ssize_t i = 0; i < left; i++) w |= (uint64_t)(uint8_t)p[i] << (8 * i);
  s.d ^= w;
  sip_round(&s);
  s.a ^= w;
  s.c ^= 0xff;
  sip_round(&s), sip_round(&s), sip_round(&s);
  int64_t hash = (int64_t)(s.a ^ s.b ^ s.c ^ s.d);
  return hash == -1 ? -2 : hash;
}

int64_t str_hash(ThreadState *ts, Value v) {
  Str *s = as_str(v);
  int64_t hash = RACY_LOAD(s->hash);
  if (LIKELY(hash != -1)) return hash;
  hash = hash_bytes(ts, s->data, s->length * str_width(v));
  RACY_STORE(s->hash, hash); /* two threads store the same */
  return hash;
}

/* ---- interning: open addressing, the strings borrowed ---- */

typedef struct InternTable {
  size_t used, mask;
  Value slots[];
} InternTable;

static InternTable *intern_table_new(ThreadState *ts, size_t size) {
  InternTable *t = mem_alloc_zeroed(ts, sizeof *t + size * sizeof(Value));
  if (t) t->mask = size - 1;
  return t;
}

static bool intern_table_grow(ThreadState *ts) {
  InternTable *old = ts->interp->interned;
  InternTable *t = intern_table_new(ts, old ? (old->mask + 1) * 2 : 4096);
  if (t == NULL) return false;
  for (size_t i = 0; old && i <= old->mask; i++) {
    if (old->slots[i] == NULL) continue;
    size_t at = (size_t)as_str(old->slots[i])->hash & t->mask;
    while (t->slots[at]) at = (at + 1) & t->mask;
    t->slots[at] = old->slots[i];
  }
  if (old) t->used = old->used;
  __atomic_store_n(&ts->interp->interned, t, __ATOMIC_RELEASE);
  mem_free(ts, old); /* who reads it now may go on */
  return true;
}

void str_intern_table_free(ThreadState *ts) {
  mem_free(ts, ts->interp->interned);
  ts->interp->interned = NULL;
}

/* An equal string of the table, counted once more; s itself, if there was none; NULL with MemoryError. */
static Value find_or_add_interned(ThreadState *ts, Value s, int64_t hash) {
  InternTable *t = ts->interp->interned;
  if (UNLIKELY(t == NULL || t->used * 3 > t->mask * 2)) {
    if (!intern_table_grow(ts)) return NULL;
    t = ts->interp->interned;
  }
  size_t at = (size_t)hash & t->mask;
  for (Value other; (other = t->slots[at]) != NULL; at = (at + 1) & t->mask)
    if (as_str(other)->hash == hash && str_equal(other, s)) return incref(other);
  RACY_STORE(s->gc, GC_INTERNED);
  if (IS_PARALLEL(ts)) make_immortal(s);
  __atomic_store_n(&t->slots[at], s, __ATOMIC_RELEASE);
  t->used++;
  return s;
}

void str_make_interned_immortal(Interp *interp) {
  InternTable *t = interp->interned;
  for (size_t i = 0; t && i <= t->mask; i++)
    if (t->slots[i]) make_immortal(t->slots[i]);
}

Value str_intern(ThreadState *ts, Value s) {
  if (s == NULL || str_is_interned(s)) return s;
  if (UNLIKELY(!is_exact_str(s))) {
    Value exact = str_as_instance(ts, TYPE(STR), s);
    decref(ts, s);
    return str_intern(ts, exact);
  }
  int64_t hash = str_hash(ts, s);
  LEAF_LOCK(ts, tables_mutex);
  Value kept = find_or_add_interned(ts, s, hash);
  LEAF_UNLOCK(ts, tables_mutex);
  if (kept != s) decref(ts, s);
  return kept;
}

/* Take a dying string out, and move those behind it up into the gap. */
static void forget_interned(ThreadState *ts, Value s) {
  InternTable *t = ts->interp->interned;
  if (t == NULL) return;
  size_t gap = (size_t)as_str(s)->hash & t->mask;
  while (t->slots[gap] != s) {
    if (t->slots[gap] == NULL) return;
    gap = (gap + 1) & t->mask;
  }
  for (size_t at = (gap + 1) & t->mask; t->slots[at]; at = (at + 1) & t->mask) {
    size_t home = (size_t)as_str(t->slots[at])->hash & t->mask;
    if (((at - home) & t->mask) >= ((at - gap) & t->mask)) {
      t->slots[gap] = t->slots[at];
      gap = at;
    }
  }
  t->slots[gap] = NULL;
  t->used--;
}

/* The interned ASCII string with this text, borrowed, or NULL. */
static Value find_interned(ThreadState *ts, const char *text, ssize_t n, int64_t hash) {
  InternTable *t = __atomic_load_n(&ts->interp->interned, __ATOMIC_ACQUIRE);
  if (t == NULL) return NULL;
  Value v;
  for (size_t at = (size_t)hash & t->mask; (v = __atomic_load_n(&t->slots[at], __ATOMIC_ACQUIRE)) != NULL; at = (at + 1) & t->mask) {
    if (as_str(v)->hash == hash && str_len(v) == n && str_is_ascii(v) && memcmp(str_chars(v), text, (size_t)n) == 0) return v;
  }
  return NULL;
}

/* Most names of natives and of the library are there already: look before a string is made. */
Value str_intern_utf8(ThreadState *ts, const char *text, ssize_t n) {
  int64_t hash = hash_bytes(ts, text, n);
  Value found = find_interned(ts, text, n, hash);
  if (found) return incref(found);
  Value v = str_from_utf8(ts, text, n);
  if (v && str_is_ascii(v)) as_str(v)->hash = hash;
  return str_intern(ts, v);
}
Value str_intern_cstr(ThreadState *ts, const char *text) { return str_intern_utf8(ts, text, (ssize_t)strlen(text)); }

static void str_dealloc(ThreadState *ts, Value self) {
  if (UNLIKELY(str_is_interned(self))) forget_interned(ts, self);
  object_release(ts, self);
}

/* ---- comparing ---- */

bool str_equal(Value a, Value b) {
  if (a == b) return true;
  if (str_len(a) != str_len(b) || (a->flags ^ b->flags) & (STR_WIDE2 | STR_WIDE4)) return false;
  if ((str_is_interned(a) && str_is_interned(b)) || as_str(a)->data[0] != as_str(b)->data[0]) return false;
  return memcmp(as_str(a)->data, as_str(b)->data, (size_t)str_len(a) * (size_t)str_width(a)) == 0;
}

bool str_equal_cstr(Value a, const char *ascii) {
  size_t n = strlen(ascii);
  return (size_t)str_len(a) == n && is_one_byte(a) && memcmp(as_str(a)->data, ascii, n) == 0;
}

int str_compare(Value a, Value b) {
  ssize_t n = str_len(a) < str_len(b) ? str_len(a) : str_len(b);
  if (is_one_byte(a) && is_one_byte(b)) {
    int first = (uint8_t)as_str(a)->data[0] - (uint8_t)as_str(b)->data[0]; /* the zero behind an empty string counts */
    if (first) return first;
    int c = memcmp(as_str(a)->data, as_str(b)->data, (size_t)n);
    if (c) return c;
  } else {
    for (ssize_t i = 0; i < n; i++) {
      Char x = str_at(a, i), y = str_at(b, i);
      if (x != y) return x < y ? -1 : 1;
    }
  }
  return str_len(a) < str_len(b) ? -1 : str_len(a) > str_len(b);
}

static Value slot_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_str(a) || !is_str(b)) return V_NOT_IMPLEMENTED;
  if (op == CMP_EQ) return bool_value(str_equal(a, b));
  if (op == CMP_NE) return bool_value(!str_equal(a, b));
  int c = a == b ? 0 : str_compare(a, b);
  switch (op) {
    case CMP_LT: return bool_value(c < 0);
    case CMP_LE: return bool_value(c <= 0);
    case CMP_GT: return bool_value(c > 0);
    default: return bool_value(c >= 0);
  }
}

/* ---- putting together ---- */

void str_copy_chars(Value to, ssize_t at, Value from, ssize_t start, ssize_t n) {
  int width = str_width(to);
  if (width == str_width(from)) {
    memcpy(as_str(to)->data + at * width, as_str(from)->data + start * width, (size_t)(n * width));
    return;
  }
  for (ssize_t i = 0; i < n; i++) str_put(to, at + i, str_at(from, start + i));
}

static inline int joint_flags(Value a, Value b) {
  int all = a->flags | b->flags;
  if (all & STR_WIDE4) return STR_WIDE4;
  if (all & STR_WIDE2) return STR_WIDE2;
  return a->flags & b->flags & STR_ASCII;
}

Value str_concat(ThreadState *ts, Value a, Value b) {
  if (str_len(b) == 0 && is_exact_str(a)) return incref(a);
  if (str_len(a) == 0 && is_exact_str(b)) return incref(b);
  if (UNLIKELY(str_len(a) > PTRDIFF_MAX - str_len(b)))
    return err_format(ts, EXC(OverflowError), "strings are too large to concat");
  if (UNLIKELY(str_len(a) + str_len(b) == 0)) return empty_str(ts);
  Value v = alloc_str(ts, TYPE(STR), str_len(a) + str_len(b), joint_flags(a, b));
  if (v == NULL) return NULL;
  if (is_one_byte(v)) {
    memcpy(as_str(v)->data, as_str(a)->data, (size_t)str_len(a));
    memcpy(as_str(v)->data + str_len(a), as_str(b)->data, (size_t)str_len(b));
    return v;
  }
  str_copy_chars(v, 0, a, 0, str_len(a));
  str_copy_chars(v, str_len(a), b, 0, str_len(b));
  return v;
}

/* Extend *a where it lies, or in a larger block with room to spare. 1 done, 0 not possible. */
static int append_in_place(ThreadState *ts, Value *a, Value b) {
  Value v = *a;
  int width = str_width(v);
  if (!is_unique(v) || !is_exact_str(v) || str_is_interned(v) || str_width(b) > width || str_len(v) < 2 || v == b) return 0;
  ssize_t n = str_len(v) + str_len(b);
  size_t need = sizeof(Str) + (size_t)(n + 1) * (size_t)width;
  if (UNLIKELY(need > object_capacity(v))) {
    Value moved = object_resize(ts, v, need + need / 4);
    if (moved == NULL) return -1;
    *a = v = moved;
  }
  str_copy_chars(v, str_len(v), b, 0, str_len(b));
  if (!str_is_ascii(b)) v->flags &= (uint8_t)~STR_ASCII;
  as_str(v)->length = n;
  as_str(v)->hash = -1;
  end_with_zero(v, width);
  return 1;
}

int str_append(ThreadState *ts, Value *a, Value b) {
  if (str_len(b) == 0) return 0;
  int done = append_in_place(ts, a, b);
  if (LIKELY(done > 0)) return 0;
  replace(ts, a, done < 0 ? NULL : str_concat(ts, *a, b));
  return *a ? 0 : -1;
}

Value str_repeat(ThreadState *ts, Value s, ssize_t count) {
  if (count <= 0 || str_len(s) == 0) return empty_str(ts);
  if (count == 1 && is_exact_str(s)) return incref(s);
  ssize_t n = str_len(s), total;
  if (__builtin_mul_overflow(n, count, &total)) return err_format(ts, EXC(OverflowError), "repeated string is too long");
  Value v = alloc_str(ts, TYPE(STR), total, s->flags & STR_KIND_BITS);
  if (v == NULL) return NULL;
  char *to = as_str(v)->data;
  size_t width = (size_t)str_width(s), piece = (size_t)n * width, all = (size_t)total * width;
  if (piece == 1) {
    memset(to, as_str(s)->data[0], all);
    return v;
  }
  memcpy(to, as_str(s)->data, piece);
  for (size_t done = piece; done < all;) { /* double what is there */
    size_t more = done < all - done ? done : all - done;
    memcpy(to + done, to, more);
    done += more;
  }
  return v;
}

static int check_join_item(ThreadState *ts, Value item, ssize_t i) {
  if (is_str(item)) return 0;
  err_format(ts, EXC(TypeError), "sequence item %zd: expected str instance, %T found", i, item);
  return -1;
}

Value str_join_items(ThreadState *ts, Value sep, Value *items, ssize_t n) {
  if (n == 0) return empty_str(ts);
  if (n == 1) {
    if (check_join_item(ts, items[0], 0) < 0) return NULL;
    if (is_exact_str(items[0])) return incref(items[0]);
  }
  ssize_t total = 0;
  int any = 0, all = STR_ASCII;
  for (ssize_t i = 0; i < n; i++) {
    if (check_join_item(ts, items[i], i) < 0) return NULL;
    if (__builtin_add_overflow(total, str_len(items[i]), &total)) goto too_long;
    any |= items[i]->flags;
    all &= items[i]->flags;
  }
  ssize_t between;
  if (n > 1) any |= sep->flags, all &= sep->flags;
  if (__builtin_mul_overflow(str_len(sep), n - 1, &between) || __builtin_add_overflow(total, between, &total)) goto too_long;
  if (total == 0) return empty_str(ts);
  int flags = any & STR_WIDE4 ? STR_WIDE4 : any & STR_WIDE2 ? STR_WIDE2 : all;
  Value v = alloc_str(ts, TYPE(STR), total, flags);
  if (v == NULL) return NULL;
  if (!(flags & (STR_WIDE2 | STR_WIDE4))) {
    char *to = as_str(v)->data;
    size_t sep_length = (size_t)str_len(sep);
    for (ssize_t i = 0; i < n; i++) {
      if (i && sep_length) {
        memcpy(to, as_str(sep)->data, sep_length);
        to += sep_length;
      }
      memcpy(to, as_str(items[i])->data, (size_t)str_len(items[i]));
      to += str_len(items[i]);
    }
    return v;
  }
  ssize_t at = 0;
  for (ssize_t i = 0; i < n; i++) {
    if (i) {
      str_copy_chars(v, at, sep, 0, str_len(sep));
      at += str_len(sep);
    }
    str_copy_chars(v, at, items[i], 0, str_len(items[i]));
    at += str_len(items[i]);
  }
  return v;
too_long:
  return err_format(ts, EXC(OverflowError), "join() result is too long for a Python string");
}

Value str_join(ThreadState *ts, Value sep, Value iterable) {
  Value fast = seq_fast(ts, iterable, "can only join an iterable");
  if (fast == NULL) return NULL;
  ssize_t n;
  Value *items = seq_items(fast, &n);
  Value v = str_join_items(ts, sep, items, n);
  decref(ts, fast);
  return v;
}

/* ---- cutting ---- */

Value str_substring(ThreadState *ts, Value s, ssize_t start, ssize_t stop) {
  ssize_t n = stop - start;
  if (n <= 0) return empty_str(ts);
  if (n == 1) return str_from_char(ts, str_at(s, start));
  if (n == str_len(s) && is_exact_str(s)) return incref(s);
  if (LIKELY(str_is_ascii(s))) {
    Value v = alloc_str(ts, TYPE(STR), n, STR_ASCII);
    if (v) memcpy(as_str(v)->data, as_str(s)->data + start, (size_t)n);
    return v;
  }
  Value v = str_new(ts, n, str_max_char(s, start, stop));
  if (v) str_copy_chars(v, 0, s, start, n);
  return v;
}

static OWNED Value get_slice(ThreadState *ts, Value s, Value slice) {
  ssize_t start, stop, step, count;
  if (slice_indices(ts, slice, str_len(s), &start, &stop, &step, &count) < 0) return NULL;
  if (count <= 0) return empty_str(ts);
  if (step == 1) return str_substring(ts, s, start, start + count);
  if (count == 1) return str_from_char(ts, str_at(s, start));
  Char max_char = 0x7f;
  if (!str_is_ascii(s)) {
    max_char = 0;
    for (ssize_t i = 0, at = start; i < count; i++, at += step) max_char |= str_at(s, at);
    if (max_char > 0x10ffff) max_char = 0x10ffff;
  }
  Value v = str_new(ts, count, max_char);
  if (v == NULL) return NULL;
  if (is_one_byte(s)) {
    const char *from = as_str(s)->data;
    char *to = as_str(v)->data;
    for (ssize_t i = 0, at = start; i < count; i++, at += step) to[i] = from[at];
  } else {
    for (ssize_t i = 0, at = start; i < count; i++, at += step) str_put(v, i, str_at(s, at));
  }
  return v;
}

static Value str_getitem(ThreadState *ts, Value s, Value key) {
  ssize_t i;
  if (LIKELY(is_small_int(key))) {
    i = small_int(key);
  } else if (is_kind(key, K_SLICE)) {
    return get_slice(ts, s, key);
  } else if (has_index(ts, key)) {
    i = num_as_ssize(ts, key, EXC(IndexError));
    if (i == -1 && err_occurred(ts)) return NULL;
  } else {
    return err_format(ts, EXC(TypeError), "string indices must be integers, not '%T'", key);
  }
  if (i < 0) i += str_len(s);
  if (UNLIKELY(i < 0 || i >= str_len(s))) return err_format(ts, EXC(IndexError), "string index out of range");
  return str_from_char(ts, str_at(s, i));
}

/* ---- searching ---- */

ssize_t str_find_char(Value s, Char c, ssize_t start, ssize_t end) {
  const Str *str = as_str(s);
  if (start >= end) return -1;
  if (is_one_byte(s)) {
    if (c > 0xff) return -1;
    const char *p = memchr(str->data + start, (int)c, (size_t)(end - start));
    return p ? p - str->data : -1;
  }
  if (s->flags & STR_WIDE2) {
    const uint16_t *p = (const uint16_t *)str->data;
    if (c > 0xffff) return -1;
    for (ssize_t i = start; i < end; i++)
      if (p[i] == c) return i;
    return -1;
  }
  const uint32_t *p = (const uint32_t *)str->data;
  for (ssize_t i = start; i < end; i++)
    if (p[i] == c) return i;
  return -1;
}

static ssize_t rfind_char(Value s, Char c, ssize_t start, ssize_t end) {
  if (start >= end) return -1;
  if (is_one_byte(s)) {
    const char *data = as_str(s)->data, *p = c > 0xff ? NULL : memrchr(data + start, (int)c, (size_t)(end - start));
    return p ? p - data : -1;
  }
  for (ssize_t i = end - 1; i >= start; i--)
    if (str_at(s, i) == c) return i;
  return -1;
}

int str_ends(Value s, Value part, ssize_t at) {
  ssize_t n = str_len(part);
  if (at < 0 || at + n > str_len(s)) return 0;
  int width = str_width(s);
  if (width == str_width(part)) return memcmp(as_str(s)->data + at * width, as_str(part)->data, (size_t)(n * width)) == 0;
  for (ssize_t i = 0; i < n; i++)
    if (str_at(s, at + i) != str_at(part, i)) return 0;
  return 1;
}

ssize_t str_find(Value s, Value sub, ssize_t start, ssize_t end, int direction) {
  ssize_t n = str_len(sub);
  if (end > str_len(s)) end = str_len(s);
  if (start > end || end - start < n) return -1;
  if (n == 0) return direction > 0 ? start : end;
  if (n == 1) {
    Char c = str_at(sub, 0);
    return direction > 0 ? str_find_char(s, c, start, end) : rfind_char(s, c, start, end);
  }
  if (str_width(sub) > str_width(s)) return -1;
  if (direction < 0) {
    Char first = str_at(sub, 0);
    for (ssize_t at = end - n + 1; (at = rfind_char(s, first, start, at)) >= 0;)
      if (str_ends(s, sub, at)) return at;
    return -1;
  }
  if (is_one_byte(s)) {
    const char *data = as_str(s)->data;
    const char *p = memmem(data + start, (size_t)(end - start), as_str(sub)->data, (size_t)n);
    return p ? p - data : -1;
  }
  Char first = str_at(sub, 0);
  for (ssize_t at = start; at <= end - n; at++) {
    at = str_find_char(s, first, at, end - n + 1);
    if (at < 0) return -1;
    if (str_ends(s, sub, at)) return at;
  }
  return -1;
}

static int str_contains(ThreadState *ts, Value s, Value item) {
  if (!is_str(item)) {
    err_format(ts, EXC(TypeError), "'in <string>' requires string as left operand, not %T", item);
    return -1;
  }
  return str_find(s, item, 0, str_len(s), 1) >= 0;
}

/* ---- repr ---- */

static bool needs_no_escape(Value s, bool *has_single, bool *has_double) {
  bool plain = str_is_ascii(s);
  for (ssize_t i = 0; i < str_len(s); i++) {
    Char c = str_at(s, i);
    if (c == '\'') *has_single = true;
    else if (c == '"') *has_double = true;
    else if (c < ' ' || c == '\\' || c >= 0x7f) plain = false;
  }
  return plain;
}

static int repr_char(StrBuilder *b, Char c, Char quote) {
  char text[16];
  if (c == quote || c == '\\') return strb_char(b, '\\') < 0 ? -1 : strb_char(b, c);
  if (c == '\n') return strb_ascii(b, "\\n", 2);
  if (c == '\r') return strb_ascii(b, "\\r", 2);
  if (c == '\t') return strb_ascii(b, "\\t", 2);
  if (char_is_printable(c)) return strb_char(b, c);
  snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)c);
  return strb_ascii(b, text, -1);
}

Value str_repr(ThreadState *ts, Value s) {
  bool has_single = false, has_double = false;
  bool plain = needs_no_escape(s, &has_single, &has_double);
  Char quote = has_single && !has_double ? '"' : '\'';
  ssize_t n = str_len(s);
  if (plain && !(has_single && has_double)) {
    Value v = str_new(ts, n + 2, 0x7f);
    if (v == NULL) return NULL;
    char *to = as_str(v)->data;
    to[0] = to[n + 1] = (char)quote;
    memcpy(to + 1, as_str(s)->data, (size_t)n);
    return v;
  }
  StrBuilder b;
  strb_init(&b, ts);
  if (strb_char(&b, quote) < 0) goto error;
  for (ssize_t i = 0; i < n; i++)
    if (repr_char(&b, str_at(s, i), quote) < 0) goto error;
  if (strb_char(&b, quote) < 0) goto error;
  return strb_finish(&b);
error:
  strb_drop(&b);
  return NULL;
}

static Value slot_str(ThreadState *ts, Value s) { return str_as_instance(ts, TYPE(STR), s); }

/* ---- slots ---- */

static ssize_t slot_len(ThreadState *ts, Value s) { return str_len(s); }

static Value slot_concat(ThreadState *ts, Value a, Value b) {
  if (!is_str(b)) return err_format(ts, EXC(TypeError), "can only concatenate str (not \"%T\") to str", b);
  return str_concat(ts, a, b);
}

static Value slot_repeat(ThreadState *ts, Value s, Value count) {
  ssize_t n = num_as_ssize(ts, count, EXC(OverflowError));
  return n == -1 && err_occurred(ts) ? NULL : str_repeat(ts, s, n);
}

static Value slot_remainder(ThreadState *ts, Value a, Value b) {
  return is_str(a) ? str_percent(ts, a, b) : V_NOT_IMPLEMENTED;
}

/* ---- str(object, encoding, errors) ---- */

/* A C string of an argument, for encoding names. */
const char *str_text_argument(ThreadState *ts, Value v, const char *function, const char *name) {
  if (v == NULL) return NULL;
  if (!is_str(v)) {
    err_format(ts, EXC(TypeError), "%s() argument '%s' must be str, not %T", function, name, v);
    return NULL;
  }
  if (str_is_ascii(v) && strlen(str_chars(v)) == (size_t)str_len(v)) return str_chars(v);
  if (str_is_ascii(v)) err_format(ts, EXC(ValueError), "embedded null character");
  else err_format(ts, EXC(LookupError), "unknown encoding: %U", v);
  return NULL;
}

static OWNED Value decode_object(ThreadState *ts, Value v, const char *encoding, const char *errors) {
  if (is_bytes(v) && bytes_len(v) == 0) return empty_str(ts); /* whatever the encoding is called */
  if (is_bytes(v)) return str_decode(ts, bytes_data(v), bytes_len(v), encoding, errors);
  if (is_str(v)) return err_format(ts, EXC(TypeError), "decoding str is not supported");
  if (!has_buffer(ts, v)) return err_format(ts, EXC(TypeError), "decoding to str: need a bytes-like object, %T found", v);
  Buffer view;
  if (buffer_get(ts, v, &view, false) < 0) return NULL;
  Value s = str_decode(ts, view.data, view.length, encoding, errors);
  buffer_release(ts, &view);
  return s;
}

static Value str_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"object", "encoding", "errors"};
  static const ArgSpec spec = {"str", 0, 3, 0, 3, names};
  Value out[3] = {nargs == 1 ? args[0] : NULL, NULL, NULL}, s;
  if ((nargs != 1 || kwnames) && args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  if (out[0] == NULL) {
    s = empty_str(ts);
  } else if (out[1] == NULL && out[2] == NULL) {
    s = str_of(ts, out[0]);
  } else {
    const char *encoding = str_text_argument(ts, out[1], "str", "encoding");
    const char *errors = err_occurred(ts) ? NULL : str_text_argument(ts, out[2], "str", "errors");
    s = err_occurred(ts) ? NULL : decode_object(ts, out[0], encoding, errors);
  }
  if (s == NULL || type == TYPE(STR)) return s;
  Value v = str_as_instance(ts, type, s);
  decref(ts, s);
  return v;
}

/* ---- iterating ---- */


static Value iterator_next(ThreadState *ts, Value self) {
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return NULL;
  if (LIKELY(it->index < str_len(it->sequence))) return str_from_char(ts, str_at(it->sequence, it->index++));
  CLEAR(it->sequence);
  return NULL;
}

#define ITERATOR_SPEC(python_name) \
  { \
    .name = python_name, .size = sizeof(SequenceIterator), .flags = TYPE_GC | TYPE_NO_NEW, \
    .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear, \
              .iter = iterator_itself, .next = iterator_next}, \
    .methods = sequence_iterator_methods, \
  }

/* CPython has a type of its own for ASCII strings; here only the name differs. */
static Value str_iter(ThreadState *ts, Value s) {
  static const TypeSpec spec = ITERATOR_SPEC("str_ascii_iterator");
  Type *type = str_is_ascii(s) ? more_type(ts, MORE_STR_ASCII_ITERATOR, &spec, K_STR_ITERATOR) : TYPE(STR_ITERATOR);
  return sequence_iterator_new(ts, type, s);
}

Type *type_str_iterator_init(ThreadState *ts) {
  static const TypeSpec spec = ITERATOR_SPEC("str_iterator");
  return type_from_spec(ts, &spec, NULL, K_STR_ITERATOR);
}

Type *type_str_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "str",
    .doc = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nText, made from any object or decoded from bytes.",
    .size = sizeof(Str),
    .flags = TYPE_BASETYPE | TYPE_MATCH_SELF,
    .slots = {
      .dealloc = str_dealloc,
      .repr = str_repr,
      .str = slot_str,
      .hash = str_hash,
      .compare = slot_compare,
      .iter = str_iter,
      .new = str_type_new,
      .binary = {[NB_REMAINDER] = slot_remainder},
      .len = slot_len,
      .getitem = str_getitem,
      .contains = str_contains,
      .concat = slot_concat,
      .repeat = slot_repeat,
    },
    .methods = str_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_STR);
}
