"""python -m unittest"""
import sys
from os.path import basename

from .main import main

__unittest = True

if sys.argv[0].endswith('__main__.py'):
    sys.argv[0] = f'{basename(sys.executable)} -m unittest'
main(module=None)
