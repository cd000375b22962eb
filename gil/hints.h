/* hints.h - what the compiler is told about branches. */
#ifndef GIL_HINTS_H
#define GIL_HINTS_H

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* Is this a build that watches over memory? HAVE_ASAN: the address sanitizer; CHECK_MEMORY: that or debug_checks; then an Interp's end
 * frees everything and reports what is left. */
#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif
#if defined(GILLY_DEBUG) || defined(HAVE_ASAN)
#define CHECK_MEMORY 1
#endif

#endif
