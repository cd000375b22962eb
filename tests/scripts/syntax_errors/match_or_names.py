# alternatives that bind different names
match 5:
    case [x] | {"k": y}: pass
