/* callback.c - C code calls Python: a piece of machine code made by libffi, whose call ends in a Python callable.
 * A callback may come in any OS thread. One that we know and that let the GIL go for the foreign call takes it back for the callback. One that
 * holds it (PyDLL) goes right on. One that C code has started gets a thread state for as long as the callback runs. CPython: PyGILState_Ensure.
 * Keeps true: an exception cannot pass through C code: it is reported, and the C code gets zero.
 * Next: function.c, interp/vm/thread.c. CPython: Modules/_ctypes/callbacks.c. */
#include <stdlib.h>

#include "runtime/modules/ctypes/ctypes.h"
#include "runtime/modules/thread_module.h"

typedef struct Callback {
  Interp *interp;
  ffi_closure *closure;
  ffi_cif cif;
  CFunction *function; /* whose we are */
  ffi_type *types[];
} Callback;

void callback_free(Callback *c) {
  ffi_closure_free(c->closure);
  free(c);
}

/* ---- entering and leaving Python ---- */

typedef enum { CAME_ATTACHED, CAME_DETACHED, CAME_UNKNOWN } Came;

static ThreadState *enter(Interp *interp, Came *came) {
  SchedThread *known = sched_here(interp->sched);
  if (known) {
    *came = known->is_attached ? CAME_ATTACHED : CAME_DETACHED;
    if (*came == CAME_DETACHED) sched_blocking_end(known);
    return (ThreadState *)known;
  }
  *came = CAME_UNKNOWN;
  return interp->up.thread_adopt(interp);
}
static void leave(ThreadState *ts, Came came) {
  if (came == CAME_DETACHED) sched_blocking_begin_for(&ts->sched, BLOCK_FOREIGN);
  if (came != CAME_UNKNOWN) return;
  thread_drop_locals(ts);
  ts->interp->up.thread_end(ts);
}

/* ---- one call ---- */

/* The n arguments as Python values, owned: 0, or -1 and none. */
static int read_arguments(ThreadState *ts, Value types, void **where, Value *out, ssize_t n) {
  for (ssize_t i = 0; i < n; i++) {
    Layout *l = layout_required(ts, tuple_get(types, i));
    if (l && (out[i] = c_read(ts, tuple_get(types, i), l, where[i], NULL)) != NULL) continue;
    while (i-- > 0) decref(ts, out[i]);
    return -1;
  }
  return 0;
}
/* The result as C wants it. What a char * points to must live on: it is the callable's to keep it, as in CPython we cannot. */
static int write_result(ThreadState *ts, Value restype, Value v, void *result) {
  Layout *l = is_none(restype) ? NULL : layout_required(ts, restype);
  if (l == NULL) return is_none(restype) ? 0 : -1;
  if (l->kind != C_SIMPLE || is_cdata(ts, v)) return c_write(ts, restype, l, result, v, NULL);
  Value keep = NULL;
  union CValue c = {0};
  if (value_to_c(ts, l->code, &c, v, &keep) < 0) return -1;
  if (keep && l->code != 'O' && err_warn(ts, EXC(RuntimeWarning), 1, "memory leak in callback function.") < 0) return decref(ts, keep), -1;
  if (strchr("bhilq", l->code)) c.q = l->code == 'b' ? c.b : l->code == 'h' ? c.h : l->code == 'i' ? c.i : c.q; /* libffi wants a whole word */
  memcpy(result, &c, l->size > (ssize_t)sizeof(ffi_arg) ? (size_t)l->size : sizeof(ffi_arg));
  return 0;
}

static Value call_with(ThreadState *ts, Value callable, Value types, void **where) {
  ssize_t n = types ? tuple_len(types) : 0;
  Value few[8], *args = n <= 8 ? few : mem_alloc(ts, (size_t)n * sizeof *args), v = NULL;
  if (args && read_arguments(ts, types, where, args, n) == 0) {
    v = call_args(ts, callable, args, n);
    for (ssize_t i = 0; i < n; i++) decref(ts, args[i]);
  }
  if (args != few) mem_free(ts, args);
  return v;
}
static void call_python(ThreadState *ts, CFunction *f, void *result, void **where) {
  Value self = incref((Value)f), callable = incref(f->callable), restype = incref(load_field(&f->restype));
  Layout *l = layout_of(ts, self);
  Value v = call_with(ts, callable, l ? l->item : NULL, where);
  if (v == NULL || write_result(ts, restype, v, result) < 0)
    err_write_unraisable_text(ts, v ? "Exception ignored on converting result of ctypes callback function" : "Exception ignored on calling ctypes callback function", callable);
  xdecref(ts, v);
  decref(ts, restype);
  decref(ts, callable);
  decref(ts, self);
}

static void on_call(ffi_cif *cif, void *result, void **where, void *user) {
  Callback *c = user;
  const char *outer = fault_running();
  size_t size = cif->rtype->type == FFI_TYPE_VOID ? 0 : cif->rtype->size < sizeof(ffi_arg) ? sizeof(ffi_arg) : cif->rtype->size;
  memset(result, 0, size);
  Came came;
  fault_begin(NULL);
  ThreadState *ts = enter(c->interp, &came);
  if (ts == NULL) return; /* no memory for a thread state */
  Value pending = err_fetch(ts);
  call_python(ts, c->function, result, where);
  err_restore(ts, pending);
  leave(ts, came);
  fault_begin(outer);
}

/* ---- making one ---- */

Value function_new_callback(ThreadState *ts, CFunction *f, Layout *l, Value callable) {
  ssize_t n = l->item ? tuple_len(l->item) : 0;
  Layout *result = is_none(l->fields) ? NULL : layout_of_class(ts, l->fields);
  if (!is_none(l->fields) && result == NULL) return err_format(ts, EXC(TypeError), "invalid result type for callback function");
  if (result && result->kind != C_SIMPLE && result->kind != C_FUNCTION && result->kind != C_POINTER) return err_format(ts, EXC(TypeError), "invalid result type for callback function");
  Callback *c = calloc(1, sizeof *c + (size_t)n * sizeof(ffi_type *));
  void *code = NULL;
  if (c == NULL || (c->closure = ffi_closure_alloc(sizeof(ffi_closure), &code)) == NULL) {
    free(c);
    return err_no_memory(ts);
  }
  f->callback = c; /* from here on f's end frees it */
  c->interp = ts->interp;
  c->function = f;
  for (ssize_t i = 0; i < n; i++) {
    Layout *a = layout_required(ts, tuple_get(l->item, i));
    if (a == NULL) return NULL;
    c->types[i] = a->ffi;
  }
  if (ffi_prep_cif(&c->cif, FFI_DEFAULT_ABI, (unsigned)n, result ? result->ffi : &ffi_type_void, c->types) != FFI_OK || ffi_prep_closure_loc(c->closure, &c->cif, on_call, c, code) != FFI_OK)
    return err_format(ts, EXC(RuntimeError), "ffi_prep_closure failed");
  memcpy(f->data.data, &code, sizeof code);
  f->callable = incref(callable);
  return (Value)f;
}
