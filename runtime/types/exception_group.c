/* exception_group.c - BaseExceptionGroup, ExceptionGroup, and what except* needs.
 * Keeps true: a split keeps the tree's shape, traceback, cause, context and notes (PEP 654).
 * Next: exception.c. CPython: Objects/exceptions.c. */
#include "runtime/module.h"
#include "runtime/slots.h"

static Value excs_of(Value group) { return EXC_FIELD(group, extra[X_GROUP_EXCEPTIONS]); }
static bool is_group(ThreadState *ts, Value v) {
  return is_exception(v) && type_is_subtype(type_of(ts, v), ts->interp->exceptions[EXC_BaseExceptionGroup]);
}

Value group_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (kwnames && tuple_len(kwnames)) return err_format(ts, EXC(TypeError), "BaseExceptionGroup.__new__() takes no keyword arguments");
  if (nargs != 2) return err_format(ts, EXC(TypeError), "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zd given)", nargs);
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "BaseExceptionGroup.__new__() argument 1 must be str, not %T", args[0]);
  if (!is_sequence(ts, args[1])) return err_format(ts, EXC(TypeError), "second argument (exceptions) must be a sequence");
  Value excs = tuple_from_iterable(ts, args[1]);
  if (excs == NULL) return NULL;
  if (tuple_len(excs) == 0) {
    err_format(ts, EXC(ValueError), "second argument (exceptions) must be a non-empty sequence");
    goto error;
  }
  bool has_base = false;
  for (ssize_t i = 0; i < tuple_len(excs); i++) {
    if (!is_exception(tuple_get(excs, i))) {
      err_format(ts, EXC(ValueError), "Item %zd of second argument (exceptions) is not an exception", i);
      goto error;
    }
    has_base |= !type_is_subtype(type_of(ts, tuple_get(excs, i)), ts->interp->exceptions[EXC_Exception]);
  }
  Type *base_group = ts->interp->exceptions[EXC_BaseExceptionGroup], *plain_group = ts->interp->exceptions[EXC_ExceptionGroup];
  if (type == base_group && !has_base) type = plain_group;
  else if (has_base && type_is_subtype(type, ts->interp->exceptions[EXC_Exception])) {
    err_format(ts, EXC(TypeError), type == plain_group ? "Cannot nest BaseExceptions in an ExceptionGroup" : "Cannot nest BaseExceptions in '%N'", type);
    goto error;
  }
  Value v = object_new_instance(ts, type);
  if (v == NULL) goto error;
  Exception *e = as_exception(v);
  e->family = FAMILY_GROUP;
  e->args = tuple_from_items(ts, args, nargs);
  e->extra[X_GROUP_MESSAGE] = incref(args[0]);
  e->extra[X_GROUP_EXCEPTIONS] = excs;
  if (e->args == NULL) CLEAR(v);
  return v;
error:
  decref(ts, excs);
  return NULL;
}

Value group_str(ThreadState *ts, Value self) {
  ssize_t n = tuple_len(excs_of(self));
  return str_format(ts, "%U (%zd sub-exception%s)", as_exception(self)->extra[X_GROUP_MESSAGE], n, n > 1 ? "s" : "");
}

static Value get_exceptions(ThreadState *ts, Value self) { return incref(excs_of(self)); }

static Value derive(NATIVE_ARGS) {
  Value arguments[] = {as_exception(self)->extra[X_GROUP_MESSAGE], args[0]};
  return call_args(ts, EXC(BaseExceptionGroup), arguments, 2);
}

/* A group like orig with these exceptions: OWNED; V_NONE for none. */
static Value derive_like(ThreadState *ts, Value orig, Value list) {
  if (list_len(list) == 0) return V_NONE;
  Value name = str_intern_cstr(ts, "derive");
  Value group = name ? call_method1(ts, orig, name, list) : NULL;
  xdecref(ts, name);
  if (group == NULL) return NULL;
  if (!is_group(ts, group)) {
    err_format(ts, EXC(TypeError), "derive must return an instance of BaseExceptionGroup");
    decref(ts, group);
    return NULL;
  }
  Exception *from = as_exception(orig), *to = as_exception(group);
  replace(ts, &to->traceback, xincref(from->traceback));
  replace(ts, &to->context, xincref(from->context));
  replace(ts, &to->cause, xincref(from->cause));
  to->suppress_context = from->suppress_context;
  bool failed;
  Value notes = attr_get_optional(ts, orig, ID(__notes__), &failed);
  if (notes && is_list(notes)) {
    Value copy = list_slice(ts, notes, 0, list_len(notes));
    if (copy == NULL || attr_set(ts, group, ID(__notes__), copy) < 0) CLEAR(group);
    xdecref(ts, copy);
  }
  xdecref(ts, notes);
  if (failed) CLEAR(group);
  return group;
}

/* 1, 0, -1: does exc satisfy the condition (a type, a tuple of types, or a predicate)? */
static int satisfies(ThreadState *ts, Value exc, Value condition) {
  if (is_type(condition) || is_tuple(condition)) return exception_matches(ts, exc, condition);
  Value r = call1(ts, condition, exc);
  if (r == NULL) return -1;
  int t = truth(ts, r);
  decref(ts, r);
  return t;
}

/* Both results OWNED, V_NONE when empty; rest may be NULL when it is not wanted. */
static int split(ThreadState *ts, Value exc, Value condition, Value *match, Value *rest) {
  *match = V_NONE;
  if (rest) *rest = V_NONE;
  int whole = satisfies(ts, exc, condition);
  if (whole < 0) return -1;
  if (whole) {
    *match = incref(exc);
    return 0;
  }
  if (!is_group(ts, exc)) {
    if (rest) *rest = incref(exc);
    return 0;
  }
  Value matches = list_new(ts, 2), others = list_new(ts, 2);
  int result = -1;
  if (matches == NULL || others == NULL || enter_recursive(ts, " in exceptiongroup_split_recursive") < 0) goto done;
  Value excs = excs_of(exc);
  for (ssize_t i = 0; i < tuple_len(excs); i++) {
    Value m, r = V_NONE;
    if (split(ts, tuple_get(excs, i), condition, &m, rest ? &r : NULL) < 0) goto leave;
    int failed = 0;
    if (m != V_NONE) failed = list_append_steal(ts, matches, m);
    if (r != V_NONE) failed |= list_append_steal(ts, others, r);
    if (failed) goto leave;
  }
  if ((*match = derive_like(ts, exc, matches)) == NULL) goto leave;
  if (rest && (*rest = derive_like(ts, exc, others)) == NULL) {
    decref(ts, *match);
    goto leave;
  }
  result = 0;
leave:
  leave_recursive(ts);
done:
  xdecref(ts, matches);
  xdecref(ts, others);
  return result;
}

static int check_condition(ThreadState *ts, Value c) {
  bool ok = is_exception_class(ts, c) || (!is_type(c) && is_callable(ts, c));
  if (is_tuple(c)) {
    ok = true;
    for (ssize_t i = 0; i < tuple_len(c); i++) ok &= is_exception_class(ts, tuple_get(c, i));
  }
  if (!ok) err_format(ts, EXC(TypeError), "expected a function, exception type or tuple of exception types");
  return ok ? 0 : -1;
}

static Value group_split(NATIVE_ARGS) {
  Value match, rest;
  if (check_condition(ts, args[0]) < 0 || split(ts, self, args[0], &match, &rest) < 0) return NULL;
  return tuple_steal2(ts, match, rest);
}
static Value group_subgroup(NATIVE_ARGS) {
  Value match;
  if (check_condition(ts, args[0]) < 0 || split(ts, self, args[0], &match, NULL) < 0) return NULL;
  return match;
}
static Value group_class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }

const MethodDef group_methods[] = {
    {"derive", derive, 1, 1, 0, NULL},
    {"split", group_split, 1, 1, 0, NULL},
    {"subgroup", group_subgroup, 1, 1, 0, NULL},
    {"__class_getitem__", group_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"},
    {0}};

int exception_groups_init(ThreadState *ts) {
  Interp *interp = ts->interp;
  static const GetSetDef exceptions_def = {"exceptions", get_exceptions, readonly_attribute, "nested exceptions"};
  Type *base = interp->exceptions[EXC_BaseExceptionGroup];
  Value getter = getset_new(ts, &exceptions_def, base);
  if (getter == NULL || dict_set_cstr(ts, (Value)base->dict, "exceptions", getter) < 0) return -1;
  decref(ts, getter);
  Value bases = tuple_of2(ts, (Value)base, (Value)interp->exceptions[EXC_Exception]), dict = dict_new(ts), name = str_from_ascii(ts, "ExceptionGroup");
  if (bases == NULL || dict == NULL || name == NULL || dict_set(ts, dict, ID(__module__), ID(builtins)) < 0) return -1;
  Value group = type_new_class(ts, TYPE(TYPE), name, bases, dict, NULL, NULL);
  xdecref(ts, bases);
  xdecref(ts, dict);
  xdecref(ts, name);
  if (group == NULL) return -1;
  ((Type *)group)->flags |= TYPE_IMMUTABLE;
  interp->exceptions[EXC_ExceptionGroup] = (Type *)group;
  return 0;
}

/* ---- except* ---- */

int group_match(ThreadState *ts, Value exc, Value type, Value *match, Value *rest) {
  if (exception_matches(ts, exc, type)) {
    *rest = V_NONE;
    if (is_group(ts, exc)) {
      *match = incref(exc);
      return 0;
    }
    Value one = tuple_of1(ts, exc), args[] = {ts->interp->empty_str, one};
    *match = one ? call_args(ts, EXC(BaseExceptionGroup), args, 2) : NULL;
    xdecref(ts, one);
    if (*match && EXC_FIELD(exc, traceback)) replace(ts, &as_exception(*match)->traceback, incref(EXC_FIELD(exc, traceback)));
    return *match ? 0 : -1;
  }
  if (is_group(ts, exc)) return split(ts, exc, type, match, rest);
  *match = V_NONE;
  *rest = incref(exc);
  return 0;
}

static bool same_origin(Value a, Value b) {
  Exception *x = as_exception(a), *y = as_exception(b);
  return x->traceback == y->traceback && x->context == y->context && x->cause == y->cause;
}

/* All leaves of group, by address, into a set of ids. */
static int collect_leaves(ThreadState *ts, Value exc, Value ids) {
  if (exc == V_NONE) return 0;
  if (!is_group(ts, exc)) {
    Value id = id_of(ts, exc);
    int r = id ? set_add(ts, ids, id) : -1;
    xdecref(ts, id);
    return r;
  }
  for (ssize_t i = 0; i < tuple_len(excs_of(exc)); i++)
    if (collect_leaves(ts, tuple_get(excs_of(exc), i), ids) < 0) return -1;
  return 0;
}

/* The part of orig whose leaves are in ids. OWNED, V_NONE. */
static Value project(ThreadState *ts, Value orig, Value ids) {
  if (!is_group(ts, orig)) {
    Value id = id_of(ts, orig);
    int in = id ? set_contains(ts, ids, id) : -1;
    xdecref(ts, id);
    return in < 0 ? NULL : in ? incref(orig) : V_NONE;
  }
  Value kept = list_new(ts, 2);
  if (kept == NULL) return NULL;
  ssize_t n = tuple_len(excs_of(orig));
  for (ssize_t i = 0; i < n; i++) {
    Value part = project(ts, tuple_get(excs_of(orig), i), ids);
    if (part == NULL || (part != V_NONE && list_append_steal(ts, kept, part) < 0)) {
      decref(ts, kept);
      return NULL;
    }
  }
  Value r = derive_like(ts, orig, kept);
  decref(ts, kept);
  return r;
}

Value group_reraise_star(ThreadState *ts, Value orig, Value excs) {
  ssize_t n = list_len(excs);
  if (n == 0) return V_NONE;
  if (!is_group(ts, orig)) return incref(list_get(excs, 0));
  Value raised = list_new(ts, n), ids = set_new(ts), result = NULL, kept = NULL;
  if (raised == NULL || ids == NULL) goto done;
  for (ssize_t i = 0; i < n; i++) {
    Value e = list_get(excs, i);
    if (e == V_NONE) continue;
    if (is_group(ts, e) && same_origin(e, orig)) {
      if (collect_leaves(ts, e, ids) < 0) goto done;
    } else if (list_append(ts, raised, e) < 0) {
      goto done;
    }
  }
  kept = project(ts, orig, ids);
  if (kept == NULL) goto done;
  if (list_len(raised) == 0) {
    result = incref(kept);
    goto done;
  }
  if (kept != V_NONE && list_append(ts, raised, kept) < 0) goto done;
  Value args[] = {ts->interp->empty_str, raised};
  result = call_args(ts, EXC(BaseExceptionGroup), args, 2);
done:
  xdecref(ts, raised);
  xdecref(ts, ids);
  xdecref(ts, kept);
  return result;
}
