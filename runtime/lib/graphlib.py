"""graphlib - TopologicalSorter: an order in which each node comes after all it depends on.

Keeps: of each node the number of predecessors that are not done; a node whose number reaches 0 is ready.
"""
GenericAlias = type(list[int])

__all__ = ['TopologicalSorter', 'CycleError']

_NODE_OUT = -1
_NODE_DONE = -2


class _NodeInfo:
    __slots__ = 'node', 'npredecessors', 'successors'

    def __init__(self, node):
        self.node = node
        self.npredecessors = 0
        self.successors = []


class CycleError(ValueError):
    """The graph has a cycle: args[1] is the list of its nodes, the first again at the end."""


class TopologicalSorter:
    """Sorts a graph given as {node: its predecessors}."""

    def __init__(self, graph=None):
        self._node2info = {}
        self._ready_nodes = None
        self._npassedout = 0
        self._nfinished = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _get_nodeinfo(self, node):
        if node not in self._node2info:
            self._node2info[node] = _NodeInfo(node)
        return self._node2info[node]

    def add(self, node, *predecessors):
        """Add a node and what it depends on."""
        if self._ready_nodes is not None:
            raise ValueError('Nodes cannot be added after a call to prepare()')
        nodeinfo = self._get_nodeinfo(node)
        nodeinfo.npredecessors += len(predecessors)
        for pred in predecessors:
            self._get_nodeinfo(pred).successors.append(node)

    def prepare(self):
        """No more nodes: look for cycles, find the nodes that are ready."""
        if self._ready_nodes is not None:
            raise ValueError('cannot prepare() more than once')
        self._ready_nodes = [i.node for i in self._node2info.values() if i.npredecessors == 0]
        cycle = self._find_cycle()
        if cycle:
            raise CycleError('nodes are in a cycle', cycle)

    def get_ready(self):
        """The nodes that became ready since the last call."""
        if self._ready_nodes is None:
            raise ValueError('prepare() must be called first')
        result = tuple(self._ready_nodes)
        for node in result:
            self._node2info[node].npredecessors = _NODE_OUT
        self._ready_nodes.clear()
        self._npassedout += len(result)
        return result

    def is_active(self):
        """Can more progress be made?"""
        if self._ready_nodes is None:
            raise ValueError('prepare() must be called first')
        return self._nfinished < self._npassedout or bool(self._ready_nodes)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """These nodes are done: those that waited for them may become ready."""
        if self._ready_nodes is None:
            raise ValueError('prepare() must be called first')
        for node in nodes:
            nodeinfo = self._node2info.get(node)
            if nodeinfo is None:
                raise ValueError(f'node {node!r} was not added using add()')
            stat = nodeinfo.npredecessors
            if stat != _NODE_OUT:
                if stat >= 0:
                    raise ValueError(f'node {node!r} was not passed out (still not ready)')
                if stat == _NODE_DONE:
                    raise ValueError(f'node {node!r} was already marked done')
            nodeinfo.npredecessors = _NODE_DONE
            for successor in nodeinfo.successors:
                info = self._node2info[successor]
                info.npredecessors -= 1
                if info.npredecessors == 0:
                    self._ready_nodes.append(successor)
            self._nfinished += 1

    def _find_cycle(self):
        """A cycle, by depth-first search with a stack of its own; None if there is none."""
        n2i = self._node2info
        stack, itstack = [], []
        seen = set()
        node2stacki = {}
        for node in n2i:
            if node in seen:
                continue
            while True:
                if node in seen:
                    if node in node2stacki:
                        return stack[node2stacki[node]:] + [node]
                else:
                    seen.add(node)
                    itstack.append(iter(n2i[node].successors).__next__)
                    node2stacki[node] = len(stack)
                    stack.append(node)
                while stack:
                    try:
                        node = itstack[-1]()
                        break
                    except StopIteration:
                        del node2stacki[stack.pop()]
                        itstack.pop()
                else:
                    break
        return None

    def static_order(self):
        """All nodes in order."""
        self.prepare()
        while self.is_active():
            node_group = self.get_ready()
            yield from node_group
            self.done(*node_group)

    __class_getitem__ = classmethod(GenericAlias)
