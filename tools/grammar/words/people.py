"""People and bodies who ask for a figure or are told it: governors, bursar, landlord, auditors, foreman.

They change nothing as the subject of a remark ("the bursar wants ..."), as those who are told ("for the trustees",
"tell the gaffer"), as those who asked ("asked by the council"), or as a form of address ("b4 in 2019, chief?").
Anywhere else they may narrow the figure: "per tenant", "number of students", "the landlord's electricity", "used by
the contractors". So a word of this file is dropped by its place alone: see `words.place`. Of `INSIDERS`, who fill a
building or are a part of it, only the remark is harmless, as "for the tenants" and "for the office" say whose use is
meant.
"""

from typing import Final

OFFICES: Final = """
    accountant accountants adjudicator administrator administrators adviser advisers advisor advisors alderman
    ambassador analyst analysts appraiser arbitrator archbishop architect architects archdeacon assessor assessors
    assistant associate associates assurer auditor auditors author authorities authority bailiff banker bankers
    beadle benefactor bishop board boards bookkeeper boss bosses broker brokers bursar bursars cabinet captain ceo
    cfo chair chairman chairperson chairwoman champion champions chancellor chief chiefs cio clerk clerks client
    clients coach cochair cofounder collaborator collaborators colleague colleagues collector colonel commandant
    commissioner commissioners committee committees comptroller consultant consultants controller convener convenor
    coo coordinator coordinators coroner correspondent council councillor councillors councils counsel counsellor
    counterpart cto curator custodian dean deans delegate delegation deputy dignitaries director directorate
    directors donor donors duke economist editor editors employer engineer engineers envoy estimator evaluator
    examiner examiners exec execs executive executives expert experts financier foreman foremen forewoman foundation
    founder founders funder funders gaffer gaffers governor governors grantor guv guvnor head headmaster
    headmistress heads headteacher hod honcho inspector inspectors inspectorate insurer insurers intermediary intern
    interns interviewer investigator investor investors journalist journalists judge judges jury landlady landlord
    landlords landowner lawyer lawyers lead leads leader leaders leadership leaseholder lecturer lender lenders
    lessor lessors liaison librarian lieutenant lobbyist lord manager managers management mandarin marshal mayor md
    mentor minister ministers ministry moderator mp mps negotiator newspaper nominee notary observer officer
    officers official officials ombudsman organiser organizer overseer owner owners panel panels parliament partner
    partners patron paymaster planner planners politician politicians postdoc president presenter press priest
    principal principals procurer prof profs professor professors proprietor provost publisher purchaser quango
    quartermaster rector referee referees regent registrar regulator regulators reporter reporters representative
    representatives rep reps researcher researchers reviewer reviewers scientist scientists scrutineer secretary
    secretaries senate senator shareholder shareholders sheriff solicitor solicitors speaker specialist specialists
    sponsor sponsors stakeholder stakeholders statistician steward strategist superintendent superior superiors
    supervisor supervisors surveyor surveyors svp syndicate taskforce taxman teacher team teams technician
    technicians technologist treasurer treasurers treasury trustee trustees tsar tutor tutors umpire undersecretary
    underwriter union unions valuer vc vcs vendor vendors verger verifier verifiers vicar vicechancellor viceroy vp
    warden wardens watchdog bank government govt borough consortium tribunal embassy commission quangos whitehall
    headquarters hq ngo subcommittee secretariat subsidiary supplier utility utilities municipality ofgem ofsted
    desnz decc defra
"""
FOLK: Final = """
    somebody someone bloke blokes bro brother bruv buddy bud chap chaps cousin dad daddy daughter family father
    fella fellas fellow fellows flatmate friend friends gal gals gang gentleman gentlemen girlfriend boyfriend gran
    grandad grandma granny grandpa guy hubby husband lad lads lass lady ladies mama mate mates missus mister mom
    mother mum mummy nan neighbour neighbours neighbor neighbors nephew niece pal pals papa parent parents sibling
    sister son uncle aunt auntie wife woman man men women youngster madam mam maam sahib saab sir sirs ji bhai dr mr
    mrs ms miss rev sgt boffin boffins bigwig bigwigs higherups brass beancounter beancounters bean counters powers
    crew outfit bunch caller callers enquirer enquirers apprentice trainee newcomer newbie rookie graduate grad
    undergrad undergraduate postgraduate phd student volunteer activist activists campaigner campaigners public
    media
"""
INSIDERS: Final = frozenset(
    """
    academy agency association body bodies branch bureau charity church chamber club college community company
    companies corporation county customers department departments dept division enterprise faculty federation firm
    firms institute institution office organisation organization practice property school society state trust unit
    university attendee attendees boarder boarders caretaker caretakers chef chefs children cleaner cleaners
    congregation contractor contractors cook cooks diners doctor doctors drivers employee employees freshers
    gardener gardeners guest guests hostellers inhabitants janitor janitors kids lodger lodgers members nurse nurses
    occupant occupants occupier occupiers patients people personnel players porter porters pupil pupils resident
    residents scholars staff staffers students subtenants tenant tenants traders undergrads users visitor visitors
    volunteers worker workers workforce teachers lecturers crowd trainees apprentices graduates estates facilities
    finance procurement purchasing payroll hr legal compliance governance communications comms marketing
    sustainability maintenance engineering accounts accountancy planning strategy policy operations security
    environment environmental admin administration registry research fm csr esg hse ehs qa pr pmo
    """.split()
)
TOLD: Final = frozenset(f"{OFFICES} {FOLK}".split()) - INSIDERS
PEOPLE: Final = TOLD | INSIDERS
