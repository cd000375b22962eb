# carets under the part that failed
import traceback
def show(f):
    try: f()
    except Exception: traceback.print_exc(limit=-1, file=__import__("sys").stdout)
a, s, d, n = 1, "x", {"k": {}}, None
show(lambda: a + a * (a + s))
show(lambda: (a + 2) / (a - 1))
show(lambda: d["k"]["missing"]["more"])
show(lambda: n.attr.more)
show(lambda: len(a)(s))
show(lambda: [x + 1 for x in (1, 2, "3")])
show(lambda: a if a > s else s)
show(lambda: print(a, s.nope, sep=""))
show(lambda: (a
              + s))
show(lambda: -s)
show(lambda: a < s < d)
show(lambda: {**a})
show(lambda: f"{a + s!r:>{a}}")
show(lambda: s[1:2, 3])
show(lambda: a @ s)
show(lambda: not n.x)
show(lambda: [*n])
show(lambda: d[s] + d["é"] if a else 0)
show(lambda: "é" + "日本" + a + "x")
