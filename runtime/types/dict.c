/* dict.c - dictionaries: a dense array of entries in order of insertion, and beside it a hash table of indices into it.
 * Objects/dictobject.c in CPython.
 *
 *      indices (1, 2, 4 or 8 bytes each)          entries
 *     +----+----+----+----+----+----+----+----+  +-----+-------+------+
 *     | -1 |  1 | -1 |  0 | -2 | -1 |  2 | -1 |  | key | value | hash | 0
 *     +----+----+----+----+----+----+----+----+  | key | value | hash | 1
 *       -1 never used, -2 was deleted            | key | value | hash | 2 ...
 *
 * Keeps true: at most two thirds of the indices are used; an entry whose key is NULL was deleted; both arrays share one
 *   block of memory. While only_str_keys holds, no look-up of a str can run user code.
 * Free-threaded: what only looks a key up takes no lock. It works on the table that it found first (View); tables that were replaced, and
 *   keys and values that went, stay good until its thread's next check point (runtime/reclaim.h). Whatever changes a dict holds its lock
 *   (SECTION), writes an entry before the index that leads to it, and forgets keys_version before anything moves.
 * User code (__hash__, __eq__) may change the table during a look-up: find() notices and starts again, so that what it
 *   returns is true of the dict at that moment.
 * Next: dict_views.c (views, iterators, mapping proxies). */
#include "runtime/object.h"

#include <stdlib.h>

enum { INDEX_EMPTY = -1, INDEX_DELETED = -2 };
enum { NOT_FOUND = -1, FIND_ERROR = -2 };
enum { LOG2_SIZE_MIN = 3 };

/* ---- the index table ---- */

static inline ssize_t usable(size_t size) { return (ssize_t)((size << 1) / 3); }

static inline ssize_t index_read(const void *indices, int bytes, size_t at) {
  switch (bytes) {
    case 1: return __atomic_load_n((const int8_t *)indices + at, __ATOMIC_ACQUIRE);
    case 2: return __atomic_load_n((const int16_t *)indices + at, __ATOMIC_ACQUIRE);
    case 4: return __atomic_load_n((const int32_t *)indices + at, __ATOMIC_ACQUIRE);
    default: return __atomic_load_n((const int64_t *)indices + at, __ATOMIC_ACQUIRE);
  }
}

static inline void index_write(void *indices, int bytes, size_t at, ssize_t i) {
  switch (bytes) {
    case 1: __atomic_store_n((int8_t *)indices + at, (int8_t)i, __ATOMIC_RELEASE); break;
    case 2: __atomic_store_n((int16_t *)indices + at, (int16_t)i, __ATOMIC_RELEASE); break;
    case 4: __atomic_store_n((int32_t *)indices + at, (int32_t)i, __ATOMIC_RELEASE); break;
    default: __atomic_store_n((int64_t *)indices + at, i, __ATOMIC_RELEASE); break;
  }
}

/* Every slot is visited in the end: the hash's upper bits come in first, then it is a full-period congruence. */
#define PROBE(at, perturb, mask) (at = (at * 5 + (perturb >>= 5) + 1) & mask)

static void index_add(Dict *d, int64_t hash, ssize_t i) {
  size_t mask = ((size_t)1 << d->log2_size) - 1, perturb = (size_t)hash, at = perturb & mask;
  while (index_read(d->indices, d->index_bytes, at) >= 0) PROBE(at, perturb, mask);
  index_write(d->indices, d->index_bytes, at, i);
}

/* What a look-up works on. */
typedef struct {
  DictEntry *entries; /* NULL: no table */
  const void *indices;
  size_t mask;
  int bytes;
} View;
static inline View view_of(const Dict *d) {
#ifdef FREE_THREADED
  DictEntry *entries = __atomic_load_n(&d->entries, __ATOMIC_ACQUIRE);
  if (entries == NULL) return (View){0};
  const DictHead *head = dict_head(entries);
  return (View){entries, head->indices, ((size_t)1 << head->log2_size) - 1, head->index_bytes};
#else
  return (View){d->entries, d->indices, ((size_t)1 << d->log2_size) - 1, d->index_bytes};
#endif
}
static inline Value key_at(const View *v, ssize_t i) { return __atomic_load_n(&v->entries[i].key, __ATOMIC_ACQUIRE); }
static inline BORROWED NULLABLE Value value_at(const View *v, ssize_t i) { return __atomic_load_n(&v->entries[i].value, __ATOMIC_ACQUIRE); }

/* The slot that holds entry i. */
static size_t index_slot_of(const Dict *d, int64_t hash, ssize_t i) {
  size_t mask = ((size_t)1 << d->log2_size) - 1, perturb = (size_t)hash, at = perturb & mask;
  while (index_read(d->indices, d->index_bytes, at) != i) PROBE(at, perturb, mask);
  return at;
}

/* ---- memory ---- */

static int log2_for(ssize_t entries) {
  int log2 = LOG2_SIZE_MIN;
  while (usable((size_t)1 << log2) < entries) log2++;
  return log2;
}

#ifdef FREE_THREADED
static DictEntry *table_alloc(ThreadState *ts, size_t size) {
  DictHead *head = mem_alloc(ts, sizeof *head + size);
  return head ? (DictEntry *)(head + 1) : NULL;
}
static void table_free(ThreadState *ts, DictEntry *entries) {
  if (entries) mem_free(ts, dict_head(entries));
}
static void count_entry(Dict *d) { __atomic_store_n(&dict_head(d->entries)->count, d->entry_count, __ATOMIC_RELEASE); }
#else
static DictEntry *table_alloc(ThreadState *ts, size_t size) { return mem_alloc(ts, size); }
static void table_free(ThreadState *ts, DictEntry *entries) { mem_free(ts, entries); }
static void count_entry(Dict *d) { (void)d; }
#endif
static inline void set_keys_version(Dict *d, uint32_t version) { __atomic_store_n(&d->keys_version, version, __ATOMIC_RELEASE); }

/* A new, larger or smaller table; entries move up into the gaps. */
static int resize(ThreadState *ts, Dict *d, int log2) {
  size_t size = (size_t)1 << log2;
  int bytes = log2 < 8 ? 1 : log2 < 16 ? 2 : log2 < 32 ? 4 : 8;
  ssize_t capacity = usable(size);
  DictEntry *entries = table_alloc(ts, (size_t)capacity * sizeof(DictEntry) + size * (size_t)bytes);
  if (UNLIKELY(entries == NULL)) return -1;
  if (d->log2_size == 0) RACY_STORE(d->only_str_keys, true);
  DictEntry *old = d->entries;
  ssize_t old_count = d->entry_count, n = 0;
  if (d->used != old_count) set_keys_version(d, 0);
  d->indices = entries + capacity;
  d->entry_capacity = capacity;
  d->log2_size = (uint8_t)log2;
  d->index_bytes = (uint8_t)bytes;
  memset(d->indices, 0xff, size * (size_t)bytes);
  for (ssize_t i = 0; i < old_count; i++) {
    if (old[i].key == NULL) continue;
    entries[n] = old[i];
    index_add(d, old[i].hash, n++);
  }
  RACY_STORE(d->entry_count, n);
#ifdef FREE_THREADED
  *dict_head(entries) = (DictHead){n, capacity, d->indices, d->log2_size, d->index_bytes};
#endif
  __atomic_store_n(&d->entries, entries, __ATOMIC_RELEASE);
  table_free(ts, old);
  return 0;
}

static int grow(ThreadState *ts, Dict *d) {
  int log2 = LOG2_SIZE_MIN;
  while (((ssize_t)1 << log2) < d->used * 3) log2++;
  return resize(ts, d, log2);
}

Value dict_new(ThreadState *ts) {
  Dict *d = (Dict *)object_alloc(ts, TYPE(DICT), sizeof(Dict));
  if (d) RACY_STORE(d->only_str_keys, true);
  return (Value)d;
}

Value dict_new_sized(ThreadState *ts, ssize_t n) {
  Value v = dict_new(ts);
  if (v && n > 0 && resize(ts, as_dict(v), log2_for(n)) < 0) CLEAR(v);
  return v;
}

static void release_entries(ThreadState *ts, DictEntry *entries, ssize_t n) {
  for (ssize_t i = 0; i < n; i++) {
    if (entries[i].key == NULL) continue;
    decref(ts, entries[i].key);
    decref(ts, entries[i].value);
  }
  table_free(ts, entries);
}

void dict_clear(ThreadState *ts, Value self) {
  Dict *d = as_dict(self);
  DictEntry *entries = NULL;
  ssize_t n = 0;
  SECTION(ts, self) {
    entries = d->entries;
    n = d->entry_count;
    RACY_STORE(d->used, 0);
    RACY_STORE(d->entry_count, 0);
    d->entry_capacity = 0;
    set_keys_version(d, 0);
    d->log2_size = 0;
    __atomic_store_n(&d->entries, NULL, __ATOMIC_RELEASE);
    d->indices = NULL;
    RACY_STORE(d->only_str_keys, true);
  }
  release_entries(ts, entries, n);
}

static void dict_dealloc(ThreadState *ts, Value self) {
  release_entries(ts, as_dict(self)->entries, as_dict(self)->entry_count);
  object_release(ts, self);
}

static int dict_traverse(Value self, Visit visit, void *arg) {
  Dict *d = as_dict(self);
  for (ssize_t i = 0; i < d->entry_count; i++) {
    if (d->entries[i].key == NULL) continue;
    VISIT(d->entries[i].key);
    VISIT(d->entries[i].value);
  }
  return 0;
}

static int slot_clear(ThreadState *ts, Value self) {
  dict_clear(ts, self);
  return 0;
}

/* ---- finding ---- */

static inline int64_t key_hash(ThreadState *ts, Value key) {
  if (is_small_int(key)) {
    int64_t i = small_int(key);
    if (LIKELY(i > -((int64_t)1 << 60) && i < (int64_t)1 << 60)) return i == -1 ? -2 : i;
  } else if (is_exact_str(key)) {
    return str_hash(ts, key);
  }
  return hash_of(ts, key);
}

static inline __attribute__((always_inline)) ssize_t find_str_in(const View *v, Value key, int64_t hash, int bytes) {
  size_t mask = v->mask, perturb = (size_t)hash, at = perturb & mask;
  const DictEntry *entries = v->entries;
  for (;;) {
    ssize_t i = index_read(v->indices, bytes, at);
    if (i >= 0) {
      Value mine = key_at(v, i);
      if (mine == key) return i;
#ifdef FREE_THREADED
      if (entries[i].hash == hash && mine && is_exact_str(mine) && str_equal(mine, key)) return i;
#else
      if (entries[i].hash == hash && !(str_is_interned(key) && str_is_interned(mine)) && str_equal(mine, key)) return i;
#endif
    } else if (i == INDEX_EMPTY) {
      return NOT_FOUND;
    }
    PROBE(at, perturb, mask);
  }
}

/* key is an exact str and so are all keys. */
static ssize_t find_str(const View *v, Value key, int64_t hash) {
  switch (v->bytes) {
    case 1: return find_str_in(v, key, hash, 1);
    case 2: return find_str_in(v, key, hash, 2);
    default: return find_str_in(v, key, hash, v->bytes);
  }
}

/* Equal? -1 error; *changed when the dict is not the same any more. */
static int entry_equals(ThreadState *ts, Dict *d, const View *v, ssize_t i, Value mine, Value key, bool *changed) {
  incref(mine);
  int same = compare_bool(ts, mine, key, CMP_EQ);
  *changed = dict_entries(d) != v->entries || i >= RACY_LOAD(d->entry_count) || key_at(v, i) != mine;
  decref(ts, mine);
  return same;
}

static ssize_t find_any(ThreadState *ts, Dict *d, View *v, Value key, int64_t hash) {
restart:
  if (v->entries == NULL) return NOT_FOUND;
  size_t perturb = (size_t)hash, at = perturb & v->mask;
  for (;;) {
    ssize_t i = index_read(v->indices, v->bytes, at);
    if (i >= 0) {
      Value mine = key_at(v, i);
      if (mine == key) return i;
      if (v->entries[i].hash == hash && mine && !both_small_int(mine, key)) {
        bool changed;
        int same = entry_equals(ts, d, v, i, mine, key, &changed);
        if (same < 0) return FIND_ERROR;
        if (changed) {
          *v = view_of(d);
          goto restart;
        }
        if (same) return i;
      }
    } else if (i == INDEX_EMPTY) {
      return NOT_FOUND;
    }
    PROBE(at, perturb, v->mask);
  }
}

/* The entry's index in *v, NOT_FOUND, or FIND_ERROR. */
static inline ssize_t find_in(ThreadState *ts, Dict *d, View *v, Value key, int64_t hash) {
  *v = view_of(d);
  if (v->entries == NULL) return NOT_FOUND;
  if (LIKELY(RACY_LOAD(d->only_str_keys)) && LIKELY(is_exact_str(key))) return find_str(v, key, hash);
  return find_any(ts, d, v, key, hash);
}
/* For who holds d's lock: the index in d->entries. */
static inline ssize_t find(ThreadState *ts, Dict *d, Value key, int64_t hash) {
  View v;
  return find_in(ts, d, &v, key, hash);
}

static ssize_t find_str_among_any(ThreadState *ts, Dict *d, View *v, Value key) {
  *v = view_of(d);
  if (v->entries == NULL) return NOT_FOUND;
  int64_t hash = str_hash(ts, key);
  if (LIKELY(RACY_LOAD(d->only_str_keys)) && is_exact_str(key)) return find_str(v, key, hash);
  size_t perturb = (size_t)hash, at = perturb & v->mask;
  for (;;) {
    ssize_t i = index_read(v->indices, v->bytes, at);
    if (i == INDEX_EMPTY) return NOT_FOUND;
    if (i >= 0) {
      Value mine = key_at(v, i);
      if (mine == key || (v->entries[i].hash == hash && mine && is_str(mine) && str_equal(mine, key))) return i;
    }
    PROBE(at, perturb, v->mask);
  }
}

ssize_t dict_find_str(ThreadState *ts, Dict *d, Value key) {
  View v;
  return find_str_among_any(ts, d, &v, key);
}

Value dict_get_str(ThreadState *ts, Dict *d, Value key) {
  View v;
  ssize_t i = find_str_among_any(ts, d, &v, key);
  return i >= 0 ? value_at(&v, i) : NULL;
}

Value dict_get_hash(ThreadState *ts, Value self, Value key, int64_t hash) {
  View v;
  ssize_t i = find_in(ts, as_dict(self), &v, key, hash);
  return i >= 0 ? value_at(&v, i) : NULL;
}

Value dict_get(ThreadState *ts, Value self, Value key) {
  int64_t hash = key_hash(ts, key);
  return hash == -1 ? NULL : dict_get_hash(ts, self, key, hash);
}

Value dict_get_cstr(ThreadState *ts, Value self, const char *key) {
  Value name = str_intern_cstr(ts, key);
  if (name == NULL) return NULL;
  Value v = dict_get_str(ts, as_dict(self), name);
  decref(ts, name);
  return v;
}

int dict_contains(ThreadState *ts, Value self, Value key) {
  int64_t hash = key_hash(ts, key);
  if (hash == -1) return -1;
  ssize_t i = find(ts, as_dict(self), key, hash);
  return i == FIND_ERROR ? -1 : i >= 0;
}

/* ---- storing ---- */

/* Add a key that is not there. Steals neither. */
static int add_entry(ThreadState *ts, Dict *d, Value key, int64_t hash, Value value) {
  set_keys_version(d, 0);
  if (UNLIKELY(d->entry_count == d->entry_capacity) && grow(ts, d) < 0) return -1;
  if (!is_exact_str(key)) RACY_STORE(d->only_str_keys, false);
  ssize_t i = d->entry_count;
  RACY_STORE(d->entry_count, i + 1);
  d->entries[i] = (DictEntry){incref(key), incref(value), hash};
  count_entry(d);
  index_add(d, hash, i);
  RACY_STORE(d->used, d->used + 1);
  return 0;
}

static int set_locked(ThreadState *ts, Dict *d, Value key, int64_t hash, Value value) {
  ssize_t i = find(ts, d, key, hash);
  if (i < 0) return i == FIND_ERROR ? -1 : add_entry(ts, d, key, hash, value);
  replace(ts, &d->entries[i].value, incref(value));
  return 0;
}

int dict_set_hash(ThreadState *ts, Value self, Value key, int64_t hash, Value value) {
  int result = 0;
  SECTION(ts, self) result = set_locked(ts, as_dict(self), key, hash, value);
  return result;
}

int dict_set(ThreadState *ts, Value self, Value key, Value value) {
  int64_t hash = key_hash(ts, key);
  return hash == -1 ? -1 : dict_set_hash(ts, self, key, hash, value);
}

int dict_set_steal(ThreadState *ts, Value self, Value key, STEALS Value value) {
  int r = dict_set(ts, self, key, value);
  decref(ts, value);
  return r;
}

int dict_set_cstr(ThreadState *ts, Value self, const char *key, Value value) {
  Value name = str_intern_cstr(ts, key);
  if (name == NULL) return -1;
  int r = dict_set(ts, self, name, value);
  decref(ts, name);
  return r;
}

Value dict_setdefault(ThreadState *ts, Value self, Value key, Value value) {
  int64_t hash = key_hash(ts, key);
  if (hash == -1) return NULL;
  Dict *d = as_dict(self);
  Value result = NULL;
  SECTION(ts, self) {
    ssize_t i = find(ts, d, key, hash);
    if (i >= 0) result = d->entries[i].value;
    else result = i == FIND_ERROR || add_entry(ts, d, key, hash, value) < 0 ? NULL : value;
  }
  return result;
}

/* ---- removing ---- */

/* Take entry i out; the caller gets its references. */
static DictEntry remove_entry(Dict *d, ssize_t i) {
  DictEntry e = d->entries[i];
  set_keys_version(d, 0);
  index_write(d->indices, d->index_bytes, index_slot_of(d, e.hash, i), INDEX_DELETED);
  __atomic_store_n(&d->entries[i].key, NULL, __ATOMIC_RELEASE);
  __atomic_store_n(&d->entries[i].value, NULL, __ATOMIC_RELEASE);
  RACY_STORE(d->used, d->used - 1);
  return e;
}

Value dict_pop(ThreadState *ts, Value self, Value key, bool *failed) {
  *failed = false;
  int64_t hash = key_hash(ts, key);
  DictEntry e = {0};
  SECTION(ts, self) {
    ssize_t i = hash == -1 ? FIND_ERROR : find(ts, as_dict(self), key, hash);
    if (i == FIND_ERROR) *failed = true;
    if (i >= 0) e = remove_entry(as_dict(self), i);
  }
  xdecref(ts, e.key);
  return e.value;
}

int dict_delete(ThreadState *ts, Value self, Value key) {
  bool failed;
  Value v = dict_pop(ts, self, key, &failed);
  if (v == NULL) {
    if (!failed) err_key(ts, key);
    return -1;
  }
  decref(ts, v);
  return 0;
}

/* ---- walking and copying ---- */

#ifdef FREE_THREADED
static ssize_t count_in(const View *v, const Dict *d) { return v->entries ? __atomic_load_n(&dict_head(v->entries)->count, __ATOMIC_ACQUIRE) : 0; }
#else
static ssize_t count_in(const View *v, const Dict *d) { return d->entry_count; }
#endif
bool dict_next(Value self, ssize_t *pos, Value *key, Value *value) {
  View view = view_of(as_dict(self));
  for (ssize_t i = *pos, n = count_in(&view, as_dict(self)); i < n; i++) {
    Value k = key_at(&view, i), v = value_at(&view, i);
    if (k == NULL || v == NULL) continue;
    *pos = i + 1;
    if (key) *key = k;
    if (value) *value = v;
    return true;
  }
  return false;
}

static OWNED Value copy_locked(ThreadState *ts, Value self) {
  Dict *from = as_dict(self);
  Value v = dict_new_sized(ts, from->used);
  if (v == NULL || from->used == 0) return v;
  Dict *to = as_dict(v);
  to->only_str_keys = from->only_str_keys;
  for (ssize_t i = 0; i < from->entry_count; i++) {
    DictEntry e = from->entries[i];
    if (e.key == NULL) continue;
    incref(e.key), incref(e.value);
    to->entries[to->entry_count] = e;
    index_add(to, e.hash, to->entry_count++);
  }
  to->used = to->entry_count;
  count_entry(to);
  return v;
}
Value dict_copy(ThreadState *ts, Value self) {
  Value copy = NULL;
  SECTION(ts, self) copy = copy_locked(ts, self);
  return copy;
}

static OWNED Value entries_list(ThreadState *ts, Value self, int what) {
  Dict *d = as_dict(self);
again:;
  ssize_t n = d->used;
  Value list = list_new(ts, n);
  if (list == NULL) return NULL;
  for (ssize_t i = dict_entry_from(d, 0); i >= 0; i = dict_entry_from(d, i + 1)) {
    DictEntry *e = &d->entries[i];
    Value item = what == 0 ? incref(e->key) : what == 1 ? incref(e->value) : tuple_of2(ts, e->key, e->value);
    if (item == NULL || list_append_steal(ts, list, item) < 0) {
      decref(ts, list);
      return NULL;
    }
  }
  if (n == d->used) return list;
  decref(ts, list);
  goto again;
}

static OWNED Value entries_locked(ThreadState *ts, Value self, int what) {
  Value list = NULL;
  SECTION(ts, self) list = entries_list(ts, self, what);
  return list;
}
Value dict_keys_list(ThreadState *ts, Value self) { return entries_locked(ts, self, 0); }
Value dict_values_list(ThreadState *ts, Value self) { return entries_locked(ts, self, 1); }
Value dict_items_list(ThreadState *ts, Value self) { return entries_locked(ts, self, 2); }

uint32_t dict_keys_version(ThreadState *ts, Dict *d) {
  uint32_t version = 0;
  SECTION(ts, (Value)d) {
    if (d->keys_version == 0 && RACY_LOAD(ts->interp->next_keys_version) != UINT32_MAX) set_keys_version(d, __atomic_add_fetch(&ts->interp->next_keys_version, 1, __ATOMIC_RELAXED));
    version = d->keys_version;
  }
  return version;
}

/* ---- update ---- */

/* One key: override 0 keeps an old value, 1 replaces it, 2 raises KeyError. */
static int merge_one(ThreadState *ts, Value self, Value key, int64_t hash, Value value, int override) {
  if (override == 1) return dict_set_hash(ts, self, key, hash, value);
  ssize_t i = find(ts, as_dict(self), key, hash);
  if (i == NOT_FOUND) return add_entry(ts, as_dict(self), key, hash, value);
  if (i == FIND_ERROR) return -1;
  if (override == 0) return 0;
  err_key(ts, key);
  return -1;
}

static int merge_dict_locked(ThreadState *ts, Value self, Value other, int override) {
  Dict *d = as_dict(self), *from = as_dict(other);
  if (d == from || from->used == 0) return 0;
  if (d->used + from->used > d->entry_capacity - (d->entry_count - d->used) && resize(ts, d, log2_for(d->used + from->used)) < 0)
    return -1;
  for (ssize_t i = dict_entry_from(from, 0); i >= 0; i = dict_entry_from(from, i + 1)) {
    DictEntry e = from->entries[i];
    ssize_t n = from->entry_count, used = from->used;
    incref(e.key), incref(e.value);
    int r = merge_one(ts, self, e.key, e.hash, e.value, override);
    decref(ts, e.key), decref(ts, e.value);
    if (r < 0) return -1;
    if (n != from->entry_count || used != from->used) {
      err_format(ts, EXC(RuntimeError), "dict mutated during update");
      return -1;
    }
  }
  return 0;
}

static int merge_dict(ThreadState *ts, Value self, Value other, int override) {
  int result = 0;
  SECTION2(ts, self, other) result = merge_dict_locked(ts, self, other, override);
  return result;
}

static int merge_mapping(ThreadState *ts, Value self, Value mapping, int override) {
  Value keys = call_method0(ts, mapping, ID(keys));
  if (keys == NULL) return -1;
  Value it = iter_of(ts, keys);
  if (it == NULL && err_matches(ts, EXC(TypeError)) && type_of(ts, keys)->slots.iter == NULL) {
    err_clear(ts);
    err_format(ts, EXC(TypeError), "%T.keys() returned a non-iterable (type %T)", mapping, keys);
  }
  decref(ts, keys);
  if (it == NULL) return -1;
  int r = 0;
  for (Value key; r == 0 && (key = iter_next(ts, it)) != NULL; decref(ts, key)) {
    int there = override == 1 ? 0 : dict_contains(ts, self, key);
    if (there < 0) r = -1;
    else if (there && override == 2) err_key(ts, key), r = -1;
    if (r < 0 || there) continue;
    Value value = item_get(ts, mapping, key);
    r = value ? dict_set_steal(ts, self, key, value) : -1;
  }
  decref(ts, it);
  return err_occurred(ts) ? -1 : r;
}

int dict_merge(ThreadState *ts, Value self, Value mapping, int override) {
  if (is_dict(mapping) && type_of(ts, mapping)->slots.iter == TYPE(DICT)->slots.iter)
    return merge_dict(ts, self, mapping, override);
  return merge_mapping(ts, self, mapping, override);
}

static int merge_pair(ThreadState *ts, Value self, Value pair, ssize_t i) {
  Value fast = seq_fast(ts, pair, "");
  if (fast == NULL) {
    if (err_matches(ts, EXC(TypeError))) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "cannot convert dictionary update sequence element #%zd to a sequence", i);
    }
    return -1;
  }
  ssize_t n;
  Value *items = seq_items(fast, &n);
  int r = -1;
  if (n != 2) {
    err_format(ts, EXC(ValueError), "dictionary update sequence element #%zd has length %zd; 2 is required", i, n);
  } else {
    Value key = incref(items[0]), value = incref(items[1]);
    r = dict_set(ts, self, key, value);
    decref(ts, key), decref(ts, value);
  }
  decref(ts, fast);
  return r;
}

static int merge_pairs(ThreadState *ts, Value self, Value iterable) {
  Value it = iter_of(ts, iterable);
  if (it == NULL) return -1;
  Value pair;
  int r = 0;
  for (ssize_t i = 0; r == 0 && (pair = iter_next(ts, it)) != NULL; i++) {
    r = merge_pair(ts, self, pair, i);
    decref(ts, pair);
  }
  decref(ts, it);
  return err_occurred(ts) ? -1 : r;
}

int dict_update(ThreadState *ts, Value self, Value other) {
  if (is_kind(other, K_DICT)) return merge_dict(ts, self, other, 1);
  bool failed;
  Value keys = attr_get_optional(ts, other, ID(keys), &failed);
  if (failed) return -1;
  if (keys == NULL) return merge_pairs(ts, self, other);
  decref(ts, keys);
  return dict_merge(ts, self, other, 1);
}

static int update_args(ThreadState *ts, Value self, const char *name, Value *args, ssize_t nargs, Value kwnames) {
  if (args_count(ts, name, nargs, 0, 1) < 0) return -1;
  if (nargs && dict_update(ts, self, args[0]) < 0) return -1;
  for (ssize_t i = 0; kwnames && i < tuple_len(kwnames); i++)
    if (dict_set(ts, self, tuple_get(kwnames, i), args[nargs + i]) < 0) return -1;
  return 0;
}

/* ---- slots ---- */

static Value dict_getitem(ThreadState *ts, Value self, Value key) {
  int64_t hash = key_hash(ts, key);
  if (hash == -1) return NULL;
  Value value = dict_get_hash(ts, self, key, hash);
  if (LIKELY(value != NULL)) return incref(value);
  if (err_occurred(ts)) return NULL;
  if (!is_kind(self, K_DICT)) {
    bool failed;
    Value missing = lookup_special(ts, self, ID(__missing__), &failed);
    if (failed) return NULL;
    if (missing) {
      Value v = call1(ts, missing, key);
      decref(ts, missing);
      return v;
    }
  }
  return err_key(ts, key);
}

static int dict_setitem(ThreadState *ts, Value self, Value key, Value value) {
  return value ? dict_set(ts, self, key, value) : dict_delete(ts, self, key);
}

static ssize_t slot_len(ThreadState *ts, Value self) { return dict_len(self); }

static int repr_entry(ThreadState *ts, StrBuilder *b, Value key, Value value) {
  Value text = repr_of(ts, key);
  if (text == NULL) return -1;
  int r = strb_str(b, text);
  decref(ts, text);
  if (r < 0 || strb_ascii(b, ": ", 2) < 0) return -1;
  if ((text = repr_of(ts, value)) == NULL) return -1;
  r = strb_str(b, text);
  decref(ts, text);
  return r;
}

static Value dict_repr(ThreadState *ts, Value self) {
  Dict *d = as_dict(self);
  if (d->used == 0) return str_from_ascii(ts, "{}");
  int printing = repr_enter(ts, self);
  if (printing != 0) return printing < 0 ? NULL : str_from_ascii(ts, "{...}");
  StrBuilder b;
  strb_init(&b, ts);
  int r = strb_char(&b, '{');
  bool first = true;
  for (ssize_t i = dict_entry_from(d, 0); i >= 0 && r == 0; i = dict_entry_from(d, i + 1)) {
    if (!first) r = strb_ascii(&b, ", ", 2);
    first = false;
    Value key = incref(d->entries[i].key), value = incref(d->entries[i].value);
    if (r == 0) r = repr_entry(ts, &b, key, value);
    decref(ts, key), decref(ts, value);
  }
  if (r == 0) r = strb_char(&b, '}');
  repr_leave(ts, self);
  if (r == 0) return strb_finish(&b);
  strb_drop(&b);
  return NULL;
}

/* -1/0/1 */
static int dict_equal(ThreadState *ts, Value a, Value b) {
  Dict *x = as_dict(a);
  if (x->used != dict_len(b)) return 0;
  for (ssize_t i = dict_entry_from(x, 0); i >= 0; i = dict_entry_from(x, i + 1)) {
    DictEntry e = x->entries[i];
    incref(e.key), incref(e.value);
    Value other = dict_get_hash(ts, b, e.key, e.hash);
    int same = other == NULL ? (err_occurred(ts) ? -1 : 0) : 1;
    if (other && other != e.value) {
      incref(other);
      same = compare_bool(ts, e.value, other, CMP_EQ);
      decref(ts, other);
    }
    decref(ts, e.key), decref(ts, e.value);
    if (same <= 0) return same;
  }
  return 1;
}

static Value dict_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_dict(a) || !is_dict(b) || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  int same = dict_equal(ts, a, b);
  return same < 0 ? NULL : bool_value(same == (op == CMP_EQ));
}

Value dict_union(ThreadState *ts, Value a, Value b) {
  if (!is_dict(a) || !is_dict(b)) return V_NOT_IMPLEMENTED;
  Value v = dict_copy(ts, a);
  if (v && dict_update(ts, v, b) < 0) CLEAR(v);
  return v;
}

static Value dict_inplace_or(ThreadState *ts, Value self, Value other) {
  return dict_update(ts, self, other) < 0 ? NULL : incref(self);
}

/* ---- methods ---- */

static Value dict_get_method(NATIVE_ARGS) {
  Value v = dict_get(ts, self, args[0]);
  if (v) return incref(v);
  if (err_occurred(ts)) return NULL;
  return nargs > 1 ? incref(args[1]) : V_NONE;
}

static Value dict_setdefault_method(NATIVE_ARGS) {
  Value v = dict_setdefault(ts, self, args[0], nargs > 1 ? args[1] : V_NONE);
  return v ? incref(v) : NULL;
}

static Value dict_pop_method(NATIVE_ARGS) {
  bool failed;
  Value v = dict_pop(ts, self, args[0], &failed);
  if (v || failed) return v;
  return nargs > 1 ? incref(args[1]) : err_key(ts, args[0]);
}

static Value dict_popitem(NATIVE_ARGS) {
  Dict *d = as_dict(self);
  ssize_t i = dict_entry_before(d, d->entry_count);
  if (i < 0) {
    Value text = str_from_ascii(ts, "popitem(): dictionary is empty");
    if (text) err_set(ts, EXC(KeyError), text), decref(ts, text);
    return NULL;
  }
  Value pair = tuple_new(ts, 2);
  if (pair == NULL) return NULL;
  DictEntry e = remove_entry(d, i);
  if (!IS_PARALLEL(ts)) { /* else somebody may be reading the old entry: its place is not used again */
    d->entry_capacity -= d->entry_count - i; /* their indices stay marked as deleted, so the room is not there again */
    d->entry_count = i;
    count_entry(d);
  }
  tuple_set(pair, 0, e.key);
  tuple_set(pair, 1, e.value);
  return pair;
}

static Value dict_update_method(NATIVE_ARGS) {
  return update_args(ts, self, "update", args, nargs, kwnames) < 0 ? NULL : V_NONE;
}
static Value dict_clear_method(NATIVE_ARGS) {
  dict_clear(ts, self);
  return V_NONE;
}
static Value dict_copy_method(NATIVE_ARGS) { return dict_copy(ts, self); }
static Value dict_contains_method(NATIVE_ARGS) {
  int r = dict_contains(ts, self, args[0]);
  return r < 0 ? NULL : bool_value(r);
}

static Value dict_fromkeys(NATIVE_ARGS) {
  Value value = nargs > 1 ? args[1] : V_NONE;
  Value d = call0(ts, self);
  if (d == NULL) return NULL;
  Value it = iter_of(ts, args[0]);
  int r = it ? 0 : -1;
  for (Value key; r == 0 && (key = iter_next(ts, it)) != NULL; decref(ts, key))
    r = is_kind(d, K_DICT) ? dict_set(ts, d, key, value) : item_set(ts, d, key, value);
  xdecref(ts, it);
  if (r == 0 && !err_occurred(ts)) return d;
  decref(ts, d);
  return NULL;
}

static Value dict_sizeof(NATIVE_ARGS) { /* what CPython would take */
  Dict *d = as_dict(self);
  ssize_t size = 48;
  if (d->log2_size)
    size += 32 + ((ssize_t)1 << d->log2_size) * d->index_bytes + usable((size_t)1 << d->log2_size) * (d->only_str_keys ? 16 : 24);
  return small_int_value(size);
}

static Value dict_class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

static Value dict_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  return type == TYPE(DICT) ? dict_new(ts) : object_new_instance(ts, type);
}

static int dict_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  return nargs || kwnames ? update_args(ts, self, "dict", args, nargs, kwnames) : 0;
}

static Value dict_keys(NATIVE_ARGS) { return dict_view_new(ts, self, K_DICT_KEYS); }
static Value dict_values(NATIVE_ARGS) { return dict_view_new(ts, self, K_DICT_VALUES); }
static Value dict_items(NATIVE_ARGS) { return dict_view_new(ts, self, K_DICT_ITEMS); }
static Value dict_reversed(NATIVE_ARGS) { return dict_iterator_new(ts, self, 0, true); }
Value dict_iter(ThreadState *ts, Value self) { return dict_iterator_new(ts, self, 0, false); }

static const MethodDef dict_methods[] = {
  {"__contains__", dict_contains_method, 1, 1, METHOD_FREE, "__contains__($self, key, /)\n--\n\nTrue if the dictionary has the specified key, else False."},
  {"__sizeof__", dict_sizeof, 0, 0, 0, NULL},
  {"get", dict_get_method, 1, 2, METHOD_FREE, "get($self, key, default=None, /)\n--\n\nReturn the value for key if key is in the dictionary, else default."},
  {"setdefault", dict_setdefault_method, 1, 2, 0, "setdefault($self, key, default=None, /)\n--\n\nInsert key with a value of default if key is not in the dictionary."},
  {"pop", dict_pop_method, 1, 2, 0, "D.pop(k[,d]) -> v, remove specified key and return the corresponding value."},
  {"popitem", dict_popitem, 0, 0, 0, "popitem($self, /)\n--\n\nRemove and return a (key, value) pair as a 2-tuple."},
  {"keys", dict_keys, 0, 0, METHOD_FREE, "D.keys() -> a set-like object providing a view on D's keys"},
  {"items", dict_items, 0, 0, METHOD_FREE, "D.items() -> a set-like object providing a view on D's items"},
  {"values", dict_values, 0, 0, METHOD_FREE, "D.values() -> an object providing a view on D's values"},
  {"update", dict_update_method, 0, -1, METHOD_KW, "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F."},
  {"fromkeys", dict_fromkeys, 1, 2, METHOD_CLASS, "fromkeys($type, iterable, value=None, /)\n--\n\nCreate a new dictionary with keys from iterable and values set to value."},
  {"clear", dict_clear_method, 0, 0, 0, "D.clear() -> None.  Remove all items from D."},
  {"copy", dict_copy_method, 0, 0, 0, "D.copy() -> a shallow copy of D"},
  {"__reversed__", dict_reversed, 0, 0, 0, "__reversed__($self, /)\n--\n\nReturn a reverse iterator over the dict keys."},
  {"__class_getitem__", dict_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"},
  {0}};

Type *type_dict_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "dict",
    .doc = "dict() -> new empty dictionary\ndict(mapping) -> from a mapping's pairs\ndict(iterable) -> from an iterable of pairs\n"
           "dict(**kwargs) -> from name=value pairs",
    .size = sizeof(Dict),
    .flags = TYPE_GC | TYPE_BASETYPE | TYPE_MAPPING | TYPE_MATCH_SELF,
    .slots = {
      .dealloc = dict_dealloc,
      .traverse = dict_traverse,
      .clear = slot_clear,
      .repr = dict_repr,
      .compare = dict_compare,
      .iter = dict_iter,
      .new = dict_type_new,
      .init = dict_init,
      .binary = {[NB_OR] = dict_union},
      .inplace = {[NB_OR] = dict_inplace_or},
      .len = slot_len,
      .getitem = dict_getitem,
      .setitem = dict_setitem,
      .contains = dict_contains,
    },
    .methods = dict_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_DICT);
}
