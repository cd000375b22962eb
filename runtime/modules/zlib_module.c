/* zlib_module.c - zlib: compress and decompress, checksums.
 * The GIL is let go for compressing and decompressing always, for checksums from CHECKSUM_GIL_FREE bytes on. An object's stream is guarded by a mutex
 *   of its own, as another thread may use it meanwhile.
 * Keeps true: a stream is touched only with its mutex held; a failed call leaves the object usable or raises zlib.error again.
 * CPython: Modules/zlibmodule.c. */
#include <stdlib.h>
#include <zlib.h>

#include "gil/lock/mutex.h"
#include "runtime/module.h"

enum { CHECKSUM_GIL_FREE = 5 * 1024, FIRST_ROOM = 16 * 1024 };

typedef struct {
  Object base;
  z_stream stream;
  bool is_ready, is_compressor, is_finished;
  Value unused, tail; /* of a decompressor: bytes behind the end, and bytes not yet taken because of max_length */
  Mutex mutex;
} Stream;
typedef struct {
  Type *compressor, *decompressor;
  Value error;
} ZlibModule;
static ZlibModule *state(ThreadState *ts) { return native_state(ts, NATIVE_zlib); }
static Stream *as_stream(Value v) { return (Stream *)v; }

static Value zlib_failed(ThreadState *ts, const z_stream *z, int error, const char *doing) {
  const char *why = z->msg ? z->msg : error == Z_BUF_ERROR ? "incomplete or truncated stream" : error == Z_STREAM_ERROR ? "inconsistent stream state" : error == Z_DATA_ERROR ? "invalid input data" : NULL;
  if (why) return err_format(ts, state(ts)->error, "Error %d %s: %s", error, doing, why);
  return err_format(ts, state(ts)->error, "Error %d %s", error, doing);
}

/* ---- output that grows ---- */

typedef struct {
  char *data; /* malloc'ed, since it grows without the GIL */
  size_t size, room;
} Output;

/* Run the stream until the input is used up and all is out, or max bytes are: a zlib code. Without the GIL. */
static int run(Stream *s, int flush, Output *out, size_t max) {
  z_stream *z = &s->stream;
  int r = Z_OK;
  do {
    if (out->size == out->room) {
      size_t room = out->room ? out->room * 2 : FIRST_ROOM;
      if (max && room > max) room = max;
      char *more = realloc(out->data, room);
      if (more == NULL) return Z_MEM_ERROR;
      out->data = more;
      out->room = room;
    }
    size_t free_bytes = out->room - out->size;
    z->next_out = (Bytef *)out->data + out->size;
    z->avail_out = (uInt)(free_bytes > UINT32_MAX ? UINT32_MAX : free_bytes);
    uInt before = z->avail_out;
    r = s->is_compressor ? deflate(z, flush) : inflate(z, flush);
    out->size += before - z->avail_out;
    if (r != Z_OK && r != Z_BUF_ERROR) return r;
    if (max && out->size >= max) return r;
  } while (z->avail_out == 0 || (z->avail_in > 0 && r == Z_OK));
  return r;
}
static int run_detached(ThreadState *ts, Stream *s, const Buffer *input, int flush, Output *out, size_t max) {
  sched_blocking_begin_for(&ts->sched, BLOCK_FOREIGN);
  s->stream.next_in = (Bytef *)(input ? input->data : NULL);
  s->stream.avail_in = input ? (uInt)input->length : 0;
  int r = run(s, flush, out, max);
  sched_blocking_end(&ts->sched);
  return r;
}
static OWNED Value output_value(ThreadState *ts, Output *out) {
  Value b = bytes_new(ts, out->data ? out->data : "", (ssize_t)out->size);
  free(out->data);
  return b;
}
static int get_input(ThreadState *ts, Value v, Buffer *view) {
  if (buffer_get(ts, v, view, false) < 0) return -1;
  if (view->length <= UINT32_MAX) return 0;
  buffer_release(ts, view);
  err_format(ts, EXC(OverflowError), "input of more than 4 GiB at once is not supported");
  return -1;
}

/* ---- streams ---- */

static void enter(ThreadState *ts, Stream *s) {
  while (!mutex_try(&s->mutex) && mutex_wait(&ts->sched, &s->mutex, BLOCK_LOCK, FOREVER) != MUTEX_TAKEN) continue;
}
static void leave(ThreadState *ts, Stream *s) { mutex_unlock(&ts->sched, &s->mutex); }

static OWNED Value stream_make(ThreadState *ts, bool is_compressor, int level, int method, int bits, int memory, int strategy) {
  Value v = object_new_instance(ts, is_compressor ? state(ts)->compressor : state(ts)->decompressor);
  if (v == NULL) return NULL;
  Stream *s = as_stream(v);
  s->is_compressor = is_compressor;
  s->unused = incref(ts->interp->empty_bytes);
  s->tail = incref(ts->interp->empty_bytes);
  int r = is_compressor ? deflateInit2(&s->stream, level, method, bits, memory, strategy) : inflateInit2(&s->stream, bits);
  s->is_ready = r == Z_OK;
  if (r == Z_OK) return v;
  decref(ts, v);
  return r == Z_STREAM_ERROR ? err_format(ts, EXC(ValueError), "Invalid initialization option") : r == Z_MEM_ERROR ? err_no_memory(ts) : err_format(ts, state(ts)->error, "Error %d while creating the object", r);
}
static void stream_dealloc(ThreadState *ts, Value self) {
  Stream *s = as_stream(self);
  if (s->is_ready) s->is_compressor ? deflateEnd(&s->stream) : inflateEnd(&s->stream);
  xdecref(ts, s->unused);
  xdecref(ts, s->tail);
  object_release(ts, self);
}
static Value stream_compress(NATIVE_ARGS) {
  Stream *s = as_stream(self);
  Buffer input;
  Output out = {0};
  if (get_input(ts, args[0], &input) < 0) return NULL;
  enter(ts, s);
  int r = run_detached(ts, s, &input, Z_NO_FLUSH, &out, 0);
  leave(ts, s);
  buffer_release(ts, &input);
  if (r == Z_OK || r == Z_BUF_ERROR) return output_value(ts, &out);
  free(out.data);
  return zlib_failed(ts, &s->stream, r, "while compressing data");
}
static Value stream_flush(NATIVE_ARGS) {
  Stream *s = as_stream(self);
  Output out = {0};
  int mode = Z_FINISH;
  if (nargs && s->is_compressor && num_as_int(ts, args[0], &mode) < 0) return NULL;
  if (mode == Z_NO_FLUSH) return incref(ts->interp->empty_bytes);
  Buffer rest;
  if (get_input(ts, s->tail, &rest) < 0) return NULL;
  enter(ts, s);
  int r = run_detached(ts, s, s->is_compressor ? NULL : &rest, s->is_compressor ? mode : Z_SYNC_FLUSH, &out, 0);
  if (r == Z_STREAM_END) s->is_finished = true;
  leave(ts, s);
  buffer_release(ts, &rest);
  if (!s->is_compressor) replace(ts, &s->tail, incref(ts->interp->empty_bytes));
  if (r == Z_OK || r == Z_BUF_ERROR || r == Z_STREAM_END) return output_value(ts, &out);
  free(out.data);
  return zlib_failed(ts, &s->stream, r, "while finishing compression");
}
/* What was not used of the input goes to unused_data (behind the end) or unconsumed_tail. */
static int keep_rest(ThreadState *ts, Stream *s, int r) {
  ssize_t n = (ssize_t)s->stream.avail_in;
  Value rest = bytes_new(ts, (const char *)s->stream.next_in, n);
  if (rest == NULL) return -1;
  if (r == Z_STREAM_END) {
    s->is_finished = true;
    Value joined = bytes_new(ts, NULL, bytes_len(s->unused) + n);
    if (joined == NULL) return decref(ts, rest), -1;
    memcpy(bytes_data(joined), bytes_data(s->unused), (size_t)bytes_len(s->unused));
    memcpy(bytes_data(joined) + bytes_len(s->unused), bytes_data(rest), (size_t)n);
    replace(ts, &s->unused, joined);
  }
  replace(ts, &s->tail, rest);
  return 0;
}
static Value stream_decompress(NATIVE_ARGS) {
  static const char *const names[] = {"", "max_length"};
  static const ArgSpec spec = {"decompress", 1, 2, 1, 2, names};
  Stream *s = as_stream(self);
  Value given[2];
  Buffer input;
  Output out = {0};
  int64_t max = 0;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || (given[1] && num_as_i64(ts, given[1], &max) < 0)) return NULL;
  if (max < 0) return err_format(ts, EXC(ValueError), "max_length must be non-negative");
  if (get_input(ts, given[0], &input) < 0) return NULL;
  enter(ts, s);
  int r = s->is_finished ? Z_STREAM_END : run_detached(ts, s, &input, Z_SYNC_FLUSH, &out, (size_t)max);
  if (s->is_finished) s->stream.next_in = (Bytef *)input.data, s->stream.avail_in = (uInt)input.length;
  bool good = r == Z_OK || r == Z_BUF_ERROR || r == Z_STREAM_END;
  int kept = good ? keep_rest(ts, s, r) : 0;
  leave(ts, s);
  buffer_release(ts, &input);
  if (good && kept == 0) return output_value(ts, &out);
  free(out.data);
  return good ? NULL : zlib_failed(ts, &s->stream, r, "while decompressing data");
}
static Value stream_copy(NATIVE_ARGS) {
  Stream *s = as_stream(self);
  Value v = object_new_instance(ts, type_of(ts, self));
  if (v == NULL) return NULL;
  Stream *c = as_stream(v);
  c->is_compressor = s->is_compressor;
  enter(ts, s);
  c->is_finished = s->is_finished;
  c->unused = incref(s->unused), c->tail = incref(s->tail);
  int r = s->is_compressor ? deflateCopy(&c->stream, &s->stream) : inflateCopy(&c->stream, &s->stream);
  leave(ts, s);
  c->is_ready = r == Z_OK;
  if (r == Z_OK) return v;
  decref(ts, v);
  return err_format(ts, EXC(ValueError), "Inconsistent stream state");
}
static Value get_unused(ThreadState *ts, Value self) { return incref(as_stream(self)->unused); }
static Value get_tail(ThreadState *ts, Value self) { return incref(as_stream(self)->tail); }
static Value get_eof(ThreadState *ts, Value self) { return bool_value(as_stream(self)->is_finished); }
static const MethodDef compressor_methods[] = {{"compress", stream_compress, 1, 1, 0, NULL}, {"flush", stream_flush, 0, 1, 0, NULL}, {"copy", stream_copy, 0, 0, 0, NULL}, {0}};
static const MethodDef decompressor_methods[] = {{"decompress", stream_decompress, 1, 2, METHOD_KW, NULL}, {"flush", stream_flush, 0, 1, 0, NULL}, {"copy", stream_copy, 0, 0, 0, NULL}, {0}};
static const GetSetDef decompressor_getsets[] = {{"unused_data", get_unused, NULL, NULL}, {"unconsumed_tail", get_tail, NULL, NULL}, {"eof", get_eof, NULL, NULL}, {0}};
static const TypeSpec compressor_spec = {.name = "zlib.Compress", .size = sizeof(Stream), .flags = TYPE_NO_NEW, .slots = {.dealloc = stream_dealloc}, .methods = compressor_methods};
static const TypeSpec decompressor_spec = {.name = "zlib.Decompress", .size = sizeof(Stream), .flags = TYPE_NO_NEW, .slots = {.dealloc = stream_dealloc}, .methods = decompressor_methods, .getsets = decompressor_getsets};

/* ---- functions ---- */

/* numbers[i] from given[i], where given. */
static int numbers_of(ThreadState *ts, Value *given, int n, int *numbers) {
  for (int i = 0; i < n; i++)
    if (given[i] && num_as_int(ts, given[i], &numbers[i]) < 0) return -1;
  return 0;
}
static Value zlib_compressobj(NATIVE_ARGS) {
  static const char *const names[] = {"level", "method", "wbits", "memLevel", "strategy", "zdict"};
  static const ArgSpec spec = {"compressobj", 0, 6, 0, 6, names};
  Value given[6];
  int n[5] = {Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS, 8, Z_DEFAULT_STRATEGY};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || numbers_of(ts, given, 5, n) < 0) return NULL;
  if (given[5] && !is_none(given[5])) return err_format(ts, EXC(NotImplementedError), "zlib: zdict is not supported");
  return stream_make(ts, true, n[0], n[1], n[2], n[3], n[4]);
}
static Value zlib_decompressobj(NATIVE_ARGS) {
  static const char *const names[] = {"wbits", "zdict"};
  static const ArgSpec spec = {"decompressobj", 0, 2, 0, 2, names};
  Value given[2];
  int bits = MAX_WBITS;
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || numbers_of(ts, given, 1, &bits) < 0) return NULL;
  if (given[1]) return err_format(ts, EXC(NotImplementedError), "zlib: zdict is not supported");
  return stream_make(ts, false, 0, 0, bits, 0, 0);
}
static Value zlib_compress(NATIVE_ARGS) {
  static const char *const names[] = {"", "level", "wbits"};
  static const ArgSpec spec = {"compress", 1, 3, 1, 3, names};
  Value given[3];
  int n[2] = {Z_DEFAULT_COMPRESSION, MAX_WBITS};
  Buffer input;
  Output out = {0};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || numbers_of(ts, given + 1, 2, n) < 0 || get_input(ts, given[0], &input) < 0) return NULL;
  if (n[0] < -1 || n[0] > 9) return buffer_release(ts, &input), err_format(ts, state(ts)->error, "Bad compression level");
  Value s = stream_make(ts, true, n[0], Z_DEFLATED, n[1], 8, Z_DEFAULT_STRATEGY), result = NULL;
  if (s) {
    int r = run_detached(ts, as_stream(s), &input, Z_FINISH, &out, 0);
    if (r == Z_STREAM_END) result = output_value(ts, &out);
    else free(out.data), zlib_failed(ts, &as_stream(s)->stream, r, "while compressing data");
  }
  xdecref(ts, s);
  buffer_release(ts, &input);
  return result;
}
static Value zlib_decompress(NATIVE_ARGS) {
  static const char *const names[] = {"", "wbits", "bufsize"};
  static const ArgSpec spec = {"decompress", 1, 3, 1, 3, names};
  Value given[3];
  int n[2] = {MAX_WBITS, 0};
  Buffer input;
  Output out = {0};
  if (args_bind(ts, &spec, args, nargs, kwnames, given) < 0 || numbers_of(ts, given + 1, 2, n) < 0 || get_input(ts, given[0], &input) < 0) return NULL;
  Value s = stream_make(ts, false, 0, 0, n[0], 0, 0), result = NULL;
  if (s) {
    int r = run_detached(ts, as_stream(s), &input, Z_SYNC_FLUSH, &out, 0);
    if (r == Z_STREAM_END) result = output_value(ts, &out);
    else free(out.data), zlib_failed(ts, &as_stream(s)->stream, r == Z_OK ? Z_BUF_ERROR : r, "while decompressing data");
  }
  xdecref(ts, s);
  buffer_release(ts, &input);
  return result;
}
typedef uLong (*Checksum)(uLong start, const Bytef *p, z_size_t n);
static Value checksum(ThreadState *ts, Value *args, ssize_t nargs, uint32_t start, Checksum sum) {
  Buffer input;
  Value number = nargs > 1 ? num_index(ts, args[1]) : NULL;
  if (nargs > 1) {
    if (number == NULL) return NULL;
    int64_t i = 0;
    if (!int_fits_i64(number, &i)) i = 0;
    start = (uint32_t)i;
    decref(ts, number);
  }
  if (buffer_get(ts, args[0], &input, false) < 0) return NULL;
  bool lets_go = input.length > CHECKSUM_GIL_FREE;
  if (lets_go) sched_blocking_begin_for(&ts->sched, BLOCK_FOREIGN);
  uLong result = sum(start, (Bytef *)input.data, (z_size_t)input.length);
  if (lets_go) sched_blocking_end(&ts->sched);
  buffer_release(ts, &input);
  return small_int_value((int64_t)(uint32_t)result);
}
static Value zlib_crc32(NATIVE_ARGS) { return checksum(ts, args, nargs, 0, crc32_z); }
static Value zlib_adler32(NATIVE_ARGS) { return checksum(ts, args, nargs, 1, adler32_z); }

static const MethodDef methods[] = {{"compress", zlib_compress, 1, 3, METHOD_KW, "Returns a bytes object containing compressed data."}, {"decompress", zlib_decompress, 1, 3, METHOD_KW, "Returns a bytes object containing the uncompressed data."},
    {"compressobj", zlib_compressobj, 0, 6, METHOD_KW, NULL}, {"decompressobj", zlib_decompressobj, 0, 2, METHOD_KW, NULL}, {"crc32", zlib_crc32, 1, 2, 0, NULL}, {"adler32", zlib_adler32, 1, 2, 0, NULL}, {0}};
static int start(ThreadState *ts, Value m) {
  static const struct {
    const char *name;
    int value;
  } constants[] = {{"MAX_WBITS", MAX_WBITS}, {"DEFLATED", Z_DEFLATED}, {"DEF_MEM_LEVEL", 8}, {"DEF_BUF_SIZE", FIRST_ROOM}, {"Z_BEST_COMPRESSION", 9}, {"Z_BEST_SPEED", 1}, {"Z_DEFAULT_COMPRESSION", -1}, {"Z_NO_COMPRESSION", 0}, {"Z_DEFAULT_STRATEGY", 0},
                   {"Z_FILTERED", 1}, {"Z_HUFFMAN_ONLY", 2}, {"Z_RLE", 3}, {"Z_FIXED", 4}, {"Z_NO_FLUSH", 0}, {"Z_PARTIAL_FLUSH", 1}, {"Z_SYNC_FLUSH", 2}, {"Z_FULL_FLUSH", 3}, {"Z_FINISH", 4}, {"Z_BLOCK", 5}, {"Z_TREES", 6}};
  ZlibModule *s = module_state(m);
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(ts, m, constants[i].name, constants[i].value) < 0) return -1;
  Value bases = tuple_of1(ts, EXC(Exception)), dict = dict_new(ts), name = str_intern_cstr(ts, "error"), module = str_from_ascii(ts, "zlib");
  if (bases && dict && name && module && dict_set(ts, dict, ID(__module__), module) == 0) s->error = (Value)type_new_class(ts, TYPE(TYPE), name, bases, dict, NULL, NULL);
  xdecref(ts, bases);
  xdecref(ts, dict);
  xdecref(ts, name);
  xdecref(ts, module);
  if (s->error == NULL || module_add(ts, m, "error", incref(s->error)) < 0 || module_add_str(ts, m, "ZLIB_VERSION", ZLIB_VERSION) < 0 || module_add_str(ts, m, "ZLIB_RUNTIME_VERSION", zlibVersion()) < 0) return -1;
  return module_add_type(ts, m, &compressor_spec, NULL, &s->compressor) < 0 || module_add_type(ts, m, &decompressor_spec, NULL, &s->decompressor) < 0 ? -1 : 0;
}
const ModuleDef zlib_module_def = {.name = "zlib", .doc = "Compression as zlib does it.", .methods = methods, .start = start, .state_size = sizeof(ZlibModule), .owned_values = 3};
