"""Letters that are spelled out: `K as in kilo`, `B wie Berta`, `kilo four four nine`."""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit

NATO = (
    "alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|"
    "romeo|sierra|tango|uniform|victor|whiskey|x-?ray|yankee|zulu"
)
NUMBER = r"zero|one|two|three|four|five|six|seven|eight|nine|niner|oh|double|triple|dash|\d"
AS_IN = re.compile(
    r"\b(?P<letter>[A-Za-z])(?: as in| for| like| wie| comme| como) (?P<word>[A-Za-z-]{3,12})(?P<glue>,? |\b)"
)
RADIO = re.compile(
    rf"\b(?:{NATO})\b(?=[ ,-]{{1,2}}(?:{NATO}|{NUMBER})\b)|"
    rf"(?:(?<=\d[ -])|(?<=\bone )|(?<=\btwo )|(?<=\bthree )|(?<=\bfour )|"
    rf"(?<=\bfive )|(?<=\bsix )|(?<=\bseven )|(?<=\beight )|(?<=\bnine )|(?<=\bzero ))(?:{NATO})\b",
    re.IGNORECASE,
)

HINTS = (" as in ", " for ", " like ", " wie ", " comme ", " como ")
WORDS = tuple(word.replace("?", "").removesuffix("tt") for word in NATO.split("|"))
HINT = re.compile(r"\b[A-Za-z] (?:as in|for|like|wie|comme|como)\b")
ANY_RADIO = re.compile(rf"\b(?:{NATO})\b")


def spelled_letters(text: str) -> Iterator[Edit]:
    """Yield letters that are said by a word, with the letter; `K as in kilo` only where the word begins with it."""
    low = text.lower()
    if any(hint in low for hint in HINTS) and HINT.search(text):
        for match in AS_IN.finditer(text):
            if match["word"][0].lower() == match["letter"].lower():
                yield Edit(*match.span(), match["letter"].upper() + (" " if match["glue"] else ""))
    elif any(word in low for word in WORDS) and ANY_RADIO.search(low):
        runs = list(RADIO.finditer(text))
        yield from (Edit(*match.span(), match[0][0].upper()) for match in runs)
