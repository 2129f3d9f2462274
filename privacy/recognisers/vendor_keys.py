"""Keys and tokens that their maker marks: a prefix, a fixed length, an armour. They need no cue.

The prefixes follow what the vendors document for secret scanning. A key with its tail masked (`sk-...`) is harmless.
"""

import re

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, recogniser, value_of
from privacy.recognisers.placeholders import FLAT, entropy, is_stand_in

PREFIXED: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Clouds
    (
        r"(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASCA)[A-Z0-9]{12,20}",
        ("akia", "asia", "abia", "acca", "aida", "aroa"),
    ),
    (r"(?:AGPA|AIPA|ANPA|ANVA|ASCA)[A-Z0-9]{16}", ("agpa", "aipa", "anpa", "anva", "asca")),
    (r"AIza[\w-]{30,45}", ("aiza",)),
    (r"ya29\.[\w.-]{15,400}", ("ya29.",)),
    (r"GOCSPX-[\w-]{20,40}", ("gocspx-",)),
    (r"1//0[\w-]{20,120}", ("1//0",)),
    (r"\d{6,14}-[a-z0-9]{20,40}\.apps\.googleusercontent\.com", (".apps.googleusercontent",)),
    (r"[\w~.-]{3}\dQ~[\w~.-]{25,40}", ("q~",)),
    (r"(?:dop|doo|dor)_v1_[a-f0-9]{32,80}", ("_v1_",)),
    (r"LTAI[A-Za-z0-9]{12,24}", ("ltai",)),
    # Code and packages
    (
        r"(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255})",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    ),
    (r"gl(?:pat|dt|ft|rt|cbt|ptt|oas|soat|agent|imt|ffct)-[\w-]{15,80}", ("gl",)),
    (r"npm_[A-Za-z0-9]{20,60}", ("npm_",)),
    (r"pypi-[\w-]{20,300}", ("pypi-",)),
    (r"(?:hf|api_org)_[A-Za-z0-9]{20,60}", ("hf_", "api_org_")),
    (r"dckr_pat_[\w-]{15,60}", ("dckr_pat",)),
    (r"rubygems_[a-f0-9]{30,60}", ("rubygems_",)),
    (r"ATATT3[\w=+/-]{20,300}", ("atatt3",)),
    (r"(?:figd|figdr|lin_api|ntn|secret)_[A-Za-z0-9_-]{30,60}", ("figd", "lin_api_", "ntn_", "secret_")),
    (r"PMAK-[a-f0-9]{20,30}-[a-f0-9]{30,40}", ("pmak-",)),
    # Models
    (r"sk-ant-[\w-]{15,200}", ("sk-ant-",)),
    (r"sk-(?:proj-|svcacct-|admin-|or-v1-|lf-)?[A-Za-z0-9][\w-]{18,220}", ("sk-",)),
    (
        r"(?:gsk|xai|pplx|r8|nvapi|lsv2_[ps]t|tvly|jina|fw|cpl)[_-][\w-]{20,150}",
        ("gsk_", "xai-", "pplx-", "r8_", "nvapi-", "lsv2_", "tvly-", "jina_", "fw_"),
    ),
    # Messages, mail, payment
    (r"x(?:ox[abceoprsd]|app)-[\w-]{10,250}", ("xox", "xapp-")),
    (r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[\w/-]{10,120}", ("hooks.slack.com",)),
    (r"https://(?:canary\.|ptb\.)?discord(?:app)?\.com/api/webhooks/\d{5,25}/[\w-]{20,120}", ("/api/webhooks/",)),
    (r"https://[\w.-]{1,80}\.webhook\.office\.com/\S{20,300}", ("webhook.office.com",)),
    (r"[MNO][A-Za-z\d_-]{22,28}\.[\w-]{6}\.[\w-]{27,45}", (".",)),
    (r"\d{8,10}:A[A-Za-z0-9_-]{32,36}", (":aa", ":ab", ":ac", ":ad", ":ae", ":af", ":ag", ":ah")),
    (r"(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,250}", ("_live_", "_test_", "_prod_")),
    (r"whsec_[A-Za-z0-9+/=]{20,80}", ("whsec_",)),
    (r"sq0(?:atp|csp|idp)-[\w-]{20,60}", ("sq0",)),
    (r"(?:AC|SK)[a-f0-9]{32}", ("ac", "sk")),
    (r"SG\.[\w-]{16,32}\.[\w-]{16,64}", ("sg.",)),
    (r"(?:key|pubkey)-[a-f0-9]{32}", ("key-",)),
    (r"[a-f0-9]{32}-us\d{1,2}", ("-us",)),
    (r"xkeysib-[a-f0-9]{40,80}-\w{10,30}", ("xkeysib-",)),
    (r"EAA[A-Za-z0-9]{40,250}", ("eaa",)),
    (r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{30,40}", ("shpat_", "shpca_", "shppa_", "shpss_")),
    # Data and operations
    (r"dapi[a-f0-9]{30,36}(?:-\d)?", ("dapi",)),
    (r"hv[sbr]\.[\w-]{20,250}", ("hvs.", "hvb.", "hvr.")),
    (r"[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{40,80}", (".atlasv1.",)),
    (
        r"(?:glsa_[A-Za-z0-9]{20,40}_[a-fA-F0-9]{8}|glc_[A-Za-z0-9+/=]{30,400}|eyJrIjoi[A-Za-z0-9+/=]{30,400})",
        ("glsa_", "glc_", "eyjrijoi"),
    ),
    (r"(?:NRAK|NRJS|NRII)-[A-Za-z0-9]{20,50}", ("nrak-", "nrjs-", "nrii-")),
    (r"(?:HRKU-[\w-]{30,70})", ("hrku-",)),
    (r"(?:dp\.(?:pt|st|ct|sa|scim)\.[\w.-]{30,80})", ("dp.pt.", "dp.st.", "dp.ct.", "dp.sa.")),
    (r"sntry[su]_[\w+/=-]{30,300}", ("sntry",)),
    (r"(?:sbp|sb_secret|sb_publishable)_[\w-]{20,60}", ("sbp_", "sb_secret_", "sb_publishable_")),
    (r"AGE-SECRET-KEY-1[A-Z0-9]{40,70}", ("age-secret-key",)),
    (r"(?:tskey-[a-z]{3,8}|op[sv])-?[\w-]{0,2}[A-Za-z0-9]{8,20}CNTRL-[\w-]{10,60}", ("cntrl-",)),
    (r"(?:EZAK|EZTK)[A-Za-z0-9]{50,60}", ("ezak", "eztk")),
    # Web tokens
    (r"eyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{4,2000})?(?:\.[\w-]{1,2000}){0,2}", ("eyj",)),
)

PEM = re.compile(
    r"-----BEGIN (?P<what>[A-Z0-9 ]{0,40}(?:PRIVATE KEY|CERTIFICATE|MESSAGE|SIGNATURE|PARAMETERS)[A-Z ]{0,20})-----"
    r"(?:(?!-----)[\s\S]){0,20000}(?:-----END [A-Z0-9 ]{1,70}-----)?"
)
PUTTY = re.compile(r"PuTTY-User-Key-File-\d:[\s\S]{0,8000}?Private-MAC: ?[a-f0-9]{40,64}")
SSH_LINE = re.compile(
    r"(?<!\w)(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|sk-ssh-\S{1,30}) "
    r"AAAA[A-Za-z0-9+/=]{20,2000}(?: [\w.@-]{1,80})?"
)
AZURE = re.compile(
    r"(?i)(?:AccountKey|SharedAccessKey|SharedAccessSignature|Shared ?Secret|InstrumentationKey|sig|"
    r"storage key)\s?[=:]\s?"
    rf"(?P<{VALUE}>[A-Za-z0-9+/%_.-]{{20,200}}={{0,3}})"
)
IN_URL = re.compile(
    rf"(?i)\b(?P<{VALUE}>[a-z][a-z0-9+.-]{{1,30}}://[^\s:/@\"'<>]{{0,80}}:(?P<secret>[^\s@/\"'<>]{{1,12"
    rf"0}})@[^\s\"'<>)]{{1,200}})"
)
THIN_JDBC = re.compile(rf"(?i)\bjdbc:oracle:thin:(?P<{VALUE}>[^\s/@]{{1,60}}/[^\s@]{{1,60}})@\S{{1,200}}")


def is_whole(match: re.Match[str]) -> bool:
    """Tell whether a key is written out: neither masked nor of one repeated character."""
    tail = value_of(match)[4:]
    return not is_stand_in(tail) and entropy(tail) >= FLAT


def is_written_out(match: re.Match[str]) -> bool:
    """Tell whether the password in a URL is one."""
    return not is_stand_in(match["secret"])


def prefixed(pattern: str, needs: tuple[str, ...]) -> Form:
    """Return the form of a key with a prefix."""
    return Form("CREDENTIAL", re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])"), needs, is_whole)


FORMS = (
    Form("CREDENTIAL", PEM, ("-----begin",)),
    Form("CREDENTIAL", PUTTY, ("putty-user-key",)),
    Form("CREDENTIAL", SSH_LINE, (" aaaa",)),
    Form("CREDENTIAL", AZURE, ("key", "sig", "secret"), is_whole),
    Form("CREDENTIAL", IN_URL, ("://",), is_written_out),
    Form("CREDENTIAL", THIN_JDBC, ("jdbc:oracle:thin",)),
    *(prefixed(pattern, needs) for pattern, needs in PREFIXED),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("vendor_keys", FORMS),)
