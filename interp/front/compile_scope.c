/* compile_scope.c - what has a code object of its own: functions, classes, lambdas, comprehensions.
 * Keeps: the inner unit is left before the closure is made in the outer one.
 * Next: compile.c (enter_unit, leave_unit, make_closure).   Sources: CPython 3.11 Python/compile.c. */
#include "interp/front/compile_internal.h"

enum { HAS_DEFAULTS = 1, HAS_KWDEFAULTS = 2, HAS_ANNOTATIONS = 4 };

/* ---- defaults and annotations ---- */

static int compile_defaults(Compiler *c, Node *args)
{
    const NodeList *kwonly = &args->Arguments.kwonlyargs, *values = &args->Arguments.kw_defaults;
    PointerList names = {0};
    int flags = 0;
    if (args->Arguments.defaults.count) {
        flags |= HAS_DEFAULTS;
        compile_exprs(c, &args->Arguments.defaults);
        emit_arg(c, OP_BUILD_TUPLE, args->Arguments.defaults.count);
    }
    for (int i = 0; i < kwonly->count && !c->failed; i++) {
        if (!values->items[i])
            continue;
        Value name = mangle(c->arena, c->unit->private_name, kwonly->items[i]->Arg.arg);
        if (!name || pointer_list_add(c->arena, &names, name) < 0) {
            compile_fail(c);
            return flags;
        }
        compile_expr(c, values->items[i]);
    }
    if (!names.count || c->failed)
        return flags;
    emit_new_const(c, tuple_from_items(c->ts, (Value *)names.items, names.count));
    emit_arg(c, OP_BUILD_CONST_KEY_MAP, names.count);
    return flags | HAS_KWDEFAULTS;
}

static int annotate(Compiler *c, Value name, Node *annotation)
{
    Value m = annotation ? mangle(c->arena, c->unit->private_name, name) : NULL;
    if (!annotation || c->failed)
        return 0;
    if (!m) {
        compile_fail(c);
        return 0;
    }
    emit_const(c, m);
    if (annotation->kind == N_Starred && !c->future_annotations) { /* *args: *Ts */
        compile_expr(c, annotation->Starred.value);
        emit_arg(c, OP_UNPACK_SEQUENCE, 1);
    } else {
        compile_annotation(c, annotation);
    }
    return 2;
}

static int annotate_all(Compiler *c, const NodeList *args)
{
    int count = 0;
    for (int i = 0; i < args->count; i++)
        count += annotate(c, args->items[i]->Arg.arg, args->items[i]->Arg.annotation);
    return count;
}

static int compile_annotations(Compiler *c, Node *args, Node *returns)
{
    Node *vararg = args->Arguments.vararg, *kwarg = args->Arguments.kwarg;
    int count = annotate_all(c, &args->Arguments.args) + annotate_all(c, &args->Arguments.posonlyargs);
    if (vararg)
        count += annotate(c, vararg->Arg.arg, vararg->Arg.annotation);
    count += annotate_all(c, &args->Arguments.kwonlyargs);
    if (kwarg)
        count += annotate(c, kwarg->Arg.arg, kwarg->Arg.annotation);
    if (returns) {
        Value name = arena_keep(c->arena, str_intern_cstr(c->ts, "return"));
        if (!name)
            compile_fail(c);
        else
            count += annotate(c, name, returns);
    }
    if (!count)
        return 0;
    emit_arg(c, OP_BUILD_TUPLE, count);
    return HAS_ANNOTATIONS;
}

static void check_argument_names(Compiler *c, const NodeList *args)
{
    for (int i = 0; i < args->count && !c->failed; i++)
        check_name(c, args->items[i]->Arg.arg, STORE);
}

static void check_arguments(Compiler *c, Node *args)
{
    check_argument_names(c, &args->Arguments.posonlyargs);
    check_argument_names(c, &args->Arguments.args);
    if (args->Arguments.vararg && !c->failed)
        check_name(c, args->Arguments.vararg->Arg.arg, STORE);
    check_argument_names(c, &args->Arguments.kwonlyargs);
    if (args->Arguments.kwarg && !c->failed)
        check_name(c, args->Arguments.kwarg->Arg.arg, STORE);
}

static void set_argument_counts(CodeUnit *u, Node *args)
{
    u->posonly_count = args->Arguments.posonlyargs.count;
    u->arg_count = u->posonly_count + args->Arguments.args.count;
    u->kwonly_count = args->Arguments.kwonlyargs.count;
}

/* ---- decorators ---- */

static int first_line(const Node *n, const NodeList *decorators)
{
    return decorators->count ? decorators->items[0]->line : n->line;
}

static void apply_decorators(Compiler *c, const NodeList *decorators)
{
    Place saved = c->unit->place;
    for (int i = decorators->count; i-- > 0;) {
        set_place(c, decorators->items[i]);
        emit_arg(c, OP_CALL, 0);
    }
    c->unit->place = saved;
}

/* ---- functions ---- */

void compile_function(Compiler *c, Node *n)
{
    Node *args = n->FunctionDef.args;
    const NodeList *body = &n->FunctionDef.body;
    check_arguments(c, args);
    compile_exprs(c, &n->FunctionDef.decorator_list);
    int flags = compile_defaults(c, args);
    flags |= compile_annotations(c, args, n->FunctionDef.returns);
    enter_unit(c, n->FunctionDef.name, n->FunctionDef.is_async ? UNIT_ASYNC_FUNCTION : UNIT_FUNCTION, n,
               first_line(n, &n->FunctionDef.decorator_list));
    if (c->failed)
        return;
    Value doc = c->optimize < 2 ? ast_docstring(body) : NULL;
    add_const(c, doc ? doc : V_NONE);
    set_argument_counts(c->unit, args);
    for (int i = doc ? 1 : 0; i < body->count; i++)
        compile_statement(c, body->items[i]);
    make_closure(c, leave_unit(c, true), flags);
    apply_decorators(c, &n->FunctionDef.decorator_list);
    store_name(c, n->FunctionDef.name);
}

void compile_lambda(Compiler *c, Node *n)
{
    check_arguments(c, n->Lambda.args);
    int flags = compile_defaults(c, n->Lambda.args);
    Value name = arena_keep(c->arena, str_intern_cstr(c->ts, "<lambda>"));
    enter_unit(c, name, UNIT_LAMBDA, n, n->line);
    if (c->failed)
        return;
    add_const(c, V_NONE); /* so that a lambda has no docstring */
    set_argument_counts(c->unit, n->Lambda.args);
    compile_expr(c, n->Lambda.body);
    bool is_generator = c->unit->scope->is_generator;
    if (!is_generator)
        emit(c, OP_RETURN_VALUE);
    make_closure(c, leave_unit(c, !is_generator), flags);
}

/* ---- classes ---- */

static void compile_class_body(Compiler *c, Node *n)
{
    c->unit->private_name = n->ClassDef.name;
    load_name(c, c->id.name);
    store_name(c, c->id.module);
    emit_const(c, c->unit->qualname);
    store_name(c, c->id.qualname);
    compile_body(c, &n->ClassDef.body);
    no_place(c);
    if (c->unit->scope->needs_class_closure) { /* __build_class__ fills the cell that super() reads */
        NameEntry *e = name_map_find(&c->unit->cells, c->id.class_);
        emit_arg(c, OP_LOAD_CLOSURE, e ? e->value : 0);
        emit_arg(c, OP_COPY, 1);
        store_name(c, c->id.classcell);
    } else {
        emit_const(c, V_NONE);
    }
    emit(c, OP_RETURN_VALUE);
}

void compile_class(Compiler *c, Node *n)
{
    compile_exprs(c, &n->ClassDef.decorator_list);
    enter_unit(c, n->ClassDef.name, UNIT_CLASS, n, first_line(n, &n->ClassDef.decorator_list));
    if (c->failed)
        return;
    compile_class_body(c, n);
    Value code = leave_unit(c, true);
    emit(c, OP_PUSH_NULL);
    emit(c, OP_LOAD_BUILD_CLASS);
    make_closure(c, code, 0);
    emit_const(c, n->ClassDef.name);
    compile_call_tail(c, 2, &n->ClassDef.bases, &n->ClassDef.keywords);
    apply_decorators(c, &n->ClassDef.decorator_list);
    store_name(c, n->ClassDef.name);
}

/* ---- comprehensions ---- */

typedef struct {
    NodeList *generators;
    ComprehensionKind kind;
    Node *element, *value;
    const char *name;
} Comprehension;

static Comprehension parts_of(Node *n)
{
    switch (n->kind) {
    case N_ListComp: return (Comprehension){&n->ListComp.generators, LIST_COMPREHENSION, n->ListComp.elt, NULL, "<listcomp>"};
    case N_SetComp: return (Comprehension){&n->SetComp.generators, SET_COMPREHENSION, n->SetComp.elt, NULL, "<setcomp>"};
    case N_DictComp:
        return (Comprehension){&n->DictComp.generators, DICT_COMPREHENSION, n->DictComp.key, n->DictComp.value, "<dictcomp>"};
    default:
        return (Comprehension){&n->GeneratorExp.generators, GENERATOR_EXPRESSION, n->GeneratorExp.elt, NULL, "<genexpr>"};
    }
}

/* What happens to each element; depth: loops between it and the collection on the stack. */
static void compile_element(Compiler *c, const Comprehension *parts, int depth)
{
    compile_expr(c, parts->element);
    switch (parts->kind) {
    case LIST_COMPREHENSION: emit_arg(c, OP_LIST_APPEND, depth + 1); break;
    case SET_COMPREHENSION: emit_arg(c, OP_SET_ADD, depth + 1); break;
    case DICT_COMPREHENSION:
        compile_expr(c, parts->value);
        emit_arg(c, OP_MAP_ADD, depth + 1);
        break;
    default:
        if (c->unit->scope->is_coroutine && c->unit->scope->is_generator)
            emit(c, OP_ASYNC_GEN_WRAP);
        emit(c, OP_YIELD_VALUE);
        emit_arg(c, OP_RESUME, 1);
        emit(c, OP_POP_TOP);
    }
}

static void compile_clause(Compiler *c, const Comprehension *parts, int index, int depth);

static void compile_clause_body(Compiler *c, const Comprehension *parts, int index, int depth, Block *if_cleanup)
{
    Node *g = parts->generators->items[index];
    compile_expr(c, g->Comprehension.target);
    for (int i = 0; i < g->Comprehension.ifs.count; i++)
        jump_if(c, g->Comprehension.ifs.items[i], if_cleanup, false);
    if (index + 1 < parts->generators->count)
        compile_clause(c, parts, index + 1, depth);
    else
        compile_element(c, parts, depth);
    use_block(c, if_cleanup);
}

/* for y in [f(x)]: one value, no loop. */
static Node *single_element(const Node *iter)
{
    const NodeList *elts = iter->kind == N_List ? &iter->List.elts : iter->kind == N_Tuple ? &iter->Tuple.elts : NULL;
    return elts && elts->count == 1 && elts->items[0]->kind != N_Starred ? elts->items[0] : NULL;
}

static void compile_sync_clause(Compiler *c, const Comprehension *parts, int index, int depth)
{
    Node *g = parts->generators->items[index], *single = NULL;
    Block *start = block_new(c), *if_cleanup = block_new(c), *anchor = block_new(c);
    if (index == 0) {
        c->unit->arg_count = 1; /* the outermost iterator comes as the argument */
        emit_arg(c, OP_LOAD_FAST, 0);
    } else if ((single = single_element(g->Comprehension.iter))) {
        compile_expr(c, single);
    } else {
        compile_expr(c, g->Comprehension.iter);
        emit(c, OP_GET_ITER);
    }
    if (!single) {
        depth++;
        use_block(c, start);
        emit_jump(c, OP_FOR_ITER, anchor);
        use_block(c, block_new(c));
    }
    compile_clause_body(c, parts, index, depth, if_cleanup);
    if (!single) {
        emit_jump(c, V_JUMP, start);
        use_block(c, anchor);
    }
}

static void compile_async_clause(Compiler *c, const Comprehension *parts, int index, int depth)
{
    Node *g = parts->generators->items[index];
    Block *start = block_new(c), *except = block_new(c), *if_cleanup = block_new(c);
    if (index == 0) {
        c->unit->arg_count = 1;
        emit_arg(c, OP_LOAD_FAST, 0);
    } else {
        compile_expr(c, g->Comprehension.iter);
        emit(c, OP_GET_AITER);
    }
    use_block(c, start);
    push_frame_block(c, F_ASYNC_COMPREHENSION, start, NULL, NULL);
    emit_jump(c, V_SETUP_FINALLY, except);
    emit(c, OP_GET_ANEXT);
    emit_const(c, V_NONE);
    emit_yield_from(c, true);
    emit(c, V_POP_BLOCK);
    compile_clause_body(c, parts, index, depth + 1, if_cleanup);
    emit_jump(c, V_JUMP, start);
    pop_frame_block(c);
    use_block(c, except);
    emit(c, OP_END_ASYNC_FOR);
}

static void compile_clause(Compiler *c, const Comprehension *parts, int index, int depth)
{
    if (c->failed)
        return;
    if (parts->generators->items[index]->Comprehension.is_async)
        compile_async_clause(c, parts, index, depth);
    else
        compile_sync_clause(c, parts, index, depth);
}

void compile_comprehension(Compiler *c, Node *n)
{
    static const int build[] = {0, OP_BUILD_LIST, OP_BUILD_SET, OP_BUILD_MAP, 0};
    Comprehension parts = parts_of(n);
    Node *outermost = parts.generators->items[0];
    UnitKind outer_kind = c->unit->kind;
    bool is_value = parts.kind != GENERATOR_EXPRESSION;
    Value name = arena_keep(c->arena, str_intern_cstr(c->ts, parts.name));
    enter_unit(c, name, UNIT_COMPREHENSION, n, n->line);
    if (c->failed)
        return;
    set_place(c, n);
    bool is_async = c->unit->scope->is_coroutine;
    if (is_async && is_value && outer_kind != UNIT_ASYNC_FUNCTION && outer_kind != UNIT_COMPREHENSION) {
        compile_error(c, "asynchronous comprehension outside of an asynchronous function");
        return;
    }
    if (is_value)
        emit_arg(c, build[parts.kind], 0);
    compile_clause(c, &parts, 0, 0);
    if (is_value)
        emit(c, OP_RETURN_VALUE);
    make_closure(c, leave_unit(c, true), 0);
    compile_expr(c, outermost->Comprehension.iter);
    emit(c, outermost->Comprehension.is_async ? OP_GET_AITER : OP_GET_ITER);
    emit_arg(c, OP_CALL, 0);
    if (is_async && is_value) {
        emit_arg(c, OP_GET_AWAITABLE, 0);
        emit_const(c, V_NONE);
        emit_yield_from(c, true);
    }
}
