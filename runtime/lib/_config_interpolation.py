"""References inside values of configparser: %(option)s, or ${option} and ${section:option}.

Keeps: before_get() gives the final text; before_set() refuses text that before_get() could not read back. Next: configparser.py.
"""
import re

from _config_errors import (MAX_INTERPOLATION_DEPTH, InterpolationDepthError, InterpolationMissingOptionError, InterpolationSyntaxError,
                            NoOptionError, NoSectionError)


class Interpolation:
    """No references: values stay as they are."""

    def before_read(self, parser, section, option, value):
        return value

    def before_write(self, parser, section, option, value):
        return value

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value


class _Referring(Interpolation):
    """What both kinds of reference share; a subclass says what a reference looks like and what it stands for."""
    mark = ''             # the character that starts a reference; two of them are one
    opening = ''          # what must follow it
    reference = None      # a pattern for the whole, group 1 the name
    allowed = None        # a pattern for all that may hold the mark

    def before_get(self, parser, section, option, value, defaults):
        return ''.join(self._parts(parser, option, section, value, value, defaults, 1))

    def before_set(self, parser, section, option, value):
        left = self.allowed.sub('', value)
        if self.mark in left:
            raise ValueError(f'invalid interpolation syntax in {value!r} at position {left.find(self.mark)}')
        return value

    def _parts(self, parser, option, section, rest, raw, variables, depth):
        """The pieces of text that rest stands for."""
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        while True:
            before, mark, rest = rest.partition(self.mark)
            if before:
                yield before
            if not mark:
                return
            if rest.startswith(self.mark):
                yield self.mark
                rest = rest[1:]
                continue
            if not rest.startswith(self.opening):
                raise InterpolationSyntaxError(option, section, self.complaint(mark + rest))
            match = self.reference.match(mark + rest)
            if match is None:
                raise InterpolationSyntaxError(option, section, f'bad interpolation variable reference {mark + rest!r}')
            rest = rest[match.end() - 1:]
            target_section, target_option, text, target_variables = self.look_up(parser, option, section, match[1], raw, variables,
                                                                                 mark + rest)
            if self.mark in text:
                yield from self._parts(parser, target_option, target_section, text, self.raw_text(parser, section, option, raw),
                                       target_variables, depth + 1)
            else:
                yield text

    def raw_text(self, parser, section, option, raw):
        return parser.get(section, option, raw=True, fallback=raw)


class BasicInterpolation(_Referring):
    """%(option)s of the same section or DEFAULT."""
    mark, opening = '%', '('
    reference = re.compile(r'%\(([^)]+)\)s')
    allowed = re.compile(r'%%|%\([^)]+\)s')

    def complaint(self, text):
        return f"'%' must be followed by '%' or '(', found: {text!r}"

    def look_up(self, parser, option, section, name, raw, variables, text):
        name = parser.optionxform(name)
        try:
            return section, option, variables[name], variables
        except KeyError:
            raise InterpolationMissingOptionError(option, section, self.raw_text(parser, section, option, raw), name) from None


class ExtendedInterpolation(_Referring):
    """${option} of the same section or DEFAULT, ${section:option} of another."""
    mark, opening = '$', '{'
    reference = re.compile(r'\$\{([^}]+)\}')
    allowed = re.compile(r'\$\$|\$\{[^}]+\}')

    def complaint(self, text):
        return f"'$' must be followed by '$' or '{{', found: {text!r}"

    def look_up(self, parser, option, section, name, raw, variables, text):
        path = name.split(':')
        try:
            if len(path) == 1:
                option = parser.optionxform(path[0])
                return section, option, variables[option], variables
            if len(path) == 2:
                section, option = path[0], parser.optionxform(path[1])
                return section, option, parser.get(section, option, raw=True), dict(parser.items(section, raw=True))
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, self.raw_text(parser, section, option, raw), ':'.join(path)) from None
        raise InterpolationSyntaxError(option, section, f"More than one ':' found: {text!r}")
