"""Words that carry nothing for the query. What is left of a question after them may be a name that does not exist."""

STOPWORDS = frozenset(
    """
    a about above account accounted accounting accounts across actually add added adding after again against ago all
    along also altogether always am among amount amounted amounting amounts an and annual annually another any anyone
    anything anywhere appreciate approximately are area aren around arrange as asc ascending ask at ate average back be
    because been before began begin being below beside best best-performing better between biggest bit block both
    bottom break breakdown brief briefly broken building buildings burned burns burnt but by calculate call came campus
    can cap case cause caused causing change changed changes chart check checking chunk clear clearly close
    collectively combined come comes coming compare compared comparing comparison compute confirm consider consume
    consumed consumer consumers contribute contributed contributes could count couple cover covered covering curious
    current currently d daily data date days decrease decreased deliver delivered delta demanded desc descending detail
    details determine did didn differ difference different display divide dividing do does doesn doing don done down
    due during each earlier early eat eats either electricity else emitter emitters end ended ending ends energy enough
    entire equal equals estate estimate even ever every everything exactly exceeded explain fact factor fall far fell
    few figure figures find first five floor for four fri friendly from fuel full further gap gas gave general get give
    given go gobbled going gone good got graph grateful guzzle guzzled guzzles had half happen happened happens has
    have having he hello help her here hey hi high higher his history hoping hour hourly hours how how's however hows
    hungriest i if important in increase increased individual info information instead interested into is isn it it's
    its itself jointly just keep kept kilowatt kilowatts kind kindly know known last late later least left less let
    like list little ll load local long long-term look looking lot lots low lower m made main make many may maybe me
    mean means measure measured meter metered meters metre metres metric might minus minute minutes mon month monthly
    months more most much must my name namely need needed needs never new next nine no none nor not note nothing now
    number numbers occur occurred occurs of off often ok okay old on once one ones only or order other others our out
    over overall own part past people per percent percentage percentages percentile performer performers perhaps period
    physical place please plot plus point portfolio portion possible power precise precisely prepare present previous
    provide put quantity quarter question questions quick quickly quite ran ranking rather ratio re reach reached
    reading readings real really recent recently record recorded regarding relative reporting required respective
    respectively responsible result results right rise rose roughly run running s said same sat saw say second see seem
    seen separately set seven several shall she short-term should show shown side similar since single site sites six
    slice small so some something somewhere sort span spans spender spenders split square stack stacks stand standing
    start started starting state still stood such sum summarise summarize summary sums sun supplied supply sure t table
    take taken taking tell ten tenant-wide than thank thanks that the their them then there these they thing things
    think third this those three through throughout thu thus time times timezone to today together told too took top
    total totals toward track tried true try tue turn two type types under understand unit units university until up
    upon us use used user users uses ft ft2 sqft using usually utc value values ve verify versus very via view want
    wanted wants was wasn waste wasted wastes wasting watt watts way we wed week weekly weeks well went were weren what
    what's whats when whenever where wherever whether which while who whole whom whose why will wish with within
    without wonder wondering work worse worst would wrong year yearly years yes yet you your zero
    """.split()
)

# Words that carry nothing for an analysis that has been recognised, and would be names elsewhere.
FIELD_WORDS = frozenset(
    """
    abnormal abruptly achieve achieved adjusted administrative advance ahead allowing amongst anomalous anomaly apart
    apply appear appears arrive ashrae assess assessed assume assumed assuming attributable automatically avoid avoided
    baseline bank benchmark benchmarked benchmarking benefit boiler boilers bring broke brought building's calendar
    capital carried cash chances charged charges chiller cibse class classes close closed closes closing closure cold
    colder coming comparable completed condition conditions considering contract controls cooler cooling corrected
    costing curve curves cut cutting date dates degrees deliver demands depend depends detect detected detection
    determine dipped discount double driven driver drivers drives drop dropped earliest early earn economic effect
    effective efficiency efficient empty ended engineering equipment evening events ever excess expect expected
    expensive explain explained explains exposure extra factor factors faster fault faulty finishes finished fitted
    flag fuels glazing going goes green grid group grouped groups guideline happen happens having heat heated heating
    hold holiday holidays hotter identify idle imagine impact improvement improvements industry infer inferred
    influence install installation installed insulating insulation invest invested investing investment ipmvp kelvin
    kinds latest leave leaves led leds left lies lighting lights likely loft look looks loss lost lower lowered
    lowering main mainly making marginal market match mean measures median method mild model models money monitor
    morning mostly motion moved moving national naturally net night nights nobody nor normal normally obvious occupied
    odd opens operate operates operating operation option outdoor outlook outside overnight panels paid pattern
    patterns pay payback paying pays percentiles performance performing place plant plots possible potential predicted
    prediction previous price prices produce profile profiles project projected projects public pushed quiet raise
    raised raising ramp reason reasons reduce reduced reducing reduction reductions refurbished refurbishment relamping
    relation renovation renewable replaced replacement residual retro-fit retrofit retrofits retrofitted retrofitting
    return returns risen rises roof running saturday saturdays save saved saves saving savings scenario schedule
    scheduled schedules sensible sensors service setback setting shape shapes shed shift shifted shifting shut shuts
    shutting similar simple simulate site site's situation sits sky slope smart sort sorts spaces spending spike spikes
    stack staff stands started starts stay stays step steps stock stop stopped stops strange stuck study suddenly
    suggest sunday sundays supplier suppose supposing surprising switch switched switching system target targets tariff
    tariffs technology temperature temperatures thermostat tomorrow tonight train trained tuned turn turned turning
    types typically unexpected unoccupied unusual unusually upcoming upgrade upgraded upgrades usual vacant
    verification verified vs wakes warm warmer warranted wasted wasteful weather weekday weekdays weekend weekends
    whole windows winter worked working works workday workdays worth worthwhile peer peers cbecs star seattle avoidable
    opening near nearby drove degree balance base furthest hdd hdds cdd cdds duration cluster clusters clustered
    clustering occupancy source primary normalised normalized kind percentile score behave behaves scope location mix
    supply certificates regos ghg protocol npv irr roi recoup outliers gap gaps drift prognosis projection signature
    line sensitive sensitivity dependence dependent sell rate rates bought demand-charge capacity kva euros eur dollars
    rupees pence degc celsius fahrenheit kgco2e explanation root event anomalies jump jumped halved halving forecast
    forecasts missing level levels invoice kwh annum spend plan planning budget quarter third glitches glitch
    malfunction simulated hypothetical say based map maps carpet warming setbacks kit gone fire wind keep keeps able
    years flat cheaper everyone looked shave problems cv rmse nmbe mase uncertainty intervals interval fit progress
    setpoint fifth trim leak wake nobodys decompose christmas waster wasters leads belong belongs falls replacing
    tonnes taken mondays tuesdays wednesdays thursdays fridays ft2 ft sqft kbtu stated runs zeros read stretches causes
    unlike resemble resembles resembled resembling behaving behaved strangest
    behind lay shifts jumps cuts soon alike spared included judging seattles medians basis says stayed milder intense
    counts counted distributed day open predict predicts baselines wastage compare versus sinks sank rose ideal later
    sooner forward pump pumps solar pv shutdown shutdowns closedown frozen freeze froze freezing
    stepped stepping ordinary hot
    outage outages dropout dropouts fishy standby attribute attributed deviate deviates deviated deviation depart
    expects swap swapped changeover modernised modernized controller controllers lit burning asleep
    sleep alive crowd rivals comparison counterparts cohort league cash outlay grand quid annually hypothetically
    exceptional blip blips hiccup hiccups quirk quirks oddity oddities irregularity irregularities strange
    alarm alarms gain gains force tweak
    regime breakpoint structural sustained permanent lasting new old former
    """.split()
)

# What buildings are used for: said of a building's peers, and a name where no building is.
USE_WORDS = frozenset(
    """
    academic academics class classroom college dorm dormitories dormitory dorms hall halls hospital hostel hostels
    hotel hotels institution laboratories laboratory labs lecture libraries library office offices residence restaurant
    retail school schools shop shops universities university warehouse warehouses
    """.split()
)

# Words of the field that a slip of the finger may spoil.
SPELLINGS = tuple(
    """
    electricity consumption building buildings average intensity baseload emissions carbon compared percentage
    maximum minimum highest lowest weekend weekday january february march april june july august september october
    november december campus monthly hourly profile square metre night energy demand smallest biggest largest
    greatest compare proportion percent share least consumed reading peak mean total usage
    overnight weekends weekdays footprint percentile temperature duration quarter yesterday coverage
    forecast anomalies anomaly baseline savings quarterly retrofit schedule payback tariff benchmark unusual degree
    """.split()
)
