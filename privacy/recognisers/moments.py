"""How English, German, French and Spanish say a time of day, a day and a date."""

from privacy.recognisers.words import Words

HOUR_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|ein|zwei|drei|vier|fünf|sechs|sieben|acht|"
    r"neun|zehn|elf|"
    r"zwölf|la una|las (?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce))"
)
CLOCK = (
    r"(?:(?<![\d.,:/-])(?:[01]?\d|2[0-4])\s?[:h]\s?[0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?(?![\d:])"
    r"|(?<![\d.,:/-])(?:[01]?\d|2[0-4])\.[0-5]\d\s?(?:[ap]\.?m\b\.?|Uhr|hrs?|h\b)"
    r"|(?<![\d.,:/-])(?:[01]?\d|2[0-4])(?:\s?[ap]\.?m\b\.?|\s?(?:o['\u2019]?\s?clock|Uhr|heures?|h)\b(?!\s?/))"
    r"|(?<![\d.,:/-])(?:[01]\d|2[0-4])[0-5]\d\s?(?:hrs|hours|h|Z)\b"
    rf"|\b(?:half(?:[- ]past)?|(?:quarter|five|ten|twenty|twenty-five)[- ](?:past|to)|halb|(?:viertel|zehn|fünf|"
    rf"zwanzig) (?:vor|nach)|kurz (?:vor|nach)|just (?:gone|before|after)|shortly (?:before|after)|gone|nearly)"
    rf"\s(?:\d{{1,2}}|{HOUR_WORD})\b(?!\s(?:o[fn]|per|more|people|the)\b)(?![\d.,:%-]\d)"
    rf"|\b\d{{1,2}}[- ]?ish\b|\b{HOUR_WORD}[- ]?ish\b|\blas? (?:\d{{1,2}}|una|dos|tres|cuatro|cinco|seis|siete|ocho|"
    rf"nueve|diez|once|doce) (?:y|menos) (?:media|cuarto|diez|veinte|cinco)\b|\b(?:une|deux|trois|quatre|cinq|six|"
    rf"sept|"
    rf"huit|neuf|dix|onze|douze) heures?\b|\b(?:zero|oh|twenty|twenty[- ](?:one|two|three)|eighteen|nineteen|"
    rf"seventeen|"
    rf"sixteen)[- ](?:thirty|hundred|fifteen|forty-five|oh-five)(?: hours| hrs)?\b"
    rf"|\b{HOUR_WORD}\s(?:o['\u2019]?\s?clock|thirty|[ap]\.?m\b\.?|Uhr|in the (?:morning|afternoon|evening))"
    r"|\b(?:midnight|noon|midday|Mitternacht|minuit|medianoche|mediodía|sunset|sunrise|dusk|dawn|nightfall|"
    r"lunchtime|closing time|close of (?:business|play)|COB|EOD|Feierabend)\b)"
)
PREPOSITION = (
    r"(?:at|after|by|before|until|till|til|from|since|around|about|past|between|to|come|zwischen|entre|pasadas|nach|"
    r"ab|um|bis|vor|gegen|seit|après|"
    r"avant|vers|"
    r"dès|jusqu['\u2019]à|à partir de|à|después de|a partir de|antes de|desde|hasta|a|sobre)"
)
HOUR = (
    rf"(?:{CLOCK}|\b{PREPOSITION}\s(?:about\s|around\s|roughly\s)?(?:{HOUR_WORD}|(?:las?\s)?(?:[1-9]|1\d|"
    rf"2[0-4])(?:\.[0-5]\d)?)"
    r"(?!\s?[%°€£$]|[\d.,:/-]\d|\s?(?:l/s|k?pa|m/s|m3|m³|k?wh?|mwh?|k|v|a|hz|bar|ppm|mg|kg|mm|cm|km|lux|rpm|ct|p|"
    r"pence|cents|%)\b|\s(?:degrees|percent|people|persons|kW|buildings|floors|m\b|months|years|weeks|"
    r"hours|minutes|other)|\w)"
    r"|\b(?:0\d|1\d|2[0-3])[0-5]\d(?=\s?(?:to|-|\u2013|till|until)\s?(?:[01]\d|2[0-4])[0-5]\d\b)"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6},?\s\d{1,2}\s?[-\u2013]\s?\d{1,2}(?![\d:/.]|\s?[%°])"
    r"|(?<![\d.,:/-])\d{1,2}(?:[ap]m)?\s?(?:-|\u2013|to|till|until|bis)\s?\d{1,2}\s?(?:[ap]m|h|Uhr)\b)"
)
WEEKDAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:days?)?\b|weekdays?\b|(?:Mon|Diens|Donners|Frei|"
    r"Sams|Sonn)tags?\b|"
    r"Mittwochs?\b|(?:lun|mar|mercre|jeu|vendre|same)dis?\b|dimanches?\b|lunes\b|martes\b|miércoles\b|jueves\b|"
    r"viernes\b|"
    r"sábados?\b|domingos?\b)"
)
MONTH = (
    r"(?:Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|März|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?|"
    r"Sept?(?:ember)?|"
    r"O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|"
    r"novembre|"
    r"décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
)
DATE = (
    rf"(?:\bthe\s\d{{1,2}}(?:st|nd|rd|th)\b(?!\s(?:floor|level|storey))|\b\d{{4}}-\d{{2}}-\d{{2}}\b|"
    rf"\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}})\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?{MONTH}|\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b|"
    rf"\b(?:20[0-4]\d)\b"
    rf"|\b(?:in|until|till|from|since|through|during|throughout|over|by|(?<!how )early|(?<!how )late|mid|im|bis|ab|"
    rf"en|jusqu['\u2019]en|hasta|desde|"
    rf"all(?: of)?|whole of|mois d['\u2019]|mois de|en|tout|todo)[- ]?{MONTH})"
)
SPELL = (
    r"(?:\b(?:weekends?|bank holidays?|public holidays?|holidays?|half[- ]term|Christmas|Easter|Xmas|New Year\w*|"
    r"Ramadan|Thanksgiving|"
    r"summer|vacations?|after[- ]hours|out of hours|outside (?:office |working |opening )?hours|after dark|"
    r"small hours|early hours|Boxing Day|Good Friday|Diwali|Eid|Hanukkah|Yom Kippur|reading week|inset days?|"
    r"Michaelmas|Lent|winter|midweek|de madrugada|school holidays|mid-(?:morning|afternoon)|first thing|tonight|"
    r"today|tomorrow|yesterday|this (?:morning|evening|afternoon|week|month)|"
    r"last (?:night|week|month)|"
    r"next (?:week|month|year)|overnight|nights?|evenings?|mornings?|afternoons?|lunch(?:time)?|term|all day|daily|"
    r"every day|afterwards|thereafter|rest of the (?:week|day|month)|Sundays?|"
    r"danach|vormittags?|nachmittags?|\w+(?:mittag|abend|morgen|nacht)s?|Semana Santa|puente|Toussaint|Pâques|"
    r"Ostern|Pfingsten|"
    r"Sommerferien|Brückentage?|mittags|le matin|l['\u2019]après-midi|le week-end|fin de semaine|"
    r"(?:\d+|two|three|four|six) (?:days|weeks|months)|"
    r"Wochenenden?|nachts|abends|morgens|Ferien|Weihnachten|heute|morgen|gestern|week-ends?|la nuit|le soir|demain|"
    r"hier|Noël|été|"
    r"vacances|(?:chaque|tous les) \w+|cada \w+|fines? de semana|(?:por|de) las? (?:noches?|tardes?|mañanas?)|"
    r"verano|Navidad|hoy|mañana|ayer|festivos)\b)"
)
DAY = rf"(?:\b{WEEKDAY}|{DATE}|{SPELL})"
WHEN = rf"(?:{HOUR}|{DAY})"

# Nothing here begins inside a word, and a look behind is cheaper than thirty alternatives.
HOUR_RE = Words(rf"(?<!\w)(?=\w){HOUR}")
WHEN_RE = Words(rf"(?<!\w)(?=\w){WHEN}")
