/* fuzz.h - what the fuzz targets share: an Interp that is used for some runs and then freed, with its leaks looked at; and a mutator that
 * knows words of the language.
 * Keeps true: no script reaches files or processes (their native modules cannot be imported), and none runs for ever.
 * Next: fuzz_compile.c, fuzz_script.c; README.md in this folder. Source: libFuzzer's documentation. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "interp/vm/interp.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The Interp of this run. */
ThreadState *fuzz_begin(void);
/* The run is over: forget its exception; after `runs_kept` runs free the Interp, and abort when something leaked. */
void fuzz_end(ThreadState *ts, int runs_kept);

#endif
