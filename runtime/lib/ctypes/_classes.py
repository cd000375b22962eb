"""The classes that stand for C types, and their metaclasses: where sizes and offsets are worked out.

A metaclass gives each new class its layout (_ctypes.layout), which is all that the native part looks at when memory is read or
written. Read PyCStructType to see how a C compiler places the fields of a structure. Next: __init__.py.
"""
import sys

import _ctypes

# what a layout is of, as in runtime/modules/ctypes/ctypes.h
SIMPLE, STRUCTURE, UNION, ARRAY, POINTER_TO, FUNCTION = range(6)
HAS_BITS, IS_SWAPPED = 256, 512
SIMPLE_CODES = "cbBhHiIlLdfuzZqQPXOv?g"
FUNCFLAG_CDECL, FUNCFLAG_PYTHONAPI, FUNCFLAG_USE_ERRNO = 1, 4, 8


class _CType(type):
    """What all classes of C types can do: T * 3, T.from_buffer(memory) ..."""

    def __mul__(cls, length):
        return _array_type(cls, length)

    __rmul__ = __mul__

    def from_param(cls, value):
        return _ctypes.from_param(cls, value)

    def from_address(cls, address):
        return _ctypes.from_address(cls, address)

    def from_buffer(cls, source, offset=0):
        return _ctypes.from_buffer(cls, source, offset)

    def from_buffer_copy(cls, source, offset=0):
        return _ctypes.from_buffer_copy(cls, source, offset)

    def in_dll(cls, library, name):
        return _ctypes.view(cls, _ctypes.dlsym(library, name), library)


def _is_ctype(cls):
    return isinstance(cls, _CType)


def _makers_module():
    """The name of the module that uses ctypes just now: classes made for it are said to be its own."""
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == "ctypes":
        frame = frame.f_back
    return frame.f_globals.get("__name__", "__main__")


# ---- simple types ----

# Codes of the types whose bytes can lie in the other order, and of those of one byte, which know no order.
ORDERED, ORDERLESS = "hHiIlLqQfd", "cbB"
STANDARD = {"l": "q", "L": "Q"}  # letters of formats with sizes that do not depend on the machine


class PyCSimpleType(_CType):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases[0] is _ctypes._Simple:
            return  # _SimpleCData itself
        code = getattr(cls, "_type_", None)
        if code is None:
            raise AttributeError("class must define a '_type_' attribute")
        if not isinstance(code, str):
            raise TypeError("class must define a '_type_' string attribute")
        if len(code) != 1:
            raise ValueError("class must define a '_type_' attribute which must be a string of length 1")
        if code not in SIMPLE_CODES:
            raise AttributeError("class must define a '_type_' attribute which must be\n"
                                 "a single character string containing one of '" + SIMPLE_CODES + "'.")
        is_plain, is_swapped = bases[0] is _SimpleCData, "_is_swapped_" in namespace
        cls._layout_ = _ctypes.layout(SIMPLE, code, is_plain, 0, 1, 0, None, None, (), IS_SWAPPED if is_swapped else 0,
                                      (b">" if is_swapped else b"<") + STANDARD.get(code, code).encode())

    @property
    def __ctype_le__(cls):
        return cls._twins()[0]

    @property
    def __ctype_be__(cls):
        return cls._twins()[1]

    def _twins(cls):
        """The class itself, and that of the same values with the most significant byte first."""
        known = cls.__dict__.get("_twins_")
        if known is None:
            if cls._type_ in ORDERLESS:
                known = cls, cls
            elif cls._type_ in ORDERED:
                contents = {"_type_": cls._type_, "_is_swapped_": True, "__module__": cls.__module__, "__qualname__": cls.__qualname__}
                swapped = PyCSimpleType(cls.__name__ + "_be", (_SimpleCData,), contents)
                known = swapped._twins_ = cls, swapped
            else:
                raise AttributeError(f"type object '{cls.__name__}' has only the machine's order of bytes")
            cls._twins_ = known
        return known


class _SimpleCData(_ctypes._Simple, metaclass=PyCSimpleType):
    """One C value, of the kind that _type_ says."""

    def __ctypes_from_outparam__(self):
        return self.value if type(self).__bases__[0] is _SimpleCData else self


# ---- arrays ----

class PyCArrayType(_CType):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases[0] is _ctypes._Array:
            return
        length, item = getattr(cls, "_length_", None), getattr(cls, "_type_", None)
        if length is None:
            raise AttributeError("class must define a '_length_' attribute")
        if not isinstance(length, int):
            raise TypeError("The '_length_' attribute must be an integer")
        if length < 0:
            raise ValueError("The '_length_' attribute must not be negative")
        if item is None:
            raise AttributeError("class must define a '_type_' attribute")
        if not _is_ctype(item):
            raise TypeError("_type_ must have storage info")
        size = item._layout_.size * length
        if size > 2**63 - 1:
            raise OverflowError("array too large")
        is_text = isinstance(item, PyCSimpleType) and item._type_ in "cu"
        cls._layout_ = _ctypes.layout(ARRAY, item._type_ if is_text else "", False, size, item._layout_.align, length, item, None, (item,), 0, item._layout_.format)


class Array(_ctypes._Array, metaclass=PyCArrayType):
    pass


_array_types = {}


def _array_type(item, length):
    if not isinstance(length, int):
        raise TypeError(f"can't multiply sequence by non-int of type '{type(length).__name__}'")
    if length < 0:
        raise ValueError(f"Array length must be >= 0, not {length}")
    made = _array_types.get((item, length))
    if made is None:
        made = type(Array)(f"{item.__name__}_Array_{length}", (Array,), {"_length_": length, "_type_": item, "__module__": _makers_module()})
        _array_types[item, length] = made
    return made


# ---- formats, as memoryview(x).format shows them (PEP 3118) ----

def _shape_text(cls):
    """(2,3) of an array with two dimensions."""
    shape = []
    while isinstance(cls, PyCArrayType):
        shape.append(str(cls._length_))
        cls = cls._type_
    return f"({','.join(shape)})".encode() if shape else b""


def _field_format(name, cls):
    return _shape_text(cls) + cls._layout_.format + b":" + name.encode() + b":"


def _keep_layout(cls):
    """The layout so far lives on: a view may show its format."""
    if "_layout_" in cls.__dict__:
        cls._earlier_layouts_ = cls._layout_, getattr(cls, "_earlier_layouts_", ())


# ---- pointers ----

class PyCPointerType(_CType):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases[0] is not _ctypes._PointerBase:
            target = getattr(cls, "_type_", None)
            if target is not None and not _is_ctype(target):
                raise TypeError("_type_ must have storage info")
            cls._set_target(target)

    def _set_target(cls, target):
        _keep_layout(cls)
        cls._layout_ = _ctypes.layout(POINTER_TO, "", False, 8, 8, 0, target, None, (), 0, b"&" + (_shape_text(target) + target._layout_.format if target else b"B"))

    def set_type(cls, target):
        if not _is_ctype(target):
            raise TypeError("_type_ must have storage info")
        cls._type_ = target
        cls._set_target(target)


class _Pointer(_ctypes._PointerBase, metaclass=PyCPointerType):
    pass


_pointer_type_cache = {None: None}


def POINTER(cls):
    """The class of pointers to cls, always the same one."""
    known = _pointer_type_cache.get(cls)
    if known is not None:
        return known
    if isinstance(cls, str):  # not known yet: SetPointerType tells later
        made = type(_Pointer)("LP_" + cls, (_Pointer,), {"__module__": _makers_module()})
        _pointer_type_cache[id(made)] = made
        return made
    if cls is None:
        from ctypes import c_void_p
        return c_void_p
    if not isinstance(cls, type):
        raise TypeError("must have a ctypes type")
    made = type(_Pointer)("LP_" + cls.__name__, (_Pointer,), {"_type_": cls, "__module__": _makers_module()})
    _pointer_type_cache[cls] = made
    return made


def pointer(instance):
    """A pointer to instance's memory, which it keeps."""
    return POINTER(type(instance))(instance)


# ---- structures and unions ----

def _aligned(offset, align):
    return (offset + align - 1) // align * align


class _Placer:
    """Gives each field of a structure its place, as a C compiler does: a field begins at a multiple of its alignment, bit fields
    share a word as long as they fit; the whole is padded to a multiple of the largest alignment."""

    def __init__(self, is_union, is_swapped, pack, start):
        self.is_union, self.is_swapped, self.pack = is_union, is_swapped, pack
        self.size, self.align, self.fields = start.size if start else 0, start.align if start else 1, []
        self.end = self.size  # of the structure so far
        self.word = None      # of the bit fields: (offset, bits in the word, bits used)
        self.format = b""

    def place(self, name, cls, bits):
        layout = cls._layout_
        align = min(layout.align, self.pack) if self.pack else layout.align
        if bits is None:
            offset, first = (0 if self.is_union else _aligned(self.end, align)), 0
            self.word = None
        else:
            offset, first = self._place_bits(layout, align, bits)
            if self.is_swapped:  # most significant first: bits as well
                first = layout.size * 8 - first - bits
        self.format += _field_format(name, cls)
        self.align = max(self.align, align)
        if self.is_union:
            self.size = max(self.size, layout.size)
        else:
            self.end = max(self.end, offset + layout.size)
            self.size = self.end
        return _ctypes.CField(name, cls, offset, layout.size, first, bits or 0)

    def _place_bits(self, layout, align, bits):
        width = layout.size * 8
        if self.is_union:
            return 0, 0
        if self.word:
            offset, word_bits, used = self.word
            if word_bits >= width and used + bits <= word_bits and used // width == (used + bits - 1) // width:
                self.word = (offset, word_bits, used + bits)
                return offset + used // width * layout.size, used % width
            if word_bits < width and offset % align == 0 and used + bits <= width:  # a wider word at the same place
                self.word = (offset, width, used + bits)
                return offset, used
        offset = _aligned(self.end, align)
        self.word = (offset, width, bits)
        return offset, 0

    def total(self):
        return _aligned(self.size, self.align)


def _check_bits(cls, bits):
    if not isinstance(bits, int):
        raise TypeError("an integer is required")
    if not (isinstance(cls, PyCSimpleType) and cls._type_ in "bBhHiIlLqQ?"):
        raise TypeError("bit fields not allowed for type " + cls.__name__)
    if not 0 < bits <= cls._layout_.size * 8:
        raise ValueError("number of bits invalid for bit field")


def _set_fields(cls, fields, is_union):
    if cls.__dict__.get("_layout_is_final", False):
        raise AttributeError("_fields_ is final")
    pack = getattr(cls, "_pack_", 0)
    if not isinstance(pack, int) or pack < 0:
        raise ValueError("_pack_ must be a non-negative integer")
    base = cls.__base__._layout_ if hasattr(cls.__base__, "_layout_") else None
    placer = _Placer(is_union, hasattr(cls, "_swappedbytes_"), pack, base)
    _keep_layout(cls)
    names, parts, has_bits = list(base_names(cls.__base__)), list(getattr(cls.__base__, "_field_parts", ())), False
    for field in fields:
        if not isinstance(field, (tuple, list)) or len(field) not in (2, 3) or not isinstance(field[0], str):
            raise TypeError("_fields_ must be a sequence of (name, C type) pairs")
        name, field_class, *rest = field
        if not _is_ctype(field_class) or not hasattr(field_class, "_layout_"):
            raise TypeError("second item in _fields_ tuple (index %d) must be a C type" % len(parts))
        if rest:
            _check_bits(field_class, rest[0])
            has_bits = True
        if isinstance(field_class, PyCStructType):
            field_class._layout_is_final = True
        type.__setattr__(cls, name, placer.place(name, field_class, rest[0] if rest else None))
        names.append(name)
        parts.append(field_class)
    cls._field_names, cls._field_parts = tuple(names), tuple(parts)
    text = b"B" if is_union or pack else b"T{%s}" % placer.format
    cls._layout_ = _ctypes.layout(UNION if is_union else STRUCTURE, "", False, placer.total(), placer.align, 0, None, tuple(names), tuple(parts),
                                  HAS_BITS if has_bits else 0, text)
    cls._layout_is_final = True
    _lift_anonymous(cls)


def base_names(cls):
    return getattr(cls, "_field_names", ())


class _Inner:
    """A field of an anonymous member, reachable from the outside."""

    def __init__(self, member, name):
        self.member, self.name = member, name

    def __get__(self, obj, cls=None):
        return self if obj is None else getattr(getattr(obj, self.member), self.name)

    def __set__(self, obj, value):
        setattr(getattr(obj, self.member), self.name, value)


def _lift_anonymous(cls):
    for member in getattr(cls, "_anonymous_", ()):
        if member not in cls._field_names:
            raise AttributeError(member)
        for name in base_names(cls._field_parts[cls._field_names.index(member)]):
            if name not in cls._field_names:
                type.__setattr__(cls, name, _Inner(member, name))


class PyCStructType(_CType):
    _is_union = False

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases[0] in (_ctypes._StructureBase, _ctypes._UnionBase):
            return  # Structure and Union themselves
        if "_fields_" in namespace:
            _set_fields(cls, namespace["_fields_"], cls._is_union)
        elif not hasattr(cls, "_layout_"):  # its fields are to come
            cls._layout_ = _ctypes.layout(UNION if cls._is_union else STRUCTURE, "", False, 0, 1, 0, None, (), (), 0, b"B")

    def __setattr__(cls, name, value):
        if name == "_fields_":
            _set_fields(cls, value, cls._is_union)
        type.__setattr__(cls, name, value)


class UnionType(PyCStructType):
    _is_union = True


class Structure(_ctypes._StructureBase, metaclass=PyCStructType):
    """C fields one after the other: class Point(Structure): _fields_ = [("x", c_int), ("y", c_int)]"""


class Union(_ctypes._UnionBase, metaclass=UnionType):
    """C fields in one place."""


# ---- functions ----

class PyCFuncPtrType(_CType):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases[0] is _ctypes._FunctionBase:
            return
        flags = getattr(cls, "_flags_", None)
        if not isinstance(flags, int):
            raise TypeError("class must define _flags_ which must be an integer")
        argument_types = getattr(cls, "_argtypes_", None)
        if argument_types is not None:
            if not isinstance(argument_types, (tuple, list)):
                raise TypeError("_argtypes_ must be a sequence of types")
            for i, kind in enumerate(argument_types):
                if not hasattr(kind, "from_param"):
                    raise TypeError(f"item {i + 1} in _argtypes_ has no from_param method")
            argument_types = tuple(argument_types)
        result = getattr(cls, "_restype_", None)
        if result is not None and not _is_ctype(result) and not callable(result):
            raise TypeError("_restype_ must be a type, a callable, or None")
        cls._layout_ = _ctypes.layout(FUNCTION, "", False, 8, 8, 0, argument_types, result, (), flags & 255, b"X{}")


class _CFuncPtr(_ctypes._FunctionBase, metaclass=PyCFuncPtrType):
    pass
