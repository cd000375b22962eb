/* compound.c - arrays, pointers, structures and unions: objects whose memory is made of parts. A part that is read is a view on that memory, or
 *   a Python value where the part's class is one of the plain simple types.
 * Next: values.c (c_read, c_write), runtime/lib/ctypes/_classes.py (where a structure's fields get their offsets). */
#include "runtime/modules/ctypes/ctypes.h"

/* The layout of self, and that of its items; NULL with TypeError. */
static Layout *own_layout(ThreadState *ts, Value self, CKind kind) {
  Layout *l = layout_of(ts, self);
  if (l && (l->kind == kind || (kind == C_STRUCTURE && l->kind == C_UNION))) return l;
  err_format(ts, EXC(TypeError), "abstract class");
  return NULL;
}
static Value compound_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Layout *l = layout_required(ts, (Value)type);
  return l ? cdata_new(ts, (Value)type, l) : NULL;
}

/* ---- arrays ---- */

static char *array_place(ThreadState *ts, Value self, Layout *l, Layout *item, ssize_t i) {
  if (i < 0) i += l->length;
  if (i >= 0 && i < l->length) return as_cdata(self)->data + i * item->size;
  err_format(ts, EXC(IndexError), "invalid index");
  return NULL;
}
static ssize_t array_len(ThreadState *ts, Value self) {
  Layout *l = own_layout(ts, self, C_ARRAY);
  return l ? l->length : -1;
}
/* Items at start, start + step ... as bytes, str or a list, whatever fits the items. */
static OWNED Value items_from(ThreadState *ts, Value self, Layout *l, Layout *item, char *p, ssize_t step, ssize_t n, bool owned) {
  if (item->kind == C_SIMPLE && item->code == 'c') {
    Value b = bytes_new(ts, NULL, n);
    for (ssize_t i = 0; b && i < n; i++) bytes_data(b)[i] = p[i * step];
    return b;
  }
  if (item->kind == C_SIMPLE && item->code == 'u') {
    StrBuilder b;
    strb_init(&b, ts);
    for (ssize_t i = 0; i < n; i++)
      if (strb_char(&b, (Char)((wchar_t *)p)[i * step]) < 0) return strb_drop(&b), NULL;
    return strb_finish(&b);
  }
  Value list = list_new(ts, n);
  for (ssize_t i = 0; list && i < n; i++) {
    Value v = c_read(ts, l->item, item, p + i * step * item->size, self);
    if (v == NULL || list_append_steal(ts, list, v) < 0) CLEAR(list);
  }
  return list;
}
static Value array_get(ThreadState *ts, Value self, Value key) {
  Layout *l = own_layout(ts, self, C_ARRAY), *item = l ? layout_required(ts, l->item) : NULL;
  if (item == NULL) return NULL;
  if (is_kind(key, K_SLICE)) {
    ssize_t start, stop, step, count;
    if (slice_indices(ts, key, l->length, &start, &stop, &step, &count) < 0) return NULL;
    return items_from(ts, self, l, item, as_cdata(self)->data + start * item->size, step, count, true);
  }
  if (!has_index(ts, key)) return err_format(ts, EXC(TypeError), "indices must be integers");
  ssize_t i = num_as_ssize(ts, key, EXC(IndexError));
  if (i == -1 && err_occurred(ts)) return NULL;
  char *p = array_place(ts, self, l, item, i);
  return p ? c_read(ts, l->item, item, p, self) : NULL;
}
static int array_set_slice(ThreadState *ts, Value self, Layout *l, Layout *item, Value key, Value v) {
  ssize_t start, stop, step, count, n;
  if (slice_indices(ts, key, l->length, &start, &stop, &step, &count) < 0) return -1;
  Value fast = seq_fast(ts, v, "can only assign sequence of same size");
  if (fast == NULL) return -1;
  Value *items = seq_items(fast, &n);
  int r = 0;
  if (n != count) {
    err_format(ts, EXC(ValueError), "Can only assign sequence of same size");
    r = -1;
  }
  for (ssize_t i = 0; i < count && r == 0; i++) {
    Value one = is_bytes(v) ? bytes_new(ts, bytes_data(v) + i, 1) : incref(items[i]);
    r = one ? c_write(ts, l->item, item, as_cdata(self)->data + (start + i * step) * item->size, one, as_cdata(self)) : -1;
    xdecref(ts, one);
  }
  decref(ts, fast);
  return r;
}
static int array_set(ThreadState *ts, Value self, Value key, Value v) {
  Layout *l = own_layout(ts, self, C_ARRAY), *item = l ? layout_required(ts, l->item) : NULL;
  if (item == NULL) return -1;
  if (v == NULL) return err_format(ts, EXC(TypeError), "Array does not support item deletion"), -1;
  if (is_kind(key, K_SLICE)) return array_set_slice(ts, self, l, item, key, v);
  if (!has_index(ts, key)) return err_format(ts, EXC(TypeError), "indices must be integer"), -1;
  ssize_t i = num_as_ssize(ts, key, EXC(IndexError));
  if (i == -1 && err_occurred(ts)) return -1;
  char *p = array_place(ts, self, l, item, i);
  return p ? c_write(ts, l->item, item, p, v, as_cdata(self)) : -1;
}
static int array_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Layout *l = own_layout(ts, self, C_ARRAY), *item = l ? layout_required(ts, l->item) : NULL;
  if (item == NULL || args_no_keywords(ts, type_name_of(ts, self), kwnames) < 0) return -1;
  for (ssize_t i = 0; i < nargs; i++) {
    char *p = array_place(ts, self, l, item, i);
    if (p == NULL || c_write(ts, l->item, item, p, args[i], as_cdata(self)) < 0) return -1;
  }
  return 0;
}
/* .value and .raw of arrays of characters */
static Layout *characters(ThreadState *ts, Value self, bool raw) {
  Layout *l = layout_of(ts, self);
  if (l && l->kind == C_ARRAY && (l->code == 'c' || (l->code == 'u' && !raw))) return l;
  err_format(ts, EXC(AttributeError), "'%T' object has no attribute '%s'", self, raw ? "raw" : "value");
  return NULL;
}
static Value array_get_value(ThreadState *ts, Value self) {
  Layout *l = characters(ts, self, false);
  CData *d = as_cdata(self);
  if (l == NULL) return NULL;
  if (l->code == 'c') return bytes_new(ts, d->data, (ssize_t)strnlen(d->data, (size_t)d->size));
  return str_from_ucs4(ts, (const Char *)d->data, (ssize_t)wcsnlen((wchar_t *)d->data, (size_t)d->size / sizeof(wchar_t)));
}
static int array_set_value(ThreadState *ts, Value self, Value v) {
  Layout *l = characters(ts, self, false);
  CData *d = as_cdata(self);
  if (l == NULL) return -1;
  if (v == NULL) return err_format(ts, EXC(TypeError), "can't delete attribute"), -1;
  if (l->code == 'u') {
    if (is_str(v)) return c_write(ts, (Value)type_of(ts, self), l, d->data, v, d);
    return err_format(ts, EXC(TypeError), "unicode string expected instead of %T instance", v), -1;
  }
  if (!is_bytes(v)) return err_format(ts, EXC(TypeError), "bytes expected instead of %T instance", v), -1;
  if (bytes_len(v) > d->size) return err_format(ts, EXC(ValueError), "byte string too long"), -1;
  memcpy(d->data, bytes_data(v), (size_t)bytes_len(v));
  if (bytes_len(v) < d->size) d->data[bytes_len(v)] = 0;
  return 0;
}
static Value array_get_raw(ThreadState *ts, Value self) { return characters(ts, self, true) ? bytes_new(ts, as_cdata(self)->data, as_cdata(self)->size) : NULL; }
static int array_set_raw(ThreadState *ts, Value self, Value v) {
  Buffer view;
  if (characters(ts, self, true) == NULL) return -1;
  if (v == NULL) return err_format(ts, EXC(AttributeError), "cannot delete attribute"), -1;
  if (buffer_get(ts, v, &view, false) < 0) return -1;
  int r = 0;
  if (view.length > as_cdata(self)->size) err_format(ts, EXC(ValueError), "byte string too long"), r = -1;
  else memcpy(as_cdata(self)->data, view.data, (size_t)view.length);
  buffer_release(ts, &view);
  return r;
}
static const GetSetDef array_getsets[] = {{"value", array_get_value, array_set_value, "string value"}, {"raw", array_get_raw, array_set_raw, "value"}, {0}};
const TypeSpec array_spec = {.name = "_ctypes._Array", .doc = "C values side by side.", .size = sizeof(CData), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS | TYPE_SEQUENCE,
                             .slots = {.new = compound_new, .init = array_init, .len = array_len, .getitem = array_get, .setitem = array_set}, .getsets = array_getsets};

/* ---- pointers ---- */

static char *target_of(ThreadState *ts, Value self) {
  char *p;
  memcpy(&p, as_cdata(self)->data, sizeof p);
  if (p == NULL) err_format(ts, EXC(ValueError), "NULL pointer access");
  return p;
}
static Layout *pointer_item(ThreadState *ts, Value self, Layout **l) {
  *l = own_layout(ts, self, C_POINTER);
  if (*l == NULL) return NULL;
  if ((*l)->item) return layout_required(ts, (*l)->item);
  err_format(ts, EXC(TypeError), "Pointer does not support item access: it has no _type_");
  return NULL;
}
static int pointer_set_contents(ThreadState *ts, Value self, Value v) {
  Layout *l, *item = pointer_item(ts, self, &l);
  if (item == NULL) return -1;
  if (v == NULL) return err_format(ts, EXC(TypeError), "Pointer does not support item deletion"), -1;
  if (!is_cdata(ts, v) || !type_is_subtype(type_of(ts, v), (Type *)l->item)) {
    Layout *given = is_cdata(ts, v) ? layout_of(ts, v) : NULL;
    if (given == NULL || given->kind != C_ARRAY || given->item != l->item) return err_format(ts, EXC(TypeError), "expected %N instead of %T", (Type *)l->item, v), -1;
  }
  memcpy(as_cdata(self)->data, &as_cdata(v)->data, sizeof(char *));
  return cdata_keep(ts, as_cdata(self), as_cdata(self)->data, v);
}
static int pointer_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, type_name_of(ts, self), kwnames) < 0 || args_count(ts, type_name_of(ts, self), nargs, 0, 1) < 0) return -1;
  return nargs == 0 || is_none(args[0]) ? 0 : pointer_set_contents(ts, self, args[0]);
}
static Value pointer_contents(ThreadState *ts, Value self) {
  Layout *l, *item = pointer_item(ts, self, &l);
  char *p = item ? target_of(ts, self) : NULL;
  return p ? cdata_view(ts, l->item, item->size, p, self, false) : NULL;
}
static int pointer_truth(ThreadState *ts, Value self) {
  char *p;
  memcpy(&p, as_cdata(self)->data, sizeof p);
  return p != NULL;
}
/* A view that is read through a pointer keeps the pointer, and is no part of its memory. */
static Value read_through(ThreadState *ts, Value self, Layout *l, Layout *item, char *p) {
  return item->is_plain ? simple_read(ts, item, p) : cdata_view(ts, l->item, item->size, p, self, false);
}
static Value pointer_slice(ThreadState *ts, Value self, Layout *l, Layout *item, Value key) {
  Slice *s = (Slice *)key;
  ssize_t step = is_none(s->step) ? 1 : num_as_ssize(ts, s->step, EXC(ValueError));
  if (err_occurred(ts)) return NULL;
  if (step == 0) return err_format(ts, EXC(ValueError), "slice step cannot be zero");
  if (is_none(s->start) && step < 0) return err_format(ts, EXC(ValueError), "slice start is required for step < 0");
  if (is_none(s->stop)) return err_format(ts, EXC(ValueError), "slice stop is required");
  ssize_t start = is_none(s->start) ? 0 : num_as_ssize(ts, s->start, EXC(ValueError)), stop = num_as_ssize(ts, s->stop, EXC(ValueError));
  char *p = err_occurred(ts) ? NULL : target_of(ts, self);
  if (p == NULL) return NULL;
  ssize_t n = step > 0 ? (stop > start ? (stop - start - 1) / step + 1 : 0) : stop < start ? (start - stop - 1) / -step + 1 : 0;
  return items_from(ts, self, l, item, p + start * item->size, step, n, false);
}
static Value pointer_get(ThreadState *ts, Value self, Value key) {
  Layout *l, *item = pointer_item(ts, self, &l);
  if (item == NULL) return NULL;
  if (is_kind(key, K_SLICE)) return pointer_slice(ts, self, l, item, key);
  if (!has_index(ts, key)) return err_format(ts, EXC(TypeError), "Pointer indices must be integer");
  ssize_t i = num_as_ssize(ts, key, EXC(IndexError));
  char *p = i == -1 && err_occurred(ts) ? NULL : target_of(ts, self);
  return p ? read_through(ts, self, l, item, p + i * item->size) : NULL;
}
static int pointer_set(ThreadState *ts, Value self, Value key, Value v) {
  Layout *l, *item = pointer_item(ts, self, &l);
  if (item == NULL) return -1;
  if (v == NULL) return err_format(ts, EXC(TypeError), "Pointer does not support item deletion"), -1;
  ssize_t i = num_as_ssize(ts, key, EXC(IndexError));
  char *p = i == -1 && err_occurred(ts) ? NULL : target_of(ts, self);
  return p ? c_write(ts, l->item, item, p + i * item->size, v, as_cdata(self)) : -1;
}
static const GetSetDef pointer_getsets[] = {{"contents", pointer_contents, pointer_set_contents, "the object this pointer points to (read-write)"}, {0}};
const TypeSpec pointer_spec = {.name = "_ctypes._PointerBase", .doc = "An address.", .size = sizeof(CData), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS,
                               .slots = {.new = compound_new, .init = pointer_init, .truth = pointer_truth, .getitem = pointer_get, .setitem = pointer_set}, .getsets = pointer_getsets};

/* ---- structures and unions ---- */

static int structure_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Layout *l = own_layout(ts, self, C_STRUCTURE);
  if (l == NULL) return -1;
  if (!is_tuple(l->fields) || nargs > tuple_len(l->fields)) return err_format(ts, EXC(TypeError), "too many initializers"), -1;
  Value fields = l->fields;
  for (ssize_t i = 0; i < nargs; i++)
    if (attr_set(ts, self, tuple_get(fields, i), args[i]) < 0) return -1;
  for (ssize_t i = 0; kwnames && i < tuple_len(kwnames); i++) {
    Value name = tuple_get(kwnames, i);
    for (ssize_t k = 0; k < nargs; k++)
      if (str_equal(name, tuple_get(fields, k))) return err_format(ts, EXC(TypeError), "duplicate values for field '%U'", name), -1;
    if (attr_set(ts, self, name, args[nargs + i]) < 0) return -1;
  }
  return 0;
}
#define STRUCTURE_SPEC(name_) \
  {.name = name_, .doc = "C values one after the other, or in one place.", .size = sizeof(CData), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS, .slots = {.new = compound_new, .init = structure_init}}
const TypeSpec structure_spec = STRUCTURE_SPEC("_ctypes._StructureBase"), union_spec = STRUCTURE_SPEC("_ctypes._UnionBase");
#undef STRUCTURE_SPEC

/* A field: the descriptor in the structure's class. Field(name, class, offset, size, first bit, bits); bits 0: it is no bit field. */
typedef struct {
  Object base;
  Value name, cls;
  Value layout; /* the class's: it changes no more once it is used in a field */
  int64_t offset, size;
  int first_bit, bits;
} Field;

static Value field_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  int64_t offset, size;
  int first_bit, bits;
  if (args_count(ts, "Field", nargs, 6, 6) < 0 || num_as_i64(ts, args[2], &offset) < 0 || num_as_i64(ts, args[3], &size) < 0 || num_as_int(ts, args[4], &first_bit) < 0 || num_as_int(ts, args[5], &bits) < 0 ||
      layout_required(ts, args[1]) == NULL)
    return NULL;
  Field *f = (Field *)object_new_instance(ts, type);
  if (f == NULL) return NULL;
  f->name = incref(args[0]), f->cls = incref(args[1]);
  f->layout = incref((Value)layout_of_class(ts, args[1]));
  f->offset = offset, f->size = size, f->first_bit = first_bit, f->bits = bits;
  return (Value)f;
}
static void field_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Field *)self)->name);
  xdecref(ts, ((Field *)self)->cls);
  xdecref(ts, ((Field *)self)->layout);
  object_release(ts, self);
}
static int field_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Field *)self)->cls);
  VISIT(((Field *)self)->layout);
  return 0;
}
static char *field_place(ThreadState *ts, Field *f, Layout *l, Value obj) {
  if (is_cdata(ts, obj) && f->offset + l->size <= as_cdata(obj)->size) return as_cdata(obj)->data + f->offset;
  err_format(ts, EXC(TypeError), "not a ctype instance");
  return NULL;
}
static uint64_t bit_mask(const Field *f) { return f->bits == 64 ? ~(uint64_t)0 : (((uint64_t)1 << f->bits) - 1); }
/* The word of a bit field, from memory and to it. */
static uint64_t load_word(const Layout *l, const char *p) {
  uint64_t word = 0;
  memcpy(&word, p, (size_t)l->size);
  return l->is_swapped ? __builtin_bswap64(word) >> (64 - 8 * l->size) : word;
}
static void store_word(const Layout *l, char *p, uint64_t word) {
  if (l->is_swapped) word = __builtin_bswap64(word << (64 - 8 * l->size));
  memcpy(p, &word, (size_t)l->size);
}
static Value read_bits(ThreadState *ts, Field *f, Layout *l, const char *p) {
  uint64_t word = load_word(l, p);
  word = (word >> f->first_bit) & bit_mask(f);
  if (l->code == '?') return bool_value(word != 0);
  bool is_signed = strchr("bhilq", l->code) != NULL;
  if (is_signed && (word >> (f->bits - 1)) & 1) word |= ~bit_mask(f);
  return is_signed ? int_from_i64(ts, (int64_t)word) : int_from_u64(ts, word);
}
static int write_bits(ThreadState *ts, Field *f, Layout *l, char *p, Value v) {
  uint64_t bits = 0;
  Value keep = NULL;
  if (value_to_c(ts, l->code, &bits, v, &keep) < 0) return -1;
  uint64_t mask = bit_mask(f) << f->first_bit;
  store_word(l, p, (load_word(l, p) & ~mask) | ((bits << f->first_bit) & mask));
  return 0;
}
static Value field_get(ThreadState *ts, Value self, Value obj, Value type) {
  Field *f = (Field *)self;
  if (obj == NULL || is_none(obj)) return incref(self);
  Layout *l = (Layout *)f->layout;
  char *p = field_place(ts, f, l, obj);
  if (p == NULL) return NULL;
  if (f->bits) return read_bits(ts, f, l, p);
  if (l->kind == C_ARRAY && l->code == 'c') return bytes_new(ts, p, (ssize_t)strnlen(p, (size_t)l->size)); /* characters read as text */
  if (l->kind == C_ARRAY && l->code == 'u') return str_from_ucs4(ts, (const Char *)p, (ssize_t)wcsnlen((wchar_t *)p, (size_t)l->length));
  return c_read(ts, f->cls, l, p, obj);
}
static int field_set(ThreadState *ts, Value self, Value obj, Value v) {
  Field *f = (Field *)self;
  Layout *l = (Layout *)f->layout;
  char *p = field_place(ts, f, l, obj);
  if (p == NULL) return -1;
  if (v == NULL) return err_format(ts, EXC(TypeError), "can't delete attribute"), -1;
  return f->bits ? write_bits(ts, f, l, p, v) : c_write(ts, f->cls, l, p, v, as_cdata(obj));
}
static Value field_repr(ThreadState *ts, Value self) {
  Field *f = (Field *)self;
  if (f->bits) return str_format(ts, "<Field type=%N, ofs=%lld:%d, bits=%d>", (Type *)f->cls, (long long)f->offset, f->first_bit, f->bits);
  return str_format(ts, "<Field type=%N, ofs=%lld, size=%lld>", (Type *)f->cls, (long long)f->offset, (long long)f->size);
}
static Value field_offset(ThreadState *ts, Value self) { return int_from_i64(ts, ((Field *)self)->offset); }
static Value field_size(ThreadState *ts, Value self) {
  Field *f = (Field *)self;
  return int_from_i64(ts, f->bits ? ((int64_t)f->bits << 16) | f->first_bit : f->size);
}
static const GetSetDef field_getsets[] = {{"offset", field_offset, NULL, "offset in bytes of this field"}, {"size", field_size, NULL, "size in bytes of this field"}, {0}};
const TypeSpec field_spec = {.name = "_ctypes.CField", .doc = "Structure/Union member", .size = sizeof(Field), .flags = TYPE_GC,
                             .slots = {.dealloc = field_dealloc, .traverse = field_traverse, .new = field_new, .repr = field_repr, .descr_get = field_get, .descr_set = field_set}, .getsets = field_getsets};
