/* fault.c - when foreign code makes the process die, say which function it was.
 * How: each OS thread notes the name of the foreign function that it runs. The handler of SIGSEGV and the like writes that name, and lets the
 *   signal come again, now with its default action, so that the process dies as it would have.
 * Keeps true: a handler that somebody else has installed stays. The handler calls only what a signal handler may call.
 * Next: function.c. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "runtime/modules/ctypes/ctypes.h"

static _Thread_local const char *running; /* belongs to the OS thread, not to any Interp */

void fault_begin(const char *name) { running = name; }
const char *fault_running(void) { return running; }

static void put(const char *text) {
  ssize_t ignored = write(STDERR_FILENO, text, strlen(text));
  (void)ignored;
}
static void on_fault(int number) {
  if (running) {
    put("gilly: Fatal error: ");
    put(number == SIGSEGV ? "segmentation fault" : number == SIGBUS ? "bus error" : number == SIGFPE ? "floating point exception" : number == SIGABRT ? "abort" : "illegal instruction");
    put(" in the foreign function ");
    put(running);
    put("\n");
  }
  if (number == SIGABRT) raise(number); /* SA_RESETHAND: the default this time */
}

void fault_watch(void) {
  static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct sigaction now, ours = {.sa_handler = on_fault, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER | SA_ONSTACK)};
    if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL) sigaction(numbers[i], &ours, NULL);
  }
}
