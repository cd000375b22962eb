/* dis_module.c - the module _dis: rows of a code object for runtime/lib/dis.py. Next: dis.c. */
#include "interp/vm/dis.h"
#include "interp/vm/opcodes.h"
#include "runtime/module.h"

static Code *code_argument(ThreadState *ts, Value v) {
  if (kind_of(v) == K_CODE) return as_code(v);
  err_format(ts, EXC(TypeError), "expected a code object, got %T", v);
  return NULL;
}

static Value number_or_none(ThreadState *ts, int n) { return n < 0 ? V_NONE : int_from_i64(ts, n); }

/* (opname, opcode, arg, argval, argrepr, offset, starts_line, is_jump_target, (line, end_line, col, end_col)) */
static Value row_tuple(ThreadState *ts, Code *code, const DisRow *row) {
  const Location *at = row->place;
  bool nowhere = !at || (at->line == 0 && at->end_line <= 0);
  Value place = tuple_new(ts, 4), t = place ? tuple_new(ts, 9) : NULL;
  if (!t) {
    if (place) decref(ts, place);
    return NULL;
  }
  tuple_set(place, 0, nowhere ? V_NONE : int_from_i64(ts, at->line));
  tuple_set(place, 1, nowhere ? V_NONE : int_from_i64(ts, at->end_line));
  tuple_set(place, 2, nowhere ? V_NONE : number_or_none(ts, at->col));
  tuple_set(place, 3, nowhere ? V_NONE : number_or_none(ts, at->end_col));
  Value items[] = {str_from_ascii(ts, row->name), int_from_i64(ts, row->number), row->has_arg ? int_from_i64(ts, row->arg) : V_NONE,
                   dis_argval(ts, code, row), dis_argrepr(ts, code, row), int_from_i64(ts, row->offset),
                   number_or_none(ts, row->starts_line), bool_value(row->is_target), place};
  bool ok = true;
  for (int i = 0; i < 9; i++) {
    ok &= items[i] != NULL;
    tuple_set(t, i, items[i] ? items[i] : V_NONE);
  }
  if (ok) return t;
  decref(ts, t);
  return NULL;
}

static Value module_rows(NATIVE_ARGS) {
  Code *code = code_argument(ts, args[0]);
  DisRow *rows;
  int count;
  if (!code || dis_rows(ts, code, &rows, &count) < 0) return NULL;
  Value list = list_new(ts, count);
  for (int i = 0; list && i < count; i++) {
    Value row = row_tuple(ts, code, &rows[i]);
    if (!row || list_append_steal(ts, list, row) < 0) {
      decref(ts, list);
      list = NULL;
    }
  }
  mem_free(ts, rows);
  return list;
}

static Value module_text(NATIVE_ARGS) {
  int last = -1;
  if (!code_argument(ts, args[0]) || (nargs > 2 && num_as_int(ts, args[2], &last) < 0)) return NULL;
  int recursive = nargs > 1 ? truth(ts, args[1]) : 0;
  return recursive < 0 ? NULL : dis_text(ts, args[0], recursive, last);
}

/* [(start, end, target, depth, lasti)] in offsets */
static Value module_exceptions(NATIVE_ARGS) {
  Code *code = code_argument(ts, args[0]);
  int *offsets = code ? dis_offsets(ts, code) : NULL;
  Value list = offsets ? list_new(ts, code->exception_count) : NULL;
  for (int i = 0; list && i < code->exception_count; i++) {
    const ExceptionEntry *e = &code->exceptions[i];
    Value t = tuple_new(ts, 5);
    if (t) {
      tuple_set(t, 0, int_from_i64(ts, offsets[e->start]));
      tuple_set(t, 1, int_from_i64(ts, offsets[e->end]));
      tuple_set(t, 2, int_from_i64(ts, offsets[e->target]));
      tuple_set(t, 3, int_from_i64(ts, e->depth));
      tuple_set(t, 4, bool_value(e->lasti));
    }
    if (!t || list_append_steal(ts, list, t) < 0) {
      decref(ts, list);
      list = NULL;
    }
  }
  mem_free(ts, offsets);
  return list;
}

/* [(name, number, operand kind, words of inline cache in CPython, stack picture, meaning)] */
static Value module_opcodes(NATIVE_ARGS) {
  static const char *const kinds[] = {"none", "arg", "const", "name", "global", "local", "deref", "forward", "backward", "compare", "binary"};
  Value list = list_new(ts, OPCODE_COUNT);
  for (int i = 0; list && i < OPCODE_COUNT; i++) {
    const OpcodeInfo *o = &opcode_info[i];
    Value t = tuple_new(ts, 6);
    if (t) {
      Value items[] = {str_from_ascii(ts, o->name), int_from_i64(ts, o->number), str_from_ascii(ts, kinds[o->operand]),
                       int_from_i64(ts, o->cp_caches), str_from_utf8(ts, o->stack, (ssize_t)strlen(o->stack)),
                       str_from_utf8(ts, o->meaning, (ssize_t)strlen(o->meaning))};
      for (int k = 0; k < 6; k++) tuple_set(t, k, items[k] ? items[k] : V_NONE);
    }
    if (!t || list_append_steal(ts, list, t) < 0) {
      decref(ts, list);
      list = NULL;
    }
  }
  return list;
}

/* stack_effect(number, arg, jump): jump None takes the larger. */
static Value module_stack_effect(NATIVE_ARGS) {
  int number, arg = 0;
  if (num_as_int(ts, args[0], &number) < 0 || (!is_none(args[1]) && num_as_int(ts, args[1], &arg) < 0)) return NULL;
  for (int i = 0; i < OPCODE_COUNT; i++) {
    if (opcode_info[i].number != number) continue;
    int stays = opcode_effect((Opcode)i, arg, 0), jumps = opcode_effect((Opcode)i, arg, 1);
    int effect = is_none(args[2]) ? (stays > jumps ? stays : jumps) : args[2] == V_TRUE ? jumps : stays;
    return int_from_i64(ts, effect);
  }
  return err_format(ts, EXC(ValueError), "invalid opcode or oparg");
}

static const MethodDef dis_methods[] = {
  {"rows", module_rows, 1, 1, 0, "the instructions of a code object, a tuple each"},
  {"text", module_text, 1, 3, 0, "what dis.dis() prints"},
  {"exceptions", module_exceptions, 1, 1, 0, "the exception table: (start, end, target, depth, lasti)"},
  {"opcodes", module_opcodes, 0, 0, 0, "the table of instructions"},
  {"stack_effect", module_stack_effect, 3, 3, 0, "items an instruction pushes minus those it pops"},
  {0}};

const ModuleDef dis_module_def = {.name = "_dis", .doc = "disassembly of code objects", .methods = dis_methods};
