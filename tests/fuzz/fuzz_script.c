/* fuzz_script.c - any bytes as a script, run to its end or to its limits of instructions and memory. Next: fuzz.h. */
#include "tests/fuzz/fuzz.h"

#include "interp/vm/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ThreadState *ts = fuzz_begin();
  Value name = str_from_ascii(ts, "<fuzz>"), globals = dict_new(ts), r = NULL;
  if (name && globals && dict_set(ts, globals, ID(__builtins__), ts->interp->builtins_module) == 0 && dict_set(ts, globals, ID(__name__), ID(__main__)) == 0)
    r = run_source(ts, (const char *)data, size, name, globals);
  if ((r == NULL) != err_occurred(ts)) __builtin_trap();
  xdecref(ts, r);
  if (globals) dict_clear(ts, globals);
  xdecref(ts, globals);
  xdecref(ts, name);
  fuzz_end(ts, 50);
  return 0;
}
