"""_signature - the part of inspect about calls: what a callable takes, and binding arguments to that.

    Parameter, Signature   what a callable takes; made by hand, or by signature() from
                           a function's code object, a native function's __text_signature__, or what a class or partial wraps
    BoundArguments         what would go where in a call
Keeps: importing is cheap.  The classes say that they are inspect's, which is where people find them.
Next: inspect.py, functools.py.
"""
import functools
import sys
import types
from collections import OrderedDict

CO_VARARGS, CO_VARKEYWORDS = 4, 8


# ---- annotations ----

def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a class, module or callable, as a new dict; with eval_str strings are evaluated."""
    annotations, scope, inner = _annotations_and_scopes(obj)
    if annotations is None:
        return {}
    if not isinstance(annotations, dict):
        raise ValueError(f'{obj!r}.__annotations__ is neither a dict nor None')
    if not eval_str:
        return dict(annotations)
    if globals is None:
        globals = scope
    if locals is None:
        locals = inner
    return {name: eval(hint, globals, locals) if isinstance(hint, str) else hint for name, hint in annotations.items()}


def _annotations_and_scopes(obj):
    """The annotations, and the dicts in which strings among them are to be evaluated."""
    if isinstance(obj, types.ModuleType):
        return getattr(obj, '__annotations__', None), vars(obj), None
    if isinstance(obj, type):
        own = obj.__dict__.get('__annotations__')
        module = sys.modules.get(getattr(obj, '__module__', None))
        scope = getattr(_innermost(obj), '__globals__', getattr(module, '__dict__', None))
        return None if isinstance(own, types.GetSetDescriptorType) else own, scope, dict(vars(obj))
    if callable(obj):
        return getattr(obj, '__annotations__', None), getattr(_innermost(obj), '__globals__', getattr(obj, '__globals__', None)), None
    raise TypeError(f'{obj!r} is not a module, class, or callable.')


def _innermost(obj):
    """What decorators and partial() have wrapped."""
    while True:
        if hasattr(obj, '__wrapped__'):
            obj = obj.__wrapped__
        elif isinstance(obj, functools.partial):
            obj = obj.func
        else:
            return obj


def formatannotation(annotation, base_module=None):
    """An annotation as in source: names of built-in types and those of base_module without their module."""
    if getattr(annotation, '__module__', None) == 'typing':
        import re
        return re.sub(r'[\w.]+', lambda match: match[0].removeprefix('typing.'), repr(annotation))
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        module, name = annotation.__module__, annotation.__qualname__
        return name if module in ('builtins', base_module) else f'{module}.{name}'
    return repr(annotation)


def formatannotationrelativeto(object):
    """A formatannotation() that leaves out the module of object."""
    module = getattr(object, '__module__', None)
    return lambda annotation: formatannotation(annotation, module)


def unwrap(func, *, stop=None):
    """The function at the end of the chain of __wrapped__ attributes."""
    seen = {id(func): func}
    inner = func
    while hasattr(inner, '__wrapped__') and not (stop is not None and stop(inner)):
        inner = inner.__wrapped__
        if id(inner) in seen or len(seen) >= sys.getrecursionlimit():
            raise ValueError(f'wrapper loop when unwrapping {func!r}')
        seen[id(inner)] = inner
    return inner


# ---- Parameter ----

class _empty:
    """Marker object for Signature.empty and Parameter.empty."""
    __module__ = 'inspect'


class _void:
    """Marks arguments of replace() that were not given: empty is a value there."""
    __module__ = 'inspect'


class _ParameterKind(int):
    """The kind of a parameter; an IntEnum by hand, so that importing inspect does not import enum."""
    __module__ = 'inspect'
    _words = (('POSITIONAL_ONLY', 'positional-only'), ('POSITIONAL_OR_KEYWORD', 'positional or keyword'),
              ('VAR_POSITIONAL', 'variadic positional'), ('KEYWORD_ONLY', 'keyword-only'), ('VAR_KEYWORD', 'variadic keyword'))

    name = property(lambda self: self._words[self][0])
    value = property(int)
    description = property(lambda self: self._words[self][1])

    def __str__(self):
        return self.name

    def __repr__(self):
        return f'<_ParameterKind.{self.name}: {self.value}>'

    def __reduce__(self):
        return _kind, (self.value,)


_kinds = _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = [
    _ParameterKind(i) for i in range(5)]


def _kind(value):
    if isinstance(value, int) and 0 <= value < 5:
        return _kinds[value]
    raise ValueError(f'value {value!r} is not a valid Parameter.kind')


class Parameter:
    """One parameter: name, kind, default and annotation (Parameter.empty if there is none)."""
    __module__ = 'inspect'
    __slots__ = '_name', '_kind', '_default', '_annotation'

    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _kinds
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self._kind = kind = _kind(kind)
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f'{kind.description} parameters cannot have default values')
        self._default, self._annotation = default, annotation
        if name is _empty:
            raise ValueError('name is a required attribute for Parameter')
        if not isinstance(name, str):
            raise TypeError(f'name must be a str, not a {type(name).__name__}')
        if name[:1] == '.' and name[1:].isdigit():
            # The argument of a comprehension has a name that cannot be written.
            if kind is not _POSITIONAL_OR_KEYWORD:
                raise ValueError(f'implicit arguments must be passed as positional or keyword arguments, not {kind.description}')
            self._kind, name = _POSITIONAL_ONLY, 'implicit' + name[1:]
        elif not name.isidentifier() or kind is not _POSITIONAL_ONLY and _is_keyword(name):
            raise ValueError(f'{name!r} is not a valid parameter name')
        self._name = name

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """A copy with some attributes changed; Parameter.empty removes one."""
        return type(self)(self._name if name is _void else name, self._kind if kind is _void else kind,
                          default=self._default if default is _void else default,
                          annotation=self._annotation if annotation is _void else annotation)

    def __str__(self):
        stars = {_VAR_POSITIONAL: '*', _VAR_KEYWORD: '**'}.get(self._kind, '')
        has_hint = self._annotation is not _empty
        hint = f': {formatannotation(self._annotation)}' if has_hint else ''
        if self._default is _empty:
            return f'{stars}{self._name}{hint}'
        return f"{stars}{self._name}{hint}{' = ' if has_hint else '='}{self._default!r}"

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def _key(self):
        return self._name, self._kind, self._default, self._annotation

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return self is other or self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def __reduce__(self):
        return type(self), (self._name, self._kind), {'_default': self._default, '_annotation': self._annotation}

    def __setstate__(self, state):
        for name, value in state.items():
            setattr(self, name, value)


def _is_keyword(name):
    from keyword import iskeyword
    return iskeyword(name)


# ---- BoundArguments ----

class BoundArguments:
    """What Signature.bind() returns: arguments is a dict of parameter names to values."""
    __module__ = 'inspect'
    __slots__ = 'arguments', '_signature', '__weakref__'

    def __init__(self, signature, arguments):
        self._signature, self.arguments = signature, arguments

    signature = property(lambda self: self._signature)
    args = property(lambda self: self._as_call()[0])
    kwargs = property(lambda self: self._as_call()[1])

    def _as_call(self):
        """Positional and keyword arguments. After one that is missing, the rest goes by keyword."""
        args, kwargs = [], {}
        by_keyword = False
        for name, param in self._signature.parameters.items():
            if param.kind in (_KEYWORD_ONLY, _VAR_KEYWORD) or name not in self.arguments:
                by_keyword = True
            if name in self.arguments:
                value = self.arguments[name]
                if by_keyword:
                    kwargs.update(value if param.kind is _VAR_KEYWORD else {name: value})
                else:
                    args.extend(value if param.kind is _VAR_POSITIONAL else (value,))
        return tuple(args), kwargs

    def apply_defaults(self):
        """Add the defaults of parameters that are not bound."""
        complete = {}
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif param.kind is _VAR_POSITIONAL:
                complete[name] = ()
            elif param.kind is _VAR_KEYWORD:
                complete[name] = {}
            elif param.default is not _empty:
                complete[name] = param.default
        self.arguments = complete

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self is other or (self._signature, self.arguments) == (other._signature, other.arguments)

    def __getstate__(self):
        return {'_signature': self._signature, 'arguments': self.arguments}

    def __setstate__(self, state):
        self.__init__(state['_signature'], state['arguments'])

    def __repr__(self):
        return f"<{type(self).__name__} ({', '.join([f'{name}={value!r}' for name, value in self.arguments.items()])})>"


# ---- Signature ----

class Signature:
    """The parameters of a callable, in order, and its return annotation."""
    __module__ = 'inspect'
    __slots__ = '_return_annotation', '_parameters'

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        parameters = [*(parameters or ())]
        if __validate_parameters__:
            _check_order(parameters)
        self._parameters = types.MappingProxyType(OrderedDict([(param.name, param) for param in parameters]))
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        """The signature of a callable."""
        return _Finder(cls, follow_wrapped, True, globals, locals, eval_str).of(obj)

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=_void, return_annotation=_void):
        """A copy with parameters or return annotation changed."""
        return type(self)(self._parameters.values() if parameters is _void else parameters,
                          return_annotation=self._return_annotation if return_annotation is _void else return_annotation)

    def bind(self, /, *args, **kwargs):
        """Bind arguments to parameters as a call would; TypeError if they do not fit."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """bind() that lets arguments be missing."""
        return self._bind(args, kwargs, partial=True)

    def _bind(self, args, kwargs, *, partial=False):
        arguments = {}
        params = [*self._parameters.values()]
        self._bind_positional(args, kwargs, params, arguments)
        extra = None
        for param in params:
            name, kind = param.name, param.kind
            if kind is _VAR_KEYWORD:
                extra = name
            elif kind is not _VAR_POSITIONAL:
                if name in kwargs:
                    if kind is _POSITIONAL_ONLY:
                        raise TypeError(f'{name!r} parameter is positional only, but was passed as a keyword')
                    arguments[name] = kwargs.pop(name)
                elif param.default is _empty and not partial:
                    raise TypeError(f'missing a required argument: {name!r}')
        if kwargs:
            if extra is None:
                raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
            arguments[extra] = kwargs
        return self._bound_arguments_cls(self, arguments)

    def _bind_positional(self, args, kwargs, params, arguments):
        """Put args where they belong, and take the parameters that are served off params."""
        for i, value in enumerate(args):
            if not params or params[0].kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                raise TypeError('too many positional arguments')
            param = params.pop(0)
            if param.kind is _VAR_POSITIONAL:
                arguments[param.name] = tuple(args[i:])
                return
            if param.name in kwargs and param.kind is not _POSITIONAL_ONLY:
                raise TypeError(f'multiple values for argument {param.name!r}')
            arguments[param.name] = value

    def _key(self):
        """What is compared: the order of keyword-only parameters does not matter."""
        ordered = [param for param in self._parameters.values() if param.kind is not _KEYWORD_ONLY]
        by_name = [param for param in self._parameters.values() if param.kind is _KEYWORD_ONLY]
        return tuple(ordered), {param.name: param for param in by_name}, self._return_annotation

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return self is other or self._key() == other._key()

    def __hash__(self):
        ordered, by_name, result = self._key()
        return hash((ordered, frozenset(by_name.values()), result))

    def __reduce__(self):
        return type(self), (tuple(self._parameters.values()),), {'_return_annotation': self._return_annotation}

    def __setstate__(self, state):
        self._return_annotation = state['_return_annotation']

    def __str__(self):
        parts, last = [], None
        for param in self._parameters.values():
            kind = param.kind
            if last is _POSITIONAL_ONLY and kind is not _POSITIONAL_ONLY:
                parts.append('/')
            if kind is _KEYWORD_ONLY and last not in (_KEYWORD_ONLY, _VAR_POSITIONAL):
                parts.append('*')
            parts.append(str(param))
            last = kind
        if last is _POSITIONAL_ONLY:
            parts.append('/')
        result = '' if self._return_annotation is _empty else f' -> {formatannotation(self._return_annotation)}'
        return f"({', '.join(parts)}){result}"

    def __repr__(self):
        return f'<{type(self).__name__} {self}>'


def _check_order(parameters):
    names, last, has_default = set(), _POSITIONAL_ONLY, False
    for param in parameters:
        kind = param.kind
        if kind < last:
            raise ValueError(f'wrong parameter order: {last.description} parameter before {kind.description} parameter')
        if kind <= _POSITIONAL_OR_KEYWORD:
            if has_default and param.default is _empty:
                raise ValueError('non-default argument follows default argument')
            has_default = param.default is not _empty
        if param.name in names:
            raise ValueError(f'duplicate parameter name: {param.name!r}')
        names.add(param.name)
        last = kind


# ---- finding the signature of things ----

_native_callables = (types.WrapperDescriptorType, types.MethodWrapperType, types.ClassMethodDescriptorType,
                     types.BuiltinFunctionType)


def _is_function_like(obj):
    """Does it have all that makes a function, as functions compiled by other means do?"""
    if not callable(obj) or isinstance(obj, type):
        return False
    if not (isinstance(getattr(obj, '__name__', None), str) and isinstance(getattr(obj, '__code__', None), types.CodeType)):
        return False
    return all(isinstance(getattr(obj, name, _empty), (types.NoneType, kind)) for name, kind in (
        ('__defaults__', tuple), ('__kwdefaults__', dict))) and isinstance(getattr(obj, '__annotations__', None), (types.NoneType, dict))


def _is_native(obj):
    kind = type(obj)
    is_method_descriptor = (hasattr(kind, '__get__') and not hasattr(kind, '__set__')
                            and not isinstance(obj, (type, types.MethodType, types.FunctionType)))
    return is_method_descriptor or isinstance(obj, _native_callables) or obj is type or obj is object


def _python_method(cls, name):
    """A method of the class written in the language itself, or None."""
    method = getattr(cls, name, None)
    return None if isinstance(method, _native_callables) else method


def _without_first(sig):
    """The signature of a bound method."""
    params = [*sig.parameters.values()]
    if not params or params[0].kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
        raise ValueError('invalid method signature')
    return sig if params[0].kind is _VAR_POSITIONAL else sig.replace(parameters=params[1:])


def _of_partial(sig, partial, more_args=()):
    """The signature of a functools.partial of something with the signature sig."""
    keywords = partial.keywords or {}
    try:
        bound = sig.bind_partial(*more_args, *partial.args or (), **keywords).arguments
    except TypeError as error:
        raise ValueError(f'partial object {partial!r} has incorrect arguments') from error
    left, by_keyword = [], False
    for name, param in sig.parameters.items():
        kind = param.kind
        if name in bound:
            if kind is _POSITIONAL_ONLY or kind is _POSITIONAL_OR_KEYWORD and name not in keywords:
                continue  # given for good
            if kind is _POSITIONAL_OR_KEYWORD or kind is _KEYWORD_ONLY:
                param = param.replace(default=bound[name])
                # What follows a parameter given by keyword can be given by keyword only.
                by_keyword = by_keyword or kind is _POSITIONAL_OR_KEYWORD
        if by_keyword and kind is _VAR_POSITIONAL:
            continue
        if by_keyword and kind is _POSITIONAL_OR_KEYWORD:
            param = param.replace(kind=_KEYWORD_ONLY)
        left.append(param)
    return sig.replace(parameters=left)


class _Finder:
    """Finds signatures: holds what signature() was asked for while it goes from wrapper to wrapped."""

    def __init__(self, cls, follow_wrapped, skip_bound, globals=None, locals=None, eval_str=False):
        self.cls, self.follow_wrapped, self.skip_bound = cls, follow_wrapped, skip_bound
        self.scopes = dict(globals=globals, locals=locals, eval_str=eval_str)

    def of(self, obj):
        """The signature of anything that can be called."""
        if not callable(obj):
            raise TypeError(f'{obj!r} is not a callable object')
        if isinstance(obj, types.MethodType):
            return self._bound(self.of(obj.__func__))
        if self.follow_wrapped:
            obj = unwrap(obj, stop=lambda f: hasattr(f, '__signature__') or isinstance(f, types.MethodType))
            if isinstance(obj, types.MethodType):
                return self.of(obj)
        stated = getattr(obj, '__signature__', None)
        if stated is not None:
            if not isinstance(stated, Signature):
                raise TypeError(f'unexpected object {stated!r} in __signature__ attribute')
            return stated
        partialmethod = getattr(obj, '_partialmethod', None)
        if isinstance(partialmethod, functools.partialmethod):
            return self._of_partialmethod(partialmethod)
        if isinstance(obj, types.FunctionType) or _is_function_like(obj):
            return self._of_function(obj)
        if _is_native(obj):
            return self._of_native(obj)
        if isinstance(obj, functools.partial):
            return _of_partial(self.of(obj.func), obj)
        if isinstance(obj, type):
            return self._of_class(obj)
        return self._of_instance(obj)

    def _bound(self, sig):
        return _without_first(sig) if self.skip_bound else sig

    def _of_partialmethod(self, partialmethod):
        wrapped = self.of(partialmethod.func)
        sig = _of_partial(wrapped, partialmethod, (None,))  # None for self
        first = next(iter(wrapped.parameters.values()))
        if first.kind is _VAR_POSITIONAL:
            return sig
        return sig.replace(parameters=(first, *sig.parameters.values()))

    def _of_function(self, func):
        text = getattr(func, '__text_signature__', None)
        if text:
            return self._of_text(func, text)
        make, code = self.cls._parameter_cls, func.__code__
        hints = get_annotations(func, **self.scopes)
        names = iter(code.co_varnames)
        n = code.co_argcount

        def take(count, kind, defaults):
            return [make(name, kind, default=default, annotation=hints.get(name, _empty))
                    for _, name, default in zip(range(count), names, defaults)]

        defaults = func.__defaults__ or ()
        defaults = iter([_empty] * (n - len(defaults)) + [*defaults])
        params = take(code.co_posonlyargcount, _POSITIONAL_ONLY, defaults)
        params += take(n - code.co_posonlyargcount, _POSITIONAL_OR_KEYWORD, defaults)
        own = func.__kwdefaults__ or {}
        by_keyword = code.co_varnames[n:n + code.co_kwonlyargcount]
        keyword_only = take(code.co_kwonlyargcount, _KEYWORD_ONLY, [own.get(name, _empty) for name in by_keyword])
        # In co_varnames the starred ones come last.
        if code.co_flags & CO_VARARGS:
            params += take(1, _VAR_POSITIONAL, [_empty])
        params += keyword_only
        if code.co_flags & CO_VARKEYWORDS:
            params += take(1, _VAR_KEYWORD, [_empty])
        return self.cls(params, return_annotation=hints.get('return', _empty),
                        __validate_parameters__=not isinstance(func, types.FunctionType))

    def _of_native(self, func):
        if func is object:
            return self.cls()
        text = getattr(func, '__text_signature__', None)
        if not text:
            raise ValueError(f'no signature found for builtin {func!r}')
        return self._of_text(func, text)

    def _of_text(self, obj, text):
        """From text such as '($self, x, /, *, key=None)': $ marks what a bound method has already."""
        before, mark, _ = text.partition('$')
        scope = {**sys.modules, **getattr(sys.modules.get(getattr(obj, '__module__', None)), '__dict__', {})}
        try:
            exec(f"def described{text.strip().replace('$', '')}: pass", scope)
        except Exception:
            raise ValueError(f'{obj!r} builtin has invalid signature') from None
        sig = self._of_function(scope['described'])
        if not mark:
            return sig
        first, *rest = sig.parameters.values()
        owner = getattr(obj, '__self__', None)
        if owner is not None and (self.skip_bound or isinstance(owner, types.ModuleType)):
            return sig.replace(parameters=rest)
        return sig.replace(parameters=[first.replace(kind=_POSITIONAL_ONLY), *rest])

    def _of_class(self, cls):
        """Of calling a class: of its metaclass's __call__, or the __new__ or __init__ that comes first in the MRO."""
        call = _python_method(type(cls), '__call__')
        if call is not None:
            return self._bound(self.of(call))
        methods = [(name, _python_method(cls, name)) for name in ('__new__', '__init__')]
        for base in cls.__mro__:
            for name, method in methods:
                if method is not None and name in base.__dict__:
                    return self._bound(self.of(method))
        for base in cls.__mro__[:-1]:
            text = getattr(base, '__text_signature__', None)
            if text:
                return self._of_text(base, text)
        if type in cls.__mro__:
            raise ValueError(f'callable {cls!r} is not supported by signature')
        if cls.__init__ is object.__init__ and cls.__new__ is object.__new__:
            return self.of(object)
        raise ValueError(f'no signature found for builtin type {cls!r}')

    def _of_instance(self, obj):
        call = _python_method(type(obj), '__call__')
        if call is None:
            raise ValueError(f'callable {obj!r} is not supported by signature')
        try:
            sig = self.of(call)
        except ValueError as error:
            raise ValueError(f'no signature found for {obj!r}') from error
        return self._bound(sig)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """Get a signature object for the passed callable."""
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str)


def _signature_from_callable(obj, *, follow_wrapper_chains=True, skip_bound_arg=True, globals=None, locals=None,
                             eval_str=False, sigcls):
    """As CPython calls it; some libraries do too."""
    return _Finder(sigcls, follow_wrapper_chains, skip_bound_arg, globals, locals, eval_str).of(obj)
