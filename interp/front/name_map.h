/* name_map.h - interned names (or other words compared by identity) to numbers, in order of arrival; arena memory. */
#ifndef GILLY_FRONT_NAME_MAP_H
#define GILLY_FRONT_NAME_MAP_H

#include "interp/front/arena.h"

typedef struct {
    const void *key;
    int value;
} NameEntry;

typedef struct {
    NameEntry *entries;
    uint32_t *index; /* entry number + 1, or 0; built once there are many */
    int count, capacity;
    uint32_t mask;
} NameMap;

/* The entry of key, or NULL. Stays valid until the next addition. */
NameEntry *name_map_find(const NameMap *m, const void *key);
/* Adds key, which must be new; NULL with MemoryError. */
NameEntry *name_map_add(Arena *a, NameMap *m, const void *key, int value);
/* The number of key, which gets the next one (the count) when it is new; -1 with MemoryError. */
int name_map_number(Arena *a, NameMap *m, const void *key);

#endif
