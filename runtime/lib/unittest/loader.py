"""unittest.loader - finds tests: in classes, modules, by name, in folders.  Next: suite.py."""
import os
import sys
from fnmatch import fnmatch, fnmatchcase
from functools import cmp_to_key

from . import case, suite, util

__unittest = True

_module, _function = type(sys), type(lambda: None)


class _FailedTest(case.TestCase):
    """Stands for tests that could not be loaded: run, it raises the error."""

    _testMethodName = None

    def __init__(self, name, exception):
        self._exception = exception
        super().__init__(name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattr__(name)

        def testFailure():
            raise self._exception

        return testFailure


def _is_case(obj):
    return isinstance(obj, type) and issubclass(obj, case.TestCase)


def _skipped_module(name, reason):
    """A test that stands for those of a module that wants to be skipped."""
    @case.skip(str(reason))
    def testSkipped(self):
        """Never run."""

    return type('ModuleSkipped', (case.TestCase,), {name: testSkipped})(name)


class TestLoader:
    """Finds tests and makes suites of them. What cannot be loaded becomes a test that fails, and a text in `errors`."""

    testMethodPrefix, testNamePatterns = 'test', None
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    suiteClass, _top_level_dir = suite.TestSuite, None

    def __init__(self):
        super().__init__()
        self.errors = []
        self._open_packages = set()  # while what is in them is being found

    def _failed(self, name, exception, what):
        """A suite that fails with this exception; the one being handled is told in `errors`."""
        from traceback import format_exc
        message = f'{what}:\n{format_exc()}' if exception else f'{what}: {name}\n{format_exc()}'
        self.errors.append(message)
        return self.suiteClass([_FailedTest(name, exception or ImportError(message))])

    def _failed_import(self, name):
        return self._failed(name, None, 'Failed to import test module')

    # classes and modules

    def getTestCaseNames(self, testCaseClass):
        """The names of a class's test methods, sorted."""
        where = f'{testCaseClass.__module__}.{testCaseClass.__qualname__}.'

        def is_wanted(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            return self.testNamePatterns is None or any(fnmatchcase(where + name, pattern) for pattern in self.testNamePatterns)

        names = [name for name in dir(testCaseClass) if is_wanted(name)]
        return sorted(names, key=cmp_to_key(self.sortTestMethodsUsing)) if self.sortTestMethodsUsing else names

    def loadTestsFromTestCase(self, testCaseClass):
        """A suite of all the tests of a class."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError('Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?')
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, 'runTest'):
            names = ['runTest']
        return self.suiteClass(testCaseClass(name) for name in names)

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        """A suite of all the tests of a module. Its load_tests(loader, tests, pattern) may make another one."""
        classes = filter(_is_case, (getattr(module, name) for name in dir(module)))
        tests = self.suiteClass([self.loadTestsFromTestCase(cls) for cls in classes])
        load_tests = getattr(module, 'load_tests', None)
        if load_tests is None:
            return tests
        try:
            return load_tests(self, tests, pattern)
        except Exception as e:
            return self._failed(module.__name__, e, 'Failed to call load_tests')

    # names

    def loadTestsFromNames(self, names, module=None):
        """A suite of what these names lead to."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def loadTestsFromName(self, name, module=None):
        """A suite of what a dotted name leads to: package.module.Class.method, or less, or from the module given."""
        path, not_imported = name.split('.'), None
        if module is None:  # import as much of it as can be
            importable = path[:]
            while module is None:
                try:
                    module = __import__('.'.join(importable))
                except ImportError:
                    not_imported = self._failed_import(importable.pop())
                    why = self.errors.pop()
                    if not importable:
                        self.errors.append(why)
                        return not_imported
            del path[0]
        parent, obj = None, module
        for part in path:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as e:
                if not_imported is not None and getattr(obj, '__path__', None) is not None:
                    self.errors.append(why)
                    return not_imported
                return self._failed(part, e, 'Failed to access attribute')
        return self._tests_in(obj, parent, name.split('.')[-1])

    def _tests_in(self, obj, parent, name):
        if isinstance(obj, _module):
            return self.loadTestsFromModule(obj)
        if _is_case(obj):
            return self.loadTestsFromTestCase(obj)
        if isinstance(obj, suite.TestSuite):
            return obj
        if isinstance(obj, _function) and _is_case(parent):
            test = parent(name)
            if not isinstance(getattr(test, name), _function):  # a static method is called below
                return self.suiteClass([test])
        if not callable(obj):
            raise TypeError(f"don't know how to make test from: {obj}")
        made = obj()
        if isinstance(made, suite.TestSuite):
            return made
        if not isinstance(made, case.TestCase):
            raise TypeError(f'calling {obj} returned {made}, not a test')
        return self.suiteClass([made])

    # folders

    def discover(self, start_dir, pattern='test*.py', top_level_dir=None):
        """A suite of the tests in all files below a folder (or package) whose names fit the pattern. Modules are imported as
        seen from the top level folder."""
        top = os.path.abspath(top_level_dir or self._top_level_dir or start_dir)
        if top not in sys.path:
            sys.path.insert(0, top)  # before site-packages: what is here is meant
        self._top_level_dir = top
        folder = os.path.abspath(start_dir)
        if os.path.isdir(folder):
            is_importable = folder == top or os.path.isfile(os.path.join(folder, '__init__.py'))
        else:
            folder, is_importable = self._folder_of_package(start_dir, top), True
        if not is_importable or folder is None:
            raise ImportError(f'Start directory is not importable: {folder or start_dir!r}')
        return self.suiteClass(list(self._find_tests(folder, pattern)))

    def _folder_of_package(self, name, old_top):
        try:
            __import__(name)
        except ImportError:
            return None
        package = sys.modules[name]
        if getattr(package, '__file__', None) is None:
            raise TypeError(f"don't know how to discover from {package!r}") from None
        folder = top = os.path.abspath(os.path.dirname(package.__file__))
        for _ in name.split('.'):
            top = os.path.dirname(top)
        self._top_level_dir = top
        sys.path.remove(old_top)
        return folder

    def _get_name_from_path(self, path):
        """The dotted name of a file or folder below the top level folder."""
        if path == self._top_level_dir:
            return '.'
        stem, _ = os.path.splitext(os.path.normpath(path))
        return os.path.relpath(stem, self._top_level_dir).replace(os.path.sep, '.')

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _match_path(self, path, full_path, pattern):
        """To be overridden: whether a file is wanted."""
        return fnmatch(path, pattern)

    def _find_tests(self, folder, pattern):
        """The suites of a folder and all below it."""
        name = self._get_name_from_path(folder)
        paths = [os.path.join(folder, entry) for entry in sorted(os.listdir(folder))]
        if name != '.' and name not in self._open_packages:
            tests, goes_on = self._find_test_path(folder, pattern)
            if tests is not None:
                yield tests
            if not goes_on:
                return
        for path in paths:
            tests, goes_on = self._find_test_path(path, pattern)
            if tests is not None:
                yield tests
            if goes_on:
                name = self._get_name_from_path(path)
                self._open_packages.add(name)
                yield from self._find_tests(path, pattern)
                self._open_packages.discard(name)

    def _find_test_path(self, path, pattern):
        """(the suite of a file or package or None, whether to look further below it)"""
        base = os.path.basename(path)
        is_file = os.path.isfile(path)
        if is_file:
            if not (base.endswith('.py') and base[:-3].isidentifier() and self._match_path(base, path, pattern)):
                return None, False
        elif not os.path.isfile(os.path.join(path, '__init__.py')):
            return None, False
        name = self._get_name_from_path(path)
        try:
            module = self._get_module_from_name(name)
        except case.SkipTest as e:
            return self.suiteClass([_skipped_module(name, e)]), False
        except:
            return self._failed_import(name), False
        if is_file:
            self._check_origin(module, path)
            return self.loadTestsFromModule(module, pattern=pattern), False
        self._open_packages.add(name)
        try:
            return self.loadTestsFromModule(module, pattern=pattern), not hasattr(module, 'load_tests')
        finally:
            self._open_packages.discard(name)

    def _check_origin(self, module, path):
        """ImportError if another module of that name was imported."""
        imported = os.path.realpath(os.path.abspath(getattr(module, '__file__', path)))
        if os.path.splitext(imported)[0].lower() == os.path.splitext(os.path.realpath(path))[0].lower():
            return
        folder, base = os.path.split(path)
        raise ImportError(f'{base[:-3]!r} module incorrectly imported from {os.path.dirname(imported)!r}. Expected {folder!r}. '
                          'Is this module globally installed?')


defaultTestLoader = TestLoader()
