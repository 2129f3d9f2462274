"""Postal codes that their shape gives away, and those that need a town, a state or a cue."""

import re

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, cued, recogniser, shapes

UK_AREAS = (
    r"A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|"
    r"K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|RG|RH|RM|"
    r"S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
UK_CODE = rf"(?:(?:{UK_AREAS})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}|GIR ?0AA)"
CANADIAN_CODE = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d"
US_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|"
    "NY|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|AA|AE|AP|"
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|"
    "Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|"
    "Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New "
    "Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|"
    "Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|"
    "Virginia|Washington|West Virginia|Wisconsin|Wyoming"
)
STATES = rf"(?:{US_STATES}|NSW|VIC|QLD|TAS|ACT|NT|ON|QC|BC|AB|MB|SK|NS|NB|NL|PE)"
COUNTRY = (
    r"(?:USA|U\.S\.A\.|United States|UK|United Kingdom|England|Scotland|Wales|Ireland|Germany|"
    r"Deutschland|France|Spain|España|Italy|Italia|Netherlands|Nederland|Sweden|Norway|Denmark|Finland|"
    r"Austria|Österreich|Switzerland|Schweiz|Belgium|Portugal|Poland|Polska|Czech Republic|Hungary|"
    r"Estonia|Latvia|Lithuania|Slovenia|Croatia|Greece|Cyprus|Iceland|Greenlander|Greenland|"
    r"Liechtenstein|Luxembourg|Slovakia|Romania|Bulgaria|Serbia|Turkey|Türkiye|Canada|Australia|New "
    r"Zealand|South Africa|India|Singapore|Japan|Brazil|Mexico|Uruguay|Tunisia)"
)
TOWN = r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{1,24}(?:[ -](?:am|an der|sur|les|la|le|de|del|in|im|[A-ZÀ-ÖØ-Þ])[^\W\d_]{0,20}){0,3}"
NOT_UNITS = (
    r"(?!(?:KW|VA|MW|HP|AM|PM|PV|DC|AC|HZ|CO|EU|UK|US|BC|AD|SA|SD|SS|GW|KV|WH|GB|MB|TB|IT|OT|LW|DB|BP|GJ|MJ|NG)(?!\w))"
)

UK = re.compile(rf"(?<![\w-])(?P<it>{UK_CODE.replace(' ?', ' ')})(?!\w)")
UK_JOINED = rf"(?i:{UK_CODE})(?!\w)"
CANADIAN = re.compile(rf"(?<![\w-])(?P<it>{CANADIAN_CODE.replace('[ -]?', ' ')})(?!\w)")
US = re.compile(
    rf"(?<!\w)(?P<it>{STATES},?\s{{1,2}}\d{{5}}(?:-\d{{4}})?|(?:NSW|VIC|QLD|TAS|ACT|NT|SA|WA) \d{{4}})(?!\w|[.,]\d)"
)
ZIP_PLUS = re.compile(r"(?<![\w.-])(?P<it>\d{5}-\d{4})(?![\w-])")
DUTCH = re.compile(rf"(?<![\w.,-])(?P<it>(?:NL-)?[1-9]\d{{3}} ?{NOT_UNITS}[A-Z]{{2}})(?= [A-Z][a-z]{{2,}}|,)")
TOWN_BEHIND = re.compile(
    rf"(?=[A-Z]{{0,3}}-?\d{{2}})(?:(?<=, )|(?<=\n)|(?<=\bin )|(?<=\bà )|(?<=\ba )|(?<=\ben )|"
    rf"(?<=\bnach ))(?P<it>(?:D|DE|A|CH|F|FR|B|L|I|E|S|SE|N|DK|FIN|PL|CZ)?-?(?:\d{{5}}|\d{{3}} \d{{2}}|"
    rf"\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}})\s{TOWN})(?!\w)"
)
BEFORE_COUNTRY = re.compile(
    rf"(?<!\w)(?P<it>{COUNTRY}(?: \(\w{{1,12}}\))? \d{{4,6}}(?:-\d{{3,4}})?)(?!\w|[.,]\d|\s?(?:k?W|m))"
)
COUNTRY_DASH = re.compile(rf"(?<!\w)(?P<it>(?:D|DE|A|AT|CH|F|B|L|I|E|SE|NL|DK|FIN|PL|CZ)-\d{{4,5}} {TOWN})(?!\w)")
JAPANESE = re.compile(r"(?P<it>〒\s?\d{3}-?\d{4})")
POST_CUE = (
    r"(?:zip|postal|post)[- ]?codes?|zip|PLZ|postleitzahl|code postal|código postal|CP|C\.P\.|CAP|CEP|"
    r"eircode|postnummer|postnr|kod pocztowy|PSČ|irányítószám|pin ?code|pincode|邮编|郵便番号|postinumero"
)
POST_VALUE = (
    rf"(?:{UK_JOINED}|(?i:{CANADIAN_CODE})|\d{{5}}(?:-\d{{3,4}})?|\d{{3}} ?\d{{2,3}}|\d{{2}}-\d{{3}}|"
    rf"\d{{4}}(?:-\d{{3}}| ?[A-Z]{{2}})?|[A-Z]\d{{2}} ?[A-Z0-9]{{4}})(?!\w)"
)

ADDRESS = "ADDRESS"
COUNTRIES = tuple(COUNTRY.lower().replace("\\", "").removeprefix("(?:").removesuffix(")").split("|"))
FORMS = (
    Form(ADDRESS, UK, ("LD DLL", "DD DLL", "DL DLL", "gir 0aa", "gir0aa")),
    Form(ADDRESS, CANADIAN, ("LDL DLD",)),
    Form(ADDRESS, US, ("L DDDD", "L, DDDDD", "L  DDDDD", "L,  DDDDD")),
    Form(ADDRESS, ZIP_PLUS, ("DDDDD-DDDD",)),
    Form(ADDRESS, DUTCH, (*shapes("DDDD?LL L"), *shapes("DDDD?LL,"))),
    Form(
        ADDRESS,
        TOWN_BEHIND,
        ("DDDDD ", "DDD DD ", "DD-DDD ", "DDDD-DDD ", "DDDDD\n", "DDD DD\n", "DD-DDD\n", "DDDD-DDD\n"),
        lambda match: (
            re.search(r"(?:Euro|Units|BTU|Watt|Tonnes|Kilo|Schüler|Stunden|Studenten)\b", match[VALUE]) is None
        ),
    ),
    Form(ADDRESS, BEFORE_COUNTRY, COUNTRIES),
    Form(ADDRESS, COUNTRY_DASH, ("L-DDDD",)),
    Form(ADDRESS, JAPANESE, ("〒",)),
    cued(
        ADDRESS,
        POST_CUE,
        POST_VALUE,
        ("zip", "post", "plz", "cp", "c.p.", "cap", "cep", "eircode", "pin", "psč", "irány", "邮编", "郵便"),
    ),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("postcodes", FORMS),)
