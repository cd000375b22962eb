/* teardown.c - the end of an Interp's objects: let go of every root, collect, and what is left then is a leak.
 *
 *   roots (modules, exceptions, shared strings) --let go--> instances --collected--> types of C, whose contents went first
 *
 * A type that C code made is not counted by its instances, so its struct must outlive them: such types are held until nothing else
 * lives, and each must then have no reference but ours.
 *
 * Keeps true: no Python code runs here; interp->is_torn_down makes finalizers and callbacks of weak references rest.
 * Next: alloc.c (pages), gc.c, interp/vm/interp.c (interp_free). CPython: Python/pylifecycle.c (finalize_interp_types). */
#include "runtime/teardown.h"

#include <stdlib.h>

#include "runtime/alloc.h"
#include "runtime/gc.h"
#include "runtime/module.h"
#include "runtime/types/weakref.h"

/* A type that C code made, with its name for the report: the string is gone by then. */
typedef struct {
  Type *type;
  char name[40];
} NativeType;
typedef struct {
  NativeType *items;
  size_t count;
} TypeList;

static bool is_native_type(Value v) { return is_type(v) && !(((Type *)v)->flags & TYPE_HEAP); }
static int count_native_type(Value v, void *arg) {
  ((TypeList *)arg)->count += is_native_type(v);
  return 0;
}
static int hold_native_type(Value v, void *arg) {
  TypeList *list = arg;
  if (!is_native_type(v)) return 0;
  NativeType *one = &list->items[list->count++];
  one->type = (Type *)incref(v);
  snprintf(one->name, sizeof one->name, "%s", one->type->name && str_is_ascii(one->type->name) ? type_name(one->type) : "?");
  return 0;
}

static bool hold_native_types(Interp *interp, TypeList *list) {
  gc_each_object(interp, count_native_type, list);
  list->items = calloc(list->count + 1, sizeof *list->items);
  list->count = 0;
  if (list->items) gc_each_object(interp, hold_native_type, list);
  return list->items != NULL;
}

static void drop_values(ThreadState *ts, Value *values, size_t n) {
  for (size_t i = 0; i < n; i++) CLEAR(values[i]);
}

static void drop_roots(ThreadState *ts) {
  Interp *interp = ts->interp;
  CLEAR(interp->modules);
  CLEAR(interp->builtins_module);
  CLEAR(interp->sys_module);
  interp->builtins = interp->sys_dict = NULL; /* they were the modules' */
  CLEAR(interp->gc_garbage);
  CLEAR(interp->gc_callbacks);
  CLEAR(interp->warned_unclosed);
  CLEAR(interp->unraisable_args);
  native_states_free(ts);
  drop_values(ts, (Value *)interp->exceptions, EXC_COUNT);
  drop_values(ts, (Value *)&interp->unraisable_args, 1);
  drop_values(ts, (Value *)interp->helper_types, sizeof interp->helper_types / sizeof(Value));
  drop_values(ts, (Value *)interp->more_types, sizeof interp->more_types / sizeof(Value));
}

/* The strings and other constants: last, as freeing may ask for them. */
static void drop_constants(ThreadState *ts) {
  Interp *interp = ts->interp;
  drop_values(ts, interp->names, ID_COUNT);
  drop_values(ts, interp->latin1, 256);
  CLEAR(interp->empty_str);
  CLEAR(interp->empty_bytes);
  CLEAR(interp->empty_frozenset);
  CLEAR(interp->empty_tuple);
}

/* ---- what is left ---- */

typedef struct {
  Type *type;
  size_t count;
  Value first;
} Row;
typedef struct {
  Row rows[64]; /* more types than that are in the last */
  size_t count, objects;
} Census;

static int count_object(Value v, void *arg) {
  Census *c = arg;
  if (is_native_type(v) || is_immortal(v)) return 0;
  c->objects++;
  size_t i = 0;
  while (i < c->count && c->rows[i].type != shape_of(v)->type) i++;
  if (i == c->count && c->count < sizeof c->rows / sizeof *c->rows) c->rows[c->count++] = (Row){shape_of(v)->type, 0, v};
  c->rows[i < c->count ? i : c->count - 1].count++;
  return 0;
}
static int more_first(const void *a, const void *b) {
  size_t x = ((const Row *)a)->count, y = ((const Row *)b)->count;
  return x < y ? 1 : x > y ? -1 : 0;
}

static const char *name_of(const TypeList *list, Type *type) {
  for (size_t i = 0; i < list->count; i++)
    if (list->items[i].type == type) return list->items[i].name;
  return str_is_ascii(type->name) ? type_name(type) : "?";
}

static size_t report(ThreadState *ts, const TypeList *types) {
  Census c = {0};
  alloc_each_object(ts->interp, count_object, &c);
  qsort(c.rows, c.count, sizeof *c.rows, more_first);
  if (c.objects) fprintf(stderr, "gilly: leak: %zu objects are left at the end\n", c.objects);
  for (size_t i = 0; i < c.count; i++) {
    bool is_text = c.rows[i].first->kind == K_STR && str_is_ascii(c.rows[i].first);
    fprintf(stderr, "  %8zu %s%s%.40s\n", c.rows[i].count, name_of(types, c.rows[i].type), is_text ? ", such as " : "", is_text ? str_chars(c.rows[i].first) : "");
  }
  size_t held = 0;
  for (size_t i = 0; i < types->count; i++) {
    uint32_t more = (uint32_t)refcount_of(&types->items[i].type->base_object) - 1;
    if (more == 0) continue;
    held++;
    fprintf(stderr, "gilly: leak: type %s is held %u times more than it should be\n", types->items[i].name, more);
  }
  return c.objects + held;
}

/* ---- the end ---- */

size_t objects_free_all(ThreadState *ts) {
  Interp *interp = ts->interp;
  TypeList types = {0};
  size_t leaks = 0;
  interp->is_torn_down = true;
  if (hold_native_types(interp, &types)) {
    drop_roots(ts);
    for (int k = 0; k < K_COUNT; k++) decref(ts, (Value)interp->types[k]); /* the table stays readable: they are held */
    for (size_t i = 0; i < types.count; i++) type_drop_contents(ts, types.items[i].type);
    gc_collect(ts);
    for (size_t i = 0; i < types.count; i++) type_drop_names(ts, types.items[i].type);
    drop_constants(ts);
    leaks = report(ts, &types);
    for (size_t i = 0; i < types.count; i++) type_free_parts(ts, types.items[i].type);
    free(types.items);
  }
  weaktable_free(ts);
  str_intern_table_free(ts);
  type_lookup_cache_free(ts);
  size_t bytes = alloc_free_all(ts);
  if (bytes && leaks == 0) fprintf(stderr, "gilly: leak: %zu bytes of arrays are left at the end\n", bytes);
  return leaks + (bytes != 0);
}
