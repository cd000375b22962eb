# BaseException, GeneratorExit
try: raise GeneratorExit("gen")
except GeneratorExit as e: print(repr(e))
class MyBase(BaseException): pass
raise MyBase("not an Exception")
