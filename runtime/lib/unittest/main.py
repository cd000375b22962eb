"""unittest.main - the command line: `python -m unittest ...`, or unittest.main() at the end of a script.

The parsers put what they find straight into the TestProgram, so that each option is an attribute of it.
Next: loader.py, runner.py.
"""
import argparse
import os
import sys

from . import loader, runner

__unittest = True

_NAMES_HELP = 'test modules, classes or methods'
_EXAMPLES = """\
Examples:
  {0} test_shop                   all tests of the module test_shop
  {0} test_shop.TestCart          all tests of a class
  {0} test_shop.TestCart.test_add one test
  {0} tests/test_shop.py          all tests of a file
"""
_SCRIPT_EXAMPLES = """\
Examples:
  {0}                   all tests of this script
  {0} TestCart          all tests of a class
  {0} TestCart.test_add one test
  {0} my_suite          what the function my_suite returns
"""


def _module_name(name):
    """The path of a file below this folder becomes the name of a module; other names stay."""
    if not (name.lower().endswith('.py') and os.path.isfile(name)):
        return name
    path = os.path.relpath(name) if os.path.isabs(name) else os.path.normpath(name)
    return name if path.startswith(os.pardir) else path[:-3].replace(os.sep, '.')


def _pattern(text):
    return text if '*' in text else f'*{text}*'


class TestProgram:
    """Loads and runs tests as the command line says, then exits."""

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None

    def __init__(self, module='__main__', defaultTest=None, argv=None, testRunner=None, testLoader=loader.defaultTestLoader,
                 exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        if isinstance(module, str):
            __import__(module)
            module = sys.modules[module]
        argv = sys.argv if argv is None else argv
        if warnings is None and not sys.warnoptions:
            warnings = 'default'
        self.module, self.defaultTest, self.exit = module, defaultTest, exit
        self.testRunner, self.testLoader, self.progName = testRunner, testLoader, os.path.basename(argv[0])
        self.verbosity, self.failfast, self.catchbreak, self.buffer = verbosity, failfast, catchbreak, buffer
        self.warnings, self.tb_locals = warnings, tb_locals
        self.parseArgs(argv)
        self.runTests()

    # the command line

    def parseArgs(self, argv):
        """Read the options, and make the suite of tests."""
        options = self._options()
        self._parser = argparse.ArgumentParser(prog=self.progName, parents=[options])
        self._parser.print_help = self._print_help
        self._parser.add_argument('tests', nargs='*', help=_NAMES_HELP)
        self._discovery = self._discovery_parser(options)
        args = argv[1:]
        if self.module is None and args and args[0].lower() == 'discover':
            return self._discover(args[1:])
        self._parser.parse_args(args, self)
        if self.module is None and not self.tests:
            return self._discover([])
        if self.tests:
            self.testNames = list(map(_module_name, self.tests))
        elif isinstance(self.defaultTest, str):
            self.testNames = [self.defaultTest]
        else:
            self.testNames = self.defaultTest and list(self.defaultTest)
        self.createTests()

    def _options(self):
        """A parser of what scripts and discovery share. What the caller of main() has set is no option."""
        parser = argparse.ArgumentParser(add_help=False)
        add = parser.add_argument
        add('-v', '--verbose', dest='verbosity', action='store_const', const=2, help='a line for each test')
        add('-q', '--quiet', dest='verbosity', action='store_const', const=0, help='no output but errors and the summary')
        add('--locals', dest='tb_locals', action='store_true', help='show local variables in tracebacks')
        flags = (('-f', '--failfast', 'failfast', 'end the run at the first error or failure'),
                 ('-c', '--catch', 'catchbreak', 'show the results so far at Ctrl-C'),
                 ('-b', '--buffer', 'buffer', 'show what a test prints only if it fails'))
        for short, long, name, text in flags:
            if getattr(self, name) is None:
                add(short, long, dest=name, action='store_true', help=text)
                setattr(self, name, False)
        if self.testNamePatterns is None:
            self.testNamePatterns = []
            add('-k', dest='testNamePatterns', action='append', type=_pattern, help='only tests with this text in their names')
        return parser

    def _discovery_parser(self, options):
        parser = argparse.ArgumentParser(prog=f'{self.progName} discover', parents=[options],
                                         epilog='All test modules must be importable from the top level folder.')
        places = (('start', '--start-directory', "folder to start in (default '.')"),
                  ('pattern', '--pattern', "what the names of files look like (default 'test*.py')"),
                  ('top', '--top-level-directory', 'folder that modules are imported from (default: the one to start in)'))
        for name, long, text in places:
            parser.add_argument('-' + name[0], long, dest=name, help=text)
        for name, _, _ in places:
            parser.add_argument(name, nargs='?', default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return parser

    def _print_help(self, file=None):
        is_script = self.module is not None
        print(self._parser.format_help(), (_SCRIPT_EXAMPLES if is_script else _EXAMPLES).format(self.progName), sep='\n')
        if not is_script:
            self._discovery.print_help()

    # the tests

    def _discover(self, args):
        self.start, self.pattern, self.top = '.', 'test*.py', None
        self._discovery.parse_args(args, self)
        self.createTests(from_discovery=True)

    def createTests(self, from_discovery=False, Loader=None):
        """Make self.test, the suite that is to run."""
        find = self.testLoader
        if self.testNamePatterns:
            find.testNamePatterns = self.testNamePatterns
        if from_discovery:
            find = Loader() if Loader else find
            self.test = find.discover(self.start, self.pattern, self.top)
        elif self.testNames is None:
            self.test = find.loadTestsFromModule(self.module)
        else:
            self.test = find.loadTestsFromNames(self.testNames, self.module)

    def runTests(self):
        """Run the suite; exit with 1 if something went wrong."""
        self.result = self._make_runner().run(self.test)
        if self.exit:
            sys.exit(not self.result.wasSuccessful())

    def _make_runner(self):
        """testRunner may be a runner, or a class that takes all options, all but tb_locals, or none."""
        make = runner.TextTestRunner if self.testRunner is None else self.testRunner
        if not isinstance(make, type):
            return make
        options = {name: getattr(self, name) for name in ('verbosity', 'failfast', 'buffer', 'warnings')}
        for keywords in {**options, 'tb_locals': self.tb_locals}, options:
            try:
                return make(**keywords)
            except TypeError:
                pass  # it takes fewer
        return make()


main = TestProgram
