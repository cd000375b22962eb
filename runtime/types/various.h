/* various.h - the smaller types: range, slice, module, iterators, weak references, aliases. */
#ifndef RUNTIME_TYPES_VARIOUS_H
#define RUNTIME_TYPES_VARIOUS_H

typedef struct {
  Object base;
  Value start, stop, step; /* exact ints */
  Value length;            /* exact int */
} Range;
typedef struct {
  Object base;
  int64_t next, step, left; /* all small */
  int64_t count;            /* what `left` was at first, for __reduce__ */
} RangeIterator; /* K_RANGE_ITERATOR; ranges past 62 bits use another type */
OWNED Value range_iterator_new(ThreadState *ts, int64_t start, int64_t step, int64_t count);
typedef struct {
  Object base;
  Value start, stop, step;
} Slice;
OWNED Value slice_new(ThreadState *ts, BORROWED Value start, BORROWED Value stop, BORROWED Value step);

typedef struct {
  Object base;
  ssize_t index;
  Value sequence; /* NULL when exhausted */
} SequenceIterator; /* list, tuple, str iterators */

typedef struct {
  Object base;
  Value dict;
  const struct ModuleDef *def;
  void *state;
} Module;

typedef struct {
  Object base;
  ssize_t pos;       /* entry index */
  ssize_t used;      /* len when made: to notice changes */
  Value dict;        /* NULL when exhausted */
  uint8_t what;      /* 0 keys, 1 values, 2 items */
  bool reverse;
  ssize_t left; /* entries still to come */
} DictIterator;

typedef struct {
  Object base;
} Namespace;
OWNED Value namespace_new(ThreadState *ts, NULLABLE Value dict);
OWNED Value generic_alias_new(ThreadState *ts, Value origin, Value args);
OWNED Value union_type_or(ThreadState *ts, Value a, Value b); /* X | Y of types; V_NOT_IMPLEMENTED */
/* weak references */
typedef struct WeakRef {
  Object base;
  Value target;   /* borrowed; NULL when dead */
  Value callback; /* or NULL */
  int64_t hash;
  struct WeakRef *prev, *next;
} WeakRef;
/* The target, or NULL: dead, or on its way (counted down to zero, waiting to be freed because much is freed at once). */
static inline BORROWED Value weakref_target(Value v) {
  Value target = RACY_LOAD(((WeakRef *)v)->target);
  return target && !is_dead(target) ? target : NULL;
}
void weakrefs_clear(ThreadState *ts, Value dying); /* called when an object with OBJ_HAS_WEAKREF dies */

/* An iterator that calls fn until it returns NULL without error; for native modules that need one quickly. */
OWNED Value iter_of_sequence_protocol(ThreadState *ts, Value v); /* __getitem__ from 0 */
OWNED Value callable_iterator_new(ThreadState *ts, Value callable, Value sentinel);
/* structseq: a tuple with named fields (sys.version_info, os.stat_result, time.struct_time) */
OWNED Type *structseq_type(ThreadState *ts, const char *name, const char *doc, const char *const *fields, int n_fields, int n_sequence);
OWNED Value structseq_new(ThreadState *ts, Type *type, STEALS Value *items); /* n_fields values */

#endif
