"""unittest.result - TestResult: what happened to each test.  Next: runner.py."""
import sys
from functools import wraps
from io import StringIO

from . import util

__unittest = True

STDOUT_LINE, STDERR_LINE = '\nStdout:\n%s', '\nStderr:\n%s'


def failfast(method):
    """Decorates a method of a result: with failfast on, it ends the run."""
    @wraps(method)
    def stopping(self, *args, **kw):
        if getattr(self, 'failfast', False):
            self.stop()
        return method(self, *args, **kw)

    return stopping


class TestResult:
    """Collects failures, errors, skips: lists of (test, text). The runner and the tests call its methods."""

    _previousTestClass = None
    _testRunEntered = _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.testsRun = 0
        self.failures, self.errors, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self.failfast = self.shouldStop = self.buffer = self.tb_locals = False
        self._mirrorOutput = False  # what was printed is to be shown, as the test went wrong
        self._stdout_buffer = self._stderr_buffer = None
        self._original_stdout, self._original_stderr = sys.stdout, sys.stderr

    def __repr__(self):
        return f'<{util.strclass(self.__class__)} run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}>'

    # the course of things

    def startTestRun(self):
        """Called before the first test."""

    def stopTestRun(self):
        """Called after the last test."""

    def startTest(self, test):
        """Called before each test."""
        self.testsRun += 1
        self._mirrorOutput = False
        self._setupStdout()

    def stopTest(self, test):
        """Called after each test."""
        self._restoreStdout()
        self._mirrorOutput = False

    def stop(self):
        """Ask for the end of the run."""
        self.shouldStop = True

    def printErrors(self):
        """Called by the runner after the run."""

    # how a test went; err is what sys.exc_info() gives

    def _note(self, notes, test, err, about=None):
        notes.append((about or test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    @failfast
    def addError(self, test, err):
        """It raised an unexpected exception."""
        self._note(self.errors, test, err)

    @failfast
    def addFailure(self, test, err):
        """An assertion did not hold."""
        self._note(self.failures, test, err)

    @failfast
    def addUnexpectedSuccess(self, test):
        """It should have failed."""
        self.unexpectedSuccesses.append(test)

    def addSubTest(self, test, subtest, err):
        """A subtest has ended; err None: well."""
        if err is None:
            return
        if getattr(self, 'failfast', False):
            self.stop()
        self._note(self.failures if issubclass(err[0], test.failureException) else self.errors, test, err, subtest)

    def addSuccess(self, test):
        """It went well."""

    def addSkip(self, test, reason):
        """It was left out."""
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        """It failed, as it should."""
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    def wasSuccessful(self):
        """Whether nothing has gone wrong so far."""
        return not (self.failures or self.errors or getattr(self, 'unexpectedSuccesses', ()))

    # output of tests, kept back while they run if self.buffer

    def _setupStdout(self):
        if not self.buffer:
            return
        if self._stdout_buffer is None:
            self._stdout_buffer, self._stderr_buffer = StringIO(), StringIO()
        sys.stdout, sys.stderr = self._stdout_buffer, self._stderr_buffer

    def _restoreStdout(self):
        if not self.buffer:
            return
        if self._mirrorOutput:
            for original, text in zip((self._original_stdout, self._original_stderr), _printed()):
                if text:
                    original.write(text)
        sys.stdout, sys.stderr = self._original_stdout, self._original_stderr
        for kept in self._stdout_buffer, self._stderr_buffer:
            kept.seek(0)
            kept.truncate()

    # tracebacks

    def _exc_info_to_string(self, err, test):
        """The traceback as text, with what was printed, without the frames of unittest itself."""
        from traceback import TracebackException
        kind, exc, tb = err
        tb = self._cut(kind, tb, test)
        seen, waiting = {id(exc)}, [exc]
        while waiting:  # the causes and contexts lose these frames too
            of = waiting.pop()
            for other in (of.__cause__, of.__context__) if of is not None else ():
                if other is not None and id(other) not in seen:
                    other.__traceback__ = self._cut(type(other), other.__traceback__, test)
                    seen.add(id(other))
                    waiting.append(other)
        text = ''.join(TracebackException(kind, exc, tb, capture_locals=self.tb_locals, compact=True).format())
        return text + ''.join(_printed()) if self.buffer else text

    def _cut(self, kind, tb, test):
        """The traceback without unittest's frames at its start, and for a failed assertion at its end."""
        while tb and _is_ours(tb):
            tb = tb.tb_next
        if kind is test.failureException:
            last, here = None, tb
            while here and not _is_ours(here):
                last, here = here, here.tb_next
            if last is not None:
                last.tb_next = None
        return tb


def _is_ours(tb):
    return '__unittest' in tb.tb_frame.f_globals


def _printed():
    """What is in the buffers that stand for stdout and stderr, headed; '' for none."""
    for stream, form in (sys.stdout, STDOUT_LINE), (sys.stderr, STDERR_LINE):
        text = stream.getvalue()
        yield form % (text if text.endswith('\n') else text + '\n') if text else ''
