"""multiprocessing.spawn - the child's side of spawn: read how the parent was set up, become like it, read the Process, run it.

The parent's main module is run again as __mp_main__, so that what it defines can be unpickled: hence `if __name__ == '__main__':`.
Next: popen_spawn_posix.py (the parent's side).  CPython: Lib/multiprocessing/spawn.py.
"""
import os
import sys

from . import process, reduction

__all__ = ['_main', 'freeze_support', 'set_executable', 'get_executable', 'get_preparation_data', 'get_command_line', 'import_main_path']

WINEXE = WINSERVICE = False

_python_exe = sys.executable


def set_executable(exe):
    """The program that spawned processes run."""
    global _python_exe
    _python_exe = exe


def get_executable():
    return _python_exe


def is_forking(argv):
    """Is this command line one of get_command_line()?"""
    return len(argv) >= 2 and argv[1] == '--multiprocessing-fork'


def freeze_support():
    """For programs that were frozen into one file."""
    if is_forking(sys.argv):
        arguments = dict(word.split('=') for word in sys.argv[2:])
        spawn_main(**{name: None if value == 'None' else int(value) for name, value in arguments.items()})
        sys.exit()


def get_command_line(**kwargs):
    """The words that start a spawned process."""
    if getattr(sys, 'frozen', False):
        return [sys.executable, '--multiprocessing-fork'] + [f'{name}={value!r}' for name, value in kwargs.items()]
    call = ', '.join(f'{name}={value!r}' for name, value in kwargs.items())
    program = f'from multiprocessing.spawn import spawn_main; spawn_main({call})'
    return [_python_exe, *interpreter_options(), '-c', program, '--multiprocessing-fork']


def interpreter_options():
    """The options of this interpreter that its children have too."""
    return sys._inherited_options


def spawn_main(pipe_handle, parent_pid=None, tracker_fd=None):
    """What a spawned process does."""
    assert is_forking(sys.argv), 'Not forking'
    from . import resource_tracker
    resource_tracker._resource_tracker._fd = tracker_fd
    sys.exit(_main(pipe_handle, os.dup(pipe_handle)))


def _main(fd, parent_sentinel):
    import pickle
    with open(fd, 'rb', closefd=True) as source:
        process.current_process()._inheriting = True
        try:
            prepare(pickle.load(source))
            child = pickle.load(source)
        finally:
            del process.current_process()._inheriting
    return child._bootstrap(parent_sentinel)


def _check_not_importing_main():
    if getattr(process.current_process(), '_inheriting', False):
        raise RuntimeError('''
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.''')


def get_preparation_data(name):
    """How this process is set up, for a child that is to be like it."""
    _check_not_importing_main()
    here = process.current_process()
    settings = {'log_to_stderr': False, 'authkey': here.authkey, 'name': name, 'sys_argv': sys.argv, 'orig_dir': process.ORIGINAL_DIR}
    if (util := sys.modules.get('multiprocessing.util')) is not None:
        settings['log_to_stderr'] = util._log_to_stderr
        if util._logger is not None:
            settings['log_level'] = util._logger.getEffectiveLevel()
    settings['sys_path'] = [process.ORIGINAL_DIR if folder == '' and process.ORIGINAL_DIR is not None else folder for folder in sys.path]
    settings['dir'] = os.getcwd()
    settings['start_method'] = sys.modules['multiprocessing.context']._default_context.get_start_method()
    main = sys.modules['__main__']
    name, path = getattr(main.__spec__, 'name', None), getattr(main, '__file__', None)
    if name is not None:
        settings['init_main_from_name'] = name
    elif path is not None:
        if not os.path.isabs(path) and process.ORIGINAL_DIR is not None:
            path = os.path.join(process.ORIGINAL_DIR, path)
        settings['init_main_from_path'] = os.path.normpath(path)
    return settings


old_main_modules = []  # they may still be used by what they defined


def prepare(data):
    """Make this process like the one that the data describe."""
    here = process.current_process()
    if 'name' in data:
        here.name = data['name']
    if 'authkey' in data:
        here.authkey = data['authkey']
    if data.get('log_to_stderr'):
        from .util import log_to_stderr
        log_to_stderr()
    if 'log_level' in data:
        from .util import get_logger
        get_logger().setLevel(data['log_level'])
    if 'sys_path' in data:
        sys.path = data['sys_path']
    if 'sys_argv' in data:
        sys.argv = data['sys_argv']
    if 'dir' in data:
        os.chdir(data['dir'])
    if 'orig_dir' in data:
        process.ORIGINAL_DIR = data['orig_dir']
    if 'start_method' in data:
        from .context import _default_context
        _default_context.set_start_method(data['start_method'], force=True)
    if 'init_main_from_name' in data:
        _fixup_main_from_name(data['init_main_from_name'])
    elif 'init_main_from_path' in data:
        _fixup_main_from_path(data['init_main_from_path'])


def _fixup_main_from_name(name):
    main = sys.modules['__main__']
    if name == '__main__' or name.endswith('.__main__'):
        return  # python -m package: a __main__.py is not written to be imported
    if getattr(main.__spec__, 'name', None) != name:
        from runpy import run_module
        _become(main, run_module(name, run_name='__mp_main__', alter_sys=True))


def _fixup_main_from_path(path):
    main = sys.modules['__main__']
    if os.path.splitext(os.path.basename(path))[0] == 'ipython':
        return  # no script of the user's
    if getattr(main, '__file__', None) != path:
        from runpy import run_path
        _become(main, run_path(path, run_name='__mp_main__'))


def _become(old, names):
    main = type(sys)('__mp_main__')
    main.__dict__.update(names)
    old_main_modules.append(old)
    sys.modules['__main__'] = sys.modules['__mp_main__'] = main


def import_main_path(path):
    """Make the script at path the main module, under the name __mp_main__."""
    _fixup_main_from_path(path)
