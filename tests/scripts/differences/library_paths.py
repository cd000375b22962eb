"""The standard library has no files.

Topic: modules
Cause: its modules are embedded in the program; their __file__ begins with <lib>.
Workaround: do not open __file__.
"""
import os
print(os.__file__)
