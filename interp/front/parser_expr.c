/* parser_expr.c - expressions: one function a level of the grammar down to comparisons, then precedence climbing.
 * Keeps: left-deep chains (a + b + c, f(x)(y).z) are read in loops, so only real nesting recurses.
 * Next: parser_stmt.c, fstring.c.   Sources: the reference, chapter 6; V. Pratt, "Top Down Operator Precedence" (1973). */
#include <string.h>

#include "interp/front/constants.h"
#include "interp/front/parser_internal.h"

static Node *parse_disjunction(Parser *p);
static Node *parse_unary(Parser *p);
static bool parse_generators(Parser *p, NodeList *out);

/* ---- targets ---- */

static bool set_contexts(Parser *p, NodeList *elements, ExprContext ctx)
{
    for (int i = 0; i < elements->count; i++)
        if (!set_context(p, elements->items[i], ctx))
            return false;
    return true;
}

bool set_context(Parser *p, Node *n, ExprContext ctx)
{
    switch (n->kind) {
    case N_Name: n->Name.ctx = ctx; return true;
    case N_Attribute: n->Attribute.ctx = ctx; return true;
    case N_Subscript: n->Subscript.ctx = ctx; return true;
    case N_List: n->List.ctx = ctx; return set_contexts(p, &n->List.elts, ctx);
    case N_Tuple: n->Tuple.ctx = ctx; return set_contexts(p, &n->Tuple.elts, ctx);
    case N_Starred:
        n->Starred.ctx = ctx;
        return ctx != DEL && n->Starred.value->kind != N_Starred && set_context(p, n->Starred.value, ctx);
    default: return false;
    }
}

/* "*x" or x, x no wider than a bitwise or: then "in" and "=" are not eaten. */
Node *parse_star_target(Parser *p)
{
    const Token *first = p->t;
    Node *n;
    if (take(p, T_STAR)) {
        if (!(n = parser_start(p, N_Starred, first)) || !(n->Starred.value = parse_bitwise_or(p)))
            return NULL;
        parser_end(p, n);
    } else if (!(n = parse_bitwise_or(p))) {
        return NULL;
    }
    return set_context(p, n, STORE) ? n : NULL;
}

Node *parse_target_list(Parser *p)
{
    const Token *first = p->t;
    Node *one = parse_star_target(p);
    if (!one || !at(p, T_COMMA))
        return one;
    PointerList list = {0};
    Node *tuple = parser_start(p, N_Tuple, first);
    if (!tuple || parser_add(p, &list, one) < 0)
        return NULL;
    while (take(p, T_COMMA)) {
        if (at(p, T_IN))
            break;
        if (parser_add(p, &list, parse_star_target(p)) < 0)
            return NULL;
    }
    tuple->Tuple.elts = to_nodes(&list);
    tuple->Tuple.ctx = STORE;
    return parser_end(p, tuple);
}

/* ---- lists of expressions ---- */

/* Where a list of expressions may end: after a trailing comma nothing else may follow but these. */
static bool at_expression_end(const Parser *p)
{
    switch (p->t->kind) {
    case T_RPAR: case T_RSQB: case T_RBRACE: case T_NEWLINE: case T_EQUAL: case T_SEMI: case T_COLON: case T_ENDMARKER:
    case T_COLONEQUAL: case T_ERROR:
        return true;
    default:
        return p->t->kind >= T_PLUSEQUAL && p->t->kind <= T_DOUBLESLASHEQUAL;
    }
}

/* one ("," one)* [","]: a Tuple when there is a comma. */
static Node *parse_tuple_of(Parser *p, Node *(*parse_one)(Parser *))
{
    const Token *first = p->t;
    Node *one = parse_one(p);
    if (!one || !at(p, T_COMMA))
        return one;
    PointerList list = {0};
    Node *tuple = parser_start(p, N_Tuple, first);
    if (!tuple || parser_add(p, &list, one) < 0)
        return NULL;
    while (take(p, T_COMMA)) {
        if (at_expression_end(p))
            break;
        if (parser_add(p, &list, parse_one(p)) < 0)
            return NULL;
    }
    tuple->Tuple.elts = to_nodes(&list);
    return parser_end(p, tuple);
}

static Node *parse_starred(Parser *p)
{
    Node *n = parser_start(p, N_Starred, p->t++);
    if (!n || !(n->Starred.value = parse_bitwise_or(p)))
        return NULL;
    return parser_end(p, n);
}

Node *parse_star_expression(Parser *p)
{
    return at(p, T_STAR) ? parse_starred(p) : parse_expression(p);
}

Node *parse_star_named_expression(Parser *p)
{
    return at(p, T_STAR) ? parse_starred(p) : parse_named_expression(p);
}

Node *parse_expressions(Parser *p)
{
    return parse_tuple_of(p, parse_expression);
}

Node *parse_star_expressions(Parser *p)
{
    return parse_tuple_of(p, parse_star_expression);
}

static Node *parse_yield(Parser *p)
{
    const Token *first = p->t++;
    Node *n;
    if (take(p, T_FROM)) {
        if (!(n = parser_start(p, N_YieldFrom, first)) || !(n->YieldFrom.value = parse_expression(p)))
            return NULL;
        return parser_end(p, n);
    }
    if (!(n = parser_start(p, N_Yield, first)))
        return NULL;
    if (!at_expression_end(p) && !(n->Yield.value = parse_star_expressions(p)))
        return NULL;
    return parser_end(p, n);
}

Node *parse_yield_or_star_expressions(Parser *p)
{
    return at(p, T_YIELD) ? parse_yield(p) : parse_star_expressions(p);
}

Node *parse_named_expression(Parser *p)
{
    if (!at(p, T_NAME) || p->t[1].kind != T_COLONEQUAL)
        return parse_expression(p);
    Node *n = parser_start(p, N_NamedExpr, p->t);
    Node *target = n ? parser_start(p, N_Name, p->t) : NULL;
    if (!target || !(target->Name.id = parser_identifier(p, p->t++)))
        return NULL;
    target->Name.ctx = STORE;
    n->NamedExpr.target = parser_end(p, target);
    p->t++;
    return (n->NamedExpr.value = parse_expression(p)) ? parser_end(p, n) : NULL;
}

/* ---- lambda, conditional ---- */

static Node *parse_lambda(Parser *p)
{
    Node *n = parser_start(p, N_Lambda, p->t++);
    if (!n || !(n->Lambda.args = parse_parameters(p, T_COLON, false)) || !take(p, T_COLON))
        return NULL;
    return (n->Lambda.body = parse_expression(p)) ? parser_end(p, n) : NULL;
}

static Node *parse_conditional(Parser *p)
{
    const Token *first = p->t;
    Node *body = parse_disjunction(p);
    if (!body || !at(p, T_IF))
        return body;
    p->t++;
    Node *n = parser_start(p, N_IfExp, first);
    if (!n)
        return NULL;
    n->IfExp.body = body;
    if (!(n->IfExp.test = parse_disjunction(p)) || !take(p, T_ELSE) || !(n->IfExp.orelse = parse_expression(p)))
        return NULL;
    return parser_end(p, n);
}

Node *parse_expression(Parser *p)
{
    if (!parser_enter(p))
        return NULL;
    Node *n = at(p, T_LAMBDA) ? parse_lambda(p) : parse_conditional(p);
    parser_leave(p);
    return n;
}

/* ---- or, and, not, comparisons ---- */

static Node *parse_bool_op(Parser *p, TokenKind word, BoolOperator op, Node *(*parse_operand)(Parser *))
{
    const Token *first = p->t;
    Node *left = parse_operand(p);
    if (!left || !at(p, word))
        return left;
    PointerList values = {0};
    Node *n = parser_start(p, N_BoolOp, first);
    if (!n || parser_add(p, &values, left) < 0)
        return NULL;
    while (take(p, word))
        if (parser_add(p, &values, parse_operand(p)) < 0)
            return NULL;
    n->BoolOp.op = op;
    n->BoolOp.values = to_nodes(&values);
    return parser_end(p, n);
}

/* The comparison operator at p->t, taken; -1 for none. */
static int take_comparison(Parser *p)
{
    switch ((p->t++)->kind) {
    case T_EQEQUAL: return COMPARE_EQ;
    case T_NOTEQUAL: return COMPARE_NE;
    case T_LESS: return COMPARE_LT;
    case T_LESSEQUAL: return COMPARE_LE;
    case T_GREATER: return COMPARE_GT;
    case T_GREATEREQUAL: return COMPARE_GE;
    case T_IS: return take(p, T_NOT) ? COMPARE_IS_NOT : COMPARE_IS;
    case T_IN: return COMPARE_IN;
    case T_NOT:
        if (take(p, T_IN))
            return COMPARE_NOT_IN;
    }
    p->t--;
    return -1;
}

static Node *parse_comparison(Parser *p)
{
    const Token *first = p->t;
    Node *left = parse_bitwise_or(p);
    int op;
    if (!left || (op = take_comparison(p)) < 0)
        return left;
    PointerList comparators = {0};
    Node *n = parser_start(p, N_Compare, first);
    if (!n)
        return NULL;
    n->Compare.left = left;
    EnumList *ops = &n->Compare.ops;
    for (int room = 0; op >= 0; op = take_comparison(p)) {
        if (ops->count == room) {
            uint8_t *items = arena_alloc(p->arena, (size_t)(room = room ? room * 2 : 8));
            if (!items)
                return parser_fail(p);
            if (ops->count)
                memcpy(items, ops->items, (size_t)ops->count);
            ops->items = items;
        }
        ops->items[ops->count++] = (uint8_t)op;
        if (parser_add(p, &comparators, parse_bitwise_or(p)) < 0)
            return NULL;
    }
    n->Compare.comparators = to_nodes(&comparators);
    return parser_end(p, n);
}

static Node *parse_not(Parser *p)
{
    if (!at(p, T_NOT))
        return parse_comparison(p);
    if (!parser_enter(p))
        return NULL;
    Node *n = parser_start(p, N_UnaryOp, p->t++);
    if (n) {
        n->UnaryOp.op = UNARY_NOT;
        n = (n->UnaryOp.operand = parse_not(p)) ? parser_end(p, n) : NULL;
    }
    parser_leave(p);
    return n;
}

static Node *parse_conjunction(Parser *p)
{
    return parse_bool_op(p, T_AND, BOOL_AND, parse_not);
}

static Node *parse_disjunction(Parser *p)
{
    return parse_bool_op(p, T_OR, BOOL_OR, parse_conjunction);
}

/* ---- binary operators: precedence climbing ---- */

/* How tightly a binary operator binds (0: none) and what it is. */
static int precedence(TokenKind kind, int *op)
{
    switch (kind) {
    case T_VBAR: *op = NB_OR; return 1;
    case T_CIRCUMFLEX: *op = NB_XOR; return 2;
    case T_AMPER: *op = NB_AND; return 3;
    case T_LEFTSHIFT: *op = NB_LSHIFT; return 4;
    case T_RIGHTSHIFT: *op = NB_RSHIFT; return 4;
    case T_PLUS: *op = NB_ADD; return 5;
    case T_MINUS: *op = NB_SUBTRACT; return 5;
    case T_STAR: *op = NB_MULTIPLY; return 6;
    case T_SLASH: *op = NB_TRUE_DIVIDE; return 6;
    case T_DOUBLESLASH: *op = NB_FLOOR_DIVIDE; return 6;
    case T_PERCENT: *op = NB_REMAINDER; return 6;
    case T_AT: *op = NB_MATRIX_MULTIPLY; return 6;
    default: return 0;
    }
}

static Node *parse_binary(Parser *p, int lowest)
{
    const Token *first = p->t;
    Node *left = parse_unary(p);
    int op, level;
    while (left && (level = precedence(p->t->kind, &op)) >= lowest && level > 0) {
        Node *n = parser_start(p, N_BinOp, first);
        if (!n)
            return NULL;
        p->t++;
        n->BinOp.left = left;
        n->BinOp.op = op;
        left = (n->BinOp.right = parse_binary(p, level + 1)) ? parser_end(p, n) : NULL;
    }
    return left;
}

Node *parse_bitwise_or(Parser *p)
{
    return parse_binary(p, 1);
}

/* ---- primaries: calls, attributes, subscripts ---- */

static Node *parse_slice(Parser *p)
{
    const Token *first = p->t;
    if (at(p, T_STAR))
        return parse_starred(p);
    Node *lower = NULL;
    if (!at(p, T_COLON)) {
        bool named = at(p, T_NAME) && p->t[1].kind == T_COLONEQUAL; /* without parentheses it is no part of a slice */
        if (!(lower = parse_named_expression(p)) || !at(p, T_COLON))
            return lower;
        if (named)
            return NULL;
    }
    Node *n = parser_start(p, N_Slice, first);
    if (!n)
        return NULL;
    p->t++;
    n->Slice.lower = lower;
    if (!at(p, T_COLON) && !at(p, T_COMMA) && !at(p, T_RSQB) && !(n->Slice.upper = parse_expression(p)))
        return NULL;
    if (take(p, T_COLON) && !at(p, T_COMMA) && !at(p, T_RSQB) && !(n->Slice.step = parse_expression(p)))
        return NULL;
    return parser_end(p, n);
}

static Node *parse_slices(Parser *p)
{
    const Token *first = p->t;
    Node *one = parse_slice(p);
    if (!one || (!at(p, T_COMMA) && one->kind != N_Starred))
        return one;
    PointerList list = {0};
    Node *tuple = parser_start(p, N_Tuple, first);
    if (!tuple || parser_add(p, &list, one) < 0)
        return NULL;
    while (take(p, T_COMMA) && !at(p, T_RSQB))
        if (parser_add(p, &list, parse_slice(p)) < 0)
            return NULL;
    tuple->Tuple.elts = to_nodes(&list);
    return parser_end(p, tuple);
}

static Node *parse_keyword(Parser *p)
{
    Node *n = parser_start(p, N_Keyword, p->t);
    if (!n)
        return NULL;
    if (!take(p, T_DOUBLESTAR)) {
        if (!(n->Keyword.arg = parser_identifier(p, p->t)))
            return NULL;
        p->t += 2;
    }
    return (n->Keyword.value = parse_expression(p)) ? parser_end(p, n) : NULL;
}

/* x for x in y, without parentheses of its own: `paren` opened the call. */
static Node *parse_bare_generator(Parser *p, Node *element, const Token *paren)
{
    Node *n = parser_start(p, N_GeneratorExp, paren);
    if (!n)
        return NULL;
    n->GeneratorExp.elt = element;
    if (!parse_generators(p, &n->GeneratorExp.generators) || !take(p, T_RPAR))
        return NULL;
    return parser_end(p, n);
}

bool parse_call_arguments(Parser *p, NodeList *args, NodeList *keywords)
{
    const Token *paren = p->t - 1;
    PointerList arguments = {0}, words = {0};
    bool seen_keyword = false, seen_double_star = false;
    while (!at(p, T_RPAR)) {
        if (at(p, T_DOUBLESTAR) || (at(p, T_NAME) && p->t[1].kind == T_EQUAL)) {
            seen_keyword = true;
            seen_double_star |= at(p, T_DOUBLESTAR);
            if (parser_add(p, &words, parse_keyword(p)) < 0)
                return false;
        } else if (at(p, T_STAR)) {
            const Token *star = p->t++;
            Node *n = seen_double_star ? NULL : parser_start(p, N_Starred, star);
            if (!n || !(n->Starred.value = parse_expression(p)) || parser_add(p, &arguments, parser_end(p, n)) < 0)
                return false;
        } else {
            Node *n = seen_keyword ? NULL : parse_named_expression(p);
            if (n && (at(p, T_FOR) || (at(p, T_ASYNC) && p->t[1].kind == T_FOR)) && arguments.count == 0) {
                if (parser_add(p, &arguments, parse_bare_generator(p, n, paren)) < 0)
                    return false;
                *args = to_nodes(&arguments);
                return true;
            }
            if (parser_add(p, &arguments, n) < 0)
                return false;
        }
        if (!take(p, T_COMMA))
            break;
    }
    *args = to_nodes(&arguments);
    *keywords = to_nodes(&words);
    return take(p, T_RPAR);
}

static Node *parse_atom(Parser *p);

static Node *parse_primary(Parser *p)
{
    const Token *first = p->t;
    Node *n = parse_atom(p);
    while (n) {
        Node *outer;
        switch (p->t->kind) {
        case T_DOT:
            if (p->t[1].kind != T_NAME || !(outer = parser_start(p, N_Attribute, first)))
                return NULL;
            outer->Attribute.value = n;
            if (!(outer->Attribute.attr = parser_identifier(p, p->t + 1)))
                return NULL;
            p->t += 2;
            break;
        case T_LPAR:
            if (!(outer = parser_start(p, N_Call, first)))
                return NULL;
            p->t++;
            outer->Call.func = n;
            if (!parse_call_arguments(p, &outer->Call.args, &outer->Call.keywords))
                return NULL;
            break;
        case T_LSQB:
            if (!(outer = parser_start(p, N_Subscript, first)))
                return NULL;
            p->t++;
            outer->Subscript.value = n;
            if (!(outer->Subscript.slice = parse_slices(p)) || !take(p, T_RSQB))
                return NULL;
            break;
        default:
            return n;
        }
        n = parser_end(p, outer);
    }
    return NULL;
}

static Node *parse_await(Parser *p)
{
    if (!at(p, T_AWAIT))
        return parse_primary(p);
    Node *n = parser_start(p, N_Await, p->t++);
    return n && (n->Await.value = parse_primary(p)) ? parser_end(p, n) : NULL;
}

static Node *parse_power(Parser *p)
{
    const Token *first = p->t;
    Node *left = parse_await(p);
    if (!left || !at(p, T_DOUBLESTAR))
        return left;
    p->t++;
    Node *n = parser_start(p, N_BinOp, first);
    if (!n)
        return NULL;
    n->BinOp.left = left;
    n->BinOp.op = NB_POWER;
    return (n->BinOp.right = parse_unary(p)) ? parser_end(p, n) : NULL;
}

static Node *parse_unary(Parser *p)
{
    if (!parser_enter(p))
        return NULL;
    Node *n;
    if (at(p, T_PLUS) || at(p, T_MINUS) || at(p, T_TILDE)) {
        int op = at(p, T_PLUS) ? UNARY_PLUS : at(p, T_MINUS) ? UNARY_MINUS : UNARY_INVERT;
        n = parser_start(p, N_UnaryOp, p->t++);
        if (n) {
            n->UnaryOp.op = op;
            n = (n->UnaryOp.operand = parse_unary(p)) ? parser_end(p, n) : NULL;
        }
    } else {
        n = parse_power(p);
    }
    parser_leave(p);
    return n;
}

/* ---- atoms ---- */

/* for ... in ... if ...: one or more clauses. */
static bool parse_generators(Parser *p, NodeList *out)
{
    PointerList list = {0};
    while (at(p, T_FOR) || (at(p, T_ASYNC) && p->t[1].kind == T_FOR)) {
        PointerList ifs = {0};
        Node *n = parser_start(p, N_Comprehension, p->t);
        if (!n)
            return false;
        n->Comprehension.is_async = take(p, T_ASYNC);
        p->t++;
        if (!(n->Comprehension.target = parse_target_list(p)) || !take(p, T_IN)
            || !(n->Comprehension.iter = parse_disjunction(p)))
            return false;
        while (take(p, T_IF))
            if (parser_add(p, &ifs, parse_disjunction(p)) < 0)
                return false;
        n->Comprehension.ifs = to_nodes(&ifs);
        if (parser_add(p, &list, parser_end(p, n)) < 0)
            return false;
    }
    *out = to_nodes(&list);
    return list.count > 0;
}

static bool at_comprehension(const Parser *p)
{
    return at(p, T_FOR) || (at(p, T_ASYNC) && p->t[1].kind == T_FOR);
}

static bool parse_elements(Parser *p, PointerList *list, TokenKind end)
{
    while (take(p, T_COMMA)) {
        if (at(p, end))
            break;
        if (parser_add(p, list, parse_star_named_expression(p)) < 0)
            return false;
    }
    return true;
}

/* ( ... ): a tuple, a group or a generator. */
static Node *parse_parenthesized(Parser *p)
{
    const Token *open = p->t++;
    PointerList list = {0};
    Node *n;
    if (take(p, T_RPAR))
        return parser_end(p, parser_start(p, N_Tuple, open));
    if (at(p, T_YIELD))
        return (n = parse_yield(p)) && take(p, T_RPAR) ? n : NULL;
    bool starred = at(p, T_STAR);
    if (!(n = parse_star_named_expression(p)))
        return NULL;
    if (at_comprehension(p) && !starred) {
        Node *generator = parser_start(p, N_GeneratorExp, open);
        if (!generator || !parse_generators(p, &generator->GeneratorExp.generators) || !take(p, T_RPAR))
            return NULL;
        generator->GeneratorExp.elt = n;
        return parser_end(p, generator);
    }
    if (!at(p, T_COMMA))
        return !starred && take(p, T_RPAR) ? n : NULL;
    Node *tuple = parser_start(p, N_Tuple, open);
    if (!tuple || parser_add(p, &list, n) < 0 || !parse_elements(p, &list, T_RPAR) || !take(p, T_RPAR))
        return NULL;
    tuple->Tuple.elts = to_nodes(&list);
    return parser_end(p, tuple);
}

static Node *parse_list(Parser *p)
{
    const Token *open = p->t++;
    PointerList list = {0};
    Node *n;
    if (!at(p, T_RSQB)) {
        bool starred = at(p, T_STAR);
        if (!(n = parse_star_named_expression(p)))
            return NULL;
        if (at_comprehension(p) && !starred) {
            Node *comp = parser_start(p, N_ListComp, open);
            if (!comp || !parse_generators(p, &comp->ListComp.generators) || !take(p, T_RSQB))
                return NULL;
            comp->ListComp.elt = n;
            return parser_end(p, comp);
        }
        if (parser_add(p, &list, n) < 0 || !parse_elements(p, &list, T_RSQB))
            return NULL;
    }
    if (!take(p, T_RSQB) || !(n = parser_start(p, N_List, open)))
        return NULL;
    n->List.elts = to_nodes(&list);
    return parser_end(p, n);
}

/* One "key: value" or "**mapping" of a dict display; `key` is given when it was read already. */
static bool parse_dict_item(Parser *p, PointerList *keys, PointerList *values, Node *key)
{
    Node *value;
    if (!key && take(p, T_DOUBLESTAR)) {
        value = parse_bitwise_or(p);
    } else {
        if ((!key && !(key = parse_expression(p))) || !take(p, T_COLON))
            return false;
        value = parse_expression(p);
    }
    if (!value)
        return false;
    if (pointer_list_add(p->arena, keys, key) < 0)
        return parser_fail(p);
    return parser_add(p, values, value) == 0;
}

static Node *parse_dict(Parser *p, const Token *open, Node *first_key)
{
    PointerList keys = {0}, values = {0};
    Node *n;
    do {
        if (at(p, T_RBRACE))
            break;
        if (!parse_dict_item(p, &keys, &values, first_key))
            return NULL;
        first_key = NULL;
        if (at_comprehension(p) && keys.count == 1 && keys.items[0]) {
            if (!(n = parser_start(p, N_DictComp, open)) || !parse_generators(p, &n->DictComp.generators)
                || !take(p, T_RBRACE))
                return NULL;
            n->DictComp.key = keys.items[0];
            n->DictComp.value = values.items[0];
            return parser_end(p, n);
        }
    } while (take(p, T_COMMA));
    if (!take(p, T_RBRACE) || !(n = parser_start(p, N_Dict, open)))
        return NULL;
    n->Dict.keys = to_nodes(&keys);
    n->Dict.values = to_nodes(&values);
    return parser_end(p, n);
}

static Node *parse_braces(Parser *p)
{
    const Token *open = p->t++;
    if (at(p, T_RBRACE) || at(p, T_DOUBLESTAR))
        return parse_dict(p, open, NULL);
    PointerList list = {0};
    bool may_be_key = !at(p, T_STAR) && !(at(p, T_NAME) && p->t[1].kind == T_COLONEQUAL);
    Node *n = parse_star_named_expression(p);
    if (!n)
        return NULL;
    if (at(p, T_COLON) && may_be_key)
        return parse_dict(p, open, n);
    if (at_comprehension(p) && n->kind != N_Starred) {
        Node *comp = parser_start(p, N_SetComp, open);
        if (!comp || !parse_generators(p, &comp->SetComp.generators) || !take(p, T_RBRACE))
            return NULL;
        comp->SetComp.elt = n;
        return parser_end(p, comp);
    }
    if (parser_add(p, &list, n) < 0 || !parse_elements(p, &list, T_RBRACE) || !take(p, T_RBRACE))
        return NULL;
    if (!(n = parser_start(p, N_Set, open)))
        return NULL;
    n->Set.elts = to_nodes(&list);
    return parser_end(p, n);
}

static Node *parse_constant(Parser *p, Value v)
{
    Node *n = parser_start(p, N_Constant, p->t++);
    if (!n)
        return NULL;
    n->Constant.value = v;
    return parser_end(p, n);
}

Node *parse_number(Parser *p)
{
    const Token *t = p->t;
    Value v = constant_number(p->ts, p->lexer.text + t->start, t->end - t->start);
    if (!v) {
        parser_value_error(p, t);
        return parser_fail(p);
    }
    return (v = arena_keep(p->arena, v)) ? parse_constant(p, v) : parser_fail(p);
}

static Node *parse_name(Parser *p)
{
    Node *n = parser_start(p, N_Name, p->t);
    if (!n || !(n->Name.id = parser_identifier(p, p->t++)))
        return NULL;
    return parser_end(p, n);
}

static Node *parse_atom(Parser *p)
{
    switch (p->t->kind) {
    case T_NAME: return parse_name(p);
    case T_NUMBER: return parse_number(p);
    case T_STRING: return parse_strings(p);
    case T_LPAR: return parse_parenthesized(p);
    case T_LSQB: return parse_list(p);
    case T_LBRACE: return parse_braces(p);
    case T_NONE: return parse_constant(p, V_NONE);
    case T_TRUE: return parse_constant(p, V_TRUE);
    case T_FALSE: return parse_constant(p, V_FALSE);
    case T_ELLIPSIS: return parse_constant(p, V_ELLIPSIS);
    default: return NULL;
    }
}

/* ---- parameters ---- */

typedef struct {
    PointerList posonly, args, defaults, kwonly, kw_defaults;
    bool seen_slash, seen_star;
} Parameters;

static Node *parse_parameter(Parser *p, bool annotated, bool star)
{
    if (!at(p, T_NAME))
        return NULL;
    Node *n = parser_start(p, N_Arg, p->t);
    if (!n || !(n->Arg.arg = parser_identifier(p, p->t++)))
        return NULL;
    if (annotated && take(p, T_COLON)
        && !(n->Arg.annotation = star ? parse_star_expression(p) : parse_expression(p)))
        return NULL;
    return parser_end(p, n);
}

/* name [= default] after the rules for where defaults may stand. */
static bool parse_plain_parameter(Parser *p, Parameters *out, bool annotated)
{
    Node *arg = parse_parameter(p, annotated, false), *value = NULL;
    if (!arg || (take(p, T_EQUAL) && !(value = parse_expression(p))))
        return false;
    if (out->seen_star) {
        if (pointer_list_add(p->arena, &out->kw_defaults, value) < 0)
            return parser_fail(p);
        return parser_add(p, &out->kwonly, arg) == 0;
    }
    if (value ? parser_add(p, &out->defaults, value) < 0 : out->defaults.count > 0)
        return false;
    return parser_add(p, &out->args, arg) == 0;
}

static bool parse_slash(Parser *p, Parameters *out)
{
    if (out->seen_slash || out->seen_star || !out->args.count)
        return false;
    p->t++;
    out->seen_slash = true;
    out->posonly = out->args;
    out->args = (PointerList){0};
    return true;
}

Node *parse_parameters(Parser *p, TokenKind end, bool annotated)
{
    Parameters out = {0};
    Node *n = parser_start(p, N_Arguments, p->t);
    if (!n)
        return NULL;
    while (!at(p, end)) {
        if (at(p, T_SLASH)) {
            if (!parse_slash(p, &out))
                return NULL;
        } else if (at(p, T_STAR)) {
            if (out.seen_star)
                return NULL;
            out.seen_star = true;
            p->t++;
            if (at(p, T_COMMA) ? p->t[1].kind != T_NAME
                               : !(n->Arguments.vararg = parse_parameter(p, annotated, true)))
                return NULL;
        } else if (take(p, T_DOUBLESTAR)) {
            if (!(n->Arguments.kwarg = parse_parameter(p, annotated, false)))
                return NULL;
            take(p, T_COMMA);
            break;
        } else if (!parse_plain_parameter(p, &out, annotated)) {
            return NULL;
        }
        if (!take(p, T_COMMA))
            break;
    }
    n->Arguments.posonlyargs = to_nodes(&out.posonly);
    n->Arguments.args = to_nodes(&out.args);
    n->Arguments.defaults = to_nodes(&out.defaults);
    n->Arguments.kwonlyargs = to_nodes(&out.kwonly);
    n->Arguments.kw_defaults = to_nodes(&out.kw_defaults);
    return at(p, end) ? n : NULL;
}
