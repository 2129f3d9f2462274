"""The words for kinds of things: what a placeholder is called, and what a model may call it instead.

A placeholder reads "Building QKT". A model that answers in German writes "Gebäude QKT", one that abbreviates writes
"Bldg QKT"; each such word names the kinds it may stand for. A word of another kind before a code ("Person QKT" for a
building) shows that the model made the reference up.
"""

from collections.abc import Mapping

KIND_OF_TYPE: Mapping[str, str] = {
    "BUILDING_NAME": "Building",
    "POINT_NAME": "Point",
    "AGGREGATE_USE": "Amount",
    "PLACE": "Place",
    "ORGANISATION": "Organisation",
    "PERSON": "Person",
    "CONTACT": "Contact",
    "ADDRESS": "Address",
    "COORDINATES": "Position",
    "METER_ACCOUNT": "Meter",
    "FINANCIAL_ID": "Account",
    "NATIONAL_ID": "Document",
    "TENANT_LEASE": "Lease",
    "TARIFF_CONTRACT": "Contract",
    "CREDENTIAL": "Credential",
    "OT_ADDRESS": "Device",
    "OCCUPANCY": "Schedule",
    "INTERVAL_LOAD": "Reading",
    "ACCESS_LOG": "Visit",
    "PLAN_SECURITY": "Plan",
    "CRITICAL_SETPOINT": "Setpoint",
}
OTHER_KIND = "Item"
"""What a type outside the taxonomy is called."""

_ENGLISH = {
    "Building": "building buildings bldg bldgs block blocks tower house hall site facility property premises location",
    "Point": "point points sensor sensors datapoint",
    "Amount": "amount amounts value quantity",
    "Place": "place places location city town site area region",
    "Organisation": "organisation organisations organization organizations org company firm tenant supplier contractor",
    "Person": "person persons people individual",
    "Contact": "contact contacts email mail phone",
    "Address": "address addresses location",
    "Position": "position positions coordinates location",
    "Meter": "meter meters account",
    "Account": "account accounts",
    "Document": "document documents id",
    "Lease": "lease leases tenant",
    "Contract": "contract contracts tariff",
    "Credential": "credential credentials password key",
    "Device": "device devices controller",
    "Schedule": "schedule schedules",
    "Reading": "reading readings",
    "Visit": "visit visits",
    "Plan": "plan plans",
    "Setpoint": "setpoint setpoints",
    "Item": "item items",
}
_OTHER_LANGUAGES = {
    "Building": "gebäude gebäudes gebäuden gebaeude haus bâtiment bâtiments batiment immeuble edificio edificios "
    "edifício edifícios edifici gebouw gebouwen budynek byggnad bygning rakennus 建筑 建筑物 大楼 建物 ビル 건물",
    "Point": "punkt punkte messpunkt punto puntos punti ponto punt",
    "Amount": "menge wert montant valeur cantidad importo quantità valor",
    "Place": "ort orte lieu lieux lugar lugares luogo plaats standort",
    "Organisation": "organisationen unternehmen firma société entreprise organización organizaciones empresa azienda "
    "organizzazione organização organisatie",
    "Person": "personen personne personnes persona personas persone pessoa personen",
    "Contact": "kontakt kontakte contacto contactos contatto contato",
    "Address": "adresse adressen adresses dirección direcciones indirizzo endereço adres",
    "Position": "standort posición posizione posição positie",
    "Meter": "zähler zählers compteur compteurs medidor contador contadores contatore",
    "Account": "konto konten compte comptes cuenta cuentas conto conta",
    "Document": "dokument dokumente documento documentos",
    "Lease": "mietvertrag bail arrendamiento contratto",
    "Contract": "vertrag vertrags verträge contrat contrats contrato contratos contratto",
    "Device": "gerät geräte appareil dispositivo dispositivos apparaat",
    "Schedule": "zeitplan horaire horario orario",
    "Reading": "messwert messwerte relevé lectura lettura",
    "Item": "element élément elemento",
}


def _kinds(words: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return for each word the kinds that it may stand for."""
    spread = [(word, kind) for kind, row in words.items() for word in row.split()]
    return {word: frozenset(k for w, k in spread if w == word) for word, _ in spread}


ENGLISH = _kinds(_ENGLISH)
KINDS: Mapping[str, frozenset[str]] = {
    word: ENGLISH.get(word, frozenset()) | _kinds(_OTHER_LANGUAGES).get(word, frozenset())
    for word in ENGLISH.keys() | _kinds(_OTHER_LANGUAGES).keys()
}
ABBREVIATED = frozenset("bldg bldgs org".split())
"""Words that may end in a full stop and still go on: "Bldg. QKT"."""

BEGINNINGS = frozenset(word[:n] for word in KINDS for n in range(1, len(word) + 1))
"""What a stream that is cut inside such a word ends with."""

CARRIERS = frozenset(
    "room zone floor level model type class series version grade phase wing chiller boiler pump fan unit panel option "
    "step section table figure appendix scenario case group category code standard part valve rack cabinet port gate "
    "cell row column layer protocol format raum zone modell typ klasse serie salle étage modèle sala piso "
    "modelo".split()
)
"""Words that give a code after them a meaning of their own: "chiller XJR" is no building."""

DETERMINERS = frozenset(
    "the a an this that these those our your my his her its their each every any another same other der die das dem "
    "den des ein eine einem einen le la les l du au un une ce cette el los las al del il lo gli una o os as het "
    "de een".split()
)
