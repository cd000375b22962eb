# what was perhaps meant: attributes
class Point:
    def __init__(self): self.x_coordinate = 1; self.y = 2
    def distance(self): pass
import traceback
for f in (lambda p: p.x_cordinate, lambda p: p.distanc(), lambda p: "".strp(), lambda p: [].appnd(1), lambda p: p.zzz, lambda p: math.pii, lambda p: None.foo):
    try: f(Point())
    except Exception as e: traceback.print_exc()
Point().Distance
