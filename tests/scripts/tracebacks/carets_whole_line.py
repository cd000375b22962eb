# no carets where the whole line failed
def boom(): raise ValueError("boom")
boom()
