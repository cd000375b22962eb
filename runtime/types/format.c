/* format.c - "...{name.attribute[key]!r:spec}...".format(): reading the markup, finding the fields.
 * How: one reader (next_piece) gives literal text and the field behind it; str.format renders the fields, string.Formatter
 *   gets them one by one through an iterator.
 * Next: format_spec.c (what a spec means). CPython: Objects/stringlib/unicode_format.h. */
#include "runtime/object.h"

#include <stdlib.h>

/* A part of a str. */
typedef struct {
  ssize_t start, end;
} Span;

typedef struct {
  Span literal;
  bool has_field;
  Span name, spec;
  Char conversion; /* 0: none */
  bool spec_has_fields;
} Piece;

static int value_error(ThreadState *ts, const char *text) {
  err_format(ts, EXC(ValueError), "%s", text);
  return -1;
}

/* ---- reading the markup ---- */

/* "!r" behind the name; *at stands behind the '!'. 1: the field ends here, 0: a spec follows. */
static int read_conversion(ThreadState *ts, Value s, ssize_t end, ssize_t *at, Piece *piece) {
  if (*at >= end) return value_error(ts, "end of string while looking for conversion specifier");
  piece->conversion = str_at(s, (*at)++);
  if (*at >= end) return 0;
  Char c = str_at(s, (*at)++);
  if (c == '}') return 1;
  return c == ':' ? 0 : value_error(ts, "expected ':' after conversion specifier");
}

/* The field that begins at *at, behind its '{'. */
static int read_field(ThreadState *ts, Value s, ssize_t end, ssize_t *at, Piece *piece) {
  Char c = 0;
  bool in_brackets = false;
  piece->name.start = *at;
  while (*at < end) {
    c = str_at(s, (*at)++);
    if (c == '{' && !in_brackets) return value_error(ts, "unexpected '{' in field name");
    if (c == '[') in_brackets = true;
    else if (c == ']') in_brackets = false;
    else if (!in_brackets && (c == '}' || c == ':' || c == '!')) break;
    c = 0;
  }
  piece->name.end = c ? *at - 1 : *at;
  if (c == '}') return 0;
  if (c == 0) return value_error(ts, "expected '}' before end of string");
  if (c == '!') {
    int done = read_conversion(ts, s, end, at, piece);
    if (done != 0) return done < 0 ? -1 : 0;
  }
  piece->spec = (Span){*at, end};
  for (int depth = 1; *at < end;) {
    c = str_at(s, (*at)++);
    if (c == '{') {
      piece->spec_has_fields = true;
      depth++;
    } else if (c == '}' && --depth == 0) {
      piece->spec.end = *at - 1;
      return 0;
    }
  }
  return value_error(ts, "unmatched '{' in format spec");
}

/* The next literal and field in s[*at:end]: 1, 0 at the end, -1. "{{" and "}}" end a literal with one brace. */
static int next_piece(ThreadState *ts, Value s, ssize_t end, ssize_t *at, Piece *piece) {
  *piece = (Piece){.literal = {*at, *at}};
  if (*at >= end) return 0;
  Char c = 0;
  while (*at < end) {
    c = str_at(s, (*at)++);
    if (c == '{' || c == '}') break;
    c = 0;
  }
  piece->literal.end = *at;
  if (c == 0) return 1;
  bool doubled = *at < end && str_at(s, *at) == c;
  if (doubled) {
    ++*at;
    return 1;
  }
  if (c == '}') return value_error(ts, "Single '}' encountered in format string");
  if (*at >= end) return value_error(ts, "Single '{' encountered in format string");
  piece->literal.end--;
  piece->has_field = true;
  return read_field(ts, s, end, at, piece) < 0 ? -1 : 1;
}

/* ---- field names ---- */

/* s[span] as an index: -1 when it is not all digits, -2 with ValueError. */
static ssize_t span_index(ThreadState *ts, Value s, Span span) {
  ssize_t n = 0;
  if (span.start == span.end) return -1;
  for (ssize_t i = span.start; i < span.end; i++) {
    int digit = char_decimal_value(str_at(s, i));
    if (digit < 0) return -1;
    if (n > (PTRDIFF_MAX - digit) / 10) return value_error(ts, "Too many decimal digits in format string"), -2;
    n = n * 10 + digit;
  }
  return n;
}

static ssize_t first_part_end(Value s, Span name) {
  ssize_t i = name.start;
  while (i < name.end && str_at(s, i) != '.' && str_at(s, i) != '[') i++;
  return i;
}

typedef struct {
  bool is_attribute;
  Span name;
  ssize_t index; /* [index], or -1 */
} Step;

/* The next ".name" or "[key]" of s[*at:end]: 1, 0 at the end, -1. */
static int next_step(ThreadState *ts, Value s, ssize_t end, ssize_t *at, Step *step) {
  if (*at >= end) return 0;
  Char c = str_at(s, (*at)++);
  step->is_attribute = c == '.';
  step->index = -1;
  step->name.start = *at;
  if (c == '.') {
    while (*at < end && str_at(s, *at) != '.' && str_at(s, *at) != '[') ++*at;
    step->name.end = *at;
  } else if (c == '[') {
    while (*at < end && str_at(s, *at) != ']') ++*at;
    if (*at >= end) return value_error(ts, "Missing ']' in format string");
    step->name.end = (*at)++;
    step->index = span_index(ts, s, step->name);
    if (step->index == -2) return -1;
  } else {
    return value_error(ts, "Only '.' or '[' may follow ']' in format field specifier");
  }
  if (step->name.start == step->name.end) return value_error(ts, "Empty attribute in format string");
  return 1;
}

/* ---- rendering ---- */

typedef enum { NUMBERING_UNKNOWN, NUMBERING_AUTO, NUMBERING_MANUAL } Numbering;

typedef struct {
  ThreadState *ts;
  Value *args; /* NULL: format_map */
  ssize_t nargs;
  Value kwnames, mapping;
  Numbering numbering;
  ssize_t next_index;
} Formatter;

static int choose_numbering(Formatter *f, Numbering wanted) {
  if (f->numbering == NUMBERING_UNKNOWN) f->numbering = wanted;
  if (f->numbering == wanted) return 0;
  return value_error(f->ts, wanted == NUMBERING_AUTO ? "cannot switch from manual field specification to automatic field numbering"
                                                     : "cannot switch from automatic field numbering to manual field specification");
}

static OWNED Value keyword(Formatter *f, Value key) {
  ThreadState *ts = f->ts;
  if (f->mapping) return item_get(ts, f->mapping, key);
  for (ssize_t i = 0; f->kwnames && i < tuple_len(f->kwnames); i++)
    if (str_equal(tuple_get(f->kwnames, i), key)) return incref(f->args[f->nargs + i]);
  return err_key(ts, key);
}

/* The argument that the first part of a field's name means. */
static OWNED Value first_value(Formatter *f, Value s, Span first) {
  ThreadState *ts = f->ts;
  ssize_t index = span_index(ts, s, first);
  if (index == -2) return NULL;
  if (first.start == first.end) {
    if (choose_numbering(f, NUMBERING_AUTO) < 0) return NULL;
    index = f->next_index++;
  } else if (index >= 0 && choose_numbering(f, NUMBERING_MANUAL) < 0) {
    return NULL;
  }
  if (index < 0) {
    Value key = str_substring(ts, s, first.start, first.end), v = key ? keyword(f, key) : NULL;
    xdecref(ts, key);
    return v;
  }
  if (f->mapping) return err_format(ts, EXC(ValueError), "Format string contains positional fields");
  if (index >= f->nargs)
    return err_format(ts, EXC(IndexError), "Replacement index %zd out of range for positional args tuple", index);
  return incref(f->args[index]);
}

static OWNED Value field_value(Formatter *f, Value s, Span name) {
  ThreadState *ts = f->ts;
  ssize_t at = first_part_end(s, name);
  Value v = first_value(f, s, (Span){name.start, at});
  Step step;
  int more = 0;
  while (v && (more = next_step(ts, s, name.end, &at, &step)) > 0) {
    Value key = step.index >= 0 ? small_int_value(step.index) : str_substring(ts, s, step.name.start, step.name.end);
    if (key && step.is_attribute) key = str_intern(ts, key);
    replace(ts, &v, key == NULL ? NULL : step.is_attribute ? attr_get(ts, v, key) : item_get(ts, v, key));
    xdecref(ts, key);
  }
  if (more < 0) CLEAR(v);
  return v;
}

static OWNED Value convert(ThreadState *ts, STEALS Value v, Char conversion) {
  Value r = NULL;
  switch (conversion) {
    case 0: return v;
    case 'r': r = repr_of(ts, v); break;
    case 's': r = str_of(ts, v); break;
    case 'a': r = ascii_of(ts, v); break;
    default:
      if (conversion > 32 && conversion < 127)
        err_format(ts, EXC(ValueError), "Unknown conversion specifier %c", (int)conversion);
      else
        err_format(ts, EXC(ValueError), "Unknown conversion specifier \\x%x", (unsigned)conversion);
  }
  decref(ts, v);
  return r;
}

static int build(Formatter *f, Value s, Span span, int depth, StrBuilder *out);

static int put_field(Formatter *f, Value s, const Piece *piece, int depth, StrBuilder *out) {
  ThreadState *ts = f->ts;
  Value v = field_value(f, s, piece->name), spec = NULL, text = NULL;
  if (v) v = convert(ts, v, piece->conversion);
  if (v == NULL) return -1;
  if (piece->spec_has_fields) {
    StrBuilder inner;
    strb_init(&inner, ts);
    if (build(f, s, piece->spec, depth - 1, &inner) == 0) spec = strb_finish(&inner);
    else strb_drop(&inner);
  } else {
    spec = str_substring(ts, s, piece->spec.start, piece->spec.end);
  }
  int r = -1;
  if (spec) {
    bool plain = str_len(spec) == 0 && is_exact_str(v);
    text = plain ? incref(v) : format_of(ts, v, spec);
    if (text) r = strb_str(out, text);
  }
  xdecref(ts, text);
  xdecref(ts, spec);
  decref(ts, v);
  return r;
}

static int build(Formatter *f, Value s, Span span, int depth, StrBuilder *out) {
  if (depth <= 0) return value_error(f->ts, "Max string recursion exceeded");
  Piece piece;
  int more;
  for (ssize_t at = span.start; (more = next_piece(f->ts, s, span.end, &at, &piece)) > 0;) {
    if (strb_sub(out, s, piece.literal.start, piece.literal.end) < 0) return -1;
    if (piece.has_field && put_field(f, s, &piece, depth, out) < 0) return -1;
  }
  return more;
}

static OWNED Value render(Formatter *f, Value format) {
  StrBuilder out;
  strb_init(&out, f->ts);
  if (build(f, format, (Span){0, str_len(format)}, 2, &out) == 0) return strb_finish(&out);
  strb_drop(&out);
  return NULL;
}

Value str_format_method(ThreadState *ts, Value format, Value *args, ssize_t nargs, Value kwnames) {
  Formatter f = {.ts = ts, .args = args, .nargs = nargs, .kwnames = kwnames};
  return render(&f, format);
}

Value str_format_map(ThreadState *ts, Value format, Value mapping) {
  Formatter f = {.ts = ts, .mapping = mapping};
  return render(&f, format);
}

/* ---- for string.Formatter ---- */

typedef struct {
  Object base;
  Value text;
  ssize_t at, end;
} MarkupIterator;

static void markup_dealloc(ThreadState *ts, Value self) {
  decref(ts, ((MarkupIterator *)self)->text);
  object_release(ts, self);
}

static OWNED Value span_str(ThreadState *ts, Value s, Span span) { return str_substring(ts, s, span.start, span.end); }

static OWNED Value markup_iterator(ThreadState *ts, int which, const TypeSpec *spec, Value text, ssize_t at) {
  Type *type = more_type(ts, which, spec, K_OBJECT);
  MarkupIterator *it = (MarkupIterator *)(type ? object_alloc(ts, type, sizeof(MarkupIterator)) : NULL);
  if (it == NULL) return NULL;
  it->text = incref(text);
  it->at = at;
  it->end = str_len(text);
  return (Value)it;
}

static Value parser_next(ThreadState *ts, Value self) {
  MarkupIterator *it = (MarkupIterator *)self;
  Piece piece;
  if (next_piece(ts, it->text, it->end, &it->at, &piece) <= 0) return NULL;
  Value t = tuple_new(ts, 4);
  if (t == NULL) return NULL;
  bool field = piece.has_field;
  tuple_set(t, 0, span_str(ts, it->text, piece.literal));
  tuple_set(t, 1, field ? span_str(ts, it->text, piece.name) : V_NONE);
  tuple_set(t, 2, field ? span_str(ts, it->text, piece.spec) : V_NONE);
  tuple_set(t, 3, field && piece.conversion ? str_from_char(ts, piece.conversion) : V_NONE);
  for (int i = 0; i < 4; i++)
    if (tuple_get(t, i) == NULL) return decref(ts, t), NULL;
  return t;
}

Value str_formatter_parser(ThreadState *ts, Value format) {
  static const TypeSpec spec = {
    .name = "formatteriterator",
    .size = sizeof(MarkupIterator),
    .flags = TYPE_NO_NEW,
    .slots = {.dealloc = markup_dealloc, .iter = iterator_itself, .next = parser_next},
  };
  return markup_iterator(ts, MORE_FORMATTER_ITERATOR, &spec, format, 0);
}

static Value steps_next(ThreadState *ts, Value self) {
  MarkupIterator *it = (MarkupIterator *)self;
  Step step;
  if (next_step(ts, it->text, it->end, &it->at, &step) <= 0) return NULL;
  return tuple_steal2(ts, bool_value(step.is_attribute), step.index >= 0 ? small_int_value(step.index) : span_str(ts, it->text, step.name));
}

Value str_formatter_field_name_split(ThreadState *ts, Value name) {
  static const TypeSpec spec = {
    .name = "fieldnameiterator",
    .size = sizeof(MarkupIterator),
    .flags = TYPE_NO_NEW,
    .slots = {.dealloc = markup_dealloc, .iter = iterator_itself, .next = steps_next},
  };
  Span first = {0, first_part_end(name, (Span){0, str_len(name)})};
  ssize_t index = span_index(ts, name, first);
  if (index == -2) return NULL;
  Value head = index >= 0 ? small_int_value(index) : span_str(ts, name, first);
  return head ? tuple_steal2(ts, head, markup_iterator(ts, MORE_FIELD_NAME_ITERATOR, &spec, name, first.end)) : NULL;
}
