# importlib's specs and loaders; finders that a program puts on sys.meta_path.
import importlib
import importlib.util
import importlib.machinery
import os
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'greet.py')
    with open(path, 'w') as f:
        f.write('word = "hello"\ndef say(): return word + " " + __name__\n')
    spec = importlib.util.spec_from_file_location('greeting', path)
    print(spec.name, spec.parent == '', spec.has_location, spec.origin == path, type(spec.loader).__name__)
    module = importlib.util.module_from_spec(spec)
    print(hasattr(module, 'word'), module.__file__ == path, module.__package__ == '', module.__spec__ is spec, module.__loader__ is spec.loader)
    spec.loader.exec_module(module)
    print(module.say(), 'greeting' in sys.modules)
    loader = importlib.machinery.SourceFileLoader('greeting', path)
    print(loader.get_source('greeting').splitlines()[0], loader.is_package('greeting'), loader.get_filename() == path)
    print(loader.load_module().say(), sys.modules['greeting'] is not module)
    try:
        loader.get_filename('other')
    except ImportError as e:
        print(e)
    sys.path.insert(0, folder)
    found = importlib.util.find_spec('greet')
    print(found.name, found.origin == path, 'greet' in sys.modules)
    os.mkdir(os.path.join(folder, 'bag'))
    with open(os.path.join(folder, 'bag', '__init__.py'), 'w') as f:
        f.write('content = 3\n')
    with open(os.path.join(folder, 'bag', 'inner.py'), 'w') as f:
        f.write('import bag\ndeep = bag.content + 1\n')
    found = importlib.util.find_spec('bag.inner')
    print(found.name, found.parent, 'bag' in sys.modules, 'bag.inner' in sys.modules)
    print(importlib.import_module('.inner', 'bag').deep)
    sys.path.remove(folder)

print(importlib.util.find_spec('no_such_module'), importlib.util.find_spec('json').name)
try:
    importlib.util.find_spec('math.inner')
except ModuleNotFoundError as e:
    print(e)
print(importlib.util.resolve_name('.a', 'b.c'), importlib.util.resolve_name('..a', 'b.c'), importlib.util.resolve_name('a', None))


class Maker:
    """Makes modules whose names begin with made_."""

    asked = []

    def find_spec(self, name, path, target=None):
        self.asked.append((name, path is None, target))
        if name.startswith('made_'):
            return importlib.machinery.ModuleSpec(name, self, origin='thin air', is_package=name.endswith('_bag'))

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        if 'bad' in module.__name__:
            raise RuntimeError('not this one')
        module.answer = len(module.__name__)


maker = Maker()
sys.meta_path.insert(0, maker)
import made_one
print(made_one.answer, str(made_one.__spec__).partition('<')[0], made_one.__loader__ is maker)
import made_bag
print(made_bag.__path__, made_bag.__package__, made_bag)
try:
    import made_bad
except RuntimeError as e:
    print(e, 'made_bad' in sys.modules)
try:
    import no_such_thing
except ModuleNotFoundError as e:
    print(e)
print([a for a in maker.asked if 'made' in a[0] or 'no_' in a[0]])
sys.meta_path.remove(maker)
try:
    import made_two
except ImportError as e:
    print(type(e).__name__, e)


class Refuser:
    @classmethod
    def find_spec(cls, name, path, target=None):
        if name == 'colorsys_not':
            raise ImportError('refused')


sys.meta_path.insert(0, Refuser)
try:
    import colorsys_not
except ImportError as e:
    print(type(e).__name__, e)
sys.meta_path.remove(Refuser)

import threading


class Slow:
    """Its module's body takes a while: threads that import it meanwhile wait for one load."""

    loads = []

    def find_spec(self, name, path, target=None):
        if name == 'slow_one':
            return importlib.machinery.ModuleSpec(name, self)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        self.loads.append(module.__name__)
        for _ in range(5):
            threading.Event().wait(0.01)
        module.ready = True


def use():
    import slow_one
    seen.append(slow_one.ready)


seen = []
sys.meta_path.insert(0, Slow())
threads = [threading.Thread(target=use) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(seen, Slow.loads)
