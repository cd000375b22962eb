/* arena.c - the front end's bump allocator.
 * Keeps: every block and every kept Value is released by arena_free, on every path.
 * Locks: none, a compilation belongs to one thread.
 * Next: ast.h (what lives here).   Sources: CPython Python/pyarena.c. */
#include "interp/front/arena.h"

#include <string.h>

struct ArenaBlock {
    ArenaBlock *previous;
    size_t size;
    max_align_t data[];
};

enum { BLOCK_SIZE = 32 * 1024 };

void arena_init(Arena *a, ThreadState *ts)
{
    *a = (Arena){.ts = ts};
}

void arena_free(Arena *a)
{
    for (size_t i = 0; i < a->value_count; i++)
        decref(a->ts, a->values[i]);
    mem_free(a->ts, a->values);
    while (a->blocks) {
        ArenaBlock *block = a->blocks;
        a->blocks = block->previous;
        mem_free(a->ts, block);
    }
    *a = (Arena){.ts = a->ts};
}

static bool grow(Arena *a, size_t size)
{
    size_t data = size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE - sizeof(ArenaBlock);
    ArenaBlock *block = mem_alloc(a->ts, sizeof *block + data);
    if (!block) {
        a->failed = true;
        return false;
    }
    block->previous = a->blocks;
    block->size = data;
    a->blocks = block;
    a->next = (char *)block->data;
    a->limit = a->next + data;
    return true;
}

void *arena_alloc(Arena *a, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if ((size_t)(a->limit - a->next) < size && !grow(a, size))
        return NULL;
    void *p = a->next;
    a->next += size;
    return memset(p, 0, size);
}

char *arena_copy(Arena *a, const char *text, size_t n)
{
    char *copy = arena_alloc(a, n + 1);
    if (copy)
        memcpy(copy, text, n);
    return copy;
}

Value arena_keep(Arena *a, Value v)
{
    if (!v)
        return NULL;
    if (a->value_count == a->value_capacity) {
        size_t capacity = a->value_capacity ? a->value_capacity * 2 : 64;
        Value *values = mem_realloc(a->ts, a->values, capacity * sizeof *values);
        if (!values) {
            a->failed = true;
            decref(a->ts, v);
            return NULL;
        }
        a->values = values;
        a->value_capacity = capacity;
    }
    return a->values[a->value_count++] = v;
}

int pointer_list_add(Arena *a, PointerList *list, void *item)
{
    if (list->count == list->capacity) {
        int capacity = list->capacity ? list->capacity * 2 : 4;
        void **items = arena_alloc(a, (size_t)capacity * sizeof *items);
        if (!items)
            return -1;
        if (list->count)
            memcpy(items, list->items, (size_t)list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = item;
    return 0;
}
