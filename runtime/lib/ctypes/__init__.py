"""Call functions of C libraries, and look at C's data.

    from ctypes import CDLL, c_double
    libm = CDLL("libm.so.6")
    libm.cos.restype = c_double
    libm.cos(c_double(0))

A call through CDLL lets the GIL go while the C code runs, one through PyDLL does not. The classes of C types are in _classes.py,
what must be fast in the native module _ctypes.
"""
import os as _os
import sys as _sys

import _ctypes
from _ctypes import ArgumentError, addressof, alignment, byref, get_errno, resize, set_errno, sizeof
from ctypes._classes import (POINTER, Array, Structure, Union, _CFuncPtr, _Pointer, _pointer_type_cache, _SimpleCData, pointer,
                             FUNCFLAG_CDECL as _FUNCFLAG_CDECL, FUNCFLAG_PYTHONAPI as _FUNCFLAG_PYTHONAPI,
                             FUNCFLAG_USE_ERRNO as _FUNCFLAG_USE_ERRNO)
from ctypes._endian import BigEndianStructure, BigEndianUnion, LittleEndianStructure, LittleEndianUnion

__version__ = "1.1.0"

RTLD_LOCAL = 0
RTLD_GLOBAL = getattr(_os, "RTLD_GLOBAL", 256)
DEFAULT_MODE = RTLD_LOCAL


# ---- simple types ----

class py_object(_SimpleCData):
    _type_ = "O"

    def __repr__(self):
        try:
            text = super().__repr__()
        except ValueError:
            text = f"{type(self).__name__}(<NULL>)"
        return text


class c_short(_SimpleCData):
    _type_ = "h"


class c_ushort(_SimpleCData):
    _type_ = "H"


class c_long(_SimpleCData):
    _type_ = "l"


class c_ulong(_SimpleCData):
    _type_ = "L"


class c_int(_SimpleCData):
    _type_ = "i"


class c_uint(_SimpleCData):
    _type_ = "I"


class c_float(_SimpleCData):
    _type_ = "f"


class c_double(_SimpleCData):
    _type_ = "d"


class c_longdouble(_SimpleCData):
    _type_ = "g"


class c_ubyte(_SimpleCData):
    _type_ = "B"


class c_byte(_SimpleCData):
    _type_ = "b"


class c_char(_SimpleCData):
    _type_ = "c"


class c_char_p(_SimpleCData):
    _type_ = "z"

    def __repr__(self):
        return f"{type(self).__name__}({_address(self)})"


class c_void_p(_SimpleCData):
    _type_ = "P"


class c_bool(_SimpleCData):
    _type_ = "?"


class c_wchar(_SimpleCData):
    _type_ = "u"


class c_wchar_p(_SimpleCData):
    _type_ = "Z"

    def __repr__(self):
        return f"{type(self).__name__}({_address(self)})"


# On this platform long long is long, and names say so, as in CPython.
c_longlong, c_ulonglong = c_long, c_ulong
c_voidp = c_void_p
c_int8, c_uint8, c_int16, c_uint16, c_int32, c_uint32, c_int64, c_uint64 = c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong
c_size_t, c_ssize_t, c_time_t = c_ulong, c_long, c_long


def _address(text):
    return c_void_p.from_buffer(text).value


# ---- functions ----

_function_types = {}


def _function_type(restype, argtypes, flags):
    key = (restype, argtypes, flags)
    known = _function_types.get(key)
    if known is None:
        class CFunctionType(_CFuncPtr):
            _argtypes_ = argtypes
            _restype_ = restype
            _flags_ = flags
        known = _function_types[key] = CFunctionType
    return known


def CFUNCTYPE(restype, *argtypes, use_errno=False, use_last_error=False):
    """The class of C functions with these types. An instance made from a callable is a callback for C code; one made from
    (name, library) or an address calls it, without the GIL."""
    if use_last_error:
        raise ValueError(f"unexpected keyword argument(s) {['use_last_error']}")
    return _function_type(restype, argtypes, _FUNCFLAG_CDECL | (_FUNCFLAG_USE_ERRNO if use_errno else 0))


def PYFUNCTYPE(restype, *argtypes):
    """As CFUNCTYPE, but a call keeps the GIL."""
    return _function_type(restype, argtypes, _FUNCFLAG_CDECL | _FUNCFLAG_PYTHONAPI)


# ---- libraries ----

class CDLL:
    """A C library. Its functions are attributes; a call lets the GIL go."""

    _func_flags_ = _FUNCFLAG_CDECL
    _func_restype_ = c_int
    _name = "<uninitialized>"
    _handle = 0
    _FuncPtr = None

    def __init__(self, name, mode=DEFAULT_MODE, handle=None, use_errno=False, use_last_error=False, winmode=None):
        self._name = _os.fsdecode(name) if name is not None and not isinstance(name, str) else name
        flags = self._func_flags_ | (_FUNCFLAG_USE_ERRNO if use_errno else 0)

        class _FuncPtr(_CFuncPtr):
            _flags_ = flags
            _restype_ = self._func_restype_
        self._FuncPtr = _FuncPtr
        self._handle = _ctypes.dlopen(self._name, mode) if handle is None else handle

    def __repr__(self):
        return f"<{type(self).__name__} '{self._name}', handle {self._handle & (_sys.maxsize * 2 + 1):x} at {id(self) & (_sys.maxsize * 2 + 1):#x}>"

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        function = self.__getitem__(name)
        setattr(self, name, function)
        return function

    def __getitem__(self, name):
        function = self._FuncPtr((name, self))
        function.__name__ = name
        return function


class PyDLL(CDLL):
    """A library whose functions are called without letting the GIL go."""

    _func_flags_ = _FUNCFLAG_CDECL | _FUNCFLAG_PYTHONAPI


class LibraryLoader:
    """cdll.name and cdll.LoadLibrary(name)"""

    def __init__(self, dlltype):
        self._dlltype = dlltype

    def __getattr__(self, name):
        if name[0] == "_":
            raise AttributeError(name)
        library = self._dlltype(name)
        setattr(self, name, library)
        return library

    def __getitem__(self, name):
        return getattr(self, name)

    def LoadLibrary(self, name):
        return self._dlltype(name)

    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)


cdll = LibraryLoader(CDLL)
pydll = LibraryLoader(PyDLL)


def __getattr__(name):
    if name == "pythonapi":
        raise AttributeError("ctypes.pythonapi: gilly has no C API of CPython to call")
    raise AttributeError(f"module 'ctypes' has no attribute '{name}'")


# ---- memory ----

def create_string_buffer(init, size=None):
    """An array of c_char: of a size, or with bytes in it and a zero behind them."""
    if isinstance(init, bytes):
        if size is None:
            size = len(init) + 1
        buffer = (c_char * size)()
        buffer.value = init
        return buffer
    if isinstance(init, int):
        return (c_char * init)()
    raise TypeError(init)


c_buffer = create_string_buffer


def create_unicode_buffer(init, size=None):
    """The same of c_wchar."""
    if isinstance(init, str):
        if size is None:
            size = len(init) + 1
        buffer = (c_wchar * size)()
        buffer.value = init
        return buffer
    if isinstance(init, int):
        return (c_wchar * init)()
    raise TypeError(init)


def SetPointerType(pointer_class, cls):
    if _pointer_type_cache.get(cls, None) is not None:
        raise RuntimeError("This type already exists in the cache")
    if id(pointer_class) not in _pointer_type_cache:
        raise RuntimeError("What's this???")
    pointer_class.set_type(cls)
    _pointer_type_cache[cls] = pointer_class
    del _pointer_type_cache[id(pointer_class)]


def ARRAY(item, length):
    return item * length


def cast(obj, typ):
    """A pointer of class typ with obj's address."""
    try:
        return _ctypes.cast(obj, typ)
    except TypeError as e:
        if str(e) != "wrong type":
            raise
        raise ArgumentError("argument 1: TypeError: wrong type") from None


def string_at(ptr, size=-1):
    """The bytes at an address: size of them, or up to the zero."""
    return _ctypes.string_at(ptr, size)


def wstring_at(ptr, size=-1):
    return _ctypes.wstring_at(ptr, size)


_libc = PyDLL(None)
memmove = PYFUNCTYPE(c_void_p, c_void_p, c_void_p, c_size_t)(("memmove", _libc))
memset = PYFUNCTYPE(c_void_p, c_void_p, c_int, c_size_t)(("memset", _libc))
