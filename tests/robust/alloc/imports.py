import json.decoder, contextlib
from collections import abc as xyz, ChainMap
import enum
class Color(enum.Enum):
    RED = 1
    BLUE = 2
Color(1).name, Color['BLUE']
