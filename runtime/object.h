/* object.h - objects, types and shapes, and the states everything hangs off. The header all of runtime/ and interp/ includes.
 *
 * An object starts with a 16-byte header: its count, what kind it is, and its shape.
 *
 *      0        4      5      6       7       8
 *     +--------+------+------+-------+-------+-----------------+------ - -
 *     | refcnt | kind | gc   | mutex | flags | Shape *shape    | the type's own fields
 *     +--------+------+------+-------+-------+-----------------+------ - -
 *
 * A shape names the object's type and, for objects with attributes, which attribute sits in which slot (a hidden class).
 * Its `version` is unique and is renewed when the class changes, so one compare in an inline cache proves both.
 *
 * Keeps true: kind is the exact built-in type (K_LIST is list and no subclass), K_OBJECT for anything else;
 *   type->layout tells the built-in that a class derives from.
 * Locks: in the plain core whoever touches an object holds the Interp's lock (gil/lock/gil.h): it is attached.
 * Next: refcount.h, error.h, abstract.h (operations on any value), types/ (one file per type).
 * Sources: CPython Include/object.h; shapes as in Self (Chambers, Ungar 1989) and V8. */
#ifndef RUNTIME_OBJECT_H
#define RUNTIME_OBJECT_H

#include <stddef.h>
#include <stdio.h>

#include "gil/sched/sched.h"
#include "runtime/value.h"

typedef struct Type Type;
typedef struct Shape Shape;
typedef struct Interp Interp;
typedef struct ThreadState ThreadState;
typedef struct Frame Frame;
typedef struct Str Str;
typedef struct Dict Dict;
typedef struct Tuple Tuple;
struct Buffer;
struct Buffer;

typedef enum {
#define KIND(NAME, name, init) K_##NAME,
#include "runtime/kinds.def"
#undef KIND
  K_COUNT,
  K_FREE = 255 /* a freed slot of the allocator */
} Kind;

struct Object {
  uint32_t refcnt;
  uint8_t kind;
  uint8_t gc;    /* GC_ bits, owned by gc.c */
  uint8_t mutex; /* the object's lock in the free-threaded core */
  uint8_t flags; /* OBJ_ bits */
  Shape *shape;
#ifdef FREE_THREADED
  uint32_t owner;          /* id of the thread whose references refcnt counts, or OWNER_ */
  _Atomic int32_t shared;  /* all other references, and SHARED_ bits (biased.h) */
#endif
};

enum {
  OBJ_HAS_WEAKREF = 1, /* interp->weakrefs has an entry for it */
  OBJ_LARGE = 2,       /* allocated outside the pages (alloc.c) */
  OBJ_FLAG_A = 4,      /* bits for the type's own use; their names stand in the type's header */
  OBJ_FLAG_B = 8,
  OBJ_FLAG_C = 16,
  OBJ_FLAG_E = 64
};
enum { GC_FINALIZED = 1, GC_REACHABLE = 2, GC_TENTATIVE = 4, GC_IN_REPR = 8, GC_FROZEN = 16, GC_FROM_START = 32, GC_INTERNED = 64 /* of str.c, for strings, which the collector never looks at */ };

/* ---- types ---- */

/* How natives are called: args[0..nargs) are positional, then the values of kwnames (a tuple of str, or NULL).
 * All borrowed. self is the bound object, or the module of a module's function. */
#define NATIVE_ARGS ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames
typedef Value (*NativeFn)(NATIVE_ARGS);

typedef struct {
  const char *name;
  NativeFn fn;
  int min_args;
  int max_args; /* -1: any number */
  int flags;    /* METHOD_ bits */
  const char *doc; /* "name($self, x, /)\n--\n\ntext" gives a signature to inspect, or plain text */
} MethodDef;
enum { METHOD_KW = 1 /* takes keywords, binds them itself with args_bind */, METHOD_CLASS = 2, METHOD_STATIC = 4,
       METHOD_FREE = 16, /* needs no lock of self */
       METHOD_PARSED = 8 /* words a wrong number of arguments as "f() takes at least 1 argument (0 given)" */ };

typedef struct {
  const char *name;
  Value (*get)(ThreadState *ts, Value self); /* OWNED */
  int (*set)(ThreadState *ts, Value self, NULLABLE Value value); /* NULL value: delete; may be NULL: read-only */
  const char *doc;
} GetSetDef;

/* The binary operators, in the order of CPython's BINARY_OP argument; the in-place forms stand at NB_INPLACE + op. */
typedef enum {
  NB_ADD,
  NB_AND,
  NB_FLOOR_DIVIDE,
  NB_LSHIFT,
  NB_MATRIX_MULTIPLY,
  NB_MULTIPLY,
  NB_REMAINDER,
  NB_OR,
  NB_POWER,
  NB_RSHIFT,
  NB_SUBTRACT,
  NB_TRUE_DIVIDE,
  NB_XOR,
  NB_INPLACE, /* = 13: NB_INPLACE_ADD */
  NB_DIVMOD = NB_INPLACE,
  NB_COUNT
} BinaryOp;
typedef enum { CMP_LT, CMP_LE, CMP_EQ, CMP_NE, CMP_GT, CMP_GE } CompareOp;

typedef int (*Visit)(Value v, void *arg);
typedef Value (*UnaryFn)(ThreadState *ts, Value v);
typedef Value (*BinaryFn)(ThreadState *ts, Value a, Value b);
typedef Value (*TernaryFn)(ThreadState *ts, Value a, Value b, Value c);

/* What a type can do, as CPython's PyTypeObject. A NULL slot is inherited, or means "cannot". */
typedef struct {
  void (*dealloc)(ThreadState *ts, Value self); /* release the fields, then object_release(ts, self) */
  int (*traverse)(Value self, Visit visit, void *arg);
  int (*clear)(ThreadState *ts, Value self); /* break cycles */
  UnaryFn repr, str;
  int64_t (*hash)(ThreadState *ts, Value self); /* -1 with an exception set on error */
  Value (*call)(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames);
  Value (*getattr)(ThreadState *ts, Value self, Value name);
  int (*setattr)(ThreadState *ts, Value self, Value name, NULLABLE Value value);
  Value (*compare)(ThreadState *ts, Value a, Value b, CompareOp op); /* or V_NOT_IMPLEMENTED */
  UnaryFn iter;
  UnaryFn next; /* NULL without an exception: exhausted */
  Value (*descr_get)(ThreadState *ts, Value descr, NULLABLE Value obj, NULLABLE Value type);
  int (*descr_set)(ThreadState *ts, Value descr, Value obj, NULLABLE Value value);
  Value (*new)(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames);
  int (*init)(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames);
  void (*finalize)(ThreadState *ts, Value self); /* __del__ */
  /* numbers: V_NOT_IMPLEMENTED lets the other operand try */
  BinaryFn binary[NB_COUNT];
  BinaryFn inplace[NB_INPLACE];
  TernaryFn power; /* pow(a, b, mod) with a modulus */
  UnaryFn negative, positive, absolute, invert, to_int, to_float, index;
  int (*truth)(ThreadState *ts, Value self); /* -1/0/1 */
  /* containers */
  ssize_t (*len)(ThreadState *ts, Value self);
  BinaryFn getitem;
  int (*setitem)(ThreadState *ts, Value self, Value key, NULLABLE Value value); /* NULL: delete */
  int (*contains)(ThreadState *ts, Value self, Value item);
  BinaryFn concat; /* sequence +: asked after both operands' NB_ADD refused */
  BinaryFn repeat; /* sequence *, b is the count */
  BinaryFn inplace_concat;
  /* buffers (bytes-like objects): fill *view, or -1 with TypeError. See types/buffer.h */
  int (*get_buffer)(ThreadState *ts, Value self, struct Buffer *view, bool writable);
  void (*release_buffer)(ThreadState *ts, Value self, struct Buffer *view);
  /* async */
  UnaryFn await, aiter, anext;
} Slots;

enum {
  TYPE_HEAP = 1,          /* made by a class statement or type() */
  TYPE_BASETYPE = 2,      /* may be subclassed */
  TYPE_IMMUTABLE = 4,     /* attributes cannot be set from Python */
  TYPE_GC = 8,            /* instances may take part in cycles */
  TYPE_HAS_DICT = 16,     /* instances have attributes (slots by shape, or a dict) */
  TYPE_HAS_DEL = 32,      /* defines __del__ */
  TYPE_GENERIC_GETATTR = 64, /* getattr is object_getattr: the shape caches may be used */
  TYPE_GENERIC_SETATTR = 128,
  TYPE_ABSTRACT = 256,    /* __abstractmethods__ is not empty */
  TYPE_SEQUENCE = 512,    /* case [..] matches */
  TYPE_MAPPING = 1024,    /* case {..} matches */
  TYPE_MATCH_SELF = 2048, /* case T(x) binds x to the subject */
  TYPE_HAS_FINALIZER = 4096, /* slots.finalize is set */
  TYPE_NO_NEW = 8192,     /* cannot be made from Python */
  TYPE_HAS_GETATTR_HOOK = 16384, /* has __getattr__ beside the generic look-up */
  TYPE_SIMPLE_NEW = 32768, /* new is object's and init is not: the eval loop may make instances itself */
  TYPE_WEAKREFS = 65536,  /* instances can be weakly referenced */
  TYPE_OWNS_DATA = 131072, /* native_data is memory that goes with the type */
  TYPE_CHANGING = 262144, /* a walk over the subclasses is at this one */
  TYPE_UNLOCKED = 524288,  /* as a row of unlocked_types.def: for types that share one TypeSpec */
};

struct Type {
  Object base_object;
  Value name;     /* str: __name__ */
  Value qualname; /* str */
  Value bases;    /* tuple */
  Value mro;      /* tuple of types, this one first */
  Type *base;     /* the base whose layout is extended */
  Dict *dict;     /* own attributes */
  Shape *root;    /* shape of an instance without attributes */
  Shape *dict_shape; /* shape of an instance whose attributes are in a dict, or NULL as yet */
  Shape **shapes;  /* all shapes of this type, for version bumps */
  uint32_t shape_count, shape_capacity;
  uint32_t version; /* unique; changes whenever a look-up in the class could change */
  uint32_t flags;
  uint8_t layout;   /* Kind whose struct instances begin with; K_OBJECT: plain instance */
  uint8_t kind;     /* Kind of exact instances: == layout for the built-in itself, else K_OBJECT */
  uint32_t size;    /* bytes of an instance before its Attrs */
  int32_t attrs_offset; /* where Attrs lie: > 0 from the start (== size); -1: behind the variable part; 0: none */
  uint16_t wanted_slots; /* attributes that instances were seen to have: the next root shape gets as many slots; the one field here that moves */
  Type **subclasses; /* borrowed; a subclass removes itself when it dies */
  uint32_t subclass_count, subclass_capacity;
  const char *full_name; /* of built-in types, as "collections.deque"; NULL: name is all there is */
  Slots slots;
  Value *slot_members; /* names of __slots__, NULL-terminated, or NULL */
  Value init_function;  /* borrowed: __init__ where it is a Python function and type.__call__ is the plain one, else NULL */
  void *native_data;    /* for modules' own types */
#ifdef FREE_THREADED
  Slots *inner;         /* of a locked built-in type: its slots before critical.c put locks around them */
#endif
};

/* A hidden class: the attributes an instance has got so far, in order. */
struct Shape {
  uint32_t version; /* unique among all shapes of an Interp; renewed with the class */
  uint16_t count;   /* attributes */
  uint16_t inline_slots;
  bool is_dict; /* attributes are in a dict instead */
  Type *type;
  Value name;     /* the attribute this shape adds to parent (interned str, owned) */
  Shape *parent;
  Shape **children;
  uint32_t child_count, child_capacity;
};

/* The root may move to a wider one at any time; what stands in a Shape is read after it. */
static inline Shape *root_of(const Type *type) { return __atomic_load_n(&type->root, __ATOMIC_ACQUIRE); }

/* The attributes of an instance: at type->attrs_offset. */
typedef struct {
  void *more; /* dict shape: Dict* (owned) or NULL; else Value[] of the slots behind the inline ones, or NULL */
  Value slots[]; /* shape->inline_slots of them */
} Attrs;

/* ---- the states ---- */

enum {
#define EXCEPTION(name, base, layout) EXC_##name,
#include "runtime/exceptions.def"
#undef EXCEPTION
  EXC_IOError_unused,
  EXC_ExceptionGroup,
  EXC_COUNT
};

enum {
#define NAME(id) ID_##id,
#include "runtime/names.def"
#undef NAME
  ID_COUNT
};

/* The native modules: NATIVE_io, NATIVE_math ... */
typedef enum {
#define MODULE(id, name) NATIVE_##id,
#include "runtime/modules/modules.def"
#undef MODULE
  NATIVE_COUNT
} NativeModule;

#define SIZE_CLASSES 32 /* 16, 32, ... 512 bytes */

typedef struct FreeSlot {
  Object header; /* kind == K_FREE; shape is the link */
} FreeSlot;

/* An exception being handled; generators have items of their own, linked while they run. */
typedef struct ExcItem {
  Value exc; /* or NULL */
  struct ExcItem *prev;
} ExcItem;

/* Where objects come from. In the plain core one for all threads of an Interp: who allocates holds the lock. */
typedef struct {
  FreeSlot *free_gc[SIZE_CLASSES + 1], *free_plain[SIZE_CLASSES + 1];
  char *bump_gc[SIZE_CLASSES + 1], *bump_plain[SIZE_CLASSES + 1]; /* next fresh slot of the current page */
  char *bump_gc_end[SIZE_CLASSES + 1], *bump_plain_end[SIZE_CLASSES + 1];
  int64_t gc_allocations; /* collectable objects made minus freed since the last collection */
  int64_t gc_threshold_now;
} Heap;

#ifdef FREE_THREADED
typedef struct SpareHeap {
  struct SpareHeap *next;
  Heap heap;
} SpareHeap;
/* Of the free-threaded core: see biased.h, reclaim.h, critical.h. */
typedef struct {
  struct Object **items;
  size_t count, capacity;
} ObjectQueue;
typedef struct {
  struct Object *object;
  int32_t count;
} SpreadRow;
typedef struct {
  SpreadRow *rows;
  size_t used, capacity; /* capacity: a power of two, or 0 */
} SpreadTable;
typedef struct {
  uintptr_t *entries;
  size_t count, capacity;
  size_t looked_at; /* of these, nothing that a script could notice hangs on the first so many */
} ReclaimBatch;
typedef struct Orphans { /* what a thread that ended left to be reclaimed */
  struct Orphans *next;
  ReclaimBatch batch;
  uint64_t grace;
} Orphans;
#endif

/* One thread of one interpreter: its frames and its pending exception. */
struct ThreadState {
  SchedThread sched; /* first: gil/'s own part (eval breaker, attached or not) */
  Interp *interp;
  Frame *frame;      /* innermost running frame */
  Value exc;         /* pending exception instance, or NULL */
  ExcItem *exc_info; /* the exceptions being handled: top of the stack of items */
  ExcItem exc_base;  /* its bottom */
  int recursion_left; /* Python frames and C recursions that may still be entered */
  int c_depth;       /* nested C entries of the eval loop */
  char *c_stack_limit; /* C code must not go below this address */
  int dealloc_depth;
  Object **deferred; /* objects whose deallocation waits until the C stack is shallow */
  size_t deferred_count, deferred_capacity;
  Frame *frame_top, *frame_limit; /* free part of the frame stack */
  Value *stack_base, *stack_limit; /* the value stack chunk in use */
  int64_t instructions_left;      /* of --max-instructions; counted by the hooked eval loop */
  bool hooked;                    /* run the hooked eval loop */
  bool checks_everywhere;         /* the profile looks at the breaker after every instruction */
  Value async_gen_firstiter, async_gen_finalizer;
  Value context;                  /* contextvars, later */
  int coroutine_origin_depth;
  int64_t local_uses;             /* threading.local objects that keep a dict for this thread */
  Value end_lock;                 /* of a thread that was started: let go at its end, for join; or NULL */
  void *boot;                     /* of thread_module.c: what a new thread is to run */
  Value waiting_for;              /* the lock that it waits for, borrowed, for reports; or NULL */
  struct Importing *waits_for_import; /* of interp/vm/import.c */
  Value async_exc;                /* an exception class that another thread sent, or NULL */
  size_t stacks_reserve; /* bytes of address space of the two stacks */
#ifdef FREE_THREADED
  bool parallel;          /* other threads of the Interp may run at the same time; false while this one is alone */
  bool reclaim_hurries;   /* what waits to be freed has an end that the script can notice */
  int foreign_counts;     /* until the next look for objects to spread (biased.c) */
  Heap heap;
  int64_t memory_delta;   /* not yet added to interp->memory_used */
  SpreadTable spread;
  ObjectQueue to_merge;   /* GUARDED_BY(interp->counts_mutex) */
  bool merges_no_more;    /* as to_merge */
  ReclaimBatch filling, waiting;
  ssize_t filling_weight; /* since the last request to look after them: what is in containers counts, too */
  ObjectQueue in_repr;    /* objects whose repr() this thread is making */
  uint64_t grace;         /* of `waiting` */
  struct Section *sections;
  int world_stops;        /* how often this thread has stopped the world */
  Object *contended;      /* what it waited for last */
  struct LookupCache *lookup_cache;
  struct AttrCache *attr_cache;
#endif
};

struct Interp {
  Sched *sched; /* its threads and their lock */
#ifdef FREE_THREADED
  bool parallel;
  OsMutex counts_mutex;   /* queues of objects to merge, spread objects, orphans */
  OsMutex alloc_mutex;    /* pages, large objects, heaps of ended threads */
  OsMutex tables_mutex;   /* interned strings, weak references */
  OsMutex types_mutex;    /* shapes, versions, the list of subclasses */
  OsMutex code_mutex;     /* inline caches being filled */
  OsMutex import_mutex;   /* which modules are being imported, by whom, who waits */
  Object **spread_objects;
  size_t spread_count, spread_capacity;
  Orphans *orphans;
  SpareHeap *spare_heaps; /* of ended threads */
#else
  Heap heap;
#endif
  Type *types[K_COUNT];
  Type *exceptions[EXC_COUNT];
  Value names[ID_COUNT];
  Value empty_tuple, empty_str, empty_bytes, empty_frozenset;
  Value latin1[256]; /* one-character strings */
  struct InternTable *interned;
  struct Page *pages_gc, *pages_plain;
  char *fresh_pages, *fresh_pages_end; /* memory for pages, not yet used */
  struct LargeObject *large;
  struct WeakTable *weakrefs;
  Value modules; /* dict: sys.modules */
  Dict *builtins; /* the builtins module's dict */
  Value builtins_module, sys_module;
  Dict *sys_dict;
  uint32_t next_version;
  uint32_t next_keys_version;
  int recursion_limit;
  /* memory */
  size_t memory_used, memory_limit; /* bytes; limit 0: none */
  int64_t instructions_left;   /* of --max-instructions, not yet given to a thread */
  int64_t fail_allocation_at;  /* debug: the n-th allocation from now fails; -1: off */
  int64_t allocation_number;
  /* gc */
  bool gc_enabled;
  ThreadState *_Atomic gc_collector; /* the thread that collects cycles now, or NULL */
  int gc_debug; /* GC_DEBUG_ bits of gc.h */
  int gc_threshold[3], gc_count[3];
  int64_t gc_live; /* objects that survived the last collection */
  Value gc_garbage, gc_callbacks;
  int64_t gc_collections, gc_collected, gc_uncollectable;
  int64_t objects_alive[K_COUNT]; /* debug builds */
  /* hash secret (PYTHONHASHSEED) */
  uint64_t hash_key0, hash_key1;
  ThreadState *main_thread;
  /* handed down by interp/ at start-up: what runtime/ may call without knowing it */
  struct {
    Value (*call_function)(ThreadState *ts, Value function, Value *args, ssize_t nargs, Value kwnames);
    Value (*import_name)(ThreadState *ts, Value name, Value globals, Value fromlist, int level);
    Value (*compile)(ThreadState *ts, Value source, Value filename, const char *mode, int flags, bool dont_inherit);
    Value (*eval_code)(ThreadState *ts, Value code, Value globals, Value locals, Value closure);
    Value (*frame_globals)(ThreadState *ts); /* BORROWED */
    Value (*frame_locals)(ThreadState *ts);  /* OWNED */
    int (*traceback_here)(ThreadState *ts, Frame *frame);
    Value (*generator_send)(ThreadState *ts, Value gen, Value sent, int *finished); /* OWNED: yielded (*finished 0) or returned; NULL: error */
    int (*super_args)(ThreadState *ts, Type **type, Value *obj); /* for super() without arguments */
    void (*free_code)(ThreadState *ts, Value code);
    int (*count_self_attributes)(ThreadState *ts, Value function); /* names that a method stores on its first argument */
    int (*check_pending)(ThreadState *ts); /* signals and other requests, -1: exception set */
    ThreadState *(*thread_new)(ThreadState *ts); /* a thread state for another thread of this Interp, not attached; NULL: exception set */
    ThreadState *(*thread_adopt)(Interp *interp); /* one for the OS thread that calls, which C code has started; attached; NULL: no memory */
    void (*thread_begin)(ThreadState *ts);  /* on its own OS thread, before it attaches */
    void (*thread_end)(ThreadState *ts);    /* attached: drop what it holds, leave, free it */
    void (*thread_free)(ThreadState *ts);   /* one that could not be started */
    Value (*frame_object)(ThreadState *ts); /* OWNED: the running frame as an object; None without one */
    void (*describe_place)(ThreadState *ts, char *out, size_t size); /* function, file and line of the running frame */
    int (*where)(ThreadState *ts, const void **code); /* the running code, borrowed, and the index of its instruction */
  } up;
  struct Importing *importing; /* modules whose bodies run now (interp/vm/import.c) */
  struct SpareStacks *spare_stacks; /* of interp/vm/frame.c */
  int spare_stack_count;
  int64_t thread_count;   /* threads started by _thread that run */
  struct Local *locals;   /* all threading.local objects (modules/thread_module.c) */
  struct Signals *signals; /* of the Interp that owns the process's signals, or NULL */
  void *vm; /* interp/'s own part */
  int exit_status;
  bool finalizing;
  bool is_isolated;   /* one of several in the process (interp/vm/family.c): no fork, no exec, no daemon threads, no signal handlers */
  int64_t id;         /* 0: the first of the process */
  struct Family *family; /* all of them, or NULL: there are no others */
  bool no_foreign_code; /* --no-ffi: ctypes is turned off */
  bool unbuffered;    /* stdout and stderr write through at once (-u) */
  bool is_torn_down; /* no Python code may run any more (teardown.c) */
  bool stdout_failed; /* a flush of sys.stdout failed and was reported */
  Value warned_unclosed;
  Value (*random_source)(ThreadState *ts);
  struct Options *options;
  struct NativeState *native_states[NATIVE_COUNT]; /* of native modules (types/module.c) */
#ifndef FREE_THREADED
  struct AttrCache *attr_cache; /* of sites that meet several shapes (interp/vm/specialize.c) */
  struct LookupCache *lookup_cache; /* of type_lookup (class.c) */
#endif
  Type *unraisable_args; /* of sys.unraisablehook */
  Type *helper_types[8]; /* of iterators.c */
  int int_max_str_digits; /* limit of int <-> str conversion; 0: none */
  Type *more_types[24]; /* built-in types without a Kind: MORE_ in types/list.h */
};

#ifdef FREE_THREADED
static inline Heap *heap_of(ThreadState *ts) { return &ts->heap; }
/* Leaf locks of the Interp: held shortly, no other lock is taken and no object freed under them. Nothing while one thread runs alone. */
#define INTERP_LOCK(interp, name) ((interp)->sched->machine->lock((interp)->sched->machine, &(interp)->name))
#define INTERP_UNLOCK(interp, name) ((interp)->sched->machine->unlock((interp)->sched->machine, &(interp)->name))
#define LEAF_LOCK(ts, name) ((ts)->parallel ? (ts)->interp->sched->machine->lock((ts)->interp->sched->machine, &(ts)->interp->name) : (void)0)
#define LEAF_UNLOCK(ts, name) ((ts)->parallel ? (ts)->interp->sched->machine->unlock((ts)->interp->sched->machine, &(ts)->interp->name) : (void)0)
#define IS_PARALLEL(ts) UNLIKELY((ts)->parallel)
#else
static inline Heap *heap_of(ThreadState *ts) { return &ts->interp->heap; }
#define INTERP_LOCK(interp, name) ((void)0)
#define INTERP_UNLOCK(interp, name) ((void)0)
#define LEAF_LOCK(ts, name) ((void)0)
#define LEAF_UNLOCK(ts, name) ((void)0)
#define IS_PARALLEL(ts) false
#endif

/* What two threads may touch at once without harm: any of the values written is a right one. */
#define RACY_LOAD(place) __atomic_load_n(&(place), __ATOMIC_RELAXED)
#define RACY_STORE(place, v) __atomic_store_n(&(place), (v), __ATOMIC_RELAXED)
/* memcpy from a buffer whose bytes another thread may write meanwhile: each arrives as it was before or as it is then, and the buffer stays
 * where it is while it is exported. No rule of an object depends on them, so that the thread sanitizer need not look. */
#ifdef __SANITIZE_THREAD__
__attribute__((no_sanitize("thread"), noinline, unused)) static void copy_shared(char *to, const volatile char *from, size_t n) {
  while (n--) *to++ = *from++;
}
#else
static inline void copy_shared(char *to, const char *from, size_t n) { memcpy(to, from, n); }
#endif

/* Caches that are filled without a lock: a thread's own in the free-threaded core. */
#ifdef FREE_THREADED
#define lookup_cache_of(ts) ((ts)->lookup_cache)
#define attr_cache_of(ts) ((ts)->attr_cache)
#else
#define lookup_cache_of(ts) ((ts)->interp->lookup_cache)
#define attr_cache_of(ts) ((ts)->interp->attr_cache)
#endif

#define TYPE(NAME) (ts->interp->types[K_##NAME])
#define EXC(name) ((Value)ts->interp->exceptions[EXC_##name])
#define ID(name) (ts->interp->names[ID_##name])

void object_free(ThreadState *ts, Value v);
#include "runtime/debug.h"
#include "runtime/refcount.h"
#include "runtime/critical.h"

/* ---- asking what a value is ---- */

static inline Kind special_kind(Value v) {
  static const uint8_t kinds[SPECIAL_COUNT] = {K_NONE, K_BOOL, K_BOOL, K_ELLIPSIS, K_NOT_IMPLEMENTED, K_FLOAT, K_FLOAT};
  return (Kind)kinds[value_bits(v) >> 3];
}
/* The exact built-in kind of v, K_OBJECT for other classes. */
static inline Kind kind_of(Value v) {
  if (is_object(v)) return (Kind)v->kind;
  if (is_small_int(v)) return K_INT;
  if (is_small_float(v)) return K_FLOAT;
  return special_kind(v);
}
static inline bool is_kind(Value v, Kind kind) { return is_object(v) && v->kind == kind; } /* for boxed kinds; v not NULL */
/* What v is. Its shape may change at any time in the free-threaded core; whoever needs more than one thing of it loads it once. */
static inline Shape *shape_of(const Object *v) {
#ifdef FREE_THREADED
  return __atomic_load_n(&v->shape, __ATOMIC_ACQUIRE);
#else
  return v->shape;
#endif
}
/* The type of v, borrowed. */
static inline Type *type_of(ThreadState *ts, Value v) {
  if (is_object(v)) return shape_of(v)->type;
  return ts->interp->types[kind_of(v)];
}
/* v is an instance of the built-in type with this layout, or of a subclass of it. Not for INT and FLOAT immediates. */
static inline bool is_layout(Value v, Kind kind) {
  return is_object(v) && (v->kind == kind || shape_of(v)->type->layout == kind);
}
static inline bool is_str(Value v) { return is_layout(v, K_STR); }
static inline bool is_exact_str(Value v) { return is_kind(v, K_STR); }
static inline bool is_list(Value v) { return is_layout(v, K_LIST); }
static inline bool is_tuple(Value v) { return is_layout(v, K_TUPLE); }
static inline bool is_dict(Value v) { return is_layout(v, K_DICT); }
static inline bool is_bytes(Value v) { return is_layout(v, K_BYTES); }
static inline bool is_type(Value v) { return is_layout(v, K_TYPE); }
static inline bool is_int(Value v) { /* int, bool and subclasses */
  return is_small_int(v) || is_bool(v) || is_layout(v, K_INT);
}
static inline bool is_float(Value v) { /* float and subclasses */
  return is_small_float(v) || v == V_ZERO || v == V_NEGATIVE_ZERO || is_layout(v, K_FLOAT);
}

/* ---- making and freeing objects (alloc.c) ---- */

/* A fresh object of type with `size` bytes, count 1, kind and shape set, the rest zero; NULL with MemoryError. */
OWNED Value object_alloc(ThreadState *ts, Type *type, size_t size);
/* A zeroed instance of any type without a variable part: type->size bytes and its attribute slots. Counts a reference
 * to a heap type. This is how natives with TYPE_HAS_DICT or subclasses are made. */
OWNED Value object_new_instance(ThreadState *ts, Type *type);
/* Give an object's memory back after its fields are released (attributes of instances are released here). */
void object_release(ThreadState *ts, Value self);
/* Count reached zero: run finalizer and weak references, then the type's dealloc. */
void object_free(ThreadState *ts, Value v);

/* As object_alloc, but the bytes behind the header are not cleared. */
OWNED Value object_alloc_raw(ThreadState *ts, Type *type, size_t size);
/* Bytes that v's memory block really has, and a move to a block of at least new_size (v has one reference; the old
 * address is dead afterwards). NULL with MemoryError: v is still good. */
size_t object_capacity(Value v);
OWNED Value object_resize(ThreadState *ts, STEALS Value v, size_t new_size);

/* Raw memory for a type's own arrays, counted against --max-memory. NULL with MemoryError. */
void *mem_alloc(ThreadState *ts, size_t size);
void *mem_alloc_zeroed(ThreadState *ts, size_t size);
void *mem_realloc(ThreadState *ts, void *p, size_t size);
void mem_free(ThreadState *ts, void *p);     /* free-threaded, with other threads: after a grace period */
void mem_free_now(ThreadState *ts, void *p); /* nobody else has ever seen it */
size_t mem_usable(void *p);

#include "runtime/error.h"
#include "runtime/abstract.h"
#include "runtime/class.h"
#include "runtime/types/types.h"

#endif
