/* signals.c - Ctrl-C. The C handler only sets a flag and a bit of the eval breaker; KeyboardInterrupt is raised at the
 * next check point of the main thread. A signal handler can reach nothing but globals: the one pointer here is it.
 * Next: interp/vm/interp.c (check_pending). CPython: Modules/signalmodule.c. */
#include <signal.h>

#include "interp/tools/tools.h"

static SchedThread *volatile main_thread; /* of the Interp that owns the process's signals */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int number) {
  interrupted = 1;
  if (main_thread) sched_request(main_thread, BREAK_SIGNAL);
}

void signals_install(ThreadState *ts) {
  main_thread = &ts->sched;
  struct sigaction action = {.sa_handler = on_interrupt}; /* no SA_RESTART: a blocking call shall return */
  sigaction(SIGINT, &action, NULL);
}

int signals_deliver(ThreadState *ts) {
  sched_done(&ts->sched, BREAK_SIGNAL);
  if (!interrupted) return 0;
  interrupted = 0;
  err_set(ts, EXC(KeyboardInterrupt), NULL);
  return -1;
}
