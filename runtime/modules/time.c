/* time.c - the module time. Clocks and sleep go through gil/sched/sched.h, so that a simulated clock can stand there.
 * Next: runtime/lib/_strptime.py. CPython: Modules/timemodule.c. */
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <time.h>

#include "runtime/module.h"
#include "runtime/modules/time_module.h"
#include "runtime/reclaim.h"

typedef struct {
  Type *struct_time;
} State;
static State *state_of(Value module) { return module_state(module); }

static Value seconds(ThreadState *ts, int64_t ns) { return float_new(ts, (double)(ns / 1000000000) + (double)(ns % 1000000000) * 1e-9); }
#define CLOCK(name, which) \
  static Value t_##name(NATIVE_ARGS) { return float_new(ts, (double)sched_now_ns(which) / 1e9); } \
  static Value t_##name##_ns(NATIVE_ARGS) { return int_from_i64(ts, sched_now_ns(which)); }
CLOCK(time, CLOCK_OF_WALL)
CLOCK(monotonic, CLOCK_OF_MONOTONIC)
CLOCK(perf_counter, CLOCK_OF_MONOTONIC)
CLOCK(process_time, CLOCK_OF_PROCESS)
CLOCK(thread_time, CLOCK_OF_THREAD)
#undef CLOCK

int seconds_to_ns(ThreadState *ts, Value v, int64_t *ns) {
  double s;
  const char *wrong = NULL;
  if (is_int(v) || !is_float(v)) {
    int64_t whole;
    if (!is_int(v) && !has_index(ts, v)) {
      err_format(ts, EXC(TypeError), "'%T' object cannot be interpreted as an integer", v);
      return -1;
    }
    if (num_as_i64(ts, v, &whole) < 0) {
      if (!err_matches(ts, EXC(OverflowError))) return -1;
      err_clear(ts);
      wrong = "timestamp too large to convert to C _PyTime_t";
    } else if (__builtin_mul_overflow(whole, (int64_t)1000000000, ns)) {
      wrong = "timestamp too large to convert to C _PyTime_t";
    }
    if (wrong) err_format(ts, EXC(OverflowError), "%s", wrong);
    return wrong ? -1 : 0;
  }
  if (num_as_double(ts, v, &s) < 0) return -1;
  if (isnan(s)) err_format(ts, EXC(ValueError), "Invalid value NaN (not a number)");
  else if (fabs(s) > 9.2233720e9) err_format(ts, EXC(OverflowError), "timestamp too large to convert to C _PyTime_t");
  else *ns = (int64_t)ceil(s * 1e9);
  return err_occurred(ts) ? -1 : 0;
}

static Value t_sleep(NATIVE_ARGS) {
  int64_t ns;
  if (seconds_to_ns(ts, args[0], &ns) < 0) return NULL;
  if (ns < 0) return err_format(ts, EXC(ValueError), "sleep length must be non-negative");
  int64_t deadline;
  if (__builtin_add_overflow(sched_now_ns(CLOCK_OF_MONOTONIC), ns, &deadline)) deadline = INT64_MAX;
  reclaim_before_wait(ts);
  while (sched_sleep_until(&ts->sched, deadline) == 1)
    if (ts->interp->up.check_pending && ts->interp->up.check_pending(ts) < 0) return NULL;
  return V_NONE;
}

/* ---- struct_time ---- */

static Value from_tm(ThreadState *ts, State *state, const struct tm *tm) {
  Value items[] = {small_int_value(tm->tm_year + 1900), small_int_value(tm->tm_mon + 1), small_int_value(tm->tm_mday), small_int_value(tm->tm_hour), small_int_value(tm->tm_min), small_int_value(tm->tm_sec),
                   small_int_value((tm->tm_wday + 6) % 7), small_int_value(tm->tm_yday + 1), small_int_value(tm->tm_isdst), str_from_utf8(ts, tm->tm_zone ? tm->tm_zone : "", (ssize_t)strlen(tm->tm_zone ? tm->tm_zone : "")), int_from_i64(ts, tm->tm_gmtoff)};
  return structseq_new(ts, state->struct_time, items);
}
/* The time given, or now, as whole seconds. */
static int when(ThreadState *ts, Value *args, ssize_t nargs, time_t *out) {
  if (nargs == 0 || args[0] == V_NONE) {
    *out = sched_now_ns(CLOCK_OF_WALL) / 1000000000;
    return 0;
  }
  int64_t i;
  if (is_float(args[0])) {
    double d = float_value(args[0]);
    if (isnan(d)) {
      err_format(ts, EXC(ValueError), "Invalid value NaN (not a number)");
      return -1;
    }
    if (fabs(d) > 9e18) {
      err_format(ts, EXC(OverflowError), "timestamp out of range for platform time_t");
      return -1;
    }
    *out = (time_t)floor(d);
    return 0;
  }
  if (num_as_i64(ts, args[0], &i) < 0) {
    if (err_matches(ts, EXC(OverflowError))) {
      err_clear(ts);
      err_format(ts, EXC(OverflowError), "timestamp out of range for platform time_t");
    }
    return -1;
  }
  *out = i;
  return 0;
}
static Value broken_down(ThreadState *ts, Value self, Value *args, ssize_t nargs, struct tm *(*convert)(const time_t *, struct tm *)) {
  time_t t;
  struct tm tm = {0};
  if (when(ts, args, nargs, &t) < 0) return NULL;
  if (convert(&t, &tm) == NULL) return err_errno(ts, EOVERFLOW, NULL, NULL);
  return from_tm(ts, state_of(self), &tm);
}
static Value t_gmtime(NATIVE_ARGS) { return broken_down(ts, self, args, nargs, gmtime_r); }
static Value t_localtime(NATIVE_ARGS) { return broken_down(ts, self, args, nargs, localtime_r); }

static int to_tm(ThreadState *ts, State *state, Value v, const char *function, struct tm *tm) {
  int64_t f[9];
  memset(tm, 0, sizeof *tm);
  if (!is_tuple(v)) {
    err_format(ts, EXC(TypeError), "Tuple or struct_time argument required");
    return -1;
  }
  if (tuple_len(v) != 9) {
    err_format(ts, EXC(TypeError), "%s(): illegal time tuple argument", function);
    return -1;
  }
  for (int i = 0; i < 9; i++) {
    int small;
    if (num_as_int(ts, tuple_get(v, i), &small) < 0) return -1;
    f[i] = small;
  }
  tm->tm_year = (int)(f[0] - 1900), tm->tm_mon = (int)(f[1] - 1), tm->tm_mday = (int)f[2], tm->tm_hour = (int)f[3], tm->tm_min = (int)f[4], tm->tm_sec = (int)f[5];
  tm->tm_wday = (int)((f[6] + 1) % 7), tm->tm_yday = (int)(f[7] - 1), tm->tm_isdst = (int)f[8];
  if (type_of(ts, v) == state->struct_time) {
    Value zone = tuple_items(v)[9];
    int64_t offset;
    if (is_str(zone) && str_is_ascii(zone)) tm->tm_zone = str_chars(zone);
    if (is_int(tuple_items(v)[10]) && int_fits_i64(tuple_items(v)[10], &offset)) tm->tm_gmtoff = (long)offset;
  }
  return 0;
}
static int check_tm(ThreadState *ts, struct tm *tm) {
  const char *bad = NULL;
  if (tm->tm_mon == -1) tm->tm_mon = 0;
  if (tm->tm_mday == 0) tm->tm_mday = 1;
  if (tm->tm_yday == -1) tm->tm_yday = 0;
  if (tm->tm_mon < 0 || tm->tm_mon > 11) bad = "month out of range";
  else if (tm->tm_mday < 0 || tm->tm_mday > 31) bad = "day of month out of range";
  else if (tm->tm_hour < 0 || tm->tm_hour > 23) bad = "hour out of range";
  else if (tm->tm_min < 0 || tm->tm_min > 59) bad = "minute out of range";
  else if (tm->tm_sec < 0 || tm->tm_sec > 61) bad = "seconds out of range";
  else if (tm->tm_wday < 0) bad = "day of week out of range";
  else if (tm->tm_yday < 0 || tm->tm_yday > 365) bad = "day of year out of range";
  if (bad) err_format(ts, EXC(ValueError), "%s", bad);
  return bad ? -1 : 0;
}
static int now_or(ThreadState *ts, State *state, Value *args, ssize_t nargs, const char *function, struct tm *tm) {
  time_t now = sched_now_ns(CLOCK_OF_WALL) / 1000000000;
  if (nargs) return to_tm(ts, state, args[0], function, tm) < 0 ? -1 : check_tm(ts, tm);
  localtime_r(&now, tm);
  return 0;
}
static Value asctime_of(ThreadState *ts, const struct tm *tm) {
  static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  return str_format(ts, "%.*s %.*s%s%d %s%d:%s%d:%s%d %d", 3, days + 3 * tm->tm_wday, 3, months + 3 * tm->tm_mon, tm->tm_mday < 10 ? "  " : " ", tm->tm_mday, tm->tm_hour < 10 ? "0" : "", tm->tm_hour, tm->tm_min < 10 ? "0" : "", tm->tm_min,
                    tm->tm_sec < 10 ? "0" : "", tm->tm_sec, tm->tm_year + 1900);
}
static Value t_asctime(NATIVE_ARGS) {
  struct tm tm;
  return now_or(ts, state_of(self), args, nargs, "asctime", &tm) < 0 ? NULL : asctime_of(ts, &tm);
}
static Value t_ctime(NATIVE_ARGS) {
  time_t t;
  struct tm tm;
  if (when(ts, args, nargs, &t) < 0) return NULL;
  return localtime_r(&t, &tm) ? asctime_of(ts, &tm) : err_errno(ts, EOVERFLOW, NULL, NULL);
}
static Value t_mktime(NATIVE_ARGS) {
  struct tm tm;
  if (to_tm(ts, state_of(self), args[0], "mktime", &tm) < 0) return NULL;
  tm.tm_wday = -1;
  time_t t = mktime(&tm);
  return t == -1 && tm.tm_wday == -1 ? err_format(ts, EXC(OverflowError), "mktime argument out of range") : float_new(ts, (double)t);
}
static Value t_strftime(NATIVE_ARGS) {
  struct tm tm;
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "strftime() argument 1 must be str, not %T", args[0]);
  if (now_or(ts, state_of(self), args + 1, nargs - 1, "strftime", &tm) < 0) return NULL;
  if (tm.tm_isdst < -1) tm.tm_isdst = -1;
  if (tm.tm_isdst > 1) tm.tm_isdst = 1;
  ssize_t n;
  Value holder = NULL, r = NULL;
  const char *format = str_utf8(ts, args[0], &n, &holder);
  if (format == NULL) return NULL;
  /* a mark behind the text tells "nothing came out" from "too small" */
  char *marked = mem_alloc(ts, (size_t)n + 2), *out = NULL;
  if (marked == NULL) goto done;
  memcpy(marked, format, (size_t)n);
  memcpy(marked + n, "x", 2);
  for (size_t size = 256 + (size_t)n * 8;; size *= 2) {
    char *grown = mem_realloc(ts, out, size);
    if (grown == NULL) break;
    out = grown;
    size_t written = strftime(out, size, marked, &tm);
    if (written == 0 && size < (size_t)1 << 24) continue;
    r = str_from_utf8(ts, out, written ? (ssize_t)written - 1 : 0);
    break;
  }
done:
  mem_free(ts, marked);
  mem_free(ts, out);
  xdecref(ts, holder);
  return r;
}
static Value t_strptime(NATIVE_ARGS) {
  Value f = import_attr(ts, "_strptime", "_strptime_time");
  Value r = f ? call(ts, f, args, nargs, NULL) : NULL;
  xdecref(ts, f);
  return r;
}

/* ---- clock_* ---- */

static int clock_argument(ThreadState *ts, Value v, clockid_t *id) {
  int i;
  if (num_as_int(ts, v, &i) < 0) return -1;
  *id = (clockid_t)i;
  return 0;
}
static Value clock_read(ThreadState *ts, Value v, int (*fn)(clockid_t, struct timespec *), bool as_ns) {
  clockid_t id;
  struct timespec t;
  if (clock_argument(ts, v, &id) < 0) return NULL;
  if (fn(id, &t) != 0) return err_errno(ts, errno, NULL, NULL);
  int64_t ns = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
  return as_ns ? int_from_i64(ts, ns) : seconds(ts, ns);
}
static Value t_clock_gettime(NATIVE_ARGS) { return clock_read(ts, args[0], clock_gettime, false); }
static Value t_clock_gettime_ns(NATIVE_ARGS) { return clock_read(ts, args[0], clock_gettime, true); }
static Value t_clock_getres(NATIVE_ARGS) { return clock_read(ts, args[0], clock_getres, false); }
static Value t_get_clock_info(NATIVE_ARGS) {
  static const struct {
    const char *name, *implementation;
    bool adjustable, monotonic;
  } clocks[] = {{"time", "clock_gettime(CLOCK_REALTIME)", true, false}, {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", false, true}, {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", false, true},
                {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", false, true}, {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", false, true}};
  if (!is_str(args[0])) return err_format(ts, EXC(TypeError), "get_clock_info() argument 1 must be str, not %T", args[0]);
  for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
    if (!str_equal_cstr(args[0], clocks[i].name)) continue;
    Value d = dict_new(ts), implementation = str_from_ascii(ts, clocks[i].implementation), resolution = float_new(ts, 1e-9), r = NULL;
    if (d && implementation && resolution && dict_set_cstr(ts, d, "implementation", implementation) == 0 && dict_set_cstr(ts, d, "monotonic", bool_value(clocks[i].monotonic)) == 0 && dict_set_cstr(ts, d, "adjustable", bool_value(clocks[i].adjustable)) == 0 &&
        dict_set_cstr(ts, d, "resolution", resolution) == 0)
      r = namespace_new(ts, d);
    xdecref(ts, d);
    xdecref(ts, implementation);
    xdecref(ts, resolution);
    return r;
  }
  return err_format(ts, EXC(ValueError), "unknown clock");
}

/* The zone belongs to the process, and its names move when another interpreter or thread sets it. */
static pthread_mutex_t zone_lock = PTHREAD_MUTEX_INITIALIZER;

static int add_zone(ThreadState *ts, Value module) {
  time_t now = sched_now_ns(CLOCK_OF_WALL) / 1000000000, january = now - now % 31556952, july = january + 31556952 / 2;
  struct tm a, b;
  char name_a[64], name_b[64];
  pthread_mutex_lock(&zone_lock);
  tzset();
  localtime_r(&january, &a);
  snprintf(name_a, sizeof name_a, "%s", a.tm_zone);
  localtime_r(&july, &b);
  snprintf(name_b, sizeof name_b, "%s", b.tm_zone);
  pthread_mutex_unlock(&zone_lock);
  long west_a = -a.tm_gmtoff, west_b = -b.tm_gmtoff;
  bool south = west_a < west_b;
  const char *standard = south ? name_b : name_a, *summer = south ? name_a : name_b;
  return module_add_int(ts, module, "timezone", south ? west_b : west_a) < 0 || module_add_int(ts, module, "altzone", south ? west_a : west_b) < 0 || module_add_int(ts, module, "daylight", west_a != west_b) < 0 ||
                 module_add(ts, module, "tzname", tuple_steal2(ts, str_from_utf8(ts, standard, (ssize_t)strlen(standard)), str_from_utf8(ts, summer, (ssize_t)strlen(summer)))) < 0
             ? -1
             : 0;
}
static Value t_tzset(NATIVE_ARGS) {
  Value m = import_module(ts, "time");
  int r = m ? add_zone(ts, m) : -1;
  xdecref(ts, m);
  return r < 0 ? NULL : V_NONE;
}

#define BOTH(name) {#name, t_##name, 0, 0, 0, #name "() -> float"}, {#name "_ns", t_##name##_ns, 0, 0, 0, #name "_ns() -> int"}
static const MethodDef methods[] = {BOTH(time), BOTH(monotonic), BOTH(perf_counter), BOTH(process_time), BOTH(thread_time),
    {"sleep", t_sleep, 1, 1, 0, "sleep(seconds)\n\nDelay execution for a given number of seconds."}, {"gmtime", t_gmtime, 0, 1, 0, "gmtime([seconds]) -> struct_time in UTC"}, {"localtime", t_localtime, 0, 1, 0, "localtime([seconds]) -> struct_time in local time"},
    {"asctime", t_asctime, 0, 1, 0, "asctime([tuple]) -> string"}, {"ctime", t_ctime, 0, 1, 0, "ctime(seconds) -> string"}, {"mktime", t_mktime, 1, 1, 0, "mktime(tuple) -> floating point number"},
    {"strftime", t_strftime, 1, 2, 0, "strftime(format[, tuple]) -> string"}, {"strptime", t_strptime, 1, 2, 0, "strptime(string, format) -> struct_time"}, {"tzset", t_tzset, 0, 0, 0, "tzset()"},
    {"clock_gettime", t_clock_gettime, 1, 1, 0, "clock_gettime(clk_id) -> float"}, {"clock_gettime_ns", t_clock_gettime_ns, 1, 1, 0, "clock_gettime_ns(clk_id) -> int"}, {"clock_getres", t_clock_getres, 1, 1, 0, "clock_getres(clk_id) -> floating point number"},
    {"get_clock_info", t_get_clock_info, 1, 1, 0, "get_clock_info(name: str) -> dict"}, {0}};

static int start(ThreadState *ts, Value module) {
  static const char *const fields[] = {"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff"};
  static const struct {
    const char *name;
    int id;
  } clocks[] = {{"CLOCK_REALTIME", CLOCK_REALTIME}, {"CLOCK_MONOTONIC", CLOCK_MONOTONIC}, {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW}, {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID}, {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID}, {"CLOCK_BOOTTIME", CLOCK_BOOTTIME}, {"CLOCK_TAI", CLOCK_TAI}};
  State *state = state_of(module);
  if ((state->struct_time = structseq_type(ts, "time.struct_time", "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().", fields, 11, 9)) == NULL) return -1;
  if (module_add(ts, module, "struct_time", incref((Value)state->struct_time)) < 0 || module_add_int(ts, module, "_STRUCT_TM_ITEMS", 11) < 0 || add_zone(ts, module) < 0) return -1;
  for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
    if (module_add_int(ts, module, clocks[i].name, clocks[i].id) < 0) return -1;
  return 0;
}
const ModuleDef time_module_def = {.name = "time", .doc = "This module provides various functions to manipulate time values.", .methods = methods, .start = start, .state_size = sizeof(State), .owned_values = 1};
