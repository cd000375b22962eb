# Aliases with variables for several types, and arguments that unpack themselves, for built-in classes and for classes of one's own.
from typing import Generic, Tuple, TypeVar, TypeVarTuple, Unpack

T = TypeVar('T')
U = TypeVar('U')
Ts = TypeVarTuple('Ts')


class Box(Generic[*Ts]):
    pass


class Pair(Generic[T, U]):
    pass


print(tuple[*Ts].__parameters__, tuple[*Ts].__args__, tuple[*Ts].__unpacked__, (*tuple[int],)[0].__typing_unpacked_tuple_args__)
for alias in tuple[*Ts], Tuple[*Ts], Box[*Ts], tuple[T, *Ts], Tuple[*Ts, T], tuple[list[T], *Ts], Pair[T, U], dict[T, U], list[T], tuple[T, *tuple[U, ...]]:
    print(alias)
    for args in (int,), (int, str), (int, str, bool), (), (*tuple[int, str],), (*Tuple[int], str), (*tuple[int, ...],), (*tuple[int, ...], str), (*Ts,):
        try:
            print('   ', args, alias[args])
        except TypeError as e:
            print('   ', args, 'TypeError', e)
