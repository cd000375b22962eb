/* ops/generators.h - generators, coroutines, await. A generator's frame is linked in on top of whoever resumes it. */

TARGET(RETURN_GENERATOR) {
  SAVE();
  f->sp = sp;
  Value g = generator_make(ts, f);
  if (UNLIKELY(g == NULL)) goto error;
  /* the places have moved into the generator; this frame ends with it as the result */
  uint32_t flags = f->flags;
  Frame *prev = f->prev;
  frame_pop(ts, f);
  ts->frame = prev;
  if (flags & FRAME_ENTRY) return g;
  ENTER(prev);
  sp = f->sp;
  xdecref(ts, *sp);
  PUSH(g);
  NEXT();
}
TARGET(YIELD_VALUE) {
  result = POP();
  SAVE();
  f->sp = sp;
  Generator *g = f->generator;
  uint32_t flags = f->flags;
  Frame *prev = f->prev;
  ts->exc_info = g->handling.prev;
  ts->recursion_left++;
  f->prev = NULL;
  ts->frame = prev;
  __atomic_store_n(&g->state, GEN_SUSPENDED, __ATOMIC_RELEASE); /* from now on any thread may resume it */
  if (flags & FRAME_ENTRY) return result;
  ENTER(prev);
  sp = f->sp;
  PUSH(result);
  if ((flags & FRAME_FOR_ITER) && UNIT_OP(ip[-2]) == OP_FOR_ITER_STORE_FAST) { /* its second half */
    Unit store = *ip++;
    Value v = POP(), old = locals[UNIT_ARG(store)];
    locals[UNIT_ARG(store)] = v;
    xdecref(ts, old);
  }
  NEXT();
}
TARGET(SEND) {
  Value receiver = SECOND();
  SAVE();
  if (is_object(receiver) && (receiver->kind == K_GENERATOR || receiver->kind == K_COROUTINE)) {
    Generator *g = as_generator(receiver);
    if (LIKELY((RACY_LOAD(g->state) == GEN_SUSPENDED || (RACY_LOAD(g->state) == GEN_CREATED && TOP() == V_NONE)) && g->func != NULL)) {
      Value sent = POP();
      bool fresh = RACY_LOAD(g->state) == GEN_CREATED;
      f->sp = sp;
      *sp = NULL;
      Frame *resumed = generator_resume(ts, g, FRAME_SEND);
      if (UNLIKELY(resumed == NULL)) {
        decref(ts, sent);
        goto error;
      }
      if (!fresh) resumed->sp[-1] = sent; /* in place of the None that resuming put there */
      ENTER(resumed);
      sp = f->sp;
      NEXT();
    }
  }
  Value sent = POP();
  int finished;
  result = generator_send(ts, receiver, sent, &finished);
  decref(ts, sent);
  if (UNLIKELY(result == NULL)) goto error;
  if (finished) {
    TOP() = result;
    decref(ts, receiver);
    ip += oparg;
  } else {
    PUSH(result);
  }
  NEXT();
}
TARGET(ASYNC_GEN_WRAP) {
  Value v = TOP();
  result = async_gen_wrap(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  TOP() = result;
  decref(ts, v);
  NEXT();
}
TARGET(GET_YIELD_FROM_ITER) {
  SAVE();
  Value v = TOP();
  result = yield_from_iter(ts, v, f->code->flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE));
  if (UNLIKELY(result == NULL)) goto error;
  TOP() = result;
  decref(ts, v);
  NEXT();
}
TARGET(GET_AWAITABLE) {
  SAVE();
  Value v = TOP();
  result = get_awaitable(ts, v, (int)oparg);
  if (UNLIKELY(result == NULL)) goto error;
  TOP() = result;
  decref(ts, v);
  NEXT();
}
TARGET(GET_AITER) {
  SAVE();
  Value v = POP();
  Type *type = type_of(ts, v);
  result = type->slots.aiter ? type->slots.aiter(ts, v) : err_format(ts, EXC(TypeError), "'async for' requires an object with __aiter__ method, got %T", v);
  decref(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  if (UNLIKELY(type_of(ts, result)->slots.anext == NULL)) {
    err_format(ts, EXC(TypeError), "'async for' received an object from __aiter__ that does not implement __anext__: %T", result);
    decref(ts, result);
    goto error;
  }
  PUSH(result);
  NEXT();
}
TARGET(GET_ANEXT) {
  SAVE();
  result = get_anext(ts, TOP());
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(END_ASYNC_FOR) {
  Value exc = POP();
  if (exception_matches(ts, exc, EXC(StopAsyncIteration))) {
    decref(ts, exc);
    Value it = POP();
    decref(ts, it);
    NEXT();
  }
  SAVE();
  err_restore(ts, exc);
  goto unwind;
}
