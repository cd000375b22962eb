/* parser_internal.h - what the parser's files share.
 *
 * Every parse_x function takes tokens from p->t on and returns a node, or NULL.  NULL means "does not fit here": no exception
 * is pending unless p->exception is set (out of memory, too deep, a bad string).  The parser explains nothing;
 * explain.c finds the words for a text that does not fit. */
#ifndef GILLY_FRONT_PARSER_INTERNAL_H
#define GILLY_FRONT_PARSER_INTERNAL_H

#include "interp/front/parser.h"

typedef struct Parser {
    const ParseInput *input;
    ThreadState *ts;
    Arena *arena;
    Lexer lexer;
    const Token *t;      /* next token */
    bool exception;      /* an exception is pending: do not try another way */
    bool explaining;     /* the second reading, by explain.c: no warnings */
    int depth;           /* of recursion, see parser_enter */
    struct IdentTable *idents; /* spelling -> interned str */
} Parser;

enum { MAX_RECURSION = 3000 };

/* ---- parser.c ---- */
bool parser_enter(Parser *p); /* false with an exception: too deep. Pair with parser_leave */
static inline void parser_leave(Parser *p) { p->depth--; }
Node *parser_start(Parser *p, NodeKind kind, const Token *first);       /* positioned at first */
Node *parser_end(Parser *p, Node *n);   /* ends with the last token taken; NULL stays NULL */
Node *parser_end_block(Parser *p, Node *n); /* the same for a compound statement (parser_stmt.c) */
Value parser_identifier(Parser *p, const Token *t); /* interned, borrowed; NULL with exception */
Value parser_intern(Parser *p, const char *text, size_t n);
int parser_add(Parser *p, PointerList *list, void *item); /* -1 with exception; a NULL item is a failure too */
static inline NodeList to_nodes(const PointerList *list) { return (NodeList){(Node **)list->items, list->count}; }
static inline bool at(const Parser *p, TokenKind kind) { return p->t->kind == kind; }
static inline bool take(Parser *p, TokenKind kind) { return at(p, kind) ? (p->t++, true) : false; }
bool at_word(const Parser *p, const Token *t, const char *word); /* a NAME spelled so: soft keywords */
void *parser_fail(Parser *p); /* notes that an exception is pending; NULL */
/* Raises SyntaxError at token t, as CPython's RAISE_SYNTAX_ERROR_KNOWN_LOCATION.  NULL. */
void *parser_error(Parser *p, const Token *t, const char *format, ...);
/* A ValueError, UnicodeDecodeError or UnicodeEncodeError about a literal becomes a SyntaxError at t. */
void *parser_value_error(Parser *p, const Token *t);

/* ---- parser_expr.c ---- */
Node *parse_expression(Parser *p);
Node *parse_named_expression(Parser *p);
Node *parse_expressions(Parser *p);       /* a, b */
Node *parse_star_expressions(Parser *p);  /* a, *b */
Node *parse_star_expression(Parser *p);   /* one of them */
Node *parse_star_named_expression(Parser *p);
Node *parse_yield_or_star_expressions(Parser *p);
Node *parse_bitwise_or(Parser *p);
Node *parse_target_list(Parser *p);       /* for's targets: stored */
Node *parse_star_target(Parser *p);       /* with's target */
Node *parse_parameters(Parser *p, TokenKind end, bool annotated); /* Arguments */
bool parse_call_arguments(Parser *p, NodeList *args, NodeList *keywords); /* up to and with ")" */
bool set_context(Parser *p, Node *n, ExprContext ctx); /* false: not a target */
Node *parse_number(Parser *p);

/* ---- parser_stmt.c ---- */
bool parse_statements(Parser *p, PointerList *out, TokenKind end);
bool parse_statement(Parser *p, PointerList *out);
bool parse_simple_statements(Parser *p, PointerList *out);
bool parse_block(Parser *p, NodeList *out);

/* ---- parser_pattern.c ---- */
Node *parse_match(Parser *p);

/* ---- fstring.c ---- */
Node *parse_strings(Parser *p); /* one or more adjacent STRING tokens */

/* ---- strings.c ---- */

/* Decodes the inside of a literal of token t, escapes unless raw.  `next` is the token after the literal, where CPython
 * puts such errors.  NULL with an exception. */
OWNED Value string_decode(Parser *p, const Token *t, const Token *next, const char *text, size_t n, bool raw);
OWNED Value string_decode_bytes(Parser *p, const Token *t, const Token *next, const char *text, size_t n, bool raw);
int string_warn_escape(Parser *p, const Token *t, const char *escape); /* invalid escape sequence; -1 with exception */

#endif
