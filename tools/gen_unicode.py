#!/usr/bin/env python3
"""Make the C tables of Unicode's names and properties: gen_unicode.py OUTPUT ALIASES. Run by meson, with Debian's python3.

What is in it stands in runtime/types/unicode_data.h.
"""
import sys
import unicodedata

LIMIT = 0x110000
BLOCK = 128
ONE_BYTE = 192  # the most frequent words of names take one byte, the others two
SLOTS = 1 << 16


def c_array(kind, name, values, per_line=24):
    lines = [",".join(map(str, values[i:i + per_line])) for i in range(0, len(values), per_line)]
    return f"TABLE const {kind} {name}[] = {{\n" + ",\n".join(lines) + "};\n"


def properties():
    """A row for each combination that occurs, and for each block of characters which rows they have."""
    rows, blocks, block_of = {}, {}, []
    for start in range(0, LIMIT, BLOCK):
        block = []
        for c in map(chr, range(start, start + BLOCK)):
            row = (unicodedata.category(c), unicodedata.bidirectional(c), unicodedata.east_asian_width(c),
                   unicodedata.combining(c), unicodedata.mirrored(c))
            block.append(rows.setdefault(row, len(rows)))
        block_of.append(blocks.setdefault(tuple(block), len(blocks)))
    assert len(rows) <= 256 and len(blocks) <= 65536
    text = ",\n".join(f'{{"{a}","{b}","{w}",{n},{m}}}' for a, b, w, n, m in rows)
    return (f"TABLE const CharProperties unicode_properties[] = {{\n{text}}};\n"
            + c_array("uint16_t", "unicode_blocks", block_of)
            + c_array("uint8_t", "unicode_rows", [row for block in blocks for row in block]))


def decompositions():
    tags, codes, starts, parts = {"": 0}, [], [], []
    for code in range(LIMIT):
        words = unicodedata.decomposition(chr(code)).split()
        if not words:
            continue
        tag = words.pop(0) if words[0][0] == "<" else ""
        codes.append(code)
        starts.append(len(parts) | tags.setdefault(tag, len(tags)) << 24)
        parts += [int(word, 16) for word in words]
    starts.append(len(parts))
    return (c_array("uint32_t", "unicode_decomposed", codes) + c_array("uint32_t", "unicode_decomposition_starts", starts)
            + c_array("uint32_t", "unicode_decomposition_parts", parts)
            + "const char *const unicode_tags[] = {" + ",".join(f'"{tag}"' for tag in tags) + "};\n"
            + f"const int unicode_decomposed_count = {len(codes)};\n")


def numbers():
    rows = []
    for code in range(LIMIT):
        c = chr(code)
        value = unicodedata.numeric(c, None)
        if value is not None:
            kind = 2 if unicodedata.decimal(c, None) is not None else 1 if unicodedata.digit(c, None) is not None else 0
            rows.append(f"{{{code},{kind},{value!r}}}")
    return "TABLE const CharNumber unicode_numbers[] = {\n" + ",\n".join(rows) + f"}};\nconst int unicode_number_count = {len(rows)};\n"


def fnv(name):
    h = 2166136261
    for b in name.encode():
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    return h


def names(aliases):
    entries, sequences = [], []
    for code in range(LIMIT):
        name = unicodedata.name(chr(code), "")
        if name and not name.startswith(("CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE ")):
            entries.append((code, name))
    own = len(entries)
    for line in open(aliases, encoding="ascii"):
        if line[0] == "#":
            continue
        codes, name = line.rstrip("\n").split(";")
        codes = [int(code, 16) for code in codes.split()]
        if len(codes) > 1:
            entries.append((LIMIT + len(sequences), name))
            sequences += [len(codes), *codes]
        else:
            entries.append((codes[0], name))
    counts = {}
    for _, name in entries:
        for word in name.split(" "):
            counts[word] = counts.get(word, 0) + 1
    words = sorted(counts, key=lambda word: (-counts[word], word))
    index = {word: i for i, word in enumerate(words)}
    assert len(words) <= ONE_BYTE + (255 - ONE_BYTE) * 256
    stream, starts, slots = [], [], [0] * SLOTS
    for i, (_, name) in enumerate(entries):
        starts.append(len(stream))
        for word in name.split(" "):
            n = index[word]
            stream += [n] if n < ONE_BYTE else [ONE_BYTE + (n - ONE_BYTE) // 256, (n - ONE_BYTE) % 256]
        slot = fnv(name) % SLOTS
        while slots[slot]:
            slot = (slot + 1) % SLOTS
        slots[slot] = i + 1
    starts.append(len(stream))
    word_starts, pool = [0], ""
    for word in words:
        pool += word
        word_starts.append(len(pool))
    text = "\n".join(f'"{pool[i:i + 120]}"' for i in range(0, len(pool), 120))
    return (c_array("uint32_t", "unicode_name_codes", [code for code, _ in entries]) + c_array("uint32_t", "unicode_name_starts", starts)
            + c_array("uint8_t", "unicode_name_stream", stream) + c_array("uint32_t", "unicode_word_starts", word_starts)
            + f"TABLE const char unicode_words[] =\n{text};\n" + c_array("uint16_t", "unicode_name_slots", slots)
            + c_array("uint32_t", "unicode_sequences", sequences) + f"const int unicode_own_names = {own};\n")


def main():
    output, aliases = sys.argv[1:]
    with open(output, "w", encoding="ascii") as f:
        f.write('/* Made by tools/gen_unicode.py. */\n#include "runtime/types/unicode_data.h"\n\n'
                # a section of its own: pages that others touch stay free of it
                '#define TABLE __attribute__((section("unicode_data")))\n')
        f.write(f'const char unicode_version[] = "{unicodedata.unidata_version}";\n')
        f.write(properties() + decompositions() + numbers() + names(aliases))


main()
