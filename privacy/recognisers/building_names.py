"""Recognise names of buildings by their form: proper words before "House", "Block C", "Building b4", "Haus 12".

Names that the database knows come from the inventory; this finds the others. "Building 5 principles" names none.
"""

import re
from collections.abc import Iterator

from privacy.recognisers.finding import Recogniser, found
from privacy.recognisers.words import Cased
from privacy.spans import Span

NOUN = (
    r"(?:House|Tower|Towers|Hall|Halls|Building|Bldg|Block|Court|Cent(?:re|er)|Library|Campus|Wing|Pavilion|Mill|"
    r"Works|Plaza|Lodge|Hospital|School|College|Academy|Laborator(?:y|ies)|Labs?|Institute|Museum|Theatre|Theater|"
    r"Church|Chapel|Annexe?|Mansion|Manor|Villa|Castle|Hotel|Arena|Stadium|"
    r"Station|Terminal|Depot|Warehouse|Factory|Exchange|Gate|Quay|Wharf|Point|Park|Arcade|Mall|Observatory|Clinic|"
    r"Infirmary|Residences?|Apartments|Dormitory|Studios|Complex|Headquarters|HQ|Hub|Gallery|Barracks|Barn|Cottage|"
    r"Farm|Yard|Estate|Gardens|Heights|Place|Square|Terrace|Cathedral|Abbey|"
    r"University|Nursery|Gymnasium|Refectory|Auditorium|Surgery|Precinct|Bank|Dairy|Gateway|Green|Row|Crescent|"
    r"Grange|Hangar|Bakery|Market|Stables|Granary|Malthouse|Chambers|Lofts?|Buildings|Hospice|Club|Baths|Cinema|"
    r"Prison|Vineyard|Winery|Distillery|Cross|Haven|Rise|View|Reach|Dock|Docks|Pier|Stores|Sheds?|Gym|Primary|"
    r"Infants|Juniors|Grammar|Mosque|"
    r"Synagogue|Temple|Priory|Convent|Foundry|Brewery|Maltings|Rotunda|Priory|Rectory|Refinery|Data Cent(?:re|er)|"
    r"Business Park|Science Park|Sports Cent(?:re|er)|Health Cent(?:re|er)|Haus|Gebäude|Turm|Schule|Klinik|"
    r"Bibliothek|Halle|Zentrum)"
)
COMMON = (
    r"(?:The|This|That|Our|My|Your|Their|His|Her|Its|Which|What|Whose|Each|Every|Any|Some|All|Both|No|Is|Are|Was|"
    r"Does|Did|Do|Has|Can|Should|Could|Would|Will|How|Why|When|Where|Who|In|At|On|For|From|To|Of|And|But|Or|If|"
    r"While|With|By|As|Compare|List|Show|Give|Tell|Explain|Find|Get|Check|Heat|Cool|"
    r"Green|Passive|Smart|Energy|Cooling|Data|Intelligent|Sustainable|Commercial|Residential|Public|Office|Large|"
    r"Small|Medium|Typical|Average|Standard|Primary|Secondary|High|Low|Medical|Non|Net|Zero|Carbon|Efficient|"
    r"Historic|Old|New|Existing|Whole|Entire|Same|Another|Other|Good|Best|World|National|European|American|British|"
    r"Control|Call|Shopping|Power|Pumping|Weather|Set|Test|Dew|Boiling|Freezing|Balance|Design|Operating|Starting|"
    r"Measurement|Access|Reference|Decimal|Data|Car|Logic|Air|Water|Steam|Gas|Solar|Wind|Wet|Dry|Fume|Clean|Sound|"
    r"Work|Docking|Charging|Base|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Chiller|Boiler|Pump|Fan|"
    r"Please|Note|Dear|Hi|Hello|Building|Buildings|White|Full|Open|Distribution|Electrical|Mechanical|Evaporative|"
    r"Hyperbolic|Induced|Forced|Modern|Lecture|City|Town|Village|Sports|Community|Student|Government|Federal|Retail|"
    r"Higher|Further|Der|Die|Das|Ein|Eine|Im|Le|La|Les|El|Los|Las)"
)
WORD = r"[A-ZÄÖÜÉ][\wäöüéèß]*(?:['\u2019-][A-Z]?\w+)*"
INITIAL = r"(?:St\.?|Mt\.?|Dr\.?|Sir|[A-Z]\.)"
PROPER = Cased(
    rf"\b(?=[A-ZÄÖÜÉ])(?!{COMMON}\b(?!\s(?!{NOUN}\b){WORD}\s{NOUN}))(?:{INITIAL}\s)?{WORD}(?:\s(?:(?:and|of|&|de|"
    rf"for)\s)?(?!{NOUN}\b){WORD}){{0,3}}\s{NOUN}\b(?:\s(?!{COMMON}\b){NOUN}\b)?(?!\s(?:Management|Regulations?|"
    rf"Code|Control|Automation|Information|Energy|Performance|Research|Operator)\b)"
)
LEADING = re.compile(rf"(?:{COMMON}\s)+")
NOT_NAME = re.compile(
    rf"^(?:{COMMON}\s)*(?:{NOUN}|(?:Cooling|Energy|Passive|Data|Smart|Green)\s(?:Tower|House|Cent(?:re|er)|"
    rf"Building)s?)$|\b(?:Energy Star|LEED|BREEAM|ASHRAE|Set ?Point|Dew Point|Data Point|Access Point|Brick|BACnet|"
    rf"Modbus|HVAC|AHU|VAV|BMS|Chiller|Boiler|Supply|Return|Condenser|Zone|Room)\b"
)
NUMBERED = Cased(
    r"\b(?=[A-Zbdhw])(?:(?:Building|Bldg\.?|Block|Tower|Wing|Haus|Gebäude|Turm|Bâtiment|Bât\.?|Immeuble|Edificio|Torre|Bloque|"
    r"Pavillon|Pabellón|Palazzo|Edifício)\s(?:No\.?\s|Nr\.?\s|n°\s?|#\s?)?(?:[A-Za-z]{0,2}-?\d{1,4}[A-Za-z]?|"
    r"[A-Z]{1,2})\b"
    r"|building\s(?:no\.?\s|number\s|#\s?)?[A-Za-z]?\d{1,4}[a-z]?\b|(?:buildings)\s[A-Za-z]?\d{1,4}(?:(?:,\s|"
    r"\sand\s|,\sand\s)[A-Za-z]?\d{1,4})*\b|(?:House|Hall|Site|Halle|Villa|Pavilion|Annex|[Hh]angar|[Ww]arehouse|"
    r"[Dd]epot|Shed|Lagerhalle|[Dd]ormitory|Terminal|Pier|Nave|Entrepôt|Hall)\s(?:[A-Z]?\d{1,3}|"
    r"[A-Z])\b(?:,\s[A-Z]\w+\s[A-Z]\w+)?|\bb\d{1,3}\b(?!\s?[=(\[*+]))"
    r"(?!\s(?:principles?|blocks|steps|rules|tips|things|ways|examples|features|models|levels|new|kinds|types|"
    r"reasons|questions|services|categories|ideas|different|more|of\b|to\b|or\b|x\b|percent|storeys?|stories|floors|"
    r"homes|houses|schools|units|years|days|hours|pillars|systems)|%|\.\d|\s?(?:kW|m2|°))"
)
FOREIGN = Cased(
    rf"(?<=\b[Tt]he\s)(?:Old|New|Great|Little|Upper|Lower|North|South|East|West|Royal|Grand|Central|Red|White|"
    rf"Black|Round|Long|First|Second)\s{NOUN}\b|"
    r"\b[A-ZÄÖÜ][a-zäöüß]{2,20}(?:gebäude|haus|schule|halle|turm|zentrum|klinik|heim|hof|"
    r"bad)\s[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ]?\w+)?\b|"
    r"\b(?:Rathaus|Krankenhaus|Klinikum|Quartier|Schwimmbad|Kulturzentrum|Bürohaus|Wohnheim|Stadthalle|"
    r"Centro (?:Cívico|Comercial|Cultural|Deportivo|de Salud)|Centre (?:Commercial|Culturel|Hospitalier)|Mairie|"
    r"Ayuntamiento|Mercado|Polideportivo|Museo|Musée|Théâtre|Teatro|Gare|Caserne|Usine|Fábrica|Bâtiment|Tour|Maison|"
    r"Résidence|Château|Hôtel|Lycée|Collège|École|Immeuble|Édifice|Tour|Edificio|Torre|Casa|Palacio|Colegio|"
    r"Instituto|Biblioteca|Hospital|Haus|Schloss|Palazzo|Villa|Hôpital|Bibliothèque|Gymnase|Clinique)\s(?:(?:de|del|"
    r"des|du|der|am|im|zum|la|le|los|las|l['\u2019])\s?){0,2}"
    r"(?:(?:Les?|La|El|Los|Las)\s(?=[A-ZÉ][a-zéèê]{3}))?(?!(?:Le|La|Les|El|Los|Der|Die|Das|Im|Am|Und|Et)\b)[A-ZÉÄÖÜ][\wäöüéèñß-]+(?:\s[A-ZÉÄÖÜ][\wäöüéèñß-]+)?"
    r"|\b[A-ZÄÖÜ][a-zäöüß]+-(?:Haus|Turm|Gebäude|Schule|Gymnasium|Halle|Klinik|Bibliothek|Bau|Zentrum|Institut)\b|"
    r"\b[A-ZÄÖÜ][a-zäöüß]+(?:straße|er) (?:Haus|Turm|Hof|Schule|Schloss)\b"
)


LOWER_NOUNS = (" house", " tower", " court", " hall", " lodge", " mill", " wharf", " plaza")
LOWER = re.compile(
    r"\b(?:at|of|in|for|is|did|does|has|about|from|to|and|vs|versus)\s(?P<name>(?!(?:the|this|that|our|my|your|his|"
    r"her|its|each|every|any|some|all|both|an?|office|cooling|green|passive|energy|full|open|data|town|village|city|"
    r"lecture|dining|sports|main|great|whole|"
    r"public|private|power|pump|boiler|control|engine|turbine|switch|glass|guest|half|bell|clock|water|wind|solar|"
    r"church|school|concert|music|assembly|entrance|market|community|student|residence|tennis|squash|basketball|"
    r"food|high|low|old|new|apartment|residential|single|family|typical|"
    r"average|hyperbolic|evaporative|smart|historic|tall|large|small|modern|country|tree|ware|mansion|manor|light|"
    r"court|crown|supreme|terraced|detached|zero|carbon|empty|which|what|multi|film|social|care|"
    r"heritage)\b)[a-z]{4,14}\s(?:house|tower|court|hall|lodge|mill|wharf|plaza))\b"
)


FIELD = re.compile(
    r"(?i:(?:[?&]|(?<![\w\"'-]))(?:site|building|bldg|property|facility|campus)(?:[_-]?name)?=|[?&]name=)[\"']?"
    r"(?P<name>(?=[^&\s\"'#;,]{0,40}[A-Z])[^\W\d_][^&\s\"'#;,]{2,80})"
    r"|[\"'](?i:site|building|bldg|property|facility|campus)(?i:[_-]?name)?[\"']\s?:\s?[\"']"
    r"(?P<value>(?=[^\"'\n]{0,40}[A-ZÀ-Ý])[^\W\d_][^\"\n]{2,60})[\"']"
)


def fields(text: str) -> Iterator[Span]:
    """Yield the values of fields for a building: `?site=Bond%20Hall`, `"building": "Bond Hall"`."""
    if "=" in text or ":" in text:
        for match in FIELD.finditer(text):
            yield found("BUILDING_NAME", match, "name" if match["name"] else "value", score=0.8, by="building_names")


def proper_names(text: str) -> Iterator[Span]:
    """Yield proper words that end in a noun for a building."""
    for match in PROPER.finditer(text):
        lead = LEADING.match(match.group())
        start = match.start() + (lead.end() if lead else 0)
        start -= 4 if text[max(0, start - 5) : start].lower() == " the " else 0
        if not NOT_NAME.search(match.group()) and " " in text[start : match.end()]:
            whole = found("BUILDING_NAME", match, score=0.7, by="building_names")
            yield Span(start, whole.end, whole.type, whole.label, whole.score, whole.by)


def numbered(text: str) -> Iterator[Span]:
    """Yield "Block C", "Building b4", "Haus 12" and names of other word orders: "Bâtiment Nord", "Edificio Norte"."""
    for match in LOWER.finditer(text) if any(noun in text for noun in LOWER_NOUNS) else ():
        yield found("BUILDING_NAME", match, "name", score=0.5, by="building_names")
    for pattern in (NUMBERED, FOREIGN):
        for match in pattern.finditer(text):
            yield found("BUILDING_NAME", match, score=0.8, by="building_names")


RECOGNISERS: tuple[Recogniser, ...] = (proper_names, numbered, fields)
