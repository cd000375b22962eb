"""The other side of Interpreter.exec() and call(): takes a request apart, does what it says, and packs the answer.

Runs in the interpreter that was entered, as its main thread.  Next: _crossing.py, interp/vm/interpreters_module.c.
"""
import sys
import types

import _crossing

script = None   # the file of the asker's script


def answer(request):
    global script
    try:
        path, data = request.split(b'\0', 1)
        script = path.decode('utf-8', 'surrogateescape') or None
        what, value, lose_result = _crossing.loads(data, script)
        result = _ACTIONS[what](value)
        if lose_result:
            result = None
        return _crossing.dumps(('value', result))
    except _crossing.NotShareableError as error:
        return _crossing.dumps(('kept', str(error)))
    except BaseException as error:
        return _crossing.dumps(('raised', describe(error)))
    finally:
        _crossing.flush()


def _exec(source):
    code = compile(source, '<string>', 'exec') if isinstance(source, str) else source
    exec(code, sys.modules['__main__'].__dict__)


def _call(request):
    function, args, kwargs = request
    return function(*args, **kwargs)


def _bind(names):
    sys.modules['__main__'].__dict__.update(names)


_ACTIONS = {'exec': _exec, 'call': _call, 'bind': _bind}


def describe(error):
    """What ExecutionFailed.excinfo tells of an exception."""
    import traceback
    kind = type(error)
    while error.__traceback__ is not None and error.__traceback__.tb_frame.f_globals.get('__name__') in (__name__, _crossing.__name__):
        error.__traceback__ = error.__traceback__.tb_next
    try:
        text = str(error)
    except Exception:
        text = '<exception str() failed>'
    name = kind.__qualname__ if kind.__module__ in ('builtins', '__main__') else f'{kind.__module__}.{kind.__qualname__}'
    return types.SimpleNamespace(
        type=types.SimpleNamespace(__name__=kind.__name__, __qualname__=kind.__qualname__, __module__=kind.__module__),
        msg=text, formatted=f'{name}: {text}' if text else name,
        errdisplay=''.join(traceback.format_exception(error)).rstrip('\n'))
