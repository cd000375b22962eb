# frames from the outermost call to the innermost, each with its line and carets
def a(n): return b(n) + 1
def b(n):
    return [c(x) for x in range(n)][0]
class K:
    def method(self, v):
        return (lambda w: v / w)(0)
def c(x): return K().method(x)
print("before")
a(3)
