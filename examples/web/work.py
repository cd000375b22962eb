"""The work of /compute/{n}, and the three places where it can be done: here, in a thread, in another process.

A place is a concurrent.futures.Executor or None, so that both apps use them alike. ProcessWorker is what a process pool is at heart:
a forked child that gets jobs through one pipe and answers through another.
"""
import concurrent.futures
import os

PLACES = ("inline", "thread", "process")


def compute(n):
    """n steps that only compute."""
    x = 0
    for i in range(n):
        x = (x * 31 + i) % 1000003
    return x


class ProcessWorker(concurrent.futures.ThreadPoolExecutor):
    """Computes in a child process. A thread of ours waits for each answer; waiting takes no GIL."""

    def __init__(self):
        job_out, self.jobs = os.pipe()
        self.answers, answer_in = os.pipe()
        self.child = os.fork()
        if self.child == 0:
            os.close(self.jobs)
            os.close(self.answers)
            serve(job_out, answer_in)
        os.close(job_out)
        os.close(answer_in)
        super().__init__(max_workers=1)

    def submit(self, work, n):
        return super().submit(self.ask, n)

    def ask(self, n):
        os.write(self.jobs, b"%20d" % n)
        answer = os.read(self.answers, 20)
        if not answer:
            raise RuntimeError("the worker process died")
        return int(answer)

    def shutdown(self, wait=True, **options):
        super().shutdown(wait, **options)
        os.close(self.jobs)     # the child reads its end of file and ends
        os.close(self.answers)
        os.waitpid(self.child, 0)


def serve(jobs, answers):
    """The child's life: never returns."""
    while True:
        job = os.read(jobs, 20)
        if not job:
            os._exit(0)
        os.write(answers, b"%20d" % compute(int(job)))


def place(name):
    """An executor for compute(); None: compute where the request is handled. Make it before any other thread starts: it may fork."""
    if name == "inline":
        return None
    return concurrent.futures.ThreadPoolExecutor(1) if name == "thread" else ProcessWorker()
