/* main.c - the command: options, what to run, exit status, signals.
 * Next: options.def, vm/interp.c, tools/repl.c. CPython: Modules/main.c. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interp/core_choice.h"
#include "interp/front/front.h"
#include "interp/tools/tools.h"
#include "interp/vm/eval_internal.h"
#include "interp/vm/import.h"
#include "interp/vm/interp.h"
#include "runtime/modules/signal_module.h"
#include "runtime/gc.h"

#define VERSION_TEXT "gilly " GILLY_VERSION " (Python 3.11)"

/* ---- options ---- */

enum {
#define OPTION(id, inherited, short_name, long_name, argument, group, text) OPT_##id,
#include "interp/options.def"
#undef OPTION
  OPT_COUNT
};
enum { OWN, INHERITED };
static const struct {
  bool is_inherited;
  char short_name;
  const char *long_name, *argument, *group, *text;
} option_table[] = {
#define OPTION(id, inherited, short_name, long_name, argument, group, text) {inherited, short_name, long_name, argument, group, text},
#include "interp/options.def"
#undef OPTION
};

static const struct {
  const char *name, *module, *usage, *text;
} verbs[] = {
#define VERB(name, module, usage, text) {name, module, usage, text},
#include "interp/verbs.def"
#undef VERB
};
enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

static void print_help(void) {
  puts("usage: gilly [options] [SCRIPT | -c CODE | -m MODULE | -] [arguments]");
  for (size_t v = 0; v < VERB_COUNT; v++) printf("       gilly %s %s\n           %s\n", verbs[v].name, verbs[v].usage, verbs[v].text);
  puts("\nWith nothing to run, gilly is a prompt.\n");
  const char *group = "";
  for (int i = 0; i < OPT_COUNT; i++) {
    char left[64];
    if (strcmp(group, option_table[i].group) != 0) printf("%s:\n", group = option_table[i].group);
    const char *argument = option_table[i].argument;
    if (option_table[i].long_name && option_table[i].short_name) snprintf(left, sizeof left, "-%c, --%s", option_table[i].short_name, option_table[i].long_name);
    else if (option_table[i].long_name) snprintf(left, sizeof left, "--%s%s%s", option_table[i].long_name, argument ? "=" : "", argument ? argument : "");
    else snprintf(left, sizeof left, "-%c%s%s", option_table[i].short_name, argument ? " " : "", argument ? argument : "");
    printf("  %-26s %s\n", left, option_table[i].text);
  }
}

static int usage_error(const char *format, const char *what) {
  fputs("gilly: ", stderr);
  fprintf(stderr, format, what);
  fputs(" (gilly --help lists the options)\n", stderr);
  return -1;
}

static int parse_size(const char *text, size_t *out) {
  char *end;
  errno = 0;
  double n = strtod(text, &end);
  double unit = *end == 'K' || *end == 'k' ? 1024.0 : *end == 'M' || *end == 'm' ? 1048576.0 : *end == 'G' || *end == 'g' ? 1073741824.0 : 1.0;
  if (end == text || (unit != 1.0 ? end[1] != 0 && strcmp(end + 1, "B") != 0 && strcmp(end + 1, "iB") != 0 : *end != 0) || !(n > 0) || n * unit > 9e18) return -1;
  *out = (size_t)(n * unit);
  return 0;
}

/* A time with its unit; microseconds, at least 1. */
static int parse_interval(const char *text, int64_t *us) {
  char *end;
  double n = strtod(text, &end);
  double unit = strcmp(end, "us") == 0 ? 1 : strcmp(end, "ms") == 0 ? 1000 : strcmp(end, "s") == 0 || *end == 0 ? 1e6 : 0;
  if (end == text || unit == 0 || !(n * unit >= 1) || n * unit > 1e15) return -1;
  *us = (int64_t)(n * unit);
  return 0;
}

static int add_x_option(Options *o, const char *value) {
  if (o->x_option_count == 16) return usage_error("too many -X options: %s", value);
  o->x_options[o->x_option_count++] = value;
  if (strncmp(value, "gil", 3) != 0 || (value[3] != '=' && value[3] != 0)) return 0;
  if (strcmp(value, "gil=0") != 0 && strcmp(value, "gil=1") != 0) return usage_error("-X gil wants gil=0 or gil=1, not '%s'", value);
  o->gil = value[4] == '1' ? GIL_ON : GIL_OFF;
  return 0;
}

/* Keep an option for the processes that this one spawns: "-O" or "--gil=off". -1: no memory. */
static int note_inherited(Options *o, int id, const char *value) {
  char **list = realloc(o->inherited, (size_t)(o->inherited_count + 1) * sizeof *list);
  if (list == NULL) return -1;
  o->inherited = list;
  const char *name = option_table[id].long_name;
  const char letter[2] = {option_table[id].short_name, 0};
  int n = asprintf(&list[o->inherited_count], "%s%s%s%s", name ? "--" : "-", name ? name : letter, name && value ? "=" : "", value ? value : "");
  return n < 0 ? -1 : (o->inherited_count++, 0);
}
static int set_option(Options *o, int id, const char *value) {
  char *end;
  if (option_table[id].is_inherited && note_inherited(o, id, value) < 0) return usage_error("no memory%s", "");
  switch (id) {
    case OPT_INTERACTIVE: o->interactive = true; return 0;
    case OPT_OPTIMIZE: o->optimize = true; return 0;
    case OPT_QUIET: o->quiet = true; return 0;
    case OPT_UNBUFFERED: o->unbuffered = true; return 0;
    case OPT_ISOLATED: o->isolated = o->safe_path = o->ignore_environment = true; return 0;
    case OPT_NO_ENVIRONMENT: o->ignore_environment = true; return 0;
    case OPT_SAFE_PATH: o->safe_path = true; return 0;
    case OPT_NO_SITE: o->no_site = true; return 0;
    case OPT_VERSION: o->show_version = true; return 0;
    case OPT_WARNING:
      if (o->warning_count == 16) return usage_error("too many -W options: %s", value);
      o->warnings[o->warning_count++] = value;
      return 0;
    case OPT_IMPLEMENTATION: return add_x_option(o, value);
    case OPT_MAX_MEMORY: return parse_size(value, &o->max_memory) == 0 ? 0 : usage_error("--max-memory wants a size such as 100M, not '%s'", value);
    case OPT_MAX_INSTRUCTIONS:
      o->max_instructions = strtoll(value, &end, 10);
      return *value && *end == 0 && o->max_instructions > 0 ? 0 : usage_error("--max-instructions wants a number above 0, not '%s'", value);
    case OPT_FAIL_ALLOCATION:
      o->fail_allocation = strtoll(value, &end, 10);
      return *value && *end == 0 && o->fail_allocation > 0 ? 0 : usage_error("--fail-allocation wants a number above 0, not '%s'", value);
    case OPT_GIL:
      o->gil = strcmp(value, "on") == 0 ? GIL_ON : strcmp(value, "off") == 0 ? GIL_OFF : GIL_UNSAID;
      return o->gil ? 0 : usage_error("--gil wants on or off, not '%s'", value);
    case OPT_PROFILE:
      o->profile = profile_find(value);
      return o->profile && o->profile->kind != GIL_NONE ? 0 : usage_error("--profile wants py27, py39, py311 or py314, not '%s'", value);
    case OPT_SWITCH_INTERVAL: return parse_interval(value, &o->interval_us) == 0 ? 0 : usage_error("--switch-interval wants a time such as 5ms, 50us or 0.1s, not '%s'", value);
    case OPT_WORKERS:
      for (o->workers = WORKERS_THREADS; o->workers < WORKERS_COUNT; o->workers++)
        if (strcmp(value, worker_names[o->workers]) == 0) return 0;
      return usage_error("--workers wants threads, interpreters or processes, not '%s'", value);
    case OPT_NO_FFI: o->no_foreign_code = true; return 0;
    case OPT_NO_DEADLOCK_EXIT: o->no_deadlock_exit = true; return 0;
    case OPT_STATS:
      o->stats = true;
      o->stats_as_json = value != NULL;
      if (value == NULL || strcmp(value, "json") == 0) return 0;
      o->stats_file = value;
      return strlen(value) > 5 && strcmp(value + strlen(value) - 5, ".json") == 0 ? 0 : usage_error("--stats, --stats=json or --stats=FILE.json, not '%s'", value);
    case OPT_TRACE: o->trace = value; return *value ? 0 : usage_error("--trace wants a file%s", "");
    case OPT_TIMEOUT: {
      double seconds = strtod(value, &end);
      if (*value == 0 || *end != 0 || !(seconds > 0 && seconds < 1e9)) return usage_error("--timeout wants seconds, not '%s'", value);
      o->timeout_ns = (int64_t)(seconds * 1e9);
      return 0;
    }
    default: return 0;
  }
}

/* The argument of an option that stands at argv[*i] with its value there, behind '=' or in the next word. */
static int long_option(Options *o, int argc, char **argv, int *i) {
  const char *word = argv[*i] + 2, *equals = strchr(word, '=');
  size_t n = equals ? (size_t)(equals - word) : strlen(word);
  for (int id = 0; id < OPT_COUNT; id++) {
    const char *name = option_table[id].long_name;
    if (name == NULL || strlen(name) != n || strncmp(name, word, n) != 0) continue;
    if (id == OPT_HELP) {
      print_help();
      return 1;
    }
    if (option_table[id].argument == NULL) return equals ? usage_error("%s takes no value", argv[*i]) : set_option(o, id, NULL);
    if (equals) return set_option(o, id, equals + 1);
    if (option_table[id].argument[0] == '[') return set_option(o, id, NULL); /* the value may be left out */
    if (*i + 1 == argc) return usage_error("%s wants a value", argv[*i]);
    return set_option(o, id, argv[++*i]);
  }
  return usage_error("unknown option %s", argv[*i]);
}

/* 0: go on; 1: done, exit 0; -1: exit 2. A word of one-letter options; -c and -m end the options. */
static int short_options(Options *o, int argc, char **argv, int *i, bool *ends) {
  for (const char *p = argv[*i] + 1; *p; p++) {
    int id = 0;
    while (id < OPT_COUNT && option_table[id].short_name != *p) id++;
    if (id == OPT_COUNT) return usage_error("unknown option %s", argv[*i]);
    if (id == OPT_HELP) {
      print_help();
      return 1;
    }
    if (option_table[id].argument == NULL) {
      if (set_option(o, id, NULL) < 0) return -1;
      continue;
    }
    const char *value = p[1] ? p + 1 : *i + 1 < argc ? argv[++*i] : NULL;
    if (value == NULL) return usage_error("Argument expected for the %s option", argv[*i]);
    if (id == OPT_COMMAND) o->command = value, *ends = true;
    else if (id == OPT_MODULE) o->module = value, *ends = true;
    else return set_option(o, id, value);
    return 0;
  }
  return 0;
}

static bool is_own_option(const char *word) {
  if (strncmp(word, "--", 2) != 0) return false;
  size_t n = strcspn(word + 2, "=");
  for (int id = 0; id < OPT_COUNT; id++) {
    const char *name = option_table[id].long_name;
    if (name && strlen(name) == n && strncmp(name, word + 2, n) == 0) return strcmp(option_table[id].group, "python") != 0;
  }
  return false;
}

/* gilly's own long options may also stand behind the script, until --; not behind -c or -m, which take all that follows, as in Python. */
static int take_options_behind(Options *o, int argc, char **argv, int i) {
  o->argv = malloc((size_t)(argc - i + 1) * sizeof *o->argv);
  if (o->argv == NULL) return -1;
  bool plain = false;
  for (; i < argc; i++) {
    if (strcmp(argv[i], "--") == 0) plain = true;
    if (!plain && o->script && is_own_option(argv[i])) {
      int r = long_option(o, argc, argv, &i);
      if (r) return r;
      continue;
    }
    o->argv[o->argc++] = argv[i];
  }
  return 0;
}

static int parse_options(Options *o, int argc, char **argv) {
  int i = 1;
  bool ends = false;
  for (; i < argc && !ends; i++) {
    const char *word = argv[i];
    if (strcmp(word, "--") == 0) {
      i++;
      break;
    }
    if (word[0] != '-' || word[1] == 0) break;
    int r = word[1] == '-' ? long_option(o, argc, argv, &i) : short_options(o, argc, argv, &i, &ends);
    if (r) return r;
  }
  if (!o->command && !o->module && i < argc) {
    for (size_t v = 0; v < VERB_COUNT && o->verb == NULL; v++)
      if (strcmp(argv[i], verbs[v].name) == 0 && (i + 1 < argc || verbs[v].module) && access(argv[i], F_OK) != 0) {
        o->verb = argv[i++];
        o->verb_module = verbs[v].module;
      }
    if (o->verb_module) {
      o->argv = argv + i;
      o->argc = argc - i;
      return 0;
    }
    o->script = argv[i++];
  }
  return take_options_behind(o, argc, argv, i);
}

/* ---- running ---- */

/* Add words to a list of sys. */
static int add_words(ThreadState *ts, const char *name, char **words, int n) {
  Value list = sys_get(ts, name);
  for (int i = 0; list && i < n; i++) {
    Value s = str_from_fs(ts, words[i], (ssize_t)strlen(words[i]));
    if (s == NULL || list_append_steal(ts, list, s) < 0) return -1;
  }
  return list ? 0 : (err_no_memory(ts), -1);
}
static int set_argv(ThreadState *ts, const Options *o, const char *first) {
  char *word = (char *)first;
  return add_words(ts, "argv", &word, 1) < 0 ? -1 : add_words(ts, "argv", o->argv, o->argc);
}

static int add_path(ThreadState *ts, const char *folder, ssize_t n) {
  Value s = str_from_fs(ts, folder, n);
  Value path = s ? sys_get(ts, "path") : NULL;
  if (path == NULL) {
    xdecref(ts, s);
    if (!err_occurred(ts)) err_no_memory(ts);
    return -1;
  }
  return list_append_steal(ts, path, s);
}

/* sys.path: the script's folder (or '' for -c and the prompt), PYTHONPATH, the library. */
static int set_path(ThreadState *ts, const Options *o) {
  if (!o->safe_path && !(getenv("PYTHONSAFEPATH") && !o->ignore_environment)) {
    if (o->script && strcmp(o->script, "-") != 0) {
      char *real = realpath(o->script, NULL);
      const char *path = real ? real : o->script, *slash = strrchr(path, '/');
      struct stat info;
      int r;
      if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) r = add_path(ts, path, (ssize_t)strlen(path));
      else r = add_path(ts, path, slash ? (slash == path ? 1 : slash - path) : 0);
      free(real);
      if (r < 0) return -1;
    } else if (o->module) {
      char *cwd = getcwd(NULL, 0);
      int r = add_path(ts, cwd ? cwd : "", cwd ? (ssize_t)strlen(cwd) : 0);
      free(cwd);
      if (r < 0) return -1;
    } else if (add_path(ts, "", 0) < 0) {
      return -1;
    }
  }
  const char *more = o->ignore_environment ? NULL : getenv("PYTHONPATH");
  while (more && *more) {
    const char *colon = strchrnul(more, ':');
    if (add_path(ts, more, colon - more) < 0) return -1;
    more = *colon ? colon + 1 : colon;
  }
  return add_path(ts, LIBRARY_PATH, (ssize_t)strlen(LIBRARY_PATH));
}

/* The script's path as __file__ and tracebacks show it: absolute, and otherwise as it was given. */
static Value script_path(ThreadState *ts, const char *script) {
  char *folder = *script == '/' ? NULL : getcwd(NULL, 0);
  Value given = str_from_fs(ts, script, (ssize_t)strlen(script));
  if (given == NULL || folder == NULL) return given;
  Value base = str_from_fs(ts, folder, (ssize_t)strlen(folder)), path = base ? str_format(ts, "%U/%U", base, given) : NULL;
  free(folder);
  xdecref(ts, base);
  decref(ts, given);
  return path;
}

static Value run_script(ThreadState *ts, const Options *o, Value globals) {
  Value name = script_path(ts, o->script);
  if (name == NULL) return NULL;
  struct stat info;
  if (stat(o->script, &info) == 0 && S_ISDIR(info.st_mode)) { /* a folder with __main__.py */
    Value inner = str_format(ts, "%U/__main__.py", name);
    if (inner && access(str_chars(inner), R_OK) != 0) {
      fprintf(stderr, "%s: can't find '__main__' module in '%s'\n", program_invocation_name, o->script);
      ts->interp->exit_status = 1;
      decref(ts, inner);
      decref(ts, name);
      return NULL;
    }
    replace(ts, &name, inner);
    if (name == NULL || dict_set(ts, globals, ID(__package__), ts->interp->empty_str) < 0) return NULL;
  }
  size_t n;
  char *text = read_file(ts, name, &n);
  if (text == NULL) {
    Value e = err_fetch(ts);
    Value number = as_exception(e)->extra[X_OS_ERRNO], reason = EXC_FIELD(e, extra[X_OS_STRERROR]);
    if (number && reason) fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", program_invocation_name, str_chars(name), (int)small_int(number), str_chars(reason));
    ts->interp->exit_status = 2;
    decref(ts, e);
    decref(ts, name);
    return NULL;
  }
  Value r = dict_set(ts, globals, ID(__file__), name) < 0 || dict_set(ts, globals, ID(__cached__), V_NONE) < 0 ? NULL : run_source(ts, text, n, name, globals);
  mem_free(ts, text);
  decref(ts, name);
  return r;
}

static Value run_text(ThreadState *ts, const char *text, size_t n, const char *name, Value globals) {
  Value filename = str_from_ascii(ts, name);
  Value r = filename ? run_source(ts, text, n, filename, globals) : NULL;
  xdecref(ts, filename);
  return r;
}

static Value run_stdin(ThreadState *ts, Value globals) {
  Value name = str_from_ascii(ts, "/dev/stdin");
  size_t n;
  char *text = name ? read_file(ts, name, &n) : NULL;
  xdecref(ts, name);
  Value r = text ? run_text(ts, text, n, "<stdin>", globals) : NULL;
  mem_free(ts, text);
  return r;
}

static Value run_module(ThreadState *ts, const Options *o, Value globals) {
  Value name = str_from_fs(ts, o->module, (ssize_t)strlen(o->module)), file = NULL, package = NULL, r = NULL;
  Value code = name ? import_find_main(ts, name, &file, &package) : NULL;
  if (code == NULL && (err_matches(ts, EXC(ModuleNotFoundError)) || err_matches(ts, EXC(ImportError)))) {
    Value text = str_of(ts, ts->exc);
    fprintf(stderr, "%s: %s\n", (char *)str_chars(sys_get(ts, "executable")), text && str_is_ascii(text) ? str_chars(text) : o->module);
    err_clear(ts);
    xdecref(ts, text);
    ts->interp->exit_status = 1;
  } else if (code && dict_set(ts, globals, ID(__file__), file) == 0 && dict_set(ts, globals, ID(__package__), package) == 0) {
    Value argv = sys_get(ts, "argv");
    if (list_len(argv)) replace(ts, &as_list(argv)->items[0], incref(file));
    r = run_code(ts, code, globals, NULL, NULL);
  }
  xdecref(ts, code);
  xdecref(ts, name);
  xdecref(ts, file);
  xdecref(ts, package);
  return r;
}

/* On the clock's own thread: ask the main thread to stop; one that does not come to a check point is stopped from here. */
static void on_timeout(void *arg) {
  SchedThread *t = arg;
  sched_request(t, BREAK_TIMEOUT);
  t->sched->machine->interrupt(t->sched->machine, t);
  const struct timespec grace = {.tv_nsec = 500000000};
  nanosleep(&grace, NULL);
  static const char text[] = "gilly: stopped: the time limit is over\n";
  ssize_t ignored = write(2, text, sizeof text - 1);
  (void)ignored;
  _exit(124);
}

static int set_warnings(ThreadState *ts, const Options *o) {
  Value list = sys_get(ts, "warnoptions");
  const char *environment = o->ignore_environment ? NULL : getenv("PYTHONWARNINGS");
  while (environment && *environment) {
    const char *comma = strchrnul(environment, ',');
    Value s = str_from_utf8(ts, environment, comma - environment);
    if (s == NULL || list_append_steal(ts, list, s) < 0) return -1;
    environment = *comma ? comma + 1 : comma;
  }
  for (int i = 0; i < o->warning_count; i++) {
    Value s = str_from_utf8(ts, o->warnings[i], (ssize_t)strlen(o->warnings[i]));
    if (s == NULL || list_append_steal(ts, list, s) < 0) return -1;
  }
  return 0;
}

static int run(ThreadState *ts, Options *o) {
  Interp *interp = ts->interp;
  Value globals = NULL;
  const char *first = o->command ? "-c" : o->module ? "-m" : o->script ? o->script : "";
  if (set_argv(ts, o, first) < 0 || add_words(ts, "orig_argv", o->words, o->word_count) < 0 || add_words(ts, "_inherited_options", o->inherited, o->inherited_count) < 0 || set_path(ts, o) < 0 || set_warnings(ts, o) < 0 || (globals = interp_make_main(ts)) == NULL) return interp_report(ts);
  if (o->timeout_ns && sched_alarm(o->timeout_ns, on_timeout, &ts->sched) < 0) fputs("gilly: --timeout: no thread for the clock\n", stderr);
  if (signals_install(ts) < 0) fputs("gilly: no memory for signal handlers\n", stderr);
  gc_begin(ts);
  bool prompt = !o->command && !o->module && !o->script && !o->verb && (isatty(0) || o->interactive);
  Value r = NULL;
  if (o->verb_module) return tool_script(ts, o->verb_module, o->argv, o->argc);
  if (o->verb) r = tool_dis(ts, o->script) == 0 ? V_NONE : NULL;
  else if (o->command) r = run_text(ts, o->command, strlen(o->command), "<string>", globals);
  else if (o->module) r = run_module(ts, o, globals);
  else if (o->script && strcmp(o->script, "-") != 0) r = run_script(ts, o, globals);
  else if (prompt) r = V_NONE;
  else r = run_stdin(ts, globals);
  int status = interp->exit_status;
  if (r == NULL && err_occurred(ts)) status = interp_report(ts);
  xdecref(ts, r);
  if (prompt || (o->interactive && status != STATUS_INTERRUPTED)) status = tool_repl(ts, globals, !o->quiet && prompt);
  return status;
}

int main(int argc, char **argv) {
  Options options = {.draw_trace = draw_trace, .words = argv, .word_count = argc};
  int parsed = parse_options(&options, argc, argv);
  if (parsed) return parsed < 0 ? 2 : 0;
  int status = core_choose(&options, argv);
  if (status) return status;
  const char *unbuffered = options.ignore_environment ? NULL : getenv("PYTHONUNBUFFERED");
  if (unbuffered && *unbuffered) options.unbuffered = true;
  if (options.show_version) {
    puts(VERSION_TEXT);
    return 0;
  }
  signal(SIGPIPE, SIG_IGN);
  ThreadState *ts = interp_new(&options);
  if (ts == NULL) return 1;
  status = run(ts, &options);
  if (interp_finish(ts) < 0 && status == 0) status = 120;
  interp_observers_report(ts);
  if (interp_end_process(ts) < 0) status = 3;
  if (options.verb_module == NULL) free(options.argv);
  while (options.inherited_count) free(options.inherited[--options.inherited_count]);
  free(options.inherited);
  if (status == STATUS_INTERRUPTED) { /* whoever started us sees that we died of it */
    signal(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
    return 130;
  }
  return status;
}
