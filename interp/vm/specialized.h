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

/* `cache` is unit 0 of a site's caches. Is it time to look for a form? Counts down to that. */
static inline bool site_is_warm(Unit *cache) {
  if (cache[CACHE_COUNTER] == 0) return true;
  cache[CACHE_COUNTER]--;
  return false;
}
/* The form did not fit: after some times the site goes back to the general one. */
static inline void site_missed(Unit *cache, int general) {
  if (cache[CACHE_COUNTER]-- != 0) return;
  cache[-1] = UNIT(general, UNIT_ARG(cache[-1]));
  cache[CACHE_COUNTER] = BACK_OFF;
}
static inline void site_retired(Unit *cache, int general, uint32_t counter) {
  cache[-1] = UNIT(general, UNIT_ARG(cache[-1]));
  cache[CACHE_COUNTER] = counter;
}
#ifdef FREE_THREADED
/* While other threads run the same code (specialize.c). */
bool site_is_warm_shared(ThreadState *ts, Unit *cache);
void site_missed_shared(ThreadState *ts, Unit *cache, int general);
void site_retired_shared(ThreadState *ts, Unit *cache, int general);
#define SITE_IS_WARM(ip) (IS_PARALLEL(ts) ? site_is_warm_shared(ts, ip) : site_is_warm_alone(ip))
#define SITE_MISSED(ip, general) (IS_PARALLEL(ts) ? site_missed_shared(ts, ip, general) : site_missed(ip, general))
#define SITE_RETIRED(ip, general, counter) (IS_PARALLEL(ts) ? site_retired_shared(ts, ip, general) : site_retired(ip, general, counter))
enum { SITE_NEVER = -1, SITE_WAITS = 1 << 30 }; /* counters, above any other: not while threads run; not before this grace period is over */
static inline bool site_is_warm_alone(Unit *cache) {
  if (UNLIKELY(cache[CACHE_COUNTER] >= SITE_WAITS)) cache[CACHE_COUNTER] = WARM_UP;
  return site_is_warm(cache);
}
#else
#define SITE_IS_WARM(ip) site_is_warm(ip)
#define SITE_MISSED(ip, general) site_missed(ip, general)
#define SITE_RETIRED(ip, general, counter) site_retired(ip, general, counter)
#endif

/* Sites that meet several shapes share one table, keyed by shape version and name: what an inline cache would hold. */
enum { ATTR_CACHE_ROWS = 1024 };
struct AttrCache {
  struct AttrRow {
    uint32_t version; /* of the shape; 0: empty */
    uint32_t offset;  /* of an attribute's slot in the object; 0: none */
    Value name;       /* borrowed: interned, kept by the code */
    Value method;     /* borrowed from the class, or NULL */
  } row[ATTR_CACHE_ROWS];
};
static inline struct AttrRow *attr_row(ThreadState *ts, uint32_t version, Value name) {
  return &attr_cache_of(ts)->row[(version * 2654435761u + (uint32_t)(value_bits(name) >> 4)) & (ATTR_CACHE_ROWS - 1)];
}
/* The row if it speaks of this shape and name, else NULL. owner is an object. */
static inline struct AttrRow *attr_row_hit(ThreadState *ts, Value owner, Value name) {
  uint32_t version = shape_of(owner)->version;
  struct AttrRow *row = attr_row(ts, version, name);
  return row->version == version && row->name == name ? row : NULL;
}
void attr_cache_fill(ThreadState *ts, Value owner, Value name);

void specialize_load_global(ThreadState *ts, Unit *at, Dict *globals, Dict *builtins, Value name);
void specialize_load_attr(ThreadState *ts, Unit *at, Value owner, Value name);
void specialize_store_attr(ThreadState *ts, Unit *at, Value owner, Value name);
void specialize_load_method(ThreadState *ts, Unit *at, Value owner, Value name);
void specialize_call(ThreadState *ts, Unit *at, Value callable, bool is_method, ssize_t nargs);

#endif
