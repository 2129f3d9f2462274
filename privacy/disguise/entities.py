"""HTML entities: `&#72;a&#108;l`, `&quot;`."""

import html
import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")


def html_entities(text: str) -> Iterator[Edit]:
    """Yield entities with the characters that they stand for."""
    if "&" not in text:
        return
    for match in ENTITY.finditer(text):
        plain = html.unescape(match[0])
        if plain != match[0]:
            yield Edit(*match.span(), plain)
