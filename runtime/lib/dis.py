"""Disassembler: what a function is made of, in CPython 3.11's instructions.

The rows come from the native module _dis, which knows the interpreter's own words; this module shows them.
"""

import collections
import io
import sys
import types

import _dis

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code",
           "get_instructions", "Instruction", "Bytecode", "cmp_op", "hasconst", "hasname", "hasjrel", "hasjabs",
           "haslocal", "hascompare", "hasfree", "opname", "opmap", "HAVE_ARGUMENT", "EXTENDED_ARG", "hasnargs",
           "stack_effect"]

# ---- the table of instructions ----

HAVE_ARGUMENT = 90
EXTENDED_ARG = 144
cmp_op = ('<', '<=', '==', '!=', '>', '>=')
opname = ['<%d>' % number for number in range(256)]
opmap = {}
hasconst, hasname, hasjrel, hasjabs, haslocal, hascompare, hasfree, hasnargs = [], [], [], [], [], [], [], []
_caches = {}
_meanings = {}


def _read_table():
    lists = {"const": hasconst, "name": hasname, "global": hasname, "forward": hasjrel, "backward": hasjrel,
             "local": haslocal, "compare": hascompare, "deref": hasfree}
    for name, number, kind, caches, picture, meaning in _dis.opcodes() + [
            ("PRECALL", 166, "arg", 1, "--", "shown before each CALL, as CPython 3.11 has it")]:
        opname[number] = name
        opmap[name] = number
        _caches[number] = caches
        _meanings[name] = picture, meaning
        if kind in lists:
            lists[kind].append(number)
    for numbers in lists.values():
        numbers.sort()


_read_table()


def stack_effect(opcode, oparg=None, /, *, jump=None):
    """How many items an instruction pushes minus how many it pops. jump: taken (True), not taken (False), the larger (None)."""
    if opcode == opmap["PRECALL"]:
        return 0
    if opcode >= HAVE_ARGUMENT and oparg is None:
        raise ValueError("stack_effect: opcode requires oparg but oparg was not specified")
    if opcode < HAVE_ARGUMENT and oparg is not None:
        raise ValueError("stack_effect: opcode does not permit oparg but oparg was specified")
    return _dis.stack_effect(opcode, oparg, jump)


# ---- instructions ----

Positions = collections.namedtuple("Positions", ["lineno", "end_lineno", "col_offset", "end_col_offset"],
                                   defaults=[None] * 4)
_Instruction = collections.namedtuple(
    "_Instruction", ["opname", "opcode", "arg", "argval", "argrepr", "offset", "starts_line", "is_jump_target",
                     "positions"], defaults=[None])


class Instruction(_Instruction):
    """One instruction.

    opname, opcode    its name and CPython's number
    arg               the operand, None if it has none
    argval, argrepr   what the operand stands for, and how it is shown
    offset            where it stands in CPython's code, in bytes
    starts_line       the line that begins here, or None
    is_jump_target    some jump or handler leads here
    positions         Positions in the source
    """

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        fields = []
        if lineno_width:
            line = "" if self.starts_line is None else str(self.starts_line)
            fields.append(line.rjust(lineno_width))
        fields.append("-->" if mark_as_current else "   ")
        fields.append(">>" if self.is_jump_target else "  ")
        fields.append(repr(self.offset).rjust(offset_width))
        fields.append(self.opname.ljust(20))
        if self.arg is not None:
            fields.append(repr(self.arg).rjust(5))
            if self.argrepr:
                fields.append("(" + self.argrepr + ")")
        return " ".join(fields).rstrip()


def _instructions(code, line_offset=0):
    for opname, opcode, arg, argval, argrepr, offset, line, is_target, place in _dis.rows(code):
        positions = Positions(*place)
        if opname == "FORMAT_VALUE":
            argval = (None, str, repr, ascii)[arg & 3], bool(arg & 4)
        if line is not None:
            line += line_offset
        if line_offset and positions.lineno is not None:
            positions = positions._replace(lineno=positions.lineno + line_offset,
                                           end_lineno=positions.end_lineno + line_offset)
        yield Instruction(opname, opcode, arg, argval, argrepr, offset, line, is_target, positions)


def _code_of(x):
    """The code object of a function, method, generator, coroutine, source text or code object."""
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        code = getattr(x, name, None)
        if code is not None:
            x = code
            break
    if isinstance(x, str):
        x = _compile(x, "<disassembly>")
    if hasattr(x, "co_code") or isinstance(x, types.CodeType):
        return x
    raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def _compile(source, name):
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        return compile(source, name, "exec")


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """Iterate over the instructions of a function, method, source text or code object."""
    code = _code_of(x)
    return _instructions(code, 0 if first_line is None else first_line - code.co_firstlineno)


def findlinestarts(code):
    """Pairs (offset, line) where lines begin."""
    for row in _dis.rows(code):
        if row[6] is not None:
            yield row[5], row[6]


def findlabels(code):
    """Offsets that jumps lead to."""
    labels = []
    for row in _dis.rows(code):
        if row[1] in hasjrel and row[3] not in labels:
            labels.append(row[3])
    return labels


# ---- disassembling ----

def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Print the instructions of x: a class, function, method, generator, module, source text or code object."""
    if x is None:
        distb(file=file)
        return
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        code = getattr(x, name, None)
        if code is not None:
            x = code
            break
    if isinstance(x, types.CodeType):
        _dis_recursive(x, file, depth)
    elif hasattr(x, "__dict__"):
        for name, member in sorted(x.__dict__.items()):
            if isinstance(member, (types.MethodType, types.FunctionType, types.BuiltinFunctionType, types.CodeType,
                                   classmethod, staticmethod, type)):
                print("Disassembly of %s:" % name, file=file)
                try:
                    dis(member, file=file, depth=depth)
                except TypeError as problem:
                    print("Sorry:", problem, file=file)
                print(file=file)
    elif isinstance(x, str):
        _dis_recursive(_compile(x, "<dis>"), file, depth)
    else:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def _dis_recursive(code, file=None, depth=None):
    if depth is None:
        print(_dis.text(code, True), end="", file=file)
        return
    disassemble(code, file=file)
    if depth > 0:
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                print(file=file)
                print("Disassembly of %r:" % (constant,), file=file)
                _dis_recursive(constant, file, depth - 1)


def disassemble(code, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions of a code object; the one at offset lasti is marked."""
    print(_dis.text(code, False, lasti), end="", file=file)


disco = disassemble


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Print the function where a traceback (default: the last one) ends, with the instruction that raised marked."""
    if tb is None:
        tb = getattr(sys, 'last_traceback', None)
        if tb is None:
            raise RuntimeError("no last traceback to disassemble")
        while tb.tb_next:
            tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


# ---- about a code object ----

_flag_names = {1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR",
               64: "NOFREE", 128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR"}
COMPILER_FLAG_NAMES = _flag_names


def pretty_flags(flags):
    """The names of the bits of co_flags."""
    low = [1 << n for n in range(32)]
    names = [_flag_names.get(bit, hex(bit)) for bit in low if flags & bit]
    rest = flags & ~0xffffffff
    if rest or not names:
        names.append(hex(rest))
    return ", ".join(names)


def code_info(x):
    """Everything about a code object but its instructions, as text."""
    code = _code_of(x)
    lines = ["Name:              %s" % code.co_name,
             "Filename:          %s" % code.co_filename,
             "Argument count:    %s" % code.co_argcount,
             "Positional-only arguments: %s" % code.co_posonlyargcount,
             "Kw-only arguments: %s" % code.co_kwonlyargcount,
             "Number of locals:  %s" % code.co_nlocals,
             "Stack size:        %s" % code.co_stacksize,
             "Flags:             %s" % pretty_flags(code.co_flags)]
    for title, values, show in (("Constants", code.co_consts, repr), ("Names", code.co_names, str),
                                ("Variable names", code.co_varnames, str), ("Free variables", code.co_freevars, str),
                                ("Cell variables", code.co_cellvars, str)):
        if values:
            lines.append(title + ":")
            lines.extend("%4d: %s" % (i, show(value)) for i, value in enumerate(values))
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print code_info()."""
    print(code_info(co), file=file)


class Bytecode:
    """The instructions of x as an iterable, with dis() as text."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self._line_offset = self.first_line - self.codeobj.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset

    def __iter__(self):
        return _instructions(self.codeobj, self._line_offset)

    def __repr__(self):
        return "{}({!r})".format(self.__class__.__name__, self._original_object)

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        return code_info(self.codeobj)

    def dis(self):
        return _dis.text(self.codeobj, False, -1 if self.current_offset is None else self.current_offset)


def _dis_file(path):
    """What `gilly dis SCRIPT` and `python -m dis SCRIPT` print."""
    with io.open(path, "rb") as file:
        source = file.read()
    dis(compile(source, path, "exec"))


def _main():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("infile", type=argparse.FileType("rb"), nargs="?", default="-")
    arguments = parser.parse_args()
    with arguments.infile as infile:
        source = infile.read()
    dis(compile(source, arguments.infile.name, "exec"))


if __name__ == "__main__":
    _main()
