# print as it was
print "hello"
