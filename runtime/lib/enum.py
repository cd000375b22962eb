"""enum - enumerations: classes whose members are the names set in their body (CPython 3.11's enum).

How a class body becomes members:
    EnumType.__prepare__ gives the body an _EnumDict, which notes what is to be a member and gives auto() its number;
    EnumType.__new__ takes those names out of the namespace and puts one _MemberMaker in;
    type.__new__ calls its __set_name__ as soon as there is a class, so the members are there when __init_subclass__ is called.
Keeps: _member_map_ has every name, aliases too; _member_names_ only the canonical ones (a Flag's: single bits);
_value2member_map_ finds a member by its value; a Flag's members of several bits join it when they are first asked for.
Next: types.py (DynamicClassAttribute).
"""
import builtins as bltns
import sys
from operator import or_ as _or
from types import DynamicClassAttribute, MappingProxyType

__all__ = '''EnumType EnumMeta Enum IntEnum StrEnum Flag IntFlag ReprEnum auto unique property verify member nonmember FlagBoundary
STRICT CONFORM EJECT KEEP global_flag_repr global_enum_repr global_str global_enum EnumCheck CONTINUOUS NAMED_FLAGS UNIQUE'''.split()

Enum = Flag = ReprEnum = EJECT = KEEP = None  # until they are made, further down, by a metaclass that asks for them


def _is_flag(cls):
    return Flag is not None and issubclass(cls, Flag)


# ---- names and bits ----

def _is_wrapped(name, mark):
    """Whether name is mark + something + mark, the something neither beginning nor ending with an underscore."""
    n = len(mark)
    return len(name) > 2 * n and name.startswith(mark) and name.endswith(mark) and name[n] != '_' and name[-n - 1] != '_'


def _is_dunder(name):
    return _is_wrapped(name, '__')


def _is_sunder(name):
    return _is_wrapped(name, '_')


def _is_private(cls_name, name):
    prefix = '_' + cls_name + '__'
    return name.startswith(prefix) and name != prefix and not name.endswith('__')


def _is_descriptor(obj):
    return any(hasattr(obj, method) for method in ('__get__', '__set__', '__delete__'))


def _is_internal_class(cls_name, obj):
    """Whether obj is a class that was defined in the body of the class cls_name."""
    if not isinstance(obj, type):
        return False
    inside = cls_name + '.' + obj.__name__
    return ('.' + obj.__qualname__).endswith('.' + inside)


def _is_single_bit(number):
    return number != 0 and not number & (number - 1)


def _high_bit(number):
    return number.bit_length() - 1


def _iter_bits_lsb(number):
    """The powers of two that number is the sum of, lowest first."""
    left = number.value if isinstance(number, Enum) else number
    if left < 0:
        raise ValueError('%r is not a positive integer' % number)
    while left:
        yield left & -left
        left &= left - 1


def show_flag_values(value):
    return [*_iter_bits_lsb(value)]


def bin(num, max_bits=None):
    """Binary digits in two's complement; the first group shows the sign.

    >>> bin(10)
    '0b0 1010'
    >>> bin(~10)
    '0b1 0101'
    """
    width = num.bit_length()
    sign = '1' if num < 0 else '0'
    digits = f'{num & (1 << width) - 1:0{width}b}'
    return f'0b{sign} {digits.rjust(max_bits or 0, sign)}'


# ---- what can stand in a body ----

class nonmember:
    """Keeps a value in an enum's body from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes a value in an enum's body a member, even a function or a class."""

    def __init__(self, value):
        self.value = value


class _NotYet:
    def __repr__(self):
        return '_auto_null'


_auto_null = _NotYet()


class auto:
    """Stands for a value that the enum finds by itself."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return f'auto({self.value!r})'


class property(DynamicClassAttribute):
    """A property of members that makes way, on the class itself, for a member of the same name."""

    def __set_name__(self, owner, name):
        self.name, self.clsname = name, owner.__name__

    def __get__(self, instance, owner=None):
        if instance is not None:
            if self.fget is not None:
                return self.fget(instance)
            raise AttributeError('%r member has no attribute %r' % (owner, self.name))
        if self.name in owner._member_map_:
            return owner._member_map_[self.name]
        raise AttributeError('%r has no attribute %r' % (owner, self.name))

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError('<enum %r> cannot set attribute %r' % (self.clsname, self.name))
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError('<enum %r> cannot delete attribute %r' % (self.clsname, self.name))
        self.fdel(instance)


_settings = frozenset('''_order_ _generate_next_value_ _numeric_repr_ _missing_ _ignore_ _iter_member_ _iter_member_by_value_
_iter_member_by_def_'''.split())


class _EnumDict(dict):
    """The namespace of an enum's body: notes which names are to be members, refuses a second use of a name."""

    def __init__(self, cls_name=''):
        self._cls_name, self._auto_called = cls_name, False
        self._member_names = {}     # a dict for its order
        self._ignore, self._last_values = [], []

    def __setitem__(self, key, value):
        if _is_internal_class(self._cls_name, value):
            import warnings
            warnings.warn('In 3.13 classes created inside an enum will not become a member.  '
                          'Use the `member` decorator to keep the current behavior.', DeprecationWarning, stacklevel=2)
        if key == '__order__':
            key = '_order_'
        if not _is_private(self._cls_name, key):
            if _is_sunder(key):
                value = self._setting(key, value)
            elif not _is_dunder(key):
                value = self._plain_name(key, value)
        dict.__setitem__(self, key, value)

    def _setting(self, key, value):
        if key not in _settings:
            raise ValueError('_sunder_ names, such as %r, are reserved for future Enum use' % (key,))
        if key == '_ignore_':
            self._ignore = value = value.replace(',', ' ').split() if isinstance(value, str) else list(value)
            taken = {name for name in value if name in self._member_names}
            if taken:
                raise ValueError('_ignore_ cannot specify already set names: %r' % (taken,))
        elif key == '_generate_next_value_':
            if self._auto_called:
                raise TypeError('_generate_next_value_ must be defined before members')
            self._generate_next_value = getattr(value, '__func__', value)
        return value

    def _plain_name(self, key, value):
        if key in self._member_names:
            raise TypeError('%r already defined as %r' % (key, self[key]))
        if key in self._ignore:
            return value
        if isinstance(value, nonmember):
            return value.value
        if isinstance(value, member):
            value = value.value
        elif _is_descriptor(value):
            return value  # a method, a property
        if key in self:
            raise TypeError('%r already defined as %r' % (key, self[key]))
        return self._new_member(key, value)

    def _new_member(self, key, value):
        """The value of the member, each auto() in it replaced."""
        if isinstance(value, auto):
            value = self._number(key, value)
        elif type(value) is tuple and any(isinstance(item, auto) for item in value):
            value = tuple([self._number(key, item) if isinstance(item, auto) else item for item in value])
        else:
            self._last_values.append(value)
        self._member_names[key] = None
        return value

    def _number(self, key, item):
        if item.value is _auto_null:
            item.value = self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])
            self._auto_called = True
        self._last_values.append(item.value)
        return item.value

    def update(self, members, **more):
        for pairs in members, more:
            for key, value in dict(pairs).items():
                self[key] = value


# ---- making members ----

class _MemberMaker:
    """Stands in the namespace of a class that is being made; makes the members when the class is there."""

    def __init__(self, values):
        self.values = values  # name: value

    def __set_name__(self, cls, name):
        type.__delattr__(cls, name)
        for member_name, value in self.values.items():
            new = _make_member(cls, member_name, value)
            _enlist(cls, member_name, new)


def _make_member(cls, name, value):
    """The object for a name of the body; its own value may come from the __new__ of the class."""
    args = value if isinstance(value, tuple) and cls._member_type_ is not tuple else (value,)
    new = cls._new_member_(cls, *args) if cls._use_args_ else cls._new_member_(cls)
    if not hasattr(new, '_value_'):
        new._value_ = value
        if cls._member_type_ is not object:
            try:
                new._value_ = cls._member_type_(*args)
            except Exception:
                if cls._use_args_:
                    raise TypeError('_value_ not set in __new__, unable to create it') from None
    new._name_, new.__objclass__ = name, cls
    new.__init__(*args)
    new._sort_order_ = len(cls._member_names_)
    return new


def _enlist(cls, name, new):
    """Give the name to the new member, or to the one that had the same value before."""
    value = new._value_
    known = _by_value(cls, value)
    if known is not None:
        new = known
    elif not _is_flag(cls) or _is_single_bit(value):
        cls._member_names_.append(name)
    _set_attribute(cls, name, new)
    cls._member_map_[name] = new
    try:
        cls._value2member_map_.setdefault(value, new)
    except TypeError:
        cls._unhashable_values_.append(value)


def _by_value(cls, value):
    try:
        return cls._value2member_map_.get(value)
    except TypeError:  # it has no hash
        for each in cls._member_map_.values():
            if each._value_ == value:
                return each
    return None


def _set_attribute(cls, name, new):
    """Let cls.name be the member, unless a base class has a property of this name: that finds it for itself."""
    inherited = None
    for base in cls.__mro__[1:]:
        found = base.__dict__.get(name)
        if isinstance(found, DynamicClassAttribute):
            return
        if found is not None:
            inherited = found
    if inherited is None:
        setattr(cls, name, new)
        return
    stand_in = property(*(getattr(inherited, part, None) for part in ('fget', 'fset', 'fdel')))
    stand_in.__set_name__(cls, name)
    setattr(cls, name, stand_in)


# ---- making classes ----

class EnumType(type):
    """The metaclass of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        body = _EnumDict(cls)
        parent = metacls._get_mixins_(cls, bases)[1]
        if parent is not None:
            body['_generate_next_value_'] = getattr(parent, '_generate_next_value_', None)
        return body

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        for name in [*classdict.get('_ignore_', ()), '_ignore_']:
            classdict.pop(name, None)
        names = [*classdict._member_names]
        if 'mro' in names or '' in names:
            raise ValueError('invalid enum member name(s) %s' % ','.join([repr(n) for n in ('mro', '') if n in names]))
        order = classdict.pop('_order_', None)
        namespace = dict(classdict)
        values = {name: namespace.pop(name) for name in names}
        data_type, parent = metacls._get_mixins_(cls, bases)
        make, is_own, use_args = metacls._find_new_(namespace, data_type, parent)
        namespace.update(_new_member_=make, _use_args_=use_args, _member_names_=[], _member_map_={}, _value2member_map_={},
                         _unhashable_values_=[], _member_type_=data_type, _value_repr_=metacls._find_data_repr_(cls, bases))
        if cls == 'Flag' or parent is not None and _is_flag(parent):
            namespace.update(_flag_settings(values.values(), boundary or getattr(parent, '_boundary_', None)))
        namespace['_member_maker_'] = _MemberMaker(values)
        try:
            enum_class = super().__new__(metacls, cls, bases, namespace, **kwds)
        except RuntimeError as error:  # how an exception in __set_name__ arrives
            problem = error.__cause__ or error
        else:
            problem = None
        if problem is not None:
            raise problem
        _choose_methods(enum_class, {*namespace, *values}, data_type, parent)
        if Enum is not None:
            if is_own:
                enum_class.__new_member__ = make
            enum_class.__new__ = Enum.__new__
        if _is_flag(enum_class):
            _finish_flag(enum_class)
        if order:
            _check_order(enum_class, order.replace(',', ' ').split() if isinstance(order, str) else order)
        return enum_class

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for base in bases:
            for cls in base.__mro__:
                if isinstance(cls, EnumType) and cls._member_names_:
                    raise TypeError('<enum %r> cannot extend %r' % (class_name, cls))

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The type of the members' data, and the enum that the new one extends: the last base."""
        if not bases:
            return object, Enum
        if not isinstance(bases[-1], EnumType):
            raise TypeError('new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`')
        return mcls._find_data_type_(class_name, bases) or object, bases[-1]

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        found = {_data_type(base) for base in bases} - {None}
        if len(found) > 1:
            raise TypeError('too many data types for %r: %r' % (class_name, found))
        return found.pop() if found else None

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        """The __repr__ of the data: that of the first base that has one."""
        for base in bases:
            for cls in base.__mro__[:-1]:
                if isinstance(cls, EnumType):
                    return cls._value_repr_
                if '__repr__' in cls.__dict__:
                    return cls.__dict__['__repr__']
        return None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """What makes a member; whether the class itself defines it; whether it is to be given the value."""
        own = classdict.get('__new__')
        make = own or _inherited_new(member_type, first_enum)
        takes_value = first_enum is not None and make is not object.__new__ and make is not Enum.__new__
        return make, first_enum is not None and own is not None, takes_value

    # -- the class as a container of its members --

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """Look a member up by value; or, given names, make a new enum class called `value`."""
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start, boundary=boundary)

    def __bool__(cls):
        return True

    def __len__(cls):
        return len(cls._member_names_)

    def __iter__(cls):
        return map(cls._member_map_.__getitem__, cls._member_names_)

    def __reversed__(cls):
        return map(cls._member_map_.__getitem__, reversed(cls._member_names_))

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __contains__(cls, member):
        """True if member is a member of this enum; TypeError if it is no enum member at all."""
        if isinstance(member, Enum):
            return isinstance(member, cls) and member._name_ in cls._member_map_
        import warnings
        warnings.warn('in 3.12 __contains__ will no longer raise TypeError, but will return True or\n'
                      'False depending on whether the value is a member or the value of a member', DeprecationWarning, stacklevel=2)
        raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'" % (
            type(member).__qualname__, type(cls).__qualname__))

    @bltns.property
    def __members__(cls):
        """A read-only view of name -> member, aliases included."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        return '<%s %r>' % ('flag' if _is_flag(cls) else 'enum', cls.__name__)

    def __dir__(cls):
        names = {'__class__', '__contains__', '__doc__', '__getitem__', '__iter__', '__len__', '__members__', '__module__',
                 '__name__', '__qualname__'}
        names.update(cls._member_names_)
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        if cls._new_member_ is not object.__new__:
            names.add('__new__')
        if cls.__init_subclass__ is not object.__init_subclass__:
            names.add('__init_subclass__')
        return sorted(names)

    # -- members are constants of the class --

    def __getattr__(cls, name):
        if not _is_dunder(name) and name in cls._member_map_:
            return cls._member_map_[name]
        raise AttributeError(name) from None

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', ()):
            raise AttributeError('cannot reassign member %r' % (name,))
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls._member_map_:
            raise AttributeError('%r cannot delete member %r.' % (cls.__name__, name))
        super().__delattr__(name)

    # -- enums made of other things than class statements --

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """The functional API: Enum('Color', 'RED GREEN').  names is a string, names, pairs, or a mapping."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        body = metacls.__prepare__(class_name, bases)
        for name, value in _pairs(names, start, cls._get_mixins_(class_name, bases)[1]._generate_next_value_):
            body[name] = value
        if module is None:
            module = sys._getframe(2).f_globals.get('__name__')
        if module is None:
            _make_class_unpicklable(body)
        else:
            body['__module__'] = module
        if qualname is not None:
            body['__qualname__'] = qualname
        return metacls.__new__(metacls, class_name, bases, body, boundary=boundary)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """Make an enum of a module's constants whose names pass the filter, and put it in the module."""
        target = sys.modules[module].__dict__
        constants = [(n, v) for n, v in (source.__dict__ if source else target).items() if filter(n)]
        try:
            constants.sort(key=lambda pair: pair[::-1])
        except TypeError:
            constants.sort(key=lambda pair: pair[0])
        plain = type(name, (object,), {**dict(constants), '__module__': module})
        made = _simple_enum(cls, boundary=boundary or KEEP)(plain)
        made.__reduce_ex__ = _reduce_ex_by_global_name
        if as_global:
            global_enum(made)
        else:
            target.update(made.__members__)
        target[name] = made
        return made


EnumMeta = EnumType


def _data_type(base):
    """The type of the data of an enum derived from base: the outermost class that makes its own objects, or None."""
    outermost = None
    for cls in base.__mro__[:-1]:
        if isinstance(cls, EnumType):
            if cls._member_type_ is not object:
                return cls._member_type_
            continue
        outermost = outermost or cls
        if '__new__' in cls.__dict__ or '__init__' in cls.__dict__:
            return outermost
    return None


def _inherited_new(member_type, first_enum):
    ordinary = {None, None.__new__, object.__new__, getattr(Enum, '__new__', None)}
    for method in '__new_member__', '__new__':
        for cls in member_type, first_enum:
            make = getattr(cls, method, None)
            if make not in ordinary:
                return make
    return object.__new__


def _pairs(names, start, next_value):
    """The (name, value) pairs that the functional API was given, in one of the forms it knows."""
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    if not (isinstance(names, (tuple, list)) and names and isinstance(names[0], str)):
        return [(item, names[item]) if isinstance(item, str) else item for item in names]
    values = []
    for name in names:
        values.append(next_value(name, start, len(values), values[:]))
    return zip(names, values)


def _choose_methods(cls, own, data_type, parent):
    """Settle which __repr__, __str__, __format__ and operators the class has: its own, the data type's, Enum's."""
    def adopt(name, method):
        if name not in own:
            setattr(cls, name, method)
            own.add(name)

    if ReprEnum is not None and ReprEnum in cls.__bases__:
        if data_type is object:
            raise TypeError('ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)')
        text = data_type.__str__
        adopt('__str__', data_type.__repr__ if text is object.__str__ else text)
        adopt('__format__', data_type.__format__)
    for name in '__repr__', '__str__', '__format__', '__reduce_ex__':
        # What comes from the data type gives way to the enum's.
        if getattr(cls, name) in (getattr(data_type, name), getattr(object, name)):
            adopt(name, getattr(parent, name))
    if _is_flag(cls):
        for name in '__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__', '__invert__':
            adopt(name, getattr(Flag, name))


def _flag_settings(values, boundary):
    mask = 0
    for value in values:
        if isinstance(value, int):
            mask |= value
    return {'_boundary_': boundary, '_flag_mask_': mask, '_all_bits_': 2 ** mask.bit_length() - 1, '_inverted_': None}


def _finish_flag(cls):
    cls._flag_mask_ = sum({m._value_ for m in cls._member_map_.values() if _is_single_bit(m._value_)})
    in_order = [m._value_ for m in cls]
    if in_order != sorted(in_order):
        cls._iter_member_ = cls._iter_member_by_def_


def _check_order(cls, order):
    """TypeError unless the names in _order_ (aliases apart) are the members in their order."""
    aliases = cls._member_map_.keys() - cls._member_names_
    order = [name for name in order if name not in aliases]
    if order != cls._member_names_:
        raise TypeError('member order does not match _order_:\n  %r\n  %r' % (cls._member_names_, order))


def _make_class_unpicklable(obj):
    """Make the given class, or the namespace of one to be, refuse to be pickled."""
    def refuse(self, proto):
        raise TypeError('%r cannot be pickled' % self)

    put = obj.__setitem__ if isinstance(obj, dict) else lambda name, value: setattr(obj, name, value)
    put('__reduce_ex__', refuse)
    put('__module__', '<unknown>')


def _reduce_ex_by_global_name(self, proto):
    return self.name


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Class decorator that turns a plain class into an enum, by running its body again as one."""
    def convert(plain):
        metacls = type(etype)
        body = metacls.__prepare__(plain.__name__, (etype,))
        for name, value in vars(plain).items():
            if name not in ('__dict__', '__weakref__'):
                body[name] = value
        if not body.get('__doc__'):
            body['__doc__'] = 'An enumeration.'
        return metacls(plain.__name__, (etype,), body, boundary=boundary)

    return convert


# ---- Enum ----

class Enum(metaclass=EnumType):
    """A collection of name/value pairs: a class whose members are constants.

    >>> class Color(Enum):
    ...     RED = 1
    >>> Color.RED, Color(1), Color['RED']
    (<Color.RED: 1>, <Color.RED: 1>, <Color.RED: 1>)
    """

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            known = cls._value2member_map_.get(value)
        except TypeError:  # it has no hash
            known = _by_value(cls, value)
        return _ask_missing(cls, value) if known is None else known

    def __init__(self, *args, **kwds):
        pass

    @classmethod
    def _missing_(cls, value):
        """For subclasses: the member for a value that is nobody's, or None."""
        return None

    def _generate_next_value_(name, start, count, last_values):
        """What auto() becomes: one more than the highest value so far."""
        if not last_values:
            return start
        try:
            if max(last_values) == last_values[-1]:
                return last_values[-1] + 1
        except TypeError:
            pass
        import warnings
        warnings.warn('In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be '
                      'sortable and support adding +1\nand the value returned will be the largest value in '
                      'the enum incremented by 1', DeprecationWarning, stacklevel=3)
        try:
            last_values.sort()
        except TypeError:
            pass
        for value in last_values:
            try:
                return value + 1
            except TypeError:
                continue
        return start

    def __repr__(self):
        cls = type(self)
        return '<%s.%s: %s>' % (cls.__name__, self._name_, (cls._value_repr_ or repr)(self._value_))

    def __str__(self):
        return type(self).__name__ + '.' + self._name_

    def __format__(self, spec):
        return format(str(self), spec)

    def __dir__(self):
        """The public names, members' and others'."""
        cls = type(self)
        names = {'__class__', '__doc__', '__eq__', '__hash__', '__module__'}
        names.update(('name', 'value') if cls._member_type_ is object else object.__dir__(self))
        names.update([name for name in getattr(self, '__dict__', ()) if name[0] != '_'])
        for base in cls.__mro__:
            for name, obj in base.__dict__.items():
                if name[0] != '_':
                    # A property that only stands in for a member is none of the member's own attributes.
                    stand_in = isinstance(obj, property) and obj.fget is None and name in self._member_map_
                    (names.discard if stand_in else names.add)(name)
        return sorted(names)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return getattr, (type(self), self._name_)

    @property
    def name(self):
        """What the member is called."""
        return self._name_

    @property
    def value(self):
        """What it stands for."""
        return self._value_


def _ask_missing(cls, value):
    """What the _missing_ of the class makes of value; ValueError when that is nothing."""
    invalid = ValueError('%r is not a valid %s' % (value, cls.__qualname__))
    problem = result = None
    try:
        try:
            result = cls._missing_(value)
        except Exception as error:
            problem = error
        else:
            if isinstance(result, cls) or _is_flag(cls) and cls._boundary_ is EJECT and isinstance(result, int):
                return result
            problem = invalid if result is None else TypeError(
                'error in %s._missing_: returned %r instead of None or a valid member' % (cls.__name__, result))
        if not isinstance(problem, ValueError):
            problem.__context__ = invalid
        raise problem
    finally:
        del problem, invalid  # they hold this frame


class ReprEnum(Enum):
    """Only the repr is the enum's; str() and format() are the data type's."""


class IntEnum(int, ReprEnum):
    """Enum where members are also (and must be) ints"""


class StrEnum(str, ReprEnum):
    """Enum where members are also (and must be) strings"""

    def __new__(cls, *values):
        "values must already be of type `str`"
        if len(values) > 3:
            raise TypeError('too many arguments for str(): %r' % (values,))
        for value, complaint in zip(values, ('%r is not a string', 'encoding must be a string, not %r',
                                             'errors must be a string, not %r')):
            if not isinstance(value, str) and (value is not values[0] or len(values) == 1):
                raise TypeError(complaint % (value,))
        text = str(*values)
        new = str.__new__(cls, text)
        new._value_ = text
        return new

    def _generate_next_value_(name, start, count, last_values):
        """The lower-cased version of the member name."""
        return name.lower()


# ---- Flag ----

class FlagBoundary(StrEnum):
    """What a Flag does with bits it has no name for."""
    STRICT = 'strict'    # ValueError
    CONFORM = 'conform'  # they are dropped
    EJECT = 'eject'      # the value becomes a plain int
    KEEP = 'keep'        # they stay


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=CONFORM):
    """An enum whose members are sets of bits, combined by |, &, ^ and ~."""

    _numeric_repr_ = repr

    def _generate_next_value_(name, start, count, last_values):
        """The power of two after the highest so far."""
        if not count:
            return 1 if start is None else start
        highest = max(last_values)
        try:
            return 1 << highest.bit_length()
        except Exception:
            raise TypeError('invalid flag value %r' % highest) from None

    # -- from a number to a member --

    @classmethod
    def _missing_(cls, value):
        """Make a member of several bits, or do what the boundary says about bits without a name."""
        if not isinstance(value, int):
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        asked = value
        mask, every = cls._flag_mask_, cls._all_bits_
        if value > every or value < ~every or value & (every ^ mask):
            match cls._boundary_:
                case FlagBoundary.STRICT:
                    width = max(value.bit_length(), mask.bit_length())
                    raise ValueError('%r invalid value %r\n    given %s\n  allowed %s' % (
                        cls, value, bin(value, width), bin(mask, width)))
                case FlagBoundary.CONFORM:
                    asked = value = value & mask
                case FlagBoundary.EJECT:
                    return value
                case FlagBoundary.KEEP:
                    if value < 0:
                        value += max(every + 1, 1 << value.bit_length())
                        asked = value
                case boundary:
                    raise ValueError('%r unknown flag boundary %r' % (cls, boundary))
        if value < 0:
            value += every + 1
        unnamed = value & ~mask
        if unnamed and cls._boundary_ is not KEEP:
            raise ValueError('%s(%r) -->  unknown values %r [%s]' % (cls.__name__, value, unnamed, bin(unnamed)))
        new = cls._combined(value, unnamed)
        if not unnamed:
            new = cls._value2member_map_.setdefault(value, new)
            if asked < 0:
                cls._value2member_map_[asked] = new
        return new

    @classmethod
    def _combined(cls, value, unnamed):
        new = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        if not hasattr(new, '_value_'):
            new._value_ = value
        names = [m._name_ for m in cls._iter_member_(value)]
        if names and unnamed:
            names.append(cls._numeric_repr_(unnamed))
        new._name_ = '|'.join(names) or None
        return new

    # -- from a member to its bits --

    @classmethod
    def _iter_member_by_value_(cls, value):
        """The members that value consists of, lowest bit first."""
        return map(cls._value2member_map_.get, _iter_bits_lsb(value & cls._flag_mask_))

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        """The same, in the order they were defined."""
        return iter(sorted(cls._iter_member_by_value_(value), key=lambda m: m._sort_order_))

    def __iter__(self):
        return iter(self._iter_member_(self._value_))

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return self._value_ != 0

    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (
                type(other).__qualname__, type(self).__qualname__))
        wanted = other._value_
        return wanted != 0 and wanted & self._value_ == wanted

    def __repr__(self):
        if self._name_ is not None:
            return Enum.__repr__(self)
        cls = type(self)
        return '<%s: %s>' % (cls.__name__, (cls._value_repr_ or repr)(self._value_))

    def __str__(self):
        if self._name_ is not None:
            return Enum.__str__(self)
        return f'{type(self).__name__}({self._value_!r})'

    def __reduce_ex__(self, proto):
        cls = type(self)
        named, unnamed = self._value_ & cls._flag_mask_, self._value_ & ~cls._flag_mask_
        if named and unnamed:
            return _or, (cls(named), unnamed)
        if named and not _is_single_bit(named):
            lowest = named & -named
            return _or, (cls(named ^ lowest), cls._value2member_map_.get(lowest))
        if self._name_ is None:
            return cls, (self._value_,)
        return getattr, (cls, self._name_)

    # -- operators --

    def _operand(self, other):
        """The bits of the other side of an operator, or NotImplemented."""
        if isinstance(other, type(self)):
            return other._value_
        data_type = self._member_type_
        return other if data_type is not object and isinstance(other, data_type) else NotImplemented

    def __or__(self, other):
        bits = self._operand(other)
        return bits if bits is NotImplemented else type(self)(self._value_ | bits)

    def __and__(self, other):
        bits = self._operand(other)
        return bits if bits is NotImplemented else type(self)(self._value_ & bits)

    def __xor__(self, other):
        bits = self._operand(other)
        return bits if bits is NotImplemented else type(self)(self._value_ ^ bits)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        if self._inverted_ is None:
            bits = ~self._value_ if self._boundary_ is KEEP else self._value_ ^ self._flag_mask_
            rest = self._inverted_ = type(self)(bits)
            if isinstance(rest, type(self)):
                rest._inverted_ = self
        return self._inverted_


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Support for integer-based Flags"""


# ---- members as constants of a module ----

def _module_name(thing):
    return type(thing).__module__.rpartition('.')[2]


def global_enum_repr(self):
    """module.NAME instead of Class.NAME"""
    return f'{_module_name(self)}.{self._name_}'


def global_flag_repr(self):
    """module.NAME instead of Class.NAME, for each flag"""
    module = _module_name(self)
    if self._name_ is None:
        return f'{module}.{type(self).__name__}({self._value_!r})'
    is_number = self._boundary_ is KEEP and not _is_single_bit(self._value_)
    return '|'.join([part if is_number and part[0].isdigit() else f'{module}.{part}' for part in self._name_.split('|')])


def global_str(self):
    """NAME instead of Class.NAME"""
    return f'{type(self).__name__}({self._value_!r})' if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """Decorator: export the members to the module, and let their repr say so."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if update_str or not issubclass(cls, ReprEnum):
        cls.__str__ = global_str
    vars(sys.modules[cls.__module__]).update(cls.__members__)
    return cls


# ---- checks ----

def _aliases(enumeration):
    return ', '.join([f'{name} -> {m.name}' for name, m in enumeration.__members__.items() if name != m.name])


def unique(enumeration):
    """Class decorator for enumerations ensuring unique member values."""
    aliases = _aliases(enumeration)
    if aliases:
        raise ValueError('duplicate values found in %r: %s' % (enumeration, aliases))
    return enumeration


class EnumCheck(StrEnum):
    """What verify() can check."""
    CONTINUOUS = 'no skipped integer values'
    NAMED_FLAGS = 'multi-flag aliases may not contain unnamed flags'
    UNIQUE = 'one name per value'


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Class decorator that checks an enumeration (see EnumCheck)."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            _checks[check](enumeration)
        return enumeration


def _check_unique(enumeration):
    aliases = _aliases(enumeration)
    if aliases:
        raise ValueError('aliases found in %r: %s' % (enumeration, aliases))


def _check_continuous(enumeration):
    values = {e.value for e in enumeration}
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    if issubclass(enumeration, Flag):
        kind, wanted = 'flag', [2 ** i for i in range(_high_bit(low), _high_bit(high))]
    else:
        kind, wanted = 'enum', range(low, high)
    missing = [str(value) for value in wanted if value not in values]
    if missing:
        raise ValueError(f"invalid {kind} {enumeration.__name__!r}: missing values {', '.join(missing)}"[:256])


def _check_named_flags(enumeration):
    """Every bit of an alias must be a member itself."""
    named = {m.value for m in enumeration}
    incomplete, missing = [], 0
    for name, alias in enumeration.__members__.items():
        if name not in enumeration._member_names_ and alias.value >= 0:
            bits = [bit for bit in _iter_bits_lsb(alias.value) if bit not in named]
            if bits:
                incomplete.append(name)
                missing |= sum(bits)
    if not incomplete:
        return
    *first, last = incomplete
    who = f"aliases {', '.join(first)} and {last} are" if first else f'alias {last} is'
    what = 'value' if _is_single_bit(missing) else 'combined values of'
    raise ValueError(f'invalid Flag {enumeration.__name__!r}: {who} missing {what} {missing:#x} '
                     '[use enum.show_flag_values(value) for details]')


_checks = {UNIQUE: _check_unique, CONTINUOUS: _check_continuous, NAMED_FLAGS: _check_named_flags}
