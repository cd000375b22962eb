/* set.c - set and frozenset: open addressing in one table of (key, hash). Objects/setobject.c in CPython.
 * Keeps true: the probe order, the moments of growing and the order in which operations insert are CPython's, so that
 *   walking a set of ints gives the same order. fill counts dummies (SET_DUMMY with hash -1), used does not;
 *   table is `small` or a block of mem_alloc.
 * User code (__hash__, __eq__) may change the table during a look-up, which then starts again.
 * Next: dict.c (the other hash table). */
#include "runtime/object.h"

#include <stdlib.h>

enum { MIN_SIZE = 8, LINEAR_PROBES = 9, PERTURB_SHIFT = 5 };

static inline Set *as_set(Value v) { return (Set *)v; }
static inline bool is_live(const SetEntry *e) { return e->key != NULL && e->key != SET_DUMMY; }

static inline int64_t key_hash(ThreadState *ts, Value key) {
  if (is_small_int(key)) {
    int64_t i = small_int(key);
    if (LIKELY(i > -((int64_t)1 << 60) && i < (int64_t)1 << 60)) return i == -1 ? -2 : i;
  } else if (is_exact_str(key)) {
    return str_hash(ts, key);
  }
  return hash_of(ts, key);
}

/* ---- the table ---- */

/* Where probing goes on when the neighbours are used up. */
static inline size_t next_probe(size_t i, size_t *perturb, size_t mask) {
  *perturb >>= PERTURB_SHIFT;
  return (i * 5 + 1 + *perturb) & mask;
}

/* entry_equals for what needs more than a look at the two words. Not inlined: searching would save registers that it seldom needs. */
static __attribute__((noinline)) int entry_equals_slow(ThreadState *ts, Set *s, SetEntry *e, Value key) {
  Value mine = e->key;
  if (is_exact_str(mine) && is_exact_str(key)) return str_equal(mine, key);
  SetEntry *table = s->table;
  incref(mine);
  int same = compare_bool(ts, mine, key, CMP_EQ);
  bool changed = s->table != table || e->key != mine;
  decref(ts, mine);
  return same < 0 ? -1 : changed ? 2 : same;
}
/* 1 equal, 0 not, -1 error, 2 the table changed meanwhile. */
static inline int entry_equals(ThreadState *ts, Set *s, SetEntry *e, Value key) {
  if (e->key == key) return 1;
  if (both_small_int(e->key, key)) return 0;
  return entry_equals_slow(ts, s, e, key);
}

static SetEntry *search(ThreadState *ts, Set *s, Value key, int64_t hash) {
restart:;
  size_t mask = (size_t)s->mask, perturb = (size_t)hash, i = perturb & mask;
  for (;;) {
    SetEntry *e = &s->table[i];
    for (int probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0; probes >= 0; probes--, e++) {
      if (e->key == NULL) return e;
      if (e->hash != hash || e->key == SET_DUMMY) continue;
      int same = entry_equals(ts, s, e, key);
      if (same == 1) return e;
      if (same < 0) return NULL;
      if (same == 2) goto restart;
    }
    i = next_probe(i, &perturb, mask);
  }
}
/* The entry with key, or the unused one where the search ended; NULL: error. Most searches end where they begin. */
static inline SetEntry *find(ThreadState *ts, Set *s, Value key, int64_t hash) {
  SetEntry *first = &s->table[hash & s->mask];
  return first->key == key || first->key == NULL ? first : search(ts, s, key, hash);
}

/* Put a key that is not there into a table without dummies. */
static void insert_clean(SetEntry *table, size_t mask, Value key, int64_t hash) {
  size_t perturb = (size_t)hash, i = perturb & mask;
  for (;;) {
    SetEntry *e = &table[i];
    for (int probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0; probes >= 0; probes--, e++) {
      if (e->key != NULL) continue;
      e->key = key;
      e->hash = hash;
      return;
    }
    i = next_probe(i, &perturb, mask);
  }
}

/* A table of more than min_used entries. */
static int resize(ThreadState *ts, Set *s, ssize_t min_used) {
  size_t size = MIN_SIZE;
  while (size <= (size_t)min_used) size <<= 1;
  SetEntry *old = s->table, *table, saved[MIN_SIZE];
  ssize_t old_mask = s->mask;
  if (size == MIN_SIZE) {
    table = s->small;
    if (old == s->small) {
      if (s->fill == s->used) return 0;
      memcpy(saved, old, sizeof saved);
      old = saved;
    }
    memset(table, 0, sizeof s->small);
  } else {
    table = mem_alloc_zeroed(ts, size * sizeof(SetEntry));
    if (table == NULL) return -1;
  }
  s->table = table;
  s->mask = (ssize_t)size - 1;
  s->fill = s->used;
  for (ssize_t i = 0; i <= old_mask; i++)
    if (is_live(&old[i])) insert_clean(table, size - 1, old[i].key, old[i].hash);
  if (old != saved && old != s->small) mem_free(ts, old);
  return 0;
}

static int grow(ThreadState *ts, Set *s) { return resize(ts, s, s->used > 50000 ? s->used * 2 : s->used * 4); }

/* 0 done or there already; -1. */
static int add_hashed(ThreadState *ts, Set *s, Value key, int64_t hash) {
restart:;
  size_t mask = (size_t)s->mask, perturb = (size_t)hash, i = perturb & mask;
  SetEntry *e, *dummy = NULL;
  for (;;) {
    e = &s->table[i];
    for (int probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0; probes >= 0; probes--, e++) {
      if (e->key == NULL) goto unused;
      if (e->key == SET_DUMMY) {
        dummy = e;
      } else if (e->hash == hash) {
        int same = entry_equals(ts, s, e, key);
        if (same == 1) return 0;
        if (same < 0) return -1;
        if (same == 2) goto restart;
      }
    }
    i = next_probe(i, &perturb, mask);
  }
unused:
  if (dummy) e = dummy;
  else s->fill++;
  s->used++;
  e->key = incref(key);
  e->hash = hash;
  if (dummy || (size_t)s->fill * 5 < mask * 3) return 0;
  return grow(ts, s);
}

/* 1 removed, 0 was not there, -1 error. */
static int discard_hashed(ThreadState *ts, Set *s, Value key, int64_t hash) {
  SetEntry *e = find(ts, s, key, hash);
  if (e == NULL) return -1;
  if (e->key == NULL) return 0;
  Value old = e->key;
  e->key = SET_DUMMY;
  e->hash = -1;
  s->used--;
  decref(ts, old);
  return 1;
}

static int contains_hashed(ThreadState *ts, Set *s, Value key, int64_t hash) {
  SetEntry *e = find(ts, s, key, hash);
  return e == NULL ? -1 : e->key != NULL;
}

bool set_next(Value self, ssize_t *pos, Value *key) {
  Set *s = as_set(self);
  ssize_t i = *pos;
  while (i <= s->mask && !is_live(&s->table[i])) i++;
  if (i > s->mask) return false;
  *pos = i + 1;
  *key = s->table[i].key;
  return true;
}

/* The same with the hash, for walks during which user code may run: the key is OWNED. */
static bool next_entry(Set *s, ssize_t *pos, OWNED SetEntry *out) {
  Value key;
  if (!set_next((Value)s, pos, &key)) return false;
  *out = s->table[*pos - 1];
  incref(out->key);
  return true;
}

/* ---- new and free ---- */

static OWNED Value make(ThreadState *ts, Type *type) {
  bool exact = type == TYPE(SET) || type == TYPE(FROZENSET);
  Value v = exact ? object_alloc(ts, type, sizeof(Set)) : object_new_instance(ts, type);
  if (v == NULL) return NULL;
  Set *s = as_set(v);
  s->mask = MIN_SIZE - 1;
  s->table = s->small;
  s->hash = -1;
  return v;
}

static Type *basic_type(ThreadState *ts, Value v) { return is_layout(v, K_SET) ? TYPE(SET) : TYPE(FROZENSET); }

static void release_table(ThreadState *ts, SetEntry *table, ssize_t mask) {
  for (ssize_t i = 0; i <= mask; i++)
    if (is_live(&table[i])) decref(ts, table[i].key);
}

void set_clear(ThreadState *ts, Value self) {
  Set *s = as_set(self);
  SetEntry saved[MIN_SIZE], *table = s->table;
  ssize_t mask = s->mask;
  if (s->fill == 0 && table == s->small) return;
  if (table == s->small) {
    memcpy(saved, table, sizeof saved);
    table = saved;
  }
  memset(s->small, 0, sizeof s->small);
  s->table = s->small;
  s->fill = s->used = 0;
  s->mask = MIN_SIZE - 1;
  s->hash = -1;
  release_table(ts, table, mask);
  if (table != saved) mem_free(ts, table);
}

static int slot_clear(ThreadState *ts, Value self) {
  set_clear(ts, self);
  return 0;
}

static void set_dealloc(ThreadState *ts, Value self) {
  Set *s = as_set(self);
  if (s->used) release_table(ts, s->table, s->mask);
  if (s->table != s->small) mem_free(ts, s->table);
  object_release(ts, self);
}

static int set_traverse(Value self, Visit visit, void *arg) {
  Set *s = as_set(self);
  for (ssize_t i = 0; s->table && i <= s->mask; i++)
    if (is_live(&s->table[i])) VISIT(s->table[i].key);
  return 0;
}

/* ---- filling ---- */

static int reserve(ThreadState *ts, Set *s, ssize_t more) {
  if ((s->fill + more) * 5 >= s->mask * 3) return resize(ts, s, (s->used + more) * 2);
  return 0;
}

static int merge_set(ThreadState *ts, Set *s, Set *other) {
  if (s == other || other->used == 0) return 0;
  if (reserve(ts, s, other->used) < 0) return -1;
  if (s->fill == 0 && s->mask == other->mask && other->fill == other->used) { /* the same table */
    memcpy(s->table, other->table, (size_t)(s->mask + 1) * sizeof(SetEntry));
    for (ssize_t i = 0; i <= s->mask; i++) xincref(s->table[i].key);
    s->fill = s->used = other->used;
    return 0;
  }
  if (s->fill == 0) {
    for (ssize_t i = 0; i <= other->mask; i++)
      if (is_live(&other->table[i])) insert_clean(s->table, (size_t)s->mask, incref(other->table[i].key), other->table[i].hash);
    s->fill = s->used = other->used;
    return 0;
  }
  SetEntry e;
  int r = 0;
  for (ssize_t pos = 0; r == 0 && next_entry(other, &pos, &e); decref(ts, e.key)) r = add_hashed(ts, s, e.key, e.hash);
  return r;
}

static int merge_dict(ThreadState *ts, Set *s, Dict *d) {
  if (reserve(ts, s, d->used) < 0) return -1;
  int r = 0;
  for (ssize_t i = dict_entry_from(d, 0); r == 0 && i >= 0; i = dict_entry_from(d, i + 1)) {
    Value key = incref(d->entries[i].key);
    r = add_hashed(ts, s, key, d->entries[i].hash);
    decref(ts, key);
  }
  return r;
}

int set_update(ThreadState *ts, Value self, Value iterable) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, iterable));
  if (is_set(iterable)) return merge_set(ts, as_set(self), as_set(iterable));
  if (is_kind(iterable, K_DICT)) return merge_dict(ts, as_set(self), as_dict(iterable));
  Value it = iter_of(ts, iterable);
  if (it == NULL) return -1;
  int r = 0;
  for (Value key; r == 0 && (key = iter_next(ts, it)) != NULL; decref(ts, key)) r = set_add(ts, self, key);
  decref(ts, it);
  return err_occurred(ts) ? -1 : r;
}

int set_add(ThreadState *ts, Value self, Value key) {
  HOLD(ts, self);
  int64_t hash = key_hash(ts, key);
  return hash == -1 ? -1 : add_hashed(ts, as_set(self), key, hash);
}

static OWNED Value make_from(ThreadState *ts, Type *type, NULLABLE Value iterable) {
  Value v = make(ts, type);
  if (v && iterable && set_update(ts, v, iterable) < 0) CLEAR(v);
  return v;
}

Value set_new(ThreadState *ts) { return make(ts, TYPE(SET)); }
Value set_from_iterable(ThreadState *ts, Value iterable) { return make_from(ts, TYPE(SET), iterable); }
Value frozenset_from_iterable(ThreadState *ts, Value iterable) {
  if (iterable && is_kind(iterable, K_FROZENSET)) return incref(iterable);
  return make_from(ts, TYPE(FROZENSET), iterable);
}

/* A set as key of a set look-up counts as the frozenset of its items: OWNED, or NULL with the TypeError left. */
static OWNED Value as_frozen_key(ThreadState *ts, Value key) {
  if (!is_layout(key, K_SET) || !err_matches(ts, EXC(TypeError))) return NULL;
  err_clear(ts);
  return make_from(ts, TYPE(FROZENSET), key);
}

int set_contains(ThreadState *ts, Value self, Value key) {
  HOLD(ts, self);
  int64_t hash = key_hash(ts, key);
  if (LIKELY(hash != -1)) return contains_hashed(ts, as_set(self), key, hash);
  Value frozen = as_frozen_key(ts, key);
  if (frozen == NULL) return -1;
  int r = set_contains(ts, self, frozen);
  decref(ts, frozen);
  return r;
}

int set_discard(ThreadState *ts, Value self, Value key) {
  HOLD(ts, self);
  int64_t hash = key_hash(ts, key);
  if (LIKELY(hash != -1)) return discard_hashed(ts, as_set(self), key, hash);
  Value frozen = as_frozen_key(ts, key);
  if (frozen == NULL) return -1;
  int r = set_discard(ts, self, frozen);
  decref(ts, frozen);
  return r;
}

/* ---- operations that make a new set ---- */

static OWNED Value copy(ThreadState *ts, Value self) { return make_from(ts, basic_type(ts, self), self); }

static OWNED Value intersect(ThreadState *ts, Value self, Value other) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, other));
  if (self == other) return copy(ts, self);
  Value result = make(ts, basic_type(ts, self));
  if (result == NULL) return NULL;
  Set *to = as_set(result);
  int r = 0;
  if (is_set(other)) {
    Set *walked = as_set(other), *asked = as_set(self);
    if (walked->used > asked->used) walked = as_set(self), asked = as_set(other);
    SetEntry e;
    for (ssize_t pos = 0; r == 0 && next_entry(walked, &pos, &e); decref(ts, e.key)) {
      r = contains_hashed(ts, asked, e.key, e.hash);
      if (r > 0) r = add_hashed(ts, to, e.key, e.hash);
    }
  } else {
    Value it = iter_of(ts, other);
    r = it ? 0 : -1;
    for (Value key; r == 0 && (key = iter_next(ts, it)) != NULL; decref(ts, key)) {
      int64_t hash = key_hash(ts, key);
      r = hash == -1 ? -1 : contains_hashed(ts, as_set(self), key, hash);
      if (r > 0) r = add_hashed(ts, to, key, hash);
    }
    xdecref(ts, it);
  }
  if (r == 0 && !err_occurred(ts)) return result;
  decref(ts, result);
  return NULL;
}

static int difference_update(ThreadState *ts, Value self, Value other) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, other));
  Set *s = as_set(self);
  if (self == other) {
    set_clear(ts, self);
    return 0;
  }
  int r = 0;
  if (is_set(other)) {
    SetEntry e;
    incref(other);
    if (as_set(other)->used >> 3 > s->used) replace(ts, &other, intersect(ts, self, other));
    if (other == NULL) return -1;
    for (ssize_t pos = 0; r >= 0 && next_entry(as_set(other), &pos, &e); decref(ts, e.key)) r = discard_hashed(ts, s, e.key, e.hash);
    decref(ts, other);
  } else {
    Value it = iter_of(ts, other);
    if (it == NULL) return -1;
    for (Value key; r >= 0 && (key = iter_next(ts, it)) != NULL; decref(ts, key)) r = set_discard(ts, self, key);
    decref(ts, it);
  }
  if (r < 0 || err_occurred(ts)) return -1;
  return s->fill - s->used <= s->mask / 4 ? 0 : grow(ts, s);
}

static OWNED Value subtract(ThreadState *ts, Value self, Value other) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, other));
  Set *s = as_set(self);
  bool other_is_set = is_set(other);
  ssize_t n = other_is_set ? set_len(other) : is_kind(other, K_DICT) ? dict_len(other) : -1;
  if (n < 0 || s->used >> 2 > n) { /* copy, then take away */
    Value result = copy(ts, self);
    if (result && difference_update(ts, result, other) < 0) CLEAR(result);
    return result;
  }
  Value result = make(ts, basic_type(ts, self));
  if (result == NULL) return NULL;
  SetEntry e;
  int r = 0;
  for (ssize_t pos = 0; r == 0 && next_entry(s, &pos, &e); decref(ts, e.key)) {
    if (other_is_set) r = contains_hashed(ts, as_set(other), e.key, e.hash);
    else r = dict_get_hash(ts, other, e.key, e.hash) != NULL ? 1 : err_occurred(ts) ? -1 : 0;
    if (r == 0) r = add_hashed(ts, as_set(result), e.key, e.hash);
    else if (r > 0) r = 0;
  }
  if (r < 0) CLEAR(result);
  return result;
}

static int toggle(ThreadState *ts, Set *s, Value key, int64_t hash) {
  int r = discard_hashed(ts, s, key, hash);
  return r == 0 ? add_hashed(ts, s, key, hash) : r < 0 ? -1 : 0;
}

static int symmetric_difference_update(ThreadState *ts, Value self, Value other) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, other));
  if (self == other) {
    set_clear(ts, self);
    return 0;
  }
  int r = 0;
  if (is_kind(other, K_DICT)) {
    Dict *d = as_dict(other);
    for (ssize_t i = dict_entry_from(d, 0); r == 0 && i >= 0; i = dict_entry_from(d, i + 1)) {
      Value key = incref(d->entries[i].key);
      r = toggle(ts, as_set(self), key, d->entries[i].hash);
      decref(ts, key);
    }
    return r;
  }
  Value set = is_set(other) ? incref(other) : make_from(ts, basic_type(ts, self), other);
  if (set == NULL) return -1;
  SetEntry e;
  for (ssize_t pos = 0; r == 0 && next_entry(as_set(set), &pos, &e); decref(ts, e.key)) r = toggle(ts, as_set(self), e.key, e.hash);
  decref(ts, set);
  return r;
}

static OWNED Value symmetric_difference(ThreadState *ts, Value self, Value other) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, other));
  Value result = make_from(ts, basic_type(ts, self), other);
  if (result && symmetric_difference_update(ts, result, self) < 0) CLEAR(result);
  return result;
}

static OWNED Value unite(ThreadState *ts, Value self, Value other) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, other));
  Value result = copy(ts, self);
  if (result && self != other && set_update(ts, result, other) < 0) CLEAR(result);
  return result;
}

/* Give self the contents of the fresh set `from`. */
static void take_contents(ThreadState *ts, Value self, STEALS Value from) {
  Set *a = as_set(self), *b = as_set(from);
  struct {
    ssize_t fill, used, mask;
    SetEntry *table, small[8];
  } old = {a->fill, a->used, a->mask, a->table, {{0}}};
  memcpy(old.small, a->small, sizeof a->small);
  a->fill = b->fill, a->used = b->used, a->mask = b->mask;
  memcpy(a->small, b->small, sizeof a->small);
  a->table = b->table == b->small ? a->small : b->table;
  b->fill = old.fill, b->used = old.used, b->mask = old.mask;
  memcpy(b->small, old.small, sizeof b->small);
  b->table = old.table == a->small ? b->small : old.table;
  decref(ts, from);
}

static int intersection_update(ThreadState *ts, Value self, Value other) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, other));
  Value result = intersect(ts, self, other);
  if (result == NULL) return -1;
  take_contents(ts, self, result);
  return 0;
}

#define SET_OPERATOR(name, function) \
  static Value name(ThreadState *ts, Value a, Value b) { \
    return is_set(a) && is_set(b) ? function(ts, a, b) : V_NOT_IMPLEMENTED; \
  }
SET_OPERATOR(slot_or, unite)
SET_OPERATOR(slot_and, intersect)
SET_OPERATOR(slot_subtract, subtract)
SET_OPERATOR(slot_xor, symmetric_difference)
#undef SET_OPERATOR
#define SET_INPLACE(name, function) \
  static Value name(ThreadState *ts, Value a, Value b) { \
    if (!is_set(b)) return V_NOT_IMPLEMENTED; \
    return function(ts, a, b) < 0 ? NULL : incref(a); \
  }
SET_INPLACE(slot_inplace_or, set_update)
SET_INPLACE(slot_inplace_and, intersection_update)
SET_INPLACE(slot_inplace_subtract, difference_update)
SET_INPLACE(slot_inplace_xor, symmetric_difference_update)
#undef SET_INPLACE

/* ---- comparing and hashing ---- */

/* Is all of a in b? -1/0/1 */
static int is_subset(ThreadState *ts, Value a, Value b) {
  if (set_len(a) > set_len(b)) return 0;
  SetEntry e;
  int r = 1;
  for (ssize_t pos = 0; r == 1 && next_entry(as_set(a), &pos, &e); decref(ts, e.key)) r = contains_hashed(ts, as_set(b), e.key, e.hash);
  return r;
}

static Value set_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_set(a) || !is_set(b)) return V_NOT_IMPLEMENTED;
  int r = 0;
  switch (op) {
    case CMP_EQ:
    case CMP_NE:
      if (set_len(a) == set_len(b) &&
          !(as_set(a)->hash != -1 && as_set(b)->hash != -1 && as_set(a)->hash != as_set(b)->hash))
        r = is_subset(ts, a, b);
      if (op == CMP_NE && r >= 0) r = !r;
      break;
    case CMP_LE: r = is_subset(ts, a, b); break;
    case CMP_GE: r = is_subset(ts, b, a); break;
    case CMP_LT: r = set_len(a) < set_len(b) ? is_subset(ts, a, b) : 0; break;
    case CMP_GT: r = set_len(a) > set_len(b) ? is_subset(ts, b, a) : 0; break;
  }
  return r < 0 ? NULL : bool_value(r);
}

static uint64_t shuffle_bits(uint64_t h) { return ((h ^ 89869747u) ^ (h << 16)) * 3644798167u; }

/* Does not depend on the order: an exclusive or of the shuffled hashes. */
static int64_t frozenset_hash(ThreadState *ts, Value self) {
  Set *s = as_set(self);
  if (s->hash != -1) return s->hash;
  uint64_t hash = 0;
  for (ssize_t i = 0; i <= s->mask; i++)
    if (is_live(&s->table[i])) hash ^= shuffle_bits((uint64_t)s->table[i].hash);
  hash ^= ((uint64_t)s->used + 1) * 1927868237u;
  hash ^= (hash >> 11) ^ (hash >> 25);
  hash = hash * 69069u + 907133923u;
  return s->hash = (int64_t)hash == -1 ? 590923713 : (int64_t)hash;
}

/* ---- slots ---- */

static ssize_t slot_len(ThreadState *ts, Value self) { return set_len(self); }

static Value set_repr(ThreadState *ts, Value self) {
  Value name = type_of(ts, self)->name;
  if (set_len(self) == 0) return str_format(ts, "%U()", name);
  int printing = repr_enter(ts, self);
  if (printing != 0) return printing < 0 ? NULL : str_format(ts, "%U(...)", name);
  Value list = list_from_iterable(ts, self), text = list ? repr_of(ts, list) : NULL, result = NULL;
  repr_leave(ts, self);
  if (text) {
    StrBuilder b;
    strb_init(&b, ts);
    bool plain = is_kind(self, K_SET);
    int r = plain ? 0 : strb_str(&b, ((Type *)shape_of(self)->type)->name);
    if (r == 0) r = strb_ascii(&b, plain ? "{" : "({", -1);
    if (r == 0) r = strb_sub(&b, text, 1, str_len(text) - 1);
    if (r == 0) r = strb_ascii(&b, plain ? "}" : "})", -1);
    if (r == 0) result = strb_finish(&b);
    else strb_drop(&b);
  }
  xdecref(ts, text);
  xdecref(ts, list);
  return result;
}

static Value set_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return make(ts, type); }

static int set_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (kwnames && args_no_keywords(ts, "set", kwnames) < 0) return -1;
  if (args_count(ts, "set", nargs, 0, 1) < 0) return -1;
  set_clear(ts, self);
  return nargs ? set_update(ts, self, args[0]) : 0;
}

static Value frozenset_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords_new(ts, type, TYPE(FROZENSET), kwnames) < 0) return NULL;
  if (args_count(ts, "frozenset", nargs, 0, 1) < 0) return NULL;
  if (type == TYPE(FROZENSET)) return frozenset_from_iterable(ts, nargs ? args[0] : NULL);
  return make_from(ts, type, nargs ? args[0] : NULL);
}

/* ---- iterators ---- */

typedef struct {
  Object base;
  Value set; /* NULL when exhausted */
  ssize_t pos, used, left;
} SetIterator;

static void iterator_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((SetIterator *)self)->set);
  object_release(ts, self);
}
static int iterator_traverse(Value self, Visit visit, void *arg) {
  VISIT(((SetIterator *)self)->set);
  return 0;
}
static Value iterator_next(ThreadState *ts, Value self) {
  HOLD2(ts, self, RACY_LOAD(((SetIterator *)self)->set));
  SetIterator *it = (SetIterator *)self;
  Value key;
  if (it->set == NULL) return NULL;
  if (it->used != set_len(it->set)) {
    it->used = -1;
    return err_format(ts, EXC(RuntimeError), "Set changed size during iteration");
  }
  if (set_next(it->set, &it->pos, &key)) {
    it->left--;
    return incref(key);
  }
  CLEAR(it->set);
  return NULL;
}
static Value iterator_length_hint(NATIVE_ARGS) {
  SetIterator *it = (SetIterator *)self;
  return small_int_value(it->set && it->used == set_len(it->set) ? it->left : 0);
}
static Value iterator_reduce(NATIVE_ARGS) {
  SetIterator *it = (SetIterator *)self;
  Value list = list_new(ts, 0), key;
  if (list == NULL) return NULL;
  for (ssize_t pos = it->pos; it->set && set_next(it->set, &pos, &key);)
    if (list_append(ts, list, key) < 0) return decref(ts, list), NULL;
  Value iter = dict_get_cstr(ts, (Value)ts->interp->builtins, "iter"), holder = tuple_of1(ts, list);
  decref(ts, list);
  return holder ? tuple_steal2(ts, xincref(iter), holder) : NULL;
}

static Value set_iter(ThreadState *ts, Value self) {
  static const MethodDef methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, NULL}, {"__reduce__", iterator_reduce, 0, 0, 0, NULL}, {0}};
  static const TypeSpec spec = {
    .name = "set_iterator",
    .size = sizeof(SetIterator),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = iterator_dealloc, .traverse = iterator_traverse, .iter = iterator_itself, .next = iterator_next},
    .methods = methods,
  };
  Type *type = more_type(ts, MORE_SET_ITERATOR, &spec, K_OBJECT);
  SetIterator *it = (SetIterator *)(type ? object_alloc(ts, type, sizeof(SetIterator)) : NULL);
  if (it == NULL) return NULL;
  it->set = incref(self);
  it->used = it->left = set_len(self);
  return (Value)it;
}

/* ---- methods ---- */

static Value set_add_method(NATIVE_ARGS) { return set_add(ts, self, args[0]) < 0 ? NULL : V_NONE; }
static Value set_clear_method(NATIVE_ARGS) {
  set_clear(ts, self);
  return V_NONE;
}
static Value set_copy_method(NATIVE_ARGS) { return copy(ts, self); }
static Value frozenset_copy_method(NATIVE_ARGS) { return is_kind(self, K_FROZENSET) ? incref(self) : copy(ts, self); }
static Value set_discard_method(NATIVE_ARGS) { return set_discard(ts, self, args[0]) < 0 ? NULL : V_NONE; }
static Value set_remove_method(NATIVE_ARGS) {
  int r = set_discard(ts, self, args[0]);
  if (r == 0) err_key(ts, args[0]);
  return r <= 0 ? NULL : V_NONE;
}
static Value set_contains_method(NATIVE_ARGS) {
  int r = set_contains(ts, self, args[0]);
  return r < 0 ? NULL : bool_value(r);
}

static Value set_pop_method(NATIVE_ARGS) {
  Set *s = as_set(self);
  if (s->used == 0) {
    Value text = str_from_ascii(ts, "pop from an empty set");
    if (text) err_set(ts, EXC(KeyError), text), decref(ts, text);
    return NULL;
  }
  ssize_t i = s->finger & s->mask;
  while (!is_live(&s->table[i])) i = i == s->mask ? 0 : i + 1;
  Value key = s->table[i].key;
  s->table[i] = (SetEntry){SET_DUMMY, -1};
  s->used--;
  s->finger = i + 1;
  return key;
}

#define UPDATE_METHOD(name, function) \
  static Value name(NATIVE_ARGS) { \
    for (ssize_t i = 0; i < nargs; i++) \
      if (function(ts, self, args[i]) < 0) return NULL; \
    return V_NONE; \
  }
UPDATE_METHOD(set_update_method, set_update)
UPDATE_METHOD(set_intersection_update_method, intersection_update)
UPDATE_METHOD(set_difference_update_method, difference_update)
UPDATE_METHOD(set_symmetric_difference_update_method, symmetric_difference_update)
#undef UPDATE_METHOD

static Value set_union_method(NATIVE_ARGS) {
  Value result = copy(ts, self);
  for (ssize_t i = 0; result && i < nargs; i++)
    if (args[i] != self && set_update(ts, result, args[i]) < 0) CLEAR(result);
  return result;
}

static Value set_intersection_method(NATIVE_ARGS) {
  if (nargs == 0) return copy(ts, self);
  Value result = incref(self);
  for (ssize_t i = 0; result && i < nargs; i++) replace(ts, &result, intersect(ts, result, args[i]));
  return result;
}

static Value set_difference_method(NATIVE_ARGS) {
  if (nargs == 0) return copy(ts, self);
  Value result = subtract(ts, self, args[0]);
  for (ssize_t i = 1; result && i < nargs; i++)
    if (difference_update(ts, result, args[i]) < 0) CLEAR(result);
  return result;
}

static Value set_symmetric_difference_method(NATIVE_ARGS) { return symmetric_difference(ts, self, args[0]); }

static Value set_isdisjoint_method(NATIVE_ARGS) {
  int r = 0;
  if (is_set(args[0])) {
    if (args[0] == self) return bool_value(set_len(self) == 0);
    Value small = args[0], large = self;
    if (set_len(small) > set_len(large)) small = self, large = args[0];
    SetEntry e;
    for (ssize_t pos = 0; r == 0 && next_entry(as_set(small), &pos, &e); decref(ts, e.key)) r = contains_hashed(ts, as_set(large), e.key, e.hash);
    return r < 0 ? NULL : bool_value(!r);
  }
  Value it = iter_of(ts, args[0]);
  if (it == NULL) return NULL;
  for (Value key; r == 0 && (key = iter_next(ts, it)) != NULL; decref(ts, key)) {
    int64_t hash = key_hash(ts, key);
    r = hash == -1 ? -1 : contains_hashed(ts, as_set(self), key, hash);
  }
  decref(ts, it);
  return r < 0 || err_occurred(ts) ? NULL : bool_value(!r);
}

static OWNED Value compare_with_iterable(ThreadState *ts, Value self, Value other, bool subset) {
  HOLD2(ts, self, OBJECT_TO_LOCK(ts, other));
  Value set = is_set(other) ? incref(other) : make_from(ts, TYPE(SET), other);
  if (set == NULL) return NULL;
  int r = subset ? is_subset(ts, self, set) : is_subset(ts, set, self);
  decref(ts, set);
  return r < 0 ? NULL : bool_value(r);
}
static Value set_issubset_method(NATIVE_ARGS) { return compare_with_iterable(ts, self, args[0], true); }
static Value set_issuperset_method(NATIVE_ARGS) { return compare_with_iterable(ts, self, args[0], false); }

static Value set_reduce(NATIVE_ARGS) {
  Value list = list_from_iterable(ts, self), holder = list ? tuple_of1(ts, list) : NULL;
  xdecref(ts, list);
  if (holder == NULL) return NULL;
  Value state = call_method0(ts, self, ID(__getstate__));
  return tuple_steal3(ts, incref((Value)shape_of(self)->type), holder, state);
}

static Value set_sizeof(NATIVE_ARGS) {
  Set *s = as_set(self);
  return small_int_value(200 + (s->table != s->small ? (s->mask + 1) * 16 : 0));
}
static Value set_class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

#define SHARED_METHODS \
  {"__contains__", set_contains_method, 1, 1, 0, "x.__contains__(y) <==> y in x."}, \
  {"difference", set_difference_method, 0, -1, 0, "Return the difference of two or more sets as a new set."}, \
  {"intersection", set_intersection_method, 0, -1, 0, "Return the intersection of two sets as a new set."}, \
  {"isdisjoint", set_isdisjoint_method, 1, 1, 0, "Return True if two sets have a null intersection."}, \
  {"issubset", set_issubset_method, 1, 1, 0, "Report whether another set contains this set."}, \
  {"issuperset", set_issuperset_method, 1, 1, 0, "Report whether this set contains another set."}, \
  {"symmetric_difference", set_symmetric_difference_method, 1, 1, 0, "Return the symmetric difference of two sets as a new set."}, \
  {"union", set_union_method, 0, -1, 0, "Return the union of sets as a new set."}, \
  {"__reduce__", set_reduce, 0, 0, 0, "Return state information for pickling."}, \
  {"__sizeof__", set_sizeof, 0, 0, 0, "S.__sizeof__() -> size of S in memory, in bytes"}, \
  {"__class_getitem__", set_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"}

static const MethodDef set_methods[] = {
  {"add", set_add_method, 1, 1, 0, "Add an element to a set."},
  {"clear", set_clear_method, 0, 0, 0, "Remove all elements from this set."},
  {"copy", set_copy_method, 0, 0, 0, "Return a shallow copy of a set."},
  {"discard", set_discard_method, 1, 1, 0, "Remove an element from a set if it is a member."},
  {"remove", set_remove_method, 1, 1, 0, "Remove an element from a set; it must be a member."},
  {"pop", set_pop_method, 0, 0, 0, "Remove and return an arbitrary set element."},
  {"update", set_update_method, 0, -1, 0, "Update a set with the union of itself and others."},
  {"difference_update", set_difference_update_method, 0, -1, 0, "Remove all elements of another set from this set."},
  {"intersection_update", set_intersection_update_method, 0, -1, 0, "Update a set with the intersection of itself and another."},
  {"symmetric_difference_update", set_symmetric_difference_update_method, 1, 1, 0, "Update a set with the symmetric difference of itself and another."},
  SHARED_METHODS,
  {0}};
static const MethodDef frozenset_methods[] = {{"copy", frozenset_copy_method, 0, 0, 0, "Return a shallow copy of a set."}, SHARED_METHODS, {0}};

#define SHARED_SLOTS \
  .dealloc = set_dealloc, .traverse = set_traverse, .repr = set_repr, .compare = set_compare, .iter = set_iter, \
  .binary = {[NB_OR] = slot_or, [NB_AND] = slot_and, [NB_SUBTRACT] = slot_subtract, [NB_XOR] = slot_xor}, \
  .len = slot_len, .contains = set_contains

Type *type_set_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "set",
    .doc = "set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique elements.",
    .size = sizeof(Set),
    .flags = TYPE_GC | TYPE_BASETYPE | TYPE_MATCH_SELF | TYPE_WEAKREFS,
    .slots = {SHARED_SLOTS, .clear = slot_clear, .new = set_type_new, .init = set_init,
              .inplace = {[NB_OR] = slot_inplace_or, [NB_AND] = slot_inplace_and, [NB_SUBTRACT] = slot_inplace_subtract,
                          [NB_XOR] = slot_inplace_xor}},
    .methods = set_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_SET);
}

Type *type_frozenset_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "frozenset",
    .doc = "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nBuild an immutable unordered collection of unique elements.",
    .size = sizeof(Set),
    .flags = TYPE_GC | TYPE_BASETYPE | TYPE_MATCH_SELF | TYPE_WEAKREFS,
    .slots = {SHARED_SLOTS, .hash = frozenset_hash, .new = frozenset_type_new},
    .methods = frozenset_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_FROZENSET);
}
