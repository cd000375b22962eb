/* compile_match.c - match statements.
 * The subject is on top; captured values pile up under the things still needed (on_top) and are stored only once the whole
 * pattern has matched. A failure jumps to the block that pops exactly what lies on the stack there: fail_pop[n] pops n.
 * Keeps: names bound by alternatives end in the same order on the stack.
 * Next: parser_pattern.c.   Sources: PEP 634-636; CPython 3.11 Python/compile.c. */
#include <string.h>

#include "interp/front/compile_internal.h"
#include "interp/front/errors.h"

enum { MAX_DEPTH = 3000 };

typedef struct {
    PointerList stores;   /* names captured so far, deepest first */
    bool allow_irrefutable;
    PointerList fail_pop; /* Block */
    int on_top;           /* values above the captures */
} Pattern;

static void compile_pattern(Compiler *c, Pattern *p, Node *n);

static bool is_wildcard(const Node *n) { return n->kind == N_MatchAs && !n->MatchAs.name; }
static bool is_star_wildcard(const Node *n) { return n->kind == N_MatchStar && !n->MatchStar.name; }

/* ---- failing ---- */

static void need_fail_pop(Compiler *c, Pattern *p, int n)
{
    while (p->fail_pop.count <= n && !c->failed)
        if (pointer_list_add(c->arena, &p->fail_pop, block_new(c)) < 0)
            compile_fail(c);
}

static void jump_to_fail(Compiler *c, Pattern *p, int op)
{
    int pops = p->on_top + p->stores.count;
    need_fail_pop(c, p, pops);
    if (!c->failed)
        emit_jump(c, op, p->fail_pop.items[pops]);
}

static void emit_fail_pops(Compiler *c, Pattern *p)
{
    for (int i = p->fail_pop.count; i-- > 0 && !c->failed;) {
        use_block(c, p->fail_pop.items[i]);
        if (i > 0)
            emit(c, OP_POP_TOP);
    }
    p->fail_pop.count = 0;
}

/* ---- capturing ---- */

static void rotate(Compiler *c, int count)
{
    for (; count > 1; count--)
        emit_arg(c, OP_SWAP, count);
}

static int index_of(const PointerList *list, const void *item)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i] == item)
            return i;
    return -1;
}

static void add_store(Compiler *c, Pattern *p, Value name)
{
    if (index_of(&p->stores, name) >= 0)
        compile_error_name(c, "multiple assignments to name '%s' in pattern", name);
    else if (pointer_list_add(c->arena, &p->stores, name) < 0)
        compile_fail(c);
}

static void capture(Compiler *c, Pattern *p, Value name)
{
    if (!name) {
        emit(c, OP_POP_TOP);
        return;
    }
    if (c->failed || !check_name(c, name, STORE))
        return;
    int below = p->on_top + p->stores.count + 1;
    add_store(c, p, name);
    rotate(c, below);
}

static void compile_subpattern(Compiler *c, Pattern *p, Node *n)
{
    bool saved = p->allow_irrefutable;
    p->allow_irrefutable = true;
    compile_pattern(c, p, n);
    p->allow_irrefutable = saved;
}

/* ---- as, star ---- */

static void compile_as(Compiler *c, Pattern *p, Node *n)
{
    Value name = n->MatchAs.name;
    if (!n->MatchAs.pattern) {
        if (!p->allow_irrefutable) {
            if (name)
                compile_error_name(c, "name capture '%s' makes remaining patterns unreachable", name);
            else
                compile_error(c, "wildcard makes remaining patterns unreachable");
            return;
        }
        capture(c, p, name);
        return;
    }
    p->on_top++;
    emit_arg(c, OP_COPY, 1);
    compile_pattern(c, p, n->MatchAs.pattern);
    p->on_top--;
    capture(c, p, name);
}

/* ---- sequences ---- */

static void unpack_patterns(Compiler *c, Pattern *p, const NodeList *patterns, int star)
{
    if (star < 0) {
        emit_arg(c, OP_UNPACK_SEQUENCE, patterns->count);
    } else if (star >= 1 << 8 || patterns->count - star - 1 >= 1 << 23) {
        compile_error(c, "too many expressions in star-unpacking sequence pattern");
    } else {
        emit_arg(c, OP_UNPACK_EX, star | (patterns->count - star - 1) << 8);
    }
    p->on_top += patterns->count;
    for (int i = 0; i < patterns->count; i++) {
        p->on_top--;
        compile_subpattern(c, p, patterns->items[i]);
    }
}

/* [a, *_, b]: index from both ends instead of unpacking what nobody wants. */
static void index_patterns(Compiler *c, Pattern *p, const NodeList *patterns, int star)
{
    p->on_top++;
    for (int i = 0; i < patterns->count; i++) {
        Node *n = patterns->items[i];
        if (is_wildcard(n) || i == star)
            continue;
        emit_arg(c, OP_COPY, 1);
        if (i < star) {
            emit_new_const(c, int_from_i64(c->ts, i));
        } else {
            emit(c, OP_GET_LEN);
            emit_new_const(c, int_from_i64(c->ts, patterns->count - i));
            emit_arg(c, OP_BINARY_OP, NB_SUBTRACT);
        }
        emit(c, OP_BINARY_SUBSCR);
        compile_subpattern(c, p, n);
    }
    p->on_top--;
    emit(c, OP_POP_TOP);
}

static void check_length(Compiler *c, Pattern *p, int length, int comparison)
{
    emit(c, OP_GET_LEN);
    emit_new_const(c, int_from_i64(c->ts, length));
    emit_arg(c, OP_COMPARE_OP, comparison);
    jump_to_fail(c, p, V_POP_JUMP_IF_FALSE);
}

static void compile_sequence_pattern(Compiler *c, Pattern *p, Node *n)
{
    const NodeList *patterns = &n->MatchSequence.patterns;
    int star = -1;
    bool only_wildcards = true, star_wildcard = false;
    for (int i = 0; i < patterns->count; i++) {
        Node *item = patterns->items[i];
        if (item->kind == N_MatchStar) {
            if (star >= 0) {
                compile_error(c, "multiple starred names in sequence pattern");
                return;
            }
            star = i;
            star_wildcard = is_star_wildcard(item);
            only_wildcards &= star_wildcard;
        } else {
            only_wildcards &= is_wildcard(item);
        }
    }
    p->on_top++;
    emit(c, OP_MATCH_SEQUENCE);
    jump_to_fail(c, p, V_POP_JUMP_IF_FALSE);
    if (star < 0)
        check_length(c, p, patterns->count, CMP_EQ);
    else if (patterns->count > 1)
        check_length(c, p, patterns->count - 1, CMP_GE);
    p->on_top--;
    if (only_wildcards)
        emit(c, OP_POP_TOP);
    else if (star_wildcard)
        index_patterns(c, p, patterns, star);
    else
        unpack_patterns(c, p, patterns, star);
}

/* ---- mappings ---- */

static void compile_keys(Compiler *c, const NodeList *keys)
{
    for (int i = 0; i < keys->count && !c->failed; i++) {
        Node *key = keys->items[i];
        if (key->kind == N_Constant) {
            for (int k = 0; k < i; k++) {
                Node *other = keys->items[k];
                if (other->kind != N_Constant || compare_bool(c->ts, other->Constant.value, key->Constant.value, CMP_EQ) != 1)
                    continue;
                Value shown = repr_of(c->ts, key->Constant.value);
                if (shown) {
                    compile_error_name(c, "mapping pattern checks duplicate key (%s)", shown);
                    decref(c->ts, shown);
                }
                compile_fail(c);
                return;
            }
        } else if (key->kind != N_Attribute) {
            compile_error(c, "mapping pattern keys may only match literals and attribute lookups");
            return;
        }
        compile_expr(c, key);
    }
}

static void check_not_none(Compiler *c, Pattern *p)
{
    emit_arg(c, OP_COPY, 1);
    emit_const(c, V_NONE);
    emit_arg(c, OP_IS_OP, 1);
    jump_to_fail(c, p, V_POP_JUMP_IF_FALSE);
}

/* [subject, keys] -> [rest of the subject as a dict] */
static void make_rest(Compiler *c, int size)
{
    emit_arg(c, OP_BUILD_MAP, 0);
    emit_arg(c, OP_SWAP, 3);
    emit_arg(c, OP_DICT_UPDATE, 2);
    emit_arg(c, OP_UNPACK_SEQUENCE, size);
    for (; size > 0; size--) {
        emit_arg(c, OP_COPY, 1 + size);
        emit_arg(c, OP_SWAP, 2);
        emit(c, OP_DELETE_SUBSCR);
    }
}

static void compile_mapping_pattern(Compiler *c, Pattern *p, Node *n)
{
    int size = n->MatchMapping.keys.count;
    Value rest = n->MatchMapping.rest;
    p->on_top++;
    emit(c, OP_MATCH_MAPPING);
    jump_to_fail(c, p, V_POP_JUMP_IF_FALSE);
    if (!size && !rest) {
        p->on_top--;
        emit(c, OP_POP_TOP);
        return;
    }
    if (size)
        check_length(c, p, size, CMP_GE);
    compile_keys(c, &n->MatchMapping.keys);
    emit_arg(c, OP_BUILD_TUPLE, size);
    emit(c, OP_MATCH_KEYS);
    p->on_top += 2;
    check_not_none(c, p);
    emit_arg(c, OP_UNPACK_SEQUENCE, size);
    p->on_top += size - 1;
    for (int i = 0; i < size; i++) {
        p->on_top--;
        compile_subpattern(c, p, n->MatchMapping.patterns.items[i]);
    }
    p->on_top -= 2;
    if (rest) {
        make_rest(c, size);
        capture(c, p, rest);
    } else {
        emit(c, OP_POP_TOP);
        emit(c, OP_POP_TOP);
    }
}

/* ---- classes ---- */

static void compile_class_pattern(Compiler *c, Pattern *p, Node *n)
{
    const IdentList *names = &n->MatchClass.kwd_attrs;
    int positional = n->MatchClass.patterns.count, all = positional + names->count;
    for (int i = 0; i < names->count; i++)
        for (int k = i + 1; k < names->count; k++)
            if (names->items[i] == names->items[k]) {
                set_place(c, n->MatchClass.kwd_patterns.items[k]);
                compile_error_name(c, "attribute name repeated in class pattern: %s", names->items[k]);
                return;
            }
    compile_expr(c, n->MatchClass.cls);
    if (c->failed)
        return;
    emit_new_const(c, tuple_from_items(c->ts, names->items, names->count));
    emit_arg(c, OP_MATCH_CLASS, positional);
    emit_arg(c, OP_COPY, 1);
    emit_const(c, V_NONE);
    emit_arg(c, OP_IS_OP, 1);
    p->on_top++;
    jump_to_fail(c, p, V_POP_JUMP_IF_FALSE);
    emit_arg(c, OP_UNPACK_SEQUENCE, all);
    p->on_top += all - 1;
    for (int i = 0; i < all; i++) {
        Node *item = i < positional ? n->MatchClass.patterns.items[i] : n->MatchClass.kwd_patterns.items[i - positional];
        p->on_top--;
        if (is_wildcard(item))
            emit(c, OP_POP_TOP);
        else
            compile_subpattern(c, p, item);
    }
}

/* ---- alternatives ---- */

/* Brings the captures of one alternative into the order of the first one. False: they bind other names. */
static bool reorder_captures(Compiler *c, Pattern *p, const PointerList *control)
{
    if (p->stores.count != control->count)
        return false;
    for (int want = control->count; want-- > 0;) {
        int have = index_of(&p->stores, control->items[want]);
        if (have < 0)
            return false;
        if (want == have)
            continue;
        int rotations = have + 1;
        void **items = p->stores.items, **moved = arena_alloc(c->arena, (size_t)p->stores.count * sizeof *moved);
        if (!moved) {
            compile_fail(c);
            return true;
        }
        /* The first `rotations` names move up behind name number want. */
        int rest = want - have;
        memcpy(moved, items + rotations, (size_t)rest * sizeof *moved);
        memcpy(moved + rest, items, (size_t)rotations * sizeof *moved);
        memcpy(items, moved, (size_t)(rest + rotations) * sizeof *moved);
        while (rotations--)
            rotate(c, want + 1);
    }
    return true;
}

static void compile_or(Compiler *c, Pattern *p, Node *n)
{
    const NodeList *patterns = &n->MatchOr.patterns;
    Block *end = block_new(c);
    PointerList control = {0};
    Pattern outer = *p;
    for (int i = 0; i < patterns->count && !c->failed; i++) {
        *p = (Pattern){.allow_irrefutable = i == patterns->count - 1 && outer.allow_irrefutable};
        set_place(c, patterns->items[i]);
        emit_arg(c, OP_COPY, 1);
        compile_pattern(c, p, patterns->items[i]);
        if (i == 0) {
            control = p->stores;
        } else if (!c->failed && !reorder_captures(c, p, &control)) {
            compile_error(c, "alternative patterns bind different names"); /* at the last name of this alternative */
        }
        emit_jump(c, V_JUMP, end);
        emit_fail_pops(c, p);
    }
    *p = outer;
    emit(c, OP_POP_TOP);
    jump_to_fail(c, p, V_JUMP);
    use_block(c, end);
    int below = control.count + 1 + p->on_top + p->stores.count;
    for (int i = 0; i < control.count && !c->failed; i++) {
        rotate(c, below);
        add_store(c, p, control.items[i]);
    }
    emit(c, OP_POP_TOP);
}

/* ---- values ---- */

static bool is_pattern_value(const Node *n)
{
    return n->kind == N_Constant || n->kind == N_Attribute || n->kind == N_JoinedStr || n->kind == N_UnaryOp || n->kind == N_BinOp;
}

static void compile_value(Compiler *c, Pattern *p, Node *n)
{
    Node *value = n->MatchValue.value;
    if (!is_pattern_value(value) || value->kind == N_JoinedStr) {
        compile_error(c, "patterns may only match literals and attribute lookups");
        return;
    }
    compile_expr(c, value);
    emit_arg(c, OP_COMPARE_OP, CMP_EQ);
    jump_to_fail(c, p, V_POP_JUMP_IF_FALSE);
}

static void compile_singleton(Compiler *c, Pattern *p, Node *n)
{
    emit_const(c, n->MatchSingleton.value);
    emit_arg(c, OP_IS_OP, 0);
    jump_to_fail(c, p, V_POP_JUMP_IF_FALSE);
}

static void compile_pattern_here(Compiler *c, Pattern *p, Node *n)
{
    switch (n->kind) {
    case N_MatchValue: compile_value(c, p, n); break;
    case N_MatchSingleton: compile_singleton(c, p, n); break;
    case N_MatchSequence: compile_sequence_pattern(c, p, n); break;
    case N_MatchMapping: compile_mapping_pattern(c, p, n); break;
    case N_MatchClass: compile_class_pattern(c, p, n); break;
    case N_MatchStar: capture(c, p, n->MatchStar.name); break;
    case N_MatchAs: compile_as(c, p, n); break;
    case N_MatchOr: compile_or(c, p, n); break;
    default: break;
    }
}

static void compile_pattern(Compiler *c, Pattern *p, Node *n)
{
    if (c->failed)
        return;
    if (!front_enter(c->ts, &c->depth, MAX_DEPTH, " during compilation")) {
        compile_fail(c);
        return;
    }
    set_place(c, n); /* and it stays for the stores that follow, as in CPython */
    compile_pattern_here(c, p, n);
    c->depth--;
}

/* ---- the statement ---- */

static void compile_case(Compiler *c, Node *n, bool is_last, bool allow_irrefutable, Block *end)
{
    Pattern p = {.allow_irrefutable = allow_irrefutable};
    set_place(c, n->MatchCase.pattern);
    if (!is_last)
        emit_arg(c, OP_COPY, 1);
    compile_pattern(c, &p, n->MatchCase.pattern);
    for (int i = 0; i < p.stores.count && !c->failed; i++)
        store_name(c, p.stores.items[i]);
    if (n->MatchCase.guard) {
        need_fail_pop(c, &p, 0);
        if (!c->failed)
            jump_if(c, n->MatchCase.guard, p.fail_pop.items[0], false);
    }
    if (!is_last)
        emit(c, OP_POP_TOP);
    compile_statements(c, &n->MatchCase.body);
    emit_jump(c, V_JUMP, end);
    set_place(c, n->MatchCase.pattern);
    emit_fail_pops(c, &p);
}

void compile_match(Compiler *c, Node *n)
{
    const NodeList *cases = &n->Match.cases;
    Block *end = block_new(c);
    int count = cases->count;
    Node *last = cases->items[count - 1];
    bool has_default = is_wildcard(last->MatchCase.pattern) && count > 1;
    compile_expr(c, n->Match.subject);
    for (int i = 0; i < count - has_default && !c->failed; i++) {
        Node *m = cases->items[i];
        compile_case(c, m, i == count - has_default - 1, m->MatchCase.guard || i == count - 1, end);
    }
    if (has_default) { /* a last "case _": nothing to test */
        set_place(c, last->MatchCase.pattern);
        emit(c, OP_NOP);
        if (last->MatchCase.guard)
            jump_if(c, last->MatchCase.guard, end, false);
        compile_statements(c, &last->MatchCase.body);
    }
    use_block(c, end);
}
