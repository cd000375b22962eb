/* frame.c - the thread's stacks, frame objects, tracebacks, locals().
 * Keeps true: a frame object refers to its running frame; when that ends, the object takes the locals over, so that a
 *   traceback can show them later. The two stacks are reserved once and touched only as far as used.
 * Next: frame.h, call.c. CPython: Objects/frameobject.c, Python/frame.c, Python/traceback.c. */
#include "interp/vm/frame.h"

#include <sys/mman.h>

#include "interp/vm/eval_internal.h"
#include "runtime/reclaim.h"

/* ---- the stacks ---- */

/* The main thread's; other threads reserve less. Only address space: what is not used costs nothing. */
enum { MAIN_STACK_RESERVE = 256 << 20, MAIN_FRAME_RESERVE = 128 << 20, STACK_RESERVE = 32 << 20, FRAME_RESERVE = 16 << 20 };

/* Where the frames begin behind the room for values. A processor may look for a line of its first cache by a few bits of a hash of the address before
 * it knows the whole of it (AMD: bits 12 to 27, folded in half by exclusive or). Two lines that are used in turn and agree in these bits and in bits 6 to 11
 * push each other out of sight: measured, 7 ns a load instead of 1. With both stacks inside their first half MiB, bit 19 tells them apart:
 * `reserve` aligns to a MiB for that. The 1984 bytes keep the low 12 bits apart too, which others compare when a load follows stores. */
enum { STACKS_ALIGNMENT = 1 << 20, FRAME_OFFSET = (1 << 19) + 1984 };

static void *reserve(size_t size) {
  char *p = mmap(NULL, size + STACKS_ALIGNMENT, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return NULL;
  size_t before = -(uintptr_t)p & (STACKS_ALIGNMENT - 1);
  if (before > 0) munmap(p, before);
  if (before < STACKS_ALIGNMENT) munmap(p + before + size, STACKS_ALIGNMENT - before);
  return p + before;
}

/* Stacks of threads that have ended, for those to come: mapping memory costs more than all else at a thread's start. */
typedef struct SpareStacks {
  struct SpareStacks *next; /* lies at the begin of the value stack */
} SpareStacks;
enum { SPARE_STACKS_KEPT = 16 };

static void *pop_spare(Interp *interp) {
  SpareStacks *spare = interp->spare_stacks;
  if (spare == NULL) return NULL;
  interp->spare_stacks = spare->next;
  interp->spare_stack_count--;
  return spare;
}
static void *take_spare(Interp *interp) {
  INTERP_LOCK(interp, alloc_mutex);
  void *spare = pop_spare(interp);
  INTERP_UNLOCK(interp, alloc_mutex);
  return spare;
}

/* One piece: first the values, then the frames. */
int frame_stacks_init(ThreadState *ts, bool is_main) {
  size_t values = is_main ? MAIN_STACK_RESERVE : STACK_RESERVE, frames = is_main ? MAIN_FRAME_RESERVE : FRAME_RESERVE;
  char *p = is_main ? NULL : take_spare(ts->interp);
  if (p == NULL && (p = reserve(values + frames)) == NULL) return -1;
  ts->stacks_reserve = values + frames;
  ts->stack_base = (Value *)p;
  ts->stack_limit = ts->stack_base + values / sizeof(Value) - 4096;
  ts->frame_top = (Frame *)(p + values + FRAME_OFFSET);
  ts->frame_limit = ts->frame_top + (frames - FRAME_OFFSET) / sizeof(Frame) - 16;
  return 0;
}

void frame_stacks_keep(ThreadState *ts) {
  Interp *interp = ts->interp;
  if (ts->stack_base == NULL) return;
  INTERP_LOCK(interp, alloc_mutex);
  if (interp->spare_stack_count < SPARE_STACKS_KEPT) {
    SpareStacks *spare = (SpareStacks *)ts->stack_base;
    spare->next = interp->spare_stacks;
    interp->spare_stacks = spare;
    interp->spare_stack_count++;
    ts->stack_base = NULL;
  }
  INTERP_UNLOCK(interp, alloc_mutex);
}

void frame_stacks_free(ThreadState *ts) {
  if (ts->stack_base) munmap(ts->stack_base, ts->stacks_reserve);
  ts->stack_base = NULL;
}

void frame_stacks_free_spare(Interp *interp) {
  for (void *p; (p = pop_spare(interp));) munmap(p, STACK_RESERVE + FRAME_RESERVE);
}

/* Called when frame_push found no room; it may have counted already. */
Frame *frame_push_failed(ThreadState *ts) {
  if (ts->recursion_left <= 0) {
    int left = ts->recursion_left + 1;
    ts->recursion_left = 50; /* a little room to make the exception */
    err_format(ts, EXC(RecursionError), "maximum recursion depth exceeded");
    ts->recursion_left = left;
    return NULL;
  }
  ts->recursion_left++;
  err_format(ts, EXC(RecursionError), "maximum recursion depth exceeded: the interpreter's stack is full");
  return NULL;
}

int frame_line(Frame *f) { return code_line(f->code, frame_lasti(f)); }

/* ---- frame objects ---- */

static FrameObject *as_frame(Value v) { return (FrameObject *)v; }

Value frame_object(ThreadState *ts, Frame *f) {
  if (f->object) return incref(f->object);
  Value v = object_alloc(ts, TYPE(FRAME), sizeof(FrameObject));
  if (v == NULL) return NULL;
  as_frame(v)->frame = f;
  f->object = incref(v);
  return v;
}

void frame_forget(ThreadState *ts, Frame *f) {
  as_frame(f->object)->frame = NULL;
  CLEAR(f->object);
}

void frame_detach(ThreadState *ts, Frame *f) {
  Value v = f->object;
  FrameObject *o = as_frame(v);
  int n = f->code->place_count;
  f->object = NULL;
  if (is_unique(v)) { /* nobody else looked at it */
    o->frame = NULL;
    decref(ts, v);
    release_locals(ts, f, f->locals);
    return;
  }
  Value pending = err_fetch(ts), *places = mem_alloc(ts, (size_t)(n ? n : 1) * sizeof *places);
  if (places == NULL) {
    err_clear(ts);
    release_values(ts, f->locals, f->locals + n);
    n = 0;
  } else {
    memcpy(places, f->locals, (size_t)n * sizeof *places);
  }
  o->own = *f;
  o->own.locals = places;
  o->own.func = (Function *)incref((Value)f->func);
  o->own.names = f->flags & FRAME_NAMES ? xincref(f->names) : NULL;
  o->own.prev = NULL;
  o->own.generator = NULL;
  o->own.object = v; /* not counted: it is itself */
  o->frame = &o->own;
  o->is_complete = true;
  if (f->prev && !(f->flags & FRAME_GENERATOR)) { /* f_back goes on to work */
    o->back = f->prev ? frame_object(ts, f->prev) : NULL;
    if (o->back == NULL) err_clear(ts);
  }
  err_restore(ts, pending);
  decref(ts, v);
}

void release_locals_slowly(ThreadState *ts, Frame *f, Value *from, Value *end) {
  Frame *prev = f->prev;
  Value *ext = prev ? prev->ext : NULL, first = *from;
  if (prev) {
    ts->frame = prev;
    prev->ext = f->ext; /* what runs now goes above our places */
  } else { /* those before `from` were only counted down */
    for (Value *p = f->locals; p < from; p++) *p = NULL;
  }
  *from++ = NULL;
  FREE_LAST(ts, first);
  for (; from < end; from++) CLEAR(*from);
  if (prev) prev->ext = ext;
  if (UNLIKELY(f->object != NULL)) frame_forget(ts, f);
}

static void frame_dealloc(ThreadState *ts, Value self) {
  FrameObject *o = as_frame(self);
  if (o->is_complete) {
    if (o->own.locals) release_values(ts, o->own.locals, o->own.locals + o->own.code->place_count);
    mem_free(ts, o->own.locals);
    xdecref(ts, (Value)o->own.func);
    xdecref(ts, o->own.names);
  }
  xdecref(ts, o->locals_dict);
  xdecref(ts, o->back);
  xdecref(ts, o->trace);
  object_release(ts, self);
}
static int frame_traverse(Value self, Visit visit, void *arg) {
  FrameObject *o = as_frame(self);
  VISIT(o->locals_dict);
  VISIT(o->back);
  VISIT(o->trace);
  if (!o->is_complete) return 0;
  VISIT(o->own.func);
  VISIT(o->own.names);
  for (int i = 0; o->own.locals && i < o->own.code->place_count; i++) VISIT(o->own.locals[i]);
  return 0;
}
static int frame_clear_slot(ThreadState *ts, Value self) {
  FrameObject *o = as_frame(self);
  CLEAR(o->locals_dict);
  CLEAR(o->back);
  if (o->is_complete && o->own.locals)
    for (int i = 0; i < o->own.code->place_count; i++) CLEAR(o->own.locals[i]);
  return 0;
}

/* Names of a function as a dict: what places hold now. */
static int copy_places(ThreadState *ts, Frame *f, Value dict) {
  Code *code = f->code;
  if (f->locals == NULL) return 0;
  for (int i = 0; i < code->place_count; i++) {
    int kind = code->place_kinds[i];
    if (kind & PLACE_FREE && !(code->flags & CO_OPTIMIZED)) continue;
    Value v = f->locals[i], name = tuple_get(code->place_names, i);
    if (v && (kind & (PLACE_CELL | PLACE_FREE)) && is_object(v) && v->kind == K_CELL) v = ((Cell *)v)->value;
    if (v) {
      if (dict_set(ts, dict, name, v) < 0) return -1;
    } else {
      bool failed;
      Value old = dict_pop(ts, dict, name, &failed);
      if (failed) return -1;
      xdecref(ts, old);
    }
  }
  return 0;
}

/* Of a frame object, which may hold the places itself by now (then its frame does not know it: frame_object would make another). */
static Value locals_dict_of(ThreadState *ts, FrameObject *o) {
  Frame *f = o->frame;
  if (f->flags & FRAME_NAMES && f->names) return incref(f->names);
  if (o->locals_dict == NULL) o->locals_dict = dict_new(ts);
  return o->locals_dict && copy_places(ts, f, o->locals_dict) == 0 ? incref(o->locals_dict) : NULL;
}
Value frame_locals_dict(ThreadState *ts, Frame *f) {
  if (f->flags & FRAME_NAMES && f->names) return incref(f->names);
  Value object = frame_object(ts, f);
  if (object == NULL) return NULL;
  Value dict = locals_dict_of(ts, as_frame(object));
  decref(ts, object);
  return dict;
}

static bool is_gone(FrameObject *o) { return o->frame == NULL; }
/* A frame on another thread's stack, or a generator's, may run while we look: then its thread stands still. */
static bool is_mine(ThreadState *ts, const Frame *f) { return (size_t)((const char *)f - (const char *)ts->stack_base) < ts->stacks_reserve; }
#define LOOK(name, what) \
  static Value name(ThreadState *ts, Value self) { \
    FrameObject *o = as_frame(self); \
    bool stop = IS_PARALLEL(ts) && !is_mine(ts, RACY_LOAD(o->frame)); \
    if (stop) STOP_WORLD(ts); \
    Value r = what; \
    if (stop) START_WORLD(ts); \
    return r; \
  }
static Value back_of(ThreadState *ts, FrameObject *o) {
  if (o->back) return incref(o->back);
  Frame *f = o->frame ? o->frame->prev : NULL;
  return f ? frame_object(ts, f) : V_NONE;
}
static Value line_of(FrameObject *o) {
  int line = is_gone(o) ? 0 : frame_line(o->frame);
  return line ? small_int_value(line) : V_NONE;
}
static Value text_of(ThreadState *ts, FrameObject *o) {
  if (is_gone(o)) return str_format(ts, "<frame at %p>", (void *)o);
  return str_format(ts, "<frame at %p, file %R, line %d, code %U>", (void *)o, o->frame->code->filename, frame_line(o->frame), o->frame->code->name);
}
LOOK(get_back, back_of(ts, o))
LOOK(get_code, is_gone(o) ? V_NONE : incref((Value)o->frame->code))
LOOK(get_globals, is_gone(o) ? V_NONE : incref(o->frame->func->globals))
LOOK(get_builtins, is_gone(o) ? V_NONE : incref(o->frame->func->builtins))
LOOK(get_locals, is_gone(o) ? dict_new(ts) : locals_dict_of(ts, o))
LOOK(get_lineno, line_of(o))
/* In bytes of two a unit, so that co_positions() is indexed by lasti // 2 as in CPython. */
LOOK(get_lasti, small_int_value(is_gone(o) ? -1 : 2 * frame_lasti(o->frame)))
LOOK(frame_repr, text_of(ts, o))
#undef LOOK
static Value get_trace(ThreadState *ts, Value self) { return as_frame(self)->trace ? incref(as_frame(self)->trace) : V_NONE; }
static int set_trace(ThreadState *ts, Value self, Value value) {
  replace(ts, &as_frame(self)->trace, value == V_NONE ? NULL : xincref(value));
  return 0;
}
static Value frame_clear_py(NATIVE_ARGS) {
  FrameObject *o = as_frame(self);
  if (!o->is_complete && o->frame) {
    Generator *g = o->frame->flags & FRAME_GENERATOR ? o->frame->generator : NULL;
    if (g == NULL || g->state == GEN_RUNNING) return err_format(ts, EXC(RuntimeError), "cannot clear an executing frame");
    if (g->state == GEN_SUSPENDED || g->state == GEN_CREATED) {
      Value r = call_method0(ts, (Value)g, ID(close));
      xdecref(ts, r);
      return r ? V_NONE : NULL;
    }
  }
  frame_clear_slot(ts, self);
  return V_NONE;
}
static const MethodDef frame_methods[] = {{"clear", frame_clear_py, 0, 0, 0, "F.clear(): clear most references held by the frame"}, {0}};
static const GetSetDef frame_getsets[] = {
    {"f_back", get_back, NULL, NULL}, {"f_code", get_code, NULL, NULL}, {"f_globals", get_globals, NULL, NULL}, {"f_builtins", get_builtins, NULL, NULL},
    {"f_locals", get_locals, NULL, NULL}, {"f_lineno", get_lineno, NULL, NULL}, {"f_lasti", get_lasti, NULL, NULL}, {"f_trace", get_trace, set_trace, NULL}, {0}};

Type *type_frame_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "frame",
      .size = sizeof(FrameObject),
      .flags = TYPE_GC | TYPE_NO_NEW,
      .slots = {.dealloc = frame_dealloc, .traverse = frame_traverse, .clear = frame_clear_slot, .repr = frame_repr},
      .methods = frame_methods,
      .getsets = frame_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_FRAME);
}

/* ---- tracebacks ---- */

Value traceback_new(ThreadState *ts, Value next, Value frame, int lasti, int lineno) {
  Value v = object_alloc(ts, TYPE(TRACEBACK), sizeof(Traceback));
  if (v == NULL) return NULL;
  Traceback *t = (Traceback *)v;
  t->next = xincref(next);
  t->frame = incref(frame);
  t->lasti = lasti;
  t->lineno = lineno;
  return v;
}

/* The pending exception passes through f: put an entry in front of its traceback. */
int traceback_here(ThreadState *ts, Frame *f) {
  Value exc = err_fetch(ts);
  Value object = frame_object(ts, f);
  Value next = xincref(EXC_FIELD(exc, traceback)); /* held: another thread may raise the same exception */
  Value tb = object ? traceback_new(ts, next, object, frame_lasti(f), -1) : NULL;
  xdecref(ts, object);
  xdecref(ts, next);
  if (tb) replace(ts, &as_exception(exc)->traceback, tb);
  err_restore(ts, exc);
  return tb ? 0 : -1;
}

static int traceback_line(Traceback *t) {
  if (t->lineno < 0) {
    FrameObject *o = as_frame(t->frame);
    t->lineno = o->frame ? code_line(o->frame->code, t->lasti) : 0;
  }
  return t->lineno;
}

static void traceback_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Traceback *)self)->next);
  xdecref(ts, ((Traceback *)self)->frame);
  object_release(ts, self);
}
static int traceback_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Traceback *)self)->next);
  VISIT(((Traceback *)self)->frame);
  return 0;
}
static int traceback_clear(ThreadState *ts, Value self) {
  CLEAR(((Traceback *)self)->next);
  return 0;
}
static Value tb_get_next(ThreadState *ts, Value self) {
  Value next = load_field((Value *)&((Traceback *)self)->next);
  return next ? incref(next) : V_NONE;
}
static int tb_set_next(ThreadState *ts, Value self, Value value) {
  if (value == NULL || (value != V_NONE && !is_kind(value, K_TRACEBACK))) {
    err_format(ts, EXC(TypeError), value ? "expected traceback object, got '%T'" : "can't delete tb_next attribute", value);
    return -1;
  }
  for (Value at = value; at != V_NONE && at; at = load_field((Value *)&((Traceback *)at)->next))
    if (at == self) {
      err_format(ts, EXC(ValueError), "traceback loop detected");
      return -1;
    }
  replace(ts, &((Traceback *)self)->next, value == V_NONE ? NULL : incref(value));
  return 0;
}
static Value tb_get_frame(ThreadState *ts, Value self) { return incref(((Traceback *)self)->frame); }
static Value tb_get_lineno(ThreadState *ts, Value self) { return small_int_value(traceback_line((Traceback *)self)); }
static Value tb_get_lasti(ThreadState *ts, Value self) { return small_int_value(2 * ((Traceback *)self)->lasti); }
static Value traceback_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"tb_next", "tb_frame", "tb_lasti", "tb_lineno"};
  static const ArgSpec spec = {"traceback", 0, 4, 4, 4, names};
  Value given[4];
  int lasti, lineno;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (given[0] != V_NONE && !is_kind(given[0], K_TRACEBACK)) return err_format(ts, EXC(TypeError), "expected traceback object or None, got '%T'", given[0]);
  if (!is_object(given[1]) || given[1]->kind != K_FRAME) return err_format(ts, EXC(TypeError), "traceback() argument 'tb_frame' must be frame, not %T", given[1]);
  if (num_as_int(ts, given[2], &lasti) < 0 || num_as_int(ts, given[3], &lineno) < 0) return NULL;
  return traceback_new(ts, given[0] == V_NONE ? NULL : given[0], given[1], lasti >> 1, lineno);
}
static const GetSetDef traceback_getsets[] = {
    {"tb_next", tb_get_next, tb_set_next, NULL}, {"tb_frame", tb_get_frame, NULL, NULL}, {"tb_lineno", tb_get_lineno, NULL, NULL}, {"tb_lasti", tb_get_lasti, NULL, NULL}, {0}};

Type *type_traceback_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "traceback",
      .size = sizeof(Traceback),
      .flags = TYPE_GC,
      .slots = {.dealloc = traceback_dealloc, .traverse = traceback_traverse, .clear = traceback_clear, .new = traceback_new_py},
      .getsets = traceback_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_TRACEBACK);
}
