"""_help - what the builtin help() does: shows the signature and documentation of an object, and of what is in it.  Next: inspect.py."""
import inspect

WELCOME = """\
Welcome to help. help(object) shows what is known of a function, class or module;
help('name') does so for a dotted name, such as help('math.sqrt').
"""


def _signature(obj):
    try:
        return str(inspect.signature(obj))
    except (TypeError, ValueError):
        return '(...)'


def _indented(text):
    return ''.join('    ' + line + '\n' if line else '\n' for line in text.splitlines())


def _routine(name, obj):
    return f'{name}{_signature(obj)}\n' + _indented(inspect.getdoc(obj) or '')


def _members(owner, wanted):
    """Those of owner's own members that are to be shown: (name, object)."""
    for name, obj in sorted(vars(owner).items()):
        if wanted(name):
            yield name, obj


def _class(name, cls):
    bases = [base.__name__ for base in cls.__bases__ if base is not object]
    text = f'class {name}({", ".join(bases) or "builtins.object"})\n'
    inside = (inspect.getdoc(cls) or '') + '\n'
    for member, obj in _members(cls, lambda n: not n.startswith('_') or n == '__init__'):
        function = getattr(obj, '__func__', obj)
        if callable(function):
            inside += '\n' + _routine(member, function)
        elif inspect.isdatadescriptor(obj):
            inside += f'\n{member}\n' + _indented(inspect.getdoc(obj) or '')
    return text + ''.join(' |  ' + line + '\n' for line in inside.strip('\n').splitlines())


def _module(module):
    doc = inspect.getdoc(module) or ''
    title = module.__name__ + (' - ' + doc.split('\n', 1)[0] if doc else '')
    text = f'NAME\n{_indented(title)}\nDESCRIPTION\n{_indented(doc)}\n' if '\n' in doc.strip() else f'NAME\n{_indented(title)}\n'
    listed = getattr(module, '__all__', None)
    shown = dict(_members(module, lambda n: n in listed if listed is not None else not n.startswith('_')))
    for heading, is_one, describe in (('CLASSES', inspect.isclass, _class), ('FUNCTIONS', inspect.isroutine, _routine)):
        parts = [describe(name, obj) for name, obj in shown.items() if is_one(obj)]
        if parts:
            text += f'{heading}\n' + _indented('\n'.join(parts)) + '\n'
    data = [f'{name} = {obj!r}' for name, obj in shown.items() if not callable(obj) and not inspect.ismodule(obj)]
    return text + ('DATA\n' + _indented('\n'.join(data)) if data else '')


def _find(path):
    """The object that a dotted name leads to."""
    import builtins
    import importlib
    parts = path.split('.')
    for n in range(len(parts), 0, -1):
        try:
            obj = importlib.import_module('.'.join(parts[:n]))
        except ImportError:
            continue
        break
    else:
        n, obj = 0, builtins
    for part in parts[n:]:
        obj = getattr(obj, part)
    return obj


def show(obj=WELCOME):
    """help(obj)."""
    if obj is WELCOME:
        print(WELCOME)
        return
    if isinstance(obj, str):
        try:
            obj = _find(obj)
        except AttributeError:
            print(f'No Python documentation found for {obj!r}.')
            return
    name = getattr(obj, '__name__', None)
    where = getattr(obj, '__module__', None)
    where = f' in module {where}' if where and not inspect.ismodule(obj) else ''
    if inspect.ismodule(obj):
        print(f'Help on module {name}:\n\n{_module(obj)}')
    elif inspect.isclass(obj):
        print(f'Help on class {name}{where}:\n\n{_class(name, obj)}')
    elif inspect.isroutine(obj):
        kind = 'built-in function' if inspect.isbuiltin(obj) else 'function' if inspect.isfunction(obj) else 'method'
        print(f'Help on {kind} {name}{where}:\n\n{_routine(name, obj)}')
    else:
        cls = type(obj)
        print(f'Help on {cls.__name__} object:\n\n{_class(cls.__name__, cls)}')
