# raise ... from: the cause first
def load(): return {}["key"]
try:
    load()
except KeyError as e:
    raise RuntimeError("could not load") from e
