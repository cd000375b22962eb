# left to right
def t(x, v=None): print(x, end=" "); return x if v is None else v
def f(*a, **k): return None
t("f", f)(t(1), *t("l", [2]), t(3), k=t("k"), **t("d", {})); print()
[t(1), t(2)][t(0, 0)]; print(); t("a", {})[t("k")] = t("v"); print(); t(1) + t(2) * t(3); print(); t(1) if t("c") else t(2); print(); t(0, 0) or t("or") and t("and"); print(); {t("k1"): t("v1"), t("k2"): t("v2")}; print(); t(1) < t(2) < t(3); print(); t(5) < t(2) < t(3); print()
x = [0]; x[t(0, 0)], x[t(0, 0)] = t("r1"), t("r2"); print(); i = 0; i, x[i] = 0, t("s"); print(x); a = b = t("chain"); print(); lambda d=t("default"): d; print(); x[t(0, 0)] += t("aug"); print(); (t("x", x))[t("lo", 0):t("hi", 1):t("st", 1)]; print(); f"{t('f1')}{t('f2')}"; print(); del t("o", {1: 2})[t(1)]; print()
class C(t("base", object), metaclass=t("meta", type)): v = t("body")
print(); assert t("assert"), t("msg"); print()
@t("deco1", lambda f: f)
@t("deco2", lambda f: f)
def g(a=t("def1"), *, b=t("def2")) -> t("ann"): pass
print(); 
for t("target", x)[t(0, 0)] in t("iter", [1]): pass
print(); [t("elt") for _ in t("it", [1]) if t("cond")]; print(); {t("key"): t("val") for _ in [1]}; print(); 
with t("cm", __import__("contextlib").nullcontext()) as t("o", x)[t(0, 0)]: print()
