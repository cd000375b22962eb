# OSError chooses its class by number
import errno, os
for n in ("ENOENT", "EACCES", "EEXIST", "ENOTDIR", "EISDIR", "EPIPE", "ECHILD", "EINTR", "ESRCH", "ETIMEDOUT", "ECONNREFUSED", "ECONNRESET", "EAGAIN", "EINVAL", "EPERM"):
    e = OSError(getattr(errno, n), os.strerror(getattr(errno, n)), "f"); print(type(e).__name__, e)
for f in (lambda: open("/no/such"), lambda: os.listdir("/no/such"), lambda: os.remove("/no/such"), lambda: os.mkdir("/"), lambda: os.rmdir("/no"), lambda: open("/"), lambda: os.stat("x\0y"), lambda: os.rename("/no/a", "/no/b"), lambda: os.chdir("/dev/null")):
    try: f()
    except Exception as e: print(type(e).__name__, e, getattr(e, "errno", None), getattr(e, "filename", None), getattr(e, "filename2", None))
