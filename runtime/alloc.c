/* alloc.c - memory for objects and for their arrays.
 * Keeps true: a slot on a free list has kind K_FREE and its link in `shape`; memory_used counts pages, large objects and
 *   arrays, so --max-memory holds within a page a size class. A failed allocation changes nothing but the exception.
 * Locks: each heap is one thread's (free-threaded) or the lock holder's (plain), see heap_of(). Interp.alloc_mutex guards the lists of pages
 *   and of large objects.
 * Next: alloc.h, gc.c. Sources: E. Berger's and J. Evans' size-class allocators; mimalloc for what is below. */
#include "runtime/alloc.h"
#include "runtime/reclaim.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define POISON(p, n) ((void)0)
#define UNPOISON(p, n) ((void)0)
#endif

#if defined(HAVE_ASAN) || defined(__SANITIZE_THREAD__) || defined(GILLY_SYSTEM_MALLOC)
#include <malloc.h>
static void *block_alloc(size_t n) { return malloc(n); }
static void *block_alloc_zeroed(size_t n) { return calloc(1, n); }
static void *block_realloc(void *p, size_t n) { return realloc(p, n); }
static void block_free(void *p) { free(p); }
static size_t block_size(void *p) { return malloc_usable_size(p); }
static void page_free(void *page) { free(page); }
static void *page_alloc(Interp *interp) {
  (void)interp;
  void *p = aligned_alloc(PAGE_SIZE_BYTES, PAGE_SIZE_BYTES);
  if (p) memset(p, 0, PAGE_SIZE_BYTES);
  return p;
}
#else
#include <mimalloc.h>
static void *block_alloc(size_t n) { return mi_malloc(n); }
static void *block_alloc_zeroed(size_t n) { return mi_zalloc(n); }
static void *block_realloc(void *p, size_t n) { return mi_realloc(p, n); }
static void block_free(void *p) { mi_free(p); }
static size_t block_size(void *p) { return mi_usable_size(p); }
/* Pages come zeroed and untouched from the system, so that memory is used only as far as slots are handed out. */
static void *page_alloc(Interp *interp) {
  const size_t chunk = 16 * PAGE_SIZE_BYTES;
  if (interp->fresh_pages == interp->fresh_pages_end) {
    char *p = mmap(NULL, chunk + PAGE_SIZE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) return NULL;
    char *first = (char *)(((uintptr_t)p + PAGE_SIZE_BYTES - 1) & ~(PAGE_SIZE_BYTES - 1));
    if (first > p) munmap(p, (size_t)(first - p));
    if (first + chunk < p + chunk + PAGE_SIZE_BYTES) munmap(first + chunk, (size_t)(p + PAGE_SIZE_BYTES - first));
    interp->fresh_pages = first;
    interp->fresh_pages_end = first + chunk;
  }
  void *page = interp->fresh_pages;
  interp->fresh_pages += PAGE_SIZE_BYTES;
  return page;
}
static void page_free(void *page) { munmap(page, PAGE_SIZE_BYTES); }
#endif

void *raw_alloc(size_t size) { return block_alloc(size); }
void raw_free(void *p) { block_free(p); }

/* More than the machine has: refuse, as the kernel may promise it and kill us later. */
static bool is_absurd(size_t size) {
  if (LIKELY(size < (size_t)1 << 30)) return false;
  long pages = sysconf(_SC_PHYS_PAGES), page_size = sysconf(_SC_PAGESIZE); /* physical memory */
  return pages > 0 && page_size > 0 && size / (size_t)page_size > (size_t)pages;
}

/* May this allocation go ahead? Counts it for failure injection and holds it against the limit. */
static bool may_allocate(ThreadState *ts, size_t size) {
  Interp *interp = ts->interp;
  if (!IS_PARALLEL(ts)) interp->allocation_number++;
  if (UNLIKELY(interp->fail_allocation_at >= 0) && interp->allocation_number >= interp->fail_allocation_at) {
    interp->fail_allocation_at = -1;
    return false;
  }
  if (is_absurd(size)) return false;
  return !(interp->memory_limit != 0 && (size > interp->memory_limit || RACY_LOAD(interp->memory_used) + size > interp->memory_limit));
}

/* The account of memory: of all threads together it is exact to within some kilobytes a thread. */
#ifdef FREE_THREADED
static inline void account(ThreadState *ts, int64_t bytes) {
  ts->memory_delta += bytes;
  if (LIKELY(ts->parallel && ts->memory_delta < 65536 && ts->memory_delta > -65536)) return;
  __atomic_add_fetch(&ts->interp->memory_used, (size_t)ts->memory_delta, __ATOMIC_RELAXED);
  ts->memory_delta = 0;
}
#else
static inline void account(ThreadState *ts, int64_t bytes) { ts->interp->memory_used += (size_t)bytes; }
#endif

/* ---- arrays ---- */

void *mem_alloc(ThreadState *ts, size_t size) {
  void *p = size <= PTRDIFF_MAX && may_allocate(ts, size) ? block_alloc(size ? size : 1) : NULL;
  if (UNLIKELY(p == NULL)) return err_no_memory(ts);
  account(ts, (int64_t)block_size(p));
  return p;
}

void *mem_alloc_zeroed(ThreadState *ts, size_t size) {
  void *p = size <= PTRDIFF_MAX && may_allocate(ts, size) ? block_alloc_zeroed(size ? size : 1) : NULL;
  if (UNLIKELY(p == NULL)) return err_no_memory(ts);
  account(ts, (int64_t)block_size(p));
  return p;
}

void *mem_realloc(ThreadState *ts, void *p, size_t size) {
  if (p == NULL) return mem_alloc(ts, size);
  size_t before = block_size(p);
#ifdef FREE_THREADED
  if (ts->parallel) { /* others may be reading it where it is */
    void *moved = mem_alloc(ts, size);
    if (moved == NULL) return NULL;
    memcpy(moved, p, before < size ? before : size);
    mem_free(ts, p);
    return moved;
  }
#endif
  size_t more = size > before ? size - before : 0;
  void *q = size <= PTRDIFF_MAX && (more == 0 || may_allocate(ts, more)) ? block_realloc(p, size ? size : 1) : NULL;
  if (UNLIKELY(q == NULL)) return err_no_memory(ts);
  account(ts, (int64_t)block_size(q) - (int64_t)before);
  return q;
}

void mem_free_now(ThreadState *ts, void *p) {
  if (p == NULL) return;
  account(ts, -(int64_t)block_size(p));
#ifdef GILLY_DEBUG
  memset(p, 0xDB, block_size(p));
#endif
  block_free(p);
}

void mem_free(ThreadState *ts, void *p) {
#ifdef FREE_THREADED
  if (ts->parallel && p) {
    reclaim_memory(ts, p);
    return;
  }
#endif
  mem_free_now(ts, p);
}

size_t mem_usable(void *p) {
#ifdef HAVE_ASAN
  (void)p;
  return 0; /* let no one write past what was asked for */
#else
  return block_size(p);
#endif
}

/* ---- objects ---- */

static Value start_object(Value v, Type *type) {
  *v = new_header(type);
  return v;
}

static Value alloc_large(ThreadState *ts, Type *type, size_t size) {
  LargeObject *large = mem_alloc(ts, sizeof *large + size);
  if (large == NULL) return NULL;
  Interp *interp = ts->interp;
  *large = (LargeObject){.size = size, .is_gc = type->flags & TYPE_GC};
  Value v = start_object(large_object(large), type);
  v->flags = OBJ_LARGE;
  LEAF_LOCK(ts, alloc_mutex);
  large->next = interp->large;
  if (interp->large) interp->large->prev = large;
  interp->large = large;
  LEAF_UNLOCK(ts, alloc_mutex);
  return v;
}

static bool add_page(ThreadState *ts, size_t class, bool is_gc) {
  Interp *interp = ts->interp;
  LEAF_LOCK(ts, alloc_mutex);
  Page *page = may_allocate(ts, PAGE_SIZE_BYTES) ? page_alloc(interp) : NULL;
  LEAF_UNLOCK(ts, alloc_mutex);
  if (page == NULL) return false;
  account(ts, PAGE_SIZE_BYTES);
  page->slot_size = (uint32_t)(class * 16);
  page->slot_count = (uint32_t)((PAGE_SIZE_BYTES - PAGE_FIRST_SLOT) / page->slot_size);
  page->is_gc = is_gc;
  Page **head = is_gc ? &interp->pages_gc : &interp->pages_plain;
  LEAF_LOCK(ts, alloc_mutex);
  page->next = *head;
  *head = page;
  LEAF_UNLOCK(ts, alloc_mutex);
  char **bump = is_gc ? heap_of(ts)->bump_gc : heap_of(ts)->bump_plain;
  char **end = is_gc ? heap_of(ts)->bump_gc_end : heap_of(ts)->bump_plain_end;
  bump[class] = (char *)page_slot(page, 0);
  end[class] = (char *)page_slot(page, page->slot_count);
  return true;
}

#ifdef FREE_THREADED
void heap_adopt(ThreadState *ts, ThreadState *child) {
  Interp *interp = ts->interp;
  LEAF_LOCK(ts, alloc_mutex);
  SpareHeap *spare = interp->spare_heaps;
  if (spare) interp->spare_heaps = spare->next;
  LEAF_UNLOCK(ts, alloc_mutex);
  if (spare) child->heap = spare->heap;
  child->heap.gc_allocations = 0;
  child->heap.gc_threshold_now = ts->heap.gc_threshold_now;
  free(spare);
}
void heap_leave(ThreadState *ts) {
  Interp *interp = ts->interp;
  SpareHeap *spare = malloc(sizeof *spare);
  if (spare) { /* without memory for this, its free slots are lost until the Interp ends */
    spare->heap = ts->heap;
    LEAF_LOCK(ts, alloc_mutex);
    spare->next = interp->spare_heaps;
    interp->spare_heaps = spare;
    LEAF_UNLOCK(ts, alloc_mutex);
  }
  __atomic_add_fetch(&interp->memory_used, (size_t)ts->memory_delta, __ATOMIC_RELAXED);
  ts->memory_delta = 0;
}
#endif

/* The free list is empty: take a slot that was never used. For collectable objects that is net growth, which is what
 * the collector's threshold counts. */
static Value take_fresh_slot(ThreadState *ts, size_t class, bool is_gc) {
  char **bump = is_gc ? heap_of(ts)->bump_gc : heap_of(ts)->bump_plain;
  char **end = is_gc ? heap_of(ts)->bump_gc_end : heap_of(ts)->bump_plain_end;
  if (UNLIKELY(bump[class] == end[class]) && !add_page(ts, class, is_gc)) return err_no_memory(ts);
  Value v = (Value)bump[class];
  bump[class] += class * 16;
  if (is_gc && ++heap_of(ts)->gc_allocations > heap_of(ts)->gc_threshold_now) sched_request(&ts->sched, BREAK_GC);
  return v;
}

Value object_alloc_raw(ThreadState *ts, Type *type, size_t size) {
  size_t class = (size + 15) >> 4;
  if (UNLIKELY(class > SIZE_CLASSES)) return alloc_large(ts, type, size);
  bool is_gc = type->flags & TYPE_GC;
  FreeSlot **list = is_gc ? &heap_of(ts)->free_gc[class] : &heap_of(ts)->free_plain[class];
#ifdef GILLY_DEBUG
  if (ts->interp->fail_allocation_at >= 0 && !may_allocate(ts, size)) return err_no_memory(ts);
#endif
  FreeSlot *slot = *list;
  if (LIKELY(slot != NULL)) {
    UNPOISON(slot, class * 16);
    *list = (FreeSlot *)slot->header.shape;
    return start_object(&slot->header, type);
  }
  Value v = take_fresh_slot(ts, class, is_gc);
  return v ? start_object(v, type) : NULL;
}

Value object_alloc(ThreadState *ts, Type *type, size_t size) {
  Value v = object_alloc_raw(ts, type, size);
  if (LIKELY(v != NULL)) memset(v + 1, 0, size - sizeof(Object));
  return v;
}

Value object_new_instance(ThreadState *ts, Type *type) {
  size_t size = type->size;
  Shape *root = root_of(type);
  if (type->attrs_offset > 0) {
    if (UNLIKELY(RACY_LOAD(type->wanted_slots) > root->inline_slots)) {
      if (type_widen_root(ts, type) < 0) return NULL;
      root = root_of(type);
    }
    size += sizeof(Attrs) + root->inline_slots * sizeof(Value);
  }
  Value v = object_alloc(ts, type, size);
  if (LIKELY(v != NULL)) v->shape = root; /* the one that its size was made for: another thread may have widened the type's */
  if (LIKELY(v != NULL) && type->flags & TYPE_HEAP) incref_object(&type->base_object);
  return v;
}

size_t object_capacity(Value v) {
  if (!(v->flags & OBJ_LARGE)) return page_of(v)->slot_size;
  size_t block = mem_usable(large_of(v));
  return block > sizeof(LargeObject) ? block - sizeof(LargeObject) : large_of(v)->size;
}

static void free_large(ThreadState *ts, LargeObject *large) {
  LEAF_LOCK(ts, alloc_mutex);
  if (large->prev) large->prev->next = large->next;
  else ts->interp->large = large->next;
  if (large->next) large->next->prev = large->prev;
  LEAF_UNLOCK(ts, alloc_mutex);
  mem_free(ts, large);
}

static void free_slot(ThreadState *ts, Value v) {
  Page *page = page_of(v);
  size_t class = page->slot_size >> 4;
  FreeSlot **list = page->is_gc ? &heap_of(ts)->free_gc[class] : &heap_of(ts)->free_plain[class];
  v->kind = K_FREE;
  v->shape = (Shape *)*list;
  *list = (FreeSlot *)v;
#ifdef FREE_THREADED
  atomic_store_explicit(&v->shared, 0, memory_order_relaxed);
  __atomic_store_n(&v->owner, OWNER_MERGED, __ATOMIC_RELAXED);
#endif
#ifdef GILLY_DEBUG
  v->refcnt = 0;
  memset(v + 1, 0xDB, page->slot_size - sizeof(Object));
#endif
  POISON(v + 1, page->slot_size - sizeof(Object));
}

Value object_resize(ThreadState *ts, Value v, size_t new_size) {
  if (v->flags & OBJ_LARGE && !IS_PARALLEL(ts)) {
    LargeObject *old = large_of(v), *prev = old->prev, *next = old->next;
    LargeObject *large = mem_realloc(ts, old, sizeof *large + new_size);
    if (large == NULL) return NULL;
    large->size = new_size;
    if (prev) prev->next = large;
    else ts->interp->large = large;
    if (next) next->prev = large;
    return large_object(large);
  }
  size_t old_size = v->flags & OBJ_LARGE ? large_of(v)->size : page_of(v)->slot_size;
  if (new_size <= old_size && !(v->flags & OBJ_LARGE)) return v;
  if (new_size < old_size) old_size = new_size;
  Value moved = object_alloc_raw(ts, shape_of(v)->type, new_size);
  if (moved == NULL) return NULL;
  uint8_t large = moved->flags;
  memcpy(moved, v, old_size);
  moved->flags = (uint8_t)((v->flags & ~OBJ_LARGE) | large);
  if (v->flags & OBJ_LARGE) free_large(ts, large_of(v));
  else free_slot(ts, v);
  return moved;
}

void object_release(ThreadState *ts, Value self) {
  Type *type = shape_of(self)->type;
  if (self->flags & OBJ_LARGE) free_large(ts, large_of(self));
  else free_slot(ts, self);
  if (type->flags & TYPE_HEAP) decref(ts, (Value)type);
}

/* ---- freeing ---- */

#define DEALLOC_DEPTH_MAX 60

static bool defer(ThreadState *ts, Value v) {
  if (ts->deferred_count == ts->deferred_capacity) {
    size_t capacity = ts->deferred_capacity ? ts->deferred_capacity * 2 : 64;
    Object **grown = block_realloc(ts->deferred, capacity * sizeof *grown);
    if (grown == NULL) return false;
    ts->deferred = grown;
    ts->deferred_capacity = capacity;
  }
  ts->deferred[ts->deferred_count++] = v;
  return true;
}

#ifdef FREE_THREADED
/* As is_revived. While other threads run, an object that had a finalizer goes through another grace period after it. */
static bool is_revived_among_threads(ThreadState *ts, Value v, Type *type) {
  if (type->flags & TYPE_HAS_FINALIZER && !(v->gc & GC_FINALIZED)) {
    refcount_take_over(ts, v, 1);
    v->gc |= GC_FINALIZED;
    type->slots.finalize(ts, v);
    if (ts->parallel || !is_unique(v)) {
      decref(ts, v);
      return true;
    }
  }
  if (v->flags & OBJ_HAS_WEAKREF) {
    refcount_take_over(ts, v, 1);
    weakrefs_clear(ts, v);
  }
  refcount_take_over(ts, v, 0);
  return false;
}
#endif

/* Finalizer and weak references first; they may bring the object back to life. */
static bool is_revived(ThreadState *ts, Value v) {
  Type *type = shape_of(v)->type;
  if (ts->interp->is_torn_down) {
    weakrefs_clear(ts, v);
    return false;
  }
#ifdef FREE_THREADED
  return is_revived_among_threads(ts, v, type);
#endif
  if (type->flags & TYPE_HAS_FINALIZER && !(v->gc & GC_FINALIZED)) {
    v->refcnt = 1;
    v->gc |= GC_FINALIZED;
    type->slots.finalize(ts, v);
    if (--v->refcnt != 0) return true;
  }
  if (v->flags & OBJ_HAS_WEAKREF) {
    v->refcnt = 1;
    weakrefs_clear(ts, v);
    if (--v->refcnt != 0) return true;
  }
  return false;
}

/* Too deep to go on: the fields wait. The finalizer does not, so that its recursion ends where any recursion does. */
static bool put_off(ThreadState *ts, Value v, Type *type) {
  if (!(type->flags & TYPE_GC)) return false;
  if (type->flags & TYPE_HAS_FINALIZER && is_revived(ts, v)) return true;
  return defer(ts, v);
}

void object_free(ThreadState *ts, Value v) {
  Type *type = shape_of(v)->type;
  if (UNLIKELY(ts->dealloc_depth > DEALLOC_DEPTH_MAX) && put_off(ts, v, type)) return;
  ts->dealloc_depth++;
  if (LIKELY(!(type->flags & TYPE_HAS_FINALIZER) && !(v->flags & OBJ_HAS_WEAKREF)) || !is_revived(ts, v))
    shape_of(v)->type->slots.dealloc(ts, v);
  ts->dealloc_depth--;
  while (UNLIKELY(ts->deferred_count > 0) && ts->dealloc_depth == 0) {
    Value next = ts->deferred[--ts->deferred_count];
    if (is_dead(next)) object_free(ts, next);
  }
}

int alloc_each_object(Interp *interp, int (*fn)(Value v, void *arg), void *arg) {
  int stop = 0;
  for (int family = 0; family < 2; family++)
    for (Page *page = family ? interp->pages_gc : interp->pages_plain; page; page = page->next)
      for (uint32_t i = 0; i < page->slot_count && !slot_is_fresh(page_slot(page, i)); i++)
        if (slot_is_live(page_slot(page, i)) && (stop = fn(page_slot(page, i), arg)) != 0) return stop;
  for (LargeObject *large = interp->large, *next; large && stop == 0; large = next) {
    next = large->next;
    stop = fn(large_object(large), arg);
  }
  return stop;
}

size_t alloc_free_all(ThreadState *ts) {
  Interp *interp = ts->interp;
#ifdef FREE_THREADED
  for (SpareHeap *next; interp->spare_heaps; interp->spare_heaps = next) {
    next = interp->spare_heaps->next;
    free(interp->spare_heaps);
  }
#endif
  while (interp->large) free_large(ts, interp->large);
  for (int family = 0; family < 2; family++) {
    Page *page = family ? interp->pages_gc : interp->pages_plain;
    while (page) {
      Page *next = page->next;
      UNPOISON(page, PAGE_SIZE_BYTES);
      page_free(page);
      account(ts, -(int64_t)PAGE_SIZE_BYTES);
      page = next;
    }
  }
#ifndef HAVE_ASAN
  if (interp->fresh_pages < interp->fresh_pages_end) munmap(interp->fresh_pages, (size_t)(interp->fresh_pages_end - interp->fresh_pages));
#endif
  account(ts, 0);
  return interp->memory_used;
}
