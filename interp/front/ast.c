/* ast.c - making and printing syntax tree nodes; both come from ast_nodes.def.
 * Next: parser.c (makes them), compile.c (walks them).   Sources: CPython Parser/asdl_c.py. */
#include "interp/front/ast.h"

#include <stddef.h>

static const uint8_t node_sizes[] = {
#define NODE(Name, fields) (uint8_t)(offsetof(Node, Name) + sizeof(((Node *)0)->Name)),
#include "interp/front/ast_nodes.def"
};
static const char *const node_names[] = {
#define NODE(Name, fields) #Name,
#include "interp/front/ast_nodes.def"
};

const char *node_kind_name(NodeKind kind)
{
    return node_names[kind];
}

Node *node_new(Arena *a, NodeKind kind)
{
    /* Folding makes "not (a in b)" a Compare in place; all other changes are to kinds that are no larger. */
    Node *n = arena_alloc(a, node_sizes[kind == N_UnaryOp ? N_Compare : kind]);
    if (n)
        n->kind = kind;
    return n;
}

Value ast_docstring(const NodeList *body)
{
    if (!body->count || body->items[0]->kind != N_Expr)
        return NULL;
    const Node *value = body->items[0]->Expr.value;
    return value->kind == N_Constant && is_exact_str(value->Constant.value) ? value->Constant.value : NULL;
}

/* ---- dump ---- */

typedef struct {
    ThreadState *ts;
    FILE *out;
    int failed;
} Dump;

static void dump_node(Dump *d, const char *field, const Node *n, int depth);

static void indent(Dump *d, const char *field, int depth)
{
    fprintf(d->out, "%*s%s:", depth * 2, "", field);
}

static void dump_value(Dump *d, const char *field, Value v, int depth)
{
    indent(d, field, depth);
    Value text = v ? repr_of(d->ts, v) : NULL, holder = NULL;
    ssize_t n = 0;
    const char *p = text ? str_utf8(d->ts, text, &n, &holder) : NULL;
    if (v && !p)
        d->failed = 1;
    fprintf(d->out, " %.*s\n", (int)n, p ? p : "");
    if (holder)
        decref(d->ts, holder);
    if (text)
        decref(d->ts, text);
}

static void dump_list(Dump *d, const char *field, const NodeList *list, int depth)
{
    indent(d, field, depth);
    fputs(list->count ? "\n" : " []\n", d->out);
    for (int i = 0; i < list->count; i++)
        dump_node(d, "-", list->items[i], depth + 1);
}

static void dump_idents(Dump *d, const char *field, const IdentList *list, int depth)
{
    indent(d, field, depth);
    fputs(list->count ? "\n" : " []\n", d->out);
    for (int i = 0; i < list->count; i++)
        dump_value(d, "-", list->items[i], depth + 1);
}

static void dump_enums(Dump *d, const char *field, const EnumList *list, int depth)
{
    indent(d, field, depth);
    for (int i = 0; i < list->count; i++)
        fprintf(d->out, " %d", list->items[i]);
    fputc('\n', d->out);
}

static void dump_fields(Dump *d, const Node *n, int depth)
{
    switch (n->kind) {
#define ONE(f) dump_node(d, #f, node->f, depth);
#define MAYBE(f) dump_node(d, #f, node->f, depth);
#define LIST(f) dump_list(d, #f, &node->f, depth);
#define IDENT(f) dump_value(d, #f, node->f, depth);
#define IDENTS(f) dump_idents(d, #f, &node->f, depth);
#define CONST(f) dump_value(d, #f, node->f, depth);
#define ENUM(f) indent(d, #f, depth), fprintf(d->out, " %d\n", node->f);
#define ENUMS(f) dump_enums(d, #f, &node->f, depth);
#define NODE(Name, fields) case N_##Name: { const __typeof__(n->Name) *node = &n->Name; (void)node; fields break; }
#include "interp/front/ast_nodes.def"
    case NODE_KIND_COUNT:
        break;
    }
}

static void dump_node(Dump *d, const char *field, const Node *n, int depth)
{
    indent(d, field, depth);
    if (!n) {
        fputs(" None\n", d->out);
        return;
    }
    fprintf(d->out, " %s %d,%d-%d,%d\n", node_names[n->kind], n->line, n->col, n->end_line, n->end_col);
    if (d->failed || enter_recursive(d->ts, " while dumping a syntax tree") < 0) {
        d->failed = 1;
        return;
    }
    dump_fields(d, n, depth + 1);
    leave_recursive(d->ts);
}

int ast_dump(ThreadState *ts, const Node *root, FILE *out)
{
    Dump d = {ts, out, 0};
    dump_node(&d, "tree", root, 0);
    return d.failed ? -1 : 0;
}
