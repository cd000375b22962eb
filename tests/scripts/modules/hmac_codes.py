# hmac: the codes of RFC 4231, the object's methods and errors.
import hashlib
import hmac

print(hmac.new(b'key', b'The quick brown fox jumps over the lazy dog', 'md5').hexdigest())
print(hmac.new(b'\x0b' * 20, b'Hi There', hashlib.sha256).hexdigest())
print(hmac.digest(b'\xaa' * 131, b'Test Using Larger Than Block-Size Key - Hash Key First', 'sha512').hex())
h = hmac.new(b'Jefe', digestmod='sha1')
h.update(b'what do ya want ')
other = h.copy()
h.update(b'for nothing?')
print(h.name, h.digest_size, h.block_size, h.hexdigest(), h.digest() == h.digest())
other.update(bytearray(b'for nothing?'))
print(hmac.compare_digest(other.digest(), h.digest()), hmac.compare_digest('a', 'b'))
for bad in (lambda: hmac.new('text', b'', 'md5'), lambda: hmac.new(b'k', b''), lambda: hmac.new(b'k', 'text', 'md5')):
    try:
        bad()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    hmac.new(b'k', b'', 'no such hash')
except ValueError:
    print('ValueError')
