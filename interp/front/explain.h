/* explain.h - why a text is no program: finds the SyntaxError that CPython 3.11 raises, with its words and place. */
#ifndef GILLY_FRONT_EXPLAIN_H
#define GILLY_FRONT_EXPLAIN_H

#include "interp/front/parser_internal.h"

/* The parser gave up on p's tokens: raises SyntaxError, IndentationError or TabError. */
void explain(Parser *p);

/* Raises SyntaxError(message) at one token. */
void explain_at_token(Parser *p, const Token *t, const char *message);

/* The parser raised because of a literal: an error of the lexer in the rest of the text is reported instead. */
void explain_literal(Parser *p);

#endif
