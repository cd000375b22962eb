/* ops/build.h - making tuples, lists, sets, dicts, strings, slices and functions; unpacking. */

TARGET(BUILD_TUPLE) {
  Value t = tuple_new(ts, (ssize_t)oparg);
  if (UNLIKELY(t == NULL)) goto error;
  sp -= oparg;
  for (uint32_t i = 0; i < oparg; i++) tuple_set(t, (ssize_t)i, sp[i]);
  PUSH(t);
  NEXT();
}
TARGET(BUILD_LIST) {
  Value l = list_new(ts, (ssize_t)oparg);
  if (UNLIKELY(l == NULL)) goto error;
  sp -= oparg;
  for (uint32_t i = 0; i < oparg; i++) as_list(l)->items[i] = sp[i];
  as_list(l)->length = (ssize_t)oparg;
  PUSH(l);
  NEXT();
}
TARGET(BUILD_SET) {
  SAVE();
  Value s = set_new(ts);
  if (UNLIKELY(s == NULL)) goto error;
  int failed = 0;
  for (uint32_t i = 0; i < oparg; i++) {
    Value v = sp[(ssize_t)i - (ssize_t)oparg];
    if (failed == 0) failed = set_add(ts, s, v);
    decref(ts, v);
  }
  sp -= oparg;
  if (UNLIKELY(failed < 0)) {
    decref(ts, s);
    goto error;
  }
  PUSH(s);
  NEXT();
}
TARGET(BUILD_MAP) {
  SAVE();
  Value d = build_map(ts, sp - 2 * oparg, (int)oparg);
  if (UNLIKELY(d == NULL)) goto error;
  release_values(ts, sp - 2 * oparg, sp);
  sp -= 2 * oparg;
  PUSH(d);
  NEXT();
}
TARGET(BUILD_CONST_KEY_MAP) {
  SAVE();
  Value keys = TOP(), d = dict_new_sized(ts, (ssize_t)oparg);
  if (UNLIKELY(d == NULL)) goto error;
  Value *values = sp - 1 - oparg;
  for (uint32_t i = 0; i < oparg; i++)
    if (dict_set(ts, d, tuple_get(keys, (ssize_t)i), values[i]) < 0) {
      decref(ts, d);
      goto error;
    }
  release_values(ts, values, sp);
  sp = values;
  PUSH(d);
  NEXT();
}
TARGET(BUILD_STRING) {
  Value s = build_string(ts, sp - oparg, (int)oparg);
  if (UNLIKELY(s == NULL)) goto error;
  release_values(ts, sp - oparg, sp);
  sp -= oparg;
  PUSH(s);
  NEXT();
}
TARGET(FORMAT_VALUE) {
  SAVE();
  Value spec = oparg & 4 ? POP() : NULL, v = POP();
  result = format_value(ts, v, (int)oparg, spec);
  decref(ts, v);
  xdecref(ts, spec);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(BUILD_SLICE) {
  Value step = oparg == 3 ? POP() : V_NONE, stop = POP(), start = POP();
  result = slice_new(ts, start, stop, step);
  decref(ts, start);
  decref(ts, stop);
  decref(ts, step);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(LIST_APPEND) {
  Value v = POP();
  if (UNLIKELY(list_append_steal(ts, sp[-(ssize_t)oparg], v) < 0)) goto error;
  NEXT();
}
TARGET(SET_ADD) {
  SAVE();
  Value v = POP();
  int failed = set_add(ts, sp[-(ssize_t)oparg], v);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
TARGET(MAP_ADD) {
  SAVE();
  Value v = POP(), k = POP();
  int failed = dict_set(ts, sp[-(ssize_t)oparg], k, v);
  decref(ts, k);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
TARGET(LIST_EXTEND) {
  SAVE();
  Value v = POP();
  int failed = list_extend(ts, sp[-(ssize_t)oparg], v);
  if (UNLIKELY(failed < 0)) {
    Type *t = type_of(ts, v);
    if (err_matches(ts, EXC(TypeError)) && t->slots.iter == NULL && t->slots.getitem == NULL) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "Value after * must be an iterable, not %T", v);
    }
    decref(ts, v);
    goto error;
  }
  decref(ts, v);
  NEXT();
}
TARGET(SET_UPDATE) {
  SAVE();
  Value v = POP();
  int failed = set_update(ts, sp[-(ssize_t)oparg], v);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
TARGET(DICT_UPDATE) {
  SAVE();
  Value v = POP();
  int failed = dict_merge(ts, sp[-(ssize_t)oparg], v, 1);
  if (failed < 0 && err_matches(ts, EXC(AttributeError))) {
    err_clear(ts);
    err_format(ts, EXC(TypeError), "'%T' object is not a mapping", v);
  }
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
TARGET(DICT_MERGE) {
  SAVE();
  Value v = POP();
  int failed = dict_merge_keywords(ts, sp[-(ssize_t)oparg - 2], sp[-(ssize_t)oparg], v);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
TARGET(LIST_TO_TUPLE) {
  Value l = TOP();
  result = list_to_tuple(ts, l);
  if (UNLIKELY(result == NULL)) goto error;
  TOP() = result;
  decref(ts, l);
  NEXT();
}
TARGET(UNPACK_SEQUENCE) {
  Value v = POP();
  ip++;
  if (LIKELY(is_object(v) && v->kind == K_TUPLE && tuple_len(v) == (ssize_t)oparg)) {
    for (ssize_t i = (ssize_t)oparg - 1; i >= 0; i--) PUSH(incref(tuple_get(v, i)));
    decref(ts, v);
    NEXT();
  }
  SAVE();
  int failed = unpack_sequence(ts, v, (int)oparg, sp + oparg);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  sp += oparg;
  NEXT();
}
TARGET(UNPACK_EX) {
  SAVE();
  int before = (int)(oparg & 0xff), after = (int)(oparg >> 8);
  Value v = POP();
  int failed = unpack_ex(ts, v, before, after, sp + before + after + 1);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  sp += before + after + 1;
  NEXT();
}
TARGET(MAKE_FUNCTION) {
  Value code = POP(), *top = sp;
  result = make_function(ts, f, code, (int)oparg, &top);
  sp = top;
  decref(ts, code);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
