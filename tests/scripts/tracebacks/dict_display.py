# an error inside a display over lines
value = {
    "ok": 1,
    "bad": int("not a number"),
    "later": 2,
}
