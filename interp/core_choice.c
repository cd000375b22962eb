/* core_choice.c - a process that shall have the other setting of the GIL becomes the other program, which lies beside this one.
 * Keeps true: --gil comes before -X gil, whichever is last of them, and both before PYTHON_GIL; without any, the program stays what it is.
 * Next: core_choice.h, main.c. */
#include "interp/core_choice.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const program_names[] = {"gilly-ft", "gilly"};

/* 1 or 0; -1: the environment holds something else. */
static int wants_gil(const Options *o) {
  if (o->gil != GIL_UNSAID) return o->gil == GIL_ON;
  const char *said = o->ignore_environment ? NULL : getenv("PYTHON_GIL");
  if (said == NULL || *said == 0) return CORE_HAS_GIL;
  return strcmp(said, "1") == 0 ? 1 : strcmp(said, "0") == 0 ? 0 : -1;
}

/* The folder of the running program, with a slash at its end. */
static bool find_folder(char *out, size_t size) {
  ssize_t n = readlink("/proc/self/exe", out, size - 1);
  if (n <= 0) return false;
  out[n] = 0;
  char *slash = strrchr(out, '/');
  if (slash == NULL) return false;
  slash[1] = 0;
  return true;
}

int core_choose(const Options *o, char **argv) {
  int gil = wants_gil(o);
  if (gil < 0) {
    fputs("gilly: PYTHON_GIL / -X gil must be \"0\" or \"1\"\n", stderr);
    return 1;
  }
  if (gil == 0 && o->profile) {
    fputs("gilly: --profile chooses a lock, and --gil=off has none (gilly --help lists the options)\n", stderr);
    return 2;
  }
  if (gil == CORE_HAS_GIL) return 0;
  char path[PATH_MAX + 16];
  if (find_folder(path, PATH_MAX)) {
    strcat(path, program_names[gil]);
    execv(path, argv);
  } else {
    strcpy(path, program_names[gil]);
  }
  fprintf(stderr, "gilly: --gil=%s is another program, %s, which cannot be run: %s\n", gil ? "on" : "off", path, strerror(errno));
  return 1;
}
