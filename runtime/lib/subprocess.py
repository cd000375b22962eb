"""Run other programs, feed them and read what they write.

    run(["ls", "-l"], capture_output=True, text=True).stdout

Popen starts a program; run(), call(), check_call() and check_output() are the short ways. The child is made in C
(runtime/modules/spawn.c), as between fork and exec hardly anything is allowed.
"""
import errno as _errno
import io
import os
import selectors
import signal
import sys
import threading
import time
import warnings

import _posixsubprocess

__all__ = ["Popen", "PIPE", "STDOUT", "DEVNULL", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run", "CalledProcessError",
           "SubprocessError", "TimeoutExpired", "CompletedProcess"]

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


_output_as_stdout = property(lambda self: self.output, lambda self, value: setattr(self, "output", value))


class CalledProcessError(SubprocessError):
    """A program ended with another status than 0, and check asked for that."""

    stdout = _output_as_stdout

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode, self.cmd, self.output, self.stderr = returncode, cmd, output, stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            try:
                return f"Command '{self.cmd}' died with {signal.Signals(-self.returncode)!r}."
            except ValueError:
                return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."


class TimeoutExpired(SubprocessError):
    """A program was not done in time."""

    stdout = _output_as_stdout

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd, self.timeout, self.output, self.stderr = cmd, timeout, output, stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"


class CompletedProcess:
    """A program that ran()."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        if self.stdout is not None:
            parts.append(f"stdout={self.stdout!r}")
        if self.stderr is not None:
            parts.append(f"stderr={self.stderr!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


def list2cmdline(seq):
    return " ".join(os.fsdecode(arg) for arg in seq)


# ---- the short ways ----

def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a program to its end and tell how it went. On a timeout it is killed."""
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except BaseException as e:
            process.kill()
            if isinstance(e, TimeoutExpired):
                process.wait()
            raise
        status = process.poll()
        if check and status:
            raise CalledProcessError(status, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, status, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    status = call(*popenargs, **kwargs)
    if status:
        command = kwargs.get("args")
        raise CalledProcessError(status, popenargs[0] if command is None else command)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    for name in ("stdout", "check"):
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    if "input" in kwargs and kwargs["input"] is None:
        kwargs["input"] = "" if any(kwargs.get(k) for k in ("text", "encoding", "errors", "universal_newlines")) else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    try:
        data, status = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors), 0
    except CalledProcessError as e:
        data, status = e.output, e.returncode
    return status, data[:-1] if data[-1:] == "\n" else data


def getoutput(cmd, *, encoding=None, errors=None):
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


# ---- Popen ----

_active = []  # programs that nobody knows any more, and that still run: when they end somebody must wait for them, or they stay as zombies


def _cleanup():
    for process in _active[:] if _active is not None else ():
        if process.poll() is not None:
            try:
                _active.remove(process)
            except ValueError:
                pass  # another thread did



class Popen:
    """A program that runs. stdin, stdout and stderr are its pipes where PIPE was asked for."""

    _child_created = False

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True, shell=False,
                 cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0, restore_signals=True, start_new_session=False,
                 pass_fds=(), *, user=None, group=None, extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1,
                 process_group=None):
        _cleanup()
        self._waitpid_lock = threading.Lock()
        self._input = self._partial = None
        bufsize = -1 if bufsize is None else bufsize
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        self._communication_started = False
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError("Cannot disambiguate when both text and universal_newlines are supplied but different. Pass one or the other.")
        if any(x is not None for x in (user, group, extra_groups)) or umask >= 0:
            raise NotImplementedError("subprocess: user, group, extra_groups and umask are not supported")
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
            close_fds = True
        self.args, self.pid, self.returncode = args, None, None
        self.stdin = self.stdout = self.stderr = None
        self.encoding, self.errors, self.pipesize = encoding, errors, pipesize
        self.text_mode = encoding or errors or text or universal_newlines
        ours, theirs, to_close = self._pipes(stdin, stdout, stderr)
        try:
            self._open_files(ours, bufsize)
            self._start(args, executable, preexec_fn, close_fds, pass_fds, cwd, env, theirs, shell, restore_signals, start_new_session,
                        -1 if process_group is None else process_group)
        except:
            for file in (self.stdin, self.stdout, self.stderr):
                if file:
                    try:
                        file.close()
                    except OSError:
                        pass
            raise
        finally:
            for fd in to_close:
                os.close(fd)

    def _pipes(self, stdin, stdout, stderr):
        """Our ends, the child's descriptors, and those that are only for the child."""
        if stdin is None and stdout is None and stderr is None:
            return (-1, -1, -1), (-1, -1, -1), []
        ours, theirs, to_close = [-1, -1, -1], [-1, -1, -1], []
        for i, what in enumerate((stdin, stdout, stderr)):
            if what is None:
                continue
            if what == PIPE:
                r, w = os.pipe()
                ours[i], theirs[i] = (w, r) if i == 0 else (r, w)
                to_close.append(theirs[i])
            elif what == DEVNULL:
                theirs[i] = os.open(os.devnull, os.O_RDWR)
                to_close.append(theirs[i])
            elif what == STDOUT and i == 2:
                theirs[i] = theirs[1] if theirs[1] != -1 else 1
            elif isinstance(what, int):
                theirs[i] = what
            else:
                theirs[i] = what.fileno()
        return ours, theirs, to_close

    def _open_files(self, ours, bufsize):
        line_buffering = False
        if bufsize == 1:
            if self.text_mode:
                line_buffering = True
            else:
                warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used", RuntimeWarning)
            bufsize = -1
        for name, fd, mode in zip(("stdin", "stdout", "stderr"), ours, ("wb", "rb", "rb")):
            if fd == -1:
                continue
            file = io.open(fd, mode, bufsize)
            if self.text_mode:
                more = {"write_through": True, "line_buffering": line_buffering} if name == "stdin" else {}
                file = io.TextIOWrapper(file, encoding=self.encoding, errors=self.errors, **more)
            setattr(self, name, file)

    def _start(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, theirs, shell, restore_signals, new_session, group):
        if isinstance(args, (str, bytes)):
            args = [args]
        elif isinstance(args, os.PathLike):
            if shell:
                raise TypeError("path-like args is not allowed when shell is true")
            args = [args]
        else:
            args = list(args)
        if shell:
            args = ["/bin/sh", "-c"] + args
            if executable:
                args[0] = executable
        if executable is None:
            executable = args[0]
        executable = os.fsencode(executable)
        if env is None:
            env_list = None
        else:
            env_list = []
            for k, v in env.items():
                k = os.fsencode(k)
                if b"=" in k:
                    raise ValueError("illegal environment variable name")
                env_list.append(k + b"=" + os.fsencode(v))
        if os.path.dirname(executable):
            programs = [executable]
        else:
            programs = [os.path.join(os.fsencode(folder), executable) for folder in os.get_exec_path(env)]
        report_read, report_write = os.pipe()
        try:
            while report_write < 3:  # 0 to 2 are the child's own
                report_write, low = os.dup(report_write), report_write
                os.close(low)
            try:
                self.pid = _posixsubprocess.fork_exec([os.fsencode(a) for a in args], programs, env_list, None if cwd is None else os.fsencode(cwd),
                                                      (*theirs, report_write), sorted({*map(int, pass_fds), report_write}), close_fds, restore_signals,
                                                      new_session, group, preexec_fn)
                self._child_created = True
            finally:
                os.close(report_write)
            problem = b""
            while part := os.read(report_read, 50000):
                problem += part
        finally:
            os.close(report_read)
        if problem:
            self._explain(problem, executable, cwd)

    def _explain(self, problem, executable, cwd):
        """The child could not become the program: raise what it reports."""
        try:
            _, status = os.waitpid(self.pid, 0)
            self.returncode = os.waitstatus_to_exitcode(status)
        except ChildProcessError:
            self.returncode = sys.maxsize
        kind, *where, number = problem.rstrip(b":").split(b":") if not problem.startswith(b"Sub") else (b"SubprocessError", b"0")
        if kind == b"SubprocessError":
            raise SubprocessError("Exception occurred in preexec_fn.")
        number = int(number, 16)
        name = cwd if where == [b"noexec"] else os.fsdecode(executable)
        raise OSError(number, os.strerror(number), name)

    def __repr__(self):
        text = repr(list(self.args)) if isinstance(self.args, (tuple, list)) else repr(self.args)
        text = f"<{type(self).__name__}: returncode: {self.returncode} args: {text}>"
        return text if len(text) <= 80 else text[:76] + "...>"

    @property
    def universal_newlines(self):
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, value):
        self.text_mode = bool(value)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        for file in (self.stdout, self.stderr):
            if file:
                file.close()
        try:
            if self.stdin:
                self.stdin.close()
        except BrokenPipeError:
            pass
        finally:
            if exc_type is KeyboardInterrupt:
                try:
                    self.wait(0.25)  # it got the Ctrl-C as well
                except TimeoutExpired:
                    pass
            else:
                self.wait()

    def __del__(self, _maxsize=sys.maxsize, _warn=warnings.warn):
        if self._child_created and self.returncode is None:
            _warn(f"subprocess {self.pid} is still running", ResourceWarning, source=self)
            if self.poll() is None and _active is not None:
                _active.append(self)

    # ---- its end ----

    def _try_wait(self, options):
        try:
            pid, status = os.waitpid(self.pid, options)
        except ChildProcessError:  # somebody else has waited for it: how it ended is lost
            pid, status = self.pid, 0
        if pid == self.pid:
            self.returncode = os.waitstatus_to_exitcode(status)

    def poll(self):
        """How it ended, or None: it runs."""
        if self.returncode is None and self._waitpid_lock.acquire(False):
            try:
                if self.returncode is None:
                    self._try_wait(os.WNOHANG)
            finally:
                self._waitpid_lock.release()
        return self.returncode

    def wait(self, timeout=None):
        """Wait for its end."""
        if timeout is None:
            while self.returncode is None:
                with self._waitpid_lock:
                    if self.returncode is None:
                        self._try_wait(0)
            return self.returncode
        end, delay = time.monotonic() + timeout, 0.0005
        while self.poll() is None:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutExpired(self.args, timeout)
            delay = min(delay * 2, left, 0.05)
            time.sleep(delay)
        return self.returncode

    def send_signal(self, sig):
        if self.poll() is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass  # it has ended just now

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    # ---- talking to it ----

    def communicate(self, input=None, timeout=None):
        """Send input, read all output, wait for the end: (stdout, stderr). After a timeout it may be called again."""
        if self._communication_started and input:
            raise ValueError("Cannot send input after starting communication")
        if timeout is None and not self._communication_started and [self.stdin, self.stdout, self.stderr].count(None) >= 2:
            return self._communicate_simply(input)
        end = None if timeout is None else time.monotonic() + timeout
        try:
            return self._communicate(input, end, timeout)
        finally:
            self._communication_started = True

    def _communicate_simply(self, input):
        """With one pipe at most there is nothing to wait for at the same time."""
        if self.stdin:
            self._write_input(input)
        output = [self._read_all(file) for file in (self.stdout, self.stderr)]
        self.wait()
        return tuple(output)

    def _read_all(self, file):
        if file is None:
            return None
        with file:
            return file.read()

    def _write_input(self, input):
        try:
            if input:
                self.stdin.write(input)
            self.stdin.close()
        except BrokenPipeError:
            pass  # it did not want all of it
        except OSError as e:
            if e.errno != _errno.EINVAL:
                raise

    def _communicate(self, input, end, timeout):
        if not self._communication_started:
            self._partial = {file: [] for file in (self.stdout, self.stderr) if file}
            if self.stdin:
                try:
                    self.stdin.flush() if input else self.stdin.close()
                except BrokenPipeError:
                    pass  # it does not want any
            if input and self.text_mode:
                input = input.encode(self.stdin.encoding, self.stdin.errors)
            self._input = memoryview(input).cast("B") if input else None
        with selectors.PollSelector() as selector:
            if self.stdin and not self.stdin.closed and self._input is not None:
                selector.register(self.stdin, selectors.EVENT_WRITE)
            for file in self._partial:
                if not file.closed:
                    selector.register(file, selectors.EVENT_READ)
            while selector.get_map():
                left = None if end is None else end - time.monotonic()
                if left is not None and left < 0:
                    self._timed_out(timeout)
                ready = selector.select(left)
                if not ready and left is not None and end < time.monotonic():
                    self._timed_out(timeout)
                for key, _ in ready:
                    self._move(selector, key.fileobj)
        try:
            self.wait(None if end is None else max(end - time.monotonic(), 0))
        except TimeoutExpired:
            self._timed_out(timeout)
        return tuple(self._text_of(file) for file in (self.stdout, self.stderr))

    def _move(self, selector, file):
        """One pipe is ready: some bytes in or out."""
        if file is self.stdin:
            try:
                self._input = self._input[os.write(file.fileno(), self._input[:4096]):]
            except BrokenPipeError:
                self._input = self._input[:0]
            if not self._input:
                selector.unregister(file)
                try:
                    file.close()
                except BrokenPipeError:
                    pass
            return
        data = os.read(file.fileno(), 32768)
        if data:
            self._partial[file].append(data)
        else:
            selector.unregister(file)
            file.close()

    def _text_of(self, file):
        if file is None:
            return None
        data = b"".join(self._partial[file])
        if self.text_mode:
            return data.decode(file.encoding, file.errors).replace("\r\n", "\n").replace("\r", "\n")
        return data

    def _timed_out(self, timeout):
        out, err = (b"".join(self._partial[f]) or None if f else None for f in (self.stdout, self.stderr))
        raise TimeoutExpired(self.args, timeout, output=out, stderr=err)
