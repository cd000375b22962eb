/* type_object.c - the type `type`: calling a class, the attributes of classes, and what metaclasses inherit.
 * Keeps true: attributes of a class are looked up along its own order first, with the metaclass's data descriptors before.
 * Next: class.c (making classes). CPython: Objects/typeobject.c. */
#include "runtime/module.h"
#include "runtime/slots.h"

/* ---- calling ---- */

Value type_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Type *type = (Type *)self;
  if (type == TYPE(TYPE) && nargs == 1 && (kwnames == NULL || tuple_len(kwnames) == 0)) return incref((Value)type_of(ts, args[0]));
  if (type->slots.new == NULL || type->flags & TYPE_NO_NEW) {
    Value name = type_full_name(ts, type);
    if (name) err_format(ts, EXC(TypeError), "cannot create '%U' instances", name);
    xdecref(ts, name);
    return NULL;
  }
  Value v = type->slots.new(ts, type, args, nargs, kwnames);
  if (v == NULL || !type_is_subtype(type_of(ts, v), type)) return v;
  Type *made = type_of(ts, v);
  if (made->slots.init && made->slots.init(ts, v, args, nargs, kwnames) < 0) {
    decref(ts, v);
    return NULL;
  }
  return v;
}

static Value calculate_metatype(ThreadState *ts, Type *metatype, Value bases) {
  Type *winner = metatype;
  for (ssize_t i = 0; i < tuple_len(bases); i++) {
    Type *candidate = type_of(ts, tuple_get(bases, i));
    if (type_is_subtype(winner, candidate)) continue;
    if (type_is_subtype(candidate, winner)) {
      winner = candidate;
      continue;
    }
    return err_format(ts, EXC(TypeError), "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
  }
  return (Value)winner;
}

static int check_name(ThreadState *ts, Value name);

static Value type_new(ThreadState *ts, Type *metatype, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs != 3) return err_format(ts, EXC(TypeError), metatype == TYPE(TYPE) ? "type() takes 1 or 3 arguments" : "type.__new__() takes exactly 3 arguments (%zd given)", nargs);
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "type.__new__() argument 1 must be str, not %T", args[0]);
  if (!is_tuple(args[1])) return err_format(ts, EXC(TypeError), "type.__new__() argument 2 must be tuple, not %T", args[1]);
  if (!is_dict(args[2])) return err_format(ts, EXC(TypeError), "type.__new__() argument 3 must be dict, not %T", args[2]);
  for (ssize_t i = 0; i < tuple_len(args[1]); i++) {
    Value base = tuple_get(args[1], i);
    if (is_type(base)) continue;
    bool failed;
    Value entries = attr_get_optional(ts, base, ID(__mro_entries__), &failed);
    if (failed) return NULL;
    if (entries) {
      decref(ts, entries);
      return err_format(ts, EXC(TypeError), "type() doesn't support MRO entry resolution; use types.new_class()");
    }
  }
  Value winner = calculate_metatype(ts, metatype, args[1]);
  if (winner == NULL || check_name(ts, args[0]) < 0) return NULL;
  if (winner != (Value)metatype && ((Type *)winner)->slots.new != metatype->slots.new && ((Type *)winner)->slots.new)
    return ((Type *)winner)->slots.new(ts, (Type *)winner, args, nargs, kwnames);
  return type_new_class(ts, (Type *)winner, args[0], args[1], args[2], kwnames, args + nargs);
}

static int type_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs == 1 && kwnames && tuple_len(kwnames)) {
    err_format(ts, EXC(TypeError), "type.__init__() takes no keyword arguments");
    return -1;
  }
  if (nargs != 1 && nargs != 3) {
    err_format(ts, EXC(TypeError), "type.__init__() takes 1 or 3 arguments");
    return -1;
  }
  return 0;
}

/* ---- attributes ---- */

static Value type_getattr_optional(ThreadState *ts, Value self, Value name) {
  Type *type = (Type *)self, *meta = type_of(ts, self);
  Value meta_attr = type_lookup(ts, meta, name);
  Type *meta_attr_type = meta_attr ? type_of(ts, meta_attr) : NULL;
  if (meta_attr && meta_attr_type->slots.descr_set && meta_attr_type->slots.descr_get)
    return meta_attr_type->slots.descr_get(ts, meta_attr, self, (Value)meta);
  Value attr = type_lookup(ts, type, name);
  if (attr) {
    incref(attr);
    Type *attr_type = type_of(ts, attr);
    if (attr_type->slots.descr_get == NULL) return attr;
    Value r = attr_type->slots.descr_get(ts, attr, NULL, self);
    decref(ts, attr);
    return r;
  }
  if (meta_attr == NULL) return NULL;
  incref(meta_attr);
  if (meta_attr_type->slots.descr_get == NULL) return meta_attr;
  Value r = meta_attr_type->slots.descr_get(ts, meta_attr, self, (Value)meta);
  decref(ts, meta_attr);
  return r;
}

Value type_getattr(ThreadState *ts, Value self, Value name) {
  Value r = type_getattr_optional(ts, self, name);
  if (r || err_occurred(ts)) return r;
  err_format(ts, EXC(AttributeError), "type object '%N' has no attribute '%U'", (Type *)self, name);
  if (ts->exc && err_matches(ts, EXC(AttributeError))) {
    replace(ts, &((Exception *)ts->exc)->extra[X_ATTRIBUTE_NAME], incref(name));
    replace(ts, &((Exception *)ts->exc)->extra[X_ATTRIBUTE_OBJ], incref(self));
  }
  return NULL;
}

/* Names go to C code as zero-terminated UTF-8 in CPython, so these are refused. */
static int check_name(ThreadState *ts, Value name) {
  Value holder = NULL;
  ssize_t n;
  if (str_utf8(ts, name, &n, &holder) == NULL) return -1;
  xdecref(ts, holder);
  if (str_find_char(name, 0, 0, str_len(name)) < 0) return 0;
  err_format(ts, EXC(ValueError), "type name must not contain null characters");
  return -1;
}

static int refuse_delete(ThreadState *ts, Type *t, Value name, Value value) {
  if (value) return 0;
  err_format(ts, EXC(TypeError), "cannot delete %R attribute of immutable type '%N'", name, t);
  return -1;
}

static int refuse_change(ThreadState *ts, Type *t, Value name) {
  if (!(t->flags & TYPE_IMMUTABLE)) return 0;
  Value full = type_full_name(ts, t);
  if (full) err_format(ts, EXC(TypeError), "cannot set %R attribute of immutable type '%U'", name, full);
  xdecref(ts, full);
  return -1;
}

static int type_setattr(ThreadState *ts, Value self, Value name, Value value) {
  Type *type = (Type *)self, *meta = type_of(ts, self);
  if (refuse_change(ts, type, name) < 0) return -1;
  Value meta_attr = type_lookup(ts, meta, name);
  if (meta_attr && type_of(ts, meta_attr)->slots.descr_set) return type_of(ts, meta_attr)->slots.descr_set(ts, meta_attr, self, value);
  return type_set_attr(ts, type, name, value);
}

/* ---- names ---- */

Value type_module_name(ThreadState *ts, Type *t) {
  Value module = t->dict && t != TYPE(TYPE) ? dict_get_str(ts, t->dict, ID(__module__)) : NULL; /* type's own dict has the descriptor */
  if (module) return incref(module);
  if (t->flags & TYPE_HEAP) return err_set(ts, EXC(AttributeError), ID(__module__));
  return incref(ID(builtins));
}

Value type_full_name(ThreadState *ts, Type *t) {
  Value module = type_module_name(ts, t);
  if (module == NULL) err_clear(ts);
  Value r = module == NULL || module == ID(builtins) || !is_str(module) || str_equal_cstr(module, "builtins") ? incref(t->qualname) : str_format(ts, "%U.%U", module, t->qualname);
  xdecref(ts, module);
  return r;
}

static Value type_repr(ThreadState *ts, Value self) {
  Value name = type_full_name(ts, (Type *)self);
  if (name == NULL) return NULL;
  Value r = str_format(ts, "<class '%U'>", name);
  decref(ts, name);
  return r;
}

static Value get_name(ThreadState *ts, Value self) { return incref(((Type *)self)->name); }
static int set_name(ThreadState *ts, Value self, Value value) {
  Type *t = (Type *)self;
  if (refuse_change(ts, t, ID(__name__)) < 0 || refuse_delete(ts, t, ID(__name__), value) < 0) return -1;
  if (!is_str(value)) {
    err_format(ts, EXC(TypeError), "can only assign string to %N.__name__, not '%T'", t, value);
    return -1;
  }
  if (check_name(ts, value) < 0) return -1;
  replace(ts, &t->name, incref(value));
  return 0;
}
static Value get_qualname(ThreadState *ts, Value self) { return incref(((Type *)self)->qualname); }
static int set_qualname(ThreadState *ts, Value self, Value value) {
  Type *t = (Type *)self;
  if (refuse_change(ts, t, ID(__qualname__)) < 0 || refuse_delete(ts, t, ID(__qualname__), value) < 0) return -1;
  if (!is_str(value)) {
    err_format(ts, EXC(TypeError), "can only assign string to %N.__qualname__, not '%T'", t, value);
    return -1;
  }
  replace(ts, &t->qualname, incref(value));
  return 0;
}
static Value get_module(ThreadState *ts, Value self) { return type_module_name(ts, (Type *)self); }
static int set_module(ThreadState *ts, Value self, Value value) {
  if (refuse_change(ts, (Type *)self, ID(__module__)) < 0 || refuse_delete(ts, (Type *)self, ID(__module__), value) < 0) return -1;
  return type_set_attr(ts, (Type *)self, ID(__module__), value);
}
static Value get_bases(ThreadState *ts, Value self) { return incref(((Type *)self)->bases); }
static Value get_base(ThreadState *ts, Value self) { return ((Type *)self)->base ? incref((Value)((Type *)self)->base) : V_NONE; }
static Value get_mro(ThreadState *ts, Value self) { return ((Type *)self)->mro ? incref(((Type *)self)->mro) : V_NONE; }
static Value get_dict(ThreadState *ts, Value self) { return mapping_proxy_new(ts, (Value)((Type *)self)->dict); }
static Value get_size(ThreadState *ts, Value self) { return int_from_i64(ts, ((Type *)self)->size); }
static Value get_zero(ThreadState *ts, Value self) { return small_int_value(0); }
static Value get_flags(ThreadState *ts, Value self) {
  Type *t = (Type *)self;
  int64_t flags = (t->flags & TYPE_HEAP ? 1 << 9 : 0) | (t->flags & TYPE_BASETYPE ? 1 << 10 : 0) | (t->flags & TYPE_GC ? 1 << 14 : 0) |
                  (t->flags & TYPE_IMMUTABLE ? 1 << 8 : 0) | (t->flags & TYPE_ABSTRACT ? 1 << 20 : 0) | (1 << 12);
  return int_from_i64(ts, flags);
}

static int set_bases(ThreadState *ts, Value self, Value value) {
  Type *t = (Type *)self;
  if (refuse_change(ts, t, ID(__bases__)) < 0 || refuse_delete(ts, t, ID(__bases__), value) < 0) return -1;
  if (value == NULL || !is_tuple(value) || tuple_len(value) == 0) {
    err_format(ts, EXC(TypeError), value && is_tuple(value) ? "can only assign non-empty tuple to %N.__bases__, not ()" : "can only assign tuple to %N.__bases__, not %T", t, value ? value : V_NONE);
    return -1;
  }
  return type_change_bases(ts, t, value);
}

Value type_get_doc(ThreadState *ts, Type *t) {
  Value doc = dict_get_str(ts, t->dict, ID(__doc__));
  if (doc == NULL) return V_NONE;
  Type *doc_type = type_of(ts, doc);
  return doc_type->slots.descr_get ? doc_type->slots.descr_get(ts, doc, NULL, (Value)t) : incref(doc);
}
static Value get_doc(ThreadState *ts, Value self) {
  Type *t = (Type *)self;
  if (dict_get_str(ts, t->dict, ID(__doc__)) == NULL) return V_NONE;
  return type_get_doc(ts, t);
}
static int set_doc(ThreadState *ts, Value self, Value value) {
  if (refuse_change(ts, (Type *)self, ID(__doc__)) < 0 || refuse_delete(ts, (Type *)self, ID(__doc__), value) < 0) return -1;
  return type_set_attr(ts, (Type *)self, ID(__doc__), value);
}

static Value get_annotations(ThreadState *ts, Value self) {
  Type *t = (Type *)self;
  if (!(t->flags & TYPE_HEAP)) return err_format(ts, EXC(AttributeError), "type object '%N' has no attribute '__annotations__'", t);
  Value found = dict_get_str(ts, t->dict, ID(__annotations__));
  if (found) {
    Type *type = type_of(ts, found);
    return type->slots.descr_get ? type->slots.descr_get(ts, found, NULL, self) : incref(found);
  }
  Value fresh = dict_new(ts);
  if (fresh && type_set_attr(ts, t, ID(__annotations__), fresh) < 0) CLEAR(fresh);
  return fresh;
}
static int set_annotations(ThreadState *ts, Value self, Value value) {
  if (refuse_change(ts, (Type *)self, ID(__annotations__)) < 0) return -1;
  if (value == NULL && dict_get_str(ts, ((Type *)self)->dict, ID(__annotations__)) == NULL) {
    err_set(ts, EXC(AttributeError), ID(__annotations__));
    return -1;
  }
  return type_set_attr(ts, (Type *)self, ID(__annotations__), value);
}

static Value get_abstract(ThreadState *ts, Value self) {
  Value name = str_intern_cstr(ts, "__abstractmethods__");
  if (name == NULL) return NULL;
  Value found = self == (Value)TYPE(TYPE) ? NULL : dict_get_str(ts, ((Type *)self)->dict, name);
  if (found) incref(found);
  else err_set(ts, EXC(AttributeError), name);
  decref(ts, name);
  return found;
}
static int set_abstract(ThreadState *ts, Value self, Value value) {
  Type *t = (Type *)self;
  int is_abstract = value ? truth(ts, value) : 0;
  Value name = str_intern_cstr(ts, "__abstractmethods__");
  if (is_abstract < 0 || name == NULL) return -1;
  int r = type_set_attr(ts, t, name, value);
  decref(ts, name);
  if (r < 0) return -1;
  if (is_abstract) t->flags |= TYPE_ABSTRACT;
  else t->flags &= ~(uint32_t)TYPE_ABSTRACT;
  type_modified(ts, t, ID(__new__));
  return 0;
}

/* ---- methods ---- */

static Value type_mro(NATIVE_ARGS) { return type_compute_mro(ts, (Type *)self); }
static Value type_subclasses(NATIVE_ARGS) {
  Type *t = (Type *)self;
  Value list = list_new(ts, 0);
  LEAF_LOCK(ts, types_mutex);
  for (uint32_t i = 0; list && i < t->subclass_count; i++)
    if (!is_dead(&t->subclasses[i]->base_object) && list_append(ts, list, (Value)t->subclasses[i]) < 0) CLEAR(list);
  LEAF_UNLOCK(ts, types_mutex);
  return list;
}
static Value type_prepare(NATIVE_ARGS) { return dict_new(ts); }
static Value type_instancecheck(NATIVE_ARGS) {
  Type *type = type_of(ts, args[0]);
  if (type_is_subtype(type, (Type *)self)) return V_TRUE;
  bool failed;
  Value claimed = attr_get_optional(ts, args[0], ID(__class__), &failed);
  if (failed) return NULL;
  bool answer = claimed && claimed != (Value)type && is_type(claimed) && type_is_subtype((Type *)claimed, (Type *)self);
  xdecref(ts, claimed);
  return bool_value(answer);
}
static Value type_subclasscheck(NATIVE_ARGS) {
  int r = plain_is_subclass(ts, args[0], self);
  return r < 0 ? NULL : bool_value(r);
}
/* All names along t's order into `names`, for dir(). */
int type_merge_dicts(ThreadState *ts, Type *t, Value names) {
  Value mro = incref(mro_of(t));
  int failed = 0;
  for (ssize_t i = 0; !failed && i < tuple_len(mro); i++) failed = dict_merge(ts, names, (Value)((Type *)tuple_get(mro, i))->dict, 1);
  decref(ts, mro);
  return failed;
}
static Value type_dir(NATIVE_ARGS) {
  Value names = dict_new(ts);
  if (names == NULL) return NULL;
  if (type_merge_dicts(ts, (Type *)self, names) < 0) CLEAR(names);
  Value list = names ? dict_keys_list(ts, names) : NULL;
  xdecref(ts, names);
  return list;
}
static Value type_sizeof(NATIVE_ARGS) { return int_from_i64(ts, sizeof(Type)); }

static Value type_or(ThreadState *ts, Value a, Value b) { return union_type_or(ts, a, b); }

static const MethodDef type_methods[] = {
    {"mro", type_mro, 0, 0, 0, "Return a type's method resolution order."},
    {"__subclasses__", type_subclasses, 0, 0, 0, "Return a list of immediate subclasses."},
    {"__prepare__", type_prepare, 0, -1, METHOD_KW | METHOD_CLASS, "Create the namespace for the class statement"},
    {"__instancecheck__", type_instancecheck, 1, 1, 0, "Check if an object is an instance."},
    {"__subclasscheck__", type_subclasscheck, 1, 1, 0, "Check if a class is a subclass."},
    {"__dir__", type_dir, 0, 0, 0, "Specialized __dir__ implementation for types."},
    {"__sizeof__", type_sizeof, 0, 0, 0, "Return memory consumption of the type object."},
    {0}};
static const GetSetDef type_getsets[] = {
    {"__name__", get_name, set_name, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL},
    {"__module__", get_module, set_module, NULL},
    {"__bases__", get_bases, set_bases, NULL},
    {"__base__", get_base, NULL, NULL},
    {"__mro__", get_mro, NULL, NULL},
    {"__dict__", get_dict, NULL, NULL},
    {"__doc__", get_doc, set_doc, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL},
    {"__abstractmethods__", get_abstract, set_abstract, NULL},
    {"__basicsize__", get_size, NULL, NULL},
    {"__itemsize__", get_zero, NULL, NULL},
    {"__dictoffset__", get_zero, NULL, NULL},
    {"__flags__", get_flags, NULL, NULL},
    {0}};

static void type_dealloc(ThreadState *ts, Value self) {
  type_drop_contents(ts, (Type *)self);
  type_drop_names(ts, (Type *)self);
  type_free_parts(ts, (Type *)self);
  object_release(ts, self);
}
static int type_traverse(Value self, Visit visit, void *arg) {
  Type *t = (Type *)self;
  VISIT(t->dict);
  VISIT(t->bases);
  VISIT(t->mro);
  return 0;
}
static int type_clear(ThreadState *ts, Value self) {
  Type *t = (Type *)self;
  if (!(t->flags & TYPE_HEAP)) return 0;
  dict_clear(ts, (Value)t->dict);
  CLEAR(t->mro);
  return 0;
}

Type *type_type_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "type",
      .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
      .size = sizeof(Type),
      .flags = TYPE_BASETYPE | TYPE_GC | TYPE_WEAKREFS,
      .slots = {.dealloc = type_dealloc, .traverse = type_traverse, .clear = type_clear, .repr = type_repr, .call = type_call,
                .getattr = type_getattr, .setattr = type_setattr, .new = type_new, .init = type_init, .binary[NB_OR] = type_or},
      .methods = type_methods,
      .getsets = type_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_TYPE);
}
