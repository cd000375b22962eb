/* writer.c - Pickler, dump and dumps: an object and all that hangs on it become a program that makes them again.
 *
 *   save(v)  --> an atom, text or bytes: its opcode
 *            --> seen before: fetch it from the memo
 *            --> a container: an empty one into the memo first, then its items, so that it may contain itself
 *            --> a function or class: its name
 *            --> anything else: what __reduce_ex__ says, a callable with arguments and a state
 *
 * Keeps true: an object in the memo is held, so that its address stays its own. What is written between two frames' ends belongs to one frame
 *   (protocol 4 on), and large data stands outside of frames.
 * Next: reader.c. CPython: Modules/_pickle.c (save, save_reduce, batch_dict_exact). */
#include "runtime/modules/pickle/pickle.h"

enum { BATCH = 1000, FRAME_HEADER = 9, FRAME_MIN = 4, FRAME_TARGET = 64 * 1024, FAST_NESTING_LIMIT = 50 };

/* Objects seen, by address: open addressing, at most half full. */
typedef struct {
  Value key; /* OWNED; NULL: free */
  size_t index;
} MemoEntry;
typedef struct {
  MemoEntry *entries;
  size_t used, mask; /* mask: size - 1, or 0 without entries */
} Memo;

typedef struct {
  Object base;
  Value write, persistent_id, dispatch_table, buffer_callback; /* or NULL */
  Memo memo;
  int protocol, fast, fast_nesting;
  bool fix_imports, is_ready;
} Pickler;
static Pickler *as_pickler(Value v) { return (Pickler *)v; }

/* One dump under way. */
typedef struct {
  ThreadState *ts;
  Pickler *p;
  int protocol;
  bool binary, framing;
  char *out;
  size_t length, capacity;
  ssize_t frame_start; /* -1: none open */
  Value persistent_id, reducer_override, dispatch_table, copyreg_table; /* or NULL */
  Value fast_seen; /* dict of addresses in hand, or NULL */
} Writer;

/* ---- the memo ---- */

static size_t slot_of(const Memo *m, Value v) {
  size_t i = ((size_t)v >> 4) * 0x9E3779B97F4A7C15u >> 20 & m->mask;
  while (m->entries[i].key && m->entries[i].key != v) i = (i + 1) & m->mask;
  return i;
}
static const size_t *memo_find(const Memo *m, Value v) {
  if (m->used == 0) return NULL;
  MemoEntry *e = &m->entries[slot_of(m, v)];
  return e->key ? &e->index : NULL;
}
static int memo_grow(ThreadState *ts, Memo *m) {
  Memo bigger = {.mask = m->mask ? m->mask * 2 + 1 : 63, .used = m->used};
  bigger.entries = mem_alloc_zeroed(ts, (bigger.mask + 1) * sizeof(MemoEntry));
  if (bigger.entries == NULL) return -1;
  for (size_t i = 0; m->entries && i <= m->mask; i++)
    if (m->entries[i].key) bigger.entries[slot_of(&bigger, m->entries[i].key)] = m->entries[i];
  mem_free(ts, m->entries);
  *m = bigger;
  return 0;
}
static int memo_add(ThreadState *ts, Memo *m, Value v, size_t index) {
  if (m->used * 2 >= m->mask && memo_grow(ts, m) < 0) return -1;
  MemoEntry *e = &m->entries[slot_of(m, v)];
  if (e->key == NULL) {
    e->key = incref(v);
    m->used++;
  }
  e->index = index;
  return 0;
}
static void memo_clear(ThreadState *ts, Memo *m) {
  Memo old = *m;
  *m = (Memo){0};
  for (size_t i = 0; old.entries && i <= old.mask; i++) xdecref(ts, old.entries[i].key);
  mem_free(ts, old.entries);
}

/* ---- bytes out ---- */

static int room(Writer *w, size_t n) {
  if (w->length + n <= w->capacity) return 0;
  size_t capacity = (w->length + n) + (w->length + n) / 2 + 64;
  char *grown = mem_realloc(w->ts, w->out, capacity);
  if (grown == NULL) return -1;
  w->out = grown;
  w->capacity = capacity;
  return 0;
}
static void put_number(char *p, uint64_t n, int bytes) {
  for (int i = 0; i < bytes; i++) p[i] = (char)(n >> 8 * i);
}
static int put(Writer *w, const char *p, size_t n) {
  bool opens = w->framing && w->frame_start < 0;
  if (room(w, n + FRAME_HEADER) < 0) return -1;
  if (opens) {
    w->frame_start = (ssize_t)w->length;
    w->length += FRAME_HEADER;
  }
  memcpy(w->out + w->length, p, n);
  w->length += n;
  return 0;
}
static int put_op(Writer *w, int op) {
  char c = (char)op;
  return put(w, &c, 1);
}
static int put_op_number(Writer *w, int op, uint64_t n, int bytes) {
  char head[9] = {(char)op};
  put_number(head + 1, n, bytes);
  return put(w, head, (size_t)bytes + 1);
}
static int put_line(Writer *w, const char *format, size_t n) {
  char text[32];
  return put(w, text, (size_t)snprintf(text, sizeof text, format, n));
}

static void close_frame(Writer *w) {
  if (w->frame_start < 0) return;
  char *frame = w->out + w->frame_start;
  size_t n = w->length - (size_t)w->frame_start - FRAME_HEADER;
  if (n >= FRAME_MIN) {
    frame[0] = (char)OPCODE_FRAME;
    put_number(frame + 1, n, 8);
  } else {
    memmove(frame, frame + FRAME_HEADER, n);
    w->length -= FRAME_HEADER;
  }
  w->frame_start = -1;
}
/* Everything so far to the file, if there is one. No frame is open. */
static int flush(Writer *w) {
  if (w->p->write == NULL || w->length == 0) return 0;
  Value data = bytes_new(w->ts, w->out, (ssize_t)w->length), r = data ? call1(w->ts, w->p->write, data) : NULL;
  xdecref(w->ts, data);
  xdecref(w->ts, r);
  w->length = 0;
  return r ? 0 : -1;
}
static int at_opcode_boundary(Writer *w) {
  if (w->frame_start < 0 || w->length - (size_t)w->frame_start - FRAME_HEADER < FRAME_TARGET) return 0;
  close_frame(w);
  return flush(w);
}
/* An opcode with data behind it. Large data has no frame around it, and is not copied on its way to a file. payload: the object with the data, if
 * it may be handed to write(). */
static int put_data(Writer *w, const char *head, size_t head_length, const char *data, size_t n, NULLABLE Value payload) {
  if (n < FRAME_TARGET) return put(w, head, head_length) < 0 ? -1 : put(w, data, n);
  close_frame(w);
  bool framing = w->framing;
  w->framing = false;
  int r = put(w, head, head_length);
  if (r == 0 && w->p->write) {
    r = flush(w);
    Value given = r < 0 ? NULL : payload ? incref(payload) : bytes_new(w->ts, data, (ssize_t)n);
    Value answer = given ? call1(w->ts, w->p->write, given) : NULL;
    xdecref(w->ts, given);
    xdecref(w->ts, answer);
    r = answer ? 0 : -1;
  } else if (r == 0) {
    r = put(w, data, n);
  }
  w->framing = framing;
  return r;
}

/* ---- memo opcodes ---- */

static int put_get(Writer *w, size_t index) {
  if (!w->binary) return put_line(w, "g%zu\n", index);
  return index < 256 ? put_op_number(w, OPCODE_BINGET, index, 1) : put_op_number(w, OPCODE_LONG_BINGET, index, 4);
}
static int memoize(Writer *w, Value v) {
  if (w->p->fast) return 0;
  size_t index = w->p->memo.used;
  if (memo_add(w->ts, &w->p->memo, v, index) < 0) return -1;
  if (w->protocol >= 4) return put_op(w, OPCODE_MEMOIZE);
  if (!w->binary) return put_line(w, "p%zu\n", index);
  return index < 256 ? put_op_number(w, OPCODE_BINPUT, index, 1) : put_op_number(w, OPCODE_LONG_BINPUT, index, 4);
}
/* v has got into the memo while its parts were saved: take them off the stack again and fetch it. 1: so it was. */
static int fetch_if_saved_meanwhile(Writer *w, Value v, int pops, int pop) {
  const size_t *index = memo_find(&w->p->memo, v);
  if (index == NULL) return 0;
  for (int i = 0; i < pops; i++)
    if (put_op(w, pop) < 0) return -1;
  return put_get(w, *index) < 0 ? -1 : 1;
}

static int save(Writer *w, Value v);
static int save_reduce(Writer *w, Value reduced, NULLABLE Value v);
static int save_global(Writer *w, Value v, NULLABLE Value name);

static Value pickling_error(Writer *w) { return pickle_state(w->ts)->pickling_error; }

/* ---- atoms ---- */

static int save_int(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  int64_t i;
  if (int_fits_i64(v, &i) && i >= INT32_MIN && i <= INT32_MAX) {
    if (!w->binary) {
      char text[24];
      return put(w, text, (size_t)snprintf(text, sizeof text, "I%lld\n", (long long)i));
    }
    if (i >= 0 && i <= 0xFF) return put_op_number(w, OPCODE_BININT1, (uint64_t)i, 1);
    if (i >= 0 && i <= 0xFFFF) return put_op_number(w, OPCODE_BININT2, (uint64_t)i, 2);
    return put_op_number(w, OPCODE_BININT, (uint64_t)i, 4);
  }
  if (w->protocol < 2) {
    Value text = int_repr(w->ts, v);
    int r = text == NULL ? -1 : put_op(w, OPCODE_LONG) < 0 || put(w, str_chars(text), (size_t)str_len(text)) < 0 || put(w, "L\n", 2) < 0 ? -1 : 0;
    xdecref(w->ts, text);
    return r;
  }
  Value data = int_to_bytes(w->ts, v, (ssize_t)(int_bit_length(v) >> 3) + 1, true, true);
  if (data == NULL) return -1;
  size_t n = (size_t)bytes_len(data);
  const uint8_t *p = (const uint8_t *)bytes_data(data);
  if (int_sign(v) < 0 && n > 1 && p[n - 1] == 0xFF && p[n - 2] & 0x80) n--; /* one byte of sign is enough */
  int r = n < 256 ? put_op_number(w, OPCODE_LONG1, n, 1) : put_op_number(w, OPCODE_LONG4, n, 4);
  if (r == 0 && n > INT32_MAX) r = (err_format(w->ts, EXC(OverflowError), "int too large to pickle"), -1);
  if (r == 0) r = put(w, (const char *)p, n);
  decref(w->ts, data);
  return r;
}
static int save_float(Writer *w, Value v) {
  if (!w->binary) {
    Value text = repr_of(w->ts, v);
    int r = text == NULL || put_op(w, OPCODE_FLOAT) < 0 || put(w, str_chars(text), (size_t)str_len(text)) < 0 || put(w, "\n", 1) < 0 ? -1 : 0;
    xdecref(w->ts, text);
    return r;
  }
  double d = float_value(v);
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  char head[9] = {(char)OPCODE_BINFLOAT};
  for (int i = 0; i < 8; i++) head[1 + i] = (char)(bits >> (56 - 8 * i));
  return put(w, head, sizeof head);
}
static int save_bool(Writer *w, bool b) {
  if (w->protocol >= 2) return put_op(w, b ? OPCODE_NEWTRUE : OPCODE_NEWFALSE);
  return put(w, b ? "I01\n" : "I00\n", 4);
}

/* ---- data ---- */

/* An opcode, a length of the size that it takes, the data. */
static int save_sized(Writer *w, int op1, int op4, int op8, const char *p, size_t n, NULLABLE Value payload) {
  char head[9];
  int bytes = op1 && n <= 0xFF ? 1 : op4 && n <= UINT32_MAX ? 4 : 8;
  head[0] = (char)(bytes == 1 ? op1 : bytes == 4 ? op4 : op8);
  put_number(head + 1, n, bytes);
  return put_data(w, head, (size_t)bytes + 1, p, n, payload);
}
/* Protocols without an opcode for it: the call of a function. v NULL: not into the memo. */
static int save_call(Writer *w, STEALS NULLABLE Value function, STEALS NULLABLE Value args, Value v) {
  Value reduced = tuple_steal2(w->ts, function, args);
  int r = reduced ? save_reduce(w, reduced, v) : -1;
  xdecref(w->ts, reduced);
  return r;
}
static int save_bytes_data(Writer *w, Value v, const char *p, size_t n, NULLABLE Value payload) {
  ThreadState *ts = w->ts;
  if (w->protocol < 4 && n > UINT32_MAX) return err_format(w->ts, EXC(OverflowError), "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher"), -1;
  return save_sized(w, OPCODE_SHORT_BINBYTES, OPCODE_BINBYTES, OPCODE_BINBYTES8, p, n, payload) < 0 ? -1 : memoize(w, v);
}
static int save_bytes(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  if (w->protocol >= 3) return save_bytes_data(w, v, bytes_data(v), (size_t)bytes_len(v), v);
  if (bytes_len(v) == 0) return save_call(w, incref((Value)TYPE(BYTES)), incref(ts->interp->empty_tuple), v);
  Value text = str_from_latin1(ts, bytes_data(v), bytes_len(v));
  return save_call(w, import_attr(ts, "_codecs", "encode"), tuple_steal2(ts, text, str_from_ascii(ts, "latin1")), v);
}
static int save_bytearray_data(Writer *w, Value v, const char *p, size_t n) {
  return save_sized(w, 0, 0, OPCODE_BYTEARRAY8, p, n, NULL) < 0 ? -1 : memoize(w, v);
}
static int save_bytearray(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  Buffer view;
  if (buffer_get(ts, v, &view, false) < 0) return -1;
  int r;
  if (w->protocol >= 5) r = save_bytearray_data(w, v, view.data, (size_t)view.length);
  else if (view.length == 0) r = save_call(w, incref((Value)TYPE(BYTEARRAY)), incref(ts->interp->empty_tuple), v);
  else {
    Value data = bytes_new(ts, view.data, view.length);
    r = save_call(w, incref((Value)TYPE(BYTEARRAY)), data ? tuple_of1(ts, data) : NULL, v);
    xdecref(ts, data);
  }
  buffer_release(ts, &view);
  return r;
}
static int save_pickle_buffer(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  if (w->protocol < 5) return err_format(ts, pickling_error(w), "PickleBuffer can only pickled with protocol >= 5"), -1;
  Buffer *view = pickle_buffer_view(ts, v);
  if (view == NULL) return -1;
  if (!pickle_is_contiguous(view)) return err_format(ts, pickling_error(w), "PickleBuffer can not be pickled when pointing to a non-contiguous buffer"), -1;
  bool readonly = view->readonly;
  if (w->p->buffer_callback) {
    Value answer = call1(ts, w->p->buffer_callback, v);
    int in_band = answer ? truth(ts, answer) : -1;
    xdecref(ts, answer);
    if (in_band < 0) return -1;
    if (!in_band) return put_op(w, OPCODE_NEXT_BUFFER) < 0 || (readonly && put_op(w, OPCODE_READONLY_BUFFER) < 0) ? -1 : 0;
    if ((view = pickle_buffer_view(ts, v)) == NULL) return -1;
  }
  return readonly ? save_bytes_data(w, v, view->data, (size_t)view->length, NULL) : save_bytearray_data(w, v, view->data, (size_t)view->length);
}

/* What a line of protocol 0 cannot hold is escaped. */
static int put_raw_unicode(Writer *w, Value v) {
  for (ssize_t i = 0; i < str_len(v); i++) {
    Char c = str_at(v, i);
    char text[16];
    int n = c > 0xFFFF ? snprintf(text, sizeof text, "\\U%08x", c) : c > 0xFF || c == 0 || c == '\n' || c == '\r' || c == '\\' || c == 0x1A ? snprintf(text, sizeof text, "\\u%04x", c) : (text[0] = (char)c, 1);
    if (put(w, text, (size_t)n) < 0) return -1;
  }
  return 0;
}
static int save_str(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  if (!w->binary) return put_op(w, OPCODE_UNICODE) < 0 || put_raw_unicode(w, v) < 0 || put(w, "\n", 1) < 0 ? -1 : memoize(w, v);
  Value encoded = NULL;
  const char *p = str_chars(v);
  size_t n = (size_t)str_len(v);
  if (!str_is_ascii(v)) {
    encoded = str_encode(ts, v, "utf-8", "surrogatepass");
    if (encoded == NULL) return -1;
    p = bytes_data(encoded);
    n = (size_t)bytes_len(encoded);
  }
  int r;
  if (w->protocol < 4 && n > UINT32_MAX) r = (err_format(ts, EXC(OverflowError), "serializing a string larger than 4 GiB requires pickle protocol 4 or higher"), -1);
  else r = save_sized(w, w->protocol >= 4 ? OPCODE_SHORT_BINUNICODE : 0, OPCODE_BINUNICODE, OPCODE_BINUNICODE8, p, n, encoded);
  xdecref(ts, encoded);
  return r < 0 ? -1 : memoize(w, v);
}

/* ---- containers ---- */

/* In fast mode there is no memo, so a container that contains itself must be noticed otherwise. */
static int enter_fast(Writer *w, Value v) {
  if (!w->p->fast || ++w->p->fast_nesting < FAST_NESTING_LIMIT) return 0;
  ThreadState *ts = w->ts;
  if (w->fast_seen == NULL && (w->fast_seen = dict_new(ts)) == NULL) return -1;
  Value id = id_of(ts, v);
  int known = id ? dict_contains(ts, w->fast_seen, id) : -1;
  if (known > 0) err_format(ts, EXC(ValueError), "fast mode: can't pickle cyclic objects including object type %.200s at %p", type_name_of(ts, v), (void *)v);
  int r = known ? -1 : dict_set(ts, w->fast_seen, id, V_NONE);
  xdecref(ts, id);
  return r;
}
static void leave_fast(Writer *w, Value v) {
  if (!w->p->fast || w->p->fast_nesting-- < FAST_NESTING_LIMIT || w->fast_seen == NULL) return;
  Value pending = err_fetch(w->ts), id = id_of(w->ts, v);
  bool failed;
  Value was = id ? dict_pop(w->ts, w->fast_seen, id, &failed) : NULL;
  xdecref(w->ts, id);
  xdecref(w->ts, was);
  err_restore(w->ts, pending);
}

static int save_tuple(Writer *w, Value v) {
  static const int short_ops[] = {OPCODE_EMPTY_TUPLE, OPCODE_TUPLE1, OPCODE_TUPLE2, OPCODE_TUPLE3};
  ssize_t n = tuple_len(v);
  if (n == 0) return w->protocol ? put_op(w, OPCODE_EMPTY_TUPLE) : put(w, "(t", 2);
  bool is_short = n <= 3 && w->protocol >= 2;
  if (!is_short && put_op(w, OPCODE_MARK) < 0) return -1;
  for (ssize_t i = 0; i < n; i++)
    if (save(w, tuple_get(v, i)) < 0) return -1;
  /* a tuple is made when its items are there: if one of them contains it, it has been saved already */
  int met = is_short ? fetch_if_saved_meanwhile(w, v, (int)n, OPCODE_POP) : w->binary ? fetch_if_saved_meanwhile(w, v, 1, OPCODE_POP_MARK) : fetch_if_saved_meanwhile(w, v, (int)n + 1, OPCODE_POP);
  if (met) return met < 0 ? -1 : 0;
  return put_op(w, is_short ? short_ops[n] : OPCODE_TUPLE) < 0 ? -1 : memoize(w, v);
}

static int put_empty(Writer *w, int op, const char *old) { return w->binary ? put_op(w, op) : put(w, old, 2); }

static int save_list_items(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  ssize_t n = list_len(v);
  if (n == 1) {
    Value item = list_try_get(v, 0);
    if (item == NULL) return 0; /* another thread has emptied it */
    incref(item);
    int r = save(w, item) < 0 || put_op(w, OPCODE_APPEND) < 0 ? -1 : 0;
    decref(ts, item);
    return r;
  }
  for (ssize_t i = 0; i < list_len(v);) {
    if (put_op(w, OPCODE_MARK) < 0) return -1;
    for (int batch = 0; batch < BATCH && i < list_len(v); batch++, i++) {
      Value item = list_try_get(v, i);
      if (item == NULL) break;
      incref(item);
      int r = save(w, item);
      decref(ts, item);
      if (r < 0) return -1;
    }
    if (put_op(w, OPCODE_APPENDS) < 0) return -1;
  }
  return 0;
}
/* Save the items of an iterator, one at a time or in batches: for list subclasses, and what __reduce__ gives. pairs: they are (key, value). */
static int save_item(Writer *w, STEALS Value item, bool pairs) {
  ThreadState *ts = w->ts;
  int r;
  if (!pairs) r = save(w, item);
  else if (!is_tuple(item) || tuple_len(item) != 2) r = (err_format(w->ts, EXC(TypeError), "dict items iterator must return 2-tuples"), -1);
  else r = save(w, tuple_get(item, 0)) < 0 || save(w, tuple_get(item, 1)) < 0 ? -1 : 0;
  decref(w->ts, item);
  return r;
}
static int save_items_of(Writer *w, Value it, bool pairs) {
  ThreadState *ts = w->ts;
  int one = pairs ? OPCODE_SETITEM : OPCODE_APPEND, many = pairs ? OPCODE_SETITEMS : OPCODE_APPENDS, n;
  Value item;
  if (w->protocol == 0) {
    while ((item = iter_next(ts, it)) != NULL)
      if (save_item(w, item, pairs) < 0 || put_op(w, one) < 0) return -1;
    return err_occurred(ts) ? -1 : 0;
  }
  do {
    n = 0;
    Value first = iter_next(ts, it);
    if (first == NULL) return err_occurred(ts) ? -1 : 0;
    item = iter_next(ts, it);
    if (item == NULL) {
      if (err_occurred(ts)) return decref(ts, first), -1;
      return save_item(w, first, pairs) < 0 ? -1 : put_op(w, one);
    }
    if (put_op(w, OPCODE_MARK) < 0) return decref(ts, first), decref(ts, item), -1;
    if (save_item(w, first, pairs) < 0) return decref(ts, item), -1;
    n = 1;
    while (item) {
      if (save_item(w, item, pairs) < 0) return -1;
      if (++n == BATCH) break;
      item = iter_next(ts, it);
      if (item == NULL && err_occurred(ts)) return -1;
    }
    if (put_op(w, many) < 0) return -1;
  } while (n == BATCH);
  return 0;
}
static int save_list(Writer *w, Value v) {
  int r = put_empty(w, OPCODE_EMPTY_LIST, "(l") < 0 || memoize(w, v) < 0 ? -1 : 0;
  if (r < 0 || list_len(v) == 0) return r;
  if (w->protocol > 0) return save_list_items(w, v);
  Value it = iter_of(w->ts, v);
  r = it ? save_items_of(w, it, false) : -1;
  xdecref(w->ts, it);
  return r;
}

static int changed_size(Writer *w, const char *what) {
  ThreadState *ts = w->ts;
  return err_format(w->ts, EXC(RuntimeError), "%s changed size during iteration", what), -1;
}
static int save_pair(Writer *w, Value key, Value value) {
  incref(key);
  incref(value);
  int r = save(w, key) < 0 || save(w, value) < 0 ? -1 : 0;
  decref(w->ts, key);
  decref(w->ts, value);
  return r;
}
static int save_dict_items(Writer *w, Value v) {
  ssize_t pos = 0, n = dict_len(v);
  Value key, value;
  if (n == 1) return !dict_next(v, &pos, &key, &value) ? 0 : save_pair(w, key, value) < 0 ? -1 : put_op(w, OPCODE_SETITEM);
  int batch;
  do {
    if (put_op(w, OPCODE_MARK) < 0) return -1;
    for (batch = 0; batch < BATCH && dict_next(v, &pos, &key, &value);) {
      if (save_pair(w, key, value) < 0) return -1;
      if (dict_len(v) != n) return changed_size(w, "dictionary");
      batch++;
    }
    if (put_op(w, OPCODE_SETITEMS) < 0) return -1;
  } while (batch == BATCH);
  return 0;
}
/* Another thread may change the dict at any moment: save what it holds now. */
static int save_dict_snapshot(Writer *w, Value v) {
  Value copy = dict_copy(w->ts, v);
  int r = copy ? dict_len(copy) ? save_dict_items(w, copy) : 0 : -1;
  xdecref(w->ts, copy);
  return r;
}
static int save_dict(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  int r = put_empty(w, OPCODE_EMPTY_DICT, "(d") < 0 || memoize(w, v) < 0 ? -1 : 0;
  if (r < 0 || dict_len(v) == 0) return r;
  if (w->protocol > 0) return IS_PARALLEL(w->ts) ? save_dict_snapshot(w, v) : save_dict_items(w, v);
  Value items = call_method0(w->ts, v, ID(items)), it = items ? iter_of(w->ts, items) : NULL;
  r = it ? save_items_of(w, it, true) : -1;
  xdecref(w->ts, items);
  xdecref(w->ts, it);
  return r;
}

static int save_set_as_call(Writer *w, Value v, Type *type) {
  Value list = list_from_iterable(w->ts, v), args = list ? tuple_of1(w->ts, list) : NULL;
  xdecref(w->ts, list);
  return save_call(w, incref((Value)type), args, v);
}
static int save_set(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  if (w->protocol < 4) return save_set_as_call(w, v, TYPE(SET));
  if (put_op(w, OPCODE_EMPTY_SET) < 0 || memoize(w, v) < 0) return -1;
  ssize_t n = set_len(v), i = 0;
  if (n == 0) return 0;
  Value items = list_from_iterable(ts, v); /* saving one may run anything */
  if (items == NULL) return -1;
  int batch, r = -1;
  do {
    if (put_op(w, OPCODE_MARK) < 0) goto done;
    for (batch = 0; batch < BATCH && i < list_len(items); batch++, i++)
      if (save(w, list_get(items, i)) < 0) goto done;
    if (put_op(w, OPCODE_ADDITEMS) < 0) goto done;
    if (set_len(v) != n && !IS_PARALLEL(ts)) {
      changed_size(w, "set");
      goto done;
    }
  } while (batch == BATCH);
  r = 0;
done:
  decref(ts, items);
  return r;
}
static int save_frozenset(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  if (w->protocol < 4) return save_set_as_call(w, v, TYPE(FROZENSET));
  if (put_op(w, OPCODE_MARK) < 0) return -1;
  Value item;
  for (ssize_t pos = 0; set_next(v, &pos, &item);)
    if (save(w, item) < 0) return -1;
  int met = fetch_if_saved_meanwhile(w, v, 1, OPCODE_POP_MARK);
  if (met) return met < 0 ? -1 : 0;
  return put_op(w, OPCODE_FROZENSET) < 0 ? -1 : memoize(w, v);
}

/* ---- by name ---- */

static int put_extension(Writer *w, Value code) {
  ThreadState *ts = w->ts;
  int64_t n;
  if (num_as_i64(w->ts, code, &n) < 0) return -1;
  if (n <= 0 || n > INT32_MAX) return err_format(w->ts, EXC(RuntimeError), "extension code %lld is out of range", (long long)n), -1;
  return n <= 0xFF ? put_op_number(w, OPCODE_EXT1, (uint64_t)n, 1) : n <= 0xFFFF ? put_op_number(w, OPCODE_EXT2, (uint64_t)n, 2) : put_op_number(w, OPCODE_EXT4, (uint64_t)n, 4);
}
/* The code that copyreg has for the name: 1 written, 0 none, -1. */
static int save_as_extension(Writer *w, Value module_name, Value name) {
  ThreadState *ts = w->ts;
  if (w->protocol < 2) return 0;
  Value registry = import_attr(ts, "copyreg", "_extension_registry"), key = registry ? tuple_of2(ts, module_name, name) : NULL;
  Value code = key && is_dict(registry) ? xincref(dict_get(ts, registry, key)) : NULL;
  int r = code ? put_extension(w, code) < 0 ? -1 : 1 : err_occurred(ts) ? -1 : 0;
  xdecref(ts, code);
  xdecref(ts, key);
  xdecref(ts, registry);
  return r;
}
static int put_encoded_line(Writer *w, Value text, const char *what) {
  ThreadState *ts = w->ts;
  Value b = str_encode(ts, text, w->protocol == 3 ? "utf-8" : "ascii", "strict");
  if (b == NULL) {
    if (err_matches(ts, EXC(UnicodeEncodeError))) {
      err_clear(ts);
      err_format(ts, pickling_error(w), "can't pickle %s identifier '%S' using pickle protocol %d", what, text, w->protocol);
    }
    return -1;
  }
  int r = put(w, bytes_data(b), (size_t)bytes_len(b)) < 0 ? -1 : put(w, "\n", 1);
  decref(ts, b);
  return r;
}
static int put_global(Writer *w, Value module_name, Value name) {
  Value m = incref(module_name), n = incref(name);
  int r = w->protocol < 3 && w->p->fix_imports ? pickle_map_name(w->ts, &m, &n, true) : 0;
  if (r == 0) r = put_op(w, OPCODE_GLOBAL) < 0 || put_encoded_line(w, m, "module") < 0 ? -1 : put_encoded_line(w, n, "global");
  decref(w->ts, m);
  decref(w->ts, n);
  return r;
}
/* What stands under the name must be v, or the reader would get something else. OWNED module and the holder of the last part. */
static Value find_again(Writer *w, Value v, Value module_name, Value name, Value *parent) {
  ThreadState *ts = w->ts;
  Value imported = pickle_import(ts, module_name);
  if (imported == NULL) return err_format(ts, pickling_error(w), "Can't pickle %R: import of module %R failed", v, module_name);
  Value found = pickle_deep_attribute(ts, imported, name, parent);
  bool same = found == v;
  if (found == NULL) err_format(ts, pickling_error(w), "Can't pickle %R: attribute lookup %S on %S failed", v, name, module_name);
  else if (!same) err_format(ts, pickling_error(w), "Can't pickle %R: it's not the same object as %S.%S", v, module_name, name);
  if (found && !same) CLEAR(*parent);
  xdecref(ts, found);
  if (same) return imported;
  decref(ts, imported);
  return NULL;
}
static Value own_name(ThreadState *ts, Value v) {
  bool failed;
  Value name = attr_get_optional(ts, v, ID(__qualname__), &failed);
  return name || failed ? name : attr_get(ts, v, ID(__name__));
}
static Value last_part(ThreadState *ts, Value name) {
  ssize_t dot = str_len(name) - 1;
  while (dot >= 0 && str_at(name, dot) != '.') dot--;
  return dot < 0 ? incref(name) : str_substring(ts, name, dot + 1, str_len(name));
}
static int save_global(Writer *w, Value v, NULLABLE Value given) {
  ThreadState *ts = w->ts;
  Value name = given ? incref(given) : own_name(ts, v), module_name = NULL, module = NULL, parent = NULL;
  int r = -1;
  if (name == NULL) return -1;
  if (!is_str(name)) {
    err_format(ts, EXC(TypeError), "__qualname__ must be a str, not %T", name);
    goto done;
  }
  if (pickle_has_locals(name)) {
    err_format(ts, EXC(AttributeError), "Can't pickle local object %R", name);
    goto done;
  }
  module_name = pickle_module_of(ts, v, name);
  if (module_name == NULL || (module = find_again(w, v, module_name, name, &parent)) == NULL) goto done;
  if (parent == module) replace(ts, &name, last_part(ts, name));
  if (name == NULL) goto done;
  r = save_as_extension(w, module_name, name);
  if (r) {
    r = r < 0 ? -1 : 0;
    goto done;
  }
  if (w->protocol >= 4) r = save(w, module_name) < 0 || save(w, name) < 0 ? -1 : put_op(w, OPCODE_STACK_GLOBAL);
  else if (parent == module) r = put_global(w, module_name, name);
  else {
    Value last = last_part(ts, name);
    r = save_call(w, xincref(dict_get_cstr(ts, (Value)ts->interp->builtins, "getattr")), last ? tuple_of2(ts, parent, last) : NULL, NULL);
    xdecref(ts, last);
  }
  if (r == 0) r = memoize(w, v);
done:
  xdecref(ts, parent);
  xdecref(ts, module);
  xdecref(ts, module_name);
  xdecref(ts, name);
  return r;
}
/* The classes of None, NotImplemented and ... have no name that can be imported. */
static int save_type(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  static const Value singletons[] = {V_NONE, V_NOT_IMPLEMENTED, V_ELLIPSIS};
  for (int i = 0; i < 3; i++)
    if (v == (Value)type_of(ts, singletons[i])) return save_call(w, incref((Value)TYPE(TYPE)), tuple_of1(ts, singletons[i]), v);
  return save_global(w, v, NULL);
}

/* ---- by __reduce__ ---- */

typedef struct {
  Value callable, args, state, list_items, dict_items, state_setter; /* borrowed; or NULL */
} Reduced;
static int check_reduced(Writer *w, Value t, Reduced *r) {
  ThreadState *ts = w->ts;
  Value error = pickling_error(w), *fields[] = {&r->callable, &r->args, &r->state, &r->list_items, &r->dict_items, &r->state_setter};
  ssize_t n = tuple_len(t);
  if (n < 2 || n > 6) return err_format(ts, error, "tuple returned by __reduce__ must contain 2 through 6 elements"), -1;
  for (ssize_t i = 0; i < 6; i++) *fields[i] = i < n && (i < 2 || tuple_get(t, i) != V_NONE) ? tuple_get(t, i) : NULL;
  if (!is_callable(ts, r->callable)) return err_format(ts, error, "first item of the tuple returned by __reduce__ must be callable"), -1;
  if (!is_tuple(r->args)) return err_format(ts, error, "second item of the tuple returned by __reduce__ must be a tuple"), -1;
  if (r->list_items && !is_iterator(ts, r->list_items)) return err_format(ts, error, "fourth element of the tuple returned by __reduce__ must be an iterator, not %T", r->list_items), -1;
  if (r->dict_items && !is_iterator(ts, r->dict_items)) return err_format(ts, error, "fifth element of the tuple returned by __reduce__ must be an iterator, not %T", r->dict_items), -1;
  if (r->state_setter && !is_callable(ts, r->state_setter)) return err_format(ts, error, "sixth element of the tuple returned by __reduce__ must be a function, not %T", r->state_setter), -1;
  return 0;
}

/* cls.__new__(cls, *args, **kwargs), as copyreg.__newobj_ex__(cls, args, kwargs) says. */
static int save_newobj_ex(Writer *w, Value given) {
  ThreadState *ts = w->ts;
  Value error = pickling_error(w);
  if (tuple_len(given) != 3) return err_format(ts, error, "length of the NEWOBJ_EX argument tuple must be exactly 3, not %zd", tuple_len(given)), -1;
  Value cls = tuple_get(given, 0), args = tuple_get(given, 1), kwargs = tuple_get(given, 2);
  if (!is_type(cls)) return err_format(ts, error, "first item from NEWOBJ_EX argument tuple must be a class, not %T", cls), -1;
  if (!is_tuple(args)) return err_format(ts, error, "second item from NEWOBJ_EX argument tuple must be a tuple, not %T", args), -1;
  if (!is_dict(kwargs)) return err_format(ts, error, "third item from NEWOBJ_EX argument tuple must be a dict, not %T", kwargs), -1;
  if (w->protocol >= 4) return save(w, cls) < 0 || save(w, args) < 0 || save(w, kwargs) < 0 ? -1 : put_op(w, OPCODE_NEWOBJ_EX);
  Value partial = import_attr(ts, "functools", "partial"), new = partial ? attr_get(ts, cls, ID(__new__)) : NULL;
  Value all = new ? tuple_new(ts, tuple_len(args) + 2) : NULL, callable = NULL;
  if (all) {
    tuple_set(all, 0, incref(new));
    tuple_set(all, 1, incref(cls));
    for (ssize_t i = 0; i < tuple_len(args); i++) tuple_set(all, i + 2, incref(tuple_get(args, i)));
    callable = call_tuple_dict(ts, partial, all, kwargs);
  }
  int r = callable == NULL || save(w, callable) < 0 || save(w, ts->interp->empty_tuple) < 0 ? -1 : put_op(w, OPCODE_REDUCE);
  xdecref(ts, partial);
  xdecref(ts, new);
  xdecref(ts, all);
  xdecref(ts, callable);
  return r;
}
static int save_newobj(Writer *w, Value args, NULLABLE Value v) {
  ThreadState *ts = w->ts;
  Value error = pickling_error(w);
  bool failed;
  if (tuple_len(args) < 1) return err_format(ts, error, "__newobj__ arglist is empty"), -1;
  Value cls = tuple_get(args, 0), new = attr_get_optional(ts, cls, ID(__new__), &failed);
  if (new == NULL) return failed ? -1 : (err_format(ts, error, "args[0] from __newobj__ args has no __new__"), -1);
  decref(ts, new);
  if (v) {
    Value own = attr_get(ts, v, ID(__class__));
    if (own == NULL) return -1;
    decref(ts, own);
    if (own != cls) return err_format(ts, error, "args[0] from __newobj__ args has the wrong class"), -1;
  }
  Value rest = tuple_slice(ts, args, 1, tuple_len(args));
  int r = rest == NULL || save(w, cls) < 0 || save(w, rest) < 0 ? -1 : put_op(w, OPCODE_NEWOBJ);
  xdecref(ts, rest);
  return r;
}
static int save_call_of(Writer *w, const Reduced *r, NULLABLE Value v) {
  ThreadState *ts = w->ts;
  if (w->protocol >= 2) {
    bool failed;
    Value name = attr_get_optional(w->ts, r->callable, ID(__name__), &failed);
    if (failed) return -1;
    bool is_ex = name && is_str(name) && str_equal_cstr(name, "__newobj_ex__"), is_plain = name && is_str(name) && str_equal_cstr(name, "__newobj__");
    xdecref(w->ts, name);
    if (is_ex) return save_newobj_ex(w, r->args);
    if (is_plain) return save_newobj(w, r->args, v);
  }
  return save(w, r->callable) < 0 || save(w, r->args) < 0 ? -1 : put_op(w, OPCODE_REDUCE);
}
static int save_reduce(Writer *w, Value reduced, NULLABLE Value v) {
  Reduced r;
  if (check_reduced(w, reduced, &r) < 0 || save_call_of(w, &r, v) < 0) return -1;
  if (v) {
    int met = fetch_if_saved_meanwhile(w, v, 1, OPCODE_POP); /* it contains itself in its arguments */
    if (met) return met < 0 ? -1 : 0;
    if (memoize(w, v) < 0) return -1;
  }
  if (r.list_items && save_items_of(w, r.list_items, false) < 0) return -1;
  if (r.dict_items && save_items_of(w, r.dict_items, true) < 0) return -1;
  if (r.state == NULL) return 0;
  if (r.state_setter == NULL) return save(w, r.state) < 0 ? -1 : put_op(w, OPCODE_BUILD);
  if (v == NULL) return err_format(w->ts, pickling_error(w), "a state setter needs an object"), -1;
  if (save(w, r.state_setter) < 0 || save(w, v) < 0 || save(w, r.state) < 0) return -1;
  return put_op(w, OPCODE_TUPLE2) < 0 || put_op(w, OPCODE_REDUCE) < 0 ? -1 : put_op(w, OPCODE_POP);
}

/* What v's reducer says: OWNED. NULL without an exception: v is a class, to be saved by name. */
static Value reduce(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  Value type = (Value)type_of(ts, v), function = NULL;
  if (w->dispatch_table == NULL) {
    function = xincref(dict_get(ts, w->copyreg_table, type));
  } else if ((function = item_get(ts, w->dispatch_table, type)) == NULL && err_matches(ts, EXC(KeyError))) {
    err_clear(ts);
  }
  if (err_occurred(ts)) return NULL;
  Value r;
  if (function) {
    r = call1(ts, function, v);
    decref(ts, function);
    return r;
  }
  if (is_type(v)) return NULL;
  bool failed;
  Value method = attr_get_optional(ts, v, ID(__reduce_ex__), &failed);
  if (method) {
    r = call1(ts, method, small_int_value(w->protocol));
  } else {
    if (failed) return NULL;
    method = attr_get_optional(ts, v, ID(__reduce__), &failed);
    if (failed) return NULL;
    if (method == NULL) return err_format(ts, pickling_error(w), "can't pickle '%T' object: %R", v, v);
    r = call0(ts, method);
  }
  decref(ts, method);
  return r;
}
static int save_other(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  Value reduced = NULL;
  if (w->reducer_override) {
    reduced = call1(ts, w->reducer_override, v);
    if (reduced == NULL) return -1;
    if (reduced == V_NOT_IMPLEMENTED) reduced = NULL;
  }
  if (reduced == NULL) {
    if (type_of(ts, v) == TYPE(TYPE)) return save_type(w, v);
    if (is_kind(v, K_FUNCTION)) return save_global(w, v, NULL);
    reduced = reduce(w, v);
    if (reduced == NULL) return err_occurred(ts) ? -1 : save_global(w, v, NULL);
  }
  int r;
  if (is_str(reduced)) r = save_global(w, v, reduced);
  else if (!is_tuple(reduced)) r = (err_format(ts, pickling_error(w), "__reduce__ must return a string or tuple"), -1);
  else r = save_reduce(w, reduced, v);
  decref(ts, reduced);
  return r;
}

/* 1: the object has a persistent id, which has been written; 0: it has none. */
static int save_persistent(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  Value id = call1(ts, w->persistent_id, v);
  if (id == NULL) return -1;
  if (id == V_NONE) return 0;
  int r;
  if (w->binary) {
    Value asked = w->persistent_id;
    w->persistent_id = NULL; /* an id has no id */
    r = save(w, id);
    w->persistent_id = asked;
    if (r == 0) r = put_op(w, OPCODE_BINPERSID);
  } else {
    Value text = str_of(ts, id);
    if (text && !str_is_ascii(text)) {
      err_format(ts, pickling_error(w), "persistent IDs in protocol 0 must be ASCII strings");
      CLEAR(text);
    }
    r = text == NULL || put_op(w, OPCODE_PERSID) < 0 || put(w, str_chars(text), (size_t)str_len(text)) < 0 ? -1 : put(w, "\n", 1);
    xdecref(ts, text);
  }
  decref(ts, id);
  return r < 0 ? -1 : 1;
}

static int save_container(Writer *w, Value v) {
  switch (v->kind) {
    case K_DICT: return save_dict(w, v);
    case K_LIST: return save_list(w, v);
    case K_TUPLE: return save_tuple(w, v);
    case K_SET: return save_set(w, v);
    case K_FROZENSET: return save_frozenset(w, v);
    case K_BYTEARRAY: return save_bytearray(w, v);
    default: return type_of(w->ts, v) == pickle_state(w->ts)->pickle_buffer ? save_pickle_buffer(w, v) : save_other(w, v);
  }
}
static bool may_be_cyclic(Value v) { return v->kind == K_DICT || v->kind == K_LIST || v->kind == K_OBJECT; }

static int save(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  if (at_opcode_boundary(w) < 0) return -1;
  if (w->persistent_id) {
    int r = save_persistent(w, v);
    if (r) return r < 0 ? -1 : 0;
  }
  if (v == V_NONE) return put_op(w, OPCODE_NONE);
  if (is_bool(v)) return save_bool(w, v == V_TRUE);
  if (is_small_int(v) || is_kind(v, K_INT)) return save_int(w, v);
  if (type_of(ts, v) == TYPE(FLOAT)) return save_float(w, v);
  const size_t *index = memo_find(&w->p->memo, v);
  if (index) return put_get(w, *index);
  if (is_kind(v, K_STR)) return save_str(w, v);
  if (is_kind(v, K_BYTES)) return save_bytes(w, v);
  if (!is_object(v)) return save_other(w, v);
  if (enter_recursive(ts, " while pickling an object") < 0) return leave_recursive(ts), -1;
  bool watch = may_be_cyclic(v);
  incref(v);
  int r = watch ? enter_fast(w, v) : 0;
  if (r == 0) {
    r = save_container(w, v);
    if (watch) leave_fast(w, v);
  }
  decref(ts, v);
  leave_recursive(ts);
  return r;
}

/* ---- a whole dump ---- */

static int run(Writer *w, Value v) {
  ThreadState *ts = w->ts;
  Pickler *p = w->p;
  w->protocol = p->protocol;
  w->binary = p->protocol > 0;
  w->frame_start = -1;
  w->copyreg_table = import_attr(ts, "copyreg", "dispatch_table");
  int r = w->copyreg_table ? 0 : -1;
  if (r == 0 && !is_dict(w->copyreg_table)) r = (err_format(ts, EXC(RuntimeError), "copyreg.dispatch_table should be a dict, not %T", w->copyreg_table), -1);
  if (r == 0 && p->protocol >= 2) r = put_op_number(w, OPCODE_PROTO, (uint64_t)p->protocol, 1);
  w->framing = p->protocol >= 4;
  if (r == 0) r = save(w, v) < 0 ? -1 : put_op(w, OPCODE_STOP);
  close_frame(w);
  if (r == 0) r = flush(w);
  p->fast_nesting = 0;
  xdecref(ts, w->copyreg_table);
  xdecref(ts, w->fast_seen);
  return r;
}

static int set_protocol(ThreadState *ts, Pickler *p, NULLABLE Value protocol, NULLABLE Value fix_imports, NULLABLE Value buffer_callback) {
  int n = DEFAULT_PROTOCOL;
  if (protocol && protocol != V_NONE && num_as_int(ts, protocol, &n) < 0) return -1;
  if (n < 0) n = HIGHEST_PROTOCOL;
  if (n > HIGHEST_PROTOCOL) return err_format(ts, EXC(ValueError), "pickle protocol must be <= %d", HIGHEST_PROTOCOL), -1;
  int fix = fix_imports ? truth(ts, fix_imports) : 1;
  if (fix < 0) return -1;
  if (buffer_callback && buffer_callback != V_NONE && n < 5) return err_format(ts, EXC(ValueError), "buffer_callback needs protocol >= 5"), -1;
  p->protocol = n;
  p->fix_imports = fix;
  replace(ts, &p->buffer_callback, buffer_callback && buffer_callback != V_NONE ? incref(buffer_callback) : NULL);
  return 0;
}
static Value write_method(ThreadState *ts, Value file) {
  bool failed;
  Value write = attr_get_optional(ts, file, ID(write), &failed);
  return write || failed ? write : err_format(ts, EXC(TypeError), "file must have a 'write' attribute");
}

static const char *const dump_names[] = {"obj", "file", "protocol", "fix_imports", "buffer_callback"};
static void release_parts(ThreadState *ts, Pickler *p) {
  memo_clear(ts, &p->memo);
  xdecref(ts, p->write);
  xdecref(ts, p->buffer_callback);
}
Value pickle_dump(NATIVE_ARGS) {
  static const ArgSpec spec = {"dump", 0, 3, 2, 5, dump_names};
  Value given[5], write;
  Pickler p = {0};
  Writer w = {.ts = ts, .p = &p};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || set_protocol(ts, &p, given[2], given[3], given[4]) < 0 || (write = write_method(ts, given[1])) == NULL) return NULL;
  p.write = write;
  int r = run(&w, given[0]);
  mem_free(ts, w.out);
  release_parts(ts, &p);
  return r < 0 ? NULL : V_NONE;
}
Value pickle_dumps(NATIVE_ARGS) {
  static const char *const names[] = {"obj", "protocol", "fix_imports", "buffer_callback"};
  static const ArgSpec spec = {"dumps", 0, 2, 1, 4, names};
  Value given[4];
  Pickler p = {0};
  Writer w = {.ts = ts, .p = &p};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || set_protocol(ts, &p, given[1], given[2], given[3]) < 0) return NULL;
  Value data = run(&w, given[0]) < 0 ? NULL : bytes_new(ts, w.out, (ssize_t)w.length);
  mem_free(ts, w.out);
  release_parts(ts, &p);
  return data;
}

/* ---- Pickler ---- */

static Value pickler_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) { return object_new_instance(ts, type); }
static int pickler_init(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const ArgSpec spec = {"Pickler", 0, 2, 1, 4, dump_names + 1};
  Value given[4];
  Pickler *p = as_pickler(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || set_protocol(ts, p, given[1], given[2], given[3]) < 0) return -1;
  Value write = write_method(ts, given[0]);
  if (write == NULL) return -1;
  replace(ts, &p->write, write);
  memo_clear(ts, &p->memo);
  p->fast = p->fast_nesting = 0;
  p->is_ready = true;
  return 0;
}
static void pickler_dealloc(ThreadState *ts, Value self) {
  Pickler *p = as_pickler(self);
  attrs_release(ts, self);
  release_parts(ts, p);
  xdecref(ts, p->persistent_id);
  xdecref(ts, p->dispatch_table);
  object_release(ts, self);
}
static int pickler_traverse(Value self, Visit visit, void *arg) {
  Pickler *p = as_pickler(self);
  VISIT(p->write);
  VISIT(p->persistent_id);
  VISIT(p->dispatch_table);
  VISIT(p->buffer_callback);
  for (size_t i = 0; p->memo.entries && i <= p->memo.mask; i++) VISIT(p->memo.entries[i].key);
  return shape_of(self)->type->flags & TYPE_HEAP ? 0 : attrs_traverse(self, visit, arg);
}
static int pickler_clear(ThreadState *ts, Value self) {
  Pickler *p = as_pickler(self);
  memo_clear(ts, &p->memo);
  CLEAR(p->persistent_id);
  CLEAR(p->dispatch_table);
  CLEAR(p->buffer_callback);
  CLEAR(p->write);
  return 0;
}
/* An attribute that an instance or its class may have; the one that Pickler itself declares counts only when it has been set. */
static int find_hook(ThreadState *ts, Value self, const char *name, Value *place) {
  Value id = str_intern_cstr(ts, name);
  bool failed = id == NULL;
  *place = id ? attr_get_optional(ts, self, id, &failed) : NULL;
  xdecref(ts, id);
  return failed ? -1 : 0;
}
static Value pickler_dump(NATIVE_ARGS) {
  Pickler *p = as_pickler(self);
  if (!p->is_ready) return err_format(ts, pickle_state(ts)->pickling_error, "Pickler.__init__() was not called by %T.__init__()", self);
  Writer w = {.ts = ts, .p = p};
  int r = find_hook(ts, self, "persistent_id", &w.persistent_id) < 0 || find_hook(ts, self, "reducer_override", &w.reducer_override) < 0 || find_hook(ts, self, "dispatch_table", &w.dispatch_table) < 0 ? -1 : 0;
  if (r == 0) r = run(&w, args[0]);
  mem_free(ts, w.out);
  xdecref(ts, w.persistent_id);
  xdecref(ts, w.reducer_override);
  xdecref(ts, w.dispatch_table);
  return r < 0 ? NULL : V_NONE;
}
static Value pickler_clear_memo(NATIVE_ARGS) {
  memo_clear(ts, &as_pickler(self)->memo);
  return V_NONE;
}
static Value get_or_missing(ThreadState *ts, Value v, const char *name) { return v ? incref(v) : err_format(ts, EXC(AttributeError), "%s", name); }
static Value get_persistent_id(ThreadState *ts, Value self) { return get_or_missing(ts, as_pickler(self)->persistent_id, "persistent_id"); }
static Value get_dispatch_table(ThreadState *ts, Value self) { return get_or_missing(ts, as_pickler(self)->dispatch_table, "dispatch_table"); }
static int set_persistent_id(ThreadState *ts, Value self, Value v) {
  if (v == NULL) return err_format(ts, EXC(TypeError), "attribute deletion is not supported"), -1;
  if (!is_callable(ts, v)) return err_format(ts, EXC(TypeError), "persistent_id must be a callable taking one argument"), -1;
  replace(ts, &as_pickler(self)->persistent_id, incref(v));
  return 0;
}
static int set_dispatch_table(ThreadState *ts, Value self, Value v) {
  replace(ts, &as_pickler(self)->dispatch_table, xincref(v));
  return 0;
}
static Value get_fast(ThreadState *ts, Value self) { return small_int_value(as_pickler(self)->fast); }
static int set_fast(ThreadState *ts, Value self, Value v) {
  int n;
  if (v == NULL) return err_format(ts, EXC(TypeError), "can't delete numeric/char attribute"), -1;
  if (num_as_int(ts, v, &n) < 0) return -1;
  as_pickler(self)->fast = n != 0;
  return 0;
}
static Value get_bin(ThreadState *ts, Value self) { return small_int_value(as_pickler(self)->protocol > 0); }

/* ---- Pickler.memo ---- */

typedef struct {
  Object base;
  Value pickler;
} PicklerMemo;
static Value get_memo(ThreadState *ts, Value self) {
  PicklerMemo *m = (PicklerMemo *)object_new_instance(ts, pickle_state(ts)->pickler_memo);
  if (m) m->pickler = incref(self);
  return (Value)m;
}
static Value memo_copy(NATIVE_ARGS) {
  Value dict = dict_new(ts);
  Memo *m = &as_pickler(((PicklerMemo *)self)->pickler)->memo;
  for (size_t i = 0; dict && m->entries && i <= m->mask; i++) {
    if (m->entries[i].key == NULL) continue;
    Value id = id_of(ts, m->entries[i].key), index = id ? int_from_u64(ts, m->entries[i].index) : NULL, pair = index ? tuple_of2(ts, index, m->entries[i].key) : NULL;
    if (pair == NULL || dict_set(ts, dict, id, pair) < 0) CLEAR(dict);
    xdecref(ts, id);
    xdecref(ts, index);
    xdecref(ts, pair);
  }
  return dict;
}
static Value memo_clear_py(NATIVE_ARGS) {
  memo_clear(ts, &as_pickler(((PicklerMemo *)self)->pickler)->memo);
  return V_NONE;
}
static Value memo_reduce(NATIVE_ARGS) {
  Value dict = memo_copy(ts, self, NULL, 0, NULL), args_of = dict ? tuple_of1(ts, dict) : NULL;
  xdecref(ts, dict);
  return tuple_steal2(ts, incref((Value)TYPE(DICT)), args_of);
}
static int take_memo_dict(ThreadState *ts, Memo *into, Value dict) {
  Value key, pair;
  for (ssize_t pos = 0; dict_next(dict, &pos, &key, &pair);) {
    int64_t index;
    if (!is_tuple(pair) || tuple_len(pair) != 2) return err_format(ts, EXC(TypeError), "'memo' values must be 2-item tuples"), -1;
    if (num_as_i64(ts, tuple_get(pair, 0), &index) < 0 || memo_add(ts, into, tuple_get(pair, 1), (size_t)index) < 0) return -1;
  }
  return 0;
}
static int set_memo(ThreadState *ts, Value self, Value v) {
  Memo fresh = {0};
  if (v == NULL) return err_format(ts, EXC(TypeError), "attribute deletion is not supported"), -1;
  if (is_dict(v)) {
    if (take_memo_dict(ts, &fresh, v) < 0) return memo_clear(ts, &fresh), -1;
  } else if (type_of(ts, v) == pickle_state(ts)->pickler_memo) {
    Memo *from = &as_pickler(((PicklerMemo *)v)->pickler)->memo;
    for (size_t i = 0; from->entries && i <= from->mask; i++)
      if (from->entries[i].key && memo_add(ts, &fresh, from->entries[i].key, from->entries[i].index) < 0) return memo_clear(ts, &fresh), -1;
  } else {
    return err_format(ts, EXC(TypeError), "'memo' attribute must be a PicklerMemoProxy object or dict, not %T", v), -1;
  }
  Memo old = as_pickler(self)->memo;
  as_pickler(self)->memo = fresh;
  memo_clear(ts, &old);
  return 0;
}
static void memo_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((PicklerMemo *)self)->pickler);
  object_release(ts, self);
}
static int memo_traverse(Value self, Visit visit, void *arg) {
  VISIT(((PicklerMemo *)self)->pickler);
  return 0;
}

static const MethodDef pickler_methods[] = {
    {"dump", pickler_dump, 1, 1, 0, "dump($self, obj, /)\n--\n\nWrite a pickled representation of the given object to the open file."},
    {"clear_memo", pickler_clear_memo, 0, 0, 0, "clear_memo($self, /)\n--\n\nForget what has been written: it is written again when it comes again."}, {0}};
static const GetSetDef pickler_getsets[] = {{"memo", get_memo, set_memo, NULL}, {"persistent_id", get_persistent_id, set_persistent_id, NULL}, {"dispatch_table", get_dispatch_table, set_dispatch_table, NULL},
                                            {"fast", get_fast, set_fast, NULL}, {"bin", get_bin, NULL, NULL}, {0}};
const TypeSpec pickler_spec = {.name = "_pickle.Pickler", .doc = "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\nWrites objects to a binary file as pickles.", .size = sizeof(Pickler),
                               .flags = TYPE_BASETYPE | TYPE_GC, .methods = pickler_methods, .getsets = pickler_getsets,
                               .slots = {.new = pickler_new, .init = pickler_init, .dealloc = pickler_dealloc, .traverse = pickler_traverse, .clear = pickler_clear}};
static const MethodDef memo_methods[] = {{"clear", memo_clear_py, 0, 0, 0, "clear($self, /)\n--\n\nRemove all items from memo."}, {"copy", memo_copy, 0, 0, 0, "copy($self, /)\n--\n\nCopy the memo to a new object."}, {"__reduce__", memo_reduce, 0, 0, 0, NULL}, {0}};
const TypeSpec pickler_memo_spec = {.name = "_pickle.PicklerMemoProxy", .size = sizeof(PicklerMemo), .flags = TYPE_GC | TYPE_NO_NEW, .methods = memo_methods, .slots = {.dealloc = memo_dealloc, .traverse = memo_traverse}};
