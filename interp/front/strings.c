/* strings.c - the inside of string and bytes literals: escapes.
 * Keeps: an error's positions count as CPython's, where characters beyond ASCII stand as 10-byte \U escapes.
 * Next: fstring.c.   Sources: the reference, 2.4.1; CPython Parser/string_parser.c. */
#include <string.h>

#include "interp/front/errors.h"
#include "interp/front/identifiers.h"
#include "interp/front/parser_internal.h"
#include "runtime/types/unicode_data.h"

int string_warn_escape(Parser *p, const Token *t, const char *escape)
{
    ThreadState *ts = p->ts;
    char message[48];
    int line = (int)t->line + p->input->first_line - 1;
    if (*escape >= '4' && *escape <= '7')
        snprintf(message, sizeof message, "invalid octal escape sequence '\\%.3s'", escape);
    else
        snprintf(message, sizeof message, "invalid escape sequence '\\%c'", *escape);
    if (p->explaining || front_warn(ts, EXC(DeprecationWarning), message, p->input->filename, line) == 0)
        return 0;
    if (err_matches(ts, EXC(DeprecationWarning))) { /* a filter made it an exception: show it as a syntax error */
        err_clear(ts);
        parser_error(p, t, "%s", message);
    }
    p->exception = true;
    return -1;
}

/* One literal being decoded into code points. */
typedef struct {
    Parser *p;
    const Token *t, *next;
    const char *s, *end;
    Char *out;
    size_t count;
    size_t position; /* of s in CPython's intermediate text */
    bool warned;
} Decoder;

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* An error in the escape that began at `start` (offset in the intermediate text) and spans `span` bytes. */
static bool unicode_error(Decoder *d, size_t start, size_t span, const char *reason)
{
    if (span == 1)
        parser_error(d->p, d->next, "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position %zu: %s", start, reason);
    else
        parser_error(d->p, d->next, "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s", start,
                     start + span - 1, reason);
    return false;
}

static bool hex_escape(Decoder *d, size_t start, int digits, const char *reason)
{
    Char c = 0;
    int i = 0;
    for (; i < digits && d->s < d->end && hex_value(*d->s) >= 0; i++)
        c = c * 16 + (Char)hex_value(*d->s++);
    if (i < digits)
        return unicode_error(d, start, (size_t)(2 + i), reason);
    if (c > 0x10FFFF)
        return unicode_error(d, start, (size_t)(2 + i), "illegal Unicode character");
    d->out[d->count++] = c;
    d->position += (size_t)i;
    return true;
}

/* \N{name} */
static bool named_escape(Decoder *d, size_t start)
{
    const char *close = d->s < d->end && *d->s == '{' ? memchr(d->s, '}', (size_t)(d->end - d->s)) : NULL;
    if (!close || close == d->s + 1) {
        size_t span = 2;
        if (d->s < d->end && *d->s == '{')
            span += close ? 2 : (size_t)(d->end - d->s);
        return unicode_error(d, start, span, "malformed \\N character escape");
    }
    size_t span = (size_t)(close - d->s) + 3;
    uint32_t found[UNICODE_SEQUENCE_MAX];
    bool ok = unicode_find(d->s + 1, (size_t)(close - d->s - 1), found) == 1;
    if (ok)
        d->out[d->count++] = found[0];
    else
        unicode_error(d, start, span, "unknown Unicode character name");
    d->position += span - 2;
    d->s = close + 1;
    return ok;
}

/* Up to three octal digits from `escape` on; beyond \377 they work, with a warning. -1 when that became an exception. */
static int octal_escape(Decoder *d, const char *escape)
{
    int c = *escape - '0';
    for (int i = 0; i < 2 && d->s < d->end && *d->s >= '0' && *d->s <= '7'; i++, d->position++)
        c = c * 8 + (*d->s++ - '0');
    if (c > 0377 && !d->warned) {
        d->warned = true;
        if (string_warn_escape(d->p, d->t, escape) < 0)
            return -1;
    }
    return c;
}

/* The value of a one-letter escape common to str and bytes; -1: none, -2: nothing (line continuation). */
static int simple_escape(char c)
{
    switch (c) {
    case '\n': return -2;
    case '\\': case '\'': case '"': return c;
    case 'a': return 7;
    case 'b': return 8;
    case 'f': return 12;
    case 'n': return 10;
    case 'r': return 13;
    case 't': return 9;
    case 'v': return 11;
    default: return -1;
    }
}

static bool unknown_escape(Decoder *d, const char *escape)
{
    if (!d->warned && string_warn_escape(d->p, d->t, escape) < 0)
        return false;
    d->warned = true;
    d->out[d->count++] = '\\';
    d->s = escape;
    d->position--;
    return true;
}

/* d->s stands after the backslash. */
static bool str_escape(Decoder *d)
{
    size_t start = d->position - 1;
    if (d->s >= d->end || (unsigned char)*d->s >= 0x80) { /* before an f-string's field, or a character no escape begins with */
        d->out[d->count++] = '\\';
        d->position += 5;
        return true;
    }
    const char *escape = d->s;
    unsigned char c = (unsigned char)*d->s++;
    d->position++;
    int value = simple_escape((char)c);
    if (value == -2)
        return true;
    if (value < 0 && c >= '0' && c <= '7' && (value = octal_escape(d, escape)) < 0)
        return false;
    if (value >= 0) {
        d->out[d->count++] = (Char)value;
        return true;
    }
    switch (c) {
    case 'x': return hex_escape(d, start, 2, "truncated \\xXX escape");
    case 'u': return hex_escape(d, start, 4, "truncated \\uXXXX escape");
    case 'U': return hex_escape(d, start, 8, "truncated \\UXXXXXXXX escape");
    case 'N': return named_escape(d, start);
    default: return unknown_escape(d, escape);
    }
}

/* The runtime's decoder finds the words. */
static bool bad_utf8(Decoder *d, const char *start)
{
    Value v = str_from_utf8(d->p->ts, start, d->end - start);
    if (v)
        decref(d->p->ts, v);
    else
        parser_value_error(d->p, d->next);
    return false;
}

static bool decode_str(Decoder *d)
{
    while (d->s < d->end) {
        if (*d->s == '\\') {
            d->s++;
            d->position++;
            if (!str_escape(d))
                return false;
        } else if ((unsigned char)*d->s < 0x80) {
            d->out[d->count++] = (unsigned char)*d->s++;
            d->position++;
        } else {
            const char *start = d->s;
            Char c = utf8_next(&d->s, d->end);
            if (c == UINT32_MAX)
                return bad_utf8(d, start);
            d->out[d->count++] = c;
            d->position += 10;
        }
    }
    return true;
}

static bool decode_bytes(Decoder *d)
{
    while (d->s < d->end) {
        if (*d->s != '\\') {
            d->out[d->count++] = (unsigned char)*d->s++;
            d->position++;
            continue;
        }
        size_t start = d->position;
        const char *escape = ++d->s;
        if (d->s >= d->end) {
            parser_error(d->p, d->next, "(value error) Trailing \\ in string");
            return false;
        }
        unsigned char c = (unsigned char)*d->s++;
        d->position += 2;
        int value = simple_escape((char)c);
        if (value == -2)
            continue;
        if (value < 0 && c >= '0' && c <= '7' && (value = octal_escape(d, escape)) < 0)
            return false;
        if (value >= 0) {
            d->out[d->count++] = (Char)(value & 0xFF);
        } else if (c == 'x') {
            int high = d->s < d->end ? hex_value(d->s[0]) : -1, low = d->end - d->s > 1 ? hex_value(d->s[1]) : -1;
            if (high < 0 || low < 0) {
                parser_error(d->p, d->next, "(value error) invalid \\x escape at position %zu", start);
                return false;
            }
            d->out[d->count++] = (Char)(high * 16 + low);
            d->s += 2;
            d->position += 2;
        } else if (!unknown_escape(d, escape)) {
            return false;
        }
    }
    return true;
}

static bool decode(Decoder *d, bool (*how)(Decoder *), size_t n)
{
    d->out = mem_alloc(d->p->ts, (n + 1) * sizeof *d->out);
    if (!d->out)
        return parser_fail(d->p);
    return how(d);
}

Value string_decode(Parser *p, const Token *t, const Token *next, const char *text, size_t n, bool raw)
{
    if (raw || !memchr(text, '\\', n)) {
        Value v = str_from_utf8(p->ts, text, (ssize_t)n);
        return v ? v : parser_value_error(p, next);
    }
    Decoder d = {.p = p, .t = t, .next = next, .s = text, .end = text + n};
    Value v = decode(&d, decode_str, n) ? str_from_ucs4(p->ts, d.out, (ssize_t)d.count) : NULL;
    mem_free(p->ts, d.out);
    return v ? v : parser_fail(p);
}

Value string_decode_bytes(Parser *p, const Token *t, const Token *next, const char *text, size_t n, bool raw)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] >= 0x80)
            return parser_error(p, next, "bytes can only contain ASCII literal characters");
    if (raw || !memchr(text, '\\', n)) {
        Value v = bytes_new(p->ts, text, (ssize_t)n);
        return v ? v : parser_fail(p);
    }
    Decoder d = {.p = p, .t = t, .next = next, .s = text, .end = text + n};
    Value v = decode(&d, decode_bytes, n) ? bytes_new(p->ts, NULL, (ssize_t)d.count) : NULL;
    for (size_t i = 0; v && i < d.count; i++)
        bytes_data(v)[i] = (char)d.out[i];
    mem_free(p->ts, d.out);
    return v ? v : parser_fail(p);
}
