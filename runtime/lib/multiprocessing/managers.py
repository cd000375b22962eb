"""multiprocessing.managers - a process that keeps objects; others use them through proxies, over sockets.

    proxy.method(args)  --- (id, method, args, kwds) --->  Server: a thread for each thread of a client
                        <-- ('#RETURN', value) | ('#ERROR', exception) | ('#PROXY', (exposed, token)) | ('#TRACEBACK', text)

Keeps true: an object lives in the server as long as a proxy of it lives anywhere: incref when one is made, decref when it dies.
Next: connection.py, shared_memory.py.  CPython: Lib/multiprocessing/managers.py.
"""
import array
import collections.abc
import os
import queue
import signal
import sys
import threading
import time
import types
from traceback import format_exc

from . import context, get_context, pool, process, util
from .connection import Client, Listener, Pipe
from .reduction import ForkingPickler
from .util import Namespace
from .process import AuthenticationString

try:
    from . import shared_memory
except ImportError:
    HAS_SHMEM = False
else:
    HAS_SHMEM = True

__all__ = ['BaseManager', 'SyncManager', 'BaseProxy', 'Token']
if HAS_SHMEM:
    __all__ += ['SharedMemoryManager']


# An array has its items as a list, and the views of a dict are lists: they cannot be shared.
def reduce_array(a):
    return array.array, (a.typecode, a.tobytes())


def rebuild_as_list(obj):
    return list, (list(obj),)


ForkingPickler.register(array.array, reduce_array)
for _view in (type(getattr({}, name)()) for name in ('items', 'keys', 'values')):
    ForkingPickler.register(_view, rebuild_as_list)
del _view


class Token:
    """Names an object of a server."""

    __slots__ = 'typeid', 'address', 'id'

    def __init__(self, typeid, address, id):
        self.typeid, self.address, self.id = typeid, address, id

    def __getstate__(self):
        return self.typeid, self.address, self.id

    def __setstate__(self, state):
        self.typeid, self.address, self.id = state

    def __repr__(self):
        return f'{type(self).__name__}(typeid={self.typeid!r}, address={self.address!r}, id={self.id!r})'


# ---- asking a server ----

def dispatch(c, id, methodname, args=(), kwds={}):
    """Ask for a method of the server itself (id None), and give what it returns."""
    c.send((id, methodname, args, kwds))
    kind, result = c.recv()
    if kind == '#RETURN':
        return result
    raise convert_to_error(kind, result)


def convert_to_error(kind, result):
    if kind == '#ERROR':
        return result
    if kind in ('#TRACEBACK', '#UNSERIALIZABLE'):
        if not isinstance(result, str):
            raise TypeError(f"Result {result!r} (kind '{kind}') type is {type(result)}, not str")
        return RemoteError(f'Unserializable message: {result}\n' if kind == '#UNSERIALIZABLE' else result)
    return ValueError(f'Unrecognized message type {kind!r}')


class RemoteError(Exception):
    """Something went wrong in the server, and it can only tell in words."""

    def __str__(self):
        line = '-' * 75
        return f'\n{line}\n{self.args[0]}{line}'


def all_methods(obj):
    """The names of all methods."""
    return [name for name in dir(obj) if callable(getattr(obj, name))]


def public_methods(obj):
    return [name for name in all_methods(obj) if name[0] != '_']


# ---- the server ----

class Server:
    public = ['shutdown', 'create', 'accept_connection', 'get_methods', 'debug_info', 'number_of_objects', 'dummy', 'incref', 'decref']

    def __init__(self, registry, address, authkey, serializer):
        if not isinstance(authkey, bytes):
            raise TypeError(f'Authkey {authkey!r} is type {type(authkey)!s}, not bytes')
        self.registry, self.authkey = registry, AuthenticationString(authkey)
        listener_class, _ = listener_client[serializer]
        self.listener = listener_class(address=address, backlog=128)
        self.address = self.listener.address
        self.id_to_obj = {'0': (None, ())}  # id: (object, exposed methods, method: type of the proxy of its result)
        self.id_to_refcount, self.id_to_local_proxy_obj = {}, {}
        self.mutex = threading.Lock()

    def serve_forever(self):
        """Answer until somebody asks for the end."""
        self.stop_event = threading.Event()
        process.current_process()._manager_server = self
        try:
            accepter = threading.Thread(target=self.accepter, daemon=True)
            accepter.start()
            try:
                while not self.stop_event.is_set():
                    self.stop_event.wait(1)
            except (KeyboardInterrupt, SystemExit):
                pass
        finally:
            if sys.stdout != sys.__stdout__:
                util.debug('resetting stdout, stderr')
                sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
            sys.exit(0)

    def accepter(self):
        while True:
            try:
                c = self.listener.accept()
            except OSError:
                continue
            threading.Thread(target=self.handle_request, args=(c,), daemon=True).start()

    def handle_request(self, conn):
        """One who connects: a request to the server itself. accept_connection() makes the thread serve a client."""
        try:
            self._handle_request(conn)
        except SystemExit:
            pass  # the client left
        finally:
            conn.close()

    def _handle_request(self, c):
        from .connection import answer_challenge, deliver_challenge
        request = None
        try:
            deliver_challenge(c, self.authkey)
            answer_challenge(c, self.authkey)
            request = c.recv()
            ignore, funcname, args, kwds = request
            assert funcname in self.public, f'{funcname!r} unrecognized'
            func = getattr(self, funcname)
        except Exception:
            message = '#TRACEBACK', format_exc()
        else:
            try:
                message = '#RETURN', func(c, *args, **kwds)
            except Exception:
                message = '#TRACEBACK', format_exc()
        try:
            c.send(message)
        except Exception as e:
            try:
                c.send(('#TRACEBACK', format_exc()))
            except Exception:
                pass
            util.info('Failure to send message: %r', message)
            util.info(' ... request was %r', request)
            util.info(' ... exception was %r', e)

    def serve_client(self, conn):
        """Answer one thread of a client until it leaves."""
        util.debug('starting server thread to service %r', threading.current_thread().name)
        recv, send = conn.recv, conn.send
        while not self.stop_event.is_set():
            try:
                message = self._answer(recv())
            except EOFError:
                util.debug('got EOF; exiting thread serving %r', threading.current_thread().name)
                sys.exit(0)
            except Exception:
                message = '#TRACEBACK', format_exc()
            try:
                try:
                    send(message)
                except Exception:
                    send(('#UNSERIALIZABLE', format_exc()))
            except Exception as e:
                util.info('exception in thread serving %r', threading.current_thread().name)
                util.info(' ... message was %r', message)
                util.info(' ... exception was %r', e)
                conn.close()
                sys.exit(1)

    def _answer(self, request):
        ident, methodname, args, kwds = request
        try:
            obj, exposed, gettypeid = self.id_to_obj[ident]
        except KeyError as ke:
            try:
                obj, exposed, gettypeid = self.id_to_local_proxy_obj[ident]
            except KeyError:
                raise ke
        if methodname not in exposed:
            fallback = self.fallback_mapping.get(methodname)
            if fallback is None:
                raise AttributeError(f'method {methodname!r} of {type(obj)!r} object is not in exposed={exposed!r}')
            return '#RETURN', fallback(self, None, ident, obj, *args, **kwds)
        try:
            result = getattr(obj, methodname)(*args, **kwds)
        except Exception as e:
            return '#ERROR', e
        typeid = gettypeid and gettypeid.get(methodname)
        if not typeid:
            return '#RETURN', result
        rident, rexposed = self.create(None, typeid, result)
        return '#PROXY', (rexposed, Token(typeid, self.address, rident))

    # -- what any object can do --

    def fallback_getvalue(self, conn, ident, obj):
        return obj

    def fallback_str(self, conn, ident, obj):
        return str(obj)

    def fallback_repr(self, conn, ident, obj):
        return repr(obj)

    fallback_mapping = {'__str__': fallback_str, '__repr__': fallback_repr, '#GETVALUE': fallback_getvalue}

    # -- what the server itself can do --

    def dummy(self, c):
        pass

    def debug_info(self, c):
        """The objects, in words."""
        with self.mutex:
            return '\n'.join(f'  {ident}:       refcount={self.id_to_refcount[ident]}\n    {str(self.id_to_obj[ident][0])[:75]}'
                             for ident in sorted(self.id_to_refcount) if ident != '0')

    def number_of_objects(self, c):
        return len(self.id_to_refcount)

    def shutdown(self, c):
        """End the process."""
        try:
            util.debug('manager received shutdown message')
            c.send(('#RETURN', None))
        except:
            from traceback import print_exc
            print_exc()
        finally:
            self.stop_event.set()

    def create(self, c, typeid, /, *args, **kwds):
        """Make an object of a registered type. Gives its id and the methods that may be called."""
        with self.mutex:
            make, exposed, method_to_typeid, proxytype = self.registry[typeid]
            if make is None:
                if kwds or len(args) != 1:
                    raise ValueError('Without callable, must have one non-keyword argument')
                obj = args[0]
            else:
                obj = make(*args, **kwds)
            if exposed is None:
                exposed = public_methods(obj)
            if method_to_typeid is not None:
                if not isinstance(method_to_typeid, dict):
                    raise TypeError(f'Method_to_typeid {method_to_typeid!r}: type {type(method_to_typeid)!s}, not dict')
                exposed = list(exposed) + list(method_to_typeid)
            ident = f'{id(obj):x}'
            util.debug('%r callable returned object with id %r', typeid, ident)
            self.id_to_obj[ident] = obj, set(exposed), method_to_typeid
            if ident not in self.id_to_refcount:
                self.id_to_refcount[ident] = 0
        self.incref(c, ident)
        return ident, tuple(exposed)

    def get_methods(self, c, token):
        return tuple(self.id_to_obj[token.id][1])

    def accept_connection(self, c, name):
        """This connection is from now on a client's thread of that name."""
        threading.current_thread().name = name
        c.send(('#RETURN', None))
        self.serve_client(c)

    def incref(self, c, ident):
        with self.mutex:
            try:
                self.id_to_refcount[ident] += 1
            except KeyError as ke:
                # A proxy of one of our own objects, which came back to us and whose count had gone to 0.
                if ident not in self.id_to_local_proxy_obj:
                    raise ke
                self.id_to_refcount[ident] = 1
                self.id_to_obj[ident] = self.id_to_local_proxy_obj[ident]
                util.debug('Server re-enabled tracking & INCREF %r', ident)

    def decref(self, c, ident):
        if ident not in self.id_to_refcount and ident in self.id_to_local_proxy_obj:
            util.debug('Server DECREF skipping %r', ident)
            return
        with self.mutex:
            if self.id_to_refcount[ident] <= 0:
                raise AssertionError(f'Id {ident!s} ({self.id_to_obj[ident]!r}) has refcount {self.id_to_refcount[ident]:n}, not 1+')
            self.id_to_refcount[ident] -= 1
            if self.id_to_refcount[ident] == 0:
                del self.id_to_refcount[ident]
        if ident not in self.id_to_refcount:
            # The object dies without the mutex: that may run anything.
            self.id_to_obj[ident] = None, (), None
            util.debug('disposing of obj with id %r', ident)
            with self.mutex:
                del self.id_to_obj[ident]


class State:
    """Of a manager."""

    __slots__ = ['value']
    INITIAL, STARTED, SHUTDOWN = range(3)


listener_client = {'pickle': (Listener, Client)}


# ---- managers ----

class BaseManager:
    """Starts a server, or knows where one is; makes objects there. register() adds types."""

    _registry = {}
    _Server = Server

    def __init__(self, address=None, authkey=None, serializer='pickle', ctx=None, *, shutdown_timeout=1.0):
        if authkey is None:
            authkey = process.current_process().authkey
        self._address, self._authkey = address, AuthenticationString(authkey)
        self._state = State()
        self._state.value = State.INITIAL
        self._serializer = serializer
        self._Listener, self._Client = listener_client[serializer]
        self._ctx, self._shutdown_timeout = ctx or get_context(), shutdown_timeout

    def _must_be_initial(self):
        if self._state.value == State.INITIAL:
            return
        if self._state.value == State.STARTED:
            raise context.ProcessError('Already started server')
        if self._state.value == State.SHUTDOWN:
            raise context.ProcessError('Manager has shut down')
        raise context.ProcessError(f'Unknown state {self._state.value!r}')

    def get_server(self):
        """A server, for this process to run."""
        self._must_be_initial()
        return Server(self._registry, self._address, self._authkey, self._serializer)

    def connect(self):
        """Use the server that runs at the address."""
        conn = self._Client(self._address, authkey=self._authkey)
        dispatch(conn, None, 'dummy')
        self._state.value = State.STARTED

    def start(self, initializer=None, initargs=()):
        """Start a process with a server; initializer(*initargs) is called there first."""
        self._must_be_initial()
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        reader, writer = Pipe(duplex=False)
        self._process = self._ctx.Process(target=type(self)._run_server,
                                          args=(self._registry, self._address, self._authkey, self._serializer, writer, initializer, initargs))
        ident = ':'.join(str(i) for i in self._process._identity)
        self._process.name = f'{type(self).__name__}-{ident}'
        self._process._ends_with_parent = True
        self._process.start()
        writer.close()
        self._address = reader.recv()
        reader.close()
        self._state.value = State.STARTED
        self.shutdown = util.Finalize(self, type(self)._finalize_manager, exitpriority=0,
                                      args=(self._process, self._address, self._authkey, self._state, self._Client, self._shutdown_timeout))

    @classmethod
    def _run_server(cls, registry, address, authkey, serializer, writer, initializer=None, initargs=()):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
        if initializer is not None:
            initializer(*initargs)
        server = cls._Server(registry, address, authkey, serializer)
        writer.send(server.address)
        writer.close()
        util.info('manager serving at %r', server.address)
        server.serve_forever()

    def _create(self, typeid, /, *args, **kwds):
        """Make an object there. Gives its token and the methods that may be called."""
        assert self._state.value == State.STARTED, 'server not yet started'
        conn = self._Client(self._address, authkey=self._authkey)
        try:
            id, exposed = dispatch(conn, None, 'create', (typeid,) + args, kwds)
        finally:
            conn.close()
        return Token(typeid, self._address, id), exposed

    def join(self, timeout=None):
        """Wait for the server's process to end."""
        if self._process is not None:
            self._process.join(timeout)
            if not self._process.is_alive():
                self._process = None

    def _ask(self, methodname):
        conn = self._Client(self._address, authkey=self._authkey)
        try:
            return dispatch(conn, None, methodname)
        finally:
            conn.close()

    def _debug_info(self):
        return self._ask('debug_info')

    def _number_of_objects(self):
        return self._ask('number_of_objects')

    def __enter__(self):
        if self._state.value == State.INITIAL:
            self.start()
        if self._state.value != State.STARTED:
            self._must_be_initial()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown()

    @staticmethod
    def _finalize_manager(process, address, authkey, state, _Client, shutdown_timeout):
        """End the server: ask; then SIGTERM; then SIGKILL."""
        if process.is_alive():
            util.info('sending shutdown message to manager')
            try:
                conn = _Client(address, authkey=authkey)
                try:
                    dispatch(conn, None, 'shutdown')
                finally:
                    conn.close()
            except Exception:
                pass
            process.join(timeout=shutdown_timeout)
            if process.is_alive():
                util.info('manager still alive')
                util.info('trying to `terminate()` manager process')
                process.terminate()
                process.join(timeout=shutdown_timeout)
                if process.is_alive():
                    util.info('manager still alive after terminate')
                    process.kill()
                    process.join()
        state.value = State.SHUTDOWN
        try:
            del BaseProxy._address_to_local[address]
        except KeyError:
            pass

    @property
    def address(self):
        return self._address

    @classmethod
    def register(cls, typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True):
        """Add a type: callable makes an object there, proxytype is what stands for it here; a method of that name makes both."""
        if '_registry' not in cls.__dict__:
            cls._registry = cls._registry.copy()
        if proxytype is None:
            proxytype = AutoProxy
        exposed = exposed or getattr(proxytype, '_exposed_', None)
        method_to_typeid = method_to_typeid or getattr(proxytype, '_method_to_typeid_', None)
        if method_to_typeid:
            for key, value in list(method_to_typeid.items()):
                assert type(key) is str, f'{key!r} is not a string'
                assert type(value) is str, f'{value!r} is not a string'
        cls._registry[typeid] = callable, exposed, method_to_typeid, proxytype
        if create_method:
            def temp(self, /, *args, **kwds):
                util.debug('requesting creation of a shared %r object', typeid)
                token, exp = self._create(typeid, *args, **kwds)
                proxy = proxytype(token, self._serializer, manager=self, authkey=self._authkey, exposed=exp)
                conn = self._Client(token.address, authkey=self._authkey)
                dispatch(conn, None, 'decref', (token.id,))
                return proxy

            temp.__name__ = typeid
            setattr(cls, typeid, temp)


# ---- proxies ----

class ProcessLocalSet(set):
    def __init__(self):
        util.register_after_fork(self, lambda obj: obj.clear())

    def __reduce__(self):
        return type(self), ()


class BaseProxy:
    """Stands for an object of a server."""

    _address_to_local = {}  # address: (this thread's connection, ids of the objects that this process has proxies of)
    _mutex = util.ForkAwareThreadLock()

    def __init__(self, token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
        with BaseProxy._mutex:
            local = BaseProxy._address_to_local.get(token.address)
            if local is None:
                local = BaseProxy._address_to_local[token.address] = util.ForkAwareLocal(), ProcessLocalSet()
        self._tls, self._idset = local
        self._token, self._id, self._manager, self._serializer = token, token.id, manager, serializer
        self._Client = listener_client[serializer][1]
        self._owned_by_manager = manager_owned  # in the server itself: nothing is counted
        if authkey is not None:
            self._authkey = AuthenticationString(authkey)
        elif manager is not None:
            self._authkey = manager._authkey
        else:
            self._authkey = process.current_process().authkey
        if incref:
            self._incref()
        util.register_after_fork(self, BaseProxy._after_fork)

    def _connect(self):
        util.debug('making connection to manager')
        name = process.current_process().name
        if threading.current_thread().name != 'MainThread':
            name += '|' + threading.current_thread().name
        conn = self._Client(self._token.address, authkey=self._authkey)
        dispatch(conn, None, 'accept_connection', (name,))
        self._tls.connection = conn

    def _callmethod(self, methodname, args=(), kwds={}):
        """Call a method of the object. Gives its result, or a proxy of it."""
        try:
            conn = self._tls.connection
        except AttributeError:
            util.debug('thread %r does not own a connection', threading.current_thread().name)
            self._connect()
            conn = self._tls.connection
        conn.send((self._id, methodname, args, kwds))
        kind, result = conn.recv()
        if kind == '#RETURN':
            return result
        if kind == '#PROXY':
            exposed, token = result
            proxytype = self._manager._registry[token.typeid][-1]
            token.address = self._token.address
            proxy = proxytype(token, self._serializer, manager=self._manager, authkey=self._authkey, exposed=exposed)
            conn = self._Client(token.address, authkey=self._authkey)
            dispatch(conn, None, 'decref', (token.id,))
            return proxy
        raise convert_to_error(kind, result)

    def _getvalue(self):
        """A copy of the object."""
        return self._callmethod('#GETVALUE')

    def _incref(self):
        if self._owned_by_manager:
            util.debug('owned_by_manager skipped INCREF of %r', self._token.id)
            return
        conn = self._Client(self._token.address, authkey=self._authkey)
        dispatch(conn, None, 'incref', (self._id,))
        util.debug('INCREF %r', self._token.id)
        self._idset.add(self._id)
        state = self._manager and self._manager._state
        self._close = util.Finalize(self, BaseProxy._decref, args=(self._token, self._authkey, state, self._tls, self._idset, self._Client), exitpriority=10)

    @staticmethod
    def _decref(token, authkey, state, tls, idset, _Client):
        idset.discard(token.id)
        if state is None or state.value == State.STARTED:
            try:
                util.debug('DECREF %r', token.id)
                conn = _Client(token.address, authkey=authkey)
                dispatch(conn, None, 'decref', (token.id,))
            except Exception as e:
                util.debug('... decref failed: %s', e)
        else:
            util.debug('DECREF %r -- manager already shutdown', token.id)
        if not idset and hasattr(tls, 'connection'):
            util.debug('thread %r has no more proxies so closing conn', threading.current_thread().name)
            tls.connection.close()
            del tls.connection

    def _after_fork(self):
        self._manager = None
        try:
            self._incref()
        except Exception as e:
            util.info('incref failed: %s', e)

    def __reduce__(self):
        kwds = {}
        if context.get_spawning_popen() is not None:
            kwds['authkey'] = self._authkey
        if getattr(self, '_isauto', False):
            kwds['exposed'] = self._exposed_
            return RebuildProxy, (AutoProxy, self._token, self._serializer, kwds)
        return RebuildProxy, (type(self), self._token, self._serializer, kwds)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return f'<{type(self).__name__} object, typeid {self._token.typeid!r} at {id(self):#x}>'

    def __str__(self):
        try:
            return self._callmethod('__repr__')
        except Exception:
            return repr(self)[:-1] + "; '__str__()' failed>"


def RebuildProxy(func, token, serializer, kwds):
    """A proxy from its pickle; in the server itself it is marked as the server's own."""
    server = getattr(process.current_process(), '_manager_server', None)
    if server and server.address == token.address:
        util.debug('Rebuild a proxy owned by manager, token=%r', token)
        kwds['manager_owned'] = True
        if token.id not in server.id_to_local_proxy_obj:
            server.id_to_local_proxy_obj[token.id] = server.id_to_obj[token.id]
    incref = kwds.pop('incref', True) and not getattr(process.current_process(), '_inheriting', False)
    return func(token, serializer, incref=incref, **kwds)


def _forwarder(name):
    def method(self, /, *args, **kwds):
        return self._callmethod(name, args, kwds)

    method.__name__ = name
    return method


def MakeProxyType(name, exposed, _cache={}):
    """A class of proxies with these methods."""
    exposed = tuple(exposed)
    try:
        return _cache[name, exposed]
    except KeyError:
        pass
    proxytype = _cache[name, exposed] = type(name, (BaseProxy,), {method: _forwarder(method) for method in exposed})
    proxytype._exposed_ = exposed
    return proxytype


def AutoProxy(token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
    """A proxy with the public methods of the object."""
    if exposed is None:
        conn = listener_client[serializer][1](token.address, authkey=authkey)
        try:
            exposed = dispatch(conn, None, 'get_methods', (token,))
        finally:
            conn.close()
    if authkey is None and manager is not None:
        authkey = manager._authkey
    if authkey is None:
        authkey = process.current_process().authkey
    proxytype = MakeProxyType(f'AutoProxy[{token.typeid}]', exposed)
    proxy = proxytype(token, serializer, manager=manager, authkey=authkey, incref=incref, manager_owned=manager_owned)
    proxy._isauto = True
    return proxy


# ---- what a SyncManager can make, besides util.Namespace ----

class Value:
    """A value with nothing around it."""

    def __init__(self, typecode, value, lock=True):
        self._typecode, self._value = typecode, value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    def __repr__(self):
        return f'{type(self).__name__}({self._typecode!r}, {self._value!r})'

    value = property(get, set)


def Array(typecode, sequence, lock=True):
    return array.array(typecode, sequence)


class IteratorProxy(BaseProxy):
    _exposed_ = '__next__', 'send', 'throw', 'close'

    def __iter__(self):
        return self

    __next__, send, throw, close = (_forwarder(name) for name in ('__next__', 'send', 'throw', 'close'))


class AcquirerProxy(BaseProxy):
    _exposed_ = 'acquire', 'release'

    def acquire(self, blocking=True, timeout=None):
        return self._callmethod('acquire', (blocking,) if timeout is None else (blocking, timeout))

    def release(self):
        return self._callmethod('release')

    def __enter__(self):
        return self._callmethod('acquire')

    def __exit__(self, exc_type, exc_val, exc_tb):
        return self._callmethod('release')


class ConditionProxy(AcquirerProxy):
    _exposed_ = 'acquire', 'release', 'wait', 'notify', 'notify_all'

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))

    def notify(self, n=1):
        return self._callmethod('notify', (n,))

    def notify_all(self):
        return self._callmethod('notify_all')

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        if result:
            return result
        end = None if timeout is None else time.monotonic() + timeout
        while not result:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


class EventProxy(BaseProxy):
    _exposed_ = 'is_set', 'set', 'clear', 'wait'

    is_set, set, clear = (_forwarder(name) for name in ('is_set', 'set', 'clear'))

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))


class BarrierProxy(BaseProxy):
    _exposed_ = '__getattribute__', 'wait', 'abort', 'reset'

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))

    abort, reset = _forwarder('abort'), _forwarder('reset')
    parties, n_waiting, broken = (property(lambda self, name=name: self._callmethod('__getattribute__', (name,))) for name in ('parties', 'n_waiting', 'broken'))


class NamespaceProxy(BaseProxy):
    _exposed_ = '__getattribute__', '__setattr__', '__delattr__'

    def __getattr__(self, key):
        if key[0] == '_':
            return object.__getattribute__(self, key)
        return object.__getattribute__(self, '_callmethod')('__getattribute__', (key,))

    def __setattr__(self, key, value):
        if key[0] == '_':
            return object.__setattr__(self, key, value)
        return object.__getattribute__(self, '_callmethod')('__setattr__', (key, value))

    def __delattr__(self, key):
        if key[0] == '_':
            return object.__delattr__(self, key)
        return object.__getattribute__(self, '_callmethod')('__delattr__', (key,))


class ValueProxy(BaseProxy):
    _exposed_ = 'get', 'set'

    def get(self):
        return self._callmethod('get')

    def set(self, value):
        return self._callmethod('set', (value,))

    value = property(get, set)
    __class_getitem__ = classmethod(types.GenericAlias)


BaseListProxy = MakeProxyType('BaseListProxy', (
    '__add__', '__contains__', '__delitem__', '__getitem__', '__len__', '__mul__', '__reversed__', '__rmul__', '__setitem__', 'append', 'count', 'extend',
    'index', 'insert', 'pop', 'remove', 'reverse', 'sort', '__imul__'))


class ListProxy(BaseListProxy):
    def __iadd__(self, value):
        self._callmethod('extend', (value,))
        return self

    def __imul__(self, value):
        self._callmethod('__imul__', (value,))
        return self


DictProxy = MakeProxyType('DictProxy', (
    '__contains__', '__delitem__', '__getitem__', '__iter__', '__len__', '__setitem__', 'clear', 'copy', 'get', 'items', 'keys', 'pop', 'popitem',
    'setdefault', 'update', 'values'))
DictProxy._method_to_typeid_ = {'__iter__': 'Iterator'}

ArrayProxy = MakeProxyType('ArrayProxy', ('__len__', '__getitem__', '__setitem__'))

BasePoolProxy = MakeProxyType('PoolProxy', ('apply', 'apply_async', 'close', 'imap', 'imap_unordered', 'join', 'map', 'map_async', 'starmap', 'starmap_async', 'terminate'))
BasePoolProxy._method_to_typeid_ = {'apply_async': 'AsyncResult', 'map_async': 'AsyncResult', 'starmap_async': 'AsyncResult', 'imap': 'Iterator', 'imap_unordered': 'Iterator'}


class PoolProxy(BasePoolProxy):
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


class SyncManager(BaseManager):
    """A manager of the usual types. multiprocessing.Manager() gives one that runs."""


for _name, *_how in (
        ('Queue', queue.Queue), ('JoinableQueue', queue.Queue), ('Event', threading.Event, EventProxy), ('Lock', threading.Lock, AcquirerProxy),
        ('RLock', threading.RLock, AcquirerProxy), ('Semaphore', threading.Semaphore, AcquirerProxy),
        ('BoundedSemaphore', threading.BoundedSemaphore, AcquirerProxy), ('Condition', threading.Condition, ConditionProxy),
        ('Barrier', threading.Barrier, BarrierProxy), ('Pool', pool.Pool, PoolProxy), ('list', list, ListProxy), ('dict', dict, DictProxy),
        ('Value', Value, ValueProxy), ('Array', Array, ArrayProxy), ('Namespace', Namespace, NamespaceProxy)):
    SyncManager.register(_name, *_how)
SyncManager.register('Iterator', proxytype=IteratorProxy, create_method=False)
SyncManager.register('AsyncResult', create_method=False)
del _name, _how


# ---- shared memory that goes with its manager ----

if HAS_SHMEM:
    class _SharedMemoryTracker:
        """Names of blocks that are to be removed."""

        def __init__(self, name, segment_names=[]):
            self.shared_memory_context_name, self.segment_names = name, segment_names

        def register_segment(self, segment_name):
            util.debug('Register segment %r in pid %d', segment_name, os.getpid())
            self.segment_names.append(segment_name)

        def destroy_segment(self, segment_name):
            """Remove one."""
            util.debug('Destroy segment %r in pid %d', segment_name, os.getpid())
            self.segment_names.remove(segment_name)
            segment = shared_memory.SharedMemory(segment_name)
            segment.close()
            segment.unlink()

        def unlink(self):
            """Remove all."""
            for segment_name in self.segment_names[:]:
                self.destroy_segment(segment_name)

        def __del__(self):
            util.debug('Call %s.__del__ in %d', type(self).__name__, os.getpid())
            self.unlink()

        def __getstate__(self):
            return self.shared_memory_context_name, self.segment_names

        def __setstate__(self, state):
            self.__init__(*state)

    class SharedMemoryServer(Server):
        public = Server.public + ['track_segment', 'release_segment', 'list_segments']

        def __init__(self, *args, **kwargs):
            Server.__init__(self, *args, **kwargs)
            address = self.address
            if isinstance(address, bytes):
                address = os.fsdecode(address)
            self.shared_memory_context = _SharedMemoryTracker(f'shm_{address}_{os.getpid()}')
            util.debug('SharedMemoryServer started by pid %d', os.getpid())

        def create(self, c, typeid, /, *args, **kwargs):
            # What uses shared memory must be tracked.
            if hasattr(self.registry[typeid][-1], '_shared_memory_proxy'):
                kwargs['shared_memory_context'] = self.shared_memory_context
            return Server.create(self, c, typeid, *args, **kwargs)

        def shutdown(self, c):
            self.shared_memory_context.unlink()
            return Server.shutdown(self, c)

        def track_segment(self, c, segment_name):
            self.shared_memory_context.register_segment(segment_name)

        def release_segment(self, c, segment_name):
            self.shared_memory_context.destroy_segment(segment_name)

        def list_segments(self, c):
            return self.shared_memory_context.segment_names

    class SharedMemoryManager(BaseManager):
        """Makes blocks of shared memory, and removes them at its end."""

        _Server = SharedMemoryServer

        def __init__(self, *args, **kwargs):
            # The tracker must be the same for us and for the server.
            from . import resource_tracker
            resource_tracker.ensure_running()
            BaseManager.__init__(self, *args, **kwargs)
            util.debug('%s created by pid %d', type(self).__name__, os.getpid())

        def __del__(self):
            util.debug('%s.__del__ by pid %d', type(self).__name__, os.getpid())

        def get_server(self):
            self._must_be_initial()
            return self._Server(self._registry, self._address, self._authkey, self._serializer)

        def _track(self, thing, name):
            with self._Client(self._address, authkey=self._authkey) as conn:
                try:
                    dispatch(conn, None, 'track_segment', (name,))
                except BaseException:
                    (thing if isinstance(thing, shared_memory.SharedMemory) else thing.shm).unlink()
                    raise
            return thing

        def SharedMemory(self, size):
            """A new block."""
            made = shared_memory.SharedMemory(None, create=True, size=size)
            return self._track(made, made.name)

        def ShareableList(self, sequence):
            """A new list in shared memory."""
            made = shared_memory.ShareableList(sequence)
            return self._track(made, made.shm.name)
