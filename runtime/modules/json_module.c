/* json_module.c - _json: the scanner and the encoder under json.
 * Keeps true: recursion is bounded (RecursionError); the encoder finds circles through the markers dict, as CPython's.
 * Next: runtime/lib/json/. CPython: Modules/_json.c (its interface). Format: RFC 8259. */
#include "runtime/module.h"

/* ---- decoding ---- */

typedef struct {
  Object base;
  Value object_hook, pairs_hook, parse_float, parse_int, parse_constant; /* NULL: the plain way */
  Value memo; /* dict of keys */
  bool strict;
} Scanner;

static Value raise_decode(ThreadState *ts, const char *message, Value s, ssize_t at) {
  Value cls = import_attr(ts, "json.decoder", "JSONDecodeError");
  Value text = cls ? str_from_ascii(ts, message) : NULL, args[] = {text, s, small_int_value(at)};
  Value exc = text ? call_args(ts, cls, args, 3) : NULL;
  xdecref(ts, cls);
  xdecref(ts, text);
  return err_set_instance(ts, exc);
}
static Value raise_stop(ThreadState *ts, ssize_t at) { return err_stop_iteration(ts, small_int_value(at)); }

static int hex4(Value s, ssize_t at, ssize_t n) {
  int v = 0;
  if (at + 4 > n) return -1;
  for (ssize_t i = at; i < at + 4; i++) {
    Char c = str_at(s, i);
    int h = c >= '0' && c <= '9' ? (int)c - '0' : c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : c >= 'A' && c <= 'F' ? (int)c - 'A' + 10 : -1;
    if (h < 0) return -1;
    v = v * 16 + h;
  }
  return v;
}

/* The string whose opening quote stands at begin - 1... *end is behind the closing one. */
static Value scan_string(ThreadState *ts, Value s, ssize_t begin, bool strict, ssize_t *end) {
  ssize_t n = str_len(s), i = begin;
  while (i < n) { /* plain stretch */
    Char c = str_at(s, i);
    if (c == '"') {
      *end = i + 1;
      return str_substring(ts, s, begin, i);
    }
    if (c == '\\' || c < 0x20) break;
    i++;
  }
  StrBuilder b;
  strb_init(&b, ts);
  ssize_t from = begin;
  for (;;) {
    if (i >= n) {
      strb_drop(&b);
      return raise_decode(ts, "Unterminated string starting at", s, begin - 1);
    }
    Char c = str_at(s, i);
    if (c == '"') break;
    if (c != '\\') {
      if (c < 0x20 && strict) {
        strb_drop(&b);
        return raise_decode(ts, "Invalid control character at", s, i);
      }
      i++;
      continue;
    }
    if (strb_sub(&b, s, from, i) < 0) goto error;
    if (i + 1 >= n) {
      strb_drop(&b);
      return raise_decode(ts, "Unterminated string starting at", s, begin - 1);
    }
    c = str_at(s, i + 1);
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *known = c < 128 && c ? strchr(letters, (int)c) : NULL;
    if (known) {
      if (strb_char(&b, (Char)values[known - letters]) < 0) goto error;
      i += 2;
    } else if (c == 'u') {
      int u = hex4(s, i + 2, n);
      if (u < 0) {
        strb_drop(&b);
        return raise_decode(ts, "Invalid \\uXXXX escape", s, i + 1);
      }
      ssize_t next = i + 6;
      Char full = (Char)u;
      if (u >= 0xD800 && u < 0xDC00 && next + 1 < n && str_at(s, next) == '\\' && str_at(s, next + 1) == 'u') {
        int low = hex4(s, next + 2, n);
        if (low >= 0xDC00 && low < 0xE000) {
          full = 0x10000 + (((Char)u - 0xD800) << 10) + ((Char)low - 0xDC00);
          next += 6;
        }
      }
      if (strb_char(&b, full) < 0) goto error;
      i = next;
    } else {
      strb_drop(&b);
      return raise_decode(ts, "Invalid \\escape", s, i);
    }
    from = i;
  }
  if (strb_sub(&b, s, from, i) < 0) goto error;
  *end = i + 1;
  return strb_finish(&b);
error:
  strb_drop(&b);
  return NULL;
}

static Value scan_once(ThreadState *ts, Scanner *c, Value s, ssize_t i, ssize_t *end);
static ssize_t skip_space(Value s, ssize_t i, ssize_t n) {
  while (i < n) {
    Char c = str_at(s, i);
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') break;
    i++;
  }
  return i;
}

static Value scan_object(ThreadState *ts, Scanner *c, Value s, ssize_t i, ssize_t *end) {
  ssize_t n = str_len(s);
  Value result = c->pairs_hook ? list_new(ts, 4) : dict_new(ts), key = NULL;
  if (result == NULL) return NULL;
  i = skip_space(s, i, n);
  if (i < n && str_at(s, i) == '}') {
    i++;
    goto done;
  }
  for (;;) {
    if (i >= n || str_at(s, i) != '"') {
      raise_decode(ts, "Expecting property name enclosed in double quotes", s, i);
      goto error;
    }
    key = scan_string(ts, s, i + 1, c->strict, &i);
    if (key == NULL) goto error;
    Value shared = dict_setdefault(ts, c->memo, key, key);
    if (shared == NULL) goto error;
    replace(ts, &key, incref(shared));
    i = skip_space(s, i, n);
    if (i >= n || str_at(s, i) != ':') {
      raise_decode(ts, "Expecting ':' delimiter", s, i);
      goto error;
    }
    i = skip_space(s, i + 1, n);
    Value value = scan_once(ts, c, s, i, &i);
    if (value == NULL) goto error;
    int failed;
    if (c->pairs_hook) {
      Value pair = tuple_steal2(ts, key, value);
      key = NULL;
      failed = pair == NULL || list_append_steal(ts, result, pair) < 0;
    } else {
      failed = dict_set_steal(ts, result, key, value);
      CLEAR(key);
    }
    if (failed) goto error;
    i = skip_space(s, i, n);
    if (i < n && str_at(s, i) == '}') {
      i++;
      break;
    }
    if (i >= n || str_at(s, i) != ',') {
      raise_decode(ts, "Expecting ',' delimiter", s, i);
      goto error;
    }
    i = skip_space(s, i + 1, n);
  }
done:
  *end = i;
  Value hook = c->pairs_hook ? c->pairs_hook : c->object_hook;
  if (hook) {
    Value made = call1(ts, hook, result);
    decref(ts, result);
    return made;
  }
  return result;
error:
  xdecref(ts, key);
  decref(ts, result);
  return NULL;
}

static Value scan_array(ThreadState *ts, Scanner *c, Value s, ssize_t i, ssize_t *end) {
  ssize_t n = str_len(s);
  Value list = list_new(ts, 4);
  if (list == NULL) return NULL;
  i = skip_space(s, i, n);
  if (i < n && str_at(s, i) == ']') {
    *end = i + 1;
    return list;
  }
  for (;;) {
    Value v = scan_once(ts, c, s, i, &i);
    if (v == NULL || list_append_steal(ts, list, v) < 0) break;
    i = skip_space(s, i, n);
    if (i < n && str_at(s, i) == ']') {
      *end = i + 1;
      return list;
    }
    if (i >= n || str_at(s, i) != ',') {
      raise_decode(ts, "Expecting ',' delimiter", s, i);
      break;
    }
    i = skip_space(s, i + 1, n);
  }
  decref(ts, list);
  return NULL;
}

static bool is_digit(Value s, ssize_t i, ssize_t n) { return i < n && str_at(s, i) >= '0' && str_at(s, i) <= '9'; }
static Value scan_number(ThreadState *ts, Scanner *c, Value s, ssize_t start, ssize_t *end) {
  ssize_t n = str_len(s), i = start;
  bool is_float = false;
  if (str_at(s, i) == '-') i++;
  if (!is_digit(s, i, n)) return raise_stop(ts, start);
  if (str_at(s, i) == '0') i++;
  else
    while (is_digit(s, i, n)) i++;
  if (i < n && str_at(s, i) == '.' && is_digit(s, i + 1, n)) {
    is_float = true;
    i++;
    while (is_digit(s, i, n)) i++;
  }
  if (i < n && (str_at(s, i) == 'e' || str_at(s, i) == 'E')) {
    ssize_t k = i + 1;
    if (k < n && (str_at(s, k) == '+' || str_at(s, k) == '-')) k++;
    if (is_digit(s, k, n)) {
      is_float = true;
      while (is_digit(s, k, n)) k++;
      i = k;
    }
  }
  *end = i;
  Value text = str_substring(ts, s, start, i), hook = is_float ? c->parse_float : c->parse_int;
  if (text == NULL) return NULL;
  Value r = hook ? call1(ts, hook, text) : is_float ? float_parse(ts, text) : int_parse(ts, text, 10);
  decref(ts, text);
  return r;
}

static bool stands(Value s, ssize_t i, const char *word) {
  for (ssize_t k = 0; word[k]; k++)
    if (i + k >= str_len(s) || str_at(s, i + k) != (Char)word[k]) return false;
  return true;
}
static Value scan_constant(ThreadState *ts, Scanner *c, const char *word) {
  Value name = str_from_ascii(ts, word), r = name ? call1(ts, c->parse_constant, name) : NULL;
  xdecref(ts, name);
  return r;
}
static Value scan_once(ThreadState *ts, Scanner *c, Value s, ssize_t i, ssize_t *end) {
  if (i >= str_len(s)) return raise_stop(ts, i);
  Char ch = str_at(s, i);
  if (ch == '"') return scan_string(ts, s, i + 1, c->strict, end);
  if (ch == '{' || ch == '[') {
    if (enter_recursive(ts, ch == '{' ? " while decoding a JSON object from a unicode string" : " while decoding a JSON array from a unicode string") < 0) return NULL;
    Value r = ch == '{' ? scan_object(ts, c, s, i + 1, end) : scan_array(ts, c, s, i + 1, end);
    leave_recursive(ts);
    return r;
  }
  static const struct {
    const char *word;
    int kind;
  } words[] = {{"null", 0}, {"true", 1}, {"false", 2}, {"NaN", 3}, {"Infinity", 3}, {"-Infinity", 3}};
  for (int w = 0; w < 6; w++) {
    if (ch != (Char)words[w].word[0] || !stands(s, i, words[w].word)) continue;
    *end = i + (ssize_t)strlen(words[w].word);
    return words[w].kind == 0 ? V_NONE : words[w].kind == 1 ? V_TRUE : words[w].kind == 2 ? V_FALSE : scan_constant(ts, c, words[w].word);
  }
  if (ch == '-' || (ch >= '0' && ch <= '9')) return scan_number(ts, c, s, i, end);
  return raise_stop(ts, i);
}

static Scanner *as_scanner(Value v) { return (Scanner *)v; }
static Value scanner_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "make_scanner", kwnames) < 0 || args_count(ts, "make_scanner", nargs, 1, 1) < 0) return NULL;
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  Scanner *c = as_scanner(v);
  Value *places[] = {&c->object_hook, &c->pairs_hook, &c->parse_float, &c->parse_int, &c->parse_constant};
  const char *names[] = {"object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant"};
  for (int i = 0; i < 5; i++) {
    *places[i] = attr_get_cstr(ts, args[0], names[i]);
    if (*places[i] == NULL) goto error;
    bool plain = *places[i] == V_NONE || *places[i] == (Value)TYPE(FLOAT) || *places[i] == (Value)TYPE(INT);
    if (plain && i < 4) CLEAR(*places[i]);
  }
  Value strict = attr_get_cstr(ts, args[0], "strict");
  int t = strict ? truth(ts, strict) : -1;
  xdecref(ts, strict);
  if (t < 0 || (c->memo = dict_new(ts)) == NULL) goto error;
  c->strict = t;
  return v;
error:
  decref(ts, v);
  return NULL;
}
static Value scanner_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"string", "idx"};
  static const ArgSpec spec = {"scan_once", 0, 2, 2, 2, names};
  Value given[2];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  if (!is_str(given[0])) return err_format(ts, EXC(TypeError), "first argument must be a string, not %T", given[0]);
  ssize_t i = num_as_ssize(ts, given[1], EXC(OverflowError)), end;
  if (i == -1 && err_occurred(ts)) return NULL;
  if (i < 0) return err_format(ts, EXC(ValueError), "idx cannot be negative");
  Value r = scan_once(ts, as_scanner(self), given[0], i, &end);
  dict_clear(ts, as_scanner(self)->memo);
  return r ? tuple_steal2(ts, r, int_from_i64(ts, end)) : NULL;
}
static void scanner_dealloc(ThreadState *ts, Value self) {
  Scanner *c = as_scanner(self);
  Value owned[] = {c->object_hook, c->pairs_hook, c->parse_float, c->parse_int, c->parse_constant, c->memo};
  for (int i = 0; i < 6; i++) xdecref(ts, owned[i]);
  object_release(ts, self);
}
static int scanner_traverse(Value self, Visit visit, void *arg) {
  Scanner *c = as_scanner(self);
  VISIT(c->object_hook);
  VISIT(c->pairs_hook);
  VISIT(c->parse_float);
  VISIT(c->parse_int);
  VISIT(c->parse_constant);
  return 0;
}
static Value scanstring_py(NATIVE_ARGS) {
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "first argument must be a string, not %T", args[0]);
  ssize_t at = num_as_ssize(ts, args[1], EXC(OverflowError)), end;
  int strict = nargs > 2 ? truth(ts, args[2]) : 1;
  if (strict < 0 || (at == -1 && err_occurred(ts))) return NULL;
  if (at < 0 || at > str_len(args[0])) return err_format(ts, EXC(ValueError), "end is out of bounds");
  Value r = scan_string(ts, args[0], at, strict, &end);
  return r ? tuple_steal2(ts, r, int_from_i64(ts, end)) : NULL;
}

/* ---- encoding ---- */

static int put_string(StrBuilder *b, Value s, bool ascii) {
  ssize_t n = str_len(s), from = 0;
  if (strb_char(b, '"') < 0) return -1;
  for (ssize_t i = 0; i < n; i++) {
    Char c = str_at(s, i);
    if (c >= 0x20 && c != '"' && c != '\\' && (c < 0x7f || (!ascii && c != 0x7f) || (c == 0x7f && true))) {
      if (c < 0x80 || !ascii) continue;
    }
    if (strb_sub(b, s, from, i) < 0) return -1;
    from = i + 1;
    char text[16];
    switch (c) {
      case '"': strcpy(text, "\\\""); break;
      case '\\': strcpy(text, "\\\\"); break;
      case '\n': strcpy(text, "\\n"); break;
      case '\r': strcpy(text, "\\r"); break;
      case '\t': strcpy(text, "\\t"); break;
      case '\f': strcpy(text, "\\f"); break;
      case '\b': strcpy(text, "\\b"); break;
      default:
        if (c >= 0x10000) {
          Char v = c - 0x10000;
          snprintf(text, sizeof text, "\\u%04x\\u%04x", (unsigned)(0xd800 | (v >> 10)), (unsigned)(0xdc00 | (v & 0x3ff)));
        } else {
          snprintf(text, sizeof text, "\\u%04x", (unsigned)c);
        }
    }
    if (strb_ascii(b, text, -1) < 0) return -1;
  }
  return strb_sub(b, s, from, n) < 0 ? -1 : strb_char(b, '"');
}
static Value encode_string(ThreadState *ts, Value s, bool ascii) {
  if (!is_str(s)) return err_format(ts, EXC(TypeError), "first argument must be a string, not %T", s);
  StrBuilder b;
  strb_init(&b, ts);
  if (put_string(&b, s, ascii) < 0) {
    strb_drop(&b);
    return NULL;
  }
  return strb_finish(&b);
}
static Value encode_basestring(NATIVE_ARGS) { return encode_string(ts, args[0], false); }
static Value encode_basestring_ascii(NATIVE_ARGS) { return encode_string(ts, args[0], true); }

typedef struct {
  Object base;
  Value markers, fallback, encoder, key_separator, item_separator; /* markers NULL: no check for circles */
  bool sort_keys, skip_keys, allow_nan;
  int8_t native; /* 1: encode_basestring_ascii, 0: encode_basestring, -1: some callable */
} Encoder;
static Encoder *as_encoder(Value v) { return (Encoder *)v; }

static Value encoder_new(ThreadState *ts, Type *type, Value *args, ssize_t nargs, Value kwnames) {
  if (args_no_keywords(ts, "make_encoder", kwnames) < 0 || args_count(ts, "make_encoder", nargs, 9, 9) < 0) return NULL;
  if (args[0] != V_NONE && !is_dict(args[0])) return err_format(ts, EXC(TypeError), "make_encoder() argument 1 must be dict or None, not %T", args[0]);
  int flags[3];
  for (int i = 0; i < 3; i++)
    if ((flags[i] = truth(ts, args[6 + i])) < 0) return NULL;
  Value v = object_new_instance(ts, type);
  if (v == NULL) return NULL;
  Encoder *e = as_encoder(v);
  e->markers = args[0] == V_NONE ? NULL : incref(args[0]);
  e->fallback = incref(args[1]);
  e->encoder = incref(args[2]);
  e->key_separator = incref(args[4]);
  e->item_separator = incref(args[5]);
  e->sort_keys = flags[0];
  e->skip_keys = flags[1];
  e->allow_nan = flags[2];
  e->native = -1;
  if (is_object(args[2]) && args[2]->kind == K_NATIVE) e->native = ((Native *)args[2])->def->fn == encode_basestring_ascii ? 1 : ((Native *)args[2])->def->fn == encode_basestring ? 0 : -1;
  return v;
}

static int put_text(StrBuilder *b, ThreadState *ts, STEALS Value text) {
  int r = text == NULL ? -1 : is_str(text) ? strb_str(b, text) : (err_format(ts, EXC(TypeError), "encoder() must return a string, not %T", text), -1);
  xdecref(ts, text);
  return r;
}
static int put_str(ThreadState *ts, Encoder *e, StrBuilder *b, Value s) {
  if (e->native >= 0) return put_string(b, s, e->native);
  return put_text(b, ts, call1(ts, e->encoder, s));
}
/* OWNED text of a float. */
static Value float_text(ThreadState *ts, Encoder *e, Value v) {
  double d = float_value(v);
  if (d == d && d - d == 0) return TYPE(FLOAT)->slots.repr(ts, v);
  if (!e->allow_nan) return err_format(ts, EXC(ValueError), "Out of range float values are not JSON compliant");
  return str_from_ascii(ts, d != d ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
}
static int put_any(ThreadState *ts, Encoder *e, StrBuilder *b, Value v);

static int enter(ThreadState *ts, Encoder *e, Value v, Value *id) {
  *id = NULL;
  if (e->markers == NULL) return 0;
  *id = id_of(ts, v);
  int known = *id ? dict_contains(ts, e->markers, *id) : -1;
  if (known == 0 && dict_set(ts, e->markers, *id, v) == 0) return 0;
  if (known > 0) err_format(ts, EXC(ValueError), "Circular reference detected");
  CLEAR(*id);
  return -1;
}
static int leave(ThreadState *ts, Encoder *e, Value id) {
  if (id == NULL) return 0;
  int r = dict_delete(ts, e->markers, id);
  decref(ts, id);
  return r;
}

static int put_list(ThreadState *ts, Encoder *e, StrBuilder *b, Value v) {
  Value fast = seq_fast(ts, v, "not a sequence"), id;
  if (fast == NULL) return -1;
  ssize_t n;
  seq_items(fast, &n);
  if (n == 0) {
    decref(ts, fast);
    return strb_ascii(b, "[]", 2);
  }
  if (enter(ts, e, v, &id) < 0) {
    decref(ts, fast);
    return -1;
  }
  int failed = strb_char(b, '[');
  for (ssize_t i = 0; !failed; i++) {
    Value *items = seq_items(fast, &n);
    if (i >= n) break;
    Value item = incref(items[i]);
    failed = (i && strb_str(b, e->item_separator) < 0) || put_any(ts, e, b, item) < 0;
    decref(ts, item);
  }
  decref(ts, fast);
  if (failed) {
    xdecref(ts, id);
    return -1;
  }
  return leave(ts, e, id) < 0 ? -1 : strb_char(b, ']');
}
/* The text of a key before quoting: OWNED; NULL without exception: skip it. */
static Value key_text(ThreadState *ts, Encoder *e, Value k) {
  if (is_str(k)) return incref(k);
  if (is_float(k)) return float_text(ts, e, k);
  if (k == V_TRUE) return str_from_ascii(ts, "true");
  if (k == V_FALSE) return str_from_ascii(ts, "false");
  if (k == V_NONE) return str_from_ascii(ts, "null");
  if (is_int(k)) return TYPE(INT)->slots.repr(ts, k);
  if (!e->skip_keys) err_format(ts, EXC(TypeError), "keys must be str, int, float, bool or None, not %T", k);
  return NULL;
}
static int put_dict(ThreadState *ts, Encoder *e, StrBuilder *b, Value v) {
  Value id;
  if (is_kind(v, K_DICT) && dict_len(v) == 0) return strb_ascii(b, "{}", 2);
  Value pairs = is_kind(v, K_DICT) ? dict_items_list(ts, v) : NULL;
  if (pairs == NULL) {
    Value items = err_occurred(ts) ? NULL : call_method0(ts, v, ID(items));
    pairs = items ? list_from_iterable(ts, items) : NULL;
    xdecref(ts, items);
  }
  if (pairs == NULL) return -1;
  if (list_len(pairs) == 0) {
    decref(ts, pairs);
    return strb_ascii(b, "{}", 2);
  }
  if ((e->sort_keys && list_sort(ts, pairs, NULL, false) < 0) || enter(ts, e, v, &id) < 0) {
    decref(ts, pairs);
    return -1;
  }
  int failed = strb_char(b, '{');
  bool first = true;
  for (ssize_t i = 0; !failed && i < list_len(pairs); i++) {
    Value pair = list_get(pairs, i);
    if (!is_tuple(pair) || tuple_len(pair) != 2) {
      err_format(ts, EXC(ValueError), "items must return 2-tuples");
      failed = -1;
      break;
    }
    Value key = key_text(ts, e, tuple_get(pair, 0));
    if (key == NULL) {
      failed = err_occurred(ts) ? -1 : 0;
      continue;
    }
    failed = (!first && strb_str(b, e->item_separator) < 0) || put_str(ts, e, b, key) < 0 || strb_str(b, e->key_separator) < 0 || put_any(ts, e, b, tuple_get(pair, 1)) < 0;
    decref(ts, key);
    first = false;
  }
  decref(ts, pairs);
  if (failed) {
    xdecref(ts, id);
    return -1;
  }
  return leave(ts, e, id) < 0 ? -1 : strb_char(b, '}');
}
static int put_any(ThreadState *ts, Encoder *e, StrBuilder *b, Value v) {
  if (v == V_NONE) return strb_ascii(b, "null", 4);
  if (v == V_TRUE) return strb_ascii(b, "true", 4);
  if (v == V_FALSE) return strb_ascii(b, "false", 5);
  if (is_str(v)) return put_str(ts, e, b, v);
  if (is_int(v)) return put_text(b, ts, TYPE(INT)->slots.repr(ts, v));
  if (is_float(v)) return put_text(b, ts, float_text(ts, e, v));
  if (enter_recursive(ts, " while encoding a JSON object") < 0) return -1;
  int r;
  if (is_list(v) || is_tuple(v)) {
    r = put_list(ts, e, b, v);
  } else if (is_dict(v)) {
    r = put_dict(ts, e, b, v);
  } else {
    Value id;
    r = enter(ts, e, v, &id);
    if (r == 0) {
      Value other = call1(ts, e->fallback, v);
      r = other ? put_any(ts, e, b, other) : -1;
      xdecref(ts, other);
      if (r == 0) r = leave(ts, e, id);
      else xdecref(ts, id);
    }
  }
  leave_recursive(ts);
  return r;
}
static Value encoder_call(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames) {
  if (args_count(ts, "_iterencode", nargs, 2, 2) < 0) return NULL;
  StrBuilder b;
  strb_init(&b, ts);
  if (put_any(ts, as_encoder(self), &b, args[0]) < 0) {
    strb_drop(&b);
    return NULL;
  }
  Value text = strb_finish(&b), t = text ? tuple_of1(ts, text) : NULL;
  xdecref(ts, text);
  return t;
}
static void encoder_dealloc(ThreadState *ts, Value self) {
  Encoder *e = as_encoder(self);
  Value owned[] = {e->markers, e->fallback, e->encoder, e->key_separator, e->item_separator};
  for (int i = 0; i < 5; i++) xdecref(ts, owned[i]);
  object_release(ts, self);
}
static int encoder_traverse(Value self, Visit visit, void *arg) {
  VISIT(as_encoder(self)->markers);
  VISIT(as_encoder(self)->fallback);
  VISIT(as_encoder(self)->encoder);
  return 0;
}

static const MethodDef methods[] = {{"scanstring", scanstring_py, 2, 3, 0, NULL}, {"encode_basestring", encode_basestring, 1, 1, 0, NULL}, {"encode_basestring_ascii", encode_basestring_ascii, 1, 1, 0, NULL}, {0}};
static int start(ThreadState *ts, Value module) {
  static const TypeSpec scanner = {.name = "_json.Scanner", .size = sizeof(Scanner), .flags = TYPE_GC, .slots = {.new = scanner_new, .call = scanner_call, .dealloc = scanner_dealloc, .traverse = scanner_traverse}};
  static const TypeSpec encoder = {.name = "_json.Encoder", .size = sizeof(Encoder), .flags = TYPE_GC, .slots = {.new = encoder_new, .call = encoder_call, .dealloc = encoder_dealloc, .traverse = encoder_traverse}};
  return module_add(ts, module, "make_scanner", (Value)type_from_spec(ts, &scanner, NULL, K_OBJECT)) < 0 ? -1 : module_add(ts, module, "make_encoder", (Value)type_from_spec(ts, &encoder, NULL, K_OBJECT));
}
const ModuleDef json_module_def = {.name = "_json", .doc = "json speedups", .methods = methods, .start = start};
