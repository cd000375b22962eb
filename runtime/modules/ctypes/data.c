/* data.c - CData: objects that stand for C memory. Where the memory is, who keeps it, and who keeps what it points to.
 * Keeps true: an object that is a part of another (a field, an item) asks the outermost one to keep things, since that one owns the memory.
 * Next: ctypes.h, values.c. */
#include <stdlib.h>

#include "runtime/modules/ctypes/ctypes.h"

bool is_cdata(ThreadState *ts, Value v) {
  if (!is_object(v)) return false;
  Type *t = type_of(ts, v);
  while (t->flags & TYPE_HEAP) t = t->base;
  return t->native_data != NULL && t->native_data == ctypes_state(ts);
}

/* ---- making them ---- */

Value cdata_new(ThreadState *ts, Value cls, Layout *l) {
  Value v = object_new_instance(ts, (Type *)cls);
  if (v == NULL) return NULL;
  CData *d = as_cdata(v);
  d->size = l->size;
  d->data = l->size <= (ssize_t)sizeof d->small ? d->small : calloc(1, (size_t)l->size);
  if (d->data == NULL) {
    decref(ts, v);
    return err_no_memory(ts);
  }
  return v;
}
Value cdata_view(ThreadState *ts, Value cls, ssize_t size, char *data, Value owner, bool is_part) {
  Value v = object_new_instance(ts, (Type *)cls);
  if (v == NULL) return NULL;
  CData *d = as_cdata(v);
  d->data = data;
  d->size = size;
  d->owner = owner ? incref(owner) : V_NONE;
  d->is_part = is_part;
  return v;
}
Value cdata_copy(ThreadState *ts, Value cls, Layout *l, const void *from) {
  Value v = cdata_new(ts, cls, l);
  if (v) memcpy(as_cdata(v)->data, from, (size_t)l->size);
  return v;
}

int cdata_keep(ThreadState *ts, CData *d, const char *place, Value v) {
  while (d->is_part) d = as_cdata(d->owner);
  if (d->kept == NULL && (d->kept = dict_new(ts)) == NULL) return -1;
  Value key = int_from_u64(ts, (uint64_t)(uintptr_t)place);
  int r = key ? dict_set(ts, d->kept, key, v) : -1;
  xdecref(ts, key);
  return r;
}

void cdata_drop(ThreadState *ts, CData *d) {
  if (d->owner == NULL && d->data != d->small) free(d->data);
  d->data = d->small;
  xdecref(ts, d->owner);
  xdecref(ts, d->kept);
}
static void cdata_dealloc(ThreadState *ts, Value self) {
  cdata_drop(ts, as_cdata(self));
  object_release(ts, self);
}
static int cdata_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_cdata(self)->owner);
  VISIT(as_cdata(self)->kept);
  return 0;
}
static int cdata_clear(ThreadState *ts, Value self) {
  CLEAR(as_cdata(self)->kept); /* the owner stays: our memory is its */
  return 0;
}

/* Arrays of arrays have as many dimensions, as far as a view can say. */
static void fill_shape(ThreadState *ts, Layout *l, Buffer *view) {
  view->ndim = 0;
  Layout *item = l;
  for (; item && item->kind == C_ARRAY && view->ndim < 8; item = layout_of_class(ts, item->item)) view->shape[view->ndim++] = item->length;
  view->item_size = item ? item->size : 1;
  ssize_t stride = view->item_size;
  for (int i = view->ndim; i-- > 0; stride *= view->shape[i]) view->strides[i] = stride;
}
int cdata_fill_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  CData *d = as_cdata(self);
  buffer_fill(view, self, d->data, d->size, false);
  Layout *l = layout_of(ts, self);
  if (l && d->size == l->size) {
    view->format = bytes_data(l->format);
    fill_shape(ts, l, view);
  }
  return 0;
}

/* ---- functions ---- */

static Value get_owner(ThreadState *ts, Value self) {
  Value owner = as_cdata(self)->owner;
  return owner ? incref(owner) : V_NONE;
}
static Value get_kept(ThreadState *ts, Value self) {
  Value kept = as_cdata(self)->kept;
  return kept ? incref(kept) : V_NONE;
}
static Value get_owns(ThreadState *ts, Value self) { return small_int_value(as_cdata(self)->owner == NULL); }
static const GetSetDef cdata_getsets[] = {{"_b_base_", get_owner, NULL, NULL}, {"_objects", get_kept, NULL, NULL}, {"_b_needsfree_", get_owns, NULL, NULL}, {0}};

static Value no_reduce(NATIVE_ARGS) { return err_format(ts, EXC(ValueError), "ctypes objects containing pointers cannot be pickled"); }
static const MethodDef cdata_methods[] = {{"__reduce__", no_reduce, 0, 0, 0, NULL}, {0}};
const TypeSpec data_spec = {.name = "_ctypes._CData", .doc = "C memory.", .size = sizeof(CData), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS | TYPE_NO_NEW,
                            .slots = {.dealloc = cdata_dealloc, .traverse = cdata_traverse, .clear = cdata_clear, .get_buffer = cdata_fill_buffer}, .methods = cdata_methods, .getsets = cdata_getsets};

static CData *data_argument(ThreadState *ts, Value v) {
  if (is_cdata(ts, v)) return as_cdata(v);
  err_format(ts, EXC(TypeError), "invalid type");
  return NULL;
}
static Value size_of(NATIVE_ARGS) {
  if (is_cdata(ts, args[0])) return int_from_i64(ts, as_cdata(args[0])->size);
  Layout *l = layout_of_class(ts, args[0]);
  return l ? int_from_i64(ts, l->size) : err_format(ts, EXC(TypeError), "this type has no size");
}
static Value alignment_of(NATIVE_ARGS) {
  Layout *l = is_cdata(ts, args[0]) ? layout_of(ts, args[0]) : layout_of_class(ts, args[0]);
  return l ? int_from_i64(ts, l->align) : err_format(ts, EXC(TypeError), "no alignment info");
}
static Value address_of_data(NATIVE_ARGS) {
  CData *d = data_argument(ts, args[0]);
  return d ? int_from_u64(ts, (uint64_t)(uintptr_t)d->data) : NULL;
}
static Value resize(NATIVE_ARGS) {
  int64_t size;
  if (!is_cdata(ts, args[0])) return err_format(ts, EXC(TypeError), "excepted ctypes instance");
  if (num_as_i64(ts, args[1], &size) < 0) return NULL;
  CData *d = as_cdata(args[0]);
  Layout *l = layout_of(ts, args[0]);
  if (l && size < l->size) return err_format(ts, EXC(ValueError), "minimum size is %zd", l->size);
  if (d->owner) return err_format(ts, EXC(ValueError), "Memory cannot be resized because this object doesn't own it");
  if (size <= d->size) return d->size = size, V_NONE;
  char *bigger = calloc(1, (size_t)size);
  if (bigger == NULL) return err_no_memory(ts);
  memcpy(bigger, d->data, (size_t)d->size);
  if (d->data != d->small) free(d->data);
  d->data = bigger;
  d->size = size;
  return V_NONE;
}
/* from_address(cls, address) */
static Value from_address(NATIVE_ARGS) {
  Layout *l = layout_required(ts, args[0]);
  if (l == NULL) return NULL;
  if (!is_int(args[1])) return err_format(ts, EXC(TypeError), "integer expected");
  char *p;
  return address_of(ts, args[1], &p) < 0 ? NULL : cdata_view(ts, args[0], l->size, p, NULL, false);
}
static int check_room(ThreadState *ts, Layout *l, Buffer *view, int64_t offset) {
  if (offset < 0) err_format(ts, EXC(ValueError), "offset cannot be negative");
  else if (l->size > view->length - offset) err_format(ts, EXC(ValueError), "Buffer size too small (%zd instead of at least %zd bytes)", view->length, l->size + (ssize_t)offset);
  return err_occurred(ts) ? -1 : 0;
}
/* from_buffer(cls, source, offset): its memory is source's */
static Value from_buffer(NATIVE_ARGS) {
  int64_t offset;
  Layout *l = layout_required(ts, args[0]);
  if (l == NULL || num_as_i64(ts, args[2], &offset) < 0) return NULL;
  Buffer view;
  Value window = memoryview_from(ts, args[1]), result = NULL;
  if (window == NULL || buffer_get(ts, window, &view, false) < 0) return xdecref(ts, window), NULL;
  if (view.readonly) err_format(ts, EXC(TypeError), "underlying buffer is not writable");
  else if (check_room(ts, l, &view, offset) == 0) result = cdata_view(ts, args[0], l->size, view.data + offset, window, false);
  buffer_release(ts, &view);
  decref(ts, window);
  return result;
}
static Value from_buffer_copy(NATIVE_ARGS) {
  int64_t offset;
  Buffer view;
  Layout *l = layout_required(ts, args[0]);
  if (l == NULL || num_as_i64(ts, args[2], &offset) < 0 || buffer_get(ts, args[1], &view, false) < 0) return NULL;
  Value result = check_room(ts, l, &view, offset) == 0 ? cdata_copy(ts, args[0], l, view.data + offset) : NULL;
  buffer_release(ts, &view);
  return result;
}
/* bytes at an address: string_at(address, size), size -1: to the zero */
static Value string_at(NATIVE_ARGS) {
  char *p;
  int64_t n = -1;
  if (address_of(ts, args[0], &p) < 0 || (nargs > 1 && num_as_i64(ts, args[1], &n) < 0)) return NULL;
  return bytes_new(ts, p, n < 0 ? (ssize_t)strlen(p) : n);
}
static Value wide_string_at(NATIVE_ARGS) {
  char *p;
  int64_t n = -1;
  if (address_of(ts, args[0], &p) < 0 || (nargs > 1 && num_as_i64(ts, args[1], &n) < 0)) return NULL;
  return str_from_ucs4(ts, (const Char *)p, n < 0 ? (ssize_t)wcslen((const wchar_t *)p) : n);
}
/* cast(object, pointer class): a new pointer with object's address, which keeps object's memory */
static Value cast(NATIVE_ARGS) {
  Layout *l = layout_required(ts, args[1]);
  if (l == NULL) return NULL;
  if (l->kind != C_POINTER && l->kind != C_FUNCTION && !(l->kind == C_SIMPLE && strchr("zZPsO", l->code))) return err_format(ts, EXC(TypeError), "cast() argument 2 must be a pointer, not %N", (Type *)args[1]);
  char *p;
  if (address_of(ts, args[0], &p) < 0) return NULL;
  Value result = cdata_copy(ts, args[1], l, &p);
  if (result && is_object(args[0]) && cdata_keep(ts, as_cdata(result), as_cdata(result)->data, args[0]) < 0) CLEAR(result);
  return result;
}
/* view(cls, address, owner): an object over memory of a library */
static Value view_of(NATIVE_ARGS) {
  Layout *l = layout_required(ts, args[0]);
  char *p;
  return l == NULL || address_of(ts, args[1], &p) < 0 ? NULL : cdata_view(ts, args[0], l->size, p, args[2], false);
}
const MethodDef cdata_functions[] = {{"sizeof", size_of, 1, 1, 0, "sizeof(C type) -> integer"}, {"alignment", alignment_of, 1, 1, 0, "alignment(C type) -> integer"},
    {"addressof", address_of_data, 1, 1, 0, "The address of the C instance's memory."}, {"resize", resize, 2, 2, 0, "Make the memory of an instance larger."},
    {"from_address", from_address, 2, 2, 0, NULL}, {"from_buffer", from_buffer, 3, 3, 0, NULL}, {"from_buffer_copy", from_buffer_copy, 3, 3, 0, NULL}, {"string_at", string_at, 1, 2, 0, NULL},
    {"wstring_at", wide_string_at, 1, 2, 0, NULL}, {"cast", cast, 2, 2, 0, NULL}, {"view", view_of, 3, 3, 0, NULL}, {0}};
