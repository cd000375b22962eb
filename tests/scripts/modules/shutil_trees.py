# shutil, os.walk, makedirs: trees copied, moved, removed, and what goes wrong
import os
import shutil
import tempfile

top = tempfile.mkdtemp()
os.chdir(top)


def show(what, f, *args, **kwargs):
    try:
        print(what, f(*args, **kwargs))
    except Exception as e:
        print(what, type(e).__name__, str(e).replace(top, 'TOP'))


def tree(path, **how):
    return [(folder, sorted(folders), sorted(files)) for folder, folders, files in sorted(os.walk(path, **how))]


os.makedirs('a/b/c/.')
for name, text in ('a/one.txt', '1'), ('a/b/two.py', '22'), ('a/b/c/three', '333'):
    with open(name, 'w') as f:
        f.write(text)
os.symlink('one.txt', 'a/link')
os.symlink('nowhere', 'a/dangling')
print(tree('a'), tree('a', topdown=False) == tree('a'))
show('makedirs again', os.makedirs, 'a/b')
show('makedirs ok', os.makedirs, 'a/b', exist_ok=True)
show('walk of nothing', tree, 'none')
show('onerror', lambda: list(os.walk('none', onerror=lambda e: print(type(e).__name__))))

show('copy', shutil.copy, 'a/one.txt', 'copied')
show('into folder', shutil.copy2, 'a/one.txt', 'a/b')
show('same', shutil.copy, 'copied', 'copied')
show('no source', shutil.copyfile, 'none', 'x')
show('no folder', shutil.copyfile, 'copied', 'none/')
show('link itself', lambda: os.readlink(shutil.copy('a/link', 'link2', follow_symlinks=False)))

show('copytree', shutil.copytree, 'a', 'all', symlinks=True)
print(tree('all'), os.readlink('all/dangling'))
show('some', shutil.copytree, 'a', 'some', ignore=shutil.ignore_patterns('*.py', 'dang*', 'c'))
print(tree('some'))
show('exists', shutil.copytree, 'a', 'some')
try:
    shutil.copytree('a', 'more')
except shutil.Error as e:
    print([(src, dst) for src, dst, _ in e.args[0]])

show('move file', shutil.move, 'copied', 'some')
show('move over', shutil.move, 'some/copied', 'some')
show('move folder', shutil.move, 'some', 'all/b')
show('into itself', shutil.move, 'all', 'all/b')
print(tree('all'))
show('rmtree of link', shutil.rmtree, 'all/link')
show('rmtree of nothing', shutil.rmtree, 'none')
show('ignored', shutil.rmtree, 'none', ignore_errors=True)
told = []
show('told', shutil.rmtree, 'none', onerror=lambda f, path, info: told.append((path, info[0].__name__)))
print(told[0])
show('rmtree', shutil.rmtree, 'all')
print(os.path.exists('all'))

show('renames', os.renames, 'a/b/c/three', 'new/place/three')
print(os.path.exists('a/b/c'), tree('new'))
show('removedirs', os.removedirs, 'new/place')
os.remove('new/place/three')
show('removedirs', os.removedirs, 'new/place')
print(os.path.exists('new'))

with open('tool', 'w') as f:
    f.write('#!/bin/sh\n')
show('which', shutil.which, 'tool', path='a:.')
os.chmod('tool', 0o755)
show('which', shutil.which, 'tool', path='a:.')
show('which with folder', shutil.which, './tool')
show('chown of nobody', shutil.chown, 'tool')
os.environ.update(COLUMNS='33', LINES='12')
print(shutil.get_terminal_size(), os.get_exec_path({'PATH': 'x:y'}))

os.environ['GIVEN'] = 'yes'
print(os.environb[b'GIVEN'], os.getenv('GIVEN'), os.environ.pop('GIVEN'), os.getenv('GIVEN', 'no'))
show('environ int', os.environ.__setitem__, 'X', 3)
show('environ none', os.environ.__getitem__, 'NOT_THERE')
print(type(os.environ | {'A': '1'}).__name__, (os.environ | {'A': '1'})['A'], os.environ.setdefault('B_', '2'))
show('fsencode', os.fsencode, 3)
show('fsdecode', lambda: ascii(os.fsdecode(b'a\xff')))
os.chdir('/')
shutil.rmtree(top)
