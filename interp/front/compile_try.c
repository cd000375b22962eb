/* compile_try.c - try and with.
 * Exceptions cost nothing until raised: SETUP_FINALLY .. POP_BLOCK only mark which instructions a handler covers, and
 * become the exception table. A finally body is written twice, once for each way in.
 * Keeps: a handler finds the stack as SETUP_x found it, with the exception (after SETUP_CLEANUP and SETUP_WITH also the
 * offset where it was raised) on top.
 * Next: compile_stmt.c (leaving these blocks early), flow.c (label_handlers).   Sources: CPython 3.11 Python/compile.c. */
#include "interp/front/compile_internal.h"
#include "interp/front/errors.h"

/* ---- try ---- */

static void pop_except_and_reraise(Compiler *c)
{
    emit_arg(c, OP_COPY, 3);
    emit(c, OP_POP_EXCEPT);
    emit_arg(c, OP_RERAISE, 1);
}

/* The body of "except T as name:", with the name forgotten however it ends. */
static void compile_named_handler(Compiler *c, Node *handler, Block *end)
{
    Block *cleanup_end = block_new(c), *cleanup_body = block_new(c);
    Value name = handler->ExceptHandler.name;
    store_name(c, name);
    emit_jump(c, V_SETUP_CLEANUP, cleanup_end);
    use_block(c, cleanup_body);
    push_frame_block(c, F_HANDLER_CLEANUP, cleanup_body, NULL, name);
    compile_statements(c, &handler->ExceptHandler.body);
    pop_frame_block(c);
    no_place(c);
    emit(c, V_POP_BLOCK);
    emit(c, V_POP_BLOCK);
    emit(c, OP_POP_EXCEPT);
    forget_exception_name(c, name);
    emit_jump(c, V_JUMP, end);
    use_block(c, cleanup_end);
    no_place(c);
    forget_exception_name(c, name);
    emit_arg(c, OP_RERAISE, 1);
}

static void compile_plain_handler(Compiler *c, Node *handler, Block *end)
{
    Block *body = block_new(c);
    emit(c, OP_POP_TOP);
    use_block(c, body);
    push_frame_block(c, F_HANDLER_CLEANUP, body, NULL, NULL);
    compile_statements(c, &handler->ExceptHandler.body);
    pop_frame_block(c);
    no_place(c);
    emit(c, V_POP_BLOCK);
    emit(c, OP_POP_EXCEPT);
    emit_jump(c, V_JUMP, end);
}

static void compile_try_body(Compiler *c, Node *n, Block *body, Block *except)
{
    emit_jump(c, V_SETUP_FINALLY, except);
    use_block(c, body);
    push_frame_block(c, F_TRY_EXCEPT, body, NULL, NULL);
    compile_statements(c, &n->Try.body);
    pop_frame_block(c);
    emit_no_line(c, V_POP_BLOCK);
}

static void begin_handlers(Compiler *c, Block *except, Block *cleanup, FrameBlockKind kind)
{
    use_block(c, except);
    no_place(c);
    emit_jump(c, V_SETUP_CLEANUP, cleanup);
    emit(c, OP_PUSH_EXC_INFO);
    push_frame_block(c, kind, NULL, NULL, NULL);
}

static void compile_try_except(Compiler *c, Node *n)
{
    Block *body = block_new(c), *except = block_new(c), *end = block_new(c), *cleanup = block_new(c);
    compile_try_body(c, n, body, except);
    compile_statements(c, &n->Try.orelse);
    emit_jump_no_line(c, V_JUMP, end);
    begin_handlers(c, except, cleanup, F_EXCEPTION_HANDLER);
    for (int i = 0; i < n->Try.handlers.count; i++) {
        Node *handler = n->Try.handlers.items[i];
        set_place(c, handler);
        if (!handler->ExceptHandler.type && i < n->Try.handlers.count - 1) {
            compile_error(c, "default 'except:' must be last");
            return;
        }
        Block *next = block_new(c);
        if (handler->ExceptHandler.type) {
            compile_expr(c, handler->ExceptHandler.type);
            emit(c, OP_CHECK_EXC_MATCH);
            emit_jump(c, V_POP_JUMP_IF_FALSE, next);
        }
        if (handler->ExceptHandler.name)
            compile_named_handler(c, handler, end);
        else
            compile_plain_handler(c, handler, end);
        use_block(c, next);
    }
    no_place(c);
    pop_frame_block(c);
    emit_arg(c, OP_RERAISE, 0);
    use_block(c, cleanup);
    pop_except_and_reraise(c);
    use_block(c, end);
}

/* One "except* T": takes its part of the group; what it raises is collected in the list below. */
static void compile_star_handler(Compiler *c, Node *handler, Block *next)
{
    Block *match = block_new(c), *cleanup_end = block_new(c), *body = block_new(c);
    Value name = handler->ExceptHandler.name;
    compile_expr(c, handler->ExceptHandler.type);
    emit(c, OP_CHECK_EG_MATCH);
    emit_arg(c, OP_COPY, 1);
    emit_jump(c, V_POP_JUMP_IF_NOT_NONE, match);
    emit(c, OP_POP_TOP);
    emit_jump(c, V_JUMP, next);
    use_block(c, match);
    if (name)
        store_name(c, name);
    else
        emit(c, OP_POP_TOP);
    emit_jump(c, V_SETUP_CLEANUP, cleanup_end);
    use_block(c, body);
    push_frame_block(c, F_HANDLER_CLEANUP, body, NULL, name);
    compile_statements(c, &handler->ExceptHandler.body);
    pop_frame_block(c);
    no_place(c);
    emit(c, V_POP_BLOCK);
    if (name)
        forget_exception_name(c, name);
    emit_jump(c, V_JUMP, next);
    use_block(c, cleanup_end);
    no_place(c);
    if (name)
        forget_exception_name(c, name);
    emit_arg(c, OP_LIST_APPEND, 3);
    emit(c, OP_POP_TOP);
    emit_jump(c, V_JUMP, next);
}

static void compile_try_star(Compiler *c, Node *n)
{
    Block *body = block_new(c), *except = block_new(c), *orelse = block_new(c), *end = block_new(c), *cleanup = block_new(c);
    Block *reraise_star = block_new(c), *reraise = block_new(c);
    compile_try_body(c, n, body, except);
    emit_jump_no_line(c, V_JUMP, orelse);
    begin_handlers(c, except, cleanup, F_GROUP_HANDLER);
    for (int i = 0; i < n->Try.handlers.count; i++) {
        Node *handler = n->Try.handlers.items[i];
        set_place(c, handler);
        Block *next = block_new(c);
        if (i == 0) { /* [group] -> [group, list of raised, what is left] */
            emit_arg(c, OP_COPY, 1);
            emit_arg(c, OP_BUILD_LIST, 0);
            emit_arg(c, OP_SWAP, 2);
        }
        compile_star_handler(c, handler, next);
        use_block(c, next);
    }
    emit_arg(c, OP_LIST_APPEND, 1);
    emit_jump(c, V_JUMP, reraise_star);
    no_place(c);
    pop_frame_block(c);
    use_block(c, reraise_star);
    emit(c, OP_PREP_RERAISE_STAR);
    emit_arg(c, OP_COPY, 1);
    emit_jump(c, V_POP_JUMP_IF_NOT_NONE, reraise);
    emit(c, OP_POP_TOP);
    emit(c, V_POP_BLOCK);
    emit(c, OP_POP_EXCEPT);
    emit_jump(c, V_JUMP, end);
    use_block(c, reraise);
    emit(c, V_POP_BLOCK);
    emit_arg(c, OP_SWAP, 2);
    emit(c, OP_POP_EXCEPT);
    emit_arg(c, OP_RERAISE, 0);
    use_block(c, cleanup);
    pop_except_and_reraise(c);
    use_block(c, orelse);
    compile_statements(c, &n->Try.orelse);
    use_block(c, end);
}

static void compile_handlers(Compiler *c, Node *n)
{
    if (n->Try.is_star)
        compile_try_star(c, n);
    else
        compile_try_except(c, n);
}

void compile_try(Compiler *c, Node *n)
{
    if (!n->Try.finalbody.count) {
        compile_handlers(c, n);
        return;
    }
    Block *body = block_new(c), *handler = block_new(c), *exit = block_new(c), *cleanup = block_new(c);
    emit_jump(c, V_SETUP_FINALLY, handler);
    use_block(c, body);
    push_frame_block(c, F_FINALLY_TRY, body, handler, &n->Try.finalbody);
    if (n->Try.handlers.count)
        compile_handlers(c, n);
    else
        compile_statements(c, &n->Try.body);
    emit_no_line(c, V_POP_BLOCK);
    pop_frame_block(c);
    compile_statements(c, &n->Try.finalbody);
    emit_jump_no_line(c, V_JUMP, exit);
    use_block(c, handler);
    no_place(c);
    emit_jump(c, V_SETUP_CLEANUP, cleanup);
    emit(c, OP_PUSH_EXC_INFO);
    push_frame_block(c, F_FINALLY_END, handler, NULL, NULL);
    compile_statements(c, &n->Try.finalbody);
    pop_frame_block(c);
    emit_arg(c, OP_RERAISE, 0);
    use_block(c, cleanup);
    pop_except_and_reraise(c);
    use_block(c, exit);
}

/* ---- with ---- */

static void finish_with_exception(Compiler *c, Block *cleanup)
{
    Block *suppress = block_new(c), *exit = block_new(c);
    emit_jump(c, V_POP_JUMP_IF_TRUE, suppress);
    emit_arg(c, OP_RERAISE, 2);
    use_block(c, cleanup);
    Place saved = c->unit->place;
    no_place(c);
    pop_except_and_reraise(c);
    c->unit->place = saved;
    use_block(c, suppress);
    emit(c, OP_POP_TOP);
    emit(c, V_POP_BLOCK);
    emit(c, OP_POP_EXCEPT);
    emit(c, OP_POP_TOP);
    emit(c, OP_POP_TOP);
    emit_jump(c, V_JUMP, exit);
    use_block(c, exit);
    no_place(c);
}

static void await_exit(Compiler *c)
{
    emit_arg(c, OP_GET_AWAITABLE, 2);
    emit_const(c, V_NONE);
    emit_yield_from(c, true);
}

static void compile_with_item(Compiler *c, Node *n, int position)
{
    bool is_async = n->With.is_async;
    Node *item = n->With.items.items[position];
    Block *block = block_new(c), *final = block_new(c), *exit = block_new(c), *cleanup = block_new(c);
    if (!front_enter(c->ts, &c->depth, 3000, " during compilation")) {
        compile_fail(c);
        return;
    }
    compile_expr(c, item->WithItem.context_expr);
    emit(c, is_async ? OP_BEFORE_ASYNC_WITH : OP_BEFORE_WITH);
    if (is_async) {
        emit_arg(c, OP_GET_AWAITABLE, 1);
        emit_const(c, V_NONE);
        emit_yield_from(c, true);
    }
    emit_jump(c, V_SETUP_WITH, final);
    use_block(c, block);
    push_frame_block(c, is_async ? F_ASYNC_WITH : F_WITH, block, final, n);
    if (item->WithItem.optional_vars)
        compile_expr(c, item->WithItem.optional_vars);
    else
        emit(c, OP_POP_TOP);
    if (position + 1 < n->With.items.count)
        compile_with_item(c, n, position + 1);
    else
        compile_statements(c, &n->With.body);
    pop_frame_block(c);
    if (is_async)
        emit(c, V_POP_BLOCK); /* with a line of its own, in CPython too */
    else
        emit_no_line(c, V_POP_BLOCK);
    set_place(c, n);
    compile_exit_call(c);
    if (is_async)
        await_exit(c);
    emit(c, OP_POP_TOP);
    emit_jump(c, V_JUMP, exit);
    use_block(c, final);
    emit_jump(c, V_SETUP_CLEANUP, cleanup);
    emit(c, OP_PUSH_EXC_INFO);
    emit(c, OP_WITH_EXCEPT_START);
    if (is_async)
        await_exit(c);
    finish_with_exception(c, cleanup);
    use_block(c, exit);
    c->depth--;
}

void compile_with(Compiler *c, Node *n)
{
    if (n->With.is_async && c->unit->kind != UNIT_ASYNC_FUNCTION)
        compile_error(c, "'async with' outside async function");
    else
        compile_with_item(c, n, 0);
}
