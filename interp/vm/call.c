/* call.c - running Python functions: binding arguments to parameters, entering the eval loop from C.
 * Keeps true: arguments given are borrowed; what is put into places is owned by the frame.
 * Next: frame.h, ops/calls.h (the fast forms). CPython: Python/ceval.c (initialize_locals). */
#include "interp/vm/eval_internal.h"

/* ---- messages ---- */

static int missing_arguments(ThreadState *ts, Function *func, Value *places, int from, int to, const char *kind) {
  Code *code = as_code(func->code);
  Value names = list_new(ts, 4);
  if (names == NULL) return -1;
  for (int i = from; i < to; i++) {
    if (places[i]) continue;
    Value quoted = repr_of(ts, tuple_get(code->place_names, i));
    if (quoted == NULL || list_append_steal(ts, names, quoted) < 0) goto done;
  }
  ssize_t n = list_len(names);
  Value text = NULL;
  if (n == 1) {
    text = incref(list_get(names, 0));
  } else if (n == 2) {
    text = str_format(ts, "%U and %U", list_get(names, 0), list_get(names, 1));
  } else {
    Value comma = str_from_ascii(ts, ", "), head = comma ? str_join_items(ts, comma, as_list(names)->items, n - 2) : NULL;
    text = head ? str_format(ts, "%U, %U, and %U", head, list_get(names, n - 2), list_get(names, n - 1)) : NULL;
    xdecref(ts, comma);
    xdecref(ts, head);
  }
  if (text) err_format(ts, EXC(TypeError), "%U() missing %zd required %s argument%s: %U", func->qualname, n, kind, n == 1 ? "" : "s", text);
  xdecref(ts, text);
done:
  decref(ts, names);
  return -1;
}

static int too_many_positional(ThreadState *ts, Function *func, Value *places, ssize_t given) {
  Code *code = as_code(func->code);
  int keyword_given = 0;
  for (int i = code->arg_count; i < code->arg_count + code->kwonly_count; i++) keyword_given += places[i] != NULL;
  ssize_t defaults = func->defaults ? tuple_len(func->defaults) : 0, wanted = code->arg_count;
  Value takes = defaults ? str_format(ts, "from %zd to %zd", wanted - defaults, wanted) : str_format(ts, "%zd", wanted);
  bool plural = defaults ? true : wanted != 1;
  Value more = keyword_given ? str_format(ts, " positional argument%s (and %d keyword-only argument%s)", given != 1 ? "s" : "", keyword_given, keyword_given != 1 ? "s" : "") : str_from_ascii(ts, "");
  if (takes && more)
    err_format(ts, EXC(TypeError), "%U() takes %U positional argument%s but %zd%U %s given", func->qualname, takes, plural ? "s" : "", given, more, given == 1 && !keyword_given ? "was" : "were");
  xdecref(ts, takes);
  xdecref(ts, more);
  return -1;
}

/* Names of positional-only parameters that were given by keyword. */
static bool positional_only_given(ThreadState *ts, Function *func, Value kwnames) {
  Code *code = as_code(func->code);
  Value hits = list_new(ts, 2);
  for (int i = 0; hits && i < code->posonly_count; i++)
    for (ssize_t k = 0; k < tuple_len(kwnames); k++)
      if (str_equal(tuple_get(kwnames, k), tuple_get(code->place_names, i))) list_append(ts, hits, tuple_get(kwnames, k));
  if (hits == NULL || list_len(hits) == 0) {
    xdecref(ts, hits);
    return false;
  }
  Value comma = str_from_ascii(ts, ", "), names = comma ? str_join(ts, comma, hits) : NULL;
  if (names) err_format(ts, EXC(TypeError), "%U() got some positional-only arguments passed as keyword arguments: '%U'", func->qualname, names);
  xdecref(ts, comma);
  xdecref(ts, names);
  decref(ts, hits);
  return true;
}

/* ---- binding ---- */

static int bind_keyword(ThreadState *ts, Function *func, Value *places, Value name, Value value, Value kwargs, Value kwnames) {
  Code *code = as_code(func->code);
  Value *names = tuple_items(code->place_names);
  int n = code->arg_count + code->kwonly_count, i = code->posonly_count;
  if (UNLIKELY(!is_str(name))) {
    err_format(ts, EXC(TypeError), "%U() keywords must be strings", func->qualname);
    return -1;
  }
  while (i < n && names[i] != name) i++;
  if (i == n)
    for (i = code->posonly_count; i < n && !str_equal(names[i], name);) i++;
  if (i < n) {
    if (places[i]) {
      err_format(ts, EXC(TypeError), "%U() got multiple values for argument '%U'", func->qualname, name);
      return -1;
    }
    places[i] = incref(value);
    return 0;
  }
  if (kwargs) return dict_set(ts, kwargs, name, value);
  if (code->posonly_count && positional_only_given(ts, func, kwnames)) return -1;
  err_format(ts, EXC(TypeError), "%U() got an unexpected keyword argument '%U'", func->qualname, name);
  return -1;
}

static int fill_defaults(ThreadState *ts, Function *func, Value *places, ssize_t nargs) {
  Code *code = as_code(func->code);
  ssize_t wanted = code->arg_count, have = func->defaults ? tuple_len(func->defaults) : 0;
  for (ssize_t i = nargs; i < wanted - have; i++)
    if (places[i] == NULL) return missing_arguments(ts, func, places, 0, (int)(wanted - have), "positional");
  for (ssize_t i = nargs > wanted - have ? nargs : wanted - have; i < wanted; i++)
    if (places[i] == NULL) places[i] = incref(tuple_get(func->defaults, i - (wanted - have)));
  bool lacking = false;
  for (int i = code->arg_count; i < code->arg_count + code->kwonly_count; i++) {
    if (places[i]) continue;
    Value v = func->kwdefaults ? dict_get(ts, func->kwdefaults, tuple_get(code->place_names, i)) : NULL;
    if (v) places[i] = incref(v);
    else if (err_occurred(ts)) return -1;
    else lacking = true;
  }
  return lacking ? missing_arguments(ts, func, places, code->arg_count, code->arg_count + code->kwonly_count, "keyword-only") : 0;
}

int bind_arguments(ThreadState *ts, Function *func, Value *places, Value *args, ssize_t nargs, Value kwnames) {
  Code *code = as_code(func->code);
  for (int i = 0; i < code->place_count; i++) places[i] = NULL;
  ssize_t wanted = code->arg_count, direct = nargs < wanted ? nargs : wanted;
  for (ssize_t i = 0; i < direct; i++) places[i] = incref(args[i]);
  int at = code->arg_count + code->kwonly_count;
  if (code->flags & CO_VARARGS) {
    places[at] = nargs > wanted ? tuple_from_items(ts, args + wanted, nargs - wanted) : incref(ts->interp->empty_tuple);
    if (places[at++] == NULL) goto error;
  }
  Value kwargs = NULL;
  if (code->flags & CO_VARKEYWORDS && (kwargs = places[at] = dict_new(ts)) == NULL) goto error;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++)
    if (bind_keyword(ts, func, places, tuple_get(kwnames, k), args[nargs + k], kwargs, kwnames) < 0) goto error;
  if (nargs > wanted && !(code->flags & CO_VARARGS)) {
    too_many_positional(ts, func, places, nargs);
    goto error;
  }
  if ((nargs < wanted || code->kwonly_count) && fill_defaults(ts, func, places, direct) < 0) goto error;
  return 0;
error:
  for (int i = 0; i < code->place_count; i++) CLEAR(places[i]);
  return -1;
}

/* ---- from C ---- */

Value call_function(ThreadState *ts, Value function, Value *args, ssize_t nargs, Value kwnames) {
  Function *func = (Function *)function;
  Code *code = as_code(func->code);
  Value *places = frame_free_values(ts);
  if (UNLIKELY(places + code->frame_size > ts->stack_limit)) return (Value)frame_push_failed(ts);
  if (LIKELY(kwnames == NULL && nargs == code->exact_args)) {
    for (ssize_t i = 0; i < nargs; i++) places[i] = incref(args[i]);
    for (ssize_t i = nargs; i < code->place_count; i++) places[i] = NULL;
  } else if (bind_arguments(ts, func, places, args, nargs, kwnames) < 0) {
    return NULL;
  }
  Frame *f = frame_push(ts, func, places);
  if (UNLIKELY(f == NULL)) {
    release_values(ts, places, places + code->place_count);
    return NULL;
  }
  f->flags = FRAME_ENTRY;
  ts->frame = f;
  incref(function);
  Value r = eval(ts, f, false);
  decref(ts, function);
  return r;
}

/* Run a function without arguments whose names live in `names` (class and module bodies). */
Value run_function_in(ThreadState *ts, Value function, Value names) {
  Function *func = (Function *)function;
  Code *code = as_code(func->code);
  Value *places = frame_free_values(ts);
  if (places + code->frame_size > ts->stack_limit) return (Value)frame_push_failed(ts);
  for (int i = 0; i < code->place_count; i++) places[i] = NULL;
  Frame *f = frame_push(ts, func, places);
  if (f == NULL) return NULL;
  f->flags = FRAME_ENTRY | (names ? FRAME_NAMES : 0);
  f->names = xincref(names);
  ts->frame = f;
  incref(function);
  Value r = eval(ts, f, false);
  decref(ts, function);
  return r;
}

Value run_code(ThreadState *ts, Value code, Value globals, Value names, Value closure) {
  Value f = function_new(ts, code, globals, NULL);
  if (f == NULL) return NULL;
  ((Function *)f)->closure = xincref(closure);
  Value r = run_function_in(ts, f, as_code(code)->flags & CO_NEWLOCALS && as_code(code)->flags & CO_OPTIMIZED ? NULL : names ? names : globals);
  decref(ts, f);
  return r;
}

/* The builtins that code with these globals sees: globals['__builtins__'], else the running frame's. OWNED dict. */
static Value builtins_for(ThreadState *ts, Value globals) {
  Value b = is_dict(globals) ? dict_get_str(ts, as_dict(globals), ID(__builtins__)) : NULL;
  if (b && is_object(b) && b->kind == K_MODULE) return incref((Value)module_dict(b));
  if (b && is_dict(b)) return incref(b);
  return incref((Value)ts->interp->builtins);
}

Value function_new(ThreadState *ts, Value code_value, Value globals, Value qualname) {
  Code *code = as_code(code_value);
  Value v = object_new_instance(ts, TYPE(FUNCTION));
  if (v == NULL) return NULL;
  Function *f = (Function *)v;
  f->code = incref(code_value);
  f->globals = incref(globals);
  f->builtins = builtins_for(ts, globals);
  f->name = incref(code->name);
  f->qualname = incref(qualname ? qualname : code->qualname);
  Value module = is_dict(globals) ? dict_get_str(ts, as_dict(globals), ID(__name__)) : NULL;
  f->module = xincref(module);
  Value doc = tuple_len(code->consts) > 0 ? tuple_get(code->consts, 0) : V_NONE;
  f->doc = is_str(doc) ? incref(doc) : V_NONE;
  return v;
}
