/* async_generator.c - async generators: what __anext__, asend, athrow and aclose return are awaitables that step the generator.
 * Keeps true: a value that the generator yields to `async for` travels wrapped (ASYNC_GEN_WRAP), so that it can be told from
 *   what an await inside passes up.
 * Next: generator.c. CPython: Objects/genobject.c (async_gen_*). PEP 525. */
#include "interp/vm/eval_internal.h"

int generator_run(ThreadState *ts, Value v, Value sent, bool throwing, Value *result);
int generator_throw_into(ThreadState *ts, Value v, STEALS Value exc, Value *result);
void generator_dealloc_slot(ThreadState *ts, Value self);
int generator_traverse_slot(Value self, Visit visit, void *arg);
void generator_finalize_slot(ThreadState *ts, Value self);
Value generator_repr_slot(ThreadState *ts, Value self);
Value generator_delegate(ThreadState *ts, Value self);
Value generator_frame(ThreadState *ts, Value self);
Value exception_from_throw(ThreadState *ts, Value *args, ssize_t nargs);

/* ---- the wrapped value ---- */

typedef struct {
  Object base;
  Value value;
} Wrapped;
static void wrapped_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Wrapped *)self)->value);
  object_release(ts, self);
}
static int wrapped_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Wrapped *)self)->value);
  return 0;
}
static Type *helper(ThreadState *ts, int i, const TypeSpec *spec) {
  Type **place = &ts->interp->helper_types[i];
  if (*place == NULL) *place = type_from_spec(ts, spec, NULL, K_OBJECT);
  return *place;
}
static Type *wrapped_type(ThreadState *ts) {
  static const TypeSpec spec = {.name = "async_generator_wrapped_value", .size = sizeof(Wrapped), .flags = TYPE_GC | TYPE_NO_NEW, .slots = {.dealloc = wrapped_dealloc, .traverse = wrapped_traverse}};
  return helper(ts, 3, &spec);
}
Value async_gen_wrap(ThreadState *ts, Value v) {
  Type *type = wrapped_type(ts);
  Value w = type ? object_alloc(ts, type, sizeof(Wrapped)) : NULL;
  if (w) ((Wrapped *)w)->value = incref(v);
  return w;
}
bool is_async_gen_wrapped(ThreadState *ts, Value v) { return is_object(v) && shape_of(v)->type == ts->interp->helper_types[3]; }

/* ---- one step: asend(v), __anext__(), athrow(...), aclose() ---- */

enum { STEP_SEND, STEP_THROW, STEP_CLOSE };
enum { STEP_NEW, STEP_ITERATING, STEP_DONE };
typedef struct {
  Object base;
  Value generator;
  Value sent; /* STEP_SEND: the value; STEP_THROW: tuple of throw()'s arguments */
  uint8_t what, state;
} Step;
static Step *as_step(Value v) { return (Step *)v; }

static void step_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_step(self)->generator);
  xdecref(ts, as_step(self)->sent);
  object_release(ts, self);
}
static int step_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_step(self)->generator);
  VISIT(as_step(self)->sent);
  return 0;
}

/* What a run of the generator means to the one who awaits the step. */
static Value step_outcome(ThreadState *ts, Step *s, int outcome, Value r) {
  Generator *g = as_generator(s->generator);
  if (outcome == 0 && is_async_gen_wrapped(ts, r)) { /* a yield: the step is over, its value in StopIteration */
    Value v = incref(((Wrapped *)r)->value);
    decref(ts, r);
    g->running_async = false;
    s->state = STEP_DONE;
    if (s->what == STEP_CLOSE) {
      decref(ts, v);
      return err_format(ts, EXC(RuntimeError), "async generator ignored GeneratorExit");
    }
    Value exc = call1(ts, EXC(StopIteration), v);
    decref(ts, v);
    return err_set_instance(ts, exc);
  }
  if (outcome == 0) return r; /* an await inside: pass it up */
  g->running_async = false;
  s->state = STEP_DONE;
  if (outcome == 1) {
    xdecref(ts, r);
    g->is_closed = true;
    if (s->what == STEP_CLOSE) return err_stop_iteration(ts, NULL);
    return err_set(ts, EXC(StopAsyncIteration), NULL);
  }
  if (RACY_LOAD(g->state) == GEN_FINISHED) g->is_closed = true;
  if (s->what == STEP_CLOSE && (err_matches(ts, EXC(StopAsyncIteration)) || err_matches(ts, EXC(GeneratorExit)))) {
    err_clear(ts);
    return err_stop_iteration(ts, NULL);
  }
  return NULL;
}

static const char *step_name(Step *s) { return s->what == STEP_SEND ? "asend()" : s->what == STEP_THROW ? "athrow()" : "aclose()"; }

static Value step_advance(ThreadState *ts, Value self, Value arg) {
  Step *s = as_step(self);
  Generator *g = as_generator(s->generator);
  Value r;
  if (s->state == STEP_DONE) return err_format(ts, EXC(RuntimeError), s->what == STEP_SEND ? "cannot reuse already awaited __anext__()/asend()" : "cannot reuse already awaited aclose()/athrow()");
  if (s->state == STEP_ITERATING) {
    int outcome = generator_run(ts, s->generator, arg, false, &r);
    return step_outcome(ts, s, outcome, r);
  }
  if (g->running_async) {
    s->state = STEP_DONE;
    return err_format(ts, EXC(RuntimeError), s->what == STEP_SEND ? "anext(): asynchronous generator is already running" : "%s: asynchronous generator is already running", step_name(s));
  }
  if (s->what != STEP_SEND && g->is_closed) {
    s->state = STEP_DONE;
    return err_set(ts, s->what == STEP_CLOSE ? EXC(StopIteration) : EXC(StopAsyncIteration), NULL);
  }
  if (s->what == STEP_SEND) {
    if (arg == V_NONE) arg = s->sent ? s->sent : V_NONE;
    g->running_async = true;
    s->state = STEP_ITERATING;
    if (RACY_LOAD(g->state) == GEN_FINISHED) {
      g->running_async = false;
      s->state = STEP_DONE;
      return err_set(ts, EXC(StopAsyncIteration), NULL);
    }
    int outcome = generator_run(ts, s->generator, arg, false, &r);
    return step_outcome(ts, s, outcome, r);
  }
  if (arg != V_NONE) return err_format(ts, EXC(RuntimeError), "can't send non-None value to a just-started coroutine");
  s->state = STEP_ITERATING;
  g->running_async = true;
  if (s->what == STEP_CLOSE) {
    g->is_closed = true;
    if (RACY_LOAD(g->state) == GEN_CREATED || RACY_LOAD(g->state) == GEN_FINISHED) {
      Value done = RACY_LOAD(g->state) == GEN_CREATED ? NULL : V_NONE;
      if (done == NULL) {
        release_values(ts, g->places, g->frame.sp);
        g->frame.sp = g->places;
        generator_end(ts, g);
      }
      g->running_async = false;
      s->state = STEP_DONE;
      return err_stop_iteration(ts, NULL);
    }
  }
  Value exc = s->what == STEP_CLOSE ? call0(ts, EXC(GeneratorExit)) : exception_from_throw(ts, tuple_items(s->sent), tuple_len(s->sent));
  if (exc == NULL) return NULL;
  int outcome = generator_throw_into(ts, s->generator, exc, &r);
  return step_outcome(ts, s, outcome, r);
}
static Value step_next(ThreadState *ts, Value self) { return step_advance(ts, self, V_NONE); }
static Value step_send(NATIVE_ARGS) { return step_advance(ts, self, args[0]); }
static Value step_throw(NATIVE_ARGS) {
  Step *s = as_step(self);
  if (s->state == STEP_DONE) return err_format(ts, EXC(RuntimeError), s->what == STEP_SEND ? "cannot reuse already awaited __anext__()/asend()" : "cannot reuse already awaited aclose()/athrow()");
  Value exc = exception_from_throw(ts, args, nargs), r;
  if (exc == NULL) return NULL;
  s->state = STEP_ITERATING;
  int outcome = generator_throw_into(ts, s->generator, exc, &r);
  return step_outcome(ts, s, outcome, r);
}
static Value step_close(NATIVE_ARGS) {
  as_step(self)->state = STEP_DONE;
  return V_NONE;
}
static Value self_iter(ThreadState *ts, Value self) { return incref(self); }
static const MethodDef step_methods[] = {{"send", step_send, 1, 1, 0, NULL}, {"throw", step_throw, 1, 3, 0, NULL}, {"close", step_close, 0, 0, 0, NULL}, {0}};

static Value step_new(ThreadState *ts, Value generator, int what, NULLABLE STEALS Value sent) {
  static const TypeSpec send_spec = {.name = "async_generator_asend", .size = sizeof(Step), .flags = TYPE_GC | TYPE_NO_NEW,
                                     .slots = {.dealloc = step_dealloc, .traverse = step_traverse, .iter = self_iter, .next = step_next, .await = self_iter}, .methods = step_methods};
  static const TypeSpec throw_spec = {.name = "async_generator_athrow", .size = sizeof(Step), .flags = TYPE_GC | TYPE_NO_NEW,
                                      .slots = {.dealloc = step_dealloc, .traverse = step_traverse, .iter = self_iter, .next = step_next, .await = self_iter}, .methods = step_methods};
  Type *type = what == STEP_SEND ? helper(ts, 4, &send_spec) : helper(ts, 5, &throw_spec);
  Value v = type ? object_alloc(ts, type, sizeof(Step)) : NULL;
  if (v == NULL) {
    xdecref(ts, sent);
    return NULL;
  }
  as_step(v)->generator = incref(generator);
  as_step(v)->sent = sent;
  as_step(v)->what = (uint8_t)what;
  return v;
}

/* First use: sys.set_asyncgen_hooks. */
static int init_hooks(ThreadState *ts, Value self) {
  Generator *g = as_generator(self);
  if (g->hooks_inited) return 0;
  g->hooks_inited = true;
  g->finalizer = xincref(ts->async_gen_finalizer);
  if (ts->async_gen_firstiter == NULL) return 0;
  Value r = call1(ts, ts->async_gen_firstiter, self);
  xdecref(ts, r);
  return r ? 0 : -1;
}
static Value asend(NATIVE_ARGS) { return init_hooks(ts, self) < 0 ? NULL : step_new(ts, self, STEP_SEND, incref(args[0])); }
static Value athrow(NATIVE_ARGS) { return init_hooks(ts, self) < 0 ? NULL : step_new(ts, self, STEP_THROW, tuple_from_items(ts, args, nargs)); }
static Value aclose(NATIVE_ARGS) { return init_hooks(ts, self) < 0 ? NULL : step_new(ts, self, STEP_CLOSE, NULL); }
static Value anext_slot(ThreadState *ts, Value self) { return init_hooks(ts, self) < 0 ? NULL : step_new(ts, self, STEP_SEND, NULL); }

Value get_anext(ThreadState *ts, Value it) {
  Type *type = type_of(ts, it);
  if (type == TYPE(ASYNC_GENERATOR)) return anext_slot(ts, it);
  if (type->slots.anext == NULL) return err_format(ts, EXC(TypeError), "'async for' requires an iterator with __anext__ method, got %T", it);
  Value awaitable = type->slots.anext(ts, it);
  if (awaitable == NULL) return NULL;
  Value r = get_awaitable(ts, awaitable, 0);
  if (r == NULL) {
    Value cause = err_fetch(ts);
    err_format(ts, EXC(TypeError), "'async for' received an invalid object from __anext__: %T", awaitable);
    if (ts->exc) {
      replace(ts, &as_exception(ts->exc)->cause, incref(cause));
      as_exception(ts->exc)->suppress_context = true;
    }
    decref(ts, cause);
  }
  decref(ts, awaitable);
  return r;
}

/* ---- anext(it, default) ---- */

typedef struct {
  Object base;
  Value iterator, fallback;
} DefaultStep;
static void default_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((DefaultStep *)self)->iterator);
  xdecref(ts, ((DefaultStep *)self)->fallback);
  object_release(ts, self);
}
static int default_traverse(Value self, Visit visit, void *arg) {
  VISIT(((DefaultStep *)self)->iterator);
  VISIT(((DefaultStep *)self)->fallback);
  return 0;
}
static Value default_result(ThreadState *ts, Value self, Value r, int finished) {
  if (r && !finished) return r;
  if (r) {
    err_stop_iteration(ts, r);
    decref(ts, r);
    return NULL;
  }
  if (err_matches(ts, EXC(StopAsyncIteration))) {
    err_clear(ts);
    err_stop_iteration(ts, ((DefaultStep *)self)->fallback);
  }
  return NULL;
}
static Value default_next(ThreadState *ts, Value self) {
  int finished;
  Value r = generator_send(ts, ((DefaultStep *)self)->iterator, V_NONE, &finished);
  return default_result(ts, self, r, finished);
}
static Value default_send(NATIVE_ARGS) {
  int finished;
  Value r = generator_send(ts, ((DefaultStep *)self)->iterator, args[0], &finished);
  return default_result(ts, self, r, finished);
}
static Value default_throw(NATIVE_ARGS) {
  Value r = call_method(ts, ((DefaultStep *)self)->iterator, ID(throw), args, nargs);
  return default_result(ts, self, r, 0);
}
static Value default_close(NATIVE_ARGS) { return call_method0(ts, ((DefaultStep *)self)->iterator, ID(close)); }
static const MethodDef default_methods[] = {{"send", default_send, 1, 1, 0, NULL}, {"throw", default_throw, 1, 3, 0, NULL}, {"close", default_close, 0, 0, 0, NULL}, {0}};

Value anext_with_default(ThreadState *ts, Value awaitable, Value fallback) {
  static const TypeSpec spec = {.name = "anext_awaitable", .size = sizeof(DefaultStep), .flags = TYPE_GC | TYPE_NO_NEW,
                                .slots = {.dealloc = default_dealloc, .traverse = default_traverse, .iter = self_iter, .next = default_next, .await = self_iter}, .methods = default_methods};
  Type *type = helper(ts, 6, &spec);
  Value it = get_awaitable(ts, awaitable, 0);
  Value v = it && type ? object_alloc(ts, type, sizeof(DefaultStep)) : NULL;
  if (v == NULL) {
    xdecref(ts, it);
    return NULL;
  }
  ((DefaultStep *)v)->iterator = it;
  ((DefaultStep *)v)->fallback = incref(fallback);
  return v;
}

/* ---- the type ---- */

static Value get_name(ThreadState *ts, Value self) { return incref(as_generator(self)->name); }
static Value get_qualname(ThreadState *ts, Value self) { return incref(as_generator(self)->qualname); }
static int set_name(ThreadState *ts, Value self, Value value) {
  replace(ts, &as_generator(self)->name, xincref(value));
  return 0;
}
static int set_qualname(ThreadState *ts, Value self, Value value) {
  replace(ts, &as_generator(self)->qualname, xincref(value));
  return 0;
}
static Value get_code(ThreadState *ts, Value self) { return incref((Value)as_generator(self)->frame.code); }
static Value get_running(ThreadState *ts, Value self) { return bool_value(as_generator(self)->running_async); }
static Value class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }
static const MethodDef methods[] = {
    {"asend", asend, 1, 1, 0, "asend(v) -> send 'v' in generator."}, {"athrow", athrow, 1, 3, 0, "athrow(value) -> raise exception in generator."},
    {"aclose", aclose, 0, 0, 0, "aclose() -> raise GeneratorExit inside generator."}, {"__class_getitem__", class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"}, {0}};
static const GetSetDef getsets[] = {
    {"__name__", get_name, set_name, NULL}, {"__qualname__", get_qualname, set_qualname, NULL}, {"ag_await", generator_delegate, NULL, NULL}, {"ag_code", get_code, readonly_attribute, NULL},
    {"ag_frame", generator_frame, NULL, NULL}, {"ag_running", get_running, NULL, NULL}, {0}};

Type *type_async_generator_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "async_generator",
      .size = sizeof(Generator),
      .flags = TYPE_GC | TYPE_NO_NEW | TYPE_WEAKREFS,
      .slots = {.dealloc = generator_dealloc_slot, .traverse = generator_traverse_slot, .finalize = generator_finalize_slot, .repr = generator_repr_slot, .aiter = self_iter, .anext = anext_slot},
      .methods = methods,
      .getsets = getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_ASYNC_GENERATOR);
}
