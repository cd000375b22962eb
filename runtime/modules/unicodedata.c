/* unicodedata.c - the module unicodedata: what Unicode's database says of characters, and the normal forms of text.
 * How: all but the normal forms is read from the tables of types/unicode_data.c; composing is utf8proc's.
 * Next: types/unicode_data.c, unicode.c. CPython: Modules/unicodedata.c; Unicode annex 15 (normal forms). */
#include "runtime/module.h"
#include "runtime/types/unicode_data.h"

#include <utf8proc.h>

/* The character in a str of one, or -1 with TypeError. */
static int64_t char_argument(ThreadState *ts, const char *function, ssize_t nargs, Value v) {
  const char *which = nargs > 1 ? "argument 1" : "argument";
  if (is_str(v) && str_len(v) == 1) return str_at(v, 0);
  err_format(ts, EXC(TypeError), "%s() %s must be a unicode character, not %T", function, which, v);
  return -1;
}
static const CharProperties *property(int64_t c) { return unicode_properties_of((uint32_t)c); }

static Value category(NATIVE_ARGS) {
  int64_t c = char_argument(ts, "category", 1, args[0]);
  return c < 0 ? NULL : str_from_ascii(ts, property(c)->category);
}
static Value bidirectional(NATIVE_ARGS) {
  int64_t c = char_argument(ts, "bidirectional", 1, args[0]);
  return c < 0 ? NULL : str_from_ascii(ts, property(c)->bidirectional);
}
static Value east_asian_width(NATIVE_ARGS) {
  int64_t c = char_argument(ts, "east_asian_width", 1, args[0]);
  return c < 0 ? NULL : str_from_ascii(ts, property(c)->width);
}
static Value combining(NATIVE_ARGS) {
  int64_t c = char_argument(ts, "combining", 1, args[0]);
  return c < 0 ? NULL : small_int_value(property(c)->combining);
}
static Value mirrored(NATIVE_ARGS) {
  int64_t c = char_argument(ts, "mirrored", 1, args[0]);
  return c < 0 ? NULL : small_int_value(property(c)->mirrored);
}
static Value decomposition(NATIVE_ARGS) {
  const uint32_t *parts;
  const char *tag;
  int64_t c = char_argument(ts, "decomposition", 1, args[0]);
  if (c < 0) return NULL;
  int n = unicode_decomposition((uint32_t)c, &parts, &tag);
  if (n == 0) return incref(ts->interp->empty_str);
  char text[256];
  int length = snprintf(text, sizeof text, "%s", tag);
  for (int i = 0; i < n; i++) length += snprintf(text + length, sizeof text - (size_t)length, length ? " %04X" : "%04X", (unsigned)parts[i]);
  return str_ascii_new(ts, text, length);
}

/* ---- names ---- */

static Value name(NATIVE_ARGS) {
  char text[UNICODE_NAME_MAX + 1];
  int64_t c = char_argument(ts, "name", 2, args[0]);
  if (c < 0) return NULL;
  size_t n = unicode_name((uint32_t)c, text);
  if (n) return str_ascii_new(ts, text, (ssize_t)n);
  return nargs > 1 ? incref(args[1]) : err_format(ts, EXC(ValueError), "no such name");
}
static Value lookup(NATIVE_ARGS) {
  Value holder = NULL, r = NULL;
  const char *p;
  ssize_t n;
  uint32_t found[UNICODE_SEQUENCE_MAX];
  Buffer view = {0};
  if (is_str(args[0])) {
    if ((p = str_utf8(ts, args[0], &n, &holder)) == NULL) return NULL;
  } else {
    if (buffer_get(ts, args[0], &view, false) < 0) return NULL;
    p = view.data, n = view.length;
  }
  int count = n <= UNICODE_NAME_MAX ? unicode_find(p, (size_t)n, found) : 0;
  if (count) r = str_from_ucs4(ts, found, count);
  else if (n > UNICODE_NAME_MAX) err_format(ts, EXC(KeyError), "name too long");
  else err_format(ts, EXC(KeyError), "undefined character name '%.*s'", (int)n, p);
  xdecref(ts, holder);
  if (view.owner) buffer_release(ts, &view);
  return r;
}

/* ---- numbers ---- */

static Value number(ThreadState *ts, const char *function, const char *missing, Value *args, ssize_t nargs, int least) {
  int64_t c = char_argument(ts, function, 2, args[0]);
  if (c < 0) return NULL;
  const CharNumber *found = unicode_number_of((uint32_t)c);
  if (found == NULL || found->kind < least) return nargs > 1 ? incref(args[1]) : err_format(ts, EXC(ValueError), missing);
  return least == NUMBER_OTHER ? float_new(ts, found->value) : small_int_value((int64_t)found->value);
}
static Value decimal(NATIVE_ARGS) { return number(ts, "decimal", "not a decimal", args, nargs, NUMBER_DECIMAL); }
static Value digit(NATIVE_ARGS) { return number(ts, "digit", "not a digit", args, nargs, NUMBER_DIGIT); }
static Value numeric(NATIVE_ARGS) { return number(ts, "numeric", "not a numeric character", args, nargs, NUMBER_OTHER); }

/* ---- normal forms ---- */

/* Sort each run of combining characters by class; equal classes keep their order. */
static void sort_combining(int32_t *p, ssize_t n) {
  for (ssize_t i = 1; i < n; i++) {
    int class = property(p[i])->combining;
    int32_t c = p[i];
    ssize_t j = i;
    for (; class > 0 && j > 0 && property(p[j - 1])->combining > class; j--) p[j] = p[j - 1];
    p[j] = c;
  }
}
/* c taken apart as far as it goes; compatible: also where only the look changes. At most 18 parts. Returns how many. */
static ssize_t take_apart(Char c, bool compatible, int32_t *out) {
  const uint32_t *parts;
  const char *tag;
  if (c >= 0xac00 && c < 0xac00 + 11172) { /* a Hangul syllable: its letters, by rule */
    uint32_t i = c - 0xac00, tail = i % 28;
    out[0] = (int32_t)(0x1100 + i / 588);
    out[1] = (int32_t)(0x1161 + i / 28 % 21);
    out[2] = (int32_t)(0x11a7 + tail);
    return tail ? 3 : 2;
  }
  int n = unicode_decomposition(c, &parts, &tag);
  if (n == 0 || (*tag && !compatible)) return *out = (int32_t)c, 1;
  ssize_t count = 0;
  for (int i = 0; i < n; i++) count += take_apart(parts[i], compatible, out + count);
  return count;
}
static Value normal_form(ThreadState *ts, Value s, bool compose, bool compatible) {
  enum { MOST_PARTS = 18 };
  ssize_t n = 0, length = str_len(s);
  if (str_is_ascii(s)) return incref(s);
  size_t capacity = (size_t)length + 64;
  int32_t *p = mem_alloc(ts, capacity * sizeof *p);
  for (ssize_t i = 0; p && i < length; i++) {
    if (capacity - (size_t)n < MOST_PARTS) {
      int32_t *wider = mem_realloc(ts, p, (capacity *= 2) * sizeof *p);
      if (wider == NULL) return mem_free(ts, p), NULL;
      p = wider;
    }
    n += take_apart(str_at(s, i), compatible, p + n);
  }
  if (p == NULL) return NULL;
  sort_combining(p, n);
  if (compose) n = utf8proc_normalize_utf32(p, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  Value r = str_from_ucs4(ts, (const Char *)p, n);
  mem_free(ts, p);
  return r;
}
static Value normalize_argument(ThreadState *ts, const char *function, Value *args) {
  for (int i = 0; i < 2; i++)
    if (!is_str(args[i])) return err_format(ts, EXC(TypeError), "%s() argument %d must be str, not %T", function, i + 1, args[i]);
  bool compatible = str_len(args[0]) == 4;
  const char *forms[] = {"NFC", "NFKC", "NFD", "NFKD"};
  for (int i = 0; i < 4; i++)
    if (str_equal_cstr(args[0], forms[i])) return normal_form(ts, args[1], i < 2, compatible);
  return err_format(ts, EXC(ValueError), "invalid normalization form");
}
static Value normalize(NATIVE_ARGS) { return normalize_argument(ts, "normalize", args); }
static Value is_normalized(NATIVE_ARGS) {
  Value s = normalize_argument(ts, "is_normalized", args);
  if (s == NULL) return NULL;
  bool same = str_equal(s, args[1]);
  decref(ts, s);
  return bool_value(same);
}

static const MethodDef methods[] = {
    {"bidirectional", bidirectional, 1, 1, 0, "bidirectional($self, chr, /)\n--\n\nBidirectional class of a character, as text."},
    {"category", category, 1, 1, 0, "category($self, chr, /)\n--\n\nGeneral category of a character, as text."},
    {"combining", combining, 1, 1, 0, "combining($self, chr, /)\n--\n\nCanonical combining class of a character, 0 if it has none."},
    {"decimal", decimal, 1, 2, 0, "decimal($self, chr, default=<unrepresentable>, /)\n--\n\nThe decimal digit that a character is, or default, or ValueError."},
    {"decomposition", decomposition, 1, 1, 0, "decomposition($self, chr, /)\n--\n\nThe characters that a character is made of, in hex, or an empty text."},
    {"digit", digit, 1, 2, 0, "digit($self, chr, default=<unrepresentable>, /)\n--\n\nThe digit that a character is, or default, or ValueError."},
    {"east_asian_width", east_asian_width, 1, 1, 0, "east_asian_width($self, chr, /)\n--\n\nEast Asian width of a character, as text."},
    {"is_normalized", is_normalized, 2, 2, 0, "is_normalized($self, form, unistr, /)\n--\n\nWhether text is in the normal form NFC, NFKC, NFD or NFKD."},
    {"lookup", lookup, 1, 1, 0, "lookup($self, name, /)\n--\n\nThe character (or sequence of them) with this name; KeyError if there is none."},
    {"mirrored", mirrored, 1, 1, 0, "mirrored($self, chr, /)\n--\n\n1 for a character that is mirrored in bidirectional text, else 0."},
    {"name", name, 1, 2, 0, "name($self, chr, default=<unrepresentable>, /)\n--\n\nThe name of a character, or default, or ValueError."},
    {"normalize", normalize, 2, 2, 0, "normalize($self, form, unistr, /)\n--\n\nThe normal form NFC, NFKC, NFD or NFKD of text."},
    {"numeric", numeric, 1, 2, 0, "numeric($self, chr, default=<unrepresentable>, /)\n--\n\nThe number that a character stands for, or default, or ValueError."},
    {0}};
static int start(ThreadState *ts, Value module) { return module_add_str(ts, module, "unidata_version", unicode_version); }
const ModuleDef unicodedata_module_def = {.name = "unicodedata", .doc = "Properties of Unicode characters.", .methods = methods, .start = start};
