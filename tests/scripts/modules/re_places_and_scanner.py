import re
patterns = ["$*", r"\b+", r"\A?", r"(\b)*", r"(?:^)*", "(?ua)x", "(?a:x)", "(?a-i:x)", "()(?(1)a|b|c)", r"a\B", r"\B\B", "a{3,2}?", "a{99999999999999}", "a{2,1}", r"\Z*"]
for p in patterns:
    try: print(p, re.compile(p).findall("ab a"))
    except Exception as e: print(p, type(e).__name__, e)
print(re.findall(r"\B", ""), re.search(r"\B", ""), re.findall(r"\b", ""), re.findall(r"\B", "ab "))
s = re.compile("a|(b)").scanner("abxa", 0, 4); print(s.match(), s.match(), s.match(), s.match(), s.pattern)
s = re.compile("a*").scanner("baac"); print([m.span() for m in iter(s.search, None)], s.search())
