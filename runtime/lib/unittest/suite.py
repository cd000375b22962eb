"""unittest.suite - tests in a row, with the fixtures of their classes and modules around them.  Next: case.py."""
import sys

from . import case, util

__unittest = True


class BaseTestSuite:
    """Tests in a row. Each is let go of when it has run, so that its memory can be freed."""

    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self._gone = 0  # tests that have run
        self.addTests(tests)

    def addTest(self, test):
        """Put a test (or a suite) at the end."""
        if not callable(test):
            raise TypeError(f'{test!r} is not callable')
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError('TestCases and TestSuites must be instantiated before passing them to addTest()')
        self._tests.append(test)

    def addTests(self, tests):
        """Put several tests at the end."""
        if isinstance(tests, str):
            raise TypeError('tests must be an iterable of tests, not a string')
        for one in tests:
            self.addTest(one)

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, self.__class__) else NotImplemented

    def __repr__(self):
        return f'<{util.strclass(self.__class__)} tests={list(self)}>'

    def countTestCases(self):
        """How many tests there are, those that have run included."""
        return self._gone + sum(test.countTestCases() for test in self if test)

    def _removeTestAtIndex(self, index):
        test = self._tests[index]
        self._gone += test.countTestCases() if hasattr(test, 'countTestCases') else 0
        self._tests[index] = None

    def _run_one(self, test, result):
        test(result)

    def run(self, result):
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            self._run_one(test, result)
            if self._cleanup and isinstance(self._tests, list):
                self._removeTestAtIndex(index)
        return result

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the tests without a result: errors come through."""
        for test in self:
            test.debug()


class TestSuite(BaseTestSuite):
    """A suite that runs setUpClass, setUpModule and what undoes them, when class or module change from one test to the next.

    The state of that is kept in the result, as suites stand inside of suites: _previousTestClass, _moduleSetUpFailed and
    _testRunEntered (some suite is running)."""

    def run(self, result, debug=False):
        is_outermost = not getattr(result, '_testRunEntered', False)
        result._testRunEntered = True
        self._debugs = debug
        super().run(result)
        if is_outermost:
            self._leave_class(None, result)
            self._leave_module(result)
            result._testRunEntered = False
        return result

    def debug(self):
        """Run the tests without a result: errors come through."""
        self.run(_DebugResult(), True)

    def _run_one(self, test, result):
        if not _is_suite(test):
            cls = test.__class__
            self._leave_class(cls, result)
            self._enter_module(cls.__module__, result)
            self._enter_class(cls, result)
            result._previousTestClass = cls
            if getattr(cls, '_classSetupFailed', False) or getattr(result, '_moduleSetUpFailed', False):
                return
        if getattr(self, '_debugs', False):
            test.debug()
        else:
            test(result)

    # fixtures

    def _enter_module(self, name, result):
        if name == _module_of(result):
            return
        self._leave_module(result)
        result._moduleSetUpFailed = False
        set_up = getattr(sys.modules.get(name), 'setUpModule', None)
        if set_up is None:
            return
        with _Captured(result):
            if not self._try(set_up, result, 'setUpModule', name):
                result._moduleSetUpFailed = True
                self._try(case.doModuleCleanups, result, 'setUpModule', name)

    def _leave_module(self, result):
        name = _module_of(result)
        module = sys.modules.get(name)
        if module is None or result._moduleSetUpFailed:
            return
        with _Captured(result):
            self._try(getattr(module, 'tearDownModule', None), result, 'tearDownModule', name)
            self._try(case.doModuleCleanups, result, 'tearDownModule', name)

    def _enter_class(self, cls, result):
        if cls == getattr(result, '_previousTestClass', None) or result._moduleSetUpFailed or getattr(cls, '__unittest_skip__', False):
            return
        _mark_failed(cls, False)
        set_up = getattr(cls, 'setUpClass', None)
        if set_up is None:
            return
        with _Captured(result):
            if not self._try(set_up, result, 'setUpClass', util.strclass(cls)):
                _mark_failed(cls, True)
                self._clean_class(cls, result, 'setUpClass')

    def _leave_class(self, new, result):
        cls = getattr(result, '_previousTestClass', None)
        if cls is None or cls == new or getattr(cls, '_classSetupFailed', False) or getattr(result, '_moduleSetUpFailed', False):
            return
        if getattr(cls, '__unittest_skip__', False):
            return
        with _Captured(result):
            self._try(getattr(cls, 'tearDownClass', None), result, 'tearDownClass', util.strclass(cls))
            self._clean_class(cls, result, 'tearDownClass')

    def _clean_class(self, cls, result, fixture):
        clean = getattr(cls, 'doClassCleanups', None)
        if clean is None:
            return
        clean()
        for info in cls.tearDown_exceptions:
            if isinstance(result, _DebugResult):
                raise info[1]
            self._report(result, info, fixture, util.strclass(cls))

    def _try(self, function, result, fixture, owner):
        """Call a fixture, if there is one; an error in it is reported. True if there was none."""
        try:
            if function is not None:
                function()
        except Exception:
            if isinstance(result, _DebugResult):
                raise
            self._report(result, sys.exc_info(), fixture, owner)
            return False
        return True

    def _report(self, result, info, fixture, owner):
        stand_in = _ErrorHolder(f'{fixture} ({owner})')
        if isinstance(info[1], case.SkipTest) and hasattr(result, 'addSkip'):
            result.addSkip(stand_in, str(info[1]))
        else:
            result.addError(stand_in, info)


def _module_of(result):
    """The name of the module that the last test was in, or None."""
    cls = getattr(result, '_previousTestClass', None)
    return cls and cls.__module__


def _mark_failed(cls, failed):
    try:
        cls._classSetupFailed = failed
    except TypeError:
        pass  # a test need not be of a class of ours


class _Captured:
    """with _Captured(result): what is printed is caught, if the result wants that."""

    def __init__(self, result):
        self.result = result

    def __enter__(self):
        getattr(self.result, '_setupStdout', int)()

    def __exit__(self, *_):
        getattr(self.result, '_restoreStdout', int)()


class _ErrorHolder:
    """Stands for a test in a result, where a fixture has failed."""

    def __init__(self, description):
        self.description = description

    failureException = None

    def id(self):
        return self.description

    __str__ = id

    def __repr__(self):
        return f'<ErrorHolder description={self.description!r}>'

    def shortDescription(self):
        return None

    def countTestCases(self):
        return 0

    def run(self, result):
        """Nothing to run."""

    __call__ = run


def _is_suite(test):
    try:
        iter(test)
    except TypeError:
        return False
    return True


class _DebugResult:
    """Keeps the state of fixtures when tests are run without a result."""

    _previousTestClass = None
    _moduleSetUpFailed = shouldStop = False
