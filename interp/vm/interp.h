/* interp.h - starting and ending an Interp. (interp.c) */
#ifndef INTERP_VM_INTERP_H
#define INTERP_VM_INTERP_H

#include "runtime/object.h"

typedef struct Options {
  const char *command;      /* -c */
  const char *module;       /* -m */
  const char *script;       /* file, or "-" */
  char **argv;              /* what follows: sys.argv[1:] */
  int argc;
  const char *verb;         /* dis, ... or NULL */
  bool interactive, quiet, show_version, optimize, isolated, no_site, unbuffered, dont_write_bytecode, verbose, ignore_environment, safe_path;
  size_t max_memory;        /* bytes, 0: no limit */
  int64_t max_instructions; /* 0: no limit */
  int64_t timeout_ns;       /* 0: none */
  int64_t fail_allocation;  /* the n-th allocation fails (test aid); 0: none */
  const char *warnings[16];
  int warning_count;
} Options;

/* A new Interp with its main thread state, builtins and sys ready; NULL when there is no memory. */
ThreadState *interp_new(Options *options);
/* Run atexit functions, drop modules, collect, free everything. Debug builds report what is left. */
void interp_free(ThreadState *ts);
/* Print the pending exception as the end of a program does, clear it, and give the exit status. SystemExit is honoured. */
int interp_report(ThreadState *ts);
int interp_flush(ThreadState *ts); /* sys.stdout and sys.stderr; -1 when stdout could not be flushed */

#endif
