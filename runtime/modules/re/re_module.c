/* re_module.c - Pattern and Match as Python sees them, replacement templates, and the module _re.
 * Keeps true: after an empty match the next one may not be empty at the same place (Python 3.7's rule for sub, findall, split).
 * Next: re_parse.c, runtime/lib/re.py. CPython: Modules/_sre. */
#include "runtime/modules/re/re_internal.h"

static Pattern *as_pattern(Value v) { return (Pattern *)v; }
static Match *as_match(Value v) { return (Match *)v; }
ReState *re_state(ThreadState *ts) { return native_state(ts, NATIVE_re); }

/* ---- subjects ---- */

static int check_subject(ThreadState *ts, Pattern *p, Value s) {
  bool text = is_str(s);
  if (!text && !has_buffer(ts, s)) err_format(ts, EXC(TypeError), "expected string or bytes-like object, got '%T'", s);
  else if (text && p->is_bytes) err_format(ts, EXC(TypeError), "cannot use a bytes pattern on a string-like object");
  else if (!text && !p->is_bytes) err_format(ts, EXC(TypeError), "cannot use a string pattern on a bytes-like object");
  else return 0;
  return -1;
}
ssize_t re_length(ThreadState *ts, Value s) {
  if (is_str(s)) return str_len(s);
  Buffer view;
  if (buffer_get(ts, s, &view, false) < 0) return -1;
  ssize_t n = view.length;
  buffer_release(ts, &view);
  return n;
}
Value re_slice(ThreadState *ts, Value s, ssize_t start, ssize_t end) {
  if (is_str(s)) return str_substring(ts, s, start, end);
  Buffer view;
  if (buffer_get(ts, s, &view, false) < 0) return NULL;
  if (end > view.length) end = view.length; /* a bytearray may have shrunk since it matched */
  Value r = bytes_new(ts, view.data + start, end > start ? end - start : 0);
  buffer_release(ts, &view);
  return r;
}

/* (string, pos=0, endpos=maxsize): clipped. */
static int subject_args(ThreadState *ts, Pattern *p, const char *function, Value *args, ssize_t nargs, Value kwnames, Value *s, ssize_t *pos, ssize_t *endpos) {
  static const char *const names[] = {"string", "pos", "endpos"};
  ArgSpec spec = {function, 0, 3, 1, 3, names};
  Value given[3];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || check_subject(ts, p, given[0]) < 0) return -1;
  ssize_t n = re_length(ts, given[0]);
  *s = given[0];
  *pos = 0;
  *endpos = n;
  if (given[1] && (*pos = num_as_ssize(ts, given[1], NULL)) == -1 && err_occurred(ts)) return -1;
  if (given[2] && (*endpos = num_as_ssize(ts, given[2], NULL)) == -1 && err_occurred(ts)) return -1;
  if (*endpos < 0) *endpos = 0;
  if (*endpos > n) *endpos = n;
  if (*pos < 0) *pos = 0;
  return n < 0 ? -1 : 0;
}
static Value find_one(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames, int how, const char *name) {
  Value s, m = V_NONE;
  ssize_t pos, endpos;
  if (subject_args(ts, as_pattern(self), name, args, nargs, kwnames, &s, &pos, &endpos) < 0) return NULL;
  if (pos > endpos) return V_NONE;
  return re_run(ts, as_pattern(self), s, pos, endpos, how, false, &m) < 0 ? NULL : m;
}
static Value pattern_match(NATIVE_ARGS) { return find_one(ts, self, args, nargs, kwnames, RE_MATCH, "match"); }
static Value pattern_fullmatch(NATIVE_ARGS) { return find_one(ts, self, args, nargs, kwnames, RE_FULLMATCH, "fullmatch"); }
static Value pattern_search(NATIVE_ARGS) { return find_one(ts, self, args, nargs, kwnames, RE_SEARCH, "search"); }

/* ---- matches one after the other ---- */

typedef struct {
  Pattern *p;
  Value string;
  ssize_t at, endpos;
  bool not_empty;
} Walk;
static int walk_step(ThreadState *ts, Walk *w, int how, Value *m) {
  if (w->at > w->endpos) return 0;
  int r = re_run(ts, w->p, w->string, w->at, w->endpos, how, w->not_empty, m);
  if (r == 1) {
    ssize_t start = as_match(*m)->spans[0], end = as_match(*m)->spans[1];
    w->not_empty = start == end;
    w->at = end;
  }
  return r;
}

static int walk_next(ThreadState *ts, Walk *w, Value *m) { return walk_step(ts, w, RE_SEARCH, m); }

static Value group_value(ThreadState *ts, Match *m, int g, Value fallback) {
  ssize_t start = m->spans[2 * g], end = m->spans[2 * g + 1];
  return start < 0 ? incref(fallback) : re_slice(ts, m->string, start, end);
}
static Value empty_of(ThreadState *ts, Pattern *p) { return p->is_bytes ? ts->interp->empty_bytes : ts->interp->empty_str; }

static Value pattern_findall(NATIVE_ARGS) {
  Pattern *p = as_pattern(self);
  Walk w = {.p = p};
  if (subject_args(ts, p, "findall", args, nargs, kwnames, &w.string, &w.at, &w.endpos) < 0) return NULL;
  Value list = list_new(ts, 4), m;
  int r;
  while (list && (r = walk_next(ts, &w, &m)) != 0) {
    if (r < 0) {
      CLEAR(list);
      break;
    }
    Value item;
    if (p->groups <= 1) {
      item = group_value(ts, as_match(m), p->groups, empty_of(ts, p));
    } else {
      item = tuple_new(ts, p->groups);
      for (int g = 1; item && g <= p->groups; g++) {
        Value one = group_value(ts, as_match(m), g, empty_of(ts, p));
        if (one) tuple_set(item, g - 1, one);
        else CLEAR(item);
      }
    }
    decref(ts, m);
    if (item == NULL || list_append_steal(ts, list, item) < 0) CLEAR(list);
  }
  return list;
}

typedef struct {
  Object base;
  Value pattern;
  Walk walk;
} Finder;
static void finder_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, ((Finder *)self)->pattern);
  xdecref(ts, ((Finder *)self)->walk.string);
  object_release(ts, self);
}
static Value finder_next(ThreadState *ts, Value self) {
  Value m;
  return walk_next(ts, &((Finder *)self)->walk, &m) == 1 ? m : NULL;
}
static Value self_iter(ThreadState *ts, Value self) { return incref(self); }
static Value walker(ThreadState *ts, Type *type, const char *method, Value self, Value *args, ssize_t nargs, Value kwnames) {
  Walk w = {.p = as_pattern(self)};
  if (subject_args(ts, w.p, method, args, nargs, kwnames, &w.string, &w.at, &w.endpos) < 0) return NULL;
  Value v = object_alloc(ts, type, sizeof(Finder));
  if (v == NULL) return NULL;
  incref(w.string);
  ((Finder *)v)->walk = w;
  ((Finder *)v)->pattern = incref(self);
  return v;
}
static Value pattern_finditer(NATIVE_ARGS) { return walker(ts, re_state(ts)->finder, "finditer", self, args, nargs, kwnames); }

/* Pattern.scanner(): the same walk, a step for each call of search() or match(). */
static Value pattern_scanner(NATIVE_ARGS) { return walker(ts, re_state(ts)->scanner, "scanner", self, args, nargs, kwnames); }
static Value scanner_step(ThreadState *ts, Value self, int how) {
  Walk *w = &((Finder *)self)->walk;
  Value m;
  int r = walk_step(ts, w, how, &m);
  if (r == 0) w->at = w->endpos + 1; /* it stays at its end */
  return r < 0 ? NULL : r ? m : V_NONE;
}
static Value scanner_search(NATIVE_ARGS) { return scanner_step(ts, self, RE_SEARCH); }
static Value scanner_match(NATIVE_ARGS) { return scanner_step(ts, self, RE_MATCH); }
static Value scanner_pattern(ThreadState *ts, Value self) { return incref(((Finder *)self)->pattern); }

static Value pattern_split(NATIVE_ARGS) {
  static const char *const names[] = {"string", "maxsplit"};
  static const ArgSpec spec = {"split", 0, 2, 1, 2, names};
  Value given[2], m;
  Pattern *p = as_pattern(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || check_subject(ts, p, given[0]) < 0) return NULL;
  ssize_t max = 0, n = re_length(ts, given[0]), last = 0;
  if (n < 0 || (given[1] && (max = num_as_ssize(ts, given[1], EXC(OverflowError))) == -1 && err_occurred(ts))) return NULL;
  Walk w = {.p = p, .string = given[0], .endpos = n};
  Value list = list_new(ts, 4);
  int r;
  for (ssize_t done = 0; list && (max == 0 || done < max) && (r = walk_next(ts, &w, &m)) != 0; done++) {
    if (r < 0) {
      CLEAR(list);
      break;
    }
    Match *found = as_match(m);
    Value part = re_slice(ts, given[0], last, found->spans[0]);
    last = found->spans[1];
    int failed = part == NULL || list_append_steal(ts, list, part) < 0;
    for (int g = 1; !failed && g <= p->groups; g++) {
      Value one = group_value(ts, found, g, V_NONE);
      failed = one == NULL || list_append_steal(ts, list, one) < 0;
    }
    decref(ts, m);
    if (failed) CLEAR(list);
  }
  if (list == NULL) return NULL;
  Value rest = re_slice(ts, given[0], last, n);
  if (rest == NULL || list_append_steal(ts, list, rest) < 0) CLEAR(list);
  return list;
}

/* ---- templates: "\1 and \g<name>" ---- */

static int add_literal(ThreadState *ts, Pattern *p, Value parts, StrBuilder *b) {
  Value s = strb_finish(b);
  strb_init(b, ts);
  if (s == NULL) return -1;
  if (str_len(s) == 0) {
    decref(ts, s);
    return 0;
  }
  if (p->is_bytes) {
    Value bytes = str_encode(ts, s, "latin-1", "strict");
    decref(ts, s);
    if ((s = bytes) == NULL) return -1;
  }
  return list_append_steal(ts, parts, s);
}
static int add_group(ThreadState *ts, Pattern *p, Value parts, StrBuilder *b, int g, Value template, ssize_t pos) {
  if (g > p->groups) {
    re_error(ts, template, pos, "invalid group reference %d", g);
    return -1;
  }
  return add_literal(ts, p, parts, b) < 0 ? -1 : list_append(ts, parts, small_int_value(g));
}

Value re_template(ThreadState *ts, Pattern *p, Value template) {
  Value s = NULL, parts = list_new(ts, 4);
  if (is_str(template)) {
    s = incref(template);
  } else {
    Buffer view;
    if (buffer_get(ts, template, &view, false) == 0) {
      s = str_from_latin1(ts, view.data, view.length);
      buffer_release(ts, &view);
    }
  }
  StrBuilder b;
  strb_init(&b, ts);
  if (s == NULL || parts == NULL) goto error;
  ssize_t n = str_len(s);
  for (ssize_t i = 0; i < n;) {
    Char c = str_at(s, i++);
    if (c != '\\') {
      if (strb_char(&b, c) < 0) goto error;
      continue;
    }
    ssize_t start = i - 1;
    if (i >= n) {
      re_error(ts, template, start, "bad escape (end of pattern)");
      goto error;
    }
    c = str_at(s, i++);
    if (c == 'g') {
      if (i >= n || str_at(s, i) != '<') {
        re_error(ts, template, i, "missing <");
        goto error;
      }
      ssize_t name_start = i + 1, end = str_find_char(s, '>', name_start, n);
      if (end == name_start || end < 0) {
        if (end < 0 && name_start < n) re_error(ts, template, name_start, "missing >, unterminated name");
        else re_error(ts, template, name_start, "missing group name");
        goto error;
      }
      Value name = str_substring(ts, s, name_start, end);
      if (name == NULL) goto error;
      bool digits = true;
      int64_t g = 0;
      for (ssize_t k = 0; k < str_len(name); k++) {
        Char d = str_at(name, k);
        digits &= d >= '0' && d <= '9';
        if (digits && g < 1000000) g = g * 10 + (d - '0');
      }
      if (!digits) {
        Value found = str_is_identifier(name) ? dict_get(ts, p->group_index, name) : NULL;
        if (!str_is_identifier(name)) re_error(ts, template, name_start, "bad character in group name %R", name);
        else if (found == NULL) err_format(ts, EXC(IndexError), "unknown group name %R", name);
        g = found ? small_int(found) : -1;
      }
      decref(ts, name);
      if (g < 0 || add_group(ts, p, parts, &b, (int)g, template, name_start) < 0) goto error;
      i = end + 1;
      continue;
    }
    if (c == '0') {
      int v = 0;
      for (int k = 0; k < 2 && i < n && str_at(s, i) >= '0' && str_at(s, i) <= '7'; k++) v = v * 8 + (int)(str_at(s, i++) - '0');
      if (strb_char(&b, (Char)(v & 0xff)) < 0) goto error;
      continue;
    }
    if (c >= '1' && c <= '9') {
      int g = (int)(c - '0');
      if (i < n && str_at(s, i) >= '0' && str_at(s, i) <= '9') {
        Char d = str_at(s, i);
        if (c <= '7' && d <= '7' && i + 1 < n && str_at(s, i + 1) >= '0' && str_at(s, i + 1) <= '7') {
          int v = g * 64 + (int)(d - '0') * 8 + (int)(str_at(s, i + 1) - '0');
          if (v > 0377) {
            re_error(ts, template, start, "octal escape value \\%o outside of range 0-0o377", v);
            goto error;
          }
          i += 2;
          if (strb_char(&b, (Char)v) < 0) goto error;
          continue;
        }
        g = g * 10 + (int)(d - '0');
        i++;
      }
      if (add_group(ts, p, parts, &b, g, template, start + 1) < 0) goto error;
      continue;
    }
    static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
    const char *known = c < 128 ? strchr(letters, (int)c) : NULL;
    if (known) {
      if (strb_char(&b, (Char)values[known - letters]) < 0) goto error;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      re_error(ts, template, start, "bad escape \\%c", (int)c);
      goto error;
    } else if (strb_char(&b, '\\') < 0 || strb_char(&b, c) < 0) {
      goto error;
    }
  }
  if (add_literal(ts, p, parts, &b) < 0) goto error;
  strb_drop(&b);
  decref(ts, s);
  return parts;
error:
  strb_drop(&b);
  xdecref(ts, s);
  xdecref(ts, parts);
  return NULL;
}

static Value join(ThreadState *ts, Pattern *p, Value list) {
  Value empty = empty_of(ts, p);
  return p->is_bytes ? call_method1(ts, empty, ID(join), list) : str_join(ts, empty, list);
}
static int add_expanded(ThreadState *ts, Match *m, Value parts, Value list) {
  Pattern *p = as_pattern(m->pattern);
  for (ssize_t i = 0; i < list_len(parts); i++) {
    Value part = list_get(parts, i);
    Value text = is_small_int(part) ? group_value(ts, m, (int)small_int(part), empty_of(ts, p)) : incref(part);
    if (text == NULL || list_append_steal(ts, list, text) < 0) return -1;
  }
  return 0;
}
Value re_expand(ThreadState *ts, Match *m, Value parts) {
  Value list = list_new(ts, 4);
  Value r = list && add_expanded(ts, m, parts, list) == 0 ? join(ts, as_pattern(m->pattern), list) : NULL;
  xdecref(ts, list);
  return r;
}

static Value substitute(ThreadState *ts, Value self, Value *args, ssize_t nargs, Value kwnames, const char *name, bool with_count) {
  static const char *const names[] = {"repl", "string", "count"};
  ArgSpec spec = {name, 0, 3, 2, 3, names};
  Value given[3], m, list = NULL, parts = NULL, result = NULL;
  Pattern *p = as_pattern(self);
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || check_subject(ts, p, given[1]) < 0) return NULL;
  ssize_t max = 0, n = re_length(ts, given[1]), last = 0, done = 0;
  if (n < 0 || (given[2] && (max = num_as_ssize(ts, given[2], EXC(OverflowError))) == -1 && err_occurred(ts))) return NULL;
  bool calls = is_callable(ts, given[0]);
  if (!calls && (is_str(given[0]) ? p->is_bytes : !p->is_bytes)) {
    if (is_str(given[0])) return err_format(ts, EXC(TypeError), "sequence item 0: expected a bytes-like object, str found");
    return err_format(ts, EXC(TypeError), has_buffer(ts, given[0]) ? "sequence item 0: expected str instance, %T found" : "decoding to str: need a bytes-like object, %T found", given[0]);
  }
  if (!calls && (parts = re_template(ts, p, given[0])) == NULL) return NULL;
  Walk w = {.p = p, .string = given[1], .endpos = n};
  list = list_new(ts, 8);
  int r = 0;
  while (list && (max == 0 || done < max) && (r = walk_next(ts, &w, &m)) == 1) {
    Match *found = as_match(m);
    Value before = found->spans[0] > last ? re_slice(ts, given[1], last, found->spans[0]) : NULL;
    int failed = err_occurred(ts) || (before && list_append_steal(ts, list, before) < 0);
    last = found->spans[1];
    if (!failed && calls) {
      Value text = call1(ts, given[0], m);
      if (text == V_NONE) text = NULL;
      else if (text == NULL) failed = 1;
      if (text && (is_str(text) == p->is_bytes)) {
        err_format(ts, EXC(TypeError), p->is_bytes ? "sequence item %zd: expected a bytes-like object, %T found" : "sequence item %zd: expected str instance, %T found", list_len(list), text);
        failed = 1;
        decref(ts, text);
      } else if (text) {
        failed = list_append_steal(ts, list, text) < 0;
      }
    } else if (!failed) {
      failed = add_expanded(ts, found, parts, list) < 0;
    }
    decref(ts, m);
    done++;
    if (failed) goto end;
  }
  if (list == NULL || r < 0) goto end;
  Value rest = re_slice(ts, given[1], last, n);
  if (rest == NULL || list_append_steal(ts, list, rest) < 0) goto end;
  result = join(ts, p, list);
  if (result && with_count) result = tuple_steal2(ts, result, int_from_i64(ts, done));
end:
  xdecref(ts, parts);
  xdecref(ts, list);
  return result;
}
static Value pattern_sub(NATIVE_ARGS) { return substitute(ts, self, args, nargs, kwnames, "sub", false); }
static Value pattern_subn(NATIVE_ARGS) { return substitute(ts, self, args, nargs, kwnames, "subn", true); }

/* ---- Pattern ---- */

static void pattern_dealloc(ThreadState *ts, Value self) {
  Pattern *p = as_pattern(self);
  re_free_code(p);
  mem_free(ts, p->close_order);
  xdecref(ts, p->pattern);
  xdecref(ts, p->translated);
  xdecref(ts, p->group_index);
  xdecref(ts, p->group_names);
  object_release(ts, self);
}
static Value pattern_repr(ThreadState *ts, Value self) {
  static const struct {
    int flag;
    const char *name;
  } names[] = {{FLAG_TEMPLATE, "re.TEMPLATE"}, {FLAG_IGNORECASE, "re.IGNORECASE"}, {FLAG_LOCALE, "re.LOCALE"}, {FLAG_MULTILINE, "re.MULTILINE"}, {FLAG_DOTALL, "re.DOTALL"}, {FLAG_UNICODE, "re.UNICODE"}, {FLAG_VERBOSE, "re.VERBOSE"}, {FLAG_DEBUG, "re.DEBUG"}, {FLAG_ASCII, "re.ASCII"}};
  Pattern *p = as_pattern(self);
  int flags = p->flags;
  if (!p->is_bytes && (flags & (FLAG_LOCALE | FLAG_UNICODE | FLAG_ASCII)) == FLAG_UNICODE) flags &= ~FLAG_UNICODE;
  char text[256] = "";
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (flags & names[i].flag) {
      strcat(text, *text ? "|" : ", ");
      strcat(text, names[i].name);
    }
  Value shown = repr_of(ts, p->pattern);
  if (shown && str_len(shown) > 200) {
    Value cut = str_substring(ts, shown, 0, 200);
    decref(ts, shown);
    shown = cut;
  }
  Value r = shown ? str_format(ts, "re.compile(%U%s)", shown, text) : NULL;
  xdecref(ts, shown);
  return r;
}
static Value pattern_compare(ThreadState *ts, Value a, Value b, CompareOp op) {
  if ((op != CMP_EQ && op != CMP_NE) || type_of(ts, a) != type_of(ts, b)) return V_NOT_IMPLEMENTED;
  int same = as_pattern(a)->flags == as_pattern(b)->flags && as_pattern(a)->is_bytes == as_pattern(b)->is_bytes ? equals(ts, as_pattern(a)->pattern, as_pattern(b)->pattern) : 0;
  return same < 0 ? NULL : bool_value(op == CMP_EQ ? same : !same);
}
static int64_t pattern_hash(ThreadState *ts, Value self) {
  int64_t h = hash_of(ts, as_pattern(self)->pattern);
  return h == -1 ? -1 : (h ^ as_pattern(self)->flags) == -1 ? -2 : h ^ as_pattern(self)->flags;
}
static Value pattern_get_pattern(ThreadState *ts, Value self) { return incref(as_pattern(self)->pattern); }
static Value pattern_get_flags(ThreadState *ts, Value self) { return small_int_value(as_pattern(self)->flags); }
static Value pattern_get_groups(ThreadState *ts, Value self) { return small_int_value(as_pattern(self)->groups); }
static Value pattern_get_index(ThreadState *ts, Value self) { return mapping_proxy_new(ts, as_pattern(self)->group_index); }
static Value same_value(NATIVE_ARGS) { return incref(self); }
static Value class_getitem(NATIVE_ARGS) { return generic_alias_new(ts, self, args[0]); }
static const MethodDef pattern_methods[] = {
    {"match", pattern_match, 1, 3, METHOD_KW, NULL}, {"fullmatch", pattern_fullmatch, 1, 3, METHOD_KW, NULL}, {"search", pattern_search, 1, 3, METHOD_KW, NULL}, {"findall", pattern_findall, 1, 3, METHOD_KW, NULL},
    {"finditer", pattern_finditer, 1, 3, METHOD_KW, NULL}, {"scanner", pattern_scanner, 1, 3, METHOD_KW, NULL}, {"split", pattern_split, 1, 2, METHOD_KW, NULL}, {"sub", pattern_sub, 2, 3, METHOD_KW, NULL}, {"subn", pattern_subn, 2, 3, METHOD_KW, NULL},
    {"__copy__", same_value, 0, 0, 0, NULL}, {"__deepcopy__", same_value, 1, 1, 0, NULL}, {"__class_getitem__", class_getitem, 1, 1, METHOD_CLASS, NULL}, {0}};
static const GetSetDef pattern_getsets[] = {{"pattern", pattern_get_pattern, NULL, NULL}, {"flags", pattern_get_flags, NULL, NULL}, {"groups", pattern_get_groups, NULL, NULL}, {"groupindex", pattern_get_index, NULL, NULL}, {0}};

/* ---- Match ---- */

static void match_dealloc(ThreadState *ts, Value self) {
  xdecref(ts, as_match(self)->pattern);
  xdecref(ts, as_match(self)->string);
  object_release(ts, self);
}
/* A group's number from an int or a name; -1 with IndexError. */
static int group_number(ThreadState *ts, Match *m, Value v) {
  Pattern *p = as_pattern(m->pattern);
  int64_t g = -1;
  if (is_int(v) || has_index(ts, v)) {
    g = num_as_ssize(ts, v, NULL);
  } else {
    Value found = is_str(v) ? dict_get(ts, p->group_index, v) : NULL;
    if (found) g = small_int(found);
  }
  if (g >= 0 && g <= p->groups) return (int)g;
  if (!err_occurred(ts)) err_format(ts, EXC(IndexError), "no such group");
  return -1;
}
static Value match_group(NATIVE_ARGS) {
  Match *m = as_match(self);
  if (nargs == 0) return group_value(ts, m, 0, V_NONE);
  Value t = nargs > 1 ? tuple_new(ts, nargs) : NULL;
  for (ssize_t i = 0; i < nargs; i++) {
    int g = group_number(ts, m, args[i]);
    Value v = g < 0 ? NULL : group_value(ts, m, g, V_NONE);
    if (nargs == 1) return v;
    if (v == NULL) {
      xdecref(ts, t);
      return NULL;
    }
    tuple_set(t, i, v);
  }
  return t;
}
static Value match_getitem(ThreadState *ts, Value self, Value key) {
  int g = group_number(ts, as_match(self), key);
  return g < 0 ? NULL : group_value(ts, as_match(self), g, V_NONE);
}
static Value default_arg(ThreadState *ts, const char *name, Value *args, ssize_t nargs, Value kwnames) {
  static const char *const names[] = {"default"};
  ArgSpec spec = {name, 0, 1, 0, 1, names};
  Value given[1];
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0) return NULL;
  return given[0] ? given[0] : V_NONE;
}
static Value match_groups(NATIVE_ARGS) {
  Match *m = as_match(self);
  int n = as_pattern(m->pattern)->groups;
  Value fallback = default_arg(ts, "groups", args, nargs, kwnames), t = fallback ? tuple_new(ts, n) : NULL;
  for (int g = 1; t && g <= n; g++) {
    Value v = group_value(ts, m, g, fallback);
    if (v) tuple_set(t, g - 1, v);
    else CLEAR(t);
  }
  return t;
}
static Value match_groupdict(NATIVE_ARGS) {
  Match *m = as_match(self);
  Value fallback = default_arg(ts, "groupdict", args, nargs, kwnames), d = fallback ? dict_new(ts) : NULL, name, number;
  for (ssize_t pos = 0; d && dict_next(as_pattern(m->pattern)->group_index, &pos, &name, &number);) {
    Value v = group_value(ts, m, (int)small_int(number), fallback);
    if (v == NULL || dict_set_steal(ts, d, name, v) < 0) CLEAR(d);
  }
  return d;
}
static int one_group(ThreadState *ts, Value self, Value *args, ssize_t nargs) { return nargs ? group_number(ts, as_match(self), args[0]) : 0; }
static Value match_start(NATIVE_ARGS) {
  int g = one_group(ts, self, args, nargs);
  return g < 0 ? NULL : int_from_i64(ts, as_match(self)->spans[2 * g]);
}
static Value match_end(NATIVE_ARGS) {
  int g = one_group(ts, self, args, nargs);
  return g < 0 ? NULL : int_from_i64(ts, as_match(self)->spans[2 * g + 1]);
}
static Value span_of(ThreadState *ts, Match *m, int g) { return tuple_steal2(ts, int_from_i64(ts, m->spans[2 * g]), int_from_i64(ts, m->spans[2 * g + 1])); }
static Value match_span(NATIVE_ARGS) {
  int g = one_group(ts, self, args, nargs);
  return g < 0 ? NULL : span_of(ts, as_match(self), g);
}
static Value match_expand(NATIVE_ARGS) {
  Value parts = re_template(ts, as_pattern(as_match(self)->pattern), args[0]);
  Value r = parts ? re_expand(ts, as_match(self), parts) : NULL;
  xdecref(ts, parts);
  return r;
}
static Value match_repr(ThreadState *ts, Value self) {
  Match *m = as_match(self);
  Value g = group_value(ts, m, 0, V_NONE);
  Value r = g ? str_format(ts, "<re.Match object; span=(%zd, %zd), match=%R>", m->spans[0], m->spans[1], g) : NULL;
  xdecref(ts, g);
  return r;
}
static Value match_get_string(ThreadState *ts, Value self) { return incref(as_match(self)->string); }
static Value match_get_re(ThreadState *ts, Value self) { return incref(as_match(self)->pattern); }
static Value match_get_pos(ThreadState *ts, Value self) { return int_from_i64(ts, as_match(self)->pos); }
static Value match_get_endpos(ThreadState *ts, Value self) { return int_from_i64(ts, as_match(self)->endpos); }
static Value match_get_lastindex(ThreadState *ts, Value self) { return as_match(self)->lastindex ? small_int_value(as_match(self)->lastindex) : V_NONE; }
static Value match_get_lastgroup(ThreadState *ts, Value self) { return as_match(self)->lastindex ? incref(list_get(as_pattern(as_match(self)->pattern)->group_names, as_match(self)->lastindex)) : V_NONE; }
static Value match_get_regs(ThreadState *ts, Value self) {
  int n = as_pattern(as_match(self)->pattern)->groups;
  Value t = tuple_new(ts, n + 1);
  for (int g = 0; t && g <= n; g++) {
    Value span = span_of(ts, as_match(self), g);
    if (span) tuple_set(t, g, span);
    else CLEAR(t);
  }
  return t;
}
static const MethodDef match_methods[] = {
    {"group", match_group, 0, -1, 0, NULL}, {"groups", match_groups, 0, 1, METHOD_KW, NULL}, {"groupdict", match_groupdict, 0, 1, METHOD_KW, NULL}, {"start", match_start, 0, 1, 0, NULL}, {"end", match_end, 0, 1, 0, NULL},
    {"span", match_span, 0, 1, 0, NULL}, {"expand", match_expand, 1, 1, 0, NULL}, {"__copy__", same_value, 0, 0, 0, NULL}, {"__deepcopy__", same_value, 1, 1, 0, NULL}, {"__class_getitem__", class_getitem, 1, 1, METHOD_CLASS, NULL}, {0}};
static const GetSetDef match_getsets[] = {{"string", match_get_string, NULL, NULL}, {"re", match_get_re, NULL, NULL}, {"pos", match_get_pos, NULL, NULL}, {"endpos", match_get_endpos, NULL, NULL},
                                          {"lastindex", match_get_lastindex, NULL, NULL}, {"lastgroup", match_get_lastgroup, NULL, NULL}, {"regs", match_get_regs, NULL, NULL}, {0}};

/* ---- the module ---- */

static int check_flags(ThreadState *ts, Pattern *p) {
  if (p->is_bytes) {
    if (p->flags & FLAG_UNICODE) {
      err_format(ts, EXC(ValueError), "cannot use UNICODE flag with a bytes pattern");
      return -1;
    }
    if (p->flags & FLAG_LOCALE && p->flags & FLAG_ASCII) {
      err_format(ts, EXC(ValueError), "ASCII and LOCALE flags are incompatible");
      return -1;
    }
    return 0;
  }
  if (p->flags & FLAG_LOCALE) {
    err_format(ts, EXC(ValueError), "cannot use LOCALE flag with a str pattern");
    return -1;
  }
  if (p->flags & FLAG_ASCII && p->flags & FLAG_UNICODE) {
    err_format(ts, EXC(ValueError), "ASCII and UNICODE flags are incompatible");
    return -1;
  }
  if (!(p->flags & FLAG_ASCII)) p->flags |= FLAG_UNICODE;
  return 0;
}

static Value re_compile(NATIVE_ARGS) {
  int flags = 0;
  if (nargs > 1 && num_as_int(ts, args[1], &flags) < 0) return NULL;
  if (!is_str(args[0]) && !is_bytes(args[0]) && !has_buffer(ts, args[0])) return err_format(ts, EXC(TypeError), "first argument must be string or compiled pattern");
  Value v = object_alloc(ts, re_state(ts)->pattern, sizeof(Pattern));
  if (v == NULL) return NULL;
  Pattern *p = as_pattern(v);
  p->is_bytes = !is_str(args[0]);
  p->pattern = p->is_bytes && !is_bytes(args[0]) ? bytes_from_value(ts, args[0]) : incref(args[0]);
  p->flags = flags;
  p->group_index = dict_new(ts);
  p->group_names = list_new(ts, 2);
  p->close_order = mem_alloc_zeroed(ts, sizeof(int));
  if (p->pattern == NULL || p->group_index == NULL || p->group_names == NULL || p->close_order == NULL || re_parse(ts, p) < 0 || check_flags(ts, p) < 0) CLEAR(v);
  Value none;
  if (v && re_run(ts, p, empty_of(ts, p), 0, 0, RE_MATCH, false, &none) == 1) decref(ts, none); /* errors of PCRE2 show now */
  if (err_occurred(ts)) CLEAR(v);
  return v;
}
static Value re_template_py(NATIVE_ARGS) { return re_template(ts, as_pattern(args[0]), args[1]); }

/* class error(Exception): msg, pattern, pos, lineno, colno */
static Value error_init(NATIVE_ARGS) {
  if (nargs < 2 || nargs > 4) return err_format(ts, EXC(TypeError), "error() takes from 1 to 3 arguments");
  Value e = args[0], pattern = nargs > 2 ? args[2] : V_NONE, pos = nargs > 3 ? args[3] : V_NONE;
  Value text = incref(args[1]), line = V_NONE, column = V_NONE;
  if (pattern != V_NONE && pos != V_NONE && is_small_int(pos)) {
    ssize_t at = small_int(pos), lines = 1, last = -1;
    bool has_newline = false;
    ssize_t n = re_length(ts, pattern);
    for (ssize_t i = 0; i < n; i++) {
      Char c = is_str(pattern) ? str_at(pattern, i) : (Char)(uint8_t)bytes_data(pattern)[i];
      has_newline |= c == '\n';
      if (c == '\n' && i < at) lines++, last = i;
    }
    line = small_int_value(lines);
    column = small_int_value(at - last);
    Value full = has_newline ? str_format(ts, "%S at position %zd (line %zd, column %zd)", text, at, lines, at - last) : str_format(ts, "%S at position %zd", text, at);
    decref(ts, text);
    if ((text = full) == NULL) return NULL;
  }
  Value tuple = tuple_of1(ts, text);
  int failed = tuple == NULL || attr_set(ts, e, ID(args), tuple) < 0 || attr_set(ts, e, ID(msg), args[1]) < 0;
  const char *names[] = {"pattern", "pos", "lineno", "colno"};
  Value values[] = {pattern, pos, line, column};
  for (int i = 0; i < 4 && !failed; i++) {
    Value name = str_intern_cstr(ts, names[i]);
    failed = name == NULL || attr_set(ts, e, name, values[i]) < 0;
    xdecref(ts, name);
  }
  xdecref(ts, tuple);
  decref(ts, text);
  return failed ? NULL : V_NONE;
}
static const MethodDef methods[] = {{"compile", re_compile, 1, 2, 0, "compile(pattern, flags=0, /) -> Pattern"}, {"template", re_template_py, 2, 2, 0, NULL}, {0}};

/* A native function is no method by itself; property-like binding comes from a Python-level descriptor: here a method descriptor. */
Value method_descr_new(ThreadState *ts, const MethodDef *def, Type *type);

static Value init_descr(NATIVE_ARGS) {
  Value all[5] = {self};
  for (ssize_t i = 0; i < nargs && i < 4; i++) all[i + 1] = args[i];
  return error_init(ts, NULL, all, nargs + 1, NULL);
}
static const MethodDef init_descr_def = {"__init__", init_descr, 1, 3, 0, NULL};

static int start(ThreadState *ts, Value module) {
  static const TypeSpec pattern = {.name = "re.Pattern", .doc = "Compiled regular expression object.", .size = sizeof(Pattern), .flags = TYPE_NO_NEW | TYPE_WEAKREFS, .methods = pattern_methods, .getsets = pattern_getsets,
                                   .slots = {.dealloc = pattern_dealloc, .repr = pattern_repr, .compare = pattern_compare, .hash = pattern_hash}};
  static const TypeSpec match = {.name = "re.Match", .doc = "The result of re.match() and re.search().", .size = sizeof(Match), .flags = TYPE_NO_NEW, .methods = match_methods, .getsets = match_getsets,
                                 .slots = {.dealloc = match_dealloc, .repr = match_repr, .getitem = match_getitem}};
  static const TypeSpec finder = {.name = "callable_iterator", .size = sizeof(Finder), .flags = TYPE_NO_NEW, .slots = {.dealloc = finder_dealloc, .iter = self_iter, .next = finder_next}};
  static const MethodDef scanner_methods[] = {{"search", scanner_search, 0, 0, 0, NULL}, {"match", scanner_match, 0, 0, 0, NULL}, {0}};
  static const GetSetDef scanner_getsets[] = {{"pattern", scanner_pattern, NULL, NULL}, {0}};
  static const TypeSpec scanner = {.name = "_sre.SRE_Scanner", .size = sizeof(Finder), .flags = TYPE_NO_NEW, .slots = {.dealloc = finder_dealloc}, .methods = scanner_methods, .getsets = scanner_getsets};
  ReState *s = module_state(module);
  if ((s->scanner = type_from_spec(ts, &scanner, NULL, K_OBJECT)) == NULL) return -1;
  if (module_add_type(ts, module, &pattern, NULL, &s->pattern) < 0 || module_add_type(ts, module, &match, NULL, &s->match) < 0 || (s->finder = type_from_spec(ts, &finder, NULL, K_OBJECT)) == NULL) return -1;
  Value bases = tuple_of1(ts, EXC(Exception)), dict = dict_new(ts), name = str_from_ascii(ts, "error"), re = str_from_ascii(ts, "re");
  Value init = method_descr_new(ts, &init_descr_def, (Type *)EXC(Exception));
  if (bases == NULL || dict == NULL || init == NULL || dict_set(ts, dict, ID(__module__), re) < 0 || dict_set(ts, dict, ID(__init__), init) < 0) return -1;
  s->error = type_new_class(ts, TYPE(TYPE), name, bases, dict, NULL, NULL);
  Value used[] = {bases, dict, name, re, init};
  for (int i = 0; i < 5; i++) xdecref(ts, used[i]);
  return s->error ? module_add(ts, module, "error", incref(s->error)) : -1;
}

const ModuleDef re_module_def = {.name = "_re", .doc = "Regular expressions.", .methods = methods, .start = start, .state_size = sizeof(ReState), .owned_values = 5};
