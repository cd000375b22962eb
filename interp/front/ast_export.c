/* ast_export.c - a syntax tree as Python values, for the module ast: made from ast_nodes.def like the nodes themselves.
 * A node becomes the list [kind, line, column, end line, end column, field ...]; a list of nodes a list, what is absent None, an
 * operator its number.
 * Keeps: the values outlive the arena; runtime/lib/ast.py makes objects of them.
 * Next: ast_nodes.def, runtime/lib/ast.py.   Sources: CPython Python/Python-ast.c. */
#include "interp/front/ast.h"

/* Append; item NULL is -1 at once. */
static int add(ThreadState *ts, Value out, STEALS NULLABLE Value item)
{
    return item ? list_append_steal(ts, out, item) : -1;
}

static Value export_list(ThreadState *ts, const NodeList *list)
{
    Value out = list_new(ts, list->count);
    for (int i = 0; out && i < list->count; i++)
        if (add(ts, out, ast_export(ts, list->items[i])) < 0)
            CLEAR(out);
    return out;
}

static Value export_value(Value v)
{
    return v ? incref(v) : V_NONE;
}

static Value export_idents(ThreadState *ts, const IdentList *list)
{
    Value out = list_new(ts, list->count);
    for (int i = 0; out && i < list->count; i++)
        if (list_append(ts, out, list->items[i]) < 0)
            CLEAR(out);
    return out;
}

static Value export_enums(ThreadState *ts, const EnumList *list)
{
    Value out = list_new(ts, list->count);
    for (int i = 0; out && i < list->count; i++)
        if (list_append(ts, out, small_int_value(list->items[i])) < 0)
            CLEAR(out);
    return out;
}

static int add_fields(ThreadState *ts, Value out, const Node *n)
{
    bool failed = false;
#define ADD(v) failed = failed || add(ts, out, v) < 0;
    switch (n->kind) {
#define ONE(f) ADD(ast_export(ts, node->f))
#define MAYBE(f) ADD(ast_export(ts, node->f))
#define LIST(f) ADD(export_list(ts, &node->f))
#define IDENT(f) ADD(export_value(node->f))
#define IDENTS(f) ADD(export_idents(ts, &node->f))
#define CONST(f) ADD(export_value(node->f))
#define ENUM(f) ADD(small_int_value(node->f))
#define ENUMS(f) ADD(export_enums(ts, &node->f))
#define NODE(Name, fields) case N_##Name: { const __typeof__(n->Name) *node = &n->Name; (void)node; fields break; }
#include "interp/front/ast_nodes.def"
    case NODE_KIND_COUNT:
        break;
    }
#undef ADD
    return failed ? -1 : 0;
}

Value ast_export(ThreadState *ts, const Node *n)
{
    if (!n)
        return V_NONE;
    if (enter_recursive(ts, " during ast construction") < 0)
        return NULL;
    Value out = list_new(ts, 8);
    if (out && (add(ts, out, str_from_ascii(ts, node_kind_name(n->kind))) < 0
                || list_append(ts, out, small_int_value(n->line)) < 0 || list_append(ts, out, small_int_value(n->col)) < 0
                || list_append(ts, out, small_int_value(n->end_line)) < 0 || list_append(ts, out, small_int_value(n->end_col)) < 0
                || add_fields(ts, out, n) < 0))
        CLEAR(out);
    leave_recursive(ts);
    return out;
}
