/* explain.c - why a text is no program: finds the SyntaxError that CPython 3.11 raises, with its words and its place.
 *
 * parser.c reads correct programs quickly and says nothing about others. A text it gives up on is read here once more by
 * a small interpreter for the grammar in explain_grammar.def, twice as in CPython:
 *   first pass   without the invalid_ alternatives: how far do the tokens make sense?
 *   second pass  with them: the first mistake that a rule recognises is raised
 * When none does, it is "invalid syntax" at the last token the first pass looked at. A lexical error further on in the text
 * is reported instead of a syntax error, as CPython does.
 * Keeps: `fill` counts the tokens looked at so far; the C stack is bounded by front_enter.
 * Next: explain_grammar.def, explain_match.c, explain_mistakes.c.   Sources: PEP 617; B. Ford, "Packrat Parsing" (2002); CPython 3.11 Parser/pegen_errors.c. */
#include "interp/front/explain.h"

#include <stdarg.h>
#include <string.h>

#include "interp/front/errors.h"
#include "interp/front/explain_internal.h"

void *explain_make(Explainer *e, size_t size)
{
    void *p = arena_alloc(e->arena, size);
    if (!p)
        e->stopped = true;
    return p;
}

/* ---- raising ---- */

/* Has no place of its own in CPython: layout tokens, the end, and a NEWLINE that was put in at the end. */
static bool is_placeless(const Parser *p, const Token *t)
{
    return t->kind == T_INDENT || t->kind == T_DEDENT || t->kind == T_ENDMARKER
           || (t->kind == T_NEWLINE && t->start == p->lexer.length);
}

/* Where a placeless token is met: the end of the text counts to the last line that has characters. */
static int placeless_column(const Parser *p, const Token *t, int *line)
{
    const Lexer *lx = &p->lexer;
    *line = lx->length ? (int)t->line : 0; /* CPython has read no line of an empty text */
    if (t->start == lx->length && lx->line_starts[t->line] == lx->length && t->line > 1)
        --*line;
    return lexer_column(lx, (uint32_t)*line, t->start);
}

/* The line the lexer stands on after the last token looked at; earlier lines are shown without their newline. */
static int lexer_line(const Explainer *e)
{
    const Token *last = explain_token(e, e->fill - 1);
    int line, col;
    if (is_placeless(e->p, last))
        placeless_column(e->p, last, &line);
    else
        lexer_token_end(&e->p->lexer, last, &line, &col);
    return line;
}

/* A line that ends with a backslash behind a token (and not in a comment: then a NEWLINE token stands on it). */
static bool is_joined(const Lexer *lx, int line)
{
    const Token *last = NULL;
    uint32_t end = lx->line_starts[line + 1];
    if (end < 2 || lx->text[end - 2] != '\\')
        return false;
    for (uint32_t i = 0; i < lx->count && (int)lx->tokens[i].line <= line; i++) {
        int end_line = (int)lx->tokens[i].line, col;
        if (lx->tokens[i].is_multiline)
            lexer_token_end(lx, &lx->tokens[i], &end_line, &col);
        if (end_line == line)
            last = &lx->tokens[i];
    }
    return last && last->kind != T_NEWLINE && last->kind != T_INDENT && last->kind != T_DEDENT && last->kind != T_ENDMARKER;
}

/* CPython shows what its tokenizer holds of the text: from the line on where a string over several lines, or lines joined
 * by backslashes, began. */
static int shown_from(const Parser *p, int line)
{
    const Lexer *lx = &p->lexer;
    for (int before = 0; before != line;) {
        before = line;
        for (uint32_t i = 0; i < lx->count && (int)lx->tokens[i].line < line; i++) {
            int end_line, col;
            if (!lx->tokens[i].is_multiline)
                continue;
            lexer_token_end(lx, &lx->tokens[i], &end_line, &col);
            if (end_line >= line)
                line = (int)lx->tokens[i].line;
        }
        while (line > 1 && is_joined(lx, line - 1))
            line--;
    }
    return line;
}

/* The text from line `first` to the end of line `last`. */
static const char *lines_text(const Parser *p, int first, int last, size_t *n)
{
    const char *end = lexer_line_text(&p->lexer, last, n) + *n;
    const char *text = lexer_line_text(&p->lexer, first, n);
    *n = (size_t)(end - text);
    return text;
}

/* A column (bytes, from 0) as SyntaxError counts (characters, from 1), in the text that is shown. */
static int character_offset(const ErrorPlace *place, int col)
{
    if (col < 0)
        return col + 1;
    size_t bytes = (size_t)col + 1;
    if (bytes > place->text_length)
        return utf8_length(place->text, place->text_length) + 1;
    return utf8_length(place->text, bytes);
}

static void raise_between(Parser *p, Value type, const char *message, int line, int col, int end_line, int end_col, int shown_line)
{
    ThreadState *ts = p->ts;
    ErrorPlace place = {.filename = p->input->filename, .line = line, .end_line = end_line};
    char prefixed[600];
    place.text = lines_text(p, line >= shown_line ? shown_from(p, line) : line, line, &place.text_length);
    if (line < shown_line && place.text_length && place.text[place.text_length - 1] == '\n')
        place.text_length--;
    place.offset = character_offset(&place, col);
    place.end_offset = character_offset(&place, end_col);
    if (p->input->mode == PARSE_FSTRING) {
        snprintf(prefixed, sizeof prefixed, "f-string: %s", message);
        message = prefixed;
        place.line += p->input->first_line - 1;
        place.end_line += p->input->first_line - 1;
    }
    front_syntax_error(ts, type, message, &place);
}

/* At the end of a token; -1 as end: none. */
void explain_raise_at(Explainer *e, const Token *from, const Token *to, const char *format, ...)
{
    ThreadState *ts = e->ts;
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    int end_line, end_col, line = (int)from->line;
    lexer_token_end(&e->p->lexer, to, &end_line, &end_col);
    int col = lexer_column(&e->p->lexer, from->line, from->start);
    if (is_placeless(e->p, from))
        placeless_column(e->p, from, &line), col = -1;
    if (is_placeless(e->p, to))
        placeless_column(e->p, to, &end_line), end_col = -1;
    raise_between(e->p, EXC(SyntaxError), message, line, col, end_line, end_col, lexer_line(e));
    e->stopped = true;
}

void explain_raise_last(Explainer *e, Value type, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const Token *t = explain_token(e, e->fill - 1);
    int line = (int)t->line, end_line, end_col, col = lexer_column(&e->p->lexer, t->line, t->start);
    lexer_token_end(&e->p->lexer, t, &end_line, &end_col);
    if (is_placeless(e->p, t)) {
        col = placeless_column(e->p, t, &line) - 1;
        end_line = line;
        end_col = -2;
    }
    raise_between(e->p, type, message, line, col, end_line, end_col, lexer_line(e));
    e->stopped = true;
}

/* From a token to where the lexer stands. */
void explain_raise_from(Explainer *e, const Token *from, const char *message)
{
    ThreadState *ts = e->ts;
    int end_line, end_col;
    lexer_token_end(&e->p->lexer, explain_token(e, e->fill - 1), &end_line, &end_col);
    raise_between(e->p, EXC(SyntaxError), message, (int)from->line, lexer_column(&e->p->lexer, from->line, from->start), end_line,
                  end_col - 1, lexer_line(e));
    e->stopped = true;
}

void explain_raise_after_key(Explainer *e, const Token *first, const Token *last)
{
    ThreadState *ts = e->ts;
    int line, col;
    lexer_token_end(&e->p->lexer, last, &line, &col);
    raise_between(e->p, EXC(SyntaxError), "':' expected after dictionary key", (int)first->line, col - 1, line, -1, lexer_line(e));
    e->stopped = true;
}

/* ---- lexical errors ---- */

static void raise_never_closed(Parser *p)
{
    ThreadState *ts = p->ts;
    const Lexer *lx = &p->lexer;
    char message[32];
    int last = lx->depth - 1, line = (int)lx->parens[last].line, end_line = (int)lx->line_count;
    if (lx->line_starts[end_line] == lx->length && end_line > 1)
        end_line--;
    snprintf(message, sizeof message, "'%c' was never closed", lx->parens[last].opener);
    raise_between(p, EXC(SyntaxError), message, line, (int)lx->parens[last].column, line, -1, end_line);
}

static void raise_lexical(Parser *p)
{
    ThreadState *ts = p->ts;
    const LexError *error = &p->lexer.error;
    if (error->kind == LEX_EOF) {
        raise_never_closed(p);
        return;
    }
    Value type = error->kind == LEX_INDENTATION ? EXC(IndentationError) : error->kind == LEX_TAB ? EXC(TabError) : EXC(SyntaxError);
    ErrorPlace place = {.filename = p->input->filename, .line = error->line, .end_line = error->line, .offset = error->offset,
                        .end_offset = error->end_offset};
    place.text = lines_text(p, error->text_has_newline ? shown_from(p, error->line) : error->line, error->line, &place.text_length);
    if (error->counts_from_text)
        place.offset = utf8_length(place.text, (size_t)(p->lexer.text + error->at - place.text));
    if (!error->text_has_newline && place.text_length && place.text[place.text_length - 1] == '\n')
        place.text_length--;
    place.line += p->input->first_line - 1;
    place.end_line += p->input->first_line - 1;
    front_syntax_error(ts, type, error->message, &place);
}

/* A lexical error in the rest of the text is the more helpful one. An unclosed bracket is, when it began on an earlier line. */
static void prefer_lexical(Parser *p, int error_line)
{
    ThreadState *ts = p->ts;
    const Lexer *lx = &p->lexer;
    if (lx->tokens[lx->count - 1].kind != T_ERROR)
        return;
    if (!lx->error.comes_first && (lx->depth == 0 || error_line <= (int)lx->parens[lx->depth - 1].line))
        return;
    Value earlier = err_fetch(ts);
    if (earlier)
        decref(ts, earlier);
    if (lx->error.comes_first)
        raise_lexical(p);
    else
        raise_never_closed(p);
}

/* ---- the two passes ---- */

static int start_rule(const Parser *p)
{
    switch (p->input->mode) {
    case PARSE_FILE: return R_file;
    case PARSE_EVAL: return R_eval;
    case PARSE_SINGLE: return R_interactive;
    case PARSE_FSTRING: return R_fstring;
    }
    return R_file;
}

static int last_line_looked_at(const Explainer *e)
{
    return (int)explain_token(e, e->fill - 1)->line;
}

static void raise_generic(Explainer *e, int last)
{
    ThreadState *ts = e->ts;
    const Token *t = explain_token(e, last);
    if (t->kind == T_INDENT || t->kind == T_DEDENT) {
        e->fill = last + 1;
        explain_raise_last(e, EXC(IndentationError), t->kind == T_INDENT ? "unexpected indent" : "unexpected unindent");
        return;
    }
    explain_raise_at(e, t, t, "invalid syntax");
    prefer_lexical(e->p, last_line_looked_at(e));
}

static void run_passes(Explainer *e)
{
    if (!explain_begin_pass(e, false))
        return;
    explain_match(e, start_rule(e->p));
    if (e->lexical) {
        raise_lexical(e->p);
        return;
    }
    if (err_occurred(e->ts)) { /* found by the first pass: a forced token, a bad complex literal */
        prefer_lexical(e->p, last_line_looked_at(e));
        return;
    }
    int last = e->fill - 1;
    if (!explain_begin_pass(e, true))
        return;
    explain_match(e, start_rule(e->p));
    if (e->lexical && !err_occurred(e->ts))
        raise_lexical(e->p);
    else if (err_occurred(e->ts))
        prefer_lexical(e->p, last_line_looked_at(e));
    else
        raise_generic(e, last);
}

void explain(Parser *p)
{
    ThreadState *ts = p->ts;
    const ParseInput *input = p->input;
    bool at_end = at(p, T_ENDMARKER) || (at(p, T_ERROR) && p->lexer.error.at_eof)
                  || ((at(p, T_NEWLINE) || at(p, T_DEDENT)) && p->t->start == p->lexer.length);
    if (input->allow_incomplete && at_end && input->incomplete) {
        *input->incomplete = true;
        return;
    }
    Explainer e = {.p = p, .ts = ts, .arena = p->arena, .fill = 0};
    const Token *gave_up = p->t;
    p->explaining = true;
    run_passes(&e);
    p->t = gave_up;
    if (!err_occurred(ts)) /* both parsers must agree; should they not, say at least where */
        explain_at_token(p, p->t, "invalid syntax");
}

void explain_literal(Parser *p)
{
    ThreadState *ts = p->ts;
    if (!at(p, T_ERROR) && !p->explaining && err_matches(ts, EXC(SyntaxError)))
        prefer_lexical(p, (int)p->t->line);
}

void explain_at_token(Parser *p, const Token *t, const char *message)
{
    ThreadState *ts = p->ts;
    int line = (int)t->line, end_line, end_col, col = lexer_column(&p->lexer, t->line, t->start);
    lexer_token_end(&p->lexer, t, &end_line, &end_col);
    int shown_line = end_line;
    if (is_placeless(p, t)) {
        col = placeless_column(p, t, &line) - 1;
        end_line = line;
        end_col = -2;
    }
    if (t->kind == T_ERROR) { /* the token after it could not be read: that is what CPython reports */
        raise_lexical(p);
        return;
    }
    bool prefixed = !strncmp(message, "f-string: ", 10) && p->input->mode == PARSE_FSTRING;
    raise_between(p, EXC(SyntaxError), prefixed ? message + 10 : message, line, col, end_line, end_col, shown_line);
}
