# getopt: short and long options, prefixes, the GNU order, errors.
import getopt


def show(function, *args):
    try:
        print(function(*args))
    except getopt.GetoptError as e:
        print(e, '|', e.msg, repr(e.opt))


show(getopt.getopt, '-a -b -cfoo -d bar a1 a2'.split(), 'abc:d:')
show(getopt.getopt, '--condition=foo --testing --output-file abc.def -x a1 a2'.split(), 'x', ['condition=', 'output-file=', 'testing'])
show(getopt.getopt, ['-ab', '--', '-c'], 'abc')
show(getopt.getopt, ['-', '-a'], 'a')
show(getopt.getopt, ['--out', 'x'], '', ['output=', 'other'])
show(getopt.getopt, ['--o', 'x'], '', ['output=', 'other'])
show(getopt.getopt, ['--nope'], '', ['output='])
show(getopt.getopt, ['--output'], '', ['output='])
show(getopt.getopt, ['--other=5'], '', ['other'])
show(getopt.getopt, ['-z'], 'a')
show(getopt.getopt, ['-a'], 'a:')
show(getopt.getopt, ['--verbose'], '', 'verbose')
show(getopt.gnu_getopt, ['-a', 'one', '-b', 'v', 'two', '--', '-c'], 'ab:')
show(getopt.gnu_getopt, ['-a', 'one', '-b'], '+ab')
