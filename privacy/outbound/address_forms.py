"""Written forms of addresses: streets by their type in many languages, boxes, military post, codes, countries.

A form alone is a hint: it is joined with its neighbours to a whole address in `address_spans`.
"""

import re

WORD = r"[^\W\d_a-z][\w'\u2019.-]{0,40}"
PARTICLE = r"(?:de|du|des|del|della|delle|dei|di|da|do|dos|la|le|les|los|las|el|of|the|von|van|der|den|na|nad)"
NAMES = rf"{WORD}(?: (?:{PARTICLE} ){{0,3}}{WORD}){{0,3}}"
HOUSE = r"\d{1,5}(?:[ -]?[A-Za-z](?!\w))?(?:[-/]\d{1,4})?"

BEFORE = (
    r"(?:[Rr]ue|[Aa]venue|[Aa]v\.?|[Bb]oulevard|[Bb]d\.?|[Pp]lace|[Aa]ll[ée]e|[Cc]hemin|[Ii]mpasse|[Qq]uai|[Cc]ours"
    r"|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Ll]argo|[Vv]icolo|[Ss]trada"
    r"|[Cc]alle|C/|[Pp]laza|[Pp]aseo|[Aa]venida|[Aa]vda\.?|[Cc]amino|[Cc]arrera|[Cc]arrer|[Rr]onda|[Rr][úu]a|[Rr]ua"
    r"|[Tt]ravessa|[Ll]ugar"
    r"|[Uu]l\.|[Uu]lica|[Aa]leja|[Aa]l\.|[Oo]s\.|[Pp]l\.|[Tt]rg|[Ss]tr\.|[Bb]d\.|[Cc]al\.|[Ss]oseaua"
    r"|[Nn][áa]m[ěe]st[ií]"
    r"|[Aa]m|[Aa]n der|[Ii]m|[Zz]um|[Uu]nter den|Λεωφόρος|Πλατεία|Οδός|(?i:ул\.|улица|пр\.|проспект))"
)
"""Words for a street that stand before its name."""
AFTER = (
    r"(?i:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|way|boulevard|blvd|highway|hwy|terrace|close"
    r"|crescent|square|sq|parkway"
    r"|pkwy|parade|gardens|green|park|view|wynd|brae|heights|chase|circus|broadway|embankment|circle|cir|trail|alley"
    r"|mews|grove|hill|row|walk|loop|plaza|crossing|ridge|quay|wharf|esplanade|point|pass|coves?|route|junction"
    r"|utca|[úu]t|[úu]tja|t[ée]r|tere|u|k[öo]rút|tee|pst|mnt|vei|veien|vegen|gate|gata|v[äa]g|v[äa]gen|plads|vej"
    r"|plein|laan|straat"
    r"|weg|platz|allee|stra[ßs]se|str|caddesi|sokak)\b\.?"
)
"""Words for a street that stand after its name."""
JOINED = (
    r"(?:stra(?:ß|ss)e|str\.|gasse|weg|platz|allee|ring|damm|ufer|straat|laan|plein|gracht|kade|dijk|gatan|v[äa]gen"
    r"|gr[äa]nd|torget"
    r"|vej|gade|all[ée]|vegen|veien|gata|gaten|katu|tie|polku|kuja|utca|ulice|ova|sk[áa])"
)
"""Ends of words that are streets."""

STREET = re.compile(
    rf"(?:{HOUSE},? )?(?<!\w){BEFORE} {NAMES}(?:,? {HOUSE})?"
    rf"|\d{{1,5}}[A-Za-z]?,? {NAMES} {AFTER}"
    rf"|(?<!\w)[^\W\d_a-z][\w-]{{0,40}}{JOINED} {HOUSE}"
    rf"|(?<!\w){NAMES} {AFTER},? {HOUSE}"
)
POST = re.compile(
    r"\b(?:P\.? ?O\.? ?Box|Post ?box|Postfach|Apartado|Casella Postale|BP|GPO Box) \d{1,6}"
    r"|\b(?:PSC|CMR|Unit) \d{1,5},? Box \d{1,5}|\b(?:USNV|USNS|USS|USCGC) [A-Z]\w+(?=\s+[ADF]PO\b)"
    r"|\b[ADF]PO,? A[AEP],? \d{5}(?:-\d{4})?"
    r"|\b(?:apt|apartment|suite|ste|flat|shop|unit|room|floor|level|block|lot)\b\.? ?#?\d{1,5}[a-z]?\b(?=[\s,])",
    re.IGNORECASE,
)
"""Boxes, military post and the parts of a house; the last alone are none."""
CODE = re.compile(
    r"\b(?:zip(?: ?code)?|post(?:al)? ?code|postcode|plz|cap|c\.p\.)(?: (?:is|was|to|of|for"
    r"|number))?[ :#]{1,3}(?P<code>[A-Z]{0,2}-?\d[A-Z\d]{1,6}"
    r"(?:[ -][A-Z\d]{2,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b",
    re.IGNORECASE,
)
"""A code after the word for it. Without the word, it is a number like others."""
COUNTRY = re.compile(
    r"\b(?:Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain"
    r"|Bangladesh|Barbados"
    r"|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia(?: and Herzegovina)?|Botswana|Brazil|Brunei|Bulgaria"
    r"|Burkina Faso|Burundi"
    r"|Cambodia|Cameroon|Canada|Cape Verde|Chile|China|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czechia"
    r"|Czech Republic|Denmark"
    r"|Djibouti|Ecuador|Egypt|El Salvador|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Germany"
    r"|Ghana|Greece"
    r"|Greenland|Grenada|Guatemala|Guinea|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq"
    r"|Ireland|Israel|Italy"
    r"|Ivory Coast|Jamaica|Japan|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya"
    r"|Liechtenstein"
    r"|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Moldova"
    r"|Monaco|Mongolia"
    r"|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Nigeria|North Korea"
    r"|North Macedonia|Norway"
    r"|Oman|Pakistan|Palestine|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania"
    r"|Russia|Rwanda"
    r"|San Marino|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia"
    r"|South Africa|South Korea"
    r"|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo"
    r"|Tonga|Tunisia"
    r"|Turkey|Turkmenistan|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States(?: of America)?|Uruguay"
    r"|Uzbekistan|Venezuela"
    r"|Vietnam|Yemen|Zambia|Zimbabwe|England|Scotland|Wales)\b(?: \([A-Z][a-z]+\))?"
)
