/* opcodes.c - the instruction table as data.   Next: opcodes.def. */
#include "interp/vm/opcodes.h"

const OpcodeInfo opcode_info[OPCODE_COUNT] = {
#define OP(name, number, operand, effect, flags, caches, cp_caches, stack, meaning) \
  {#name, number, OPERAND_##operand, OPCODE_##flags, caches, cp_caches, stack, meaning},
#include "interp/vm/opcodes.def"
#undef OP
};

int opcode_effect(Opcode op, int oparg, int jump) {
  (void)jump;
  switch (op) {
#define OP(name, number, operand, effect, flags, caches, cp_caches, stack, meaning) \
  case OP_##name: return effect;
#include "interp/vm/opcodes.def"
#undef OP
  case OPCODE_COUNT: break;
  }
  return 0;
}
