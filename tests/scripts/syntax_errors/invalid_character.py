# a character that has no place in source
x = 5 € 3
