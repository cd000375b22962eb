/* alias.c - list[int] (GenericAlias) and int | str (UnionType), SimpleNamespace, and the singletons' types.
 * Next: runtime/lib/typing.py. CPython: Objects/genericaliasobject.c, unionobject.c, namespaceobject.c. */
#include "runtime/module.h"

/* ---- GenericAlias ---- */

typedef struct {
  Object base;
  Value origin, args, parameters; /* args: tuple; parameters: tuple or NULL until asked */
  bool starred;
} Alias;
static Alias *as_alias(Value v) { return (Alias *)v; }

static Value alias_of_type(ThreadState *ts, Type *type, Value origin, Value args) {
  Value tuple = is_tuple(args) ? incref(args) : tuple_of1(ts, args);
  Value v = tuple ? object_new_instance(ts, type) : NULL;
  if (v == NULL) {
    xdecref(ts, tuple);
    return NULL;
  }
  as_alias(v)->origin = incref(origin);
  as_alias(v)->args = tuple;
  return v;
}
Value generic_alias_new(ThreadState *ts, Value origin, Value args) { return alias_of_type(ts, TYPE(GENERIC_ALIAS), origin, args); }
static void alias_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_alias(self)->origin);
  xdecref(ts, as_alias(self)->args);
  xdecref(ts, as_alias(self)->parameters);
  object_release(ts, self);
}
static int alias_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_alias(self)->origin);
  VISIT(as_alias(self)->args);
  VISIT(as_alias(self)->parameters);
  return 0;
}

/* How a type reads inside an alias: its qualified name; ... and other values by repr. */
static int put_item(ThreadState *ts, StrBuilder *b, Value v) {
  if (v == V_ELLIPSIS) return strb_ascii(b, "...", 3);
  Value text = NULL;
  if (is_object(v) && v->kind == K_GENERIC_ALIAS) text = repr_of(ts, v);
  else if (is_list(v)) {
    int failed = strb_char(b, '[');
    for (ssize_t i = 0; i < list_len(v) && !failed; i++) {
      if (i) failed = strb_ascii(b, ", ", 2);
      if (!failed) failed = put_item(ts, b, list_get(v, i));
    }
    return failed ? -1 : strb_char(b, ']');
  } else {
    bool failed, failed2;
    Value origin = attr_get_optional(ts, v, ID(__origin__), &failed), given = origin ? attr_get_optional(ts, v, ID(__args__), &failed2) : NULL;
    if (origin && given) text = repr_of(ts, v);
    xdecref(ts, origin);
    xdecref(ts, given);
    if (text == NULL && !err_occurred(ts)) {
      Value qualname = attr_get_optional(ts, v, ID(__qualname__), &failed);
      Value module = qualname ? attr_get_optional(ts, v, ID(__module__), &failed2) : NULL;
      if (qualname == NULL || module == NULL || module == V_NONE) text = err_occurred(ts) ? NULL : repr_of(ts, v);
      else if (is_str(module) && str_equal_cstr(module, "builtins")) text = str_of(ts, qualname);
      else text = str_format(ts, "%S.%S", module, qualname);
      xdecref(ts, qualname);
      xdecref(ts, module);
    }
  }
  int r = text ? strb_str(b, text) : -1;
  xdecref(ts, text);
  return r;
}

static Value alias_repr(ThreadState *ts, Value self) {
  StrBuilder b;
  strb_init(&b, ts);
  Alias *a = as_alias(self);
  int failed = a->starred ? strb_char(&b, '*') : 0;
  failed = failed || put_item(ts, &b, a->origin) < 0 || strb_char(&b, '[') < 0;
  for (ssize_t i = 0; !failed && i < tuple_len(a->args); i++) failed = (i && strb_ascii(&b, ", ", 2) < 0) || put_item(ts, &b, tuple_get(a->args, i)) < 0;
  if (!failed && tuple_len(a->args) == 0) failed = strb_ascii(&b, "()", 2);
  if (failed || strb_char(&b, ']') < 0) {
    strb_drop(&b);
    return NULL;
  }
  return strb_finish(&b);
}
static Value alias_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Value v = call(ts, as_alias(self)->origin, args, nargs, kwnames);
  if (v && attr_set(ts, v, ID(__orig_class__), self) < 0) {
    if (err_matches(ts, EXC(AttributeError)) || err_matches(ts, EXC(TypeError))) err_clear(ts);
    else CLEAR(v);
  }
  return v;
}
static const char *const own_attributes[] = {"__class__", "__origin__", "__args__", "__unpacked__", "__parameters__", "__typing_unpacked_tuple_args__", "__mro_entries__", "__reduce_ex__", "__reduce__", "__copy__", "__deepcopy__", NULL};
static Value alias_getattr(ThreadState *ts, Value self, Value name) {
  for (int i = 0; own_attributes[i]; i++)
    if (str_equal_cstr(name, own_attributes[i])) return object_getattr(ts, self, name);
  return attr_get(ts, as_alias(self)->origin, name);
}
static Value alias_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_layout(a, K_GENERIC_ALIAS) || !is_object(b) || !is_layout(b, K_GENERIC_ALIAS)) return V_NOT_IMPLEMENTED;
  int eq = as_alias(a)->starred == as_alias(b)->starred ? equals(ts, as_alias(a)->origin, as_alias(b)->origin) : 0;
  if (eq > 0) eq = equals(ts, as_alias(a)->args, as_alias(b)->args);
  return eq < 0 ? NULL : bool_value(op == CMP_EQ ? eq : !eq);
}
static int64_t alias_hash(ThreadState *ts, Value self) {
  int64_t h = hash_of(ts, as_alias(self)->origin), k = h == -1 ? -1 : hash_of(ts, as_alias(self)->args);
  if (k == -1) return -1;
  return (h ^ k) == -1 ? -2 : h ^ k;
}
/* The type variables in args, each once, in order. */
static Value collect_parameters(ThreadState *ts, Value args) {
  Value list = list_new(ts, 2);
  for (ssize_t i = 0; list && i < tuple_len(args); i++) {
    Value a = tuple_get(args, i);
    if (is_type(a)) continue;
    bool failed;
    Value subst = attr_get_optional(ts, a, ID(__typing_subst__), &failed);
    Value inner = subst || failed ? NULL : attr_get_optional(ts, a, ID(__parameters__), &failed);
    Value found = subst ? tuple_of1(ts, a) : inner && is_tuple(inner) ? incref(inner) : incref(ts->interp->empty_tuple);
    for (ssize_t k = 0; found && k < tuple_len(found); k++) {
      int known = contains(ts, list, tuple_get(found, k));
      if (known == 0) list_append(ts, list, tuple_get(found, k));
    }
    xdecref(ts, subst);
    xdecref(ts, inner);
    xdecref(ts, found);
    if (failed || err_occurred(ts)) CLEAR(list);
  }
  Value t = list ? list_to_tuple(ts, list) : NULL;
  xdecref(ts, list);
  return t;
}
static Value alias_parameters(ThreadState *ts, Value self) {
  Alias *a = as_alias(self);
  if (a->parameters == NULL) a->parameters = collect_parameters(ts, a->args);
  return a->parameters ? incref(a->parameters) : NULL;
}
static bool has_any(ThreadState *ts, Value items, Value name, bool *failed) {
  *failed = false;
  for (ssize_t i = 0; i < tuple_len(items); i++) {
    Value v = tuple_get(items, i), found = is_type(v) ? NULL : attr_get_optional(ts, v, name, failed);
    bool has = found != NULL && found != V_NONE;
    xdecref(ts, found);
    if (has || *failed) return has;
  }
  return false;
}
/* A variable that stands for several types, or an item that unpacks itself: typing tells how they fall to each other. */
static Value substitute_in_typing(ThreadState *ts, Value self, Value items) {
  Value substituted = import_attr(ts, "typing", "_substituted"), args = substituted ? call2(ts, substituted, self, items) : NULL;
  Value r = args ? generic_alias_new(ts, as_alias(self)->origin, args) : NULL;
  xdecref(ts, substituted);
  xdecref(ts, args);
  return r;
}
/* list[T][int]: put the items in place of the parameters. */
static Value alias_getitem(ThreadState *ts, Value self, Value key) {
  Value params = alias_parameters(ts, self);
  if (params == NULL) return NULL;
  Value items = is_tuple(key) ? incref(key) : tuple_of1(ts, key), list = NULL, r = NULL;
  ssize_t n = tuple_len(params);
  if (items == NULL) goto done;
  if (n == 0) {
    err_format(ts, EXC(TypeError), "%R is not a generic class", self);
    goto done;
  }
  bool failed, is_for_typing = has_any(ts, params, ID(__typing_prepare_subst__), &failed) || (!failed && has_any(ts, items, ID(__typing_unpacked_tuple_args__), &failed));
  if (is_for_typing) r = substitute_in_typing(ts, self, items);
  if (is_for_typing || failed) goto done;
  if (tuple_len(items) != n) {
    err_format(ts, EXC(TypeError), "Too %s arguments for %R; actual %zd, expected %zd", tuple_len(items) > n ? "many" : "few", self, tuple_len(items), n);
    goto done;
  }
  list = list_new(ts, n);
  for (ssize_t i = 0; list && i < tuple_len(as_alias(self)->args); i++) {
    Value a = tuple_get(as_alias(self)->args, i), put = NULL;
    bool failed = false;
    Value subst = is_type(a) ? NULL : attr_get_optional(ts, a, ID(__typing_subst__), &failed);
    if (failed) goto done;
    if (subst) {
      for (ssize_t k = 0; k < n && put == NULL; k++)
        if (tuple_get(params, k) == a) put = call1(ts, subst, tuple_get(items, k));
      decref(ts, subst);
    } else {
      Value inner = is_type(a) ? NULL : attr_get_optional(ts, a, ID(__parameters__), &failed);
      if (inner && is_tuple(inner) && tuple_len(inner) > 0) {
        Value sub = tuple_new(ts, tuple_len(inner));
        for (ssize_t m = 0; sub && m < tuple_len(inner); m++)
          for (ssize_t k = 0; k < n; k++)
            if (tuple_get(params, k) == tuple_get(inner, m)) tuple_set(sub, m, incref(tuple_get(items, k)));
        put = sub ? item_get(ts, a, sub) : NULL;
        xdecref(ts, sub);
      } else {
        put = incref(a);
      }
      xdecref(ts, inner);
    }
    if (put == NULL || list_append_steal(ts, list, put) < 0) goto done;
  }
  Value args = list ? list_to_tuple(ts, list) : NULL;
  if (args) r = generic_alias_new(ts, as_alias(self)->origin, args);
  xdecref(ts, args);
done:
  if (r) as_alias(r)->starred = as_alias(self)->starred;
  xdecref(ts, list);
  xdecref(ts, items);
  decref(ts, params);
  return r;
}
static Value alias_iter(ThreadState *ts, Value self) {
  Value starred = generic_alias_new(ts, as_alias(self)->origin, as_alias(self)->args);
  if (starred == NULL) return NULL;
  as_alias(starred)->starred = true;
  Value one = tuple_of1(ts, starred);
  decref(ts, starred);
  Value it = one ? iter_of(ts, one) : NULL;
  xdecref(ts, one);
  return it;
}
static Value alias_origin(ThreadState *ts, Value self) { return incref(as_alias(self)->origin); }
static Value alias_args(ThreadState *ts, Value self) { return incref(as_alias(self)->args); }
static Value alias_unpacked(ThreadState *ts, Value self) { return bool_value(as_alias(self)->starred); }
static Value alias_unpacked_args(ThreadState *ts, Value self) { return as_alias(self)->starred && as_alias(self)->origin == (Value)TYPE(TUPLE) ? incref(as_alias(self)->args) : V_NONE; }
static Value alias_mro_entries(NATIVE_ARGS) { return tuple_of1(ts, as_alias(self)->origin); }
static Value alias_no_instance(NATIVE_ARGS) { return err_format(ts, EXC(TypeError), "isinstance() argument 2 cannot be a parameterized generic"); }
static Value alias_no_subclass(NATIVE_ARGS) { return err_format(ts, EXC(TypeError), "issubclass() argument 2 cannot be a parameterized generic"); }
static Value alias_reduce(NATIVE_ARGS) {
  return tuple_steal2(ts, incref((Value)TYPE(GENERIC_ALIAS)), tuple_of2(ts, as_alias(self)->origin, as_alias(self)->args));
}
static Value alias_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "GenericAlias", kwnames) < 0 || args_count(ts, "GenericAlias", nargs, 2, 2) < 0) return NULL;
  return alias_of_type(ts, type, args[0], args[1]);
}
static Value either(ThreadState *ts, Value a, Value b) { return union_type_or(ts, a, b); }
static const MethodDef alias_methods[] = {
    {"__mro_entries__", alias_mro_entries, 1, 1, 0, NULL}, {"__instancecheck__", alias_no_instance, 1, 1, 0, NULL},
    {"__subclasscheck__", alias_no_subclass, 1, 1, 0, NULL}, {"__reduce__", alias_reduce, 0, 0, 0, NULL}, {0}};
static const GetSetDef alias_getsets[] = {
    {"__origin__", alias_origin, NULL, NULL}, {"__args__", alias_args, NULL, NULL}, {"__parameters__", alias_parameters, NULL, NULL}, {"__unpacked__", alias_unpacked, NULL, NULL}, {"__typing_unpacked_tuple_args__", alias_unpacked_args, NULL, NULL}, {0}};
Type *type_generic_alias_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "types.GenericAlias",
      .doc = "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
      .size = sizeof(Alias),
      .flags = TYPE_GC | TYPE_WEAKREFS | TYPE_BASETYPE,
      .slots = {.dealloc = alias_dealloc, .traverse = alias_traverse, .repr = alias_repr, .call = alias_call, .getattr = alias_getattr, .compare = alias_compare,
                .hash = alias_hash, .getitem = alias_getitem, .iter = alias_iter, .new = alias_new_py, .binary[NB_OR] = either},
      .methods = alias_methods,
      .getsets = alias_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_GENERIC_ALIAS);
}

/* ---- UnionType ---- */

typedef struct {
  Object base;
  Value args; /* tuple */
} Union;
static Value union_args(Value v) { return ((Union *)v)->args; }

static bool can_unite(ThreadState *ts, Value v) {
  return v == V_NONE || is_type(v) || (is_object(v) && (is_layout(v, K_GENERIC_ALIAS) || v->kind == K_UNION));
}
static int add_member(ThreadState *ts, Value list, Value v) {
  if (is_object(v) && v->kind == K_UNION) {
    for (ssize_t i = 0; i < tuple_len(union_args(v)); i++)
      if (add_member(ts, list, tuple_get(union_args(v), i)) < 0) return -1;
    return 0;
  }
  if (v == V_NONE) v = (Value)TYPE(NONE);
  for (ssize_t i = 0; i < list_len(list); i++) {
    int same = equals(ts, list_get(list, i), v);
    if (same) return same < 0 ? -1 : 0;
  }
  return list_append(ts, list, v);
}
Value union_type_or(ThreadState *ts, Value a, Value b) {
  if (!can_unite(ts, a) || !can_unite(ts, b)) return V_NOT_IMPLEMENTED;
  Value list = list_new(ts, 2), r = NULL;
  if (list == NULL || add_member(ts, list, a) < 0 || add_member(ts, list, b) < 0) goto done;
  if (list_len(list) == 1) {
    r = incref(list_get(list, 0));
    goto done;
  }
  r = object_alloc(ts, TYPE(UNION), sizeof(Union));
  if (r && (((Union *)r)->args = list_to_tuple(ts, list)) == NULL) CLEAR(r);
done:
  xdecref(ts, list);
  return r;
}
static void union_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, union_args(self));
  object_release(ts, self);
}
static int union_traverse(Value self, Visit visit, void *arg) {
  VISIT(union_args(self));
  return 0;
}
static Value union_repr(ThreadState *ts, Value self) {
  StrBuilder b;
  strb_init(&b, ts);
  for (ssize_t i = 0; i < tuple_len(union_args(self)); i++) {
    Value v = tuple_get(union_args(self), i);
    if ((i && strb_ascii(&b, " | ", 3) < 0) || (v == (Value)TYPE(NONE) ? strb_ascii(&b, "None", 4) : put_item(ts, &b, v)) < 0) {
      strb_drop(&b);
      return NULL;
    }
  }
  return strb_finish(&b);
}
static Value union_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_object(b) || !is_kind(b, K_UNION)) return V_NOT_IMPLEMENTED;
  Value x = frozenset_from_iterable(ts, union_args(a)), y = frozenset_from_iterable(ts, union_args(b));
  int eq = x && y ? equals(ts, x, y) : -1;
  xdecref(ts, x);
  xdecref(ts, y);
  return eq < 0 ? NULL : bool_value(op == CMP_EQ ? eq : !eq);
}
static int64_t union_hash(ThreadState *ts, Value self) {
  Value x = frozenset_from_iterable(ts, union_args(self));
  int64_t h = x ? hash_of(ts, x) : -1;
  xdecref(ts, x);
  return h;
}
static Value check_members(ThreadState *ts, Value self, Value v, int (*check)(ThreadState *, Value, Value), const char *name) {
  for (ssize_t i = 0; i < tuple_len(union_args(self)); i++) {
    Value one = tuple_get(union_args(self), i);
    if (is_object(one) && one->kind == K_GENERIC_ALIAS) return err_format(ts, EXC(TypeError), "%s() argument 2 cannot be a parameterized generic", name);
  }
  for (ssize_t i = 0; i < tuple_len(union_args(self)); i++) {
    int r = check(ts, v, tuple_get(union_args(self), i));
    if (r) return r < 0 ? NULL : V_TRUE;
  }
  return V_FALSE;
}
static Value union_instancecheck(NATIVE_ARGS) { return check_members(ts, self, args[0], is_instance, "isinstance"); }
static Value union_subclasscheck(NATIVE_ARGS) {
  if (!is_type(args[0])) return err_format(ts, EXC(TypeError), "issubclass() arg 1 must be a class");
  return check_members(ts, self, args[0], is_subclass, "issubclass");
}
static Value union_get_args(ThreadState *ts, Value self) { return incref(union_args(self)); }
static Value union_parameters(ThreadState *ts, Value self) { return collect_parameters(ts, union_args(self)); }
static Value union_getitem(ThreadState *ts, Value self, Value key) {
  Value alias = generic_alias_new(ts, self, union_args(self));
  Value filled = alias ? alias_getitem(ts, alias, key) : NULL, r = NULL;
  for (ssize_t i = 0; filled && i < tuple_len(as_alias(filled)->args); i++) {
    Value one = tuple_get(as_alias(filled)->args, i);
    Value next = r ? num_binary(ts, NB_OR, r, one) : incref(one);
    xdecref(ts, r);
    if ((r = next) == NULL) break;
  }
  xdecref(ts, alias);
  xdecref(ts, filled);
  return r;
}
static const MethodDef union_methods[] = {{"__instancecheck__", union_instancecheck, 1, 1, 0, NULL}, {"__subclasscheck__", union_subclasscheck, 1, 1, 0, NULL}, {0}};
static const GetSetDef union_getsets[] = {{"__args__", union_get_args, NULL, NULL}, {"__parameters__", union_parameters, NULL, NULL}, {0}};
Type *type_union_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "types.UnionType",
      .doc = "Represent a PEP 604 union type\n\nE.g. for int | str",
      .size = sizeof(Union),
      .flags = TYPE_GC | TYPE_NO_NEW | TYPE_WEAKREFS,
      .slots = {.dealloc = union_dealloc, .traverse = union_traverse, .repr = union_repr, .compare = union_compare, .hash = union_hash, .getitem = union_getitem, .binary[NB_OR] = either},
      .methods = union_methods,
      .getsets = union_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_UNION);
}

/* ---- SimpleNamespace ---- */

Value namespace_new(ThreadState *ts, Value dict) {
  Value v = object_new_instance(ts, TYPE(NAMESPACE));
  if (v == NULL || dict == NULL) return v;
  Value d = object_get_dict(ts, v);
  if (d == NULL || dict_update(ts, d, dict) < 0) CLEAR(v);
  xdecref(ts, d);
  return v;
}
static Value namespace_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return object_new_instance(ts, type); }
static int namespace_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs != 0) {
    err_format(ts, EXC(TypeError), "no positional arguments expected");
    return -1;
  }
  for (ssize_t i = 0; kwnames && i < tuple_len(kwnames); i++)
    if (instance_set(ts, self, tuple_get(kwnames, i), args[i]) < 0) return -1;
  return 0;
}
static void namespace_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  object_release(ts, self);
}
static Value namespace_repr(ThreadState *ts, Value self) {
  const char *name = type_of(ts, self) == TYPE(NAMESPACE) ? "namespace" : type_name_of(ts, self);
  if (repr_enter(ts, self)) return str_format(ts, "%s(...)", name);
  StrBuilder b;
  strb_init(&b, ts);
  Value dict = object_get_dict(ts, self), key, value;
  int failed = dict == NULL || strb_ascii(&b, name, -1) < 0 || strb_char(&b, '(') < 0;
  bool first = true;
  for (ssize_t pos = 0; !failed && dict_next(dict, &pos, &key, &value);) {
    if (!is_str(key) || str_len(key) == 0) continue;
    Value text = repr_of(ts, value);
    failed = text == NULL || (!first && strb_ascii(&b, ", ", 2) < 0) || strb_str(&b, key) < 0 || strb_char(&b, '=') < 0 || strb_str(&b, text) < 0;
    xdecref(ts, text);
    first = false;
  }
  repr_leave(ts, self);
  xdecref(ts, dict);
  if (failed || strb_char(&b, ')') < 0) {
    strb_drop(&b);
    return NULL;
  }
  return strb_finish(&b);
}
static Value namespace_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (!is_layout(a, K_NAMESPACE) || !is_object(b) || !is_layout(b, K_NAMESPACE)) return V_NOT_IMPLEMENTED;
  Value x = object_get_dict(ts, a), y = object_get_dict(ts, b);
  Value r = x && y ? compare(ts, x, y, op) : NULL;
  xdecref(ts, x);
  xdecref(ts, y);
  return r;
}
static Value namespace_reduce(NATIVE_ARGS) { return tuple_steal3(ts, incref((Value)type_of(ts, self)), incref(ts->interp->empty_tuple), object_get_dict(ts, self)); }
static const MethodDef namespace_methods[] = {{"__reduce__", namespace_reduce, 0, 0, 0, NULL}, {0}};
static const GetSetDef namespace_getsets[] = {{"__dict__", object_get_dict, NULL, NULL}, {0}};
Type *type_namespace_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "types.SimpleNamespace",
      .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
      .size = sizeof(Namespace),
      .flags = TYPE_GC | TYPE_BASETYPE | TYPE_HAS_DICT,
      .slots = {.dealloc = namespace_dealloc, .repr = namespace_repr, .compare = namespace_compare, .new = namespace_new_py, .init = namespace_init},
      .methods = namespace_methods,
      .getsets = namespace_getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_NAMESPACE);
}

/* ---- None, Ellipsis, NotImplemented ---- */

static Value singleton_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs || (kwnames && tuple_len(kwnames))) return err_format(ts, EXC(TypeError), "%N takes no arguments", type);
  return type == TYPE(NONE) ? V_NONE : type == TYPE(ELLIPSIS) ? V_ELLIPSIS : V_NOT_IMPLEMENTED;
}
static Value none_repr(ThreadState *ts, Value v) { return str_from_ascii(ts, "None"); }
static int none_truth(ThreadState *ts, Value v) { return 0; }
static Value ellipsis_repr(ThreadState *ts, Value v) { return str_from_ascii(ts, "Ellipsis"); }
static Value not_implemented_repr(ThreadState *ts, Value v) { return str_from_ascii(ts, "NotImplemented"); }
static int not_implemented_truth(ThreadState *ts, Value v) {
  return err_warn(ts, EXC(DeprecationWarning), 1, "NotImplemented should not be used in a boolean context") < 0 ? -1 : 1;
}
static Value ellipsis_reduce(NATIVE_ARGS) { return str_from_ascii(ts, self == V_ELLIPSIS ? "Ellipsis" : "NotImplemented"); }
static const MethodDef ellipsis_methods[] = {{"__reduce__", ellipsis_reduce, 0, 0, 0, NULL}, {0}};

Type *type_none_init(ThreadState *ts) {
  static const TypeSpec spec = {.name = "NoneType", .slots = {.repr = none_repr, .truth = none_truth, .new = singleton_new, .binary[NB_OR] = NULL}};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_NONE);
}
Type *type_ellipsis_init(ThreadState *ts) {
  static const TypeSpec spec = {.name = "ellipsis", .slots = {.repr = ellipsis_repr, .new = singleton_new}, .methods = ellipsis_methods};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_ELLIPSIS);
}
Type *type_not_implemented_init(ThreadState *ts) {
  static const TypeSpec spec = {.name = "NotImplementedType", .slots = {.repr = not_implemented_repr, .truth = not_implemented_truth, .new = singleton_new}, .methods = ellipsis_methods};
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_NOT_IMPLEMENTED);
}
