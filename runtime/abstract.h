/* abstract.h - operations on any value: what the operators, built-in functions and statements of the language mean.
 * All results OWNED; NULL / -1 with an exception on failure. CPython: Objects/abstract.c, Objects/object.c. */
#ifndef RUNTIME_ABSTRACT_H
#define RUNTIME_ABSTRACT_H

/* ---- attributes ---- */
Value attr_get(ThreadState *ts, Value v, Value name); /* name: interned str */
/* As attr_get, but NULL *without* an exception when there is no such attribute; *failed tells a real error. */
Value attr_get_optional(ThreadState *ts, Value v, Value name, bool *failed);
int attr_set(ThreadState *ts, Value v, Value name, NULLABLE Value value); /* NULL: delete */
Value attr_get_cstr(ThreadState *ts, Value v, const char *name);
/* Look a special method up on type(v) as the language does for operators: bound or NULL without exception. */
Value lookup_special(ThreadState *ts, Value v, Value name, bool *failed);
Value object_getattr(ThreadState *ts, Value v, Value name); /* object.__getattribute__ */
int object_setattr(ThreadState *ts, Value v, Value name, NULLABLE Value value);
/* object.__getattribute__ that returns NULL without an exception when the attribute is missing. */
Value object_getattr_optional(ThreadState *ts, Value v, Value name);
Value object_get_dict(ThreadState *ts, Value v); /* OWNED __dict__, made when needed; NULL+AttributeError */
int object_set_dict(ThreadState *ts, Value v, Value dict);

/* ---- calls ---- */
Value call(ThreadState *ts, Value f, Value *args, ssize_t nargs, NULLABLE Value kwnames);
static inline Value call_args(ThreadState *ts, Value f, Value *args, ssize_t nargs) { return call(ts, f, args, nargs, NULL); }
Value call0(ThreadState *ts, Value f);
Value call1(ThreadState *ts, Value f, Value a);
Value call2(ThreadState *ts, Value f, Value a, Value b);
Value call3(ThreadState *ts, Value f, Value a, Value b, Value c);
/* f(*args, **kwargs): args a tuple, kwargs a dict or NULL. */
Value call_tuple_dict(ThreadState *ts, Value f, Value args, NULLABLE Value kwargs);
/* v.name(args...), without making a bound method. */
Value call_method(ThreadState *ts, Value v, Value name, Value *args, ssize_t nargs);
Value call_method0(ThreadState *ts, Value v, Value name);
Value call_method1(ThreadState *ts, Value v, Value name, Value a);
Value call_method2(ThreadState *ts, Value v, Value name, Value a, Value b);
/* type(v).name(v, args...) for special methods; NULL and *missing set when the type has none. */
Value call_special(ThreadState *ts, Value v, Value name, Value *args, ssize_t nargs, bool *missing);
bool is_callable(ThreadState *ts, Value v);
/* Move positional and keyword arguments into the parameters of a native function.
 * names: parameter names; the first n_pos_only have no keyword; n_pos in all may be given by position; n_required must be given.
 * out[n_total] gets borrowed values, NULL where not given. -1 with CPython's TypeError. */
typedef struct {
  const char *function;
  int n_pos_only, n_pos, n_required, n_total;
  const char *const *names;
} ArgSpec;
int args_bind(ThreadState *ts, const ArgSpec *spec, Value *args, ssize_t nargs, NULLABLE Value kwnames, Value *out);
/* TypeError when keywords were given to a function that takes none. */
int args_no_keywords(ThreadState *ts, const char *function, NULLABLE Value kwnames);
/* The same in base's new: a subclass with an __init__ of its own may take keywords there. */
int args_no_keywords_new(ThreadState *ts, Type *type, Type *base, NULLABLE Value kwnames);
/* Check the number of positional arguments: "f expected at least 1 argument, got 0" ... */
int args_count(ThreadState *ts, const char *function, ssize_t nargs, ssize_t min, ssize_t max);

/* ---- comparing, hashing, truth ---- */
Value compare(ThreadState *ts, Value a, Value b, CompareOp op);
int compare_bool(ThreadState *ts, Value a, Value b, CompareOp op); /* -1/0/1; identity implies equality for CMP_EQ and CMP_NE */
static inline int equals(ThreadState *ts, Value a, Value b) { return a == b && (is_small_int(a) || is_special(a) || is_exact_str(a)) ? 1 : compare_bool(ts, a, b, CMP_EQ); }
int64_t hash_of(ThreadState *ts, Value v); /* -1: error */
int truth_slow(ThreadState *ts, Value v);
static inline int truth(ThreadState *ts, Value v) { /* -1/0/1 */
  if (v == V_TRUE) return 1;
  if (v == V_FALSE || v == V_NONE) return 0;
  return truth_slow(ts, v);
}

/* ---- text ---- */
Value repr_of(ThreadState *ts, Value v); /* str */
Value str_of(ThreadState *ts, Value v);  /* str */
Value ascii_of(ThreadState *ts, Value v);
Value format_of(ThreadState *ts, Value v, NULLABLE Value spec); /* format(v, spec) */
/* Guard of containers' repr against themselves: 1 when v is being printed already, 0 entered, -1 error. */
int repr_enter(ThreadState *ts, Value v);
void repr_leave(ThreadState *ts, Value v);

/* ---- numbers ---- */
Value num_binary(ThreadState *ts, BinaryOp op, Value a, Value b);
Value num_inplace(ThreadState *ts, BinaryOp op, Value a, Value b);
Value num_power(ThreadState *ts, Value a, Value b, Value mod); /* mod V_NONE: plain ** */
Value num_negative(ThreadState *ts, Value v);
Value num_positive(ThreadState *ts, Value v);
Value num_absolute(ThreadState *ts, Value v);
Value num_invert(ThreadState *ts, Value v);
Value num_index(ThreadState *ts, Value v); /* an exact int; TypeError "'x' object cannot be interpreted as an integer" */
bool has_index(ThreadState *ts, Value v);
/* v.__index__() as ssize_t. Out of range: clipped when err is NULL, else raises err (IndexError, OverflowError). -1 also on error. */
ssize_t num_as_ssize(ThreadState *ts, Value v, NULLABLE Value err);
/* The same for an argument of a method, which CPython words as a conversion to a C number; OverflowError. */
ssize_t arg_as_ssize(ThreadState *ts, Value v);
int num_as_i64(ThreadState *ts, Value v, int64_t *out);   /* int or __index__; OverflowError past the range */
int num_as_int(ThreadState *ts, Value v, int *out);       /* C int, OverflowError past the range */
int num_as_double(ThreadState *ts, Value v, double *out); /* float(v) rules: int, float, __float__, __index__ */
Value num_int(ThreadState *ts, Value v);   /* int(v) for one argument */
Value num_float(ThreadState *ts, Value v); /* float(v) */

/* ---- containers ---- */
ssize_t length(ThreadState *ts, Value v);                     /* len(v); -1 */
ssize_t length_hint(ThreadState *ts, Value v, ssize_t guess); /* operator.length_hint */
Value item_get(ThreadState *ts, Value v, Value key);
int item_set(ThreadState *ts, Value v, Value key, Value value);
int item_delete(ThreadState *ts, Value v, Value key);
int contains(ThreadState *ts, Value container, Value item); /* -1/0/1 */
Value iter_of(ThreadState *ts, Value v);
/* A slots.next gave NULL: a StopIteration that was raised means the end and is cleared. */
void iter_ended(ThreadState *ts);
Value iter_too_deep(ThreadState *ts); /* RecursionError */
/* Next item; NULL without exception at the end. Iterators over iterators over iterators end where the C stack does. */
static inline Value iter_next(ThreadState *ts, Value it) {
  char here;
  if (UNLIKELY(&here < ts->c_stack_limit)) return iter_too_deep(ts);
  Value v = type_of(ts, it)->slots.next(ts, it);
  if (UNLIKELY(v == NULL && ts->exc != NULL)) iter_ended(ts);
  return v;
}
bool is_iterator(ThreadState *ts, Value v);
bool is_sequence(ThreadState *ts, Value v); /* PySequence_Check */
bool is_mapping(ThreadState *ts, Value v);
Value seq_get(ThreadState *ts, Value v, ssize_t i);
/* Unpack any iterable into a new list / tuple. */
Value list_from_iterable(ThreadState *ts, Value v);
Value tuple_from_iterable(ThreadState *ts, Value v);
/* A borrowed view of list, tuple or (converted to a list) any iterable: returns OWNED holder. TypeError message if not iterable. */
Value seq_fast(ThreadState *ts, Value v, const char *not_iterable_message);
Value *seq_items(Value fast, ssize_t *n); /* of an exact list or tuple or subclass */
/* Slices: -1 on error. Clips start/stop to length and gives the number of steps. */
int slice_indices(ThreadState *ts, Value slice, ssize_t length, ssize_t *start, ssize_t *stop, ssize_t *step, ssize_t *count);

/* ---- classes ---- */
int is_instance(ThreadState *ts, Value v, Value cls); /* with __instancecheck__, tuples, unions; -1/0/1 */
int is_subclass(ThreadState *ts, Value cls, Value base);
int plain_is_subclass(ThreadState *ts, Value cls, Value base); /* without asking base.__subclasscheck__ */
static inline const char *type_name_of(ThreadState *ts, Value v);

Value id_of(ThreadState *ts, Value v); /* id(v) */
Value dir_of(ThreadState *ts, NULLABLE Value v);
/* print to a Python file object, e.g. sys.stderr: file.write(str) */
int file_write_str(ThreadState *ts, Value file, Value s);
int file_write_cstr(ThreadState *ts, Value file, const char *text);
Value sys_get(ThreadState *ts, const char *name); /* BORROWED or NULL, no exception */
int sys_set(ThreadState *ts, const char *name, Value v);
int audit_nothing(void);

#endif
