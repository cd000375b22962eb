/* module.c - the module _pickle: its functions, exceptions and types.  Next: pickle.h. CPython: Modules/_pickle.c. */
#include "runtime/modules/pickle/pickle.h"

static int start(ThreadState *ts, Value module) {
  PickleState *s = module_state(module);
  if (module_add_exception(ts, module, "PickleError", "_pickle", EXC(Exception), &s->pickle_error) < 0) return -1;
  if (module_add_exception(ts, module, "PicklingError", "_pickle", s->pickle_error, &s->pickling_error) < 0) return -1;
  if (module_add_exception(ts, module, "UnpicklingError", "_pickle", s->pickle_error, &s->unpickling_error) < 0) return -1;
  return module_add_type(ts, module, &pickler_spec, NULL, &s->pickler) < 0 || module_add_type(ts, module, &unpickler_spec, NULL, &s->unpickler) < 0 ||
                 module_add_type(ts, module, &pickler_memo_spec, NULL, &s->pickler_memo) < 0 || module_add_type(ts, module, &unpickler_memo_spec, NULL, &s->unpickler_memo) < 0 ||
                 module_add_type(ts, module, &pickle_buffer_spec, NULL, &s->pickle_buffer) < 0
             ? -1
             : 0;
}
/* {name: byte} of all opcodes, for pickle.py. */
static Value opcodes(NATIVE_ARGS) {
  static const struct {
    const char *name;
    uint8_t byte;
  } rows[] = {
#define OPCODE(name, byte, protocol, argument, meaning) {#name, byte},
#include "runtime/modules/pickle/opcodes.def"
#undef OPCODE
  };
  Value dict = dict_new(ts);
  for (size_t i = 0; dict && i < sizeof rows / sizeof *rows; i++) {
    Value v = bytes_new(ts, (const char *)&rows[i].byte, 1);
    if (v == NULL || dict_set_cstr(ts, dict, rows[i].name, v) < 0) CLEAR(dict);
    xdecref(ts, v);
  }
  return dict;
}
static const MethodDef functions[] = {
    {"dump", pickle_dump, 0, -1, METHOD_KW, "dump($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)\n--\n\nWrite a pickled representation of obj to the open file object file."},
    {"dumps", pickle_dumps, 0, -1, METHOD_KW, "dumps($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)\n--\n\nReturn the pickled representation of the object as a bytes object."},
    {"load", pickle_load, 0, -1, METHOD_KW, "load($module, /, file, *, fix_imports=True, encoding=\'ASCII\',\n     errors=\'strict\', buffers=())\n--\n\nRead and return an object from the pickle data stored in a file."},
    {"loads", pickle_loads, 0, -1, METHOD_KW, "loads($module, data, /, *, fix_imports=True, encoding=\'ASCII\',\n      errors=\'strict\', buffers=())\n--\n\nRead and return an object from the given pickle data."},
    {"_opcodes", opcodes, 0, 0, 0, NULL}, {0}};
const ModuleDef pickle_module_def = {.name = "_pickle", .doc = "Optimized C implementation for the Python pickle module.", .methods = functions, .start = start, .state_size = sizeof(PickleState), .owned_values = sizeof(PickleState) / sizeof(Value)};
