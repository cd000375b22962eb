"""getopt - options of a command line in the manner of C's getopt.  Next: argparse.py does more."""
import os

__all__ = ['GetoptError', 'error', 'getopt', 'gnu_getopt']


class GetoptError(Exception):
    """A wrong option; opt says which."""

    def __init__(self, msg, opt=''):
        self.msg, self.opt = msg, opt
        super().__init__(msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError  # its older name


def getopt(args, shortopts, longopts=[]):
    """([(option, value), ...], rest): options end at the first argument that is none, or behind --."""
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    found = []
    while args and args[0].startswith('-') and args[0] != '-':
        first, args = args[0], args[1:]
        if first == '--':
            break
        args = _one(found, first, args, shortopts, longopts)
    return found, args


def gnu_getopt(args, shortopts, longopts=[]):
    """The same with options and other arguments in any order, unless shortopts begins with + or POSIXLY_CORRECT is set."""
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    strict = shortopts.startswith('+') or bool(os.environ.get('POSIXLY_CORRECT'))
    shortopts = shortopts.removeprefix('+')
    found, others = [], []
    while args:
        first, args = args[0], args[1:]
        if first == '--':
            others += args
            break
        if first.startswith('-') and first != '-':
            args = _one(found, first, args, shortopts, longopts)
        elif strict:
            others += [first, *args]
            break
        else:
            others.append(first)
    return found, others


def _one(found, first, args, shortopts, longopts):
    """Read the options of one argument; what is left of the others."""
    if first.startswith('--'):
        return _long(found, first[2:], args, longopts)
    return _short(found, first[1:], args, shortopts)


def _long(found, text, args, longopts):
    name, equals, value = text.partition('=')
    name, wants = _complete(name, longopts)
    if wants and not equals:
        if not args:
            raise GetoptError(f'option --{name} requires argument', name)
        value, args = args[0], args[1:]
    elif equals and not wants:
        raise GetoptError(f'option --{name} must not have an argument', name)
    found.append(('--' + name, value))
    return args


def _complete(name, longopts):
    """The one long option that begins with name, and whether it takes a value."""
    possible = [each for each in longopts if each.startswith(name)]
    if not possible:
        raise GetoptError(f'option --{name} not recognized', name)
    if name in possible:
        return name, False
    if name + '=' in possible:
        return name, True
    if len(possible) > 1:
        raise GetoptError(f'option --{name} not a unique prefix', name)
    return possible[0].removesuffix('='), possible[0].endswith('=')


def _short(found, letters, args, shortopts):
    while letters:
        letter, letters = letters[0], letters[1:]
        at = shortopts.find(letter)
        if at < 0 or letter == ':':
            raise GetoptError(f'option -{letter} not recognized', letter)
        value = ''
        if shortopts.startswith(':', at + 1):
            if not letters:
                if not args:
                    raise GetoptError(f'option -{letter} requires argument', letter)
                letters, args = args[0], args[1:]
            value, letters = letters, ''
        found.append(('-' + letter, value))
    return args
