/* descriptor.c - native functions, and the descriptors that sit in classes: methods, slot wrappers, getsets, __slots__ members,
 * property, classmethod, staticmethod.
 * Keeps true: a descriptor is called for the class it belongs to or a subclass, never for another object.
 * Next: slots.c (what the wrappers call). CPython: Objects/descrobject.c, methodobject.c, funcobject.c. */
#include "runtime/module.h"
#include "runtime/slots.h"

/* ---- calling natives ---- */

/* The name of a native in messages. prefix: of its class or module, "" for none. */
static OWNED Value full_name(ThreadState *ts, const MethodDef *def, Value prefix) {
  bool plain = str_len(prefix) == 0 || prefix == ID(builtins) || str_equal_cstr(prefix, "builtins");
  return str_format(ts, plain ? "%U%s()" : "%U.%s()", plain ? ts->interp->empty_str : prefix, def->name);
}
static Value wrong_call(ThreadState *ts, const MethodDef *def, Value prefix, ssize_t nargs, bool keywords) {
  Value name = full_name(ts, def, prefix);
  if (name == NULL) return NULL;
  if (keywords) err_format(ts, EXC(TypeError), "%U takes no keyword arguments", name);
  else if (def->max_args == 0) err_format(ts, EXC(TypeError), "%U takes no arguments (%zd given)", name, nargs);
  else if (def->min_args == 1 && def->max_args == 1) err_format(ts, EXC(TypeError), "%U takes exactly one argument (%zd given)", name, nargs);
  else if (def->flags & METHOD_PARSED) {
    int bound = nargs < def->min_args ? def->min_args : def->max_args;
    err_format(ts, EXC(TypeError), "%s() takes at %s %d argument%s (%zd given)", def->name, nargs < def->min_args ? "least" : "most", bound, bound == 1 ? "" : "s", nargs);
  } else args_count(ts, def->name, nargs, def->min_args, def->max_args);
  decref(ts, name);
  return NULL;
}

static inline Value call_native(ThreadState *ts, const MethodDef *def, Value self, Value *args, ssize_t nargs, Value kwnames, Value prefix) {
  if (!(def->flags & METHOD_KW)) { /* the others bind keywords and word their errors themselves */
    bool keywords = kwnames != NULL && tuple_len(kwnames) > 0;
    if (UNLIKELY(keywords || nargs < def->min_args || (def->max_args >= 0 && nargs > def->max_args))) return wrong_call(ts, def, prefix, nargs, keywords);
  }
  Value r = CALL_NATIVE_DEF(ts, def, self, args, nargs, kwnames);
  ASSERT(ts, (r == NULL) == err_occurred(ts));
  return r;
}

Value native_function_new(ThreadState *ts, const MethodDef *def, Value self, Value module_name) {
  Value v = object_alloc(ts, TYPE(NATIVE), sizeof(Native));
  if (v == NULL) return NULL;
  Native *n = (Native *)v;
  n->def = def;
  n->self = xincref(self);
  n->module = xincref(module_name);
  return v;
}

/* What goes before the name in messages: the module of a function, the class of a bound method. */
static BORROWED Value prefix_of(ThreadState *ts, Native *n) {
  if (n->module) return is_str(n->module) ? n->module : ts->interp->empty_str;
  if (n->self == NULL) return ts->interp->empty_str;
  return (is_type(n->self) ? (Type *)n->self : type_of(ts, n->self))->qualname;
}

static Value native_call(ThreadState *ts, Value v, Value *args, ssize_t nargs, Value kwnames) {
  Native *n = (Native *)v;
  return call_native(ts, n->def, n->self, args, nargs, kwnames, prefix_of(ts, n));
}
static void native_dealloc(ThreadState *ts, Value v) {
  xdecref(ts, ((Native *)v)->self);
  xdecref(ts, ((Native *)v)->module);
  object_release(ts, v);
}
static int native_traverse(Value v, Visit visit, void *arg) {
  VISIT(((Native *)v)->self);
  VISIT(((Native *)v)->module);
  return 0;
}
static Value native_repr(ThreadState *ts, Value v) {
  Native *n = (Native *)v;
  if (n->self == NULL || is_kind(n->self, K_MODULE) || (n->module && !is_object(n->self))) return str_format(ts, "<built-in function %s>", n->def->name);
  return str_format(ts, "<built-in method %s of %T object at %p>", n->def->name, n->self, (void *)n->self);
}
static Value native_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_object(b) || !is_kind(b, K_NATIVE)) return V_NOT_IMPLEMENTED;
  bool same = ((Native *)a)->def == ((Native *)b)->def && ((Native *)a)->self == ((Native *)b)->self;
  return bool_value(op == CMP_EQ ? same : !same);
}
static int64_t native_hash(ThreadState *ts, Value v) {
  int64_t h = (int64_t)((uintptr_t)((Native *)v)->def >> 4 ^ value_bits(((Native *)v)->self) >> 3);
  return h == -1 ? -2 : h;
}

/* "name($self, x, /)\n--\n\ntext" holds a signature and a text. */
static Value doc_text(ThreadState *ts, const char *doc) {
  if (doc == NULL) return V_NONE;
  const char *end = strstr(doc, "\n--\n\n");
  doc = end ? end + 5 : doc;
  return *doc ? str_from_utf8(ts, doc, (ssize_t)strlen(doc)) : V_NONE;
}
static Value doc_signature(ThreadState *ts, const char *doc) {
  const char *end = doc ? strstr(doc, "\n--\n\n") : NULL, *start = end ? strchr(doc, '(') : NULL;
  return start && start < end ? str_from_utf8(ts, start, end - start) : V_NONE;
}

static Value native_get_name(ThreadState *ts, Value v) { return str_from_ascii(ts, ((Native *)v)->def->name); }
static Value native_get_qualname(ThreadState *ts, Value v) {
  Native *n = (Native *)v;
  if (n->self == NULL || is_kind(n->self, K_MODULE)) return native_get_name(ts, v);
  Type *t = is_type(n->self) ? (Type *)n->self : type_of(ts, n->self);
  return str_format(ts, "%U.%s", t->qualname, n->def->name);
}
static Value native_get_module(ThreadState *ts, Value v) { return ((Native *)v)->module ? incref(((Native *)v)->module) : V_NONE; }
static Value native_get_self(ThreadState *ts, Value v) { return ((Native *)v)->self ? incref(((Native *)v)->self) : V_NONE; }
static Value native_get_doc(ThreadState *ts, Value v) { return doc_text(ts, ((Native *)v)->def->doc); }
static Value native_get_signature(ThreadState *ts, Value v) { return doc_signature(ts, ((Native *)v)->def->doc); }
static Value native_reduce(NATIVE_ARGS) {
  Native *n = (Native *)self;
  if (n->self == NULL || is_kind(n->self, K_MODULE)) return native_get_name(ts, self);
  Value getattr = dict_get_cstr(ts, (Value)ts->interp->builtins, "getattr");
  return tuple_steal2(ts, incref(getattr), tuple_steal2(ts, incref(n->self), native_get_name(ts, self)));
}
static const MethodDef native_methods[] = {{"__reduce__", native_reduce, 0, 0, 0, NULL}, {0}};
static const GetSetDef native_getsets[] = {
    {"__name__", native_get_name, NULL, NULL}, {"__qualname__", native_get_qualname, NULL, NULL}, {"__module__", native_get_module, NULL, NULL},
    {"__self__", native_get_self, NULL, NULL}, {"__doc__", native_get_doc, NULL, NULL}, {"__text_signature__", native_get_signature, NULL, NULL}, {0}};

Type *type_native_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "builtin_function_or_method",
      .size = sizeof(Native),
      .flags = TYPE_GC | TYPE_NO_NEW | TYPE_WEAKREFS,
      .slots = {.dealloc = native_dealloc, .traverse = native_traverse, .repr = native_repr, .call = native_call, .compare = native_compare, .hash = native_hash},
      .methods = native_methods,
      .getsets = native_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_NATIVE);
}

/* ---- descriptors of built-in classes: method, slot wrapper, getset, member. Their types are never freed before them. ---- */

static Value wrong_object(ThreadState *ts, const char *kind, const char *name, Type *owner, Value obj) {
  return err_format(ts, EXC(TypeError), "descriptor '%s' for '%N' objects doesn't apply to a '%T' object", name, owner, obj);
}

Value method_descr_new(ThreadState *ts, const MethodDef *def, Type *type) {
  Kind kind = def->flags & METHOD_CLASS ? K_CLASSMETHOD_DESCR : K_METHOD_DESCR;
  Value v = object_alloc(ts, ts->interp->types[kind], sizeof(MethodDescr));
  if (v == NULL) return NULL;
  ((MethodDescr *)v)->def = def;
  ((MethodDescr *)v)->type = type;
  return v;
}

static Value method_descr_call(ThreadState *ts, Value v, Value *args, ssize_t nargs, Value kwnames) {
  MethodDescr *d = (MethodDescr *)v;
  if (nargs < 1) return err_format(ts, EXC(TypeError), "unbound method %N.%s() needs an argument", d->type, d->def->name);
  if (!type_is_subtype(type_of(ts, args[0]), d->type)) return wrong_object(ts, "method", d->def->name, d->type, args[0]);
  return call_native(ts, d->def, args[0], args + 1, nargs - 1, kwnames, d->type->qualname);
}
static Value method_descr_get(ThreadState *ts, Value v, Value obj, Value type) {
  MethodDescr *d = (MethodDescr *)v;
  if (obj == NULL) return incref(v);
  if (!type_is_subtype(type_of(ts, obj), d->type)) return wrong_object(ts, "method", d->def->name, d->type, obj);
  return native_function_new(ts, d->def, obj, NULL);
}
static Value method_descr_repr(ThreadState *ts, Value v) {
  return str_format(ts, "<method '%s' of '%N' objects>", ((MethodDescr *)v)->def->name, ((MethodDescr *)v)->type);
}
static Value method_descr_name(ThreadState *ts, Value v) { return str_from_ascii(ts, ((MethodDescr *)v)->def->name); }
static Value method_descr_qualname(ThreadState *ts, Value v) { return str_format(ts, "%U.%s", ((MethodDescr *)v)->type->qualname, ((MethodDescr *)v)->def->name); }
static Value method_descr_objclass(ThreadState *ts, Value v) { return incref((Value)((MethodDescr *)v)->type); }
static Value method_descr_doc(ThreadState *ts, Value v) { return doc_text(ts, ((MethodDescr *)v)->def->doc); }
static Value method_descr_signature(ThreadState *ts, Value v) { return doc_signature(ts, ((MethodDescr *)v)->def->doc); }
static Value method_descr_reduce(NATIVE_ARGS) {
  Value getattr = dict_get_cstr(ts, (Value)ts->interp->builtins, "getattr");
  return tuple_steal2(ts, incref(getattr), tuple_steal2(ts, method_descr_objclass(ts, self), method_descr_name(ts, self)));
}
static const MethodDef method_descr_methods[] = {{"__reduce__", method_descr_reduce, 0, 0, 0, NULL}, {0}};
static const GetSetDef method_descr_getsets[] = {
    {"__name__", method_descr_name, NULL, NULL}, {"__qualname__", method_descr_qualname, NULL, NULL}, {"__objclass__", method_descr_objclass, NULL, NULL},
    {"__doc__", method_descr_doc, NULL, NULL}, {"__text_signature__", method_descr_signature, NULL, NULL}, {0}};

Type *type_method_descr_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "method_descriptor",
      .size = sizeof(MethodDescr),
      .flags = TYPE_NO_NEW,
      .slots = {.dealloc = object_release, .repr = method_descr_repr, .call = method_descr_call, .descr_get = method_descr_get},
      .methods = method_descr_methods,
      .getsets = method_descr_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_METHOD_DESCR);
}

static Value classmethod_descr_get(ThreadState *ts, Value v, Value obj, Value type) {
  MethodDescr *d = (MethodDescr *)v;
  if (type == NULL) type = (Value)type_of(ts, obj);
  if (!is_type(type)) return err_format(ts, EXC(TypeError), "descriptor '%s' for type '%N' needs a type, not a '%T' as arg 2", d->def->name, d->type, type);
  return native_function_new(ts, d->def, type, NULL);
}
static Value classmethod_descr_call(ThreadState *ts, Value v, Value *args, ssize_t nargs, Value kwnames) {
  MethodDescr *d = (MethodDescr *)v;
  if (nargs < 1) return err_format(ts, EXC(TypeError), "descriptor '%s' of '%N' object needs an argument", d->def->name, d->type);
  return call_native(ts, d->def, args[0], args + 1, nargs - 1, kwnames, d->type->qualname);
}
Type *type_classmethod_descr_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "classmethod_descriptor",
      .size = sizeof(MethodDescr),
      .flags = TYPE_NO_NEW,
      .slots = {.dealloc = object_release, .repr = method_descr_repr, .call = classmethod_descr_call, .descr_get = classmethod_descr_get},
      .getsets = method_descr_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_CLASSMETHOD_DESCR);
}

/* slot wrappers */
static Value slot_wrapper_call_py(ThreadState *ts, Value v, Value *args, ssize_t nargs, Value kwnames) {
  SlotWrapperObject *w = (SlotWrapperObject *)v;
  if (nargs < 1) return err_format(ts, EXC(TypeError), "descriptor '%s' of '%N' object needs an argument", w->def->name, w->type);
  if (!type_is_subtype(type_of(ts, args[0]), w->type))
    return err_format(ts, EXC(TypeError), "descriptor '%s' requires a '%N' object but received a '%T'", w->def->name, w->type, args[0]);
  return slot_wrapper_call(ts, w, args[0], args + 1, nargs - 1, kwnames);
}
static Value slot_wrapper_get(ThreadState *ts, Value v, Value obj, Value type) {
  if (obj == NULL) return incref(v);
  SlotWrapperObject *w = (SlotWrapperObject *)v;
  if (!type_is_subtype(type_of(ts, obj), w->type)) return wrong_object(ts, "slot wrapper", w->def->name, w->type, obj);
  Value m = object_alloc(ts, TYPE(METHOD_WRAPPER), sizeof(MethodWrapper));
  if (m == NULL) return NULL;
  ((MethodWrapper *)m)->wrapper = (SlotWrapperObject *)incref(v);
  ((MethodWrapper *)m)->self = incref(obj);
  return m;
}
static Value slot_wrapper_repr(ThreadState *ts, Value v) { return str_format(ts, "<slot wrapper '%s' of '%N' objects>", ((SlotWrapperObject *)v)->def->name, ((SlotWrapperObject *)v)->type); }
static Value slot_wrapper_name(ThreadState *ts, Value v) { return str_from_ascii(ts, ((SlotWrapperObject *)v)->def->name); }
static Value slot_wrapper_qualname(ThreadState *ts, Value v) { return str_format(ts, "%U.%s", ((SlotWrapperObject *)v)->type->qualname, ((SlotWrapperObject *)v)->def->name); }
static Value slot_wrapper_objclass(ThreadState *ts, Value v) { return incref((Value)((SlotWrapperObject *)v)->type); }
static Value slot_wrapper_signature(ThreadState *ts, const SlotDef *def) {
  if (def->max_args < 0) return str_from_ascii(ts, "($self, /, *args, **kwargs)");
  return str_from_ascii(ts, def->max_args == 0 ? "($self, /)" : def->max_args == 1 ? (strcmp(def->name, "__delitem__") && strcmp(def->name, "__getitem__") && strcmp(def->name, "__contains__") ? "($self, value, /)" : "($self, key, /)") : "($self, key, value, /)");
}
static Value slot_wrapper_get_signature(ThreadState *ts, Value v) { return slot_wrapper_signature(ts, ((SlotWrapperObject *)v)->def); }
static const GetSetDef slot_wrapper_getsets[] = {{"__name__", slot_wrapper_name, NULL, NULL}, {"__qualname__", slot_wrapper_qualname, NULL, NULL}, {"__objclass__", slot_wrapper_objclass, NULL, NULL}, {"__text_signature__", slot_wrapper_get_signature, NULL, NULL}, {0}};

static Value getattr_of(ThreadState *ts, STEALS Value holder, const char *name) { /* (getattr, (holder, name)) */
  return tuple_steal2(ts, xincref(dict_get_cstr(ts, (Value)ts->interp->builtins, "getattr")), tuple_steal2(ts, holder, str_from_ascii(ts, name)));
}
static Value slot_wrapper_reduce(NATIVE_ARGS) { return getattr_of(ts, slot_wrapper_objclass(ts, self), ((SlotWrapperObject *)self)->def->name); }
static const MethodDef slot_wrapper_methods[] = {{"__reduce__", slot_wrapper_reduce, 0, 0, 0, NULL}, {0}};
Type *type_slot_wrapper_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "wrapper_descriptor",
      .size = sizeof(SlotWrapperObject),
      .flags = TYPE_NO_NEW,
      .slots = {.dealloc = object_release, .repr = slot_wrapper_repr, .call = slot_wrapper_call_py, .descr_get = slot_wrapper_get},
      .methods = slot_wrapper_methods,
      .getsets = slot_wrapper_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_SLOT_WRAPPER);
}

static Value method_wrapper_call(ThreadState *ts, Value v, Value *args, ssize_t nargs, Value kwnames) {
  return slot_wrapper_call(ts, ((MethodWrapper *)v)->wrapper, ((MethodWrapper *)v)->self, args, nargs, kwnames);
}
static void method_wrapper_dealloc(ThreadState *ts, Value v) {
  xdecref(ts, (Value)((MethodWrapper *)v)->wrapper);
  xdecref(ts, ((MethodWrapper *)v)->self);
  object_release(ts, v);
}
static int method_wrapper_traverse(Value v, Visit visit, void *arg) {
  VISIT(((MethodWrapper *)v)->self);
  return 0;
}
static Value method_wrapper_repr(ThreadState *ts, Value v) {
  return str_format(ts, "<method-wrapper '%s' of %T object at %p>", ((MethodWrapper *)v)->wrapper->def->name, ((MethodWrapper *)v)->self, (void *)((MethodWrapper *)v)->self);
}
static Value method_wrapper_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_object(b) || !is_kind(b, K_METHOD_WRAPPER)) return V_NOT_IMPLEMENTED;
  bool same = ((MethodWrapper *)a)->wrapper == ((MethodWrapper *)b)->wrapper && ((MethodWrapper *)a)->self == ((MethodWrapper *)b)->self;
  return bool_value(op == CMP_EQ ? same : !same);
}
static int64_t method_wrapper_hash(ThreadState *ts, Value v) { return (int64_t)((value_bits(((MethodWrapper *)v)->self) ^ (uintptr_t)((MethodWrapper *)v)->wrapper) >> 4); }
static Value method_wrapper_name(ThreadState *ts, Value v) { return slot_wrapper_name(ts, (Value)((MethodWrapper *)v)->wrapper); }
static Value method_wrapper_qualname(ThreadState *ts, Value v) { return slot_wrapper_qualname(ts, (Value)((MethodWrapper *)v)->wrapper); }
static Value method_wrapper_objclass(ThreadState *ts, Value v) { return slot_wrapper_objclass(ts, (Value)((MethodWrapper *)v)->wrapper); }
static Value method_wrapper_self(ThreadState *ts, Value v) { return incref(((MethodWrapper *)v)->self); }
static Value method_wrapper_signature(ThreadState *ts, Value v) { return slot_wrapper_signature(ts, ((MethodWrapper *)v)->wrapper->def); }
static const GetSetDef method_wrapper_getsets[] = {{"__name__", method_wrapper_name, NULL, NULL}, {"__qualname__", method_wrapper_qualname, NULL, NULL}, {"__objclass__", method_wrapper_objclass, NULL, NULL}, {"__self__", method_wrapper_self, NULL, NULL}, {"__text_signature__", method_wrapper_signature, NULL, NULL}, {0}};

static Value method_wrapper_reduce(NATIVE_ARGS) { return getattr_of(ts, incref(((MethodWrapper *)self)->self), ((MethodWrapper *)self)->wrapper->def->name); }
static const MethodDef method_wrapper_methods[] = {{"__reduce__", method_wrapper_reduce, 0, 0, 0, NULL}, {0}};
Type *type_method_wrapper_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "method-wrapper",
      .size = sizeof(MethodWrapper),
      .flags = TYPE_NO_NEW | TYPE_GC,
      .slots = {.dealloc = method_wrapper_dealloc, .traverse = method_wrapper_traverse, .repr = method_wrapper_repr, .call = method_wrapper_call, .compare = method_wrapper_compare, .hash = method_wrapper_hash},
      .methods = method_wrapper_methods,
      .getsets = method_wrapper_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_METHOD_WRAPPER);
}

/* getsets */
typedef struct {
  Object base;
  const GetSetDef *def;
  Type *type;
} GetSet;

Value getset_new(ThreadState *ts, const GetSetDef *def, Type *type) {
  Value v = object_alloc(ts, TYPE(GETSET), sizeof(GetSet));
  if (v == NULL) return NULL;
  ((GetSet *)v)->def = def;
  ((GetSet *)v)->type = type;
  return v;
}
static Value getset_get(ThreadState *ts, Value v, Value obj, Value type) {
  GetSet *g = (GetSet *)v;
  if (obj == NULL) return incref(v);
  if (!type_is_subtype(type_of(ts, obj), g->type)) return wrong_object(ts, "attribute", g->def->name, g->type, obj);
  if (g->def->get) return g->def->get(ts, obj);
  return strcmp(g->def->name, "__weakref__") == 0 ? V_NONE : err_format(ts, EXC(AttributeError), "attribute '%s' of '%N' objects is not readable", g->def->name, g->type);
}
static int getset_set(ThreadState *ts, Value v, Value obj, Value value) {
  GetSet *g = (GetSet *)v;
  if (!type_is_subtype(type_of(ts, obj), g->type)) {
    wrong_object(ts, "attribute", g->def->name, g->type, obj);
    return -1;
  }
  if (g->def->set) return g->def->set(ts, obj, value);
  err_format(ts, EXC(AttributeError), "attribute '%s' of '%N' objects is not writable", g->def->name, g->type);
  return -1;
}
int readonly_attribute(ThreadState *ts, Value self, Value value) {
  err_format(ts, EXC(AttributeError), "readonly attribute");
  return -1;
}
static Value getset_repr(ThreadState *ts, Value v) { return str_format(ts, "<attribute '%s' of '%N' objects>", ((GetSet *)v)->def->name, ((GetSet *)v)->type); }
static Value getset_name(ThreadState *ts, Value v) { return str_from_ascii(ts, ((GetSet *)v)->def->name); }
static Value getset_qualname(ThreadState *ts, Value v) { return str_format(ts, "%U.%s", ((GetSet *)v)->type->qualname, ((GetSet *)v)->def->name); }
static Value getset_objclass(ThreadState *ts, Value v) { return incref((Value)((GetSet *)v)->type); }
static Value getset_doc(ThreadState *ts, Value v) { return doc_text(ts, ((GetSet *)v)->def->doc); }
static const GetSetDef getset_getsets[] = {{"__name__", getset_name, NULL, NULL}, {"__qualname__", getset_qualname, NULL, NULL}, {"__objclass__", getset_objclass, NULL, NULL}, {"__doc__", getset_doc, NULL, NULL}, {0}};

Type *type_getset_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "getset_descriptor",
      .size = sizeof(GetSet),
      .flags = TYPE_NO_NEW,
      .slots = {.dealloc = object_release, .repr = getset_repr, .descr_get = getset_get, .descr_set = getset_set},
      .getsets = getset_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_GETSET);
}

/* members */
Value member_new(ThreadState *ts, Value name, Type *type, ssize_t offset) {
  Value v = object_alloc(ts, TYPE(MEMBER), sizeof(Member));
  if (v == NULL) return NULL;
  ((Member *)v)->name = incref(name);
  ((Member *)v)->type = type;
  ((Member *)v)->offset = offset;
  return v;
}
static void member_dealloc(ThreadState *ts, Value v) {
  xdecref(ts, ((Member *)v)->name);
  object_release(ts, v);
}
static Value *member_place(Member *m, Value obj) { return (Value *)((char *)obj + m->offset); }
static Value member_get(ThreadState *ts, Value v, Value obj, Value type) {
  Member *m = (Member *)v;
  if (obj == NULL) return incref(v);
  if (!type_is_subtype(type_of(ts, obj), m->type)) return wrong_object(ts, "member", str_chars(m->name), m->type, obj);
  Value value = __atomic_load_n(member_place(m, obj), __ATOMIC_ACQUIRE);
  if (value) return incref(value);
  if (v->flags & OBJ_FLAG_A) return V_NONE;
  err_format(ts, EXC(AttributeError), "'%T' object has no attribute '%U'", obj, m->name);
  return NULL;
}
static int member_set(ThreadState *ts, Value v, Value obj, Value value) {
  Member *m = (Member *)v;
  if (!type_is_subtype(type_of(ts, obj), m->type)) {
    wrong_object(ts, "member", str_chars(m->name), m->type, obj);
    return -1;
  }
  if (v->flags & OBJ_FLAG_B) return readonly_attribute(ts, obj, value);
  Value *place = member_place(m, obj);
  if (value == NULL && RACY_LOAD(*place) == NULL && !(v->flags & OBJ_FLAG_A)) {
    err_set(ts, EXC(AttributeError), m->name);
    return -1;
  }
  replace(ts, place, xincref(value));
  return 0;
}
static Value member_repr(ThreadState *ts, Value v) { return str_format(ts, "<member '%U' of '%N' objects>", ((Member *)v)->name, ((Member *)v)->type); }
static Value member_get_name(ThreadState *ts, Value v) { return incref(((Member *)v)->name); }
static Value member_qualname(ThreadState *ts, Value v) { return str_format(ts, "%U.%U", ((Member *)v)->type->qualname, ((Member *)v)->name); }
static Value member_objclass(ThreadState *ts, Value v) { return incref((Value)((Member *)v)->type); }
static const GetSetDef member_getsets[] = {{"__name__", member_get_name, NULL, NULL}, {"__qualname__", member_qualname, NULL, NULL}, {"__objclass__", member_objclass, NULL, NULL}, {0}};

Type *type_member_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "member_descriptor",
      .size = sizeof(Member),
      .flags = TYPE_NO_NEW,
      .slots = {.dealloc = member_dealloc, .repr = member_repr, .descr_get = member_get, .descr_set = member_set},
      .getsets = member_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_MEMBER);
}

/* What a built-in type's tables put into its dict. */
static Value static_new(NATIVE_ARGS) {
  Type *type = (Type *)self;
  if (nargs < 1) return err_format(ts, EXC(TypeError), "%N.__new__(): not enough arguments", type);
  if (!is_type(args[0])) return err_format(ts, EXC(TypeError), "%N.__new__(X): X is not a type object (%T)", type, args[0]);
  Type *wanted = (Type *)args[0];
  if (!type_is_subtype(wanted, type)) return err_format(ts, EXC(TypeError), "%N.__new__(%N): %N is not a subtype of %N", type, wanted, wanted, type);
  Type *native = wanted;
  while (native->flags & TYPE_HEAP) native = native->base;
  if (native->slots.new != type->slots.new) return err_format(ts, EXC(TypeError), "%N.__new__(%N) is not safe, use %N.__new__()", type, wanted, native);
  return type->slots.new(ts, wanted, args + 1, nargs - 1, kwnames);
}
static const MethodDef new_def = {"__new__", static_new, 0, -1, METHOD_KW, "Create and return a new object.  See help(type) for accurate signature."};

static int add_member(ThreadState *ts, Type *t, const char *name, STEALS NULLABLE Value d) {
  Value key = d ? str_intern_cstr(ts, name) : NULL;
  if (key == NULL) {
    xdecref(ts, d);
    return -1;
  }
  int r = dict_set_steal(ts, (Value)t->dict, key, d);
  decref(ts, key);
  return r;
}

int type_init_members(ThreadState *ts, Type *t, const TypeSpec *spec) {
  if (t->slots.new && !(t->flags & TYPE_NO_NEW)) {
    Value f = native_function_new(ts, &new_def, (Value)t, NULL);
    if (f == NULL || dict_set_steal(ts, (Value)t->dict, ID(__new__), f) < 0) return -1;
  }
  for (const MethodDef *def = spec->methods; def && def->name; def++) {
    Value d;
    if (def->flags & METHOD_STATIC) {
      Value f = native_function_new(ts, def, (Value)t, NULL);
      d = f ? object_new_instance(ts, TYPE(STATICMETHOD)) : NULL;
      if (d) ((ClassMethod *)d)->callable = f;
      else xdecref(ts, f);
    } else {
      d = method_descr_new(ts, def, t);
    }
    if (add_member(ts, t, def->name, d) < 0) return -1;
  }
  for (const GetSetDef *def = spec->getsets; def && def->name; def++) {
    if (add_member(ts, t, def->name, getset_new(ts, def, t)) < 0) return -1;
  }
  return 0;
}
