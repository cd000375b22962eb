/* unicode_data.c - looking things up in Unicode's database.
 * How: properties by two steps (block, row), decompositions and numbers by binary search, names by hash. A name is kept as
 *   the numbers of its words. Names of Hangul syllables and CJK ideographs follow rules and are in no table.
 * Next: unicode_data.h (what the tables hold), tools/gen_unicode.py, modules/unicodedata.c.
 * CPython: Modules/unicodedata.c; The Unicode Standard, 3.12 (Hangul) and 4.8 (names). */
#include "runtime/types/unicode_data.h"

#include <stdio.h>
#include <string.h>

enum { ONE_BYTE = 192, SLOTS = 1 << 16, LIMIT = 0x110000 };

const CharProperties *unicode_properties_of(uint32_t c) {
  return &unicode_properties[unicode_rows[unicode_blocks[c >> 7] * 128u + (c & 127)]];
}

/* The place of c in a sorted table, -1 if it is not there. */
static int search(const uint32_t *codes, int count, uint32_t c) {
  int low = 0, high = count;
  while (low < high) {
    int middle = (low + high) / 2;
    if (codes[middle] < c) low = middle + 1;
    else high = middle;
  }
  return low < count && codes[low] == c ? low : -1;
}

const CharNumber *unicode_number_of(uint32_t c) {
  int low = 0, high = unicode_number_count;
  while (low < high) {
    int middle = (low + high) / 2;
    if (unicode_numbers[middle].code < c) low = middle + 1;
    else high = middle;
  }
  return low < unicode_number_count && unicode_numbers[low].code == c ? &unicode_numbers[low] : NULL;
}

int unicode_decomposition(uint32_t c, const uint32_t **parts, const char **tag) {
  int i = search(unicode_decomposed, unicode_decomposed_count, c);
  if (i < 0) return 0;
  uint32_t start = unicode_decomposition_starts[i], end = unicode_decomposition_starts[i + 1];
  *parts = &unicode_decomposition_parts[start & 0xffffff];
  *tag = unicode_tags[start >> 24];
  return (int)((end & 0xffffff) - (start & 0xffffff));
}

/* ---- names that follow rules ---- */

enum { HANGUL = 0xac00, LEADS = 19, VOWELS = 21, TAILS = 28 };
static const char leads[LEADS][3] = {"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"};
static const char vowels[VOWELS][4] = {"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I"};
static const char tails[TAILS][3] = {"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H"};
static const char hangul_prefix[] = "HANGUL SYLLABLE ", ideograph_prefix[] = "CJK UNIFIED IDEOGRAPH-";

static bool is_ideograph(uint32_t c) { /* of Unicode 14 */
  static const uint32_t ranges[][2] = {{0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0x20000, 0x2a6df}, {0x2a700, 0x2b738}, {0x2b740, 0x2b81d}, {0x2b820, 0x2cea1}, {0x2ceb0, 0x2ebe0}, {0x30000, 0x3134a}};
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
    if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
  return false;
}

/* The longest of `count` letter groups that the text begins with; -1: none. */
static int longest(const char *table, size_t width, int count, const char *p, size_t n, size_t *length) {
  int best = -1;
  *length = 0;
  for (int i = 0; i < count; i++) {
    const char *group = table + (size_t)i * width;
    size_t k = strnlen(group, width);
    if (k > n || memcmp(group, p, k) != 0 || (best >= 0 && k <= *length)) continue;
    best = i;
    *length = k;
  }
  return best;
}
static uint32_t find_hangul(const char *p, size_t n) {
  size_t k;
  int lead = longest(leads[0], sizeof leads[0], LEADS, p, n, &k);
  p += k, n -= k;
  int vowel = longest(vowels[0], sizeof vowels[0], VOWELS, p, n, &k);
  p += k, n -= k;
  int tail = longest(tails[0], sizeof tails[0], TAILS, p, n, &k);
  if (lead < 0 || vowel < 0 || tail < 0 || k != n) return 0;
  return HANGUL + (uint32_t)((lead * VOWELS + vowel) * TAILS + tail);
}
static uint32_t find_ideograph(const char *p, size_t n) {
  uint32_t c = 0;
  if (n != 4 && n != 5) return 0;
  for (size_t i = 0; i < n; i++) {
    if (p[i] >= '0' && p[i] <= '9') c = c * 16 + (uint32_t)(p[i] - '0');
    else if (p[i] >= 'A' && p[i] <= 'F') c = c * 16 + (uint32_t)(p[i] - 'A' + 10);
    else return 0;
  }
  return is_ideograph(c) ? c : 0;
}

/* ---- names from the tables ---- */

static size_t spell(int entry, char *out) {
  const uint8_t *p = &unicode_name_stream[unicode_name_starts[entry]], *end = &unicode_name_stream[unicode_name_starts[entry + 1]];
  size_t n = 0;
  while (p < end) {
    uint32_t word = *p++;
    if (word >= ONE_BYTE) word = ONE_BYTE + (word - ONE_BYTE) * 256 + *p++;
    size_t length = unicode_word_starts[word + 1] - unicode_word_starts[word];
    if (n) out[n++] = ' ';
    memcpy(out + n, unicode_words + unicode_word_starts[word], length);
    n += length;
  }
  out[n] = 0;
  return n;
}

size_t unicode_name(uint32_t c, char out[UNICODE_NAME_MAX + 1]) {
  if (c >= HANGUL && c < HANGUL + LEADS * VOWELS * TAILS) {
    uint32_t i = c - HANGUL;
    return (size_t)snprintf(out, UNICODE_NAME_MAX + 1, "%s%s%s%s", hangul_prefix, leads[i / (VOWELS * TAILS)], vowels[i / TAILS % VOWELS], tails[i % TAILS]);
  }
  if (is_ideograph(c)) return (size_t)snprintf(out, UNICODE_NAME_MAX + 1, "%s%X", ideograph_prefix, (unsigned)c);
  int entry = search(unicode_name_codes, unicode_own_names, c);
  return entry < 0 ? 0 : spell(entry, out);
}

int unicode_find(const char *name, size_t length, uint32_t out[UNICODE_SEQUENCE_MAX]) {
  enum { HANGUL_LENGTH = sizeof hangul_prefix - 1, IDEOGRAPH_LENGTH = sizeof ideograph_prefix - 1 };
  char upper[UNICODE_NAME_MAX], other[UNICODE_NAME_MAX + 1];
  if (length > UNICODE_NAME_MAX) return 0;
  if (length > HANGUL_LENGTH && memcmp(name, hangul_prefix, HANGUL_LENGTH) == 0) return (out[0] = find_hangul(name + HANGUL_LENGTH, length - HANGUL_LENGTH)) != 0;
  if (length > IDEOGRAPH_LENGTH && memcmp(name, ideograph_prefix, IDEOGRAPH_LENGTH) == 0) return (out[0] = find_ideograph(name + IDEOGRAPH_LENGTH, length - IDEOGRAPH_LENGTH)) != 0;
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < length; i++) {
    upper[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 32) : name[i];
    hash = (hash ^ (uint8_t)upper[i]) * 16777619u;
  }
  for (uint32_t slot = hash % SLOTS; unicode_name_slots[slot]; slot = (slot + 1) % SLOTS) {
    int entry = unicode_name_slots[slot] - 1;
    if (spell(entry, other) != length || memcmp(upper, other, length) != 0) continue;
    uint32_t code = unicode_name_codes[entry];
    if (code < LIMIT) return out[0] = code, 1;
    const uint32_t *sequence = &unicode_sequences[code - LIMIT];
    memcpy(out, sequence + 1, sequence[0] * sizeof *out);
    return (int)sequence[0];
  }
  return 0;
}
