/* explain_internal.h - what the files that explain mistakes share: explain.c (passes, places), explain_match.c (the grammar
 * read and matched), explain_mistakes.c (the words). */
#ifndef GILLY_FRONT_EXPLAIN_INTERNAL_H
#define GILLY_FRONT_EXPLAIN_INTERNAL_H

#include "interp/front/explain.h"

enum {
#define RULE(name, memo, text) R_##name,
#include "interp/front/explain_grammar.def"
    RULE_COUNT
};

#define ACTIONS(X) \
    X(first_part) X(last_part) X(group) X(strings) X(soft_keyword) X(real_number) X(imaginary_number) \
    X(unpacking_after_unpacking) X(bare_generator) X(bare_generator_last) X(bare_generator_after) \
    X(positional_after_keyword) X(maybe_equality) X(maybe_equality_range) X(assign_to_constant) X(assignment_in_argument) \
    X(legacy_statement) X(forgot_comma) X(expected_else) X(bad_walrus_target) X(cannot_assign_here) \
    X(annotated_display) X(annotated_tuple) X(illegal_annotation_target) X(bad_target) X(assign_to_yield) \
    X(bad_augmented_target) X(bad_del_target) X(bad_with_target) X(bad_for_target) X(expected_block) \
    X(unpacking_in_comprehension) X(bare_comprehension_target) X(bare_comprehension_target_comma) \
    X(unpacking_in_dict_comprehension) X(non_default_after_default) X(parenthesized_parameters) \
    X(parenthesized_lambda_parameters) X(slash_first) X(slash_twice) X(slash_after_star) X(comma_between_slash_and_star) \
    X(expected_default) X(bare_star_known) X(bare_star) X(star_default) X(star_twice) X(double_star_default) \
    X(after_double_star) X(starred_group) X(double_starred_group) X(trailing_import_comma) X(expected_colon) \
    X(block_after) X(block_after_second) X(block_after_except) X(block_after_except_star) X(block_after_def) \
    X(block_after_class) X(expected_except) X(star_after_plain_except) X(plain_after_star_except) X(bare_exception_types) X(expected_exception_types) \
    X(underscore_target) X(bad_pattern_target) X(positional_after_keyword_pattern) X(starred_dict_value) \
    X(expected_dict_value) X(expected_dict_colon)
typedef enum {
    NO_ACTION,
#define X(name) A_##name,
    ACTIONS(X)
#undef X
    ACTION_COUNT
} Action;
/* What an element matched: tokens [from, to). */
typedef struct Item {
    int kind;               /* NodeKind + 1; 0: a group of items; -1: a token */
    int from, to;
    int count;
    struct Item **items;    /* NULL entries for what was left out */
} Item;

typedef struct Alternative Alternative;
typedef struct Memo Memo;

typedef struct {
    Parser *p;
    ThreadState *ts;
    Arena *arena;
    Alternative *rules[RULE_COUNT];
    Memo **memos;
    uint32_t memo_mask;
    int at;                 /* next token */
    int fill;               /* tokens looked at so far */
    int depth;
    bool second_pass;
    bool stopped;           /* an exception is pending, or a lexical error was met */
    bool lexical;           /* ... the latter */
} Explainer;

static inline const Token *explain_token(const Explainer *e, int i) { return &e->p->lexer.tokens[i]; }

/* Zeroed arena memory; NULL stops everything, with MemoryError. */
void *explain_make(Explainer *e, size_t size);

/* ---- explain_match.c ---- */
bool explain_begin_pass(Explainer *e, bool second);
Item *explain_match(Explainer *e, int rule); /* from e->at on; NULL: does not fit, or e->stopped */

/* ---- explain_mistakes.c ---- */

/* What an alternative's action makes of its parts: a result, or (with e->stopped) an error, or NULL: it does not fit. */
Item *explain_act(Explainer *e, Action action, Item *all);

/* ---- explain.c: raising, which stops everything ---- */
void explain_raise_at(Explainer *e, const Token *from, const Token *to, const char *format, ...);
void explain_raise_last(Explainer *e, Value type, const char *format, ...); /* at the last token looked at */
void explain_raise_from(Explainer *e, const Token *from, const char *message); /* from a token to where the lexer stands */
/* "':' expected after dictionary key" has a place of its own: the key's last column. */
void explain_raise_after_key(Explainer *e, const Token *first, const Token *last);

#endif
