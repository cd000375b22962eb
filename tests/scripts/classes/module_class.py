# A module may change its class to a subclass of ModuleType, as PEP 549 describes; descriptors' attributes.
import sys
import types


class Lazy(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith('no_'):
            raise AttributeError(name)
        return name.upper()

    @property
    def size(self):
        return len(vars(self))


module = types.ModuleType('m')
module.x = 1
module.__class__ = Lazy
print(module.foo, module.x, type(module) is Lazy, module.size > 4)
try:
    module.no_thing
except AttributeError as e:
    print(e)
sys.modules[__name__].__class__ = Lazy
print(sys.modules[__name__].anything)
other = Lazy('other', 'its doc')
other.y = 2
print(other.y, other.__doc__, sorted(vars(other)), other.zzz)
del other.y
print(other.y)
other.__class__ = types.ModuleType
try:
    other.zzz
except AttributeError as e:
    print(e)

print(sorted(vars(classmethod(len))), classmethod(len).__wrapped__ is len, sorted(vars(staticmethod(len))), staticmethod(len).__wrapped__ is len)


class Slotted:
    __slots__ = 'x'


print(types.MemberDescriptorType is type(Slotted.x), isinstance(Slotted.x, types.GetSetDescriptorType))
