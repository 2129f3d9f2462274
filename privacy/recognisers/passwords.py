"""Passwords, PINs, sessions and keys that only their cue gives away, in the languages of our users.

After a plain sign (`password: X`, `pwd=X`) anything but a placeholder counts. After prose ("the password is X") a
plain lower-case word must also close its clause and not be what one says of passwords: "the password is wrong" holds
no secret.
"""

# ruff: noqa: RUF001, S105 - patterns: quotes, dashes and letters of many scripts are what is looked for

import re
from collections.abc import Callable

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, recogniser, small, value_of
from privacy.recognisers.placeholders import is_stand_in, is_token

PASSWORD = (
    r"pass[-_ ]?(?:word|wd|phrase|wort|key)s?|pwd|pw|psw|pass(?=\s?[:=]|\s+\S*\d)|kennwort|passwort|"
    r"wachtwoord|mot de passe|mdp|contraseña|"
    r"contrasena|clave|palavra-passe|senha|lösenord|losenord|losen|adgangskode|passord|salasana|hasło|"
    r"haslo|heslo|jelszó|jelszo|parola|"
    r"şifre|sifre|пароль|密码|パスワード|비밀번호|Zugangsdaten|(?:wi-?fi|wpa2?3?|network|guest) (?:key|psk|pass)|"
    r"psk|pre-?shared key|wpa2? key|"
    r"enable secret|secret phrase|recovery phrase|seed phrase|backup code|unlock code|master key|codice di accesso"
)
PIN = (
    r"pin(?:[- ]?code)?|(?:door|gate|alarm|access|entry|security|keypad|lock|disarm|arming|arm|unset|engineer|"
    r"installer|panel|key ?safe|safe|unlock|master|"
    r"duress|lock ?box|burglar alarm|intruder alarm|fire panel|visitor|service|otp|mfa|2fa|"
    r"verification|login|one[- ]time)[- ]?(?:pass)?codes?|"
    r"code (?:for|to|of) the (?:[\w-]{1,20} ){0,3}(?:door|gate|alarm|safe|panel|lock|room|lift|barrier|"
    r"keypad|key ?safe)|keysafe|türcode|"
    r"alarmcode|zugangscode|torcode|code (?:d'accès|porte|pin)|digicode|código (?:de )?(?:acceso|"
    r"alarma|puerta)|codice (?:di )?(?:accesso|allarme)|"
    r"toegangscode|portkod|larmkod|PUK|TAN"
)
TOKEN = (
    r"api[-_ ]?(?:key|token|secret)|apikey|access[-_ ]?(?:key(?:[-_ ]?id)?|token)|secret(?:[-_ "
    r"]?(?:access)?[-_ ]?key)?|client[-_ ]?secret|"
    r"auth(?:entication|orization)?[-_ ]?(?:key|token|code)|bearer(?:[-_ ]token)?|refresh[-_ ]?token|"
    r"id[-_ ]?token|token|private[-_ ]?key|encryption[-_ ]?key|"
    r"signing[-_ ]?key|shared[-_ ]?(?:key|secret)|webhook[-_ ]?(?:secret|key)|subscription[-_ ]?key|"
    r"account[-_ ]?key|host[-_ ]?key|licen[cs]e key|"
    r"product key|activation (?:key|code)|session(?:[-_ ]?(?:id|key|token|cookie))?|sid|jsessionid|"
    r"phpsessid|csrf(?:[-_ ]?token)?|xsrf-token|cookie|"
    r"sessionid|connect\.sid|x-api-key|x-auth-token|x-vault-token|nonce key|app[-_ ]?key|device[-_ "
    r"]?key|join[-_ ]?key|network[-_ ]?key|appkey|nwkskey|"
    r"appskey|fdsk|backbone key|hmac key|master[-_ ]?key|heroku|cloudflare|datadog|twilio|pagerduty|"
    r"telegram bot|api-schlüssel|clé (?:d')?api|"
    r"clave api|schlüssel"
)
SIGN = r"\\?[\"'`]?\s{0,3}(?:=>|->|:=|==?|:|→|：)\s{0,3}\\?[\"'`“„«]?"
PROSE = (
    r"(?:\s(?:for|of|to|on|at|in|from|für|von|vom|der|des|pour|de|du|del|van|voor|till|för)\s[^\n.;:=?!]{1,60}?)?"
    r"(?:\s(?:is|was|are|remains?|=|to|be|ist|lautet|war|c['’]est|est|era|es|è|är|er|jest|reads|set to|"
    r"changed to|now)(?!\w)|\s?[:：])"
    r"(?:\s(?:still|now|currently|set to|just|simply|always|called|immer noch|noch|jetzt|toujours|"
    r"encore|todavía|ancora|nog|actually|the same,))?"
    r"\s?:?\s?[\"'`“„«]?"
)
SECRET = r"[^\s\"'`“”«»<>,;]{2,120}"
DESCRIBES = frozenset(
    (
        "a an the not no in on at of to for by with and or but if too so very my your our their its it "
        "this that these those there here "
        "only also never always still just all any one as being been what how why when where which who "
        "same good weak strong long short "
        "secure safe insecure wrong right correct incorrect invalid valid missing empty blank default "
        "unknown known optional required "
        "mandatory needed necessary important sensitive public private secret confidential visible hidden "
        "available unavailable different "
        "unique complex simple easy hard enough ok okay fine bad old new lost gone up down out off expired "
        "stored saved kept sent shared "
        "written hashed salted encrypted changed rotated reset disabled enabled rejected accepted refused "
        "asked requested entered typed "
        "case-sensitive alphanumeric supposed going about under over per from than then weg falsch richtig "
        "abgelaufen nicht zu sehr lang "
        "kurz sicher incorrecta incorrecto incorrect trop perdu sbagliata verkeerd fel minimum maximum "
        "random better best case working "
        "broken common compromised leaked exposed stale recommended forgotten protected managed used reused mine yours"
    ).split()
)
END_OF_CLAUSE = re.compile(
    r"[\"'`“”»)]?\s{0,2}(?:[.,;!?)\n]|$|(?:and|but|or|for|on|at|since|because|please|so|und|et|y|e|en)\b)"
)


def is_secret(match: re.Match[str]) -> bool:
    """Tell whether what follows a sign is neither a placeholder nor a type name."""
    value = value_of(match).rstrip(".!?)]}")
    return len(value) >= 3 and not is_stand_in(value, match.string) and value.lower() not in DESCRIBES


def is_said(match: re.Match[str]) -> bool:
    """Tell whether what follows "is" is a secret and not a word about one."""
    value = value_of(match).rstrip(".!?)")
    if not is_secret(match):
        return False
    if re.search(r"[\d_@#$%&*+=!^~]", value) or re.search(r"[a-z][A-Z]", value):
        return True
    tail = match.string[match.start(VALUE) + len(value) : match.end() + 12]
    before = match.string[match.start(VALUE) - 1]
    described = value.lower().endswith(("ed", "ing", "able", "ible", "less", "ful", "ly"))
    return before in "\"'`“„«" or (not described and len(value) >= 4 and END_OF_CLAUSE.match(tail) is not None)


def is_random(match: re.Match[str]) -> bool:
    """Tell whether a value looks drawn at random."""
    return is_token(value_of(match).rstrip(".!?)]}"))


def after(
    words: str, joint: str, value: str, needs: tuple[str, ...], holds: Callable[[re.Match[str]], bool] | None = None
) -> Form:
    """Return the form of a value that follows a cue by a sign or by prose; a short cue is part of the span."""
    pattern = re.compile(rf"(?i:{joint})(?P<{VALUE}>{value})")
    return Form("CREDENTIAL", pattern, needs, holds, re.compile(small(rf"(?:{words})")), KEPT)


KEPT = 20
"""Characters of a cue such as "pw is still " that belong to the span of the secret."""
NAMED = (
    r"pass(?:word|wort|code|phrase|wd)?|pw|kennwort|pwd|mdp|wachtwoord|psk|(?:wi-?fi|wpa2?3?|network|"
    r"pre-?shared) key|contraseña|clave|senha"
)
WHOSE = r"(?:engineer|user|alarm|admin|door|gate|master|panel|operator)[’'s]{0,2}"
WORD_START = r"(?<![^\W\d_])"
PIN_VALUE = (
    r"[*#]?\d{3,10}[*#A-Z]?(?!\w)|\d{1,2}(?:[ -]\d{1,2}){2,5}(?!\w)|\d{3}[ -]\d{3}(?!\w)|"
    r"(?=[A-Z0-9-]{0,9}\d)[A-Z0-9][A-Z0-9-]{3,10}(?!\w)"
)
TOKEN_VALUE = r"[A-Za-z0-9+/=_.~!@#$%^&*:-]{6,2000}"
PASSWORD_NEEDS = (
    *tuple(("pass|pwd|pw|psw|kennwort|wachtwoord|mdp|contrase|clave|senha|losen|lösen|adgang|salasana").split("|")),
    *tuple(
        ("hasło|haslo|heslo|jelsz|parola|ifre|пароль|密码|パスワード|비밀번호|zugangsdaten|psk|key|secret").split("|")
    ),
    *("phrase", "code", "codice"),
)
PIN_NEEDS = ("pin", "code", "código", "codice", "kod", "keysafe", "puk", "tan")
TOKEN_NEEDS = (
    "key",
    "token",
    "secret",
    "auth",
    "bearer",
    "session",
    "sid",
    "cookie",
    "csrf",
    "fdsk",
    "heroku",
    "cloudflare",
    "datadog",
    "twilio",
    "pagerduty",
    "telegram",
    "schlüssel",
    "clé",
)

BEFORE_ITS_CUE = re.compile(
    rf"(?<![^\s\"'`“(])(?P<{VALUE}>(?=[^\s]{{0,40}}[\d_@#$%&*+=!^~])(?=[^\s]{{0,40}}[A-Za-z])[^\s\"'`,;<>()]{{5,60}})[\"'`”)]?"
    r"\s(?:(?:as|is|was|for|=|being)\s(?:the|our|its|my|your|their|his|her|a)\s(?:[\w'’-]{1,20}\s){0,4}?"
    r"(?:pass(?:word|wd|phrase|code)|pw|pwd|secret|community(?: string)?|psk|pin|api key|login|kennwort|code)\b"
    r"|(?:ist|lautet)\s(?:das|der|unser)\s(?:[\w-]{1,20}\s){0,2}?(?:passwort|kennwort|schlüssel|zugangscode)\b"
    r"|(?:es|est)\s(?:la|le|el|notre|nuestra)\s(?:clave|contraseña|mot de passe|code)\b)"
)
"""A secret that stands before its cue: "Rack!7 is the station password"."""
FORMS = (
    after(PASSWORD, SIGN, SECRET, PASSWORD_NEEDS, is_secret),
    after(rf"{WORD_START}(?:{PASSWORD})\b", PROSE, SECRET, PASSWORD_NEEDS, is_said),
    after(
        rf"{WORD_START}(?:{NAMED})",
        r"\s[\"'`]?",
        r"(?=[^\s]{0,40}[\d!@#$%&*])[^\s\"'`,;<>]{4,60}",
        PASSWORD_NEEDS,
        is_said,
    ),
    after(
        rf"{WORD_START}(?:{WHOSE} )?(?:{PIN})\b",
        rf"(?:{PROSE}|{SIGN}|\s(?:no\.?\s|number\s)?[\"'`(]?)",
        PIN_VALUE,
        PIN_NEEDS,
    ),
    after(r"\bkeys?\b", rf"(?:{SIGN}|{PROSE}|\s[\"'`(]?)", r"[A-Za-z0-9+/=_.~-]{16,200}", ("key",), is_random),
    Form("CREDENTIAL", BEFORE_ITS_CUE, ("pass", "secret", "community", "key", "pin", "kennwort", "code"), is_said),
    after(TOKEN, rf"(?:{SIGN}|{PROSE}|\s[\"'`(]?)", TOKEN_VALUE, TOKEN_NEEDS, is_random),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("passwords", FORMS),)
