"""async with TaskGroup() as group: its tasks are done when the block is; if one fails the others are cancelled.

A task that fails cancels the task of the block too, so that the block ends; uncancel() at its end takes that back, unless somebody
else has cancelled the task as well.
"""
from asyncio import events, exceptions, tasks


class TaskGroup:
    def __init__(self):
        self._entered = self._exiting = self._aborting = False
        self._loop = self._parent_task = None
        self._parent_cancel_requested = False
        self._tasks, self._errors = set(), []
        self._base_error = None  # SystemExit or KeyboardInterrupt: it goes out alone
        self._all_done = None  # a future, while the end of the block waits for tasks

    def __repr__(self):
        info = [""]
        if self._tasks:
            info.append(f"tasks={len(self._tasks)}")
        if self._errors:
            info.append(f"errors={len(self._errors)}")
        if self._aborting:
            info.append("cancelling")
        elif self._entered:
            info.append("entered")
        return f"<TaskGroup{' '.join(info)}>"

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has already been entered")
        self._entered = True
        self._loop = events.get_running_loop()
        self._parent_task = task = tasks.current_task(self._loop)
        if task is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the parent task")
        return self

    async def __aexit__(self, exc_type, exc, tb):
        self._exiting = True
        self._note_base_error(exc)
        from_outside = exc if exc_type is exceptions.CancelledError else None
        if self._parent_cancel_requested and self._parent_task.uncancel() == 0:
            from_outside = None  # only we have cancelled the parent: it goes on
        if exc is not None:
            self._abort()
        while self._tasks:
            self._all_done = self._loop.create_future()
            try:
                await self._all_done
            except exceptions.CancelledError as e:
                if not self._aborting:
                    from_outside = e
                    self._abort()
            self._all_done = None
        if self._base_error is not None:
            raise self._base_error
        errors, self._errors = self._errors, None
        if from_outside is not None and not errors:
            raise from_outside
        if exc is not None and exc_type is not exceptions.CancelledError:
            errors.append(exc)
        if errors:
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", errors) from None

    def create_task(self, coro, *, name=None, context=None):
        refused = ("has not been entered" if not self._entered else
                   "is finished" if self._exiting and not self._tasks else
                   "is shutting down" if self._aborting else None)
        if refused:
            raise RuntimeError(f"TaskGroup {self!r} {refused}")
        task = self._loop.create_task(coro, name=name, context=context)
        task.add_done_callback(self._on_task_done)
        self._tasks.add(task)
        return task

    def _note_base_error(self, e):
        if self._base_error is None and isinstance(e, (SystemExit, KeyboardInterrupt)):
            self._base_error = e

    def _abort(self):
        if not self._aborting:
            self._aborting = True
            for task in self._tasks:
                task.cancel()

    def _on_task_done(self, task):
        self._tasks.discard(task)
        if not self._tasks and self._all_done is not None and not self._all_done.done():
            self._all_done.set_result(True)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        self._errors.append(error)
        self._note_base_error(error)
        if self._parent_task.done():
            self._loop.call_exception_handler({"message": f"Task {task!r} has errored out but its parent task {self._parent_task} is already completed",
                                               "exception": error, "task": task})
        elif not self._aborting:
            self._abort()
            self._parent_cancel_requested = True
            self._parent_task.cancel()  # wake it, in the body or at the end
