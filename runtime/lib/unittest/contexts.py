"""unittest.contexts - what assertRaises, assertWarns and assertLogs give to a with statement.

Each can also call a function under itself: see _Raising.handle().   Next: assertions.py.
"""
import sys
from collections import namedtuple

__unittest = True


class _Context:
    """Base of all: knows the test, fails it."""

    msg = None

    def __init__(self, test):
        self.test_case = test

    def _fail(self, text):
        raise self.test_case.failureException(self.test_case._formatMessage(self.msg, text))


class _Raising(_Context):
    """Base of those that expect an exception or warning of some type, with a text that fits, if a pattern is given."""

    def __init__(self, expected, test, pattern=None):
        super().__init__(test)
        self.expected, self.expected_regex, self._callee = expected, pattern, None
        if pattern is not None:
            import re
            self.expected_regex = re.compile(pattern)

    def handle(self, name, args, kwargs):
        """Called by the assertion of that name: call args[0] under self, or give self to a with statement."""
        try:
            if not _is_subtype(self.expected, self._base):
                raise TypeError(f'{name}() arg 1 must be {self._base_text}')
            if args:
                function, *args = args
                self._callee = getattr(function, '__name__', None) or str(function)
                with self:
                    function(*args, **kwargs)
                return None
            self.msg = kwargs.pop('msg', None)
            for keyword in kwargs:
                raise TypeError(f'{keyword!r} is an invalid keyword argument for this function')
            return self
        finally:
            self = None  # the traceback holds this frame: no cycle through it

    def _fits(self, text):
        return self.expected_regex is None or self.expected_regex.search(text)

    def _fail_unfit(self, text):
        self._fail(f'"{self.expected_regex.pattern}" does not match "{text}"')

    def _fail_absent(self, verb):
        name = getattr(self.expected, '__name__', None) or str(self.expected)
        self._fail(f'{name} not {verb}' + (f' by {self._callee}' if self._callee else ''))


def _is_subtype(expected, base):
    if isinstance(expected, tuple):
        return all(_is_subtype(each, base) for each in expected)
    return isinstance(expected, type) and issubclass(expected, base)


class _AssertRaisesContext(_Raising):
    """Swallows the exception that is expected; it is its attribute then."""

    _base, _base_text = BaseException, 'an exception type or tuple of exception types'

    def __enter__(self):
        return self

    def __exit__(self, kind, exc, tb):
        if kind is None:
            self._fail_absent('raised')
        from traceback import clear_frames
        clear_frames(tb)  # lets go of the locals
        if not issubclass(kind, self.expected):
            return False
        self.exception = exc.with_traceback(None)
        if not self._fits(str(exc)):
            self._fail_unfit(exc)
        return True

    __class_getitem__ = classmethod(type(list[int]))


class _AssertWarnsContext(_Raising):
    """Records warnings; the first that is expected, and where it came from, are its attributes."""

    _base, _base_text = Warning, 'a warning type or tuple of warning types'

    def __enter__(self):
        import warnings
        for module in list(sys.modules.values()):  # or what was shown once would not be shown again
            if getattr(module, '__warningregistry__', None):
                module.__warningregistry__ = {}
        self._recorder = warnings.catch_warnings(record=True)
        self.warnings = self._recorder.__enter__()
        warnings.simplefilter('always', self.expected)
        return self

    def __exit__(self, kind, exc, tb):
        self._recorder.__exit__(kind, exc, tb)
        if kind is not None:
            return
        expected = [record for record in self.warnings if isinstance(record.message, self.expected)]
        for record in expected:
            if self._fits(str(record.message)):
                self.warning, self.filename, self.lineno = record.message, record.filename, record.lineno
                return
        if expected:
            self._fail_unfit(expected[0].message)
        self._fail_absent('triggered')


_LoggingWatcher = namedtuple('_LoggingWatcher', 'records output')


class _AssertLogsContext(_Context):
    """Puts a handler of its own in the place of a logger's, and looks at what arrives there."""

    LOGGING_FORMAT = '%(levelname)s:%(name)s:%(message)s'

    def __init__(self, test, logger_name, level, no_logs):
        import logging
        super().__init__(test)
        self.logger_name, self.no_logs = logger_name, no_logs
        self.level = logging.getLevelNamesMapping().get(level, level) if level else logging.INFO

    def __enter__(self):
        import logging
        wanted = self.logger_name
        self.logger = logger = wanted if isinstance(wanted, logging.Logger) else logging.getLogger(wanted)
        self.watcher = watcher = _LoggingWatcher([], [])
        handler = logging.Handler()
        handler.setFormatter(logging.Formatter(self.LOGGING_FORMAT))

        def emit(record):
            watcher.records.append(record)
            watcher.output.append(handler.format(record))

        handler.emit = emit
        handler.setLevel(self.level)
        self._before = logger.handlers, logger.propagate, logger.level
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(self.level)
        return None if self.no_logs else watcher

    def __exit__(self, kind, exc, tb):
        import logging
        self.logger.handlers, self.logger.propagate, level = self._before
        self.logger.setLevel(level)
        if kind is not None:
            return
        records, output = self.watcher
        if self.no_logs and records:
            self._fail(f'Unexpected logs found: {output!r}')
        if not (self.no_logs or records):
            self._fail(f'no logs of level {logging.getLevelName(self.level)} or higher triggered on {self.logger.name}')
