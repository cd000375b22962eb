# exit and quit are there, as at the prompt
import sys

print(exit, quit, sep='\n')
print(type(exit).__name__, type(help).__name__, help)
for leave in exit, quit:
    try:
        leave('bye')
    except SystemExit as e:
        print('SystemExit', e.code, sys.stdin.closed)
try:
    exit()
except SystemExit as e:
    print(e.code)
seen = []
sys.addaudithook(lambda event, args: seen.append((event, args)) if event.startswith('mine') else None)
sys.audit('mine.event', 1, 'two')
print(seen)
try:
    sys.audit(5)
except TypeError as e:
    print(e)
exit(7)
