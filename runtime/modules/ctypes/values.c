/* values.c - C values and Python values, one into the other; and simple types (c_int, c_char_p ...), which are one C value each.
 * Keeps true: user code (__index__, __bool__) runs before the memory is written, and what is written is complete.
 * Next: ctypes.h, compound.c. CPython: Modules/_ctypes/cfield.c. */
#include "runtime/modules/ctypes/ctypes.h"

/* ---- reading ---- */

static OWNED Value read_text(ThreadState *ts, const char *p) { return p ? bytes_new(ts, p, (ssize_t)strlen(p)) : V_NONE; }
static OWNED Value read_wide(ThreadState *ts, const wchar_t *p) { return p ? str_from_ucs4(ts, (const Char *)p, (ssize_t)wcslen(p)) : V_NONE; }
static OWNED Value read_address(ThreadState *ts, void *p) { return p ? int_from_u64(ts, (uint64_t)(uintptr_t)p) : V_NONE; }

#define READ(type) ({ type x_; memcpy(&x_, p, sizeof x_); x_; }) /* p may be anywhere: a packed structure's field */
Value c_to_value(ThreadState *ts, char code, const void *p) {
  switch (code) {
    case 'c': return bytes_new(ts, (const char *)p, 1);
    case 'b': return small_int_value(READ(int8_t));
    case 'B': return small_int_value(READ(uint8_t));
    case '?': return bool_value(READ(uint8_t));
    case 'h': return small_int_value(READ(int16_t));
    case 'H': return small_int_value(READ(uint16_t));
    case 'i': return small_int_value(READ(int32_t));
    case 'I': return small_int_value(READ(uint32_t));
    case 'l': case 'q': return int_from_i64(ts, READ(int64_t));
    case 'L': case 'Q': return int_from_u64(ts, READ(uint64_t));
    case 'f': return float_new(ts, (double)READ(float));
    case 'd': return float_new(ts, READ(double));
    case 'g': return float_new(ts, (double)READ(long double));
    case 'u': {
      Char c = READ(Char);
      return c <= 0x10ffff ? str_from_char(ts, c) : err_format(ts, EXC(ValueError), "character U+%x is not in range [U+0000; U+10ffff]", (int)c);
    }
    case 'z': return read_text(ts, READ(const char *));
    case 'Z': return read_wide(ts, READ(const wchar_t *));
    case 'O': {
      Value v = READ(Value);
      return v ? incref(v) : err_format(ts, EXC(ValueError), "PyObject is NULL");
    }
    default: return read_address(ts, READ(void *));
  }
}
#undef READ

/* ---- writing ---- */

static int refuse(ThreadState *ts, const char *message, Value v) {
  err_format(ts, EXC(TypeError), message, type_name_of(ts, v));
  return -1;
}
/* The low 64 bits of an int of any size. */
static uint64_t low_bits(Value v) {
  mpz_t view;
  mp_limb_t limb;
  v = int_value(v);
  if (is_small_int(v)) return (uint64_t)small_int(v);
  mpz_srcptr z = int_view(v, view, &limb);
  uint64_t bits = mpz_getlimbn(z, 0);
  return mpz_sgn(z) < 0 ? -bits : bits;
}
static int write_character(ThreadState *ts, char *p, Value v) {
  ssize_t n = 0;
  const char *bytes = is_bytes(v) || is_bytearray(v) ? bytelike_data(v, &n) : NULL;
  if (n == 1) return *p = *bytes, 0;
  if (is_int(v) && int_sign(int_value(v)) >= 0 && int_bit_length(int_value(v)) <= 8) return *p = (char)low_bits(v), 0;
  err_format(ts, EXC(TypeError), "one character bytes, bytearray or integer expected");
  return -1;
}
static int write_wide_character(ThreadState *ts, wchar_t *p, Value v) {
  if (!is_str(v)) return refuse(ts, "unicode string expected instead of %s instance", v);
  if (str_len(v) == 1) return *p = (wchar_t)str_at(v, 0), 0;
  err_format(ts, EXC(TypeError), "one character unicode string expected");
  return -1;
}
static int write_floating(ThreadState *ts, char code, void *p, Value v) {
  double d;
  if (num_as_double(ts, v, &d) < 0) return -1;
  union CValue c;
  if (code == 'f') c.f = (float)d;
  else if (code == 'g') c.g = d;
  else c.d = d;
  memcpy(p, &c, code == 'f' ? 4 : code == 'g' ? sizeof c.g : 8);
  return 0;
}
/* A zero-terminated copy of a str as C's wide characters, in a bytes object. */
static OWNED Value wide_copy(ThreadState *ts, Value s) {
  ssize_t n = str_len(s);
  Value b = bytes_new(ts, NULL, (n + 1) * (ssize_t)sizeof(wchar_t));
  if (b == NULL) return NULL;
  wchar_t *w = (wchar_t *)bytes_data(b);
  for (ssize_t i = 0; i < n; i++) w[i] = (wchar_t)str_at(s, i);
  w[n] = 0;
  return b;
}
static int put_pointer(void *p, const void *v) { return memcpy(p, &v, sizeof v), 0; } /* p need not be aligned */
static int write_text(ThreadState *ts, void *p, Value v, Value *keep) {
  if (is_none(v)) return put_pointer(p, NULL);
  if (is_int(v)) return put_pointer(p, (void *)(uintptr_t)low_bits(v));
  if (!is_bytes(v)) return refuse(ts, "bytes or integer address expected instead of %s instance", v);
  *keep = incref(v);
  return put_pointer(p, bytes_data(v));
}
static int write_wide(ThreadState *ts, void *p, Value v, Value *keep) {
  if (is_none(v)) return put_pointer(p, NULL);
  if (is_int(v)) return put_pointer(p, (void *)(uintptr_t)low_bits(v));
  if (!is_str(v)) return refuse(ts, "unicode string or integer address expected instead of %s instance", v);
  Value copy = wide_copy(ts, v);
  if (copy == NULL) return -1;
  *keep = copy;
  return put_pointer(p, bytes_data(copy));
}

int value_to_c(ThreadState *ts, char code, void *p, Value v, Value *keep) {
  switch (code) {
    case 'c': return write_character(ts, p, v);
    case 'u': return write_wide_character(ts, p, v);
    case 'f': case 'd': case 'g': return write_floating(ts, code, p, v);
    case 'z': return write_text(ts, p, v, keep);
    case 'Z': return write_wide(ts, p, v, keep);
    case '?': {
      int yes = truth(ts, v);
      return yes < 0 ? -1 : (*(uint8_t *)p = (uint8_t)yes, 0);
    }
    case 'O': {
      *keep = incref(v);
      memcpy(p, &v, sizeof v);
      return 0;
    }
    case 'P': {
      if (!is_none(v) && !is_int(v)) return refuse(ts, "cannot be converted to pointer", v);
      void *address = is_none(v) ? NULL : (void *)(uintptr_t)low_bits(v);
      memcpy(p, &address, sizeof address);
      return 0;
    }
  }
  Value i = num_index(ts, v);
  if (i == NULL) return -1;
  uint64_t bits = low_bits(i);
  decref(ts, i);
  memcpy(p, &bits, simple_ffi_type(code)->size);
  return 0;
}

int address_of(ThreadState *ts, Value v, char **out) {
  if (is_none(v)) return *out = NULL, 0;
  if (is_int(v)) return *out = (char *)(uintptr_t)low_bits(v), 0;
  if (is_bytes(v)) return *out = bytes_data(v), 0;
  if (is_cdata(ts, v)) {
    Layout *l = layout_of(ts, v);
    CData *d = as_cdata(v);
    if (l && l->kind == C_ARRAY) return *out = d->data, 0;
    if (l && (l->kind == C_POINTER || l->kind == C_FUNCTION || (l->kind == C_SIMPLE && strchr("zZPO", l->code)))) return memcpy(out, d->data, sizeof *out), 0;
  }
  if (is_object(v) && type_of(ts, v) == ctypes_state(ts)->argument && ((CArgument *)v)->code == 'P') return *out = ((CArgument *)v)->value.p, 0;
  err_format(ts, EXC(TypeError), "wrong type");
  return -1;
}

/* ---- items, fields and results of any type ---- */

static void swap_bytes(char *p, ssize_t size) {
  for (ssize_t i = 0; i < size / 2; i++) {
    char c = p[i];
    p[i] = p[size - 1 - i];
    p[size - 1 - i] = c;
  }
}
Value simple_read(ThreadState *ts, Layout *l, const char *p) {
  if (LIKELY(!l->is_swapped)) return c_to_value(ts, l->code, p);
  union CValue c;
  memcpy(&c, p, (size_t)l->size);
  swap_bytes((char *)&c, l->size);
  return c_to_value(ts, l->code, &c);
}

Value c_read(ThreadState *ts, Value cls, Layout *l, char *p, Value owner) {
  if (l->is_plain) return simple_read(ts, l, p);
  return owner ? cdata_view(ts, cls, l->size, p, owner, true) : cdata_copy(ts, cls, l, p);
}

/* Write the memory of another C object, and keep it, since what it points to is pointed to from here now. */
static int write_copy(ThreadState *ts, Layout *l, char *p, Value from, CData *owner) {
  memmove(p, as_cdata(from)->data, (size_t)l->size);
  bool points = l->kind != C_SIMPLE || strchr("zZPO", l->code);
  return points && owner ? cdata_keep(ts, owner, p, from) : 0;
}
static int write_array_address(ThreadState *ts, char *p, Value array, CData *owner) {
  memcpy(p, &as_cdata(array)->data, sizeof(char *));
  return owner ? cdata_keep(ts, owner, p, array) : 0;
}
static int write_simple(ThreadState *ts, Layout *l, char *p, Value v, CData *owner) {
  Value keep = NULL;
  if (value_to_c(ts, l->code, p, v, &keep) < 0) return -1;
  if (UNLIKELY(l->is_swapped)) swap_bytes(p, l->size);
  int r = keep && owner ? cdata_keep(ts, owner, p, keep) : 0;
  xdecref(ts, keep);
  return r;
}
/* What a bytes or str object means for an array of characters, or -2: not one of these. */
static int write_characters(ThreadState *ts, Layout *l, char *p, Value v) {
  ssize_t n;
  if (l->code == 'c' && is_bytes(v)) {
    n = bytes_len(v);
    if (n > l->size) return err_format(ts, EXC(ValueError), "bytes too long (%zd, maximum length %zd)", n, l->size), -1;
    memcpy(p, bytes_data(v), (size_t)n);
    if (n < l->size) p[n] = 0;
    return 0;
  }
  if (l->code != 'u' || !is_str(v)) return -2;
  n = str_len(v);
  if (n > l->length) return err_format(ts, EXC(ValueError), "string too long (%zd, maximum length %zd)", n, l->length), -1;
  for (ssize_t i = 0; i < n; i++) ((wchar_t *)p)[i] = (wchar_t)str_at(v, i);
  if (n < l->length) ((wchar_t *)p)[n] = 0;
  return 0;
}

int c_write(ThreadState *ts, Value cls, Layout *l, char *p, Value v, CData *owner) {
  bool is_data = is_cdata(ts, v);
  if (is_data && type_is_subtype(type_of(ts, v), (Type *)cls) && as_cdata(v)->size >= l->size) return write_copy(ts, l, p, v, owner);
  if (l->kind == C_SIMPLE && !is_data) return write_simple(ts, l, p, v, owner);
  if (l->kind == C_POINTER && is_none(v)) return memset(p, 0, sizeof(void *)), 0;
  if (l->kind == C_ARRAY) {
    int r = write_characters(ts, l, p, v);
    if (r != -2) return r;
  }
  if ((l->kind == C_STRUCTURE || l->kind == C_UNION || l->kind == C_ARRAY) && is_tuple(v)) { /* what the class makes of it */
    Value made = call_tuple_dict(ts, cls, v, NULL);
    int r = made ? c_write(ts, cls, l, p, made, owner) : -1;
    xdecref(ts, made);
    return r;
  }
  Layout *given = is_data ? layout_of(ts, v) : NULL;
  if (l->kind == C_POINTER && given && given->kind == C_ARRAY && given->item == l->item) return write_array_address(ts, p, v, owner);
  if (!is_data) err_format(ts, EXC(TypeError), "expected %N instance, got %T", (Type *)cls, v);
  else err_format(ts, EXC(TypeError), "incompatible types, %T instance instead of %N instance", v, (Type *)cls);
  return -1;
}

/* ---- simple types ---- */

static Value simple_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  Layout *l = layout_required(ts, (Value)type);
  return l ? cdata_new(ts, (Value)type, l) : NULL;
}
static int simple_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, type_name_of(ts, self), kwnames) < 0 || args_count(ts, "__init__", nargs, 0, 1) < 0) return -1;
  Layout *l = layout_of(ts, self);
  return nargs == 0 || l == NULL ? 0 : write_simple(ts, l, as_cdata(self)->data, args[0], as_cdata(self));
}
static Value simple_get(ThreadState *ts, Value self) {
  Layout *l = layout_of(ts, self);
  return l && l->kind == C_SIMPLE ? simple_read(ts, l, as_cdata(self)->data) : err_bad_call(ts);
}
static int simple_set(ThreadState *ts, Value self, Value v) {
  Layout *l = layout_of(ts, self);
  if (v == NULL) return err_format(ts, EXC(TypeError), "can't delete attribute"), -1;
  if (l == NULL || l->kind != C_SIMPLE) return err_bad_call(ts), -1;
  return write_simple(ts, l, as_cdata(self)->data, v, as_cdata(self));
}
static int simple_truth(ThreadState *ts, Value self) {
  CData *d = as_cdata(self);
  for (ssize_t i = 0; i < d->size; i++)
    if (d->data[i]) return 1;
  return 0;
}
static Value simple_repr(ThreadState *ts, Value self) {
  Layout *l = layout_of(ts, self);
  if (l == NULL || !l->is_plain) return str_format(ts, "<%N object at %p>", type_of(ts, self), (void *)self);
  Value v = simple_get(ts, self), text = v ? str_format(ts, "%N(%R)", type_of(ts, self), v) : NULL;
  xdecref(ts, v);
  return text;
}
static const GetSetDef simple_getsets[] = {{"value", simple_get, simple_set, "current value"}, {0}};
const TypeSpec simple_spec = {.name = "_ctypes._Simple", .doc = "One C value.", .size = sizeof(CData), .flags = TYPE_GC | TYPE_BASETYPE | TYPE_WEAKREFS,
                              .slots = {.new = simple_new, .init = simple_init, .truth = simple_truth, .repr = simple_repr}, .getsets = simple_getsets};
