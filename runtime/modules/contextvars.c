/* contextvars.c - _contextvars: variables whose value belongs to a context: a thread has one, each task of an event loop has its own.
 *
 *   ContextVar ---key---> value     in the dict of the current Context (ThreadState.context)
 *
 * Copying a context must be cheap, as every task does it: the copies share one dict until one of them changes it.
 * Keeps true: a dict that two contexts share is never changed; sharing and changing happen with the context locked. A context is entered by one thread at a time.
 * Next: runtime/lib/asyncio. CPython: Python/context.c (there a HAMT). Source: PEP 567. */
#include "runtime/modules/contextvars.h"

#include "runtime/module.h"

typedef struct {
  Object base;
  Value vars; /* dict: ContextVar -> value */
  bool shares_vars;
  bool is_entered;
  Value outer; /* the context before run(), while entered; or NULL */
} Context;
typedef struct {
  Object base;
  Value name, fallback; /* fallback: NULL, there is no default */
} ContextVar;
typedef struct {
  Object base;
  Value var, context, old; /* old NULL: it had none */
  bool is_used;
} Token;
typedef struct {
  Type *context, *var, *token, *missing_type;
  Value missing;
} ContextModule;
static ContextModule *state(ThreadState *ts) { return native_state(ts, NATIVE_contextvars); }
static Context *as_context(Value v) { return (Context *)v; }
static ContextVar *as_var(Value v) { return (ContextVar *)v; }
static Token *as_token(Value v) { return (Token *)v; }
static bool is_var(ThreadState *ts, Value v) { return is_object(v) && type_of(ts, v) == state(ts)->var; }

/* ---- contexts ---- */

static OWNED Value context_make(ThreadState *ts, NULLABLE Context *like) {
  Value v = object_new_instance(ts, state(ts)->context);
  if (v == NULL) return NULL;
  HOLD(ts, (Value)like);
  if (like) like->shares_vars = as_context(v)->shares_vars = true;
  as_context(v)->vars = like ? incref(like->vars) : dict_new(ts);
  if (as_context(v)->vars == NULL) CLEAR(v);
  return v;
}
/* The context of this thread, made the first time; BORROWED. */
static Context *current(ThreadState *ts) {
  if (ts->context == NULL && (ts->context = context_make(ts, NULL)) != NULL) as_context(ts->context)->is_entered = true;
  return (Context *)ts->context;
}
static int own_vars(ThreadState *ts, Context *c) {
  if (!c->shares_vars) return 0;
  Value copy = dict_copy(ts, c->vars);
  if (copy == NULL) return -1;
  replace(ts, &c->vars, copy);
  c->shares_vars = false;
  return 0;
}
static Value context_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (nargs || kwnames) return err_format(ts, EXC(TypeError), "Context() does not accept any arguments");
  return context_make(ts, NULL);
}
static void context_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_context(self)->vars);
  xdecref(ts, as_context(self)->outer);
  object_release(ts, self);
}
static int context_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_context(self)->vars);
  VISIT(as_context(self)->outer);
  return 0;
}
static int context_clear(ThreadState *ts, Value self) {
  CLEAR(as_context(self)->outer);
  return 0;
}
static Value run_in(ThreadState *ts, Value self, Value f, Value *args, ssize_t nargs, Value kwnames) {
  Context *c = as_context(self);
  if (__atomic_exchange_n(&c->is_entered, true, __ATOMIC_ACQ_REL)) return err_format(ts, EXC(RuntimeError), "cannot enter context: %R is already entered", self);
  c->outer = ts->context;
  ts->context = incref(self);
  Value r = call(ts, f, args, nargs, kwnames);
  Value ours = ts->context;
  ts->context = c->outer;
  c->outer = NULL;
  __atomic_store_n(&c->is_entered, false, __ATOMIC_RELEASE);
  xdecref(ts, ours);
  return r;
}
static Value context_run(NATIVE_ARGS) {
  if (nargs < 1) return err_format(ts, EXC(TypeError), "run() missing 1 required positional argument");
  return run_in(ts, self, args[0], args + 1, nargs - 1, kwnames);
}
Value context_call(ThreadState *ts, Value context, Value f, Value *args, ssize_t nargs) {
  if (is_object(context) && type_of(ts, context) == state(ts)->context) return run_in(ts, context, f, args, nargs, NULL);
  Value run = attr_get(ts, context, ID(run)), all = run ? tuple_new(ts, nargs + 1) : NULL, r = NULL;
  if (all) {
    tuple_set(all, 0, incref(f));
    for (ssize_t i = 0; i < nargs; i++) tuple_set(all, i + 1, incref(args[i]));
    r = call_tuple_dict(ts, run, all, NULL);
  }
  xdecref(ts, all);
  xdecref(ts, run);
  return r;
}
static Value context_copy(NATIVE_ARGS) { return context_make(ts, as_context(self)); }
static int key_error_unless_var(ThreadState *ts, Value v) {
  if (is_var(ts, v)) return 0;
  err_format(ts, EXC(TypeError), "a ContextVar key was expected, got %R", v);
  return -1;
}
static Value context_getitem(ThreadState *ts, Value self, Value key) {
  if (key_error_unless_var(ts, key) < 0) return NULL;
  Value v = dict_get(ts, as_context(self)->vars, key);
  return v ? incref(v) : err_occurred(ts) ? NULL : err_key(ts, key);
}
static Value context_get(NATIVE_ARGS) {
  if (key_error_unless_var(ts, args[0]) < 0) return NULL;
  Value v = dict_get(ts, as_context(self)->vars, args[0]);
  return v ? incref(v) : err_occurred(ts) ? NULL : nargs > 1 ? incref(args[1]) : V_NONE;
}
static int context_contains(ThreadState *ts, Value self, Value key) { return key_error_unless_var(ts, key) < 0 ? -1 : dict_contains(ts, as_context(self)->vars, key); }
static ssize_t context_len(ThreadState *ts, Value self) { return dict_len(as_context(self)->vars); }
static Value context_iter(ThreadState *ts, Value self) {
  Value keys = dict_keys_list(ts, as_context(self)->vars), it = keys ? iter_of(ts, keys) : NULL;
  xdecref(ts, keys);
  return it;
}
/* By what they hold. */
static Value context_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (type_of(ts, b) != type_of(ts, a) || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  return compare(ts, as_context(a)->vars, as_context(b)->vars, op);
}
static Value context_view(ThreadState *ts, Value self, Kind kind) { /* of a copy: what is seen does not change */
  Value copy = dict_copy(ts, as_context(self)->vars), view = copy ? dict_view_new(ts, copy, kind) : NULL;
  xdecref(ts, copy);
  return view;
}
static Value context_keys(NATIVE_ARGS) { return context_view(ts, self, K_DICT_KEYS); }
static Value context_values(NATIVE_ARGS) { return context_view(ts, self, K_DICT_VALUES); }
static Value context_items(NATIVE_ARGS) { return context_view(ts, self, K_DICT_ITEMS); }
static const MethodDef context_methods[] = {{"run", context_run, 0, -1, METHOD_KW | METHOD_FREE, NULL}, {"copy", context_copy, 0, 0, 0, NULL}, {"get", context_get, 1, 2, 0, NULL}, {"keys", context_keys, 0, 0, 0, NULL},
                                            {"values", context_values, 0, 0, 0, NULL}, {"items", context_items, 0, 0, 0, NULL}, {0}};
static const TypeSpec context_spec = {.name = "_contextvars.Context", .size = sizeof(Context), .flags = TYPE_GC | TYPE_WEAKREFS | TYPE_MAPPING, .methods = context_methods,
                                      .slots = {.new = context_new, .dealloc = context_dealloc, .traverse = context_traverse, .clear = context_clear, .getitem = context_getitem, .contains = context_contains, .len = context_len,
                                                .iter = context_iter, .compare = context_compare}};

/* ---- variables ---- */

static Value var_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"", "default"};
  static const ArgSpec spec = {"ContextVar", 1, 1, 1, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (!is_str(given[0])) return err_format(ts, EXC(TypeError), "context variable name must be a str");
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  as_var(v)->name = incref(given[0]);
  as_var(v)->fallback = given[1] ? incref(given[1]) : NULL;
  return v;
}
static void var_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_var(self)->name);
  xdecref(ts, as_var(self)->fallback);
  object_release(ts, self);
}
static int var_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_var(self)->fallback);
  return 0;
}
static Value var_get(NATIVE_ARGS) {
  Value v = ts->context ? dict_get(ts, as_context(ts->context)->vars, self) : NULL;
  if (v) return incref(v);
  if (err_occurred(ts)) return NULL;
  if (nargs) return incref(args[0]);
  return as_var(self)->fallback ? incref(as_var(self)->fallback) : err_set(ts, EXC(LookupError), self);
}
static Value var_set(NATIVE_ARGS) {
  Context *c = current(ts);
  Value t = c ? object_new_instance(ts, state(ts)->token) : NULL;
  if (t == NULL) return NULL;
  HOLD(ts, (Value)c);
  Value old = dict_get(ts, c->vars, self);
  as_token(t)->var = incref(self);
  as_token(t)->context = incref((Value)c);
  as_token(t)->old = xincref(old);
  if (err_occurred(ts) || own_vars(ts, c) < 0 || dict_set(ts, c->vars, self, args[0]) < 0) CLEAR(t);
  return t;
}
static Value var_reset(NATIVE_ARGS) {
  if (!is_object(args[0]) || type_of(ts, args[0]) != state(ts)->token) return err_format(ts, EXC(TypeError), "expected an instance of Token, got %R", args[0]);
  Token *t = as_token(args[0]);
  if (t->is_used) return err_format(ts, EXC(RuntimeError), "%R has already been used once", args[0]);
  if (t->var != self) return err_format(ts, EXC(ValueError), "%R was created by a different ContextVar", args[0]);
  if (t->context != (Value)current(ts)) return err_format(ts, EXC(ValueError), "%R was created in a different Context", args[0]);
  t->is_used = true;
  Context *c = as_context(t->context);
  HOLD(ts, (Value)c);
  if (own_vars(ts, c) < 0) return NULL;
  if (t->old) return dict_set(ts, c->vars, self, t->old) < 0 ? NULL : V_NONE;
  return dict_delete(ts, c->vars, self) < 0 ? NULL : V_NONE;
}
static Value var_repr(ThreadState *ts, Value self) {
  if (as_var(self)->fallback) return str_format(ts, "<ContextVar name=%R default=%R at %p>", as_var(self)->name, as_var(self)->fallback, (void *)self);
  return str_format(ts, "<ContextVar name=%R at %p>", as_var(self)->name, (void *)self);
}
static Value var_name(ThreadState *ts, Value self) { return incref(as_var(self)->name); }
static Value class_alias(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }
static const MethodDef var_methods[] = {{"get", var_get, 0, 1, 0, NULL}, {"set", var_set, 1, 1, 0, NULL}, {"reset", var_reset, 1, 1, 0, NULL}, {"__class_getitem__", class_alias, 1, 1, METHOD_CLASS, NULL}, {0}};
static const GetSetDef var_getsets[] = {{"name", var_name, NULL, NULL}, {0}};
static const TypeSpec var_spec = {.name = "_contextvars.ContextVar", .size = sizeof(ContextVar), .flags = TYPE_GC | TYPE_WEAKREFS, .methods = var_methods, .getsets = var_getsets,
                                  .slots = {.new = var_new, .dealloc = var_dealloc, .traverse = var_traverse, .repr = var_repr}};

/* ---- tokens ---- */

static void token_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_token(self)->var);
  xdecref(ts, as_token(self)->context);
  xdecref(ts, as_token(self)->old);
  object_release(ts, self);
}
static int token_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_token(self)->var);
  VISIT(as_token(self)->context);
  VISIT(as_token(self)->old);
  return 0;
}
static Value token_repr(ThreadState *ts, Value self) { return str_format(ts, "<Token%s var=%R at %p>", as_token(self)->is_used ? " used" : "", as_token(self)->var, (void *)self); }
static Value token_var(ThreadState *ts, Value self) { return incref(as_token(self)->var); }
static Value token_old(ThreadState *ts, Value self) { return incref(as_token(self)->old ? as_token(self)->old : state(ts)->missing); }
static const MethodDef token_methods[] = {{"__class_getitem__", class_alias, 1, 1, METHOD_CLASS, NULL}, {0}};
static const GetSetDef token_getsets[] = {{"var", token_var, NULL, NULL}, {"old_value", token_old, NULL, NULL}, {0}};
static Value token_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return err_format(ts, EXC(RuntimeError), "Tokens can only be created by ContextVars"); }
static const TypeSpec token_spec = {.name = "_contextvars.Token", .size = sizeof(Token), .flags = TYPE_GC, .methods = token_methods, .getsets = token_getsets,
                                    .slots = {.new = token_new, .dealloc = token_dealloc, .traverse = token_traverse, .repr = token_repr}};
static Value missing_repr(ThreadState *ts, Value self) { return str_from_ascii(ts, "<Token.MISSING>"); }
static const TypeSpec missing_spec = {.name = "Token.MISSING", .size = sizeof(Object), .flags = TYPE_NO_NEW, .slots = {.repr = missing_repr}};

Value context_copy_current(ThreadState *ts) {
  Context *c = current(ts);
  return c ? context_make(ts, c) : NULL;
}
static Value module_copy_context(NATIVE_ARGS) { return context_copy_current(ts); }
static const MethodDef methods[] = {{"copy_context", module_copy_context, 0, 0, 0, "A copy of the current context."}, {0}};
static int start(ThreadState *ts, Value m) {
  ContextModule *s = module_state(m);
  if (module_add_type(ts, m, &context_spec, NULL, &s->context) < 0 || module_add_type(ts, m, &var_spec, NULL, &s->var) < 0 || module_add_type(ts, m, &token_spec, NULL, &s->token) < 0) return -1;
  if ((s->missing_type = type_from_spec(ts, &missing_spec, NULL, K_OBJECT)) == NULL || (s->missing = object_new_instance(ts, s->missing_type)) == NULL) return -1;
  Value name = str_intern_cstr(ts, "MISSING");
  int r = name ? type_set_attr(ts, s->token, name, s->missing) : -1;
  xdecref(ts, name);
  return r;
}
const ModuleDef contextvars_module_def = {.name = "_contextvars", .doc = "Variables of contexts. Scripts use contextvars.", .methods = methods, .start = start, .state_size = sizeof(ContextModule), .owned_values = 5};
