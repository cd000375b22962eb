/* identifiers.c - names beyond ASCII: reading their characters, and their one normal form.
 * Next: lexer.c; which characters may stand in a name tells runtime/types/str.h (char_is_xid_start).
 * Sources: PEP 3131. */
#include "interp/front/identifiers.h"

#include <utf8proc.h>

uint32_t utf8_next(const char **p, const char *end)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)*p, end - *p, &c);
    if (n <= 0) {
        ++*p;
        return UINT32_MAX;
    }
    *p += n;
    return (uint32_t)c;
}

char *identifier_normalize(const char *text, size_t n)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t got = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, &out,
                                        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    return got < 0 ? NULL : (char *)out;
}
