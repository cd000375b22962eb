/* fuzz_compile.c - any bytes through lexer, parser and compiler: a code object or an exception. Next: fuzz.h, interp/front/front.h. */
#include "tests/fuzz/fuzz.h"

#include "interp/front/front.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ThreadState *ts = fuzz_begin();
  Value name = str_from_ascii(ts, "<fuzz>");
  FrontMode mode = size ? data[0] % 3 : FRONT_FILE;
  bool incomplete = false;
  Value code = front_compile(ts, (const char *)data, size, name, mode, mode == FRONT_SINGLE ? FRONT_ALLOW_INCOMPLETE : FRONT_IS_FILE, &incomplete);
  if (code == NULL && !incomplete && !err_occurred(ts)) __builtin_trap(); /* a failure must say why */
  xdecref(ts, code);
  xdecref(ts, name);
  fuzz_end(ts, 2000);
  return 0;
}
