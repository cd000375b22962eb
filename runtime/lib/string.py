"""string - constants, capwords, Template and Formatter.  Next: the native _string, str.format."""
import _string

__all__ = ['ascii_letters', 'ascii_lowercase', 'ascii_uppercase', 'capwords', 'digits', 'hexdigits', 'octdigits',
           'printable', 'punctuation', 'whitespace', 'Formatter', 'Template']

ascii_lowercase = ''.join(map(chr, range(ord('a'), ord('z') + 1)))
ascii_uppercase = ascii_lowercase.upper()
ascii_letters = ascii_lowercase + ascii_uppercase
octdigits = '01234567'
digits = octdigits + '89'
hexdigits = digits + 'abcdefABCDEF'
whitespace = ' \t\n\r\v\f'
punctuation = ''.join(c for c in map(chr, range(33, 127)) if not c.isalnum())
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Split s at sep, capitalize each word, join them again; without sep runs of whitespace become one space."""
    return (sep or ' ').join([word.capitalize() for word in s.split(sep)])


# ---- $name in a text ----

class _LazyPattern:
    """Template.pattern, compiled when first asked for: `import string` needs no regular expressions."""

    def __get__(self, instance, cls):
        cls.pattern = pattern = _compile_pattern(cls)
        return pattern


def _compile_pattern(cls):
    """The pattern that a Template or a subclass of it defines, or is made of its delimiter and the patterns of names."""
    import re
    for base in cls.__mro__:
        text = vars(base).get('pattern')
        if isinstance(text, str):
            break
    else:
        sign, name = re.escape(cls.delimiter), cls.idpattern
        text = (f'{sign}(?:(?P<escaped>{sign}) | (?P<named>{name}) | {{(?P<braced>{cls.braceidpattern or name})}}'
                ' | (?P<invalid>))')
    flags = re.IGNORECASE if cls.flags is None else cls.flags
    return re.compile(text, flags | re.VERBOSE)


class Template:
    """A text with $name or ${name} where values are to be put in; $$ is a $."""

    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'  # ASCII letters only, even where IGNORECASE would add others
    braceidpattern = flags = None
    pattern = _LazyPattern()

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls.pattern = _compile_pattern(cls)

    def __init__(self, template):
        self.template = template

    def _name_in(self, found):
        """The name, or None for what is no place of a value: an escaped delimiter or a wrong placeholder."""
        name = found['named'] or found['braced']
        if name is None and found['escaped'] is None and found['invalid'] is None:
            raise ValueError('Unrecognized named group in pattern', self.pattern)
        return name

    def _put_in(self, values, is_safe):
        def text(found):
            name = self._name_in(found)
            if name is None and found['invalid'] is None:
                return self.delimiter
            if name is None:
                return found[0] if is_safe else self._complain(found)
            try:
                return str(values[name])
            except KeyError:
                if is_safe:
                    return found[0]
                raise

        return self.pattern.sub(text, self.template)

    def _complain(self, found):
        lines = self.template[:found.start('invalid')].splitlines(True)
        line, column = (len(lines), len(lines[-1])) if lines else (1, 1)
        raise ValueError(f'Invalid placeholder in string: line {line}, col {column}')

    def substitute(self, mapping={}, /, **kws):
        """The text with the values put in; KeyError for a name that is not there, ValueError for a wrong placeholder."""
        return self._put_in(_merged(mapping, kws), False)

    def safe_substitute(self, mapping={}, /, **kws):
        """The text with the values put in; what has no value stays as it is."""
        return self._put_in(_merged(mapping, kws), True)

    def is_valid(self):
        """Whether substitute() finds no wrong placeholder."""
        return all(self._name_in(found) or found['invalid'] is None for found in self.pattern.finditer(self.template))

    def get_identifiers(self):
        """The names in the text, each once."""
        names = [self._name_in(found) for found in self.pattern.finditer(self.template)]
        return [name for name in dict.fromkeys(names) if name is not None]


def _merged(mapping, more):
    if not more:
        return mapping
    from collections import ChainMap
    return ChainMap(more, mapping)


# ---- {name} in a text ----

_CONVERSIONS = {None: lambda value: value, 's': str, 'r': repr, 'a': ascii}


class Formatter:
    """str.format() with each of its steps open to change."""

    def format(self, format_string, /, *args, **kwargs):
        """The text with the values put in."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """The same with the arguments as a tuple and a dict."""
        used = set()
        text, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return text

    def _vformat(self, format_string, args, kwargs, used, depth, number=0):
        """(text, number of the next field without a name, False if fields have numbers); depth of fields in specs."""
        if depth < 0:
            raise ValueError('Max string recursion exceeded')
        parts = []
        for literal, field, spec, conversion in self.parse(format_string):
            parts.append(literal)
            if field is None:
                continue
            if not field or field.isdigit():
                if number is False if not field else number:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                field, number = (field, False) if field else (str(number), number + 1)
            value, first = self.get_field(field, args, kwargs)
            used.add(first)
            value = self.convert_field(value, conversion)
            spec, number = self._vformat(spec, args, kwargs, used, depth - 1, number)
            parts.append(self.format_field(value, spec))
        return ''.join(parts), number

    # the steps

    def parse(self, format_string):
        """Pieces (literal text, field name, format spec, conversion) of a format string."""
        return _string.formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        """(the object a field name such as '0.name[key]' stands for, its first part)"""
        first, way = _string.formatter_field_name_split(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, name in way:
            value = getattr(value, name) if is_attribute else value[name]
        return value, first

    def get_value(self, key, args, kwargs):
        """The argument of that number or name."""
        return (args if isinstance(key, int) else kwargs)[key]

    def convert_field(self, value, conversion):
        """The value after !s, !r or !a."""
        if conversion not in _CONVERSIONS:
            raise ValueError(f'Unknown conversion specifier {conversion!s}')
        return _CONVERSIONS[conversion](value)

    def format_field(self, value, format_spec):
        """The text of a value."""
        return format(value, format_spec)

    def check_unused_args(self, used_args, args, kwargs):
        """To be overridden: may complain about arguments that were not used."""
