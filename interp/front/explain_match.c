/* explain_match.c - the grammar of explain_grammar.def, read into a small tree and matched against tokens.
 * A packrat parser: alternatives are tried in order, results of the marked rules are remembered for each place.
 * Keeps: matching never moves e->at unless it succeeds; e->stopped ends everything at once.
 * Next: explain_mistakes.c.   Sources: B. Ford, "Packrat Parsing" (2002); PEP 617. */
#include <string.h>

#include "interp/front/errors.h"
#include "interp/front/explain_internal.h"

/* ---- the tables ---- */

typedef enum { E_TOKEN, E_SOFT, E_RULE, E_OPTIONAL, E_STAR, E_PLUS, E_GATHER, E_AND, E_NOT, E_CUT, E_GROUP, E_FORCED } ElementKind;

static const struct {
    const char *name, *text;
    bool memo;
} rule_table[] = {
#define RULE(name, memo, text) {#name, text, memo},
#include "interp/front/explain_grammar.def"
};

static const char *const action_names[] = {
    "",
#define X(name) #name,
    ACTIONS(X)
#undef X
};

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

struct Memo {
    struct Memo *next;
    int rule, at, end;
    Item *item;             /* NULL: did not fit */
};

/* ---- reading the grammar's notation ---- */

typedef struct {
    Explainer *e;
    const char *s;
} Notation;

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
    Element *el = explain_make(n->e, sizeof *el);
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
    Alternative *alt = explain_make(n->e, sizeof *alt);
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

static const Token *look(Explainer *e)
{
    const Token *t = explain_token(e, e->at);
    if (e->at >= e->fill)
        e->fill = e->at + 1;
    if (t->kind == T_ERROR) {
        e->stopped = e->lexical = true;
        return NULL;
    }
    return t;
}

/* ---- the interpreter ---- */

static Item *match_element(Explainer *e, const Element *el, bool *matched);

static Item *token_item(Explainer *e)
{
    Item *i = explain_make(e, sizeof *i);
    if (i)
        *i = (Item){.kind = -1, .from = e->at, .to = e->at + 1};
    e->at++;
    return i;
}

static Item *list_item(Explainer *e, int from, const PointerList *list)
{
    Item *i = explain_make(e, sizeof *i);
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
        all = all ? explain_act(e, alt->action, all) : NULL;
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
        explain_raise_at(e, explain_token(e, e->at), explain_token(e, e->at), "expected '%s'", token_spelling((TokenKind)el->inner->what));
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
        item = explain_match(e, el->what);
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
    Memo *m = e->stopped ? NULL : explain_make(e, sizeof *m);
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
Item *explain_match(Explainer *e, int rule)
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

bool explain_begin_pass(Explainer *e, bool second)
{
    e->at = 0;
    e->second_pass = second;
    e->memo_mask = 1023;
    while (e->memo_mask < (1u << 20) && e->memo_mask < (uint32_t)e->fill * 8)
        e->memo_mask = e->memo_mask * 2 + 1;
    e->memos = explain_make(e, ((size_t)e->memo_mask + 1) * sizeof *e->memos);
    return e->memos;
}

