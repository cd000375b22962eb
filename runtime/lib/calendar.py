"""calendar - months and years as lists of weeks, as text, as HTML.  The names are those of the C locale.

Next: datetime.py.
"""
import datetime

__all__ = ['IllegalMonthError', 'IllegalWeekdayError', 'setfirstweekday', 'firstweekday', 'isleap', 'leapdays',
           'weekday', 'monthrange', 'monthcalendar', 'prmonth', 'month', 'prcal', 'calendar', 'timegm', 'month_name',
           'month_abbr', 'day_name', 'day_abbr', 'Calendar', 'TextCalendar', 'HTMLCalendar', 'weekheader']

error = ValueError

day_name = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()
month_name = ['', *('January February March April May June July August September October November December'.split())]
day_abbr, month_abbr = ([name[:3] for name in names] for names in (day_name, month_name))
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
January, February = 1, 2
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


class IllegalMonthError(ValueError):
    """There is no month of that number."""

    def __init__(self, month):
        self.month = month

    def __str__(self):
        return f'bad month number {self.month!r}; must be 1-12'


class IllegalWeekdayError(ValueError):
    """There is no day of the week of that number."""

    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return f'bad weekday number {self.weekday!r}; must be 0 (Monday) to 6 (Sunday)'


def isleap(year):
    """Whether the year has a 29th of February."""
    return not year % 4 and (year % 100 != 0 or not year % 400)


def leapdays(y1, y2):
    """The number of leap years in range(y1, y2)."""
    def before(year):
        last = year - 1
        return last // 4 - last // 100 + last // 400

    return before(y2) - before(y1)


def weekday(year, month, day):
    """The weekday (0-6, Monday is 0) of a date."""
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        year = 2000 + year % 400  # weekdays come again after 400 years
    return datetime.date(year, month, day).weekday()


def _monthlen(year, month):
    return mdays[month] + (month == February and isleap(year))


def monthrange(year, month):
    """(weekday of the first day, number of days)"""
    if month not in range(1, 13):
        raise IllegalMonthError(month)
    return weekday(year, month, 1), _monthlen(year, month)


def _in_rows(items, n):
    items = list(items)
    return [items[i:i + n] for i in range(0, len(items), n)]


class Calendar:
    """Gives the days of months and years as numbers, dates and tuples; makes no text."""

    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def getfirstweekday(self):
        """The day that weeks begin with."""
        return self._first % 7

    def setfirstweekday(self, firstweekday):
        """Let weeks begin with this day."""
        self._first = firstweekday

    firstweekday = property(getfirstweekday, setfirstweekday)

    def iterweekdays(self):
        """The weekday numbers of one week, beginning with the first."""
        return ((self.firstweekday + i) % 7 for i in range(7))

    # the days of a month in whole weeks

    def _around(self, year, month):
        """(days of the month before in its first week, its length, days of the next month in its last week)"""
        first, length = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        return before, length, -(before + length) % 7

    def itermonthdays(self, year, month):
        """The day numbers; 0 for days of other months."""
        before, length, after = self._around(year, month)
        yield from [0] * before
        yield from range(1, length + 1)
        yield from [0] * after

    def itermonthdays2(self, year, month):
        """(day number or 0, weekday)"""
        return ((day, (self.firstweekday + i) % 7) for i, day in enumerate(self.itermonthdays(year, month)))

    def itermonthdays3(self, year, month):
        """(year, month, day), with the real dates of the days around the month"""
        before, length, after = self._around(year, month)
        previous = (year, month - 1) if month > 1 else (year - 1, 12)
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        last = _monthlen(*previous)
        for which, days in ((previous, range(last - before + 1, last + 1)), ((year, month), range(1, length + 1)),
                            (following, range(1, after + 1))):
            for day in days:
                yield *which, day

    def itermonthdays4(self, year, month):
        """(year, month, day, weekday)"""
        return ((*ymd, (self.firstweekday + i) % 7) for i, ymd in enumerate(self.itermonthdays3(year, month)))

    def itermonthdates(self, year, month):
        """The dates."""
        return (datetime.date(*ymd) for ymd in self.itermonthdays3(year, month))

    # months as lists of weeks, years as rows of months

    def monthdatescalendar(self, year, month):
        """A list of weeks of dates."""
        return _in_rows(self.itermonthdates(year, month), 7)

    def monthdays2calendar(self, year, month):
        """A list of weeks of (day number, weekday)."""
        return _in_rows(self.itermonthdays2(year, month), 7)

    def monthdayscalendar(self, year, month):
        """A list of weeks of day numbers."""
        return _in_rows(self.itermonthdays(year, month), 7)

    def yeardatescalendar(self, year, width=3):
        """Rows of `width` months of weeks of dates."""
        return _in_rows((self.monthdatescalendar(year, m) for m in range(1, 13)), width)

    def yeardays2calendar(self, year, width=3):
        """Rows of `width` months of weeks of (day number, weekday)."""
        return _in_rows((self.monthdays2calendar(year, m) for m in range(1, 13)), width)

    def yeardayscalendar(self, year, width=3):
        """Rows of `width` months of weeks of day numbers."""
        return _in_rows((self.monthdayscalendar(year, m) for m in range(1, 13)), width)


class TextCalendar(Calendar):
    """Calendars as plain text. width, w: letters of a day; l: lines of a week; c: blanks between months; m: months in a row."""

    def formatday(self, day, weekday, width):
        """A day."""
        return (f'{day:2d}' if day else '').center(width)

    def formatweek(self, theweek, width):
        """A week, given as (day number, weekday)."""
        return ' '.join([self.formatday(day, which, width) for day, which in theweek])

    def formatweekday(self, day, width):
        """The name of a day of the week."""
        return (day_name if width > 8 else day_abbr)[day][:width].center(width)

    def formatweekheader(self, width):
        """The names of the days of the week."""
        return ' '.join([self.formatweekday(day, width) for day in self.iterweekdays()])

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        """The name of a month."""
        name = month_name[themonth]
        return (f'{name} {theyear!r}' if withyear else name).center(width)

    def formatmonth(self, theyear, themonth, w=0, l=0):
        """A month."""
        w, end = max(w, 2), '\n' * max(l, 1)
        lines = [self.formatmonthname(theyear, themonth, 7 * w + 6), self.formatweekheader(w)]
        lines += [self.formatweek(week, w) for week in self.monthdays2calendar(theyear, themonth)]
        return ''.join([line.rstrip() + end for line in lines])

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        """A year."""
        w, end, c = max(w, 2), '\n' * max(l, 1), max(c, 2)
        width = 7 * w + 6
        lines = [repr(theyear).center(width * m + c * (m - 1))]
        months = iter(range(1, 13))
        for row in self.yeardays2calendar(theyear, m):
            names = [self.formatmonthname(theyear, next(months), width, False) for _ in row]
            rows = [names, [self.formatweekheader(w)] * len(row)]
            for i in range(max(map(len, row))):
                rows.append([self.formatweek(month[i], w) if i < len(month) else '' for month in row])
            lines += ['', *(formatstring(each, width, c) for each in rows)]
        return ''.join([line.rstrip() + end for line in lines])

    def prweek(self, theweek, width):
        """Print a week."""
        print(end=self.formatweek(theweek, width))

    def prmonth(self, theyear, themonth, w=0, l=0):
        """Print a month."""
        print(end=self.formatmonth(theyear, themonth, w, l))

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        """Print a year."""
        print(end=self.formatyear(theyear, w, l, c, m))


def _table(css_class):
    return f'<table border="0" cellpadding="0" cellspacing="0" class="{css_class}">'


class HTMLCalendar(Calendar):
    """Calendars as HTML tables; the cssclass attributes are the classes of its parts."""

    cssclasses = cssclasses_weekday_head = [name.lower() for name in day_abbr]
    cssclass_noday = 'noday'
    cssclass_month = cssclass_month_head = 'month'
    cssclass_year = cssclass_year_head = 'year'

    def formatday(self, day, weekday):
        """A day."""
        css, text = (self.cssclasses[weekday], day) if day else (self.cssclass_noday, '&nbsp;')
        return f'<td class="{css}">{text}</td>'

    def formatweek(self, theweek):
        """A week, given as (day number, weekday)."""
        return f'<tr>{"".join([self.formatday(day, which) for day, which in theweek])}</tr>'

    def formatweekday(self, day):
        """The name of a day of the week."""
        return f'<th class="{self.cssclasses_weekday_head[day]}">{day_abbr[day]}</th>'

    def formatweekheader(self):
        """The names of the days of the week."""
        return f'<tr>{"".join(map(self.formatweekday, self.iterweekdays()))}</tr>'

    def formatmonthname(self, theyear, themonth, withyear=True):
        """The name of a month."""
        year = f' {theyear}' if withyear else ''
        return f'<tr><th colspan="7" class="{self.cssclass_month_head}">{month_name[themonth]}{year}</th></tr>'

    def formatmonth(self, theyear, themonth, withyear=True):
        """A month."""
        return '\n'.join([_table(self.cssclass_month), self.formatmonthname(theyear, themonth, withyear=withyear),
                          self.formatweekheader(), *map(self.formatweek, self.monthdays2calendar(theyear, themonth)),
                          '</table>', ''])

    def formatyear(self, theyear, width=3):
        """A year, width months in a row."""
        width = max(width, 1)
        parts = [_table(self.cssclass_year), f'\n<tr><th colspan="{width}" class="{self.cssclass_year_head}">{theyear}</th></tr>']
        for row in _in_rows(range(1, 13), width):
            cells = [f'<td>{self.formatmonth(theyear, each, withyear=False)}</td>' for each in row]
            parts.append(f'<tr>{"".join(cells)}</tr>')
        return ''.join(parts) + '</table>'

    def formatyearpage(self, theyear, width=3, css='calendar.css', encoding=None):
        """A year as a page, in bytes."""
        encoding = encoding or 'utf-8'
        style = '' if css is None else f'<link rel="stylesheet" type="text/css" href="{css}" />\n'
        page = (f'<?xml version="1.0" encoding="{encoding}"?>\n'
                '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
                f'<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset={encoding}" />\n{style}'
                f'<title>Calendar for {theyear:d}</title>\n</head>\n<body>\n{self.formatyear(theyear, width)}</body>\n</html>\n')
        return page.encode(encoding, 'xmlcharrefreplace')


# ---- one calendar for all ----

c = TextCalendar()
firstweekday, monthcalendar, prweek, week, weekheader = (
    c.getfirstweekday, c.monthdayscalendar, c.prweek, c.formatweek, c.formatweekheader)
prmonth, month, calendar, prcal = c.prmonth, c.formatmonth, c.formatyear, c.pryear


def setfirstweekday(firstweekday):
    """Let its weeks begin with this day."""
    if not MONDAY <= firstweekday <= SUNDAY:
        raise IllegalWeekdayError(firstweekday)
    c.firstweekday = firstweekday


_colwidth, _spacing = 20, 6


def formatstring(cols, colwidth=_colwidth, spacing=_spacing):
    """The columns, each centred, with blanks between."""
    return (spacing * ' ').join([col.center(colwidth) for col in cols])


def format(cols, colwidth=_colwidth, spacing=_spacing):
    """Print columns."""
    print(formatstring(cols, colwidth, spacing))


EPOCH = 1970


def timegm(tuple):
    """The time.time() of a time tuple in UTC."""
    year, month, day, hour, minute, second = tuple[:6]
    days = datetime.date(year, month, 1).toordinal() - datetime.date(EPOCH, 1, 1).toordinal() + day - 1
    return 60 * (60 * (24 * days + hour) + minute) + second


def main(args):
    """python -m calendar [-t html] [year [month]]"""
    import argparse
    parser = argparse.ArgumentParser(prog='python -m calendar')
    add = parser.add_argument
    add('-w', '--width', type=int, default=2, help='letters of a day (text only)')
    add('-l', '--lines', type=int, default=1, help='lines of a week (text only)')
    add('-s', '--spacing', type=int, default=6, help='blanks between months (text only)')
    add('-m', '--months', type=int, default=3, help='months in a row (text only)')
    add('-c', '--css', default='calendar.css', help='style sheet of the page (HTML only)')
    add('-e', '--encoding', help='encoding of what is written')
    add('-t', '--type', default='text', choices=('text', 'html'), help='what to write')
    add('year', nargs='?', type=int, help='this year if none is given')
    add('month', nargs='?', type=int, help='one month, as text')
    options = parser.parse_args(args)
    year = datetime.date.today().year if options.year is None else options.year
    import sys
    if options.type == 'html':
        if options.month is not None:
            parser.error('incorrect number of arguments')
        encoding = options.encoding or 'utf-8'
        sys.stdout.buffer.write(HTMLCalendar().formatyearpage(year, css=options.css, encoding=encoding))
        return
    cal, size = TextCalendar(), (options.width, options.lines)
    text = cal.formatyear(year, *size, options.spacing, options.months) if options.month is None else \
        cal.formatmonth(year, options.month, *size)
    if options.encoding:
        sys.stdout.buffer.write(text.encode(options.encoding))
    else:
        sys.stdout.write(text)


if __name__ == '__main__':
    import sys
    main(sys.argv[1:])
