/* explain.c - why a text is no program. */
#include "interp/front/explain.h"

#include <string.h>

#include "interp/front/errors.h"

static void raise_lex_error(Parser *p)
{
    ThreadState *ts = p->ts;
    const LexError *e = &p->lexer.error;
    if (e->kind == LEX_EOF) {
        int last = p->lexer.depth - 1;
        char message[32];
        snprintf(message, sizeof message, "'%c' was never closed", p->lexer.parens[last].opener);
        ErrorPlace at = {.filename = p->input->filename, .line = (int)p->lexer.parens[last].line, .end_line = (int)p->lexer.parens[last].line,
                         .offset = (int)p->lexer.parens[last].column + 1};
        at.text = lexer_line_text(&p->lexer, at.line, &at.text_length);
        front_syntax_error(ts, EXC(SyntaxError), message, &at);
        return;
    }
    Value type = e->kind == LEX_INDENTATION ? EXC(IndentationError) : e->kind == LEX_TAB ? EXC(TabError) : EXC(SyntaxError);
    ErrorPlace at = {.filename = p->input->filename, .line = e->line, .end_line = e->line, .offset = e->offset, .end_offset = e->end_offset};
    at.text = lexer_line_text(&p->lexer, e->line, &at.text_length);
    front_syntax_error(ts, type, e->message, &at);
}

void explain_at_token(Parser *p, const Token *t, const char *message)
{
    ThreadState *ts = p->ts;
    int end_line, end_col;
    lexer_token_end(&p->lexer, t, &end_line, &end_col);
    ErrorPlace at = {.filename = p->input->filename, .line = (int)t->line, .end_line = end_line, .end_offset = end_col + 1,
                     .offset = lexer_column(&p->lexer, t->line, t->start) + 1};
    at.text = lexer_line_text(&p->lexer, at.line, &at.text_length);
    front_syntax_error(ts, EXC(SyntaxError), message, &at);
}

void explain(Parser *p)
{
    bool at_eof = at(p, T_ENDMARKER) || (at(p, T_ERROR) && p->lexer.error.at_eof);
    if (p->input->allow_incomplete && at_eof && p->input->incomplete) {
        *p->input->incomplete = true;
        return;
    }
    if (at(p, T_ERROR))
        raise_lex_error(p);
    else
        explain_at_token(p, p->t, "invalid syntax");
}
