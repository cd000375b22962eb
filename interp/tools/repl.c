/* repl.c - the prompt: read a statement, compile it, run it, print what it gives.
 * Keeps true: whatever a line does, the session goes on; only exit(), Ctrl-D and a broken stdin end it. History is kept in
 *   ~/.gilly_history. With stdin a pipe there is no editing, but the same prompts and answers.
 * Next: main.c, interp/front/front.h. CPython: Python/pythonrun.c (PyRun_InteractiveLoop), Lib/rlcompleter.py. */
#define Function ReadlineFunction /* the header has a type of this name */
#include <editline/readline.h>
#undef Function
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "interp/front/front.h"
#include "interp/tools/tools.h"
#include "interp/vm/frame.h"
#include "interp/vm/interp.h"
#include "runtime/module.h"
#include "runtime/modules/signal_module.h"

/* libedit's completer gets no argument of ours: the session it serves while a line is being read. */
static struct {
  ThreadState *ts;
  Value globals;
  Value matches; /* list of str */
} session;

/* ---- completion ---- */

static Value names_for(ThreadState *ts, Value globals, const char *text, ssize_t *prefix) {
  const char *dot = strrchr(text, '.');
  if (dot == NULL) {
    *prefix = 0;
    Value names = dict_keys_list(ts, globals), more = names ? dict_keys_list(ts, (Value)ts->interp->builtins) : NULL;
    if (more == NULL || list_extend(ts, names, more) < 0) CLEAR(names);
    xdecref(ts, more);
    return names;
  }
  *prefix = dot - text + 1;
  Value expression = str_from_utf8(ts, text, dot - text), eval = dict_get_cstr(ts, (Value)ts->interp->builtins, "eval");
  Value owner = expression && eval ? call2(ts, eval, expression, globals) : NULL;
  xdecref(ts, expression);
  Value names = owner ? dir_of(ts, owner) : NULL;
  xdecref(ts, owner);
  return names;
}

static char *next_match(const char *text, int state) {
  ThreadState *ts = session.ts;
  if (state == 0) {
    xdecref(ts, session.matches);
    session.matches = list_new(ts, 8);
    ssize_t prefix;
    Value names = names_for(ts, session.globals, text, &prefix);
    for (ssize_t i = 0; names && session.matches && i < list_len(names); i++) {
      Value name = list_get(names, i);
      if (!is_str(name) || !str_is_ascii(name) || strncmp(str_chars(name), text + prefix, strlen(text + prefix)) != 0) continue;
      Value whole = str_format(ts, "%.*s%U", (int)prefix, text, name);
      if (whole == NULL || list_append_steal(ts, session.matches, whole) < 0) break;
    }
    xdecref(ts, names);
    err_clear(ts);
  }
  if (session.matches == NULL || state >= list_len(session.matches)) return NULL;
  return strdup(str_chars(list_get(session.matches, state)));
}
static char **complete(const char *text, int start, int end) {
  rl_attempted_completion_over = 1;
  if (*text == 0) return NULL;
  sched_blocking_end(&session.ts->sched); /* the prompt waits detached; looking names up is no waiting */
  char **matches = rl_completion_matches(text, next_match);
  sched_blocking_begin_for(&session.ts->sched, BLOCK_INPUT);
  return matches;
}

static void history_file(char *path, size_t size) {
  const char *home = getenv("HOME");
  snprintf(path, size, "%s/.gilly_history", home ? home : "");
}

static void start_editing(ThreadState *ts, Value globals) {
  char path[4096];
  session.ts = ts;
  session.globals = globals;
  setlocale(LC_CTYPE, ""); /* how wide characters are: libedit asks, nobody else */
  rl_readline_name = "gilly";
  rl_attempted_completion_function = complete;
  rl_basic_word_break_characters = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?";
  using_history();
  history_file(path, sizeof path);
  read_history(path);
}

/* ---- reading ---- */

/* sys.ps1 or ps2 as text; they may be any object, whose str() is asked each time. */
static void prompt_text(ThreadState *ts, const char *name, char *out, size_t size) {
  Value v = sys_get(ts, name), text = v ? str_of(ts, v) : NULL;
  snprintf(out, size, "%s", text && str_is_ascii(text) ? str_chars(text) : "");
  xdecref(ts, text);
  err_clear(ts);
}

typedef struct {
  char *text;
  size_t length, capacity;
} Lines;

static int add_line(Lines *l, const char *line) {
  size_t n = strlen(line);
  if (l->length + n + 2 > l->capacity) {
    size_t capacity = (l->length + n + 2) * 2;
    char *grown = realloc(l->text, capacity);
    if (grown == NULL) return -1;
    l->text = grown;
    l->capacity = capacity;
  }
  memcpy(l->text + l->length, line, n);
  l->length += n;
  if (n == 0 || line[n - 1] != '\n') l->text[l->length++] = '\n';
  l->text[l->length] = 0;
  return 0;
}

enum { READ_LINE, READ_END, READ_INTERRUPTED };
static int read_line(ThreadState *ts, const char *prompt, bool editing, char **line) {
  interp_flush(ts);
  if (editing) {
    sched_blocking_begin_for(&ts->sched, BLOCK_INPUT);
    char *got = readline(prompt);
    sched_blocking_end(&ts->sched);
    if (got == NULL) return sched_should_check(&ts->sched) ? READ_INTERRUPTED : READ_END;
    *line = got;
    if (*got) add_history(got);
    return READ_LINE;
  }
  fputs(prompt, stderr); /* as CPython, when there is no terminal */
  size_t capacity = 0;
  *line = NULL;
  errno = 0;
  sched_blocking_begin_for(&ts->sched, BLOCK_INPUT);
  ssize_t n = getline(line, &capacity, stdin);
  int error = errno;
  sched_blocking_end(&ts->sched);
  if (n >= 0) return READ_LINE;
  free(*line);
  *line = NULL;
  if (error == EINTR) {
    clearerr(stdin);
    return READ_INTERRUPTED;
  }
  return READ_END;
}

/* ---- running ---- */

/* Compile what was typed so far. 1: more lines are wanted. */
static int try_compile(ThreadState *ts, const Lines *l, bool finished, Value *code) {
  Value name = str_from_ascii(ts, "<stdin>");
  bool incomplete = false;
  *code = name ? front_compile(ts, l->text, l->length, name, FRONT_SINGLE, finished ? 0 : FRONT_ALLOW_INCOMPLETE, &incomplete) : NULL;
  xdecref(ts, name);
  return *code == NULL && incomplete && !err_occurred(ts);
}

/* A block goes on until an empty line, as in Python. */
static bool opens_block(const Lines *l) {
  const char *p = l->text + l->length;
  while (p > l->text && (p[-1] == '\n' || p[-1] == ' ' || p[-1] == '\t')) p--;
  return p > l->text && p[-1] == ':';
}

static bool is_blank(const char *line) { return line[strspn(line, " \t\r\n")] == 0; }

/* -1: the session is over, *status set. */
static int run_statement(ThreadState *ts, Value code, Value globals, int *status) {
  Value r = run_code(ts, code, globals, NULL, NULL);
  xdecref(ts, r);
  if (r) return 0;
  bool leaves = err_matches(ts, EXC(SystemExit));
  int s = interp_report(ts);
  if (!leaves) return 0;
  *status = s;
  return -1;
}

int tool_repl(ThreadState *ts, Value globals, bool banner) {
  bool editing = isatty(0) && isatty(1);
  if (banner) fprintf(stderr, "gilly %s (Python 3.11), GIL %s. Ctrl-D leaves.\n", GILLY_VERSION, CORE_HAS_GIL ? "on" : "off");
  const char *names[] = {"ps1", "ps2"}, *defaults[] = {">>> ", "... "};
  for (int i = 0; i < 2; i++) {
    Value s = sys_get(ts, names[i]) ? NULL : str_from_ascii(ts, defaults[i]);
    if (s) sys_set(ts, names[i], s);
    xdecref(ts, s);
  }
  if (editing) start_editing(ts, globals);
  Lines lines = {0};
  bool block = false;
  int status = 0;
  for (;;) {
    char prompt[256], *line;
    prompt_text(ts, lines.length ? "ps2" : "ps1", prompt, sizeof prompt);
    int got = read_line(ts, prompt, editing, &line);
    if (got == READ_INTERRUPTED) {
      signals_deliver(ts);
      err_clear(ts);
      fputs("\nKeyboardInterrupt\n", stderr);
      lines.length = 0;
      block = false;
      continue;
    }
    bool end = got == READ_END, blank = end || is_blank(line);
    if (!end && !(blank && lines.length == 0) && add_line(&lines, line) < 0) break;
    if (!end) free(line);
    if (lines.length == 0) {
      if (end) break;
      continue;
    }
    if (!block && opens_block(&lines)) block = true;
    Value code = NULL;
    bool more = block && !blank;
    if (!more) more = try_compile(ts, &lines, end || (block && blank), &code) && !end;
    if (more) continue;
    lines.length = 0;
    block = false;
    if (code == NULL) {
      if (err_occurred(ts)) interp_report(ts);
    } else {
      int over = run_statement(ts, code, globals, &status);
      decref(ts, code);
      if (over) break;
    }
    if (end) break;
  }
  free(lines.text);
  if (editing) {
    char path[4096];
    history_file(path, sizeof path);
    write_history(path);
    CLEAR(session.matches);
  }
  if (isatty(0)) fputc('\n', stdout);
  return status;
}
