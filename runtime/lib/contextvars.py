"""Variables whose value belongs to a context: each task of an event loop has its own (PEP 567)."""
from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ("Context", "ContextVar", "Token", "copy_context")
