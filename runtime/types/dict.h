/* dict.h - dict: insertion-ordered hash table, an index array beside a dense array of entries. (dict.c, dict_views.c)
 * CPython: Objects/dictobject.c (R. Hettinger's compact dict). */
#ifndef RUNTIME_TYPES_DICT_H
#define RUNTIME_TYPES_DICT_H

typedef struct {
  Value key; /* NULL: deleted */
  Value value;
  int64_t hash;
} DictEntry;
struct Dict {
  Object base;
  ssize_t used;          /* live entries */
  uint32_t keys_version; /* 0: none given; renewed (set to 0) when a key is added, removed or moved, not on value stores */
  uint8_t log2_size;     /* of the index array; 0: no table yet */
  uint8_t index_bytes;   /* 1, 2, 4 or 8 */
  bool only_str_keys;    /* every key is an exact str */
  ssize_t entry_count;   /* entries used, deleted ones included */
  ssize_t entry_capacity;
  DictEntry *entries;
  void *indices; /* in the same block, behind the entries */
};

#ifdef FREE_THREADED
/* In front of the entries, so that who reads without the dict's lock finds with one load what belongs together. */
typedef struct {
  ssize_t count, capacity; /* entries written; room for them */
  void *indices;
  uint8_t log2_size, index_bytes;
} DictHead;
static inline DictHead *dict_head(const DictEntry *entries) { return (DictHead *)entries - 1; }
#endif

static inline Dict *as_dict(Value v) { return (Dict *)v; }
static inline ssize_t dict_len(Value v) { return __atomic_load_n(&as_dict(v)->used, __ATOMIC_RELAXED); }
OWNED Value dict_new(ThreadState *ts);
OWNED Value dict_new_sized(ThreadState *ts, ssize_t n);
/* BORROWED value or NULL; NULL with an exception pending only when hashing or comparing raised. */
Value dict_get(ThreadState *ts, Value dict, Value key);
Value dict_get_hash(ThreadState *ts, Value dict, Value key, int64_t hash);
Value dict_get_str(ThreadState *ts, Dict *dict, Value interned); /* never raises */
Value dict_get_cstr(ThreadState *ts, Value dict, const char *key);
ssize_t dict_find_str(ThreadState *ts, Dict *dict, Value interned); /* entry index or -1: for inline caches */
int dict_set(ThreadState *ts, Value dict, BORROWED Value key, BORROWED Value value);
int dict_set_steal(ThreadState *ts, Value dict, BORROWED Value key, STEALS Value value);
int dict_set_hash(ThreadState *ts, Value dict, Value key, int64_t hash, Value value);
int dict_set_cstr(ThreadState *ts, Value dict, const char *key, BORROWED Value value);
int dict_delete(ThreadState *ts, Value dict, Value key); /* KeyError */
/* Remove and return the value: OWNED, NULL without exception when missing. */
Value dict_pop(ThreadState *ts, Value dict, Value key, bool *failed);
int dict_contains(ThreadState *ts, Value dict, Value key);
/* d.setdefault(key, value): BORROWED result. */
Value dict_setdefault(ThreadState *ts, Value dict, Value key, Value value);
/* Walk: *pos starts at 0; false at the end. Borrowed. */
bool dict_next(Value dict, ssize_t *pos, Value *key, Value *value);
OWNED Value dict_copy(ThreadState *ts, Value dict);
void dict_clear(ThreadState *ts, Value dict);
/* d.update(other): override false keeps existing keys. Mapping or iterable of pairs. */
int dict_update(ThreadState *ts, Value dict, Value other);
int dict_merge(ThreadState *ts, Value dict, Value mapping, int override); /* 0 keep, 1 replace, 2 raise KeyError on a duplicate */
OWNED Value dict_keys_list(ThreadState *ts, Value dict);
OWNED Value dict_values_list(ThreadState *ts, Value dict);
OWNED Value dict_items_list(ThreadState *ts, Value dict);
uint32_t dict_keys_version(ThreadState *ts, Dict *dict); /* gives one if there is none; 0 when they ran out */
/* The live entry at or behind index i, -1: none; and its mirror image. */
static inline ssize_t dict_entry_from(const Dict *d, ssize_t i) {
  while (i < d->entry_count && d->entries[i].key == NULL) i++;
  return i < d->entry_count ? i : -1;
}
/* The value of entry i, if there is one: for inline caches that know the dict's keys version is still theirs. Free-threaded: load the
 * entries before the version is compared. */
static inline const DictEntry *dict_entries(const Dict *d) { return __atomic_load_n(&d->entries, __ATOMIC_ACQUIRE); }
static inline uint32_t dict_version(const Dict *d) { return __atomic_load_n(&d->keys_version, __ATOMIC_ACQUIRE); }
static inline BORROWED Value dict_value_at(const DictEntry *entries, ssize_t i) { return __atomic_load_n(&entries[i].value, __ATOMIC_ACQUIRE); }
static inline ssize_t dict_entry_before(const Dict *d, ssize_t i) {
  if (i >= d->entry_count) i = d->entry_count - 1;
  while (i >= 0 && d->entries[i].key == NULL) i--;
  return i;
}
/* {**a, **b} as a | b makes it; V_NOT_IMPLEMENTED unless both are dicts. */
OWNED Value dict_union(ThreadState *ts, Value a, Value b);
OWNED Value dict_view_new(ThreadState *ts, BORROWED Value dict, Kind kind); /* K_DICT_KEYS, _VALUES or _ITEMS */
OWNED Value dict_iterator_new(ThreadState *ts, BORROWED Value dict, int what, bool reverse);
OWNED Value dict_iter(ThreadState *ts, Value dict);   /* over the keys */
OWNED Value mapping_proxy_new(ThreadState *ts, Value mapping);

#endif
