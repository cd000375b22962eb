/* compile.c - the compiler's core: units, emitting instructions, how a name is loaded and stored, future statements.
 * Keeps: each unit's blocks are chained in the order of the text; an instruction after a jump starts a new block.
 * Next: compile_stmt.c, compile_expr.c, compile_scope.c, compile_match.c; then flow.c and assemble.c.
 * Sources: CPython 3.11 Python/compile.c for the code that each construct becomes. */
#include "interp/front/compile_internal.h"

#include <stdarg.h>
#include <string.h>

#include "interp/front/constants.h"
#include "interp/front/errors.h"

/* ---- failing ---- */

void compile_fail(Compiler *c)
{
    c->failed = true;
}

static void raise_here(Compiler *c, const char *message)
{
    ThreadState *ts = c->ts;
    if (c->failed)
        return;
    Place at = c->unit->place;
    ErrorPlace place = {.filename = c->filename, .line = at.line, .offset = at.col + 1, .end_line = at.end_line, .end_offset = at.end_col + 1};
    Value text = front_source_line(ts, c->filename, at.line);
    place.line_text = text;
    front_syntax_error(ts, EXC(SyntaxError), message, &place);
    if (text)
        decref(ts, text);
    compile_fail(c);
}

void compile_error(Compiler *c, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    raise_here(c, message);
}

void compile_error_name(Compiler *c, const char *format, Value name)
{
    size_t n = 0;
    Value holder = NULL;
    const char *text = constant_text(c->ts, name, &n, &holder);
    if (text)
        compile_error(c, format, text);
    else
        compile_fail(c);
    if (holder)
        decref(c->ts, holder);
}

void compile_warn(Compiler *c, const char *format, ...)
{
    ThreadState *ts = c->ts;
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (c->failed || front_warn(ts, EXC(SyntaxWarning), message, c->filename, c->unit->place.line) == 0)
        return;
    if (err_matches(ts, EXC(SyntaxWarning))) { /* a filter made it an exception: show it as a syntax error */
        err_clear(ts);
        raise_here(c, message);
    }
    compile_fail(c);
}

/* ---- blocks and instructions ---- */

bool is_block_setup(const Instr *i)
{
    return i->op >= V_SETUP_FINALLY && i->op <= V_SETUP_WITH;
}

bool is_jump(const Instr *i)
{
    if (i->op >= 256)
        return i->op <= V_POP_JUMP_IF_NOT_NONE;
    return opcode_info[i->op].operand == OPERAND_FWD || opcode_info[i->op].operand == OPERAND_BACK;
}

Block *block_new(Compiler *c)
{
    Block *b = c->failed ? NULL : arena_alloc(c->arena, sizeof *b);
    if (!b) {
        compile_fail(c);
        return &c->spare_block;
    }
    b->previous_made = c->unit->newest;
    c->unit->newest = b;
    return b;
}

void use_block(Compiler *c, Block *b)
{
    if (c->failed)
        return;
    c->unit->current->next = b;
    c->unit->current = b;
}

Instr *block_add(Compiler *c, Block *b)
{
    if (b->count == b->capacity) {
        int capacity = b->capacity ? b->capacity * 2 : 8;
        Instr *grown = c->failed ? NULL : arena_alloc(c->arena, (size_t)capacity * sizeof *grown);
        if (!grown) {
            compile_fail(c);
            return NULL;
        }
        if (b->count)
            memcpy(grown, b->instrs, (size_t)b->count * sizeof *grown);
        b->instrs = grown;
        b->capacity = capacity;
    }
    b->instrs[b->count] = (Instr){0};
    return &b->instrs[b->count++];
}

static bool ends_block(const Instr *i)
{
    return is_jump(i) || i->op == OP_RETURN_VALUE || i->op == OP_RAISE_VARARGS || i->op == OP_RERAISE;
}

static void add_instr(Compiler *c, int op, int arg, Block *target, Place place)
{
    if (c->failed)
        return;
    Block *b = c->unit->current;
    if (b->count && ends_block(&b->instrs[b->count - 1])) {
        use_block(c, block_new(c));
        b = c->unit->current;
    }
    Instr *i = block_add(c, b);
    if (i)
        *i = (Instr){.op = op, .arg = arg, .target = target, .place = place};
}

void emit(Compiler *c, int op) { add_instr(c, op, 0, NULL, c->unit->place); }
void emit_no_line(Compiler *c, int op) { add_instr(c, op, 0, NULL, NO_PLACE); }
void emit_arg(Compiler *c, int op, int arg) { add_instr(c, op, arg, NULL, c->unit->place); }
void emit_jump(Compiler *c, int op, Block *target) { add_instr(c, op, 0, target, c->unit->place); }
void emit_jump_no_line(Compiler *c, int op, Block *target) { add_instr(c, op, 0, target, NO_PLACE); }

/* ---- constants ---- */

static bool grow_constants(Compiler *c, Constants *k)
{
    uint32_t size = k->index ? (k->mask + 1) * 2 : 16;
    uint32_t *index = arena_alloc(c->arena, size * sizeof *index);
    if (!index)
        return false;
    k->index = index;
    k->mask = size - 1;
    for (int i = 0; i < k->values.count; i++) {
        uint32_t at = (uint32_t)constant_hash(c->ts, k->values.items[i]) & k->mask;
        while (index[at])
            at = (at + 1) & k->mask;
        index[at] = (uint32_t)i + 1;
    }
    return true;
}

int add_const(Compiler *c, Value v)
{
    Constants *k = &c->unit->constants;
    if (c->failed)
        return 0;
    if ((!k->index || (uint32_t)k->values.count * 2 >= k->mask) && !grow_constants(c, k)) {
        compile_fail(c);
        return 0;
    }
    uint32_t at = (uint32_t)constant_hash(c->ts, v) & k->mask;
    for (; k->index[at]; at = (at + 1) & k->mask)
        if (constant_same(c->ts, k->values.items[k->index[at] - 1], v))
            return (int)k->index[at] - 1;
    if (pointer_list_add(c->arena, &k->values, v) < 0) {
        compile_fail(c);
        return 0;
    }
    k->index[at] = (uint32_t)k->values.count;
    return k->values.count - 1;
}

void emit_const(Compiler *c, Value v)
{
    if (!c->failed)
        emit_arg(c, OP_LOAD_CONST, add_const(c, v));
}

void emit_new_const(Compiler *c, Value v)
{
    if (!(v = arena_keep(c->arena, v)))
        compile_fail(c);
    else
        emit_const(c, v);
}

/* ---- names ---- */

static Value mangled(Compiler *c, Value name)
{
    Value m = mangle(c->arena, c->unit->private_name, name);
    if (!m)
        compile_fail(c);
    return m;
}

static int number(Compiler *c, NameMap *map, Value name)
{
    int n = name_map_number(c->arena, map, name);
    if (n < 0)
        compile_fail(c);
    return n;
}

void emit_name_op(Compiler *c, int op, Value name)
{
    Value m = mangled(c, name);
    if (m)
        emit_arg(c, op, number(c, &c->unit->names, m));
}

bool check_name(Compiler *c, Value name, ExprContext ctx)
{
    if (ctx == LOAD || !str_equal_cstr(name, "__debug__"))
        return true;
    compile_error(c, ctx == STORE ? "cannot assign to __debug__" : "cannot delete __debug__");
    return false;
}

static const struct {
    int fast, global, name, deref;
} name_ops[] = {
    [LOAD] = {OP_LOAD_FAST, OP_LOAD_GLOBAL, OP_LOAD_NAME, OP_LOAD_DEREF},
    [STORE] = {OP_STORE_FAST, OP_STORE_GLOBAL, OP_STORE_NAME, OP_STORE_DEREF},
    [DEL] = {OP_DELETE_FAST, OP_DELETE_GLOBAL, OP_DELETE_NAME, OP_DELETE_DEREF},
};

static void name_operation(Compiler *c, Value name, ExprContext ctx)
{
    CodeUnit *u = c->unit;
    Value m = c->failed || !check_name(c, name, ctx) ? NULL : mangled(c, name);
    if (!m)
        return;
    bool in_function = u->scope->kind == FUNCTION_SCOPE, in_class = u->scope->kind == CLASS_SCOPE;
    Resolution r = scope_resolution(u->scope, m);
    if (r == FREE || r == CELL) {
        NameEntry *e = name_map_find(r == FREE ? &u->frees : &u->cells, m);
        emit_arg(c, ctx == LOAD && in_class ? OP_LOAD_CLASSDEREF : name_ops[ctx].deref, e ? e->value : 0);
    } else if (r == LOCAL && in_function) {
        emit_arg(c, name_ops[ctx].fast, number(c, &u->locals, m));
    } else if (r == GLOBAL_EXPLICIT || (r == GLOBAL_IMPLICIT && in_function)) {
        int n = number(c, &u->names, m);
        emit_arg(c, name_ops[ctx].global, ctx == LOAD ? n << 1 : n);
    } else {
        emit_arg(c, name_ops[ctx].name, number(c, &u->names, m));
    }
}

void load_name(Compiler *c, Value name) { name_operation(c, name, LOAD); }
void store_name(Compiler *c, Value name) { name_operation(c, name, STORE); }
void delete_name(Compiler *c, Value name) { name_operation(c, name, DEL); }

/* ---- frame blocks ---- */

void push_frame_block(Compiler *c, FrameBlockKind kind, Block *b, Block *exit, void *datum)
{
    CodeUnit *u = c->unit;
    if (u->frame_block_count == MAX_FRAME_BLOCKS) {
        compile_error(c, "too many statically nested blocks");
        return;
    }
    if (!c->failed)
        u->frame_blocks[u->frame_block_count++] = (FrameBlock){kind, b, exit, datum};
}

void pop_frame_block(Compiler *c)
{
    if (!c->failed)
        c->unit->frame_block_count--;
}

void emit_yield_from(Compiler *c, bool await)
{
    Block *start = block_new(c), *resume = block_new(c), *exit = block_new(c);
    use_block(c, start);
    emit_jump(c, OP_SEND, exit);
    use_block(c, resume);
    emit(c, OP_YIELD_VALUE);
    emit_arg(c, OP_RESUME, await ? 3 : 2);
    emit_jump(c, V_JUMP_NO_INTERRUPT, start);
    use_block(c, exit);
}

/* ---- units ---- */

static int compare_names(ThreadState *ts, const NameEntry *a, const NameEntry *b)
{
    (void)ts;
    return str_compare((Value)(uintptr_t)a->key, (Value)(uintptr_t)b->key);
}

/* Sorts by spelling: few entries, insertion sort. */
static void sort_names(ThreadState *ts, NameEntry *entries, int n)
{
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && compare_names(ts, &entries[j - 1], &entries[j]) > 0; j--) {
            NameEntry swap = entries[j];
            entries[j] = entries[j - 1];
            entries[j - 1] = swap;
        }
}

/* The scope's names that are resolved to r (or have the flag), sorted, numbered from `first`. */
static void collect_names(Compiler *c, NameMap *out, const Scope *s, Resolution r, int flag, int first)
{
    PointerList found = {0};
    for (int i = 0; i < s->symbols.count; i++) {
        NameEntry *e = &s->symbols.entries[i];
        bool wanted = (Resolution)(e->value >> RESOLUTION_SHIFT) == r || (e->value & flag);
        if (wanted && pointer_list_add(c->arena, &found, (void *)(uintptr_t)e->key) < 0)
            compile_fail(c);
    }
    NameEntry *sorted = arena_alloc(c->arena, ((size_t)found.count + 1) * sizeof *sorted);
    if (!sorted) {
        compile_fail(c);
        return;
    }
    for (int i = 0; i < found.count; i++)
        sorted[i].key = found.items[i];
    sort_names(c->ts, sorted, found.count);
    for (int i = 0; i < found.count; i++)
        if (!name_map_add(c->arena, out, sorted[i].key, first + i))
            compile_fail(c);
}

/* outer.<locals>.name, Class.name, name. */
static Value qualified_name(Compiler *c, const CodeUnit *u)
{
    const CodeUnit *outer = u->outer;
    if (!outer || outer->kind == UNIT_MODULE)
        return u->name;
    if (u->kind == UNIT_FUNCTION || u->kind == UNIT_ASYNC_FUNCTION || u->kind == UNIT_CLASS) {
        Value m = mangle(c->arena, outer->private_name, u->name);
        if (m && scope_resolution(outer->scope, m) == GLOBAL_EXPLICIT)
            return u->name;
    }
    bool in_function = outer->kind != UNIT_CLASS && outer->kind != UNIT_COMPREHENSION;
    Value q = str_format(c->ts, in_function ? "%U.<locals>.%U" : "%U.%U", outer->qualname, u->name);
    return arena_keep(c->arena, q ? str_intern(c->ts, q) : NULL);
}

void enter_unit(Compiler *c, Value name, UnitKind kind, const Node *n, int line)
{
    CodeUnit *u = name && !c->failed ? arena_alloc(c->arena, sizeof *u) : NULL;
    if (!u) {
        compile_fail(c);
        return;
    }
    u->outer = c->unit;
    u->kind = kind;
    u->name = name;
    u->first_line = line;
    u->private_name = c->unit ? c->unit->private_name : NULL;
    u->scope = symtable_scope(&c->symbols, n);
    c->unit = u;
    c->nesting++;
    u->first = u->current = block_new(c);
    if (c->failed)
        return;
    for (int i = 0; i < u->scope->params.count; i++)
        number(c, &u->locals, u->scope->params.items[i]);
    collect_names(c, &u->cells, u->scope, CELL, 0, 0);
    if (u->scope->needs_class_closure && !name_map_add(c->arena, &u->cells, c->id.class_, 0))
        compile_fail(c);
    collect_names(c, &u->frees, u->scope, FREE, DEF_FREE_CLASS, u->cells.count);
    if (kind != UNIT_MODULE && !c->failed) {
        if (!(u->qualname = qualified_name(c, u)))
            compile_fail(c);
    } else {
        u->qualname = name;
    }
    u->place = kind == UNIT_MODULE ? (Place){0, 1, 0, 0} : (Place){line, line, 0, 0};
    emit_arg(c, OP_RESUME, 0);
    if (kind == UNIT_MODULE)
        no_place(c);
}

Value leave_unit(Compiler *c, bool add_none)
{
    Value code = c->failed ? NULL : assemble(c, c->unit, add_none);
    if (!code) {
        compile_fail(c);
        return NULL;
    }
    c->unit = c->unit->outer;
    c->nesting--;
    return code;
}

void make_closure(Compiler *c, Value code, int flags)
{
    if (!code || c->failed) {
        if (code)
            decref(c->ts, code);
        return;
    }
    Code *co = as_code(code);
    for (int i = co->place_count - co->free_count; i < co->place_count; i++) {
        Value name = tuple_get(co->place_names, i);
        bool is_class_cell = c->unit->kind == UNIT_CLASS && name == c->id.class_;
        bool is_cell = is_class_cell || scope_resolution(c->unit->scope, name) == CELL;
        NameMap *map = is_cell ? &c->unit->cells : &c->unit->frees;
        NameEntry *e = name_map_find(map, name);
        emit_arg(c, OP_LOAD_CLOSURE, e ? e->value : 0);
    }
    if (co->free_count) {
        flags |= 8;
        emit_arg(c, OP_BUILD_TUPLE, co->free_count);
    }
    emit_new_const(c, code);
    emit_arg(c, OP_MAKE_FUNCTION, flags);
}

/* ---- future statements ---- */

static const char *const old_features[] = {"nested_scopes", "generators", "division", "absolute_import", "with_statement",
                                           "print_function", "unicode_literals", "generator_stop"};

static void future_error(Compiler *c, const Node *n, const char *message)
{
    ErrorPlace place = {.filename = c->filename, .line = n->line, .offset = n->col + 1, .end_line = n->line, .end_offset = NO_OFFSET};
    front_late_error(c->ts, message, &place);
    compile_fail(c);
}

static void one_feature(Compiler *c, const Node *statement, Node *alias)
{
    Value name = alias->Alias.name;
    for (size_t i = 0; i < sizeof old_features / sizeof *old_features; i++)
        if (str_equal_cstr(name, old_features[i]))
            return;
    if (str_equal_cstr(name, "annotations")) {
        c->future_annotations = true;
        return;
    }
    if (str_equal_cstr(name, "barry_as_FLUFL"))
        return;
    bool braces = str_equal_cstr(name, "braces");
    ThreadState *ts = c->ts;
    Value holder = NULL;
    size_t n = 0;
    const char *text = constant_text(ts, name, &n, &holder);
    if (text) {
        char message[128];
        snprintf(message, sizeof message, braces ? "not a chance" : "future feature %.*s is not defined", (int)(n < 80 ? n : 80), text);
        future_error(c, statement, message);
    }
    if (holder)
        decref(ts, holder);
    compile_fail(c);
}

static bool is_future_import(const Node *n)
{
    return n->kind == N_ImportFrom && n->ImportFrom.module && str_equal_cstr(n->ImportFrom.module, "__future__");
}

/* Only a docstring and other future imports may stand before one. One that comes too late on the same line is found here,
 * any other when it is compiled. */
static void read_future(Compiler *c, const NodeList *body)
{
    bool done = false;
    int previous_line = 0;
    for (int i = ast_docstring(body) ? 1 : 0; i < body->count && !c->failed; i++) {
        Node *n = body->items[i];
        if (done && n->line > previous_line)
            return;
        previous_line = n->line;
        if (!is_future_import(n)) {
            done = true;
            continue;
        }
        if (done) {
            future_error(c, n, "from __future__ imports must occur at the beginning of the file");
            return;
        }
        for (int k = 0; k < n->ImportFrom.names.count && !c->failed; k++)
            one_feature(c, n, n->ImportFrom.names.items[k]);
        c->future_line = n->line;
    }
}

/* ---- entry ---- */

static Value keep_name(Compiler *c, const char *text)
{
    Value v = arena_keep(c->arena, str_intern_cstr(c->ts, text));
    if (!v)
        compile_fail(c);
    return v;
}

static Value compile_module(Compiler *c, Node *tree)
{
    enter_unit(c, keep_name(c, "<module>"), UNIT_MODULE, tree, 1);
    bool add_none = true;
    if (c->failed)
        return NULL;
    switch (tree->kind) {
    case N_Expression:
        compile_expr(c, tree->Expression.body);
        add_none = false;
        break;
    case N_Interactive:
        c->interactive = true;
        compile_body(c, &tree->Interactive.body);
        break;
    default:
        compile_body(c, &tree->Module.body);
    }
    return leave_unit(c, add_none);
}

Value compile_tree(const CompileInput *input, Node *tree)
{
    ThreadState *ts = input->arena->ts;
    Compiler c = {.ts = ts, .arena = input->arena, .filename = input->filename, .flags = input->flags,
                  .optimize = input->optimize, .future_line = -1};
    c.future_annotations = input->flags & CO_FUTURE_ANNOTATIONS;
    c.symbols = (SymbolTable){.arena = input->arena, .filename = input->filename};
    c.id.annotations = keep_name(&c, "__annotations__");
    c.id.class_ = keep_name(&c, "__class__");
    c.id.classcell = keep_name(&c, "__classcell__");
    c.id.doc = keep_name(&c, "__doc__");
    c.id.module = keep_name(&c, "__module__");
    c.id.name = keep_name(&c, "__name__");
    c.id.qualname = keep_name(&c, "__qualname__");
    c.id.join = keep_name(&c, "join");
    c.id.star = keep_name(&c, "*");
    c.id.empty = keep_name(&c, "");
    if (!c.failed && tree->kind != N_Expression)
        read_future(&c, &tree->Module.body);
    if (c.failed)
        return NULL;
    if (c.future_annotations)
        c.flags |= CO_FUTURE_ANNOTATIONS;
    if (!fold_tree(ts, input->arena, tree, c.future_annotations, c.optimize))
        return NULL;
    c.symbols.future_annotations = c.future_annotations;
    if (symtable_build(&c.symbols, tree) < 0)
        return NULL;
    return compile_module(&c, tree);
}
