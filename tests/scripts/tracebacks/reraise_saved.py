# an instance kept and raised again later gets more entries
saved = None
def first():
    global saved
    try: raise ValueError("saved")
    except ValueError as e: saved = e
def second(): raise saved
first()
second()
