"""logging - messages with a level, sent through a tree of loggers to handlers.

    Logger ----> LogRecord ----> Handler ----> Formatter ----> text
    decides by level and filters     writes it somewhere       all else: formats.py

Keeps: a logger without a level has that of the next above it; the answer is cached until a level changes anywhere.
Locks: _lock guards the tree, the names of levels and the list of handlers; each handler has one for its output.
logging.config and logging.handlers are not supported.
"""
import atexit
import os
import sys
import time
import weakref
from _thread import RLock, get_ident

__all__ = ['BASIC_FORMAT', 'BufferingFormatter', 'CRITICAL', 'DEBUG', 'ERROR', 'FATAL', 'FileHandler', 'Filter',
           'Formatter', 'Handler', 'INFO', 'LogRecord', 'Logger', 'LoggerAdapter', 'NOTSET', 'NullHandler',
           'StreamHandler', 'WARN', 'WARNING', 'addLevelName', 'basicConfig', 'captureWarnings', 'critical',
           'debug', 'disable', 'error', 'exception', 'fatal', 'getLevelName', 'getLogger', 'getLoggerClass', 'info',
           'log', 'makeLogRecord', 'setLoggerClass', 'shutdown', 'warn', 'warning', 'getLogRecordFactory',
           'setLogRecordFactory', 'lastResort', 'raiseExceptions', 'getLevelNamesMapping']

raiseExceptions = True  # whether errors in handlers are shown
logThreads = logProcesses = logMultiprocessing = True  # what a record tells about where it was made

_lock = RLock()
_started = time.time()

# ---- levels ----

NOTSET, DEBUG, INFO, WARNING, ERROR, CRITICAL = range(0, 60, 10)
WARN, FATAL = WARNING, CRITICAL

_level_of_name = {'CRITICAL': CRITICAL, 'FATAL': FATAL, 'ERROR': ERROR, 'WARN': WARNING, 'WARNING': WARNING, 'INFO': INFO,
                  'DEBUG': DEBUG, 'NOTSET': NOTSET}
_name_of_level = {level: name for name, level in _level_of_name.items() if name not in ('FATAL', 'WARN')}


def getLevelNamesMapping():
    """A dict of all names and their levels."""
    return dict(_level_of_name)


def getLevelName(level):
    """The name of a level, or the level of a name; 'Level 15' for a number without a name."""
    for known in _name_of_level, _level_of_name:
        if level in known:
            return known[level]
    return f'Level {level}'


def addLevelName(level, levelName):
    """Give a level a name."""
    with _lock:
        _name_of_level[level], _level_of_name[levelName] = levelName, level


def _checkLevel(level):
    """A level given by number or name as a number."""
    if isinstance(level, int):
        return level
    if not isinstance(level, str):
        raise TypeError(f'Level not an integer or a valid string: {level!r}')
    if level not in _level_of_name:
        raise ValueError(f'Unknown level: {level!r}')
    return _level_of_name[level]


# ---- records ----

class LogRecord:
    """One message, with all there is to know about it."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        now = time.time()
        if args and len(args) == 1 and args[0] and hasattr(args[0], 'keys') and hasattr(args[0], '__getitem__'):
            args = args[0]  # log('%(a)s', {'a': 1})
        self.name, self.msg, self.args = name, msg, args
        self.levelno, self.levelname = level, getLevelName(level)
        self.pathname, self.lineno, self.funcName, self.stack_info = pathname, lineno, func, sinfo
        self.filename, self.module = _file_and_module(pathname)
        self.exc_info, self.exc_text = exc_info, None
        self.created, self.relativeCreated = now, (now - _started) * 1000
        self.msecs = float(int(now % 1 * 1000))
        self.thread, self.threadName = (get_ident(), _thread_name()) if logThreads else (None, None)
        self.process = os.getpid() if logProcesses else None
        self.processName = _process_name() if logMultiprocessing else None

    def getMessage(self):
        """The message with its arguments put in."""
        text = str(self.msg)
        return text % self.args if self.args else text

    def __repr__(self):
        return f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, "{self.msg}">'


def _file_and_module(path):
    try:
        file = os.path.basename(path)
        return file, os.path.splitext(file)[0]
    except (TypeError, ValueError, AttributeError):
        return path, 'Unknown module'


def _thread_name():
    threading = sys.modules.get('threading')  # without it there is one thread
    return threading.current_thread().name if threading else 'MainThread'


def _process_name():
    try:
        return sys.modules['multiprocessing'].current_process().name
    except Exception:
        return 'MainProcess'


_record_factory = LogRecord


def setLogRecordFactory(factory):
    """Set what makes log records."""
    global _record_factory
    _record_factory = factory


def getLogRecordFactory():
    """What makes log records."""
    return _record_factory


def makeLogRecord(dict):
    """A LogRecord with the attributes in dict."""
    record = _record_factory(None, None, '', 0, '', (), None, None)
    vars(record).update(dict)
    return record


from .formats import (BASIC_FORMAT, BufferingFormatter, Formatter, PercentStyle, StrFormatStyle, StringTemplateStyle,
                      _default_format, _plain)


# ---- filters ----

class Filter:
    """Lets pass what is logged by the named logger and those below it."""

    def __init__(self, name=''):
        self.name, self.nlen = name, len(name)

    def filter(self, record):
        """Whether the record passes."""
        return not self.name or record.name == self.name or record.name.startswith(self.name + '.')


class Filterer:
    """Base of loggers and handlers: has filters, objects with a method filter(record) or functions."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        """Add a filter, if it is not there yet."""
        if filter not in self.filters:
            self.filters += [filter]

    def removeFilter(self, filter):
        """Remove a filter."""
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        """Do all filters let the record pass?"""
        return all(getattr(each, 'filter', each)(record) for each in self.filters) if self.filters else True


# ---- handlers ----

_handlers = weakref.WeakValueDictionary()  # by name
_handlerList = []                          # weak references to all, in the order they were made


def _forget(reference):
    if _lock is not None and _handlerList is not None:  # else the interpreter is going down
        with _lock:
            if reference in _handlerList:
                _handlerList.remove(reference)


class Handler(Filterer):
    """Base of handlers: subclasses define emit()."""

    def __init__(self, level=NOTSET):
        super().__init__()
        self.level, self.formatter = _checkLevel(level), None
        self._name, self._closed = None, False
        with _lock:
            _handlerList.append(weakref.ref(self, _forget))
        self.createLock()

    def get_name(self):
        """The handler's name."""
        return self._name

    def set_name(self, name):
        """Give the handler a name."""
        with _lock:
            _handlers.pop(self._name, None)
            self._name = name
            if name:
                _handlers[name] = self

    name = property(get_name, set_name)

    def createLock(self):
        """Make the lock that is held while a record is written."""
        self.lock = RLock()

    def acquire(self):
        """Take the lock."""
        if self.lock is not None:
            self.lock.acquire()

    def release(self):
        """Let go of the lock."""
        if self.lock is not None:
            self.lock.release()

    def setLevel(self, level):
        """Ignore records below this level."""
        self.level = _checkLevel(level)

    def setFormatter(self, fmt):
        """Set what makes text of records."""
        self.formatter = fmt

    def format(self, record):
        """The text of a record."""
        return (self.formatter or _plain).format(record)

    def handle(self, record):
        """Emit the record if the filters let it pass, under the handler's lock."""
        passes = self.filter(record)
        if passes:
            self.acquire()
            try:
                self.emit(record)
                return passes
            finally:
                self.release()
        return passes

    def emit(self, record):
        """Write the record."""
        raise NotImplementedError('emit must be implemented by Handler subclasses')

    def flush(self):
        """Nothing to do here."""

    def close(self):
        """The handler is used no more."""
        with _lock:
            self._closed = True
            if self._name:
                _handlers.pop(self._name, None)

    def handleError(self, record):
        """An exception in emit(): print it, with the message, to stderr."""
        if raiseExceptions and sys.stderr:
            try:
                _show_error(record, sys.exc_info()[1], sys.stderr)
            except OSError:
                pass  # there is nowhere to show it

    def __repr__(self):
        return f'<{type(self).__name__} ({getLevelName(self.level)})>'


def _show_error(record, exc, out):
    import traceback
    out.write('--- Logging error ---\n')
    traceback.print_exception(exc, file=out)
    out.write('Call stack:\n')
    frame = exc.__traceback__.tb_frame
    while frame and os.path.dirname(frame.f_code.co_filename) == __path__[0]:
        frame = frame.f_back
    if frame:
        traceback.print_stack(frame, file=out)
    else:
        out.write(f'Logged from file {record.filename}, line {record.lineno}\n')
    try:
        text = f'Message: {record.msg!r}\nArguments: {record.args}\n'
    except RecursionError:
        raise
    except Exception:
        text = ('Unable to print the message and arguments - possible formatting error.\n'
                'Use the traceback above to help find the error.\n')
    out.write(text)


class StreamHandler(Handler):
    """Writes records to a stream, sys.stderr if none is given."""

    terminator = '\n'

    def __init__(self, stream=None):
        Handler.__init__(self)
        self.stream = sys.stderr if stream is None else stream

    def emit(self, record):
        """Write the record and flush."""
        try:
            self.stream.write(self.format(record) + self.terminator)
            self.flush()
        except Exception as e:
            if isinstance(e, RecursionError):
                raise
            self.handleError(record)

    def flush(self):
        """Flush the stream."""
        self.acquire()
        try:
            getattr(self.stream, 'flush', int)()
        finally:
            self.release()

    def setStream(self, stream):
        """Change the stream; returns the old one, or None if it is the same."""
        old = self.stream
        if stream is old:
            return None
        self.acquire()
        try:
            self.flush()
            self.stream = stream
            return old
        finally:
            self.release()

    def __repr__(self):
        name = str(getattr(self.stream, 'name', ''))
        return f'<{type(self).__name__} {name}{" " if name else ""}({getLevelName(self.level)})>'

    __class_getitem__ = classmethod(type(list[int]))


class FileHandler(StreamHandler):
    """Writes records to a file, opened at the first record if delay is true."""

    def __init__(self, filename, mode='a', encoding=None, delay=False, errors=None):
        self.baseFilename = os.path.abspath(os.fspath(filename))
        self.mode, self.encoding, self.errors, self.delay = mode, encoding, errors, delay
        self._builtin_open = open  # there still when the interpreter goes down
        Handler.__init__(self)
        self.stream = None if delay else self._open()

    def _open(self):
        return self._builtin_open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors)

    def emit(self, record):
        """Write the record; a file that was closed is opened again, but not to be emptied."""
        if self.stream is None and not (self._closed and self.mode == 'w'):
            self.stream = self._open()
        if self.stream is not None:
            StreamHandler.emit(self, record)

    def close(self):
        """Close the file."""
        self.acquire()
        try:
            stream = self.stream
            if stream:
                try:
                    self.flush()
                finally:
                    self.stream = None
                    getattr(stream, 'close', int)()
        finally:
            StreamHandler.close(self)
            self.release()

    def __repr__(self):
        return f'<{type(self).__name__} {self.baseFilename} ({getLevelName(self.level)})>'


class _StderrHandler(StreamHandler):
    """Writes to whatever sys.stderr is at the time."""

    stream = property(lambda self: sys.stderr)

    def __init__(self, level):
        Handler.__init__(self, level)


lastResort = _StderrHandler(WARNING)  # for what no handler takes


class NullHandler(Handler):
    """Does nothing."""

    def createLock(self):
        self.lock = None

    def handle(self, record):
        """Nothing."""

    emit = handle


# ---- loggers ----

class PlaceHolder:
    """Stands where loggers are below but none was made yet."""

    def __init__(self, alogger):
        self.below = [alogger]


class Manager:
    """The tree of loggers, by name."""

    def __init__(self, rootnode):
        self.root, self.disable = rootnode, 0
        self.loggerDict, self.emittedNoHandlerWarning = {}, False
        self.loggerClass = self.logRecordFactory = None

    @property
    def disable(self):
        """Messages of this level and below are not logged."""
        return self._disable

    @disable.setter
    def disable(self, level):
        self._disable = _checkLevel(level)

    def getLogger(self, name):
        """The logger of that name, made if need be."""
        if not isinstance(name, str):
            raise TypeError('A logger name must be a string')
        with _lock:
            known = self.loggerDict.get(name)
            if isinstance(known, Logger):
                return known
            self.loggerDict[name] = new = (self.loggerClass or _logger_class)(name)
            new.manager, new.parent = self, self._parent_of(new)
            for logger in known.below if known else ():
                if not logger.parent.name.startswith(name):  # it has none between itself and the new one
                    logger.parent = new
            return new

    def _parent_of(self, logger):
        """The next logger above; places between are held for those to come."""
        above = logger.name.rpartition('.')[0]
        while above:
            found = self.loggerDict.get(above)
            if isinstance(found, Logger):
                return found
            if found is None:
                self.loggerDict[above] = PlaceHolder(logger)
            elif logger not in found.below:
                found.below.append(logger)
            above = above.rpartition('.')[0]
        return self.root

    def setLoggerClass(self, klass):
        """Set the class of the loggers of this tree."""
        self.loggerClass = _check_logger_class(klass)

    def setLogRecordFactory(self, factory):
        """Set what makes the records of this tree."""
        self.logRecordFactory = factory

    def _clear_cache(self):
        with _lock:
            for logger in (self.root, *self.loggerDict.values()):
                if isinstance(logger, Logger):
                    logger._cache.clear()


def _at(level, name, doc):
    """A method that logs a message at this level."""
    def log_it(self, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)

    log_it.__name__, log_it.__qualname__, log_it.__doc__ = name, 'Logger.' + name, doc
    return log_it


class Logger(Filterer):
    """A named channel of messages."""

    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name, self.level, self.handlers = name, _checkLevel(level), []
        self.parent, self.propagate, self.disabled = None, True, False
        self._cache = {}  # level -> isEnabledFor(level)

    # levels

    def setLevel(self, level):
        """Ignore messages below this level."""
        self.level = _checkLevel(level)
        self.manager._clear_cache()

    def getEffectiveLevel(self):
        """The level of this logger, or of the next above that has one."""
        logger = self
        while logger is not None and not logger.level:
            logger = logger.parent
        return logger.level if logger is not None else NOTSET

    def isEnabledFor(self, level):
        """Whether messages of this level are logged."""
        if self.disabled:
            return False
        is_enabled = self._cache.get(level)
        if is_enabled is None:
            with _lock:
                self._cache[level] = is_enabled = level > self.manager.disable and level >= self.getEffectiveLevel()
        return is_enabled

    # messages

    debug = _at(DEBUG, 'debug', 'Log a message for those who look for errors.')
    info = _at(INFO, 'info', 'Log that all goes as it should.')
    warning = _at(WARNING, 'warning', 'Log that something is odd.')
    error = _at(ERROR, 'error', 'Log that something did not work.')
    critical = _at(CRITICAL, 'critical', 'Log that all may come to an end.')

    def fatal(self, msg, *args, **kwargs):
        """The same as critical()."""
        self.critical(msg, *args, **kwargs)

    def warn(self, msg, *args, **kwargs):
        """The old name of warning()."""
        import warnings
        warnings.warn("The 'warn' method is deprecated, use 'warning' instead", DeprecationWarning, 2)
        self.warning(msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Log an error, with the exception that is being handled."""
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def log(self, level, msg, *args, **kwargs):
        """Log a message at any level."""
        if isinstance(level, int):
            if self.isEnabledFor(level):
                self._log(level, msg, args, **kwargs)
        elif raiseExceptions:
            raise TypeError('level must be an integer')

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        try:
            file, line, function, stack = self.findCaller(stack_info, stacklevel)
        except ValueError:
            file, line, function, stack = '(unknown file)', 0, '(unknown function)', None
        if isinstance(exc_info, BaseException):
            exc_info = type(exc_info), exc_info, exc_info.__traceback__
        elif exc_info and not isinstance(exc_info, tuple):
            exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, file, line, msg, args, exc_info, function, extra, stack))

    def findCaller(self, stack_info=False, stacklevel=1):
        """(file, line, function, stack text) of the code that logs."""
        frame = _outside(sys._getframe(1))
        while stacklevel > 1 and frame.f_back is not None:
            frame = frame.f_back
            stacklevel -= not _is_ours(frame)
        stack = None
        if stack_info:
            from traceback import format_stack
            stack = 'Stack (most recent call last):\n' + ''.join(format_stack(frame)).removesuffix('\n')
        code = frame.f_code
        return code.co_filename, frame.f_lineno, code.co_name, stack

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        """Make a LogRecord; extra is what it gets as further attributes."""
        record = _record_factory(name, level, fn, lno, msg, args, exc_info, func, sinfo)
        attributes = vars(record)
        for key in extra or ():
            if key in attributes or key in ('message', 'asctime'):
                raise KeyError(f'Attempt to overwrite {key!r} in LogRecord')
            attributes[key] = extra[key]
        return record

    # handlers

    def addHandler(self, hdlr):
        """Add a handler, if it is not there yet."""
        with _lock:
            if hdlr not in self.handlers:
                self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        """Remove a handler."""
        with _lock:
            if hdlr in self.handlers:
                self.handlers.remove(hdlr)

    def hasHandlers(self):
        """Does this logger or one above it have a handler?"""
        logger = self
        while not logger.handlers and logger.propagate and logger.parent is not None:
            logger = logger.parent
        return bool(logger.handlers)

    def handle(self, record):
        """Hand the record on if the filters let it pass."""
        if not self.disabled and self.filter(record):
            self.callHandlers(record)

    def callHandlers(self, record):
        """Hand the record to the handlers here and up the tree; to lastResort if there are none."""
        level, is_lost, logger = record.levelno, True, self
        while logger is not None:
            for handler in logger.handlers:
                is_lost = False
                if level >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not is_lost:
            return
        if lastResort:
            if level >= lastResort.level:
                lastResort.handle(record)
        elif raiseExceptions and not self.manager.emittedNoHandlerWarning:
            sys.stderr.write(f'No handlers could be found for logger "{self.name}"\n')
            self.manager.emittedNoHandlerWarning = True

    def getChild(self, suffix):
        """The logger `suffix` below this one."""
        return self.manager.getLogger(suffix if self is self.root else f'{self.name}.{suffix}')

    def __repr__(self):
        return f'<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'

    def __reduce__(self):
        if getLogger(self.name) is not self:
            raise TypeError('logger cannot be pickled')
        return getLogger, (self.name,)


def _is_ours(frame):
    return frame.f_code.co_filename == _OUR_FILE


def _outside(frame):
    """The first frame that is not of this module."""
    while _is_ours(frame) and frame.f_back is not None:
        frame = frame.f_back
    return frame


_OUR_FILE = _is_ours.__code__.co_filename


def currentframe():
    """The caller's frame."""
    return sys._getframe(1)


def _check_logger_class(cls):
    if not issubclass(cls, Logger):
        raise TypeError('logger not derived from logging.Logger: ' + cls.__name__)
    return cls


_logger_class = Logger


def setLoggerClass(klass):
    """Set the class that getLogger() makes loggers of."""
    global _logger_class
    _logger_class = _check_logger_class(klass)


def getLoggerClass():
    """The class that getLogger() makes loggers of."""
    return _logger_class


class RootLogger(Logger):
    """The root of the tree: has a level always."""

    def __init__(self, level):
        super().__init__('root', level)

    def __reduce__(self):
        return getLogger, ()


root = Logger.root = RootLogger(WARNING)
Logger.manager = Manager(root)


def getLogger(name=None):
    """The logger of that name; the root logger for none."""
    return root if not name or name == root.name else Logger.manager.getLogger(name)


class LoggerAdapter:
    """A logger with some context that goes into each message."""

    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra

    def process(self, msg, kwargs):
        """Override to change the message or the keyword arguments."""
        return msg, {**kwargs, 'extra': self.extra}

    def log(self, level, msg, *args, **kwargs):
        """Log a message with the context."""
        if self.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Log an error, with the exception that is being handled."""
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    # all else is the logger's

    def isEnabledFor(self, level):
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        return self.logger.hasHandlers()

    def _log(self, level, msg, args, **kwargs):
        return self.logger._log(level, msg, args, **kwargs)

    def _set_manager(self, manager):
        self.logger.manager = manager

    manager = property(lambda self: self.logger.manager, _set_manager)
    name = property(lambda self: self.logger.name)

    def __repr__(self):
        return f'<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'

    __class_getitem__ = classmethod(type(list[int]))


def _adapted(level, name):
    def log_it(self, msg, *args, **kwargs):
        self.log(level, msg, *args, **kwargs)

    log_it.__name__, log_it.__qualname__ = name, 'LoggerAdapter.' + name
    return log_it


for _name in 'debug', 'info', 'warning', 'error', 'critical':
    setattr(LoggerAdapter, _name, _adapted(_level_of_name[_name.upper()], _name))


# ---- the root logger as functions ----

def basicConfig(**kwargs):
    """Give the root logger a handler and a format, unless it has one (or force is true)."""
    take = kwargs.pop
    with _lock:
        force, encoding, errors = take('force', False), take('encoding', None), take('errors', 'backslashreplace')
        if force:
            for handler in root.handlers[:]:
                root.removeHandler(handler)
                handler.close()
        if root.handlers:
            return
        handlers = take('handlers', None)
        if handlers is None:
            if 'stream' in kwargs and 'filename' in kwargs:
                raise ValueError("'stream' and 'filename' should not be specified together")
            handlers = [_handler_for(take('filename', None), take('filemode', 'a'), take('stream', None), encoding, errors)]
        elif 'stream' in kwargs or 'filename' in kwargs:
            raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
        datefmt, style = take('datefmt', None), take('style', '%')
        formatter = Formatter(take('format', None) or _default_format(style), datefmt, style)
        level = take('level', None)
        for handler in handlers:
            if handler.formatter is None:
                handler.setFormatter(formatter)
            root.addHandler(handler)
        if level is not None:
            root.setLevel(level)
        if kwargs:
            raise ValueError('Unrecognised argument(s): ' + ', '.join(kwargs))


def _handler_for(filename, mode, stream, encoding, errors):
    if not filename:
        return StreamHandler(stream)
    return FileHandler(filename, mode, encoding=encoding, errors=None if 'b' in mode else errors)


def _of_root(name):
    """The root logger's method as a function, which gives the root a handler if it has none."""
    def log_it(*args, **kwargs):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(*args, **kwargs)

    log_it.__name__ = log_it.__qualname__ = name
    log_it.__doc__ = getattr(Logger, name).__doc__
    return log_it


debug, info, warning, error, critical = map(_of_root, ('debug', 'info', 'warning', 'error', 'critical'))
fatal, exception, log = map(_of_root, ('fatal', 'exception', 'log'))


def warn(msg, *args, **kwargs):
    """The old name of warning()."""
    import warnings
    warnings.warn("The 'warn' function is deprecated, use 'warning' instead", DeprecationWarning, 2)
    warning(msg, *args, **kwargs)


def disable(level=CRITICAL):
    """Log no messages of this level and below."""
    root.manager.disable = level
    root.manager._clear_cache()


def shutdown(handlerList=_handlerList):
    """Flush and close all handlers, the last made first."""
    for reference in handlerList[::-1]:
        handler = reference()
        if not handler:
            continue
        try:
            handler.acquire()
            try:
                handler.flush()
                handler.close()
            except (OSError, ValueError):
                pass  # its stream is closed already
            finally:
                handler.release()
        except Exception:
            if raiseExceptions:
                raise


atexit.register(shutdown)


# ---- warnings ----

_showwarning_before = None


def captureWarnings(capture):
    """Send warnings to the logger py.warnings, or no more."""
    global _showwarning_before
    import warnings
    if capture and _showwarning_before is None:
        _showwarning_before, warnings.showwarning = warnings.showwarning, _log_warning
    elif not capture and _showwarning_before is not None:
        warnings.showwarning, _showwarning_before = _showwarning_before, None


def _log_warning(message, category, filename, lineno, file=None, line=None):
    if file is not None:
        return _showwarning_before(message, category, filename, lineno, file, line)
    import warnings
    logger = getLogger('py.warnings')
    if not logger.handlers:
        logger.addHandler(NullHandler())
    logger.warning(str(warnings.formatwarning(message, category, filename, lineno, line)))
