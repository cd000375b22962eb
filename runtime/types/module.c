/* module.c - module objects, and making native modules out of their tables.
 * Next: runtime/modules/modules.def, interp/vm/import.c. CPython: Objects/moduleobject.c. */
#include "runtime/module.h"

static Module *as_module(Value v) { return (Module *)v; }
Dict *module_dict(Value m) { return as_dict(as_module(m)->dict); }
void *module_state(Value m) { return as_module(m)->state; }

static Value make(ThreadState *ts, Type *type) {
  Value m = object_new_instance(ts, type);
  if (m && (as_module(m)->dict = dict_new(ts)) == NULL) CLEAR(m);
  return m;
}

static int fill(ThreadState *ts, Value m, Value name, Value doc) {
  Value d = as_module(m)->dict;
  if (dict_set(ts, d, ID(__name__), name) < 0 || dict_set(ts, d, ID(__doc__), doc) < 0 || dict_set(ts, d, ID(__package__), V_NONE) < 0) return -1;
  return dict_set(ts, d, ID(__loader__), V_NONE) < 0 || dict_set(ts, d, ID(__spec__), V_NONE) < 0 ? -1 : 0;
}

Value module_new(ThreadState *ts, Value name) {
  Value m = make(ts, TYPE(MODULE));
  if (m && fill(ts, m, name, V_NONE) < 0) CLEAR(m);
  return m;
}

/* ---- states of native modules: kept by the Interp, so that a module's types and functions outlive its module object ---- */

typedef struct NativeState {
  struct NativeState *older; /* of the same module, when it was imported anew */
  Value state[];
} NativeState;

static void *native_state_new(ThreadState *ts, const ModuleDef *def) {
  NativeState **newest = &ts->interp->native_states[module_native_index(def)], *s = mem_alloc_zeroed(ts, sizeof *s + def->state_size);
  if (s == NULL) return NULL;
  s->older = *newest;
  *newest = s;
  return s->state;
}

void *native_state(ThreadState *ts, NativeModule which) { return ts->interp->native_states[which]->state; }

void native_states_free(ThreadState *ts) {
  for (int which = 0; which < NATIVE_COUNT; which++)
    for (NativeState *s; (s = ts->interp->native_states[which]) != NULL;) {
      for (int i = 0; i < module_native(which)->owned_values; i++) CLEAR(s->state[i]);
      ts->interp->native_states[which] = s->older;
      mem_free(ts, s);
    }
}

/* ---- modules of C ---- */

Value module_from_def(ThreadState *ts, const ModuleDef *def) {
  Value name = str_intern_cstr(ts, def->name);
  Value m = name ? module_new(ts, name) : NULL;
  if (m == NULL) goto error;
  if (def->doc && module_add_str(ts, m, "__doc__", def->doc) < 0) goto error;
  as_module(m)->def = def;
  if (def->state_size && (as_module(m)->state = native_state_new(ts, def)) == NULL) goto error;
  for (const MethodDef *f = def->methods; f && f->name; f++) {
    Value function = native_function_new(ts, f, m, name);
    if (function == NULL || module_add(ts, m, f->name, function) < 0) goto error;
  }
  if (def->start && def->start(ts, m) < 0) goto error;
  decref(ts, name);
  return m;
error:
  xdecref(ts, name);
  xdecref(ts, m);
  return NULL;
}

int module_add(ThreadState *ts, Value m, const char *name, Value v) {
  if (v == NULL) return -1;
  Value key = str_intern_cstr(ts, name);
  if (key == NULL) {
    decref(ts, v);
    return -1;
  }
  int r = dict_set_steal(ts, as_module(m)->dict, key, v);
  decref(ts, key);
  return r;
}
int module_add_int(ThreadState *ts, Value m, const char *name, int64_t i) { return module_add(ts, m, name, int_from_i64(ts, i)); }
int module_add_str(ThreadState *ts, Value m, const char *name, const char *text) { return module_add(ts, m, name, str_from_utf8(ts, text, (ssize_t)strlen(text))); }

int module_add_type(ThreadState *ts, Value m, const TypeSpec *spec, Type *base, Type **place) {
  Type *type = type_from_spec(ts, spec, base, K_OBJECT);
  if (type == NULL) return -1;
  const char *dot = strrchr(spec->name, '.');
  incref((Value)type);
  int failed = module_add(ts, m, dot ? dot + 1 : spec->name, (Value)type);
  if (place && !failed) *place = type;
  else decref(ts, (Value)type);
  return failed;
}
int module_add_exception(ThreadState *ts, Value module, const char *name, const char *home, Value base, Value *place) {
  Value dict = dict_new(ts), text = str_intern_cstr(ts, name), where = str_intern_cstr(ts, home), bases = tuple_of1(ts, base), type = NULL;
  if (dict && text && where && bases && dict_set(ts, dict, ID(__module__), where) == 0) type = call3(ts, (Value)TYPE(TYPE), text, bases, dict);
  Value used[] = {dict, text, where, bases};
  for (int i = 0; i < 4; i++) xdecref(ts, used[i]);
  if (type == NULL || module_add(ts, module, name, incref(type)) < 0) {
    xdecref(ts, type);
    return -1;
  }
  *place = type;
  return 0;
}

Value import_module(ThreadState *ts, const char *name) {
  Value s = str_intern_cstr(ts, name);
  if (s == NULL) return NULL;
  Value one = tuple_of1(ts, ID(__doc__)); /* a from-list, so that the last part is returned */
  Value m = one ? ts->interp->up.import_name(ts, s, NULL, one, 0) : NULL;
  xdecref(ts, one);
  decref(ts, s);
  return m;
}

Value import_attr(ThreadState *ts, const char *module, const char *name) {
  Value m = import_module(ts, module);
  if (m == NULL) return NULL;
  Value r = attr_get_cstr(ts, m, name);
  decref(ts, m);
  return r;
}

/* ---- the type ---- */

static void module_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_module(self)->dict);
  object_release(ts, self);
}
static int module_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_module(self)->dict);
  return 0;
}
static int module_clear(ThreadState *ts, Value self) {
  if (as_module(self)->dict) dict_clear(ts, as_module(self)->dict);
  return 0;
}

static Value module_new_py(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return make(ts, type); }
static int module_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"name", "doc"};
  static const ArgSpec spec = {"module", 0, 2, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return -1;
  if (!is_str(given[0])) {
    err_format(ts, EXC(TypeError), "module() argument 'name' must be str, not %T", given[0]);
    return -1;
  }
  return fill(ts, self, given[0], given[1] ? given[1] : V_NONE);
}

/* What the module's spec says of its source when it has no file: OWNED its origin or its loader's repr; NULL, perhaps with an error. */
static Value source_by_spec(ThreadState *ts, Dict *d) {
  bool failed = false;
  Value spec = dict_get_str(ts, d, ID(__spec__));
  if (spec == NULL || spec == V_NONE) return NULL;
  Value origin_name = str_intern_cstr(ts, "origin"), loader_name = str_intern_cstr(ts, "loader");
  Value found = origin_name && loader_name ? attr_get_optional(ts, spec, origin_name, &failed) : NULL;
  if (found == V_NONE && !failed) {
    decref(ts, found);
    found = attr_get_optional(ts, spec, loader_name, &failed);
    if (found == V_NONE) CLEAR(found);
    if (found) replace(ts, &found, repr_of(ts, found));
  }
  xdecref(ts, origin_name);
  xdecref(ts, loader_name);
  return found;
}

/* importlib._bootstrap._module_repr in short. */
static Value module_repr(ThreadState *ts, Value self) {
  Dict *d = module_dict(self);
  Value name = dict_get_str(ts, d, ID(__name__)), file = dict_get_str(ts, d, ID(__file__));
  if (name == NULL) return str_from_ascii(ts, "<module '?'>");
  if (file && is_str(file)) return str_format(ts, "<module %R from %R>", name, file);
  if (as_module(self)->def) return str_format(ts, "<module %R (built-in)>", name);
  Value source = source_by_spec(ts, d);
  if (source == NULL && err_occurred(ts)) return NULL;
  Value text = source ? str_format(ts, "<module %R (%S)>", name, source) : str_format(ts, "<module %R>", name);
  xdecref(ts, source);
  return text;
}

static Value module_getattr(ThreadState *ts, Value self, Value name) {
  Value r = NULL;
  Type *type = type_of(ts, self);
  Value descr = type_lookup(ts, type, name);
  if (descr && type_of(ts, descr)->slots.descr_set) return type_of(ts, descr)->slots.descr_get(ts, descr, self, (Value)type);
  r = dict_get_str(ts, module_dict(self), name);
  if (r) return incref(r);
  if (err_occurred(ts)) return NULL;
  if (descr) {
    Type *descr_type = type_of(ts, descr);
    return descr_type->slots.descr_get ? descr_type->slots.descr_get(ts, descr, self, (Value)type) : incref(descr);
  }
  Value hook = dict_get_str(ts, module_dict(self), ID(__getattr__));
  if (hook) return call1(ts, hook, name);
  Value module_name = dict_get_str(ts, module_dict(self), ID(__name__));
  if (module_name == NULL || !is_str(module_name)) err_format(ts, EXC(AttributeError), "module has no attribute '%U'", name);
  else err_format(ts, EXC(AttributeError), "module '%U' has no attribute '%U'", module_name, name);
  if (ts->exc && err_matches(ts, EXC(AttributeError))) {
    replace(ts, &as_exception(ts->exc)->extra[X_ATTRIBUTE_NAME], incref(name));
    replace(ts, &as_exception(ts->exc)->extra[X_ATTRIBUTE_OBJ], incref(self));
  }
  return NULL;
}
static int module_setattr(ThreadState *ts, Value self, Value name, Value value) {
  Type *type = type_of(ts, self);
  Value descr = type_lookup(ts, type, name);
  if (descr && type_of(ts, descr)->slots.descr_set) return type_of(ts, descr)->slots.descr_set(ts, descr, self, value);
  if (value) return dict_set(ts, as_module(self)->dict, name, value);
  if (dict_get_str(ts, module_dict(self), name) == NULL) {
    err_format(ts, EXC(AttributeError), "'%T' object has no attribute '%U'", self, name);
    return -1;
  }
  return dict_delete(ts, as_module(self)->dict, name);
}
static Value get_dict(ThreadState *ts, Value self) { return incref(as_module(self)->dict); }
static Value module_dir(NATIVE_ARGS) {
  Value hook = dict_get_str(ts, module_dict(self), ID(__dir__));
  return hook ? call0(ts, hook) : dict_keys_list(ts, as_module(self)->dict);
}
static Value get_annotations(ThreadState *ts, Value self) {
  Value found = dict_get_str(ts, module_dict(self), ID(__annotations__));
  if (found) return incref(found);
  Value fresh = dict_new(ts);
  if (fresh && dict_set(ts, as_module(self)->dict, ID(__annotations__), fresh) < 0) CLEAR(fresh);
  return fresh;
}
static int set_annotations(ThreadState *ts, Value self, Value value) {
  return value ? dict_set(ts, as_module(self)->dict, ID(__annotations__), value) : dict_delete(ts, as_module(self)->dict, ID(__annotations__));
}
static const MethodDef methods[] = {{"__dir__", module_dir, 0, 0, 0, "__dir__() -> list\nspecialized dir() implementation"}, {0}};
static const GetSetDef getsets[] = {{"__dict__", get_dict, NULL, NULL}, {"__annotations__", get_annotations, set_annotations, NULL}, {0}};

Type *type_module_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "module",
      .doc = "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
      .size = sizeof(Module),
      .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS,
      .slots = {.dealloc = module_dealloc, .traverse = module_traverse, .clear = module_clear, .repr = module_repr, .getattr = module_getattr,
                .setattr = module_setattr, .new = module_new_py, .init = module_init},
      .methods = methods,
      .getsets = getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_MODULE);
}
