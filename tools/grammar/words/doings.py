"""Verbs of using, of running and being, of ending up at a figure, and of asking and telling.

Of a building and a figure they all say the same: there was so much of it. `ONLY_VERBS` are nothing else and change
nothing wherever they stand; `ALSO_NOUNS` name a thing in other places ("land" in "land area", "sink" in "sink water")
and are dropped only where a verb stands: see `words.place`. `CONTRARY` verbs say another thing than use (export,
generate, sell, lose, save ...), so that no place makes them harmless; any other verb that nobody listed is taken as
use where only a verb of use can stand ("how much electricity did b4 ... in 2019?"), which is told.
"""

from typing import Final

_USING: Final = """
    absorb annihilate appropriate assimilate binge blast burn bust chomp chow chug clobber commandeer consume
    decimate demolish deplete destroy devour drain draw drink eat embezzle engulf exhaust expend famish feast finish
    fritter gnaw gobble gorge graze gulp guzzle hog imbibe import ingest ingurgitate inhale knock lap lash lick merk
    mow munch necked nibble nosh obliterate occasion polish procure quaff ransack ravage receive remove requisition
    scarf scoff siphon slurp smash snaffle snarf splurge spunk squander squish suckle sup swallow swig swill swipe
    syphon utilise utilize whack whizz wolf
"""
_RUNNING: Final = """
    amble behave bubble buzz chug coast cruise dawdle exist fare fluctuate hum idle languish linger loiter meander
    mosey oscillate perform persist plod potter purr remain reside roll simmer slumber tend tick trundle undergo
    waver whirr wobble
"""
_ENDING: Final = """
    accrue accumulate aggregate amass approximate arrive ascend average clock combine comprise conclude constitute
    culminate encompass equate exhibit finalise finalize garner indicate manage muster number occupy originate
    reckon register represent run scale settle shake signify soar surface tally tote tot transpire wrack
"""
_ASKING: Final = """
    seek sought solicit crave petition arrange advise acquaint aggregate apprise appreciate assemble assist await
    beg beseech bung cobble collate communicate compose comprehend compute concoct condense convey corroborate
    decipher deduce deliver demand denote demonstrate derive detail determine disclose discover dish distil divulge
    download elaborate elucidate email enlighten enquire enumerate establish evidence examine explore expound
    extract extrapolate familiarise familiarize fathom ferret fetch flick fling formulate furnish glean grab grasp
    have help highlight hunt identify implore infer inform inquire inspect interrogate intimate investigate itemise
    itemize jot juxtapose knock lob locate lookup lug mail mention message muster narrate need nip nudge obtain
    order overview paraphrase ping pinpoint plead plonk pop populate portray prepare present procure proffer
    pronounce provide publish qualify quote recap recapitulate recite recommend reconcile recount regurgitate
    reiterate relate relay render request respond reveal rustle scribble search secure sling specify spell spew
    spill spit state submit substantiate sum summarise summarize summon supply surface tabulate transcribe translate
    troubleshoot uncover understand unearth unpick unravel unveil update validate ventilate verbalise voice
    volunteer wager whip anticipate apologise apologize appoint argue ascertain assert badger banter bargain blather
    bleat bluff boast bother brag bug challenge chase chat chivvy compel complain concede confess consult
    contemplate contend convince cram curse debate decide declare deem dictate discuss dispute doubt draft dread
    enjoy enthuse exclaim faff fancy fear foresee fret fume fuss gather goad gossip grapple grill gripe groan
    grumble guess gush hanker harangue harass hassle hesitate hint hound hustle insist intend intrigue itch juggle
    justify lament loathe long lookout marvel moan mumble mutter nag natter niggle nitpick owe persuade pester phone
    plan ponder postulate prattle press pretend prod promise puzzle quibble quiz ramble rang rant realise realize
    recall reckon regret remark resent rung scratch speculate squabble suspect swear teach tender text theorise
    thinking twig urge vouch vow whinge whine whisper wish wondering worry write writing yearn yell destine earmark
    schedule bound pick choose select nominate isolate shortlist spotlight flag suss winkle tease dredge rootle root
    unscramble untangle crosscheck verify cite quantify enunciate articulate
"""
ALSO_NOUNS: Final = frozenset(
    """
    feed fix land sink tear pack rake ring run notch neck down tank drain drag dip hit post file tee tip throw toss
    fire shoot crunch dig flash grade haul heap hover hole hunt log look mark match measure nail nick pile pitch
    place plot pocket point pool pull push read roll round rack rise scoop score scale shift shovel show sit slap
    spin spot stack stage stand stump sweep swing tackle tail tap throttle tick top touch track trail turn wade
    wallop wash weigh wheel wing wipe wrap bag bank bowl box cane chalk crack crank crash crawl crown drive drum
    fall fight fit float flow fly fork gear glow grind hammer handle hang hoover hop jog jump lean leap limp line
    lock lodge loll mop mount move nose patch race rattle reach reel rest ride rip rocket romp rumble rush sail
    scrape shell sip skip slide slip snap sniff soak spark spend splash stall steam step stick storm strike stroll
    suck surge swim trot trip tuck vacuum walk wander whistle work munch slot bang lump rustle whip scrub knock
    report review state name sum order chair brief draft chew churn plough plow blow wind shake chat call consult
    cap crop spread tide
    """.split()
)
CONTRARY: Final = frozenset(
    """
    abate absolve alter avert avoid bank barter bleed buy bypass claim conserve contribute convert create cull curb
    curtail cut damp deliver discharge displace distribute divert dodge donate double drop dump earn economise
    economize eliminate escape exceed exchange expect export fall fail feed flare forecast forfeit forgo forego gain
    generate give grow halve harvest hoard improve increase inject invoice keep lack leak lend lighten limit lose
    lower make mine minimise minimize miss mitigate monetise offer offload offset owe pass plan pool predict
    preserve purge prevent produce project promise provide publish raise reclaim recoup recover recycle redirect
    reduce refund refuse regain regenerate reinject reject release relinquish replace reserve resell retain return
    reuse rise sacrifice save scrap sell send share shave shed shift shrink shun skimp skip slash spare spill split
    sponsor spoil squander stash steal stockpile stop store sublet subsidise substitute supply surrender sustain
    swap target throw trade transfer transmit transport triple trim upload vend vent want waste wheel withhold
    """.split()
)
CAUSING: Final = frozenset("create discharge emit generate give make produce release vent incur throw pump".split())
ASKS_TOO: Final = frozenset("owe promise publish deliver provide claim expect plan share".split())
ONLY_VERBS: Final = frozenset(f"{_USING} {_RUNNING} {_ENDING} {_ASKING}".split()) - ALSO_NOUNS - (CONTRARY - ASKS_TOO)
