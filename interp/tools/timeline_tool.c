/* timeline_tool.c - pictures of a recorded run. The drawing is a script of the library, _timeline.py, which runs in an Interp of its own, so that
 * a run that has ended, or hangs, can still be drawn.
 * Next: runtime/lib/_timeline.py, gil/observe/trace.c. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "interp/tools/tools.h"
#include "interp/vm/import.h"
#include "interp/vm/interp.h"
#include "runtime/module.h"

/* Call _timeline.main(arguments) in ts. The exit status. */
static int run_main(ThreadState *ts, const char *module, char **argv, int argc) {
  Value list = list_new(ts, argc);
  for (int i = 0; list && i < argc; i++) {
    Value s = str_from_fs(ts, argv[i], (ssize_t)strlen(argv[i]));
    if (s == NULL || list_append_steal(ts, list, s) < 0) CLEAR(list);
  }
  Value f = list ? import_attr(ts, module, "main") : NULL, r = f ? call1(ts, f, list) : NULL;
  int64_t status = 0;
  if (r == NULL) status = interp_report(ts);
  else if (is_int(r)) int_fits_i64(r, &status);
  xdecref(ts, r);
  xdecref(ts, f);
  xdecref(ts, list);
  return (int)status;
}

int tool_script(ThreadState *ts, const char *module, char **argv, int argc) { return run_main(ts, module, argv, argc); }

int draw_trace(FILE *json, const char *path) {
  char source[32];
  snprintf(source, sizeof source, "/dev/fd/%d", fileno(json));
  ThreadState *ts = interp_new(NULL);
  if (ts == NULL) {
    errno = ENOMEM;
    return -1;
  }
  char *argv[] = {source, "-o", (char *)path};
  Value library = str_from_ascii(ts, LIBRARY_PATH), search = sys_get(ts, "path");
  if (library == NULL || list_append_steal(ts, search, library) < 0) err_clear(ts); /* the import will say so */
  lseek(fileno(json), 0, SEEK_SET);
  int status = run_main(ts, "_timeline", argv, 3);
  interp_finish(ts);
  interp_free(ts);
  errno = EIO;
  return status ? -1 : 0;
}
