/* ctypes.h - what the files of _ctypes share: C types as ctypes knows them, objects that stand for C memory, arguments of calls.
 *
 *      class Point(Structure)                       p = Point(1, 2)
 *        _layout_ ---> Layout                         CData
 *                      kind, size, align              data  ---> 01 00 00 00 02 00 00 00     (own memory, or part of another's)
 *                      ffi type, item, fields         owner ---> whose memory it is, NULL: its own
 *                                                     kept  ---> what that memory points to
 *
 * Every class that stands for a C type has a Layout in its attribute _layout_; its metaclass (runtime/lib/ctypes/_classes.py) makes it. All that a
 * class needs at its making is written in the language there; what happens at each access and each call is written here.
 * Keeps true: a CData's memory is valid as long as it lives: it owns it, or holds the one that does. Memory at an address that a script made up
 *   is the script's risk, as in CPython.
 * Next: data.c (memory), values.c (C values and Python values), compound.c (arrays, pointers, structures), function.c, arguments.c, call.c,
 *   direct.c (calls without libffi), callback.c (C calls Python), fault.c. CPython: Modules/_ctypes. */
#ifndef RUNTIME_MODULES_CTYPES_H
#define RUNTIME_MODULES_CTYPES_H

#include <ffi.h>
#include <wchar.h>

#include "runtime/module.h"

typedef enum { C_SIMPLE, C_STRUCTURE, C_UNION, C_ARRAY, C_POINTER, C_FUNCTION } CKind;
enum { FUNCTION_IS_PYTHON = 4, FUNCTION_USES_ERRNO = 8 }; /* Layout.flags; the first: called without letting the GIL go */

typedef struct {
  Object base;
  CKind kind;
  char code;       /* of a simple type: a letter as in the struct module; of an array of characters: its items' */
  bool is_plain;   /* a simple type itself and no subclass: reading gives a Python value */
  bool has_bits;   /* a structure with bit fields */
  bool is_swapped; /* a simple type whose bytes lie in the other order */
  int flags;       /* of a function type */
  ssize_t size, align, length; /* length: items of an array */
  Value item;      /* class of an array's items, or of what a pointer points to; a function type's argument classes (tuple); or NULL */
  Value fields;    /* names of a structure's fields, in order (tuple); a function type's result: a class, None or a callable; or NULL */
  Value parts;     /* classes whose ffi types are elements of ours */
  Value format;    /* bytes: what memoryview(x).format says; of an array, its innermost items' */
  ffi_type *ffi;   /* how it is passed by value */
  ffi_type own;
  ffi_type **elements; /* malloc'ed */
} Layout;

typedef struct {
  Object base;
  char *data;
  ssize_t size;
  Value owner;     /* the object whose memory it is part of, or that keeps it valid; NULL: data is `small` or malloc'ed */
  Value kept;      /* dict: address in the memory -> what it points to; of the outermost owner only; or NULL */
  bool is_part;    /* owner is a CData and our memory a part of its own, so that it keeps for us */
  _Alignas(8) char small[16]; /* memory of small values */
} CData;

/* An argument on its way to C: byref(), or what from_param() gave. */
typedef struct {
  Object base;
  char code;
  union CValue {
    int8_t b; int16_t h; int32_t i; int64_t q; float f; double d; long double g; void *p; wchar_t u;
  } value;
  Value object; /* kept until the call is over, or NULL */
} CArgument;

/* A value as libffi wants it. */
typedef struct {
  ffi_type *type;
  void *where;     /* at the value: into `value`, or at memory of a CData */
  union CValue value;
  Value keep;      /* OWNED, or NULL */
  int number;      /* its place, from 1, for errors */
} Argument;

typedef struct {
  Type *layout, *data, *simple, *structure, *union_, *array, *pointer, *function, *field, *argument, *signature; /* owned */
  Value argument_error, pointer_cache;
} CTypes;
static inline CTypes *ctypes_state(ThreadState *ts) { return native_state(ts, NATIVE_ctypes); }
static inline CData *as_cdata(Value v) { return (CData *)v; }

extern const TypeSpec layout_spec, field_spec, argument_spec, data_spec, simple_spec, structure_spec, union_spec, array_spec, pointer_spec, function_spec;

/* layout.c */
BORROWED Layout *layout_of_class(ThreadState *ts, Value cls);     /* NULL without exception: not a C type, or not a whole one */
BORROWED Layout *layout_required(ThreadState *ts, Value cls);     /* the same with TypeError */
static inline BORROWED Layout *layout_of(ThreadState *ts, Value cdata) { return layout_of_class(ts, (Value)type_of(ts, cdata)); }
ffi_type *simple_ffi_type(char code);                              /* NULL: no such type */
Value layout_new(NATIVE_ARGS);                                     /* _ctypes.layout(...) */

/* data.c */
bool is_cdata(ThreadState *ts, Value v);
OWNED Value cdata_new(ThreadState *ts, Value cls, Layout *l);      /* zeroed memory of its own */
OWNED Value cdata_view(ThreadState *ts, Value cls, ssize_t size, char *data, NULLABLE BORROWED Value owner, bool is_part);
OWNED Value cdata_copy(ThreadState *ts, Value cls, Layout *l, const void *from);
int cdata_keep(ThreadState *ts, CData *d, const char *place, BORROWED Value v); /* v lives as long as place may point to it */
int cdata_fill_buffer(ThreadState *ts, Value self, Buffer *view, bool writable);
void cdata_drop(ThreadState *ts, CData *d);
extern const MethodDef cdata_functions[];

/* values.c */
OWNED Value c_to_value(ThreadState *ts, char code, const void *p);
/* Write v as C type `code` to p. *keep: OWNED, what must live on because p points into it; untouched when there is none. */
int value_to_c(ThreadState *ts, char code, void *p, Value v, Value *keep);
OWNED Value simple_read(ThreadState *ts, Layout *l, const char *p); /* the same as l says, in its order of bytes */
OWNED Value c_read(ThreadState *ts, Value cls, Layout *l, char *p, NULLABLE Value owner); /* an item, a field or a result */
int c_write(ThreadState *ts, Value cls, Layout *l, char *p, Value v, CData *owner);
int address_of(ThreadState *ts, Value v, char **out);              /* what c_void_p takes; TypeError "wrong type" */

/* arguments.c */
int argument_plain(ThreadState *ts, Value v, Argument *out);                  /* without an argtypes entry */
int argument_for(ThreadState *ts, Value cls, Value v, Argument *out);         /* as cls.from_param says */
OWNED Value argument_convert(NATIVE_ARGS);                                     /* _ctypes.from_param(cls, value) */
Value argument_byref(NATIVE_ARGS);

/* function.c */
typedef struct {
  CData data;          /* its memory holds the address */
  Value argtypes;      /* tuple of classes, or NULL: any */
  Value restype;       /* a class, None or a callable */
  Value errcheck, name, library; /* or NULL */
  Value paramflags;    /* tuple: names and directions of the arguments (runtime/lib/ctypes/_paramflags.py), or NULL */
  Value callable;      /* of a callback, or NULL */
  int flags;
  struct Callback *callback;
  Value signature;     /* how it is called with these argtypes and this restype (call.c), or NULL: not worked out yet */
} CFunction;
static inline CFunction *as_function(Value v) { return (CFunction *)v; }
Value function_new_callback(ThreadState *ts, CFunction *f, Layout *l, Value callable);
void callback_free(struct Callback *c);

/* call.c */
Value function_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames);
OWNED Value function_call_plain(NATIVE_ARGS); /* _ctypes.call(function, args): without paramflags and errcheck */
int *foreign_errno(void); /* this thread's, as get_errno() gives it */
extern const TypeSpec signature_spec;

/* direct.c */
typedef enum { DIRECT_NOT, DIRECT_WORDS_TO_WORD, DIRECT_REALS_TO_WORD, DIRECT_WORDS_TO_DOUBLE, DIRECT_REALS_TO_DOUBLE, DIRECT_TO_FLOAT } DirectKind;
DirectKind direct_kind(ffi_type **types, ssize_t n, const ffi_type *result); /* DIRECT_NOT: libffi must make such calls */
void direct_call(DirectKind kind, void (*f)(void), ffi_type **types, ssize_t n, void **where, void *result); /* as ffi_call */

/* fault.c */
void fault_begin(const char *name);  /* a foreign function starts to run in this OS thread */
const char *fault_running(void);
void fault_watch(void);              /* from now on a fault in one is explained before the process dies */

#endif
