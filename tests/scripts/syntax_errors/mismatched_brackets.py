# the wrong closing bracket, over lines
x = [1,
     2,
     3)
