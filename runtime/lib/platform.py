"""platform - which machine, system and Python this is."""
import os
import sys
from collections import namedtuple

__version__ = '1.0.8'

uname_result = namedtuple('uname_result', 'system node release version machine processor')


def uname():
    """(system, node, release, version, machine, processor)"""
    return uname_result(*os.uname(), '')


def system():
    """'Linux', 'Darwin', ..."""
    return uname().system


def node():
    """The computer's network name."""
    return uname().node


def release():
    return uname().release


def version():
    return uname().version


def machine():
    """'x86_64', 'aarch64', ..."""
    return uname().machine


def processor():
    return uname().processor


def architecture(executable=sys.executable, bits='', linkage=''):
    """('64bit', 'ELF')"""
    return bits or ('64bit' if sys.maxsize > 2 ** 32 else '32bit'), linkage or 'ELF'


def python_implementation():
    """'CPython' as scripts expect it; sys.implementation.name tells more."""
    return 'CPython'


def python_version():
    """'major.minor.patchlevel'"""
    return '%d.%d.%d' % sys.version_info[:3]


def python_version_tuple():
    return tuple(python_version().split('.'))


def python_branch():
    return ''


def python_revision():
    return ''


def python_build():
    return '', ''


def python_compiler():
    at = sys.version.find('[')
    return sys.version[at + 1:].rstrip(']') if at >= 0 else ''


def libc_ver(executable=None, lib='', version='', chunksize=16384):
    """('glibc', '2.36')"""
    try:
        name, _, version = os.confstr('CS_GNU_LIBC_VERSION').partition(' ')
        return name, version
    except (AttributeError, ValueError, OSError):
        return lib, version


def platform(aliased=0, terse=0):
    """One line about the system."""
    u = uname()
    libc = ''.join(libc_ver())
    parts = [u.system, u.release] if terse else [u.system, u.release, u.machine]
    if libc:
        parts += ['with', libc]
    return '-'.join(p.replace(' ', '_') for p in parts if p)
