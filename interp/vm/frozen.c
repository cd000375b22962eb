/* frozen.c - read the code of a library file out of the program's own image.
 * Keeps true: place kinds, exceptions and locations stay in the image and are shared by all interpreters and processes; the units are
 *   copied, because they specialise themselves.
 * Next: frozen.h (the format), code.h. CPython: Python/marshal.c, Programs/_freeze_module.c. */
#include "interp/vm/frozen.h"

#include "interp/vm/code.h"

/* Room for the image, to be written after linking: no compiler may know that it is empty. */
#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)
__asm__(".pushsection frozen_library, \"a\", %progbits\n"
        ".balign 4096\n"
        ".globl frozen_image\n"
        ".hidden frozen_image\n"
        "frozen_image: .zero " TEXT(FROZEN_ROOM) "\n"
        ".popsection\n");

typedef struct {
  ThreadState *ts;
  const uint32_t *at; /* the next word */
  Value *strings;     /* OWNED, of this module */
  uint32_t string_count;
  Value filename;
  bool stays; /* the words live as long as the program: tables are used where they lie */
} Thaw;

static uint32_t next(Thaw *t) { return *t->at++; }
static const void *next_bytes(Thaw *t, size_t size) {
  const void *p = t->at;
  t->at += frozen_words(size);
  return p;
}
/* A table of the code: where it lies, or a copy. */
static void *next_table(Thaw *t, size_t size) {
  const void *p = next_bytes(t, size);
  if (t->stays) return (void *)p;
  void *copy = mem_alloc(t->ts, size + 1);
  return copy ? memcpy(copy, p, size) : NULL;
}
static uint64_t next_u64(Thaw *t) {
  uint64_t low = next(t);
  return low | (uint64_t)next(t) << 32;
}
static double next_double(Thaw *t) {
  uint64_t bits = next_u64(t);
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}

/* ---- strings ---- */

static Value thaw_string(Thaw *t) {
  uint32_t header = next(t);
  size_t length = header >> 4, width = (header & 3) + 1;
  const char *chars = next_bytes(t, (length + 1) * width);
  bool interned = header & 8, ascii = header & 4;
  if (ascii) return interned ? str_intern_utf8(t->ts, chars, (ssize_t)length) : str_ascii_new(t->ts, chars, (ssize_t)length);
  Value s = str_new(t->ts, (ssize_t)length, width == 1 ? 0xFF : width == 2 ? 0xFFFF : 0x10FFFF);
  if (s) memcpy(as_str(s)->data, chars, length * width);
  return s && interned ? str_intern(t->ts, s) : s;
}

static bool thaw_strings(Thaw *t) {
  uint32_t count = next(t);
  t->strings = mem_alloc(t->ts, (count + 1) * sizeof(Value));
  if (t->strings == NULL) return false;
  for (; t->string_count < count; t->string_count++)
    if ((t->strings[t->string_count] = thaw_string(t)) == NULL) return false;
  return true;
}

static Value next_string(Thaw *t) { return incref(t->strings[next(t)]); }

/* ---- constants ---- */

static Value thaw_code(Thaw *t);
static Value thaw_const(Thaw *t);

static Value thaw_tuple(Thaw *t, uint32_t count) {
  ThreadState *ts = t->ts;
  Value tuple = tuple_new(ts, count);
  for (uint32_t i = 0; tuple && i < count; i++) {
    Value item = thaw_const(t);
    if (item) tuple_set(tuple, i, item);
    else CLEAR(tuple);
  }
  return tuple;
}

static Value thaw_const(Thaw *t) {
  ThreadState *ts = t->ts;
  FrozenTag tag = next(t);
  switch (tag) {
    case FROZEN_NONE: return V_NONE;
    case FROZEN_TRUE: return V_TRUE;
    case FROZEN_FALSE: return V_FALSE;
    case FROZEN_ELLIPSIS: return V_ELLIPSIS;
    case FROZEN_STRING: return next_string(t);
    case FROZEN_SMALL_INT: return int_from_i64(ts, (int64_t)next_u64(t));
    case FROZEN_FLOAT: return float_new(ts, next_double(t));
    case FROZEN_COMPLEX: {
      double real = next_double(t);
      return complex_new(ts, real, next_double(t));
    }
    case FROZEN_BIG_INT: {
      size_t n = next(t);
      return int_from_bytes(ts, next_bytes(t, n), n, true, true);
    }
    case FROZEN_BYTES: {
      size_t n = next(t);
      return bytes_new(ts, next_bytes(t, n), (ssize_t)n);
    }
    case FROZEN_TUPLE: return thaw_tuple(t, next(t));
    case FROZEN_FROZENSET: {
      Value items = thaw_tuple(t, next(t));
      Value set = items ? frozenset_from_iterable(ts, items) : NULL;
      xdecref(ts, items);
      return set;
    }
    case FROZEN_CODE: return thaw_code(t);
  }
  return NULL;
}

/* ---- code ---- */

static Value thaw_names(Thaw *t, int count) {
  Value tuple = tuple_new(t->ts, count);
  for (int i = 0; tuple && i < count; i++) tuple_set(tuple, i, next_string(t));
  return tuple;
}

static Value thaw_code(Thaw *t) {
  ThreadState *ts = t->ts;
  const FrozenCode *from = next_bytes(t, sizeof *from);
  Value v = code_new(ts);
  if (v == NULL) return NULL;
  Code *code = as_code(v);
  code->is_frozen = t->stays;
  code->name = incref(t->strings[from->name]);
  code->qualname = incref(t->strings[from->qualname]);
  code->filename = incref(t->filename);
  code->arg_count = from->arg_count;
  code->posonly_count = from->posonly_count;
  code->kwonly_count = from->kwonly_count;
  code->place_count = from->place_count;
  code->local_count = from->local_count;
  code->cell_count = from->cell_count;
  code->free_count = from->free_count;
  code->flags = from->flags;
  code->stack_size = from->stack_size;
  code->first_line = from->first_line;
  code->unit_count = from->unit_count;
  code->exception_count = from->exception_count;
  code->location_count = from->location_count;
  size_t unit_size = (size_t)from->unit_count * sizeof(Unit);
  code->units = mem_alloc(ts, unit_size + sizeof(Unit));
  code->consts = thaw_tuple(t, (uint32_t)from->const_count);
  code->names = code->consts ? thaw_names(t, from->name_count) : NULL;
  code->place_names = code->names ? thaw_names(t, from->place_count) : NULL;
  if (code->place_names) {
    code->place_kinds = next_table(t, (size_t)from->place_count);
    const void *units = next_bytes(t, unit_size);
    if (code->units) memcpy(code->units, units, unit_size);
    code->exceptions = next_table(t, (size_t)from->exception_count * sizeof *code->exceptions);
    code->locations = next_table(t, (size_t)from->location_count * sizeof *code->locations);
  }
  if (code->units == NULL || code->place_kinds == NULL || code->exceptions == NULL || code->locations == NULL || code_finish(ts, code) < 0) CLEAR(v);
  return v;
}

static Value thaw_module(Thaw *t) {
  Value code = thaw_strings(t) ? thaw_code(t) : NULL;
  while (t->string_count) decref(t->ts, t->strings[--t->string_count]);
  mem_free(t->ts, t->strings);
  return code;
}

Value frozen_code(ThreadState *ts, const LibraryFile *file, Value filename) {
  const FrozenImage *image = &frozen_image;
  if (FROZEN_ROOM < sizeof *image || image->magic != FROZEN_MAGIC) return NULL;
  Thaw t = {.ts = ts, .at = (const uint32_t *)image + image->starts[file - library_files], .filename = filename, .stays = true};
  return thaw_module(&t);
}

Value frozen_load(ThreadState *ts, const uint32_t *words, Value filename) {
  Thaw t = {.ts = ts, .at = words, .filename = filename};
  return thaw_module(&t);
}
