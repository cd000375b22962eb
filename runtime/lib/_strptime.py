"""_strptime - text to dates: time.strptime() and datetime.strptime().

A format becomes a regular expression with a named group for each directive; the C locale's names are built in.
Next: datetime.py.
"""
import re as _re
import time
from datetime import (date as datetime_date, timedelta as datetime_timedelta, timezone as datetime_timezone)

__all__ = []

_months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october',
           'november', 'december']
_days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']


def _names(names, directive):
    return '(?P<%s>%s)' % (directive, '|'.join(sorted(names, key=len, reverse=True)))


def _zone_names():
    return [{'utc', 'gmt', time.tzname[0].lower()}, {time.tzname[1].lower()} if time.daylight else set()]


_DIGITS = {'d': r'3[01]|[12]\d|0?[1-9]| [1-9]', 'f': r'\d{1,6}', 'G': r'\d{4}', 'H': r'2[0-3]|[01]?\d', 'I': '1[0-2]|0?[1-9]',
           'j': r'36[0-6]|3[0-5]\d|[12]\d\d|0?[1-9]\d|0{0,2}[1-9]', 'm': '1[0-2]|0?[1-9]', 'M': r'[0-5]?\d',
           'S': r'6[01]|[0-5]?\d', 'u': '[1-7]', 'U': r'5[0-3]|[0-4]?\d', 'V': r'5[0-3]|0[1-9]|[1-4]\d|\d', 'w': '[0-6]',
           'W': r'5[0-3]|[0-4]?\d', 'y': r'\d{2}', 'Y': r'\d{4}',
           'z': r'[+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?|(?-i:Z)'}
_NAMES = {'A': _days, 'a': [name[:3] for name in _days], 'B': _months, 'b': [name[:3] for name in _months], 'p': ['am', 'pm']}
_directives = {letter: f'(?P<{letter}>{pattern})' for letter, pattern in _DIGITS.items()}
_directives |= {letter: _names(names, letter) for letter, names in _NAMES.items()} | {'%': '%'}
_composite = {'c': '%a %b %d %H:%M:%S %Y', 'x': '%m/%d/%y', 'X': '%H:%M:%S'}
_cache = {}


def _compile(format):
    """The regular expression for a format."""
    for directive, meaning in _composite.items():
        format = format.replace('%' + directive, meaning)
    format = _re.sub(r'([\\.^$*+?\(\){}\[\]|])', r'\\\1', format)
    format = _re.sub(r'\s+', r'\\s+', format)
    processed = ''
    while '%' in format:
        at = format.index('%') + 1
        directive = format[at]
        if directive == 'Z':
            pattern = _names([name for names in _zone_names() for name in names], 'Z')
        else:
            pattern = _directives[directive]
        processed += format[:at - 1] + pattern
        format = format[at + 1:]
    return _re.compile(processed + format, _re.IGNORECASE)


def _pattern_for(format):
    key = format, time.tzname
    pattern = _cache.get(key)
    if pattern is None:
        if len(_cache) > 5:
            _cache.clear()
        try:
            pattern = _compile(format)
        except KeyError as err:
            bad = err.args[0]
            if bad == '\\':
                bad = '%'
            raise ValueError("'%s' is a bad directive in format '%s'" % (bad, format)) from None
        except IndexError:
            raise ValueError("stray %% in format '%s'" % format) from None
        _cache[key] = pattern
    return pattern


def _day_of_week(year, week, weekday, starts_monday):
    """The day of the year, which may be 0 or less, of a weekday (Monday is 0) in a week (%W or %U).

    January 1 is in week 0, but in week 1 if the year begins with the week's first day; week 0 means the same week then.
    """
    jan_1 = datetime_date(year, 1, 1).weekday()
    if not starts_monday:
        jan_1, weekday = (jan_1 + 1) % 7, (weekday + 1) % 7  # Sunday is 0
    full_weeks = week if jan_1 else max(week - 1, 0)
    return 1 - jan_1 + 7 * full_weeks + weekday


def _offset_of(z):
    """(seconds, microseconds) that a %z text stands for."""
    if z == 'Z':
        return 0, 0
    if z[3] == ':':
        z = z[:3] + z[4:]
        if len(z) > 5:
            if z[5] != ':':
                raise ValueError(f'Inconsistent use of : in {z[:3] + ":" + z[3:]}')
            z = z[:5] + z[6:]
    seconds = int(z[1:3]) * 3600 + int(z[3:5]) * 60 + int(z[5:7] or 0)
    fraction = int((z[8:] + '000000')[:6]) if z[8:] else 0
    return (-seconds, -fraction) if z.startswith('-') else (seconds, fraction)


def _year_in(d):
    if 'Y' in d:
        return int(d['Y'])
    if 'y' not in d:
        return None
    short = int(d['y'])
    return short + (1900 if short > 68 else 2000)  # POSIX


def _place_in(d, letters, names, otherwise):
    """The place of a name among names: the first letter stands for the short form, the second for the long one."""
    short, long = letters
    if short in d:
        return [name[:3] for name in names].index(d[short].lower())
    return names.index(d[long].lower()) if long in d else otherwise


def _weekday_in(d):
    """0 for Monday, or None."""
    if 'u' in d:
        return int(d['u']) - 1
    if 'w' in d:
        return (int(d['w']) - 1) % 7
    return _place_in(d, 'aA', _days, None)


def _hour_in(d):
    if 'I' not in d:
        return int(d.get('H', 0))
    return int(d['I']) % 12 + (12 if d.get('p', '').lower() == 'pm' else 0)


def _dst_of(zone):
    """What tm_isdst is in a zone of that name: -1 if it cannot be told."""
    if time.daylight and time.tzname[0] == time.tzname[1] and zone not in ('utc', 'gmt'):
        return -1
    return next((i for i, names in enumerate(_zone_names()) if zone in names), -1)


def _check_weeks(year, iso_year, iso_week, week_of_year, weekday, julian):
    """ValueError for what does not go together."""
    with_weekday = "and a weekday directive ('%A', '%a', '%w', or '%u')."
    if year is None and iso_year is not None:
        if None in (iso_week, weekday):
            raise ValueError(f"ISO year directive '%G' must be used with the ISO week directive '%V' {with_weekday}")
        if julian is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. "
                             "Use '%Y' instead.")
    elif iso_week is not None and week_of_year is None:
        if weekday is None:
            raise ValueError(f"ISO week directive '%V' must be used with the ISO year directive '%G' {with_weekday}")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.")


def _strptime(data_string, format='%a %b %d %H:%M:%S %Y'):
    """((year, month, ... , isdst, zone name, offset), microseconds, microseconds of the offset)"""
    for index, arg in enumerate([data_string, format]):
        if not isinstance(arg, str):
            raise TypeError('strptime() argument {} must be str, not {}'.format(index, type(arg)))
    found = _pattern_for(format).match(data_string)
    if not found:
        raise ValueError('time data %r does not match format %r' % (data_string, format))
    if len(data_string) != found.end():
        raise ValueError('unconverted data remains: %s' % data_string[found.end():])
    d = {letter: text for letter, text in found.groupdict().items() if text is not None}

    def number(letter, default=None):
        return int(d[letter]) if letter in d else default

    year, iso_year, iso_week, julian = _year_in(d), number('G'), number('V'), number('j')
    month, day, weekday = _place_in(d, 'bB', _months, number('m', 1) - 1) + 1, number('d', 1), _weekday_in(d)
    hour, minute, second = _hour_in(d), number('M', 0), number('S', 0)
    fraction = int(d.get('f', '0').ljust(6, '0'))
    week_of_year = number('W') if 'W' in d else number('U')
    gmtoff, gmtoff_fraction = _offset_of(d['z']) if 'z' in d else (None, 0)
    tz = _dst_of(d['Z'].lower()) if 'Z' in d else -1
    _check_weeks(year, iso_year, iso_week, week_of_year, weekday, julian)
    is_year_made_up = year is None
    if is_year_made_up:
        year = 1904 if (month, day) == (2, 29) else 1900  # 1904: the first leap year of the 20th century
    date = None
    if julian is None and weekday is not None:
        if week_of_year is not None:
            julian = _day_of_week(year, week_of_year, weekday, 'W' in d)
        elif iso_year is not None and iso_week is not None:
            date = datetime_date.fromisocalendar(iso_year, iso_week, weekday + 1)
    if julian is not None:
        date = datetime_date.fromordinal(datetime_date(year, 1, 1).toordinal() + julian - 1)
    elif date is None:
        date = datetime_date(year, month, day)
    if julian is None or julian <= 0:
        julian = date.timetuple().tm_yday
    if weekday is None:
        weekday = date.weekday()
    year = 1900 if is_year_made_up and year == 1904 else date.year
    return (year, date.month, date.day, hour, minute, second, weekday, julian, tz, d.get('Z'), gmtoff), fraction, gmtoff_fraction


def _strptime_time(data_string, format='%a %b %d %H:%M:%S %Y'):
    """The time.struct_time for a text."""
    return time.struct_time(_strptime(data_string, format)[0])


def _strptime_datetime(cls, data_string, format='%a %b %d %H:%M:%S %Y'):
    """The datetime for a text."""
    tt, fraction, gmtoff_fraction = _strptime(data_string, format)
    tzname, gmtoff = tt[-2:]
    args = tt[:6] + (fraction,)
    if gmtoff is not None:
        delta = datetime_timedelta(seconds=gmtoff, microseconds=gmtoff_fraction)
        tz = datetime_timezone(delta, tzname) if tzname else datetime_timezone(delta)
        args += (tz,)
    return cls(*args)
