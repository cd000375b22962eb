/* set.h - set and frozenset: open addressing with CPython's probe order, so that iteration order is the same. (set.c) */
#ifndef RUNTIME_TYPES_SET_H
#define RUNTIME_TYPES_SET_H

#define SET_DUMMY SPECIAL(SPECIAL_COUNT)
typedef struct {
  Value key; /* NULL: never used; SET_DUMMY: deleted */
  int64_t hash;
} SetEntry;
typedef struct {
  Object base;
  ssize_t fill, used, mask;
  SetEntry *table;
  int64_t hash; /* frozenset's; -1 not computed */
  ssize_t finger;
  SetEntry small[8];
} Set;
static inline bool is_set(Value v) { return is_layout(v, K_SET) || is_layout(v, K_FROZENSET); }
static inline ssize_t set_len(Value v) { return ((Set *)v)->used; }
OWNED Value set_new(ThreadState *ts);
OWNED Value set_from_iterable(ThreadState *ts, NULLABLE Value iterable);
OWNED Value frozenset_from_iterable(ThreadState *ts, NULLABLE Value iterable);
int set_add(ThreadState *ts, Value set, Value key);      /* 0, -1 */
int set_contains(ThreadState *ts, Value set, Value key); /* -1/0/1 */
int set_discard(ThreadState *ts, Value set, Value key);  /* 1 removed, 0 was not there, -1 */
int set_update(ThreadState *ts, Value set, Value iterable);
void set_clear(ThreadState *ts, Value set);
bool set_next(Value set, ssize_t *pos, Value *key); /* walk, borrowed */

#endif
