/* assemble.c - a unit's blocks to a code object: prefix instructions, places of variables, jump distances, tables.
 * Keeps: an argument that is a cell keeps its place among the locals, as in CPython's localsplus.
 * Next: interp/vm/code.h (the result), flow.c (what happens before).   Sources: CPython 3.11 Python/compile.c. */
#include <string.h>

#include "interp/front/compile_internal.h"

enum { ARG_LIMIT = 1 << 24 };

int unit_flags(Compiler *c, const CodeUnit *u)
{
    const Scope *s = u->scope;
    int flags = c->flags & CO_FUTURE_ANNOTATIONS;
    if (s->kind != FUNCTION_SCOPE)
        return flags;
    flags |= CO_NEWLOCALS | CO_OPTIMIZED;
    if (s->is_nested)
        flags |= CO_NESTED;
    if (s->is_generator)
        flags |= s->is_coroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
    else if (s->is_coroutine)
        flags |= CO_COROUTINE;
    if (s->has_varargs)
        flags |= CO_VARARGS;
    if (s->has_varkeywords)
        flags |= CO_VARKEYWORDS;
    return flags;
}

/* ---- prefix ---- */

static Instr *insert(Compiler *c, Block *b, int at)
{
    if (!block_add(c, b))
        return NULL;
    memmove(&b->instrs[at + 1], &b->instrs[at], (size_t)(b->count - 1 - at) * sizeof *b->instrs);
    b->instrs[at] = (Instr){.place = NO_PLACE};
    return &b->instrs[at];
}

/* Places of cells: places[i] is where cell variable i lies. Returns how many are arguments too. */
static int place_cells(const CodeUnit *u, int *places)
{
    int shared = 0;
    for (int i = 0; i < u->cells.count; i++) {
        NameEntry *e = name_map_find(&u->locals, u->cells.entries[i].key);
        if (e)
            shared++;
        places[i] = e ? e->value : u->locals.count + i - shared;
    }
    return shared;
}

static void insert_prefix(Compiler *c, CodeUnit *u, const int *places)
{
    Block *entry = u->first;
    int at = 0;
    if (unit_flags(c, u) & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) {
        Instr *make = insert(c, entry, 0);
        if (make) {
            make->op = OP_RETURN_GENERATOR;
            make->place = (Place){u->first_line, u->first_line, -1, -1};
        }
        Instr *pop = make ? insert(c, entry, 1) : NULL;
        if (pop) {
            pop->op = OP_POP_TOP;
            pop->place = (Place){u->first_line, u->first_line, -1, -1};
        }
    }
    /* MAKE_CELL in the order of places: arguments first. */
    for (int place = 0; place < u->locals.count + u->cells.count; place++)
        for (int i = 0; i < u->cells.count; i++)
            if (places[i] == place) {
                Instr *make = insert(c, entry, at++);
                if (make) {
                    make->op = OP_MAKE_CELL;
                    make->arg = i;
                }
            }
    if (u->frees.count) {
        Instr *copy = insert(c, entry, 0);
        if (copy) {
            copy->op = OP_COPY_FREE_VARS;
            copy->arg = u->frees.count;
        }
    }
}

/* Operands that number cells and free variables become places. */
static void fix_places(CodeUnit *u, const int *places, int shared)
{
    for (Block *b = u->first; b; b = b->next)
        for (int i = 0; i < b->count; i++) {
            Instr *in = &b->instrs[i];
            if (in->op >= 256 || opcode_info[in->op].operand != OPERAND_DEREF)
                continue;
            in->arg = in->arg < u->cells.count ? places[in->arg] : in->arg + u->locals.count - shared;
        }
}

/* ---- tables of the code object ---- */

static Value names_tuple(ThreadState *ts, const NameMap *map)
{
    Value t = tuple_new(ts, map->count);
    for (int i = 0; t && i < map->count; i++)
        tuple_set(t, i, incref((Value)(uintptr_t)map->entries[i].key));
    return t;
}

static bool fill_places(ThreadState *ts, Code *co, const CodeUnit *u, const int *places, int shared)
{
    int count = u->locals.count + u->cells.count - shared + u->frees.count;
    co->place_count = count;
    co->local_count = u->locals.count;
    co->cell_count = u->cells.count;
    co->free_count = u->frees.count;
    co->place_kinds = mem_alloc_zeroed(ts, (size_t)count + 1);
    co->place_names = tuple_new(ts, count);
    if (!co->place_kinds || !co->place_names)
        return false;
    for (int i = 0; i < u->locals.count; i++) {
        tuple_set(co->place_names, i, incref((Value)(uintptr_t)u->locals.entries[i].key));
        co->place_kinds[i] = PLACE_LOCAL;
    }
    for (int i = 0; i < u->cells.count; i++) {
        if (places[i] >= u->locals.count)
            tuple_set(co->place_names, places[i], incref((Value)(uintptr_t)u->cells.entries[i].key));
        co->place_kinds[places[i]] |= PLACE_CELL;
    }
    for (int i = 0; i < u->frees.count; i++) {
        int place = count - u->frees.count + i;
        tuple_set(co->place_names, place, incref((Value)(uintptr_t)u->frees.entries[i].key));
        co->place_kinds[place] = PLACE_FREE;
    }
    return true;
}

static bool fill_constants(ThreadState *ts, Code *co, const Flow *flow)
{
    int most = 0; /* the first constant may be the docstring and always stays */
    for (Block *b = flow->entry; b; b = b->next)
        for (int i = 0; i < b->count; i++)
            if (opcode_info[b->instrs[i].op].operand == OPERAND_CONST && b->instrs[i].arg > most)
                most = b->instrs[i].arg;
    int count = flow->constant_count < most + 1 ? flow->constant_count : most + 1;
    co->consts = tuple_from_items(ts, flow->constants, count);
    return co->consts;
}

/* ---- words ---- */

static int size_of(const Instr *in)
{
    return 1 + (in->arg >= ARG_LIMIT) + opcode_info[in->op].caches;
}

/* Offsets of blocks and distances of jumps; again while a distance needs an EXTENDED_ARG it did not need before. */
static int measure(const Flow *flow)
{
    for (;;) {
        int offset = 0;
        bool changed = false;
        for (Block *b = flow->entry; b; b = b->next) {
            b->offset = offset;
            for (int i = 0; i < b->count; i++)
                offset += size_of(&b->instrs[i]);
        }
        int total = offset;
        offset = 0;
        for (Block *b = flow->entry; b; b = b->next)
            for (int i = 0; i < b->count; i++) {
                Instr *in = &b->instrs[i];
                int before = size_of(in);
                offset += before;
                if (!is_jump(in))
                    continue;
                int distance = in->target->offset - offset;
                in->arg = opcode_info[in->op].operand == OPERAND_BACK ? -distance : distance;
                changed |= size_of(in) != before;
            }
        if (!changed)
            return total;
    }
}

static void add_location(Code *co, const Place *p, int at)
{
    Location to = {.start = (uint32_t)at, .line = p->line > 0 ? p->line : 0, .end_line = p->end_line, .col = p->col,
                   .end_col = p->end_col};
    if (p->line > 0 && to.end_line < to.line) /* a line that was handed on without its columns */
        to.end_line = to.line;
    if (co->location_count) {
        const Location *last = &co->locations[co->location_count - 1];
        if (last->line == to.line && last->end_line == to.end_line && last->col == to.col && last->end_col == to.end_col)
            return;
    }
    co->locations[co->location_count++] = to;
}

static void add_exception(Code *co, int start, int end, const Block *handler)
{
    if (!handler || start == end)
        return;
    int depth = handler->start_depth - 1 - handler->preserves_lasti;
    co->exceptions[co->exception_count++] = (ExceptionEntry){.start = (uint32_t)start, .end = (uint32_t)end,
        .target = (uint32_t)handler->offset, .depth = (unsigned)depth & 0x7FFFFFFF, .lasti = handler->preserves_lasti};
}

static bool emit_words(ThreadState *ts, Code *co, const Flow *flow)
{
    int total = measure(flow), at = 0, start = 0;
    const Block *handler = NULL;
    co->units = mem_alloc_zeroed(ts, ((size_t)total + 1) * sizeof *co->units);
    co->locations = mem_alloc(ts, ((size_t)total + 1) * sizeof *co->locations);
    co->exceptions = mem_alloc(ts, ((size_t)total + 1) * sizeof *co->exceptions);
    if (!co->units || !co->locations || !co->exceptions)
        return false;
    co->unit_count = total;
    for (Block *b = flow->entry; b; b = b->next)
        for (int i = 0; i < b->count; i++) {
            const Instr *in = &b->instrs[i];
            if (in->handler != handler) {
                add_exception(co, start, at, handler);
                start = at;
                handler = in->handler;
            }
            add_location(co, &in->place, at);
            if (in->arg >= ARG_LIMIT)
                co->units[at++] = UNIT(OP_EXTENDED_ARG, in->arg >> 24);
            bool has_arg = opcode_info[in->op].operand != OPERAND_NONE; /* a NOP may keep the operand of what it was */
            co->units[at++] = UNIT(in->op, has_arg ? in->arg & (ARG_LIMIT - 1) : 0);
            at += opcode_info[in->op].caches;
        }
    add_exception(co, start, at, handler);
    return true;
}

/* Tables were made for the worst case: give back what is not used. */
static void shrink_tables(ThreadState *ts, Code *co)
{
    Location *locations = mem_realloc(ts, co->locations, ((size_t)co->location_count + 1) * sizeof *locations);
    if (locations)
        co->locations = locations;
    ExceptionEntry *exceptions = mem_realloc(ts, co->exceptions, ((size_t)co->exception_count + 1) * sizeof *exceptions);
    if (exceptions)
        co->exceptions = exceptions;
}

static Value fill_code(Compiler *c, CodeUnit *u, const Flow *flow, const int *places, int shared)
{
    ThreadState *ts = c->ts;
    Value code = code_new(ts);
    if (!code)
        return NULL;
    Code *co = as_code(code);
    co->name = incref(u->name);
    co->qualname = incref(u->qualname);
    co->filename = incref(c->filename);
    co->arg_count = u->arg_count;
    co->posonly_count = u->posonly_count;
    co->kwonly_count = u->kwonly_count;
    co->flags = unit_flags(c, u);
    co->stack_size = flow->stack_size;
    co->first_line = u->first_line;
    co->names = names_tuple(ts, &u->names);
    if (!co->names || !fill_places(ts, co, u, places, shared) || !fill_constants(ts, co, flow) || !emit_words(ts, co, flow)
        || code_finish(ts, co) < 0) {
        decref(ts, code);
        return NULL;
    }
    shrink_tables(ts, co);
    return code;
}

Value assemble(Compiler *c, CodeUnit *u, bool add_none)
{
    Block *last = u->current;
    Flow flow;
    if (!last->count || last->instrs[last->count - 1].op != OP_RETURN_VALUE) {
        no_place(c);
        if (add_none)
            emit_const(c, V_NONE);
        emit(c, OP_RETURN_VALUE);
    }
    int *places = arena_alloc(c->arena, ((size_t)u->cells.count + 1) * sizeof *places);
    if (c->failed || !places)
        return NULL;
    int shared = place_cells(u, places);
    insert_prefix(c, u, places);
    if (c->failed)
        return NULL;
    fix_places(u, places, shared);
    return flow_optimize(c, u, &flow) ? fill_code(c, u, &flow, places, shared) : NULL;
}
