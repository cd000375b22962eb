"""Waiting for many files at once, whatever the system offers for it.

A selector keeps, for each file, what is waited for and the user's data. select() gives the ones that are ready. The event loop of
asyncio stands on this. Next: runtime/modules/select_module.c.
"""
import math
import select
from abc import ABCMeta, abstractmethod
from collections import namedtuple
from collections.abc import Mapping

EVENT_READ, EVENT_WRITE = 1, 2

SelectorKey = namedtuple("SelectorKey", ["fileobj", "fd", "events", "data"])
SelectorKey.__doc__ = "SelectorKey(fileobj, fd, events, data): what is waited for on a file."


def _fileobj_to_fd(fileobj):
    try:
        fd = fileobj if isinstance(fileobj, int) else int(fileobj.fileno())
    except (AttributeError, TypeError, ValueError):
        raise ValueError(f"Invalid file object: {fileobj!r}") from None
    if fd < 0:
        raise ValueError(f"Invalid file descriptor: {fd}")
    return fd


class _SelectorMapping(Mapping):
    """The keys of a selector, by file."""

    def __init__(self, owner):
        self._owner = owner

    def __len__(self):
        return len(self._owner._fd_to_key)

    def __iter__(self):
        return iter(self._owner._fd_to_key)

    def __getitem__(self, fileobj):
        return self._owner._key_of(fileobj)


class BaseSelector(metaclass=ABCMeta):
    @abstractmethod
    def register(self, fileobj, events, data=None):
        raise NotImplementedError

    @abstractmethod
    def unregister(self, fileobj):
        raise NotImplementedError

    @abstractmethod
    def select(self, timeout=None):
        raise NotImplementedError

    @abstractmethod
    def get_map(self):
        raise NotImplementedError

    def modify(self, fileobj, events, data=None):
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    def get_key(self, fileobj):
        keys = self.get_map()
        if keys is None:
            raise RuntimeError("Selector is closed")
        try:
            return keys[fileobj]
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None

    def close(self):
        pass

    def __exit__(self, *args):
        self.close()

    def __enter__(self):
        return self


class _BaseSelectorImpl(BaseSelector):
    """What all selectors have: the keys."""

    def __init__(self):
        self._fd_to_key = {}
        self._map = _SelectorMapping(self)

    def get_map(self):
        return self._map

    def _fileobj_lookup(self, fileobj):
        """The descriptor of a file, also of one that was closed meanwhile."""
        try:
            return _fileobj_to_fd(fileobj)
        except ValueError:
            known = [fd for fd, key in self._fd_to_key.items() if key.fileobj is fileobj]
            if not known:
                raise
            return known[0]

    def _key_of(self, fileobj):
        key = self._fd_to_key.get(self._fileobj_lookup(fileobj))
        if key is None:
            raise KeyError(f"{fileobj!r} is not registered")
        return key

    def register(self, fileobj, events, data=None):
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError(f"Invalid events: {events!r}")
        key = SelectorKey(fileobj, self._fileobj_lookup(fileobj), events, data)
        if self._fd_to_key.setdefault(key.fd, key) is not key:
            raise KeyError(f"{fileobj!r} (FD {key.fd}) is already registered")
        return key

    def unregister(self, fileobj):
        return self._fd_to_key.pop(self._key_of(fileobj).fd)

    def modify(self, fileobj, events, data=None):
        key = self._key_of(fileobj)
        if events != key.events:
            self.unregister(fileobj)
            return self.register(fileobj, events, data)
        if data != key.data:
            key = self._fd_to_key[key.fd] = key._replace(data=data)
        return key

    def _key_from_fd(self, fd):
        return self._fd_to_key.get(fd)

    def close(self):
        self._map = None
        self._fd_to_key.clear()


class SelectSelector(_BaseSelectorImpl):
    """On select(), which is told everything at each call."""

    def select(self, timeout=None):
        keys = self._fd_to_key
        asked = [[fd for fd, key in keys.items() if key.events & event] for event in (EVENT_READ, EVENT_WRITE)]
        try:
            readable, writable, _ = select.select(*asked, [], None if timeout is None else max(timeout, 0))
        except InterruptedError:
            return []
        events = dict.fromkeys(readable, EVENT_READ)
        for fd in writable:
            events[fd] = events.get(fd, 0) | EVENT_WRITE
        return [(keys[fd], mask) for fd, mask in events.items() if fd in keys]


class _PollLike(_BaseSelectorImpl):
    """What poll and epoll share: an object of the system that knows masks for descriptors."""

    _selector_cls = _READ = _WRITE = None

    def __init__(self):
        super().__init__()
        self._selector = self._selector_cls()

    def _tell(self, call, key, events):
        """Let the system know; a key that it does not take is none."""
        try:
            call(key.fd, (self._READ if events & EVENT_READ else 0) | (self._WRITE if events & EVENT_WRITE else 0))
        except BaseException:
            del self._fd_to_key[key.fd]
            raise

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        self._tell(self._selector.register, key, events)
        return key

    def unregister(self, fileobj):
        gone = super().unregister(fileobj)
        try:
            self._selector.unregister(gone.fd)
        except OSError:
            pass  # it was closed: the system has forgotten it already
        return gone

    def modify(self, fileobj, events, data=None):
        key = self._key_of(fileobj)
        if events != key.events:
            self._tell(self._selector.modify, key, events)
        if events != key.events or data != key.data:
            key = self._fd_to_key[key.fd] = SelectorKey(key.fileobj, key.fd, events, data)
        return key

    def _ready(self, pairs):
        ready = []
        keys = self._fd_to_key
        for fd, mask in pairs:
            key = keys.get(fd)
            if key is not None:  # an error makes both sides ready: the call that follows tells which
                events = (EVENT_WRITE if mask & ~self._READ else 0) | (EVENT_READ if mask & ~self._WRITE else 0)
                ready.append((key, events & key.events))
        return ready


class PollSelector(_PollLike):
    """On poll()."""

    _selector_cls, _READ, _WRITE = select.poll, select.POLLIN, select.POLLOUT

    def select(self, timeout=None):
        ms = None if timeout is None else max(math.ceil(timeout * 1e3), 0)
        try:
            return self._ready(self._selector.poll(ms))
        except InterruptedError:
            return []


class EpollSelector(_PollLike):
    """On epoll: what waits costs nothing, only what is ready does."""

    _selector_cls, _READ, _WRITE = select.epoll, select.EPOLLIN, select.EPOLLOUT

    def fileno(self):
        return self._selector.fileno()

    def select(self, timeout=None):
        timeout = -1 if timeout is None else 0 if timeout <= 0 else math.ceil(timeout * 1e3) * 1e-3
        try:
            return self._ready(self._selector.poll(timeout, max(len(self._fd_to_key), 1)))
        except InterruptedError:
            return []

    def close(self):
        self._selector.close()
        super().close()


DefaultSelector = EpollSelector
