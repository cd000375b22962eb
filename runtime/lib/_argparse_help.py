"""_argparse_help - the part of argparse that writes usage and help texts.

How: a HelpFormatter is told what there is (add_usage, add_text, start_section, add_argument ..), and notes each as a call to be
made later; format_help() makes the calls, when it is known how wide the column of the invocations must be.
Keeps: the texts are, blank for blank, those of CPython 3.11.
Next: argparse.py, textwrap.py, shutil.py (the terminal's width).
"""
import re

SUPPRESS, OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, PARSER, REMAINDER = '==SUPPRESS==', '?', '*', '+', 'A...', '...'


class _Section:
    """Part of a help text: a heading, and calls that give the text of the items below it."""

    def __init__(self, formatter, parent, heading=None):
        self.formatter, self.parent, self.heading = formatter, parent, heading
        self.items = []

    def format_help(self):
        formatter = self.formatter
        if self.parent is None:
            return formatter._join_parts([call(*args) for call, args in self.items])
        formatter._indent()
        body = formatter._join_parts([call(*args) for call, args in self.items])
        formatter._dedent()
        if not body:
            return ''
        has_heading = self.heading is not None and self.heading is not SUPPRESS
        heading = f"{' ' * formatter._current_indent}{self.heading}:\n" if has_heading else ''
        return f'\n{heading}{body}\n'


class HelpFormatter:
    """Lays out usage and help.  Only its name is public; methods may change."""

    _Section = _Section

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            from shutil import get_terminal_size
            width = get_terminal_size().columns - 2
        self._prog, self._width, self._indent_increment = prog, width, indent_increment
        self._max_help_position = min(max_help_position, max(width - 20, 2 * indent_increment))
        self._current_indent = 0
        self._action_max_length = 0  # of the invocations, with their indent
        self._root_section = self._current_section = self._Section(self, None)

    def _indent(self):
        self._current_indent += self._indent_increment

    def _dedent(self):
        self._current_indent -= self._indent_increment

    def _indented(self, text, indent=None):
        return ' ' * (self._current_indent if indent is None else indent) + text

    # ---- what there is ----

    def _add_item(self, call, args):
        self._current_section.items.append((call, args))

    def start_section(self, heading):
        self._indent()
        section = self._Section(self, self._current_section, heading)
        self._add_item(section.format_help, ())
        self._current_section = section

    def end_section(self):
        self._dedent()
        self._current_section = self._current_section.parent

    def add_text(self, text):
        if text is not None and text is not SUPPRESS:
            self._add_item(self._format_text, (text,))

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        invocations = [self._format_action_invocation(action)]
        invocations += [self._format_action_invocation(sub) for sub in self._iter_indented_subactions(action)]
        longest = max([len(text) for text in invocations])
        self._action_max_length = max(self._action_max_length, longest + self._current_indent)
        self._add_item(self._format_action, (action,))

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    def format_help(self):
        text = self._root_section.format_help()
        return re.sub(r'\n\n\n+', '\n\n', text).strip('\n') + '\n' if text else text

    def _join_parts(self, parts):
        return ''.join([part for part in parts if part and part is not SUPPRESS])

    # ---- usage ----

    def _format_usage(self, usage, actions, groups, prefix):
        prefix = 'usage: ' if prefix is None else prefix
        if usage is not None:
            usage = usage % {'prog': self._prog}
        else:
            optionals = [action for action in actions if action.option_strings]
            positionals = [action for action in actions if not action.option_strings]
            usage = f'{self._prog} {self._format_actions_usage(optionals + positionals, groups)}'.rstrip()
            if len(prefix) + len(usage) > self._width - self._current_indent:
                usage = self._wrap_usage(prefix, self._usage_parts(optionals, groups), self._usage_parts(positionals, groups))
        return f'{prefix}{usage}\n\n'

    def _usage_parts(self, actions, groups):
        """The usage in pieces that are not to be broken: whole brackets, or words."""
        return re.findall(r'\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+', self._format_actions_usage(actions, groups))

    def _wrap_usage(self, prefix, optionals, positionals):
        prog, width = self._prog, self._width - self._current_indent
        hanging = len(prefix) + len(prog) + 1
        if hanging - 1 <= 0.75 * width:
            # A short program name: all hangs right of it, the positionals on lines of their own.
            if not optionals:
                return '\n'.join(_fill([prog, *positionals], hanging, width, len(prefix)))
            return '\n'.join(_fill([prog, *optionals], hanging, width, len(prefix)) + _fill(positionals, hanging, width))
        lines = _fill(optionals + positionals, len(prefix), width)
        if len(lines) > 1:
            lines = _fill(optionals, len(prefix), width) + _fill(positionals, len(prefix), width)
        return '\n'.join([prog, *lines])

    def _format_actions_usage(self, actions, groups):
        """The usage of all actions on one line; exclusive groups get [a | b] or (a | b)."""
        grouped, marks = self._group_marks(actions, groups)
        parts = [self._action_usage(action, action in grouped) for action in actions]
        for i, part in enumerate(parts):
            if part is None:  # a hidden one takes a bar with it
                if marks.get(i) == '|':
                    del marks[i]
                elif marks.get(i + 1) == '|':
                    del marks[i + 1]
        words = []
        for i in range(len(parts) + 1):
            words += [marks[i]] if i in marks else []
            words += [parts[i]] if i < len(parts) and parts[i] is not None else []
        text = ' '.join(words)
        for pattern, replacement in ((r'([\[(]) ', r'\1'), (r' ([\])])', r'\1'), (r'[\[(] *[\])]', '')):
            text = re.sub(pattern, replacement, text)
        return text.strip()

    def _group_marks(self, actions, groups):
        """The actions that stand in exclusive groups, and what goes between the actions for that: {index: '[', '|' or ']'}"""
        grouped, marks = set(), {}
        for group in groups:
            members = group._group_actions
            if not members:
                raise ValueError(f'empty group {group}')
            if members[0] not in actions:
                continue
            start = actions.index(members[0])
            end = start + len(members)
            if actions[start:end] != members:
                continue
            grouped.update(members)
            shown = [action for action in members if action.help is not SUPPRESS]
            if not group.required or len(shown) > 1:
                opening, closing = '()' if group.required else '[]'
                marks[start] = f'{marks[start]} {opening}' if start in marks else opening
                marks[end] = marks.get(end, '') + closing
            marks.update(dict.fromkeys(range(start + 1, end), '|'))
        return grouped, marks

    def _action_usage(self, action, in_group):
        if action.help is SUPPRESS:
            return None
        if not action.option_strings:
            part = self._format_args(action, self._get_default_metavar_for_positional(action))
            return part[1:-1] if in_group and part[0] == '[' and part[-1] == ']' else part
        if action.nargs == 0:
            part = action.format_usage()
        else:
            args = self._format_args(action, self._get_default_metavar_for_optional(action))
            part = f'{action.option_strings[0]} {args}'
        return part if action.required or in_group else f'[{part}]'

    # ---- text ----

    def _format_text(self, text):
        if '%(prog)' in text:
            text = text % {'prog': self._prog}
        indent = ' ' * self._current_indent
        return self._fill_text(text, max(self._width - len(indent), 11), indent) + '\n\n'

    def _split_lines(self, text, width):
        from textwrap import wrap
        return wrap(_one_line(text), width)

    def _fill_text(self, text, width, indent):
        from textwrap import fill
        return fill(_one_line(text), width, initial_indent=indent, subsequent_indent=indent)

    # ---- actions ----

    def _format_action(self, action):
        """The invocation on the left, the help on the right; or below, if the invocation is too long."""
        help_position = min(self._action_max_length + 2, self._max_help_position)
        room = help_position - self._current_indent - 2
        invocation = self._format_action_invocation(action)
        is_beside = bool(action.help) and len(invocation) <= room
        parts = [self._indented(f'{invocation:<{room}}  ' if is_beside else invocation + '\n')]
        text = self._expand_help(action) if action.help and action.help.strip() else ''
        if text:
            first, *rest = self._split_lines(text, max(self._width - help_position, 11))
            parts.append(first + '\n' if is_beside else self._indented(first + '\n', help_position))
            parts += [self._indented(line + '\n', help_position) for line in rest]
        elif is_beside:
            parts.append('\n')
        parts += [self._format_action(sub) for sub in self._iter_indented_subactions(action)]
        return self._join_parts(parts)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            return self._metavar_formatter(action, self._get_default_metavar_for_positional(action))(1)[0]
        args = '' if action.nargs == 0 else ' ' + self._format_args(action, self._get_default_metavar_for_optional(action))
        return ', '.join([option + args for option in action.option_strings])

    def _iter_indented_subactions(self, action):
        get = getattr(action, '_get_subactions', None)
        if get is not None:
            self._indent()
            yield from get()
            self._dedent()

    def _metavar_formatter(self, action, default_metavar):
        """A function that gives as many names for values as it is asked for."""
        metavar = action.metavar
        if metavar is None:
            metavar = default_metavar if action.choices is None else '{%s}' % ','.join(map(str, action.choices))
        return lambda n: metavar if isinstance(metavar, tuple) else (metavar,) * n

    _nargs_formats = {None: '%s', OPTIONAL: '[%s]', ONE_OR_MORE: '%s [%s ...]', PARSER: '%s ...'}

    def _format_args(self, action, default_metavar):
        names, nargs = self._metavar_formatter(action, default_metavar), action.nargs
        if nargs in self._nargs_formats:
            pattern = self._nargs_formats[nargs]
            return pattern % names(pattern.count('%s'))
        if nargs == ZERO_OR_MORE:
            metavar = names(1)
            return ('[%s [%s ...]]' if len(metavar) == 2 else '[%s ...]') % metavar
        if nargs == REMAINDER:
            return '...'
        if nargs == SUPPRESS:
            return ''
        if not isinstance(nargs, int):
            raise ValueError('invalid nargs value')
        return ' '.join(['%s'] * nargs) % names(nargs)

    def _expand_help(self, action):
        """The help with %(default)s and the like filled in."""
        values = {'prog': self._prog}
        for name, value in {**vars(action), 'prog': self._prog}.items():
            if value is not SUPPRESS:
                values[name] = getattr(value, '__name__', value)
        if values.get('choices') is not None:
            values['choices'] = ', '.join(map(str, values['choices']))
        return self._get_help_string(action) % values

    # ---- for subclasses ----

    def _get_default_metavar_for_positional(self, action):
        return action.dest

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_help_string(self, action):
        return action.help


def _one_line(text):
    return re.sub(r'\s+', ' ', text, flags=re.ASCII).strip()


def _fill(parts, indent, width, first_indent=None):
    """Lines of parts, as many on each as there is room for. The first line is not indented if first_indent is given: that is
    the width of what stands there already."""
    lines = []
    used = (indent if first_indent is None else first_indent) - 1
    for part in parts:
        if lines and used + 1 + len(part) <= width:
            lines[-1].append(part)
        else:
            used = used if not lines else indent - 1
            lines.append([part])
        used += 1 + len(part)
    texts = [' ' * indent + ' '.join(line) for line in lines]
    if texts and first_indent is not None:
        texts[0] = texts[0][indent:]
    return texts


class RawDescriptionHelpFormatter(HelpFormatter):
    """Keeps the line breaks of descriptions."""

    def _fill_text(self, text, width, indent):
        return ''.join([indent + line for line in text.splitlines(True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """Keeps the line breaks of all help text."""

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Adds default values to the help of arguments."""

    def _get_help_string(self, action):
        text = action.help or ''
        has_default = action.default is not SUPPRESS and (action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE))
        return text + ' (default: %(default)s)' if has_default and '%(default)' not in text else text


class MetavarTypeHelpFormatter(HelpFormatter):
    """Shows the type of an argument as its metavar."""

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    _get_default_metavar_for_positional = _get_default_metavar_for_optional
