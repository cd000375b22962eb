# a tuple is no target of +=
(a, b) += 1
