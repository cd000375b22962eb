# A metaclass whose first base is a plain class: its classes' __dict__ is type's, and the instances' stay their own.
class Plain:
    def who(self):
        return "plain"


class Meta(Plain, type):
    pass


class Made(metaclass=Meta):
    x = 1


print(type(Made.__dict__).__name__, Made.__dict__["x"], Made.who(), vars(Made)["x"])
print(Made().__dict__, "__dict__" in Plain.__dict__, "__dict__" in Meta.__dict__)
print(Plain.__dict__["__dict__"].__get__(Made)["x"])
for change in (lambda: setattr(Made, "__dict__", {}), lambda: delattr(Made, "__dict__")):
    try:
        change()
    except Exception as e:
        print(type(e).__name__)


class Error(Plain, Exception):
    pass


e = Error("text")
e.note = 5
print(e.__dict__, vars(e))
e.__dict__ = {"other": 6}
print(e.other, e.__dict__, hasattr(e, "note"))

p = Plain()
p.__dict__ = {"y": 2}
print(p.y, p.__dict__)
del p.__dict__
print(p.__dict__, hasattr(p, "y"))
