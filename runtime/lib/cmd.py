"""cmd - a frame for line-oriented command interpreters: the line "name rest" calls do_name(rest)."""
import string
import sys

__all__ = ['Cmd']

PROMPT = '(Cmd) '
IDENTCHARS = string.ascii_letters + string.digits + '_'


class Cmd:
    """Subclass it, define do_... methods, and call cmdloop(). A method that returns a true value ends the loop."""
    prompt, intro, lastcmd = PROMPT, None, ''
    identchars, ruler = IDENTCHARS, '='
    doc_leader = ''
    doc_header = 'Documented commands (type help <topic>):'
    misc_header = 'Miscellaneous help topics:'
    undoc_header = 'Undocumented commands:'
    nohelp = '*** No help on %s'
    use_rawinput = 1

    def __init__(self, completekey='tab', stdin=None, stdout=None):
        self.stdin = sys.stdin if stdin is None else stdin
        self.stdout = sys.stdout if stdout is None else stdout
        self.cmdqueue = []
        self.completekey = completekey

    # ---- the loop ----

    def cmdloop(self, intro=None):
        """Read lines and run them until a command returns a true value."""
        self.preloop()
        if intro is not None:
            self.intro = intro
        if self.intro:
            self.stdout.write(f'{self.intro}\n')
        stop = None
        while not stop:
            line = self.precmd(self.cmdqueue.pop(0) if self.cmdqueue else self._read())
            stop = self.postcmd(self.onecmd(line), line)
        self.postloop()

    def _read(self):
        """The next line; 'EOF' at the end of input."""
        if self.use_rawinput:
            try:
                return input(self.prompt)
            except EOFError:
                return 'EOF'
        self.stdout.write(self.prompt)
        self.stdout.flush()
        line = self.stdin.readline()
        return line.rstrip('\r\n') if line else 'EOF'

    def preloop(self):
        """Called before the loop."""

    def postloop(self):
        """Called after the loop."""

    def precmd(self, line):
        """May change the line before it runs."""
        return line

    def postcmd(self, stop, line):
        """May change whether to stop."""
        return stop

    # ---- one line ----

    def parseline(self, line):
        """(command, rest, line): '?' stands for help, '!' for the command shell; (None, None, line) when there is none."""
        line = line.strip()
        if line[:1] == '?':
            line = 'help ' + line[1:]
        elif line[:1] == '!':
            if not hasattr(self, 'do_shell'):
                return None, None, line
            line = 'shell ' + line[1:]
        if not line:
            return None, None, line
        end = next((i for i, c in enumerate(line) if c not in self.identchars), len(line))
        return line[:end], line[end:].strip(), line

    def onecmd(self, line):
        """Run one line as if typed. What the command returned."""
        command, rest, line = self.parseline(line)
        if not line:
            return self.emptyline()
        if command is None:
            return self.default(line)
        self.lastcmd = line if line != 'EOF' else ''
        if command == '' or (do := getattr(self, 'do_' + command, None)) is None:
            return self.default(line)
        return do(rest)

    def emptyline(self):
        """An empty line repeats the last command."""
        if self.lastcmd:
            return self.onecmd(self.lastcmd)

    def default(self, line):
        """The command is unknown."""
        self.stdout.write(f'*** Unknown syntax: {line}\n')

    # ---- completion ----

    def completedefault(self, *ignored):
        return []

    def completenames(self, text, *ignored):
        start = 'do_' + text
        return [name[3:] for name in self.get_names() if name.startswith(start)]

    def complete_help(self, *args):
        topics = {name[5:] for name in self.get_names() if name.startswith('help_' + args[0])}
        return list(set(self.completenames(*args)) | topics)

    def get_names(self):
        return dir(self.__class__)

    # ---- help ----

    def do_help(self, arg):
        'List available commands with "help" or detailed help with "help cmd".'
        if not arg:
            return self._list_help()
        if (show := getattr(self, 'help_' + arg, None)) is not None:
            return show()
        doc = getattr(getattr(self, 'do_' + arg, None), '__doc__', None)
        self.stdout.write(f'{doc or self.nohelp % (arg,)}\n')

    def _list_help(self):
        names = self.get_names()
        topics = {name[5:] for name in names if name.startswith('help_')}
        documented, undocumented = [], []
        for name in sorted({name[3:] for name in names if name.startswith('do_')}):
            if name in topics or getattr(self, 'do_' + name).__doc__:
                topics.discard(name)
                documented.append(name)
            else:
                undocumented.append(name)
        self.stdout.write(f'{self.doc_leader}\n')
        self.print_topics(self.doc_header, documented, 15, 80)
        self.print_topics(self.misc_header, sorted(topics), 15, 80)
        self.print_topics(self.undoc_header, undocumented, 15, 80)

    def print_topics(self, header, cmds, cmdlen, maxcol):
        if not cmds:
            return
        self.stdout.write(f'{header}\n')
        if self.ruler:
            self.stdout.write(f'{self.ruler * len(header)}\n')
        self.columnize(cmds, maxcol - 1)
        self.stdout.write('\n')

    def columnize(self, list, displaywidth=80):
        """Show the words in as few rows as fit, read column by column."""
        if not list:
            self.stdout.write('<empty>\n')
            return
        if wrong := [str(i) for i, word in enumerate(list) if not isinstance(word, str)]:
            raise TypeError(f"list[i] not a string for i in {', '.join(wrong)}")
        for rows in range(1, len(list) + 1):
            columns = [list[start:start + rows] for start in range(0, len(list), rows)]
            widths = [max(map(len, column)) for column in columns]
            if sum(widths) + 2 * (len(widths) - 1) <= displaywidth or rows == len(list):
                break
        if rows == len(list):
            widths = [0]
        for row in range(rows):
            words = [column[row] if row < len(column) else '' for column in columns]
            while words and not words[-1]:
                words.pop()
            self.stdout.write('  '.join(word.ljust(width) for word, width in zip(words, widths)) + '\n')
