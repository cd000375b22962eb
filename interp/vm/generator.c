/* generator.c - generators, coroutines, async generators: frames that can stop and go on.
 * Keeps true: state CREATED -> SUSPENDED <-> RUNNING -> FINISHED; while running, the frame is linked on top of its resumer's,
 *   and its handled exception on the thread's stack of them.
 * Next: ops/generators.h, async_generator.c. CPython: Objects/genobject.c. PEP 255, 342, 380, 479, 492. */
#include "interp/vm/eval_internal.h"
#include "runtime/reclaim.h"

Value generator_make(ThreadState *ts, Frame *f) {
  Code *code = f->code;
  int flags = code->flags;
  Kind kind = flags & CO_COROUTINE ? K_COROUTINE : flags & CO_ASYNC_GENERATOR ? K_ASYNC_GENERATOR : K_GENERATOR;
  Value v = object_alloc_raw(ts, ts->interp->types[kind], sizeof(Generator) + (size_t)code->frame_size * sizeof(Value));
  if (v == NULL) return NULL;
  memset(v + 1, 0, sizeof(Generator) - sizeof(Object));
  Generator *g = as_generator(v);
  g->func = incref((Value)f->func);
  g->name = incref(f->func->name);
  g->qualname = incref(f->func->qualname);
  memcpy(g->places, f->locals, (size_t)code->place_count * sizeof(Value));
  g->frame = (Frame){.func = f->func, .code = code, .locals = g->places, .ip = f->ip, .sp = g->places + code->place_count, .flags = FRAME_GENERATOR, .generator = g};
  g->state = GEN_CREATED;
  if (f->object) { /* somebody holds the frame that only made us: show it as ended without locals */
    Value object = f->object;
    f->object = NULL;
    ((FrameObject *)object)->frame = &g->frame;
    g->frame.object = object;
  }
  if (kind == K_COROUTINE && ts->coroutine_origin_depth > 0) g->origin = NULL;
  return v;
}

static const char *word_for(ThreadState *ts, Value g) {
  Type *t = type_of(ts, g);
  return t == TYPE(COROUTINE) ? "coroutine" : t == TYPE(ASYNC_GENERATOR) ? "async generator" : "generator";
}

/* Of the threads that want to run g, one may. */
static bool claim(ThreadState *ts, Generator *g) {
  uint8_t state = __atomic_load_n(&g->state, __ATOMIC_ACQUIRE);
  if (state <= GEN_SUSPENDED && __atomic_compare_exchange_n(&g->state, &state, GEN_RUNNING, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return true;
  err_format(ts, EXC(ValueError), "%s already executing", word_for(ts, (Value)g));
  return false;
}

/* Nobody runs it now: anybody may. */
static void let_go(Generator *g) { __atomic_store_n(&g->state, GEN_SUSPENDED, __ATOMIC_RELEASE); }

Frame *generator_resume(ThreadState *ts, Generator *g, uint32_t how) {
  char here;
  if (UNLIKELY(--ts->recursion_left <= 0 || &here < ts->c_stack_limit)) {
    frame_push_failed(ts);
    return NULL;
  }
  if (IS_PARALLEL(ts) && !claim(ts, g)) {
    ts->recursion_left++;
    return NULL;
  }
  Frame *f = &g->frame;
  /* the None that RETURN_GENERATOR's POP_TOP, or the yield expression, takes */
  *f->sp++ = V_NONE;
  f->prev = ts->frame;
  f->ext = ts->frame ? ts->frame->ext : ts->stack_base;
  f->flags = FRAME_GENERATOR | how;
  g->handling.prev = ts->exc_info;
  ts->exc_info = &g->handling;
  RACY_STORE(g->state, GEN_RUNNING);
  ts->frame = f;
  return f;
}

/* The frame will not run again: who still looks at it sees that it is gone. */
static void drop_frame_object(ThreadState *ts, Generator *g) {
  if (g->frame.object == NULL) return;
  ((FrameObject *)g->frame.object)->frame = NULL;
  CLEAR(g->frame.object);
}

void generator_end(ThreadState *ts, Generator *g) {
  RACY_STORE(g->state, GEN_FINISHED);
  drop_frame_object(ts, g); /* still there when it never ran */
  Value handling = g->handling.exc;
  g->handling.exc = NULL;
  xdecref(ts, handling);
  Value func = g->func;
  g->func = NULL;
  g->frame.prev = NULL;
  xdecref(ts, func);
}

void generator_fix_stop_iteration(ThreadState *ts, Generator *g) {
  const char *message = NULL;
  bool is_async = shape_of(&g->base)->type == TYPE(ASYNC_GENERATOR);
  if (err_matches(ts, EXC(StopIteration)))
    message = is_async ? "async generator raised StopIteration" : g->frame.code->flags & CO_COROUTINE ? "coroutine raised StopIteration" : "generator raised StopIteration";
  else if (is_async && err_matches(ts, EXC(StopAsyncIteration)))
    message = "async generator raised StopAsyncIteration";
  if (message == NULL) return;
  err_from_cause(ts, EXC(RuntimeError), "%s", message);
}

/* ---- resuming from C ---- */

/* Run g until it yields (0), returns (1) or raises (-1). With ts->exc pending on entry it is raised inside. */
static int run(ThreadState *ts, Value v, Value sent, bool throwing, Value *result) {
  Generator *g = as_generator(v);
  *result = NULL;
  if (RACY_LOAD(g->state) == GEN_RUNNING) {
    if (throwing) err_clear(ts);
    err_format(ts, EXC(ValueError), "%s already executing", word_for(ts, v));
    return -1;
  }
  if (RACY_LOAD(g->state) == GEN_FINISHED) {
    if (throwing) return -1;
    if (type_of(ts, v) == TYPE(COROUTINE) && sent != NULL) {
      err_format(ts, EXC(RuntimeError), "cannot reuse already awaited coroutine");
      return -1;
    }
    *result = V_NONE;
    return 1;
  }
  if (RACY_LOAD(g->state) == GEN_CREATED && sent && sent != V_NONE && !throwing) {
    err_format(ts, EXC(TypeError), "can't send non-None value to a just-started %s", word_for(ts, v));
    return -1;
  }
  bool fresh = RACY_LOAD(g->state) == GEN_CREATED;
  Value pending = throwing ? err_fetch(ts) : NULL;
  Frame *f = generator_resume(ts, g, FRAME_ENTRY);
  if (f == NULL) {
    xdecref(ts, pending);
    return -1;
  }
  if (!fresh && sent) f->sp[-1] = incref(sent);
  if (throwing) err_set_instance(ts, pending);
  incref(v);
  *result = eval(ts, f, throwing);
  int outcome = *result == NULL ? -1 : RACY_LOAD(g->state) == GEN_FINISHED ? 1 : 0;
  decref(ts, v);
  return outcome;
}

static bool is_generator_kind(Value v) { return is_object(v) && (v->kind == K_GENERATOR || v->kind == K_COROUTINE || v->kind == K_ASYNC_GENERATOR); }

/* The value of a pending StopIteration, which is cleared: OWNED. */
static Value take_stop_value(ThreadState *ts) {
  Value exc = err_fetch(ts);
  Value v = EXC_FIELD(exc, extra[X_STOP_VALUE]);
  v = v ? incref(v) : V_NONE;
  decref(ts, exc);
  return v;
}

Value generator_send(ThreadState *ts, Value receiver, Value sent, int *finished) {
  *finished = 0;
  Value r;
  if (is_generator_kind(receiver)) {
    int outcome = run(ts, receiver, sent, false, &r);
    *finished = outcome == 1;
    return r;
  }
  if (sent == V_NONE && type_of(ts, receiver)->slots.next) r = type_of(ts, receiver)->slots.next(ts, receiver);
  else r = call_method1(ts, receiver, ID(send), sent);
  if (r) return r;
  if (!err_occurred(ts)) {
    *finished = 1;
    return V_NONE;
  }
  if (!err_matches(ts, EXC(StopIteration))) return NULL;
  *finished = 1;
  return take_stop_value(ts);
}

/* What g delegates to (yield from, await), borrowed, or NULL. */
static Value delegate_of_suspended(Generator *g) {
  Unit next = *g->frame.ip;
  if (UNIT_OP(next) != OP_RESUME || UNIT_ARG(next) < 2) return NULL;
  return g->frame.sp[-1];
}

static int close_delegate(ThreadState *ts, Value d) {
  if (is_generator_kind(d)) {
    Value r = call_method0(ts, d, ID(close));
    xdecref(ts, r);
    return r ? 0 : -1;
  }
  bool failed;
  Value close = attr_get_optional(ts, d, ID(close), &failed);
  if (close == NULL) {
    if (failed) err_write_unraisable(ts, d);
    return 0;
  }
  Value r = call0(ts, close);
  decref(ts, close);
  xdecref(ts, r);
  return r ? 0 : -1;
}

/* The delegate has ended: the frame goes on behind the yield from. */
static void leave_delegate(ThreadState *ts, Generator *g) {
  /* SEND(delegate, x) jumps over the loop when the delegate is done; do what it would have done. */
  Frame *f = &g->frame;
  Value d = *--f->sp;
  decref(ts, d);
  Unit *send = f->ip; /* at RESUME; behind it JUMP_BACKWARD_NO_INTERRUPT to SEND */
  Unit back = send[1];
  Unit *at = send + 2 - UNIT_ARG(back);
  f->ip = at + 1 + UNIT_ARG(*at);
}

/* args[0..nargs): what throw() was given, for a delegate with a throw() of its own; nargs 0: exc itself. */
static int throw_into(ThreadState *ts, Value v, STEALS Value exc, Value *args, ssize_t nargs, Value *result) {
  Generator *g = as_generator(v);
  *result = NULL;
  uint8_t state = RACY_LOAD(g->state);
  bool may_delegate = state == GEN_SUSPENDED || state == GEN_RUNNING;
  if (may_delegate && !claim(ts, g)) {
    decref(ts, exc);
    return -1;
  }
  Value d = may_delegate ? delegate_of_suspended(g) : NULL;
  if (may_delegate && d == NULL) let_go(g);
  if (d) { /* g runs, for others, while its delegate does */
    incref(d);
    if (exception_matches(ts, exc, EXC(GeneratorExit))) {
      int failed = close_delegate(ts, d);
      let_go(g);
      decref(ts, d);
      if (failed < 0) {
        decref(ts, exc);
        return run(ts, v, NULL, true, result);
      }
      err_restore(ts, exc);
      return run(ts, v, NULL, true, result);
    }
    int outcome;
    Value r = NULL;
    if (is_generator_kind(d)) {
      outcome = throw_into(ts, d, exc, args, nargs, &r);
    } else {
      bool failed;
      Value throw = attr_get_optional(ts, d, ID(throw), &failed);
      if (throw == NULL) {
        decref(ts, d);
        let_go(g);
        if (failed) decref(ts, exc);
        else err_restore(ts, exc);
        return run(ts, v, NULL, true, result);
      }
      r = nargs ? call(ts, throw, args, nargs, NULL) : call1(ts, throw, exc);
      decref(ts, throw);
      decref(ts, exc);
      outcome = r ? 0 : -1;
      if (r == NULL && err_matches(ts, EXC(StopIteration))) {
        r = take_stop_value(ts);
        outcome = 1;
      }
    }
    decref(ts, d);
    if (outcome == 1) leave_delegate(ts, g);
    let_go(g);
    if (outcome == 0) {
      *result = r;
      return 0;
    }
    if (outcome < 0) return run(ts, v, NULL, true, result);
    outcome = run(ts, v, r, false, result);
    decref(ts, r);
    return outcome;
  }
  if (RACY_LOAD(g->state) == GEN_FINISHED) {
    err_restore(ts, exc);
    if (type_of(ts, v) == TYPE(COROUTINE)) {
      err_clear(ts);
      err_format(ts, EXC(RuntimeError), "cannot reuse already awaited coroutine");
    }
    return -1;
  }
  err_restore(ts, exc);
  return run(ts, v, NULL, true, result);
}

Value generator_throw(ThreadState *ts, Value gen, Value exc, int *finished) {
  Value r;
  int outcome = throw_into(ts, gen, incref(exc), NULL, 0, &r);
  *finished = outcome == 1;
  return r;
}

/* ---- methods ---- */

static Value finish_or_value(ThreadState *ts, int outcome, Value r) {
  if (outcome != 1) return r;
  err_stop_iteration(ts, r);
  decref(ts, r);
  return NULL;
}

static Value generator_next(ThreadState *ts, Value self) {
  Value r;
  if (run(ts, self, NULL, false, &r) != 1) return r;
  if (r != V_NONE) err_stop_iteration(ts, r); /* a return value travels in the exception */
  decref(ts, r);
  return NULL;
}
static Value generator_send_py(NATIVE_ARGS) {
  Value r;
  int outcome = run(ts, self, args[0], false, &r);
  return finish_or_value(ts, outcome, r);
}

/* throw(type), throw(type, value), throw(type, value, tb), throw(instance): OWNED instance. */
Value exception_from_throw(ThreadState *ts, Value *args, ssize_t nargs) {
  Value type = args[0], value = nargs > 1 && args[1] != V_NONE ? args[1] : NULL, tb = nargs > 2 && args[2] != V_NONE ? args[2] : NULL, exc;
  if (tb && !is_kind(tb, K_TRACEBACK)) return err_format(ts, EXC(TypeError), "throw() third argument must be a traceback object");
  if (is_exception_class(ts, type)) {
    if (value && is_exception(value) && type_is_subtype(type_of(ts, value), (Type *)type)) exc = incref(value);
    else if (value && is_tuple(value)) exc = call_args(ts, type, tuple_items(value), tuple_len(value));
    else exc = value ? call1(ts, type, value) : call0(ts, type);
    if (exc && !is_exception(exc)) {
      err_format(ts, EXC(TypeError), "exceptions must be classes or instances deriving from BaseException, not %T", exc);
      CLEAR(exc);
    }
  } else if (is_exception(type)) {
    if (value) return err_format(ts, EXC(TypeError), "instance exception may not have a separate value");
    exc = incref(type);
  } else {
    return err_format(ts, EXC(TypeError), "exceptions must be classes or instances deriving from BaseException, not %T", type);
  }
  if (exc && tb) replace(ts, &as_exception(exc)->traceback, incref(tb));
  return exc;
}
static Value generator_throw_py(NATIVE_ARGS) {
  Value exc = exception_from_throw(ts, args, nargs), r;
  if (exc == NULL) return NULL;
  int outcome = throw_into(ts, self, exc, args, nargs, &r);
  return finish_or_value(ts, outcome, r);
}

static int close_generator(ThreadState *ts, Value self) {
  Generator *g = as_generator(self);
  if (RACY_LOAD(g->state) == GEN_CREATED) { /* nothing has run: nothing to unwind */
    if (IS_PARALLEL(ts) && !claim(ts, g)) return -1;
    release_values(ts, g->places, g->places + g->frame.code->place_count);
    memset(g->places, 0, (size_t)g->frame.code->place_count * sizeof(Value));
    generator_end(ts, g);
    return 0;
  }
  if (RACY_LOAD(g->state) == GEN_FINISHED) return 0;
  Value exc = call0(ts, EXC(GeneratorExit)), r;
  if (exc == NULL) return -1;
  int outcome = throw_into(ts, self, exc, NULL, 0, &r);
  if (outcome == 0) {
    decref(ts, r);
    err_format(ts, EXC(RuntimeError), "%s ignored GeneratorExit", word_for(ts, self));
    return -1;
  }
  if (outcome == 1) {
    decref(ts, r);
    return 0;
  }
  if (err_matches(ts, EXC(StopIteration)) || err_matches(ts, EXC(GeneratorExit))) {
    err_clear(ts);
    return 0;
  }
  return -1;
}
static Value generator_close_py(NATIVE_ARGS) { return close_generator(ts, self) < 0 ? NULL : V_NONE; }

static void warn_never_awaited(ThreadState *ts, Generator *g) {
  if (err_warn(ts, EXC(RuntimeWarning), 1, "coroutine '%U' was never awaited", g->qualname) < 0) err_write_unraisable(ts, (Value)g);
}

/* Dropped while suspended: run its finally blocks. */
static void generator_finalize(ThreadState *ts, Value self) {
  Generator *g = as_generator(self);
  if (RACY_LOAD(g->state) == GEN_FINISHED) return;
  Value pending = err_fetch(ts);
  Type *type = type_of(ts, self);
  if (type == TYPE(ASYNC_GENERATOR) && g->finalizer && !g->is_closed) {
    Value r = call1(ts, g->finalizer, self);
    if (r == NULL) err_write_unraisable(ts, self);
    xdecref(ts, r);
    err_restore(ts, pending);
    return;
  }
  if (type == TYPE(COROUTINE) && g->state == GEN_CREATED && !ts->interp->finalizing) warn_never_awaited(ts, g);
  if (close_generator(ts, self) < 0) err_write_unraisable(ts, self);
  err_restore(ts, pending);
}

static void generator_dealloc(ThreadState *ts, Value self) {
  Generator *g = as_generator(self);
  if (g->state != GEN_FINISHED && g->func) {
    drop_frame_object(ts, g);
    release_values(ts, g->places, g->frame.sp);
    CLEAR(g->handling.exc);
    CLEAR(g->func);
  }
  xdecref(ts, g->name);
  xdecref(ts, g->qualname);
  xdecref(ts, g->origin);
  xdecref(ts, g->finalizer);
  object_release(ts, self);
}
static int generator_traverse(Value self, Visit visit, void *arg) {
  Generator *g = as_generator(self);
  VISIT(g->func);
  VISIT(g->handling.exc);
  VISIT(g->finalizer);
  if (g->state == GEN_CREATED || g->state == GEN_SUSPENDED) {
    VISIT(g->frame.object);
    for (Value *p = g->places; p < g->frame.sp; p++) VISIT(*p);
  }
  return 0;
}

static Value generator_repr(ThreadState *ts, Value self) {
  const char *word = type_of(ts, self) == TYPE(COROUTINE) ? "coroutine" : type_of(ts, self) == TYPE(ASYNC_GENERATOR) ? "async_generator" : "generator";
  return str_format(ts, "<%s object %U at %p>", word, as_generator(self)->qualname, (void *)self);
}
static Value self_iter(ThreadState *ts, Value self) { return incref(self); }
static Value get_name(ThreadState *ts, Value self) { return incref(as_generator(self)->name); }
static int set_name(ThreadState *ts, Value self, Value value) {
  if (value == NULL || !is_str(value)) {
    err_format(ts, EXC(TypeError), "__name__ must be set to a string object");
    return -1;
  }
  replace(ts, &as_generator(self)->name, incref(value));
  return 0;
}
static Value get_qualname(ThreadState *ts, Value self) { return incref(as_generator(self)->qualname); }
static int set_qualname(ThreadState *ts, Value self, Value value) {
  if (value == NULL || !is_str(value)) {
    err_format(ts, EXC(TypeError), "__qualname__ must be set to a string object");
    return -1;
  }
  replace(ts, &as_generator(self)->qualname, incref(value));
  return 0;
}
static Value get_code(ThreadState *ts, Value self) { return incref((Value)as_generator(self)->frame.code); }
/* The frame may belong to a thread that runs it: it stands still while we look. */
Value generator_frame(ThreadState *ts, Value self) {
  STOP_WORLD(ts);
  Value r = as_generator(self)->state == GEN_FINISHED ? V_NONE : frame_object(ts, &as_generator(self)->frame);
  START_WORLD(ts);
  return r;
}
static Value get_running(ThreadState *ts, Value self) { return bool_value(RACY_LOAD(as_generator(self)->state) == GEN_RUNNING); }
static Value get_suspended(ThreadState *ts, Value self) { return bool_value(RACY_LOAD(as_generator(self)->state) == GEN_SUSPENDED); }
Value generator_delegate(ThreadState *ts, Value self) {
  Generator *g = as_generator(self);
  STOP_WORLD(ts);
  Value d = g->state == GEN_SUSPENDED ? delegate_of_suspended(g) : NULL;
  Value r = d ? incref(d) : V_NONE;
  START_WORLD(ts);
  return r;
}
static Value get_origin(ThreadState *ts, Value self) { return as_generator(self)->origin ? incref(as_generator(self)->origin) : V_NONE; }
static const MethodDef generator_methods[] = {
    {"send", generator_send_py, 1, 1, 0, "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration."},
    {"throw", generator_throw_py, 1, 3, 0, "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration."},
    {"close", generator_close_py, 0, 0, 0, "close() -> raise GeneratorExit inside generator."},
    {0}};
static const GetSetDef generator_getsets[] = {
    {"__name__", get_name, set_name, NULL}, {"__qualname__", get_qualname, set_qualname, NULL}, {"gi_yieldfrom", generator_delegate, NULL, NULL}, {"gi_code", get_code, readonly_attribute, NULL},
    {"gi_frame", generator_frame, NULL, NULL}, {"gi_running", get_running, NULL, NULL}, {"gi_suspended", get_suspended, NULL, NULL}, {0}};
static const GetSetDef coroutine_getsets[] = {
    {"__name__", get_name, set_name, NULL}, {"__qualname__", get_qualname, set_qualname, NULL}, {"cr_await", generator_delegate, NULL, NULL}, {"cr_code", get_code, readonly_attribute, NULL},
    {"cr_frame", generator_frame, NULL, NULL}, {"cr_running", get_running, NULL, NULL}, {"cr_suspended", get_suspended, NULL, NULL}, {"cr_origin", get_origin, NULL, NULL}, {0}};

Type *type_generator_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "generator",
      .size = sizeof(Generator),
      .flags = TYPE_GC | TYPE_NO_NEW | TYPE_WEAKREFS,
      .slots = {.dealloc = generator_dealloc, .traverse = generator_traverse, .finalize = generator_finalize, .repr = generator_repr, .iter = self_iter, .next = generator_next},
      .methods = generator_methods,
      .getsets = generator_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_GENERATOR);
}

/* ---- coroutines ---- */

/* coroutine.__await__(): an iterator that drives it. */
typedef struct {
  Object base;
  Value coroutine;
} CoroutineWrapper;
static void wrapper_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((CoroutineWrapper *)self)->coroutine);
  object_release(ts, self);
}
static int wrapper_traverse(Value self, Visit visit, void *arg) {
  VISIT(((CoroutineWrapper *)self)->coroutine);
  return 0;
}
static Value wrapper_next(ThreadState *ts, Value self) {
  Value r;
  int outcome = run(ts, ((CoroutineWrapper *)self)->coroutine, V_NONE, false, &r);
  return finish_or_value(ts, outcome, r);
}
static Value wrapper_send(NATIVE_ARGS) {
  Value r;
  int outcome = run(ts, ((CoroutineWrapper *)self)->coroutine, args[0], false, &r);
  return finish_or_value(ts, outcome, r);
}
static Value wrapper_throw(NATIVE_ARGS) { return generator_throw_py(ts, ((CoroutineWrapper *)self)->coroutine, args, nargs, kwnames); }
static Value wrapper_close(NATIVE_ARGS) { return close_generator(ts, ((CoroutineWrapper *)self)->coroutine) < 0 ? NULL : V_NONE; }
static const MethodDef wrapper_methods[] = {{"send", wrapper_send, 1, 1, 0, NULL}, {"throw", wrapper_throw, 1, 3, 0, NULL}, {"close", wrapper_close, 0, 0, 0, NULL}, {0}};

static Value coroutine_await(ThreadState *ts, Value self) {
  static const TypeSpec spec = {.name = "coroutine_wrapper", .size = sizeof(CoroutineWrapper), .flags = TYPE_GC | TYPE_NO_NEW,
                                .slots = {.dealloc = wrapper_dealloc, .traverse = wrapper_traverse, .iter = self_iter, .next = wrapper_next}, .methods = wrapper_methods};
  Type **place = &ts->interp->helper_types[2];
  if (*place == NULL && (*place = type_from_spec(ts, &spec, NULL, K_OBJECT)) == NULL) return NULL;
  Value w = object_alloc(ts, *place, sizeof(CoroutineWrapper));
  if (w) ((CoroutineWrapper *)w)->coroutine = incref(self);
  return w;
}

Type *type_coroutine_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "coroutine",
      .size = sizeof(Generator),
      .flags = TYPE_GC | TYPE_NO_NEW | TYPE_WEAKREFS,
      .slots = {.dealloc = generator_dealloc, .traverse = generator_traverse, .finalize = generator_finalize, .repr = generator_repr, .await = coroutine_await},
      .methods = generator_methods,
      .getsets = coroutine_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_COROUTINE);
}

static bool is_awaitable_generator(ThreadState *ts, Value v) {
  return is_object(v) && (v->kind == K_COROUTINE || (v->kind == K_GENERATOR && as_generator(v)->frame.code->flags & CO_ITERABLE_COROUTINE));
}

static bool is_awaited(ThreadState *ts, Value v) {
  if (RACY_LOAD(as_generator(v)->state) != GEN_SUSPENDED) return false;
  Value d = generator_delegate(ts, v);
  decref(ts, d);
  return d != V_NONE;
}

Value get_awaitable(ThreadState *ts, Value v, int oparg) {
  if (is_awaitable_generator(ts, v)) {
    if (v->kind == K_COROUTINE && is_awaited(ts, v)) return err_format(ts, EXC(RuntimeError), "coroutine is being awaited already");
    return incref(v);
  }
  Type *type = type_of(ts, v);
  if (type->slots.await == NULL) {
    if (oparg == 1) return err_format(ts, EXC(TypeError), "'async with' received an object from __aenter__ that does not implement __await__: %T", v);
    if (oparg == 2) return err_format(ts, EXC(TypeError), "'async with' received an object from __aexit__ that does not implement __await__: %T", v);
    return err_format(ts, EXC(TypeError), "object %T can't be used in 'await' expression", v);
  }
  Value it = type->slots.await(ts, v);
  if (it == NULL) return NULL;
  if (is_awaitable_generator(ts, it)) {
    err_format(ts, EXC(TypeError), "__await__() returned a coroutine");
    CLEAR(it);
  } else if (!is_iterator(ts, it)) {
    err_format(ts, EXC(TypeError), "__await__() returned non-iterator of type '%T'", it);
    CLEAR(it);
  }
  return it;
}

Value yield_from_iter(ThreadState *ts, Value v, bool from_coroutine) {
  if (is_object(v) && v->kind == K_COROUTINE) {
    if (from_coroutine) return incref(v);
    return err_format(ts, EXC(TypeError), "cannot 'yield from' a coroutine object in a non-coroutine generator");
  }
  if (is_object(v) && v->kind == K_GENERATOR) return incref(v);
  return iter_of(ts, v);
}

/* Parts that async_generator.c needs. */
int generator_run(ThreadState *ts, Value v, Value sent, bool throwing, Value *result) { return run(ts, v, sent, throwing, result); }
int generator_throw_into(ThreadState *ts, Value v, STEALS Value exc, Value *result) { return throw_into(ts, v, exc, NULL, 0, result); }
void generator_dealloc_slot(ThreadState *ts, Value self) { generator_dealloc(ts, self); }
int generator_traverse_slot(Value self, Visit visit, void *arg) { return generator_traverse(self, visit, arg); }
void generator_finalize_slot(ThreadState *ts, Value self) { generator_finalize(ts, self); }
Value generator_repr_slot(ThreadState *ts, Value self) { return generator_repr(ts, self); }

