s = ''
for i in range(30): s += chr(97 + i % 26)
s = s + 'é' + '\u20ac' + '\U0001f600'
s.upper(), s.split('c'), s.replace('a', 'bb'), s.encode(), s[::-1], s[3:8], s * 3, ','.join([s, 'x']), s.title(), s.partition('d'), s.center(90), s.translate({97: 'zz', 98: None})
'{0:>10} {x!r:^20} {1[0]:.3f}'.format('a', [2.5], x=s), f'{s!a:>50}{3.14159:08.2f}{12345:,}{255:#x}', '%s %r %5d %-8.3f %c' % ('a', s, 42, 1.5, 'q')
s.encode('utf-16'), s.encode('ascii', 'replace'), b'\xff\xfe'.decode('latin-1'), b'abc'.decode(), str(b'x', 'utf-8'), repr(s), ascii(s)
float('1.5e10'), int('123456789' * 4), str(2**200), repr(1e300), complex('1+2j'), '\n'.join(['a', 'b']).splitlines(), 'a b'.split(), s.find('é'), hash(s)
try: b'\xff'.decode()
except UnicodeDecodeError as e: str(e)
