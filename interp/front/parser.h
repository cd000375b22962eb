/* parser.h - tokens to syntax tree. */
#ifndef GILLY_FRONT_PARSER_H
#define GILLY_FRONT_PARSER_H

#include "interp/front/ast.h"
#include "interp/front/lexer.h"

typedef enum { PARSE_FILE, PARSE_EVAL, PARSE_SINGLE, PARSE_FSTRING } ParseMode;

/* One compilation's text and where it stands. */
typedef struct {
    Arena *arena;
    Value filename;    /* borrowed str */
    ParseMode mode;
    const char *text;  /* for f-string fields: "(expr)" */
    size_t length;
    int first_line, first_col; /* where the text's first character stands: 1, 0 but for f-string fields */
    bool allow_incomplete;
    bool *incomplete;  /* may be NULL */
} ParseInput;

/* The tree (Module, Expression, Interactive; for PARSE_FSTRING the expression), in input->arena, or NULL with an exception. */
Node *parse(const ParseInput *input);

#endif
