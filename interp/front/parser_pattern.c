/* parser_pattern.c - match statements and their patterns.
 * "match", "case" and "_" are plain names elsewhere: a line that begins with match is tried as a match statement, and read
 * again as an expression when it is none.
 * Next: compile_match.c.   Sources: the reference, 8.6; PEP 634. */
#include "interp/front/constants.h"
#include "interp/front/parser_internal.h"

static Node *parse_pattern(Parser *p);
static Node *parse_or_pattern(Parser *p);
static Node *parse_maybe_star_pattern(Parser *p);

static Node *parse_name_node(Parser *p)
{
    Node *n = parser_start(p, N_Name, p->t);
    if (!n || !(n->Name.id = parser_identifier(p, p->t++)))
        return NULL;
    return parser_end(p, n);
}

/* a.b.c of at least `least` names. */
static Node *parse_attribute_chain(Parser *p, int least)
{
    const Token *first = p->t;
    Node *n = parse_name_node(p);
    for (least--; n && at(p, T_DOT); least--) {
        Node *outer = parser_start(p, N_Attribute, first);
        p->t++;
        if (!outer || !at(p, T_NAME) || !(outer->Attribute.attr = parser_identifier(p, p->t++)))
            return NULL;
        outer->Attribute.value = n;
        n = parser_end(p, outer);
    }
    return least > 0 ? NULL : n;
}

static Node *parse_signed(Parser *p)
{
    const Token *first = p->t;
    if (!take(p, T_MINUS))
        return at(p, T_NUMBER) ? parse_number(p) : NULL;
    Node *n = at(p, T_NUMBER) ? parser_start(p, N_UnaryOp, first) : NULL;
    if (!n || !(n->UnaryOp.operand = parse_number(p)))
        return NULL;
    n->UnaryOp.op = UNARY_MINUS;
    return parser_end(p, n);
}

/* -1, 2.5, 1 + 2j: a sum must be real and imaginary. */
static Node *parse_literal_number(Parser *p)
{
    const Token *first = p->t;
    Node *left = parse_signed(p);
    if (!left || (!at(p, T_PLUS) && !at(p, T_MINUS)))
        return left;
    Node *n = parser_start(p, N_BinOp, first);
    if (!n)
        return NULL;
    n->BinOp.op = at(p, T_PLUS) ? NB_ADD : NB_SUBTRACT;
    p->t++;
    const Node *real = left->kind == N_UnaryOp ? left->UnaryOp.operand : left;
    if (!at(p, T_NUMBER) || constant_is_complex(real->Constant.value))
        return NULL;
    n->BinOp.left = left;
    if (!(n->BinOp.right = parse_number(p)) || !constant_is_complex(n->BinOp.right->Constant.value))
        return NULL;
    return parser_end(p, n);
}

static Node *parse_value_node(Parser *p)
{
    switch (p->t->kind) {
    case T_NUMBER: case T_MINUS: return parse_literal_number(p);
    case T_STRING: return parse_strings(p);
    case T_NAME: return parse_attribute_chain(p, 2);
    default: return NULL;
    }
}

static Node *parse_value_pattern(Parser *p)
{
    Node *n = parser_start(p, N_MatchValue, p->t);
    return n && (n->MatchValue.value = parse_value_node(p)) ? parser_end(p, n) : NULL;
}

static Node *parse_singleton(Parser *p, Value v)
{
    Node *n = parser_start(p, N_MatchSingleton, p->t++);
    if (!n)
        return NULL;
    n->MatchSingleton.value = v;
    return parser_end(p, n);
}

static Node *parse_capture(Parser *p)
{
    Node *n = parser_start(p, N_MatchAs, p->t);
    if (!n)
        return NULL;
    if (!at_word(p, p->t, "_") && !(n->MatchAs.name = parser_identifier(p, p->t)))
        return NULL;
    p->t++;
    return parser_end(p, n);
}

/* ---- sequences ---- */

static Node *parse_maybe_star_pattern(Parser *p)
{
    if (!at(p, T_STAR))
        return parse_pattern(p);
    Node *n = parser_start(p, N_MatchStar, p->t++);
    if (!n || !at(p, T_NAME))
        return NULL;
    if (!at_word(p, p->t, "_") && !(n->MatchStar.name = parser_identifier(p, p->t)))
        return NULL;
    p->t++;
    return parser_end(p, n);
}

static bool parse_patterns_until(Parser *p, PointerList *list, TokenKind end)
{
    while (!at(p, end)) {
        if (parser_add(p, list, parse_maybe_star_pattern(p)) < 0)
            return false;
        if (!take(p, T_COMMA))
            break;
    }
    return take(p, end);
}

static Node *parse_bracketed(Parser *p)
{
    const Token *open = p->t++;
    PointerList list = {0};
    Node *n;
    if (open->kind == T_LPAR && !at(p, T_STAR) && !at(p, T_RPAR)) { /* a group, unless a comma follows */
        if (!(n = parse_pattern(p)))
            return NULL;
        if (take(p, T_RPAR))
            return n;
        if (!take(p, T_COMMA) || parser_add(p, &list, n) < 0)
            return NULL;
    } else if (open->kind == T_LPAR && at(p, T_STAR)) { /* (*a) needs its comma */
        if (parser_add(p, &list, parse_maybe_star_pattern(p)) < 0 || !take(p, T_COMMA))
            return NULL;
    }
    if (!parse_patterns_until(p, &list, open->kind == T_LPAR ? T_RPAR : T_RSQB))
        return NULL;
    if (!(n = parser_start(p, N_MatchSequence, open)))
        return NULL;
    n->MatchSequence.patterns = to_nodes(&list);
    return parser_end(p, n);
}

/* ---- mappings ---- */

static Node *parse_mapping_key(Parser *p)
{
    Value singleton = at(p, T_NONE) ? V_NONE : at(p, T_TRUE) ? V_TRUE : at(p, T_FALSE) ? V_FALSE : NULL;
    if (!singleton)
        return parse_value_node(p);
    Node *n = parser_start(p, N_Constant, p->t++);
    if (!n)
        return NULL;
    n->Constant.value = singleton;
    return parser_end(p, n);
}

static Node *parse_mapping(Parser *p)
{
    Node *n = parser_start(p, N_MatchMapping, p->t++);
    PointerList keys = {0}, patterns = {0};
    if (!n)
        return NULL;
    while (!at(p, T_RBRACE)) {
        if (take(p, T_DOUBLESTAR)) {
            if (!at(p, T_NAME) || at_word(p, p->t, "_") || !(n->MatchMapping.rest = parser_identifier(p, p->t++)))
                return NULL;
            take(p, T_COMMA);
            break;
        }
        if (parser_add(p, &keys, parse_mapping_key(p)) < 0 || !take(p, T_COLON)
            || parser_add(p, &patterns, parse_pattern(p)) < 0)
            return NULL;
        if (!take(p, T_COMMA))
            break;
    }
    n->MatchMapping.keys = to_nodes(&keys);
    n->MatchMapping.patterns = to_nodes(&patterns);
    return take(p, T_RBRACE) ? parser_end(p, n) : NULL;
}

/* ---- classes ---- */

static Node *parse_class_pattern(Parser *p, const Token *first, Node *cls)
{
    Node *n = parser_start(p, N_MatchClass, first);
    PointerList patterns = {0}, names = {0}, values = {0};
    p->t++;
    if (!n)
        return NULL;
    while (!at(p, T_RPAR)) {
        if (at(p, T_NAME) && p->t[1].kind == T_EQUAL) {
            if (parser_add(p, &names, parser_identifier(p, p->t)) < 0)
                return NULL;
            p->t += 2;
            if (parser_add(p, &values, parse_pattern(p)) < 0)
                return NULL;
        } else if (names.count || parser_add(p, &patterns, parse_pattern(p)) < 0) {
            return NULL;
        }
        if (!take(p, T_COMMA))
            break;
    }
    n->MatchClass.cls = cls;
    n->MatchClass.patterns = to_nodes(&patterns);
    n->MatchClass.kwd_attrs = (IdentList){(Value *)names.items, names.count};
    n->MatchClass.kwd_patterns = to_nodes(&values);
    return take(p, T_RPAR) ? parser_end(p, n) : NULL;
}

static Node *parse_name_pattern(Parser *p)
{
    const Token *first = p->t;
    if (p->t[1].kind != T_DOT && p->t[1].kind != T_LPAR)
        return parse_capture(p);
    Node *name = parse_attribute_chain(p, 1);
    if (!name)
        return NULL;
    if (at(p, T_LPAR))
        return parse_class_pattern(p, first, name);
    p->t = first;
    return parse_value_pattern(p);
}

/* ---- alternatives and as ---- */

static Node *parse_closed_pattern(Parser *p)
{
    switch (p->t->kind) {
    case T_NUMBER: case T_MINUS: case T_STRING: return parse_value_pattern(p);
    case T_NONE: return parse_singleton(p, V_NONE);
    case T_TRUE: return parse_singleton(p, V_TRUE);
    case T_FALSE: return parse_singleton(p, V_FALSE);
    case T_NAME: return parse_name_pattern(p);
    case T_LPAR: case T_LSQB: return parse_bracketed(p);
    case T_LBRACE: return parse_mapping(p);
    default: return NULL;
    }
}

static Node *parse_or_pattern(Parser *p)
{
    const Token *first = p->t;
    Node *one = parse_closed_pattern(p);
    if (!one || !at(p, T_VBAR))
        return one;
    PointerList list = {0};
    Node *n = parser_start(p, N_MatchOr, first);
    if (!n || parser_add(p, &list, one) < 0)
        return NULL;
    while (take(p, T_VBAR))
        if (parser_add(p, &list, parse_closed_pattern(p)) < 0)
            return NULL;
    n->MatchOr.patterns = to_nodes(&list);
    return parser_end(p, n);
}

static Node *parse_as_pattern(Parser *p)
{
    const Token *first = p->t;
    Node *inner = parse_or_pattern(p);
    if (!inner || !at(p, T_AS))
        return inner;
    p->t++;
    Node *n = parser_start(p, N_MatchAs, first);
    if (!n || !at(p, T_NAME) || at_word(p, p->t, "_") || !(n->MatchAs.name = parser_identifier(p, p->t++)))
        return NULL;
    if (at(p, T_DOT) || at(p, T_LPAR) || at(p, T_EQUAL))
        return NULL;
    n->MatchAs.pattern = inner;
    return parser_end(p, n);
}

static Node *parse_pattern(Parser *p)
{
    if (!parser_enter(p))
        return NULL;
    Node *n = parse_as_pattern(p);
    parser_leave(p);
    return n;
}

/* ---- the statement ---- */

/* A case's top pattern may be a sequence without brackets. */
static Node *parse_open_pattern(Parser *p)
{
    const Token *first = p->t;
    bool starred = at(p, T_STAR);
    Node *one = parse_maybe_star_pattern(p);
    if (!one || !at(p, T_COMMA))
        return starred ? NULL : one;
    PointerList list = {0};
    Node *n = parser_start(p, N_MatchSequence, first);
    if (!n || parser_add(p, &list, one) < 0)
        return NULL;
    while (take(p, T_COMMA)) {
        if (at(p, T_COLON) || at(p, T_IF))
            break;
        if (parser_add(p, &list, parse_maybe_star_pattern(p)) < 0)
            return NULL;
    }
    n->MatchSequence.patterns = to_nodes(&list);
    return parser_end(p, n);
}

static Node *parse_case(Parser *p)
{
    if (!at_word(p, p->t, "case"))
        return NULL;
    Node *n = parser_start(p, N_MatchCase, p->t++);
    if (!n || !(n->MatchCase.pattern = parse_open_pattern(p)))
        return NULL;
    if (take(p, T_IF) && !(n->MatchCase.guard = parse_named_expression(p)))
        return NULL;
    if (!take(p, T_COLON) || !parse_block(p, &n->MatchCase.body))
        return NULL;
    return n;
}

static Node *parse_subject(Parser *p)
{
    const Token *first = p->t;
    bool starred = at(p, T_STAR);
    Node *one = parse_star_named_expression(p);
    if (!one || !at(p, T_COMMA))
        return starred ? NULL : one;
    PointerList list = {0};
    Node *n = parser_start(p, N_Tuple, first);
    if (!n || parser_add(p, &list, one) < 0)
        return NULL;
    while (take(p, T_COMMA)) {
        if (at(p, T_COLON))
            break;
        if (parser_add(p, &list, parse_star_named_expression(p)) < 0)
            return NULL;
    }
    n->Tuple.elts = to_nodes(&list);
    return parser_end(p, n);
}

Node *parse_match(Parser *p)
{
    Node *n = parser_start(p, N_Match, p->t++);
    PointerList cases = {0};
    if (!n || !(n->Match.subject = parse_subject(p)) || !take(p, T_COLON) || !take(p, T_NEWLINE) || !take(p, T_INDENT))
        return NULL;
    do {
        if (parser_add(p, &cases, parse_case(p)) < 0)
            return NULL;
    } while (!take(p, T_DEDENT));
    n->Match.cases = to_nodes(&cases);
    return parser_end_block(p, n);
}
