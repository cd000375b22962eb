/* bytes_methods.c - the methods that bytes and bytearray share. Objects/bytes_methods.c, Objects/stringlib/ in CPython.
 * Keeps true: a method gives the kind of object it was called on, and always a new one for a bytearray. Case and classes
 *   are those of ASCII only.
 * A bytearray may be resized by user code while arguments are fetched, so its data is looked up after they are.
 * Next: bytes.c, bytearray.c. */
#include "runtime/object.h"

#include <stdlib.h>

Value bytelike_new(ThreadState *ts, Value like, const char *p, ssize_t n) {
  return is_bytearray(like) ? bytearray_new(ts, p, n) : bytes_new(ts, p, n);
}
char *bytelike_fill(Value v) { return is_bytearray(v) ? ((ByteArray *)v)->data : bytes_data(v); }

static OWNED Value whole(ThreadState *ts, Value self) {
  if (is_kind(self, K_BYTES)) return incref(self);
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  return bytelike_new(ts, self, p, n);
}

static bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char to_lower(char c) { return is_upper(c) ? (char)(c + 32) : c; }
static char to_upper(char c) { return is_lower(c) ? (char)(c - 32) : c; }

/* ---- arguments ---- */

int byte_argument(ThreadState *ts, Value v) {
  int64_t i;
  Value index = num_index(ts, v);
  if (index == NULL) return -1;
  if (!int_fits_i64(index, &i)) i = -1;
  decref(ts, index);
  if (i >= 0 && i < 256) return (int)i;
  err_format(ts, EXC(ValueError), "byte must be in range(0, 256)");
  return -1;
}

/* A bytes-like object or, for searching, a single byte. Release with drop_part. */
typedef struct {
  Buffer view;
  char byte;
  const char *p;
  ssize_t n;
} Part;

static int get_part(ThreadState *ts, Value v, Part *part) {
  if (buffer_get(ts, v, &part->view, false) < 0) return -1;
  part->p = part->view.data;
  part->n = part->view.length;
  return 0;
}

static int get_part_or_byte(ThreadState *ts, Value v, Part *part) {
  memset(part, 0, sizeof *part);
  if (has_buffer(ts, v)) return get_part(ts, v, part);
  if (!has_index(ts, v)) {
    err_format(ts, EXC(TypeError), "argument should be integer or bytes-like object, not '%T'", v);
    return -1;
  }
  int byte = byte_argument(ts, v);
  if (byte < 0) return -1;
  part->byte = (char)byte;
  part->p = &part->byte;
  part->n = 1;
  return 0;
}

static void drop_part(ThreadState *ts, Part *part) { buffer_release(ts, &part->view); }

static int range_args(ThreadState *ts, Value *args, ssize_t nargs, ssize_t *start, ssize_t *end) {
  ssize_t bounds[2] = {0, PTRDIFF_MAX};
  for (int i = 0; i < 2; i++) {
    if (1 + i >= nargs || is_none(args[1 + i])) continue;
    if (!has_index(ts, args[1 + i])) {
      err_format(ts, EXC(TypeError), "slice indices must be integers or None or have an __index__ method");
      return -1;
    }
    bounds[i] = num_as_ssize(ts, args[1 + i], NULL);
    if (bounds[i] == -1 && err_occurred(ts)) return -1;
  }
  *start = bounds[0];
  *end = bounds[1];
  return 0;
}

static void clip(ssize_t n, ssize_t *start, ssize_t *end) {
  if (*end > n) *end = n;
  if (*end < 0 && (*end += n) < 0) *end = 0;
  if (*start < 0 && (*start += n) < 0) *start = 0;
}

/* ---- searching ---- */

ssize_t bytes_find(const char *p, ssize_t n, const char *sub, ssize_t m, int direction) {
  if (m > n) return -1;
  if (m == 0) return direction > 0 ? 0 : n;
  if (direction > 0) {
    const char *found = m == 1 ? memchr(p, *sub, (size_t)n) : memmem(p, (size_t)n, sub, (size_t)m);
    return found ? found - p : -1;
  }
  for (ssize_t end = n - m + 1; end > 0;) {
    const char *found = memrchr(p, *sub, (size_t)end);
    if (found == NULL) return -1;
    if (memcmp(found, sub, (size_t)m) == 0) return found - p;
    end = found - p;
  }
  return -1;
}

static int find_args(ThreadState *ts, Value self, Value *args, ssize_t nargs, int direction, ssize_t *at) {
  ssize_t start, end, n;
  Part part;
  if (range_args(ts, args, nargs, &start, &end) < 0 || get_part_or_byte(ts, args[0], &part) < 0) return -1;
  const char *p = bytelike_data(self, &n);
  clip(n, &start, &end);
  *at = start > end ? -1 : bytes_find(p + start, end - start, part.p, part.n, direction);
  if (*at >= 0) *at += start;
  drop_part(ts, &part);
  return 0;
}

static Value bytes_find_method(NATIVE_ARGS) {
  ssize_t at;
  return find_args(ts, self, args, nargs, 1, &at) < 0 ? NULL : small_int_value(at);
}
static Value bytes_rfind_method(NATIVE_ARGS) {
  ssize_t at;
  return find_args(ts, self, args, nargs, -1, &at) < 0 ? NULL : small_int_value(at);
}
static Value bytes_index_method(NATIVE_ARGS) {
  ssize_t at;
  if (find_args(ts, self, args, nargs, 1, &at) < 0) return NULL;
  return at < 0 ? err_format(ts, EXC(ValueError), "subsection not found") : small_int_value(at);
}
static Value bytes_rindex_method(NATIVE_ARGS) {
  ssize_t at;
  if (find_args(ts, self, args, nargs, -1, &at) < 0) return NULL;
  return at < 0 ? err_format(ts, EXC(ValueError), "subsection not found") : small_int_value(at);
}

int bytelike_contains(ThreadState *ts, Value self, Value item) {
  Part part;
  if (is_small_int(item) || !has_buffer(ts, item)) {
    if (!has_index(ts, item)) {
      err_format(ts, EXC(TypeError), "a bytes-like object is required, not '%T'", item);
      return -1;
    }
  }
  if (get_part_or_byte(ts, item, &part) < 0) return -1;
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  ssize_t at = bytes_find(p, n, part.p, part.n, 1);
  drop_part(ts, &part);
  return at >= 0;
}

static ssize_t count_of(const char *p, ssize_t n, const Part *part, ssize_t max) {
  if (part->n == 0) return n + 1 < max ? n + 1 : max;
  ssize_t count = 0, at = 0;
  for (ssize_t found; count < max && (found = bytes_find(p + at, n - at, part->p, part->n, 1)) >= 0; count++) at += found + part->n;
  return count;
}

static Value bytes_count(NATIVE_ARGS) {
  ssize_t start, end, n;
  Part part;
  if (range_args(ts, args, nargs, &start, &end) < 0 || get_part_or_byte(ts, args[0], &part) < 0) return NULL;
  const char *p = bytelike_data(self, &n);
  clip(n, &start, &end);
  ssize_t count = start > end ? 0 : count_of(p + start, end - start, &part, PTRDIFF_MAX);
  drop_part(ts, &part);
  return small_int_value(count);
}

static int has_end_at(ThreadState *ts, Value self, Value part_value, ssize_t start, ssize_t end, bool tail) {
  Part part;
  if (get_part(ts, part_value, &part) < 0) return -1;
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  clip(n, &start, &end);
  bool is = end - start >= part.n && start <= n && memcmp(tail ? p + end - part.n : p + start, part.p, (size_t)part.n) == 0;
  drop_part(ts, &part);
  return is;
}

static OWNED Value has_end(ThreadState *ts, Value self, Value *args, ssize_t nargs, const char *name, bool tail) {
  ssize_t start, end;
  if (range_args(ts, args, nargs, &start, &end) < 0) return NULL;
  if (is_tuple(args[0])) {
    int r = 0;
    for (ssize_t i = 0; i < tuple_len(args[0]) && r == 0; i++) r = has_end_at(ts, self, tuple_get(args[0], i), start, end, tail);
    return r < 0 ? NULL : bool_value(r);
  }
  if (!has_buffer(ts, args[0]))
    return err_format(ts, EXC(TypeError), "%s first arg must be bytes or a tuple of bytes, not %T", name, args[0]);
  int r = has_end_at(ts, self, args[0], start, end, tail);
  return r < 0 ? NULL : bool_value(r);
}
static Value bytes_startswith(NATIVE_ARGS) { return has_end(ts, self, args, nargs, "startswith", false); }
static Value bytes_endswith(NATIVE_ARGS) { return has_end(ts, self, args, nargs, "endswith", true); }

static OWNED Value remove_end(ThreadState *ts, Value self, Value part_value, bool tail) {
  Part part;
  if (get_part(ts, part_value, &part) < 0) return NULL;
  ssize_t n, m = part.n;
  const char *p = bytelike_data(self, &n);
  bool is = m > 0 && m <= n && memcmp(tail ? p + n - m : p, part.p, (size_t)m) == 0;
  drop_part(ts, &part);
  if (!is) return whole(ts, self);
  return bytelike_new(ts, self, tail ? p : p + m, n - m);
}
static Value bytes_removeprefix(NATIVE_ARGS) { return remove_end(ts, self, args[0], false); }
static Value bytes_removesuffix(NATIVE_ARGS) { return remove_end(ts, self, args[0], true); }

/* ---- replacing, joining ---- */

static OWNED Value replace_parts(ThreadState *ts, Value self, const Part *old, const Part *new, ssize_t max) {
  ssize_t n, total;
  const char *p = bytelike_data(self, &n);
  ssize_t count = max == 0 || n < old->n ? 0 : count_of(p, n, old, max);
  if (count == 0) return whole(ts, self);
  if (__builtin_mul_overflow(count, new->n - old->n, &total) || __builtin_add_overflow(total, n, &total))
    return err_format(ts, EXC(OverflowError), "replace bytes is too long");
  Value v = bytelike_new(ts, self, NULL, total);
  if (v == NULL || total == 0) return v;
  char *to = bytelike_fill(v);
  const char *end = p + n;
  for (; count > 0; count--) {
    ssize_t skip = old->n ? bytes_find(p, end - p, old->p, old->n, 1) : 0;
    memcpy(to, p, (size_t)skip);
    memcpy(to + skip, new->p, (size_t)new->n);
    to += skip + new->n;
    p += skip + old->n;
    if (old->n == 0 && p < end) *to++ = *p++;
  }
  memcpy(to, p, (size_t)(end - p));
  return v;
}

static Value bytes_replace(NATIVE_ARGS) {
  Part old, new;
  ssize_t max = nargs > 2 ? arg_as_ssize(ts, args[2]) : -1;
  if (max == -1 && err_occurred(ts)) return NULL;
  if (get_part(ts, args[0], &old) < 0) return NULL;
  Value v = NULL;
  if (get_part(ts, args[1], &new) == 0) {
    v = replace_parts(ts, self, &old, &new, max < 0 ? PTRDIFF_MAX : max);
    drop_part(ts, &new);
  }
  drop_part(ts, &old);
  return v;
}

static Value bytes_join(NATIVE_ARGS) {
  Value fast = seq_fast(ts, args[0], "can only join an iterable");
  if (fast == NULL) return NULL;
  ssize_t count, sep_n, total = 0;
  Value *items = seq_items(fast, &count), result = NULL;
  if (count == 1 && is_kind(items[0], K_BYTES) && is_kind(self, K_BYTES)) {
    result = incref(items[0]);
    decref(ts, fast);
    return result;
  }
  Buffer *views = mem_alloc_zeroed(ts, (size_t)(count ? count : 1) * sizeof(Buffer));
  if (views == NULL) goto done;
  for (ssize_t i = 0; i < count; i++) {
    if (!has_buffer(ts, items[i])) {
      err_format(ts, EXC(TypeError), "sequence item %zd: expected a bytes-like object, %T found", i, items[i]);
      goto done;
    }
    if (buffer_get(ts, items[i], &views[i], false) < 0) goto done;
    total += views[i].length;
  }
  const char *sep = bytelike_data(self, &sep_n);
  if (count > 1) total += sep_n * (count - 1);
  if ((result = bytelike_new(ts, self, NULL, total)) == NULL) goto done;
  char *to = bytelike_fill(result);
  for (ssize_t i = 0; i < count && total; i++) {
    if (i) memcpy(to, sep, (size_t)sep_n), to += sep_n;
    if (views[i].length) copy_shared(to, views[i].data, (size_t)views[i].length);
    to += views[i].length;
  }
done:
  for (ssize_t i = 0; views && i < count; i++) buffer_release(ts, &views[i]);
  mem_free(ts, views);
  decref(ts, fast);
  return result;
}

/* ---- splitting ---- */

static int append_piece(ThreadState *ts, Value list, Value self, const char *p, ssize_t n) {
  Value piece = bytelike_new(ts, self, p, n);
  return piece ? list_append_steal(ts, list, piece) : -1;
}

static int split_spaces(ThreadState *ts, Value list, Value self, const char *p, ssize_t n, ssize_t max) {
  ssize_t at = 0;
  for (;;) {
    while (at < n && is_space(p[at])) at++;
    if (at == n) return 0;
    ssize_t start = at;
    if (max-- == 0) return append_piece(ts, list, self, p + start, n - start);
    while (at < n && !is_space(p[at])) at++;
    if (append_piece(ts, list, self, p + start, at - start) < 0) return -1;
  }
}

static int rsplit_spaces(ThreadState *ts, Value list, Value self, const char *p, ssize_t n, ssize_t max) {
  for (;;) {
    while (n > 0 && is_space(p[n - 1])) n--;
    if (n == 0) return 0;
    ssize_t end = n;
    if (max-- == 0) return append_piece(ts, list, self, p, end);
    while (n > 0 && !is_space(p[n - 1])) n--;
    if (append_piece(ts, list, self, p + n, end - n) < 0) return -1;
  }
}

static int split_at(ThreadState *ts, Value list, Value self, const char *p, ssize_t n, const Part *sep, ssize_t max, bool right) {
  ssize_t found;
  while (max-- > 0 && (found = bytes_find(p, n, sep->p, sep->n, right ? -1 : 1)) >= 0) {
    ssize_t after = found + sep->n;
    if (append_piece(ts, list, self, right ? p + after : p, right ? n - after : found) < 0) return -1;
    if (!right) p += after;
    n = right ? found : n - after;
  }
  return append_piece(ts, list, self, p, n);
}

static OWNED Value split(ThreadState *ts, Value self, const char *name, Value *args, ssize_t nargs, Value kwnames, bool right) {
  static const char *const names[] = {"sep", "maxsplit"};
  ArgSpec spec = {name, 0, 2, 0, 2, names};
  Value out[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  ssize_t max = out[1] ? arg_as_ssize(ts, out[1]) : -1, n;
  if (max == -1 && err_occurred(ts)) return NULL;
  if (max < 0) max = PTRDIFF_MAX;
  Value list = list_new(ts, 0);
  if (list == NULL) return NULL;
  int r = -1;
  if (out[0] == NULL || is_none(out[0])) {
    const char *p = bytelike_data(self, &n);
    r = right ? rsplit_spaces(ts, list, self, p, n, max) : split_spaces(ts, list, self, p, n, max);
  } else {
    Part sep;
    if (get_part(ts, out[0], &sep) == 0) {
      const char *p = bytelike_data(self, &n);
      if (sep.n == 0) err_format(ts, EXC(ValueError), "empty separator");
      else r = split_at(ts, list, self, p, n, &sep, max, right);
      drop_part(ts, &sep);
    }
  }
  if (r < 0) CLEAR(list);
  else if (right) list_reverse(ts, list);
  return list;
}
static Value bytes_split(NATIVE_ARGS) { return split(ts, self, "split", args, nargs, kwnames, false); }
static Value bytes_rsplit(NATIVE_ARGS) { return split(ts, self, "rsplit", args, nargs, kwnames, true); }

static OWNED Value partition(ThreadState *ts, Value self, Value sep_value, int direction) {
  Part sep;
  if (get_part(ts, sep_value, &sep) < 0) return NULL;
  ssize_t n, at = -1;
  const char *p = bytelike_data(self, &n);
  Value v = NULL;
  if (sep.n == 0) {
    err_format(ts, EXC(ValueError), "empty separator");
  } else if ((at = bytes_find(p, n, sep.p, sep.n, direction)) >= 0) {
    ssize_t after = at + sep.n;
    v = tuple_steal3(ts, bytelike_new(ts, self, p, at), bytelike_new(ts, self, sep.p, sep.n), bytelike_new(ts, self, p + after, n - after));
  } else {
    Value all = whole(ts, self), a = bytelike_new(ts, self, "", 0), b = bytelike_new(ts, self, "", 0);
    v = direction > 0 ? tuple_steal3(ts, all, a, b) : tuple_steal3(ts, a, b, all);
  }
  drop_part(ts, &sep);
  return v;
}
static Value bytes_partition(NATIVE_ARGS) { return partition(ts, self, args[0], 1); }
static Value bytes_rpartition(NATIVE_ARGS) { return partition(ts, self, args[0], -1); }

static Value bytes_splitlines(NATIVE_ARGS) {
  static const char *const names[] = {"keepends"};
  static const ArgSpec spec = {"splitlines", 0, 1, 0, 1, names};
  Value flag;
  if (args_bind(ts, &spec, args, nargs, kwnames, &flag) < 0) return NULL;
  int keep = flag ? truth(ts, flag) : 0;
  Value list = keep < 0 ? NULL : list_new(ts, 0);
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  for (ssize_t at = 0; list && at < n;) {
    ssize_t start = at;
    while (at < n && p[at] != '\n' && p[at] != '\r') at++;
    ssize_t end = at;
    if (at < n) {
      at += p[at] == '\r' && at + 1 < n && p[at + 1] == '\n' ? 2 : 1;
      if (keep) end = at;
    }
    if (append_piece(ts, list, self, p + start, end - start) < 0) CLEAR(list);
  }
  return list;
}

/* ---- stripping and padding ---- */

static OWNED Value strip(ThreadState *ts, Value self, Value *args, ssize_t nargs, bool left, bool right) {
  Part chars = {0};
  bool spaces = nargs == 0 || is_none(args[0]);
  if (!spaces && get_part(ts, args[0], &chars) < 0) return NULL;
  ssize_t n, start = 0;
  const char *p = bytelike_data(self, &n);
#define STRIPS(c) (spaces ? is_space(c) : chars.n && memchr(chars.p, (c), (size_t)chars.n) != NULL)
  while (left && start < n && STRIPS(p[start])) start++;
  while (right && n > start && STRIPS(p[n - 1])) n--;
#undef STRIPS
  ssize_t length;
  bytelike_data(self, &length);
  Value v = n - start == length ? whole(ts, self) : bytelike_new(ts, self, p + start, n - start);
  if (!spaces) drop_part(ts, &chars);
  return v;
}
static Value bytes_strip(NATIVE_ARGS) { return strip(ts, self, args, nargs, true, true); }
static Value bytes_lstrip(NATIVE_ARGS) { return strip(ts, self, args, nargs, true, false); }
static Value bytes_rstrip(NATIVE_ARGS) { return strip(ts, self, args, nargs, false, true); }

static OWNED Value pad(ThreadState *ts, Value self, ssize_t left, ssize_t right, char fill) {
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  if (left < 0) left = 0;
  if (right < 0) right = 0;
  if (left + right == 0) return whole(ts, self);
  Value v = bytelike_new(ts, self, NULL, left + n + right);
  if (v == NULL) return NULL;
  char *to = bytelike_fill(v);
  memset(to, fill, (size_t)left);
  memcpy(to + left, p, (size_t)n);
  memset(to + left + n, fill, (size_t)right);
  return v;
}

static int pad_args(ThreadState *ts, const char *name, Value *args, ssize_t nargs, ssize_t *width, char *fill) {
  *width = arg_as_ssize(ts, args[0]);
  if (*width == -1 && err_occurred(ts)) return -1;
  *fill = ' ';
  if (nargs < 2) return 0;
  ssize_t n = 0;
  const char *p = is_bytes(args[1]) || is_bytearray(args[1]) ? bytelike_data(args[1], &n) : NULL;
  if (n != 1) {
    err_format(ts, EXC(TypeError), "%s() argument 2 must be a byte string of length 1, not %T", name, args[1]);
    return -1;
  }
  *fill = *p;
  return 0;
}
#define PAD_METHOD(name, python_name, left, right) \
  static Value name(NATIVE_ARGS) { \
    ssize_t width, n; \
    char fill; \
    if (pad_args(ts, python_name, args, nargs, &width, &fill) < 0) return NULL; \
    bytelike_data(self, &n); \
    ssize_t room = width > n ? width - n : 0, middle = room / 2 + (room & width & 1); \
    (void)middle; \
    return pad(ts, self, left, right, fill); \
  }
PAD_METHOD(bytes_ljust, "ljust", 0, room)
PAD_METHOD(bytes_rjust, "rjust", room, 0)
PAD_METHOD(bytes_center, "center", middle, room - middle)
#undef PAD_METHOD

static Value bytes_zfill(NATIVE_ARGS) {
  ssize_t width = arg_as_ssize(ts, args[0]), n;
  if (width == -1 && err_occurred(ts)) return NULL;
  const char *p = bytelike_data(self, &n);
  if (width <= n) return whole(ts, self);
  bool sign = n && (*p == '+' || *p == '-');
  Value v = pad(ts, self, width - n, 0, '0');
  if (v && sign) {
    bytelike_fill(v)[0] = *p;
    bytelike_fill(v)[width - n] = '0';
  }
  return v;
}

static Value bytes_expandtabs(NATIVE_ARGS) {
  static const char *const names[] = {"tabsize"};
  static const ArgSpec spec = {"expandtabs", 0, 1, 0, 1, names};
  Value size_arg;
  if (args_bind(ts, &spec, args, nargs, kwnames, &size_arg) < 0) return NULL;
  int size = 8;
  if (size_arg && num_as_int(ts, size_arg, &size) < 0) return NULL;
  ssize_t n, total = 0;
  const char *p = bytelike_data(self, &n);
  Value v = NULL;
  for (int pass = 0; pass < 2; pass++) { /* measure, then write */
    char *to = v ? bytelike_fill(v) : NULL;
    ssize_t column = 0;
    total = 0;
    for (ssize_t i = 0; i < n; i++) {
      ssize_t fill = p[i] == '\t' ? (size > 0 ? size - column % size : 0) : 1;
      if (to) memset(to + total, p[i] == '\t' ? ' ' : p[i], (size_t)fill);
      if (__builtin_add_overflow(total, fill, &total)) return err_format(ts, EXC(OverflowError), "result too long");
      column = p[i] == '\n' || p[i] == '\r' ? 0 : column + fill;
    }
    if (pass == 0 && (v = bytelike_new(ts, self, NULL, total)) == NULL) return NULL;
    if (total == 0) break;
  }
  return v;
}

/* ---- case and classes ---- */

static OWNED Value map_bytes(ThreadState *ts, Value self, char (*map)(char c, bool first, bool after_letter)) {
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  Value v = bytelike_new(ts, self, NULL, n);
  if (v == NULL) return NULL;
  char *to = bytelike_fill(v);
  for (ssize_t i = 0; i < n; i++) to[i] = map(p[i], i == 0, i > 0 && is_alpha(p[i - 1]));
  return v;
}
static char map_lower(char c, bool first, bool after) { return to_lower(c); }
static char map_upper(char c, bool first, bool after) { return to_upper(c); }
static char map_capital(char c, bool first, bool after) { return first ? to_upper(c) : to_lower(c); }
static char map_title(char c, bool first, bool after) { return after ? to_lower(c) : to_upper(c); }
static char map_swap(char c, bool first, bool after) { return is_upper(c) ? to_lower(c) : to_upper(c); }
static Value bytes_lower(NATIVE_ARGS) { return map_bytes(ts, self, map_lower); }
static Value bytes_upper(NATIVE_ARGS) { return map_bytes(ts, self, map_upper); }
static Value bytes_capitalize(NATIVE_ARGS) { return map_bytes(ts, self, map_capital); }
static Value bytes_title(NATIVE_ARGS) { return map_bytes(ts, self, map_title); }
static Value bytes_swapcase(NATIVE_ARGS) { return map_bytes(ts, self, map_swap); }

static bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
static bool is_ascii(char c) { return !(c & 0x80); }
static OWNED Value all_bytes(Value self, bool (*is)(char), bool when_empty) {
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  for (ssize_t i = 0; i < n; i++)
    if (!is(p[i])) return V_FALSE;
  return bool_value(n ? true : when_empty);
}
static Value bytes_isspace(NATIVE_ARGS) { return all_bytes(self, is_space, false); }
static Value bytes_isalpha(NATIVE_ARGS) { return all_bytes(self, is_alpha, false); }
static Value bytes_isdigit(NATIVE_ARGS) { return all_bytes(self, is_digit, false); }
static Value bytes_isalnum(NATIVE_ARGS) { return all_bytes(self, is_alnum, false); }
static Value bytes_isascii(NATIVE_ARGS) { return all_bytes(self, is_ascii, true); }

static OWNED Value one_case(Value self, bool (*is)(char), bool (*other)(char)) {
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  bool cased = false;
  for (ssize_t i = 0; i < n; i++) {
    if (other(p[i])) return V_FALSE;
    cased = cased || is(p[i]);
  }
  return bool_value(cased);
}
static Value bytes_islower(NATIVE_ARGS) { return one_case(self, is_lower, is_upper); }
static Value bytes_isupper(NATIVE_ARGS) { return one_case(self, is_upper, is_lower); }
static Value bytes_istitle(NATIVE_ARGS) {
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  bool cased = false;
  for (ssize_t i = 0; i < n; i++) {
    bool after = i > 0 && is_alpha(p[i - 1]);
    if ((is_upper(p[i]) && after) || (is_lower(p[i]) && !after)) return V_FALSE;
    cased = cased || is_alpha(p[i]);
  }
  return bool_value(cased);
}

/* ---- translating ---- */

static Value bytes_translate(NATIVE_ARGS) {
  static const char *const names[] = {"", "delete"};
  static const ArgSpec spec = {"translate", 1, 2, 1, 2, names};
  Value out[2], v = NULL;
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  Part table = {0}, drop = {0};
  bool has_table = !is_none(out[0]);
  if (has_table && get_part(ts, out[0], &table) < 0) return NULL;
  if (has_table && table.n != 256) {
    err_format(ts, EXC(ValueError), "translation table must be 256 characters long");
    goto done;
  }
  if (out[1] && get_part(ts, out[1], &drop) < 0) goto done;
  ssize_t n, length = 0;
  const char *p = bytelike_data(self, &n);
  char *to = mem_alloc(ts, (size_t)n);
  if (to == NULL) goto done;
  for (ssize_t i = 0; i < n; i++)
    if (drop.n == 0 || memchr(drop.p, p[i], (size_t)drop.n) == NULL) to[length++] = has_table ? table.p[(uint8_t)p[i]] : p[i];
  v = bytelike_new(ts, self, to, length);
  mem_free(ts, to);
done:
  drop_part(ts, &table);
  drop_part(ts, &drop);
  return v;
}

static Value bytes_maketrans(NATIVE_ARGS) {
  Part from, to;
  if (get_part(ts, args[0], &from) < 0) return NULL;
  Value v = NULL;
  if (get_part(ts, args[1], &to) == 0) {
    if (from.n != to.n) err_format(ts, EXC(ValueError), "maketrans arguments must have same length");
    else if ((v = bytes_new(ts, NULL, 256)) != NULL) {
      for (int i = 0; i < 256; i++) bytes_data(v)[i] = (char)i;
      for (ssize_t i = 0; i < from.n; i++) bytes_data(v)[(uint8_t)from.p[i]] = to.p[i];
    }
    drop_part(ts, &to);
  }
  drop_part(ts, &from);
  return v;
}

/* ---- text ---- */

static Value bytes_decode(NATIVE_ARGS) {
  static const char *const names[] = {"encoding", "errors"};
  static const ArgSpec spec = {"decode", 0, 2, 0, 2, names};
  Value out[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  const char *given[2] = {NULL, NULL};
  for (int i = 0; i < 2; i++)
    if (out[i] && (given[i] = str_text_argument(ts, out[i], "decode", names[i])) == NULL) return NULL;
  ssize_t n;
  const char *p = bytelike_data(self, &n);
  if (n == 0) return incref(ts->interp->empty_str); /* whatever the encoding is called */
  return str_decode(ts, p, n, given[0], given[1]);
}

static int hex_separator(ThreadState *ts, Value v, char *out) {
  ssize_t n = -1;
  const char *p = NULL;
  if (is_str(v)) n = str_len(v), p = str_chars(v);
  else if (is_bytes(v)) p = bytelike_data(v, &n);
  else {
    if (length(ts, v) >= 0) err_format(ts, EXC(TypeError), "sep must be str or bytes.");
    return -1;
  }
  if (n != 1) err_format(ts, EXC(ValueError), "sep must be length 1.");
  else if (*p & 0x80 || (is_str(v) && !str_is_ascii(v))) err_format(ts, EXC(ValueError), "sep must be ASCII.");
  else {
    *out = *p;
    return 0;
  }
  return -1;
}

/* hex(sep, bytes_per_sep): groups counted from the right, or from the left when negative. */
Value bytes_hex(ThreadState *ts, const char *p, ssize_t n, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"sep", "bytes_per_sep"};
  static const ArgSpec spec = {"hex", 0, 2, 0, 2, names};
  Value out[2];
  char sep = 0;
  int group = 1;
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  if (out[0] && hex_separator(ts, out[0], &sep) < 0) return NULL;
  if (out[1] && num_as_int(ts, out[1], &group) < 0) return NULL;
  ssize_t size = group < 0 ? -(ssize_t)group : group, seps = out[0] && size && n ? (n - 1) / size : 0;
  if (n > (PTRDIFF_MAX - seps) / 2) return err_no_memory(ts);
  Value v = str_new(ts, 2 * n + seps, 0x7f);
  char *to = v && n ? as_str(v)->data : NULL;
  for (ssize_t i = 0; to && i < n; i++) {
    if (seps && i && (group < 0 ? i % size == 0 : (n - i) % size == 0)) *to++ = sep;
    *to++ = "0123456789abcdef"[(uint8_t)p[i] >> 4];
    *to++ = "0123456789abcdef"[p[i] & 15];
  }
  return v;
}

static Value bytes_hex_method(NATIVE_ARGS) {
  Buffer view; /* held, as reading the arguments may run user code */
  if (buffer_get(ts, self, &view, false) < 0) return NULL;
  Value text = bytes_hex(ts, view.data, view.length, args, nargs, kwnames);
  buffer_release(ts, &view);
  return text;
}

static int hex_value(Char c) {
  return c >= '0' && c <= '9' ? (int)c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (int)(c | 0x20) - 'a' + 10 : -1;
}

static Value bytes_fromhex(NATIVE_ARGS) {
  Value text = args[0];
  if (!is_str(text)) return err_format(ts, EXC(TypeError), "fromhex() argument must be str, not %T", text);
  ssize_t n = str_len(text), count = 0, i = 0;
  char *data = mem_alloc(ts, (size_t)n / 2 + 1);
  if (data == NULL) return NULL;
  while (i < n) {
    Char c = str_at(text, i);
    if (c < 0x80 && is_space((char)c)) {
      i++;
      continue;
    }
    int high = hex_value(c), low = high >= 0 && i + 1 < n ? hex_value(str_at(text, i + 1)) : -1;
    if (low < 0) {
      ssize_t at = high < 0 ? i : i + 1;
      mem_free(ts, data);
      return err_format(ts, EXC(ValueError), "non-hexadecimal number found in fromhex() arg at position %zd", at);
    }
    data[count++] = (char)(high << 4 | low);
    i += 2;
  }
  bool array = type_is_subtype((Type *)self, TYPE(BYTEARRAY));
  Value v = array ? bytearray_new(ts, data, count) : bytes_new(ts, data, count);
  mem_free(ts, data);
  if (v == NULL || self == (Value)TYPE(BYTES) || self == (Value)TYPE(BYTEARRAY)) return v;
  Value instance = call1(ts, self, v);
  decref(ts, v);
  return instance;
}

static Value bytes_getnewargs(NATIVE_ARGS) {
  Value exact = bytes_new(ts, bytes_data(self), bytes_len(self));
  if (exact == NULL) return NULL;
  Value t = tuple_of1(ts, exact);
  decref(ts, exact);
  return t;
}
static Value bytes_bytes(NATIVE_ARGS) {
  return is_kind(self, K_BYTES) ? incref(self) : bytes_new(ts, bytes_data(self), bytes_len(self));
}
static Value bytes_sizeof(NATIVE_ARGS) { return small_int_value(33 + bytes_len(self)); }

#define SHARED_METHODS \
  {"capitalize", bytes_capitalize, 0, 0, 0, "B.capitalize() -> copy of B\n\nFirst byte upper case, the rest lower case (ASCII)."}, \
  {"center", bytes_center, 1, 2, 0, "center($self, width, fillchar=b' ', /)\n--\n\nReturn a centered string of length width."}, \
  {"count", bytes_count, 1, 3, METHOD_PARSED, "B.count(sub[, start[, end]]) -> int\n\nNumber of non-overlapping occurrences of sub."}, \
  {"decode", bytes_decode, 0, -1, METHOD_KW, "decode($self, /, encoding='utf-8', errors='strict')\n--\n\nDecode the bytes using the codec registered for encoding."}, \
  {"endswith", bytes_endswith, 1, 3, METHOD_PARSED, "B.endswith(suffix[, start[, end]]) -> bool"}, \
  {"expandtabs", bytes_expandtabs, 0, -1, METHOD_KW, "expandtabs($self, /, tabsize=8)\n--\n\nReturn a copy where all tab characters are expanded using spaces."}, \
  {"find", bytes_find_method, 1, 3, METHOD_PARSED, "B.find(sub[, start[, end]]) -> int\n\nLowest index where sub is found, or -1."}, \
  {"fromhex", bytes_fromhex, 1, 1, METHOD_CLASS, "fromhex($type, string, /)\n--\n\nCreate an object from a string of hexadecimal numbers."}, \
  {"hex", bytes_hex_method, 0, -1, METHOD_KW, "Create a string of hexadecimal numbers from the object."}, \
  {"index", bytes_index_method, 1, 3, METHOD_PARSED, "B.index(sub[, start[, end]]) -> int\n\nLowest index where sub is found; ValueError when it is not."}, \
  {"isalnum", bytes_isalnum, 0, 0, 0, "B.isalnum() -> bool"}, {"isalpha", bytes_isalpha, 0, 0, 0, "B.isalpha() -> bool"}, \
  {"isascii", bytes_isascii, 0, 0, 0, "B.isascii() -> bool"}, {"isdigit", bytes_isdigit, 0, 0, 0, "B.isdigit() -> bool"}, \
  {"islower", bytes_islower, 0, 0, 0, "B.islower() -> bool"}, {"isspace", bytes_isspace, 0, 0, 0, "B.isspace() -> bool"}, \
  {"istitle", bytes_istitle, 0, 0, 0, "B.istitle() -> bool"}, {"isupper", bytes_isupper, 0, 0, 0, "B.isupper() -> bool"}, \
  {"join", bytes_join, 1, 1, 0, "join($self, iterable_of_bytes, /)\n--\n\nConcatenate any number of bytes objects."}, \
  {"ljust", bytes_ljust, 1, 2, 0, "ljust($self, width, fillchar=b' ', /)\n--\n\nReturn a left-justified string of length width."}, \
  {"lower", bytes_lower, 0, 0, 0, "B.lower() -> copy of B"}, \
  {"lstrip", bytes_lstrip, 0, 1, 0, "lstrip($self, bytes=None, /)\n--\n\nStrip leading bytes contained in the argument."}, \
  {"maketrans", bytes_maketrans, 2, 2, METHOD_STATIC, "maketrans(frm, to, /)\n--\n\nReturn a translation table usable for translate()."}, \
  {"partition", bytes_partition, 1, 1, 0, "partition($self, sep, /)\n--\n\nPartition the bytes into three parts using the given separator."}, \
  {"replace", bytes_replace, 2, 3, 0, "replace($self, old, new, count=-1, /)\n--\n\nReturn a copy with all occurrences of substring old replaced by new."}, \
  {"removeprefix", bytes_removeprefix, 1, 1, 0, "removeprefix($self, prefix, /)\n--\n\nReturn an object with the given prefix removed if present."}, \
  {"removesuffix", bytes_removesuffix, 1, 1, 0, "removesuffix($self, suffix, /)\n--\n\nReturn an object with the given suffix removed if present."}, \
  {"rfind", bytes_rfind_method, 1, 3, METHOD_PARSED, "B.rfind(sub[, start[, end]]) -> int\n\nHighest index where sub is found, or -1."}, \
  {"rindex", bytes_rindex_method, 1, 3, METHOD_PARSED, "B.rindex(sub[, start[, end]]) -> int\n\nHighest index where sub is found; ValueError when it is not."}, \
  {"rjust", bytes_rjust, 1, 2, 0, "rjust($self, width, fillchar=b' ', /)\n--\n\nReturn a right-justified string of length width."}, \
  {"rpartition", bytes_rpartition, 1, 1, 0, "rpartition($self, sep, /)\n--\n\nPartition the bytes into three parts at the last separator."}, \
  {"rsplit", bytes_rsplit, 0, -1, METHOD_KW, "rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the sections, splitting from the end."}, \
  {"rstrip", bytes_rstrip, 0, 1, 0, "rstrip($self, bytes=None, /)\n--\n\nStrip trailing bytes contained in the argument."}, \
  {"split", bytes_split, 0, -1, METHOD_KW, "split($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the sections, using sep as the delimiter."}, \
  {"splitlines", bytes_splitlines, 0, -1, METHOD_KW, "splitlines($self, /, keepends=False)\n--\n\nReturn a list of the lines, breaking at line boundaries."}, \
  {"startswith", bytes_startswith, 1, 3, METHOD_PARSED, "B.startswith(prefix[, start[, end]]) -> bool"}, \
  {"strip", bytes_strip, 0, 1, 0, "strip($self, bytes=None, /)\n--\n\nStrip leading and trailing bytes contained in the argument."}, \
  {"swapcase", bytes_swapcase, 0, 0, 0, "B.swapcase() -> copy of B"}, {"title", bytes_title, 0, 0, 0, "B.title() -> copy of B"}, \
  {"translate", bytes_translate, 0, -1, METHOD_KW, "translate($self, table, /, delete=b'')\n--\n\nReturn a copy with each character mapped by the given translation table."}, \
  {"upper", bytes_upper, 0, 0, 0, "B.upper() -> copy of B"}, \
  {"zfill", bytes_zfill, 1, 1, 0, "zfill($self, width, /)\n--\n\nPad a numeric string with zeros on the left, to fill a field of the given width."}

const MethodDef bytes_methods[] = {
  {"__getnewargs__", bytes_getnewargs, 0, 0, 0, NULL},
  {"__bytes__", bytes_bytes, 0, 0, 0, "__bytes__($self, /)\n--\n\nConvert this value to exact type bytes."},
  {"__sizeof__", bytes_sizeof, 0, 0, 0, NULL},
  SHARED_METHODS,
  {0}};

/* ---- the methods of bytearray alone ---- */

static ByteArray *array_of(Value v) { return (ByteArray *)v; }

static Value bytearray_append(NATIVE_ARGS) {
  int byte = byte_argument(ts, args[0]);
  if (byte < 0) return NULL;
  ssize_t n = array_of(self)->length;
  if (bytearray_resize(ts, self, n + 1) < 0) return NULL;
  array_of(self)->data[n] = (char)byte;
  return V_NONE;
}

static Value bytearray_extend(NATIVE_ARGS) {
  Value b = NULL;
  if (has_buffer(ts, args[0])) {
    b = bytes_from_value(ts, args[0]);
  } else {
    Value list = list_from_iterable(ts, args[0]);
    if (list == NULL) {
      if (err_matches(ts, EXC(TypeError))) {
        err_clear(ts);
        err_format(ts, EXC(TypeError), "can't extend bytearray with %T", args[0]);
      }
      return NULL;
    }
    b = bytes_new(ts, NULL, list_len(list));
    for (ssize_t i = 0; b && i < list_len(list); i++) {
      int byte = byte_argument(ts, list_get(list, i));
      if (byte < 0) CLEAR(b);
      else bytes_data(b)[i] = (char)byte;
    }
    decref(ts, list);
  }
  if (b == NULL) return NULL;
  ssize_t n = array_of(self)->length;
  int r = bytearray_resize(ts, self, n + bytes_len(b));
  if (r == 0 && bytes_len(b)) memcpy(array_of(self)->data + n, bytes_data(b), (size_t)bytes_len(b));
  decref(ts, b);
  return r < 0 ? NULL : V_NONE;
}

static Value bytearray_insert(NATIVE_ARGS) {
  ssize_t at = arg_as_ssize(ts, args[0]);
  if (at == -1 && err_occurred(ts)) return NULL;
  int byte = byte_argument(ts, args[1]);
  if (byte < 0) return NULL;
  ssize_t n = array_of(self)->length;
  if (bytearray_resize(ts, self, n + 1) < 0) return NULL;
  if (at < 0 && (at += n) < 0) at = 0;
  if (at > n) at = n;
  char *data = array_of(self)->data;
  memmove(data + at + 1, data + at, (size_t)(n - at));
  data[at] = (char)byte;
  return V_NONE;
}

static int take_byte(ThreadState *ts, Value self, ssize_t at) {
  ByteArray *a = array_of(self);
  char *data = a->data;
  int byte = (uint8_t)data[at];
  if (a->exports > 0) return bytearray_resize(ts, self, a->length - 1);
  memmove(data + at, data + at + 1, (size_t)(a->length - at - 1));
  return bytearray_resize(ts, self, a->length - 1) < 0 ? -1 : byte;
}

static Value bytearray_pop(NATIVE_ARGS) {
  ssize_t at = nargs ? arg_as_ssize(ts, args[0]) : -1, n = array_of(self)->length;
  if (at == -1 && err_occurred(ts)) return NULL;
  if (n == 0) return err_format(ts, EXC(IndexError), "pop from empty bytearray");
  if (at < 0) at += n;
  if (at < 0 || at >= n) return err_format(ts, EXC(IndexError), "pop index out of range");
  int byte = take_byte(ts, self, at);
  return byte < 0 ? NULL : small_int_value(byte);
}

static Value bytearray_remove(NATIVE_ARGS) {
  int byte = byte_argument(ts, args[0]);
  if (byte < 0) return NULL;
  ByteArray *a = array_of(self);
  char *found = a->length ? memchr(a->data, byte, (size_t)a->length) : NULL;
  if (found == NULL) return err_format(ts, EXC(ValueError), "value not found in bytearray");
  return take_byte(ts, self, found - a->data) < 0 ? NULL : V_NONE;
}

static Value bytearray_reverse(NATIVE_ARGS) {
  ByteArray *a = array_of(self);
  for (ssize_t i = 0, j = a->length - 1; i < j; i++, j--) {
    char c = a->data[i];
    a->data[i] = a->data[j];
    a->data[j] = c;
  }
  return V_NONE;
}

static Value bytearray_clear(NATIVE_ARGS) { return bytearray_resize(ts, self, 0) < 0 ? NULL : V_NONE; }
static Value bytearray_copy(NATIVE_ARGS) { return bytearray_new(ts, array_of(self)->data, array_of(self)->length); }
static Value bytearray_alloc(NATIVE_ARGS) { return small_int_value(array_of(self)->capacity); }
static Value bytearray_sizeof(NATIVE_ARGS) { return small_int_value(56 + array_of(self)->capacity); }

static Value bytearray_reduce(NATIVE_ARGS) {
  Value content;
  if (nargs && is_small_int(args[0]) && small_int(args[0]) >= 3) {
    Value b = bytes_new(ts, array_of(self)->data, array_of(self)->length);
    content = b ? tuple_of1(ts, b) : NULL;
    xdecref(ts, b);
  } else {
    Value text = str_from_latin1(ts, array_of(self)->length ? array_of(self)->data : "", array_of(self)->length);
    content = text ? tuple_steal2(ts, text, str_from_ascii(ts, "latin-1")) : NULL;
  }
  if (content == NULL) return NULL;
  Value state = call_method0(ts, self, ID(__getstate__));
  return tuple_steal3(ts, incref((Value)shape_of(self)->type), content, state);
}

const MethodDef bytearray_methods[] = {
  {"__alloc__", bytearray_alloc, 0, 0, 0, "B.__alloc__() -> int\n\nReturn the number of bytes actually allocated."},
  {"__reduce__", bytearray_reduce, 0, 0, 0, "Return state information for pickling."},
  {"__reduce_ex__", bytearray_reduce, 0, 1, 0, "Return state information for pickling."},
  {"__sizeof__", bytearray_sizeof, 0, 0, 0, NULL},
  {"append", bytearray_append, 1, 1, 0, "append($self, item, /)\n--\n\nAppend a single item to the end of the bytearray."},
  {"clear", bytearray_clear, 0, 0, 0, "clear($self, /)\n--\n\nRemove all items from the bytearray."},
  {"copy", bytearray_copy, 0, 0, 0, "copy($self, /)\n--\n\nReturn a copy of B."},
  {"extend", bytearray_extend, 1, 1, 0, "extend($self, iterable_of_ints, /)\n--\n\nAppend all the items from the iterator or sequence to the end of the bytearray."},
  {"insert", bytearray_insert, 2, 2, 0, "insert($self, index, item, /)\n--\n\nInsert a single item into the bytearray before the given index."},
  {"pop", bytearray_pop, 0, 1, 0, "pop($self, index=-1, /)\n--\n\nRemove and return a single item from B."},
  {"remove", bytearray_remove, 1, 1, 0, "remove($self, value, /)\n--\n\nRemove the first occurrence of a value in the bytearray."},
  {"reverse", bytearray_reverse, 0, 0, 0, "reverse($self, /)\n--\n\nReverse the order of the values in B in place."},
  SHARED_METHODS,
  {0}};
