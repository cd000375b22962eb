/* name_map.c - a small ordered hash table on pointers.
 * Next: symtable.c, compile.c (who use it). */
#include "interp/front/name_map.h"

#include <string.h>

enum { LINEAR_LIMIT = 8 };

static uint32_t hash_of_pointer(const void *p)
{
    uint64_t bits = (uint64_t)(uintptr_t)p >> 3;
    return (uint32_t)((bits * 0x9E3779B97F4A7C15u) >> 32);
}

NameEntry *name_map_find(const NameMap *m, const void *key)
{
    if (!m->index) {
        for (int i = 0; i < m->count; i++)
            if (m->entries[i].key == key)
                return &m->entries[i];
        return NULL;
    }
    for (uint32_t at = hash_of_pointer(key) & m->mask; m->index[at]; at = (at + 1) & m->mask)
        if (m->entries[m->index[at] - 1].key == key)
            return &m->entries[m->index[at] - 1];
    return NULL;
}

static void put_index(NameMap *m, int entry)
{
    uint32_t at = hash_of_pointer(m->entries[entry].key) & m->mask;
    while (m->index[at])
        at = (at + 1) & m->mask;
    m->index[at] = (uint32_t)entry + 1;
}

static bool grow(Arena *a, NameMap *m)
{
    int capacity = m->capacity ? m->capacity * 2 : LINEAR_LIMIT;
    NameEntry *entries = arena_alloc(a, (size_t)capacity * sizeof *entries);
    uint32_t *index = capacity > LINEAR_LIMIT ? arena_alloc(a, (size_t)capacity * 2 * sizeof *index) : NULL;
    if (!entries || (capacity > LINEAR_LIMIT && !index))
        return false;
    if (m->count)
        memcpy(entries, m->entries, (size_t)m->count * sizeof *entries);
    *m = (NameMap){entries, index, m->count, capacity, (uint32_t)capacity * 2 - 1};
    for (int i = 0; index && i < m->count; i++)
        put_index(m, i);
    return true;
}

NameEntry *name_map_add(Arena *a, NameMap *m, const void *key, int value)
{
    if (m->count == m->capacity && !grow(a, m))
        return NULL;
    m->entries[m->count] = (NameEntry){key, value};
    if (m->index)
        put_index(m, m->count);
    return &m->entries[m->count++];
}

int name_map_number(Arena *a, NameMap *m, const void *key)
{
    NameEntry *e = name_map_find(m, key);
    if (!e)
        e = name_map_add(a, m, key, m->count);
    return e ? e->value : -1;
}
