/* tuple.c - tuples, and the tuples with named fields of sys, os and time. Objects/tupleobject.c, structseq.c in CPython.
 * Keeps true: there is one empty tuple (interp->empty_tuple) apart from those of subclasses; items never change once a
 *   tuple has been seen by Python code.
 * Next: list.c. */
#include "runtime/object.h"
#include "runtime/slots.h"

#include <stdlib.h>

/* ---- new ---- */

static OWNED Value alloc_tuple(ThreadState *ts, Type *type, ssize_t n) {
  if (UNLIKELY((size_t)n > (PTRDIFF_MAX - 4096) / sizeof(Value))) return err_no_memory(ts);
  Tuple *t = (Tuple *)object_alloc_var(ts, type, sizeof(Tuple) + (size_t)n * sizeof(Value));
  if (UNLIKELY(t == NULL)) return NULL;
  t->length = n;
  return (Value)t;
}

Value tuple_new(ThreadState *ts, ssize_t n) {
  if (n == 0 && LIKELY(ts->interp->empty_tuple != NULL)) return incref(ts->interp->empty_tuple);
  Value v = alloc_tuple(ts, TYPE(TUPLE), n);
  if (v) memset(tuple_items(v), 0, (size_t)n * sizeof(Value));
  return v;
}

Value tuple_from_items(ThreadState *ts, Value *items, ssize_t n) {
  if (n == 0) return tuple_new(ts, 0);
  Value v = alloc_tuple(ts, TYPE(TUPLE), n);
  if (UNLIKELY(v == NULL)) return NULL;
  Value *to = tuple_items(v);
  for (ssize_t i = 0; i < n; i++) to[i] = incref(items[i]);
  return v;
}

Value tuple_of1(ThreadState *ts, Value a) { return tuple_from_items(ts, &a, 1); }
Value tuple_of2(ThreadState *ts, Value a, Value b) { return tuple_from_items(ts, (Value[]){a, b}, 2); }
Value tuple_of3(ThreadState *ts, Value a, Value b, Value c) { return tuple_from_items(ts, (Value[]){a, b, c}, 3); }

static OWNED Value steal_items(ThreadState *ts, Value *items, ssize_t n) {
  bool whole = true;
  for (ssize_t i = 0; i < n; i++) whole = whole && items[i] != NULL;
  Value v = whole ? alloc_tuple(ts, TYPE(TUPLE), n) : NULL;
  if (v) memcpy(tuple_items(v), items, (size_t)n * sizeof(Value));
  else
    for (ssize_t i = 0; i < n; i++) xdecref(ts, items[i]);
  return v;
}
Value tuple_steal2(ThreadState *ts, Value a, Value b) { return steal_items(ts, (Value[]){a, b}, 2); }
Value tuple_steal3(ThreadState *ts, Value a, Value b, Value c) { return steal_items(ts, (Value[]){a, b, c}, 3); }

Value tuple_slice(ThreadState *ts, Value t, ssize_t start, ssize_t stop) {
  if (start == 0 && stop == tuple_len(t) && is_kind(t, K_TUPLE)) return incref(t);
  return tuple_from_items(ts, tuple_items(t) + start, stop > start ? stop - start : 0);
}

static void tuple_dealloc(ThreadState *ts, Value self) {
  for (ssize_t i = tuple_len(self); --i >= 0;) xdecref(ts, tuple_get(self, i));
  object_release(ts, self);
}

static int tuple_traverse(Value self, Visit visit, void *arg) {
  for (ssize_t i = 0; i < tuple_len(self); i++) VISIT(tuple_get(self, i));
  return 0;
}

static Value tuple_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords_new(ts, type, TYPE(TUPLE), kwnames) < 0) return NULL;
  if (args_count(ts, "tuple", nargs, 0, 1) < 0) return NULL;
  Value v = nargs ? tuple_from_iterable(ts, args[0]) : tuple_new(ts, 0);
  if (v == NULL || type == TYPE(TUPLE)) return v;
  Value self = alloc_tuple(ts, type, tuple_len(v));
  if (self)
    for (ssize_t i = 0; i < tuple_len(v); i++) tuple_set(self, i, incref(tuple_get(v, i)));
  decref(ts, v);
  return self;
}

/* ---- operations ---- */

/* xxHash's mixing of the items' hashes. */
static int64_t tuple_hash(ThreadState *ts, Value self) {
  const uint64_t p1 = 11400714785074694791u, p2 = 14029467366897019727u, p5 = 2870177450012600261u;
  uint64_t acc = p5;
  ssize_t n = tuple_len(self);
  for (ssize_t i = 0; i < n; i++) {
    int64_t lane = hash_of(ts, tuple_get(self, i));
    if (lane == -1) return -1;
    acc += (uint64_t)lane * p2;
    acc = acc << 31 | acc >> 33;
    acc *= p1;
  }
  acc += (uint64_t)n ^ (p5 ^ 3527539u);
  return acc == (uint64_t)-1 ? 1546275796 : (int64_t)acc;
}

static Value tuple_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_tuple(a) || !is_tuple(b)) return V_NOT_IMPLEMENTED;
  ssize_t n = tuple_len(a), m = tuple_len(b);
  for (ssize_t i = 0; i < n && i < m; i++) {
    Value x = tuple_get(a, i), y = tuple_get(b, i);
    if (x == y) continue;
    int same = compare_bool(ts, x, y, CMP_EQ);
    if (same < 0) return NULL;
    if (same == 0) return op == CMP_EQ ? V_FALSE : op == CMP_NE ? V_TRUE : compare(ts, x, y, op);
  }
  switch (op) {
    case CMP_LT: return bool_value(n < m);
    case CMP_LE: return bool_value(n <= m);
    case CMP_EQ: return bool_value(n == m);
    case CMP_NE: return bool_value(n != m);
    case CMP_GT: return bool_value(n > m);
    default: return bool_value(n >= m);
  }
}

static Value tuple_repr(ThreadState *ts, Value self) {
  ssize_t n = tuple_len(self);
  if (n == 0) return str_from_ascii(ts, "()");
  int printing = repr_enter(ts, self);
  if (printing != 0) return printing < 0 ? NULL : str_from_ascii(ts, "(...)");
  StrBuilder b;
  strb_init(&b, ts);
  int r = strb_char(&b, '(');
  for (ssize_t i = 0; i < n && r == 0; i++) {
    if (i) r = strb_ascii(&b, ", ", 2);
    Value text = r == 0 ? repr_of(ts, tuple_get(self, i)) : NULL;
    r = text ? strb_str(&b, text) : -1;
    xdecref(ts, text);
  }
  if (r == 0) r = strb_ascii(&b, n == 1 ? ",)" : ")", -1);
  repr_leave(ts, self);
  if (r == 0) return strb_finish(&b);
  strb_drop(&b);
  return NULL;
}

static ssize_t tuple_length(ThreadState *ts, Value self) { return tuple_len(self); }

static int tuple_contains(ThreadState *ts, Value self, Value v) {
  for (ssize_t i = 0; i < tuple_len(self); i++) {
    Value item = tuple_get(self, i);
    int c = item == v ? 1 : compare_bool(ts, item, v, CMP_EQ);
    if (c != 0) return c;
  }
  return 0;
}

static OWNED Value get_slice(ThreadState *ts, Value self, Value slice) {
  ssize_t start, stop, step, count;
  if (slice_indices(ts, slice, tuple_len(self), &start, &stop, &step, &count) < 0) return NULL;
  if (count <= 0) return tuple_new(ts, 0);
  if (step == 1) return tuple_slice(ts, self, start, start + count);
  Value v = alloc_tuple(ts, TYPE(TUPLE), count);
  if (v)
    for (ssize_t i = 0, at = start; i < count; i++, at += step) tuple_set(v, i, incref(tuple_get(self, at)));
  return v;
}

static Value tuple_getitem(ThreadState *ts, Value self, Value key) {
  ssize_t i;
  if (LIKELY(is_small_int(key))) {
    i = small_int(key);
  } else if (is_kind(key, K_SLICE)) {
    return get_slice(ts, self, key);
  } else if (has_index(ts, key)) {
    i = num_as_ssize(ts, key, EXC(IndexError));
    if (i == -1 && err_occurred(ts)) return NULL;
  } else {
    return err_format(ts, EXC(TypeError), "tuple indices must be integers or slices, not %T", key);
  }
  if (i < 0) i += tuple_len(self);
  if (UNLIKELY(i < 0 || i >= tuple_len(self))) return err_format(ts, EXC(IndexError), "tuple index out of range");
  return incref(tuple_get(self, i));
}

static Value tuple_concat(ThreadState *ts, Value a, Value b) {
  if (tuple_len(a) == 0 && is_kind(b, K_TUPLE)) return incref(b);
  if (!is_tuple(b)) return err_format(ts, EXC(TypeError), "can only concatenate tuple (not \"%T\") to tuple", b);
  if (tuple_len(b) == 0 && is_kind(a, K_TUPLE)) return incref(a);
  ssize_t n = tuple_len(a), m = tuple_len(b);
  Value v = n + m ? alloc_tuple(ts, TYPE(TUPLE), n + m) : tuple_new(ts, 0);
  if (v == NULL) return NULL;
  for (ssize_t i = 0; i < n; i++) tuple_set(v, i, incref(tuple_get(a, i)));
  for (ssize_t i = 0; i < m; i++) tuple_set(v, n + i, incref(tuple_get(b, i)));
  return v;
}

static Value tuple_repeat(ThreadState *ts, Value self, Value count) {
  ssize_t times = num_as_ssize(ts, count, EXC(OverflowError)), n = tuple_len(self), total;
  if (times == -1 && err_occurred(ts)) return NULL;
  if ((n == 0 || times == 1) && is_kind(self, K_TUPLE)) return incref(self);
  if (n == 0 || times <= 0) return tuple_new(ts, 0);
  if (__builtin_mul_overflow(n, times, &total)) return err_no_memory(ts);
  Value v = alloc_tuple(ts, TYPE(TUPLE), total);
  if (v == NULL) return NULL;
  for (ssize_t i = 0, from = 0; i < total; i++) {
    tuple_set(v, i, incref(tuple_get(self, from)));
    if (++from == n) from = 0;
  }
  return v;
}

/* ---- methods ---- */

static Value tuple_index(NATIVE_ARGS) {
  ssize_t bounds[2] = {0, PTRDIFF_MAX}, n = tuple_len(self);
  for (ssize_t i = 1; i < nargs; i++) {
    if (!has_index(ts, args[i]))
      return err_format(ts, EXC(TypeError), "slice indices must be integers or have an __index__ method");
    bounds[i - 1] = num_as_ssize(ts, args[i], NULL);
    if (bounds[i - 1] == -1 && err_occurred(ts)) return NULL;
    if (bounds[i - 1] < 0) bounds[i - 1] += n;
    if (bounds[i - 1] < 0) bounds[i - 1] = 0;
  }
  for (ssize_t i = bounds[0]; i < bounds[1] && i < n; i++) {
    int c = equals(ts, tuple_get(self, i), args[0]);
    if (c != 0) return c < 0 ? NULL : small_int_value(i);
  }
  return err_format(ts, EXC(ValueError), "tuple.index(x): x not in tuple");
}

static Value tuple_count(NATIVE_ARGS) {
  ssize_t n = 0;
  for (ssize_t i = 0; i < tuple_len(self); i++) {
    int c = equals(ts, tuple_get(self, i), args[0]);
    if (c < 0) return NULL;
    n += c;
  }
  return small_int_value(n);
}

static Value tuple_getnewargs(NATIVE_ARGS) {
  Value plain = tuple_slice(ts, self, 0, tuple_len(self));
  if (plain == NULL) return NULL;
  Value v = tuple_of1(ts, plain);
  decref(ts, plain);
  return v;
}

static Value tuple_sizeof(NATIVE_ARGS) { return small_int_value((int64_t)(24 + tuple_len(self) * 8)); }
static Value tuple_class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

static const MethodDef tuple_methods[] = {
  {"__getnewargs__", tuple_getnewargs, 0, 0, 0, NULL},
  {"__sizeof__", tuple_sizeof, 0, 0, 0, NULL},
  {"index", tuple_index, 1, 3, 0, "index($self, value, start=0, stop=9223372036854775807, /)\n--\n\nReturn first index of value."},
  {"count", tuple_count, 1, 1, 0, "count($self, value, /)\n--\n\nReturn number of occurrences of value."},
  {"__class_getitem__", tuple_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"},
  {0}};

/* ---- iterating ---- */

static Value tuple_iter(ThreadState *ts, Value self) { return sequence_iterator_new(ts, TYPE(TUPLE_ITERATOR), self); }

static Value iterator_next(ThreadState *ts, Value self) {
  SequenceIterator *it = (SequenceIterator *)self;
  Value t = it->sequence;
  if (t == NULL) return NULL;
  if (LIKELY(it->index < tuple_len(t))) return incref(tuple_get(t, it->index++));
  CLEAR(it->sequence);
  return NULL;
}

Type *type_tuple_iterator_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "tuple_iterator",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_GC | TYPE_NO_NEW,
    .slots = {.dealloc = sequence_iterator_dealloc, .traverse = sequence_iterator_traverse, .clear = sequence_iterator_clear,
              .iter = iterator_itself, .next = iterator_next},
    .methods = sequence_iterator_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_TUPLE_ITERATOR);
}

Type *type_tuple_init(ThreadState *ts) {
  static const TypeSpec spec = {
    .name = "tuple",
    .doc = "tuple(iterable=(), /)\n--\n\nBuilt-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.",
    .size = sizeof(Tuple),
    .flags = TYPE_GC | TYPE_BASETYPE | TYPE_SEQUENCE | TYPE_MATCH_SELF,
    .slots = {
      .dealloc = tuple_dealloc,
      .traverse = tuple_traverse,
      .repr = tuple_repr,
      .hash = tuple_hash,
      .compare = tuple_compare,
      .iter = tuple_iter,
      .new = tuple_type_new,
      .len = tuple_length,
      .getitem = tuple_getitem,
      .contains = tuple_contains,
      .concat = tuple_concat,
      .repeat = tuple_repeat,
    },
    .methods = tuple_methods,
  };
  return type_from_spec(ts, &spec, NULL, K_TUPLE);
}

/* ---- tuples with named fields ---- */

enum { FIELDS_MAX = 24 };

/* What a structseq type knows; at type->native_data. */
typedef struct {
  int n_fields, n_sequence; /* fields past n_sequence are seen by name only */
  char *full_name;
  const char *const *fields;
  GetSetDef getsets[FIELDS_MAX + 1];
} StructInfo;

static StructInfo *info_of(Type *type) { return type->native_data; }

#define FIELD_GETTERS(X) \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) \
  X(21) X(22) X(23)
#define GETTER(i) \
  static Value get_field_##i(ThreadState *ts, Value self) { return incref(tuple_items(self)[i]); }
FIELD_GETTERS(GETTER)
#undef GETTER
#define GETTER(i) get_field_##i,
static Value (*const field_getters[])(ThreadState *, Value) = {FIELD_GETTERS(GETTER)};
#undef GETTER

static void structseq_dealloc(ThreadState *ts, Value self) {
  int n = info_of(shape_of(self)->type)->n_fields;
  for (int i = n; --i >= 0;) xdecref(ts, tuple_items(self)[i]);
  object_release(ts, self);
}

static int structseq_traverse(Value self, Visit visit, void *arg) {
  int n = info_of(shape_of(self)->type)->n_fields;
  for (int i = 0; i < n; i++) VISIT(tuple_items(self)[i]);
  return 0;
}

static Value structseq_repr(ThreadState *ts, Value self) {
  StructInfo *info = info_of(shape_of(self)->type);
  StrBuilder b;
  strb_init(&b, ts);
  int r = strb_ascii(&b, info->full_name, -1);
  if (r == 0) r = strb_char(&b, '(');
  for (int i = 0; i < info->n_sequence && r == 0; i++) {
    if (i) r = strb_ascii(&b, ", ", 2);
    if (r == 0 && info->fields[i]) r = strb_ascii(&b, info->fields[i], -1);
    if (r == 0) r = strb_char(&b, '=');
    Value text = r == 0 ? repr_of(ts, tuple_get(self, i)) : NULL;
    r = text ? strb_str(&b, text) : -1;
    xdecref(ts, text);
  }
  if (r == 0) r = strb_char(&b, ')');
  if (r == 0) return strb_finish(&b);
  strb_drop(&b);
  return NULL;
}

Value structseq_new(ThreadState *ts, Type *type, STEALS Value *items) {
  StructInfo *info = info_of(type);
  bool whole = true;
  for (int i = 0; i < info->n_fields; i++) whole = whole && items[i] != NULL;
  Tuple *t = whole ? (Tuple *)object_alloc(ts, type, sizeof(Tuple) + (size_t)info->n_fields * sizeof(Value)) : NULL;
  if (t == NULL) {
    for (int i = 0; i < info->n_fields; i++) xdecref(ts, items[i]);
    return NULL;
  }
  t->length = info->n_sequence;
  memcpy(t->items, items, (size_t)info->n_fields * sizeof(Value));
  return (Value)t;
}

static Value structseq_type_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"sequence", "dict"};
  StructInfo *info = info_of(type);
  ArgSpec spec = {type_name(type), 0, 2, 1, 2, names};
  Value out[2], items[FIELDS_MAX];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  Value fast = seq_fast(ts, out[0], "constructor requires a sequence");
  if (fast == NULL) return NULL;
  ssize_t n;
  Value *given = seq_items(fast, &n);
  if (n < info->n_sequence || n > info->n_fields) {
    bool exact = info->n_sequence == info->n_fields;
    err_format(ts, EXC(TypeError), "%s() takes %s%d-sequence (%zd-sequence given)", info->full_name,
               exact ? "a " : n < info->n_sequence ? "an at least " : "an at most ",
               n < info->n_sequence ? info->n_sequence : info->n_fields, n);
    decref(ts, fast);
    return NULL;
  }
  for (int i = 0; i < info->n_fields; i++) {
    Value v = i < n ? given[i] : out[1] && is_dict(out[1]) && info->fields[i] ? dict_get_cstr(ts, out[1], info->fields[i]) : NULL;
    items[i] = incref(v ? v : V_NONE);
  }
  decref(ts, fast);
  return structseq_new(ts, type, items);
}

static Value structseq_reduce(NATIVE_ARGS) {
  StructInfo *info = info_of(shape_of(self)->type);
  Value plain = tuple_from_items(ts, tuple_items(self), info->n_sequence), extra = plain ? dict_new(ts) : NULL;
  for (int i = info->n_sequence; extra && i < info->n_fields; i++)
    if (dict_set_cstr(ts, extra, info->fields[i], tuple_items(self)[i]) < 0) CLEAR(extra);
  Value state = extra ? tuple_steal2(ts, plain, extra) : NULL;
  if (extra == NULL) xdecref(ts, plain);
  return state ? tuple_steal2(ts, incref((Value)shape_of(self)->type), state) : NULL;
}

static int add_counts(ThreadState *ts, Type *type, StructInfo *info) {
  Value match = tuple_new(ts, info->n_sequence), name;
  if (match == NULL) return -1;
  for (int i = 0; i < info->n_sequence; i++) {
    if ((name = str_intern_cstr(ts, info->fields[i] ? info->fields[i] : "")) == NULL) goto error;
    tuple_set(match, i, name);
  }
  Value dict = (Value)type->dict;
  if (dict_set_cstr(ts, dict, "n_sequence_fields", small_int_value(info->n_sequence)) < 0 ||
      dict_set_cstr(ts, dict, "n_fields", small_int_value(info->n_fields)) < 0 ||
      dict_set_cstr(ts, dict, "n_unnamed_fields", small_int_value(0)) < 0 ||
      dict_set_cstr(ts, dict, "__match_args__", match) < 0)
    goto error;
  decref(ts, match);
  return 0;
error:
  decref(ts, match);
  return -1;
}

Type *structseq_type(ThreadState *ts, const char *name, const char *doc, const char *const *fields, int n_fields, int n_sequence) {
  static const MethodDef methods[] = {{"__reduce__", structseq_reduce, 0, 0, 0, NULL}, {0}};
  if (n_fields > FIELDS_MAX) return (Type *)err_format(ts, EXC(SystemError), "too many fields");
  StructInfo *info = mem_alloc_zeroed(ts, sizeof *info); /* lives as long as the type */
  if (info == NULL) return NULL;
  info->n_fields = n_fields;
  info->n_sequence = n_sequence;
  info->full_name = (char *)name;
  info->fields = fields;
  for (int i = 0, at = 0; i < n_fields; i++)
    if (fields[i]) info->getsets[at++] = (GetSetDef){.name = fields[i], .get = field_getters[i]};
  TypeSpec spec = {
    .name = name,
    .doc = doc,
    .size = sizeof(Tuple),
    .flags = TYPE_GC,
    .slots = {.dealloc = structseq_dealloc, .traverse = structseq_traverse, .repr = structseq_repr, .new = structseq_type_new},
    .methods = methods,
    .getsets = info->getsets,
  };
  Type *type = type_from_spec(ts, &spec, TYPE(TUPLE), K_OBJECT);
  if (type == NULL) {
    mem_free(ts, info);
    return NULL;
  }
  type->native_data = info;
  type->flags |= TYPE_OWNS_DATA;
  if (add_counts(ts, type, info) < 0) {
    decref(ts, (Value)type);
    return NULL;
  }
  return type;
}
