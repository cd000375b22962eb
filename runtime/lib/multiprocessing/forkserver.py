"""multiprocessing.forkserver - a server that forks on demand. It has no threads and little memory, so its children are clean and quick to make.

    parent                                        server                                   child
    connect; send descriptors  -- Unix socket ->  accept; fork ------------------------->  take the descriptors
    send the Process            ------------------------ pipe (child_reads) ------------>  read it (spawn._main), run it
    read its number, later its status  <-- pipe (child_writes) --  waitpid

Keeps true: the server ends when nobody holds the other end of its alive pipe any more: its parent, and all its children, have ended.
Next: popen_forkserver.py (the parent's side), spawn.py.  CPython: Lib/multiprocessing/forkserver.py.
"""
import _signal as signal
import os
import select
import sys
import threading

from . import process, reduction, spawn, util

__all__ = ['ensure_running', 'get_inherited_fds', 'connect_to_new_process', 'set_forkserver_preload']

MAXFDS_TO_SEND = 256
NUMBER_SIZE = 8  # bytes of a process number or a status in a pipe


class ForkServer:
    """What a parent knows of its server."""

    def __init__(self):
        self._forkserver_address = self._forkserver_alive_fd = self._forkserver_pid = self._inherited_fds = None
        self._lock = threading.Lock()
        self._preload_modules = ['__main__']

    def _stop(self):
        with self._lock:
            self._stop_unlocked()

    def _stop_unlocked(self):
        if self._forkserver_pid is None:
            return
        os.close(self._forkserver_alive_fd)  # that ends it
        self._forkserver_alive_fd = None
        os.waitpid(self._forkserver_pid, 0)
        self._forkserver_pid = None
        if not util.is_abstract_socket_namespace(self._forkserver_address):
            os.unlink(self._forkserver_address)
        self._forkserver_address = None

    def set_forkserver_preload(self, modules_names):
        """Names of modules that the server imports before it forks."""
        if not all(type(name) is str for name in modules_names):
            raise TypeError('module_names must be a list of strings')
        self._preload_modules = modules_names

    def get_inherited_fds(self):
        """In a child: the descriptors that came along; None if it is no child of a server."""
        return self._inherited_fds

    def connect_to_new_process(self, fds):
        """Ask for a child that has these descriptors. Gives two ends of pipes: to read its number and status, to write what it needs."""
        self.ensure_running()
        if len(fds) + 4 >= MAXFDS_TO_SEND:
            raise ValueError('too many fds')
        import _socket
        from . import resource_tracker
        client = _socket.socket(_socket.AF_UNIX)
        try:
            client.connect(self._forkserver_address)
            parent_reads, child_writes = os.pipe()
            child_reads, parent_writes = os.pipe()
            sent = [child_reads, child_writes, self._forkserver_alive_fd, resource_tracker.getfd(), *fds]
            try:
                reduction.sendfds(client, sent)
                return parent_reads, parent_writes
            except:
                os.close(parent_reads)
                os.close(parent_writes)
                raise
            finally:
                os.close(child_reads)
                os.close(child_writes)
        finally:
            client.close()

    def ensure_running(self):
        """Start the server, if there is none or it has died."""
        with self._lock:
            from . import resource_tracker
            resource_tracker.ensure_running()
            if self._forkserver_pid is not None:
                if os.waitpid(self._forkserver_pid, os.WNOHANG)[0] == 0:
                    return
                os.close(self._forkserver_alive_fd)
                self._forkserver_address = self._forkserver_alive_fd = self._forkserver_pid = None
            self._start()

    def _start(self):
        import _socket
        settings = {}
        if self._preload_modules:
            # It is only asked for what preloading needs.
            data = spawn.get_preparation_data('ignore')
            settings = {key: data[name] for name, key in (('init_main_from_path', 'main_path'), ('sys_path', 'sys_path')) if name in data}
        from .connection import arbitrary_address
        listener = _socket.socket(_socket.AF_UNIX)
        try:
            address = arbitrary_address('AF_UNIX')
            listener.bind(address)
            if not util.is_abstract_socket_namespace(address):
                os.chmod(address, 0o600)
            listener.listen(64)
            alive_reads, alive_writes = os.pipe()
            passed = [listener.fileno(), alive_reads]
            program = f'from multiprocessing.forkserver import main; main({passed[0]}, {passed[1]}, {self._preload_modules!r}, **{settings!r})'
            try:
                self._forkserver_pid = util.spawnv_passfds(spawn.get_executable(), [spawn.get_executable(), *spawn.interpreter_options(), '-c', program], passed)
            except:
                os.close(alive_writes)
                raise
            finally:
                os.close(alive_reads)
            self._forkserver_address, self._forkserver_alive_fd = address, alive_writes
        finally:
            listener.close()


# ---- the server ----

def main(listener_fd, alive_r, preload, main_path=None, sys_path=None):
    """Fork whenever somebody asks, until nobody is left who could."""
    if preload:
        _preload(preload, main_path, sys_path)
        util._close_stdin()
    Server(listener_fd, alive_r).serve()


def _preload(names, main_path, sys_path):
    if '__main__' in names and main_path is not None:
        process.current_process()._inheriting = True
        try:
            spawn.import_main_path(main_path)
        finally:
            del process.current_process()._inheriting
    if sys_path is not None:
        sys.path[:] = sys_path
    for name in names:
        try:
            __import__(name)
        except ImportError:
            pass


class Server:
    def __init__(self, listener_fd, alive_reads):
        import _socket
        self.listener, self.alive_reads = _socket.socket(fileno=listener_fd), alive_reads
        self.children = {}  # process number: where its status goes
        self.signal_reads, self.signal_writes = os.pipe()
        os.set_blocking(self.signal_reads, False)
        os.set_blocking(self.signal_writes, False)
        # A child that ends is a byte in the pipe; Ctrl-C is for the parent.
        self.old_handlers = [(number, signal.signal(number, handler)) for number, handler in ((signal.SIGCHLD, lambda *_: None), (signal.SIGINT, signal.SIG_IGN))]
        signal.set_wakeup_fd(self.signal_writes)

    def serve(self):
        poll = select.poll()
        for fd in (self.listener.fileno(), self.alive_reads, self.signal_reads):
            poll.register(fd, select.POLLIN)
        while True:
            ready = {fd for fd, _ in poll.poll()}
            if self.alive_reads in ready:
                assert os.read(self.alive_reads, 1) == b'', 'Not at EOF?'
                sys.exit()
            if self.signal_reads in ready:
                os.read(self.signal_reads, 65536)
                self.reap()
            if self.listener.fileno() in ready:
                self.answer()

    def reap(self):
        """Tell of all children that have ended."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            writer = self.children.pop(pid, None)
            if writer is None:
                from warnings import warn
                warn(f'forkserver: waitpid returned unexpected pid {pid}')
                continue
            try:
                write_signed(writer, os.waitstatus_to_exitcode(status))
            except BrokenPipeError:
                pass  # its parent has ended
            os.close(writer)

    def answer(self):
        """One parent asks for a child."""
        import _socket
        fd, _ = self.listener._accept()
        connection = _socket.socket(fileno=fd)
        try:
            fds = reduction.recvfds(connection, MAXFDS_TO_SEND + 1)
        except EOFError:
            connection.close()
            return  # it was killed before it could ask
        if len(fds) > MAXFDS_TO_SEND:
            raise RuntimeError(f'Too many ({len(fds):n}) fds to send')
        reads, writes, *others = fds
        connection.close()
        pid = os.fork()
        if pid == 0:
            self.be_child(reads, writes, others)
        try:
            write_signed(writes, pid)
        except BrokenPipeError:
            pass
        self.children[pid] = writes
        util.close_fds(reads, *others)

    def be_child(self, reads, writes, others):
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for number, handler in self.old_handlers:
                signal.signal(number, handler)
            self.listener.close()
            util.close_fds(self.alive_reads, self.signal_reads, self.signal_writes, writes, *self.children.values())
            from . import resource_tracker
            _forkserver._forkserver_alive_fd, resource_tracker._resource_tracker._fd, *_forkserver._inherited_fds = others
            status = spawn._main(reads, os.dup(reads))
        except Exception:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
        finally:
            os._exit(status)


# ---- numbers in pipes ----

def read_signed(fd):
    data = b''
    while len(data) < NUMBER_SIZE:
        part = os.read(fd, NUMBER_SIZE - len(data))
        if not part:
            raise EOFError('unexpected EOF')
        data += part
    return int.from_bytes(data, sys.byteorder, signed=True)


def write_signed(fd, n):
    data = n.to_bytes(NUMBER_SIZE, sys.byteorder, signed=True)
    while data:
        data = data[os.write(fd, data):]


_forkserver = ForkServer()
ensure_running = _forkserver.ensure_running
get_inherited_fds = _forkserver.get_inherited_fds
connect_to_new_process = _forkserver.connect_to_new_process
set_forkserver_preload = _forkserver.set_forkserver_preload
