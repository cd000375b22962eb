/* ast.h - the syntax tree: what the parser makes and the compiler walks.  Lives in an Arena.
 * (CPython: Parser/Python.asdl) */
#ifndef GILLY_FRONT_AST_H
#define GILLY_FRONT_AST_H

#include <stdio.h>

#include "interp/front/arena.h"

typedef struct Node Node;

typedef struct {
    Node **items;
    int count;
} NodeList;

typedef struct {
    Value *items; /* borrowed from the arena */
    int count;
} IdentList;

typedef struct {
    uint8_t *items;
    int count;
} EnumList;

typedef enum {
#define ONE(f)
#define MAYBE(f)
#define LIST(f)
#define IDENT(f)
#define IDENTS(f)
#define CONST(f)
#define ENUM(f)
#define ENUMS(f)
#define NODE(Name, fields) N_##Name,
#include "interp/front/ast_nodes.def"
    NODE_KIND_COUNT
} NodeKind;

typedef enum { LOAD, STORE, DEL } ExprContext;

/* Binary operators are BinaryOp of runtime/object.h: NB_ADD, ... */
typedef enum { UNARY_INVERT, UNARY_NOT, UNARY_PLUS, UNARY_MINUS } UnaryOperator;
typedef enum { BOOL_AND, BOOL_OR } BoolOperator;
typedef enum { COMPARE_EQ, COMPARE_NE, COMPARE_LT, COMPARE_LE, COMPARE_GT, COMPARE_GE,
               COMPARE_IS, COMPARE_IS_NOT, COMPARE_IN, COMPARE_NOT_IN } CompareOperator;

/* Lines count from 1, columns from 0 in bytes of UTF-8.  Only the fields of `kind` are allocated. */
struct Node {
    NodeKind kind;
    int line, col, end_line, end_col;
    union {
#define ONE(f) Node *f;
#define MAYBE(f) Node *f;
#define LIST(f) NodeList f;
#define IDENT(f) Value f;
#define IDENTS(f) IdentList f;
#define CONST(f) Value f;
#define ENUM(f) int f;
#define ENUMS(f) EnumList f;
#define NODE(Name, fields) struct { fields } Name;
#include "interp/front/ast_nodes.def"
    };
};

/* A zeroed node, or NULL with MemoryError. */
Node *node_new(Arena *a, NodeKind kind);
const char *node_kind_name(NodeKind kind);
static inline Node *node_place(Node *n, const Node *from)
{
    n->line = from->line;
    n->col = from->col;
    n->end_line = from->end_line;
    n->end_col = from->end_col;
    return n;
}

/* The docstring of a body (a str constant), borrowed, or NULL. */
Value ast_docstring(const NodeList *body);

/* One node a line, indented, fields by name: stable, for golden tests. -1 with an exception. */
int ast_dump(ThreadState *ts, const Node *root, FILE *out);

/* The tree as nested lists [kind, line, column, end line, end column, field ...] for the module ast (ast_export.c). n NULL: None. */
OWNED Value ast_export(ThreadState *ts, NULLABLE const Node *n);

/* The source text of an expression as ast.unparse gives it (unparse.c): OWNED str. */
OWNED Value ast_unparse(ThreadState *ts, const Node *expr);

#endif
