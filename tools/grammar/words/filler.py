"""Words that change nothing of what is asked: politeness, asking, telling, hedging, and the person's own doings.

A word that no rule used is harmless when it is one of these or an inflection of one. Nouns of things that have
energy of their own, places, times and anything that narrows or compares have no place here: see `doubt`. Words that
are harmless in some places only (people, papers, things that measure, verbs that are also nouns) stand in files of
their own, and `words.place` tells by the place.
"""

import re
from typing import Final

POLITE: Final = """
    hello hallo greetings dear morning afternoon evening cheers thanks thx ta pls plz
    pleese pardon sorry excuse apologies bother bothering favour favor kind grateful glad happy delighted pleased
    obliged appreciated welcome honest honestly frank curiosity luck chance mind
"""
ASKING: Final = """
    wonder ask inquire enquire query answer reply request require describe depict outline state express quote name
    quantify count evaluate assess gauge retrieve extract fetch obtain pull query derive produce present return output
    print provide supply send hand read tell share inform confirm clarify establish figure work dig share tabulate
    visualise visualize illustrate sketch draw plot graph picture diagram chart display visual bring include attach
    remind refresh recall remember forgot forget guess suppose reckon believe feel think imagine assume swear claim
    argue insist mention mean meaning namely specifically idea clue notion insight impression feeling overview
    summary inventory spreadsheet dashboard note paperwork purposes purpose interest
    interested curious keen eager dying love like hope hoping trying struggling prepare preparing put putting compile
    compiling summarise collect gather context background story word sentence line detail precise precisely exact
    accurate accurately rounded round nearest decimal decimals learn calendar day days level spread figure
    disclose led reading timestamp moment joint belong express grid inventory
"""
HEDGING: Final = """
    just simply merely really actually basically literally totally honestly frankly obviously clearly apparently
    presumably probably possibly maybe perhaps roughly about around approx approximately circa ca nearly almost quite
    rather pretty somewhat fairly kind sort bit lot whole entire complete altogether everything anything something
    somebody someone anybody
    stuff terms thing things
    matter case deal way ways course fact truth reality earth world hell heck heavens sake goodness
    gosh wow hmm um uh er ah oh well so anyway anyhow though however still yet again also too eventually finally
    ultimately meanwhile moreover furthermore overall generally usually typically particular particularly especially
    thru til upto via unto exactly likely quick quickly brief briefly short shortly simple easy new here there now today
    inclusive included including incl both resp i.e ie e.g eg etc nb ps re asap fyi btw
"""
DOING: Final = """
    happen occur result lead end turn work go come get take make do keep bring give put set see look watch find
    know notice seem appear look show develop evolve vary amount add sum total come run pass account register log
    record clock rack ring hit touch reach achieve attain climb chalk total post
    use consume draw drink eat burn guzzle gobble swallow devour munch suck pull need require
    big heavy high low large small great little much many several
    cause causing generate produce result attribute attributable assign
"""
CONTRACTED: Final = """
    im ive id ill youre youve youd youll hes shes its weve were wed well theyre theyve theyd whos whats wheres whens
    hows thats theres heres lets dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt havent hasnt
    hadnt gonna wanna gotta lemme gimme dunno pls
"""
FILLER: Final = frozenset(f"{POLITE} {ASKING} {HEDGING} {DOING} {CONTRACTED}".split())

# Of those that the plain list of stop words has, these say something where no rule used them.
LOADED: Final = frozenset(
    """
    closer closest nearer
    half third quarter quarters exceed exceeded exceeds lowered raised without tenant-wide eighth fraction wrong cap
    quarterly percentile
    afternoon evening morning early late mid middle earlier later never nor neither none nothing minus below beside
    double twice triple few several another other others else previous next last past before after except unless cap
    wont wouldnt supplied required minute minutes timezone two three four five six seven eight nine ten apart almost
    began being current currently dividing delta equal further gap higher lower more less least left local long-term
    short-term off portion post recent small large similar single slice standing such under versus within
    weeks months years zero term terms record floor ceiling mon tue wed thu fri sat sun
    """.split()
)
# Of the words that an analysis has beside it, these narrow it where no rule used them.
HEAVY: Final = frozenset(
    """
    half third quarter fifth double twice several few none never nor previous early late evening evenings morning
    mornings afternoon christmas easter monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays
    friday fridays saturday saturdays sunday sundays net dollars euros rupees eur fahrenheit mase minute minutes
    last past before without below minus capacity target targets budget tonnes residual
    """.split()
)
NOT_ADVERBS: Final = frozenset(
    """
    monthly weekly daily hourly yearly quarterly nightly fortnightly early only family rainy partially partly
    simultaneously solely exclusively previously initially formerly originally externally internally indirectly
    remotely seasonally illegally unusually unexpectedly assembly anomaly rally supply reply temporarily intermittently
    """.split()
)
# Words of their own that are one letter from filler.
NO_SLIPS: Final = frozenset(
    """
    cold blow store stores computer compute truck stock stocks delivery factory sample larger smaller palace county
    shell tank tanks stall pint shore drying camps camp election elections elected hall halls stuck flour quota
    latter coarse stack triad triads meteor moth metro mourning producer halo staff guests guest farther mine mines
    brother hold told wore drive drives join sits ties tied tough fist cart faker bean pact simpler probable flavour
    butter pace wing whole storey storeys lunch lunches heater heaters heat hear hour light lights term terms late
    plate please lease least grid grad
    """.split()
)
VOWELS: Final = frozenset("aeiouy")
ENDINGS: Final = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


def is_filler(word: str, known: frozenset[str]) -> bool:
    """Tell whether a lower-case word, one of the `known` ones or an inflection of filler, changes nothing."""
    if word in LOADED:
        return False
    if (
        word in FILLER
        or word in known
        or any((base in FILLER or (base in known and len(base) > 2)) and base not in LOADED for base in bases(word))
    ):
        return True
    return (word.endswith("ly") and len(word) > 5 and word not in NOT_ADVERBS) or _is_slip(word, known)


def _is_slip(word: str, known: frozenset[str]) -> bool:
    """Tell whether a word is one slip of the finger from filler: a letter too many or too few, another vowel."""
    if len(word) < 4 or not word.isalpha() or word in LOADED or word in NO_SLIPS:
        return False
    if word.startswith("elec"):
        return True
    from rapidfuzz import process  # needed only for odd words
    from rapidfuzz.distance import Levenshtein

    near = process.extract(word, [w for w in known | FILLER if len(w) > 4], scorer=Levenshtein.distance, score_cutoff=1)
    return any(w[0] == word[0] and _slipped(word, w) for w, _, _ in near)


def _slipped(word: str, meant: str) -> bool:
    if len(word) != len(meant):
        return True
    (one, other) = next(((a, b) for a, b in zip(word, meant, strict=True) if a != b), ("", ""))
    return one in VOWELS and other in VOWELS


def bases(word: str) -> list[str]:
    """Return what a word may be an inflection of: 'included' of 'include', 'estates' of 'estate'."""
    found = [word[: -len(end)] + base for end, base in ENDINGS if word.endswith(end) and len(word) - len(end) >= 2]
    doubled = re.fullmatch(r"(\w+?)(\w)\2(?:ed|ing)", word)
    return [*found, doubled.group(1) + doubled.group(2)] if doubled else found
