/* eval_help.c - the slow parts of instructions: name look-up, unpacking, formatting, raising, pattern matching.
 * Keeps true: arguments are borrowed unless marked; results owned. Next: eval_loop.h, ops/. CPython: Python/ceval.c. */
#include "interp/vm/eval_internal.h"

const uint8_t opcode_base[OP_ALL_COUNT] = {
#define OP(name, number, operand, effect, flags, caches, cp_caches, stack, meaning) [OP_##name] = OP_##name,
#include "interp/vm/opcodes.def"
#undef OP
#define SPEC(name, base) [OP_##name] = OP_##base,
#include "interp/vm/specialized.def"
#undef SPEC
};

Value binary_slow(ThreadState *ts, uint32_t op, Value a, Value b) {
  double x, y;
  uint32_t plain = op >= NB_INPLACE ? op - NB_INPLACE : op;
  /* mixed numbers, and zeros, which are no immediate floats */
  if (plain <= NB_TRUE_DIVIDE && (kind_of(a) == K_FLOAT || kind_of(b) == K_FLOAT) && as_number(a, &x) && as_number(b, &y)) {
    if (plain == NB_ADD) return float_new(ts, x + y);
    if (plain == NB_SUBTRACT) return float_new(ts, x - y);
    if (plain == NB_MULTIPLY) return float_new(ts, x * y);
    if (plain == NB_TRUE_DIVIDE && y != 0.0) return float_new(ts, x / y);
  }
  Value r = binary_any(ts, op, a, b);
  decref(ts, a);
  decref(ts, b);
  return r;
}

/* ---- slices ---- */

/* A slice in the caller's memory: a built-in sequence keeps no key whose parts need not be converted. */
static Slice slice_on_stack(ThreadState *ts, const Value *parts, uint32_t n) {
  return (Slice){.base = new_header(TYPE(SLICE)), .start = parts[0], .stop = parts[1], .step = n == 3 ? parts[2] : V_NONE};
}

Value slice_directly(ThreadState *ts, Value v, const Value *parts, uint32_t n) {
  Slice slice = slice_on_stack(ts, parts, n);
  return shape_of(v)->type->slots.getitem(ts, v, (Value)&slice);
}

int store_slice_directly(ThreadState *ts, Value list, const Value *parts, uint32_t n, Value items) {
  Slice slice = slice_on_stack(ts, parts, n);
  return shape_of(list)->type->slots.setitem(ts, list, (Value)&slice, items);
}

/* ---- names ---- */

Value raise_name_error(ThreadState *ts, Value name) {
  err_format(ts, EXC(NameError), "name '%U' is not defined", name);
  if (ts->exc && err_matches(ts, EXC(NameError))) replace(ts, &as_exception(ts->exc)->extra[X_NAME_NAME], incref(name));
  return NULL;
}

Value load_global(ThreadState *ts, Frame *f, Value name) {
  Value globals = (Value)frame_globals(f), builtins = f->func->builtins;
  Value v = is_kind(globals, K_DICT) ? dict_get_str(ts, as_dict(globals), name) : NULL;
  if (v == NULL && !is_kind(globals, K_DICT)) { /* a dict subclass given to exec: its __getitem__ counts */
    v = item_get(ts, globals, name);
    if (v) return v;
    if (!err_matches(ts, EXC(KeyError))) return NULL;
    err_clear(ts);
  }
  if (v == NULL) v = is_dict(builtins) ? dict_get_str(ts, as_dict(builtins), name) : NULL;
  return v ? incref(v) : raise_name_error(ts, name);
}

Value name_load(ThreadState *ts, Frame *f, Value name) {
  if (f->names) {
    if (is_kind(f->names, K_DICT)) {
      Value v = dict_get_str(ts, as_dict(f->names), name);
      if (v) return incref(v);
    } else {
      Value v = item_get(ts, f->names, name);
      if (v || !err_matches(ts, EXC(KeyError))) return v;
      err_clear(ts);
    }
  }
  return load_global(ts, f, name);
}

int delete_global(ThreadState *ts, Frame *f, Value name) {
  if (dict_get_str(ts, frame_globals(f), name)) return dict_delete(ts, (Value)frame_globals(f), name);
  raise_name_error(ts, name);
  return -1;
}

Value raise_unbound(ThreadState *ts, Frame *f, int place) {
  Value name = tuple_get(f->code->place_names, place);
  int kind = f->code->place_kinds[place];
  if (kind & PLACE_FREE) return err_format(ts, EXC(NameError), "cannot access free variable '%U' where it is not associated with a value in enclosing scope", name);
  return err_format(ts, EXC(UnboundLocalError), "cannot access local variable '%U' where it is not associated with a value", name);
}

Value load_class_deref(ThreadState *ts, Frame *f, int place) {
  Value name = tuple_get(f->code->place_names, place);
  if (is_kind(f->names, K_DICT)) {
    Value v = dict_get_str(ts, as_dict(f->names), name);
    if (v) return incref(v);
  } else {
    Value v = item_get(ts, f->names, name);
    if (v || !err_matches(ts, EXC(KeyError))) return v;
    err_clear(ts);
  }
  Value v = ((Cell *)f->locals[place])->value;
  return v ? incref(v) : raise_unbound(ts, f, place);
}

Value load_method(ThreadState *ts, Value owner, Value name, bool *is_method) {
  *is_method = false;
  Type *type = type_of(ts, owner);
  if (type->flags & TYPE_GENERIC_GETATTR) {
    Value found = type_lookup(ts, type, name);
    if (found && (is_kind(found, K_FUNCTION) || is_kind(found, K_METHOD_DESCR))) {
      Value own = type->attrs_offset ? instance_get(ts, owner, name) : NULL;
      if (own) return incref(own);
      *is_method = true;
      return incref(found);
    }
  }
  return attr_get(ts, owner, name);
}

typedef struct {
  Object base;
  Type *type;
  Value obj;
  Type *obj_type;
} SuperView; /* as in runtime/types/property.c */

Value load_method_of_super(ThreadState *ts, Value super, Value name, Value *self) {
  SuperView *s = (SuperView *)super;
  *self = NULL;
  if (s->obj_type && s->obj != (Value)s->obj_type && name != ID(__class__)) {
    Value mro = mro_of(s->obj_type);
    ssize_t n = tuple_len(mro), i = 0;
    while (i < n && tuple_get(mro, i) != (Value)s->type) i++;
    for (i++; i < n; i++) {
      Value v = dict_get_str(ts, ((Type *)tuple_get(mro, i))->dict, name);
      if (v == NULL) continue;
      if (!is_kind(v, K_FUNCTION)) break;
      *self = incref(s->obj);
      return incref(v);
    }
  }
  return attr_get(ts, super, name);
}

/* ---- unpacking ---- */

static int wrong_length(ThreadState *ts, int expected, ssize_t got, bool too_many) {
  if (too_many) err_format(ts, EXC(ValueError), "too many values to unpack (expected %d)", expected);
  else err_format(ts, EXC(ValueError), "not enough values to unpack (expected %d, got %zd)", expected, got);
  return -1;
}

/* Of a list that others may be changing, what it held at one moment. */
static int unpack_shared_list(ThreadState *ts, Value v, int n, Value *top) {
  Value copy = list_to_tuple(ts, v);
  if (copy == NULL) return -1;
  int r = unpack_sequence(ts, copy, n, top);
  decref(ts, copy);
  return r;
}

int unpack_sequence(ThreadState *ts, Value v, int n, Value *top) {
  if (is_object(v) && (v->kind == K_LIST || v->kind == K_TUPLE)) {
    if (IS_PARALLEL(ts) && v->kind == K_LIST) return unpack_shared_list(ts, v, n, top);
    ssize_t length;
    Value *items = seq_items(v, &length);
    if (length != n) return wrong_length(ts, n, length, length > n);
    for (int i = 0; i < n; i++) top[-1 - i] = incref(items[i]);
    return 0;
  }
  Value it = iter_of(ts, v);
  if (it == NULL) {
    Type *t = type_of(ts, v);
    if (err_matches(ts, EXC(TypeError)) && t->slots.iter == NULL && t->slots.getitem == NULL) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "cannot unpack non-iterable %T object", v);
    }
    return -1;
  }
  int got = 0;
  for (; got < n; got++) {
    Value item = iter_next(ts, it);
    if (item == NULL) break;
    top[-1 - got] = item;
  }
  int result = 0;
  if (got < n) {
    result = err_occurred(ts) ? -1 : wrong_length(ts, n, got, false);
  } else {
    Value extra = iter_next(ts, it);
    if (extra) {
      decref(ts, extra);
      result = wrong_length(ts, n, got, true);
    } else if (err_occurred(ts)) {
      result = -1;
    }
  }
  if (result < 0)
    for (int i = 0; i < got; i++) decref(ts, top[-1 - i]);
  decref(ts, it);
  return result;
}

int unpack_ex(ThreadState *ts, Value v, int before, int after, Value *top) {
  Type *t = type_of(ts, v);
  if (t->slots.iter == NULL && t->slots.getitem == NULL) {
    err_format(ts, EXC(TypeError), "cannot unpack non-iterable %T object", v);
    return -1;
  }
  Value list = list_from_iterable(ts, v);
  if (list == NULL) return -1;
  ssize_t n = list_len(list), middle = n - before - after;
  if (middle < 0) {
    err_format(ts, EXC(ValueError), "not enough values to unpack (expected at least %d, got %zd)", before + after, n);
    decref(ts, list);
    return -1;
  }
  Value rest = list_slice(ts, list, before, before + middle);
  if (rest) {
    for (int i = 0; i < before; i++) top[-1 - i] = incref(list_get(list, i));
    top[-1 - before] = rest;
    for (int i = 0; i < after; i++) top[-2 - before - i] = incref(list_get(list, before + middle + i));
  }
  decref(ts, list);
  return rest ? 0 : -1;
}

/* ---- building ---- */

Value build_map(ThreadState *ts, Value *items, int n) {
  Value d = dict_new_sized(ts, n);
  for (int i = 0; d && i < n; i++)
    if (dict_set(ts, d, items[2 * i], items[2 * i + 1]) < 0) CLEAR(d);
  return d;
}

Value build_string(ThreadState *ts, Value *parts, int n) { return str_join_items(ts, ts->interp->empty_str, parts, n); }

Value format_value(ThreadState *ts, Value v, int oparg, Value spec) {
  Value converted = NULL;
  switch (oparg & 3) {
    case 0: return format_of(ts, v, spec);
    case 1: converted = str_of(ts, v); break;
    case 2: converted = repr_of(ts, v); break;
    default: converted = ascii_of(ts, v); break;
  }
  if (converted == NULL || spec == NULL) return converted;
  Value r = format_of(ts, converted, spec);
  decref(ts, converted);
  return r;
}

/* How a callable is called in messages about its arguments. */
static Value callable_text(ThreadState *ts, Value f) {
  bool failed;
  Value qualname = attr_get_optional(ts, f, ID(__qualname__), &failed);
  if (qualname == NULL) {
    err_clear(ts);
    return str_of(ts, f);
  }
  Value module = attr_get_optional(ts, f, ID(__module__), &failed), r;
  if (failed) err_clear(ts);
  if (module && is_str(module) && !str_equal_cstr(module, "builtins")) r = str_format(ts, "%U.%U()", module, qualname);
  else r = str_format(ts, "%U()", qualname);
  xdecref(ts, module);
  decref(ts, qualname);
  return r;
}

int dict_merge_keywords(ThreadState *ts, Value function, Value dict, Value mapping) {
  if (dict_merge(ts, dict, mapping, 2) == 0) return 0;
  if (err_matches(ts, EXC(AttributeError))) {
    err_clear(ts);
    Value text = callable_text(ts, function);
    if (text) err_format(ts, EXC(TypeError), "%U argument after ** must be a mapping, not %T", text, mapping);
    xdecref(ts, text);
  } else if (err_matches(ts, EXC(KeyError)) && tuple_len(EXC_FIELD(ts->exc, args)) == 1) {
    Value key = incref(tuple_get(as_exception(ts->exc)->args, 0));
    err_clear(ts);
    Value text = callable_text(ts, function);
    if (text && is_str(key)) err_format(ts, EXC(TypeError), "%U got multiple values for keyword argument '%U'", text, key);
    else if (text) err_format(ts, EXC(TypeError), "%U keywords must be strings", text);
    xdecref(ts, text);
    decref(ts, key);
  }
  return -1;
}

Value make_function(ThreadState *ts, Frame *f, Value code, int oparg, Value **sp) {
  Value *top = *sp;
  Value v = function_new(ts, code, (Value)frame_globals(f), NULL);
  Function *function = (Function *)v;
  Value closure = oparg & 8 ? *--top : NULL, annotations = oparg & 4 ? *--top : NULL;
  Value kwdefaults = oparg & 2 ? *--top : NULL, defaults = oparg & 1 ? *--top : NULL;
  *sp = top;
  if (v == NULL) {
    xdecref(ts, closure);
    xdecref(ts, annotations);
    xdecref(ts, kwdefaults);
    xdecref(ts, defaults);
    return NULL;
  }
  function->closure = closure;
  function->annotations = annotations;
  function->kwdefaults = kwdefaults;
  function->defaults = defaults;
  return v;
}

Value call_function_ex(ThreadState *ts, Value f, Value args, Value kwargs) {
  Value tuple = NULL, dict = NULL, r = NULL;
  if (is_object(args) && args->kind == K_TUPLE) {
    tuple = incref(args);
  } else {
    Type *t = type_of(ts, args);
    if (t->slots.iter == NULL && t->slots.getitem == NULL) {
      Value text = callable_text(ts, f);
      if (text) err_format(ts, EXC(TypeError), "%U argument after * must be an iterable, not %T", text, args);
      xdecref(ts, text);
      return NULL;
    }
    if ((tuple = tuple_from_iterable(ts, args)) == NULL) return NULL;
  }
  if (kwargs && !is_kind(kwargs, K_DICT)) {
    dict = dict_new(ts);
    if (dict == NULL || dict_merge_keywords(ts, f, dict, kwargs) < 0) goto done;
    kwargs = dict;
  }
  r = call_tuple_dict(ts, f, tuple, kwargs);
done:
  xdecref(ts, dict);
  xdecref(ts, tuple);
  return r;
}

/* ---- exceptions ---- */

const ExceptionEntry *find_handler(Code *code, int lasti) {
  const ExceptionEntry *found = NULL;
  uint32_t at = (uint32_t)lasti;
  for (int i = 0; i < code->exception_count && code->exceptions[i].start <= at; i++)
    if (at < code->exceptions[i].end) found = &code->exceptions[i];
  return found;
}

/* An instance from what was raised: a class is called. Takes v. */
static Value to_instance(ThreadState *ts, STEALS Value v, const char *message) {
  if (is_exception(v)) return v;
  Value r = NULL;
  if (is_exception_class(ts, v)) {
    r = call0(ts, v);
    if (r && !is_exception(r)) {
      err_format(ts, EXC(TypeError), "calling %R should have returned an instance of BaseException, not %R", v, (Value)type_of(ts, r));
      CLEAR(r);
    }
  } else {
    err_format(ts, EXC(TypeError), "%s", message);
  }
  decref(ts, v);
  return r;
}

int raise_varargs(ThreadState *ts, Value exc, Value cause) {
  if (exc == NULL) {
    ExcItem *item = ts->exc_info;
    while (item->exc == NULL && item->prev) item = item->prev;
    if (item->exc == NULL) {
      err_format(ts, EXC(RuntimeError), "No active exception to reraise");
      return -1;
    }
    err_restore(ts, incref(item->exc));
    return 1;
  }
  exc = to_instance(ts, exc, "exceptions must derive from BaseException");
  if (exc == NULL) {
    xdecref(ts, cause);
    return -1;
  }
  if (cause) {
    if (cause == V_NONE) cause = NULL;
    else if ((cause = to_instance(ts, cause, "exception causes must derive from BaseException")) == NULL) {
      decref(ts, exc);
      return -1;
    }
    replace(ts, &as_exception(exc)->cause, cause);
    RACY_STORE(as_exception(exc)->suppress_context, true);
  }
  err_set_instance(ts, exc);
  return -1;
}

int check_except_type(ThreadState *ts, Value type) {
  if (is_tuple(type)) {
    for (ssize_t i = 0; i < tuple_len(type); i++)
      if (!is_exception_class(ts, tuple_get(type, i))) goto bad;
    return 0;
  }
  if (is_exception_class(ts, type)) return 0;
bad:
  err_format(ts, EXC(TypeError), "catching classes that do not inherit from BaseException is not allowed");
  return -1;
}

int check_except_star_type(ThreadState *ts, Value type) {
  if (check_except_type(ts, type) < 0) return -1;
  Type *group = ts->interp->exceptions[EXC_BaseExceptionGroup];
  bool bad = false;
  if (is_tuple(type))
    for (ssize_t i = 0; i < tuple_len(type); i++) bad |= type_is_subtype((Type *)tuple_get(type, i), group);
  else
    bad = type_is_subtype((Type *)type, group);
  if (bad) err_format(ts, EXC(TypeError), "catching ExceptionGroup with except* is not allowed. Use except instead.");
  return bad ? -1 : 0;
}

/* The bound method of a plain function or a built-in one need not be made to be called once: the manager is its first argument. */
static bool takes_self(Value method) { return is_object(method) && (method->kind == K_FUNCTION || method->kind == K_METHOD_DESCR); }

/* The bound __exit__. A built-in one takes over the caller's reference (*took): a manager that other threads use too, such as a lock, is then
 * not counted up and down for it. */
static Value bind_exit(ThreadState *ts, Value manager, Value name, bool *took, bool *failed) {
  Value method = type_lookup(ts, type_of(ts, manager), name);
  *took = false;
  if (method == NULL || !is_object(method) || method->kind != K_METHOD_DESCR || !type_is_subtype(type_of(ts, manager), ((MethodDescr *)method)->type)) return lookup_special(ts, manager, name, failed);
  Value bound = native_function_new(ts, ((MethodDescr *)method)->def, NULL, NULL);
  *took = bound != NULL;
  *failed = bound == NULL;
  if (bound) ((Native *)bound)->self = manager;
  return bound;
}

int before_with(ThreadState *ts, Value manager, bool is_async, Value *exit, Value *result) {
  Value enter_name = is_async ? ID(__aenter__) : ID(__enter__), exit_name = is_async ? ID(__aexit__) : ID(__exit__);
  const char *protocol = is_async ? "asynchronous context manager" : "context manager";
  bool failed = false;
  Value enter = type_lookup(ts, type_of(ts, manager), enter_name);
  bool is_bound = enter == NULL || !takes_self(enter);
  enter = is_bound ? lookup_special(ts, manager, enter_name, &failed) : incref(enter);
  if (enter == NULL) {
    if (!failed) err_format(ts, EXC(TypeError), "'%T' object does not support the %s protocol", manager, protocol);
    return -1;
  }
  bool took;
  *exit = bind_exit(ts, manager, exit_name, &took, &failed);
  if (*exit == NULL) {
    if (!failed) err_format(ts, EXC(TypeError), "'%T' object does not support the %s protocol (missed %U method)", manager, protocol, exit_name);
    decref(ts, enter);
    return -1;
  }
  const MethodDef *def = !is_bound && enter->kind == K_METHOD_DESCR ? ((MethodDescr *)enter)->def : NULL;
  if (def && def->min_args == 0 && type_is_subtype(type_of(ts, manager), ((MethodDescr *)enter)->type)) *result = CALL_NATIVE_DEF(ts, def, manager, NULL, 0, NULL);
  else *result = is_bound ? call0(ts, enter) : call1(ts, enter, manager);
  decref(ts, enter);
  if (!took) decref(ts, manager);
  return 0;
}

/* ---- match ---- */

/* values: OWNED tuple, or None when a key is missing. */
int match_keys(ThreadState *ts, Value subject, Value keys, Value *values) {
  ssize_t n = tuple_len(keys);
  Value seen = set_new(ts), get = NULL, missing = NULL, t = NULL;
  int result = -1;
  *values = NULL;
  if (seen == NULL || (t = tuple_new(ts, n)) == NULL) goto done;
  if (n > 0 && ((get = attr_get(ts, subject, ID(get))) == NULL || (missing = object_new_instance(ts, TYPE(OBJECT))) == NULL)) goto done;
  for (ssize_t i = 0; i < n; i++) {
    Value key = tuple_get(keys, i);
    int known = set_contains(ts, seen, key);
    if (known > 0) err_format(ts, EXC(ValueError), "mapping pattern checks duplicate key (%R)", key);
    if (known != 0 || set_add(ts, seen, key) < 0) goto done;
    Value v = call2(ts, get, key, missing);
    if (v == NULL) goto done;
    if (v == missing) {
      decref(ts, v);
      *values = V_NONE;
      result = 0;
      goto done;
    }
    tuple_set(t, i, v);
  }
  *values = incref(t);
  result = 0;
done:
  xdecref(ts, seen);
  xdecref(ts, get);
  xdecref(ts, missing);
  xdecref(ts, t);
  return result;
}

static int match_attribute(ThreadState *ts, Value subject, Value cls, Value name, Value seen, Value list) {
  int known = set_contains(ts, seen, name);
  if (known > 0) err_format(ts, EXC(TypeError), "%N() got multiple sub-patterns for attribute %R", (Type *)cls, name);
  if (known != 0 || set_add(ts, seen, name) < 0) return -1;
  bool failed;
  Value v = attr_get_optional(ts, subject, name, &failed);
  if (v == NULL) return failed ? -1 : 0;
  return list_append_steal(ts, list, v) < 0 ? -1 : 1;
}

/* OWNED tuple of the sub-patterns' subjects; NULL without exception: no match. */
Value match_class(ThreadState *ts, Value subject, Value cls, int positional, Value names) {
  if (!is_type(cls)) return err_format(ts, EXC(TypeError), "called match pattern must be a type");
  int is = is_instance(ts, subject, cls);
  if (is <= 0) return NULL;
  Value seen = set_new(ts), list = list_new(ts, 4), match_args = NULL, result = NULL;
  if (seen == NULL || list == NULL) goto done;
  if (positional > 0) {
    bool failed, match_self = false;
    match_args = attr_get_optional(ts, cls, ID(__match_args__), &failed);
    if (failed) goto done;
    if (match_args && !(is_object(match_args) && match_args->kind == K_TUPLE)) {
      err_format(ts, EXC(TypeError), "%N.__match_args__ must be a tuple (got %T)", (Type *)cls, match_args);
      goto done;
    }
    if (match_args == NULL) {
      match_args = incref(ts->interp->empty_tuple);
      match_self = ((Type *)cls)->flags & TYPE_MATCH_SELF;
    }
    ssize_t allowed = match_self ? 1 : tuple_len(match_args);
    if (positional > allowed) {
      err_format(ts, EXC(TypeError), "%N() accepts %zd positional sub-pattern%s (%d given)", (Type *)cls, allowed, allowed == 1 ? "" : "s", positional);
      goto done;
    }
    if (match_self && list_append(ts, list, subject) < 0) goto done;
    for (int i = 0; !match_self && i < positional; i++) {
      Value name = tuple_get(match_args, i);
      if (!is_exact_str(name)) {
        err_format(ts, EXC(TypeError), "__match_args__ elements must be strings (got %T)", name);
        goto done;
      }
      Value interned = str_intern(ts, incref(name));
      int r = interned ? match_attribute(ts, subject, cls, interned, seen, list) : -1;
      xdecref(ts, interned);
      if (r <= 0) goto done;
    }
  }
  for (ssize_t i = 0; i < tuple_len(names); i++)
    if (match_attribute(ts, subject, cls, tuple_get(names, i), seen, list) <= 0) goto done;
  result = list_to_tuple(ts, list);
done:
  xdecref(ts, seen);
  xdecref(ts, list);
  xdecref(ts, match_args);
  return result;
}

/* ---- import and annotations ---- */

Value import_name_op(ThreadState *ts, Frame *f, Value name, Value fromlist, Value level) {
  Value import = dict_get_str(ts, frame_builtins(f), ID(__import__));
  if (import == NULL) return err_format(ts, EXC(ImportError), "__import__ not found");
  if (is_kind(import, K_NATIVE) && is_small_int(level))
    return ts->interp->up.import_name(ts, name, (Value)frame_globals(f), fromlist, (int)small_int(level));
  Value args[] = {name, (Value)frame_globals(f), f->names ? f->names : V_NONE, fromlist, level};
  incref(import);
  Value r = call_args(ts, import, args, 5);
  decref(ts, import);
  return r;
}

Value import_from(ThreadState *ts, Value module, Value name) {
  bool failed;
  Value v = attr_get_optional(ts, module, name, &failed);
  if (v || failed) return v;
  Value package = attr_get_optional(ts, module, ID(__name__), &failed);
  if (package && is_str(package)) { /* a submodule that is being imported */
    Value full = str_format(ts, "%U.%U", package, name);
    Value found = full ? dict_get(ts, ts->interp->modules, full) : NULL;
    xdecref(ts, full);
    if (found) {
      decref(ts, package);
      return incref(found);
    }
  }
  Value file = attr_get_optional(ts, module, ID(__file__), &failed);
  Value unknown = package ? NULL : str_from_ascii(ts, "<unknown module name>");
  Value shown = package ? package : unknown;
  Value spec_initializing = NULL;
  if (file && is_str(file)) {
    Value spec = attr_get_optional(ts, module, ID(__spec__), &failed);
    spec_initializing = spec && spec != V_NONE ? attr_get_cstr(ts, spec, "_initializing") : NULL;
    err_clear(ts);
    bool partial = spec_initializing && truth(ts, spec_initializing) == 1;
    xdecref(ts, spec);
    err_format(ts, EXC(ImportError), partial ? "cannot import name %R from partially initialized module %R (most likely due to a circular import) (%S)" : "cannot import name %R from %R (%S)", name, shown, file);
  } else {
    err_format(ts, EXC(ImportError), "cannot import name %R from %R (unknown location)", name, shown);
  }
  if (ts->exc && err_matches(ts, EXC(ImportError))) {
    replace(ts, &as_exception(ts->exc)->extra[X_IMPORT_NAME], xincref(package));
    replace(ts, &as_exception(ts->exc)->extra[X_IMPORT_PATH], xincref(file));
  }
  xdecref(ts, spec_initializing);
  xdecref(ts, package);
  xdecref(ts, unknown);
  xdecref(ts, file);
  return NULL;
}

int import_star(ThreadState *ts, Frame *f, Value module) {
  bool failed, skip_private = false;
  Value names = attr_get_optional(ts, module, ID(__all__), &failed);
  if (failed) return -1;
  if (names == NULL) {
    Value dict = attr_get_optional(ts, module, ID(__dict__), &failed);
    if (dict == NULL) {
      if (!failed) err_format(ts, EXC(ImportError), "from-import-* object has no __dict__ and no __all__");
      return -1;
    }
    Value keys = call_method0(ts, dict, ID(keys));
    names = keys ? list_from_iterable(ts, keys) : NULL;
    xdecref(ts, keys);
    decref(ts, dict);
    skip_private = true;
    if (names == NULL) return -1;
  }
  Value list = list_from_iterable(ts, names);
  decref(ts, names);
  int result = list ? 0 : -1;
  for (ssize_t i = 0; result == 0 && i < list_len(list); i++) {
    Value name = list_get(list, i);
    if (!is_str(name)) {
      Value module_name = attr_get_optional(ts, module, ID(__name__), &failed);
      err_format(ts, EXC(TypeError), "%s in %S.%s must be str, not %T", skip_private ? "Key" : "Item", module_name ? module_name : V_NONE, skip_private ? "__dict__" : "__all__", name);
      xdecref(ts, module_name);
      result = -1;
      break;
    }
    if (skip_private && str_len(name) > 0 && str_at(name, 0) == '_') continue;
    Value interned = str_intern(ts, incref(name));
    Value v = interned ? attr_get(ts, module, interned) : NULL;
    if (v == NULL) result = -1;
    else result = is_kind(f->names, K_DICT) ? dict_set(ts, f->names, interned, v) : item_set(ts, f->names, interned, v);
    xdecref(ts, v);
    xdecref(ts, interned);
  }
  xdecref(ts, list);
  return result;
}

int setup_annotations(ThreadState *ts, Frame *f) {
  if (f->names == NULL) {
    err_format(ts, EXC(SystemError), "no locals found when setting up annotations");
    return -1;
  }
  int has = contains(ts, f->names, ID(__annotations__));
  if (has != 0) return has < 0 ? -1 : 0;
  Value dict = dict_new(ts);
  int r = dict ? item_set(ts, f->names, ID(__annotations__), dict) : -1;
  xdecref(ts, dict);
  return r;
}

/* ---- attributes while other threads run ---- */

bool store_slot_shared(ThreadState *ts, Value owner, uint32_t version, uint32_t offset, Value *value, Shape *grown) {
  bool done = false;
  SECTION(ts, owner) {
    if (LIKELY(shape_of(owner)->version == version)) {
      *value = __atomic_exchange_n((Value *)((char *)owner + offset), *value, __ATOMIC_ACQ_REL);
      if (grown) __atomic_store_n(&owner->shape, grown, __ATOMIC_RELEASE);
      done = true;
    }
  }
  return done;
}
