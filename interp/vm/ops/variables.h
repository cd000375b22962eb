/* ops/variables.h - constants, locals, cells, names, globals, and moving the stack about. */

TARGET(NOP) { NEXT(); }
TARGET(CACHE) { NEXT(); }
TARGET(EXTENDED_ARG) {
  uint32_t high = oparg << 24;
  Unit unit_ = *ip++;
  oparg = unit_ >> 8 | high;
  goto *labels[opcode_base[unit_ & 0xff]];
}
TARGET(RESUME) {
  if (UNLIKELY(sched_should_check(&ts->sched))) {
    SAVE();
    if (check_at_resume(ts, oparg) < 0) goto error;
  }
  NEXT();
}
TARGET(POP_TOP) {
  Value v = POP();
  decref(ts, v);
  NEXT();
}
TARGET(PUSH_NULL) {
  PUSH(NULL);
  NEXT();
}
TARGET(COPY) {
  Value v = sp[-(ssize_t)oparg];
  PUSH(xincref(v));
  NEXT();
}
TARGET(SWAP) {
  Value v = TOP();
  TOP() = sp[-(ssize_t)oparg];
  sp[-(ssize_t)oparg] = v;
  NEXT();
}
TARGET(LOAD_CONST) {
  PUSH(incref(CONST(oparg)));
  NEXT();
}
TARGET(LOAD_FAST) {
  Value v = locals[oparg];
  if (UNLIKELY(v == NULL)) goto unbound_local;
  PUSH(incref(v));
  NEXT();
}
TARGET(LOAD_FAST_LOAD_FAST) {
  Value v = locals[oparg];
  if (UNLIKELY(v == NULL)) goto unbound_local;
  oparg = *ip++ >> 8;
  Value w = locals[oparg];
  PUSH(incref(v));
  if (UNLIKELY(w == NULL)) goto unbound_local;
  PUSH(incref(w));
  NEXT();
}
TARGET(LOAD_FAST_LOAD_CONST) {
  Value v = locals[oparg];
  if (UNLIKELY(v == NULL)) goto unbound_local;
  PUSH(incref(v));
  PUSH(incref(CONST(*ip++ >> 8)));
  NEXT();
}
TARGET(STORE_FAST) {
  Value old = locals[oparg];
  locals[oparg] = POP();
  xdecref(ts, old);
  NEXT();
}
TARGET(STORE_FAST_LOAD_FAST) {
  Value old = locals[oparg];
  locals[oparg] = POP();
  xdecref(ts, old);
  oparg = *ip++ >> 8;
  Value v = locals[oparg];
  if (UNLIKELY(v == NULL)) goto unbound_local;
  PUSH(incref(v));
  NEXT();
}
TARGET(STORE_FAST_STORE_FAST) {
  Value old = locals[oparg];
  locals[oparg] = POP();
  xdecref(ts, old);
  oparg = *ip++ >> 8;
  old = locals[oparg];
  locals[oparg] = POP();
  xdecref(ts, old);
  NEXT();
}
TARGET(DELETE_FAST) {
  Value old = locals[oparg];
  if (UNLIKELY(old == NULL)) goto unbound_local;
  locals[oparg] = NULL;
  decref(ts, old);
  NEXT();
}
unbound_local:
  SAVE();
  raise_unbound(ts, f, (int)oparg);
  goto error;

/* ---- cells ---- */
TARGET(MAKE_CELL) {
  Value cell = cell_new(ts, locals[oparg]);
  if (cell == NULL) {
    locals[oparg] = NULL;
    goto error;
  }
  locals[oparg] = cell;
  NEXT();
}
TARGET(COPY_FREE_VARS) {
  Value closure = f->func->closure;
  Value *to = locals + f->code->place_count - oparg;
  for (uint32_t i = 0; i < oparg; i++) to[i] = incref(tuple_get(closure, (ssize_t)i));
  NEXT();
}
TARGET(LOAD_CLOSURE) {
  Value v = locals[oparg];
  if (UNLIKELY(v == NULL)) goto unbound_local;
  PUSH(incref(v));
  NEXT();
}
TARGET(LOAD_DEREF) {
  Value v = ((Cell *)locals[oparg])->value;
  if (UNLIKELY(v == NULL)) goto unbound_local;
  PUSH(incref(v));
  NEXT();
}
TARGET(STORE_DEREF) {
  Value v = POP();
  replace(ts, &((Cell *)locals[oparg])->value, v);
  NEXT();
}
TARGET(DELETE_DEREF) {
  Value old = ((Cell *)locals[oparg])->value;
  if (UNLIKELY(old == NULL)) goto unbound_local;
  ((Cell *)locals[oparg])->value = NULL;
  decref(ts, old);
  NEXT();
}
TARGET(LOAD_CLASSDEREF) {
  SAVE();
  result = load_class_deref(ts, f, (int)oparg);
  if (result == NULL) goto error;
  PUSH(result);
  NEXT();
}

/* ---- names of class and module bodies ---- */
TARGET(LOAD_NAME) {
  SAVE();
  result = name_load(ts, f, NAME_AT(oparg));
  if (result == NULL) goto error;
  PUSH(result);
  NEXT();
}
TARGET(STORE_NAME) {
  SAVE();
  Value v = POP();
  int failed = f->names == NULL ? (err_format(ts, EXC(SystemError), "no locals found when storing %R", NAME_AT(oparg)), -1)
               : is_kind(f->names, K_DICT) ? dict_set(ts, f->names, NAME_AT(oparg), v)
                                           : item_set(ts, f->names, NAME_AT(oparg), v);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
TARGET(DELETE_NAME) {
  SAVE();
  if (item_delete(ts, f->names, NAME_AT(oparg)) < 0) {
    if (err_matches(ts, EXC(KeyError))) {
      err_clear(ts);
      raise_name_error(ts, NAME_AT(oparg));
    }
    goto error;
  }
  NEXT();
}

/* ---- globals ---- */
TARGET(LOAD_GLOBAL) {
  Value name = NAME_AT(oparg >> 1);
  if (SITE_IS_WARM(ip)) specialize_load_global(ts, ip - 1, frame_globals(f), frame_builtins(f), name);
  SAVE();
  result = load_global(ts, f, name);
  if (UNLIKELY(result == NULL)) goto error;
  if (oparg & 1) PUSH(NULL);
  PUSH(result);
  ip += 4;
  NEXT();
}
TARGET(LOAD_GLOBAL_MODULE) {
  Dict *globals = frame_globals(f);
  const DictEntry *entries = dict_entries(globals); /* before the version: then it is the table that the version speaks of */
  if (UNLIKELY(dict_version(globals) != ip[1])) goto miss_load_global;
  result = dict_value_at(entries, ip[2]);
  if (IS_PARALLEL(ts) && result == NULL) goto miss_load_global;
  if (oparg & 1) PUSH(NULL);
  PUSH(incref(result));
  ip += 4;
  NEXT();
}
TARGET(LOAD_GLOBAL_BUILTIN) {
  Dict *builtins = frame_builtins(f);
  const DictEntry *entries = dict_entries(builtins);
  if (UNLIKELY(dict_version(frame_globals(f)) != ip[1] || dict_version(builtins) != ip[3])) goto miss_load_global;
  result = dict_value_at(entries, ip[2]);
  if (IS_PARALLEL(ts) && result == NULL) goto miss_load_global;
  if (oparg & 1) PUSH(NULL);
  PUSH(incref(result));
  ip += 4;
  NEXT();
}
miss_load_global:
  SITE_RETIRED(ip, OP_LOAD_GLOBAL, WARM_UP);
  goto L_LOAD_GLOBAL;
TARGET(STORE_GLOBAL) {
  SAVE();
  Value v = POP();
  int failed = dict_set(ts, (Value)frame_globals(f), NAME_AT(oparg), v);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
TARGET(DELETE_GLOBAL) {
  SAVE();
  if (delete_global(ts, f, NAME_AT(oparg)) < 0) goto error;
  NEXT();
}
