# a module that is not there
import os
import no_such_module_here
