/* alloc.h - where objects live: pages of equal slots, so that the collector can find every object without a list.
 * Objects up to 512 bytes come from 64 KiB pages, one slot size a page; larger ones are blocks of their own in a list.
 * Collectable and other objects have separate pages. All memory comes from mimalloc.
 * Next: gc.c (who walks the pages). */
#ifndef RUNTIME_ALLOC_H
#define RUNTIME_ALLOC_H

#include "runtime/object.h"

#define PAGE_SIZE_BYTES ((size_t)65536)

typedef struct Page {
  struct Page *next;
  uint32_t slot_size; /* bytes, a multiple of 16 */
  uint32_t slot_count;
  bool is_gc;
  int32_t *refs; /* during a collection: a count per slot */
} Page;
#define PAGE_FIRST_SLOT 64

/* Stands before the header of an object above 512 bytes. */
typedef struct LargeObject {
  struct LargeObject *prev, *next;
  size_t size; /* of the object */
  int32_t refs;
  bool is_gc;
  uint8_t pad[3];
} LargeObject;

static inline Page *page_of(Value v) { return (Page *)((uintptr_t)v & ~(PAGE_SIZE_BYTES - 1)); }
static inline LargeObject *large_of(Value v) { return (LargeObject *)v - 1; }
static inline Value large_object(LargeObject *large) { return (Value)(large + 1); }
static inline Value page_slot(Page *page, uint32_t i) {
  return (Value)((char *)page + PAGE_FIRST_SLOT + (size_t)i * page->slot_size);
}
static inline uint32_t page_index(Page *page, Value v) {
  return (uint32_t)(((char *)v - (char *)page - PAGE_FIRST_SLOT) / page->slot_size);
}
/* The slot was never handed out; none behind it was either. */
static inline bool slot_is_fresh(Value v) { return v->kind == 0 && v->shape == NULL; }
static inline bool slot_is_live(Value v) { return v->kind != K_FREE; }

size_t alloc_free_all(ThreadState *ts); /* the end of an Interp: give every page back; bytes of arrays that nobody freed */
/* Call fn on every live object, collectable or not, until it returns non-zero. */
int alloc_each_object(Interp *interp, int (*fn)(Value v, void *arg), void *arg);
#ifdef FREE_THREADED
void heap_leave(ThreadState *ts); /* the thread ends: its free memory is for the next one */
void heap_adopt(ThreadState *ts, ThreadState *child); /* child has not begun */
#endif
void *raw_alloc(size_t size); /* outside any account; NULL when there is none */
void raw_free(void *p);

#endif
