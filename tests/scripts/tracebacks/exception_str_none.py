# str() of the exception is empty
class Quiet(Exception):
    def __str__(self): return ""
raise Quiet("hidden")
