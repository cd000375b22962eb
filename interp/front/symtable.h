/* symtable.h - which scope each name belongs to. */
#ifndef GILLY_FRONT_SYMTABLE_H
#define GILLY_FRONT_SYMTABLE_H

#include "interp/front/ast.h"
#include "interp/front/name_map.h"

typedef enum { MODULE_SCOPE, CLASS_SCOPE, FUNCTION_SCOPE, ANNOTATION_SCOPE } ScopeKind;
typedef enum { NO_COMPREHENSION, LIST_COMPREHENSION, SET_COMPREHENSION, DICT_COMPREHENSION, GENERATOR_EXPRESSION } ComprehensionKind;

/* What a scope's text does with a name. */
enum {
    DEF_GLOBAL = 1, DEF_LOCAL = 2, DEF_PARAM = 4, DEF_NONLOCAL = 8, SYMBOL_USE = 16, DEF_FREE_CLASS = 32, DEF_IMPORT = 64,
    DEF_ANNOTATION = 128, DEF_COMP_ITER = 256,
    DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT,
    RESOLUTION_SHIFT = 12
};

/* Where it lives in the end. */
typedef enum { UNRESOLVED, LOCAL, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, FREE, CELL } Resolution;

typedef struct Scope {
    ScopeKind kind;
    ComprehensionKind comprehension;
    Value name;
    struct Scope *parent;
    PointerList children;
    NameMap symbols;      /* name -> DEF_ bits | Resolution << RESOLUTION_SHIFT */
    PointerList params;   /* in order: Value */
    PointerList directives; /* global and nonlocal statements: Directive */
    int line;
    bool is_nested, is_generator, is_coroutine, has_varargs, has_varkeywords;
    bool needs_class_closure; /* a class whose methods use __class__ */
    bool in_comprehension_target;
    int in_comprehension_iter;
} Scope;

typedef struct {
    Arena *arena;
    Value filename;
    NameMap scopes; /* Node -> index into list */
    PointerList list;
    Scope *top;
    bool future_annotations;
    /* during the build */
    Scope *current;
    Value private_name; /* class whose __names are mangled, or NULL */
    int depth;
} SymbolTable;

/* Builds and resolves. -1 with SyntaxError. */
int symtable_build(SymbolTable *st, Node *module);
Scope *symtable_scope(const SymbolTable *st, const Node *n); /* of a module, class, function, lambda or comprehension */
Resolution scope_resolution(const Scope *s, Value mangled);
int scope_flags(const Scope *s, Value mangled); /* DEF_ bits and resolution, 0: unknown name */
/* __name inside class C is _C__name: borrowed from the arena; NULL with exception. */
Value mangle(Arena *a, NULLABLE Value private_name, Value name);
void symtable_dump(const SymbolTable *st, FILE *out);

#endif
