# a decorator with nothing to decorate
@property
x = 1
