/* str_codec.c - text to bytes and back: UTF-8, UTF-16, UTF-32, ASCII, Latin-1, some one-byte tables and Python's escapes.
 * Keeps true: well-formed input takes a fast path without calls per character; every malformed piece goes through
 *   decode_error() or encode_error(), which know the error handlers, and nowhere else.
 * Errors carry CPython's encoding names, positions and reasons.
 * Next: str.c, bytes.c. CPython: Objects/unicodeobject.c, Python/codecs.c. */
#include "runtime/module.h"
#include "runtime/types/unicode_data.h"

#include <ctype.h>
#include <stdlib.h>

typedef enum {
  HANDLER_STRICT,
  HANDLER_IGNORE,
  HANDLER_REPLACE,
  HANDLER_BACKSLASH,
  HANDLER_XML,
  HANDLER_SURROGATEESCAPE,
  HANDLER_SURROGATEPASS,
  HANDLER_UNKNOWN
} Handler;

static Handler find_handler(const char *errors) {
  static const char *const names[] = {"strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass"};
  if (errors == NULL) return HANDLER_STRICT;
  for (int i = 0; i < HANDLER_UNKNOWN; i++)
    if (strcmp(errors, names[i]) == 0) return (Handler)i;
  return HANDLER_UNKNOWN;
}

static bool is_surrogate(Char c) { return c >= 0xd800 && c < 0xe000; }

static int raise_unicode(ThreadState *ts, Value type, const char *encoding, Value object, ssize_t start, ssize_t end, const char *reason) {
  Value args[5] = {str_from_ascii(ts, encoding), xincref(object), small_int_value(start), small_int_value(end), str_from_ascii(ts, reason)};
  Value e = args[0] && args[1] && args[4] ? call(ts, type, args, 5, NULL) : NULL;
  for (int i = 0; i < 5; i++) xdecref(ts, args[i]);
  if (e) err_set_instance(ts, e);
  return -1;
}

/* What runtime/lib/codecs.py makes of the pending exception, by the handler of that name: (replacement, position to go on from). OWNED. */
static Value ask_handler(ThreadState *ts, const char *errors) {
  Value e = err_fetch(ts), handle = import_attr(ts, "codecs", "_handle"), args[] = {str_from_utf8(ts, errors, (ssize_t)strlen(errors)), e};
  Value answer = handle && args[0] ? call_args(ts, handle, args, 2) : NULL;
  xdecref(ts, handle);
  xdecref(ts, args[0]);
  xdecref(ts, e);
  return answer;
}

/* ---- decoding ---- */

typedef struct {
  ThreadState *ts;
  const char *encoding, *errors;
  const uint8_t *p;
  ssize_t n;
  StrBuilder out;
  int unit; /* bytes of a code unit, and whether little end first: for surrogatepass */
  bool little;
} Decoder;

static uint32_t read_unit(const Decoder *d, ssize_t at) {
  const uint8_t *p = d->p + at;
  if (d->unit == 2) return d->little ? (uint32_t)(p[0] | p[1] << 8) : (uint32_t)(p[0] << 8 | p[1]);
  if (d->little) return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int decode_strict(Decoder *d, ssize_t start, ssize_t end, const char *reason) {
  ThreadState *ts = d->ts;
  Value object = bytes_new(ts, (const char *)d->p, d->n);
  if (object == NULL) return -1;
  raise_unicode(ts, EXC(UnicodeDecodeError), d->encoding, object, start, end, reason);
  decref(ts, object);
  return -1;
}

/* A surrogate written out in UTF-8, 16 or 32 at start? Its length, else 0. */
static int surrogate_at(const Decoder *d, ssize_t start, Char *c) {
  const uint8_t *p = d->p + start;
  if (d->unit > 1) {
    if (start + d->unit > d->n) return 0;
    *c = read_unit(d, start);
    return is_surrogate(*c) ? d->unit : 0;
  }
  if (strcmp(d->encoding, "utf-8") != 0 || start + 3 > d->n) return 0;
  if (p[0] != 0xed || p[1] < 0xa0 || p[1] > 0xbf || p[2] < 0x80 || p[2] > 0xbf) return 0;
  *c = (Char)((p[0] & 0xf) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f));
  return 3;
}

static ssize_t decode_by_handler(Decoder *d, ssize_t start, ssize_t end, const char *reason) {
  decode_strict(d, start, end, reason);
  Value answer = ask_handler(d->ts, d->errors);
  if (answer == NULL) return -1;
  ssize_t at = strb_str(&d->out, tuple_get(answer, 0)) < 0 ? -1 : num_as_ssize(d->ts, tuple_get(answer, 1), NULL);
  decref(d->ts, answer);
  return at;
}

/* Bytes start..end make no sense. The position to go on from, or -1. */
static ssize_t decode_error(Decoder *d, ssize_t start, ssize_t end, const char *reason) {
  ThreadState *ts = d->ts;
  Char c;
  char text[8];
  int length;
  switch (find_handler(d->errors)) {
    case HANDLER_IGNORE: return end;
    case HANDLER_REPLACE: return strb_char(&d->out, 0xfffd) < 0 ? -1 : end;
    case HANDLER_BACKSLASH:
      for (ssize_t i = start; i < end; i++) {
        snprintf(text, sizeof text, "\\x%02x", d->p[i]);
        if (strb_ascii(&d->out, text, 4) < 0) return -1;
      }
      return end;
    case HANDLER_SURROGATEESCAPE:
      for (length = 0; length < 4 && start + length < end && d->p[start + length] >= 0x80; length++)
        if (strb_char(&d->out, 0xdc00u + d->p[start + length]) < 0) return -1;
      return length ? start + length : decode_strict(d, start, end, reason);
    case HANDLER_SURROGATEPASS:
      length = surrogate_at(d, start, &c);
      if (length == 0) return decode_strict(d, start, end, reason);
      return strb_char(&d->out, c) < 0 ? -1 : start + length;
    case HANDLER_XML:
      err_format(ts, EXC(TypeError), "don't know how to handle UnicodeDecodeError in error callback");
      return -1;
    case HANDLER_UNKNOWN: return decode_by_handler(d, start, end, reason);
    default: return decode_strict(d, start, end, reason);
  }
}

static OWNED Value decode_finish(Decoder *d, ssize_t at) {
  if (at >= 0) return strb_finish(&d->out);
  strb_drop(&d->out);
  return NULL;
}

/* How many bytes from p on are ASCII. */
static ssize_t ascii_run(const uint8_t *p, ssize_t n) {
  ssize_t i = 0;
  for (uint64_t w; i + 8 <= n; i += 8) {
    memcpy(&w, p + i, 8);
    if (w & 0x8080808080808080u) break;
  }
  while (i < n && p[i] < 0x80) i++;
  return i;
}

/* The character at `at` and its length (0: malformed, *bad says how many bytes and why). */
static int utf8_char(const uint8_t *p, ssize_t n, Char *c, ssize_t *bad, const char **reason) {
  uint8_t first = p[0];
  int length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length == 0) {
    *bad = 1;
    *reason = "invalid start byte";
    return 0;
  }
  uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80, high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  Char value = first & (0xff >> (length + 1));
  for (int i = 1; i < length; i++) {
    if (i == n) {
      *bad = n;
      *reason = "unexpected end of data";
      return 0;
    }
    if (p[i] < low || p[i] > high) {
      *bad = i;
      *reason = "invalid continuation byte";
      return 0;
    }
    value = value << 6 | (p[i] & 0x3f);
    low = 0x80, high = 0xbf;
  }
  *c = value;
  return length;
}

static OWNED Value decode_utf8(Decoder *d) {
  ssize_t at = 0;
  while (at >= 0 && at < d->n) {
    ssize_t run = ascii_run(d->p + at, d->n - at);
    if (run) {
      if (strb_ascii(&d->out, (const char *)d->p + at, run) < 0) return decode_finish(d, -1);
      at += run;
      continue;
    }
    Char c = 0;
    ssize_t bad = 0;
    const char *reason = NULL;
    int length = utf8_char(d->p + at, d->n - at, &c, &bad, &reason);
    if (length == 0) at = decode_error(d, at, at + bad, reason);
    else at = strb_char(&d->out, c) < 0 ? -1 : at + length;
  }
  return decode_finish(d, at);
}

static OWNED Value decode_ascii(Decoder *d) {
  ssize_t at = 0;
  while (at >= 0 && at < d->n) {
    ssize_t run = ascii_run(d->p + at, d->n - at);
    if (strb_ascii(&d->out, (const char *)d->p + at, run) < 0) return decode_finish(d, -1);
    at += run;
    if (at < d->n) at = decode_error(d, at, at + 1, "ordinal not in range(128)");
  }
  return decode_finish(d, at);
}

static OWNED Value decode_table(Decoder *d, const uint16_t *table) {
  ssize_t at = 0;
  while (at >= 0 && at < d->n) {
    uint8_t byte = d->p[at];
    Char c = byte < 0x80 ? byte : table[byte - 0x80];
    if (c == 0 && byte >= 0x80) at = decode_error(d, at, at + 1, "character maps to <undefined>");
    else at = strb_char(&d->out, c) < 0 ? -1 : at + 1;
  }
  return decode_finish(d, at);
}

/* byte_order: -1 little, 1 big, 0 by the mark or else little. */
static OWNED Value decode_utf16(Decoder *d, int byte_order) {
  ssize_t at = 0;
  d->unit = 2;
  d->little = byte_order <= 0;
  if (byte_order == 0 && d->n >= 2) {
    uint32_t mark = read_unit(d, 0);
    if (mark == 0xfeff || mark == 0xfffe) at = 2;
    d->little = mark != 0xfffe;
  }
  d->encoding = d->little ? "utf-16-le" : "utf-16-be";
  while (at >= 0 && at < d->n) {
    if (d->n - at < 2) {
      at = decode_error(d, at, d->n, "truncated data");
      continue;
    }
    Char c = read_unit(d, at), second;
    if (!is_surrogate(c)) at = strb_char(&d->out, c) < 0 ? -1 : at + 2;
    else if (c >= 0xdc00) at = decode_error(d, at, at + 2, "illegal encoding");
    else if (d->n - at < 4) at = decode_error(d, at, d->n, "unexpected end of data");
    else if ((second = read_unit(d, at + 2)) < 0xdc00 || second >= 0xe000) at = decode_error(d, at, at + 2, "illegal UTF-16 surrogate");
    else at = strb_char(&d->out, 0x10000 + ((c - 0xd800) << 10) + (second - 0xdc00)) < 0 ? -1 : at + 4;
  }
  return decode_finish(d, at);
}

static OWNED Value decode_utf32(Decoder *d, int byte_order) {
  ssize_t at = 0;
  d->unit = 4;
  d->little = byte_order <= 0;
  if (byte_order == 0 && d->n >= 4) {
    uint32_t mark = read_unit(d, 0);
    if (mark == 0xfeff || mark == 0xfffe0000) at = 4;
    d->little = mark != 0xfffe0000;
  }
  d->encoding = d->little ? "utf-32-le" : "utf-32-be";
  while (at >= 0 && at < d->n) {
    if (d->n - at < 4) {
      at = decode_error(d, at, d->n, "truncated data");
      continue;
    }
    Char c = read_unit(d, at);
    if (is_surrogate(c)) at = decode_error(d, at, at + 4, "code point in surrogate code point range(0xd800, 0xe000)");
    else if (c > 0x10ffff) at = decode_error(d, at, at + 4, "code point not in range(0x110000)");
    else at = strb_char(&d->out, c) < 0 ? -1 : at + 4;
  }
  return decode_finish(d, at);
}

/* `digits` hex digits at p[at..n): how many there are; their value in *c. */
static int hex_digits(const uint8_t *p, ssize_t at, ssize_t n, int digits, Char *c) {
  int i = 0;
  *c = 0;
  for (; i < digits && at + i < n && isxdigit(p[at + i]); i++) {
    uint8_t x = p[at + i];
    *c = *c << 4 | (Char)(x <= '9' ? x - '0' : (x | 0x20) - 'a' + 10);
  }
  return i;
}

/* \xXX, \uXXXX, \UXXXXXXXX at `at`: where to go on. */
static ssize_t decode_hex_escape(Decoder *d, ssize_t at, const char *too_large) {
  uint8_t letter = d->p[at + 1];
  int digits = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
  Char c;
  int got = hex_digits(d->p, at + 2, d->n, digits, &c);
  if (got < digits)
    return decode_error(d, at, at + 2 + got,
                        digits == 2   ? "truncated \\xXX escape"
                        : digits == 4 ? "truncated \\uXXXX escape"
                                      : "truncated \\UXXXXXXXX escape");
  if (c > 0x10ffff) return decode_error(d, at, at + 2 + digits, too_large);
  return strb_char(&d->out, c) < 0 ? -1 : at + 2 + digits;
}

static ssize_t decode_name_escape(Decoder *d, ssize_t at) {
  ssize_t end = at + 2;
  if (end < d->n && d->p[end] == '{') {
    while (end < d->n && d->p[end] != '}') end++;
    if (end < d->n && end > at + 3) {
      uint32_t found[UNICODE_SEQUENCE_MAX];
      if (unicode_find((const char *)d->p + at + 3, (size_t)(end - at - 3), found) != 1) return decode_error(d, at, end + 1, "unknown Unicode character name");
      return strb_char(&d->out, found[0]) < 0 ? -1 : end + 1;
    }
  }
  return decode_error(d, at, end, "malformed \\N character escape");
}

static ssize_t decode_escape(Decoder *d, ssize_t at) {
  static const char plain[] = "\n\n\\\\''\"\"b\bf\ft\tn\nr\rv\va\a";
  if (at + 1 >= d->n) return decode_error(d, at, d->n, "\\ at end of string");
  uint8_t letter = d->p[at + 1];
  if (letter == '\n') return at + 2;
  for (const char *p = plain + 2; *p; p += 2)
    if (letter == (uint8_t)*p) return strb_char(&d->out, (Char)p[1]) < 0 ? -1 : at + 2;
  if (letter >= '0' && letter <= '7') {
    Char c = 0;
    ssize_t i = at + 1;
    for (; i < d->n && i < at + 4 && d->p[i] >= '0' && d->p[i] <= '7'; i++) c = c * 8 + (Char)(d->p[i] - '0');
    return strb_char(&d->out, c) < 0 ? -1 : i;
  }
  if (letter == 'x' || letter == 'u' || letter == 'U') return decode_hex_escape(d, at, "illegal Unicode character");
  if (letter == 'N') return decode_name_escape(d, at);
  return strb_char(&d->out, '\\') < 0 || strb_char(&d->out, letter) < 0 ? -1 : at + 2;
}

static OWNED Value decode_unicode_escape(Decoder *d) {
  ssize_t at = 0;
  d->encoding = "unicodeescape";
  while (at >= 0 && at < d->n) {
    if (d->p[at] == '\\') at = decode_escape(d, at);
    else at = strb_char(&d->out, d->p[at]) < 0 ? -1 : at + 1;
  }
  return decode_finish(d, at);
}

static OWNED Value decode_raw_unicode_escape(Decoder *d) {
  ssize_t at = 0;
  d->encoding = "rawunicodeescape";
  while (at >= 0 && at < d->n) {
    bool pair = d->p[at] == '\\' && at + 1 < d->n;
    if (pair && (d->p[at + 1] == 'u' || d->p[at + 1] == 'U')) {
      at = decode_hex_escape(d, at, "\\Uxxxxxxxx out of range");
      continue;
    }
    if (strb_char(&d->out, d->p[at]) < 0 || (pair && strb_char(&d->out, d->p[at + 1]) < 0)) at = -1;
    else at += pair ? 2 : 1;
  }
  return decode_finish(d, at);
}

/* ---- encoding ---- */

typedef struct {
  ThreadState *ts;
  const char *encoding, *errors;
  Value s;
  char *out;
  ssize_t length, capacity;
  int unit; /* bytes of a code unit */
  bool little;
} Encoder;

static int put_bytes(Encoder *e, const void *p, ssize_t n) {
  if (e->length + n > e->capacity) {
    ssize_t capacity = (e->length + n) * 3 / 2 + 16;
    char *grown = mem_realloc(e->ts, e->out, (size_t)capacity);
    if (grown == NULL) return -1;
    e->out = grown;
    e->capacity = capacity;
  }
  memcpy(e->out + e->length, p, (size_t)n);
  e->length += n;
  return 0;
}

static inline int put_byte(Encoder *e, int byte) {
  if (LIKELY(e->length < e->capacity)) {
    e->out[e->length++] = (char)byte;
    return 0;
  }
  char c = (char)byte;
  return put_bytes(e, &c, 1);
}

static int put_unit(Encoder *e, uint32_t u) {
  uint8_t b[4];
  for (int i = 0; i < e->unit; i++) b[e->little ? i : e->unit - 1 - i] = (uint8_t)(u >> (8 * i));
  return put_bytes(e, b, e->unit);
}

static int encode_strict(Encoder *e, ssize_t start, ssize_t end, const char *reason) {
  ThreadState *ts = e->ts;
  return raise_unicode(ts, EXC(UnicodeEncodeError), e->encoding, e->s, start, end, reason);
}

static int put_ascii_text(Encoder *e, const char *text) {
  for (; *text; text++)
    if (put_unit(e, (uint8_t)*text) < 0) return -1;
  return 0;
}

static bool is_unicode_encoding(const Encoder *e) { return strncmp(e->encoding, "utf", 3) == 0; }

/* A surrogate as if it were a character. */
static int put_surrogate(Encoder *e, Char c) {
  if (e->unit > 1) return put_unit(e, c);
  char b[3] = {(char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3f)), (char)(0x80 | (c & 0x3f))};
  return put_bytes(e, b, 3);
}

static ssize_t encode_by_handler(Encoder *e, ssize_t start, ssize_t end, const char *reason) {
  encode_strict(e, start, end, reason);
  Value answer = ask_handler(e->ts, e->errors);
  if (answer == NULL) return -1;
  Value bytes = tuple_get(answer, 0);
  ssize_t at = put_bytes(e, bytes_data(bytes), bytes_len(bytes)) < 0 ? -1 : num_as_ssize(e->ts, tuple_get(answer, 1), NULL);
  decref(e->ts, answer);
  return at;
}

/* Characters start..end have no code. The position to go on from, or -1. */
static ssize_t encode_error(Encoder *e, ssize_t start, ssize_t end, const char *reason) {
  char text[24];
  Handler handler = find_handler(e->errors);
  switch (handler) {
    case HANDLER_IGNORE: return end;
    case HANDLER_REPLACE:
    case HANDLER_BACKSLASH:
    case HANDLER_XML:
      for (ssize_t i = start; i < end; i++) {
        unsigned c = str_at(e->s, i);
        if (handler == HANDLER_REPLACE) strcpy(text, "?");
        else if (handler == HANDLER_XML) snprintf(text, sizeof text, "&#%u;", c);
        else snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
        if (put_ascii_text(e, text) < 0) return -1;
      }
      return end;
    case HANDLER_SURROGATEESCAPE: {
      ssize_t i = start;
      for (; i < end; i++) {
        Char c = str_at(e->s, i);
        if (c < 0xdc80 || c > 0xdcff || e->unit > 1) return encode_strict(e, start, end, reason);
        if (put_byte(e, (int)(c - 0xdc00)) < 0) return -1;
      }
      return i;
    }
    case HANDLER_SURROGATEPASS:
      for (ssize_t i = start; i < end; i++) {
        Char c = str_at(e->s, i);
        if (!is_surrogate(c) || !is_unicode_encoding(e)) return encode_strict(e, start, end, reason);
        if (put_surrogate(e, c) < 0) return -1;
      }
      return end;
    case HANDLER_UNKNOWN: return encode_by_handler(e, start, end, reason);
    default: return encode_strict(e, start, end, reason);
  }
}

static OWNED Value encode_finish(Encoder *e, ssize_t at) {
  Value v = at < 0 ? NULL : bytes_new(e->ts, e->out ? e->out : "", e->length);
  mem_free(e->ts, e->out);
  e->out = NULL;
  return v;
}

/* The end of the run of surrogates at `at`. */
static ssize_t surrogate_run(Value s, ssize_t at) {
  while (at < str_len(s) && is_surrogate(str_at(s, at))) at++;
  return at;
}

static ssize_t encode_utf8_chars(Encoder *e) {
  ssize_t at = 0, n = str_len(e->s);
  while (at >= 0 && at < n) {
    Char c = str_at(e->s, at);
    char b[4];
    int length = 0;
    if (c < 0x80) {
      if (put_byte(e, (int)c) < 0) return -1;
      at++;
      continue;
    }
    if (is_surrogate(c)) {
      at = encode_error(e, at, surrogate_run(e->s, at), "surrogates not allowed");
      continue;
    }
    if (c < 0x800) {
      b[length++] = (char)(0xc0 | c >> 6);
    } else {
      if (c < 0x10000) {
        b[length++] = (char)(0xe0 | c >> 12);
      } else {
        b[length++] = (char)(0xf0 | c >> 18);
        b[length++] = (char)(0x80 | (c >> 12 & 0x3f));
      }
      b[length++] = (char)(0x80 | (c >> 6 & 0x3f));
    }
    b[length++] = (char)(0x80 | (c & 0x3f));
    at = put_bytes(e, b, length) < 0 ? -1 : at + 1;
  }
  return at;
}

static OWNED Value encode_utf8(Encoder *e) {
  if (str_is_ascii(e->s) && e->length == 0) return bytes_new(e->ts, as_str(e->s)->data, str_len(e->s));
  return encode_finish(e, encode_utf8_chars(e));
}

/* ASCII and Latin-1: characters below limit. */
static OWNED Value encode_narrow(Encoder *e, Char limit, const char *reason) {
  ssize_t at = 0, n = str_len(e->s);
  if (str_is_ascii(e->s) || (limit > 0xff && str_width(e->s) == 1)) return bytes_new(e->ts, as_str(e->s)->data, n);
  while (at >= 0 && at < n) {
    if (str_at(e->s, at) < limit) {
      at = put_byte(e, (int)str_at(e->s, at)) < 0 ? -1 : at + 1;
      continue;
    }
    ssize_t end = at + 1;
    while (end < n && str_at(e->s, end) >= limit) end++;
    at = encode_error(e, at, end, reason);
  }
  return encode_finish(e, at);
}

static int table_byte(const uint16_t *table, Char c) {
  if (c < 0x80) return (int)c;
  for (int i = 0; i < 128; i++)
    if (table[i] == c) return i + 0x80;
  return -1;
}

static OWNED Value encode_table(Encoder *e, const uint16_t *table) {
  ssize_t at = 0, n = str_len(e->s);
  while (at >= 0 && at < n) {
    int byte = table_byte(table, str_at(e->s, at));
    if (byte >= 0) {
      at = put_byte(e, byte) < 0 ? -1 : at + 1;
      continue;
    }
    ssize_t end = at + 1;
    while (end < n && table_byte(table, str_at(e->s, end)) < 0) end++;
    at = encode_error(e, at, end, "character maps to <undefined>");
  }
  return encode_finish(e, at);
}

/* UTF-16 and UTF-32. byte_order 0: little, with a mark in front. */
static OWNED Value encode_wide(Encoder *e, int unit, int byte_order) {
  ssize_t at = 0, n = str_len(e->s);
  e->unit = unit;
  e->little = byte_order <= 0;
  if (byte_order == 0 && put_unit(e, 0xfeff) < 0) at = -1;
  while (at >= 0 && at < n) {
    Char c = str_at(e->s, at);
    if (is_surrogate(c)) {
      at = encode_error(e, at, surrogate_run(e->s, at), "surrogates not allowed");
    } else if (c >= 0x10000 && unit == 2) {
      bool failed = put_unit(e, 0xd800 + ((c - 0x10000) >> 10)) < 0 || put_unit(e, 0xdc00 + (c & 0x3ff)) < 0;
      at = failed ? -1 : at + 1;
    } else {
      at = put_unit(e, c) < 0 ? -1 : at + 1;
    }
  }
  return encode_finish(e, at);
}

static OWNED Value encode_escapes(Encoder *e, bool raw) {
  ssize_t n = str_len(e->s), at = 0;
  for (; at >= 0 && at < n; at++) {
    unsigned c = str_at(e->s, at);
    char text[16] = {(char)c, 0};
    int length = 1;
    if (raw ? c >= 0x100 : (c < ' ' || c >= 0x7f || c == '\\')) {
      const char *format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
      if (c == '\n' || c == '\r' || c == '\t' || c == '\\') format = c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : "\\\\";
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
      length = snprintf(text, sizeof text, format, c);
#pragma GCC diagnostic pop
    }
    if (put_bytes(e, text, length) < 0) at = -2;
  }
  return encode_finish(e, at);
}

/* ---- which encoding ---- */

typedef enum {
  CODEC_UTF8, CODEC_UTF8_SIG, CODEC_ASCII, CODEC_LATIN1, CODEC_UTF16, CODEC_UTF16_LE, CODEC_UTF16_BE,
  CODEC_UTF32, CODEC_UTF32_LE, CODEC_UTF32_BE, CODEC_ESCAPE, CODEC_RAW_ESCAPE, CODEC_TABLES
} Codec;

typedef struct {
  const char *name;
  uint16_t table[128];
} CodecTable;
static const CodecTable codec_tables[] = {
#define CODEC_TABLE(name, ...) {name, {__VA_ARGS__}},
#include "runtime/types/codec_tables.def"
#undef CODEC_TABLE
};

static const struct {
  const char *alias;
  Codec codec;
} aliases[] = {
  {"utf-8", CODEC_UTF8}, {"utf8", CODEC_UTF8}, {"u8", CODEC_UTF8}, {"utf", CODEC_UTF8}, {"cp65001", CODEC_UTF8},
  {"utf-8-sig", CODEC_UTF8_SIG}, {"utf8-sig", CODEC_UTF8_SIG},
  {"ascii", CODEC_ASCII}, {"us-ascii", CODEC_ASCII}, {"646", CODEC_ASCII}, {"ansi-x3.4-1968", CODEC_ASCII},
  {"latin-1", CODEC_LATIN1}, {"latin1", CODEC_LATIN1}, {"latin", CODEC_LATIN1}, {"l1", CODEC_LATIN1},
  {"iso-8859-1", CODEC_LATIN1}, {"iso8859-1", CODEC_LATIN1}, {"iso8859", CODEC_LATIN1}, {"8859", CODEC_LATIN1}, {"cp819", CODEC_LATIN1},
  {"utf-16", CODEC_UTF16}, {"utf16", CODEC_UTF16}, {"u16", CODEC_UTF16},
  {"utf-16-le", CODEC_UTF16_LE}, {"utf-16le", CODEC_UTF16_LE}, {"utf16-le", CODEC_UTF16_LE}, {"utf16le", CODEC_UTF16_LE},
  {"utf-16-be", CODEC_UTF16_BE}, {"utf-16be", CODEC_UTF16_BE}, {"utf16-be", CODEC_UTF16_BE}, {"utf16be", CODEC_UTF16_BE},
  {"utf-32", CODEC_UTF32}, {"utf32", CODEC_UTF32}, {"u32", CODEC_UTF32},
  {"utf-32-le", CODEC_UTF32_LE}, {"utf-32le", CODEC_UTF32_LE}, {"utf32-le", CODEC_UTF32_LE},
  {"utf-32-be", CODEC_UTF32_BE}, {"utf-32be", CODEC_UTF32_BE}, {"utf32-be", CODEC_UTF32_BE},
  {"unicode-escape", CODEC_ESCAPE}, {"unicodeescape", CODEC_ESCAPE},
  {"raw-unicode-escape", CODEC_RAW_ESCAPE}, {"rawunicodeescape", CODEC_RAW_ESCAPE},
  {"iso-8859-2", CODEC_TABLES + 6}, {"latin2", CODEC_TABLES + 6}, {"latin-2", CODEC_TABLES + 6},
  {"iso-8859-15", CODEC_TABLES + 7}, {"latin9", CODEC_TABLES + 7}, {"latin-9", CODEC_TABLES + 7},
  {"windows-1250", CODEC_TABLES + 3}, {"windows-1251", CODEC_TABLES + 4}, {"windows-1252", CODEC_TABLES + 5},
  {"437", CODEC_TABLES}, {"ibm437", CODEC_TABLES}, {"850", CODEC_TABLES + 1}, {"866", CODEC_TABLES + 2}, {"1252", CODEC_TABLES + 5},
  {"macroman", CODEC_TABLES + 9}, {"macintosh", CODEC_TABLES + 9}};

/* The native codec of that name, or -1. */
static int find_codec(const char *name) {
  char plain[32];
  size_t n = strlen(name);
  if (n < sizeof plain) {
    for (size_t i = 0; i <= n; i++) plain[i] = name[i] == '_' || name[i] == ' ' ? '-' : (char)tolower((unsigned char)name[i]);
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
      if (strcmp(plain, aliases[i].alias) == 0) return (int)aliases[i].codec;
    for (size_t i = 0; i < sizeof codec_tables / sizeof codec_tables[0]; i++)
      if (strcmp(plain, codec_tables[i].name) == 0) return (int)(CODEC_TABLES + i);
  }
  return -1;
}

const char *str_codec_name(const char *name) {
  static const char *const names[] = {"utf-8", "utf-8-sig", "ascii", "iso8859-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "unicode-escape", "raw-unicode-escape"};
  int codec = find_codec(name);
  return codec < 0 ? NULL : codec < CODEC_TABLES ? names[codec] : codec_tables[codec - CODEC_TABLES].name;
}

/* By a codec of runtime/lib/codecs.py or of the script's own, or LookupError. OWNED. */
static Value run_codec(ThreadState *ts, const char *function, Value object, const char *encoding, const char *errors) {
  if (errors == NULL) errors = "strict";
  Value f = import_attr(ts, "codecs", function);
  Value args[] = {object, str_from_utf8(ts, encoding, (ssize_t)strlen(encoding)), str_from_utf8(ts, errors, (ssize_t)strlen(errors))};
  Value result = f && object && args[1] && args[2] ? call_args(ts, f, args, 3) : NULL;
  xdecref(ts, f);
  xdecref(ts, args[1]);
  xdecref(ts, args[2]);
  return result;
}

Value str_decode(ThreadState *ts, const char *p, ssize_t n, const char *encoding, const char *errors) {
  int codec = encoding ? find_codec(encoding) : CODEC_UTF8;
  if (codec < 0) {
    Value data = bytes_new(ts, p, n), text = run_codec(ts, "_decode_text", data, encoding, errors);
    xdecref(ts, data);
    return text;
  }
  if (codec <= CODEC_ASCII && bytes_are_ascii(p, (size_t)n)) return str_ascii_new(ts, p, n);
  if (codec == CODEC_LATIN1) return str_from_latin1(ts, p, n);
  Decoder d = {.ts = ts, .errors = errors, .p = (const uint8_t *)p, .n = n, .unit = 1, .encoding = "utf-8"};
  strb_init(&d.out, ts);
  switch (codec) {
    case CODEC_UTF8_SIG:
      if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) d.p += 3, d.n -= 3;
      return decode_utf8(&d);
    case CODEC_UTF8: return decode_utf8(&d);
    case CODEC_ASCII: d.encoding = "ascii"; return decode_ascii(&d);
    case CODEC_UTF16: return decode_utf16(&d, 0);
    case CODEC_UTF16_LE: return decode_utf16(&d, -1);
    case CODEC_UTF16_BE: return decode_utf16(&d, 1);
    case CODEC_UTF32: return decode_utf32(&d, 0);
    case CODEC_UTF32_LE: return decode_utf32(&d, -1);
    case CODEC_UTF32_BE: return decode_utf32(&d, 1);
    case CODEC_ESCAPE: return decode_unicode_escape(&d);
    case CODEC_RAW_ESCAPE: return decode_raw_unicode_escape(&d);
    default: d.encoding = "charmap"; return decode_table(&d, codec_tables[codec - CODEC_TABLES].table);
  }
}

Value str_encode(ThreadState *ts, Value s, const char *encoding, const char *errors) {
  int codec = encoding ? find_codec(encoding) : CODEC_UTF8;
  if (codec < 0) return run_codec(ts, "_encode_text", s, encoding, errors);
  Encoder e = {.ts = ts, .errors = errors, .s = s, .unit = 1, .encoding = "utf-8"};
  switch (codec) {
    case CODEC_UTF8: return encode_utf8(&e);
    case CODEC_UTF8_SIG: return put_bytes(&e, "\xef\xbb\xbf", 3) < 0 ? NULL : encode_utf8(&e);
    case CODEC_ASCII: e.encoding = "ascii"; return encode_narrow(&e, 0x80, "ordinal not in range(128)");
    case CODEC_LATIN1: e.encoding = "latin-1"; return encode_narrow(&e, 0x100, "ordinal not in range(256)");
    case CODEC_UTF16: e.encoding = "utf-16"; return encode_wide(&e, 2, 0);
    case CODEC_UTF16_LE: e.encoding = "utf-16-le"; return encode_wide(&e, 2, -1);
    case CODEC_UTF16_BE: e.encoding = "utf-16-be"; return encode_wide(&e, 2, 1);
    case CODEC_UTF32: e.encoding = "utf-32"; return encode_wide(&e, 4, 0);
    case CODEC_UTF32_LE: e.encoding = "utf-32-le"; return encode_wide(&e, 4, -1);
    case CODEC_UTF32_BE: e.encoding = "utf-32-be"; return encode_wide(&e, 4, 1);
    case CODEC_ESCAPE: return encode_escapes(&e, false);
    case CODEC_RAW_ESCAPE: return encode_escapes(&e, true);
    default: e.encoding = "charmap"; return encode_table(&e, codec_tables[codec - CODEC_TABLES].table);
  }
}

const char *str_utf8(ThreadState *ts, Value s, ssize_t *n, Value *holder) {
  *holder = NULL;
  if (LIKELY(str_is_ascii(s))) {
    *n = str_len(s);
    return as_str(s)->data;
  }
  *holder = str_encode(ts, s, "utf-8", "strict");
  if (*holder == NULL) return NULL;
  *n = bytes_len(*holder);
  return bytes_data(*holder);
}
