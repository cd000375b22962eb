"""logging.formats - Formatter, and the three styles in which it names the attributes of a record.  Next: __init__.py."""
import time

BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'


class PercentStyle:
    """%(message)s"""

    default_format, asctime_search = '%(message)s', '%(asctime)'
    validation_pattern = r'%\(\w+\)[#0+ -]*(\*|\d+)?(\.(\*|\d+))?[diouxefgcrsa%]'

    def __init__(self, fmt, *, defaults=None):
        self._fmt, self._defaults = fmt or self.default_format, defaults

    def usesTime(self):
        """Whether the time is to be shown."""
        return self.asctime_search in self._fmt

    def validate(self):
        """ValueError if the format has no field."""
        import re
        if not re.search(self.validation_pattern, self._fmt, re.IGNORECASE):
            raise ValueError(f"Invalid format '{self._fmt}' for '{self.default_format[0]}' style")

    def format(self, record):
        """The format with the record's attributes put in."""
        values = vars(record)
        try:
            return self._put_in({**self._defaults, **values} if self._defaults else values)
        except KeyError as e:
            raise ValueError(f'Formatting field not found in record: {e}')

    def _put_in(self, values):
        return self._fmt % values


class StrFormatStyle(PercentStyle):
    """{message}"""

    default_format, asctime_search = '{message}', '{asctime'

    def _put_in(self, values):
        return self._fmt.format(**values)

    def validate(self):
        """ValueError if a field is wrong, or there is none."""
        from _string import formatter_parser
        names = set()
        try:
            for _, name, _, conversion in formatter_parser(self._fmt):
                first = (name or '').partition('.')[0].partition('[')[0]
                if name and not (first.isidentifier() or first.isdigit()):
                    raise ValueError(f'invalid field name/expression: {name!r}')
                if conversion and conversion not in 'rsa':
                    raise ValueError(f'invalid conversion: {conversion!r}')
                names.add(name or None)
        except ValueError as e:
            raise ValueError(f'invalid format: {e}')
        _check_fields(names - {None})


class StringTemplateStyle(PercentStyle):
    """${message}"""

    default_format, asctime_search = '${message}', '${asctime}'

    def __init__(self, *args, **kwargs):
        from string import Template
        super().__init__(*args, **kwargs)
        self._template = Template(self._fmt)

    def usesTime(self):
        """Whether the time is to be shown."""
        return '$asctime' in self._fmt or super().usesTime()

    def _put_in(self, values):
        return self._template.substitute(**values)

    def validate(self):
        """ValueError if there is a $ without a name, or no field."""
        names = set()
        for found in self._template.pattern.finditer(self._fmt):
            if found[0] == '$':
                raise ValueError("invalid format: bare '$' not allowed")
            names.add(found['named'] or found['braced'])
        _check_fields(names - {None})


def _check_fields(names):
    if not names:
        raise ValueError('invalid format: no fields')


_STYLES = {'%': (PercentStyle, BASIC_FORMAT), '{': (StrFormatStyle, '{levelname}:{name}:{message}'),
           '$': (StringTemplateStyle, '${levelname}:${name}:${message}')}


def _style(sign):
    if sign not in _STYLES:
        raise ValueError('Style must be one of: ' + ','.join(_STYLES))
    return _STYLES[sign]


def _default_format(sign):
    """What basicConfig() uses in this style."""
    return _style(sign)[1]


class Formatter:
    """Makes text of a record; fmt names its attributes, in %, { or $ style."""

    converter = time.localtime
    default_time_format, default_msec_format = '%Y-%m-%d %H:%M:%S', '%s,%03d'

    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        make, _ = _style(style)
        self._style, self.datefmt = make(fmt, defaults=defaults), datefmt
        self._fmt = self._style._fmt
        if validate and fmt:
            self._style.validate()

    def usesTime(self):
        """Whether the time is to be shown."""
        return self._style.usesTime()

    def formatTime(self, record, datefmt=None):
        """When the record was made, as text."""
        when = self.converter(record.created)
        if datefmt:
            return time.strftime(datefmt, when)
        text = time.strftime(self.default_time_format, when)
        return self.default_msec_format % (text, record.msecs) if self.default_msec_format else text

    def formatException(self, ei):
        """The text of an exception, given as sys.exc_info() gives it."""
        from traceback import format_exception
        return ''.join(format_exception(*ei)).removesuffix('\n')

    def formatStack(self, stack_info):
        """The text of a stack: it is text already."""
        return stack_info

    def formatMessage(self, record):
        """The line itself."""
        return self._style.format(record)

    def format(self, record):
        """The text of a record, with its exception and stack."""
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)  # kept for other handlers
        for more in record.exc_text, record.stack_info and self.formatStack(record.stack_info):
            if more:
                text += more if text.endswith('\n') else '\n' + more
        return text


_plain = Formatter()


class BufferingFormatter:
    """Formats a list of records, with something before and after them."""

    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _plain

    def formatHeader(self, records):
        """What stands before."""
        return ''

    formatFooter = formatHeader

    def format(self, records):
        """The text of all records."""
        if not records:
            return ''
        return self.formatHeader(records) + ''.join(map(self.linefmt.format, records)) + self.formatFooter(records)
