"""_codecs - the module that CPython's encode() and decode() say they come from: pickles of protocol 2 and before name it.

Next: codecs.py.
"""
from codecs import decode, encode, escape_decode, escape_encode, lookup, lookup_error, register, register_error
