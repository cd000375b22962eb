# Every module of the library imports: a file that nothing else uses must not rot.
import sys
import warnings

warnings.simplefilter('ignore')  # CPython's old modules

names = [name for name in sorted(sys.stdlib_module_names) if not name.startswith('_') and name not in ('antigravity', 'this', 'turtle')]
broken = []
for name in names:
    try:
        __import__(name)
    except ModuleNotFoundError:
        pass  # CPython lists modules of other systems as well
    except Exception as e:
        broken.append((name, repr(e)))
print(broken)
for name in ('importlib.util', 'importlib.machinery', 'concurrent.futures.thread', 'urllib.parse',
             'urllib.request', 'urllib.error', 'http.client', 'http.server', 'json.decoder', 'json.encoder', 'json.tool',
             'ctypes.util', 'collections.abc', 'os.path', 'asyncio.events', 'asyncio.tasks', 'asyncio.streams'):
    __import__(name)
print(len(names) > 50, 'json' in sys.stdlib_module_names, 'math' in sys.stdlib_module_names, type(sys.stdlib_module_names).__name__)
