# an error in __exit__ while another is on its way
class CM:
    def __enter__(self): return self
    def __exit__(self, *a): raise KeyError("in exit")
with CM() as c:
    raise ValueError("in body")
