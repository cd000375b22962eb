/* interp.h - starting and ending an Interp. (interp.c) */
#ifndef INTERP_VM_INTERP_H
#define INTERP_VM_INTERP_H

#include "runtime/object.h"

#define GILLY_VERSION "0.1"
#ifdef FREE_THREADED
enum { CORE_HAS_GIL = 0 };
#else
enum { CORE_HAS_GIL = 1 };
#endif

typedef struct Options {
  const char *command;      /* -c */
  const char *module;       /* -m */
  const char *script;       /* file, or "-" */
  char **argv;              /* what follows: sys.argv[1:] */
  int argc;
  char **words;             /* the whole command line: sys.orig_argv */
  int word_count;
  char **inherited;         /* malloc'ed options for processes that are spawned: sys._inherited_options */
  int inherited_count;
  const char *verb;         /* dis, ... or NULL */
  const char *verb_module;  /* of a verb that is a script of the library, or NULL */
  bool interactive, quiet, show_version, optimize, isolated, no_site, unbuffered, dont_write_bytecode, verbose, ignore_environment, safe_path;
  size_t max_memory;        /* bytes, 0: no limit */
  int64_t max_instructions; /* 0: no limit */
  bool instructions_raise;  /* KeyboardInterrupt at that limit, again and again, instead of the end of the process */
  int64_t timeout_ns;       /* 0: none */
  int64_t fail_allocation;  /* the n-th allocation fails (test aid); 0: none */
  enum { GIL_UNSAID, GIL_ON, GIL_OFF } gil; /* --gil, -X gil */
  const Profile *profile;   /* --profile; NULL: the default */
  enum { WORKERS_THREADS, WORKERS_INTERPRETERS, WORKERS_PROCESSES, WORKERS_COUNT } workers; /* --workers */
  int64_t interval_us;      /* --switch-interval; 0: the default */
  bool no_foreign_code;     /* --no-ffi */
  bool no_deadlock_exit;    /* let a script that waits for ever do so */
  bool stats, stats_as_json;
  const char *stats_file;   /* --stats=FILE.json; NULL: to stderr */
  const char *trace;        /* --trace: the file, or NULL */
  int (*draw_trace)(FILE *json, const char *path); /* make a picture of a trace; -1 with errno (tools/timeline_tool.c) */
  const char *warnings[16], *x_options[16];
  int warning_count, x_option_count;
} Options;

extern const char *const worker_names[WORKERS_COUNT]; /* sys._workers */
/* A new Interp with its main thread state, builtins and sys ready; NULL when there is no memory. */
ThreadState *interp_new(Options *options);
/* One more, for interp/vm/family.c: with the options and the listeners of the one that makes it, and ids of its own. The caller is attached to it. */
ThreadState *interp_new_isolated(Interp *maker, int64_t id);
BORROWED Value interp_make_main(ThreadState *ts); /* the module __main__ with its usual names: its globals; NULL: an exception */
/* The end of the program as the script sees it: wait for its threads, run atexit functions, flush. -1: stdout could not be flushed.
 * Afterwards daemon threads that want to run hang. */
int interp_finish(ThreadState *ts);
/* Write what --stats and --trace asked for. */
void interp_observers_report(ThreadState *ts);
/* Drop modules, collect, free everything, unless daemon threads are left, which may still use it. What is left over is told on stderr and
 * makes the answer other than 0. */
size_t interp_free(ThreadState *ts);
/* The same at the end of the process: in a release build the memory is left to the system. -1 when something leaked. */
int interp_end_process(ThreadState *ts);
/* Print the pending exception as the end of a program does, clear it, and give the exit status. SystemExit is honoured. */
int interp_report(ThreadState *ts);
enum { STATUS_INTERRUPTED = 0x100 | 2 }; /* of an uncaught KeyboardInterrupt: main ends the process by SIGINT, as CPython does */
int interp_flush(ThreadState *ts); /* sys.stdout and sys.stderr; -1 when stdout could not be flushed */

int site_add_builtins(ThreadState *ts, Value builtins); /* site_builtins.c: exit, quit, help ... */

#endif
