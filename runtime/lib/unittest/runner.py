"""unittest.runner - runs a suite and shows dots, failures and a summary.  Next: main.py."""
import sys
import time
import warnings

from .case import _SubTest
from .result import TestResult

__unittest = True


class _WritelnDecorator:
    """A stream with the method writeln() added."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, attr):
        if attr == 'stream' or attr == '__getstate__':
            raise AttributeError(attr)
        return getattr(self.stream, attr)

    def writeln(self, arg=None):
        self.write(f'{arg}\n' if arg else '\n')


class TextTestResult(TestResult):
    """Shows each result on a stream: a dot or letter, or with verbosity 2 a line."""

    separator1, separator2 = '=' * 70, '-' * 70

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions = stream, descriptions
        self.showAll, self.dots = verbosity > 1, verbosity == 1
        self._line_is_open = False  # "name ... " stands there, the status is still to come

    def getDescription(self, test):
        doc = test.shortDescription() if self.descriptions else None
        return f'{test}\n{doc}' if doc else str(test)

    def _show(self, test, status, letter):
        if self.showAll:
            if isinstance(test, _SubTest):
                self.stream.write(('\n' if self._line_is_open else '') + f'  {self.getDescription(test)} ... ')
            elif not self._line_is_open:
                self.stream.write(self.getDescription(test) + ' ... ')
            self.stream.writeln(status)
            self._line_is_open = False
        elif self.dots:
            self.stream.write(letter)
        else:
            return
        self.stream.flush()

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test) + ' ... ')
            self.stream.flush()
            self._line_is_open = True

    def addSuccess(self, test):
        super().addSuccess(test)
        self._show(test, 'ok', '.')

    def addError(self, test, err):
        super().addError(test, err)
        self._show(test, 'ERROR', 'E')

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._show(test, 'FAIL', 'F')

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            self._show(subtest, *(('FAIL', 'F') if failed else ('ERROR', 'E')))
        super().addSubTest(test, subtest, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._show(test, f'skipped {reason!r}', 's')

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._show(test, 'expected failure', 'x')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._show(test, 'unexpected success', 'u')

    def printErrors(self):
        if self.showAll or self.dots:
            self.stream.writeln()
            self.stream.flush()
        for flavour, found in ('ERROR', self.errors), ('FAIL', self.failures):
            self.printErrorList(flavour, found)
        unexpected = getattr(self, 'unexpectedSuccesses', ())
        if unexpected:
            lines = [f'UNEXPECTED SUCCESS: {self.getDescription(test)}' for test in unexpected]
            self.stream.writeln('\n'.join([self.separator1, *lines]))
            self.stream.flush()

    def printErrorList(self, flavour, errors):
        for test, text in errors:
            for line in self.separator1, f'{flavour}: {self.getDescription(test)}', self.separator2, str(text):
                self.stream.writeln(line)
            self.stream.flush()


class TextTestRunner:
    """Runs tests and prints a summary."""

    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, warnings=None,
                 *, tb_locals=False):
        self.stream = _WritelnDecorator(stream or sys.stderr)
        self.descriptions, self.verbosity, self.warnings = descriptions, verbosity, warnings
        self.failfast, self.buffer, self.tb_locals = failfast, buffer, tb_locals
        self.resultclass = resultclass or self.resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        """Run a test or suite; the result."""
        result = self._makeResult()
        for name in 'failfast', 'buffer', 'tb_locals':
            setattr(result, name, getattr(self, name))
        with warnings.catch_warnings():
            if self.warnings:
                warnings.simplefilter(self.warnings)
                if self.warnings in ('default', 'always'):
                    warnings.filterwarnings('module', r'Please use assert\w+ instead.', DeprecationWarning)
            begun = time.perf_counter()
            getattr(result, 'startTestRun', int)()
            try:
                test(result)
            finally:
                getattr(result, 'stopTestRun', int)()
            seconds = time.perf_counter() - begun
        result.printErrors()
        self._summarise(result, seconds)
        return result

    def _summarise(self, result, seconds):
        out, n = self.stream, result.testsRun
        if hasattr(result, 'separator2'):
            out.writeln(result.separator2)
        out.writeln(f'Ran {n} test{"" if n == 1 else "s"} in {seconds:.3f}s\n')
        ok = result.wasSuccessful()
        labels = {'skipped': 'skipped', 'expectedFailures': 'expected failures', 'unexpectedSuccesses': 'unexpected successes'}
        if not ok:
            labels = {'failures': 'failures', 'errors': 'errors', **labels}
        counts = {label: len(getattr(result, name, ())) for name, label in labels.items()}
        notes = ', '.join(f'{label}={count}' for label, count in counts.items() if count)
        out.writeln(('OK' if ok else 'FAILED') + (f' ({notes})' if notes else ''))
        out.flush()
