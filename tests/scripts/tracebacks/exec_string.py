# code without a file has no source lines
code = "def f(x):\n    return x + 1\n\nf('a')\n"
exec(compile(code, "<generated>", "exec"))
