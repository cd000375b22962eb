"""unittest - test cases, suites, a loader that finds them, a runner that reports.

    case.py        TestCase: one method is one test         assertions.py, contexts.py  what it can check
    suite.py       TestSuite: tests in a row, with fixtures of class and module around them
    loader.py      finds tests in classes, modules, folders
    result.py      what happened to each     runner.py  shows it     main.py  the command line
"""
from .case import FunctionTestCase, SkipTest, TestCase, addModuleCleanup, doModuleCleanups, enterModuleContext
from .case import expectedFailure, skip, skipIf, skipUnless
from .loader import TestLoader, defaultTestLoader
from .main import TestProgram, main
from .result import TestResult
from .runner import TextTestResult, TextTestRunner
from .suite import BaseTestSuite, TestSuite

__unittest = True

__all__ = ['FunctionTestCase', 'SkipTest', 'TestCase', 'TestLoader', 'TestResult', 'TestSuite', 'TextTestResult',
           'TextTestRunner', 'addModuleCleanup', 'defaultTestLoader', 'doModuleCleanups', 'enterModuleContext',
           'expectedFailure', 'main', 'skip', 'skipIf', 'skipUnless']


def load_tests(loader, tests, pattern):
    """`python -m unittest unittest` finds the tests below this folder."""
    from os.path import dirname
    return loader.discover(dirname(__file__), pattern)
