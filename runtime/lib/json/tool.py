"""json.tool - `python -m json.tool [infile [outfile]]` checks JSON and writes it anew, laid out.  Next: encoder.py."""
import argparse
import json
import sys
from pathlib import Path


def _parser():
    parser = argparse.ArgumentParser(prog='python -m json.tool', description='Check JSON and lay it out.')
    add = parser.add_argument
    add('infile', nargs='?', default='-', help='the file to read, - or nothing for stdin')
    add('outfile', nargs='?', type=Path, help='the file to write, stdout if it is not given')
    add('--sort-keys', action='store_true', help='put the keys of objects in order')
    add('--no-ensure-ascii', dest='ensure_ascii', action='store_false', help='write letters outside of ASCII as they are')
    add('--json-lines', action='store_true', help='each line of the input is JSON by itself')
    layout = parser.add_mutually_exclusive_group()
    add = layout.add_argument
    add('--indent', type=int, default=4, help='blanks that nested items are moved to the right')
    add('--tab', dest='indent', action='store_const', const='\t', help='move them by a tab')
    add('--no-indent', dest='indent', action='store_const', const=None, help='write all in one line')
    add('--compact', action='store_true', help='write no blanks at all')
    return parser


def main():
    """Read, check, write; exits with the error's text if there is one."""
    options = _parser().parse_args()
    layout = {'indent': options.indent, 'sort_keys': options.sort_keys, 'ensure_ascii': options.ensure_ascii}
    if options.compact:
        layout |= {'indent': None, 'separators': (',', ':')}
    try:
        with sys.stdin if options.infile == '-' else open(options.infile, encoding='utf-8') as source:
            values = list(map(json.loads, source)) if options.json_lines else [json.load(source)]
        with sys.stdout if options.outfile is None else options.outfile.open('w', encoding='utf-8') as target:
            for value in values:
                json.dump(value, target, **layout)
                print(file=target)
    except ValueError as problem:
        raise SystemExit(problem)


if __name__ == '__main__':
    main()
