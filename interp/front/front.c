/* front.c - the front end's door: bytes to text (BOM, coding cookie, line ends), then parse and compile.
 * Keeps: everything but the code object is freed on every path.
 * Next: lexer.c, parser.c, compile.c.   Sources: PEP 263; the reference, 2.1. */
#include "interp/front/front.h"

#include "interp/front/compile.h"
#include "interp/front/errors.h"
#include "interp/front/parser.h"
#include "interp/front/symtable.h"

/* ---- bytes to text ---- */

typedef struct {
    const char *bytes;
    size_t n;
} Text;

static bool is_cookie_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/* The encoding named by "coding: x" or "coding=x" in a comment of one line; 0 when there is none. */
static size_t cookie_in_line(const char *p, const char *end, const char **name)
{
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\f'))
        p++;
    if (p == end || *p != '#')
        return 0;
    for (; end - p > 7; p++) {
        if (memcmp(p, "coding", 6) || (p[6] != ':' && p[6] != '='))
            continue;
        for (p += 7; p < end && (*p == ' ' || *p == '\t'); p++)
            ;
        const char *start = p;
        while (p < end && is_cookie_char(*p))
            p++;
        *name = start;
        return (size_t)(p - start);
    }
    return 0;
}

static size_t find_cookie(Text t, const char **name)
{
    const char *p = t.bytes, *end = t.bytes + t.n;
    for (int line = 0; line < 2 && p < end; line++) {
        const char *stop = p;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        size_t n = cookie_in_line(p, stop, name);
        if (n)
            return n;
        while (p < stop && (*p == ' ' || *p == '\t' || *p == '\f'))
            p++;
        if (p < stop && *p != '#')
            return 0; /* code on the first line: the second does not count */
        p = stop + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
    }
    return 0;
}

/* "UTF_8" -> "utf-8": lower case, dashes; the alias that CPython's tokenizer makes of it. */
static void normalize_encoding(const char *name, size_t n, char *out, size_t room)
{
    size_t i = 0;
    for (; i < n && i + 1 < room; i++) {
        char c = name[i];
        out[i] = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[i] = '\0';
    if (!strcmp(out, "utf-8") || !strncmp(out, "utf-8-", 6))
        strcpy(out, "utf-8");
    else if (!strcmp(out, "latin-1") || !strcmp(out, "iso-8859-1") || !strcmp(out, "iso-latin-1") || !strncmp(out, "latin-1-", 8)
             || !strncmp(out, "iso-8859-1-", 11) || !strncmp(out, "iso-latin-1-", 12))
        strcpy(out, "iso-8859-1");
}

static void *text_error(ThreadState *ts, Value filename, const char *message)
{
    ErrorPlace place = {.filename = filename, .offset = -1, .end_line = NO_OFFSET, .end_offset = NO_OFFSET};
    return front_syntax_error(ts, EXC(SyntaxError), message, &place);
}

/* The bytes as UTF-8 text in *t. When they had another encoding, the text lives in *holder (a str) and its UTF-8 in *holder2.
 * UTF-8 is not checked here: wrong bytes in a comment do no harm, others are found where they stand. */
static bool decode_text(ThreadState *ts, Text *t, Value filename, bool is_text, Value *holder, Value *holder2)
{
    bool bom = t->n >= 3 && !memcmp(t->bytes, "\xEF\xBB\xBF", 3);
    if (bom) {
        t->bytes += 3;
        t->n -= 3;
    }
    if (is_text)
        return true;
    const char *name;
    char encoding[64] = "utf-8", message[256];
    size_t n = find_cookie(*t, &name);
    if (n)
        normalize_encoding(name, n, encoding, sizeof encoding);
    if (bom && strcmp(encoding, "utf-8")) {
        snprintf(message, sizeof message, "encoding problem: %s with BOM", encoding);
        return text_error(ts, filename, message);
    }
    if (!strcmp(encoding, "utf-8"))
        return true;
    *holder = str_decode(ts, t->bytes, (ssize_t)t->n, encoding, "strict");
    if (!*holder) {
        if (err_matches(ts, EXC(LookupError)) && !err_matches(ts, EXC(UnicodeError))) {
            err_clear(ts);
            snprintf(message, sizeof message, "unknown encoding: %s", encoding);
            return text_error(ts, filename, message);
        }
        if (!err_matches(ts, EXC(UnicodeError)))
            return false;
        Value e = err_fetch(ts), text = str_of(ts, e), utf8 = NULL;
        ssize_t length = 0;
        const char *p = text ? str_utf8(ts, text, &length, &utf8) : NULL;
        if (p) {
            snprintf(message, sizeof message, "%.*s", (int)(length < 200 ? length : 200), p);
            text_error(ts, filename, message);
        }
        if (utf8)
            decref(ts, utf8);
        if (text)
            decref(ts, text);
        decref(ts, e);
        return false;
    }
    ssize_t length = 0;
    t->bytes = str_utf8(ts, *holder, &length, holder2);
    t->n = (size_t)length;
    return t->bytes != NULL;
}

/* A copy with \n line ends, a newline at the end (of modules) and a NUL behind it. */
static char *normal_copy(Arena *a, Text t, bool add_newline, size_t *length)
{
    char *copy = arena_alloc(a, t.n + 2), *to = copy;
    if (!copy)
        return NULL;
    if (!memchr(t.bytes, '\r', t.n)) {
        memcpy(copy, t.bytes, t.n);
        to += t.n;
    } else {
        for (const char *p = t.bytes, *end = t.bytes + t.n; p < end; p++) {
            if (*p == '\r') {
                *to++ = '\n';
                if (p + 1 < end && p[1] == '\n')
                    p++;
            } else {
                *to++ = *p;
            }
        }
    }
    if (add_newline && to > copy && to[-1] != '\n')
        *to++ = '\n';
    *to = '\0';
    *length = (size_t)(to - copy);
    return copy;
}

/* ---- the door ---- */

typedef struct {
    Arena arena;
    Value holder, holder2;
    ParseInput input;
} Session;

static bool open_session(Session *s, ThreadState *ts, const char *bytes, size_t n, Value filename, FrontMode mode, int flags)
{
    static const ParseMode modes[] = {[FRONT_FILE] = PARSE_FILE, [FRONT_EVAL] = PARSE_EVAL, [FRONT_SINGLE] = PARSE_SINGLE};
    *s = (Session){0};
    arena_init(&s->arena, ts);
    if (n > INT32_MAX - 16) {
        err_format(ts, EXC(OverflowError), "source code is too long");
        return false;
    }
    Text t = {bytes, n};
    if (memchr(bytes, '\0', n)) {
        if (flags & FRONT_IS_FILE)
            return text_error(ts, filename, "source code cannot contain null bytes");
        err_format(ts, EXC(ValueError), "source code string cannot contain null bytes");
        return false;
    }
    if (!decode_text(ts, &t, filename, flags & FRONT_IS_TEXT, &s->holder, &s->holder2))
        return false;
    size_t length;
    char *text = normal_copy(&s->arena, t, mode == FRONT_FILE, &length);
    if (!text)
        return false;
    s->input = (ParseInput){.arena = &s->arena, .filename = filename, .mode = modes[mode], .text = text, .length = length,
                            .first_line = 1, .allow_incomplete = flags & FRONT_ALLOW_INCOMPLETE};
    return true;
}

static void close_session(Session *s)
{
    ThreadState *ts = s->arena.ts;
    arena_free(&s->arena);
    if (s->holder2)
        decref(ts, s->holder2);
    if (s->holder)
        decref(ts, s->holder);
}

Value front_compile(ThreadState *ts, const char *bytes, size_t n, Value filename, FrontMode mode, int flags, bool *incomplete)
{
    Session s;
    Value code = NULL;
    if (incomplete)
        *incomplete = false;
    if (open_session(&s, ts, bytes, n, filename, mode, flags)) {
        s.input.incomplete = incomplete;
        Node *tree = parse(&s.input);
        CompileInput input = {.arena = &s.arena, .filename = filename,
                              .flags = flags & FRONT_ANNOTATIONS, .optimize = flags & FRONT_OPTIMIZE ? 1 : 0};
        if (tree)
            code = flags & FRONT_TREE ? ast_export(ts, tree) : compile_tree(&input, tree);
    }
    close_session(&s);
    return code;
}

int front_dump_tokens(ThreadState *ts, const char *bytes, size_t n, Value filename, FILE *out)
{
    Session s;
    Lexer lx = {0};
    int status = -1;
    if (open_session(&s, ts, bytes, n, filename, FRONT_FILE, 0)
        && (status = lexer_run(&lx, &s.arena, s.input.text, s.input.length, LEX_FILE, NULL, NULL)) == 0)
        lexer_dump(&lx, out);
    lexer_free(&lx);
    close_session(&s);
    return status;
}

static int dump_tree(ThreadState *ts, const char *bytes, size_t n, Value filename, FILE *out, bool scopes)
{
    Session s;
    int status = -1;
    Node *tree = open_session(&s, ts, bytes, n, filename, FRONT_FILE, 0) ? parse(&s.input) : NULL;
    if (tree && !scopes) {
        status = ast_dump(ts, tree, out);
    } else if (tree) {
        SymbolTable st = {.arena = &s.arena, .filename = filename};
        if ((status = symtable_build(&st, tree)) == 0)
            symtable_dump(&st, out);
    }
    close_session(&s);
    return status;
}

int front_dump_ast(ThreadState *ts, const char *bytes, size_t n, Value filename, FILE *out)
{
    return dump_tree(ts, bytes, n, filename, out, false);
}

int front_dump_scopes(ThreadState *ts, const char *bytes, size_t n, Value filename, FILE *out)
{
    return dump_tree(ts, bytes, n, filename, out, true);
}
