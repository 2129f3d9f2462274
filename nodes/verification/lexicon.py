"""Check the plain words of a statement: one that is not listed here says something that no fact can carry.

What a building has, what happened in it, what is usual elsewhere, what was not: all of that needs words beyond these.
They are free in a guess or in advice, and nowhere else. Words of direction, order and topic are judged on their own.
"""

import re

from nodes.verification.carried import Carried
from nodes.verification.finding_names import all_name_words
from nodes.verification.quantities import quantities
from nodes.verification.reading import Sentence, blanked
from nodes.verification.signals import SIGNALS, without
from nodes.verification.topics import MEASURES, SPANS, STATISTICS

PLAIN = frozenset(
    """
    a about account accounted accounts across additionally also amount amounted amounts an and approximately are
    around as asked aspect at attention be been being between building buildings but by came case change changes
    clearly come comes comparison comparisons conclusion consume consumed consumer consumers consumes consuming
    consumption contrast corresponding corresponds demand demands deserve deserves detail difference differences
    draw drawing drawn draws drew during energy enough equivalent evidence fact facts figure figures finding
    findings for found from furthermore gap given had has have having hence here hold holds how however implies in
    indeed indicate indicates interest interesting into is it its itself just key kind known load loads look looking
    makes making margin means meanwhile measured metered moreover namely need needed needs notice observation occur
    occurred occurs of on one or order our out over overall part parts percent period periods place
    places point power question quite range ranged ranges ranging rank ranked ranking rankings ranks reach reached
    reaches register registered remaining remarkable reported represent represents respectively responsible result
    results roughly saw see seen show showed showing shown shows site so some specifically stand standing stands
    stood striking such summary that the their them then there therefore these they this those thus to together
    total totaled totalled totals usage use used user users uses using value values very was we well went were what
    when where which while who with within worth you your
    """.split()
)
SUPPOSED = frozenset(
    """
    activity actual adjusting adjustment adjustments air answer appliance appliances area areas behaviour better
    boiler boilers calendar cause causes changes changing chiller chillers climate closed closing closure closures
    cold colder conditioning conditions control controls cooler cooling day days driver drivers efficiency efficient
    electrical equipment event events explanation explanations facility factor factors fault faults heat heating
    holiday holidays hot hotter hours hvac i improved improvement improvements improving increased increasing
    installation installing insulation investigation lamps lighting lights long longer losses machine machines
    maintenance management manager managers measures meter meters mild milder new next occupancy occupants old older
    open opening operating operation operational operations operator outdoor outside partially partly pattern
    patterns people plant poor practices pumps reading readings real reason reasons reduced reducing replacing
    running schedule schedules scheduling season seasonal seasons sensor sensors setpoint settings shift shifting
    short shorter size space staff step steps students switching system systems team temperature temperatures
    tenants term thermostat thing things time timer timers true turning unoccupied upgrades upgrading vacation
    variation variations ventilation warm warmer weather work working would
    """.split()
)
DIFFERENCE = re.compile(r"\bdifferences?\b")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
ALLOWED_SIGNS = re.compile(r"[^\w\s.,;:'\"()%£/?!&+=~-]")


def word_fault(sentence: Sentence, known: Carried) -> str | None:
    """Return the first word of a statement that no fact can carry, or None."""
    numbers = [(q.at, q.to) for q in quantities(sentence.text)]
    text = sentence.text
    if sign := ALLOWED_SIGNS.search(blanked(text, numbers)):
        return f"no evidence carries {sign.group(0)!r}"
    for pattern in (*SIGNALS, *MEASURES.values(), *STATISTICS.values(), *SPANS.values()):
        text = without(pattern, text)
    told, text = _told(sentence, known), blanked(text, numbers)
    if numbers:  # without its number, the name of a finding is no statement that could be checked
        told |= {form for w in all_name_words(known) for form in (w, f"{w}s")}
    for match in WORD.finditer(text):
        word = match.group(0).removesuffix("'s").removesuffix("'")
        if sentence.guessed(match.start()) or word in PLAIN or word in told or word == "s":
            continue
        if word not in SUPPOSED or not sentence.leads_to_guess(match.start()):
            return f"no evidence carries {word!r}"
    return None


def empty_fault(sentence: Sentence) -> str | None:
    """Return that a statement tells nothing of what facts are of, neither a number nor a direction nor a measure."""
    topics = (*MEASURES.values(), *STATISTICS.values(), DIFFERENCE)
    if sentence.guesses or quantities(sentence.text) or any(p.search(sentence.text) for p in (*SIGNALS, *topics)):
        return None
    return "it says nothing that the evidence carries"


def _told(sentence: Sentence, known: Carried) -> set[str]:
    """Return the words that come with the facts: what the buildings are used for, and how gas and gaps are told."""
    named = {p.value for p in sentence.places} & known.buildings or known.buildings
    uses = [set(WORD.findall((known.inventory.buildings[b].use or "").lower())) for b in named]
    told = set.intersection(*uses) if uses else set()
    told |= {"caused", "causes"} if any(f.measure == "carbon" for f in known.facts) else set()
    told |= {"other", "others"} if len(known.buildings) > 1 or known.grouped("month", "day", "hour") else set()
    told |= {"labelled"} if any(f.measure == "gas" for f in known.facts) else set()
    quality = any(f.statistic == "quality" for f in (*known.facts, *known.coverages))
    return told | ({"readings", "reading", "data"} if quality else set())
