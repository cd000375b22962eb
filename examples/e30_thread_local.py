"""E30: one name, a value a thread.
Look for: what main set is not there in the workers, and each worker sees its own."""
import threading

local = threading.local()
local.x = 'main'
seen = []


def work(i):
    was_there = hasattr(local, 'x')
    local.x = i
    seen.append((was_there, local.x))


threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(seen), local.x)
