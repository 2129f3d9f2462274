"""Tell whether a question is in English, by its small words. The grammar reads English only."""

from tools.grammar.clean import words

SMALL_WORDS = {
    "en": (
        "the of and in is was were did does do how what which when who why to for at on by with than from it that "
        "this are be much many use used compared give show me my our between per over all building a as chart only "
        "any should would could about if last you we"
    ),
    "de": (
        "der die das und ist war wie viel was welche welches welcher wann wer warum zu für bei auf mit als von im "
        "den dem ein eine hat haben wurde verbraucht verbrauch strom gebäude vergleich zwischen"
    ),
    "fr": (
        "le la les et est était combien quel quelle quels quand qui pourquoi pour dans sur avec que de du des un "
        "une a au aux en bâtiment consommé électricité entre consommation"
    ),
    "es": (
        "el la los las y es fue cuánto cuánta cuanto cuál qué cuándo quién por para en con que de del un una ha "
        "edificio consumió electricidad entre consumo comparado"
    ),
    "it": (
        "il lo la i gli le e è era quanto quanta quale quando chi perché per in con che di del della un una ha "
        "edificio consumato elettricità tra consumo"
    ),
    "pt": (
        "o a os as e é foi quanto quanta qual quando quem por para em com que de do da um uma edifício prédio "
        "consumiu eletricidade energia entre consumo"
    ),
    "nl": (
        "de het en is was hoeveel wat welke wanneer wie waarom voor op met dan van een heeft gebouw verbruikt "
        "verbruik stroom elektriciteit tussen"
    ),
    "pl": "ile jaki jaka kiedy kto dlaczego dla na z że w i jest był budynek zużył energii elektrycznej prądu",
    "sv": "hur mycket vad vilken när vem varför för på med än av en ett och är var byggnad använde el",
}
TABLE = {language: frozenset(text.split()) for language, text in SMALL_WORDS.items()}


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the likeliest language, `en` where nothing speaks against it.

    A text mostly in another script is `und`.
    """
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c > "\u024f" for c in letters) > len(letters) / 3:
        return "und"
    found = words(text)
    scores = {language: sum(w in known for w in found) for language, known in TABLE.items()}
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    return best if scores[best] > scores["en"] and scores[best] >= 2 else "en"
