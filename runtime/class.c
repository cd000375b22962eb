/* class.c - types as values: made by tables (built-ins) or class statements, looked up along the C3 order, changed at run time.
 * Keeps true: type->version (and its shapes' versions) changes whenever any look-up through the class could give another
 *   result, so caches only compare versions. The one exception, on purpose: storing a plain value over a plain value
 *   leaves the version; caches of such attributes remember the place, not the value.
 * Next: slots.c (dunders), shape.c (instances), object.c (what every class inherits), type_object.c (attributes of types).
 * CPython: Objects/typeobject.c; C3: K. Barrett et al. 1996. */
#include <stdlib.h>

#include "runtime/module.h"
#include "runtime/reclaim.h"
#include "runtime/slots.h"

/* ---- look-up ---- */

#define CACHE_SIZE 2048
struct LookupCache {
  struct {
    uint32_t version;
    Value name;
    Value value; /* borrowed from the class; NULL: known to be missing */
  } row[CACHE_SIZE];
};

static Value lookup_in_mro(ThreadState *ts, Type *t, Value name) {
  Value mro = mro_of(t);
  if (UNLIKELY(mro == NULL)) return t->dict ? dict_get_str(ts, t->dict, name) : NULL; /* cleared by the collector */
  for (ssize_t i = 0; i < tuple_len(mro); i++) {
    Value found = dict_get_str(ts, ((Type *)tuple_get(mro, i))->dict, name);
    if (found) return found;
  }
  return NULL;
}

static bool is_plain_data(ThreadState *ts, Value v) {
  Type *t = type_of(ts, v);
  return t->slots.descr_get == NULL && t->slots.descr_set == NULL;
}

Value type_lookup(ThreadState *ts, Type *t, Value name) {
  struct LookupCache *cache = lookup_cache_of(ts);
  uint32_t at = (t->version * 31 + (uint32_t)(value_bits(name) >> 4)) & (CACHE_SIZE - 1);
  if (LIKELY(cache->row[at].version == t->version && cache->row[at].name == name)) return cache->row[at].value;
  Value found = lookup_in_mro(ts, t, name);
  /* A plain value may be stored over without a new version (type_set_attr): it is not remembered. */
  if (str_is_interned(name) && (found == NULL || !is_plain_data(ts, found))) {
    cache->row[at].version = t->version;
    cache->row[at].name = name;
    cache->row[at].value = found;
  }
  return found;
}

bool type_is_subtype_slow(Type *t, Type *base) {
  Value mro = mro_of(t);
  if (mro == NULL) {
    for (; t; t = t->base)
      if (t == base) return true;
    return false;
  }
  for (ssize_t i = 0; i < tuple_len(mro); i++)
    if (tuple_get(mro, i) == (Value)base) return true;
  return false;
}

/* ---- change ---- */

static void renew_versions(ThreadState *ts, Type *t) {
  RACY_STORE(t->version, new_version(ts));
  for (uint32_t i = 0; i < t->shape_count; i++) RACY_STORE(t->shapes[i]->version, new_version(ts));
}

void type_modified(ThreadState *ts, Type *t, Value name) {
  if (t->flags & TYPE_CHANGING) return; /* mro() methods that assign bases can make a class its own descendant */
  t->flags |= TYPE_CHANGING;
  renew_versions(ts, t);
  type_update_slots(ts, t, name);
  for (uint32_t i = 0; i < t->subclass_count; i++) type_modified(ts, t->subclasses[i], name);
  t->flags &= ~(uint32_t)TYPE_CHANGING;
}

static bool is_dunder(Value name) {
  ssize_t n = str_len(name);
  return n > 4 && str_at(name, 0) == '_' && str_at(name, 1) == '_' && str_at(name, n - 1) == '_';
}

static int set_attr_alone(ThreadState *ts, Type *t, Value name, Value value) {
  Value old = dict_get_str(ts, t->dict, name);
  if (value == NULL) {
    if (old == NULL) {
      err_format(ts, EXC(AttributeError), "type object '%N' has no attribute '%U'", t, name);
      return -1;
    }
    if (dict_delete(ts, (Value)t->dict, name) < 0) return -1;
    type_modified(ts, t, is_dunder(name) ? name : ID(__doc__));
    return 0;
  }
  if (dict_set(ts, (Value)t->dict, name, value) < 0) return -1;
  type_modified(ts, t, is_dunder(name) ? name : ID(__doc__));
  return 0;
}

/* Free-threaded: inline caches, slots and versions of many classes change together, so the world stands still; not for a plain value
 * in place of another (a counter, say), which changes none of them. */
int type_set_attr(ThreadState *ts, Type *t, Value name, Value value) {
  Value old = dict_get_str(ts, t->dict, name);
  if (old && value && is_plain_data(ts, old) && is_plain_data(ts, value) && !is_dunder(name)) return dict_set(ts, (Value)t->dict, name, value);
  STOP_WORLD(ts);
  int result = set_attr_alone(ts, t, name, value);
  START_WORLD(ts);
  return result;
}

/* ---- built-in types ---- */

static void instance_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  object_release(ts, self);
}

Type *type_alloc(ThreadState *ts, NULLABLE Type *metatype) {
  /* The first two types are made before there is a type to give them. */
  Type *t;
  if (metatype) {
    t = (Type *)object_alloc(ts, metatype, sizeof(Type));
    if (t && metatype->flags & TYPE_HEAP) incref_object(&metatype->base_object);
  } else {
    Shape shape = {.type = &(Type){.kind = K_TYPE, .flags = TYPE_GC}};
    shape.type->root = &shape;
    t = (Type *)object_alloc(ts, shape.type, sizeof(Type));
    if (t) t->base_object.shape = NULL;
  }
  if (t) t->version = new_version(ts);
  return t;
}

static const GetSetDef dict_def = {"__dict__", object_get_dict, object_set_dict, "dictionary for instance variables (if defined)"};

static int ready_dict(ThreadState *ts, Type *t, const TypeSpec *spec) {
  if (type_init_members(ts, t, spec) < 0) return -1;
  if (t->flags & TYPE_HAS_DICT && t->base && !(t->base->flags & TYPE_HAS_DICT) && dict_get_str(ts, t->dict, ID(__dict__)) == NULL) {
    Value d = getset_new(ts, &dict_def, t);
    if (d == NULL || dict_set_steal(ts, (Value)t->dict, ID(__dict__), d) < 0) return -1;
  }
  if (spec->doc && dict_get_str(ts, t->dict, ID(__doc__)) == NULL) {
    const char *doc = strstr(spec->doc, "\n--\n\n") ? strstr(spec->doc, "\n--\n\n") + 5 : spec->doc;
    Value text = str_from_utf8(ts, doc, (ssize_t)strlen(doc));
    if (text == NULL || dict_set_steal(ts, (Value)t->dict, ID(__doc__), text) < 0) return -1;
  } else if (dict_get_str(ts, t->dict, ID(__doc__)) == NULL && dict_set(ts, (Value)t->dict, ID(__doc__), V_NONE) < 0) {
    return -1;
  }
  return 0;
}

/* Names in the type's dict, about: growing it step by step takes longer. */
static ssize_t count_names(const TypeSpec *spec) {
  ssize_t n = 2; /* __doc__, __module__ */
  for (const MethodDef *def = spec->methods; def && def->name; def++) n++;
  for (const GetSetDef *def = spec->getsets; def && def->name; def++) n++;
  void *const *slots = (void *const *)&spec->slots;
  for (size_t i = 0; i < sizeof(Slots) / sizeof *slots; i++) n += slots[i] != NULL;
  return n;
}

/* Name, bases, order, methods: everything that needs other types to exist. */
static int ready(ThreadState *ts, Type *t, const TypeSpec *spec) {
  const char *dot = strrchr(spec->name, '.');
  t->full_name = spec->name;
  t->name = str_intern_cstr(ts, dot ? dot + 1 : spec->name);
  if (t->name == NULL || (t->dict = as_dict(dict_new_sized(ts, count_names(spec)))) == NULL) return -1;
  t->qualname = incref(t->name);
  if (dot) {
    Value module = str_from_utf8(ts, spec->name, dot - spec->name);
    if (module == NULL || dict_set_steal(ts, (Value)t->dict, ID(__module__), module) < 0) return -1;
  }
  Type *base = t->base;
  Value bases = base ? tuple_of1(ts, (Value)base) : incref(ts->interp->empty_tuple);
  if (bases == NULL) return -1;
  int failed = type_start_bases(ts, t, bases, base);
  decref(ts, bases);
  if (failed) return -1;
#ifdef FREE_THREADED
  if (type_lock_slots(ts, t) < 0) return -1;
#endif
  if (type_make_slots(ts, t) < 0 || ready_dict(ts, t, spec) < 0) return -1;
  if (base) type_inherit_slots(t, base);
  return 0;
}

/* What later code asks of flags follows from the slots. */
static void set_flags(Type *t) {
  if (t->slots.getattr == object_getattr) t->flags |= TYPE_GENERIC_GETATTR;
  if (t->slots.setattr == object_setattr) t->flags |= TYPE_GENERIC_SETATTR;
  if (t->slots.finalize) t->flags |= TYPE_HAS_FINALIZER;
}

static void inherit_flags(Type *t, Type *base) {
  t->flags |= base->flags & (TYPE_GC | TYPE_HAS_DICT | TYPE_SEQUENCE | TYPE_MAPPING | TYPE_MATCH_SELF | TYPE_WEAKREFS);
}

Type *type_from_spec(ThreadState *ts, const TypeSpec *spec, Type *base, Kind layout) {
  Interp *interp = ts->interp;
  Type *t = type_alloc(ts, interp->types[K_TYPE] && interp->types[K_TYPE]->root ? TYPE(TYPE) : NULL);
  if (t == NULL) return NULL;
  bool booting = interp->empty_tuple == NULL;
  if (base == NULL && layout != K_OBJECT) base = TYPE(OBJECT);
  if (base == NULL && !booting) base = TYPE(OBJECT);
  t->base = base;
  t->flags = spec->flags | TYPE_IMMUTABLE;
  t->slots = spec->slots;
  t->layout = (uint8_t)(layout == K_OBJECT && base ? base->layout : layout);
  t->kind = (uint8_t)layout;
  t->size = (uint32_t)(spec->size ? spec->size : base ? base->size : sizeof(Object));
  if (base) inherit_flags(t, base);
  if (t->slots.dealloc == NULL && (base == NULL || base->slots.dealloc == NULL)) t->slots.dealloc = instance_dealloc;
  if (t->flags & TYPE_HAS_DICT) {
    t->attrs_offset = (int32_t)t->size;
    bool inherits = base && base->flags & TYPE_HAS_DICT; /* then the base's functions look after the attributes, too */
    if (t->slots.traverse == NULL) t->slots.traverse = inherits ? base->slots.traverse : attrs_traverse;
    if (t->slots.clear == NULL) t->slots.clear = inherits ? base->slots.clear : attrs_clear;
  }
  t->root = shape_new(ts, t, NULL, NULL);
  if (t->root == NULL) goto error;
  if (booting) {
    t->native_data = (void *)spec;
    return t;
  }
  if (ready(ts, t, spec) < 0) goto error;
  set_flags(t);
  return t;
error:
  decref(ts, (Value)t);
  return NULL;
}

#define KIND(NAME, name, init) Type *init(ThreadState *ts);
#include "runtime/kinds.def"
#undef KIND

static int make_constants(ThreadState *ts);

/* Start of an Interp. First the bare types, so that strings, tuples and dicts can exist; then their contents. */
int types_init(ThreadState *ts) {
  Interp *interp = ts->interp;
  if (type_lookup_cache_new(ts) < 0) return -1;
#define KIND(NAME, name, init) \
  if ((interp->types[K_##NAME] = init(ts)) == NULL) return -1;
#include "runtime/kinds.def"
#undef KIND
  for (int k = 0; k < K_COUNT; k++) interp->types[k]->base_object.shape = interp->types[K_TYPE]->root;
  if (make_constants(ts) < 0) return -1;
  for (int k = 0; k < K_COUNT; k++) {
    Type *t = interp->types[k];
    const TypeSpec *spec = t->native_data;
    t->native_data = NULL;
    if (ready(ts, t, spec) < 0) return -1;
    set_flags(t);
  }
  return 0;
}

static int make_constants(ThreadState *ts) {
  Interp *interp = ts->interp;
  Value empty = object_alloc(ts, TYPE(TUPLE), sizeof(Tuple));
  if (empty == NULL) return -1;
  interp->empty_tuple = empty;
  Value first = str_from_ascii(ts, ""); /* the first string makes those that are shared */
  if (first == NULL) return -1;
  decref(ts, first);
  if ((interp->empty_bytes = bytes_new(ts, "", 0)) == NULL) return -1;
#define NAME(id) \
  if ((interp->names[ID_##id] = str_intern_cstr(ts, #id)) == NULL) return -1;
#include "runtime/names.def"
#undef NAME
  return 0;
}

/* ---- classes ---- */

/* The base whose struct is the widest: others must be found along its base chain. */
static Type *solid_base(Type *t) {
  for (; t->base; t = t->base)
    if (t->size != t->base->size || t->layout != t->base->layout) return t;
  return t;
}

Type *type_best_base(ThreadState *ts, Value bases) {
  Type *winner = NULL, *best = NULL;
  for (ssize_t i = 0; i < tuple_len(bases); i++) {
    Type *base = (Type *)tuple_get(bases, i);
    if (!is_type((Value)base)) return (Type *)err_format(ts, EXC(TypeError), "bases must be types");
    if (!(base->flags & TYPE_BASETYPE)) return (Type *)err_format(ts, EXC(TypeError), "type '%N' is not an acceptable base type", base);
    Type *candidate = solid_base(base);
    if (winner == NULL || type_is_subtype(candidate, winner)) {
      if (winner == NULL || candidate != winner) best = base;
      winner = candidate;
    } else if (!type_is_subtype(winner, candidate)) {
      return (Type *)err_format(ts, EXC(TypeError), "multiple bases have instance lay-out conflict");
    }
  }
  return best;
}

/* A slot name as the compiler would mangle it. OWNED. */
static Value mangle(ThreadState *ts, Value class_name, Value name) {
  ssize_t n = str_len(name);
  if (n < 3 || str_at(name, 0) != '_' || str_at(name, 1) != '_' || (str_at(name, n - 1) == '_' && str_at(name, n - 2) == '_')) return incref(name);
  ssize_t skip = 0;
  while (skip < str_len(class_name) && str_at(class_name, skip) == '_') skip++;
  if (skip == str_len(class_name)) return incref(name);
  Value tail = str_substring(ts, class_name, skip, str_len(class_name));
  if (tail == NULL) return NULL;
  Value mangled = str_format(ts, "_%U%U", tail, name);
  decref(ts, tail);
  return mangled ? str_intern(ts, mangled) : NULL;
}

typedef struct {
  Value names; /* list of str, or NULL: no __slots__ */
  bool wants_dict, wants_weakref;
} SlotsRequest;

static int read_slots(ThreadState *ts, Value class_name, Value dict, Type *base, SlotsRequest *request) {
  Value slots = dict_get_str(ts, as_dict(dict), ID(__slots__));
  if (slots == NULL) return 0;
  Value list;
  if (is_str(slots)) {
    if ((list = list_new(ts, 1)) == NULL || list_append(ts, list, slots) < 0) return -1;
  } else if ((list = list_from_iterable(ts, slots)) == NULL) {
    return -1;
  }
  request->names = list_new(ts, list_len(list));
  if (request->names == NULL) goto error;
  for (ssize_t i = 0; i < list_len(list); i++) {
    Value name = list_get(list, i);
    if (!is_str(name)) {
      err_format(ts, EXC(TypeError), "__slots__ items must be strings, not '%T'", name);
      goto error;
    }
    if (!str_is_identifier(name)) {
      err_format(ts, EXC(TypeError), "__slots__ must be identifiers");
      goto error;
    }
    if (str_equal_cstr(name, "__dict__")) {
      if (request->wants_dict || base->attrs_offset) {
        err_format(ts, EXC(TypeError), "__dict__ slot disallowed: we already got one");
        goto error;
      }
      request->wants_dict = true;
      continue;
    }
    if (str_equal_cstr(name, "__weakref__")) {
      request->wants_weakref = true;
      continue;
    }
    name = str_intern(ts, incref(name));
    Value mangled = name ? mangle(ts, class_name, name) : NULL;
    xdecref(ts, name);
    if (mangled == NULL) goto error;
    int failed = list_append_steal(ts, request->names, mangled);
    if (failed) goto error;
    if (dict_get_str(ts, as_dict(dict), mangled) && mangled != ID(__qualname__) && mangled != ID(__classcell__)) {
      err_format(ts, EXC(ValueError), "'%U' in __slots__ conflicts with class variable", mangled);
      goto error;
    }
  }
  decref(ts, list);
  if (list_len(request->names) && (base->attrs_offset == -1 || base->layout == K_STR || base->layout == K_BYTES || base->layout == K_TUPLE || base->layout == K_INT)) {
    err_format(ts, EXC(TypeError), "nonempty __slots__ not supported for subtype of '%N'", base);
    return -1;
  }
  return 0;
error:
  decref(ts, list);
  return -1;
}

static bool is_variable_sized(Type *base) { return base->layout == K_STR || base->layout == K_BYTES || base->layout == K_TUPLE; }

/* Instances of classes: slots made by __slots__ lie between the base's struct and the attributes. */
static void class_dealloc(ThreadState *ts, Value self) {
  Type *t = shape_of(self)->type;
  attrs_release(ts, self);
  Type *native = t;
  for (; native->flags & TYPE_HEAP && native->slots.dealloc == class_dealloc; native = RACY_LOAD(native->base)) {
    if (native->slot_members == NULL) continue;
    for (size_t at = native->base->size; at < native->size; at += sizeof(Value)) CLEAR(*(Value *)((char *)self + at));
  }
  if (native->layout == K_OBJECT && native->size == sizeof(Object)) object_release(ts, self);
  else native->slots.dealloc(ts, self);
}

static int each_member(Value self, Type *t, Visit visit, void *arg) {
  for (; t->flags & TYPE_HEAP; t = t->base) {
    if (t->slot_members == NULL) continue;
    size_t start = t->base->size, end = t->size;
    for (size_t at = start; at < end; at += sizeof(Value)) VISIT(*(Value *)((char *)self + at));
  }
  return 0;
}

static Type *native_base(Type *t) {
  while (t->flags & TYPE_HEAP) t = t->base;
  return t;
}

static int class_traverse(Value self, Visit visit, void *arg) {
  Type *t = shape_of(self)->type;
  int stop = attrs_traverse(self, visit, arg);
  if (stop == 0) stop = each_member(self, t, visit, arg);
  Type *native = native_base(t);
  if (stop == 0 && native->slots.traverse && native->slots.traverse != attrs_traverse) stop = native->slots.traverse(self, visit, arg);
  return stop;
}

static int class_clear(ThreadState *ts, Value self) {
  Type *t = shape_of(self)->type;
  attrs_clear(ts, self);
  for (Type *at = t; at->flags & TYPE_HEAP; at = at->base) {
    if (at->slot_members == NULL) continue;
    for (size_t offset = at->base->size; offset < at->size; offset += sizeof(Value)) CLEAR(*(Value *)((char *)self + offset));
  }
  Type *native = native_base(t);
  if (native->slots.clear && native->slots.clear != attrs_clear) native->slots.clear(ts, self);
  return 0;
}

static int lay_out(ThreadState *ts, Type *t, Type *base, Value bases, SlotsRequest *request) {
  t->layout = base->layout;
  t->kind = K_OBJECT;
  t->size = base->layout == K_INT ? (base->flags & TYPE_HEAP ? base->size : (uint32_t)sizeof(IntSubclass)) : base->size;
  t->flags |= base->flags & (TYPE_HAS_DICT | TYPE_SEQUENCE | TYPE_MAPPING | TYPE_MATCH_SELF | TYPE_WEAKREFS);
  for (ssize_t i = 0; i < tuple_len(bases); i++) t->flags |= ((Type *)tuple_get(bases, i))->flags & (TYPE_HAS_DICT | TYPE_WEAKREFS);
  bool is_module = base->layout == K_MODULE; /* its namespace is a dict of its own, in subclasses as well */
  if ((request->names == NULL && !is_module) || request->wants_dict) t->flags |= TYPE_HAS_DICT;
  if (request->names == NULL || request->wants_weakref) t->flags |= TYPE_WEAKREFS;
  if (base->layout == K_TYPE) t->flags &= ~(uint32_t)TYPE_HAS_DICT; /* types keep attributes in their own dict */
  ssize_t n = request->names ? list_len(request->names) : 0;
  if (n > 0) {
    t->slot_members = mem_alloc_zeroed(ts, (size_t)(n + 1) * sizeof(Value));
    if (t->slot_members == NULL) return -1;
    if (list_sort(ts, request->names, NULL, false) < 0) return -1;
  }
  for (ssize_t i = 0; i < n; i++) {
    Value name = list_get(request->names, i);
    Value member = member_new(ts, name, t, (ssize_t)t->size);
    if (member == NULL || dict_set_steal(ts, (Value)t->dict, name, member) < 0) return -1;
    t->slot_members[i] = incref(name);
    t->size += sizeof(Value);
  }
  if (t->flags & TYPE_HAS_DICT) t->attrs_offset = is_variable_sized(base) ? -1 : (int32_t)t->size;
  /* Room for what __init__ will set, so that the first instance has the same shape as the rest. */
  int wanted = base->flags & TYPE_HEAP ? RACY_LOAD(base->wanted_slots) : 0;
  Value init = dict_get_str(ts, t->dict, ID(__init__));
  if (init && is_kind(init, K_FUNCTION)) wanted += ts->interp->up.count_self_attributes(ts, init);
  t->wanted_slots = (uint16_t)(wanted > 30 ? 30 : wanted);
  t->root = shape_new(ts, t, NULL, NULL);
  if (t->root == NULL) return -1;
  if (is_variable_sized(base)) t->wanted_slots = 0;
  return 0;
}

/* Class bodies may define these as plain functions. */
static int wrap_as(ThreadState *ts, Dict *dict, Value name, Type *wrapper) {
  Value f = dict_get_str(ts, dict, name);
  if (f == NULL || !is_kind(f, K_FUNCTION)) return 0;
  Value wrapped = call1(ts, (Value)wrapper, f);
  return wrapped ? dict_set_steal(ts, (Value)dict, name, wrapped) : -1;
}

static int set_names(ThreadState *ts, Type *t) {
  Value items = dict_items_list(ts, (Value)t->dict);
  if (items == NULL) return -1;
  int result = 0;
  for (ssize_t i = 0; i < list_len(items) && result == 0; i++) {
    Value key = tuple_get(list_get(items, i), 0), value = tuple_get(list_get(items, i), 1);
    Kind kind = kind_of(value);
    if (kind == K_FUNCTION || kind == K_STR || kind == K_INT) continue;
    Value hook = type_lookup(ts, type_of(ts, value), ID(__set_name__));
    if (hook == NULL) continue;
    incref(hook);
    Value args[] = {(Value)t, key};
    Value r = call_unbound(ts, hook, value, args, 2);
    decref(ts, hook);
    if (r == NULL) {
      Value cause = err_fetch(ts);
      err_format(ts, EXC(RuntimeError), "Error calling __set_name__ on '%T' instance %R in '%N'", value, key, t);
      if (ts->exc && cause) {
        replace(ts, &((Exception *)ts->exc)->cause, incref(cause));
        ((Exception *)ts->exc)->suppress_context = true;
        replace(ts, &((Exception *)ts->exc)->context, cause);
      }
      result = -1;
    }
    xdecref(ts, r);
  }
  decref(ts, items);
  return result;
}

static int call_init_subclass(ThreadState *ts, Type *t, Value kwnames, Value *kwvalues) {
  Value super_args[] = {(Value)t, (Value)t};
  Value super = call_args(ts, (Value)TYPE(SUPER), super_args, 2);
  if (super == NULL) return -1;
  Value hook = attr_get(ts, super, ID(__init_subclass__));
  decref(ts, super);
  if (hook == NULL) return -1;
  Value r = call(ts, hook, kwvalues, 0, kwnames);
  decref(ts, hook);
  xdecref(ts, r);
  return r == NULL ? -1 : 0;
}

static int fill_dict(ThreadState *ts, Type *t, Value name) {
  Dict *d = t->dict;
  Value qualname = dict_get_str(ts, d, ID(__qualname__));
  if (qualname) {
    if (!is_str(qualname)) {
      err_format(ts, EXC(TypeError), "type __qualname__ must be a str, not %T", qualname);
      return -1;
    }
    t->qualname = incref(qualname);
    if (dict_delete(ts, (Value)d, ID(__qualname__)) < 0) return -1;
  } else {
    t->qualname = incref(name);
  }
  if (dict_get_str(ts, d, ID(__module__)) == NULL) {
    Value globals = ts->interp->up.frame_globals(ts);
    Value module = globals ? dict_get_str(ts, as_dict(globals), ID(__name__)) : NULL;
    if (module && dict_set(ts, (Value)d, ID(__module__), module) < 0) return -1;
  }
  Value new = dict_get_str(ts, d, ID(__new__));
  if (new && is_kind(new, K_FUNCTION) && wrap_as(ts, d, ID(__new__), TYPE(STATICMETHOD)) < 0) return -1;
  if (wrap_as(ts, d, ID(__init_subclass__), TYPE(CLASSMETHOD)) < 0) return -1;
  if (wrap_as(ts, d, ID(__class_getitem__), TYPE(CLASSMETHOD)) < 0) return -1;
  if (dict_get_str(ts, d, ID(__eq__)) && dict_get_str(ts, d, ID(__hash__)) == NULL && dict_set(ts, (Value)d, ID(__hash__), V_NONE) < 0) return -1;
  return 0;
}

static int set_class_cell(ThreadState *ts, Type *t) {
  Value cell = dict_get_str(ts, t->dict, ID(__classcell__));
  if (cell == NULL) return 0;
  if (!is_kind(cell, K_CELL)) {
    err_format(ts, EXC(TypeError), "type.__new__() argument 3 must be a dict, with a __classcell__ of type cell, not '%T'", cell);
    return -1;
  }
  replace(ts, &((Cell *)cell)->value, incref((Value)t));
  return dict_delete(ts, (Value)t->dict, ID(__classcell__));
}

/* What _collections_abc.py says of Sequence and Mapping, and whoever registers with them: how match statements see it. */
static int take_match_flags(ThreadState *ts, Type *t) {
  Value flags = dict_get_str(ts, t->dict, ID(__abc_tpflags__));
  if (flags == NULL || !is_small_int(flags)) return 0;
  if (small_int(flags) & 1 << 5) t->flags |= TYPE_SEQUENCE;
  if (small_int(flags) & 1 << 6) t->flags |= TYPE_MAPPING;
  return dict_delete(ts, (Value)t->dict, ID(__abc_tpflags__));
}

void type_match_like(Type *t, Type *abc) {
  uint32_t both = TYPE_SEQUENCE | TYPE_MAPPING;
  if (!(abc->flags & both) || t->flags & (TYPE_IMMUTABLE | TYPE_CHANGING)) return;
  t->flags = (t->flags & ~both) | (abc->flags & both) | TYPE_CHANGING;
  for (uint32_t i = 0; i < t->subclass_count; i++) type_match_like(t->subclasses[i], abc);
  t->flags &= ~(uint32_t)TYPE_CHANGING;
}

/* The built-in type, nearest to t, that has a __dict__ descriptor; NULL: none. */
static BORROWED Value built_in_dict(ThreadState *ts, Type *t) {
  for (; t; t = t->base) {
    Value d = t->flags & TYPE_HEAP ? NULL : dict_get_str(ts, t->dict, ID(__dict__));
    if (d && is_kind(d, K_GETSET)) return d;
  }
  return NULL;
}
/* The __dict__ of a plain class may be found first although a built-in type says where the dict is: class Meta(Plain, type).
 * CPython: subtype_dict in Objects/typeobject.c */
static Value class_get_dict(ThreadState *ts, Value v) {
  Value d = built_in_dict(ts, type_of(ts, v));
  return d ? type_of(ts, d)->slots.descr_get(ts, d, v, (Value)type_of(ts, v)) : object_get_dict(ts, v);
}
static int class_set_dict(ThreadState *ts, Value v, Value dict) {
  Value d = built_in_dict(ts, type_of(ts, v));
  return d ? type_of(ts, d)->slots.descr_set(ts, d, v, dict) : object_set_dict(ts, v, dict);
}
static const GetSetDef class_dict_def = {"__dict__", class_get_dict, class_set_dict, "dictionary for instance variables (if defined)"};

static int add_dict_getsets(ThreadState *ts, Type *t, Type *base) {
  static const GetSetDef weakref_def = {"__weakref__", NULL, NULL, "list of weak references to the object (if defined)"};
  if (t->flags & TYPE_HAS_DICT && !(base->flags & TYPE_HAS_DICT) && dict_get_str(ts, t->dict, ID(__dict__)) == NULL) {
    Value d = getset_new(ts, &class_dict_def, t);
    if (d == NULL || dict_set_steal(ts, (Value)t->dict, ID(__dict__), d) < 0) return -1;
  }
  if (t->flags & TYPE_WEAKREFS && !(base->flags & TYPE_WEAKREFS) && dict_get_str(ts, t->dict, ID(__weakref__)) == NULL) {
    Value d = getset_new(ts, &weakref_def, t);
    if (d == NULL || dict_set_steal(ts, (Value)t->dict, ID(__weakref__), d) < 0) return -1;
  }
  return 0;
}

static Value class_new_inner(ThreadState *ts, Type *metatype, Value name, Value bases, Value dict, Value kwnames, Value *kwvalues) {
  Type *base = type_best_base(ts, bases);
  if (base == NULL) return NULL;
  SlotsRequest request = {0};
  Type *t = type_alloc(ts, metatype);
  if (t == NULL) return NULL;
  t->flags = TYPE_HEAP | TYPE_BASETYPE | TYPE_GC;
  t->name = incref(name);
  t->dict = as_dict(dict_copy(ts, dict));
  if (t->dict == NULL) goto error;
  if (fill_dict(ts, t, name) < 0) goto error;
  if (read_slots(ts, name, (Value)t->dict, base, &request) < 0) goto error;
  if (lay_out(ts, t, base, bases, &request) < 0) goto error;
  if (dict_get_str(ts, t->dict, ID(__doc__)) == NULL && dict_set(ts, (Value)t->dict, ID(__doc__), V_NONE) < 0) goto error;
  t->slots.dealloc = class_dealloc;
  t->slots.traverse = class_traverse;
  t->slots.clear = class_clear;
  if (type_start_bases(ts, t, bases, base) < 0) goto error;
  if (add_dict_getsets(ts, t, base) < 0) goto error;
  if (base->layout == K_TYPE) {
    t->slots.dealloc = base->slots.dealloc;
    t->slots.traverse = base->slots.traverse;
    t->slots.clear = base->slots.clear;
  }
  type_inherit_slots(t, base);
  for (ssize_t i = 0; i < tuple_len(bases); i++) {
    Type *one = (Type *)tuple_get(bases, i);
    if (!(t->flags & (TYPE_SEQUENCE | TYPE_MAPPING))) t->flags |= one->flags & (TYPE_SEQUENCE | TYPE_MAPPING);
    if (t->slots.get_buffer == NULL) t->slots.get_buffer = one->slots.get_buffer, t->slots.release_buffer = one->slots.release_buffer;
  }
  if (take_match_flags(ts, t) < 0) goto error;
  type_update_slots(ts, t, NULL);
  if (set_class_cell(ts, t) < 0) goto error;
  if (set_names(ts, t) < 0) goto error;
  if (call_init_subclass(ts, t, kwnames, kwvalues) < 0) goto error;
  xdecref(ts, request.names);
  return (Value)t;
error:
  xdecref(ts, request.names);
  decref(ts, (Value)t);
  return NULL;
}

Value type_new_class(ThreadState *ts, Type *metatype, Value name, Value bases, Value dict, Value kwnames, Value *kwvalues) {
  Value with_object = NULL;
  if (tuple_len(bases) == 0) {
    bases = with_object = tuple_of1(ts, (Value)TYPE(OBJECT));
    if (bases == NULL) return NULL;
  }
  Value t = class_new_inner(ts, metatype, name, bases, dict, kwnames, kwvalues);
  xdecref(ts, with_object);
  return t;
}

/* The end of a type comes in three steps, so that types made by C code, which their instances do not count, can outlive these
 * (teardown.c). First what it refers to: its subclasses are gone already, since they hold it, or are at their end too. */
void type_drop_contents(ThreadState *ts, Type *t) {
  type_leave_bases(ts, t, t->bases);
  CLEAR(t->bases);
  CLEAR(t->mro);
  CLEAR(t->dict);
  t->init_function = NULL;
  renew_versions(ts, t);
}
void type_drop_names(ThreadState *ts, Type *t) {
  CLEAR(t->name);
  CLEAR(t->qualname);
  for (uint32_t i = 0; i < t->shape_count; i++) CLEAR(t->shapes[i]->name);
  for (Value *m = t->slot_members; m && *m; m++) CLEAR(*m);
}
void type_free_parts(ThreadState *ts, Type *t) {
  for (uint32_t i = 0; i < t->shape_count; i++) {
    mem_free(ts, t->shapes[i]->children);
    mem_free(ts, t->shapes[i]);
  }
  mem_free(ts, t->shapes);
  mem_free(ts, t->subclasses);
  mem_free(ts, t->slot_members);
#ifdef FREE_THREADED
  free(t->inner);
#endif
  if (t->flags & TYPE_OWNS_DATA) mem_free(ts, t->native_data);
}

int type_lookup_cache_new(ThreadState *ts) {
  lookup_cache_of(ts) = calloc(1, sizeof(struct LookupCache));
  return lookup_cache_of(ts) ? 0 : -1;
}
void type_lookup_cache_free(ThreadState *ts) {
  free(lookup_cache_of(ts));
  lookup_cache_of(ts) = NULL;
}
