"""Where a message may hold more than one request: pure, and only about where to cut, not about what is meant."""

import re

_AT_MOST = 6  # pieces; whoever writes more is telling a story, not listing wishes
# After a sign that ends a sentence, or before a word that adds one thing to another.
_CUTS = re.compile(
    r"(?<=[.?!;])\s+(?=\S)|\n+|"
    r",?\s+(?=(?:et aussi|et puis|et ensuite|et apres|et après|and also|and then|as well as|ainsi que|"
    r"et|and|puis|pis|ensuite|aussi|also|then|plus|ps|p\.s\.)\s)|"
    r",\s+(?=\S)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[tuple[int, int]]:
    """The places ``(start, end)`` of the pieces of a text, in order; one piece where nothing says to cut.

    >>> text = "mon solde, et le PDF de la dernière"
    >>> [text[start:end] for start, end in clauses(text)]
    ['mon solde', 'et le PDF de la dernière']
    """
    edges = [0]
    for cut in _CUTS.finditer(text):
        edges += [cut.start(), cut.end()]
    edges.append(len(text))
    pieces = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip()]
    return pieces if len(pieces) <= _AT_MOST else [(0, len(text))]
