/* frame.h - frames of running functions, and the two stacks of a thread they live on.
 *
 *   value stack   | caller's locals | its stack ..  f  NULL | a  b | c (local) | stack of callee ..
 *                                                             ^locals of the callee begin at the arguments: a call copies nothing
 *   frame stack   | Frame main | Frame caller | Frame callee |          (fixed-size records; generators carry their own)
 *
 * Keeps true: from frame->ext on, the value stack is free while the frame is the innermost one that runs.
 *   A callee's result goes to prev->sp[0], after what stands there (the function, owned, or NULL) is released.
 * Next: call.c, eval.c, frame.c (frame objects for tracebacks and introspection). CPython: Include/internal/pycore_frame.h;
 * overlapping windows as in Lua 5. */
#ifndef INTERP_VM_FRAME_H
#define INTERP_VM_FRAME_H

#include "interp/vm/code.h"

typedef struct Generator Generator;

enum {
  FRAME_ENTRY = 1,     /* entered from C: its end leaves this run of the eval loop */
  FRAME_INIT = 2,      /* an inlined __init__: the result is `made`, not what it returns */
  FRAME_GENERATOR = 4, /* lives in a Generator */
  FRAME_FOR_ITER = 8,  /* resumed by FOR_ITER of prev */
  FRAME_SEND = 16,     /* resumed by SEND of prev */
  FRAME_NAMES = 32     /* a class or module body: names is set */
};

struct Frame {
  Frame *prev;
  Function *func; /* borrowed: the caller's stack, the generator or the C caller keeps it */
  Code *code;     /* func->code */
  Value *locals;
  Unit *ip;       /* next instruction, saved at calls */
  Value *sp;      /* saved at calls: where the result goes */
  Value *ext;     /* end of this frame's part of the value stack */
  Value names;    /* namespace of a class or module body; owned, or NULL */
  Value object;   /* its frame object, owned, or NULL */
  Value made;     /* FRAME_INIT: the instance, owned */
  Generator *generator;
  uint32_t flags;
};

struct Generator {
  Object base;
  Value name, qualname;
  Value origin;     /* cr_origin or NULL */
  Value func;       /* owned while not finished */
  uint8_t state;    /* GEN_ */
  bool is_running;
  bool is_closed, hooks_inited, running_async; /* async generators */
  Value finalizer;  /* async generators */
  ExcItem handling;
  Frame frame;
  Value places[];   /* locals and stack */
};
enum { GEN_CREATED, GEN_SUSPENDED, GEN_RUNNING, GEN_FINISHED };

typedef struct {
  Object base;
  Frame *frame;     /* the running frame, or &own */
  Frame own;        /* a copy, once the frame has ended */
  Value locals_dict; /* f_locals of a function, as last asked */
  Value back;       /* f_back once ended, or NULL */
  bool is_complete; /* ended: own is valid, places owned here */
  bool trace_opcodes;
  Value trace;
  int lineno;
} FrameObject;

static inline Dict *frame_globals(Frame *f) { return as_dict(f->func->globals); }
static inline Dict *frame_builtins(Frame *f) { return as_dict(f->func->builtins); }
/* Unit index of the instruction the frame is at (ip points behind it). */
static inline int frame_lasti(Frame *f) { return (int)(f->ip - f->code->units) - 1; }
int frame_line(Frame *f);

/* A new innermost frame whose locals begin at `locals` (arguments already there). NULL with RecursionError or MemoryError. */
Frame *frame_push_failed(ThreadState *ts);
static inline __attribute__((always_inline)) Frame *frame_push(ThreadState *ts, Function *func, Value *locals) {
  Code *code = as_code(func->code);
  Frame *f = ts->frame_top;
  if (UNLIKELY(--ts->recursion_left <= 0 || f == ts->frame_limit || locals + code->frame_size > ts->stack_limit)) return frame_push_failed(ts);
  ts->frame_top = f + 1;
  f->prev = ts->frame;
  f->func = func;
  f->code = code;
  f->locals = locals;
  f->ip = code->units;
  f->ext = locals + code->frame_size;
  f->names = NULL;
  f->object = NULL;
  f->flags = 0;
  return f;
}
static inline void frame_pop(ThreadState *ts, Frame *f) {
  ts->frame_top = f;
  ts->recursion_left++;
}
/* Where a C caller, or a generator, may put the next frame's arguments. */
static inline Value *frame_free_values(ThreadState *ts) { return ts->frame ? ts->frame->ext : ts->stack_base; }
int frame_stacks_init(ThreadState *ts, bool is_main); /* -1: no address space */
void frame_stacks_free(ThreadState *ts);
void frame_stacks_keep(ThreadState *ts); /* for the next thread; ts must be attached and run no frame */
void frame_stacks_free_spare(Interp *interp);

OWNED Value frame_object(ThreadState *ts, Frame *f);
void frame_detach(ThreadState *ts, Frame *f); /* the frame ends and has an object: let that keep the locals */
void frame_forget(ThreadState *ts, Frame *f); /* the frame is gone, and so is what its object could show */
OWNED Value frame_locals_dict(ThreadState *ts, Frame *f); /* what locals() gives */
int traceback_here(ThreadState *ts, Frame *f);

/* call.c */
/* Bind arguments into places[0..place_count) of func's code; arguments are borrowed. 0 / -1 (nothing owned then). */
int bind_arguments(ThreadState *ts, Function *func, Value *places, Value *args, ssize_t nargs, NULLABLE Value kwnames);
Value call_function(ThreadState *ts, Value function, Value *args, ssize_t nargs, Value kwnames);
Value run_code(ThreadState *ts, Value code, Value globals, NULLABLE Value names, NULLABLE Value closure);
Value run_function_in(ThreadState *ts, Value function, NULLABLE Value names);

/* eval.c */
/* Run from entry (pushed, with ts->frame == entry and FRAME_ENTRY set) until it returns, yields or raises: OWNED result or NULL.
 * With throwing, the pending exception is raised at the frame's current instruction first. */
Value eval(ThreadState *ts, Frame *entry, bool throwing);
/* generator.c */
OWNED Value generator_make(ThreadState *ts, Frame *f); /* RETURN_GENERATOR: moves the frame's places into a new generator */
/* Link g's frame in as the running one (pushing None as the sent value unless it is fresh). NULL: RecursionError. */
Frame *generator_resume(ThreadState *ts, Generator *g, uint32_t how);
Value generator_send(ThreadState *ts, Value gen, Value sent, int *finished); /* next yielded (finished 0) or returned value (1); NULL error */
Value generator_throw(ThreadState *ts, Value gen, Value exc, int *finished);
void generator_end(ThreadState *ts, Generator *g); /* its frame returned or raised: release everything */
Value get_awaitable(ThreadState *ts, Value v, int oparg);
Value get_anext(ThreadState *ts, Value it);
Value async_gen_wrap(ThreadState *ts, Value v);
Value yield_from_iter(ThreadState *ts, Value v, bool from_coroutine);
bool is_async_gen_wrapped(ThreadState *ts, Value v);

int check_pending(ThreadState *ts); /* the eval breaker is set: 0, or -1 with an exception */

#endif
