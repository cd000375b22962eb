/* ops/calls.h - calls and returns. The stack of a call is: method, self, arguments; or NULL, callable, arguments.
 * A Python function's frame begins at its arguments where they lie; the function itself stays below, owned by the stack. */

TARGET(KW_NAMES) {
  kwnames = CONST(oparg);
  NEXT();
}
TARGET(CALL) {
  if (kwnames == NULL) {
    Value *base = sp - oparg - 2;
    if (SITE_IS_WARM(ip)) {
      bool is_method = base[0] != NULL;
      specialize_call(ts, ip - 1, is_method ? base[0] : base[1], is_method, (ssize_t)oparg + is_method);
      if (UNIT_OP(ip[-1]) != OP_CALL) { /* run the new form at once */
        ip--;
        NEXT();
      }
    }
  }
  goto call_any;
}
call_any: {
  Value *base = sp - oparg - 2;
  ssize_t nargs = (ssize_t)oparg;
  if (base[0] == NULL && is_object(base[1]) && base[1]->kind == K_METHOD) { /* unpack a bound method */
    Method *m = (Method *)base[1];
    base[0] = incref(m->function);
    Value bound = base[1];
    base[1] = incref(m->self);
    decref(ts, bound);
  }
  Value callable = base[0] ? base[0] : base[1];
  Value *args = base[0] ? base + 1 : base + 2;
  if (base[0]) nargs++;
  ssize_t keywords = kwnames ? tuple_len(kwnames) : 0;
  if (is_object(callable) && callable->kind == K_FUNCTION) {
    Function *func = (Function *)callable;
    Code *code = as_code(func->code);
    Value *places = frame_places(f, sp, base);
    if (UNLIKELY(places + code->frame_size > ts->stack_limit)) {
      frame_push_failed(ts);
      goto error;
    }
    SAVE();
    /* The arguments are borrowed by the binding, and released after it: it may put them anywhere. */
    int failed = bind_arguments(ts, func, places, args, nargs - keywords, kwnames);
    kwnames = NULL;
    if (UNLIKELY(failed < 0)) goto error;
    Frame *callee = frame_push(ts, func, places);
    if (UNLIKELY(callee == NULL)) {
      release_values(ts, places, places + code->place_count);
      goto error;
    }
    release_values(ts, args, sp);
    if (base[0] == NULL) base[0] = base[1];
    f->ip = ip + 3;
    f->sp = base;
    ENTER(callee);
    sp = locals + code->place_count;
    NEXT();
  }
  SAVE();
  result = call(ts, callable, args, nargs - keywords, kwnames);
  kwnames = NULL;
  release_values(ts, base, sp);
  sp = base;
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  ip += 3;
  CHECK_BREAKER();
  NEXT();
}
miss_call:
  SITE_MISSED(ip, OP_CALL);
  goto call_any;

/* A Python function whose parameters are all positional. Exactly as many arguments (any such function will do), or the last ones from the
 * defaults. */
TARGET(CALL_PY_EXACT) {
  Value *base = sp - oparg - 2;
  Value callable = base[0] ? base[0] : base[1];
  if (UNLIKELY(kwnames != NULL || !is_object(callable) || callable->kind != K_FUNCTION)) goto miss_call;
  Function *func = (Function *)callable;
  Code *code = as_code(func->code);
  ssize_t nargs = (ssize_t)oparg + (base[0] != NULL);
  if (UNLIKELY(code->exact_args != nargs)) goto miss_call;
  Value *args = sp - nargs, *places = args;
  if (UNLIKELY(f->flags & FRAME_GENERATOR)) {
    places = f->ext;
    if (UNLIKELY(places + nargs > ts->stack_limit)) goto miss_call;
    memcpy(places, args, (size_t)nargs * sizeof(Value));
  }
  Frame *callee = frame_push(ts, func, places);
  if (UNLIKELY(callee == NULL)) {
    SAVE();
    goto error;
  }
  base[0] = callable;
  f->ip = ip + 3;
  f->sp = base;
  ENTER(callee);
  sp = locals + nargs;
  for (ssize_t n = code->place_count - nargs; n > 0; n--) *sp++ = NULL;
  NEXT();
}
TARGET(CALL_PY_DEFAULTS) {
  Value *base = sp - oparg - 2;
  Value callable = base[0] ? base[0] : base[1];
  if (UNLIKELY(kwnames != NULL || !is_object(callable) || callable->kind != K_FUNCTION)) goto miss_call;
  Function *func = (Function *)callable;
  if (UNLIKELY(RACY_LOAD(func->version) != ip[CACHE_VERSION])) goto miss_call;
  ssize_t nargs = (ssize_t)oparg + (base[0] != NULL);
  Value *args = sp - nargs, *places = args;
  if (UNLIKELY(f->flags & FRAME_GENERATOR)) {
    places = f->ext;
    if (UNLIKELY(places + nargs > ts->stack_limit)) goto miss_call;
    memcpy(places, args, (size_t)nargs * sizeof(Value));
  }
  Frame *callee = frame_push(ts, func, places);
  if (UNLIKELY(callee == NULL)) {
    SAVE();
    goto error;
  }
  base[0] = callable;
  f->ip = ip + 3;
  f->sp = base;
  Code *code = callee->code;
  ENTER(callee);
  ssize_t missing = code->arg_count - nargs, have = tuple_len(func->defaults);
  sp = locals + nargs;
  for (ssize_t i = have - missing; i < have; i++) PUSH(incref(tuple_get(func->defaults, i)));
  for (ssize_t n = code->place_count - code->arg_count; n > 0; n--) *sp++ = NULL;
  NEXT();
}
/* A native function: NULL, function, arguments; or, behind a with statement, __exit__ and three arguments, of which the first is in the place of self. */
TARGET(CALL_NATIVE) {
  Value *base = sp - oparg - 2;
  if (base[0] == NULL) base++;
  Value callable = base[0];
  ssize_t nargs = sp - base - 1;
  if (UNLIKELY(kwnames != NULL || !is_object(callable) || callable->kind != K_NATIVE)) goto miss_call;
  Native *n = (Native *)callable;
  if (UNLIKELY(nargs < n->def->min_args || (n->def->max_args >= 0 && nargs > n->def->max_args))) goto miss_call;
  SAVE();
  result = CALL_NATIVE_DEF(ts, n->def, n->self, base + 1, nargs, NULL);
  ASSERT(ts, (result == NULL) == err_occurred(ts));
  release_values(ts, base, sp);
  sp = sp - oparg - 2;
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  ip += 3;
  CHECK_BREAKER();
  NEXT();
}
/* A method of a built-in type: descriptor, self, arguments. */
TARGET(CALL_METHOD_DESCR) {
  Value *base = sp - oparg - 2, callable = base[0];
  if (UNLIKELY(kwnames != NULL || callable == NULL || callable->kind != K_METHOD_DESCR)) goto miss_call;
  MethodDescr *d = (MethodDescr *)callable;
  if (UNLIKELY((ssize_t)oparg < d->def->min_args || (d->def->max_args >= 0 && (ssize_t)oparg > d->def->max_args))) goto miss_call;
  SAVE();
  result = CALL_NATIVE_DEF(ts, d->def, base[1], base + 2, (ssize_t)oparg, NULL);
  ASSERT(ts, (result == NULL) == err_occurred(ts));
  release_values(ts, base, sp);
  sp = base;
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  ip += 3;
  CHECK_BREAKER();
  NEXT();
}
/* A class with a plain __new__ and a Python __init__: make the instance here, run __init__ as a frame. */
TARGET(CALL_CLASS) {
  Value *base = sp - oparg - 2;
  Type *cls = (Type *)base[1];
  if (UNLIKELY(kwnames != NULL || base[0] != NULL || !is_object(base[1]) || base[1]->kind != K_TYPE || cls->version != ip[CACHE_VERSION])) goto miss_call;
  Function *init = (Function *)cls->init_function;
  Code *code = as_code(init->code);
  ssize_t nargs = (ssize_t)oparg + 1;
  if (UNLIKELY(RACY_LOAD(init->version) != ip[CACHE_INDEX])) goto miss_call;
  SAVE();
  Value made = object_new_instance(ts, cls);
  if (UNLIKELY(made == NULL)) goto error;
  Value *args = base + 1, *places = args;
  if (UNLIKELY(f->flags & FRAME_GENERATOR)) {
    places = f->ext;
    if (UNLIKELY(places + nargs > ts->stack_limit)) {
      decref(ts, made);
      goto miss_call;
    }
    memcpy(places, args, (size_t)nargs * sizeof(Value));
  }
  Frame *callee = frame_push(ts, init, places);
  if (UNLIKELY(callee == NULL)) {
    decref(ts, made);
    goto error;
  }
  base[0] = incref((Value)init);
  places[0] = incref(made);
  decref(ts, (Value)cls);
  callee->made = made;
  callee->flags = FRAME_INIT;
  f->ip = ip + 3;
  f->sp = base;
  ENTER(callee);
  sp = locals + nargs;
  if (nargs < code->arg_count) {
    ssize_t have = tuple_len(init->defaults);
    for (ssize_t i = have - (code->arg_count - nargs); i < have; i++) PUSH(incref(tuple_get(init->defaults, i)));
    nargs = code->arg_count;
  }
  for (ssize_t n = code->place_count - nargs; n > 0; n--) *sp++ = NULL;
  NEXT();
}
/* Four natives that CPython does without a check point. */
TARGET(CALL_LEN) {
  Value *base = sp - 3, v = base[2];
  if (UNLIKELY(kwnames != NULL || base[0] != NULL || !is_object(base[1]) || base[1]->kind != K_NATIVE || (void *)((Native *)base[1])->def != cache_pointer_short(ip))) goto miss_call;
  SAVE();
  ssize_t n = is_object(v) && v->kind == K_LIST ? list_len(v) : is_object(v) && v->kind == K_STR ? str_len(v) : length(ts, v);
  if (UNLIKELY(n < 0)) goto error;
  decref(ts, v);
  decref(ts, base[1]);
  sp = base;
  PUSH(LIKELY(n <= SMALL_INT_MAX) ? small_int_value(n) : int_from_i64(ts, n));
  ip += 3;
  NEXT();
}
TARGET(CALL_ISINSTANCE) {
  Value *base = sp - 4;
  if (UNLIKELY(kwnames != NULL || base[0] != NULL || !is_object(base[1]) || base[1]->kind != K_NATIVE || (void *)((Native *)base[1])->def != cache_pointer_short(ip))) goto miss_call;
  SAVE();
  int r = is_instance(ts, base[2], base[3]);
  if (UNLIKELY(r < 0)) goto error;
  release_values(ts, base + 1, sp);
  sp = base;
  PUSH(bool_value(r));
  ip += 3;
  NEXT();
}
TARGET(CALL_LIST_APPEND) {
  Value *base = sp - 3;
  if (UNLIKELY(kwnames != NULL || base[0] == NULL || base[0]->kind != K_METHOD_DESCR || (void *)((MethodDescr *)base[0])->def != cache_pointer_short(ip) || base[1]->kind != K_LIST)) goto miss_call;
  Value list = base[1];
  if (UNLIKELY(list_append_steal(ts, list, base[2]) < 0)) {
    sp--;
    SAVE();
    goto error;
  }
  decref(ts, base[0]);
  decref(ts, list);
  sp = base;
  ip += 3;
  if (LIKELY(UNIT_OP(*ip) == OP_POP_TOP)) ip++;
  else PUSH(V_NONE);
  NEXT();
}
TARGET(CALL_TYPE_1) {
  Value *base = sp - 3;
  if (UNLIKELY(kwnames != NULL || base[0] != NULL || base[1] != (Value)TYPE(TYPE))) goto miss_call;
  result = incref((Value)type_of(ts, base[2]));
  decref(ts, base[1]);
  decref(ts, base[2]);
  sp = base;
  PUSH(result);
  ip += 3;
  NEXT();
}

TARGET(CALL_FUNCTION_EX) {
  SAVE();
  Value kwargs = oparg & 1 ? POP() : NULL, args = POP(), callable = POP();
  sp--; /* NULL */
  result = call_function_ex(ts, callable, args, kwargs);
  decref(ts, callable);
  decref(ts, args);
  xdecref(ts, kwargs);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  CHECK_BREAKER();
  NEXT();
}

TARGET(RETURN_VALUE) {
  result = POP();
  if (UNLIKELY(f->flags != 0 || f->object != NULL)) goto return_slow;
  release_locals(ts, f, locals);
  Frame *prev = f->prev;
  frame_pop(ts, f);
  ENTER(prev);
  sp = f->sp;
  xdecref(ts, *sp);
  PUSH(result);
  NEXT();
}
