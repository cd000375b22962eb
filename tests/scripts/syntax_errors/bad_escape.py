# a cut-off escape
x = "\x4"
