"""Signals: what the system tells a process. The natives of _signal, with numbers as enums."""

import _signal
from _signal import *
from enum import IntEnum as _IntEnum

_globals = globals()


def _enum_of(name, wanted):
    members = {n: v for n, v in vars(_signal).items() if wanted(n)}
    cls = _IntEnum(name, members, module=__name__)
    _globals.update(cls.__members__)
    return cls


Signals = _enum_of('Signals', lambda n: n.isupper() and n.startswith('SIG') and not n.startswith('SIG_'))
Handlers = _enum_of('Handlers', lambda n: n in ('SIG_DFL', 'SIG_IGN'))
Sigmasks = _enum_of('Sigmasks', lambda n: n in ('SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'))
SIGCLD, SIGPOLL = Signals.SIGCHLD, Signals.SIGIO
ItimerError = OSError


def _to_enum(value, cls):
    """The member of cls for a number, and anything else as it is."""
    if not isinstance(value, int):
        return value
    try:
        return cls(value)
    except ValueError:
        return value


def _to_int(value):
    return int(value) if isinstance(value, _IntEnum) else value


def signal(signalnum, handler):
    """Set what happens when the signal comes: a function of (number, frame), SIG_DFL or SIG_IGN. Gives what it was before."""
    return _to_enum(_signal.signal(_to_int(signalnum), _to_int(handler)), Handlers)


def getsignal(signalnum):
    """What happens when the signal comes; None: something that was not set from Python."""
    return _to_enum(_signal.getsignal(signalnum), Handlers)


def _signals(numbers):
    return set(_to_enum(n, Signals) for n in numbers)


def pthread_sigmask(how, mask):
    """Change which signals this thread does not get now, and give the set as it was."""
    return _signals(_signal.pthread_sigmask(how, mask))


def sigpending():
    """Signals that have come and are held back."""
    return _signals(_signal.sigpending())


def sigwait(sigset):
    """Wait for one of these signals, and take it."""
    return _to_enum(_signal.sigwait(sigset), Signals)


def valid_signals():
    """All signals there are."""
    return _signals(_signal.valid_signals())
