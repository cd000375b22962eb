"""E36: processes do not share memory.
Look for: the child counts in its own copy of the global, the parent's stays 0. What is to be shared must be made so: a Value with its lock. After a
fork the pages are shared until one of the two writes: a child that only waits owns little; one that goes through the list owns it, as each look at an
item changes a reference count, which stands in the page."""
import multiprocessing
import sys

counter = 0
LENGTH = 2_000_000 if '--figures' in sys.argv else 200_000


def private_mib():
    with open('/proc/self/smaps_rollup') as lines:
        return sum(int(line.split()[1]) for line in lines if line.startswith('Private')) / 1024


def count(times, value, results):
    global counter
    for _ in range(times):
        counter += 1
        with value.get_lock():
            value.value += 1
    results.put(counter)


def look(items, results):
    before = private_mib()
    kept = [item for item in items]  # a second list, and one reference more to every item
    results.put((before, private_mib() - before, len(kept)))


def main():
    value, results = multiprocessing.Value('i', 0), multiprocessing.SimpleQueue()
    children = [multiprocessing.get_context('fork').Process(target=count, args=(100, value, results)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    if '--figures' not in sys.argv:
        print('in the children:', results.get(), results.get(), '- here:', counter, '- shared:', value.value)
    else:
        results.get(), results.get()
    items = [f'item {i}' for i in range(LENGTH)]
    mine = private_mib()
    child = multiprocessing.get_context('fork').Process(target=look, args=(items, results))
    child.start()
    before, grown, length = results.get()
    child.join()
    if '--figures' in sys.argv:
        print(f'child_at_first_mib {before:.1f}\nchild_grown_mib {grown:.1f}\nparent_mib {mine:.1f}')
    else:
        print('the child owns little at first:', before < mine / 2, '- after a look at', length, 'items much:', grown > LENGTH * 40 / 2 ** 20)


if __name__ == '__main__':
    main()
