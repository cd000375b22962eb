# every method of list, with errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def do(code):
    l = [3, 1, 2, 1]
    try: r = eval(code, {"l": l}); print(code, "->", r, l)
    except Exception as e: print(code, "->", type(e).__name__, e, l)
for code in ("l.append(5)", "l.append()", "l.append(1, 2)", "l.append(x=1)", "l.extend('ab')", "l.extend(l)", "l.extend(5)", "l.extend()", "l.extend(range(2))", "l.insert(0, 9)", "l.insert(-1, 9)", "l.insert(100, 9)", "l.insert(-100, 9)", "l.insert('a', 9)", "l.insert(0)", "l.insert(1.0, 2)", "l.pop()", "l.pop(0)", "l.pop(-1)", "l.pop(10)", "l.pop(-10)", "l.pop('a')", "l.pop(1.0)", "l.pop(True)", "[].pop()", "l.pop(0, 1)", "l.remove(1)", "l.remove(9)", "l.remove()", "l.index(1)", "l.index(1, 2)", "l.index(1, 2, 3)", "l.index(9)", "l.index(1, -1)", "l.index(3, -100)", "l.index()", "l.index(1, 'a')", "l.index(1, None)", "l.count(1)", "l.count('x')", "l.count()", "l.reverse()", "l.reverse(1)", "l.sort()", "l.sort(reverse=True)", "l.sort(key=lambda v: -v)", "l.sort(None)", "l.sort(key=5)", "l.sort(reverse='a')", "l.sort(reverse=2.5)", "l.sort(what=1)", "l.copy()", "l.copy(1)", "l.clear()", "l.clear(1)", "l.__len__()", "l.__contains__(3)", "l.__getitem__(0)", "l.__getitem__('a')", "l.__setitem__(0, 'x')", "l.__delitem__(0)", "l.__iadd__([7])", "l.__imul__(2)", "l.__add__([7])", "l.__add__((7,))", "l.__mul__(2)", "l.__rmul__(2)", "l.__eq__([3])", "l.__lt__([4])", "l.__reversed__()", "l.nope", "list.append(l, 4)", "list.append(5, 4)", "list.append()", "list.__init__(l, 'xy')", "l.__init__()", "l.__sizeof__() > 0", "list(l)", "list(5)", "list(1, 2)", "list(iterable=[])", "list()"):
    if "__reversed__" in code or "nope" in code: show(lambda: type(eval(code, {"l": [1]})).__name__)
    else: do(code)
