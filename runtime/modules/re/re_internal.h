/* re_internal.h - the module _re: Python's pattern language, translated for PCRE2 and matched by it.
 * Each pattern is compiled for the width of the strings it meets: 8, 16 or 32 bits a character, without conversion. */
#ifndef RUNTIME_MODULES_RE_INTERNAL_H
#define RUNTIME_MODULES_RE_INTERNAL_H

#include "runtime/module.h"

enum { FLAG_TEMPLATE = 1, FLAG_IGNORECASE = 2, FLAG_LOCALE = 4, FLAG_MULTILINE = 8, FLAG_DOTALL = 16, FLAG_UNICODE = 32, FLAG_VERBOSE = 64, FLAG_DEBUG = 128, FLAG_ASCII = 256 };

typedef struct {
  Object base;
  Value pattern;     /* str or bytes as given */
  Value translated;  /* str: for PCRE2 */
  Value group_index; /* dict: name -> number */
  Value group_names; /* list: name or None, by number */
  int *close_order;  /* which group was closed when, by number */
  int flags, groups;
  bool is_bytes;
  void *code[3]; /* pcre2_code_8/16/32, made when first needed */
} Pattern;

typedef struct {
  Object base;
  Value pattern, string;
  ssize_t pos, endpos;
  int lastindex; /* 0: none */
  ssize_t spans[]; /* start, end of each group from 0; -1: did not take part */
} Match;

typedef struct {
  Type *pattern, *match, *finder, *scanner;
  Value error;
} ReState;
ReState *re_state(ThreadState *ts);

/* re_parse.c: fill translated, groups, names and flags of p. -1 with re.error. */
int re_parse(ThreadState *ts, Pattern *p);
Value re_error(ThreadState *ts, Value pattern, ssize_t pos, const char *format, ...);
/* re_match.c */
/* Search string[pos:endpos]: 1 found (*result OWNED Match), 0 not, -1 error. */
enum { RE_SEARCH, RE_MATCH, RE_FULLMATCH };
int re_run(ThreadState *ts, Pattern *p, Value string, ssize_t pos, ssize_t endpos, int how, bool not_empty, Value *result);
void re_free_code(Pattern *p);
/* re_template.c: a replacement template: OWNED list of str/bytes literals and ints. */
Value re_template(ThreadState *ts, Pattern *p, Value template);
Value re_expand(ThreadState *ts, Match *m, Value parts);
Value re_slice(ThreadState *ts, Value string, ssize_t start, ssize_t end);
ssize_t re_length(ThreadState *ts, Value string);

#endif
