"""Lock, Event, Condition, Semaphore and Barrier for tasks. All of them are a flag or a number, and a line of futures that wait.

As only an await lets another task run, looking and taking is one step: no lock is needed inside a lock.
"""
import collections
import enum

from asyncio import events, exceptions


class _LoopBound:
    """Belongs to the loop in which it is first waited for."""

    _loop = None

    def _get_loop(self):
        loop = events.get_running_loop()
        if self._loop is None:
            self._loop = loop
        if loop is not self._loop:
            raise RuntimeError(f"{self!r} is bound to a different event loop")
        return loop


class _Line(_LoopBound):
    """What tasks stand in line for. A future leaves the line when its task goes on, so one that is done may still stand in it."""

    def __init__(self):
        self._waiters = collections.deque()

    async def _stand_in_line(self, waiter):
        self._waiters.append(waiter)
        try:
            return await waiter
        finally:
            self._waiters.remove(waiter)

    def _call(self, count):
        """Let the first count of those that rest go on; say how many there were."""
        called = 0
        for waiter in self._waiters:
            if called == count:
                break
            if not waiter.done():
                waiter.set_result(True)
                called += 1
        return called

    def _text(self, state):
        if self._waiters:
            state = f"{state}, waiters:{len(self._waiters)}"
        return f"<{object.__repr__(self)[1:-1]} [{state}]>"


class _Managed(_Line):
    async def __aenter__(self):
        await self.acquire()
        return None

    async def __aexit__(self, *exc):
        self.release()


class Lock(_Managed):
    """One task has it; the others wait in order."""

    _locked = False

    def __repr__(self):
        return self._text("locked" if self._locked else "unlocked")

    def locked(self):
        return self._locked

    async def acquire(self):
        if self._locked or not all(waiter.cancelled() for waiter in self._waiters):
            try:
                await self._stand_in_line(self._get_loop().create_future())
            except exceptions.CancelledError:
                if not self._locked:
                    self._call_first()  # it was our turn: the next one's now
                raise
        self._locked = True
        return True

    def release(self):
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._call_first()

    def _call_first(self):
        """If the first one was called before, it is on its way: nobody else may be called."""
        if self._waiters and not self._waiters[0].done():
            self._waiters[0].set_result(True)


class Event(_Line):
    """A flag that tasks wait for."""

    _value = False

    def __repr__(self):
        return self._text("set" if self._value else "unset")

    def is_set(self):
        return self._value

    def set(self):
        self._value = True
        self._call(len(self._waiters))

    def clear(self):
        self._value = False

    async def wait(self):
        return self._value or await self._stand_in_line(self._get_loop().create_future())


class Condition(_Managed):
    """Tasks wait, without the lock, until another one notifies."""

    def __init__(self, lock=None):
        super().__init__()
        self._lock = lock = Lock() if lock is None else lock
        self.locked, self.acquire, self.release = lock.locked, lock.acquire, lock.release

    def __repr__(self):
        return self._text("locked" if self.locked() else "unlocked")

    async def wait(self):
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        self.release()
        try:
            return await self._stand_in_line(self._get_loop().create_future())
        finally:
            await self._take_back()

    async def _take_back(self):
        """Have the lock again, whatever happens meanwhile: a cancellation waits until then."""
        was_cancelled = False
        while True:
            try:
                await self.acquire()
            except exceptions.CancelledError:
                was_cancelled = True
            else:
                break
        if was_cancelled:
            raise exceptions.CancelledError

    async def wait_for(self, predicate):
        while not (answer := predicate()):
            await self.wait()
        return answer

    def notify(self, n=1):
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._call(max(n, 0))

    def notify_all(self):
        self.notify(len(self._waiters))


class Semaphore(_Managed):
    """So many tasks may go in. release() gives its place to the first in line at once, so that nobody overtakes."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__()
        self._value = value

    def __repr__(self):
        return self._text("locked" if self.locked() else f"unlocked, value:{self._value}")

    def locked(self):
        return self._value == 0 or not all(waiter.cancelled() for waiter in self._waiters)

    async def acquire(self):
        if not self.locked():
            self._value -= 1
            return True
        waiter = self._get_loop().create_future()
        try:
            await self._stand_in_line(waiter)
        except exceptions.CancelledError:
            if not waiter.cancelled():
                self._give_back()  # it had been given to us
            raise
        if self._value > 0:
            self._value -= self._call(1)
        return True

    def _give_back(self):
        self._value += 1
        self._value -= self._call(1)

    def release(self):
        self._give_back()


class BoundedSemaphore(Semaphore):
    """One that is not released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._bound_value = value

    def release(self):
        if self._value >= self._bound_value:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class _BarrierState(enum.Enum):
    FILLING = "filling"  # tasks come
    DRAINING = "draining"  # all were there: they go
    RESETTING = "resetting"  # they go with an error
    BROKEN = "broken"


class Barrier(_LoopBound):
    """All parties wait for each other."""

    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._parties, self._count = parties, 0
        self._state, self._cond = _BarrierState.FILLING, Condition()

    def __repr__(self):
        text = self._state.value
        if not self.broken:
            text += f", waiters:{self.n_waiting}/{self.parties}"
        return f"<{object.__repr__(self)[1:-1]} [{text}]>"

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *exc):
        pass

    async def wait(self):
        async with self._cond:
            await self._while_in(_BarrierState.DRAINING, _BarrierState.RESETTING)  # until the last round is out
            if self.broken:
                raise exceptions.BrokenBarrierError("Barrier aborted")
            place = self._count
            self._count = place + 1
            try:
                if self._count == self._parties:
                    self._enter(_BarrierState.DRAINING)
                else:
                    await self._while_in(_BarrierState.FILLING)
                    if self._state is not _BarrierState.DRAINING:
                        raise exceptions.BrokenBarrierError("Abort or reset of barrier")
            finally:
                self._count -= 1
                if self._count == 0 and not self.broken and self._state is not _BarrierState.FILLING:
                    self._enter(_BarrierState.FILLING)
            return place

    async def _while_in(self, *states):
        await self._cond.wait_for(lambda: self._state not in states)

    def _enter(self, state):
        self._state = state
        self._cond.notify_all()

    async def reset(self):
        async with self._cond:
            self._enter(_BarrierState.RESETTING if self._count > 0 else _BarrierState.FILLING)

    async def abort(self):
        async with self._cond:
            self._enter(_BarrierState.BROKEN)

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state is _BarrierState.FILLING else 0

    @property
    def broken(self):
        return self._state is _BarrierState.BROKEN
