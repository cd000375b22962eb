/* compile_expr.c - expressions to instructions.
 * Keeps: each compile_expr leaves exactly one value on the stack (a stored or deleted target: takes its value).
 * Next: compile_scope.c (lambdas, comprehensions), optimize.c (what was folded before).
 * Sources: CPython 3.11 Python/compile.c. */
#include <string.h>

#include "interp/front/compile_internal.h"
#include "interp/front/errors.h"

enum { MAX_DEPTH = 3000 };

void compile_exprs(Compiler *c, const NodeList *list)
{
    for (int i = 0; i < list->count; i++)
        compile_expr(c, list->items[i]);
}

/* ---- warnings about slips ---- */

static const char *literal_type(const Node *n)
{
    switch (n->kind) {
    case N_Tuple: return "tuple";
    case N_List: case N_ListComp: return "list";
    case N_Dict: case N_DictComp: return "dict";
    case N_Set: case N_SetComp: return "set";
    case N_GeneratorExp: return "generator";
    case N_Lambda: return "function";
    case N_JoinedStr: case N_FormattedValue: return "str";
    case N_Constant:
        switch (kind_of(n->Constant.value)) {
        case K_NONE: return "NoneType";
        case K_BOOL: return "bool";
        case K_ELLIPSIS: return "ellipsis";
        case K_INT: return "int";
        case K_FLOAT: return "float";
        case K_COMPLEX: return "complex";
        case K_STR: return "str";
        case K_BYTES: return "bytes";
        case K_TUPLE: return "tuple";
        case K_FROZENSET: return "frozenset";
        default: return NULL;
        }
    default: return NULL;
    }
}

static void warn_not_callable(Compiler *c, const Node *f)
{
    switch (f->kind) {
    case N_Constant: case N_Tuple: case N_List: case N_ListComp: case N_Dict: case N_DictComp: case N_Set: case N_SetComp:
    case N_GeneratorExp: case N_JoinedStr: case N_FormattedValue:
        set_place(c, f);
        compile_warn(c, "'%s' object is not callable; perhaps you missed a comma?", literal_type(f));
        return;
    default:
        return;
    }
}

static void warn_not_subscriptable(Compiler *c, const Node *v)
{
    switch (v->kind) {
    case N_Constant:
        switch (kind_of(v->Constant.value)) {
        case K_STR: case K_BYTES: case K_TUPLE: return;
        default: break;
        }
        break;
    case N_Set: case N_SetComp: case N_GeneratorExp: case N_Lambda: break;
    default: return;
    }
    compile_warn(c, "'%s' object is not subscriptable; perhaps you missed a comma?", literal_type(v));
}

static void warn_bad_index(Compiler *c, const Node *v, const Node *index)
{
    const char *type = literal_type(index);
    if (!type || !strcmp(type, "int") || !strcmp(type, "bool"))
        return;
    switch (v->kind) {
    case N_Constant:
        switch (kind_of(v->Constant.value)) {
        case K_STR: case K_BYTES: case K_TUPLE: break;
        default: return;
        }
        break;
    case N_Tuple: case N_List: case N_ListComp: case N_JoinedStr: case N_FormattedValue: break;
    default: return;
    }
    compile_warn(c, "%s indices must be integers or slices, not %s; perhaps you missed a comma?", literal_type(v), type);
}

/* Not a literal that "is" should not be asked about. */
static bool may_be_compared_by_identity(const Node *n)
{
    return n->kind != N_Constant || is_none(n->Constant.value) || is_bool(n->Constant.value) || n->Constant.value == V_ELLIPSIS;
}

static void warn_is_literals(Compiler *c, const Node *n)
{
    bool left = may_be_compared_by_identity(n->Compare.left);
    for (int i = 0; i < n->Compare.ops.count; i++) {
        bool right = may_be_compared_by_identity(n->Compare.comparators.items[i]);
        int op = n->Compare.ops.items[i];
        if ((op == COMPARE_IS || op == COMPARE_IS_NOT) && (!left || !right)) {
            compile_warn(c, op == COMPARE_IS ? "\"is\" with a literal. Did you mean \"==\"?"
                                             : "\"is not\" with a literal. Did you mean \"!=\"?");
            return;
        }
        left = right;
    }
}

/* ---- comparisons and conditions ---- */

static void emit_compare(Compiler *c, int op)
{
    static const uint8_t compare[] = {[COMPARE_EQ] = CMP_EQ, [COMPARE_NE] = CMP_NE, [COMPARE_LT] = CMP_LT, [COMPARE_LE] = CMP_LE,
                                      [COMPARE_GT] = CMP_GT, [COMPARE_GE] = CMP_GE};
    switch (op) {
    case COMPARE_IS: emit_arg(c, OP_IS_OP, 0); break;
    case COMPARE_IS_NOT: emit_arg(c, OP_IS_OP, 1); break;
    case COMPARE_IN: emit_arg(c, OP_CONTAINS_OP, 0); break;
    case COMPARE_NOT_IN: emit_arg(c, OP_CONTAINS_OP, 1); break;
    default: emit_arg(c, OP_COMPARE_OP, compare[op]);
    }
}

/* a < b < ...: each middle operand is kept for the next comparison; a false one jumps to cleanup with it on the stack. */
static void compile_compare_links(Compiler *c, Node *n, int jump_op, Block *cleanup)
{
    int last = n->Compare.ops.count - 1;
    compile_expr(c, n->Compare.left);
    for (int i = 0; i < last; i++) {
        compile_expr(c, n->Compare.comparators.items[i]);
        emit_arg(c, OP_SWAP, 2);
        emit_arg(c, OP_COPY, 2);
        emit_compare(c, n->Compare.ops.items[i]);
        emit_jump(c, jump_op, cleanup);
    }
    compile_expr(c, n->Compare.comparators.items[last]);
    emit_compare(c, n->Compare.ops.items[last]);
}

static void compile_compare(Compiler *c, Node *n)
{
    warn_is_literals(c, n);
    if (n->Compare.ops.count == 1) {
        compile_compare_links(c, n, 0, NULL);
        return;
    }
    Block *cleanup = block_new(c), *end = block_new(c);
    compile_compare_links(c, n, OP_JUMP_IF_FALSE_OR_POP, cleanup);
    emit_jump_no_line(c, V_JUMP, end);
    use_block(c, cleanup);
    emit_arg(c, OP_SWAP, 2);
    emit(c, OP_POP_TOP);
    use_block(c, end);
}

static void jump_if_compare(Compiler *c, Node *n, Block *target, bool condition)
{
    Block *cleanup = block_new(c), *end = block_new(c);
    warn_is_literals(c, n);
    compile_compare_links(c, n, V_POP_JUMP_IF_FALSE, cleanup);
    emit_jump(c, condition ? V_POP_JUMP_IF_TRUE : V_POP_JUMP_IF_FALSE, target);
    emit_jump_no_line(c, V_JUMP, end);
    use_block(c, cleanup);
    emit(c, OP_POP_TOP);
    if (!condition)
        emit_jump_no_line(c, V_JUMP, target);
    use_block(c, end);
}

static void jump_if_bool_op(Compiler *c, Node *n, Block *target, bool condition)
{
    bool shortcut = n->BoolOp.op == BOOL_OR;
    Block *next = shortcut == condition ? target : block_new(c);
    int last = n->BoolOp.values.count - 1;
    for (int i = 0; i < last; i++)
        jump_if(c, n->BoolOp.values.items[i], next, shortcut);
    jump_if(c, n->BoolOp.values.items[last], target, condition);
    if (next != target)
        use_block(c, next);
}

static void jump_if_conditional(Compiler *c, Node *n, Block *target, bool condition)
{
    Block *end = block_new(c), *orelse = block_new(c);
    jump_if(c, n->IfExp.test, orelse, false);
    jump_if(c, n->IfExp.body, target, condition);
    emit_jump_no_line(c, V_JUMP, end);
    use_block(c, orelse);
    jump_if(c, n->IfExp.orelse, target, condition);
    use_block(c, end);
}

static void jump_if_here(Compiler *c, Node *n, Block *target, bool condition)
{
    if (n->kind == N_UnaryOp && n->UnaryOp.op == UNARY_NOT)
        jump_if(c, n->UnaryOp.operand, target, !condition);
    else if (n->kind == N_BoolOp)
        jump_if_bool_op(c, n, target, condition);
    else if (n->kind == N_IfExp)
        jump_if_conditional(c, n, target, condition);
    else if (n->kind == N_Compare && n->Compare.ops.count > 1) {
        set_place(c, n);
        jump_if_compare(c, n, target, condition);
    } else {
        if (n->kind == N_Compare)
            set_place(c, n); /* and it stays for what follows, as in CPython */
        compile_expr(c, n);
        emit_jump(c, condition ? V_POP_JUMP_IF_TRUE : V_POP_JUMP_IF_FALSE, target);
    }
}

void jump_if(Compiler *c, Node *n, Block *target, bool condition)
{
    if (c->failed)
        return;
    if (!front_enter(c->ts, &c->depth, MAX_DEPTH, " during compilation")) {
        compile_fail(c);
        return;
    }
    jump_if_here(c, n, target, condition);
    c->depth--;
}

static void compile_bool_op(Compiler *c, Node *n)
{
    Block *end = block_new(c);
    int jump = n->BoolOp.op == BOOL_AND ? OP_JUMP_IF_FALSE_OR_POP : OP_JUMP_IF_TRUE_OR_POP;
    int last = n->BoolOp.values.count - 1;
    for (int i = 0; i < last; i++) {
        compile_expr(c, n->BoolOp.values.items[i]);
        emit_jump(c, jump, end);
        use_block(c, block_new(c));
    }
    compile_expr(c, n->BoolOp.values.items[last]);
    use_block(c, end);
}

static void compile_conditional(Compiler *c, Node *n)
{
    Block *end = block_new(c), *orelse = block_new(c);
    jump_if(c, n->IfExp.test, orelse, false);
    compile_expr(c, n->IfExp.body);
    emit_jump_no_line(c, V_JUMP, end);
    use_block(c, orelse);
    compile_expr(c, n->IfExp.orelse);
    use_block(c, end);
}

/* ---- displays ---- */

static bool all_constant(const NodeList *list, int from, int to)
{
    for (int i = from; i < to; i++)
        if (!list->items[i] || list->items[i]->kind != N_Constant)
            return false;
    return true;
}

static Value constants_tuple(Compiler *c, const NodeList *list, int from, int to)
{
    Value t = tuple_new(c->ts, to - from);
    for (int i = from; t && i < to; i++)
        tuple_set(t, i - from, incref(list->items[i]->Constant.value));
    return t;
}

typedef struct {
    int build, add, extend;
    bool tuple; /* the result shall be a tuple */
} Display;

static const Display list_display = {OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, false};
static const Display tuple_display = {OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, true};
static const Display set_display = {OP_BUILD_SET, OP_SET_ADD, OP_SET_UPDATE, false};

static void compile_constant_display(Compiler *c, const NodeList *elts, int pushed, const Display *d)
{
    Value folded = constants_tuple(c, elts, 0, elts->count);
    if (d->tuple && !pushed) {
        emit_new_const(c, folded);
        return;
    }
    if (folded && d->add == OP_SET_ADD) {
        Value set = frozenset_from_iterable(c->ts, folded);
        decref(c->ts, folded);
        folded = set;
    }
    emit_arg(c, d->build, pushed);
    emit_new_const(c, folded);
    emit_arg(c, d->extend, 1);
    if (d->tuple)
        emit(c, OP_LIST_TO_TUPLE);
}

/* Elements, stars among them, on top of `pushed` values already there. */
static void compile_display(Compiler *c, const NodeList *elts, int pushed, const Display *d)
{
    int n = elts->count;
    if (n > 2 && all_constant(elts, 0, n)) {
        compile_constant_display(c, elts, pushed, d);
        return;
    }
    bool big = n + pushed > MAX_ON_STACK, star = false;
    for (int i = 0; i < n; i++)
        star |= elts->items[i]->kind == N_Starred;
    if (!star && !big) {
        compile_exprs(c, elts);
        emit_arg(c, d->tuple ? OP_BUILD_TUPLE : d->build, n + pushed);
        return;
    }
    bool built = big;
    if (big)
        emit_arg(c, d->build, pushed);
    for (int i = 0; i < n; i++) {
        Node *e = elts->items[i];
        if (e->kind == N_Starred) {
            if (!built)
                emit_arg(c, d->build, i + pushed);
            built = true;
            compile_expr(c, e->Starred.value);
            emit_arg(c, d->extend, 1);
        } else {
            compile_expr(c, e);
            if (built)
                emit_arg(c, d->add, 1);
        }
    }
    if (d->tuple)
        emit(c, OP_LIST_TO_TUPLE);
}

/* a, *b, c = value: unpack, then store each. */
static void compile_unpack(Compiler *c, const NodeList *elts)
{
    bool seen_star = false;
    for (int i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind != N_Starred)
            continue;
        if (seen_star) {
            compile_error(c, "multiple starred expressions in assignment");
            return;
        }
        if (i >= 1 << 8 || elts->count - i - 1 >= 1 << 23) {
            compile_error(c, "too many expressions in star-unpacking assignment");
            return;
        }
        emit_arg(c, OP_UNPACK_EX, i | (elts->count - i - 1) << 8);
        seen_star = true;
    }
    if (!seen_star)
        emit_arg(c, OP_UNPACK_SEQUENCE, elts->count);
    for (int i = 0; i < elts->count; i++) {
        Node *e = elts->items[i];
        compile_expr(c, e->kind == N_Starred ? e->Starred.value : e);
    }
}

static void compile_sequence(Compiler *c, const NodeList *elts, int ctx, const Display *d)
{
    if (ctx == STORE)
        compile_unpack(c, elts);
    else if (ctx == LOAD)
        compile_display(c, elts, 0, d);
    else
        compile_exprs(c, elts);
}

static void compile_dict_part(Compiler *c, Node *n, int from, int to)
{
    const NodeList *keys = &n->Dict.keys, *values = &n->Dict.values;
    int count = to - from;
    bool big = count * 2 > MAX_ON_STACK;
    if (count > 1 && !big && all_constant(keys, from, to)) {
        for (int i = from; i < to; i++)
            compile_expr(c, values->items[i]);
        emit_new_const(c, constants_tuple(c, keys, from, to));
        emit_arg(c, OP_BUILD_CONST_KEY_MAP, count);
        return;
    }
    if (big)
        emit_arg(c, OP_BUILD_MAP, 0);
    for (int i = from; i < to; i++) {
        compile_expr(c, keys->items[i]);
        compile_expr(c, values->items[i]);
        if (big)
            emit_arg(c, OP_MAP_ADD, 1);
    }
    if (!big)
        emit_arg(c, OP_BUILD_MAP, count);
}

static void compile_dict(Compiler *c, Node *n)
{
    bool have_dict = false;
    int elements = 0, count = n->Dict.values.count;
    for (int i = 0; i < count; i++) {
        bool unpacking = !n->Dict.keys.items[i];
        if (unpacking ? elements > 0 : elements * 2 > MAX_ON_STACK) {
            compile_dict_part(c, n, i - elements, unpacking ? i : i + 1);
            if (have_dict)
                emit_arg(c, OP_DICT_UPDATE, 1);
            have_dict = true;
            elements = 0;
        } else if (!unpacking) {
            elements++;
        }
        if (unpacking) {
            if (!have_dict)
                emit_arg(c, OP_BUILD_MAP, 0);
            have_dict = true;
            compile_expr(c, n->Dict.values.items[i]);
            emit_arg(c, OP_DICT_UPDATE, 1);
        }
    }
    if (elements) {
        compile_dict_part(c, n, count - elements, count);
        if (have_dict)
            emit_arg(c, OP_DICT_UPDATE, 1);
        have_dict = true;
    }
    if (!have_dict)
        emit_arg(c, OP_BUILD_MAP, 0);
}

/* ---- calls ---- */

static bool has_star(const NodeList *args, const NodeList *keywords)
{
    for (int i = 0; i < args->count; i++)
        if (args->items[i]->kind == N_Starred)
            return true;
    for (int i = 0; i < keywords->count; i++)
        if (!keywords->items[i]->Keyword.arg)
            return true;
    return false;
}

static void check_keywords(Compiler *c, const NodeList *keywords)
{
    NameMap seen = {0};
    for (int i = 0; i < keywords->count && !c->failed; i++) {
        Node *k = keywords->items[i];
        if (!k->Keyword.arg)
            continue;
        if (!check_name(c, k->Keyword.arg, STORE))
            return;
        if (name_map_find(&seen, k->Keyword.arg)) {
            set_place(c, k);
            compile_error_name(c, "keyword argument repeated: %s", k->Keyword.arg);
        } else if (!name_map_add(c->arena, &seen, k->Keyword.arg, i)) {
            compile_fail(c);
        }
    }
}

static Value keyword_names(Compiler *c, const NodeList *keywords, int from, int to)
{
    Value t = tuple_new(c->ts, to - from);
    for (int i = from; t && i < to; i++)
        tuple_set(t, i - from, incref(keywords->items[i]->Keyword.arg));
    return t;
}

static void compile_plain_keywords(Compiler *c, const NodeList *keywords)
{
    if (!keywords->count)
        return;
    for (int i = 0; i < keywords->count; i++)
        compile_expr(c, keywords->items[i]->Keyword.value);
    Value names = arena_keep(c->arena, keyword_names(c, keywords, 0, keywords->count));
    if (!names)
        compile_fail(c);
    else
        emit_arg(c, OP_KW_NAMES, add_const(c, names));
}

static void compile_keyword_part(Compiler *c, const NodeList *keywords, int from, int to)
{
    int count = to - from;
    bool big = count * 2 > MAX_ON_STACK;
    if (count > 1 && !big) {
        for (int i = from; i < to; i++)
            compile_expr(c, keywords->items[i]->Keyword.value);
        emit_new_const(c, keyword_names(c, keywords, from, to));
        emit_arg(c, OP_BUILD_CONST_KEY_MAP, count);
        return;
    }
    Place saved = c->unit->place;
    if (big) {
        no_place(c);
        emit_arg(c, OP_BUILD_MAP, 0);
        c->unit->place = saved;
    }
    for (int i = from; i < to; i++) {
        emit_const(c, keywords->items[i]->Keyword.arg);
        compile_expr(c, keywords->items[i]->Keyword.value);
        if (big) {
            no_place(c);
            emit_arg(c, OP_MAP_ADD, 1);
            c->unit->place = saved;
        }
    }
    if (!big)
        emit_arg(c, OP_BUILD_MAP, count);
}

/* f(*args, **kwargs): one tuple, perhaps one dict. */
static void compile_star_call(Compiler *c, int pushed, const NodeList *args, const NodeList *keywords)
{
    bool have_dict = false;
    int seen = 0;
    if (pushed == 0 && args->count == 1 && args->items[0]->kind == N_Starred)
        compile_expr(c, args->items[0]->Starred.value);
    else
        compile_display(c, args, pushed, &tuple_display);
    for (int i = 0; i <= keywords->count; i++) {
        bool at_end = i == keywords->count;
        if (!at_end && keywords->items[i]->Keyword.arg) {
            seen++;
            continue;
        }
        if (seen) {
            compile_keyword_part(c, keywords, i - seen, i);
            if (have_dict)
                emit_arg(c, OP_DICT_MERGE, 1);
            have_dict = true;
            seen = 0;
        }
        if (at_end)
            break;
        if (!have_dict)
            emit_arg(c, OP_BUILD_MAP, 0);
        have_dict = true;
        compile_expr(c, keywords->items[i]->Keyword.value);
        emit_arg(c, OP_DICT_MERGE, 1);
    }
    emit_arg(c, OP_CALL_FUNCTION_EX, keywords->count > 0);
}

void compile_call_tail(Compiler *c, int pushed, const NodeList *args, const NodeList *keywords)
{
    check_keywords(c, keywords);
    if (args->count + keywords->count * 2 > MAX_ON_STACK || has_star(args, keywords)) {
        compile_star_call(c, pushed, args, keywords);
        return;
    }
    compile_exprs(c, args);
    compile_plain_keywords(c, keywords);
    emit_arg(c, OP_CALL, pushed + args->count + keywords->count);
}

/* A call's or attribute's instruction over several lines belongs to the line where the attribute's name stands. */
void start_at_attribute(Compiler *c, const Node *attribute)
{
    Place *place = &c->unit->place;
    if (place->line == attribute->end_line)
        return;
    int n = (int)str_len(attribute->Attribute.attr);
    place->line = attribute->end_line;
    if (n <= attribute->end_col) {
        place->col = attribute->end_col - n;
    } else {
        place->col = -1;
        place->end_col = -1;
    }
    if (place->end_line < place->line)
        place->end_line = place->line;
    if (place->end_line == place->line && place->end_col < place->col)
        place->end_col = place->col;
}

/* A name that the module imports: its attributes are more likely functions than methods. */
static bool is_imported(Compiler *c, const Node *n)
{
    return n->kind == N_Name && scope_flags(c->symbols.top, n->Name.id) & DEF_IMPORT;
}

/* value.method(args) without making a bound method. */
static bool compile_method_call(Compiler *c, Node *n)
{
    Node *method = n->Call.func;
    const NodeList *args = &n->Call.args, *keywords = &n->Call.keywords;
    if (method->kind != N_Attribute || method->Attribute.ctx != LOAD || is_imported(c, method->Attribute.value)
        || args->count + keywords->count + (keywords->count != 0) >= MAX_ON_STACK || has_star(args, keywords))
        return false;
    check_keywords(c, keywords);
    compile_expr(c, method->Attribute.value);
    set_place(c, method);
    start_at_attribute(c, method);
    emit_name_op(c, OP_LOAD_METHOD, method->Attribute.attr);
    compile_exprs(c, args);
    compile_plain_keywords(c, keywords);
    set_place(c, n);
    start_at_attribute(c, method);
    emit_arg(c, OP_CALL, args->count + keywords->count);
    return true;
}

static void compile_call(Compiler *c, Node *n)
{
    if (compile_method_call(c, n))
        return;
    warn_not_callable(c, n->Call.func);
    set_place(c, n->Call.func);
    emit(c, OP_PUSH_NULL);
    set_place(c, n);
    compile_expr(c, n->Call.func);
    compile_call_tail(c, 0, &n->Call.args, &n->Call.keywords);
}

/* ---- strings ---- */

static void compile_joined(Compiler *c, Node *n)
{
    const NodeList *values = &n->JoinedStr.values;
    if (values->count <= MAX_ON_STACK) {
        compile_exprs(c, values);
        if (values->count != 1)
            emit_arg(c, OP_BUILD_STRING, values->count);
        return;
    }
    emit_const(c, c->id.empty);
    emit_name_op(c, OP_LOAD_METHOD, c->id.join);
    emit_arg(c, OP_BUILD_LIST, 0);
    for (int i = 0; i < values->count; i++) {
        compile_expr(c, values->items[i]);
        emit_arg(c, OP_LIST_APPEND, 1);
    }
    emit_arg(c, OP_CALL, 1);
}

static void compile_formatted(Compiler *c, Node *n)
{
    int conversion = n->FormattedValue.conversion;
    int arg = conversion == 's' ? 1 : conversion == 'r' ? 2 : conversion == 'a' ? 3 : 0;
    compile_expr(c, n->FormattedValue.value);
    if (n->FormattedValue.format_spec) {
        compile_expr(c, n->FormattedValue.format_spec);
        arg |= 4;
    }
    emit_arg(c, OP_FORMAT_VALUE, arg);
}

/* ---- operators, attributes, subscripts ---- */

/* a + b + c: the left spine in a loop, however long it is. */
static void compile_binary(Compiler *c, Node *n)
{
    PointerList spine = {0};
    for (; n->kind == N_BinOp; n = n->BinOp.left)
        if (pointer_list_add(c->arena, &spine, n) < 0) {
            compile_fail(c);
            return;
        }
    compile_expr(c, n);
    for (int i = spine.count; i-- > 0;) {
        n = spine.items[i];
        set_place(c, n);
        compile_expr(c, n->BinOp.right);
        emit_arg(c, OP_BINARY_OP, n->BinOp.op);
    }
}

static void compile_unary(Compiler *c, Node *n)
{
    static const int ops[] = {OP_UNARY_INVERT, OP_UNARY_NOT, OP_UNARY_POSITIVE, OP_UNARY_NEGATIVE};
    compile_expr(c, n->UnaryOp.operand);
    emit(c, ops[n->UnaryOp.op]);
}

static void compile_attribute(Compiler *c, Node *n)
{
    static const int ops[] = {[LOAD] = OP_LOAD_ATTR, [STORE] = OP_STORE_ATTR, [DEL] = OP_DELETE_ATTR};
    compile_expr(c, n->Attribute.value);
    set_place(c, n);
    start_at_attribute(c, n);
    if (check_name(c, n->Attribute.attr, n->Attribute.ctx))
        emit_name_op(c, ops[n->Attribute.ctx], n->Attribute.attr);
}

static void compile_subscript(Compiler *c, Node *n)
{
    static const int ops[] = {[LOAD] = OP_BINARY_SUBSCR, [STORE] = OP_STORE_SUBSCR, [DEL] = OP_DELETE_SUBSCR};
    if (n->Subscript.ctx == LOAD) {
        warn_not_subscriptable(c, n->Subscript.value);
        warn_bad_index(c, n->Subscript.value, n->Subscript.slice);
    }
    compile_expr(c, n->Subscript.value);
    compile_expr(c, n->Subscript.slice);
    emit(c, ops[n->Subscript.ctx]);
}

static void compile_optional(Compiler *c, Node *n)
{
    if (n)
        compile_expr(c, n);
    else
        emit_const(c, V_NONE);
}

static void compile_slice(Compiler *c, Node *n)
{
    compile_optional(c, n->Slice.lower);
    compile_optional(c, n->Slice.upper);
    if (n->Slice.step)
        compile_expr(c, n->Slice.step);
    emit_arg(c, OP_BUILD_SLICE, n->Slice.step ? 3 : 2);
}

static void compile_name(Compiler *c, Node *n)
{
    switch (n->Name.ctx) {
    case LOAD: load_name(c, n->Name.id); break;
    case STORE: store_name(c, n->Name.id); break;
    case DEL: delete_name(c, n->Name.id); break;
    }
}

/* ---- yield, await ---- */

static void compile_yield(Compiler *c, Node *n)
{
    const Scope *s = c->unit->scope;
    if (s->kind != FUNCTION_SCOPE) {
        compile_error(c, "'yield' outside function");
        return;
    }
    compile_optional(c, n->Yield.value);
    if (s->is_generator && s->is_coroutine)
        emit(c, OP_ASYNC_GEN_WRAP);
    emit(c, OP_YIELD_VALUE);
    emit_arg(c, OP_RESUME, 1);
}

static void compile_yield_from(Compiler *c, Node *n)
{
    if (c->unit->scope->kind != FUNCTION_SCOPE) {
        compile_error(c, "'yield' outside function");
        return;
    }
    if (c->unit->kind == UNIT_ASYNC_FUNCTION) {
        compile_error(c, "'yield from' inside async function");
        return;
    }
    compile_expr(c, n->YieldFrom.value);
    emit(c, OP_GET_YIELD_FROM_ITER);
    emit_const(c, V_NONE);
    emit_yield_from(c, false);
}

static void compile_await(Compiler *c, Node *n)
{
    if (c->unit->scope->kind != FUNCTION_SCOPE) {
        compile_error(c, "'await' outside function");
        return;
    }
    if (c->unit->kind != UNIT_ASYNC_FUNCTION && c->unit->kind != UNIT_COMPREHENSION) {
        compile_error(c, "'await' outside async function");
        return;
    }
    compile_expr(c, n->Await.value);
    emit_arg(c, OP_GET_AWAITABLE, 0);
    emit_const(c, V_NONE);
    emit_yield_from(c, true);
}

/* ---- any expression ---- */

static void compile_named(Compiler *c, Node *n)
{
    compile_expr(c, n->NamedExpr.value);
    emit_arg(c, OP_COPY, 1);
    compile_expr(c, n->NamedExpr.target);
}

static void compile_here(Compiler *c, Node *n)
{
    switch (n->kind) {
    case N_BoolOp: compile_bool_op(c, n); break;
    case N_NamedExpr: compile_named(c, n); break;
    case N_BinOp: compile_binary(c, n); break;
    case N_UnaryOp: compile_unary(c, n); break;
    case N_Lambda: compile_lambda(c, n); break;
    case N_IfExp: compile_conditional(c, n); break;
    case N_Dict: compile_dict(c, n); break;
    case N_Set: compile_display(c, &n->Set.elts, 0, &set_display); break;
    case N_ListComp: case N_SetComp: case N_DictComp: case N_GeneratorExp: compile_comprehension(c, n); break;
    case N_Await: compile_await(c, n); break;
    case N_Yield: compile_yield(c, n); break;
    case N_YieldFrom: compile_yield_from(c, n); break;
    case N_Compare: compile_compare(c, n); break;
    case N_Call: compile_call(c, n); break;
    case N_FormattedValue: compile_formatted(c, n); break;
    case N_JoinedStr: compile_joined(c, n); break;
    case N_Constant: emit_const(c, n->Constant.value); break;
    case N_Attribute: compile_attribute(c, n); break;
    case N_Subscript: compile_subscript(c, n); break;
    case N_Starred:
        compile_error(c, n->Starred.ctx == STORE ? "starred assignment target must be in a list or tuple"
                                                 : "can't use starred expression here");
        break;
    case N_Name: compile_name(c, n); break;
    case N_List: compile_sequence(c, &n->List.elts, n->List.ctx, &list_display); break;
    case N_Tuple: compile_sequence(c, &n->Tuple.elts, n->Tuple.ctx, &tuple_display); break;
    case N_Slice: compile_slice(c, n); break;
    default: break;
    }
}

void compile_expr(Compiler *c, Node *n)
{
    if (c->failed)
        return;
    if (!front_enter(c->ts, &c->depth, MAX_DEPTH, " during compilation")) {
        compile_fail(c);
        return;
    }
    Place saved = c->unit->place;
    set_place(c, n);
    compile_here(c, n);
    c->unit->place = saved;
    c->depth--;
}

void compile_annotation(Compiler *c, Node *n)
{
    if (!c->future_annotations) {
        compile_expr(c, n);
        return;
    }
    if (!c->failed)
        emit_new_const(c, ast_unparse(c->ts, n));
}
