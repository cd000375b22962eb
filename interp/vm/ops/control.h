/* ops/control.h - jumps and loops. Backward jumps are check points. */

TARGET(JUMP_FORWARD) {
  ip += oparg;
  NEXT();
}
TARGET(JUMP_BACKWARD) {
  ip -= oparg;
  CHECK_BREAKER();
  NEXT();
}
TARGET(JUMP_BACKWARD_NO_INTERRUPT) {
  ip -= oparg;
  NEXT();
}
/* Jump when the popped value's truth is `wanted`. */
#define JUMP_IF(wanted, move) \
  do { \
    Value v = POP(); \
    int t; \
    if (v == V_TRUE) t = 1; \
    else if (v == V_FALSE || v == V_NONE) t = 0; \
    else { \
      SAVE(); \
      t = truth_slow(ts, v); \
      decref(ts, v); \
      if (UNLIKELY(t < 0)) goto error; \
    } \
    if (t == (wanted)) move; \
  } while (0)
TARGET(POP_JUMP_FORWARD_IF_FALSE) {
  JUMP_IF(0, ip += oparg);
  NEXT();
}
TARGET(POP_JUMP_FORWARD_IF_TRUE) {
  JUMP_IF(1, ip += oparg);
  NEXT();
}
TARGET(POP_JUMP_BACKWARD_IF_FALSE) {
  Unit *target = ip - oparg;
  JUMP_IF(0, ip = target);
  CHECK_BREAKER();
  NEXT();
}
TARGET(POP_JUMP_BACKWARD_IF_TRUE) {
  Unit *target = ip - oparg;
  JUMP_IF(1, ip = target);
  CHECK_BREAKER();
  NEXT();
}
TARGET(POP_JUMP_FORWARD_IF_NONE) {
  Value v = POP();
  if (v == V_NONE) ip += oparg;
  else decref(ts, v);
  NEXT();
}
TARGET(POP_JUMP_FORWARD_IF_NOT_NONE) {
  Value v = POP();
  if (v != V_NONE) {
    ip += oparg;
    decref(ts, v);
  }
  NEXT();
}
TARGET(POP_JUMP_BACKWARD_IF_NONE) {
  Value v = POP();
  if (v == V_NONE) ip -= oparg;
  else decref(ts, v);
  CHECK_BREAKER();
  NEXT();
}
TARGET(POP_JUMP_BACKWARD_IF_NOT_NONE) {
  Value v = POP();
  if (v != V_NONE) {
    ip -= oparg;
    decref(ts, v);
  }
  CHECK_BREAKER();
  NEXT();
}
TARGET(JUMP_IF_FALSE_OR_POP) {
  SAVE();
  int t = truth(ts, TOP());
  if (UNLIKELY(t < 0)) goto error;
  if (t) {
    Value v = POP();
    decref(ts, v);
  } else {
    ip += oparg;
  }
  NEXT();
}
TARGET(JUMP_IF_TRUE_OR_POP) {
  SAVE();
  int t = truth(ts, TOP());
  if (UNLIKELY(t < 0)) goto error;
  if (t) {
    ip += oparg;
  } else {
    Value v = POP();
    decref(ts, v);
  }
  NEXT();
}
TARGET(GET_ITER) {
  Value v = TOP();
  if (is_object(v) && (v->kind == K_GENERATOR || v->kind == K_RANGE_ITERATOR)) NEXT();
  SAVE();
  result = iter_of(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  TOP() = result;
  decref(ts, v);
  NEXT();
}
/* The next item of the iterator on top into `result`; `exhausted` when there is none. */
#define FOR_ITER_FETCH(it) \
  switch ((it)->kind) { \
    case K_RANGE_ITERATOR: { \
      RangeIterator *r = (RangeIterator *)(it); \
      ssize_t left = RACY_LOAD(r->left), next = RACY_LOAD(r->next); \
      if (UNLIKELY(left <= 0)) goto for_iter_end; \
      RACY_STORE(r->left, left - 1); \
      result = small_int_value(next); \
      RACY_STORE(r->next, next + r->step); \
      break; \
    } \
    case K_LIST_ITERATOR: { \
      SequenceIterator *s = (SequenceIterator *)(it); \
      Value list = RACY_LOAD(s->sequence); \
      if (UNLIKELY(list == NULL)) goto for_iter_end; \
      ssize_t i = RACY_LOAD(s->index); \
      if (UNLIKELY(i >= list_len(list)) || UNLIKELY((result = LIST_GET(ts, list, i)) == NULL)) { \
        CLEAR(s->sequence); \
        goto for_iter_end; \
      } \
      RACY_STORE(s->index, i + 1); \
      incref(result); \
      break; \
    } \
    case K_GENERATOR: goto for_iter_generator; \
    default: { \
      SAVE(); \
      result = shape_of(it)->type->slots.next(ts, (it)); \
      if (result == NULL) { \
        if (err_occurred(ts)) { \
          if (!err_matches(ts, EXC(StopIteration))) goto error; \
          err_clear(ts); \
        } \
        goto for_iter_end; \
      } \
    } \
  }
TARGET(FOR_ITER) {
  Value it = TOP();
  ip++;
  FOR_ITER_FETCH(it);
  PUSH(result);
  NEXT();
}
TARGET(FOR_ITER_STORE_FAST) {
  Value it = TOP();
  ip++;
  FOR_ITER_FETCH(it);
  Unit store = *ip++;
  Value old = locals[UNIT_ARG(store)];
  locals[UNIT_ARG(store)] = result;
  xdecref(ts, old);
  NEXT();
}
for_iter_end: {
  ip += oparg;
  Value it = POP();
  decref(ts, it);
  NEXT();
}
for_iter_generator: {
  Generator *g = as_generator(TOP());
  if (UNLIKELY(RACY_LOAD(g->state) > GEN_SUSPENDED || RACY_LOAD(g->func) == NULL)) { /* running or done: the general way words it */
    SAVE();
    result = TYPE(GENERATOR)->slots.next(ts, (Value)g);
    if (result == NULL) {
      if (err_occurred(ts)) goto error;
      goto for_iter_end;
    }
    PUSH(result);
    NEXT();
  }
  SAVE();
  f->sp = sp;
  *sp = NULL;
  Frame *resumed = generator_resume(ts, g, FRAME_FOR_ITER);
  if (UNLIKELY(resumed == NULL)) goto error;
  ENTER(resumed);
  sp = f->sp;
  NEXT();
}
