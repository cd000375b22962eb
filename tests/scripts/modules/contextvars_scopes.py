# Contexts, variables and tokens: what they hold, and what is refused.
import contextvars
from contextvars import ContextVar, Context, Token, copy_context
a = ContextVar('a'); b = ContextVar('b', default=5)
print(a.name, b.get(), a.get(3), b.get(4))
try: a.get()
except LookupError as e: print(type(e).__name__, e.args[0] is a)
t = a.set(1); print(a.get(), t.var is a, t.old_value is Token.MISSING, repr(Token.MISSING), repr(t).startswith('<Token var=<ContextVar name='))
t2 = a.set(2); print(t2.old_value); a.reset(t2); print(a.get())
try: a.reset(t2)
except RuntimeError as e: print(str(e).startswith('<Token used var='), 'has already been used once' in str(e))
try: b.reset(t)
except ValueError as e: print('different ContextVar' in str(e))
try: a.reset(5)
except TypeError as e: print(e)
a.reset(t); print(a.get('none'))
c = copy_context(); print(len(c), list(c))
def f(x, y=0): a.set(x + y); print(a.get()); return 'r'
print(c.run(f, 1, y=2), c[a], a.get('outer'), a in c, b in c, c.get(b), c.get(b, 7), len(c))
try: c[b]
except KeyError as e: print('KeyError', e.args[0] is b)
try: c['a']
except TypeError as e: print(e)
try: 'a' in c
except TypeError as e: print(e)
def again(): c.run(print)
try: c.run(again)
except RuntimeError as e: print('already entered' in str(e))
try: c.run()
except TypeError as e: print(e)
def boom(): raise ValueError('x')
try: c.run(boom)
except ValueError as e: print(e, a.get('outer'))
d = c.copy(); print(d == c, d is c, d != c, list(d.items()) == [(a, 3)], list(d.keys()) == [a], list(d.values()))
tok = c.run(a.set, 9)
try: a.reset(tok)
except ValueError as e: print('different Context' in str(e))
for bad in (lambda: ContextVar(), lambda: ContextVar(1), lambda: ContextVar('a', 1), lambda: Token(), lambda: Context(1), lambda: hash(c), lambda: type('X', (ContextVar,), {})):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
print(ContextVar[int], Token[int], ContextVar.__module__, Context.__name__)
import threading
a.set('main'); r = []
th = threading.Thread(target=lambda: r.append(a.get('fresh'))); th.start(); th.join(); print(r)
for cv in (a, b): print(repr(cv).split(' at ')[0])
import gc, weakref
class O: pass
o = O(); o.ctx = Context(); o.ctx.run(a.set, o); w = weakref.ref(o); del o; gc.collect(); print(w())
