"""inspect - what there is to know about live objects: kinds, members, source, signatures, frames.

    is...()                           what kind of object is it
    getmembers, getattr_static ...    what it has
    getsource ...                     where it is written: in _source.py
    signature                         how it is called: in _signature.py; the older getfullargspec() and getcallargs() are here
    stack, trace ...                  who called whom
Next: _signature.py, _source.py, typing.py.
"""
import collections.abc
import functools
import sys
import types
from collections import namedtuple

from _signature import (BoundArguments, Parameter, Signature, _empty, _Finder, _is_function_like, _ParameterKind, _signature_from_callable,
                        _void, formatannotation, formatannotationrelativeto, get_annotations, signature, unwrap)
from _source import (findsource, getabsfile, getblock, getcomments, getfile, getmodule, getmodulename, getsource, getsourcefile,
                     getsourcelines, indentsize)

__all__ = '''ArgInfo Arguments Attribute BoundArguments CORO_CLOSED CORO_CREATED CORO_RUNNING CORO_SUSPENDED CO_ASYNC_GENERATOR
CO_COROUTINE CO_GENERATOR CO_ITERABLE_COROUTINE CO_NESTED CO_NEWLOCALS CO_NOFREE CO_OPTIMIZED CO_VARARGS CO_VARKEYWORDS ClosureVars
FrameInfo FullArgSpec GEN_CLOSED GEN_CREATED GEN_RUNNING GEN_SUSPENDED Parameter Signature TPFLAGS_IS_ABSTRACT Traceback
classify_class_attrs cleandoc currentframe findsource formatannotation formatannotationrelativeto formatargvalues get_annotations
getabsfile getargs getargvalues getattr_static getblock getcallargs getclasstree getclosurevars getcomments getcoroutinelocals
getcoroutinestate getdoc getfile getframeinfo getfullargspec getgeneratorlocals getgeneratorstate getinnerframes getlineno
getmembers getmembers_static getmodule getmodulename getmro getouterframes getsource getsourcefile getsourcelines indentsize
isabstract isasyncgen isasyncgenfunction isawaitable isbuiltin isclass iscode iscoroutine iscoroutinefunction isdatadescriptor
isframe isfunction isgenerator isgeneratorfunction isgetsetdescriptor ismemberdescriptor ismethod ismethoddescriptor
ismethodwrapper ismodule isroutine istraceback signature stack trace unwrap walktree'''.split()

(CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR, CO_NOFREE, CO_COROUTINE, CO_ITERABLE_COROUTINE,
 CO_ASYNC_GENERATOR) = [1 << i for i in range(10)]
TPFLAGS_IS_ABSTRACT = 1 << 20

for _name in __all__:
    if getattr(globals().get(_name), '__module__', None) in ('_signature', '_source'):
        globals()[_name].__module__ = __name__  # where people find it
del _name


# ---- what kind of object ----

def _asks(name, kind, what):
    """The function that tells whether its argument is one of this kind."""
    def asks(object):
        return isinstance(object, kind)

    asks.__name__ = asks.__qualname__ = name
    asks.__doc__ = f'Return true if the object is {what}.'
    return asks


ismodule = _asks('ismodule', types.ModuleType, 'a module')
isclass = _asks('isclass', type, 'a class')
ismethod = _asks('ismethod', types.MethodType, 'an instance method')
isfunction = _asks('isfunction', types.FunctionType, 'a user-defined function')
isbuiltin = _asks('isbuiltin', types.BuiltinFunctionType, 'a built-in function or method')
ismethodwrapper = _asks('ismethodwrapper', types.MethodWrapperType, 'a method wrapper')
ismemberdescriptor = _asks('ismemberdescriptor', types.MemberDescriptorType, 'a member descriptor, that is, a slot')
isgetsetdescriptor = _asks('isgetsetdescriptor', types.GetSetDescriptorType, 'an attribute computed by native code')
isgenerator = _asks('isgenerator', types.GeneratorType, 'a generator')
iscoroutine = _asks('iscoroutine', types.CoroutineType, 'a coroutine')
isasyncgen = _asks('isasyncgen', types.AsyncGeneratorType, 'an asynchronous generator')
istraceback = _asks('istraceback', types.TracebackType, 'a traceback')
isframe = _asks('isframe', types.FrameType, 'a frame object')
iscode = _asks('iscode', types.CodeType, 'a code object')


def ismethoddescriptor(object):
    """True for a descriptor with __get__ and no __set__ that is no method, function or class."""
    kind = type(object)
    return hasattr(kind, '__get__') and not hasattr(kind, '__set__') and not _is_callable_by_itself(object)


def isdatadescriptor(object):
    """True for a descriptor with __set__ or __delete__."""
    kind = type(object)
    return (hasattr(kind, '__set__') or hasattr(kind, '__delete__')) and not _is_callable_by_itself(object)


def _is_callable_by_itself(object):
    return isinstance(object, (type, types.MethodType, types.FunctionType))


def isroutine(object):
    """Return true if the object is any kind of function or method."""
    return (isinstance(object, (types.BuiltinFunctionType, types.FunctionType, types.MethodType, types.MethodWrapperType))
            or ismethoddescriptor(object))


def isabstract(object):
    """Return true if the object is an abstract base class (ABC)."""
    if not isinstance(object, type):
        return False
    if '__abstractmethods__' in object.__dict__ or type(object).__name__ != 'ABCMeta' and not hasattr(object, '_abc_impl'):
        return bool(getattr(object, '__abstractmethods__', None))
    # While __init_subclass__() runs, ABCMeta has not looked yet.
    if any(getattr(value, '__isabstractmethod__', False) for value in object.__dict__.values()):
        return True
    return any(getattr(getattr(object, name, None), '__isabstractmethod__', False)
               for base in object.__bases__ for name in getattr(base, '__abstractmethods__', ()))


def _has_flag(func, flag):
    while ismethod(func):
        func = func.__func__
    func = functools._unwrap_partial(func)
    return bool((isfunction(func) or _is_function_like(func)) and func.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Return true if the object is a user-defined generator function."""
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    """Return true if the object is a coroutine function."""
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    """Return true if the object is an asynchronous generator function."""
    return _has_flag(obj, CO_ASYNC_GENERATOR)


def isawaitable(object):
    """Return true if object can be passed to an ``await`` expression."""
    if isgenerator(object):
        return bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    return isinstance(object, collections.abc.Awaitable)


# ---- members ----

_missing = object()


def getmembers(object, predicate=None):
    """All members of an object as (name, value) pairs sorted by name; only those that satisfy predicate."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """getmembers() that runs no code of the object."""
    return _members(object, predicate, getattr_static)


def _members(object, predicate, get):
    names, mro = dir(object), ()
    if isclass(object):
        mro = object.__mro__
        # A member of an enum may have the name of a property; then both are shown.
        names += _dynamic_names(object.__bases__)
    found, seen = [], set()
    for name in names:
        value = _missing if name in seen else get(object, name, _missing)
        if value is _missing:
            value = next((base.__dict__[name] for base in mro if name in base.__dict__), _missing)
            if value is _missing:
                continue
        seen.add(name)
        if not predicate or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def _dynamic_names(classes):
    return [name for cls in classes for name, value in cls.__dict__.items() if isinstance(value, types.DynamicClassAttribute)]


Attribute = namedtuple('Attribute', 'name kind defining_class object')


def classify_class_attrs(cls):
    """A list of Attribute(name, kind, defining class, object) of all attributes of a class."""
    bases = cls.__mro__
    metabases = [base for base in type(cls).__mro__ if base is not type and base is not object]
    names = dir(cls) + [name for name in _dynamic_names(bases) if _first_in(bases, name).fget is not None]
    found, seen = [], set()
    for name in names:
        value = home = None
        if name not in seen and name != '__dict__':
            try:
                value = getattr(cls, name)
            except Exception:
                pass
            else:
                home = _home_of_value(cls, name, value, bases, metabases)
        raw = None
        for base in (*bases, *metabases):
            if name in base.__dict__:
                raw = base.__dict__[name]
                if home not in metabases:
                    home = base
                break
        if home is not None:
            kind, shown = _kind_of_attribute(raw, raw if value is None else value)
            found.append(Attribute(name, kind, home, shown))
            seen.add(name)
    return found


def _first_in(bases, name):
    return next(base.__dict__[name] for base in bases if name in base.__dict__)


def _home_of_value(cls, name, value, bases, metabases):
    """The class that an attribute comes from, as it says, or the last one that has the same."""
    home = getattr(value, '__objclass__', None)
    if home in bases:
        return home
    home = None
    for base in bases:
        if getattr(base, name, None) is value:
            home = base
    for base in metabases:
        try:
            if base.__getattr__(cls, name) is value:
                home = base
        except AttributeError:
            pass
    return home


def _kind_of_attribute(raw, value):
    """The kind, and what is to be shown: what stands in the class, if it is one of the special sorts."""
    for kind, sorts in (('static method', (staticmethod, types.BuiltinMethodType)),
                        ('class method', (classmethod, types.ClassMethodDescriptorType)), ('property', property)):
        if isinstance(raw, sorts):
            return kind, raw
    return 'method' if isroutine(value) else 'data', value


def getmro(cls):
    "Return tuple of base classes (including cls) in method resolution order."
    return cls.__mro__


def getclasstree(classes, unique=False):
    """Arrange classes in a tree of nested lists of (class, bases)."""
    children, roots = {}, []
    for cls in classes:
        if not cls.__bases__ and cls not in roots:
            roots.append(cls)
        for base in cls.__bases__:
            siblings = children.setdefault(base, [])
            if cls not in siblings:
                siblings.append(cls)
            if unique and base in classes:
                break
    roots += [base for base in children if base not in classes]
    return walktree(roots, children, None)


def walktree(classes, children, parent):
    """Recursive helper function for getclasstree()."""
    tree = []
    classes.sort(key=lambda cls: (cls.__module__, cls.__name__))
    for cls in classes:
        tree.append((cls, cls.__bases__))
        if cls in children:
            tree.append(walktree(children[cls], children, cls))
    return tree


# ---- attributes without running code: all is looked up in the dicts, by the descriptors of type itself ----

_mro_of = type.__dict__['__mro__'].__get__
_dict_of = type.__dict__['__dict__'].__get__


def getattr_static(obj, attr, default=_missing):
    """The attribute, found without running __getattr__, __getattribute__ or descriptors."""
    is_class = _is_class(obj)
    cls = obj if is_class else type(obj)
    in_class = _in_class(cls, attr)
    in_instance = _missing if is_class else _in_instance(obj, attr)
    if in_instance is not _missing and not _is_data_descriptor(in_class):
        return in_instance
    if in_class is not _missing:
        return in_class
    if is_class:
        in_metaclass = _in_class(type(cls), attr)
        if in_metaclass is not _missing:
            return in_metaclass
    if default is _missing:
        raise AttributeError(attr)
    return default


def _is_class(obj):
    """isinstance(obj, type) that does not ask obj.__class__."""
    try:
        _mro_of(obj)
    except TypeError:
        return False
    return True


def _in_class(cls, name):
    for base in _mro_of(cls):
        if name in _dict_of(base) and _fake_dict(type(base)) is _missing:
            return _dict_of(base)[name]
    return _missing


def _in_instance(obj, name):
    fake = _fake_dict(type(obj))
    if fake is not _missing and not isinstance(fake, types.MemberDescriptorType):
        return _missing
    try:
        return dict.get(object.__getattribute__(obj, '__dict__'), name, _missing)
    except AttributeError:
        return _missing


def _fake_dict(cls):
    """The class attribute __dict__ that hides the real one, if there is such."""
    for base in _mro_of(cls):
        found = _dict_of(base).get('__dict__', _missing)
        if found is not _missing:
            is_real = (isinstance(found, types.GetSetDescriptorType) and found.__name__ == '__dict__'
                       and found.__objclass__ is base)
            if not is_real:
                return found
    return _missing


def _is_data_descriptor(value):
    """Whether it comes before what stands in the instance."""
    if value is _missing or _in_class(type(value), '__get__') is _missing:
        return False
    return any(_in_class(type(value), name) is not _missing for name in ('__set__', '__delete__'))


# ---- documentation ----

def getdoc(object):
    """The docstring, or an inherited one, with its indentation cleaned up."""
    doc = getattr(object, '__doc__', None)
    if doc is None:
        try:
            doc = _finddoc(object)
        except (TypeError, AttributeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def _finddoc(obj):
    """The docstring of the attribute of a base class that obj overrides."""
    if isclass(obj):
        docs = [getattr(base, '__doc__', None) for base in obj.__mro__[:-1]]
    else:
        cls, name = _class_and_name(obj)
        if cls is None:
            return None
        slots = getattr(cls, '__slots__', None)
        if ismemberdescriptor(obj) and isinstance(slots, dict) and name in slots:
            return slots[name]
        docs = [getattr(getattr(base, name, None), '__doc__', None) for base in cls.__mro__ if hasattr(base, name)]
    return next((doc for doc in docs if doc is not None), None)


def _class_and_name(obj):
    """Where an attribute of a class stands; (None, None) if it is none, or is not found there."""
    if ismethod(obj):
        name, owner = obj.__func__.__name__, obj.__self__
        is_classmethod = isclass(owner) and getattr(getattr(owner, name, None), '__func__') is obj.__func__
        return owner if is_classmethod else owner.__class__, name
    if isbuiltin(obj):
        name, owner = obj.__name__, obj.__self__
        is_classmethod = isclass(owner) and f'{owner.__qualname__}.{name}' == obj.__qualname__
        return owner if is_classmethod else owner.__class__, name
    if isfunction(obj) or isinstance(obj, property):
        func = obj if isfunction(obj) else obj.fget
        cls, name = _class_of_function(func), func.__name__
    elif ismethoddescriptor(obj) or isdatadescriptor(obj):
        cls, name = obj.__objclass__, obj.__name__
    else:
        return None, None
    return (cls, name) if cls is not None and getattr(cls, name) is obj else (None, None)


def _class_of_function(func):
    """The class that the qualified name of a function tells of."""
    found = sys.modules.get(func.__module__)
    for name in func.__qualname__.split('.')[:-1]:
        found = found and getattr(found, name)
    return found if isclass(found) else None


def cleandoc(doc):
    """The docstring without the indentation that all lines but the first have, and without blank lines around."""
    first, *rest = doc.expandtabs().split('\n')
    margin = min([len(line) - len(line.lstrip()) for line in rest if line.strip()], default=0)
    lines = [first.lstrip(), *[line[margin:] for line in rest]]
    while lines and not lines[-1]:
        del lines[-1]
    while lines and not lines[0]:
        del lines[0]
    return '\n'.join(lines)


# ---- arguments ----

Arguments = namedtuple('Arguments', 'args, varargs, varkw')
FullArgSpec = namedtuple('FullArgSpec', 'args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations')
ArgInfo = namedtuple('ArgInfo', 'args varargs keywords locals')
ClosureVars = namedtuple('ClosureVars', 'nonlocals globals builtins unbound')


def getargs(co):
    """The names of the arguments of a code object: (args with keyword-only ones, varargs, varkw)"""
    if not iscode(co):
        raise TypeError(f'{co!r} is not a code object')
    n = co.co_argcount + co.co_kwonlyargcount
    rest = iter(co.co_varnames[n:])
    varargs = next(rest) if co.co_flags & CO_VARARGS else None
    return Arguments([*co.co_varnames[:n]], varargs, next(rest) if co.co_flags & CO_VARKEYWORDS else None)


def getfullargspec(func):
    """Names and defaults of a callable's parameters, as FullArgSpec."""
    try:
        sig = _Finder(Signature, False, False).of(func)
    except Exception as error:
        raise TypeError('unsupported callable') from error
    params = sig.parameters.values()

    def names(*kinds):
        return [param.name for param in params if param.kind in kinds]

    def defaults(*kinds):
        return {param.name: param.default for param in params if param.kind in kinds and param.default is not _empty}

    positional, by_keyword = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD), Parameter.KEYWORD_ONLY
    varargs, varkw = names(Parameter.VAR_POSITIONAL), names(Parameter.VAR_KEYWORD)
    hints = {} if sig.return_annotation is _empty else {'return': sig.return_annotation}
    hints.update({param.name: param.annotation for param in params if param.annotation is not _empty})
    return FullArgSpec(names(*positional), varargs[0] if varargs else None, varkw[0] if varkw else None,
                       tuple(defaults(*positional).values()) or None, names(by_keyword), defaults(by_keyword) or None, hints)


def getcallargs(func, /, *positional, **named):
    """What each parameter would be bound to in a call, as a dict.

    How: by calling a function with the same parameters that only returns them; so errors are those of a real call.
    """
    spec = getfullargspec(func)
    bare_star = ['*'] if spec.kwonlyargs and not spec.varargs else []
    written = [*spec.args, *(['*' + spec.varargs] if spec.varargs else bare_star), *spec.kwonlyargs]
    if spec.varkw:
        written.append('**' + spec.varkw)
    scope = {}
    exec(f"def probe({', '.join(written)}): return locals()", scope)
    probe = scope['probe']
    probe.__name__ = probe.__qualname__ = func.__name__
    probe.__defaults__, probe.__kwdefaults__ = spec.defaults, spec.kwonlydefaults
    if ismethod(func) and func.__self__ is not None:
        positional = func.__self__, *positional
    try:
        values = probe(*positional, **named)
    except TypeError as error:
        raise TypeError(str(error).replace(", and '", " and '")) from None  # as CPython words it here
    order = [*spec.args[:len(positional)], spec.varargs, spec.varkw, *named, *spec.args, *spec.kwonlyargs]
    return {name: values[name] for name in dict.fromkeys(order) if name in values}


def getargvalues(frame):
    """The arguments of a frame with their values."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def formatargvalues(args, varargs, varkw, locals, formatarg=str, formatvarargs=lambda name: '*' + name,
                    formatvarkw=lambda name: '**' + name, formatvalue=lambda value: '=' + repr(value)):
    """The arguments of a frame as text."""
    parts = [(formatarg, name) for name in args]
    parts += [(formatvarargs, varargs)] if varargs else []
    parts += [(formatvarkw, varkw)] if varkw else []
    return '(' + ', '.join([form(name) + formatvalue(locals[name]) for form, name in parts]) + ')'


def getclosurevars(func):
    """The names a function uses that are not its own, with their values."""
    func = func.__func__ if ismethod(func) else func
    if not isfunction(func):
        raise TypeError(f'{func!r} is not a Python function')
    code, scope = func.__code__, func.__globals__
    builtins = scope.get('__builtins__', sys.modules['builtins'])
    builtins = vars(builtins) if ismodule(builtins) else builtins
    names = [name for name in code.co_names if name not in ('None', 'True', 'False')]
    return ClosureVars({name: cell.cell_contents for name, cell in zip(code.co_freevars, func.__closure__ or ())},
                       {name: scope[name] for name in names if name in scope},
                       {name: builtins[name] for name in names if name in builtins and name not in scope},
                       {name for name in names if name not in scope and name not in builtins})


# ---- frames ----

class _WithPositions:
    """A named tuple, and beside it the positions of the instruction."""

    def __new__(cls, *fields, positions=None, **named):
        made = super().__new__(cls, *fields, **named)
        made.positions = positions
        return made

    def __repr__(self):
        fields = {**self._asdict(), 'positions': self.positions}
        return f"{type(self).__name__}({', '.join([f'{name}={value!r}' for name, value in fields.items()])})"


_where = 'filename lineno function code_context index'


class Traceback(_WithPositions, namedtuple('_Traceback', _where)):
    """Where a frame is."""


class FrameInfo(_WithPositions, namedtuple('_FrameInfo', 'frame ' + _where)):
    """A frame, and where it is."""


_Positions = namedtuple('Positions', 'lineno end_lineno col_offset end_col_offset', defaults=(None,) * 4)


def _positions(code, instruction):
    if instruction >= 0:
        for i, positions in enumerate(code.co_positions()):
            if i == instruction // 2:
                return positions
    return (None,) * 4


def getframeinfo(frame, context=1):
    """Where a frame or traceback is: file, line, function, `context` lines around, index of the line in them."""
    if istraceback(frame):
        lineno, instruction, frame = frame.tb_lineno, frame.tb_lasti, frame.tb_frame
    elif isframe(frame):
        lineno, instruction = frame.f_lineno, frame.f_lasti
    else:
        raise TypeError(f'{frame!r} is not a frame or traceback object')
    first, *others = _positions(frame.f_code, instruction)
    lineno = lineno if first is None else first
    lines, index = _lines_around(frame, lineno, context)
    return Traceback(getsourcefile(frame) or getfile(frame), lineno, frame.f_code.co_name, lines, index,
                     positions=_Positions(lineno, *others))


def _lines_around(frame, lineno, context):
    """`context` lines with the line in the middle, and its index; (None, None) when there is no source."""
    if context <= 0:
        return None, None
    try:
        lines, _ = findsource(frame)
    except OSError:
        return None, None
    start = max(0, min(lineno - 1 - context // 2, len(lines) - context))
    return lines[start:start + context], lineno - 1 - start


def getlineno(frame):
    """The line number of a frame."""
    return frame.f_lineno


def _frame_info(frame, place, context):
    where = getframeinfo(place, context)
    return FrameInfo(frame, *where, positions=where.positions)


def getouterframes(frame, context=1):
    """FrameInfo records from a frame outwards."""
    records = []
    while frame:
        records.append(_frame_info(frame, frame, context))
        frame = frame.f_back
    return records


def getinnerframes(tb, context=1):
    """FrameInfo records along a traceback."""
    records = []
    while tb:
        records.append(_frame_info(tb.tb_frame, tb, context))
        tb = tb.tb_next
    return records


def currentframe():
    """The caller's frame."""
    return sys._getframe(1)


def stack(context=1):
    """FrameInfo records of the stack above the caller."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """FrameInfo records of the stack below the exception being handled."""
    return getinnerframes(getattr(sys.exc_info()[1], '__traceback__', None), context)


# ---- generators and coroutines ----

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = [f'GEN_{_state}' for _state in 'CREATED RUNNING SUSPENDED CLOSED'.split()]
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = [f'CORO_{_state}' for _state in 'CREATED RUNNING SUSPENDED CLOSED'.split()]


def _state_of(obj, prefix, word):
    for state in 'running', 'suspended':
        if getattr(obj, f'{prefix}_{state}'):
            return f'{word}_{state.upper()}'
    return f'{word}_CLOSED' if getattr(obj, f'{prefix}_frame') is None else f'{word}_CREATED'


def getgeneratorstate(generator):
    """GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED or GEN_CLOSED"""
    return _state_of(generator, 'gi', 'GEN')


def getcoroutinestate(coroutine):
    """CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED"""
    return _state_of(coroutine, 'cr', 'CORO')


def getgeneratorlocals(generator):
    """The local variables of a generator."""
    if not isgenerator(generator):
        raise TypeError(f'{generator!r} is not a Python generator')
    return getattr(generator.gi_frame, 'f_locals', {})


def getcoroutinelocals(coroutine):
    """The local variables of a coroutine."""
    return getattr(getattr(coroutine, 'cr_frame', None), 'f_locals', {})
