# a deeper line without reason
x = 1
    y = 2
