"""timeit - how long a small piece of code takes.

The code is compiled into a function with a loop around it, so that only the loop's own cost is measured as well.
"""
import gc
import itertools
import sys
import time

__all__ = ['Timer', 'timeit', 'repeat', 'default_timer']

dummy_src_name = '<timeit-src>'
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
_globals = globals

template = """
def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""


def reindent(src, indent):
    return src.replace('\n', '\n' + ' ' * indent)


class Timer:
    """Times stmt, after setup has run once; both are source text or functions."""

    def __init__(self, stmt='pass', setup='pass', timer=default_timer, globals=None):
        self.timer = timer
        local_ns = {}
        global_ns = _globals() if globals is None else globals
        init = ''
        if isinstance(setup, str):
            compile(setup, dummy_src_name, 'exec')
            stmtprefix = setup + '\n'
            setup = reindent(setup, 4)
        elif callable(setup):
            local_ns['_setup'] = setup
            init += ', _setup=_setup'
            stmtprefix = ''
            setup = '_setup()'
        else:
            raise ValueError('setup is neither a string nor callable')
        if isinstance(stmt, str):
            compile(stmtprefix + stmt, dummy_src_name, 'exec')
            stmt = reindent(stmt, 8)
        elif callable(stmt):
            local_ns['_stmt'] = stmt
            init += ', _stmt=_stmt'
            stmt = '_stmt()'
        else:
            raise ValueError('stmt is neither a string nor callable')
        src = template.format(stmt=stmt, setup=setup, init=init)
        self.src = src
        exec(compile(src, dummy_src_name, 'exec'), global_ns, local_ns)
        self.inner = local_ns['inner']

    def print_exc(self, file=None):
        """Print the traceback of an exception in the timed code."""
        import linecache
        import traceback
        linecache.cache[dummy_src_name] = (len(self.src), None, self.src.split('\n'), dummy_src_name)
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """The time of `number` runs of stmt, in seconds."""
        it = itertools.repeat(None, number)
        gcold = gc.isenabled()
        gc.disable()
        try:
            timing = self.inner(it, self.timer)
        finally:
            if gcold:
                gc.enable()
        return timing

    def repeat(self, repeat=default_repeat, number=default_number):
        """A list of `repeat` results of timeit()."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """(number, time) for the first number of 1, 2, 5, 10, 20, ... that takes 0.2 seconds."""
        i = 1
        while True:
            for j in 1, 2, 5:
                number = i * j
                time_taken = self.timeit(number)
                if callback:
                    callback(number, time_taken)
                if time_taken >= 0.2:
                    return number, time_taken
            i *= 10


def timeit(stmt='pass', setup='pass', timer=default_timer, number=default_number, globals=None):
    """Convenience function to create Timer object and call timeit method."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=default_repeat, number=default_number,
           globals=None):
    """Convenience function to create Timer object and call repeat method."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


def main(args=None, *, _wrap_timer=None):
    """python -m timeit [-n N] [-r N] [-u UNIT] [-s SETUP] [-p] [-v] [statement]"""
    import argparse
    parser = argparse.ArgumentParser(prog='python -m timeit')
    parser.add_argument('-n', '--number', type=int, default=0)
    parser.add_argument('-r', '--repeat', type=int, default=default_repeat)
    parser.add_argument('-s', '--setup', action='append')
    parser.add_argument('-u', '--unit', choices=['nsec', 'usec', 'msec', 'sec'])
    parser.add_argument('-p', '--process', action='store_true')
    parser.add_argument('-v', '--verbose', action='count', default=0)
    parser.add_argument('stmt', nargs='*')
    options = parser.parse_args(args)
    timer = time.process_time if options.process else default_timer
    if _wrap_timer is not None:
        timer = _wrap_timer(timer)
    t = Timer('\n'.join(options.stmt) or 'pass', '\n'.join(options.setup or []) or 'pass', timer)
    number = options.number or t.autorange()[0]
    timings = [dt / number for dt in t.repeat(max(options.repeat, 1), number)]
    units = {'nsec': 1e-9, 'usec': 1e-6, 'msec': 1e-3, 'sec': 1.0}

    def format_time(dt):
        unit = options.unit
        if unit is None:
            for unit in ('sec', 'msec', 'usec', 'nsec'):
                if dt >= units[unit]:
                    break
        return '%.3g %s' % (dt / units[unit], unit)
    if options.verbose:
        print('raw times: %s\n' % ', '.join(format_time(dt * number) for dt in timings))
    best = min(timings)
    print('%d loop%s, best of %d: %s per loop' % (number, 's' if number != 1 else '', len(timings),
                                                  format_time(best)))


if __name__ == '__main__':
    sys.exit(main())
