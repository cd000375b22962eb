# an uncaught KeyboardInterrupt
def wait(): raise KeyboardInterrupt
wait()
