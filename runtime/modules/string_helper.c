/* string_helper.c - the module _string: what string.Formatter needs of str.format's reader, and codecs of the native encodings. Objects/unicodeobject.c in
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

static Value codec_name(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "expected str, got %T", args[0]);
  const char *name = str_is_ascii(args[0]) ? str_codec_name(str_chars(args[0])) : NULL;
  return name ? str_from_ascii(ts, name) : V_NONE;
}

static const MethodDef string_helper_methods[] = {
  {"codec_name", codec_name, 1, 1, 0, "the usual name of a native encoding, None when there is none of that name"},
  {"formatter_field_name_split", formatter_field_name_split, 1, 1, 0, "split the argument as a field name"},
  {"formatter_parser", formatter_parser, 1, 1, 0, "parse the argument as a format string"},
  {0}};

const ModuleDef string_helper_module_def = {
  .name = "_string", .doc = "string helper module", .methods = string_helper_methods};
