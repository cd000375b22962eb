# names of frames are not qualified
class Outer:
    class Inner:
        def method(self):
            def local(): raise LookupError("from local")
            return local
Outer.Inner().method()()
