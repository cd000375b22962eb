/* specialize.c - filling inline caches: an instruction that meets the same kind of operand again turns into a form for it.
 * Keeps true: a cache holds only what its version proves: a shape's or class's version, a dict's keys version, a function's.
 *   Pointers in caches are borrowed; the version that guards them changes before what they point to can die.
 * Next: ops/attributes.h, ops/calls.h (the forms), specialized.def. Sources: PEP 659; Deutsch & Schiffman 1984 (inline caches). */
#include "interp/vm/eval_internal.h"

/* What goes into the units behind the instruction, from unit 1 on. */
typedef struct {
  Unit units[4];
  int count;
} Cache;

/* The caches first, then the instruction that reads them. Another thread may have been quicker: then it stays as that left it. */
static void publish(ThreadState *ts, Unit *at, int op, const Cache *cache) {
  LEAF_LOCK(ts, code_mutex);
  Unit now = RACY_LOAD(*at);
  if (opcode_base[UNIT_OP(now)] == UNIT_OP(now)) {
    RACY_STORE(at[1 + CACHE_COUNTER], MISSES_ALLOWED);
    for (int i = 0; i < cache->count; i++) RACY_STORE(at[2 + i], cache->units[i]);
    __atomic_store_n(at, UNIT(op, UNIT_ARG(now)), __ATOMIC_RELEASE);
  }
  LEAF_UNLOCK(ts, code_mutex);
}
static void become(ThreadState *ts, Unit *at, int op, uint32_t version, uint32_t index) { publish(ts, at, op, &(Cache){{version, index}, 2}); }
static void become_with(ThreadState *ts, Unit *at, int op, uint32_t version, uint32_t index, const void *pointer) {
  Cache cache = {{version, index}, 4};
  memcpy(cache.units + 2, &pointer, sizeof pointer);
  publish(ts, at, op, &cache);
}
static void become_for(ThreadState *ts, Unit *at, int op, const void *pointer) {
  Cache cache = {.count = 2};
  memcpy(cache.units, &pointer, sizeof pointer);
  publish(ts, at, op, &cache);
}

#ifdef FREE_THREADED
/* Threads that run the same code at once: a site that went back to the general form may be read as it was for a moment more. So it gets
 * another form only after a grace period; and one that would count for ever, whose cache line all threads would write to, stays as it is. */
static void refuse(ThreadState *ts, Unit *at) { RACY_STORE(at[1 + CACHE_COUNTER], IS_PARALLEL(ts) ? (Unit)SITE_NEVER : BACK_OFF); }

bool site_is_warm_shared(ThreadState *ts, Unit *cache) {
  Unit n = RACY_LOAD(cache[CACHE_COUNTER]);
  if (n == 0) return true;
  if (n == (Unit)SITE_NEVER) return false;
  if (n < SITE_WAITS) {
    RACY_STORE(cache[CACHE_COUNTER], n - 1);
    return false;
  }
  World *world = &ts->interp->sched->world;
  uint64_t now = atomic_load(&world->epoch), grace = (now & ~(uint64_t)(SITE_WAITS - 1)) | (n & (SITE_WAITS - 1));
  if (world_grace_is_over(world, &ts->sched, grace > now ? grace - SITE_WAITS : grace)) RACY_STORE(cache[CACHE_COUNTER], WARM_UP);
  return false;
}
static void retire(ThreadState *ts, Unit *cache, int general, Unit counter) {
  LEAF_LOCK(ts, code_mutex);
  Unit now = RACY_LOAD(cache[-1]);
  if (UNIT_OP(now) != (Unit)general) {
    RACY_STORE(cache[CACHE_COUNTER], counter);
    __atomic_store_n(&cache[-1], UNIT(general, UNIT_ARG(now)), __ATOMIC_RELEASE);
  }
  LEAF_UNLOCK(ts, code_mutex);
}
void site_missed_shared(ThreadState *ts, Unit *cache, int general) {
  Unit n = RACY_LOAD(cache[CACHE_COUNTER]);
  if (n > 0 && n <= MISSES_ALLOWED) RACY_STORE(cache[CACHE_COUNTER], n - 1);
  else retire(ts, cache, general, (Unit)SITE_NEVER);
}
void site_retired_shared(ThreadState *ts, Unit *cache, int general) {
  uint64_t grace = world_begin_grace(&ts->interp->sched->world, &ts->sched);
  retire(ts, cache, general, SITE_WAITS | (Unit)(grace & (SITE_WAITS - 1)));
}
#else
static void refuse(ThreadState *ts, Unit *at) { at[1 + CACHE_COUNTER] = BACK_OFF; }
#endif

/* At which entry of a dict the name stands, -1: at none, and which version says so; false if that cannot be said. Without the GIL entries may
 * move meanwhile: what was found holds if the version is still the one that was there before. */
static bool find_in_dict(ThreadState *ts, Dict *d, Value name, ssize_t *index, uint32_t *version) {
  *version = dict_keys_version(ts, d);
  *index = dict_find_str(ts, d, name);
  return *version != 0 && dict_version(d) == *version;
}

void specialize_load_global(ThreadState *ts, Unit *at, Dict *globals, Dict *builtins, Value name) {
  if (!is_kind((Value)globals, K_DICT) || !is_kind((Value)builtins, K_DICT)) {
    refuse(ts, at);
    return;
  }
  ssize_t i;
  uint32_t version, builtins_version;
  if (!find_in_dict(ts, globals, name, &i, &version)) refuse(ts, at);
  else if (i >= 0) become(ts, at, OP_LOAD_GLOBAL_MODULE, version, (uint32_t)i);
  else if (!find_in_dict(ts, builtins, name, &i, &builtins_version) || i < 0) refuse(ts, at);
  else publish(ts, at, OP_LOAD_GLOBAL_BUILTIN, &(Cache){{version, (uint32_t)i, builtins_version}, 3});
}

/* Which class in type's order has name, and at which entry of its dict; NULL: none. */
static Type *find_holder(ThreadState *ts, Type *type, Value name, ssize_t *index) {
  Value mro = mro_of(type);
  for (ssize_t i = 0; i < tuple_len(mro); i++) {
    Type *t = (Type *)tuple_get(mro, i);
    *index = dict_find_str(ts, t->dict, name);
    if (*index >= 0) return t;
  }
  return NULL;
}

static bool is_plain(ThreadState *ts, Value v) {
  Type *t = type_of(ts, v);
  return t->slots.descr_get == NULL && t->slots.descr_set == NULL;
}

/* Exactly as many parameters as a positional call gives, nothing else. */
static bool takes_positional(Function *f) { return as_code(f->code)->exact_args >= 0; }

static uint32_t function_version(ThreadState *ts, Function *f) {
  uint32_t version = RACY_LOAD(f->version);
  if (version) return version;
  uint32_t fresh = new_version(ts); /* not used if another thread was faster */
  return __atomic_compare_exchange_n(&f->version, &version, fresh, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED) ? fresh : version;
}

static bool specialize_module_attr(ThreadState *ts, Unit *at, int op, Value owner, Value name) {
  Type *type = type_of(ts, owner);
  if (type != TYPE(MODULE) || type_lookup(ts, type, name)) return false;
  Dict *d = module_dict(owner);
  ssize_t i;
  uint32_t version;
  if (!find_in_dict(ts, d, name, &i, &version) || i < 0) return false;
  become(ts, at, op, version, (uint32_t)i);
  return true;
}

static bool specialize_class_attr(ThreadState *ts, Unit *at, Value owner, Value name) {
  Type *type = (Type *)owner;
  if (type_of(ts, owner) != TYPE(TYPE) || type_lookup(ts, TYPE(TYPE), name)) return false;
  ssize_t i;
  Type *holder = find_holder(ts, type, name, &i);
  if (holder == NULL) return false;
  Value v = RACY_LOAD(holder->dict->entries[i].value);
  if (!is_plain(ts, v) && !is_kind(v, K_FUNCTION)) return false;
  become_with(ts, at, OP_LOAD_ATTR_TYPE, type->version, (uint32_t)i, holder);
  return true;
}

static bool specialize_instance_attr(ThreadState *ts, Unit *at, Value owner, Value name) {
  Shape *shape = shape_of(owner);
  Type *type = shape->type;
  if (!(type->flags & TYPE_GENERIC_GETATTR)) return false;
  ssize_t i = -1;
  Type *holder = find_holder(ts, type, name, &i);
  Value found = holder ? RACY_LOAD(holder->dict->entries[i].value) : NULL;
  Type *found_type = found ? type_of(ts, found) : NULL;
  if (found && found_type->slots.descr_set) {
    if (is_kind(found, K_PROPERTY)) {
      Function *getter = (Function *)((Property *)found)->get;
      if (getter == NULL || !is_kind((Value)getter, K_FUNCTION) || !takes_positional(getter) || as_code(getter->code)->arg_count != 1) return false;
      become_with(ts, at, OP_LOAD_ATTR_PROPERTY, shape->version, function_version(ts, getter), getter);
      return true;
    }
    if (is_kind(found, K_MEMBER) && !(found->flags & OBJ_FLAG_A)) {
      become(ts, at, OP_LOAD_ATTR_SLOT, shape->version, (uint32_t)((Member *)found)->offset);
      return true;
    }
    return false;
  }
  if (type->attrs_offset != 0) {
    if (shape->is_dict || type->attrs_offset < 0) return false;
    int slot = shape_find(shape, name);
    if (slot >= 0) {
      if (slot < shape->inline_slots) become(ts, at, OP_LOAD_ATTR_SLOT, shape->version, (uint32_t)((size_t)type->attrs_offset + sizeof(Attrs) + (size_t)slot * sizeof(Value)));
      else become(ts, at, OP_LOAD_ATTR_MORE, shape->version, (uint32_t)(slot - shape->inline_slots));
      return true;
    }
  }
  if (found == NULL || !is_plain(ts, found)) return false;
  become_with(ts, at, OP_LOAD_ATTR_CLASS_VALUE, shape->version, (uint32_t)i, holder);
  return true;
}

void specialize_load_attr(ThreadState *ts, Unit *at, Value owner, Value name) {
  bool done = false;
  if (is_object(owner)) {
    if (owner->kind == K_MODULE) done = specialize_module_attr(ts, at, OP_LOAD_ATTR_MODULE, owner, name);
    else if (owner->kind == K_TYPE) done = specialize_class_attr(ts, at, owner, name);
    else if (!is_type(owner)) done = specialize_instance_attr(ts, at, owner, name);
  }
  if (!done) refuse(ts, at);
}

void specialize_store_attr(ThreadState *ts, Unit *at, Value owner, Value name) {
  if (!is_object(owner) || is_type(owner)) goto no;
  Shape *shape = shape_of(owner);
  Type *type = shape->type;
  if (!(type->flags & TYPE_GENERIC_SETATTR)) goto no;
  Value found = type_lookup(ts, type, name);
  if (found && type_of(ts, found)->slots.descr_set) {
    if (!is_kind(found, K_MEMBER) || found->flags & OBJ_FLAG_A) goto no;
    become(ts, at, OP_STORE_ATTR_SLOT, shape->version, (uint32_t)((Member *)found)->offset);
    return;
  }
  if (type->attrs_offset <= 0 || shape->is_dict) goto no;
  size_t slots = (size_t)type->attrs_offset + sizeof(Attrs);
  int slot = shape_find(shape, name);
  if (slot >= 0) {
    if (slot < shape->inline_slots) become(ts, at, OP_STORE_ATTR_SLOT, shape->version, (uint32_t)(slots + (size_t)slot * sizeof(Value)));
    else become(ts, at, OP_STORE_ATTR_MORE, shape->version, (uint32_t)(slot - shape->inline_slots));
    return;
  }
  if (shape->count >= shape->inline_slots) goto no;
  Shape *grown = shape_add(ts, shape, name);
  if (grown == NULL) {
    err_clear(ts);
    goto no;
  }
  become_with(ts, at, OP_STORE_ATTR_ADD, shape->version, (uint32_t)(slots + (size_t)shape->count * sizeof(Value)), grown);
  return;
no:
  refuse(ts, at);
}

/* C.method(...): a function, static method or class method found on a class. */
static bool specialize_method_of_class(ThreadState *ts, Unit *at, Value owner, Value name) {
  if (type_of(ts, owner) != TYPE(TYPE) || type_lookup(ts, TYPE(TYPE), name)) return false;
  Value v = type_lookup(ts, (Type *)owner, name);
  if (v == NULL) return false;
  bool class_method = false;
  if (is_kind(v, K_STATICMETHOD)) v = ((ClassMethod *)v)->callable;
  else if (is_kind(v, K_CLASSMETHOD)) v = ((ClassMethod *)v)->callable, class_method = true;
  if (v == NULL || !is_kind(v, K_FUNCTION)) return false;
  become_with(ts, at, OP_LOAD_METHOD_TYPE, ((Type *)owner)->version, class_method, v);
  return true;
}

static bool specialize_method_of_instance(ThreadState *ts, Unit *at, Value owner, Value name) {
  Shape *shape = shape_of(owner);
  Type *type = shape->type;
  if (!(type->flags & TYPE_GENERIC_GETATTR)) return false;
  Value v = type_lookup(ts, type, name);
  if (v == NULL || (!is_kind(v, K_FUNCTION) && !is_kind(v, K_METHOD_DESCR))) return false;
  if (type->attrs_offset != 0 && (shape->is_dict || type->attrs_offset < 0 || shape_find(shape, name) >= 0)) return false;
  become_with(ts, at, OP_LOAD_METHOD_CACHED, shape->version, 0, v);
  return true;
}

void specialize_load_method(ThreadState *ts, Unit *at, Value owner, Value name) {
  bool done = false;
  if (is_object(owner)) {
    if (owner->kind == K_MODULE) done = specialize_module_attr(ts, at, OP_LOAD_METHOD_MODULE, owner, name);
    else if (owner->kind == K_TYPE) done = specialize_method_of_class(ts, at, owner, name);
    else if (!is_type(owner) && owner->kind != K_SUPER) done = specialize_method_of_instance(ts, at, owner, name);
  }
  if (!done) refuse(ts, at);
}

/* Remember where an attribute of such an object is, or which method it has; nothing for other cases. */
void attr_cache_fill(ThreadState *ts, Value owner, Value name) {
  Shape *shape = shape_of(owner);
  Type *type = shape->type;
  if (!(type->flags & TYPE_GENERIC_GETATTR) || type->attrs_offset < 0 || shape->is_dict || is_type(owner)) return;
  Value found = type_lookup(ts, type, name);
  uint32_t offset = 0;
  Value method = NULL;
  int slot = type->attrs_offset > 0 ? shape_find(shape, name) : -1;
  if (slot >= 0) {
    if (slot >= shape->inline_slots || (found && type_of(ts, found)->slots.descr_set)) return;
    offset = (uint32_t)((size_t)type->attrs_offset + sizeof(Attrs) + (size_t)slot * sizeof(Value));
  } else if (found && (is_kind(found, K_FUNCTION) || is_kind(found, K_METHOD_DESCR))) {
    method = found;
  } else {
    return;
  }
  *attr_row(ts, shape->version, name) = (struct AttrRow){shape->version, offset, name, method};
}

/* ---- calls ---- */

static bool fits_defaults(Function *f, ssize_t nargs) {
  ssize_t wanted = as_code(f->code)->arg_count, have = f->defaults ? tuple_len(f->defaults) : 0;
  return nargs < wanted && nargs >= wanted - have;
}

static bool specialize_function(ThreadState *ts, Unit *at, Function *f, ssize_t nargs) {
  if (!takes_positional(f)) return false;
  if (as_code(f->code)->arg_count == nargs) become(ts, at, OP_CALL_PY_EXACT, 0, 0);
  else if (fits_defaults(f, nargs)) become(ts, at, OP_CALL_PY_DEFAULTS, function_version(ts, f), 0);
  else return false;
  return true;
}

static bool specialize_native(ThreadState *ts, Unit *at, Native *n, bool is_method, ssize_t nargs) {
  const MethodDef *def = n->def;
  if (!is_method && n->module && str_equal_cstr(n->module, "builtins")) {
    int op = nargs == 1 && strcmp(def->name, "len") == 0 ? OP_CALL_LEN : nargs == 2 && strcmp(def->name, "isinstance") == 0 ? OP_CALL_ISINSTANCE : 0;
    if (op) {
      become_for(ts, at, op, def);
      return true;
    }
  }
  become(ts, at, OP_CALL_NATIVE, 0, 0);
  return true;
}

static bool specialize_descr(ThreadState *ts, Unit *at, MethodDescr *d, ssize_t nargs) {
  if (d->type == TYPE(LIST) && nargs == 2 && strcmp(d->def->name, "append") == 0) {
    become_for(ts, at, OP_CALL_LIST_APPEND, d->def);
    return true;
  }
  become(ts, at, OP_CALL_METHOD_DESCR, 0, 0);
  return true;
}

static bool specialize_class(ThreadState *ts, Unit *at, Type *cls, ssize_t nargs) {
  if (cls == TYPE(TYPE) && nargs == 1) {
    become(ts, at, OP_CALL_TYPE_1, 0, 0);
    return true;
  }
  if (!(cls->flags & TYPE_SIMPLE_NEW) || type_of(ts, (Value)cls) != TYPE(TYPE)) return false;
  Function *init = (Function *)cls->init_function;
  if (!takes_positional(init)) return false;
  if (as_code(init->code)->arg_count != nargs + 1 && !fits_defaults(init, nargs + 1)) return false;
  become(ts, at, OP_CALL_CLASS, cls->version, function_version(ts, init));
  return true;
}

void specialize_call(ThreadState *ts, Unit *at, Value callable, bool is_method, ssize_t nargs) {
  bool done = false;
  if (is_object(callable)) {
    switch (callable->kind) {
      case K_FUNCTION: done = specialize_function(ts, at, (Function *)callable, nargs); break;
      case K_NATIVE: done = specialize_native(ts, at, (Native *)callable, is_method, nargs); break;
      case K_METHOD_DESCR: done = is_method && specialize_descr(ts, at, (MethodDescr *)callable, nargs); break;
      case K_TYPE: done = !is_method && specialize_class(ts, at, (Type *)callable, nargs); break;
      default: break;
    }
  }
  if (!done) refuse(ts, at);
}
