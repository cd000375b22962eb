"""unittest - test cases, suites, a loader that finds them, a runner that reports.

    case.py    TestCase: one method is one test, with all its assertions
    suite.py   TestSuite: tests in a row, with fixtures of class and module around them
    loader.py  finds tests in classes, modules, folders
    result.py  what happened to each     runner.py  shows it     main.py  the command line
"""
__all__ = ['TestResult', 'TestCase', 'TestSuite', 'TextTestRunner', 'TestLoader', 'FunctionTestCase', 'main',
           'defaultTestLoader', 'SkipTest', 'skip', 'skipIf', 'skipUnless', 'expectedFailure', 'TextTestResult',
           'addModuleCleanup', 'doModuleCleanups', 'enterModuleContext']

__unittest = True

from .result import TestResult
from .case import (addModuleCleanup, TestCase, FunctionTestCase, SkipTest, skip, skipIf, skipUnless,
                   expectedFailure, doModuleCleanups, enterModuleContext)
from .suite import BaseTestSuite, TestSuite
from .loader import TestLoader, defaultTestLoader
from .main import TestProgram, main
from .runner import TextTestRunner, TextTestResult


def load_tests(loader, tests, pattern):
    import os.path
    return loader.discover(start_dir=os.path.dirname(__file__), pattern=pattern)
