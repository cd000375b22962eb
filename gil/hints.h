/* hints.h - what the compiler is told about branches. */
#ifndef GIL_HINTS_H
#define GIL_HINTS_H

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

#endif
