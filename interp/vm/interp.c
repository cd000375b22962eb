/* interp.c - an Interp from start to end, check points, and the report of an uncaught exception.
 * Keeps true: several Interps may live side by side; nothing here is global but what signals need (see signal handling in main.c).
 * Next: main.c, runtime/class.c (types_init). CPython: Python/pylifecycle.c. */
#include "interp/vm/interp.h"

#include <errno.h>
#include <sys/random.h>
#include <stdlib.h>
#include <unistd.h>

#include "interp/vm/eval_internal.h"
#include "gil/observe/stats.h"
#include "gil/observe/trace.h"
#include "interp/vm/family.h"
#include "interp/vm/free_threading.h"
#include "interp/vm/import.h"
#include "interp/vm/thread.h"
#include "runtime/alloc.h"
#include "runtime/gc.h"
#include "runtime/teardown.h"
#include "runtime/modules/signal_module.h"
#include "runtime/types/weakref.h"

/* ---- what runtime/ is handed ---- */

static Value up_frame_globals(ThreadState *ts) { return ts->frame ? (Value)frame_globals(ts->frame) : (Value)ts->interp->builtins; }
static Value up_frame_locals(ThreadState *ts) { return ts->frame ? frame_locals_dict(ts, ts->frame) : dict_new(ts); }

/* super(): the first argument of the running function and its __class__ cell. */
static int up_super_args(ThreadState *ts, Type **type, Value *obj) {
  Frame *f = ts->frame;
  if (f == NULL) {
    err_format(ts, EXC(RuntimeError), "super(): no current frame");
    return -1;
  }
  Code *code = f->code;
  if (code->arg_count == 0) {
    err_format(ts, EXC(RuntimeError), "super(): no arguments");
    return -1;
  }
  Value first = f->locals[0];
  if (first && code->place_kinds[0] & PLACE_CELL && is_object(first) && first->kind == K_CELL) first = ((Cell *)first)->value;
  if (first == NULL) {
    err_format(ts, EXC(RuntimeError), "super(): arg[0] deleted");
    return -1;
  }
  for (int i = code->place_count - code->free_count; i < code->place_count; i++) {
    if (tuple_get(code->place_names, i) != ID(__class__)) continue;
    Value cell = f->locals[i];
    Value cls = cell && is_object(cell) && cell->kind == K_CELL ? ((Cell *)cell)->value : NULL;
    if (cls == NULL) {
      err_format(ts, EXC(RuntimeError), cell ? "super(): empty __class__ cell" : "super(): bad __class__ cell");
      return -1;
    }
    if (!is_type(cls)) {
      err_format(ts, EXC(RuntimeError), "super(): __class__ is not a type (%T)", cls);
      return -1;
    }
    *type = (Type *)cls;
    *obj = first;
    return 0;
  }
  err_format(ts, EXC(RuntimeError), "super(): __class__ cell not found");
  return -1;
}

static int up_count_self_attributes(ThreadState *ts, Value function) {
  Code *code = as_code(((Function *)function)->code);
  uint32_t seen[32];
  int count = 0;
  for (int i = 1; i < code->unit_count && count < 32;) {
    uint32_t op = opcode_base[UNIT_OP(code->units[i])], name = UNIT_ARG(code->units[i]);
    Unit before = code->units[i - 1];
    if (op == OP_STORE_ATTR && opcode_base[UNIT_OP(before)] == OP_LOAD_FAST && UNIT_ARG(before) == 0) {
      int k = 0;
      while (k < count && seen[k] != name) k++;
      if (k == count) seen[count++] = name;
    }
    i += 1 + opcode_info[op].caches;
  }
  return count;
}

static int up_where(ThreadState *ts, const void **code) {
  Frame *f = ts->frame;
  *code = f ? f->code : NULL;
  return f ? (int)(f->ip - f->code->units) : 0;
}
static Value up_frame_object(ThreadState *ts) { return ts->frame ? frame_object(ts, ts->frame) : V_NONE; }

/* ---- check points ---- */

/* The limit is for all threads together: each takes a portion at a time. */
int eval_out_of_instructions(ThreadState *ts) {
  int64_t left = ts->interp->instructions_left, portion = left < 10000 ? left : 10000;
  if (portion > 0) {
    ts->interp->instructions_left -= portion;
    ts->instructions_left = portion - 1;
    return 0;
  }
  if (((Options *)ts->interp->options)->instructions_raise) {
    if (!err_occurred(ts)) err_set(ts, EXC(KeyboardInterrupt), NULL);
    return -1;
  }
  fflush(stdout);
  interp_flush(ts);
  fprintf(stderr, "gilly: stopped: the limit of %lld instructions is used up\n", (long long)((Options *)ts->interp->options)->max_instructions);
  _exit(124);
}

static int raise_async(ThreadState *ts) {
  Value cls = ts->async_exc;
  ts->async_exc = NULL;
  sched_done(&ts->sched, BREAK_ASYNC);
  if (cls == NULL) return 0;
  err_set(ts, cls, NULL);
  decref(ts, cls);
  return -1;
}

/* CPython's order (_Py_HandlePending): signals, the collector, the lock, an exception sent by another thread. */
int check_pending(ThreadState *ts) {
  uint32_t why = atomic_load(&ts->sched.breaker);
  if (UNLIKELY(why & BREAK_TIMEOUT)) {
    interp_flush(ts);
    fprintf(stderr, "gilly: stopped: the time limit of %g seconds is over\n", (double)((Options *)ts->interp->options)->timeout_ns / 1e9);
    _exit(124);
  }
  if (why & BREAK_SIGNAL && signals_deliver(ts) < 0) return -1;
  if (why & BREAK_GC) gc_at_check_point(ts);
  if (why & BREAK_DROP) sched_yield_to_request(&ts->sched);
  if (why & (BREAK_QUIET | BREAK_RECLAIM)) free_threading_check_point(ts, why);
  if (UNLIKELY(why & BREAK_ASYNC)) return raise_async(ts);
  return 0;
}

static bool has_checks_of_314(ThreadState *ts) { return ts->sched.sched->profile->checks == CHECKS_LOOPS_ENTER; }
/* Since 3.12 not behind await and yield from. */
int check_at_resume(ThreadState *ts, uint32_t oparg) { return oparg >= 2 && has_checks_of_314(ts) ? 0 : check_pending(ts); }
/* In 3.14 __enter__ is called by a CALL, which ends with a look. */
int check_after_enter(ThreadState *ts) { return has_checks_of_314(ts) ? check_pending(ts) : 0; }

/* ---- check points of the profiles that look after every instruction ---- */

/* Ticks are counted down by most instructions. With a signal for the main thread pending, every tick ends a turn, until the system
 * happens to let the main thread run. */
static bool tick(ThreadState *ts) {
  if (ts->sched.sched->profile->kind != GIL_TICK) return false;
  ThreadState *main_thread = ts->interp->main_thread;
  if (ts != main_thread && UNLIKELY(atomic_load_explicit(&main_thread->sched.breaker, memory_order_relaxed) & BREAK_SIGNAL)) return true;
  return --ts->sched.ticks_left < 0;
}
bool eval_should_check(ThreadState *ts, uint32_t next) {
  bool turn_is_over = tick(ts);
  if (!turn_is_over && !sched_should_check(&ts->sched)) return false;
  return next != OP_NOP && next != OP_BEFORE_WITH && next != OP_BEFORE_ASYNC_WITH && next != OP_SEND;
}
int eval_check_everywhere(ThreadState *ts) {
  if (sched_should_check(&ts->sched) && check_pending(ts) < 0) return -1;
  if (ts->sched.sched->profile->kind == GIL_TICK && (ts->sched.ticks_left < 0 || ts != ts->interp->main_thread)) {
    if (ts->sched.ticks_left < 0 || atomic_load_explicit(&ts->interp->main_thread->sched.breaker, memory_order_relaxed) & BREAK_SIGNAL) sched_tick(&ts->sched);
  }
  return 0;
}

/* ---- start ---- */

static void set_hash_secret(Interp *interp, bool ignore_environment) {
  const char *seed = ignore_environment ? NULL : getenv("PYTHONHASHSEED");
  if (seed && *seed && strcmp(seed, "random") != 0) {
    uint32_t x = (uint32_t)strtoul(seed, NULL, 10);
    unsigned char key[16] = {0};
    for (int i = 0; x && i < 16; i++) { /* CPython's lcg_urandom */
      static const uint32_t a = 214013, c = 2531011;
      x = x * a + c;
      key[i] = (unsigned char)(x >> 16);
    }
    memcpy(&interp->hash_key0, key, 8);
    memcpy(&interp->hash_key1, key + 8, 8);
    return;
  }
  if (getrandom(&interp->hash_key0, 8, 0) != 8 || getrandom(&interp->hash_key1, 8, 0) != 8) interp->hash_key0 = (uint64_t)getpid();
}

static int start_core(ThreadState *ts) {
  Interp *interp = ts->interp;
  if (types_init(ts) < 0 || exceptions_init(ts) < 0) return -1;
  if ((interp->modules = dict_new(ts)) == NULL) return -1;
  extern const ModuleDef builtins_module_def, sys_module_def;
  if ((interp->builtins_module = module_from_def(ts, &builtins_module_def)) == NULL) return -1;
  interp->builtins = module_dict(interp->builtins_module);
  if (dict_set(ts, interp->modules, ID(builtins), interp->builtins_module) < 0) return -1;
  if ((interp->sys_module = module_new(ts, ID(sys))) == NULL) return -1;
  interp->sys_dict = module_dict(interp->sys_module);
  decref(ts, interp->sys_module);
  if ((interp->sys_module = module_from_def(ts, &sys_module_def)) == NULL) return -1;
  interp->sys_dict = module_dict(interp->sys_module);
  if (dict_set(ts, interp->modules, ID(sys), interp->sys_module) < 0) return -1;
  return interp->options && interp->options->no_site ? 0 : site_add_builtins(ts, interp->builtins_module);
}

int io_open_standard_streams(ThreadState *ts); /* runtime/modules/io */

enum { THREADS_A_MEMBER = 100000 }; /* ids of threads of isolated Interps: so far apart */
/* An isolated Interp tells the listeners of the one that made it. */
static Sched *start_sched(const Options *o, EventHub *shared, int64_t id) {
  SchedConfig config = {.machine = machine_real(), .first_id = (uint32_t)id % 10000 * THREADS_A_MEMBER, .watch_deadlocks = true, .hooks = {thread_locate, deadlock_report, thread_leaves, FREE_THREADING_HOOKS}};
  if (o) {
    config.profile = FREE_THREADING_PROFILE(o->profile);
    config.interval_us = o->interval_us;
    config.watch_deadlocks = !o->no_deadlock_exit;
    int listeners = (o->stats ? LISTEN_STATS : 0) | (o->trace ? LISTEN_TRACE : 0);
    config.events = shared;
    if (listeners && shared == NULL && (config.events = events_new(config.machine, listeners)) == NULL) return NULL;
  }
  return sched_new(&config);
}

const char *const worker_names[] = {"threads", "interpreters", "processes"};

/* sys._workers, for threading.py */
static int tell_workers(ThreadState *ts, const Options *o) {
  Value name = str_from_ascii(ts, worker_names[o ? o->workers : WORKERS_THREADS]);
  int failed = name == NULL ? -1 : dict_set_cstr(ts, (Value)ts->interp->sys_dict, "_workers", name);
  xdecref(ts, name);
  return failed;
}

static ThreadState *start_interp(Options *options, Interp *maker, int64_t id) {
  Interp *interp = calloc(1, sizeof *interp);
  ThreadState *ts = thread_state_alloc();
  if (interp == NULL || ts == NULL) goto error;
  if ((interp->sched = start_sched(options, maker ? maker->sched->events : NULL, id)) == NULL) goto error;
  interp->id = id;
  interp->is_isolated = maker != NULL;
  interp->main_thread = ts;
  interp->options = options;
  interp->fail_allocation_at = -1;
  interp->recursion_limit = 1000;
  interp->int_max_str_digits = 4300;
  interp->gc_enabled = true;
  interp->gc_threshold[0] = 700;
  interp->gc_threshold[1] = interp->gc_threshold[2] = 10;
  ts->interp = interp;
  heap_of(ts)->gc_threshold_now = 10000;
  if (thread_init(ts, interp, true) < 0) goto error;
  sched_add(interp->sched, &ts->sched);
  ts->sched.os_thread = pthread_self();
  ts->sched.native_id = gettid();
  free_threading_start(ts);
  sched_attach(&ts->sched);
  set_hash_secret(interp, options && options->ignore_environment);
  interp->up.call_function = call_function;
  interp->up.generator_send = generator_send;
  interp->up.import_name = import_name;
  interp->up.frame_globals = up_frame_globals;
  interp->up.frame_locals = up_frame_locals;
  interp->up.super_args = up_super_args;
  interp->up.check_pending = check_pending;
  interp->up.count_self_attributes = up_count_self_attributes;
  interp->up.thread_new = thread_new;
  interp->up.thread_adopt = thread_adopt;
  interp->up.thread_begin = thread_begin;
  interp->up.thread_end = thread_end;
  interp->up.thread_free = thread_free;
  interp->up.describe_place = thread_describe_place;
  interp->up.where = up_where;
  interp->up.frame_object = up_frame_object;
  if (start_core(ts) < 0 || tell_workers(ts, options) < 0) goto error;
  if (options) {
    interp->memory_limit = options->max_memory;
    interp->unbuffered = options->unbuffered;
    interp->no_foreign_code = options->no_foreign_code;
    interp->instructions_left = options->max_instructions;
    if (options->fail_allocation) interp->fail_allocation_at = interp->allocation_number + options->fail_allocation;
  }
  if (io_open_standard_streams(ts) < 0) goto error;
  return ts;
error:
  if (ts && ts->exc) {
    Value text = str_of(ts, ts->exc);
    fprintf(stderr, "gilly: could not start: %s: %s\n", type_name_of(ts, ts->exc), text && str_is_ascii(text) ? str_chars(text) : "?");
  }
  return NULL;
}

ThreadState *interp_new(Options *options) { return start_interp(options, NULL, 0); }
ThreadState *interp_new_isolated(Interp *maker, int64_t id) { return start_interp(maker->options, maker, id); }

Value interp_make_main(ThreadState *ts) {
  Value m = module_new(ts, ID(__main__));
  if (m == NULL || dict_set(ts, ts->interp->modules, ID(__main__), m) < 0) return NULL;
  Value globals = (Value)module_dict(m);
  decref(ts, m);
  return dict_set(ts, globals, ID(__builtins__), ts->interp->builtins_module) < 0 ? NULL : globals;
}

/* ---- end ---- */

int interp_flush(ThreadState *ts) {
  int result = 0;
  int ids[] = {ID_stdout, ID_stderr};
  for (int i = 0; i < 2; i++) {
    Value file = ts->interp->sys_dict ? dict_get_str(ts, ts->interp->sys_dict, ts->interp->names[ids[i]]) : NULL;
    if (file == NULL || file == V_NONE || (i == 0 && ts->interp->stdout_failed)) continue;
    incref(file);
    bool failed;
    Value closed = attr_get_optional(ts, file, ID(closed), &failed);
    bool is_closed = closed && closed != V_NONE && truth(ts, closed) == 1;
    xdecref(ts, closed);
    Value r = is_closed ? V_NONE : call_method0(ts, file, ID(flush));
    if (r == NULL && i == 0) {
      ts->interp->stdout_failed = true;
      err_write_unraisable(ts, file);
      result = -1;
    }
    err_clear(ts);
    xdecref(ts, r);
    decref(ts, file);
  }
  return result;
}

static void run_atexit(ThreadState *ts) {
  Value m = dict_get_cstr(ts, ts->interp->modules, "atexit");
  if (m == NULL) return;
  Value r = attr_get_cstr(ts, m, "_run_exitfuncs");
  Value done = r ? call0(ts, r) : NULL;
  if (done == NULL) err_write_unraisable(ts, NULL);
  xdecref(ts, r);
  xdecref(ts, done);
}

/* A module that somebody still holds: its names become None, those with one underscore first; __builtins__ stays. */
static void empty_module(ThreadState *ts, Value m) {
  Value d = (Value)module_dict(m), keys = dict_keys_list(ts, d);
  for (int round = 0; keys && round < 2; round++)
    for (ssize_t k = 0; k < list_len(keys); k++) {
      Value name = list_get(keys, k);
      if (!is_str(name) || str_len(name) == 0) continue;
      bool private = str_at(name, 0) == '_' && (str_len(name) < 2 || str_at(name, 1) != '_');
      if (private == (round == 0) && name != ID(__builtins__)) dict_set(ts, d, name, V_NONE);
    }
  xdecref(ts, keys);
}
/* As CPython's finalize_modules: sys.modules lets go of all modules, oldest first, and what is garbage then is collected while the names that its
 * finalizers use are still there. Modules that live on are emptied, newest first. */
static void drop_modules(ThreadState *ts) {
  Interp *interp = ts->interp;
  Value modules = dict_values_list(ts, interp->modules), watched = list_new(ts, 8);
  for (ssize_t i = 0; modules && watched && i < list_len(modules); i++) {
    Value m = list_get(modules, i);
    if (!is_kind(m, K_MODULE) || m == interp->sys_module || m == interp->builtins_module) continue;
    Value ref = call1(ts, (Value)TYPE(WEAKREF), m);
    if (ref == NULL || list_append_steal(ts, watched, ref) < 0) err_clear(ts);
  }
  dict_clear(ts, interp->modules);
  for (ssize_t i = 0; modules && i < list_len(modules); i++) item_set(ts, modules, small_int_value(i), V_NONE);
  xdecref(ts, modules);
  gc_collect(ts);
  for (ssize_t i = watched ? list_len(watched) - 1 : -1; i >= 0; i--) {
    Value m = weakref_target(list_get(watched, i));
    if (m == NULL) continue;
    incref(m);
    empty_module(ts, m);
    decref(ts, m);
  }
  xdecref(ts, watched);
  err_clear(ts);
}

/* threading._shutdown joins the threads that are no daemons. Ctrl-C while it waits is reported, and the end goes on. */
static void wait_for_threads(ThreadState *ts) {
  Value m = dict_get_cstr(ts, ts->interp->modules, "threading");
  if (m == NULL) return;
  incref(m);
  Value f = attr_get_cstr(ts, m, "_shutdown"), r = f ? call0(ts, f) : NULL;
  if (r == NULL) err_write_unraisable(ts, m);
  xdecref(ts, f);
  xdecref(ts, r);
  decref(ts, m);
}

int interp_finish(ThreadState *ts) {
  wait_for_threads(ts);
  run_atexit(ts);
  if (family_end(ts) > 0 && err_warn(ts, EXC(ResourceWarning), 1, "remaining subinterpreters; close them with Interpreter.close()") < 0) err_write_unraisable(ts, NULL);
  int failed = interp_flush(ts);
  ts->interp->finalizing = true;
  sched_finalize(&ts->sched);
  return failed;
}

/* JSON goes to the file itself; pictures are drawn from it by a tool of the layer above. */
static int write_trace(EventHub *hub, const StatsHead *head, Options *o) {
  const char *dot = strrchr(o->trace, '.');
  bool is_picture = dot && (strcmp(dot, ".svg") == 0 || strcmp(dot, ".html") == 0);
  FILE *out = is_picture ? tmpfile() : fopen(o->trace, "we");
  if (out == NULL) return -1;
  int failed = trace_write(hub, head, out);
  if (!failed && is_picture) failed = o->draw_trace(out, o->trace);
  return fclose(out) < 0 ? -1 : failed;
}

static int write_stats(EventHub *hub, const StatsHead *head, Options *o) {
  FILE *out = o->stats_file ? fopen(o->stats_file, "we") : stderr;
  if (out == NULL) return -1;
  stats_print(hub, head, out, o->stats_as_json);
  return out != stderr && fclose(out) < 0 ? -1 : 0;
}

void interp_observers_report(ThreadState *ts) {
  Interp *interp = ts->interp;
  Options *o = interp->options;
  Sched *s = interp->sched;
  if (s->events == NULL) return;
  if (ts->sched.log) events_close_log(&ts->sched, ts->sched.log);
  StatsHead head = {s->profile->name, "real", s->gil.interval_us, s->profile->kind != GIL_NONE, s->world.stops, s->world.stopped_ns};
  if (o->stats && write_stats(s->events, &head, o) < 0) fprintf(stderr, "gilly: --stats: cannot write %s: %s\n", o->stats_file, strerror(errno));
  if (o->trace && write_trace(s->events, &head, o) < 0) fprintf(stderr, "gilly: --trace: cannot write %s: %s\n", o->trace, strerror(errno));
}

/* The last Python code runs here: what modules and cycles held, with its finalizers. */
static void drop_everything(ThreadState *ts) {
  free_threading_finish(ts);
  drop_modules(ts);
  gc_collect(ts);
  interp_flush(ts);
  err_clear(ts);
  dict_clear(ts, (Value)ts->interp->sys_dict);
  dict_clear(ts, (Value)ts->interp->builtins);
}

#ifdef CHECK_MEMORY
int interp_end_process(ThreadState *ts) { return interp_free(ts) ? -1 : 0; }
#else
/* sys.stdout or sys.stderr is the file from the start, and keeps nothing that is still to be written. */
static bool is_flushed(ThreadState *ts, const char *name, const char *name_at_start) {
  Value sys = (Value)ts->interp->sys_dict, file = dict_get_cstr(ts, sys, name);
  if (file == NULL || !is_object(file) || !(file->gc & GC_FROM_START) || file != dict_get_cstr(ts, sys, name_at_start)) return false;
  Value done = call_method0(ts, file, ID(flush));
  err_clear(ts);
  xdecref(ts, done);
  return done != NULL;
}

/* Would freeing what is left run anybody's code, or write what a file keeps? Else the system takes the memory back quicker than we can. */
static bool end_matters(ThreadState *ts) {
  return gc_has_last_words(ts->interp) || !is_flushed(ts, "stdout", "__stdout__") || !is_flushed(ts, "stderr", "__stderr__");
}

int interp_end_process(ThreadState *ts) {
  if (!ts->interp->finalizing) interp_finish(ts);
  if (end_matters(ts)) drop_everything(ts);
  return 0;
}
#endif

size_t interp_free(ThreadState *ts) {
  Interp *interp = ts->interp;
  if (!interp->finalizing) interp_finish(ts);
  drop_everything(ts);
  gc_collect(ts);
  err_clear(ts);
  signals_forget(ts);
  thread_release(ts);
  if (sched_others(&ts->sched) > 0) return 0; /* daemon threads hang in it until the process ends */
  free_threading_finish(ts); /* the last thread may have ended just now */
  size_t leaks = objects_free_all(ts);
  EventHub *events = interp->is_isolated ? NULL : interp->sched->events;
  sched_remove(&ts->sched);
  free_threading_end(interp);
  sched_free(interp->sched);
  events_free(events);
  family_free(interp);
  thread_free(ts);
  frame_stacks_free_spare(interp);
  free(interp);
  return leaks;
}

/* ---- uncaught exceptions ---- */

static void print_plainly(ThreadState *ts, Value exc) {
  Value text = str_of(ts, exc);
  err_clear(ts);
  bool has_text = text && str_is_ascii(text) && str_len(text) > 0;
  fprintf(stderr, "%s%s%s\n", type_name_of(ts, exc), has_text ? ": " : "", has_text ? str_chars(text) : "");
  xdecref(ts, text);
}

/* SystemExit: its code as an exit status. A text goes to stderr. */
static int exit_status_of(ThreadState *ts, Value exc) {
  Value code = EXC_FIELD(exc, extra[X_EXIT_CODE]);
  if (code == NULL || code == V_NONE) return 0;
  if (is_int(code)) {
    int64_t n;
    return int_fits_i64(code, &n) ? (int)(n & 0xff) : 255;
  }
  Value file = dict_get_str(ts, ts->interp->sys_dict, ID(stderr)), text = str_of(ts, code);
  interp_flush(ts);
  if (text && file && file != V_NONE && file_write_str(ts, file, text) == 0) file_write_cstr(ts, file, "\n");
  else if (text && str_is_ascii(text)) fprintf(stderr, "%s\n", str_chars(text));
  xdecref(ts, text);
  err_clear(ts);
  return 1;
}

static void print_text(ThreadState *ts, const char *text) {
  Value file = dict_get_str(ts, ts->interp->sys_dict, ID(stderr));
  if (file == NULL || file == V_NONE || file_write_cstr(ts, file, text) < 0) fputs(text, stderr);
  err_clear(ts);
}

/* The exception and its traceback on stderr, whatever sys.excepthook may be. */
static void report_by_default(ThreadState *ts, Value exc) {
  Value hook = dict_get_cstr(ts, (Value)ts->interp->sys_dict, "__excepthook__"), tb = EXC_FIELD(exc, traceback);
  Value args[] = {(Value)type_of(ts, exc), exc, tb ? tb : V_NONE}, done = hook ? call_args(ts, hook, args, 3) : NULL;
  err_clear(ts);
  if (done == NULL) print_plainly(ts, exc);
  xdecref(ts, done);
}

/* sys.excepthook failed, with the pending exception. */
static void report_failed_hook(ThreadState *ts, Value exc) {
  Value inner = err_fetch(ts);
  print_text(ts, "Error in sys.excepthook:\n");
  if (inner) report_by_default(ts, inner);
  print_text(ts, "\nOriginal exception was:\n");
  report_by_default(ts, exc);
  xdecref(ts, inner);
}

int interp_report(ThreadState *ts) {
  Value exc = err_fetch(ts);
  if (exc == NULL) return 0;
  if (exception_matches(ts, exc, EXC(SystemExit))) {
    int status = exit_status_of(ts, exc);
    decref(ts, exc);
    return status;
  }
  ts->interp->memory_limit = 0; /* the report may go past it */
  Type *type = type_of(ts, exc);
  Value tb = as_exception(exc)->traceback, hook = dict_get_str(ts, ts->interp->sys_dict, ID(excepthook)), done = NULL;
  int interrupted = type_is_subtype(type, ts->interp->exceptions[EXC_KeyboardInterrupt]);
  dict_set_cstr(ts, (Value)ts->interp->sys_dict, "last_value", exc);
  dict_set_cstr(ts, (Value)ts->interp->sys_dict, "last_type", (Value)type);
  dict_set_cstr(ts, (Value)ts->interp->sys_dict, "last_traceback", tb ? tb : V_NONE);
  if (hook) {
    Value args[] = {(Value)type, exc, tb ? tb : V_NONE};
    incref(hook);
    interp_flush(ts);
    done = call_args(ts, hook, args, 3);
    decref(ts, hook);
    if (done == NULL && err_matches(ts, EXC(SystemExit))) {
      Value inner = err_fetch(ts);
      int status = exit_status_of(ts, inner);
      decref(ts, inner);
      decref(ts, exc);
      return status;
    }
  }
  if (done == NULL && hook && hook == dict_get_cstr(ts, (Value)ts->interp->sys_dict, "__excepthook__")) {
    err_clear(ts);
    print_plainly(ts, exc);
  } else if (done == NULL && hook) {
    report_failed_hook(ts, exc);
  } else if (done == NULL) {
    print_text(ts, "sys.excepthook is missing\n");
    report_by_default(ts, exc);
  }
  xdecref(ts, done);
  decref(ts, exc);
  interp_flush(ts);
  return interrupted ? STATUS_INTERRUPTED : 1;
}
