# escapes, prefixes, raw and joined literals
print(ascii("\a\b\f\n\r\t\v\\\'\"\0\1\12\123\x41\u0041\U00000041"), len("\
"), r"\n\'", r'\"', len(r"\\"), R"\x", "a" 'b' """c""" r"\d", u"u", '''multi
line "quoted" 'text\'''', "\08", "\18", "\777" == chr(0o777), ascii("\xff\u00ff"))
print(b"\x00\xff\n\\\'", rb"\n", Rb"\x", bR"\u", b"\u0041", b"\N{DASH}", b"a" b"b", b"\101", b"""x
y""")
print(f"{1}" "{2}" f"{3}", rf"\{1}\n", fr"{2}\t", f"{'a' 'b'}", F"{{}}", f"{{{1}}}", "{}" f"{5}")
for source in (r'"\x4"', r'"\u12"', r'"\U00110000"', r'"\N{nope}"', r'"\N"', r'b"\x"', 'b"\xe9"', '"abc', '"""abc', "'a\nb'", r"'\'", "'a' b'b'", "rb'a' 'b'", "ub'a'", "br"):
    try: print(ascii(eval(source)))
    except (SyntaxError, NameError) as e: print(type(e).__name__, e.args[0])
