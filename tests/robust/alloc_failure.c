/* alloc_failure.c - let the n-th allocation fail, n = 1, 2, 3 .. until the script gets through: each time it ends with an exception or
 * without, never with a crash, and the Interp leaves nothing behind: alloc_failure [--one-by-one] [--fresh] [--from=N] [--step=N] SCRIPT ...
 *
 * One Interp serves BATCH numbers, as starting one takes longer than such a script; --one-by-one gives each number its own, to find which
 * one leaks, and --fresh does the same silently for scripts whose imports shall fail, too.
 * Next: runtime/alloc.c (may_allocate), tests/robust/alloc/. Source: Lua's ltests. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "interp/vm/import.h"
#include "interp/vm/interp.h"

enum { BATCH = 32 };
static Options options;
static volatile int64_t now_n; /* for the message of a crash */

static char *read_all(const char *path, size_t *n) {
  FILE *f = fopen(path, "r");
  char *text = malloc(1 << 16);
  if (f == NULL || text == NULL) return NULL;
  *n = fread(text, 1, 1 << 16, f);
  fclose(f);
  return text;
}

static ThreadState *start(void) {
  ThreadState *ts = interp_new(&options);
  Value path = ts ? str_from_ascii(ts, LIBRARY_PATH) : NULL;
  if (path == NULL || list_append_steal(ts, dict_get_cstr(ts, (Value)ts->interp->sys_dict, "path"), path) < 0) exit(2);
  return ts;
}

static void on_crash(int signal) {
  fprintf(stderr, "alloc_failure: signal %d at allocation %lld\n", signal, (long long)now_n);
  _exit(3);
}

/* Did the n-th allocation come at all? */
static bool run_once(ThreadState *ts, const char *text, size_t size, int64_t n) {
  Interp *interp = ts->interp;
  Value name = str_from_ascii(ts, "<script>"), globals = dict_new(ts);
  if (dict_set(ts, globals, ID(__builtins__), interp->builtins_module) < 0 || dict_set(ts, globals, ID(__name__), ID(__main__)) < 0) exit(2);
  now_n = n;
  interp->fail_allocation_at = interp->allocation_number + n;
  Value r = run_source(ts, text, size, name, globals);
  bool came = interp->fail_allocation_at < 0;
  interp->fail_allocation_at = -1;
  if ((r == NULL) != err_occurred(ts)) abort();
  if (r == NULL && !came) interp_report(ts); /* the script itself is wrong */
  err_clear(ts);
  xdecref(ts, r);
  dict_clear(ts, globals);
  decref(ts, globals);
  decref(ts, name);
  return came;
}

static int64_t run_script(const char *path, int batch, int64_t from, int64_t step, int *leaks) {
  size_t size;
  char *text = read_all(path, &size);
  if (text == NULL) exit(2);
  int64_t n = from;
  for (bool came = true; came;) {
    int64_t first = n;
    ThreadState *ts = start();
    for (int i = 0; i < batch && came; i++, n += step) came = run_once(ts, text, size, n);
    if (interp_free(ts)) {
      ++*leaks;
      fprintf(stderr, "%s: that was one of the allocations %lld to %lld\n", path, (long long)first, (long long)(n - step));
    }
  }
  free(text);
  return n;
}

int main(int argc, char **argv) {
  signal(SIGABRT, on_crash);
#ifndef HAVE_ASAN
  signal(SIGSEGV, on_crash);
#endif
  int leaks = 0, batch = BATCH;
  int64_t step = 1, from = 1;
  int out = dup(1), null = open("/dev/null", O_WRONLY);
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--one-by-one") == 0 || strcmp(argv[i], "--fresh") == 0) {
      batch = 1;
      continue;
    }
    if (strncmp(argv[i], "--from=", 7) == 0) {
      from = atoi(argv[i] + 7);
      continue;
    }
    if (strncmp(argv[i], "--step=", 7) == 0) {
      step = atoi(argv[i] + 7);
      continue;
    }
    dup2(null, 1);
    int64_t n = run_script(argv[i], batch, from, step, &leaks);
    dup2(out, 1);
    printf("%s: %lld allocations\n", argv[i], (long long)n);
    fflush(stdout);
  }
  return leaks ? 1 : 0;
}
