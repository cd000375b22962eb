"""The loop of a Unix system: signals and Unix sockets; and the policy that gives each thread its loop."""
import os
import signal
import socket
import stat
import threading

from asyncio import events, loop as loops


class SelectorEventLoop(loops.BaseEventLoop):
    def __init__(self, selector=None):
        self._signal_handlers = {}
        super().__init__(selector)

    def close(self):
        super().close()
        while self._signal_handlers:
            self.remove_signal_handler(next(iter(self._signal_handlers)))

    # ---- signals: their numbers come as bytes through the pipe that wakes the loop ----

    def _process_self_data(self, data):
        for number in data:
            handle = self._signal_handlers.get(number) if number else None
            if handle is not None:
                if handle._cancelled:
                    self.remove_signal_handler(number)
                else:
                    self._ready.append(handle)
                    self._write_to_self()

    def add_signal_handler(self, sig, callback, *args):
        """Call callback(*args), in the loop, when the signal comes."""
        self._check_signal(sig)
        self._check_callback(callback, "add_signal_handler")
        self._check_closed()
        try:
            signal.set_wakeup_fd(self._self_writer.fileno())
        except (ValueError, OSError) as e:
            raise RuntimeError(str(e))
        self._signal_handlers[sig] = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, _nothing)  # the byte tells
            signal.siginterrupt(sig, False)
        except OSError as e:
            del self._signal_handlers[sig]
            raise RuntimeError(f"sig {sig} cannot be caught") from e

    def remove_signal_handler(self, sig):
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        if not self._signal_handlers:
            signal.set_wakeup_fd(-1)
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")

    # ---- Unix sockets ----

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, **unsupported):
        if ssl:
            raise NotImplementedError("asyncio: ssl is not supported")
        if path is not None:
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, os.fspath(path))
            except:
                sock.close()
                raise
        elif sock is None:
            raise ValueError("no path and sock were specified")
        return await self._start_transport(sock, protocol_factory)

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, start_serving=True, **unsupported):
        if ssl:
            raise NotImplementedError("asyncio: ssl is not supported")
        if path is not None:
            path = os.fspath(path)
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                if path[0] not in (0, "\x00") and os.path.exists(path) and stat.S_ISSOCK(os.stat(path).st_mode):
                    os.remove(path)  # of a server that has ended
                sock.bind(path)
            except OSError as e:
                sock.close()
                raise OSError(e.errno, f"Address {path!r} is already in use") if e.errno == 98 else e
        elif sock is None:
            raise ValueError("path was not specified, and no sock specified")
        sock.setblocking(False)
        return await self._make_server([sock], protocol_factory, backlog, start_serving)


def _nothing(signum, frame):
    pass


class DefaultEventLoopPolicy(events.AbstractEventLoopPolicy):
    """The main thread gets a loop when it asks for one; other threads must set theirs."""

    def __init__(self):
        self._local = threading.local()

    def get_event_loop(self):
        loop = getattr(self._local, "loop", None)
        if loop is None and not getattr(self._local, "was_set", False) and threading.current_thread() is threading.main_thread():
            loop = self.new_event_loop()
            self.set_event_loop(loop)
        if loop is None:
            raise RuntimeError(f"There is no current event loop in thread {threading.current_thread().name!r}.")
        return loop

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, events.AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._local.was_set = True
        self._local.loop = loop

    def new_event_loop(self):
        return _UnixSelectorEventLoop()


class _UnixSelectorEventLoop(SelectorEventLoop):
    pass
