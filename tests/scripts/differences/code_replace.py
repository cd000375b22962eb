"""code.replace() cannot change the instructions.

Topic: code objects
Cause: instructions are 32-bit units with caches (docs/internals/departures.md); CPython's bytes have no meaning here.
Workaround: replace names, constants and flags; compile source for anything else.
"""
def f(): return 1
try: print(f.__code__.replace(co_linetable=b"").co_name)
except NotImplementedError as e: print("NotImplementedError", e)
print(f.__code__.replace(co_name="g").co_name)
