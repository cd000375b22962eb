/* parser_stmt.c - statements and blocks.
 * Keeps: elif chains are read in a loop, so that only indentation (at most 100 levels) recurses.
 * Next: parser_expr.c, parser_pattern.c.   Sources: the reference, chapters 7 and 8. */
#include <string.h>

#include "interp/front/constants.h"
#include "interp/front/parser_internal.h"

/* ---- blocks ---- */

bool parse_statements(Parser *p, PointerList *out, TokenKind end)
{
    while (!take(p, end))
        if (!parse_statement(p, out))
            return false;
    return true;
}

bool parse_block(Parser *p, NodeList *out)
{
    PointerList list = {0};
    bool ok;
    if (take(p, T_NEWLINE))
        ok = take(p, T_INDENT) && parse_statements(p, &list, T_DEDENT);
    else
        ok = parse_simple_statements(p, &list);
    *out = to_nodes(&list);
    return ok && list.count > 0;
}

/* A compound statement ends with the last token of its last line, not at the DEDENT. */
Node *parser_end_block(Parser *p, Node *n)
{
    const Token *saved = p->t;
    while (p->t[-1].kind == T_NEWLINE || p->t[-1].kind == T_INDENT || p->t[-1].kind == T_DEDENT)
        p->t--;
    parser_end(p, n);
    p->t = saved;
    return n;
}

static bool parse_else(Parser *p, NodeList *out)
{
    return !take(p, T_ELSE) || (take(p, T_COLON) && parse_block(p, out));
}

/* ---- simple statements ---- */

static bool is_augmented(TokenKind kind, int *op)
{
    static const uint8_t ops[] = {NB_ADD, NB_SUBTRACT, NB_MULTIPLY, NB_MATRIX_MULTIPLY, NB_TRUE_DIVIDE, NB_REMAINDER,
                                  NB_AND, NB_OR, NB_XOR, NB_LSHIFT, NB_RSHIFT, NB_POWER, NB_FLOOR_DIVIDE};
    if (kind < T_PLUSEQUAL || kind > T_DOUBLESLASHEQUAL)
        return false;
    *op = ops[kind - T_PLUSEQUAL];
    return true;
}

static bool is_single_target(const Node *n)
{
    return n->kind == N_Name || n->kind == N_Attribute || n->kind == N_Subscript;
}

static Node *parse_annotated(Parser *p, const Token *first, Node *target)
{
    Node *n = parser_start(p, N_AnnAssign, first);
    if (!n || !is_single_target(target) || !set_context(p, target, STORE))
        return NULL;
    n->AnnAssign.target = target;
    n->AnnAssign.simple = target->kind == N_Name && first->kind != T_LPAR;
    p->t++;
    if (!(n->AnnAssign.annotation = parse_expression(p)))
        return NULL;
    if (take(p, T_EQUAL) && !(n->AnnAssign.value = parse_yield_or_star_expressions(p)))
        return NULL;
    return parser_end(p, n);
}

static Node *parse_augmented(Parser *p, const Token *first, Node *target, int op)
{
    Node *n = parser_start(p, N_AugAssign, first);
    if (!n || !is_single_target(target) || !set_context(p, target, STORE))
        return NULL;
    p->t++;
    n->AugAssign.target = target;
    n->AugAssign.op = op;
    return (n->AugAssign.value = parse_yield_or_star_expressions(p)) ? parser_end(p, n) : NULL;
}

static Node *parse_assignment(Parser *p, const Token *first, Node *target)
{
    PointerList targets = {0};
    Node *n = parser_start(p, N_Assign, first);
    if (!n)
        return NULL;
    while (take(p, T_EQUAL)) {
        if (!set_context(p, target, STORE) || parser_add(p, &targets, target) < 0
            || !(target = parse_yield_or_star_expressions(p)))
            return NULL;
    }
    n->Assign.targets = to_nodes(&targets);
    n->Assign.value = target;
    return parser_end(p, n);
}

/* An expression, or an assignment that begins with one. */
static Node *parse_expression_statement(Parser *p)
{
    const Token *first = p->t;
    Node *value = parse_yield_or_star_expressions(p);
    int op;
    if (!value)
        return NULL;
    if (at(p, T_EQUAL))
        return parse_assignment(p, first, value);
    if (at(p, T_COLON) && first->kind != T_YIELD)
        return parse_annotated(p, first, value);
    if (is_augmented(p->t->kind, &op))
        return parse_augmented(p, first, value, op);
    Node *n = parser_start(p, N_Expr, first);
    if (!n)
        return NULL;
    n->Expr.value = value;
    return parser_end(p, n);
}

static bool at_statement_end(const Parser *p)
{
    return at(p, T_NEWLINE) || at(p, T_SEMI);
}

static Node *parse_return(Parser *p)
{
    Node *n = parser_start(p, N_Return, p->t++);
    if (!n || (!at_statement_end(p) && !(n->Return.value = parse_star_expressions(p))))
        return NULL;
    return parser_end(p, n);
}

static Node *parse_raise(Parser *p)
{
    Node *n = parser_start(p, N_Raise, p->t++);
    if (!n)
        return NULL;
    if (!at_statement_end(p)) {
        if (!(n->Raise.exc = parse_expression(p)) || (take(p, T_FROM) && !(n->Raise.cause = parse_expression(p))))
            return NULL;
    }
    return parser_end(p, n);
}

static Node *parse_names(Parser *p, NodeKind kind)
{
    Node *n = parser_start(p, kind, p->t);
    if (!n)
        return NULL;
    PointerList names = {0};
    do {
        p->t++;
        if (!at(p, T_NAME) || parser_add(p, &names, parser_identifier(p, p->t)) < 0)
            return NULL;
        p->t++;
    } while (at(p, T_COMMA));
    n->Global.names = (IdentList){(Value *)names.items, names.count}; /* Nonlocal has the same fields */
    return parser_end(p, n);
}

static Node *parse_del(Parser *p)
{
    Node *n = parser_start(p, N_Delete, p->t++);
    PointerList targets = {0};
    if (!n)
        return NULL;
    do {
        if (at_statement_end(p) && targets.count)
            break;
        Node *target = parse_bitwise_or(p);
        if (!target || !set_context(p, target, DEL) || parser_add(p, &targets, target) < 0)
            return NULL;
    } while (take(p, T_COMMA));
    n->Delete.targets = to_nodes(&targets);
    return at_statement_end(p) ? parser_end(p, n) : NULL;
}

static Node *parse_assert(Parser *p)
{
    Node *n = parser_start(p, N_Assert, p->t++);
    if (!n || !(n->Assert.test = parse_expression(p)) || (take(p, T_COMMA) && !(n->Assert.msg = parse_expression(p))))
        return NULL;
    return parser_end(p, n);
}

/* Makes room for n more bytes in a text in the arena. */
static bool grow_text(Parser *p, char **text, size_t length, size_t *room, size_t n)
{
    if (length + n <= *room)
        return true;
    *room = (length + n) * 2;
    char *longer = arena_alloc(p->arena, *room);
    if (!longer)
        return false;
    if (length)
        memcpy(longer, *text, length);
    *text = longer;
    return true;
}

/* a.b.c as one identifier, spelled without blanks. */
static Value parse_dotted_name(Parser *p)
{
    if (!at(p, T_NAME))
        return NULL;
    Value part = parser_identifier(p, p->t++);
    if (!part || !at(p, T_DOT))
        return part;
    char *text = NULL;
    size_t length = 0, room = 0;
    for (;;) {
        Value holder = NULL;
        size_t n = 0;
        const char *utf8 = constant_text(p->ts, part, &n, &holder);
        bool ok = utf8 && grow_text(p, &text, length, &room, n + 1);
        if (ok) {
            memcpy(text + length, utf8, n);
            length += n;
        }
        if (holder)
            decref(p->ts, holder);
        if (!ok)
            return parser_fail(p);
        if (!take(p, T_DOT))
            return parser_intern(p, text, length);
        text[length++] = '.';
        if (!at(p, T_NAME) || !(part = parser_identifier(p, p->t++)))
            return NULL;
    }
}

static Node *parse_alias(Parser *p, bool dotted)
{
    Node *n = parser_start(p, N_Alias, p->t);
    if (!n || !at(p, T_NAME))
        return NULL;
    if (!(n->Alias.name = dotted ? parse_dotted_name(p) : parser_identifier(p, p->t++)))
        return NULL;
    if (take(p, T_AS)) {
        if (!at(p, T_NAME) || !(n->Alias.asname = parser_identifier(p, p->t++)))
            return NULL;
    }
    return parser_end(p, n);
}

static Node *parse_import(Parser *p)
{
    Node *n = parser_start(p, N_Import, p->t);
    PointerList names = {0};
    if (!n)
        return NULL;
    do {
        p->t++;
        if (parser_add(p, &names, parse_alias(p, true)) < 0)
            return NULL;
    } while (at(p, T_COMMA));
    n->Import.names = to_nodes(&names);
    return parser_end(p, n);
}

static bool parse_from_names(Parser *p, PointerList *names)
{
    if (at(p, T_STAR)) {
        Node *star = parser_start(p, N_Alias, p->t++);
        if (!star || !(star->Alias.name = parser_intern(p, "*", 1)))
            return false;
        return parser_add(p, names, parser_end(p, star)) == 0;
    }
    bool parenthesized = take(p, T_LPAR);
    do {
        if (parenthesized && names->count && at(p, T_RPAR))
            break;
        if (parser_add(p, names, parse_alias(p, false)) < 0)
            return false;
    } while (take(p, T_COMMA));
    return !parenthesized || take(p, T_RPAR);
}

static Node *parse_import_from(Parser *p)
{
    Node *n = parser_start(p, N_ImportFrom, p->t++);
    PointerList names = {0};
    if (!n)
        return NULL;
    for (;; p->t++) {
        if (at(p, T_DOT))
            n->ImportFrom.level++;
        else if (at(p, T_ELLIPSIS))
            n->ImportFrom.level += 3;
        else
            break;
    }
    if (!(n->ImportFrom.level && at(p, T_IMPORT)) && !(n->ImportFrom.module = parse_dotted_name(p)))
        return NULL;
    if (!take(p, T_IMPORT) || !parse_from_names(p, &names))
        return NULL;
    n->ImportFrom.names = to_nodes(&names);
    return parser_end(p, n);
}

static Node *parse_word(Parser *p, NodeKind kind)
{
    Node *n = parser_start(p, kind, p->t++);
    return parser_end(p, n);
}

static Node *parse_simple_statement(Parser *p)
{
    switch (p->t->kind) {
    case T_RETURN: return parse_return(p);
    case T_IMPORT: return parse_import(p);
    case T_FROM: return parse_import_from(p);
    case T_RAISE: return parse_raise(p);
    case T_PASS: return parse_word(p, N_Pass);
    case T_BREAK: return parse_word(p, N_Break);
    case T_CONTINUE: return parse_word(p, N_Continue);
    case T_DEL: return parse_del(p);
    case T_ASSERT: return parse_assert(p);
    case T_GLOBAL: return parse_names(p, N_Global);
    case T_NONLOCAL: return parse_names(p, N_Nonlocal);
    default: return parse_expression_statement(p);
    }
}

bool parse_simple_statements(Parser *p, PointerList *out)
{
    do {
        if (at(p, T_NEWLINE) && out->count)
            break;
        if (parser_add(p, out, parse_simple_statement(p)) < 0)
            return false;
    } while (take(p, T_SEMI));
    return take(p, T_NEWLINE);
}

/* ---- if, while, for, with, try ---- */

/* if ... elif ... else: each elif is an If in the orelse of the one before. */
static Node *parse_if(Parser *p)
{
    Node *first = NULL, *outer = NULL;
    PointerList chain = {0};
    for (;;) {
        Node *n = parser_start(p, N_If, p->t++);
        if (!n || !(n->If.test = parse_named_expression(p)) || !take(p, T_COLON) || !parse_block(p, &n->If.body))
            return NULL;
        if (outer) {
            PointerList one = {0};
            if (parser_add(p, &one, n) < 0)
                return NULL;
            outer->If.orelse = to_nodes(&one);
        } else {
            first = n;
        }
        if (parser_add(p, &chain, n) < 0)
            return NULL;
        outer = n;
        if (!at(p, T_ELIF))
            break;
    }
    if (!parse_else(p, &outer->If.orelse))
        return NULL;
    for (int i = chain.count; i-- > 0;)
        parser_end_block(p, chain.items[i]);
    return first;
}

static Node *parse_while(Parser *p)
{
    Node *n = parser_start(p, N_While, p->t++);
    if (!n || !(n->While.test = parse_named_expression(p)) || !take(p, T_COLON) || !parse_block(p, &n->While.body)
        || !parse_else(p, &n->While.orelse))
        return NULL;
    return parser_end_block(p, n);
}

static Node *parse_for(Parser *p, const Token *first, bool is_async)
{
    Node *n = parser_start(p, N_For, first);
    p->t++;
    if (!n || !(n->For.target = parse_target_list(p)) || !take(p, T_IN) || !(n->For.iter = parse_star_expressions(p))
        || !take(p, T_COLON) || !parse_block(p, &n->For.body) || !parse_else(p, &n->For.orelse))
        return NULL;
    n->For.is_async = is_async;
    return parser_end_block(p, n);
}

static Node *parse_with_item(Parser *p)
{
    Node *n = parser_start(p, N_WithItem, p->t);
    if (!n || !(n->WithItem.context_expr = parse_expression(p)))
        return NULL;
    if (take(p, T_AS)) {
        if (!(n->WithItem.optional_vars = parse_star_target(p)))
            return NULL;
        if (!at(p, T_COMMA) && !at(p, T_RPAR) && !at(p, T_COLON))
            return NULL;
    }
    return parser_end(p, n);
}

/* with (a as b, c): only when the closing parenthesis ends the items; else the parenthesis belongs to an expression. */
static bool parse_parenthesized_items(Parser *p, PointerList *items)
{
    const Token *saved = p->t++;
    do {
        if (at(p, T_RPAR) && items->count)
            break;
        if (parser_add(p, items, parse_with_item(p)) < 0)
            goto other;
    } while (take(p, T_COMMA));
    if (take(p, T_RPAR) && take(p, T_COLON))
        return true;
other:
    p->t = saved;
    *items = (PointerList){0};
    return false;
}

static Node *parse_with(Parser *p, const Token *first, bool is_async)
{
    PointerList items = {0};
    Node *n = parser_start(p, N_With, first);
    p->t++;
    if (!n)
        return NULL;
    if (!at(p, T_LPAR) || !parse_parenthesized_items(p, &items)) {
        if (p->exception)
            return NULL;
        do {
            if (parser_add(p, &items, parse_with_item(p)) < 0)
                return NULL;
        } while (take(p, T_COMMA));
        if (!take(p, T_COLON))
            return NULL;
    }
    if (!parse_block(p, &n->With.body))
        return NULL;
    n->With.items = to_nodes(&items);
    n->With.is_async = is_async;
    return parser_end_block(p, n);
}

static Node *parse_handler(Parser *p, bool *is_star, bool is_first)
{
    Node *n = parser_start(p, N_ExceptHandler, p->t++);
    bool star = take(p, T_STAR);
    if (!n || (!is_first && star != *is_star))
        return NULL;
    *is_star = star;
    if (star || !at(p, T_COLON)) {
        if (!(n->ExceptHandler.type = parse_expression(p)))
            return NULL;
        if (take(p, T_AS) && (!at(p, T_NAME) || !(n->ExceptHandler.name = parser_identifier(p, p->t++))))
            return NULL;
    }
    if (!take(p, T_COLON) || !parse_block(p, &n->ExceptHandler.body))
        return NULL;
    return parser_end_block(p, n);
}

static Node *parse_try(Parser *p)
{
    Node *n = parser_start(p, N_Try, p->t++);
    PointerList handlers = {0};
    bool is_star = false;
    if (!n || !take(p, T_COLON) || !parse_block(p, &n->Try.body))
        return NULL;
    while (at(p, T_EXCEPT)) {
        Node *handler = parse_handler(p, &is_star, handlers.count == 0);
        if (parser_add(p, &handlers, handler) < 0)
            return NULL;
    }
    if (handlers.count && at(p, T_ELSE)) {
        if (!parse_else(p, &n->Try.orelse))
            return NULL;
    }
    if (take(p, T_FINALLY)) {
        if (!take(p, T_COLON) || !parse_block(p, &n->Try.finalbody))
            return NULL;
    }
    n->Try.handlers = to_nodes(&handlers);
    n->Try.is_star = is_star;
    return handlers.count || n->Try.finalbody.count ? parser_end_block(p, n) : NULL;
}

/* ---- def, class, decorators ---- */

static Node *parse_def(Parser *p, const Token *first, bool is_async, NodeList decorators)
{
    Node *n = parser_start(p, N_FunctionDef, first);
    p->t++;
    if (!n || !at(p, T_NAME) || !(n->FunctionDef.name = parser_identifier(p, p->t++)) || !take(p, T_LPAR)
        || !(n->FunctionDef.args = parse_parameters(p, T_RPAR, true)) || !take(p, T_RPAR))
        return NULL;
    if (take(p, T_ARROW) && !(n->FunctionDef.returns = parse_expression(p)))
        return NULL;
    if (!take(p, T_COLON) || !parse_block(p, &n->FunctionDef.body))
        return NULL;
    n->FunctionDef.decorator_list = decorators;
    n->FunctionDef.is_async = is_async;
    return parser_end_block(p, n);
}

static Node *parse_class(Parser *p, NodeList decorators)
{
    Node *n = parser_start(p, N_ClassDef, p->t++);
    if (!n || !at(p, T_NAME) || !(n->ClassDef.name = parser_identifier(p, p->t++)))
        return NULL;
    if (take(p, T_LPAR)) {
        const Token *first = p->t;
        if (!parse_call_arguments(p, &n->ClassDef.bases, &n->ClassDef.keywords))
            return NULL;
        if (n->ClassDef.bases.count == 1 && n->ClassDef.bases.items[0]->kind == N_GeneratorExp && first->kind != T_LPAR)
            return NULL; /* a call may leave out a generator's own parentheses, a class may not */
    }
    if (!take(p, T_COLON) || !parse_block(p, &n->ClassDef.body))
        return NULL;
    n->ClassDef.decorator_list = decorators;
    return parser_end_block(p, n);
}

static Node *parse_async(Parser *p, NodeList decorators)
{
    const Token *first = p->t++;
    if (at(p, T_DEF))
        return parse_def(p, first, true, decorators);
    if (decorators.count)
        return NULL;
    return at(p, T_FOR) ? parse_for(p, first, true) : at(p, T_WITH) ? parse_with(p, first, true) : NULL;
}

static Node *parse_decorated(Parser *p)
{
    PointerList list = {0};
    while (take(p, T_AT))
        if (parser_add(p, &list, parse_named_expression(p)) < 0 || !take(p, T_NEWLINE))
            return NULL;
    NodeList decorators = to_nodes(&list);
    switch (p->t->kind) {
    case T_DEF: return parse_def(p, p->t, false, decorators);
    case T_CLASS: return parse_class(p, decorators);
    case T_ASYNC: return parse_async(p, decorators);
    default: return NULL;
    }
}

/* ---- one statement ---- */

/* A compound statement; *is_simple when the token begins none. */
static Node *parse_compound(Parser *p, bool *is_simple)
{
    *is_simple = false;
    switch (p->t->kind) {
    case T_IF: return parse_if(p);
    case T_WHILE: return parse_while(p);
    case T_FOR: return parse_for(p, p->t, false);
    case T_TRY: return parse_try(p);
    case T_WITH: return parse_with(p, p->t, false);
    case T_DEF: return parse_def(p, p->t, false, (NodeList){0});
    case T_CLASS: return parse_class(p, (NodeList){0});
    case T_AT: return parse_decorated(p);
    case T_ASYNC: return parse_async(p, (NodeList){0});
    default: break;
    }
    if (at_word(p, p->t, "match")) {
        const Token *saved = p->t;
        Node *n = parse_match(p);
        if (n || p->exception)
            return n;
        p->t = saved;
    }
    *is_simple = true;
    return NULL;
}

bool parse_statement(Parser *p, PointerList *out)
{
    bool is_simple;
    if (!parser_enter(p))
        return false;
    Node *n = parse_compound(p, &is_simple);
    bool ok;
    if (is_simple) {
        PointerList line = {0};
        ok = parse_simple_statements(p, &line);
        for (int i = 0; ok && i < line.count; i++)
            ok = parser_add(p, out, line.items[i]) == 0;
    } else {
        ok = parser_add(p, out, n) == 0;
    }
    parser_leave(p);
    return ok;
}
