/* dis_tool.c - `gilly dis SCRIPT`: what `python -m dis SCRIPT` prints. Next: interp/vm/dis.c. */
#include "interp/tools/tools.h"
#include "runtime/module.h"

int tool_dis(ThreadState *ts, const char *script) {
  Value f = import_attr(ts, "dis", "_dis_file");
  Value name = f ? str_from_fs(ts, script, (ssize_t)strlen(script)) : NULL;
  Value r = name ? call1(ts, f, name) : NULL;
  xdecref(ts, f);
  xdecref(ts, name);
  xdecref(ts, r);
  return r ? 0 : -1;
}
