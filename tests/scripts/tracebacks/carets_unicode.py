# carets under wide and combining characters
größe = 5
日本 = "text"
print("ok"); x = größe + 日本 + "é"
