# contextvars: values by context, tokens, copies, one context a thread.
import threading
from contextvars import Context, ContextVar, Token, copy_context


def shows(what, f, *args):
    try:
        print(what, f(*args))
    except Exception as e:
        print(what, type(e).__name__, str(e).split(" at 0x")[0])


v, w = ContextVar("v"), ContextVar("w", default=10)
shows("unset", v.get)
print(v.get("fallback"), w.get(), w.name)
token = v.set(1)
print(v.get(), token.old_value, token.var is v, Token.MISSING is token.old_value)
second = v.set(2)
print(second.old_value)
v.reset(second)
print(v.get())
shows("again", v.reset, second)
shows("other", w.reset, token)
v.reset(token)
shows("unset", v.get)
v.set("outer")
context = copy_context()


def change():
    v.set("inner")
    w.set(20)
    return v.get(), w.get()


print(context.run(change), v.get(), w.get(), context[v], context[w], len(context), v in context, sorted(x.name for x in context))
print(dict(context.items()) == {v: "inner", w: 20}, context.get(w), context.get(ContextVar("x"), 5))
shows("entered", context.run, lambda: context.run(print))
shows("type", lambda: context["v"])
shows("key", lambda: Context()[v])
shows("raises", context.run, lambda: 1 / 0)
print(v.get(), list(Context()))
seen = []
t = threading.Thread(target=lambda: seen.append(v.get("none here")))
t.start()
t.join()
print(seen, context.copy()[v])
shows("reset elsewhere", lambda: context.run(v.reset, v.set("x")))
