"""E12: a crawler waits 50 ms for each page and computes 5 ms to read it. What is worth making faster: the waiting or the computing?
Look for: one after the other, halving the waiting nearly halves a page and faster computing does next to nothing. With twenty threads the waiting
overlaps and computing is the limit, since under the GIL only one thread computes: now it is the other way round. The two meet at
about waiting / computing = 10 threads. With --gil=off each core computes."""
# gil: on
import sys
import time

from crawler import Site, crawl

WAIT, CPU = 0.05, 0.005
PAGES = 200 if '--figures' in sys.argv else 100


def per_page(threads, wait, cpu, pages):
    """Milliseconds."""
    with Site(pages, wait, 500) as address:
        begin = time.perf_counter()
        n = len(crawl(address, threads, cpu))
        return (time.perf_counter() - begin) * 1000 / n


one = [per_page(1, wait, cpu, 10) for wait, cpu in ((WAIT, CPU), (WAIT / 2, CPU), (WAIT, CPU / 10))]
many = [per_page(20, wait, cpu, PAGES) for wait, cpu in ((WAIT, CPU), (WAIT / 2, CPU), (WAIT, CPU / 10))]
if '--figures' in sys.argv:
    for name, (base, wait, cpu) in (('one', one), ('twenty', many)):
        print(f'{name}_base {base:.2f}\n{name}_wait_halved {base / wait:.2f}\n{name}_cpu_tenth {base / cpu:.2f}')
else:
    print('one thread: halve the waiting:', one[0] / one[1] > one[0] / one[2])
    print('twenty threads: make the computing faster:', many[0] / many[2] > many[0] / many[1])
