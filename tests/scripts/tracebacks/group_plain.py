# an exception group prints as a tree
def leaf(e):
    try: raise e
    except Exception as x: return x
raise ExceptionGroup("several", [leaf(ValueError("v")), TypeError("never raised"), ExceptionGroup("inner", [leaf(KeyError("k")), OSError(2, "gone")])])
