/* slots.h - one row for each dunder method that has a C slot (from slots.def). */
#ifndef RUNTIME_SLOTS_H
#define RUNTIME_SLOTS_H

#include "runtime/object.h"

typedef struct SlotDef SlotDef;
typedef Value (*SlotWrapper)(ThreadState *ts, const SlotDef *def, Type *type, Value self, Value *args, ssize_t nargs, Value kwnames);
struct SlotDef {
  const char *name;
  int name_id;         /* ID_ of the dunder */
  size_t offset;       /* of the slot in Slots */
  void *from_dunder;   /* the slot function that calls the dunder */
  SlotWrapper wrapper; /* what the dunder does on a type with a C slot; NULL: no wrapper */
  int min_args, max_args;
};
extern const SlotDef slot_defs[];

typedef struct {
  Object base;
  const SlotDef *def;
  Type *type; /* whose slot it is; borrowed */
  void *function; /* the slot's C function */
} SlotWrapperObject; /* wrapper_descriptor: int.__add__ */
typedef struct {
  Object base;
  SlotWrapperObject *wrapper;
  Value self;
} MethodWrapper; /* method-wrapper: (1).__add__ */

Value slot_wrapper_call(ThreadState *ts, SlotWrapperObject *w, Value self, Value *args, ssize_t nargs, Value kwnames);
/* Call a method found on a type (not bound yet) with self in front. */
Value call_unbound(ThreadState *ts, Value method, Value self, Value *args, ssize_t nargs);
Value method_descr_new(ThreadState *ts, const MethodDef *def, Type *type);
/* As the `set` of a GetSetDef: CPython keeps the attribute as a read-only member and says "readonly attribute". */
int readonly_attribute(ThreadState *ts, Value self, NULLABLE Value value);
Value getset_new(ThreadState *ts, const GetSetDef *def, Type *type);
Value member_new(ThreadState *ts, Value name, Type *type, ssize_t offset);
/* object.__getattribute__ as overridden in a class; also what a class with __getattr__ gets. */
/* What slots.next becomes when __next__ is deleted from a class that had it: raises TypeError. */
Value next_not_implemented(ThreadState *ts, Value self);
Value call_getattr(ThreadState *ts, Value self, Value name);
Value slots_getattr_hook(ThreadState *ts, Value self, Value name);
int call_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames);
Value call_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames);

#endif
