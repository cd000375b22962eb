/* code.h - code objects: what the compiler makes and the eval loop runs.
 *
 *   units:   opcode in the low 8 bits, oparg in the high 24; an instruction's inline caches follow it as units
 *   places:  localsplus = parameters and locals, then cells (an argument that is a cell keeps its place), then free variables
 *
 * Keeps true: immutable once made, but for the units, which specialise themselves.
 * Next: opcodes.def, eval.c, dis.c. CPython: Objects/codeobject.c */
#ifndef INTERP_VM_CODE_H
#define INTERP_VM_CODE_H

#include "runtime/object.h"

typedef uint32_t Unit;
#define UNIT(op, arg) ((Unit)(op) | ((Unit)(arg) << 8))
#define UNIT_OP(u) ((u) & 0xff)
#define UNIT_ARG(u) ((u) >> 8)

/* Units [start, end) are covered by the handler at target; the stack is cut to depth, and with lasti the offset is pushed. */
typedef struct {
  uint32_t start, end, target;
  uint32_t depth : 31;
  uint32_t lasti : 1;
} ExceptionEntry;

/* From this unit on (up to the next entry) instructions come from here. line 0: none. Columns in bytes, from 0; -1: unknown. */
typedef struct {
  uint32_t start;
  int32_t line, end_line;
  int32_t col, end_col;
} Location;

enum { /* co_flags */
  CO_OPTIMIZED = 1, CO_NEWLOCALS = 2, CO_VARARGS = 4, CO_VARKEYWORDS = 8, CO_NESTED = 16, CO_GENERATOR = 32,
  CO_COROUTINE = 128, CO_ITERABLE_COROUTINE = 256, CO_ASYNC_GENERATOR = 512,
  CO_FUTURE_ANNOTATIONS = 0x1000000
};
enum { PLACE_LOCAL = 0x20, PLACE_CELL = 0x40, PLACE_FREE = 0x80 }; /* bits of place_kinds, as CPython's */

typedef struct {
  Object base;
  Value name, qualname, filename; /* str */
  Value consts;      /* tuple */
  Value names;       /* tuple of interned str */
  Value place_names; /* tuple of interned str: localsplus */
  uint8_t *place_kinds; /* mem_alloc'ed */
  int arg_count;     /* positional, positional-only ones included */
  int posonly_count, kwonly_count;
  int place_count;   /* nlocalsplus */
  int local_count;   /* co_nlocals */
  int cell_count, free_count; /* len(co_cellvars), len(co_freevars) */
  int flags;
  int stack_size;
  int first_line;
  Unit *units;       /* mem_alloc'ed */
  int unit_count;
  ExceptionEntry *exceptions; /* sorted by start, inner entries decide; mem_alloc'ed */
  int exception_count;
  Location *locations; /* mem_alloc'ed */
  int location_count;
  /* set by code_finish */
  int frame_size;    /* place_count + stack_size */
  int param_count;   /* arg_count + kwonly_count + *args + **kwargs */
  int exact_args; /* as many arguments as a positional call may just move into place; -1: there are *args, **kwargs or keyword-only ones */
  bool has_cells;
  bool is_frozen; /* place_kinds, exceptions and locations belong to the program's image (frozen.c) */
} Code;

static inline Code *as_code(Value v) { return (Code *)v; }
/* An empty Code with all owned fields NULL; the compiler fills it, then calls code_finish. */
OWNED Value code_new(ThreadState *ts);
int code_finish(ThreadState *ts, Code *code); /* derived fields; 0 / -1 */
/* The location of unit index i, or NULL. */
const Location *code_location(Code *code, int i);
int code_line(Code *code, int unit); /* 0: none */
/* The units as the compiler wrote them, to[0..unit_count): no specialised forms, empty caches. */
void code_plain_units(const Code *code, Unit *to);

#endif
