/* constants.c - numbers from their spelling, equality of constants, and folding with CPython's limits.
 * Keeps: folding never raises and never makes a value larger than the limits below.
 * Next: optimize.c (who folds), assemble.c (who shares equal constants).
 * Sources: CPython Python/ast_opt.c (limits), Objects/codeobject.c (_PyCode_ConstantKey). */
#include "interp/front/constants.h"

#include <stdlib.h>

#include "interp/vm/code.h"

enum { MAX_INT_BITS = 128, MAX_COLLECTION = 256, MAX_STRING = 4096, MAX_ITEMS = 1024 };

/* ---- spelling ---- */

static Value number_of(ThreadState *ts, const char *digits, size_t n)
{
    char last = digits[n - 1];
    int base = 10;
    if (n > 2 && digits[0] == '0') {
        char c = digits[1] | 0x20;
        base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
    }
    if (base != 10)
        return int_from_text(ts, digits + 2, n - 2, base);
    if (last == 'j' || last == 'J')
        return complex_new(ts, 0.0, strtod(digits, NULL));
    if (strpbrk(digits, ".eE"))
        return float_new(ts, strtod(digits, NULL));
    return int_from_text(ts, digits, n, 10);
}

Value constant_number(ThreadState *ts, const char *text, size_t n)
{
    char small[64], *digits = n < sizeof small ? small : mem_alloc(ts, n + 1);
    size_t used = 0;
    if (!digits)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (text[i] != '_')
            digits[used++] = text[i];
    digits[used] = '\0';
    Value v = number_of(ts, digits, used);
    if (digits != small)
        mem_free(ts, digits);
    return v;
}

bool constant_is_complex(Value v)
{
    return kind_of(v) == K_COMPLEX;
}

const char *constant_text(ThreadState *ts, Value str, size_t *n, Value *holder)
{
    ssize_t length = 0;
    *holder = NULL;
    const char *p = str_utf8(ts, str, &length, holder);
    *n = (size_t)length;
    return p;
}

/* ---- equality ---- */

/* Two nans are different constants, unless they are one object. */
static bool same_double(double a, double b)
{
    return a == b && memcmp(&a, &b, sizeof a) == 0;
}

static bool same_set(ThreadState *ts, Value a, Value b)
{
    ssize_t pos = 0;
    Value key;
    if (set_len(a) != set_len(b))
        return false;
    while (set_next(a, &pos, &key)) {
        ssize_t other = 0;
        Value candidate;
        bool found = false;
        while (!found && set_next(b, &other, &candidate))
            found = constant_same(ts, key, candidate);
        if (!found)
            return false;
    }
    return true;
}

/* A while loop's condition is compiled twice: the functions in it are made once. */
static bool same_code(ThreadState *ts, const Code *a, const Code *b)
{
    return a->first_line == b->first_line && a->unit_count == b->unit_count && a->location_count == b->location_count
           && a->exception_count == b->exception_count && a->arg_count == b->arg_count && a->posonly_count == b->posonly_count
           && a->kwonly_count == b->kwonly_count && a->flags == b->flags && a->place_count == b->place_count
           && !memcmp(a->units, b->units, (size_t)a->unit_count * sizeof *a->units)
           && !memcmp(a->locations, b->locations, (size_t)a->location_count * sizeof *a->locations)
           && !memcmp(a->exceptions, b->exceptions, (size_t)a->exception_count * sizeof *a->exceptions)
           && !memcmp(a->place_kinds, b->place_kinds, (size_t)a->place_count) && constant_same(ts, a->name, b->name)
           && constant_same(ts, a->names, b->names) && constant_same(ts, a->place_names, b->place_names)
           && constant_same(ts, a->consts, b->consts);
}

bool constant_same(ThreadState *ts, Value a, Value b)
{
    Kind kind = kind_of(a);
    if (a == b)
        return true;
    if (kind != kind_of(b))
        return false;
    switch (kind) {
    case K_INT: case K_STR: case K_BYTES: return compare_bool(ts, a, b, CMP_EQ) == 1;
    case K_FLOAT: return same_double(float_value(a), float_value(b));
    case K_COMPLEX:
        return same_double(((Complex *)a)->real, ((Complex *)b)->real) && same_double(((Complex *)a)->imag, ((Complex *)b)->imag);
    case K_TUPLE:
        if (tuple_len(a) != tuple_len(b))
            return false;
        for (ssize_t i = 0; i < tuple_len(a); i++)
            if (!constant_same(ts, tuple_get(a, i), tuple_get(b, i)))
                return false;
        return true;
    case K_FROZENSET: return same_set(ts, a, b);
    case K_CODE: return same_code(ts, as_code(a), as_code(b));
    default: return false;
    }
}

uint64_t constant_hash(ThreadState *ts, Value v)
{
    Kind kind = kind_of(v);
    uint64_t hash = (uint64_t)kind * 0x9E3779B97F4A7C15u;
    switch (kind) {
    case K_INT: case K_STR: case K_BYTES: case K_FLOAT: case K_COMPLEX:
        return hash ^ (uint64_t)hash_of(ts, v);
    case K_TUPLE:
        for (ssize_t i = 0; i < tuple_len(v); i++)
            hash = (hash ^ constant_hash(ts, tuple_get(v, i))) * 0x100000001B3u;
        return hash;
    case K_FROZENSET: return hash ^ (uint64_t)set_len(v);
    case K_CODE: return hash ^ (uint64_t)as_code(v)->first_line ^ (uint64_t)as_code(v)->unit_count << 32;
    default: return hash ^ (uint64_t)(uintptr_t)v;
    }
}

/* ---- folding ---- */

/* A failed computation is simply not folded. */
static Value or_nothing(ThreadState *ts, Value v)
{
    if (!v)
        err_clear(ts);
    return v;
}

Value constant_unary(ThreadState *ts, int op, Value v)
{
    switch (op) {
    case UNARY_INVERT: return or_nothing(ts, num_invert(ts, v));
    case UNARY_PLUS: return or_nothing(ts, num_positive(ts, v));
    case UNARY_MINUS: return or_nothing(ts, num_negative(ts, v));
    case UNARY_NOT: {
        int is_true = truth(ts, v);
        return is_true < 0 ? or_nothing(ts, NULL) : bool_value(!is_true);
    }
    }
    return NULL;
}

/* Whether a nested tuple has at most `limit` items in all; returns what is left of limit, negative when it has more. */
static ssize_t items_left(Value v, ssize_t limit)
{
    if (kind_of(v) == K_TUPLE) {
        limit -= tuple_len(v);
        for (ssize_t i = 0; limit >= 0 && i < tuple_len(v); i++)
            limit = items_left(tuple_get(v, i), limit);
    } else if (kind_of(v) == K_FROZENSET) {
        ssize_t pos = 0;
        Value key;
        limit -= set_len(v);
        while (limit >= 0 && set_next(v, &pos, &key))
            limit = items_left(key, limit);
    }
    return limit;
}

static bool is_exact_int(Value v)
{
    return kind_of(v) == K_INT;
}

static bool safe_multiply(Value a, Value b)
{
    if (is_exact_int(a) && is_exact_int(b))
        return int_bit_length(a) + int_bit_length(b) <= MAX_INT_BITS;
    int64_t times;
    if (!is_exact_int(a) || !int_fits_i64(a, &times))
        return !is_exact_int(a);
    switch (kind_of(b)) {
    case K_TUPLE: case K_FROZENSET: {
        ssize_t n = kind_of(b) == K_TUPLE ? tuple_len(b) : set_len(b);
        return !n || (times >= 0 && times <= MAX_COLLECTION / n && items_left(b, times ? MAX_ITEMS / times : MAX_ITEMS) >= 0);
    }
    case K_STR: return !str_len(b) || (times >= 0 && times <= MAX_STRING / str_len(b));
    case K_BYTES: return !bytes_len(b) || (times >= 0 && times <= MAX_STRING / bytes_len(b));
    default: return true;
    }
}

static bool safe_power(Value a, Value b)
{
    int64_t exponent;
    if (!is_exact_int(a) || !is_exact_int(b) || int_sign(b) <= 0)
        return true;
    return int_fits_i64(b, &exponent) && int_bit_length(a) <= (size_t)(MAX_INT_BITS / exponent);
}

static bool safe_shift(Value a, Value b)
{
    int64_t shift;
    if (!is_exact_int(a) || !is_exact_int(b) || int_sign(a) == 0)
        return true;
    return int_fits_i64(b, &shift) && shift <= MAX_INT_BITS && (shift < 0 || int_bit_length(a) <= (size_t)(MAX_INT_BITS - shift));
}

Value constant_binary(ThreadState *ts, int op, Value a, Value b)
{
    bool safe = true;
    switch (op) {
    case NB_MULTIPLY: {
        bool count_second = is_exact_int(b) && !is_exact_int(a);
        safe = count_second ? safe_multiply(b, a) : safe_multiply(a, b);
        break;
    }
    case NB_POWER: safe = safe_power(a, b); break;
    case NB_LSHIFT: safe = safe_shift(a, b); break;
    case NB_REMAINDER: safe = kind_of(a) != K_STR && kind_of(a) != K_BYTES; break;
    case NB_MATRIX_MULTIPLY: safe = false; break;
    }
    if (!safe)
        return NULL;
    return or_nothing(ts, op == NB_POWER ? num_power(ts, a, b, V_NONE) : num_binary(ts, (BinaryOp)op, a, b));
}

Value constant_subscript(ThreadState *ts, Value v, Value index)
{
    return or_nothing(ts, item_get(ts, v, index));
}
