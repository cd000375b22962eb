"""argparse - command lines described, parsed, and explained in a help text.

    Action             one argument: its names, how many values it takes, what becomes of them
    _ActionsContainer  keeps actions; ArgumentParser and the argument groups are such containers
    ArgumentParser     what people use: add_argument(), parse_args(), print_help()
    _Run               one command line being parsed: matches it against patterns made of nargs
Keeps: messages, usage and help read as CPython 3.11 writes them.
Next: _argparse_help.py.
"""
import re as _re
import sys as _sys

from _argparse_help import (ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, ArgumentDefaultsHelpFormatter,
                            HelpFormatter, MetavarTypeHelpFormatter, RawDescriptionHelpFormatter, RawTextHelpFormatter)

__all__ = '''ArgumentParser ArgumentError ArgumentTypeError BooleanOptionalAction FileType HelpFormatter
ArgumentDefaultsHelpFormatter RawDescriptionHelpFormatter RawTextHelpFormatter MetavarTypeHelpFormatter Namespace Action ONE_OR_MORE
OPTIONAL PARSER REMAINDER SUPPRESS ZERO_OR_MORE'''.split()

_UNRECOGNIZED_ARGS_ATTR = '_unrecognized_args'  # where a subparser leaves what it does not know


# ---- results and errors ----

class _AttributeHolder:
    """repr() shows the attributes as keyword arguments."""

    def _get_args(self):
        return []

    def _get_kwargs(self):
        return [*vars(self).items()]

    def __repr__(self):
        named = dict(self._get_kwargs())
        odd = {name: value for name, value in named.items() if not name.isidentifier()}
        parts = [*map(repr, self._get_args()), *[f'{name}={value!r}' for name, value in named.items() if name not in odd]]
        if odd:
            parts.append(f'**{odd!r}')
        return f"{type(self).__name__}({', '.join(parts)})"


class Namespace(_AttributeHolder):
    """Holds the parsed values as attributes."""

    def __init__(self, **values):
        vars(self).update(values)

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, name):
        return name in vars(self)


def _get_action_name(action):
    """What an error message calls the argument."""
    if action is None:
        return None
    if action.option_strings:
        return '/'.join(action.option_strings)
    for name in action.metavar, action.dest:
        if name is not None and name is not SUPPRESS:
            return name
    return '{' + ','.join(action.choices) + '}' if action.choices else None


class ArgumentError(Exception):
    """An error in an argument of the command line."""

    def __init__(self, argument, message):
        self.argument_name, self.message = _get_action_name(argument), message

    def __str__(self):
        return f'{self.message}' if self.argument_name is None else f'argument {self.argument_name}: {self.message}'


class ArgumentTypeError(Exception):
    """What a type function may raise; its message is shown as it is."""


class FileType:
    """A type for arguments that name files: they are opened; '-' is stdin or stdout."""

    def __init__(self, mode='r', bufsize=-1, encoding=None, errors=None):
        self._mode, self._bufsize, self._encoding, self._errors = mode, bufsize, encoding, errors

    def __call__(self, name):
        if name == '-':
            return self._standard_stream()
        try:
            return open(name, self._mode, self._bufsize, self._encoding, self._errors)
        except OSError as error:
            raise ArgumentTypeError(f"can't open '{name}': {error}")

    def _standard_stream(self):
        if 'r' in self._mode:
            stream = _sys.stdin
        elif {*self._mode} & {*'wax'}:
            stream = _sys.stdout
        else:
            raise ValueError('argument "-" with mode %r' % self._mode)
        return stream.buffer if 'b' in self._mode else stream

    def __repr__(self):
        parts = [repr(value) for value in (self._mode, self._bufsize) if value != -1]
        parts += [f'{name}={value!r}' for name, value in (('encoding', self._encoding), ('errors', self._errors)) if value is not None]
        return f"FileType({', '.join(parts)})"


# ---- actions ----

class Action(_AttributeHolder):
    """One argument of the command line: knows how to take its values.  Subclasses define __call__()."""

    _shown = 'option_strings', 'dest', 'nargs', 'const', 'default', 'type', 'choices', 'required', 'help', 'metavar'

    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False,
                 help=None, metavar=None):
        self.option_strings, self.dest, self.nargs, self.const, self.default = option_strings, dest, nargs, const, default
        self.type, self.choices, self.required, self.help, self.metavar = type, choices, required, help, metavar

    def _get_kwargs(self):
        return [(name, getattr(self, name)) for name in self._shown]

    def format_usage(self):
        return self.option_strings[0]

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError('.__call__() not defined')


class _TakesValues(Action):
    """An action that cannot do without values."""

    _if_none = None  # word and advice for the error

    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False,
                 help=None, metavar=None):
        if nargs == 0:
            raise ValueError('nargs for %s actions must be != 0; if %s may be more appropriate' % self._if_none)
        if const is not None and nargs != OPTIONAL:
            raise ValueError('nargs must be %r to supply const' % OPTIONAL)
        super().__init__(option_strings, dest, nargs, const, default, type, choices, required, help, metavar)


class _StoreAction(_TakesValues):
    _if_none = 'store', 'you have nothing to store, actions such as store true or store const'

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class _AppendAction(_TakesValues):
    _if_none = 'append', 'arg strings are not supplying the value to append, the append const action'

    def __call__(self, parser, namespace, values, option_string=None):
        _copied_list(namespace, self.dest).append(values)


class _ExtendAction(_AppendAction):
    def __call__(self, parser, namespace, values, option_string=None):
        _copied_list(namespace, self.dest).extend(values)


def _copied_list(namespace, dest):
    """The list in namespace, replaced by a copy: it may be a default, which is to stay as it is."""
    items = getattr(namespace, dest, None)
    if items is None:
        items = []
    elif type(items) is list:
        items = items[:]
    else:
        from copy import copy
        items = copy(items)
    setattr(namespace, dest, items)
    return items


class _StoreConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None):
        super().__init__(option_strings, dest, True, default, required, help)


class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None):
        super().__init__(option_strings, dest, False, default, required, help)


class _AppendConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help, metavar=metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        _copied_list(namespace, self.dest).append(self.const)


class _CountAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None):
        super().__init__(option_strings, dest, 0, None, default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, 1 + (getattr(namespace, self.dest, None) or 0))


class BooleanOptionalAction(Action):
    """--foo and --no-foo."""

    def __init__(self, option_strings, dest, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        names = []
        for name in option_strings:
            names += [name, '--no-' + name[2:]] if name.startswith('--') else [name]
        super().__init__(names, dest, 0, None, default, type, choices, required, help, metavar)

    def format_usage(self):
        return ' | '.join(self.option_strings)

    def __call__(self, parser, namespace, values, option_string=None):
        if option_string in self.option_strings:
            setattr(namespace, self.dest, option_string[:5] != '--no-')


class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None):
        super().__init__(option_strings, dest, 0, None, default, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS, help="show program's version number and exit"):
        super().__init__(option_strings, dest, 0, None, default, help=help)
        self.version = version

    def __call__(self, parser, namespace, values, option_string=None):
        page = parser._get_formatter()
        page.add_text(parser.version if self.version is None else self.version)
        parser._print_message(page.format_help(), _sys.stdout)
        parser.exit()


class _Subcommand(Action):
    """Stands for one subcommand in the help."""

    def __init__(self, name, aliases, help):
        shown = f"{name} ({', '.join(aliases)})" if aliases else name
        super().__init__([], name, help=help, metavar=shown)


class _SubParsersAction(Action):
    """A positional that names a subcommand; what follows is the subparser's."""

    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog_prefix, self._parser_class = prog, parser_class
        self._name_parser_map, self._choices_actions = {}, []
        super().__init__(option_strings, dest, PARSER, choices=self._name_parser_map, required=required, help=help, metavar=metavar)

    def add_parser(self, name, *, aliases=(), **kwargs):
        if name in self._name_parser_map:
            raise ArgumentError(self, f'conflicting subparser: {name}')
        for alias in aliases:
            if alias in self._name_parser_map:
                raise ArgumentError(self, f'conflicting subparser alias: {alias}')
        if kwargs.get('prog') is None:
            kwargs['prog'] = f'{self._prog_prefix} {name}'
        if 'help' in kwargs:
            self._choices_actions.append(_Subcommand(name, aliases, kwargs.pop('help')))
        parser = self._parser_class(**kwargs)
        self._name_parser_map.update(dict.fromkeys([name, *aliases], parser))
        return parser

    def _get_subactions(self):
        return self._choices_actions

    def __call__(self, parser, namespace, values, option_string=None):
        name, *rest = values
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        subparser = self._name_parser_map.get(name)
        if subparser is None:
            raise ArgumentError(self, f"unknown parser {name!r} (choices: {', '.join(self._name_parser_map)})")
        # In a namespace of its own, so that the defaults of the subparser win.
        found, unknown = subparser.parse_known_args(rest, None)
        vars(namespace).update(vars(found))
        if unknown:
            vars(namespace).setdefault(_UNRECOGNIZED_ARGS_ATTR, []).extend(unknown)


# ---- containers ----

class _ActionsContainer:
    """Where actions are added and found."""

    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description, self.prefix_chars = description, prefix_chars
        self.argument_default, self.conflict_handler = argument_default, conflict_handler
        self._registries = {'action': {
            None: _StoreAction, 'store': _StoreAction, 'store_const': _StoreConstAction, 'store_true': _StoreTrueAction,
            'store_false': _StoreFalseAction, 'append': _AppendAction, 'append_const': _AppendConstAction, 'count': _CountAction,
            'help': _HelpAction, 'version': _VersionAction, 'parsers': _SubParsersAction, 'extend': _ExtendAction}}
        self._get_handler()  # complains about a wrong one now rather than later
        self._actions, self._option_string_actions, self._defaults = [], {}, {}
        self._action_groups, self._mutually_exclusive_groups = [], []
        self._negative_number_matcher = _re.compile(r'^-\d+$|^-\d*\.\d+$')
        self._has_negative_number_optionals = []  # a list, for groups share it; filled or not is what counts

    def register(self, registry_name, value, object):
        self._registries.setdefault(registry_name, {})[value] = object

    def _registry_get(self, registry_name, value, default=None):
        return self._registries.get(registry_name, {}).get(value, default)

    def set_defaults(self, **defaults):
        self._defaults.update(defaults)
        for action in self._actions:
            action.default = defaults.get(action.dest, action.default)

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    # -- adding --

    def add_argument(self, *names, **kwargs):
        """
        add_argument(dest, ..., name=value, ...)
        add_argument(option_string, option_string, ..., name=value, ...)
        """
        if not names or len(names) == 1 and names[0][0] not in self.prefix_chars:
            if names and 'dest' in kwargs:
                raise ValueError('dest supplied twice for positional argument')
            kwargs = self._get_positional_kwargs(*names, **kwargs)
        else:
            kwargs = self._get_optional_kwargs(*names, **kwargs)
        if 'default' not in kwargs:
            default = self._defaults.get(kwargs['dest'], self.argument_default)
            if default is not None or kwargs['dest'] in self._defaults:
                kwargs['default'] = default
        make = self._pop_action_class(kwargs)
        if not callable(make):
            raise ValueError(f'unknown action "{make}"')
        action = make(**kwargs)
        self._check_type(action)
        self._check_metavar(action)
        return self._add_action(action)

    def _check_type(self, action):
        convert = self._registry_get('type', action.type, action.type)
        if not callable(convert):
            raise ValueError(f'{convert!r} is not callable')
        if convert is FileType:
            raise ValueError(f'{convert!r} is a FileType class object, instance of it must be passed')

    def _check_metavar(self, action):
        if hasattr(self, '_get_formatter'):
            try:
                self._get_formatter()._format_args(action, None)
            except TypeError:
                raise ValueError('length of metavar tuple does not match nargs')

    def _get_positional_kwargs(self, dest, **kwargs):
        if 'required' in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        nargs = kwargs.get('nargs')
        if nargs != OPTIONAL and not (nargs == ZERO_OR_MORE and 'default' in kwargs):
            kwargs['required'] = True
        return {**kwargs, 'dest': dest, 'option_strings': []}

    def _get_optional_kwargs(self, *names, **kwargs):
        for name in names:
            if name[0] not in self.prefix_chars:
                raise ValueError(f'invalid option string {name!r}: must start with a character {self.prefix_chars!r}')
        dest = kwargs.pop('dest', None)
        if dest is None:
            # Named after the first long option, or else the first.
            long = [name for name in names if len(name) > 1 and name[1] in self.prefix_chars]
            dest = (long or names)[0].lstrip(self.prefix_chars).replace('-', '_')
            if not dest:
                raise ValueError(f'dest= is required for options like {names[-1]!r}')
        return {**kwargs, 'dest': dest, 'option_strings': [*names]}

    def _pop_action_class(self, kwargs, default=None):
        action = kwargs.pop('action', default)
        return self._registry_get('action', action, action)

    def _add_action(self, action):
        self._check_conflict(action)
        self._actions.append(action)
        action.container = self
        for name in action.option_strings:
            self._option_string_actions[name] = action
            if self._negative_number_matcher.match(name):
                self._has_negative_number_optionals[:] = [True]
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    # -- groups --

    def add_argument_group(self, *args, **kwargs):
        """Make a group with a title of its own in the help."""
        made = _ArgumentGroup(self, *args, **kwargs)
        self._action_groups.append(made)
        return made

    def add_mutually_exclusive_group(self, **kwargs):
        """Make a group of arguments that exclude each other."""
        made = _MutuallyExclusiveGroup(self, **kwargs)
        self._mutually_exclusive_groups.append(made)
        return made

    def _add_container_actions(self, parent):
        """Add what a parent parser has: into groups of the same titles."""
        by_title = {}
        for group in self._action_groups:
            if group.title in by_title:
                raise ValueError(f'cannot merge actions - two groups are named {group.title!r}')
            by_title[group.title] = group
        home = {}
        for group in parent._action_groups:
            if group.title not in by_title:
                by_title[group.title] = self.add_argument_group(
                    title=group.title, description=group.description, conflict_handler=group.conflict_handler)
            home.update(dict.fromkeys(group._group_actions, by_title[group.title]))
        for group in parent._mutually_exclusive_groups:
            home.update(dict.fromkeys(group._group_actions, self.add_mutually_exclusive_group(required=group.required)))
        for action in parent._actions:
            home.get(action, self)._add_action(action)

    # -- options of the same name --

    def _get_handler(self):
        handler = getattr(self, f'_handle_conflict_{self.conflict_handler}', None)
        if handler is None:
            raise ValueError(f'invalid conflict_resolution value: {self.conflict_handler!r}')
        return handler

    def _check_conflict(self, action):
        known = self._option_string_actions
        conflicts = [(name, known[name]) for name in action.option_strings if name in known]
        if conflicts:
            self._get_handler()(action, conflicts)

    def _handle_conflict_error(self, action, conflicts):
        names = ', '.join([name for name, _ in conflicts])
        raise ArgumentError(action, f"conflicting option string{'s' if len(conflicts) > 1 else ''}: {names}")

    def _handle_conflict_resolve(self, action, conflicts):
        """The newer one gets the name."""
        for name, older in conflicts:
            older.option_strings.remove(name)
            self._option_string_actions.pop(name, None)
            if not older.option_strings:
                older.container._remove_action(older)


class _ArgumentGroup(_ActionsContainer):
    """A section of the help; all but the list of its own actions is shared with the container."""

    _shared = ('_registries', '_actions', '_option_string_actions', '_defaults', '_has_negative_number_optionals',
               '_mutually_exclusive_groups')

    def __init__(self, container, title=None, description=None, **kwargs):
        for name in 'conflict_handler', 'prefix_chars', 'argument_default':
            kwargs.setdefault(name, getattr(container, name))
        super().__init__(description=description, **kwargs)
        self.title, self._group_actions = title, []
        for name in self._shared:
            setattr(self, name, getattr(container, name))

    def _add_action(self, action):
        self._group_actions.append(super()._add_action(action))
        return action

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)

    def add_argument_group(self, *args, **kwargs):
        _warn_nesting('argument groups')
        return super().add_argument_group(*args, **kwargs)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    """Arguments of which only one may be given."""

    def __init__(self, container, required=False):
        super().__init__(container)
        self.required, self._container = required, container

    def _add_action(self, action):
        if action.required:
            raise ValueError('mutually exclusive arguments must be optional')
        self._group_actions.append(self._container._add_action(action))
        return action

    def _remove_action(self, action):
        self._group_actions.remove(action)
        self._container._remove_action(action)

    def add_mutually_exclusive_group(self, *args, **kwargs):
        _warn_nesting('mutually exclusive groups')
        return super().add_mutually_exclusive_group(*args, **kwargs)


def _warn_nesting(what):
    import warnings
    warnings.warn(f'Nesting {what} is deprecated.', category=DeprecationWarning, stacklevel=3)


# ---- the parser ----

class ArgumentParser(_AttributeHolder, _ActionsContainer):
    """Parses command lines.  prog, usage, description and epilog appear in the help."""

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter,
                 prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error', add_help=True,
                 allow_abbrev=True, exit_on_error=True):
        _ActionsContainer.__init__(self, description, prefix_chars, argument_default, conflict_handler)
        self.prog = _sys.argv[0].rpartition('/')[2] if prog is None else prog
        self.usage, self.epilog, self.formatter_class = usage, epilog, formatter_class
        self.fromfile_prefix_chars, self.add_help = fromfile_prefix_chars, add_help
        self.allow_abbrev, self.exit_on_error = allow_abbrev, exit_on_error
        self._positionals = self.add_argument_group('positional arguments')
        self._optionals = self.add_argument_group('options')
        self._subparsers = None
        self.register('type', None, _unchanged)
        if add_help:
            dash = '-' if '-' in prefix_chars else prefix_chars[0]
            self.add_argument(f'{dash}h', f'{dash}{dash}help', action='help', default=SUPPRESS,
                              help='show this help message and exit')
        for parent in parents:
            self._add_container_actions(parent)
            self._defaults.update(parent._defaults)

    def _get_kwargs(self):
        return [(name, getattr(self, name)) for name in
                ('prog', 'usage', 'description', 'formatter_class', 'conflict_handler', 'add_help')]

    def add_subparsers(self, **kwargs):
        """Make a positional that names a subcommand; its add_parser() makes the parsers of these."""
        if self._subparsers is not None:
            self.error('cannot have multiple subparser arguments')
        kwargs.setdefault('parser_class', type(self))
        self._subparsers = self._positionals
        if 'title' in kwargs or 'description' in kwargs:
            self._subparsers = self.add_argument_group(kwargs.pop('title', 'subcommands'), kwargs.pop('description', None))
        if kwargs.get('prog') is None:
            # What must be written before a subcommand: the program, and the positionals so far.
            page = self._get_formatter()
            page.add_usage(self.usage, self._get_positional_actions(), self._mutually_exclusive_groups, '')
            kwargs['prog'] = page.format_help().strip()
        action = self._pop_action_class(kwargs, 'parsers')(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def _get_optional_actions(self):
        return [action for action in self._actions if action.option_strings]

    def _get_positional_actions(self):
        return [action for action in self._actions if not action.option_strings]

    # -- parsing --

    def parse_args(self, args=None, namespace=None):
        """Parse all arguments; what is not known is an error."""
        return self._all_known(*self.parse_known_args(args, namespace))

    def _all_known(self, namespace, unknown):
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return namespace

    def parse_known_args(self, args=None, namespace=None):
        """(namespace, list of arguments that are not known)"""
        args = _sys.argv[1:] if args is None else [*args]
        namespace = Namespace() if namespace is None else namespace
        defaults = {action.dest: action.default for action in reversed(self._actions) if action.default is not SUPPRESS}
        for dest, default in {**self._defaults, **defaults}.items():
            if dest is not SUPPRESS and not hasattr(namespace, dest):
                setattr(namespace, dest, default)
        try:
            namespace, unknown = self._parse_known_args(args, namespace)
        except ArgumentError as error:
            if not self.exit_on_error:
                raise
            self.error(str(error))
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            unknown += getattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, unknown

    def _parse_known_args(self, args, namespace):
        if self.fromfile_prefix_chars is not None:
            args = self._read_args_from_files(args)
        return _Run(self, args, namespace).parse()

    def _read_args_from_files(self, args):
        """args, with the lines of the file instead of each @file."""
        read = []
        for arg in args:
            if not arg or arg[0] not in self.fromfile_prefix_chars:
                read.append(arg)
                continue
            try:
                with open(arg[1:], encoding=_sys.getfilesystemencoding(), errors='surrogateescape') as file:
                    lines = file.read().splitlines()
            except OSError as error:
                self.error(str(error))
            inner = [word for line in lines for word in self.convert_arg_line_to_args(line)]
            read += self._read_args_from_files(inner)
        return read

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def parse_intermixed_args(self, args=None, namespace=None):
        """parse_args() for positionals and options in any mixture."""
        return self._all_known(*self.parse_known_intermixed_args(args, namespace))

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """Parse the options with the positionals switched off, then the positionals with the rest."""
        positionals, optionals = self._get_positional_actions(), self._get_optional_actions()
        for action in positionals:
            if action.nargs in (PARSER, REMAINDER):
                raise TypeError(f'parse_intermixed_args: positional arg with nargs={action.nargs}')
        if any(action in positionals for group in self._mutually_exclusive_groups for action in group._group_actions):
            raise TypeError('parse_intermixed_args: positional in mutuallyExclusiveGroup')
        usage = self.format_usage()[len('usage: '):] if self.usage is None else self.usage
        with _Changed([self], usage=usage):
            with _Changed(positionals, nargs=SUPPRESS, default=SUPPRESS):
                namespace, rest = self.parse_known_args(args, namespace)
                for action in positionals:
                    if getattr(namespace, action.dest, None) == []:
                        import warnings
                        warnings.warn(f'Do not expect {action.dest} in {namespace}')
                        delattr(namespace, action.dest)
            with _Changed([*optionals, *self._mutually_exclusive_groups], required=False):
                return self.parse_known_args(rest, namespace)

    # -- what an argument is --

    def _parse_optional(self, arg):
        """(action, option string, value given with =) if the argument is an option; None if it is a value."""
        known = self._option_string_actions
        if not arg or arg[0] not in self.prefix_chars:
            return None
        if arg in known:
            return known[arg], arg, None
        if len(arg) == 1:
            return None
        name, equals, value = arg.partition('=')
        if equals and name in known:
            return known[name], name, value
        candidates = self._get_option_tuples(arg)
        if len(candidates) > 1:
            names = ', '.join([name for _, name, _ in candidates])
            self.error(f'ambiguous option: {arg} could match {names}')
        if candidates:
            return candidates[0]
        is_number = self._negative_number_matcher.match(arg) and not self._has_negative_number_optionals
        return None if is_number or ' ' in arg else (None, arg, None)

    def _get_option_tuples(self, arg):
        """The options that this may be short for, each as _parse_optional() gives it."""
        known = self._option_string_actions
        if arg[1] in self.prefix_chars:
            if not self.allow_abbrev:
                return []
            start, equals, value = arg.partition('=')
            return [(known[name], name, value if equals else None) for name in known if name.startswith(start)]
        # -x with its value right behind it, or the start of -xvalue
        found = []
        for name in known:
            if name == arg[:2]:
                found.append((known[name], name, arg[2:]))
            elif name.startswith(arg):
                found.append((known[name], name, None))
        return found

    # -- how many arguments an action takes --

    def _get_nargs_pattern(self, action):
        """The regular expression for the letters of the arguments that the action takes (see _Run)."""
        pattern = _nargs_patterns.get(action.nargs)
        if pattern is None:
            pattern = '(-*' + '-*'.join('A' * action.nargs) + '-*)'
        # Behind an option '--' does not count.
        return pattern.replace('-*', '').replace('-', '') if action.option_strings else pattern

    def _match_argument(self, action, letters):
        match = _re.match(self._get_nargs_pattern(action), letters)
        if match is None:
            n = action.nargs
            default = f"expected {n} argument{'s' if n != 1 else ''}"
            raise ArgumentError(action, _nargs_errors.get(n, default))
        return len(match[1])

    def _match_arguments_partial(self, actions, letters):
        """How many arguments each of as many actions as possible takes."""
        patterns = [self._get_nargs_pattern(action) for action in actions]
        while patterns:
            match = _re.match(''.join(patterns), letters)
            if match:
                return [*map(len, match.groups())]
            patterns.pop()
        return []

    # -- from arguments to values --

    def _get_values(self, action, args):
        nargs = action.nargs
        if nargs not in (PARSER, REMAINDER) and '--' in args:
            args.remove('--')
        if nargs == SUPPRESS:
            return SUPPRESS
        if not args and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            return self._checked(action, self._get_value(action, value)) if isinstance(value, str) else value
        if not args and nargs == ZERO_OR_MORE and not action.option_strings:
            return args if action.default is None else self._checked(action, action.default)
        values = [self._get_value(action, arg) for arg in args]
        if len(values) == 1 and (nargs is None or nargs == OPTIONAL):
            return self._checked(action, values[0])
        for value in [] if nargs == REMAINDER else values[:1] if nargs == PARSER else values:
            self._check_value(action, value)
        return values

    def _checked(self, action, value):
        self._check_value(action, value)
        return value

    def _get_value(self, action, arg):
        convert = self._registry_get('type', action.type, action.type)
        if not callable(convert):
            raise ArgumentError(action, f'{convert!r} is not callable')
        try:
            return convert(arg)
        except ArgumentTypeError as error:
            raise ArgumentError(action, str(error))
        except (ValueError, TypeError):
            name = getattr(action.type, '__name__', repr(action.type))
            raise ArgumentError(action, f'invalid {name} value: {arg!r}')

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, f"invalid choice: {value!r} (choose from {', '.join(map(repr, action.choices))})")

    # -- help --

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def format_usage(self):
        page = self._get_formatter()
        page.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return page.format_help()

    def format_help(self):
        page = self._get_formatter()
        page.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        page.add_text(self.description)
        for group in self._action_groups:
            page.start_section(group.title)
            page.add_text(group.description)
            page.add_arguments(group._group_actions)
            page.end_section()
        page.add_text(self.epilog)
        return page.format_help()

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), file or _sys.stdout)

    def print_help(self, file=None):
        self._print_message(self.format_help(), file or _sys.stdout)

    def _print_message(self, message, file=None):
        try:
            if message:
                (file or _sys.stderr).write(message)
        except (OSError, AttributeError):
            pass  # nobody to tell

    def exit(self, status=0, message=None):
        self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        """Print usage and message to stderr, and exit with status 2."""
        self.print_usage(_sys.stderr)
        self.exit(2, f'{self.prog}: error: {message}\n')


_nargs_patterns = {None: '(-*A-*)', OPTIONAL: '(-*A?-*)', ZERO_OR_MORE: '(-*[A-]*)', ONE_OR_MORE: '(-*A[A-]*)',
                   REMAINDER: '([-AO]*)', PARSER: '(-*A[-AO]*)', SUPPRESS: '(-*-*)'}
_nargs_errors = {None: 'expected one argument', OPTIONAL: 'expected at most one argument',
                 ONE_OR_MORE: 'expected at least one argument'}


def _unchanged(arg):
    return arg


class _Changed:
    """With other values for some attributes of some objects."""

    def __init__(self, objects, **values):
        self.objects, self.values = objects, values

    def __enter__(self):
        self.before = [{name: getattr(each, name) for name in self.values} for each in self.objects]
        self._set([self.values] * len(self.objects))

    def __exit__(self, *exc_info):
        self._set(self.before)

    def _set(self, values):
        for each, new in zip(self.objects, values):
            vars(each).update(new)


# ---- parsing ----

class _Run:
    """One run of a parser over a command line.

    `letters` has one for each argument: O an option, A a value, - for '--'.  Positionals take as many A's as they can get up
    to the next O, options what stands right behind them.
    """

    def __init__(self, parser, args, namespace):
        self.parser, self.args, self.namespace = parser, args, namespace
        self.positionals = parser._get_positional_actions()  # those still to come
        self.seen, self.given = set(), set()                 # actions; given: with another value than the default
        self.unknown = []
        self.options, self.letters = {}, ''                  # options: index: what _parse_optional() says
        for i, arg in enumerate(args):
            if arg == '--':
                self.letters += '-' + 'A' * (len(args) - i - 1)
                break
            option = parser._parse_optional(arg)
            self.letters += 'A' if option is None else 'O'
            if option is not None:
                self.options[i] = option

    def parse(self):
        at, last = 0, max(self.options, default=-1)
        while at <= last:
            option = min([i for i in self.options if i >= at])
            if option > at:
                after = self.take_positionals(at)
                if after > at:
                    at = after
                    continue
                self.unknown += self.args[at:option]  # nobody wants these
                at = option
            at = self.take_option(at)
        at = self.take_positionals(at)
        self.unknown += self.args[at:]
        self.finish()
        return self.namespace, self.unknown

    def take_positionals(self, at):
        """Give the arguments from here to positionals, as many as match. Returns where the next argument is."""
        counts = self.parser._match_arguments_partial(self.positionals, self.letters[at:])
        for action, count in zip(self.positionals, counts):
            self.perform(action, self.args[at:at + count])
            at += count
        del self.positionals[:len(counts)]
        return at

    def take_option(self, at):
        """Take the option with its values; and more of them, in a word such as -xvf."""
        parser = self.parser
        action, name, value = self.options[at]
        at += 1
        calls = []
        while True:
            if action is None:
                self.unknown.append(self.args[at - 1])
                return at
            if value is None:
                count = parser._match_argument(action, self.letters[at:])
                calls.append((action, self.args[at:at + count], name))
                at += count
                break
            count = parser._match_argument(action, 'A')
            if count == 1:
                calls.append((action, [value], name))
                break
            is_flag = count == 0 and value != '' and name[1] not in parser.prefix_chars
            following = name[0] + value[:1]
            if not is_flag or following not in parser._option_string_actions:
                raise ArgumentError(action, f'ignored explicit argument {value!r}')
            calls.append((action, [], name))
            action, name, value = parser._option_string_actions[following], following, value[1:] or None
        for call in calls:
            self.perform(*call)
        return at

    def perform(self, action, args, name=None):
        self.seen.add(action)
        values = self.parser._get_values(action, args)
        if values is not action.default:
            self.given.add(action)
            for group in self.parser._mutually_exclusive_groups:
                for other in group._group_actions if action in group._group_actions else ():
                    if other is not action and other in self.given:
                        raise ArgumentError(action, f'not allowed with argument {_get_action_name(other)}')
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, name)

    def finish(self):
        """Complain about what is missing; convert defaults that are strings."""
        parser, missing = self.parser, []
        for action in parser._actions:
            if action not in self.seen:
                if action.required:
                    missing.append(_get_action_name(action))
                elif isinstance(action.default, str) and getattr(self.namespace, action.dest, None) is action.default:
                    setattr(self.namespace, action.dest, parser._get_value(action, action.default))
        if missing:
            parser.error(f"the following arguments are required: {', '.join(missing)}")
        for group in parser._mutually_exclusive_groups:
            if group.required and not self.given.intersection(group._group_actions):
                names = [_get_action_name(action) for action in group._group_actions if action.help is not SUPPRESS]
                parser.error(f"one of the arguments {' '.join(names)} is required")
