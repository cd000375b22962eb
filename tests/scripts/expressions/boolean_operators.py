# and, or, not give operands; chained comparisons evaluate once
print(0 or "a", 1 and "b", "" or [] or None, 1 and 2 and 3, 0 and undefined, 1 or undefined, not [], not "x", [] and 1, () or {} or 0.0, None or False)
def t(v): print("eval", v, end=" "); return v
print(t(1) and t(0) or t(5)); print(t(0) or t(0) and t(1)); print(1 < t(2) < 3, 5 < t(4) < undefined if False else "", t(3) > 2 != t(2)); print(t(0) and t(1) if t(1) else t(2))
class B:
    def __bool__(self): print("bool", end=" "); return False
b = B(); print((b or 5), (b and 5) is b, not b); x = b and 1 or 2; print(x)
if not (b or b): print("neither")
while b: pass
print([v for v in (0, 1, 2) if v and v > 1], any([b]), all([b, 1]), bool(b) is False, 1 if b else 2)
