"""getpass - ask for a password without showing it, and who the user is."""
import os
import sys

__all__ = ['getpass', 'getuser', 'GetPassWarning']


class GetPassWarning(UserWarning):
    """The password may be shown as it is typed."""


def getpass(prompt='Password: ', stream=None):
    """A line of input; gilly has no way to switch the terminal's echo off, so it warns that the line is shown."""
    import warnings
    warnings.warn('Can not control echo on the terminal.', GetPassWarning, stacklevel=2)
    stream = stream or sys.stderr
    print('Warning: Password input may be echoed.', file=stream)
    stream.write(prompt)
    stream.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.removesuffix('\n')


def getuser():
    """The name in LOGNAME, USER, LNAME or USERNAME, else that of the process's user in /etc/passwd."""
    for variable in 'LOGNAME', 'USER', 'LNAME', 'USERNAME':
        if name := os.environ.get(variable):
            return name
    with open('/etc/passwd', encoding='utf-8', errors='surrogateescape') as users:
        for line in users:
            name, _, number, *_ = line.split(':')
            if number == str(os.getuid()):
                return name
    raise KeyError(f'getpwuid(): uid not found: {os.getuid()}')
