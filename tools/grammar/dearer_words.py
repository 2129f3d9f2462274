"""Which of two is the dearer: of buildings that is the higher cost; of times and fuels it would be a price of a kWh.

'The dearer of the two', 'cheaper to run' and 'the more expensive one' stand for the cost only where nothing else in the
question has a price of its own: no hour, season, rate or fuel.
"""

import re
from typing import Final

_DEARER: Final = r"(?:dearer|costlier|pricier|more (?:expensive|costly)|bigger spender)"
_CHEAPER: Final = r"(?:cheaper|less (?:expensive|costly)|smaller spender)"
_OF_TWO: Final = (
    r"(?: (?:of the (?:two|pair)|of them|one|to (?:run|power|heat|light|operate|keep (?:going|running))|building|"
    r"block))+"
)
_BE: Final = (
    r"(?:is|was|were|are|has been|had been|came out|comes out|turned out|works out|worked out|ended up|ends up|proved)"
)
_ASKS: Final = (
    rf"(?:(?P<w>which|who)(?: of (?:the|them|these|those)(?: two| pair)?)?(?: (?:building|one|"
    rf"block))?,? (?:{_BE} )?(?:to be )?)?"
)
_LOW_OR_HIGH: Final = rf"(?:as )?(?:the )?(?:(?P<high>{_DEARER})|(?P<low>{_CHEAPER}))"
OF_TWO: Final = re.compile(rf"(?<![\w-]){_ASKS}{_LOW_OR_HIGH}{_OF_TWO}(?!\w)")
PRICED_APART: Final = re.compile(
    r"\b(?:days?|nights?|hours?|mornings?|evenings?|afternoons?|week ?ends?|week ?days?|months?|summers?|winters?|"
    r"seasons?|"
    r"gas|rates?|prices?|tariffs?|units?|kwh|fuels?|than)\b"
)


def cost_of_two(text: str) -> str:
    """Return a lower-case text with 'the dearer of the two' as a cost, where buildings are what is set apart.

    >>> cost_of_two("of b4 and b22, which was the dearer of the two in 2019")
    'of b4 and b22, which had the highest cost in 2019'
    """
    if PRICED_APART.search(text):
        return text
    return OF_TWO.sub(lambda m: f"which had the {'highest' if m['high'] else 'lowest'} cost", text)
