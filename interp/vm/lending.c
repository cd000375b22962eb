/* lending.c - memoryviews that go to another interpreter without a copy: the memory stays where it is, and is lent.
 *
 *   lender's Interp                          borrower's Interp
 *   memoryview <--held by-- Lent{data, n} <--counted by-- SharedBuffer --> memoryview
 *
 * Keeps true: the lender's object is held, its memory exported, as long as a SharedBuffer uses it; only a thread of the lender lets go of it, when it
 *   comes by next (lending_collect). A member that has lent memory cannot be closed.
 * Next: family.h, runtime/lib/_crossing.py. CPython: Modules/_interpretersmodule.c (xibufferview). */
#include <stdlib.h>

#include "interp/vm/family.h"
#include "runtime/module.h"

enum { NOBODY = -1 };
struct Lent {
  Lent *next;
  int64_t id, lender;
  int64_t uses;      /* SharedBuffers, and messages on their way */
  Buffer view;       /* the lender's; only its threads touch it but for data, length, item_size, format, readonly */
  char format[32];
};

typedef struct {
  Object base;
  Family *family;
  Lent *lent;
} SharedBuffer;

static Lent *lent_find(Family *f, int64_t id) {
  Lent *l = f->lent;
  while (l && l->id != id) l = l->next;
  return l;
}

/* With the mutex held. */
static void count_lent(Family *f, int64_t member, int change) {
  FamilyMember *m = family_find(f, member);
  if (m) m->lent += change;
}

void lending_collect(ThreadState *ts) {
  Family *f = ts->interp->family;
  for (;;) {
    if (f == NULL || __atomic_load_n(&f->lent, __ATOMIC_RELAXED) == NULL) return;
    family_lock(f);
    Lent **p = &f->lent;
    while (*p && ((*p)->uses > 0 || (*p)->lender != ts->interp->id)) p = &(*p)->next;
    Lent *gone = *p;
    if (gone) {
      *p = gone->next;
      count_lent(f, gone->lender, -1);
    }
    family_unlock(f);
    if (gone == NULL) return;
    buffer_release(ts, &gone->view);
    free(gone);
  }
}
/* The end of ts's Interp: its memory goes, whoever looks at it (none does, but at the end of the process). */
void lending_end(ThreadState *ts) {
  Family *f = ts->interp->family;
  for (;;) {
    family_lock(f);
    Lent *l = f->lent;
    while (l && l->lender != ts->interp->id) l = l->next;
    if (l) l->lender = NOBODY;
    family_unlock(f);
    if (l == NULL) return;
    buffer_release(ts, &l->view);
  }
}
void lendings_free(Family *f) {
  for (Lent *l = f->lent, *next; l; l = next) { /* the lenders have ended */
    next = l->next;
    free(l);
  }
}

/* lend(view) -> number; it counts as one use, until borrow(number). */
static Value lend(NATIVE_ARGS) {
  Family *f = family_of(ts);
  Lent *l = f ? calloc(1, sizeof *l) : NULL;
  if (l == NULL) return f ? err_no_memory(ts) : NULL;
  if (buffer_get(ts, args[0], &l->view, false) < 0) {
    free(l);
    return NULL;
  }
  if (l->view.ndim > 1 || (l->view.ndim == 1 && l->view.strides[0] != 0 && l->view.strides[0] != l->view.item_size)) {
    buffer_release(ts, &l->view);
    free(l);
    return err_format(ts, EXC(ValueError), "only contiguous views of one dimension can be shared");
  }
  snprintf(l->format, sizeof l->format, "%s", l->view.format ? l->view.format : "B");
  l->lender = ts->interp->id;
  l->uses = 1;
  family_lock(f);
  int64_t id = l->id = f->next_lent++;
  l->next = f->lent;
  f->lent = l;
  count_lent(f, l->lender, 1);
  family_unlock(f);
  return int_from_i64(ts, id);
}

/* ---- the borrower's object ---- */

static int shared_get_buffer(ThreadState *ts, Value self, Buffer *view, bool writable) {
  Lent *l = ((SharedBuffer *)self)->lent;
  if (writable && l->view.readonly) return err_format(ts, EXC(BufferError), "Object is not writable."), -1;
  buffer_fill(view, self, l->view.data, l->view.length, l->view.readonly);
  view->item_size = l->view.item_size;
  view->format = l->format;
  return 0;
}
static void shared_dealloc(ThreadState *ts, Value self) {
  SharedBuffer *b = (SharedBuffer *)self;
  if (b->lent) {
    family_lock(b->family);
    b->lent->uses--;
    family_unlock(b->family);
  }
  object_release(ts, self);
}
static const TypeSpec shared_spec = {.name = "_interpreters.SharedBuffer", .doc = "Memory that another interpreter lends.", .size = sizeof(SharedBuffer), .flags = TYPE_NO_NEW,
  .slots = {.dealloc = shared_dealloc, .get_buffer = shared_get_buffer}};

typedef struct {
  Type *shared;
} State;

/* borrow(number) -> SharedBuffer: takes over the use that lend() counted. */
static Value borrow(NATIVE_ARGS) {
  int64_t id;
  Family *f = family_of(ts);
  if (f == NULL || num_as_i64(ts, args[0], &id) < 0) return NULL;
  Value v = object_new_instance(ts, ((State *)native_state(ts, NATIVE_interpreters))->shared);
  if (v == NULL) return NULL;
  family_lock(f);
  ((SharedBuffer *)v)->family = f;
  ((SharedBuffer *)v)->lent = lent_find(f, id);
  family_unlock(f);
  if (((SharedBuffer *)v)->lent) return v;
  decref(ts, v);
  return err_format(ts, EXC(LookupError), "no memory is lent under the number %lld", (long long)id);
}

int lending_start(ThreadState *ts, Value module) {
  State *s = module_state(module);
  return module_add_type(ts, module, &shared_spec, NULL, &s->shared);
}

const MethodDef lending_methods[] = {
  {"lend", lend, 1, 1, 0, "lend(bytes-like object) -> number"},
  {"borrow", borrow, 1, 1, 0, "borrow(number) -> SharedBuffer, once"},
  {0}};
