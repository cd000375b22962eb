/* fuzz.c - see fuzz.h. */
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "interp/vm/import.h"

/* ---- the Interp ---- */

enum { INSTRUCTIONS = 200000 };
static Options options = {.max_instructions = INSTRUCTIONS, .instructions_raise = true, .max_memory = 256 << 20};
static ThreadState *current;
static int runs;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  int null = open("/dev/null", O_RDWR);
  dup2(null, 0);
  dup2(null, 1);
  return 0;
}

/* Importing one of these fails as if it was not there; open() is gone. */
static int lock_up(ThreadState *ts) {
  static const char *const closed[] = {"posix", "_io", "io", "_signal", "_thread", "time", "ctypes", "select", "socket", "_posixsubprocess"};
  for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
    if (dict_set_cstr(ts, ts->interp->modules, closed[i], V_NONE) < 0) return -1;
  Value path = str_from_ascii(ts, LIBRARY_PATH), list = dict_get_cstr(ts, (Value)ts->interp->sys_dict, "path");
  if (path == NULL || list_append_steal(ts, list, path) < 0) return -1;
  static const char *const gone[] = {"open", "input", "breakpoint"};
  for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
    if (dict_set_cstr(ts, (Value)ts->interp->builtins, gone[i], V_NONE) < 0) return -1;
  return 0;
}

ThreadState *fuzz_begin(void) {
  if (current == NULL) {
    current = interp_new(&options);
    if (current == NULL || lock_up(current) < 0) abort();
    runs = 0;
  }
  current->interp->instructions_left = INSTRUCTIONS;
  current->instructions_left = 0;
  current->interp->recursion_limit = 1000;
  return current;
}

void fuzz_end(ThreadState *ts, int runs_kept) {
  err_clear(ts);
  if (++runs < runs_kept) return;
  ts->interp->instructions_left = INSTRUCTIONS;
  size_t leaks = interp_free(ts);
  current = NULL;
  if (leaks) abort();
}

/* ---- the mutator ---- */

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

static const char *const words[] = {
    "if x:", "else:", "elif y:", "for i in x:", "while x:", "try:", "except Exception as e:", "except* ValueError:", "finally:", "with x as y:", "match x:", "case [a, *b]:", "case {'k': v, **r}:", "case _:",
    "def f(a, *b, c=1, **d):", "async def g():", "class C(x, metaclass=type):", "lambda a, b=2: a", "yield", "yield from x", "await x", "return x", "raise x from y", "del x", "global x", "nonlocal x", "import sys", "assert x, y",
    "from collections import deque", "import itertools", "import json", "import re", "import struct", "import functools", "import array", "import random", "import math", "import operator", "import copy", "import gc",
    "break", "continue", "pass", "x", "y", "a", "b", "f", "C", "self", "i", "0", "1", "-1", "2", "10", "255", "2**64", "-2**63", "1e300", "0.5", "1j", "None", "True", "''", "'abc'", "b'xyz'", "'\\u00e9\\U0001f600'", "f'{x!r:>{y}}'", "[]", "()", "{}",
    "[x for x in y if x]", "{k: v for k, v in x}", "(i for i in x)", "[1, 2, 3]", "{1: 2}", "{1, 2}", "range(5)", "x[1:2]", "x[::-1]", "x[i]", "x.y", "x()", "f(*x, **y)", "x + y", "x - y", "x * y", "x ** y", "x // y", "x % y", "x @ y", "x << 3", "x >> 1", "x & y",
    "x < y", "x == y", "x is y", "x in y", "not x", "x and y", "x or y", "~x", "x if y else a", "x := y", "x = y", "x += y", "x, *y = a", "x[0] = y", "x.y = a", "iter(x)", "next(x)", "list(x)", "dict(x)", "set(x)", "tuple(x)", "sorted(x)", "str(x)", "repr(x)",
    "int(x)", "float(x)", "bytes(x)", "bytearray(x)", "memoryview(x)", "hash(x)", "len(x)", "type(x)", "isinstance(x, y)", "super().__init__()", "getattr(x, y)", "setattr(x, 'y', a)", "x.append(y)", "x.pop()", "x.sort()", "x.update(y)", "x.clear()", "x.send(y)",
    "x.throw(y)", "x.close()", "x.format(y)", "x.join(y)", "x.split(y)", "x.encode()", "x.replace(x, y)", "x.__class__ = y", "x.__dict__", "__slots__ = 'a', 'b'", "__eq__ = lambda s, o: s.x", "__hash__ = None", "__del__ = f", "__getattr__ = f", "__iter__ = f",
    "__index__ = lambda s: 3", "__len__ = f", "__getitem__ = f", "exec(x)", "eval(x)", "compile(x, '', 'exec')", "locals()", "globals()", "sum(x)", "map(f, x)", "zip(x, y)", "print(x)", "vars(x)", "dir(x)", "@property", "@f", "(", ")", "[", "]", "{", "}", ":", ",", ".", ";", "\\\n", "#", "\n", "    ", "'''", "\"", "=", "->", "**", "..."};

static unsigned next_random(unsigned *state) { return *state = *state * 1103515245u + 12345u, *state >> 8; }

/* Replace data[from, to) by text. */
static size_t put(uint8_t *data, size_t size, size_t max_size, size_t from, size_t to, const uint8_t *text, size_t n) {
  if (size - (to - from) + n > max_size) return size;
  memmove(data + from + n, data + to, size - to);
  if (n) memcpy(data + from, text, n);
  return size - (to - from) + n;
}
static bool is_word(uint8_t c) { return c == '_' || c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }
static size_t line_start(const uint8_t *data, size_t at) {
  while (at > 0 && data[at - 1] != '\n') at--;
  return at;
}
static size_t line_end(const uint8_t *data, size_t size, size_t at) {
  while (at < size && data[at] != '\n') at++;
  return at < size ? at + 1 : at;
}

/* A new line with the indentation of the one at `at`, one more after a colon. */
static size_t add_line(uint8_t *data, size_t size, size_t max_size, size_t at, const char *word) {
  uint8_t line[400];
  size_t start = line_start(data, at), end = line_end(data, size, at), n = 0;
  while (start + n < end && data[start + n] == ' ' && n < 60) line[n] = ' ', n++;
  bool opens = end > start + 1 && (data[end - 1] == ':' || (end > start + 2 && data[end - 2] == ':'));
  for (int i = 0; opens && i < 4; i++) line[n++] = ' ';
  size_t length = strlen(word);
  memcpy(line + n, word, length);
  n += length;
  line[n++] = '\n';
  return put(data, size, max_size, end, end, line, n);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  unsigned state = seed;
  size_t at = size ? next_random(&state) % size : 0;
  const char *word = words[next_random(&state) % (sizeof words / sizeof *words)];
  switch (next_random(&state) % 6) {
    case 0: return LLVMFuzzerMutate(data, size, max_size);
    case 1: { /* a word for a word */
      size_t from = at, to = at;
      while (from > 0 && is_word(data[from - 1])) from--;
      while (to < size && is_word(data[to])) to++;
      return put(data, size, max_size, from, to, (const uint8_t *)word, strlen(word));
    }
    case 2: return put(data, size, max_size, at, at, (const uint8_t *)word, strlen(word));
    case 3: return add_line(data, size, max_size, at, word);
    case 4: return put(data, size, max_size, line_start(data, at), line_end(data, size, at), NULL, 0);
    default: { /* a line moves elsewhere, too */
      uint8_t line[400];
      size_t start = line_start(data, at), n = line_end(data, size, at) - start, to = size ? line_start(data, next_random(&state) % size) : 0;
      if (n > sizeof line) return size;
      memcpy(line, data + start, n);
      return put(data, size, max_size, to, to, line, n);
    }
  }
}
