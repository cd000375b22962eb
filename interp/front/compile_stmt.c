/* compile_stmt.c - statements to instructions.
 * return, break and continue undo the loops, tries and withs around them on their way out (unwind): a finally body is
 * written once more for each of them.
 * Keeps: every statement leaves the stack as it found it.
 * Next: compile_try.c, compile_expr.c, compile_scope.c.   Sources: CPython 3.11 Python/compile.c. */
#include "interp/front/compile_internal.h"
#include "interp/front/errors.h"

enum { MAX_DEPTH = 1000 };

void compile_statements(Compiler *c, const NodeList *list)
{
    for (int i = 0; i < list->count; i++)
        compile_statement(c, list->items[i]);
}

/* ---- leaving blocks ---- */

void compile_exit_call(Compiler *c)
{
    emit_const(c, V_NONE);
    emit_const(c, V_NONE);
    emit_const(c, V_NONE);
    emit_arg(c, OP_CALL, 2);
}

void forget_exception_name(Compiler *c, Value name)
{
    emit_const(c, V_NONE);
    store_name(c, name);
    delete_name(c, name);
}

/* Undoes one frame block on the way out; keep_top: a return value lies on the stack. */
static void unwind(Compiler *c, const FrameBlock *f, bool keep_top)
{
    switch (f->kind) {
    case F_WHILE: case F_EXCEPTION_HANDLER: case F_GROUP_HANDLER: case F_ASYNC_COMPREHENSION:
        return;
    case F_FOR: case F_POP_VALUE:
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        emit(c, OP_POP_TOP);
        return;
    case F_TRY_EXCEPT:
        emit(c, V_POP_BLOCK);
        return;
    case F_FINALLY_TRY:
        emit(c, V_POP_BLOCK);
        if (keep_top)
            push_frame_block(c, F_POP_VALUE, NULL, NULL, NULL);
        compile_statements(c, f->datum);
        if (keep_top)
            pop_frame_block(c);
        no_place(c);
        return;
    case F_FINALLY_END:
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        emit(c, OP_POP_TOP);
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        emit(c, V_POP_BLOCK);
        emit(c, OP_POP_EXCEPT);
        return;
    case F_WITH: case F_ASYNC_WITH:
        set_place(c, f->datum);
        emit(c, V_POP_BLOCK);
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        compile_exit_call(c);
        if (f->kind == F_ASYNC_WITH) {
            emit_arg(c, OP_GET_AWAITABLE, 2);
            emit_const(c, V_NONE);
            emit_yield_from(c, true);
        }
        emit(c, OP_POP_TOP);
        no_place(c);
        return;
    case F_HANDLER_CLEANUP:
        if (f->datum)
            emit(c, V_POP_BLOCK);
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        emit(c, V_POP_BLOCK);
        emit(c, OP_POP_EXCEPT);
        if (f->datum)
            forget_exception_name(c, f->datum);
        return;
    }
}

/* Undoes the blocks around, innermost first: all of them, or up to the nearest loop, whose copy goes to *loop (kind -1: none). */
static bool unwind_all(Compiler *c, bool keep_top, FrameBlock *loop)
{
    CodeUnit *u = c->unit;
    if (c->failed || u->frame_block_count == 0)
        return false;
    FrameBlock top = u->frame_blocks[u->frame_block_count - 1];
    if (top.kind == F_GROUP_HANDLER) {
        compile_error(c, "'break', 'continue' and 'return' cannot appear in an except* block");
        return false;
    }
    if (loop && (top.kind == F_WHILE || top.kind == F_FOR)) {
        *loop = top;
        return true;
    }
    u->frame_block_count--; /* what is compiled on the way out is outside this block */
    unwind(c, &top, keep_top);
    bool found = unwind_all(c, keep_top, loop);
    u->frame_blocks[u->frame_block_count++] = top;
    return found;
}

static void compile_return(Compiler *c, Node *n)
{
    Node *value = n->Return.value;
    const Scope *s = c->unit->scope;
    bool keep_top = value && value->kind != N_Constant;
    if (s->kind != FUNCTION_SCOPE) {
        compile_error(c, "'return' outside function");
        return;
    }
    if (value && s->is_coroutine && s->is_generator) {
        compile_error(c, "'return' with value in async generator");
        return;
    }
    if (keep_top) {
        compile_expr(c, value);
    } else if (value) {
        set_place(c, value);
        emit(c, OP_NOP);
    }
    if (!value || value->line != n->line) {
        set_place(c, n);
        emit(c, OP_NOP);
    }
    unwind_all(c, keep_top, NULL);
    if (!value)
        emit_const(c, V_NONE);
    else if (!keep_top)
        emit_const(c, value->Constant.value);
    emit(c, OP_RETURN_VALUE);
}

static void compile_break(Compiler *c)
{
    FrameBlock loop;
    Place here = c->unit->place;
    emit(c, OP_NOP);
    if (!unwind_all(c, false, &loop)) {
        c->unit->place = here;
        compile_error(c, "'break' outside loop");
        return;
    }
    unwind(c, &loop, false);
    emit_jump(c, V_JUMP, loop.exit);
}

static void compile_continue(Compiler *c)
{
    FrameBlock loop;
    Place here = c->unit->place;
    emit(c, OP_NOP);
    if (!unwind_all(c, false, &loop)) {
        c->unit->place = here;
        compile_error(c, "'continue' not properly in loop");
        return;
    }
    emit_jump(c, V_JUMP, loop.block);
}

/* ---- if, while, for ---- */

static void compile_if(Compiler *c, Node *n)
{
    Block *end = block_new(c); /* of a whole chain of elifs: each has its own in CPython, but they all fall together */
    for (;;) {
        bool has_else = n->If.orelse.count > 0;
        Block *next = has_else ? block_new(c) : end;
        jump_if(c, n->If.test, next, false);
        compile_statements(c, &n->If.body);
        if (!has_else)
            break;
        emit_jump_no_line(c, V_JUMP, end);
        use_block(c, next);
        if (n->If.orelse.count != 1 || n->If.orelse.items[0]->kind != N_If) {
            compile_statements(c, &n->If.orelse);
            break;
        }
        n = n->If.orelse.items[0];
        set_place(c, n);
    }
    use_block(c, end);
}

static void compile_while(Compiler *c, Node *n)
{
    Block *loop = block_new(c), *body = block_new(c), *anchor = block_new(c), *end = block_new(c);
    use_block(c, loop);
    push_frame_block(c, F_WHILE, loop, end, NULL);
    jump_if(c, n->While.test, anchor, false);
    use_block(c, body);
    compile_statements(c, &n->While.body);
    set_place(c, n);
    jump_if(c, n->While.test, body, true);
    pop_frame_block(c);
    use_block(c, anchor);
    compile_statements(c, &n->While.orelse);
    use_block(c, end);
}

static void compile_async_for(Compiler *c, Node *n)
{
    if (c->unit->kind != UNIT_ASYNC_FUNCTION) {
        compile_error(c, "'async for' outside async function");
        return;
    }
    Block *start = block_new(c), *except = block_new(c), *end = block_new(c);
    compile_expr(c, n->For.iter);
    emit(c, OP_GET_AITER);
    use_block(c, start);
    push_frame_block(c, F_FOR, start, end, NULL);
    emit_jump(c, V_SETUP_FINALLY, except);
    emit(c, OP_GET_ANEXT);
    emit_const(c, V_NONE);
    emit_yield_from(c, true);
    emit(c, V_POP_BLOCK);
    compile_expr(c, n->For.target);
    compile_statements(c, &n->For.body);
    no_place(c);
    emit_jump(c, V_JUMP, start);
    pop_frame_block(c);
    use_block(c, except);
    set_place(c, n->For.iter);
    emit(c, OP_END_ASYNC_FOR);
    compile_statements(c, &n->For.orelse);
    use_block(c, end);
}

static void compile_for(Compiler *c, Node *n)
{
    if (n->For.is_async) {
        compile_async_for(c, n);
        return;
    }
    Block *start = block_new(c), *body = block_new(c), *cleanup = block_new(c), *end = block_new(c);
    push_frame_block(c, F_FOR, start, end, NULL);
    compile_expr(c, n->For.iter);
    emit(c, OP_GET_ITER);
    use_block(c, start);
    emit_jump(c, OP_FOR_ITER, cleanup);
    use_block(c, body);
    compile_expr(c, n->For.target);
    compile_statements(c, &n->For.body);
    no_place(c);
    emit_jump(c, V_JUMP, start);
    use_block(c, cleanup);
    pop_frame_block(c);
    compile_statements(c, &n->For.orelse);
    use_block(c, end);
}

/* ---- assignments ---- */

static void compile_assign(Compiler *c, Node *n)
{
    compile_expr(c, n->Assign.value);
    for (int i = 0; i < n->Assign.targets.count; i++) {
        if (i + 1 < n->Assign.targets.count)
            emit_arg(c, OP_COPY, 1);
        compile_expr(c, n->Assign.targets.items[i]);
    }
}

/* x += v: load the target, the value, compute, store where it came from. */
static void compile_augmented(Compiler *c, Node *n)
{
    Node *t = n->AugAssign.target;
    Place statement = c->unit->place;
    set_place(c, t);
    if (t->kind == N_Attribute) {
        compile_expr(c, t->Attribute.value);
        emit_arg(c, OP_COPY, 1);
        start_at_attribute(c, t);
        emit_name_op(c, OP_LOAD_ATTR, t->Attribute.attr);
    } else if (t->kind == N_Subscript) {
        compile_expr(c, t->Subscript.value);
        compile_expr(c, t->Subscript.slice);
        emit_arg(c, OP_COPY, 2);
        emit_arg(c, OP_COPY, 2);
        emit(c, OP_BINARY_SUBSCR);
    } else {
        load_name(c, t->Name.id);
    }
    c->unit->place = statement;
    compile_expr(c, n->AugAssign.value);
    emit_arg(c, OP_BINARY_OP, NB_INPLACE + n->AugAssign.op);
    set_place(c, t);
    if (t->kind == N_Attribute) {
        start_at_attribute(c, t);
        emit_arg(c, OP_SWAP, 2);
        if (check_name(c, t->Attribute.attr, STORE))
            emit_name_op(c, OP_STORE_ATTR, t->Attribute.attr);
    } else if (t->kind == N_Subscript) {
        emit_arg(c, OP_SWAP, 3);
        emit_arg(c, OP_SWAP, 2);
        emit(c, OP_STORE_SUBSCR);
    } else {
        store_name(c, t->Name.id);
    }
}

/* Evaluated for its effects only. */
static void compile_for_effect(Compiler *c, Node *n)
{
    if (!n)
        return;
    compile_expr(c, n);
    emit(c, OP_POP_TOP);
}

static void compile_subscript_for_effect(Compiler *c, Node *n)
{
    if (n->kind == N_Tuple) {
        for (int i = 0; i < n->Tuple.elts.count; i++)
            compile_subscript_for_effect(c, n->Tuple.elts.items[i]);
    } else if (n->kind == N_Slice) {
        compile_for_effect(c, n->Slice.lower);
        compile_for_effect(c, n->Slice.upper);
        compile_for_effect(c, n->Slice.step);
    } else {
        compile_for_effect(c, n);
    }
}

static void compile_annotated(Compiler *c, Node *n)
{
    Node *t = n->AnnAssign.target;
    bool has_namespace = c->unit->kind == UNIT_MODULE || c->unit->kind == UNIT_CLASS;
    if (n->AnnAssign.value) {
        compile_expr(c, n->AnnAssign.value);
        compile_expr(c, t);
    }
    if (t->kind == N_Name) {
        if (!check_name(c, t->Name.id, STORE))
            return;
        if (n->AnnAssign.simple && has_namespace) {
            compile_annotation(c, n->AnnAssign.annotation);
            emit_name_op(c, OP_LOAD_NAME, c->id.annotations);
            Value key = mangle(c->arena, c->unit->private_name, t->Name.id);
            if (!key)
                compile_fail(c);
            else
                emit_const(c, key);
            emit(c, OP_STORE_SUBSCR);
        }
    } else if (t->kind == N_Attribute) {
        if (!check_name(c, t->Attribute.attr, STORE))
            return;
        if (!n->AnnAssign.value)
            compile_for_effect(c, t->Attribute.value);
    } else if (!n->AnnAssign.value) {
        compile_for_effect(c, t->Subscript.value);
        compile_subscript_for_effect(c, t->Subscript.slice);
    }
    if (!n->AnnAssign.simple && has_namespace && !c->future_annotations)
        compile_for_effect(c, n->AnnAssign.annotation);
}

/* ---- imports ---- */

static Value substring(Compiler *c, Value s, ssize_t from, ssize_t to)
{
    Value part = str_substring(c->ts, s, from, to);
    part = arena_keep(c->arena, part ? str_intern(c->ts, part) : NULL);
    if (!part)
        compile_fail(c);
    return part;
}

static void store_import_as(Compiler *c, Value name, Value asname)
{
    ssize_t n = str_len(name), dot = str_find_char(name, '.', 0, n);
    if (dot < 0) {
        store_name(c, asname);
        return;
    }
    for (;;) { /* a.b.c as x: the base module is on the stack, go down the attributes */
        ssize_t from = dot + 1;
        dot = str_find_char(name, '.', from, n);
        Value part = substring(c, name, from, dot < 0 ? n : dot);
        if (part)
            emit_name_op(c, OP_IMPORT_FROM, part);
        if (dot < 0 || !part)
            break;
        emit_arg(c, OP_SWAP, 2);
        emit(c, OP_POP_TOP);
    }
    store_name(c, asname);
    emit(c, OP_POP_TOP);
}

static void compile_import(Compiler *c, Node *n)
{
    for (int i = 0; i < n->Import.names.count && !c->failed; i++) {
        Node *alias = n->Import.names.items[i];
        Value name = alias->Alias.name;
        emit_new_const(c, int_from_i64(c->ts, 0));
        emit_const(c, V_NONE);
        emit_name_op(c, OP_IMPORT_NAME, name);
        if (alias->Alias.asname) {
            store_import_as(c, name, alias->Alias.asname);
        } else {
            ssize_t dot = str_find_char(name, '.', 0, str_len(name));
            Value first = dot < 0 ? name : substring(c, name, 0, dot);
            if (first)
                store_name(c, first);
        }
    }
}

static void compile_import_from(Compiler *c, Node *n)
{
    int count = n->ImportFrom.names.count;
    Value module = n->ImportFrom.module ? n->ImportFrom.module : c->id.empty;
    if (n->line > c->future_line && n->ImportFrom.module && !n->ImportFrom.level && str_equal_cstr(module, "__future__")) {
        compile_error(c, "from __future__ imports must occur at the beginning of the file");
        return;
    }
    Value names = tuple_new(c->ts, count);
    for (int i = 0; names && i < count; i++)
        tuple_set(names, i, incref(n->ImportFrom.names.items[i]->Alias.name));
    emit_new_const(c, int_from_i64(c->ts, n->ImportFrom.level));
    emit_new_const(c, names);
    emit_name_op(c, OP_IMPORT_NAME, module);
    for (int i = 0; i < count; i++) {
        Node *alias = n->ImportFrom.names.items[i];
        if (i == 0 && str_equal_cstr(alias->Alias.name, "*")) {
            emit(c, OP_IMPORT_STAR);
            return;
        }
        emit_name_op(c, OP_IMPORT_FROM, alias->Alias.name);
        store_name(c, alias->Alias.asname ? alias->Alias.asname : alias->Alias.name);
    }
    emit(c, OP_POP_TOP);
}

/* ---- the rest ---- */

static void compile_assert(Compiler *c, Node *n)
{
    Node *test = n->Assert.test;
    if ((test->kind == N_Tuple && test->Tuple.elts.count > 0)
        || (test->kind == N_Constant && kind_of(test->Constant.value) == K_TUPLE && tuple_len(test->Constant.value) > 0))
        compile_warn(c, "assertion is always true, perhaps remove parentheses?");
    if (c->optimize > 0)
        return;
    Block *end = block_new(c);
    jump_if(c, test, end, true);
    emit(c, OP_LOAD_ASSERTION_ERROR);
    if (n->Assert.msg) {
        compile_expr(c, n->Assert.msg);
        emit_arg(c, OP_CALL, 0);
    }
    emit_arg(c, OP_RAISE_VARARGS, 1);
    use_block(c, end);
}

static void compile_raise(Compiler *c, Node *n)
{
    int count = 0;
    if (n->Raise.exc) {
        compile_expr(c, n->Raise.exc);
        count++;
        if (n->Raise.cause) {
            compile_expr(c, n->Raise.cause);
            count++;
        }
    }
    emit_arg(c, OP_RAISE_VARARGS, count);
}

static void compile_expression_statement(Compiler *c, Node *n)
{
    if (c->interactive && c->nesting <= 1) {
        compile_expr(c, n->Expr.value);
        emit(c, OP_PRINT_EXPR);
        return;
    }
    if (n->Expr.value->kind == N_Constant) {
        emit(c, OP_NOP);
        return;
    }
    compile_expr(c, n->Expr.value);
    no_place(c);
    emit(c, OP_POP_TOP);
}

static void compile_statement_here(Compiler *c, Node *n)
{
    switch (n->kind) {
    case N_FunctionDef: compile_function(c, n); break;
    case N_ClassDef: compile_class(c, n); break;
    case N_Return: compile_return(c, n); break;
    case N_Delete: compile_exprs(c, &n->Delete.targets); break;
    case N_Assign: compile_assign(c, n); break;
    case N_AugAssign: compile_augmented(c, n); break;
    case N_AnnAssign: compile_annotated(c, n); break;
    case N_For: compile_for(c, n); break;
    case N_While: compile_while(c, n); break;
    case N_If: compile_if(c, n); break;
    case N_With: compile_with(c, n); break;
    case N_Match: compile_match(c, n); break;
    case N_Raise: compile_raise(c, n); break;
    case N_Try: compile_try(c, n); break;
    case N_Assert: compile_assert(c, n); break;
    case N_Import: compile_import(c, n); break;
    case N_ImportFrom: compile_import_from(c, n); break;
    case N_Expr: compile_expression_statement(c, n); break;
    case N_Pass: emit(c, OP_NOP); break;
    case N_Break: compile_break(c); break;
    case N_Continue: compile_continue(c); break;
    default: break; /* Global, Nonlocal: the symbol table has seen them */
    }
}

void compile_statement(Compiler *c, Node *n)
{
    if (c->failed)
        return;
    if (!front_enter(c->ts, &c->depth, 3 * MAX_DEPTH, " during compilation")) {
        compile_fail(c);
        return;
    }
    set_place(c, n);
    compile_statement_here(c, n);
    c->depth--;
}

/* ---- module and class bodies ---- */

static bool has_annotation(const NodeList *list);

static bool node_has_annotation(const Node *n)
{
    switch (n->kind) {
    case N_AnnAssign: return true;
    case N_For: return has_annotation(&n->For.body) || has_annotation(&n->For.orelse);
    case N_While: return has_annotation(&n->While.body) || has_annotation(&n->While.orelse);
    case N_If: return has_annotation(&n->If.body) || has_annotation(&n->If.orelse);
    case N_With: return has_annotation(&n->With.body);
    case N_Match:
        for (int i = 0; i < n->Match.cases.count; i++)
            if (has_annotation(&n->Match.cases.items[i]->MatchCase.body))
                return true;
        return false;
    case N_Try:
        for (int i = 0; i < n->Try.handlers.count; i++)
            if (has_annotation(&n->Try.handlers.items[i]->ExceptHandler.body))
                return true;
        return has_annotation(&n->Try.body) || has_annotation(&n->Try.finalbody) || has_annotation(&n->Try.orelse);
    default: return false;
    }
}

/* Statements that make __annotations__ necessary, in this block and the blocks inside, not in functions or classes. */
static bool has_annotation(const NodeList *list)
{
    for (int i = 0; i < list->count; i++) {
        const Node *n = list->items[i];
        while (n->kind == N_If && n->If.orelse.count == 1 && n->If.orelse.items[0]->kind == N_If) {
            if (has_annotation(&n->If.body))
                return true;
            n = n->If.orelse.items[0];
        }
        if (node_has_annotation(n))
            return true;
    }
    return false;
}

void compile_body(Compiler *c, NodeList *body)
{
    int first = 0;
    if (c->unit->kind == UNIT_MODULE && body->count && !c->interactive)
        set_place(c, body->items[0]);
    if (has_annotation(body))
        emit(c, OP_SETUP_ANNOTATIONS);
    if (ast_docstring(body) && c->optimize < 2 && !(c->interactive && c->unit->kind == UNIT_MODULE)) {
        compile_expr(c, body->items[0]->Expr.value);
        no_place(c);
        store_name(c, c->id.doc);
        first = 1;
    }
    for (int i = first; i < body->count; i++)
        compile_statement(c, body->items[i]);
}
