/* compile_internal.h - what the compiler's files share.
 *
 * A CodeUnit is one code object in the making: basic blocks of instructions with virtual jumps and block set-ups, which
 * flow.c tidies and assemble.c turns into words.  Errors are sticky: after one, c->failed is set, an exception is pending,
 * and emitting does nothing; only the end looks. */
#ifndef GILLY_FRONT_COMPILE_INTERNAL_H
#define GILLY_FRONT_COMPILE_INTERNAL_H

#include "interp/front/compile.h"
#include "interp/front/symtable.h"
#include "interp/vm/code.h"
#include "interp/vm/opcodes.h"

/* Instructions that exist only in the compiler. */
enum {
    V_JUMP = 256, /* becomes JUMP_FORWARD or JUMP_BACKWARD once the order of blocks is known; so do the next ones */
    V_JUMP_NO_INTERRUPT,
    V_POP_JUMP_IF_FALSE, V_POP_JUMP_IF_TRUE, V_POP_JUMP_IF_NONE, V_POP_JUMP_IF_NOT_NONE,
    V_SETUP_FINALLY, /* from here to POP_BLOCK exceptions go to the target; */
    V_SETUP_CLEANUP, /* these two also push the offset of the instruction that raised */
    V_SETUP_WITH,
    V_POP_BLOCK
};

/* Where an instruction comes from; line -1: from nowhere. */
typedef struct {
    int line, end_line, col, end_col;
} Place;
static const Place NO_PLACE = {-1, -1, -1, -1};

typedef struct Block Block;

typedef struct {
    int op;
    int arg;
    Block *target; /* of jumps and set-ups */
    Block *handler; /* exceptions raised here go there; NULL: out (flow.c) */
    Place place;
} Instr;

typedef struct ExceptStack ExceptStack;

struct Block {
    Block *next;     /* in the order of the text */
    Block *previous_made; /* all blocks, newest first */
    Instr *instrs;
    int count, capacity;
    int predecessors;
    int start_depth; /* of the value stack, -1: unknown */
    int offset;      /* in units */
    ExceptStack *excepts; /* handlers in force at its start (flow.c) */
    bool is_exit, no_fallthrough, visited, preserves_lasti;
};

typedef enum {
    F_WHILE, F_FOR, F_TRY_EXCEPT, F_FINALLY_TRY, F_FINALLY_END, F_WITH, F_ASYNC_WITH, F_HANDLER_CLEANUP, F_POP_VALUE,
    F_EXCEPTION_HANDLER, F_GROUP_HANDLER, F_ASYNC_COMPREHENSION
} FrameBlockKind;

enum { MAX_FRAME_BLOCKS = 20, MAX_ON_STACK = 30 };

/* A loop, try or with around the statement being compiled: what break, continue and return must undo. */
typedef struct {
    FrameBlockKind kind;
    Block *block, *exit;
    void *datum; /* FINALLY_TRY: NodeList of the finally body; WITH: the Node; HANDLER_CLEANUP: the name (Value) or NULL */
} FrameBlock;

typedef enum { UNIT_MODULE, UNIT_CLASS, UNIT_FUNCTION, UNIT_ASYNC_FUNCTION, UNIT_LAMBDA, UNIT_COMPREHENSION } UnitKind;

typedef struct {
    PointerList values; /* Value, kept by the arena */
    uint32_t *index;    /* value number + 1 by hash */
    uint32_t mask;
} Constants;

typedef struct CodeUnit {
    struct CodeUnit *outer;
    UnitKind kind;
    Scope *scope;
    Value name, qualname;
    Value private_name;
    NameMap names, locals, cells, frees; /* cells number from 0, frees from the number of cells */
    Constants constants;
    int arg_count, posonly_count, kwonly_count;
    int first_line;
    Block *first, *current, *newest;
    FrameBlock frame_blocks[MAX_FRAME_BLOCKS];
    int frame_block_count;
    Place place; /* of what is emitted next */
} CodeUnit;

typedef struct Compiler {
    ThreadState *ts;
    Arena *arena;
    Value filename;
    SymbolTable symbols;
    CodeUnit *unit;
    bool failed;
    bool interactive;
    bool future_annotations;
    int future_line;      /* line of the last from __future__ import; -1: none */
    int flags;            /* co_flags of future statements */
    int optimize;
    int depth;
    int nesting;          /* units around the current one */
    Block spare_block;    /* stands in for a new block after a failure, when nothing is emitted any more */
    struct {              /* names the compiler itself writes */
        Value annotations, class_, classcell, doc, module, name, qualname, join, star, empty;
    } id;
} Compiler;

/* ---- compile.c: units, emitting, names, constants ---- */
void compile_fail(Compiler *c);
void compile_error(Compiler *c, const char *format, ...); /* SyntaxError at the current place; %s gets C strings */
void compile_error_name(Compiler *c, const char *format, Value name); /* the same with one %s for name */
void compile_warn(Compiler *c, const char *format, ...);  /* SyntaxWarning at the current line */
Block *block_new(Compiler *c);
void use_block(Compiler *c, Block *b);
void emit(Compiler *c, int op);
void emit_arg(Compiler *c, int op, int arg);
void emit_jump(Compiler *c, int op, Block *target);
void emit_jump_no_line(Compiler *c, int op, Block *target);
void emit_no_line(Compiler *c, int op);
void emit_const(Compiler *c, Value v);               /* borrowed */
void emit_new_const(Compiler *c, STEALS NULLABLE Value v);
void emit_name_op(Compiler *c, int op, Value name); /* a NAME operand; mangles */
int add_const(Compiler *c, Value v);
static inline void set_place(Compiler *c, const Node *n)
{
    c->unit->place = (Place){n->line, n->end_line, n->col, n->end_col};
}
static inline void no_place(Compiler *c) { c->unit->place = NO_PLACE; }
void load_name(Compiler *c, Value name);
void store_name(Compiler *c, Value name);
void delete_name(Compiler *c, Value name);
bool check_name(Compiler *c, Value name, ExprContext ctx); /* false with an error: None, __debug__ ... */
void push_frame_block(Compiler *c, FrameBlockKind kind, Block *b, Block *exit, void *datum);
void pop_frame_block(Compiler *c);
void enter_unit(Compiler *c, Value name, UnitKind kind, const Node *n, int line);
OWNED Value leave_unit(Compiler *c, bool add_none); /* assembles; NULL when failed */
void make_closure(Compiler *c, STEALS Value code, int flags);
void emit_yield_from(Compiler *c, bool await);

/* ---- compile_stmt.c ---- */
void compile_statement(Compiler *c, Node *n);
void compile_statements(Compiler *c, const NodeList *list);
void compile_body(Compiler *c, NodeList *body);
void compile_exit_call(Compiler *c); /* __exit__(None, None, None), __exit__ on the stack */
void forget_exception_name(Compiler *c, Value name); /* name = None; del name */

/* ---- compile_try.c ---- */
void compile_try(Compiler *c, Node *n);
void compile_with(Compiler *c, Node *n);

/* ---- compile_expr.c ---- */
void compile_expr(Compiler *c, Node *n);
void compile_exprs(Compiler *c, const NodeList *list);
void jump_if(Compiler *c, Node *n, Block *target, bool condition);
void compile_call_tail(Compiler *c, int pushed, const NodeList *args, const NodeList *keywords);
void compile_annotation(Compiler *c, Node *n);
void start_at_attribute(Compiler *c, const Node *attribute);

/* ---- compile_scope.c: functions, classes, lambdas, comprehensions ---- */
void compile_function(Compiler *c, Node *n);
void compile_class(Compiler *c, Node *n);
void compile_lambda(Compiler *c, Node *n);
void compile_comprehension(Compiler *c, Node *n);

/* ---- compile_match.c ---- */
void compile_match(Compiler *c, Node *n);

/* ---- optimize.c: constant folding on the tree ---- */
bool fold_tree(ThreadState *ts, Arena *a, Node *module, bool future_annotations, int optimize);

/* ---- flow.c: the graph of blocks ---- */
typedef struct {
    Block *entry;
    Value *constants; /* the unit's, plus folded tuples */
    int constant_count;
    int stack_size;
} Flow;
bool flow_optimize(Compiler *c, CodeUnit *u, Flow *out);
Instr *block_add(Compiler *c, Block *b); /* room for one more instruction; NULL when failed */
bool is_jump(const Instr *i);       /* not a block set-up */
bool is_block_setup(const Instr *i);

/* ---- assemble.c ---- */
OWNED Value assemble(Compiler *c, CodeUnit *u, bool add_none);
int unit_flags(Compiler *c, const CodeUnit *u);

#endif
