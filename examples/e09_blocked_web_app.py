"""E09: one heavy request, and light ones while it is computed, in the web apps under web/.
Look for: on one event loop a light request waits for all of the heavy one; with threads for some switch intervals of the GIL;
with the computing in a process of its own hardly at all, at the price of another interpreter's memory.
web/load.py has the whole table, and the same with --server 'gilly --gil=off'."""
import sys

sys.path.insert(0, __file__.rpartition('/')[0] + '/web')
import load

SECONDS = 1.0 if '--figures' in sys.argv else 0.5
worst, memory = {}, {}
for app, place, heavy, times, mib in load.rows([sys.executable], SECONDS, 30):
    worst[f'{app}_{place}'], memory[f'{app}_{place}'] = load.percentile(times, 99), mib
if '--figures' in sys.argv:
    for name, ms in worst.items():
        print(name, f'{ms:.2f}')
else:
    print('one loop: a light request waits for most of the heavy one:', worst['asyncio_app_inline'] > 250)
    for name in ('asyncio_app_thread', 'asyncio_app_process', 'threaded_app_inline', 'threaded_app_process'):
        print(name, 'does not let it wait so long:', worst[name] < 250)
    print('a process costs memory:', memory['asyncio_app_process'] > 1.2 * memory['asyncio_app_inline'])
