# AttributeError: name, obj and words for every kind of owner
import math
class C: __slots__ = ("s",)
for owner in (5, "s", None, [], C(), C, math, len, type, (i for i in ()), lambda: 0, ...):
    try: owner.missing_name
    except AttributeError as e: print(e, "|", e.name, e.obj is owner)
    try: owner.missing_name = 1; del owner.missing_name; print("can be set")
    except Exception as e: print(type(e).__name__, e)
