/* parser.c - the parser's core: tokens taken, nodes placed, names interned; the entry.
 * A hand-written recursive descent over an array of tokens, so that looking ahead and going back cost nothing.
 * Keeps: C recursion is bounded by parser_enter; a text that fits is read once; one that does not goes to explain.c.
 * Next: parser_stmt.c, parser_expr.c, parser_pattern.c, fstring.c.
 * Sources: the reference's "Full Grammar specification" (PEP 617). */
#include "interp/front/parser_internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "interp/front/errors.h"
#include "interp/front/explain.h"
#include "interp/front/identifiers.h"

bool parser_enter(Parser *p)
{
    if (!front_enter(p->ts, &p->depth, MAX_RECURSION, " during compilation"))
        p->exception = true;
    return !p->exception;
}

void *parser_fail(Parser *p)
{
    p->exception = true;
    return NULL;
}

/* ---- places ---- */

static void place(const Parser *p, uint32_t line, int column, int *out_line, int *out_column)
{
    *out_line = (int)line + p->input->first_line - 1;
    *out_column = line == 1 ? column + p->input->first_col : column;
}

Node *parser_start(Parser *p, NodeKind kind, const Token *first)
{
    Node *n = node_new(p->arena, kind);
    if (!n)
        return parser_fail(p);
    place(p, first->line, lexer_column(&p->lexer, first->line, first->start), &n->line, &n->col);
    return n;
}

Node *parser_end(Parser *p, Node *n)
{
    if (!n)
        return NULL;
    int line, column;
    lexer_token_end(&p->lexer, p->t - 1, &line, &column);
    place(p, (uint32_t)line, column, &n->end_line, &n->end_col);
    return n;
}

int parser_add(Parser *p, PointerList *list, void *item)
{
    if (!item)
        return -1;
    if (pointer_list_add(p->arena, list, item) < 0) {
        p->exception = true;
        return -1;
    }
    return 0;
}

/* ---- errors the parser finds itself: those inside literals ---- */

void *parser_error(Parser *p, const Token *t, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    explain_at_token(p, t, message);
    return parser_fail(p);
}

void *parser_value_error(Parser *p, const Token *t)
{
    ThreadState *ts = p->ts;
    bool unicode = err_matches(ts, EXC(UnicodeError));
    if (!unicode && !err_matches(ts, EXC(ValueError)))
        return parser_fail(p);
    Value exception = err_fetch(ts), text = str_of(ts, exception), holder = NULL;
    ssize_t n = 0;
    const char *utf8 = text ? str_utf8(ts, text, &n, &holder) : NULL;
    if (utf8 && t->kind == T_NUMBER)
        parser_error(p, t, "%s - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", utf8);
    else if (utf8)
        parser_error(p, t, "(%s) %s", unicode ? "unicode error" : "value error", utf8);
    if (holder)
        decref(ts, holder);
    if (text)
        decref(ts, text);
    decref(ts, exception);
    return parser_fail(p);
}

/* ---- names ---- */

typedef struct {
    const char *text;
    uint32_t length, hash;
    Value value;
} Ident;

/* Open addressing, grown at half full; one per compilation, so that most names are looked up without the runtime. */
struct IdentTable {
    Ident *slots;
    uint32_t used, mask;
};

static int grow_idents(Parser *p, struct IdentTable *table)
{
    uint32_t size = table->slots ? (table->mask + 1) * 2 : 256;
    Ident *slots = arena_alloc(p->arena, size * sizeof *slots);
    if (!slots)
        return -1;
    for (uint32_t i = 0; table->slots && i <= table->mask; i++) {
        if (!table->slots[i].value)
            continue;
        uint32_t at = table->slots[i].hash & (size - 1);
        while (slots[at].value)
            at = (at + 1) & (size - 1);
        slots[at] = table->slots[i];
    }
    table->slots = slots;
    table->mask = size - 1;
    return 0;
}

Value parser_intern(Parser *p, const char *text, size_t n)
{
    struct IdentTable *table = p->idents;
    if ((!table->slots || table->used * 2 > table->mask) && grow_idents(p, table) < 0)
        return parser_fail(p);
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    uint32_t at = hash & table->mask;
    for (; table->slots[at].value; at = (at + 1) & table->mask)
        if (table->slots[at].hash == hash && table->slots[at].length == n && !memcmp(table->slots[at].text, text, n))
            return table->slots[at].value;
    Value s = str_from_utf8(p->ts, text, (ssize_t)n);
    s = s ? str_intern(p->ts, s) : NULL;
    if (!(s = arena_keep(p->arena, s)))
        return parser_fail(p);
    table->slots[at] = (Ident){text, (uint32_t)n, hash, s};
    table->used++;
    return s;
}

Value parser_identifier(Parser *p, const Token *t)
{
    const char *text = p->lexer.text + t->start;
    size_t n = t->end - t->start;
    if (t->is_ascii)
        return parser_intern(p, text, n);
    char *normal = identifier_normalize(text, n);
    char *copy = normal ? arena_copy(p->arena, normal, strlen(normal)) : NULL;
    free(normal);
    if (!copy) {
        if (!err_occurred(p->ts))
            err_no_memory(p->ts);
        return parser_fail(p);
    }
    return parser_intern(p, copy, strlen(copy));
}

bool at_word(const Parser *p, const Token *t, const char *word)
{
    size_t n = strlen(word);
    return t->kind == T_NAME && t->end - t->start == n && !memcmp(p->lexer.text + t->start, word, n);
}

/* ---- entry ---- */

static Node *parse_module(Parser *p)
{
    PointerList body = {0};
    Node *n = parser_start(p, N_Module, p->t);
    if (!n || !parse_statements(p, &body, T_ENDMARKER))
        return NULL;
    n->Module.body = to_nodes(&body);
    return n;
}

static Node *parse_eval(Parser *p)
{
    Node *n = parser_start(p, N_Expression, p->t);
    if (!n || !(n->Expression.body = parse_expressions(p)))
        return NULL;
    while (take(p, T_NEWLINE))
        ;
    return take(p, T_ENDMARKER) ? n : NULL;
}

static bool is_compound(const Node *n)
{
    return n->kind == N_FunctionDef || n->kind == N_ClassDef || (n->kind >= N_For && n->kind <= N_Match) || n->kind == N_Try;
}

/* At the prompt a compound statement goes on until an empty line. */
static bool ends_with_empty_line(const Parser *p)
{
    const char *text = p->input->text, *end = text + p->input->length;
    int newlines = 0;
    for (; end > text && (end[-1] == '\n' || end[-1] == ' ' || end[-1] == '\t'); end--)
        newlines += end[-1] == '\n';
    return newlines > 1;
}

/* Whether anything but blanks and comments follows the last token taken. */
static bool has_more(const Parser *p)
{
    for (const char *s = p->lexer.text + p->t[-1].end; *s; s++) {
        if (*s == '#')
            while (s[1] && s[1] != '\n')
                s++;
        else if (*s != ' ' && *s != '\t' && *s != '\n' && *s != '\f')
            return true;
    }
    return false;
}

/* What is typed at the prompt: simple statements on a line, or one compound statement. */
static Node *parse_interactive(Parser *p)
{
    PointerList body = {0};
    const ParseInput *input = p->input;
    Node *n = parser_start(p, N_Interactive, p->t);
    if (!n)
        return NULL;
    if (input->allow_incomplete && at(p, T_ENDMARKER)) { /* an empty line, a comment */
        if (parser_add(p, &body, parser_start(p, N_Pass, p->t)) < 0)
            return NULL;
    } else if (!parse_statement(p, &body)) {
        return NULL;
    } else if (is_compound(body.items[0])) {
        if (!take(p, T_NEWLINE))
            return NULL;
        if (input->allow_incomplete && input->incomplete && !ends_with_empty_line(p)) {
            *input->incomplete = true;
            return parser_fail(p);
        }
    } else if (has_more(p)) {
        p->explaining = true; /* what follows is not looked at */
        return parser_error(p, p->t - 1, "multiple statements found while compiling a single statement");
    }
    n->Interactive.body = to_nodes(&body);
    return n;
}

static Node *parse_text(Parser *p)
{
    switch (p->input->mode) {
    case PARSE_FILE: return parse_module(p);
    case PARSE_EVAL: return parse_eval(p);
    case PARSE_SINGLE: return parse_interactive(p);
    case PARSE_FSTRING: return parse_star_expressions(p);
    }
    return NULL;
}

static int warn_literal(void *context, const char *message, int line)
{
    Parser *p = context;
    ThreadState *ts = p->ts;
    if (front_warn(ts, EXC(SyntaxWarning), message, p->input->filename, line + p->input->first_line - 1) == 0)
        return 0;
    if (err_matches(ts, EXC(SyntaxWarning))) {
        err_clear(ts);
        return 1;
    }
    p->exception = true;
    return 0;
}

Node *parse(const ParseInput *input)
{
    ThreadState *ts = input->arena->ts;
    struct IdentTable idents = {0};
    Parser p = {.input = input, .ts = ts, .arena = input->arena, .idents = &idents};
    Node *tree = NULL;
    LexMode mode = input->mode == PARSE_EVAL ? LEX_EVAL : input->mode == PARSE_SINGLE ? LEX_SINGLE : LEX_FILE;
    if (lexer_run(&p.lexer, input->arena, input->text, input->length, mode, warn_literal, &p) == 0 && !p.exception) {
        p.t = p.lexer.tokens;
        tree = parse_text(&p);
        if (!tree && p.exception && err_occurred(ts))
            explain_literal(&p);
        else if (!tree && p.exception)
            ; /* the prompt wants another line */
        else if (!tree)
            explain(&p);
    }
    lexer_free(&p.lexer);
    return tree;
}
