# something behind a backslash
x = 1 + \ 2
