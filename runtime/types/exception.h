/* exception.h - exceptions and tracebacks. (exception.c, exception_group.c, traceback.c) */
#ifndef RUNTIME_TYPES_EXCEPTION_H
#define RUNTIME_TYPES_EXCEPTION_H

/* All exceptions have one struct; `extra` holds the fields of the families in exceptions.def. */
enum { EXTRA_MAX = 7 };
typedef struct {
  Object base;
  Value args;      /* tuple */
  Value traceback; /* or NULL */
  Value context, cause; /* or NULL */
  bool suppress_context;
  uint8_t family;  /* FAMILY_ */
  Value extra[EXTRA_MAX]; /* named by family: see the FAMILY_ tables in exception.c */
} Exception;
typedef enum { FAMILY_PLAIN, FAMILY_GROUP, FAMILY_EXIT, FAMILY_STOP, FAMILY_ATTRIBUTE, FAMILY_IMPORT, FAMILY_NAME, FAMILY_OS, FAMILY_SYNTAX, FAMILY_UNICODE } ExceptionFamily;
/* extra[] indices */
enum { X_EXIT_CODE = 0, X_STOP_VALUE = 0 };
enum { X_GROUP_MESSAGE, X_GROUP_EXCEPTIONS };
enum { X_ATTRIBUTE_NAME, X_ATTRIBUTE_OBJ };
enum { X_IMPORT_MSG, X_IMPORT_NAME, X_IMPORT_PATH };
enum { X_NAME_NAME };
enum { X_OS_ERRNO, X_OS_STRERROR, X_OS_FILENAME, X_OS_FILENAME2, X_OS_WRITTEN };
enum { X_SYNTAX_MSG, X_SYNTAX_FILENAME, X_SYNTAX_LINENO, X_SYNTAX_OFFSET, X_SYNTAX_TEXT, X_SYNTAX_END_LINENO, X_SYNTAX_END_OFFSET };
enum { X_UNICODE_ENCODING, X_UNICODE_OBJECT, X_UNICODE_START, X_UNICODE_END, X_UNICODE_REASON };

#define LAYOUT_EXCEPTION K_COUNT /* type->layout of every exception class */
static inline bool is_exception(Value v) { return is_object(v) && shape_of(v)->type->layout == LAYOUT_EXCEPTION; }
static inline Exception *as_exception(Value v) { return (Exception *)v; }
/* A field as it is now; another thread, or the code of a str(), may replace it. */
#define EXC_FIELD(exc, name) load_field(&as_exception(exc)->name)
static inline bool is_exception_class(ThreadState *ts, Value v) {
  return is_type(v) && type_is_subtype((Type *)v, ts->interp->exceptions[EXC_BaseException]);
}
int exceptions_init(ThreadState *ts); /* start of an Interp */
int exception_groups_init(ThreadState *ts);
extern const MethodDef group_methods[];
OWNED Value group_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames);
Value group_str(ThreadState *ts, Value self);
/* except*: split exc (group or not) by a type or tuple. *match and *rest are OWNED, V_NONE where empty. -1 on error. */
int group_match(ThreadState *ts, Value exc, Value type, Value *match, Value *rest);
/* What remains to be raised after all except* clauses: OWNED exception or V_NONE. excs: list of raised and unhandled. */
OWNED Value group_reraise_star(ThreadState *ts, Value original, Value excs);
/* Does this exception class (or tuple) match exc, as an except clause asks? */
bool exception_matches(ThreadState *ts, Value exc, Value type);

typedef struct {
  Object base;
  Value next;  /* tb_next or NULL */
  Value frame; /* frame object */
  int lasti;   /* unit index */
  int lineno;
} Traceback;
OWNED Value traceback_new(ThreadState *ts, NULLABLE Value next, Value frame, int lasti, int lineno);

#endif
