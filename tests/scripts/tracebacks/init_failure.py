# constructors
class Base:
    def __init__(self, a): self.a = a
class Sub(Base):
    def __init__(self): super().__init__()
Sub()
