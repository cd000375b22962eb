/* fstring.c - string atoms: adjacent literals joined into one constant, f-strings into JoinedStr.
 * An f-string is one token; each {expression} in it is cut out, put in parentheses and parsed as a text of its own,
 * with its place shifted back into the line it came from.
 * Keeps: pieces of text between two expressions are one Constant; all pieces carry the place of the whole atom, as in 3.11.
 * Next: strings.c (escapes), compile_expr.c.   Sources: the reference, 2.4.3; CPython Parser/string_parser.c for errors. */
#include <string.h>

#include "interp/front/parser_internal.h"

/* An atom in the making. */
typedef struct {
    Parser *p;
    const Token *first, *last; /* the atom's tokens */
    const Token *t;            /* the one being read */
    const char *s, *end;       /* what is left of its inside */
    bool raw;
} Atom;

/* The parts of one JoinedStr: finished ones, and text not yet a Constant. */
typedef struct {
    PointerList parts;
    Value text; /* owned, or NULL */
} Pieces;

static const Token *after(const Atom *a) { return a->last + 1; }
#define FAIL(a, ...) (parser_error((a)->p, after(a), __VA_ARGS__), false)

static Node *place(const Atom *a, Node *n)
{
    if (!n)
        return NULL;
    const Token *saved = a->p->t;
    a->p->t = after(a);
    parser_end(a->p, n);
    a->p->t = saved;
    return n;
}

static bool add_text(Atom *a, Pieces *out, STEALS Value text)
{
    ThreadState *ts = a->p->ts;
    if (!text)
        return parser_fail(a->p);
    if (!out->text || str_len(out->text) == 0) {
        if (out->text)
            decref(ts, out->text);
        out->text = text;
        return true;
    }
    int status = str_append(ts, &out->text, text);
    decref(ts, text);
    return status == 0 || parser_fail(a->p);
}

/* The pending text becomes a Constant part. */
static bool flush_text(Atom *a, Pieces *out)
{
    Value text = out->text;
    out->text = NULL;
    if (!text)
        return true;
    if (str_len(text) == 0) {
        decref(a->p->ts, text);
        return true;
    }
    if (!(text = arena_keep(a->p->arena, text)))
        return parser_fail(a->p);
    Node *n = parser_start(a->p, N_Constant, a->first);
    if (n)
        n->Constant.value = text;
    if (n && a->p->lexer.text[a->first->start] == 'u')
        n->Constant.has_u_prefix = 1;
    return parser_add(a->p, &out->parts, place(a, n)) == 0;
}

/* ---- the text of an f-string ---- */

/* Literal text up to the next expression or end.  *again: a doubled brace ended it, more text may follow. */
static bool read_literal(Atom *a, Pieces *out, int level, bool *again)
{
    const char *start = a->s, *stop;
    *again = false;
    for (;;) {
        stop = a->s;
        if (a->s >= a->end)
            break;
        char c = *a->s++;
        if (!a->raw && c == '\\' && a->s < a->end) {
            c = *a->s++;
            if (c == 'N') { /* \N{name}: its braces are no expression */
                if (a->s < a->end && *a->s++ == '{')
                    while (a->s < a->end && *a->s++ != '}')
                        ;
                continue;
            }
            if (c == '{' && string_warn_escape(a->p, a->t, a->s - 1) < 0)
                return false;
            stop = a->s - 1;
        }
        if (c != '{' && c != '}')
            continue;
        if (level == 0 && a->s < a->end && *a->s == c) {
            stop = a->s++;
            *again = true;
            break;
        }
        if (level == 0 && c == '}')
            return FAIL(a, "f-string: single '}' is not allowed");
        a->s = stop;
        break;
    }
    return stop == start || add_text(a, out, string_decode(a->p, a->t, after(a), start, (size_t)(stop - start), a->raw));
}

/* ---- its expressions ---- */

/* Moves a->s from behind "{" to the character that ends the expression. */
static bool find_expression_end(Atom *a)
{
    char quote = 0, stack[MAX_PAREN_DEPTH];
    bool triple = false;
    int depth = 0;
    for (; a->s < a->end; a->s++) {
        char c = *a->s;
        bool three = a->end - a->s > 2 && a->s[1] == c && a->s[2] == c;
        if (c == '\\')
            return FAIL(a, "f-string expression part cannot include a backslash");
        if (quote) {
            if (c == quote && (!triple || three)) {
                a->s += triple ? 2 : 0;
                quote = 0;
            }
        } else if (c == '\'' || c == '"') {
            quote = c;
            triple = three;
            a->s += triple ? 2 : 0;
        } else if (c == '[' || c == '{' || c == '(') {
            if (depth == MAX_PAREN_DEPTH)
                return FAIL(a, "f-string: too many nested parenthesis");
            stack[depth++] = c;
        } else if (c == '#') {
            return FAIL(a, "f-string expression part cannot include '#'");
        } else if (depth == 0 && strchr("!:}=<>", c)) {
            if (a->s + 1 < a->end && a->s[1] == '=' && strchr("!=<>", c))
                a->s++;
            else if (c != '<' && c != '>')
                break;
        } else if (c == ']' || c == '}' || c == ')') {
            if (depth == 0)
                return FAIL(a, "f-string: unmatched '%c'", c);
            char open = stack[--depth];
            if (!((open == '(' && c == ')') || (open == '[' && c == ']') || (open == '{' && c == '}')))
                return FAIL(a, "f-string: closing parenthesis '%c' does not match opening parenthesis '%c'", c, open);
        }
    }
    if (quote)
        return FAIL(a, "f-string: unterminated string");
    if (depth)
        return FAIL(a, "f-string: unmatched '%c'", stack[depth - 1]);
    return a->s < a->end || FAIL(a, "f-string: expecting '}'");
}

/* Where the text "(" expression ")" begins: *line and *col for ParseInput. `brace` is the "{" before it. */
static void locate(const Atom *a, const char *brace, int *line, int *col)
{
    const Parser *p = a->p;
    const char *token = p->lexer.text + a->t->start, *s = brace + 1;
    int token_col = lexer_column(&p->lexer, a->t->line, a->t->start);
    if (a->t->line == 1)
        token_col += p->input->first_col;
    while (*s == ' ' || *s == '\t' || *s == '\f')
        s++;
    *line = (int)a->t->line + p->input->first_line - 1;
    *col = token_col;
    if (*s != '\n') {
        const char *from = brace;
        while (from > token && *from != '\n')
            from--;
        *col = *from == '\n' ? (int)(brace - from) - 1 : token_col + (int)(brace - from);
    }
    for (const char *q = token; q < brace; q++)
        *line += *q == '\n';
}

static Node *parse_field(Atom *a, const char *start, const char *end)
{
    Parser *p = a->p;
    const char *s = start;
    size_t n = (size_t)(end - start);
    while (s < end && strchr(" \t\n\f", *s))
        s++;
    if (s == end) {
        if (*end == '!' || *end == ':' || *end == '=')
            return parser_error(p, after(a), "f-string: expression required before '%c'", *end);
        return parser_error(p, after(a), "f-string: empty expression not allowed");
    }
    char *text = arena_alloc(p->arena, n + 4);
    if (!text || !parser_enter(p))
        return parser_fail(p);
    text[0] = '(';
    memcpy(text + 1, start, n);
    text[n + 1] = ')';
    text[n + 2] = '\n';
    ParseInput input = {.arena = p->arena, .filename = p->input->filename, .mode = PARSE_FSTRING, .text = text, .length = n + 3};
    locate(a, start - 1, &input.first_line, &input.first_col);
    Node *expression = parse(&input);
    parser_leave(p);
    return expression ? expression : parser_fail(p);
}

static Node *read_pieces(Atom *a, int level);

/* {expression [=] [!conversion] [:spec]}; a->s stands on "{".  The text of "=" goes into out. */
static Node *read_field(Atom *a, Pieces *out, int level)
{
    Parser *p = a->p;
    if (level >= 2)
        return parser_error(p, after(a), "f-string: expressions nested too deeply");
    const char *start = ++a->s;
    if (!find_expression_end(a))
        return NULL;
    Node *n = parser_start(p, N_FormattedValue, a->first);
    if (!n || !(n->FormattedValue.value = parse_field(a, start, a->s)))
        return NULL;
    n->FormattedValue.conversion = -1;
    bool self_documenting = *a->s == '=';
    if (self_documenting) {
        a->s++;
        while (a->s < a->end && strchr(" \t\n\f\v\r", *a->s))
            a->s++;
        if (!add_text(a, out, str_from_utf8(p->ts, start, a->s - start)))
            return NULL;
    }
    if (a->s < a->end && *a->s == '!') {
        if (++a->s >= a->end)
            return parser_error(p, after(a), "f-string: expecting '}'");
        n->FormattedValue.conversion = (unsigned char)*a->s++;
        if (!strchr("sra", n->FormattedValue.conversion))
            return parser_error(p, after(a), "f-string: invalid conversion character: expected 's', 'r', or 'a'");
    }
    if (a->s < a->end && *a->s == ':') {
        a->s++;
        if (a->s >= a->end)
            return parser_error(p, after(a), "f-string: expecting '}'");
        if (!(n->FormattedValue.format_spec = read_pieces(a, level + 1)))
            return NULL;
    }
    if (a->s >= a->end || *a->s != '}')
        return parser_error(p, after(a), "f-string: expecting '}'");
    a->s++;
    if (self_documenting && !n->FormattedValue.format_spec && n->FormattedValue.conversion < 0)
        n->FormattedValue.conversion = 'r';
    return place(a, n);
}

/* Adds all parts of an f-string's inside to out. */
static bool read_fstring(Atom *a, Pieces *out, int level)
{
    for (;;) {
        bool again;
        if (!read_literal(a, out, level, &again))
            return false;
        if (again)
            continue;
        if (a->s >= a->end || *a->s == '}')
            break;
        Node *field = read_field(a, out, level);
        if (!field || !flush_text(a, out) || parser_add(a->p, &out->parts, field) < 0)
            return false;
    }
    if (level && (a->s >= a->end || *a->s != '}'))
        return FAIL(a, "f-string: expecting '}'");
    return true;
}

static Node *finish_joined(Atom *a, Pieces *out)
{
    Node *n = flush_text(a, out) ? parser_start(a->p, N_JoinedStr, a->first) : NULL;
    if (!n)
        return NULL;
    n->JoinedStr.values = to_nodes(&out->parts);
    return place(a, n);
}

static Node *read_pieces(Atom *a, int level)
{
    Pieces out = {0};
    Atom own = *a; /* a format spec carries the place of its own token only */
    own.first = own.last = a->t;
    Node *n = read_fstring(a, &out, level) ? finish_joined(&own, &out) : NULL;
    if (out.text)
        decref(a->p->ts, out.text);
    return n;
}

/* ---- the atom ---- */

typedef struct {
    bool bytes, raw, format;
} Prefix;

/* Sets a->s, a->end, a->raw to the inside of token t. */
static Prefix open_token(Atom *a, const Token *t)
{
    Prefix prefix = {0};
    const char *s = a->p->lexer.text + t->start, *end = a->p->lexer.text + t->end;
    for (; *s != '"' && *s != '\''; s++) {
        char c = *s | 0x20;
        prefix.bytes |= c == 'b';
        prefix.raw |= c == 'r';
        prefix.format |= c == 'f';
    }
    int quotes = end - s >= 6 && s[1] == s[0] && s[2] == s[0] ? 3 : 1;
    a->t = t;
    a->s = s + quotes;
    a->end = end - quotes;
    a->raw = prefix.raw;
    return prefix;
}

static Node *constant_node(Atom *a, STEALS Value v)
{
    if (!(v = arena_keep(a->p->arena, v)))
        return parser_fail(a->p);
    Node *n = parser_start(a->p, N_Constant, a->first);
    if (!n)
        return NULL;
    n->Constant.value = v;
    n->Constant.has_u_prefix = a->p->lexer.text[a->first->start] == 'u';
    return place(a, n);
}

static Node *read_bytes(Atom *a)
{
    ThreadState *ts = a->p->ts;
    Value all = NULL;
    for (const Token *t = a->first; t <= a->last; t++) {
        Prefix prefix = open_token(a, t);
        Value part = string_decode_bytes(a->p, t, after(a), a->s, (size_t)(a->end - a->s), prefix.raw);
        Value joined = part && all ? bytes_new(ts, NULL, bytes_len(all) + bytes_len(part)) : NULL;
        if (joined) {
            memcpy(bytes_data(joined), bytes_data(all), (size_t)bytes_len(all));
            memcpy(bytes_data(joined) + bytes_len(all), bytes_data(part), (size_t)bytes_len(part));
        }
        bool first = !all;
        if (all) {
            decref(ts, all);
            if (part)
                decref(ts, part);
        }
        all = first ? part : joined;
        if (!all)
            return parser_fail(a->p);
    }
    return constant_node(a, all);
}

static Node *read_text(Atom *a)
{
    Pieces out = {0};
    bool any_format = false, ok = true;
    for (const Token *t = a->first; ok && t <= a->last; t++) {
        Prefix prefix = open_token(a, t);
        any_format |= prefix.format;
        if (prefix.format)
            ok = read_fstring(a, &out, 0);
        else
            ok = add_text(a, &out, string_decode(a->p, t, after(a), a->s, (size_t)(a->end - a->s), prefix.raw));
    }
    Node *n = NULL;
    if (ok && any_format) {
        n = finish_joined(a, &out);
    } else if (ok) {
        n = constant_node(a, out.text);
        out.text = NULL;
    }
    if (out.text)
        decref(a->p->ts, out.text);
    return n;
}

Node *parse_strings(Parser *p)
{
    Atom a = {.p = p, .first = p->t};
    int bytes = 0, count = 0;
    for (; at(p, T_STRING); p->t++, count++)
        bytes += open_token(&a, p->t).bytes;
    a.last = p->t - 1;
    if (at(p, T_ERROR))
        return NULL; /* the token behind could not be read: that is reported first */
    if (bytes && bytes != count)
        return parser_error(p, p->t, "cannot mix bytes and nonbytes literals");
    return bytes ? read_bytes(&a) : read_text(&a);
}
