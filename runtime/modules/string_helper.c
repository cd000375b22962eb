/* string_helper.c - the module _string: what string.Formatter needs of str.format's reader. Objects/unicodeobject.c in
 * CPython. Next: types/format.c. */
#include "runtime/module.h"

static Value formatter_parser(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "expected str, got %T", args[0]);
  return str_formatter_parser(ts, args[0]);
}

static Value formatter_field_name_split(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "expected str, got %T", args[0]);
  return str_formatter_field_name_split(ts, args[0]);
}

static const MethodDef string_helper_methods[] = {
  {"formatter_field_name_split", formatter_field_name_split, 1, 1, 0, "split the argument as a field name"},
  {"formatter_parser", formatter_parser, 1, 1, 0, "parse the argument as a format string"},
  {0}};

const ModuleDef string_helper_module_def = {
  .name = "_string", .doc = "string helper module", .methods = string_helper_methods};
