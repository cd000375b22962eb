# a finally that runs before the script ends with an error
try:
    try: 1 / 0
    finally: print("inner finally")
finally:
    print("outer finally")
