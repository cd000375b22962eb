/* heapq.c - the module _heapq: heapq.py's six basic functions and the max-heap ones, on a list.
 * Keeps true: comparing may run user code that changes the list; items in hand are held and the length is checked again.
 * Next: runtime/lib/heapq.py. CPython: Modules/_heapqmodule.c. */
#include "runtime/module.h"

/* a < b (min) or b < a (max): -1/0/1 */
static inline int before(ThreadState *ts, Value a, Value b, bool max) {
  if (both_small_int(a, b)) return max ? small_int(b) < small_int(a) : small_int(a) < small_int(b);
  incref(a);
  incref(b);
  int r = max ? compare_bool(ts, b, a, CMP_LT) : compare_bool(ts, a, b, CMP_LT);
  decref(ts, a);
  decref(ts, b);
  return r;
}
static int changed(ThreadState *ts, List *heap, ssize_t n) {
  if (heap->length == n) return 0;
  err_format(ts, EXC(RuntimeError), "list changed size during iteration");
  return -1;
}
static void swap(List *heap, ssize_t i, ssize_t j) {
  Value v = heap->items[i];
  heap->items[i] = heap->items[j];
  heap->items[j] = v;
}
/* Let the item at pos rise towards start. */
static int rise(ThreadState *ts, List *heap, ssize_t start, ssize_t pos, bool max) {
  ssize_t n = heap->length;
  while (pos > start) {
    ssize_t parent = (pos - 1) >> 1;
    int r = before(ts, heap->items[pos], heap->items[parent], max);
    if (r < 0 || changed(ts, heap, n) < 0) return -1;
    if (r == 0) break;
    swap(heap, pos, parent);
    pos = parent;
  }
  return 0;
}
/* Let the item at pos sink to a leaf, then rise to its place: fewer comparisons than stopping on the way. */
static int sink(ThreadState *ts, List *heap, ssize_t pos, bool max) {
  ssize_t n = heap->length, start = pos;
  while (pos < n / 2) {
    ssize_t child = 2 * pos + 1;
    if (child + 1 < n) {
      int r = before(ts, heap->items[child], heap->items[child + 1], max);
      if (r < 0 || changed(ts, heap, n) < 0) return -1;
      child += r ^ 1;
    }
    swap(heap, pos, child);
    pos = child;
  }
  return rise(ts, heap, start, pos, max);
}
static List *heap_argument(ThreadState *ts, const char *function, Value v, int count) {
  if (is_list(v)) return as_list(v);
  return (List *)(count == 1 ? err_format(ts, EXC(TypeError), "%s() argument must be list, not %T", function, v) : err_format(ts, EXC(TypeError), "%s() argument 1 must be list, not %T", function, v));
}
static Value heappush(NATIVE_ARGS) {
  HOLD(ts, OBJECT_TO_LOCK(ts, args[0]));
  List *heap = heap_argument(ts, "heappush", args[0], 2);
  if (heap == NULL || list_append(ts, args[0], args[1]) < 0) return NULL;
  return rise(ts, heap, 0, heap->length - 1, false) < 0 ? NULL : V_NONE;
}
static Value pop(ThreadState *ts, List *heap, bool max) {
  HOLD(ts, (Value)heap);
  if (heap == NULL) return NULL;
  if (heap->length == 0) return err_format(ts, EXC(IndexError), "index out of range");
  Value last = heap->items[--heap->length];
  if (heap->length == 0) return last;
  Value top = heap->items[0];
  heap->items[0] = last;
  if (sink(ts, heap, 0, max) == 0) return top;
  decref(ts, top);
  return NULL;
}
static Value heappop(NATIVE_ARGS) { return pop(ts, heap_argument(ts, "heappop", args[0], 1), false); }
static Value heappop_max(NATIVE_ARGS) { return pop(ts, heap_argument(ts, "_heappop_max", args[0], 1), true); }
static Value replace_top(ThreadState *ts, List *heap, Value item, bool max) {
  HOLD(ts, (Value)heap);
  if (heap == NULL) return NULL;
  if (heap->length == 0) return err_format(ts, EXC(IndexError), "index out of range");
  Value top = heap->items[0];
  heap->items[0] = incref(item);
  if (sink(ts, heap, 0, max) == 0) return top;
  decref(ts, top);
  return NULL;
}
static Value heapreplace(NATIVE_ARGS) { return replace_top(ts, heap_argument(ts, "heapreplace", args[0], 2), args[1], false); }
static Value heapreplace_max(NATIVE_ARGS) { return replace_top(ts, heap_argument(ts, "_heapreplace_max", args[0], 2), args[1], true); }
static Value heappushpop(NATIVE_ARGS) {
  HOLD(ts, OBJECT_TO_LOCK(ts, args[0]));
  List *heap = heap_argument(ts, "heappushpop", args[0], 2);
  if (heap == NULL) return NULL;
  if (heap->length == 0) return incref(args[1]);
  int r = before(ts, heap->items[0], args[1], false);
  if (r < 0) return NULL;
  if (r == 0) return incref(args[1]);
  return replace_top(ts, heap, args[1], false);
}
static Value heapify_as(ThreadState *ts, List *heap, bool max) {
  HOLD(ts, (Value)heap);
  for (ssize_t i = heap ? heap->length / 2 - 1 : -1; i >= 0; i--)
    if (i < heap->length && sink(ts, heap, i, max) < 0) return NULL;
  return heap ? V_NONE : NULL;
}
static Value heapify(NATIVE_ARGS) { return heapify_as(ts, heap_argument(ts, "heapify", args[0], 1), false); }
static Value heapify_max(NATIVE_ARGS) { return heapify_as(ts, heap_argument(ts, "_heapify_max", args[0], 1), true); }
static const MethodDef methods[] = {{"heappush", heappush, 2, 2, 0, "heappush($module, heap, item, /)\n--\n\nPush item onto heap, maintaining the heap invariant."},
                                    {"heappushpop", heappushpop, 2, 2, 0, "heappushpop($module, heap, item, /)\n--\n\nPush item on the heap, then pop and return the smallest item from the heap."},
                                    {"heappop", heappop, 1, 1, 0, "heappop($module, heap, /)\n--\n\nPop the smallest item off the heap, maintaining the heap invariant."},
                                    {"heapreplace", heapreplace, 2, 2, 0, "heapreplace($module, heap, item, /)\n--\n\nPop and return the current smallest value, and add the new item."},
                                    {"heapify", heapify, 1, 1, 0, "heapify($module, heap, /)\n--\n\nTransform list into a heap, in-place, in O(len(heap)) time."},
                                    {"_heappop_max", heappop_max, 1, 1, 0, "Maxheap variant of heappop."}, {"_heapify_max", heapify_max, 1, 1, 0, "Maxheap variant of heapify."}, {"_heapreplace_max", heapreplace_max, 2, 2, 0, "Maxheap variant of heapreplace."}, {0}};
const ModuleDef heapq_module_def = {.name = "_heapq", .doc = "Heap queue algorithm (a.k.a. priority queue).", .methods = methods};
