"""How people are named by what they do in a building, and numbers in words, for the grammars of presence."""

ROLES = (
    r"(?:people|folks?|lads|guys|gang|crews?|teams?|squads?|departments?|dept|clubs?|choirs?|congregation|orchestra|"
    r"bands?|cast|audience|"
    r"punters|diners|customers|shoppers|patients?|clients|members|volunteers|kids|children|toddlers|parents|teachers?|"
    r"lecturers?|tutors?|doctors?|surgeons?|dentists?|midwi(?:fe|ves)|chefs?|cooks?|bar staff|waiters|bakers?|"
    r"butchers?|drivers?|pickers|packers|"
    r"operators?|technicians?|techs?|apprentices|trainees|interns?|analysts?|traders?|dev(?:eloper)?s|accountants|"
    r"lawyers?|partners|judges?|clerks?|vicar|priest|imam|rabbi|pastor|monks|nuns|librarians?|curators?|gardeners?|"
    r"groundsm[ae]n|housekeep(?:er|ing)s?|maids?|nann(?:y|ies)|au pair|wife|husband|sons?|daughters?|twins|"
    r"neighbours?|lodgers?|flatmates?|secretar(?:y|ies)|principal|chairman|chairwoman|md|cfo|cto|mayor|minister|"
    r"ambassador|consul|professors?|prof|researchers?|scientists?|postdocs?|phd students?|undergraduates?|players?|"
    r"gym-?goers|swimmers|skaters|worshippers|pilgrims|scouts|playgroup|creche|sleepers|boarders|lodgers|"
    r"commuters|visitors?|guests?|residents?|tenants|occupants?|occupiers|staff|employees?|workers?|workforce|"
    r"colleagues?|pupils?|students?|scholars|cleaners?|janitors?|caretakers?|porters?|concierge|receptionists?|"
    r"nurses?|contractors?|couriers?|postm[ae]n|director|manager|dean|boss|ceo|headteacher|head teacher|headmaster|"
    r"owners?|famil(?:y|ies)|bewohner\w*|gäste|kollegen|leute|kinder|schüler\w*|lehrer\w*|handwerker|"
    r"chefin?|familie|patienten|besucher|mitarbeiter\w*|belegschaft|hausmeister\w*|pförtner\w*|empfang|putz\w+|"
    r"collègues|élèves|clients|enfants|famille|directeur|directrice|ouvriers|équipes?|salariés?|employés?|"
    r"personnel|gardien\w*|agents? d['\u2019]entretien|visiteurs|locataires|"
    r"compañeros|alumnos|clientes|niños|familia|directora?|operarios|equipo|empleados|personal|trabajadores|"
    r"conserje|limpiador\w*|huéspedes|visitantes)"
)
"""Words in lower case for somebody or some group of people in a place."""

UNITS = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TENS = "|".join(
    rf"{ten}(?:[- ]{UNITS})?" for ten in ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
)
SINGLE = "|".join(
    rf"{unit}(?:\shundred(?:\sand\s\w+(?:[- ]\w+)?)?)?"
    for unit in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
)
NUMBER_WORD = (
    rf"(?:{TENS}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|ten|eleven|twelve|"
    rf"{SINGLE}|a (?:dozen|hundred|handful|couple|"
    r"score)|half a dozen|zero|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|zwanzig|dreißig|deux|trois|"
    r"quatre|cinq|sept|huit|neuf|dix|douze|vingt|trente|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|"
    r"veinte|treinta)"
)
"""Whole numbers written out, up to some hundreds."""
