/* eval_internal.h - what the instructions in ops/ share: fast paths of arithmetic, and the slow parts as functions (eval_help.c). */
#ifndef INTERP_VM_EVAL_INTERNAL_H
#define INTERP_VM_EVAL_INTERNAL_H

#include "interp/vm/frame.h"
#include "interp/vm/specialized.h"
#include "runtime/module.h"
#include "runtime/slots.h"

/* oparg of BINARY_OP: an operator, or NB_INPLACE + operator. */
static inline Value binary_any(ThreadState *ts, uint32_t op, Value a, Value b) {
  return op >= NB_INPLACE ? num_inplace(ts, (BinaryOp)(op - NB_INPLACE), a, b) : num_binary(ts, (BinaryOp)op, a, b);
}

/* Release both operands and give the result. */
Value binary_slow(ThreadState *ts, uint32_t op, Value a, Value b);

static inline bool as_number(Value v, double *d) { /* an exact float, or an int that converts exactly */
  if (is_small_float(v)) *d = small_float(v);
  else if (is_small_int(v)) *d = (double)small_int(v);
  else if (v == V_ZERO) *d = 0.0;
  else if (v == V_NEGATIVE_ZERO) *d = -0.0;
  else return false;
  return true;
}

/* v[a:b:c] without a slice object: v is a list, tuple or str, the n parts are immediate ints or None. */
static inline bool can_slice_directly(Value v, const Value *parts, uint32_t n) {
  if (!is_object(v) || (v->kind != K_LIST && v->kind != K_STR && v->kind != K_TUPLE)) return false;
  for (uint32_t i = 0; i < n; i++)
    if (!is_small_int(parts[i]) && parts[i] != V_NONE) return false;
  return true;
}
OWNED Value slice_directly(ThreadState *ts, Value v, const Value *parts, uint32_t n);
int store_slice_directly(ThreadState *ts, Value list, const Value *parts, uint32_t n, Value items);

Value name_load(ThreadState *ts, Frame *f, Value name);
Value load_global(ThreadState *ts, Frame *f, Value name);
int delete_global(ThreadState *ts, Frame *f, Value name);
Value raise_name_error(ThreadState *ts, Value name);
Value raise_unbound(ThreadState *ts, Frame *f, int place);
Value load_class_deref(ThreadState *ts, Frame *f, int place);
/* LOAD_METHOD: OWNED; *is_method tells whether self goes below. */
Value load_method(ThreadState *ts, Value owner, Value name, bool *is_method);
/* The same through super(): *self is OWNED, or NULL when the result is no plain method. */
Value load_method_of_super(ThreadState *ts, Value super, Value name, Value *self);
int unpack_sequence(ThreadState *ts, Value v, int n, Value *top); /* top[-1] is the first item */
int unpack_ex(ThreadState *ts, Value v, int before, int after, Value *top);
Value build_map(ThreadState *ts, Value *items, int n);
Value build_string(ThreadState *ts, Value *parts, int n);
Value format_value(ThreadState *ts, Value v, int oparg, NULLABLE Value spec);
int dict_merge_keywords(ThreadState *ts, Value function, Value dict, Value mapping);
Value make_function(ThreadState *ts, Frame *f, Value code, int oparg, Value **sp);
Value call_function_ex(ThreadState *ts, Value f, Value args, NULLABLE Value kwargs); /* takes none */
int raise_varargs(ThreadState *ts, NULLABLE STEALS Value exc, NULLABLE STEALS Value cause); /* 0: re-raise what is handled */
int check_except_type(ThreadState *ts, Value type);
int check_except_star_type(ThreadState *ts, Value type);
int match_keys(ThreadState *ts, Value subject, Value keys, Value *values);
Value match_class(ThreadState *ts, Value subject, Value type, int positional, Value names);
Value import_from(ThreadState *ts, Value module, Value name);
int import_star(ThreadState *ts, Frame *f, Value module);
Value import_name_op(ThreadState *ts, Frame *f, Value name, Value fromlist, Value level);
int setup_annotations(ThreadState *ts, Frame *f);
/* 0: *exit is the OWNED bound method in place of the manager, whose reference is used up; *result what __enter__ returned, or NULL when it
 * raised. -1: nothing has changed. */
int before_with(ThreadState *ts, Value manager, bool is_async, Value *exit, Value *result);
int eval_out_of_instructions(ThreadState *ts);
/* Under a profile that looks after every instruction (gil/lock/profiles.def): is there something to do? `next` is the instruction that
 * comes: not right before a try, a with or a yield from, as those versions did. A tick is counted here. */
bool eval_should_check(ThreadState *ts, uint32_t next);
int eval_check_everywhere(ThreadState *ts);
/* The breaker is set at a RESUME, or behind __enter__ of a with statement: whether that is a check point depends on the profile. */
int check_at_resume(ThreadState *ts, uint32_t oparg);
int check_after_enter(ThreadState *ts);
/* Put *value into the slot at offset of owner, and the slot's old content into *value, if its shape still has this version; with `grown` it gets
 * that shape. */
bool store_slot_shared(ThreadState *ts, Value owner, uint32_t version, uint32_t offset, Value *value, NULLABLE Shape *grown);
/* The handler for unit index lasti of code, or NULL. */
const ExceptionEntry *find_handler(Code *code, int lasti);
/* StopIteration that leaves a generator becomes RuntimeError (PEP 479). */
void generator_fix_stop_iteration(ThreadState *ts, Generator *g);

/* Drop everything the frame holds on the value stack: places and stack items up to sp. */
static inline void release_values(ThreadState *ts, Value *from, Value *to) {
  for (; from < to; from++) xdecref(ts, *from);
}

/* The places of a frame that ends. What runs while they go (__del__) cannot see the frame any more, as in CPython; the lowest frame of a thread, which
 * stays in sight, shows what is gone as unbound. Nothing of that costs anything until a place really has to be freed. */
void release_locals_slowly(ThreadState *ts, Frame *f, Value *from, Value *end); /* *from's count is zero already; the rest is still held */
static inline __attribute__((always_inline)) void release_locals(ThreadState *ts, Frame *f, Value *locals) {
  for (Value *p = locals, *end = p + f->code->place_count; p < end; p++)
    if (UNLIKELY(xdecref_is_last(*p))) {
      release_locals_slowly(ts, f, p, end);
      return;
    }
}

/* Where a callee's places may be filled while the caller's arguments still lie on its stack. */
static inline Value *frame_places(Frame *f, Value *sp, Value *base) {
  (void)base;
  return f->flags & FRAME_GENERATOR ? f->ext : sp;
}
/* CALL has room for a pointer in its units 1 and 2. */
static inline void *cache_pointer_short(const Unit *cache) {
  void *p;
  memcpy(&p, cache + 1, sizeof p);
  return p;
}

static inline Generator *as_generator(Value v) { return (Generator *)v; }

#endif
