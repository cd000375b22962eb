# what except* leaves is raised again as a group
try:
    raise ExceptionGroup("g", [ValueError(1), TypeError(2), KeyError(3)])
except* ValueError:
    print("values")
except* TypeError:
    raise OSError("while handling")
