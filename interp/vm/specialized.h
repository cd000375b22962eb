/* specialized.h - the specialised instructions and what fills their inline caches. */
#ifndef INTERP_VM_SPECIALIZED_H
#define INTERP_VM_SPECIALIZED_H

#include "interp/vm/code.h"
#include "interp/vm/opcodes.h"

enum {
  OP_SPECIAL_FIRST = OPCODE_COUNT - 1,
#define SPEC(name, base) OP_##name,
#include "interp/vm/specialized.def"
#undef SPEC
  OP_ALL_COUNT
};
_Static_assert(OP_ALL_COUNT <= 256, "an opcode is a byte");
extern const uint8_t opcode_base[OP_ALL_COUNT]; /* the instruction that dis shows */

/* Inline caches: units behind the instruction. Unit 0 counts down to the next try at specialising, or the misses left. */
enum { CACHE_COUNTER, CACHE_VERSION, CACHE_INDEX, CACHE_POINTER };
enum { WARM_UP = 2, BACK_OFF = 60, MISSES_ALLOWED = 12 };
static inline void *cache_pointer(const Unit *cache) {
  void *p;
  memcpy(&p, cache + CACHE_POINTER, sizeof p);
  return p;
}
static inline void cache_set_pointer(Unit *cache, void *p) { memcpy(cache + CACHE_POINTER, &p, sizeof p); }

void specialize_load_global(ThreadState *ts, Unit *at, Dict *globals, Dict *builtins, Value name);
void specialize_load_attr(ThreadState *ts, Unit *at, Value owner, Value name);
void specialize_store_attr(ThreadState *ts, Unit *at, Value owner, Value name);
void specialize_load_method(ThreadState *ts, Unit *at, Value owner, Value name);
void specialize_call(ThreadState *ts, Unit *at, Value callable, bool is_method, ssize_t nargs);

#endif
