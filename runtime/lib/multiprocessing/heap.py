"""multiprocessing.heap - blocks of memory that processes share, cut out of arenas: files without a name (memfd_create) that are mapped.

    arena   [ used | free      | used | free ... ]      freed neighbours become one block again
Keeps true: a large arena whose blocks are all free is given back. A block may be freed by a finalizer at any moment, also while this thread is in malloc():
then it is put on a list, and freed by the next who comes.
Next: sharedctypes.py.  CPython: Lib/multiprocessing/heap.py.
"""
import bisect
import mmap
import os
import threading
from collections import defaultdict, deque

from . import reduction, util
from .reduction import ForkingPickler

__all__ = ['BufferWrapper']


class Arena:
    """Memory of a file that has no name."""

    def __init__(self, size, fd=-1):
        self.size, self.fd = size, fd
        if fd == -1:
            self.fd = os.memfd_create(f'pym-{os.getpid()}')
            util.Finalize(self, os.close, (self.fd,))
            os.ftruncate(self.fd, size)
        self.buffer = mmap.mmap(self.fd, self.size)


def reduce_arena(a):
    if a.fd == -1:
        raise ValueError('Arena is unpicklable because forking was enabled when it was created')
    return rebuild_arena, (a.size, reduction.DupFd(a.fd))


def rebuild_arena(size, dupfd):
    return Arena(size, dupfd.detach())


ForkingPickler.register(Arena, reduce_arena)


class Heap:
    """Hands out blocks (arena, start, stop). The next power of two that is free is cut."""

    _alignment = 8
    _DISCARD_FREE_SPACE_LARGER_THAN = 4 * 1024 * 1024
    _DOUBLE_ARENA_SIZE_UNTIL = 4 * 1024 * 1024

    def __init__(self, size=mmap.PAGESIZE):
        self._lastpid, self._lock, self._size = os.getpid(), threading.Lock(), size  # _size: of the next arena
        self._lengths = []                         # of free blocks, sorted, each once
        self._len_to_seq = {}                      # length: free blocks
        self._start_to_block, self._stop_to_block = {}, {}  # (arena, start or stop): free block
        self._allocated_blocks = defaultdict(set)  # arena: {(start, stop)}
        self._arenas = []
        self._pending_free_blocks = deque()        # to be freed by the next who has the lock
        self._n_mallocs = self._n_frees = 0

    @staticmethod
    def _roundup(n, alignment):
        mask = alignment - 1
        return (n + mask) & ~mask

    def malloc(self, size):
        """A block of at least so many bytes."""
        if size < 0:
            raise ValueError(f'Size {size:n} out of range')
        import sys
        if sys.maxsize <= size:
            raise OverflowError(f'Size {size:n} too large')
        if os.getpid() != self._lastpid:
            self.__init__()  # in a child: our blocks are the parent's
        with self._lock:
            self._n_mallocs += 1
            self._free_pending_blocks()
            size = self._roundup(max(size, 1), self._alignment)
            arena, start, stop = self._malloc(size)
            if start + size < stop:
                self._add_free_block((arena, start + size, stop))
            self._allocated_blocks[arena].add((start, start + size))
            return arena, start, start + size

    def _malloc(self, size):
        i = bisect.bisect_left(self._lengths, size)
        if i == len(self._lengths):
            return self._new_arena(size)
        length = self._lengths[i]
        blocks = self._len_to_seq[length]
        block = blocks.pop()
        if not blocks:
            del self._len_to_seq[length], self._lengths[i]
        arena, start, stop = block
        del self._start_to_block[arena, start], self._stop_to_block[arena, stop]
        return block

    def _new_arena(self, size):
        length = self._roundup(max(self._size, size), mmap.PAGESIZE)
        if self._size < self._DOUBLE_ARENA_SIZE_UNTIL:
            self._size *= 2
        util.info('allocating a new mmap of length %d', length)
        arena = Arena(length)
        self._arenas.append(arena)
        return arena, 0, length

    def free(self, block):
        """Give a block back."""
        if os.getpid() != self._lastpid:
            raise ValueError(f'My pid ({os.getpid():n}) is not last pid {self._lastpid:n}')
        if not self._lock.acquire(False):
            self._pending_free_blocks.append(block)
            return
        try:
            self._n_frees += 1
            self._free_pending_blocks()
            self._remove_allocated_block(block)
        finally:
            self._lock.release()

    def _free_pending_blocks(self):
        while self._pending_free_blocks:
            self._remove_allocated_block(self._pending_free_blocks.pop())

    def _remove_allocated_block(self, block):
        arena, start, stop = block
        blocks = self._allocated_blocks[arena]
        blocks.remove((start, stop))
        self._add_free_block(block)
        if not blocks:
            del self._allocated_blocks[arena]
            if arena.size >= self._DISCARD_FREE_SPACE_LARGER_THAN:
                self._absorb(self._start_to_block[arena, 0])  # it is all one block now
                self._arenas.remove(arena)

    def _add_free_block(self, block):
        """Note that it is free, as one with its free neighbours."""
        arena, start, stop = block
        if (before := self._stop_to_block.get((arena, start))) is not None:
            start = self._absorb(before)[1]
        if (behind := self._start_to_block.get((arena, stop))) is not None:
            stop = self._absorb(behind)[2]
        block, length = (arena, start, stop), stop - start
        if length in self._len_to_seq:
            self._len_to_seq[length].append(block)
        else:
            self._len_to_seq[length] = [block]
            bisect.insort(self._lengths, length)
        self._start_to_block[arena, start] = self._stop_to_block[arena, stop] = block

    def _absorb(self, block):
        arena, start, stop = block
        del self._start_to_block[arena, start], self._stop_to_block[arena, stop]
        length = stop - start
        blocks = self._len_to_seq[length]
        blocks.remove(block)
        if not blocks:
            del self._len_to_seq[length]
            self._lengths.remove(length)
        return block


class BufferWrapper:
    """A block; it is freed with its last user in this process."""

    _heap = Heap()

    def __init__(self, size):
        if size < 0:
            raise ValueError(f'Size {size:n} out of range')
        block = BufferWrapper._heap.malloc(size)
        self._state = block, size
        util.Finalize(self, BufferWrapper._heap.free, args=(block,))

    def create_memoryview(self):
        """The memory."""
        (arena, start, stop), size = self._state
        return memoryview(arena.buffer)[start:start + size]
