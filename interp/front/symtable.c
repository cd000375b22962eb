/* symtable.c - scopes: which names a block binds, and where each name that it uses lives.
 * First a walk over the tree notes what each block does with each name (DEF_ bits); then every name is resolved by
 * looking outwards through the enclosing functions. A name found there makes a CELL there and is FREE on the way in.
 * Keeps: class scopes are transparent to functions inside them, but for __class__.
 * Next: compile.c.   Sources: the reference, 4.2; CPython Python/symtable.c; PEP 572 for := in comprehensions. */
#include "interp/front/symtable.h"

#include <stdarg.h>
#include <string.h>

#include "interp/front/constants.h"
#include "interp/front/errors.h"

enum { MAX_DEPTH = 3000 };

typedef struct {
    Value name;
    const Node *place;
} Directive;

/* ---- errors ---- */

static void *error_at(SymbolTable *st, const Node *n, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    ErrorPlace place = {.filename = st->filename, .line = n->line, .offset = n->col + 1, .end_line = n->end_line, .end_offset = n->end_col + 1};
    return front_late_error(st->arena->ts, message, &place);
}

/* "%U" of CPython's wording: the message has one %s for the name. */
static int name_error(SymbolTable *st, const Node *n, const char *format, Value name)
{
    ThreadState *ts = st->arena->ts;
    size_t length = 0;
    Value holder = NULL;
    const char *text = name ? constant_text(ts, name, &length, &holder) : "";
    char buffer[256];
    if (text) {
        snprintf(buffer, sizeof buffer, "%.*s", (int)(length < 200 ? length : 200), text);
        error_at(st, n, format, buffer);
    }
    if (holder)
        decref(ts, holder);
    return -1;
}

/* ---- names ---- */

Value mangle(Arena *a, Value private_name, Value name)
{
    if (!private_name || str_len(name) < 3 || str_at(name, 0) != '_' || str_at(name, 1) != '_')
        return name;
    ThreadState *ts = a->ts;
    ssize_t n = str_len(name), skip = 0, length = str_len(private_name);
    if ((str_at(name, n - 1) == '_' && str_at(name, n - 2) == '_') || str_find_char(name, '.', 0, n) >= 0)
        return name;
    while (skip < length && str_at(private_name, skip) == '_')
        skip++;
    if (skip == length)
        return name;
    Value stripped = str_substring(ts, private_name, skip, length);
    Value text = stripped ? str_format(ts, "_%U%U", stripped, name) : NULL;
    if (stripped)
        decref(ts, stripped);
    return arena_keep(a, text ? str_intern(ts, text) : NULL);
}

int scope_flags(const Scope *s, Value mangled)
{
    NameEntry *e = name_map_find(&s->symbols, mangled);
    return e ? e->value : 0;
}

Resolution scope_resolution(const Scope *s, Value mangled)
{
    return (Resolution)(scope_flags(s, mangled) >> RESOLUTION_SHIFT);
}

Scope *symtable_scope(const SymbolTable *st, const Node *n)
{
    NameEntry *e = name_map_find(&st->scopes, n);
    return e ? st->list.items[e->value] : NULL;
}

static int add_def_to(SymbolTable *st, Scope *scope, Value name, int flag, const Node *n)
{
    Value mangled = mangle(st->arena, st->private_name, name);
    if (!mangled)
        return -1;
    NameEntry *e = name_map_find(&scope->symbols, mangled);
    if (!e && !(e = name_map_add(st->arena, &scope->symbols, mangled, 0)))
        return -1;
    if ((flag & DEF_PARAM) && (e->value & DEF_PARAM))
        return name_error(st, n, "duplicate argument '%s' in function definition", name);
    e->value |= flag;
    if (scope->in_comprehension_target) {
        if (e->value & (DEF_GLOBAL | DEF_NONLOCAL))
            return name_error(st, n, "comprehension inner loop cannot rebind assignment expression target '%s'", name);
        e->value |= DEF_COMP_ITER;
    }
    if (flag & DEF_PARAM)
        return pointer_list_add(st->arena, &scope->params, mangled);
    if ((flag & DEF_GLOBAL) && scope != st->top) {
        NameEntry *global = name_map_find(&st->top->symbols, mangled);
        if (!global)
            global = name_map_add(st->arena, &st->top->symbols, mangled, 0);
        if (!global)
            return -1;
        global->value |= flag;
    }
    return 0;
}

static int add_def(SymbolTable *st, Value name, int flag, const Node *n)
{
    return add_def_to(st, st->current, name, flag, n);
}

static int lookup(SymbolTable *st, Value name)
{
    Value mangled = mangle(st->arena, st->private_name, name);
    return mangled ? scope_flags(st->current, mangled) : -1;
}

/* A name the compiler itself uses, as an interned str borrowed from the arena. */
static Value known_name(SymbolTable *st, const char *text)
{
    return arena_keep(st->arena, str_intern_cstr(st->arena->ts, text));
}

/* ---- entering scopes ---- */

static int enter(SymbolTable *st, Value name, ScopeKind kind, const Node *n)
{
    Scope *s = arena_alloc(st->arena, sizeof *s);
    if (!s)
        return -1;
    Scope *outer = st->current;
    *s = (Scope){.kind = kind, .name = name, .parent = outer, .line = n->line};
    s->in_comprehension_iter = outer ? outer->in_comprehension_iter : 0;
    s->is_nested = outer && (outer->is_nested || outer->kind == FUNCTION_SCOPE);
    st->current = s;
    if (kind == ANNOTATION_SCOPE)
        return 0;
    if (!name_map_add(st->arena, &st->scopes, n, st->list.count) || pointer_list_add(st->arena, &st->list, s) < 0)
        return -1;
    return outer ? pointer_list_add(st->arena, &outer->children, s) : 0;
}

static void leave(SymbolTable *st)
{
    st->current = st->current->parent;
}

/* ---- the walk ---- */

static int visit(SymbolTable *st, Node *n);
static int visit_here(SymbolTable *st, Node *n);

static int visit_list(SymbolTable *st, const NodeList *list)
{
    for (int i = 0; i < list->count; i++)
        if (visit(st, list->items[i]) < 0)
            return -1;
    return 0;
}

static int check_not_annotation(SymbolTable *st, const Node *n, const char *what)
{
    if (st->current->kind != ANNOTATION_SCOPE)
        return 0;
    error_at(st, n, "%s cannot be used within an annotation", what);
    return -1;
}

/* With postponed annotations nothing in them counts as a use, but some expressions are still errors. */
static int visit_annotation(SymbolTable *st, Node *n)
{
    if (!n || !st->future_annotations)
        return visit(st, n);
    int status = enter(st, NULL, ANNOTATION_SCOPE, n);
    if (status == 0)
        status = visit(st, n);
    leave(st);
    return status;
}

static int visit_annotations(SymbolTable *st, const NodeList *args)
{
    for (int i = 0; i < args->count; i++)
        if (visit_annotation(st, args->items[i]->Arg.annotation) < 0)
            return -1;
    return 0;
}

static int visit_argument_annotations(SymbolTable *st, const Node *args, Node *returns)
{
    if (visit_annotations(st, &args->Arguments.posonlyargs) < 0 || visit_annotations(st, &args->Arguments.args) < 0)
        return -1;
    if (args->Arguments.vararg && visit_annotation(st, args->Arguments.vararg->Arg.annotation) < 0)
        return -1;
    if (args->Arguments.kwarg && visit_annotation(st, args->Arguments.kwarg->Arg.annotation) < 0)
        return -1;
    if (visit_annotations(st, &args->Arguments.kwonlyargs) < 0)
        return -1;
    return visit_annotation(st, returns);
}

static int add_params(SymbolTable *st, const NodeList *args)
{
    for (int i = 0; i < args->count; i++)
        if (add_def(st, args->items[i]->Arg.arg, DEF_PARAM, args->items[i]) < 0)
            return -1;
    return 0;
}

static int add_all_params(SymbolTable *st, const Node *args)
{
    const Node *vararg = args->Arguments.vararg, *kwarg = args->Arguments.kwarg;
    if (add_params(st, &args->Arguments.posonlyargs) < 0 || add_params(st, &args->Arguments.args) < 0
        || add_params(st, &args->Arguments.kwonlyargs) < 0)
        return -1;
    if (vararg && add_def(st, vararg->Arg.arg, DEF_PARAM, vararg) < 0)
        return -1;
    if (kwarg && add_def(st, kwarg->Arg.arg, DEF_PARAM, kwarg) < 0)
        return -1;
    st->current->has_varargs = vararg != NULL;
    st->current->has_varkeywords = kwarg != NULL;
    return 0;
}

static int visit_defaults(SymbolTable *st, const Node *args)
{
    return visit_list(st, &args->Arguments.defaults) < 0 ? -1 : visit_list(st, &args->Arguments.kw_defaults);
}

static int visit_function(SymbolTable *st, Node *n)
{
    if (add_def(st, n->FunctionDef.name, DEF_LOCAL, n) < 0 || visit_defaults(st, n->FunctionDef.args) < 0
        || visit_argument_annotations(st, n->FunctionDef.args, n->FunctionDef.returns) < 0
        || visit_list(st, &n->FunctionDef.decorator_list) < 0 || enter(st, n->FunctionDef.name, FUNCTION_SCOPE, n) < 0)
        return -1;
    st->current->is_coroutine = n->FunctionDef.is_async;
    if (add_all_params(st, n->FunctionDef.args) < 0 || visit_list(st, &n->FunctionDef.body) < 0)
        return -1;
    leave(st);
    return 0;
}

static int visit_class(SymbolTable *st, Node *n)
{
    if (add_def(st, n->ClassDef.name, DEF_LOCAL, n) < 0 || visit_list(st, &n->ClassDef.bases) < 0
        || visit_list(st, &n->ClassDef.keywords) < 0 || visit_list(st, &n->ClassDef.decorator_list) < 0
        || enter(st, n->ClassDef.name, CLASS_SCOPE, n) < 0)
        return -1;
    Value saved = st->private_name;
    st->private_name = n->ClassDef.name;
    if (visit_list(st, &n->ClassDef.body) < 0)
        return -1;
    st->private_name = saved;
    leave(st);
    return 0;
}

static int visit_lambda(SymbolTable *st, Node *n)
{
    Value name = known_name(st, "lambda");
    if (!name || visit_defaults(st, n->Lambda.args) < 0 || enter(st, name, FUNCTION_SCOPE, n) < 0
        || add_all_params(st, n->Lambda.args) < 0 || visit(st, n->Lambda.body) < 0)
        return -1;
    leave(st);
    return 0;
}

static int visit_target(SymbolTable *st, Node *target)
{
    st->current->in_comprehension_target = true;
    int status = visit(st, target);
    st->current->in_comprehension_target = false;
    return status;
}

/* A generator clause after the first. */
static int visit_clause(SymbolTable *st, Node *n)
{
    if (visit_target(st, n->Comprehension.target) < 0)
        return -1;
    st->current->in_comprehension_iter++;
    if (visit(st, n->Comprehension.iter) < 0)
        return -1;
    st->current->in_comprehension_iter--;
    if (visit_list(st, &n->Comprehension.ifs) < 0)
        return -1;
    if (n->Comprehension.is_async)
        st->current->is_coroutine = true;
    return 0;
}

static int visit_comprehension(SymbolTable *st, Node *n, ComprehensionKind kind, const char *name, NodeList *generators,
                               Node *element, Node *value)
{
    Node *first = generators->items[0];
    Value scope_name = known_name(st, name), implicit = known_name(st, ".0");
    if (!scope_name || !implicit)
        return -1;
    st->current->in_comprehension_iter++; /* the first iterable belongs to the scope outside */
    if (visit(st, first->Comprehension.iter) < 0)
        return -1;
    st->current->in_comprehension_iter--;
    if (enter(st, scope_name, FUNCTION_SCOPE, n) < 0)
        return -1;
    st->current->comprehension = kind;
    st->current->is_coroutine = first->Comprehension.is_async;
    if (add_def(st, implicit, DEF_PARAM, n) < 0 || visit_target(st, first->Comprehension.target) < 0
        || visit_list(st, &first->Comprehension.ifs) < 0)
        return -1;
    for (int i = 1; i < generators->count; i++)
        if (visit_clause(st, generators->items[i]) < 0)
            return -1;
    if (visit(st, value) < 0 || visit(st, element) < 0)
        return -1;
    st->current->is_generator = kind == GENERATOR_EXPRESSION;
    bool makes_coroutine = st->current->is_coroutine && kind != GENERATOR_EXPRESSION;
    leave(st);
    if (makes_coroutine)
        st->current->is_coroutine = true;
    return 0;
}

static int record_directive(SymbolTable *st, Value name, const Node *n)
{
    Directive *d = arena_alloc(st->arena, sizeof *d);
    Value mangled = mangle(st->arena, st->private_name, name);
    if (!d || !mangled)
        return -1;
    *d = (Directive){mangled, n};
    return pointer_list_add(st->arena, &st->current->directives, d);
}

/* := inside a comprehension binds in the function or module around it. */
static int extend_named_expression(SymbolTable *st, Node *target)
{
    Value name = target->Name.id;
    for (Scope *s = st->current; s; s = s->parent) {
        Value mangled = mangle(st->arena, st->private_name, name);
        if (!mangled)
            return -1;
        if (s->comprehension) {
            if (scope_flags(s, mangled) & DEF_COMP_ITER)
                return name_error(st, target, "assignment expression cannot rebind comprehension iteration variable '%s'", name);
        } else if (s->kind == FUNCTION_SCOPE) {
            int flag = scope_flags(s, mangled) & DEF_GLOBAL ? DEF_GLOBAL : DEF_NONLOCAL;
            if (add_def(st, name, flag, target) < 0 || record_directive(st, name, target) < 0)
                return -1;
            return add_def_to(st, s, name, DEF_LOCAL, target);
        } else if (s->kind == MODULE_SCOPE) {
            if (add_def(st, name, DEF_GLOBAL, target) < 0 || record_directive(st, name, target) < 0)
                return -1;
            return add_def_to(st, s, name, DEF_GLOBAL, target);
        } else if (s->kind == CLASS_SCOPE) {
            return name_error(st, target, "assignment expression within a comprehension cannot be used in a class body%s", NULL);
        }
    }
    return 0;
}

static int visit_named_expression(SymbolTable *st, Node *n)
{
    if (check_not_annotation(st, n, "named expression") < 0)
        return -1;
    if (st->current->in_comprehension_iter > 0)
        return name_error(st, n, "assignment expression cannot be used in a comprehension iterable expression%s", NULL);
    if (st->current->comprehension && extend_named_expression(st, n->NamedExpr.target) < 0)
        return -1;
    return visit(st, n->NamedExpr.value) < 0 ? -1 : visit(st, n->NamedExpr.target);
}

static int visit_yield(SymbolTable *st, Node *n, Node *value)
{
    static const char *const kinds[] = {"", "list comprehension", "set comprehension", "dict comprehension", "generator expression"};
    if (check_not_annotation(st, n, "yield expression") < 0 || visit(st, value) < 0)
        return -1;
    st->current->is_generator = true;
    if (!st->current->comprehension)
        return 0;
    error_at(st, n, "'yield' inside %s", kinds[st->current->comprehension]);
    return -1;
}

static int visit_name(SymbolTable *st, Node *n)
{
    if (add_def(st, n->Name.id, n->Name.ctx == LOAD ? SYMBOL_USE : DEF_LOCAL, n) < 0)
        return -1;
    if (n->Name.ctx == LOAD && st->current->kind == FUNCTION_SCOPE && str_equal_cstr(n->Name.id, "super")) {
        Value name = known_name(st, "__class__"); /* super() finds its class there */
        return name ? add_def(st, name, SYMBOL_USE, n) : -1;
    }
    return 0;
}

static int visit_global(SymbolTable *st, Node *n, const IdentList *names, int flag)
{
    bool global = flag == DEF_GLOBAL;
    for (int i = 0; i < names->count; i++) {
        Value name = names->items[i];
        int now = lookup(st, name);
        if (now < 0)
            return -1;
        if (now & DEF_PARAM)
            return name_error(st, n, global ? "name '%s' is parameter and global" : "name '%s' is parameter and nonlocal", name);
        if (now & SYMBOL_USE)
            return name_error(st, n, global ? "name '%s' is used prior to global declaration"
                                            : "name '%s' is used prior to nonlocal declaration", name);
        if (now & DEF_ANNOTATION)
            return name_error(st, n, global ? "annotated name '%s' can't be global" : "annotated name '%s' can't be nonlocal", name);
        if (now & DEF_LOCAL)
            return name_error(st, n, global ? "name '%s' is assigned to before global declaration"
                                            : "name '%s' is assigned to before nonlocal declaration", name);
        if (add_def(st, name, flag, n) < 0 || record_directive(st, name, n) < 0)
            return -1;
    }
    return 0;
}

static int visit_annotated(SymbolTable *st, Node *n)
{
    Node *target = n->AnnAssign.target;
    if (target->kind == N_Name) {
        int now = lookup(st, target->Name.id);
        if (now < 0)
            return -1;
        if ((now & (DEF_GLOBAL | DEF_NONLOCAL)) && st->current != st->top && n->AnnAssign.simple)
            return name_error(st, n, now & DEF_GLOBAL ? "annotated name '%s' can't be global" : "annotated name '%s' can't be nonlocal",
                              target->Name.id);
        if (n->AnnAssign.simple && add_def(st, target->Name.id, DEF_ANNOTATION | DEF_LOCAL, n) < 0)
            return -1;
        if (!n->AnnAssign.simple && n->AnnAssign.value && add_def(st, target->Name.id, DEF_LOCAL, n) < 0)
            return -1;
    } else if (visit(st, target) < 0) {
        return -1;
    }
    return visit_annotation(st, n->AnnAssign.annotation) < 0 ? -1 : visit(st, n->AnnAssign.value);
}

static int visit_alias(SymbolTable *st, Node *n)
{
    Value name = n->Alias.asname ? n->Alias.asname : n->Alias.name;
    ThreadState *ts = st->arena->ts;
    if (str_equal_cstr(name, "*")) {
        if (st->current->kind != MODULE_SCOPE)
            return name_error(st, n, "import * only allowed at module level%s", NULL);
        return 0;
    }
    ssize_t dot = n->Alias.asname ? -1 : str_find_char(name, '.', 0, str_len(name));
    if (dot >= 0) {
        Value first = str_substring(ts, name, 0, dot);
        name = arena_keep(st->arena, first ? str_intern(ts, first) : NULL);
    }
    return name ? add_def(st, name, DEF_IMPORT, n) : -1;
}

static int visit_try(SymbolTable *st, Node *n)
{
    if (visit_list(st, &n->Try.body) < 0 || visit_list(st, &n->Try.orelse) < 0 || visit_list(st, &n->Try.handlers) < 0)
        return -1;
    return visit_list(st, &n->Try.finalbody);
}

static int add_optional(SymbolTable *st, Value name, const Node *n)
{
    return name ? add_def(st, name, DEF_LOCAL, n) : 0;
}

/* The left side of a chain a + b + c, f(x)(y), a.b.c nests deeply: walk it in a loop. */
static Node *left_of(Node *n)
{
    switch (n->kind) {
    case N_BinOp: return n->BinOp.left;
    case N_Attribute: return n->Attribute.value;
    case N_Subscript: return n->Subscript.value;
    case N_Call: return n->Call.func;
    default: return NULL;
    }
}

static int visit_right_of(SymbolTable *st, Node *n)
{
    switch (n->kind) {
    case N_BinOp: return visit(st, n->BinOp.right);
    case N_Subscript: return visit(st, n->Subscript.slice);
    case N_Call: return visit_list(st, &n->Call.args) < 0 ? -1 : visit_list(st, &n->Call.keywords);
    default: return 0;
    }
}

static int visit_chain(SymbolTable *st, Node *n)
{
    PointerList chain = {0};
    for (Node *left; (left = left_of(n)); n = left)
        if (pointer_list_add(st->arena, &chain, n) < 0)
            return -1;
    if (visit(st, n) < 0)
        return -1;
    for (int i = chain.count; i-- > 0;)
        if (visit_right_of(st, chain.items[i]) < 0)
            return -1;
    return 0;
}

static int visit_if(SymbolTable *st, Node *n)
{
    for (;;) { /* elif chains in a loop */
        if (visit(st, n->If.test) < 0 || visit_list(st, &n->If.body) < 0)
            return -1;
        if (n->If.orelse.count != 1 || n->If.orelse.items[0]->kind != N_If)
            return visit_list(st, &n->If.orelse);
        n = n->If.orelse.items[0];
    }
}

static int visit_statement(SymbolTable *st, Node *n)
{
    switch (n->kind) {
    case N_FunctionDef: return visit_function(st, n);
    case N_ClassDef: return visit_class(st, n);
    case N_Return: return visit(st, n->Return.value);
    case N_Delete: return visit_list(st, &n->Delete.targets);
    case N_Assign: return visit_list(st, &n->Assign.targets) < 0 ? -1 : visit(st, n->Assign.value);
    case N_AugAssign: return visit(st, n->AugAssign.target) < 0 ? -1 : visit(st, n->AugAssign.value);
    case N_AnnAssign: return visit_annotated(st, n);
    case N_For:
        return visit(st, n->For.target) < 0 || visit(st, n->For.iter) < 0 || visit_list(st, &n->For.body) < 0
                   ? -1 : visit_list(st, &n->For.orelse);
    case N_While:
        return visit(st, n->While.test) < 0 || visit_list(st, &n->While.body) < 0 ? -1 : visit_list(st, &n->While.orelse);
    case N_If: return visit_if(st, n);
    case N_With: return visit_list(st, &n->With.items) < 0 ? -1 : visit_list(st, &n->With.body);
    case N_WithItem: return visit(st, n->WithItem.context_expr) < 0 ? -1 : visit(st, n->WithItem.optional_vars);
    case N_Match: return visit(st, n->Match.subject) < 0 ? -1 : visit_list(st, &n->Match.cases);
    case N_MatchCase:
        return visit(st, n->MatchCase.pattern) < 0 || visit(st, n->MatchCase.guard) < 0 ? -1 : visit_list(st, &n->MatchCase.body);
    case N_Raise: return visit(st, n->Raise.exc) < 0 ? -1 : visit(st, n->Raise.cause);
    case N_Try: return visit_try(st, n);
    case N_ExceptHandler:
        return visit(st, n->ExceptHandler.type) < 0 || add_optional(st, n->ExceptHandler.name, n) < 0
                   ? -1 : visit_list(st, &n->ExceptHandler.body);
    case N_Assert: return visit(st, n->Assert.test) < 0 ? -1 : visit(st, n->Assert.msg);
    case N_Import: return visit_list(st, &n->Import.names);
    case N_ImportFrom: return visit_list(st, &n->ImportFrom.names);
    case N_Alias: return visit_alias(st, n);
    case N_Global: return visit_global(st, n, &n->Global.names, DEF_GLOBAL);
    case N_Nonlocal: return visit_global(st, n, &n->Nonlocal.names, DEF_NONLOCAL);
    case N_Expr: return visit(st, n->Expr.value);
    case N_Expression: return visit(st, n->Expression.body);
    case N_Module: case N_Interactive: return visit_list(st, &n->Module.body);
    default: return 0;
    }
}

static int visit_pattern(SymbolTable *st, Node *n)
{
    switch (n->kind) {
    case N_MatchValue: return visit(st, n->MatchValue.value);
    case N_MatchSequence: return visit_list(st, &n->MatchSequence.patterns);
    case N_MatchStar: return add_optional(st, n->MatchStar.name, n);
    case N_MatchMapping:
        return visit_list(st, &n->MatchMapping.keys) < 0 || visit_list(st, &n->MatchMapping.patterns) < 0
                   ? -1 : add_optional(st, n->MatchMapping.rest, n);
    case N_MatchClass:
        return visit(st, n->MatchClass.cls) < 0 || visit_list(st, &n->MatchClass.patterns) < 0
                   ? -1 : visit_list(st, &n->MatchClass.kwd_patterns);
    case N_MatchAs: return visit(st, n->MatchAs.pattern) < 0 ? -1 : add_optional(st, n->MatchAs.name, n);
    case N_MatchOr: return visit_list(st, &n->MatchOr.patterns);
    default: return 0;
    }
}

static int visit_expression(SymbolTable *st, Node *n)
{
    switch (n->kind) {
    case N_BoolOp: return visit_list(st, &n->BoolOp.values);
    case N_NamedExpr: return visit_named_expression(st, n);
    case N_BinOp: case N_Attribute: case N_Subscript: case N_Call: return visit_chain(st, n);
    case N_UnaryOp: return visit(st, n->UnaryOp.operand);
    case N_Lambda: return visit_lambda(st, n);
    case N_IfExp:
        return visit(st, n->IfExp.test) < 0 || visit(st, n->IfExp.body) < 0 ? -1 : visit(st, n->IfExp.orelse);
    case N_Dict: return visit_list(st, &n->Dict.keys) < 0 ? -1 : visit_list(st, &n->Dict.values);
    case N_Set: return visit_list(st, &n->Set.elts);
    case N_ListComp:
        return visit_comprehension(st, n, LIST_COMPREHENSION, "listcomp", &n->ListComp.generators, n->ListComp.elt, NULL);
    case N_SetComp:
        return visit_comprehension(st, n, SET_COMPREHENSION, "setcomp", &n->SetComp.generators, n->SetComp.elt, NULL);
    case N_DictComp:
        return visit_comprehension(st, n, DICT_COMPREHENSION, "dictcomp", &n->DictComp.generators, n->DictComp.key, n->DictComp.value);
    case N_GeneratorExp:
        return visit_comprehension(st, n, GENERATOR_EXPRESSION, "genexpr", &n->GeneratorExp.generators, n->GeneratorExp.elt, NULL);
    case N_Await:
        if (check_not_annotation(st, n, "await expression") < 0 || visit(st, n->Await.value) < 0)
            return -1;
        st->current->is_coroutine = true;
        return 0;
    case N_Yield: return visit_yield(st, n, n->Yield.value);
    case N_YieldFrom: return visit_yield(st, n, n->YieldFrom.value);
    case N_Compare: return visit(st, n->Compare.left) < 0 ? -1 : visit_list(st, &n->Compare.comparators);
    case N_FormattedValue: return visit(st, n->FormattedValue.value) < 0 ? -1 : visit(st, n->FormattedValue.format_spec);
    case N_JoinedStr: return visit_list(st, &n->JoinedStr.values);
    case N_Starred: return visit(st, n->Starred.value);
    case N_Name: return visit_name(st, n);
    case N_List: return visit_list(st, &n->List.elts);
    case N_Tuple: return visit_list(st, &n->Tuple.elts);
    case N_Slice: return visit(st, n->Slice.lower) < 0 || visit(st, n->Slice.upper) < 0 ? -1 : visit(st, n->Slice.step);
    case N_Keyword: return visit(st, n->Keyword.value);
    default: return 0;
    }
}

static int visit_here(SymbolTable *st, Node *n)
{
    if (n->kind <= N_Continue || (n->kind >= N_Comprehension && n->kind <= N_MatchCase && n->kind != N_Keyword))
        return visit_statement(st, n);
    return n->kind >= N_MatchValue ? visit_pattern(st, n) : visit_expression(st, n);
}

static int visit(SymbolTable *st, Node *n)
{
    if (!n)
        return 0;
    if (!front_enter(st->arena->ts, &st->depth, MAX_DEPTH, " during compilation"))
        return -1;
    int status = visit_here(st, n);
    st->depth--;
    return status;
}

/* ---- resolving ---- */

static void set_resolution(NameEntry *e, Resolution r)
{
    e->value = (e->value & ((1 << RESOLUTION_SHIFT) - 1)) | (int)r << RESOLUTION_SHIFT;
}

/* The function (or class, for __class__) outside scope that binds name, or NULL. */
static Scope *binding_scope(Scope *scope, Value name)
{
    bool is_class_cell = str_equal_cstr(name, "__class__");
    for (Scope *s = scope->parent; s; s = s->parent) {
        if (s->kind == CLASS_SCOPE && is_class_cell)
            return s;
        if (s->kind != FUNCTION_SCOPE)
            continue;
        int flags = scope_flags(s, name);
        if (flags & DEF_GLOBAL)
            return NULL;
        if ((flags & DEF_BOUND) && !(flags & DEF_NONLOCAL))
            return s;
    }
    return NULL;
}

/* name, free in scope, is bound in `binder`: a cell there, free in every scope between. */
static int connect(SymbolTable *st, Scope *scope, Scope *binder, Value name)
{
    for (Scope *s = scope->parent; s != binder; s = s->parent) {
        NameEntry *e = name_map_find(&s->symbols, name);
        if (!e) {
            if (!(e = name_map_add(st->arena, &s->symbols, name, 0)))
                return -1;
            set_resolution(e, FREE);
        } else if (s->kind == CLASS_SCOPE && (e->value & (DEF_BOUND | DEF_GLOBAL))) {
            e->value |= DEF_FREE_CLASS;
        }
    }
    if (binder->kind == CLASS_SCOPE)
        binder->needs_class_closure = true;
    else
        set_resolution(name_map_find(&binder->symbols, name), CELL);
    return 0;
}

static int directive_error(SymbolTable *st, Scope *scope, Value name, const char *format)
{
    for (int i = 0; i < scope->directives.count; i++) {
        const Directive *d = scope->directives.items[i];
        if (d->name == name)
            return name_error(st, d->place, format, name);
    }
    return -1;
}

static int resolve_name(SymbolTable *st, Scope *scope, int at)
{
    NameEntry *e = &scope->symbols.entries[at];
    Value name = (Value)(uintptr_t)e->key;
    int flags = e->value;
    if (flags & DEF_GLOBAL) {
        if (flags & DEF_NONLOCAL)
            return directive_error(st, scope, name, "name '%s' is nonlocal and global");
        set_resolution(e, GLOBAL_EXPLICIT);
        return 0;
    }
    if (flags & DEF_NONLOCAL) {
        if (scope->kind == MODULE_SCOPE)
            return directive_error(st, scope, name, "nonlocal declaration not allowed at module level%.0s");
        Scope *binder = binding_scope(scope, name);
        if (!binder)
            return directive_error(st, scope, name, "no binding for nonlocal '%s' found");
        set_resolution(e, FREE);
        return connect(st, scope, binder, name);
    }
    if (flags & DEF_BOUND) {
        if (flags >> RESOLUTION_SHIFT != CELL)
            set_resolution(e, LOCAL);
        return 0;
    }
    if (flags >> RESOLUTION_SHIFT == FREE) /* added on behalf of a scope inside */
        return 0;
    Scope *binder = binding_scope(scope, name);
    set_resolution(e, binder ? FREE : GLOBAL_IMPLICIT);
    return binder ? connect(st, scope, binder, name) : 0;
}

static int resolve(SymbolTable *st, Scope *scope)
{
    for (int i = 0; i < scope->symbols.count; i++)
        if (resolve_name(st, scope, i) < 0)
            return -1;
    for (int i = 0; i < scope->children.count; i++)
        if (resolve(st, scope->children.items[i]) < 0)
            return -1;
    return 0;
}

int symtable_build(SymbolTable *st, Node *module)
{
    Value name = known_name(st, "top");
    if (!name || enter(st, name, MODULE_SCOPE, module) < 0)
        return -1;
    st->top = st->current;
    if (visit_here(st, module) < 0)
        return -1;
    return resolve(st, st->top);
}

/* ---- dump ---- */

static void dump_scope(const SymbolTable *st, const Scope *s, FILE *out, int depth)
{
    static const char *const kinds[] = {"module", "class", "function", "annotation"};
    static const char *const where[] = {"?", "local", "global explicit", "global", "free", "cell"};
    ThreadState *ts = st->arena->ts;
    size_t n = 0;
    Value holder = NULL;
    const char *text = constant_text(ts, s->name, &n, &holder);
    fprintf(out, "%*s%s %.*s%s%s\n", depth * 2, "", kinds[s->kind], (int)n, text ? text : "", s->is_generator ? " generator" : "",
            s->is_coroutine ? " coroutine" : "");
    if (holder)
        decref(ts, holder);
    for (int i = 0; i < s->symbols.count; i++) {
        text = constant_text(ts, (Value)(uintptr_t)s->symbols.entries[i].key, &n, &holder);
        fprintf(out, "%*s%.*s: %s\n", depth * 2 + 2, "", (int)n, text ? text : "", where[s->symbols.entries[i].value >> RESOLUTION_SHIFT]);
        if (holder)
            decref(ts, holder);
    }
    for (int i = 0; i < s->children.count; i++)
        dump_scope(st, s->children.items[i], out, depth + 1);
}

void symtable_dump(const SymbolTable *st, FILE *out)
{
    dump_scope(st, st->top, out, 0);
}
