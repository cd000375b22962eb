"""IncrementalNewlineDecoder: a wrapper of another incremental decoder that turns \\r\\n and \\r into \\n.

Keeps: a \\r at the end of a piece waits for the next one, as a \\n may follow it. Apart from io, as streams translate natively.
Next: codecs.py (incremental decoders).
"""
import codecs


class IncrementalNewlineDecoder(codecs.IncrementalDecoder):
    _SEEN = {'\n': 1, '\r': 2, '\r\n': 4}

    def __init__(self, decoder, translate, errors='strict'):
        super().__init__(errors)
        self.decoder, self.translate = decoder, translate
        self._pending_cr = False
        self._seen = 0

    def decode(self, input, final=False):
        text = input if self.decoder is None else self.decoder.decode(input, final=final)
        if self._pending_cr and (text or final):
            text, self._pending_cr = '\r' + text, False
        if text.endswith('\r') and not final:
            text, self._pending_cr = text[:-1], True
        pairs = text.count('\r\n')
        if pairs:
            self._seen |= 4
        if text.count('\r') > pairs:
            self._seen |= 2
        if text.count('\n') > pairs:
            self._seen |= 1
        return text.replace('\r\n', '\n').replace('\r', '\n') if self.translate else text

    def getstate(self):
        state, flag = (b'', 0) if self.decoder is None else self.decoder.getstate()
        return state, flag << 1 | self._pending_cr

    def setstate(self, state):
        state, flag = state
        self._pending_cr = bool(flag & 1)
        if self.decoder is not None:
            self.decoder.setstate((state, flag >> 1))

    def reset(self):
        self._seen = 0
        self._pending_cr = False
        if self.decoder is not None:
            self.decoder.reset()

    @property
    def newlines(self):
        """None, the one kind that was seen, or a tuple of them."""
        seen = tuple(kind for kind in ('\r', '\n', '\r\n') if self._seen & self._SEEN[kind])
        return seen if len(seen) > 1 else seen[0] if seen else None
