/* object.c - what every class inherits from `object`: attribute look-up, creation, repr, comparison by identity, copying hooks.
 * Keeps true: the look-up order is data descriptor of the class, attribute of the instance, other attribute of the class.
 * Next: class.c, shape.c; interp/vm/ops/attribute.h does the same through inline caches. CPython: Objects/object.c, typeobject.c. */
#include "runtime/module.h"
#include "runtime/slots.h"

/* ---- attributes ---- */

Value object_getattr_optional(ThreadState *ts, Value v, Value name) {
  Type *type = type_of(ts, v);
  Value descr = type_lookup(ts, type, name);
  Type *descr_type = NULL;
  if (descr) {
    descr_type = type_of(ts, descr);
    if (descr_type->slots.descr_set && descr_type->slots.descr_get) {
      incref(descr);
      Value r = descr_type->slots.descr_get(ts, descr, v, (Value)type);
      decref(ts, descr);
      if (r == NULL && err_matches(ts, EXC(AttributeError)) && type->flags & TYPE_HAS_GETATTR_HOOK) err_clear(ts);
      return r;
    }
  }
  xincref(descr); /* comparing keys may delete it from the class */
  if (type->attrs_offset != 0 && is_object(v)) {
    Value own = xincref(instance_get(ts, v, name));
    if (own || err_occurred(ts)) {
      xdecref(ts, descr);
      return own;
    }
  }
  if (descr == NULL) return NULL;
  if (descr_type->slots.descr_get == NULL) return descr;
  Value r = descr_type->slots.descr_get(ts, descr, v, (Value)type);
  decref(ts, descr);
  return r;
}

static Value raise_missing(ThreadState *ts, Value v, Value name) {
  err_format(ts, EXC(AttributeError), "'%T' object has no attribute '%U'", v, name);
  if (ts->exc && err_matches(ts, EXC(AttributeError))) {
    replace(ts, &((Exception *)ts->exc)->extra[X_ATTRIBUTE_NAME], incref(name));
    replace(ts, &((Exception *)ts->exc)->extra[X_ATTRIBUTE_OBJ], incref(v));
  }
  return NULL;
}

Value object_getattr(ThreadState *ts, Value v, Value name) {
  Value r = object_getattr_optional(ts, v, name);
  return r || err_occurred(ts) ? r : raise_missing(ts, v, name);
}

int object_setattr(ThreadState *ts, Value v, Value name, Value value) {
  Type *type = type_of(ts, v);
  Value descr = type_lookup(ts, type, name);
  if (descr && type_of(ts, descr)->slots.descr_set) {
    incref(descr);
    int r = type_of(ts, descr)->slots.descr_set(ts, descr, v, value);
    decref(ts, descr);
    return r;
  }
  if (type->attrs_offset != 0 && is_object(v)) return instance_set(ts, v, name, value);
  if (descr) err_format(ts, EXC(AttributeError), "'%T' object attribute '%U' is read-only", v, name);
  else raise_missing(ts, v, name);
  return -1;
}

/* ---- creation ---- */

static bool has_arguments(ssize_t nargs, Value kwnames) { return nargs > 0 || (kwnames && tuple_len(kwnames) > 0); }

static Value raise_abstract(ThreadState *ts, Type *type) {
  Value methods = type_lookup(ts, type, ID(__abstractmethods__));
  Value list = methods ? list_from_iterable(ts, methods) : NULL;
  if (list == NULL || list_sort(ts, list, NULL, false) < 0) return NULL;
  Value comma = str_from_ascii(ts, ", ");
  Value names = comma ? str_join(ts, comma, list) : NULL;
  ssize_t n = list_len(list);
  decref(ts, list);
  xdecref(ts, comma);
  if (names == NULL) return NULL;
  err_format(ts, EXC(TypeError), "Can't instantiate abstract class %N with abstract method%s %U", type, n > 1 ? "s" : "", names);
  decref(ts, names);
  return NULL;
}

static int object_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames);

static Value object_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (UNLIKELY(has_arguments(nargs, kwnames))) {
    if (type->slots.new != object_new) return err_format(ts, EXC(TypeError), "object.__new__() takes exactly one argument (the type to instantiate)");
    if (type->slots.init == object_init) return err_format(ts, EXC(TypeError), "%N() takes no arguments", type);
  }
  if (UNLIKELY(type->flags & TYPE_ABSTRACT)) return raise_abstract(ts, type);
  return object_new_instance(ts, type);
}

static int object_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (LIKELY(!has_arguments(nargs, kwnames))) return 0;
  Type *type = type_of(ts, self);
  if (type->slots.init != object_init) {
    err_format(ts, EXC(TypeError), "object.__init__() takes exactly one argument (the instance to initialize)");
    return -1;
  }
  if (type->slots.new == object_new) {
    err_format(ts, EXC(TypeError), "%N.__init__() takes exactly one argument (the instance to initialize)", type);
    return -1;
  }
  return 0;
}

/* ---- repr, comparison, hash ---- */

static Value object_repr(ThreadState *ts, Value v) {
  Type *type = type_of(ts, v);
  Value name = type_full_name(ts, type);
  if (name == NULL) return NULL;
  Value r = str_format(ts, "<%U object at %p>", name, (void *)v);
  decref(ts, name);
  return r;
}

static Value object_str(ThreadState *ts, Value v) { return type_of(ts, v)->slots.repr(ts, v); }

static Value object_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (op == CMP_EQ) return a == b ? V_TRUE : V_NOT_IMPLEMENTED;
  if (op == CMP_NE) {
    Type *type = type_of(ts, a);
    if (type->slots.compare == NULL) return V_NOT_IMPLEMENTED;
    Value r = type->slots.compare(ts, a, b, CMP_EQ);
    if (r == NULL || r == V_NOT_IMPLEMENTED) return r;
    int t = truth(ts, r);
    decref(ts, r);
    return t < 0 ? NULL : bool_value(!t);
  }
  return V_NOT_IMPLEMENTED;
}

static int64_t object_hash(ThreadState *ts, Value v) {
  uint64_t bits = (uint64_t)value_bits(v);
  int64_t h = (int64_t)(bits >> 4 | bits << 60);
  return h == -1 ? -2 : h;
}

/* ---- methods ---- */

static Value object_format(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "__format__() argument must be str, not %T", args[0]);
  if (str_len(args[0]) > 0) return err_format(ts, EXC(TypeError), "unsupported format string passed to %T.__format__", self);
  return str_of(ts, self);
}

static Value object_sizeof(NATIVE_ARGS) {
  Type *type = type_of(ts, self);
  return int_from_i64(ts, is_object(self) ? (int64_t)type->size + (type->attrs_offset ? 8 + 8 * root_of(type)->inline_slots : 0) : 0);
}

static Value object_dir(NATIVE_ARGS) {
  Value names = dict_new(ts);
  if (names == NULL) return NULL;
  bool failed;
  Value dict = attr_get_optional(ts, self, ID(__dict__), &failed);
  if (failed) goto error;
  if (dict && is_dict(dict) && dict_update(ts, names, dict) < 0) {
    decref(ts, dict);
    goto error;
  }
  xdecref(ts, dict);
  Type *type = type_of(ts, self);
  if (type_merge_dicts(ts, type, names) < 0) goto error;
  Value list = dict_keys_list(ts, names);
  decref(ts, names);
  return list;
error:
  decref(ts, names);
  return NULL;
}

static Value object_init_subclass(NATIVE_ARGS) {
  return V_NONE;
}
static Value object_subclass_hook(NATIVE_ARGS) { return V_NOT_IMPLEMENTED; }

static Value copyreg_call(ThreadState *ts, const char *function, Value *args, ssize_t nargs) {
  Value f = import_attr(ts, "copyreg", function);
  if (f == NULL) return NULL;
  Value r = call_args(ts, f, args, nargs);
  decref(ts, f);
  return r;
}

static Value object_getstate(NATIVE_ARGS);
/* What __getnewargs_ex__ or __getnewargs__ give: (args, keywords or None), V_NONE when there is neither. */
static Value new_arguments(ThreadState *ts, Value self) {
  bool missing;
  Value r = call_special(ts, self, ID(__getnewargs_ex__), NULL, 0, &missing);
  if (!missing) {
    if (r == NULL || (is_tuple(r) && tuple_len(r) == 2 && is_tuple(tuple_get(r, 0)) && is_dict(tuple_get(r, 1)))) return r;
    err_format(ts, EXC(TypeError), "__getnewargs_ex__ should return a tuple, not '%T'", r);
  } else {
    r = call_special(ts, self, ID(__getnewargs__), NULL, 0, &missing);
    if (missing) return V_NONE;
    if (r == NULL || is_tuple(r)) return r ? tuple_steal2(ts, r, V_NONE) : NULL;
    err_format(ts, EXC(TypeError), "__getnewargs__ should return a tuple, not '%T'", r);
  }
  decref(ts, r);
  return NULL;
}
/* (copyreg.__newobj__, (cls, *args)) or (copyreg.__newobj_ex__, (cls, args, keywords)). */
static int new_call(ThreadState *ts, Value self, Value arguments, Value *function, Value *given) {
  Value cls = (Value)type_of(ts, self), args = arguments == V_NONE ? ts->interp->empty_tuple : tuple_get(arguments, 0);
  if (arguments != V_NONE && tuple_get(arguments, 1) != V_NONE && dict_len(tuple_get(arguments, 1)) > 0) {
    *function = import_attr(ts, "copyreg", "__newobj_ex__");
    *given = tuple_of3(ts, cls, args, tuple_get(arguments, 1));
  } else {
    *function = import_attr(ts, "copyreg", "__newobj__");
    if ((*given = tuple_new(ts, tuple_len(args) + 1)) != NULL) {
      tuple_set(*given, 0, incref(cls));
      for (ssize_t i = 0; i < tuple_len(args); i++) tuple_set(*given, i + 1, incref(tuple_get(args, i)));
    }
  }
  return *function && *given ? 0 : -1;
}
/* object.__reduce_ex__(2): (function, arguments, state, list items or None, dict items or None). */
static Value reduce_by_new(ThreadState *ts, Value self) {
  Type *native = type_of(ts, self);
  while (native->flags & TYPE_HEAP) native = native->base;
  Value parts[5] = {NULL, NULL, NULL, V_NONE, V_NONE}, items, r = NULL, arguments = new_arguments(ts, self);
  if (arguments == NULL) return NULL;
  if (arguments == V_NONE && !is_list(self) && !is_dict(self) && native->size > sizeof(Object) && type_lookup(ts, type_of(ts, self), ID(__getstate__)) == type_lookup(ts, TYPE(OBJECT), ID(__getstate__))) {
    err_format(ts, EXC(TypeError), "cannot pickle '%T' object", self);
    goto done;
  }
  if (new_call(ts, self, arguments, &parts[0], &parts[1]) < 0 || (parts[2] = call_method0(ts, self, ID(__getstate__))) == NULL) goto done;
  if (is_list(self) && (parts[3] = iter_of(ts, self)) == NULL) goto done;
  if (is_dict(self)) {
    items = call_method0(ts, self, ID(items));
    parts[4] = items ? iter_of(ts, items) : NULL;
    xdecref(ts, items);
    if (parts[4] == NULL) goto done;
  }
  r = tuple_from_items(ts, parts, 5);
done:
  for (int i = 0; i < 5; i++) xdecref(ts, parts[i]);
  decref(ts, arguments);
  return r;
}
static Value object_reduce_ex(NATIVE_ARGS) {
  int64_t protocol;
  if (num_as_i64(ts, args[0], &protocol) < 0) return NULL;
  Value reduce = type_lookup(ts, type_of(ts, self), ID(__reduce__));
  if (reduce && reduce != type_lookup(ts, TYPE(OBJECT), ID(__reduce__))) return call_method0(ts, self, ID(__reduce__));
  Value arguments[] = {self, args[0]};
  return protocol >= 2 ? reduce_by_new(ts, self) : copyreg_call(ts, "_reduce_ex", arguments, 2);
}
static Value object_reduce(NATIVE_ARGS) {
  Value arguments[] = {self, small_int_value(0)};
  return copyreg_call(ts, "_reduce_ex", arguments, 2);
}
/* The default state: the dict, or (dict, {slot: value}) for classes with __slots__. */
static Value object_getstate(NATIVE_ARGS) {
  Value state = V_NONE;
  if (is_object(self) && type_of(ts, self)->attrs_offset) {
    Attrs *attrs = attrs_of(self);
    const Shape *shape = shape_of(self);
    Value more = __atomic_load_n((Value *)&attrs->more, __ATOMIC_ACQUIRE);
    bool empty = shape->is_dict ? more == NULL || dict_len(more) == 0 : shape->count == 0;
    if (!empty) {
      Value dict = object_get_dict(ts, self);
      if (dict == NULL) return NULL;
      state = dict_copy(ts, dict);
      decref(ts, dict);
      if (state == NULL) return NULL;
    }
  }
  Value slots = NULL;
  for (Type *t = type_of(ts, self); t && t->flags & TYPE_HEAP; t = t->base) {
    for (Value *m = t->slot_members; m && *m; m++) {
      bool failed;
      Value value = attr_get_optional(ts, self, *m, &failed);
      if (value == NULL) continue;
      if (slots == NULL) slots = dict_new(ts);
      if (slots) dict_set(ts, slots, *m, value);
      decref(ts, value);
    }
  }
  return slots ? tuple_steal2(ts, state, slots) : state;
}

static Value get_class(ThreadState *ts, Value self) { return incref((Value)type_of(ts, self)); }

static int set_class(ThreadState *ts, Value self, Value value) {
  HOLD(ts, is_object(self) && !is_type(self) ? self : NULL);
  if (value == NULL) {
    err_format(ts, EXC(TypeError), "can't delete __class__ attribute");
    return -1;
  }
  if (!is_type(value)) {
    err_format(ts, EXC(TypeError), "__class__ must be set to a class, not '%T' object", value);
    return -1;
  }
  Type *old = type_of(ts, self), *new = (Type *)value;
  bool modules = is_object(self) && self->kind == K_MODULE;
  if ((!(old->flags & TYPE_HEAP) || !(new->flags & TYPE_HEAP)) && !modules && !(old->layout == K_MODULE && new->layout == K_MODULE)) {
    err_format(ts, EXC(TypeError), "__class__ assignment only supported for mutable types or ModuleType subclasses");
    return -1;
  }
  if (old->layout != new->layout || old->size != new->size || old->attrs_offset != new->attrs_offset) {
    err_format(ts, EXC(TypeError), "__class__ assignment: '%N' object layout differs from '%N'", new, old);
    return -1;
  }
  Attrs *attrs = attrs_of(self);
  if (attrs) {
    Value dict = object_get_dict(ts, self); /* moves the attributes into a dict, which any class can take over */
    if (dict == NULL) return -1;
    decref(ts, dict);
    Shape *shape = type_dict_shape(ts, new);
    if (shape == NULL) return -1;
    __atomic_store_n(&self->shape, shape, __ATOMIC_RELEASE);
  } else {
    __atomic_store_n(&self->shape, root_of(new), __ATOMIC_RELEASE);
  }
  if (self->kind != new->kind) self->kind = new->kind;
  if (new->flags & TYPE_HEAP) incref(value); /* as object_alloc and object_release: native types are not counted by their instances */
  if (old->flags & TYPE_HEAP) decref(ts, (Value)old);
  return 0;
}

static const MethodDef object_methods[] = {
    {"__format__", object_format, 1, 1, 0, "Default object formatter."},
    {"__sizeof__", object_sizeof, 0, 0, 0, "Size of object in memory, in bytes."},
    {"__dir__", object_dir, 0, 0, 0, "Default dir() implementation."},
    {"__init_subclass__", object_init_subclass, 0, 0, METHOD_CLASS, "This method is called when a class is subclassed."},
    {"__subclasshook__", object_subclass_hook, 0, -1, METHOD_KW | METHOD_CLASS, "Abstract classes can override this to customize issubclass()."},
    {"__reduce_ex__", object_reduce_ex, 1, 1, 0, "Helper for pickle."},
    {"__reduce__", object_reduce, 0, 0, 0, "Helper for pickle."},
    {"__getstate__", object_getstate, 0, 0, 0, "Helper for pickle."},
    {0}};
static const GetSetDef object_getsets[] = {{"__class__", get_class, set_class, "the object's class"}, {0}};

Type *type_object_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "object",
      .doc = "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\n"
             "instance that has no instance attributes and cannot be given any.\n",
      .size = sizeof(Object),
      .flags = TYPE_BASETYPE,
      .slots = {.repr = object_repr, .str = object_str, .hash = object_hash, .compare = object_compare, .getattr = object_getattr,
                .setattr = object_setattr, .new = object_new, .init = object_init},
      .methods = object_methods,
      .getsets = object_getsets,
  };
  return type_from_spec(ts, &spec, NULL, K_OBJECT);
}
