/* site_builtins.c - what the module site adds to builtins for a person at the prompt: exit, quit, help, copyright, credits, license.
 * How: three small types; an object keeps its name and its text. help's work is done by runtime/lib/_help.py, imported when called.
 * Next: builtins.c. CPython: Lib/_sitebuiltins.py, Lib/site.py. */
#include "interp/vm/interp.h"
#include "runtime/module.h"

typedef struct {
  Object base;
  Value name, text; /* str; text: of a notice, or what repr() says */
} SiteObject;

static SiteObject *as_site(Value v) { return (SiteObject *)v; }
static void site_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_site(self)->name);
  xdecref(ts, as_site(self)->text);
  object_release(ts, self);
}
static Value site_repr(ThreadState *ts, Value self) { return incref(as_site(self)->text); }
static Value site_name(ThreadState *ts, Value self) { return incref(as_site(self)->name); }

/* exit(code=None): closes stdin, so that a prompt ends as well, and raises SystemExit. */
static Value quitter_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"code"};
  static const ArgSpec spec = {"Quitter.__call__", 0, 1, 0, 1, names};
  Value code, in = sys_get(ts, "stdin");
  if (args_bind(ts, &spec, args, nargs, kwnames, &code) < 0) return NULL;
  Value closed = in && in != V_NONE ? call_method0(ts, in, ID(close)) : NULL;
  xdecref(ts, closed);
  err_clear(ts);
  Value exc = call1(ts, EXC(SystemExit), code ? code : V_NONE);
  return exc ? err_set_instance(ts, exc) : NULL;
}
static Value printer_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "_Printer.__call__", kwnames) < 0 || args_count(ts, "_Printer.__call__", nargs, 0, 0) < 0) return NULL;
  Value out = sys_get(ts, "stdout");
  if (out == NULL || out == V_NONE) return V_NONE;
  return file_write_str(ts, out, as_site(self)->text) < 0 || file_write_cstr(ts, out, "\n") < 0 ? NULL : V_NONE;
}
static Value helper_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Value show = import_attr(ts, "_help", "show");
  Value r = show ? call(ts, show, args, nargs, kwnames) : NULL;
  xdecref(ts, show);
  return r;
}

static int add(ThreadState *ts, Value builtins, Type *type, const char *name, const char *text) {
  Value v = object_new_instance(ts, type);
  if (v == NULL) return -1;
  as_site(v)->name = str_from_ascii(ts, name);
  as_site(v)->text = str_from_ascii(ts, text);
  if (as_site(v)->name && as_site(v)->text) return module_add(ts, builtins, name, v);
  decref(ts, v);
  return -1;
}

int site_add_builtins(ThreadState *ts, Value builtins) {
  static const GetSetDef getsets[] = {{"name", site_name, NULL, NULL}, {0}};
  static const TypeSpec quitter = {.name = "_sitebuiltins.Quitter", .size = sizeof(SiteObject), .flags = TYPE_NO_NEW, .getsets = getsets,
                                   .slots = {.dealloc = site_dealloc, .repr = site_repr, .call = quitter_call}};
  static const TypeSpec printer = {.name = "_sitebuiltins._Printer", .size = sizeof(SiteObject), .flags = TYPE_NO_NEW,
                                   .slots = {.dealloc = site_dealloc, .repr = site_repr, .call = printer_call}};
  static const TypeSpec helper = {.name = "_sitebuiltins._Helper", .size = sizeof(SiteObject), .flags = TYPE_NO_NEW,
                                  .slots = {.dealloc = site_dealloc, .repr = site_repr, .call = helper_call}};
  Type *quits = type_from_spec(ts, &quitter, NULL, K_OBJECT), *prints = quits ? type_from_spec(ts, &printer, NULL, K_OBJECT) : NULL;
  Type *helps = prints ? type_from_spec(ts, &helper, NULL, K_OBJECT) : NULL;
  if (helps == NULL) return -1;
  int r = add(ts, builtins, quits, "quit", "Use quit() or Ctrl-D (i.e. EOF) to exit") < 0 || add(ts, builtins, quits, "exit", "Use exit() or Ctrl-D (i.e. EOF) to exit") < 0 ||
          add(ts, builtins, helps, "help", "Type help() for interactive help, or help(object) for help about object.") < 0 ||
          add(ts, builtins, prints, "copyright", "Copyright (c) the gilly authors. All Rights Reserved.") < 0 ||
          add(ts, builtins, prints, "credits", "    gilly speaks Python, a language by Guido van Rossum and many others. See www.python.org.") < 0 ||
          add(ts, builtins, prints, "license", "gilly may be used under the MIT License: see the file LICENSE.") < 0;
  decref(ts, (Value)quits), decref(ts, (Value)prints), decref(ts, (Value)helps); /* they stay for as long as the Interp */
  return r ? -1 : 0;
}
