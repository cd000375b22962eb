/* import.h - finding, compiling and running modules. (import.c, library.c) */
#ifndef INTERP_VM_IMPORT_H
#define INTERP_VM_IMPORT_H

#include "runtime/module.h"

#define LIBRARY_PATH "<lib>" /* the entry of sys.path that stands for the embedded library */

typedef struct {
  const char *path; /* "json/decoder.py" */
  const char *text; /* zero-terminated */
  size_t size;
} LibraryFile;
extern const LibraryFile library_files[]; /* made at build time from runtime/lib; sorted by path */
extern const size_t library_file_count;
const LibraryFile *library_find(const char *path);

OWNED Value import_name(ThreadState *ts, Value name, NULLABLE Value globals, NULLABLE Value fromlist, int level);
/* The whole of a file (mem_alloc'ed), or NULL with OSError. */
char *read_file(ThreadState *ts, Value filename, size_t *size);
/* Run a file as module `name` with the given globals dict. */
OWNED Value run_source(ThreadState *ts, const char *bytes, size_t n, Value filename, Value globals);
/* The code of module `name` without running it, for python -m: OWNED code; *file OWNED. Packages give their __main__. */
OWNED Value import_find_main(ThreadState *ts, Value name, Value *file, Value *package);

#endif
