/* interpreters_module.c - the module _interpreters: isolated interpreters by number. What is convenient is written in the language.
 * A call goes over as bytes and comes back as bytes: run(id, request) has the other Interp's _crossing_inside.answer(request)
 *   make its answer there.
 * Next: family.h, runtime/lib/concurrent/interpreters. CPython: Modules/_interpretersmodule.c, PEP 734. */
#include <stdarg.h>
#include <stdlib.h>

#include "interp/vm/family.h"
#include "runtime/module.h"

typedef struct {
  Type *shared; /* lending.c */
  Value error, not_found;
} State;
static State *state(ThreadState *ts) { return native_state(ts, NATIVE_interpreters); }

/* What is not there is told by another class than what cannot be done. */
Value err_interpreter(ThreadState *ts, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char text[200];
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  bool is_missing = strstr(text, "not found") != NULL;
  return err_format(ts, is_missing ? state(ts)->not_found : state(ts)->error, "%s", text);
}

static int id_argument(ThreadState *ts, Value v, int64_t *id) {
  if (!is_int(v)) return err_format(ts, EXC(TypeError), "an interpreter ID must be an int, not %T", v), -1;
  return num_as_i64(ts, v, id);
}

static Value create(NATIVE_ARGS) {
  int64_t id = member_create(ts);
  return id < 0 ? NULL : int_from_i64(ts, id);
}
static Value close_member(NATIVE_ARGS) {
  int64_t id;
  lending_collect(ts);
  return id_argument(ts, args[0], &id) < 0 || member_close(ts, id) < 0 ? NULL : V_NONE;
}

/* ---- a call ---- */

/* Bytes in memory of nobody's heap. */
typedef struct {
  char *data;
  size_t size;
} Copied;

static void copy_text(Copied *to, const char *text, size_t size) {
  to->data = malloc(size + 1);
  if (to->data == NULL) return;
  memcpy(to->data, text, size);
  to->data[to->size = size] = 0;
}
/* What answer() itself could not tell. */
static void copy_error(ThreadState *inner, Copied *to) {
  Value text = str_of(inner, inner->exc), holder = NULL;
  ssize_t n = 0;
  const char *p = text ? str_utf8(inner, text, &n, &holder) : NULL;
  copy_text(to, p ? p : "", p ? (size_t)n : 0);
  xdecref(inner, holder);
  xdecref(inner, text);
  err_clear(inner);
}

/* In the other Interp. True: out is the answer; false: the text of an error. */
static bool answer(ThreadState *inner, Value request_of_outer, Copied *out) {
  Value f = import_attr(inner, "_crossing_inside", "answer");
  Value request = f ? bytes_new(inner, bytes_data(request_of_outer), bytes_len(request_of_outer)) : NULL;
  Value r = request ? call1(inner, f, request) : NULL;
  bool done = r && is_layout(r, K_BYTES);
  if (done) copy_text(out, bytes_data(r), (size_t)bytes_len(r));
  else if (err_occurred(inner)) copy_error(inner, out);
  xdecref(inner, r);
  xdecref(inner, request);
  xdecref(inner, f);
  lending_collect(inner);
  return done;
}

static Value run(NATIVE_ARGS) {
  int64_t id;
  if (id_argument(ts, args[0], &id) < 0) return NULL;
  if (!is_layout(args[1], K_BYTES)) return err_format(ts, EXC(TypeError), "expected bytes, got %T", args[1]);
  lending_collect(ts);
  ThreadState *inner = member_enter(ts, id);
  if (inner == NULL) return NULL;
  Copied out = {0};
  bool done = answer(inner, args[1], &out);
  member_leave(ts, inner);
  lending_collect(ts);
  Value r = NULL;
  bool is_stopped = ts->interp->up.check_pending(ts) < 0; /* Ctrl-C has stopped the other: it stops us, too */
  if (out.data == NULL && !is_stopped) err_no_memory(ts);
  else if (done && !is_stopped) r = bytes_new(ts, out.data, (ssize_t)out.size);
  else if (!is_stopped) err_interpreter(ts, "%s", out.data);
  free(out.data);
  return r;
}

/* ---- who is there ---- */

static Value list_all(NATIVE_ARGS) {
  Family *f = family_of(ts);
  Value list = f ? list_new(ts, 0) : NULL;
  if (list && list_append_steal(ts, list, small_int_value(0)) < 0) CLEAR(list);
  for (int64_t last = 0; list;) {
    family_lock(f);
    FamilyMember *m = f->members;
    while (m && (m->id <= last || m->state == MEMBER_ENDING)) m = m->next;
    last = m ? m->id : -1;
    family_unlock(f);
    if (last < 0) break;
    if (list_append_steal(ts, list, int_from_i64(ts, last)) < 0) CLEAR(list);
  }
  return list;
}
static Value current(NATIVE_ARGS) { return int_from_i64(ts, ts->interp->id); }

static Value is_running(NATIVE_ARGS) {
  int64_t id;
  Family *f = family_of(ts);
  if (f == NULL || id_argument(ts, args[0], &id) < 0) return NULL;
  if (id == 0) return V_TRUE;
  family_lock(f);
  FamilyMember *m = family_find(f, id);
  MemberState now = m ? m->state : MEMBER_ENDING;
  family_unlock(f);
  return now == MEMBER_ENDING ? err_interpreter(ts, "interpreter not found") : bool_value(now == MEMBER_RUNNING);
}

/* change: +1 one more Interpreter object names it, -1 one fewer, 0 its number has travelled. The answer: shall it be closed now? */
static Value change_holders(ThreadState *ts, Value number, int change) {
  int64_t id;
  Family *f = family_of(ts);
  if (f == NULL || id_argument(ts, number, &id) < 0) return NULL;
  if (id == 0) return V_FALSE;
  family_lock(f);
  FamilyMember *m = family_find(f, id);
  if (m && change == 0) m->is_kept = true;
  if (m) m->holders += change;
  bool is_last = m && change < 0 && m->holders == 0 && !m->is_kept && m->state == MEMBER_READY;
  family_unlock(f);
  return m || change < 0 ? bool_value(is_last) : err_interpreter(ts, "interpreter not found");
}
static Value hold(NATIVE_ARGS) { return change_holders(ts, args[0], 1); }
static Value keep(NATIVE_ARGS) { return change_holders(ts, args[0], 0); }
static Value drop(NATIVE_ARGS) { return change_holders(ts, args[0], -1); }

/* ---- the module ---- */

static int add_functions(ThreadState *ts, Value module, const MethodDef *def) {
  for (; def->name; def++)
    if (module_add(ts, module, def->name, native_function_new(ts, def, NULL, NULL)) < 0) return -1;
  return 0;
}
static int start(ThreadState *ts, Value module) {
  State *s = module_state(module);
  if (lending_start(ts, module) < 0) return -1;
  if (module_add_exception(ts, module, "InterpreterError", "concurrent.interpreters", EXC(Exception), &s->error) < 0) return -1;
  if (module_add_exception(ts, module, "InterpreterNotFoundError", "concurrent.interpreters", s->error, &s->not_found) < 0) return -1;
  return add_functions(ts, module, cross_queue_methods) < 0 ? -1 : add_functions(ts, module, lending_methods);
}

static const MethodDef methods[] = {
  {"create", create, 0, 0, 0, "create() -> id of a new isolated interpreter"},
  {"close", close_member, 1, 1, 0, "close(id): end it"},
  {"run", run, 2, 2, 0, "run(id, request) -> answer: bytes that _crossing_inside.answer() takes and gives in there"},
  {"list_all", list_all, 0, 0, 0, "list_all() -> [id], the first interpreter's 0 among them"},
  {"current", current, 0, 0, 0, "current() -> id"},
  {"is_running", is_running, 1, 1, 0, "is_running(id) -> whether a thread of another interpreter is in it"},
  {"hold", hold, 1, 1, 0, "hold(id): one more object names it"},
  {"keep", keep, 1, 1, 0, "keep(id): it lives until it is closed"},
  {"drop", drop, 1, 1, 0, "drop(id) -> whether the last object that named it has gone"},
  {0}};

const ModuleDef interpreters_module_def = {.name = "_interpreters", .doc = "isolated interpreters, and queues between them, by number", .methods = methods, .start = start, .state_size = sizeof(State), .owned_values = 3};
