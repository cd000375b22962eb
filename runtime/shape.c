/* shape.c - hidden classes: which attribute of an instance sits in which slot.
 *
 *   class Point: root {} --x--> {x} --y--> {x, y}        an instance holds a pointer to its shape and the bare values:
 *                                                        | header, shape | more | x | y |
 *
 * Keeps true: shapes of a class form a tree that only grows; a slot index never changes along it. Deleting an attribute,
 *   or asking for __dict__, turns the instance to its class's dict shape: attributes then live in a dict.
 * Free-threaded: who changes an instance's attributes holds its lock (SECTION), fills a slot before the shape that tells of it, and gives the
 *   instance its dict shape before the slots are emptied. Shapes are made under Interp.types_mutex.
 *   `more` has room for attributes in fours, so its capacity follows from the shape's count.
 * Next: class.c, interp/vm/ops/attribute.h (the inline caches). Sources: C. Chambers, D. Ungar, "Self" (1989). */
#include "runtime/object.h"

#define MAX_SHAPE_ATTRIBUTES 120
#define MAX_INLINE_SLOTS 30
#define MAX_SHAPE_CHILDREN 64

uint32_t new_version(ThreadState *ts) { return IS_PARALLEL(ts) ? __atomic_add_fetch(&ts->interp->next_version, 1, __ATOMIC_RELAXED) : ++ts->interp->next_version; }

static bool remember_shape(ThreadState *ts, Type *t, Shape *s) {
  if (t->shape_count == t->shape_capacity) {
    uint32_t capacity = t->shape_capacity ? t->shape_capacity * 2 : 4;
    Shape **grown = mem_realloc(ts, t->shapes, capacity * sizeof *grown);
    if (grown == NULL) return false;
    t->shapes = grown;
    t->shape_capacity = capacity;
  }
  t->shapes[t->shape_count++] = s;
  return true;
}

Shape *shape_new(ThreadState *ts, Type *t, Shape *parent, Value name) {
  Shape *s = mem_alloc_zeroed(ts, sizeof *s);
  if (s == NULL) return NULL;
  if (!remember_shape(ts, t, s)) {
    mem_free(ts, s);
    return NULL;
  }
  s->version = new_version(ts);
  s->type = t;
  s->parent = parent;
  if (parent) {
    s->count = (uint16_t)(parent->count + 1);
    s->inline_slots = parent->inline_slots;
    s->name = incref(name);
  }
  return s;
}

int type_widen_root(ThreadState *ts, Type *t) {
  LEAF_LOCK(ts, types_mutex);
  Shape *root = shape_new(ts, t, NULL, NULL);
  if (root) {
    root->inline_slots = RACY_LOAD(t->wanted_slots);
    __atomic_store_n(&t->root, root, __ATOMIC_RELEASE);
  }
  LEAF_UNLOCK(ts, types_mutex);
  return root ? 0 : -1;
}

Shape *type_dict_shape(ThreadState *ts, Type *t) {
  LEAF_LOCK(ts, types_mutex);
  Shape *s = t->dict_shape;
  if (s == NULL || s->inline_slots != 0) {
    s = shape_new(ts, t, NULL, NULL);
    if (s) {
      s->is_dict = true;
      t->dict_shape = s;
    }
  }
  LEAF_UNLOCK(ts, types_mutex);
  return s;
}

int shape_find(Shape *s, Value name) {
  for (; s->parent; s = s->parent)
    if (s->name == name) return s->count - 1;
  return -1;
}

static Shape *shape_add_locked(ThreadState *ts, Shape *s, Value name) {
  for (uint32_t i = 0; i < s->child_count; i++)
    if (s->children[i]->name == name) return s->children[i];
  if (s->count >= MAX_SHAPE_ATTRIBUTES || s->child_count >= MAX_SHAPE_CHILDREN) return NULL;
  if (s->child_count == s->child_capacity) {
    uint32_t capacity = s->child_capacity ? s->child_capacity * 2 : 1;
    Shape **grown = mem_realloc(ts, s->children, capacity * sizeof *grown);
    if (grown == NULL) return NULL;
    s->children = grown;
    s->child_capacity = capacity;
  }
  Shape *child = shape_new(ts, s->type, s, name);
  if (child == NULL) return NULL;
  s->children[s->child_count++] = child;
  Type *t = s->type;
  if (child->count > t->wanted_slots && child->count <= MAX_INLINE_SLOTS) RACY_STORE(t->wanted_slots, child->count);
  return child;
}

Shape *shape_add(ThreadState *ts, Shape *s, Value name) {
  LEAF_LOCK(ts, types_mutex);
  Shape *child = shape_add_locked(ts, s, name);
  LEAF_UNLOCK(ts, types_mutex);
  return child;
}

/* ---- attributes of one instance ---- */

Attrs *attrs_of(Value v) {
  Type *t = shape_of(v)->type;
  if (LIKELY(t->attrs_offset > 0)) return (Attrs *)((char *)v + t->attrs_offset);
  if (t->attrs_offset == 0) return NULL;
  size_t size;
  if (t->layout == K_STR) size = sizeof(Str) + (size_t)(str_len(v) + 1) * (size_t)str_width(v);
  else if (t->layout == K_BYTES) size = sizeof(Bytes) + (size_t)bytes_len(v) + 1;
  else size = sizeof(Tuple) + (size_t)tuple_len(v) * sizeof(Value);
  /* __slots__ of a subclass of tuple or str cannot exist, so Attrs come first. */
  return (Attrs *)((char *)v + ((size + 7) & ~(size_t)7));
}

size_t type_extra_size(Type *t) {
  return t->attrs_offset == -1 ? 8 + sizeof(Attrs) + root_of(t)->inline_slots * sizeof(Value) : 0;
}

static int more_count(Shape *s) { return s->count > s->inline_slots ? s->count - s->inline_slots : 0; }

void attrs_release(ThreadState *ts, Value v) {
  Attrs *attrs = attrs_of(v);
  if (attrs == NULL) return;
  Shape *s = shape_of(v);
  void *more = attrs->more;
  attrs->more = NULL;
  if (s->is_dict) {
    xdecref(ts, more);
    return;
  }
  int inline_count = s->count < s->inline_slots ? s->count : s->inline_slots;
  for (int i = 0; i < inline_count; i++) xdecref(ts, attrs->slots[i]);
  if (more) {
    for (int i = 0; i < more_count(s); i++) xdecref(ts, ((Value *)more)[i]);
    mem_free(ts, more);
  }
  v->shape = root_of(s->type); /* without attributes: a second call has nothing to do */
}

int attrs_traverse(Value v, Visit visit, void *arg) {
  Attrs *attrs = attrs_of(v);
  if (attrs == NULL) return 0;
  Shape *s = shape_of(v);
  if (s->is_dict) {
    VISIT(attrs->more);
    return 0;
  }
  for (int i = 0; i < s->count; i++) VISIT(*attr_slot(attrs, s, i));
  return 0;
}

static int to_dict(ThreadState *ts, Value v, Attrs *attrs, STEALS NULLABLE Value dict);

/* Breaks cycles through attributes; the instance is left with an empty dict. */
int attrs_clear(ThreadState *ts, Value v) {
  Attrs *attrs = attrs_of(v);
  if (attrs == NULL) return 0;
  if (!shape_of(v)->is_dict && to_dict(ts, v, attrs, NULL) < 0) {
    err_clear(ts);
    return 0;
  }
  Value dict = attrs->more;
  attrs->more = NULL;
  xdecref(ts, dict);
  return 0;
}

/* Put value (owned) into the slot that `grown` adds to v's shape. */
static int add_slot(ThreadState *ts, Value v, Attrs *attrs, Shape *grown, STEALS Value value) {
  int index = grown->count - 1;
  if (index >= grown->inline_slots) {
    int at = index - grown->inline_slots;
    if (at % 4 == 0) {
      void *more = mem_realloc(ts, attrs->more, (size_t)(at + 4) * sizeof(Value));
      if (more == NULL) {
        decref(ts, value);
        return -1;
      }
      attrs->more = more;
    }
  }
  __atomic_store_n(attr_slot(attrs, grown, index), value, __ATOMIC_RELEASE);
  __atomic_store_n(&v->shape, grown, __ATOMIC_RELEASE);
  return 0;
}

/* Move the attributes into a dict. 0 / -1. */
static int to_dict(ThreadState *ts, Value v, Attrs *attrs, STEALS NULLABLE Value dict) {
  Shape *s = v->shape, *dict_shape = type_dict_shape(ts, s->type);
  if (dict == NULL) dict = dict_new(ts);
  if (dict == NULL || dict_shape == NULL) goto error;
  Value names[MAX_SHAPE_ATTRIBUTES];
  for (Shape *at = s; at->parent; at = at->parent) names[at->count - 1] = at->name;
  for (int i = 0; i < s->count; i++) {
    Value value = *attr_slot(attrs, s, i);
    if (value && dict_set(ts, dict, names[i], value) < 0) goto error;
  }
  Value *more = attrs->more;
  __atomic_store_n(&v->shape, dict_shape, __ATOMIC_RELEASE); /* before `more` means something else */
  __atomic_store_n((Value *)&attrs->more, dict, __ATOMIC_RELEASE);
  for (int i = 0; i < s->count; i++) {
    Value old = i < s->inline_slots ? attrs->slots[i] : more[i - s->inline_slots];
    if (i < s->inline_slots) __atomic_store_n(&attrs->slots[i], NULL, __ATOMIC_RELEASE);
    xdecref(ts, old);
  }
  if (s->count > s->inline_slots) mem_free(ts, more);
  return 0;
error:
  xdecref(ts, dict);
  return -1;
}

static BORROWED Value get_locked(ThreadState *ts, Value v, Attrs *attrs, Value name) {
  if (shape_of(v)->is_dict) return attrs->more ? dict_get(ts, attrs->more, name) : NULL;
  int i = shape_find(v->shape, name);
  return i < 0 ? NULL : *attr_slot(attrs, v->shape, i);
}

Value instance_get(ThreadState *ts, Value v, Value name) {
  Attrs *attrs = attrs_of(v);
  Value found = NULL;
  if (attrs == NULL) return NULL;
  SECTION(ts, v) found = get_locked(ts, v, attrs, name);
  return found;
}

static Value missing(ThreadState *ts, Value v, Value name) {
  return err_format(ts, EXC(AttributeError), "'%T' object has no attribute '%U'", v, name);
}

static int set_locked(ThreadState *ts, Value v, Value name, Value value) {
  Attrs *attrs = attrs_of(v);
  Shape *s = shape_of(v);
  if (!s->is_dict) {
    int i = shape_find(s, name);
    if (i >= 0 && value) {
      replace(ts, attr_slot(attrs, s, i), incref(value));
      return 0;
    }
    if (i < 0 && value == NULL) {
      missing(ts, v, name);
      return -1;
    }
    if (value) {
      Shape *grown = shape_add(ts, s, name);
      if (grown) return add_slot(ts, v, attrs, grown, incref(value));
      if (err_occurred(ts)) return -1;
    }
    if (to_dict(ts, v, attrs, NULL) < 0) return -1;
  }
  if (value == NULL) {
    int found = attrs->more ? dict_contains(ts, attrs->more, name) : 0;
    if (found < 0) return -1;
    if (!found) {
      missing(ts, v, name);
      return -1;
    }
    return dict_delete(ts, attrs->more, name);
  }
  if (attrs->more == NULL && (attrs->more = dict_new(ts)) == NULL) return -1;
  return dict_set(ts, attrs->more, name, value);
}

int instance_set(ThreadState *ts, Value v, Value name, Value value) {
  int result = 0;
  SECTION(ts, v) result = set_locked(ts, v, name, value);
  return result;
}

static OWNED Value dict_locked(ThreadState *ts, Value v, Attrs *attrs) {
  if (!shape_of(v)->is_dict && to_dict(ts, v, attrs, NULL) < 0) return NULL;
  if (attrs->more == NULL && (attrs->more = dict_new(ts)) == NULL) return NULL;
  return incref(attrs->more);
}
Value object_get_dict(ThreadState *ts, Value v) {
  Attrs *attrs = is_object(v) ? attrs_of(v) : NULL;
  if (attrs == NULL) return err_format(ts, EXC(AttributeError), "'%T' object has no attribute '__dict__'", v);
  Value dict = NULL;
  SECTION(ts, v) dict = dict_locked(ts, v, attrs);
  return dict;
}

int object_set_dict(ThreadState *ts, Value v, Value dict) {
  Attrs *attrs = is_object(v) ? attrs_of(v) : NULL;
  if (attrs == NULL) {
    err_format(ts, EXC(AttributeError), "This object has no __dict__");
    return -1;
  }
  if (dict == NULL && !(type_of(ts, v)->flags & TYPE_HEAP)) {
    err_format(ts, EXC(TypeError), "cannot delete __dict__");
    return -1;
  }
  if (dict && !is_dict(dict)) {
    err_format(ts, EXC(TypeError), "__dict__ must be set to a dictionary, not a '%T'", dict);
    return -1;
  }
  int result = 0;
  SECTION(ts, v) {
    if (!shape_of(v)->is_dict) result = to_dict(ts, v, attrs, NULL);
    if (result == 0) replace(ts, (Value *)&attrs->more, xincref(dict)); /* deleted: an empty one is made when asked for */
  }
  return result;
}
