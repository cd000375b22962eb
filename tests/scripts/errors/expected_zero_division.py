# what ends the script is told beside its line
def mean(values):
    return sum(values) / len(values)  # expect: ZeroDivisionError: division by zero
print(mean([1, 2, 3]))
mean([])
