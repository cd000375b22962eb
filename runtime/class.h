/* class.h - types: making them, the method resolution order, look-up, inheritance of slots. (class.c, mro.c, slots.c, shape.c)
 * CPython: Objects/typeobject.c. */
#ifndef RUNTIME_CLASS_H
#define RUNTIME_CLASS_H

static inline const char *str_chars(Value s);
static inline const char *type_name(Type *t) { return str_chars(t->name); }
static inline const char *type_name_of(ThreadState *ts, Value v) { return type_name(type_of(ts, v)); }

/* What a built-in type is made of. NULL-terminated tables. */
typedef struct {
  const char *name;   /* "list", or "collections.deque": the part before the last dot is __module__ */
  const char *doc;
  size_t size;        /* of its instances' struct */
  uint32_t flags;     /* TYPE_ bits; TYPE_GC and TYPE_BASETYPE matter most */
  Slots slots;
  const MethodDef *methods;
  const GetSetDef *getsets;
} TypeSpec;

/* Make a built-in type of this layout (K_OBJECT for a native module's own types, whose kind is then K_OBJECT too). OWNED.
 * base NULL: object. Slots are inherited and the dunder methods made from slots.def. */
OWNED Type *type_from_spec(ThreadState *ts, const TypeSpec *spec, NULLABLE Type *base, Kind layout);
/* type(name, bases, dict) with the usual checks; metatype calculated by the caller. */
Type *type_alloc(ThreadState *ts, NULLABLE Type *metatype);
Type *type_best_base(ThreadState *ts, Value bases); /* BORROWED */
/* mro.c: bases and order of a new class, or of one that has had others; type.mro(). */
int type_start_bases(ThreadState *ts, Type *t, Value bases, Type *base);
int type_change_bases(ThreadState *ts, Type *t, Value bases);
int type_merge_dicts(ThreadState *ts, Type *t, Value names); /* the dicts along its order into the dict `names` */
void type_leave_bases(ThreadState *ts, Type *t, NULLABLE Value bases); /* off their lists of subclasses */
OWNED Value type_compute_mro(ThreadState *ts, Type *t);
void type_drop_contents(ThreadState *ts, Type *t); /* the end of a type in three steps: what it refers to, */
void type_drop_names(ThreadState *ts, Type *t);    /* its names, those of its shapes and slots, */
void type_free_parts(ThreadState *ts, Type *t);    /* shapes and arrays */
int type_lookup_cache_new(ThreadState *ts); /* -1: no memory */
void type_lookup_cache_free(ThreadState *ts);
OWNED Value type_new_class(ThreadState *ts, Type *metatype, Value name, Value bases, Value dict, NULLABLE Value kwnames, Value *kwvalues);

/* t's bases in the order of look-ups, a tuple; NULL while a metaclass's mro() runs. Good until the next check point. */
static inline BORROWED Value mro_of(const Type *t) { return __atomic_load_n(&t->mro, __ATOMIC_ACQUIRE); }
bool type_is_subtype_slow(Type *t, Type *base);
static inline bool type_is_subtype(Type *t, Type *base) { return t == base || type_is_subtype_slow(t, base); }
/* Attribute of a type by its MRO: BORROWED, NULL without exception when missing. name interned. */
Value type_lookup(ThreadState *ts, Type *t, Value name);
static inline Value type_lookup_id(ThreadState *ts, Value v, Value name) { return type_lookup(ts, type_of(ts, v), name); }
int type_set_attr(ThreadState *ts, Type *t, Value name, NULLABLE Value value); /* also on immutable types: for start-up */
/* The class changed: renew versions of it and its subclasses, and refresh slots that depend on `name` (NULL: all). */
int type_make_slots(ThreadState *ts, Type *t);      /* slots.c: dunder wrappers from C slots (built-in types) */
void type_inherit_slots(Type *t, Type *base);       /* fill empty slots */
void type_update_slots(ThreadState *ts, Type *t, NULLABLE Value name); /* slots of a class from its dunder methods */
int type_init_members(ThreadState *ts, Type *t, const TypeSpec *spec);
int types_init(ThreadState *ts);                    /* start of an Interp: all of kinds.def */
uint32_t new_version(ThreadState *ts);
void type_modified(ThreadState *ts, Type *t, NULLABLE Value name);
Value type_call(ThreadState *ts, Value type, Value *args, ssize_t nargs, Value kwnames); /* type.__call__ */
OWNED Value type_module_name(ThreadState *ts, Type *t);      /* __module__ */
OWNED Value type_full_name(ThreadState *ts, Type *t);        /* module.qualname, without "builtins." */
Value type_get_doc(ThreadState *ts, Type *t);
void type_match_like(Type *t, Type *abc); /* after abc.register(t): [..] and {..} patterns match t and its subclasses as they match abc */

/* Bytes that instances of a subclass need behind a variable-sized part (attrs_offset -1), else 0. */
size_t type_extra_size(Type *t);

/* Shapes */
Shape *shape_new(ThreadState *ts, Type *t, NULLABLE Shape *parent, NULLABLE Value name);
int shape_find(Shape *s, Value name); /* slot index or -1 */
Shape *shape_add(ThreadState *ts, Shape *s, Value name); /* the child shape; NULL: use a dict (or memory error) */
Shape *type_dict_shape(ThreadState *ts, Type *t);
int type_widen_root(ThreadState *ts, Type *t); /* a new root shape with wanted_slots inline slots */
int instance_set(ThreadState *ts, Value v, Value name, NULLABLE Value value); /* no descriptors; -1 + AttributeError on delete */
Attrs *attrs_of(Value v); /* where v's attributes are, NULL if it cannot have any */
static inline Value *attr_slot(Attrs *attrs, Shape *shape, int i) {
  return i < shape->inline_slots ? &attrs->slots[i] : &((Value *)attrs->more)[i - shape->inline_slots];
}
void attrs_release(ThreadState *ts, Value v); /* drop all attributes of an instance (dealloc) */
int attrs_traverse(Value v, Visit visit, void *arg);
int attrs_clear(ThreadState *ts, Value v);
/* An attribute directly in the instance: BORROWED or NULL. */
Value instance_get(ThreadState *ts, Value v, Value name);

#define VISIT(v) \
  do { \
    Value visit_v = (Value)(v); \
    if (visit_v != NULL && is_object(visit_v)) { \
      int visit_r = visit(visit_v, arg); \
      if (visit_r) return visit_r; \
    } \
  } while (0)

#endif
