/* freeze_module.c - the module _freeze: code objects as bytes for frozen.c: the whole library, for the build; one, for another interpreter.
 * Keeps true: what is written is what front_compile gives, instructions unspecialised; equal strings of a module stand there once.
 * Next: frozen.h (the format), tools/freeze.py (who calls). CPython: Programs/_freeze_module.c, Python/marshal.c. */
#include <elf.h>
#include <stdlib.h>
#include <sys/auxv.h>

#include "interp/front/front.h"
#include "interp/vm/code.h"
#include "interp/vm/frozen.h"
#include "runtime/module.h"

typedef struct {
  uint32_t *words;
  size_t count, room;
} Words;

typedef struct {
  ThreadState *ts;
  Words strings, code; /* of the module in hand */
  Value numbers;       /* OWNED dict: str -> number */
  bool failed;         /* with an exception */
} Freeze;

/* ---- words ---- */

static void fail(Freeze *f, const char *what) {
  ThreadState *ts = f->ts;
  if (!f->failed && !err_occurred(ts)) err_format(ts, EXC(ValueError), "cannot freeze %s", what);
  f->failed = true;
}

static uint32_t *reserve(Freeze *f, Words *w, size_t count) {
  if (w->count + count > w->room) {
    size_t room = 2 * w->room + count + 1024;
    uint32_t *grown = realloc(w->words, room * sizeof *grown);
    if (grown == NULL) {
      err_no_memory(f->ts);
      f->failed = true;
      return NULL;
    }
    w->words = grown;
    w->room = room;
  }
  memset(w->words + w->count, 0, count * sizeof *w->words);
  w->count += count;
  return w->words + w->count - count;
}
static void put_bytes(Freeze *f, Words *w, const void *p, size_t size) {
  uint32_t *to = reserve(f, w, frozen_words(size));
  if (to && size) memcpy(to, p, size);
}
static void put(Freeze *f, uint32_t word) { put_bytes(f, &f->code, &word, sizeof word); }
static void put_two(Freeze *f, FrozenTag tag, const void *eight_bytes) {
  put(f, tag);
  put_bytes(f, &f->code, eight_bytes, 8);
}

/* ---- strings ---- */

/* Interned strings are one object each, so being interned belongs to the key: equal strings of both kinds are two. */
static uint32_t string_number(Freeze *f, Value s) {
  ThreadState *ts = f->ts;
  Value pair[] = {s, bool_value(str_is_interned(s))}, key = tuple_from_items(ts, pair, 2), known = key ? dict_get(ts, f->numbers, key) : NULL;
  uint32_t number = known ? (uint32_t)small_int(known) : (uint32_t)dict_len(f->numbers);
  if (key == NULL || (known == NULL && dict_set(ts, f->numbers, key, small_int_value(number)) < 0)) fail(f, "a string");
  xdecref(ts, key);
  if (known || f->failed) return number;
  size_t width = (size_t)str_width(s), length = (size_t)str_len(s);
  uint32_t header = (uint32_t)length << 4 | (uint32_t)str_is_interned(s) << 3 | (uint32_t)str_is_ascii(s) << 2 | (uint32_t)(width - 1);
  put_bytes(f, &f->strings, &header, sizeof header);
  put_bytes(f, &f->strings, str_chars(s), (length + 1) * width);
  return number;
}

/* ---- constants and code ---- */

static void freeze_code(Freeze *f, Code *code);
static void freeze_const(Freeze *f, Value v);

static void freeze_int(Freeze *f, Value v) {
  if (is_small_int(v)) {
    int64_t i = small_int(v);
    put_two(f, FROZEN_SMALL_INT, &i);
    return;
  }
  ssize_t size = (ssize_t)int_bit_length(v) / 8 + 1;
  Value bytes = int_to_bytes(f->ts, v, size, true, true);
  if (bytes == NULL) return fail(f, "an int");
  put(f, FROZEN_BIG_INT);
  put(f, (uint32_t)size);
  put_bytes(f, &f->code, bytes_data(bytes), (size_t)size);
  decref(f->ts, bytes);
}

static void freeze_items(Freeze *f, FrozenTag tag, Value v) {
  ssize_t pos = 0, n = tag == FROZEN_TUPLE ? tuple_len(v) : set_len(v);
  Value key;
  put(f, tag);
  put(f, (uint32_t)n);
  if (tag == FROZEN_TUPLE)
    for (ssize_t i = 0; i < n; i++) freeze_const(f, tuple_get(v, i));
  else
    while (set_next(v, &pos, &key)) freeze_const(f, key);
}

static void freeze_const(Freeze *f, Value v) {
  double d;
  switch (kind_of(v)) {
    case K_NONE: return put(f, FROZEN_NONE);
    case K_BOOL: return put(f, v == V_TRUE ? FROZEN_TRUE : FROZEN_FALSE);
    case K_ELLIPSIS: return put(f, FROZEN_ELLIPSIS);
    case K_INT: return freeze_int(f, v);
    case K_FLOAT: return d = float_value(v), put_two(f, FROZEN_FLOAT, &d);
    case K_COMPLEX:
      put_two(f, FROZEN_COMPLEX, &((Complex *)v)->real);
      return put_bytes(f, &f->code, &((Complex *)v)->imag, 8);
    case K_STR: return put(f, FROZEN_STRING), put(f, string_number(f, v));
    case K_BYTES:
      put(f, FROZEN_BYTES);
      put(f, (uint32_t)bytes_len(v));
      return put_bytes(f, &f->code, bytes_data(v), (size_t)bytes_len(v));
    case K_TUPLE: return freeze_items(f, FROZEN_TUPLE, v);
    case K_FROZENSET: return freeze_items(f, FROZEN_FROZENSET, v);
    case K_CODE: return put(f, FROZEN_CODE), freeze_code(f, as_code(v));
    default: return fail(f, "a constant");
  }
}

static void freeze_names(Freeze *f, Value names) {
  for (ssize_t i = 0; i < tuple_len(names); i++) put(f, string_number(f, tuple_get(names, i)));
}

static void freeze_code(Freeze *f, Code *code) {
  FrozenCode head = {.name = string_number(f, code->name), .qualname = string_number(f, code->qualname),
    .arg_count = code->arg_count, .posonly_count = code->posonly_count, .kwonly_count = code->kwonly_count,
    .place_count = code->place_count, .local_count = code->local_count, .cell_count = code->cell_count, .free_count = code->free_count,
    .flags = code->flags, .stack_size = code->stack_size, .first_line = code->first_line, .const_count = (int32_t)tuple_len(code->consts),
    .name_count = (int32_t)tuple_len(code->names), .unit_count = code->unit_count, .exception_count = code->exception_count,
    .location_count = code->location_count};
  put_bytes(f, &f->code, &head, sizeof head);
  for (ssize_t i = 0; i < tuple_len(code->consts); i++) freeze_const(f, tuple_get(code->consts, i));
  freeze_names(f, code->names);
  freeze_names(f, code->place_names);
  put_bytes(f, &f->code, code->place_kinds, (size_t)code->place_count);
  Unit *units = reserve(f, &f->code, (size_t)code->unit_count);
  if (units) code_plain_units(code, units);
  put_bytes(f, &f->code, code->exceptions, (size_t)code->exception_count * sizeof *code->exceptions);
  put_bytes(f, &f->code, code->locations, (size_t)code->location_count * sizeof *code->locations);
}

/* ---- the image ---- */

/* The code as a module: strings, then itself, at the end of image. */
static void freeze_one(Freeze *f, Value code, Words *image) {
  ThreadState *ts = f->ts;
  f->strings.count = f->code.count = 0;
  replace(ts, &f->numbers, dict_new(ts));
  if (f->numbers) freeze_code(f, as_code(code));
  else f->failed = true;
  if (f->failed) return;
  uint32_t count = (uint32_t)dict_len(f->numbers);
  put_bytes(f, image, &count, sizeof count);
  put_bytes(f, image, f->strings.words, f->strings.count * sizeof(uint32_t));
  put_bytes(f, image, f->code.words, f->code.count * sizeof(uint32_t));
}
static void end(Freeze *f, Words *image) {
  xdecref(f->ts, f->numbers);
  free(f->strings.words);
  free(f->code.words);
  free(image->words);
}

static void freeze_file(Freeze *f, const LibraryFile *file, Words *image) {
  ThreadState *ts = f->ts;
  Value filename = str_format(ts, LIBRARY_PATH "/%s", file->path);
  Value code = filename ? front_compile(ts, file->text, file->size, filename, FRONT_FILE, FRONT_IS_FILE, NULL) : NULL;
  if (code) freeze_one(f, code, image);
  else fail(f, file->path);
  xdecref(ts, code);
  xdecref(ts, filename);
}

static Value freeze_library(NATIVE_ARGS) {
  Freeze f = {.ts = ts};
  Words image = {0};
  reserve(&f, &image, sizeof(FrozenImage) / sizeof(uint32_t) + library_file_count);
  for (size_t i = 0; i < library_file_count && !f.failed; i++) {
    ((FrozenImage *)image.words)->starts[i] = (uint32_t)image.count;
    freeze_file(&f, &library_files[i], &image);
  }
  Value bytes = NULL;
  if (!f.failed) {
    FrozenImage *head = (FrozenImage *)image.words;
    head->magic = FROZEN_MAGIC;
    head->words = (uint32_t)image.count;
    head->modules = (uint32_t)library_file_count;
    bytes = bytes_new(ts, (char *)image.words, (ssize_t)(image.count * sizeof(uint32_t)));
  }
  end(&f, &image);
  return bytes;
}

/* ---- one code object, for another interpreter of this process ---- */

/* Only what dump() of this process has written is loaded: a seal stands before it. */
static uint64_t seal_of(const void *p, size_t size) {
  uint64_t key[2], hash = 0xcbf29ce484222325u;
  memcpy(key, (const void *)getauxval(AT_RANDOM), sizeof key);
  hash ^= key[0];
  for (size_t i = 0; i < size; i++) hash = (hash ^ ((const uint8_t *)p)[i]) * 0x100000001b3u;
  hash ^= key[1];
  return hash ^ hash >> 29;
}
enum { SEAL_WORDS = 2 };

static Value freeze_dump(NATIVE_ARGS) {
  if (kind_of(args[0]) != K_CODE) return err_format(ts, EXC(TypeError), "expected a code object, got %T", args[0]);
  Freeze f = {.ts = ts};
  Words image = {0};
  reserve(&f, &image, SEAL_WORDS);
  freeze_one(&f, args[0], &image);
  Value bytes = NULL, filename = as_code(args[0])->filename, pair = NULL;
  if (!f.failed) {
    size_t size = (image.count - SEAL_WORDS) * sizeof(uint32_t);
    uint64_t seal = seal_of(image.words + SEAL_WORDS, size);
    memcpy(image.words, &seal, sizeof seal);
    bytes = bytes_new(ts, (char *)image.words, (ssize_t)(image.count * sizeof(uint32_t)));
  }
  if (bytes) pair = tuple_from_items(ts, (Value[]){filename, bytes}, 2);
  xdecref(ts, bytes);
  end(&f, &image);
  return pair;
}

static Value freeze_load(NATIVE_ARGS) {
  bool is_pair = is_tuple(args[0]) && tuple_len(args[0]) == 2 && is_str(tuple_get(args[0], 0)) && is_layout(tuple_get(args[0], 1), K_BYTES);
  Value bytes = is_pair ? tuple_get(args[0], 1) : NULL;
  size_t size = is_pair ? (size_t)bytes_len(bytes) : 0, head = SEAL_WORDS * sizeof(uint32_t);
  uint64_t seal;
  if (size > head) memcpy(&seal, bytes_data(bytes), sizeof seal);
  if (size <= head || size % sizeof(uint32_t) || seal != seal_of(bytes_data(bytes) + head, size - head)) return err_format(ts, EXC(ValueError), "not what dump() of this process has written");
  uint32_t *words = mem_alloc(ts, size - head);
  if (words == NULL) return NULL;
  memcpy(words, bytes_data(bytes) + head, size - head);
  Value code = frozen_load(ts, words, tuple_get(args[0], 0));
  mem_free(ts, words);
  return code;
}

/* What an import of the file gets, None when nothing is frozen. */
static Value freeze_thaw(NATIVE_ARGS) {
  ssize_t n;
  Value holder;
  const char *path = is_str(args[0]) ? str_utf8(ts, args[0], &n, &holder) : NULL;
  const LibraryFile *file = path ? library_find(path) : NULL;
  if (file == NULL) return err_occurred(ts) ? NULL : err_format(ts, EXC(ValueError), "no file of the library: %R", args[0]);
  Value filename = str_format(ts, LIBRARY_PATH "/%s", file->path), code = filename ? frozen_code(ts, file, filename) : NULL;
  xdecref(ts, filename);
  xdecref(ts, holder);
  return code || err_occurred(ts) ? code : V_NONE;
}

static Value freeze_files(NATIVE_ARGS) {
  Value list = list_new(ts, (ssize_t)library_file_count);
  for (size_t i = 0; list && i < library_file_count; i++) {
    Value path = str_from_ascii(ts, library_files[i].path);
    if (path == NULL || list_append_steal(ts, list, path) < 0) CLEAR(list);
  }
  return list;
}

/* (where the image's room begins in the program's file, its size) */
static Value freeze_room(NATIVE_ARGS) {
  const Elf64_Phdr *segment = (const Elf64_Phdr *)getauxval(AT_PHDR);
  uintptr_t base = (uintptr_t)segment - ((const Elf64_Ehdr *)((uintptr_t)segment & ~(uintptr_t)0xFFF))->e_phoff;
  for (unsigned long i = 0; i < getauxval(AT_PHNUM); i++) {
    bool is_fixed = ((const Elf64_Ehdr *)base)->e_type == ET_EXEC;
    uintptr_t start = segment[i].p_vaddr + (is_fixed ? 0 : base), address = (uintptr_t)&frozen_image;
    if (segment[i].p_type != PT_LOAD || address < start || address >= start + segment[i].p_filesz) continue;
    Value pair[] = {int_from_u64(ts, segment[i].p_offset + (address - start)), int_from_u64(ts, FROZEN_ROOM)};
    return tuple_from_items(ts, pair, 2);
  }
  return err_format(ts, EXC(RuntimeError), "the image's room lies in no segment");
}

static const MethodDef freeze_methods[] = {
  {"library", freeze_library, 0, 0, 0, "the embedded library compiled: bytes as frozen.c reads them"},
  {"thaw", freeze_thaw, 1, 1, 0, "the code of a library file as an import gets it; None when nothing is frozen"},
  {"files", freeze_files, 0, 0, 0, "the paths of the library's files"},
  {"dump", freeze_dump, 1, 1, 0, "dump(code) -> (filename, bytes) for load() in an interpreter of this process"},
  {"load", freeze_load, 1, 1, 0, "load((filename, bytes)) -> code"},
  {"room", freeze_room, 0, 0, 0, "(offset, size) of the room for them in this program's file"},
  {0}};

const ModuleDef freeze_module_def = {.name = "_freeze", .doc = "the library's code in the form that is kept in the program", .methods = freeze_methods};
