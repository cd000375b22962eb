/* arguments.c - Python values on their way into a foreign call.
 * Without argtypes an int is a C int, bytes and str are pointers to their characters, None is NULL, and a C object passes what it holds. With
 * argtypes each class says what it takes: its from_param() if it has one of its own, else the rules of argument_for().
 * Keeps true: `where` stays valid until the call is over: it points into the Argument, or into memory that `keep` keeps.
 * Next: function.c. CPython: ConvParam in Modules/_ctypes/callproc.c, the from_param functions of _ctypes.c. */
#include <stdlib.h>

#include "runtime/modules/ctypes/ctypes.h"

static void pass(Argument *out, ffi_type *type, Value keep) {
  out->type = type;
  out->where = &out->value;
  out->keep = keep;
}
static void pass_pointer(Argument *out, void *p, Value keep) {
  out->value.p = p;
  pass(out, &ffi_type_pointer, keep);
}

static int pass_int(ThreadState *ts, Value v, Argument *out) {
  int64_t i;
  if (!int_fits_i64(v, &i)) {
    if (int_sign(int_value(v)) < 0 || int_bit_length(int_value(v)) > 64) return err_format(ts, EXC(OverflowError), "int too long to convert"), -1;
    i = 0;
    value_to_c(ts, 'q', &i, v, NULL);
  }
  out->value.i = (int32_t)i;
  pass(out, &ffi_type_sint32, NULL);
  return 0;
}
static int pass_data(ThreadState *ts, Value v, Argument *out) {
  Layout *l = layout_of(ts, v);
  if (l == NULL) return err_format(ts, EXC(TypeError), "abstract class"), -1;
  out->keep = incref(v);
  if (l->kind == C_ARRAY) return pass_pointer(out, as_cdata(v)->data, out->keep), 0;
  out->type = l->ffi;
  out->where = as_cdata(v)->data;
  return 0;
}
static int pass_as_parameter(ThreadState *ts, Value v, Argument *out, bool *found) {
  bool failed;
  Value parameter = attr_get_optional(ts, v, ID(_as_parameter_), &failed);
  *found = parameter != NULL || failed;
  if (parameter == NULL) return failed ? -1 : 0;
  int r = enter_recursive(ts, " while processing _as_parameter_") < 0 ? -1 : argument_plain(ts, parameter, out);
  if (r == 0) leave_recursive(ts);
  if (r == 0 && out->keep == NULL) out->keep = incref(parameter);
  decref(ts, parameter);
  return r;
}

int argument_plain(ThreadState *ts, Value v, Argument *out) {
  if (is_small_int(v) || (is_object(v) && is_int(v)) || is_bool(v)) return pass_int(ts, v, out);
  if (is_none(v)) return pass_pointer(out, NULL, NULL), 0;
  if (is_object(v) && type_of(ts, v) == ctypes_state(ts)->argument) {
    CArgument *a = (CArgument *)v;
    ffi_type *type = simple_ffi_type(a->code);
    out->value = a->value;
    pass(out, type, incref(v));
    return 0;
  }
  if (is_cdata(ts, v)) return pass_data(ts, v, out);
  if (is_bytes(v)) return pass_pointer(out, bytes_data(v), incref(v)), 0;
  if (is_str(v)) {
    Value copy = NULL;
    if (value_to_c(ts, 'Z', &out->value.p, v, &copy) < 0) return -1;
    return pass(out, &ffi_type_pointer, copy), 0;
  }
  bool found;
  int r = pass_as_parameter(ts, v, out, &found);
  if (found) return r;
  err_format(ts, EXC(TypeError), "Don't know how to convert parameter %d", out->number);
  return -1;
}

/* ---- what a class of argtypes takes ---- */

static int wrong_type(ThreadState *ts) {
  err_format(ts, EXC(TypeError), "wrong type");
  return -1;
}
static int pass_for_void_pointer(ThreadState *ts, Value v, Argument *out) {
  char *p;
  Value copy = NULL;
  if (is_str(v)) {
    if (value_to_c(ts, 'Z', &out->value.p, v, &copy) < 0) return -1;
    return pass(out, &ffi_type_pointer, copy), 0;
  }
  if (address_of(ts, v, &p) < 0) return -1;
  return pass_pointer(out, p, incref(v)), 0;
}
/* char * also takes arrays of char and pointers to char. */
static bool is_text_memory(ThreadState *ts, Value v, char item_code) {
  Layout *l = is_cdata(ts, v) ? layout_of(ts, v) : NULL;
  if (l == NULL || (l->kind != C_ARRAY && l->kind != C_POINTER) || l->item == NULL) return false;
  Layout *item = layout_of_class(ts, l->item);
  return item && item->kind == C_SIMPLE && item->code == item_code;
}
static int pass_for_simple(ThreadState *ts, Layout *l, Value v, Argument *out) {
  if (l->code == 'P') return pass_for_void_pointer(ts, v, out);
  if (l->code == 'z' && (is_text_memory(ts, v, 'c') || (is_object(v) && type_of(ts, v) == ctypes_state(ts)->argument))) return pass_for_void_pointer(ts, v, out);
  if (l->code == 'Z' && is_text_memory(ts, v, 'u')) return pass_for_void_pointer(ts, v, out);
  if ((l->code == 'z' || l->code == 'Z') && is_int(v)) return wrong_type(ts);
  Value keep = NULL;
  if (value_to_c(ts, l->code, &out->value, v, &keep) == 0) return pass(out, l->ffi, keep), 0;
  return -1;
}
static bool points_to(ThreadState *ts, Layout *given, Value item) {
  return given && (given->kind == C_POINTER || given->kind == C_ARRAY) && given->item && is_type(given->item) && type_is_subtype((Type *)given->item, (Type *)item);
}
static int pass_for_pointer(ThreadState *ts, Layout *l, Value v, Argument *out, bool *found) {
  *found = true;
  if (is_none(v)) return pass_pointer(out, NULL, NULL), 0;
  if (is_cdata(ts, v) && l->item) {
    if (type_is_subtype(type_of(ts, v), (Type *)l->item)) return pass_pointer(out, as_cdata(v)->data, incref(v)), 0; /* as byref(v) */
    if (points_to(ts, layout_of(ts, v), l->item)) return pass_data(ts, v, out);
  }
  *found = false;
  return 0;
}
static bool is_argument_to(ThreadState *ts, Value cls, Layout *l, Value v) {
  if (!is_object(v) || type_of(ts, v) != ctypes_state(ts)->argument) return false;
  Value target = ((CArgument *)v)->object;
  if (l->kind == C_POINTER && l->item && target && is_cdata(ts, target)) return type_is_subtype(type_of(ts, target), (Type *)l->item);
  return l->kind == C_SIMPLE && ((CArgument *)v)->code == l->code;
}

static int argument_by_layout(ThreadState *ts, Value cls, Layout *l, Value v, Argument *out) {
  bool found = false;
  if (l->is_plain && is_small_int(v) && (l->code == 'i' || l->code == 'l')) { /* by far the most frequent ones */
    out->value.q = small_int(v);
    pass(out, l->ffi, NULL);
    return 0;
  }
  if (is_object(v) && type_is_subtype(type_of(ts, v), (Type *)cls) && is_cdata(ts, v)) return pass_data(ts, v, out);
  if (is_argument_to(ts, cls, l, v)) return argument_plain(ts, v, out);
  if (l->kind == C_POINTER) {
    int r = pass_for_pointer(ts, l, v, out, &found);
    if (found) return r;
  }
  if (l->kind == C_SIMPLE) {
    if (pass_for_simple(ts, l, v, out) == 0) return 0;
    if (!err_matches(ts, EXC(Exception))) return -1;
    err_clear(ts);
  }
  int r = pass_as_parameter(ts, v, out, &found);
  if (found) return r;
  if (l->kind == C_SIMPLE) return wrong_type(ts);
  if (is_object(v) && type_of(ts, v) == ctypes_state(ts)->argument && ((CArgument *)v)->object)
    err_format(ts, EXC(TypeError), "expected %N instance instead of pointer to %T", (Type *)cls, ((CArgument *)v)->object);
  else err_format(ts, EXC(TypeError), "expected %N instance instead of %T", (Type *)cls, v);
  return -1;
}

int argument_for(ThreadState *ts, Value cls, Value v, Argument *out) {
  Layout *l = layout_of_class(ts, cls);
  if (LIKELY(l != NULL) && type_lookup(ts, (Type *)cls, ID(from_param)) == NULL) return argument_by_layout(ts, cls, l, v, out);
  Value convert = attr_get(ts, cls, ID(from_param)), given = convert ? call1(ts, convert, v) : NULL;
  xdecref(ts, convert);
  if (given == NULL) return -1;
  int r = argument_plain(ts, given, out);
  if (r == 0 && out->keep == NULL) out->keep = incref(given);
  else if (r == 0 && given != out->keep && is_object(given)) { /* both must live: the conversion may have made `given` */
    Value both = tuple_of2(ts, out->keep, given);
    decref(ts, out->keep);
    out->keep = both;
    if (both == NULL) r = -1;
  }
  decref(ts, given);
  return r;
}

/* ---- arguments as objects ---- */

static OWNED Value argument_object(ThreadState *ts, char code, union CValue value, NULLABLE BORROWED Value object) {
  CArgument *a = (CArgument *)object_new_instance(ts, ctypes_state(ts)->argument);
  if (a == NULL) return NULL;
  a->code = code;
  a->value = value;
  a->object = object ? incref(object) : NULL;
  return (Value)a;
}
/* from_param(cls, value): what classes have as from_param when they do not write one of their own. */
Value argument_convert(NATIVE_ARGS) {
  Layout *l = layout_required(ts, args[0]);
  Argument out = {.number = 1};
  if (l == NULL || argument_by_layout(ts, args[0], l, args[1], &out) < 0) return NULL;
  Value v;
  if (out.keep == args[1] && is_cdata(ts, args[1]) && out.where != &out.value) v = incref(args[1]);
  else v = argument_object(ts, l->kind == C_SIMPLE ? l->code : 'P', out.value, out.keep ? out.keep : args[1]);
  xdecref(ts, out.keep);
  return v;
}
Value argument_byref(NATIVE_ARGS) {
  int64_t offset = 0;
  if (!is_cdata(ts, args[0])) return err_format(ts, EXC(TypeError), "byref() argument must be a ctypes instance, not '%T'", args[0]);
  if (nargs > 1 && num_as_i64(ts, args[1], &offset) < 0) return NULL;
  return argument_object(ts, 'P', (union CValue){.p = as_cdata(args[0])->data + offset}, args[0]);
}
static void argument_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((CArgument *)self)->object);
  object_release(ts, self);
}
static int argument_traverse(Value self, Visit visit, void *arg) {
  VISIT(((CArgument *)self)->object);
  return 0;
}
static Value argument_repr(ThreadState *ts, Value self) {
  CArgument *a = (CArgument *)self;
  if (strchr("zZPO", a->code)) return str_format(ts, "<cparam '%c' (%p)>", a->code, a->value.p);
  Value v = c_to_value(ts, a->code, &a->value), text = v ? str_format(ts, a->code == 'c' || a->code == 'u' ? "<cparam '%c' (%R)>" : "<cparam '%c' (%S)>", a->code, v) : NULL;
  xdecref(ts, v);
  return text;
}
static Value argument_target(ThreadState *ts, Value self) {
  Value object = ((CArgument *)self)->object;
  return object ? incref(object) : V_NONE;
}
static const GetSetDef argument_getsets[] = {{"_obj", argument_target, NULL, "the wrapped object"}, {0}};
const TypeSpec argument_spec = {.name = "CArgObject", .doc = "An argument on its way to C.", .size = sizeof(CArgument), .flags = TYPE_GC | TYPE_NO_NEW,
                                .slots = {.dealloc = argument_dealloc, .traverse = argument_traverse, .repr = argument_repr}, .getsets = argument_getsets};
