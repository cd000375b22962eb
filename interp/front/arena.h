/* arena.h - memory that lives as long as one compilation and is freed at once. */
#ifndef GILLY_FRONT_ARENA_H
#define GILLY_FRONT_ARENA_H

#include <stddef.h>

#include "runtime/object.h" // Value, ThreadState

typedef struct ArenaBlock ArenaBlock;

/* Bump allocator plus the list of Values the syntax tree borrows from it.
 * Owner thread only.  After a failed allocation MemoryError is pending and `failed` stays set. */
typedef struct Arena {
    ThreadState *ts;
    ArenaBlock *blocks;
    char *next, *limit;
    Value *values; /* owned: constants and identifiers of the tree */
    size_t value_count, value_capacity;
    bool failed;
} Arena;

void arena_init(Arena *a, ThreadState *ts);
void arena_free(Arena *a);

/* Zeroed memory aligned to 8, or NULL with MemoryError. */
void *arena_alloc(Arena *a, size_t size_bytes);

/* A NUL-terminated copy of n bytes, or NULL with MemoryError. */
char *arena_copy(Arena *a, const char *text, size_t n);

/* Hands v over to the arena; returns it borrowed.  NULL in, NULL out. */
Value arena_keep(Arena *a, STEALS NULLABLE Value v);

/* A growing array of pointers in the arena; grows by doubling. */
typedef struct {
    void **items;
    int count, capacity;
} PointerList;

/* Appends; -1 with MemoryError. */
int pointer_list_add(Arena *a, PointerList *list, void *item);

#endif
