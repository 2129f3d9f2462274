"""Recognise what helps to break in or to cut a building off: codes, blind spots, ways in, weak points, vital rooms."""

import re
from collections.abc import Iterator

from privacy.recognisers.clauses import clauses, near, spans, tells
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.words import Words
from privacy.spans import Span

DIGIT = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|"
    r"un|deux|trois|quatre|cinq|sept|huit|neuf|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
)
CODE_CUE = Words(
    r"\b(?:(?:alarm|intruder|burglar|panic|disarm(?:ing)?|arming|door|gate|keypad|key ?safe|lock ?box|safe|entry|"
    r"access|comms room|lift|unlock|master|"
    r"engineer|user|duress|barrier|garage|server room|plant ?room|riser|store|shutter|side door|padlock|"
    r"vault)\s?(?:\w+\s){0,2}?(?:codes?|PINs?|combinations?|passcodes?|numbers?)|"
    r"panel (?:wants|takes|needs|is)|keypad|punch in|arm code|PIN(?: code)?|(?:un)?set code|(?:dis)?arms? with|"
    r"disarm(?:s|ed)?(?: it)? (?:with|by)|unset (?:with|by)|"
    r"installer code|override code|code|door ?code|passcode|combination|key ?safe|key ?box|lock ?box|keypad|padlock|"
    r"digicode|"
    r"Alarm(?:anlagen)?code|Türcode|Zugangscode|Schlüsselkasten|Schlüsselsafe|Schlüsseltresor|Zahlenschloss|"
    r"code (?:de (?:l['\u2019]alarme|la porte|l['\u2019]entrée|la boîte à clés)|d['\u2019](?:accès|entrée|alarme))|"
    r"boîte à clés?|código de (?:la )?(?:alarma|puerta|entrada|acceso)|código de acceso|caja de llaves|"
    r"clave de la (?:alarma|puerta))\b"
)
CODE = Words(
    r"(?<![\w.,:-])[A-F*#]{0,2}\d(?:[ -]?\d){2,7}[#*A-Z]{0,2}(?![\w:]|[.,]\d)(?!\s?(?:kW|Pa\b|%|°|mm\b|m\b|V\b|"
    r"A\b|Hz))"
    r"|\b\d{1,4}[a-f]\d{1,5}\b"
    rf"|\b(?:{DIGIT}[- ,]{{1,2}}){{3,9}}{DIGIT}\b"
)
WORD_CUE = Words(
    r"\b(?:duress|safe|code|challenge|panic|cover|alarm)[- ]?(?:words?|phrases?)\b|\b(?:Codewort|Losung|"
    r"palabra clave)\b"
)
WORD = re.compile(r"[\"“'«][^\"”'»\n]{2,40}[\"”'»]|\b(?:is|lautet|est|es|=|:)\s\S{3,30}")
FAULT = Words(
    r"\b(?:fault|error|trouble|diagnostic|product|model|part|event|colour|building|post|zip|bar|source|status|"
    r"function|error|country|area|dial\w*|zone|short|sort|source|building|energy|plumbing|fire) codes?\b|"
    r"\b(?:chiller|ahu|boiler|vrf|compressor|inverter|vsd|fridge|pump|controller|split|"
    r"ups)s?(?:['\u2019]s)? (?:alarm|shows?|display\w*|reports?|gives?)"
)
BLIND = Words(
    r"\b(?:keine? (?:kamera\w*|überwachung|melder|alarm\w*)|aucune (?:caméra|alarme)|ninguna (?:cámara|alarma)|"
    r"(?:ni|no hay) cámaras?|blind ?spots?|nobody (?:watches|checks|monitors|looks)|no ?one (?:watches|checks|"
    r"monitors|looks)|"
    r"goes (?:unseen|unnoticed|unwatched)|no (?:guard|recording|footage|lighting|lights?|contact|detector|grille|"
    r"bars)|faces the wrong way|"
    r"points? (?:at|to) the (?:ceiling|wall|sky|floor)|too dark|no line of sight|obscured|blocked by|dead (?:angle|"
    r"zone|spot|corner)s?|not covered by|(?:no|without(?: a)?) (?:camera|CCTV|"
    r"cameras|coverage|alarm contact|sensor)s?|out of (?:camera )?(?:view|sight|shot)|"
    r"(?:does(?: not|n['\u2019]t)|do(?: not|n['\u2019]t)|cannot|can['\u2019]t|never) (?:see|cover|record|reach|"
    r"film)|unmonitored|unwatched|unlit|"
    r"not (?:recorded|filmed|monitored|watched|visible)|(?:is|are) dummies|toter? (?:winkel|bereich)|angles? morts?|"
    r"sans caméra|pas (?:filmée?|couverte?)|puntos? ciegos?|ángulos? muertos?|sin cámara\w*)\b"
)
WATCHED = Words(
    r"\b(?:treppenhaus|flur|eingang|escaliers?|escaleras?|camera|cameras|CCTV|cam|door|doors|entrance|exit|gate|"
    r"dock|stairs?|stairwell|corridor|car park|yard|"
    r"fence|lobby|lift|alley|rear|back|roof|window|loading|bay|reception|plant ?room|"
    r"behind|north|south|east|west|corner|Kamera\w*|Tür|Tor|Rampe|hinter|caméra\w*|porte|quai|derrière|couloir|"
    r"cámara\w*|puerta|muelle|detrás|pasillo)\b"
)
OPENING = Words(
    r"\b(?:badge du|badge|chain|ladder|vault|safe|server ?room|comms ?room|archive|pharmacy|dispensary|lobby|dock|"
    r"gatehouse|rear entrance|side entrance|back entrance|louvre|grille|mesh|glazing|lock-?up|compound|container|"
    r"bin store|locker|cash ?box|manhole|louver|wicket|turnstiles?|intercom|key ?pad|keypads?|store|shed|cupboard|"
    r"boiler house|yard|loft|workshop|(?:doors?|gates?|hatch(?:es)?|skylights?|windows?|"
    r"shutters?|locks?|padlocks?|latch|bolt|cage|"
    r"plant ?rooms?|switch ?rooms?|risers?|cabinets?|panel|fire exits?|emergency exits?|exits?|entrance|"
    r"letterbox|cellar|basement|garage|roof ?light|manhole|barrier|turnstile|maglocks?|badge readers?|card readers?|"
    r"access control|Türe?n?|Tor|Fenster|Schloss|Notausgang|Luke|portes?|portails?|fenêtres?|serrures?|trappe|"
    r"issue de secours|"
    r"puertas?|ventanas?|cerraduras?|candado|portón|trampilla|salida de emergencia))\b|\b(?:keller|dach|hinter|"
    r"außen|seiten|haupt|lager|eingangs|garagen|keller|hof|neben|not)(?:fenster|türe?n?)\b|"
    r"\b(?:hof|roll|garagen|haupt|ein)tor\b"
)
WEAK = Words(
    r"\b(?:un-?locked|(?:never|rarely|seldom) (?:locked|closed|shut|armed)|not (?:locked|alarmed|secured|"
    r"closed properly)|(?:does(?: not|n['\u2019]t)|"
    r"do(?: not|n['\u2019]t)|won['\u2019]t|will not|can(?:not|['\u2019]t)) (?:be )?(?:lock|latch|close|shut|locked|"
    r"closed|alarmed)(?: properly)?|"
    r"(?:is|are)n['\u2019]t (?:locked|alarmed|secured|monitored)|un-?alarmed|un-?secured|insecure|wedged|propped|"
    r"(?:left|stands?|stood|stays?|kept|held|taped) (?:wide )?open|left ajar|ajar|broken|defective|faulty|jammed|"
    r"missing|rusted|rotten|loose|bent|unhinged|hanging off|dead|never worked|sticks?|stuck|off its hinges|"
    r"all that (?:guards|protects|stands|keeps)|is all that|only a|accepts any|any card|any key|default|same key|"
    r"one key|"
    r"reach(?:ed)? (?:over|through|in)|slip(?:ped)? (?:the|back)|lever(?:ed)?|pris(?:e|ed)|priz(?:e|ed)|jimmy|jemmy|"
    r"credit card|screwdriver|shoulder|shim(?:med)?|pushed? (?:in|up|open)|pulled? open|lift(?:s|ed)? (?:off|out|"
    r"up)|pops? open|swings? open|does(?: not|n['\u2019]t) (?:latch|lock|close|shut)|"
    r"aufdrücken|aufgedrückt|aufhebeln|von außen|klemmt|lässt sich|offen|coincée?s?|bloquée?s? ouverte?s?|"
    r"entrouverte?s?|forçable|abîmée?|se abre|atascad[oa]|forzad[oa]|no (?:se )?(?:cierra|bloquea)|sin (?:candado|"
    r"cerradura)|"
    r""
    r"stuck open|fails? (?:open|unlocked|safe)|forced|easily|"
    r"can be (?:opened|lifted|forced|reached|pushed|climbed)|opens with|without a lock|no lock|kicked in|picked|"
    r"bypassed|(?:nicht|un)verschlossen|unversperrt|nicht abgeschlossen|steht offen|defekt|kaputt|schließt nicht|"
    r"ne (?:ferme|verrouille|se ferme) (?:pas|plus)(?: à clé)?|cassée?s?|reste ouverte?|pas verrouillée?|"
    r"déverrouillée?|no cierran?|sin (?:llave|cerrar|alarma)|rot[oa]s?|abiert[oa] (?:de noche|por la noche|"
    r"siempre))\b"
)
AIR = Words(
    r"\b(?:heat (?:is |was )?(?:lost|loss|escap\w+)|draught|draft|infiltration|energy loss|fridge|freezer|oven|"
    r"damper)\b"
)
FENCE = Words(
    r"\b(?:fenc(?:e|es|ing)|perimeter(?: wall)?|hedge|boundary wall|wall|hoarding|Zaun|Umzäunung|Mauer|clôture|"
    r"grillage|valla|verja|perímetro)\b"
)
GAP = Words(
    r"\b(?:gaps?|holes?|cut|climb\w*|low enough|missing (?:panel|section)|broken|down|lower than|jump\w*|squeeze|"
    r"Loch|Lücke|trou|brèche|agujero|hueco|rota)\b"
)
ALARM = Words(
    r"\b(?:(?:intruder |burglar |panic |fire |door |tamper |perimeter |hold-?up )?alarms?(?: system| zones?| panel|"
    r" contacts?)?|PIRs?|(?:motion|glass[- ]?break|vibration|beam|smoke|shock|contact) (?:sensor|detector)s?|beams?|"
    r"(?:perimeter|security|flood) ?lights?|floodlights?|tamper switch(?:es)?|reed contacts?|pull ?cords?|"
    r"fence sensors?|recordings?|camera server|beam ?detectors?|"
    r"siren|sprinklers?|panic buttons?|CCTV|NVR|recorder|"
    r"(?:alarm |security )zones?|access control|Alarmanlage|Einbruchmelde\w*|Bewegungsmelder|EMA|alarmes?|"
    r"détecteurs?|alarmas?|sirena|detectores)\b|\b(?:bewegungs|rauch|einbruch|glasbruch|präsenz|öffnungs)melder\b"
)
OFF = Words(
    r"\b(?:never (?:worked|tested|armed|set|connected)|dead|misaligned|taped|painted over|unplugged|awaiting repair|"
    r"faulty|broken|not been (?:tested|set|armed)|flat batter\w+|low battery|no battery|ignored|offline|unpowered|"
    r"stopped|in test|no signal|not respond\w*|unserviced|expired|full disk|abgeklebt|ohne Strom|kaputt|defekt|"
    r"en panne|averiad[oa]s?|tapad[oa]s?|"
    r"isolated|by-?passed|disabled|disconnected|masked|inhibited|dis-?armed|un-?set|not (?:armed|set|working|"
    r"connected|monitored|wired|live)|omitted|(?:is|are|was|were|switched|turned|stays?) (?:off|out|down|dead)|"
    r"out of (?:order|service|use)|"
    r"suspended|silenced|muted|shunted|failed|only armed|armed (?:at|from|only)|until the (?:engineer|repair)|"
    r"abgeschaltet|deaktiviert|ausgeschaltet|außer Betrieb|unscharf|désactivée?s?|hors service|coupée?s?|"
    r"débranchée?s?|"
    r"desactivad[oa]s?|desconectad[oa]s?|fuera de servicio|apagad[oa]s?)\b"
)
HVAC_ALARM = Words(
    r"\b(?:(?:high|low|temperature|filter|frost|pressure|bms|nuisance|humidity|leak|co2)[- ](?:\w+ )?alarms?|"
    r"alarm (?:limit|threshold|priority|list|rate|flood|summary|classe?s?|levels?)s?)"
)
WAY = Words(
    r"\b(?:lifts?|elevators?|staircase|back stairs?|corridor|passage\w*|risers?|ducts?|ductwork|crawl ?space|"
    r"shafts?|lofts?|ceiling (?:void|tiles?)|raised floor|voids?|roof|"
    r"hatch|skylight|tunnels?|manhole|culvert|service (?:corridor|lift|entrance|yard|tunnel)|drain|chute|ladder|"
    r"fire escape|scaffold\w*|coal hole|"
    r"vent|louvre|conduit|undercroft|basement|plant ?rooms?|Schacht|Dach\w*|Kanal|Tunnel|Keller|gaine|toit|conduit|"
    r"tunnel|sous-sol|faux plafond|azotea|conducto|túnel|sótano|falso techo|tejado)\b"
)
REACH_IN = Words(
    r"\b(?:get (?:from|past|round|around|behind|over|under|out)|reach(?:es)? (?:over|round|through)|slip (?:in|past|"
    r"through|under)|squeeze|hop over|scale|shin up|abseil|crouch|by the (?:bin|goods|service|back|side)|short ?cut|"
    r"unseen|bypass(?:es|ing)?|avoid\w*|goes (?:straight|directly|right)|opens? (?:straight |directly )?(?:in)?to|"
    r"takes you|get in|(?:can|"
    r"could|may) (?:be (?:reached|accessed|entered|opened)|get (?:in|into|to)|climb|crawl|enter|walk|"
    r"reach)|(?:get|gets|getting|got) (?:in|into) (?:through|via|by|from)|reach(?:ed|able)? (?:from|via|through|by)|"
    r"access(?:ed|ible|es)? (?:from|via|through|is|route|by|to)|way in|ways in|leads? (?:straight |directly )?(?:to|"
    r"into|from)|runs? (?:from|past|behind|under|straight|directly|between)|route|routes|climb(?:ed|ing)?|crawl\w*|"
    r"break(?:s|ing)? in|burglars?|intruders?|thieves|"
    r"carr(?:ies|ying)|feeds|connects? (?:to|with)|comes? out|big enough|wide enough|drop(?:s|ped)? (?:in|down)|"
    r"erreichbar|führt|Zugang|einsteigen|accessible|mène|accès|on peut|passer|entrer|accede|acceso|se puede|conduce|"
    r"lleva a)\b"
)
THINGS = Words(
    r"\b(?:server ?rooms?|servers?|comms rooms?|network (?:room|rack|cabinet|closet)|data hall|data cent(?:re|er)|"
    r"MDF|IDF|switch ?(?:room|gear)s?|main (?:switchboard|breaker|switch|board|incomer|intake|LV panel)|LV (?:room|"
    r"panel)|HV (?:room|intake)|plant ?rooms?|control rooms?|"
    r"vaults?|safes?|strong ?room|cash (?:office|room)|generators?|gensets?|UPS(?:es)?|battery room|"
    r"gas (?:shut-?off|valve|main|intake|meter)|water (?:main|tank|intake|shut-?off)|stop ?cock|intake room|"
    r"sub-?station|transformer|fuel (?:tank|store)|BMS (?:server|head[- ]?end|panel|workstation)|"
    r"head[- ]?end|alarm panel|fire panel|sprinkler (?:valve|tank|pump)s?|fibre (?:entry|intake|duct)|"
    r"telecoms? (?:room|intake)|emergency (?:stop|power[- ]?off)|EPO(?: button)?|medicines?|drugs|controlled drugs|"
    r"isotopes?|radioactive sources?|chemical store|cylinders? store|evidence room|armou?ry|fibre feeds?|"
    r"incoming (?:HV|LV|mains|fibre)|meter room|"
    r"Serverr[aä]um\w*|Schaltraum|Trafo\w*|Tresor|Technikraum|Notstrom\w*|Hauptschalter|salle (?:des )?serveurs?|"
    r"local technique|coffre|groupe électrogène|TGBT|sala de servidores|cuarto (?:técnico|eléctrico)|caja fuerte|"
    r"grupo electrógeno|cuadro (?:eléctrico|general))\b"
)
WHERE = Words(
    r"\b(?:(?:is|are|sits?|located|lies|stands?|found|hidden|kept|stored|housed) (?:\w+ )?(?:in|on|behind|under|"
    r"underneath|below|beneath|above|next|beside|opposite|at|down|inside|between|off|through)(?: to| from)?|"
    r"behind (?:the|a|reception)|back(?:s|ing)? onto|adjoin(?:s|ing)?|next door to|shar(?:es|ing) a (?:wall|ceiling|"
    r"door)|enters? (?:through|via|at|by)|terminates?|in the open|round the back|directly (?:above|below|under|over|"
    r"behind)|the other side of|within reach|"
    r"(?:in|on|at) (?:the )?(?:basement|cellar|ground floor|roof|level -?\d|floor -?\d|room [A-Z]?-?\d|room \w*\d)|"
    r"whereabouts|"
    r"liegt|befindet sich|steht|im Keller|hinter|neben|unter|se trouve|est (?:situé|au|dans|derrière|à côté)|"
    r"derrière|sous|au sous-sol|está (?:en|detrás|junto|al|debajo)|se encuentra|detrás|sótano)"
)
SINGLE = Words(
    r"\b(?:(?:both|all|whole|entire) (?:\w+ ){1,3}(?:drops?|stops?|dies?|trips?|fails?|down)|(?:goes|go|went|"
    r"going) dark|black(?:s|ed)? out|everything (?:stops|dies|trips)|hang on one|run off one|"
    r"one (?:pump|board|breaker|feed|cable|transformer)|(?:same|one|single) (?:pit|trench|duct|tray|tunnel|room|"
    r"riser|chamber|pole)|no (?:second|alternative|diverse) (?:route|path|supply|link)|sole (?:feed|supply|link|"
    r"source|route)|only (?:feed|supply|link|source|route|chiller|pump)|lose (?:power|everything|the whole)|"
    r"loses? (?:power|both|all)|single points? of failure|SPOF|no (?:redundancy|back-?up|second feed|spare|failover|"
    r"generator|UPS)|"
    r"not redundant|(?:all|both|everything|whole (?:site|building)) (?:\w+ ){0,3}(?:feeds?|fed|depends?|hangs?|"
    r"runs?|comes?|goes) (?:off|from|on|through|into|in (?:through|via|by)|via)|"
    r"(?:only|just) one (?:generator|UPS|feed|chiller|supply|cable|transformer|pump|breaker|path|link)|"
    r"shares? (?:one|"
    r"a single|the same) (?:feed|board|breaker|duct|riser|supply|cable)|"
    r"(?:takes?|took|bring|brings|knock\w*) (?:down|out) (?:the )?(?:whole|entire|everything|all|both)|"
    r"without (?:backup|back-up|redundancy)|einzige[rn]? (?:Einspeisung|Ausfallpunkt)|keine Redundanz|"
    r"nicht redundant|point unique de défaillance|sans secours|punto único de fallo|sin redundancia)\b"
)
POWERED = Words(
    r"\b(?:data cent(?:re|er)|carriers?|incomers?|intake|cooling|power|water|gas|phones?|internet|links?|lines?|"
    r"connections?|circuits?|fibres?|feeders?|UPS(?:es)?|generators?|gensets?|feeds?|feeders?|"
    r"supply|board|breaker|transformer|switchboard|chillers?|"
    r"pumps?|data hall|server|network|fibre|core switch|building|site|hospital|BMS|controller|cable|main|ring|"
    r"sub-?station|"
    r"USV|Notstrom\w*|Einspeisung|Trafo|onduleur|groupe|alimentation|SAI|generador|alimentación)\b"
)
KEYS = Words(
    r"\b(?:(?:spare|master|emergency|plant ?room|front door|hidden) keys?|keys?|key ?safe|key box|Ersatzschlüssel|"
    r"Schlüssel|clés?|clefs?|double des clés|llaves?)\b"
)
HIDDEN = Words(
    r"\b(?:lives? (?:in|under|on|behind)|under (?:the|a)|underneath|behind the|above the|on top of|"
    r"in the (?:\w+ )?(?:box|drawer|cupboard|cabinet|"
    r"meter|pot|shed|tray|tin|desk|lock)|hangs?|hung|hidden|hides?|taped|magnet|is kept|are kept|left (?:in|under|"
    r"on|with|at)|doormat|flower ?pot|mat\b|"
    r"liegt|unter der|unter dem|hängt|hinter|sous (?:le|la)|derrière|cachée?s?|accrochée?s?|debajo|bajo (?:el|la)|"
    r"detrás|escondid[ao]s?|cuelga)"
)
PLAN_ASK = Words(
    r"^\W*(?:how (?:do|can|does|should) (?:i|we|you|one|a)|what (?:is|are) (?:a|an)|why (?:do|are)|does a|do |can a|"
    r"where should)\b"
)


ROUTE = Words(
    r"\b(?:through|via|past|down|up|behind|along|durch|hinter|par|por)\s(?:the|a|der|die|das|den|le|la|"
    r"el)\s[^.;\n]{3,60}?,\s(?:then\s|dann\s|puis\s|luego\s)?(?:(?:first|second|third|last|next)\s(?:door|left|"
    r"right|corridor)|"
    r"(?:turn|down|up|through|left|right|past|behind|along|across|over)\b|erste|zweite|links|rechts|première|"
    r"deuxième|à (?:gauche|droite)|primera|segunda|a la (?:izquierda|derecha))[^.;\n]{0,100}"
)
FABRIC = Words(
    r"\b(?:(?:vault|strong ?room|server room|safe|plant ?room|comms room|data hall|cash office|lab|"
    r"evidence room)\s(?:walls?|ceiling|partitions?|floor|roof|doors?|windows?|glazing))\b[^.;\n]{0,12}"
    r"\b(?:is|are|has|have|only|just|made)\b[^.;\n]{0,20}\b(?:single|plasterboard|drywall|stud|block|glass|thin|"
    r"timber|wooden|hollow|not|no|unreinforced|only|weak\w*|stops|shares?|false|suspended|mm|open)\b"
)


NEGATED = Words(
    r"(?:\b(?:never|not|no|without|hardly|rarely|seldom|lacks?|lacking|missing|nicht|keine?n?|ohne|sans|aucune?|sin|"
    r"ningun[ao])|n['\u2019]t)\s(?:\w+\s){0,2}?"
    r"(?:locks?|locked|bolt\w*|latch\w*|bars|grilles?|alarm\w*|guard\w*|watch\w*|check\w*|shut|secur\w*|fasten\w*|"
    r"armed|covered|record\w*|lit|cameras?|contacts?|sensors?|deadlock\w*|padlock\w*|tested|monitor\w*|ins Schloss|"
    r"verriegelt|abgeschlossen|gesichert|überwacht|serrure|verrou\w*|gardé\w*|surveillé\w*|candado|cerradura|rejas|"
    r"vigila\w*)\b"
    r"|\b(?:screwed|opens?|opened|unscrew\w*|removable|reachable|pushed) from (?:the )?(?:outside|street|yard|alley)"
    r"|\b(?:releases?|unlocks?|opens?|drops?) (?:if|when|once|by itself|on its own|with any|with a|without)\b|"
    r"\bouvre aussi\b|\balso opens\b|\b(?:is|was|been|are) cut\b|\b(?:lifted|opened|forced|pushed) by hand\b"
)


def codes(text: str) -> Iterator[Span]:
    """Yield the clauses that give the code of an alarm, a door or a key safe; a fault code of a machine is none."""
    hits = (h for h in near(text, CODE_CUE, CODE, 45) if not FAULT.within(text, max(0, h[0] - 30), h[1]))
    return clauses("PLAN_SECURITY", text, [*hits, *near(text, WORD_CUE, WORD, 30)], "security_plan", _is_plan)


def weaknesses(text: str) -> Iterator[Span]:
    """Yield the clauses that tell what is not watched, not locked, not armed, and where a hidden key lies."""
    hits = [
        *near(text, BLIND, WATCHED, 50),
        *(
            h
            for h in near(text, OPENING, WEAK, 45)
            if not AIR.within(text, max(0, h[0] - 50), min(len(text), h[1] + 50))
        ),
        *(
            h
            for h in near(text, OPENING, NEGATED, 40)
            if not AIR.within(text, max(0, h[0] - 50), min(len(text), h[1] + 50))
        ),
        *near(text, ALARM, NEGATED, 40),
        *near(text, FENCE, GAP, 35),
        *(h for h in near(text, ALARM, OFF, 45) if not HVAC_ALARM.within(text, max(0, h[0] - 20), h[1])),
        *near(text, KEYS, HIDDEN, 35),
    ]
    return clauses("PLAN_SECURITY", text, hits, "security_plan", _is_plan)


def layout(text: str) -> Iterator[Span]:
    """Yield the clauses that tell ways in, where vital rooms lie and what everything hangs on."""
    hits = [
        *spans(ROUTE, text),
        *spans(FABRIC, text),
        *near(text, WAY, REACH_IN, 45),
        *near(text, THINGS, WHERE, 45),
        *near(text, SINGLE, POWERED, 60),
    ]
    return clauses("PLAN_SECURITY", text, hits, "security_plan", _is_plan)


def _is_plan(sentence: str) -> bool:
    return tells(sentence) and not PLAN_ASK.within(sentence)


RECOGNISERS: tuple[Recogniser, ...] = (codes, weaknesses, layout)
