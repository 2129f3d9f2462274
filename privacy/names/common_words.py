"""Words that are more often a word than a name, and how likely a run of letters is English at all.

A name such as Hall, May or Reading is a common word too: alone it says nothing. The list holds what names of people,
places and buildings share with English, the words of building talk, and the most frequent words.
"""

FREQUENT = frozenset(
    "a about above after again all also always am an and any are as at away back be because been before being below "
    "between big both but by call can case change check come could cut day did do does doing done down during each "
    "early else end even ever every example far few find fine first five for form four free from full get give given "
    "go gone good got great had half hard has have he help her here high him his hold home hour how if in into is it "
    "its job just keep kind know large last late later least left less let life like line list little live long look "
    "lot low made make man many me mean men mess might mine more most move much must my name near need never new next "
    "nice night nine no not nothing now number of off often old on once one only open or order other our out over own "
    "page part past people per place plan please point put question quick read real right room run said same saw say "
    "see seem seen send set seven she short should show side since six small so some soon spell start stay still stop "
    "such sure take tell ten than thank that the their them then there these they thing think this those three "
    "through time to today together too top try turn two under until up upon us use used user very want was way we "
    "week well went were what when where which while who whole why wide will with within without word work would "
    "write year yes yet you your".split()
)
TALK = frozenset(
    "academic account air alarm annual area asset average badge balance band bank bar base basement battery bay beam "
    "bench bill block board boiler box bridge build building buildings bulk bus cable campus canteen capacity car "
    "card care cavern cell center central centre chapel chiller circuit city class clean clear climate clinic clock "
    "coal coil cold college comfort company control cool cooling core cost council country court cycle damper data "
    "date degree demand department design desk device dining district dock door dorm dormitory draft drive duct dust "
    "east electric electricity empty energy engine entry estate exit facilities facility fan farm fault field filter "
    "fire flat floor flow food forest frost fuel garage garden gas gate general glass grand grange green grid ground "
    "group guard gym hall halls heat heating hill history hospital hostel hotel house housing hub humidity ice index "
    "industrial inlet institute island kitchen lab laboratory lake lane lecture legend level library lift light "
    "lighting lights load local lock lodge log loop main major manager market master matter meadow meter mill minor "
    "mission model motor museum north note office oil operator outlet palace panel park path peak pipe plant plaza "
    "pool port power press price private process public pump rate record reset residence rest retail river road roof "
    "round school science sensor server service services shaft shift shop site sky solar south space sport sports "
    "square stage star state station steam step stone storage store stream street student studio summit sun supply "
    "surface switch system table tank team temperature tenant terminal test theatre tower town track trade trend "
    "tunnel union unit university valley valve vent ventilation view village wall ward warehouse water wave weekend "
    "west wind window wing wood workshop world yard zone".split()
)
NAMES_TOO = frozenset(
    "abbey ac amber angel april ash august baker banks bass bath bell berry best birch bishop black blossom blue bolt "
    "bond brook brown buck burns bush butler carpenter carter chase chip christian christmas church clay cliff cm co "
    "coach cook cooper cotton cross crown curry dale dash dawn db dc deal dean dean's dear drew duke eagle earl faith "
    "fall fisher fleet forward fox francis frank ft gale gene glen golden grace grant gray grey guy hardy harper "
    "harrow hazel heath heather hope hr hull hunter id ip iris it ivy jack jade jan jasmine jet jewel job joy judge "
    "july june kg king knight kw lance land laurel law lb lee lily long love ma mace major march marina mark marsh "
    "mason may mercy miles mill miller mm mobile monday moon moor more nelson nice noble norm oak ocean october ok "
    "olive orange pa page pat patience pc pearl penny piper poll pope porter potter price prince queen rail ray "
    "reading reed reef rich ridge rob robin rock rocket rod rose ruby rush rusty sage sale sandy saturday sharp "
    "silver skip smart smith snow spring sterling stern stone storm sue summer sunday swan swift tanner taylor temple "
    "thorn tiger trent tuesday turner tv vale victor violet virginia walker ware waters weaver webb wells white will "
    "winter wise wolf woods worth wren wright young".split()
)
COMMON = FREQUENT | TALK | NAMES_TOO
CALENDAR = frozenset(
    "apr april aug august autumn dec december fall feb february friday jan january jul july jun june mar march may "
    "monday nov november oct october saturday sep september spring summer sunday thursday tuesday "
    "wednesday winter".split()
)

_PAIRS = frozenset(
    "ab ac ad af ag ai ak al am an ap ar as at au av aw ay ba be bi bl bo br bs bu by ca cc ce ch ci ck cl co cr ct "
    "cu da dd de di do dr ds du dy ea ec ed ee ef eg ei el em en eo ep eq er es et ev ew ex ey fa fe ff fi fl fo fr "
    "ft fu ga ge gh gi gl gn go gr gs gu ha he hi ho hr ht hu hy ia ib ic id ie if ig ik il im in io ip ir is it iv "
    "ix iz je jo ju ke ki kl kn ks la lb ld le lf li ll lo ls lt lu ly ma mb me mi mm mo mp ms mu my na nb nc nd ne "
    "nf ng ni nk nl nn no ns nt nu nv ny oa ob oc od of og oi ok ol om on oo op or os ot ou ov ow pa pe ph pi pl po "
    "pp pr ps pt pu qu ra rc rd re rg ri rk rl rm rn ro rr rs rt ru rv ry sa sc se sh si sl sm so sp ss st su sy ta "
    "te th ti tl to tr ts tt tu tw ty ua ub uc ud ue ug ui ul um un up ur us ut va ve vi vo wa we wh wi wk wn wo xe "
    "xi xp xt yb ye yo ys ze".split()
)


def likeness(word: str) -> float:
    """Return how much a word looks like English, 0 to 1: 1 for a common one, else its share of usual letter pairs."""
    low = word.lower()
    if low in COMMON:
        return 1.0
    pairs = [low[i : i + 2] for i in range(len(low) - 1)]
    return 0.95 * sum(pair in _PAIRS for pair in pairs) / len(pairs) if pairs else 0.0
