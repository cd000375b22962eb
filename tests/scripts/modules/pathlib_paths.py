# pathlib: the parts of paths, joining, changing and comparing them, patterns, files read and written
import os
import shutil
import tempfile
from pathlib import Path, PurePath, PurePosixPath

top = os.path.realpath(tempfile.mkdtemp())
os.chdir(top)


def show(f, *args, **options):
    try:
        print(str(f(*args, **options)).replace(top, 'TOP'))
    except Exception as e:
        print(type(e).__name__, str(e).replace(top, 'TOP') if not isinstance(e, OSError) else e.errno)


for text in '', '.', '/', '//', '///a', 'a/b.c', 'a/b.tar.gz', '.hid', 'a/.b.c', 'a.', 'a/..', './a//b/.', '/a/b', 'a b/é':
    p = PurePosixPath(text)
    print(repr(p), p.parts, p.root, p.anchor, p.name, p.stem, p.suffix, p.suffixes, p.parent, list(p.parents), p.is_absolute(), sep='|')
    show(p.as_uri)
    show(p.with_name, 'z')
    show(p.with_suffix, '.q')
    show(p.relative_to, 'a')
    print(p / 'k', p / '/k', 'k' / p, p.joinpath('x', '/y', 'z'), p.is_relative_to('a'), p == PurePosixPath(text), sep='|')
    print([p.match(pattern) for pattern in ('*', '*.c', 'a/*', '/a/*', '**', '/', '..')])
a = PurePath('a/b')
for wrong in (lambda: a.with_name('z/q'), lambda: a.with_suffix('q'), lambda: a.relative_to(), lambda: PurePath(3), lambda: a / 3,
              lambda: a.match(''), lambda: a.parents[5], lambda: a < 3, lambda: PurePath(b'a')):
    show(wrong)
print(sorted([PurePath('b'), PurePath('/a'), PurePath('a/c')]), a.parents[-1], a.parents[:1], hash(a) == hash(PurePath('a//b')))

Path('a/b/c').mkdir(parents=True)
show(Path('a').mkdir)
show(Path('a').mkdir, exist_ok=True)
show(Path('n/o').mkdir)
print(Path('a/f.txt').write_text('héé\n'), Path('a/f.txt').read_text(), Path('a/f.txt').read_bytes(), Path('a/b/g.py').write_bytes(b'x'))
show(Path('a/x').write_text, 3)
show(Path('nope').read_text)
Path('link').symlink_to('a')
Path('loop').symlink_to('loop')
for text in 'a', 'a/f.txt', 'link', 'nope', 'loop', '\0':
    p = Path(text)
    print(p.exists(), p.is_file(), p.is_dir(), p.is_symlink())
    show(p.resolve)
    show(p.resolve, strict=True)
    show(p.readlink)
for pattern in '*', '**', '**/*', '*/*', '**/*.py', '[az]', 'a/b/g.py', 'nope', '', '/x', 'a**', 'link/*':
    show(lambda: sorted(map(str, Path('.').glob(pattern))))
    show(lambda: sorted(map(str, Path('.').rglob(pattern))))
Path('t').touch()
show(Path('t').touch, exist_ok=False)
print(Path('t').rename('t2'), Path('t2').replace('t3'), Path('t3').exists())
Path('t3').unlink()
show(Path('t3').unlink)
show(Path('t3').unlink, missing_ok=True)
print(Path('a').samefile('link'), Path.cwd() == Path(top), type(Path()).__name__)
os.environ['HOME'] = '/home/me'
print(Path('~/a').expanduser(), Path.home(), Path('a/~').expanduser())
os.chdir('/')
shutil.rmtree(top)
