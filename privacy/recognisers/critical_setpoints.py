"""Recognise the set values, limits and overrides of plant that people's safety or goods hang on.

"The isolation room is held at -15 Pa" tells how to harm; "isolation rooms are usually held at -15 Pa" is a textbook.
"""

from collections.abc import Iterator

from privacy.recognisers.clauses import clauses, near, tells
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.people import NUMBER_WORD
from privacy.recognisers.words import Words
from privacy.spans import Span

CRITICAL = Words(
    r"\b(?:ISO ?\d (?:room|suite|area|lab)s?|gowning|filling (?:room|suite|line)|grade [abcd]|cascade|"
    r"insulin cabinet|embryology|OR-\d+|OT-\d+|"
    r"congélateur|incubat\w+|dispensary|hood \d+|cryo\w*|emergency showers?|eye ?wash\w*|stair fan|RO (?:water|"
    r"loop)|IVF|embryo\w*|sterile|CSSD|endoscopy|cath lab|recovery (?:room|bay)|chemo\w*|radiopharm\w*|hot cell|"
    r"cyclotron|aseptic|compounding|USP ?\d+|negative-pressure|positive-pressure|balance tank|spa pool|"
    r"hydro(?:therapy)? pool|beer cellar|blast chiller|meat store|chill(?:ed)? (?:store|display|cabinet)|walk-in|"
    r"plant growth|growth chamber|stability chamber|environmental chamber|test chamber|data room|rack|inlet|racks?|"
    r"switch ?room|LV room|vaccine|serum|antivenom|stem cells?|biobank|tissue|herbarium|manuscripts?|paintings|"
    r"isolation (?:rooms?|suites?|wards?|lobby)|clean ?rooms?|labs?|laborator(?:y|ies)|fume ?(?:hoods?|"
    r"cupboards?)|safety cabinets?|biosafety|BSC|glove ?box(?:es)?|server rooms?|servers?|data hall\w*|"
    r"data cent(?:re|er)s?|"
    r"comms rooms?|cold aisle|hot aisle|CRAC|CRAH|(?:vaccine|pharmacy|drugs?|medicine|blood|plasma|specimen|sample|"
    r"tissue|organ|insulin)[- ]?(?:\w+ )?(?:fridges?|freezers?|refrigerators?|store|bank|room)?|(?:ultra-?low|ULT|"
    r"-80|minus 80) ?(?:°C )?freezers?|"
    r"fridges?|freezers?|cold (?:room|store|storage|chain)s?|walk-?in|smoke (?:control|extract|exhaust|damper|vent|"
    r"fan|curtain|clearance|shaft)\w*|fire (?:dampers?|pumps?|curtain)|sprinkler\w*|stair(?:well|case)? press\w*|"
    r"pressuri[sz]ation|"
    r"face velocit(?:y|ies)|room pressure|pressure (?:cascade|regime|differential)|differential pressure|defrost|"
    r"pasteuri[sz]ation|thermal flush|flush(?:ing)?|CRAC|supply of oxygen|sash|"
    r"(?:operating|surgical) (?:theatres?|rooms?)|theatres? \d\w*|OR ?\d+|OT ?\d+|ICU|NICU|ITU|burns unit|wards?|"
    r"morgue|mortuary|animal (?:house|room|facility|holding)|vivarium|BSL-?\d|CL-?\d|ABSL-?\d|containment|"
    r"negative pressure|positive pressure|incubators?|"
    r"medical (?:gas(?:es)?|oxygen|air|vacuum)|oxygen|nitrous oxide|nitrogen|MRI|cryostat|helium|legionella|"
    r"hot water|DHW|DHWS|HWS|calorifiers?|TMVs?|thermostatic mixing valves?|cooling tower (?:biocide|dosing|water)|"
    r"biocide|"
    r"chlorine|autoclaves?|steri\w+|"
    r"UPS (?:room|batter\w+)|battery (?:room|store)|archives?|strong ?room|museum store|gallery|display cases?|"
    r"vaults?|chemical store|solvent store|hydrogen|ammonia|gas detect\w*|refrigerant leak|high[- ]limit|"
    r"low[- ]limit|frost (?:stat|protection)|boiler (?:limit|safety|lockout)|"
    r"control room|swimming pool|pool|dosing|airlock|anteroom|reactor|isolator|vial|hatchery|seed (?:store|bank)|"
    r"aquarium|greenhouse|nursery|intensive care|neonatal|dialysis|"
    r"Serverr[aä]um\w*|Rechenzentrum|Reinraum\w*|Labor\w*|Digestori\w*|Abzug|Abzüge|Einströmgeschwindigkeit|"
    r"Unterdruck|Überdruck|Isolierzimmer|OP-?Saal|OP \d|Apothek\w*|Impfstoff\w*|Blutbank|Kühlschrank|Kühlraum|"
    r"Gefrierschrank|Brandschutzklappe\w*|Entrauchung\w*|Rauchabzug|Warmwasser|Legionellen|Tierhaus|"
    r"Medizinische Gase|"
    r"salles? (?:blanches?|propres?|d['\u2019]isolement|(?:des? )?serveurs?|d['\u2019]opération)|chambre (?:froide|"
    r"d['\u2019]isolement)|labo(?:ratoire)?s?|sorbonne|hotte|frigo\w*|réfrigérateur|congélateur|désenfumage|"
    r"clapet coupe-feu|eau chaude|légionelle\w*|animalerie|bloc opératoire|pharmacie|vaccins?|"
    r"sala (?:blanca|limpia|de servidores|de aislamiento)|quirófano\w*|laboratorios?|campana|nevera|frigorífico|"
    r"congelador|vacunas|farmacia|banco de sangre|compuerta cortafuegos|agua caliente|extracción de humos|"
    r"animalario|CPD)\b"
)
VALUE = Words(
    r"(?<![\w.])(?:[-+\u2212±]|minus |plus )?\d{1,5}(?:[.,/]\d{1,5}){0,3}\s?(?:°\s?[CF]|º\s?C|° ?\b|C\b|F\b|"
    r"K\b(?!Wh)|"
    r"degrees?(?: [CF]\b| celsius| fahrenheit)?|deg\b|Grad\b|degrés|grados|k?Pa\b|pascals?\b|mbar\b|bar\b|psi\b|"
    r"in\.? ?(?:w\.?g\.?|w\.?c\.?|H2O)|['\"]? ?w\.?[gc]\.?\b|mm ?H2O|"
    r"m/s\b|fpm\b|ft/min|l/s\b|m3/h\b|m³/h|cfm\b|ach\b|ac/h\b|ACH\b|(?:air )?changes? (?:an|per) hour|air ?changes?|"
    r"Luftwechsel|%(?: ?r\.?h\.?| ?RH)?|"
    r"ppm\b|ppb\b|mg/l|RH\b|Hz\b|rpm\b)"
    rf"|\b(?:minus )?{NUMBER_WORD}(?: point \w+)? (?:degrees?|pascals?|per ?cent|bar|air changes|grad|degrés|"
    rf"grados)\b"
    r"|\b(?:minus|negative) \d{1,3}(?:[.,]\d)?\b|\b(?:(?:climb|rose|rise|fell|fall|drop|drift|warm|went|gone|up|"
    r"down|back)\w* to|set (?:for|to|at)|sits? at|from|below|above|reads?|"
    r"limit(?: is| of)?|down to|up to|only|auf|à|a) "
    r"-?\d{1,3}(?:[.,]\d)?(?:\s?(?:to|-|\u2013|bis|and)\s?\d{1,3}(?:[.,]\d)?)?(?=\s*[.,;!?](?!\d)|\s*$|\s(?:and|but|"
    r"since|until|for|again|now)\b)"
    r"|(?<=at )-?\d{1,2}(?:\.\d)?(?=\s*[.,;!?]|$|\s(?:and|to|but))"
)
SAFETY = Words(
    r"\b(?:stair fans?|sprinkler pumps?|hydrant|dry riser|wet riser|fire (?:alarm|panel|door|pump|hydrant)s?|deluge|"
    r"inergen|FM-?200|gas suppression|suppression|foam|emergency shower|eyewash|scrubber|kitchen ansul|"
    r"low water cut-?off|relief valve|safety valve|flame (?:guard|detector)|ATEX|explosion|CO (?:alarm|detector)s?|"
    r"nurse call|blood bank|mortuary|cryo\w*|smoke (?:control|extract|exhaust|dampers?|vents?|fans?|curtains?|"
    r"clearance|hatch|shaft|"
    r"detection)(?: \w*\d\w*| fans?)?|fire (?:dampers?|pumps?|curtains?|shutters?|mode|alarm)|sprinkler\w*|"
    r"stair(?:well|case)? press\w+(?: fans?)?|isolation (?:rooms?|suite|ward)|fume ?(?:hoods?|cupboards?)|"
    r"BSL-?\d\w*|ABSL-?\d|CL-?\d|containment|lab(?:oratory)? exhaust|exhaust fan|medical gas\w*|oxygen|(?:vaccine|"
    r"pharmacy|blood)[- ]?(?:\w+ )?(?:fridge|freezer|bank|refrigerator)?|freezers?|server room|data hall|CRAC|"
    r"clean ?room|operating theatre|gas detect\w*|high[- ]limit|"
    r"legionella|calorifier|thermal disinfection|dosing|biocide|emergency (?:ventilation|generator|lighting)|"
    r"refrigerant leak\w*|Brandschutzklappe\w*|Entrauchung\w*|Rauchabzug|Reinraum|désenfumage|clapets? coupe-feu|"
    r"salle blanche|compuertas? cortafuegos|extracción de humos)\b"
)
OVERRIDE = Words(
    r"\b(?:(?:is|are|was|were|been|switched|turned|left) (?:off|down|out|in (?:off|hand|manual))|in OFF\b|jammed|"
    r"seized|tied (?:up|back|open|down)|taped|propped|cable ties|tagged out|locked off|pulled|unplugged|unpowered|"
    r"not (?:running|starting|opening|responding|armed)|won['\u2019]t (?:open|close|start|run)|dead|gagged|shunted|"
    r"defeated|valved off|shut off|closed off|drained|empty|frozen|over-?rid(?:den|e|es)|in (?:hand|manual|"
    r"bypass|test)|manual(?:ly)?|hand mode|forced|locked (?:open|"
    r"closed|out|on|off)|held (?:open|closed)|disabled|by-?passed|inhibited|jumpered|isolated|wedged|switched off|"
    r"turned off|silenced|muted|defeated|stuck|failed|"
    r"not (?:working|tested|closing|commissioned)|out of (?:service|order)|trip(?:s|ped)? at|"
    r"interlock (?:is )?(?:off|removed)|suspended|Handbetrieb|überbrückt|deaktiviert|außer Betrieb|blockiert|"
    r"forcée?s?|en manuel|désactivée?s?|shuntée?s?|hors service|forzad[oa]s?|en manual|anulad[oa]s?|"
    r"desactivad[oa]s?|puenteada)\b"
)


def setpoints(text: str) -> Iterator[Span]:
    """Yield the clauses that give a value to a critical room or plant."""
    return clauses("CRITICAL_SETPOINT", text, near(text, CRITICAL, VALUE, 70), "critical_setpoints", _is_of_one)


def overrides(text: str) -> Iterator[Span]:
    """Yield the clauses that tell what safety plant is overridden or out of action."""
    return clauses("CRITICAL_SETPOINT", text, near(text, SAFETY, OVERRIDE, 45), "critical_setpoints", tells)


INDEFINITE = Words(r"^\W*an?\s")


def _is_of_one(sentence: str) -> bool:
    """Tell whether the sentence is about one room or plant: what begins with "a fume hood" is about any."""
    return tells(sentence) and not INDEFINITE.within(sentence)


RECOGNISERS: tuple[Recogniser, ...] = (setpoints, overrides)
