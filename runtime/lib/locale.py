"""locale - conventions of the place: gilly always runs in the "C" locale with UTF-8 text, and this module says so.

Keeps: setlocale() accepts "C", "POSIX" and the user's default (taken as "C"); any other locale is an Error, as where it is not installed.
"""

__all__ = ['getlocale', 'getdefaultlocale', 'getpreferredencoding', 'Error', 'setlocale', 'localeconv', 'strcoll', 'strxfrm', 'str',
           'atof', 'atoi', 'format_string', 'currency', 'normalize', 'resetlocale', 'LC_CTYPE', 'LC_COLLATE', 'LC_TIME', 'LC_MONETARY',
           'LC_NUMERIC', 'LC_ALL', 'CHAR_MAX', 'getencoding', 'delocalize', 'localize', 'LC_MESSAGES']

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127


class Error(Exception):
    pass


def setlocale(category, locale=None):
    """The locale of category, after setting it when locale is given."""
    if not 0 <= category <= 12:
        raise Error('invalid locale category')
    if locale is not None and not isinstance(locale, (type(''), tuple, list)):
        raise Error('unsupported locale setting')
    if isinstance(locale, (tuple, list)):
        locale = '.'.join(part for part in locale if part) or 'C'
    if locale not in (None, '', 'C', 'POSIX', 'C.UTF-8', 'C.utf8'):
        raise Error('unsupported locale setting')
    return 'C' if locale in (None, '') else locale.replace('POSIX', 'C')


def localeconv():
    """The conventions for numbers and money, as a dict."""
    nothing = dict.fromkeys(('int_curr_symbol', 'currency_symbol', 'mon_decimal_point', 'mon_thousands_sep', 'positive_sign',
                             'negative_sign'), '')
    unknown = dict.fromkeys(('int_frac_digits', 'frac_digits', 'p_cs_precedes', 'p_sep_by_space', 'n_cs_precedes', 'n_sep_by_space',
                             'p_sign_posn', 'n_sign_posn'), CHAR_MAX)
    return {'decimal_point': '.', 'thousands_sep': '', 'grouping': [], 'mon_grouping': [], **nothing, **unknown}


def getlocale(category=LC_CTYPE):
    if category == LC_ALL:
        raise TypeError('category LC_ALL is not supported')
    return ('en_US', 'UTF-8') if category == LC_CTYPE else (None, None)


def getdefaultlocale(envvars=('LC_ALL', 'LC_CTYPE', 'LANG', 'LANGUAGE')):
    return None, None


def resetlocale(category=LC_ALL):
    setlocale(category, '')


def getpreferredencoding(do_setlocale=True):
    return 'UTF-8'


def getencoding():
    return 'UTF-8'


def normalize(localename):
    return localename


def strcoll(a, b):
    """-1, 0 or 1 as a sorts before, with or after b."""
    return (a > b) - (a < b)


def strxfrm(string):
    """What to compare instead of string for the locale's order."""
    return string



def format_string(f, val, grouping=False, monetary=False):
    """f % val; the "C" locale has no grouping."""
    return f % val


def currency(val, symbol=True, grouping=False, international=False):
    raise ValueError("Currency formatting is not possible using the 'C' locale.")


def str(val):
    return '%.12g' % (val,)


def delocalize(string):
    return string


def localize(string, grouping=False, monetary=False):
    return string


def atof(string, func=float):
    return func(delocalize(string))


def atoi(string):
    return int(delocalize(string))
