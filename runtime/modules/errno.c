/* errno.c - the module errno: names of the error numbers (errno_names.def) and errorcode, number to name. */
#include <errno.h>

#include "runtime/module.h"

static int start(ThreadState *ts, Value module) {
  static const struct {
    const char *name;
    int number;
  } all[] = {
#define ERRNO(name) {#name, name},
#include "runtime/modules/errno_names.def"
#undef ERRNO
  };
  Value codes = dict_new(ts);
  for (size_t i = 0; codes && i < sizeof all / sizeof *all; i++) {
    Value name = str_intern_cstr(ts, all[i].name);
    if (name == NULL || module_add_int(ts, module, all[i].name, all[i].number) < 0 || dict_set(ts, codes, small_int_value(all[i].number), name) < 0) CLEAR(codes);
    xdecref(ts, name);
  }
  return module_add(ts, module, "errorcode", codes);
}
const ModuleDef errno_module_def = {.name = "errno", .doc = "This module makes available standard errno system symbols.", .start = start};
