import sys
sys.exit("some error text")
