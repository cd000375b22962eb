/* optimize.c - constant folding on the syntax tree, before names are looked at.
 * 2 * 3, (1, 2), "ab"[0], not a in b, x in [1, 2], "%s" % (a,) and __debug__ become simpler nodes, just those that CPython
 * 3.11 folds, so that the disassembly is the same.
 * Keeps: a node is changed in place; its position stays. Long chains a + b + c are walked in a loop.
 * Next: constants.c (the arithmetic and its limits), flow.c (what is folded later, on instructions).
 * Sources: CPython 3.11 Python/ast_opt.c. */
#include <string.h>

#include "interp/front/compile_internal.h"
#include "interp/front/constants.h"
#include "interp/front/errors.h"

enum { MAX_DEPTH = 3000 };

typedef struct {
    ThreadState *ts;
    Arena *arena;
    bool future_annotations;
    int optimize;
    int depth;
    bool failed;
} Folder;

static void fold(Folder *f, Node *n);

static void fold_list(Folder *f, const NodeList *list)
{
    for (int i = 0; i < list->count; i++)
        fold(f, list->items[i]);
}

/* n becomes Constant(v); NULL leaves it as it is. Nodes are smaller than a Constant only when they hold one field less. */
static void become_constant(Folder *f, Node *n, STEALS Value v)
{
    if (!v)
        return;
    if (!(v = arena_keep(f->arena, v))) {
        f->failed = true;
        return;
    }
    n->kind = N_Constant;
    n->Constant.value = v;
    n->Constant.has_u_prefix = 0;
}

static Value constant_of(const Node *n)
{
    return n->kind == N_Constant ? n->Constant.value : NULL;
}

/* A list of constants as a tuple; NULL when one is none (or memory ran out). */
static Value tuple_of_constants(Folder *f, const NodeList *elts)
{
    for (int i = 0; i < elts->count; i++)
        if (elts->items[i]->kind != N_Constant)
            return NULL;
    Value t = tuple_new(f->ts, elts->count);
    for (int i = 0; t && i < elts->count; i++)
        tuple_set(t, i, incref(elts->items[i]->Constant.value));
    if (!t)
        f->failed = true;
    return t;
}

/* ---- "..." % (a, b) ---- */

typedef struct {
    Folder *f;
    Value format;
    ssize_t at;
    PointerList parts;
} Format;

static Node *literal_part(Format *m, STEALS Value text)
{
    Node *n = text ? node_new(m->f->arena, N_Constant) : NULL;
    text = arena_keep(m->f->arena, text);
    if (!n || !text) {
        m->f->failed = true;
        return NULL;
    }
    n->Constant.value = text;
    n->line = n->col = n->end_line = n->end_col = -1; /* text between directives comes from nowhere, as in CPython */
    return n;
}

/* Text up to the next "%", with "%%" as "%". */
static bool read_literal(Format *m)
{
    StrBuilder b;
    ssize_t n = str_len(m->format);
    int status = 0;
    strb_init(&b, m->f->ts);
    while (m->at < n && status == 0) {
        Char c = str_at(m->format, m->at);
        if (c == '%') {
            if (m->at + 1 >= n || str_at(m->format, m->at + 1) != '%')
                break;
            m->at++;
        }
        status = strb_char(&b, c);
        m->at++;
    }
    if (status < 0 || b.length == 0) {
        m->f->failed |= status < 0;
        strb_drop(&b);
        return status == 0;
    }
    Node *part = literal_part(m, strb_finish(&b));
    return part && pointer_list_add(m->f->arena, &m->parts, part) == 0;
}

/* %[-][width][.precision]s, r or a: a FormattedValue of arg, or NULL when it is anything else. */
static Node *read_directive(Format *m, Node *arg)
{
    ssize_t n = str_len(m->format);
    char spec[32];
    int used = 0, digits = 0;
    bool left = false;
    m->at++;
    for (; m->at < n; m->at++) { /* flags: only "-" has the same meaning in a format spec */
        Char c = str_at(m->format, m->at);
        if (c == '-')
            left = true;
        else if (c == '+' || c == ' ' || c == '#' || c == '0')
            return NULL;
        else
            break;
    }
    char number[2][8];
    int counts[2] = {0, -1};
    for (; m->at < n && str_at(m->format, m->at) >= '0' && str_at(m->format, m->at) <= '9'; m->at++) {
        if (++digits >= 3)
            return NULL;
        number[0][counts[0]++] = (char)str_at(m->format, m->at);
    }
    if (m->at < n && str_at(m->format, m->at) == '.') {
        counts[1] = 0;
        for (m->at++, digits = 0; m->at < n && str_at(m->format, m->at) >= '0' && str_at(m->format, m->at) <= '9'; m->at++) {
            if (++digits >= 3)
                return NULL;
            number[1][counts[1]++] = (char)str_at(m->format, m->at);
        }
    }
    if (m->at >= n)
        return NULL;
    Char c = str_at(m->format, m->at++);
    if (c != 's' && c != 'r' && c != 'a')
        return NULL;
    if (counts[0] > 0 && !left)
        spec[used++] = '>';
    int width = 0, precision = 0;
    for (int i = 0; i < counts[0]; i++)
        width = width * 10 + number[0][i] - '0';
    for (int i = 0; i < counts[1]; i++)
        precision = precision * 10 + number[1][i] - '0';
    if (counts[0] > 0)
        used += snprintf(spec + used, sizeof spec - (size_t)used, "%d", width);
    if (counts[1] >= 0)
        used += snprintf(spec + used, sizeof spec - (size_t)used, ".%d", precision);
    Node *value = node_new(m->f->arena, N_FormattedValue);
    if (!value) {
        m->f->failed = true;
        return NULL;
    }
    value->FormattedValue.value = arg;
    value->FormattedValue.conversion = (int)c;
    if (used) {
        Node *text = literal_part(m, str_from_utf8(m->f->ts, spec, used)), *joined = node_new(m->f->arena, N_JoinedStr);
        PointerList one = {0};
        if (!text || !joined || pointer_list_add(m->f->arena, &one, text) < 0) {
            m->f->failed = true;
            return NULL;
        }
        joined->JoinedStr.values = (NodeList){(Node **)one.items, 1};
        value->FormattedValue.format_spec = node_place(joined, text);
    }
    return node_place(value, arg);
}

static void fold_format(Folder *f, Node *n)
{
    const NodeList *args = &n->BinOp.right->Tuple.elts;
    Format m = {.f = f, .format = n->BinOp.left->Constant.value};
    int used = 0;
    for (int i = 0; i < args->count; i++)
        if (args->items[i]->kind == N_Starred)
            return;
    for (;;) {
        if (!read_literal(&m))
            return;
        if (m.at >= str_len(m.format))
            break;
        if (used >= args->count)
            return;
        Node *part = read_directive(&m, args->items[used++]);
        if (!part || pointer_list_add(f->arena, &m.parts, part) < 0)
            return;
    }
    if (used < args->count)
        return;
    n->kind = N_JoinedStr;
    n->JoinedStr.values = (NodeList){(Node **)m.parts.items, m.parts.count};
}

/* ---- expressions ---- */

static void fold_binary(Folder *f, Node *n)
{
    Value a = constant_of(n->BinOp.left), b = constant_of(n->BinOp.right);
    if (n->BinOp.op == NB_REMAINDER && a && kind_of(a) == K_STR && n->BinOp.right->kind == N_Tuple
        && n->BinOp.right->Tuple.ctx == LOAD) {
        fold_format(f, n);
        return;
    }
    if (a && b)
        become_constant(f, n, constant_binary(f->ts, n->BinOp.op, a, b));
}

/* The left spine, innermost first. */
static void fold_binary_chain(Folder *f, Node *n)
{
    PointerList spine = {0};
    for (; n->kind == N_BinOp; n = n->BinOp.left)
        if (pointer_list_add(f->arena, &spine, n) < 0) {
            f->failed = true;
            return;
        }
    fold(f, n);
    for (int i = spine.count; i-- > 0 && !f->failed;) {
        n = spine.items[i];
        fold(f, n->BinOp.right);
        fold_binary(f, n);
    }
}

static void fold_unary(Folder *f, Node *n)
{
    Node *operand = n->UnaryOp.operand;
    Value v = constant_of(operand);
    if (v) {
        become_constant(f, n, constant_unary(f->ts, n->UnaryOp.op, v));
        return;
    }
    if (n->UnaryOp.op != UNARY_NOT || operand->kind != N_Compare || operand->Compare.ops.count != 1)
        return;
    static const uint8_t opposite[] = {[COMPARE_IS] = COMPARE_IS_NOT, [COMPARE_IS_NOT] = COMPARE_IS,
                                       [COMPARE_IN] = COMPARE_NOT_IN, [COMPARE_NOT_IN] = COMPARE_IN};
    uint8_t *op = &operand->Compare.ops.items[0];
    if (*op < COMPARE_IS)
        return;
    *op = opposite[*op];
    n->kind = N_Compare; /* ast.c gives every UnaryOp the room of a Compare */
    n->Compare = operand->Compare;
    node_place(n, operand);
}

static void fold_tuple(Folder *f, Node *n)
{
    if (n->Tuple.ctx == LOAD)
        become_constant(f, n, tuple_of_constants(f, &n->Tuple.elts));
}

/* What is only iterated over or searched: a list may be a tuple, a set of constants a frozenset. */
static void fold_iterable(Folder *f, Node *n)
{
    if (n->kind == N_List && n->List.ctx == LOAD) {
        for (int i = 0; i < n->List.elts.count; i++)
            if (n->List.elts.items[i]->kind == N_Starred)
                return;
        n->kind = N_Tuple; /* the same fields */
        fold_tuple(f, n);
    } else if (n->kind == N_Set) {
        Value t = tuple_of_constants(f, &n->Set.elts);
        if (!t)
            return;
        Value set = frozenset_from_iterable(f->ts, t);
        decref(f->ts, t);
        if (set)
            become_constant(f, n, set);
        else
            err_clear(f->ts);
    }
}

static void fold_subscript(Folder *f, Node *n)
{
    Value v = constant_of(n->Subscript.value), index = constant_of(n->Subscript.slice);
    if (n->Subscript.ctx == LOAD && v && index)
        become_constant(f, n, constant_subscript(f->ts, v, index));
}

static void fold_compare(Folder *f, Node *n)
{
    int last = n->Compare.ops.count - 1;
    fold(f, n->Compare.left);
    fold_list(f, &n->Compare.comparators);
    if (n->Compare.ops.items[last] == COMPARE_IN || n->Compare.ops.items[last] == COMPARE_NOT_IN)
        fold_iterable(f, n->Compare.comparators.items[last]);
}

static void fold_generators(Folder *f, const NodeList *generators)
{
    for (int i = 0; i < generators->count; i++) {
        Node *g = generators->items[i];
        fold(f, g->Comprehension.target);
        fold(f, g->Comprehension.iter);
        fold_list(f, &g->Comprehension.ifs);
        fold_iterable(f, g->Comprehension.iter);
    }
}

static void fold_argument_annotations(Folder *f, const NodeList *args)
{
    for (int i = 0; i < args->count && !f->future_annotations; i++)
        fold(f, args->items[i]->Arg.annotation);
}

static void fold_arguments(Folder *f, Node *args)
{
    fold_argument_annotations(f, &args->Arguments.posonlyargs);
    fold_argument_annotations(f, &args->Arguments.args);
    if (args->Arguments.vararg && !f->future_annotations)
        fold(f, args->Arguments.vararg->Arg.annotation);
    fold_argument_annotations(f, &args->Arguments.kwonlyargs);
    fold_list(f, &args->Arguments.kw_defaults);
    if (args->Arguments.kwarg && !f->future_annotations)
        fold(f, args->Arguments.kwarg->Arg.annotation);
    fold_list(f, &args->Arguments.defaults);
}

static void fold_attribute_chain(Folder *f, Node *n)
{
    while (n->kind == N_Attribute) /* a.b.c...: nothing to fold in between */
        n = n->Attribute.value;
    fold(f, n);
}

static void fold_expression(Folder *f, Node *n)
{
    switch (n->kind) {
    case N_BoolOp: fold_list(f, &n->BoolOp.values); break;
    case N_NamedExpr: fold(f, n->NamedExpr.value); break;
    case N_BinOp: fold_binary_chain(f, n); break;
    case N_UnaryOp:
        fold(f, n->UnaryOp.operand);
        fold_unary(f, n);
        break;
    case N_Lambda:
        fold_arguments(f, n->Lambda.args);
        fold(f, n->Lambda.body);
        break;
    case N_IfExp:
        fold(f, n->IfExp.test);
        fold(f, n->IfExp.body);
        fold(f, n->IfExp.orelse);
        break;
    case N_Dict:
        fold_list(f, &n->Dict.keys);
        fold_list(f, &n->Dict.values);
        break;
    case N_Set: fold_list(f, &n->Set.elts); break;
    case N_ListComp:
        fold(f, n->ListComp.elt);
        fold_generators(f, &n->ListComp.generators);
        break;
    case N_SetComp:
        fold(f, n->SetComp.elt);
        fold_generators(f, &n->SetComp.generators);
        break;
    case N_DictComp:
        fold(f, n->DictComp.key);
        fold(f, n->DictComp.value);
        fold_generators(f, &n->DictComp.generators);
        break;
    case N_GeneratorExp:
        fold(f, n->GeneratorExp.elt);
        fold_generators(f, &n->GeneratorExp.generators);
        break;
    case N_Await: fold(f, n->Await.value); break;
    case N_Yield: fold(f, n->Yield.value); break;
    case N_YieldFrom: fold(f, n->YieldFrom.value); break;
    case N_Compare: fold_compare(f, n); break;
    case N_Call:
        fold(f, n->Call.func);
        fold_list(f, &n->Call.args);
        fold_list(f, &n->Call.keywords);
        break;
    case N_Keyword: fold(f, n->Keyword.value); break;
    case N_FormattedValue:
        fold(f, n->FormattedValue.value);
        fold(f, n->FormattedValue.format_spec);
        break;
    case N_JoinedStr: fold_list(f, &n->JoinedStr.values); break;
    case N_Attribute: fold_attribute_chain(f, n); break;
    case N_Subscript:
        fold(f, n->Subscript.value);
        fold(f, n->Subscript.slice);
        fold_subscript(f, n);
        break;
    case N_Starred: fold(f, n->Starred.value); break;
    case N_Name:
        if (n->Name.ctx == LOAD && str_equal_cstr(n->Name.id, "__debug__"))
            become_constant(f, n, bool_value(f->optimize == 0));
        break;
    case N_List: fold_list(f, &n->List.elts); break;
    case N_Tuple:
        fold_list(f, &n->Tuple.elts);
        fold_tuple(f, n);
        break;
    case N_Slice:
        fold(f, n->Slice.lower);
        fold(f, n->Slice.upper);
        fold(f, n->Slice.step);
        break;
    default: break;
    }
}

/* ---- statements and patterns ---- */

/* A string that folding has made of an expression is no docstring. */
static void fold_body(Folder *f, const NodeList *body)
{
    bool had_docstring = ast_docstring(body) != NULL;
    fold_list(f, body);
    if (had_docstring || !ast_docstring(body))
        return;
    Node *value = body->items[0]->Expr.value, *joined = node_new(f->arena, N_JoinedStr);
    PointerList one = {0};
    if (!joined || pointer_list_add(f->arena, &one, value) < 0) {
        f->failed = true;
        return;
    }
    joined->JoinedStr.values = (NodeList){(Node **)one.items, 1};
    body->items[0]->Expr.value = node_place(joined, value);
}

static void fold_if(Folder *f, Node *n)
{
    for (;;) {
        fold(f, n->If.test);
        fold_list(f, &n->If.body);
        if (n->If.orelse.count != 1 || n->If.orelse.items[0]->kind != N_If)
            break;
        n = n->If.orelse.items[0];
    }
    fold_list(f, &n->If.orelse);
}

static void fold_pattern(Folder *f, Node *n)
{
    switch (n->kind) {
    case N_MatchValue: fold(f, n->MatchValue.value); break;
    case N_MatchSequence: fold_list(f, &n->MatchSequence.patterns); break;
    case N_MatchMapping:
        fold_list(f, &n->MatchMapping.keys);
        fold_list(f, &n->MatchMapping.patterns);
        break;
    case N_MatchClass:
        fold(f, n->MatchClass.cls);
        fold_list(f, &n->MatchClass.patterns);
        fold_list(f, &n->MatchClass.kwd_patterns);
        break;
    case N_MatchAs: fold(f, n->MatchAs.pattern); break;
    case N_MatchOr: fold_list(f, &n->MatchOr.patterns); break;
    default: break;
    }
}

static void fold_statement(Folder *f, Node *n)
{
    switch (n->kind) {
    case N_Module: case N_Interactive: fold_body(f, &n->Module.body); break;
    case N_Expression: fold(f, n->Expression.body); break;
    case N_FunctionDef:
        fold_arguments(f, n->FunctionDef.args);
        fold_body(f, &n->FunctionDef.body);
        fold_list(f, &n->FunctionDef.decorator_list);
        if (!f->future_annotations)
            fold(f, n->FunctionDef.returns);
        break;
    case N_ClassDef:
        fold_list(f, &n->ClassDef.bases);
        fold_list(f, &n->ClassDef.keywords);
        fold_body(f, &n->ClassDef.body);
        fold_list(f, &n->ClassDef.decorator_list);
        break;
    case N_Return: fold(f, n->Return.value); break;
    case N_Delete: fold_list(f, &n->Delete.targets); break;
    case N_Assign:
        fold_list(f, &n->Assign.targets);
        fold(f, n->Assign.value);
        break;
    case N_AugAssign:
        fold(f, n->AugAssign.target);
        fold(f, n->AugAssign.value);
        break;
    case N_AnnAssign:
        fold(f, n->AnnAssign.target);
        if (!f->future_annotations)
            fold(f, n->AnnAssign.annotation);
        fold(f, n->AnnAssign.value);
        break;
    case N_For:
        fold(f, n->For.target);
        fold(f, n->For.iter);
        fold_list(f, &n->For.body);
        fold_list(f, &n->For.orelse);
        if (!n->For.is_async)
            fold_iterable(f, n->For.iter);
        break;
    case N_While:
        fold(f, n->While.test);
        fold_list(f, &n->While.body);
        fold_list(f, &n->While.orelse);
        break;
    case N_If: fold_if(f, n); break;
    case N_With:
        fold_list(f, &n->With.items);
        fold_list(f, &n->With.body);
        break;
    case N_WithItem:
        fold(f, n->WithItem.context_expr);
        fold(f, n->WithItem.optional_vars);
        break;
    case N_Match:
        fold(f, n->Match.subject);
        fold_list(f, &n->Match.cases);
        break;
    case N_MatchCase:
        fold_pattern(f, n->MatchCase.pattern);
        fold(f, n->MatchCase.guard);
        fold_list(f, &n->MatchCase.body);
        break;
    case N_Raise:
        fold(f, n->Raise.exc);
        fold(f, n->Raise.cause);
        break;
    case N_Try:
        fold_list(f, &n->Try.body);
        fold_list(f, &n->Try.handlers);
        fold_list(f, &n->Try.orelse);
        fold_list(f, &n->Try.finalbody);
        break;
    case N_ExceptHandler:
        fold(f, n->ExceptHandler.type);
        fold_list(f, &n->ExceptHandler.body);
        break;
    case N_Assert:
        fold(f, n->Assert.test);
        fold(f, n->Assert.msg);
        break;
    case N_Expr: fold(f, n->Expr.value); break;
    default:
        if (n->kind >= N_MatchValue)
            fold_pattern(f, n);
        else
            fold_expression(f, n);
    }
}

static void fold(Folder *f, Node *n)
{
    if (!n || f->failed)
        return;
    if (!front_enter(f->ts, &f->depth, MAX_DEPTH, " during compilation")) {
        f->failed = true;
        return;
    }
    fold_statement(f, n);
    f->depth--;
}

bool fold_tree(ThreadState *ts, Arena *a, Node *module, bool future_annotations, int optimize)
{
    Folder f = {.ts = ts, .arena = a, .future_annotations = future_annotations, .optimize = optimize};
    fold(&f, module);
    return !f.failed;
}
