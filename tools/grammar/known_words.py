"""Words that carry nothing for the query. What is left of a question after them may be a name that does not exist."""

STOPWORDS = frozenset(
    """a about above actually after again ago all along also always am among amount an and another any anyone anything are area around as ask at
    back be because been before began begin being below beside better between bit both brief briefly but by calculate call came can case check
    clear clearly close come compute consider could count couple current currently data date days detail details determine did do does doing done
    down due during each earlier early either else end ended ending ends energy engineer enough entire estimate even ever every everything exactly
    explain fact far few figure figures find first five for four from full further gave general get give given go going gone good got had happen happened happens
    has have having he hello help her here hey hi his history hour hours how however i if important in individual info information instead into is it its itself just
    keep kept kind know known last late later least left less let like list little ll load long look looking lot lots made main make management manager many may maybe me mean
    means measure measured metric might minute minutes month months more most much must my name namely need needed never new next nine no none nor not
    note nothing now number numbers of off often ok okay old on once one ones only or other others our out over overall own part past people percent percentage perhaps period
    place please plus point possible present previous put question questions quick quickly quite rather re reading readings real really record recorded recent recently
    regarding report reported respectively result results right s said same saw say second see seem seen separately set seven several shall she should show shown side similar since
    single six small so some something sort span start started starting state still stood such sum summarise summarize summary sure t take taken tell ten than thank thanks that the their
    them then there these they thing things think third this those three through throughout thus time times to today together told too took total totals
    toward track tried true try turn two under until up upon us use used uses using usually value values very via view want wanted was way we week weeks well went were what when
    where whether which while who whole whom whose why will with within without worse would wrong year years yes yet you your zero
    biggest buildings building campus site sites university estate portfolio block combined kindly display present compare comparison curious interested
    breakdown break broken split table chart graph plot figure run ran running across versus against half quarter electricity gas power
    local utc timezone physical approximately roughly about around exactly precise precisely amounts altogether collectively jointly respective it's what's whats hows how's
    responsible accounted account accounts accounting contribute contributed contributes due went gone stack stacks happens occur occurred occurs fall fell rise rose
    consumer consumers user users spender spenders emitter emitters performer performers meter meters metered supply supplied demanded required needs got burnt burned burns ate eat eats gobbled guzzle guzzled guzzles
    waste wastes wasted wasting hungriest biggest hour hourly daily weekly monthly yearly annual annually average mean sums figure kilowatt kilowatts hours watt watts unit units metre metres meter square floor per
    compared comparing relative change changed changes difference differ different higher lower increase increased decrease decreased gap go gone up down by
    does equals equal amounting amounted stand standing came comes coming want wants wish d ve m don didn doesn isn wasn aren weren worst best best-performing top bottom
    covering covered cover long-term short-term any anywhere somewhere whenever wherever add added adding reviewing review quantity provide appreciate grateful ranking descending ascending desc asc order reach reached taking work arrange delta minus plus exceeded cause caused causing dividing divide entire spans span factor cap user friendly beside prepare meeting audit reporting board tenant-wide kindly wonder wondering hoping understand check checking verify confirm sat sun mon fri tue wed thu overall deliver delivered supply need figure responsible slice chunk portion percentile ratio percentages consumed consume go went get got high low reading fuel type types""".split()
)
SPELLINGS = (
    "electricity consumption building buildings average intensity baseload emissions carbon compared percentage maximum minimum highest lowest weekend weekday "
    "january february march april june july august september october november december campus monthly hourly profile square metre night energy demand smallest biggest largest greatest compare proportion percent minimum share least building consumed reading peak mean total usage"
).split()
