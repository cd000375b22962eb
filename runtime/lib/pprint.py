"""pprint - data structures printed over several lines, where one would be too long.

How: an object whose repr fits on the rest of the line is written so. Else the writer for its type (`_writers`) opens it up and
has its parts written one below the other, each in the same way.
Next: reprlib.py, dataclasses.py.
"""
import dataclasses
import re
import sys
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque
from types import MappingProxyType, SimpleNamespace

__all__ = ['pprint', 'pformat', 'isreadable', 'isrecursive', 'saferepr', 'PrettyPrinter', 'pp']


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """Write an object to a file, sys.stdout if none is given."""
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """The text that pprint() would write."""
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """As pprint(), but dicts keep their order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """The repr, with a note in place of what would go on for ever."""
    return PrettyPrinter().format(object, {}, None, 0)[0]


def isreadable(object):
    """Whether eval() could make the object from its saferepr()."""
    return PrettyPrinter().format(object, {}, None, 0)[1]


def isrecursive(object):
    """Whether the object contains itself."""
    return PrettyPrinter().format(object, {}, None, 0)[2]


class _SortKey:
    """Orders anything: by its own order where there is one, else by type and address."""

    __slots__ = 'value',

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        a, b = self.value, other.value
        try:
            return a < b
        except TypeError:
            return (str(type(a)), id(a)) < (str(type(b)), id(b))


def _sort_key_of_item(item):
    return _SortKey(item[0]), _SortKey(item[1])


def _recursion(object):
    return f'<Recursion on {type(object).__name__} with id={id(object)}>'


class PrettyPrinter:
    """Prints with these settings: spaces for each level, columns, levels to show (None: all), where to; compact: short items
    side by side; sort_dicts; underscore_numbers: 1_000."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        self._indent, self._width, self._depth = int(indent), int(width), depth
        for is_wrong, message in ((self._indent < 0, 'indent must be >= 0'), (depth is not None and depth <= 0, 'depth must be > 0'),
                                  (self._width == 0, 'width must be != 0')):
            if is_wrong:
                raise ValueError(message)
        self._stream = sys.stdout if stream is None else stream
        self._compact, self._sorts, self._underscores = bool(compact), sort_dicts, underscore_numbers

    def pformat(self, object):
        writer = _Writer(self)
        writer.put(object, 0, 0, 0)
        return ''.join(writer.pieces)

    def pprint(self, object):
        if self._stream is not None:
            self._stream.write(self.pformat(object) + '\n')

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """(repr, whether it is readable, whether it is recursive). To be overridden: context holds the ids of the containers
        around object, level is how many there are, maxlevels how many may be opened."""
        cls = type(object)
        if cls is int and self._underscores:
            return f'{object:_d}', True, False
        make_repr = cls.__repr__
        if make_repr is dict.__repr__ and isinstance(object, dict):
            start, end = '{', '}'
        elif make_repr is list.__repr__ and isinstance(object, list):
            start, end = '[', ']'
        elif make_repr is tuple.__repr__ and isinstance(object, tuple):
            start, end = '(', ',)' if len(object) == 1 else ')'
        else:
            text = repr(object)
            return text, cls in _plain_types or not text.startswith('<'), False
        if not object:
            return start + end, True, False
        if maxlevels and level >= maxlevels:
            return f'{start}...{end}', False, id(object) in context
        if id(object) in context:
            return _recursion(object), False, True
        context[id(object)] = 1
        readable, recursive = True, False

        def part(value):
            nonlocal readable, recursive
            text, is_readable, is_recursive = self.format(value, context, maxlevels, level + 1)
            readable = readable and is_readable
            recursive = recursive or is_recursive
            return text

        if start == '{':
            items = sorted(object.items(), key=_sort_key_of_item) if self._sorts else object.items()
            parts = [f'{part(key)}: {part(value)}' for key, value in items]
        else:
            parts = [part(value) for value in object]
        del context[id(object)]
        return start + ', '.join(parts) + end, readable, recursive


_plain_types = frozenset({str, bytes, bytearray, float, complex, bool, type(None), int})


class _Writer:
    """One run of a printer. Positions: indent, the column where an object begins; allowance, how much room must be left behind
    it for what closes the containers around it; level, how many these are."""

    def __init__(self, printer):
        self.printer = printer
        self.pieces = []  # of the text
        self.open = {}    # ids of the containers around

    def write(self, text):
        self.pieces.append(text)

    def repr(self, object, level):
        return self.printer.format(object, self.open.copy(), self.printer._depth, level)[0]

    def put(self, object, indent, allowance, level):
        if id(object) in self.open:
            return self.write(_recursion(object))
        text = self.repr(object, level)
        write = None
        if len(text) > self.printer._width - indent - allowance:
            write = _writers.get(type(object).__repr__) or (_put_dataclass if _has_made_repr(object) else None)
        if write is None:
            return self.write(text)
        self.open[id(object)] = 1
        write(self, object, indent, allowance, level + 1)
        del self.open[id(object)]

    # the parts of a container, one below the other; indent is the column of the opening brace

    def step_in(self, indent):
        step = self.printer._indent
        self.write(' ' * (step - 1))
        return indent + step

    def put_all(self, items, indent, allowance, level):
        items = list(items)
        indent = self.step_in(indent)
        room = most = self.printer._width - indent + 1
        below, between = ',\n' + ' ' * indent, ''
        for i, item in enumerate(items):
            is_last = i == len(items) - 1
            if is_last:
                room -= allowance
                most -= allowance
            if self.printer._compact:
                text = self.repr(item, level)
                need = len(text) + 2
                if need > room:
                    room = most
                    between = between and below
                if need <= room:
                    room -= need
                    self.write(between + text)
                    between = ', '
                    continue
            self.write(between)
            between = below
            self.put(item, indent, allowance if is_last else 1, level)

    def put_pairs(self, pairs, indent, allowance, level, of_dict=True):
        """key: value ... of a dict, or name=value ... of an object."""
        pairs = list(pairs)
        for i, (key, value) in enumerate(pairs):
            is_last = i == len(pairs) - 1
            key = self.repr(key, level) + ': ' if of_dict else key + '='
            self.write(key)
            if not of_dict and id(value) in self.open:
                self.write('...')
            else:
                self.put(value, indent + len(key), allowance if is_last else 1, level)
            if not is_last:
                self.write(',\n' + ' ' * indent)


def _has_made_repr(object):
    """Whether object is of a dataclass whose __repr__ the decorator has made."""
    if not dataclasses.is_dataclass(object) or isinstance(object, type) or not object.__dataclass_params__.repr:
        return False
    code = getattr(type(object).__repr__, '__code__', None)
    return code is not None and code.co_name == 'wrapper'  # of recursive_repr


# ---- a writer for each type, by its __repr__ (so that a subclass with another one is written by that) ----

_writers = {}


def _writes(*types):
    def register(function):
        for cls in types:
            _writers[cls.__repr__] = function
        return function
    return register


@_writes(list)
def _put_list(w, object, indent, allowance, level):
    w.write('[')
    w.put_all(object, indent, allowance + 1, level)
    w.write(']')


@_writes(tuple)
def _put_tuple(w, object, indent, allowance, level):
    end = ',)' if len(object) == 1 else ')'
    w.write('(')
    w.put_all(object, indent, allowance + len(end), level)
    w.write(end)


@_writes(set, frozenset)
def _put_set(w, object, indent, allowance, level):
    if not object:
        return w.write(repr(object))
    start, end = ('{', '}') if type(object) is set else (type(object).__name__ + '({', '})')
    w.write(start)
    w.put_all(sorted(object, key=_SortKey), indent + len(start) - 1, allowance + len(end), level)
    w.write(end)


@_writes(dict)
def _put_dict(w, object, indent, allowance, level):
    w.write('{')
    inside = w.step_in(indent)
    items = object.items()
    w.put_pairs(sorted(items, key=_sort_key_of_item) if w.printer._sorts else items, inside, allowance + 1, level)
    w.write('}')


@_writes(OrderedDict)
def _put_ordered_dict(w, object, indent, allowance, level):
    if not object:
        return w.write(repr(object))
    start = type(object).__name__ + '('
    w.write(start)
    w.put(list(object.items()), indent + len(start), allowance + 1, level)
    w.write(')')


@_writes(defaultdict)
def _put_defaultdict(w, object, indent, allowance, level):
    if not object:
        return w.write(repr(object))
    start = type(object).__name__ + '('
    indent += len(start)
    w.write(f'{start}{w.repr(object.default_factory, level)},\n' + ' ' * indent)
    _put_dict(w, object, indent, allowance + 1, level)
    w.write(')')


@_writes(Counter)
def _put_counter(w, object, indent, allowance, level):
    if not object:
        return w.write(repr(object))
    start = type(object).__name__ + '({'
    w.write(start)
    inside = w.step_in(indent + len(start) - 1)
    w.put_pairs(object.most_common(), inside, allowance + 2, level)
    w.write('})')


@_writes(MappingProxyType)
def _put_mapping_proxy(w, object, indent, allowance, level):
    w.write('mappingproxy(')
    w.put(object.copy(), indent + 13, allowance + 1, level)
    w.write(')')


@_writes(ChainMap)
def _put_chain_map(w, object, indent, allowance, level):
    if not object.maps:
        return w.write(repr(object))
    start = type(object).__name__ + '('
    indent += len(start)
    w.write(start)
    for i, one in enumerate(object.maps, 1 - len(object.maps)):
        w.put(one, indent, allowance + 1 if i == 0 else 1, level)
        w.write(')' if i == 0 else ',\n' + ' ' * indent)


@_writes(deque)
def _put_deque(w, object, indent, allowance, level):
    if not object:
        return w.write(repr(object))
    start = type(object).__name__ + '('
    indent += len(start)
    w.write(start + '[')
    if object.maxlen is None:
        w.put_all(object, indent, allowance + 2, level)
        w.write('])')
    else:
        w.put_all(object, indent, 2, level)
        w.write(f'],\n{" " * indent}maxlen={w.repr(object.maxlen, level)})')


@_writes(UserDict, UserList, UserString)
def _put_user_object(w, object, indent, allowance, level):
    w.put(object.data, indent, allowance, level - 1)


def _put_object(w, name, pairs, indent, allowance, level):
    w.write(name + '(')
    w.put_pairs(pairs, indent + len(name) + 1, allowance, level, of_dict=False)
    w.write(')')


@_writes(SimpleNamespace)
def _put_namespace(w, object, indent, allowance, level):
    name = 'namespace' if type(object) is SimpleNamespace else type(object).__name__
    _put_object(w, name, object.__dict__.items(), indent, allowance, level)


def _put_dataclass(w, object, indent, allowance, level):
    pairs = [(field.name, getattr(object, field.name)) for field in dataclasses.fields(object) if field.repr]
    _put_object(w, type(object).__qualname__, pairs, indent, allowance, level)


# ---- long text and bytes: several literals, one below the other, in brackets if nothing else encloses them ----

def _put_literals(w, literals, indent, level):
    if level == 1:
        w.write('(')
    w.write(('\n' + ' ' * indent).join(literals))
    if level == 1:
        w.write(')')


@_writes(str)
def _put_str(w, object, indent, allowance, level):
    if not object:
        return w.write(repr(object))
    if level == 1:
        indent += 1
        allowance += 1
    lines = object.splitlines(True)
    width = w.printer._width - indent
    literals = []
    for number, line in enumerate(lines, 1):
        room = width - allowance if number == len(lines) else width
        whole = repr(line)
        if len(whole) <= room:
            literals.append(whole)
            continue
        words = re.findall(r'\S*\s*', line)[:-1]  # the last match is empty
        text = ''
        for i, word in enumerate(words):
            # only the last word of the last line has the closing braces behind it
            room = width - allowance if number == len(lines) and i == len(words) - 1 else width
            if text and len(repr(text + word)) > room:
                literals.append(repr(text))
                text = ''
            text += word
        if text:
            literals.append(repr(text))
    if len(literals) == 1:
        return w.write(literals[0])
    _put_literals(w, literals, indent, level)


def _bytes_literals(object, width, allowance):
    text = b''
    last = len(object) // 4 * 4
    for i in range(0, len(object), 4):
        if i == last:
            width -= allowance
        longer = text + object[i:i + 4]
        if text and len(repr(longer)) > width:
            yield repr(text)
            longer = object[i:i + 4]
        text = longer
    if text:
        yield repr(text)


@_writes(bytes)
def _put_bytes(w, object, indent, allowance, level):
    if len(object) <= 4:
        return w.write(repr(object))
    if level == 1:
        indent += 1
        allowance += 1
    _put_literals(w, _bytes_literals(object, w.printer._width - indent, allowance), indent, level)


@_writes(bytearray)
def _put_bytearray(w, object, indent, allowance, level):
    w.write('bytearray(')
    _put_bytes(w, bytes(object), indent + 10, allowance + 1, level + 1)
    w.write(')')
