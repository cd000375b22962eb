# try with nothing behind
try:
    x = 1
y = 2
