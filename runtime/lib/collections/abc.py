"""collections.abc - the public name of _collections_abc.py; read on there."""
from _collections_abc import *
from _collections_abc import __all__
from _collections_abc import _CallableGenericAlias
