# calendar: months and years as lists, text and HTML, with weeks that begin on any day
import calendar


def show(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


for year, month in (2024, 2), (2023, 10), (1, 1), (1900, 2), (2024, 0):
    for first in 0, 6, 3:
        text, html = calendar.TextCalendar(first), calendar.HTMLCalendar(first)
        show(text.monthdayscalendar, year, month)
        show(text.monthdays2calendar, year, month)
        show(lambda: list(text.itermonthdays4(year, month)))
        show(text.formatmonth, year, month or 13)
        show(text.formatmonth, year, month or 13, 5, 2)
        show(html.formatmonth, year, month or 13)
    show(calendar.monthrange, year, month)
print(calendar.calendar(2024), calendar.TextCalendar(6).formatyear(2023, w=3, l=2, c=1, m=5), sep='\n')
print(calendar.HTMLCalendar().formatyearpage(2024), calendar.HTMLCalendar(6).formatyearpage(2024, 2, None, 'ascii'))
print(calendar.weekheader(3), calendar.weekheader(10), calendar.isleap(1900), calendar.isleap(2000), calendar.leapdays(1900, 2025))
print(calendar.timegm((2024, 2, 29, 1, 2, 3)), calendar.weekday(10500, 1, 1), list(calendar.Calendar(5).iterweekdays()))
show(calendar.setfirstweekday, 7)
calendar.setfirstweekday(6)
calendar.prmonth(2024, 5)
print(calendar.firstweekday())
