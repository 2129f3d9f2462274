"""Words that carry nothing for the query. What is left of a question after them may be a name that does not exist."""

STOPWORDS = frozenset(
    """
    a about above account accounted accounting accounts across actually add added adding after again against ago all
    along also altogether always am among amount amounted amounting amounts an and annual annually another any
    anyone anything anywhere appreciate approximately are area aren around arrange as asc ascending ask at ate audit
    average back be because been before began begin being below beside best best-performing better between biggest
    bit block board both bottom break breakdown brief briefly broken building buildings burned burns burnt but by
    calculate call came campus can cap case cause caused causing change changed changes chart check checking chunk
    clear clearly close collectively combined come comes coming compare compared comparing comparison compute
    confirm consider consume consumed consumer consumers contribute contributed contributes could count couple cover
    covered covering curious current currently d daily data date days decrease decreased deliver delivered delta
    demanded desc descending detail details determine did didn differ difference different display divide dividing
    do does doesn doing don done down due during each earlier early eat eats either electricity else emitter
    emitters end ended ending ends energy engineer enough entire equal equals estate estimate even ever every
    everything exactly exceeded explain fact factor fall far fell few figure figures find first five floor for four
    fri friendly from fuel full further gap gas gave general get give given go gobbled going gone good got graph
    grateful guzzle guzzled guzzles had half happen happened happens has have having he hello help her here hey hi
    high higher his history hoping hour hourly hours how how's however hows hungriest i if important in increase
    increased individual info information instead interested into is isn it it's its itself jointly just keep kept
    kilowatt kilowatts kind kindly know known last late later least left less let like list little ll load local
    long long-term look looking lot lots low lower m made main make management manager many may maybe me mean means
    measure measured meeting meter metered meters metre metres metric might minus minute minutes mon month monthly
    months more most much must my name namely need needed needs never new next nine no none nor not note nothing now
    number numbers occur occurred occurs of off often ok okay old on once one ones only or order other others our
    out over overall own part past people per percent percentage percentages percentile performer performers perhaps
    period physical place please plot plus point portfolio portion possible power precise precisely prepare present
    previous provide put quantity quarter question questions quick quickly quite ran ranking rather ratio re reach
    reached reading readings real really recent recently record recorded regarding relative report reported
    reporting required respective respectively responsible result results review reviewing right rise rose roughly
    run running s said same sat saw say second see seem seen separately set seven several shall she short-term
    should show shown side similar since single site sites six slice small so some something somewhere sort span
    spans spender spenders split square stack stacks stand standing start started starting state still stood such
    sum summarise summarize summary sums sun supplied supply sure t table take taken taking tell ten tenant-wide
    than thank thanks that the their them then there these they thing things think third this those three through
    throughout thu thus time times timezone to today together told too took top total totals toward track tried true
    try tue turn two type types under understand unit units university until up upon us use used user users uses
    using usually utc value values ve verify versus very via view want wanted wants was wasn waste wasted wastes
    wasting watt watts way we wed week weekly weeks well went were weren what what's whats when whenever where
    wherever whether which while who whole whom whose why will wish with within without wonder wondering work worse
    worst would wrong year yearly years yes yet you your zero
    """.split()
)

# Words of the field that a slip of the finger may spoil.
SPELLINGS = tuple(
    """
    electricity consumption building buildings average intensity baseload emissions carbon compared percentage
    maximum minimum highest lowest weekend weekday january february march april june july august september october
    november december campus monthly hourly profile square metre night energy demand smallest biggest largest
    greatest compare proportion percent share least consumed reading peak mean total usage
    """.split()
)
