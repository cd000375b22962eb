/* str.h - text: an array of code points of 1, 2 or 4 bytes each, as narrow as the widest character allows (PEP 393).
 * (str.c: the type; str_methods.c; str_codec.c: encode and decode; str_build.c: the builder; unicode_tables via utf8proc) */
#ifndef RUNTIME_TYPES_STR_H
#define RUNTIME_TYPES_STR_H

struct Str {
  Object base;    /* flags: STR_ bits */
  int64_t hash;   /* -1: not computed */
  ssize_t length; /* code points */
  char data[];    /* length * width bytes and a zero code point */
};
enum {
  STR_WIDE2 = OBJ_FLAG_A,    /* 2 bytes a character, the widest is above 0xFF */
  STR_WIDE4 = OBJ_FLAG_B,    /* 4 bytes */
  STR_ASCII = OBJ_FLAG_C,    /* all below 0x80 (then neither wide bit) */
};
typedef uint32_t Char;

static inline Str *as_str(Value v) { return (Str *)v; }
static inline ssize_t str_len(Value v) { return as_str(v)->length; }
static inline int str_width(Value v) { return v->flags & STR_WIDE2 ? 2 : v->flags & STR_WIDE4 ? 4 : 1; }
static inline bool str_is_ascii(Value v) { return v->flags & STR_ASCII; }
/* In interp->interned: equal interned strings are the same object. The one bit that changes in a string that others may be reading. */
static inline bool str_is_interned(Value v) { return __atomic_load_n(&v->gc, __ATOMIC_RELAXED) & GC_INTERNED; }
static inline const char *str_chars(Value v) { return as_str(v)->data; } /* bytes of a one-byte string */
static inline Char str_at(Value v, ssize_t i) {
  const Str *s = as_str(v);
  if (!(v->flags & (STR_WIDE2 | STR_WIDE4))) return (uint8_t)s->data[i];
  return v->flags & STR_WIDE2 ? ((const uint16_t *)s->data)[i] : ((const uint32_t *)s->data)[i];
}
/* A new string of n characters, none wider than max_char, contents to be filled by the caller. */
OWNED Value str_new(ThreadState *ts, ssize_t n, Char max_char);
OWNED Value str_from_utf8(ThreadState *ts, const char *p, ssize_t n); /* UnicodeDecodeError */
OWNED Value str_from_ascii(ThreadState *ts, const char *text);         /* zero-terminated */
OWNED Value str_from_latin1(ThreadState *ts, const char *p, ssize_t n);
OWNED Value str_from_ucs4(ThreadState *ts, const Char *p, ssize_t n);
OWNED Value str_from_char(ThreadState *ts, Char c);
OWNED Value str_from_fs(ThreadState *ts, const char *bytes, ssize_t n); /* utf-8 with surrogateescape */
/* Interning: takes s, returns the one string that is equal. */
OWNED Value str_intern(ThreadState *ts, STEALS Value s);
OWNED Value str_intern_cstr(ThreadState *ts, const char *text);
OWNED Value str_intern_utf8(ThreadState *ts, const char *text, ssize_t n);
int64_t str_hash(ThreadState *ts, Value s);
int64_t hash_bytes(ThreadState *ts, const void *p, ssize_t n); /* as hash() of bytes and str */
bool str_equal(Value a, Value b);       /* two str */
bool str_equal_cstr(Value a, const char *ascii);
int str_compare(Value a, Value b);      /* <0, 0, >0 */
OWNED Value str_concat(ThreadState *ts, Value a, Value b);
/* *a = *a + b, in place when nobody else holds *a; on failure *a is released and NULL. */
int str_append(ThreadState *ts, Value *a, Value b);
OWNED Value str_substring(ThreadState *ts, Value s, ssize_t start, ssize_t stop);
OWNED Value str_join(ThreadState *ts, Value sep, Value iterable);
OWNED Value str_join_items(ThreadState *ts, Value sep, Value *items, ssize_t n);
OWNED Value str_repr(ThreadState *ts, Value s);
/* UTF-8 of s: zero-terminated, *n bytes without the zero. For ASCII it is the string's own memory; else *holder is an
 * OWNED bytes object to release. NULL + UnicodeEncodeError (surrogates). */
const char *str_utf8(ThreadState *ts, Value s, ssize_t *n, Value *holder);
OWNED Value str_encode(ThreadState *ts, Value s, NULLABLE const char *encoding, NULLABLE const char *errors); /* bytes */
OWNED Value str_decode(ThreadState *ts, const char *p, ssize_t n, NULLABLE const char *encoding, NULLABLE const char *errors);
const char *str_codec_name(const char *name); /* the usual name of a native encoding, NULL when it is none */
ssize_t str_find(Value s, Value sub, ssize_t start, ssize_t end, int direction); /* -1: none; +1 forward, -1 from the right */
ssize_t str_find_char(Value s, Char c, ssize_t start, ssize_t end);
OWNED Value str_replace(ThreadState *ts, Value s, Value old, Value new, ssize_t max);
OWNED Value str_split(ThreadState *ts, Value s, Value sep_or_none, ssize_t max);
void str_copy_chars(Value to, ssize_t at, Value from, ssize_t start, ssize_t n); /* to is at least as wide */
static inline void str_put(Value v, ssize_t i, Char c) { /* into a fresh string */
  Str *s = as_str(v);
  if (!(v->flags & (STR_WIDE2 | STR_WIDE4))) s->data[i] = (char)c;
  else if (v->flags & STR_WIDE2) ((uint16_t *)s->data)[i] = (uint16_t)c;
  else ((uint32_t *)s->data)[i] = c;
}

/* An encoding or errors argument as C text; NULL without exception when v is NULL, else with TypeError, ValueError, LookupError. */
const char *str_text_argument(ThreadState *ts, NULLABLE Value v, const char *function, const char *name);
/* The str of instances of a subclass: a copy of s as type. */
OWNED Value str_as_instance(ThreadState *ts, Type *type, BORROWED Value s);
bool bytes_are_ascii(const char *p, size_t n);
OWNED Value str_ascii_new(ThreadState *ts, const char *p, ssize_t n); /* n bytes known to be ASCII */
Char str_max_char(Value s, ssize_t start, ssize_t stop);              /* widest of s[start:stop], as str_new takes it */
OWNED Value str_repeat(ThreadState *ts, Value s, ssize_t count);
int str_ends(Value s, Value part, ssize_t at); /* s[at:at+len(part)] == part */
void str_intern_table_free(ThreadState *ts);   /* at the end of an Interp */
void str_make_interned_immortal(Interp *interp); /* free-threaded: threads shall not fight over the counts of names */
extern const MethodDef str_methods[];          /* str_methods.c */

/* The two halves of string.Formatter: an iterator over (literal, field name, spec, conversion), and a field name taken
 * apart into its first part and an iterator over (is attribute, name). (format.c) */
OWNED Value str_formatter_parser(ThreadState *ts, Value format);
OWNED Value str_formatter_field_name_split(ThreadState *ts, Value name);

/* A builder: append pieces, then finish. Widens as needed. */
typedef struct {
  ThreadState *ts;
  char *data;
  ssize_t length, capacity; /* in characters */
  int width;
  Char max_char;
} StrBuilder;
void strb_init(StrBuilder *b, ThreadState *ts);
int strb_char(StrBuilder *b, Char c);
int strb_str(StrBuilder *b, Value s);
int strb_sub(StrBuilder *b, Value s, ssize_t start, ssize_t stop);
int strb_ascii(StrBuilder *b, const char *p, ssize_t n); /* n -1: strlen */
int strb_fill(StrBuilder *b, Char c, ssize_t n);
OWNED Value strb_finish(StrBuilder *b);  /* the str; releases the builder */
void strb_drop(StrBuilder *b);

/* Character classes (Unicode 14/15 through utf8proc), as str.is*() and the tokenizer need them. */
bool char_is_space(Char c), char_is_alpha(Char c), char_is_decimal(Char c), char_is_digit(Char c), char_is_numeric(Char c);
bool char_is_upper(Char c), char_is_lower(Char c), char_is_title(Char c), char_is_alnum(Char c), char_is_printable(Char c);
bool char_is_cased(Char c), char_is_xid_start(Char c), char_is_xid_continue(Char c);
Char char_to_lower(Char c), char_to_upper(Char c), char_to_title(Char c);
int char_decimal_value(Char c); /* -1 */
bool char_is_case_ignorable(Char c);
/* Full case mappings: up to three characters into out; returns how many. */
typedef enum { CASE_UPPER, CASE_LOWER, CASE_TITLE, CASE_FOLD } CaseKind;
int char_case(CaseKind kind, Char c, Char out[3]);
bool str_is_identifier(Value s);

#endif
