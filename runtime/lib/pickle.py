"""pickle - objects as bytes that make the objects again, in this program or in another one.

    data = pickle.dumps(obj)          pickle.loads(data)
    pickle.dump(obj, file)            pickle.load(file)

A pickle is a program for a small stack machine; `_pickle` (runtime/modules/pickle/) writes and runs it, and its opcodes.def says what each
instruction does. Data is written out; functions and classes are written as names and must be there when the pickle is read. Reading a pickle may
call any function that it names: read none that you do not trust, or override find_class.
"""
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING, REVERSE_IMPORT_MAPPING, REVERSE_NAME_MAPPING
from _pickle import (PickleBuffer, PickleError, Pickler, PicklingError, Unpickler, UnpicklingError, _opcodes,
                     dump, dumps, load, loads)
from copyreg import _extension_cache, _extension_registry, _inverted_registry, dispatch_table

__all__ = ['PickleError', 'PicklingError', 'UnpicklingError', 'Pickler', 'Unpickler', 'dump', 'dumps', 'load', 'loads', 'PickleBuffer']

format_version = '4.0'
compatible_formats = ['1.0', '1.1', '1.2', '1.3', '2.0', '3.0', '4.0', '5.0']
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
bytes_types = (bytes, bytearray)

# MARK, STOP ...: each instruction's byte.
globals().update(_opcodes())
__all__.extend(name for name in _opcodes())
_tuplesize2code = [EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3]


def encode_long(x):
    """The shortest bytes of an int in two's complement, little-endian, as LONG1 has them."""
    if x == 0:
        return b''
    size = (x.bit_length() >> 3) + 1
    data = x.to_bytes(size, 'little', signed=True)
    return data[:-1] if x < 0 and size > 1 and data[-1] == 0xff and data[-2] & 0x80 else data


def decode_long(data):
    """The int of encode_long's bytes."""
    return int.from_bytes(data, 'little', signed=True)
