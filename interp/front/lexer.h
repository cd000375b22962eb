/* lexer.h - source text to tokens.
 *
 * The whole text is lexed at once into an array of 16-byte tokens: the parser can look anywhere in it and
 * go back for free.  A lexical error ends the array with one ERROR token; it is only raised when the parser
 * gets there, because a syntax error before it comes first. */
#ifndef GILLY_FRONT_LEXER_H
#define GILLY_FRONT_LEXER_H

#include <stdint.h>
#include <stdio.h>

#include "interp/front/arena.h"

typedef enum {
#define TOKEN(name, shown) T_##name,
#define OPERATOR(name, spelling) T_##name,
#define KEYWORD(name, spelling) T_##name,
#include "interp/front/token_kinds.def"
    TOKEN_KIND_COUNT
} TokenKind;

enum { MAX_PAREN_DEPTH = 200, MAX_INDENT_DEPTH = 100, TAB_SIZE = 8 };

typedef struct {
    uint32_t start, end; /* byte offsets in Lexer.text */
    uint32_t line;       /* of start, counted from 1 */
    uint8_t kind;        /* TokenKind */
    uint8_t depth;       /* brackets open after it */
    uint8_t is_multiline; /* a string over several lines */
    uint8_t is_ascii;
} Token;

/* How the text ends. LEX_FILE: with a newline.  LEX_EVAL: as it is.  LEX_SINGLE: a statement of the prompt, closed by a NEWLINE
 * of its own even when the text has none, and another one after the blocks that are still open. */
typedef enum { LEX_FILE, LEX_EVAL, LEX_SINGLE } LexMode;

typedef enum { LEX_OK, LEX_SYNTAX, LEX_INDENTATION, LEX_TAB, LEX_EOF } LexErrorKind;

/* Why the lexer stopped.  Offsets as SyntaxError reports them (characters, from 1; 0 and -1 are CPython's "none"). */
typedef struct {
    LexErrorKind kind; /* LEX_EOF: the text ended too early */
    int line, offset, end_offset;
    bool text_has_newline; /* CPython shows the line with its newline for some errors, without for others */
    bool comes_first;      /* is reported even when the parser has found an earlier mistake */
    bool counts_from_text; /* offset counts from the beginning of the text that is shown, not of the line */
    uint32_t at;           /* byte offset of the place in Lexer.text */
    bool at_eof;           /* more text could mend it: the prompt asks for another line */
    char message[192];
} LexError;

/* 0; 1 when a filter makes the warning a syntax error: the lexer reports it. */
typedef int (*LexWarn)(void *context, const char *message, int line);

typedef struct {
    Arena *arena;
    const char *text; /* ends with NUL */
    uint32_t length;
    Token *tokens; /* mem_alloc'ed */
    uint32_t count, capacity;
    uint32_t *line_starts; /* mem_alloc'ed; [line] is the offset where that line begins, [0] unused */
    uint32_t line_count, line_capacity;
    LexError error;
    LexWarn warn;
    void *warn_context;
    /* open brackets */
    struct { char opener; uint32_t line, column; } parens[MAX_PAREN_DEPTH];
    int depth;
} Lexer;

/* Lexes text[0..length), which must be followed by a NUL.  Returns 0, or -1 with an exception (MemoryError) pending;
 * a lexical error is no failure here, see above.  `text` must outlive the Lexer. */
int lexer_run(Lexer *lx, Arena *arena, const char *text, size_t length, LexMode mode, LexWarn warn, void *warn_context);
void lexer_free(Lexer *lx);

/* Byte column of an offset known to lie on `line`. */
static inline int lexer_column(const Lexer *lx, uint32_t line, uint32_t offset)
{
    return (int)(offset - lx->line_starts[line]);
}

/* Where a token ends; differs from its first line for multi-line strings only. */
void lexer_token_end(const Lexer *lx, const Token *t, int *line, int *column);

/* The text of a line with its newline; *n gets its length in bytes. */
const char *lexer_line_text(const Lexer *lx, int line, size_t *n);

/* Characters in n bytes of UTF-8. */
int utf8_length(const char *p, size_t n);

const char *token_kind_name(TokenKind kind); /* "LPAR" */
const char *token_spelling(TokenKind kind);  /* "(" */
void lexer_dump(const Lexer *lx, FILE *out);

#endif
