"""How a person is reached: e-mail, telephone, and the handles of the networks.

A number is a telephone number by its shape (a leading plus or zero, an area code in brackets, the American 3-3-4) or
by a cue; a plain row of digits, or one before a unit ("7,432,846 kWh"), never is.
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, ahead, at_start, cued, digits_of, recogniser

EMAIL = re.compile(
    (
        r"(?<![\w.+-])(?:mailto:)?(?P<it>[^\W_](?:[\w.+'%-]{0,62}[\w+])"
        r"?\s?@\s?(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24})(?![\w-])"
    ),
)
EMAIL_SPELLED = re.compile(
    r"(?i)(?<![\w.+-])(?:[a-z0-9][\w.+-]{1,60}\s?(?:\(at\)|\[at\]|\{at\}|<at>)"
    r"\s?[a-z0-9-]{1,60}(?:(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|\sdot\s)\s?|\.)[a-z0-9-]{2,40}){1,4}"
    r"|[a-z0-9][\w.+-]{1,60}(?:\sat\s|\s?@\s?)[a-z0-9-]{1,60}(?:\s?(?:\(dot\)|\[dot\]|\sdot\s)\s?[a-z0-9-]{2,40}){1,4})"
)
SAMPLE = re.compile(
    r"(?i)^(?:user(?:name)?|you(?:r(?:[._-]?(?:name|email))?)?|me|name|test|foo|bar|someone|somebody|"
    r"anyone|email|mail|info|admin|noreply|no-reply|"
    r"first[._]last|firstname[._]lastname|recipient|sender|example)@(?:[\w-]{1,40}\.)?(?:example|test|"
    r"domain|email|mail|company|yourdomain|yourcompany)\.\w{2,4}$"
)

UNIT_AFTER = (
    r"(?!\s?(?:[kKMGT]?(?:W|Wh|VA|VAr|VArh|J|B|b|cal|tCO2|m)\b|[kMGT]?(?:wh|WH)\b|kwh|mwh|m²|m³|m2|m3|"
    r"sqm|sq|ft|sf|%|°|€|£|\$|EUR|USD|GBP|CHF|therms?|btu|BTU|"
    r"litres?|liters?|l\b|kg|t\b|tonnes?|hours?|hrs?\b|h\b|rpm|ppm|Pa|kPa|bar|lux|lx|degree|dd|HDD|CDD|"
    r"readings|rows|points|units))"
)
NOT_MORE = r"(?![\w/]|[.,:-]\d|\s?[+*×=]\s?\d)"
NOT_BEFORE = r"(?<![\w.,:/#+-])(?<![€$£]\s)(?<![€$£])"
EXT = r"(?:\s?[,;]?\s?(?:ext(?:ension)?\.?|extn\.?|x|#|Durchwahl|DW|poste|int\.)\s?:?\s?\d{1,6})?"
SEP = r"[ .\u00a0/-]"
PLUS = re.compile(
    rf"(?<![\w.+])(?P<it>(?:\+|(?<!\d)00)[1-9]\d{{0,2}}{SEP}?(?:\(0?\d{{0,5}}\){SEP}?)"
    rf"?(?:\d{{1,5}}{SEP}{{0,2}}){{1,6}}\d{{1,5}}{EXT}){NOT_MORE}{UNIT_AFTER}"
)
AMERICAN = re.compile(
    rf"{NOT_BEFORE}(?P<it>(?:\+?1{SEP}?)?(?:\([2-9]\d{{2}}\)\s?|[2-9]\d{{2}}[-.])\d{{3}}[-. "
    rf"]\d{{4}}{EXT}){NOT_MORE}{UNIT_AFTER}"
)
BRACKETED = re.compile(
    rf"{NOT_BEFORE}(?P<it>\(0\d{{1,5}}\){SEP}?\d{{2,8}}(?:{SEP}\d{{2,6}}){{0,4}}{EXT}){NOT_MORE}{UNIT_AFTER}"
)
NATIONAL = re.compile(
    rf"{NOT_BEFORE}(?P<it>0[1-9]\d{{0,4}}{SEP}{{1,3}}\d{{2,8}}(?:{SEP}\d{{2,6}}){{0,4}}{EXT}){NOT_MORE}{UNIT_AFTER}"
)
LOCAL_MOBILE = re.compile(
    rf"{NOT_BEFORE}(?P<it>0[67]\d{{8,9}}|01[5-7]\d{{8,9}}|0[1-5]\d{{8}}|1[3-9]\d{{9}}){NOT_MORE}{UNIT_AFTER}"
)
PHONE_CUE = (
    r"phones?|telephones?|tel\.?|telefon(?:nummer)?|téléphone|teléfono|telefono|telefoon|telefone|"
    r"puhelin|mobile|mob\.?|cell(?: ?phone)?|handy(?:nummer)?|"
    r"móvil|portable|cellulare|celular|fax|desk|landline|whats ?app|signal|telegram|sms|call(?: me| us|"
    r" him| her| them)?|ring(?: me)?|dial|text (?:me|him|her|us)|"
    r"messages? to|answer(?:ing|s)? (?:at|on)|registered|reach(?:ed)? (?:me|us|him|her|them)?|hotline|"
    r"helpline|on-?call|pager|rufnummer|rückruf|anrufen|appelez|appeler|llame|llamar|chiama(?:re|mi)?|"
    r"bel(?: me)?|"
    r"direct(?: line| dial)?|switchboard|reception|contact(?: number)?|home|office|work|number is|"
    r"numéro|emergency (?:line|number|contact)|電話|电话|тел\.?|телефон|phone ?number"
)
PHONE_VALUE = rf"(?:\+\s?)?\(?\d[\d ().\u00a0/-]{{4,20}}\d{EXT}{NOT_MORE}{UNIT_AFTER}"
EXTENSION = re.compile(
    r"(?i)\b(?P<it>(?:ext(?:ension)?\.?|extn\.?|Durchwahl|Nebenstelle|poste)\s?(?:no\.? |number |is |:)"
    r"?\s?\d{3,6})(?!\w|\.\d|\s?(?:kwh|mm|cm))"
)
TEXT_NUMBER = re.compile(rf"{NOT_BEFORE}(?P<it>\d{{2,4}}[ -]\d{{2,4}}(?:[ -]\d{{2,4}}){{1,3}}){NOT_MORE}{UNIT_AFTER}")

HANDLE = re.compile(r"(?<![\w@./`])@(?=[\w.]{0,30}[A-Za-z])[A-Za-z_][\w.]{1,29}[A-Za-z0-9_](?![\w(@/]|\.\w)")
NETWORK_HANDLE = re.compile(
    r"(?i)\b(?:skype|slack|teams|telegram|signal|twitter|x|instagram|insta|linkedin|github|discord|"
    r"mastodon|threema|wechat|line|facebook|tiktok|snapchat|xing|viber|handle)"
    r"(?: (?:id|handle|name|user(?:name)?|account|profile))?\s?(?::|is|=|@)"
    r"\s?(?P<it>@?[A-Za-z][\w.#-]{2,40}(?:@[\w.-]{3,40})?)"
)
SKYPE = re.compile(r"(?<!\w)(?P<it>live:(?:\.cid\.)?[\w.-]{3,50})")
PROFILE = re.compile(
    r"(?i)(?:https?://)?(?:[a-z]{1,10}\.)?(?:linkedin\.com/in|linkedin\.com/pub|github\.com|"
    r"gitlab\.com|twitter\.com|x\.com|t\.me|telegram\.me|instagram\.com|facebook\.com|fb\.com|"
    r"xing\.com/profile|wa\.me|tiktok\.com|youtube\.com/(?:@|user/)|medium\.com|calendly\.com|"
    r"keybase\.io|reddit\.com/u(?:ser)?|stackoverflow\.com/users|orcid\.org|researchgate\.net/profile|"
    r"strava\.com/athletes|bsky\.app/profile|mastodon\.social|threads\.net)/?@?(?P<who>[\w.%+-]{2,60})(?![\w%])/?"
)
PLACES_OF_NONE = frozenset(
    {
        "about",
        "features",
        "explore",
        "topics",
        "search",
        "login",
        "docs",
        "pricing",
        "share",
        "jobs",
        "company",
        "home",
        "intent",
        "hashtag",
        "settings",
        "marketplace",
    }
)


def is_address(match: re.Match[str]) -> bool:
    """Tell whether an e-mail address is someone's, not `user@example.com`."""
    return SAMPLE.match(match[VALUE].replace(" ", "")) is None and re.search(r"\w@|@\w", match[VALUE]) is not None


def is_dialled(match: re.Match[str]) -> bool:
    """Tell whether a number has as many digits as telephone numbers have, and is no date."""
    value = match[VALUE]
    number = re.split(r"(?i)ext|x|#|durchwahl|poste", value)[0]
    count = sum(c.isdigit() for c in number)
    return 6 <= count <= 15 and not is_date(value) and len(set(digits_of(match))) > 1


def is_national(match: re.Match[str]) -> bool:
    """Tell whether a number with a leading zero is long enough to be dialled."""
    return 8 <= len(digits_of(match)) <= 16 and not is_date(match[VALUE])


def is_date(value: str) -> bool:
    """Tell whether digits are a date or a time range: 03-05-2024, 2024-05-03, 01.02.2023."""
    return (
        re.fullmatch(
            (
                r"(?:[0-2]?\d|3[01])[./ -](?:0?\d|1[0-2])[./ -](?:19|20)?\d{2}(?: ?- ?\d{2}[:.].*)?|(?:0?\d|1[0-2])"
                r"/(?:[0-2]?\d|3[01])/(?:19|20)?\d{2}|(?:19|20)\d{2}[./ -]\d{1,2}[./ -]\d{1,2}.*|(?:19|20)\d{2} "
                r"?[-/ ] ?(?:19|20)\d{2}"
            ),
            value,
        )
        is not None
    )


def is_mention(match: re.Match[str]) -> bool:
    """Tell whether an at-name is a person's and not a decorator on its own line."""
    line_start = match.string.rfind("\n", max(0, match.start() - 200), match.start()) + 1
    alone = match.string[line_start : match.start()].strip() == "" and re.match(
        r"[ \t]*(?:\n\s*(?:async )?(?:def|class|@))", match.string[match.end() :][:40]
    )
    return not alone and match[0].lower() not in {
        "@media",
        "@import",
        "@property",
        "@dataclass",
        "@staticmethod",
        "@classmethod",
        "@override",
        "@param",
        "@return",
    }


def is_phone_text(match: re.Match[str]) -> bool:
    """Tell whether grouped digits are a telephone number by the words of the whole text."""
    return (
        is_dialled(match)
        and len(digits_of(match)) >= 7
        and re.search(rf"(?i)(?<!\w)(?:{PHONE_CUE}|number)(?!\w)", match.string[:20_000]) is not None
    )


def is_profile(match: re.Match[str]) -> bool:
    """Tell whether a page of a network is somebody's."""
    return match["who"].lower() not in PLACES_OF_NONE


PHONE_NEEDS = (
    *tuple(
        ("phone|tel|tél|puhelin|mob|cell|handy|móvil|portable|fax|desk|landline|whats|signal|sms|call|ring").split("|")
    ),
    *tuple(
        ("dial|text |reach|line|on-call|pager|ruf|ruck|rück|appele|llam|chiam|bel|direct|switchboard|reception").split(
            "|"
        )
    ),
    *tuple(("messag|answer|registered|contact|home|office|work|number|numéro|emergency|電話|电话|тел").split("|")),
)
NETWORKS = tuple(
    (
        "skype slack teams telegram signal twitter instagram linkedin github discord mastodon threema "
        "wechat facebook tiktok snapchat xing viber handle"
    ).split()
)
CONTACT = "CONTACT"
FORMS = (
    Form(CONTACT, EMAIL, ("@",), is_address),
    Form(CONTACT, EMAIL_SPELLED, ("(at)", "[at]", "{at}", "<at>", " dot ")),
    Form(CONTACT, PLUS, ("+D", *at_start("00")), lambda match: 7 <= len(digits_of(match)) <= 20),
    Form(CONTACT, AMERICAN, ("DDD-DDDD", "DDD.DDDD", "DDD DDDD"), is_dialled),
    Form(CONTACT, BRACKETED, ("(0",), is_dialled),
    Form(CONTACT, NATIONAL, at_start("01 02 03 04 05 06 07 08 09"), is_national),
    Form(CONTACT, LOCAL_MOBILE, ("DDDDDDDDDD",)),
    cued(CONTACT, PHONE_CUE, PHONE_VALUE, PHONE_NEEDS, is_dialled),
    Form(CONTACT, TEXT_NUMBER, ("DD-DD", "DD DD"), is_phone_text),
    ahead(CONTACT, r"\+?\(?\d[\d() .-]{5,20}\d", PHONE_CUE, ("DDD", "DD-DD", "DD DD"), is_dialled),
    Form(CONTACT, EXTENSION, ("ext", "durchwahl", "nebenstelle", "poste")),
    Form(CONTACT, HANDLE, ("@",), is_mention),
    Form(
        CONTACT,
        NETWORK_HANDLE,
        (*NETWORKS, *at_start("x line insta")),
        lambda match: re.search(r"[@\d._#-]", match[VALUE]) is not None,
    ),
    Form(CONTACT, SKYPE, ("live:",)),
    Form(
        CONTACT,
        PROFILE,
        tuple(
            (
                ".com/|t.me/|wa.me/|telegram.me/|keybase.io/|orcid.org|bsky.app/|researchgate.net/|mastodon.social/|"
                "threads.net/"
            ).split("|")
        ),
        is_profile,
    ),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("contact", FORMS),)
