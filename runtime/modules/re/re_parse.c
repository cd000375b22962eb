/* re_parse.c - Python's pattern syntax: checks it, counts and names groups, and writes the same pattern in PCRE2's syntax.
 * Keeps true: what Python rejects is rejected with its words and position; what the two spell differently is respelt
 *   (\Z, \uXXXX, {,n}, octal escapes, '[' in a set).
 * Next: re_match.c. Sources: Python's Doc/library/re.rst, pcre2pattern(3). */
#include <limits.h>
#include <stdarg.h>

#include "runtime/modules/re/re_internal.h"
#include "runtime/types/unicode_data.h"

Value re_error(ThreadState *ts, Value pattern, ssize_t pos, const char *format, ...) {
  va_list list;
  va_start(list, format);
  Value text = str_vformat(ts, format, list);
  va_end(list);
  Value at = pos < 0 ? V_NONE : int_from_i64(ts, pos);
  Value args[] = {text, pattern, at};
  Value exc = text ? call_args(ts, re_state(ts)->error, args, 3) : NULL;
  xdecref(ts, text);
  return err_set_instance(ts, exc);
}

typedef struct {
  ThreadState *ts;
  Pattern *p;
  Value s; /* the pattern as str */
  ssize_t at, n;
  StrBuilder out;
  int open[1000], open_count; /* numbers of groups still open */
  int depth, closed;
  bool verbose;
} Parser;

#define FAIL(position, ...) (re_error(r->ts, r->p->pattern, position, __VA_ARGS__), -1)
static Char peek(Parser *r) { return r->at < r->n ? str_at(r->s, r->at) : 0; }
static bool next_is(Parser *r, const char *text) {
  for (ssize_t i = 0; text[i]; i++)
    if (r->at + i >= r->n || str_at(r->s, r->at + i) != (Char)text[i]) return false;
  return true;
}
static int put(Parser *r, const char *text) { return strb_ascii(&r->out, text, -1); }
static int put_char(Parser *r, Char c) {
  if (c == 0 || c > 0x7f) {
    char text[24];
    snprintf(text, sizeof text, "\\x{%x}", (unsigned)c);
    return put(r, text);
  }
  if (strchr("\\^$.|?*+()[]{}-#&~ \t\n\r\v\f", (int)c) && (strb_char(&r->out, '\\') < 0)) return -1;
  if (c == '\n') return put(r, "n");
  if (c == '\r') return put(r, "r");
  if (c == '\t') return put(r, "t");
  if (c == '\f') return put(r, "f");
  if (c == '\v') return put(r, "x0b");
  return strb_char(&r->out, c);
}
static bool is_digit(Char c) { return c >= '0' && c <= '9'; }
static bool is_octal(Char c) { return c >= '0' && c <= '7'; }
static int hex_value(Char c) { return is_digit(c) ? (int)c - '0' : c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : c >= 'A' && c <= 'F' ? (int)c - 'A' + 10 : -1; }
static bool is_letter(Char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static int add_name(Parser *r, Value name, int number, ssize_t start) {
  ThreadState *ts = r->ts;
  Value known = dict_get(ts, r->p->group_index, name);
  if (known) return FAIL(start, "redefinition of group name %R as group %d; was group %S", name, number, known);
  return dict_set(ts, r->p->group_index, name, small_int_value(number)) < 0 || list_append(ts, r->p->group_names, name) < 0 ? -1 : 0;
}

/* Text up to `end`; OWNED. */
static Value read_until(Parser *r, Char end, const char *what) {
  ssize_t start = r->at, stop = str_find_char(r->s, end, r->at, r->n);
  if (stop == start || (stop < 0 && start == r->n)) {
    re_error(r->ts, r->p->pattern, start, "missing %s", what);
    return NULL;
  }
  if (stop < 0) {
    re_error(r->ts, r->p->pattern, start, "missing %c, unterminated name", (int)end);
    return NULL;
  }
  r->at = stop + 1;
  return str_substring(r->ts, r->s, start, stop);
}
static int check_name(Parser *r, Value name, ssize_t start) {
  if (str_is_identifier(name) && (!r->p->is_bytes || str_is_ascii(name))) return 0;
  return FAIL(start, "bad character in group name %R", name);
}

/* format has %U for the escape as it is written, from start to where the parser is. -1. */
static int fail_escape(Parser *r, ssize_t start, const char *format) {
  Value written = str_substring(r->ts, r->s, start, r->at);
  if (written) re_error(r->ts, r->p->pattern, start, format, written);
  xdecref(r->ts, written);
  return -1;
}

/* The code point of a \x \u \U or octal escape whose letter is at r->at - 1. -1: error. */
static int64_t hex_escape(Parser *r, int digits, ssize_t start) {
  int64_t c = 0;
  for (int i = 0; i < digits; i++) {
    int h = hex_value(peek(r));
    if (r->at >= r->n || h < 0) return fail_escape(r, start, "incomplete escape %U");
    c = c * 16 + h;
    r->at++;
  }
  if (c > 0x10FFFF) return fail_escape(r, start, "bad escape %U");
  return c;
}

/* The character of \N{name}; r->at is behind the N. */
static int64_t named_escape(Parser *r, ssize_t start) {
  uint32_t found[UNICODE_SEQUENCE_MAX];
  if (r->at >= r->n || peek(r) != '{') return FAIL(r->at, "missing {");
  ssize_t from = ++r->at;
  while (r->at < r->n && peek(r) != '}') r->at++;
  if (r->at == from) return FAIL(r->at, "missing character name");
  if (r->at == r->n) return FAIL(from, "missing }, unterminated name");
  Value name = str_substring(r->ts, r->s, from, r->at++);
  if (name == NULL) return -1;
  int count = str_is_ascii(name) ? unicode_find(str_chars(name), (size_t)str_len(name), found) : 0;
  if (count != 1) re_error(r->ts, r->p->pattern, start, "undefined character name %R", name);
  decref(r->ts, name);
  return count == 1 ? (int64_t)found[0] : -1;
}

/* absent, open: where the error is when there is no such group, or when it is not closed yet. */
static int group_is_usable(Parser *r, int group, ssize_t absent, ssize_t open) {
  if (group > r->p->groups) return FAIL(absent, "invalid group reference %d", group);
  for (int i = 0; i < r->open_count; i++)
    if (r->open[i] == group) return FAIL(open, "cannot refer to an open group");
  return 0;
}

/* A backslash outside a set; r->at is behind it. */
static int escape(Parser *r) {
  ssize_t start = r->at - 1;
  if (r->at >= r->n) return FAIL(start, "bad escape (end of pattern)");
  Char c = str_at(r->s, r->at++);
  switch (c) {
    case 'A': return put(r, "\\A");
    case 'Z': return put(r, "\\z");
    case 'B': return put(r, "(?!\\A\\z)\\B"); /* the empty string has neither \b nor \B */
    case 'b': case 'd': case 'D': case 's': case 'S': case 'w': case 'W': return strb_char(&r->out, '\\') < 0 ? -1 : strb_char(&r->out, c);
    case 'a': return put(r, "\\x07");
    case 'f': case 'n': case 'r': case 't': return strb_char(&r->out, '\\') < 0 ? -1 : strb_char(&r->out, c);
    case 'v': return put(r, "\\x0b");
    case 'x': case 'u': case 'U': {
      if (c != 'x' && r->p->is_bytes) break;
      int64_t v = hex_escape(r, c == 'x' ? 2 : c == 'u' ? 4 : 8, start);
      return v < 0 ? -1 : put_char(r, (Char)v);
    }
    case 'N': {
      if (r->p->is_bytes) break;
      int64_t v = named_escape(r, start);
      return v < 0 ? -1 : put_char(r, (Char)v);
    }
    case '0': {
      int v = 0;
      for (int i = 0; i < 2 && is_octal(peek(r)) && r->at < r->n; i++) v = v * 8 + (int)(str_at(r->s, r->at++) - '0');
      return put_char(r, (Char)v);
    }
    default: break;
  }
  if (is_digit(c)) {
    int group = (int)(c - '0');
    if (is_digit(peek(r)) && r->at < r->n) {
      Char d = peek(r);
      if (is_octal(c) && is_octal(d) && r->at + 1 < r->n && is_octal(str_at(r->s, r->at + 1))) {
        int v = group * 64 + (int)(d - '0') * 8 + (int)(str_at(r->s, r->at + 1) - '0');
        r->at += 2;
        if (v > 0377) {
          Value bad = str_substring(r->ts, r->s, start, r->at);
          re_error(r->ts, r->p->pattern, start, "octal escape value %U outside of range 0-0o377", bad);
          xdecref(r->ts, bad);
          return -1;
        }
        return put_char(r, (Char)v);
      }
      group = group * 10 + (int)(d - '0');
      r->at++;
    }
    if (group_is_usable(r, group, start + 1, start) < 0) return -1;
    char text[24];
    snprintf(text, sizeof text, "\\g{%d}", group);
    return put(r, text);
  }
  if (is_letter(c)) return FAIL(start, "bad escape \\%c", (int)c);
  return put_char(r, c);
}

/* One member of a set: 0 a character in *c, 1 a class (\d ...) written to out already, -1 error. */
static int set_member(Parser *r, Char *c, const char **class_text) {
  ssize_t start = r->at;
  *class_text = NULL;
  *c = str_at(r->s, r->at++);
  if (*c != '\\') return 0;
  if (r->at >= r->n) return FAIL(start, "bad escape (end of pattern)");
  Char e = str_at(r->s, r->at++);
  static const char *const classes[] = {"\\d", "\\D", "\\s", "\\S", "\\w", "\\W"};
  for (int i = 0; i < 6; i++)
    if ((Char)classes[i][1] == e) {
      *class_text = classes[i];
      return 1;
    }
  switch (e) {
    case 'a': *c = 7; return 0;
    case 'b': *c = 8; return 0;
    case 'f': *c = '\f'; return 0;
    case 'n': *c = '\n'; return 0;
    case 'r': *c = '\r'; return 0;
    case 't': *c = '\t'; return 0;
    case 'v': *c = '\v'; return 0;
    case 'x': case 'u': case 'U': {
      if (e != 'x' && r->p->is_bytes) break;
      int64_t v = hex_escape(r, e == 'x' ? 2 : e == 'u' ? 4 : 8, start);
      if (v < 0) return -1;
      *c = (Char)v;
      return 0;
    }
    case 'N': {
      if (r->p->is_bytes) break;
      int64_t v = named_escape(r, start);
      *c = (Char)v;
      return v < 0 ? -1 : 0;
    }
    default: break;
  }
  if (is_octal(e)) {
    int v = (int)(e - '0');
    for (int i = 0; i < 2 && r->at < r->n && is_octal(peek(r)); i++) v = v * 8 + (int)(str_at(r->s, r->at++) - '0');
    if (v > 0377) return fail_escape(r, start, "octal escape value %U outside of range 0-0o377");
    *c = (Char)v;
    return 0;
  }
  if (is_digit(e) || is_letter(e)) return FAIL(start, "bad escape \\%c", (int)e);
  *c = e;
  return 0;
}

static int set(Parser *r) {
  ssize_t start = r->at - 1;
  if (strb_char(&r->out, '[') < 0) return -1;
  if (peek(r) == '^' && r->at < r->n) {
    r->at++;
    if (strb_char(&r->out, '^') < 0) return -1;
  }
  for (bool first = true;; first = false) {
    if (r->at >= r->n) return FAIL(start, "unterminated character set");
    if (peek(r) == ']' && !first) break;
    ssize_t member_start = r->at;
    Char low, high;
    const char *class_text, *high_class;
    int kind = set_member(r, &low, &class_text);
    if (kind < 0) return -1;
    bool is_range = peek(r) == '-' && r->at + 1 < r->n && str_at(r->s, r->at + 1) != ']';
    if (peek(r) == '-' && r->at + 1 >= r->n) return FAIL(start, "unterminated character set");
    if (!is_range) {
      if ((kind == 1 ? put(r, class_text) : put_char(r, low)) < 0) return -1;
      continue;
    }
    r->at++;
    int high_kind = set_member(r, &high, &high_class);
    if (high_kind < 0) return -1;
    if (kind == 1 || high_kind == 1 || high < low) {
      Value bad = str_substring(r->ts, r->s, member_start, r->at);
      re_error(r->ts, r->p->pattern, member_start, "bad character range %U", bad);
      xdecref(r->ts, bad);
      return -1;
    }
    if (put_char(r, low) < 0 || strb_char(&r->out, '-') < 0 || put_char(r, high) < 0) return -1;
  }
  r->at++;
  return strb_char(&r->out, ']');
}

static int flag_of(Char c) {
  switch (c) {
    case 'i': return FLAG_IGNORECASE;
    case 'L': return FLAG_LOCALE;
    case 'm': return FLAG_MULTILINE;
    case 's': return FLAG_DOTALL;
    case 'x': return FLAG_VERBOSE;
    case 'a': return FLAG_ASCII;
    case 'u': return FLAG_UNICODE;
    default: return 0;
  }
}

/* (?flags) or (?flags:...) ; r->at at the first letter. 1: a scoped group was opened, 0: global flags. */
static int inline_flags(Parser *r, ssize_t group_start) {
  const int kinds = FLAG_ASCII | FLAG_LOCALE | FLAG_UNICODE;
  int add = 0, remove = 0;
  bool minus = false;
  for (;; r->at++) {
    if (r->at >= r->n) return FAIL(r->at, "missing -, : or )");
    Char c = peek(r);
    if (c == ')' || c == ':') break;
    if (c == '-' && !minus) {
      minus = true;
      if (r->at + 1 >= r->n) return FAIL(r->at + 1, "missing flag");
      if (!flag_of(str_at(r->s, r->at + 1))) return FAIL(r->at + 1, is_letter(str_at(r->s, r->at + 1)) ? "unknown flag" : "missing flag");
      continue;
    }
    int flag = flag_of(c);
    if (flag == 0) return FAIL(r->at, is_letter(c) ? "unknown flag" : "missing -, : or )");
    if (flag == FLAG_LOCALE && !r->p->is_bytes) return FAIL(r->at + 1, "bad inline flags: cannot use 'L' flag with a str pattern");
    if (flag == FLAG_UNICODE && r->p->is_bytes) return FAIL(r->at + 1, "bad inline flags: cannot use 'u' flag with a bytes pattern");
    if (minus) {
      if (flag & kinds) return FAIL(r->at + 1, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
      remove |= flag;
    } else {
      add |= flag;
      if ((add & kinds) & ((add & kinds) - 1)) return FAIL(r->at + 1, "bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    }
  }
  if (peek(r) == ')') {
    r->at++;
    if (minus) return FAIL(r->at - 1, "missing :");
    if (r->out.length > 0 || r->depth > 1) return FAIL(group_start, "global flags not at the start of the expression");
    r->p->flags |= add;
    if (add & FLAG_VERBOSE) r->verbose = true;
    return 0;
  }
  r->at++;
  if (add & remove) return FAIL(r->at - 1, "bad inline flags: flag turned on and off");
  char text[24] = "(?", *q = text + 2;
  for (int i = 0; i < 2; i++) {
    int flags = i ? remove : add;
    if (i && flags) *q++ = '-';
    if (flags & FLAG_IGNORECASE) *q++ = 'i';
    if (flags & FLAG_MULTILINE) *q++ = 'm';
    if (flags & FLAG_DOTALL) *q++ = 's';
  }
  strcpy(q, ":");
  return put(r, text) < 0 ? -1 : 1;
}

static int alternatives(Parser *r, int most);

/* Behind "(": one whole group. */
static int group(Parser *r) {
  ThreadState *ts = r->ts;
  ssize_t start = r->at - 1;
  int number = 0, branches = INT_MAX;
  bool saved_verbose = r->verbose;
  if (!next_is(r, "?")) {
    number = ++r->p->groups;
    if (list_append(ts, r->p->group_names, V_NONE) < 0 || put(r, "(") < 0) return -1;
  } else {
    r->at++;
    if (r->at >= r->n) return FAIL(r->at, "unexpected end of pattern");
    Char c = str_at(r->s, r->at++);
    if (c == 'P') {
      if (r->at >= r->n) return FAIL(r->at, "unexpected end of pattern");
      Char d = str_at(r->s, r->at++);
      ssize_t name_start = r->at;
      if (d == '<') {
        Value name = read_until(r, '>', "group name");
        if (name == NULL) return -1;
        number = ++r->p->groups;
        int bad = check_name(r, name, name_start) < 0 || add_name(r, name, number, name_start) < 0;
        decref(ts, name);
        if (bad || put(r, "(") < 0) return -1;
      } else if (d == '=') {
        Value name = read_until(r, ')', "group name");
        if (name == NULL) return -1;
        int bad = check_name(r, name, name_start);
        Value found = bad ? NULL : dict_get(ts, r->p->group_index, name);
        if (!bad && found == NULL) bad = FAIL(name_start, "unknown group name %R", name);
        decref(ts, name);
        if (bad || group_is_usable(r, (int)small_int(found), name_start, name_start) < 0) return -1;
        char text[24];
        snprintf(text, sizeof text, "\\g{%d}", (int)small_int(found));
        return put(r, text);
      } else {
        return FAIL(start + 1, "unknown extension ?P%c", (int)d);
      }
    } else if (c == ':') {
      if (put(r, "(?:") < 0) return -1;
    } else if (c == '#') {
      ssize_t end = str_find_char(r->s, ')', r->at, r->n);
      if (end < 0) return FAIL(start, "missing ), unterminated comment");
      r->at = end + 1;
      return 0;
    } else if (c == '=' || c == '!' || c == '>') {
      char text[] = {'(', '?', (char)c, 0};
      if (put(r, text) < 0) return -1;
    } else if (c == '<') {
      if (r->at >= r->n) return FAIL(r->at, "unexpected end of pattern");
      Char d = str_at(r->s, r->at++);
      if (d != '=' && d != '!') return FAIL(start + 1, "unknown extension ?<%c", (int)d);
      char text[] = {'(', '?', '<', (char)d, 0};
      if (put(r, text) < 0) return -1;
    } else if (c == '(') {
      ssize_t name_start = r->at;
      Value name = read_until(r, ')', "group name");
      if (name == NULL) return -1;
      int which = 0;
      bool digits = str_len(name) > 0;
      for (ssize_t i = 0; i < str_len(name); i++) {
        digits &= is_digit(str_at(name, i));
        if (digits && which < 100000) which = which * 10 + (int)(str_at(name, i) - '0');
      }
      int bad = 0;
      if (!digits) {
        bad = check_name(r, name, name_start);
        Value found = bad ? NULL : dict_get(ts, r->p->group_index, name);
        if (!bad && found == NULL) bad = FAIL(name_start, "unknown group name %R", name);
        if (found) which = (int)small_int(found);
      } else if (which == 0) {
        bad = FAIL(name_start, "bad group number");
      } else if (which > r->p->groups) {
        bad = FAIL(name_start, "invalid group reference %d", which);
      }
      decref(ts, name);
      if (bad) return -1;
      char text[24];
      snprintf(text, sizeof text, "(?(%d)", which);
      branches = 2;
      if (put(r, text) < 0) return -1;
    } else if (flag_of(c) || c == '-') {
      r->at--;
      int scoped = inline_flags(r, start);
      if (scoped <= 0) return scoped;
    } else {
      return FAIL(start + 1, "unknown extension ?%c", (int)c);
    }
  }
  if (number) {
    if (r->open_count == 1000) return FAIL(start, "too many nested groups");
    r->open[r->open_count++] = number;
  }
  if (alternatives(r, branches) < 0) return -1;
  if (r->at >= r->n) return FAIL(start, "missing ), unterminated subpattern");
  r->at++;
  r->verbose = saved_verbose;
  if (number) {
    r->open_count--;
    int *grown = mem_realloc(ts, r->p->close_order, (size_t)(r->p->groups + 1) * sizeof *grown);
    if (grown == NULL) return -1;
    r->p->close_order = grown;
    grown[number] = ++r->closed;
  }
  return strb_char(&r->out, ')');
}

/* The number at *i, -1 when there is none; past ten digits its size does not matter. */
static int64_t digits(Parser *r, ssize_t *i) {
  int64_t number = -1;
  for (; *i < r->n && is_digit(str_at(r->s, *i)); ++*i)
    if (number < 10000000000) number = (number < 0 ? 0 : number) * 10 + (str_at(r->s, *i) - '0');
  return number;
}

/* {m}, {m,}, {,n}, {m,n}: 1 written, 0 it is a literal brace, -1 error. */
static int braces(Parser *r) {
  ssize_t start = r->at - 1, i = r->at;
  int64_t low = digits(r, &i), high = -1;
  bool comma = i < r->n && str_at(r->s, i) == ',';
  if (comma) {
    i++;
    high = digits(r, &i);
  }
  if (i >= r->n || str_at(r->s, i) != '}' || (low < 0 && !comma)) return 0;
  r->at = i + 1;
  if (low >= 4294967295 || high >= 4294967295) {
    err_format(r->ts, (Value)r->ts->interp->exceptions[EXC_OverflowError], "the repetition number is too large");
    return -1;
  }
  if (comma && high >= 0 && high < low) return FAIL(start + 1, "min repeat greater than max repeat");
  if (low > 65535 || high > 65535) return FAIL(start, "repetition counts above 65535 are not supported");
  char text[64];
  if (!comma) snprintf(text, sizeof text, "{%d}", (int)low);
  else if (high < 0) snprintf(text, sizeof text, "{%d,}", low < 0 ? 0 : (int)low);
  else snprintf(text, sizeof text, "{%d,%d}", low < 0 ? 0 : (int)low, (int)high);
  return put(r, text) < 0 ? -1 : 1;
}

/* \A, \Z, \b, \B: places, which cannot be repeated. */
static bool is_position(Char escaped) { return escaped == 'A' || escaped == 'Z' || escaped == 'b' || escaped == 'B'; }

static int sequence(Parser *r) {
  bool can_repeat = false, repeated = false;
  while (r->at < r->n) {
    Char c = peek(r);
    if (c == '|' || c == ')') return 0;
    if (r->verbose && (c == ' ' || (c >= '\t' && c <= '\r'))) {
      r->at++;
      continue;
    }
    if (r->verbose && c == '#') {
      ssize_t end = str_find_char(r->s, '\n', r->at, r->n);
      r->at = end < 0 ? r->n : end + 1;
      continue;
    }
    ssize_t start = r->at++;
    bool is_repeat = c == '*' || c == '+' || c == '?';
    if (c == '{') {
      if (!can_repeat || repeated) {
        ssize_t i = r->at; /* is it a quantifier at all? */
        while (i < r->n && (is_digit(str_at(r->s, i)) || str_at(r->s, i) == ',')) i++;
        bool looks = i > r->at && i < r->n && str_at(r->s, i) == '}';
        if (looks && repeated) return FAIL(start, "multiple repeat");
        if (looks) return FAIL(start, "nothing to repeat");
      } else {
        int done = braces(r);
        if (done < 0) return -1;
        if (done) is_repeat = true;
      }
      if (!is_repeat) {
        if (put_char(r, '{') < 0) return -1;
        can_repeat = true;
        repeated = false;
        continue;
      }
    } else if (is_repeat) {
      if (repeated) return FAIL(start, "multiple repeat");
      if (!can_repeat) return FAIL(start, "nothing to repeat");
      if (strb_char(&r->out, c) < 0) return -1;
    }
    if (is_repeat) {
      if (r->at < r->n && (peek(r) == '?' || peek(r) == '+') && strb_char(&r->out, str_at(r->s, r->at++)) < 0) return -1;
      repeated = true;
      continue;
    }
    repeated = false;
    can_repeat = true;
    int failed;
    switch (c) {
      case '\\':
        can_repeat = r->at >= r->n || !is_position(peek(r));
        failed = escape(r);
        break;
      case '[': failed = set(r); break;
      case '(': {
        ssize_t written = r->out.length;
        failed = group(r);
        can_repeat = r->out.length != written;
        break;
      }
      case '^': case '$':
        can_repeat = false;
        failed = strb_char(&r->out, c);
        break;
      case '.': failed = strb_char(&r->out, c); break;
      default: failed = put_char(r, c); break;
    }
    if (failed < 0) return -1;
  }
  return 0;
}

/* most: how many branches may stand here. */
static int alternatives(Parser *r, int most) {
  if (++r->depth > 500) {
    err_format(r->ts, (Value)r->ts->interp->exceptions[EXC_RecursionError], "maximum recursion depth exceeded: a pattern nested too deep");
    return -1;
  }
  for (;;) {
    if (sequence(r) < 0) return -1;
    if (peek(r) != '|' || r->at >= r->n) break;
    if (--most == 0) return FAIL(r->at, "conditional backref with more than two branches");
    r->at++;
    if (strb_char(&r->out, '|') < 0) return -1;
  }
  r->depth--;
  return 0;
}

int re_parse(ThreadState *ts, Pattern *p) {
  Parser *r = mem_alloc_zeroed(ts, sizeof *r);
  if (r == NULL) return -1;
  r->ts = ts;
  r->p = p;
  r->s = p->is_bytes ? str_from_latin1(ts, bytes_data(p->pattern), bytes_len(p->pattern)) : incref(p->pattern);
  r->n = r->s ? str_len(r->s) : 0;
  r->verbose = p->flags & FLAG_VERBOSE;
  strb_init(&r->out, ts);
  int result = -1;
  if (r->s == NULL || list_append(ts, p->group_names, V_NONE) < 0) goto done;
  if (alternatives(r, INT_MAX) < 0) goto done;
  if (r->at < r->n) {
    re_error(ts, p->pattern, r->at, "unbalanced parenthesis");
    goto done;
  }
  result = 0;
done:
  if (result == 0) {
    p->translated = strb_finish(&r->out);
    if (p->translated == NULL) result = -1;
  } else {
    strb_drop(&r->out);
  }
  xdecref(ts, r->s);
  mem_free(ts, r);
  return result;
}
