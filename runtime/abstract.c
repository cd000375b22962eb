/* abstract.c - the operators and protocols of the language on any value, with CPython's order of tries and its error texts.
 * Keeps true: results are owned; a function that returns "missing" without an exception says so in abstract.h.
 * Next: call.c (calls and arguments), types/. CPython: Objects/abstract.c, Objects/object.c. */
#include "runtime/module.h"

#include <stdlib.h>
#include "runtime/slots.h"

/* ---- attributes ---- */

Value attr_get(ThreadState *ts, Value v, Value name) { return type_of(ts, v)->slots.getattr(ts, v, name); }

Value attr_get_optional(ThreadState *ts, Value v, Value name, bool *failed) {
  Type *type = type_of(ts, v);
  Value r = type->flags & TYPE_GENERIC_GETATTR ? object_getattr_optional(ts, v, name) : type->slots.getattr(ts, v, name);
  if (r == NULL && err_occurred(ts) && err_matches(ts, EXC(AttributeError))) err_clear(ts);
  *failed = r == NULL && err_occurred(ts);
  return r;
}

int attr_set(ThreadState *ts, Value v, Value name, Value value) { return type_of(ts, v)->slots.setattr(ts, v, name, value); }

Value attr_get_cstr(ThreadState *ts, Value v, const char *name) {
  Value s = str_intern_cstr(ts, name);
  if (s == NULL) return NULL;
  Value r = attr_get(ts, v, s);
  decref(ts, s);
  return r;
}

Value lookup_special(ThreadState *ts, Value v, Value name, bool *failed) {
  *failed = false;
  Value method = type_lookup(ts, type_of(ts, v), name);
  if (method == NULL) return NULL;
  Type *type = type_of(ts, method);
  if (type->slots.descr_get == NULL) return incref(method);
  Value r = type->slots.descr_get(ts, method, v, (Value)type_of(ts, v));
  *failed = r == NULL;
  return r;
}

/* ---- comparing ---- */

static const char *const compare_signs[] = {"<", "<=", "==", "!=", ">", ">="};
static const CompareOp mirrored[] = {CMP_GT, CMP_GE, CMP_EQ, CMP_NE, CMP_LT, CMP_LE};

static Value compare_uncounted(ThreadState *ts, Value a, Value b, CompareOp op) {
  Type *ta = type_of(ts, a), *tb = type_of(ts, b);
  bool tried_reflected = false;
  if (ta != tb && tb->slots.compare && type_is_subtype(tb, ta)) {
    tried_reflected = true;
    Value r = tb->slots.compare(ts, b, a, mirrored[op]);
    if (r != V_NOT_IMPLEMENTED) return r;
  }
  if (ta->slots.compare) {
    Value r = ta->slots.compare(ts, a, b, op);
    if (r != V_NOT_IMPLEMENTED) return r;
  }
  if (!tried_reflected && tb->slots.compare) {
    Value r = tb->slots.compare(ts, b, a, mirrored[op]);
    if (r != V_NOT_IMPLEMENTED) return r;
  }
  if (op == CMP_EQ) return bool_value(a == b);
  if (op == CMP_NE) return bool_value(a != b);
  return err_format(ts, EXC(TypeError), "'%s' not supported between instances of '%T' and '%T'", compare_signs[op], a, b);
}

Value compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (enter_recursive(ts, " in comparison") < 0) return NULL;
  Value r = compare_uncounted(ts, a, b, op);
  leave_recursive(ts);
  return r;
}

int compare_bool(ThreadState *ts, Value a, Value b, CompareOp op) {
  if (a == b) {
    if (op == CMP_EQ) return 1;
    if (op == CMP_NE) return 0;
  }
  Value r = compare(ts, a, b, op);
  if (r == NULL) return -1;
  if (is_bool(r)) return r == V_TRUE;
  int t = truth(ts, r);
  decref(ts, r);
  return t;
}

int64_t hash_of(ThreadState *ts, Value v) {
  if (is_small_int(v)) return int_hash(v);
  if (is_object(v) && v->kind == K_STR) return str_hash(ts, v);
  Type *type = type_of(ts, v);
  if (type->slots.hash) return type->slots.hash(ts, v);
  err_format(ts, EXC(TypeError), "unhashable type: '%T'", v);
  return -1;
}

int truth_slow(ThreadState *ts, Value v) {
  if (is_small_int(v)) return small_int(v) != 0;
  if (is_small_float(v)) return 1;
  Type *type = type_of(ts, v);
  if (type->slots.truth) return type->slots.truth(ts, v);
  if (type->slots.len) {
    ssize_t n = type->slots.len(ts, v);
    return n < 0 ? -1 : n > 0;
  }
  return 1;
}

/* ---- text ---- */

static Value checked_str(ThreadState *ts, Value r, const char *method) {
  if (r == NULL || is_str(r)) return r;
  err_format(ts, EXC(TypeError), "%s returned non-string (type %T)", method, r);
  decref(ts, r);
  return NULL;
}

Value repr_of(ThreadState *ts, Value v) {
  Type *type = type_of(ts, v);
  if (type->slots.repr == NULL) return str_format(ts, "<%T object at %p>", v, (void *)v);
  if (enter_recursive(ts, " while getting the repr of an object") < 0) return NULL;
  Value r = type->slots.repr(ts, v);
  leave_recursive(ts);
  return checked_str(ts, r, "__repr__");
}

Value str_of(ThreadState *ts, Value v) {
  if (is_object(v) && v->kind == K_STR) return incref(v);
  Type *type = type_of(ts, v);
  if (type->slots.str == NULL) return repr_of(ts, v);
  if (enter_recursive(ts, " while getting the str of an object") < 0) return NULL;
  Value r = type->slots.str(ts, v);
  leave_recursive(ts);
  return checked_str(ts, r, "__str__");
}

Value ascii_of(ThreadState *ts, Value v) {
  Value r = repr_of(ts, v);
  if (r == NULL || str_is_ascii(r)) return r;
  Value bytes = str_encode(ts, r, "ascii", "backslashreplace");
  decref(ts, r);
  if (bytes == NULL) return NULL;
  r = str_from_latin1(ts, bytes_data(bytes), bytes_len(bytes));
  decref(ts, bytes);
  return r;
}

Value format_of(ThreadState *ts, Value v, Value spec) {
  if (spec == NULL || (is_str(spec) && str_len(spec) == 0)) {
    if (is_object(v) && v->kind == K_STR) return incref(v);
    if (is_small_int(v) || is_small_float(v)) return str_of(ts, v);
  }
  if (spec && is_exact_str(spec)) {
    Kind kind = kind_of(v);
    if (kind == K_INT) return int_format(ts, v, spec);
    if (kind == K_FLOAT) return float_format(ts, v, spec);
    if (kind == K_STR) return str_format_spec(ts, v, spec);
  }
  Value given = spec ? spec : ts->interp->empty_str;
  bool missing;
  Value r = call_special(ts, v, ID(__format__), &given, 1, &missing);
  if (r && !is_str(r)) {
    err_format(ts, EXC(TypeError), "__format__ must return a str, not %T", r);
    CLEAR(r);
  }
  return r;
}

#ifdef FREE_THREADED
/* Each thread knows itself what it is in the middle of. */
int repr_enter(ThreadState *ts, Value v) {
  for (size_t i = ts->in_repr.count; i-- > 0;)
    if (ts->in_repr.items[i] == v) return 1;
  if (ts->in_repr.count == ts->in_repr.capacity) {
    size_t capacity = ts->in_repr.capacity ? ts->in_repr.capacity * 2 : 16;
    Object **grown = realloc(ts->in_repr.items, capacity * sizeof *grown);
    if (grown == NULL) return err_no_memory(ts), -1;
    ts->in_repr.items = grown;
    ts->in_repr.capacity = capacity;
  }
  ts->in_repr.items[ts->in_repr.count++] = v;
  return 0;
}
void repr_leave(ThreadState *ts, Value v) { ts->in_repr.count--; }
#else
int repr_enter(ThreadState *ts, Value v) {
  if (v->gc & GC_IN_REPR) return 1;
  v->gc |= GC_IN_REPR;
  return 0;
}
void repr_leave(ThreadState *ts, Value v) { v->gc &= (uint8_t)~GC_IN_REPR; }
#endif

/* ---- numbers ---- */

static const char *const binary_signs[] = {"+", "&", "//", "<<", "@", "*", "%", "|", "** or pow()", ">>", "-", "/", "^", "divmod()"};
static const char *const inplace_signs[] = {"+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="};

Value err_unsupported(ThreadState *ts, const char *op, Value a, Value b) {
  return err_format(ts, EXC(TypeError), "unsupported operand type(s) for %s: '%T' and '%T'", op, a, b);
}

/* V_NOT_IMPLEMENTED when neither operand knows how. */
static Value try_binary(ThreadState *ts, BinaryOp op, Value a, Value b) {
  Type *ta = type_of(ts, a), *tb = type_of(ts, b);
  BinaryFn fa = ta->slots.binary[op], fb = ta == tb ? NULL : tb->slots.binary[op];
  if (fb == fa) fb = NULL;
  if (fa) {
    if (fb && type_is_subtype(tb, ta)) {
      Value r = fb(ts, a, b);
      if (r != V_NOT_IMPLEMENTED) return r;
      fb = NULL;
    }
    Value r = fa(ts, a, b);
    if (r != V_NOT_IMPLEMENTED) return r;
  }
  return fb ? fb(ts, a, b) : V_NOT_IMPLEMENTED;
}

static Value repeat(ThreadState *ts, BinaryFn fn, Value sequence, Value count) {
  if (!has_index(ts, count)) return err_format(ts, EXC(TypeError), "can't multiply sequence by non-int of type '%T'", count);
  return fn(ts, sequence, count);
}

static Value sequence_fallback(ThreadState *ts, BinaryOp op, Value a, Value b) {
  Type *ta = type_of(ts, a), *tb = type_of(ts, b);
  if (op == NB_ADD && ta->slots.concat) return ta->slots.concat(ts, a, b);
  if (op == NB_MULTIPLY && ta->slots.repeat) return repeat(ts, ta->slots.repeat, a, b);
  if (op == NB_MULTIPLY && tb->slots.repeat) return repeat(ts, tb->slots.repeat, b, a);
  return V_NOT_IMPLEMENTED;
}

static bool is_print_function(ThreadState *ts, Value v) {
  return is_object(v) && v->kind == K_NATIVE && strcmp(((Native *)v)->def->name, "print") == 0;
}

Value num_binary(ThreadState *ts, BinaryOp op, Value a, Value b) {
  Value r = try_binary(ts, op, a, b);
  if (r == V_NOT_IMPLEMENTED) r = sequence_fallback(ts, op, a, b);
  if (r != V_NOT_IMPLEMENTED) return r;
  if (op == NB_RSHIFT && is_print_function(ts, a))
    return err_format(ts, EXC(TypeError), "unsupported operand type(s) for >>: '%T' and '%T'. Did you mean \"print(<message>, file=<output_stream>)\"?", a, b);
  return err_unsupported(ts, binary_signs[op], a, b);
}

Value num_inplace(ThreadState *ts, BinaryOp op, Value a, Value b) {
  Type *ta = type_of(ts, a);
  if (ta->slots.inplace[op]) {
    Value r = ta->slots.inplace[op](ts, a, b);
    if (r != V_NOT_IMPLEMENTED) return r;
  }
  Value r = try_binary(ts, op, a, b);
  if (r == V_NOT_IMPLEMENTED && op == NB_ADD && ta->slots.inplace_concat) return ta->slots.inplace_concat(ts, a, b);
  if (r == V_NOT_IMPLEMENTED) r = sequence_fallback(ts, op, a, b);
  return r == V_NOT_IMPLEMENTED ? err_unsupported(ts, inplace_signs[op], a, b) : r;
}

Value num_power(ThreadState *ts, Value a, Value b, Value mod) {
  if (mod == V_NONE) return num_binary(ts, NB_POWER, a, b);
  Type *type = type_of(ts, a);
  if (type->slots.power) {
    Value r = type->slots.power(ts, a, b, mod);
    if (r != V_NOT_IMPLEMENTED) return r;
  }
  return err_format(ts, EXC(TypeError), "unsupported operand type(s) for ** or pow(): '%T', '%T', '%T'", a, b, mod);
}

static Value unary(ThreadState *ts, Value v, UnaryFn fn, const char *sign) {
  if (fn) return fn(ts, v);
  return err_format(ts, EXC(TypeError), "bad operand type for %s: '%T'", sign, v);
}
Value num_negative(ThreadState *ts, Value v) { return unary(ts, v, type_of(ts, v)->slots.negative, "unary -"); }
Value num_positive(ThreadState *ts, Value v) { return unary(ts, v, type_of(ts, v)->slots.positive, "unary +"); }
Value num_invert(ThreadState *ts, Value v) { return unary(ts, v, type_of(ts, v)->slots.invert, "unary ~"); }
Value num_absolute(ThreadState *ts, Value v) { return unary(ts, v, type_of(ts, v)->slots.absolute, "abs()"); }

bool has_index(ThreadState *ts, Value v) { return is_int(v) || type_of(ts, v)->slots.index != NULL; }

/* The plain int of what v's method gave, an instance of a subclass (or a bool): with a DeprecationWarning. */
static Value int_exact(ThreadState *ts, const char *method, STEALS Value r) {
  int failed = err_warn(ts, EXC(DeprecationWarning), 1, "%s returned non-int (type %s).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.",
                        method, type_name_of(ts, r));
  Value exact = failed ? NULL : incref(int_value(r));
  decref(ts, r);
  return exact;
}

Value num_index(ThreadState *ts, Value v) {
  if (is_small_int(v)) return v;
  if (is_int(v)) return incref(int_value(v));
  Type *type = type_of(ts, v);
  if (type->slots.index == NULL) return err_format(ts, EXC(TypeError), "'%T' object cannot be interpreted as an integer", v);
  Value r = type->slots.index(ts, v);
  if (r == NULL || is_small_int(r)) return r;
  if (!is_int(r)) {
    err_format(ts, EXC(TypeError), "__index__ returned non-int (type %T)", r);
    decref(ts, r);
    return NULL;
  }
  return int_exact(ts, "__index__", r);
}

ssize_t num_as_ssize(ThreadState *ts, Value v, Value err) {
  if (LIKELY(is_small_int(v))) return small_int(v);
  Value i = num_index(ts, v);
  if (i == NULL) return -1;
  int64_t n;
  if (!int_fits_i64(i, &n)) {
    if (err) {
      err_format(ts, err, "cannot fit '%T' into an index-sized integer", v);
      n = -1;
    } else {
      n = int_sign(i) < 0 ? INT64_MIN : INT64_MAX;
    }
  }
  decref(ts, i);
  return n;
}

ssize_t arg_as_ssize(ThreadState *ts, Value v) {
  if (LIKELY(is_small_int(v))) return small_int(v);
  Value i = num_index(ts, v);
  if (i == NULL) return -1;
  int64_t n = -1;
  if (!int_fits_i64(i, &n)) err_format(ts, EXC(OverflowError), "Python int too large to convert to C ssize_t");
  decref(ts, i);
  return n;
}

int num_as_i64(ThreadState *ts, Value v, int64_t *out) {
  if (LIKELY(is_small_int(v))) {
    *out = small_int(v);
    return 0;
  }
  Value i = num_index(ts, v);
  if (i == NULL) return -1;
  bool fits = int_fits_i64(i, out);
  decref(ts, i);
  if (fits) return 0;
  err_format(ts, EXC(OverflowError), "Python int too large to convert to C long");
  return -1;
}

int num_as_int(ThreadState *ts, Value v, int *out) {
  int64_t n;
  if (num_as_i64(ts, v, &n) < 0) return -1;
  if (n < INT32_MIN || n > INT32_MAX) {
    err_format(ts, EXC(OverflowError), n < 0 ? "signed integer is less than minimum" : "signed integer is greater than maximum");
    return -1;
  }
  *out = (int)n;
  return 0;
}

int num_as_double(ThreadState *ts, Value v, double *out) {
  if (is_float(v)) {
    *out = float_value(v);
    return 0;
  }
  if (is_int(v)) {
    *out = int_as_double(ts, int_value(v));
    return *out == -1.0 && err_occurred(ts) ? -1 : 0;
  }
  Type *type = type_of(ts, v);
  if (type->slots.to_float) {
    Value f = type->slots.to_float(ts, v);
    if (f == NULL) return -1;
    if (!is_float(f)) {
      err_format(ts, EXC(TypeError), "%T.__float__ returned non-float (type %T)", v, f);
      decref(ts, f);
      return -1;
    }
    *out = float_value(f);
    decref(ts, f);
    return 0;
  }
  if (type->slots.index) {
    Value i = num_index(ts, v);
    if (i == NULL) return -1;
    *out = int_as_double(ts, i);
    decref(ts, i);
    return *out == -1.0 && err_occurred(ts) ? -1 : 0;
  }
  err_format(ts, EXC(TypeError), "must be real number, not %T", v);
  return -1;
}

/* The bytes of a number's text as a str, in which what is not ASCII is no digit and no blank either: OWNED. */
static Value number_text(ThreadState *ts, const Buffer *view) {
  if (bytes_are_ascii(view->data, (size_t)view->length)) return str_from_latin1(ts, view->data, view->length);
  return str_from_ascii(ts, "?");
}

static Value int_from_text_like(ThreadState *ts, Value v) {
  if (is_str(v)) return int_parse(ts, v, 10);
  Buffer view;
  if (buffer_get(ts, v, &view, false) < 0) return NULL;
  Value text = number_text(ts, &view);
  Value r = text ? int_parse(ts, text, 10) : NULL;
  if (r == NULL && text && err_matches(ts, EXC(ValueError)) && (is_bytes(v) || is_bytearray(v))) {
    err_clear(ts);
    err_format(ts, EXC(ValueError), "invalid literal for int() with base 10: %R", v);
  }
  xdecref(ts, text);
  buffer_release(ts, &view);
  return r;
}

Value num_int(ThreadState *ts, Value v) {
  if (is_small_int(v)) return v;
  if (kind_of(v) == K_INT) return incref(v);
  Type *type = type_of(ts, v);
  if (type->slots.to_int) {
    Value r = type->slots.to_int(ts, v);
    if (r == NULL || kind_of(r) == K_INT) return r;
    if (!is_int(r)) {
      err_format(ts, EXC(TypeError), "__int__ returned non-int (type %T)", r);
      decref(ts, r);
      return NULL;
    }
    return int_exact(ts, "__int__", r);
  }
  if (type->slots.index) return num_index(ts, v);
  bool missing;
  Value r = call_special(ts, v, ID(__trunc__), NULL, 0, &missing);
  if (!missing) {
    if (r && err_warn(ts, EXC(DeprecationWarning), 1, "The delegation of int() to __trunc__ is deprecated.") < 0) CLEAR(r);
    if (r == NULL || is_int(r)) return r;
    Value i = num_index(ts, r);
    if (i == NULL) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "__trunc__ returned non-Integral (type %T)", r);
    }
    decref(ts, r);
    return i;
  }
  if (is_str(v) || has_buffer(ts, v)) return int_from_text_like(ts, v);
  return err_format(ts, EXC(TypeError), "int() argument must be a string, a bytes-like object or a real number, not '%T'", v);
}

/* The plain float of what v.__float__() gave, an instance of a subclass: with a DeprecationWarning. */
static Value float_exact(ThreadState *ts, Value v, STEALS Value r) {
  int failed = err_warn(ts, EXC(DeprecationWarning), 1, "%s.__float__ returned non-float (type %s).  The ability to return an instance of a strict subclass of float is deprecated, and may not be supported in a future version of Python.",
                        type_name_of(ts, v), type_name_of(ts, r));
  Value exact = failed ? NULL : float_new(ts, float_value(r));
  decref(ts, r);
  return exact;
}

Value num_float(ThreadState *ts, Value v) {
  if (kind_of(v) == K_FLOAT) return incref(v);
  Type *type = type_of(ts, v);
  if (type->flags & TYPE_HEAP && type->slots.to_float && type->slots.to_float != TYPE(FLOAT)->slots.to_float) {
    Value r = type->slots.to_float(ts, v); /* __float__ of a class of one's own, also of a subclass of float or str */
    if (r == NULL || is_float(r)) return r && kind_of(r) != K_FLOAT ? float_exact(ts, v, r) : r;
    err_format(ts, EXC(TypeError), "%T.__float__ returned non-float (type %T)", v, r);
    decref(ts, r);
    return NULL;
  }
  if (is_str(v)) return float_parse(ts, v);
  if (!is_int(v) && !is_float(v) && type->slots.to_float == NULL && type->slots.index == NULL) {
    if (!has_buffer(ts, v)) return err_format(ts, EXC(TypeError), "float() argument must be a string or a real number, not '%T'", v);
    Buffer view;
    if (buffer_get(ts, v, &view, false) < 0) return NULL;
    Value text = number_text(ts, &view);
    buffer_release(ts, &view);
    Value r = text ? float_parse(ts, text) : NULL;
    xdecref(ts, text);
    if (r == NULL && err_matches(ts, EXC(ValueError))) {
      err_clear(ts);
      err_format(ts, EXC(ValueError), "could not convert string to float: %R", v);
    }
    return r;
  }
  double d;
  return num_as_double(ts, v, &d) < 0 ? NULL : float_new(ts, d);
}

/* ---- containers ---- */

ssize_t length(ThreadState *ts, Value v) {
  Type *type = type_of(ts, v);
  if (type->slots.len) return type->slots.len(ts, v);
  err_format(ts, EXC(TypeError), "object of type '%T' has no len()", v);
  return -1;
}

ssize_t length_hint(ThreadState *ts, Value v, ssize_t guess) {
  if (type_of(ts, v)->slots.len) {
    ssize_t n = length(ts, v);
    if (n >= 0 || !err_matches(ts, EXC(TypeError))) return n;
    err_clear(ts);
  }
  bool missing;
  Value r = call_special(ts, v, ID(__length_hint__), NULL, 0, &missing);
  if (missing || r == V_NOT_IMPLEMENTED) return guess;
  if (r == NULL) {
    if (!err_matches(ts, EXC(TypeError))) return -1;
    err_clear(ts);
    return guess;
  }
  if (!is_int(r)) {
    err_format(ts, EXC(TypeError), "__length_hint__ must be an integer, not %T", r);
    decref(ts, r);
    return -1;
  }
  ssize_t n = num_as_ssize(ts, r, EXC(OverflowError));
  decref(ts, r);
  if (n < 0 && !err_occurred(ts)) err_format(ts, EXC(ValueError), "__length_hint__() should return >= 0");
  return n;
}

Value item_get(ThreadState *ts, Value v, Value key) {
  Type *type = type_of(ts, v);
  if (type->slots.getitem) return type->slots.getitem(ts, v, key);
  if (is_type(v)) {
    if (v == (Value)TYPE(TYPE)) return generic_alias_new(ts, v, key);
    bool failed;
    Value hook = attr_get_optional(ts, v, ID(__class_getitem__), &failed);
    if (failed) return NULL;
    if (hook) {
      Value r = call1(ts, hook, key);
      decref(ts, hook);
      return r;
    }
    return err_format(ts, EXC(TypeError), "type '%N' is not subscriptable", (Type *)v);
  }
  return err_format(ts, EXC(TypeError), "'%T' object is not subscriptable", v);
}

int item_set(ThreadState *ts, Value v, Value key, Value value) {
  Type *type = type_of(ts, v);
  if (type->slots.setitem) return type->slots.setitem(ts, v, key, value);
  err_format(ts, EXC(TypeError), "'%T' object does not support item assignment", v);
  return -1;
}

int item_delete(ThreadState *ts, Value v, Value key) {
  Type *type = type_of(ts, v);
  if (type->slots.setitem) return type->slots.setitem(ts, v, key, NULL);
  bool by_index = type->slots.getitem && (is_str(v) || is_bytes(v) || is_tuple(v) || is_kind(v, K_RANGE)); /* CPython's sequences without mapping methods for it */
  err_format(ts, EXC(TypeError), by_index ? "'%T' object doesn't support item deletion" : "'%T' object does not support item deletion", v);
  return -1;
}

int contains(ThreadState *ts, Value container, Value item) {
  Type *type = type_of(ts, container);
  if (type->slots.contains) return type->slots.contains(ts, container, item);
  if (type->slots.iter == NULL && type->slots.getitem == NULL) {
    err_format(ts, EXC(TypeError), "argument of type '%T' is not iterable", container);
    return -1;
  }
  Value it = iter_of(ts, container);
  if (it == NULL) {
    if (err_matches(ts, EXC(TypeError))) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "argument of type '%T' is not iterable", container);
    }
    return -1;
  }
  int found = 0;
  while (found == 0) {
    Value one = iter_next(ts, it);
    if (one == NULL) {
      if (err_occurred(ts)) found = -1;
      break;
    }
    found = equals(ts, one, item);
    decref(ts, one);
  }
  decref(ts, it);
  return found;
}

Value iter_too_deep(ThreadState *ts) {
  return err_format(ts, EXC(RecursionError), "maximum recursion depth exceeded while iterating");
}

bool is_sequence(ThreadState *ts, Value v) {
  return !is_dict(v) && type_of(ts, v)->slots.getitem != NULL;
}
bool is_mapping(ThreadState *ts, Value v) { return type_of(ts, v)->slots.getitem != NULL; }
void iter_ended(ThreadState *ts) {
  if (ts->exc && err_matches(ts, EXC(StopIteration))) err_clear(ts);
}

bool is_iterator(ThreadState *ts, Value v) {
  UnaryFn next = type_of(ts, v)->slots.next;
  return next != NULL && next != next_not_implemented;
}

Value iter_of(ThreadState *ts, Value v) {
  Type *type = type_of(ts, v);
  if (type->slots.iter == NULL) {
    if (type->slots.getitem && !is_dict(v)) return iter_of_sequence_protocol(ts, v);
    return err_format(ts, EXC(TypeError), "'%T' object is not iterable", v);
  }
  Value hook = type->flags & TYPE_HEAP ? type_lookup(ts, type, ID(__iter__)) : NULL;
  if (hook == V_NONE) return err_format(ts, EXC(TypeError), "'%T' object is not iterable", v);
  Value it = type->slots.iter(ts, v);
  if (it == NULL || is_iterator(ts, it)) return it;
  err_format(ts, EXC(TypeError), "iter() returned non-iterator of type '%T'", it);
  decref(ts, it);
  return NULL;
}

Value seq_get(ThreadState *ts, Value v, ssize_t i) {
  if (is_object(v) && v->kind == K_LIST && i >= 0 && i < list_len(v)) return incref(list_get(v, i));
  if (is_object(v) && v->kind == K_TUPLE && i >= 0 && i < tuple_len(v)) return incref(tuple_get(v, i));
  Value index = int_from_i64(ts, i);
  Value item = index ? item_get(ts, v, index) : NULL;
  xdecref(ts, index);
  return item;
}

Value list_from_iterable(ThreadState *ts, Value v) {
  Value list = list_new(ts, 0);
  if (list && list_extend(ts, list, v) < 0) CLEAR(list);
  return list;
}

Value tuple_from_iterable(ThreadState *ts, Value v) {
  if (is_object(v) && v->kind == K_TUPLE) return incref(v);
  if (is_object(v) && v->kind == K_LIST) return list_to_tuple(ts, v);
  Value list = list_from_iterable(ts, v);
  if (list == NULL) return NULL;
  Value tuple = list_to_tuple(ts, list);
  decref(ts, list);
  return tuple;
}

Value seq_fast(ThreadState *ts, Value v, const char *message) {
  if (is_object(v) && v->kind == K_LIST && IS_PARALLEL(ts)) return list_to_tuple(ts, v);
  if (is_object(v) && (v->kind == K_LIST || v->kind == K_TUPLE)) return incref(v);
  Value it = iter_of(ts, v);
  if (it == NULL) {
    if (err_matches(ts, EXC(TypeError))) {
      err_clear(ts);
      err_format(ts, EXC(TypeError), "%s", message);
    }
    return NULL;
  }
  Value list = list_from_iterable(ts, it);
  decref(ts, it);
  return list;
}

Value *seq_items(Value fast, ssize_t *n) { /* free-threaded: of a list only with its lock held; seq_fast gives a tuple of it */
  if (is_list(fast)) {
    *n = list_len(fast);
    return as_list(fast)->items;
  }
  *n = tuple_len(fast);
  return tuple_items(fast);
}

static int slice_part(ThreadState *ts, Value part, ssize_t *out) {
  if (part == V_NONE) return 0;
  if (LIKELY(is_small_int(part))) {
    *out = small_int(part);
    return 0;
  }
  if (!has_index(ts, part)) {
    err_format(ts, EXC(TypeError), "slice indices must be integers or None or have an __index__ method");
    return -1;
  }
  *out = num_as_ssize(ts, part, NULL);
  return *out == -1 && err_occurred(ts) ? -1 : 0;
}

int slice_indices(ThreadState *ts, Value slice, ssize_t length, ssize_t *start, ssize_t *stop, ssize_t *step, ssize_t *count) {
  Slice *s = (Slice *)slice;
  *step = 1;
  if (slice_part(ts, s->step, step) < 0) return -1;
  if (*step == 0) {
    err_format(ts, EXC(ValueError), "slice step cannot be zero");
    return -1;
  }
  if (*step < -INT64_MAX) *step = -INT64_MAX;
  *start = *step < 0 ? INT64_MAX : 0;
  *stop = *step < 0 ? INT64_MIN : INT64_MAX;
  if (slice_part(ts, s->start, start) < 0 || slice_part(ts, s->stop, stop) < 0) return -1;
  ssize_t low = *step < 0 ? -1 : 0, high = *step < 0 ? length - 1 : length;
  if (*start < 0 && (*start += length) < low) *start = low;
  if (*start > high) *start = high;
  if (*stop < 0 && !(s->stop == V_NONE && *step < 0) && (*stop += length) < low) *stop = low;
  if (s->stop == V_NONE && *step < 0) *stop = -1;
  if (*stop > high) *stop = high;
  if (*step > 0) *count = *start < *stop ? (*stop - *start - 1) / *step + 1 : 0;
  else *count = *stop < *start ? (*start - *stop - 1) / -*step + 1 : 0;
  return 0;
}

/* ---- classes ---- */

/* cls.__bases__ of something that is not a type but behaves so: OWNED tuple or NULL. */
static Value abstract_bases(ThreadState *ts, Value cls, bool *failed) {
  Value bases = attr_get_optional(ts, cls, ID(__bases__), failed);
  if (bases && !is_tuple(bases)) CLEAR(bases);
  return bases;
}

static int abstract_is_subclass(ThreadState *ts, Value derived, Value cls) {
  if (derived == cls) return 1;
  bool failed;
  Value bases = abstract_bases(ts, derived, &failed);
  if (bases == NULL) return failed ? -1 : 0;
  int r = enter_recursive(ts, " in __subclasscheck__");
  if (r == 0) {
    for (ssize_t i = 0; i < tuple_len(bases) && r == 0; i++) r = abstract_is_subclass(ts, tuple_get(bases, i), cls);
    leave_recursive(ts);
  }
  decref(ts, bases);
  return r;
}

static int check_class(ThreadState *ts, Value cls, const char *message) {
  bool failed;
  Value bases = abstract_bases(ts, cls, &failed);
  if (bases) {
    decref(ts, bases);
    return 0;
  }
  if (!failed) err_format(ts, EXC(TypeError), "%s", message);
  return -1;
}

static int plain_is_instance(ThreadState *ts, Value v, Value cls) {
  if (is_type(cls)) {
    if (type_is_subtype(type_of(ts, v), (Type *)cls)) return 1;
    bool failed;
    Value claimed = attr_get_optional(ts, v, ID(__class__), &failed);
    if (failed) return -1;
    int r = claimed && is_type(claimed) && type_is_subtype((Type *)claimed, (Type *)cls);
    xdecref(ts, claimed);
    return r;
  }
  if (check_class(ts, cls, "isinstance() arg 2 must be a type, a tuple of types, or a union") < 0) return -1;
  bool failed;
  Value claimed = attr_get_optional(ts, v, ID(__class__), &failed);
  if (claimed == NULL) return failed ? -1 : 0;
  int r = abstract_is_subclass(ts, claimed, cls);
  decref(ts, claimed);
  return r;
}

static int ask_class(ThreadState *ts, Value cls, Value name, Value v, bool *missing) {
  Value r = call_special(ts, cls, name, &v, 1, missing);
  if (*missing) return 0;
  if (r == NULL) return -1;
  int t = truth(ts, r);
  decref(ts, r);
  return t;
}

int is_instance(ThreadState *ts, Value v, Value cls) {
  if ((Value)type_of(ts, v) == cls) return 1;
  if (is_type(cls) && type_of(ts, cls) == TYPE(TYPE)) return plain_is_instance(ts, v, cls);
  if (is_tuple(cls)) {
    if (enter_recursive(ts, " in __instancecheck__") < 0) return -1;
    int r = 0;
    for (ssize_t i = 0; i < tuple_len(cls) && r == 0; i++) r = is_instance(ts, v, tuple_get(cls, i));
    leave_recursive(ts);
    return r;
  }
  bool missing;
  if (enter_recursive(ts, " in __instancecheck__") < 0) return -1;
  int r = ask_class(ts, cls, ID(__instancecheck__), v, &missing);
  leave_recursive(ts);
  return missing ? plain_is_instance(ts, v, cls) : r;
}

int plain_is_subclass(ThreadState *ts, Value derived, Value cls) {
  if (is_type(derived) && is_type(cls)) return type_is_subtype((Type *)derived, (Type *)cls);
  if (check_class(ts, derived, "issubclass() arg 1 must be a class") < 0) return -1;
  if (check_class(ts, cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union") < 0) return -1;
  return abstract_is_subclass(ts, derived, cls);
}

int is_subclass(ThreadState *ts, Value derived, Value cls) {
  if (is_type(cls) && type_of(ts, cls) == TYPE(TYPE) && is_type(derived)) return type_is_subtype((Type *)derived, (Type *)cls);
  if (is_tuple(cls)) {
    if (enter_recursive(ts, " in __subclasscheck__") < 0) return -1;
    int r = 0;
    for (ssize_t i = 0; i < tuple_len(cls) && r == 0; i++) r = is_subclass(ts, derived, tuple_get(cls, i));
    leave_recursive(ts);
    return r;
  }
  bool missing = true;
  int r = 0;
  if (type_of(ts, cls) != TYPE(TYPE)) {
    if (enter_recursive(ts, " in __subclasscheck__") < 0) return -1;
    r = ask_class(ts, cls, ID(__subclasscheck__), derived, &missing);
    leave_recursive(ts);
  }
  return missing ? plain_is_subclass(ts, derived, cls) : r;
}

/* ---- various ---- */

Value id_of(ThreadState *ts, Value v) { return int_from_u64(ts, (uint64_t)value_bits(v)); }

Value dir_of(ThreadState *ts, Value v) {
  Value names;
  if (v == NULL) {
    Value locals = ts->interp->up.frame_locals(ts);
    if (locals == NULL) return NULL;
    names = is_dict(locals) ? dict_keys_list(ts, locals) : list_from_iterable(ts, locals);
    decref(ts, locals);
  } else {
    bool missing;
    Value r = call_special(ts, v, ID(__dir__), NULL, 0, &missing);
    if (r == NULL) return missing ? err_format(ts, EXC(TypeError), "object does not provide __dir__") : NULL;
    names = list_from_iterable(ts, r);
    decref(ts, r);
  }
  if (names && list_sort(ts, names, NULL, false) < 0) CLEAR(names);
  return names;
}

int file_write_str(ThreadState *ts, Value file, Value s) {
  Value r = call_method1(ts, file, ID(write), s);
  xdecref(ts, r);
  return r ? 0 : -1;
}

int file_write_cstr(ThreadState *ts, Value file, const char *text) {
  Value s = str_from_utf8(ts, text, (ssize_t)strlen(text));
  if (s == NULL) return -1;
  int r = file_write_str(ts, file, s);
  decref(ts, s);
  return r;
}

Value sys_get(ThreadState *ts, const char *name) {
  Value s = str_intern_cstr(ts, name);
  if (s == NULL) {
    err_clear(ts);
    return NULL;
  }
  Value v = dict_get_str(ts, ts->interp->sys_dict, s);
  decref(ts, s);
  return v;
}

int sys_set(ThreadState *ts, const char *name, Value v) { return dict_set_cstr(ts, (Value)ts->interp->sys_dict, name, v); }
