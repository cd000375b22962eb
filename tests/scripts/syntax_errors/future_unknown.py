# a __future__ that is not there
from __future__ import teleportation
