"""average: read numbers, print their mean. What to look for: nothing yet but that it runs.

    tools/run examples/average.py 3 5 10
"""
import sys


def mean(numbers):
    return sum(numbers) / len(numbers)


def main():
    numbers = [float(word) for word in sys.argv[1:]] or [1, 2, 3, 4]
    print(f"{len(numbers)} numbers, average {mean(numbers):.3f}")


if __name__ == "__main__":
    main()
