/* eval_loop.h - the body of the eval loop; included by eval.c under two names. Not a header.
 *
 * Registers: ip (next unit), sp (first free stack place), locals, f (frame), oparg. Nobody takes the address of one: it would then live
 * in memory, in every instruction.
 * EVAL_WATCHED: each instruction is a step that somebody counts, or checks behind; forms of three or more leave it at that.
 * An instruction is TARGET(NAME) { ... NEXT(); }. On failure it goes to `error` with the stack holding only what it owns. */

#define TARGET(name) L_##name:
#define NEXT() \
  do { \
    EVAL_HOOK; \
    Unit unit_ = __atomic_load_n(ip, __ATOMIC_ACQUIRE); /* its caches were written before it */ \
    ip++; \
    oparg = unit_ >> 8; \
    EVAL_FETCHED(unit_ & 0xff); \
    goto *labels[unit_ & 0xff]; \
  } while (0)
#define PUSH(v) (*sp++ = (v))
#define POP() (*--sp)
#define TOP() (sp[-1])
#define SECOND() (sp[-2])
#define SAVE() (f->ip = ip)
#define CONST(i) (tuple_items(f->code->consts)[i])
#define NAME_AT(i) (tuple_items(f->code->names)[i])
#define CHECK_BREAKER() \
  if (UNLIKELY(sched_should_check(&ts->sched))) { \
    SAVE(); \
    if (check_pending(ts) < 0) goto error; \
  }
/* Start running frame `g` whose arguments are in place. */
#define ENTER(g) \
  do { \
    f = (g); \
    ts->frame = f; \
    locals = f->locals; \
    ip = f->ip; \
  } while (0)

Value EVAL_NAME(ThreadState *ts, Frame *entry, bool throwing);
Value EVAL_NAME(ThreadState *ts, Frame *entry, bool throwing) {
  static const void *const labels[256] = {
#define OP(name, number, operand, effect, flags, caches, cp_caches, stack, meaning) [OP_##name] = &&L_##name,
#include "interp/vm/opcodes.def"
#undef OP
#define SPEC(name, base) [OP_##name] = &&L_##name,
#include "interp/vm/specialized.def"
#undef SPEC
      [OP_ALL_COUNT ... 255] = &&L_bad,
  };
  Frame *f = entry;
  Unit *ip = f->ip;
  Value *locals = f->locals;
  Value *sp = f->flags & FRAME_GENERATOR ? f->sp : locals + f->code->place_count;
  uint32_t oparg;
  Value result;
  Value kwnames = NULL; /* of the next CALL: set by KW_NAMES */
  EVAL_LOCALS

  if (throwing) goto error;
  NEXT();

#include "interp/vm/ops/variables.h"
#include "interp/vm/ops/arithmetic.h"
#include "interp/vm/ops/attributes.h"
#include "interp/vm/ops/build.h"
#include "interp/vm/ops/control.h"
#include "interp/vm/ops/calls.h"
#include "interp/vm/ops/generators.h"
#include "interp/vm/ops/exceptions.h"
#include "interp/vm/ops/statements.h"

  /* ---- leaving a frame with a result (owned, in `result`) ---- */
return_slow:
  /* entered from C, an inlined __init__, a generator, a namespace, or a frame somebody looked at */
  SAVE();
  if (f->object) frame_detach(ts, f);
  else release_locals(ts, f, locals);
  {
    uint32_t flags = f->flags;
    Frame *prev = f->prev;
    Generator *g = flags & FRAME_GENERATOR ? f->generator : NULL;
    if (flags & FRAME_NAMES) xdecref(ts, f->names);
    ts->frame = prev;
    if (g) {
      ts->exc_info = g->handling.prev;
      ts->recursion_left++;
      generator_end(ts, g);
    } else {
      frame_pop(ts, f);
    }
    if (flags & FRAME_ENTRY) return result;
    if (flags & FRAME_INIT) {
      if (result != V_NONE) {
        err_format(ts, EXC(TypeError), "__init__() should return None, not '%T'", result);
        decref(ts, result);
        decref(ts, f->made);
        ENTER(prev);
        sp = f->sp;
        xdecref(ts, *sp);
        goto error;
      }
      result = f->made;
    }
    ENTER(prev);
    sp = f->sp;
    if (flags & FRAME_FOR_ITER) { /* the generator is done: so is the loop */
      decref(ts, result);
      result = POP();
      decref(ts, result);
      ip += UNIT_ARG(ip[-2]);
      NEXT();
    }
    if (flags & FRAME_SEND) {
      Value done = TOP();
      TOP() = result;
      decref(ts, done);
      ip += UNIT_ARG(ip[-1]);
      NEXT();
    }
    xdecref(ts, *sp);
    PUSH(result);
    NEXT();
  }

  /* ---- an exception is pending ---- */
error:
  SAVE();
  if (UNLIKELY(ts->exc == NULL)) err_format(ts, EXC(SystemError), "error return without exception set");
  if (traceback_here(ts, f) < 0) {
    /* no memory for a traceback entry: the exception goes on without */
  }
unwind: {
  const ExceptionEntry *handler = find_handler(f->code, (int)(ip - f->code->units) - 1);
  if (handler) {
    Value *cut = locals + f->code->place_count + handler->depth;
    while (sp > cut) {
      Value v = POP();
      xdecref(ts, v);
    }
    if (handler->lasti) PUSH(small_int_value(frame_lasti(f)));
    PUSH(err_fetch(ts));
    ip = f->code->units + handler->target;
    NEXT();
  }
  /* leave the frame */
  release_values(ts, locals + f->code->place_count, sp);
  if (f->object) frame_detach(ts, f);
  else release_locals(ts, f, locals);
  uint32_t flags = f->flags;
  Frame *prev = f->prev;
  if (flags & FRAME_NAMES) xdecref(ts, f->names);
  if (flags & FRAME_INIT) decref(ts, f->made);
  ts->frame = prev;
  if (flags & FRAME_GENERATOR) {
    Generator *g = f->generator;
    ts->exc_info = g->handling.prev;
    ts->recursion_left++;
    generator_fix_stop_iteration(ts, g);
    generator_end(ts, g);
  } else {
    frame_pop(ts, f);
  }
  if (flags & FRAME_ENTRY) return NULL;
  ENTER(prev);
  sp = f->sp;
  xdecref(ts, *sp);
  if (traceback_here(ts, f) < 0) {
    /* as above */
  }
  goto unwind;
}

L_bad:
  err_format(ts, EXC(SystemError), "unknown opcode");
  goto error;
}

#undef TARGET
#undef NEXT
#undef PUSH
#undef POP
#undef TOP
#undef SECOND
#undef SAVE
#undef CONST
#undef NAME_AT
#undef CHECK_BREAKER
#undef ENTER
