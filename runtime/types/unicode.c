/* unicode.c - what kind of character: classes and case mappings, for str's methods and the lexer.
 * How: categories and one-to-one case mappings come from utf8proc, what they do not tell from the ranges and rows of
 *   unicode_ranges.def and unicode_cases.def. ASCII is answered first, from a small table.
 * Next: str_methods.c. CPython: Objects/unicodectype.c. */
#include "runtime/object.h"

#include <stdlib.h>
#include <utf8proc.h>

/* ---- ASCII at a glance ---- */

enum { A_SPACE = 1, A_DIGIT = 2, A_UPPER = 4, A_LOWER = 8, A_PRINT = 16 };
static inline unsigned ascii_class(Char c) {
  if (c >= 'a' && c <= 'z') return A_LOWER | A_PRINT;
  if (c >= 'A' && c <= 'Z') return A_UPPER | A_PRINT;
  if (c >= '0' && c <= '9') return A_DIGIT | A_PRINT;
  if (c == ' ') return A_SPACE | A_PRINT;
  if ((c >= 9 && c <= 13) || (c >= 28 && c <= 31)) return A_SPACE;
  return c > 32 && c < 127 ? A_PRINT : 0;
}

/* ---- sets ---- */

typedef struct {
  Char first, last;
} Range32;
#define SET(name) static const Range32 set_##name[] = {
#define RANGE(first, last) {first, last},
#define END_SET {0, 0}};
#include "runtime/types/unicode_ranges.def"
#undef SET
#undef RANGE
#undef END_SET

static bool in_ranges(const Range32 *ranges, size_t count, Char c) {
  size_t low = 0, high = count - 1; /* the last row only closes the table */
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (c < ranges[middle].first) high = middle;
    else if (c > ranges[middle].last) low = middle + 1;
    else return true;
  }
  return false;
}
#define IN(name, c) in_ranges(set_##name, sizeof set_##name / sizeof set_##name[0], c)

static inline utf8proc_category_t category(Char c) {
  utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
  return c >= 0xcf3 && k != UTF8PROC_CATEGORY_CN && IN(LATER, c) ? UTF8PROC_CATEGORY_CN : k;
}
static bool is_letter(utf8proc_category_t k) { return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO; }

/* ---- classes ---- */

bool char_is_space(Char c) { return c < 128 ? ascii_class(c) & A_SPACE : IN(SPACE, c); }
bool char_is_alpha(Char c) { return c < 128 ? ascii_class(c) & (A_UPPER | A_LOWER) : is_letter(category(c)); }
bool char_is_decimal(Char c) { return c < 128 ? ascii_class(c) & A_DIGIT : category(c) == UTF8PROC_CATEGORY_ND; }
bool char_is_digit(Char c) { return char_is_decimal(c) || (c >= 128 && IN(DIGIT, c)); }
bool char_is_numeric(Char c) { return char_is_digit(c) || (c >= 128 && IN(NUMERIC, c)); }
bool char_is_upper(Char c) {
  return c < 128 ? ascii_class(c) & A_UPPER : category(c) == UTF8PROC_CATEGORY_LU || IN(UPPER_MORE, c);
}
bool char_is_lower(Char c) {
  return c < 128 ? ascii_class(c) & A_LOWER : category(c) == UTF8PROC_CATEGORY_LL || IN(LOWER_MORE, c);
}
bool char_is_title(Char c) { return c >= 128 && category(c) == UTF8PROC_CATEGORY_LT; }
bool char_is_cased(Char c) { return char_is_lower(c) || char_is_upper(c) || char_is_title(c); }
bool char_is_alnum(Char c) { return char_is_alpha(c) || char_is_numeric(c); }

bool char_is_printable(Char c) {
  if (c < 128) return ascii_class(c) & A_PRINT;
  utf8proc_category_t k = category(c);
  return k != UTF8PROC_CATEGORY_CN && k < UTF8PROC_CATEGORY_ZS;
}

bool char_is_xid_start(Char c) {
  if (c < 128) return c == '_' || ascii_class(c) & (A_UPPER | A_LOWER);
  utf8proc_category_t k = category(c);
  if (is_letter(k) || k == UTF8PROC_CATEGORY_NL) return !IN(XID_START_NOT, c);
  return IN(XID_START_MORE, c);
}

bool char_is_xid_continue(Char c) {
  if (c < 128) return c == '_' || ascii_class(c) & (A_UPPER | A_LOWER | A_DIGIT);
  utf8proc_category_t k = category(c);
  if (is_letter(k) || k == UTF8PROC_CATEGORY_NL || k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC ||
      k == UTF8PROC_CATEGORY_ND || k == UTF8PROC_CATEGORY_PC)
    return !IN(XID_CONTINUE_NOT, c);
  return IN(XID_CONTINUE_MORE, c);
}

/* Case_Ignorable: what stands between letters of a word without ending it (the final sigma asks). */
bool char_is_case_ignorable(Char c) {
  if (c == '\'' || c == '.' || c == ':' || c == '^' || c == '`' || c == 0xa8 || c == 0xad || c == 0xaf || c == 0xb4 ||
      c == 0xb7 || c == 0xb8 || c == 0x2018 || c == 0x2019 || c == 0x2024 || c == 0x2027)
    return true;
  if (c < 128) return false;
  utf8proc_category_t k = category(c);
  return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_ME || k == UTF8PROC_CATEGORY_CF ||
         k == UTF8PROC_CATEGORY_LM || k == UTF8PROC_CATEGORY_SK;
}

/* Decimal digits stand in runs of ten that begin with the zero. */
int char_decimal_value(Char c) {
  if (c < 128) return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
  if (!char_is_decimal(c)) return -1;
  Char zero = c;
  while (char_is_decimal(zero - 1) && c - zero < 60) zero--;
  return (int)((c - zero) % 10);
}

/* ---- case ---- */

Char char_to_lower(Char c) {
  if (c < 128) return ascii_class(c) & A_UPPER ? c + 32 : c;
  return (Char)utf8proc_tolower((utf8proc_int32_t)c);
}
Char char_to_upper(Char c) {
  if (c < 128) return ascii_class(c) & A_LOWER ? c - 32 : c;
  return (Char)utf8proc_toupper((utf8proc_int32_t)c);
}
Char char_to_title(Char c) {
  if (c < 128) return ascii_class(c) & A_LOWER ? c - 32 : c;
  return (Char)utf8proc_totitle((utf8proc_int32_t)c);
}

typedef struct {
  uint8_t kind;
  Char from, to[3];
} CaseRow;
enum { KIND_UPPER = CASE_UPPER, KIND_LOWER = CASE_LOWER, KIND_TITLE = CASE_TITLE, KIND_FOLD = CASE_FOLD };
static const CaseRow case_rows[] = {
#define CASE(kind, from, a, b, c) {KIND_##kind, from, {a, b, c}},
#include "runtime/types/unicode_cases.def"
#undef CASE
};

static const CaseRow *find_case(CaseKind kind, Char c) {
  size_t low = 0, high = sizeof case_rows / sizeof case_rows[0];
  while (low < high) {
    size_t middle = (low + high) / 2;
    const CaseRow *row = &case_rows[middle];
    if (row->kind == kind && row->from == c) return row;
    if (row->kind < (uint8_t)kind || (row->kind == kind && row->from < c)) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

int char_case(CaseKind kind, Char c, Char out[3]) {
  if (c >= 128) {
    const CaseRow *row = find_case(kind, c);
    if (row == NULL && kind == CASE_FOLD) row = find_case(CASE_LOWER, c);
    if (row) {
      memcpy(out, row->to, sizeof row->to);
      return row->to[2] ? 3 : row->to[1] ? 2 : 1;
    }
  }
  out[0] = kind == CASE_UPPER ? char_to_upper(c) : kind == CASE_TITLE ? char_to_title(c) : char_to_lower(c);
  return 1;
}

bool str_is_identifier(Value s) {
  ssize_t n = str_len(s);
  if (n == 0 || !char_is_xid_start(str_at(s, 0))) return false;
  for (ssize_t i = 1; i < n; i++)
    if (!char_is_xid_continue(str_at(s, i))) return false;
  return true;
}
