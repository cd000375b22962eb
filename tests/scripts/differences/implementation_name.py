"""sys.implementation and platform tell that this is gilly.

Topic: modules
Cause: sys.version_info is that of the Python whose language is run, 3.11; the rest names this program.
Workaround: ask sys.version_info for features.
"""
import sys, platform
print(sys.implementation.name, platform.python_implementation(), sys.version_info[:2])
