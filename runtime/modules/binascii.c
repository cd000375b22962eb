/* binascii.c - the module binascii: bytes to hexadecimal and base64 text and back, and CRC-32.
 * Next: runtime/lib/base64.py. CPython: Modules/binascii.c; RFC 4648. */
#include "runtime/module.h"

typedef struct {
  Value error, incomplete; /* exception classes */
} State;
static State *state_of(Value module) { return module_state(module); }

/* The bytes of a bytes-like object, or of an ASCII str where text is allowed. */
static int ascii_buffer(ThreadState *ts, Value v, Buffer *view) {
  if (is_str(v)) {
    if (!str_is_ascii(v)) {
      err_format(ts, EXC(ValueError), "string argument should contain only ASCII characters");
      return -1;
    }
    buffer_fill(view, v, (char *)str_chars(v), str_len(v), true);
    return 0;
  }
  if (has_buffer(ts, v)) return buffer_get(ts, v, view, false);
  err_format(ts, EXC(TypeError), "argument should be bytes, buffer or ASCII string, not '%T'", v);
  return -1;
}

/* ---- hexadecimal ---- */

static Value hexlify_as(ThreadState *ts, const char *name, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"data", "sep", "bytes_per_sep"};
  ArgSpec spec = {name, 0, 3, 1, 3, names};
  Value given[3];
  Buffer view;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || buffer_get(ts, given[0], &view, false) < 0) return NULL;
  Value text = bytes_hex(ts, view.data, view.length, given + 1, given[1] == NULL ? 0 : given[2] ? 2 : 1, NULL), r = NULL;
  buffer_release(ts, &view);
  if (text) r = bytes_new(ts, str_chars(text), str_len(text));
  xdecref(ts, text);
  return r;
}
static Value hexlify(NATIVE_ARGS) { return hexlify_as(ts, "hexlify", args, nargs, kwnames); }
static Value b2a_hex(NATIVE_ARGS) { return hexlify_as(ts, "b2a_hex", args, nargs, kwnames); }
static int hex_digit(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
static Value unhexlify(NATIVE_ARGS) {
  Buffer view;
  if (ascii_buffer(ts, args[0], &view) < 0) return NULL;
  Value r = NULL;
  if (view.length % 2) {
    err_format(ts, state_of(self)->error, "Odd-length string");
    goto done;
  }
  if ((r = bytes_new(ts, NULL, view.length / 2)) == NULL) goto done;
  for (ssize_t i = 0; i < view.length / 2; i++) {
    int high = hex_digit((uint8_t)view.data[2 * i]), low = hex_digit((uint8_t)view.data[2 * i + 1]);
    if (high < 0 || low < 0) {
      CLEAR(r);
      err_format(ts, state_of(self)->error, "Non-hexadecimal digit found");
      break;
    }
    bytes_data(r)[i] = (char)(high * 16 + low);
  }
done:
  buffer_release(ts, &view);
  return r;
}

/* ---- base64 ---- */

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static Value b2a_base64(NATIVE_ARGS) {
  static const char *const names[] = {"data", "newline"};
  static const ArgSpec spec = {"b2a_base64", 1, 1, 1, 2, names};
  Value given[2];
  Buffer view;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  int newline = given[1] ? truth(ts, given[1]) : 1;
  if (newline < 0 || buffer_get(ts, given[0], &view, false) < 0) return NULL;
  const uint8_t *p = (const uint8_t *)view.data;
  ssize_t n = view.length;
  Value r = bytes_new(ts, NULL, (n + 2) / 3 * 4 + newline);
  char *out = r ? bytes_data(r) : NULL;
  for (ssize_t i = 0; r && i < n; i += 3) {
    uint32_t bits = (uint32_t)p[i] << 16 | (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
    *out++ = base64_digits[bits >> 18];
    *out++ = base64_digits[bits >> 12 & 63];
    *out++ = i + 1 < n ? base64_digits[bits >> 6 & 63] : '=';
    *out++ = i + 2 < n ? base64_digits[bits & 63] : '=';
  }
  if (r && newline) *out = '\n';
  buffer_release(ts, &view);
  return r;
}
static int base64_value(uint8_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}
/* Decode into out; NULL and *n set, or the complaint. A "quad" is four characters for three bytes. */
static const char *decode(const uint8_t *p, ssize_t length, bool strict, char *out, ssize_t *n, ssize_t *characters) {
  int place = 0, pads = 0;
  uint8_t left = 0;
  bool padding_began = false;
  char *start = out;
  *characters = 0;
  if (strict && length > 0 && p[0] == '=') return "Leading padding not allowed";
  for (ssize_t i = 0; i < length; i++) {
    if (p[i] == '=') {
      padding_began = true;
      if (place >= 2 && place + ++pads >= 4) {
        if (strict && i + 1 < length) return "Excess data after padding";
        *n = out - start;
        return NULL;
      }
      continue;
    }
    int v = base64_value(p[i]);
    if (v < 0) {
      if (strict) return "Only base64 data is allowed";
      continue;
    }
    if (strict && padding_began) return "Discontinuous padding not allowed";
    pads = 0;
    ++*characters;
    if (place == 1) *out++ = (char)(left << 2 | v >> 4);
    else if (place == 2) *out++ = (char)(left << 4 | v >> 2);
    else if (place == 3) *out++ = (char)(left << 6 | v);
    left = (uint8_t)(place == 0 ? v : place == 1 ? v & 15 : place == 2 ? v & 3 : 0);
    place = (place + 1) & 3;
  }
  *n = out - start;
  return place == 0 ? NULL : place == 1 ? "1" : "Incorrect padding";
}
static Value a2b_base64(NATIVE_ARGS) {
  static const char *const names[] = {"data", "strict_mode"};
  static const ArgSpec spec = {"a2b_base64", 1, 1, 1, 2, names};
  Value given[2], r = NULL;
  Buffer view;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  int strict = given[1] ? truth(ts, given[1]) : 0;
  if (strict < 0 || ascii_buffer(ts, given[0], &view) < 0) return NULL;
  char *out = mem_alloc(ts, (size_t)view.length / 4 * 3 + 4);
  if (out) {
    ssize_t n = 0, characters;
    const char *complaint = decode((const uint8_t *)view.data, view.length, strict, out, &n, &characters);
    if (complaint == NULL) r = bytes_new(ts, out, n);
    else if (*complaint == '1') err_format(ts, state_of(self)->error, "Invalid base64-encoded string: number of data characters (%zd) cannot be 1 more than a multiple of 4", characters);
    else err_format(ts, state_of(self)->error, "%s", complaint);
    mem_free(ts, out);
  }
  buffer_release(ts, &view);
  return r;
}

/* ---- checksums ---- */

static Value crc32(NATIVE_ARGS) {
  uint32_t crc = 0;
  Buffer view;
  if (nargs > 1) {
    Value i = num_index(ts, args[1]), low = i ? int_binary(ts, NB_AND, i, small_int_value(0xffffffff)) : NULL;
    xdecref(ts, i);
    if (low == NULL) return NULL;
    crc = (uint32_t)small_int(low);
  }
  if (buffer_get(ts, args[0], &view, false) < 0) return NULL;
  uint32_t table[256];
  for (uint32_t i = 0; i < 256; i++) {
    table[i] = i;
    for (int bit = 0; bit < 8; bit++) table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320u : 0);
  }
  crc = ~crc;
  for (ssize_t i = 0; i < view.length; i++) crc = crc >> 8 ^ table[(crc ^ (uint8_t)view.data[i]) & 255];
  buffer_release(ts, &view);
  return small_int_value(~crc & 0xffffffffu);
}
static Value crc_hqx(NATIVE_ARGS) {
  int64_t start;
  Buffer view;
  if (num_as_i64(ts, args[1], &start) < 0 || buffer_get(ts, args[0], &view, false) < 0) return NULL;
  uint32_t crc = (uint32_t)start & 0xffff;
  for (ssize_t i = 0; i < view.length; i++) {
    crc ^= (uint32_t)(uint8_t)view.data[i] << 8;
    for (int bit = 0; bit < 8; bit++) crc = (crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  buffer_release(ts, &view);
  return small_int_value(crc);
}

static const MethodDef methods[] = {{"hexlify", hexlify, 0, -1, METHOD_KW, "Hexadecimal representation of binary data."}, {"b2a_hex", b2a_hex, 0, -1, METHOD_KW, "Hexadecimal representation of binary data."},
                                    {"unhexlify", unhexlify, 1, 1, 0, "Binary data of hexadecimal representation."}, {"a2b_hex", unhexlify, 1, 1, 0, "Binary data of hexadecimal representation."},
                                    {"b2a_base64", b2a_base64, 0, -1, METHOD_KW, "b2a_base64($module, data, /, *, newline=True)\n--\n\nBase64-code line of data."}, {"a2b_base64", a2b_base64, 0, -1, METHOD_KW, "a2b_base64($module, data, /, *, strict_mode=False)\n--\n\nDecode a line of base64 data."},
                                    {"crc32", crc32, 1, 2, 0, "Compute CRC-32 incrementally."}, {"crc_hqx", crc_hqx, 2, 2, 0, "Compute CRC-CCITT incrementally."}, {0}};
static Value exception(ThreadState *ts, const char *name, Value base) {
  Value n = str_intern_cstr(ts, name), bases = n ? tuple_of1(ts, base) : NULL, dict = bases ? dict_new(ts) : NULL, module = dict ? str_intern_cstr(ts, "binascii") : NULL, r = NULL;
  if (module && dict_set(ts, dict, ID(__module__), module) == 0) r = call3(ts, (Value)TYPE(TYPE), n, bases, dict);
  xdecref(ts, n);
  xdecref(ts, bases);
  xdecref(ts, dict);
  xdecref(ts, module);
  return r;
}
static int start(ThreadState *ts, Value module) {
  State *state = state_of(module);
  if ((state->error = exception(ts, "Error", EXC(ValueError))) == NULL || (state->incomplete = exception(ts, "Incomplete", EXC(Exception))) == NULL) return -1;
  return module_add(ts, module, "Error", incref(state->error)) < 0 || module_add(ts, module, "Incomplete", incref(state->incomplete)) < 0 ? -1 : 0;
}
const ModuleDef binascii_module_def = {.name = "binascii", .doc = "Conversion between binary data and ASCII", .methods = methods, .start = start, .state_size = sizeof(State), .owned_values = 2};
