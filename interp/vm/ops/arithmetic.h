/* ops/arithmetic.h - operators. Two immediate ints, then two immediate floats, are done here; everything else by the types.
 * The tag arithmetic: an int i is the word 2i+1, so (2a+1) - 1 + (2b+1) = 2(a+b)+1, and a 64-bit overflow is a 63-bit one. */

#define INT_WORD(v) ((int64_t)value_bits(v))
/* Operands a, b are on the stack; the cache unit follows. */
#define BINARY_OPERANDS() Value b = TOP(), a = SECOND()
#define BINARY_DONE(v) \
  do { \
    SECOND() = (v); \
    sp--; \
    ip++; \
    NEXT(); \
  } while (0)
#define FLOAT_DONE(expression) \
  do { \
    double x = small_float(a), y = small_float(b); \
    result = small_float_value(expression); \
    if (LIKELY(result != NULL)) BINARY_DONE(result); \
  } while (0)

TARGET(BINARY_OP) { goto binary_slow; }
binary_slow: {
  SAVE();
  sp -= 2;
  result = binary_slow(ts, oparg, sp[0], sp[1]);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  ip++;
  NEXT();
}
TARGET(BINARY_ADD) {
  BINARY_OPERANDS();
  int64_t r;
  if (LIKELY(both_small_int(a, b)) && LIKELY(!__builtin_add_overflow(INT_WORD(a) - 1, INT_WORD(b), &r))) BINARY_DONE((Value)(uintptr_t)r);
  if (both_small_float(a, b)) FLOAT_DONE(x + y);
  if (is_object(a) && a->kind == K_STR && is_object(b) && b->kind == K_STR) {
    SAVE();
    result = str_concat(ts, a, b);
    decref(ts, a);
    decref(ts, b);
    sp -= 2;
    if (UNLIKELY(result == NULL)) goto error;
    PUSH(result);
    ip++;
    NEXT();
  }
  goto binary_slow;
}
/* The sum goes into the local at once: its STORE_FAST stands behind the cache unit ip[0]. */
#define ADDED_TO_LOCAL(v) \
  do { \
    if (EVAL_WATCHED) BINARY_DONE(v); \
    Value *place = &locals[UNIT_ARG(ip[1])], old = *place; \
    *place = (v); \
    sp -= 2; \
    ip += 2; \
    xdecref(ts, old); \
    NEXT(); \
  } while (0)
TARGET(INPLACE_ADD_TO_LOCAL) {
  BINARY_OPERANDS();
  int64_t r;
  if (both_small_int(a, b) && LIKELY(!__builtin_add_overflow(INT_WORD(a) - 1, INT_WORD(b), &r))) ADDED_TO_LOCAL((Value)(uintptr_t)r);
  if (both_small_float(a, b)) {
    result = small_float_value(small_float(a) + small_float(b));
    if (LIKELY(result != NULL)) ADDED_TO_LOCAL(result);
  }
  if (is_object(a) && a->kind == K_STR && is_object(b) && b->kind == K_STR) {
    uint32_t local = UNIT_ARG(ip[1]);
    if (locals[local] == a) { /* the local's own reference goes, so that the string may grow where it is */
      locals[local] = NULL;
      decref(ts, a);
    }
    SAVE();
    sp -= 2;
    int failed = str_append(ts, &a, b);
    decref(ts, b);
    if (UNLIKELY(failed < 0)) goto error;
    PUSH(a);
    ip++;
    NEXT();
  }
  goto binary_slow;
}
#undef ADDED_TO_LOCAL
TARGET(BINARY_SUBTRACT) {
  BINARY_OPERANDS();
  int64_t r;
  if (LIKELY(both_small_int(a, b)) && LIKELY(!__builtin_sub_overflow(INT_WORD(a), INT_WORD(b) - 1, &r))) BINARY_DONE((Value)(uintptr_t)r);
  if (both_small_float(a, b)) FLOAT_DONE(x - y);
  goto binary_slow;
}
TARGET(BINARY_MULTIPLY) {
  BINARY_OPERANDS();
  int64_t r;
  if (both_small_int(a, b) && LIKELY(!__builtin_mul_overflow(small_int(a), INT_WORD(b) - 1, &r))) BINARY_DONE((Value)(uintptr_t)(r + 1));
  if (both_small_float(a, b)) FLOAT_DONE(x * y);
  goto binary_slow;
}
TARGET(BINARY_TRUE_DIVIDE) {
  BINARY_OPERANDS();
  double x, y;
  if (as_number(a, &x) && as_number(b, &y) && y != 0.0 && x < 9e15 && x > -9e15 && y < 9e15 && y > -9e15) {
    result = small_float_value(x / y);
    if (LIKELY(result != NULL)) BINARY_DONE(result);
  }
  goto binary_slow;
}
TARGET(BINARY_FLOOR_DIVIDE) {
  BINARY_OPERANDS();
  if (both_small_int(a, b)) {
    int64_t x = small_int(a), y = small_int(b);
    if (LIKELY(y > 0)) {
      int64_t q = x / y;
      if (x % y < 0) q--;
      BINARY_DONE(small_int_value(q));
    }
  }
  goto binary_slow;
}
TARGET(BINARY_REMAINDER) {
  BINARY_OPERANDS();
  if (both_small_int(a, b)) {
    int64_t x = small_int(a), y = small_int(b);
    if (LIKELY(y > 0)) {
      int64_t r;
      if (LIKELY(((uint64_t)x | (uint64_t)y) >> 32 == 0)) r = (int64_t)((uint32_t)x % (uint32_t)y); /* a 32-bit division is faster */
      else r = x % y;
      if (r < 0) r += y;
      BINARY_DONE(small_int_value(r));
    }
  }
  goto binary_slow;
}
TARGET(BINARY_AND) {
  BINARY_OPERANDS();
  if (LIKELY(both_small_int(a, b))) BINARY_DONE((Value)(value_bits(a) & value_bits(b)));
  goto binary_slow;
}
TARGET(BINARY_OR) {
  BINARY_OPERANDS();
  if (LIKELY(both_small_int(a, b))) BINARY_DONE((Value)(value_bits(a) | value_bits(b)));
  goto binary_slow;
}
TARGET(BINARY_XOR) {
  BINARY_OPERANDS();
  if (LIKELY(both_small_int(a, b))) BINARY_DONE((Value)((value_bits(a) ^ value_bits(b)) | 1));
  goto binary_slow;
}
TARGET(BINARY_LSHIFT) {
  BINARY_OPERANDS();
  if (LIKELY(both_small_int(a, b))) {
    int64_t x = small_int(a), n = small_int(b);
    if (LIKELY(n >= 0 && n < 62)) {
      int64_t r = (int64_t)((uint64_t)x << n);
      if (LIKELY(r >> n == x && fits_small_int(r))) BINARY_DONE(small_int_value(r));
    }
  }
  goto binary_slow;
}
TARGET(BINARY_RSHIFT) {
  BINARY_OPERANDS();
  if (LIKELY(both_small_int(a, b))) {
    int64_t x = small_int(a), n = small_int(b);
    if (LIKELY(n >= 0)) BINARY_DONE(small_int_value(x >> (n > 63 ? 63 : n)));
  }
  goto binary_slow;
}
/* A local and a constant int; a local that takes the result is set at once. */
#define LOCAL_AND_CONST(operation) \
  do { \
    Value a = locals[oparg], b = CONST(UNIT_ARG(*ip)); \
    int64_t r; \
    if (EVAL_WATCHED || !both_small_int(a, b) || UNLIKELY(operation)) goto L_LOAD_FAST_LOAD_CONST; \
    ip += 3; \
    if (UNIT_OP(*ip) == OP_STORE_FAST) { \
      Value *place = &locals[UNIT_ARG(*ip++)], old = *place; \
      *place = (Value)(uintptr_t)r; \
      xdecref(ts, old); \
    } else { \
      PUSH((Value)(uintptr_t)r); \
    } \
    NEXT(); \
  } while (0)
TARGET(LOAD_FAST_LOAD_CONST_ADD) { LOCAL_AND_CONST(__builtin_add_overflow(INT_WORD(a) - 1, INT_WORD(b), &r)); }
TARGET(LOAD_FAST_LOAD_CONST_SUBTRACT) { LOCAL_AND_CONST(__builtin_sub_overflow(INT_WORD(a), INT_WORD(b) - 1, &r)); }
#undef LOCAL_AND_CONST

/* ---- comparing. A conditional jump that follows is taken at once. ---- */
#define COMPARE_DONE(condition) \
  do { \
    bool holds = (condition); \
    sp -= 2; \
    ip++; \
    COMPARED(holds); \
  } while (0)
#define COMPARED(holds) \
  do { \
    Unit jump = *ip; \
    if (UNIT_OP(jump) == OP_POP_JUMP_FORWARD_IF_FALSE) { \
      ip++; \
      if (!holds) ip += UNIT_ARG(jump); \
    } else if (UNIT_OP(jump) == OP_POP_JUMP_FORWARD_IF_TRUE) { \
      ip++; \
      if (holds) ip += UNIT_ARG(jump); \
    } else if (!EVAL_WATCHED && UNIT_OP(jump) == OP_POP_JUMP_BACKWARD_IF_TRUE) { \
      ip++; \
      if (holds) ip -= UNIT_ARG(jump); \
      CHECK_BREAKER(); \
    } else { \
      PUSH(bool_value(holds)); \
    } \
    NEXT(); \
  } while (0)
#define COMPARE_TARGET(name, op) \
  TARGET(name) { \
    BINARY_OPERANDS(); \
    if (LIKELY(both_small_int(a, b))) COMPARE_DONE(INT_WORD(a) op INT_WORD(b)); \
    if (both_small_float(a, b)) COMPARE_DONE(small_float(a) op small_float(b)); \
    if (is_object(a) && a->kind == K_STR && is_object(b) && b->kind == K_STR) { \
      int order = str_compare(a, b); \
      decref(ts, a); \
      decref(ts, b); \
      COMPARE_DONE(order op 0); \
    } \
    goto L_COMPARE_OP; \
  }
COMPARE_TARGET(COMPARE_LESS, <)
COMPARE_TARGET(COMPARE_LESS_EQUAL, <=)
COMPARE_TARGET(COMPARE_GREATER, >)
COMPARE_TARGET(COMPARE_GREATER_EQUAL, >=)
#undef COMPARE_TARGET
#define EQUALITY_TARGET(name, sign) \
  TARGET(name) { \
    BINARY_OPERANDS(); \
    if (LIKELY(both_small_int(a, b))) COMPARE_DONE(a sign b); \
    if (both_small_float(a, b)) COMPARE_DONE(small_float(a) sign small_float(b)); \
    if (is_object(a) && a->kind == K_STR && is_object(b) && b->kind == K_STR) { \
      bool same = a == b || str_equal(a, b); \
      decref(ts, a); \
      decref(ts, b); \
      COMPARE_DONE(same sign true); \
    } \
    goto L_COMPARE_OP; \
  }
EQUALITY_TARGET(COMPARE_EQUAL, ==)
EQUALITY_TARGET(COMPARE_NOT_EQUAL, !=)
#undef EQUALITY_TARGET
/* A local with a local or a constant, both ints. For each of < <= == != > >= three bits: does it hold when a > b, a < b, a == b? */
enum { HOLDS_WHEN = 2 | 6 << 3 | 4 << 6 | 3 << 9 | 1 << 12 | 5 << 15 };
#define COMPARE_LOCAL(right, one_by_one) \
  do { \
    Value a = locals[oparg], b = (right); \
    if (EVAL_WATCHED || !both_small_int(a, b)) goto one_by_one; \
    uint32_t order = (INT_WORD(a) < INT_WORD(b)) + 2 * (a == b); \
    bool holds = HOLDS_WHEN >> (3 * UNIT_ARG(ip[1]) + order) & 1; \
    ip += 3; \
    COMPARED(holds); \
  } while (0)
TARGET(LOAD_FAST_LOAD_FAST_COMPARE) { COMPARE_LOCAL(locals[UNIT_ARG(*ip)], L_LOAD_FAST_LOAD_FAST); }
TARGET(LOAD_FAST_LOAD_CONST_COMPARE) { COMPARE_LOCAL(CONST(UNIT_ARG(*ip)), L_LOAD_FAST_LOAD_CONST); }
#undef COMPARE_LOCAL
TARGET(COMPARE_OP) {
  SAVE();
  BINARY_OPERANDS();
  sp -= 2;
  result = compare(ts, a, b, (CompareOp)oparg);
  decref(ts, a);
  decref(ts, b);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  ip++;
  NEXT();
}
TARGET(IS_OP) {
  Value b = POP(), a = POP();
  bool same = a == b || (is_object(a) && is_object(b) && a->kind == K_FLOAT && b->kind == K_FLOAT && a == b);
  decref(ts, a);
  decref(ts, b);
  PUSH(bool_value(same != (oparg & 1)));
  NEXT();
}
TARGET(CONTAINS_OP) {
  SAVE();
  Value container = POP(), item = POP();
  int in = is_kind(container, K_SET) ? set_contains(ts, container, item) : contains(ts, container, item);
  decref(ts, container);
  decref(ts, item);
  if (UNLIKELY(in < 0)) goto error;
  in = in != (int)(oparg & 1);
  Unit jump = *ip;
  if (UNIT_OP(jump) == OP_POP_JUMP_FORWARD_IF_FALSE) {
    ip++;
    if (!in) ip += UNIT_ARG(jump);
    NEXT();
  }
  if (!EVAL_WATCHED && UNIT_OP(jump) == OP_POP_JUMP_BACKWARD_IF_TRUE) {
    ip++;
    if (in) ip -= UNIT_ARG(jump);
    CHECK_BREAKER();
    NEXT();
  }
  PUSH(bool_value(in));
  NEXT();
}

/* ---- unary ---- */
TARGET(UNARY_NEGATIVE) {
  Value v = TOP();
  if (LIKELY(is_small_int(v)) && v != small_int_value(SMALL_INT_MIN)) {
    TOP() = small_int_value(-small_int(v));
    NEXT();
  }
  SAVE();
  sp--;
  result = num_negative(ts, v);
  decref(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(UNARY_POSITIVE) {
  SAVE();
  Value v = POP();
  result = num_positive(ts, v);
  decref(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(UNARY_INVERT) {
  Value v = TOP();
  if (LIKELY(is_small_int(v))) {
    TOP() = small_int_value(~small_int(v));
    NEXT();
  }
  SAVE();
  sp--;
  result = num_invert(ts, v);
  decref(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  NEXT();
}
TARGET(UNARY_NOT) {
  SAVE();
  Value v = POP();
  int t = truth(ts, v);
  decref(ts, v);
  if (UNLIKELY(t < 0)) goto error;
  PUSH(bool_value(!t));
  NEXT();
}

/* ---- subscripts ---- */
TARGET(BINARY_SUBSCR) {
  Value key = TOP(), v = SECOND();
  if (LIKELY(is_object(v))) {
    if (v->kind == K_LIST && is_small_int(key)) {
      int64_t i = small_int(key), n = list_len(v);
      if (i < 0) i += n;
      if (LIKELY((uint64_t)i < (uint64_t)n) && LIKELY((result = LIST_GET(ts, v, i)) != NULL)) {
        incref(result);
        SECOND() = result;
        sp--;
        decref(ts, v);
        ip++;
        NEXT();
      }
    } else if (v->kind == K_DICT) {
      SAVE();
      result = dict_get(ts, v, key);
      if (LIKELY(result != NULL)) {
        incref(result);
        sp -= 2;
        decref(ts, key);
        decref(ts, v);
        PUSH(result);
        ip++;
        NEXT();
      }
      if (!err_occurred(ts)) err_key(ts, key);
      goto error;
    } else if (v->kind == K_TUPLE && is_small_int(key)) {
      int64_t i = small_int(key), n = tuple_len(v);
      if (i < 0) i += n;
      if (LIKELY((uint64_t)i < (uint64_t)n)) {
        result = incref(tuple_get(v, i));
        SECOND() = result;
        sp--;
        decref(ts, v);
        ip++;
        NEXT();
      }
    } else if (v->kind == K_STR && is_small_int(key)) {
      int64_t i = small_int(key), n = str_len(v);
      if (i < 0) i += n;
      if (LIKELY((uint64_t)i < (uint64_t)n)) {
        Char c = str_at(v, i);
        if (LIKELY(c < 256 && ts->interp->latin1[c])) {
          SECOND() = incref(ts->interp->latin1[c]);
          sp--;
          decref(ts, v);
          ip++;
          NEXT();
        }
      }
    } else if (v->kind == K_BYTEARRAY && is_small_int(key) && !IS_PARALLEL(ts)) {
      int64_t i = small_int(key), n = ((ByteArray *)v)->length;
      if (LIKELY((uint64_t)i < (uint64_t)n)) {
        SECOND() = small_int_value((uint8_t)((ByteArray *)v)->data[i]);
        sp--;
        decref(ts, v);
        ip++;
        NEXT();
      }
    }
  }
  SAVE();
  result = item_get(ts, v, key);
  sp -= 2;
  decref(ts, key);
  decref(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  ip++;
  NEXT();
}
TARGET(STORE_SUBSCR) {
  Value key = TOP(), v = SECOND(), value = sp[-3];
  if (LIKELY(is_object(v))) {
    if (v->kind == K_LIST && is_small_int(key)) {
      int64_t i = small_int(key), n = list_len(v);
      if (i < 0) i += n;
      if (LIKELY((uint64_t)i < (uint64_t)n) && (!IS_PARALLEL(ts) || list_store_shared(ts, v, i, &value))) {
        Value old = value;
        if (!IS_PARALLEL(ts)) {
          old = as_list(v)->items[i];
          as_list(v)->items[i] = value;
        }
        sp -= 3;
        ip++;
        decref(ts, old);
        decref(ts, v);
        NEXT();
      }
    } else if (v->kind == K_BYTEARRAY && is_small_int(key) && is_small_int(value) && !IS_PARALLEL(ts)) {
      int64_t i = small_int(key), n = ((ByteArray *)v)->length, byte = small_int(value);
      if (LIKELY((uint64_t)i < (uint64_t)n && (uint64_t)byte < 256)) {
        ((ByteArray *)v)->data[i] = (char)byte;
        sp -= 3;
        ip++;
        decref(ts, v);
        NEXT();
      }
    }
  }
  SAVE();
  int failed = is_object(v) && v->kind == K_DICT ? dict_set(ts, v, key, value) : item_set(ts, v, key, value);
  sp -= 3;
  decref(ts, key);
  decref(ts, v);
  decref(ts, value);
  if (UNLIKELY(failed < 0)) goto error;
  ip++;
  NEXT();
}
/* Three in one: neither the list nor a slice is counted up and down. What does not fit is done one by one. */
#define SUBSCR_OF_LOCAL(key) \
  do { \
    Value v = locals[oparg], k = (key); \
    if (EVAL_WATCHED || v == NULL || !is_object(v) || k == NULL || !is_small_int(k)) break; \
    int64_t i = small_int(k), n = v->kind == K_LIST ? list_len(v) : v->kind == K_TUPLE ? tuple_len(v) : v->kind == K_STR ? str_len(v) : 0; \
    if (i < 0) i += n; \
    if (UNLIKELY((uint64_t)i >= (uint64_t)n)) break; \
    if (v->kind == K_STR) { \
      Char c = str_at(v, i); \
      if (UNLIKELY(c > 255 || ts->interp->latin1[c] == NULL)) break; \
      result = ts->interp->latin1[c]; \
    } else if (v->kind == K_TUPLE) { \
      result = tuple_get(v, i); \
    } else if (UNLIKELY((result = LIST_GET(ts, v, i)) == NULL)) { \
      break; \
    } \
    PUSH(incref(result)); \
    ip += 3; \
    NEXT(); \
  } while (0)
TARGET(LOAD_FAST_LOAD_FAST_SUBSCR) {
  SUBSCR_OF_LOCAL(locals[UNIT_ARG(*ip)]);
  goto L_LOAD_FAST_LOAD_FAST;
}
TARGET(LOAD_FAST_LOAD_CONST_SUBSCR) {
  SUBSCR_OF_LOCAL(CONST(UNIT_ARG(*ip)));
  goto L_LOAD_FAST_LOAD_CONST;
}
#undef SUBSCR_OF_LOCAL
TARGET(LOAD_FAST_LOAD_FAST_STORE_SUBSCR) {
  Value v = locals[oparg], key = locals[UNIT_ARG(*ip)];
  if (EVAL_WATCHED || IS_PARALLEL(ts) || v == NULL || key == NULL || !is_kind(v, K_LIST) || !is_small_int(key)) goto L_LOAD_FAST_LOAD_FAST;
  int64_t i = small_int(key), n = list_len(v);
  if (i < 0) i += n;
  if (UNLIKELY((uint64_t)i >= (uint64_t)n)) goto L_LOAD_FAST_LOAD_FAST;
  Value old = as_list(v)->items[i];
  as_list(v)->items[i] = POP();
  ip += 3;
  decref(ts, old);
  NEXT();
}
TARGET(BUILD_SLICE_SUBSCR) {
  Value *parts = sp - oparg, v = parts[-1];
  if (EVAL_WATCHED || !can_slice_directly(v, parts, oparg)) goto L_BUILD_SLICE;
  ip++;
  SAVE();
  result = slice_directly(ts, v, parts, oparg);
  sp = parts - 1;
  decref(ts, v);
  if (UNLIKELY(result == NULL)) goto error;
  PUSH(result);
  ip++;
  NEXT();
}
TARGET(BUILD_SLICE_STORE_SUBSCR) {
  Value *parts = sp - oparg, v = parts[-1];
  if (EVAL_WATCHED || !can_slice_directly(v, parts, oparg) || v->kind != K_LIST) goto L_BUILD_SLICE;
  ip++;
  SAVE();
  int failed = store_slice_directly(ts, v, parts, oparg, parts[-2]);
  Value value = parts[-2];
  sp = parts - 2;
  decref(ts, v);
  decref(ts, value);
  if (UNLIKELY(failed < 0)) goto error;
  ip++;
  NEXT();
}
TARGET(DELETE_SUBSCR) {
  SAVE();
  Value key = POP(), v = POP();
  int failed = item_delete(ts, v, key);
  decref(ts, key);
  decref(ts, v);
  if (UNLIKELY(failed < 0)) goto error;
  NEXT();
}
