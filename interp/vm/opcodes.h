/* opcodes.h - the enum of instructions and what the table tells about each. */
#ifndef INTERP_VM_OPCODES_H
#define INTERP_VM_OPCODES_H

#include <stdint.h>

typedef enum {
#define OP(name, number, operand, effect, flags, caches, cp_caches, stack, meaning) OP_##name,
#include "interp/vm/opcodes.def"
#undef OP
  OPCODE_COUNT
} Opcode;

typedef enum {
  OPERAND_NONE, OPERAND_ARG, OPERAND_CONST, OPERAND_NAME, OPERAND_GLOBAL, OPERAND_LOCAL, OPERAND_DEREF, OPERAND_FWD,
  OPERAND_BACK, OPERAND_COMPARE, OPERAND_BINARY
} OperandKind;

enum { OPCODE_0 = 0, OPCODE_SWITCH = 1, OPCODE_QUIET = 2 };
typedef struct {
  const char *name;
  uint8_t number;    /* CPython's */
  uint8_t operand;   /* OperandKind */
  uint8_t flags;     /* OPCODE_ bits */
  uint8_t caches;    /* our inline cache units */
  uint8_t cp_caches; /* CPython's */
  const char *stack, *meaning;
} OpcodeInfo;

extern const OpcodeInfo opcode_info[OPCODE_COUNT]; /* opcodes.c */

/* Items pushed minus popped. jump: 1 when taken, 0 when not. */
int opcode_effect(Opcode op, int oparg, int jump);

#endif
