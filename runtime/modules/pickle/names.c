/* names.c - functions and classes stand in a pickle by name: finding what a name means, and the name of what one has.
 * Next: writer.c (save_global), reader.c (find_class). CPython: Modules/_pickle.c (whichmodule, get_deep_attribute), Lib/_compat_pickle.py. */
#include "runtime/modules/pickle/pickle.h"

Value pickle_import(ThreadState *ts, Value module_name) {
  ssize_t n;
  Value holder, module = NULL;
  const char *p = str_utf8(ts, module_name, &n, &holder);
  if (p == NULL) return NULL;
  if ((ssize_t)strlen(p) != n) err_format(ts, EXC(ModuleNotFoundError), "No module named %R", module_name);
  else if (n == 0) err_format(ts, EXC(ValueError), "Empty module name");
  else module = import_module(ts, p);
  xdecref(ts, holder);
  return module;
}

/* The part of a dotted name from start on: *end is where it ends. */
static Value part_of(ThreadState *ts, Value name, ssize_t start, ssize_t *end) {
  *end = str_find_char(name, '.', start, str_len(name));
  if (*end < 0) *end = str_len(name);
  Value part = str_substring(ts, name, start, *end);
  return part ? str_intern(ts, part) : NULL;
}
bool pickle_has_locals(Value qualname) {
  static const char locals[] = "<locals>";
  ssize_t n = str_len(qualname);
  for (ssize_t start = 0; start <= n;) {
    ssize_t end = str_find_char(qualname, '.', start, n), i = 0;
    if (end < 0) end = n;
    while (i < 8 && end - start == 8 && str_at(qualname, start + i) == (Char)locals[i]) i++;
    if (i == 8) return true;
    start = end + 1;
  }
  return false;
}
Value pickle_deep_attribute(ThreadState *ts, Value v, Value qualname, Value *parent) {
  Value holder = NULL, at = incref(v);
  ssize_t end;
  for (ssize_t start = 0; at && start <= str_len(qualname); start = end + 1) {
    bool failed = false;
    Value part = part_of(ts, qualname, start, &end), next = part ? attr_get_optional(ts, at, part, &failed) : NULL;
    xdecref(ts, part);
    xdecref(ts, holder);
    holder = at;
    at = next;
    if (part == NULL) break;
  }
  if (at && parent) *parent = holder;
  else xdecref(ts, holder);
  return at;
}

/* The module that has v under this name, of those that are imported. */
static Value search_modules(ThreadState *ts, Value v, Value qualname) {
  Value modules = dict_copy(ts, ts->interp->modules), key, module, found = NULL;
  for (ssize_t pos = 0; modules && found == NULL && dict_next(modules, &pos, &key, &module);) {
    if (!is_str(key) || module == V_NONE || str_equal_cstr(key, "__main__")) continue;
    Value has = pickle_deep_attribute(ts, module, qualname, NULL);
    if (has == v) found = incref(key);
    xdecref(ts, has);
    if (err_occurred(ts)) err_clear(ts);
  }
  xdecref(ts, modules);
  return found ? found : err_occurred(ts) ? NULL : str_intern_cstr(ts, "__main__");
}
Value pickle_module_of(ThreadState *ts, Value v, Value qualname) {
  bool failed;
  Value name = attr_get_optional(ts, v, ID(__module__), &failed);
  if (name == NULL && failed) return NULL;
  if (name && name != V_NONE) {
    if (is_str(name)) return name;
    err_format(ts, EXC(TypeError), "__module__ must be a str, not %T", name);
    decref(ts, name);
    return NULL;
  }
  return search_modules(ts, v, qualname);
}

/* _compat_pickle's tables: (module, name) -> (module, name), and module -> module. */
static Value look_up(ThreadState *ts, const char *table, Value key) {
  Value dict = import_attr(ts, "_compat_pickle", table), v = NULL;
  if (dict && is_dict(dict)) v = xincref(dict_get(ts, dict, key));
  else if (dict) err_format(ts, EXC(RuntimeError), "_compat_pickle.%s should be a dict, not %T", table, dict);
  xdecref(ts, dict);
  return v;
}
int pickle_map_name(ThreadState *ts, Value *module, Value *name, bool to_old) {
  Value pair = tuple_of2(ts, *module, *name), found = pair ? look_up(ts, to_old ? "REVERSE_NAME_MAPPING" : "NAME_MAPPING", pair) : NULL;
  xdecref(ts, pair);
  if (found) {
    bool good = is_tuple(found) && tuple_len(found) == 2 && is_str(tuple_get(found, 0)) && is_str(tuple_get(found, 1));
    if (good) {
      replace(ts, module, incref(tuple_get(found, 0)));
      replace(ts, name, incref(tuple_get(found, 1)));
    } else {
      err_format(ts, EXC(RuntimeError), "_compat_pickle.%s values should be pairs of str, not %R", to_old ? "REVERSE_NAME_MAPPING" : "NAME_MAPPING", found);
    }
    decref(ts, found);
    return good ? 0 : -1;
  }
  if (err_occurred(ts)) return -1;
  found = look_up(ts, to_old ? "REVERSE_IMPORT_MAPPING" : "IMPORT_MAPPING", *module);
  if (found == NULL) return err_occurred(ts) ? -1 : 0;
  if (!is_str(found)) {
    err_format(ts, EXC(RuntimeError), "_compat_pickle.%s values should be strings, not %T", to_old ? "REVERSE_IMPORT_MAPPING" : "IMPORT_MAPPING", found);
    decref(ts, found);
    return -1;
  }
  replace(ts, module, found);
  return 0;
}
