"""configparser - files of [sections] with "option = value" lines.

RawConfigParser keeps values as read; ConfigParser also puts in the place of %(name)s what it refers to, and takes str only. A parser is a
mapping from section names to SectionProxy objects, which are mappings too.
Next: _config_interpolation.py (references), _config_errors.py.
"""
import io
import itertools
import os
import re
from collections import ChainMap
from collections.abc import MutableMapping

from _config_errors import (DEFAULTSECT, MAX_INTERPOLATION_DEPTH, DuplicateOptionError, DuplicateSectionError, Error,
                            InterpolationDepthError, InterpolationError, InterpolationMissingOptionError, InterpolationSyntaxError,
                            MissingSectionHeaderError, NoOptionError, NoSectionError, ParsingError)
from _config_interpolation import BasicInterpolation, ExtendedInterpolation, Interpolation

__all__ = ['NoSectionError', 'DuplicateOptionError', 'DuplicateSectionError', 'NoOptionError', 'InterpolationError',
           'InterpolationDepthError', 'InterpolationMissingOptionError', 'InterpolationSyntaxError', 'ParsingError',
           'MissingSectionHeaderError', 'ConfigParser', 'RawConfigParser', 'Interpolation', 'BasicInterpolation', 'ExtendedInterpolation',
           'SectionProxy', 'ConverterMapping', 'DEFAULTSECT', 'MAX_INTERPOLATION_DEPTH']

_UNSET = object()

for _class in [_value for _value in list(globals().values()) if isinstance(_value, type) and _value.__module__.startswith('_config')]:
    _class.__module__ = 'configparser'


# ---- reading ----

class _Reader:
    """One read of one file, line by line, into parser."""

    def __init__(self, parser, fpname):
        self.parser, self.fpname = parser, fpname
        self.seen = set()      # sections, and (section, option) pairs, of this file
        self.section = None    # the current section's dict
        self.section_name = self.option = None
        self.indent = 0
        self.error = None

    def read(self, lines):
        for number, line in enumerate(lines, 1):
            self.read_line(number, line)
        self.parser._join_multiline_values()
        if self.error:
            raise self.error

    def without_comment(self, line):
        """(text, whether the line was all comment)."""
        start = None
        for prefix in self.parser._inline_comment_prefixes:
            for match in re.finditer(r'(?:^|(?<=\s))' + re.escape(prefix), line):
                start = match.start() if start is None else min(start, match.start())
        if any(line.strip().startswith(prefix) for prefix in self.parser._comment_prefixes):
            start = 0
        return line[:start].strip(), start == 0

    def is_continuation(self, indent):
        return self.section is not None and self.option and indent > self.indent

    def read_line(self, number, line):
        text, is_comment = self.without_comment(line)
        if not text:
            self.read_empty_line(is_comment)
            return
        indent = len(line) - len(line.lstrip())
        if self.is_continuation(indent):
            value = self.section[self.option]
            if value is None:
                self.note_error(number, line)
            else:
                value.append(text)
            return
        self.indent = indent
        if match := self.parser.SECTCRE.match(text):
            self.start_section(match['header'], number)
        elif self.section is None:
            raise MissingSectionHeaderError(self.fpname, number, line)
        elif match := self.parser._optcre.match(text):
            self.start_option(match, number, line)
        else:
            self.note_error(number, line)

    def read_empty_line(self, is_comment):
        if not self.parser._empty_lines_in_values:
            self.indent = float('inf')
        elif not is_comment and self.section is not None and self.option and self.section[self.option] is not None:
            self.section[self.option].append('')

    def start_section(self, name, number):
        parser = self.parser
        if name in parser._sections:
            if parser._strict and name in self.seen:
                raise DuplicateSectionError(name, self.fpname, number)
            self.section = parser._sections[name]
        elif name == parser.default_section:
            self.section = parser._defaults
        else:
            self.section = parser._sections[name] = parser._dict()
            parser._proxies[name] = SectionProxy(parser, name)
        self.seen.add(name)
        self.section_name, self.option = name, None

    def start_option(self, match, number, line):
        option = self.parser.optionxform(match['option'].rstrip())
        if not match['option']:
            self.note_error(number, line)
        if self.parser._strict and (self.section_name, option) in self.seen:
            raise DuplicateOptionError(self.section_name, option, self.fpname, number)
        self.seen.add((self.section_name, option))
        self.option, value = option, match['value']
        self.section[option] = None if value is None else [value.strip()]

    def note_error(self, number, line):
        if self.error is None:
            self.error = ParsingError(self.fpname)
        self.error.append(number, repr(line))


# ---- the parsers ----

class RawConfigParser(MutableMapping):
    """Sections and options as text, without references."""
    _SECT_TMPL = r'\[(?P<header>.+)\]'
    _DEFAULT_INTERPOLATION = Interpolation()
    SECTCRE = re.compile(_SECT_TMPL)
    NONSPACECRE = re.compile(r'\S')
    BOOLEAN_STATES = {'1': True, 'yes': True, 'true': True, 'on': True, '0': False, 'no': False, 'false': False, 'off': False}

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=('=', ':'), comment_prefixes=('#', ';'),
                 inline_comment_prefixes=None, strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT,
                 interpolation=_UNSET, converters=_UNSET):
        self._dict = dict_type
        self._sections, self._defaults, self._proxies = dict_type(), dict_type(), dict_type()
        self._converters = ConverterMapping(self)
        self._proxies[default_section] = SectionProxy(self, default_section)
        self._delimiters = tuple(delimiters)
        marks = '|'.join(map(re.escape, self._delimiters))
        value = r'(?:(?P<vi>%s)\s*(?P<value>.*))' % marks
        self._optcre = re.compile(r'(?P<option>.*?)\s*%s%s$' % (value, '?' if allow_no_value else ''))
        self._comment_prefixes = tuple(comment_prefixes or ())
        self._inline_comment_prefixes = tuple(inline_comment_prefixes or ())
        self._strict, self._allow_no_value, self._empty_lines_in_values = strict, allow_no_value, empty_lines_in_values
        self.default_section = default_section
        self._interpolation = self._DEFAULT_INTERPOLATION if interpolation is _UNSET else interpolation or Interpolation()
        if converters is not _UNSET:
            self._converters.update(converters)
        if defaults:
            self._read_defaults(defaults)

    def _read_defaults(self, defaults):
        for key, value in defaults.items():
            self._defaults[self.optionxform(key)] = value

    def optionxform(self, optionstr):
        """What an option's name becomes: lower case. A script may replace this function."""
        return optionstr.lower()

    # ---- sections and options ----

    def defaults(self):
        return self._defaults

    def sections(self):
        """The sections' names, without DEFAULT."""
        return list(self._sections)

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError(f'Invalid section name: {section!r}')
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._proxies[section] = SectionProxy(self, section)
        self._sections[section] = self._dict()

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        """The options' names of a section, with those of DEFAULT."""
        try:
            own = self._sections[section]
        except KeyError:
            raise NoSectionError(section) from None
        return list({**own, **self._defaults})

    def has_option(self, section, option):
        if not section or section == self.default_section:
            return self.optionxform(option) in self._defaults
        if section not in self._sections:
            return False
        option = self.optionxform(option)
        return option in self._sections[section] or option in self._defaults

    def remove_option(self, section, option):
        options = self._options_of(section)
        option = self.optionxform(option)
        existed = option in options
        if existed:
            del options[option]
        return existed

    def remove_section(self, section):
        if section not in self._sections:
            return False
        del self._proxies[section], self._sections[section]
        return True

    def _options_of(self, section):
        """A section's own dict."""
        if not section or section == self.default_section:
            return self._defaults
        try:
            return self._sections[section]
        except KeyError:
            raise NoSectionError(section) from None

    def _view(self, section, variables):
        """All that may be referred to in a section: variables first, then its own options, then DEFAULT's."""
        try:
            own = self._sections[section]
        except KeyError:
            if section != self.default_section:
                raise NoSectionError(section) from None
            own = {}
        given = {self.optionxform(key): value if value is None else str(value) for key, value in (variables or {}).items()}
        return ChainMap(given, own, self._defaults)

    # ---- getting and setting ----

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        """The value of an option; fallback when there is none."""
        try:
            view = self._view(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        try:
            value = view[option]
        except KeyError:
            if fallback is _UNSET:
                raise NoOptionError(option, section) from None
            return fallback
        return value if raw or value is None else self._interpolation.before_get(self, section, option, value, view)

    def _get_conv(self, section, option, conv, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        try:
            return conv(self.get(section, option, raw=raw, vars=vars, **kwargs))
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        return self._get_conv(section, option, int, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        return self._get_conv(section, option, float, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        return self._get_conv(section, option, self._convert_to_boolean, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError('Not a boolean: %s' % value)
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_UNSET, raw=False, vars=None):
        """(option, value) pairs of a section; without one, (name, SectionProxy) pairs."""
        if section is _UNSET:
            return super().items()
        names = dict(self._defaults)
        if section in self._sections:
            names.update(self._sections[section])
        elif section != self.default_section:
            raise NoSectionError(section)
        own = list(names)
        view = self._view(section, vars)
        names.update(dict.fromkeys(map(self.optionxform, vars or ())))
        get = (lambda option: view[option]) if raw else \
            (lambda option: self._interpolation.before_get(self, section, option, view[option], view))
        return [(option, get(option)) for option in names] if own or vars else []

    def set(self, section, option, value=None):
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        self._options_of(section)[self.optionxform(option)] = value

    def popitem(self):
        """Take away a section (not DEFAULT) and give (name, proxy)."""
        first = next(iter(self._sections), None)
        if first is None:
            raise KeyError
        proxy = self[first]
        del self[first]
        return first, proxy

    # ---- reading and writing ----

    def read(self, filenames, encoding=None):
        """Read files; those that cannot be opened are passed over. The list of files read."""
        if isinstance(filenames, (str, bytes, os.PathLike)):
            filenames = [filenames]
        done = []
        for filename in filenames:
            try:
                with open(filename, encoding=encoding) as file:
                    self._read(file, filename)
            except OSError:
                continue
            done.append(os.fspath(filename))
        return done

    def read_file(self, f, source=None):
        """Read an open file, or any iterable of lines."""
        self._read(f, source if source is not None else getattr(f, 'name', '<???>'))

    def read_string(self, string, source='<string>'):
        self.read_file(io.StringIO(string), source)

    def read_dict(self, dictionary, source='<dict>'):
        """Add sections and options from a mapping of mappings."""
        seen = set()
        for section, options in dictionary.items():
            section = str(section)
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if self._strict and section in seen:
                    raise
            seen.add(section)
            for option, value in options.items():
                option = self.optionxform(str(option))
                if self._strict and (section, option) in seen:
                    raise DuplicateOptionError(section, option, source)
                seen.add((section, option))
                self.set(section, option, value if value is None else str(value))

    def _read(self, lines, fpname):
        _Reader(self, fpname).read(lines)

    def _join_multiline_values(self):
        """Lists of lines become text."""
        for section, options in itertools.chain([(self.default_section, self._defaults)], self._sections.items()):
            for option, value in options.items():
                if isinstance(value, list):
                    value = '\n'.join(value).rstrip()
                options[option] = self._interpolation.before_read(self, section, option, value)

    def write(self, fp, space_around_delimiters=True):
        delimiter = f' {self._delimiters[0]} ' if space_around_delimiters else self._delimiters[0]
        if self._defaults:
            self._write_section(fp, self.default_section, self._defaults.items(), delimiter)
        for section, options in self._sections.items():
            self._write_section(fp, section, options.items(), delimiter)

    def _write_section(self, fp, section_name, section_items, delimiter):
        fp.write(f'[{section_name}]\n')
        for option, value in section_items:
            value = self._interpolation.before_write(self, section_name, option, value)
            if value is not None or not self._allow_no_value:
                fp.write(option + delimiter + str(value).replace('\n', '\n\t') + '\n')
            else:
                fp.write(f'{option}\n')
        fp.write('\n')

    # ---- as a mapping ----

    def __iter__(self):
        return itertools.chain((self.default_section,), self._sections.keys())

    def __len__(self):
        return 1 + len(self._sections)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __getitem__(self, key):
        if key in self:
            return self._proxies[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        if key in self:
            if self[key] is value:
                return
            (self._defaults if key == self.default_section else self._sections[key]).clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError('Cannot remove the default section.')
        if not self.remove_section(key):
            raise KeyError(key)

    @property
    def converters(self):
        return self._converters


class ConfigParser(RawConfigParser):
    """A parser with references, whose names and values are all str."""
    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def _check_types(self, section='', option='', value=''):
        if not isinstance(section, str):
            raise TypeError('section names must be strings')
        if not isinstance(option, str):
            raise TypeError('option keys must be strings')
        if (not self._allow_no_value or value) and not isinstance(value, str):
            raise TypeError('option values must be strings')

    def set(self, section, option, value=None):
        self._check_types(option=option, value=value)
        super().set(section, option, value)

    def add_section(self, section):
        self._check_types(section=section)
        super().add_section(section)

    def _read_defaults(self, defaults):
        """Defaults are not checked for references: they may come from anywhere."""
        interpolation, self._interpolation = self._interpolation, Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = interpolation


class SectionProxy(MutableMapping):
    """One section of a parser as a mapping."""

    def __init__(self, parser, name):
        self._parser, self._name = parser, name
        for conv in parser.converters:
            key = 'get' + conv
            setattr(self, key, lambda option, fallback=None, key=key, **kwargs: self._get_by(key, option, fallback, kwargs))

    def _get_by(self, method, option, fallback, kwargs):
        return getattr(self._parser, method)(self._name, option, fallback=fallback, **kwargs)

    def __repr__(self):
        return f'<Section: {self._name}>'

    def __getitem__(self, key):
        if key in self:
            return self._parser.get(self._name, key)
        raise KeyError(key)

    def __setitem__(self, key, value):
        if isinstance(self._parser, ConfigParser):
            self._parser._check_types(option=key, value=value)
        self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def _options(self):
        return self._parser.defaults() if self._name == self._parser.default_section else self._parser.options(self._name)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    @property
    def name(self):
        return self._name

    @property
    def parser(self):
        return self._parser

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        """The value of an option; fallback (None) when there is none."""
        return (_impl or self._parser.get)(self._name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)


class ConverterMapping(MutableMapping):
    """{'int': getint ...}: what get... methods a parser and its sections have beside get()."""

    def __init__(self, parser):
        self._parser, self._data = parser, {}
        for name in dir(parser):
            if match := re.match(r'^get(?P<name>.+)$', name):
                if callable(getattr(parser, name)):
                    self._data[match['name']] = None

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        name = 'get' + key
        self._data[key] = value

        def convert(section, option, **kwargs):
            return self._parser._get_conv(section, option, conv=value, **kwargs)
        convert.converter = value
        setattr(self._parser, name, convert)
        for proxy in self._parser.values():
            setattr(proxy, name, lambda option, fallback=None, proxy=proxy, **kwargs: proxy._get_by(name, option, fallback, kwargs))

    def __delitem__(self, key):
        del self._data[key]
        for owner in itertools.chain([self._parser], self._parser.values()):
            try:
                delattr(owner, 'get' + key)
            except AttributeError:
                pass

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)
