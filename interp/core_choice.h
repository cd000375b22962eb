/* core_choice.h - which of the two programs runs: gilly, whose threads share one lock, or gilly-ft, the same sources compiled without it.
 * Source: PEP 703 (--disable-gil builds, PYTHON_GIL, -X gil). CPython: Python/initconfig.c, config_read_gil. */
#ifndef INTERP_CORE_CHOICE_H
#define INTERP_CORE_CHOICE_H

#include "interp/vm/interp.h"

/* Goes on in the other program, with the same command line, if the options or PYTHON_GIL ask for what this one is not; it does not
 * return then. 0: this one is right. Else the exit status, and stderr says why. */
int core_choose(const Options *o, char **argv);

#endif
