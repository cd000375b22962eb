"""Hashes: sha256(b"...").hexdigest(). The work is libcrypto's; from 2048 bytes on it is done without the GIL."""
import _hashlib
from _hashlib import pbkdf2_hmac

algorithms_guaranteed = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_224", "sha3_256", "sha3_384", "sha3_512",
                         "shake_128", "shake_256"}
algorithms_available = set(algorithms_guaranteed)
__all__ = tuple(sorted(algorithms_guaranteed)) + ("new", "algorithms_guaranteed", "algorithms_available", "pbkdf2_hmac", "file_digest")


def new(name, data=b"", *, usedforsecurity=True):
    """A hash object of an algorithm, with data in it already."""
    return _hashlib.new(name.lower() if isinstance(name, str) else name, data)


def _constructor(name):
    def make(string=b"", *, usedforsecurity=True):
        return _hashlib.new(name, string)
    make.__name__ = make.__qualname__ = "openssl_" + name
    make.__doc__ = f"A {name} hash object; string is hashed already."
    return make


md5, sha1, sha224, sha256, sha384, sha512 = map(_constructor, ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"))
sha3_224, sha3_256, sha3_384, sha3_512 = map(_constructor, ("sha3_224", "sha3_256", "sha3_384", "sha3_512"))
shake_128, shake_256, blake2b, blake2s = map(_constructor, ("shake_128", "shake_256", "blake2b", "blake2s"))


def file_digest(fileobj, digest, /, *, _bufsize=2 ** 18):
    """Hash all of a binary file."""
    made = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, "getbuffer"):
        made.update(fileobj.getbuffer())
        return made
    if not (hasattr(fileobj, "readinto") and hasattr(fileobj, "readable") and fileobj.readable()):
        raise ValueError(f"'{fileobj!r}' is not a file-like object in binary reading mode.")
    buffer = bytearray(_bufsize)
    view = memoryview(buffer)
    while size := fileobj.readinto(buffer):
        made.update(view[:size])
    return made
