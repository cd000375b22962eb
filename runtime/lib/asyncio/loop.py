"""The event loop: a queue of callbacks that are ready, a heap of timers, and a selector that waits for files.

    one pass (_run_once)
      1. how long to wait: not at all if something is ready, else until the first timer, else for ever
      2. wait in the selector; what is ready for reading or writing goes to the end of the queue
      3. timers whose time has come go to the end of the queue
      4. run the callbacks that are in the queue now. What they add waits for the next pass

Nothing else ever runs: a task's step is such a callback, and a callback that does not return stops everything.
Next: transports.py (connections), unix_loop.py (signals). Read futures.py and tasks.py first.
"""
import collections
import concurrent.futures
import errno
import heapq
import os
import selectors
import socket
import sys
import threading
import time
import traceback
import warnings
import weakref

from asyncio import events, exceptions, futures, tasks, transports
from asyncio.events import Handle, TimerHandle

_MIN_CANCELLED_TIMERS = 100  # so many, and half of all: throw the cancelled ones out
_LONGEST_WAIT = 24 * 3600


def _stop_when_done(future):
    if not future.cancelled() and isinstance(future.exception(), (SystemExit, KeyboardInterrupt)):
        return  # it has left run_forever() already
    future.get_loop().stop()


class Server(events.AbstractServer):
    """Sockets that listen, and the connections that came of them."""

    def __init__(self, loop, sockets, protocol_factory, backlog):
        self._loop, self._sockets, self._protocol_factory, self._backlog = loop, sockets, protocol_factory, backlog
        self._active_count = 0
        self._waiters, self._serving, self._serving_forever = [], False, None

    def __repr__(self):
        return f"<{type(self).__name__} sockets={self.sockets!r}>"

    @property
    def sockets(self):
        return tuple(self._sockets or ())

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    def _attach(self):
        self._active_count += 1

    def _detach(self):
        self._active_count -= 1
        if self._active_count == 0 and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters or ():
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        if not self._serving:
            self._serving = True
            for sock in self._sockets:
                sock.listen(self._backlog)
                self._loop._add_reader(sock.fileno(), self._loop._accept_connections, self, sock)

    def close(self):
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        for sock in sockets:
            self._loop._remove_reader(sock.fileno())
            sock.close()
        self._serving = False
        if self._serving_forever is not None:
            self._serving_forever.cancel()
        if not self._active_count:
            self._wakeup()

    async def serve_forever(self):
        if self._serving_forever is not None:
            raise RuntimeError(f"server {self!r} is already being awaited on serve_forever()")
        if self._sockets is None:
            raise RuntimeError(f"server {self!r} is closed")
        self._serving_forever = self._loop.create_future()
        self._start_serving()
        try:
            await self._serving_forever
        except exceptions.CancelledError as e:
            self.close()
            await self.wait_closed()
            raise e
        finally:
            self._serving_forever = None

    async def wait_closed(self):
        if self._sockets is not None and self._waiters is not None:
            closed = self._loop.create_future()
            self._waiters.append(closed)
            await closed

    async def start_serving(self):
        self._start_serving()
        await tasks.sleep(0)  # the loop looks at the sockets before it goes on


class BaseEventLoop(events.AbstractEventLoop):
    slow_callback_duration = 0.1

    def __init__(self, selector=None):
        self._selector = selectors.DefaultSelector() if selector is None else selector
        self._ready = collections.deque()
        self._scheduled = []
        self._timer_cancelled_count = 0
        self._stopping = self._closed = False
        self._thread_id = None
        self._clock_resolution = time.get_clock_info("monotonic").resolution
        self._exception_handler = self._task_factory = self._default_executor = None
        self._executor_shutdown_called = False
        self._current_handle = None
        self._debug = not sys.flags.ignore_environment and bool(os.environ.get("PYTHONASYNCIODEBUG")) or getattr(sys.flags, "dev_mode", False)
        self._asyncgens = weakref.WeakSet()
        self._asyncgens_shutdown_called = False
        self._self_reader, self._self_writer = socket.socketpair()  # a byte in it wakes the selector
        self._self_reader.setblocking(False)
        self._self_writer.setblocking(False)
        self._add_reader(self._self_reader.fileno(), self._drain_wakeups)

    def __repr__(self):
        return f"<{type(self).__name__} running={self.is_running()} closed={self.is_closed()} debug={self.get_debug()}>"

    def __del__(self, _warn=warnings.warn):
        if not getattr(self, "_closed", True):
            _warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not self.is_running():
                self.close()

    # ---- the queue ----

    def time(self):
        return time.monotonic()

    def call_soon(self, callback, *args, context=None):
        """Run callback(*args) in the next pass."""
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if self._debug:
            self._check_thread()
            self._check_callback(callback, "call_soon")
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_soon_threadsafe(self, callback, *args, context=None):
        """The same from another thread or a signal handler: the loop wakes."""
        self._check_closed()
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        self._write_to_self()
        return handle

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        self._check_closed()
        if when is None:
            raise TypeError("when cannot be None")
        if self._debug:
            self._check_thread()
            self._check_callback(callback, "call_at")
        timer = TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def _timer_handle_cancelled(self, handle):
        if handle._scheduled:
            self._timer_cancelled_count += 1

    def _check_callback(self, callback, method):
        if tasks.iscoroutine(callback) or tasks.iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    def _check_thread(self):
        if self._thread_id is not None and self._thread_id != threading.get_ident():
            raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _throw_out_cancelled_timers(self):
        timers = self._scheduled
        if len(timers) > _MIN_CANCELLED_TIMERS and self._timer_cancelled_count / len(timers) > 0.5:
            left = []
            for timer in timers:
                if timer._cancelled:
                    timer._scheduled = False
                else:
                    left.append(timer)
            heapq.heapify(left)
            self._scheduled = left
            self._timer_cancelled_count = 0
        else:
            while timers and timers[0]._cancelled:
                self._timer_cancelled_count -= 1
                heapq.heappop(timers)._scheduled = False

    def _run_once(self):
        """One pass."""
        self._throw_out_cancelled_timers()
        ready, timers = self._ready, self._scheduled
        if ready or self._stopping:
            timeout = 0
        elif timers:
            timeout = min(max(0, timers[0]._when - self.time()), _LONGEST_WAIT)
        else:
            timeout = None
        for key, mask in self._selector.select(timeout):
            reader, writer = key.data
            if mask & selectors.EVENT_READ and reader is not None:
                self._add_ready(reader, self._remove_reader, key)
            if mask & selectors.EVENT_WRITE and writer is not None:
                self._add_ready(writer, self._remove_writer, key)
        if timers:
            end = self.time() + self._clock_resolution
            while timers and timers[0]._when < end:
                timer = heapq.heappop(timers)
                timer._scheduled = False
                ready.append(timer)
        for _ in range(len(ready)):  # no more than are there now
            handle = ready.popleft()
            if handle._cancelled:
                continue
            if self._debug:
                self._run_watched(handle)
            else:
                handle._run()
        handle = None

    def _add_ready(self, handle, remove, key):
        if handle._cancelled:
            remove(key.fileobj)
        else:
            self._ready.append(handle)

    def _run_watched(self, handle):
        try:
            self._current_handle = handle
            start = self.time()
            handle._run()
            took = self.time() - start
            if took >= self.slow_callback_duration:
                _logger().warning("Executing %s took %.3f seconds", _handle_text(handle), took)
        finally:
            self._current_handle = None

    # ---- running ----

    def run_forever(self):
        self._check_closed()
        self._check_running()
        self._thread_id = threading.get_ident()
        hooks = sys.get_asyncgen_hooks()
        events._set_running_loop(self)
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)
        try:
            self._run_once()
            while not self._stopping:
                self._run_once()
        finally:
            sys.set_asyncgen_hooks(*hooks)
            events._set_running_loop(None)
            self._thread_id, self._stopping = None, False

    def run_until_complete(self, future):
        self._check_closed()
        self._check_running()
        is_new = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if is_new:
            future._log_destroy_pending = False
        future.add_done_callback(_stop_when_done)
        try:
            self.run_forever()
        except:
            if is_new and future.done() and not future.cancelled():
                future.exception()  # it is on its way up already
            raise
        finally:
            future.remove_done_callback(_stop_when_done)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def stop(self):
        self._stopping = True

    def is_running(self):
        return self._thread_id is not None

    def is_closed(self):
        return self._closed

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        self._closed = True
        self._ready.clear()
        self._scheduled.clear()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)
        self._remove_reader(self._self_reader.fileno())
        self._self_reader.close()
        self._self_writer.close()
        self._selector.close()

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    # ---- futures, tasks, threads ----

    def create_future(self):
        return futures.Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        self._check_closed()
        if self._task_factory is None:
            return tasks.Task(coro, loop=self, name=name, context=context)
        task = self._task_factory(self, coro) if context is None else self._task_factory(self, coro, context=context)
        if name is not None:
            task.set_name(name)
        return task

    def set_task_factory(self, factory):
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    def run_in_executor(self, executor, func, *args):
        """Call func(*args) in a thread or a process: a future."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, "run_in_executor")
        if executor is None:
            if self._executor_shutdown_called:
                raise RuntimeError("Executor shutdown has been called")
            if self._default_executor is None:
                self._default_executor = concurrent.futures.ThreadPoolExecutor(thread_name_prefix="asyncio")
            executor = self._default_executor
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        if not isinstance(executor, concurrent.futures.ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    async def shutdown_default_executor(self):
        self._executor_shutdown_called = True
        if self._default_executor is None:
            return
        future = self.create_future()

        def shut_down():
            try:
                self._default_executor.shutdown(wait=True)
                if not self.is_closed():
                    self.call_soon_threadsafe(future.set_result, None)
            except Exception as e:
                if not self.is_closed():
                    self.call_soon_threadsafe(future.set_exception, e)

        helper = threading.Thread(target=shut_down)
        helper.start()
        try:
            await future
        finally:
            helper.join()

    # ---- async generators: the loop closes those that are left ----

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            warnings.warn(f"asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call", ResourceWarning, source=self)
        self._asyncgens.add(agen)

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.discard(agen)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        self._asyncgens_shutdown_called = True
        left = list(self._asyncgens)
        self._asyncgens.clear()
        if not left:
            return
        from asyncio.waiting import gather
        results = await gather(*[agen.aclose() for agen in left], return_exceptions=True)
        for result, agen in zip(results, left):
            if isinstance(result, Exception):
                self.call_exception_handler({"message": f"an error occurred during closing of asynchronous generator {agen!r}", "exception": result, "asyncgen": agen})

    # ---- exceptions that nobody catches ----

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        lines = [context.get("message") or "Unhandled exception in event loop"]
        for key in sorted(context):
            if key not in ("message", "exception"):
                lines.append(f"{key}: {context[key]!r}")
        e = context.get("exception")
        _logger().error("\n".join(lines), exc_info=(type(e), e, e.__traceback__) if e is not None else False)

    def call_exception_handler(self, context):
        try:
            if self._exception_handler is None:
                self.default_exception_handler(context)
            else:
                self._exception_handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            if self._exception_handler is None:
                _logger().error("Exception in default exception handler", exc_info=True)
                return
            try:
                self.default_exception_handler({"message": "Unhandled error in exception handler", "exception": e, "context": context})
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException:
                _logger().error("Exception in default exception handler while handling an unexpected error in custom exception handler", exc_info=True)

    # ---- files ----

    def _write_to_self(self):
        try:
            self._self_writer.send(b"\0")
        except OSError:
            pass  # full: it will wake all the same

    def _drain_wakeups(self):
        while True:
            try:
                data = self._self_reader.recv(4096)
            except (BlockingIOError, InterruptedError):
                break
            if not data:
                break
            self._process_self_data(data)

    def _process_self_data(self, data):
        pass

    def _watch(self, fd, event, handle):
        """From now on handle is run whenever fd is ready for event; handle None: no more. What it was before."""
        try:
            key = self._selector.get_key(fd)
        except KeyError:
            if handle is None:
                return None
            self._selector.register(fd, event, (handle, None) if event == selectors.EVENT_READ else (None, handle))
            return None
        reader, writer = key.data
        if event == selectors.EVENT_READ:
            before, reader = reader, handle
        else:
            before, writer = writer, handle
        mask = (selectors.EVENT_READ if reader is not None else 0) | (selectors.EVENT_WRITE if writer is not None else 0)
        if mask:
            self._selector.modify(fd, mask, (reader, writer))
        else:
            self._selector.unregister(fd)
        if before is not None:
            before.cancel()
        return before

    def _add_reader(self, fd, callback, *args):
        self._check_closed()
        handle = Handle(callback, args, self, None)
        self._watch(fd, selectors.EVENT_READ, handle)
        return handle

    def _add_writer(self, fd, callback, *args):
        self._check_closed()
        handle = Handle(callback, args, self, None)
        self._watch(fd, selectors.EVENT_WRITE, handle)
        return handle

    def _remove_reader(self, fd):
        return not (self._selector.get_map() is None) and self._watch(fd, selectors.EVENT_READ, None) is not None

    def _remove_writer(self, fd):
        return not (self._selector.get_map() is None) and self._watch(fd, selectors.EVENT_WRITE, None) is not None

    def add_reader(self, fd, callback, *args):
        """Call callback(*args) whenever fd can be read."""
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        return self._remove_writer(fd)

    # ---- sockets ----

    async def _ready_for(self, sock, add, remove):
        future = self.create_future()
        fd = sock.fileno()
        add(fd, lambda: future.done() or future.set_result(None))
        try:
            await future
        finally:
            remove(fd)

    def _check_socket(self, sock):
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")

    async def sock_recv(self, sock, n):
        self._check_socket(sock)
        while True:
            try:
                return sock.recv(n)
            except (BlockingIOError, InterruptedError):
                await self._ready_for(sock, self._add_reader, self._remove_reader)

    async def sock_recv_into(self, sock, buffer):
        self._check_socket(sock)
        while True:
            try:
                return sock.recv_into(buffer)
            except (BlockingIOError, InterruptedError):
                await self._ready_for(sock, self._add_reader, self._remove_reader)

    async def sock_recvfrom(self, sock, n):
        self._check_socket(sock)
        while True:
            try:
                return sock.recvfrom(n)
            except (BlockingIOError, InterruptedError):
                await self._ready_for(sock, self._add_reader, self._remove_reader)

    async def sock_sendall(self, sock, data):
        self._check_socket(sock)
        data = memoryview(data)
        while data:
            try:
                data = data[sock.send(data):]
            except (BlockingIOError, InterruptedError):
                await self._ready_for(sock, self._add_writer, self._remove_writer)

    async def sock_sendto(self, sock, data, address):
        self._check_socket(sock)
        while True:
            try:
                return sock.sendto(data, address)
            except (BlockingIOError, InterruptedError):
                await self._ready_for(sock, self._add_writer, self._remove_writer)

    async def sock_accept(self, sock):
        self._check_socket(sock)
        while True:
            try:
                connection, address = sock.accept()
                connection.setblocking(False)
                return connection, address
            except (BlockingIOError, InterruptedError):
                await self._ready_for(sock, self._add_reader, self._remove_reader)

    async def sock_connect(self, sock, address):
        self._check_socket(sock)
        try:
            sock.connect(address)
            return
        except (BlockingIOError, InterruptedError):
            pass
        await self._ready_for(sock, self._add_writer, self._remove_writer)
        error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, f"Connect call failed {address}")

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        return await self.run_in_executor(None, socket.getaddrinfo, host, port, family, type, proto, flags)

    async def getnameinfo(self, sockaddr, flags=0):
        return await self.run_in_executor(None, socket.getnameinfo, sockaddr, flags)

    async def _addresses(self, host, port, family, type, proto, flags):
        """An address that is written as numbers needs no thread."""
        if isinstance(host, str) and host and isinstance(port, int):
            for numeric in (socket.AF_INET, socket.AF_INET6):
                if family in (0, numeric):
                    try:
                        socket.inet_pton(numeric, host)
                    except OSError:
                        continue
                    return [(numeric, type, proto or socket.IPPROTO_TCP, "", (host, port) if numeric == socket.AF_INET else (host, port, 0, 0))]
        return await self.getaddrinfo(host or None, port, family=family, type=type, proto=proto, flags=flags)

    # ---- connections and servers ----

    async def _start_transport(self, sock, protocol_factory, server=None):
        sock.setblocking(False)
        protocol = protocol_factory()
        started = self.create_future()
        transport = transports.SocketTransport(self, sock, protocol, started, server=server)
        try:
            await started
        except BaseException:
            transport.close()
            raise
        else:
            return transport, protocol

    async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None, local_addr=None, **unsupported):
        """Connect to (host, port): (transport, protocol)."""
        if ssl:
            raise NotImplementedError("asyncio: ssl is not supported")
        if host is None and port is None:
            if sock is None:
                raise ValueError("host and port was not specified and no sock specified")
            return await self._start_transport(sock, protocol_factory)
        if sock is not None:
            raise ValueError("host/port and sock can not be specified at the same time")
        errors = []
        for info in await self._addresses(host, port, family, socket.SOCK_STREAM, proto, flags):
            sock = socket.socket(info[0], info[1], info[2])
            try:
                sock.setblocking(False)
                if local_addr is not None:
                    sock.bind(local_addr)
                await self.sock_connect(sock, info[4])
                return await self._start_transport(sock, protocol_factory)
            except OSError as e:
                sock.close()
                errors.append(e)
            except:
                sock.close()
                raise
        if not errors:
            raise OSError("getaddrinfo() returned empty list")
        if len(errors) == 1 or all(str(e) == str(errors[0]) for e in errors):
            raise errors[0]
        raise OSError("Multiple exceptions: {}".format(", ".join(str(e) for e in errors)))

    async def create_server(self, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC, flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None,
                            reuse_address=None, reuse_port=None, start_serving=True, **unsupported):
        """Listen at (host, port): a Server."""
        if ssl:
            raise NotImplementedError("asyncio: ssl is not supported")
        if host is None and port is None:
            if sock is None:
                raise ValueError("Neither host/port nor sock were specified")
            if sock.type != socket.SOCK_STREAM:
                raise ValueError(f"A Stream Socket was expected, got {sock!r}")
            sockets = [sock]
        else:
            if sock is not None:
                raise ValueError("host/port and sock can not be specified at the same time")
            sockets = await self._listening_sockets(host, port, family, flags, reuse_address, reuse_port)
        for sock in sockets:
            sock.setblocking(False)
        return await self._make_server(sockets, protocol_factory, backlog, start_serving)

    async def _listening_sockets(self, host, port, family, flags, reuse_address, reuse_port):
        hosts = [None] if host == "" or host is None else [host] if isinstance(host, str) else host
        infos, sockets = [], []
        for one in hosts:
            for info in await self._addresses(one, port, family, socket.SOCK_STREAM, 0, flags):
                if info not in infos:
                    infos.append(info)
        try:
            for af, kind, proto, _, address in infos:
                try:
                    sock = socket.socket(af, kind, proto)
                except OSError:
                    continue  # a family that the system does not have
                sockets.append(sock)
                if reuse_address is None or reuse_address:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
                if reuse_port:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, True)
                if af == socket.AF_INET6:
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
                try:
                    sock.bind(address)
                except OSError as e:
                    raise OSError(e.errno, f"error while attempting to bind on address {address!r}: {e.strerror.lower()}") from None
        except:
            for sock in sockets:
                sock.close()
            raise
        return sockets

    async def _make_server(self, sockets, protocol_factory, backlog, start_serving):
        server = Server(self, sockets, protocol_factory, backlog)
        if start_serving:
            server._start_serving()
            await tasks.sleep(0)
        return server

    def _accept_connections(self, server, sock):
        """Somebody knocks: take as many as there are."""
        for _ in range(server._backlog):
            try:
                connection, _ = sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as e:
                if e.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    raise
                self.call_exception_handler({"message": "socket.accept() out of system resource", "exception": e, "socket": sock})
                self._remove_reader(sock.fileno())  # give it a rest: the queue would knock for ever
                self.call_later(1, lambda: server._sockets and self._add_reader(sock.fileno(), self._accept_connections, server, sock))
                return
            connection.setblocking(False)
            try:
                transports.SocketTransport(self, connection, server._protocol_factory(), None, server=server)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as e:
                connection.close()
                self.call_exception_handler({"message": "Error on transport creation for incoming connection", "exception": e})

    async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0, reuse_port=None,
                                       allow_broadcast=None, sock=None):
        """UDP: (transport, protocol)."""
        if sock is None:
            if local_addr is None and remote_addr is None and not family:
                raise ValueError("unexpected address family")
            where = local_addr or remote_addr
            if where is not None:
                family, _, proto, _, first = (await self._addresses(*where, family, socket.SOCK_DGRAM, proto or socket.IPPROTO_UDP, flags))[0]
            sock = socket.socket(family, socket.SOCK_DGRAM, proto)
            try:
                sock.setblocking(False)
                if reuse_port:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                if allow_broadcast:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                if local_addr is not None:
                    sock.bind(first)
                if remote_addr is not None:
                    await self.sock_connect(sock, remote_addr)
            except:
                sock.close()
                raise
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = transports.DatagramSocketTransport(self, sock, protocol, waiter, remote_addr)
        await waiter
        return transport, protocol


def _logger():
    import logging
    return logging.getLogger("asyncio")


def _handle_text(handle):
    callback = handle._callback
    if isinstance(getattr(callback, "__self__", None), tasks.Task):
        return repr(callback.__self__)
    return repr(handle)
