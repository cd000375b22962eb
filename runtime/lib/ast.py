"""ast - syntax trees: parse() source into them, walk, print and change them, evaluate literals.

The front end exports its tree as nested lists (interp/front/ast_export.c); _from_export makes the objects below of them. Where the front
end's table of nodes (interp/front/ast_nodes.def) and Python's documented classes differ (async statements, operators as numbers), the
functions of _special say how.
A tree cannot be compiled: compile() takes source text only.
"""
PyCF_ONLY_AST = 0x400
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_TYPE_COMMENTS = 0x1000


# ---- the classes ----

class AST:
    """The base of all nodes. Fields are given in order or by name."""
    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        cls = type(self)
        if len(args) > len(cls._fields):
            raise TypeError(f'{cls.__name__} constructor takes at most {len(cls._fields)} positional '
                            f"argument{'' if len(cls._fields) == 1 else 's'}")
        for name, value in zip(cls._fields, args):
            if name in kwargs:
                raise TypeError(f'{cls.__name__} got multiple values for argument {name!r}')
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __reduce__(self):
        return type(self), (), self.__dict__.copy()


_places = 'lineno', 'col_offset', 'end_lineno', 'end_col_offset'


def _define(base, rows, placed=False):
    """Classes under base; a row is the name and its fields, those that may be absent with a '?'."""
    family = type(base, (AST,), {'__module__': 'ast', '_attributes': _places if placed else ()}) if isinstance(base, str) else base
    if placed:
        family.end_lineno = family.end_col_offset = None
    globals()[family.__name__] = family
    for row in rows.strip().splitlines():
        name, *fields = row.split()
        names = tuple(field.rstrip('?') for field in fields)
        namespace = {'__module__': 'ast', '_fields': names, '__match_args__': names}
        for field in fields:
            if field.endswith('?'):
                namespace[field[:-1]] = None
        globals()[name] = type(name, (family,), namespace)


_define('mod', '''
    Module body type_ignores
    Interactive body
    Expression body
    FunctionType argtypes returns
''')
_define('stmt', '''
    FunctionDef name args body decorator_list returns? type_comment?
    AsyncFunctionDef name args body decorator_list returns? type_comment?
    ClassDef name bases keywords body decorator_list
    Return value?
    Delete targets
    Assign targets value type_comment?
    AugAssign target op value
    AnnAssign target annotation value? simple
    For target iter body orelse type_comment?
    AsyncFor target iter body orelse type_comment?
    While test body orelse
    If test body orelse
    With items body type_comment?
    AsyncWith items body type_comment?
    Match subject cases
    Raise exc? cause?
    Try body handlers orelse finalbody
    TryStar body handlers orelse finalbody
    Assert test msg?
    Import names
    ImportFrom module? names level?
    Global names
    Nonlocal names
    Expr value
    Pass
    Break
    Continue
''', placed=True)
_define('expr', '''
    BoolOp op values
    NamedExpr target value
    BinOp left op right
    UnaryOp op operand
    Lambda args body
    IfExp test body orelse
    Dict keys values
    Set elts
    ListComp elt generators
    SetComp elt generators
    DictComp key value generators
    GeneratorExp elt generators
    Await value
    Yield value?
    YieldFrom value
    Compare left ops comparators
    Call func args keywords
    FormattedValue value conversion format_spec?
    JoinedStr values
    Constant value kind?
    Attribute value attr ctx
    Subscript value slice ctx
    Starred value ctx
    Name id ctx
    List elts ctx
    Tuple elts ctx
    Slice lower? upper? step?
''', placed=True)
_define('expr_context', 'Load\nStore\nDel')
_define('boolop', 'And\nOr')
_define('operator', 'Add\nSub\nMult\nMatMult\nDiv\nMod\nPow\nLShift\nRShift\nBitOr\nBitXor\nBitAnd\nFloorDiv')
_define('unaryop', 'Invert\nNot\nUAdd\nUSub')
_define('cmpop', 'Eq\nNotEq\nLt\nLtE\nGt\nGtE\nIs\nIsNot\nIn\nNotIn')
_define('excepthandler', 'ExceptHandler type? name? body', placed=True)
_define('pattern', '''
    MatchValue value
    MatchSingleton value
    MatchSequence patterns
    MatchMapping keys patterns rest?
    MatchClass cls patterns kwd_attrs kwd_patterns
    MatchStar name?
    MatchAs pattern? name?
    MatchOr patterns
''', placed=True)
_define(AST, 'comprehension target iter ifs is_async\narguments posonlyargs args vararg? kwonlyargs kw_defaults kwarg? defaults\n'
             'withitem context_expr optional_vars?\nmatch_case pattern guard? body')
for _row in 'arg arg annotation? type_comment?', 'keyword arg? value', 'alias name asname?':
    _define(AST, _row)
for _class in arg, keyword, alias:
    _class._attributes = _places
    _class.end_lineno = _class.end_col_offset = None


# ---- from the front end's tree ----

# Indexed by the numbers of interp/front/ast.h and of BinaryOp in runtime/object.h.
_contexts = Load(), Store(), Del()
_boolean = And(), Or()
_unary = Invert(), Not(), UAdd(), USub()
_binary = (Add(), BitAnd(), FloorDiv(), LShift(), MatMult(), Mult(), Mod(), BitOr(), Pow(), RShift(), Sub(), Div(), BitXor())
_compare = Eq(), NotEq(), Lt(), LtE(), Gt(), GtE(), Is(), IsNot(), In(), NotIn()

_special = {
    'Module': lambda body: Module(body, []),
    'FunctionDef': lambda name, args, body, decorators, returns, is_async:
        (AsyncFunctionDef if is_async else FunctionDef)(name, args, body, decorators, returns, None),
    'Assign': lambda targets, value: Assign(targets, value, None),
    'AugAssign': lambda target, op, value: AugAssign(target, _binary[op % 13], value),
    'For': lambda target, iter, body, orelse, is_async: (AsyncFor if is_async else For)(target, iter, body, orelse, None),
    'With': lambda items, body, is_async: (AsyncWith if is_async else With)(items, body, None),
    'Try': lambda body, handlers, orelse, final, is_star: (TryStar if is_star else Try)(body, handlers, orelse, final),
    'BoolOp': lambda op, values: BoolOp(_boolean[op], values),
    'BinOp': lambda left, op, right: BinOp(left, _binary[op], right),
    'UnaryOp': lambda op, operand: UnaryOp(_unary[op], operand),
    'Compare': lambda left, ops, comparators: Compare(left, [_compare[op] for op in ops], comparators),
    'Constant': lambda value, has_u: Constant(value, 'u' if has_u else None),
    'Arg': lambda name, annotation: arg(name, annotation, None),
}
_renamed = {'Comprehension': 'comprehension', 'Arguments': 'arguments', 'Keyword': 'keyword', 'Alias': 'alias', 'WithItem': 'withitem',
            'MatchCase': 'match_case'}
_with_context = {'Attribute', 'Subscript', 'Starred', 'Name', 'List', 'Tuple'}


def _from_export(tree):
    """The node that interp/front/ast_export.c wrote down as [kind, line, column, end line, end column, field ...]."""
    kind, line, column, end_line, end_column, *fields = tree
    fields = [_exported_field(field) for field in fields]
    if kind in _with_context:
        fields[-1] = _contexts[fields[-1]]
    make = _special.get(kind) or globals()[_renamed.get(kind, kind)]
    node = make(*fields)
    if node._attributes:
        node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = line, column, end_line, end_column
    return node


def _exported_field(field):
    if type(field) is not list:
        return field
    if field and type(field[0]) is str and len(field) > 4 and type(field[1]) is int:
        return _from_export(field)
    return [_from_export(item) if type(item) is list else item for item in field]


def parse(source, filename='<unknown>', mode='exec', *, type_comments=False, feature_version=None):
    """The syntax tree of source."""
    if mode == 'func_type':
        raise NotImplementedError("ast.parse(): mode 'func_type' is not supported")
    return compile(source, filename, mode, PyCF_ONLY_AST)


# ---- literals ----

def _refuse(node):
    message = 'malformed node or string'
    if line := getattr(node, 'lineno', None):
        message += f' on line {line}'
    raise ValueError(f'{message}: {node!r}')


def _number(node):
    if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
        _refuse(node)
    return node.value


def _signed_number(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        operand = _number(node.operand)
        return +operand if isinstance(node.op, UAdd) else -operand
    return _number(node)


def _literal(node):
    match node:
        case Constant():
            return node.value
        case Tuple():
            return tuple(map(_literal, node.elts))
        case List():
            return list(map(_literal, node.elts))
        case Set():
            return set(map(_literal, node.elts))
        case Call(func=Name(id='set'), args=[], keywords=[]):
            return set()
        case Dict():
            if len(node.keys) != len(node.values):
                _refuse(node)
            return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
        case BinOp(op=Add() | Sub()):
            left, right = _signed_number(node.left), _number(node.right)
            if isinstance(left, (int, float)) and isinstance(right, complex):
                return left + right if isinstance(node.op, Add) else left - right
    return _signed_number(node)


def literal_eval(node_or_string):
    """The value of an expression made of literals only: numbers, strings, bytes, containers, booleans, None."""
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(' \t'), mode='eval')
    return _literal(node_or_string.body if isinstance(node_or_string, Expression) else node_or_string)


# ---- reading trees ----

def iter_fields(node):
    """(name, value) of each field that node has."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """The nodes right below node."""
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, AST))


def walk(node):
    """node and everything below it, level by level."""
    from collections import deque
    waiting = deque([node])
    while waiting:
        node = waiting.popleft()
        waiting.extend(iter_child_nodes(node))
        yield node


def get_docstring(node, clean=True):
    """The docstring of a module, class or function, or None."""
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{node.__class__.__name__!r} can't have docstrings")
    match node.body:
        case [Expr(value=Constant(value=str(text))), *_]:
            if clean:
                import inspect
                return inspect.cleandoc(text)
            return text
    return None


class _Printer:
    """dump() with its settings."""

    def __init__(self, annotate_fields, include_attributes, indent):
        self.annotate_fields, self.include_attributes = annotate_fields, include_attributes
        self.indent = ' ' * indent if isinstance(indent, int) else indent

    def join(self, parts, level, simple):
        """The text between brackets, and whether it is short enough for one line."""
        if self.indent is None or not parts or simple:
            return ', '.join(parts)
        start = '\n' + self.indent * level
        return start + (',' + start).join(parts)

    def text(self, value, level=0):
        """(text, whether it is simple: a caller with only simple parts stays on one line)."""
        if isinstance(value, list):
            if not value:
                return '[]', True
            return '[%s]' % self.join([self.text(item, level + 1)[0] for item in value], level + 1, False), False
        if not isinstance(value, AST):
            return repr(value), True
        parts, simple, by_name = [], True, self.annotate_fields
        names = [(name, False) for name in value._fields] + [(name, True) for name in value._attributes if self.include_attributes]
        for name, is_attribute in names:
            if not hasattr(value, name):
                by_name = True
                continue
            field = getattr(value, name)
            if field is None and getattr(type(value), name, ...) is None:
                by_name = True
                continue
            text, field_simple = self.text(field, level + 1)
            simple = simple and field_simple
            parts.append(f'{name}={text}' if by_name or is_attribute else text)
        fits = simple and len(parts) <= 3
        return f'{value.__class__.__name__}({self.join(parts, level + 1, fits)})', fits and not parts


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    """node as text in the form of the calls that would make it."""
    if not isinstance(node, AST):
        raise TypeError(f'expected AST, got {node.__class__.__name__!r}')
    return _Printer(annotate_fields, include_attributes, indent).text(node)[0]


def get_source_segment(source, node, *, padded=False):
    """The text of node within source, or None when its place is not known."""
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last, start, end = node.lineno - 1, node.end_lineno - 1, node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = [line.encode() for line in source.replace('\r\n', '\n').splitlines(keepends=True)]
    if first == last:
        return lines[first][start:end].decode()
    padding = ''.join(c if c in '\f\t' else ' ' for c in lines[first][:start].decode()) if padded else ''
    return padding + b''.join([lines[first][start:], *lines[first + 1:last], lines[last][:end]]).decode()


class NodeVisitor:
    """visit(node) calls visit_ClassName, or generic_visit, which visits what is below."""

    def visit(self, node):
        return getattr(self, 'visit_' + node.__class__.__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        for child in iter_child_nodes(node):
            self.visit(child)


class NodeTransformer(NodeVisitor):
    """A visitor whose methods give the node to stand in the visited one's place: None takes it away, a list gives several."""

    def generic_visit(self, node):
        for name, old in iter_fields(node):
            if isinstance(old, list):
                old[:] = self._visit_list(old)
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node

    def _visit_list(self, nodes):
        out = []
        for item in nodes:
            if isinstance(item, AST):
                item = self.visit(item)
                if item is None:
                    continue
                if not isinstance(item, AST):
                    out.extend(item)
                    continue
            out.append(item)
        return out


# ---- places ----

def copy_location(new_node, old_node):
    """Give new_node the place of old_node."""
    for name in _places:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or name.startswith('end_') and hasattr(old_node, name):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Give nodes without a place that of the node above them."""
    def fix(node, above):
        own = []
        for name, value in zip(_places, above):
            if name in node._attributes:
                if getattr(node, name, None) is None:
                    setattr(node, name, value)
                value = getattr(node, name)
            own.append(value)
        for child in iter_child_nodes(node):
            fix(child, own)
    fix(node, [1, 0, 1, 0])
    return node


def increment_lineno(node, n=1):
    """Move node and all below it n lines down."""
    for child in walk(node):
        if 'lineno' in child._attributes:
            child.lineno = getattr(child, 'lineno', 0) + n
        if 'end_lineno' in child._attributes and (end := getattr(child, 'end_lineno', 0)) is not None:
            child.end_lineno = end + n
    return node
