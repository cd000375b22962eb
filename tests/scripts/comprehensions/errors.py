# errors inside comprehensions
for code in ("[1 // i for i in (1, 0)]", "[x for x in 5]", "{[]: 1 for i in [1]}", "{[] for i in [1]}", "[a for a, b in [(1,)]]", "[undefined for i in [1]]", "[i.x for i in [1]]", "[i for i in [1] if i.y]", "{k: v for k, v in [1]}", "[i for i in range(3) for j in i]"):
    try: print(eval(code))
    except Exception as e: print(code, "|", type(e).__name__, e)
