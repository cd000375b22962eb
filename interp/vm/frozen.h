/* frozen.h - the library in the form the compiler would give it, kept in the program itself.
 *
 * When gilly is built, gilly-unfrozen compiles every file of runtime/lib and writes the result into a copy of itself: gilly.
 * So an import reads words instead of text. Everything is 32-bit words, and the image is used where it lies:
 *
 *   image:  FrozenImage: magic, words in all, modules, then for each file of library_files the word where it begins
 *   module: number of strings; each string: header word, characters and a zero, filled up to a word; then its code
 *   string: header = length << 4 | interned << 3 | ASCII << 2 | bytes a character - 1
 *   code:   FrozenCode, then consts, names and place names (numbers of strings), place kinds, units, exceptions, locations
 *   const:  a tag, then what FROZEN_ says
 *
 * Keeps true: only the program that will read an image writes it, so there are no versions; an empty image means: compile.
 * Next: frozen.c reads, freeze_module.c writes, tools/freeze.py puts it in its place, import.c asks for it. */
#ifndef INTERP_VM_FROZEN_H
#define INTERP_VM_FROZEN_H

#include "interp/vm/import.h"

enum { FROZEN_MAGIC = 0x6e7a7266 };
#ifndef FROZEN_ROOM
#define FROZEN_ROOM 0x800000 /* bytes; pages that hold nothing are never read */
#endif

typedef struct {
  uint32_t magic, words, modules, starts[];
} FrozenImage;
extern const FrozenImage frozen_image __attribute__((visibility("hidden")));

typedef enum {
  FROZEN_NONE, FROZEN_TRUE, FROZEN_FALSE, FROZEN_ELLIPSIS,
  FROZEN_STRING,    /* its number */
  FROZEN_SMALL_INT, /* two words */
  FROZEN_BIG_INT,   /* number of bytes, the bytes as int.to_bytes(n, 'little', signed=True) */
  FROZEN_FLOAT,     /* two words: the bits */
  FROZEN_COMPLEX,   /* four words */
  FROZEN_BYTES,     /* length, the bytes */
  FROZEN_TUPLE,     /* length, the items */
  FROZEN_FROZENSET, /* length, the items in their order */
  FROZEN_CODE,
} FrozenTag;

/* The ints of a code object as they are in Code, and how much follows. */
typedef struct {
  uint32_t name, qualname; /* numbers of strings */
  int32_t arg_count, posonly_count, kwonly_count, place_count, local_count, cell_count, free_count, flags, stack_size, first_line;
  int32_t const_count, name_count, unit_count, exception_count, location_count;
} FrozenCode;
enum { FROZEN_CODE_WORDS = sizeof(FrozenCode) / 4 };

static inline size_t frozen_words(size_t bytes) { return (bytes + 3) / 4; }

/* OWNED Code written by freeze_module.c as one module; what the words hold is copied. */
OWNED Value frozen_load(ThreadState *ts, const uint32_t *words, Value filename);
/* OWNED Code of an embedded library file; NULL without an exception: it is not frozen. */
OWNED Value frozen_code(ThreadState *ts, const LibraryFile *file, Value filename);

#endif
