# gil: on
# Under a GIL of 3.10 or later these statements lose no update: no check point lies between load and store.
import threading

class A: pass
N = 300000
def run(setup, body, read):
    ns = {'A': A, 'one': lambda: 1}
    exec(f'{setup}\ndef work():\n    global c\n    for _ in range({N}):\n        ' + body.replace('\n', '\n        '), ns)
    threads = [threading.Thread(target=ns['work']) for _ in range(2)]
    for t in threads: t.start()
    for t in threads: t.join()
    print(f'{body!r}: {2 * N - eval(read, ns)} lost')
run('c = 0', 'c += 1', 'c')
run('a = A(); a.x = 0', 'a.x += 1', 'a.x')
run('l = [0]', 'l[0] += 1', 'l[0]')
run("d = {'k': 0}", "d['k'] += 1", "d['k']")
run('c = 0; l = [1]', 'c += len(l)', 'c')
run('c = 0', 'c = one() + c', 'c')
run('c = 0', 't = c\nt += 1\nc = t', 'c')
run('c = 0', 'if c >= 0: c = c + 1', 'c')
run('L = []', 'L.append(1)', 'len(L)')
run('it = iter(range(10**9)); seen = []', 'seen.append(next(it))', 'len(set(seen))')
