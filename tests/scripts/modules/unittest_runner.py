# unittest: what the runner shows of every kind of outcome, fixtures of classes and modules, skips, subtests, buffers
import io
import re
import sys
import unittest


def setUpModule():
    print('setUpModule')


def tearDownModule():
    print('tearDownModule')


class Outcomes(unittest.TestCase):
    """Tests of each outcome."""

    @classmethod
    def setUpClass(cls):
        print('setUpClass', cls.__name__)

    @classmethod
    def tearDownClass(cls):
        print('tearDownClass', cls.__name__)

    def test_ok(self):
        """Goes well."""

    def test_fail(self):
        self.assertEqual(1 + 1, 3, 'sums')

    def test_error(self):
        raise KeyError('gone')

    def test_cause(self):
        try:
            raise ValueError('first')
        except ValueError as e:
            raise RuntimeError('second') from e

    @unittest.skip('not now')
    def test_skip(self):
        pass

    def test_skip_inside(self):
        self.skipTest('found out late')

    @unittest.expectedFailure
    def test_expected(self):
        self.fail()

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_subtests(self):
        for i in range(4):
            with self.subTest('part', i=i):
                self.assertNotEqual(i % 2, 1)
        with self.subTest(kind='error'):
            raise TypeError('in part')

    def test_prints(self):
        print('printed by a test')
        self.assertTrue(False)

    def test_cleanups(self):
        self.addCleanup(print, 'cleanup', 1)
        self.addCleanup(lambda: 1 / 0)


class BrokenSetUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(print, 'class cleanup')
        raise OSError('no setup')

    def test_never(self):
        print('never')


class BrokenTearDown(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        raise OSError('no teardown')

    def test_a(self):
        pass


class SkippedSetUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest('the class is skipped')

    def test_never(self):
        print('never')


@unittest.skipIf(True, 'whole class')
class SkippedClass(unittest.TestCase):
    def test_never(self):
        print('never')


class SetUpFails(unittest.TestCase):
    def setUp(self):
        self.fail('in setUp')

    def tearDown(self):
        print('never')

    def test_x(self):
        pass


def run(*classes, **options):
    loader = unittest.TestLoader()
    suite = unittest.TestSuite(map(loader.loadTestsFromTestCase, classes))
    count = suite.countTestCases()
    out = io.StringIO()
    result = unittest.TextTestRunner(out, **options).run(suite)
    text = re.sub(r'in \d+\.\d+s', 'in TIMEs', out.getvalue())
    text = re.sub(r'  File ".*[/\\]', '  File "', text)
    print(text)
    print(result, count, suite.countTestCases(), result.wasSuccessful(), result.shouldStop)


run(Outcomes)
run(Outcomes, verbosity=2)
run(Outcomes, verbosity=0, buffer=True)
run(Outcomes, failfast=True, descriptions=False, verbosity=2)
run(BrokenSetUp, BrokenTearDown, SkippedSetUp, SkippedClass, SetUpFails)
run(BrokenSetUp, BrokenTearDown, SkippedSetUp, SkippedClass, SetUpFails, verbosity=2)
run(BrokenTearDown, verbosity=2, tb_locals=True)
run()

# suites and results without a runner
suite = unittest.TestSuite([Outcomes('test_ok'), unittest.TestSuite([Outcomes('test_fail')])])
print(suite, suite == unittest.TestSuite(suite), list(suite)[0].id(), suite.countTestCases())
result = unittest.TestResult()
suite.run(result)
print(result, [t.id() for t, _ in result.failures], suite)
for bad in 5, Outcomes, 'text':
    try:
        suite.addTest(bad)
        print('taken')
    except TypeError as e:
        print(e)
try:
    suite.addTests('text')
except TypeError as e:
    print(e)
try:
    unittest.TestSuite([Outcomes('test_error')]).debug()
except KeyError as e:
    print('debug', e)

# names
loader = unittest.TestLoader()
me = sys.modules[__name__]
for name in 'Outcomes', 'Outcomes.test_ok', 'nothing', 'Outcomes.nothing', 'run', 'me':
    try:
        found = loader.loadTestsFromName(name, me)
        print(name, found.countTestCases(), type(found).__name__)
        errors = unittest.TestResult()
        if name.endswith('nothing'):
            found.run(errors)
            print(errors, errors.errors[0][1].splitlines()[-1])
    except Exception as e:
        print(name, type(e).__name__, str(e)[:16])
print(len(loader.errors), loader.loadTestsFromName('no_such_module.x').countTestCases(), loader.errors[-1].splitlines()[0])
print(loader.getTestCaseNames(Outcomes))
loader.testNamePatterns = ['*skip*']
print(loader.getTestCaseNames(Outcomes))
loader.sortTestMethodsUsing = lambda a, b: (a < b) - (a > b)
loader.testNamePatterns = None
loader.testMethodPrefix = 'test_s'
print(loader.getTestCaseNames(Outcomes))
print(unittest.TestLoader().loadTestsFromModule(me).countTestCases())
