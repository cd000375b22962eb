/* dis.c - the disassembler. Our units differ from CPython's words in three ways that are undone here: inline caches have
 * other sizes, specialised instructions show as what they were, and PRECALL and EXTENDED_ARG do not exist.
 * Keeps: jumps and exception ranges are shown in the offsets that CPython would give them.
 * Next: opcodes.def, dis_module.c, runtime/lib/dis.py. CPython: Lib/dis.py */
#include "interp/vm/dis.h"

#include <inttypes.h>

#include "interp/vm/specialized.h"

enum { PRECALL_NUMBER = 166, EXTENDED_ARG_NUMBER = 144, HAVE_ARGUMENT = 90, CP_UNIT = 2 };

/* ---- instructions without their caches ---- */

typedef struct {
  int unit;      /* of the instruction, an EXTENDED_ARG before it included */
  int opcode;    /* before specialisation */
  int64_t arg;   /* in CPython's terms once `measure` is done */
  int target;    /* index among the instructions, or -1 */
  int offset;    /* CPython's, of the first EXTENDED_ARG or PRECALL before it */
  bool is_target;
} Step;

static int extended_args(int64_t arg) { return arg > 0xFFFFFF ? 3 : arg > 0xFFFF ? 2 : arg > 0xFF ? 1 : 0; }

/* CPython's words for one step. */
static int words_of(const Step *s) {
  int words = extended_args(s->arg) + 1 + opcode_info[s->opcode].cp_caches;
  if (s->opcode == OP_CALL) words += extended_args(s->arg) + 2; /* PRECALL and its cache */
  return words;
}

static int find_step(const Step *steps, int count, int unit) {
  int low = 0, high = count;
  while (low < high) {
    int middle = (low + high) / 2;
    if (steps[middle].unit < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

static Step *read_steps(ThreadState *ts, Code *code, int *count) {
  Step *steps = mem_alloc(ts, ((size_t)code->unit_count + 1) * sizeof *steps);
  int n = 0;
  if (!steps) return NULL;
  for (int i = 0; i < code->unit_count;) {
    int first = i;
    int64_t arg = 0;
    int opcode = opcode_base[UNIT_OP(code->units[i])];
    if (opcode == OP_EXTENDED_ARG) {
      arg = (int64_t)UNIT_ARG(code->units[i++]) << 24;
      opcode = opcode_base[UNIT_OP(code->units[i])];
    }
    arg |= UNIT_ARG(code->units[i]);
    i += 1 + opcode_info[opcode].caches;
    int kind = opcode_info[opcode].operand;
    int target = kind == OPERAND_FWD ? i + (int)arg : kind == OPERAND_BACK ? i - (int)arg : -1;
    steps[n++] = (Step){.unit = first, .opcode = opcode, .arg = arg, .target = target};
  }
  for (int i = 0; i < n; i++)
    if (steps[i].target >= 0) {
      steps[i].target = find_step(steps, n, steps[i].target);
      steps[i].arg = 0;
      if (steps[i].target < n) steps[steps[i].target].is_target = true;
    }
  steps[n] = (Step){.unit = code->unit_count};
  *count = n;
  return steps;
}

/* Offsets and jump distances as CPython's assembler finds them: again while a distance grows by an EXTENDED_ARG. */
static void measure(Step *steps, int count) {
  for (bool changed = true; changed;) {
    int offset = 0;
    changed = false;
    for (int i = 0; i < count; i++) {
      steps[i].offset = offset;
      offset += words_of(&steps[i]) * CP_UNIT;
    }
    steps[count].offset = offset;
    for (int i = 0; i < count; i++) {
      Step *s = &steps[i];
      if (s->target < 0) continue;
      int before = words_of(s), distance = (steps[s->target].offset - steps[i + 1].offset) / CP_UNIT;
      s->arg = distance < 0 ? -distance : distance;
      changed |= words_of(s) != before;
    }
  }
}

static Step *steps_of(ThreadState *ts, Code *code, int *count) {
  Step *steps = read_steps(ts, code, count);
  if (steps) measure(steps, *count);
  return steps;
}

int *dis_offsets(ThreadState *ts, Code *code) {
  int count;
  Step *steps = steps_of(ts, code, &count);
  int *offsets = steps ? mem_alloc(ts, ((size_t)code->unit_count + 1) * sizeof *offsets) : NULL;
  for (int i = 0; offsets && i < count; i++)
    for (int u = steps[i].unit; u < steps[i + 1].unit; u++) offsets[u] = steps[i].offset;
  if (offsets) offsets[code->unit_count] = steps[count].offset;
  mem_free(ts, steps);
  return offsets;
}

/* ---- rows ---- */

typedef struct {
  DisRow *rows;
  int count;
  int offset;
} RowList;

static DisRow *add_row(RowList *list, const char *name, int number, int operand, int64_t arg, const Location *place) {
  DisRow *row = &list->rows[list->count++];
  *row = (DisRow){.offset = list->offset, .name = name, .number = number, .operand = operand,
                  .has_arg = number >= HAVE_ARGUMENT, .arg = arg, .target = -1, .starts_line = -1, .place = place};
  list->offset += CP_UNIT;
  return row;
}

static void add_extended(RowList *list, int64_t arg, const Location *place) {
  for (int n = extended_args(arg); n > 0; n--)
    add_row(list, "EXTENDED_ARG", EXTENDED_ARG_NUMBER, OPERAND_ARG, arg >> (8 * n), place);
}

static void add_step(RowList *list, const Step *s, const Step *steps, const Location *place) {
  const OpcodeInfo *info = &opcode_info[s->opcode];
  if (s->opcode == OP_CALL) {
    add_extended(list, s->arg, place);
    add_row(list, "PRECALL", PRECALL_NUMBER, OPERAND_ARG, s->arg, place);
    list->offset += CP_UNIT;
  }
  add_extended(list, s->arg, place);
  DisRow *row = add_row(list, info->name, info->number, info->operand, s->arg, place);
  if (s->target >= 0) row->target = steps[s->target].offset;
  list->offset += info->cp_caches * CP_UNIT;
}

/* Line 0 is a line (a module's RESUME); none has no end either. */
static int line_of(const Location *place) { return !place || (place->line == 0 && place->end_line <= 0) ? -1 : place->line; }

int dis_rows(ThreadState *ts, Code *code, DisRow **rows, int *count) {
  int steps_count, last_line = -1, at = 0;
  Step *steps = steps_of(ts, code, &steps_count);
  RowList list = {.rows = steps ? mem_alloc(ts, ((size_t)steps_count * 8 + 1) * sizeof(DisRow)) : NULL};
  if (!list.rows) {
    mem_free(ts, steps);
    return -1;
  }
  for (int i = 0; i < steps_count; i++) {
    while (at + 1 < code->location_count && (int)code->locations[at + 1].start <= steps[i].unit) at++;
    const Location *place = code->location_count ? &code->locations[at] : NULL;
    DisRow *first = &list.rows[list.count];
    add_step(&list, &steps[i], steps, place);
    first->is_target = steps[i].is_target;
    int line = line_of(place);
    if (line >= 0 && line != last_line) first->starts_line = last_line = line;
  }
  for (int i = 0; i < code->exception_count; i++) { /* handlers are targets too */
    int offset = steps[find_step(steps, steps_count, (int)code->exceptions[i].target)].offset;
    for (int r = 0; r < list.count; r++)
      if (list.rows[r].offset == offset) list.rows[r].is_target = true;
  }
  mem_free(ts, steps);
  *rows = list.rows;
  *count = list.count;
  return 0;
}

/* ---- operands ---- */

static const char *const comparisons[] = {"<", "<=", "==", "!=", ">", ">="};
static const char *const operators[] = {"+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^",
                                        "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="};

static Value item_of(ThreadState *ts, Value tuple, int64_t i) {
  return i < tuple_len(tuple) ? incref(tuple_get(tuple, i)) : int_from_i64(ts, i);
}

Value dis_argval(ThreadState *ts, Code *code, const DisRow *row) {
  if (!row->has_arg) return V_NONE;
  switch (row->operand) {
  case OPERAND_CONST: return item_of(ts, code->consts, row->arg);
  case OPERAND_NAME: return item_of(ts, code->names, row->arg);
  case OPERAND_GLOBAL: return item_of(ts, code->names, row->arg >> 1);
  case OPERAND_LOCAL: case OPERAND_DEREF: return item_of(ts, code->place_names, row->arg);
  case OPERAND_FWD: case OPERAND_BACK: return int_from_i64(ts, row->target);
  case OPERAND_COMPARE: return str_from_ascii(ts, comparisons[row->arg % 6]);
  default: return int_from_i64(ts, row->arg);
  }
}

static Value flag_names(ThreadState *ts, const char *const *names, int count, int64_t flags) {
  char text[64] = "";
  for (int i = 0; i < count; i++)
    if (flags & (1 << i)) {
      if (text[0]) strcat(text, ", ");
      strcat(text, names[i]);
    }
  return str_from_ascii(ts, text);
}

static Value format_value_text(ThreadState *ts, int64_t arg) {
  static const char *const conversions[] = {"", "str", "repr", "ascii"};
  const char *conversion = conversions[arg & 3];
  return str_format(ts, "%s%s%s", conversion, (arg & 4) && *conversion ? ", " : "", arg & 4 ? "with format" : "");
}

/* CPython 3.11's dis leaves the constant of KW_NAMES out. */
static bool is_kw_names(const DisRow *row) { return row->number == opcode_info[OP_KW_NAMES].number; }

static Value plain_argrepr(ThreadState *ts, const DisRow *row) {
  static const char *const function_parts[] = {"defaults", "kwdefaults", "annotations", "closure"};
  if (strcmp(row->name, "FORMAT_VALUE") == 0) return format_value_text(ts, row->arg);
  if (strcmp(row->name, "MAKE_FUNCTION") == 0) return flag_names(ts, function_parts, 4, row->arg);
  return str_from_ascii(ts, "");
}

Value dis_argrepr(ThreadState *ts, Code *code, const DisRow *row) {
  if (!row->has_arg || is_kw_names(row)) return str_from_ascii(ts, "");
  switch (row->operand) {
  case OPERAND_FWD: case OPERAND_BACK: return str_format(ts, "to %d", row->target);
  case OPERAND_BINARY: return str_from_ascii(ts, operators[row->arg % 26]);
  case OPERAND_CONST: case OPERAND_NAME: case OPERAND_GLOBAL: case OPERAND_LOCAL: case OPERAND_DEREF: case OPERAND_COMPARE: break;
  default: return plain_argrepr(ts, row);
  }
  Value v = dis_argval(ts, code, row);
  if (!v) return NULL;
  Value text = row->operand == OPERAND_CONST ? repr_of(ts, v)
             : row->operand == OPERAND_GLOBAL && (row->arg & 1) ? str_format(ts, "NULL + %U", v) : incref(v);
  decref(ts, v);
  return text;
}

/* ---- text ---- */

typedef struct {
  ThreadState *ts;
  StrBuilder out;
  bool failed;
} Writer;

static void write_text(Writer *w, const char *text) {
  if (!w->failed && strb_ascii(&w->out, text, -1) < 0) w->failed = true;
}

static void write_value(Writer *w, Value text) {
  if (!text) w->failed = true;
  if (!w->failed && strb_str(&w->out, text) < 0) w->failed = true;
}

static int digits_of(int n) {
  int digits = 1;
  for (; n > 9; n /= 10) digits++;
  return digits;
}

static void write_operand(Writer *w, Code *code, const DisRow *row) {
  char text[32];
  Value shown = dis_argrepr(w->ts, code, row);
  snprintf(text, sizeof text, " %5" PRId64, row->arg);
  write_text(w, text);
  if (!shown) {
    w->failed = true;
  } else if (str_len(shown)) {
    write_text(w, " (");
    write_value(w, shown);
    write_text(w, ")");
  }
  if (shown) decref(w->ts, shown);
}

static void write_row(Writer *w, Code *code, const DisRow *row, int line_width, int offset_width, bool is_last) {
  char text[160], line[16] = "";
  if (row->starts_line >= 0) {
    if (row->offset > 0) write_text(w, "\n");
    snprintf(line, sizeof line, "%d", row->starts_line);
  }
  snprintf(text, sizeof text, "%*s %s %s %*d %-*s", line_width, line, is_last ? "-->" : "   ", row->is_target ? ">>" : "  ", offset_width,
           row->offset, row->has_arg ? 20 : 0, row->name);
  write_text(w, text);
  if (row->has_arg) write_operand(w, code, row);
  write_text(w, "\n");
}

static void write_exceptions(Writer *w, Code *code) {
  int *offsets = code->exception_count ? dis_offsets(w->ts, code) : NULL;
  if (!code->exception_count) return;
  if (!offsets) {
    w->failed = true;
    return;
  }
  write_text(w, "ExceptionTable:\n");
  for (int i = 0; i < code->exception_count; i++) {
    const ExceptionEntry *e = &code->exceptions[i];
    char text[96];
    snprintf(text, sizeof text, "  %d to %d -> %d [%u]%s\n", offsets[e->start], offsets[e->end] - CP_UNIT, offsets[e->target],
             (unsigned)e->depth, e->lasti ? " lasti" : "");
    write_text(w, text);
  }
  mem_free(w->ts, offsets);
}

static void write_code(Writer *w, Code *code, int last) {
  DisRow *rows;
  int count, most_line = 0;
  if (w->failed || dis_rows(w->ts, code, &rows, &count) < 0) {
    w->failed = true;
    return;
  }
  for (int i = 0; i < count; i++)
    if (rows[i].starts_line > most_line) most_line = rows[i].starts_line;
  int line_width = most_line >= 1000 ? digits_of(most_line) : 3;
  int most_offset = count ? rows[count - 1].offset : 0;
  int offset_width = most_offset >= 10000 ? digits_of(most_offset) : 4;
  for (int i = 0; i < count; i++) write_row(w, code, &rows[i], line_width, offset_width, rows[i].offset == last);
  mem_free(w->ts, rows);
  write_exceptions(w, code);
}

static void write_nested(Writer *w, Code *code) {
  for (ssize_t i = 0; i < tuple_len(code->consts) && !w->failed; i++) {
    Value inner = tuple_get(code->consts, i);
    if (kind_of(inner) != K_CODE) continue;
    Value name = repr_of(w->ts, inner);
    write_text(w, "\nDisassembly of ");
    write_value(w, name);
    write_text(w, ":\n");
    if (name) decref(w->ts, name);
    if (enter_recursive(w->ts, " while disassembling") < 0) {
      w->failed = true;
      return;
    }
    write_code(w, as_code(inner), -1);
    write_nested(w, as_code(inner));
    leave_recursive(w->ts);
  }
}

Value dis_text(ThreadState *ts, Value code, bool recursive, int last) {
  Writer w = {.ts = ts};
  strb_init(&w.out, ts);
  write_code(&w, as_code(code), last);
  if (recursive) write_nested(&w, as_code(code));
  if (!w.failed) return strb_finish(&w.out);
  strb_drop(&w.out);
  return NULL;
}

int dis_code(ThreadState *ts, Value code, FILE *out, bool recursive) {
  Value text = dis_text(ts, code, recursive, -1), holder = NULL;
  ssize_t n = 0;
  const char *p = text ? str_utf8(ts, text, &n, &holder) : NULL;
  if (p) fwrite(p, 1, (size_t)n, out);
  if (holder) decref(ts, holder);
  if (text) decref(ts, text);
  return p ? 0 : -1;
}
