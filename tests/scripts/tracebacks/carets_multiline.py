# a call over several lines points at its first
def f(*args, **kw): raise ValueError("called")
x = [
    1,
    2,
]
result = f(
    1,
    f,
    key=[
        3,
    ],
)
