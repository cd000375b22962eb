"""Structures and unions whose bytes lie in the other order than the machine's: the most significant first, as in network protocols.

Their fields are of the twins of the simple types: c_int.__ctype_be__ is c_int the other way round. Next: _classes.py.
"""
from ctypes._classes import PyCArrayType, PyCStructType, Structure, Union, UnionType


def _swapped(cls):
    """The class like cls with the other order of bytes."""
    if isinstance(cls, PyCArrayType):
        return _swapped(cls._type_) * cls._length_
    if isinstance(cls, PyCStructType):
        return cls  # its own fields say their order
    try:
        return cls.__ctype_be__
    except AttributeError:
        raise TypeError(f"This type does not support other endian: {cls}") from None


def _swapped_fields(fields):
    return [(field[0], _swapped(field[1]), *field[2:]) for field in fields]


class _SwappedMeta:
    """For a metaclass: _fields_ means swapped ones, whenever it is set."""

    def __init__(cls, name, bases, namespace):
        if "_fields_" in namespace:
            fields = _swapped_fields(namespace["_fields_"])
            type.__setattr__(cls, "_fields_", fields)
            namespace = {**namespace, "_fields_": fields}
        super().__init__(name, bases, namespace)

    def __setattr__(cls, name, value):
        super().__setattr__(name, _swapped_fields(value) if name == "_fields_" else value)


class _swapped_struct_meta(_SwappedMeta, PyCStructType):
    pass


class _swapped_union_meta(_SwappedMeta, UnionType):
    pass


class BigEndianStructure(Structure, metaclass=_swapped_struct_meta):
    """A structure with the most significant byte of each value first."""
    __slots__ = ()
    _swappedbytes_ = None


class BigEndianUnion(Union, metaclass=_swapped_union_meta):
    """A union with the most significant byte of each value first."""
    __slots__ = ()
    _swappedbytes_ = None


LittleEndianStructure, LittleEndianUnion = Structure, Union
