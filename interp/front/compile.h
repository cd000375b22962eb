/* compile.h - syntax tree to code object. */
#ifndef GILLY_FRONT_COMPILE_H
#define GILLY_FRONT_COMPILE_H

#include "interp/front/ast.h"

typedef struct {
    Arena *arena;
    Value filename;
    int flags;        /* CO_FUTURE_ bits */
    int optimize;
} CompileInput;

/* OWNED Code, or NULL with an exception. */
OWNED Value compile_tree(const CompileInput *input, Node *tree);

#endif
