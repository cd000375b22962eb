/* unicode_data.h - Unicode's database: properties, decompositions, numbers and names of characters. The tables are made by
 * tools/gen_unicode.py at build time and lie in read-only pages that are loaded when touched: who needs none pays nothing.
 * (unicode_data.c) CPython: Modules/unicodedata_db.h, unicodename_db.h. */
#ifndef RUNTIME_TYPES_UNICODE_DATA_H
#define RUNTIME_TYPES_UNICODE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  char category[3], bidirectional[4], width[3];
  uint8_t combining, mirrored;
} CharProperties;
typedef struct {
  uint32_t code;
  uint8_t kind; /* NUMBER_ */
  double value;
} CharNumber;
enum { NUMBER_OTHER, NUMBER_DIGIT, NUMBER_DECIMAL };
enum { UNICODE_NAME_MAX = 256, UNICODE_SEQUENCE_MAX = 20 };

const CharProperties *unicode_properties_of(uint32_t c);
const CharNumber *unicode_number_of(uint32_t c); /* NULL: it is none */
/* The parts that c is decomposed into, in one step, and the tag before them ("" or "<font>" ...): how many, 0 for none. */
int unicode_decomposition(uint32_t c, const uint32_t **parts, const char **tag);
/* The name of c: its length, 0 if it has none. */
size_t unicode_name(uint32_t c, char out[UNICODE_NAME_MAX + 1]);
/* The characters that a name or alias stands for: how many, 0 if unknown. More than one only for a named sequence. */
int unicode_find(const char *name, size_t length, uint32_t out[UNICODE_SEQUENCE_MAX]);

/* ---- the tables ---- */
extern const char unicode_version[];
extern const CharProperties unicode_properties[]; /* every combination that occurs */
extern const uint16_t unicode_blocks[];           /* block of 128 characters: its place in unicode_rows */
extern const uint8_t unicode_rows[];              /* index into unicode_properties */
extern const uint32_t unicode_decomposed[], unicode_decomposition_starts[], unicode_decomposition_parts[]; /* tag << 24 | start */
extern const char *const unicode_tags[];
extern const CharNumber unicode_numbers[];
/* Entry i of the names: code point (sorted for the first unicode_own_names; behind them aliases, and sequences, whose code
 * is 0x110000 + place in unicode_sequences), and where in the stream its words begin. Words below 192 take one byte. */
extern const uint32_t unicode_name_codes[], unicode_name_starts[], unicode_word_starts[], unicode_sequences[];
extern const uint8_t unicode_name_stream[];
extern const char unicode_words[];
extern const uint16_t unicode_name_slots[]; /* open hash table of 65536: entry + 1 */
extern const int unicode_decomposed_count, unicode_number_count, unicode_own_names;

#endif
