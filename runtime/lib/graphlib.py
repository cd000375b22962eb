"""graphlib - TopologicalSorter: an order in which each node comes after all it depends on.

    waiting --(all it depends on is done)--> ready --get_ready()--> out --done()--> done

Keeps: of each node how many of those it depends on are not done yet; at 0 it is ready.
"""
__all__ = ['TopologicalSorter', 'CycleError']

_OUT, _DONE = 'out', 'done'


class CycleError(ValueError):
    """The graph has a cycle: args[1] is the list of its nodes, the first again at the end."""


class TopologicalSorter:
    """Sorts a graph given as {node: those that must come before it}."""

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self, graph=None):
        self._state = {}      # of each node: how many it waits for, or _OUT, or _DONE
        self._after = {}      # of each node: those that wait for it
        self._ready = None    # nodes to be given out; None before prepare()
        self._unfinished = 0  # nodes given out and not done
        for node, before in (graph or {}).items():
            self.add(node, *before)

    def add(self, node, *predecessors):
        """Add a node and what it depends on."""
        if self._ready is not None:
            raise ValueError('Nodes cannot be added after a call to prepare()')
        for new in node, *predecessors:
            if new not in self._state:
                self._state[new], self._after[new] = 0, []
        self._state[node] += len(predecessors)
        for before in predecessors:
            self._after[before].append(node)

    def prepare(self):
        """No more nodes: look for cycles, find the nodes that are ready."""
        if self._ready is not None:
            raise ValueError('cannot prepare() more than once')
        self._ready = [node for node, waits_for in self._state.items() if waits_for == 0]
        cycle = self._cycle()
        if cycle:
            raise CycleError('nodes are in a cycle', cycle)

    def _cycle(self):
        """A cycle, or None: a path is walked as deep as it goes, and again from each node not seen yet."""
        seen = set()
        for start in self._state:
            if start in seen:
                continue
            seen.add(start)
            path = {start: iter(self._after[start])}  # node -> where to go on from it
            while path:
                node, ways = next(reversed(path.items()))
                for to in ways:
                    if to in path:
                        nodes = list(path)
                        return nodes[nodes.index(to):] + [to]
                    if to not in seen:
                        seen.add(to)
                        path[to] = iter(self._after[to])
                        break
                else:
                    del path[node]
        return None

    def _ready_nodes(self):
        if self._ready is None:
            raise ValueError('prepare() must be called first')
        return self._ready

    def get_ready(self):
        """The nodes that became ready since the last call."""
        nodes = tuple(self._ready_nodes())
        self._state.update(dict.fromkeys(nodes, _OUT))
        self._ready.clear()
        self._unfinished += len(nodes)
        return nodes

    def is_active(self):
        """Whether there is more to be given out, now or when what is out is done."""
        return bool(self._ready_nodes()) or self._unfinished > 0

    __bool__ = is_active

    def done(self, *nodes):
        """These nodes are done: those that waited for them may become ready."""
        ready, states = self._ready_nodes(), self._state
        for node in nodes:
            state = states.get(node)
            if state is not _OUT:
                problem = 'was not added using add()' if state is None else 'was already marked done' if state is _DONE \
                    else 'was not passed out (still not ready)'
                raise ValueError(f'node {node!r} {problem}')
            states[node] = _DONE
            self._unfinished -= 1
            for waiting in self._after[node]:
                states[waiting] -= 1
                if states[waiting] == 0:
                    ready.append(waiting)

    def static_order(self):
        """All nodes in order."""
        self.prepare()
        while self.is_active():
            nodes = self.get_ready()
            yield from nodes
            self.done(*nodes)
