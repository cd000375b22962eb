/* eval.c - the eval loop: fetch, dispatch, run one instruction after the other, across Python frames without C recursion.
 *
 * Keeps true: ts->frame is the frame whose code runs; while an instruction may call out, f->ip is saved.
 *   The eval breaker is looked at exactly at the instructions marked SWITCH in opcodes.def.
 * How it is built: the files in ops/ hold the instructions by topic and are included into one function, so that instruction pointer,
 *   stack pointer and locals stay in registers. The function is compiled twice: plain, and hooked (every instruction is
 *   counted and may be watched), so that watching costs nothing when nobody does.
 * Next: ops/, frame.h, call.c, specialize.c. Sources: CPython Python/ceval.c; threaded code: Ertl & Gregg 2003. */
#include "interp/vm/eval_internal.h"

#define EVAL_NAME eval_plain
#define EVAL_WATCHED 0
#define EVAL_LOCALS
#define EVAL_HOOK ((void)0)
#define EVAL_FETCHED(op) ((void)0)
#include "interp/vm/eval_loop.h"
#undef EVAL_NAME
#undef EVAL_WATCHED
#undef EVAL_LOCALS
#undef EVAL_HOOK
#undef EVAL_FETCHED

#define EVAL_NAME eval_hooked
#define EVAL_WATCHED 1
#define EVAL_LOCALS uint32_t last_op = OP_NOP;
#define EVAL_HOOK \
  if (UNLIKELY(--ts->instructions_left < 0)) { \
    f->ip = ip; \
    if (eval_out_of_instructions(ts) < 0) goto error; \
  } \
  if (ts->checks_everywhere && !(opcode_info[opcode_base[last_op]].flags & OPCODE_QUIET) && eval_should_check(ts, opcode_base[UNIT_OP(*ip)])) { \
    f->ip = ip; \
    last_op = OP_NOP; \
    if (eval_check_everywhere(ts) < 0) goto error; \
  }
#define EVAL_FETCHED(op) (last_op = (op))
#include "interp/vm/eval_loop.h"
#undef EVAL_NAME
#undef EVAL_WATCHED
#undef EVAL_LOCALS
#undef EVAL_HOOK
#undef EVAL_FETCHED

Value eval(ThreadState *ts, Frame *entry, bool throwing) {
  char here;
  if (UNLIKELY(&here < ts->c_stack_limit) && !throwing) {
    err_format(ts, EXC(RecursionError), "maximum recursion depth exceeded");
    throwing = true;
  }
  return UNLIKELY(ts->hooked) ? eval_hooked(ts, entry, throwing) : eval_plain(ts, entry, throwing);
}
