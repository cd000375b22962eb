/* error.c - raising, catching and reporting from C; the little formatter behind err_format and str_format.
 * Keeps true: at most one exception is pending; raising while one is pending replaces it. A new exception's __context__ is
 *   the one being handled (ts->exc_info), without cycles.
 * Next: types/exception.c, error.h. CPython: Python/errors.c. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/module.h"

/* ---- the formatter ---- */

static int put_number(StrBuilder *b, const char *spec, size_t spec_len, va_list *list, int longs) {
  char format[32], text[64];
  if (spec_len + 4 > sizeof format) return 0;
  memcpy(format, spec, spec_len);
  format[spec_len] = 0;
  char kind = spec[spec_len - 1];
  if (kind == 'p') {
    snprintf(text, sizeof text, "%p", va_arg(*list, void *));
  } else if (longs == 0) {
    snprintf(text, sizeof text, format, va_arg(*list, int));
  } else if (longs == 1) {
    snprintf(text, sizeof text, format, va_arg(*list, long));
  } else {
    snprintf(text, sizeof text, format, va_arg(*list, long long));
  }
  return strb_ascii(b, text, -1);
}

/* The name of a type as messages have it: of a native module's type with the module before it, as in 'collections.deque'. */
static int put_type_name(StrBuilder *b, Type *t) { return t->full_name ? strb_ascii(b, t->full_name, -1) : strb_str(b, t->name); }

static int put_value(StrBuilder *b, ThreadState *ts, char kind, void *arg) {
  Value v = arg, text = NULL;
  switch (kind) {
    case 'U': return strb_str(b, v);
    case 'T': return put_type_name(b, type_of(ts, v));
    case 'N': return put_type_name(b, arg);
    case 'R': text = repr_of(ts, v); break;
    case 'A': text = ascii_of(ts, v); break;
    default: text = str_of(ts, v); break;
  }
  if (text == NULL) return -1;
  int r = strb_str(b, text);
  decref(ts, text);
  return r;
}

/* UTF-8 text, at most `limit` bytes. Bad bytes become question marks. */
static int put_text(StrBuilder *b, ThreadState *ts, const char *text, ssize_t limit) {
  ssize_t n = 0;
  while ((limit < 0 || n < limit) && text[n]) n++;
  bool ascii = true;
  for (ssize_t i = 0; i < n; i++) ascii &= (unsigned char)text[i] < 0x80;
  if (ascii) return strb_ascii(b, text, n);
  Value s = str_decode(ts, text, n, "utf-8", "replace");
  if (s == NULL) return -1;
  int r = strb_str(b, s);
  decref(ts, s);
  return r;
}

Value str_vformat(ThreadState *ts, const char *format, va_list given) {
  StrBuilder b;
  strb_init(&b, ts);
  va_list list;
  va_copy(list, given);
  const char *p = format;
  int failed = 0;
  while (*p && !failed) {
    const char *percent = strchrnul(p, '%');
    failed = strb_ascii(&b, p, percent - p);
    if (*percent == 0 || failed) break;
    const char *q = percent + 1;
    int longs = 0;
    ssize_t limit = -1;
    while (strchr("0123456789.*lz-", *q) && *q) {
      if (*q == '*') limit = va_arg(list, int);
      else if (*q == 'l') longs++;
      else if (*q == 'z') longs = 1;
      else if (*q == '.' && q[1] != '*') limit = strtol(q + 1, NULL, 10);
      q++;
    }
    switch (*q) {
      case '%': failed = strb_char(&b, '%'); break;
      case 's': failed = put_text(&b, ts, va_arg(list, const char *), limit); break;
      case 'c': failed = strb_char(&b, (Char)va_arg(list, int)); break;
      case 'U': case 'S': case 'R': case 'A': case 'T': case 'N': failed = put_value(&b, ts, *q, va_arg(list, void *)); break;
      default: failed = put_number(&b, percent, (size_t)(q + 1 - percent), &list, longs); break;
    }
    p = q + 1;
  }
  va_end(list);
  if (failed) {
    strb_drop(&b);
    return NULL;
  }
  return strb_finish(&b);
}

Value str_format(ThreadState *ts, const char *format, ...) {
  va_list list;
  va_start(list, format);
  Value r = str_vformat(ts, format, list);
  va_end(list);
  return r;
}

/* ---- raising ---- */

/* The exception that is being handled now: the innermost non-empty item. BORROWED or NULL. */
static Value handled(ThreadState *ts) {
  ExcItem *item = ts->exc_info;
  while (item && item->exc == NULL && item->prev) item = item->prev;
  return item ? item->exc : NULL;
}

/* exc.__context__ = the handled exception, unless that would close a circle. */
static void set_context(ThreadState *ts, Value exc) {
  Value context = handled(ts);
  if (context == NULL || context == V_NONE || context == exc || EXC_FIELD(exc, context)) return;
  /* cut the chain where it reaches exc */
  Value at = context, slow = context;
  bool move_slow = false;
  for (Value next; (next = EXC_FIELD(at, context)) != NULL;) {
    if (next == exc) {
      CLEAR(as_exception(at)->context);
      break;
    }
    at = next;
    if (at == slow) break; /* a circle made by hand */
    Value slow_next = move_slow ? EXC_FIELD(slow, context) : NULL;
    if (slow_next) slow = slow_next;
    move_slow = !move_slow;
  }
  replace(ts, &as_exception(exc)->context, incref(context));
}

Value err_set_instance(ThreadState *ts, Value exc) {
  if (exc != NULL) {
    set_context(ts, exc);
    replace(ts, &ts->exc, exc);
  }
  return NULL;
}

Value err_set(ThreadState *ts, Value type, Value arg) {
  Value pending = err_fetch(ts);
  Value exc = arg ? call1(ts, type, arg) : call0(ts, type);
  xdecref(ts, pending);
  if (exc && !is_exception(exc)) {
    err_format(ts, EXC(TypeError), "exceptions must derive from BaseException");
    decref(ts, exc);
    return NULL;
  }
  return err_set_instance(ts, exc);
}

Value err_format(ThreadState *ts, Value type, const char *format, ...) {
  Value pending = err_fetch(ts);
  va_list list;
  va_start(list, format);
  Value text = str_vformat(ts, format, list);
  va_end(list);
  xdecref(ts, pending);
  if (text == NULL) return NULL;
  err_set(ts, type, text);
  decref(ts, text);
  return NULL;
}

Value err_from_cause(ThreadState *ts, Value type, const char *format, ...) {
  Value cause = err_fetch(ts);
  va_list list;
  va_start(list, format);
  Value text = str_vformat(ts, format, list);
  va_end(list);
  if (text) err_set(ts, type, text);
  xdecref(ts, text);
  if (ts->exc == NULL || ts->exc == cause) {
    xdecref(ts, cause);
    return NULL;
  }
  Exception *e = as_exception(ts->exc);
  replace(ts, &e->cause, incref(cause));
  replace(ts, &e->context, cause);
  e->suppress_context = true;
  return NULL;
}

/* MemoryError must not need much memory: one instance is kept in reserve. */
Value err_no_memory(ThreadState *ts) {
  Interp *interp = ts->interp;
  Type *type = interp->exceptions[EXC_MemoryError];
  if (type == NULL) return NULL;
  size_t limit = interp->memory_limit;
  int64_t fail_at = interp->fail_allocation_at;
  interp->memory_limit = 0; /* the exception itself may go past the limit */
  interp->fail_allocation_at = -1;
  Value exc = object_new_instance(ts, type);
  if (exc) {
    as_exception(exc)->args = incref(interp->empty_tuple);
    err_set_instance(ts, exc);
  }
  interp->memory_limit = limit;
  interp->fail_allocation_at = fail_at;
  if (exc == NULL) {
    fputs("gilly: out of memory\n", stderr);
    abort();
  }
  return NULL;
}

Value err_key(ThreadState *ts, Value key) { return err_set(ts, EXC(KeyError), key); }

Value err_errno(ThreadState *ts, int number, Value filename, Value filename2) {
  Value text = str_from_fs(ts, strerror(number), (ssize_t)strlen(strerror(number)));
  if (text == NULL) return NULL;
  Value args[5] = {small_int_value(number), text, filename, V_NONE, filename2};
  Value exc = call_args(ts, EXC(OSError), args, filename2 ? 5 : filename ? 3 : 2);
  decref(ts, text);
  return err_set_instance(ts, exc);
}

Value err_stop_iteration(ThreadState *ts, Value value) {
  if (value == NULL || value == V_NONE) return err_set(ts, EXC(StopIteration), NULL);
  Value exc = call1(ts, EXC(StopIteration), value);
  return err_set_instance(ts, exc);
}

Value err_bad_call(ThreadState *ts) { return err_format(ts, EXC(TypeError), "bad argument type for built-in operation"); }

void err_clear(ThreadState *ts) { CLEAR(ts->exc); }

bool exception_matches(ThreadState *ts, Value exc, Value type) {
  if (is_tuple(type)) {
    for (ssize_t i = 0; i < tuple_len(type); i++)
      if (exception_matches(ts, exc, tuple_get(type, i))) return true;
    return false;
  }
  return is_type(type) && type_is_subtype(type_of(ts, exc), (Type *)type);
}

bool err_matches(ThreadState *ts, Value type) { return ts->exc && exception_matches(ts, ts->exc, type); }

void err_chain(ThreadState *ts, Value context) {
  if (context == NULL) return;
  if (ts->exc == NULL) {
    ts->exc = context;
    return;
  }
  if (ts->exc != context) replace(ts, &as_exception(ts->exc)->context, context);
  else decref(ts, context);
}

int enter_recursive_slow(ThreadState *ts, const char *where) {
  char here;
  /* A little room beyond the limit, so that the handler of a RecursionError can itself call things. */
  if (ts->recursion_left > 0 && &here > ts->c_stack_limit) return 0;
  if (ts->recursion_left > -50 && ts->recursion_left <= 0 && ts->exc == NULL && &here > ts->c_stack_limit && ts->dealloc_depth > 0) return 0;
  ts->recursion_left++;
  int left = ts->recursion_left;
  char *limit = ts->c_stack_limit;
  ts->recursion_left += 50;
  ts->c_stack_limit -= 64 * 1024; /* of what is kept at the end of the stack: making the exception calls things too */
  err_format(ts, EXC(RecursionError), "maximum recursion depth exceeded%s", where);
  ts->recursion_left = left;
  ts->c_stack_limit = limit;
  return -1;
}

/* ---- reporting what nobody catches ---- */

static void print_unraisable_plainly(ThreadState *ts, Value exc, Value where) {
  FILE *out = stderr;
  Value text = where ? repr_of(ts, where) : NULL;
  if (text) fprintf(out, "Exception ignored in: %s\n", str_is_ascii(text) ? str_chars(text) : "?");
  xdecref(ts, text);
  err_clear(ts);
  text = str_of(ts, exc);
  fprintf(out, "%s: %s\n", type_name_of(ts, exc), text && str_is_ascii(text) ? str_chars(text) : "?");
  xdecref(ts, text);
  err_clear(ts);
}

void err_write_unraisable(ThreadState *ts, Value where) { err_write_unraisable_text(ts, NULL, where); }

void err_write_unraisable_text(ThreadState *ts, const char *text, Value where) {
  Value exc = err_fetch(ts);
  if (exc == NULL) return;
  Value hook = ts->interp->sys_dict ? dict_get_str(ts, ts->interp->sys_dict, ID(unraisablehook)) : NULL;
  Value done = NULL;
  if (hook && hook != V_NONE && !ts->interp->finalizing) {
    Value message = text ? str_from_ascii(ts, text) : V_NONE, traceback = EXC_FIELD(exc, traceback);
    Value parts[] = {incref((Value)type_of(ts, exc)), incref(exc), traceback ? incref(traceback) : V_NONE, message ? message : V_NONE, where ? incref(where) : V_NONE};
    Value args = ts->interp->unraisable_args ? structseq_new(ts, ts->interp->unraisable_args, parts) : tuple_from_items(ts, parts, 5);
    incref(hook);
    done = args ? call1(ts, hook, args) : NULL;
    decref(ts, hook);
    xdecref(ts, args);
    err_clear(ts);
  }
  if (done == NULL) print_unraisable_plainly(ts, exc, where);
  xdecref(ts, done);
  decref(ts, exc);
}

int err_warn(ThreadState *ts, Value category, int stack_level, const char *format, ...) {
  va_list list;
  va_start(list, format);
  Value text = str_vformat(ts, format, list);
  va_end(list);
  if (text == NULL) return -1;
  Value warn = import_attr(ts, "warnings", "warn");
  Value args[] = {text, category, small_int_value(stack_level)};
  Value r = warn ? call_args(ts, warn, args, 3) : NULL;
  xdecref(ts, warn);
  decref(ts, text);
  xdecref(ts, r);
  return r ? 0 : -1;
}
