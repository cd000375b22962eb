#!/usr/bin/env python3
"""Write the pages of docs/reference that come from tables: gen_docs.py [--check].

differences.md is made from the docstrings of tests/scripts/differences, options.md from interp/options.def and verbs.def, events.md from
gil/event_kinds.def, modules.md from runtime/modules/modules.def and runtime/lib.
With --check nothing is written; exit status 1 names the pages that are stale."""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
TEXT = r'"((?:[^"\\]|\\.)*)"'
GROUPS = {"python": "As in Python", "threads": "Threads and the lock", "limits": "Limits", "tests": "For tests"}


def cell(text):
    """Plain text as the cell of a Markdown table."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"([_*<])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts).replace("|", r"\|")


def made_from(*sources):
    return f"<!-- Made by tools/gen_docs.py from {' and '.join(sources)}; change those and run it again. -->\n"


def read(path):
    """A .def file without its comments."""
    return re.sub(r"/\*.*?\*/", "", (TOP / path).read_text(), flags=re.DOTALL)


def options_page():
    row = re.compile(rf"OPTION\(\w+, \w+, (0|'(.)'), (NULL|{TEXT}), (NULL|{TEXT}), {TEXT}, {TEXT}\)")
    out = ["# Options\n", made_from("interp/options.def"),
           "`gilly [options] [SCRIPT | -c CODE | -m MODULE | -] [arguments]`, or `gilly dis SCRIPT`. With nothing to run, gilly is a prompt.",
           "Options stand before the script; those that are not Python's may also stand behind it, until `--`. A long option's value follows `=` or is the",
           "next word. A wrong option ends with exit status 2.\n", "| tool | what it does |\n|---|---|", *verbs()]
    last = None
    for found in row.finditer(read("interp/options.def")):
        _, short, _, long, _, argument, group, text = found.groups()
        if group != last:
            out.append(f"\n## {GROUPS.get(group, group)}\n\n| option | what it does |\n|---|---|")
            last = group
        forms = []
        if short:
            forms.append(f"`-{short}{' ' + argument if argument and not long else ''}`")
        if long:
            forms.append(f"`--{long}{'=' + argument if argument else ''}`")
        out.append(f"| {', '.join(forms)} | {cell(text)} |")
    return "\n".join(out) + "\n"


def verbs():
    """Lines on the tools of the command."""
    row = re.compile(rf"VERB\({TEXT}, (?:NULL|{TEXT}), {TEXT}, {TEXT}\)")
    return [f"| `gilly {name} {usage.replace('|', chr(92) + '|')}` | {cell(text)} |" for name, _, usage, text in row.findall(read("interp/verbs.def"))]


def events_page():
    out = ["# Events\n", made_from("gil/event_kinds.def", "gil/lock/profiles.def"),
           "What can happen to a thread: what `--stats` adds up and `--trace` keeps. In a trace the states between them are slices.\n",
           "| event | its number `a` | `b` | a thread ... |\n|---|---|---|---|"]
    row = re.compile(rf"EVENT\(\w+, {TEXT}, {TEXT}, {TEXT}, {TEXT}\)")
    out += [f"| {name} | {cell(a)} | {cell(b)} | {cell(text)} |" for name, a, b, text in row.findall(read("gil/event_kinds.def"))]
    out += ["\n# Profiles\n", "`--profile=NAME` chooses whose lock and check points are emulated.\n", "| profile | what it is |\n|---|---|"]
    out += [f"| `{name}` | {cell(text)} |" for name, text in re.findall(rf"PROFILE\((\w+), .*?{TEXT}\)", read("gil/lock/profiles.def"))]
    return "\n".join(out) + "\n"


def library_modules():
    """(dotted name, first line of its docstring) of each module that can be imported; parts of a package are left to it."""
    lib = TOP / "runtime" / "lib"
    for path in sorted(lib.rglob("*.py"), key=lambda p: p.relative_to(lib).with_suffix("").parts):
        parts = path.relative_to(lib).with_suffix("").parts
        if parts[-1] == "__main__":
            continue
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        doc = re.match(r'(?:\s*#.*\n)*\s*[rR]?("""|\'\'\'|"|\')\s*(.*?)(?:\1|\n)', path.read_text())
        yield name, doc.group(2).strip() if doc else ""


def modules_page():
    natives = re.findall(rf"MODULE\((\w+), {TEXT}\)", read("runtime/modules/modules.def"))
    out = ["# Modules\n", made_from("runtime/modules/modules.def", "runtime/lib"),
           "What `import` finds without a file of yours. A name that begins with an underscore is there for the library's own use.\n",
           f"## Native modules ({len(natives)})\n", "Written in C: runtime/modules, and interp/vm for `builtins`, `sys` and `_dis`.\n",
           ", ".join(f"`{name}`" for _, name in sorted(natives, key=lambda row: row[1].lstrip("_"))) + "\n"]
    rows = list(library_modules())
    out += [f"## Library modules ({len(rows)})\n", "Written in Python, in runtime/lib, and embedded in the binary.\n", "| module | in its own words |\n|---|---|"]
    out += [f"| `{name}` | {cell(doc)} |" for name, doc in rows]
    return "\n".join(out) + "\n"


def differences():
    """(topic, what, cause, workaround, script) of each script in tests/scripts/differences."""
    for path in (TOP / "tests" / "scripts" / "differences").glob("*.py"):
        doc = re.match(r'"""(.*?)"""', path.read_text(), re.DOTALL).group(1)
        what, _, rest = doc.partition("\n\n")
        fields = dict(re.findall(r"^(Topic|Cause|Workaround): (.*)$", rest, re.MULTILINE))
        yield fields["Topic"], what.strip(), fields["Cause"], fields["Workaround"], path.name


def differences_page():
    out = ["# Differences from CPython 3.11\n", made_from("tests/scripts/differences"),
           "Each is held by a script of that folder: the test fails when the difference is gone. What is not here and not under"
           " [Not supported](language.md#not-supported) is a bug.\n"]
    last = None
    for topic, what, cause, workaround, script in sorted(differences()):
        if topic != last:
            out.append(f"\n## {topic.capitalize()}\n\n| what | why | what to do | script |\n|---|---|---|---|")
            last = topic
        out.append(f"| {cell(what)} | {cell(cause)} | {cell(workaround)} | `{script}` |")
    return "\n".join(out) + "\n"


PAGES = {"differences.md": differences_page, "options.md": options_page, "events.md": events_page, "modules.md": modules_page}


def main():
    stale = []
    for name, make in PAGES.items():
        path = TOP / "docs" / "reference" / name
        text = make()
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv[1:]:
            path.write_text(text)
    if stale and "--check" in sys.argv[1:]:
        print(f"stale: {', '.join(stale)}; run tools/gen_docs.py")
        return 1
    return 0


sys.exit(main())
