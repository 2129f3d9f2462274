"""How streets are written, country by country: the patterns of a number, a name and a street word."""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re

from privacy.recognisers.forms import small
from privacy.recognisers.postcodes import CANADIAN_CODE, UK_CODE

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩА-Я"

NUMBER = r"\d{1,5}[A-Za-z]?(?:\s?[-–/]\s?\d{1,5}[A-Za-z]?)?"

SURE = (
    r"Street|Str(?:eet)?s|Avenue|Ave|Boulevard|Blvd|Road|Rd|Lane|Terrace|Crescent|Cres|Highway|Hwy|"
    r"Parkway|Pkwy|Freeway|Expressway|Turnpike|Pike|Mews|Alley|Causeway|Esplanade|"
    r"Promenade|Circle|Cir|Grove|Gardens|Gdns|Quay|Wharf|Embankment|Motorway|Bypass|Broadway|Mall|"
    r"Parade|Walk|Wynd|Byway|Trail|Trl|Terr|Strasse|Straße|St"
)

DOUBTFUL = (
    r"Drive|Dr|Court|Ct|Place|Pl|Plaza|Square|Sq|Way|Close|Park|Hill|View|Row|Rise|Point|Pointe|Pass|"
    r"Path|Loop|Run|Ridge|Bend|Green|Gate|Yard|Ln|Vale|Mount|Brae|Croft|Heights|Hts|Key|Knoll|Landing|"
    r"Manor|Meadows?|Orchard|Centre|Center|Estate|Mansions|House|Buildings|Terraces|Bridge|Island|"
    r"Extension|Fields?|Garden|Junction|Ways|Streets|Stravenue"
)

NAME = rf"(?:[{UPPER}][\w'’.-]{{0,24}}|\d{{1,3}}(?:st|nd|rd|th)|of|the|de|du|la|le|del)"

ENGLISH = re.compile(
    rf"(?<![\w.,/-])(?P<it>(?:\d{{1,5}}\s)?(?P<number>{NUMBER}),?\s(?P<name>(?:{NAME}\s){{1,4}})"
    rf"(?:(?P<sure>{SURE})|(?P<doubtful>{DOUBTFUL}))(?!\w)\.?(?:\s(?:North|South|East|West|N|S|E|W|NE|"
    rf"NW|SE|SW)\b)?)"
)

ENGLISH_LOWER = re.compile(
    r"(?i)(?<![\w.,/-])(?P<it>(?:\d{1,5}\s)?(?P<number>\d{1,5}[a-z]?)"
    r"\s(?P<name>(?:[^\W\d_][\w'’.-]{1,24}\s|\d{1,3}(?:st|nd|rd|th)\s){1,3})(?P<sure>street|"
    r"avenue|boulevard|road|lane|crescent|parkway|highway|blvd|ave|rd|terrace)(?!\w)\.?)"
)

NUMBERED = re.compile(
    rf"(?<![\w.,/-])(?P<it>{NUMBER}\s(?:[NSEW]\.?\s)?(?:(?:State |County |US |Old )?(?:Route|Rte|"
    rf"Highway|Hwy|Interstate|CR|SR|FM|Rural Route|RR)\s\d{{1,4}}|Broadway|The (?:Strand|Mall|Quay|"
    rf"Avenue|Green|Square|Crescent|Broadway|Parade))(?!\w))"
)

SUFFIX = (
    r"stra(?:ß|ss)e|str\.|gasse|weg|platz|allee|ufer|damm|ring|steig|chaussee|promenade|graben|markt|"
    r"gatan|gata|gatu|vägen|väg|vagen|gränd|torget?|plan|stigen|backen|vej|gade|stræde|"
    r"veien|vegen|veg|gate|gt\.|alléen|allé|tie|katu|kuja|polku|utca|straat|laan|plein|gracht|kade|"
    r"dijk|singel|steenweg|baan|dreef|hof|braut|gerði|götu|vegur|terrasse|brygge|kaj"
)

JOINED = re.compile(
    rf"(?<![\w-])(?P<it>(?:\d{{1,5}}\s(?=\D))?(?:[{UPPER}][\w.'’-]{{1,24}}[ -])"
    rf"{{0,3}}(?P<street>[{UPPER}][\w'’-]{{1,28}}(?:{SUFFIX}))[ ,]{{1,2}}(?:Nr\.? ?|no\.? ?)"
    rf"?\d{{1,4}}(?:\s?[a-zA-Z](?!\w))?(?:\s?[-–/]\s?\d{{1,4}}[a-z]?)?(?!\w|[.,]\d))"
)

JOINED_LOWER = re.compile(
    r"(?<![\w-])(?P<it>(?:\d{1,5}\s)?(?:[^\W\d_]{2,24}\s)?(?P<street>[^\W\d_]{3,28}(?:stra(?:ß|ss)e|"
    r"str\.|gasse|gatan|vägen|straat|gracht|laan|plein|weg|allee|platz|utca|katu|tie)|"
    r"[^\W\d_]{3,24}\s(?:utca|út|útja|tér|tee|tn))\s\d{1,4}\s?[a-z]?)(?!\w|[.,]\d)"
)

APART = re.compile(
    rf"(?<![\w-])(?P<it>(?:[{UPPER}][\w.'’-]{{1,24}}[ -]){{1,4}}(?i:stra(?:ß|ss)e|str\.|gasse|weg|"
    rf"platz|allee|ufer|damm|ring|gatan|gata|vägen|väg|vej|gade|allé|vei|gate|straat|laan|plein|"
    rf"terrasse|utca|u\.|út|útja|tér|tere|krt\.?|körút|köz|sor|sétány|rakpart|tie|katu|bulvár|"
    rf"cad(?:desi|\.)?|sok(?:ak|\.)?|mah(?:allesi|\.)?)[ ,]{{1,2}}(?:Nr\.? ?|No[.:]? ?)"
    rf"?\d{{1,4}}\.?(?:\s?[a-zA-Z](?!\w))?(?!\w|[,]\d))"
)

PREFIX = (
    r"rue|avenue|av\.|boulevard|bd|boul\.|place|allée|allee|chemin|impasse|quai|route|cours|square|"
    r"passage|voie|sentier|faubourg|fbg|rond-point|esplanade|promenade|villa|cité|lotissement|ZA|ZI|"
    r"zone industrielle|"
    r"calle|c/|avda\.?|avenida|avd?\.|paseo|p[º°]\.?|plaza|pl[zç]a?\.?|carrer|c\.|carretera|ctra\.?|"
    r"camino|ronda|glorieta|travesía|urbanización|polígono(?: industrial)?|rambla|passeig|gran vía|"
    r"callejón|jirón|jr\.|carrera|cra\.?|cl\.|"
    r"rua|rúa|travessa|praça|praca|largo|alameda|estrada|rodovia|beco|viale|piazza|piazzale|corso|"
    r"vicolo|largo|lungo\w{2,8}|strada|contrada|località|"
    r"ulica|ul\.|al\.|aleja|aleje|pl\.|plac|os\.|osiedle|trg|ulice|náměstí|nám\.|nábřeží|třída|tř\.|"
    r"námestie|cesta|put|bulevar|bulevardul|b-dul|bd\.|calea|șoseaua|șos\.|intrarea|"
    r"улица|ул\.|проспект|пр\.|пр-т|переулок|пер\.|площадь|пл\.|вулиця|вул\.|бул\.|οδός|λεωφόρος|"
    r"λεωφ\.|πλατεία|jalan|jl\.|jln|lorong|via"
)

UNIT_WORD = r"(?:Suite|Ste|Apt|Apartment|Flat|Unit|Room|Floor|Dept)"

WORD = (
    rf"(?!(?i:{UNIT_WORD})(?!\w))(?:[{UPPER}][\w'’.-]{{0,24}}|[lLdD]['’][\w'’-]{{1,24}}|de|du|des|la|"
    rf"le|les|del|della|delle|dei|di|da|do|dos|das|e|y|von|van|den|der|al|el|los|las|"
    rf"\d{{1,2}}(?=\s[A-Za-zÀ-ž]))"
)

PREFIX_CUE = re.compile(rf"(?<!\w)(?=[^\W_])(?:\d{{1,5}}\s)?(?:{small(PREFIX)})(?=\s)")

ROMANCE = re.compile(
    rf"(?P<it>\s(?P<name>{WORD}(?:\s{WORD}){{0,5}}),?\s(?:(?i:n[°ºo.]{{1,2}}|nr\.?|num\.?|número|no\.?|"
    rf"č\.?p?\.?|д\.|#)\s?)?\d{{1,5}}(?:\s?[-/]\s?\d{{1,4}})?(?:\s?[a-zA-Z](?!\w))?(?!\w|[.,]\d))"
)

NUMBER_CUE = re.compile(
    rf"(?<![\w.,])(?>(?:\d{{1,5}}\s(?=\d))?{small(NUMBER)}(?:\s?(?:bis|ter|quater|b|t)\b)?),?\s(?:{small(PREFIX)}|ave)(?=\s)"
)
NUMBER_FIRST = re.compile(rf"(?P<it>\s(?P<name>{WORD}(?:\s{WORD}){{0,5}})(?!\w))")

EAST = re.compile(
    r"(?P<it>[\u4e00-\u9fff]{1,10}(?:路|街|大道|巷|弄)\s?\d{1,5}\s?(?:号|號|弄)(?:[\u4e00-\u9fff\d]{0,12}(?:室|楼|"
    r"樓|层))?|(?:[\u4e00-\u9fff\u30a0-\u30ff]{1,12}[都道府県市区町村])"
    r"{1,4}[\u4e00-\u9fff\u30a0-\u30ff]{0,8}\d{1,3}(?:丁目|-)\d{1,3}(?:番地?|-)?\d{0,3}号?|[가-힣]{1,8}(?:로|길)"
    r"\s?\d{1,4}(?:번길\s?\d{1,4})?)"
)

BEFORE_UNIT = re.compile(
    rf"(?<![\w.,/-])(?P<it>\d{{1,5}}\s(?:[{UPPER}][\w.'’-]{{0,24}}\s){{1,5}}(?:(?:de|la|tee|tn|pst|mnt)"
    rf"\s)?(?:\d{{1,5}}\.?)?(?=[\s,?>|]{{1,6}}(?i:suite|ste\.?|apt\.?|apartment)\s?#?\d))"
)

AFTER_CUE = re.compile(
    rf"(?i:\b(?:address(?:es)?(?: here)?(?: is| are|:|,)?|adresse(?: ist| est|:)?|dirección(?: es|:)?|"
    rf"lives? (?:at|on|in)|office is at|located at|deliver(?:ed)? to|ship(?:ped)? to|taxi to|meet "
    rf"(?:me |you )?at|return to)[\s:]{{1,3}}(?:(?:is|they are|with)[\s:]{{1,2}})?)"
    rf"(?P<it>(?:\d{{1,5}}\s)?(?:[{UPPER}][\w.'’-]{{1,24}}\s){{1,4}}\d{{1,5}}[a-z]?)(?!\w|[.,:]\d|\s?(?:%|°|kW))"
)

BEFORE_CODE = re.compile(
    rf"(?<![\w.,/-])(?P<it>(?:(?i:flat|unit|shop|plot|suite|apt\.?|lot|door|house|villa|block|room)(?: "
    rf"[Nn]o\.?)? \w{{1,5}},? )?(?:\d{{1,5}}[A-Za-z]?,? )?(?:[{UPPER}][\w'’.-]{{0,24}},?\s(?:\d{{1,4}},"
    rf"\s)?){{1,9}}(?:{UK_CODE}|(?:NSW|VIC|QLD|TAS|ACT|NT|SA|WA) \d{{4}}|{CANADIAN_CODE}))(?!\w)"
)

PLOT = re.compile(
    rf"(?<!\w)(?P<it>(?:Plot|Shop|Door|House|Villa|Flat|Unit|Lot|Stand|Block)(?: [Nn]o\.?)? "
    rf"?\d{{1,5}}[A-Z]?(?:,\s[{UPPER}][\w'’ -]{{1,30}}){{1,6}}[ ,-]{{1,3}}\d{{3}} ?\d{{3}})(?!\w)"
)

BANCHI = re.compile(
    rf"(?<![\w-])(?P<it>\d{{1,3}}(?:-\d{{1,3}}){{1,2}},?\s[{UPPER}][\w-]{{1,24}}(?:,\s[{UPPER}][\w-]{{1"
    rf",24}}){{1,4}}(?:,?\s\d{{3}}-\d{{4}})?)(?!\w)"
)

BOX = re.compile(
    r"(?i)(?<!\w)(?P<it>(?:\d{1,5}\s)?(?:P\.?\s?O\.?\s?|post(?:al)?(?: office)?[ -]?)"
    r"box(?:\s?(?:no\.?|number|#))?\s?\d{1,6}|(?:postfach|postbus|boîte postale|B\.?P\.?|"
    r"apartado(?: de correos)?|casella postale|postboks|postboks|box|caixa postal|skrytka pocztowa|"
    r"postilokero|locked bag|private bag)\s\d{1,6})(?!\w|[.,]\d)"
)

MILITARY = re.compile(
    r"(?i)(?<!\w)(?P<it>(?:PSC|CMR|Unit|USNS|USS)\s[\w]{1,12},?\sBox\s\d{1,5}(?:[\s,]{1,3}[AFD]PO,?\s(?"
    r":A[AEP])\s\d{5}(?:-\d{4})?)?|US(?:NS|S|NV|CGC)\s\w{2,20}\s{1,2}[AFD]PO,?\s(?:AA|AE|AP)\s\d{5}|"
    r"[AFD]PO,?\s(?:AA|AE|AP)\s\d{5})(?!\w)"
)
