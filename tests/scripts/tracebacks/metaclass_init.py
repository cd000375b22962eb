# an error in a metaclass
class Meta(type):
    def __init__(cls, *a): raise TypeError(f"refuse {cls.__name__}")
class C(metaclass=Meta):
    pass
