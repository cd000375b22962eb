/* import.c - the import statement: sys.modules, native modules, the embedded library, folders of sys.path, packages.
 * Keeps true: a module is in sys.modules while its body runs, and is taken out again when that fails.
 * Next: runtime/modules/modules.def, runtime/lib/, frozen.c (the library's code without compiling), tools/embed.py. CPython: Lib/importlib/_bootstrap.py. */
#include "interp/vm/import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gil/lock/mutex.h"
#include "interp/front/front.h"
#include "interp/vm/frame.h"
#include "interp/vm/frozen.h"

/* ---- files ---- */

char *read_file(ThreadState *ts, Value filename, size_t *size) {
  Value holder;
  ssize_t n;
  const char *path = str_utf8(ts, filename, &n, &holder);
  if (path == NULL) return NULL;
  char *text = NULL;
  sched_blocking_begin(&ts->sched);
  int fd = open(path, O_RDONLY | O_CLOEXEC), error = errno;
  struct stat info = {0};
  if (fd >= 0 && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    close(fd);
    fd = -1;
    error = EISDIR;
  }
  sched_blocking_end(&ts->sched);
  xdecref(ts, holder);
  if (fd < 0) {
    err_errno(ts, error, filename, NULL);
    return NULL;
  }
  size_t capacity = info.st_size > 0 ? (size_t)info.st_size + 1 : 65536, used = 0;
  text = mem_alloc(ts, capacity);
  while (text) {
    if (used + 1 >= capacity) {
      char *grown = mem_realloc(ts, text, capacity *= 2);
      if (grown == NULL) {
        mem_free(ts, text);
        text = NULL;
        break;
      }
      text = grown;
    }
    sched_blocking_begin(&ts->sched);
    ssize_t got = read(fd, text + used, capacity - used - 1);
    error = errno;
    sched_blocking_end(&ts->sched);
    if (got < 0 && error == EINTR) continue;
    if (got < 0) {
      err_errno(ts, error, filename, NULL);
      mem_free(ts, text);
      text = NULL;
      break;
    }
    if (got == 0) break;
    used += (size_t)got;
  }
  close(fd);
  if (text) text[used] = 0;
  *size = used;
  return text;
}

const LibraryFile *library_find(const char *path) {
  size_t low = 0, high = library_file_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strcmp(path, library_files[middle].path);
    if (order == 0) return &library_files[middle];
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}

static bool is_library(Value path) { return str_is_ascii(path) && strncmp(str_chars(path), LIBRARY_PATH, strlen(LIBRARY_PATH)) == 0; }

enum { IS_NOTHING, IS_FILE, IS_FOLDER };
static int look_at(ThreadState *ts, Value path) {
  if (is_library(path)) {
    const char *inner = str_chars(path) + strlen(LIBRARY_PATH);
    return *inner == '/' && library_find(inner + 1) ? IS_FILE : IS_NOTHING;
  }
  Value holder;
  ssize_t n;
  const char *p = str_utf8(ts, path, &n, &holder);
  if (p == NULL) {
    err_clear(ts);
    return IS_NOTHING;
  }
  struct stat info;
  int r = stat(p, &info) < 0 ? IS_NOTHING : S_ISDIR(info.st_mode) ? IS_FOLDER : IS_FILE;
  xdecref(ts, holder);
  return r;
}

/* ---- finding ---- */

typedef struct {
  Value file;   /* OWNED source file, or NULL: a namespace package */
  Value folder; /* OWNED search path of a package (list), or NULL */
  Value spec;   /* OWNED what a finder of sys.meta_path says of it, or NULL: then it is ours to load */
} Found;

static Value join_path(ThreadState *ts, Value folder, Value name, const char *suffix) {
  if (str_len(folder) == 0) return str_format(ts, "%U%s", name, suffix);
  if (str_at(folder, str_len(folder) - 1) == '/') return str_format(ts, "%U%U%s", folder, name, suffix);
  return str_format(ts, "%U/%U%s", folder, name, suffix);
}

/* 1 found, 0 not, -1 error. tail: the last part of the module's name. */
static int find_in(ThreadState *ts, Value search, Value tail, Found *found) {
  Value list = list_from_iterable(ts, search), namespace = NULL;
  if (list == NULL) return -1;
  int result = 0;
  for (ssize_t i = 0; result == 0 && i < list_len(list); i++) {
    Value folder = list_get(list, i);
    if (!is_str(folder)) continue;
    Value package = join_path(ts, folder, tail, "/__init__.py"), module = join_path(ts, folder, tail, ".py"), bare = join_path(ts, folder, tail, "");
    if (package == NULL || module == NULL || bare == NULL) {
      result = -1;
    } else if (look_at(ts, package) == IS_FILE) {
      found->file = incref(package);
      found->folder = list_from_items(ts, &bare, 1);
      result = found->folder ? 1 : -1;
    } else if (look_at(ts, module) == IS_FILE) {
      found->file = incref(module);
      result = 1;
    } else if (look_at(ts, bare) == IS_FOLDER) {
      if (namespace == NULL) namespace = list_new(ts, 1);
      if (namespace == NULL || list_append(ts, namespace, bare) < 0) result = -1;
    }
    xdecref(ts, package);
    xdecref(ts, module);
    xdecref(ts, bare);
  }
  decref(ts, list);
  if (result == 0 && namespace) {
    found->folder = namespace;
    return 1;
  }
  xdecref(ts, namespace);
  return result;
}

/* ---- loading ---- */

static Value compile_file(ThreadState *ts, Value file) {
  if (is_library(file)) {
    const LibraryFile *f = library_find(str_chars(file) + strlen(LIBRARY_PATH) + 1);
    Value code = frozen_code(ts, f, file);
    return code || err_occurred(ts) ? code : front_compile(ts, f->text, f->size, file, FRONT_FILE, FRONT_IS_FILE, NULL);
  }
  size_t n;
  char *text = read_file(ts, file, &n);
  if (text == NULL) return NULL;
  Value code = front_compile(ts, text, n, file, FRONT_FILE, FRONT_IS_FILE, NULL);
  mem_free(ts, text);
  return code;
}

Value run_source(ThreadState *ts, const char *bytes, size_t n, Value filename, Value globals) {
  Value code = front_compile(ts, bytes, n, filename, FRONT_FILE, FRONT_IS_FILE, NULL);
  if (code == NULL) return NULL;
  Value r = run_code(ts, code, globals, NULL, NULL);
  decref(ts, code);
  return r;
}

/* What importlib's ModuleSpec tells, as a namespace. */
static Value make_spec(ThreadState *ts, Value name, NULLABLE Value file, NULLABLE Value folder) {
  Value d = dict_new(ts);
  if (d == NULL) return NULL;
  ssize_t dot = -1, n = str_len(name);
  for (ssize_t i = 0; i < n; i++)
    if (str_at(name, i) == '.') dot = i;
  Value parent = folder ? incref(name) : str_substring(ts, name, 0, dot < 0 ? 0 : dot);
  int failed = parent == NULL || dict_set(ts, d, ID(name), name) < 0 || dict_set_cstr(ts, d, "loader", V_NONE) < 0 || dict_set_cstr(ts, d, "origin", file ? file : V_NONE) < 0 ||
               dict_set_cstr(ts, d, "submodule_search_locations", folder ? folder : V_NONE) < 0 || dict_set_cstr(ts, d, "cached", V_NONE) < 0 ||
               dict_set_cstr(ts, d, "parent", parent) < 0 || dict_set_cstr(ts, d, "has_location", bool_value(file != NULL)) < 0 ||
               dict_set_cstr(ts, d, "_initializing", V_TRUE) < 0;
  Value spec = failed ? NULL : namespace_new(ts, d);
  xdecref(ts, parent);
  decref(ts, d);
  return spec;
}

static Value load_native(ThreadState *ts, const ModuleDef *def, Value name) {
  Value m = module_from_def(ts, def);
  if (m && dict_set(ts, ts->interp->modules, name, m) < 0) CLEAR(m);
  Value spec = m ? make_spec(ts, name, NULL, NULL) : NULL;
  if (spec) {
    Value origin = str_from_ascii(ts, "built-in"), name_of_origin = origin ? str_intern_cstr(ts, "origin") : NULL;
    if (name_of_origin == NULL || attr_set(ts, spec, name_of_origin, origin) < 0 || dict_set(ts, (Value)module_dict(m), ID(__spec__), spec) < 0) CLEAR(m);
    xdecref(ts, name_of_origin);
    xdecref(ts, origin);
    decref(ts, spec);
  } else {
    CLEAR(m);
  }
  return m;
}

static int fill_module(ThreadState *ts, Value m, Value name, Found *found) {
  Value d = (Value)module_dict(m);
  Value spec = make_spec(ts, name, found->file, found->folder);
  if (spec == NULL) return -1;
  Value parent = attr_get_cstr(ts, spec, "parent");
  int failed = parent == NULL || dict_set(ts, d, ID(__package__), parent) < 0 || dict_set(ts, d, ID(__spec__), spec) < 0 ||
               (found->file && (dict_set(ts, d, ID(__file__), found->file) < 0 || dict_set(ts, d, ID(__cached__), V_NONE) < 0)) ||
               (found->folder && dict_set(ts, d, ID(__path__), found->folder) < 0) || dict_set(ts, d, ID(__builtins__), (Value)ts->interp->builtins) < 0;
  xdecref(ts, parent);
  decref(ts, spec);
  return failed ? -1 : 0;
}

/* ---- one thread imports, the others wait ---- */

/* A module whose body runs. The entry is freed by the last one that looks at it. */
typedef struct Importing {
  struct Importing *next;
  Value name; /* borrowed from the owner */
  ThreadState *owner;
  Mutex mutex; /* held by the owner until the module is ready */
  int waiters;
} Importing;

/* The three of them with import_mutex held. */
static Importing *importing_find(ThreadState *ts, Value name) {
  for (Importing *i = ts->interp->importing; i; i = i->next)
    if (str_equal(i->name, name)) return i;
  return NULL;
}
/* Would waiting for i close a circle of threads that wait for each other's imports? Then the half-made module must do, as in CPython. */
static bool importing_is_circle(ThreadState *ts, Importing *i) {
  while (i && i->owner) {
    if (i->owner == ts) return true;
    i = i->owner->waits_for_import;
  }
  return false;
}
static Importing *importing_to_wait_for(ThreadState *ts, Value name) {
  Importing *i = importing_find(ts, name);
  if (i == NULL || importing_is_circle(ts, i)) return NULL;
  ts->waits_for_import = i;
  i->waiters++;
  return i;
}

/* If another thread is running the module's body, wait until it has. True: it was. */
static bool importing_wait(ThreadState *ts, Value name) {
  LEAF_LOCK(ts, import_mutex);
  Importing *i = importing_to_wait_for(ts, name);
  LEAF_UNLOCK(ts, import_mutex);
  if (i == NULL) return false;
  mutex_lock(&ts->sched, &i->mutex);
  mutex_unlock(&ts->sched, &i->mutex);
  LEAF_LOCK(ts, import_mutex);
  ts->waits_for_import = NULL;
  bool is_last = --i->waiters == 0;
  LEAF_UNLOCK(ts, import_mutex);
  if (is_last) free(i);
  return true;
}
/* This thread is the one that runs the module's body. *taken: another began a moment earlier (and has ended by now). */
static Importing *importing_begin(ThreadState *ts, Value name, bool *taken) {
  Importing *i = calloc(1, sizeof *i);
  *taken = false;
  if (i == NULL) {
    err_no_memory(ts);
    return NULL;
  }
  i->name = name;
  i->owner = ts;
  mutex_try(&i->mutex);
  LEAF_LOCK(ts, import_mutex);
  Importing *other = importing_find(ts, name);
  *taken = other && other->owner != ts && !importing_is_circle(ts, other);
  if (!*taken) {
    i->next = ts->interp->importing;
    RACY_STORE(ts->interp->importing, i);
  }
  LEAF_UNLOCK(ts, import_mutex);
  if (!*taken) return i;
  free(i);
  importing_wait(ts, name);
  return NULL;
}
static void importing_end(ThreadState *ts, Importing *i) {
  LEAF_LOCK(ts, import_mutex);
  Importing **p = &ts->interp->importing;
  while (*p != i) p = &(*p)->next;
  RACY_STORE(*p, i->next);
  i->owner = NULL;
  bool is_last = i->waiters == 0;
  LEAF_UNLOCK(ts, import_mutex);
  mutex_unlock(&ts->sched, &i->mutex);
  if (is_last) free(i);
}

static Value load_spec(ThreadState *ts, Value spec);
static Value load_module(ThreadState *ts, Value name, Found *found);
static Value load_found(ThreadState *ts, Value name, Found *found) {
  for (;;) {
    bool taken;
    Importing *i = importing_begin(ts, name, &taken);
    if (i) {
      Value m = xincref(dict_get(ts, ts->interp->modules, name)); /* another thread had it ready since the caller looked */
      if (m == NULL && !err_occurred(ts)) m = found->spec ? load_spec(ts, found->spec) : load_module(ts, name, found);
      importing_end(ts, i);
      return m;
    }
    Value known = taken ? dict_get(ts, ts->interp->modules, name) : NULL;
    if (known || !taken) return xincref(known); /* its body may have failed: then it is our turn */
  }
}

static Value load_module(ThreadState *ts, Value name, Found *found) {
  Value m = module_new(ts, name);
  if (m == NULL) return NULL;
  if (fill_module(ts, m, name, found) < 0 || dict_set(ts, ts->interp->modules, name, m) < 0) goto error;
  if (found->file) {
    Value code = compile_file(ts, found->file);
    Value r = code ? run_code(ts, code, (Value)module_dict(m), NULL, NULL) : NULL;
    xdecref(ts, code);
    if (r == NULL) {
      Value exc = err_fetch(ts);
      bool failed;
      Value taken = dict_pop(ts, ts->interp->modules, name, &failed);
      xdecref(ts, taken);
      err_restore(ts, exc);
      goto error;
    }
    decref(ts, r);
  }
  Value spec = dict_get_str(ts, module_dict(m), ID(__spec__));
  if (spec && is_kind(spec, K_NAMESPACE) && attr_set(ts, spec, ID(_initializing), V_FALSE) < 0) goto error;
  /* the body may have put something else there */
  Value now = dict_get(ts, ts->interp->modules, name);
  if (now == NULL) {
    if (!err_occurred(ts)) err_key(ts, name);
    goto error;
  }
  incref(now);
  decref(ts, m);
  return now;
error:
  decref(ts, m);
  return NULL;
}

static Value raise_not_found(ThreadState *ts, Value name, const char *format, Value extra) {
  Value text = str_format(ts, format, name, extra);
  if (text == NULL) return NULL;
  err_set(ts, EXC(ModuleNotFoundError), text);
  decref(ts, text);
  if (ts->exc && err_matches(ts, EXC(ModuleNotFoundError))) replace(ts, &as_exception(ts->exc)->extra[X_IMPORT_NAME], incref(name));
  return NULL;
}

/* Ask the finders that a program put on sys.meta_path (PEP 451), which fills found->spec: 1 found, 0 not, -1 error.
 * gilly's own finders are not on that list; they come after it. */
static int find_by_hook(ThreadState *ts, Value name, NULLABLE Value parent, Found *found) {
  Value hooks = sys_get(ts, "meta_path");
  if (hooks == NULL || !is_list(hooks) || list_len(hooks) == 0) return 0;
  bool failed = false;
  Value path = parent ? attr_get_optional(ts, parent, ID(__path__), &failed) : NULL;
  Value finders = failed ? NULL : list_from_iterable(ts, hooks);
  int result = finders ? 0 : -1;
  for (ssize_t i = 0; result == 0 && i < list_len(finders); i++) {
    Value find = attr_get_cstr(ts, list_get(finders, i), "find_spec");
    Value spec = find ? call3(ts, find, name, path ? path : V_NONE, V_NONE) : NULL;
    xdecref(ts, find);
    result = spec == NULL ? -1 : spec != V_NONE;
    if (result > 0) found->spec = spec;
    else xdecref(ts, spec);
  }
  xdecref(ts, finders);
  xdecref(ts, path);
  return result;
}

static Value load_spec(ThreadState *ts, Value spec) {
  Value load = import_attr(ts, "importlib", "_load");
  Value m = load ? call1(ts, load, spec) : NULL;
  xdecref(ts, load);
  return m;
}

/* Import one module whose parent (or NULL) is imported already. */
static Value import_one(ThreadState *ts, Value name, Value tail, NULLABLE Value parent, NULLABLE Value parent_name) {
  if (UNLIKELY(RACY_LOAD(ts->interp->importing) != NULL)) importing_wait(ts, name);
  Value known = dict_get(ts, ts->interp->modules, name);
  if (known == V_NONE) return raise_not_found(ts, name, "import of %U halted; None in sys.modules", NULL);
  if (known) return incref(known);
  if (err_occurred(ts)) return NULL;
  Value m = NULL;
  Found found = {0};
  const ModuleDef *native = parent == NULL && str_is_ascii(name) ? module_find_native(str_chars(name)) : NULL;
  int hooked = find_by_hook(ts, name, parent, &found);
  if (hooked < 0) return NULL;
  if (hooked) {
    m = load_found(ts, name, &found);
    decref(ts, found.spec);
  } else if (native) {
    m = load_native(ts, native, name);
  } else {
    bool failed;
    Value search = parent ? attr_get_optional(ts, parent, ID(__path__), &failed) : xincref(sys_get(ts, "path"));
    if (search == NULL) {
      if (err_occurred(ts)) return NULL;
      if (parent) return raise_not_found(ts, name, "No module named %R; %R is not a package", parent_name);
      return raise_not_found(ts, name, "No module named %R", NULL);
    }
    int r = find_in(ts, search, tail, &found);
    decref(ts, search);
    if (r == 0) raise_not_found(ts, name, "No module named %R", NULL);
    else if (r > 0) m = load_found(ts, name, &found);
    xdecref(ts, found.file);
    xdecref(ts, found.folder);
  }
  if (m && parent && attr_set(ts, parent, tail, m) < 0) err_clear(ts);
  return m;
}

/* Import a.b.c: all three; *top gets a (OWNED) when wanted. OWNED c. */
static Value import_dotted(ThreadState *ts, Value name, NULLABLE Value *top) {
  if (UNLIKELY(RACY_LOAD(ts->interp->importing) != NULL)) importing_wait(ts, name);
  Value known = dict_get(ts, ts->interp->modules, name);
  ssize_t n = str_len(name);
  bool dotted = str_find_char(name, '.', 0, n) >= 0;
  if (known && known != V_NONE && (top == NULL || !dotted)) {
    if (top) *top = incref(known);
    return incref(known);
  }
  Value parent = NULL, parent_name = NULL;
  for (ssize_t start = 0; start <= n;) {
    ssize_t end = str_find_char(name, '.', start, n);
    if (end < 0) end = n;
    Value part = str_substring(ts, name, 0, end), tail = str_substring(ts, name, start, end);
    part = part ? str_intern(ts, part) : NULL;
    tail = tail ? str_intern(ts, tail) : NULL;
    Value m = part && tail ? import_one(ts, part, tail, parent, parent_name) : NULL;
    xdecref(ts, tail);
    xdecref(ts, parent);
    xdecref(ts, parent_name);
    parent_name = part;
    parent = m;
    if (m == NULL) break;
    if (start == 0 && top) *top = incref(m);
    start = end + 1;
  }
  xdecref(ts, parent_name);
  if (parent == NULL && top) CLEAR(*top);
  return parent;
}

/* ---- relative names ---- */

static Value package_of(ThreadState *ts, Value globals) {
  Value package = dict_get_str(ts, as_dict(globals), ID(__package__));
  if (package && package != V_NONE) {
    if (is_str(package)) return incref(package);
    return err_format(ts, EXC(TypeError), "package must be a string");
  }
  Value name = dict_get_str(ts, as_dict(globals), ID(__name__));
  if (name == NULL) return err_format(ts, EXC(KeyError), "'__name__' not in globals");
  if (dict_get_str(ts, as_dict(globals), ID(__path__))) return incref(name);
  ssize_t dot = -1;
  for (ssize_t i = 0; i < str_len(name); i++)
    if (str_at(name, i) == '.') dot = i;
  return str_substring(ts, name, 0, dot < 0 ? 0 : dot);
}

static Value resolve(ThreadState *ts, Value name, Value globals, int level) {
  if (level == 0) return incref(name);
  if (globals == NULL || !is_dict(globals)) return err_format(ts, EXC(KeyError), "'__name__' not in globals");
  Value package = package_of(ts, globals);
  if (package == NULL) return NULL;
  if (str_len(package) == 0) {
    decref(ts, package);
    return err_format(ts, EXC(ImportError), "attempted relative import with no known parent package");
  }
  ssize_t end = str_len(package);
  for (int i = 1; i < level; i++) {
    ssize_t dot = -1;
    for (ssize_t k = 0; k < end; k++)
      if (str_at(package, k) == '.') dot = k;
    if (dot < 0) {
      decref(ts, package);
      return err_format(ts, EXC(ImportError), "attempted relative import beyond top-level package");
    }
    end = dot;
  }
  Value base = str_substring(ts, package, 0, end);
  decref(ts, package);
  if (base == NULL || str_len(name) == 0) return base;
  Value full = str_format(ts, "%U.%U", base, name);
  decref(ts, base);
  return full;
}

/* from package import name: a name that is no attribute may be a submodule. */
static int import_from_list(ThreadState *ts, Value m, Value list) {
  bool failed;
  Value path = attr_get_optional(ts, m, ID(__path__), &failed);
  if (path == NULL) return failed ? -1 : 0;
  decref(ts, path);
  Value package = attr_get(ts, m, ID(__name__)), items = list_from_iterable(ts, list);
  int result = package && items ? 0 : -1;
  for (ssize_t i = 0; result == 0 && i < list_len(items); i++) {
    Value name = list_get(items, i);
    if (!is_str(name)) {
      err_format(ts, EXC(TypeError), "Item in ``from list'' must be str, not %T", name);
      result = -1;
      break;
    }
    if (str_equal_cstr(name, "*")) {
      Value all = attr_get_optional(ts, m, ID(__all__), &failed);
      if (all && import_from_list(ts, m, all) < 0) result = -1;
      xdecref(ts, all);
      continue;
    }
    Value interned = str_intern(ts, incref(name));
    Value have = interned ? attr_get_optional(ts, m, interned, &failed) : NULL;
    xdecref(ts, interned);
    if (have) {
      decref(ts, have);
      continue;
    }
    Value full = str_format(ts, "%U.%U", package, name);
    Value sub = full ? import_dotted(ts, full, NULL) : NULL;
    if (sub == NULL && err_matches(ts, EXC(ModuleNotFoundError))) {
      Value missing = EXC_FIELD(ts->exc, extra[X_IMPORT_NAME]);
      if (missing && is_str(missing) && full && str_equal(missing, full)) err_clear(ts);
    }
    if (sub == NULL && err_occurred(ts)) result = -1;
    xdecref(ts, sub);
    xdecref(ts, full);
  }
  xdecref(ts, package);
  xdecref(ts, items);
  return result;
}

Value import_name(ThreadState *ts, Value name, Value globals, Value fromlist, int level) {
  if (level < 0) return err_format(ts, EXC(ValueError), "level must be >= 0");
  if (level == 0 && str_len(name) == 0) return err_format(ts, EXC(ValueError), "Empty module name");
  Value full = resolve(ts, name, globals, level);
  if (full == NULL) return NULL;
  int wants_last = fromlist && fromlist != V_NONE ? truth(ts, fromlist) : 0;
  Value top = NULL, m = wants_last < 0 ? NULL : import_dotted(ts, full, wants_last || level ? NULL : &top);
  if (m && wants_last && import_from_list(ts, m, fromlist) < 0) CLEAR(m);
  if (m && !wants_last) {
    if (level == 0) {
      decref(ts, m);
      m = top;
      top = NULL;
    } else if (str_find_char(name, '.', 0, str_len(name)) >= 0) {
      /* import .a.b as written by __import__: the first part of name, below the package */
      ssize_t cut = str_len(full) - (str_len(name) - str_find_char(name, '.', 0, str_len(name)));
      Value first = str_substring(ts, full, 0, cut), found = first ? dict_get(ts, ts->interp->modules, first) : NULL;
      if (found) replace(ts, &m, incref(found));
      xdecref(ts, first);
    }
  }
  xdecref(ts, top);
  decref(ts, full);
  return m;
}

Value import_find_main(ThreadState *ts, Value name, Value *file, Value *package) {
  *file = *package = NULL;
  ssize_t dot = -1;
  for (ssize_t i = 0; i < str_len(name); i++)
    if (str_at(name, i) == '.') dot = i;
  Value parent = NULL, search, tail = str_substring(ts, name, dot + 1, str_len(name));
  Value parent_name = str_substring(ts, name, 0, dot < 0 ? 0 : dot);
  if (dot >= 0) {
    parent = import_dotted(ts, parent_name, NULL);
    search = parent ? attr_get(ts, parent, ID(__path__)) : NULL;
  } else {
    search = incref(sys_get(ts, "path"));
  }
  Found found = {0};
  int r = search && tail ? find_in(ts, search, tail, &found) : -1;
  xdecref(ts, search);
  xdecref(ts, parent);
  xdecref(ts, tail);
  if (r < 0) {
    xdecref(ts, parent_name);
    return NULL;
  }
  if (r == 0) {
    xdecref(ts, parent_name);
    return err_format(ts, EXC(ModuleNotFoundError), "No module named %S", name);
  }
  if (found.folder) { /* a package: its __main__ */
    xdecref(ts, found.file);
    xdecref(ts, parent_name);
    decref(ts, found.folder);
    Value pkg = import_dotted(ts, name, NULL), path = pkg ? attr_get(ts, pkg, ID(__path__)) : NULL;
    Found inner = {0};
    r = path ? find_in(ts, path, ID(__main__), &inner) : -1;
    xdecref(ts, path);
    xdecref(ts, pkg);
    if (r == 0) return err_format(ts, EXC(ImportError), "No module named %S.__main__; %R is a package and cannot be directly executed", name, name);
    if (r < 0) return NULL;
    xdecref(ts, inner.folder);
    *file = inner.file;
    *package = incref(name);
  } else {
    *file = found.file;
    *package = parent_name;
  }
  return compile_file(ts, *file);
}
