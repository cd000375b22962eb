"""How callbacks, futures and tasks show themselves."""
import functools
import reprlib


def _function_source(f):
    f = getattr(f, "__wrapped__", f) if not isinstance(f, functools.partial) else f.func
    if isinstance(f, functools.partial):
        return _function_source(f)
    code = getattr(f, "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code else None


def _arguments_text(args, kwargs):
    items = [reprlib.repr(a) for a in args] + [f"{k}={reprlib.repr(v)}" for k, v in (kwargs or {}).items()]
    return f"({', '.join(items)})"


def _called(f, args, kwargs=None, suffix=""):
    if isinstance(f, functools.partial):
        return _called(f.func, f.args, f.keywords, _arguments_text(args, kwargs) + suffix)
    name = getattr(f, "__qualname__", None) or getattr(f, "__name__", None) or repr(f)
    return name + _arguments_text(args, kwargs) + suffix


def callback_text(callback, args):
    """name(arguments) at file:line"""
    text = _called(callback, args)
    source = _function_source(callback)
    return f"{text} at {source[0]}:{source[1]}" if source else text


def _callbacks_text(callbacks):
    texts = [callback_text(c, ()) for c, _ in callbacks]
    if len(texts) > 2:
        texts = [texts[0], f"<{len(texts) - 2} more>", texts[-1]]
    return f"cb=[{', '.join(texts)}]"


def future_info(future):
    parts = [future._state.lower()]
    if future._state == "FINISHED":
        if future._exception is not None:
            parts.append(f"exception={future._exception!r}")
        else:
            parts.append(f"result={reprlib.repr(future._result)}")
    if future._callbacks:
        parts.append(_callbacks_text(future._callbacks))
    return parts


def coroutine_text(coro):
    name = getattr(coro, "__qualname__", None) or getattr(coro, "__name__", None) or f"<{type(coro).__name__} without __name__>"
    code = getattr(coro, "cr_code", None) or getattr(coro, "gi_code", None)
    frame = getattr(coro, "cr_frame", None) or getattr(coro, "gi_frame", None)
    running = getattr(coro, "cr_running", False) or getattr(coro, "gi_running", False)
    if code is None:
        return f"{name}() running" if running else f"{name}()"
    if running:
        return f"{name}() running at {code.co_filename}:{frame.f_lineno}"
    if frame is not None:
        return f"{name}() running at {code.co_filename}:{frame.f_lineno}"
    return f"{name}() done, defined at {code.co_filename}:{code.co_firstlineno}"


def task_info(task):
    parts = future_info(task)
    if task.cancelling() and not task.done():
        parts[0] = "cancelling"
    parts.insert(1, f"name={task.get_name()!r}")
    if task._fut_waiter is not None:
        parts.insert(2, f"wait_for={task._fut_waiter!r}")
    if task._coro is not None:
        parts.insert(2, f"coro=<{coroutine_text(task._coro)}>")
    return parts


def future_text(future):
    return f"<{type(future).__name__} {' '.join(future_info(future))}>"


def task_text(task):
    return f"<{type(task).__name__} {' '.join(task_info(task))}>"
