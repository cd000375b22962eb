/* buffer.c - PickleBuffer (PEP 574): marks an object whose memory may travel beside the pickle instead of in it.
 * Keeps true: until released it holds one export of the object's buffer.  Next: writer.c (save_pickle_buffer). CPython: Objects/picklebufobject.c. */
#include "runtime/modules/pickle/pickle.h"

typedef struct {
  Object base;
  Buffer view; /* owner NULL: released */
} PickleBuffer;
static PickleBuffer *as_pickle_buffer(Value v) { return (PickleBuffer *)v; }

Buffer *pickle_buffer_view(ThreadState *ts, Value v) {
  Buffer *view = &as_pickle_buffer(v)->view;
  return view->owner ? view : (Buffer *)err_format(ts, EXC(ValueError), "operation forbidden on released PickleBuffer object");
}
bool pickle_is_contiguous(const Buffer *view) {
  ssize_t size = view->item_size, by_rows = 0, by_columns = 0;
  if (view->ndim == 0 || view->length == 0) return true;
  for (int i = view->ndim - 1; i >= 0; i--) {
    if (view->shape[i] > 1 && view->strides[i] != size) by_rows = 1;
    size *= view->shape[i];
  }
  size = view->item_size;
  for (int i = 0; i < view->ndim; i++) {
    if (view->shape[i] > 1 && view->strides[i] != size) by_columns = 1;
    size *= view->shape[i];
  }
  return !by_rows || !by_columns;
}

static Value buffer_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "PickleBuffer", kwnames) < 0 || args_count(ts, "PickleBuffer", nargs, 1, 1) < 0) return NULL;
  Buffer view;
  if (buffer_get(ts, args[0], &view, false) < 0) return NULL;
  Value v = object_new_instance(ts, type);
  if (v == NULL) buffer_release(ts, &view);
  else as_pickle_buffer(v)->view = view;
  return v;
}
static void let_go(ThreadState *ts, Value self) {
  Buffer view = as_pickle_buffer(self)->view;
  as_pickle_buffer(self)->view.owner = NULL;
  if (view.owner) buffer_release(ts, &view);
}
static void buffer_dealloc(ThreadState *ts, Value self) {
  let_go(ts, self);
  object_release(ts, self);
}
static int buffer_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_pickle_buffer(self)->view.owner);
  return 0;
}
static Value buffer_release_py(NATIVE_ARGS) {
  let_go(ts, self);
  return V_NONE;
}
static int get_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  Buffer *mine = pickle_buffer_view(ts, self);
  return mine ? buffer_get(ts, mine->owner, view, writable) : -1;
}
static Value buffer_raw(NATIVE_ARGS) {
  Buffer *view = pickle_buffer_view(ts, self);
  if (view == NULL) return NULL;
  if (!pickle_is_contiguous(view)) return err_format(ts, EXC(BufferError), "cannot extract raw buffer from non-contiguous buffer");
  Value whole = memoryview_from(ts, self), format = whole ? str_from_ascii(ts, "B") : NULL, cast = format ? attr_get_cstr(ts, whole, "cast") : NULL;
  Value flat = cast ? call1(ts, cast, format) : NULL;
  xdecref(ts, whole);
  xdecref(ts, format);
  xdecref(ts, cast);
  return flat;
}
static const MethodDef methods[] = {{"raw", buffer_raw, 0, 0, 0, "raw($self, /)\n--\n\nReturn a memoryview of the raw memory underlying this buffer."},
                                    {"release", buffer_release_py, 0, 0, 0, "release($self, /)\n--\n\nRelease the underlying buffer exposed by the PickleBuffer object."}, {0}};
const TypeSpec pickle_buffer_spec = {.name = "pickle.PickleBuffer", .doc = "PickleBuffer(object)\n--\n\nWrapper for potentially out-of-band buffers", .size = sizeof(PickleBuffer),
                                     .flags = TYPE_GC | TYPE_WEAKREFS, .methods = methods,
                                     .slots = {.new = buffer_new_py, .dealloc = buffer_dealloc, .traverse = buffer_traverse, .get_buffer = get_buffer}};
