/* slots.c - the bridge between C slots and dunder methods.
 *
 *   1 + 2            type int:   slots.binary[NB_ADD] = int_add       called straight away
 *   (1).__add__(2)   int.__dict__['__add__']: a wrapper that calls the slot        (type_make_slots)
 *   Money(1) + 2     class Money: slots.binary[NB_ADD] = call_NB_ADD, which calls Money.__add__   (type_update_slots)
 *
 * Keeps true: after a change of a class, its slots and those of its subclasses agree with what a look-up of the dunder
 *   gives. A slot whose dunder is an unchanged wrapper of a base gets the base's C function, not the detour.
 * Next: slots.def (the table), class.c. CPython: Objects/typeobject.c (slotdefs). */
#include "runtime/slots.h"

/* ---- calling what a look-up on the type found ---- */

Value call_unbound(ThreadState *ts, Value method, Value self, Value *args, ssize_t nargs) {
  Value all[8];
  Kind kind = kind_of(method);
  if (LIKELY((kind == K_FUNCTION || kind == K_METHOD_DESCR || kind == K_SLOT_WRAPPER) && nargs < 8)) {
    all[0] = self;
    for (ssize_t i = 0; i < nargs; i++) all[i + 1] = args[i];
    return call(ts, method, all, nargs + 1, NULL);
  }
  Type *type = type_of(ts, method);
  if (type->slots.descr_get == NULL) return call(ts, method, args, nargs, NULL);
  Value bound = type->slots.descr_get(ts, method, self, (Value)type_of(ts, self));
  if (bound == NULL) return NULL;
  Value result = call(ts, bound, args, nargs, NULL);
  decref(ts, bound);
  return result;
}

/* Call the dunder on self; V_NOT_IMPLEMENTED when the type has none. */
static Value call_dunder(ThreadState *ts, Value self, int id, Value *args, ssize_t nargs) {
  Value method = type_lookup(ts, type_of(ts, self), ts->interp->names[id]);
  if (method == NULL) return V_NOT_IMPLEMENTED;
  if (method == V_NONE) return err_format(ts, EXC(TypeError), "'NoneType' object is not callable"); /* blocks the fall-backs */
  incref(method);
  Value result = call_unbound(ts, method, self, args, nargs);
  decref(ts, method);
  return result;
}

/* The same where a missing dunder is an AttributeError. */
static Value need_dunder(ThreadState *ts, Value self, int id, Value *args, ssize_t nargs) {
  Value method = type_lookup(ts, type_of(ts, self), ts->interp->names[id]);
  if (method == NULL) return err_set(ts, EXC(AttributeError), ts->interp->names[id]);
  incref(method);
  Value result = method == V_NONE ? err_format(ts, EXC(TypeError), "'NoneType' object is not callable") : call_unbound(ts, method, self, args, nargs);
  decref(ts, method);
  return result;
}

static int done_int(ThreadState *ts, Value result) {
  if (result == NULL) return -1;
  decref(ts, result);
  return 0;
}

/* ---- slots that call dunders ---- */

/* b's class overrides the reflected method that a's class has. */
static bool overrides_reflected(ThreadState *ts, Value a, Value b, int rid) {
  Value ours = type_lookup(ts, type_of(ts, a), ts->interp->names[rid]);
  return type_lookup(ts, type_of(ts, b), ts->interp->names[rid]) != ours;
}

static Value binary_by_dunder(ThreadState *ts, BinaryOp op, BinaryFn self_fn, int id, int rid, Value a, Value b) {
  Type *ta = type_of(ts, a), *tb = type_of(ts, b);
  bool other = ta != tb && tb->slots.binary[op] == self_fn;
  if (ta->slots.binary[op] == self_fn) {
    if (other && type_is_subtype(tb, ta) && overrides_reflected(ts, a, b, rid)) {
      Value r = call_dunder(ts, b, rid, &a, 1);
      if (r != V_NOT_IMPLEMENTED) return r;
      other = false;
    }
    Value r = call_dunder(ts, a, id, &b, 1);
    if (r != V_NOT_IMPLEMENTED || ta == tb) return r;
  }
  return other ? call_dunder(ts, b, rid, &a, 1) : V_NOT_IMPLEMENTED;
}
#define BINARY(op, name, rname) \
  static Value call_##op(ThreadState *ts, Value a, Value b) { return binary_by_dunder(ts, op, call_##op, ID_##name, ID_##rname, a, b); }
#define INPLACE(op, name) \
  static Value call_inplace_##op(ThreadState *ts, Value a, Value b) { return call_dunder(ts, a, ID_##name, &b, 1); }
#define UNARY(slot, name) \
  static Value call_##slot(ThreadState *ts, Value v) { return need_dunder(ts, v, ID_##name, NULL, 0); }
#define OTHER(slot, name, wrapper, min, max)
#include "runtime/slots.def"
#undef BINARY
#undef INPLACE
#undef UNARY
#undef OTHER

static Value call_power3(ThreadState *ts, Value a, Value b, Value c) {
  Value args[] = {b, c};
  return call_dunder(ts, a, ID___pow__, args, 2);
}

static Value call_next(ThreadState *ts, Value v) {
  return need_dunder(ts, v, ID___next__, NULL, 0);
}

static int64_t call_hash(ThreadState *ts, Value v) {
  Value method = type_lookup(ts, type_of(ts, v), ID(__hash__));
  if (method == NULL || method == V_NONE) {
    err_format(ts, EXC(TypeError), "unhashable type: '%T'", v);
    return -1;
  }
  Value r = need_dunder(ts, v, ID___hash__, NULL, 0);
  if (r == NULL) return -1;
  if (!is_int(r)) {
    decref(ts, r);
    err_format(ts, EXC(TypeError), "__hash__ method should return an integer");
    return -1;
  }
  int64_t h;
  if (!int_fits_i64(r, &h)) h = int_hash(int_value(r));
  decref(ts, r);
  return h == -1 ? -2 : h;
}

static Value call_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Value method = type_lookup(ts, type_of(ts, self), ID(__call__));
  if (method == NULL) return err_format(ts, EXC(TypeError), "'%T' object is not callable", self);
  Value bound = incref(method);
  Type *type = type_of(ts, method);
  if (type->slots.descr_get) {
    bound = type->slots.descr_get(ts, method, self, (Value)type_of(ts, self));
    decref(ts, method);
    if (bound == NULL) return NULL;
  }
  Value r = NULL;
  if (enter_recursive(ts, " while calling a Python object") == 0) {
    r = call(ts, bound, args, nargs, kwnames);
    leave_recursive(ts);
  }
  decref(ts, bound);
  return r;
}

Value call_getattr(ThreadState *ts, Value self, Value name) { return need_dunder(ts, self, ID___getattribute__, &name, 1); }

/* A class with __getattr__: the ordinary look-up first, __getattr__ when that finds nothing. */
Value slots_getattr_hook(ThreadState *ts, Value self, Value name) {
  Value getattribute = type_lookup(ts, type_of(ts, self), ID(__getattribute__));
  Value r;
  if (getattribute && is_kind(getattribute, K_SLOT_WRAPPER) && ((SlotWrapperObject *)getattribute)->function == (void *)object_getattr) {
    r = object_getattr_optional(ts, self, name);
    if (r == NULL && !err_occurred(ts)) return need_dunder(ts, self, ID___getattr__, &name, 1);
  } else {
    r = call_getattr(ts, self, name);
  }
  if (r == NULL && err_matches(ts, EXC(AttributeError))) {
    err_clear(ts);
    return need_dunder(ts, self, ID___getattr__, &name, 1);
  }
  return r;
}

static int call_setattr(ThreadState *ts, Value self, Value name, Value value) {
  if (value == NULL) return done_int(ts, need_dunder(ts, self, ID___delattr__, &name, 1));
  Value args[] = {name, value};
  return done_int(ts, need_dunder(ts, self, ID___setattr__, args, 2));
}

static Value call_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  static const int ids[] = {ID___lt__, ID___le__, ID___eq__, ID___ne__, ID___gt__, ID___ge__};
  Value method = type_lookup(ts, type_of(ts, a), ts->interp->names[ids[op]]);
  if (method == NULL) return V_NOT_IMPLEMENTED;
  if (method == V_NONE) return err_format(ts, EXC(TypeError), "'NoneType' object is not callable");
  incref(method);
  Value r = call_unbound(ts, method, a, &b, 1);
  decref(ts, method);
  return r;
}

static Value call_descr_get(ThreadState *ts, Value descr, Value obj, Value type) {
  Value get = type_lookup(ts, type_of(ts, descr), ID(__get__));
  if (get == NULL) return incref(descr);
  Value args[] = {obj ? obj : V_NONE, type ? type : V_NONE};
  return call_unbound(ts, get, descr, args, 2);
}
static int call_descr_set(ThreadState *ts, Value descr, Value obj, Value value) {
  Value args[] = {obj, value};
  return done_int(ts, need_dunder(ts, descr, value ? ID___set__ : ID___delete__, args, value ? 2 : 1));
}

int call_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Value method = type_lookup(ts, type_of(ts, self), ID(__init__));
  ssize_t total = nargs + (kwnames ? tuple_len(kwnames) : 0);
  Value small[8], *all = small;
  if (total + 1 > 8 && (all = mem_alloc(ts, (size_t)(total + 1) * sizeof *all)) == NULL) return -1;
  all[0] = self;
  for (ssize_t i = 0; i < total; i++) all[i + 1] = args[i];
  incref(method);
  Value r;
  if (is_kind(method, K_FUNCTION) || is_kind(method, K_SLOT_WRAPPER) || type_of(ts, method)->slots.descr_get == NULL) {
    r = call(ts, method, all, nargs + 1, kwnames);
  } else {
    Value bound = type_of(ts, method)->slots.descr_get(ts, method, self, (Value)type_of(ts, self));
    r = bound ? call(ts, bound, args, nargs, kwnames) : NULL;
    xdecref(ts, bound);
  }
  decref(ts, method);
  if (all != small) mem_free(ts, all);
  if (r != NULL && r != V_NONE) {
    err_format(ts, EXC(TypeError), "__init__() should return None, not '%T'", r);
    decref(ts, r);
    return -1;
  }
  return r == NULL ? -1 : 0;
}

Value call_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Value method = attr_get(ts, (Value)type, ID(__new__));
  if (method == NULL) return NULL;
  ssize_t total = nargs + (kwnames ? tuple_len(kwnames) : 0);
  Value small[8], *all = small;
  if (total + 1 > 8 && (all = mem_alloc(ts, (size_t)(total + 1) * sizeof *all)) == NULL) {
    decref(ts, method);
    return NULL;
  }
  all[0] = (Value)type;
  for (ssize_t i = 0; i < total; i++) all[i + 1] = args[i];
  Value r = call(ts, method, all, nargs + 1, kwnames);
  decref(ts, method);
  if (all != small) mem_free(ts, all);
  return r;
}

static int call_truth(ThreadState *ts, Value v) {
  Value method = type_lookup(ts, type_of(ts, v), ID(__bool__));
  if (method == NULL) {
    if (type_lookup(ts, type_of(ts, v), ID(__len__)) == NULL) return 1;
    ssize_t n = length(ts, v);
    return n < 0 ? -1 : n > 0;
  }
  Value r = need_dunder(ts, v, ID___bool__, NULL, 0);
  if (r == NULL) return -1;
  if (is_bool(r)) return r == V_TRUE;
  err_format(ts, EXC(TypeError), "__bool__ should return bool, returned %T", r);
  decref(ts, r);
  return -1;
}

static ssize_t call_len(ThreadState *ts, Value v) {
  Value r = need_dunder(ts, v, ID___len__, NULL, 0);
  if (r == NULL) return -1;
  Value i = num_index(ts, r);
  decref(ts, r);
  if (i == NULL) return -1;
  if (int_sign(i) < 0) {
    decref(ts, i);
    err_format(ts, EXC(ValueError), "__len__() should return >= 0");
    return -1;
  }
  ssize_t n = num_as_ssize(ts, i, EXC(OverflowError));
  decref(ts, i);
  return n;
}

static Value call_getitem(ThreadState *ts, Value v, Value key) { return need_dunder(ts, v, ID___getitem__, &key, 1); }
static int call_setitem(ThreadState *ts, Value v, Value key, Value value) {
  Value args[] = {key, value};
  return done_int(ts, need_dunder(ts, v, value ? ID___setitem__ : ID___delitem__, args, value ? 2 : 1));
}
static int call_contains(ThreadState *ts, Value v, Value item) {
  Value method = type_lookup(ts, type_of(ts, v), ID(__contains__));
  if (method == V_NONE) {
    err_format(ts, EXC(TypeError), "'%T' object is not a container", v);
    return -1;
  }
  Value r = need_dunder(ts, v, ID___contains__, &item, 1);
  if (r == NULL) return -1;
  int t = truth(ts, r);
  decref(ts, r);
  return t;
}
static Value call_concat(ThreadState *ts, Value a, Value b) { return call_dunder(ts, a, ID___add__, &b, 1); }
static Value call_repeat(ThreadState *ts, Value a, Value b) { return call_dunder(ts, a, ID___mul__, &b, 1); }
static Value call_inplace_concat(ThreadState *ts, Value a, Value b) { return call_dunder(ts, a, ID___iadd__, &b, 1); }

static void call_finalize(ThreadState *ts, Value self) {
  Value pending = err_fetch(ts);
  Value method = type_lookup(ts, type_of(ts, self), ID(__del__));
  if (method) {
    incref(method);
    Value r = call_unbound(ts, method, self, NULL, 0);
    if (r == NULL) err_write_unraisable(ts, method);
    xdecref(ts, r);
    decref(ts, method);
  }
  err_restore(ts, pending);
}

/* ---- dunders that call C slots ---- */

#define WRAPPER(name) static Value name(ThreadState *ts, const SlotDef *def, Type *type, Value self, Value *args, ssize_t nargs, Value kwnames)
#define SLOT_FN(T) (*(T *)((char *)NATIVE_SLOTS(type) + def->offset))

WRAPPER(wrap_unary) { return SLOT_FN(UnaryFn)(ts, self); }
WRAPPER(wrap_binary_plain) {
  Value r = SLOT_FN(BinaryFn)(ts, self, args[0]);
  return r;
}
WRAPPER(wrap_binary_reflected) { return SLOT_FN(BinaryFn)(ts, args[0], self); }
WRAPPER(wrap_power) {
  if (nargs == 2 && args[1] != V_NONE) return NATIVE_SLOTS(type)->power ? NATIVE_SLOTS(type)->power(ts, self, args[0], args[1]) : V_NOT_IMPLEMENTED;
  return SLOT_FN(BinaryFn)(ts, self, args[0]);
}
WRAPPER(wrap_next) {
  Value r = NATIVE_SLOTS(type)->next(ts, self);
  if (r == NULL && !err_occurred(ts)) return err_stop_iteration(ts, NULL);
  return r;
}
WRAPPER(wrap_hash) {
  int64_t h = NATIVE_SLOTS(type)->hash(ts, self);
  return h == -1 && err_occurred(ts) ? NULL : int_from_i64(ts, h);
}
WRAPPER(wrap_call) { return NATIVE_SLOTS(type)->call(ts, self, args, nargs, kwnames); }
static Value none_or_error(int r) { return r < 0 ? NULL : V_NONE; }
WRAPPER(wrap_getattr) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "attribute name must be string, not '%T'", args[0]);
  Value name = str_intern(ts, incref(args[0]));
  Value r = name ? NATIVE_SLOTS(type)->getattr(ts, self, name) : NULL;
  xdecref(ts, name);
  return r;
}
/* object.__setattr__(a_type, ...) must not go around a more derived setattr. CPython: hackcheck */
WRAPPER(wrap_setattr) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "attribute name must be string, not '%T'", args[0]);
  if (is_type(self) && type->layout != K_TYPE)
    return err_format(ts, EXC(TypeError), "can't apply this __setattr__ to %T object", self);
  Value name = str_intern(ts, incref(args[0]));
  if (name == NULL) return NULL;
  int r = NATIVE_SLOTS(type)->setattr(ts, self, name, args[1]);
  decref(ts, name);
  return none_or_error(r);
}
WRAPPER(wrap_delattr) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "attribute name must be string, not '%T'", args[0]);
  if (is_type(self) && type->layout != K_TYPE)
    return err_format(ts, EXC(TypeError), "can't apply this __delattr__ to %T object", self);
  Value name = str_intern(ts, incref(args[0]));
  if (name == NULL) return NULL;
  int r = NATIVE_SLOTS(type)->setattr(ts, self, name, NULL);
  decref(ts, name);
  return none_or_error(r);
}
#define COMPARE_WRAPPER(name, op) \
  WRAPPER(name) { return NATIVE_SLOTS(type)->compare(ts, self, args[0], op); }
COMPARE_WRAPPER(wrap_lt, CMP_LT)
COMPARE_WRAPPER(wrap_le, CMP_LE)
COMPARE_WRAPPER(wrap_eq, CMP_EQ)
COMPARE_WRAPPER(wrap_ne, CMP_NE)
COMPARE_WRAPPER(wrap_gt, CMP_GT)
COMPARE_WRAPPER(wrap_ge, CMP_GE)
#undef COMPARE_WRAPPER
WRAPPER(wrap_descr_get) {
  Value obj = args[0] == V_NONE ? NULL : args[0], owner = nargs > 1 && args[1] != V_NONE ? args[1] : NULL;
  if (obj == NULL && owner == NULL) return err_format(ts, EXC(TypeError), "__get__(None, None) is invalid");
  return NATIVE_SLOTS(type)->descr_get(ts, self, obj, owner);
}
WRAPPER(wrap_descr_set) { return none_or_error(NATIVE_SLOTS(type)->descr_set(ts, self, args[0], args[1])); }
WRAPPER(wrap_descr_delete) { return none_or_error(NATIVE_SLOTS(type)->descr_set(ts, self, args[0], NULL)); }
WRAPPER(wrap_init) { return none_or_error(NATIVE_SLOTS(type)->init(ts, self, args, nargs, kwnames)); }
WRAPPER(wrap_truth) {
  int t = NATIVE_SLOTS(type)->truth(ts, self);
  return t < 0 ? NULL : bool_value(t);
}
WRAPPER(wrap_len) {
  ssize_t n = NATIVE_SLOTS(type)->len(ts, self);
  return n < 0 ? NULL : int_from_i64(ts, n);
}
WRAPPER(wrap_setitem) { return none_or_error(NATIVE_SLOTS(type)->setitem(ts, self, args[0], args[1])); }
WRAPPER(wrap_delitem) { return none_or_error(NATIVE_SLOTS(type)->setitem(ts, self, args[0], NULL)); }
WRAPPER(wrap_contains) {
  int r = NATIVE_SLOTS(type)->contains(ts, self, args[0]);
  return r < 0 ? NULL : bool_value(r);
}
WRAPPER(wrap_none) {
  NATIVE_SLOTS(type)->finalize(ts, self);
  return V_NONE;
}
#undef WRAPPER

/* ---- the table ---- */

#define BINARY(op, name, rname) \
  {#name, ID_##name, offsetof(Slots, binary[op]), (void *)call_##op, op == NB_POWER ? wrap_power : wrap_binary_plain, 1, op == NB_POWER ? 2 : 1}, \
      {#rname, ID_##rname, offsetof(Slots, binary[op]), (void *)call_##op, wrap_binary_reflected, 1, op == NB_POWER ? 2 : 1},
#define INPLACE(op, name) {#name, ID_##name, offsetof(Slots, inplace[op]), (void *)call_inplace_##op, wrap_binary_plain, 1, 1},
#define UNARY(slot, name) {#name, ID_##name, offsetof(Slots, slot), (void *)call_##slot, wrap_unary, 0, 0},
#define OTHER(slot, name, wrapper, min, max) {#name, ID_##name, offsetof(Slots, slot), (void *)call_##slot, wrapper, min, max},
const SlotDef slot_defs[] = {
#include "runtime/slots.def"
    {0}};
#undef BINARY
#undef INPLACE
#undef UNARY
#undef OTHER

Value slot_wrapper_call(ThreadState *ts, SlotWrapperObject *w, Value self, Value *args, ssize_t nargs, Value kwnames) {
  const SlotDef *def = w->def;
  if (def->max_args >= 0) {
    if (kwnames && tuple_len(kwnames)) return err_format(ts, EXC(TypeError), "wrapper %s() takes no keyword arguments", def->name);
    if (nargs < def->min_args || nargs > def->max_args) {
      if (def->min_args == def->max_args)
        return err_format(ts, EXC(TypeError), "expected %d argument%s, got %zd", def->min_args, def->min_args == 1 ? "" : "s", nargs);
      return err_format(ts, EXC(TypeError), "expected at %s %d argument%s, got %zd", nargs < def->min_args ? "least" : "most",
                        nargs < def->min_args ? def->min_args : def->max_args, (nargs < def->min_args ? def->min_args : def->max_args) == 1 ? "" : "s", nargs);
    }
  }
  if (IS_PARALLEL(ts)) {
    Value result = NULL;
    SECTION2(ts, OBJECT_TO_LOCK(ts, self), nargs ? OBJECT_TO_LOCK(ts, args[0]) : NULL) result = def->wrapper(ts, def, w->type, self, args, nargs, kwnames);
    return result;
  }
  return def->wrapper(ts, def, w->type, self, args, nargs, kwnames);
}

static void **slot_at(Type *t, const SlotDef *def) { return (void **)((char *)&t->slots + def->offset); }

static int add_wrapper(ThreadState *ts, Type *t, const SlotDef *def) {
  Value name = ts->interp->names[def->name_id];
  if (dict_get_str(ts, t->dict, name)) return 0;
  Value w = object_alloc(ts, TYPE(SLOT_WRAPPER), sizeof(SlotWrapperObject));
  if (w == NULL) return -1;
  ((SlotWrapperObject *)w)->def = def;
  ((SlotWrapperObject *)w)->type = t;
  ((SlotWrapperObject *)w)->function = *slot_at(t, def);
  return dict_set_steal(ts, (Value)t->dict, name, w);
}

int type_make_slots(ThreadState *ts, Type *t) {
  for (const SlotDef *def = slot_defs; def->name; def++) {
    void *fn = *slot_at(t, def);
    if (fn == NULL || (t->base && *slot_at(t->base, def) == fn)) continue;
    if (add_wrapper(ts, t, def) < 0) return -1;
  }
  if (t->slots.hash == NULL || (t->slots.compare && t->base && t->slots.compare != t->base->slots.compare && t->slots.hash == t->base->slots.hash && t->base->base == NULL))
    if (dict_get_str(ts, t->dict, ID(__hash__)) == NULL && t->slots.compare && t->slots.hash == NULL)
      return dict_set(ts, (Value)t->dict, ID(__hash__), V_NONE);
  return 0;
}

void type_inherit_slots(Type *t, Type *base) {
  bool own_compare = t->slots.compare != NULL;
  void **to = (void **)&t->slots, **from = (void **)&base->slots;
  void *hash = t->slots.hash;
  for (size_t i = 0; i < sizeof(Slots) / sizeof(void *); i++)
    if (to[i] == NULL) to[i] = from[i];
  /* A type with its own equality does not inherit the hash. */
  if (own_compare && hash == NULL && !(t->flags & TYPE_HEAP)) t->slots.hash = NULL;
}

/* The C function for this slot of class t: the one of a base when the dunder is a plain wrapper, else the detour. */
static void *slot_for(ThreadState *ts, Type *t, const SlotDef *def, bool *generic) {
  Value found = type_lookup(ts, t, ts->interp->names[def->name_id]);
  if (found == NULL) return NULL;
  if (found == V_NONE && def->offset == offsetof(Slots, hash)) return (void *)call_hash;
  if (is_kind(found, K_SLOT_WRAPPER)) {
    SlotWrapperObject *w = (SlotWrapperObject *)found;
    if (w->def->name_id == def->name_id && w->def->offset != def->offset) return NULL; /* __add__ of a sequence is its concat */
    if (w->def->name_id == def->name_id && type_is_subtype(t, w->type)) return w->function;
  }
  *generic = true;
  return def->from_dunder;
}

static void update_slot_group(ThreadState *ts, Type *t, const SlotDef *first) {
  void *fn = NULL;
  bool generic = false;
  for (const SlotDef *def = slot_defs; def->name; def++) {
    if (def->offset != first->offset) continue;
    bool needs_detour = false;
    void *one = slot_for(ts, t, def, &needs_detour);
    if (one == NULL) continue;
    generic |= needs_detour;
    if (fn != NULL && fn != one) generic = true;
    fn = one;
  }
  if (generic) fn = first->from_dunder;
  *slot_at(t, first) = fn;
}

/* What depends on several dunders, or on none in the table. */
static void update_special(ThreadState *ts, Type *t) {
  if (type_lookup(ts, t, ID(__getattr__))) t->slots.getattr = slots_getattr_hook;
  if (type_lookup(ts, t, ID(__bool__)) == NULL && t->slots.truth == (void *)call_truth && t->slots.len == NULL) t->slots.truth = NULL;
  t->flags &= ~(uint32_t)(TYPE_GENERIC_GETATTR | TYPE_GENERIC_SETATTR | TYPE_HAS_FINALIZER | TYPE_HAS_GETATTR_HOOK | TYPE_SIMPLE_NEW);
  if (t->slots.getattr == object_getattr) t->flags |= TYPE_GENERIC_GETATTR;
  if (t->slots.getattr == slots_getattr_hook) t->flags |= TYPE_HAS_GETATTR_HOOK;
  if (t->slots.setattr == object_setattr) t->flags |= TYPE_GENERIC_SETATTR;
  if (t->slots.finalize) t->flags |= TYPE_HAS_FINALIZER;
  if (t->slots.binary[NB_POWER] == call_NB_POWER) t->slots.power = call_power3;
  Value new = type_lookup(ts, t, ID(__new__));
  if (new && is_kind(new, K_NATIVE)) {
    Type *owner = (Type *)((Native *)new)->self;
    t->slots.new = owner && is_type((Value)owner) ? owner->slots.new : t->slots.new;
  } else if (new) {
    t->slots.new = call_new;
  }
  Value init = type_lookup(ts, t, ID(__init__));
  t->init_function = init && is_kind(init, K_FUNCTION) ? init : NULL;
  if (t->slots.new == ts->interp->types[K_OBJECT]->slots.new && !(t->flags & TYPE_ABSTRACT) && t->init_function) t->flags |= TYPE_SIMPLE_NEW;
}

Value next_not_implemented(ThreadState *ts, Value self) { return err_format(ts, EXC(TypeError), "'%T' object is not iterable", self); }

void type_update_slots(ThreadState *ts, Type *t, Value name) {
  if (!(t->flags & TYPE_HEAP)) return;
  uint64_t done[(sizeof(Slots) / sizeof(void *) + 63) / 64] = {0};
  for (const SlotDef *def = slot_defs; def->name; def++) {
    if (name && ts->interp->names[def->name_id] != name) continue;
    size_t i = def->offset / sizeof(void *);
    if (done[i / 64] >> (i % 64) & 1) continue;
    done[i / 64] |= (uint64_t)1 << (i % 64);
    /* concat, repeat and their in-place forms only follow real sequences: numbers' slots serve classes */
    if (def->wrapper == wrap_binary_plain && (def->offset == offsetof(Slots, concat) || def->offset == offsetof(Slots, repeat) || def->offset == offsetof(Slots, inplace_concat))) {
      Value found = type_lookup(ts, t, ts->interp->names[def->name_id]);
      if (!(found && is_kind(found, K_SLOT_WRAPPER) && ((SlotWrapperObject *)found)->def->offset == def->offset)) *slot_at(t, def) = NULL;
      else *slot_at(t, def) = ((SlotWrapperObject *)found)->function;
      continue;
    }
    update_slot_group(ts, t, def);
  }
  if (name == ID(__next__) && t->slots.next == NULL) t->slots.next = next_not_implemented; /* loops may be running over an instance */
  update_special(ts, t);
}
