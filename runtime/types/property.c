/* property.c - property, classmethod, staticmethod and super.
 * Next: descriptor.c. CPython: Objects/descrobject.c, funcobject.c, typeobject.c. */
#include "runtime/module.h"
#include "runtime/slots.h"

/* ---- property ---- */

static Property *as_property(Value v) { return (Property *)v; }
static Value none_if_null(Value v) { return v ? incref(v) : V_NONE; }
static Value null_if_none(Value v) { return v == NULL || v == V_NONE ? NULL : incref(v); }

static int property_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"fget", "fset", "fdel", "doc"};
  static const ArgSpec spec = {"property", 0, 4, 0, 4, names};
  Value given[4];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  Property *p = as_property(self);
  replace(ts, &p->get, null_if_none(given[0]));
  replace(ts, &p->set, null_if_none(given[1]));
  replace(ts, &p->del, null_if_none(given[2]));
  replace(ts, &p->doc, null_if_none(given[3]));
  p->getter_doc = false;
  if (p->doc == NULL && p->get) {
    bool failed;
    Value doc = attr_get_optional(ts, p->get, ID(__doc__), &failed);
    if (failed) return -1;
    if (doc && doc != V_NONE) {
      p->getter_doc = true;
      if (type_of(ts, self) == TYPE(PROPERTY)) replace(ts, &p->doc, incref(doc));
      else if (attr_set(ts, self, ID(__doc__), doc) < 0) {
        decref(ts, doc);
        return -1;
      }
    }
    xdecref(ts, doc);
  }
  return 0;
}
static Value property_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return object_new_instance(ts, type); }
static void property_dealloc(ThreadState *ts, Value self) {
  Property *p = as_property(self);
  xdecref(ts, p->get);
  xdecref(ts, p->set);
  xdecref(ts, p->del);
  xdecref(ts, p->doc);
  xdecref(ts, p->name);
  object_release(ts, self);
}
static int property_traverse(Value self, Visit visit, void *arg) {
  Property *p = as_property(self);
  VISIT(p->get);
  VISIT(p->set);
  VISIT(p->del);
  VISIT(p->doc);
  return 0;
}
static Value property_error(ThreadState *ts, Value self, Value obj, const char *what) {
  Property *p = as_property(self);
  if (p->name) return err_format(ts, EXC(AttributeError), "property %R of %R object has no %s", p->name, type_of(ts, obj)->qualname, what);
  return err_format(ts, EXC(AttributeError), "property of %R object has no %s", type_of(ts, obj)->qualname, what);
}
static Value property_get(ThreadState *ts, Value self, Value obj, Value type) {
  if (obj == NULL) return incref(self);
  if (as_property(self)->get == NULL) return property_error(ts, self, obj, "getter");
  return call1(ts, as_property(self)->get, obj);
}
static int property_set(ThreadState *ts, Value self, Value obj, Value value) {
  Property *p = as_property(self);
  Value f = value ? p->set : p->del;
  if (f == NULL) {
    property_error(ts, self, obj, value ? "setter" : "deleter");
    return -1;
  }
  Value args[] = {obj, value};
  Value r = call(ts, f, args, value ? 2 : 1, NULL);
  xdecref(ts, r);
  return r ? 0 : -1;
}
/* A copy with one function replaced. */
static Value property_with(ThreadState *ts, Value self, Value get, Value set, Value del) {
  Property *p = as_property(self);
  Value args[] = {get ? get : p->get ? p->get : V_NONE, set ? set : p->set ? p->set : V_NONE, del ? del : p->del ? p->del : V_NONE,
                  p->getter_doc && get ? V_NONE : p->doc && !p->getter_doc ? p->doc : V_NONE};
  Value copy = call_args(ts, (Value)type_of(ts, self), args, 4);
  if (copy && p->name && is_layout(copy, K_PROPERTY)) as_property(copy)->name = incref(p->name);
  return copy;
}
static Value property_getter(NATIVE_ARGS) { return property_with(ts, self, args[0], NULL, NULL); }
static Value property_setter(NATIVE_ARGS) { return property_with(ts, self, NULL, args[0], NULL); }
static Value property_deleter(NATIVE_ARGS) { return property_with(ts, self, NULL, NULL, args[0]); }
static Value property_set_name(NATIVE_ARGS) {
  replace(ts, &as_property(self)->name, incref(args[1]));
  return V_NONE;
}
static Value property_fget(ThreadState *ts, Value self) { return none_if_null(as_property(self)->get); }
static Value property_fset(ThreadState *ts, Value self) { return none_if_null(as_property(self)->set); }
static Value property_fdel(ThreadState *ts, Value self) { return none_if_null(as_property(self)->del); }
static Value property_doc(ThreadState *ts, Value self) { return none_if_null(as_property(self)->doc); }
static int property_set_doc(ThreadState *ts, Value self, Value value) {
  replace(ts, &as_property(self)->doc, xincref(value));
  return 0;
}
static Value property_is_abstract(ThreadState *ts, Value self) {
  Property *p = as_property(self);
  Value functions[] = {p->get, p->set, p->del};
  for (int i = 0; i < 3; i++) {
    if (functions[i] == NULL) continue;
    bool failed;
    Value r = attr_get_optional(ts, functions[i], ID(__isabstractmethod__), &failed);
    if (failed) return NULL;
    int t = r ? truth(ts, r) : 0;
    xdecref(ts, r);
    if (t) return t < 0 ? NULL : V_TRUE;
  }
  return V_FALSE;
}
static const MethodDef property_methods[] = {
    {"getter", property_getter, 1, 1, 0, "Descriptor to obtain a copy of the property with a different getter."},
    {"setter", property_setter, 1, 1, 0, "Descriptor to obtain a copy of the property with a different setter."},
    {"deleter", property_deleter, 1, 1, 0, "Descriptor to obtain a copy of the property with a different deleter."},
    {"__set_name__", property_set_name, 2, 2, 0, "Method to set name of a property."},
    {0}};
static const GetSetDef property_getsets[] = {
    {"fget", property_fget, readonly_attribute, NULL}, {"fset", property_fset, readonly_attribute, NULL}, {"fdel", property_fdel, readonly_attribute, NULL},
    {"__doc__", property_doc, property_set_doc, NULL}, {"__isabstractmethod__", property_is_abstract, NULL, NULL}, {0}};

Type *type_property_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "property",
      .size = sizeof(Property),
      .flags = TYPE_GC | TYPE_BASETYPE,
      .slots = {.dealloc = property_dealloc, .traverse = property_traverse, .descr_get = property_get, .descr_set = property_set, .new = property_new, .init = property_init},
      .methods = property_methods,
      .getsets = property_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_PROPERTY);
}

/* ---- classmethod and staticmethod ---- */

static Value *callable_of(Value v) { return &((ClassMethod *)v)->callable; }

static int copy_attributes(ThreadState *ts, Value self, Value f) {
  const int ids[] = {ID___module__, ID___name__, ID___qualname__, ID___doc__, ID___annotations__};
  for (int i = 0; i < 5; i++) {
    bool failed;
    Value v = attr_get_optional(ts, f, ts->interp->names[ids[i]], &failed);
    if (failed) return -1;
    int r = v ? instance_set(ts, self, ts->interp->names[ids[i]], v) : 0;
    xdecref(ts, v);
    if (r < 0) return -1;
  }
  return 0;
}
static int classmethod_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  const char *name = type_name_of(ts, self);
  if (args_no_keywords(ts, name, kwnames) < 0 || args_count(ts, name, nargs, 1, 1) < 0) return -1;
  replace(ts, callable_of(self), incref(args[0]));
  return copy_attributes(ts, self, args[0]);
}
static void classmethod_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  xdecref(ts, *callable_of(self));
  object_release(ts, self);
}
static int classmethod_traverse(Value self, Visit visit, void *arg) {
  VISIT(*callable_of(self));
  return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg);
}
static int classmethod_clear(ThreadState *ts, Value self) {
  CLEAR(*callable_of(self));
  return attrs_clear(ts, self);
}
static Value classmethod_get(ThreadState *ts, Value self, Value obj, Value type) {
  if (type == NULL) type = (Value)type_of(ts, obj);
  Value f = *callable_of(self);
  if (f == NULL) return err_format(ts, EXC(RuntimeError), "uninitialized classmethod object");
  if (type_of(ts, f)->slots.descr_get && !is_kind(f, K_FUNCTION) && !is_kind(f, K_METHOD)) return type_of(ts, f)->slots.descr_get(ts, f, type, type);
  return method_new(ts, f, type);
}
static Value staticmethod_get(ThreadState *ts, Value self, Value obj, Value type) {
  Value f = *callable_of(self);
  return f ? incref(f) : err_format(ts, EXC(RuntimeError), "uninitialized staticmethod object");
}
static Value staticmethod_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) { return call(ts, *callable_of(self), args, nargs, kwnames); }
static Value classmethod_repr(ThreadState *ts, Value self) { return str_format(ts, "<%T(%R)>", self, *callable_of(self)); }
static Value get_func(ThreadState *ts, Value self) { return none_if_null(*callable_of(self)); }
static Value get_is_abstract(ThreadState *ts, Value self) {
  bool failed;
  Value r = *callable_of(self) ? attr_get_optional(ts, *callable_of(self), ID(__isabstractmethod__), &failed) : NULL;
  if (r == NULL) return err_occurred(ts) ? NULL : V_FALSE;
  int t = truth(ts, r);
  decref(ts, r);
  return t < 0 ? NULL : bool_value(t);
}
static const GetSetDef classmethod_getsets[] = {
    {"__func__", get_func, readonly_attribute, NULL}, {"__wrapped__", get_func, readonly_attribute, NULL}, {"__isabstractmethod__", get_is_abstract, NULL, NULL}, {"__dict__", object_get_dict, object_set_dict, NULL}, {0}};

Type *type_classmethod_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "classmethod",
      .doc = "classmethod(function) -> method\n\nConvert a function to be a class method.",
      .size = sizeof(ClassMethod),
      .flags = TYPE_GC | TYPE_BASETYPE | TYPE_HAS_DICT,
      .slots = {.dealloc = classmethod_dealloc, .traverse = classmethod_traverse, .clear = classmethod_clear, .repr = classmethod_repr, .descr_get = classmethod_get, .new = property_new, .init = classmethod_init},
      .getsets = classmethod_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_CLASSMETHOD);
}
Type *type_staticmethod_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "staticmethod",
      .doc = "staticmethod(function) -> method\n\nConvert a function to be a static method.",
      .size = sizeof(ClassMethod),
      .flags = TYPE_GC | TYPE_BASETYPE | TYPE_HAS_DICT,
      .slots = {.dealloc = classmethod_dealloc, .traverse = classmethod_traverse, .clear = classmethod_clear, .repr = classmethod_repr, .call = staticmethod_call, .descr_get = staticmethod_get, .new = property_new, .init = classmethod_init},
      .getsets = classmethod_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_STATICMETHOD);
}

/* ---- super ---- */

typedef struct {
  Object base;
  Type *type;      /* where the search starts after; owned */
  Value obj;       /* or NULL */
  Type *obj_type;  /* whose MRO is walked; owned */
} Super;

/* The type whose order is searched for super(type, obj). OWNED. A proxy shows the class of what it stands for as its __class__. */
static Type *super_check(ThreadState *ts, Type *type, Value obj) {
  if (is_type(obj) && type_is_subtype_slow((Type *)obj, type)) return (Type *)incref(obj); /* one that is not in its own order is none */
  if (type_is_subtype(type_of(ts, obj), type)) return (Type *)incref((Value)type_of(ts, obj));
  bool failed;
  Value shown = attr_get_optional(ts, obj, ID(__class__), &failed);
  if (failed) return NULL;
  if (shown && is_type(shown) && type_is_subtype((Type *)shown, type)) return (Type *)shown;
  xdecref(ts, shown);
  err_format(ts, EXC(TypeError), "super(type, obj): obj must be an instance or subtype of type");
  return NULL;
}

static int super_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "super", kwnames) < 0 || args_count(ts, "super", nargs, 0, 2) < 0) return -1;
  Type *type = nargs > 0 ? (Type *)args[0] : NULL;
  Value obj = nargs > 1 && args[1] != V_NONE ? args[1] : NULL;
  if (nargs == 0 && ts->interp->up.super_args(ts, &type, &obj) < 0) return -1;
  if (!is_type((Value)type)) {
    err_format(ts, EXC(TypeError), "super() argument 1 must be a type, not %T", (Value)type);
    return -1;
  }
  Type *obj_type = NULL;
  if (obj && (obj_type = super_check(ts, type, obj)) == NULL) return -1;
  Super *s = (Super *)self;
  replace(ts, (Value *)&s->type, incref((Value)type));
  replace(ts, &s->obj, xincref(obj));
  replace(ts, (Value *)&s->obj_type, (Value)obj_type);
  return 0;
}

/* The attribute after `type` in obj_type's order, bound to obj. *found false when there is none. OWNED. */
Value super_lookup(ThreadState *ts, Type *type, Type *obj_type, Value obj, Value name, bool *found) {
  Value mro = mro_of(obj_type);
  ssize_t n = mro ? tuple_len(mro) : 0, i = 0; /* none while a metaclass's mro() runs */
  while (i < n && tuple_get(mro, i) != (Value)type) i++;
  for (i++; i < n; i++) {
    Value v = dict_get_str(ts, ((Type *)tuple_get(mro, i))->dict, name);
    if (v == NULL) continue;
    *found = true;
    incref(v);
    Type *t = type_of(ts, v);
    if (t->slots.descr_get == NULL) return v;
    Value r = t->slots.descr_get(ts, v, obj == (Value)obj_type ? NULL : obj, (Value)obj_type);
    decref(ts, v);
    return r;
  }
  *found = false;
  return NULL;
}

static Value super_getattr(ThreadState *ts, Value self, Value name) {
  Super *s = (Super *)self;
  if (s->obj_type && name != ID(__class__)) {
    bool found;
    Value r = super_lookup(ts, s->type, s->obj_type, s->obj, name, &found);
    if (found) return r;
  }
  return object_getattr(ts, self, name);
}
static Value super_descr_get(ThreadState *ts, Value self, Value obj, Value type) {
  Super *s = (Super *)self;
  if (obj == NULL || obj == V_NONE || s->obj) return incref(self);
  Value args[] = {(Value)s->type, obj};
  return call_args(ts, (Value)type_of(ts, self), args, 2);
}
static void super_dealloc(ThreadState *ts, Value self) {
  Super *s = (Super *)self;
  xdecref(ts, (Value)s->type);
  xdecref(ts, s->obj);
  xdecref(ts, (Value)s->obj_type);
  object_release(ts, self);
}
static int super_traverse(Value self, Visit visit, void *arg) {
  VISIT(((Super *)self)->type);
  VISIT(((Super *)self)->obj);
  VISIT(((Super *)self)->obj_type);
  return 0;
}
static Value super_repr(ThreadState *ts, Value self) {
  Super *s = (Super *)self;
  if (s->obj_type) return str_format(ts, "<super: <class '%N'>, <%N object>>", s->type, s->obj_type);
  return s->type ? str_format(ts, "<super: <class '%N'>, NULL>", s->type) : str_from_ascii(ts, "<super: NULL, NULL>");
}
static Value super_this(ThreadState *ts, Value self) { return none_if_null((Value)((Super *)self)->type); }
static Value super_self(ThreadState *ts, Value self) { return none_if_null(((Super *)self)->obj); }
static Value super_self_class(ThreadState *ts, Value self) { return none_if_null((Value)((Super *)self)->obj_type); }
static const GetSetDef super_getsets[] = {{"__thisclass__", super_this, readonly_attribute, NULL}, {"__self__", super_self, readonly_attribute, NULL}, {"__self_class__", super_self_class, readonly_attribute, NULL}, {0}};

Type *type_super_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "super",
      .doc = "super() -> same as super(__class__, <first argument>)",
      .size = sizeof(Super),
      .flags = TYPE_GC | TYPE_BASETYPE,
      .slots = {.dealloc = super_dealloc, .traverse = super_traverse, .repr = super_repr, .getattr = super_getattr, .descr_get = super_descr_get, .new = property_new, .init = super_init},
      .getsets = super_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_SUPER);
}
