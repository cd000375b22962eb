"""timeit - how long a small piece of code takes.

The code is compiled into a function with a loop around it, so that only the loop's own cost is measured as well.
"""
import gc
import sys
import time
from itertools import repeat as _times

__all__ = ['Timer', 'timeit', 'repeat', 'default_timer']

default_timer, default_number, default_repeat = time.perf_counter, 1000000, 5
dummy_src_name = '<timeit-src>'
_UNITS = {'sec': 1.0, 'msec': 1e-3, 'usec': 1e-6, 'nsec': 1e-9}
_module_globals = globals


def _block(code, name, names):
    """Source text for code: itself, or a call of the function that it is, which stands in names then."""
    if isinstance(code, str):
        return code
    if not callable(code):
        raise ValueError(f'{name} is neither a string nor callable')
    names['_' + name] = code
    return f'_{name}()'


def reindent(src, indent):
    """The text with all lines but the first moved to the right."""
    return src.replace('\n', '\n' + ' ' * indent)


class Timer:
    """Times stmt, after setup has run once; both are source text or functions."""

    def __init__(self, stmt='pass', setup='pass', timer=default_timer, globals=None):
        names = {}
        before, timed = _block(setup, 'setup', names), _block(stmt, 'stmt', names)
        if setup is before:
            compile(before, dummy_src_name, 'exec')  # by itself: a return or an open bracket must not reach the loop
        if stmt is timed:
            compile((before + '\n' if setup is before else '') + timed, dummy_src_name, 'exec')
        params = ''.join(f', {name}={name}' for name in names)
        self.src = (f'def inner(_runs, _clock{params}):\n'
                    f'    {reindent(before, 4)}\n'
                    f'    _begun = _clock()\n'
                    f'    for _run in _runs:\n'
                    f'        {reindent(timed, 8)}\n'
                    f'        pass\n'
                    f'    return _clock() - _begun\n')
        exec(compile(self.src, dummy_src_name, 'exec'), _module_globals() if globals is None else globals, names)
        self.inner, self.timer = names['inner'], timer

    def timeit(self, number=default_number):
        """The time of `number` runs of stmt, in seconds; the garbage collector rests meanwhile."""
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            return self.inner(_times(None, number), self.timer)
        finally:
            if was_enabled:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """A list of `repeat` results of timeit()."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """(number, time) for the first number of 1, 2, 5, 10, 20, ... that takes 0.2 seconds."""
        power = 1
        while True:
            for number in power, 2 * power, 5 * power:
                seconds = self.timeit(number)
                if callback:
                    callback(number, seconds)
                if seconds >= 0.2:
                    return number, seconds
            power *= 10

    def print_exc(self, file=None):
        """Print the traceback of an exception in the timed code."""
        import linecache
        import traceback
        linecache.cache[dummy_src_name] = len(self.src), None, self.src.splitlines(True), dummy_src_name
        traceback.print_exc(file=file)


def timeit(stmt='pass', setup='pass', timer=default_timer, number=default_number, globals=None):
    """Timer(...).timeit(number)"""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    """Timer(...).repeat(repeat, number)"""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


def _shown(seconds, unit):
    if unit is None:
        unit = next((name for name, size in _UNITS.items() if seconds >= size), 'nsec')
    return f'{seconds / _UNITS[unit]:.3g} {unit}'


def main(args=None, *, _wrap_timer=None):
    """python -m timeit [-n N] [-r N] [-u UNIT] [-s SETUP] [-p] [-v] [statement]"""
    import argparse
    parser = argparse.ArgumentParser(prog='python -m timeit')
    add = parser.add_argument
    add('-n', '--number', type=int, default=0, help='how many runs to time (default: as many as take 0.2 seconds)')
    add('-r', '--repeat', type=int, default=default_repeat, help='how often to time them')
    add('-s', '--setup', action='append', default=[], help='what to run once before')
    add('-u', '--unit', choices=list(_UNITS), help='unit of what is shown')
    add('-p', '--process', action='store_true', help='count the time of this process only')
    add('-v', '--verbose', action='count', default=0, help='show all times')
    add('stmt', nargs='*', help='what to time, a line each')
    options = parser.parse_args(args)
    clock = time.process_time if options.process else default_timer
    timer = Timer('\n'.join(options.stmt) or 'pass', '\n'.join(options.setup) or 'pass',
                  _wrap_timer(clock) if _wrap_timer else clock)
    try:
        number = options.number or timer.autorange()[0]
        times = timer.repeat(max(options.repeat, 1), number)
    except Exception:
        timer.print_exc()
        return 1
    if options.verbose:
        print('raw times:', ', '.join(_shown(seconds, options.unit) for seconds in times), end='\n\n')
    print(f'{number} loop{"" if number == 1 else "s"}, best of {len(times)}: '
          f'{_shown(min(times) / number, options.unit)} per loop')
    return None


if __name__ == '__main__':
    sys.exit(main())
