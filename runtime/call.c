/* call.c - calling any value from C, and moving arguments into the parameters of native functions.
 * Keeps true: arguments are borrowed by the callee; nothing here blocks. How Python functions run is handed down by interp/
 *   (interp->up.call_function).
 * Next: interp/vm/call.c. CPython: Objects/call.c, Python/getargs.c. */
#include "runtime/slots.h"

Value call(ThreadState *ts, Value f, Value *args, ssize_t nargs, Value kwnames) {
  if (is_object(f)) {
    if (f->kind == K_FUNCTION) return ts->interp->up.call_function(ts, f, args, nargs, kwnames);
    Type *type = shape_of(f)->type;
    if (LIKELY(type->slots.call != NULL)) {
      if (enter_recursive(ts, " while calling a Python object") < 0) return NULL;
      Value r = type->slots.call(ts, f, args, nargs, kwnames);
      leave_recursive(ts);
      ASSERT(ts, (r == NULL) == err_occurred(ts));
      return r;
    }
  }
  return err_format(ts, EXC(TypeError), "'%T' object is not callable", f);
}

Value call0(ThreadState *ts, Value f) { return call(ts, f, NULL, 0, NULL); }
Value call1(ThreadState *ts, Value f, Value a) { return call(ts, f, &a, 1, NULL); }
Value call2(ThreadState *ts, Value f, Value a, Value b) {
  Value args[] = {a, b};
  return call(ts, f, args, 2, NULL);
}
Value call3(ThreadState *ts, Value f, Value a, Value b, Value c) {
  Value args[] = {a, b, c};
  return call(ts, f, args, 3, NULL);
}

Value call_tuple_dict(ThreadState *ts, Value f, Value args, Value kwargs) {
  ssize_t n = tuple_len(args), k = kwargs ? dict_len(kwargs) : 0;
  if (k == 0) return call(ts, f, tuple_items(args), n, NULL);
  Value *all = mem_alloc(ts, (size_t)(n + k) * sizeof *all);
  Value names = tuple_new(ts, k), result = NULL;
  ssize_t at = 0;
  if (all == NULL || names == NULL) goto done;
  for (ssize_t i = 0; i < n; i++) all[i] = tuple_get(args, i);
  Value key, value;
  for (ssize_t pos = 0; dict_next(kwargs, &pos, &key, &value); at++) {
    if (!is_str(key)) {
      err_format(ts, EXC(TypeError), "keywords must be strings");
      goto done;
    }
    tuple_set(names, at, incref(key));
    all[n + at] = incref(value);
  }
  result = call(ts, f, all, n, names);
done:
  for (ssize_t i = 0; i < at && all; i++) decref(ts, all[n + i]);
  mem_free(ts, all);
  xdecref(ts, names);
  return result;
}

Value call_method(ThreadState *ts, Value v, Value name, Value *args, ssize_t nargs) {
  Type *type = type_of(ts, v);
  if (type->flags & TYPE_GENERIC_GETATTR && nargs < 7) {
    Value found = type_lookup(ts, type, name);
    if (found && (is_kind(found, K_FUNCTION) || is_kind(found, K_METHOD_DESCR)) && (type->attrs_offset == 0 || instance_get(ts, v, name) == NULL)) {
      incref(found);
      Value r = call_unbound(ts, found, v, args, nargs);
      decref(ts, found);
      return r;
    }
  }
  Value bound = attr_get(ts, v, name);
  if (bound == NULL) return NULL;
  Value r = call(ts, bound, args, nargs, NULL);
  decref(ts, bound);
  return r;
}
Value call_method0(ThreadState *ts, Value v, Value name) { return call_method(ts, v, name, NULL, 0); }
Value call_method1(ThreadState *ts, Value v, Value name, Value a) { return call_method(ts, v, name, &a, 1); }
Value call_method2(ThreadState *ts, Value v, Value name, Value a, Value b) {
  Value args[] = {a, b};
  return call_method(ts, v, name, args, 2);
}

Value call_special(ThreadState *ts, Value v, Value name, Value *args, ssize_t nargs, bool *missing) {
  Value method = type_lookup(ts, type_of(ts, v), name);
  *missing = method == NULL || method == V_NONE;
  if (*missing) return NULL;
  incref(method);
  Value r = call_unbound(ts, method, v, args, nargs);
  decref(ts, method);
  return r;
}

bool is_callable(ThreadState *ts, Value v) { return type_of(ts, v)->slots.call != NULL; }

/* ---- arguments ---- */

int args_no_keywords(ThreadState *ts, const char *function, Value kwnames) {
  if (kwnames == NULL || tuple_len(kwnames) == 0) return 0;
  err_format(ts, EXC(TypeError), "%s() takes no keyword arguments", function);
  return -1;
}

int args_no_keywords_new(ThreadState *ts, Type *type, Type *base, Value kwnames) {
  if (kwnames == NULL || (type != base && type->slots.init != base->slots.init)) return 0;
  return args_no_keywords(ts, type_name(base), kwnames);
}

int args_count(ThreadState *ts, const char *function, ssize_t nargs, ssize_t min, ssize_t max) {
  if (nargs >= min && (max < 0 || nargs <= max)) return 0;
  ssize_t bound = nargs < min ? min : max;
  if (min == max) err_format(ts, EXC(TypeError), "%s expected %zd argument%s, got %zd", function, bound, bound == 1 ? "" : "s", nargs);
  else err_format(ts, EXC(TypeError), "%s expected at %s %zd argument%s, got %zd", function, nargs < min ? "least" : "most", bound, bound == 1 ? "" : "s", nargs);
  return -1;
}

static int too_many(ThreadState *ts, const ArgSpec *spec, ssize_t nargs, ssize_t keywords) {
  if (spec->n_pos_only == spec->n_total) return args_count(ts, spec->function, nargs, spec->n_required, spec->n_pos);
  err_format(ts, EXC(TypeError), "%s() takes %s %d %sargument%s (%zd given)", spec->function,
             spec->n_required >= spec->n_total ? "exactly" : "at most", spec->n_pos, spec->n_pos < spec->n_total ? "positional " : "",
             spec->n_pos == 1 ? "" : "s", nargs + keywords);
  return -1;
}

int args_bind(ThreadState *ts, const ArgSpec *spec, Value *args, ssize_t nargs, Value kwnames, Value *out) {
  ssize_t keywords = kwnames ? tuple_len(kwnames) : 0;
  if (nargs > spec->n_pos) return too_many(ts, spec, nargs, spec->n_pos < spec->n_total ? 0 : keywords);
  for (int i = 0; i < spec->n_total; i++) out[i] = i < nargs ? args[i] : NULL;
  for (ssize_t k = 0; k < keywords; k++) {
    Value name = tuple_get(kwnames, k);
    int at = spec->n_pos_only;
    while (at < spec->n_total && !str_equal_cstr(name, spec->names[at])) at++;
    if (at == spec->n_total) {
      if (spec->n_pos_only == spec->n_total) return args_no_keywords(ts, spec->function, kwnames);
      err_format(ts, EXC(TypeError), "'%U' is an invalid keyword argument for %s()", name, spec->function);
      return -1;
    }
    if (out[at]) {
      err_format(ts, EXC(TypeError), "argument for %s() given by name ('%U') and position (%d)", spec->function, name, at + 1);
      return -1;
    }
    out[at] = args[nargs + k];
  }
  for (int i = 0; i < spec->n_required; i++) {
    if (out[i]) continue;
    if (i < spec->n_pos_only && spec->n_pos_only == spec->n_total) return args_count(ts, spec->function, nargs, spec->n_required, spec->n_pos);
    if (i < spec->n_pos_only) {
      int least = spec->n_required < spec->n_pos_only ? spec->n_required : spec->n_pos_only;
      err_format(ts, EXC(TypeError), "%s() takes %s %d positional argument%s (%zd given)", spec->function, least < spec->n_pos ? "at least" : "exactly",
                 least, least == 1 ? "" : "s", nargs);
      return -1;
    }
    err_format(ts, EXC(TypeError), "%s() missing required argument '%s' (pos %d)", spec->function, spec->names[i], i + 1);
    return -1;
  }
  return 0;
}
