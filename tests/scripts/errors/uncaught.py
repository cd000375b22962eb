def a(): b()
def b():
    try: 1 / 0
    except ZeroDivisionError as e: raise ValueError("second") from e
a()
