/* code.c - code objects: derived fields, the choice of faster instruction forms, locations, and the type `code`.
 * Next: code.h, opcodes.def, specialized.def. CPython: Objects/codeobject.c. */
#include "interp/vm/code.h"

#include "interp/vm/specialized.h"
#include "runtime/module.h"
#include "runtime/slots.h"

Value code_new(ThreadState *ts) { return object_alloc(ts, TYPE(CODE), sizeof(Code)); }

/* ---- faster forms that need no watching ---- */

static int operator_form(uint32_t oparg) {
  switch (oparg % NB_INPLACE) {
    case NB_ADD: return OP_BINARY_ADD;
    case NB_SUBTRACT: return OP_BINARY_SUBTRACT;
    case NB_MULTIPLY: return OP_BINARY_MULTIPLY;
    case NB_TRUE_DIVIDE: return OP_BINARY_TRUE_DIVIDE;
    case NB_FLOOR_DIVIDE: return OP_BINARY_FLOOR_DIVIDE;
    case NB_REMAINDER: return OP_BINARY_REMAINDER;
    case NB_AND: return OP_BINARY_AND;
    case NB_OR: return OP_BINARY_OR;
    case NB_XOR: return OP_BINARY_XOR;
    case NB_LSHIFT: return OP_BINARY_LSHIFT;
    case NB_RSHIFT: return OP_BINARY_RSHIFT;
    default: return OP_BINARY_OP;
  }
}
static int compare_form(uint32_t oparg) {
  static const uint8_t forms[] = {OP_COMPARE_LESS, OP_COMPARE_LESS_EQUAL, OP_COMPARE_EQUAL, OP_COMPARE_NOT_EQUAL, OP_COMPARE_GREATER, OP_COMPARE_GREATER_EQUAL};
  return forms[oparg];
}
static int pair_form(uint32_t first, uint32_t second) {
  if (first == OP_LOAD_FAST && second == OP_LOAD_FAST) return OP_LOAD_FAST_LOAD_FAST;
  if (first == OP_LOAD_FAST && second == OP_LOAD_CONST) return OP_LOAD_FAST_LOAD_CONST;
  if (first == OP_STORE_FAST && second == OP_LOAD_FAST) return OP_STORE_FAST_LOAD_FAST;
  if (first == OP_STORE_FAST && second == OP_STORE_FAST) return OP_STORE_FAST_STORE_FAST;
  return 0;
}

/* What a local is loaded for, when that can be done without counting it: a.x, a.x = v, a[i], a[i] = v, a + 1, a < b. */
static int local_form(const Unit *u) {
  uint32_t second = UNIT_OP(u[1]), third = UNIT_OP(u[2]);
  if (second == OP_LOAD_ATTR) return OP_LOAD_FAST_LOAD_ATTR;
  if (second == OP_STORE_ATTR) return OP_LOAD_FAST_STORE_ATTR;
  if (third == OP_COMPARE_OP && second == OP_LOAD_FAST) return OP_LOAD_FAST_LOAD_FAST_COMPARE;
  if (third == OP_COMPARE_OP && second == OP_LOAD_CONST) return OP_LOAD_FAST_LOAD_CONST_COMPARE;
  if (second == OP_LOAD_FAST) return third == OP_BINARY_SUBSCR ? OP_LOAD_FAST_LOAD_FAST_SUBSCR : third == OP_STORE_SUBSCR ? OP_LOAD_FAST_LOAD_FAST_STORE_SUBSCR : 0;
  if (second != OP_LOAD_CONST) return 0;
  if (third == OP_BINARY_SUBSCR) return OP_LOAD_FAST_LOAD_CONST_SUBSCR;
  if (third != OP_BINARY_OP) return 0;
  int operator = operator_form(UNIT_ARG(u[2]));
  return operator == OP_BINARY_ADD ? OP_LOAD_FAST_LOAD_CONST_ADD : operator == OP_BINARY_SUBTRACT ? OP_LOAD_FAST_LOAD_CONST_SUBTRACT : 0;
}
/* A slice that only a subscript sees. */
static int slice_form(uint32_t follower) {
  return follower == OP_BINARY_SUBSCR ? OP_BUILD_SLICE_SUBSCR : follower == OP_STORE_SUBSCR ? OP_BUILD_SLICE_STORE_SUBSCR : OP_BUILD_SLICE;
}

static void choose_forms(Code *code) {
  Unit *u = code->units, *end = u + code->unit_count;
  bool extended = false;
  for (int i = 0; i < code->unit_count;) {
    uint32_t op = UNIT_OP(u[i]), arg = UNIT_ARG(u[i]);
    int caches = opcode_info[op].caches, next = i + 1 + caches;
    uint32_t follower = next < code->unit_count ? UNIT_OP(u[next]) : OP_NOP;
    int form = (int)op;
    if (extended) form = (int)op;
    else if (op == OP_BINARY_OP) {
      form = operator_form(arg);
      if (form == OP_BINARY_ADD && follower == OP_STORE_FAST) form = OP_INPLACE_ADD_TO_LOCAL;
    } else if (op == OP_COMPARE_OP) {
      form = compare_form(arg);
    } else if (op == OP_FOR_ITER && follower == OP_STORE_FAST) {
      form = OP_FOR_ITER_STORE_FAST;
    } else if (op == OP_BUILD_SLICE) {
      form = slice_form(follower);
    } else if (op == OP_LOAD_FAST && end - (u + i) > 2 && local_form(u + i)) {
      form = local_form(u + i);
      if (follower == OP_LOAD_FAST || follower == OP_LOAD_CONST) next = i + 2;
    } else if (follower == OP_LOAD_FAST && end - (u + next) > 2 && local_form(u + next)) {
      /* better as the beginning of that */
    } else if (caches == 0 && pair_form(op, follower)) {
      form = pair_form(op, follower);
      next = i + 2; /* the second half stays plain */
    }
    u[i] = UNIT(form, arg);
    extended = op == OP_EXTENDED_ARG;
    i = next;
  }
}

int code_finish(ThreadState *ts, Code *code) {
  code->frame_size = code->place_count + code->stack_size + 1;
  code->param_count = code->arg_count + code->kwonly_count + !!(code->flags & CO_VARARGS) + !!(code->flags & CO_VARKEYWORDS);
  code->exact_args = code->kwonly_count == 0 && !(code->flags & (CO_VARARGS | CO_VARKEYWORDS)) ? code->arg_count : -1;
  code->has_cells = code->cell_count > 0;
  choose_forms(code);
  return 0;
}

void code_plain_units(const Code *code, Unit *to) {
  for (int i = 0; i < code->unit_count;) {
    uint32_t op = opcode_base[UNIT_OP(code->units[i])];
    to[i] = UNIT(op, UNIT_ARG(code->units[i]));
    for (int k = 1; k <= opcode_info[op].caches; k++) to[i + k] = 0;
    i += 1 + opcode_info[op].caches;
  }
}

const Location *code_location(Code *code, int i) {
  int low = 0, high = code->location_count;
  while (high - low > 1) {
    int middle = (low + high) / 2;
    if ((int)code->locations[middle].start <= i) low = middle;
    else high = middle;
  }
  return code->location_count > 0 && i >= 0 ? &code->locations[low] : NULL;
}

int code_line(Code *code, int unit) {
  if (unit < 0) return code->first_line;
  const Location *l = code_location(code, unit);
  return l ? l->line : code->first_line;
}

/* ---- the type ---- */

static void code_dealloc(ThreadState *ts, Value self) {
  Code *c = as_code(self);
  Value owned[] = {c->name, c->qualname, c->filename, c->consts, c->names, c->place_names};
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(ts, owned[i]);
  mem_free(ts, c->units);
  if (!c->is_frozen) {
    mem_free(ts, c->place_kinds);
    mem_free(ts, c->exceptions);
    mem_free(ts, c->locations);
  }
  object_release(ts, self);
}

static Value code_repr(ThreadState *ts, Value self) {
  return str_format(ts, "<code object %U at %p, file \"%U\", line %d>", as_code(self)->name, (void *)self, as_code(self)->filename, as_code(self)->first_line);
}

static bool same_units(Code *a, Code *b) {
  if (a->unit_count != b->unit_count) return false;
  for (int i = 0; i < a->unit_count;) {
    uint32_t op = opcode_base[UNIT_OP(a->units[i])];
    if (op != opcode_base[UNIT_OP(b->units[i])] || UNIT_ARG(a->units[i]) != UNIT_ARG(b->units[i])) return false;
    i += 1 + opcode_info[op].caches;
  }
  return true;
}
static Value code_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || !is_object(b) || !is_kind(b, K_CODE)) return V_NOT_IMPLEMENTED;
  Code *x = as_code(a), *y = as_code(b);
  int eq = x->arg_count == y->arg_count && x->posonly_count == y->posonly_count && x->kwonly_count == y->kwonly_count && x->flags == y->flags &&
           x->first_line == y->first_line && str_equal(x->name, y->name) && same_units(x, y);
  if (eq > 0) eq = equals(ts, x->consts, y->consts);
  if (eq > 0) eq = equals(ts, x->names, y->names);
  if (eq > 0) eq = equals(ts, x->place_names, y->place_names);
  return eq < 0 ? NULL : bool_value(op == CMP_EQ ? eq : !eq);
}
static int64_t code_hash(ThreadState *ts, Value self) {
  int64_t h = str_hash(ts, as_code(self)->name) ^ as_code(self)->first_line ^ as_code(self)->unit_count;
  return h == -1 ? -2 : h;
}

#define INT_FIELD(name, expression) \
  static Value name(ThreadState *ts, Value self) { \
    Code *c = as_code(self); \
    return small_int_value(expression); \
  }
#define VALUE_FIELD(name, field) \
  static Value name(ThreadState *ts, Value self) { return incref(as_code(self)->field); }
INT_FIELD(get_argcount, c->arg_count)
INT_FIELD(get_posonly, c->posonly_count)
INT_FIELD(get_kwonly, c->kwonly_count)
INT_FIELD(get_nlocals, c->local_count)
INT_FIELD(get_stacksize, c->stack_size)
INT_FIELD(get_flags, c->flags)
INT_FIELD(get_first_line, c->first_line)
VALUE_FIELD(get_name, name)
VALUE_FIELD(get_qualname, qualname)
VALUE_FIELD(get_filename, filename)
VALUE_FIELD(get_consts, consts)
VALUE_FIELD(get_names, names)

static Value places_of_kind(ThreadState *ts, Value self, int kind) {
  Code *c = as_code(self);
  Value list = list_new(ts, c->place_count);
  for (int i = 0; list && i < c->place_count; i++)
    if (c->place_kinds[i] & kind && list_append(ts, list, tuple_get(c->place_names, i)) < 0) CLEAR(list);
  Value t = list ? list_to_tuple(ts, list) : NULL;
  xdecref(ts, list);
  return t;
}
static Value get_varnames(ThreadState *ts, Value self) { return places_of_kind(ts, self, PLACE_LOCAL); }
static Value get_cellvars(ThreadState *ts, Value self) { return places_of_kind(ts, self, PLACE_CELL); }
static Value get_freevars(ThreadState *ts, Value self) { return places_of_kind(ts, self, PLACE_FREE); }

static Value none_or_int(int i) { return i < 0 ? V_NONE : small_int_value(i); }
/* One (line, end_line, col, end_col) for each unit. */
static Value co_positions(NATIVE_ARGS) {
  Code *c = as_code(self);
  Value list = list_new(ts, c->unit_count);
  for (int i = 0; list && i < c->unit_count; i++) {
    const Location *l = code_location(c, i);
    Value row[] = {l && l->line ? small_int_value(l->line) : V_NONE, l && l->line ? small_int_value(l->end_line) : V_NONE, none_or_int(l ? l->col : -1), none_or_int(l ? l->end_col : -1)};
    Value t = tuple_from_items(ts, row, 4);
    if (t == NULL || list_append_steal(ts, list, t) < 0) CLEAR(list);
  }
  Value it = list ? iter_of(ts, list) : NULL;
  xdecref(ts, list);
  return it;
}
/* (start, end, line) of each run of units from one line. */
static Value co_lines(NATIVE_ARGS) {
  Code *c = as_code(self);
  Value list = list_new(ts, c->location_count);
  for (int i = 0; list && i < c->location_count;) {
    int k = i + 1;
    while (k < c->location_count && c->locations[k].line == c->locations[i].line) k++;
    int end = k < c->location_count ? (int)c->locations[k].start : c->unit_count;
    Value row[] = {small_int_value(2 * c->locations[i].start), small_int_value(2 * end), c->locations[i].line ? small_int_value(c->locations[i].line) : V_NONE};
    Value t = tuple_from_items(ts, row, 3);
    if (t == NULL || list_append_steal(ts, list, t) < 0) CLEAR(list);
    i = k;
  }
  Value it = list ? iter_of(ts, list) : NULL;
  xdecref(ts, list);
  return it;
}

static void *copy_block(ThreadState *ts, const void *from, size_t size) {
  void *to = mem_alloc(ts, size ? size : 1);
  if (to && size) memcpy(to, from, size);
  return to;
}
/* A copy whose instructions are unspecialised, with some fields replaced. */
static Value co_replace(NATIVE_ARGS) {
  if (nargs) return err_format(ts, EXC(TypeError), "replace() takes 0 positional arguments but %zd was given", nargs);
  Code *from = as_code(self);
  Value v = code_new(ts);
  if (v == NULL) return NULL;
  Code *to = as_code(v);
  Object header = to->base;
  *to = *from;
  to->base = header;
  to->place_kinds = copy_block(ts, from->place_kinds, (size_t)from->place_count);
  to->units = mem_alloc(ts, (size_t)from->unit_count * sizeof(Unit) + sizeof(Unit));
  if (to->units) code_plain_units(from, to->units);
  to->is_frozen = false;
  to->exceptions = copy_block(ts, from->exceptions, (size_t)from->exception_count * sizeof *from->exceptions);
  to->locations = copy_block(ts, from->locations, (size_t)from->location_count * sizeof *from->locations);
  Value owned[] = {to->name, to->qualname, to->filename, to->consts, to->names, to->place_names};
  for (size_t i = 0; i < 6; i++) incref(owned[i]);
  if (err_occurred(ts)) goto error;
  for (ssize_t k = 0; kwnames && k < tuple_len(kwnames); k++) {
    Value name = tuple_get(kwnames, k), value = args[k];
    static const struct {
      const char *name;
      size_t offset;
    } values[] = {{"co_name", offsetof(Code, name)}, {"co_qualname", offsetof(Code, qualname)}, {"co_filename", offsetof(Code, filename)}, {"co_consts", offsetof(Code, consts)}, {"co_names", offsetof(Code, names)}},
      ints[] = {{"co_flags", offsetof(Code, flags)}, {"co_firstlineno", offsetof(Code, first_line)}, {"co_stacksize", offsetof(Code, stack_size)}, {"co_argcount", offsetof(Code, arg_count)}, {"co_kwonlyargcount", offsetof(Code, kwonly_count)}, {"co_posonlyargcount", offsetof(Code, posonly_count)}};
    bool found = false;
    for (size_t i = 0; i < 5; i++)
      if (str_equal_cstr(name, values[i].name)) {
        if (i < 3 ? !is_str(value) : !is_tuple(value)) {
          err_format(ts, EXC(TypeError), "replace() argument '%U' must be %s, not %T", name, i < 3 ? "str" : "tuple", value);
          goto error;
        }
        replace(ts, (Value *)((char *)to + values[i].offset), incref(value));
        found = true;
      }
    for (size_t i = 0; i < 6; i++)
      if (str_equal_cstr(name, ints[i].name)) {
        if (num_as_int(ts, value, (int *)((char *)to + ints[i].offset)) < 0) goto error;
        found = true;
      }
    if (!found) {
      err_format(ts, EXC(NotImplementedError), "code.replace(%U=...) is not supported", name);
      goto error;
    }
  }
  if (code_finish(ts, to) < 0) goto error;
  return v;
error:
  decref(ts, v);
  return NULL;
}

static const MethodDef methods[] = {
    {"co_positions", co_positions, 0, 0, 0, NULL}, {"co_lines", co_lines, 0, 0, 0, NULL}, {"replace", co_replace, 0, -1, METHOD_KW, "Return a copy of the code object with new values for the specified fields."}, {0}};
static const GetSetDef getsets[] = {
    {"co_argcount", get_argcount, readonly_attribute, NULL}, {"co_posonlyargcount", get_posonly, readonly_attribute, NULL}, {"co_kwonlyargcount", get_kwonly, readonly_attribute, NULL},
    {"co_nlocals", get_nlocals, NULL, NULL}, {"co_stacksize", get_stacksize, readonly_attribute, NULL}, {"co_flags", get_flags, readonly_attribute, NULL},
    {"co_firstlineno", get_first_line, readonly_attribute, NULL}, {"co_name", get_name, readonly_attribute, NULL}, {"co_qualname", get_qualname, readonly_attribute, NULL},
    {"co_filename", get_filename, readonly_attribute, NULL}, {"co_consts", get_consts, readonly_attribute, NULL}, {"co_names", get_names, readonly_attribute, NULL},
    {"co_varnames", get_varnames, NULL, NULL}, {"co_cellvars", get_cellvars, NULL, NULL}, {"co_freevars", get_freevars, NULL, NULL}, {0}};

Type *type_code_init(ThreadState *ts) {
  static const TypeSpec spec = {
      .name = "code",
      .size = sizeof(Code),
      .flags = TYPE_NO_NEW | TYPE_WEAKREFS,
      .slots = {.dealloc = code_dealloc, .repr = code_repr, .compare = code_compare, .hash = code_hash},
      .methods = methods,
      .getsets = getsets,
  };
  return type_from_spec(ts, &spec, TYPE(OBJECT), K_CODE);
}
