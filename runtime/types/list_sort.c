/* list_sort.c - list.sort(): stable, in place, n log n comparisons at most and n when the list is sorted already.
 * How: each item gets a rank, an integer that is smaller only if the item is smaller: ints and floats whole, strings by
 *   their first eight bytes, tuples by their first item. Most comparisons are decided by ranks alone and cost no look at
 *   the objects. Natural runs are merged in the order of Munro's and Wild's powersort (CPython 3.11's choice too);
 *   when ranks decide everything and there is no order to begin with, a radix sort by them is faster still.
 * Keeps true: while user code runs (key functions, __lt__) the list is empty, so that nobody sees it half sorted; a list
 *   that was changed meanwhile gives ValueError. When a comparison raises, the old order stands again.
 * CPython: Objects/listobject.c, Objects/listsort.txt (T. Peters). */
#include "runtime/object.h"

#include <math.h>
#include <stdlib.h>

/* What is moved about: a rank and the value, or the Keyed pair when there is a key function. */
typedef struct {
  int64_t rank;
  void *what;
} Item;
typedef struct {
  Value key, value;
} Keyed;

typedef enum { RANK_DECIDES, RANK_STR, RANK_TUPLE, RANK_NOTHING } RankKind;

typedef struct {
  ThreadState *ts;
  RankKind kind;
  bool keyed;
  Item *items, *spare; /* n each; spare for half of them is enough when merging */
  ssize_t n;
} Sort;

/* ---- ranks ---- */

static int64_t rank_of_double(double d) {
  int64_t bits;
  if (d == 0) return 0; /* also -0.0 */
  memcpy(&bits, &d, sizeof bits);
  return bits < 0 ? bits ^ INT64_MAX : bits;
}

static int64_t rank_of_str(Value s) {
  uint8_t bytes[8] = {0};
  size_t n = str_len(s) < 8 ? (size_t)str_len(s) : 8;
  memcpy(bytes, as_str(s)->data, n);
  uint64_t u = 0;
  for (int i = 0; i < 8; i++) u = u << 8 | bytes[i];
  return (int64_t)(u ^ (uint64_t)1 << 63);
}

enum { IS_INT = 1, IS_NUMBER = 2, IS_STR = 4, IS_TUPLE = 8 };

/* Which kinds of rank v could have. */
static unsigned possible_ranks(Value v) {
  if (is_small_int(v)) return IS_INT | (small_int(v) >= -((int64_t)1 << 53) && small_int(v) <= (int64_t)1 << 53 ? IS_NUMBER : 0);
  if (is_small_float(v) || v == V_ZERO || v == V_NEGATIVE_ZERO) return IS_NUMBER;
  if (!is_object(v)) return 0;
  if (v->kind == K_STR && str_width(v) == 1) return IS_STR;
  if (v->kind == K_FLOAT && !isnan(((FloatObject *)v)->value)) return IS_NUMBER;
  return v->kind == K_TUPLE && tuple_len(v) > 0 ? IS_TUPLE : 0;
}

static int64_t rank_as(unsigned kinds, Value v) {
  if (kinds & IS_INT) return small_int(v);
  if (kinds & IS_NUMBER) return rank_of_double(is_small_int(v) ? (double)small_int(v) : float_value(v));
  return rank_of_str(v);
}

static inline Value key_of(const Sort *s, const Item *item) { return s->keyed ? ((Keyed *)item->what)->key : item->what; }

/* Give all items their ranks: the finest kind that suits every one of them. */
static void rank_items(Sort *s) {
  unsigned kinds = IS_INT | IS_NUMBER | IS_STR | IS_TUPLE, inner = IS_INT | IS_NUMBER | IS_STR;
  for (ssize_t i = 0; i < s->n && kinds; i++) {
    Value key = key_of(s, &s->items[i]);
    kinds &= possible_ranks(key);
    if (kinds & IS_TUPLE) inner &= possible_ranks(tuple_get(key, 0));
  }
  s->kind = kinds & (IS_INT | IS_NUMBER) ? RANK_DECIDES : kinds & IS_STR ? RANK_STR : kinds & IS_TUPLE ? RANK_TUPLE : RANK_NOTHING;
  for (ssize_t i = 0; i < s->n; i++) {
    Value key = key_of(s, &s->items[i]);
    if (s->kind == RANK_NOTHING || (s->kind == RANK_TUPLE && !inner)) s->items[i].rank = 0;
    else s->items[i].rank = s->kind == RANK_TUPLE ? rank_as(inner, tuple_get(key, 0)) : rank_as(kinds, key);
  }
}

/* ---- comparing: 1 less, 0 not, -1 error ---- */

static int value_less(ThreadState *ts, Value x, Value y) {
  if (both_small_int(x, y)) return small_int(x) < small_int(y);
  if (both_small_float(x, y)) return small_float(x) < small_float(y);
  if (is_exact_str(x) && is_exact_str(y)) return str_compare(x, y) < 0;
  return compare_bool(ts, x, y, CMP_LT);
}

static int tuple_less(ThreadState *ts, Value a, Value b) {
  ssize_t n = tuple_len(a), m = tuple_len(b);
  for (ssize_t i = 0; i < n && i < m; i++) {
    Value x = tuple_get(a, i), y = tuple_get(b, i);
    if (x == y) continue;
    int same = both_small_int(x, y)                      ? 0
               : is_exact_str(x) && is_exact_str(y) ? str_equal(x, y)
                                                         : compare_bool(ts, x, y, CMP_EQ);
    if (same < 0) return -1;
    if (!same) return value_less(ts, x, y);
  }
  return n < m;
}

static __attribute__((noinline)) int less_behind_rank(Sort *s, const Item *x, const Item *y) {
  Value a = key_of(s, x), b = key_of(s, y);
  if (s->kind == RANK_STR) return str_compare(a, b) < 0;
  return s->kind == RANK_TUPLE ? tuple_less(s->ts, a, b) : value_less(s->ts, a, b);
}

static inline int less(Sort *s, const Item *x, const Item *y) {
  if (LIKELY(x->rank != y->rank)) return x->rank < y->rank;
  return s->kind == RANK_DECIDES ? 0 : less_behind_rank(s, x, y);
}

/* ---- runs ---- */

static void reverse_items(Item *from, Item *to) {
  while (from < --to) {
    Item t = *from;
    *from++ = *to;
    *to = t;
  }
}

/* The run that begins at `from`, turned round if it falls. Its end, NULL on error. */
static Item *find_run(Sort *s, Item *from, Item *end) {
  Item *p = from + 1;
  if (p == end) return p;
  int falls = less(s, p, p - 1);
  if (falls < 0) return NULL;
  for (p++; p < end; p++) {
    int l = less(s, p, p - 1);
    if (l < 0) return NULL;
    if (l != falls) break;
  }
  if (falls) reverse_items(from, p);
  return p;
}

/* from..sorted is in order; put the rest up to end in, each by a binary search. */
static int insert_rest(Sort *s, Item *from, Item *sorted, Item *end) {
  for (; sorted < end; sorted++) {
    Item item = *sorted, *low = from, *high = sorted;
    while (low < high) {
      Item *middle = low + (high - low) / 2;
      int l = less(s, &item, middle);
      if (l < 0) return -1;
      if (l) high = middle;
      else low = middle + 1;
    }
    memmove(low + 1, low, (size_t)(sorted - low) * sizeof(Item));
    *low = item;
  }
  return 0;
}

/* ---- merging ---- */

/* The first place in low..high whose item is greater than x (after: true), or not less than it. */
static Item *search(Sort *s, const Item *x, Item *low, Item *high, bool after) {
  while (low < high) {
    Item *middle = low + (high - low) / 2;
    int l = after ? less(s, x, middle) : less(s, middle, x);
    if (l < 0) return NULL;
    if (after ? !l : l) low = middle + 1;
    else high = middle;
  }
  return low;
}

static int merge_up(Sort *s, Item *a, Item *b, Item *end) { /* the left run is the shorter one */
  ssize_t n = b - a;
  Item *left = s->spare, *left_end = left + n, *to = a;
  memcpy(left, a, (size_t)n * sizeof(Item));
  while (left < left_end && b < end) {
    int l = less(s, b, left);
    if (l < 0) return -1;
    *to++ = l ? *b++ : *left++;
  }
  memcpy(to, left, (size_t)(left_end - left) * sizeof(Item));
  return 0;
}

static int merge_down(Sort *s, Item *a, Item *b, Item *end) {
  ssize_t n = end - b;
  Item *right = s->spare, *r = right + n, *l = b, *to = end;
  memcpy(right, b, (size_t)n * sizeof(Item));
  while (l > a && r > right) {
    int c = less(s, r - 1, l - 1);
    if (c < 0) return -1;
    *--to = c ? *--l : *--r;
  }
  memcpy(a + (l - a), right, (size_t)(r - right) * sizeof(Item));
  return 0;
}

static int merge(Sort *s, Item *a, Item *b, Item *end) {
  if ((a = search(s, b, a, b, true)) == NULL) return -1; /* what stands right already stays */
  if (a == b) return 0;
  if ((end = search(s, b - 1, b, end, false)) == NULL) return -1;
  return b - a <= end - b ? merge_up(s, a, b, end) : merge_down(s, a, b, end);
}

/* The depth at which two neighbouring runs would be joined in a nearly optimal merge tree over n items. */
static int power_of(ssize_t start, ssize_t n1, ssize_t n2, ssize_t n) {
  int power = 0;
  ssize_t a = 2 * start + n1, b = a + n1 + n2; /* twice the middles */
  for (;;) {
    power++;
    if (a >= n) a -= n, b -= n;
    else if (b >= n) return power;
    a <<= 1, b <<= 1;
  }
}

typedef struct {
  Item *start, *end;
  int power; /* of the border to the next run */
} Run;

static int join_top(Sort *s, Run *runs, int *count) {
  Run *left = &runs[*count - 2], *right = &runs[*count - 1];
  if (merge(s, left->start, right->start, right->end) < 0) return -1;
  left->end = right->end;
  --*count;
  return 0;
}

static int merge_sort(Sort *s) {
  Run runs[85];
  int count = 0;
  ssize_t min_run = s->n, odd = 0;
  for (; min_run >= 64; min_run >>= 1) odd |= min_run & 1;
  min_run += odd;
  Item *end = s->items + s->n;
  for (Item *start = s->items; start < end;) {
    Item *stop = find_run(s, start, end);
    if (stop == NULL) return -1;
    if (stop - start < min_run) {
      Item *sorted = stop;
      stop = end - start < min_run ? end : start + min_run;
      if (insert_rest(s, start, sorted, stop) < 0) return -1;
    }
    if (count) {
      Run *top = &runs[count - 1];
      int power = power_of(top->start - s->items, top->end - top->start, stop - start, s->n);
      while (count > 1 && runs[count - 2].power > power)
        if (join_top(s, runs, &count) < 0) return -1;
      runs[count - 1].power = power;
    }
    runs[count++] = (Run){start, stop, 0};
    start = stop;
  }
  while (count > 1)
    if (join_top(s, runs, &count) < 0) return -1;
  return 0;
}

/* ---- by the digits of the ranks ---- */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

static void radix_sort(Sort *s, int64_t low, uint64_t range) {
  Item *from = s->items, *to = s->spare;
  for (int shift = 0; shift < 64 && range >> shift != 0; shift += DIGIT_BITS) {
    ssize_t at[DIGITS] = {0}, sum = 0;
    for (ssize_t i = 0; i < s->n; i++) at[((uint64_t)from[i].rank - (uint64_t)low) >> shift & (DIGITS - 1)]++;
    for (int d = 0; d < DIGITS; d++) {
      ssize_t n = at[d];
      at[d] = sum;
      sum += n;
    }
    for (ssize_t i = 0; i < s->n; i++) to[at[((uint64_t)from[i].rank - (uint64_t)low) >> shift & (DIGITS - 1)]++] = from[i];
    Item *t = from;
    from = to;
    to = t;
  }
  if (from != s->items) memcpy(s->items, from, (size_t)s->n * sizeof(Item));
}

/* Worth it when there is little order yet and the ranks span few digits. True when sorted. */
static bool try_radix(Sort *s) {
  if (s->kind != RANK_DECIDES || s->n < 1000) return false;
  int64_t low = s->items[0].rank, high = low;
  ssize_t steps_down = 0;
  for (ssize_t i = 1; i < s->n; i++) {
    int64_t rank = s->items[i].rank;
    steps_down += rank < s->items[i - 1].rank;
    if (rank < low) low = rank;
    if (rank > high) high = rank;
  }
  uint64_t range = (uint64_t)high - (uint64_t)low;
  if (steps_down < s->n / 16 || steps_down > s->n - s->n / 16 || range >> (4 * DIGIT_BITS) != 0) return false;
  radix_sort(s, low, range);
  return true;
}

/* ---- the whole ---- */

static int sort_items(Sort *s) {
  rank_items(s);
  s->spare = mem_alloc(s->ts, (size_t)s->n * sizeof(Item));
  if (s->spare == NULL) return -1;
  int r = try_radix(s) ? 0 : merge_sort(s);
  mem_free(s->ts, s->spare);
  return r;
}

static Keyed *make_keys(ThreadState *ts, Value *values, ssize_t n, Value key) {
  Keyed *pairs = mem_alloc(ts, (size_t)n * sizeof(Keyed));
  if (pairs == NULL) return NULL;
  for (ssize_t i = 0; i < n; i++) {
    pairs[i] = (Keyed){call1(ts, key, values[i]), values[i]};
    if (pairs[i].key) continue;
    while (--i >= 0) decref(ts, pairs[i].key);
    mem_free(ts, pairs);
    return NULL;
  }
  return pairs;
}

/* Sort values[0..n); on failure they stay as they were. */
static int sort_values(ThreadState *ts, Value *values, ssize_t n, Value key, bool reverse) {
  if (n == 0) return 0;
  Sort s = {.ts = ts, .n = n, .keyed = key != NULL};
  Keyed *pairs = key ? make_keys(ts, values, n, key) : NULL;
  if (key && pairs == NULL) return -1;
  int r = -1;
  s.items = mem_alloc(ts, (size_t)n * sizeof(Item));
  if (s.items == NULL) goto done;
  for (ssize_t i = 0; i < n; i++) s.items[i].what = key ? (void *)&pairs[i] : (void *)values[i];
  if (reverse) reverse_items(s.items, s.items + n); /* twice turned, equal items keep their order */
  r = n > 1 ? sort_items(&s) : 0;
  if (r == 0) {
    if (reverse) reverse_items(s.items, s.items + n);
    /* pairs hold the values, so that values[] may be overwritten in any order */
    for (ssize_t i = 0; i < n; i++) RACY_STORE(values[i], key ? ((Keyed *)s.items[i].what)->value : (Value)s.items[i].what);
  }
done:
  mem_free(ts, s.items);
  for (ssize_t i = 0; pairs && i < n; i++) decref(ts, pairs[i].key);
  mem_free(ts, pairs);
  return r;
}

int list_sort(ThreadState *ts, Value self, Value key, bool reverse) {
  List *l = as_list(self);
  List saved = *l;
  __atomic_store_n(&l->length, 0, __ATOMIC_RELEASE);
  __atomic_store_n(&l->items, NULL, __ATOMIC_RELEASE);
  l->capacity = 0;
  int r = sort_values(ts, saved.items, saved.length, key, reverse);
  Value *intruded = l->items;
  ssize_t intruders = l->length;
  bool changed = intruded != NULL;
  __atomic_store_n(&l->items, saved.items, __ATOMIC_RELEASE);
  l->capacity = saved.capacity;
  __atomic_store_n(&l->length, saved.length, __ATOMIC_RELEASE);
  while (--intruders >= 0) decref(ts, intruded[intruders]);
  list_items_free(ts, intruded);
  if (changed && r == 0) {
    err_format(ts, EXC(ValueError), "list modified during sort");
    return -1;
  }
  return r;
}
