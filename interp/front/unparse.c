/* unparse.c - an expression's source text, for postponed annotations (from __future__ import annotations).
 * Keeps: the text is what CPython 3.11 stores: blanks and parentheses follow operator precedence, not the source.
 * Next: compile_expr.c (compile_annotation).   Sources: CPython 3.11 Python/ast_unparse.c for the layout. */
#include <string.h>

#include "interp/front/ast.h"
#include "interp/front/errors.h"

/* How tightly the place around an expression binds: it is put in parentheses when it binds less itself. */
typedef enum {
    P_TUPLE, P_TEST, P_OR, P_AND, P_NOT, P_COMPARE, P_EXPR,
    P_BOR = P_EXPR, P_BXOR, P_BAND, P_SHIFT, P_ARITH, P_TERM, P_FACTOR, P_POWER, P_AWAIT, P_ATOM
} Level;

enum { MAX_DEPTH = 1000 };

typedef struct {
    ThreadState *ts;
    StrBuilder out;
    int depth;
    bool failed;
} Writer;

static void write_expr(Writer *w, const Node *n, int level);

static void text(Writer *w, const char *s)
{
    if (!w->failed && strb_ascii(&w->out, s, -1) < 0)
        w->failed = true;
}

static void value(Writer *w, Value s)
{
    if (!w->failed && strb_str(&w->out, s) < 0)
        w->failed = true;
}

static void owned(Writer *w, STEALS NULLABLE Value s)
{
    if (!s) {
        w->failed = true;
        return;
    }
    value(w, s);
    decref(w->ts, s);
}

static void list(Writer *w, const NodeList *items)
{
    for (int i = 0; i < items->count; i++) {
        if (i)
            text(w, ", ");
        write_expr(w, items->items[i], P_TEST);
    }
}

/* ---- constants ---- */

/* inf has no literal: 1e309 is read as inf again. */
static void write_repr(Writer *w, Value v)
{
    Value repr = repr_of(w->ts, v);
    Kind kind = kind_of(v);
    if (!repr || (kind != K_FLOAT && kind != K_COMPLEX)) {
        owned(w, repr);
        return;
    }
    for (ssize_t i = 0; i < str_len(repr); i++) {
        Char c = str_at(repr, i);
        if (c == 'i' && i + 2 < str_len(repr) && str_at(repr, i + 1) == 'n') {
            text(w, "1e309");
            i += 2;
        } else if (!w->failed && strb_char(&w->out, c) < 0) {
            w->failed = true;
        }
    }
    decref(w->ts, repr);
}

static void write_constant(Writer *w, const Node *n)
{
    Value v = n->Constant.value;
    if (v == V_ELLIPSIS) {
        text(w, "...");
    } else if (kind_of(v) == K_TUPLE) {
        text(w, "(");
        for (ssize_t i = 0; i < tuple_len(v); i++) {
            text(w, i ? ", " : "");
            write_repr(w, tuple_get(v, i));
        }
        text(w, tuple_len(v) == 1 ? ",)" : ")");
    } else {
        if (n->Constant.has_u_prefix)
            text(w, "u");
        write_repr(w, v);
    }
}

/* ---- f-strings: the parts are put together, then quoted by repr ---- */

static void write_joined_parts(Writer *w, const Node *n, bool is_spec);

static void write_braces_doubled(Writer *w, Value s)
{
    for (ssize_t i = 0; i < str_len(s) && !w->failed; i++) {
        Char c = str_at(s, i);
        if (c == '{' || c == '}')
            w->failed = strb_char(&w->out, c) < 0;
        if (!w->failed)
            w->failed = strb_char(&w->out, c) < 0;
    }
}

static void write_field(Writer *w, const Node *n)
{
    Writer inner = {.ts = w->ts, .depth = w->depth};
    strb_init(&inner.out, w->ts);
    write_expr(&inner, n->FormattedValue.value, P_TEST + 1);
    if (inner.failed) {
        strb_drop(&inner.out);
        w->failed = true;
        return;
    }
    Value expression = strb_finish(&inner.out);
    text(w, expression && str_len(expression) && str_at(expression, 0) == '{' ? "{ " : "{");
    owned(w, expression);
    if (n->FormattedValue.conversion > 0) {
        char conversion[3] = {'!', (char)n->FormattedValue.conversion, 0};
        text(w, conversion);
    }
    if (n->FormattedValue.format_spec) {
        text(w, ":");
        write_joined_parts(w, n->FormattedValue.format_spec, true);
    }
    text(w, "}");
}

static void write_joined_parts(Writer *w, const Node *n, bool is_spec)
{
    if (n->kind == N_Constant) {
        if (is_spec)
            value(w, n->Constant.value);
        else
            write_braces_doubled(w, n->Constant.value);
    } else if (n->kind == N_FormattedValue) {
        write_field(w, n);
    } else {
        for (int i = 0; i < n->JoinedStr.values.count; i++)
            write_joined_parts(w, n->JoinedStr.values.items[i], is_spec);
    }
}

static void write_fstring(Writer *w, const Node *n)
{
    Writer inner = {.ts = w->ts, .depth = w->depth};
    strb_init(&inner.out, w->ts);
    write_joined_parts(&inner, n, false);
    if (inner.failed) {
        strb_drop(&inner.out);
        w->failed = true;
        return;
    }
    Value body = strb_finish(&inner.out);
    text(w, "f");
    if (body) {
        write_repr(w, body);
        decref(w->ts, body);
    } else {
        w->failed = true;
    }
}

/* ---- operators ---- */

typedef struct {
    const char *symbol;
    int level;
    bool right_associative;
} Operator;

static const Operator binary[] = {
    [NB_ADD] = {" + ", P_ARITH, false}, [NB_SUBTRACT] = {" - ", P_ARITH, false}, [NB_MULTIPLY] = {" * ", P_TERM, false},
    [NB_MATRIX_MULTIPLY] = {" @ ", P_TERM, false}, [NB_TRUE_DIVIDE] = {" / ", P_TERM, false},
    [NB_REMAINDER] = {" % ", P_TERM, false}, [NB_LSHIFT] = {" << ", P_SHIFT, false}, [NB_RSHIFT] = {" >> ", P_SHIFT, false},
    [NB_OR] = {" | ", P_BOR, false}, [NB_XOR] = {" ^ ", P_BXOR, false}, [NB_AND] = {" & ", P_BAND, false},
    [NB_FLOOR_DIVIDE] = {" // ", P_TERM, false}, [NB_POWER] = {" ** ", P_POWER, true},
};

static void open_if(Writer *w, bool parentheses) { text(w, parentheses ? "(" : ""); }
static void close_if(Writer *w, bool parentheses) { text(w, parentheses ? ")" : ""); }

static void write_binary(Writer *w, const Node *n, int level)
{
    Operator op = binary[n->BinOp.op];
    open_if(w, level > op.level);
    write_expr(w, n->BinOp.left, op.level + op.right_associative);
    text(w, op.symbol);
    write_expr(w, n->BinOp.right, op.level + !op.right_associative);
    close_if(w, level > op.level);
}

static void write_unary(Writer *w, const Node *n, int level)
{
    static const char *const symbols[] = {"~", "not ", "+", "-"};
    int own = n->UnaryOp.op == UNARY_NOT ? P_NOT : P_FACTOR;
    open_if(w, level > own);
    text(w, symbols[n->UnaryOp.op]);
    write_expr(w, n->UnaryOp.operand, own);
    close_if(w, level > own);
}

static void write_bool_op(Writer *w, const Node *n, int level)
{
    int own = n->BoolOp.op == BOOL_AND ? P_AND : P_OR;
    open_if(w, level > own);
    for (int i = 0; i < n->BoolOp.values.count; i++) {
        if (i)
            text(w, own == P_AND ? " and " : " or ");
        write_expr(w, n->BoolOp.values.items[i], own + 1);
    }
    close_if(w, level > own);
}

static void write_compare(Writer *w, const Node *n, int level)
{
    static const char *const symbols[] = {" == ", " != ", " < ", " <= ", " > ", " >= ", " is ", " is not ", " in ", " not in "};
    open_if(w, level > P_COMPARE);
    write_expr(w, n->Compare.left, P_COMPARE + 1);
    for (int i = 0; i < n->Compare.ops.count; i++) {
        text(w, symbols[n->Compare.ops.items[i]]);
        write_expr(w, n->Compare.comparators.items[i], P_COMPARE + 1);
    }
    close_if(w, level > P_COMPARE);
}

static void write_conditional(Writer *w, const Node *n, int level)
{
    open_if(w, level > P_TEST);
    write_expr(w, n->IfExp.body, P_TEST + 1);
    text(w, " if ");
    write_expr(w, n->IfExp.test, P_TEST + 1);
    text(w, " else ");
    write_expr(w, n->IfExp.orelse, P_TEST);
    close_if(w, level > P_TEST);
}

/* ---- lambda ---- */

static void write_args(Writer *w, const Node *a)
{
    const NodeList *posonly = &a->Arguments.posonlyargs, *args = &a->Arguments.args, *kwonly = &a->Arguments.kwonlyargs;
    const NodeList *defaults = &a->Arguments.defaults;
    int positional = posonly->count + args->count, without_default = positional - defaults->count;
    const char *comma = "";
    for (int i = 0; i < positional; i++, comma = ", ") {
        const Node *arg = i < posonly->count ? posonly->items[i] : args->items[i - posonly->count];
        text(w, comma);
        value(w, arg->Arg.arg);
        if (i >= without_default) {
            text(w, "=");
            write_expr(w, defaults->items[i - without_default], P_TEST);
        }
        if (posonly->count && i + 1 == posonly->count)
            text(w, ", /");
    }
    if (a->Arguments.vararg || kwonly->count) {
        text(w, comma);
        text(w, "*");
        if (a->Arguments.vararg)
            value(w, a->Arguments.vararg->Arg.arg);
        comma = ", ";
    }
    for (int i = 0; i < kwonly->count; i++) {
        text(w, comma);
        value(w, kwonly->items[i]->Arg.arg);
        if (a->Arguments.kw_defaults.items[i]) {
            text(w, "=");
            write_expr(w, a->Arguments.kw_defaults.items[i], P_TEST);
        }
    }
    if (a->Arguments.kwarg) {
        text(w, comma);
        text(w, "**");
        value(w, a->Arguments.kwarg->Arg.arg);
    }
}

static void write_lambda(Writer *w, const Node *n, int level)
{
    const Node *a = n->Lambda.args;
    bool positional = a->Arguments.posonlyargs.count + a->Arguments.args.count > 0;
    open_if(w, level > P_TEST);
    text(w, positional ? "lambda " : "lambda"); /* "lambda*args": so does CPython */
    write_args(w, a);
    text(w, ": ");
    write_expr(w, n->Lambda.body, P_TEST);
    close_if(w, level > P_TEST);
}

/* ---- displays, comprehensions, calls ---- */

static void write_generators(Writer *w, const NodeList *generators)
{
    for (int i = 0; i < generators->count; i++) {
        const Node *g = generators->items[i];
        text(w, g->Comprehension.is_async ? " async for " : " for ");
        write_expr(w, g->Comprehension.target, P_TUPLE);
        text(w, " in ");
        write_expr(w, g->Comprehension.iter, P_TEST + 1);
        for (int k = 0; k < g->Comprehension.ifs.count; k++) {
            text(w, " if ");
            write_expr(w, g->Comprehension.ifs.items[k], P_TEST + 1);
        }
    }
}

static void write_comprehension(Writer *w, const char *open, const Node *element, const NodeList *generators, const char *close)
{
    text(w, open);
    write_expr(w, element, P_TEST);
    write_generators(w, generators);
    text(w, close);
}

static void write_dict(Writer *w, const Node *n)
{
    text(w, "{");
    for (int i = 0; i < n->Dict.values.count; i++) {
        text(w, i ? ", " : "");
        if (n->Dict.keys.items[i]) {
            write_expr(w, n->Dict.keys.items[i], P_TEST);
            text(w, ": ");
            write_expr(w, n->Dict.values.items[i], P_TEST);
        } else {
            text(w, "**");
            write_expr(w, n->Dict.values.items[i], P_EXPR);
        }
    }
    text(w, "}");
}

static void write_call(Writer *w, const Node *n)
{
    const NodeList *args = &n->Call.args;
    write_expr(w, n->Call.func, P_ATOM);
    if (args->count == 1 && !n->Call.keywords.count && args->items[0]->kind == N_GeneratorExp) {
        write_expr(w, args->items[0], P_TEST);
        return;
    }
    text(w, "(");
    list(w, args);
    for (int i = 0; i < n->Call.keywords.count; i++) {
        const Node *k = n->Call.keywords.items[i];
        text(w, i || args->count ? ", " : "");
        if (k->Keyword.arg) {
            value(w, k->Keyword.arg);
            text(w, "=");
        } else {
            text(w, "**");
        }
        write_expr(w, k->Keyword.value, P_TEST);
    }
    text(w, ")");
}

static void write_tuple(Writer *w, const Node *n, int level)
{
    const NodeList *elts = &n->Tuple.elts;
    if (!elts->count) {
        text(w, "()");
        return;
    }
    open_if(w, level > P_TUPLE);
    list(w, elts);
    text(w, elts->count == 1 ? "," : "");
    close_if(w, level > P_TUPLE);
}

static void write_attribute(Writer *w, const Node *n)
{
    const Node *v = n->Attribute.value;
    write_expr(w, v, P_ATOM);
    text(w, v->kind == N_Constant && kind_of(v->Constant.value) == K_INT ? " ." : ".");
    value(w, n->Attribute.attr);
}

static void write_slice(Writer *w, const Node *n)
{
    if (n->Slice.lower)
        write_expr(w, n->Slice.lower, P_TEST);
    text(w, ":");
    if (n->Slice.upper)
        write_expr(w, n->Slice.upper, P_TEST);
    if (n->Slice.step) {
        text(w, ":");
        write_expr(w, n->Slice.step, P_TEST);
    }
}

static void write_yield(Writer *w, const char *word, const Node *operand)
{
    text(w, "(");
    text(w, word);
    if (operand) {
        text(w, " ");
        write_expr(w, operand, P_TEST);
    }
    text(w, ")");
}

static void write_here(Writer *w, const Node *n, int level)
{
    switch (n->kind) {
    case N_BoolOp: write_bool_op(w, n, level); break;
    case N_BinOp: write_binary(w, n, level); break;
    case N_UnaryOp: write_unary(w, n, level); break;
    case N_Lambda: write_lambda(w, n, level); break;
    case N_IfExp: write_conditional(w, n, level); break;
    case N_Dict: write_dict(w, n); break;
    case N_Set:
        text(w, "{");
        list(w, &n->Set.elts);
        text(w, "}");
        break;
    case N_GeneratorExp: write_comprehension(w, "(", n->GeneratorExp.elt, &n->GeneratorExp.generators, ")"); break;
    case N_ListComp: write_comprehension(w, "[", n->ListComp.elt, &n->ListComp.generators, "]"); break;
    case N_SetComp: write_comprehension(w, "{", n->SetComp.elt, &n->SetComp.generators, "}"); break;
    case N_DictComp:
        text(w, "{");
        write_expr(w, n->DictComp.key, P_TEST);
        text(w, ": ");
        write_expr(w, n->DictComp.value, P_TEST);
        write_generators(w, &n->DictComp.generators);
        text(w, "}");
        break;
    case N_Yield: write_yield(w, "yield", n->Yield.value); break;
    case N_YieldFrom: write_yield(w, "yield from", n->YieldFrom.value); break;
    case N_Await:
        open_if(w, level > P_AWAIT);
        text(w, "await ");
        write_expr(w, n->Await.value, P_ATOM);
        close_if(w, level > P_AWAIT);
        break;
    case N_Compare: write_compare(w, n, level); break;
    case N_Call: write_call(w, n); break;
    case N_Constant: write_constant(w, n); break;
    case N_JoinedStr: case N_FormattedValue: write_fstring(w, n); break;
    case N_Attribute: write_attribute(w, n); break;
    case N_Starred:
        text(w, "*");
        write_expr(w, n->Starred.value, P_EXPR);
        break;
    case N_Name: value(w, n->Name.id); break;
    case N_List:
        text(w, "[");
        list(w, &n->List.elts);
        text(w, "]");
        break;
    case N_Tuple: write_tuple(w, n, level); break;
    case N_Subscript:
        write_expr(w, n->Subscript.value, P_ATOM);
        text(w, "[");
        write_expr(w, n->Subscript.slice, P_TUPLE);
        text(w, "]");
        break;
    case N_Slice: write_slice(w, n); break;
    case N_NamedExpr:
        open_if(w, level > P_TUPLE);
        write_expr(w, n->NamedExpr.target, P_ATOM);
        text(w, " := ");
        write_expr(w, n->NamedExpr.value, P_ATOM);
        close_if(w, level > P_TUPLE);
        break;
    default: break;
    }
}

static void write_expr(Writer *w, const Node *n, int level)
{
    if (w->failed)
        return;
    if (!front_enter(w->ts, &w->depth, MAX_DEPTH, " during compilation")) {
        w->failed = true;
        return;
    }
    write_here(w, n, level);
    w->depth--;
}

Value ast_unparse(ThreadState *ts, const Node *n)
{
    Writer w = {.ts = ts};
    strb_init(&w.out, ts);
    write_expr(&w, n, P_TEST);
    if (!w.failed)
        return strb_finish(&w.out);
    strb_drop(&w.out);
    return NULL;
}
