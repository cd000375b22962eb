# subprocess: output, input, statuses, timeouts, pipes, folders, environment, programs that are not there.
import os
import signal
import subprocess
import sys
from subprocess import PIPE, Popen, run


def shows(what, f, *args, **kwargs):
    try:
        print(what, f(*args, **kwargs))
    except Exception as e:
        print(what, type(e).__name__, e)


print(run(["echo", "hello"], capture_output=True))
print(run("echo out; echo err >&2; exit 3", shell=True, capture_output=True, text=True))
print(run(["cat"], input=b"fed", stdout=PIPE).stdout, run(["tr", "a-z", "A-Z"], input="text\n", text=True, stdout=PIPE).stdout)
print(run("echo both; echo here >&2", shell=True, stdout=PIPE, stderr=subprocess.STDOUT).stdout)
print(subprocess.call(["false"]), subprocess.call(["true"]), subprocess.check_call(["true"]))
shows("check", run, ["sh", "-c", "exit 5"], check=True)
shows("check", subprocess.check_call, ["false"])
shows("killed", run, ["sh", "-c", "kill -9 $$"], check=True)
print(subprocess.check_output(["echo", "x"]), subprocess.getoutput("echo y"), subprocess.getstatusoutput("exit 2"))
shows("missing", run, ["no-such-program-here"])
shows("missing", run, ["/no/such/program"])
shows("folder", run, ["true"], cwd="/no/such/folder")
shows("denied", run, ["/etc/passwd"])
shows("null", run, ["echo", "a\0b"])
print(run(["pwd"], cwd="/", stdout=PIPE).stdout, run(["sh", "-c", "echo $X$Y"], env={"X": "1", "Y": "2", "PATH": os.environ["PATH"]}, stdout=PIPE).stdout)
try:
    run(["sh", "-c", "echo partly; exec sleep 5"], stdout=PIPE, timeout=0.3)
except subprocess.TimeoutExpired as e:
    print(e.cmd, e.timeout, e.output)
big = b"0123456789" * 30000
print(run(["cat"], input=big, capture_output=True).stdout == big, run(["head", "-c", "5"], input=big, stdout=PIPE).stdout)
with Popen(["cat"], stdin=PIPE, stdout=PIPE, text=True) as p:
    p.stdin.write("line\n")
    p.stdin.close()
    print(p.stdout.readline(), p.poll() is None or True, p.args)
print(p.returncode, repr(p))
p = Popen(["sleep", "10"])
print(p.poll(), p.pid > 0)
shows("wait", p.wait, 0.01)
p.terminate()
print(p.wait(), p.returncode == -signal.SIGTERM)
first = Popen(["echo", "through two"], stdout=PIPE)
second = Popen(["wc", "-w"], stdin=first.stdout, stdout=PIPE)
first.stdout.close()
print(second.communicate()[0].strip(), first.wait())
r, w = os.pipe()
print(run(["sh", "-c", f"echo passed >&{w}"], pass_fds=[w]).returncode, os.read(r, 100), run(["sh", "-c", f"echo x 2>/dev/null >&{w}"], stderr=subprocess.DEVNULL).returncode != 0)
print(run(["sh", "-c", "echo $PPID"], stdout=PIPE).stdout.strip() == b"%d" % os.getpid())
print(run(["cat"], stdin=subprocess.DEVNULL, stdout=PIPE).stdout, os.popen("echo popen").read())
print(run([sys.executable, "-c", "print(6 * 7)"], stdout=PIPE, text=True).stdout)
print(run(["sh", "-c", "echo $1", "sh", "from preexec"], preexec_fn=lambda: os.chdir("/tmp"), stdout=PIPE).stdout)
shows("preexec", run, ["true"], preexec_fn=lambda: 1 / 0)
