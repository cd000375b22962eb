/* function.h - functions, methods, native functions, descriptors, cells, generators. (function.c, native.c, descriptor.c,
 * cell.c, generator.c) How a Python function runs is interp/vm's; here it is only a value. */
#ifndef RUNTIME_TYPES_FUNCTION_H
#define RUNTIME_TYPES_FUNCTION_H

typedef struct {
  Object base;
  Value code;       /* Code */
  Value globals;    /* dict */
  Value builtins;   /* dict */
  Value closure;    /* tuple of cells or NULL */
  Value defaults;   /* tuple or NULL */
  Value kwdefaults; /* dict or NULL */
  Value name, qualname, module; /* module may be NULL */
  Value doc, annotations;       /* annotations: dict, tuple (key, value, ...) as yet unmade, or NULL */
  uint32_t version; /* unique; 0 after a change of code or defaults: for inline caches */
} Function;
OWNED Value function_new(ThreadState *ts, Value code, Value globals, NULLABLE Value qualname);

typedef struct {
  Object base;
  Value function, self;
} Method; /* bound method */
OWNED Value method_new(ThreadState *ts, BORROWED Value function, BORROWED Value self);

typedef struct {
  Object base;
  const MethodDef *def;
  Value self;   /* bound object or module, may be NULL */
  Value module; /* name, may be NULL */
} Native; /* builtin_function_or_method */
typedef struct {
  Object base;
  const MethodDef *def;
  Type *type; /* __objclass__, borrowed */
} MethodDescr; /* method_descriptor: list.append */

typedef struct {
  Object base;
  Value value; /* or NULL */
} Cell;
OWNED Value cell_new(ThreadState *ts, NULLABLE STEALS Value value);

typedef struct {
  Object base;
  Value get, set, del, doc, name;
  bool getter_doc;
} Property;
typedef struct {
  Object base;
  Value callable;
} ClassMethod; /* classmethod and staticmethod */
typedef struct {
  Object base;
  Value name;     /* str */
  Type *type;     /* borrowed */
  ssize_t offset; /* of the Value in the object */
} Member; /* member_descriptor made by __slots__ */

#endif
