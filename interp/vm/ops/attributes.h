/* ops/attributes.h - attributes and methods through inline caches. A shape's version proves class and lay-out at once
 * (runtime/object.h), so a hit is: is it an object, one compare, one load. */

/* Free-threaded: the shape is loaded before the slot; a class changes while the world stands still, so that within one instruction its dict stays
 * as it is; a value that another thread takes out of its slot stays good until our next check point. */
#define SHAPE_IS(v) (is_object(v) && RACY_LOAD(shape_of(v)->version) == ip[CACHE_VERSION])
#define SLOT_AT(v) (*(Value *)((char *)(v) + ip[CACHE_INDEX]))

TARGET(LOAD_ATTR) {
  Value owner = TOP(), name = NAME_AT(oparg);
  if (SITE_IS_WARM(ip)) specialize_load_attr(ts, ip - 1, owner, name);
  goto load_attr_slow;
}
TARGET(LOAD_ATTR_SLOT) {
  Value owner = TOP();
  if (UNLIKELY(!SHAPE_IS(owner))) goto miss_load_attr;
  result = __atomic_load_n(&SLOT_AT(owner), __ATOMIC_ACQUIRE);
  if (UNLIKELY(result == NULL)) goto miss_load_attr;
  TOP() = incref(result);
  decref(ts, owner);
  ip += 5;
  NEXT();
}
TARGET(LOAD_ATTR_MORE) {
  Value owner = TOP();
  if (UNLIKELY(!SHAPE_IS(owner))) goto miss_load_attr;
  Attrs *attrs = (Attrs *)((char *)owner + shape_of(owner)->type->attrs_offset);
  Value *more = __atomic_load_n((Value **)&attrs->more, __ATOMIC_ACQUIRE);
  if (IS_PARALLEL(ts) && !SHAPE_IS(owner)) goto miss_load_attr; /* `more` may have become a dict */
  result = __atomic_load_n(&more[ip[CACHE_INDEX]], __ATOMIC_ACQUIRE);
  if (UNLIKELY(result == NULL)) goto miss_load_attr;
  TOP() = incref(result);
  decref(ts, owner);
  ip += 5;
  NEXT();
}
TARGET(LOAD_ATTR_CLASS_VALUE) {
  Value owner = TOP();
  if (UNLIKELY(!SHAPE_IS(owner))) goto miss_load_attr;
  Type *holder = cache_pointer(ip);
  TOP() = incref(dict_value_at(dict_entries(holder->dict), ip[CACHE_INDEX]));
  decref(ts, owner);
  ip += 5;
  NEXT();
}
TARGET(LOAD_ATTR_TYPE) {
  Value owner = TOP();
  if (UNLIKELY(!is_object(owner) || owner->kind != K_TYPE || ((Type *)owner)->version != ip[CACHE_VERSION])) goto miss_load_attr;
  Type *holder = cache_pointer(ip);
  TOP() = incref(dict_value_at(dict_entries(holder->dict), ip[CACHE_INDEX]));
  decref(ts, owner);
  ip += 5;
  NEXT();
}
TARGET(LOAD_ATTR_MODULE) {
  Value owner = TOP();
  if (UNLIKELY(!is_object(owner) || owner->kind != K_MODULE)) goto miss_load_attr;
  Dict *d = as_dict(((Module *)owner)->dict);
  const DictEntry *entries = dict_entries(d);
  if (UNLIKELY(dict_version(d) != ip[CACHE_VERSION]) || UNLIKELY((result = dict_value_at(entries, ip[CACHE_INDEX])) == NULL)) goto miss_load_attr;
  TOP() = incref(result);
  decref(ts, owner);
  ip += 5;
  NEXT();
}
TARGET(LOAD_ATTR_PROPERTY) {
  Value owner = TOP();
  if (UNLIKELY(!SHAPE_IS(owner))) goto miss_load_attr;
  Function *getter = cache_pointer(ip);
  if (UNLIKELY(RACY_LOAD(getter->version) != ip[CACHE_INDEX])) goto miss_load_attr;
  /* a call with one argument, laid out as CALL would: function, NULL, self */
  Value *base = f->flags & FRAME_GENERATOR ? f->ext : sp + 1;
  Frame *callee = frame_push(ts, getter, base);
  if (UNLIKELY(callee == NULL)) goto error;
  sp[-1] = incref((Value)getter);
  base[0] = owner;
  for (int i = 1; i < callee->code->place_count; i++) base[i] = NULL;
  f->ip = ip + 5;
  f->sp = sp - 1;
  ENTER(callee);
  sp = locals + f->code->place_count;
  NEXT();
}
TARGET(LOAD_FAST_LOAD_ATTR) {
  Value owner = locals[oparg];
  if (EVAL_WATCHED || UNIT_OP(__atomic_load_n(ip, __ATOMIC_ACQUIRE)) != OP_LOAD_ATTR_SLOT || owner == NULL || !is_object(owner)) goto L_LOAD_FAST;
  if (UNLIKELY(RACY_LOAD(shape_of(owner)->version) != ip[1 + CACHE_VERSION])) goto L_LOAD_FAST;
  result = __atomic_load_n((Value *)((char *)owner + ip[1 + CACHE_INDEX]), __ATOMIC_ACQUIRE);
  if (UNLIKELY(result == NULL)) goto L_LOAD_FAST;
  PUSH(incref(result));
  ip += 6;
  NEXT();
}
miss_load_attr:
  SITE_MISSED(ip, OP_LOAD_ATTR);
load_attr_slow: {
  Value owner = TOP(), name = NAME_AT(oparg);
  if (is_object(owner)) {
    struct AttrRow *row = attr_row_hit(ts, owner, name);
    if (row && row->offset && (result = __atomic_load_n((Value *)((char *)owner + row->offset), __ATOMIC_ACQUIRE)) != NULL) {
      TOP() = incref(result);
      decref(ts, owner);
      ip += 5;
      NEXT();
    }
    if (row == NULL) attr_cache_fill(ts, owner, name);
  }
  SAVE();
  result = attr_get(ts, owner, name);
  if (UNLIKELY(result == NULL)) goto error;
  TOP() = result;
  decref(ts, owner);
  ip += 5;
  NEXT();
}

TARGET(STORE_ATTR) {
  Value owner = TOP(), name = NAME_AT(oparg);
  if (SITE_IS_WARM(ip)) specialize_store_attr(ts, ip - 1, owner, name);
  goto store_attr_slow;
}
TARGET(STORE_ATTR_SLOT) {
  Value owner = TOP();
  if (UNLIKELY(!SHAPE_IS(owner))) goto miss_store_attr;
  if (IS_PARALLEL(ts)) goto store_attr_shared;
  Value old = SLOT_AT(owner);
  SLOT_AT(owner) = SECOND();
  sp -= 2;
  xdecref(ts, old);
  decref(ts, owner);
  ip += 5;
  NEXT();
}
TARGET(STORE_ATTR_ADD) {
  Value owner = TOP();
  if (UNLIKELY(!SHAPE_IS(owner))) goto miss_store_attr;
  if (IS_PARALLEL(ts)) {
    if (UNLIKELY(!store_slot_shared(ts, owner, ip[CACHE_VERSION], ip[CACHE_INDEX], &SECOND(), cache_pointer(ip)))) goto miss_store_attr;
    xdecref(ts, SECOND());
    sp -= 2;
    decref(ts, owner);
    ip += 5;
    NEXT();
  }
  SLOT_AT(owner) = SECOND();
  owner->shape = cache_pointer(ip);
  sp -= 2;
  decref(ts, owner);
  ip += 5;
  NEXT();
}
store_attr_shared: { /* other threads run: under the object's lock */
  Value owner = TOP();
  if (UNLIKELY(!store_slot_shared(ts, owner, ip[CACHE_VERSION], ip[CACHE_INDEX], &SECOND(), NULL))) goto miss_store_attr;
  xdecref(ts, SECOND());
  sp -= 2;
  decref(ts, owner);
  ip += 5;
  NEXT();
}
TARGET(STORE_ATTR_MORE) {
  Value owner = TOP();
  if (UNLIKELY(!SHAPE_IS(owner)) || IS_PARALLEL(ts)) goto miss_store_attr;
  Attrs *attrs = (Attrs *)((char *)owner + shape_of(owner)->type->attrs_offset);
  Value *place = &((Value *)attrs->more)[ip[CACHE_INDEX]], old = *place;
  *place = SECOND();
  sp -= 2;
  xdecref(ts, old);
  decref(ts, owner);
  ip += 5;
  NEXT();
}
TARGET(LOAD_FAST_STORE_ATTR) {
  Value owner = locals[oparg];
  if (EVAL_WATCHED || IS_PARALLEL(ts) || UNIT_OP(*ip) != OP_STORE_ATTR_SLOT || owner == NULL || !is_object(owner)) goto L_LOAD_FAST;
  if (UNLIKELY(shape_of(owner)->version != ip[1 + CACHE_VERSION])) goto L_LOAD_FAST;
  Value *place = (Value *)((char *)owner + ip[1 + CACHE_INDEX]), old = *place;
  *place = POP();
  xdecref(ts, old);
  ip += 6;
  NEXT();
}
miss_store_attr:
  SITE_MISSED(ip, OP_STORE_ATTR);
store_attr_slow: {
  Value owner = POP(), value = POP(), name = NAME_AT(oparg);
  if (is_object(owner) && shape_of(owner)->type->flags & TYPE_GENERIC_SETATTR) {
    struct AttrRow *row = attr_row_hit(ts, owner, name);
    if (row && row->offset && !IS_PARALLEL(ts)) {
      Value *place = (Value *)((char *)owner + row->offset), old = *place;
      *place = value;
      xdecref(ts, old);
      decref(ts, owner);
      ip += 5;
      NEXT();
    }
    if (row == NULL) attr_cache_fill(ts, owner, name);
  }
  SAVE();
  int failed = attr_set(ts, owner, name, value);
  decref(ts, owner);
  decref(ts, value);
  if (UNLIKELY(failed < 0)) goto error;
  ip += 5;
  NEXT();
}
TARGET(DELETE_ATTR) {
  SAVE();
  Value owner = POP();
  int failed = attr_set(ts, owner, NAME_AT(oparg), NULL);
  decref(ts, owner);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}

/* ---- methods: leaves (method, self), or (NULL, attribute) ---- */
TARGET(LOAD_METHOD) {
  Value owner = TOP(), name = NAME_AT(oparg);
  if (SITE_IS_WARM(ip)) specialize_load_method(ts, ip - 1, owner, name);
  goto load_method_slow;
}
TARGET(LOAD_METHOD_CACHED) {
  Value owner = TOP();
  if (UNLIKELY(!SHAPE_IS(owner))) goto miss_load_method;
  Value method = cache_pointer(ip);
  incref_object(method);
  TOP() = method;
  PUSH(owner);
  ip += 5;
  NEXT();
}
TARGET(LOAD_METHOD_MODULE) {
  Value owner = TOP();
  if (UNLIKELY(!is_object(owner) || owner->kind != K_MODULE)) goto miss_load_method;
  Dict *d = as_dict(((Module *)owner)->dict);
  const DictEntry *entries = dict_entries(d);
  if (UNLIKELY(dict_version(d) != ip[CACHE_VERSION]) || UNLIKELY((result = dict_value_at(entries, ip[CACHE_INDEX])) == NULL)) goto miss_load_method;
  incref(result);
  decref(ts, owner);
  TOP() = NULL;
  PUSH(result);
  ip += 5;
  NEXT();
}
TARGET(LOAD_METHOD_TYPE) { /* the pointer is what the look-up gave: a function, or a classmethod's function with the class as self */
  Value owner = TOP();
  if (UNLIKELY(!is_object(owner) || owner->kind != K_TYPE || ((Type *)owner)->version != ip[CACHE_VERSION])) goto miss_load_method;
  result = cache_pointer(ip);
  incref(result);
  if (ip[CACHE_INDEX]) { /* class method */
    TOP() = result;
    PUSH(owner);
  } else {
    TOP() = NULL;
    PUSH(result);
    decref(ts, owner);
  }
  ip += 5;
  NEXT();
}
miss_load_method:
  SITE_MISSED(ip, OP_LOAD_METHOD);
load_method_slow: {
  Value owner = TOP();
  bool is_method;
  if (is_object(owner)) {
    struct AttrRow *row = attr_row_hit(ts, owner, NAME_AT(oparg));
    if (row && row->method) {
      TOP() = incref(row->method);
      PUSH(owner);
      ip += 5;
      NEXT();
    }
    if (row == NULL) attr_cache_fill(ts, owner, NAME_AT(oparg));
  }
  SAVE();
  if (is_object(owner) && owner->kind == K_SUPER) { /* self is super's object, not the super itself */
    Value bound_to;
    result = load_method_of_super(ts, owner, NAME_AT(oparg), &bound_to);
    if (UNLIKELY(result == NULL)) goto error;
    TOP() = bound_to ? result : NULL;
    PUSH(bound_to ? bound_to : result);
    decref(ts, owner);
    ip += 5;
    NEXT();
  }
  result = load_method(ts, owner, NAME_AT(oparg), &is_method);
  if (UNLIKELY(result == NULL)) goto error;
  if (is_method) {
    TOP() = result;
    PUSH(owner);
  } else {
    TOP() = NULL;
    PUSH(result);
    decref(ts, owner);
  }
  ip += 5;
  NEXT();
}
