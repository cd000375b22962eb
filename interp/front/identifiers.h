/* identifiers.h - reading characters of UTF-8, and when two spellings are one name (PEP 3131). */
#ifndef GILLY_FRONT_IDENTIFIERS_H
#define GILLY_FRONT_IDENTIFIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes one character of valid UTF-8 at p and moves it on; 0xFFFFFFFF for a byte that starts none. */
uint32_t utf8_next(const char **p, const char *end);

/* The NFKC form of a name, malloc'ed by utf8proc (free with free()), or NULL where memory ran out. */
char *identifier_normalize(const char *text, size_t n);

#endif
