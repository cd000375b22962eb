/* lexer.c - source text to tokens: words, numbers, strings, operators, and the layout (NEWLINE, INDENT, DEDENT).
 * Keeps: the token array always ends with ENDMARKER or ERROR; offsets never point past the text's NUL.
 * Locks: none.
 * Next: parser.c (who reads the tokens), explain.c (who turns an ERROR token into an exception).
 * Sources: the reference's "Lexical analysis"; CPython Parser/tokenizer.c for the wording and places of errors. */
#include "interp/front/lexer.h"

#include <stdarg.h>
#include <string.h>

#include "interp/front/identifiers.h"

/* ---- tables ---- */

static const char *const kind_names[] = {
#define TOKEN(name, shown) #name,
#define OPERATOR(name, spelling) #name,
#define KEYWORD(name, spelling) #name,
#include "interp/front/token_kinds.def"
};
static const char *const spellings[] = {
#define TOKEN(name, shown) shown,
#define OPERATOR(name, spelling) spelling,
#define KEYWORD(name, spelling) spelling,
#include "interp/front/token_kinds.def"
};

const char *token_kind_name(TokenKind kind) { return kind_names[kind]; }
const char *token_spelling(TokenKind kind) { return spellings[kind]; }

enum { NAME_START = 1, NAME_PART = 2, DIGIT = 4, HEX_DIGIT = 8, SPACE = 16 };

/* What an ASCII byte may be; bytes of longer characters may be part of names. */
static int char_class(unsigned char c)
{
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        return NAME_START | NAME_PART | HEX_DIGIT;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80)
        return NAME_START | NAME_PART;
    if (c >= '0' && c <= '9')
        return NAME_PART | DIGIT | HEX_DIGIT;
    return c == ' ' || c == '\t' || c == '\f' ? SPACE : 0;
}

static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool is_name_part(char c) { return char_class((unsigned char)c) & NAME_PART; }

static TokenKind keyword_kind(const char *p, size_t n)
{
    if (n < 2 || n > 8)
        return T_NAME;
    for (TokenKind k = T_FALSE; k < TOKEN_KIND_COUNT; k++)
        if (spellings[k][0] == p[0] && strlen(spellings[k]) == n && !memcmp(spellings[k], p, n))
            return k;
    return T_NAME;
}

int utf8_length(const char *p, size_t n)
{
    int count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)p[i] & 0xC0) != 0x80;
    return count;
}

/* ---- lines ---- */

static int add_line(Lexer *lx, uint32_t start)
{
    if (lx->line_count + 1 >= lx->line_capacity) {
        uint32_t capacity = lx->line_capacity ? lx->line_capacity * 2 : 256;
        uint32_t *grown = mem_realloc(lx->arena->ts, lx->line_starts, capacity * sizeof *grown);
        if (!grown)
            return -1;
        lx->line_starts = grown;
        lx->line_capacity = capacity;
    }
    lx->line_starts[++lx->line_count] = start;
    return 0;
}

const char *lexer_line_text(const Lexer *lx, int line, size_t *n)
{
    if (line < 1 || (uint32_t)line > lx->line_count) {
        *n = 0;
        return "";
    }
    const char *p = lx->text + lx->line_starts[line];
    const char *newline = memchr(p, '\n', lx->length - lx->line_starts[line]);
    *n = newline ? (size_t)(newline - p) + 1 : lx->length - lx->line_starts[line];
    return p;
}

void lexer_token_end(const Lexer *lx, const Token *t, int *line, int *column)
{
    uint32_t l = t->line;
    if (t->is_multiline)
        for (const char *p = lx->text + t->start; (p = memchr(p, '\n', (size_t)(lx->text + t->end - p))); p++)
            l++;
    *line = (int)l;
    *column = lexer_column(lx, l, t->end);
}

/* ---- the state of one run ---- */

typedef struct {
    Lexer *lx;
    const char *p;          /* next byte */
    const char *end;        /* the NUL */
    const char *line_start; /* of the current line */
    const char *start;      /* of the current token */
    const char *comment;    /* the comment that ends this line, or NULL: NEWLINE begins there */
    int indents[MAX_INDENT_DEPTH], alternate_indents[MAX_INDENT_DEPTH]; /* columns with tabs of 8 and of 1 */
    int indent_depth;
} Run;

static int emit(Run *r, TokenKind kind, const char *start, const char *end)
{
    Lexer *lx = r->lx;
    if (lx->count == lx->capacity) {
        uint32_t capacity = lx->capacity ? lx->capacity * 2 : lx->length / 6 + 64;
        Token *grown = mem_realloc(lx->arena->ts, lx->tokens, (size_t)capacity * sizeof *grown);
        if (!grown)
            return -1;
        lx->tokens = grown;
        lx->capacity = capacity;
    }
    lx->tokens[lx->count++] = (Token){
        .start = (uint32_t)(start - lx->text), .end = (uint32_t)(end - lx->text),
        .line = lx->line_count, .kind = (uint8_t)kind, .depth = (uint8_t)lx->depth, .is_ascii = 1};
    return 0;
}

/* Ends the tokens with ERROR.  `at` is CPython's tok->cur: the error's offset is the number of characters before it. */
static int fail_at(Run *r, LexErrorKind kind, const char *at, const char *format, ...)
{
    LexError *e = &r->lx->error;
    va_list args;
    va_start(args, format);
    vsnprintf(e->message, sizeof e->message, format, args);
    va_end(args);
    e->kind = kind;
    e->comes_first = kind == LEX_SYNTAX;
    e->at = (uint32_t)(at - r->lx->text);
    e->line = (int)r->lx->line_count;
    e->offset = e->end_offset = utf8_length(r->line_start, (size_t)(at - r->line_start));
    return emit(r, T_ERROR, r->start ? r->start : r->p, at) < 0 ? -1 : 1;
}
#define FAIL(r, at, ...) fail_at(r, LEX_SYNTAX, at, __VA_ARGS__)

static int next_line(Run *r)
{
    r->line_start = r->p;
    return add_line(r->lx, (uint32_t)(r->p - r->lx->text));
}

/* ---- numbers ---- */

/* Digits with single underscores between them; false with the error recorded. */
static bool decimal_tail(Run *r, int *status)
{
    for (;;) {
        while (is_digit(*r->p))
            r->p++;
        if (*r->p != '_')
            return true;
        r->p++;
        if (!is_digit(*r->p)) {
            *status = FAIL(r, r->p, "invalid decimal literal");
            return false;
        }
    }
}

/* "1and", "1if" still lex as two tokens, with a warning; any other letter after a number is an error. */
static int check_number_end(Run *r, const char *kind)
{
    static const char *const words[] = {"and", "else", "for", "or", "not", "if", "in", "is"};
    const char *p = r->p;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (strncmp(p, words[i], n) || (words[i][0] != 'i' && is_name_part(p[n])))
            continue;
        char message[48];
        snprintf(message, sizeof message, "invalid %s literal", kind);
        if (r->lx->warn && r->lx->warn(r->lx->warn_context, message, (int)r->lx->line_count))
            return FAIL(r, p, "%s", message);
        return 0;
    }
    if (is_name_part(*p))
        return FAIL(r, p, "invalid %s literal", kind);
    return 0;
}

static int radix_digits(Run *r, int base, const char *kind)
{
    r->p++; /* x, o or b */
    do {
        if (*r->p == '_')
            r->p++;
        int digit = char_class((unsigned char)*r->p) & HEX_DIGIT ? (is_digit(*r->p) ? *r->p - '0' : 10) : 99;
        if (base == 16 ? digit == 99 : digit >= base) {
            if (base != 16 && is_digit(*r->p))
                return FAIL(r, r->p + 1, "invalid digit '%c' in %s literal", *r->p, kind);
            return FAIL(r, r->p, "invalid %s literal", kind);
        }
        while (base == 16 ? (char_class((unsigned char)*r->p) & HEX_DIGIT) != 0 : *r->p >= '0' && *r->p < '0' + base)
            r->p++;
    } while (*r->p == '_');
    if (base != 16 && is_digit(*r->p))
        return FAIL(r, r->p + 1, "invalid digit '%c' in %s literal", *r->p, kind);
    return check_number_end(r, kind);
}

/* After the integer part: fraction, exponent, j.  0, 1 on a lexical error, -1 on an exception. */
static int number_rest(Run *r)
{
    int status = 0;
    if (*r->p == '.') {
        r->p++;
        if (is_digit(*r->p) && !decimal_tail(r, &status))
            return status;
    }
    if (*r->p == 'e' || *r->p == 'E') {
        const char *e = r->p++;
        if (*r->p == '+' || *r->p == '-') {
            r->p++;
            if (!is_digit(*r->p))
                return FAIL(r, r->p, "invalid decimal literal");
        } else if (!is_digit(*r->p)) {
            r->p = e;
            return check_number_end(r, "decimal");
        }
        if (!decimal_tail(r, &status))
            return status;
    }
    if (*r->p == 'j' || *r->p == 'J') {
        r->p++;
        return check_number_end(r, "imaginary");
    }
    return check_number_end(r, "decimal");
}

static int lex_zero(Run *r)
{
    switch (*r->p) {
    case 'x': case 'X': return radix_digits(r, 16, "hexadecimal");
    case 'o': case 'O': return radix_digits(r, 8, "octal");
    case 'b': case 'B': return radix_digits(r, 2, "binary");
    }
    int status = 0;
    for (;;) {
        if (*r->p == '_') {
            r->p++;
            if (!is_digit(*r->p))
                return FAIL(r, r->p, "invalid decimal literal");
        }
        if (*r->p != '0')
            break;
        r->p++;
    }
    const char *zeros_end = r->p;
    bool nonzero = is_digit(*r->p);
    if (nonzero && !decimal_tail(r, &status))
        return status;
    if (nonzero && !strchr(".eEjJ", *r->p | (*r->p == 0))) {
        status = FAIL(r, r->p, "leading zeros in decimal integer literals are not permitted; "
                               "use an 0o prefix for octal integers");
        r->lx->error.offset = (int)(r->start + 1 - r->line_start);
        r->lx->error.end_offset = (int)(zeros_end + (is_digit(*zeros_end) ? 1 : 0) - r->line_start);
        return status;
    }
    return number_rest(r);
}

static int lex_number(Run *r)
{
    int status = 0;
    if (*r->p == '0') {
        r->p++;
        status = lex_zero(r);
    } else {
        if (*r->p != '.' && !decimal_tail(r, &status))
            return status;
        status = number_rest(r);
    }
    return status ? status : emit(r, T_NUMBER, r->start, r->p);
}

/* ---- strings ---- */

static int unterminated(Run *r, bool triple, int start_line, const char *start_line_begin, bool at_eof)
{
    int detected = (int)r->lx->line_count;
    uint32_t saved = r->lx->line_count;
    /* At the end of the text the scanner stands on an empty line after the last newline; CPython does not count it. */
    if (at_eof && r->line_start == r->end && detected > start_line)
        detected--;
    r->line_start = start_line_begin;
    r->lx->line_count = (uint32_t)start_line;
    int status = triple ? FAIL(r, r->start + 1, "unterminated triple-quoted string literal (detected at line %d)", detected)
                        : FAIL(r, r->start + 1, "unterminated string literal (detected at line %d)", detected);
    r->lx->line_count = saved;
    r->lx->error.at_eof = at_eof;
    return status;
}

/* r->p stands on the opening quote. */
static int lex_string(Run *r)
{
    char quote = *r->p;
    bool triple = r->p[1] == quote && r->p[2] == quote;
    int start_line = (int)r->lx->line_count;
    const char *start_line_begin = r->line_start;
    r->p += triple ? 3 : 1;
    for (;;) {
        char c = *r->p;
        if (c == quote) {
            if (!triple || (r->p[1] == quote && r->p[2] == quote))
                break;
        } else if (c == '\\' && r->p + 1 < r->end) {
            r->p++;
        } else if (c == '\0' && r->p >= r->end) {
            return unterminated(r, triple, start_line, start_line_begin, true);
        } else if (c == '\n' && !triple) {
            return unterminated(r, triple, start_line, start_line_begin, false);
        }
        if (*r->p++ == '\n' && next_line(r) < 0)
            return -1;
    }
    r->p += triple ? 3 : 1;
    if (emit(r, T_STRING, r->start, r->p) < 0)
        return -1;
    Token *t = &r->lx->tokens[r->lx->count - 1];
    t->is_multiline = (uint32_t)start_line != t->line;
    t->line = (uint32_t)start_line;
    return 0;
}

/* ---- words ---- */

/* Checks the characters of a name with bytes beyond ASCII. */
static int check_name(Run *r)
{
    const char *p = r->start;
    while (p < r->p) {
        const char *at = p;
        uint32_t c = utf8_next(&p, r->p);
        if (at == r->start ? char_is_xid_start(c) : char_is_xid_continue(c))
            continue;
        if (c == UINT32_MAX)
            return FAIL(r, p, "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %d: invalid start byte",
                        (unsigned char)*at, (int)(at - r->start));
        if (char_is_printable(c))
            return FAIL(r, p, "invalid character '%.*s' (U+%04X)", (int)(p - at), at, c);
        return FAIL(r, p, "invalid non-printable character U+%04X", c);
    }
    return 0;
}

static bool is_string_prefix(const char *p, size_t n)
{
    bool b = false, u = false, raw = false, f = false;
    for (size_t i = 0; i < n; i++) {
        bool *seen = p[i] == 'b' || p[i] == 'B' ? &b : p[i] == 'u' || p[i] == 'U' ? &u
                   : p[i] == 'r' || p[i] == 'R' ? &raw : p[i] == 'f' || p[i] == 'F' ? &f : NULL;
        if (!seen || *seen)
            return false;
        *seen = true;
    }
    return !(u && (b || raw || f)) && !(b && f);
}

static int lex_word(Run *r)
{
    bool ascii = true;
    while (is_name_part(*r->p))
        ascii &= (unsigned char)*r->p++ < 0x80;
    size_t n = (size_t)(r->p - r->start);
    if ((*r->p == '"' || *r->p == '\'') && n <= 2 && is_string_prefix(r->start, n))
        return lex_string(r);
    if (!ascii) {
        int status = check_name(r);
        if (status)
            return status;
    }
    if (emit(r, ascii ? keyword_kind(r->start, n) : T_NAME, r->start, r->p) < 0)
        return -1;
    r->lx->tokens[r->lx->count - 1].is_ascii = ascii;
    return 0;
}

/* ---- operators ---- */

/* The longest operator at p.  *n gets its length; T_UNKNOWN for a character that begins none. */
static TokenKind operator_at(const char *p, int *n)
{
#define CASE1(c, one) case c: *n = 1; return one;
#define IF(k, ch, count, kind) if (p[k] == ch) { *n = count; return kind; }
    switch (*p) {
    CASE1('(', T_LPAR) CASE1(')', T_RPAR) CASE1('[', T_LSQB) CASE1(']', T_RSQB)
    CASE1('{', T_LBRACE) CASE1('}', T_RBRACE) CASE1(',', T_COMMA) CASE1(';', T_SEMI) CASE1('~', T_TILDE)
    case ':': IF(1, '=', 2, T_COLONEQUAL) *n = 1; return T_COLON;
    case '.': if (p[1] == '.') IF(2, '.', 3, T_ELLIPSIS) *n = 1; return T_DOT;
    case '+': IF(1, '=', 2, T_PLUSEQUAL) *n = 1; return T_PLUS;
    case '-': IF(1, '=', 2, T_MINUSEQUAL) IF(1, '>', 2, T_ARROW) *n = 1; return T_MINUS;
    case '*':
        if (p[1] == '*') { IF(2, '=', 3, T_DOUBLESTAREQUAL) *n = 2; return T_DOUBLESTAR; }
        IF(1, '=', 2, T_STAREQUAL) *n = 1; return T_STAR;
    case '/':
        if (p[1] == '/') { IF(2, '=', 3, T_DOUBLESLASHEQUAL) *n = 2; return T_DOUBLESLASH; }
        IF(1, '=', 2, T_SLASHEQUAL) *n = 1; return T_SLASH;
    case '%': IF(1, '=', 2, T_PERCENTEQUAL) *n = 1; return T_PERCENT;
    case '@': IF(1, '=', 2, T_ATEQUAL) *n = 1; return T_AT;
    case '&': IF(1, '=', 2, T_AMPEREQUAL) *n = 1; return T_AMPER;
    case '|': IF(1, '=', 2, T_VBAREQUAL) *n = 1; return T_VBAR;
    case '^': IF(1, '=', 2, T_CIRCUMFLEXEQUAL) *n = 1; return T_CIRCUMFLEX;
    case '=': IF(1, '=', 2, T_EQEQUAL) *n = 1; return T_EQUAL;
    case '!': IF(1, '=', 2, T_NOTEQUAL) *n = 1; return T_UNKNOWN;
    case '<':
        if (p[1] == '<') { IF(2, '=', 3, T_LEFTSHIFTEQUAL) *n = 2; return T_LEFTSHIFT; }
        IF(1, '=', 2, T_LESSEQUAL) IF(1, '>', 2, T_LESSGREATER) *n = 1; return T_LESS;
    case '>':
        if (p[1] == '>') { IF(2, '=', 3, T_RIGHTSHIFTEQUAL) *n = 2; return T_RIGHTSHIFT; }
        IF(1, '=', 2, T_GREATEREQUAL) *n = 1; return T_GREATER;
    default: *n = 1; return T_UNKNOWN;
    }
#undef CASE1
#undef IF
}

static int close_paren(Run *r, char c)
{
    Lexer *lx = r->lx;
    if (!lx->depth)
        return FAIL(r, r->p, "unmatched '%c'", c);
    lx->depth--;
    char opener = lx->parens[lx->depth].opener;
    uint32_t line = lx->parens[lx->depth].line;
    if ((opener == '(' && c == ')') || (opener == '[' && c == ']') || (opener == '{' && c == '}'))
        return 0;
    if (line != lx->line_count)
        return FAIL(r, r->p, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %u", c, opener, line);
    return FAIL(r, r->p, "closing parenthesis '%c' does not match opening parenthesis '%c'", c, opener);
}

static int lex_operator(Run *r)
{
    Lexer *lx = r->lx;
    int n, status;
    TokenKind kind = operator_at(r->p, &n);
    char c = *r->p;
    r->p += n;
    if (kind == T_LPAR || kind == T_LSQB || kind == T_LBRACE) {
        if (lx->depth == MAX_PAREN_DEPTH)
            return FAIL(r, r->p, "too many nested parentheses");
        lx->parens[lx->depth].opener = c;
        lx->parens[lx->depth].line = lx->line_count;
        lx->parens[lx->depth].column = (uint32_t)(r->start - r->line_start);
        lx->depth++;
    } else if (kind == T_RPAR || kind == T_RSQB || kind == T_RBRACE) {
        if ((status = close_paren(r, c)))
            return status;
    } else if (kind == T_UNKNOWN && ((unsigned char)c < 0x20 || c == 0x7F)) {
        return FAIL(r, r->p, "invalid non-printable character U+%04X", (unsigned char)c);
    }
    return emit(r, kind, r->start, r->p);
}

/* ---- layout ---- */

static int indentation_error(Run *r, LexErrorKind kind, const char *message)
{
    int status = fail_at(r, kind, r->p, "%s", message);
    r->lx->error.text_has_newline = true;
    return status;
}

static int tab_error(Run *r)
{
    int status = indentation_error(r, LEX_TAB, "inconsistent use of tabs and spaces in indentation");
    r->lx->error.offset = 1;
    r->lx->error.end_offset = 0;
    return status;
}

/* INDENT and DEDENT tokens for a line that begins at column `column`. */
static int change_indent(Run *r, int column, int alternate)
{
    int current = r->indents[r->indent_depth], current_alternate = r->alternate_indents[r->indent_depth];
    if (column == current)
        return alternate == current_alternate ? 0 : tab_error(r);
    if (column > current) {
        if (r->indent_depth + 1 >= MAX_INDENT_DEPTH) {
            int status = indentation_error(r, LEX_INDENTATION, "too many levels of indentation");
            r->lx->error.offset = 1;
            r->lx->error.end_offset = 0;
            return status;
        }
        if (alternate <= current_alternate)
            return tab_error(r);
        r->indent_depth++;
        r->indents[r->indent_depth] = column;
        r->alternate_indents[r->indent_depth] = alternate;
        return emit(r, T_INDENT, r->p, r->p);
    }
    int dedents = 0;
    while (r->indent_depth > 0 && column < r->indents[r->indent_depth]) {
        dedents++;
        r->indent_depth--;
    }
    if (column != r->indents[r->indent_depth]) {
        const char *line_end = strchr(r->p, '\n');
        int status = fail_at(r, LEX_INDENTATION, line_end ? line_end + 1 : r->end,
                             "unindent does not match any outer indentation level");
        r->lx->error.end_offset = -1;
        r->lx->error.text_has_newline = true;
        return status;
    }
    if (alternate != r->alternate_indents[r->indent_depth])
        return tab_error(r);
    while (dedents-- > 0)
        if (emit(r, T_DEDENT, r->p, r->p) < 0)
            return -1;
    return 0;
}

/* Reads the blanks at the beginning of a line; blank and comment lines leave no trace. */
static int begin_line(Run *r, bool *is_blank)
{
    int column = 0, alternate = 0;
    bool continued = false;
    int continued_column = 0, continued_alternate = 0;
    for (;; r->p++) {
        if (*r->p == ' ') {
            column++;
            alternate++;
        } else if (*r->p == '\t') {
            column = (column / TAB_SIZE + 1) * TAB_SIZE;
            alternate++;
        } else if (*r->p == '\f') {
            column = alternate = 0;
        } else if (*r->p == '\\' && r->p[1] == '\n' && r->p + 2 < r->end) {
            /* An indented backslash line lends its indentation to the line it continues in. */
            if (!continued && column) {
                continued_column = column;
                continued_alternate = alternate;
            }
            continued |= column > 0;
            r->p++;
            column = alternate = 0;
            r->p++;
            if (next_line(r) < 0)
                return -1;
            r->p--;
        } else {
            break;
        }
    }
    *is_blank = *r->p == '#' || *r->p == '\n'; /* the end of the text does not make a line blank, in CPython too */
    if (*is_blank || r->lx->depth > 0)
        return 0;
    return change_indent(r, continued ? continued_column : column, continued ? continued_alternate : alternate);
}

static int lex_newline(Run *r, bool *at_line_start)
{
    if (!*at_line_start && r->lx->depth == 0) {
        if (emit(r, T_NEWLINE, r->comment ? r->comment : r->p, r->p) < 0)
            return -1;
        *at_line_start = true;
    }
    r->comment = NULL;
    r->p++;
    return next_line(r);
}

static int lex_backslash(Run *r)
{
    if (r->p[1] == '\n') {
        r->p += 2;
        if (next_line(r) < 0)
            return -1;
        if (r->p < r->end)
            return 0;
        int status = FAIL(r, r->p, "unexpected EOF while parsing");
        LexError *e = &r->lx->error;
        size_t n;
        if (r->lx->depth > 0)
            e->kind = LEX_EOF;
        e->comes_first = false;
        e->line--;
        const char *line = lexer_line_text(r->lx, e->line, &n);
        e->offset = utf8_length(line, n);
        e->end_offset = -1;
        e->text_has_newline = e->at_eof = true;
        return status;
    }
    int status = FAIL(r, r->p + 2 < r->end ? r->p + 2 : r->end, "unexpected character after line continuation character");
    r->lx->error.comes_first = false;
    r->lx->error.counts_from_text = true;
    r->lx->error.end_offset = 0;
    r->lx->error.text_has_newline = true;
    return status;
}

static int emit_dedents(Run *r)
{
    for (; r->indent_depth > 0; r->indent_depth--)
        if (emit(r, T_DEDENT, r->p, r->p) < 0)
            return -1;
    return 0;
}

/* The tokens after the last character: the DEDENTs still due, the prompt's own NEWLINEs, ENDMARKER. */
static int end_text(Run *r, bool at_line_start, bool indent_due, LexMode mode)
{
    r->start = r->p = r->end;
    if (r->lx->depth > 0) {
        int status = fail_at(r, LEX_EOF, r->p, "unexpected EOF");
        r->lx->error.at_eof = true;
        return status;
    }
    if (at_line_start && indent_due && emit_dedents(r) < 0)
        return -1;
    if (mode == LEX_SINGLE && r->lx->count > 0) {
        bool in_block = r->indent_depth > 0;
        if (emit(r, T_NEWLINE, r->p, r->p) < 0 || emit_dedents(r) < 0 || (in_block && emit(r, T_NEWLINE, r->p, r->p) < 0))
            return -1;
    }
    return emit(r, T_ENDMARKER, r->p, r->p);
}

/* One token (or none for blanks, comments, newlines). 0 goes on; 1 a lexical error; -1 an exception. */
static int lex_one(Run *r, bool *at_line_start)
{
    r->start = r->p;
    unsigned char c = (unsigned char)*r->p;
    int class = char_class(c);
    if (class & SPACE) {
        r->p++;
        return 0;
    }
    if (c == '\n')
        return lex_newline(r, at_line_start);
    if (c == '#') {
        const char *newline = memchr(r->p, '\n', (size_t)(r->end - r->p));
        r->comment = r->p;
        r->p = newline ? newline : r->end;
        return 0;
    }
    if (c == '\\')
        return lex_backslash(r);
    *at_line_start = false;
    if (class & NAME_START)
        return lex_word(r);
    if (class & DIGIT || (c == '.' && is_digit(r->p[1])))
        return lex_number(r);
    if (c == '"' || c == '\'')
        return lex_string(r);
    return lex_operator(r);
}

int lexer_run(Lexer *lx, Arena *arena, const char *text, size_t length, LexMode mode, LexWarn warn, void *warn_context)
{
    *lx = (Lexer){.arena = arena, .text = text, .length = (uint32_t)length, .warn = warn, .warn_context = warn_context};
    Run r = {.lx = lx, .p = text, .end = text + length, .line_start = text};
    bool at_line_start = true, indent_due = true;
    int status = next_line(&r);
    while (status == 0 && r.p < r.end) {
        if (at_line_start && indent_due) {
            bool is_blank;
            r.start = NULL;
            if ((status = begin_line(&r, &is_blank)))
                break;
            indent_due = false;
            if (r.p >= r.end)
                break;
        }
        const char *before = r.line_start;
        status = lex_one(&r, &at_line_start);
        if (at_line_start && r.line_start != before)
            indent_due = true;
        if (!at_line_start)
            indent_due = true;
    }
    if (status == 0)
        status = end_text(&r, at_line_start, indent_due, mode);
    return status < 0 ? -1 : 0;
}

void lexer_free(Lexer *lx)
{
    if (!lx->arena)
        return;
    mem_free(lx->arena->ts, lx->tokens);
    mem_free(lx->arena->ts, lx->line_starts);
    lx->tokens = NULL;
    lx->line_starts = NULL;
}

void lexer_dump(const Lexer *lx, FILE *out)
{
    for (uint32_t i = 0; i < lx->count; i++) {
        const Token *t = &lx->tokens[i];
        int end_line, end_column;
        lexer_token_end(lx, t, &end_line, &end_column);
        fprintf(out, "%u,%d-%d,%d\t%s", t->line, lexer_column(lx, t->line, t->start), end_line, end_column,
                kind_names[t->kind]);
        if (t->kind == T_NAME || t->kind == T_NUMBER || t->kind == T_STRING)
            fprintf(out, "\t%.*s", (int)(t->end - t->start), lx->text + t->start);
        fputc('\n', out);
    }
}
