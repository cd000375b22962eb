/* module.h - native modules: a table of functions and a start function; listed in modules.def. */
#ifndef RUNTIME_MODULE_H
#define RUNTIME_MODULE_H

#include "runtime/object.h"

typedef struct ModuleDef {
  const char *name;
  const char *doc;
  const MethodDef *methods;
  int (*start)(ThreadState *ts, Value module); /* add types and constants; may be NULL. 0 / -1 */
  size_t state_size;                           /* zeroed memory per Interp: module_state(module) */
  int owned_values;                            /* the state begins with so many owned Values (or types), dropped at the end of the Interp */
} ModuleDef;

OWNED Value module_from_def(ThreadState *ts, const ModuleDef *def);
OWNED Value module_new(ThreadState *ts, Value name);
Dict *module_dict(Value module); /* BORROWED */
void *module_state(Value module);
/* The state of a native module that has been imported, whatever sys.modules says now: it lives as long as the Interp. */
void *native_state(ThreadState *ts, NativeModule which);
void native_states_free(ThreadState *ts); /* at the end of an Interp */
int module_add(ThreadState *ts, Value module, const char *name, STEALS Value v); /* v NULL: -1 at once */
int module_add_int(ThreadState *ts, Value module, const char *name, int64_t i);
int module_add_str(ThreadState *ts, Value module, const char *name, const char *text);
/* Make a type from spec and add it under the last part of its name; *place gets a second owned reference if not NULL, and stays as it is on failure. */
int module_add_type(ThreadState *ts, Value module, const TypeSpec *spec, NULLABLE Type *base, NULLABLE Type **place);
/* Make the class name(base) of module `home` and add it; *place gets a second owned reference. */
int module_add_exception(ThreadState *ts, Value module, const char *name, const char *home, Value base, Value *place);
OWNED Value native_function_new(ThreadState *ts, const MethodDef *def, NULLABLE Value self, NULLABLE Value module_name);
const ModuleDef *module_find_native(const char *name); /* from modules.def; NULL when there is none */
const ModuleDef *module_native(NativeModule which);
NativeModule module_native_index(const ModuleDef *def);
/* Import a module by its dotted name (through interp's import hook): OWNED, the last part. */
OWNED Value import_module(ThreadState *ts, const char *name);
/* import module and get an attribute */
OWNED Value import_attr(ThreadState *ts, const char *module, const char *name);

#endif
