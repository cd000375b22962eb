# groups with notes, causes and contexts inside
def make():
    try:
        try: 1 / 0
        except ZeroDivisionError as z: raise ValueError("inner") from z
    except ValueError as v:
        v.add_note("a note on the leaf")
        return v
g = ExceptionGroup("outer", [make(), KeyError("k")])
g.add_note("a note on the group")
try: raise g
except ExceptionGroup as x: raise RuntimeError("after the group") from x
