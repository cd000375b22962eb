"""traceback - tracebacks as data and as text.

    FrameSummary        one line of a traceback: file, line, function, columns
    StackSummary        a list of them; folds what repeats more than three times
    TracebackException  an exception with its stack and the exceptions chained to it, kept without its frames
Keeps: what is printed here is what the interpreter prints for an uncaught exception.
Next: linecache.py (source lines), _Anchors below (which part of a line to mark with ~ and ^).
"""
import sys
import linecache
from itertools import islice

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list',
           'format_stack', 'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack',
           'print_tb', 'clear_frames', 'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb']

_cause_message = '\nThe above exception was the direct cause of the following exception:\n\n'
_context_message = '\nDuring handling of the above exception, another exception occurred:\n\n'
_RECURSIVE_CUTOFF = 3


class _Sentinel:
    def __repr__(self):
        return '<implicit>'


_sentinel = _Sentinel()


# ---- printing ----

def print_list(extracted_list, file=None):
    """Print a list of frames."""
    print(*format_list(extracted_list), sep='', end='', file=file or sys.stderr)


def format_list(extracted_list):
    """The lines to print for a list of frames."""
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    """Print the frames of a traceback."""
    print_list(extract_tb(tb, limit), file)


def format_tb(tb, limit=None):
    """The lines to print for a traceback."""
    return extract_tb(tb, limit).format()


def extract_tb(tb, limit=None):
    """The frames of a traceback, as a StackSummary."""
    return StackSummary._extract(_walk_tb_positions(tb), limit=limit)


def _kept(exc, value, tb, limit=None):
    """A TracebackException of an exception, or of the three things that sys.exc_info() gives."""
    if (value is _sentinel) is not (tb is _sentinel):
        raise ValueError('Both or neither of value and tb must be given')
    if value is _sentinel:
        if not (exc is None or isinstance(exc, BaseException)):
            raise TypeError(f'Exception expected for value, {type(exc).__name__} found')
        value, tb = exc, getattr(exc, '__traceback__', None)
    return TracebackException(type(value), value, tb, limit=limit, compact=True)


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True):
    """Print an exception with its traceback, and those it is chained to."""
    _kept(exc, value, tb, limit).print(file=file, chain=chain)


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True):
    """The lines that print_exception() prints."""
    return list(_kept(exc, value, tb, limit).format(chain=chain))


def format_exception_only(exc, /, value=_sentinel):
    """The lines that say which exception it is."""
    shown = exc if value is _sentinel else value
    return list(_kept(type(shown), shown, None).format_exception_only())


def print_exc(limit=None, file=None, chain=True):
    """print_exception() for the exception being handled."""
    print_exception(*sys.exc_info(), limit, file, chain)


def format_exc(limit=None, chain=True):
    """What print_exc() prints, as one string."""
    return ''.join(format_exception(*sys.exc_info(), limit, chain))


def print_last(limit=None, file=None, chain=True):
    """print_exception() for the last exception that nobody caught, at the prompt."""
    if not hasattr(sys, 'last_type'):
        raise ValueError('no last exception')
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def print_stack(f=None, limit=None, file=None):
    """Print the stack from its outermost frame to f, or to the caller."""
    print_list(extract_stack(f or sys._getframe(1), limit), file)


def format_stack(f=None, limit=None):
    """The lines that print_stack() prints."""
    return extract_stack(f or sys._getframe(1), limit).format()


def extract_stack(f=None, limit=None):
    """The stack from its outermost frame to f, as a StackSummary."""
    summary = StackSummary.extract(walk_stack(f or sys._getframe(1)), limit=limit)
    summary.reverse()
    return summary


# ---- walking ----

def walk_stack(f):
    """(frame, line number) from f, or the caller, outwards."""
    frame = f or sys._getframe(4)  # this generator is asked from within StackSummary.extract()
    while frame is not None:
        yield frame, frame.f_lineno
        frame = frame.f_back


def _links(tb):
    while tb is not None:
        yield tb
        tb = tb.tb_next


def walk_tb(tb):
    """(frame, line number) along a traceback, innermost last."""
    return ((link.tb_frame, link.tb_lineno) for link in _links(tb))


def clear_frames(tb):
    """Clear the local variables of all frames of a traceback."""
    for link in _links(tb):
        try:
            link.tb_frame.clear()
        except RuntimeError:
            pass  # still running


def _walk_tb_positions(tb):
    """(frame, (line, end line, column, end column)) along a traceback."""
    return ((link.tb_frame, _positions(link.tb_frame.f_code, link.tb_lasti, link.tb_lineno)) for link in _links(tb))


def _positions(code, instruction_index, lineno):
    found = None
    if instruction_index >= 0:
        found = next(islice(code.co_positions(), instruction_index // 2, None), None)
    if found is None or found[0] is None:
        return (lineno, *(found or (None,) * 4)[1:])
    return found


# ---- summaries ----

class FrameSummary:
    """One frame of a traceback, or of a stack; as a tuple it is (filename, lineno, name, line)."""

    __slots__ = 'filename', 'lineno', 'end_lineno', 'colno', 'end_colno', 'name', '_line', 'locals'

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None,
                 colno=None, end_colno=None):
        self.filename, self.lineno, self.name, self._line = filename, lineno, name, line
        self.end_lineno, self.colno, self.end_colno = end_lineno, colno, end_colno
        self.locals = None if locals is None else {
            key: _safe_string(value, 'local', repr) for key, value in locals.items()}
        if lookup_line:
            self._original_line  # while the file is as it was

    @property
    def _original_line(self):
        """The line as it stands in the file."""
        if self._line is None and self.lineno is not None:
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line

    @property
    def line(self):
        """The line without the blanks around it; None if there is no number."""
        text = self._original_line
        return text if text is None else text.strip()

    def _fields(self):
        return self.filename, self.lineno, self.name, self.line

    def __len__(self):
        return len(self._fields())

    def __iter__(self):
        return iter(self._fields())

    def __getitem__(self, pos):
        return self._fields()[pos]

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return self._fields()[:3] == other._fields()[:3] and self.locals == other.locals
        return self._fields() == other if isinstance(other, tuple) else NotImplemented

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'


class StackSummary(list):
    """A list of FrameSummary objects, the oldest call first."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """Make one from an iterable of (frame, line number)."""
        def with_positions():
            for frame, line in frame_gen:
                yield frame, (line, None, None, None)

        return klass._extract(with_positions(), limit, lookup_lines, capture_locals)

    @classmethod
    def _extract(klass, frames, limit=None, lookup_lines=True, capture_locals=False):
        """The same of (frame, (line, end line, column, end column))."""
        if limit is None and hasattr(sys, 'tracebacklimit'):
            limit = sys.tracebacklimit and max(sys.tracebacklimit, 0)
        if limit is not None:
            frames = islice(frames, limit) if limit >= 0 else list(frames)[limit:]
        summary, files = klass(), set()
        for frame, (line, end_line, column, end_column) in frames:
            code, names = frame.f_code, frame.f_locals if capture_locals else None
            files.add(code.co_filename)
            linecache.lazycache(code.co_filename, frame.f_globals)
            summary.append(FrameSummary(code.co_filename, line, code.co_name, lookup_line=False, locals=names,
                                        end_lineno=end_line, colno=column, end_colno=end_column))
        for file in files:
            linecache.checkcache(file)
        for each in summary if lookup_lines else ():
            each._original_line
        return summary

    @classmethod
    def from_list(klass, a_list):
        """Make one from FrameSummary objects or old-style tuples."""
        return klass(item if isinstance(item, FrameSummary) else FrameSummary(*item[:3], line=item[3]) for item in a_list)

    def format_frame_summary(self, frame_summary):
        """The text for one frame."""
        frame = frame_summary
        text = f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n'
        if frame.line:
            text += f'    {frame.line}\n' + _marker_line(frame)
        for name, value in sorted((frame.locals or {}).items()):
            text += f'    {name} = {value}\n'
        return text

    def format(self):
        """The text for each frame; after three of the same, one line tells how many more there were."""
        lines, last, times = [], None, 0
        for frame in self:
            text = self.format_frame_summary(frame)
            if text is None:  # a subclass leaves it out
                continue
            here = frame.filename, frame.lineno, frame.name
            if here != last:
                lines += _repeated(times)
                last, times = here, 0
            times += 1
            if times <= _RECURSIVE_CUTOFF:
                lines.append(text)
        return lines + _repeated(times)


def _repeated(times):
    """The line that stands for all but the first of the same, if there is need of one."""
    more = times - _RECURSIVE_CUTOFF
    return [f'  [Previous line repeated {more} more time{"" if more == 1 else "s"}]\n'] if more > 0 else []


# The line of ~ and ^ below a source line

def _marker_line(fs):
    """'    ~~~^~~~\\n' for the part of the line that failed, or '' where that is the whole line."""
    if fs.colno is None or fs.end_colno is None:
        return ''
    original = fs._original_line
    stripped_line = fs.line.strip()
    stripped = len(original) - len(fs.line.lstrip())  # what strip() took off, the newline included
    start = _char_offset(original, fs.colno) + 1
    end = _char_offset(original, fs.end_colno) + 1
    anchors = None
    if fs.lineno == fs.end_lineno:
        try:
            anchors = _find_anchors(original[start - 1:end - 1])
        except Exception:
            pass
    else:
        end = stripped + len(stripped_line)
    if not (end - start < len(stripped_line) or anchors and anchors[1] > anchors[0]):
        return ''
    if anchors:
        left, right = anchors
        marks = '~' * left + '^' * (right - left) + '~' * (end - start - right)
    else:
        marks = '^' * (end - start)
    return '    ' + ' ' * (start - stripped) + marks + '\n'


def _char_offset(text, offset):
    """Columns of code objects count UTF-8 bytes."""
    return len(text.encode('utf-8')[:offset].decode('utf-8', errors='replace'))


# Binary operators from loosest to tightest, as in the grammar; all but ** group from the left.
_precedence = {'|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '+': 5, '-': 5,
               '*': 6, '/': 6, '//': 6, '%': 6, '@': 6, '**': 8}
_looser = {'if', 'else', 'lambda', 'or', 'and', 'not', 'in', 'is', 'for', 'yield', 'await', 'async', '<', '>', '==',
           '!=', '<=', '>=', ',', ':', ':=', '=', '~', ';', '->', '+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=',
           '^=', '<<=', '>>=', '**=', 'return', 'raise', 'del', 'assert', 'import', 'from', 'global', 'nonlocal'}


def _tokens(text):
    """(kind, start, end) of the tokens at the outermost level: 'atom', 'bracket' (a whole (..) or [..]) or an operator."""
    i, n = 0, len(text)
    while i < n:
        c = text[i]
        if c in ' \t\f\\\n':
            i += 1
        elif c == '#':
            return
        elif c in '([{':
            end = _matching(text, i)
            yield c, i, end
            i = end
        elif text.startswith('...', i):
            yield 'atom', i, i + 3
            i += 3
        elif c in '"\'':
            end = _string_end(text, i)
            yield 'atom', i, end
            i = end
        elif c.isalnum() or c == '_' or c == '.' and text[i + 1:i + 2].isdigit():
            end = i
            while end < n and (text[end].isalnum() or text[end] == '_' or
                               text[i].isdigit() and (text[end] == '.' or text[end] in '+-'
                                                      and text[end - 1] in 'eE' and text[i:i + 2] not in ('0x', '0X'))):
                end += 1
            if end < n and text[end] in '"\'' and text[i:end].lower() in ('r', 'b', 'f', 'u', 'br', 'rb', 'fr', 'rf'):
                end = _string_end(text, end)
            if end == i:
                end += 1
            word = text[i:end]
            yield word if word in _looser else 'atom', i, end
            i = end
        else:
            for length in (3, 2, 1):
                op = text[i:i + length]
                if op in _precedence or op in _looser or length == 1:
                    yield op, i, i + length
                    i += length
                    break


def _string_end(text, i):
    quote = text[i:i + 3] if text[i:i + 3] in ('"""', "'''") else text[i]
    i += len(quote)
    while not text.startswith(quote, i):
        i += 2 if text[i] == '\\' else 1  # IndexError: not a whole string
    return i + len(quote)


def _matching(text, i):
    """The index after the bracket that closes the one at i."""
    depth = 0
    while True:
        c = text[i]  # IndexError: not closed
        if c in '"\'':
            i = _string_end(text, i)
            continue
        if c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
            if not depth:
                return i + 1
        i += 1


def _node_span(text, start, end):
    """Where the expression in text[start:end] begins and ends for the compiler: without parentheses around it."""
    while start < end and text[start] in ' \t':
        start += 1
    while start < end and text[end - 1] in ' \t':
        end -= 1
    if text[start:start + 1] == '(' and _matching(text, start) == end:
        kinds = [kind for kind, _, _ in _tokens(text[start + 1:end - 1])]
        if kinds and ',' not in kinds and 'for' not in kinds:  # neither a tuple nor a generator
            return _node_span(text, start + 1, end - 1)
    return start, end


def _find_anchors(segment):
    """(start, end) of the ^ part in the text of a binary operation or a subscript; None for anything else."""
    best = last = previous = None
    after_operand = unary_outside = False
    for kind, start, end in _tokens(segment):
        if kind in _looser:
            return None
        if kind in _precedence and after_operand:
            level = _precedence[kind]
            if best is None or level < best[0] or level == best[0] and kind != '**':
                best = (level, start, end)
            after_operand = False
        elif kind in _precedence:
            if last is None and kind in '+-':
                unary_outside = True
            after_operand = False
        else:
            after_operand = kind != '.'
        previous, last = last, (kind, start, end)
    if best is not None:
        if unary_outside and best[0] == 8:
            return None  # -a ** b is -(a ** b)
        return _operator_span(segment, best[1], best[2])
    if not unary_outside and last and last[0] == '[' and previous is not None:
        value_end = _node_span(segment, 0, last[1])[1]
        return value_end, _node_span(segment, last[1] + 1, last[2] - 1)[1] + 1
    return None


def _operator_span(segment, op_start, op_end):
    """The first one or two characters between the operands, as CPython 3.11 marks them, be they parentheses or not."""
    left_end = _node_span(segment, 0, op_start)[1]
    right_start = _node_span(segment, op_end, len(segment))[0]
    i = left_end
    while segment[i] in ' \t':
        i += 1
    two = i + 1 < right_start and segment[i + 1] not in ' \t'
    return i, i + 1 + two


# Exceptions

def _format_final_exc_line(etype, value):
    valuestr = _safe_string(value, 'exception')
    return f'{etype}\n' if value is None or not valuestr else f'{etype}: {valuestr}\n'


def _safe_string(value, what, func=str):
    try:
        text = func(value)
    except:
        text = f'<{what} {func.__name__}() failed>'
    return text


class _Margin:
    """How deep in exception groups the printing is: what stands before each line."""

    def __init__(self):
        self.depth = 0
        self.need_close = False  # the line that closes the innermost group is still to come

    def indent(self):
        return '  ' * self.depth

    def emit(self, text, mark='|'):
        prefix = self.indent() + mark + ' ' if self.depth else ''
        for part in (text,) if isinstance(text, str) else text:
            yield _indent(part, prefix)


def _indent(text, prefix):
    return ''.join([prefix + line for line in text.splitlines(True)]) if prefix else text


class TracebackException:
    """An exception ready to be formatted: nothing of it keeps the frames alive."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, _seen=None):
        is_outermost = _seen is None
        _seen = set() if _seen is None else _seen
        _seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.stack = StackSummary._extract(_walk_tb_positions(exc_traceback), limit=limit,
                                           lookup_lines=lookup_lines, capture_locals=capture_locals)
        self.exc_type = exc_type
        self._str = _safe_string(exc_value, 'exception')
        self.__notes__ = getattr(exc_value, '__notes__', None)
        if exc_type and issubclass(exc_type, SyntaxError):
            self._keep_syntax_error(exc_value)
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        self.__cause__ = self.__context__ = self.exceptions = None
        if is_outermost:
            options = dict(limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals,
                           max_group_width=max_group_width, max_group_depth=max_group_depth, _seen=_seen)
            queue = [(self, exc_value)]  # a queue: chains may be longer than the stack is deep
            while queue:
                te, e = queue.pop()
                te._keep_chain(e, compact, options, queue)

    def _keep_syntax_error(self, exc):
        self.filename = exc.filename
        self.lineno = str(exc.lineno) if exc.lineno is not None else None
        self.end_lineno = str(exc.end_lineno) if exc.end_lineno is not None else None
        self.text, self.offset, self.end_offset, self.msg = exc.text, exc.offset, exc.end_offset, exc.msg

    def _keep_chain(self, e, compact, options, queue):
        if e is None:
            return
        seen = options['_seen']

        def keep(exc):
            kept = TracebackException(type(exc), exc, exc.__traceback__, **options)
            queue.append((kept, exc))
            return kept
        cause, context = e.__cause__, e.__context__
        if cause is not None and id(cause) not in seen:
            self.__cause__ = keep(cause)
        wanted = not compact or self.__cause__ is None and not e.__suppress_context__
        if context is not None and wanted and id(context) not in seen:
            self.__context__ = keep(context)
        if isinstance(e, BaseExceptionGroup):
            self.exceptions = [keep(exc) for exc in e.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Make one from an exception object."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __str__(self):
        return self._str

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, TracebackException) else NotImplemented

    def format_exception_only(self):
        """The lines that say which exception it is, with its notes."""
        cls = self.exc_type
        if cls is None:
            yield _format_final_exc_line(None, self._str)
            return
        stype, smod = cls.__qualname__, cls.__module__
        if smod not in ('__main__', 'builtins'):
            stype = (smod if isinstance(smod, str) else '<unknown>') + '.' + stype
        if issubclass(self.exc_type, SyntaxError):
            yield from self._format_syntax_error(stype)
        else:
            yield _format_final_exc_line(stype, self._str)
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                for line in _safe_string(note, 'note').split('\n'):
                    yield line + '\n'
        elif notes is not None:
            yield _safe_string(notes, '__notes__', func=repr)

    def _format_syntax_error(self, stype):
        suffix = ''
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            suffix = f' ({self.filename})'
        if self.text is not None:
            shown = self.text.rstrip('\n')
            text = shown.lstrip(' \n\f')
            yield f'    {text}\n'
            if self.offset is not None:
                indent = len(shown) - len(text)
                offset = self.offset
                end_offset = self.end_offset if self.end_offset not in {None, 0} else offset
                if offset == end_offset or end_offset == -1:
                    end_offset = offset + 1
                colno = offset - 1 - indent
                if colno >= 0:
                    space = ''.join([c if c.isspace() else ' ' for c in text[:colno]])
                    yield f'    {space}{"^" * (end_offset - 1 - indent - colno)}\n'
        yield f'{stype}: {self.msg or "<no detail available>"}{suffix}\n'

    def format(self, *, chain=True, _ctx=None):
        """All lines: the exceptions this one is chained to first, then itself."""
        if _ctx is None:
            _ctx = _Margin()
        chained = []
        exc = self
        while exc:
            message = following = None
            if chain and exc.__cause__ is not None:
                message, following = _cause_message, exc.__cause__
            elif chain and exc.__context__ is not None and not exc.__suppress_context__:
                message, following = _context_message, exc.__context__
            chained.append((message, exc))
            exc = following
        for message, exc in reversed(chained):
            if message is not None:
                yield from _ctx.emit(message)
            if exc.exceptions is not None:
                yield from exc._format_group(chain, _ctx, self.max_group_depth, self.max_group_width)
                continue
            if exc.stack:
                yield from _ctx.emit(['Traceback (most recent call last):\n', *exc.stack.format()])
            yield from _ctx.emit(exc.format_exception_only())

    def _format_group(self, chain, _ctx, deepest, width):
        if _ctx.depth > deepest:
            yield from _ctx.emit(f'... (max_group_depth is {deepest})\n')
            return
        is_toplevel = _ctx.depth == 0
        if is_toplevel:
            _ctx.depth = 1
        if self.stack:
            yield from _ctx.emit('Exception Group Traceback (most recent call last):\n', '+' if is_toplevel else '|')
            yield from _ctx.emit(self.stack.format())
        yield from _ctx.emit(self.format_exception_only())
        total = len(self.exceptions)
        shown = total if total <= width else width + 1
        _ctx.need_close = False
        for i in range(shown):
            is_last = i == shown - 1
            if is_last:
                _ctx.need_close = True  # whoever comes to the end first draws the closing line
            truncated = i >= width
            title = '...' if truncated else f'{i + 1}'
            yield f'{_ctx.indent()}{"+-" if i == 0 else "  "}+---------------- {title} ----------------\n'
            _ctx.depth += 1
            if truncated:
                remaining = total - width
                yield from _ctx.emit(f"and {remaining} more exception{'s' if remaining > 1 else ''}\n")
            else:
                yield from self.exceptions[i].format(chain=chain, _ctx=_ctx)
            if is_last and _ctx.need_close:
                yield f'{_ctx.indent()}+------------------------------------\n'
                _ctx.need_close = False
            _ctx.depth -= 1
        if is_toplevel:
            _ctx.depth = 0

    def print(self, *, file=None, chain=True):
        """Print format() to a file, sys.stderr if none is given."""
        if file is None:
            file = sys.stderr
        for line in self.format(chain=chain):
            print(line, file=file, end='')


# Did you mean ...? What sys.excepthook adds to NameError and AttributeError.

def _distance(a, b, limit):
    """How many edits lead from a to b: 2 each, 1 where only the case differs; limit + 1 when it is more."""
    row = [2 * j for j in range(len(b) + 1)]
    for i, x in enumerate(a):
        last, row[0] = row[0], 2 * (i + 1)
        for j, y in enumerate(b):
            change = 0 if x == y else 1 if x.lower() == y.lower() else 2
            last, row[j + 1] = row[j + 1], min(last + change, row[j] + 2, row[j + 1] + 2)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _suggestion(exc, tb):
    """The known name that is nearest to the wrong one, or None."""
    wrong = getattr(exc, 'name', None)
    if not isinstance(wrong, str):
        return None
    if isinstance(exc, AttributeError):
        if exc.obj is None:
            return None
        names = dir(exc.obj)
    elif isinstance(exc, NameError) and tb is not None:
        while tb.tb_next is not None:
            tb = tb.tb_next
        frame = tb.tb_frame
        names = [*frame.f_locals, *frame.f_globals, *frame.f_builtins]
    else:
        return None
    if len(names) > 750 or len(wrong) > 40:
        return None
    best = best_distance = None
    for name in names:
        if not isinstance(name, str) or name == wrong or len(name) > 40:
            continue
        limit = (len(name) + len(wrong) + 3) * 2 // 6
        if best_distance is not None:
            limit = min(limit, best_distance - 1)
        distance = _distance(wrong, name, limit)
        if distance <= limit:
            best, best_distance = name, distance
    return best


def _print_uncaught(exc_type, exc, tb):
    """What the interpreter prints for an exception that nobody caught."""
    lines = list(TracebackException(exc_type, exc, tb, compact=True).format())
    try:
        name = _suggestion(exc, tb)
    except Exception:
        name = None
    if name is not None and lines and not getattr(exc, '__notes__', None):
        lines[-1] = lines[-1].rstrip('\n') + f". Did you mean: '{name}'?\n"
    for line in lines:
        print(line, file=sys.stderr, end='')
