/* reader.c - Unpickler, load and loads: run the program that a pickle is.
 *
 *   stack:  | a | b | [ | c | d |    marks: positions in the stack; an opcode that needs "all above the mark" takes c and d
 *   memo:   by index, for objects that the program fetches again
 *
 * Keeps true: no opcode looks below the last mark (`fence`); a length is believed only as far as there are bytes (or the file has them), so that a
 *   hostile pickle makes no huge allocation; the objects that a pickle makes are made by find_class and what it finds, nothing else.
 * Next: names.c. CPython: Modules/_pickle.c (load). */
#include "runtime/modules/pickle/pickle.h"

enum { PREFETCH = 128 * 1024, MEMO_STEP = 1 << 16 };

typedef struct {
  Object base;
  Value read, readline, readinto, peek, persistent_load, buffers; /* or NULL */
  Value encoding, errors;                               /* str */
  Value *memo;                                          /* OWNED or NULL, memo_size of them */
  size_t memo_size, memo_used;
  Value sparse; /* dict: what a pickle puts at an index far beyond the others */
  int *protocol_in_hand; /* of the load under way, or NULL */
  bool fix_imports, is_ready;
} Unpickler;
static Unpickler *as_unpickler(Value v) { return (Unpickler *)v; }

/* One load under way. */
typedef struct {
  ThreadState *ts;
  Unpickler *u;
  Value self; /* the Unpickler as an object, whose find_class and persistent_load may be a subclass's; or NULL */
  const uint8_t *in;
  size_t at, size;
  Value held;        /* OWNED what `in` lies in, or NULL */
  size_t peeked_at;  /* from there on `in` has been looked at only: the file stands there; SIZE_MAX: nothing of the kind */
  Value *stack;
  size_t depth, capacity, fence;
  size_t *marks, mark_count, mark_capacity;
  int protocol;
  Value find_class, persistent_load; /* bound methods of a subclass, or NULL */
} Reader;

static int unpickling_error(Reader *r, const char *text) { return err_format(r->ts, pickle_state(r->ts)->unpickling_error, "%s", text), -1; }
static int truncated(Reader *r) { return unpickling_error(r, "pickle data was truncated"); }

/* ---- bytes in ---- */

/* The file goes on to where we are, if it was only looked at. */
static int skip_consumed(Reader *r) {
  if (r->peeked_at == SIZE_MAX || r->at <= r->peeked_at) return 0;
  Value n = int_from_u64(r->ts, r->at - r->peeked_at), data = n ? call1(r->ts, r->u->read, n) : NULL;
  r->peeked_at = r->at;
  xdecref(r->ts, n);
  xdecref(r->ts, data);
  return data ? 0 : -1;
}
/* What a method of the file gave becomes the input. */
static int take_input(Reader *r, STEALS NULLABLE Value data) {
  if (data == NULL) return -1;
  if (!is_bytes(data)) {
    Buffer view;
    if (buffer_get(r->ts, data, &view, false) < 0) return decref(r->ts, data), -1;
    Value copy = bytes_new(r->ts, view.data, view.length);
    buffer_release(r->ts, &view);
    decref(r->ts, data);
    if ((data = copy) == NULL) return -1;
  }
  replace(r->ts, &r->held, data);
  r->in = (const uint8_t *)bytes_data(data);
  r->size = (size_t)bytes_len(data);
  r->at = 0;
  r->peeked_at = SIZE_MAX;
  return 0;
}
/* Look at more than is needed, if the file can do that without moving. 1: n bytes are there. */
static int peek_ahead(Reader *r, size_t n) {
  ThreadState *ts = r->ts;
  if (r->u->peek == NULL || n >= PREFETCH) return 0;
  Value data = call1(ts, r->u->peek, small_int_value(PREFETCH));
  if (data == NULL) {
    if (!err_matches(ts, EXC(NotImplementedError))) return -1;
    err_clear(ts);
    CLEAR(r->u->peek);
    return 0;
  }
  if (take_input(r, data) < 0) return -1;
  r->peeked_at = 0;
  return r->size >= n;
}
/* The next n bytes, in one piece. */
static const uint8_t *need(Reader *r, size_t n) {
  if (LIKELY(n <= r->size - r->at)) {
    r->at += n;
    return r->in + r->at - n;
  }
  ThreadState *ts = r->ts;
  if (n > SSIZE_MAX - r->at) return unpickling_error(r, "read would overflow (invalid bytecode)"), NULL;
  if (r->u->read == NULL) return truncated(r), NULL;
  if (skip_consumed(r) < 0) return NULL;
  int got = peek_ahead(r, n);
  if (got < 0) return NULL;
  if (!got) {
    Value size = int_from_u64(ts, n), data = size ? call1(ts, r->u->read, size) : NULL;
    xdecref(ts, size);
    if (take_input(r, data) < 0) return NULL;
    if (r->size < n) return truncated(r), NULL;
  }
  r->at = n;
  return r->in;
}
/* The next line, *n bytes without its end. */
static const char *need_line(Reader *r, size_t *n) {
  ThreadState *ts = r->ts;
  const uint8_t *end = r->at < r->size ? memchr(r->in + r->at, '\n', r->size - r->at) : NULL;
  if (end == NULL) {
    if (r->u->read == NULL) return truncated(r), NULL;
    if (skip_consumed(r) < 0 || take_input(r, call0(ts, r->u->readline)) < 0) return NULL;
    if (r->size == 0 || r->in[r->size - 1] != '\n') return truncated(r), NULL;
    end = r->in + r->size - 1;
  }
  const char *line = (const char *)r->in + r->at;
  *n = (size_t)(end - (r->in + r->at));
  r->at += *n + 1;
  return line;
}
static int need_number(Reader *r, int bytes, uint64_t *out) {
  const uint8_t *p = need(r, (size_t)bytes);
  if (p == NULL) return -1;
  *out = 0;
  for (int i = 0; i < bytes; i++) *out |= (uint64_t)p[i] << 8 * i;
  return 0;
}

/* ---- the stack ---- */

static int push(Reader *r, STEALS NULLABLE Value v) {
  if (v == NULL) return -1;
  if (UNLIKELY(r->depth == r->capacity)) {
    size_t capacity = r->capacity * 2 + 32;
    Value *grown = mem_realloc(r->ts, r->stack, capacity * sizeof *grown);
    if (grown == NULL) return decref(r->ts, v), -1;
    r->stack = grown;
    r->capacity = capacity;
  }
  r->stack[r->depth++] = v;
  return 0;
}
static int underflow(Reader *r) { return unpickling_error(r, r->mark_count ? "unexpected MARK found" : "unpickling stack underflow"); }
/* At least n objects above the last mark. */
static inline int has(Reader *r, size_t n) { return LIKELY(r->depth - r->fence >= n) ? 0 : underflow(r); }
static Value pop(Reader *r) { return has(r, 1) < 0 ? NULL : r->stack[--r->depth]; }
static BORROWED Value top(Reader *r) { return r->stack[r->depth - 1]; }
static void cut(Reader *r, size_t depth) {
  while (r->depth > depth) decref(r->ts, r->stack[--r->depth]);
}
static int push_mark(Reader *r) {
  if (r->mark_count == r->mark_capacity) {
    size_t capacity = r->mark_capacity * 2 + 16;
    size_t *grown = mem_realloc(r->ts, r->marks, capacity * sizeof *grown);
    if (grown == NULL) return -1;
    r->marks = grown;
    r->mark_capacity = capacity;
  }
  r->marks[r->mark_count++] = r->fence = r->depth;
  return 0;
}
/* Take the last mark off: where it stood, or -1. */
static ssize_t pop_mark(Reader *r) {
  if (r->mark_count == 0) return unpickling_error(r, "could not find MARK");
  size_t mark = r->marks[--r->mark_count];
  r->fence = r->mark_count ? r->marks[r->mark_count - 1] : 0;
  return (ssize_t)mark;
}
/* All from `from` on as a tuple, off the stack. */
static Value pop_tuple(Reader *r, size_t from) {
  Value t = tuple_new(r->ts, (ssize_t)(r->depth - from));
  for (size_t i = from; t && i < r->depth; i++) tuple_set(t, (ssize_t)(i - from), r->stack[i]);
  if (t) r->depth = from;
  return t;
}
static Value pop_list(Reader *r, size_t from) {
  ThreadState *ts = r->ts;
  Value list = list_new(r->ts, (ssize_t)(r->depth - from));
  for (size_t i = from; list && i < r->depth; i++)
    if (list_append(r->ts, list, r->stack[i]) < 0) CLEAR(list);
  if (list) cut(r, from);
  return list;
}

/* ---- the memo ---- */

static int memo_put(ThreadState *ts, Unpickler *u, uint64_t index, Value v) {
  if (index >= u->memo_size) {
    if (index > u->memo_size * 2 + MEMO_STEP) { /* not what a pickler writes: do not make room for all that lies between */
      if (u->sparse == NULL && (u->sparse = dict_new(ts)) == NULL) return -1;
      Value key = int_from_u64(ts, index);
      int failed = key ? dict_set(ts, u->sparse, key, v) : -1;
      xdecref(ts, key);
      return failed;
    }
    size_t size = index * 2 + 32;
    Value *grown = mem_realloc(ts, u->memo, size * sizeof *grown);
    if (grown == NULL) return -1;
    memset(grown + u->memo_size, 0, (size - u->memo_size) * sizeof *grown);
    u->memo = grown;
    u->memo_size = size;
  }
  Value old = u->memo[index];
  u->memo[index] = incref(v);
  if (old) decref(ts, old);
  else u->memo_used++;
  return 0;
}
static int put_top(Reader *r, uint64_t index) { return has(r, 1) < 0 ? -1 : memo_put(r->ts, r->u, index, top(r)); }
static int push_memo(Reader *r, uint64_t index) {
  ThreadState *ts = r->ts;
  Value v = index < r->u->memo_size ? r->u->memo[index] : NULL;
  if (v == NULL && r->u->sparse) {
    Value key = int_from_u64(ts, index);
    if (key == NULL) return -1;
    v = dict_get(ts, r->u->sparse, key);
    decref(ts, key);
  }
  if (v == NULL) return err_format(ts, pickle_state(ts)->unpickling_error, "Memo value not found at index %lld", (long long)index), -1;
  return push(r, incref(v));
}
static void memo_clear(ThreadState *ts, Unpickler *u) {
  Value *memo = u->memo;
  size_t n = u->memo_size;
  u->memo = NULL;
  u->memo_size = u->memo_used = 0;
  for (size_t i = 0; i < n; i++) xdecref(ts, memo[i]);
  mem_free(ts, memo);
  CLEAR(u->sparse);
}

/* ---- numbers ---- */

static Value int_of_line(Reader *r, const char *p, size_t n, int base) {
  ThreadState *ts = r->ts;
  if (n == 0) return truncated(r), NULL;
  Value text = str_from_latin1(ts, p, (ssize_t)n), v = text ? int_parse(ts, text, base) : NULL;
  xdecref(ts, text);
  return v;
}
static int load_int(Reader *r) {
  ThreadState *ts = r->ts;
  size_t n;
  const char *p = need_line(r, &n);
  if (p == NULL) return -1;
  if (n == 2 && p[0] == '0' && (p[1] == '0' || p[1] == '1')) return push(r, bool_value(p[1] == '1'));
  Value v = int_of_line(r, p, n, 0);
  if (v == NULL && err_matches(ts, EXC(ValueError))) {
    err_clear(r->ts);
    err_format(ts, EXC(ValueError), "could not convert string to int");
  }
  return push(r, v);
}
static int load_long(Reader *r) {
  size_t n;
  const char *p = need_line(r, &n);
  if (p == NULL) return -1;
  if (n && p[n - 1] == 'L') n--;
  else if (n) n++; /* with the line's end, which int() passes over and an error shows */
  return push(r, int_of_line(r, p, n, 10));
}
static int load_binary_int(Reader *r, int bytes) {
  uint64_t n;
  if (need_number(r, bytes, &n) < 0) return -1;
  return push(r, int_from_i64(r->ts, bytes == 4 ? (int64_t)(int32_t)n : (int64_t)n));
}
static int load_long_bytes(Reader *r, int bytes) {
  uint64_t n;
  if (need_number(r, bytes, &n) < 0) return -1;
  if (bytes == 4 && (int32_t)n < 0) return unpickling_error(r, "LONG pickle has negative byte count");
  const uint8_t *p = need(r, n);
  return p == NULL ? -1 : push(r, int_from_bytes(r->ts, p, n, true, true));
}
static int load_float(Reader *r) {
  ThreadState *ts = r->ts;
  size_t n;
  const char *p = need_line(r, &n);
  if (p == NULL) return -1;
  if (n == 0) return truncated(r);
  Value text = str_from_latin1(ts, p, (ssize_t)n), v = text ? num_float(ts, text) : NULL;
  if (v == NULL && text && err_matches(ts, EXC(ValueError))) {
    err_clear(ts);
    err_format(ts, EXC(ValueError), "could not convert string to float: '%U\n'", text);
  }
  xdecref(ts, text);
  return push(r, v);
}
static int load_binary_float(Reader *r) {
  const uint8_t *p = need(r, 8);
  if (p == NULL) return -1;
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++) bits = bits << 8 | p[i];
  double d;
  memcpy(&d, &bits, sizeof d);
  return push(r, float_new(r->ts, d));
}

/* ---- text and bytes ---- */

/* A length of so many bytes, and that much data. */
static const uint8_t *need_data(Reader *r, int bytes, const char *what, size_t *n) {
  ThreadState *ts = r->ts;
  uint64_t length;
  if (need_number(r, bytes, &length) < 0) return NULL;
  if (length > SSIZE_MAX) return err_format(r->ts, EXC(OverflowError), "%s exceeds system's maximum size of %zd bytes", what, (ssize_t)SSIZE_MAX), NULL;
  *n = length;
  return need(r, length);
}
static int load_unicode_data(Reader *r, int bytes) {
  size_t n;
  const uint8_t *p = need_data(r, bytes, "BINUNICODE", &n);
  return p == NULL ? -1 : push(r, bytes_are_ascii((const char *)p, n) ? str_ascii_new(r->ts, (const char *)p, (ssize_t)n) : str_decode(r->ts, (const char *)p, (ssize_t)n, "utf-8", "surrogatepass"));
}
static int load_unicode_line(Reader *r) {
  size_t n;
  const char *p = need_line(r, &n);
  return p == NULL ? -1 : push(r, str_decode(r->ts, p, (ssize_t)n, "raw-unicode-escape", NULL));
}
static int load_bytes_data(Reader *r, int bytes) {
  size_t n;
  const uint8_t *p = need_data(r, bytes, "BINBYTES", &n);
  return p == NULL ? -1 : push(r, bytes_new(r->ts, (const char *)p, (ssize_t)n));
}
static int load_bytearray(Reader *r) {
  size_t n;
  const uint8_t *p = need_data(r, 8, "BYTEARRAY8", &n);
  return p == NULL ? -1 : push(r, bytearray_new(r->ts, (const char *)p, (ssize_t)n));
}
/* Python 2's str: text by the encoding that load() was given, or bytes. */
static Value old_str(Reader *r, const char *p, size_t n) {
  ThreadState *ts = r->ts;
  if (str_equal_cstr(r->u->encoding, "bytes")) return bytes_new(ts, p, (ssize_t)n);
  const char *encoding = str_text_argument(ts, r->u->encoding, "load", "encoding"), *errors = str_text_argument(ts, r->u->errors, "load", "errors");
  return encoding && errors ? str_decode(ts, p, (ssize_t)n, encoding, errors) : NULL;
}
static int load_string(Reader *r) {
  ThreadState *ts = r->ts;
  size_t n;
  const char *p = need_line(r, &n);
  if (p == NULL) return -1;
  if (n && p[n - 1] == '\r') n--;
  if (n < 2 || p[0] != p[n - 1] || (p[0] != '"' && p[0] != '\'')) return unpickling_error(r, "the STRING opcode argument must be quoted");
  Value decode = import_attr(ts, "codecs", "escape_decode"), quoted = decode ? bytes_new(ts, p + 1, (ssize_t)n - 2) : NULL, pair = quoted ? call1(ts, decode, quoted) : NULL, v = NULL;
  if (pair && is_tuple(pair) && is_bytes(tuple_get(pair, 0))) v = old_str(r, bytes_data(tuple_get(pair, 0)), (size_t)bytes_len(tuple_get(pair, 0)));
  xdecref(ts, decode);
  xdecref(ts, quoted);
  xdecref(ts, pair);
  return push(r, v);
}
static int load_string_data(Reader *r, int bytes) {
  uint64_t n;
  if (need_number(r, bytes, &n) < 0) return -1;
  const uint8_t *p = need(r, n);
  return p == NULL ? -1 : push(r, old_str(r, (const char *)p, n));
}

/* ---- containers ---- */

static int load_tuple(Reader *r, size_t n) { return has(r, n) < 0 ? -1 : push(r, pop_tuple(r, r->depth - n)); }
static int load_marked_tuple(Reader *r) {
  ssize_t mark = pop_mark(r);
  return mark < 0 ? -1 : push(r, pop_tuple(r, (size_t)mark));
}
static int load_marked_list(Reader *r) {
  ssize_t mark = pop_mark(r);
  return mark < 0 ? -1 : push(r, pop_list(r, (size_t)mark));
}
static int load_frozenset(Reader *r) {
  ThreadState *ts = r->ts;
  ssize_t mark = pop_mark(r);
  Value items = mark < 0 ? NULL : pop_tuple(r, (size_t)mark), v = items ? frozenset_from_iterable(ts, items) : NULL;
  xdecref(ts, items);
  return push(r, v);
}
static int set_pairs(Reader *r, Value into, size_t from) {
  ThreadState *ts = r->ts;
  for (size_t i = from; i < r->depth; i += 2) {
    Value key = r->stack[i];
    if (is_kind(key, K_STR) && !str_is_interned(key)) key = r->stack[i] = str_intern(ts, key);
    if (key == NULL) return r->stack[i] = V_NONE, -1;
    if ((is_kind(into, K_DICT) ? dict_set(ts, into, key, r->stack[i + 1]) : item_set(ts, into, key, r->stack[i + 1])) < 0) return -1;
  }
  cut(r, from);
  return 0;
}
static int load_dict(Reader *r) {
  ssize_t mark = pop_mark(r);
  if (mark < 0) return -1;
  if ((r->depth - (size_t)mark) % 2) return unpickling_error(r, "odd number of items for DICT");
  Value dict = dict_new(r->ts);
  if (dict == NULL || set_pairs(r, dict, (size_t)mark) < 0) return xdecref(r->ts, dict), -1;
  return push(r, dict);
}
/* The items from `from` on go into what lies below them. */
static int set_items(Reader *r, size_t from) {
  if (r->depth < from || from <= r->fence) return underflow(r);
  if (r->depth == from) return 0;
  if ((r->depth - from) % 2) return unpickling_error(r, "odd number of items for SETITEMS");
  return set_pairs(r, r->stack[from - 1], from);
}
static int call_with_items(Reader *r, Value method, size_t from) {
  ThreadState *ts = r->ts;
  for (size_t i = from; i < r->depth; i++) {
    Value answer = call1(ts, method, r->stack[i]);
    if (answer == NULL) return -1;
    decref(ts, answer);
  }
  cut(r, from);
  return 0;
}
static int append_items(Reader *r, size_t from) {
  ThreadState *ts = r->ts;
  if (r->depth < from || from <= r->fence) return underflow(r);
  if (r->depth == from) return 0;
  Value into = r->stack[from - 1];
  if (is_kind(into, K_LIST)) {
    for (size_t i = from; i < r->depth; i++)
      if (list_append(ts, into, r->stack[i]) < 0) return -1;
    cut(r, from);
    return 0;
  }
  bool failed;
  Value name = str_intern_cstr(ts, "extend"), method = name ? attr_get_optional(ts, into, name, &failed) : NULL;
  xdecref(ts, name);
  if (method == NULL && (name == NULL || failed)) return -1;
  int result;
  if (method) {
    Value list = pop_list(r, from), answer = list ? call1(ts, method, list) : NULL;
    result = answer ? 0 : -1;
    xdecref(ts, list);
    xdecref(ts, answer);
  } else {
    method = attr_get(ts, into, ID(append)); /* a class of PEP 307 may have this one only */
    result = method ? call_with_items(r, method, from) : -1;
  }
  xdecref(ts, method);
  return result;
}
static int load_appends(Reader *r) {
  ssize_t mark = pop_mark(r);
  return mark < 0 ? -1 : append_items(r, (size_t)mark);
}
static int load_setitems(Reader *r) {
  ssize_t mark = pop_mark(r);
  return mark < 0 ? -1 : set_items(r, (size_t)mark);
}
static int load_additems(Reader *r) {
  ThreadState *ts = r->ts;
  ssize_t mark = pop_mark(r);
  if (mark < 0) return -1;
  if ((size_t)mark <= r->fence) return underflow(r);
  Value into = r->stack[mark - 1];
  if (is_kind(into, K_SET)) {
    for (size_t i = (size_t)mark; i < r->depth; i++)
      if (set_add(ts, into, r->stack[i]) < 0) return -1;
    cut(r, (size_t)mark);
    return 0;
  }
  Value add = attr_get_cstr(ts, into, "add");
  int result = add ? call_with_items(r, add, (size_t)mark) : -1;
  xdecref(ts, add);
  return result;
}

/* ---- by name ---- */

/* Unpickler.find_class(module, name), as it is unless a subclass has its own. */
static Value find_class(ThreadState *ts, Unpickler *u, int protocol, Value module_name, Value name) {
  Value m = incref(module_name), n = incref(name), module = NULL, v = NULL;
  if (protocol < 3 && u->fix_imports && pickle_map_name(ts, &m, &n, false) < 0) goto done;
  if ((module = pickle_import(ts, m)) == NULL) goto done;
  if (protocol >= 4) {
    if (pickle_has_locals(n)) err_format(ts, EXC(AttributeError), "Can't get local attribute %R on %R", n, module);
    else {
      v = pickle_deep_attribute(ts, module, n, NULL);
      if (v == NULL && !err_occurred(ts)) err_format(ts, EXC(AttributeError), "Can't get attribute %R on %R", n, module);
    }
  } else {
    bool failed;
    Value id = str_intern(ts, incref(n));
    v = id ? attr_get_optional(ts, module, id, &failed) : NULL;
    xdecref(ts, id);
    if (v == NULL && !err_occurred(ts)) err_format(ts, EXC(AttributeError), "Can't get attribute %R on %R", n, module);
  }
done:
  xdecref(ts, module);
  decref(ts, m);
  decref(ts, n);
  return v;
}
static Value find(Reader *r, Value module_name, Value name) {
  return r->find_class ? call2(r->ts, r->find_class, module_name, name) : find_class(r->ts, r->u, r->protocol, module_name, name);
}
static const char *need_name_line(Reader *r, size_t *n) {
  const char *p = need_line(r, n);
  if (p && *n == 0) return truncated(r), NULL;
  return p;
}
/* Two lines: a module and a name in it. */
static Value find_by_lines(Reader *r) {
  ThreadState *ts = r->ts;
  size_t n;
  const char *p = need_name_line(r, &n);
  Value module_name = p ? str_decode(ts, p, (ssize_t)n, "utf-8", "strict") : NULL, name = NULL, v = NULL;
  if (module_name && (p = need_name_line(r, &n)) != NULL && (name = str_decode(ts, p, (ssize_t)n, "utf-8", "strict")) != NULL) v = find(r, module_name, name);
  xdecref(ts, module_name);
  xdecref(ts, name);
  return v;
}
static int load_stack_global(Reader *r) {
  ThreadState *ts = r->ts;
  Value name = pop(r), module_name = name ? pop(r) : NULL, v = NULL;
  if (module_name) {
    if (is_kind(module_name, K_STR) && is_kind(name, K_STR)) v = find(r, module_name, name);
    else unpickling_error(r, "STACK_GLOBAL requires str");
  }
  xdecref(ts, name);
  xdecref(ts, module_name);
  return push(r, v);
}
static int load_extension(Reader *r, int bytes) {
  ThreadState *ts = r->ts;
  uint64_t code;
  if (need_number(r, bytes, &code) < 0) return -1;
  if (code == 0 || code > INT32_MAX) return unpickling_error(r, "EXT specifies code <= 0");
  Value cache = import_attr(ts, "copyreg", "_extension_cache"), registry = cache ? import_attr(ts, "copyreg", "_inverted_registry") : NULL, key = int_from_u64(ts, code), v = NULL;
  if (registry && key && is_dict(cache) && is_dict(registry)) {
    v = xincref(dict_get(ts, cache, key));
    Value pair = v ? NULL : dict_get(ts, registry, key);
    if (v == NULL && pair == NULL && !err_occurred(ts)) err_format(ts, EXC(ValueError), "unregistered extension code %lld", (long long)code);
    if (pair && (!is_tuple(pair) || tuple_len(pair) != 2 || !is_str(tuple_get(pair, 0)) || !is_str(tuple_get(pair, 1)))) {
      err_format(ts, EXC(ValueError), "_inverted_registry[%lld] isn't a 2-tuple of strings", (long long)code);
    } else if (pair) {
      incref(pair);
      v = find(r, tuple_get(pair, 0), tuple_get(pair, 1));
      decref(ts, pair);
      if (v && dict_set(ts, cache, key, v) < 0) CLEAR(v);
    }
  }
  xdecref(ts, cache);
  xdecref(ts, registry);
  xdecref(ts, key);
  return push(r, v);
}

/* ---- making objects ---- */

static int load_reduce(Reader *r) {
  ThreadState *ts = r->ts;
  if (has(r, 2) < 0) return -1;
  Value args = pop(r), function = pop(r), v = NULL;
  if (is_tuple(args)) v = call_args(ts, function, tuple_items(args), tuple_len(args));
  else err_format(ts, EXC(TypeError), "argument list must be a tuple");
  decref(ts, args);
  decref(ts, function);
  return push(r, v);
}
static int load_newobj(Reader *r, bool with_keywords) {
  ThreadState *ts = r->ts;
  const char *what = with_keywords ? "NEWOBJ_EX" : "NEWOBJ";
  Value error = pickle_state(ts)->unpickling_error;
  if (has(r, with_keywords ? 3 : 2) < 0) return -1;
  Value kwargs = with_keywords ? pop(r) : NULL, args = pop(r), cls = pop(r), v = NULL;
  if (!is_tuple(args)) err_format(ts, error, "%s args argument must be a tuple, not %T", what, args);
  else if (kwargs && !is_dict(kwargs)) err_format(ts, error, "%s kwargs argument must be a dict, not %T", what, kwargs);
  else if (!is_type(cls)) err_format(ts, error, "%s class argument must be a type, not %T", what, cls);
  else if (((Type *)cls)->slots.new == NULL) err_format(ts, error, "%s class argument '%N' doesn't have __new__", what, (Type *)cls);
  else if (kwargs == NULL || dict_len(kwargs) == 0) v = ((Type *)cls)->slots.new(ts, (Type *)cls, tuple_items(args), tuple_len(args), NULL);
  else {
    Value new = attr_get(ts, cls, ID(__new__)), all = new ? tuple_new(ts, tuple_len(args) + 1) : NULL;
    if (all) {
      tuple_set(all, 0, incref(cls));
      for (ssize_t i = 0; i < tuple_len(args); i++) tuple_set(all, i + 1, incref(tuple_get(args, i)));
      v = call_tuple_dict(ts, new, all, kwargs);
    }
    xdecref(ts, new);
    xdecref(ts, all);
  }
  xdecref(ts, kwargs);
  decref(ts, args);
  decref(ts, cls);
  return push(r, v);
}
/* Protocol 0's way: cls(*args), or without arguments just an instance. */
static Value instantiate(Reader *r, Value cls, Value args) {
  ThreadState *ts = r->ts;
  if (tuple_len(args) == 0 && is_type(cls)) {
    bool failed;
    Value name = str_intern_cstr(ts, "__getinitargs__"), has_args = name ? attr_get_optional(ts, cls, name, &failed) : NULL;
    xdecref(ts, name);
    if (has_args == NULL && (name == NULL || failed)) return NULL;
    if (has_args == NULL) return call_method1(ts, cls, ID(__new__), cls);
    decref(ts, has_args);
  }
  return call_args(ts, cls, tuple_items(args), tuple_len(args));
}
static int load_inst(Reader *r) {
  ThreadState *ts = r->ts;
  ssize_t mark = pop_mark(r);
  Value cls = mark < 0 ? NULL : find_by_lines(r), args = cls ? pop_tuple(r, (size_t)mark) : NULL, v = args ? instantiate(r, cls, args) : NULL;
  xdecref(ts, cls);
  xdecref(ts, args);
  return push(r, v);
}
static int load_obj(Reader *r) {
  ThreadState *ts = r->ts;
  ssize_t mark = pop_mark(r);
  if (mark < 0) return -1;
  if (r->depth - (size_t)mark < 1) return underflow(r);
  Value args = pop_tuple(r, (size_t)mark + 1);
  if (args == NULL) return -1;
  Value cls = r->stack[--r->depth], v = instantiate(r, cls, args);
  decref(ts, cls);
  decref(ts, args);
  return push(r, v);
}
/* The attributes in `state`, an instance's __dict__. Straight into the instance where that is what storing into its __dict__ does. */
static int set_attributes(Reader *r, Value v, Value state) {
  ThreadState *ts = r->ts;
  if (!is_dict(state)) return unpickling_error(r, "state is not a dictionary");
  bool plain = is_object(v) && v->kind == K_OBJECT && attrs_of(v) != NULL;
  Value dict = plain ? NULL : attr_get(ts, v, ID(__dict__)), key, value;
  if (dict == NULL && !plain) return -1;
  for (ssize_t pos = 0; dict_next(state, &pos, &key, &value);) {
    int failed;
    incref(value);
    Value name = is_kind(key, K_STR) ? str_intern(ts, incref(key)) : incref(key);
    if (name == NULL) failed = -1;
    else if (plain && is_kind(name, K_STR)) failed = instance_set(ts, v, name, value);
    else if (dict == NULL && (dict = attr_get(ts, v, ID(__dict__))) == NULL) failed = -1;
    else failed = item_set(ts, dict, name, value);
    xdecref(ts, name);
    decref(ts, value);
    if (failed < 0) return xdecref(ts, dict), -1;
  }
  xdecref(ts, dict);
  return 0;
}
static int set_slots(Reader *r, Value v, Value state) {
  ThreadState *ts = r->ts;
  if (!is_dict(state)) return unpickling_error(r, "slot state is not a dictionary");
  Value key, value;
  for (ssize_t pos = 0; dict_next(state, &pos, &key, &value);) {
    if (!is_str(key)) return err_format(ts, EXC(TypeError), "attribute name must be string, not '%T'", key), -1;
    Value name = str_intern(ts, incref(key));
    incref(value);
    int failed = name ? attr_set(ts, v, name, value) : -1;
    xdecref(ts, name);
    decref(ts, value);
    if (failed < 0) return -1;
  }
  return 0;
}
static int load_build(Reader *r) {
  ThreadState *ts = r->ts;
  if (has(r, 2) < 0) return -1;
  Value state = pop(r), v = top(r);
  bool failed;
  Value setstate = attr_get_optional(ts, v, ID(__setstate__), &failed);
  int result = failed ? -1 : 0;
  if (setstate) {
    Value answer = call1(ts, setstate, state);
    result = answer ? 0 : -1;
    decref(ts, setstate);
    xdecref(ts, answer);
  } else if (!failed) {
    bool both = is_tuple(state) && tuple_len(state) == 2; /* attributes, slots */
    Value attributes = both ? tuple_get(state, 0) : state, slots = both ? tuple_get(state, 1) : V_NONE;
    if (attributes != V_NONE) result = set_attributes(r, v, attributes);
    if (result == 0 && both && slots != V_NONE) result = set_slots(r, v, slots);
  }
  decref(ts, state);
  return result;
}
static int no_persistent_load(Reader *r) { return unpickling_error(r, "A load persistent id instruction was encountered,\nbut no persistent_load function was specified."); }
static int load_persistent(Reader *r, STEALS NULLABLE Value id) {
  ThreadState *ts = r->ts;
  if (id == NULL) return -1;
  Value v = call1(ts, r->persistent_load, id);
  decref(ts, id);
  return push(r, v);
}
static int load_persistent_line(Reader *r) {
  ThreadState *ts = r->ts;
  size_t n;
  if (r->persistent_load == NULL) return no_persistent_load(r);
  const char *p = need_line(r, &n);
  if (p == NULL) return -1;
  if (!bytes_are_ascii(p, n)) return unpickling_error(r, "persistent IDs in protocol 0 must be ASCII strings");
  return load_persistent(r, str_ascii_new(ts, p, (ssize_t)n));
}

/* ---- buffers beside the pickle ---- */

static int load_next_buffer(Reader *r) {
  if (r->u->buffers == NULL) return unpickling_error(r, "pickle stream refers to out-of-band data but no *buffers* argument was given");
  Value v = iter_next(r->ts, r->u->buffers);
  if (v == NULL && !err_occurred(r->ts)) return unpickling_error(r, "not enough out-of-band buffers");
  return push(r, v);
}
static int load_readonly_buffer(Reader *r) {
  ThreadState *ts = r->ts;
  if (has(r, 1) < 0) return -1;
  Value view = memoryview_from(ts, top(r)), readonly = view ? attr_get_cstr(ts, view, "readonly") : NULL;
  if (readonly == V_FALSE) {
    Value method = attr_get_cstr(ts, view, "toreadonly"), v = method ? call0(ts, method) : NULL;
    xdecref(ts, method);
    if (v) replace(ts, &r->stack[r->depth - 1], v);
    else CLEAR(readonly);
  }
  xdecref(ts, view);
  int result = readonly ? 0 : -1;
  xdecref(ts, readonly);
  return result;
}

/* ---- memo and stack opcodes ---- */

static int number_of_line(Reader *r, int64_t *out) {
  size_t n;
  const char *p = need_line(r, &n);
  Value v = p ? int_of_line(r, p, n, 10) : NULL;
  int failed = v ? num_as_i64(r->ts, v, out) : -1;
  xdecref(r->ts, v);
  return failed;
}
static int load_get(Reader *r) {
  int64_t index;
  return number_of_line(r, &index) < 0 ? -1 : push_memo(r, (uint64_t)index);
}
static int load_put(Reader *r) {
  ThreadState *ts = r->ts;
  int64_t index;
  if (number_of_line(r, &index) < 0) return -1;
  if (has(r, 1) < 0) return -1;
  if (index < 0) return err_format(r->ts, EXC(ValueError), "negative PUT argument"), -1;
  return put_top(r, (uint64_t)index);
}
static int load_binary_get(Reader *r, int bytes) {
  uint64_t index;
  return need_number(r, bytes, &index) < 0 ? -1 : push_memo(r, index);
}
static int load_binary_put(Reader *r, int bytes) {
  uint64_t index;
  return need_number(r, bytes, &index) < 0 ? -1 : put_top(r, index);
}
static int load_pop(Reader *r) {
  if (r->mark_count && r->marks[r->mark_count - 1] == r->depth) return pop_mark(r) < 0 ? -1 : 0;
  if (has(r, 1) < 0) return -1;
  cut(r, r->depth - 1);
  return 0;
}
static int load_pop_mark(Reader *r) {
  ssize_t mark = pop_mark(r);
  if (mark < 0) return -1;
  cut(r, (size_t)mark);
  return 0;
}
static int load_protocol(Reader *r) {
  ThreadState *ts = r->ts;
  const uint8_t *p = need(r, 1);
  if (p == NULL) return -1;
  if (*p > HIGHEST_PROTOCOL) return err_format(r->ts, EXC(ValueError), "unsupported pickle protocol: %d", *p), -1;
  r->protocol = *p;
  return 0;
}
/* So many bytes belong together: have them all, then go back to the first. */
static int load_frame(Reader *r) {
  ThreadState *ts = r->ts;
  uint64_t n;
  if (need_number(r, 8, &n) < 0) return -1;
  if (n > SSIZE_MAX) return err_format(r->ts, EXC(OverflowError), "FRAME length exceeds system's maximum of %zd bytes", (ssize_t)SSIZE_MAX), -1;
  if (need(r, n) == NULL) return -1;
  r->at -= n;
  return 0;
}
static int bad_opcode(Reader *r, uint8_t op) {
  Value error = pickle_state(r->ts)->unpickling_error;
  if (op >= 0x20 && op <= 0x7E && op != '\'' && op != '\\') err_format(r->ts, error, "invalid load key, '%c'.", op);
  else err_format(r->ts, error, "invalid load key, '\\x%x%x'.", op >> 4, op & 15);
  return -1;
}

static int step(Reader *r, uint8_t op) {
  ThreadState *ts = r->ts;
  switch (op) {
    case OPCODE_MARK: return push_mark(r);
    case OPCODE_POP: return load_pop(r);
    case OPCODE_POP_MARK: return load_pop_mark(r);
    case OPCODE_DUP: return has(r, 1) < 0 ? -1 : push(r, incref(top(r)));
    case OPCODE_FLOAT: return load_float(r);
    case OPCODE_INT: return load_int(r);
    case OPCODE_BININT: return load_binary_int(r, 4);
    case OPCODE_BININT1: return load_binary_int(r, 1);
    case OPCODE_LONG: return load_long(r);
    case OPCODE_BININT2: return load_binary_int(r, 2);
    case OPCODE_NONE: return push(r, V_NONE);
    case OPCODE_PERSID: return load_persistent_line(r);
    case OPCODE_BINPERSID: return r->persistent_load ? load_persistent(r, pop(r)) : no_persistent_load(r);
    case OPCODE_REDUCE: return load_reduce(r);
    case OPCODE_STRING: return load_string(r);
    case OPCODE_BINSTRING: return load_string_data(r, 4);
    case OPCODE_SHORT_BINSTRING: return load_string_data(r, 1);
    case OPCODE_UNICODE: return load_unicode_line(r);
    case OPCODE_BINUNICODE: return load_unicode_data(r, 4);
    case OPCODE_APPEND: return append_items(r, r->depth - 1);
    case OPCODE_BUILD: return load_build(r);
    case OPCODE_GLOBAL: return push(r, find_by_lines(r));
    case OPCODE_DICT: return load_dict(r);
    case OPCODE_EMPTY_DICT: return push(r, dict_new(ts));
    case OPCODE_APPENDS: return load_appends(r);
    case OPCODE_GET: return load_get(r);
    case OPCODE_BINGET: return load_binary_get(r, 1);
    case OPCODE_INST: return load_inst(r);
    case OPCODE_LONG_BINGET: return load_binary_get(r, 4);
    case OPCODE_LIST: return load_marked_list(r);
    case OPCODE_EMPTY_LIST: return push(r, list_new(ts, 0));
    case OPCODE_OBJ: return load_obj(r);
    case OPCODE_PUT: return load_put(r);
    case OPCODE_BINPUT: return load_binary_put(r, 1);
    case OPCODE_LONG_BINPUT: return load_binary_put(r, 4);
    case OPCODE_SETITEM: return r->depth < 2 ? underflow(r) : set_items(r, r->depth - 2);
    case OPCODE_TUPLE: return load_marked_tuple(r);
    case OPCODE_EMPTY_TUPLE: return push(r, incref(ts->interp->empty_tuple));
    case OPCODE_SETITEMS: return load_setitems(r);
    case OPCODE_BINFLOAT: return load_binary_float(r);
    case OPCODE_PROTO: return load_protocol(r);
    case OPCODE_NEWOBJ: return load_newobj(r, false);
    case OPCODE_EXT1: return load_extension(r, 1);
    case OPCODE_EXT2: return load_extension(r, 2);
    case OPCODE_EXT4: return load_extension(r, 4);
    case OPCODE_TUPLE1: return load_tuple(r, 1);
    case OPCODE_TUPLE2: return load_tuple(r, 2);
    case OPCODE_TUPLE3: return load_tuple(r, 3);
    case OPCODE_NEWTRUE: return push(r, V_TRUE);
    case OPCODE_NEWFALSE: return push(r, V_FALSE);
    case OPCODE_LONG1: return load_long_bytes(r, 1);
    case OPCODE_LONG4: return load_long_bytes(r, 4);
    case OPCODE_BINBYTES: return load_bytes_data(r, 4);
    case OPCODE_SHORT_BINBYTES: return load_bytes_data(r, 1);
    case OPCODE_SHORT_BINUNICODE: return load_unicode_data(r, 1);
    case OPCODE_BINUNICODE8: return load_unicode_data(r, 8);
    case OPCODE_BINBYTES8: return load_bytes_data(r, 8);
    case OPCODE_EMPTY_SET: return push(r, set_new(ts));
    case OPCODE_ADDITEMS: return load_additems(r);
    case OPCODE_FROZENSET: return load_frozenset(r);
    case OPCODE_NEWOBJ_EX: return load_newobj(r, true);
    case OPCODE_STACK_GLOBAL: return load_stack_global(r);
    case OPCODE_MEMOIZE: return put_top(r, r->u->memo_used);
    case OPCODE_FRAME: return load_frame(r);
    case OPCODE_BYTEARRAY8: return load_bytearray(r);
    case OPCODE_NEXT_BUFFER: return load_next_buffer(r);
    case OPCODE_READONLY_BUFFER: return load_readonly_buffer(r);
    default: return bad_opcode(r, op);
  }
}

/* ---- a whole load ---- */

static Value run(Reader *r) {
  ThreadState *ts = r->ts;
  Value result = NULL;
  for (;;) {
    const uint8_t *p = need(r, 1);
    if (p == NULL) {
      if (err_matches(ts, pickle_state(ts)->unpickling_error)) {
        err_clear(ts);
        err_format(ts, EXC(EOFError), "Ran out of input");
      }
      break;
    }
    uint8_t op = *p;
    if (op == OPCODE_STOP) {
      if (skip_consumed(r) == 0) result = pop(r);
      break;
    }
    if (step(r, op) < 0) break;
  }
  cut(r, 0);
  mem_free(ts, r->stack);
  mem_free(ts, r->marks);
  xdecref(ts, r->held);
  return result;
}

static void release_parts(ThreadState *ts, Unpickler *u) {
  memo_clear(ts, u);
  Value *fields[] = {&u->read, &u->readline, &u->readinto, &u->peek, &u->persistent_load, &u->buffers, &u->encoding, &u->errors};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) replace(ts, fields[i], NULL);
}
/* The keywords that all ways to load take: fix_imports, encoding, errors, buffers. */
static int set_options(ThreadState *ts, Unpickler *u, Value *given, const char *function) {
  int fix = given[0] ? truth(ts, given[0]) : 1;
  if (fix < 0) return -1;
  u->fix_imports = fix;
  static const char *const names[] = {"encoding", "errors"}, *const defaults[] = {"ASCII", "strict"};
  Value *places[] = {&u->encoding, &u->errors};
  for (int i = 0; i < 2; i++) {
    Value v = given[i + 1];
    if (v && !is_str(v)) return err_format(ts, EXC(TypeError), "%s() argument '%s' must be str, not %T", function, names[i], v), -1;
    Value text = v ? incref(v) : str_from_ascii(ts, defaults[i]);
    if (text == NULL) return -1;
    replace(ts, places[i], text);
  }
  Value buffers = given[3] && given[3] != V_NONE ? iter_of(ts, given[3]) : NULL;
  if (err_occurred(ts)) return -1;
  replace(ts, &u->buffers, buffers);
  return 0;
}
static int set_file(ThreadState *ts, Unpickler *u, Value file) {
  static const char *const names[] = {"peek", "readinto", "read", "readline"};
  Value *places[] = {&u->peek, &u->readinto, &u->read, &u->readline};
  for (int i = 0; i < 4; i++) {
    bool failed;
    Value name = str_intern_cstr(ts, names[i]), method = name ? attr_get_optional(ts, file, name, &failed) : NULL;
    xdecref(ts, name);
    if (method == NULL && (name == NULL || failed)) return -1;
    replace(ts, places[i], method);
  }
  if (u->read && u->readline) return 0;
  CLEAR(u->read);
  return err_format(ts, EXC(TypeError), "file must have 'read' and 'readline' attributes"), -1;
}

Value pickle_loads(NATIVE_ARGS) {
  static const char *const names[] = {"data", "fix_imports", "encoding", "errors", "buffers"};
  static const ArgSpec spec = {"loads", 1, 1, 1, 5, names};
  Value given[5], v = NULL;
  Unpickler u = {0};
  Buffer view;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || buffer_get(ts, given[0], &view, false) < 0) return NULL;
  if (set_options(ts, &u, given + 1, "loads") == 0) {
    Reader r = {.ts = ts, .u = &u, .in = (const uint8_t *)view.data, .size = (size_t)view.length, .peeked_at = SIZE_MAX};
    v = run(&r);
  }
  buffer_release(ts, &view);
  release_parts(ts, &u);
  return v;
}
static const char *const file_names[] = {"file", "fix_imports", "encoding", "errors", "buffers"};
Value pickle_load(NATIVE_ARGS) {
  static const ArgSpec spec = {"load", 0, 1, 1, 5, file_names};
  Value given[5], v = NULL;
  Unpickler u = {0};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (set_file(ts, &u, given[0]) == 0 && set_options(ts, &u, given + 1, "load") == 0) {
    Reader r = {.ts = ts, .u = &u, .peeked_at = SIZE_MAX};
    v = run(&r);
  }
  release_parts(ts, &u);
  return v;
}

/* ---- Unpickler ---- */

static Value unpickler_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return object_new_instance(ts, type); }
static int unpickler_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const ArgSpec spec = {"Unpickler", 0, 1, 1, 5, file_names};
  Value given[5];
  Unpickler *u = as_unpickler(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || set_file(ts, u, given[0]) < 0 || set_options(ts, u, given + 1, "Unpickler") < 0) return -1;
  memo_clear(ts, u);
  u->is_ready = true;
  return 0;
}
static void unpickler_dealloc(ThreadState *ts, Value self) {
  attrs_release(ts, self);
  release_parts(ts, as_unpickler(self));
  object_release(ts, self);
}
static int unpickler_traverse(Value self, Visit visit, void *arg) {
  Unpickler *u = as_unpickler(self);
  Value held[] = {u->read, u->readline, u->readinto, u->peek, u->persistent_load, u->buffers, u->encoding, u->errors, u->sparse};
  for (size_t i = 0; i < sizeof held / sizeof *held; i++) VISIT(held[i]);
  for (size_t i = 0; i < u->memo_size; i++) VISIT(u->memo[i]);
  return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg);
}
static int unpickler_clear(ThreadState *ts, Value self) {
  Unpickler *u = as_unpickler(self);
  memo_clear(ts, u);
  CLEAR(u->read);
  CLEAR(u->readline);
  CLEAR(u->readinto);
  CLEAR(u->peek);
  CLEAR(u->persistent_load);
  CLEAR(u->buffers);
  u->is_ready = false;
  return 0;
}
static Value unpickler_find_class(NATIVE_ARGS) {
  const int *protocol = as_unpickler(self)->protocol_in_hand;
  for (int i = 0; i < 2; i++)
    if (!is_str(args[i])) return err_format(ts, EXC(TypeError), "find_class() argument %d must be str, not %T", i + 1, args[i]);
  return find_class(ts, as_unpickler(self), protocol ? *protocol : 0, args[0], args[1]);
}
/* A method that a subclass or the instance has in place of Unpickler's own; NULL: it has not. */
static Value own_method(ThreadState *ts, Value self, const char *name, NativeFn native, bool *failed) {
  Value id = str_intern_cstr(ts, name), method = id ? attr_get_optional(ts, self, id, failed) : NULL;
  xdecref(ts, id);
  if (id == NULL) *failed = true;
  if (method && is_kind(method, K_NATIVE) && ((Native *)method)->def->fn == native) CLEAR(method);
  return method;
}
static Value unpickler_load(NATIVE_ARGS) {
  Unpickler *u = as_unpickler(self);
  if (!u->is_ready) return err_format(ts, pickle_state(ts)->unpickling_error, "Unpickler.__init__() was not called by %T.__init__()", self);
  Reader r = {.ts = ts, .u = u, .self = self, .peeked_at = SIZE_MAX};
  bool failed = false;
  r.find_class = own_method(ts, self, "find_class", unpickler_find_class, &failed);
  if (!failed) r.persistent_load = own_method(ts, self, "persistent_load", NULL, &failed);
  int *outer = u->protocol_in_hand;
  u->protocol_in_hand = &r.protocol;
  Value v = failed ? NULL : run(&r);
  u->protocol_in_hand = outer;
  xdecref(ts, r.find_class);
  xdecref(ts, r.persistent_load);
  return v;
}
static Value get_persistent_load(ThreadState *ts, Value self) {
  Value v = as_unpickler(self)->persistent_load;
  return v ? incref(v) : err_format(ts, EXC(AttributeError), "persistent_load");
}
static int set_persistent_load(ThreadState *ts, Value self, Value v) {
  if (v == NULL) return err_format(ts, EXC(TypeError), "attribute deletion is not supported"), -1;
  if (!is_callable(ts, v)) return err_format(ts, EXC(TypeError), "persistent_load must be a callable taking one argument"), -1;
  replace(ts, &as_unpickler(self)->persistent_load, incref(v));
  return 0;
}

/* ---- Unpickler.memo ---- */

typedef struct {
  Object base;
  Value unpickler;
} UnpicklerMemo;
static Value get_memo(ThreadState *ts, Value self) {
  UnpicklerMemo *m = (UnpicklerMemo *)object_new_instance(ts, pickle_state(ts)->unpickler_memo);
  if (m) m->unpickler = incref(self);
  return (Value)m;
}
static Value memo_copy(NATIVE_ARGS) {
  Unpickler *u = as_unpickler(((UnpicklerMemo *)self)->unpickler);
  Value dict = u->sparse ? dict_copy(ts, u->sparse) : dict_new(ts);
  for (size_t i = 0; dict && i < u->memo_size; i++) {
    if (u->memo[i] == NULL) continue;
    Value index = int_from_u64(ts, i);
    if (index == NULL || dict_set(ts, dict, index, u->memo[i]) < 0) CLEAR(dict);
    xdecref(ts, index);
  }
  return dict;
}
static Value memo_clear_py(NATIVE_ARGS) {
  memo_clear(ts, as_unpickler(((UnpicklerMemo *)self)->unpickler));
  return V_NONE;
}
static Value memo_reduce(NATIVE_ARGS) {
  Value dict = memo_copy(ts, self, NULL, 0, NULL), args_of = dict ? tuple_of1(ts, dict) : NULL;
  xdecref(ts, dict);
  return tuple_steal2(ts, incref((Value)TYPE(DICT)), args_of);
}
static int set_memo(ThreadState *ts, Value self, Value v) {
  if (v == NULL) return err_format(ts, EXC(TypeError), "attribute deletion is not supported"), -1;
  Value dict = is_dict(v) ? incref(v) : type_of(ts, v) == pickle_state(ts)->unpickler_memo ? memo_copy(ts, v, NULL, 0, NULL) : err_format(ts, EXC(TypeError), "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %T", v);
  if (dict == NULL) return -1;
  Unpickler fresh = {0};
  Value key, value;
  int failed = 0;
  for (ssize_t pos = 0; !failed && dict_next(dict, &pos, &key, &value);) {
    int64_t index;
    if (!is_int(key)) failed = (err_format(ts, EXC(TypeError), "memo key must be integers"), -1);
    else if ((failed = num_as_i64(ts, key, &index)) == 0 && index < 0) failed = (err_format(ts, EXC(ValueError), "memo key must be positive integers."), -1);
    else if (!failed) failed = memo_put(ts, &fresh, (uint64_t)index, value);
  }
  decref(ts, dict);
  if (!failed) {
    Unpickler *u = as_unpickler(self), old = *u;
    u->memo = fresh.memo, u->memo_size = fresh.memo_size, u->memo_used = fresh.memo_used, u->sparse = fresh.sparse;
    fresh.memo = old.memo, fresh.memo_size = old.memo_size, fresh.sparse = old.sparse;
  }
  memo_clear(ts, &fresh);
  return failed;
}
static void memo_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((UnpicklerMemo *)self)->unpickler);
  object_release(ts, self);
}
static int memo_traverse(Value self, Visit visit, void *arg) {
  VISIT(((UnpicklerMemo *)self)->unpickler);
  return 0;
}

static const MethodDef unpickler_methods[] = {
    {"load", unpickler_load, 0, 0, 0, "load($self, /)\n--\n\nLoad a pickle: the object that the file holds next."},
    {"find_class", unpickler_find_class, 2, 2, 0, "find_class($self, module_name, global_name, /)\n--\n\nReturn an object from a specified module."}, {0}};
static const GetSetDef unpickler_getsets[] = {{"memo", get_memo, set_memo, NULL}, {"persistent_load", get_persistent_load, set_persistent_load, NULL}, {0}};
const TypeSpec unpickler_spec = {.name = "_pickle.Unpickler", .doc = "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())\n--\n\nReads objects from a binary file of pickles.", .size = sizeof(Unpickler),
                                 .flags = TYPE_BASETYPE | TYPE_GC, .methods = unpickler_methods, .getsets = unpickler_getsets,
                                 .slots = {.new = unpickler_new, .init = unpickler_init, .dealloc = unpickler_dealloc, .traverse = unpickler_traverse, .clear = unpickler_clear}};
static const MethodDef memo_methods[] = {{"clear", memo_clear_py, 0, 0, 0, "clear($self, /)\n--\n\nRemove all items from memo."}, {"copy", memo_copy, 0, 0, 0, "copy($self, /)\n--\n\nCopy the memo to a new object."}, {"__reduce__", memo_reduce, 0, 0, 0, NULL}, {0}};
const TypeSpec unpickler_memo_spec = {.name = "_pickle.UnpicklerMemoProxy", .size = sizeof(UnpicklerMemo), .flags = TYPE_GC | TYPE_NO_NEW, .methods = memo_methods, .slots = {.dealloc = memo_dealloc, .traverse = memo_traverse}};
