"""csv - tables as comma-separated text.

A Dialect says how: delimiter, quotes, escapes.  The reader is a machine that goes through each line letter by letter
(START_RECORD .. AFTER_ESCAPED_CRNL in CPython's _csv.c); a quoted field may go on over several lines.
"""

__all__ = ['QUOTE_MINIMAL', 'QUOTE_ALL', 'QUOTE_NONNUMERIC', 'QUOTE_NONE', 'Error', 'Dialect', 'excel', 'excel_tab',
           'field_size_limit', 'reader', 'writer', 'register_dialect', 'get_dialect', 'list_dialects', 'Sniffer',
           'unregister_dialect', 'DictReader', 'DictWriter', 'unix_dialect']

__version__ = '1.0'
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


Error.__module__ = '_csv'
_dialects = {}
_field_limit = 128 * 1024
_MISSING = object()


def field_size_limit(limit=_MISSING):
    """Return the limit of a field's length; set it if one is given."""
    global _field_limit
    old = _field_limit
    if limit is not _MISSING:
        if not isinstance(limit, int):
            raise TypeError('limit must be an integer')
        _field_limit = limit
    return old


class _Settings:
    """A dialect, checked; also called _csv.Dialect."""

    def __init__(self, dialect=None, **overrides):
        known = dict(delimiter=',', doublequote=True, escapechar=None, lineterminator='\r\n', quotechar='"',
                     quoting=QUOTE_MINIMAL, skipinitialspace=False, strict=False)
        for name in overrides:
            if name not in known:
                raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        quoting_given = 'quoting' in overrides or dialect is not None and hasattr(dialect, 'quoting')
        for name, default in known.items():
            value = getattr(dialect, name, default) if dialect is not None else default
            setattr(self, name, overrides.get(name, value))
        for name in ('delimiter', 'escapechar', 'quotechar'):
            self._check_char(name, getattr(self, name), name != 'delimiter')
        self.doublequote, self.skipinitialspace = bool(self.doublequote), bool(self.skipinitialspace)
        self.strict = bool(self.strict)
        if not isinstance(self.lineterminator, str):
            raise TypeError('"lineterminator" must be a string')
        if type(self.quoting) is not int:
            raise TypeError('"quoting" must be an integer')
        if not 0 <= self.quoting <= 3:
            raise TypeError('bad "quoting" value')
        if self.quotechar is None and not quoting_given:
            self.quoting = QUOTE_NONE
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError('quotechar must be set if quoting enabled')

    @staticmethod
    def _check_char(name, value, optional):
        if value is None and optional:
            return
        if not isinstance(value, str):
            raise TypeError('"%s" must be string%s, not %s' % (name, ' or None' if optional else '',
                                                               type(value).__name__))
        if len(value) != 1:
            raise TypeError('"%s" must be a 1-character string' % name)


def register_dialect(name, dialect=None, **fmtparams):
    """Give a dialect a name."""
    if not isinstance(name, str):
        raise TypeError('dialect name must be a string')
    _dialects[name] = _Settings(dialect, **fmtparams)


def unregister_dialect(name):
    try:
        del _dialects[name]
    except (KeyError, TypeError):
        raise Error('unknown dialect') from None


def get_dialect(name):
    try:
        return _dialects[name]
    except (KeyError, TypeError):
        raise Error('unknown dialect') from None


def list_dialects():
    return list(_dialects)


class Dialect:
    """Base of dialects: subclass it and set the attributes."""

    _name = ''
    _valid = False
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        if self.__class__ != Dialect:
            self._valid = True
        try:
            _Settings(self)
        except TypeError as wrong:
            raise Error(str(wrong))


class excel(Dialect):
    """What Excel writes, more or less."""
    delimiter, quotechar, lineterminator, quoting = ',', '"', '\r\n', QUOTE_MINIMAL
    doublequote, skipinitialspace = True, False


register_dialect('excel', excel)


class excel_tab(excel):
    """Describe the usual properties of Excel-generated TAB-delimited files."""
    delimiter = '\t'


register_dialect('excel-tab', excel_tab)


class unix_dialect(Dialect):
    """What Unix programs like: lines end with a newline alone, and everything is quoted."""
    delimiter, quotechar, lineterminator, quoting = ',', '"', '\n', QUOTE_ALL
    doublequote, skipinitialspace = True, False


register_dialect('unix', unix_dialect)

_START_RECORD, _START_FIELD, _ESCAPED, _IN_FIELD, _IN_QUOTED, _ESCAPED_QUOTED, _QUOTE_IN_QUOTED, _EAT_CRNL, \
    _AFTER_ESCAPED_CRNL = range(9)


class _Reader:
    """Iterates over the rows of an iterable of lines."""

    def __init__(self, iterable, dialect=None, **fmtparams):
        self._lines = iter(iterable)
        self.dialect = _Settings(dialect, **fmtparams)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._row = []
        self._field = []
        self._unquoted_number = False
        self._state = _START_RECORD
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or self._state == _IN_QUOTED:
                    if self.dialect.strict:
                        raise Error('unexpected end of data') from None
                    self._save()
                    return self._row
                raise
            if not isinstance(line, str):
                raise Error('iterator should return strings, not %s (the file should be opened in text mode)'
                            % type(line).__name__)
            self.line_num += 1
            for c in line:
                self._take(c)
            self._take('')
            if self._state == _START_RECORD:
                return self._row

    def _save(self):
        field = ''.join(self._field)
        self._field = []
        if self._unquoted_number:
            self._unquoted_number = False
            field = float(field)
        self._row.append(field)

    def _add(self, c):
        if len(self._field) >= _field_limit:
            raise Error('field larger than field limit (%d)' % _field_limit)
        self._field.append(c)

    def _take(self, c):
        """One letter; '' stands for the end of the line."""
        d = self.dialect
        state = self._state
        if state == _START_RECORD:
            if c == '':
                return
            if c in '\r\n':
                self._state = _EAT_CRNL
                return
            state = self._state = _START_FIELD
        if state == _START_FIELD:
            if c in ('', '\n', '\r'):
                self._save()
                self._state = _EAT_CRNL if c else _START_RECORD
            elif c == d.quotechar and d.quoting != QUOTE_NONE:
                self._state = _IN_QUOTED
            elif c == d.escapechar:
                self._state = _ESCAPED
            elif c == ' ' and d.skipinitialspace:
                pass
            elif c == d.delimiter:
                self._save()
            else:
                self._unquoted_number = d.quoting == QUOTE_NONNUMERIC
                self._add(c)
                self._state = _IN_FIELD
        elif state == _ESCAPED:
            self._add(c or '\n')
            self._state = _AFTER_ESCAPED_CRNL if c in ('\n', '\r') else _IN_FIELD
        elif state == _IN_FIELD or state == _AFTER_ESCAPED_CRNL:
            if c == '' and state == _AFTER_ESCAPED_CRNL:
                pass  # the field goes on in the next line
            elif c in ('', '\n', '\r'):
                self._save()
                self._state = _EAT_CRNL if c else _START_RECORD
            elif c == d.escapechar:
                self._state = _ESCAPED
            elif c == d.delimiter:
                self._save()
                self._state = _START_FIELD
            else:
                self._add(c)
                self._state = _IN_FIELD
        elif state == _IN_QUOTED:
            if c == '':
                pass
            elif c == d.escapechar:
                self._state = _ESCAPED_QUOTED
            elif c == d.quotechar and d.quoting != QUOTE_NONE:
                self._state = _QUOTE_IN_QUOTED if d.doublequote else _IN_FIELD
            else:
                self._add(c)
        elif state == _ESCAPED_QUOTED:
            self._add(c or '\n')
            self._state = _IN_QUOTED
        elif state == _QUOTE_IN_QUOTED:
            if d.quoting != QUOTE_NONE and c == d.quotechar:
                self._add(c)
                self._state = _IN_QUOTED
            elif c == d.delimiter:
                self._save()
                self._state = _START_FIELD
            elif c in ('', '\n', '\r'):
                self._save()
                self._state = _EAT_CRNL if c else _START_RECORD
            elif not d.strict:
                self._add(c)
                self._state = _IN_FIELD
            else:
                raise Error("'%s' expected after '%s'" % (d.delimiter, d.quotechar))
        elif state == _EAT_CRNL:
            if c == '':
                self._state = _START_RECORD
            elif c not in '\r\n':
                raise Error('new-line character seen in unquoted field - do you need to open the file in '
                            'universal-newline mode?')


def reader(iterable, dialect=None, **fmtparams):
    """Rows of lists of strings, from an iterable of lines."""
    return _Reader(iterable, dialect, **fmtparams)


class _Writer:
    def __init__(self, fileobj, dialect=None, **fmtparams):
        write = getattr(fileobj, 'write', None)
        if not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        self._write = write
        self.dialect = _Settings(dialect, **fmtparams)

    def writerow(self, row):
        """Write one row: strings and None as they are, all else by str()."""
        d = self.dialect
        try:
            fields = iter(row)
        except TypeError:
            raise Error('iterable expected, not %s' % type(row).__name__) from None
        out = []
        for value in fields:
            if d.quoting == QUOTE_NONNUMERIC:
                quoted = not isinstance(value, (int, float)) and not hasattr(type(value), '__float__')
            else:
                quoted = d.quoting == QUOTE_ALL
            text = value if isinstance(value, str) else '' if value is None else str(value)
            out.append(self._field(text, quoted))
        if len(out) == 1 and out[0] == '':
            if d.quoting == QUOTE_NONE:
                raise Error('single empty field record must be quoted')
            out[0] = d.quotechar * 2
        return self._write(d.delimiter.join(out) + d.lineterminator)

    def _field(self, text, quoted):
        d = self.dialect
        out = []
        for c in text:
            want_escape = False
            if (c == d.delimiter or c == d.escapechar or c == d.quotechar or c in '\r\n'
                    or c in d.lineterminator):
                if d.quoting == QUOTE_NONE:
                    want_escape = True
                else:
                    if c == d.quotechar:
                        if d.doublequote:
                            out.append(d.quotechar)
                        else:
                            want_escape = True
                    elif c == d.escapechar:
                        want_escape = True
                    if not want_escape:
                        quoted = True
                if want_escape:
                    if not d.escapechar:
                        raise Error('need to escape, but no escapechar set')
                    out.append(d.escapechar)
            out.append(c)
        text = ''.join(out)
        return d.quotechar + text + d.quotechar if quoted else text

    def writerows(self, rows):
        """Write all rows."""
        for row in rows:
            self.writerow(row)


def writer(fileobj, dialect=None, **fmtparams):
    """An object that writes rows to a file."""
    return _Writer(fileobj, dialect, **fmtparams)


class DictReader:
    """Rows as dicts; the names are the first row unless given."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames = fieldnames
        self.restkey, self.restval, self.dialect = restkey, restval, dialect
        self.reader, self.line_num = reader(f, dialect, *args, **kwds), 0

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, names):
        self._fieldnames = names

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames  # the first row, when they are not known
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        self.line_num = self.reader.line_num
        record = dict(zip(names, row))
        surplus = len(row) - len(names)
        if surplus > 0:
            record[self.restkey] = row[-surplus:]
        elif surplus < 0:
            record.update(dict.fromkeys(names[surplus:], self.restval))
        return record

    __class_getitem__ = classmethod(type(list[int]))


class DictWriter:
    """Writes dicts as rows, in the order of fieldnames."""

    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames = fieldnames
        self.restval = restval
        extrasaction = extrasaction.lower()
        if extrasaction not in ('raise', 'ignore'):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _dict_to_list(self, rowdict):
        if self.extrasaction == 'raise':
            wrong_fields = rowdict.keys() - self.fieldnames
            if wrong_fields:
                raise ValueError('dict contains fields not in fieldnames: '
                                 + ', '.join([repr(x) for x in wrong_fields]))
        return (rowdict.get(key, self.restval) for key in self.fieldnames)

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._dict_to_list, rowdicts))

    def writerow(self, rowdict):
        return self.writer.writerow(self._dict_to_list(rowdict))

    __class_getitem__ = classmethod(type(list[int]))


class Sniffer:
    """Not supported: guessing a dialect is left to the reader."""

    def __init__(self):
        raise NotImplementedError('csv.Sniffer is not supported')
