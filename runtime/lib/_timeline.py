"""Pictures of a recorded run: gilly timeline TRACE.json [-o PICTURE.svg | PICTURE.html] [--width N] [--from MS] [--to MS]

A trace (--trace=FILE.json) has a lane a thread and slices on it, one a state. Without -o it is drawn in the terminal.
Next: gil/observe/trace.c (who writes it), _timeline_page.py (the page that zooms).
"""

import json
import os
import sys

# state: letter in the terminal, colour, what the legend says
STATES = {
    'hold': ('#', '#2e9e4f', 'holds the GIL'),
    'want': ('w', '#f2b134', 'wants the GIL'),
    'lock': ('L', '#8e5bd0', 'blocked on a lock'),
    'io': ('i', '#3b82d6', 'blocked on I/O'),
    'sleep': ('.', '#b9c0c8', 'sleeps'),
    'foreign': ('f', '#17a2a2', 'foreign code'),
    'process': ('p', '#7a8899', 'waits for a process'),
    'input': ('k', '#5aa0c8', 'waits for input'),
}
FAILED = '#d8342c'


class Lane:
    """What one thread did: slices (start, end, state, where), in the order of time; and instants (time, name)."""

    def __init__(self, tid):
        self.tid = tid
        self.name = f'thread {tid}'
        self.slices = []
        self.instants = []
        self.lost = 0


class Trace:

    def __init__(self, data):
        self.about = data.get('otherData', {})
        self.lanes = {}
        self.arrows = []        # (time, from, to)
        ends = {}
        for event in data['traceEvents']:
            lane = self.lanes.get(event['tid'])
            if lane is None:
                lane = self.lanes[event['tid']] = Lane(event['tid'])
            phase = event['ph']
            if phase == 'X':
                args = event.get('args', {})
                where = f"{args['file']}:{args['line']} {args.get('function', '')}".strip() if 'file' in args else ''
                state = args.get('state', event['name'])
                lane.slices.append((event['ts'], event['ts'] + event['dur'], state, where))
            elif phase == 'i':
                lane.instants.append((event['ts'], event['name']))
            elif phase == 'M' and event['name'] == 'thread_name':
                lane.name = event['args']['name']
                lane.lost = event['args'].get('lost', 0)
            elif phase == 's':
                ends[event['id']] = event['tid']
            elif phase == 'f' and event['id'] in ends:
                self.arrows.append((event['ts'], ends[event['id']], event['tid']))
        self.lanes = [lane for _, lane in sorted(self.lanes.items())]
        times = [(s[0], s[1]) for lane in self.lanes for s in (lane.slices[:1] + lane.slices[-1:])]
        self.begin = min((t[0] for t in times), default=0.0)
        self.end = max((t[1] for t in times), default=1.0)

    def title(self):
        interval = self.about.get('interval_us', 0) / 1000
        return (f"profile {self.about.get('profile', '?')}, interval {interval:g} ms, {self.about.get('clock', '?')} clock, "
                f"{(self.end - self.begin) / 1000:.2f} ms")

    def used_states(self):
        used = {s[2] for lane in self.lanes for s in lane.slices}
        return [state for state in STATES if state in used]


def load(path):
    """The trace in a file; ValueError says in a line what is wrong with it."""
    with open(path, encoding='utf-8') as f:
        text = f.read()
    try:
        data = json.loads(text)
    except ValueError as e:
        raise ValueError(f'not a trace: {e}') from None
    if not isinstance(data, dict) or not isinstance(data.get('traceEvents'), list):
        raise ValueError('not a trace: there is no list traceEvents')
    try:
        return Trace(data)
    except (KeyError, TypeError, AttributeError) as e:
        raise ValueError(f'not a trace that gilly wrote: {type(e).__name__}: {e}') from None


# ---- a lane cut into columns: in each, the state that takes most of it ----

def columns(lane, begin, end, count):
    """A list of count states; None where the thread is not there."""
    width = (end - begin) / count or 1.0
    shares = [None] * count
    for start, stop, state, _ in lane.slices:
        first = max(0, int((start - begin) / width))
        last = min(count - 1, int((stop - begin) / width))
        for i in range(first, last + 1):
            low, high = begin + i * width, begin + (i + 1) * width
            part = min(stop, high) - max(start, low)
            if part < 0:
                continue
            if shares[i] is None:
                shares[i] = {}
            shares[i][state] = shares[i].get(state, 0) + part
    return [max(share, key=share.get) if share else None for share in shares]


def runs(cells):
    """(first, past the last, value) of equal neighbours."""
    start = 0
    for i in range(1, len(cells) + 1):
        if i == len(cells) or cells[i] != cells[start]:
            yield start, i, cells[start]
            start = i


# ---- in the terminal ----

def _ansi(colour):
    r, g, b = (int(colour[i:i + 2], 16) for i in (1, 3, 5))
    return f'\x1b[38;2;{r};{g};{b}m'


def draw_terminal(trace, begin, end, width, colours):
    names = max([len(lane.name) for lane in trace.lanes] + [6])
    names = min(names, 24)
    count = max(20, width - names - 3)
    lines = [trace.title()]
    for lane in trace.lanes:
        cells = columns(lane, begin, end, count)
        failed = {int((t - begin) / ((end - begin) / count or 1)) for t, name in lane.instants if name == 'failed wake'}
        text = ''
        for first, last, state in runs(cells):
            for i in range(first, last):
                letter, colour = (STATES[state][0], STATES[state][1]) if state in STATES else (' ', '')
                if i in failed and state != 'hold':
                    letter, colour = '!', FAILED
                text += f'{_ansi(colour)}{letter}\x1b[0m' if colours and colour else letter
        lines.append(f'{lane.name[:names]:<{names}} |{text}|')
    left, right = f'{begin / 1000:.2f} ms', f'{end / 1000:.2f} ms'
    lines.append(' ' * (names + 2) + left + right.rjust(count - len(left)))
    legend = [f'{STATES[s][0]} {STATES[s][2]}' for s in trace.used_states()]
    if any(name == 'failed wake' for lane in trace.lanes for _, name in lane.instants):
        legend.append('! woken in vain')
    lines.append('   '.join(legend))
    for lane in trace.lanes:
        if lane.lost:
            lines.append(f'{lane.name}: the first {lane.lost} events were not kept')
    return '\n'.join(lines)


# ---- SVG ----

def escape(text):
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('"', '&quot;')


def nice_step(span, parts):
    """1, 2 or 5 times a power of ten, so that span has about that many steps."""
    step = 10.0 ** -3
    while True:
        for factor in (1, 2, 5):
            if span / (step * factor) <= parts:
                return step * factor
        step *= 10


def draw_svg(trace, begin, end, width=1200):
    left, top, height, gap = 150, 46, 26, 10
    count = width - left - 20
    scale = count / ((end - begin) or 1.0)
    rows = {lane.tid: top + i * (height + gap) for i, lane in enumerate(trace.lanes)}
    bottom = top + len(trace.lanes) * (height + gap)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{bottom + 60}" '
           f'viewBox="0 0 {width} {bottom + 60}" font-family="sans-serif" font-size="12">',
           f'<title>gilly: {escape(trace.title())}</title>',
           '<rect width="100%" height="100%" fill="#ffffff"/>',
           f'<text x="{left}" y="20" font-size="13" fill="#333">{escape(trace.title())}</text>']
    step = nice_step((end - begin) / 1000, 10)
    at = -(-begin // (step * 1000)) * step
    while at <= end / 1000 + 1e-9:
        x = left + (at * 1000 - begin) * scale
        out.append(f'<line x1="{x:.1f}" y1="{top - 8}" x2="{x:.1f}" y2="{bottom}" stroke="#e4e7eb"/>'
                   f'<text x="{x:.1f}" y="{bottom + 14}" text-anchor="middle" fill="#555">{round(at, 6):g} ms</text>')
        at += step
    for lane in trace.lanes:
        y = rows[lane.tid]
        out.append(f'<text x="{left - 8}" y="{y + 17}" text-anchor="end" fill="#222">{escape(lane.name[:22])}</text>')
        out.extend(_svg_slices(lane, begin, end, left, y, height, scale, count))
        marks = {round(left + (t - begin) * scale) for t, name in lane.instants if name == 'failed wake' and begin <= t <= end}
        out.extend(f'<line x1="{x}" y1="{y}" x2="{x}" y2="{y + height}" stroke="{FAILED}"/>' for x in sorted(marks))
        marks = {round(left + (t - begin) * scale) for t, name in lane.instants if name == 'drop request' and begin <= t <= end}
        out.extend(f'<circle cx="{x}" cy="{y + height}" r="2" fill="#444"/>' for x in sorted(marks))
    seen = set()
    for time, source, target in trace.arrows:
        if not begin <= time <= end or source not in rows or target not in rows:
            continue
        x = round(left + (time - begin) * scale)
        if (x, source, target) in seen:
            continue
        seen.add((x, source, target))
        down = rows[target] > rows[source]
        y1, y2 = (rows[source] + height, rows[target]) if down else (rows[source], rows[target] + height)
        tip = y2 - 4 if down else y2 + 4
        out.append(f'<path d="M{x} {y1}L{x} {y2}M{x - 3} {tip}L{x} {y2}L{x + 3} {tip}" stroke="#555" fill="none" stroke-width="0.8"/>')
    x = left
    for state in trace.used_states():
        _, colour, text = STATES[state]
        out.append(f'<rect x="{x}" y="{bottom + 32}" width="12" height="12" fill="{colour}"/>'
                   f'<text x="{x + 17}" y="{bottom + 42}" fill="#333">{text}</text>')
        x += 34 + 7 * len(text)
    if any(name == 'failed wake' for lane in trace.lanes for _, name in lane.instants):
        out.append(f'<rect x="{x}" y="{bottom + 32}" width="3" height="12" fill="{FAILED}"/>'
                   f'<text x="{x + 9}" y="{bottom + 42}" fill="#333">woken in vain</text>')
    out.append('</svg>')
    return '\n'.join(out) + '\n'


def _svg_slices(lane, begin, end, left, y, height, scale, count):
    if len(lane.slices) <= 2000:
        for start, stop, state, where in lane.slices:
            if stop < begin or start > end:
                continue
            start, stop = max(start, begin), min(stop, end)
            _, colour, text = STATES.get(state, ('?', '#999999', state))
            tip = f'{text}, {(stop - start) / 1000:.3f} ms' + (f'\n{where}' if where else '')
            yield (f'<rect x="{left + (start - begin) * scale:.2f}" y="{y}" width="{max((stop - start) * scale, 0.3):.2f}" '
                   f'height="{height}" fill="{colour}"><title>{escape(tip)}</title></rect>')
    else:                       # more than can be seen: a rectangle a run of equal pixels
        for first, last, state in runs(columns(lane, begin, end, count)):
            if state in STATES:
                yield f'<rect x="{left + first}" y="{y}" width="{last - first}" height="{height}" fill="{STATES[state][1]}"/>'


# ---- the command ----

USAGE = 'usage: gilly timeline TRACE.json [-o PICTURE.svg|PICTURE.html] [--width N] [--from MS] [--to MS]'


def _number(word, option):
    try:
        return float(word)
    except ValueError:
        raise ValueError(f'{option} wants a number, not {word!r}') from None


def _arguments(words):
    given = {'-o': None, '--width': None, '--from': None, '--to': None}
    files = []
    words = list(words)
    while words:
        word = words.pop(0)
        name, equals, value = word.partition('=')
        if name in given:
            if not equals:
                if not words:
                    raise ValueError(f'{name} wants a value')
                value = words.pop(0)
            given[name] = value if name == '-o' else _number(value, name)
        elif word.startswith('-') and word != '-':
            raise ValueError(f'unknown option {word}')
        else:
            files.append(word)
    if len(files) != 1:
        raise ValueError('one trace, please' if files else 'which trace?')
    return files[0], given


def main(words):
    """Draw; the exit status."""
    if '--help' in words or '-h' in words:
        print(USAGE)
        return 0
    try:
        path, given = _arguments(words)
    except ValueError as e:
        print(f'gilly timeline: {e}\n{USAGE}', file=sys.stderr)
        return 2
    try:
        trace = load(path)
        begin = trace.begin if given['--from'] is None else given['--from'] * 1000
        end = trace.end if given['--to'] is None else given['--to'] * 1000
        if not end > begin:
            raise ValueError('--to must be later than --from')
        out = given['-o']
        if out is None:
            width = given['--width'] or _terminal_width()
            colours = sys.stdout.isatty() and not os.environ.get('NO_COLOR')
            print(draw_terminal(trace, begin, end, int(width), colours))
            return 0
        if out.endswith('.svg'):
            text = draw_svg(trace, begin, end, max(400, int(given['--width'] or 1200)))
        elif out.endswith('.html'):
            import _timeline_page
            text = _timeline_page.page(trace, STATES, FAILED)
        else:
            raise ValueError(f'{out}: a picture ends in .svg or .html')
        with open(out, 'w', encoding='utf-8') as f:
            f.write(text)
        return 0
    except (OSError, ValueError) as e:
        print(f'gilly timeline: {path}: {e}', file=sys.stderr)
        return 2


def _terminal_width():
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 100
