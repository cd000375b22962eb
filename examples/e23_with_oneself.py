"""E23: taking a lock twice waits for oneself; an RLock knows its owner.
Look for: False and True. Without the timeout gilly reports a deadlock and ends with status 3."""
import threading

lock, again = threading.Lock(), threading.RLock()
print(lock.acquire(), lock.acquire(timeout=0.1))
print(again.acquire(), again.acquire(timeout=0.1))
