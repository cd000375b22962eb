/* stats.c - --stats: sums of what the threads did.
 * Keeps true: the times of a thread's states add up to its life: each event ends one state and begins the next.
 * Next: ../events.h, trace.c. */
#include "gil/observe/stats.h"

#include "gil/observe/contention.h"
#include "gil/sched/sched.h"

static const char *const doing_names[DOES_COUNT] = {"hold", "want", "lock", "io", "sleep", "foreign"};

static Doing doing_while_blocked(uint32_t reason) {
  switch (reason) {
    case BLOCK_LOCK:
    case BLOCK_OBJECT: return DOES_BLOCK_LOCK;
    case BLOCK_SLEEP: return DOES_SLEEP;
    case BLOCK_FOREIGN: return DOES_FOREIGN;
    default: return DOES_BLOCK_IO;
  }
}

static void now_does(ThreadStats *s, Doing doing, int64_t time_ns) {
  s->ns[s->doing] += time_ns - s->since_ns;
  s->doing = doing;
  s->since_ns = time_ns;
}

/* Bucket i holds slices below 2^i * 31.25 microseconds; the last one all that are longer. */
static void count_slice(ThreadStats *s, int64_t ns) {
  int i = 0;
  while (i < SLICE_BUCKETS - 1 && ns >= (int64_t)31250 << i) i++;
  s->slices[i]++;
}

void stats_on_event(ThreadStats *s, const Event *e) {
  switch (e->kind) {
    case EVENT_WANT: now_does(s, DOES_WANT, e->time_ns); break;
    case EVENT_GOT:
      now_does(s, DOES_HOLD, e->time_ns);
      s->slice_began_ns = e->time_ns;
      break;
    case EVENT_BLOCK: now_does(s, doing_while_blocked(e->a), e->time_ns); break; /* the drop follows at once */
    case EVENT_UNBLOCK: now_does(s, DOES_WANT, e->time_ns); break;
    case EVENT_DROP:
      count_slice(s, e->time_ns - s->slice_began_ns);
      if (e->a == DROP_FOR_REQUEST) s->forced++;
      else if (e->a == DROP_TO_BLOCK) s->voluntary++;
      else if (e->a == DROP_FOR_TICKS) s->ticks++;
      if (e->a == DROP_FOR_REQUEST || e->a == DROP_FOR_TICKS) now_does(s, DOES_WANT, e->time_ns);
      break;
    case EVENT_DROP_REQUEST: s->requests++; break;
    case EVENT_FAILED_WAKE: s->failed_wakes++; break;
    case EVENT_LOCK_WAIT: s->lock_waits++; break;
    case EVENT_CONTENDED: contention_add(s, (const char *)(uintptr_t)e->b, e->location); break;
    case EVENT_EXIT: now_does(s, s->doing, e->time_ns); break;
    default: break;
  }
}

/* ---- the report ---- */

static double ms(int64_t ns) { return (double)ns / 1e6; }
static double share(int64_t part, int64_t whole) { return whole > 0 ? 100.0 * (double)part / (double)whole : 0; }

static void bring_up_to_date(EventHub *hub, EventLog *log) {
  if (log->has_ended) return;
  int64_t now = hub->machine->now_ns(hub->machine, CLOCK_OF_MONOTONIC);
  now_does(&log->stats, log->stats.doing, now);
  log->stats.ended_ns = now;
}

static void slice_length(char *out, size_t n, int bucket) {
  double us = 31.25 * (1 << bucket);
  if (us < 1000) snprintf(out, n, "%.4g us", us);
  else snprintf(out, n, "%.4g ms", us / 1000);
}

static void print_slices(FILE *out, const uint64_t *slices) {
  uint64_t total = 0, most = 1;
  for (int i = 0; i < SLICE_BUCKETS; i++) {
    total += slices[i];
    if (slices[i] > most) most = slices[i];
  }
  if (total == 0) return;
  fprintf(out, "\nlengths of slices (how long a thread ran at a time)\n");
  for (int i = 0; i < SLICE_BUCKETS; i++) {
    if (slices[i] == 0) continue;
    char from[24] = "0", to[24] = "...";
    if (i > 0) slice_length(from, sizeof from, i - 1);
    if (i < SLICE_BUCKETS - 1) slice_length(to, sizeof to, i);
    fprintf(out, "  %9s to %-9s %9llu  ", from, to, (unsigned long long)slices[i]);
    for (uint64_t bar = 1 + slices[i] * 39 / most; bar > 0; bar--) fputc('#', out);
    fputc('\n', out);
  }
}

static void print_table(EventHub *hub, const StatsHead *head, FILE *out) {
  uint64_t slices[SLICE_BUCKETS] = {0}, forced = 0, voluntary = 0, ticks = 0, failed = 0, requests = 0;
  int64_t os_voluntary = 0, os_forced = 0;
  if (head->has_lock) fprintf(out, "\ngilly: statistics (profile %s, interval %.4g ms, %s clock)\n", head->profile, (double)head->interval_us / 1000, head->clock);
  else fprintf(out, "\ngilly: statistics (no GIL, %s clock)\n", head->clock);
  fprintf(out, "%-24s %10s %10s %7s %7s %7s %7s %7s %8s %8s\n", "thread", "wall ms", "CPU ms", head->has_lock ? "holds" : "runs", "wants", "lock", "I/O", "sleep", "forced", "volunt.");
  for (EventLog *log = hub->logs; log; log = log->next) {
    ThreadStats *s = &log->stats;
    int64_t wall = s->ended_ns - s->began_ns;
    fprintf(out, "%-24.24s %10.2f %10.2f %6.1f%% %6.1f%% %6.1f%% %6.1f%% %6.1f%% %8llu %8llu\n", log->name, ms(wall), ms(s->cpu_ns), share(s->ns[DOES_HOLD], wall),
            share(s->ns[DOES_WANT], wall), share(s->ns[DOES_BLOCK_LOCK], wall), share(s->ns[DOES_BLOCK_IO] + s->ns[DOES_FOREIGN], wall), share(s->ns[DOES_SLEEP], wall),
            (unsigned long long)s->forced, (unsigned long long)s->voluntary);
    for (int i = 0; i < SLICE_BUCKETS; i++) slices[i] += s->slices[i];
    forced += s->forced, voluntary += s->voluntary, ticks += s->ticks, failed += s->failed_wakes, requests += s->requests;
    os_voluntary += s->os_voluntary, os_forced += s->os_forced;
  }
  fprintf(out, "switches: %llu forced, %llu voluntary", (unsigned long long)forced, (unsigned long long)voluntary);
  if (ticks) fprintf(out, ", %llu at ticks", (unsigned long long)ticks);
  fprintf(out, "; %llu drop requests, %llu failed wake-ups; context switches of the system: %lld voluntary, %lld forced\n", (unsigned long long)requests,
          (unsigned long long)failed, (long long)os_voluntary, (long long)os_forced);
  if (!head->has_lock) contention_print(hub, head, out);
  print_slices(out, slices);
}

void put_json_text(FILE *out, const char *text) {
  fputc('"', out);
  for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
    if (*p == '"' || *p == '\\') fprintf(out, "\\%c", *p);
    else if (*p < 32) fprintf(out, "\\u%04x", *p);
    else fputc(*p, out);
  }
  fputc('"', out);
}

static void print_json(EventHub *hub, const StatsHead *head, FILE *out) {
  fprintf(out, "{\"profile\": \"%s\", \"clock\": \"%s\", \"interval_us\": %lld, \"threads\": [", head->profile, head->clock, (long long)head->interval_us);
  for (EventLog *log = hub->logs; log; log = log->next) {
    ThreadStats *s = &log->stats;
    fprintf(out, "%s\n  {\"id\": %u, \"name\": ", log == hub->logs ? "" : ",", log->thread);
    put_json_text(out, log->name);
    fprintf(out, ", \"wall_ns\": %lld, \"cpu_ns\": %lld", (long long)(s->ended_ns - s->began_ns), (long long)s->cpu_ns);
    for (int i = 0; i < DOES_COUNT; i++) fprintf(out, ", \"%s_ns\": %lld", doing_names[i], (long long)s->ns[i]);
    fprintf(out, ", \"forced\": %llu, \"voluntary\": %llu, \"at_ticks\": %llu, \"drop_requests\": %llu, \"failed_wakes\": %llu, \"lock_waits\": %llu", (unsigned long long)s->forced,
            (unsigned long long)s->voluntary, (unsigned long long)s->ticks, (unsigned long long)s->requests, (unsigned long long)s->failed_wakes, (unsigned long long)s->lock_waits);
    if (!head->has_lock) counters_print_json(log, out);
    fprintf(out, ", \"os_voluntary\": %lld, \"os_forced\": %lld, \"slices\": [", (long long)s->os_voluntary, (long long)s->os_forced);
    for (int i = 0; i < SLICE_BUCKETS; i++) fprintf(out, "%s%llu", i ? ", " : "", (unsigned long long)s->slices[i]);
    fprintf(out, "]}");
  }
  fputs("\n]", out);
  if (!head->has_lock) contention_print_json(hub, head, out);
  fputs("}\n", out);
}

void stats_close(EventHub *hub) {
  events_stop(hub);
  for (EventLog *log = hub->logs; log; log = log->next) bring_up_to_date(hub, log);
}

void stats_print(EventHub *hub, const StatsHead *head, FILE *out, bool as_json) {
  stats_close(hub);
  if (as_json) print_json(hub, head, out);
  else print_table(hub, head, out);
}
