"""The library's code that is kept in the program is what the compiler makes of its text: gilly frozen_library.py. (interp/vm/frozen.h)"""
import sys

import _dis
import _freeze

CODE = type((lambda: 0).__code__)


def parts(code):
    """All that a code object is, but its constants that are code."""
    plain = [sorted(map(repr, value)) if isinstance(value, frozenset) else repr(value) for value in code.co_consts if not isinstance(value, CODE)]
    return (code.co_name, code.co_qualname, code.co_filename, code.co_flags, code.co_stacksize, code.co_firstlineno, code.co_argcount,
            code.co_posonlyargcount, code.co_kwonlyargcount, code.co_varnames, code.co_cellvars, code.co_freevars, code.co_names, plain,
            [type(value) for value in code.co_consts], _dis.exceptions(code), [row[:3] + row[5:] for row in _dis.rows(code)],
            list(code.co_positions()))


def same(path, compiled, thawed):
    assert compiled == thawed, (path, compiled)
    for one, other in zip(parts(compiled), parts(thawed), strict=True):
        assert one == other, (path, compiled, one, other)
    inner = [[value for value in code.co_consts if isinstance(value, CODE)] for code in (compiled, thawed)]
    return 1 + sum(same(path, *pair) for pair in zip(*inner, strict=True))


count = 0
for path in _freeze.files():
    thawed = _freeze.thaw(path)
    assert thawed is not None, f"{sys.executable} holds no compiled library"
    text = sys._library_source(path)
    count += same(path, compile(text, f"<lib>/{path}", "exec", dont_inherit=True), thawed)
print(f"{len(_freeze.files())} files, {count} code objects: as compiled")
