/* debug.h - assertions of debug builds (-Ddebug_checks=true): they stop the process with a message that tells thread and frame. */
#ifndef RUNTIME_DEBUG_H
#define RUNTIME_DEBUG_H

#ifdef GILLY_DEBUG
_Noreturn void assertion_failed(ThreadState *ts, const char *file, int line, const char *condition);
#define ASSERT(ts, condition) (LIKELY(condition) ? (void)0 : assertion_failed(ts, __FILE__, __LINE__, #condition))
#else
#define ASSERT(ts, condition) ((void)0)
#endif

#endif
