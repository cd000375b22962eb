/* layout.c - Layout: what ctypes knows of a C type; and how libffi sees it.
 * Keeps true: immutable once made. Structures pass by value as the C compiler passes them: libffi looks at the kinds of the elements, so a union
 *   is told as words that are integers if any of its members has one.
 * Next: ctypes.h, runtime/lib/ctypes/_classes.py (who makes them). */
#include <stdlib.h>

#include "runtime/modules/ctypes/ctypes.h"

ffi_type *simple_ffi_type(char code) {
  switch (code) {
    case 'c': case 'b': return &ffi_type_sint8;
    case 'B': case '?': return &ffi_type_uint8;
    case 'h': return &ffi_type_sint16;
    case 'H': return &ffi_type_uint16;
    case 'i': return &ffi_type_sint32;
    case 'I': case 'u': return &ffi_type_uint32;
    case 'l': case 'q': return &ffi_type_sint64;
    case 'L': case 'Q': return &ffi_type_uint64;
    case 'f': return &ffi_type_float;
    case 'd': return &ffi_type_double;
    case 'g': return &ffi_type_longdouble;
    case 'z': case 'Z': case 'P': case 'O': return &ffi_type_pointer;
    default: return NULL;
  }
}

Layout *layout_of_class(ThreadState *ts, Value cls) {
  if (!is_type(cls)) return NULL;
  Value v = type_lookup(ts, (Type *)cls, ID(_layout_));
  return v && is_object(v) && type_of(ts, v) == ctypes_state(ts)->layout ? (Layout *)v : NULL;
}
Layout *layout_required(ThreadState *ts, Value cls) {
  Layout *l = layout_of_class(ts, cls);
  if (l == NULL) err_format(ts, EXC(TypeError), "abstract class");
  return l;
}

/* ---- elements ---- */

static bool is_floating(const ffi_type *t) {
  if (t->type != FFI_TYPE_STRUCT) return t->type == FFI_TYPE_FLOAT || t->type == FFI_TYPE_DOUBLE;
  for (ffi_type **e = t->elements; *e; e++)
    if (!is_floating(*e)) return false;
  return true;
}
/* Words that cover a union. */
static ssize_t union_elements(Layout *l, bool floating) {
  ssize_t n = 0;
  for (ssize_t left = l->size; left > 0; n++) {
    if (left >= 8 && l->align >= 8) l->elements[n] = floating ? &ffi_type_double : &ffi_type_uint64, left -= 8;
    else if (left >= 4 && l->align >= 4) l->elements[n] = floating ? &ffi_type_float : &ffi_type_uint32, left -= 4;
    else l->elements[n] = &ffi_type_uint8, left--;
  }
  return n;
}
static int make_elements(ThreadState *ts, Layout *l) {
  ssize_t parts = tuple_len(l->parts), room = l->kind == C_ARRAY ? l->length : l->kind == C_UNION ? l->size : parts, n = 0;
  bool floating = parts > 0;
  if (room > 1024) room = 1024; /* such a thing travels in memory: its first elements tell as much as all */
  l->elements = calloc((size_t)room + 1, sizeof *l->elements);
  if (l->elements == NULL) return err_no_memory(ts), -1;
  for (ssize_t i = 0; i < parts; i++) {
    Layout *part = layout_required(ts, tuple_get(l->parts, i));
    if (part == NULL) return -1;
    if (!is_floating(part->ffi)) floating = false;
    if (l->kind == C_STRUCTURE && n < room) l->elements[n++] = part->ffi;
    if (l->kind == C_ARRAY)
      while (n < room) l->elements[n++] = part->ffi;
  }
  if (l->kind == C_UNION && l->size <= 1024) union_elements(l, floating);
  l->own = (ffi_type){.size = (size_t)l->size, .alignment = (unsigned short)l->align, .type = FFI_TYPE_STRUCT, .elements = l->elements};
  l->ffi = &l->own;
  return 0;
}

/* layout(kind, code, is_plain, size, align, length, item, fields, parts, flags, format) */
Value layout_new(NATIVE_ARGS) {
  int kind, plain, flags;
  int64_t size, align, length;
  if (num_as_int(ts, args[0], &kind) < 0 || (plain = truth(ts, args[2])) < 0 || num_as_i64(ts, args[3], &size) < 0 || num_as_i64(ts, args[4], &align) < 0 || num_as_i64(ts, args[5], &length) < 0 ||
      num_as_int(ts, args[9], &flags) < 0)
    return NULL;
  if (!is_str(args[1]) || !is_tuple(args[8]) || !is_bytes(args[10]) || kind < C_SIMPLE || kind > C_FUNCTION || size < 0 || align < 1 || length < 0) return err_bad_call(ts);
  Layout *l = (Layout *)object_new_instance(ts, ctypes_state(ts)->layout);
  if (l == NULL) return NULL;
  l->kind = (CKind)kind;
  l->code = str_len(args[1]) ? (char)str_at(args[1], 0) : 0;
  l->is_plain = plain;
  l->has_bits = flags & 256;
  l->is_swapped = flags & 512;
  l->flags = flags & 255;
  l->size = size, l->align = align, l->length = length;
  l->item = is_none(args[6]) ? NULL : incref(args[6]);
  l->fields = incref(args[7]);
  l->parts = incref(args[8]);
  l->format = incref(args[10]);
  if (kind == C_SIMPLE) l->ffi = simple_ffi_type(l->code);
  else if (kind == C_POINTER || kind == C_FUNCTION) l->ffi = &ffi_type_pointer;
  else if (make_elements(ts, l) < 0) return decref(ts, (Value)l), NULL;
  if (l->ffi == NULL) return decref(ts, (Value)l), err_bad_call(ts);
  if (kind == C_SIMPLE) l->size = (ssize_t)l->ffi->size, l->align = l->ffi->alignment;
  return (Value)l;
}

static void layout_dealloc(ThreadState *ts, Value self) {
  Layout *l = (Layout *)self;
  xdecref(ts, l->item);
  xdecref(ts, l->fields);
  xdecref(ts, l->parts);
  xdecref(ts, l->format);
  free(l->elements);
  object_release(ts, self);
}
static int layout_traverse(Value self, Visit visit, void *arg) {
  Layout *l = (Layout *)self;
  VISIT(l->item);
  VISIT(l->fields);
  VISIT(l->parts);
  return 0;
}
static int layout_clear(ThreadState *ts, Value self) {
  CLEAR(((Layout *)self)->item);
  CLEAR(((Layout *)self)->fields); /* the parts stay: our elements point into their layouts */
  return 0;
}

static Value get_size(ThreadState *ts, Value self) { return int_from_i64(ts, ((Layout *)self)->size); }
static Value get_align(ThreadState *ts, Value self) { return int_from_i64(ts, ((Layout *)self)->align); }
static Value get_format(ThreadState *ts, Value self) { return incref(((Layout *)self)->format); }
static Value get_kind(ThreadState *ts, Value self) { return small_int_value(((Layout *)self)->kind); }
static const GetSetDef layout_getsets[] = {{"size", get_size, NULL, NULL}, {"align", get_align, NULL, NULL}, {"kind", get_kind, NULL, NULL}, {"format", get_format, NULL, NULL}, {0}};
const TypeSpec layout_spec = {.name = "_ctypes.Layout", .doc = "What ctypes knows of a C type.", .size = sizeof(Layout), .flags = TYPE_GC | TYPE_NO_NEW,
                              .slots = {.dealloc = layout_dealloc, .traverse = layout_traverse, .clear = layout_clear}, .getsets = layout_getsets};
