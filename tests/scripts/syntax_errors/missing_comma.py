# two expressions side by side in brackets
x = [1, 2 3, 4]
