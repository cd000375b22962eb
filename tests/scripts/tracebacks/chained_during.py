# an exception while another is handled
try:
    1 / 0
except ZeroDivisionError:
    try:
        undefined
    except NameError:
        [][5]
