"""Words that bound a noun phrase, and what those before and behind it say of its place in a sentence.

Only closed classes of English stand here (determiners, auxiliaries, prepositions, conjunctions), the words of the
field, and the verbs of asking, telling and preparing, each in all its forms.
"""

from typing import Final

DETERMINERS: Final = frozenset(
    "the my our his her their your a an this that these those some its any another both all".split()
)
AUXILIARIES: Final = frozenset(
    """
    is are was were be been am has have had do does did will would could can might may should shall must ll ve re d
    wont wouldnt cant couldnt isnt arent wasnt werent hasnt havent hadnt keeps keep kept just also still really now
    always
    """.split()
)
_PREPOSITIONS: Final = """
    about above across after against ahead along among around as at before behind below beside between beyond by
    despite down during except for from in inside into like near next off on onto out outside over past per plus
    since than through throughout till to toward towards under until up upon via versus vs with within without
"""
_CONJUNCTIONS: Final = (
    "and or but nor so yet because if unless while when where whenever whereas whether although though"
)
_QUESTION: Final = """
    what which who whom whose how why whats hows whos i you he she it we they me us him them please id im ill ive
    youd youll youve weve wed hed theyd theyve lets
"""
_FIELD: Final = """
    electricity electric electrical gas energy power carbon co2 co2e emissions cost costs bill bills spend price
    prices use uses used using usage consumption consume consumed consumes load loads demand peak peaks baseload
    minimum maximum average mean total totals kwh mwh kw intensity eui footprint waste wasted savings factor profile
    hourly daily weekly monthly yearly annual quarterly year years month months day days hour hours week weeks night
    nights weekend weekends
"""
FIELD: Final = frozenset(_FIELD.split())
ENDS_A_PHRASE: Final = (
    frozenset(f"{_PREPOSITIONS} {_CONJUNCTIONS} {_QUESTION} {_FIELD} there here not".split()) | AUXILIARIES
)
OPENS_A_CLAUSE: Final = frozenset(("", ",", ";", ":", ".", "!", "?", "(", ")", "-")) | frozenset(
    "and but so because since as that if hi hello hey says think hear heard plus though although well now ok".split()
)


def _forms(*verbs: str) -> frozenset[str]:
    """Return regular verbs in all their forms: ask, asks, asked, asking."""
    found: set[str] = set()
    for verb in verbs:
        stem = verb.removesuffix("e")
        y = f"{verb[:-1]}ies {verb[:-1]}ied" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s {stem}ed"
        found |= {verb, *y.split(), f"{stem}ing"}
        if len(verb) < 7 and verb[-1] in "gtp" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
            found |= {f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
    return frozenset(found)


ASKS: Final = _forms(
    *"""
    want ask request wonder insist claim reckon suspect believe argue bet hope fear worry query complain moan nag
    chase pester badger hassle bug phone call email text ping message mention question raise require need demand
    suggest recommend propose notice visit arrive convene mutter grumble whinge enquire inquire audit advise enthuse
    expect inspect look love
    """.split()
) | frozenset(
    """
    say says said saying think thinks thought thinking swear swears swore tell tells told telling rang rings write
    writes wrote written meet meets met sit sits come comes came know knows knew understand understands understood
    spotted got gets getting go goes going went keen curious unhappy happy adamant convinced wondering due
    """.split()
)
TELLS: Final = _forms(
    *"""
    tell ask show give send promise owe inform brief convince persuade impress please reassure answer remind update
    warn email let satisfy help advise placate appease notify phone call message text thank enlighten alert assure
    """.split()
) | frozenset("told gave sent giving letting meet meeting met see seeing saw pleasing behalf impressing".split())
ANSWERS: Final = _forms(
    *"tell ask promise inform brief convince remind warn email phone message text assure".split()
) | frozenset(("told",))
ASKED_BY: Final = (
    TELLS
    | _forms(
        *"""
    ask request want require need instruct press chase hound nag grill quiz query commission demand contact approach
    pester expect set pose raise report present explain speak talk reply respond return submit go send email prove
    question deal meet work sit liaise discuss share call hear say pass forward come coming write
    """.split()
    )
    | frozenset(
        "told on back out across along over call letter note email message meeting word chat heard sent said".split()
    )
)
MAKES: Final = _forms(
    *"""
    prepare write draft fill complete populate finish compile update submit check present build start produce
    assemble finalise finalize publish attend host chair issue sign review edit quote include cite work do make get
    run put have tender deliver face plan document settle win resolve
    """.split()
) | frozenset("wrote doing writing making having putting got together quoting running upcoming".split())
HAPPENS: Final = frozenset(  # of a meeting or a paper: "lease renewal coming up", "the auditors are in"
    "coming looming approaching due pending underway imminent meet meets sits sit starts begins closes opens ends "
    "takes arrives arrive visiting visits beckons calls".split()
)
FOR: Final = frozenset("for into towards toward ahead ".split())
