"""datetime - dates and times, in the proleptic Gregorian calendar.

Days are counted from 0001-01-01, which is day 1 ("ordinal").  A datetime is aware if its tzinfo gives an offset from
UTC, else naive; aware ones compare and subtract as points of time, naive ones as what the clock shows.
Keeps: all objects are immutable; timedelta is normalised to -999999999 <= days, 0 <= seconds < 86400,
0 <= microseconds < 10**6.
Next: _datetime_text.py (ISO format), _strptime.py, calendar.py.
"""
import math as _math
import operator as _operator
import time as _time
from operator import index as _index

import _datetime_text as _text

__all__ = ('date', 'datetime', 'time', 'timedelta', 'timezone', 'tzinfo', 'MINYEAR', 'MAXYEAR', 'UTC')

MINYEAR, MAXYEAR = 1, 9999
_LAST_DAY = 3652059  # the ordinal of 9999-12-31
_MONTHS = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
_WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

# ---- the calendar ----

_LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
_BEFORE = [sum(_LENGTHS[:_month]) for _month in range(13)]  # days of a common year before each month


def _is_leap(year):
    return not year % 4 and (year % 100 > 0 or not year % 400)


def _month_length(year, month):
    return _LENGTHS[month] + (month == 2 and _is_leap(year))


def _day_of_year(year, month, day):
    return _BEFORE[month] + (month > 2 and _is_leap(year)) + day


def _ordinal(year, month, day):
    before = year - 1
    return 365 * before + before // 4 - before // 100 + before // 400 + _day_of_year(year, month, day)


def _from_ordinal(ordinal):
    """(year, month, day): whole spans of 400, 100, 4 and 1 years are taken off, the rest is the day of the year."""
    centuries4, day = divmod(ordinal - 1, 146097)
    centuries, day = divmod(day, 36524)
    fours, day = divmod(day, 1461)
    ones, day = divmod(day, 365)
    year = 400 * centuries4 + 100 * centuries + 4 * fours + ones + 1
    if centuries == 4 or ones == 4:  # the last day of a leap year
        return year - 1, 12, 31
    month = day // 32 + 1  # right, or one too few
    if month < 12 and day >= _day_of_year(year, month + 1, 0):
        month += 1
    return year, month, day + 1 - _day_of_year(year, month, 0)


def _first_monday(year):
    """The ordinal of the Monday of ISO week 1: the week that holds the 4th of January."""
    fourth = _ordinal(year, 1, 4)
    return fourth - (fourth - 1) % 7


def _from_week(year, week, day):
    """(year, month, day) of an ISO year, week and weekday."""
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'Year is out of range: {year}')
    first = _first_monday(year)
    if not 1 <= week <= (_first_monday(year + 1) - first) // 7:
        raise ValueError(f'Invalid week: {week}')
    if not 1 <= day <= 7:
        raise ValueError(f'Invalid day: {day} (range is [1, 7])')
    return _from_ordinal(first + 7 * (week - 1) + day - 1)


# ---- checks ----

def _check_date(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'year {year} is out of range')
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _month_length(year, month):
        raise ValueError('day is out of range for month')
    return year, month, day


def _check_clock(hour, minute, second, microsecond, tzinfo, fold):
    hour, minute, second, microsecond = _index(hour), _index(minute), _index(second), _index(microsecond)
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60 and 0 <= microsecond < 1000000):
        for name, value, last in (('hour', hour, 23), ('minute', minute, 59), ('second', second, 59),
                                  ('microsecond', microsecond, 999999)):
            if not 0 <= value <= last:
                raise ValueError(f'{name} must be in 0..{last}')
    if fold != 0 and fold != 1:
        raise ValueError('fold must be either 0 or 1')
    _check_zone(tzinfo)
    return hour, minute, second, microsecond, tzinfo, fold


def _check_zone(zone):
    if zone is not None and not isinstance(zone, _tzinfo_class):
        raise TypeError(f'tzinfo argument must be None or of a tzinfo subclass, not type {type(zone).__name__!r}')


def _check_name(method, name):
    if not (name is None or isinstance(name, str)):
        raise TypeError(f'tzinfo.{method}() must return None or a string, not {type(name).__name__!r}')


def _check_offset(method, offset):
    if offset is None:
        return
    if not isinstance(offset, timedelta):
        raise TypeError(f'tzinfo.{method}() must return None or a timedelta, not {type(offset).__name__!r}')
    _check_less_than_a_day(offset)


def _check_less_than_a_day(offset):
    if not -_A_DAY < offset < _A_DAY:
        raise ValueError('offset must be a timedelta strictly between -timedelta(hours=24) and '
                         f'timedelta(hours=24), not {offset!r}.')


# ---- what the classes have in common ----

def _field(name, doc=None):
    return property(_operator.attrgetter('_' + name), doc=doc)


def _comparison(name):
    """A method that asks self._compare(other, operator)."""
    compare = getattr(_operator, name)

    def method(self, other):
        return self._compare(other, compare)

    method.__name__ = name
    return method


_ORDER = '__eq__', '__lt__', '__le__', '__gt__', '__ge__'


def _full_name(obj):
    cls = type(obj)
    return f'{cls.__module__}.{cls.__qualname__}'


def _shown(obj, fields):
    """repr of a time or datetime: what is 0 at the end of fields is left out."""
    while len(fields) > obj._ALWAYS_SHOWN and not fields[-1]:
        fields = fields[:-1]
    parts = list(map(str, fields))
    if obj._tzinfo is not None:
        parts.append(f'tzinfo={obj._tzinfo!r}')
    if obj._fold:
        parts.append('fold=1')
    return f'{_full_name(obj)}({", ".join(parts)})'


def _ask_zone(name, check, doc):
    """A method that asks the tzinfo."""
    def method(self):
        zone = self._tzinfo
        if zone is None:
            return None
        answer = getattr(zone, name)(self if isinstance(self, datetime) else None)
        check(name, answer)
        return answer

    method.__name__, method.__doc__ = name, doc
    return method


def _raw(state, size):
    """The bytes that copy and pickle make objects from, if it is that."""
    if isinstance(state, (bytes, str)) and len(state) == size:
        return state.encode('latin1') if isinstance(state, str) else state
    return None


def _missing(name, position):
    return TypeError(f"function missing required argument '{name}' (pos {position})")


# ---- timedelta ----

_UNITS = {'microseconds': 1, 'milliseconds': 1000, 'seconds': 10 ** 6, 'minutes': 60 * 10 ** 6, 'hours': 3600 * 10 ** 6,
          'days': 86400 * 10 ** 6, 'weeks': 7 * 86400 * 10 ** 6}


def _in_microseconds(values):
    """The sum of {unit: value}: exact, with what floats leave over rounded once, half to even."""
    total, left = 0, 0.0
    for unit, value in values.items():
        if value == 0 and isinstance(value, (int, float)):
            continue
        if isinstance(value, float):
            rest, whole = _math.modf(value)
            rest, more = _math.modf(rest * _UNITS[unit])
            total += int(whole) * _UNITS[unit] + int(more)
            left += rest
        elif isinstance(value, int):
            total += value * _UNITS[unit]
        else:
            raise TypeError(f'unsupported type for timedelta {unit} component: {type(value).__name__}')
    if not left:
        return total
    nearest = round(left)
    if abs(left - nearest) == 0.5:  # even is to be the sum, not what is left
        odd = total % 2
        nearest = int(2.0 * round((left + odd) * 0.5) - odd)
    return total + nearest


def _nearest(a, b):
    """a / b as the nearest int, half to even."""
    whole, rest = divmod(a, b)
    more = 2 * abs(rest) - abs(b)
    return whole + (more > 0 or more == 0 and whole % 2)


class timedelta:
    """A length of time: timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)"""

    __slots__ = '_days', '_seconds', '_microseconds', '_hash'

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        if type(days) is type(seconds) is type(microseconds) is type(milliseconds) is type(minutes) is type(hours) is int \
                and weeks == 0:
            seconds += 3600 * hours + 60 * minutes
            microseconds += 1000 * milliseconds
            if 0 <= seconds < 86400 and 0 <= microseconds < 1000000:
                return cls._make(days, seconds, microseconds)
            return cls._of((86400 * days + seconds) * 1000000 + microseconds)
        return cls._of(_in_microseconds({'microseconds': microseconds, 'milliseconds': milliseconds, 'seconds': seconds,
                                         'minutes': minutes, 'hours': hours, 'days': days, 'weeks': weeks}))

    @classmethod
    def _of(cls, microseconds):
        seconds, microseconds = divmod(microseconds, 1000000)
        return cls._make(*divmod(seconds, 86400), microseconds)

    @classmethod
    def _make(cls, days, seconds, microseconds):
        if not -999999999 <= days <= 999999999:
            raise OverflowError(f'days={days}; must have magnitude <= 999999999')
        self = object.__new__(cls)
        self._days, self._seconds, self._microseconds, self._hash = days, seconds, microseconds, None
        return self

    days = _field('days', 'Number of days.')
    seconds = _field('seconds', 'Number of seconds, less than a day.')
    microseconds = _field('microseconds', 'Number of microseconds, less than a second.')

    def _fields(self):
        return self._days, self._seconds, self._microseconds

    def _total(self):
        """All of it in microseconds."""
        return (86400 * self._days + self._seconds) * 1000000 + self._microseconds

    def total_seconds(self):
        """All of it in seconds, as a float."""
        return self._total() / 1000000

    def __repr__(self):
        shown = ', '.join(f'{name}={getattr(self, name)}' for name in ('days', 'seconds', 'microseconds') if getattr(self, name))
        return f'{_full_name(self)}({shown or 0})'

    def __str__(self):
        days = f'{self._days} day{"" if abs(self._days) == 1 else "s"}, ' if self._days else ''
        minutes, seconds = divmod(self._seconds, 60)
        hours, minutes = divmod(minutes, 60)
        rest = f'.{self._microseconds:06d}' if self._microseconds else ''
        return f'{days}{hours}:{minutes:02d}:{seconds:02d}{rest}'

    # arithmetic

    def __add__(self, other):
        return timedelta._of(self._total() + other._total()) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return timedelta._of(self._total() - other._total()) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return -self + other if isinstance(other, timedelta) else NotImplemented

    def __mul__(self, factor):
        if isinstance(factor, int):
            return timedelta._of(self._total() * factor)
        if isinstance(factor, float):
            upper, lower = factor.as_integer_ratio()
            return timedelta._of(_nearest(self._total() * upper, lower))
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        total = self._total()
        if isinstance(other, timedelta):
            return total / other._total()
        if isinstance(other, int):
            return timedelta._of(_nearest(total, other))
        if isinstance(other, float):
            upper, lower = other.as_integer_ratio()
            return timedelta._of(_nearest(total * lower, upper))
        return NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total() // other._total()
        return timedelta._of(self._total() // other) if isinstance(other, int) else NotImplemented

    def __mod__(self, other):
        return timedelta._of(self._total() % other._total()) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._total(), other._total())
        return quotient, timedelta._of(rest)

    def __neg__(self):
        return timedelta._of(-self._total())

    def __pos__(self):
        return self

    def __abs__(self):
        return self if self._days >= 0 else -self

    def __bool__(self):
        return any(self._fields())

    # comparison

    def _compare(self, other, compare):
        return compare(self._fields(), other._fields()) if isinstance(other, timedelta) else NotImplemented

    __eq__, __lt__, __le__, __gt__, __ge__ = map(_comparison, _ORDER)

    def __hash__(self):
        if self._hash is None:
            self._hash = hash(self._fields())
        return self._hash

    def __reduce__(self):
        return type(self), self._fields()


_A_DAY, _A_SECOND = timedelta(1), timedelta(0, 1)
timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(999999999, 86399, 999999)
timedelta.resolution = timedelta(0, 0, 1)


# ---- date ----

class date:
    """A day: date(year, month, day)"""

    __slots__ = '_year', '_month', '_day', '_hash'

    def __new__(cls, year, month=None, day=None):
        if month is None:
            state = _raw(year, 4)
            if state and 1 <= state[2] <= 12:
                return cls._make(state[0] << 8 | state[1], state[2], state[3])
            raise _missing('month', 2)
        if day is None:
            raise _missing('day', 3)
        return cls._make(*_check_date(year, month, day))

    @classmethod
    def _make(cls, year, month, day):
        self = object.__new__(cls)
        self._year, self._month, self._day, self._hash = year, month, day, None
        return self

    # other ways to make one

    @classmethod
    def today(cls):
        """The present day."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromtimestamp(cls, t):
        """The local date at a time.time()."""
        if t is None:
            raise TypeError("'NoneType' object cannot be interpreted as an integer")
        return cls(*_time.localtime(t)[:3])

    @classmethod
    def fromordinal(cls, n):
        """The day of that number."""
        n = _index(n)
        if n < 1:
            raise ValueError('ordinal must be >= 1')
        if n > _LAST_DAY:
            raise ValueError(f'year {_from_ordinal(n)[0]} is out of range')
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, date_string):
        """The date of a text in one of the forms of ISO 8601."""
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            if len(date_string) not in (7, 8, 10):
                raise ValueError
            fields = _read_date(date_string)
        except Exception:
            raise ValueError(f'Invalid isoformat string: {date_string!r}') from None
        return cls(*fields)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """The date of an ISO year, week and weekday."""
        return cls(*_from_week(year, week, day))

    def replace(self, year=None, month=None, day=None):
        """The date with some of it changed."""
        return type(self)(*_or((year, month, day), self._ymd()))

    # its parts

    year, month, day = map(_field, ('year', 'month', 'day'))

    def _ymd(self):
        return self._year, self._month, self._day

    def toordinal(self):
        """The number of the day; 0001-01-01 is day 1."""
        return _ordinal(self._year, self._month, self._day)

    def weekday(self):
        """The day of the week, 0 for Monday."""
        return (self.toordinal() - 1) % 7

    def isoweekday(self):
        """The day of the week, 1 for Monday."""
        return self.weekday() + 1

    def isocalendar(self):
        """(year, week, weekday) of the ISO calendar, a named tuple."""
        today, year = self.toordinal(), self._year + 1
        while today < (first := _first_monday(year)):  # it may be in a week of the year before or after
            year -= 1
        week, day = divmod(today - first, 7)
        return IsoCalendarDate(year, week + 1, day + 1)

    def timetuple(self):
        """What time.localtime() would give at its midnight."""
        return self._timetuple((0, 0, 0), -1)

    def _timetuple(self, clock, is_dst):
        return _time.struct_time((*self._ymd(), *clock, date.weekday(self), _day_of_year(*self._ymd()), is_dst))

    # as text

    def __repr__(self):
        return f'{_full_name(self)}({self._year}, {self._month}, {self._day})'

    def isoformat(self):
        """YYYY-MM-DD"""
        return f'{self._year:04d}-{self._month:02d}-{self._day:02d}'

    __str__ = isoformat

    def ctime(self):
        """Www Mmm dd hh:mm:ss yyyy"""
        return self._ctime('00:00:00')

    def _ctime(self, clock):
        return f'{_WEEKDAYS[date.weekday(self)]} {_MONTHS[self._month]} {self._day:2d} {clock} {self._year:04d}'

    def strftime(self, format):
        """The date in a format of time.strftime()."""
        return _text.strftime(self, format, self.timetuple())

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError(f'__format__() argument 1 must be str, not {type(fmt).__name__}')
        return self.strftime(fmt) if fmt else str(self)

    # arithmetic and comparison

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        ordinal = self.toordinal() + other._days
        if not 1 <= ordinal <= _LAST_DAY:
            raise OverflowError('date value out of range')
        return type(self).fromordinal(ordinal)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other._days)
        if not isinstance(other, date) or isinstance(other, datetime):
            return NotImplemented
        return timedelta(self.toordinal() - other.toordinal())

    def _compare(self, other, compare):
        return compare(self._ymd(), other._ymd()) if isinstance(other, date) else NotImplemented

    __eq__, __lt__, __le__, __gt__, __ge__ = map(_comparison, _ORDER)

    def __hash__(self):
        if self._hash is None:
            self._hash = hash(self._ymd())
        return self._hash

    def __reduce__(self):
        return type(self), (bytes([*divmod(self._year, 256), self._month, self._day]),)


def _or(given, present):
    """What is given, for None what is there already."""
    return [old if new is None else new for new, old in zip(given, present)]


def _read_date(text):
    fields = _text.read_date(text)
    return _from_week(*fields[:3]) if len(fields) == 4 else fields


class IsoCalendarDate(tuple):
    """(year, week, weekday)"""

    __slots__ = ()
    year, week, weekday = (property(_operator.itemgetter(_i)) for _i in range(3))

    def __new__(cls, year, week, weekday, /):
        return tuple.__new__(cls, (year, week, weekday))

    def __repr__(self):
        return f'{_full_name(self)}(year={self.year}, week={self.week}, weekday={self.weekday})'

    def __reduce__(self):
        return tuple, (tuple(self),)


_date_class = date
date.min, date.max, date.resolution = date(1, 1, 1), date(9999, 12, 31), _A_DAY


# ---- time ----

class tzinfo:
    """What subclasses for time zones inherit: they define utcoffset(), dst() and tzname()."""

    __slots__ = ()

    def utcoffset(self, dt):
        """How far the zone's clock is ahead of UTC, as a timedelta; None if it is not known."""
        raise NotImplementedError('a tzinfo subclass must implement utcoffset()')

    def dst(self, dt):
        """How much of that is for daylight saving."""
        raise NotImplementedError('a tzinfo subclass must implement dst()')

    def tzname(self, dt):
        """What the zone is called then."""
        raise NotImplementedError('a tzinfo subclass must implement tzname()')

    def fromutc(self, dt):
        """The zone's time for a datetime that has this tzinfo but holds UTC."""
        if not isinstance(dt, datetime):
            raise TypeError('fromutc: argument must be a datetime')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        offset, dst = dt.utcoffset(), dt.dst()
        for what, value in ('utcoffset', offset), ('dst', dst):
            if value is None:
                raise ValueError(f'fromutc: non-None {what}() result required')
        standard = offset - dst
        if standard:
            dt += standard
            dst = dt.dst()
            if dst is None:
                raise ValueError('fromutc: tz.dst() gave inconsistent results; cannot convert')
        return dt + dst

    def __reduce__(self):
        return type(self), getattr(self, '__getinitargs__', tuple)(), self.__getstate__()


class time:
    """A time of a day: time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)"""

    __slots__ = '_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold', '_hash'
    _ALWAYS_SHOWN = 2

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        state = _raw(hour, 6)
        if state:
            return cls._make(state[0] & 127, state[1], state[2], int.from_bytes(state[3:], 'big'), minute or None, state[0] >> 7)
        return cls._make(*_check_clock(hour, minute, second, microsecond, tzinfo, fold))

    @classmethod
    def _make(cls, hour, minute, second, microsecond, tzinfo, fold):
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
        self._tzinfo, self._fold, self._hash = tzinfo, fold, None
        return self

    @classmethod
    def fromisoformat(cls, time_string):
        """The time of a text in one of the forms of ISO 8601."""
        if not isinstance(time_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            fields = _read_time(time_string.removeprefix('T'))
        except Exception:
            raise ValueError(f'Invalid isoformat string: {time_string!r}') from None
        return cls(*fields)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        """The time with some of it changed."""
        fields = _or((hour, minute, second, microsecond), self._clock())
        return type(self)(*fields, self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    hour, minute, second, microsecond = map(_field, ('hour', 'minute', 'second', 'microsecond'))
    tzinfo, fold = map(_field, ('tzinfo', 'fold'))
    utcoffset = _ask_zone('utcoffset', _check_offset, 'How far the clock is ahead of UTC, as a timedelta, or None.')
    dst = _ask_zone('dst', _check_offset, 'How much of that is for daylight saving, or None.')
    tzname = _ask_zone('tzname', _check_name, 'The name of the time zone, or None.')

    def _clock(self):
        return self._hour, self._minute, self._second, self._microsecond

    # as text

    def __repr__(self):
        return _shown(self, self._clock())

    def isoformat(self, timespec='auto'):
        """hh:mm:ss, with microseconds and an offset from UTC if there are such."""
        return _text.clock(*self._clock(), timespec) + _text.offset(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        """The time in a format of time.strftime(); the day is 1900-01-01."""
        return _text.strftime(self, format, (1900, 1, 1, *self._clock()[:3], 0, 1, -1))

    __format__ = date.__format__

    # comparison

    def _compare(self, other, compare):
        if not isinstance(other, time):
            return NotImplemented
        if self._tzinfo is other._tzinfo:
            return compare(self._clock(), other._clock())
        offsets = self.utcoffset(), other.utcoffset()
        if offsets[0] == offsets[1]:
            return compare(self._clock(), other._clock())
        if None in offsets:
            if compare is _operator.__eq__:
                return False
            raise TypeError("can't compare offset-naive and offset-aware times")
        return compare(self._in_utc(offsets[0]), other._in_utc(offsets[1]))

    def _in_utc(self, offset):
        """What sorts like the time in UTC."""
        return 60 * self._hour + self._minute - offset // timedelta(minutes=1), self._second, self._microsecond

    __eq__, __lt__, __le__, __gt__, __ge__ = map(_comparison, _ORDER)

    def __hash__(self):
        if self._hash is None:
            first = self.replace(fold=0) if self._fold else self
            offset = first.utcoffset()
            self._hash = hash(first._in_utc(offset) if offset else (60 * self._hour + self._minute, *self._clock()[2:]))
        return self._hash

    def __reduce_ex__(self, protocol):
        hour = self._hour | (128 if self._fold and protocol > 3 else 0)
        state = bytes([hour, self._minute, self._second]) + self._microsecond.to_bytes(3, 'big')
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _read_time(text):
    *fields, offset = _text.read_time(text)
    return *fields, None if offset is None else timezone(timedelta._of(offset))


_time_class, _tzinfo_class = time, tzinfo
time.min, time.max, time.resolution = time(), time(23, 59, 59, 999999), timedelta.resolution


# ---- datetime ----

def _local_clock(seconds):
    """What the local clock shows at a time.time(), in seconds since it showed 1970."""
    year, month, day, hour, minute, second = _time.localtime(seconds)[:6]
    return 86400 * (_ordinal(year, month, day) - _EPOCH_DAY) + 3600 * hour + 60 * minute + second


def _fold_at(seconds, shown):
    """1 if the clock shows this for the second time: it was put back within the last day, and showed it before that."""
    back = shown - _local_clock(seconds - 86400) - 86400
    return int(back < 0 and _local_clock(seconds + back) == shown)


class datetime(date):
    """A date and a time: datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)"""

    __slots__ = '_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold'
    _ALWAYS_SHOWN = 5

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if day is None:
            state = _raw(year, 10)
            if state and 1 <= state[2] & 127 <= 12:
                return cls._of(state[0] << 8 | state[1], state[2] & 127, *state[3:7], int.from_bytes(state[7:], 'big'),
                               month, state[2] >> 7)
            raise _missing('month', 2) if month is None else _missing('day', 3)
        if month is None:
            raise _missing('month', 2)
        return cls._of(*_check_date(year, month, day), *_check_clock(hour, minute, second, microsecond, tzinfo, fold))

    @classmethod
    def _of(cls, year, month, day, hour, minute, second, microsecond, tzinfo, fold):
        self = object.__new__(cls)
        self._year, self._month, self._day, self._hash = year, month, day, None
        self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
        self._tzinfo, self._fold = tzinfo, fold
        return self

    # other ways to make one

    @classmethod
    def now(cls, tz=None):
        """The present time, local or in a zone."""
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        """The present time in UTC, without a tzinfo."""
        return cls.utcfromtimestamp(_time.time())

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The time at a time.time(), local or in a zone."""
        _check_zone(tz)
        if tz is not None:
            return tz.fromutc(cls._at(timestamp, _time.gmtime, tz))
        result = cls._at(timestamp, _time.localtime, None)
        result._fold = _fold_at(_math.floor(timestamp), result._seconds())
        return result

    @classmethod
    def utcfromtimestamp(cls, t):
        """The UTC at a time.time(), without a tzinfo."""
        return cls._at(t, _time.gmtime, None)

    @classmethod
    def _at(cls, timestamp, convert, tz):
        rest, whole = _math.modf(timestamp)
        more, microsecond = divmod(round(rest * 1e6), 1000000)
        *fields, second = convert(whole + more)[:6]
        return cls(*fields, min(second, 59), microsecond, tz)  # a leap second is no second of ours

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """A date and a time as one."""
        if not isinstance(date, _date_class):
            raise TypeError(f'combine() argument 1 must be datetime.date, not {type(date).__name__}')
        if not isinstance(time, _time_class):
            raise TypeError(f'combine() argument 2 must be datetime.time, not {type(time).__name__}')
        return cls(*date._ymd(), *time._clock(), time.tzinfo if tzinfo is True else tzinfo, fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string):
        """The datetime of a text in one of the forms of ISO 8601."""
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            if len(date_string) < 7:
                raise ValueError
            end = _text.end_of_date(date_string)
            day, clock = date_string[:end], date_string[end + 1:]
            fields = *_read_date(day), *(_read_time(clock) if clock else ())
        except Exception:
            raise ValueError(f'Invalid isoformat string: {date_string!r}') from None
        return cls(*fields)

    @classmethod
    def strptime(cls, date_string, format):
        """The datetime of a text in a format of time.strptime()."""
        import _strptime
        return _strptime._strptime_datetime(cls, date_string, format)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None,
                tzinfo=True, *, fold=None):
        """The datetime with some of it changed."""
        fields = _or((year, month, day, hour, minute, second, microsecond), self._fields())
        return type(self)(*fields, self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    # its parts

    hour, minute, second, microsecond, tzinfo, fold = (vars(time)[_name] for _name in (
        'hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'))
    utcoffset, dst, tzname, _clock = time.utcoffset, time.dst, time.tzname, time._clock

    def _fields(self):
        return (self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond)

    def date(self):
        """The date."""
        return _date_class(*self._ymd())

    def time(self):
        """The time, without a tzinfo."""
        return _time_class(*self._clock(), fold=self._fold)

    def timetz(self):
        """The time."""
        return _time_class(*self._clock(), self._tzinfo, fold=self._fold)

    def timetuple(self):
        """What time.localtime() would give."""
        dst = self.dst()
        return self._timetuple(self._clock()[:3], -1 if dst is None else int(bool(dst)))

    def utctimetuple(self):
        """What time.gmtime() would give."""
        utc = self - (self.utcoffset() or timedelta())
        return utc._timetuple(utc._clock()[:3], 0)

    # time zones

    def timestamp(self):
        """The time.time() of it; without a tzinfo it is a local time."""
        if self._tzinfo is None:
            return self._local_seconds() + self._microsecond / 1e6
        return (self - _EPOCH).total_seconds()

    def _seconds(self):
        """Seconds since 1970 that the clock shows."""
        return 86400 * (self.toordinal() - _EPOCH_DAY) + 3600 * self._hour + 60 * self._minute + self._second

    def _local_seconds(self):
        """Seconds since 1970 UTC of a local time: shown - offset, where the offset is one of those of a day before and after.

        If both fit, the clock shows the time twice, and fold says which is meant; if none, it was put forward past it."""
        shown = self._seconds()
        before, after = (_local_clock(shown + day) - (shown + day) for day in (-86400, 86400))
        fit = [shown - offset for offset in (before, after) if _local_clock(shown - offset) == shown]
        if not fit:
            return max(shown - before, shown - after) if not self._fold else min(shown - before, shown - after)
        return max(fit) if self._fold else min(fit)

    def _local_zone(self):
        seconds = self._local_seconds() if self._tzinfo is None else (self - _EPOCH) // _A_SECOND
        there = _time.localtime(seconds)
        return timezone(timedelta(0, there.tm_gmtoff), there.tm_zone)

    def astimezone(self, tz=None):
        """The same point of time in another zone, the local one for None."""
        if not (tz is None or isinstance(tz, _tzinfo_class)):
            raise TypeError('tz argument must be an instance of tzinfo')
        zone = self._tzinfo
        offset = None if zone is None else zone.utcoffset(self)
        if offset is None:
            zone = self.replace(tzinfo=None)._local_zone()
            offset = zone.utcoffset(self)
        if tz is zone:
            return self
        utc = (self - offset).replace(tzinfo=UTC)
        if tz is None:
            tz = utc._local_zone()
        return tz.fromutc(utc.replace(tzinfo=tz))

    # as text

    def __repr__(self):
        return _shown(self, self._fields())

    def isoformat(self, sep='T', timespec='auto'):
        """YYYY-MM-DDThh:mm:ss, with microseconds and an offset from UTC if there are such."""
        day = '%s%c' % (date.isoformat(self), sep)
        return day + _text.clock(*self._clock(), timespec) + _text.offset(self.utcoffset())

    def __str__(self):
        return self.isoformat(' ')

    def ctime(self):
        """Www Mmm dd hh:mm:ss yyyy"""
        return self._ctime(_text.clock(*self._clock(), 'seconds'))

    # arithmetic

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        more, microsecond = divmod(self._microsecond + other._microseconds, 1000000)
        seconds = 3600 * self._hour + 60 * self._minute + self._second + other._seconds + more
        days, seconds = divmod(seconds, 86400)
        ordinal = self.toordinal() + other._days + days
        if not 1 <= ordinal <= _LAST_DAY:
            raise OverflowError('date value out of range')
        minutes, second = divmod(seconds, 60)
        fields = *_from_ordinal(ordinal), minutes // 60, minutes % 60, second, microsecond, self._tzinfo
        return datetime._of(*fields, 0) if type(self) is datetime else type(self)(*fields)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        shown = timedelta._of(1000000 * (self._seconds() - other._seconds()) + self._microsecond - other._microsecond)
        if self._tzinfo is other._tzinfo:
            return shown
        mine, theirs = self.utcoffset(), other.utcoffset()
        if mine == theirs:
            return shown
        if mine is None or theirs is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return shown - mine + theirs

    # comparison

    def _compare(self, other, compare):
        if not isinstance(other, datetime):
            return self._compare_with_no_datetime(other, compare)
        if self._tzinfo is other._tzinfo:
            return compare(self._fields(), other._fields())
        offsets, is_equality = (self.utcoffset(), other.utcoffset()), compare is _operator.__eq__
        if is_equality and (self._depends_on_fold(offsets[0]) or other._depends_on_fold(offsets[1])):
            return False
        if offsets[0] == offsets[1]:
            return compare(self._fields(), other._fields())
        if None not in offsets:
            return compare(self - other, timedelta())
        if is_equality:
            return False
        raise TypeError("can't compare offset-naive and offset-aware datetimes")

    def _compare_with_no_datetime(self, other, compare):
        if not isinstance(other, _date_class):
            return NotImplemented
        if compare is _operator.__eq__:
            return False
        raise TypeError(f"can't compare {_full_name(self)} to {_full_name(other)}")

    def _depends_on_fold(self, offset):
        """Whether the clock shows this time twice or not at all: it equals no time of another zone."""
        return offset != self.replace(fold=not self._fold).utcoffset()

    def __eq__(self, other):
        return self._compare(other, _operator.__eq__)

    def __hash__(self):
        if self._hash is None:
            first = self.replace(fold=0) if self._fold else self
            offset = first.utcoffset()
            self._hash = hash(self._fields() if offset is None else
                              timedelta(self.toordinal(), self._seconds() % 86400, self._microsecond) - offset)
        return self._hash

    def __reduce_ex__(self, protocol):
        month = self._month | (128 if self._fold and protocol > 3 else 0)
        state = bytes([*divmod(self._year, 256), month, self._day, *self._clock()[:3]]) + self._microsecond.to_bytes(3, 'big')
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta.resolution


# ---- timezone ----

_NO_NAME = object()


class timezone(tzinfo):
    """A zone with the same offset from UTC always: timezone(offset[, name])"""

    __slots__ = '_offset', '_name'

    def __new__(cls, offset, name=_NO_NAME):
        if not isinstance(offset, timedelta):
            raise TypeError(f'timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}')
        if name is _NO_NAME:
            if not offset:
                return cls.utc
            name = None
        elif not isinstance(name, str):
            raise TypeError(f'timezone() argument 2 must be str, not {type(name).__name__}')
        _check_less_than_a_day(offset)
        return cls._make(offset, name)

    @classmethod
    def _make(cls, offset, name=None):
        self = object.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    # what a tzinfo defines

    def utcoffset(self, dt):
        """The offset."""
        _check_moment('utcoffset', dt)
        return self._offset

    def tzname(self, dt):
        """The name; without one UTC, UTC+hh:mm or UTC-hh:mm."""
        _check_moment('tzname', dt)
        if self._name is not None:
            return self._name
        return 'UTC' + (_text.offset(self._offset) if self._offset else '')

    def dst(self, dt):
        """None."""
        _check_moment('dst', dt)

    def fromutc(self, dt):
        """The zone's time for a datetime that has this tzinfo but holds UTC."""
        if not isinstance(dt, datetime):
            raise TypeError('fromutc() argument must be a datetime instance or None')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        return dt + self._offset

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __reduce__(self):
        return type(self), self.__getinitargs__()

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is UTC:
            return 'datetime.timezone.utc'
        return f'{_full_name(self)}({", ".join(map(repr, self.__getinitargs__()))})'

    def __str__(self):
        return self.tzname(None)


def _check_moment(method, dt):
    if not (dt is None or isinstance(dt, datetime)):
        raise TypeError(f'{method}(dt) argument must be a datetime instance or None, not {type(dt).__name__}')


UTC = timezone.utc = timezone._make(timedelta())
timezone.min, timezone.max = (timezone._make(timedelta(minutes=sign * 1439)) for sign in (-1, 1))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
