"""The words of buildings and their plant, which models of names take for names: "Chiller 9" is no street.

BRICK holds the words that class names of the Brick schema are made of (BSD 3-Clause, https://brickschema.org), TRADE
what people write besides: plant, standards, protocols, units, makes known for plant alone, computing.
"""

import re

BRICK = frozenset(
    """
    absolute absorption acceleration access activated activation active adjust air alarm alternating ammonia amount
    angle apparent array audio auto automated automatic automation availability average azimuth backflow bacnet band
    baseboard basin battery beam blind blowdown boiler booster box branch breaker bulb bus button bypass capacity
    capillary cassette ceiling center centrifugal change charging check chilled chiller circuit circulator class
    close cloudage co code coil cold coldest collection collector color command communication compressor computer
    concentration condensate condenser condensing conditioner conditioning conductivity constant contact control
    controller cool cooled cooler cooling correlated count counter crac current curtailment cutout cycle damper data
    daylight dc deadband deceleration deck dedicated defibrillator dehumidification dehumidify deionised deionized
    delay demand derivative detection detector device dewpoint differential diffuser dimmer direct direction disable
    discharge disconnect displacement distortion distribution domestic drench drive driver dry dual duct duration
    econcycle economizer effective electric electrical electronic elevator embedded emergency enable energy entering
    enthalpy entity entitypropertyvalue equipment ethernet evaporative even exchanger exhaust expansion external
    factor failure fan fault filter final fire first fixed flow fluid formaldehyde freeze frequency fresh frost fuel
    fume gain gas gasoline gateway gauge generation generator glycol glycool grains grease ground group handler
    handling hardware harmonic head heat heater heating high hold hood hose hot hub humidification humidifier
    humidify humidity hvac iaq ice ict illuminance imbalance induction inside intake integral interceptor intercom
    interface intrusion inverter irradiance isolation kit lag laminar last leak leaving level light lighting limit
    liquid load locally lockout loop loss low lowest luminaire luminance main maintenance makeup manual matter max
    measurable medium meter metering methane min mixed mixing modbus mode month motion motor natural network no
    noncondensing nozzle occupancy occupied off oil on only open operating operative outdoor output outside overload
    overridden override ozone packaged panel parameter particulate passive peak percentage phone photovoltaic pid
    piezoelectric pir plate plenum plugstrip pm point port position potable power pre precipitation preheat pressure
    pressurization preventer proportional protect pull pump push pv pvt quality quantity rack radiance radiant
    radiation radiator radon rain rated ratio reactive reader ready recorder recovery reducing refrigerant
    refrigeration regulator reheat relative relay relief remotely request required reset return reversing riser
    rooftop router run safety sash schedule security seismic selector sensitivity sensor separation server setpoint
    shading shed short shower shutdown shutoff sink smoke soil solar solid source space speed sprinkler stack stage
    stages standby start static station status steam step stop storage substance suction supply surface surveillance
    switch switchgear system tablet tag tank target temperature temporary terminal thermal thermally thermostat
    thermostatic time timer tint tolerance torque total touchpanel tower transfer transformer tube tvoc underfloor
    unit unoccupied usage valve variable vehicle velocity vent ventilation vfd vibration video visual voltage volume
    vrf warm warmest wash waste water weather wet wheel wind window wireless with zenith zone
    """.split()
)

TRADE = frozenset(
    """
    ach actuator ahri ahu algorithm amr anomaly ansi api appliance arima ashrae asset ballast baseline baseload bems
    bmet bms bop bpm breeam btu calorific calorifier cav cdd celsius chp chw cibse cladding cop cpu crah csv cta
    cusum cv cwr cws daikin dali danfoss dashboard dataset db deck degree delta desiccant dhcp dhw diversity dns
    doas download dpt duty dx ecm economiser eer efficiency emission epc erv esco etl eui evaporator event export
    facility fahrenheit fcu fmea footprint forecast fouling fpb ghg gpm grundfos gshp gwp haystack hdd hepa hiu html
    http https hvac hysteresis iec ieee ies invoice iot ip ipmvp iso isolator iteration jace json jwt kelvin knx kpi
    kva kvar kwh kwp lan led leed lfp lonworks lphw lstm lthw lux mac main mccb merv metadata metered mpan mprn mqtt
    mvhr mwh nabers nan niagara nmc nox npsh null oat obix opc parameter pdf pid ping plant plc pmv poe ppa ppd ppm
    prv psi pue purge python qos recommissioning redis reheat retrofit rfid rmse rooftop rtd rtu sat scada scop seer
    setback setpoint sfp sftp shgc simulation site smtp sql ssh stratification subcooling subfloor submeter
    substation superheat tariff tcp therm timestamp tls tmv token tonnage trane trv tsfm tstat ttm turbine udp ups
    asc ascending avg bottom co2 co2e consumer cons desc descending eco elec electr elect electrcal eur excl feb
    fri gbp incl inr jan jul jun kgco2 kgco2e kwhs max mar min mon nov oct pct q1 q2 q3 q4 sat sep sept sp sun sum thu
    top tue usd versus vs wed wkday wkend yoy ytd apr aug dec
    url usb uv vav vdc vlan voc vpn vrv vsd warning wifi windup workorder xlsx xml yaml yield zigbee
    """.split()
)

UNITS = frozenset(
    "a c f h k kw kwh mwh gwh w wh m m2 m3 v kv l ft sqft pa kpa bar hz ppm lux % °c °f k/h btu/h".split()
)
PLURAL = re.compile(r"(?<=..)(?:'s|\u2019s|s)\Z")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019]s)?")


def is_jargon(word: str) -> bool:
    """Tell whether a word, singular, plural or possessive, is of the trade."""
    low = word.lower()
    single = PLURAL.sub("", low)
    return bool({low, single} & BRICK or {low, single} & TRADE)


def has_jargon(text: str) -> bool:
    """Tell whether any word of a text is of the trade."""
    return any(is_jargon(word) for word in WORD.findall(text))
