# frames of generators, comprehensions, lambdas
def gen():
    yield 1
    yield {}["in gen"]
def use(): return sum(x for x in gen())
use()
