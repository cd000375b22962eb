/* critical.c - taking, letting go and taking back the locks of objects.
 * Keeps true: see critical.h. ts->sections is the innermost section; those further out may be suspended.
 * Next: gil/lock/mutex.c. */
#ifdef FREE_THREADED
#include "runtime/object.h"

#include <stdlib.h>

#include "gil/lock/mutex.h"

static Mutex *mutex_of(Object *o) { return (Mutex *)&o->mutex; }

/* Does an enclosing section that still holds its locks have o? */
static bool is_held(ThreadState *ts, Object *o) {
  for (Section *s = ts->sections; s; s = s->outer)
    if (!s->is_suspended && (s->a == o || s->b == o)) return true;
  return false;
}

static void let_go(Section *s) {
  if (s->b) mutex_unlock(&s->ts->sched, mutex_of(s->b));
  mutex_unlock(&s->ts->sched, mutex_of(s->a));
}

static void tell(ThreadState *ts, Object *o) {
  Type *type = shape_of(o)->type;
  ts->sched.counters[COUNTER_CONTENTION]++;
  event_emit_here(&ts->sched, EVENT_CONTENDED, 0, (uint64_t)(uintptr_t)(type->full_name ? type->full_name : str_chars(type->name)));
}

/* Waiting suspends all sections of the thread (sections_suspend), also the one that is being taken. */
static void take(Section *s) {
  for (;;) {
    if (UNLIKELY(!mutex_try(mutex_of(s->a)))) {
      s->ts->contended = s->a;
      while (mutex_wait(&s->ts->sched, mutex_of(s->a), BLOCK_OBJECT, FOREVER) != MUTEX_TAKEN) {
      }
      tell(s->ts, s->a);
    }
    if (s->b == NULL || LIKELY(mutex_try(mutex_of(s->b)))) break;
    mutex_unlock(&s->ts->sched, mutex_of(s->a));
    while (mutex_wait(&s->ts->sched, mutex_of(s->b), BLOCK_OBJECT, FOREVER) != MUTEX_TAKEN) {
    }
    mutex_unlock(&s->ts->sched, mutex_of(s->b));
    tell(s->ts, s->b);
  }
  s->is_suspended = false;
}

void section_enter_slow(Section *s, Object *a, Object *b) {
  ThreadState *ts = s->ts;
  if (ts->world_stops) return; /* nobody else runs, though they may hold locks */
  if (a == NULL) a = b;
  if (a == NULL) return;
  if (b == a || (b && is_held(ts, b))) b = NULL;
  if (is_held(ts, a)) a = b, b = NULL;
  if (a == NULL) return;
  if (b && b < a) {
    Object *first = b;
    b = a;
    a = first;
  }
  s->a = a;
  s->b = b;
  take(s); /* not on the list yet: a wait must not let go of what it does not hold */
  s->outer = ts->sections;
  ts->sections = s;
}

void section_leave_slow(Section *s) {
  ThreadState *ts = s->ts;
  if (!s->is_suspended) let_go(s);
  ts->sections = s->outer;
  if (s->outer && s->outer->is_suspended) take(s->outer);
}

void sections_suspend(SchedThread *t) {
  ThreadState *ts = (ThreadState *)t;
  for (Section *s = ts->sections; s; s = s->outer) {
    if (s->is_suspended) continue;
    let_go(s);
    s->is_suspended = true;
  }
}

void sections_resume(SchedThread *t) {
  ThreadState *ts = (ThreadState *)t;
  if (ts->sections && ts->sections->is_suspended) take(ts->sections);
}

/* ---- built-in types: which are locked, and how ---- */

static bool needs_lock(const Type *t) {
  static const char *const unlocked[] = {
#define UNLOCKED(NAME, WHY) NAME,
#include "runtime/unlocked_types.def"
#undef UNLOCKED
  };
  if (t->flags & TYPE_UNLOCKED) return false; /* each field is replaced at once */
  for (size_t i = 0; i < sizeof unlocked / sizeof *unlocked; i++)
    if (strcmp(unlocked[i], t->full_name) == 0) return false;
  return true;
}

static const Type *native_type(ThreadState *ts, Value v) {
  const Type *t = type_of(ts, v);
  while (t->flags & TYPE_HEAP) t = t->base;
  return t;
}
/* Is v of a locked type? */
static bool is_locked_type(ThreadState *ts, Value v) { return is_object(v) && native_type(ts, v)->inner != NULL; }
/* The slots as the type's C code has them; NULL: neither its type nor a base is a locked one. */
static const Slots *inner(ThreadState *ts, Value v) {
  const Type *t = is_object(v) ? native_type(ts, v) : NULL;
  while (t && t->inner == NULL) t = t->base;
  return t ? t->inner : NULL;
}

Value object_to_lock(ThreadState *ts, Value v) { return is_locked_type(ts, v) ? v : NULL; }

Value call_locked(ThreadState *ts, const MethodDef *def, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (self == NULL || def->flags & METHOD_FREE || !is_locked_type(ts, self)) return def->fn(ts, self, args, nargs, kwnames);
  HOLD2(ts, self, nargs ? object_to_lock(ts, args[0]) : NULL); /* most often the other operand */
  return def->fn(ts, self, args, nargs, kwnames);
}

#define LOCKED(ts, v, call) \
  do { \
    const Slots *slots = inner(ts, v); \
    __typeof__(slots->call) result = 0; \
    SECTION(ts, v) result = slots->call; \
    return result; \
  } while (0)
static Value locked_repr(ThreadState *ts, Value v) { LOCKED(ts, v, repr(ts, v)); }
static Value locked_str(ThreadState *ts, Value v) { LOCKED(ts, v, str(ts, v)); }
static Value locked_iter(ThreadState *ts, Value v) { LOCKED(ts, v, iter(ts, v)); }
static Value locked_next(ThreadState *ts, Value v) { LOCKED(ts, v, next(ts, v)); }
static ssize_t locked_len(ThreadState *ts, Value v) { LOCKED(ts, v, len(ts, v)); }
static int locked_truth(ThreadState *ts, Value v) { LOCKED(ts, v, truth(ts, v)); }
static Value locked_getitem(ThreadState *ts, Value v, Value key) { LOCKED(ts, v, getitem(ts, v, key)); }
static int locked_setitem(ThreadState *ts, Value v, Value key, Value value) { LOCKED(ts, v, setitem(ts, v, key, value)); }
static int locked_contains(ThreadState *ts, Value v, Value item) { LOCKED(ts, v, contains(ts, v, item)); }
static int locked_init(ThreadState *ts, Value v, Value *args, ssize_t nargs, Value kwnames) { LOCKED(ts, v, init(ts, v, args, nargs, kwnames)); }
static Value locked_repeat(ThreadState *ts, Value v, Value count) { LOCKED(ts, v, repeat(ts, v, count)); }
static int locked_get_buffer(ThreadState *ts, Value v, struct Buffer *view, bool writable) { LOCKED(ts, v, get_buffer(ts, v, view, writable)); }
static void locked_release_buffer(ThreadState *ts, Value v, struct Buffer *view) { SECTION(ts, v) inner(ts, v)->release_buffer(ts, v, view); }

/* With another operand that may be of a locked type. */
#define LOCKED2(ts, a, b, call) \
  do { \
    const Slots *slots = inner(ts, a); \
    Value result = NULL; \
    SECTION2(ts, a, inner(ts, b) ? b : NULL) result = slots->call; \
    return result; \
  } while (0)
static Value locked_compare(ThreadState *ts, Value a, Value b, CompareOp op) { LOCKED2(ts, a, b, compare(ts, a, b, op)); }
static Value locked_concat(ThreadState *ts, Value a, Value b) { LOCKED2(ts, a, b, concat(ts, a, b)); }
static Value locked_inplace_concat(ThreadState *ts, Value a, Value b) { LOCKED2(ts, a, b, inplace_concat(ts, a, b)); }

/* Called for the slot of either operand's type: whose it is cannot be told, so the left one's is asked first, then the right one's. */
static Value locked_binary(ThreadState *ts, Value a, Value b, int op) {
  const Slots *left = inner(ts, a), *right = inner(ts, b);
  BinaryFn first = left ? left->binary[op] : NULL, second = right ? right->binary[op] : NULL;
  Value held = left ? a : b, other = left && right ? b : NULL, result = V_NOT_IMPLEMENTED;
  SECTION2(ts, held, other) {
    if (first) result = first(ts, a, b);
    if (result == V_NOT_IMPLEMENTED && second && second != first) result = second(ts, a, b);
  }
  return result;
}
static Value locked_inplace(ThreadState *ts, Value a, Value b, int op) { LOCKED2(ts, a, b, inplace[op](ts, a, b)); }
#define EACH_OP(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12)
#define DEFINE(op) \
  static Value binary_##op(ThreadState *ts, Value a, Value b) { return locked_binary(ts, a, b, op); } \
  static Value inplace_##op(ThreadState *ts, Value a, Value b) { return locked_inplace(ts, a, b, op); }
EACH_OP(DEFINE)
_Static_assert(NB_INPLACE == 13, "EACH_OP has a row for each operator");

int type_lock_slots(ThreadState *ts, Type *t) {
  if (t->full_name == NULL || !needs_lock(t)) return 0;
  Slots *own = &t->slots, *kept = calloc(1, sizeof *kept);
  if (kept == NULL) return err_no_memory(ts), -1;
  *kept = *own;
  const Slots *base = t->base ? t->base->inner : NULL;
  t->inner = kept;
#define LOCK(slot) \
  if (own->slot && own->slot != locked_##slot) own->slot = locked_##slot; \
  else if (base) kept->slot = base->slot /* the base's, perhaps taken over already with its lock */
  LOCK(repr);
  LOCK(str);
  LOCK(iter);
  LOCK(next);
  LOCK(truth);
  LOCK(setitem);
  LOCK(init);
  LOCK(repeat);
  LOCK(compare);
  LOCK(concat);
  LOCK(inplace_concat);
  LOCK(get_buffer);
  LOCK(release_buffer);
  if (t->layout != K_DICT) { /* a dict is read without its lock */
    LOCK(len);
    LOCK(getitem);
    LOCK(contains);
  }
  static const BinaryFn binary[] = {
#define ROW(op) binary_##op,
      EACH_OP(ROW)
#undef ROW
  };
  static const BinaryFn inplace[] = {
#define ROW(op) inplace_##op,
      EACH_OP(ROW)
#undef ROW
  };
  for (int op = 0; op < NB_INPLACE; op++) {
    if (own->binary[op] && own->binary[op] != binary[op]) own->binary[op] = binary[op];
    else if (base) kept->binary[op] = base->binary[op];
    if (own->inplace[op] && own->inplace[op] != inplace[op]) own->inplace[op] = inplace[op];
    else if (base) kept->inplace[op] = base->inplace[op];
  }
  return 0;
}
#else
typedef int critical_is_for_the_free_threaded_core;
#endif
