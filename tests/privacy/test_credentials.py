"""Secrets are found by their maker's mark or by their cue; placeholders and talk about passwords stay harmless."""

import pytest

from privacy.labels import Label
from privacy.recognisers.credentials import RECOGNISERS
from privacy.spans import Span

# Put together here, so that no scanner of repositories takes them for live keys.
HEX32 = "3f9a1c7b5e2d8046af13c9d7b2e4508f"
MIXED = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY"
KEYS = [
    "AKIA" + "J7Q2M5X8ZP4LW3RT",
    "ghp_" + MIXED + "12Zz",
    "github_pat_" + "11ABCDEFG0" + MIXED,
    "glpat-" + "x9Kd82LmQpZr71TvBnYc",
    "sk-" + MIXED + "a9B8c7D6e5F4g3H2",
    "sk-proj-" + MIXED + "_" + MIXED,
    "sk-ant-api03-" + MIXED + "-" + MIXED,
    "AIza" + "SyD3kP9xQ2rT7vW1zB5nM8cL4hJ6gF0aE",
    "ya29." + MIXED + MIXED,
    "xoxb-" + "204857391027-5920384756102-" + "qW3eR5tY7uI9oP1aS3dF5gH7",
    "https://hooks.slack.com/services/" + "T02AB3CD4/B05EF6GH7/k9Lm2Np4Qr6St8Uv0Wx1Yz3A",
    "sk_live_" + "51Hk29dLqPz83mVbXtRcYw0n",
    "whsec_" + "k2J9fL4mQ7xZ1vB8nC5dR3tY6uW0eH",
    "AC" + HEX32,
    "SG." + "kP3xQ9rT2vW7zB1nM5cL8h" + "." + MIXED + "abcDEF12345",
    "key-" + HEX32,
    "npm_" + MIXED + "1a2B",
    "pypi-" + "AgEIcHlwaS5vcmc" + MIXED,
    "hf_" + "kPxQrTvWzBnMcLhJgFaEdSyUiO93",
    "dapi" + HEX32,
    "dop_v1_" + HEX32 + HEX32,
    "hvs." + "CAESIJ4kP9xQ2rT7vW1zB5nM8cL4",
    "8302918475:A" + "AF3kP9xQ2rT7vW1zB5nM8cL4hJ6gF0aEd",
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiI0MiIsImlhdCI6MTUxNn0" + ".k2J9fL4mQ7xZ1vB8nC5dR3tY6uW0eH",
    "postgres://eaio:" + "Gr4ph1te" + "@db7:5432/meters",
    "https://svc:" + "p4ssage9" + "@fm.example.org/api",
    "ssh-ed25519 AAAA" + "C3NzaC1lZDI1NTE5AAAAIF9kP3xQ2rT7vW1zB5nM8cL4hJ6g fm@plant",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----",
]
SAID = [
    ("The BMS password is Tr4nquil!ty, tell nobody", "Tr4nquil!ty"),
    ("pw: heronlake", "heronlake"),
    ("Passwort: Kühlturm9", "Kühlturm9"),
    ("le mot de passe est Chaufferie77", "Chaufferie77"),
    ("la contraseña del router es Nube_2041", "Nube_2041"),
    ("het wachtwoord is Ketel!88", "Ketel!88"),
    ("the password for the plant room tablet is otterpond.", "otterpond"),
    ("DB_PASSWORD=s3ason4l", "s3ason4l"),
    ('"api_key": "9f2Kd83jLmQ0"', "9f2Kd83jLmQ0"),
    ("PIN of the alarm is 4821", "4821"),
    ("door code 7730#", "7730#"),
    ("the engineer code is 20 46 91", "20 46 91"),
    ("Türcode: 9044", "9044"),
    ("log in with admin / Niagara4", "admin / Niagara4"),
    ("user admin pass hunter2", "admin pass hunter2"),
    ("credentials: admin:tridium", "admin:tridium"),
    ("SNMP community string: plantRO7", "plantRO7"),
    ("write community is hvacRW", "hvacRW"),
    ("snmpget -v2c -c moorhen 10.0.0.9 sysName", "moorhen"),
    ("Wi-Fi key: cedar-lagoon-12", "cedar-lagoon-12"),
    ("Authorization: Bearer " + MIXED, MIXED),
    ("Authorization: Basic " + "YWRtaW46dHJpZGl1bQ==", "YWRtaW46dHJpZGl1bQ=="),
    ("Cookie: JSESSIONID=8A7F3D2C11; niagara=9dk2", "JSESSIONID=8A7F3D2C11; niagara=9dk2"),
    ("session id 8a7f3d2c11ee", "8a7f3d2c11ee"),
    ("Server=db4;Database=trend;Uid=sa;Pwd=Gl4cier;", "Server=db4;Database=trend;Uid=sa;Pwd=Gl4cier;"),
    ("curl -u eaio:w4terfall http://x", "eaio:w4terfall"),
    ("AccountName=x;AccountKey=" + MIXED + "==;", MIXED),
]
HARMLESS = [
    "How long should a password be?",
    "The password is wrong.",
    "my password is not accepted and the token is expired",
    "Is the password encrypted or is the PIN required?",
    "password: <PASSWORD>",
    "password=your-password-here",
    "password = os.environ['X']",
    "PASSWORD=${DB_PASSWORD}",
    "pwd: ********",
    "the docs set password=changeme",
    "api_key = get_secret('x')",
    "token=xxxxxxxxxxxx",
    "sk-...",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "Authorization: Bearer <TOKEN>",
    "postgres://user:password@host/db",
    "The key is to lower the flow temperature, the secret is patience.",
    "Which code applies to boilers, EN 15232 or local code 90?",
    "What is an SNMP community string?",
    "login and/or logout events",
    "Pinch valves and pin 12 of the connector",
    "The community of engineers likes this.",
    "skating on thin ice",
    "a=1; b=2; password=;",
]


def found(text: str) -> list[Span]:
    return [span for recognise in RECOGNISERS for span in recognise(text)]


def covers(text: str, secret: str) -> bool:
    start = text.index(secret)
    held = {i for s in found(text) for i in range(s.start, s.end)}
    return set(range(start, start + len(secret))) <= held


@pytest.mark.parametrize("key", KEYS, ids=range(len(KEYS)))
def test_key_of_a_vendor_needs_no_cue(key: str) -> None:
    assert covers(f"use {key} for it", key)


@pytest.mark.parametrize(("text", "secret"), SAID)
def test_secret_after_a_cue_is_found(text: str, secret: str) -> None:
    assert covers(text, secret)


@pytest.mark.parametrize("text", HARMLESS)
def test_placeholder_or_talk_about_secrets_is_harmless(text: str) -> None:
    assert found(text) == []


def test_secrets_are_restricted() -> None:
    assert {s.label for s in found("password: Tr4nquil!ty")} == {Label.RESTRICTED}


def test_default_password_outside_documentation_is_a_secret() -> None:
    assert covers("the boiler password is still changeme", "changeme")
