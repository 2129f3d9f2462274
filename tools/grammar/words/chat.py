"""Question words and other small words as people type them in a chat: wot, wats, hw, whn, dat, cud.

Only words of closed classes stand here, which name nothing, so that writing them out cannot change what is asked. They
are written out behind the check of the language, as 'wat' is Dutch for what, too.
"""

import re
from typing import Final

_SAID: Final = {
    "what": "wot wat wht whut wut waht hwat whta",
    "what is": "wots wats wuts wotz watz",
    "when": "whn wen wehn whne",
    "where": "wher whr whre wheer",
    "which": "whch wich whitch wch whcih wihch whihc",
    "how": "hw hwo",
    "how is": "hws",
    "why": "wy",
    "that": "dat tht taht htat",
    "that is": "thts dats",
    "this": "dis ths tihs",
    "the": "da teh hte",
    "them": "dem",
    "there": "ther thier",
    "they": "dey",
    "could": "cud cld coud",
    "would": "wud wld woud",
    "should": "shud shld",
    "have": "hav hve ahve",
    "from": "frm fromm",
    "with": "wiv wth wif",
    "your": "ur yer",
    "about": "abt bout abot",
    "because": "cos coz cuz bcos bcoz bcuz becos",
    "between": "btwn betwen inbetween",
    "did": "didd",
    "does": "duz doz",
    "was": "woz wuz wsa",
    "were": "wer",
    "much": "mutch muc mch",
    "many": "meny mny",
    "please": "plez plse pleez",
    "and": "adn nad",
    "more": "mor moar",
    "though": "tho",
    "people": "ppl",
    "than": "thn",
    "month": "mnth munth",
    "months": "mnths munths",
    "power": "powr pwr",
    "building": "bilding buildin buliding",
    "buildings": "bildings buildins bulidings",
}
WRITTEN: Final = {short: full for full, shorts in _SAID.items() for short in shorts.split()}
_ANY: Final = re.compile(
    rf"(?<![\w'-])(?:{'|'.join(map(re.escape, sorted(WRITTEN, key=len, reverse=True)))})(?![\w'-]| ?phi\b)",
    re.IGNORECASE,
)
_CHAT_GREETINGS: Final = re.compile(
    r"(?<![\w'-])(?:lol|rofl|lmao|omg|wtf|jk|idk|dunno|iono|bruh|bro|fam|m8|innit|init|yo|haha+|hehe+|xx+|ikr|smh|"
    r"np|tyvm|tysm|tnx|thnx|kthx|kthxbye|k thx)(?![\w'-]),?",
    re.IGNORECASE,
)


FOUR: Final = re.compile(  # "the total 4 b8", "leccy 4 my boss"
    r"(?<=[a-z]) (?<!top )(?<!bottom )(?<!first )(?<!last )(?<!building )(?<!block )(?<!no )(?<!number )(?<!quarter )"
    r"4 (?=(?:my|me|us|our|b\d{1,3})\b)",
    re.IGNORECASE,
)


def chat_written_out(text: str) -> str:
    """Return a cleaned text with its chat spellings of small words written out.

    >>> chat_written_out("wot was b4s peak")
    'what was b4s peak'
    """
    bare = re.sub(r"\s+", " ", _CHAT_GREETINGS.sub(" ", text)).strip(" ,")
    bare = FOUR.sub(" for ", bare)
    return _ANY.sub(lambda m: WRITTEN[m.group(0).lower()], bare if re.search(r"\w", bare) else text)
