"""gilly compare [--worlds=on,py39,...] [--runs=N] [--timeout=SECONDS] [--json | --markdown] SCRIPT [arguments]

Runs a script in every world, several times each, in turn, and tells in a table what differs: output, exit status, time,
switches. Each run is a gilly of its own with --stats, so a script that hangs or crashes in one world is a row of the table and
not the end of it. One run more in each world is watched for its memory: what all its processes together have in use (resident), and
what none of them shares (private), at most.
"""

import difflib
import json
import os
import signal
import statistics
import sys
import tempfile
import time

# name: (options of gilly, what it is)
WORLDS = {
    'on': (['--gil=on', '--profile=py314'], 'the GIL as in CPython 3.12 to 3.14'),
    'off': (['--gil=off'], 'no lock, threads run at once, as in free-threaded CPython'),
    'py311': (['--gil=on', '--profile=py311'], 'the GIL as in CPython 3.11'),
    'py39': (['--gil=on', '--profile=py39'], 'the GIL as in CPython 3.9: may switch anywhere'),
    'py27': (['--gil=on', '--profile=py27'], 'the tick lock of Python 2.7'),
    'interpreters': (['--gil=on', '--profile=py314', '--workers=interpreters'], 'each thread in an isolated interpreter: its own lock and memory'),
    'processes': (['--gil=on', '--profile=py314', '--workers=processes'], 'each thread in a forked process'),
}
USAGE = ('usage: gilly compare [--worlds=' + ','.join(WORLDS) + '] [--runs=N] [--timeout=SECONDS] [--json | --markdown] '
         'SCRIPT [arguments]')


class Run:
    """One run: what it printed, how it ended, what it took."""

    def __init__(self, output, errors, ended, wall, cpu, peak_kib, stats):
        self.output = output
        self.errors = errors
        self.ended = ended          # 'exit 0', 'SIGSEGV', 'no end in 10 s'
        self.wall = wall
        self.cpu = cpu
        self.peak_kib = peak_kib
        self.stats = stats          # of --stats, or None


def _start(options, command, folder):
    names = [os.path.join(folder, name) for name in ('out', 'err', 'stats.json')]
    for name in names:
        if os.path.exists(name):
            os.unlink(name)
    argv = [sys.executable, *options, f'--stats={names[2]}', *command]
    pid = os.fork()
    if pid == 0:
        _become(argv, names)
    return pid, names


def run_once(options, command, timeout, folder):
    begin = time.monotonic()
    pid, names = _start(options, command, folder)
    status, usage, late = _wait(pid, begin + timeout)
    wall = time.monotonic() - begin
    if late:
        ended = f'no end in {timeout:g} s'
    elif os.WIFSIGNALED(status):
        ended = signal.Signals(os.WTERMSIG(status)).name
    else:
        ended = f'exit {os.WEXITSTATUS(status)}'
    stats = None
    try:
        with open(names[2]) as f:
            stats = json.load(f)
    except (OSError, ValueError):
        pass                        # it did not come to its end
    return Run(_read(names[0]), _read(names[1]), ended, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, stats)


def _become(argv, names):
    # In the child: output into files, no input, then the script.
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for fd in (1, 2):
            os.dup2(os.open(names[fd - 1], os.O_WRONLY | os.O_CREAT, 0o600), fd)
        os.setpgid(0, 0)
        os.execv(argv[0], argv)
    finally:
        os._exit(126)


def _wait(pid, end):
    pause = 0.0005
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return status, usage, False
        if time.monotonic() > end:
            break
        time.sleep(pause)
        pause = min(pause * 1.5, 0.01)
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    return status, usage, True


def _read(name):
    try:
        with open(name, encoding='utf-8', errors='replace') as f:
            return f.read()
    except OSError:
        return ''


# ---- the run that is watched ----

def watch_memory(options, command, timeout, folder):
    """(resident, private) KiB of the script's processes together, each at its most; looked at every few milliseconds."""
    end = time.monotonic() + timeout
    pid, _ = _start(options, command, folder)
    most = [0, 0]
    while not os.wait4(pid, os.WNOHANG)[0]:
        if time.monotonic() > end:
            _wait(pid, 0)
            break
        now = [_memory_of(each) for each in _family(pid)]
        most = [max(most[i], sum(one[i] for one in now)) for i in range(2)]
        time.sleep(0.003)
    return most


def _family(pid):
    """The process and all that descend from it."""
    found = [pid]
    for each in found:
        try:
            for thread in os.listdir(f'/proc/{each}/task'):
                found += map(int, _read(f'/proc/{each}/task/{thread}/children').split())
        except OSError:
            pass  # it has ended
    return found


def _memory_of(pid):
    resident = private = 0
    for line in _read(f'/proc/{pid}/smaps_rollup').splitlines():
        name, _, value = line.partition(':')
        if name == 'Rss':
            resident = int(value.split()[0])
        elif name in ('Private_Clean', 'Private_Dirty'):
            private += int(value.split()[0])
    return resident, private


# ---- what several runs say together ----

class Row:

    def __init__(self, world, runs, memory):
        self.world = world
        self.runs = runs
        self.resident_kib, self.private_kib = memory
        self.outputs = {}           # (output, ended): how often; the most frequent first
        for run in runs:
            key = (run.output, run.ended)
            self.outputs[key] = self.outputs.get(key, 0) + 1
        self.outputs = dict(sorted(self.outputs.items(), key=lambda item: -item[1]))
        self.wall = statistics.median(run.wall for run in runs)
        self.spread = max(run.wall for run in runs) - min(run.wall for run in runs)
        self.cpu = statistics.median(run.cpu for run in runs)
        self.resident_kib = max(self.resident_kib, *(run.peak_kib for run in runs))
        stats = [run.stats for run in runs if run.stats]
        self.threads = max((len(s['threads']) for s in stats), default=None)
        self.switches = self._median(stats, lambda t: t['forced'] + t['voluntary'] + t['at_ticks'])
        self.failed_wakes = self._median(stats, lambda t: t['failed_wakes'])

    def _median(self, stats, of):
        if not stats:
            return None
        return int(statistics.median(sum(of(t) for t in s['threads']) for s in stats))

    def endings(self):
        counts = {}
        for run in self.runs:
            counts[run.ended] = counts.get(run.ended, 0) + 1
        if len(counts) == 1:
            return next(iter(counts))
        return ', '.join(f'{ended} ({n})' for ended, n in sorted(counts.items(), key=lambda c: -c[1]))

    def counts(self):
        return '+'.join(str(n) for n in self.outputs.values())

    def reading(self, first):
        """A sentence."""
        parts = []
        if self.threads is not None:
            threads = self.threads - 1
            parts.append(f'{threads} thread{"s" * (threads != 1)} beside main' if threads else 'one thread')
            parts.append(f'{self.cpu / self.wall if self.wall else 0:.2f} cores busy')
        if self is not first:
            parts.append(f'{self.wall / first.wall:.2f} of the time of {first.world}')
        odd = len(self.runs) - next(iter(self.outputs.values()))
        if odd:
            parts.append(f'another output in {odd} of {len(self.runs)} runs: the order, or a race')
        elif next(iter(self.outputs))[0] != next(iter(first.outputs))[0]:
            parts.append(f'always another output than usually in {first.world}')
        bad = [run for run in self.runs if run.ended != 'exit 0']
        if bad:
            parts.append(f'{bad[0].ended} in {len(bad)} of {len(self.runs)} runs')
        if self.failed_wakes:
            parts.append(f'{self.failed_wakes} wake-ups in vain')
        return '; '.join(parts)

    def as_json(self, first):
        return {'world': self.world, 'runs': len(self.runs), 'wall_s': self.wall, 'wall_spread_s': self.spread, 'cpu_s': self.cpu,
                'resident_kib': self.resident_kib, 'private_kib': self.private_kib, 'speedup': first.wall / self.wall if self.wall else None, 'switches': self.switches,
                'failed_wakes': self.failed_wakes, 'threads': self.threads, 'reading': self.reading(first),
                'outputs': [{'count': n, 'ended': ended, 'output': output} for (output, ended), n in self.outputs.items()]}


def table(rows):
    first = rows[0]
    head = ['world', 'outputs', 'ended', 'wall ms', '+-', 'CPU ms', 'speed-up', 'switches', 'res. MiB', 'priv. MiB']
    lines = [head]
    for row in rows:
        lines.append([row.world, row.counts(), row.endings(), f'{row.wall * 1000:.1f}', f'{row.spread * 1000:.1f}',
                      f'{row.cpu * 1000:.1f}', f'{first.wall / row.wall:.2f}' if row.wall else '-',
                      '-' if row.switches is None else str(row.switches), f'{row.resident_kib / 1024:.1f}',
                      f'{row.private_kib / 1024:.1f}'])
    return lines


def print_plain(rows):
    lines = table(rows)
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        print('  '.join(cell.ljust(w) if i in (0, 2) else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths))).rstrip())
    print()
    for row in rows:
        print(f'{row.world}: {row.reading(rows[0])}')
    print_odd_ones(rows)


def print_markdown(rows):
    lines = table(rows)
    print('| ' + ' | '.join(lines[0]) + ' |')
    print('|' + '|'.join('---' if i in (0, 2) else '---:' for i in range(len(lines[0]))) + '|')
    for line in lines[1:]:
        print('| ' + ' | '.join(cell.replace('|', '\\|') for cell in line) + ' |')
    print()
    for row in rows:
        print(f'* **{row.world}**: {row.reading(rows[0])}')


def print_odd_ones(rows, most=3, lines=12):
    """Every output that is not the first world's usual one, as a difference to that."""
    usual = next(iter(rows[0].outputs))
    for row in rows:
        odd = [(key, n) for key, n in row.outputs.items() if key[0] != usual[0]]
        for (output, ended), n in odd[:most]:
            print(f'\n{row.world}, {n} of {len(row.runs)} runs, against the usual output of {rows[0].world}:')
            diff = list(difflib.unified_diff(usual[0].splitlines(), output.splitlines(), 'usual', 'odd', n=0, lineterm=''))[2:]
            diff = [line for line in diff if not line.startswith('@@')]
            for line in diff[:lines]:
                print('  ' + line)
            if len(diff) > lines:
                print(f'  ... and {len(diff) - lines} more lines')
        if len(odd) > most:
            print(f'\n{row.world}: {len(odd) - most} more outputs')
        for run in row.runs:
            if run.ended != 'exit 0' and run.errors.strip():
                print(f'\n{row.world}, {run.ended}: {run.errors.strip().splitlines()[-1]}')
                break


# ---- the command ----

def _arguments(words):
    given = {'worlds': ','.join(WORLDS), 'runs': '10', 'timeout': '60', 'json': False, 'markdown': False}
    words = list(words)
    while words and words[0].startswith('--') and words[0] != '--':
        name, equals, value = words.pop(0)[2:].partition('=')
        if name not in given:
            raise ValueError(f'unknown option --{name}')
        if given[name] is False or given[name] is True:
            if equals:
                raise ValueError(f'--{name} takes no value')
            value = True
        elif not equals:
            if not words:
                raise ValueError(f'--{name} wants a value')
            value = words.pop(0)
        given[name] = value
    if words[:1] == ['--']:
        words.pop(0)
    if not words:
        raise ValueError('which script?')
    worlds = given['worlds'].split(',')
    for world in worlds:
        if world not in WORLDS:
            raise ValueError(f'there is no world {world!r}; there are {", ".join(WORLDS)}')
    if not given['runs'].isdecimal() or not 1 <= int(given['runs']) <= 100000:
        raise ValueError(f"--runs wants a number, not {given['runs']!r}")
    try:
        timeout = float(given['timeout'])
    except ValueError:
        timeout = 0
    if not 0 < timeout < 1e9:
        raise ValueError(f"--timeout wants seconds, not {given['timeout']!r}")
    return worlds, int(given['runs']), timeout, given, words


def main(words):
    """Run and print; the exit status."""
    if words[:1] in (['--help'], ['-h']):
        print(USAGE + '\n')
        for name, (_, text) in WORLDS.items():
            print(f'  {name:<14}{text}')
        return 0
    try:
        worlds, count, timeout, given, command = _arguments(words)
        if not os.path.exists(command[0]):
            raise ValueError(f'there is no file {command[0]}')
    except ValueError as e:
        print(f'gilly compare: {e}\n{USAGE}', file=sys.stderr)
        return 2
    runs = {world: [] for world in worlds}
    shows_progress = sys.stderr.isatty()
    with tempfile.TemporaryDirectory(prefix='gilly-compare-') as folder:
        for i in range(count):
            for world in worlds:
                if shows_progress:
                    print(f'\r\x1b[Kcompare: run {i + 1} of {count}, {world}', end='', file=sys.stderr, flush=True)
                runs[world].append(run_once(WORLDS[world][0], command, timeout, folder))
        memory = {}
        for world in worlds:
            if shows_progress:
                print(f'\r\x1b[Kcompare: memory, {world}', end='', file=sys.stderr, flush=True)
            memory[world] = watch_memory(WORLDS[world][0], command, timeout, folder)
        if shows_progress:
            print('\r\x1b[K', end='', file=sys.stderr, flush=True)
    rows = [Row(world, runs[world], memory[world]) for world in worlds]
    if given['json']:
        print(json.dumps({'script': command[0], 'arguments': command[1:], 'rows': [row.as_json(rows[0]) for row in rows]}, indent=1))
    elif given['markdown']:
        print_markdown(rows)
    else:
        print_plain(rows)
    return 0
