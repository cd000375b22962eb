"""multiprocessing.shared_memory - blocks of memory with a name, which any process of this machine can open; lists of simple values in one.

Keeps true: a block lives until somebody calls unlink(), or until the resource tracker does, when all of the program have ended.
Next: runtime/modules/multiprocessing_module.c (_posixshmem), managers.py (SharedMemoryManager).  CPython: Lib/multiprocessing/shared_memory.py.
"""
import errno
import mmap
import os
import secrets
import struct
from functools import partial

import _posixshmem

from . import resource_tracker

__all__ = ['SharedMemory', 'ShareableList']

_O_CREX = os.O_CREAT | os.O_EXCL
_SHM_SAFE_NAME_LENGTH = 14
_SHM_NAME_PREFIX = '/psm_'
_USE_POSIX = True


def _make_filename():
    room = (_SHM_SAFE_NAME_LENGTH - len(_SHM_NAME_PREFIX)) // 2
    assert room >= 2, '_SHM_NAME_PREFIX too long'
    name = _SHM_NAME_PREFIX + secrets.token_hex(room)
    assert len(name) <= _SHM_SAFE_NAME_LENGTH
    return name


class SharedMemory:
    """A block with a name: made, or opened."""

    _name = _mmap = _buf = None
    _fd = -1
    _flags, _mode = os.O_RDWR, 0o600
    _prepend_leading_slash = True

    def __init__(self, name=None, create=False, size=0):
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create:
            self._flags = _O_CREX | os.O_RDWR
            if size == 0:
                raise ValueError("'size' must be a positive number different from zero")
        if name is None and not self._flags & os.O_EXCL:
            raise ValueError("'name' can only be None if create=True")
        self._open(name)
        try:
            if create and size:
                self._check_space(size)
                os.ftruncate(self._fd, size)
            self._size = os.fstat(self._fd).st_size
            self._mmap = mmap.mmap(self._fd, self._size)
        except OSError:
            if create:
                _posixshmem.shm_unlink(self._name)
            self.close()
            raise
        resource_tracker.register(self._name, 'shared_memory')
        self._buf = memoryview(self._mmap)

    def _open(self, name):
        while name is None:
            made = _make_filename()
            try:
                self._fd = _posixshmem.shm_open(made, self._flags, mode=self._mode)
            except FileExistsError:
                continue
            self._name = made
            return
        self._name = f'/{name}'
        self._fd = _posixshmem.shm_open(self._name, self._flags, mode=self._mode)

    def _check_space(self, size):
        # The system would let us have it, and kill who writes to a page that there is no room for.
        space = os.statvfs(self._fd)
        if space.f_blocks and space.f_bavail * space.f_frsize < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self._name)

    def __del__(self):
        try:
            self.close()
        except OSError:
            pass

    def __reduce__(self):
        return type(self), (self.name, False, self.size)

    def __repr__(self):
        return f'{type(self).__name__}({self.name!r}, size={self.size})'

    @property
    def buf(self):
        """The memory, as a memoryview."""
        return self._buf

    @property
    def name(self):
        """The name by which it can be opened."""
        name = self._name
        if self._prepend_leading_slash and name.startswith('/'):
            name = name[1:]
        return name

    @property
    def size(self):
        return self._size

    def close(self):
        """This object needs it no more."""
        if self._buf is not None:
            self._buf.release()
            self._buf = None
        if self._mmap is not None:
            self._mmap.close()
            self._mmap = None
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def unlink(self):
        """Nobody needs it any more: it goes when the last who has it open closes it."""
        if self._name:
            _posixshmem.shm_unlink(self._name)
            resource_tracker.unregister(self._name, 'shared_memory')


_encoding = 'utf8'


class ShareableList:
    """A list in shared memory: its length is fixed, and its items are int, float, bool, None, str and bytes no longer than they were first.

        number of items | where each ends, 8 bytes each | the items | a struct format each, 8 bytes | how each is read back, 1 byte each
    """

    _types_mapping = {int: 'q', float: 'd', bool: 'xxxxxxx?', str: '%ds', bytes: '%ds', None.__class__: 'xxxxxx?x'}
    _alignment = 8
    _back_transforms_mapping = {0: lambda value: value, 1: lambda value: value.rstrip(b'\x00').decode(_encoding), 2: lambda value: value.rstrip(b'\x00'), 3: lambda _value: None}

    @staticmethod
    def _extract_recreation_code(value):
        """How it is read back: a key of _back_transforms_mapping."""
        if not isinstance(value, (str, bytes, None.__class__)):
            return 0
        return 1 if isinstance(value, str) else 2 if isinstance(value, bytes) else 3

    @classmethod
    def _format_of(cls, item):
        if not isinstance(item, (str, bytes)):
            return cls._types_mapping[type(item)]
        room = cls._alignment * (len(item) // cls._alignment + 1)
        needed = len(item.encode(_encoding)) if isinstance(item, str) else len(item)
        return cls._types_mapping[type(item)] % max(room, -(-needed // cls._alignment) * cls._alignment)

    def __init__(self, sequence=None, *, name=None):
        if name is None or sequence is not None:
            sequence = sequence or ()
            formats = [self._format_of(item) for item in sequence]
            self._list_len = len(formats)
            offset, self._allocated_offsets = 0, [0]
            for fmt in formats:
                offset += self._alignment if fmt[-1] != 's' else int(fmt[:-1])
                self._allocated_offsets.append(offset)
            codes = [self._extract_recreation_code(item) for item in sequence]
            requested = struct.calcsize(f'q{self._format_size_metainfo}{"".join(formats)}{self._format_packing_metainfo}{self._format_back_transform_codes}')
            self.shm = SharedMemory(name, create=True, size=requested)
        else:
            self.shm = SharedMemory(name)
        if sequence is not None:
            struct.pack_into(f'q{self._format_size_metainfo}', self.shm.buf, 0, self._list_len, *self._allocated_offsets)
            struct.pack_into(''.join(formats), self.shm.buf, self._offset_data_start,
                             *(item.encode(_encoding) if isinstance(item, str) else item for item in sequence))
            struct.pack_into(self._format_packing_metainfo, self.shm.buf, self._offset_packing_formats, *(fmt.encode(_encoding) for fmt in formats))
            struct.pack_into(self._format_back_transform_codes, self.shm.buf, self._offset_back_transform_codes, *codes)
        else:
            self._list_len = len(self)
            self._allocated_offsets = list(struct.unpack_from(self._format_size_metainfo, self.shm.buf, 8))

    def _get_packing_format(self, position):
        position = position if position >= 0 else position + self._list_len
        if position >= self._list_len or self._list_len < 0:
            raise IndexError('Requested position out of range.')
        fmt = struct.unpack_from('8s', self.shm.buf, self._offset_packing_formats + position * 8)[0]
        return fmt.rstrip(b'\x00').decode(_encoding)

    def _get_back_transform(self, position):
        if position >= self._list_len or self._list_len < 0:
            raise IndexError('Requested position out of range.')
        return self._back_transforms_mapping[struct.unpack_from('b', self.shm.buf, self._offset_back_transform_codes + position)[0]]

    def _set_packing_format_and_transform(self, position, fmt, value):
        if position >= self._list_len or self._list_len < 0:
            raise IndexError('Requested position out of range.')
        struct.pack_into('8s', self.shm.buf, self._offset_packing_formats + position * 8, fmt.encode(_encoding))
        struct.pack_into('b', self.shm.buf, self._offset_back_transform_codes + position, self._extract_recreation_code(value))

    def __getitem__(self, position):
        position = position if position >= 0 else position + self._list_len
        try:
            offset = self._offset_data_start + self._allocated_offsets[position]
            value, = struct.unpack_from(self._get_packing_format(position), self.shm.buf, offset)
        except IndexError:
            raise IndexError('index out of range') from None
        return self._get_back_transform(position)(value)

    def __setitem__(self, position, value):
        position = position if position >= 0 else position + self._list_len
        try:
            at = self._allocated_offsets[position]
            current = self._get_packing_format(position)
        except IndexError:
            raise IndexError('assignment index out of range') from None
        if not isinstance(value, (str, bytes)):
            fmt, encoded = self._types_mapping[type(value)], value
        else:
            room = self._allocated_offsets[position + 1] - at
            encoded = value.encode(_encoding) if isinstance(value, str) else value
            if len(encoded) > room:
                raise ValueError('bytes/str item exceeds available storage')
            fmt = current if current[-1] == 's' else self._types_mapping[str] % (room,)
        self._set_packing_format_and_transform(position, fmt, value)
        struct.pack_into(fmt, self.shm.buf, self._offset_data_start + at, encoded)

    def __reduce__(self):
        return partial(type(self), name=self.shm.name), ()

    def __len__(self):
        return struct.unpack_from('q', self.shm.buf, 0)[0]

    def __repr__(self):
        return f'{type(self).__name__}({list(self)}, name={self.shm.name!r})'

    @property
    def format(self):
        """The struct formats of the items, one behind the other."""
        return ''.join(self._get_packing_format(i) for i in range(self._list_len))

    @property
    def _format_size_metainfo(self):
        return 'q' * (self._list_len + 1)

    @property
    def _format_packing_metainfo(self):
        return '8s' * self._list_len

    @property
    def _format_back_transform_codes(self):
        return 'b' * self._list_len

    @property
    def _offset_data_start(self):
        return (self._list_len + 2) * 8

    @property
    def _offset_packing_formats(self):
        return self._offset_data_start + self._allocated_offsets[-1]

    @property
    def _offset_back_transform_codes(self):
        return self._offset_packing_formats + self._list_len * 8

    def count(self, value):
        """How many items are equal to value."""
        return sum(value == item for item in self)

    def index(self, value):
        """The first place of value; ValueError if it is not there."""
        for position, item in enumerate(self):
            if value == item:
                return position
        raise ValueError('ShareableList.index(x): x not in list')

    __class_getitem__ = classmethod(type(list[int]))
