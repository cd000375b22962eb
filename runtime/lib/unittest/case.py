"""unittest.case - TestCase: how a test runs; skipping and expected failures.

Keeps: a test runs setUp, the method, tearDown, then the cleanups, last added first; whatever is raised in one of
them is told to the result by _Part, which tells failures, errors and skips apart.
Next: assertions.py, result.py, suite.py.
"""
import sys
from collections import ChainMap
from contextlib import contextmanager
from functools import wraps

from . import result as _result
from .assertions import DIFF_OMITTED, Assertions
from .util import strclass

__unittest = True

_NO_MESSAGE = object()
_function = type(lambda: None)


class SkipTest(Exception):
    """Raise this in a test to skip it."""


class _Stop(Exception):
    """Ends a test in which a subtest has failed."""


# ---- skipping ----

def skip(reason):
    """Decorates a test that is not to be run, or a class of such."""
    def decorate(item, reason=reason):
        if not isinstance(item, type):
            @wraps(item)
            def skipped(*args, **kwargs):
                raise SkipTest(reason)

            item = skipped
        item.__unittest_skip__, item.__unittest_skip_why__ = True, reason
        return item

    return decorate(reason, '') if isinstance(reason, _function) else decorate  # @skip without a reason


def skipIf(condition, reason):
    """Skip if the condition is true."""
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    """Skip if the condition is false."""
    return skipIf(not condition, reason)


def expectedFailure(test_item):
    """Decorates a test that is to fail: it is an error if it does not."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


def _why_skipped(cls, method):
    """None if the test is to be run."""
    for item in cls, method:
        if getattr(item, '__unittest_skip__', False):
            return getattr(cls, '__unittest_skip_why__', '') or getattr(method, '__unittest_skip_why__', '')
    return None


def _add_skip(result, test, reason):
    _tell(result, 'addSkip', 'skips not reported', lambda: result.addSuccess(test), test, reason)


def _tell(result, name, instead, do_instead, *args):
    """Call a method of the result that those of old libraries do not have."""
    method = getattr(result, name, None)
    if method is not None:
        return method(*args)
    import warnings
    warnings.warn(f'TestResult has no {name} method, {instead}', RuntimeWarning, 3)
    do_instead()


# ---- cleanups ----

def _enter(cm, add_cleanup):
    """Enter a context manager whose exit is a cleanup."""
    cls = type(cm)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        raise TypeError(f'{strclass(cls)!r} object does not support the context manager protocol') from None
    value = enter(cm)
    add_cleanup(leave, cm, None, None, None)
    return value


def _run_cleanups(cleanups):
    """Call and take out all, the last added first; the exceptions they raise."""
    raised = []
    while cleanups:
        function, args, kwargs = cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception:
            raised.append(sys.exc_info())
    return raised


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Call the function after tearDownModule, even if setUpModule fails."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    """Enter a context manager whose exit is a cleanup of the module."""
    return _enter(cm, addModuleCleanup)


def doModuleCleanups():
    """Call all cleanups of the module, the last added first."""
    for _, exc, _ in _run_cleanups(_module_cleanups):
        raise exc


# ---- running ----

class _Outcome:
    """How a test is doing."""

    def __init__(self, result=None):
        self.result, self.success = result, True
        self.expects_failure, self.expected_failure = False, None


class _Part:
    """with _Part(outcome, test): what is raised in it goes to the result."""

    def __init__(self, outcome, test, is_subtest=False):
        self._outcome, self._test, self._is_subtest = outcome, test, is_subtest

    def __enter__(self):
        outcome = self._outcome
        self._success_before, outcome.success = outcome.success, True

    def __exit__(self, kind, exc, tb):
        outcome = self._outcome
        try:
            if kind is not None:
                return self._caught(outcome, kind, exc, tb)
            if self._is_subtest and outcome.success:
                outcome.result.addSubTest(self._test.test_case, self._test, None)
        finally:
            outcome.success = outcome.success and self._success_before

    def _caught(self, outcome, kind, exc, tb):
        """Whether it is dealt with."""
        test, result, info = self._test, outcome.result, (kind, exc, tb)
        if issubclass(kind, SkipTest):
            outcome.success = False
            _add_skip(result, test, str(exc))
        elif issubclass(kind, KeyboardInterrupt):
            return False
        elif outcome.expects_failure and kind is not _Stop:
            outcome.expected_failure = info
        elif kind is not _Stop:
            outcome.success = False
            if self._is_subtest:
                result.addSubTest(test.test_case, test, info)
            elif result is not None:
                (result.addFailure if issubclass(kind, test.failureException) else result.addError)(test, info)
        return True


class TestCase(Assertions):
    """A test: subclass it, and write methods whose names begin with test."""

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        cls._class_cleanups, cls._classSetupFailed = [], False

    def __init__(self, methodName='runTest'):
        self._testMethodName = methodName
        method = getattr(self, methodName, None)
        if method is None and methodName != 'runTest':
            raise ValueError(f'no such test method in {self.__class__}: {methodName}')
        self._testMethodDoc = 'No test' if method is None else method.__doc__
        self._outcome = self._subtest = None
        self._cleanups = []
        self._type_equality_funcs = dict(_EQUALITY)

    def addTypeEqualityFunc(self, typeobj, function):
        """Let assertEqual() use function(first, second, msg=None) for two objects of this very type."""
        self._type_equality_funcs[typeobj] = function

    # what a test may define

    def setUp(self):
        """Called before each test method."""

    def tearDown(self):
        """Called after each test method whose setUp() went well."""

    @classmethod
    def setUpClass(cls):
        """Called before the first test of the class."""

    @classmethod
    def tearDownClass(cls):
        """Called after the last test of the class."""

    # cleanups

    def addCleanup(self, function, /, *args, **kwargs):
        """Call the function after tearDown, even if the test fails; the last added first."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enter a context manager whose exit is a cleanup."""
        return _enter(cm, self.addCleanup)

    def doCleanups(self):
        """Call all cleanups, the last added first."""
        outcome = self._outcome or _Outcome()
        while self._cleanups:
            cleanup = self._cleanups.pop()
            with _Part(outcome, self):
                self._callCleanup(*cleanup)
        return outcome.success

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Call the function after tearDownClass, even if setUpClass fails."""
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        """Enter a context manager whose exit is a cleanup of the class."""
        return _enter(cm, cls.addClassCleanup)

    @classmethod
    def doClassCleanups(cls):
        """Call all cleanups of the class, the last added first; what they raise is in cls.tearDown_exceptions."""
        cls.tearDown_exceptions = _run_cleanups(cls._class_cleanups)

    # what a test is called

    def id(self):
        """The name by which the loader finds the test."""
        return f'{strclass(self.__class__)}.{self._testMethodName}'

    def shortDescription(self):
        """The first line of the test method's docstring, or None."""
        doc = self._testMethodDoc
        return doc.strip().partition('\n')[0].strip() if doc else None

    def __str__(self):
        return f'{self._testMethodName} ({TestCase.id(self)})'

    def __repr__(self):
        return f'<{strclass(self.__class__)} testMethod={self._testMethodName}>'

    def __eq__(self, other):
        return self._testMethodName == other._testMethodName if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    # running

    def countTestCases(self):
        """One."""
        return 1

    def defaultTestResult(self):
        """What run() uses if it is given no result."""
        return _result.TestResult()

    def skipTest(self, reason):
        """Skip this test, from within."""
        raise SkipTest(reason)

    def run(self, result=None):
        """Run the test; what happens is collected in the result."""
        is_own = result is None
        if is_own:
            result = self.defaultTestResult()
            getattr(result, 'startTestRun', int)()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            reason = _why_skipped(self.__class__, method)
            if reason is None:
                self._run(method, result)
            else:
                _add_skip(result, self, reason)
        finally:
            result.stopTest(self)
            if is_own:
                getattr(result, 'stopTestRun', int)()
        return result

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def _run(self, method, result):
        expects_failure = any(getattr(item, '__unittest_expecting_failure__', False) for item in (self, method))
        self._outcome = outcome = _Outcome(result)
        try:
            with _Part(outcome, self):
                self._callSetUp()
            if outcome.success:
                outcome.expects_failure = expects_failure
                with _Part(outcome, self):
                    self._callTestMethod(method)
                outcome.expects_failure = False
                with _Part(outcome, self):
                    self._callTearDown()
            self.doCleanups()
            if outcome.success:
                self._report_success(result, expects_failure, outcome.expected_failure)
        finally:
            self._outcome = outcome.expected_failure = None  # it holds a traceback

    def _report_success(self, result, expects_failure, failure):
        if not expects_failure:
            result.addSuccess(self)
        elif failure:
            _tell(result, 'addExpectedFailure', 'reporting as passes', lambda: result.addSuccess(self), self, failure)
        else:
            _tell(result, 'addUnexpectedSuccess', 'reporting as failure', lambda: self._fail_unexpectedly(result), self)

    def _fail_unexpectedly(self, result):
        try:
            raise self.failureException('unexpected success')
        except self.failureException:
            result.addFailure(self, sys.exc_info())

    def _callSetUp(self):
        self.setUp()

    def _callTearDown(self):
        self.tearDown()

    def _callTestMethod(self, method):
        if method() is not None:
            import warnings
            warnings.warn(f'It is deprecated to return a value that is not None from a test case ({method})',
                          DeprecationWarning, stacklevel=4)

    def _callCleanup(self, function, args, kwargs):
        function(*args, **kwargs)

    def debug(self):
        """Run the test without a result: errors come through."""
        method = getattr(self, self._testMethodName)
        reason = _why_skipped(self.__class__, method)
        if reason is not None:
            raise SkipTest(reason)
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        while self._cleanups:
            self._callCleanup(*self._cleanups.pop())

    @contextmanager
    def subTest(self, msg=_NO_MESSAGE, **params):
        """A part of a test, reported by itself; the test goes on if it fails."""
        outcome, outer = self._outcome, self._subtest
        if outcome is None or not hasattr(outcome.result, 'addSubTest'):
            yield
            return
        self._subtest = _SubTest(self, msg, outer.params.new_child(params) if outer else ChainMap(params))
        try:
            with _Part(outcome, self._subtest, is_subtest=True):
                yield
            if outcome.expected_failure if outcome.success else outcome.result.failfast:
                raise _Stop
        finally:
            self._subtest = outer


_EQUALITY = {dict: 'assertDictEqual', list: 'assertListEqual', tuple: 'assertTupleEqual', set: 'assertSetEqual',
             frozenset: 'assertSetEqual', str: 'assertMultiLineEqual'}


class FunctionTestCase(TestCase):
    """A test made of functions."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._functions, self._description = (setUp, testFunc, tearDown), description

    def _call(self, index):
        if self._functions[index] is not None:
            self._functions[index]()

    def setUp(self):
        self._call(0)

    def runTest(self):
        self._call(1)

    def tearDown(self):
        self._call(2)

    def id(self):
        return self._functions[1].__name__

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._functions[1].__doc__
        return doc and doc.partition('\n')[0].strip() or None

    def _key(self):
        return *self._functions, self._description

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, self.__class__) else NotImplemented

    def __hash__(self):
        return hash((type(self), self._key()))

    def __str__(self):
        return f'{strclass(self.__class__)} ({self.id()})'

    def __repr__(self):
        return f'<{strclass(self.__class__)} tec={self._functions[1]}>'


class _SubTest(TestCase):
    """Stands for a subtest in a result."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self.test_case, self.params, self._message = test_case, params, message
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError('subtests cannot be run directly')

    def _subDescription(self):
        parts = [] if self._message is _NO_MESSAGE else [f'[{self._message}]']
        if self.params:
            values = ', '.join(f'{name}={value!r}' for name, value in self.params.items())
            parts.append(f'({values})')
        return ' '.join(parts) or '(<subtest>)'

    def id(self):
        return f'{self.test_case.id()} {self._subDescription()}'

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f'{self.test_case} {self._subDescription()}'
