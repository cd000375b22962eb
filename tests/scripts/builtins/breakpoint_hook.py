# breakpoint() calls sys.breakpointhook (PEP 553), which looks at $PYTHONBREAKPOINT each time.
import os
import sys
import warnings

warnings.simplefilter('always')
sys.breakpointhook = lambda *args, **kwargs: ('hook', args, kwargs)
print(breakpoint(1, two=2))
del sys.breakpointhook
try:
    breakpoint()
except RuntimeError as e:
    print(e)
sys.breakpointhook = sys.__breakpointhook__
os.environ['PYTHONBREAKPOINT'] = '0'
print(breakpoint())
os.environ['PYTHONBREAKPOINT'] = 'len'
print(breakpoint([1, 2]))
os.environ['PYTHONBREAKPOINT'] = 'os.path.join'
print(breakpoint('a', 'b'))
for bad in ('nowhere.at_all', 'os.not_there', '.', 'nope'):
    os.environ['PYTHONBREAKPOINT'] = bad
    with warnings.catch_warnings(record=True) as caught:
        print(breakpoint(), [str(w.message) for w in caught])
