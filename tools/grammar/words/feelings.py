"""Words that judge or size a figure and never pick one: daft, dreadful, whopping, measly, pristine, eye-watering.

Harmless wherever they stand: the figure is the same whatever is felt about it. Not in this file are judgements that
are physical facts and so may narrow ("cold", "clean", "dirty", "light", "idle", "empty", "wasteful"), or that say
which of several is meant ("main", "other", "spare"), and comparatives, which rank (see `direction_words`).
"""

from typing import Final

BAD: Final = """
    abominable abysmal alarming appalling apocalyptic atrocious awful awkward bad baffling barmy bewildering bleak
    bloody blooming bonkers bothersome bananas batty berserk ballistic brutal catastrophic chaotic concerning
    confounded confusing crackers crap crappy crazy criminal crummy crushing curious damned damn damning daft
    deplorable depressing desperate dire disappointing disastrous disconcerting discouraging disgraceful disgusting
    dismal distressing disturbing dodgy doolally dreaded dreadful dreary drastic dumb egregious embarrassing
    excruciating exorbitant extortionate feeble fiendish flipping frightening frightful frustrating ghastly gloomy
    gobsmacking godawful grievous grim grisly grotesque gruesome harrowing haywire heinous hideous hopeless
    horrendous horrible horrid horrific horrifying infernal infuriating inglorious insane intolerable irksome iffy
    kooky lackluster lacklustre lame lamentable lousy ludicrous mad maddening mediocre mental messy miserable
    monstrous naff nasty naughty nightmarish nuts nutty obscene offputting outlandish outrageous outright painful
    pathetic perplexing perturbing piteous pitiable pitiful poor preposterous punishing puzzling regrettable
    reprehensible ridiculous rotten ruddy ruinous sad savage scandalous scary shabby shameful sharp shocking shoddy
    silly sickening sinful sorry spooky staggering stinking stupid subpar suboptimal surreal terrible terrifying
    tiresome tragic troublesome troubling ugly unbearable unacceptable unbelievable uncanny underwhelming
    unfortunate unflattering unforgivable ungodly unhappy unholy unlucky unpleasant unpromising unreal
    unsatisfactory unsettling upsetting vexing vile wacky wicked woeful worrisome worrying wretched zany
"""
GOOD: Final = """
    admirable adorable amazing appealing astonishing attractive awesome beautiful blinding bonny brill brilliant
    bully charming cheerful cheering commendable cracking credible cute dandy dashing dazzling decent delicious
    delightful dependable desirable divine dope ecstatic elegant enchanting encouraging enjoyable enviable epic
    exceptional excellent exciting exemplary exquisite extraordinary fab fabulous fantastic fascinating favourable
    favorable fetching fine flattering flawless fortunate glorious good gorgeous grand gratifying great groovy
    handsome handy happy healthy heartening heavenly heroic honourable ideal illuminating illustrious immaculate
    impeccable impressive incredible ingenious inspiring interesting intriguing laudable lovely lucky luscious magic
    magical magnificent majestic marvellous marvelous masterful memorable miraculous neat nice nifty noble notable
    noteworthy ok okay optimistic outstanding peachy perfect phenomenal pleasant pleasing positive praiseworthy
    precious presentable pretty pristine promising proud pukka rad reassuring refreshing remarkable respectable
    resplendent rosy satisfactory satisfying sensational sharp shiny slick smashing snazzy spectacular spiffing
    splendid striking stellar stonking stunning stupendous sublime sumptuous superb superlative supreme swell
    terrific thrilling tidy tiptop tops tremendous uplifting valuable wicked wonderful wondrous wow zippy
"""
SIZED: Final = """
    stiff ample arresting astronomical blimming boundless breathtaking chunky colossal considerable copious crazy
    cosmic cumbersome dainty diddy diminutive disproportionate dinky dramatic elephantine endless enormous
    exorbitant extensive eyepopping fat fearsome formidable galactic gargantuan generous gigantic ginormous goodly
    handsome healthy hefty hellish herculean huge hulking humble humongous humungous immense immoderate immodest
    imposing inflated infinitesimal inordinate insignificant jumbo lavish leviathan limitless lofty mahoosive
    mammoth massive meager meagre measly meteoric microscopic mighty miniature miniscule minuscule modest momentous
    monolithic monster monumental negligible niggardly noticeable oversize oversized overblown palpable paltry
    petite petty piddling piffling prodigious profound puny relentless runaway runty scant scanty serious severe
    sizable sizeable skimpy skyhigh slender slight sobering spiralling spiraling staggering startling stingy stout
    stratospheric substantial surprisingly swingeing teensy teeny thumping tidy tiny titanic towering trifling
    trivial unbridled uncontrolled undue unlimited unprecedented unwieldy steep vast voracious walloping weeny
    weighty whacking whopping wee worthwhile wholesome
"""
MANNER: Final = """
    awfy darn decidedly dang deffo def defo downright effing freaking fricking frigging flippin friggin hella innit
    jolly kinda legit literally lowkey mightily mucho muchly nigh outright really sheer sodding sorta such summat
    sure thoroughly totes truly uber ultra utter utterly verily verge wicked yikes alas blimey cor crikey crumbs
    dammit eek egad eh fiddlesticks flip geez gee golly gad gracious jeez jesus lordy mercy oi oof ooh ouch phew
    pfft phooey sheesh shucks strewth tsk tut ugh whew whoa whoops woah yippee yo yoo hiya howdy heya ahoy oy
    namaste namaskar hiyah evenin mornin gday aloha alrighty righto rightio okey dokey okie yep yup yeah yea aye nah
    nope nay yah ya y'all yall kk lol lmao rofl haha hehe hmmm umm erm errr err uhm mmm ahem anyways anywho whatnot
    whatsoever whatever thingy thingummy whatsit gubbins malarkey shenanigans caboodle shebang bumf gumf spiel gist
    scoop dope nub crux nitty gritty essence substance nutshell heck hey hullo
"""
STATES: Final = """
    afraid aghast alarmed amazed amused annoyed anxious appalled appreciative ashamed astonished astounded baffled
    befuddled bemused bewildered bored bothered charmed cheesed chuffed clueless confused convinced curious dazzled
    delighted depressed desperate disappointed disgusted dismayed doubtful dubious dumbfounded eager ecstatic elated
    embarrassed enchanted envious exasperated excited exhausted fascinated flabbergasted flummoxed fond frantic
    frightened frustrated furious fuzzy gleeful gobsmacked grateful guilty gutted happy hazy hopeful horrified
    ignorant impatient impressed incensed incredulous indebted inquisitive interested intrigued irate irked
    irritated jealous keen knackered lazy livid miffed mindful mortified mystified nervous nosy nonplussed obliged
    obsessed overjoyed overwhelmed paranoid peckish peeved perplexed pleased proud puzzled relieved reluctant
    respected rusty sceptical shocked skeptical sleepless speechless stressed stumped stunned sure surprised
    suspicious swamped terrified thankful thick thrilled tickled tired unaware uncertain uneasy unsure upset vague
    wary weary worried
"""
FEELINGS: Final = frozenset(f"{BAD} {GOOD} {SIZED} {MANNER} {STATES}".split())
