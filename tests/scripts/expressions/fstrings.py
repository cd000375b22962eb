x, y, s = 3.14159, 42, "hi"
print(f"{x:.2f} {y:05d} {s!r:>6} {s:^7}| {y:x} {y:#b} {y:,} {x:e} {y:+}")
print(f"{x=} {y = } {s=!s} {y=:>5}", f"{{}} {y}", f"{'nested ' + f'{y}'}")
w = 10
print(f"{x:{w}.{2}f}|{s:{'<'}{w}}|{s:*^{w}}")
print(f"{[i for i in range(3)]} { {'a': 1}['a'] } {(lambda v: v * 2)(4)}")
print(f"{1000000:_} {1e10:g} {0.5:.0%} {255:#X} {-5:=+6d} {True:d} {None} {y!s:>4}")
print(f'{"a" if y else "b"}' f"{y}" "plain", rf"\n{y}", f"\x41{y}")
print("{} {1} {a}".format(1, 2, a=3) if False else "{0} {1} {a}".format(1, 2, a=3), "{:>5}|{:<5}|{:^5}".format(1, 2, 3))
print("{0[1]} {0[0]} {a.real} {b[k]}".format([1, 2], a=5, b={"k": 9}), "{!r} {!s}".format("a", "b"))
print("%s %r %d %5.2f %x %o %e %c %% %-5s| %+d %05d" % ("s", "r", 5, 3.14159, 255, 8, 12345.678, "c", "l", 3, 42))
print("%(a)s %(b)d" % {"a": 1, "b": 2}, "%s" % (1,), "%s %s" % (1, [2]))
class F:
    def __format__(self, spec): return f"<{spec}>"
print(f"{F():abc} {F()}", format(F(), "z"), format(3, "5"), format("x", ">3"))
for t in ["{:d}", "{:.2d}", "{0} {}", "{", "}", "{a}", "{:q}"]:
    try: print(t.format("x"))
    except Exception as e: print(t, type(e).__name__, e)
