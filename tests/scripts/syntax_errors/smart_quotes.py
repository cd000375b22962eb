# quotes from a word processor
print(“hello”)
