/* str_methods.c - the methods of str. Objects/unicodeobject.c in CPython.
 * Keeps true: results are exact strs, never of a subclass; a method that changes nothing may return the same object.
 *   ASCII strings take paths of their own, byte by byte; the rest goes through the builder.
 * Next: str.c (searching, cutting), unicode.c (classes and case), format.c (format and %). */
#include "runtime/object.h"

#include <stdlib.h>

static OWNED Value as_exact(ThreadState *ts, Value s) { return str_as_instance(ts, TYPE(STR), s); }

static int need_str(ThreadState *ts, Value v) {
  if (LIKELY(is_str(v))) return 0;
  err_format(ts, EXC(TypeError), "must be str, not %T", v);
  return -1;
}

static int need_str_argument(ThreadState *ts, Value v, const char *function, int number) {
  if (LIKELY(is_str(v))) return 0;
  if (number) err_format(ts, EXC(TypeError), "%s() argument %d must be str, not %T", function, number, v);
  else err_format(ts, EXC(TypeError), "%s() argument must be str, not %T", function, v);
  return -1;
}

/* args[at], args[at + 1] as the ends of a slice of n items. */
static int range_args(ThreadState *ts, Value *args, ssize_t nargs, ssize_t at, ssize_t n, ssize_t *start, ssize_t *end) {
  ssize_t bounds[2] = {0, PTRDIFF_MAX};
  for (int i = 0; i < 2; i++) {
    if (at + i < nargs && !is_none(args[at + i])) {
      if (!has_index(ts, args[at + i])) {
        err_format(ts, EXC(TypeError), "slice indices must be integers or None or have an __index__ method");
        return -1;
      }
      bounds[i] = num_as_ssize(ts, args[at + i], NULL);
      if (bounds[i] == -1 && err_occurred(ts)) return -1;
    }
    if (bounds[i] < 0) bounds[i] += n;
    if (bounds[i] < 0) bounds[i] = 0;
  }
  *start = bounds[0];
  *end = bounds[1] > n ? n : bounds[1];
  return 0;
}

/* ---- searching ---- */

static int find_args(ThreadState *ts, Value self, Value *args, ssize_t nargs, int direction, ssize_t *at) {
  ssize_t start, end;
  if (need_str(ts, args[0]) < 0 || range_args(ts, args, nargs, 1, str_len(self), &start, &end) < 0) return -1;
  *at = str_find(self, args[0], start, end, direction);
  return 0;
}

static Value str_find_method(NATIVE_ARGS) {
  ssize_t at;
  return find_args(ts, self, args, nargs, 1, &at) < 0 ? NULL : small_int_value(at);
}
static Value str_rfind_method(NATIVE_ARGS) {
  ssize_t at;
  return find_args(ts, self, args, nargs, -1, &at) < 0 ? NULL : small_int_value(at);
}
static Value str_index_method(NATIVE_ARGS) {
  ssize_t at;
  if (find_args(ts, self, args, nargs, 1, &at) < 0) return NULL;
  return at < 0 ? err_format(ts, EXC(ValueError), "substring not found") : small_int_value(at);
}
static Value str_rindex_method(NATIVE_ARGS) {
  ssize_t at;
  if (find_args(ts, self, args, nargs, -1, &at) < 0) return NULL;
  return at < 0 ? err_format(ts, EXC(ValueError), "substring not found") : small_int_value(at);
}

/* How often sub stands in s[start:end], without overlap, at most max. */
static ssize_t count_of(Value s, Value sub, ssize_t start, ssize_t end, ssize_t max) {
  ssize_t n = 0, length = str_len(sub);
  if (end - start < length) return 0;
  if (length == 0) return end - start + 1 < max ? end - start + 1 : max;
  if (length == 1 && str_width(s) == 1) {
    Char c = str_at(sub, 0);
    const char *p = as_str(s)->data;
    if (c > 0xff) return 0;
    if (max == PTRDIFF_MAX) {
      for (ssize_t i = start; i < end; i++) n += p[i] == (char)c;
      return n;
    }
  }
  for (ssize_t at = start; n < max && (at = str_find(s, sub, at, end, 1)) >= 0; at += length) n++;
  return n;
}

static Value str_count_method(NATIVE_ARGS) {
  ssize_t start, end;
  if (need_str(ts, args[0]) < 0 || range_args(ts, args, nargs, 1, str_len(self), &start, &end) < 0) return NULL;
  if (start > str_len(self)) return small_int_value(0);
  return small_int_value(count_of(self, args[0], start, end, PTRDIFF_MAX));
}

/* startswith and endswith */
static OWNED Value has_end(ThreadState *ts, Value self, Value *args, ssize_t nargs, const char *name, bool tail) {
  ssize_t start, end;
  if (range_args(ts, args, nargs, 1, str_len(self), &start, &end) < 0) return NULL;
  Value *parts = &args[0];
  ssize_t count = 1;
  if (is_tuple(args[0])) parts = tuple_items(args[0]), count = tuple_len(args[0]);
  else if (!is_str(args[0]))
    return err_format(ts, EXC(TypeError), "%s first arg must be str or a tuple of str, not %T", name, args[0]);
  for (ssize_t i = 0; i < count; i++) {
    if (!is_str(parts[i]))
      return err_format(ts, EXC(TypeError), "tuple for %s must only contain str, not %T", name, parts[i]);
    ssize_t n = str_len(parts[i]);
    if (end - start >= n && str_ends(self, parts[i], tail ? end - n : start)) return V_TRUE;
  }
  return V_FALSE;
}
static Value str_startswith(NATIVE_ARGS) { return has_end(ts, self, args, nargs, "startswith", false); }
static Value str_endswith(NATIVE_ARGS) { return has_end(ts, self, args, nargs, "endswith", true); }

static Value str_removeprefix(NATIVE_ARGS) {
  if (need_str_argument(ts, args[0], "removeprefix", 0) < 0) return NULL;
  ssize_t n = str_len(args[0]);
  return str_ends(self, args[0], 0) ? str_substring(ts, self, n, str_len(self)) : as_exact(ts, self);
}
static Value str_removesuffix(NATIVE_ARGS) {
  if (need_str_argument(ts, args[0], "removesuffix", 0) < 0) return NULL;
  ssize_t n = str_len(args[0]), length = str_len(self);
  return n && str_ends(self, args[0], length - n) ? str_substring(ts, self, 0, length - n) : as_exact(ts, self);
}

/* ---- replacing ---- */

/* One ASCII character for another. */
static OWNED Value replace_byte(ThreadState *ts, Value s, char old, char new, ssize_t max) {
  const char *found = memchr(as_str(s)->data, old, (size_t)str_len(s));
  if (found == NULL) return as_exact(ts, s);
  ssize_t n = str_len(s);
  Value v = str_new(ts, n, 0x7f);
  if (v == NULL) return NULL;
  char *to = as_str(v)->data;
  memcpy(to, as_str(s)->data, (size_t)n);
  if (max == PTRDIFF_MAX) {
    for (ssize_t i = found - as_str(s)->data; i < n; i++) to[i] = to[i] == old ? new : to[i];
    return v;
  }
  for (char *p = to; max > 0 && (p = memchr(p, old, (size_t)(to + n - p))) != NULL; max--) *p++ = new;
  return v;
}

static OWNED Value replace_ascii(ThreadState *ts, Value s, Value old, Value new, ssize_t max) {
  ssize_t n = str_len(s), old_n = str_len(old), new_n = str_len(new), count = count_of(s, old, 0, n, max), total;
  if (count == 0) return as_exact(ts, s);
  if (__builtin_mul_overflow(count, new_n - old_n, &total) || __builtin_add_overflow(total, n, &total))
    return err_format(ts, EXC(OverflowError), "replace string is too long");
  Value v = str_new(ts, total, 0x7f);
  if (v == NULL || total == 0) return v;
  const char *from = as_str(s)->data, *end = from + n;
  char *to = as_str(v)->data;
  for (; count > 0; count--) {
    const char *found = old_n ? memmem(from, (size_t)(end - from), as_str(old)->data, (size_t)old_n) : from;
    memcpy(to, from, (size_t)(found - from));
    to += found - from;
    memcpy(to, as_str(new)->data, (size_t)new_n);
    to += new_n;
    from = found + old_n;
    if (old_n == 0 && from < end) *to++ = *from++;
  }
  memcpy(to, from, (size_t)(end - from));
  return v;
}

static OWNED Value replace_wide(ThreadState *ts, Value s, Value old, Value new, ssize_t max) {
  ssize_t n = str_len(s), old_n = str_len(old), at = 0;
  if (old_n ? str_find(s, old, 0, n, 1) < 0 : false) return as_exact(ts, s);
  StrBuilder b;
  strb_init(&b, ts);
  int r = 0;
  for (; max > 0 && r == 0; max--) {
    ssize_t found = old_n ? str_find(s, old, at, n, 1) : at;
    if (found < 0 || found > n) break;
    r = strb_sub(&b, s, at, found);
    if (r == 0) r = strb_str(&b, new);
    at = found + old_n;
    if (old_n == 0) {
      if (at >= n) break;
      if (r == 0) r = strb_char(&b, str_at(s, at));
      at++;
    }
  }
  if (r == 0) r = strb_sub(&b, s, at, n);
  if (r == 0) return strb_finish(&b);
  strb_drop(&b);
  return NULL;
}

Value str_replace(ThreadState *ts, Value s, Value old, Value new, ssize_t max) {
  if (max < 0) max = PTRDIFF_MAX;
  if (max == 0 || str_len(s) < str_len(old)) return as_exact(ts, s);
  if (!str_is_ascii(s) || !str_is_ascii(new)) return replace_wide(ts, s, old, new, max);
  if (!str_is_ascii(old)) return as_exact(ts, s);
  if (str_len(old) == 1 && str_len(new) == 1) return replace_byte(ts, s, as_str(old)->data[0], as_str(new)->data[0], max);
  return replace_ascii(ts, s, old, new, max);
}

static Value str_replace_method(NATIVE_ARGS) {
  if (need_str_argument(ts, args[0], "replace", 1) < 0 || need_str_argument(ts, args[1], "replace", 2) < 0) return NULL;
  ssize_t max = nargs > 2 ? arg_as_ssize(ts, args[2]) : -1;
  if (max == -1 && err_occurred(ts)) return NULL;
  return str_replace(ts, self, args[0], args[1], max);
}

/* ---- splitting ---- */

static int append_piece(ThreadState *ts, Value list, Value s, ssize_t start, ssize_t end) {
  Value piece = str_substring(ts, s, start, end);
  return piece ? list_append_steal(ts, list, piece) : -1;
}

static inline bool space_at(Value s, ssize_t i) { return char_is_space(str_at(s, i)); }

static int split_spaces(ThreadState *ts, Value list, Value s, ssize_t max) {
  ssize_t n = str_len(s), at = 0;
  for (;;) {
    while (at < n && space_at(s, at)) at++;
    if (at == n) return 0;
    ssize_t start = at;
    if (max-- == 0) return append_piece(ts, list, s, start, n);
    while (at < n && !space_at(s, at)) at++;
    if (append_piece(ts, list, s, start, at) < 0) return -1;
  }
}

static int rsplit_spaces(ThreadState *ts, Value list, Value s, ssize_t max) {
  ssize_t at = str_len(s);
  for (;;) {
    while (at > 0 && space_at(s, at - 1)) at--;
    if (at == 0) return 0;
    ssize_t end = at;
    if (max-- == 0) return append_piece(ts, list, s, 0, end);
    while (at > 0 && !space_at(s, at - 1)) at--;
    if (append_piece(ts, list, s, at, end) < 0) return -1;
  }
}

static int split_at(ThreadState *ts, Value list, Value s, Value sep, ssize_t max) {
  ssize_t at = 0, n = str_len(s), found;
  while (max-- > 0 && (found = str_find(s, sep, at, n, 1)) >= 0) {
    if (append_piece(ts, list, s, at, found) < 0) return -1;
    at = found + str_len(sep);
  }
  return append_piece(ts, list, s, at, n);
}

static int rsplit_at(ThreadState *ts, Value list, Value s, Value sep, ssize_t max) {
  ssize_t end = str_len(s), found;
  while (max-- > 0 && (found = str_find(s, sep, 0, end, -1)) >= 0) {
    if (append_piece(ts, list, s, found + str_len(sep), end) < 0) return -1;
    end = found;
  }
  return append_piece(ts, list, s, 0, end);
}

Value str_split(ThreadState *ts, Value s, Value sep, ssize_t max) {
  if (max < 0) max = PTRDIFF_MAX;
  if (!is_none(sep) && str_len(sep) == 0) return err_format(ts, EXC(ValueError), "empty separator");
  Value list = list_new(ts, 0);
  if (list && (is_none(sep) ? split_spaces(ts, list, s, max) : split_at(ts, list, s, sep, max)) < 0) CLEAR(list);
  return list;
}

static int split_args(ThreadState *ts, const char *name, Value *args, ssize_t nargs, Value kwnames, Value *sep, ssize_t *max) {
  static const char *const names[] = {"sep", "maxsplit"};
  ArgSpec spec = {name, 0, 2, 0, 2, names};
  Value out[2] = {nargs ? args[0] : NULL, NULL};
  if ((nargs > 1 || kwnames) && args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return -1;
  *sep = out[0] ? out[0] : V_NONE;
  *max = out[1] ? arg_as_ssize(ts, out[1]) : -1;
  if (*max == -1 && err_occurred(ts)) return -1;
  if (*max < 0) *max = PTRDIFF_MAX;
  if (is_none(*sep) || is_str(*sep)) return 0;
  err_format(ts, EXC(TypeError), "must be str or None, not %T", *sep);
  return -1;
}

static Value str_split_method(NATIVE_ARGS) {
  Value sep;
  ssize_t max;
  return split_args(ts, "split", args, nargs, kwnames, &sep, &max) < 0 ? NULL : str_split(ts, self, sep, max);
}

static Value str_rsplit_method(NATIVE_ARGS) {
  Value sep;
  ssize_t max;
  if (split_args(ts, "rsplit", args, nargs, kwnames, &sep, &max) < 0) return NULL;
  if (!is_none(sep) && str_len(sep) == 0) return err_format(ts, EXC(ValueError), "empty separator");
  Value list = list_new(ts, 0);
  if (list && (is_none(sep) ? rsplit_spaces(ts, list, self, max) : rsplit_at(ts, list, self, sep, max)) < 0) CLEAR(list);
  if (list) list_reverse(ts, list);
  return list;
}

static OWNED Value partition_at(ThreadState *ts, Value s, Value sep, ssize_t at, bool right) {
  if (at >= 0)
    return tuple_steal3(ts, str_substring(ts, s, 0, at), as_exact(ts, sep), str_substring(ts, s, at + str_len(sep), str_len(s)));
  Value empty = incref(ts->interp->empty_str), other = incref(ts->interp->empty_str), whole = as_exact(ts, s);
  return right ? tuple_steal3(ts, empty, other, whole) : tuple_steal3(ts, whole, empty, other);
}

static OWNED Value partition(ThreadState *ts, Value self, Value sep, int direction) {
  if (need_str(ts, sep) < 0) return NULL;
  if (str_len(sep) == 0) return err_format(ts, EXC(ValueError), "empty separator");
  return partition_at(ts, self, sep, str_find(self, sep, 0, str_len(self), direction), direction < 0);
}
static Value str_partition(NATIVE_ARGS) { return partition(ts, self, args[0], 1); }
static Value str_rpartition(NATIVE_ARGS) { return partition(ts, self, args[0], -1); }

static bool is_line_end(Char c) {
  return (c >= 10 && c <= 13) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static Value str_splitlines(NATIVE_ARGS) {
  static const char *const names[] = {"keepends"};
  static const ArgSpec spec = {"splitlines", 0, 1, 0, 1, names};
  Value flag;
  if (args_bind(ts, &spec, args, nargs, kwnames, &flag) < 0) return NULL;
  int keep = 0;
  if (flag && num_as_int(ts, flag, &keep) < 0) return NULL;
  Value list = keep < 0 ? NULL : list_new(ts, 0);
  ssize_t n = str_len(self);
  for (ssize_t at = 0; list && at < n;) {
    ssize_t start = at;
    while (at < n && !is_line_end(str_at(self, at))) at++;
    ssize_t end = at;
    if (at < n) {
      at += str_at(self, at) == '\r' && at + 1 < n && str_at(self, at + 1) == '\n' ? 2 : 1;
      if (keep) end = at;
    }
    if (append_piece(ts, list, self, start, end) < 0) CLEAR(list);
  }
  return list;
}

static Value str_join_method(NATIVE_ARGS) { return str_join(ts, self, args[0]); }

/* ---- stripping and padding ---- */

static bool strips(Value chars, Char c) {
  return chars == NULL ? char_is_space(c) : str_find_char(chars, c, 0, str_len(chars)) >= 0;
}

static OWNED Value strip(ThreadState *ts, Value self, Value *args, ssize_t nargs, const char *name, bool left, bool right) {
  Value chars = nargs && !is_none(args[0]) ? args[0] : NULL;
  if (chars && !is_str(chars)) return err_format(ts, EXC(TypeError), "%s arg must be None or str", name);
  ssize_t start = 0, end = str_len(self);
  while (left && start < end && strips(chars, str_at(self, start))) start++;
  while (right && end > start && strips(chars, str_at(self, end - 1))) end--;
  return str_substring(ts, self, start, end);
}
static Value str_strip(NATIVE_ARGS) { return strip(ts, self, args, nargs, "strip", true, true); }
static Value str_lstrip(NATIVE_ARGS) { return strip(ts, self, args, nargs, "lstrip", true, false); }
static Value str_rstrip(NATIVE_ARGS) { return strip(ts, self, args, nargs, "rstrip", false, true); }

static OWNED Value pad(ThreadState *ts, Value s, ssize_t left, ssize_t right, Char fill) {
  if (left <= 0 && right <= 0) return as_exact(ts, s);
  if (left < 0) left = 0;
  if (right < 0) right = 0;
  StrBuilder b;
  strb_init(&b, ts);
  if (strb_fill(&b, fill, left) < 0 || strb_str(&b, s) < 0 || strb_fill(&b, fill, right) < 0) {
    strb_drop(&b);
    return NULL;
  }
  return strb_finish(&b);
}

static int pad_args(ThreadState *ts, Value *args, ssize_t nargs, ssize_t *width, Char *fill) {
  *width = arg_as_ssize(ts, args[0]);
  if (*width == -1 && err_occurred(ts)) return -1;
  *fill = ' ';
  if (nargs < 2) return 0;
  if (!is_str(args[1])) {
    err_format(ts, EXC(TypeError), "The fill character must be a unicode character, not %T", args[1]);
    return -1;
  }
  if (str_len(args[1]) != 1) {
    err_format(ts, EXC(TypeError), "The fill character must be exactly one character long");
    return -1;
  }
  *fill = str_at(args[1], 0);
  return 0;
}

static Value str_ljust(NATIVE_ARGS) {
  ssize_t width;
  Char fill;
  return pad_args(ts, args, nargs, &width, &fill) < 0 ? NULL : pad(ts, self, 0, width - str_len(self), fill);
}
static Value str_rjust(NATIVE_ARGS) {
  ssize_t width;
  Char fill;
  return pad_args(ts, args, nargs, &width, &fill) < 0 ? NULL : pad(ts, self, width - str_len(self), 0, fill);
}
static Value str_center(NATIVE_ARGS) {
  ssize_t width;
  Char fill;
  if (pad_args(ts, args, nargs, &width, &fill) < 0) return NULL;
  ssize_t room = width - str_len(self);
  if (room <= 0) return as_exact(ts, self);
  ssize_t left = room / 2 + (room & width & 1);
  return pad(ts, self, left, room - left, fill);
}

static Value str_zfill(NATIVE_ARGS) {
  ssize_t width = arg_as_ssize(ts, args[0]), n = str_len(self);
  if (width == -1 && err_occurred(ts)) return NULL;
  if (n >= width) return as_exact(ts, self);
  bool sign = n && (str_at(self, 0) == '+' || str_at(self, 0) == '-');
  StrBuilder b;
  strb_init(&b, ts);
  if (strb_sub(&b, self, 0, sign) < 0 || strb_fill(&b, '0', width - n) < 0 || strb_sub(&b, self, sign, n) < 0) {
    strb_drop(&b);
    return NULL;
  }
  return strb_finish(&b);
}

static Value str_expandtabs(NATIVE_ARGS) {
  static const char *const names[] = {"tabsize"};
  static const ArgSpec spec = {"expandtabs", 0, 1, 0, 1, names};
  Value size_arg;
  if (args_bind(ts, &spec, args, nargs, kwnames, &size_arg) < 0) return NULL;
  int size = 8;
  if (size_arg && num_as_int(ts, size_arg, &size) < 0) return NULL;
  StrBuilder b;
  strb_init(&b, ts);
  ssize_t column = 0;
  int r = 0;
  for (ssize_t i = 0; i < str_len(self) && r == 0; i++) {
    Char c = str_at(self, i);
    if (c == '\t') {
      ssize_t fill = size > 0 ? size - column % size : 0;
      r = strb_fill(&b, ' ', fill);
      column += fill;
    } else {
      r = strb_char(&b, c);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  if (r == 0) return strb_finish(&b);
  strb_drop(&b);
  return NULL;
}

/* ---- case ---- */

static inline char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static inline char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }

/* A capital sigma at i that ends a word is written otherwise in lower case. */
static bool is_final_sigma(Value s, ssize_t i) {
  ssize_t j = i - 1;
  while (j >= 0 && char_is_case_ignorable(str_at(s, j))) j--;
  if (j < 0 || !char_is_cased(str_at(s, j))) return false;
  j = i + 1;
  while (j < str_len(s) && char_is_case_ignorable(str_at(s, j))) j++;
  return j == str_len(s) || !char_is_cased(str_at(s, j));
}

static int put_case(StrBuilder *b, Value s, ssize_t i, CaseKind kind) {
  Char c = str_at(s, i), out[3];
  if (kind == CASE_LOWER && c == 0x3a3) return strb_char(b, is_final_sigma(s, i) ? 0x3c2 : 0x3c3);
  int n = char_case(kind, c, out);
  for (int k = 0; k < n; k++)
    if (strb_char(b, out[k]) < 0) return -1;
  return 0;
}

typedef CaseKind (*CaseChooser)(Value s, ssize_t i, bool after_cased);
static CaseKind choose_lower(Value s, ssize_t i, bool after_cased) { return CASE_LOWER; }
static CaseKind choose_upper(Value s, ssize_t i, bool after_cased) { return CASE_UPPER; }
static CaseKind choose_fold(Value s, ssize_t i, bool after_cased) { return CASE_FOLD; }
static CaseKind choose_title(Value s, ssize_t i, bool after_cased) { return after_cased ? CASE_LOWER : CASE_TITLE; }
static CaseKind choose_capital(Value s, ssize_t i, bool after_cased) { return i == 0 ? CASE_TITLE : CASE_LOWER; }
static CaseKind choose_swap(Value s, ssize_t i, bool after_cased) {
  return char_is_upper(str_at(s, i)) ? CASE_LOWER : CASE_UPPER;
}

static OWNED Value change_case(ThreadState *ts, Value s, CaseChooser choose) {
  ssize_t n = str_len(s);
  bool after_cased = false;
  if (str_is_ascii(s) && n > 0) {
    Value v = str_new(ts, n, 0x7f);
    if (v == NULL) return NULL;
    const char *from = as_str(s)->data;
    char *to = as_str(v)->data;
    for (ssize_t i = 0; i < n; i++) {
      to[i] = choose(s, i, after_cased) == CASE_LOWER || choose == choose_fold ? ascii_lower(from[i]) : ascii_upper(from[i]);
      if (choose == choose_swap && from[i] >= 'A' && from[i] <= 'Z') to[i] = ascii_lower(from[i]);
      after_cased = ascii_lower(from[i]) >= 'a' && ascii_lower(from[i]) <= 'z';
    }
    return v;
  }
  StrBuilder b;
  strb_init(&b, ts);
  for (ssize_t i = 0; i < n; i++) {
    Char c = str_at(s, i);
    bool unchanged = choose == choose_swap && !char_is_upper(c) && !char_is_lower(c);
    if ((unchanged ? strb_char(&b, c) : put_case(&b, s, i, choose(s, i, after_cased))) < 0) {
      strb_drop(&b);
      return NULL;
    }
    after_cased = char_is_cased(c);
  }
  return strb_finish(&b);
}

static Value str_lower(NATIVE_ARGS) {
  if (!str_is_ascii(self) || str_len(self) == 0) return change_case(ts, self, choose_lower);
  Value v = str_new(ts, str_len(self), 0x7f);
  for (ssize_t i = 0; v && i < str_len(self); i++) as_str(v)->data[i] = ascii_lower(as_str(self)->data[i]);
  return v;
}
static Value str_upper(NATIVE_ARGS) {
  if (!str_is_ascii(self) || str_len(self) == 0) return change_case(ts, self, choose_upper);
  Value v = str_new(ts, str_len(self), 0x7f);
  for (ssize_t i = 0; v && i < str_len(self); i++) as_str(v)->data[i] = ascii_upper(as_str(self)->data[i]);
  return v;
}
static Value str_casefold(NATIVE_ARGS) { return change_case(ts, self, choose_fold); }
static Value str_title(NATIVE_ARGS) { return change_case(ts, self, choose_title); }
static Value str_capitalize(NATIVE_ARGS) { return change_case(ts, self, choose_capital); }
static Value str_swapcase(NATIVE_ARGS) { return change_case(ts, self, choose_swap); }

/* ---- asking ---- */

static OWNED Value all_chars(Value s, bool (*is)(Char), bool when_empty) {
  for (ssize_t i = 0; i < str_len(s); i++)
    if (!is(str_at(s, i))) return V_FALSE;
  return bool_value(str_len(s) ? true : when_empty);
}
static Value str_isspace(NATIVE_ARGS) { return all_chars(self, char_is_space, false); }
static Value str_isalpha(NATIVE_ARGS) { return all_chars(self, char_is_alpha, false); }
static Value str_isalnum(NATIVE_ARGS) { return all_chars(self, char_is_alnum, false); }
static Value str_isdecimal(NATIVE_ARGS) { return all_chars(self, char_is_decimal, false); }
static Value str_isdigit(NATIVE_ARGS) { return all_chars(self, char_is_digit, false); }
static Value str_isnumeric(NATIVE_ARGS) { return all_chars(self, char_is_numeric, false); }
static Value str_isprintable(NATIVE_ARGS) { return all_chars(self, char_is_printable, true); }
static Value str_isascii(NATIVE_ARGS) { return bool_value(str_is_ascii(self)); }
static Value str_isidentifier(NATIVE_ARGS) { return bool_value(str_is_identifier(self)); }

static Value str_islower(NATIVE_ARGS) {
  bool cased = false;
  for (ssize_t i = 0; i < str_len(self); i++) {
    Char c = str_at(self, i);
    if (char_is_upper(c) || char_is_title(c)) return V_FALSE;
    cased = cased || char_is_lower(c);
  }
  return bool_value(cased);
}
static Value str_isupper(NATIVE_ARGS) {
  bool cased = false;
  for (ssize_t i = 0; i < str_len(self); i++) {
    Char c = str_at(self, i);
    if (char_is_lower(c) || char_is_title(c)) return V_FALSE;
    cased = cased || char_is_upper(c);
  }
  return bool_value(cased);
}
static Value str_istitle(NATIVE_ARGS) {
  bool cased = false, after_cased = false;
  for (ssize_t i = 0; i < str_len(self); i++) {
    Char c = str_at(self, i);
    if (char_is_upper(c) || char_is_title(c)) {
      if (after_cased) return V_FALSE;
      after_cased = cased = true;
    } else if (char_is_lower(c)) {
      if (!after_cased) return V_FALSE;
      cased = true;
    } else {
      after_cased = false;
    }
  }
  return bool_value(cased);
}

/* ---- translating ---- */

static int translate_char(ThreadState *ts, StrBuilder *b, Value table, Char c) {
  Value to = item_get(ts, table, small_int_value(c));
  if (to == NULL) {
    if (!err_matches(ts, EXC(LookupError))) return -1;
    err_clear(ts);
    return strb_char(b, c);
  }
  int r = -1;
  int64_t code;
  if (is_none(to)) r = 0;
  else if (is_str(to)) r = strb_str(b, to);
  else if (!is_int(to)) err_format(ts, EXC(TypeError), "character mapping must return integer, None or str");
  else if (!int_fits_i64(to, &code) || code < 0 || code > 0x10ffff)
    err_format(ts, EXC(ValueError), "character mapping must be in range(0x%x)", 0x110000);
  else r = strb_char(b, (Char)code);
  decref(ts, to);
  return r;
}

static Value str_translate(NATIVE_ARGS) {
  StrBuilder b;
  strb_init(&b, ts);
  for (ssize_t i = 0; i < str_len(self); i++)
    if (translate_char(ts, &b, args[0], str_at(self, i)) < 0) {
      strb_drop(&b);
      return NULL;
    }
  return strb_finish(&b);
}

static int maketrans_from_dict(ThreadState *ts, Value table, Value dict) {
  Value key, value;
  for (ssize_t pos = 0; dict_next(dict, &pos, &key, &value);) {
    if (is_str(key)) {
      if (str_len(key) != 1) {
        err_format(ts, EXC(ValueError), "string keys in translate table must be of length 1");
        return -1;
      }
      key = small_int_value(str_at(key, 0));
    } else if (!is_int(key)) {
      err_format(ts, EXC(TypeError), "keys in translate table must be strings or integers");
      return -1;
    }
    if (dict_set(ts, table, key, value) < 0) return -1;
  }
  return 0;
}

static int maketrans_from_strs(ThreadState *ts, Value table, Value from, Value to, NULLABLE Value drop) {
  if (!is_str(to) || (drop && !is_str(drop))) {
    err_format(ts, EXC(TypeError), "maketrans() argument %d must be str, not %T", is_str(to) ? 3 : 2, is_str(to) ? drop : to);
    return -1;
  }
  if (str_len(from) != str_len(to)) {
    err_format(ts, EXC(ValueError), "the first two maketrans arguments must have equal length");
    return -1;
  }
  for (ssize_t i = 0; i < str_len(from); i++)
    if (dict_set(ts, table, small_int_value(str_at(from, i)), small_int_value(str_at(to, i))) < 0) return -1;
  for (ssize_t i = 0; drop && i < str_len(drop); i++)
    if (dict_set(ts, table, small_int_value(str_at(drop, i)), V_NONE) < 0) return -1;
  return 0;
}

static Value str_maketrans(NATIVE_ARGS) {
  Value table = dict_new(ts);
  if (table == NULL) return NULL;
  int r = -1;
  if (nargs == 1) {
    if (is_dict(args[0])) r = maketrans_from_dict(ts, table, args[0]);
    else err_format(ts, EXC(TypeError), "if you give only one argument to maketrans it must be a dict");
  } else if (!is_str(args[0])) {
    err_format(ts, EXC(TypeError), "first maketrans argument must be a string if there is a second argument");
  } else {
    r = maketrans_from_strs(ts, table, args[0], args[1], nargs > 2 ? args[2] : NULL);
  }
  if (r < 0) CLEAR(table);
  return table;
}

/* ---- the rest ---- */

static Value str_encode_method(NATIVE_ARGS) {
  static const char *const names[] = {"encoding", "errors"};
  static const ArgSpec spec = {"encode", 0, 2, 0, 2, names};
  Value out[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, out) < 0) return NULL;
  const char *given[2] = {NULL, NULL};
  for (int i = 0; i < 2; i++)
    if (out[i] && (given[i] = str_text_argument(ts, out[i], "encode", names[i])) == NULL) return NULL;
  return str_encode(ts, self, given[0], given[1]);
}

static Value str_format_(NATIVE_ARGS) { return str_format_method(ts, self, args, nargs, kwnames); }
static Value str_format_map_(NATIVE_ARGS) { return str_format_map(ts, self, args[0]); }
static Value str_dunder_format(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "__format__() argument must be str, not %T", args[0]);
  return str_format_spec(ts, self, args[0]);
}
static Value str_getnewargs(NATIVE_ARGS) {
  Value exact = as_exact(ts, self);
  if (exact == NULL) return NULL;
  Value t = tuple_of1(ts, exact);
  decref(ts, exact);
  return t;
}
static Value str_sizeof(NATIVE_ARGS) { /* what CPython's compact strings take */
  int64_t n = str_len(self);
  return small_int_value(str_is_ascii(self) ? 48 + n + 1 : 72 + (n + 1) * str_width(self));
}

const MethodDef str_methods[] = {
  {"encode", str_encode_method, 0, -1, METHOD_KW, "encode($self, /, encoding='utf-8', errors='strict')\n--\n\nEncode the string using the codec registered for encoding."},
  {"replace", str_replace_method, 2, 3, 0, "replace($self, old, new, count=-1, /)\n--\n\nReturn a copy with all occurrences of substring old replaced by new."},
  {"split", str_split_method, 0, -1, METHOD_KW, "split($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the substrings in the string, using sep as the separator string."},
  {"rsplit", str_rsplit_method, 0, -1, METHOD_KW, "rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the substrings, splitting from the end."},
  {"join", str_join_method, 1, 1, 0, "join($self, iterable, /)\n--\n\nConcatenate any number of strings."},
  {"capitalize", str_capitalize, 0, 0, 0, "capitalize($self, /)\n--\n\nReturn a capitalized version of the string."},
  {"casefold", str_casefold, 0, 0, 0, "casefold($self, /)\n--\n\nReturn a version of the string suitable for caseless comparisons."},
  {"title", str_title, 0, 0, 0, "title($self, /)\n--\n\nReturn a version of the string where each word is titlecased."},
  {"center", str_center, 1, 2, 0, "center($self, width, fillchar=' ', /)\n--\n\nReturn a centered string of length width."},
  {"count", str_count_method, 1, 3, METHOD_PARSED, "S.count(sub[, start[, end]]) -> int\n\nNumber of non-overlapping occurrences of sub in S[start:end]."},
  {"expandtabs", str_expandtabs, 0, -1, METHOD_KW, "expandtabs($self, /, tabsize=8)\n--\n\nReturn a copy where all tab characters are expanded using spaces."},
  {"find", str_find_method, 1, 3, METHOD_PARSED, "S.find(sub[, start[, end]]) -> int\n\nLowest index where sub is found, or -1."},
  {"partition", str_partition, 1, 1, 0, "partition($self, sep, /)\n--\n\nPartition the string into three parts using the given separator."},
  {"index", str_index_method, 1, 3, METHOD_PARSED, "S.index(sub[, start[, end]]) -> int\n\nLowest index where sub is found; ValueError when it is not."},
  {"ljust", str_ljust, 1, 2, 0, "ljust($self, width, fillchar=' ', /)\n--\n\nReturn a left-justified string of length width."},
  {"lower", str_lower, 0, 0, 0, "lower($self, /)\n--\n\nReturn a copy of the string converted to lowercase."},
  {"lstrip", str_lstrip, 0, 1, 0, "lstrip($self, chars=None, /)\n--\n\nReturn a copy of the string with leading whitespace removed."},
  {"rfind", str_rfind_method, 1, 3, METHOD_PARSED, "S.rfind(sub[, start[, end]]) -> int\n\nHighest index where sub is found, or -1."},
  {"rindex", str_rindex_method, 1, 3, METHOD_PARSED, "S.rindex(sub[, start[, end]]) -> int\n\nHighest index where sub is found; ValueError when it is not."},
  {"rjust", str_rjust, 1, 2, 0, "rjust($self, width, fillchar=' ', /)\n--\n\nReturn a right-justified string of length width."},
  {"rstrip", str_rstrip, 0, 1, 0, "rstrip($self, chars=None, /)\n--\n\nReturn a copy of the string with trailing whitespace removed."},
  {"rpartition", str_rpartition, 1, 1, 0, "rpartition($self, sep, /)\n--\n\nPartition the string into three parts at the last separator."},
  {"splitlines", str_splitlines, 0, -1, METHOD_KW, "splitlines($self, /, keepends=False)\n--\n\nReturn a list of the lines in the string, breaking at line boundaries."},
  {"strip", str_strip, 0, 1, 0, "strip($self, chars=None, /)\n--\n\nReturn a copy of the string with leading and trailing whitespace removed."},
  {"swapcase", str_swapcase, 0, 0, 0, "swapcase($self, /)\n--\n\nConvert uppercase characters to lowercase and lowercase characters to uppercase."},
  {"translate", str_translate, 1, 1, 0, "translate($self, table, /)\n--\n\nReplace each character in the string using the given translation table."},
  {"upper", str_upper, 0, 0, 0, "upper($self, /)\n--\n\nReturn a copy of the string converted to uppercase."},
  {"startswith", str_startswith, 1, 3, METHOD_PARSED, "S.startswith(prefix[, start[, end]]) -> bool"},
  {"endswith", str_endswith, 1, 3, METHOD_PARSED, "S.endswith(suffix[, start[, end]]) -> bool"},
  {"removeprefix", str_removeprefix, 1, 1, 0, "removeprefix($self, prefix, /)\n--\n\nReturn a str with the given prefix string removed if present."},
  {"removesuffix", str_removesuffix, 1, 1, 0, "removesuffix($self, suffix, /)\n--\n\nReturn a str with the given suffix string removed if present."},
  {"isascii", str_isascii, 0, 0, 0, "isascii($self, /)\n--\n\nReturn True if all characters in the string are ASCII, False otherwise."},
  {"islower", str_islower, 0, 0, 0, "islower($self, /)\n--\n\nReturn True if the string is a lowercase string, False otherwise."},
  {"isupper", str_isupper, 0, 0, 0, "isupper($self, /)\n--\n\nReturn True if the string is an uppercase string, False otherwise."},
  {"istitle", str_istitle, 0, 0, 0, "istitle($self, /)\n--\n\nReturn True if the string is a title-cased string, False otherwise."},
  {"isspace", str_isspace, 0, 0, 0, "isspace($self, /)\n--\n\nReturn True if the string is a whitespace string, False otherwise."},
  {"isdecimal", str_isdecimal, 0, 0, 0, "isdecimal($self, /)\n--\n\nReturn True if the string is a decimal string, False otherwise."},
  {"isdigit", str_isdigit, 0, 0, 0, "isdigit($self, /)\n--\n\nReturn True if the string is a digit string, False otherwise."},
  {"isnumeric", str_isnumeric, 0, 0, 0, "isnumeric($self, /)\n--\n\nReturn True if the string is a numeric string, False otherwise."},
  {"isalpha", str_isalpha, 0, 0, 0, "isalpha($self, /)\n--\n\nReturn True if the string is an alphabetic string, False otherwise."},
  {"isalnum", str_isalnum, 0, 0, 0, "isalnum($self, /)\n--\n\nReturn True if the string is an alpha-numeric string, False otherwise."},
  {"isidentifier", str_isidentifier, 0, 0, 0, "isidentifier($self, /)\n--\n\nReturn True if the string is a valid Python identifier, False otherwise."},
  {"isprintable", str_isprintable, 0, 0, 0, "isprintable($self, /)\n--\n\nReturn True if the string is printable, False otherwise."},
  {"zfill", str_zfill, 1, 1, 0, "zfill($self, width, /)\n--\n\nPad a numeric string with zeros on the left, to fill a field of the given width."},
  {"format", str_format_, 0, -1, METHOD_KW, "S.format(*args, **kwargs) -> str\n\nReturn a formatted version of S, using substitutions from args and kwargs."},
  {"format_map", str_format_map_, 1, 1, 0, "S.format_map(mapping) -> str\n\nReturn a formatted version of S, using substitutions from mapping."},
  {"__format__", str_dunder_format, 1, 1, 0, "__format__($self, format_spec, /)\n--\n\nReturn a formatted version of the string as described by format_spec."},
  {"maketrans", str_maketrans, 1, 3, METHOD_STATIC, "Return a translation table usable for str.translate()."},
  {"__sizeof__", str_sizeof, 0, 0, 0, NULL},
  {"__getnewargs__", str_getnewargs, 0, 0, 0, NULL},
  {0}};
