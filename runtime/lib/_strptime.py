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


_directives = {
    'd': r'(?P<d>3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9])',
    'f': r'(?P<f>[0-9]{1,6})',
    'H': r'(?P<H>2[0-3]|[0-1]\d|\d)',
    'I': r'(?P<I>1[0-2]|0[1-9]|[1-9])',
    'G': r'(?P<G>\d\d\d\d)',
    'j': r'(?P<j>36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9])',
    'm': r'(?P<m>1[0-2]|0[1-9]|[1-9])',
    'M': r'(?P<M>[0-5]\d|\d)',
    'S': r'(?P<S>6[0-1]|[0-5]\d|\d)',
    'U': r'(?P<U>5[0-3]|[0-4]\d|\d)',
    'w': r'(?P<w>[0-6])',
    'u': r'(?P<u>[1-7])',
    'V': r'(?P<V>5[0-3]|0[1-9]|[1-4]\d|\d)',
    'W': r'(?P<W>5[0-3]|[0-4]\d|\d)',
    'y': r'(?P<y>\d\d)',
    'Y': r'(?P<Y>\d\d\d\d)',
    'z': r'(?P<z>[+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?|(?-i:Z))',
    'A': _names(_days, 'A'),
    'a': _names([d[:3] for d in _days], 'a'),
    'B': _names(_months, 'B'),
    'b': _names([m[:3] for m in _months], 'b'),
    'p': _names(['am', 'pm'], 'p'),
    '%': '%',
}
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


def _calc_julian_from_U_or_W(year, week_of_year, day_of_week, week_starts_Mon):
    """The day of the year, from the week (%U or %W) and the weekday."""
    first_weekday = datetime_date(year, 1, 1).weekday()
    if not week_starts_Mon:
        first_weekday = (first_weekday + 1) % 7
        day_of_week = (day_of_week + 1) % 7
    week_0_length = (7 - first_weekday) % 7
    if week_of_year == 0:
        return 1 + day_of_week - first_weekday
    return 1 + week_0_length + 7 * (week_of_year - 1) + day_of_week


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
    d = found.groupdict()
    iso_year = year = None
    month = day = 1
    tz = -1
    gmtoff, gmtoff_fraction = None, 0
    iso_week = week_of_year = None
    week_of_year_start = None
    weekday = julian = None
    if d.get('y') is not None:
        year = int(d['y'])
        year += 2000 if year <= 68 else 1900  # POSIX
    if d.get('Y') is not None:
        year = int(d['Y'])
    if d.get('G') is not None:
        iso_year = int(d['G'])
    if d.get('m') is not None:
        month = int(d['m'])
    if d.get('B') is not None:
        month = _months.index(d['B'].lower()) + 1
    if d.get('b') is not None:
        month = [m[:3] for m in _months].index(d['b'].lower()) + 1
    if d.get('d') is not None:
        day = int(d['d'])
    hour = int(d['H']) if d.get('H') is not None else 0
    if d.get('I') is not None:
        hour = int(d['I'])
        ampm = (d.get('p') or '').lower()
        if ampm in ('', 'am'):
            hour = 0 if hour == 12 else hour
        elif ampm == 'pm':
            hour = 12 if hour == 12 else hour + 12
    minute = int(d['M']) if d.get('M') is not None else 0
    second = int(d['S']) if d.get('S') is not None else 0
    fraction = int((d['f'] + '000000')[:6]) if d.get('f') is not None else 0
    if d.get('A') is not None:
        weekday = _days.index(d['A'].lower())
    if d.get('a') is not None:
        weekday = [n[:3] for n in _days].index(d['a'].lower())
    if d.get('w') is not None:
        weekday = 6 if int(d['w']) == 0 else int(d['w']) - 1
    if d.get('u') is not None:
        weekday = int(d['u']) - 1
    if d.get('j') is not None:
        julian = int(d['j'])
    for letter in 'UW':
        if d.get(letter) is not None:
            week_of_year = int(d[letter])
            week_of_year_start = 6 if letter == 'U' else 0
    if d.get('V') is not None:
        iso_week = int(d['V'])
    if d.get('z') is not None:
        gmtoff, gmtoff_fraction = _offset_of(d['z'])
    if d.get('Z') is not None:
        zone = d['Z'].lower()
        for value, names in enumerate(_zone_names()):
            if zone in names:
                if time.tzname[0] == time.tzname[1] and time.daylight and zone not in ('utc', 'gmt'):
                    break
                tz = value
                break
    if year is None and iso_year is not None:
        if iso_week is None or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
        if julian is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. "
                             "Use '%Y' instead.")
    elif week_of_year is None and iso_week is not None:
        if weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. "
                         "Use the ISO year '%G' instead.")
    leap_year_fix = False
    if year is None and month == 2 and day == 29:
        year = 1904  # the first leap year of the 20th century
        leap_year_fix = True
    elif year is None:
        year = 1900
    if julian is None and weekday is not None:
        if week_of_year is not None:
            julian = _calc_julian_from_U_or_W(year, week_of_year, weekday, week_of_year_start == 0)
        elif iso_year is not None and iso_week is not None:
            result = datetime_date.fromisocalendar(iso_year, iso_week, weekday + 1)
            year, month, day = result.year, result.month, result.day
            julian = result.toordinal() - datetime_date(year, 1, 1).toordinal() + 1
        if julian is not None and julian <= 0:
            year -= 1
            julian += 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
    if julian is None:
        julian = datetime_date(year, month, day).toordinal() - datetime_date(year, 1, 1).toordinal() + 1
    else:
        result = datetime_date.fromordinal(julian - 1 + datetime_date(year, 1, 1).toordinal())
        year, month, day = result.year, result.month, result.day
    if weekday is None:
        weekday = datetime_date(year, month, day).weekday()
    if leap_year_fix:
        year = 1900
    return (year, month, day, hour, minute, second, weekday, julian, tz, d.get('Z'), gmtoff), fraction, gmtoff_fraction


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
