# a broken expression inside an f-string
y = 1
x = f"abc {y +} def"
