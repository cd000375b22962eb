# a character in bytes that is not ASCII
# stderr: last
x = b"é"
