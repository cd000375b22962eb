/* flow.c - the graph of basic blocks: peephole folding, jump threading, dead code, line numbers, stack depth, handlers.
 * Does what CPython 3.11 does in the order it does it, so that the disassembly is the same line by line:
 *   1. each block: constants into jumps and tuples, jumps to jumps, swaps, PUSH_NULL into LOAD_GLOBAL
 *   2. a jump to a short exit becomes a copy of that exit (once before step 1, once after it)
 *   3. unreachable blocks, superfluous NOPs and jumps to the next block go
 *   4. exits without a line are copied for each jump to them, and lines are handed on
 *   5. the depth of the stack, the handler of each instruction
 * Keeps: block->next is the order of the text; an empty block is never a target after step 3.
 * Next: assemble.c.   Sources: CPython 3.11 Python/compile.c (optimize_cfg and around). */
#include <string.h>

#include "interp/front/compile_internal.h"
#include "interp/front/constants.h"

enum { MAX_EXIT_COPY = 4 };

struct ExceptStack {
    int depth;
    Block *handlers[MAX_FRAME_BLOCKS + 2];
};

typedef struct {
    Compiler *c;
    CodeUnit *unit;
    Block *entry;
    PointerList constants; /* Value: the unit's, then folded ones */
} Graph;

static Instr *last_of(Block *b) { return &b->instrs[b->count - 1]; }
static bool has_target(const Instr *i) { return is_jump(i) || is_block_setup(i); }

/* ---- 0. marks ---- */

static void mark_exits(Graph *g)
{
    for (Block *b = g->entry; b; b = b->next) {
        for (int i = 0; i < b->count; i++) {
            Instr *in = &b->instrs[i];
            if (in->op == OP_RETURN_VALUE || in->op == OP_RAISE_VARARGS || in->op == OP_RERAISE)
                b->is_exit = b->no_fallthrough = true;
            if (in->op == V_JUMP || in->op == V_JUMP_NO_INTERRUPT)
                b->no_fallthrough = true;
            if (has_target(in))
                while (in->target->count == 0 && in->target->next)
                    in->target = in->target->next;
        }
    }
}

/* ---- 1. peephole ---- */

static int graph_constant(Graph *g, STEALS Value v)
{
    if (!(v = arena_keep(g->c->arena, v)))
        goto failed;
    for (int i = 0; i < g->constants.count; i++)
        if (constant_same(g->c->ts, g->constants.items[i], v))
            return i;
    if (pointer_list_add(g->c->arena, &g->constants, v) < 0)
        goto failed;
    return g->constants.count - 1;
failed:
    compile_fail(g->c);
    return 0;
}

/* LOAD_CONST ... BUILD_TUPLE n: one constant. at: index of BUILD_TUPLE. */
static void fold_built_tuple(Graph *g, Block *b, int at)
{
    int n = b->instrs[at].arg;
    for (int i = at - n; i < at; i++)
        if (b->instrs[i].op != OP_LOAD_CONST)
            return;
    Value t = tuple_new(g->c->ts, n);
    for (int i = 0; t && i < n; i++)
        tuple_set(t, i, incref((Value)g->constants.items[b->instrs[at - n + i].arg]));
    int number = graph_constant(g, t);
    for (int i = at - n; i < at; i++)
        b->instrs[i].op = OP_NOP;
    b->instrs[at].op = OP_LOAD_CONST;
    b->instrs[at].arg = number;
}

/* A run of SWAPs from *at on (NOPs between) becomes the shortest run with the same effect. */
static void shorten_swaps(Graph *g, Block *b, int *at)
{
    Instr *run = &b->instrs[*at];
    int length = 1, depth = run->arg, limit = b->count - *at;
    bool several = false;
    for (; length < limit && (run[length].op == OP_SWAP || run[length].op == OP_NOP); length++)
        if (run[length].op == OP_SWAP) {
            several = true;
            if (run[length].arg > depth)
                depth = run[length].arg;
        }
    if (!several)
        return;
    int *stack = arena_alloc(g->c->arena, (size_t)depth * sizeof *stack); /* who ends in place i */
    if (!stack) {
        compile_fail(g->c);
        return;
    }
    for (int i = 0; i < depth; i++)
        stack[i] = i;
    for (int i = 0; i < length; i++)
        if (run[i].op == OP_SWAP) {
            int other = run[i].arg - 1, top = stack[0];
            stack[0] = stack[other];
            stack[other] = top;
        }
    /* Each cycle of the permutation is one series of swaps through the top; written from the end of the run. */
    int write = length - 1;
    for (int i = 0; i < depth; i++) {
        if (stack[i] < 0 || stack[i] == i)
            continue;
        for (int j = i;;) {
            if (j) {
                run[write].op = OP_SWAP;
                run[write--].arg = j + 1;
            }
            if (stack[j] < 0)
                break;
            int next = stack[j];
            stack[j] = -1;
            j = next;
        }
    }
    while (write >= 0)
        run[write--].op = OP_NOP;
    *at += length - 1;
}

static bool is_swappable(int op) { return op == OP_STORE_FAST || op == OP_POP_TOP; }

/* The next store or pop after i on the given line (-1: any), or -1. */
static int next_swappable(const Block *b, int i, int line)
{
    while (++i < b->count) {
        if (line >= 0 && b->instrs[i].place.line != line)
            return -1;
        if (b->instrs[i].op == OP_NOP)
            continue;
        return is_swappable(b->instrs[i].op) ? i : -1;
    }
    return -1;
}

/* SWAP n; STORE_FAST a; ...: store in the other order instead. Looks at the SWAPs up to index i, the last first. */
static void apply_swaps(Block *b, int i)
{
    for (; i >= 0; i--) {
        Instr *swap = &b->instrs[i];
        if (swap->op != OP_SWAP) {
            if (swap->op == OP_NOP || is_swappable(swap->op))
                continue;
            return;
        }
        int first = next_swappable(b, i, -1);
        if (first < 0)
            return;
        int other = first, line = b->instrs[first].place.line;
        for (int n = swap->arg; n > 1; n--)
            if ((other = next_swappable(b, other, line)) < 0)
                return;
        swap->op = OP_NOP;
        Instr saved = b->instrs[first];
        b->instrs[first] = b->instrs[other];
        b->instrs[other] = saved;
    }
}

static int constant_truth(Graph *g, int number)
{
    int t = truth(g->c->ts, g->constants.items[number]);
    if (t < 0)
        compile_fail(g->c);
    return t > 0;
}

static void fold_constant_load(Graph *g, Block *b, int i)
{
    Instr *in = &b->instrs[i], *next = i + 1 < b->count ? in + 1 : NULL;
    if (!next)
        return;
    if (next->op == V_POP_JUMP_IF_FALSE || next->op == V_POP_JUMP_IF_TRUE) {
        bool jumps = constant_truth(g, in->arg) == (next->op == V_POP_JUMP_IF_TRUE);
        in->op = OP_NOP;
        next->op = jumps ? V_JUMP : OP_NOP;
        b->no_fallthrough |= jumps;
    } else if (next->op == OP_JUMP_IF_FALSE_OR_POP || next->op == OP_JUMP_IF_TRUE_OR_POP) {
        if (constant_truth(g, in->arg) == (next->op == OP_JUMP_IF_TRUE_OR_POP)) {
            next->op = V_JUMP;
            b->no_fallthrough = true;
        } else {
            in->op = next->op = OP_NOP;
        }
    } else if (next->op == OP_IS_OP && i + 2 < b->count && is_none(g->constants.items[in->arg])) {
        Instr *jump = in + 2;
        if (jump->op != V_POP_JUMP_IF_FALSE && jump->op != V_POP_JUMP_IF_TRUE)
            return;
        bool is_not = next->arg == 1, if_false = jump->op == V_POP_JUMP_IF_FALSE;
        in->op = next->op = OP_NOP;
        jump->op = is_not != if_false ? V_POP_JUMP_IF_NOT_NONE : V_POP_JUMP_IF_NONE;
    }
}

/* A jump to a jump goes straight on. True: look at it again. */
static bool thread_jump(Instr *in, const Instr *target, int op)
{
    if (in->place.line != target->place.line || in->target == target->target)
        return false;
    in->target = target->target;
    in->op = op;
    return true;
}

static bool fold_or_pop(Instr *in, const Instr *target)
{
    bool if_false = in->op == OP_JUMP_IF_FALSE_OR_POP;
    int pop = if_false ? V_POP_JUMP_IF_FALSE : V_POP_JUMP_IF_TRUE;
    int other_pop = if_false ? V_POP_JUMP_IF_TRUE : V_POP_JUMP_IF_FALSE;
    int other = if_false ? OP_JUMP_IF_TRUE_OR_POP : OP_JUMP_IF_FALSE_OR_POP;
    if (target->op == pop)
        return thread_jump(in, target, pop);
    if (target->op == V_JUMP || target->op == in->op)
        return thread_jump(in, target, in->op);
    if ((target->op == other || target->op == other_pop) && in->place.line == target->place.line) {
        in->op = pop; /* the other test cannot be true: go on behind it */
        in->target = in->target->next;
        return true;
    }
    return false;
}

static bool fold_jump(Instr *in)
{
    const Instr *target = in->target->count ? &in->target->instrs[0] : NULL;
    if (!target)
        return false;
    switch (in->op) {
    case OP_JUMP_IF_FALSE_OR_POP: case OP_JUMP_IF_TRUE_OR_POP:
        return fold_or_pop(in, target);
    case V_POP_JUMP_IF_FALSE: case V_POP_JUMP_IF_TRUE: case V_POP_JUMP_IF_NONE: case V_POP_JUMP_IF_NOT_NONE: case V_JUMP:
        return target->op == V_JUMP && thread_jump(in, target, in->op);
    default:
        return false;
    }
}

/* BUILD_TUPLE n; UNPACK_SEQUENCE n. True when it was replaced. */
static bool fold_repack(Instr *in, Instr *next)
{
    if (!next || next->op != OP_UNPACK_SEQUENCE || next->arg != in->arg)
        return false;
    if (in->arg == 1) {
        in->op = next->op = OP_NOP;
        return true;
    }
    if (in->arg == 2 || in->arg == 3) {
        in->op = OP_NOP;
        next->op = OP_SWAP;
        return true;
    }
    return false;
}

static void fold_block(Graph *g, Block *b)
{
    for (int i = 0; i < b->count && !g->c->failed; i++) {
        Instr *in = &b->instrs[i], *next = i + 1 < b->count ? in + 1 : NULL;
        if (has_target(in))
            while (in->target->count == 0 && in->target->next)
                in->target = in->target->next;
        switch (in->op) {
        case OP_LOAD_CONST:
            fold_constant_load(g, b, i);
            break;
        case OP_BUILD_TUPLE:
            if (!fold_repack(in, next) && i >= in->arg)
                fold_built_tuple(g, b, i);
            break;
        case OP_SWAP:
            if (in->arg == 1) {
                in->op = OP_NOP;
                break;
            }
            shorten_swaps(g, b, &i);
            apply_swaps(b, i);
            break;
        case OP_PUSH_NULL:
            if (next && next->op == OP_LOAD_GLOBAL && !(next->arg & 1)) {
                in->op = OP_NOP;
                in->arg = 0;
                next->arg |= 1;
            }
            break;
        default:
            if (is_jump(in) && fold_jump(in))
                i--;
        }
    }
}

/* ---- 2. short exits copied ---- */

/* Removes NOPs that stand for no line of their own. */
static void clean_block(Block *b)
{
    int kept = 0, previous_line = -1;
    for (int i = 0; i < b->count; i++) {
        int line = b->instrs[i].place.line;
        if (b->instrs[i].op == OP_NOP) {
            if (line < 0 || line == previous_line)
                continue;
            if (i < b->count - 1) {
                int next_line = b->instrs[i + 1].place.line;
                if (next_line < 0)
                    b->instrs[i + 1].place = b->instrs[i].place;
                if (next_line < 0 || next_line == line)
                    continue;
            } else {
                Block *next = b->next;
                while (next && next->count == 0)
                    next = next->next;
                if (next && next->instrs[0].place.line == line)
                    continue;
            }
        }
        b->instrs[kept++] = b->instrs[i];
        previous_line = line;
    }
    b->count = kept;
}

static bool is_exit_without_line(const Block *b)
{
    if (!b->is_exit)
        return false;
    for (int i = 0; i < b->count; i++)
        if (b->instrs[i].place.line >= 0)
            return false;
    return true;
}

static void copy_short_exit(Graph *g, Block *b)
{
    if (b->count == 0 || last_of(b)->op != V_JUMP)
        return;
    Block *exit = last_of(b)->target;
    if (!is_exit_without_line(exit) || exit->count > MAX_EXIT_COPY)
        return;
    last_of(b)->op = OP_NOP;
    for (int i = 0; i < exit->count; i++) {
        Instr *copy = block_add(g->c, b);
        if (copy)
            *copy = exit->instrs[i];
    }
    b->is_exit = true;
}

static void copy_short_exits(Graph *g)
{
    for (Block *b = g->unit->newest; b; b = b->previous_made)
        copy_short_exit(g, b);
}

static void drop_empty_blocks(Graph *g)
{
    for (Block *b = g->entry; b; b = b->next)
        while (b->next && b->next->count == 0 && b->next->next)
            b->next = b->next->next;
    for (Block *b = g->entry; b; b = b->next)
        for (int i = 0; i < b->count; i++)
            if (has_target(&b->instrs[i]))
                while (b->instrs[i].target->count == 0 && b->instrs[i].target->next)
                    b->instrs[i].target = b->instrs[i].target->next;
}

static void count_predecessors(Graph *g)
{
    PointerList todo = {0};
    g->entry->predecessors = 1;
    if (pointer_list_add(g->c->arena, &todo, g->entry) < 0)
        compile_fail(g->c);
    while (todo.count > 0 && !g->c->failed) {
        Block *b = todo.items[--todo.count];
        for (int i = -1; i < b->count; i++) {
            Block *target = i >= 0 ? (has_target(&b->instrs[i]) ? b->instrs[i].target : NULL)
                          : b->no_fallthrough ? NULL : b->next;
            if (target && target->predecessors++ == 0 && pointer_list_add(g->c->arena, &todo, target) < 0)
                compile_fail(g->c);
        }
    }
}

static void drop_unreachable(Graph *g)
{
    for (Block *b = g->entry; b; b = b->next)
        if (b->predecessors == 0) {
            b->count = 0;
            b->no_fallthrough = false;
        }
    drop_empty_blocks(g);
}

static void drop_jumps_to_next(Graph *g)
{
    bool any = false;
    for (Block *b = g->entry; b; b = b->next) {
        if (b->count == 0)
            continue;
        Instr *last = last_of(b);
        if ((last->op == V_JUMP || last->op == V_JUMP_NO_INTERRUPT) && last->target == b->next) {
            b->no_fallthrough = false;
            last->op = OP_NOP;
            clean_block(b);
            any = true;
        }
    }
    if (any)
        drop_empty_blocks(g);
}

static void optimize(Graph *g)
{
    copy_short_exits(g);
    for (Block *b = g->entry; b && !g->c->failed; b = b->next) {
        fold_block(g, b);
        clean_block(b);
    }
    copy_short_exits(g);
    count_predecessors(g);
    drop_unreachable(g);
    for (Block *b = g->entry; b; b = b->next)
        clean_block(b);
    drop_empty_blocks(g);
    drop_jumps_to_next(g);
}

/* ---- 4. lines ---- */

/* An exit without a line takes the line of what jumps to it: each jump needs a copy of its own. */
static void duplicate_exits(Graph *g)
{
    for (Block *b = g->unit->newest; b && !g->c->failed; b = b->previous_made) {
        if (b->count == 0 || !is_jump(last_of(b)))
            continue;
        Block *target = last_of(b)->target;
        if (!is_exit_without_line(target) || target->predecessors <= 1)
            continue;
        Block *copy = block_new(g->c);
        for (int i = 0; i < target->count; i++) {
            Instr *in = block_add(g->c, copy);
            if (in)
                *in = target->instrs[i];
        }
        if (g->c->failed || copy->count == 0)
            return;
        copy->is_exit = copy->no_fallthrough = true;
        copy->instrs[0].place = last_of(b)->place;
        last_of(b)->target = copy;
        target->predecessors--;
        copy->predecessors = 1;
        copy->next = target->next;
        target->next = copy;
    }
    drop_empty_blocks(g);
    for (Block *b = g->entry; b; b = b->next)
        if (!b->no_fallthrough && b->next && b->count && b->next->count && is_exit_without_line(b->next))
            b->next->instrs[0].place = last_of(b)->place;
}

static void hand_on_line(Place place, Block *b)
{
    if (b->predecessors == 1 && b->count && b->instrs[0].place.line < 0)
        b->instrs[0].place = place;
}

static void propagate_lines(Graph *g)
{
    for (Block *b = g->entry; b; b = b->next) {
        Place place = NO_PLACE;
        if (b->count == 0)
            continue;
        for (int i = 0; i < b->count; i++) {
            if (b->instrs[i].place.line < 0)
                b->instrs[i].place = place;
            else
                place = b->instrs[i].place;
        }
        if (!b->no_fallthrough && b->next)
            hand_on_line(place, b->next);
        if (is_jump(last_of(b)))
            hand_on_line(place, last_of(b)->target);
    }
}

static void lines_for_exits(Graph *g)
{
    int line = g->unit->first_line;
    for (Block *b = g->entry; b; b = b->next) {
        if (b->count == 0)
            continue;
        Instr *last = last_of(b);
        if (last->place.line >= 0)
            line = last->place.line;
        else if (last->op == OP_RETURN_VALUE)
            for (int i = 0; i < b->count; i++)
                b->instrs[i].place.line = line;
    }
}

/* ---- 5. depth and handlers ---- */

static int effect_of(const Instr *in, int jump)
{
    switch (in->op) {
    case V_JUMP: case V_JUMP_NO_INTERRUPT: case V_POP_BLOCK: return 0;
    case V_POP_JUMP_IF_FALSE: case V_POP_JUMP_IF_TRUE: case V_POP_JUMP_IF_NONE: case V_POP_JUMP_IF_NOT_NONE: return -1;
    case V_SETUP_FINALLY: case V_SETUP_WITH: return jump ? 1 : 0;
    case V_SETUP_CLEANUP: return jump ? 2 : 0;
    default: return opcode_effect((Opcode)in->op, in->arg, jump);
    }
}

static void push_depth(Graph *g, PointerList *todo, Block *b, int depth)
{
    if (b->start_depth >= depth)
        return;
    b->start_depth = depth;
    if (pointer_list_add(g->c->arena, todo, b) < 0)
        compile_fail(g->c);
}

static int measure_depth(Graph *g)
{
    PointerList todo = {0};
    int most = 0;
    for (Block *b = g->entry; b; b = b->next)
        b->start_depth = -1;
    bool is_generator = unit_flags(g->c, g->unit) & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR);
    push_depth(g, &todo, g->entry, is_generator ? 1 : 0);
    while (todo.count > 0 && !g->c->failed) {
        Block *b = todo.items[--todo.count];
        int depth = b->start_depth;
        bool falls = true;
        for (int i = 0; i < b->count && falls; i++) {
            const Instr *in = &b->instrs[i];
            int after = depth + effect_of(in, 0);
            if (after > most)
                most = after;
            if (has_target(in)) {
                int there = depth + effect_of(in, 1);
                if (there > most)
                    most = there;
                push_depth(g, &todo, in->target, there);
            }
            depth = after;
            falls = in->op != V_JUMP && in->op != V_JUMP_NO_INTERRUPT && in->op != OP_RETURN_VALUE
                    && in->op != OP_RAISE_VARARGS && in->op != OP_RERAISE;
        }
        if (falls && b->next)
            push_depth(g, &todo, b->next, depth);
    }
    return most;
}

static Block *top_handler(const ExceptStack *s) { return s->handlers[s->depth]; }

static ExceptStack *copy_stack(Graph *g, const ExceptStack *s)
{
    ExceptStack *copy = arena_alloc(g->c->arena, sizeof *copy);
    if (!copy)
        compile_fail(g->c);
    else if (s)
        *copy = *s;
    return copy;
}

static void visit_with_stack(Graph *g, PointerList *todo, Block *b, const ExceptStack *stack)
{
    if (b->visited)
        return;
    b->visited = true;
    b->excepts = copy_stack(g, stack);
    if (pointer_list_add(g->c->arena, todo, b) < 0)
        compile_fail(g->c);
}

/* Walks all paths with the stack of handlers that SETUP_x and POP_BLOCK make. */
static void label_handlers(Graph *g)
{
    PointerList todo = {0};
    for (Block *b = g->entry; b; b = b->next)
        b->visited = false;
    visit_with_stack(g, &todo, g->entry, NULL);
    while (todo.count > 0 && !g->c->failed) {
        Block *b = todo.items[--todo.count];
        ExceptStack *stack = b->excepts;
        for (int i = 0; i < b->count; i++) {
            Instr *in = &b->instrs[i];
            if (is_block_setup(in)) { /* the NOP that is left of it has no handler */
                visit_with_stack(g, &todo, in->target, stack);
                if (in->op != V_SETUP_FINALLY)
                    in->target->preserves_lasti = true;
                if (stack->depth < MAX_FRAME_BLOCKS + 1)
                    stack->handlers[++stack->depth] = in->target;
            } else if (in->op == V_POP_BLOCK) {
                if (stack->depth > 0)
                    stack->depth--;
            } else {
                in->handler = top_handler(stack);
                if (is_jump(in))
                    visit_with_stack(g, &todo, in->target, stack);
            }
        }
        if (!b->no_fallthrough && b->next)
            visit_with_stack(g, &todo, b->next, stack);
    }
}

static void drop_block_markers(Graph *g)
{
    for (Block *b = g->entry; b; b = b->next) {
        for (int i = 0; i < b->count; i++)
            if (is_block_setup(&b->instrs[i]) || b->instrs[i].op == V_POP_BLOCK)
                b->instrs[i].op = OP_NOP;
        clean_block(b);
    }
}

/* Jumps get their direction. */
static void direct_jumps(Graph *g)
{
    static const int forward[] = {OP_JUMP_FORWARD, OP_JUMP_FORWARD, OP_POP_JUMP_FORWARD_IF_FALSE, OP_POP_JUMP_FORWARD_IF_TRUE,
                                  OP_POP_JUMP_FORWARD_IF_NONE, OP_POP_JUMP_FORWARD_IF_NOT_NONE};
    static const int backward[] = {OP_JUMP_BACKWARD, OP_JUMP_BACKWARD_NO_INTERRUPT, OP_POP_JUMP_BACKWARD_IF_FALSE,
                                   OP_POP_JUMP_BACKWARD_IF_TRUE, OP_POP_JUMP_BACKWARD_IF_NONE, OP_POP_JUMP_BACKWARD_IF_NOT_NONE};
    for (Block *b = g->entry; b; b = b->next)
        b->visited = false;
    for (Block *b = g->entry; b; b = b->next) {
        b->visited = true;
        if (b->count == 0)
            continue;
        Instr *last = last_of(b);
        if (last->op >= V_JUMP && last->op <= V_POP_JUMP_IF_NOT_NONE)
            last->op = last->target->visited ? backward[last->op - V_JUMP] : forward[last->op - V_JUMP];
    }
}

bool flow_optimize(Compiler *c, CodeUnit *u, Flow *out)
{
    Graph g = {.c = c, .unit = u, .entry = u->first};
    for (int i = 0; i < u->constants.values.count; i++)
        if (pointer_list_add(c->arena, &g.constants, u->constants.values.items[i]) < 0)
            compile_fail(c);
    if (c->failed)
        return false;
    mark_exits(&g);
    optimize(&g);
    if (c->failed)
        return false;
    duplicate_exits(&g);
    propagate_lines(&g);
    lines_for_exits(&g);
    out->stack_size = measure_depth(&g);
    label_handlers(&g);
    if (c->failed)
        return false;
    drop_block_markers(&g);
    direct_jumps(&g);
    out->entry = g.entry;
    out->constants = (Value *)g.constants.items;
    out->constant_count = g.constants.count;
    return !c->failed;
}
