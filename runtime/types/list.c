/* list.c - lists: a growing array of values. Objects/listobject.c in CPython; sorting stands in list_sort.c.
 * Keeps true: items[0..length) are owned; capacity >= length. Growth is CPython's, about an eighth more than needed, so
 *   that n appends copy O(n) items.
 * Free-threaded: an item and the length are read without the list's lock; whatever changes a list holds it (SECTION), and the methods take it
 *   before they begin (runtime/critical.h). Items that were moved elsewhere and values that went stay good until a reader's next check point.
 * User code (__eq__, __del__, iterators) may change a list under an operation: items are held while they are compared,
 *   and lengths read again afterwards; removed items are released only when the list is whole again.
 * Next: list_sort.c, tuple.c. Here too: what sequence iterators share. */
#include "runtime/object.h"

#include <stdlib.h>

/* ---- memory ---- */

#ifdef FREE_THREADED
static void free_items(ThreadState *ts, Value *items) {
  if (items) mem_free(ts, list_head(items));
}
/* While others may read them, the items are moved to a new place, and what is not used yet is NULL. */
static Value *resize_items(ThreadState *ts, const List *l, ssize_t capacity) {
  size_t size = sizeof(ListHead) + (size_t)capacity * sizeof(Value);
  ListHead *head = ts->parallel ? mem_alloc_zeroed(ts, size) : mem_realloc(ts, l->items ? list_head(l->items) : NULL, size);
  if (head == NULL) return NULL;
  head->capacity = (size_t)capacity;
  Value *items = (Value *)(head + 1);
  if (!ts->parallel) return items;
  if (l->items) memcpy(items, l->items, (size_t)(l->length < capacity ? l->length : capacity) * sizeof(Value));
  free_items(ts, l->items);
  return items;
}
/* Word by word: no reader sees half a value. */
static void move_items(ThreadState *ts, Value *to, Value *from, ssize_t n) {
  if (!ts->parallel) memmove(to, from, (size_t)n * sizeof(Value));
  else if (to < from)
    for (ssize_t i = 0; i < n; i++) __atomic_store_n(&to[i], from[i], __ATOMIC_RELEASE);
  else
    for (ssize_t i = n; --i >= 0;) __atomic_store_n(&to[i], from[i], __ATOMIC_RELEASE);
}
#else
static void free_items(ThreadState *ts, Value *items) { mem_free(ts, items); }
static Value *resize_items(ThreadState *ts, const List *l, ssize_t capacity) { return mem_realloc(ts, l->items, (size_t)capacity * sizeof(Value)); }
static void move_items(ThreadState *ts, Value *to, Value *from, ssize_t n) { memmove(to, from, (size_t)n * sizeof(Value)); }
#endif
void list_items_free(ThreadState *ts, Value *items) { free_items(ts, items); }
static inline void set_length(List *l, ssize_t n) { __atomic_store_n(&l->length, n, __ATOMIC_RELEASE); }
static inline void put(Value *place, STEALS Value v) { __atomic_store_n(place, v, __ATOMIC_RELEASE); }

static int set_capacity(ThreadState *ts, List *l, ssize_t capacity) {
  if (UNLIKELY((size_t)capacity > PTRDIFF_MAX / sizeof(Value) - 2)) return err_no_memory(ts), -1;
  Value *items = NULL;
  if (capacity == 0) free_items(ts, l->items);
  else if ((items = resize_items(ts, l, capacity)) == NULL) return -1;
  __atomic_store_n(&l->items, items, __ATOMIC_RELEASE);
  l->capacity = capacity;
  return 0;
}

/* The capacity that growing to n items gives: CPython's, except that very long lists grow by half, as moving them costs
 * more than the spare room, whose pages are not touched. */
static ssize_t grown_capacity(ssize_t n) {
  if (n >= 1 << 16) return n + (n >> 1);
  return n == 0 ? 0 : (ssize_t)(((size_t)n + ((size_t)n >> 3) + 6) & ~(size_t)3);
}

/* Make length n, growing or shrinking the memory; new items are not set. */
static int resize(ThreadState *ts, List *l, ssize_t n) {
  if (l->capacity >= n && n >= l->capacity >> 1) {
    set_length(l, n);
    return 0;
  }
  ssize_t capacity = grown_capacity(n);
  if (n - l->length > capacity - n) capacity = (ssize_t)(((size_t)n + 3) & ~(size_t)3);
  if (n < l->length) set_length(l, n);
  if (set_capacity(ts, l, capacity) < 0) return -1;
  set_length(l, n);
  return 0;
}

static void shrink(ThreadState *ts, List *l, ssize_t n) {
  if (resize(ts, l, n) == 0) return;
  err_clear(ts); /* the larger block does as well */
  l->length = n;
}

Value list_new(ThreadState *ts, ssize_t capacity) {
  List *l = (List *)object_alloc_raw(ts, TYPE(LIST), sizeof(List));
  if (UNLIKELY(l == NULL)) return NULL;
  l->length = l->capacity = 0;
  l->items = NULL;
  if (capacity > 0 && set_capacity(ts, l, capacity) < 0) {
    decref(ts, (Value)l);
    return NULL;
  }
  return (Value)l;
}

Value list_from_items(ThreadState *ts, Value *items, ssize_t n) {
  Value v = list_new(ts, n);
  if (v == NULL) return NULL;
  Value *to = as_list(v)->items;
  for (ssize_t i = 0; i < n; i++) to[i] = incref(items[i]);
  as_list(v)->length = n;
  return v;
}

static void list_dealloc(ThreadState *ts, Value self) {
  List *l = as_list(self);
  for (ssize_t i = l->length; --i >= 0;) xdecref(ts, l->items[i]);
  free_items(ts, l->items);
  object_release(ts, self);
}

static int list_traverse(Value self, Visit visit, void *arg) {
  List *l = as_list(self);
  for (ssize_t i = 0; i < l->length; i++) VISIT(l->items[i]);
  return 0;
}

void list_clear(ThreadState *ts, Value self) {
  List *l = as_list(self);
  Value *items = NULL;
  ssize_t n = 0;
  SECTION(ts, self) {
    items = l->items;
    n = l->length;
    set_length(l, 0);
    __atomic_store_n(&l->items, NULL, __ATOMIC_RELEASE);
    l->capacity = 0;
  }
  while (--n >= 0) xdecref(ts, items[n]);
  free_items(ts, items);
}

static int slot_clear(ThreadState *ts, Value self) {
  list_clear(ts, self);
  return 0;
}

/* ---- adding ---- */

/* Room for item n: then it is put there, and only then the length tells of it. */
static int make_room(ThreadState *ts, List *l, ssize_t n) {
  if (LIKELY(n < l->capacity)) return 0;
  return set_capacity(ts, l, grown_capacity(n + 1));
}

int list_append_slow(ThreadState *ts, Value self, STEALS Value item) {
  List *l = as_list(self);
  int failed = 0;
  SECTION(ts, self) {
    ssize_t n = l->length;
    failed = make_room(ts, l, n);
    if (LIKELY(failed == 0)) {
      put(&l->items[n], item);
      set_length(l, n + 1);
    }
  }
  if (UNLIKELY(failed < 0)) decref(ts, item);
  return failed;
}

static int insert_locked(ThreadState *ts, Value self, ssize_t at, Value item) {
  List *l = as_list(self);
  ssize_t n = l->length;
  if (resize(ts, l, n + 1) < 0) return -1;
  if (at < 0) at += n;
  if (at < 0) at = 0;
  if (at > n) at = n;
  move_items(ts, l->items + at + 1, l->items + at, n - at);
  put(&l->items[at], incref(item));
  return 0;
}
bool list_store_shared(ThreadState *ts, Value self, ssize_t i, Value *item) {
  List *l = as_list(self);
  bool done = false;
  SECTION(ts, self) {
    if (LIKELY(i < l->length)) {
      *item = __atomic_exchange_n(&l->items[i], *item, __ATOMIC_ACQ_REL);
      done = true;
    }
  }
  return done;
}

int list_insert(ThreadState *ts, Value self, ssize_t at, Value item) {
  int r = 0;
  SECTION(ts, self) r = insert_locked(ts, self, at, item);
  return r;
}

static int extend_locked(ThreadState *ts, List *l, Value source) {
  ssize_t n, at = l->length;
  seq_items(source, &n);
  if (n == 0) return 0;
  if (l->items == NULL && set_capacity(ts, l, (n + 1) & ~(ssize_t)1) < 0) return -1;
  if (resize(ts, l, at + n) < 0) return -1;
  Value *items = seq_items(source, &n); /* again: source may be l itself */
  ssize_t count = l->length - at;
  for (ssize_t i = 0; i < count; i++) put(&l->items[at + i], incref(items[i]));
  return 0;
}
static int extend_items(ThreadState *ts, Value self, Value source) {
  int r = 0;
  SECTION2(ts, self, source) r = extend_locked(ts, as_list(self), source);
  return r;
}

int list_extend(ThreadState *ts, Value self, Value iterable) {
  List *l = as_list(self);
  if (is_kind(iterable, K_LIST) || is_kind(iterable, K_TUPLE)) return extend_items(ts, self, iterable);
  Value it = iter_of(ts, iterable);
  if (it == NULL) return -1;
  ssize_t guess = length_hint(ts, iterable, 8);
  if (guess < 0) goto error;
  if (guess < PTRDIFF_MAX / 16 && l->length + guess > l->capacity && !IS_PARALLEL(ts)) {
    ssize_t n = l->length;
    if (resize(ts, l, n + guess) < 0) goto error;
    l->length = n;
  }
  UnaryFn next = type_of(ts, it)->slots.next;
  for (Value item; (item = next(ts, it)) != NULL;)
    if (list_append_steal(ts, self, item) < 0) goto error;
  iter_ended(ts);
  if (err_occurred(ts)) goto error;
  if (l->length < l->capacity) SECTION(ts, self) shrink(ts, l, l->length);
  decref(ts, it);
  return 0;
error:
  decref(ts, it);
  return -1;
}

/* ---- slices ---- */

static inline bool is_settled(Value part) { return is_none(part) || is_small_int(part); }

/* One part as a small int or None; its ends are as good as infinity. */
static OWNED Value settle_part(ThreadState *ts, Value part) {
  if (is_settled(part)) return part;
  if (!has_index(ts, part))
    return err_format(ts, EXC(TypeError), "slice indices must be integers or None or have an __index__ method");
  ssize_t i = num_as_ssize(ts, part, NULL);
  if (i == -1 && err_occurred(ts)) return NULL;
  return small_int_value(i > SMALL_INT_MAX ? SMALL_INT_MAX : i < SMALL_INT_MIN ? SMALL_INT_MIN : i);
}

Value slice_settle(ThreadState *ts, Value slice) {
  Slice *s = (Slice *)slice;
  if (LIKELY(is_settled(s->start) && is_settled(s->stop) && is_settled(s->step))) return incref(slice);
  Value step = settle_part(ts, s->step), start = step ? settle_part(ts, s->start) : NULL;
  Value stop = start ? settle_part(ts, s->stop) : NULL;
  return stop ? slice_new(ts, start, stop, step) : NULL;
}

Value list_slice(ThreadState *ts, Value self, ssize_t start, ssize_t stop) {
  Value slice = NULL;
  SECTION(ts, self) {
    if (stop > list_len(self)) stop = list_len(self);
    slice = list_from_items(ts, as_list(self)->items + start, stop > start ? stop - start : 0);
  }
  return slice;
}

/* self[start:stop] = items[0..n): the removed ones are released at the end. */
static int splice(ThreadState *ts, List *l, ssize_t start, ssize_t stop, Value *items, ssize_t n) {
  ssize_t removed = stop - start, length = l->length, growth = n - removed;
  Value few[8], *old = few;
  if (removed > 8 && (old = mem_alloc(ts, (size_t)removed * sizeof(Value))) == NULL) return -1;
  if (growth > 0) {
    if (resize(ts, l, length + growth) < 0) {
      if (old != few) mem_free(ts, old);
      return -1;
    }
  }
  if (removed) memcpy(old, l->items + start, (size_t)removed * sizeof(Value));
  if (length > stop && growth) move_items(ts, l->items + stop + growth, l->items + stop, length - stop);
  for (ssize_t i = 0; i < n; i++) put(&l->items[start + i], incref(items[i]));
  if (growth < 0) shrink(ts, l, length + growth);
  for (ssize_t i = removed; --i >= 0;) xdecref(ts, old[i]);
  if (old != few) mem_free(ts, old);
  return 0;
}

int list_set_slice(ThreadState *ts, Value self, ssize_t start, ssize_t stop, Value iterable) {
  List *l = as_list(self);
  Value fast = NULL, *items = NULL;
  ssize_t n = 0;
  if (iterable == self) {
    fast = list_slice(ts, self, 0, l->length);
    if (fast == NULL) return -1;
  } else if (iterable) {
    fast = seq_fast(ts, iterable, "can only assign an iterable");
    if (fast == NULL) return -1;
  }
  if (fast) items = seq_items(fast, &n);
  int r = 0;
  SECTION(ts, self) {
    if (start < 0) start = 0;
    if (start > l->length) start = l->length;
    if (stop < start) stop = start;
    if (stop > l->length) stop = l->length;
    r = splice(ts, l, start, stop, items, n);
  }
  xdecref(ts, fast);
  return r;
}

static OWNED Value get_slice(ThreadState *ts, Value self, Value slice) {
  ssize_t start, stop, step, count;
  if ((slice = slice_settle(ts, slice)) == NULL) return NULL;
  int r = slice_indices(ts, slice, list_len(self), &start, &stop, &step, &count);
  decref(ts, slice);
  if (r < 0) return NULL;
  if (step == 1) return list_slice(ts, self, start, start + count);
  Value v = list_new(ts, count);
  if (v == NULL) return NULL;
  for (ssize_t i = 0, at = start; i < count; i++, at += step) as_list(v)->items[i] = incref(list_get(self, at));
  as_list(v)->length = count > 0 ? count : 0;
  return v;
}

static int delete_stepped(ThreadState *ts, List *l, ssize_t start, ssize_t step, ssize_t count) {
  if (count <= 0) return 0;
  if (step < 0) {
    start += step * (count - 1);
    step = -step;
  }
  Value *gone = mem_alloc(ts, (size_t)count * sizeof(Value));
  if (gone == NULL) return -1;
  ssize_t to = start, next = start, taken = 0;
  for (ssize_t from = start; from < l->length; from++) {
    if (taken < count && from == next) {
      gone[taken++] = l->items[from];
      next += step;
    } else {
      l->items[to++] = l->items[from];
    }
  }
  shrink(ts, l, to);
  for (ssize_t i = 0; i < count; i++) decref(ts, gone[i]);
  mem_free(ts, gone);
  return 0;
}

static int assign_stepped(ThreadState *ts, Value self, Value slice, Value iterable) {
  ssize_t start, stop, step, count;
  Value fast = iterable == self ? list_slice(ts, self, 0, list_len(self))
                                : seq_fast(ts, iterable, "must assign iterable to extended slice");
  if (fast == NULL) return -1;
  ssize_t n;
  Value *items = seq_items(fast, &n);
  slice_indices(ts, slice, list_len(self), &start, &stop, &step, &count); /* now that the iterable is used up */
  if (n != count) {
    err_format(ts, EXC(ValueError), "attempt to assign sequence of size %zd to extended slice of size %zd", n, count);
    decref(ts, fast);
    return -1;
  }
  List *l = as_list(self);
  Value *old = n ? mem_alloc(ts, (size_t)n * sizeof(Value)) : NULL;
  if (n && old == NULL) {
    decref(ts, fast);
    return -1;
  }
  for (ssize_t i = 0, at = start; i < n; i++, at += step) {
    old[i] = l->items[at];
    l->items[at] = incref(items[i]);
  }
  for (ssize_t i = 0; i < n; i++) decref(ts, old[i]);
  mem_free(ts, old);
  decref(ts, fast);
  return 0;
}

static int set_slice(ThreadState *ts, Value self, Value slice, Value value) {
  ssize_t start, stop, step, count;
  if ((slice = slice_settle(ts, slice)) == NULL) return -1;
  int r = slice_indices(ts, slice, list_len(self), &start, &stop, &step, &count);
  if (r == 0 && step == 1) r = list_set_slice(ts, self, start, start + count, value);
  else if (r == 0 && value == NULL) r = delete_stepped(ts, as_list(self), start, step, count);
  else if (r == 0) r = assign_stepped(ts, self, slice, value);
  decref(ts, slice);
  return r;
}

/* ---- items ---- */

/* The index that key means: 0, or -1 with an exception. */
static int index_of_key(ThreadState *ts, Value self, Value key, ssize_t *out) {
  ssize_t i;
  if (LIKELY(is_small_int(key))) {
    i = small_int(key);
  } else if (has_index(ts, key)) {
    i = num_as_ssize(ts, key, EXC(IndexError));
    if (i == -1 && err_occurred(ts)) return -1;
  } else {
    err_format(ts, EXC(TypeError), "list indices must be integers or slices, not %T", key);
    return -1;
  }
  *out = i < 0 ? i + list_len(self) : i;
  return 0;
}

static Value list_getitem(ThreadState *ts, Value self, Value key) {
  if (is_kind(key, K_SLICE)) return get_slice(ts, self, key);
  ssize_t i;
  if (index_of_key(ts, self, key, &i) < 0) return NULL;
  if (UNLIKELY((size_t)i >= (size_t)list_len(self))) return err_format(ts, EXC(IndexError), "list index out of range");
  return incref(list_get(self, i));
}

static int list_setitem(ThreadState *ts, Value self, Value key, Value value) {
  if (is_kind(key, K_SLICE)) return set_slice(ts, self, key, value);
  ssize_t i;
  if (index_of_key(ts, self, key, &i) < 0) return -1;
  if (UNLIKELY((size_t)i >= (size_t)list_len(self))) {
    err_format(ts, EXC(IndexError), "list assignment index out of range");
    return -1;
  }
  if (value == NULL) return splice(ts, as_list(self), i, i + 1, NULL, 0);
  replace(ts, &as_list(self)->items[i], incref(value));
  return 0;
}

static ssize_t list_length(ThreadState *ts, Value self) { return list_len(self); }

/* Does item i, which must exist, equal v? Holds it meanwhile. */
static int item_equals(ThreadState *ts, Value self, ssize_t i, Value v) {
  Value item = list_get(self, i);
  if (item == v) return 1;
  if (both_small_int(item, v)) return 0;
  incref(item);
  int c = compare_bool(ts, item, v, CMP_EQ);
  decref(ts, item);
  return c;
}

static int list_contains(ThreadState *ts, Value self, Value v) {
  for (ssize_t i = 0; i < list_len(self); i++) {
    int c = item_equals(ts, self, i, v);
    if (c != 0) return c;
  }
  return 0;
}

/* ---- whole lists ---- */

static Value list_concat(ThreadState *ts, Value a, Value b) {
  if (!is_list(b)) return err_format(ts, EXC(TypeError), "can only concatenate list (not \"%T\") to list", b);
  ssize_t n = list_len(a), m = list_len(b);
  Value v = list_new(ts, n + m);
  if (v == NULL) return NULL;
  Value *to = as_list(v)->items;
  for (ssize_t i = 0; i < n; i++) to[i] = incref(list_get(a, i));
  for (ssize_t i = 0; i < m; i++) to[n + i] = incref(list_get(b, i));
  as_list(v)->length = n + m;
  return v;
}

/* Fill to[done..total) by repeating to[0..n), whose references are counted `times` more. */
static void fill_repeats(Value *to, ssize_t n, ssize_t total, ssize_t times) {
  for (ssize_t i = 0; i < n; i++)
    if (is_object(to[i])) incref_times(to[i], (uint32_t)times);
  if (n == 1) {
    for (ssize_t i = 1; i < total; i++) to[i] = to[0];
    return;
  }
  for (ssize_t done = n; done < total;) {
    ssize_t more = done < total - done ? done : total - done;
    memcpy(to + done, to, (size_t)more * sizeof(Value));
    done += more;
  }
}

static Value list_repeat(ThreadState *ts, Value self, Value count) {
  ssize_t times = num_as_ssize(ts, count, EXC(OverflowError)), n = list_len(self), total;
  if (times == -1 && err_occurred(ts)) return NULL;
  if (times <= 0 || n == 0) return list_new(ts, 0);
  if (__builtin_mul_overflow(n, times, &total)) return err_no_memory(ts);
  Value v = list_new(ts, total);
  if (v == NULL) return NULL;
  Value *to = as_list(v)->items;
  for (ssize_t i = 0; i < n; i++) to[i] = incref(list_get(self, i));
  fill_repeats(to, n, total, times - 1);
  as_list(v)->length = total;
  return v;
}

static Value list_inplace_repeat(ThreadState *ts, Value self, Value count) {
  if (!has_index(ts, count)) return V_NOT_IMPLEMENTED;
  ssize_t times = num_as_ssize(ts, count, EXC(OverflowError)), n = list_len(self), total;
  if (times == -1 && err_occurred(ts)) return NULL;
  if (n == 0 || times == 1) return incref(self);
  if (times <= 0) {
    list_clear(ts, self);
    return incref(self);
  }
  if (__builtin_mul_overflow(n, times, &total)) return err_no_memory(ts);
  if (resize(ts, as_list(self), total) < 0) return NULL;
  fill_repeats(as_list(self)->items, n, total, times - 1);
  return incref(self);
}

static Value list_inplace_concat(ThreadState *ts, Value self, Value other) {
  return list_extend(ts, self, other) < 0 ? NULL : incref(self);
}

int list_reverse(ThreadState *ts, Value self) {
  List *l = as_list(self);
  SECTION(ts, self) {
    for (ssize_t i = 0, j = l->length - 1; i < j; i++, j--) {
      Value v = l->items[i];
      put(&l->items[i], l->items[j]);
      put(&l->items[j], v);
    }
  }
  return 0;
}

Value list_to_tuple(ThreadState *ts, Value self) {
  Value tuple = NULL;
  SECTION(ts, self) tuple = tuple_from_items(ts, as_list(self)->items, list_len(self));
  return tuple;
}

static Value list_repr(ThreadState *ts, Value self) {
  if (list_len(self) == 0) return str_from_ascii(ts, "[]");
  int printing = repr_enter(ts, self);
  if (printing != 0) return printing < 0 ? NULL : str_from_ascii(ts, "[...]");
  StrBuilder b;
  strb_init(&b, ts);
  if (strb_char(&b, '[') < 0) goto error;
  for (ssize_t i = 0; i < list_len(self); i++) {
    if (i && strb_ascii(&b, ", ", 2) < 0) goto error;
    Value item = incref(list_get(self, i));
    Value text = repr_of(ts, item);
    decref(ts, item);
    if (text == NULL) goto error;
    int r = strb_str(&b, text);
    decref(ts, text);
    if (r < 0) goto error;
  }
  if (strb_char(&b, ']') < 0) goto error;
  repr_leave(ts, self);
  return strb_finish(&b);
error:
  repr_leave(ts, self);
  strb_drop(&b);
  return NULL;
}

static Value compare_lengths(ssize_t n, ssize_t m, CompareOp op) {
  switch (op) {
    case CMP_LT: return bool_value(n < m);
    case CMP_LE: return bool_value(n <= m);
    case CMP_EQ: return bool_value(n == m);
    case CMP_NE: return bool_value(n != m);
    case CMP_GT: return bool_value(n > m);
    default: return bool_value(n >= m);
  }
}

static Value list_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_list(a) || !is_list(b)) return V_NOT_IMPLEMENTED;
  if (list_len(a) != list_len(b) && (op == CMP_EQ || op == CMP_NE)) return bool_value(op == CMP_NE);
  for (ssize_t i = 0; i < list_len(a) && i < list_len(b); i++) {
    Value x = list_get(a, i), y = list_get(b, i);
    if (x == y) continue;
    incref(x), incref(y);
    int same = compare_bool(ts, x, y, CMP_EQ);
    Value r = NULL;
    bool ended = i >= list_len(a) || i >= list_len(b); /* the comparison shortened a list */
    if (same == 0 && !ended) r = op == CMP_EQ ? V_FALSE : op == CMP_NE ? V_TRUE : compare(ts, x, y, op);
    decref(ts, x), decref(ts, y);
    if (same < 0 || r) return r;
    if (same == 0 && (!ended || err_occurred(ts))) return r;
    if (ended) break;
  }
  return compare_lengths(list_len(a), list_len(b), op);
}

/* ---- methods ---- */

static Value list_append_method(NATIVE_ARGS) { return list_append(ts, self, args[0]) < 0 ? NULL : V_NONE; }
static Value list_extend_method(NATIVE_ARGS) { return list_extend(ts, self, args[0]) < 0 ? NULL : V_NONE; }
static Value list_copy_method(NATIVE_ARGS) { return list_slice(ts, self, 0, list_len(self)); }
static Value list_clear_method(NATIVE_ARGS) {
  list_clear(ts, self);
  return V_NONE;
}
static Value list_reverse_method(NATIVE_ARGS) {
  list_reverse(ts, self);
  return V_NONE;
}

static Value list_insert_method(NATIVE_ARGS) {
  ssize_t at = arg_as_ssize(ts, args[0]);
  if (at == -1 && err_occurred(ts)) return NULL;
  return list_insert(ts, self, at, args[1]) < 0 ? NULL : V_NONE;
}

static Value list_pop_method(NATIVE_ARGS) {
  List *l = as_list(self);
  ssize_t at = -1;
  if (nargs) {
    at = arg_as_ssize(ts, args[0]);
    if (at == -1 && err_occurred(ts)) return NULL;
  }
  if (l->length == 0) return err_format(ts, EXC(IndexError), "pop from empty list");
  if (at < 0) at += l->length;
  if (at < 0 || at >= l->length) return err_format(ts, EXC(IndexError), "pop index out of range");
  Value v = l->items[at];
  move_items(ts, l->items + at, l->items + at + 1, l->length - at - 1);
  shrink(ts, l, l->length - 1);
  return v;
}

static Value list_remove_method(NATIVE_ARGS) {
  for (ssize_t i = 0; i < list_len(self); i++) {
    int c = item_equals(ts, self, i, args[0]);
    if (c < 0) return NULL;
    if (c && i < list_len(self)) return splice(ts, as_list(self), i, i + 1, NULL, 0) < 0 ? NULL : V_NONE;
  }
  return err_format(ts, EXC(ValueError), "list.remove(x): x not in list");
}

static Value list_index_method(NATIVE_ARGS) {
  ssize_t bounds[2] = {0, PTRDIFF_MAX};
  for (ssize_t i = 1; i < nargs; i++) {
    if (!has_index(ts, args[i]))
      return err_format(ts, EXC(TypeError), "slice indices must be integers or have an __index__ method");
    bounds[i - 1] = num_as_ssize(ts, args[i], NULL);
    if (bounds[i - 1] == -1 && err_occurred(ts)) return NULL;
    if (bounds[i - 1] < 0) bounds[i - 1] += list_len(self);
    if (bounds[i - 1] < 0) bounds[i - 1] = 0;
  }
  for (ssize_t i = bounds[0]; i < bounds[1] && i < list_len(self); i++) {
    int c = item_equals(ts, self, i, args[0]);
    if (c != 0) return c < 0 ? NULL : small_int_value(i);
  }
  return err_format(ts, EXC(ValueError), "%R is not in list", args[0]);
}

static Value list_count_method(NATIVE_ARGS) {
  ssize_t n = 0;
  for (ssize_t i = 0; i < list_len(self); i++) {
    int c = item_equals(ts, self, i, args[0]);
    if (c < 0) return NULL;
    n += c;
  }
  return small_int_value(n);
}

static Value list_sort_method(NATIVE_ARGS) {
  static const char *const names[] = {"key", "reverse"};
  static const ArgSpec spec = {"sort", 0, 0, 0, 2, names};
  Value out[2] = {NULL, NULL};
  if (nargs) return err_format(ts, EXC(TypeError), "sort() takes no positional arguments");
  if (kwnames && args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  int reverse = 0;
  if (out[1]) {
    int64_t flag;
    if (num_as_i64(ts, out[1], &flag) < 0) return NULL;
    reverse = flag != 0;
  }
  return list_sort(ts, self, out[0] && !is_none(out[0]) ? out[0] : NULL, reverse) < 0 ? NULL : V_NONE;
}

static Value list_sizeof(NATIVE_ARGS) { return small_int_value((int64_t)(40 + as_list(self)->capacity * 8)); }
static Value list_class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

static Value list_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  return type == TYPE(LIST) ? list_new(ts, 0) : object_new_instance(ts, type);
}

static int list_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (kwnames && type_of(ts, self)->slots.new == list_type_new && args_no_keywords(ts, "list", kwnames) < 0) return -1;
  if (args_count(ts, "list", nargs, 0, 1) < 0) return -1;
  if (as_list(self)->items) list_clear(ts, self);
  return nargs ? list_extend(ts, self, args[0]) : 0;
}

/* ---- what sequence iterators share ---- */

Type *more_type(ThreadState *ts, int which, const TypeSpec *spec, Kind layout) {
  Type **place = &ts->interp->more_types[which];
  if (UNLIKELY(*place == NULL)) *place = type_from_spec(ts, spec, NULL, layout);
  return *place;
}

Value iterator_itself(ThreadState *ts, Value self) { return incref(self); }

Value sequence_iterator_new(ThreadState *ts, Type *type, Value sequence) {
  SequenceIterator *it = (SequenceIterator *)(type ? object_alloc_raw(ts, type, sizeof(SequenceIterator)) : NULL);
  if (it == NULL) return NULL;
  it->index = 0;
  it->sequence = incref(sequence);
  return (Value)it;
}

void sequence_iterator_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((SequenceIterator *)self)->sequence);
  object_release(ts, self);
}
int sequence_iterator_traverse(Value self, Visit visit, void *arg) {
  VISIT(((SequenceIterator *)self)->sequence);
  return 0;
}
int sequence_iterator_clear(ThreadState *ts, Value self) {
  CLEAR(((SequenceIterator *)self)->sequence);
  return 0;
}

static Value iterator_length_hint(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return small_int_value(0);
  ssize_t n = length(ts, it->sequence);
  if (n < 0) return NULL;
  return small_int_value(n > it->index ? n - it->index : 0);
}

static Value iterator_reduce(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  Value iter = dict_get_cstr(ts, (Value)ts->interp->builtins, "iter");
  if (iter == NULL) return err_occurred(ts) ? NULL : err_format(ts, EXC(AttributeError), "iter");
  if (it->sequence) {
    Value holder = tuple_of1(ts, it->sequence);
    return holder ? tuple_steal3(ts, incref(iter), holder, small_int_value(it->index)) : NULL;
  }
  Value empty = is_kind(self, K_STR_ITERATOR)     ? str_from_ascii(ts, "")
                : is_kind(self, K_TUPLE_ITERATOR) ? tuple_new(ts, 0)
                                                  : list_new(ts, 0);
  if (empty == NULL) return NULL;
  Value holder = tuple_of1(ts, empty);
  decref(ts, empty);
  return holder ? tuple_steal2(ts, incref(iter), holder) : NULL;
}

static Value iterator_setstate(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  ssize_t i = arg_as_ssize(ts, args[0]);
  if (i == -1 && err_occurred(ts)) return NULL;
  if (it->sequence) {
    ssize_t n = length(ts, it->sequence);
    if (n < 0) return NULL;
    it->index = i < 0 ? 0 : i > n ? n : i;
  }
  return V_NONE;
}

const MethodDef sequence_iterator_methods[] = {
  {"__length_hint__", iterator_length_hint, 0, 0, 0, "Private method returning an estimate of len(list(it))."},
  {"__reduce__", iterator_reduce, 0, 0, 0, "Return state information for pickling."},
  {"__setstate__", iterator_setstate, 1, 1, 0, "Set state information for unpickling."},
  {0}};

/* ---- iterators ---- */

static Value list_iter(ThreadState *ts, Value self) { return sequence_iterator_new(ts, TYPE(LIST_ITERATOR), self); }

static Value iterator_next(ThreadState *ts, Value self) {
  SequenceIterator *it = (SequenceIterator *)self;
  Value list = __atomic_load_n(&it->sequence, __ATOMIC_ACQUIRE);
  if (list == NULL) return NULL;
  ssize_t i = __atomic_load_n(&it->index, __ATOMIC_RELAXED);
  Value item = LIKELY(i < list_len(list)) ? LIST_GET(ts, list, i) : NULL;
  if (LIKELY(item != NULL)) {
    __atomic_store_n(&it->index, i + 1, __ATOMIC_RELAXED);
    return incref(item);
  }
  CLEAR(it->sequence);
  return NULL;
}

Type *type_list_iterator_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "list_iterator",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear,
              .iter = iterator_itself, .next = iterator_next},
    .methods = sequence_iterator_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_LIST_ITERATOR);
}

static Value reverse_next(ThreadState *ts, Value self) {
  SequenceIterator *it = (SequenceIterator *)self;
  if (it->sequence == NULL) return NULL;
  if (it->index >= 0 && it->index < list_len(it->sequence)) return incref(list_get(it->sequence, it->index--));
  it->index = -1;
  CLEAR(it->sequence);
  return NULL;
}

static Value reverse_length_hint(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  ssize_t n = it->index + 1;
  return small_int_value(it->sequence == NULL || list_len(it->sequence) < n ? 0 : n);
}

static Value reverse_reduce(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  bool live = it->sequence != NULL;
  Value make = dict_get_cstr(ts, (Value)ts->interp->builtins, live ? "reversed" : "iter");
  if (make == NULL) return err_occurred(ts) ? NULL : err_format(ts, EXC(AttributeError), "reversed");
  Value source = live ? incref(it->sequence) : list_new(ts, 0), holder = source ? tuple_of1(ts, source) : NULL;
  xdecref(ts, source);
  if (holder == NULL) return NULL;
  return live ? tuple_steal3(ts, incref(make), holder, small_int_value(it->index)) : tuple_steal2(ts, incref(make), holder);
}

static Value reverse_setstate(NATIVE_ARGS) {
  SequenceIterator *it = (SequenceIterator *)self;
  ssize_t i = arg_as_ssize(ts, args[0]);
  if (i == -1 && err_occurred(ts)) return NULL;
  if (it->sequence) it->index = i < -1 ? -1 : i >= list_len(it->sequence) ? list_len(it->sequence) - 1 : i;
  return V_NONE;
}

static Value list_reversed(NATIVE_ARGS) {
  static const MethodDef methods[] = {{"__length_hint__", reverse_length_hint, 0, 0, 0, NULL},
                                      {"__reduce__", reverse_reduce, 0, 0, 0, NULL},
                                      {"__setstate__", reverse_setstate, 1, 1, 0, NULL},
                                      {0}};
  static const TypeSpec spec = {
    .name = "list_reverseiterator",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear,
              .iter = iterator_itself, .next = reverse_next},
    .methods = methods,
  };
  Value it = sequence_iterator_new(ts, more_type(ts, MORE_LIST_REVERSE_ITERATOR, &spec, K_OBJECT), self);
  if (it) ((SequenceIterator *)it)->index = list_len(self) - 1;
  return it;
}

/* ---- the type ---- */

static const MethodDef list_methods[] = {
  {"__reversed__", list_reversed, 0, 0, 0, "__reversed__($self, /)\n--\n\nReturn a reverse iterator over the list."},
  {"__sizeof__", list_sizeof, 0, 0, 0, "__sizeof__($self, /)\n--\n\nReturn the size of the list in memory, in bytes."},
  {"clear", list_clear_method, 0, 0, 0, "clear($self, /)\n--\n\nRemove all items from list."},
  {"copy", list_copy_method, 0, 0, 0, "copy($self, /)\n--\n\nReturn a shallow copy of the list."},
  {"append", list_append_method, 1, 1, 0, "append($self, object, /)\n--\n\nAppend object to the end of the list."},
  {"insert", list_insert_method, 2, 2, 0, "insert($self, index, object, /)\n--\n\nInsert object before index."},
  {"extend", list_extend_method, 1, 1, 0, "extend($self, iterable, /)\n--\n\nExtend list by appending elements from the iterable."},
  {"pop", list_pop_method, 0, 1, 0, "pop($self, index=-1, /)\n--\n\nRemove and return item at index (default last)."},
  {"remove", list_remove_method, 1, 1, 0, "remove($self, value, /)\n--\n\nRemove first occurrence of value."},
  {"index", list_index_method, 1, 3, 0, "index($self, value, start=0, stop=9223372036854775807, /)\n--\n\nReturn first index of value."},
  {"count", list_count_method, 1, 1, 0, "count($self, value, /)\n--\n\nReturn number of occurrences of value."},
  {"reverse", list_reverse_method, 0, 0, 0, "reverse($self, /)\n--\n\nReverse *IN PLACE*."},
  {"sort", list_sort_method, 0, -1, METHOD_KW, "sort($self, /, *, key=None, reverse=False)\n--\n\nSort the list in ascending order and return None. The sort is in-place and stable."},
  {"__class_getitem__", list_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"},
  {0}};

Type *type_list_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "list",
    .doc = "list(iterable=(), /)\n--\n\nBuilt-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.",
    .size = sizeof(List),
    .flags = TYPE_GC | TYPE_BASETYPE | TYPE_SEQUENCE | TYPE_MATCH_SELF,
    .slots = {
      .dealloc = list_dealloc,
      .traverse = list_traverse,
      .clear = slot_clear,
      .repr = list_repr,
      .compare = list_compare,
      .iter = list_iter,
      .new = list_type_new,
      .init = list_init,
      .inplace = {[NB_MULTIPLY] = list_inplace_repeat},
      .len = list_length,
      .getitem = list_getitem,
      .setitem = list_setitem,
      .contains = list_contains,
      .concat = list_concat,
      .repeat = list_repeat,
      .inplace_concat = list_inplace_concat,
    },
    .methods = list_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_LIST);
}
