/* re_width.h - compile and match in one width; included by re_match.c with UNIT and F set. Not a header. */

static int F(compile)(ThreadState *ts, Pattern *p) {
  int which = sizeof(UNIT) == 1 ? 0 : sizeof(UNIT) == 2 ? 1 : 2;
  if (p->code[which]) return 0;
  ssize_t n = str_len(p->translated);
  UNIT *text = mem_alloc(ts, (size_t)(n + 1) * sizeof *text);
  if (text == NULL) return RE_FAILED;
  for (ssize_t i = 0; i < n; i++) text[i] = (UNIT)str_at(p->translated, i);
  F(pcre2_compile_context) *context = F(pcre2_compile_context_create)(NULL);
  F(pcre2_set_newline)(context, PCRE2_NEWLINE_LF);
  int error;
  PCRE2_SIZE at;
  F(pcre2_code) *code = F(pcre2_compile)(text, (PCRE2_SIZE)n, compile_options(p), &error, &at, context);
  F(pcre2_compile_context_free)(context);
  mem_free(ts, text);
  if (code == NULL) {
    if (error == PCRE2_ERROR_CODE_POINT_TOO_BIG && sizeof(UNIT) < 4) return TOO_WIDE;
    UNIT message[256];
    char ascii[256];
    int length = F(pcre2_get_error_message)(error, message, 256);
    for (int i = 0; i <= (length < 0 ? 0 : length); i++) ascii[i] = length < 0 ? 0 : (char)message[i];
    bool behind = error == PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH;
    re_error(ts, p->pattern, -1, "%s", behind ? "look-behind requires fixed-width pattern" : ascii);
    return RE_FAILED;
  }
  F(pcre2_jit_compile)(code, PCRE2_JIT_COMPLETE);
  p->code[which] = code;
  return 0;
}

/* 1 matched (spans filled), 0 no match, below 0: error. */
static int F(run)(ThreadState *ts, Pattern *p, const UNIT *subject, ssize_t n, ssize_t start, uint32_t options, ssize_t *spans) {
  int which = sizeof(UNIT) == 1 ? 0 : sizeof(UNIT) == 2 ? 1 : 2;
  int rc = F(compile)(ts, p);
  if (rc < 0) return rc;
  F(pcre2_match_data) *data = F(pcre2_match_data_create)((uint32_t)p->groups + 1, NULL);
  F(pcre2_match_context) *context = F(pcre2_match_context_create)(NULL);
  if (data == NULL || context == NULL) {
    F(pcre2_match_data_free)(data);
    F(pcre2_match_context_free)(context);
    err_no_memory(ts);
    return RE_FAILED;
  }
  /* A match that takes long stops at a limit, lets signals and other threads come in, and begins anew with twice the limit. */
  bool stopped = false;
  for (uint32_t limit = 1u << 24; !stopped; limit *= 2) {
    F(pcre2_set_match_limit)(context, limit);
    rc = F(pcre2_match)(p->code[which], subject, (PCRE2_SIZE)n, (PCRE2_SIZE)start, options, data, context);
    if (rc != PCRE2_ERROR_MATCHLIMIT || limit == 1u << 31) break;
    stopped = ts->interp->up.check_pending(ts) < 0;
  }
  if (rc == PCRE2_ERROR_JIT_STACKLIMIT) rc = F(pcre2_match)(p->code[which], subject, (PCRE2_SIZE)n, (PCRE2_SIZE)start, options | PCRE2_NO_JIT, data, context);
  if (rc > 0) {
    const PCRE2_SIZE *ovector = F(pcre2_get_ovector_pointer)(data);
    for (int i = 0; i < 2 * (p->groups + 1); i++) spans[i] = i / 2 < rc && ovector[i] != PCRE2_UNSET ? (ssize_t)ovector[i] : -1;
  }
  F(pcre2_match_data_free)(data);
  F(pcre2_match_context_free)(context);
  if (stopped) return RE_FAILED;
  if (rc == PCRE2_ERROR_NOMATCH) return 0;
  if (rc > 0) return 1;
  if (rc == PCRE2_ERROR_NOMEMORY || rc == PCRE2_ERROR_HEAPLIMIT) err_no_memory(ts);
  else err_format(ts, EXC(RuntimeError), "internal error in regular expression engine (%d)", rc);
  return RE_FAILED;
}
