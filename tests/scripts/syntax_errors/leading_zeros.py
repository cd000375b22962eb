# zeros before a decimal number
x = 0123
