/* list.h - list and tuple. (list.c, list_sort.c, tuple.c) */
#ifndef RUNTIME_TYPES_LIST_H
#define RUNTIME_TYPES_LIST_H

typedef struct {
  Object base;
  ssize_t length, capacity;
  Value *items; /* mem_alloc'ed, NULL when capacity is 0 */
} List;
struct Tuple {
  Object base;
  ssize_t length;
  Value items[];
};

static inline List *as_list(Value v) { return (List *)v; }
static inline ssize_t list_len(Value v) { return __atomic_load_n(&as_list(v)->length, __ATOMIC_ACQUIRE); }
#ifdef FREE_THREADED
/* In front of the items, so that who reads without the list's lock never goes past their end. */
typedef struct {
  size_t capacity, unused;
} ListHead;
static inline ListHead *list_head(const Value *items) { return (ListHead *)items - 1; }
/* Another thread may have made the list shorter since the caller looked: NULL then. */
static inline BORROWED NULLABLE Value list_try_get(Value v, ssize_t i) {
  Value *items = __atomic_load_n(&as_list(v)->items, __ATOMIC_ACQUIRE);
  return items && (size_t)i < list_head(items)->capacity ? __atomic_load_n(&items[i], __ATOMIC_ACQUIRE) : NULL;
}
static inline BORROWED Value list_get(Value v, ssize_t i) {
  Value item = list_try_get(v, i);
  return item ? item : V_NONE;
}
#else
static inline BORROWED Value list_try_get(Value v, ssize_t i) { return as_list(v)->items[i]; }
static inline BORROWED Value list_get(Value v, ssize_t i) { return as_list(v)->items[i]; }
#endif
/* While other threads run: put *item there and get the old one for it. False: the list has become shorter. */
bool list_store_shared(ThreadState *ts, Value list, ssize_t i, Value *item);
/* For the eval loop, which knows whether it is alone. */
#define LIST_GET(ts, v, i) (IS_PARALLEL(ts) ? list_try_get(v, i) : as_list(v)->items[i])
OWNED Value list_new(ThreadState *ts, ssize_t capacity); /* empty, with room */
OWNED Value list_from_items(ThreadState *ts, Value *items, ssize_t n); /* items borrowed */
int list_append_slow(ThreadState *ts, Value list, STEALS Value item);
static inline int list_append_steal(ThreadState *ts, Value list, STEALS Value item) {
  List *l = as_list(list);
  if (!IS_PARALLEL(ts) && LIKELY(l->length < l->capacity)) {
    l->items[l->length++] = item;
    return 0;
  }
  return list_append_slow(ts, list, item);
}
static inline int list_append(ThreadState *ts, Value list, BORROWED Value item) { return list_append_steal(ts, list, incref(item)); }
void list_items_free(ThreadState *ts, Value *items); /* the array of a list that has none of its own any more */
int list_insert(ThreadState *ts, Value list, ssize_t at, BORROWED Value item);
int list_extend(ThreadState *ts, Value list, Value iterable);
OWNED Value list_slice(ThreadState *ts, Value list, ssize_t start, ssize_t stop);
int list_set_slice(ThreadState *ts, Value list, ssize_t start, ssize_t stop, NULLABLE Value iterable);
int list_sort(ThreadState *ts, Value list, NULLABLE Value key, bool reverse);
int list_reverse(ThreadState *ts, Value list);
void list_clear(ThreadState *ts, Value list);
OWNED Value list_to_tuple(ThreadState *ts, Value list);

/* Built-in types that have no Kind: interp->more_types[]. Made by more_type(), the first time they are asked for. */
enum {
  MORE_LIST_REVERSE_ITERATOR, MORE_BYTES_ITERATOR, MORE_BYTEARRAY_ITERATOR, MORE_MEMORY_ITERATOR, MORE_SET_ITERATOR,
  MORE_DICT_VALUE_ITERATOR, MORE_DICT_ITEM_ITERATOR, MORE_DICT_REVERSE_KEY_ITERATOR, MORE_DICT_REVERSE_VALUE_ITERATOR,
  MORE_DICT_REVERSE_ITEM_ITERATOR, MORE_FORMATTER_ITERATOR, MORE_FIELD_NAME_ITERATOR, MORE_STR_ASCII_ITERATOR
};
BORROWED Type *more_type(ThreadState *ts, int which, const TypeSpec *spec, Kind layout);

/* The slice with its __index__ methods called, so that slice_indices() of it runs no user code and can trust the length of
 * a container that may change. */
OWNED Value slice_settle(ThreadState *ts, BORROWED Value slice);

/* What the iterators over list, tuple, str and bytes share (SequenceIterator). */
OWNED Value sequence_iterator_new(ThreadState *ts, Type *type, BORROWED Value sequence);
void sequence_iterator_dealloc(ThreadState *ts, Value self);
int sequence_iterator_traverse(Value self, Visit visit, void *arg);
int sequence_iterator_clear(ThreadState *ts, Value self);
OWNED Value iterator_itself(ThreadState *ts, Value self); /* iter slot */
extern const MethodDef sequence_iterator_methods[];        /* __length_hint__, __reduce__, __setstate__ */

static inline ssize_t tuple_len(Value v) { return ((Tuple *)v)->length; }
static inline Value *tuple_items(Value v) { return ((Tuple *)v)->items; }
static inline BORROWED Value tuple_get(Value v, ssize_t i) { return ((Tuple *)v)->items[i]; }
static inline void tuple_set(Value v, ssize_t i, STEALS Value item) { ((Tuple *)v)->items[i] = item; }
OWNED Value tuple_new(ThreadState *ts, ssize_t n); /* items NULL, to be filled; n 0 gives the empty tuple */
OWNED Value tuple_from_items(ThreadState *ts, Value *items, ssize_t n); /* items borrowed */
OWNED Value tuple_of1(ThreadState *ts, BORROWED Value a);
OWNED Value tuple_of2(ThreadState *ts, BORROWED Value a, BORROWED Value b);
OWNED Value tuple_of3(ThreadState *ts, BORROWED Value a, BORROWED Value b, BORROWED Value c);
OWNED Value tuple_steal2(ThreadState *ts, STEALS Value a, STEALS Value b); /* NULL if either is NULL (releases the other) */
OWNED Value tuple_steal3(ThreadState *ts, STEALS Value a, STEALS Value b, STEALS Value c);
OWNED Value tuple_slice(ThreadState *ts, Value t, ssize_t start, ssize_t stop);

#endif
