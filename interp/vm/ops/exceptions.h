/* ops/exceptions.h - raise, try, with. Handlers are found in the code's exception table (error: in eval_loop.h). */

TARGET(RAISE_VARARGS) {
  SAVE();
  Value cause = oparg == 2 ? POP() : NULL, exc = oparg >= 1 ? POP() : NULL;
  if (raise_varargs(ts, exc, cause) > 0) goto unwind; /* raised again: its traceback has this line already */
  goto error;
}
TARGET(RERAISE) {
  SAVE();
  Value exc = POP();
  if (oparg) f->ip = f->code->units + small_int(sp[-(ssize_t)oparg]) + 1; /* where it was raised first */
  err_restore(ts, exc);
  goto unwind;
}
TARGET(PUSH_EXC_INFO) {
  Value exc = TOP();
  TOP() = ts->exc_info->exc; /* may be NULL */
  ts->exc_info->exc = incref(exc);
  PUSH(exc);
  NEXT();
}
TARGET(POP_EXCEPT) {
  Value old = ts->exc_info->exc;
  ts->exc_info->exc = POP();
  xdecref(ts, old);
  NEXT();
}
TARGET(CHECK_EXC_MATCH) {
  SAVE();
  Value type = POP();
  bool matches = is_type(type) && exception_matches(ts, TOP(), type);
  if (!matches) {
    if (UNLIKELY(check_except_type(ts, type) < 0)) {
      decref(ts, type);
      goto error;
    }
    matches = exception_matches(ts, TOP(), type);
  } else if (UNLIKELY(check_except_type(ts, type) < 0)) {
    decref(ts, type);
    goto error;
  }
  decref(ts, type);
  PUSH(bool_value(matches));
  NEXT();
}
TARGET(CHECK_EG_MATCH) {
  SAVE();
  Value type = POP(), match, rest;
  int failed = check_except_star_type(ts, type);
  if (failed == 0) failed = group_match(ts, TOP(), type, &match, &rest);
  decref(ts, type);
  if (UNLIKELY(failed < 0)) goto error;
  if (match == V_NONE) {
    decref(ts, rest);
    PUSH(V_NONE);
  } else {
    Value old = TOP();
    TOP() = rest;
    PUSH(match);
    decref(ts, old);
    Value handling = ts->exc_info->exc;
    ts->exc_info->exc = incref(match);
    xdecref(ts, handling);
  }
  NEXT();
}
TARGET(PREP_RERAISE_STAR) {
  SAVE();
  Value list = POP(), original = POP();
  result = group_reraise_star(ts, original, list);
  decref(ts, list);
  decref(ts, original);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(LOAD_ASSERTION_ERROR) {
  PUSH(incref(EXC(AssertionError)));
  NEXT();
}
TARGET(BEFORE_WITH) {
  SAVE();
  Value manager = TOP(), exit, entered;
  if (UNLIKELY(before_with(ts, manager, false, &exit, &entered) < 0)) goto error;
  TOP() = exit;
  if (UNLIKELY(entered == NULL)) goto error;
  PUSH(entered);
  if (UNLIKELY(sched_should_check(&ts->sched)) && check_after_enter(ts) < 0) goto error;
  NEXT();
}
TARGET(BEFORE_ASYNC_WITH) {
  SAVE();
  Value manager = TOP(), exit, entered;
  if (UNLIKELY(before_with(ts, manager, true, &exit, &entered) < 0)) goto error;
  TOP() = exit;
  if (UNLIKELY(entered == NULL)) goto error;
  PUSH(entered);
  NEXT();
}
TARGET(WITH_EXCEPT_START) {
  SAVE();
  Value exc = TOP(), tb = EXC_FIELD(exc, traceback);
  Value args[] = {(Value)type_of(ts, exc), exc, incref(tb ? tb : V_NONE)};
  result = call(ts, sp[-4], args, 3, NULL);
  decref(ts, args[2]);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
