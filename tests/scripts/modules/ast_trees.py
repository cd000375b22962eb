import ast
src = """
é = "é" + x
class A(b, metaclass=c):
    @d
    async def f(self, a, /, b=1, *c, d=2, e, **g) -> int: 
        'doc'
        async with a as b, c: await d
        return f"{x!r:>{w}}" 'k' u'z'
from .. import a as b
x: int = 1
(x): int
x[1:2, ...] += -1 if not a < b <= c else lambda: 0
match x:
    case [1, *_] | {"a": b, **c} | C(d, e=f) | None | -1 if g: pass
    case _: pass
try: pass
except* E as e: pass
"""
t=ast.parse(src)
print(ast.dump(t)); print(ast.dump(t,include_attributes=True)); print(ast.dump(t,indent=2)); print(ast.dump(t, annotate_fields=False))
for s in ['1','-1','1+2j','[1,(2,),{3},{4:b"a"},None,True]','"a"','set()','a','1+1','{**a}','lambda:1','- "a"','[','f"a"', '-1-2j', '1,2', ' 1', '{1:[2]}', 'f()', '...', "'a' 'b'"]:
    try: print(s, repr(ast.literal_eval(s)))
    except Exception as e: print(s, type(e).__name__, str(e).split(' object at')[0])
for f in [ast.Name('x', ast.Load()), ast.Constant(1), ast.BinOp(ast.Constant(1), ast.Add(), ast.Constant(2))]: print(ast.dump(f))
try: ast.Name(1,2,3)
except TypeError as e: print(e)
class V(ast.NodeVisitor):
    def visit_Name(self,n): print(n.id, n.lineno, n.col_offset)
V().visit(t)
class T(ast.NodeTransformer):
    def visit_Name(self,n): return ast.copy_location(ast.Name('q', n.ctx), n)
    def visit_Pass(self,n): return None
print(ast.dump(T().visit(ast.parse('a+b\nif x: pass'))))
print(ast.get_docstring(ast.parse('"doc"')), ast.get_source_segment('a = 1+2', ast.parse('a = 1+2').body[0].value))
print([type(n).__name__ for n in ast.walk(t)][:30])
print(ast.Add._fields, ast.For._fields, ast.For.__match_args__, ast.Name.__mro__, ast.arg._attributes, ast.comprehension._fields)
print(isinstance(compile('1','f','eval',ast.PyCF_ONLY_AST), ast.Expression), type(ast.parse('1',mode='single')))
print(ast.dump(ast.fix_missing_locations(ast.Expr(ast.Name('a',ast.Load()))),include_attributes=True))
try: ast.parse('a b')
except SyntaxError as e: print(e, e.filename)
