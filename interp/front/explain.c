/* explain.c - why a text is no program: finds the SyntaxError that CPython 3.11 raises, with its words and its place.
 *
 * parser.c reads correct programs quickly and says nothing about others. A text it gives up on is read here once more by
 * a small interpreter for the grammar in explain_grammar.def, twice as in CPython:
 *   first pass   without the invalid_ alternatives: how far do the tokens make sense?
 *   second pass  with them: the first mistake that a rule recognises is raised
 * When none does, it is "invalid syntax" at the last token the first pass looked at. A lexical error further on in the text
 * is reported instead of a syntax error, as CPython does.
 * Keeps: `fill` counts the tokens looked at so far; the C stack is bounded by front_enter.
 * Next: explain_grammar.def.   Sources: PEP 617; B. Ford, "Packrat Parsing" (2002); CPython 3.11 Parser/pegen_errors.c. */
#include "interp/front/explain.h"

#include <stdarg.h>
#include <string.h>

#include "interp/front/errors.h"

/* ---- the grammar, read from its table ---- */

typedef enum { E_TOKEN, E_SOFT, E_RULE, E_OPTIONAL, E_STAR, E_PLUS, E_GATHER, E_AND, E_NOT, E_CUT, E_GROUP, E_FORCED } ElementKind;

enum {
#define RULE(name, memo, text) R_##name,
#include "interp/front/explain_grammar.def"
    RULE_COUNT
};

static const struct {
    const char *name, *text;
    bool memo;
} rule_table[] = {
#define RULE(name, memo, text) {#name, text, memo},
#include "interp/front/explain_grammar.def"
};

#define ACTIONS(X) \
    X(first_part) X(last_part) X(group) X(strings) X(soft_keyword) X(real_number) X(imaginary_number) \
    X(unpacking_after_unpacking) X(bare_generator) X(bare_generator_last) X(bare_generator_after) \
    X(positional_after_keyword) X(maybe_equality) X(maybe_equality_range) X(assign_to_constant) X(assignment_in_argument) \
    X(legacy_statement) X(forgot_comma) X(expected_else) X(bad_walrus_target) X(cannot_assign_here) \
    X(annotated_display) X(annotated_tuple) X(illegal_annotation_target) X(bad_target) X(assign_to_yield) \
    X(bad_augmented_target) X(bad_del_target) X(bad_with_target) X(bad_for_target) X(expected_block) \
    X(unpacking_in_comprehension) X(bare_comprehension_target) X(bare_comprehension_target_comma) \
    X(unpacking_in_dict_comprehension) X(non_default_after_default) X(parenthesized_parameters) \
    X(parenthesized_lambda_parameters) X(slash_first) X(slash_twice) X(slash_after_star) X(comma_between_slash_and_star) \
    X(expected_default) X(bare_star_known) X(bare_star) X(star_default) X(star_twice) X(double_star_default) \
    X(after_double_star) X(starred_group) X(double_starred_group) X(trailing_import_comma) X(expected_colon) \
    X(block_after) X(block_after_second) X(block_after_except) X(block_after_except_star) X(block_after_def) \
    X(block_after_class) X(expected_except) X(star_after_plain_except) X(plain_after_star_except) X(bare_exception_types) X(expected_exception_types) \
    X(underscore_target) X(bad_pattern_target) X(positional_after_keyword_pattern) X(starred_dict_value) \
    X(expected_dict_value) X(expected_dict_colon)
typedef enum {
    NO_ACTION,
#define X(name) A_##name,
    ACTIONS(X)
#undef X
    ACTION_COUNT
} Action;
static const char *const action_names[] = {
    "",
#define X(name) #name,
    ACTIONS(X)
#undef X
};

typedef struct Alternative Alternative;
typedef struct Element Element;

struct Element {
    ElementKind kind;
    int what;               /* TokenKind or rule */
    const char *word;       /* soft keyword */
    Element *inner;         /* of optional, repetition, look-ahead; the separator's item of a gather */
    Element *separator;
    Alternative *group;
    Element *next;
};

struct Alternative {
    Element *elements;
    int node_kind;          /* NodeKind + 1, or 0 */
    bool kind_if_last;      /* #? */
    Action action;
    Alternative *next;
};

/* What an element matched: tokens [from, to). */
typedef struct Item {
    int kind;               /* NodeKind + 1; 0: a group of items; -1: a token */
    int from, to;
    int count;
    struct Item **items;    /* NULL entries for what was left out */
} Item;

typedef struct Memo {
    struct Memo *next;
    int rule, at, end;
    Item *item;             /* NULL: did not fit */
} Memo;

typedef struct {
    Parser *p;
    ThreadState *ts;
    Arena *arena;
    Alternative *rules[RULE_COUNT];
    Memo **memos;
    uint32_t memo_mask;
    int at;                 /* next token */
    int fill;               /* tokens looked at so far */
    int depth;
    bool second_pass;
    bool stopped;           /* an exception is pending, or a lexical error was met */
    bool lexical;           /* ... the latter */
} Explainer;

/* ---- reading the grammar's notation ---- */

typedef struct {
    Explainer *e;
    const char *s;
} Notation;

static void *make(Explainer *e, size_t size)
{
    void *p = arena_alloc(e->arena, size);
    if (!p)
        e->stopped = true;
    return p;
}

static void skip_blanks(Notation *n)
{
    while (*n->s == ' ')
        n->s++;
}

static bool take_char(Notation *n, char c)
{
    skip_blanks(n);
    if (*n->s != c)
        return false;
    n->s++;
    return true;
}

static size_t word_length(const char *s)
{
    size_t n = 0;
    while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') || s[n] == '_')
        n++;
    return n;
}

static int find_token(const char *s, size_t n, bool by_spelling)
{
    for (int k = 0; k < TOKEN_KIND_COUNT; k++) {
        const char *name = by_spelling ? token_spelling((TokenKind)k) : token_kind_name((TokenKind)k);
        if (strlen(name) == n && !memcmp(name, s, n))
            return k;
    }
    return -1;
}

static int find_rule(const char *s, size_t n)
{
    for (int r = 0; r < RULE_COUNT; r++)
        if (strlen(rule_table[r].name) == n && !memcmp(rule_table[r].name, s, n))
            return r;
    return -1;
}

static Alternative *read_alternatives(Notation *n);
static Element *read_element(Notation *n);

static Element *element(Notation *n, ElementKind kind)
{
    Element *el = make(n->e, sizeof *el);
    if (el)
        el->kind = kind;
    return el;
}

static Element *wrap(Notation *n, ElementKind kind, Element *inner)
{
    Element *el = inner ? element(n, kind) : NULL;
    if (el)
        el->inner = inner;
    return el;
}

static Element *read_group(Notation *n, ElementKind kind, char close)
{
    Element *el = element(n, E_GROUP);
    if (!el || !(el->group = read_alternatives(n)))
        return NULL;
    take_char(n, close);
    return kind == E_GROUP ? el : wrap(n, kind, el);
}

static Element *read_word(Notation *n)
{
    size_t length = word_length(n->s);
    int rule = find_rule(n->s, length);
    Element *el = element(n, rule >= 0 ? E_RULE : E_TOKEN);
    if (el)
        el->what = rule >= 0 ? rule : find_token(n->s, length, false);
    n->s += length;
    return el;
}

static Element *read_quoted(Notation *n, char quote)
{
    const char *end = strchr(n->s, quote);
    Element *el = element(n, quote == '"' ? E_SOFT : E_TOKEN);
    if (el && quote == '"')
        el->word = arena_copy(n->e->arena, n->s, (size_t)(end - n->s));
    else if (el)
        el->what = find_token(n->s, (size_t)(end - n->s), true);
    n->s = end + 1;
    return el;
}

static Element *read_plain(Notation *n)
{
    skip_blanks(n);
    char c = *n->s;
    if (word_length(n->s))
        return read_word(n);
    n->s++;
    switch (c) {
    case '\'': case '"': return read_quoted(n, c);
    case '(': return read_group(n, E_GROUP, ')');
    case '[': return read_group(n, E_OPTIONAL, ']');
    case '~': return element(n, E_CUT);
    case '{': {
        Element *separator = read_plain(n), *item = read_plain(n), *el = wrap(n, E_GATHER, item);
        if (el)
            el->separator = separator;
        take_char(n, '}');
        return el;
    }
    case '!': return wrap(n, E_NOT, read_plain(n));
    case '&':
        if (take_char(n, '&'))
            return wrap(n, E_FORCED, read_plain(n));
        return wrap(n, E_AND, read_plain(n));
    default: return NULL;
    }
}

static Element *read_element(Notation *n)
{
    Element *el = read_plain(n);
    if (*n->s == '*' || *n->s == '+')
        el = wrap(n, *n->s++ == '*' ? E_STAR : E_PLUS, el);
    return el;
}

static int find_kind(const char *s, size_t n)
{
    for (int k = 0; k < NODE_KIND_COUNT; k++) {
        const char *name = node_kind_name((NodeKind)k);
        if (strlen(name) == n && !memcmp(name, s, n))
            return k + 1;
    }
    return 0;
}

static Alternative *read_alternative(Notation *n)
{
    Alternative *alt = make(n->e, sizeof *alt);
    if (!alt)
        return NULL;
    Element **tail = &alt->elements;
    for (;;) {
        skip_blanks(n);
        char c = *n->s;
        if (c == '\0' || c == '|' || c == ')' || c == ']')
            return alt;
        if (c == '#' || c == '@') {
            n->s++;
            alt->kind_if_last = take_char(n, '?');
            size_t length = word_length(n->s);
            if (c == '#')
                alt->node_kind = find_kind(n->s, length);
            for (int a = 1; c == '@' && a < ACTION_COUNT; a++)
                if (strlen(action_names[a]) == length && !memcmp(action_names[a], n->s, length))
                    alt->action = (Action)a;
            n->s += length;
        } else {
            if (!(*tail = read_element(n)))
                return NULL;
            tail = &(*tail)->next;
        }
    }
}

static Alternative *read_alternatives(Notation *n)
{
    Alternative *first = read_alternative(n), *last = first;
    while (last && take_char(n, '|'))
        last = last->next = read_alternative(n);
    return first;
}

static Alternative *rule_alternatives(Explainer *e, int rule)
{
    if (!e->rules[rule]) {
        Notation n = {e, rule_table[rule].text};
        e->rules[rule] = read_alternatives(&n);
    }
    return e->rules[rule];
}

/* ---- tokens ---- */

static const Token *token(const Explainer *e, int i) { return &e->p->lexer.tokens[i]; }

static const Token *look(Explainer *e)
{
    const Token *t = token(e, e->at);
    if (e->at >= e->fill)
        e->fill = e->at + 1;
    if (t->kind == T_ERROR) {
        e->stopped = e->lexical = true;
        return NULL;
    }
    return t;
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
    const Token *last = token(e, e->fill - 1);
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
static void raise_at(Explainer *e, const Token *from, const Token *to, const char *format, ...)
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

static void raise_last(Explainer *e, Value type, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const Token *t = token(e, e->fill - 1);
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

/* ---- what the rules found ---- */

static const Token *first_token(const Explainer *e, const Item *i) { return token(e, i->from); }
static const Token *last_token(const Explainer *e, const Item *i) { return token(e, i->to - 1); }
#define RAISE_ITEM(item, ...) raise_at(e, first_token(e, item), last_token(e, item), __VA_ARGS__)
#define RAISE_RANGE(a, b, ...) raise_at(e, first_token(e, a), last_token(e, b), __VA_ARGS__)

/* From an item to where the lexer stands. */
static void raise_from(Explainer *e, const Item *i, const char *message)
{
    ThreadState *ts = e->ts;
    const Token *t = first_token(e, i);
    int end_line, end_col;
    lexer_token_end(&e->p->lexer, token(e, e->fill - 1), &end_line, &end_col);
    raise_between(e->p, EXC(SyntaxError), message, (int)t->line, lexer_column(&e->p->lexer, t->line, t->start), end_line,
                  end_col - 1, lexer_line(e));
    e->stopped = true;
}

/* The expressions in a group of items, in order. */
static void collect(Explainer *e, const Item *i, PointerList *out)
{
    if (!i || i->kind < 0)
        return;
    if (i->kind > 0) {
        if (pointer_list_add(e->arena, out, (void *)(uintptr_t)i) < 0)
            e->stopped = true;
        return;
    }
    for (int k = 0; k < i->count; k++)
        collect(e, i->items[k], out);
}

static PointerList elements_of(Explainer *e, const Item *i)
{
    PointerList list = {0};
    for (int k = 0; k < i->count; k++)
        collect(e, i->items[k], &list);
    return list;
}

#define IS(item, Kind) ((item)->kind == N_##Kind + 1)

static const char *constant_name(const Token *t)
{
    switch (t->kind) {
    case T_NONE: return "None";
    case T_TRUE: return "True";
    case T_FALSE: return "False";
    case T_ELLIPSIS: return "ellipsis";
    default: return "literal";
    }
}

static const char *expression_name(const Explainer *e, const Item *i)
{
    switch (i->kind - 1) {
    case N_Attribute: return "attribute";
    case N_Subscript: return "subscript";
    case N_Starred: return "starred";
    case N_Name: return "name";
    case N_List: return "list";
    case N_Tuple: return "tuple";
    case N_Lambda: return "lambda";
    case N_Call: return "function call";
    case N_BoolOp: case N_BinOp: case N_UnaryOp: return "expression";
    case N_GeneratorExp: return "generator expression";
    case N_Yield: return "yield expression";
    case N_Await: return "await expression";
    case N_ListComp: return "list comprehension";
    case N_SetComp: return "set comprehension";
    case N_DictComp: return "dict comprehension";
    case N_Dict: return "dict literal";
    case N_Set: return "set display";
    case N_JoinedStr: return "f-string expression";
    case N_Constant: return constant_name(first_token(e, i));
    case N_Compare: return "comparison";
    case N_IfExp: return "conditional expression";
    case N_NamedExpr: return "named expression";
    default: return "expression";
    }
}

typedef enum { STAR_TARGETS, DEL_TARGETS, FOR_TARGETS } TargetKind;

/* The part of an expression that cannot be assigned to (deleted), or NULL. */
static const Item *invalid_target(Explainer *e, const Item *i, TargetKind kind)
{
    if (!i)
        return NULL;
    switch (i->kind - 1) {
    case N_List: case N_Tuple: {
        PointerList elements = elements_of(e, i);
        for (int k = 0; k < elements.count; k++) {
            const Item *bad = invalid_target(e, elements.items[k], kind);
            if (bad)
                return bad;
        }
        return NULL;
    }
    case N_Starred: return kind == DEL_TARGETS ? i : invalid_target(e, i->items[1], kind);
    case N_Compare: {
        if (kind != FOR_TARGETS)
            return i;
        const Item *pair = i->items[1]->items[0];
        return first_token(e, pair)->kind == T_IN ? invalid_target(e, i->items[0], kind) : NULL;
    }
    case N_Name: case N_Subscript: case N_Attribute: return NULL;
    default: return i;
    }
}

static void raise_bad_target(Explainer *e, const Item *i, TargetKind kind)
{
    const Item *bad = invalid_target(e, i, kind);
    if (bad)
        RAISE_ITEM(bad, kind == DEL_TARGETS ? "cannot delete %s" : "cannot assign to %s", expression_name(e, bad));
}

static bool spelled(const Explainer *e, const Token *t, const char *word)
{
    return at_word(e->p, t, word);
}

static bool is_legacy(const Explainer *e, const Item *i)
{
    return IS(i, Name) && (spelled(e, first_token(e, i), "print") || spelled(e, first_token(e, i), "exec"));
}

/* Where the last "for ... in ... if ..." of some clauses ends: its last condition, or what it iterates over. */
static const Item *last_comprehension_part(Explainer *e, const Item *clauses)
{
    PointerList parts = {0};
    collect(e, clauses, &parts);
    return parts.count ? parts.items[parts.count - 1] : clauses;
}

static const Item *last_clause_target(const Item *clauses)
{
    const Item *clause = clauses->items[clauses->count - 1];
    for (int k = 0; k < clause->count; k++) /* [async] for TARGET in ... */
        if (clause->items[k] && clause->items[k]->kind >= 0)
            return clause->items[k];
    return clause;
}

static void raise_block(Explainer *e, const Item *keyword, const char *what)
{
    ThreadState *ts = e->ts;
    raise_last(e, EXC(IndentationError), "expected an indented block after %s on line %d", what,
               (int)first_token(e, keyword)->line);
}

static void raise_statement_block(Explainer *e, const Item *keyword)
{
    const Token *t = first_token(e, keyword);
    char what[40];
    snprintf(what, sizeof what, "'%.*s' statement", (int)(t->end - t->start), e->p->lexer.text + t->start);
    raise_block(e, keyword, what);
}

static void positional_after_keyword(Explainer *e, const Item *args)
{
    ThreadState *ts = e->ts;
    PointerList list = {0};
    bool unpacking = false;
    collect(e, args, &list);
    for (int k = 0; k < list.count; k++)
        unpacking |= IS((Item *)list.items[k], Alias); /* the grammar's mark for **kwargs */
    raise_last(e, EXC(SyntaxError), unpacking ? "positional argument follows keyword argument unpacking"
                                              : "positional argument follows keyword argument");
}

/* f(a, b for b in c); f(b for b in c) is fine. */
static void bare_generator_last(Explainer *e, const Item *args, const Item *clauses)
{
    PointerList list = {0};
    const Item *last = NULL;
    int positional = 0;
    collect(e, args, &list);
    for (int k = 0; k < list.count; k++)
        if (!IS((Item *)list.items[k], Keyword) && !IS((Item *)list.items[k], Alias)) {
            last = list.items[k];
            positional++;
        }
    if (positional > 1)
        RAISE_RANGE(last, last_comprehension_part(e, clauses), "Generator expression must be parenthesized");
}

static void check_complex(Explainer *e, const Item *number, bool imaginary)
{
    const Token *t = first_token(e, number);
    bool is_imaginary = (e->p->lexer.text[t->end - 1] | 0x20) == 'j' && e->p->lexer.text[t->start + 1] != 'x';
    if (is_imaginary != imaginary)
        RAISE_ITEM(number, imaginary ? "imaginary number required in complex literal" : "real number required in complex literal");
}

/* CPython compares only as many letters as the name has: "m" and "ca" count as soft keywords too. */
static bool begins_soft_keyword(const Explainer *e, const Token *t)
{
    const char *text = e->p->lexer.text + t->start;
    size_t n = t->end - t->start;
    return !strncmp("match", text, n) || !strncmp("case", text, n) || !strncmp("_", text, n);
}

/* A string literal may be wrong inside: CPython finds that whenever a rule reads it. */
static Item *string_item(Explainer *e, const Item *all)
{
    Item *copy = make(e, sizeof *copy);
    if (!copy)
        return NULL;
    e->p->t = token(e, all->from);
    Node *n = parse_strings(e->p);
    if (!n) {
        e->stopped = true;
        return NULL;
    }
    *copy = *all;
    copy->kind = (int)n->kind + 1;
    return copy;
}

/* What an alternative's action makes of its parts: a result, or (with e->stopped) an error, or NULL: it does not fit. */
static Item *act(Explainer *e, Action action, Item *all)
{
    ThreadState *ts = e->ts;
    Item **x = all->items;
    switch (action) {
    case NO_ACTION: return all;
    case A_first_part: return x[0];
    case A_last_part: return x[all->count - 1];
    case A_group: return x[1];
    case A_strings: return string_item(e, all);
    case A_soft_keyword: return begins_soft_keyword(e, first_token(e, all)) ? all : NULL;
    case A_real_number: check_complex(e, x[0], false); return e->stopped ? NULL : all;
    case A_imaginary_number: check_complex(e, x[0], true); return e->stopped ? NULL : all;
    case A_unpacking_after_unpacking:
        RAISE_ITEM(x[0], "iterable argument unpacking follows keyword argument unpacking");
        break;
    case A_bare_generator:
        RAISE_RANGE(x[0], last_comprehension_part(e, x[1]), "Generator expression must be parenthesized");
        break;
    case A_bare_generator_last: bare_generator_last(e, x[0], x[1]); break;
    case A_bare_generator_after:
        RAISE_RANGE(x[2], last_clause_target(x[3]), "Generator expression must be parenthesized");
        break;
    case A_positional_after_keyword: positional_after_keyword(e, x[0]); break;
    case A_maybe_equality:
        RAISE_RANGE(x[0], x[1], "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        break;
    case A_maybe_equality_range:
        RAISE_RANGE(x[0], x[2], "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        break;
    case A_assign_to_constant:
        RAISE_RANGE(x[0], x[1], "cannot assign to %s", constant_name(first_token(e, x[0])));
        break;
    case A_assignment_in_argument:
        RAISE_RANGE(x[0], x[1], "expression cannot contain assignment, perhaps you meant \"==\"?");
        break;
    case A_legacy_statement: {
        const Token *t = first_token(e, x[0]);
        bool print = spelled(e, t, "print");
        if (print || spelled(e, t, "exec"))
            RAISE_RANGE(x[0], x[1], "Missing parentheses in call to '%s'. Did you mean %s(...)?", print ? "print" : "exec",
                        print ? "print" : "exec");
        break;
    }
    case A_forgot_comma:
        if (!is_legacy(e, x[0]) && token(e, e->at - 1)->depth > 0)
            RAISE_RANGE(x[0], x[1], "invalid syntax. Perhaps you forgot a comma?");
        break;
    case A_expected_else: RAISE_RANGE(x[0], x[2], "expected 'else' after 'if' expression"); break;
    case A_bad_walrus_target:
        RAISE_ITEM(x[0], "cannot use assignment expressions with %s", expression_name(e, x[0]));
        break;
    case A_cannot_assign_here:
        RAISE_ITEM(x[0], "cannot assign to %s here. Maybe you meant '==' instead of '='?", expression_name(e, x[0]));
        break;
    case A_annotated_display:
        RAISE_ITEM(x[0], "only single target (not %s) can be annotated", expression_name(e, x[0]));
        break;
    case A_annotated_tuple: RAISE_ITEM(x[0], "only single target (not tuple) can be annotated"); break;
    case A_illegal_annotation_target: RAISE_ITEM(x[0], "illegal target for annotation"); break;
    case A_bad_target: raise_bad_target(e, x[1], STAR_TARGETS); break;
    case A_assign_to_yield: RAISE_ITEM(x[1], "assignment to yield expression not possible"); break;
    case A_bad_augmented_target:
        RAISE_ITEM(x[0], "'%s' is an illegal expression for augmented assignment", expression_name(e, x[0]));
        break;
    case A_bad_del_target: raise_bad_target(e, x[1], DEL_TARGETS); break;
    case A_bad_with_target: raise_bad_target(e, x[2], STAR_TARGETS); break;
    case A_bad_for_target: raise_bad_target(e, x[2], FOR_TARGETS); break;
    case A_expected_block: raise_last(e, EXC(IndentationError), "expected an indented block"); break;
    case A_unpacking_in_comprehension: RAISE_ITEM(x[1], "iterable unpacking cannot be used in comprehension"); break;
    case A_bare_comprehension_target: {
        PointerList rest = {0};
        collect(e, x[3], &rest);
        RAISE_RANGE(x[1], (Item *)rest.items[rest.count - 1], "did you forget parentheses around the comprehension target?");
        break;
    }
    case A_bare_comprehension_target_comma:
        RAISE_RANGE(x[1], x[2], "did you forget parentheses around the comprehension target?");
        break;
    case A_unpacking_in_dict_comprehension:
        RAISE_ITEM(x[1], "dict unpacking cannot be used in dict comprehension");
        break;
    case A_non_default_after_default: RAISE_ITEM(x[2], "non-default argument follows default argument"); break;
    case A_parenthesized_parameters: RAISE_RANGE(x[1], x[4], "Function parameters cannot be parenthesized"); break;
    case A_parenthesized_lambda_parameters:
        RAISE_RANGE(x[1], x[4], "Lambda expression parameters cannot be parenthesized");
        break;
    case A_slash_first: RAISE_ITEM(x[0], "at least one argument must precede /"); break;
    case A_slash_twice: RAISE_ITEM(x[2], "/ may appear only once"); break;
    case A_slash_after_star: RAISE_ITEM(x[5], "/ must be ahead of *"); break;
    case A_comma_between_slash_and_star: RAISE_ITEM(x[2], "expected comma between / and *"); break;
    case A_expected_default: RAISE_ITEM(x[0], "expected default value expression"); break;
    case A_bare_star_known: RAISE_ITEM(x[0], "named arguments must follow bare *"); break;
    case A_bare_star: raise_last(e, EXC(SyntaxError), "named arguments must follow bare *"); break;
    case A_star_default: RAISE_ITEM(x[2], "var-positional argument cannot have default value"); break;
    case A_star_twice: RAISE_ITEM(x[3], "* argument may appear only once"); break;
    case A_double_star_default: RAISE_ITEM(x[2], "var-keyword argument cannot have default value"); break;
    case A_after_double_star: RAISE_ITEM(x[3], "arguments cannot follow var-keyword argument"); break;
    case A_starred_group: RAISE_ITEM(x[1], "cannot use starred expression here"); break;
    case A_double_starred_group: RAISE_ITEM(x[1], "cannot use double starred expression here"); break;
    case A_trailing_import_comma:
        raise_last(e, EXC(SyntaxError), "trailing comma not allowed without surrounding parentheses");
        break;
    case A_expected_colon: raise_last(e, EXC(SyntaxError), "expected ':'"); break;
    case A_block_after: raise_statement_block(e, x[0]); break;
    case A_block_after_second: raise_statement_block(e, x[1]); break;
    case A_block_after_except: raise_block(e, x[0], "'except' statement"); break;
    case A_block_after_except_star: raise_block(e, x[0], "'except*' statement"); break;
    case A_block_after_def: raise_block(e, x[1], "function definition"); break;
    case A_block_after_class: raise_block(e, x[0], "class definition"); break;
    case A_expected_except: raise_last(e, EXC(SyntaxError), "expected 'except' or 'finally' block"); break;
    case A_star_after_plain_except:
        RAISE_RANGE(x[4], x[5], "cannot have both 'except' and 'except*' on the same 'try'");
        break;
    case A_plain_after_star_except: RAISE_ITEM(x[4], "cannot have both 'except' and 'except*' on the same 'try'"); break;
    case A_bare_exception_types: raise_from(e, x[2], "multiple exception types must be parenthesized"); break;
    case A_expected_exception_types: raise_last(e, EXC(SyntaxError), "expected one or more exception types"); break;
    case A_underscore_target: RAISE_ITEM(x[2], "cannot use '_' as a target"); break;
    case A_bad_pattern_target: RAISE_ITEM(x[2], "invalid pattern target"); break;
    case A_positional_after_keyword_pattern: RAISE_ITEM(x[2], "positional patterns follow keyword patterns"); break;
    case A_starred_dict_value: raise_from(e, x[2], "cannot use a starred expression in a dictionary value"); break;
    case A_expected_dict_value: RAISE_ITEM(x[1], "expression expected after dictionary key and ':'"); break;
    case A_expected_dict_colon: {
        int line, col;
        lexer_token_end(&e->p->lexer, last_token(e, x[0]), &line, &col);
        raise_between(e->p, EXC(SyntaxError), "':' expected after dictionary key", (int)first_token(e, x[0])->line, col - 1, line,
                      -1, lexer_line(e));
        e->stopped = true;
        break;
    }
    case ACTION_COUNT: break;
    }
    return NULL;
}

/* ---- the interpreter ---- */

static Item *match_rule(Explainer *e, int rule);
static Item *match_element(Explainer *e, const Element *el, bool *matched);

static Item *token_item(Explainer *e)
{
    Item *i = make(e, sizeof *i);
    if (i)
        *i = (Item){.kind = -1, .from = e->at, .to = e->at + 1};
    e->at++;
    return i;
}

static Item *list_item(Explainer *e, int from, const PointerList *list)
{
    Item *i = make(e, sizeof *i);
    if (i)
        *i = (Item){.from = from, .to = e->at > from ? e->at : from, .count = list->count, .items = (Item **)list->items};
    return i;
}

static void add(Explainer *e, PointerList *list, Item *item)
{
    if (pointer_list_add(e->arena, list, item) < 0)
        e->stopped = true;
}

/* An alternative that is nothing but an invalid_ rule is for the second pass.  (As in CPython, the one of dict displays has
 * braces around it and so counts in the first pass too.) */
static bool is_mistake(const Alternative *alt)
{
    const Element *el = alt->elements;
    return el && !el->next && el->kind == E_RULE && !strncmp(rule_table[el->what].name, "invalid_", 8);
}

static Item *match_alternative(Explainer *e, const Alternative *alt, bool *cut, bool *matched)
{
    PointerList parts = {0};
    int from = e->at;
    *matched = false;
    if (is_mistake(alt) && !e->second_pass)
        return NULL;
    for (const Element *el = alt->elements; el; el = el->next) {
        bool ok;
        if (el->kind == E_CUT) {
            *cut = true;
            continue;
        }
        Item *item = match_element(e, el, &ok);
        if (!ok || e->stopped)
            return NULL;
        if (el->kind != E_AND && el->kind != E_NOT)
            add(e, &parts, item);
    }
    Item *last = parts.count ? parts.items[parts.count - 1] : NULL;
    Item *all;
    if (alt->action) {
        all = list_item(e, from, &parts);
        all = all ? act(e, alt->action, all) : NULL;
        *matched = all != NULL;
        return all;
    }
    *matched = true;
    if (alt->kind_if_last && (!last || last->count == 0))
        return parts.items[0];
    if (parts.count == 1 && !alt->node_kind)
        return last;
    if (!(all = list_item(e, from, &parts)))
        return NULL;
    all->kind = alt->node_kind;
    if (alt->kind_if_last && last->items[last->count - 1] && last->items[last->count - 1]->kind > 0)
        all->kind = last->items[last->count - 1]->kind;
    return all;
}

static Item *match_alternatives(Explainer *e, const Alternative *alt, bool *matched)
{
    int from = e->at;
    bool cut = false;
    for (; alt && !e->stopped && !cut; alt = alt->next) {
        Item *item = match_alternative(e, alt, &cut, matched);
        if (*matched && !e->stopped)
            return item;
        e->at = from;
    }
    *matched = false;
    return NULL;
}

static Item *match_repeated(Explainer *e, const Element *el, bool *matched)
{
    PointerList list = {0};
    int from = e->at;
    for (;;) {
        bool ok;
        int before = e->at;
        Item *item = match_element(e, el->inner, &ok);
        if (e->stopped)
            return NULL;
        if (!ok || e->at == before) {
            e->at = before;
            break;
        }
        add(e, &list, item);
    }
    *matched = el->kind == E_STAR || list.count > 0;
    return *matched ? list_item(e, from, &list) : NULL;
}

static Item *match_gathered(Explainer *e, const Element *el, bool *matched)
{
    PointerList list = {0};
    int from = e->at;
    Item *item = match_element(e, el->inner, matched);
    while (*matched && !e->stopped) {
        bool ok;
        int before = e->at;
        add(e, &list, item);
        match_element(e, el->separator, &ok);
        if (ok)
            item = match_element(e, el->inner, &ok);
        if (!ok) {
            e->at = before;
            return list_item(e, from, &list);
        }
    }
    *matched = false;
    return NULL;
}

static Item *match_forced(Explainer *e, const Element *el, bool *matched)
{
    Item *item = match_element(e, el->inner, matched);
    if (!*matched && !e->stopped)
        raise_at(e, token(e, e->at), token(e, e->at), "expected '%s'", token_spelling((TokenKind)el->inner->what));
    return item;
}

static Item *match_element(Explainer *e, const Element *el, bool *matched)
{
    int from = e->at;
    Item *item = NULL;
    *matched = false;
    if (e->stopped)
        return NULL;
    switch (el->kind) {
    case E_TOKEN: case E_SOFT: {
        const Token *t = look(e);
        *matched = t && (el->kind == E_SOFT ? at_word(e->p, t, el->word) : t->kind == el->what);
        return *matched ? token_item(e) : NULL;
    }
    case E_RULE:
        item = match_rule(e, el->what);
        *matched = item != NULL;
        return item;
    case E_OPTIONAL:
        item = match_element(e, el->inner, matched);
        if (!*matched)
            e->at = from;
        *matched = !e->stopped;
        return item;
    case E_STAR: case E_PLUS: return match_repeated(e, el, matched);
    case E_GATHER: return match_gathered(e, el, matched);
    case E_AND: case E_NOT:
        match_element(e, el->inner, matched);
        *matched = *matched == (el->kind == E_AND) && !e->stopped;
        e->at = from;
        return NULL;
    case E_FORCED: return match_forced(e, el, matched);
    case E_GROUP: return match_alternatives(e, el->group, matched);
    case E_CUT: break;
    }
    return NULL;
}

/* ---- memory of results ---- */

static Memo **memo_slot(Explainer *e, int rule, int at)
{
    return &e->memos[((uint32_t)at * 2654435761u + (uint32_t)rule * 40503u) & e->memo_mask];
}

static const Memo *recall(Explainer *e, int rule, int at)
{
    for (const Memo *m = *memo_slot(e, rule, at); m; m = m->next)
        if (m->rule == rule && m->at == at)
            return m;
    return NULL;
}

static void remember(Explainer *e, int rule, int at, Item *item)
{
    Memo *m = e->stopped ? NULL : make(e, sizeof *m);
    if (!m)
        return;
    Memo **slot = memo_slot(e, rule, at);
    *m = (Memo){*slot, rule, at, e->at, item};
    *slot = m;
}

static Item *match_body(Explainer *e, int rule)
{
    bool matched, saved = e->second_pass;
    const Alternative *alternatives = rule_alternatives(e, rule);
    if (!alternatives) {
        e->stopped = true;
        return NULL;
    }
    if (rule == R_expression_without_invalid)
        e->second_pass = false;
    Item *item = match_alternatives(e, alternatives, &matched);
    e->second_pass = saved;
    return matched ? item : NULL;
}

/* The item of a rule that matched nothing but look-aheads would be NULL: no rule of the grammar does. */
static Item *match_rule(Explainer *e, int rule)
{
    int from = e->at;
    const Memo *known = rule_table[rule].memo ? recall(e, rule, from) : NULL;
    if (known) {
        if (known->item)
            e->at = known->end;
        return known->item;
    }
    if (!front_enter(e->ts, &e->depth, 1 << 30, " during compilation")) {
        err_clear(e->ts);
        err_no_memory(e->ts); /* as CPython's parser when it goes too deep */
        e->stopped = true;
        return NULL;
    }
    Item *item = match_body(e, rule);
    e->depth--;
    if (rule_table[rule].memo)
        remember(e, rule, from, item);
    if (!item)
        e->at = from;
    return item;
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

static bool begin_pass(Explainer *e, bool second)
{
    e->at = 0;
    e->second_pass = second;
    e->memo_mask = 1023;
    while (e->memo_mask < (1u << 20) && e->memo_mask < (uint32_t)e->fill * 8)
        e->memo_mask = e->memo_mask * 2 + 1;
    e->memos = make(e, ((size_t)e->memo_mask + 1) * sizeof *e->memos);
    return e->memos;
}

static int last_line_looked_at(const Explainer *e)
{
    return (int)token(e, e->fill - 1)->line;
}

static void raise_generic(Explainer *e, int last)
{
    ThreadState *ts = e->ts;
    const Token *t = token(e, last);
    if (t->kind == T_INDENT || t->kind == T_DEDENT) {
        e->fill = last + 1;
        raise_last(e, EXC(IndentationError), t->kind == T_INDENT ? "unexpected indent" : "unexpected unindent");
        return;
    }
    raise_at(e, t, t, "invalid syntax");
    prefer_lexical(e->p, last_line_looked_at(e));
}

static void run_passes(Explainer *e)
{
    if (!begin_pass(e, false))
        return;
    match_rule(e, start_rule(e->p));
    if (e->lexical) {
        raise_lexical(e->p);
        return;
    }
    if (err_occurred(e->ts)) { /* found by the first pass: a forced token, a bad complex literal */
        prefer_lexical(e->p, last_line_looked_at(e));
        return;
    }
    int last = e->fill - 1;
    if (!begin_pass(e, true))
        return;
    match_rule(e, start_rule(e->p));
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
