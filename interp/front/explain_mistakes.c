/* explain_mistakes.c - what to say about a mistake that a rule of the grammar has recognised.
 * The words are CPython 3.11's. x[0], x[1] ... are the parts of the alternative, look-aheads not counted.
 * Next: explain_grammar.def (where each action is named).   Sources: CPython 3.11's messages. */
#include <string.h>

#include "interp/front/explain_internal.h"

static const Token *first_token(const Explainer *e, const Item *i) { return explain_token(e, i->from); }
static const Token *last_token(const Explainer *e, const Item *i) { return explain_token(e, i->to - 1); }
#define RAISE_ITEM(item, ...) explain_raise_at(e, first_token(e, item), last_token(e, item), __VA_ARGS__)
#define RAISE_RANGE(a, b, ...) explain_raise_at(e, first_token(e, a), last_token(e, b), __VA_ARGS__)

/* The expressions in a group of items, in order. */
static void collect(Explainer *e, const Item *i, PointerList *out)
{
    if (!i || i->kind < 0)
        return;
    if (i->kind > 0) {
        if (pointer_list_add(e->arena, out, (void *)(uintptr_t)i) < 0)
            e->stopped = true;
        return;
    }
    for (int k = 0; k < i->count; k++)
        collect(e, i->items[k], out);
}

static PointerList elements_of(Explainer *e, const Item *i)
{
    PointerList list = {0};
    for (int k = 0; k < i->count; k++)
        collect(e, i->items[k], &list);
    return list;
}

#define IS(item, Kind) ((item)->kind == N_##Kind + 1)

static const char *constant_name(const Token *t)
{
    switch (t->kind) {
    case T_NONE: return "None";
    case T_TRUE: return "True";
    case T_FALSE: return "False";
    case T_ELLIPSIS: return "ellipsis";
    default: return "literal";
    }
}

static const char *expression_name(const Explainer *e, const Item *i)
{
    switch (i->kind - 1) {
    case N_Attribute: return "attribute";
    case N_Subscript: return "subscript";
    case N_Starred: return "starred";
    case N_Name: return "name";
    case N_List: return "list";
    case N_Tuple: return "tuple";
    case N_Lambda: return "lambda";
    case N_Call: return "function call";
    case N_BoolOp: case N_BinOp: case N_UnaryOp: return "expression";
    case N_GeneratorExp: return "generator expression";
    case N_Yield: return "yield expression";
    case N_Await: return "await expression";
    case N_ListComp: return "list comprehension";
    case N_SetComp: return "set comprehension";
    case N_DictComp: return "dict comprehension";
    case N_Dict: return "dict literal";
    case N_Set: return "set display";
    case N_JoinedStr: return "f-string expression";
    case N_Constant: return constant_name(first_token(e, i));
    case N_Compare: return "comparison";
    case N_IfExp: return "conditional expression";
    case N_NamedExpr: return "named expression";
    default: return "expression";
    }
}

typedef enum { STAR_TARGETS, DEL_TARGETS, FOR_TARGETS } TargetKind;

/* The part of an expression that cannot be assigned to (deleted), or NULL. */
static const Item *invalid_target(Explainer *e, const Item *i, TargetKind kind)
{
    if (!i)
        return NULL;
    switch (i->kind - 1) {
    case N_List: case N_Tuple: {
        PointerList elements = elements_of(e, i);
        for (int k = 0; k < elements.count; k++) {
            const Item *bad = invalid_target(e, elements.items[k], kind);
            if (bad)
                return bad;
        }
        return NULL;
    }
    case N_Starred: return kind == DEL_TARGETS ? i : invalid_target(e, i->items[1], kind);
    case N_Compare: {
        if (kind != FOR_TARGETS)
            return i;
        const Item *pair = i->items[1]->items[0];
        return first_token(e, pair)->kind == T_IN ? invalid_target(e, i->items[0], kind) : NULL;
    }
    case N_Name: case N_Subscript: case N_Attribute: return NULL;
    default: return i;
    }
}

static void raise_bad_target(Explainer *e, const Item *i, TargetKind kind)
{
    const Item *bad = invalid_target(e, i, kind);
    if (bad)
        RAISE_ITEM(bad, kind == DEL_TARGETS ? "cannot delete %s" : "cannot assign to %s", expression_name(e, bad));
}

static bool spelled(const Explainer *e, const Token *t, const char *word)
{
    return at_word(e->p, t, word);
}

static bool is_legacy(const Explainer *e, const Item *i)
{
    return IS(i, Name) && (spelled(e, first_token(e, i), "print") || spelled(e, first_token(e, i), "exec"));
}

/* Where the last "for ... in ... if ..." of some clauses ends: its last condition, or what it iterates over. */
static const Item *last_comprehension_part(Explainer *e, const Item *clauses)
{
    PointerList parts = {0};
    collect(e, clauses, &parts);
    return parts.count ? parts.items[parts.count - 1] : clauses;
}

static const Item *last_clause_target(const Item *clauses)
{
    const Item *clause = clauses->items[clauses->count - 1];
    for (int k = 0; k < clause->count; k++) /* [async] for TARGET in ... */
        if (clause->items[k] && clause->items[k]->kind >= 0)
            return clause->items[k];
    return clause;
}

static void raise_block(Explainer *e, const Item *keyword, const char *what)
{
    ThreadState *ts = e->ts;
    explain_raise_last(e, EXC(IndentationError), "expected an indented block after %s on line %d", what,
               (int)first_token(e, keyword)->line);
}

static void raise_statement_block(Explainer *e, const Item *keyword)
{
    const Token *t = first_token(e, keyword);
    char what[40];
    snprintf(what, sizeof what, "'%.*s' statement", (int)(t->end - t->start), e->p->lexer.text + t->start);
    raise_block(e, keyword, what);
}

static void positional_after_keyword(Explainer *e, const Item *args)
{
    ThreadState *ts = e->ts;
    PointerList list = {0};
    bool unpacking = false;
    collect(e, args, &list);
    for (int k = 0; k < list.count; k++)
        unpacking |= IS((Item *)list.items[k], Alias); /* the grammar's mark for **kwargs */
    explain_raise_last(e, EXC(SyntaxError), unpacking ? "positional argument follows keyword argument unpacking"
                                              : "positional argument follows keyword argument");
}

/* f(a, b for b in c); f(b for b in c) is fine. */
static void bare_generator_last(Explainer *e, const Item *args, const Item *clauses)
{
    PointerList list = {0};
    const Item *last = NULL;
    int positional = 0;
    collect(e, args, &list);
    for (int k = 0; k < list.count; k++)
        if (!IS((Item *)list.items[k], Keyword) && !IS((Item *)list.items[k], Alias)) {
            last = list.items[k];
            positional++;
        }
    if (positional > 1)
        RAISE_RANGE(last, last_comprehension_part(e, clauses), "Generator expression must be parenthesized");
}

static void check_complex(Explainer *e, const Item *number, bool imaginary)
{
    const Token *t = first_token(e, number);
    bool is_imaginary = (e->p->lexer.text[t->end - 1] | 0x20) == 'j' && e->p->lexer.text[t->start + 1] != 'x';
    if (is_imaginary != imaginary)
        RAISE_ITEM(number, imaginary ? "imaginary number required in complex literal" : "real number required in complex literal");
}

/* CPython compares only as many letters as the name has: "m" and "ca" count as soft keywords too. */
static bool begins_soft_keyword(const Explainer *e, const Token *t)
{
    const char *text = e->p->lexer.text + t->start;
    size_t n = t->end - t->start;
    return !strncmp("match", text, n) || !strncmp("case", text, n) || !strncmp("_", text, n);
}

/* A string literal may be wrong inside: CPython finds that whenever a rule reads it. */
static Item *string_item(Explainer *e, const Item *all)
{
    Item *copy = explain_make(e, sizeof *copy);
    if (!copy)
        return NULL;
    e->p->t = explain_token(e, all->from);
    Node *n = parse_strings(e->p);
    if (!n) {
        e->stopped = true;
        return NULL;
    }
    *copy = *all;
    copy->kind = (int)n->kind + 1;
    return copy;
}

Item *explain_act(Explainer *e, Action action, Item *all)
{
    ThreadState *ts = e->ts;
    Item **x = all->items;
    switch (action) {
    case NO_ACTION: return all;
    case A_first_part: return x[0];
    case A_last_part: return x[all->count - 1];
    case A_group: return x[1];
    case A_strings: return string_item(e, all);
    case A_soft_keyword: return begins_soft_keyword(e, first_token(e, all)) ? all : NULL;
    case A_real_number: check_complex(e, x[0], false); return e->stopped ? NULL : all;
    case A_imaginary_number: check_complex(e, x[0], true); return e->stopped ? NULL : all;
    case A_unpacking_after_unpacking:
        RAISE_ITEM(x[0], "iterable argument unpacking follows keyword argument unpacking");
        break;
    case A_bare_generator:
        RAISE_RANGE(x[0], last_comprehension_part(e, x[1]), "Generator expression must be parenthesized");
        break;
    case A_bare_generator_last: bare_generator_last(e, x[0], x[1]); break;
    case A_bare_generator_after:
        RAISE_RANGE(x[2], last_clause_target(x[3]), "Generator expression must be parenthesized");
        break;
    case A_positional_after_keyword: positional_after_keyword(e, x[0]); break;
    case A_maybe_equality:
        RAISE_RANGE(x[0], x[1], "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        break;
    case A_maybe_equality_range:
        RAISE_RANGE(x[0], x[2], "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        break;
    case A_assign_to_constant:
        RAISE_RANGE(x[0], x[1], "cannot assign to %s", constant_name(first_token(e, x[0])));
        break;
    case A_assignment_in_argument:
        RAISE_RANGE(x[0], x[1], "expression cannot contain assignment, perhaps you meant \"==\"?");
        break;
    case A_legacy_statement: {
        const Token *t = first_token(e, x[0]);
        bool print = spelled(e, t, "print");
        if (print || spelled(e, t, "exec"))
            RAISE_RANGE(x[0], x[1], "Missing parentheses in call to '%s'. Did you mean %s(...)?", print ? "print" : "exec",
                        print ? "print" : "exec");
        break;
    }
    case A_forgot_comma:
        if (!is_legacy(e, x[0]) && explain_token(e, e->at - 1)->depth > 0)
            RAISE_RANGE(x[0], x[1], "invalid syntax. Perhaps you forgot a comma?");
        break;
    case A_expected_else: RAISE_RANGE(x[0], x[2], "expected 'else' after 'if' expression"); break;
    case A_bad_walrus_target:
        RAISE_ITEM(x[0], "cannot use assignment expressions with %s", expression_name(e, x[0]));
        break;
    case A_cannot_assign_here:
        RAISE_ITEM(x[0], "cannot assign to %s here. Maybe you meant '==' instead of '='?", expression_name(e, x[0]));
        break;
    case A_annotated_display:
        RAISE_ITEM(x[0], "only single target (not %s) can be annotated", expression_name(e, x[0]));
        break;
    case A_annotated_tuple: RAISE_ITEM(x[0], "only single target (not tuple) can be annotated"); break;
    case A_illegal_annotation_target: RAISE_ITEM(x[0], "illegal target for annotation"); break;
    case A_bad_target: raise_bad_target(e, x[1], STAR_TARGETS); break;
    case A_assign_to_yield: RAISE_ITEM(x[1], "assignment to yield expression not possible"); break;
    case A_bad_augmented_target:
        RAISE_ITEM(x[0], "'%s' is an illegal expression for augmented assignment", expression_name(e, x[0]));
        break;
    case A_bad_del_target: raise_bad_target(e, x[1], DEL_TARGETS); break;
    case A_bad_with_target: raise_bad_target(e, x[2], STAR_TARGETS); break;
    case A_bad_for_target: raise_bad_target(e, x[2], FOR_TARGETS); break;
    case A_expected_block: explain_raise_last(e, EXC(IndentationError), "expected an indented block"); break;
    case A_unpacking_in_comprehension: RAISE_ITEM(x[1], "iterable unpacking cannot be used in comprehension"); break;
    case A_bare_comprehension_target: {
        PointerList rest = {0};
        collect(e, x[3], &rest);
        RAISE_RANGE(x[1], (Item *)rest.items[rest.count - 1], "did you forget parentheses around the comprehension target?");
        break;
    }
    case A_bare_comprehension_target_comma:
        RAISE_RANGE(x[1], x[2], "did you forget parentheses around the comprehension target?");
        break;
    case A_unpacking_in_dict_comprehension:
        RAISE_ITEM(x[1], "dict unpacking cannot be used in dict comprehension");
        break;
    case A_non_default_after_default: RAISE_ITEM(x[2], "non-default argument follows default argument"); break;
    case A_parenthesized_parameters: RAISE_RANGE(x[1], x[4], "Function parameters cannot be parenthesized"); break;
    case A_parenthesized_lambda_parameters:
        RAISE_RANGE(x[1], x[4], "Lambda expression parameters cannot be parenthesized");
        break;
    case A_slash_first: RAISE_ITEM(x[0], "at least one argument must precede /"); break;
    case A_slash_twice: RAISE_ITEM(x[2], "/ may appear only once"); break;
    case A_slash_after_star: RAISE_ITEM(x[5], "/ must be ahead of *"); break;
    case A_comma_between_slash_and_star: RAISE_ITEM(x[2], "expected comma between / and *"); break;
    case A_expected_default: RAISE_ITEM(x[0], "expected default value expression"); break;
    case A_bare_star_known: RAISE_ITEM(x[0], "named arguments must follow bare *"); break;
    case A_bare_star: explain_raise_last(e, EXC(SyntaxError), "named arguments must follow bare *"); break;
    case A_star_default: RAISE_ITEM(x[2], "var-positional argument cannot have default value"); break;
    case A_star_twice: RAISE_ITEM(x[3], "* argument may appear only once"); break;
    case A_double_star_default: RAISE_ITEM(x[2], "var-keyword argument cannot have default value"); break;
    case A_after_double_star: RAISE_ITEM(x[3], "arguments cannot follow var-keyword argument"); break;
    case A_starred_group: RAISE_ITEM(x[1], "cannot use starred expression here"); break;
    case A_double_starred_group: RAISE_ITEM(x[1], "cannot use double starred expression here"); break;
    case A_trailing_import_comma:
        explain_raise_last(e, EXC(SyntaxError), "trailing comma not allowed without surrounding parentheses");
        break;
    case A_expected_colon: explain_raise_last(e, EXC(SyntaxError), "expected ':'"); break;
    case A_block_after: raise_statement_block(e, x[0]); break;
    case A_block_after_second: raise_statement_block(e, x[1]); break;
    case A_block_after_except: raise_block(e, x[0], "'except' statement"); break;
    case A_block_after_except_star: raise_block(e, x[0], "'except*' statement"); break;
    case A_block_after_def: raise_block(e, x[1], "function definition"); break;
    case A_block_after_class: raise_block(e, x[0], "class definition"); break;
    case A_expected_except: explain_raise_last(e, EXC(SyntaxError), "expected 'except' or 'finally' block"); break;
    case A_star_after_plain_except:
        RAISE_RANGE(x[4], x[5], "cannot have both 'except' and 'except*' on the same 'try'");
        break;
    case A_plain_after_star_except: RAISE_ITEM(x[4], "cannot have both 'except' and 'except*' on the same 'try'"); break;
    case A_bare_exception_types: explain_raise_from(e, first_token(e, x[2]), "multiple exception types must be parenthesized"); break;
    case A_expected_exception_types: explain_raise_last(e, EXC(SyntaxError), "expected one or more exception types"); break;
    case A_underscore_target: RAISE_ITEM(x[2], "cannot use '_' as a target"); break;
    case A_bad_pattern_target: RAISE_ITEM(x[2], "invalid pattern target"); break;
    case A_positional_after_keyword_pattern: RAISE_ITEM(x[2], "positional patterns follow keyword patterns"); break;
    case A_starred_dict_value: explain_raise_from(e, first_token(e, x[2]), "cannot use a starred expression in a dictionary value"); break;
    case A_expected_dict_value: RAISE_ITEM(x[1], "expression expected after dictionary key and ':'"); break;
    case A_expected_dict_colon: explain_raise_after_key(e, first_token(e, x[0]), last_token(e, x[0])); break;
    case ACTION_COUNT: break;
    }
    return NULL;
}

