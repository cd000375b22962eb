# datetime.strptime and time.strptime: each directive, weeks, zones, and texts that do not fit
import time
from datetime import datetime

cases = [('2024-02-29 1:2:3', '%Y-%m-%d %H:%M:%S'), ('5 Feb 99', '%d %b %y'), (' 5 february 1999', ' %d %B %Y'), ('060 2024', '%j %Y'),
         ('9 2024', '%j %Y'), ('366 2023', '%j %Y'), ('2024 10 1', '%Y %W %w'), ('2024 53 0', '%Y %U %w'), ('2024-W09-4', '%G-W%V-%u'),
         ('11:59 PM', '%I:%M %p'), ('12 am', '%I %p'), ('1.5', '%S.%f'), ('61', '%S'), ('62', '%S'), ('+0130', '%z'),
         ('-01:30:15.5', '%z'), ('Z', '%z'), ('z', '%z'), ('Monday January', '%A %B'), ('x', '%Q'), ('x', '%'), ('a%', 'a%%'),
         ('24', '%H'), ('13', '%I'), ('Thu Feb 29 01:02:03 2024', '%c'), ('02/29/24', '%x'), ('2024', '%G'), ('2024 5', '%G %V'),
         ('2024 5 1', '%Y %V %u'), ('1 2', '%d'), ('UTC', '%Z'), ('29 2', '%d %m')]
for text, form in cases:
    for parse in datetime.strptime, time.strptime:
        try:
            print(repr(text), form, parse(text, form))
        except Exception as e:
            print(repr(text), form, type(e).__name__, e)
