/* unicodedata.c - the module unicodedata, as far as utf8proc's tables reach: categories, classes, digits, normal forms.
 * Names, widths and single decompositions are in no table of ours: asking for them raises NotImplementedError.
 * Next: types/unicode.c. CPython: Modules/unicodedata.c; Unicode annex 15 (normal forms). */
#include "runtime/module.h"

#include <utf8proc.h>

/* The character in a str of one, or -1 with TypeError. */
static int64_t char_argument(ThreadState *ts, const char *function, ssize_t nargs, Value v) {
  const char *which = nargs > 1 ? "argument 1" : "argument";
  if (is_str(v) && str_len(v) == 1) return str_at(v, 0);
  err_format(ts, EXC(TypeError), "%s() %s must be a unicode character, not %T", function, which, v);
  return -1;
}
/* What utf8proc knows; for a character assigned after Unicode 14 (visible by its category, unprintable for str) what it
 * knows of none. */
static const utf8proc_property_t *property(int64_t c) {
  const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
  bool is_visible = p->category >= UTF8PROC_CATEGORY_LU && p->category <= UTF8PROC_CATEGORY_SO;
  return is_visible && !char_is_printable((Char)c) ? utf8proc_get_property(0x110000) : p;
}

static Value category(NATIVE_ARGS) {
  int64_t c = char_argument(ts, "category", 1, args[0]);
  return c < 0 ? NULL : str_from_ascii(ts, property(c)->category == UTF8PROC_CATEGORY_CN ? "Cn" : utf8proc_category_string((utf8proc_int32_t)c));
}
static Value bidirectional(NATIVE_ARGS) {
  static const char *const names[] = {"", "L", "LRE", "LRO", "R", "AL", "RLE", "RLO", "PDF", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"};
  int64_t c = char_argument(ts, "bidirectional", 1, args[0]);
  return c < 0 ? NULL : str_from_ascii(ts, names[property(c)->bidi_class]);
}
static Value combining(NATIVE_ARGS) {
  int64_t c = char_argument(ts, "combining", 1, args[0]);
  return c < 0 ? NULL : small_int_value(property(c)->combining_class);
}
static Value mirrored(NATIVE_ARGS) {
  int64_t c = char_argument(ts, "mirrored", 1, args[0]);
  return c < 0 ? NULL : small_int_value(property(c)->bidi_mirrored);
}

/* ---- numbers ---- */

/* The digit that a character is, or the only one in its compatibility decomposition; -1. */
static int digit_value(Char c) {
  int32_t parts[32];
  int bound = 0, found = -1;
  if (char_is_decimal(c)) return char_decimal_value(c);
  ssize_t n = char_is_digit(c) ? utf8proc_decompose_char((utf8proc_int32_t)c, parts, 32, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &bound) : 0;
  for (ssize_t i = 0; i < n && i < 32; i++)
    if (char_is_decimal((Char)parts[i])) found = char_decimal_value((Char)parts[i]);
  return found;
}
static Value number(ThreadState *ts, const char *function, const char *missing, Value *args, ssize_t nargs, bool (*is_one)(Char)) {
  int64_t c = char_argument(ts, function, 2, args[0]);
  if (c < 0) return NULL;
  if (!is_one((Char)c)) return nargs > 1 ? incref(args[1]) : err_format(ts, EXC(ValueError), missing);
  int d = digit_value((Char)c);
  if (d < 0) return err_format(ts, EXC(NotImplementedError), "gilly has no table of the value of this character");
  return function[0] == 'n' ? float_new(ts, d) : small_int_value(d);
}
static Value decimal(NATIVE_ARGS) { return number(ts, "decimal", "not a decimal", args, nargs, char_is_decimal); }
static Value digit(NATIVE_ARGS) { return number(ts, "digit", "not a digit", args, nargs, char_is_digit); }
static Value numeric(NATIVE_ARGS) { return number(ts, "numeric", "not a numeric character", args, nargs, char_is_numeric); }

/* ---- normal forms ---- */

/* Sort each run of combining characters by class; equal classes keep their order. */
static void sort_combining(int32_t *p, ssize_t n) {
  for (ssize_t i = 1; i < n; i++) {
    int class = property(p[i])->combining_class;
    int32_t c = p[i];
    ssize_t j = i;
    for (; class > 0 && j > 0 && property(p[j - 1])->combining_class > class; j--) p[j] = p[j - 1];
    p[j] = c;
  }
}
static Value normal_form(ThreadState *ts, Value s, bool compose, bool compatible) {
  utf8proc_option_t options = UTF8PROC_DECOMPOSE | (compatible ? UTF8PROC_COMPAT : 0);
  ssize_t n = 0, length = str_len(s);
  if (str_is_ascii(s)) return incref(s);
  size_t capacity = (size_t)length + 64;
  int32_t *p = mem_alloc(ts, capacity * sizeof *p);
  Value r = NULL;
  for (ssize_t i = 0; p && i < length; i++) {
    if (capacity - (size_t)n < 32) { /* no character has more than 18 parts */
      int32_t *wider = mem_realloc(ts, p, (capacity *= 2) * sizeof *p);
      if (wider == NULL) goto done;
      p = wider;
    }
    int bound = 0;
    ssize_t parts = utf8proc_decompose_char((utf8proc_int32_t)str_at(s, i), p + n, 32, options, &bound);
    if (parts > 0) n += parts;
  }
  if (p == NULL) return NULL;
  sort_combining(p, n);
  if (compose) n = utf8proc_normalize_utf32(p, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  r = str_from_ucs4(ts, (const Char *)p, n);
done:
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

static Value no_table(NATIVE_ARGS) { return err_format(ts, EXC(NotImplementedError), "gilly has no table of Unicode names, widths and single decompositions"); }

static const MethodDef methods[] = {
    {"category", category, 1, 1, 0, "General category of a character."}, {"bidirectional", bidirectional, 1, 1, 0, "Bidirectional class of a character."},
    {"combining", combining, 1, 1, 0, "Canonical combining class of a character."}, {"mirrored", mirrored, 1, 1, 0, "1 for characters mirrored in bidirectional text."},
    {"decimal", decimal, 1, 2, 0, "Decimal value of a character."}, {"digit", digit, 1, 2, 0, "Digit value of a character."}, {"numeric", numeric, 1, 2, 0, "Numeric value of a character."},
    {"normalize", normalize, 2, 2, 0, "Normal form NFC, NFKC, NFD or NFKD of a string."}, {"is_normalized", is_normalized, 2, 2, 0, "Whether a string is in this normal form."},
    {"name", no_table, 1, 2, 0, NULL}, {"lookup", no_table, 1, 1, 0, NULL}, {"decomposition", no_table, 1, 1, 0, NULL}, {"east_asian_width", no_table, 1, 1, 0, NULL}, {0}};
static int start(ThreadState *ts, Value module) { return module_add_str(ts, module, "unidata_version", "14.0.0"); }
const ModuleDef unicodedata_module_def = {.name = "unicodedata", .doc = "Properties of Unicode characters.", .methods = methods, .start = start};
