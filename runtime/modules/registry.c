/* registry.c - finding a native module by name. Next: modules.def. */
#include "runtime/module.h"

#define MODULE(c_name, name) extern const ModuleDef c_name##_module_def;
#include "runtime/modules/modules.def"
#undef MODULE

static const ModuleDef *const all[] = {
#define MODULE(c_name, name) &c_name##_module_def,
#include "runtime/modules/modules.def"
#undef MODULE
};

const ModuleDef *module_find_native(const char *name) {
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (strcmp(all[i]->name, name) == 0) return all[i];
  return NULL;
}

const ModuleDef *module_native(NativeModule which) { return all[which]; }

NativeModule module_native_index(const ModuleDef *def) {
  int i = 0;
  while (all[i] != def) i++;
  return (NativeModule)i;
}
