"""_datetime_text - dates and times written as text, and ISO 8601 text read.  Next: datetime.py, which alone uses it.

    2024-02-29  20240229  2024-W09-4  2024W094  2024-W09         the forms of a date
    12  12:30  1230  12:30:59  12:30:59.123456  12:30+01:00  12Z   the forms of a time

What is read is given back as numbers; an offset from UTC in microseconds.
"""
import time

_SPECS = {'hours': '{:02d}', 'minutes': '{:02d}:{:02d}', 'seconds': '{:02d}:{:02d}:{:02d}',
          'milliseconds': '{:02d}:{:02d}:{:02d}.{:03d}', 'microseconds': '{:02d}:{:02d}:{:02d}.{:06d}'}


def clock(hour, minute, second, microsecond, timespec='auto'):
    """hh:mm:ss.ffffff, as much of it as timespec says."""
    if timespec == 'auto':
        rest = f'.{microsecond:06d}' if microsecond else ''
        return f'{hour:02d}:{minute:02d}:{second:02d}{rest}'
    if not isinstance(timespec, str):
        raise TypeError(f'isoformat() argument 1 must be str, not {type(timespec).__name__}')
    if timespec not in _SPECS:
        raise ValueError('Unknown timespec value')
    return _SPECS[timespec].format(hour, minute, second, microsecond // 1000 if timespec == 'milliseconds' else microsecond)


def offset(delta, colon=':'):
    """+hh:mm of a timedelta, with seconds and microseconds where there are any; '' for None."""
    if delta is None:
        return ''
    sign = '-' if delta.days < 0 else '+'
    delta = abs(delta)
    hours, seconds = divmod(delta.seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    text = f'{sign}{hours:02d}{colon}{minutes:02d}'
    if seconds or delta.microseconds:
        text += f'{colon}{seconds:02d}'
    return text + (f'.{delta.microseconds:06d}' if delta.microseconds else '')


def strftime(moment, form, fields):
    """time.strftime() with what it does not know: %f, %z and %Z. fields: what it takes, as a tuple."""
    if not isinstance(form, str):
        raise TypeError(f'strftime() argument 1 must be str, not {type(form).__name__}')
    parts, i = [], 0
    while (sign := form.find('%', i)) >= 0 and sign + 1 < len(form):
        parts.append(form[i:sign])
        parts.append(_directive(form[sign + 1], moment))
        i = sign + 2
    return time.strftime(''.join(parts) + form[i:], fields)


def _directive(letter, moment):
    if letter == 'f':
        return f'{getattr(moment, "microsecond", 0):06d}'
    if letter == 'z':
        return offset(moment.utcoffset(), '') if hasattr(moment, 'utcoffset') else ''
    if letter == 'Z':
        name = moment.tzname() if hasattr(moment, 'tzname') else None
        return (name or '').replace('%', '%%')
    return '%' + letter


# ---- reading: all raise ValueError for what does not fit ----

def _number(text, digits):
    if len(text) != digits or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def read_date(text):
    """(year, month, day), or (year, week, weekday, True) of the forms with W."""
    year, rest = _number(text[:4], 4), text[4:]
    dash = '-' if rest.startswith('-') else ''
    rest = rest[len(dash):]
    is_week = rest.startswith('W')
    if is_week:
        rest = rest[1:]
    first, rest = _number(rest[:2], 2), rest[2:]
    if is_week and not rest:
        return year, first, 1, True
    if rest.startswith('-') != bool(dash):
        raise ValueError('dashes at some places only')
    rest = rest[len(dash):]
    if is_week:
        return year, first, _number(rest, 1), True
    return year, first, _number(rest, 2)


def end_of_date(text):
    """Where the date ends in a text of date and time; what stands between them may be any character."""
    if len(text) == 7:
        return 7  # a week and nothing else
    if text[4] == '-':
        if text[5] != 'W':
            return 10
        if len(text) < 8 or text[8:] == '-':
            raise ValueError(text)
        if text[8:9] != '-' or len(text) > 10 and _is_digit(text[10]):
            return 8  # no weekday: a dash before two digits stands before a time
        return 10
    if text[4] != 'W':
        return 8
    digits = 7
    while digits < len(text) and _is_digit(text[digits]):
        digits += 1
    if digits < 9:
        return digits
    return 8 if digits % 2 else 7  # the digits of a time are even in number


def _is_digit(char):
    return char.isascii() and char.isdigit()


def read_time(text):
    """(hour, minute, second, microsecond, offset in microseconds or None)"""
    at = next((i for i in map(text.find, '-+Z') if i >= 0), None)
    if at is None:
        return *_read_clock(text), None
    fields, sign, zone = _read_clock(text[:at]), text[at], text[at + 1:]
    if sign == 'Z':
        if zone:
            raise ValueError(zone)
        return *fields, 0
    if len(zone) in (0, 1, 3):
        raise ValueError(zone)
    hours, minutes, seconds, microseconds = _read_clock(zone)
    away = ((hours * 60 + minutes) * 60 + seconds) * 1000000 + microseconds
    return *fields, -away if sign == '-' else away


def _read_clock(text):
    """[hour, minute, second, microsecond]; the parts may be missing from the end."""
    colon = text[2:3] == ':'
    fields, rest = [_number(text[:2], 2)], text[2:]
    while rest and len(fields) < 3 and rest[0] not in '.,':
        if colon and rest[0] != ':':
            raise ValueError(rest)
        rest = rest[colon:]
        fields.append(_number(rest[:2], 2))
        rest = rest[2:]
    fields += [0] * (3 - len(fields))
    if not rest:
        return [*fields, 0]
    digits = rest[1:]
    if rest[0] not in '.,' or colon and len(text) < 8 or not (digits.isascii() and digits.isdigit()):
        raise ValueError(rest)
    return [*fields, int(digits[:6].ljust(6, '0'))]
