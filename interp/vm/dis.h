/* dis.h - a code object as `python -m dis` shows it: in CPython 3.11's instructions, offsets and words. */
#ifndef INTERP_VM_DIS_H
#define INTERP_VM_DIS_H

#include "interp/vm/code.h"

typedef struct {
  int offset;         /* in bytes, as CPython counts */
  const char *name;
  int number;         /* CPython's opcode */
  int operand;        /* OperandKind */
  bool has_arg;
  int64_t arg;
  int target;         /* offset a jump goes to, -1: no jump */
  bool is_target;
  int starts_line;    /* the line that begins here, -1: none */
  const Location *place;
} DisRow;

/* The rows of a code object (mem_free them): our units, with CPython's PRECALL and EXTENDED_ARG put in. -1 with an exception. */
int dis_rows(ThreadState *ts, Code *code, DisRow **rows, int *count);
/* The offset in CPython's terms of every unit, and one past the end (mem_free it); NULL with MemoryError. */
int *dis_offsets(ThreadState *ts, Code *code);
OWNED Value dis_argval(ThreadState *ts, Code *code, const DisRow *row);  /* what the operand stands for */
OWNED Value dis_argrepr(ThreadState *ts, Code *code, const DisRow *row); /* and how dis writes it */
/* All rows and the exception table as text; recursive: of the code objects among the constants too.
 * last: offset of the row that "-->" marks, -1 for none. */
OWNED Value dis_text(ThreadState *ts, Value code, bool recursive, int last);
int dis_code(ThreadState *ts, Value code, FILE *out, bool recursive); /* the same, printed. -1 with an exception */

#endif
