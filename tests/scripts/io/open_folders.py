# Paths that start from an open folder: dir_fd=, fwalk, reading a folder by its descriptor.
import os
import shutil
import tempfile


def tell(what, f, *args, **named):
    try:
        print(what, f(*args, **named))
    except Exception as e:
        print(what, type(e).__name__, e)


def make(name, text):
    f = os.open(name, os.O_CREAT | os.O_WRONLY, dir_fd=fd)
    os.write(f, text)
    os.close(f)


def walk(**named):
    for root, folders, files, here in os.fwalk(**named):
        print(root, sorted(folders), sorted(files), sorted(os.listdir(here)))


top = tempfile.mkdtemp()
fd = os.open(top, os.O_RDONLY)
tell("mkdir", os.mkdir, "a", dir_fd=fd)
tell("mkdir", os.mkdir, "a/b", 0o700, dir_fd=fd)
tell("open", make, "a/f", b"hi")
tell("stat", lambda: os.stat("a/f", dir_fd=fd).st_size)
tell("lstat", lambda: os.lstat("a/f", dir_fd=fd).st_size)
tell("symlink", os.symlink, "a", "l", dir_fd=fd)
tell("readlink", os.readlink, "l", dir_fd=fd)
tell("readlink", os.readlink, b"l", dir_fd=fd)
tell("link", os.link, "a/f", "h", src_dir_fd=fd, dst_dir_fd=fd)
tell("rename", os.rename, "h", "h2", src_dir_fd=fd, dst_dir_fd=fd)
tell("replace", os.replace, "h2", "h", src_dir_fd=fd, dst_dir_fd=fd)
tell("access", os.access, "h", os.R_OK, dir_fd=fd)
tell("access", os.access, "nowhere", os.R_OK, dir_fd=fd, effective_ids=True, follow_symlinks=False)
tell("chmod", os.chmod, "h", 0o600, dir_fd=fd)
tell("utime", os.utime, "h", (1, 2), dir_fd=fd)
tell("utime", os.utime, "h", ns=(1, 2_000_000_003), dir_fd=fd)
tell("times", lambda: os.stat("h", dir_fd=fd).st_mtime_ns)
tell("mkfifo", os.mkfifo, "p", dir_fd=fd)
tell("chown", os.chown, "h", -1, -1, dir_fd=fd, follow_symlinks=False)
tell("not followed", lambda: os.stat("l", dir_fd=fd, follow_symlinks=False).st_size)

tell("listdir", lambda: sorted(os.listdir(fd)))
tell("again", lambda: sorted(os.listdir(fd)))
with os.scandir(fd) as entries:
    for entry in sorted(entries, key=lambda entry: entry.name):
        print(entry, entry.path, entry.is_dir(), entry.is_dir(follow_symlinks=False), entry.is_file(), entry.is_symlink(), entry.stat().st_size >= 0)
walk(top=".", dir_fd=fd)
walk(top=".", dir_fd=fd, topdown=False)
walk(top="l", dir_fd=fd)
walk(top="l", dir_fd=fd, follow_symlinks=True)
walk(top=b"a", dir_fd=fd)
tell("nothing", walk, top="nowhere", dir_fd=fd)
tell("onerror", walk, top="nowhere", dir_fd=fd, onerror=lambda error: print(type(error).__name__, error.filename))

tell("unlink", os.unlink, "h", dir_fd=fd)
tell("remove", os.remove, "p", dir_fd=fd)
tell("rmdir", os.rmdir, "a/b", dir_fd=fd)
tell("rmdir", os.rmdir, "a", dir_fd=fd)
tell("wrong type", os.stat, "x", dir_fd="y")
tell("both", os.stat, fd, dir_fd=fd)
tell("by descriptor, not followed", os.stat, fd, follow_symlinks=False)
tell("missing", os.stat, "nowhere", dir_fd=fd)
tell("missing", os.unlink, "nowhere", dir_fd=fd)
tell("missing", os.rename, "nowhere", "else", src_dir_fd=fd)
tell("bad descriptor", os.mkdir, "x", dir_fd=9999)
tell("None", os.access, top, os.R_OK, dir_fd=None)
print([f in os.supports_dir_fd for f in (os.open, os.stat, os.mkdir, os.rename, os.chdir)], os.scandir in os.supports_fd, os.stat in os.supports_follow_symlinks)

r, w = os.pipe()
print(os.device_encoding(r), os.device_encoding(9999))
for each in (r, w, fd):
    os.close(each)
shutil.rmtree(top)
