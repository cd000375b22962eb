# continue outside a loop
class C:
    continue
