# a name that is not in a module: no suggestion where none is near
from math import no_such_name_here
