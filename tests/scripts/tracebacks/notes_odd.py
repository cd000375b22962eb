# __notes__ that is no list, and items that are no strings
class N:
    def __repr__(self): return "<N>"
e = KeyError("k")
e.__notes__ = [1, N(), "text"]
raise e
