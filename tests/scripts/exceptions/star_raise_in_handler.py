# What is raised in except* is collected into a group, one exception as well.
try:
    try:
        raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError as e:
        raise SyntaxError(3)
except BaseException as e:
    print(repr(e), repr(e.__context__), repr(e.exceptions[0].__context__))
try:
    try:
        raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError as e:
        raise KeyError('k') from e
except BaseException as e:
    print(repr(e), repr(e.exceptions[0].__cause__))
try:
    try:
        raise ValueError('alone')
    except* ValueError as e:
        raise KeyError('k')
except BaseException as e:
    print(repr(e), repr(e.__context__))
