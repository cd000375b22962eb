/* ops/statements.h - match, import, class, annotations, the prompt's expression. */

TARGET(GET_LEN) {
  SAVE();
  ssize_t n = length(ts, TOP());
  if (UNLIKELY(n < 0)) goto error;
  PUSH(small_int_value(n));
  NEXT();
}
TARGET(MATCH_MAPPING) {
  result = bool_value(type_of(ts, TOP())->flags & TYPE_MAPPING);
  PUSH(result);
  NEXT();
}
TARGET(MATCH_SEQUENCE) {
  result = bool_value(type_of(ts, TOP())->flags & TYPE_SEQUENCE);
  PUSH(result);
  NEXT();
}
TARGET(MATCH_KEYS) {
  SAVE();
  Value values;
  if (UNLIKELY(match_keys(ts, SECOND(), TOP(), &values) < 0)) goto error;
  PUSH(values);
  NEXT();
}
TARGET(MATCH_CLASS) {
  SAVE();
  Value names = POP(), cls = POP(), subject = POP();
  result = match_class(ts, subject, cls, (int)oparg, names);
  decref(ts, names);
  decref(ts, cls);
  decref(ts, subject);
  if (result == NULL) {
    if (err_occurred(ts)) goto error;
    result = V_NONE;
  }
  PUSH(result);
  NEXT();
}
TARGET(LOAD_BUILD_CLASS) {
  Value build = dict_get_str(ts, frame_builtins(f), ID(__build_class__));
  if (UNLIKELY(build == NULL)) {
    SAVE();
    err_format(ts, EXC(NameError), "__build_class__ not found");
    goto error;
  }
  PUSH(incref(build));
  NEXT();
}
TARGET(SETUP_ANNOTATIONS) {
  SAVE();
  if (UNLIKELY(setup_annotations(ts, f) < 0)) goto error;
  NEXT();
}
TARGET(IMPORT_NAME) {
  SAVE();
  Value fromlist = POP(), level = POP();
  result = import_name_op(ts, f, NAME_AT(oparg), fromlist, level);
  decref(ts, fromlist);
  decref(ts, level);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(IMPORT_FROM) {
  SAVE();
  result = import_from(ts, TOP(), NAME_AT(oparg));
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(IMPORT_STAR) {
  SAVE();
  Value module = POP();
  int failed = import_star(ts, f, module);
  decref(ts, module);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
TARGET(PRINT_EXPR) {
  SAVE();
  Value v = POP(), hook = dict_get_str(ts, ts->interp->sys_dict, ID(displayhook));
  if (hook == NULL) err_format(ts, EXC(RuntimeError), "lost sys.displayhook");
  result = hook ? call1(ts, hook, v) : NULL;
  decref(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  decref(ts, result);
  NEXT();
}
