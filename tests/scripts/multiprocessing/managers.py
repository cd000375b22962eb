# Managers: objects in a process of their own, proxies here and in other processes.
import multiprocessing as mp
from multiprocessing.managers import BaseManager, SharedMemoryManager


class Account:
    def __init__(self, start):
        self.amount = start

    def pay(self, n):
        if n < 0:
            raise ValueError('negative')
        self.amount += n
        return self.amount

    def _secret(self):
        return 'hidden'


class Bank(BaseManager):
    pass


Bank.register('Account', Account)


def use(d, l, lock, q, i):
    with lock:
        d[i] = i * i
        d['sum'] = d.get('sum', 0) + i
    l.append(i)
    q.put(i)


def refused(function, *args):
    try:
        print('given', function(*args))
    except Exception as e:
        print(type(e).__name__, e)


def main():
    for method in 'fork', 'spawn':
        print('--', method)
        with mp.get_context(method).Manager() as manager:
            d, l, lock, q = manager.dict(a=1), manager.list(), manager.Lock(), manager.Queue()
            ps = [mp.get_context(method).Process(target=use, args=(d, l, lock, q, i)) for i in range(4)]
            for p in ps:
                p.start()
            for p in ps:
                p.join()
            print(sorted(d.items(), key=str), sorted(l), sorted(q.get() for _ in ps), q.empty())
            print(manager.dict(b=2), len(d), 'a' in d, list(d.keys())[0], d.copy()['a'], d.pop('a'))
            l[:] = [3, 1, 2]
            l.sort()
            l += [9]
            l *= 2
            print(l, l[0], l[-1], len(l), l[1:3], l.index(9), 9 in l)
            refused(l.pop, 99)
            refused(d.__getitem__, 'none')
            nested = manager.list([manager.dict(x=1)])
            nested[0]['x'] = 5
            print(nested[0]['x'], type(nested[0]).__name__)
            n = manager.Namespace(x=1)
            n.y = 2
            print(n, n.x + n.y, hasattr(n, 'z'))
            v, a, e = manager.Value('i', 5), manager.Array('i', [1, 2]), manager.Event()
            v.value += 1
            a[0] = 7
            print(v.value, a[:], e.is_set(), e.set(), e.wait(), manager.Semaphore(1).acquire())
            pool = manager.Pool(1)
            print(pool.map(abs, [-1, -2]), pool.apply_async(abs, (-3,)).get())
        refused(manager.list)
    with Bank() as bank:
        account = bank.Account(10)
        print(account.pay(5), account.pay(1), type(account).__name__)
        refused(account.pay, -1)
        refused(getattr, account, '_secret')
    refused(bank.start)
    with SharedMemoryManager() as smm:
        block, row = smm.SharedMemory(64), smm.ShareableList(range(4))
        block.buf[0] = 5
        print(block.buf[0], list(row))


if __name__ == '__main__':
    main()
