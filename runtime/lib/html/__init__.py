"""html - text made safe for HTML.  unescape() is not supported: it needs the table of all named characters."""

__all__ = ['escape']


def escape(s, quote=True):
    """Replace &, < and >, and both kinds of quotes unless quote is false."""
    s = s.replace('&', '&amp;')
    s = s.replace('<', '&lt;')
    s = s.replace('>', '&gt;')
    if quote:
        s = s.replace('"', '&quot;')
        s = s.replace("'", '&#x27;')
    return s
