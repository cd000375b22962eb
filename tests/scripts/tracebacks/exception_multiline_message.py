# a message of several lines
raise ValueError("first line\nsecond line\n\n  fourth")
