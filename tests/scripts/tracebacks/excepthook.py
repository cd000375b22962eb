# sys.excepthook replaced, called with type, value, traceback
import sys
def hook(t, v, tb): print("hook", t.__name__, v, tb.tb_lineno, tb.tb_next is None)
sys.excepthook = hook
raise ValueError("to the hook")
