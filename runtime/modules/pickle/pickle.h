/* pickle.h - what the writer and the reader of pickles share.
 * A pickle is a program for a machine with a stack and a memo (opcodes.def); dumping writes the program, loading runs it.
 * Next: writer.c, reader.c. CPython: Modules/_pickle.c, PEP 307, 3154, 574. */
#ifndef RUNTIME_MODULES_PICKLE_H
#define RUNTIME_MODULES_PICKLE_H

#include "runtime/module.h"

enum { HIGHEST_PROTOCOL = 5, DEFAULT_PROTOCOL = 4 };
enum Opcode {
#define OPCODE(name, byte, protocol, argument, meaning) OPCODE_##name = byte,
#include "runtime/modules/pickle/opcodes.def"
#undef OPCODE
};

/* The module's state: `types` owned. What copyreg and the tables of names hold is looked up when needed. */
typedef struct {
  Value pickle_error, pickling_error, unpickling_error;
  Type *pickler, *unpickler, *pickler_memo, *unpickler_memo, *pickle_buffer;
} PickleState;
static inline PickleState *pickle_state(ThreadState *ts) { return native_state(ts, NATIVE_pickle); }

/* ---- writer.c ---- */
extern const TypeSpec pickler_spec, pickler_memo_spec;
Value pickle_dump(NATIVE_ARGS);
Value pickle_dumps(NATIVE_ARGS);
/* ---- reader.c ---- */
extern const TypeSpec unpickler_spec, unpickler_memo_spec;
Value pickle_load(NATIVE_ARGS);
Value pickle_loads(NATIVE_ARGS);
/* ---- names.c: functions and classes by name ---- */
/* attribute a.b.c of v, OWNED. *parent (when wanted) gets what holds the last part, OWNED. <locals> in it and missing parts: AttributeError. */
Value pickle_deep_attribute(ThreadState *ts, Value v, Value qualname, NULLABLE Value *parent);
bool pickle_has_locals(Value qualname); /* it names something inside a function */
Value pickle_import(ThreadState *ts, Value module_name); /* OWNED, the module itself, not its package */
Value pickle_module_of(ThreadState *ts, Value v, Value qualname); /* OWNED name of the module that v says it comes from, or that has it */
/* The name (*module, *name, both OWNED) by which Python 2 knows it, or (to_old false) that Python 3 has for Python 2's. 0, -1. */
int pickle_map_name(ThreadState *ts, Value *module, Value *name, bool to_old);
/* ---- buffer.c: PickleBuffer ---- */
extern const TypeSpec pickle_buffer_spec;
Buffer *pickle_buffer_view(ThreadState *ts, Value v); /* ValueError when released */
bool pickle_is_contiguous(const Buffer *view);        /* in rows or in columns */

#endif
