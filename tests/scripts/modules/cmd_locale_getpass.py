import cmd, io, locale, getpass
class C(cmd.Cmd):
    prompt='> '; intro='hi'
    def do_add(self, arg):
        "add numbers"
        print(sum(map(int, arg.split())), file=self.stdout)
    def do_quit(self, arg): return True
    def do_x(self, a): pass
    def help_topic(self): self.stdout.write('about topic\n')
    def postloop(self): self.stdout.write('bye\n')
out = io.StringIO()
c = C(stdin=io.StringIO('add 1 2\n\nhelp\nhelp add\n?topic\nhelp nope\nhelp x\nfoo bar\n!ls\n  \nquit now\n'), stdout=out); c.use_rawinput=False; c.cmdloop(); print(out.getvalue())
print(c.parseline('a.b c'), c.parseline('?x'), c.parseline(''), c.onecmd('quit'), c.completenames('a'))
c.stdout = out = io.StringIO(); c.columnize(['word%d' % i for i in range(30)], 60); c.columnize([]); c.columnize(['a'*5, 'b', 'ccc'], 4); print(out.getvalue())
print(locale.setlocale(locale.LC_ALL, 'C'), locale.localeconv()['decimal_point'], locale.atof('1.5'), locale.format_string('%d', 1000, grouping=True), locale.strcoll('a','b'))
try: locale.setlocale(locale.LC_ALL, 'xx_YY')
except locale.Error as e: print(e)
import os; os.environ['LOGNAME']='me'; print(getpass.getuser())
