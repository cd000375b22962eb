# a __future__ import behind other code
x = 1
from __future__ import annotations
