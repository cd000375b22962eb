/* re_match.c - running a translated pattern with PCRE2, in the width of the subject.
 * Keeps true: the three widths are one text (re_width.h, included three times); a subject narrower than the pattern's
 *   characters is widened for the match. Next: re_module.c. Source: pcre2api(3). */
#include "runtime/modules/re/re_internal.h"

#define PCRE2_CODE_UNIT_WIDTH 0
#include <pcre2.h>

static uint32_t compile_options(Pattern *p) {
  uint32_t o = PCRE2_NEVER_BACKSLASH_C;
  if (p->flags & FLAG_IGNORECASE) o |= PCRE2_CASELESS;
  if (p->flags & FLAG_MULTILINE) o |= PCRE2_MULTILINE;
  if (p->flags & FLAG_DOTALL) o |= PCRE2_DOTALL;
  if (!p->is_bytes && !(p->flags & FLAG_ASCII)) o |= PCRE2_UCP;
  return o;
}

enum { TOO_WIDE = -1000, RE_FAILED = -1001 };
#define UNIT uint8_t
#define F(name) name##_8
#include "runtime/modules/re/re_width.h"
#undef UNIT
#undef F
#define UNIT uint16_t
#define F(name) name##_16
#include "runtime/modules/re/re_width.h"
#undef UNIT
#undef F
#define UNIT uint32_t
#define F(name) name##_32
#include "runtime/modules/re/re_width.h"
#undef UNIT
#undef F

void re_free_code(Pattern *p) {
  if (p->code[0]) pcre2_code_free_8(p->code[0]);
  if (p->code[1]) pcre2_code_free_16(p->code[1]);
  if (p->code[2]) pcre2_code_free_32(p->code[2]);
}

static int set_last(Match *m, Pattern *p) {
  ssize_t best_end = -1;
  for (int g = 1; g <= p->groups; g++) {
    ssize_t end = m->spans[2 * g + 1];
    if (end < 0) continue;
    if (end > best_end || (end == best_end && p->close_order[g] > p->close_order[m->lastindex])) {
      best_end = end;
      m->lastindex = g;
    }
  }
  return 0;
}

int re_run(ThreadState *ts, Pattern *p, Value string, ssize_t pos, ssize_t endpos, int how, bool not_empty, Value *result) {
  uint32_t options = (how != RE_SEARCH ? PCRE2_ANCHORED : 0) | (how == RE_FULLMATCH ? PCRE2_ENDANCHORED : 0) | (not_empty ? PCRE2_NOTEMPTY_ATSTART : 0);
  Value v = object_alloc(ts, re_state(ts)->match, sizeof(Match) + (size_t)(p->groups + 1) * 2 * sizeof(ssize_t));
  if (v == NULL) return -1;
  Match *m = (Match *)v;
  int rc;
  Buffer view = {0};
  if (is_str(string)) {
    const void *data = as_str(string)->data;
    int width = str_width(string);
    rc = width == 1 ? run_8(ts, p, data, endpos, pos, options, m->spans) : width == 2 ? run_16(ts, p, data, endpos, pos, options, m->spans) : run_32(ts, p, data, endpos, pos, options, m->spans);
    if (rc == TOO_WIDE) { /* the pattern has wider characters than the subject */
      uint32_t *wide = mem_alloc(ts, (size_t)(endpos + 1) * sizeof *wide);
      if (wide == NULL) {
        decref(ts, v);
        return -1;
      }
      for (ssize_t i = 0; i < endpos; i++) wide[i] = str_at(string, i);
      rc = run_32(ts, p, wide, endpos, pos, options, m->spans);
      mem_free(ts, wide);
    }
  } else {
    if (buffer_get(ts, string, &view, false) < 0) {
      decref(ts, v);
      return -1;
    }
    if (endpos > view.length) endpos = view.length; /* a bytearray may have shrunk since the search began */
    rc = pos > endpos ? 0 : run_8(ts, p, (const uint8_t *)view.data, endpos, pos, options, m->spans);
    buffer_release(ts, &view);
  }
  if (rc <= 0) {
    decref(ts, v);
    return rc < 0 ? -1 : 0;
  }
  m->pattern = incref((Value)p);
  m->string = incref(string);
  m->pos = pos;
  m->endpos = endpos;
  set_last(m, p);
  *result = v;
  return 1;
}
