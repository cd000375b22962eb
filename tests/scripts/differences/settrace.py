"""sys.settrace and sys.setprofile raise NotImplementedError.

Topic: tracing
Cause: the eval loop has no trace events for Python code; pdb, cProfile and coverage tools need them.
Workaround: print, traceback.print_stack(), timeit; --stats for what threads do.
"""
import sys
for f in (sys.settrace, sys.setprofile):
    try: print(f(lambda *a: None))
    except NotImplementedError as e: print("NotImplementedError", e)
