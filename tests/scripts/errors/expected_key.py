# a KeyError beside its line
prices = {"apple": 1}
for fruit in ("apple", "pear"):
    print(fruit, prices[fruit])  # expect: KeyError: 'pear'
