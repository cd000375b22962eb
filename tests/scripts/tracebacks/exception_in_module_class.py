# classes of other modules show their full name
class Outer:
    class Error(Exception): pass
raise Outer.Error("qualified", 1)
